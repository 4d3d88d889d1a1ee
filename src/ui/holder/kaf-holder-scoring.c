/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "ui/holder/kaf-holder-scoring.h"

#include <glib/gi18n-lib.h>
#include <stdlib.h>
#include <string.h>

#include "base/kaf-bidi.h"
#include "base/kaf-date.h"
#include "base/kaf-number.h"
#include "rules/holder/kaf-score-rules.h"
#include "rules/holder/kaf-tiers.h"
#include "schema/kaf-registry.h"
#include "store/kaf-holder-now.h"
#include "store/kaf-holder-score.h"
#include "store/kaf-tier-review.h"

#define POINTS_MOST 400
#define HISTORY_MOST 20
#define OVERRIDES_MOST 50

static void
step_free (gpointer data)
{
  KafTierStep *step = data;

  g_free (step->day);
  g_free (step->line);
  g_free (step);
}

void
kaf_holder_scoring_free (KafHolderScoring *self)
{
  g_free (self->decided);
  g_free (self->rules);
  g_free (self->question);
  g_free (self->says);
  g_free (self->field);
  g_free (self->asked_of);
  g_clear_pointer (&self->parts, g_ptr_array_unref);
  g_clear_pointer (&self->history, g_ptr_array_unref);
  g_clear_pointer (&self->points, g_array_unref);
  g_free (self);
}

typedef struct
{
  KafHolderScoring *scoring;
  KafDatabase *db;
  KafLang lang;
  KafHolderScore *score;
  KafTierCuts *cuts; /* nullable */
} Reading;

/* Of several projects, the one that counts is asked about, whichever shows. What was said in an exchange, and which stage was
 * reached, no field of hers answers: it is noted anew. */
static void
take_field (KafHolderScoring *scoring, const KafHolderScore *score)
{
  const KafHolder *facts = &score->line->facts;

  if (g_str_has_prefix (score->field, "project."))
    scoring->asked_of = g_strdup (score->project >= 0 ? facts->projects[score->project].id : NULL);
  else if (g_str_has_prefix (score->field, "person.") ||
           g_str_has_prefix (score->field, "project_holder."))
    scoring->asked_of = g_strdup (facts->id);
  else
    return;
  scoring->field = g_strdup (score->field);
}

static void
take_score (Reading *self)
{
  KafHolderScoring *scoring = self->scoring;
  KafHolderScore *score = self->score;
  const KafScoreRules *rules = score->force.rules;

  scoring->score = score->score;
  scoring->tier = score->tier;
  scoring->half_life = rules->half_life;
  scoring->quota = rules->quota;
  scoring->cuts[0] = self->cuts != NULL ? self->cuts->axes[0].score : rules->potential;
  scoring->cuts[1] = self->cuts != NULL ? self->cuts->axes[1].score : rules->engagement;
  scoring->parts = g_ptr_array_ref (score->parts);
  if (!score->asks)
    return;
  scoring->question = g_strdup (score->question);
  scoring->says = g_strdup (score->sentence);
  take_field (scoring, score);
}

/* "Decided: A until 26/02/2027 · an agency vouches for her". */
static gboolean
read_decided (Reading *self, GError **error)
{
  static const char *const columns[] = { "tier", "reason", "decided_on", "until", NULL };
  const KafTierOverride *decided = self->score->decided;
  g_autoptr (GPtrArray) rows = NULL;

  if (decided == NULL || decided->tier == '\0')
    return TRUE;
  rows = kaf_page_related (self->db, kaf_registry_find ("tier_override"), "person",
                           self->score->line->facts.id, columns, self->lang, OVERRIDES_MOST, error);
  if (rows == NULL)
    return FALSE;
  for (guint i = 0; i < rows->len && self->scoring->decided == NULL; i++)
    {
      const KafRow *row = g_ptr_array_index (rows, i);

      if (row->raw[0] == NULL || row->raw[0][0] != decided->tier ||
          kaf_day_parse (row->raw[3]) != decided->until)
        continue;
      /* Translators: a tier that somebody decided, a date, and the reason. */
      self->scoring->decided = g_strdup_printf (_ ("Decided: %s until %s · %s"), row->cells[0],
                                                row->cells[3], row->cells[1]);
    }
  return TRUE;
}

