/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Scores in words: a sentence per criterion, and the question that would tell most. */
#include "config.h"

#include <string.h>

#include "base/kaf-bidi.h"
#include "base/kaf-date.h"
#include "base/kaf-day.h"
#include "base/kaf-money.h"
#include "base/kaf-number.h"
#include "base/kaf-words.h"
#include "rules/holder/kaf-score-private.h"
#include "rules/holder/kaf-tiers.h"

#define CENTIMES 100
#define CURRENCY "MAD"

typedef struct
{
  const KafScoreRules *rules;
  const KafHolder *holder;
  const KafHolderProject *project; /* that counts; nullable */
  guint32 as_of;
  KafLang lang;
  KafTitleFunc title; /* nullable */
  gpointer data;
  int low[KAF_N_AXES], high[KAF_N_AXES];
} Telling;

static void
begin (Telling *self)
{
  int project = kaf_score_find_project (self->rules, self->holder, self->as_of);

  self->project = project >= 0 ? &self->holder->projects[project] : NULL;
  kaf_score_sum (self->rules, self->holder, self->project, self->as_of, self->low, self->high);
}

/* A figure in an Arabic sentence stands by itself, or it would turn round with what is beside it. (transfer full) */
static char *
isolate (const Telling *self, char *text)
{
  char *isolated = kaf_lang_is_rtl (self->lang) ? kaf_bidi_ltr (text) : g_strdup (text);

  g_free (text);
  return isolated;
}

static char *
tell_number (const Telling *self, gint64 number)
{
  return isolate (self, kaf_number_format (number, self->lang));
}

/* @format with its one or two %s filled; a language may leave the first out. */
static char *
fill (const char *format, const char *first, const char *second)
{
  g_autoptr (GString) text = g_string_new (format);

  g_string_replace (text, "%1$s", first, 1);
  g_string_replace (text, "%2$s", second != NULL ? second : "", 1);
  g_string_replace (text, "%s", first, 1);
  g_string_replace (text, "%%", "%", 0);
  return g_string_free (g_steal_pointer (&text), FALSE);
}

/* The sentence of a number; its %s is the number. */
static const char *
get_number_words (KafLang lang, const char *code, gulong n)
{
  if (g_str_equal (code, "jobs"))
    return kaf_words_plural (lang, "%s job planned", "%s jobs planned", n);
  if (g_str_equal (code, "jobs_permanent"))
    return kaf_words_plural (lang, "%s permanent job planned", "%s permanent jobs planned", n);
  if (g_str_equal (code, "funded_share"))
    return kaf_words_get (lang, "%s %% of the funding secured");
  if (g_str_equal (code, "amount"))
    return kaf_words_get (lang, "An investment of %s");
  if (g_str_equal (code, "experience_years"))
    return kaf_words_plural (lang, "%s year of experience in the sector",
                             "%s years of experience in the sector", n);
  if (g_str_equal (code, "relay_reach"))
    return kaf_words_plural (lang, "Reaches %s person", "Reaches %s people", n);
  if (g_str_equal (code, "memberships"))
    return kaf_words_plural (lang, "A member of %s network", "A member of %s networks", n);
  if (g_str_equal (code, "mandates"))
    return kaf_words_plural (lang, "Holds %s office", "Holds %s offices", n);
  return kaf_words_plural (lang, "Passed on %s project holder", "Passed on %s project holders", n);
}

/* A sentence of its own where the number is none: NULL: it is told like another. */
static const char *
get_zero_words (KafLang lang, const char *code)
{
  if (g_str_equal (code, "jobs"))
    return kaf_words_get (lang, "No job planned");
  if (g_str_equal (code, "jobs_permanent"))
    return kaf_words_get (lang, "No permanent job planned");
  if (g_str_equal (code, "funded_share"))
    return kaf_words_get (lang, "None of the funding secured");
  if (g_str_equal (code, "experience_years"))
    return kaf_words_get (lang, "No experience in the sector");
  if (g_str_equal (code, "relay_reach"))
    return kaf_words_get (lang, "Reaches nobody");
  if (g_str_equal (code, "memberships"))
    return kaf_words_get (lang, "A member of no network");
  if (g_str_equal (code, "mandates"))
    return kaf_words_get (lang, "Holds no office");
  return g_str_equal (code, "brought") ? kaf_words_get (lang, "Has passed on no project holder")
                                       : NULL;
}

static char *
tell_amount (const Telling *self, gint64 dirhams)
{
  g_autofree char *canonical = kaf_money_make (dirhams * CENTIMES, CURRENCY);

  return isolate (self, kaf_money_format (canonical, self->lang));
}

