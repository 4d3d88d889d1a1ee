/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "store/kaf-holder-score.h"

#include <stdlib.h>
#include <string.h>

#include "rules/holder/kaf-score-rules.h"
#include "store/kaf-database-private.h"
#include "store/kaf-holder-now.h"
#include "store/kaf-read-private.h"

/* One */

void
kaf_holder_score_free (KafHolderScore *self)
{
  if (self == NULL)
    return;
  g_clear_pointer (&self->all, kaf_holders_free);
  kaf_rules_in_force_clear (&self->force);
  g_clear_pointer (&self->parts, g_ptr_array_unref);
  g_free (self->question);
  g_free (self->sentence);
  g_free (self);
}

/* By quota: of today by the table; of another day by all holders as they were. */
static KafTierCuts *
read_cuts (KafDatabase *db, const KafHolderScore *self, KafDay as_of, KafDay today, GError **error)
{
  const char *post = self->line->facts.post;
  g_autoptr (KafHolders) all = NULL;
  g_autoptr (KafTiers) tiers = NULL;

  if (!self->force.rules->quota)
    return NULL;
  if (as_of == today && !kaf_holder_now_is_stale (db))
    return kaf_holder_now_read_cuts (db, self->force.rules, post);
  all = kaf_holders_read (db, NULL, as_of, NULL, error);
  if (all == NULL)
    return NULL;
  tiers = kaf_tiers_new (self->force.rules);
  for (guint i = 0; i < kaf_holders_get_size (all); i++)
    {
      const KafHolder *facts = &kaf_holders_get (all, i)->facts;
      KafScore score;

      if (g_strcmp0 (facts->post, post) != 0)
        continue;
      kaf_score_compute (self->force.rules, facts, as_of, &score);
      kaf_tiers_add (tiers, facts->id, post, &score);
    }
  return g_memdup2 (kaf_tiers_cut (tiers, post), sizeof (KafTierCuts));
}

static gboolean
read_score (KafHolderScore *self, KafDatabase *db, KafDay as_of, KafLang lang, GError **error)
{
  KafDay today = kaf_day_from_time (kaf_clock_now (db->clock));
  const KafHolder *facts = &self->line->facts;
  g_autofree KafTierCuts *cuts = NULL;
  GError *local = NULL;

  if (!kaf_rules_in_force_read (db, as_of, &self->force, error))
    return FALSE;
  cuts = read_cuts (db, self, as_of, today, &local);
  if (local != NULL)
    {
      g_propagate_error (error, local);
      return FALSE;
    }
  kaf_score_compute (self->force.rules, facts, as_of, &self->score);
  kaf_score_place (self->force.rules, cuts, facts->id, &self->score);
  self->decided = kaf_tier_override_find (self->line->overrides, self->line->n_overrides, as_of);
  self->tier = self->decided != NULL ? self->decided->tier : self->score.tier;
  self->project = kaf_score_find_project (self->force.rules, facts, as_of);
  self->parts =
      kaf_score_explain_in (self->force.rules, facts, as_of, lang, kaf_read_title_func, db);
  self->asks = kaf_score_question_in (self->force.rules, facts, as_of, cuts, lang, &self->criterion,
                                      &self->question, &self->sentence, &self->field);
  return TRUE;
}

KafHolderScore *
kaf_holder_score_read (KafDatabase *db, const char *id, KafDay as_of, KafLang lang, GError **error)
{
  g_autoptr (KafHolderScore) self = g_new0 (KafHolderScore, 1);
  gboolean entered = kaf_database_enter_read (db);
  gboolean done = FALSE;

  if (as_of == KAF_DAY_UNKNOWN)
    as_of = kaf_day_from_time (kaf_clock_now (db->clock));
  self->project = -1;
  self->all = kaf_holders_read (db, id, as_of, NULL, error);
  if (self->all != NULL && kaf_holders_get_size (self->all) == 0)
    g_set_error (error, KAF_STORE_ERROR, KAF_STORE_ERROR_NOT_FOUND, "no such project holder");
  else if (self->all != NULL)
    {
      self->line = kaf_holders_get (self->all, 0);
      done = read_score (self, db, as_of, lang, error);
    }
  kaf_database_leave_read (db, entered);
  return done ? g_steal_pointer (&self) : NULL;
}

/* All */

