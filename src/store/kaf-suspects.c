/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The tables, kept in step with the records. */
#include "config.h"

#include <stdlib.h>

#include "match/kaf-match-keys.h"
#include "schema/kaf-registry.h"
#include "store/kaf-judge.h"
#include "store/kaf-match-reader.h"
#include "store/kaf-suspects-news.h"
#include "store/kaf-touched.h"

#define GROWTH_SPARED 200 /* records that come or go without a look at all */
#define SEEN_EVERY 1000   /* entries that concern nobody, after which that is put down */
#define AT_ONCE 200       /* records a transaction, where nobody waits in between */

/* What is won by knowing that two are one, in shares of what the least pair is worth. */
#define WORTH_ITSELF 10
#define WORTH_OF_FACT 4  /* one tells what the other does not */
#define WORTH_OF_USE 3   /* a mission, a network, … of either */
#define WORTH_OF_USES 30 /* at most */
#define WORTH_OF_BOTH 20 /* both are in use: two officials work on one person */

/* ---- A pair ---- */

static const char *const uses[KAF_N_MATCHED] = {
  "SELECT (SELECT count (*) FROM mission_expert x WHERE x.person = ?1 AND x.deleted_at IS NULL)"
  " + (SELECT count (*) FROM membership x WHERE x.person = ?1 AND x.deleted_at IS NULL)",
  "SELECT (SELECT count (*) FROM mission_party x WHERE x.organisation = ?1"
  " AND x.deleted_at IS NULL)"
  " + (SELECT count (*) FROM membership x WHERE x.network = ?1 AND x.deleted_at IS NULL)",
};

static gboolean
count_uses (KafDatabase *db, guint which, const char *id, guint *n, GError **error)
{
  g_autoptr (KafStatement) row = kaf_database_prepare (db, uses[which], error);

  if (row == NULL)
    return FALSE;
  kaf_statement_bind_text (row, 1, id);
  if (!kaf_database_step (db, row, error))
    return FALSE;
  *n = (guint) sqlite3_column_int (row, 0);
  return TRUE;
}

/* Fields of which one of the two tells more than the other. */
static guint
count_facts (const KafMatchPerson *a, const KafMatchPerson *b)
{
  guint n = 0;

  for (guint field = KAF_MATCH_EMAIL; field < KAF_N_MATCH_FIELDS; field++)
    n += (a->values[field] == NULL) != (b->values[field] == NULL);
  return n;
}

static guint
count_gain (guint likelihood, guint facts, guint uses_a, guint uses_b)
{
  guint worth = WORTH_ITSELF + facts * WORTH_OF_FACT +
                MIN ((uses_a + uses_b) * WORTH_OF_USE, WORTH_OF_USES) +
                (uses_a > 0 && uses_b > 0 ? WORTH_OF_BOTH : 0);

  return likelihood * worth;
}

char *
kaf_suspects_print_evidence (const KafMatchScore *score)
{
  GString *text = g_string_new (NULL);

  for (guint i = 0; i < score->n_reasons; i++)
    g_string_append_printf (text, "%s%s:%s", i > 0 ? " " : "",
                            kaf_match_field_id (score->reasons[i].field),
                            kaf_match_level_id (score->reasons[i].level));
  return g_string_free (text, FALSE);
}

