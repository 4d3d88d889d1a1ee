/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 *   expert_page ─▶ all experts, by the points of what is kept of each ─▶ the best, and whom to look at by her rows
 *   rows of the best ─▶ why each has her points ─▶ words
 */
#include "config.h"

#include "base/kaf-clock.h"
#include "store/kaf-candidates-private.h"
#include "store/kaf-sync-state.h"

#include <string.h>

typedef struct
{
  KafDatabase *db;
  const KafCandidatesQuery *query;
  guint limit;
  KafCandidateAsk asked;
  KafCandidates *found;
  KafCandidateLook look;
} Finder;

static void
finder_clear (Finder *self)
{
  kaf_candidate_ask_clear (&self->asked);
  kaf_candidate_look_clear (&self->look);
  g_clear_pointer (&self->found, kaf_candidates_free);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Finder, finder_clear)

static void
line_free (KafCandidateLine *line)
{
  g_free (line->text);
  g_free (line->detail);
  g_free (line);
}

static void
candidate_free (KafCandidate *self)
{
  g_free (self->id);
  g_free (self->name);
  g_free (self->ref);
  g_free (self->network);
  g_free (self->network_name);
  g_ptr_array_unref (self->lines);
  g_array_unref (self->agenda);
  g_free (self);
}

void
kaf_candidates_free (KafCandidates *self)
{
  g_ptr_array_unref (self->best);
  g_clear_pointer (&self->why, candidate_free);
  g_free (self);
}

static GArray *
make_agenda (const KafCandidateLook *look)
{
  const KafFitAsk *ask = &look->asked->ask;
  GArray *agenda = g_array_sized_new (FALSE, FALSE, sizeof (KafCandidateHalf), ask->n_halves);

  for (guint i = 0; i < ask->n_halves; i++)
    {
      KafCandidateHalf half = { ask->halves[i],
                                kaf_fit_find_time (ask, &look->expert, &ask->halves[i]) };

      g_array_append_val (agenda, half);
    }
  return agenda;
}

static KafCandidate *
make_candidate (const KafCandidateLook *look, const KafFit *fit)
{
  KafCandidate *self = g_new0 (KafCandidate, 1);

  self->id = g_strdup (look->id);
  self->fit = *fit;
  self->is_expert = look->is_expert;
  if (look->expert.networks != NULL)
    self->network = g_strdup (look->expert.networks[0]);
  self->lines = g_ptr_array_new_with_free_func ((GDestroyNotify) line_free);
  self->agenda = make_agenda (look);
  return self;
}

/* Why each of the best has her points is told by her rows. */
static gboolean
find_best (Finder *self, GError **error)
{
  KafCandidateLook *look = &self->look;
  g_autoptr (GArray) best =
      kaf_candidates_scan (self->db, &self->asked, self->limit, look, self->found, error);

  for (guint i = 0; best != NULL && i < best->len; i++)
    {
      KafFit fit;

      if (!kaf_candidate_look_at (look, g_array_index (best, KafCandidateRank, i).rid))
        {
          if (look->error == NULL)
            continue;
          g_propagate_error (error, g_steal_pointer (&look->error));
          return FALSE;
        }
      kaf_fit_weigh (&self->asked.ask, &look->expert, &fit);
      g_ptr_array_add (self->found->best, make_candidate (look, &fit));
    }
  return best != NULL;
}

/* One person */

static gboolean
find_why (Finder *self, GError **error)
{
  g_autoptr (KafStatement) row = NULL;
  KafCandidateLook *look = &self->look;
  KafFit fit;

  if (self->query->why == NULL)
    return TRUE;
  for (guint i = 0; i < self->found->best->len; i++)
    if (strcmp (((KafCandidate *) self->found->best->pdata[i])->id, self->query->why) == 0)
      self->found->why_rank = i + 1;
  row = kaf_database_prepare (
      self->db, "SELECT rid AS why FROM head WHERE id = ?1 AND entity = 'person'", error);
  if (row == NULL)
    return FALSE;
  kaf_statement_bind_text (row, 1, self->query->why);
  if (!kaf_database_step (self->db, row, error))
    return error == NULL || *error == NULL;
  if (!kaf_candidate_look_at (look, sqlite3_column_int64 (row, 0)))
    {
      if (look->error == NULL)
        return TRUE;
      g_propagate_error (error, g_steal_pointer (&look->error));
      return FALSE;
    }
  kaf_fit_weigh (&self->asked.ask, &look->expert, &fit);
  self->found->why = make_candidate (look, &fit);
  return TRUE;
}

