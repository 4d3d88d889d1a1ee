/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "sync/kaf-operation.h"

#include <string.h>

#include "schema/kaf-registry.h"
#include "sync/kaf-json.h"
#include "sync/kaf-wire.h"

static const char *const kind_names[] = { "create", "update", "delete", "restore" };

void
kaf_operation_free (KafOperation *self)
{
  if (self == NULL)
    return;
  g_clear_pointer (&self->before, kaf_record_unref);
  g_clear_pointer (&self->after, kaf_record_unref);
  g_clear_pointer (&self->unseen, g_array_unref);
  g_free (self);
}

const KafEntity *
kaf_operation_get_entity (const KafOperation *self)
{
  return kaf_record_get_entity (self->after);
}

const char *
kaf_operation_get_id (const KafOperation *self)
{
  return kaf_record_get_id (self->after);
}

gboolean
kaf_operation_changes (const KafOperation *self, guint field)
{
  if (!kaf_record_holds_at (self->after, field))
    return FALSE;
  return self->kind != KAF_CHANGE_UPDATE || g_strcmp0 (kaf_record_get_at (self->before, field),
                                                       kaf_record_get_at (self->after, field)) != 0;
}

/* Tells as it was what stands otherwise now. Of a set that is nothing: its elements are told by what comes and goes. */
static gboolean
carries (const KafOperation *self, guint field, const KafRecord *standing)
{
  return !kaf_operation_changes (self, field) && kaf_record_holds_at (self->after, field) &&
         !kaf_field_is_many (&kaf_operation_get_entity (self)->fields[field]) &&
         g_strcmp0 (kaf_record_get_at (self->after, field), kaf_record_get_at (standing, field)) !=
             0;
}

gboolean
kaf_operation_writes (const KafOperation *self, guint field, const KafRecord *standing)
{
  return kaf_operation_changes (self, field) ||
         (standing != NULL && carries (self, field, standing));
}

gboolean
kaf_operation_carries (const KafOperation *self, const KafRecord *standing)
{
  guint n_fields = kaf_entity_n_fields (kaf_operation_get_entity (self));

  /* Another kind changes all that it tells. */
  for (guint i = 0; self->kind == KAF_CHANGE_UPDATE && i < n_fields; i++)
    if (carries (self, i, standing))
      return TRUE;
  return FALSE;
}

const char *
kaf_operation_name_field (const KafOperation *self, guint field)
{
  const KafField *fields = kaf_operation_get_entity (self)->fields;

  if (kaf_operation_changes (self, field))
    return fields[field].id;
  for (guint i = 0; fields[field].unit != NULL && fields[i].id != NULL; i++)
    if (g_strcmp0 (fields[i].unit, fields[field].unit) == 0 && kaf_operation_changes (self, i))
      return fields[i].id;
  return fields[field].id;
}

gboolean
kaf_operation_is_unseen (const KafOperation *self, const KafEntity *entity, guint field)
{
  for (guint i = 0; self->unseen != NULL && i < self->unseen->len; i++)
    {
      const KafUnseen *one = &g_array_index (self->unseen, KafUnseen, i);

      if (one->entity == entity && one->field == field)
        return TRUE;
    }
  return FALSE;
}

/* Writing */

gboolean
kaf_operation_tells (const KafRecord *change, guint field)
{
  const KafField *fields = kaf_record_get_entity (change)->fields;
  const char *unit = fields[field].unit;

  if (kaf_record_holds_at (change, field))
    return TRUE;
  for (guint i = 0; unit != NULL && fields[i].id != NULL; i++)
    if (g_strcmp0 (fields[i].unit, unit) == 0 && kaf_record_holds_at (change, i))
      return TRUE;
  return FALSE;
}

static void
print_update (const KafRecord *before, const KafRecord *change, guint i, GString *json)
{
  g_string_append_c (json, '[');
  kaf_json_append_string (json, kaf_record_get_at (before, i));
  g_string_append_c (json, ',');
  kaf_json_append_string (json, kaf_record_holds_at (change, i) ? kaf_record_get_at (change, i)
                                                                : kaf_record_get_at (before, i));
  g_string_append_c (json, ']');
}

