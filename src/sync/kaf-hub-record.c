/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A part as text, M being the place of a mark in the list "m":
 *
 *   {"e":ENTITY,"d":[DELETED_AT,M],"c":[CREATED_AT,BY,UPDATED_AT,BY],"r":[REF,ALIAS…],
 *    "f":{FIELD:[VALUE,M]},"s":{FIELD:[M,[VALUE,DETAIL,M,[M…]]…]}}
 *
 * A value with the mark of its part's creation, the usual case, stands alone: FIELD:VALUE. */
#include "config.h"

#include "sync/kaf-hub-record.h"

#include <string.h>

#include "schema/kaf-registry.h"
#include "schema/kaf-set.h"
#include "sync/kaf-json.h"
#include "sync/kaf-wire.h"

static void
part_free (gpointer data)
{
  KafHubPart *self = data;
  guint n_fields = kaf_entity_n_fields (kaf_record_get_entity (self->record));

  for (guint i = 0; i < n_fields; i++)
    g_clear_pointer (&self->sets[i], g_ptr_array_unref);
  g_free (self->sets);
  g_free (self->marks);
  g_ptr_array_unref (self->aliases);
  kaf_record_unref (self->record);
  g_free (self);
}

KafHubTold *
kaf_hub_told_new (guint reads, gboolean whole)
{
  KafHubTold *self = g_new0 (KafHubTold, 1);

  self->reads = reads;
  self->whole = whole;
  self->until = G_MAXINT64;
  self->devices = g_array_new (FALSE, FALSE, sizeof (guint64));
  self->text = g_string_new (NULL);
  return self;
}

void
kaf_hub_told_free (KafHubTold *self)
{
  g_array_unref (self->devices);
  g_string_free (self->text, TRUE);
  g_free (self);
}

KafHubRecord *
kaf_hub_record_new (const KafEntity *root, const char *id)
{
  KafHubRecord *self = g_new0 (KafHubRecord, 1);

  self->root = root;
  self->id = g_strdup (id);
  self->parts = g_ptr_array_new_with_free_func (part_free);
  return self;
}

void
kaf_hub_record_free (KafHubRecord *self)
{
  if (self == NULL)
    return;
  g_free (self->id);
  g_free (self->scopes);
  g_ptr_array_unref (self->parts);
  g_clear_pointer (&self->told, kaf_hub_told_free);
  if (self->printed != NULL)
    g_string_free (self->printed, TRUE);
  g_free (self);
}

KafHubPart *
kaf_hub_record_find (KafHubRecord *self, const KafEntity *entity)
{
  for (guint i = 0; i < self->parts->len; i++)
    {
      KafHubPart *part = g_ptr_array_index (self->parts, i);

      if (kaf_record_get_entity (part->record) == entity)
        return part;
    }
  return NULL;
}

KafHubPart *
kaf_hub_record_add (KafHubRecord *self, const KafEntity *entity)
{
  KafHubPart *part = g_new0 (KafHubPart, 1);
  guint n_fields = kaf_entity_n_fields (entity);

  part->record = kaf_record_new (entity, self->id);
  part->marks = g_new0 (KafMark, n_fields);
  part->sets = g_new0 (GPtrArray *, n_fields);
  part->aliases = g_ptr_array_new_with_free_func (g_free);
  g_ptr_array_insert (self->parts, entity == self->root ? 0 : -1, part);
  return part;
}

void
kaf_hub_part_print_set (KafHubPart *self, guint field)
{
  GPtrArray *elements = self->sets[field];
  g_autoptr (GString) text = g_string_new (NULL);

  for (guint i = 0; elements != NULL && i < elements->len; i++)
    {
      const KafMergeElement *element = g_ptr_array_index (elements, i);

      if (i > 0)
        g_string_append_c (text, '\n');
      g_string_append (text, element->value);
      if (element->detail != NULL)
        g_string_append_printf (text, "\t%s", element->detail);
    }
  kaf_record_set_at (self->record, field, text->str);
}

/* Writing */

/* Bytes of most records as text. */
#define USUAL_SIZE 1024

/* Marks met so far, and their text. */
typedef struct
{
  GArray *marks;
  GString *json;
} Marks;