gboolean
kaf_suspect_write (KafDatabase *db,
                   guint which,
                   gint64 rid_a,
                   const KafMatchPerson *a,
                   gint64 rid_b,
                   const KafMatchPerson *b,
                   const KafMatchScore *score,
                   GError **error)
{
  g_autofree char *evidence = kaf_suspects_print_evidence (score);
  guint likelihood = kaf_match_permille (score->probability);
  KafStatement *statement = kaf_database_prepare (
      db,
      "INSERT OR REPLACE INTO suspect (a, b, likelihood, gain, evidence) VALUES (?, ?, ?, ?, ?)",
      error);
  guint uses_a = 0, uses_b = 0;

  if (statement == NULL || !count_uses (db, which, a->id, &uses_a, error) ||
      !count_uses (db, which, b->id, &uses_b, error))
    return FALSE;
  sqlite3_bind_int64 (statement, 1, MIN (rid_a, rid_b));
  sqlite3_bind_int64 (statement, 2, MAX (rid_a, rid_b));
  sqlite3_bind_int (statement, 3, (int) likelihood);
  sqlite3_bind_int (statement, 4,
                    (int) count_gain (likelihood, count_facts (a, b), uses_a, uses_b));
  kaf_statement_bind_text (statement, 5, evidence);
  return kaf_database_run (db, statement, error);
}

/* ---- Candidates ---- */

static int
compare_rows (gconstpointer a, gconstpointer b)
{
  gint64 x = *(const gint64 *) a, y = *(const gint64 *) b;

  return x < y ? -1 : x > y;
}

static guint
take_key (KafDatabase *db, gint64 key, const char *place, GArray *found, GError **error)
{
  g_autoptr (KafStatement) row = kaf_database_prepare (
      db,
      place == NULL ? "SELECT rid FROM match_key WHERE key = ?1 LIMIT ?3"
                    : "SELECT rid FROM match_key WHERE key = ?1 AND place = ?2 LIMIT ?3",
      error);
  guint before = found->len;

  if (row == NULL)
    return 0;
  sqlite3_bind_int64 (row, 1, key);
  if (place != NULL)
    kaf_statement_bind_text (row, 2, place);
  sqlite3_bind_int (row, 3, KAF_MATCH_KEY_CROWD + 1);
  while (kaf_database_step (db, row, error))
    {
      gint64 rid = sqlite3_column_int64 (row, 0);

      g_array_append_val (found, rid);
    }
  if (found->len - before <= KAF_MATCH_KEY_CROWD)
    return found->len - before;
  g_array_set_size (found, before);
  return KAF_MATCH_KEY_CROWD + 1;
}

/* Rising, each once. */
static void
sort_rows (GArray *rows)
{
  guint n = 0;

  g_array_sort (rows, compare_rows);
  for (guint i = 0; i < rows->len; i++)
    if (n == 0 || g_array_index (rows, gint64, n - 1) != g_array_index (rows, gint64, i))
      g_array_index (rows, gint64, n++) = g_array_index (rows, gint64, i);
  g_array_set_size (rows, n);
}

GArray *
kaf_suspect_candidates (KafDatabase *db,
                        guint which,
                        const KafMatchPerson *person,
                        const char *place,
                        GArray **anchored,
                        GError **error)
{
  g_autoptr (GPtrArray) keys = kaf_match_keys (person);
  g_autoptr (GArray) found = g_array_new (FALSE, FALSE, sizeof (gint64));
  g_autoptr (GArray) by_anchor = g_array_new (FALSE, FALSE, sizeof (gint64));
  GError *local = NULL;

  for (guint i = 0; i < keys->len && local == NULL; i++)
    {
      gint64 key = kaf_match_key_number (which, keys->pdata[i]);
      guint before = found->len;
      gboolean crowd = take_key (db, key, NULL, found, &local) > KAF_MATCH_KEY_CROWD;

      if (crowd && *place != '\0' && local == NULL)
        take_key (db, key, place, found, &local);
      if (!kaf_match_key_is_anchor (keys->pdata[i]))
        continue;
      if (crowd)
        g_clear_pointer (&by_anchor, g_array_unref);
      else if (by_anchor != NULL && found->len > before)
        g_array_append_vals (by_anchor, &g_array_index (found, gint64, before),
                             found->len - before);
    }
  if (local != NULL)
    {
      g_propagate_error (error, local);
      return NULL;
    }
  sort_rows (found);
  if (by_anchor != NULL)
    sort_rows (by_anchor);
  if (anchored != NULL)
    *anchored = g_steal_pointer (&by_anchor);
  return g_steal_pointer (&found);
}

