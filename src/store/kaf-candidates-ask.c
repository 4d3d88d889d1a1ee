/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What a mission or a need asks of an expert: its own fields, else those of its needs. */
#include "config.h"

#include "rules/mission/kaf-programme-grid.h"
#include "store/kaf-candidates-private.h"

#include <string.h>

void
kaf_candidate_ask_clear (KafCandidateAsk *self)
{
  g_clear_pointer (&self->mission, g_free);
  g_clear_pointer (&self->domains, g_ptr_array_unref);
  g_clear_pointer (&self->occupations, g_ptr_array_unref);
  g_clear_pointer (&self->languages, g_ptr_array_unref);
  g_clear_pointer (&self->halves, g_array_unref);
  g_clear_pointer (&self->listed, g_ptr_array_unref);
  g_clear_pointer (&self->domain_tree, g_hash_table_unref);
  g_clear_pointer (&self->occupation_tree, g_hash_table_unref);
  g_clear_pointer (&self->territory_tree, g_hash_table_unref);
  g_clear_pointer (&self->territory, g_free);
  g_clear_pointer (&self->network, g_free);
  g_clear_pointer (&self->today, g_free);
}

typedef void (*RowFunc) (KafStatement *row, gpointer data);

static gboolean
each (KafDatabase *db, const char *sql, const char *id, RowFunc func, gpointer data, GError **error)
{
  g_autoptr (KafStatement) statement = kaf_database_prepare (db, sql, error);
  GError *local = NULL;

  if (statement == NULL)
    return FALSE;
  if (id != NULL)
    kaf_statement_bind_text (statement, 1, id);
  while (kaf_database_step (db, statement, &local))
    func (statement, data);
  if (local == NULL)
    return TRUE;
  g_propagate_error (error, local);
  return FALSE;
}

static void
take_parent (KafStatement *row, gpointer data)
{
  if (kaf_statement_text (row, 1) != NULL)
    g_hash_table_insert (data, g_strdup (kaf_statement_text (row, 0)),
                         g_strdup (kaf_statement_text (row, 1)));
}

static void
take_word (KafStatement *row, gpointer data)
{
  const char *word = kaf_statement_text (row, 0);

  if (word != NULL && !g_ptr_array_find_with_equal_func (data, word, g_str_equal, NULL))
    g_ptr_array_add (data, g_strdup (word));
}

/* A language that is there with its level is not added without one. */
static void
take_language (KafStatement *row, gpointer data)
{
  GPtrArray *languages = data;
  const char *word = kaf_statement_text (row, 0);
  gsize length = word != NULL ? strcspn (word, "\t") : 0;

  for (guint i = 0; i < languages->len; i++)
    if (strncmp (languages->pdata[i], word, length) == 0 &&
        strcspn (languages->pdata[i], "\t") == length)
      return;
  if (word != NULL)
    g_ptr_array_add (languages, g_strdup (word));
}

#define SET_OF(entity, field)                                                                      \
  "SELECT s.value || coalesce (char (9) || s.detail, '') FROM head h CROSS JOIN " entity           \
  "_set s ON s.rid = h.rid WHERE h.id = ?1 AND h.entity = '" entity "' AND s.field = '" field      \
  "' AND s.removed IS NULL ORDER BY s.position, s.value"
#define SET_OF_NEEDS(field)                                                                        \
  "SELECT s.value || coalesce (char (9) || s.detail, '') FROM mission_need n"                      \
  " CROSS JOIN head h ON h.id = n.need AND h.entity = 'need'"                                      \
  " CROSS JOIN need_set s ON s.rid = h.rid"                                                        \
  " WHERE n.mission = ?1 AND n.deleted_at IS NULL AND s.field = '" field                           \
  "' AND s.removed IS NULL ORDER BY s.value"

/* [what][of a mission, of its needs, of a need] */
static const char *const sets[3][3] = {
  { SET_OF ("mission", "domains"), SET_OF_NEEDS ("domains"), SET_OF ("need", "domains") },
  { SET_OF ("mission", "occupations"), SET_OF_NEEDS ("occupations"),
    SET_OF ("need", "occupations") },
  { SET_OF ("mission", "languages"), SET_OF_NEEDS ("languages"), SET_OF ("need", "languages") },
};