static void
print_fields (KafChangeKind kind, const KafRecord *before, const KafRecord *change, GString *json)
{
  const KafField *fields = kaf_record_get_entity (change)->fields;
  gboolean first = TRUE;

  g_string_append (json, ",\"f\":{");
  for (guint i = 0; fields[i].id != NULL; i++)
    {
      if (kind == KAF_CHANGE_CREATE ? kaf_record_get_at (change, i) == NULL
                                    : !kaf_operation_tells (change, i))
        continue;
      kaf_json_append_name (json, first, fields[i].id);
      first = FALSE;
      if (kind == KAF_CHANGE_UPDATE)
        print_update (before, change, i, json);
      else
        kaf_json_append_string (json, kaf_record_get_at (change, i));
    }
  g_string_append_c (json, '}');
}

static void
print_unseen (const KafEntity *entity, const GArray *unseen, GString *json)
{
  for (guint i = 0; unseen != NULL && i < unseen->len; i++)
    {
      const KafUnseen *one = &g_array_index (unseen, KafUnseen, i);
      const char *of = one->entity != entity ? one->entity->id : "";

      g_string_append (json, i == 0 ? ",\"u\":[" : ",");
      g_string_append_printf (json, "\"%s%s%s\"", of, *of != '\0' ? "." : "",
                              one->entity->fields[one->field].id);
    }
  if (unseen != NULL && unseen->len > 0)
    g_string_append_c (json, ']');
}

static void
print_head (KafChangeKind kind,
            const KafRecord *change,
            const KafHlc *base,
            const GArray *unseen,
            GString *json)
{
  /* Printed by the million in a large import: piece by piece it costs half. */
  g_string_append (json, "{\"o\":\"");
  g_string_append (json, kind_names[kind]);
  g_string_append (json, "\",\"e\":\"");
  g_string_append (json, kaf_record_get_entity (change)->id);
  g_string_append (json, "\",\"i\":");
  kaf_json_append_string (json, kaf_record_get_id (change));
  if (kind == KAF_CHANGE_CREATE && kaf_record_get_ref (change) != NULL)
    {
      g_string_append (json, ",\"r\":");
      kaf_json_append_string (json, kaf_record_get_ref (change));
    }
  if (base != NULL)
    {
      char hex[KAF_HLC_HEX_SIZE];

      kaf_hlc_to_hex (base, hex);
      g_string_append_printf (json, ",\"b\":\"%s\"", hex);
    }
  print_unseen (kaf_record_get_entity (change), unseen, json);
}

void
kaf_operation_print (KafChangeKind kind,
                     const KafRecord *before,
                     const KafRecord *change,
                     const KafHlc *base,
                     const GArray *unseen,
                     GString *json)
{
  print_head (kind, change, base, unseen, json);
  if (kind == KAF_CHANGE_CREATE || kind == KAF_CHANGE_UPDATE)
    print_fields (kind, before, change, json);
  g_string_append_c (json, '}');
}

/* An update tells no more than it did, though it left out fields of a unit. */
void
kaf_operation_print_again (const KafOperation *self, GString *json)
{
  const KafEntity *entity = kaf_operation_get_entity (self);
  gboolean first = TRUE;

  if (self->kind != KAF_CHANGE_UPDATE)
    {
      kaf_operation_print (self->kind, NULL, self->after, NULL, NULL, json);
      return;
    }
  print_head (self->kind, self->after, NULL, NULL, json);
  g_string_append (json, ",\"f\":{");
  for (guint i = 0; entity->fields[i].id != NULL; i++)
    {
      if (!kaf_record_holds_at (self->after, i))
        continue;
      kaf_json_append_name (json, first, entity->fields[i].id);
      first = FALSE;
      print_update (self->before, self->after, i, json);
    }
  g_string_append (json, "}}");
}

/* Reading */