/* ---- State ---- */

/* Whether the tables were made by this engine, of about as many records as there are. */
static gboolean
is_built (KafDatabase *db, gboolean *built, GError **error)
{
  g_autofree char *text = kaf_match_get_local (db, KAF_MATCH_BUILT, error);
  g_auto (GStrv) words = g_strsplit (text != NULL ? text : "", " ", -1);

  *built = g_strv_length (words) == 3 + KAF_N_MATCHED &&
           atoi (words[0]) == KAF_MATCH_KEYS_VERSION &&
           atoi (words[1]) == (int) kaf_match_model_default ()->version;
  for (guint i = 0; *built && i < KAF_N_MATCHED; i++)
    {
      g_autofree char *sql =
          g_strdup_printf ("SELECT coalesce ((SELECT live FROM tally WHERE entity = '%s'), 0)",
                           kaf_matched_entity (i)->id);
      GError *local = NULL;
      gint64 n = kaf_database_get_int (db, sql, &local), before = atoi (words[2 + i]);

      if (local != NULL)
        {
          g_propagate_error (error, local);
          return FALSE;
        }
      *built = ABS (n - before) <= before / 4 + GROWTH_SPARED;
    }
  return TRUE;
}

/* Whom a judgement had tied together nobody can tell once it is gone for good: then all are looked at. */
static gboolean
read_seen (KafDatabase *db, KafMatchSeen *seen, gboolean *known, GError **error)
{
  g_autofree char *text = kaf_match_get_local (db, KAF_MATCH_SEEN, error);
  g_autoptr (KafStatement) row = kaf_database_prepare (
      db,
      "SELECT coalesce (min (seq), 1) <= ?1 + 1, NOT EXISTS (SELECT 1 FROM touched"
      " WHERE seq > ?1 AND entity = 'judgement' AND rid = 0) FROM touched",
      error);

  *known = FALSE;
  if (row == NULL)
    return FALSE;
  if (!kaf_match_seen_parse (text, seen))
    return TRUE;
  sqlite3_bind_int64 (row, 1, seen->touched);
  if (!kaf_database_step (db, row, error))
    return FALSE;
  *known = sqlite3_column_int (row, 0) && sqlite3_column_int (row, 1);
  return TRUE;
}

gboolean
kaf_suspects_get_state (KafDatabase *db, KafSuspectsState *state, GError **error)
{
  gboolean built, known = FALSE, any = FALSE;
  KafMatchSeen seen;

  if (!is_built (db, &built, error) || (built && !read_seen (db, &seen, &known, error)) ||
      (known && !kaf_match_news_any (db, &seen, &any, error)))
    return FALSE;
  *state = !known                                          ? KAF_SUSPECTS_UNFINISHED
           : any || kaf_match_kept (db)->next_seen != NULL ? KAF_SUSPECTS_BEHIND
                                                           : KAF_SUSPECTS_CURRENT;
  return TRUE;
}

char *
kaf_match_find_id (KafDatabase *db, gint64 rid, GError **error)
{
  g_autoptr (KafStatement) row =
      kaf_database_prepare (db, "SELECT id FROM head WHERE rid = ?", error);

  if (row == NULL)
    return NULL;
  sqlite3_bind_int64 (row, 1, rid);
  return kaf_database_step (db, row, error) ? g_strdup (kaf_statement_text (row, 0)) : NULL;
}

/* ---- Looking again at some ---- */

typedef struct
{
  KafDatabase *db;
  guint which;
  const KafMatchRarity *rarity;
  double prior;
  KafJudgements *judgements;
  GHashTable *persons; /* gint64 → KafMatchPerson, of this turn */
  GHashTable *places;  /* gint64 → country */
} Turn;

