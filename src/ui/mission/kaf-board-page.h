/* SPDX-License-Identifier: GPL-3.0-or-later */
/* All missions: as a board by step, as a list, as a calendar. The filters narrow the board.
 *
 * Keys, on the board: the arrows and Enter (KafBoardColumns), 1…9 and 0 show one step alone, Escape all again. */
#pragma once

#include <gtk/gtk.h>

#include "store/kaf-store.h"
#include "ui/mission/kaf-board-columns.h"

G_BEGIN_DECLS

#define KAF_TYPE_BOARD_PAGE (kaf_board_page_get_type ())
G_DECLARE_FINAL_TYPE (KafBoardPage, kaf_board_page, KAF, BOARD_PAGE, GtkBox)

/* Actions: "board.view" (s: "board", "list", "calendar"), "board.whose" (s: "all", "mine", "waiting"), "board.over",
 * "board.step" (u). */
GtkWidget *kaf_board_page_new (KafStore *store);

/* The page within that shows: the list, the calendar; the board itself is this page. (transfer none) */
GtkWidget *kaf_board_page_get_view (KafBoardPage *self);

/* The first card gets the focus. */
void kaf_board_page_focus (KafBoardPage *self);

/* Nothing is being read. */
gboolean kaf_board_page_is_settled (KafBoardPage *self);

KafBoardColumns *kaf_board_page_get_columns (KafBoardPage *self);

/* What shows; NULL before the first reading. (transfer none) */
const KafBoard *kaf_board_page_get_board (KafBoardPage *self);

G_END_DECLS
