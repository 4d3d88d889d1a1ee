/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Steps 5 and 8: the budget of a mission and who pays for it. Each change becomes one batch of the store, told with a
 * way to undo it where the window is Kafaat's; the mission is read again by whoever gave it.
 *
 * Actions: "budget.add" (); "budget.remove", "budget.edit", "budget.adjust" (s: id of a line, "" that of the cursor);
 * "budget.set-payer" (sss: id, payer, basis; "" for none, basis "" leaves it as it is); "budget.choose-payer" (). */
#pragma once

#include <gtk/gtk.h>

#include "store/kaf-store.h"
#include "ui/mission/kaf-budget-choices.h"
#include "ui/mission/kaf-budget-table.h"
#include "ui/mission/kaf-field-dialog.h"

G_BEGIN_DECLS

#define KAF_TYPE_BUDGET_VIEW (kaf_budget_view_get_type ())
G_DECLARE_FINAL_TYPE (KafBudgetView, kaf_budget_view, KAF, BUDGET_VIEW, GtkBox)

GtkWidget *kaf_budget_view_new (KafStore *store, KafLang lang);

/* @names: id of an organisation or convention → its name, nullable. @phase: kaf_budget_phase(). */
void kaf_budget_view_set (KafBudgetView *self,
                          KafMission *mission,
                          GHashTable *names,
                          KafBudgetPhase phase,
                          gboolean writable);

/* The cursor on the line @id, at @field of it (nullable: its name). FALSE: it is not here. */
gboolean kaf_budget_view_lead (KafBudgetView *self, const char *id, const char *field);

KafBudgetTable *kaf_budget_view_get_table (KafBudgetView *self);

/* The list that is open under a cell, the window in which a line is written; NULL: none. */
KafBudgetChoices *kaf_budget_view_get_choices (KafBudgetView *self);
KafFieldDialog *kaf_budget_view_get_dialog (KafBudgetView *self);

/* What the line above the table says; NULL: nothing. */
const char *kaf_budget_view_get_banner (KafBudgetView *self);
const char *kaf_budget_view_get_problem (KafBudgetView *self);

gboolean kaf_budget_view_is_settled (KafBudgetView *self);

G_END_DECLS