GArray *
kaf_holders_stand (const KafHolders *all, const KafScoreRules *rules)
{
  GArray *standings = g_array_new (FALSE, TRUE, sizeof (KafHolderStanding));
  g_autoptr (KafTiers) tiers = kaf_tiers_new (rules);

  g_array_set_size (standings, kaf_holders_get_size (all));
  for (guint i = 0; i < standings->len; i++)
    {
      const KafHolder *facts = &kaf_holders_get (all, i)->facts;
      KafHolderStanding *one = &g_array_index (standings, KafHolderStanding, i);

      kaf_score_compute (rules, facts, all->as_of, &one->score);
      kaf_tiers_add (tiers, facts->id, facts->post, &one->score);
    }
  for (guint i = 0; i < standings->len; i++)
    {
      const KafHolderLine *line = kaf_holders_get (all, i);
      KafHolderStanding *one = &g_array_index (standings, KafHolderStanding, i);
      const KafTierOverride *decided =
          kaf_tier_override_find (line->overrides, line->n_overrides, all->as_of);

      kaf_score_place (rules, kaf_tiers_cut (tiers, line->facts.post), line->facts.id, &one->score);
      one->decided = decided != NULL;
      one->tier = decided != NULL ? decided->tier : one->score.tier;
    }
  return standings;
}

/* Simulation */

static void
change_free (gpointer data)
{
  KafSimulatedChange *change = data;

  g_free (change->id);
  g_free (change);
}

void
kaf_simulation_free (KafSimulation *self)
{
  if (self == NULL)
    return;
  g_ptr_array_unref (self->changes);
  g_free (self);
}

static int
get_middle (const KafScorePart *part)
{
  return part->known ? part->points : (part->low + part->high) / 2;
}

/* Points of one fact on one axis, over all its criteria. */
static void
add_reason (GArray *reasons, KafAxis axis, const char *fact, int from, int to)
{
  KafSimulatedReason one = { axis, fact, from, to };

  for (guint i = 0; i < reasons->len; i++)
    {
      KafSimulatedReason *known = &g_array_index (reasons, KafSimulatedReason, i);

      if (known->axis == axis && g_str_equal (known->fact, fact))
        {
          known->from += from;
          known->to += to;
          return;
        }
    }
  g_array_append_val (reasons, one);
}

static int
compare_reasons (gconstpointer a, gconstpointer b)
{
  const KafSimulatedReason *one = a, *two = b;
  int moves = abs (two->to - two->from) - abs (one->to - one->from);

  if (moves != 0)
    return moves;
  return one->axis != two->axis ? (int) one->axis - (int) two->axis : strcmp (one->fact, two->fact);
}

static void
add_parts (GArray *reasons,
           const KafScoreRules *rules,
           const KafHolder *facts,
           KafDay as_of,
           gboolean after)
{
  g_autoptr (GPtrArray) parts = kaf_score_explain_in (rules, facts, as_of, KAF_LANG_EN, NULL, NULL);

  for (guint i = 0; i < parts->len; i++)
    {
      const KafScorePart *part = parts->pdata[i];
      const KafScoreCriterion *criterion = rules->criteria->pdata[part->criterion];
      int points = get_middle (part);

      if (part->axis != KAF_AXIS_RELAY)
        add_reason (reasons, part->axis, criterion->fact->code, after ? 0 : points,
                    after ? points : 0);
    }
}

static void
find_reasons (KafSimulatedChange *change,
              const KafScoreRules *before,
              const KafScoreRules *after,
              const KafHolder *facts,
              KafDay as_of)
{
  g_autoptr (GArray) reasons = g_array_new (FALSE, FALSE, sizeof (KafSimulatedReason));

  add_parts (reasons, before, facts, as_of, FALSE);
  add_parts (reasons, after, facts, as_of, TRUE);
  g_array_sort (reasons, compare_reasons);
  for (guint i = 0; i < MIN (reasons->len, KAF_SIMULATED_REASONS); i++)
    {
      const KafSimulatedReason *one = &g_array_index (reasons, KafSimulatedReason, i);

      if (one->from != one->to)
        change->reasons[change->n_reasons++] = *one;
    }
}

static int
compare_changes (gconstpointer a, gconstpointer b)
{
  const KafSimulatedChange *one = *(KafSimulatedChange *const *) a;
  const KafSimulatedChange *two = *(KafSimulatedChange *const *) b;

  if (one->after != two->after)
    return one->after - two->after;
  return one->before != two->before ? one->before - two->before : strcmp (one->id, two->id);
}

static void
compare_standings (KafSimulation *self,
                   const KafHolders *all,
                   const KafScoreRules *old,
                   const KafScoreRules *rules,
                   GCancellable *cancellable)
{
  g_autoptr (GArray) before = kaf_holders_stand (all, old);
  g_autoptr (GArray) after = kaf_holders_stand (all, rules);

  for (guint i = 0; i < before->len && !g_cancellable_is_cancelled (cancellable); i++)
    {
      const KafHolder *facts = &kaf_holders_get (all, i)->facts;
      const KafHolderStanding *from = &g_array_index (before, KafHolderStanding, i);
      const KafHolderStanding *to = &g_array_index (after, KafHolderStanding, i);
      KafSimulatedChange *change;

      self->before[from->tier - 'a']++;
      self->after[to->tier - 'a']++;
      self->moves[from->tier - 'a'][to->tier - 'a']++;
      if (from->tier == to->tier)
        continue;
      change = g_new0 (KafSimulatedChange, 1);
      change->id = g_strdup (facts->id);
      change->before = from->tier;
      change->after = to->tier;
      change->from = from->score;
      change->to = to->score;
      find_reasons (change, old, rules, facts, all->as_of);
      g_ptr_array_add (self->changes, change);
    }
  g_ptr_array_sort (self->changes, compare_changes);
}

