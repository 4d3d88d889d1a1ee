/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "rules/kaf-scope.h"

#include <string.h>

#include "schema/kaf-registry.h"
#include "schema/kaf-set.h"

/* What was done of a commitment leads to it, that to an amendment, to its convention, to the framework and to
 * the owner of its programme: no chain of the schema is longer. */
#define DEPTH_MAX 5

typedef struct
{
  GPtrArray *scopes; /* of char*; one may stand there twice */
  const KafScopeSource *source;
} Scopes;

static void collect (Scopes *self, KafRecord *record, guint depth);

static void
add (Scopes *self, const char *kind, const char *value)
{
  if (value != NULL)
    g_ptr_array_add (self->scopes, g_strconcat (kind, ":", value, NULL));
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

static KafRecord *
look_up (Scopes *self, const KafEntity *entity, const char *id)
{
  if (id == NULL || entity == NULL || self->source->lookup == NULL)
    return NULL;
  return self->source->lookup (entity, id, self->source->data);
}

/* A province with its region. */
static void
add_territory (Scopes *self, const char *code)
{
  const KafEntity *territories = kaf_registry_find ("territory");

  for (guint i = 0; code != NULL && i < DEPTH_MAX; i++)
    {
      KafRecord *item;

      add (self, "territory", code);
      item = look_up (self, territories, code);
      code = item != NULL ? kaf_record_get (item, "parent") : NULL;
    }
}

static void
follow (Scopes *self, const char *entity, const char *id, guint depth)
{
  KafRecord *record = depth < DEPTH_MAX ? look_up (self, kaf_registry_find (entity), id) : NULL;

  if (record != NULL)
    collect (self, record, depth + 1);
}

static gboolean
leads_to_organisation (const KafField *field)
{
  const KafEntity *target = kaf_registry_find (field->target);

  return kaf_field_has (field, KAF_FIELD_PARENT) && target != NULL &&
         g_str_equal (kaf_entity_get_root (target)->id, "organisation");
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

        if (leads_to_organisation (field))
          add (self, "organisation", id);
        follow (self, kaf_entity_get_root (kaf_registry_find (field->target))->id, id, depth);
      }
  if (kaf_entity_find_field (entity, "owner_entity") != NULL)
    {
      const KafEntity *owner = kaf_registry_find (kaf_record_get (record, "owner_entity"));

      if (owner != NULL)
        follow (self, kaf_entity_get_root (owner)->id, kaf_record_get (record, "owner"), depth);
    }
}

/* A person stands with the networks that she is a member of, and those where she holds office. */
static void
add_ties (Scopes *self, KafRecord *person)
{
  g_autoptr (GPtrArray) belongings = NULL;

  if (self->source->belongings == NULL)
    return;
  belongings = self->source->belongings (kaf_record_get_entity (person), kaf_record_get_id (person),
                                         self->source->data);
  for (guint i = 0; belongings != NULL && i < belongings->len; i++)
    {
      KafRecord *tie = g_ptr_array_index (belongings, i);
      const KafField *fields = kaf_record_get_entity (tie)->fields;

      for (guint j = 0; kaf_record_get_stamp (tie)->deleted_at == 0 && fields[j].id != NULL; j++)
        if (leads_to_organisation (&fields[j]))
          add (self, "organisation", kaf_record_get_at (tie, j));
    }
}

static void
collect_part (Scopes *self, KafRecord *record)
{
  const KafEntity *entity = kaf_record_get_entity (record);

  add (self, "country", get (record, "country"));
  add_territory (self, get (record, "territory"));
  if (g_str_equal (entity->id, "expert"))
    add_set (self, "sector", get (record, "domains"));
  if (g_str_equal (entity->id, "convention"))
    add_set (self, "organisation", get (record, "parties"));
}

/* @record: a root; its facets stand with it. */
static void
collect (Scopes *self, KafRecord *record, guint depth)
{
  const KafEntity *root = kaf_record_get_entity (record);
  const char *id = kaf_record_get_id (record);
  gboolean is_person = g_str_equal (root->id, "person");

  if (g_str_equal (root->id, "convention"))
    collect_part (self, record);
  if (is_person || g_str_equal (root->id, "organisation"))
    {
      collect_part (self, record);
      for (guint bit = 1; kaf_registry_find_facet (root, bit) != NULL; bit <<= 1)
        {
          KafRecord *facet = look_up (self, kaf_registry_find_facet (root, bit), id);

          if (facet != NULL)
            collect_part (self, facet);
        }
      if (is_person)
        add_ties (self, record);
      else
        add (self, "organisation", id);
    }
  follow_parents (self, record, depth);
}

/* What nobody else has to do with, but for those who see everything. */
static gboolean
is_own (const KafEntity *entity)
{
  return g_str_equal (entity->id, "saved_filter") || g_str_equal (entity->id, "disclosure");
}

static void
collect_all (Scopes *self, KafRecord *record)
{
  const KafEntity *entity = kaf_record_get_entity (record);
  KafRecord *root = entity->owner != NULL
                        ? look_up (self, kaf_entity_get_root (entity), kaf_record_get_id (record))
                        : record;

  if (is_own (entity))
    add (self, "user", kaf_record_get_stamp (record)->created_by);
  if (entity->owner != NULL)
    collect_part (self, record);
  if (root != NULL)
    collect (self, root, 0);
}

static int
compare (gconstpointer a, gconstpointer b)
{
  return strcmp (*(const char *const *) a, *(const char *const *) b);
}

/* In their order, each once. */
static void
sort_once (GPtrArray *scopes)
{
  guint n = 0;

  g_ptr_array_sort (scopes, compare);
  for (guint i = 0; i < scopes->len; i++)
    if (n > 0 && g_str_equal (scopes->pdata[i], scopes->pdata[n - 1]))
      g_free (scopes->pdata[i]);
    else
      scopes->pdata[n++] = scopes->pdata[i];
  g_ptr_array_set_size (scopes, n);
}

char **
kaf_scope_of (KafRecord *record, const KafScopeSource *source)
{
  const KafEntity *entity = kaf_record_get_entity (record);
  GPtrArray *scopes = g_ptr_array_new ();
  Scopes self = { scopes, source };

  if (kaf_entity_has (entity, KAF_ENTITY_LIST) || g_str_equal (entity->id, "setting"))
    g_ptr_array_add (scopes, g_strdup (KAF_SCOPE_SYSTEM));
  else
    {
      g_ptr_array_add (scopes, g_strdup (KAF_SCOPE_NATIONAL));
      collect_all (&self, record);
    }
  sort_once (scopes);
  g_ptr_array_add (scopes, NULL);
  return (char **) g_ptr_array_free (scopes, FALSE);
}

gboolean
kaf_scope_covers (const char *grant, const char *const *scopes)
{
  return g_strv_contains (scopes, grant) || g_strv_contains (scopes, KAF_SCOPE_SYSTEM);
}
