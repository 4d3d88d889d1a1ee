/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "rules/holder/kaf-score-rules.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "base/kaf-validation-error.h"
#include "base/kaf-words.h"

#define HALF_LIFE_MAX 3650
#define POINTS_MAX 1000

static const struct
{
  const char *id, *name;
} axes[KAF_N_AXES] = {
  [KAF_AXIS_POTENTIAL] = { "potential", N_ ("Potential") },
  [KAF_AXIS_ENGAGEMENT] = { "engagement", N_ ("Engagement") },
  [KAF_AXIS_RELAY] = { "relay", N_ ("Relay") },
};

const char *
kaf_axis_id (KafAxis axis)
{
  return axes[axis].id;
}

const char *
kaf_axis_name (KafAxis axis)
{
  return _ (axes[axis].name);
}

KafAxis
kaf_axis_from_id (const char *id)
{
  for (guint i = 0; id != NULL && i < KAF_N_AXES; i++)
    if (g_str_equal (axes[i].id, id))
      return (KafAxis) i;
  return KAF_N_AXES;
}

/* Criteria */

static void
clear_choice (gpointer data)
{
  g_free (((KafScoreChoice *) data)->code);
}

KafScoreCriterion *
kaf_score_criterion_new (KafAxis axis, const KafScoreFact *fact)
{
  KafScoreCriterion *self = g_new0 (KafScoreCriterion, 1);

  self->axis = axis;
  self->fact = fact;
  self->bands = g_array_new (FALSE, FALSE, sizeof (KafScoreBand));
  self->choices = g_array_new (FALSE, FALSE, sizeof (KafScoreChoice));
  g_array_set_clear_func (self->choices, clear_choice);
  self->most = KAF_SCORE_MAX;
  self->answered = 100;
  return self;
}

void
kaf_score_criterion_free (KafScoreCriterion *self)
{
  if (self == NULL)
    return;
  g_free (self->label_fr);
  g_free (self->label_ar);
  g_free (self->question_fr);
  g_free (self->question_ar);
  g_array_unref (self->bands);
  g_array_unref (self->choices);
  g_strfreev (self->only);
  g_free (self);
}

void
kaf_score_criterion_add_band (KafScoreCriterion *self, gint64 from, int points)
{
  const KafScoreBand band = { from, points };

  g_array_append_val (self->bands, band);
}

void
kaf_score_criterion_set_choice (KafScoreCriterion *self, const char *code, int points)
{
  KafScoreChoice choice = { NULL, points };

  for (guint i = 0; i < self->choices->len; i++)
    {
      KafScoreChoice *one = &g_array_index (self->choices, KafScoreChoice, i);

      if (g_str_equal (one->code, code))
        {
          one->points = points;
          return;
        }
    }
  choice.code = g_strdup (code);
  g_array_append_val (self->choices, choice);
}

static KafScoreCriterion *
copy_criterion (const KafScoreCriterion *from)
{
  KafScoreCriterion *self = kaf_score_criterion_new (from->axis, from->fact);

  self->label_fr = g_strdup (from->label_fr);
  self->label_ar = g_strdup (from->label_ar);
  self->question_fr = g_strdup (from->question_fr);
  self->question_ar = g_strdup (from->question_ar);
  g_array_append_vals (self->bands, from->bands->data, from->bands->len);
  for (guint i = 0; i < from->choices->len; i++)
    {
      const KafScoreChoice *one = &g_array_index (from->choices, KafScoreChoice, i);

      kaf_score_criterion_set_choice (self, one->code, one->points);
    }
  self->points = from->points;
  self->most = from->most;
  self->answered = from->answered;
  self->only = g_strdupv (from->only);
  return self;
}

static const char *
choose_text (const char *french, const char *arabic, KafLang lang)
{
  const char *first = lang == KAF_LANG_AR ? arabic : french;
  const char *second = lang == KAF_LANG_AR ? french : arabic;

  return first != NULL ? first : second;
}

const char *
kaf_score_criterion_label (const KafScoreCriterion *self, KafLang lang)
{
  const char *own = choose_text (self->label_fr, self->label_ar, lang);

  return own != NULL ? own : kaf_words_get (lang, self->fact->label);
}

const char *
kaf_score_criterion_question (const KafScoreCriterion *self, KafLang lang)
{
  const char *own = choose_text (self->question_fr, self->question_ar, lang);

  if (own != NULL || self->fact->question == NULL)
    return own;
  return kaf_words_get (lang, self->fact->question);
}

