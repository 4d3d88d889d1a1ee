/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "rules/kaf-told.h"

#include <string.h>

#include "schema/kaf-registry.h"
#include "schema/kaf-said.h"

/* Whose fields a claim is about. */
static const KafEntity *
get_claimed (KafRecord *claim)
{
  return kaf_registry_find (kaf_record_get (claim, "organisation") != NULL ? "organisation"
                                                                           : "person");
}

/* What the part tells is a copy of, and of which entity; NULL: of nothing. */
static const KafField *
find_origin (KafRecord *part, const char *field, const KafEntity **of)
{
  static const char *const sides[] = { "stands", "other", "before", NULL };
  const KafEntity *entity = kaf_record_get_entity (part);

  if (g_str_equal (entity->id, "conflict") && g_strv_contains (sides, field))
    {
      const char *name = kaf_record_get (part, "field");

      *of = kaf_registry_find (kaf_record_get (part, "owner_entity"));
      return *of != NULL && name != NULL ? kaf_entity_find_field (*of, name) : NULL;
    }
  if (g_str_equal (entity->id, "source_claim") && g_str_equal (field, "value"))
    return kaf_said_find_field (get_claimed (part), kaf_record_get (part, "field"), of);
  return NULL;
}

/* Who reads one field of a unit reads all of it, or none. */
static gboolean
can_read_unit (guint reads, const KafEntity *entity, const KafField *first)
{
  for (const KafField *field = entity->fields; field->id != NULL; field++)
    if ((field == first || (first->unit != NULL && g_strcmp0 (field->unit, first->unit) == 0)) &&
        (reads & kaf_field_get_class (field)) == 0)
      return FALSE;
  return TRUE;
}

/* Of a record that one deleted and another edited, a side has several fields, maybe of facets, as {FIELD:VALUE} and
 * "FACET.FIELD". A name stands nowhere else so: within a text a quotation mark has a '\\' before it. */
static gboolean
can_read_side (guint reads, const KafEntity *owner, const char *side)
{
  guint n_entities;
  const KafEntity *const *entities = kaf_registry_entities (&n_entities);

  for (guint i = 0; i < n_entities; i++)
    {
      if (kaf_entity_get_root (entities[i]) != kaf_entity_get_root (owner))
        continue;
      for (const KafField *field = entities[i]->fields; field->id != NULL; field++)
        {
          g_autofree char *name = entities[i] == owner
                                      ? g_strdup_printf ("\"%s\":", field->id)
                                      : g_strdup_printf ("\"%s.%s\":", entities[i]->id, field->id);

          if ((reads & kaf_field_get_class (field)) == 0 && strstr (side, name) != NULL)
            return FALSE;
        }
    }
  return TRUE;
}

/* Whether the side is one of several fields. */
static gboolean
is_of_several (KafRecord *conflict, const char *side)
{
  return kaf_record_get (conflict, "field") == NULL && side != NULL && !g_str_equal (side, "{}") &&
         kaf_registry_find (kaf_record_get (conflict, "owner_entity")) != NULL;
}

/* What a source says of several fields is told to who may read them all. */
static gboolean
can_read_said (guint reads, KafRecord *claim)
{
  g_autoptr (GPtrArray) all = kaf_said_parse (kaf_record_get (claim, "about"), NULL);

  for (guint i = 0; i < all->len; i++)
    {
      const KafSaid *one = g_ptr_array_index (all, i);
      const KafEntity *of = NULL;
      const KafField *field = kaf_said_find_field (get_claimed (claim), one->field, &of);

      if (field != NULL && !can_read_unit (reads, of, field))
        return FALSE;
    }
  return TRUE;
}

/* The sides of a conflict are told to whom it concerns: who may read all that stands in them. */
gboolean
kaf_told_can_read (guint reads, KafRecord *part, guint field)
{
  const KafEntity *entity = kaf_record_get_entity (part);
  const KafField *one = &entity->fields[field];
  const KafEntity *of = NULL;
  const KafField *origin = find_origin (part, one->id, &of);

  if (origin != NULL && g_str_equal (entity->id, "conflict"))
    return can_read_unit (reads, of, origin);
  if (of != NULL && g_str_equal (entity->id, "conflict") &&
      is_of_several (part, kaf_record_get_at (part, field)))
    return can_read_side (reads, of, kaf_record_get_at (part, field));
  return (reads & kaf_field_get_class (one)) != 0 &&
         (origin == NULL || can_read_unit (reads, of, origin)) &&
         (!g_str_equal (entity->id, "source_claim") || !g_str_equal (one->id, "said") ||
          can_read_said (reads, part));
}
