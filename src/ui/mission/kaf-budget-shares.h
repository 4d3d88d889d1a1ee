/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Who pays how much of a budget, and for what: a bar with its legend, the ceiling, sums by category. */
#pragma once

#include <gtk/gtk.h>

#include "base/kaf-lang.h"
#include "rules/mission/kaf-mission-budget.h"

G_BEGIN_DECLS

#define KAF_TYPE_BUDGET_SHARES (kaf_budget_shares_get_type ())
G_DECLARE_FINAL_TYPE (KafBudgetShares, kaf_budget_shares, KAF, BUDGET_SHARES, GtkBox)

GtkWidget *kaf_budget_shares_new (KafLang lang);

/* @names: id of an organisation → its name, nullable. */
void kaf_budget_shares_set (KafBudgetShares *self, const KafMission *mission, GHashTable *names);

G_END_DECLS
