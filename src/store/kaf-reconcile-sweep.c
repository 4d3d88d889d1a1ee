/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "store/kaf-reconcile-sweep.h"

#include "schema/kaf-registry.h"
#include "store/kaf-erase-private.h"

static gboolean
sweep_entity (KafDatabase *db, const KafEntity *entity, GError **error)
{
  const KafEntity *root = kaf_entity_get_root (entity);
  g_autofree char *sql =
      g_strdup_printf ("SELECT e.rid FROM \"%s\" e WHERE NOT EXISTS (SELECT 1 FROM head h"
                       " WHERE h.rid = e.rid AND h.entity = '%s')",
                       entity->id, root->id);
  g_autoptr (KafStatement) statement = kaf_database_prepare (db, sql, error);
  g_autoptr (GArray) rids = g_array_new (FALSE, FALSE, sizeof (gint64));
  GError *local = NULL;

  if (statement == NULL)
    return FALSE;
  while (kaf_database_step (db, statement, &local))
    {
      gint64 rid = sqlite3_column_int64 (statement, 0);

      g_array_append_val (rids, rid);
    }
  kaf_statement_done (g_steal_pointer (&statement));
  for (guint i = 0; local == NULL && i < rids->len; i++)
    kaf_erase_rows (db, root, g_array_index (rids, gint64, i), &local);
  if (local == NULL)
    return TRUE;
  g_propagate_error (error, local);
  return FALSE;
}

gboolean
kaf_reconcile_sweep (KafDatabase *db, GError **error)
{
  guint n;
  const KafEntity *const *entities = kaf_registry_entities (&n);

  for (guint i = 0; i < n; i++)
    if (!sweep_entity (db, entities[i], error))
      return FALSE;
  return TRUE;
}

static gboolean
recount (KafDatabase *db, const KafEntity *entity, GError **error)
{
  g_autofree char *sql = g_strdup_printf (
      "UPDATE tally SET live = (SELECT count(*) FROM \"%s\" e JOIN head h ON h.rid = e.rid"
      " WHERE e.deleted_at IS NULL AND h.deleted = 0) WHERE entity = '%s'",
      entity->id, entity->id);

  return kaf_database_exec (db, sql, error);
}

gboolean
kaf_reconcile_recount (KafDatabase *db, const KafEntity *root, GError **error)
{
  const KafEntity *facet;

  for (guint bit = 1; (facet = kaf_registry_find_facet (root, bit)) != NULL; bit <<= 1)
    if (!recount (db, facet, error))
      return FALSE;
  return recount (db, root, error);
}
