/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Which records are to be looked at again since some were written. */
#include "config.h"

#include "schema/kaf-registry.h"
#include "store/kaf-judge.h"
#include "store/kaf-one.h"
#include "store/kaf-suspects-news.h"
#include "store/kaf-touched.h"

#define WAYS_MAX 2

/* The row numbers written of an entity: named one by one (?1: after which entry), or, where they were too many or some
 * are gone, those of the journal (?2: after which group). */
#define NAMED "SELECT rid FROM touched WHERE seq > ?1 AND entity = '%s' AND rid > 0 AND ?2 >= 0"
#define JOURNALED "SELECT rid FROM op WHERE seq > ?2 AND ?1 >= 0"

/* From rows of an entity, w.rid, to the rows that are compared. */
#define ITSELF "SELECT w.rid FROM (%s) w"
#define BY(entity, field, root)                                                                    \
  "SELECT h.rid FROM (%s) w CROSS JOIN \"" entity "\" x ON x.rid = w.rid"                          \
  " CROSS JOIN head h ON h.id = x.\"" field "\" AND h.entity = '" root "'"

static const struct
{
  const char *entity;
  guint which; /* what of it is looked at again */
  const char *ways[WAYS_MAX];
} concerns[] = {
  { "person", 0, { ITSELF } },
  { "expert", 0, { ITSELF } },
  { "membership", 0, { BY ("membership", "person", "person") } },
  { "mission_expert", 0, { BY ("mission_expert", "person", "person") } },
  /* What a network is called stands with those who belong to it. */
  { "organisation",
    0,
    { "SELECT h.rid FROM (%s) w CROSS JOIN head o ON o.rid = w.rid AND o.entity = 'organisation'"
      " CROSS JOIN membership m ON m.network = o.id AND m.deleted_at IS NULL"
      " CROSS JOIN head h ON h.id = m.person AND h.entity = 'person'" } },
  { "organisation", 1, { ITSELF } },
  { "network", 1, { ITSELF } },
  { "organisation_name", 1, { BY ("organisation_name", "organisation", "organisation") } },
  { "mission_party", 1, { BY ("mission_party", "organisation", "organisation") } },
  { "membership", 1, { BY ("membership", "network", "organisation") } },
  { "judgement",
    0,
    { BY ("judgement", "person", "person"), BY ("judgement", "other_person", "person") } },
  { "judgement",
    1,
    { BY ("judgement", "organisation", "organisation"),
      BY ("judgement", "other_organisation", "organisation") } },
};

static gboolean
read_two (KafDatabase *db, const char *sql, gint64 *a, gint64 *b, GError **error)
{
  g_autoptr (KafStatement) row = kaf_database_prepare (db, sql, error);

  if (row == NULL || !kaf_database_step (db, row, error))
    return FALSE;
  *a = sqlite3_column_int64 (row, 0);
  *b = sqlite3_column_int64 (row, 1);
  return TRUE;
}

gboolean
kaf_match_seen_read (KafDatabase *db, KafMatchSeen *now, GError **error)
{
  return read_two (db,
                   "SELECT coalesce ((SELECT max (seq) FROM touched), 0),"
                   " coalesce ((SELECT max (seq) FROM op_group), 0)",
                   &now->touched, &now->journal, error);
}

char *
kaf_match_seen_print (const KafMatchSeen *seen)
{
  return g_strdup_printf ("%" G_GINT64_FORMAT " %" G_GINT64_FORMAT, seen->touched, seen->journal);
}

gboolean
kaf_match_seen_parse (const char *text, KafMatchSeen *seen)
{
  char *end = NULL;

  if (text == NULL)
    return FALSE;
  seen->touched = g_ascii_strtoll (text, &end, 10);
  seen->journal = *end == ' ' ? g_ascii_strtoll (end, NULL, 10) : -1;
  return seen->journal >= 0;
}

gboolean
kaf_match_news_any (KafDatabase *db, const KafMatchSeen *seen, gboolean *any, GError **error)
{
  g_autoptr (GString) sql = g_string_new ("SELECT EXISTS (SELECT 1 FROM touched WHERE seq > ?"
                                          " AND entity IN (''");
  g_autoptr (KafStatement) row = NULL;

  for (guint i = 0; i < G_N_ELEMENTS (concerns); i++)
    g_string_append_printf (sql, ", '%s'", concerns[i].entity);
  g_string_append (sql, "))");
  row = kaf_database_prepare (db, sql->str, error);
  if (row == NULL)
    return FALSE;
  sqlite3_bind_int64 (row, 1, seen->touched);
  if (!kaf_database_step (db, row, error))
    return FALSE;
  *any = sqlite3_column_int (row, 0);
  return TRUE;
}