static char *
describe_step (const KafTierRecord *record, KafLang lang)
{
  const KafField *causes = kaf_entity_find_field (kaf_registry_find ("tier_record"), "cause");
  const KafChoice *cause =
      record->cause != NULL ? kaf_field_find_choice (causes, record->cause) : NULL;
  g_autofree char *potential = kaf_number_format (record->potential, lang);
  g_autofree char *engagement = kaf_number_format (record->engagement, lang);
  g_autoptr (GString) line = g_string_new (NULL);

  kaf_bidi_append (line, kaf_tier_letter (record->tier));
  kaf_bidi_append_format (line, _ ("potential %s"), potential);
  kaf_bidi_append_format (line, _ ("engagement %s"), engagement);
  kaf_bidi_append_format (line, _ ("rules %s"), record->rule_set);
  kaf_bidi_append (line, cause != NULL ? g_dgettext (GETTEXT_PACKAGE, cause->label) : NULL);
  return kaf_bidi_line (line->str);
}

static gboolean
read_history (Reading *self, GError **error)
{
  g_autoptr (GPtrArray) records =
      kaf_tier_records_read (self->db, self->score->line->facts.id, error);

  self->scoring->history = g_ptr_array_new_with_free_func (step_free);
  for (guint i = 0; records != NULL && i < MIN (records->len, HISTORY_MOST); i++)
    {
      const KafTierRecord *record = g_ptr_array_index (records, i);
      g_autofree char *day = kaf_day_to_iso (record->recorded_on);
      KafTierStep *step = g_new0 (KafTierStep, 1);

      step->day = kaf_date_format (day, self->lang, KAF_DATE_SHORT);
      step->line = describe_step (record, self->lang);
      g_ptr_array_add (self->scoring->history, step);
    }
  return records != NULL;
}

/* What the lists have of the others, as many as a plot can show. */
static gboolean
read_points (Reading *self, GError **error)
{
  static const char *const columns[] = { "potential", "engagement", NULL };
  g_autoptr (KafQuery) query = kaf_query_new (kaf_registry_find ("project_holder"));
  g_autoptr (GPtrArray) rows = NULL;

  self->scoring->points = g_array_new (FALSE, FALSE, sizeof (KafTierPoint));
  kaf_query_set_sort (query, "updated_at", TRUE);
  rows = kaf_page_read (self->db, query, columns, self->lang, 0, POINTS_MOST, NULL, NULL, error);
  for (guint i = 0; rows != NULL && i < rows->len; i++)
    {
      const KafRow *row = g_ptr_array_index (rows, i);
      KafTierPoint point;

      if (row->raw[0] == NULL || row->raw[1] == NULL ||
          strcmp (row->id, self->score->line->facts.id) == 0)
        continue;
      point.potential = (guint8) CLAMP (atoi (row->raw[0]), 0, KAF_SCORE_MAX);
      point.engagement = (guint8) CLAMP (atoi (row->raw[1]), 0, KAF_SCORE_MAX);
      g_array_append_val (self->scoring->points, point);
    }
  return rows != NULL;
}

static char *
describe_rules (const KafRulesInForce *rules, KafLang lang)
{
  g_autofree char *day = NULL;

  if (rules->number == 0)
    return g_strdup (_ ("rules that come with the program"));
  day = rules->published_on != NULL ? kaf_date_format (rules->published_on, lang, KAF_DATE_SHORT)
                                    : g_strdup ("—");
  /* Translators: the number of a set of rules and a date. */
  return g_strdup_printf (_ ("rules number %u of %s"), rules->number, day);
}

KafHolderScoring *
kaf_holder_scoring_read (
    KafDatabase *db, const char *person, KafLang lang, GCancellable *cancellable, GError **error)
{
  g_autoptr (KafHolderScore) score =
      kaf_holder_score_read (db, person, KAF_DAY_UNKNOWN, lang, error);
  g_autoptr (KafHolderScoring) scoring = NULL;
  g_autofree KafTierCuts *cuts = NULL;
  Reading self = { NULL, db, lang, score, NULL };

  if (score == NULL || g_cancellable_set_error_if_cancelled (cancellable, error))
    return NULL;
  scoring = g_new0 (KafHolderScoring, 1);
  self.scoring = scoring;
  self.cuts = cuts = kaf_holder_now_read_cuts (db, score->force.rules, score->line->facts.post);
  scoring->rules = describe_rules (&score->force, lang);
  take_score (&self);
  if (!read_decided (&self, error) || !read_history (&self, error) || !read_points (&self, error))
    return NULL;
  return g_steal_pointer (&scoring);
}