static gboolean
refuse (const char *what, GError **error)
{
  g_set_error (error, KAF_SYNC_ERROR, KAF_SYNC_ERROR_MEMBER,
               "an operation's “%s” is not as it"
               " should be",
               what);
  return FALSE;
}

/* @text (out): NULL for null. */
static gboolean
read_value (const KafWirePart *part, char **text)
{
  *text = kaf_wire_get_string (part);
  return *text != NULL || kaf_wire_is_null (part);
}

/* "f" of an update: [BEFORE, AFTER]. */
static gboolean
read_pair (KafOperation *self, guint field, const KafWirePart *pair, GError **error)
{
  g_autofree char *before = NULL;
  g_autofree char *after = NULL;

  if (!read_value (kaf_wire_nth (pair, 0), &before) ||
      !read_value (kaf_wire_nth (pair, 1), &after) || pair->n != 2)
    return refuse ("f", error);
  kaf_record_take_at (self->before, field, g_steal_pointer (&before));
  kaf_record_take_at (self->after, field, g_steal_pointer (&after));
  return TRUE;
}

static gboolean
read_field (KafOperation *self, const KafWirePart *name, GError **error)
{
  int field = kaf_entity_field_index_of (kaf_operation_get_entity (self), name->text, name->size);
  char *value = NULL;

  if (field < 0)
    return TRUE;
  if (self->kind == KAF_CHANGE_UPDATE)
    return read_pair (self, field, name + 1, error);
  if (!read_value (name + 1, &value))
    return refuse ("f", error);
  kaf_record_take_at (self->after, field, value);
  return TRUE;
}

static gboolean
read_fields (KafOperation *self, const KafWirePart *fields, GError **error)
{
  const KafWirePart *name = fields;

  if (self->kind != KAF_CHANGE_CREATE && self->kind != KAF_CHANGE_UPDATE)
    return TRUE;
  if (!kaf_wire_is_object (fields))
    return refuse ("f", error);
  name = fields + 1;
  for (guint i = 0; i < fields->n; i++, name = kaf_wire_after (name + 1))
    if (!read_field (self, name, error))
      return FALSE;
  return TRUE;
}

/* FALSE: it is none that is known here. */
static gboolean
find_unseen (const KafOperation *self, const char *name, KafUnseen *unseen)
{
  const KafEntity *entity = kaf_operation_get_entity (self);
  const char *dot = strchr (name, '.');
  int field;

  if (dot != NULL)
    {
      g_autofree char *facet = g_strndup (name, dot - name);
      const KafEntity *owner = entity;

      entity = kaf_registry_find (facet);
      if (entity == NULL || g_strcmp0 (entity->owner, owner->id) != 0)
        return FALSE;
      name = dot + 1;
    }
  field = kaf_entity_field_index (entity, name);
  *unseen = (KafUnseen){ entity, MAX (field, 0) };
  return field >= 0;
}

/* Names of fields that are not known here are left out, as their values are. */
static gboolean
read_unseen (KafOperation *self, const KafWirePart *names, GError **error)
{
  const KafWirePart *one;

  if (names == NULL)
    return TRUE;
  if (!kaf_wire_is_array (names))
    return refuse ("u", error);
  one = names + 1;
  for (guint i = 0; i < names->n; i++, one = kaf_wire_after (one))
    {
      g_autofree char *name = kaf_wire_get_string (one);
      KafUnseen unseen;

      if (name == NULL)
        return refuse ("u", error);
      if (!find_unseen (self, name, &unseen) ||
          kaf_operation_is_unseen (self, unseen.entity, unseen.field))
        continue;
      if (self->unseen == NULL)
        self->unseen = g_array_new (FALSE, FALSE, sizeof (KafUnseen));
      g_array_append_val (self->unseen, unseen);
    }
  return TRUE;
}

static gboolean
read_kind (KafOperation *self, const KafWirePart *part, GError **error)
{
  g_autofree char *name = kaf_wire_get_string (part);

  for (guint i = 0; i < G_N_ELEMENTS (kind_names); i++)
    if (g_strcmp0 (kind_names[i], name) == 0)
      {
        self->kind = i;
        return TRUE;
      }
  return refuse ("o", error);
}

