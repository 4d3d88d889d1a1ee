/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 *   expert_set__value ─▶ marks: for each row number, how near its domains and occupations are
 *   person__status, consent__purpose, short list ─▶ who is taken out
 *   the rest, by what each could have at most ─▶ looked at, a few columns at a time, until nobody
 *                                                who is left could still be among the best
 */
#include "config.h"

#include "base/kaf-clock.h"
#include "store/kaf-candidates-private.h"
#include "store/kaf-sync-state.h"

#include <string.h>

/* A mark has two bits a domain, two for the occupation, two for the territory, one for a profile confirmed lately; who
 * has none of the first is not considered. */
#define OCCUPATION_SHIFT (2 * KAF_FIT_MAX_DOMAINS)
#define TERRITORY_SHIFT (OCCUPATION_SHIFT + 2)
#define CONFIRMED_SHIFT (TERRITORY_SHIFT + 2)
#define N_MARKS (1u << (CONFIRMED_SHIFT + 1))
#define NEAR_MASK ((1u << TERRITORY_SHIFT) - 1)

#define LATELY_MONTHS 12

typedef struct
{
  KafDatabase *db;
  const KafCandidatesQuery *query;
  guint limit;
  KafCandidateAsk asked;
  KafCandidates *found;
  gint64 n_rids;
  guint32 *marks;  /* by row number */
  guint8 *outs;    /* KafFitOut, by row number */
  guint16 *bounds; /* by mark; 0: not reckoned yet */
  KafCandidateLook look;
} Finder;

