/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "store/kaf-source-claims.h"

#include <string.h>

#include "schema/kaf-registry.h"
#include "schema/kaf-said.h"
#include "schema/kaf-set.h"
#include "schema/kaf-value.h"
#include "store/kaf-database-private.h"
#include "store/kaf-one.h"
#include "sync/kaf-field-clocks.h"

void
kaf_source_claim_free (gpointer data)
{
  KafSourceClaim *claim = data;

  g_free (claim->id);
  g_free (claim->of);
  g_free (claim->field);
  g_free (claim->source);
  g_free (claim->text);
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

/* What was typed of a single field: a set as a cell of a table has it. */
static char *
read_typed (const KafField *field, const char *text)
{
  g_autofree char *set =
      kaf_field_is_many (field) ? kaf_set_from_csv (text, field->kind == KAF_KIND_LANGUAGE) : NULL;
  char *value = NULL;

  kaf_value_parse (field, set != NULL ? set : text, NULL, &value, NULL, NULL);
  return value;
}

enum
{
  ID,
  OF,
  SOURCE,
  ORIGIN,
  CLAIMED_ON,
  CONFIDENCE,
  EXTERNAL_ID,
  FIELD,
  VALUE,
  ABOUT,
  SAID,
  CLOCK,
};

static void
read_clock (KafStatement *row, KafHlc *clock)
{
  kaf_field_clocks_get (sqlite3_column_blob (row, CLOCK), sqlite3_column_bytes (row, CLOCK),
                        "about", clock);
}

/* @one (nullable): of a record that says something of several fields. */
static void
add_claim (GPtrArray *claims, const KafEntity *root, KafStatement *row, const KafSaid *one)
{
  KafSourceClaim *claim = g_new0 (KafSourceClaim, 1);
  char **const texts[] = { &claim->id,         &claim->of,         &claim->source,
                           &claim->origin,     &claim->claimed_on, &claim->confidence,
                           &claim->external_id };
  const KafEntity *holder;
  const KafField *field;

  for (guint i = 0; i < G_N_ELEMENTS (texts); i++)
    *texts[i] = g_strdup (kaf_statement_text (row, (int) i));
  claim->field = g_strdup (one != NULL ? one->field : kaf_statement_text (row, FIELD));
  claim->text = g_strdup (one != NULL ? one->value : kaf_statement_text (row, VALUE));
  read_clock (row, &claim->clock);
  field = kaf_said_find_field (root, claim->field, &holder);
  if (field != NULL && claim->text != NULL && one != NULL)
    kaf_value_check (field, claim->text, &claim->value, NULL);
  else if (field != NULL && claim->text != NULL)
    claim->value = read_typed (field, claim->text);
  g_ptr_array_add (claims, claim);
}

static void
add_claims (GPtrArray *claims, const KafEntity *root, KafStatement *row)
{
  g_autoptr (GPtrArray) all =
      kaf_said_parse (kaf_statement_text (row, ABOUT), kaf_statement_text (row, SAID));

  if (kaf_statement_text (row, FIELD) != NULL)
    add_claim (claims, root, row, NULL);
  for (guint i = 0; i < all->len; i++)
    add_claim (claims, root, row, g_ptr_array_index (all, i));
}

/* The oldest first, on all devices alike: a clock is what the hub corrected it to, and an id is not. */
static int
compare_ages (gconstpointer a, gconstpointer b)
{
  const KafSourceClaim *const *one = a, *const *other = b;
  int order = kaf_hlc_compare (&(*one)->clock, &(*other)->clock);

  return order != 0 ? order : g_strcmp0 ((*one)->id, (*other)->id);
}

/* A row without a number is called by what it says, and is another as soon as that changes. */
static gboolean
has_number (const KafSourceClaim *claim)
{
  return !g_str_has_prefix (claim->external_id, KAF_SOURCE_ROW_PREFIX);
}

/* Whose word is taken back by a later one: that of the row of the list, or, where it has no number, of the list. */
static char *
make_key (const KafSourceClaim *claim)
{
  return has_number (claim)
             ? g_strjoin ("\t", claim->source, "n", claim->external_id, claim->field, NULL)
             : g_strjoin ("\t", claim->source, "r", claim->of, claim->field, NULL);
}

/* Of what one list said of one field, what it says now. Two rows without a number in one list both stand: they are of
 * one day. */
static void
keep_latest (GPtrArray *claims)
{
  g_autoptr (GHashTable) latest = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);

  for (guint i = claims->len; i-- > 0;)
    {
      KafSourceClaim *claim = g_ptr_array_index (claims, i);
      const KafSourceClaim *later;
      char *key;

      if (claim->external_id == NULL || claim->source == NULL || claim->of == NULL)
        continue;
      key = make_key (claim);
      later = g_hash_table_lookup (latest, key);
      if (later == NULL)
        g_hash_table_insert (latest, key, claim);
      else
        {
          g_free (key);
          if (has_number (claim) || g_strcmp0 (later->claimed_on, claim->claimed_on) != 0)
            g_ptr_array_remove_index (claims, i);
        }
    }
}

GPtrArray *
kaf_source_claims_read_all (KafDatabase *db, const KafEntity *root, const char *id, GError **error)
{
  g_autoptr (GPtrArray) claims = g_ptr_array_new_with_free_func (kaf_source_claim_free);
  g_autofree char *sql = NULL;
  g_autoptr (KafStatement) statement = NULL;
  GError *local = NULL;

  if (!has_claims (root))
    return g_steal_pointer (&claims);
  sql = g_strdup_printf (
      "SELECT h.id, coalesce ((SELECT r.value FROM raw r WHERE r.rid = c.rid AND r.entity ="
      " 'source_claim' AND r.field = '%1$s'), c.\"%1$s\"), c.source, c.origin, c.claimed_on,"
      " c.confidence, c.external_id, c.field, c.value, c.about, c.said, c.clock"
      " FROM source_claim c JOIN head h ON h.rid = c.rid"
      " WHERE c.\"%1$s\" = ? AND c.deleted_at IS NULL",
      root->id);
  statement = kaf_database_prepare (db, sql, error);
  if (statement == NULL)
    return NULL;
  kaf_statement_bind_text (statement, 1, id);
  while (kaf_database_step (db, statement, &local))
    add_claims (claims, root, statement);
  g_ptr_array_sort (claims, compare_ages);
  if (local == NULL)
    return g_steal_pointer (&claims);
  g_propagate_error (error, local);
  return NULL;
}

GPtrArray *
kaf_source_claims_read (KafDatabase *db, const KafEntity *root, const char *id, GError **error)
{
  GPtrArray *claims = kaf_source_claims_read_all (db, root, id, error);

  if (claims != NULL)
    keep_latest (claims);
  return claims;
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
