/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "store/kaf-samples.h"

#include "schema/kaf-registry.h"
#include "store/kaf-database-private.h"
#include "store/kaf-refusals.h"

/* Calls for each root entity that has samples. @deleted: those too. (element-type KafErased) */
static GPtrArray *
find_samples (KafDatabase *db, gboolean deleted, GError **error)
{
  g_autoptr (GPtrArray) found = g_ptr_array_new_with_free_func ((GDestroyNotify) kaf_erased_free);
  guint n_entities;
  const KafEntity *const *entities = kaf_registry_entities (&n_entities);

  for (guint i = 0; i < n_entities; i++)
    {
      g_autofree char *sql = NULL;
      g_autoptr (KafStatement) statement = NULL;
      GError *local = NULL;

      if (entities[i]->owner != NULL || kaf_entity_find_field (entities[i], "sample") == NULL)
        continue;
      sql = g_strdup_printf ("SELECT h.id FROM \"%s\" e JOIN head h ON h.rid = e.rid"
                             " WHERE e.sample = 1%s",
                             entities[i]->id, deleted ? "" : " AND e.deleted_at IS NULL");
      statement = kaf_database_prepare (db, sql, error);
      if (statement == NULL)
        return NULL;
      while (kaf_database_step (db, statement, &local))
        g_ptr_array_add (found, kaf_erased_new (0, entities[i], kaf_statement_text (statement, 0)));
      if (local != NULL)
        {
          g_propagate_error (error, local);
          return NULL;
        }
    }
  return g_steal_pointer (&found);
}

guint
kaf_samples_count (KafDatabase *db, GError **error)
{
  g_autoptr (GPtrArray) found = find_samples (db, FALSE, error);

  return found != NULL ? found->len : 0;
}

gboolean
kaf_samples_has (KafDatabase *db, const KafEntity *entity, const char *id)
{
  const KafEntity *root = kaf_entity_get_root (entity);
  g_autofree char *sql = NULL;
  g_autoptr (KafStatement) statement = NULL;

  if (kaf_entity_find_field (root, "sample") == NULL)
    return FALSE;
  sql = g_strdup_printf ("SELECT 1 FROM head h JOIN \"%s\" e ON e.rid = h.rid"
                         " WHERE h.id = ? AND e.sample = 1",
                         root->id);
  statement = kaf_database_prepare (db, sql, NULL);
  if (statement == NULL)
    return FALSE;
  kaf_statement_bind_text (statement, 1, id);
  return kaf_database_step (db, statement, NULL);
}

static gboolean
names_any (const KafRefusal *refusal, GPtrArray *records)
{
  for (guint i = 0; i < refusal->fields->len; i++)
    {
      const KafRefusedField *one = g_ptr_array_index (refusal->fields, i);

      if (kaf_field_has (one->field, KAF_FIELD_PARENT) && one->value != NULL)
        for (guint j = 0; j < records->len; j++)
          if (g_str_equal (((KafErased *) g_ptr_array_index (records, j))->id, one->value))
            return TRUE;
    }
  return FALSE;
}

/* An act of a sample mission that the hub refused has left the rows already: only its refusal names it. */
static gboolean
forget_refusals_of (KafDatabase *db, GPtrArray *records, GError **error)
{
  g_autoptr (GPtrArray) refusals = kaf_refusals_read (db, G_MAXINT, KAF_LANG_EN, error);
  gboolean done = refusals != NULL && kaf_database_exec (db, "BEGIN IMMEDIATE", error);

  if (!done)
    return FALSE;
  for (guint i = 0; done && i < refusals->len; i++)
    {
      const KafRefusal *one = g_ptr_array_index (refusals, i);

      if (!one->exists && names_any (one, records))
        done = kaf_refusals_erase (db, one->id, error);
    }
  if (done && kaf_database_exec (db, "COMMIT", error))
    return TRUE;
  kaf_database_exec (db, "ROLLBACK", NULL);
  return FALSE;
}

gboolean
kaf_samples_remove (KafDatabase *db, guint *n, GError **error)
{
  /* Those too that were undone: their makings are still to be sent. */
  g_autoptr (GPtrArray) found = find_samples (db, TRUE, error);

  if (found == NULL || !forget_refusals_of (db, found, error) ||
      !kaf_erase_purge (db, found, TRUE, error))
    return FALSE;
  *n = found->len;
  return TRUE;
}
