/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A look at all records: in memory, as kaf-match-index does for a file, and then written piece by piece. */
#include "config.h"

#include "match/kaf-match-index.h"
#include "match/kaf-match-keys.h"
#include "store/kaf-judge.h"
#include "store/kaf-match-reader.h"
#include "store/kaf-suspects-news.h"

#define SHARE_OF_READING 300 /* ‰ of the time */
#define ASK_EVERY 64         /* records */
#define KEYS_AT_ONCE 20000   /* a transaction: some 50 ms */
#define PAIRS_AT_ONCE 2000

typedef struct
{
  guint32 a, b; /* numbers */
  KafMatchScore score;
} Pair;

typedef struct
{
  GArray *rids;      /* gint64, by number */
  GPtrArray *places; /* by number; interned */
  KafMatchIndex *index;
  GArray *pairs; /* Pair */
} Side;

struct _KafSuspectsLook
{
  KafMatchSeen seen;
  Side sides[KAF_N_MATCHED];
  gboolean begun;
  guint side, key, pair; /* how far it was written */

  /* While it looks. */
  KafSuspectsProgress progress;
  gpointer data;
  GCancellable *cancellable;
  guint from, to; /* ‰ that this part stands for */
  guint expected; /* records */
};

static void
clear_side (Side *self)
{
  g_clear_pointer (&self->rids, g_array_unref);
  g_clear_pointer (&self->places, g_ptr_array_unref);
  g_clear_pointer (&self->index, kaf_match_index_free);
  g_clear_pointer (&self->pairs, g_array_unref);
}

void
kaf_suspects_look_free (KafSuspectsLook *self)
{
  for (guint i = 0; i < KAF_N_MATCHED; i++)
    clear_side (&self->sides[i]);
  g_free (self);
}

/* ---- Looking ---- */

static gboolean
tell (guint done, guint total, gpointer data)
{
  KafSuspectsLook *self = data;

  if (g_cancellable_is_cancelled (self->cancellable))
    return FALSE;
  return self->progress == NULL ||
         self->progress (self->from + (guint) ((guint64) (self->to - self->from) *
                                               MIN (done, total) / MAX (total, 1)),
                         self->data);
}

typedef struct
{
  KafSuspectsLook *look;
  Side *side;
} Reading;

static gboolean
take (gint64 rid, KafMatchPerson *person, const char *place, gpointer data, GError **error)
{
  Reading *self = data;
  guint number = kaf_match_index_add (self->side->index, person);

  g_array_append_val (self->side->rids, rid);
  g_ptr_array_add (self->side->places, (gpointer) g_intern_string (place));
  if (number % ASK_EVERY != 0 || tell (number, self->look->expected, self->look))
    return TRUE;
  g_set_error_literal (error, G_IO_ERROR, G_IO_ERROR_CANCELLED, "cancelled");
  return FALSE;
}

static gboolean
keep_pairs (KafDatabase *db, guint which, Side *side, const GArray *found, GError **error)
{
  g_autoptr (KafJudgements) judgements = kaf_judge_read_all (db, kaf_matched_entity (which), error);
  const KafMatchRarity *rarity = kaf_match_index_get_rarity (side->index);
  double prior = kaf_match_prior (kaf_match_index_get_n (side->index));

  if (judgements == NULL)
    return FALSE;
  for (guint i = 0; i < found->len; i++)
    {
      const KafMatchPair *one = &g_array_index (found, KafMatchPair, i);
      const KafMatchPerson *a = kaf_match_index_get (side->index, one->a);
      const KafMatchPerson *b = kaf_match_index_get (side->index, one->b);
      Pair pair = { one->a, one->b };

      if (kaf_match_permille (one->probability) < KAF_SUSPECT_LEAST ||
          !kaf_judgements_may_suggest (judgements, a->id, b->id))
        continue;
      kaf_match_weigh (kaf_match_model_default (), rarity, prior, a, b, &pair.score);
      g_array_append_val (side->pairs, pair);
    }
  return TRUE;
}

