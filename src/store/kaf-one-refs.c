/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Which fields name persons and organisations, and have to name who is shown. */
#include "config.h"

#include "schema/kaf-registry.h"
#include "schema/kaf-set.h"
#include "store/kaf-one-private.h"
#include "store/kaf-one-raw.h"
#include "store/kaf-read-private.h"

/* What was judged names the records themselves; a conflict is about a row as it came. */
static const char *const exempt[] = { "judgement", "field_choice", "conflict", NULL };

#define OWNER "owner"
#define OWNER_ENTITY "owner_entity"

gboolean
kaf_one_concerns (const KafEntity *root)
{
  return g_str_equal (root->id, "person") || g_str_equal (root->id, "organisation");
}

static gboolean
fill_ref (KafOneRef *ref, const KafEntity *entity, const KafField *field)
{
  const KafEntity *target =
      field->kind == KAF_KIND_REFERENCE ? kaf_registry_find (field->target) : NULL;

  *ref = (KafOneRef){ entity, field, NULL };
  if (target != NULL && kaf_one_concerns (kaf_entity_get_root (target)))
    ref->root = kaf_entity_get_root (target);
  return ref->root != NULL ||
         (g_str_equal (field->id, OWNER) && kaf_entity_find_field (entity, OWNER_ENTITY) != NULL);
}

const KafOneRef *
kaf_one_refs (void)
{
  static gsize made;
  static GArray *refs;

  if (g_once_init_enter (&made))
    {
      guint n_entities;
      const KafEntity *const *entities = kaf_registry_entities (&n_entities);

      refs = g_array_new (TRUE, TRUE, sizeof (KafOneRef));
      for (guint i = 0; i < n_entities; i++)
        for (const KafField *field = entities[i]->fields; field->id != NULL; field++)
          {
            KafOneRef ref;

            if (!g_strv_contains (exempt, entities[i]->id) && fill_ref (&ref, entities[i], field))
              g_array_append_val (refs, ref);
          }
      g_once_init_leave (&made, 1);
    }
  return (const KafOneRef *) (gpointer) refs->data;
}

const KafEntity *
kaf_one_ref_root (const KafOneRef *ref, KafRecord *record)
{
  const KafEntity *owner;

  if (ref->root != NULL)
    return ref->root;
  owner = kaf_record_get (record, OWNER_ENTITY) != NULL
              ? kaf_registry_find (kaf_record_get (record, OWNER_ENTITY))
              : NULL;
  owner = owner != NULL ? kaf_entity_get_root (owner) : NULL;
  return owner != NULL && kaf_one_concerns (owner) ? owner : NULL;
}

/* NULL where nothing is to be changed. */
static char *
map_value (KafDatabase *db, const KafOneRef *ref, const KafEntity *root, const char *value)
{
  g_autoptr (GPtrArray) elements = NULL;
  g_autofree char *set = NULL;
  gboolean changed = FALSE;

  if (!kaf_field_is_many (ref->field))
    return kaf_one_find_alias (db, root, value);
  elements = kaf_set_parse (value);
  for (guint i = 0; i < elements->len; i++)
    {
      KafElement *element = g_ptr_array_index (elements, i);
      char *shown = kaf_one_find_alias (db, root, element->value);

      if (shown == NULL)
        continue;
      g_free (element->value);
      element->value = shown;
      changed = TRUE;
    }
  if (!changed)
    return NULL;
  set = kaf_set_print (elements);
  return kaf_set_unite (set);
}

gboolean
kaf_one_refs_any (KafDatabase *db, KafRecord *record)
{
  for (const KafOneRef *ref = kaf_one_refs (); ref->entity != NULL; ref++)
    {
      const KafEntity *root =
          ref->entity == kaf_record_get_entity (record) ? kaf_one_ref_root (ref, record) : NULL;
      const char *value = root != NULL ? kaf_record_get (record, ref->field->id) : NULL;
      g_autofree char *mapped = value != NULL ? map_value (db, ref, root, value) : NULL;

      if (mapped != NULL)
        return TRUE;
    }
  return FALSE;
}

void
kaf_one_refs_map (KafDatabase *db, KafRecord *record, const char *own)
{
  const KafEntity *entity = kaf_record_get_entity (record);

  for (const KafOneRef *ref = kaf_one_refs (); ref->entity != NULL; ref++)
    {
      const KafEntity *root = ref->entity == entity ? kaf_one_ref_root (ref, record) : NULL;
      const char *value = root != NULL ? kaf_record_get (record, ref->field->id) : NULL;
      g_autofree char *mapped = value != NULL ? map_value (db, ref, root, value) : NULL;

      if (mapped != NULL && root == kaf_entity_get_root (entity) && own != NULL)
        {
          /* Nobody is part of herself. */
          g_autofree char *rest = kaf_set_remove (mapped, own);

          kaf_record_set (record, ref->field->id, rest);
        }
      else if (mapped != NULL)
        kaf_record_set (record, ref->field->id, mapped);
    }
}

/* Finding rows */

