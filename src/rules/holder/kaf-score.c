/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Scores: whole numbers alone, so that every machine comes to the same. */
#include "config.h"

#include "rules/holder/kaf-score.h"

#include <string.h>

#include "rules/holder/kaf-score-private.h"
#include "rules/holder/kaf-tiers.h"

/* 2^(-i/64) in 65536ths: what is left after so many parts of a half-life. */
#define PARTS 64
#define ONE_BITS 16
#define GONE_AFTER 30 /* half-lives */

static const guint32 left[PARTS + 1] = {
  65536, 64830, 64132, 63441, 62757, 62081, 61413, 60751, 60097, 59449, 58809, 58176, 57549,
  56929, 56316, 55709, 55109, 54515, 53928, 53347, 52773, 52204, 51642, 51085, 50535, 49991,
  49452, 48920, 48393, 47871, 47356, 46846, 46341, 45842, 45348, 44859, 44376, 43898, 43425,
  42958, 42495, 42037, 41584, 41136, 40693, 40255, 39821, 39392, 38968, 38548, 38133, 37722,
  37316, 36914, 36516, 36123, 35734, 35349, 34968, 34591, 34219, 33850, 33486, 33125, 32768,
};

gint64
kaf_score_decay (int points, guint days, guint half_life)
{
  guint64 parts = (guint64) days * PARTS;
  guint64 part = parts / half_life;
  guint64 rest = parts % half_life;
  guint64 halvings = part / PARTS;
  guint at = (guint) (part % PARTS);
  gint64 share;

  if (halvings > GONE_AFTER)
    return 0;
  share = left[at] - (gint64) ((left[at] - left[at + 1]) * rest / half_life);
  return ((gint64) points * share) >> halvings;
}

static int
round_points (gint64 parts)
{
  return (int) ((parts + (1 << (ONE_BITS - 1))) >> ONE_BITS);
}

/* Points of an answer */

static int
count_number (const KafScoreCriterion *criterion, gint64 value)
{
  int points = 0;

  for (guint i = 0; i < criterion->bands->len; i++)
    {
      const KafScoreBand *band = &g_array_index (criterion->bands, KafScoreBand, i);

      if (value < band->from)
        break;
      points = band->points;
    }
  return points;
}

/* FALSE: the code is not named. */
static gboolean
find_points (const KafScoreCriterion *criterion, const char *code, int *points)
{
  for (guint i = 0; code != NULL && i < criterion->choices->len; i++)
    {
      const KafScoreChoice *one = &g_array_index (criterion->choices, KafScoreChoice, i);

      if (strcmp (one->code, code) == 0)
        {
          *points = one->points;
          return TRUE;
        }
    }
  return FALSE;
}

/* A province that is not named itself counts as its region does. */
static int
count_codes (const KafScoreCriterion *criterion, const char *const codes[2])
{
  int points = 0;

  if (!find_points (criterion, codes[0], &points))
    find_points (criterion, codes[1], &points);
  return points;
}

static int
count_exchanges (const KafScoreRules *rules,
                 const KafScoreCriterion *criterion,
                 const KafHolder *holder,
                 guint32 as_of)
{
  gint64 sum = 0;

  for (guint i = 0; i < holder->n_contacts; i++)
    {
      const KafHolderContact *one = &holder->contacts[i];
      int points = 0;

      if (one->held_on > as_of || !find_points (criterion, one->channel, &points))
        continue;
      if (kaf_outcome_is_answer (one->outcome))
        sum += kaf_score_decay (points * (int) criterion->answered, as_of - one->held_on,
                                rules->half_life) /
               100;
      else
        sum += kaf_score_decay (points, as_of - one->held_on, rules->half_life);
    }
  return MIN (round_points (sum), criterion->most);
}

static int
count_answer (const KafScoreRules *rules,
              const KafScoreCriterion *criterion,
              const KafHolder *holder,
              guint32 as_of,
              const KafFactAnswer *answer)
{
  static const char *const yes[] = { "yes", NULL };
  static const char *const no[] = { "no", NULL };

  if (answer->nothing)
    return 0;
  switch (criterion->fact->kind)
    {
    case KAF_FACT_NUMBER:
      return count_number (criterion, answer->number);
    case KAF_FACT_CHOICE:
      return count_codes (criterion, answer->codes);
    case KAF_FACT_BOOLEAN:
      return count_codes (criterion, answer->number != 0 ? yes : no);
    case KAF_FACT_DECAY:
    default:
      return criterion->choices->len > 0
                 ? count_exchanges (rules, criterion, holder, as_of)
                 : round_points (
                       kaf_score_decay (criterion->points, as_of - answer->day, rules->half_life));
    }
}

