/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "ui/holder/kaf-holder-scoring.h"

#include <glib/gi18n-lib.h>
#include <stdlib.h>
#include <string.h>

#include "base/kaf-bidi.h"
#include "base/kaf-date.h"
#include "rules/holder/kaf-score-rules.h"
#include "rules/holder/kaf-tiers.h"
#include "schema/kaf-registry.h"
#include "store/kaf-holder-now.h"
#include "store/kaf-holders.h"

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
  guint32 today;
  const KafHolderLine *line;
  const KafScoreRules *rules;
  KafTierCuts *cuts; /* nullable */
} Reading;

static char *
title_of (const char *entity, const char *id, KafLang lang, gpointer data)
{
  return kaf_read_title (data, entity, id, lang);
}

static void
read_score (Reading *self)
{
  KafHolderScoring *scoring = self->scoring;
  const KafHolder *facts = &self->line->facts;
  guint criterion;
  const char *field = NULL;

  kaf_score_compute (self->rules, facts, self->today, &scoring->score);
  kaf_score_place (self->rules, self->cuts, facts->id, &scoring->score);
  scoring->tier = scoring->score.tier;
  scoring->half_life = self->rules->half_life;
  scoring->quota = self->rules->quota;
  scoring->cuts[0] = self->cuts != NULL ? self->cuts->axes[0].score : self->rules->potential;
  scoring->cuts[1] = self->cuts != NULL ? self->cuts->axes[1].score : self->rules->engagement;
  scoring->parts =
      kaf_score_explain_in (self->rules, facts, self->today, self->lang, title_of, self->db);
  if (kaf_score_question_in (self->rules, facts, self->today, self->cuts, self->lang, &criterion,
                             &scoring->question, &scoring->says, &field))
    scoring->field = g_strdup (field);
}

/* "Decided: A until 26/02/2027 · an agency vouches for her". */
static gboolean
read_decided (Reading *self, GError **error)
{
  static const char *const columns[] = { "tier", "reason", "decided_on", "until", NULL };
  const KafTierOverride *decided =
      kaf_tier_override_find (self->line->overrides, self->line->n_overrides, self->today);
  g_autoptr (GPtrArray) rows = NULL;

  if (decided == NULL || decided->tier == '\0')
    return TRUE;
  rows = kaf_page_related (self->db, kaf_registry_find ("tier_override"), "person",
                           self->line->facts.id, columns, self->lang, OVERRIDES_MOST, error);
  if (rows == NULL)
    return FALSE;
  self->scoring->tier = decided->tier;
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
describe_step (const KafRow *row)
{
  g_autoptr (GString) line = g_string_new (NULL);

  kaf_bidi_append (line, row->cells[1]);
  kaf_bidi_append_format (line, _ ("potential %s"), row->cells[2]);
  kaf_bidi_append_format (line, _ ("engagement %s"), row->cells[3]);
  kaf_bidi_append_format (line, _ ("rules %s"), row->cells[4]);
  kaf_bidi_append (line, row->cells[5]);
  return kaf_bidi_line (line->str);
}

static gboolean
read_history (Reading *self, GError **error)
{
  static const char *const columns[] = { "recorded_on", "tier",  "potential", "engagement",
                                         "rule_set",    "cause", NULL };
  g_autoptr (GPtrArray) rows =
      kaf_page_related (self->db, kaf_registry_find ("tier_record"), "person", self->line->facts.id,
                        columns, self->lang, HISTORY_MOST, error);

  self->scoring->history = g_ptr_array_new_with_free_func (step_free);
  for (guint i = 0; rows != NULL && i < rows->len; i++)
    {
      const KafRow *row = g_ptr_array_index (rows, i);
      KafTierStep *step = g_new0 (KafTierStep, 1);

      step->day = g_strdup (row->cells[0]);
      step->line = describe_step (row);
      g_ptr_array_add (self->scoring->history, step);
    }
  return rows != NULL;
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

      if (row->raw[0] == NULL || row->raw[1] == NULL || strcmp (row->id, self->line->facts.id) == 0)
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
  KafDay today = kaf_day_from_time (kaf_clock_now (kaf_database_get_clock (db)));
  g_autoptr (KafHolders) holders = kaf_holders_read (db, person, today, cancellable, error);
  g_auto (KafRulesInForce) rules = { 0 };
  g_autoptr (KafHolderScoring) scoring = NULL;
  g_autofree KafTierCuts *cuts = NULL;
  Reading self = { NULL, db, lang, today, NULL, NULL, NULL };

  if (holders == NULL || kaf_holders_get_size (holders) == 0 ||
      !kaf_rules_in_force_read (db, today, &rules, error))
    return NULL;
  scoring = g_new0 (KafHolderScoring, 1);
  scoring->rules = describe_rules (&rules, lang);
  self.scoring = scoring;
  self.line = kaf_holders_get (holders, 0);
  self.rules = rules.rules;
  self.cuts = cuts = kaf_holder_now_read_cuts (db, rules.rules, self.line->facts.post);
  read_score (&self);
  if (!read_decided (&self, error) || !read_history (&self, error) || !read_points (&self, error))
    return NULL;
  return g_steal_pointer (&scoring);
}