static guint
place (Marks *self, const KafMark *mark)
{
  char hex[KAF_HLC_HEX_SIZE];

  for (guint i = 0; i < self->marks->len; i++)
    {
      const KafMark *one = &g_array_index (self->marks, KafMark, i);

      if (one->seq == mark->seq && one->device == mark->device &&
          kaf_hlc_compare (&one->clock, &mark->clock) == 0)
        return i;
    }
  kaf_hlc_to_hex (&mark->clock, hex);
  g_string_append_printf (self->json, "%s[%" G_GINT64_FORMAT ",\"%s\"",
                          self->marks->len > 0 ? "," : "", mark->seq, hex);
  if (mark->device != kaf_hlc_get_device (&mark->clock))
    g_string_append_printf (self->json, ",\"%016" G_GINT64_MODIFIER "x\"", mark->device);
  g_string_append_c (self->json, ']');
  g_array_append_val (self->marks, *mark);
  return self->marks->len - 1;
}

static void
print_set (Marks *marks, const KafHubPart *part, guint field, GString *json)
{
  const GPtrArray *elements = part->sets[field];

  g_string_append_c (json, '[');
  kaf_json_append_integer (json, place (marks, &part->marks[field]));
  for (guint i = 0; elements != NULL && i < elements->len; i++)
    {
      const KafMergeElement *element = g_ptr_array_index (elements, i);

      g_string_append (json, ",[");
      kaf_json_append_string (json, element->value);
      g_string_append_c (json, ',');
      kaf_json_append_string (json, element->detail);
      g_string_append_c (json, ',');
      kaf_json_append_integer (json, place (marks, &element->mark));
      g_string_append (json, ",[");
      for (guint j = 0; j < element->n_added; j++)
        {
          if (j > 0)
            g_string_append_c (json, ',');
          kaf_json_append_integer (json, place (marks, &element->added[j]));
        }
      g_string_append (json, "]]");
    }
  g_string_append_c (json, ']');
}

static void
print_values (Marks *marks, const KafHubPart *part, gboolean sets, GString *json)
{
  const KafEntity *entity = kaf_record_get_entity (part->record);
  guint usual = place (marks, &part->fate);
  gboolean first = TRUE;

  for (guint i = 0; entity->fields[i].id != NULL; i++)
    {
      guint own;

      if (part->marks[i].seq == 0 || kaf_field_is_many (&entity->fields[i]) != sets)
        continue;
      kaf_json_append_name (json, first, entity->fields[i].id);
      first = FALSE;
      if (sets)
        {
          print_set (marks, part, i, json);
          continue;
        }
      own = place (marks, &part->marks[i]);
      if (own != usual)
        g_string_append_c (json, '[');
      kaf_json_append_string (json, kaf_record_get_at (part->record, i));
      if (own == usual)
        continue;
      g_string_append_c (json, ',');
      kaf_json_append_integer (json, own);
      g_string_append_c (json, ']');
    }
}

static void
print_part (Marks *marks, const KafHubPart *part, GString *json)
{
  const KafStamp *stamp = kaf_record_get_stamp (part->record);

  g_string_append (json, "{\"e\":");
  kaf_json_append_string (json, kaf_record_get_entity (part->record)->id);
  g_string_append (json, ",\"d\":[");
  kaf_json_append_integer (json, stamp->deleted_at);
  g_string_append_c (json, ',');
  kaf_json_append_integer (json, place (marks, &part->fate));
  g_string_append (json, "],\"c\":[");
  kaf_json_append_integer (json, stamp->created_at);
  g_string_append_c (json, ',');
  kaf_json_append_string (json, stamp->created_by);
  g_string_append_c (json, ',');
  kaf_json_append_integer (json, stamp->updated_at);
  g_string_append_c (json, ',');
  kaf_json_append_string (json, stamp->updated_by);
  g_string_append_c (json, ']');
  if (kaf_record_get_ref (part->record) != NULL)
    {
      g_string_append (json, ",\"r\":[");
      kaf_json_append_string (json, kaf_record_get_ref (part->record));
      for (guint i = 0; i < part->aliases->len; i++)
        {
          g_string_append_c (json, ',');
          kaf_json_append_string (json, g_ptr_array_index (part->aliases, i));
        }
      g_string_append_c (json, ']');
    }
  g_string_append (json, ",\"f\":{");
  print_values (marks, part, FALSE, json);
  g_string_append (json, "},\"s\":{");
  print_values (marks, part, TRUE, json);
  g_string_append (json, "}}");
}

