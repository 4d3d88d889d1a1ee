/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "store/kaf-unname.h"

#include "base/kaf-validation-error.h"
#include "rules/kaf-naming.h"
#include "schema/kaf-registry.h"
#include "schema/kaf-set.h"
#include "store/kaf-beside.h"
#include "store/kaf-read-private.h"
#include "store/kaf-touched.h"
#include "store/kaf-writer.h"

typedef gboolean (*FoundFunc) (KafDatabase *db,
                               const KafEntity *entity,
                               const KafField *field,
                               const char *id,
                               gpointer data,
                               GError **error);

/* Those that may name one, whether they do or not. */
static gboolean
foreach_field (KafDatabase *db,
               const KafEntity *root,
               const char *id,
               FoundFunc func,
               gpointer data,
               GError **error)
{
  guint n_entities;
  const KafEntity *const *entities = kaf_registry_entities (&n_entities);

  for (guint i = 0; i < n_entities; i++)
    for (const KafField *field = entities[i]->fields; field->id != NULL; field++)
      if (kaf_naming_concerns (field, root) && !func (db, entities[i], field, id, data, error))
        return FALSE;
  return TRUE;
}

/* Rows "row number, id" of what names @id, by the index of the field where it has one. */
static KafStatement *
find (KafDatabase *db,
      const KafEntity *entity,
      const KafField *field,
      const char *id,
      gboolean alive,
      GError **error)
{
  const char *only = alive ? " AND e.deleted_at IS NULL AND h.deleted = 0" : "";
  g_autofree char *sql =
      kaf_field_is_many (field)
          ? g_strdup_printf (
                "SELECT e.rid, h.id FROM \"%s_set\" s JOIN \"%s\" e ON e.rid = s.rid JOIN head h"
                " ON h.rid = e.rid WHERE s.field = '%s' AND s.value = ? AND s.removed IS NULL%s",
                entity->id, entity->id, field->id, only)
          : g_strdup_printf ("SELECT e.rid, h.id FROM \"%s\" e JOIN head h ON h.rid = e.rid"
                             " WHERE e.\"%s\" = ?%s",
                             entity->id, field->id, only);
  KafStatement *statement = kaf_database_prepare (db, sql, error);

  if (statement != NULL)
    kaf_statement_bind_text (statement, 1, id);
  return statement;
}

/* By a commit */

/* The change of the record under way: by two of its fields it may name the same. */
static KafRecord *
get_change (GHashTable *changes, const KafEntity *entity, const char *of)
{
  g_autofree char *key = g_strconcat (entity->id, "\t", of, NULL);
  KafRecord *change = g_hash_table_lookup (changes, key);

  if (change != NULL)
    return change;
  change = kaf_record_new (entity, of);
  g_hash_table_insert (changes, g_steal_pointer (&key), change);
  return change;
}

/* What may not be empty, or was written for ever, no commit empties. */
static gboolean
add_changes (KafDatabase *db,
             const KafEntity *entity,
             const KafField *field,
             const char *id,
             gpointer data,
             GError **error)
{
  g_autoptr (KafStatement) statement = NULL;
  GError *local = NULL;

  if (kaf_field_has (field, KAF_FIELD_REQUIRED) || kaf_entity_has (entity, KAF_ENTITY_APPEND_ONLY))
    return TRUE;
  statement = find (db, entity, field, id, TRUE, error);
  if (statement == NULL)
    return FALSE;
  while (local == NULL && kaf_database_step (db, statement, &local))
    {
      const char *of = kaf_statement_text (statement, 1);
      KafRecord *change = get_change (data, entity, of);
      g_autofree char *rest = NULL;

      if (kaf_field_is_many (field))
        {
          g_autoptr (KafRecord) before =
              kaf_read_row (db, entity, sqlite3_column_int64 (statement, 0), of, &local);

          if (before != NULL)
            rest = kaf_set_remove (kaf_record_get (before, field->id), id);
        }
      kaf_record_set (change, field->id, rest);
    }
  if (local == NULL)
    return TRUE;
  g_propagate_error (error, local);
  return FALSE;
}