static gboolean
is_named_whole (
    KafDatabase *db, const char *entity, const KafMatchSeen *seen, gboolean *whole, GError **error)
{
  g_autoptr (KafStatement) row = kaf_database_prepare (
      db, "SELECT NOT EXISTS (SELECT 1 FROM touched WHERE seq > ? AND entity = ? AND rid = 0)",
      error);

  if (row == NULL)
    return FALSE;
  sqlite3_bind_int64 (row, 1, seen->touched);
  kaf_statement_bind_text (row, 2, entity);
  if (!kaf_database_step (db, row, error))
    return FALSE;
  *whole = sqlite3_column_int (row, 0);
  return TRUE;
}

static gboolean
gather_way (KafDatabase *db,
            const char *way,
            const char *from,
            const KafMatchSeen *seen,
            GHashTable *rows,
            GError **error)
{
  g_autoptr (GString) sql = g_string_new (way);
  g_autoptr (KafStatement) row = NULL;
  GError *local = NULL;

  g_string_replace (sql, "%s", from, 1);
  row = kaf_database_prepare (db, sql->str, error);
  if (row == NULL)
    return FALSE;
  sqlite3_bind_int64 (row, 1, seen->touched);
  sqlite3_bind_int64 (row, 2, seen->journal);
  while (kaf_database_step (db, row, &local))
    {
      gint64 rid = sqlite3_column_int64 (row, 0);

      g_hash_table_add (rows, g_memdup2 (&rid, sizeof rid));
    }
  if (local == NULL)
    return TRUE;
  g_propagate_error (error, local);
  return FALSE;
}

/* Who are one with them, too: what is written of one of them shows in another row, and a judgement concerns them all. */
static gboolean
add_members (KafDatabase *db, guint which, GHashTable *rows, GError **error)
{
  const KafEntity *entity = kaf_matched_entity (which);
  g_autoptr (KafJudgements) judgements = kaf_judge_read_all (db, entity, error);
  g_autofree gpointer *keys = NULL;
  guint n;

  if (judgements == NULL)
    return FALSE;
  keys = g_hash_table_get_keys_as_array (rows, &n);
  for (guint i = 0; i < n; i++)
    {
      g_autofree char *id = kaf_match_find_id (db, *(gint64 *) keys[i], error);
      g_autoptr (GPtrArray) members =
          id != NULL ? kaf_judgements_list_members (judgements, id) : NULL;

      for (guint j = 0; members != NULL && j < members->len; j++)
        {
          gint64 rid = kaf_database_find_rid (db, entity, members->pdata[j]);

          /* Added again it would take the place of the key that is being gone through. */
          if (rid != 0 && !g_hash_table_contains (rows, &rid))
            g_hash_table_add (rows, g_memdup2 (&rid, sizeof rid));
        }
    }
  return TRUE;
}

static gboolean
gather (KafDatabase *db, guint i, const KafMatchSeen *seen, GHashTable *rows, GError **error)
{
  gboolean judged = g_str_equal (concerns[i].entity, "judgement"), whole = TRUE;
  g_autoptr (GHashTable) own = g_hash_table_new_full (g_int64_hash, g_int64_equal, g_free, NULL);
  g_autofree char *named = g_strdup_printf (NAMED, concerns[i].entity);
  GHashTableIter iter;
  gpointer rid;

  if (!is_named_whole (db, concerns[i].entity, seen, &whole, error))
    return FALSE;
  for (guint way = 0; way < WAYS_MAX && concerns[i].ways[way] != NULL; way++)
    if (!gather_way (db, concerns[i].ways[way], whole ? named : JOURNALED, seen, own, error))
      return FALSE;
  if ((judged || kaf_one_any (db)) && g_hash_table_size (own) > 0 &&
      !add_members (db, concerns[i].which, own, error))
    return FALSE;
  g_hash_table_iter_init (&iter, own);
  while (g_hash_table_iter_next (&iter, &rid, NULL))
    {
      g_hash_table_iter_steal (&iter);
      g_hash_table_add (rows, rid);
    }
  return TRUE;
}

gboolean
kaf_match_news_gather (KafDatabase *db,
                       const KafMatchSeen *seen,
                       GHashTable *const rows[KAF_N_MATCHED],
                       GError **error)
{
  for (guint i = 0; i < G_N_ELEMENTS (concerns); i++)
    if (!gather (db, i, seen, rows[concerns[i].which], error))
      return FALSE;
  return TRUE;
}