void
kaf_hub_record_print (const KafHubRecord *self, GString *json)
{
  g_autoptr (GArray) list = g_array_new (FALSE, FALSE, sizeof (KafMark));
  g_autoptr (GString) text = g_string_new (NULL);
  g_autoptr (GString) parts = g_string_sized_new (USUAL_SIZE);
  Marks marks = { list, text };

  for (guint i = 0; i < self->parts->len; i++)
    {
      if (i > 0)
        g_string_append_c (parts, ',');
      print_part (&marks, g_ptr_array_index (self->parts, i), parts);
    }
  g_string_append (json, "{\"m\":[");
  g_string_append_len (json, text->str, text->len);
  g_string_append (json, "],\"p\":[");
  g_string_append_len (json, parts->str, parts->len);
  g_string_append (json, "]}");
}

/* Reading */

static gboolean
refuse (const char *what, GError **error)
{
  g_set_error (error, KAF_SYNC_ERROR, KAF_SYNC_ERROR_MEMBER,
               "“%s” of a kept record is not as it should be", what);
  return FALSE;
}

static gboolean
read_mark (GArray *marks, const KafWirePart *part, KafMark *mark)
{
  gint64 place_of;

  if (!kaf_wire_get_integer (part, &place_of) || place_of < 0 || place_of >= marks->len)
    return FALSE;
  *mark = g_array_index (marks, KafMark, place_of);
  return TRUE;
}

/* [SEQ,CLOCK], and the device where the clock does not name it. */
static gboolean
read_marked (const KafWirePart *one, KafMark *mark)
{
  g_autofree char *clock = kaf_wire_get_string (kaf_wire_nth (one, 1));
  g_autofree char *device = kaf_wire_get_string (kaf_wire_nth (one, 2));

  if (!kaf_wire_get_integer (kaf_wire_nth (one, 0), &mark->seq) ||
      !kaf_hlc_from_hex (clock, &mark->clock))
    return FALSE;
  mark->device =
      device != NULL ? g_ascii_strtoull (device, NULL, 16) : kaf_hlc_get_device (&mark->clock);
  return TRUE;
}

static gboolean
read_marks (const KafWirePart *list, GArray *marks, GError **error)
{
  const KafWirePart *one = list + 1;
  KafMark mark;

  if (!kaf_wire_is_array (list))
    return refuse ("m", error);
  for (guint i = 0; i < list->n; i++, one = kaf_wire_after (one))
    {
      if (!read_marked (one, &mark))
        return refuse ("m", error);
      g_array_append_val (marks, mark);
    }
  return TRUE;
}

static KafMergeElement *
read_element (GArray *marks, const KafWirePart *parts)
{
  const KafWirePart *added = kaf_wire_nth (parts, 3), *one = added;
  KafMergeElement *element;
  KafMark mark;

  if (!kaf_wire_is_array (added) || !read_mark (marks, kaf_wire_nth (parts, 2), &mark))
    return NULL;
  element = g_new0 (KafMergeElement, 1);
  element->value = kaf_wire_get_string (kaf_wire_nth (parts, 0));
  element->detail = kaf_wire_get_string (kaf_wire_nth (parts, 1));
  element->mark = mark;
  for (guint i = 0; i < added->n; i++)
    {
      one = i == 0 ? added + 1 : kaf_wire_after (one);
      if (read_mark (marks, one, &mark))
        kaf_merge_element_add (element, &mark);
    }
  if (element->value != NULL)
    return element;
  kaf_merge_element_free (element);
  return NULL;
}

static gboolean
read_set (KafHubPart *self, guint field, GArray *marks, const KafWirePart *parts)
{
  const KafWirePart *one = kaf_wire_nth (parts, 0);

  if (!read_mark (marks, one, &self->marks[field]))
    return FALSE;
  self->sets[field] = g_ptr_array_new_with_free_func ((GDestroyNotify) kaf_merge_element_free);
  for (guint i = 1; i < parts->n; i++)
    {
      KafMergeElement *element;

      one = kaf_wire_after (one);
      element = read_element (marks, one);
      if (element == NULL)
        return FALSE;
      g_ptr_array_add (self->sets[field], element);
    }
  kaf_hub_part_print_set (self, field);
  return TRUE;
}

static gboolean
read_scalar (KafHubPart *self, guint field, GArray *marks, const KafWirePart *value)
{
  if (!kaf_wire_is_array (value))
    self->marks[field] = self->fate;
  else if (!read_mark (marks, kaf_wire_nth (value, 1), &self->marks[field]))
    return FALSE;
  else
    value = kaf_wire_nth (value, 0);
  kaf_record_take_at (self->record, field, kaf_wire_get_string (value));
  return TRUE;
}

