/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "store/kaf-source-claims.h"

#include "schema/kaf-registry.h"
#include "store/kaf-database-private.h"
#include "store/kaf-one.h"

static void
claim_free (gpointer data)
{
  KafSourceClaim *claim = data;

  g_free (claim->id);
  g_free (claim->field);
  g_free (claim->source);
  g_free (claim->value);
  g_free (claim->origin);
  g_free (claim->claimed_on);
  g_free (claim->confidence);
  g_free (claim->external_id);
  g_free (claim);
}

/* Whether claims are made of records of @root: they have a field of that name. */
static gboolean
has_claims (const KafEntity *root)
{
  return kaf_entity_find_field (kaf_registry_find ("source_claim"), root->id) != NULL;
}

static KafSourceClaim *
read_claim (KafStatement *statement)
{
  KafSourceClaim *claim = g_new0 (KafSourceClaim, 1);
  char **const texts[] = { &claim->id,         &claim->field,      &claim->source,
                           &claim->value,      &claim->origin,     &claim->claimed_on,
                           &claim->confidence, &claim->external_id };

  for (guint i = 0; i < G_N_ELEMENTS (texts); i++)
    *texts[i] = g_strdup (kaf_statement_text (statement, (int) i));
  return claim;
}

GPtrArray *
kaf_source_claims_read (KafDatabase *db, const KafEntity *root, const char *id, GError **error)
{
  g_autoptr (GPtrArray) claims = g_ptr_array_new_with_free_func (claim_free);
  g_autofree char *sql = NULL;
  g_autoptr (KafStatement) statement = NULL;
  GError *local = NULL;

  if (!has_claims (root))
    return g_steal_pointer (&claims);
  sql = g_strdup_printf (
      "SELECT h.id, c.field, c.source, c.value, c.origin, c.claimed_on, c.confidence, c.external_id"
      " FROM source_claim c JOIN head h ON h.rid = c.rid"
      " WHERE c.\"%s\" = ? AND c.deleted_at IS NULL ORDER BY c.rid",
      root->id);
  statement = kaf_database_prepare (db, sql, error);
  if (statement == NULL)
    return NULL;
  kaf_statement_bind_text (statement, 1, id);
  while (kaf_database_step (db, statement, &local))
    g_ptr_array_add (claims, read_claim (statement));
  if (local == NULL)
    return g_steal_pointer (&claims);
  g_propagate_error (error, local);
  return NULL;
}

static gboolean
read_numbers (
    KafDatabase *db, const char *sql, const char *source, GHashTable *numbers, GError **error)
{
  g_autoptr (KafStatement) statement = kaf_database_prepare (db, sql, error);
  GError *local = NULL;

  if (statement == NULL)
    return FALSE;
  kaf_statement_bind_text (statement, 1, source);
  while (kaf_database_step (db, statement, &local))
    {
      const char *number = kaf_statement_text (statement, 0);

      if (number != NULL && !g_hash_table_contains (numbers, number))
        g_hash_table_insert (numbers, g_strdup (number),
                             g_strdup (kaf_statement_text (statement, 1)));
    }
  if (local == NULL)
    return TRUE;
  g_propagate_error (error, local);
  return FALSE;
}

GHashTable *
kaf_source_claims_read_numbers (KafDatabase *db,
                                const KafEntity *root,
                                const char *source,
                                GError **error)
{
  g_autoptr (GHashTable) numbers = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  /* Who is shown by another is here as well, and comes first: the other may show this number as one of its own. */
  g_autofree char *own = g_strdup_printf (
      "SELECT t.external_id, h.id FROM \"%s\" t JOIN head h ON h.rid = t.rid"
      " WHERE t.external_source = ? AND t.external_id IS NOT NULL"
      " AND (t.deleted_at IS NULL OR t.deleted_at = %d) ORDER BY t.deleted_at IS NULL, t.rid",
      root->id, KAF_ONE_HIDDEN);
  g_autofree char *told = g_strdup_printf (
      "SELECT DISTINCT c.external_id, h.id FROM source_claim c"
      " JOIN head h ON h.id = c.\"%s\" AND h.entity = '%s' AND h.deleted = 0"
      " WHERE c.external_source = ? AND c.external_id IS NOT NULL AND c.deleted_at IS NULL",
      root->id, root->id);

  if (kaf_entity_find_field (root, "external_source") != NULL &&
      !read_numbers (db, own, source, numbers, error))
    return NULL;
  if (has_claims (root) && !read_numbers (db, told, source, numbers, error))
    return NULL;
  return g_steal_pointer (&numbers);
}