static gboolean
read_sets (KafDatabase *db, const KafCandidatesQuery *query, KafCandidateAsk *self, GError **error)
{
  GPtrArray *into[] = { self->domains, self->occupations, self->languages };

  for (guint i = 0; i < G_N_ELEMENTS (sets); i++)
    {
      RowFunc take = i == 2 ? take_language : take_word;

      if (query->mission == NULL)
        {
          if (!each (db, sets[i][2], query->need, take, into[i], error))
            return FALSE;
          continue;
        }
      if (!each (db, sets[i][0], query->mission, take, into[i], error) ||
          (into[i]->len == 0 && !each (db, sets[i][1], query->mission, take, into[i], error)))
        return FALSE;
    }
  return query->mission == NULL ||
         each (db,
               "SELECT DISTINCT language FROM programme_item INDEXED BY programme_item__mission"
               " WHERE mission = ?1 AND deleted_at IS NULL AND language IS NOT NULL"
               " AND coalesce (state, '') <> 'cancelled' ORDER BY 1",
               query->mission, take_language, self->languages, error);
}

/* Half-days */

static void
take_half (KafStatement *row, gpointer data)
{
  KafFitHalf half = { kaf_day_parse (kaf_statement_text (row, 0)),
                      g_strcmp0 (kaf_statement_text (row, 1), "pm") == 0 };

  if (half.day != KAF_DAY_UNKNOWN)
    g_array_append_val (data, half);
}

/* While no session is placed: all working half-days from the first to the last. */
static void
fill_window (GArray *halves, KafDay from, KafDay to)
{
  if (from == KAF_DAY_UNKNOWN)
    return;
  to = to == KAF_DAY_UNKNOWN ? from : MIN (to, from + KAF_PROGRAMME_DAYS);
  for (KafDay day = from; day <= to; day++)
    for (int part = 0; part < 2 && !kaf_day_is_weekend (day); part++)
      {
        KafFitHalf half = { day, part == 1 };

        g_array_append_val (halves, half);
      }
}

static gboolean
read_mission (KafDatabase *db, const char *id, KafCandidateAsk *self, GError **error)
{
  g_autoptr (KafStatement) row = kaf_database_prepare (
      db,
      "SELECT coalesce (m.territory, (SELECT d.territory FROM mission_need n"
      " CROSS JOIN head g ON g.id = n.need AND g.entity = 'need' CROSS JOIN need d ON d.rid = g.rid"
      " WHERE n.mission = h.id AND n.deleted_at IS NULL AND d.territory IS NOT NULL ORDER BY n.need"
      " LIMIT 1)),"
      " m.starts_on, m.ends_on, m.mode, m.facilitator FROM head h CROSS JOIN mission m"
      " ON m.rid = h.rid WHERE h.id = ?1 AND h.entity = 'mission' AND m.deleted_at IS NULL",
      error);
  GError *local = NULL;
  KafDay from, to;

  if (row == NULL)
    return FALSE;
  kaf_statement_bind_text (row, 1, id);
  if (!kaf_database_step (db, row, &local))
    {
      if (local == NULL)
        g_set_error_literal (error, KAF_STORE_ERROR, KAF_STORE_ERROR_NOT_FOUND,
                             "there is no such mission");
      else
        g_propagate_error (error, local);
      return FALSE;
    }
  self->territory = g_strdup (kaf_statement_text (row, 0));
  from = kaf_day_parse (kaf_statement_text (row, 1));
  to = kaf_day_parse (kaf_statement_text (row, 2));
  self->ask.remote = g_strcmp0 (kaf_statement_text (row, 3), "remote") == 0 ||
                     g_strcmp0 (kaf_statement_text (row, 3), "hybrid") == 0;
  self->shares |= kaf_statement_text (row, 4) != NULL;
  if (!each (db,
             "SELECT DISTINCT held_on, half FROM programme_item INDEXED BY programme_item__mission"
             " WHERE mission = ?1 AND deleted_at IS NULL AND held_on IS NOT NULL"
             " AND coalesce (state, '') <> 'cancelled' ORDER BY 1, 2",
             id, take_half, self->halves, error))
    return FALSE;
  if (self->halves->len == 0)
    fill_window (self->halves, from, to);
  return TRUE;
}

