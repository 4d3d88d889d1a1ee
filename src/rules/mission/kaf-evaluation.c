/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "rules/mission/kaf-evaluation.h"

#include <string.h>

#include "base/kaf-few.h"

const char *const kaf_evaluation_questions[KAF_EVALUATION_QUESTIONS] = {
  "content_score", "relevance_score", "trainer_score", "organisation_score", "again_score",
};

const char *const kaf_evaluation_roles[KAF_EVALUATION_ROLES] = {
  "trainee", "expert", "host", "authority", "funder", "facilitator",
};

static int
find_role (const char *role)
{
  for (int i = 0; i < KAF_EVALUATION_ROLES; i++)
    if (g_strcmp0 (kaf_evaluation_roles[i], role) == 0)
      return i;
  return -1;
}

static void
add (KafScore *score, int value)
{
  if (value < 1 || value > 5)
    return;
  score->n++;
  score->sum += (guint) value;
}

static void
take_answer (KafEvaluation *self, const KafAnswer *answer)
{
  int role = find_role (answer->role);

  if (role < 0)
    return;
  self->n[role]++;
  self->n_all++;
  for (guint i = 0; i < KAF_EVALUATION_QUESTIONS; i++)
    {
      add (&self->scores[role][i], answer->scores[i]);
      add (&self->all[i], answer->scores[i]);
    }
}

void
kaf_evaluation_sum (const KafMission *mission, guint answers_shown, KafEvaluation *self)
{
  memset (self, 0, sizeof *self);
  for (guint i = 0; i < mission->answers->len; i++)
    take_answer (self, g_ptr_array_index (mission->answers, i));
  for (guint i = 0; i < KAF_EVALUATION_QUESTIONS; i++)
    {
      guint hidden = 0;

      for (guint role = 0; role < KAF_EVALUATION_ROLES; role++)
        {
          KafScore *score = &self->scores[role][i];

          score->shown = kaf_few_allows (score->n, 0, answers_shown);
          if (!score->shown)
            hidden += score->n;
        }
      self->all[i].shown = kaf_few_allows (self->all[i].n, hidden, answers_shown);
    }
}

int
kaf_score_tenths (const KafScore *self)
{
  return self->shown ? (int) ((self->sum * 20 + self->n) / (2 * self->n)) : -1;
}

char *
kaf_score_format (const KafScore *self, KafLang lang)
{
  int tenths = kaf_score_tenths (self);

  if (tenths < 0)
    return g_strdup ("—");
  return g_strdup_printf ("%d%s%d", tenths / 10, lang == KAF_LANG_EN ? "." : ",", tenths % 10);
}

int
kaf_result_percent (const KafResult *self)
{
  if (self->target <= 0 || self->reached < 0)
    return -1;
  return (int) MIN (self->reached * 100 / self->target, 9999);
}
