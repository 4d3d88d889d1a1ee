/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "rules/kaf-scope.h"

#include <string.h>

#include "schema/kaf-registry.h"
#include "schema/kaf-set.h"

/* A membership leads to its network, that to its parent: no chain of the schema is longer. */
#define DEPTH_MAX 4

typedef struct
{
  GHashTable *scopes;
  KafScopeLookup lookup;
  gpointer data;
} Scopes;

static void collect (Scopes *self, KafRecord *record, guint depth);

static void
add (Scopes *self, const char *kind, const char *value)
{
  if (value != NULL)
    g_hash_table_add (self->scopes, g_strconcat (kind, ":", value, NULL));
}

static void
add_set (Scopes *self, const char *kind, const char *set)
{
  g_autoptr (GPtrArray) elements = kaf_set_parse (set);

  for (guint i = 0; i < elements->len; i++)
    add (self, kind, ((KafElement *) g_ptr_array_index (elements, i))->value);
}

static const char *
get (KafRecord *record, const char *field)
{
  return kaf_entity_find_field (kaf_record_get_entity (record), field) != NULL
             ? kaf_record_get (record, field)
             : NULL;
}

static void
follow (Scopes *self, const char *entity, const char *id, guint depth)
{
  const KafEntity *target = kaf_registry_find (entity);
  KafRecord *record;

  if (id == NULL || target == NULL || self->lookup == NULL || depth >= DEPTH_MAX)
    return;
  record = self->lookup (target, id, self->data);
  if (record != NULL)
    collect (self, record, depth + 1);
}

/* What belongs to another record stands where that one does. */
static void
follow_parents (Scopes *self, KafRecord *record, guint depth)
{
  const KafEntity *entity = kaf_record_get_entity (record);

  for (const KafField *field = entity->fields; field->id != NULL; field++)
    if (kaf_field_has (field, KAF_FIELD_PARENT))
      {
        const char *id = kaf_record_get (record, field->id);
        const KafEntity *target = kaf_registry_find (field->target);

        if (id != NULL && g_str_equal (kaf_entity_get_root (target)->id, "organisation"))
          add (self, "organisation", id);
        follow (self, kaf_entity_get_root (target)->id, id, depth);
      }
  if (entity->owner != NULL)
    follow (self, entity->owner, kaf_record_get_id (record), depth);
  if (kaf_entity_find_field (entity, "owner_entity") != NULL)
    follow (self, kaf_record_get (record, "owner_entity"), kaf_record_get (record, "owner"), depth);
}

static void
collect (Scopes *self, KafRecord *record, guint depth)
{
  const KafEntity *entity = kaf_record_get_entity (record);
  const char *root = kaf_entity_get_root (entity)->id;

  if (g_str_equal (root, "person") || g_str_equal (root, "organisation"))
    {
      add (self, "country", get (record, "country"));
      add (self, "territory", get (record, "territory"));
      if (g_str_equal (entity->id, "expert"))
        add_set (self, "sector", get (record, "domains"));
      if (g_str_equal (root, "organisation"))
        add (self, "organisation", kaf_record_get_id (record));
    }
  follow_parents (self, record, depth);
}

static int
compare (gconstpointer a, gconstpointer b)
{
  return strcmp (*(const char *const *) a, *(const char *const *) b);
}

char **
kaf_scope_of (KafRecord *record, KafScopeLookup lookup, gpointer data)
{
  const KafEntity *entity = kaf_record_get_entity (record);
  g_autoptr (GHashTable) scopes = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  Scopes self = { scopes, lookup, data };
  g_autoptr (GPtrArray) list = g_ptr_array_new ();
  GHashTableIter iter;
  gpointer scope;

  if (kaf_entity_has (entity, KAF_ENTITY_LIST) || g_str_equal (entity->id, "setting"))
    g_hash_table_add (scopes, g_strdup ("system"));
  else
    {
      g_hash_table_add (scopes, g_strdup ("national"));
      collect (&self, record, 0);
    }

  g_hash_table_iter_init (&iter, scopes);
  while (g_hash_table_iter_next (&iter, &scope, NULL))
    g_ptr_array_add (list, g_strdup (scope));
  g_ptr_array_sort (list, compare);
  g_ptr_array_add (list, NULL);
  return (char **) g_ptr_array_free (g_steal_pointer (&list), FALSE);
}

gboolean
kaf_scope_covers (const char *grant, const char *const *scopes)
{
  return g_strv_contains (scopes, grant) || g_strv_contains (scopes, "system");
}