static KafMatchPerson *
get_person (Turn *self, gint64 rid, GError **error)
{
  KafMatchPerson *person = g_hash_table_lookup (self->persons, &rid);
  char *place = NULL;

  if (person != NULL)
    return person;
  person = kaf_match_reader_read (self->db, kaf_matched_entity (self->which), rid, &place, error);
  if (person == NULL)
    return NULL;
  g_hash_table_insert (self->persons, g_memdup2 (&rid, sizeof rid), person);
  g_hash_table_insert (self->places, g_memdup2 (&rid, sizeof rid), place);
  return person;
}

static gboolean
take_person (gint64 rid,
             KafMatchPerson *person,
             const char *place,
             gpointer data,
             G_GNUC_UNUSED GError **error)
{
  Turn *self = data;

  g_hash_table_insert (self->persons, g_memdup2 (&rid, sizeof rid), person);
  g_hash_table_insert (self->places, g_memdup2 (&rid, sizeof rid), g_strdup (place));
  return TRUE;
}

/* Those of @rids that were not read yet, all together. */
static gboolean
read_persons (Turn *self, const GArray *rids, GError **error)
{
  g_autoptr (GArray) missing = g_array_new (FALSE, FALSE, sizeof (gint64));

  for (guint i = 0; i < rids->len; i++)
    if (!g_hash_table_contains (self->persons, &g_array_index (rids, gint64, i)))
      g_array_append_val (missing, g_array_index (rids, gint64, i));
  return kaf_match_reader_walk_rows (self->db, kaf_matched_entity (self->which), missing,
                                     take_person, self, error);
}

gboolean
kaf_suspects_forget (KafDatabase *db, gint64 rid, GError **error)
{
  return kaf_database_run_for (db, "DELETE FROM match_key WHERE rid = ?", rid, error) &&
         kaf_database_run_for (db, "DELETE FROM suspect WHERE a = ?", rid, error) &&
         kaf_database_run_for (db, "DELETE FROM suspect WHERE b = ?", rid, error);
}

static gboolean
write_keys (Turn *self, gint64 rid, GError **error)
{
  GError *local = NULL;
  const KafMatchPerson *person = get_person (self, rid, &local);
  const char *place = g_hash_table_lookup (self->places, &rid);
  g_autoptr (GPtrArray) keys = NULL;

  if (local != NULL)
    {
      g_propagate_error (error, local);
      return FALSE;
    }
  if (!kaf_suspects_forget (self->db, rid, error))
    return FALSE;
  if (person == NULL)
    return TRUE;
  keys = kaf_match_keys (person);
  for (guint i = 0; i < keys->len; i++)
    {
      KafStatement *statement = kaf_database_prepare (
          self->db, "INSERT OR IGNORE INTO match_key (key, place, rid) VALUES (?, ?, ?)", error);

      if (statement == NULL)
        return FALSE;
      sqlite3_bind_int64 (statement, 1, kaf_match_key_number (self->which, keys->pdata[i]));
      kaf_statement_bind_text (statement, 2, place);
      sqlite3_bind_int64 (statement, 3, rid);
      if (!kaf_database_run (self->db, statement, error))
        return FALSE;
    }
  return TRUE;
}

static gboolean
weigh_two (Turn *self,
           gint64 rid,
           const KafMatchPerson *person,
           gint64 other_rid,
           const KafMatchPerson *other,
           GError **error)
{
  gboolean before = rid < other_rid;
  KafMatchScore score;

  kaf_match_weigh (kaf_match_model_default (), self->rarity, self->prior, before ? person : other,
                   before ? other : person, &score);
  if (kaf_match_permille (score.probability) < KAF_SUSPECT_LEAST ||
      !kaf_judgements_may_suggest (self->judgements, person->id, other->id))
    return TRUE;
  return kaf_suspect_write (self->db, self->which, rid, person, other_rid, other, &score, error);
}

/* Whom @person is to be compared with. Whose keys are not written yet is looked at again in a turn of her own, and what is
 * missed of her until then is found by it. */