static gboolean
tell_all (Finder *self, GError **error)
{
  GPtrArray *best = self->found->best;

  for (guint i = 0; i < best->len; i++)
    if (!kaf_candidate_tell (self->db, &self->asked, best->pdata[i], self->query->lang, error))
      return FALSE;
  return self->found->why == NULL ||
         kaf_candidate_tell (self->db, &self->asked, self->found->why, self->query->lang, error);
}

static gboolean
begin (Finder *self, GError **error)
{
  KafDay day = self->query->day;

  if (day == KAF_DAY_UNKNOWN)
    day = kaf_day_from_time (kaf_clock_now (kaf_database_get_clock (self->db)));
  self->found->day = day;
  if (!kaf_candidate_ask_read (self->db, self->query, day, &self->asked, error))
    return FALSE;
  kaf_candidate_look_init (&self->look, self->db, &self->asked);
  self->found->shares = self->asked.shares;
  self->found->partial = kaf_sync_is_part (self->db);
  self->found->n_halves = self->asked.ask.n_halves;
  self->found->asks_nothing = self->asked.ask.n_domains + self->asked.ask.n_occupations == 0;
  self->found->n_experts = kaf_database_get_int (
      self->db, "SELECT coalesce ((SELECT live FROM tally WHERE entity = 'expert'), 0)", NULL);
  return TRUE;
}

static gboolean
find (Finder *self, GError **error)
{
  if (!begin (self, error))
    return FALSE;
  if (!self->found->asks_nothing && !find_best (self, error))
    return FALSE;
  self->found->n_out[KAF_FIT_NO_MATCH] =
      (guint) MAX (0, self->found->n_experts - (gint64) self->found->n_considered);
  return find_why (self, error) && tell_all (self, error);
}

KafCandidates *
kaf_candidates_find (KafDatabase *db,
                     const KafCandidatesQuery *query,
                     GCancellable *cancellable,
                     GError **error)
{
  g_auto (Finder) self = { .db = db, .query = query };
  gboolean entered = kaf_database_enter_read (db);
  gboolean ok;

  self.limit = query->limit != 0 ? query->limit : KAF_CANDIDATES_LIMIT;
  self.found = g_new0 (KafCandidates, 1);
  self.found->best = g_ptr_array_new_with_free_func ((GDestroyNotify) candidate_free);
  ok = find (&self, error) && !g_cancellable_set_error_if_cancelled (cancellable, error);
  kaf_database_leave_read (db, entered);
  return ok ? g_steal_pointer (&self.found) : NULL;
}

char *
kaf_candidate_get_reasons (const KafCandidate *self)
{
  g_autoptr (GString) text = g_string_new (NULL);

  for (guint i = 0; i < self->lines->len; i++)
    {
      const KafCandidateLine *line = self->lines->pdata[i];
      const KafFitPoints *points = &self->fit.parts[line->part];

      g_string_append_printf (text, "%s%s (%u", i > 0 ? "\n" : "", line->text, points->from);
      if (points->from < points->to)
        g_string_append_printf (text, "–%u", points->to);
      g_string_append_printf (text, "/%u)", points->max);
    }
  return g_string_free (g_steal_pointer (&text), FALSE);
}

/* On a worker */

static void
query_free (gpointer data)
{
  KafCandidatesQuery *query = data;

  g_free ((char *) query->mission);
  g_free ((char *) query->need);
  g_free ((char *) query->why);
  g_free (query);
}

static gpointer
run_find (KafDatabase *db, gpointer data, GCancellable *cancellable, GError **error)
{
  return kaf_candidates_find (db, data, cancellable, error);
}

void
kaf_store_find_candidates_async (KafStore *self,
                                 const KafCandidatesQuery *query,
                                 GCancellable *cancellable,
                                 GAsyncReadyCallback callback,
                                 gpointer user_data)
{
  KafCandidatesQuery *own = g_memdup2 (query, sizeof *query);

  own->mission = g_strdup (query->mission);
  own->need = g_strdup (query->need);
  own->why = g_strdup (query->why);
  kaf_store_run_async (self, KAF_LANE_READ, run_find, own, query_free,
                       (GDestroyNotify) kaf_candidates_free, cancellable, callback, user_data);
}

KafCandidates *
kaf_store_find_candidates_finish (KafStore *self, GAsyncResult *result, GError **error)
{
  return kaf_store_run_finish (self, result, error);
}
