/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Who is one with whom, and records as they came. */
#include "config.h"

#include <string.h>

#include "schema/kaf-registry.h"
#include "store/kaf-judge.h"
#include "store/kaf-one-private.h"
#include "store/kaf-one-raw.h"
#include "store/kaf-read-private.h"
#include "store/kaf-writer.h"

char *
kaf_one_find_alias (KafDatabase *db, const KafEntity *root, const char *id)
{
  g_autoptr (KafStatement) statement =
      kaf_database_prepare (db, "SELECT canonical FROM alias WHERE id = ? AND entity = ?", NULL);

  if (statement == NULL || id == NULL)
    return NULL;
  kaf_statement_bind_text (statement, 1, id);
  kaf_statement_bind_text (statement, 2, root->id);
  return kaf_database_step (db, statement, NULL) ? g_strdup (kaf_statement_text (statement, 0))
                                                 : NULL;
}

char *
kaf_one_get_shown (KafDatabase *db, const KafEntity *entity, const char *id)
{
  char *shown = kaf_one_find_alias (db, kaf_entity_get_root (entity), id);

  return shown != NULL ? shown : g_strdup (id);
}

gboolean
kaf_one_any (KafDatabase *db)
{
  return kaf_database_get_int (db, "SELECT EXISTS (SELECT 1 FROM judgement)", NULL) > 0;
}

typedef struct
{
  KafDatabase *db;
  const KafEntity *root;
} Around;

static gboolean
read_around (KafJudgementsWalk *walk, const char *id, gpointer data, GError **error)
{
  const Around *around = data;
  g_autofree char *sql = g_strdup_printf (
      "SELECT h.id, j.\"%1$s\", j.\"other_%1$s\", j.verdict, j.revokes FROM judgement j JOIN head h"
      " ON h.rid = j.rid WHERE j.\"%1$s\" = ?1 UNION ALL"
      " SELECT h.id, j.\"%1$s\", j.\"other_%1$s\", j.verdict, j.revokes FROM judgement j JOIN head h"
      " ON h.rid = j.rid WHERE j.\"other_%1$s\" = ?1",
      around->root->id);
  g_autoptr (KafStatement) statement = kaf_database_prepare (around->db, sql, error);
  GError *local = NULL;

  if (statement == NULL)
    return FALSE;
  kaf_statement_bind_text (statement, 1, id);
  while (kaf_database_step (around->db, statement, &local))
    {
      const KafJudgement judgement = { .id = kaf_statement_text (statement, 0),
                                       .a = kaf_statement_text (statement, 1),
                                       .b = kaf_statement_text (statement, 2),
                                       .verdict =
                                           kaf_judge_parse (kaf_statement_text (statement, 3)),
                                       .revokes = kaf_statement_text (statement, 4) };

      kaf_judgements_walk_meet (walk, &judgement);
    }
  if (local == NULL)
    return TRUE;
  g_propagate_error (error, local);
  return FALSE;
}

KafJudgements *
kaf_one_gather (KafDatabase *db, const KafEntity *root, GHashTable *ids, GError **error)
{
  Around around = { db, root };

  return kaf_transaction_settle (db->transaction)
             ? kaf_judgements_gather (ids, read_around, &around, error)
             : NULL;
}

GPtrArray *
kaf_one_list_members (KafDatabase *db, const KafEntity *entity, const char *id, GError **error)
{
  const KafEntity *root = kaf_entity_get_root (entity);
  g_autoptr (GHashTable) ids = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  g_autoptr (GPtrArray) here = g_ptr_array_new_with_free_func (g_free);
  g_autofree char *shown = kaf_one_get_shown (db, root, id);
  g_autoptr (KafJudgements) judgements = NULL;
  g_autoptr (GPtrArray) members = NULL;

  if (kaf_database_find_rid (db, root, shown) > 0)
    g_ptr_array_add (here, g_strdup (shown));
  if (!kaf_one_concerns (root))
    return g_steal_pointer (&here);
  g_hash_table_add (ids, g_strdup (id));
  judgements = kaf_one_gather (db, root, ids, error);
  if (judgements == NULL)
    return NULL;
  members = kaf_judgements_list_members (judgements, id);
  for (guint i = 0; i < members->len; i++)
    {
      const char *member = g_ptr_array_index (members, i);

      if (!g_str_equal (member, shown) && kaf_database_find_rid (db, root, member) > 0)
        g_ptr_array_add (here, g_strdup (member));
    }
  return g_steal_pointer (&here);
}

KafRecord *
kaf_one_read_raw (KafDatabase *db, const KafEntity *entity, const char *id, GError **error)
{
  gint64 rid = kaf_database_find_rid (db, kaf_entity_get_root (entity), id);
  g_autoptr (KafRecord) record = rid > 0 ? kaf_read_row (db, entity, rid, id, error) : NULL;
  gboolean absent = rid == 0;

  if (rid > 0 && (record == NULL || !kaf_raw_overlay (db, record, rid, &absent, error)))
    return NULL;
  if (!absent)
    return g_steal_pointer (&record);
  g_set_error (error, KAF_STORE_ERROR, KAF_STORE_ERROR_NOT_FOUND, "no such %s", entity->id);
  return NULL;
}

KafRecord *
kaf_one_read_named (KafDatabase *db, const KafEntity *entity, const char *id, GError **error)
{
  g_autofree char *shown = kaf_one_find_alias (db, kaf_entity_get_root (entity), id);

  return shown != NULL ? kaf_one_read_raw (db, entity, id, error)
                       : kaf_read_record (db, entity, id, error);
}