static void
widen (int points, int *low, int *high)
{
  *low = MIN (*low, points);
  *high = MAX (*high, points);
}

/* Of a fact whose codes are few, one that is not named brings none; where all are named, one of them it is. */
static gboolean
names_all (const KafScoreCriterion *self)
{
  const KafChoice *choices = kaf_score_fact_choices (self->fact);
  guint n = 0;

  if (self->fact->kind == KAF_FACT_BOOLEAN)
    return self->choices->len == 2;
  while (choices != NULL && choices[n].code != NULL)
    n++;
  return n > 0 && self->choices->len == n;
}

void
kaf_score_criterion_range (const KafScoreCriterion *self, int *low, int *high)
{
  *low = *high = 0;
  switch (self->fact->kind)
    {
    case KAF_FACT_NUMBER:
      for (guint i = 0; i < self->bands->len; i++)
        widen (g_array_index (self->bands, KafScoreBand, i).points, low, high);
      break;
    case KAF_FACT_CHOICE:
    case KAF_FACT_BOOLEAN:
      if (names_all (self))
        *low = *high = g_array_index (self->choices, KafScoreChoice, 0).points;
      for (guint i = 0; i < self->choices->len; i++)
        widen (g_array_index (self->choices, KafScoreChoice, i).points, low, high);
      break;
    case KAF_FACT_DECAY:
    default:
      *high = self->choices->len > 0 ? self->most : self->points;
      break;
    }
}

gboolean
kaf_score_criterion_equal (const KafScoreCriterion *a, const KafScoreCriterion *b)
{
  gboolean same = a->axis == b->axis && a->fact == b->fact && a->points == b->points &&
                  a->most == b->most && a->answered == b->answered &&
                  a->bands->len == b->bands->len && a->choices->len == b->choices->len &&
                  (a->only == NULL) == (b->only == NULL) &&
                  (a->only == NULL ||
                   g_strv_equal ((const char *const *) a->only, (const char *const *) b->only));

  for (guint i = 0; same && i < a->bands->len; i++)
    {
      const KafScoreBand *one = &g_array_index (a->bands, KafScoreBand, i);
      const KafScoreBand *two = &g_array_index (b->bands, KafScoreBand, i);

      same = one->from == two->from && one->points == two->points;
    }
  for (guint i = 0; same && i < a->choices->len; i++)
    {
      const KafScoreChoice *one = &g_array_index (a->choices, KafScoreChoice, i);
      const KafScoreChoice *two = &g_array_index (b->choices, KafScoreChoice, i);

      same = g_str_equal (one->code, two->code) && one->points == two->points;
    }
  return same;
}

/* Sets */

KafScoreRules *
kaf_score_rules_copy (const KafScoreRules *from)
{
  KafScoreRules *self = g_new0 (KafScoreRules, 1);

  g_atomic_ref_count_init (&self->refs);
  self->half_life = from->half_life;
  self->quota = from->quota;
  self->potential = from->potential;
  self->engagement = from->engagement;
  self->relay = from->relay;
  self->criteria = g_ptr_array_new_with_free_func ((GDestroyNotify) kaf_score_criterion_free);
  for (guint i = 0; i < from->criteria->len; i++)
    g_ptr_array_add (self->criteria, copy_criterion (g_ptr_array_index (from->criteria, i)));
  return self;
}

KafScoreRules *
kaf_score_rules_ref (const KafScoreRules *self)
{
  g_atomic_ref_count_inc (&((KafScoreRules *) self)->refs);
  return (KafScoreRules *) self;
}

void
kaf_score_rules_unref (KafScoreRules *self)
{
  if (self == NULL || !g_atomic_ref_count_dec (&self->refs))
    return;
  g_ptr_array_unref (self->criteria);
  g_free (self);
}

/* Checking. Sentences name the criterion by its number and its fact, as the editor shows them. */

static gboolean G_GNUC_PRINTF (4, 5)
    refuse (const KafScoreCriterion *criterion, guint i, GError **error, const char *format, ...)
{
  g_autofree char *what = NULL;
  va_list args;

  va_start (args, format);
  what = g_strdup_vprintf (format, args);
  va_end (args);
  /* Translators: the number of a criterion in a list, its name, and what is wrong with it, a whole sentence. */
  g_set_error (error, KAF_VALIDATION_ERROR, KAF_VALIDATION_ERROR_RULE,
               _ ("Criterion %1$u, “%2$s”: %3$s"), i + 1, _ (criterion->fact->label), what);
  return FALSE;
}

