/* SPDX-License-Identifier: GPL-3.0-or-later */
/* How one criterion counts: shared by what computes scores and by what tells them. */
#pragma once

#include "rules/holder/kaf-score-rules.h"

G_BEGIN_DECLS

typedef struct
{
  gboolean known;
  int points;         /* where known */
  int low, high;      /* what an answer could bring; both @points where known */
  gboolean has_place; /* the place that it asks for (only) is known */
  gboolean in_place;  /* and is one of those, or none is asked for */
  KafFactAnswer answer;
} KafCriterionScore;

void kaf_criterion_score (const KafScoreRules *rules,
                          const KafScoreCriterion *criterion,
                          const KafHolder *holder,
                          const KafHolderProject *project,
                          guint32 as_of,
                          KafCriterionScore *score);

/* An axis from the sums of its criteria, unlimited as they may be. */
KafScoreSpan kaf_score_span (int low, int high);

/* The sums of an axis. */
void kaf_score_sum (const KafScoreRules *rules,
                    const KafHolder *holder,
                    const KafHolderProject *project,
                    guint32 as_of,
                    int low[KAF_N_AXES],
                    int high[KAF_N_AXES]);

/* What of @points is left after @days, in 65536ths of a point. */
gint64 kaf_score_decay (int points, guint days, guint half_life);

G_END_DECLS
