/* SPDX-License-Identifier: GPL-3.0-or-later */
/* On the home page: a bar for each of the ten steps, how many missions stand at it and, in amber, how many of them are
 * late. A press opens their list. Reads behind everything else; hidden while there is no open mission. */
#pragma once

#include <gtk/gtk.h>

#include "store/kaf-store.h"

G_BEGIN_DECLS

#define KAF_TYPE_BOARD_BARS (kaf_board_bars_get_type ())
G_DECLARE_FINAL_TYPE (KafBoardBars, kaf_board_bars, KAF, BOARD_BARS, GtkBox)

GtkWidget *kaf_board_bars_new (void);

/* @store: nullable. */
void kaf_board_bars_set_store (KafBoardBars *self, KafStore *store);

G_END_DECLS
