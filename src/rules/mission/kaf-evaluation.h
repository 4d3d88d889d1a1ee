/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What the answers of an evaluation say together, by role and question, without saying what one of them said. */
#pragma once

#include "base/kaf-lang.h"
#include "rules/mission/kaf-mission-context.h"

G_BEGIN_DECLS

#define KAF_EVALUATION_QUESTIONS 5
#define KAF_EVALUATION_ROLES 6

/* In the order of KafAnswer.scores: fields of the record. */
extern const char *const kaf_evaluation_questions[KAF_EVALUATION_QUESTIONS];
/* Codes of the roles, in their order. */
extern const char *const kaf_evaluation_roles[KAF_EVALUATION_ROLES];

typedef struct
{
  guint n, sum;   /* scores given, 1…5 each */
  gboolean shown; /* enough of them that nobody's own can be read from it */
} KafScore;

typedef struct
{
  guint n[KAF_EVALUATION_ROLES]; /* answers, whether or not they give scores */
  guint n_all;
  KafScore scores[KAF_EVALUATION_ROLES][KAF_EVALUATION_QUESTIONS];
  KafScore all[KAF_EVALUATION_QUESTIONS]; /* of every role together */
} KafEvaluation;

/* A score shows from @answers_shown of @context's limits on. That of all shows only where what it adds to the roles
 * that show is as many: otherwise the one answer that is hidden could be subtracted out. */
void kaf_evaluation_sum (const KafMission *mission, guint answers_shown, KafEvaluation *self);

/* Tenths, rounded half up: 43 is 4.3; -1: none, or not shown. */
int kaf_score_tenths (const KafScore *self);

/* "4,3" in French and Arabic; "—": none, or not shown. (transfer full) */
char *kaf_score_format (const KafScore *self, KafLang lang);

/* How far a result was reached, in per cent of what was expected, rounded down; -1: nothing to compare. */
int kaf_result_percent (const KafResult *self);

G_END_DECLS
