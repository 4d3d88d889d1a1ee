/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "store/kaf-one-rows.h"

#include "schema/kaf-registry.h"
#include "store/kaf-one-raw.h"
#include "store/kaf-read-private.h"
#include "store/kaf-writer.h"

void
kaf_one_rows_init (KafOneRows *self, KafDatabase *db, KafBeside *beside)
{
  *self = (KafOneRows){ db, beside, g_hash_table_new (NULL, NULL) };
}

void
kaf_one_rows_clear (KafOneRows *self)
{
  g_hash_table_unref (self->tallies);
}

const KafEntity *
kaf_one_part (const KafEntity *root, guint n)
{
  return n == 0 ? root : kaf_registry_find_facet (root, 1u << (n - 1));
}

GPtrArray *
kaf_one_rows_read (
    KafDatabase *db, const KafEntity *root, gint64 rid, const char *id, GError **error)
{
  g_autoptr (GPtrArray) parts = g_ptr_array_new_with_free_func ((GDestroyNotify) kaf_record_unref);
  const KafEntity *part;

  for (guint n = 0; (part = kaf_one_part (root, n)) != NULL; n++)
    {
      g_autoptr (GError) local = NULL;
      KafRecord *record = kaf_read_row (db, part, rid, id, &local);

      if (record != NULL)
        g_ptr_array_add (parts, record);
      else if (!g_error_matches (local, KAF_STORE_ERROR, KAF_STORE_ERROR_NOT_FOUND))
        {
          g_propagate_error (error, g_steal_pointer (&local));
          return NULL;
        }
    }
  return g_steal_pointer (&parts);
}

static void
count (KafOneRows *self, GPtrArray *parts, int delta)
{
  KafRecord *root = parts->len > 0 ? g_ptr_array_index (parts, 0) : NULL;

  if (root == NULL || kaf_record_get_stamp (root)->deleted_at != 0)
    return;
  for (guint i = 0; i < parts->len; i++)
    {
      KafRecord *record = g_ptr_array_index (parts, i);
      gpointer entity = (gpointer) kaf_record_get_entity (record);
      int sum = GPOINTER_TO_INT (g_hash_table_lookup (self->tallies, entity));

      if (kaf_record_get_stamp (record)->deleted_at == 0)
        g_hash_table_insert (self->tallies, entity, GINT_TO_POINTER (sum + delta));
    }
}

void
kaf_one_rows_leave (KafOneRows *self, GPtrArray *parts)
{
  count (self, parts, -1);
  for (guint i = 0; i < parts->len; i++)
    kaf_beside_note_before (self->beside, self->db, g_ptr_array_index (parts, i),
                            g_ptr_array_index (parts, i));
}

gboolean
kaf_one_rows_enter (
    KafOneRows *self, const KafEntity *root, gint64 rid, const char *id, GError **error)
{
  g_autoptr (GPtrArray) parts = kaf_one_rows_read (self->db, root, rid, id, error);
  g_autoptr (GPtrArray) facets = g_ptr_array_new_with_free_func ((GDestroyNotify) kaf_record_unref);
  KafIdentity identity = { .rid = rid, .facets = facets, .exists = TRUE };

  if (parts == NULL)
    return FALSE;
  count (self, parts, 1);
  for (guint i = 0; i < parts->len; i++)
    {
      KafRecord *part = g_ptr_array_index (parts, i);

      kaf_beside_note (self->beside, self->db, part, TRUE);
      if (i > 0 && kaf_record_get_stamp (part)->deleted_at == 0)
        g_ptr_array_add (facets, kaf_record_ref (part));
    }
  identity.root = g_ptr_array_index (parts, 0);
  return kaf_writer_write_identity (self->db, &identity, error);
}

GPtrArray *
kaf_one_rows_read_leaving (
    KafOneRows *self, const KafEntity *root, gint64 rid, const char *id, GError **error)
{
  GPtrArray *parts = kaf_one_rows_read (self->db, root, rid, id, error);

  if (parts != NULL)
    kaf_one_rows_leave (self, parts);
  return parts;
}

gboolean
kaf_one_rows_put_back (
    KafOneRows *self, const KafEntity *root, gint64 rid, const char *id, GError **error)
{
  g_autoptr (GPtrArray) parts = NULL;

  if (!kaf_raw_any (self->db, rid))
    return TRUE;
  parts = kaf_one_rows_read_leaving (self, root, rid, id, error);
  return parts != NULL && kaf_raw_put_back (self->db, rid, error) &&
         kaf_one_rows_enter (self, root, rid, id, error);
}

char *
kaf_one_rows_find_id (KafDatabase *db, const KafEntity *root, gint64 rid)
{
  g_autoptr (KafStatement) statement =
      kaf_database_prepare (db, "SELECT id FROM head WHERE rid = ? AND entity = ?", NULL);

  if (statement == NULL)
    return NULL;
  sqlite3_bind_int64 (statement, 1, rid);
  kaf_statement_bind_text (statement, 2, root->id);
  return kaf_database_step (db, statement, NULL) ? g_strdup (kaf_statement_text (statement, 0))
                                                 : NULL;
}

gboolean
kaf_one_rows_write_tallies (KafOneRows *self, GError **error)
{
  GHashTableIter iter;
  gpointer entity, delta;

  g_hash_table_iter_init (&iter, self->tallies);
  while (g_hash_table_iter_next (&iter, &entity, &delta))
    {
      KafStatement *statement;

      if (GPOINTER_TO_INT (delta) == 0)
        continue;
      statement =
          kaf_database_prepare (self->db,
                                "INSERT INTO tally (entity, live) VALUES (?1, ?2)"
                                " ON CONFLICT (entity) DO UPDATE SET live = live + excluded.live",
                                error);
      if (statement == NULL)
        return FALSE;
      kaf_statement_bind_text (statement, 1, ((const KafEntity *) entity)->id);
      sqlite3_bind_int (statement, 2, GPOINTER_TO_INT (delta));
      if (!kaf_database_run (self->db, statement, error))
        return FALSE;
    }
  g_hash_table_remove_all (self->tallies);
  return TRUE;
}
