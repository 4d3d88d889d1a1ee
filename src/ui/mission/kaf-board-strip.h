/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Ten tiles, a step each: how many missions stand at it, how many of them late. A press shows that step alone, another
 * shows all again.
 *
 * Signal "step" (guint): 1…10, or 0 for all. */
#pragma once

#include <gtk/gtk.h>

#include "store/kaf-mission-board.h"

G_BEGIN_DECLS

#define KAF_TYPE_BOARD_STRIP (kaf_board_strip_get_type ())
G_DECLARE_FINAL_TYPE (KafBoardStrip, kaf_board_strip, KAF, BOARD_STRIP, GtkBox)

GtkWidget *kaf_board_strip_new (KafLang lang);

/* @step: the one chosen; 0: none. */
void kaf_board_strip_set (KafBoardStrip *self, const KafBoard *board, guint step);

/* The tile of a step. (transfer none) */
GtkWidget *kaf_board_strip_get_tile (KafBoardStrip *self, guint step);

G_END_DECLS
