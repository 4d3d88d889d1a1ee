/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What the files of the board share: kaf-programme-board.c is the widget and what it is made of,
 * kaf-programme-board-keys.c how the cursor walks and a session is moved. */
#pragma once

#include "ui/mission/kaf-programme-board.h"

G_BEGIN_DECLS

#define KAF_BOARD_TRAY 2 /* the third row */

/* Where the cursor can stand. */
typedef struct
{
  GtkWidget *widget; /* a block, or the cell of a free half-day */
  int column;        /* of the days that are shown whole; 0 in the tray */
  int row;           /* 0 morning, 1 afternoon, KAF_BOARD_TRAY */
  int index;         /* in its cell */
  const char *id;    /* of the mission's item; NULL: free */
} KafBoardStop;

typedef struct
{
  KafProgrammeDay day;
  GtkWidget *cells[2]; /* half-days */
  GPtrArray *widgets;  /* all that is in this column */
} KafBoardColumn;

struct _KafProgrammeBoard
{
  GtkWidget parent_instance;

  KafLang lang;
  KafMission *mission;
  GHashTable *names;
  GPtrArray *holidays;
  gboolean writable;

  GtkWidget *box;
  GtkWidget *pager, *pager_label, *pager_back, *pager_next;
  GtkWidget *frame;    /* names of half-days, and the days that scroll */
  GtkWidget *sentence; /* instead, while no day is known */
  GtkWidget *grid;
  GtkWidget *tray, *tray_label;
  GtkSizeGroup *rows[3]; /* heading, morning, afternoon */
  GtkSizeGroup *widths;  /* of the days that are shown whole */
  GPtrArray *columns;    /* (element-type KafBoardColumn) */
  GPtrArray *strips;     /* weekends, folded */
  GArray *stops;         /* (element-type KafBoardStop) */

  gboolean narrow;
  int shown; /* the column, when narrow */
  guint relayout;

  int column, row, index; /* the cursor; column -1: nowhere yet */
  char *moving;           /* id; nullable */
  int to_column, to_row;  /* where it would be put */
};

enum
{
  KAF_BOARD_MOVE,
  KAF_BOARD_EDIT,
  KAF_BOARD_ADD,
  KAF_BOARD_REMOVE,
  KAF_BOARD_N_SIGNALS
};
extern guint kaf_board_signals[KAF_BOARD_N_SIGNALS];

KafBoardColumn *kaf_board_column (KafProgrammeBoard *self, int column);
const KafBoardStop *kaf_board_stop_at_cursor (KafProgrammeBoard *self);
const KafBoardStop *kaf_board_find_stop (KafProgrammeBoard *self, int column, int row, int index);

/* Shows the column of the cursor, when narrow. */
void kaf_board_show_column (KafProgrammeBoard *self, int column);

/* What is wanted of an item. @column and @row as of a stop. */
void kaf_board_ask_move (KafProgrammeBoard *self, const char *id, int column, int row);
void kaf_board_ask_add (KafProgrammeBoard *self, int column, int row);

/* Leaves the moved session where it was. */
void kaf_board_cancel_move (KafProgrammeBoard *self);

void kaf_board_add_keys (KafProgrammeBoard *self);

G_END_DECLS
