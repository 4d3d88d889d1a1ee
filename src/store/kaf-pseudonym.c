/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "store/kaf-pseudonym.h"

#include "base/kaf-id.h"
#include "rules/kaf-hold.h"
#include "schema/kaf-registry.h"
#include "store/kaf-ledger.h"
#include "store/kaf-read-private.h"
#include "sync/kaf-exchange.h"

static gboolean
add_kept (KafDatabase *db,
          const KafEntity *entity,
          const KafField *field,
          const char *id,
          GPtrArray *records,
          GError **error)
{
  g_autofree char *sql = g_strdup_printf (
      "SELECT x.rid, h.id FROM \"%s\" x JOIN head h ON h.rid = x.rid"
      " WHERE x.\"%s\" = ? AND x.deleted_at IS NULL AND h.deleted = 0 ORDER BY x.rid",
      entity->id, field->id);
  g_autoptr (KafStatement) statement = kaf_database_prepare (db, sql, error);
  GError *local = NULL;

  if (statement == NULL)
    return FALSE;
  kaf_statement_bind_text (statement, 1, id);
  while (local == NULL && kaf_database_step (db, statement, &local))
    {
      KafRecord *record = kaf_read_row (db, entity, sqlite3_column_int64 (statement, 0),
                                        kaf_statement_text (statement, 1), &local);

      if (record != NULL)
        g_ptr_array_add (records, record);
    }
  if (local == NULL)
    return TRUE;
  g_propagate_error (error, local);
  return FALSE;
}

GPtrArray *
kaf_pseudonym_find_kept (KafDatabase *db, const KafEntity *root, const char *id, GError **error)
{
  g_autoptr (GPtrArray) records =
      g_ptr_array_new_with_free_func ((GDestroyNotify) kaf_record_unref);
  guint n_entities;
  const KafEntity *const *entities = kaf_registry_entities (&n_entities);

  for (guint i = 0; i < n_entities; i++)
    {
      const KafField *field = kaf_hold_find_field (entities[i], root);

      if (field != NULL && !add_kept (db, entities[i], field, id, records, error))
        return NULL;
    }
  return g_steal_pointer (&records);
}

static gboolean
add_left (KafDatabase *db,
          const KafEntity *entity,
          const KafField *field,
          GPtrArray *left,
          GError **error)
{
  const KafEntity *root = kaf_entity_get_root (kaf_registry_find (field->target));
  g_autofree char *sql = g_strdup_printf (
      "SELECT h.id, x.\"%s\" FROM \"%s\" x JOIN head h ON h.rid = x.rid", field->id, entity->id);
  g_autoptr (KafStatement) statement = kaf_database_prepare (db, sql, error);
  GError *local = NULL;

  if (statement == NULL)
    return FALSE;
  while (kaf_database_step (db, statement, &local))
    {
      const char *named = kaf_statement_text (statement, 1);

      if (named != NULL && kaf_ledger_holds (db, root, named))
        g_ptr_array_add (left, kaf_erased_new (0, kaf_entity_get_root (entity),
                                               kaf_statement_text (statement, 0)));
    }
  if (local == NULL)
    return TRUE;
  g_propagate_error (error, local);
  return FALSE;
}

GPtrArray *
kaf_pseudonym_find_left (KafDatabase *db, GError **error)
{
  g_autoptr (GPtrArray) left = g_ptr_array_new_with_free_func ((GDestroyNotify) kaf_erased_free);
  const KafEntity *person = kaf_registry_find ("person");
  guint n_entities;
  const KafEntity *const *entities = kaf_registry_entities (&n_entities);

  for (guint i = 0; i < n_entities; i++)
    {
      const KafField *field = kaf_hold_find_field (entities[i], person);

      if (field != NULL && !add_left (db, entities[i], field, left, error))
        return NULL;
    }
  return g_steal_pointer (&left);
}

gboolean
kaf_pseudonym_take_place (KafDatabase *db, const KafEntity *root, const char *id, GError **error)
{
  g_autoptr (GPtrArray) records = kaf_pseudonym_find_kept (db, root, id, error);
  g_autoptr (KafChangeSet) set = kaf_change_set_new ("pseudonym");
  g_autofree char *other = kaf_id_new (db->clock, db->random);
  g_autoptr (KafRecord) pseudonym = NULL;
  g_autoptr (KafReceipt) receipt = NULL;

  if (records == NULL || records->len == 0)
    return records != NULL;
  pseudonym = kaf_hold_make_pseudonym (root, other);
  kaf_change_set_create (set, pseudonym);
  for (guint i = 0; i < records->len; i++)
    {
      KafRecord *kept = g_ptr_array_index (records, i);
      const KafEntity *entity = kaf_record_get_entity (kept);
      g_autoptr (KafRecord) change = kaf_record_new (entity, kaf_record_get_id (kept));

      kaf_record_set (change, kaf_hold_find_field (entity, root)->id, other);
      kaf_change_set_update (set, change);
    }
  receipt = kaf_commit (db, set, NULL, NULL, error);
  return receipt != NULL;
}
