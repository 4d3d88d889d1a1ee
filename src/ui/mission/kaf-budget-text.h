/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What the budget says in words and figures. All (transfer full) but names. */
#pragma once

#include "base/kaf-lang.h"
#include "rules/mission/kaf-mission-budget.h"

G_BEGIN_DECLS

/* "9 600,00"; with its currency where that is not @home. Isolated, to be read from left to right. */
char *kaf_budget_amount (gint64 minor, const char *currency, const char *home, KafLang lang);

/* Of an organisation or a convention; "—" where it is not here. @names nullable. (transfer none) */
const char *kaf_budget_name (GHashTable *names, const char *id);

/* "Travel"; "—" for none. (transfer none) */
const char *kaf_budget_category_name (const char *category);

/* The currency in which amounts stand without being named: of the ceiling, or of most lines. (transfer none) */
const char *kaf_budget_home (const KafMission *mission, const KafBudget *budget);

/* Under the bar: what is not in the sums, and why; NULL: nothing. */
char *kaf_budget_caveats (const KafBudget *budget, const char *home, KafLang lang);

/* "Ceiling 120 000,00 · 7 600,00 left", "passed by", or NULL without a ceiling. @passed (out). */
char *kaf_budget_ceiling_text (const KafMission *mission,
                               const KafBudget *budget,
                               KafLang lang,
                               gboolean *passed);

G_END_DECLS