static gboolean
read_values (
    KafHubPart *self, const KafWirePart *members, gboolean sets, GArray *marks, GError **error)
{
  const KafEntity *entity = kaf_record_get_entity (self->record);
  const KafWirePart *values = kaf_wire_find (members, sets ? "s" : "f"), *name;

  if (!kaf_wire_is_object (values))
    return refuse ("f", error);
  name = values + 1;
  for (guint i = 0; i < values->n; i++, name = kaf_wire_after (name + 1))
    {
      int field = kaf_entity_field_index_of (entity, name->text, name->size);

      if (field < 0 || kaf_field_is_many (&entity->fields[field]) != sets)
        continue;
      if (!(sets ? read_set : read_scalar) (self, field, marks, name + 1))
        return refuse (entity->fields[field].id, error);
    }
  return TRUE;
}

static gboolean
read_stamp (KafHubPart *self, const KafWirePart *members, GArray *marks, GError **error)
{
  const KafWirePart *fate = kaf_wire_find (members, "d");
  const KafWirePart *who = kaf_wire_find (members, "c");
  KafStamp *stamp = kaf_record_get_stamp (self->record);

  if (!kaf_wire_get_integer (kaf_wire_nth (fate, 0), &stamp->deleted_at) ||
      !read_mark (marks, kaf_wire_nth (fate, 1), &self->fate) || !kaf_wire_is_array (who) ||
      who->n != 4 || !kaf_wire_get_integer (kaf_wire_nth (who, 0), &stamp->created_at) ||
      !kaf_wire_get_integer (kaf_wire_nth (who, 2), &stamp->updated_at))
    return refuse ("c", error);
  stamp->created_by = kaf_wire_get_string (kaf_wire_nth (who, 1));
  stamp->updated_by = kaf_wire_get_string (kaf_wire_nth (who, 3));
  return TRUE;
}

static void
read_refs (KafHubPart *self, const KafWirePart *refs)
{
  const KafWirePart *one = refs;

  for (guint i = 0; kaf_wire_is_array (refs) && i < refs->n; i++)
    {
      g_autofree char *ref = NULL;

      one = i == 0 ? refs + 1 : kaf_wire_after (one);
      ref = kaf_wire_get_string (one);
      if (i == 0)
        kaf_record_set_ref (self->record, ref);
      else if (ref != NULL)
        g_ptr_array_add (self->aliases, g_steal_pointer (&ref));
    }
}

static gboolean
read_part (KafHubRecord *self, const KafWirePart *members, GArray *marks, GError **error)
{
  g_autofree char *id = kaf_wire_find_string (members, "e");
  const KafEntity *entity = kaf_registry_find (id);
  KafHubPart *part;

  if (id == NULL)
    return refuse ("e", error);
  if (entity == NULL || kaf_entity_get_root (entity) != self->root)
    return TRUE;
  if (kaf_hub_record_find (self, entity) != NULL)
    return refuse ("e", error);
  part = kaf_hub_record_add (self, entity);
  read_refs (part, kaf_wire_find (members, "r"));
  return read_stamp (part, members, marks, error) &&
         read_values (part, members, FALSE, marks, error) &&
         read_values (part, members, TRUE, marks, error);
}

KafHubRecord *
kaf_hub_record_parse (
    const KafEntity *root, const char *id, gint64 seq, const char *json, gsize size, GError **error)
{
  g_autoptr (KafHubRecord) self = kaf_hub_record_new (root, id);
  g_autoptr (GArray) marks = g_array_new (FALSE, FALSE, sizeof (KafMark));
  g_autoptr (GArray) list = kaf_wire_parts_new ();
  const KafWirePart *members = kaf_wire_parse_object (json, size, list, error), *parts, *one;

  self->seq = seq;
  if (members == NULL || !read_marks (kaf_wire_find (members, "m"), marks, error))
    return NULL;
  parts = kaf_wire_find (members, "p");
  if (!kaf_wire_is_array (parts))
    {
      refuse ("p", error);
      return NULL;
    }
  one = parts + 1;
  for (guint i = 0; i < parts->n; i++, one = kaf_wire_after (one))
    if (!read_part (self, one, marks, error))
      return NULL;
  return g_steal_pointer (&self);
}
