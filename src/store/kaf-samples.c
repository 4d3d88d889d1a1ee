/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "store/kaf-samples.h"

#include "schema/kaf-registry.h"
#include "store/kaf-database-private.h"

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
kaf_samples_remove (KafDatabase *db, guint *n, GError **error)
{
  /* Those too that were undone: their makings are still to be sent. */
  g_autoptr (GPtrArray) found = find_samples (db, TRUE, error);

  if (found == NULL || !kaf_erase_purge (db, found, TRUE, error))
    return FALSE;
  *n = found->len;
  return TRUE;
}
