/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "store/kaf-reconcile-links.h"

#include <string.h>

#include "store/kaf-database-private.h"
#include "store/kaf-drop.h"
#include "sync/kaf-operation.h"

struct _KafReconcileLinks
{
  GHashTable *groups; /* "ENTITY\tID" → GArray of gint64: seq */
};

static void
add_group (KafReconcileLinks *self, const KafOperation *op, gint64 seq)
{
  g_autofree char *key = kaf_entity_make_key (kaf_entity_get_root (kaf_operation_get_entity (op)),
                                              kaf_operation_get_id (op));
  GArray *groups = g_hash_table_lookup (self->groups, key);

  if (groups == NULL)
    {
      groups = g_array_new (FALSE, FALSE, sizeof (gint64));
      g_hash_table_insert (self->groups, g_steal_pointer (&key), groups);
    }
  g_array_append_val (groups, seq);
}

KafReconcileLinks *
kaf_reconcile_links_read (KafDatabase *db, GError **error)
{
  g_autoptr (KafReconcileLinks) self = g_new0 (KafReconcileLinks, 1);
  g_autoptr (KafStatement) statement = kaf_database_prepare (
      db,
      "SELECT seq, coalesce (payload, remainder) FROM op_group WHERE seq IN (SELECT o.seq FROM op o"
      " WHERE NOT EXISTS (SELECT 1 FROM head h WHERE h.rid = o.rid) AND o.rid NOT IN"
      " (SELECT CAST (value AS INTEGER) FROM local WHERE " KAF_DROP_KEYS "))",
      error);
  GError *local = NULL;

  self->groups =
      g_hash_table_new_full (g_str_hash, g_str_equal, g_free, (GDestroyNotify) g_array_unref);
  while (statement != NULL && kaf_database_step (db, statement, &local))
    {
      const char *payload = kaf_statement_text (statement, 1);
      g_autoptr (GPtrArray) operations =
          payload != NULL ? kaf_operation_parse (payload, strlen (payload), NULL) : NULL;

      for (guint i = 0; operations != NULL && i < operations->len; i++)
        add_group (self, g_ptr_array_index (operations, i), sqlite3_column_int64 (statement, 0));
    }
  if (local != NULL)
    g_propagate_error (error, local);
  return statement != NULL && local == NULL ? g_steal_pointer (&self) : NULL;
}

void
kaf_reconcile_links_free (KafReconcileLinks *self)
{
  if (self == NULL)
    return;
  g_hash_table_unref (self->groups);
  g_free (self);
}

gboolean
kaf_reconcile_links_has (const KafReconcileLinks *self, const KafEntity *root, const char *id)
{
  g_autofree char *key = kaf_entity_make_key (root, id);

  return g_hash_table_contains (self->groups, key);
}

gboolean
kaf_reconcile_links_write (const KafReconcileLinks *self,
                           KafDatabase *db,
                           const KafEntity *root,
                           const char *id,
                           gint64 rid,
                           GError **error)
{
  g_autofree char *key = kaf_entity_make_key (root, id);
  const GArray *groups = g_hash_table_lookup (self->groups, key);

  for (guint i = 0; groups != NULL && i < groups->len; i++)
    {
      KafStatement *statement =
          kaf_database_prepare (db, "INSERT OR IGNORE INTO op (rid, seq) VALUES (?, ?)", error);

      if (statement == NULL)
        return FALSE;
      sqlite3_bind_int64 (statement, 1, rid);
      sqlite3_bind_int64 (statement, 2, g_array_index (groups, gint64, i));
      if (!kaf_database_run (db, statement, error))
        return FALSE;
    }
  return TRUE;
}