static gboolean
look_at (KafSuspectsLook *self, KafDatabase *db, guint which, GError **error)
{
  Side *side = &self->sides[which];
  Reading reading = { self, side };
  guint share = which == 0 ? 950 : 50, begin = which == 0 ? 0 : 950;
  g_autoptr (GArray) found = NULL;

  side->rids = g_array_new (FALSE, FALSE, sizeof (gint64));
  side->places = g_ptr_array_new ();
  side->pairs = g_array_new (FALSE, FALSE, sizeof (Pair));
  side->index = kaf_match_index_new ();
  self->from = begin;
  self->to = begin + share * SHARE_OF_READING / 1000;
  if (!kaf_match_reader_walk (db, kaf_matched_entity (which), 0, G_MAXINT64, take, &reading, error))
    return FALSE;
  kaf_match_index_seal (side->index);
  self->from = self->to;
  self->to = begin + share;
  found = kaf_match_index_dedupe (side->index, kaf_match_model_default (),
                                  (KAF_SUSPECT_LEAST - 1) / 1000., tell, self);
  if (found != NULL)
    return keep_pairs (db, which, side, found, error);
  g_set_error_literal (error, G_IO_ERROR, G_IO_ERROR_CANCELLED, "cancelled");
  return FALSE;
}

KafSuspectsLook *
kaf_suspects_look (KafDatabase *db,
                   KafSuspectsProgress progress,
                   gpointer data,
                   GCancellable *cancellable,
                   GError **error)
{
  g_autoptr (KafSuspectsLook) self = g_new0 (KafSuspectsLook, 1);
  gboolean done;

  self->progress = progress;
  self->data = data;
  self->cancellable = cancellable;
  if (!kaf_database_begin_read (db, cancellable, error))
    return NULL;
  self->expected = (guint) kaf_database_get_int (
      db, "SELECT coalesce (max (live), 0) FROM tally WHERE entity = 'person'", NULL);
  done = kaf_match_seen_read (db, &self->seen, error);
  for (guint i = 0; done && i < KAF_N_MATCHED; i++)
    done = look_at (self, db, i, error);
  kaf_database_end_read (db);
  return done ? g_steal_pointer (&self) : NULL;
}

/* ---- Writing ---- */

static gboolean
begin_writing (KafDatabase *db, GError **error)
{
  return kaf_match_set_local (db, KAF_MATCH_BUILT, NULL, error) &&
         kaf_match_set_local (db, KAF_MATCH_SEEN, NULL, error) &&
         kaf_database_exec (db, "DELETE FROM match_key", error) &&
         kaf_database_exec (db, "DELETE FROM match_count", error) &&
         kaf_database_exec (db, "DELETE FROM suspect", error);
}

static gboolean
write_keys (KafDatabase *db, KafSuspectsLook *self, const Side *side, GError **error)
{
  gint64 apart = kaf_match_key_number (self->side, "") ^ kaf_match_key_number (0, "");
  guint end = MIN (self->key + KEYS_AT_ONCE, kaf_match_index_get_n_keys (side->index));

  for (; self->key < end; self->key++)
    {
      guint number;
      gint64 key = (gint64) kaf_match_index_get_key (side->index, self->key, &number);
      KafStatement *statement = kaf_database_prepare (
          db, "INSERT OR IGNORE INTO match_key (key, place, rid) VALUES (?, ?, ?)", error);

      if (statement == NULL)
        return FALSE;
      sqlite3_bind_int64 (statement, 1, key ^ apart);
      kaf_statement_bind_text (statement, 2, side->places->pdata[number]);
      sqlite3_bind_int64 (statement, 3, g_array_index (side->rids, gint64, number));
      if (!kaf_database_run (db, statement, error))
        return FALSE;
    }
  return TRUE;
}

static gboolean
write_pairs (KafDatabase *db, KafSuspectsLook *self, const Side *side, GError **error)
{
  guint end = MIN (self->pair + PAIRS_AT_ONCE, side->pairs->len);

  for (; self->pair < end; self->pair++)
    {
      const Pair *pair = &g_array_index (side->pairs, Pair, self->pair);

      if (!kaf_suspect_write (db, self->side, g_array_index (side->rids, gint64, pair->a),
                              kaf_match_index_get (side->index, pair->a),
                              g_array_index (side->rids, gint64, pair->b),
                              kaf_match_index_get (side->index, pair->b), &pair->score, error))
        return FALSE;
    }
  return TRUE;
}