void
kaf_criterion_score (const KafScoreRules *rules,
                     const KafScoreCriterion *criterion,
                     const KafHolder *holder,
                     const KafHolderProject *project,
                     guint32 as_of,
                     KafCriterionScore *score)
{
  memset (score, 0, sizeof *score);
  criterion->fact->read (holder, project, as_of, &score->answer);
  score->has_place = score->in_place = TRUE;
  if (criterion->only != NULL && !score->answer.nothing)
    score->in_place =
        kaf_score_fact_is_in (criterion->fact, holder, project, criterion->only, &score->has_place);

  if (score->answer.known)
    score->low = score->high = count_answer (rules, criterion, holder, as_of, &score->answer);
  else
    kaf_score_criterion_range (criterion, &score->low, &score->high);
  if (score->has_place && !score->in_place)
    score->low = score->high = 0;
  else if (!score->has_place)
    {
      score->low = MIN (score->low, 0);
      score->high = MAX (score->high, 0);
    }
  score->known = (score->answer.known && score->has_place) || score->low == score->high;
  score->points = score->known ? score->low : 0;
}

/* Axes */

KafScoreSpan
kaf_score_span (int low, int high)
{
  int sum = low + high;

  return (KafScoreSpan){
    .low = CLAMP (low, 0, KAF_SCORE_MAX),
    .expected = CLAMP (sum >= 0 ? sum / 2 : (sum - 1) / 2, 0, KAF_SCORE_MAX),
    .high = CLAMP (high, 0, KAF_SCORE_MAX),
  };
}

static void
sum_axes (const KafScoreRules *rules,
          const KafHolder *holder,
          const KafHolderProject *project,
          guint32 as_of,
          guint axes,
          int low[KAF_N_AXES],
          int high[KAF_N_AXES])
{
  for (guint i = 0; i < rules->criteria->len; i++)
    {
      const KafScoreCriterion *criterion = rules->criteria->pdata[i];
      KafCriterionScore one;

      if ((axes & (1u << criterion->axis)) == 0)
        continue;
      kaf_criterion_score (rules, criterion, holder, project, as_of, &one);
      low[criterion->axis] += one.low;
      high[criterion->axis] += one.high;
    }
}

void
kaf_score_sum (const KafScoreRules *rules,
               const KafHolder *holder,
               const KafHolderProject *project,
               guint32 as_of,
               int low[KAF_N_AXES],
               int high[KAF_N_AXES])
{
  memset (low, 0, KAF_N_AXES * sizeof *low);
  memset (high, 0, KAF_N_AXES * sizeof *high);
  sum_axes (rules, holder, project, as_of, (1u << KAF_N_AXES) - 1, low, high);
}

static gboolean
is_better (KafScoreSpan a, KafScoreSpan b)
{
  if (a.expected != b.expected)
    return a.expected > b.expected;
  if (a.high != b.high)
    return a.high > b.high;
  return a.low > b.low;
}

int
kaf_score_find_project (const KafScoreRules *rules, const KafHolder *holder, guint32 as_of)
{
  KafScoreSpan best = { 0 };
  guint candidates = 0;
  int chosen = -1;

  for (guint i = 0; i < holder->n_projects; i++)
    if (holder->projects[i].stage != KAF_STAGE_ABANDONED)
      {
        candidates++;
        chosen = chosen < 0 ? (int) i : chosen;
      }
  if (candidates < 2)
    return chosen;
  chosen = -1;
  for (guint i = 0; i < holder->n_projects; i++)
    {
      int low[KAF_N_AXES] = { 0 }, high[KAF_N_AXES] = { 0 };
      KafScoreSpan span;

      if (holder->projects[i].stage == KAF_STAGE_ABANDONED)
        continue;
      sum_axes (rules, holder, &holder->projects[i], as_of, 1u << KAF_AXIS_POTENTIAL, low, high);
      span = kaf_score_span (low[KAF_AXIS_POTENTIAL], high[KAF_AXIS_POTENTIAL]);
      if (chosen < 0 || is_better (span, best))
        {
          chosen = (int) i;
          best = span;
        }
    }
  return chosen;
}

void
kaf_score_compute (const KafScoreRules *rules,
                   const KafHolder *holder,
                   guint32 as_of,
                   KafScore *score)
{
  int project = kaf_score_find_project (rules, holder, as_of);
  int low[KAF_N_AXES], high[KAF_N_AXES];

  kaf_score_sum (rules, holder, project >= 0 ? &holder->projects[project] : NULL, as_of, low, high);
  memset (score, 0, sizeof *score);
  for (guint axis = 0; axis < KAF_N_AXES; axis++)
    score->axes[axis] = kaf_score_span (low[axis], high[axis]);
  score->as_of = as_of;
  score->relay = score->axes[KAF_AXIS_RELAY].expected >= rules->relay * 10;
  kaf_score_place (rules, NULL, holder->id, score);
}
