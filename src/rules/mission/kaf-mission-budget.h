/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What a mission costs, by payer and by category, against its ceiling.
 *
 * Minor units of a currency: centimes of a dirham. Amounts of two currencies are never added: each has its sums.
 * A price that is unknown counts nowhere and is told; so does a sum that no number holds. */
#pragma once

#include "rules/mission/kaf-mission-life.h"

G_BEGIN_DECLS

/* Budget and step 6: what was validated is changed by adjustments only. */
typedef enum
{
  KAF_BUDGET_PLANNED, /* lines are written and rewritten */
  KAF_BUDGET_FROZEN,  /* step 6 was left */
  KAF_BUDGET_SPENT,   /* step 8 is open: what is committed and spent is entered */
} KafBudgetPhase;

/* Lines stay frozen when the approval of step 6 lapses, since other content is to be approved: its reader compares
 * with what was validated. Reopened by somebody, with a reason, a step up to 6 lets them be rewritten. */
KafBudgetPhase kaf_budget_phase (const KafMissionLife *life);

/* Whether the field of a budget line is part of what step 6 validates: what it costs, what for, and who pays by what.
 * What is committed, spent and settled is written until the end. */
gboolean kaf_budget_validates (const char *field);

/* Whether @amount may be added to what a line costs, whose unit price is @price (nullable): of one currency. */
gboolean kaf_budget_may_adjust (const char *price, const char *amount);

/* What the line costs, with its adjustments. FALSE: its price is unknown, or no number holds it. */
gboolean kaf_budget_line_cost (const KafBudgetLine *line, gint64 *cost);

typedef struct
{
  const char *of; /* id of the payer, NULL: without; or a category */
  gint64 total;
  guint n_lines;
} KafBudgetShare;

typedef struct
{
  const char *currency;
  gint64 total, adjusted, committed, spent;
  guint n_lines;
  GArray *payers; /* (element-type KafBudgetShare): in the order of the lines, without payer last */
  GArray *categories; /* (element-type KafBudgetShare): in the order of the lines */
} KafBudgetSum;

typedef struct
{
  GPtrArray *sums;   /* (element-type KafBudgetSum); that of the ceiling, or of most lines, first */
  GPtrArray *payers; /* (element-type utf8): ids, each once, in the order of the lines */
  guint n_lines;
  guint n_unpriced;       /* lines whose price is unknown */
  guint n_without_payer;  /* lines that nobody pays, priced or not */
  guint n_open;           /* lines not settled */
  gboolean mixed;         /* more than one currency */
  gboolean overflowed;    /* some amount passes what a number holds: sums are not to be trusted */
  gboolean has_remainder; /* there is a ceiling, and it says what it says: no overflow */
  gint64 remainder;       /* of the ceiling, in its currency; < 0: passed */
} KafBudget;

KafBudget *kaf_budget_new (const KafMission *mission);
void kaf_budget_free (KafBudget *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (KafBudget, kaf_budget_free)

/* NULL: no line is in it. */
const KafBudgetSum *kaf_budget_find_sum (const KafBudget *self, const char *currency);
gint64 kaf_budget_sum_of_payer (const KafBudgetSum *self, const char *payer);

/* Per cent, rounded so that all of a sum make 100; 0 where the sum is not positive. @shares as in a KafBudgetSum.
 * (element-type int) (transfer full) */
GArray *kaf_budget_percentages (GArray *shares);

typedef struct
{
  const char *payer; /* NULL: nobody pays a line yet */
  const char *basis; /* the convention that most of its lines rest on; nullable */
  guint n_lines;     /* that it pays already */
  guint n_on_basis;  /* of them on that basis */
} KafBudgetGuess;

/* Who most plausibly pays @line: who pays most lines, and of two who pay as many, who pays most of its category. */
KafBudgetGuess kaf_budget_guess_payer (const KafMission *mission, const KafBudgetLine *line);

/* The first line without payer; NULL: every line has one. */
const KafBudgetLine *kaf_budget_find_unpaid (const KafMission *mission);

G_END_DECLS