static char *
tell_count (const Telling *self, const KafScoreFact *fact, gint64 number)
{
  const char *nothing = number == 0 ? get_zero_words (self->lang, fact->code) : NULL;
  gboolean money = g_str_equal (fact->code, "amount");
  g_autofree char *text = NULL;

  if (nothing != NULL)
    return g_strdup (nothing);
  text = money ? tell_amount (self, number) : tell_number (self, number);
  return fill (get_number_words (self->lang, fact->code, (gulong) number), text, NULL);
}

static const char *
get_boolean_words (KafLang lang, const char *code, gboolean yes)
{
  if (g_str_equal (code, "market_studied"))
    return yes ? kaf_words_get (lang, "The market was studied")
               : kaf_words_get (lang, "The market was not studied");
  if (g_str_equal (code, "attachment"))
    return yes ? kaf_words_get (lang, "Declares an attachment to the region of the project")
               : kaf_words_get (
                     lang, "Declares an attachment to another region than that of the project");
  if (g_str_equal (code, "is_expert"))
    return yes ? kaf_words_get (lang, "Is also an expert")
               : kaf_words_get (lang, "Is not recorded as an expert");
  if (g_str_equal (code, "next_action"))
    return yes ? kaf_words_get (lang, "A next action is set")
               : kaf_words_get (lang, "No next action is set, or its day is past");
  return yes ? kaf_words_get (lang, "Agrees to relay")
             : kaf_words_get (lang, "Does not wish to relay");
}

/* The label of a choice, or the title of a list item. (transfer full) (nullable) */
static char *
tell_code (const Telling *self, const KafScoreFact *fact, const char *code)
{
  const char *list = kaf_score_fact_list (fact);

  for (const KafChoice *choice = kaf_score_fact_choices (fact);
       choice != NULL && choice->code != NULL; choice++)
    if (g_str_equal (choice->code, code))
      return g_strdup (kaf_words_get (self->lang, choice->label));
  return list != NULL && self->title != NULL ? self->title (list, code, self->lang, self->data)
                                             : NULL;
}

static char *
tell_pair (const Telling *self, const char *label, const char *text)
{
  /* Translators: what it is, and how it stands: "Land: secured". */
  return fill (kaf_words_get (self->lang, "%1$s: %2$s"), label, text);
}

static char *
tell_choice (const Telling *self, const KafScoreFact *fact, const KafCriterionScore *score)
{
  g_autofree char *text = tell_code (self, fact, score->answer.codes[0]);
  g_autofree char *isolated = kaf_bidi_isolate (text);

  if (text == NULL)
    return tell_pair (self, kaf_words_get (self->lang, fact->label),
                      score->points > 0 ? kaf_words_get (self->lang, "one that the rules aim at")
                                        : kaf_words_get (self->lang, "none that the rules aim at"));
  return tell_pair (self, kaf_words_get (self->lang, fact->label), isolated);
}

static char *
tell_day (const Telling *self, guint32 day)
{
  g_autofree char *iso = kaf_day_to_iso (day);
  g_autofree char *text = kaf_date_format (iso, self->lang, KAF_DATE_LONG);

  return kaf_bidi_isolate (text);
}

/* How many there were within two half-lives: older ones hardly count. */
static char *
tell_exchanges (const Telling *self, guint32 last)
{
  guint within = 2 * self->rules->half_life;
  guint n = 0;
  g_autofree char *days = NULL;
  g_autofree char *count = NULL;
  g_autofree char *day = NULL;

  for (guint i = 0; i < self->holder->n_contacts; i++)
    {
      guint32 held = self->holder->contacts[i].held_on;

      n += held <= self->as_of && self->as_of - held <= within;
    }
  if (n == 0)
    {
      day = tell_day (self, last);
      return fill (kaf_words_get (self->lang, "The last exchange was on %s"), day, NULL);
    }
  count = tell_number (self, n);
  days = tell_number (self, within);
  /* Filled here, not by printf: Arabic leaves the number out for one and for two. xgettext:no-c-format */
  return fill (kaf_words_plural (self->lang, "%1$s exchange within %2$s days",
                                 "%1$s exchanges within %2$s days", n),
               count, days);
}

static char *
tell_decay (const Telling *self, const KafScoreFact *fact, guint32 day)
{
  g_autofree char *text = NULL;

  if (g_str_equal (fact->code, "contacts"))
    return tell_exchanges (self, day);
  text = tell_day (self, day);
  if (g_str_equal (fact->code, "file_completed"))
    return fill (kaf_words_get (self->lang, "File complete since %s"), text, NULL);
  return fill (kaf_words_get (self->lang, "Last change of stage on %s"), text, NULL);
}

static const char *
get_nothing_words (KafLang lang, const KafScoreFact *fact)
{
  if (g_str_equal (fact->code, "contacts"))
    return kaf_words_get (lang, "No exchange is noted");
  if (g_str_equal (fact->code, "last_outcome"))
    return kaf_words_get (lang, "No outcome is noted");
  if (g_str_equal (fact->code, "file_completed"))
    return kaf_words_get (lang, "The file is not complete");
  if (g_str_equal (fact->code, "stage_moved"))
    return kaf_words_get (lang, "No change of stage is noted");
  return kaf_words_get (lang, "No project is under way");
}