gboolean
kaf_unname_commit (KafDatabase *db, const KafEntity *root, const char *id, GError **error)
{
  g_autoptr (GHashTable) changes =
      g_hash_table_new_full (g_str_hash, g_str_equal, g_free, (GDestroyNotify) kaf_record_unref);
  g_autoptr (KafChangeSet) set = kaf_change_set_new ("pseudonym");
  g_autoptr (KafReceipt) receipt = NULL;
  GError *local = NULL;
  GHashTableIter iter;
  gpointer change;

  if (!foreach_field (db, root, id, add_changes, changes, error))
    return FALSE;
  if (g_hash_table_size (changes) == 0)
    return TRUE;
  g_hash_table_iter_init (&iter, changes);
  while (g_hash_table_iter_next (&iter, NULL, &change))
    kaf_change_set_update (set, change);
  receipt = kaf_commit (db, set, NULL, NULL, &local);
  if (receipt != NULL)
    return TRUE;
  /* A record that is not as it should be, for a reason of its own, does not keep anybody from being erased. */
  if (local->domain == KAF_VALIDATION_ERROR)
    {
      g_error_free (local);
      return TRUE;
    }
  g_propagate_error (error, local);
  return FALSE;
}

/* In the rows */

static gboolean
empty (
    KafDatabase *db, const KafEntity *entity, const KafField *field, const char *id, GError **error)
{
  g_autofree char *sql =
      kaf_field_is_many (field)
          ? g_strdup_printf ("DELETE FROM \"%s_set\" WHERE field = '%s' AND value = ?", entity->id,
                             field->id)
          : g_strdup_printf ("UPDATE \"%s\" SET \"%s\" = NULL WHERE \"%s\" = ?", entity->id,
                             field->id, field->id);
  KafStatement *statement = kaf_database_prepare (db, sql, error);

  if (statement == NULL)
    return FALSE;
  if (kaf_field_is_many (field))
    kaf_touched_note_any (db, entity);
  kaf_statement_bind_text (statement, 1, id);
  return kaf_database_run (db, statement, error);
}

/* What is kept beside the row may say whom it named. */
static gboolean
refresh (KafDatabase *db, const KafEntity *root, gint64 rid, const char *id, GError **error)
{
  g_autoptr (KafBeside) beside = kaf_beside_new ();

  kaf_beside_note_row (beside, db, root, rid);
  return kaf_writer_refresh (db, root, rid, id, error) && kaf_beside_write (beside, db, error);
}

static gboolean
empty_field (KafDatabase *db,
             const KafEntity *entity,
             const KafField *field,
             const char *id,
             gpointer data,
             GError **error)
{
  g_autoptr (GArray) rids = g_array_new (FALSE, FALSE, sizeof (gint64));
  g_autoptr (GPtrArray) ids = g_ptr_array_new_with_free_func (g_free);
  g_autoptr (KafStatement) statement = find (db, entity, field, id, FALSE, error);
  GError *local = NULL;

  if (statement == NULL)
    return FALSE;
  while (kaf_database_step (db, statement, &local))
    {
      gint64 rid = sqlite3_column_int64 (statement, 0);

      g_array_append_val (rids, rid);
      g_ptr_array_add (ids, g_strdup (kaf_statement_text (statement, 1)));
    }
  if (local != NULL)
    {
      g_propagate_error (error, local);
      return FALSE;
    }
  kaf_statement_done (g_steal_pointer (&statement));
  if (!empty (db, entity, field, id, error))
    return FALSE;
  for (guint i = 0; i < rids->len; i++)
    if (!refresh (db, kaf_entity_get_root (entity), g_array_index (rids, gint64, i),
                  g_ptr_array_index (ids, i), error))
      return FALSE;
  return TRUE;
}

gboolean
kaf_unname_rows (KafDatabase *db, const KafEntity *root, const char *id, GError **error)
{
  return foreach_field (db, root, id, empty_field, NULL, error);
}
