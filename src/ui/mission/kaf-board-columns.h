/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The cards of the board: four phases side by side, or one under the other where there is no room; in each a heading
 * a step and as many cards as the height takes. Of one step alone, its cards stand in all columns.
 *
 * The arrows move between cards; with Control, the arrow that leads on asks to leave the step.
 *
 * Signal "leave" (const char *id): to leave the step of that mission is asked.
 * Signal "more" (guint step): all missions of a step. */
#pragma once

#include <gtk/gtk.h>

#include "ui/mission/kaf-board-item.h"

G_BEGIN_DECLS

#define KAF_TYPE_BOARD_COLUMNS (kaf_board_columns_get_type ())
G_DECLARE_FINAL_TYPE (KafBoardColumns, kaf_board_columns, KAF, BOARD_COLUMNS, GtkWidget)

/* Cards of a step that are read: more do not fit on a screen. */
#define KAF_BOARD_CARDS 12
/* The same of a step that shows alone. */
#define KAF_BOARD_CARDS_ALONE 48

GtkWidget *kaf_board_columns_new (KafLang lang);

/* @board is kept by who calls, until the next one. @step: the one that shows alone; 0: all. The card that has the
 * focus keeps it, where it still shows. */
void kaf_board_columns_set (KafBoardColumns *self, const KafBoard *board, guint step);

/* The first card gets the focus. FALSE: there is none. */
gboolean kaf_board_columns_focus (KafBoardColumns *self);

/* The same, unless one has it already. */
gboolean kaf_board_columns_keep_focus (KafBoardColumns *self);

/* NULL: it does not show. (transfer none) */
KafBoardItem *kaf_board_columns_find (KafBoardColumns *self, const char *id);
/* The missions whose cards show. (transfer full) */
char **kaf_board_columns_dup_ids (KafBoardColumns *self);
guint kaf_board_columns_get_n (KafBoardColumns *self);

G_END_DECLS
