/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The budget of a mission as a table that is written in place: a row a line, a column a payer, and one for what
 * nobody pays. It writes nothing itself: it says what is wanted. What is being typed stays when the mission is read
 * again. Where there is little room, a line is its name and its cost, and opens.
 *
 * Arrows walk; Enter, F2 or typing write; Tab and Enter keep what was typed and go on; Esc gives it up. Enter in the
 * column of a payer makes it pay. F4: who pays. Ctrl+D: as above. Delete: takes the line out. Insert: a new line.
 * Shift+Enter: the whole line. Once step 6 was left, Enter adjusts.
 *
 * Signals: "change" (KafRecord *change, KafRecord *shown): of a line, and what its cells showed of the same, "create" (KafRecord *line), "remove-line" (const char *id), "choose" (const
 * char *id, int kind, GtkWidget *cell): asks for a list under @cell, "edit-line", "adjust-line" (const char *id),
 * "problem" (const char *sentence): why what was typed is not kept; NULL: it is. */
#pragma once

#include <gtk/gtk.h>

#include "base/kaf-lang.h"
#include "record/kaf-record.h"
#include "rules/mission/kaf-mission-budget.h"

G_BEGIN_DECLS

typedef enum
{
  KAF_BUDGET_ITEM,
  KAF_BUDGET_CATEGORY,
  KAF_BUDGET_QUANTITY,
  KAF_BUDGET_PRICE,
  KAF_BUDGET_PAYER, /* one for each */
  KAF_BUDGET_UNPAID,
  KAF_BUDGET_BASIS,
  KAF_BUDGET_COMMITTED,
  KAF_BUDGET_SPENDING,
  KAF_BUDGET_SETTLED,
  KAF_BUDGET_COST, /* where there is little room */
} KafBudgetKind;

#define KAF_TYPE_BUDGET_TABLE (kaf_budget_table_get_type ())
G_DECLARE_FINAL_TYPE (KafBudgetTable, kaf_budget_table, KAF, BUDGET_TABLE, GtkWidget)

GtkWidget *kaf_budget_table_new (KafLang lang);

/* @names: id of an organisation or convention → its name, nullable. */
void kaf_budget_table_set (KafBudgetTable *self,
                           KafMission *mission,
                           GHashTable *names,
                           KafBudgetPhase phase,
                           gboolean writable);

/* A row at the end whose name is being typed; it becomes a line once it has one. */
void kaf_budget_table_add (KafBudgetTable *self);

/* The line of the cursor; NULL: none. */
const char *kaf_budget_table_get_line (KafBudgetTable *self);
gboolean kaf_budget_table_get_cursor (KafBudgetTable *self, const char **id, KafBudgetKind *kind);

/* Puts the cursor there. @payer: of a column of kind PAYER. FALSE: there is no such cell. */
gboolean kaf_budget_table_focus (KafBudgetTable *self,
                                 const char *id,
                                 KafBudgetKind kind,
                                 const char *payer);

/* The cell there; NULL: none. For tests. */
GtkWidget *kaf_budget_table_find_cell (KafBudgetTable *self,
                                       const char *id,
                                       KafBudgetKind kind,
                                       const char *payer);

gboolean kaf_budget_table_is_narrow (KafBudgetTable *self);

G_END_DECLS
