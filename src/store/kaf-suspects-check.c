/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Whether what was kept, record by record, is what a look at all of them gives. */
#include "config.h"

#include "match/kaf-match-index.h"
#include "schema/kaf-registry.h"
#include "store/kaf-judge.h"
#include "store/kaf-match-reader.h"
#include "store/kaf-suspects-private.h"

typedef struct
{
  KafMatchIndex *index;
  GArray *rids;
} All;

static gboolean
take (gint64 rid,
      KafMatchPerson *person,
      G_GNUC_UNUSED const char *place,
      gpointer data,
      G_GNUC_UNUSED GError **error)
{
  All *self = data;

  kaf_match_index_add (self->index, person);
  g_array_append_val (self->rids, rid);
  return TRUE;
}

static char *
pair_text (gint64 a, gint64 b, guint likelihood)
{
  return g_strdup_printf ("%" G_GINT64_FORMAT " %" G_GINT64_FORMAT " %u", a, b, likelihood);
}

/* Pairs that should be there, as texts. (transfer full) */
static GHashTable *
expect (KafDatabase *db, guint which, const All *all, GError **error)
{
  const KafMatchRarity *rarity = kaf_match_kept_rarity (db, which, error);
  g_autoptr (KafJudgements) judgements = kaf_judge_read_all (db, kaf_matched_entity (which), error);
  g_autoptr (GArray) found = g_array_new (FALSE, FALSE, sizeof (guint32));
  g_autoptr (GHashTable) pairs = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);

  if (rarity == NULL || judgements == NULL)
    return NULL;
  for (guint i = 0; i < kaf_match_index_get_n (all->index); i++)
    {
      const KafMatchPerson *a = kaf_match_index_get (all->index, i);

      kaf_match_index_find (all->index, a, found);
      for (guint j = 0; j < found->len; j++)
        {
          guint32 number = g_array_index (found, guint32, j);
          const KafMatchPerson *b = kaf_match_index_get (all->index, number);
          KafMatchScore score;
          guint likelihood;

          if (number <= i)
            continue;
          kaf_match_weigh (kaf_match_model_default (), rarity,
                           kaf_match_prior (kaf_match_rarity_get_persons (rarity)), a, b, &score);
          likelihood = kaf_match_permille (score.probability);
          if (likelihood >= KAF_SUSPECT_LEAST &&
              kaf_judgements_may_suggest (judgements, a->id, b->id))
            g_hash_table_add (pairs,
                              pair_text (g_array_index (all->rids, gint64, i),
                                         g_array_index (all->rids, gint64, number), likelihood));
        }
    }
  return g_steal_pointer (&pairs);
}

/* Takes those that are there out of @pairs, and counts those that should not be. */
static gboolean
compare (KafDatabase *db, guint which, GHashTable *pairs, guint *n, GError **error)
{
  g_autoptr (KafStatement) row = kaf_database_prepare (
      db,
      "SELECT s.a, s.b, s.likelihood FROM suspect s CROSS JOIN head h ON h.rid = s.a"
      " WHERE h.entity = ?",
      error);
  GError *local = NULL;

  if (row == NULL)
    return FALSE;
  kaf_statement_bind_text (row, 1, kaf_matched_entity (which)->id);
  while (kaf_database_step (db, row, &local))
    {
      g_autofree char *text =
          pair_text (sqlite3_column_int64 (row, 0), sqlite3_column_int64 (row, 1),
                     (guint) sqlite3_column_int (row, 2));

      if (!g_hash_table_remove (pairs, text))
        ++*n;
    }
  *n += g_hash_table_size (pairs);
  if (local == NULL)
    return TRUE;
  g_propagate_error (error, local);
  return FALSE;
}

static gboolean
check (KafDatabase *db, guint which, guint *n, GError **error)
{
  g_autoptr (KafMatchIndex) index = kaf_match_index_new ();
  g_autoptr (GArray) rids = g_array_new (FALSE, FALSE, sizeof (gint64));
  g_autoptr (GHashTable) pairs = NULL;
  All all = { index, rids };

  if (!kaf_match_reader_walk (db, kaf_matched_entity (which), 0, G_MAXINT64, take, &all, error))
    return FALSE;
  kaf_match_index_seal (index);
  pairs = expect (db, which, &all, error);
  return pairs != NULL && compare (db, which, pairs, n, error);
}

gboolean
kaf_suspects_check (KafDatabase *db, guint *n, GError **error)
{
  *n = 0;
  for (guint which = 0; which < KAF_N_MATCHED; which++)
    if (!check (db, which, n, error))
      return FALSE;
  return TRUE;
}