typedef struct
{
  KafDatabase *db;
  const char *entity;
  GError *error;
} Counting;

static void
write_count (KafMatchField field, gint64 key, guint n, gpointer data)
{
  Counting *self = data;
  KafStatement *statement =
      self->error == NULL
          ? kaf_database_prepare (
                self->db,
                "INSERT OR REPLACE INTO match_count (entity, field, key, n) VALUES (?, ?, ?, ?)",
                &self->error)
          : NULL;

  if (statement == NULL)
    return;
  kaf_statement_bind_text (statement, 1, self->entity);
  sqlite3_bind_int (statement, 2, (int) field);
  sqlite3_bind_int64 (statement, 3, key);
  sqlite3_bind_int (statement, 4, (int) n);
  kaf_database_run (self->db, statement, &self->error);
}

static gboolean
write_counts (KafDatabase *db, guint which, const Side *side, GError **error)
{
  Counting counting = { db, kaf_matched_entity (which)->id, NULL };

  kaf_match_rarity_foreach (kaf_match_index_get_rarity (side->index), write_count, &counting);
  if (counting.error == NULL)
    return TRUE;
  g_propagate_error (error, counting.error);
  return FALSE;
}

/* What was erased since the look must not come back by it. */
static gboolean
drop_erased (KafDatabase *db, const KafSuspectsLook *self, GError **error)
{
  g_autofree char *sql = g_strdup_printf (
      "SELECT EXISTS (SELECT 1 FROM touched WHERE seq > %" G_GINT64_FORMAT " AND rid = 0)",
      self->seen.touched);
  GError *local = NULL;
  gboolean any = kaf_database_get_int (db, sql, &local) != 0;

  if (local != NULL)
    {
      g_propagate_error (error, local);
      return FALSE;
    }
  return !any || kaf_database_exec (db,
                                    "DELETE FROM match_key WHERE rid NOT IN (SELECT rid FROM head);"
                                    "DELETE FROM suspect WHERE a NOT IN (SELECT rid FROM head)"
                                    " OR b NOT IN (SELECT rid FROM head)",
                                    error);
}

static gboolean
finish_writing (KafDatabase *db, KafSuspectsLook *self, GError **error)
{
  g_autoptr (GString) built = g_string_new (NULL);
  g_autofree char *seen = kaf_match_seen_print (&self->seen);

  g_string_append_printf (built, "%d %u", KAF_MATCH_KEYS_VERSION,
                          kaf_match_model_default ()->version);
  for (guint i = 0; i < KAF_N_MATCHED; i++)
    g_string_append_printf (built, " %u", self->sides[i].rids->len);
  /* Other counts, another text: whoever keeps them sees it. */
  g_string_append_printf (built, " %" G_GINT64_FORMAT, self->seen.touched);
  return drop_erased (db, self, error) &&
         kaf_match_set_local (db, KAF_MATCH_BUILT, built->str, error) &&
         kaf_match_set_local (db, KAF_MATCH_SEEN, seen, error);
}

static gboolean
write_part (KafDatabase *db, KafSuspectsLook *self, gboolean *done, GError **error)
{
  const Side *side = &self->sides[self->side];

  if (!self->begun)
    {
      self->begun = TRUE;
      return begin_writing (db, error);
    }
  if (self->side == KAF_N_MATCHED)
    {
      *done = TRUE;
      return finish_writing (db, self, error);
    }
  if (self->key < kaf_match_index_get_n_keys (side->index))
    return write_keys (db, self, side, error);
  if (self->pair < side->pairs->len)
    return write_pairs (db, self, side, error);
  if (!write_counts (db, self->side, side, error))
    return FALSE;
  self->side++;
  self->key = self->pair = 0;
  return TRUE;
}

gboolean
kaf_suspects_look_write (KafDatabase *db, KafSuspectsLook *self, gboolean *done, GError **error)
{
  *done = FALSE;
  if (!kaf_database_exec (db, "BEGIN IMMEDIATE", error))
    return FALSE;
  if (write_part (db, self, done, error) && kaf_database_exec (db, "COMMIT", error))
    return TRUE;
  kaf_database_exec (db, "ROLLBACK", NULL);
  return FALSE;
}