static char *
tell_answer (const Telling *self,
             const KafScoreCriterion *criterion,
             const KafCriterionScore *score)
{
  const KafScoreFact *fact = criterion->fact;

  if (score->answer.nothing)
    return g_strdup (get_nothing_words (self->lang, fact));
  switch (fact->kind)
    {
    case KAF_FACT_NUMBER:
      return tell_count (self, fact, score->answer.number);
    case KAF_FACT_BOOLEAN:
      return g_strdup (get_boolean_words (self->lang, fact->code, score->answer.number != 0));
    case KAF_FACT_CHOICE:
      return tell_choice (self, fact, score);
    case KAF_FACT_DECAY:
    default:
      return tell_decay (self, fact, score->answer.day);
    }
}

/* What the axis would be with this answer alone, the other unknown ones in their middle. */
static void
find_reach (
    const Telling *self, KafAxis axis, const KafCriterionScore *score, int *lowest, int *highest)
{
  int low = self->low[axis] - score->low, high = self->high[axis] - score->high;

  *lowest = kaf_score_span (low + score->low, high + score->low).expected;
  *highest = kaf_score_span (low + score->high, high + score->high).expected;
}

static char *
tell_unknown (const Telling *self,
              const KafScoreCriterion *criterion,
              const KafCriterionScore *score)
{
  int lowest, highest;
  g_autofree char *from = NULL;
  g_autofree char *to = NULL;
  g_autofree char *reach = NULL;
  const char *label = score->answer.known ? kaf_words_get (self->lang, "Place")
                                          : kaf_score_criterion_label (criterion, self->lang);

  find_reach (self, criterion->axis, score, &lowest, &highest);
  from = tell_number (self, lowest);
  to = tell_number (self, highest);
  /* Translators: scores, with the worst and the best answer. */
  reach = fill (kaf_words_get (self->lang, "not known, from %1$s to %2$s by the answer"), from, to);
  return tell_pair (self, label, reach);
}

static char *
tell_part (const Telling *self, const KafScoreCriterion *criterion, const KafCriterionScore *score)
{
  g_autofree char *answer = NULL;

  if (!score->known)
    return tell_unknown (self, criterion, score);
  answer = score->answer.known ? tell_answer (self, criterion, score)
                               : tell_pair (self, kaf_score_criterion_label (criterion, self->lang),
                                            kaf_words_get (self->lang, "not known"));
  if (criterion->only == NULL || score->answer.nothing || !score->has_place)
    return g_steal_pointer (&answer);
  /* Translators: "18 jobs planned in a priority territory". */
  return fill (score->in_place ? kaf_words_get (self->lang, "%s in a priority territory")
                               : kaf_words_get (self->lang, "%s outside the priority territories"),
               answer, NULL);
}

static void
part_free (gpointer data)
{
  KafScorePart *part = data;

  g_free (part->sentence);
  g_free (part);
}

GPtrArray *
kaf_score_explain_in (const KafScoreRules *rules,
                      const KafHolder *holder,
                      guint32 as_of,
                      KafLang lang,
                      KafTitleFunc title,
                      gpointer data)
{
  GPtrArray *parts = g_ptr_array_new_with_free_func (part_free);
  Telling self = {
    .rules = rules, .holder = holder, .as_of = as_of, .lang = lang, .title = title, .data = data
  };

  begin (&self);
  for (guint i = 0; i < rules->criteria->len; i++)
    {
      const KafScoreCriterion *criterion = rules->criteria->pdata[i];
      KafScorePart *part = g_new0 (KafScorePart, 1);
      KafCriterionScore score;

      kaf_criterion_score (rules, criterion, holder, self.project, as_of, &score);
      part->axis = criterion->axis;
      part->criterion = i;
      part->known = score.known;
      part->points = score.points;
      part->low = score.low;
      part->high = score.high;
      part->sentence = tell_part (&self, criterion, &score);
      g_ptr_array_add (parts, part);
    }
  return parts;
}

GPtrArray *
kaf_score_explain (const KafScoreRules *rules, const KafHolder *holder, guint32 as_of)
{
  return kaf_score_explain_in (rules, holder, as_of,
                               kaf_lang_from_string (g_get_language_names ()[0]), NULL, NULL);
}

/* The question */

/* What one answer may do: to all criteria that wait for the same field. */
typedef struct
{
  const char *field;
  guint criterion; /* the first */
  int low[KAF_N_AXES], high[KAF_N_AXES];
} Asked;