static void
finder_clear (Finder *self)
{
  kaf_candidate_ask_clear (&self->asked);
  kaf_candidate_look_clear (&self->look);
  g_clear_pointer (&self->found, kaf_candidates_free);
  g_free (self->marks);
  g_free (self->outs);
  g_free (self->bounds);
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

/* Marks */

static gboolean
mark_code (Finder *self,
           const char *field,
           const char *code,
           guint shift,
           KafNearness near,
           GError **error)
{
  g_autoptr (KafStatement) row =
      kaf_database_prepare (self->db,
                            "SELECT rid FROM expert_set INDEXED BY expert_set__value"
                            " WHERE field = ?1 AND value = ?2 AND removed IS NULL",
                            error);
  GError *local = NULL;

  if (row == NULL)
    return FALSE;
  kaf_statement_bind_text (row, 1, field);
  kaf_statement_bind_text (row, 2, code);
  while (kaf_database_step (self->db, row, &local))
    {
      gint64 rid = sqlite3_column_int64 (row, 0);

      if (rid <= self->n_rids && ((self->marks[rid] >> shift) & 3) < near)
        self->marks[rid] = (self->marks[rid] & ~(3u << shift)) | ((guint) near << shift);
    }
  if (local == NULL)
    return TRUE;
  g_propagate_error (error, local);
  return FALSE;
}

/* The codes of @tree, and those asked that stand in no tree. (transfer container) */
static GHashTable *
list_codes (GHashTable *tree, GPtrArray *asked)
{
  GHashTable *codes = g_hash_table_new (g_str_hash, g_str_equal);
  GHashTableIter each;
  gpointer code, parent;

  g_hash_table_iter_init (&each, tree);
  while (g_hash_table_iter_next (&each, &code, &parent))
    {
      g_hash_table_add (codes, code);
      g_hash_table_add (codes, parent);
    }
  for (guint i = 0; i < asked->len; i++)
    g_hash_table_add (codes, asked->pdata[i]);
  return codes;
}

static gboolean
mark_list (Finder *self,
           const char *field,
           GHashTable *tree,
           GPtrArray *asked,
           guint shift,
           guint step,
           GError **error)
{
  g_autoptr (GHashTable) codes = list_codes (tree, asked);
  GHashTableIter each;
  gpointer code;

  for (guint i = 0; i < asked->len; i++)
    {
      g_hash_table_iter_init (&each, codes);
      while (g_hash_table_iter_next (&each, &code, NULL))
        {
          KafNearness near = kaf_fit_near (tree, asked->pdata[i], code);

          if (near != KAF_NEAR_NOT && !mark_code (self, field, code, shift + i * step, near, error))
            return FALSE;
        }
    }
  return TRUE;
}

static gboolean
mark_rows (Finder *self, const char *sql, const char *value, guint32 bits, GError **error)
{
  g_autoptr (KafStatement) row = kaf_database_prepare (self->db, sql, error);
  GError *local = NULL;

  if (row == NULL)
    return FALSE;
  kaf_statement_bind_text (row, 1, value);
  while (kaf_database_step (self->db, row, &local))
    {
      gint64 rid = sqlite3_column_int64 (row, 0);

      if (rid <= self->n_rids)
        self->marks[rid] |= bits;
    }
  if (local == NULL)
    return TRUE;
  g_propagate_error (error, local);
  return FALSE;
}

/* What two indexes tell of all at once, so that fewer are looked at one by one. */
static gboolean
mark_hints (Finder *self, GError **error)
{
  const KafFitAsk *ask = &self->asked.ask;
  g_autofree char *lately = kaf_day_to_iso (kaf_day_add_months (ask->day, -LATELY_MONTHS));
  g_autoptr (GHashTable) codes = NULL;
  GHashTableIter each;
  gpointer code;

  if (!mark_rows (self,
                  "SELECT rid FROM person INDEXED BY person__confirmed_on WHERE confirmed_on >= ?1",
                  lately, 1u << CONFIRMED_SHIFT, error))
    return FALSE;
  if (ask->territory == NULL)
    return TRUE;
  codes = g_hash_table_new (g_str_hash, g_str_equal);
  g_hash_table_add (codes, (gpointer) ask->territory);
  g_hash_table_iter_init (&each, self->asked.territory_tree);
  while (g_hash_table_iter_next (&each, &code, NULL))
    g_hash_table_add (codes, code);
  g_hash_table_iter_init (&each, codes);
  while (g_hash_table_iter_next (&each, &code, NULL))
    {
      KafNearness near = kaf_fit_near_territory (ask, code);

      if (near != KAF_NEAR_NOT &&
          !mark_rows (self,
                      "SELECT rid FROM person INDEXED BY person__territory WHERE territory = ?1",
                      code, (guint) near << TERRITORY_SHIFT, error))
        return FALSE;
    }
  return TRUE;
}

/* What a mark says, and the best that it leaves open: somebody of an unknown territory states none, who is not
 * confirmed lately was a day before. */
static guint
read_mark (const Finder *self, guint32 mark, KafFitExpert *expert)
{
  const KafFitAsk *ask = &self->asked.ask;
  KafDay lately = kaf_day_add_months (ask->day, -LATELY_MONTHS);
  guint near = (mark >> TERRITORY_SHIFT) & 3;

  for (guint i = 0; i < KAF_FIT_MAX_DOMAINS; i++)
    expert->domains[i] = (mark >> (2 * i)) & 3;
  expert->occupation = (mark >> OCCUPATION_SHIFT) & 3;
  expert->confirmed_on = (mark >> CONFIRMED_SHIFT) & 1 ? ask->day : lately - 1;
  /* A near one has as much as one that may be or not. */
  expert->territory = near == KAF_NEAR_SAME ? ask->territory : NULL;
  return 1u << KAF_FIT_DOMAIN | 1u << KAF_FIT_OCCUPATION | 1u << KAF_FIT_CONFIRMED |
         1u << KAF_FIT_TERRITORY;
}

/* Who is taken out */

static gboolean
put_out (Finder *self, const char *sql, const char *value, KafFitOut out, GError **error)
{
  g_autoptr (KafStatement) row = kaf_database_prepare (self->db, sql, error);
  GError *local = NULL;

  if (row == NULL)
    return FALSE;
  if (value != NULL)
    kaf_statement_bind_text (row, 1, value);
  while (kaf_database_step (self->db, row, &local))
    {
      gint64 rid = sqlite3_column_int64 (row, 0);

      if (rid > self->n_rids)
        continue;
      if (out == KAF_FIT_NO_MATCH) /* is not here any more: is not considered */
        self->marks[rid] = 0;
      else if (self->outs[rid] == KAF_FIT_IN || self->outs[rid] == KAF_FIT_NO_CONSENT)
        self->outs[rid] = (guint8) out;
    }
  if (local == NULL)
    return TRUE;
  g_propagate_error (error, local);
  return FALSE;
}

#define BY_STATUS "SELECT rid FROM person INDEXED BY person__status WHERE status = ?1"

static gboolean
put_out_all (Finder *self, GError **error)
{
  if (self->asked.shares)
    memset (self->outs, KAF_FIT_NO_CONSENT, (gsize) self->n_rids + 1);
  if (self->asked.shares &&
      !put_out (self,
                "SELECT h.rid FROM consent c INDEXED BY consent__purpose CROSS JOIN head h"
                " ON h.id = c.person AND h.entity = 'person' WHERE c.purpose IN ('sharing',"
                " 'mission') AND c.withdrawn_on IS NULL AND c.deleted_at IS NULL",
                NULL, KAF_FIT_IN, error))
    return FALSE;
  if (!put_out (self, BY_STATUS, "opposed", KAF_FIT_OPPOSED, error) ||
      !put_out (self, BY_STATUS, "erased", KAF_FIT_ERASED, error) ||
      !put_out (self, BY_STATUS, "dormant", KAF_FIT_DORMANT, error) ||
      !put_out (self, "SELECT rid FROM head WHERE entity = 'person' AND deleted = 1", NULL,
                KAF_FIT_NO_MATCH, error))
    return FALSE;
  for (guint i = 0; i < self->asked.listed->len; i++)
    {
      const char *id = self->asked.listed->pdata[i];

      /* Whom something else takes out is told so: consent comes before the list. */
      g_autoptr (KafStatement) row = kaf_database_prepare (
          self->db, "SELECT rid FROM head WHERE id = ?1 AND entity = 'person'", error);
      gint64 rid;

      if (row == NULL)
        return FALSE;
      kaf_statement_bind_text (row, 1, id);
      if (!kaf_database_step (self->db, row, error))
        continue;
      rid = sqlite3_column_int64 (row, 0);
      if (rid <= self->n_rids && self->outs[rid] == KAF_FIT_IN)
        self->outs[rid] = KAF_FIT_LISTED;
    }
  return TRUE;
}

/* The best */

static guint
bound_of (Finder *self, guint32 mark)
{
  if (self->bounds[mark] == 0)
    {
      KafFitExpert expert = { 0 };
      guint known = read_mark (self, mark, &expert);

      if (self->look.none_evaluated)
        known |= 1u << KAF_FIT_EVALUATION;
      self->bounds[mark] = (guint16) (1 + kaf_fit_bound (&self->asked.ask, &expert, known));
    }
  return self->bounds[mark] - 1u;
}

/* Row numbers of who is in, those first that could have most; counted into their places. (element-type gint64)
 * (transfer full) */
static GArray *
list_places (Finder *self)
{
  guint starts[2 * KAF_FIT_SCALE + 2] = { 0 };
  GArray *places = g_array_new (FALSE, FALSE, sizeof (gint64));

  for (gint64 rid = 1; rid <= self->n_rids; rid++)
    {
      if ((self->marks[rid] & NEAR_MASK) == 0)
        continue;
      self->found->n_considered++;
      self->found->n_out[self->outs[rid]]++;
      if (self->outs[rid] == KAF_FIT_IN)
        starts[2 * KAF_FIT_SCALE - bound_of (self, self->marks[rid]) + 1]++;
    }
  self->found->n_in = self->found->n_out[KAF_FIT_IN];
  for (guint i = 1; i < G_N_ELEMENTS (starts); i++)
    starts[i] += starts[i - 1];
  g_array_set_size (places, self->found->n_in);
  for (gint64 rid = 1; rid <= self->n_rids; rid++)
    if ((self->marks[rid] & NEAR_MASK) != 0 && self->outs[rid] == KAF_FIT_IN)
      g_array_index (places, gint64,
                     starts[2 * KAF_FIT_SCALE - bound_of (self, self->marks[rid])]++) = rid;
  return places;
}

/* from + to of the last of the best; 0 while there is room. */
static guint
least (const Finder *self)
{
  const KafCandidate *last;

  if (self->found->best->len < self->limit)
    return 0;
  last = self->found->best->pdata[self->limit - 1];
  return last->fit.from + last->fit.to;
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

/* Into its place, when it has one. */
static void
add_candidate (Finder *self, const KafFit *fit)
{
  GPtrArray *best = self->found->best;
  guint i = best->len;

  for (; i > 0; i--)
    {
      const KafCandidate *other = best->pdata[i - 1];

      if (kaf_fit_compare (fit, self->look.id, &other->fit, other->id) > 0)
        break;
    }
  if (i >= self->limit)
    return;
  g_ptr_array_insert (best, (int) i, make_candidate (&self->look, fit));
  if (best->len > self->limit)
    g_ptr_array_set_size (best, (int) self->limit);
}

static gboolean
look_at (Finder *self, gint64 rid, GError **error)
{
  KafCandidateLook *look = &self->look;
  KafFit fit;

  kaf_candidate_look_begin (look, rid);
  look->known |= read_mark (self, self->marks[rid], &look->expert);
  look->expert.consents = TRUE; /* as who is taken out is out already */
  self->found->n_looked++;
  while (kaf_candidate_look_on (look))
    if (look->deleted || (look->whole && !look->is_expert) ||
        kaf_fit_bound (&self->asked.ask, &look->expert, look->known) < least (self))
      return TRUE;
  if (look->error != NULL)
    {
      g_propagate_error (error, g_steal_pointer (&look->error));
      return FALSE;
    }
  kaf_fit_weigh (&self->asked.ask, &look->expert, &fit);
  add_candidate (self, &fit);
  return TRUE;
}

static gboolean
find_best (Finder *self, GError **error)
{
  g_autoptr (GArray) places = list_places (self);

  for (guint i = 0; i < places->len; i++)
    {
      gint64 rid = g_array_index (places, gint64, i);

      if (bound_of (self, self->marks[rid]) < least (self))
        break;
      if (!look_at (self, rid, error))
        return FALSE;
    }
  return TRUE;
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
  kaf_candidate_look_begin (look, sqlite3_column_int64 (row, 0));
  while (kaf_candidate_look_on (look) && !look->deleted)
    ;
  if (look->error == NULL && look->deleted)
    return TRUE;
  if (look->error != NULL || !kaf_candidate_look_near (look))
    {
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
  self->n_rids = kaf_database_get_int (self->db, "SELECT coalesce (max (rid), 0) FROM head", NULL);
  self->marks = g_new0 (guint32, (gsize) self->n_rids + 1);
  self->outs = g_new0 (guint8, (gsize) self->n_rids + 1);
  self->bounds = g_new0 (guint16, N_MARKS);
  return TRUE;
}

static gboolean
find (Finder *self, GError **error)
{
  if (!begin (self, error))
    return FALSE;
  if (!self->found->asks_nothing &&
      !(mark_list (self, "domains", self->asked.domain_tree, self->asked.domains, 0, 2, error) &&
        mark_list (self, "occupations", self->asked.occupation_tree, self->asked.occupations,
                   OCCUPATION_SHIFT, 0, error) &&
        mark_hints (self, error) && put_out_all (self, error) && find_best (self, error)))
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
