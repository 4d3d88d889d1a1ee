/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "store/kaf-reconcile-digests.h"

#include "rules/kaf-told.h"
#include "schema/kaf-registry.h"
#include "store/kaf-one-raw.h"
#include "store/kaf-read-private.h"
#include "sync/kaf-compare.h"

struct _KafReconcileKeys
{
  GArray *keys; /* of KafReconcileKey */
  GStringChunk *ids;
  gboolean any_raw; /* some rows are shown otherwise than they came */
};

#define ID_BLOCK (64 * 1024)

KafReconcileKeys *
kaf_reconcile_keys_read (KafDatabase *db, GError **error)
{
  g_autoptr (KafReconcileKeys) self = g_new0 (KafReconcileKeys, 1);
  g_autoptr (KafStatement) statement =
      kaf_database_prepare (db, "SELECT entity, id, rid FROM head ORDER BY entity, id", error);
  GError *local = NULL;

  self->keys = g_array_new (FALSE, FALSE, sizeof (KafReconcileKey));
  self->ids = g_string_chunk_new (ID_BLOCK);
  while (statement != NULL && kaf_database_step (db, statement, &local))
    {
      const char *id = kaf_statement_text (statement, 1);
      KafReconcileKey key = { kaf_registry_find (kaf_statement_text (statement, 0)), NULL,
                              sqlite3_column_int64 (statement, 2) };

      if (key.root == NULL || id == NULL)
        continue;
      key.id = g_string_chunk_insert (self->ids, id);
      g_array_append_val (self->keys, key);
    }
  self->any_raw =
      local == NULL && kaf_database_get_int (db, "SELECT EXISTS (SELECT 1 FROM raw)", &local) > 0;
  if (local != NULL)
    g_propagate_error (error, local);
  return statement != NULL && local == NULL ? g_steal_pointer (&self) : NULL;
}

void
kaf_reconcile_keys_free (KafReconcileKeys *self)
{
  if (self == NULL)
    return;
  g_array_unref (self->keys);
  g_string_chunk_free (self->ids);
  g_free (self);
}

guint
kaf_reconcile_keys_count (const KafReconcileKeys *self)
{
  return self->keys->len;
}

const KafReconcileKey *
kaf_reconcile_keys_get (const KafReconcileKeys *self, guint at)
{
  return &g_array_index (self->keys, KafReconcileKey, at);
}

guint
kaf_reconcile_keys_find (const KafReconcileKeys *self, const char *entity, const char *id)
{
  guint low = 0, high = self->keys->len;

  if (entity == NULL)
    return high;
  while (low < high)
    {
      guint middle = low + (high - low) / 2;
      const KafReconcileKey *key = kaf_reconcile_keys_get (self, middle);

      if (kaf_compare_place_order (key->root->id, key->id, entity, id) <= 0)
        low = middle + 1;
      else
        high = middle;
    }
  return low;
}

/* @parts gets the row, if it is there by more than a judgement. */
static gboolean
read_part (const KafReconcileKeys *self,
           KafDatabase *db,
           const KafReconcileKey *key,
           const KafEntity *entity,
           GPtrArray *parts,
           GError **error)
{
  GError *local = NULL;
  g_autoptr (KafRecord) record = kaf_read_row (db, entity, key->rid, key->id, &local);
  gboolean absent = FALSE;

  if (record == NULL && g_error_matches (local, KAF_STORE_ERROR, KAF_STORE_ERROR_NOT_FOUND))
    {
      g_error_free (local);
      return TRUE;
    }
  if (record == NULL)
    {
      g_propagate_error (error, local);
      return FALSE;
    }
  if (self->any_raw && !kaf_raw_overlay (db, record, key->rid, &absent, error))
    return FALSE;
  if (!absent)
    g_ptr_array_add (parts, g_steal_pointer (&record));
  return TRUE;
}

GPtrArray *
kaf_reconcile_keys_read_parts (const KafReconcileKeys *self,
                               KafDatabase *db,
                               guint at,
                               GError **error)
{
  const KafReconcileKey *key = kaf_reconcile_keys_get (self, at);
  g_autoptr (GPtrArray) parts = g_ptr_array_new_with_free_func ((GDestroyNotify) kaf_record_unref);
  const KafEntity *facet;

  if (!read_part (self, db, key, key->root, parts, error))
    return NULL;
  for (guint bit = 1; (facet = kaf_registry_find_facet (key->root, bit)) != NULL; bit <<= 1)
    if (!read_part (self, db, key, facet, parts, error))
      return NULL;
  return g_steal_pointer (&parts);
}

gboolean
kaf_reconcile_keys_digest (const KafReconcileKeys *self,
                           KafDatabase *db,
                           guint at,
                           guint schema,
                           guint classes,
                           guint64 *digest,
                           GError **error)
{
  g_autoptr (GPtrArray) parts = NULL;

  *digest = 0;
  if (kaf_reconcile_keys_get (self, at)->root->since > schema)
    return TRUE;
  parts = kaf_reconcile_keys_read_parts (self, db, at, error);
  if (parts == NULL)
    return FALSE;
  *digest = kaf_compare_digest (parts, schema, classes, kaf_told_can_read);
  return TRUE;
}