static gboolean
read_need (KafDatabase *db, const char *id, KafCandidateAsk *self, GError **error)
{
  g_autoptr (KafStatement) row =
      kaf_database_prepare (db,
                            "SELECT d.territory FROM head h CROSS JOIN need d ON d.rid = h.rid"
                            " WHERE h.id = ?1 AND h.entity = 'need' AND d.deleted_at IS NULL",
                            error);
  GError *local = NULL;

  if (row == NULL)
    return FALSE;
  kaf_statement_bind_text (row, 1, id);
  if (kaf_database_step (db, row, &local))
    {
      self->territory = g_strdup (kaf_statement_text (row, 0));
      return TRUE;
    }
  if (local == NULL)
    g_set_error_literal (error, KAF_STORE_ERROR, KAF_STORE_ERROR_NOT_FOUND,
                         "there is no such need");
  else
    g_propagate_error (error, local);
  return FALSE;
}

static gboolean
read_around (KafDatabase *db, const char *mission, KafCandidateAsk *self, GError **error)
{
  g_autoptr (GPtrArray) networks = g_ptr_array_new_with_free_func (g_free);

  if (mission == NULL)
    return TRUE;
  if (!each (db,
             "SELECT person FROM mission_expert INDEXED BY mission_expert__mission"
             " WHERE mission = ?1 AND deleted_at IS NULL",
             mission, take_word, self->listed, error) ||
      !each (db,
             "SELECT p.organisation FROM mission_party p INDEXED BY mission_party__mission"
             " CROSS JOIN head h ON h.id = p.organisation AND h.entity = 'organisation'"
             " CROSS JOIN network n ON n.rid = h.rid AND n.deleted_at IS NULL"
             " WHERE p.mission = ?1 AND p.deleted_at IS NULL ORDER BY 1",
             mission, take_word, networks, error))
    return FALSE;
  if (networks->len > 0)
    self->network = g_strdup (networks->pdata[0]);
  return TRUE;
}

static gboolean
read_trees (KafDatabase *db, KafCandidateAsk *self, GError **error)
{
  self->domain_tree = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  self->occupation_tree = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  self->territory_tree = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  return each (db, "SELECT code, parent FROM domain WHERE deleted_at IS NULL", NULL, take_parent,
               self->domain_tree, error) &&
         (self->occupations->len == 0 ||
          each (db, "SELECT code, parent FROM occupation WHERE deleted_at IS NULL", NULL,
                take_parent, self->occupation_tree, error)) &&
         (self->territory == NULL ||
          each (db, "SELECT code, parent FROM territory WHERE deleted_at IS NULL", NULL,
                take_parent, self->territory_tree, error));
}

static void
fill_ask (KafCandidateAsk *self, KafDay day)
{
  KafFitAsk *ask = &self->ask;

  g_ptr_array_add (self->languages, NULL);
  g_ptr_array_set_size (self->domains, (int) MIN (self->domains->len, KAF_FIT_MAX_DOMAINS));
  ask->n_domains = self->domains->len;
  ask->n_occupations = self->occupations->len;
  ask->languages = (const char *const *) self->languages->pdata;
  ask->halves = (const KafFitHalf *) self->halves->data;
  ask->n_halves = self->halves->len;
  ask->territory = self->territory;
  ask->territories = self->territory_tree;
  ask->network = self->network;
  ask->needs_consent = self->shares;
  ask->day = day;
}

gboolean
kaf_candidate_ask_read (KafDatabase *db,
                        const KafCandidatesQuery *query,
                        KafDay day,
                        KafCandidateAsk *self,
                        GError **error)
{
  self->mission = g_strdup (query->mission);
  self->domains = g_ptr_array_new_with_free_func (g_free);
  self->occupations = g_ptr_array_new_with_free_func (g_free);
  self->languages = g_ptr_array_new_with_free_func (g_free);
  self->listed = g_ptr_array_new_with_free_func (g_free);
  self->halves = g_array_new (FALSE, FALSE, sizeof (KafFitHalf));
  self->shares = query->needs_consent;
  self->today = kaf_day_to_iso (day);
  if (!(query->mission != NULL ? read_mission (db, query->mission, self, error)
                               : read_need (db, query->need, self, error)) ||
      !read_sets (db, query, self, error) || !read_around (db, query->mission, self, error) ||
      !read_trees (db, self, error))
    return FALSE;
  fill_ask (self, day);
  return TRUE;
}