static char *
print_ids (GHashTable *ids)
{
  GString *json = g_string_new ("[");
  GHashTableIter iter;
  gpointer id;

  g_hash_table_iter_init (&iter, ids);
  while (g_hash_table_iter_next (&iter, &id, NULL))
    {
      g_autofree char *clean = g_strescape (id, NULL);

      g_string_append_printf (json, "%s\"%s\"", json->len > 1 ? "," : "", clean);
    }
  g_string_append_c (json, ']');
  return g_string_free (json, FALSE);
}

typedef struct
{
  const KafEntity *root;
  gint64 rid;
} Row;

static gboolean
run_rows (const GArray *rows, KafOneRowFunc func, gpointer data, GError **error)
{
  for (guint i = 0; i < rows->len; i++)
    {
      const Row *row = &g_array_index (rows, Row, i);

      if (!func (row->root, row->rid, data, error))
        return FALSE;
    }
  return TRUE;
}

static gboolean
find_shown (KafDatabase *db,
            const KafOneRef *ref,
            const KafEntity *root,
            const char *json,
            GArray *rows,
            GError **error)
{
  g_autofree char *sql =
      kaf_field_is_many (ref->field)
          ? g_strdup_printf (
                "SELECT rid, NULL FROM \"%s_set\" WHERE field = '%s' AND removed IS NULL"
                " AND value IN (SELECT value FROM json_each (?1))",
                ref->entity->id, ref->field->id)
          : g_strdup_printf ("SELECT rid, %s FROM \"%s\" WHERE \"%s\" IN"
                             " (SELECT value FROM json_each (?1))",
                             ref->root == NULL ? OWNER_ENTITY : "NULL", ref->entity->id,
                             ref->field->id);
  g_autoptr (KafStatement) statement = kaf_database_prepare (db, sql, error);
  GError *local = NULL;

  if (statement == NULL)
    return FALSE;
  kaf_statement_bind_text (statement, 1, json);
  while (kaf_database_step (db, statement, &local))
    {
      const char *owner = kaf_statement_text (statement, 1);
      const KafEntity *named = owner != NULL ? kaf_registry_find (owner) : NULL;
      const Row row = { kaf_entity_get_root (ref->entity), sqlite3_column_int64 (statement, 0) };

      if (ref->root != NULL || (named != NULL && kaf_entity_get_root (named) == root))
        g_array_append_val (rows, row);
    }
  if (local == NULL)
    return TRUE;
  g_propagate_error (error, local);
  return FALSE;
}

static const KafOneRef *
find_ref (const char *entity, const char *field)
{
  for (const KafOneRef *ref = kaf_one_refs (); ref->entity != NULL; ref++)
    if (g_str_equal (ref->entity->id, entity) && g_str_equal (ref->field->id, field))
      return ref;
  return NULL;
}

static gboolean
names_one (const KafOneRef *ref, const char *kept, GHashTable *ids)
{
  g_autofree char *set = NULL;
  g_autoptr (GPtrArray) elements = NULL;

  if (kept == NULL || !kaf_field_is_many (ref->field))
    return kept != NULL && g_hash_table_contains (ids, kept);
  set = kaf_raw_read_set (kept);
  elements = kaf_set_parse (set);
  for (guint i = 0; i < elements->len; i++)
    if (g_hash_table_contains (ids, ((KafElement *) g_ptr_array_index (elements, i))->value))
      return TRUE;
  return FALSE;
}

/* One pass over all that is kept, however many there are. */
static gboolean
find_kept (KafDatabase *db, const KafEntity *root, GHashTable *ids, GArray *rows, GError **error)
{
  g_autoptr (KafStatement) statement =
      kaf_database_prepare (db, "SELECT rid, entity, field, value FROM raw", error);
  GError *local = NULL;

  if (statement == NULL)
    return FALSE;
  while (kaf_database_step (db, statement, &local))
    {
      const KafOneRef *ref =
          find_ref (kaf_statement_text (statement, 1), kaf_statement_text (statement, 2));
      Row row;

      if (ref == NULL || (ref->root != NULL && ref->root != root) ||
          !names_one (ref, kaf_statement_text (statement, 3), ids))
        continue;
      row = (Row){ kaf_entity_get_root (ref->entity), sqlite3_column_int64 (statement, 0) };
      g_array_append_val (rows, row);
    }
  if (local == NULL)
    return TRUE;
  g_propagate_error (error, local);
  return FALSE;
}

gboolean
kaf_one_refs_find (KafDatabase *db,
                   const KafEntity *root,
                   GHashTable *ids,
                   KafOneRowFunc func,
                   gpointer data,
                   GError **error)
{
  g_autofree char *json = print_ids (ids);
  g_autoptr (GArray) rows = g_array_new (FALSE, FALSE, sizeof (Row));

  if (g_hash_table_size (ids) == 0)
    return TRUE;
  if (!find_kept (db, root, ids, rows, error))
    return FALSE;
  for (const KafOneRef *ref = kaf_one_refs (); ref->entity != NULL; ref++)
    if ((ref->root == root || ref->root == NULL) && !find_shown (db, ref, root, json, rows, error))
      return FALSE;
  return run_rows (rows, func, data, error);
}