/* The place of a criterion is asked for where all else of it is known. */
static const char *
get_missing (const KafScoreCriterion *criterion, const KafCriterionScore *score)
{
  if (!score->answer.known)
    return criterion->fact->field;
  return criterion->fact->of_project ? "project.territory" : "person.territory";
}

static void
collect (const Telling *self, GArray *asked)
{
  for (guint i = 0; i < self->rules->criteria->len; i++)
    {
      const KafScoreCriterion *criterion = self->rules->criteria->pdata[i];
      KafCriterionScore score;
      const char *field;
      guint at = 0;

      kaf_criterion_score (self->rules, criterion, self->holder, self->project, self->as_of,
                           &score);
      if (score.known || criterion->axis == KAF_AXIS_RELAY)
        continue;
      field = get_missing (criterion, &score);
      while (at < asked->len && !g_str_equal (g_array_index (asked, Asked, at).field, field))
        at++;
      if (at == asked->len)
        {
          const Asked one = { .field = field, .criterion = i };

          g_array_append_val (asked, one);
        }
      g_array_index (asked, Asked, at).low[criterion->axis] += score.low;
      g_array_index (asked, Asked, at).high[criterion->axis] += score.high;
    }
}

/* The tier if the answer brought @points to each axis. */
static char
find_tier (const Telling *self, const KafTierCuts *cuts, const Asked *asked, const int points[])
{
  int scores[2];

  for (guint axis = 0; axis < G_N_ELEMENTS (scores); axis++)
    scores[axis] = kaf_score_span (self->low[axis] - asked->low[axis] + points[axis],
                                   self->high[axis] - asked->high[axis] + points[axis])
                       .expected;
  return kaf_tier_of (self->rules, cuts, self->holder->id, scores[KAF_AXIS_POTENTIAL],
                      scores[KAF_AXIS_ENGAGEMENT]);
}

static int
get_width (const Asked *asked)
{
  int width = 0;

  for (guint axis = 0; axis < KAF_N_AXES; axis++)
    width += asked->high[axis] - asked->low[axis];
  return width;
}

static char *
tell_move (const Telling *self, char now, char worse, char better)
{
  const char *one = kaf_tier_letter_in (worse, self->lang),
             *other = kaf_tier_letter_in (better, self->lang);

  if (worse != now && better != now && worse != better)
    return fill (kaf_words_get (self->lang, "The answer may lead to tier %1$s or to tier %2$s."),
                 one, other);
  return fill (kaf_words_get (self->lang, "The answer may lead to tier %s."),
               better != now ? other : one, NULL);
}

static char *
dup_question (const Telling *self, const Asked *asked)
{
  const KafScoreCriterion *criterion = self->rules->criteria->pdata[asked->criterion];
  const KafScoreFact *place = kaf_score_fact_find ("project_territory");

  if (g_str_equal (asked->field, criterion->fact->field))
    return g_strdup (kaf_score_criterion_question (criterion, self->lang));
  return g_strdup (
      criterion->fact->of_project
          ? kaf_words_get (self->lang, place->question)
          : kaf_words_get (self->lang,
                           "Do you wish to state an attachment to a territory? You need not."));
}

gboolean
kaf_score_question_in (const KafScoreRules *rules,
                       const KafHolder *holder,
                       guint32 as_of,
                       const KafTierCuts *cuts,
                       KafLang lang,
                       guint *criterion,
                       char **question,
                       char **sentence,
                       const char **field)
{
  g_autoptr (GArray) asked = g_array_new (FALSE, FALSE, sizeof (Asked));
  Telling self = { .rules = rules, .holder = holder, .as_of = as_of, .lang = lang };
  const int middle[KAF_N_AXES] = { 0 };
  const Asked none = { 0 };
  const Asked *best = NULL;
  char now, worse = '\0', better = '\0';

  begin (&self);
  collect (&self, asked);
  now = find_tier (&self, cuts, &none, middle);
  for (guint i = 0; i < asked->len; i++)
    {
      const Asked *one = &g_array_index (asked, Asked, i);
      char low = find_tier (&self, cuts, one, one->low);
      char high = find_tier (&self, cuts, one, one->high);

      if ((low == now && high == now) || (best != NULL && get_width (one) <= get_width (best)))
        continue;
      best = one;
      worse = low;
      better = high;
    }
  if (best == NULL)
    return FALSE;
  *criterion = best->criterion;
  *question = dup_question (&self, best);
  *sentence = tell_move (&self, now, worse, better);
  *field = best->field;
  return TRUE;
}

gboolean
kaf_score_question (const KafScoreRules *rules,
                    const KafHolder *holder,
                    guint32 as_of,
                    guint *criterion,
                    char **question,
                    char **sentence,
                    const char **field)
{
  return kaf_score_question_in (rules, holder, as_of, NULL,
                                kaf_lang_from_string (g_get_language_names ()[0]), criterion,
                                question, sentence, field);
}