static GArray *
list_others (Turn *self, const KafMatchPerson *person, const char *place, GError **error)
{
  g_autoptr (GArray) anchored = NULL;
  g_autoptr (GArray) found =
      kaf_suspect_candidates (self->db, self->which, person, place, &anchored, error);

  if (found == NULL)
    return NULL;
  if (self->which != 0 || anchored == NULL ||
      kaf_suspects_sift (self->db, person, self->rarity, self->prior,
                         (KAF_SUSPECT_LEAST - 1) / 1000., anchored, found, error))
    return g_steal_pointer (&found);
  return NULL;
}

static gboolean
find_pairs (Turn *self, gint64 rid, GError **error)
{
  const KafMatchPerson *person = get_person (self, rid, error);
  g_autoptr (GArray) found = NULL;

  if (person == NULL)
    return TRUE;
  found = list_others (self, person, g_hash_table_lookup (self->places, &rid), error);
  if (found == NULL || !read_persons (self, found, error))
    return FALSE;
  for (guint i = 0; i < found->len; i++)
    {
      gint64 other_rid = g_array_index (found, gint64, i);
      /* NULL: its keys are still there, it is not. */
      const KafMatchPerson *other =
          other_rid != rid ? g_hash_table_lookup (self->persons, &other_rid) : NULL;

      if (other != NULL && !weigh_two (self, rid, person, other_rid, other, error))
        return FALSE;
    }
  return TRUE;
}

static gboolean
look_again (KafDatabase *db, guint which, const GArray *rows, GError **error)
{
  g_autoptr (GHashTable) persons = g_hash_table_new_full (g_int64_hash, g_int64_equal, g_free,
                                                          (GDestroyNotify) kaf_match_person_free);
  g_autoptr (GHashTable) places =
      g_hash_table_new_full (g_int64_hash, g_int64_equal, g_free, g_free);
  g_autoptr (KafJudgements) judgements = NULL;
  Turn self = { db, which, NULL, 0, NULL, persons, places };

  if (rows->len == 0)
    return TRUE;
  self.rarity = kaf_match_kept_rarity (db, which, error);
  judgements =
      self.rarity != NULL ? kaf_judge_read_all (db, kaf_matched_entity (which), error) : NULL;
  if (judgements == NULL)
    return FALSE;
  self.judgements = judgements;
  self.prior = kaf_match_prior (kaf_match_rarity_get_persons (self.rarity));
  for (guint i = 0; i < rows->len; i++)
    if (!write_keys (&self, g_array_index (rows, gint64, i), error))
      return FALSE;
  for (guint i = 0; i < rows->len; i++)
    if (!find_pairs (&self, g_array_index (rows, gint64, i), error))
      return FALSE;
  return TRUE;
}

/* Up to @limit of what waits. (transfer full) */
static GArray *
take_pending (KafMatchKept *kept, guint which, guint limit)
{
  GArray *rows = g_array_new (FALSE, FALSE, sizeof (gint64));
  GHashTableIter iter;
  gpointer rid;

  g_hash_table_iter_init (&iter, kept->pending[which]);
  while (rows->len < limit && g_hash_table_iter_next (&iter, &rid, NULL))
    {
      g_array_append_vals (rows, rid, 1);
      g_hash_table_iter_remove (&iter);
    }
  return rows;
}

static gboolean
gather (KafDatabase *db, KafMatchKept *kept, gboolean *known, GError **error)
{
  KafMatchSeen seen, now;
  gboolean built, any;

  *known = FALSE;
  if (!is_built (db, &built, error))
    return FALSE;
  if (!built)
    return TRUE;
  if (!read_seen (db, &seen, known, error))
    return FALSE;
  if (!*known)
    return TRUE;
  if (!kaf_match_news_any (db, &seen, &any, error) || !kaf_match_seen_read (db, &now, error))
    return FALSE;
  if (any && !kaf_match_news_gather (db, &seen, kept->pending, error))
    return FALSE;
  if (any || now.touched - seen.touched > SEEN_EVERY)
    kept->next_seen = kaf_match_seen_print (&now);
  return TRUE;
}

