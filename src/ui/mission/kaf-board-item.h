/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The card of a mission on the board: subject, place, what is wrong, days in the step, who, ten segments. A press
 * opens it. */
#pragma once

#include <gtk/gtk.h>

#include "store/kaf-mission-board.h"

G_BEGIN_DECLS

#define KAF_TYPE_BOARD_ITEM (kaf_board_item_get_type ())
G_DECLARE_FINAL_TYPE (KafBoardItem, kaf_board_item, KAF, BOARD_ITEM, GtkButton)

/* px that it takes, in both languages. */
#define KAF_BOARD_ITEM_HEIGHT 62

GtkWidget *kaf_board_item_new (const KafBoardCard *card, KafDay today, KafLang lang);

const char *kaf_board_item_get_id (KafBoardItem *self);
guint kaf_board_item_get_step (KafBoardItem *self);

G_END_DECLS
