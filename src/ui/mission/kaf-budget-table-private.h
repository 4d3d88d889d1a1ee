/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What the files of the table share: kaf-budget-table.c is the widget and its rows, kaf-budget-table-keys.c what keys
 * and typing do. */
#pragma once

#include "ui/mission/kaf-budget-cell.h"
#include "ui/mission/kaf-budget-table.h"

G_BEGIN_DECLS

typedef struct
{
  KafBudgetKind kind;
  char *payer; /* of a column of kind PAYER */
} KafBudgetColumn;

struct _KafBudgetTable
{
  GtkWidget parent_instance;

  KafLang lang;
  KafMission *mission;
  KafBudget *budget;
  GHashTable *names;
  KafBudgetPhase phase;
  gboolean writable;

  GtkWidget *scrolled;
  GtkWidget *grid;
  GArray *columns;   /* (element-type KafBudgetColumn) */
  GPtrArray *lines;  /* (element-type KafBudgetLine), not owned: of the mission, then the draft */
  GStrv shown;       /* ids of the lines that there are cells for */
  GPtrArray *cells;  /* (element-type KafBudgetCell), by row, then column */
  GPtrArray *totals; /* labels of the rows of totals */

  KafBudgetLine draft; /* id NULL: none */
  char *draft_id, *draft_label;
  gboolean draft_told; /* it was asked to be created */

  guint row, column; /* the cursor */
  gboolean narrow;
  guint relayout;

  /* Came while something was being typed. */
  KafMission *next_mission;
  GHashTable *next_names;
  KafBudgetPhase next_phase;
  gboolean next_writable;
};

enum
{
  KAF_TABLE_CHANGE,
  KAF_TABLE_CREATE,
  KAF_TABLE_REMOVE,
  KAF_TABLE_CHOOSE,
  KAF_TABLE_EDIT,
  KAF_TABLE_ADJUST,
  KAF_TABLE_PROBLEM,
  KAF_TABLE_N_SIGNALS
};
extern guint kaf_table_signals[KAF_TABLE_N_SIGNALS];

const KafBudgetLine *kaf_table_line (KafBudgetTable *self, guint row);
const KafBudgetColumn *kaf_table_column (KafBudgetTable *self, guint column);
KafBudgetCell *kaf_table_cell (KafBudgetTable *self, guint row, guint column);

/* The cell that is being written; NULL: none. */
KafBudgetCell *kaf_table_written (KafBudgetTable *self);

/* FALSE: there is no such cell. */
gboolean kaf_table_go_to (KafBudgetTable *self, int row, int column);

/* Field of budget_line that a column writes; NULL: none. */
const char *kaf_table_field (KafBudgetTable *self, KafBudgetKind kind);
gboolean kaf_table_may_write (KafBudgetTable *self, KafBudgetKind kind);

/* Drops the row that never became a line. */
void kaf_table_drop_draft (KafBudgetTable *self);

/* Shows what came while something was being typed. */
void kaf_table_catch_up (KafBudgetTable *self);

/* Keys on the table, and what the entries of @cell say. */
void kaf_table_add_keys (KafBudgetTable *self);
void kaf_table_watch_cell (KafBudgetTable *self, KafBudgetCell *cell);

G_END_DECLS