static gboolean
is_points (int points)
{
  return points >= -POINTS_MAX && points <= POINTS_MAX;
}

static gboolean
check_bands (const KafScoreCriterion *self, guint i, GError **error)
{
  if (self->bands->len == 0)
    return refuse (self, i, error, "%s", _ ("Say from which value on it brings how many points."));
  for (guint j = 0; j < self->bands->len; j++)
    {
      const KafScoreBand *band = &g_array_index (self->bands, KafScoreBand, j);

      if (j > 0 && band->from <= band[-1].from)
        return refuse (self, i, error, "%s", _ ("The values must ascend."));
      if (band->from < 0)
        return refuse (self, i, error, "%s", _ ("A value may not be negative."));
      if (!is_points (band->points))
        return refuse (self, i, error, _ ("Points lie between %1$d and %2$d."), -POINTS_MAX,
                       POINTS_MAX);
    }
  return TRUE;
}

static gboolean
has_code (const KafScoreFact *fact, const char *code)
{
  const KafChoice *choices = kaf_score_fact_choices (fact);

  if (fact->kind == KAF_FACT_BOOLEAN)
    return g_str_equal (code, "yes") || g_str_equal (code, "no");
  if (choices == NULL)
    return *code != '\0';
  while (choices->code != NULL && !g_str_equal (choices->code, code))
    choices++;
  return choices->code != NULL;
}

static gboolean
check_choices (const KafScoreCriterion *self, guint i, GError **error)
{
  gboolean decays = self->fact->kind == KAF_FACT_DECAY;

  if (self->choices->len == 0)
    return refuse (self, i, error, "%s", _ ("Say which answer brings how many points."));
  for (guint j = 0; j < self->choices->len; j++)
    {
      const KafScoreChoice *one = &g_array_index (self->choices, KafScoreChoice, j);

      if (!has_code (self->fact, one->code))
        return refuse (self, i, error, _ ("“%s” is no answer to it."), one->code);
      if (!is_points (one->points) || (decays && one->points < 0))
        return refuse (self, i, error, _ ("Points lie between %1$d and %2$d."),
                       decays ? 0 : -POINTS_MAX, POINTS_MAX);
    }
  return TRUE;
}

static gboolean
is_of_exchanges (const KafScoreFact *fact)
{
  return fact->kind == KAF_FACT_DECAY && kaf_score_fact_choices (fact) != NULL;
}

static gboolean
check_criterion (const KafScoreCriterion *self, guint i, GError **error)
{
  if (self->axis >= KAF_N_AXES || (self->fact->axes & (1u << self->axis)) == 0)
    return refuse (self, i, error, "%s", _ ("It does not count on this axis."));
  if (self->fact->kind == KAF_FACT_NUMBER)
    return check_bands (self, i, error);
  if (is_of_exchanges (self->fact) &&
      (self->most < 0 || self->most > POINTS_MAX || self->answered > POINTS_MAX))
    return refuse (self, i, error, _ ("Points lie between %1$d and %2$d."), 0, POINTS_MAX);
  if (self->fact->kind != KAF_FACT_DECAY || is_of_exchanges (self->fact))
    return check_choices (self, i, error);
  if (self->points < 0 || self->points > POINTS_MAX)
    return refuse (self, i, error, _ ("Points lie between %1$d and %2$d."), 0, POINTS_MAX);
  return TRUE;
}

static gboolean
fail (GError **error, const char *sentence)
{
  g_set_error_literal (error, KAF_VALIDATION_ERROR, KAF_VALIDATION_ERROR_RULE, sentence);
  return FALSE;
}

gboolean
kaf_score_rules_check (const KafScoreRules *self, GError **error)
{
  if (self->half_life < 1 || self->half_life > HALF_LIFE_MAX)
    return fail (error, _ ("The half-life is a number of days, from 1 to 3650."));
  if (self->potential < 1 || self->potential > KAF_SCORE_MAX || self->engagement < 1 ||
      self->engagement > KAF_SCORE_MAX)
    return fail (error, _ ("The limits of the tiers lie between 1 and 100."));
  if (self->relay < 1 || self->relay > 10)
    return fail (error, _ ("From which relay score on one is a relay lies between 1 and 10."));
  if (self->criteria->len == 0 || self->criteria->len > KAF_SCORE_CRITERIA)
    return fail (error, _ ("A set of rules has from 1 to 60 criteria."));
  for (guint i = 0; i < self->criteria->len; i++)
    if (!check_criterion (g_ptr_array_index (self->criteria, i), i, error))
      return FALSE;
  return TRUE;
}
