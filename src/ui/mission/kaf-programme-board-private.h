/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What the files of the board share: kaf-programme-board.c is the widget and what it is made of,
 * kaf-programme-board-keys.c how the cursor walks and a session is moved. */
#pragma once

#include "ui/mission/kaf-programme-board.h"

G_BEGIN_DECLS

#define KAF_HALVES_TRAY 2 /* the third row */

/* Where the cursor can stand. */
typedef struct
{
  GtkWidget *widget; /* a block, or the cell of a free half-day */
  int column;        /* of the days that are shown whole; 0 in the tray */
  int row;           /* 0 morning, 1 afternoon, KAF_HALVES_TRAY */
  int index;         /* in its cell */
  const char *id;    /* of the mission's item; NULL: free */
} KafHalvesStop;

typedef struct
{
  KafProgrammeDay day;
  GtkWidget *cells[2]; /* half-days */
  GPtrArray *widgets;  /* all that is in this column; the first is its heading */
} KafHalvesColumn;

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
  GPtrArray *columns;    /* (element-type KafHalvesColumn) */
  GPtrArray *strips;     /* weekends, folded */
  GArray *stops;         /* (element-type KafHalvesStop) */

  gboolean narrow;
  int shown; /* the column, when narrow */
  guint relayout;

  int column, row, index; /* the cursor; column -1: nowhere yet */
  char *moving;           /* id; nullable */
  int to_column, to_row;  /* where it would be put */
};

enum
{
  KAF_HALVES_MOVE,
  KAF_HALVES_EDIT,
  KAF_HALVES_ADD,
  KAF_HALVES_REMOVE,
  KAF_HALVES_N_SIGNALS
};
extern guint kaf_halves_signals[KAF_HALVES_N_SIGNALS];

KafHalvesColumn *kaf_halves_column (KafProgrammeBoard *self, int column);
const KafHalvesStop *kaf_halves_stop_at_cursor (KafProgrammeBoard *self);
const KafHalvesStop *kaf_halves_find_stop (KafProgrammeBoard *self, int column, int row, int index);

/* Shows the column of the cursor, when narrow. */
void kaf_halves_show_column (KafProgrammeBoard *self, int column);

/* What is wanted of an item. @column and @row as of a stop. */
void kaf_halves_ask_move (KafProgrammeBoard *self, const char *id, int column, int row);
void kaf_halves_ask_add (KafProgrammeBoard *self, int column, int row);

/* Leaves the moved session where it was. */
void kaf_halves_cancel_move (KafProgrammeBoard *self);

void kaf_halves_add_keys (KafProgrammeBoard *self);

G_END_DECLS