/* All is looked at that was there when the round was begun; what was written in the course of it is a round of its own. */
static gboolean
end_round (KafDatabase *db, KafMatchKept *kept, KafSuspectsState *state, GError **error)
{
  g_autofree char *text = g_steal_pointer (&kept->next_seen);
  KafMatchSeen seen;
  gboolean any;

  if (!kaf_match_set_local (db, KAF_MATCH_SEEN, text, error) ||
      !kaf_match_seen_parse (text, &seen) || !kaf_match_news_any (db, &seen, &any, error))
    return FALSE;
  *state = any ? KAF_SUSPECTS_BEHIND : KAF_SUSPECTS_CURRENT;
  return TRUE;
}

static gboolean
catch_up (KafDatabase *db, guint limit, KafSuspectsState *state, GError **error)
{
  KafMatchKept *kept = kaf_match_kept (db);
  gboolean known = TRUE;

  *state = KAF_SUSPECTS_CURRENT;
  if (kept->next_seen == NULL && !gather (db, kept, &known, error))
    return FALSE;
  if (!known)
    {
      *state = KAF_SUSPECTS_UNFINISHED;
      return TRUE;
    }
  if (kept->next_seen == NULL)
    return TRUE;
  for (guint which = 0; which < KAF_N_MATCHED; which++)
    {
      g_autoptr (GArray) rows = take_pending (kept, which, limit);

      if (!look_again (db, which, rows, error))
        return FALSE;
      limit -= rows->len;
      if (g_hash_table_size (kept->pending[which]) > 0)
        *state = KAF_SUSPECTS_BEHIND;
    }
  return *state == KAF_SUSPECTS_BEHIND || end_round (db, kept, state, error);
}

static void
drop_pending (KafMatchKept *kept)
{
  g_clear_pointer (&kept->next_seen, g_free);
  for (guint i = 0; i < KAF_N_MATCHED; i++)
    g_hash_table_remove_all (kept->pending[i]);
}

gboolean
kaf_suspects_catch_up (KafDatabase *db, guint limit, KafSuspectsState *state, GError **error)
{
  KafMatchKept *kept = kaf_match_kept (db);
  gboolean done;

  if (!kaf_database_exec (db, "BEGIN IMMEDIATE", error))
    return FALSE;
  done = kaf_touched_write (db, error) && catch_up (db, limit, state, error) &&
         kaf_database_exec (db, "COMMIT", error);
  if (!done)
    kaf_database_exec (db, "ROLLBACK", NULL);
  kaf_touched_end (db, done);
  /* What was taken in and taken back again is gathered anew. */
  if (!done || *state != KAF_SUSPECTS_BEHIND)
    drop_pending (kept);
  return done;
}

static gboolean
build (KafDatabase *db,
       KafSuspectsProgress progress,
       gpointer data,
       GCancellable *cancellable,
       GError **error)
{
  g_autoptr (KafSuspectsLook) look = kaf_suspects_look (db, progress, data, cancellable, error);
  gboolean done = look == NULL;

  while (!done)
    if (!kaf_suspects_look_write (db, look, &done, error))
      return FALSE;
  return look != NULL;
}

gboolean
kaf_suspects_update (KafDatabase *db,
                     KafSuspectsProgress progress,
                     gpointer data,
                     GCancellable *cancellable,
                     GError **error)
{
  KafSuspectsState state = KAF_SUSPECTS_BEHIND;

  while (state != KAF_SUSPECTS_CURRENT)
    {
      if (g_cancellable_set_error_if_cancelled (cancellable, error) ||
          !kaf_suspects_catch_up (db, AT_ONCE, &state, error))
        return FALSE;
      if (state == KAF_SUSPECTS_UNFINISHED && !build (db, progress, data, cancellable, error))
        return FALSE;
    }
  return TRUE;
}