/* @self (out): NULL for an entity that is not known here. */
static gboolean
read_one (const KafWirePart *members, KafOperation **self, GError **error)
{
  g_autoptr (KafOperation) operation = g_new0 (KafOperation, 1);
  g_autofree char *name = kaf_wire_find_string (members, "e");
  g_autofree char *id = kaf_wire_find_string (members, "i");
  g_autofree char *ref = kaf_wire_find_string (members, "r");
  const KafEntity *entity;

  *self = NULL;
  if (!kaf_wire_is_object (members))
    return refuse ("{}", error);
  if (name == NULL || id == NULL || *id == '\0')
    return refuse ("i", error);
  entity = kaf_registry_find (name);
  if (entity == NULL)
    return TRUE;
  operation->after = kaf_record_new (entity, id);
  operation->before = kaf_record_new (entity, id);
  if (ref != NULL)
    kaf_record_set_ref (operation->after, ref);
  if (!read_kind (operation, kaf_wire_find (members, "o"), error) ||
      !read_fields (operation, kaf_wire_find (members, "f"), error) ||
      !read_unseen (operation, kaf_wire_find (members, "u"), error))
    return FALSE;
  *self = g_steal_pointer (&operation);
  return TRUE;
}

/* @holding (nullable): of those alone in whose text it stands. */
static GPtrArray *
read_all (const KafWirePart *list, const GString *holding, GError **error)
{
  g_autoptr (GPtrArray) operations =
      g_ptr_array_new_with_free_func ((GDestroyNotify) kaf_operation_free);
  const KafWirePart *one = list + 1;

  for (guint i = 0; i < list->n; i++, one = kaf_wire_after (one))
    {
      KafOperation *operation;

      if (holding != NULL && memmem (one->text, one->size, holding->str, holding->len) == NULL)
        continue;
      if (!read_one (one, &operation, error))
        return NULL;
      if (operation != NULL)
        g_ptr_array_add (operations, operation);
    }
  return g_steal_pointer (&operations);
}

/* NULL: it is no array of values that are safe to read. */
static const KafWirePart *
parse_list (const char *payload, gsize size, GArray *parts, GError **error)
{
  const KafWirePart *list = kaf_wire_parse (payload, size, parts, error);

  if (list == NULL || (kaf_wire_is_array (list) && list->text == payload))
    return list;
  refuse ("[]", error);
  return NULL;
}

GPtrArray *
kaf_operation_parse (const char *payload, gsize size, GError **error)
{
  g_autoptr (GArray) parts = kaf_wire_parts_new ();
  const KafWirePart *list = parse_list (payload, size, parts, error);

  return list != NULL ? read_all (list, NULL, error) : NULL;
}

GPtrArray *
kaf_operation_parse_record (const char *payload, const char *id, GError **error)
{
  g_autoptr (GArray) parts = kaf_wire_parts_new ();
  const KafWirePart *list = parse_list (payload, strlen (payload), parts, error);
  g_autoptr (GString) wanted = g_string_new ("\"i\":");

  kaf_json_append_string (wanted, id);
  return list != NULL ? read_all (list, wanted, error) : NULL;
}

char *
kaf_operation_strip (const char *payload, GHashTable *ids)
{
  g_autoptr (GArray) parts = kaf_wire_parts_new ();
  const KafWirePart *list = parse_list (payload, strlen (payload), parts, NULL);
  const KafWirePart *one = list;
  g_autoptr (GString) rest = g_string_new ("[");

  for (guint i = 0; list != NULL && i < list->n; i++)
    {
      g_autofree char *id = NULL;

      one = i == 0 ? list + 1 : kaf_wire_after (one);
      id = kaf_wire_find_string (one, "i");
      if (id == NULL || g_hash_table_contains (ids, id))
        continue;
      if (rest->len > 1)
        g_string_append_c (rest, ',');
      g_string_append_len (rest, one->text, one->size);
    }
  g_string_append_c (rest, ']');
  return g_string_free (g_steal_pointer (&rest), FALSE);
}