KafSimulation *
kaf_simulation_run (KafDatabase *db,
                    const KafScoreRules *rules,
                    KafDay as_of,
                    GCancellable *cancellable,
                    GError **error)
{
  g_autoptr (KafSimulation) self = g_new0 (KafSimulation, 1);
  g_auto (KafRulesInForce) force = { 0 };
  g_autoptr (KafHolders) all = NULL;

  self->changes = g_ptr_array_new_with_free_func (change_free);
  self->as_of = as_of != KAF_DAY_UNKNOWN ? as_of : kaf_day_from_time (kaf_clock_now (db->clock));
  if (!kaf_rules_in_force_read (db, self->as_of, &force, error))
    return NULL;
  all = kaf_holders_read (db, NULL, self->as_of, cancellable, error);
  if (all == NULL)
    return NULL;
  self->n_holders = kaf_holders_get_size (all);
  compare_standings (self, all, force.rules, rules, cancellable);
  if (g_cancellable_set_error_if_cancelled (cancellable, error))
    return NULL;
  return g_steal_pointer (&self);
}

/* On a worker */

typedef struct
{
  char *id;
  KafLang lang;
  KafScoreRules *rules;
} Job;

static void
job_free (gpointer data)
{
  Job *job = data;

  g_free (job->id);
  g_clear_pointer (&job->rules, kaf_score_rules_unref);
  g_free (job);
}

static gpointer
read_job (KafDatabase *db, gpointer data, GCancellable *cancellable, GError **error)
{
  const Job *job = data;

  (void) cancellable;
  return kaf_holder_score_read (db, job->id, KAF_DAY_UNKNOWN, job->lang, error);
}

void
kaf_store_read_holder_score_async (KafStore *self,
                                   const char *id,
                                   KafLang lang,
                                   GCancellable *cancellable,
                                   GAsyncReadyCallback callback,
                                   gpointer user_data)
{
  Job *job = g_new0 (Job, 1);

  job->id = g_strdup (id);
  job->lang = lang;
  kaf_store_run_async (self, KAF_LANE_READ, read_job, job, job_free,
                       (GDestroyNotify) kaf_holder_score_free, cancellable, callback, user_data);
}

KafHolderScore *
kaf_store_read_holder_score_finish (KafStore *self, GAsyncResult *result, GError **error)
{
  return kaf_store_run_finish (self, result, error);
}

static gpointer
simulate_job (KafDatabase *db, gpointer data, GCancellable *cancellable, GError **error)
{
  const Job *job = data;

  return kaf_simulation_run (db, job->rules, KAF_DAY_UNKNOWN, cancellable, error);
}

void
kaf_store_simulate_async (KafStore *self,
                          const KafScoreRules *rules,
                          GCancellable *cancellable,
                          GAsyncReadyCallback callback,
                          gpointer user_data)
{
  Job *job = g_new0 (Job, 1);

  job->rules = kaf_score_rules_ref (rules);
  kaf_store_run_async (self, KAF_LANE_BACKGROUND, simulate_job, job, job_free,
                       (GDestroyNotify) kaf_simulation_free, cancellable, callback, user_data);
}

KafSimulation *
kaf_store_simulate_finish (KafStore *self, GAsyncResult *result, GError **error)
{
  return kaf_store_run_finish (self, result, error);
}

static gpointer
refresh_job (KafDatabase *db, gpointer data, GCancellable *cancellable, GError **error)
{
  (void) data;
  (void) cancellable;
  /* What is current is left alone, and nobody is told of it. */
  return GINT_TO_POINTER (kaf_holder_now_is_stale (db) && kaf_holder_now_refresh (db, error));
}

void
kaf_store_refresh_holders_async (KafStore *self,
                                 GCancellable *cancellable,
                                 GAsyncReadyCallback callback,
                                 gpointer user_data)
{
  kaf_store_run_async (self, KAF_LANE_WRITE, refresh_job, NULL, NULL, NULL, cancellable, callback,
                       user_data);
}

gboolean
kaf_store_refresh_holders_finish (KafStore *self, GAsyncResult *result, GError **error)
{
  return kaf_store_run_finish (self, result, error) != NULL;
}
