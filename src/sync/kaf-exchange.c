/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "sync/kaf-exchange.h"

#include <string.h>

#include "schema/kaf-registry.h"
#include "sync/kaf-json.h"
#include "sync/kaf-wire.h"

static gboolean
refuse (const char *member, GError **error)
{
  g_set_error (error, KAF_SYNC_ERROR, KAF_SYNC_ERROR_MEMBER,
               "“%s” is missing or not as it should be", member);
  return FALSE;
}

const char *
kaf_exchange_next (const char **text, gsize *size, gsize *length)
{
  const char *line = *text;
  const char *end = *size > 0 ? memchr (line, '\n', *size) : NULL;

  if (end == NULL)
    return NULL;
  *length = end - line;
  *text = end + 1;
  *size -= *length + 1;
  return line;
}

/* Hello */

void
kaf_hello_clear (KafHello *self)
{
  g_clear_pointer (&self->cursor, g_free);
  g_clear_pointer (&self->epoch, g_free);
  g_clear_pointer (&self->last, g_free);
  g_clear_pointer (&self->role, g_free);
  g_clear_pointer (&self->scope, g_free);
}

static void
print_member (const char *name, const char *text, GString *out)
{
  if (text == NULL)
    return;
  g_string_append_printf (out, ",\"%s\":", name);
  kaf_json_append_string (out, text);
}

void
kaf_hello_print (const KafHello *self, GString *out)
{
  g_string_append_printf (out, "{\"hello\":%" G_GINT64_FORMAT ",\"now\":%" G_GINT64_FORMAT,
                          self->protocol, self->now);
  print_member ("cursor", self->cursor, out);
  if (self->erased > 0)
    g_string_append_printf (out, ",\"erased\":%" G_GINT64_FORMAT, self->erased);
  if (self->settled > 0)
    g_string_append_printf (out, ",\"settled\":%" G_GINT64_FORMAT, self->settled);
  print_member ("epoch", self->epoch, out);
  print_member ("last", self->last, out);
  print_member ("role", self->role, out);
  print_member ("scope", self->scope, out);
  if (self->whole)
    g_string_append (out, ",\"whole\":true");
  g_string_append (out, "}\n");
}

gboolean
kaf_hello_parse (const char *line, gsize size, KafHello *self, GError **error)
{
  g_autoptr (GArray) parts = kaf_wire_parts_new ();
  const KafWirePart *members = kaf_wire_parse_object (line, size, parts, error);

  if (members == NULL)
    return FALSE;
  if (!kaf_wire_find_integer (members, "hello", &self->protocol))
    return refuse ("hello", error);
  if (!kaf_wire_find_integer (members, "now", &self->now))
    return refuse ("now", error);
  self->cursor = kaf_wire_find_string (members, "cursor");
  self->epoch = kaf_wire_find_string (members, "epoch");
  self->last = kaf_wire_find_string (members, "last");
  self->role = kaf_wire_find_string (members, "role");
  self->scope = kaf_wire_find_string (members, "scope");
  if (!kaf_wire_find_integer (members, "erased", &self->erased))
    self->erased = 0;
  if (!kaf_wire_find_integer (members, "settled", &self->settled))
    self->settled = 0;
  self->whole = kaf_wire_is_true (kaf_wire_find (members, "whole"));
  return TRUE;
}

/* Verdicts */

void
kaf_refused_free (KafRefused *self)
{
  g_free (self->entity);
  g_free (self->id);
  g_free (self->why);
  g_free (self->field);
  g_free (self);
}

KafVerdict *
kaf_verdict_new (gint64 dseq, const char *verdict)
{
  KafVerdict *self = g_new0 (KafVerdict, 1);

  self->dseq = dseq;
  self->verdict = g_strdup (verdict);
  return self;
}

void
kaf_verdict_free (KafVerdict *self)
{
  g_clear_pointer (&self->refused, g_ptr_array_unref);
  g_free (self->verdict);
  g_free (self);
}

void
kaf_verdict_refuse (
    KafVerdict *self, const char *entity, const char *id, const char *why, const char *field)
{
  KafRefused *refused = g_new0 (KafRefused, 1);

  refused->entity = g_strdup (entity);
  refused->id = g_strdup (id);
  refused->why = g_strdup (why);
  refused->field = g_strdup (field);
  if (self->refused == NULL)
    self->refused = g_ptr_array_new_with_free_func ((GDestroyNotify) kaf_refused_free);
  g_ptr_array_add (self->refused, refused);
}

gboolean
kaf_verdict_is_refusal (const char *verdict)
{
  return g_str_equal (verdict, "rejected") || g_str_equal (verdict, "quarantined");
}

static void
print_refused (const GPtrArray *list, GString *out)
{
  for (guint i = 0; i < list->len; i++)
    {
      const KafRefused *one = g_ptr_array_index (list, i);
      const char *const texts[] = { one->entity, one->id, one->why, one->field };

      g_string_append (out, i > 0 ? ",[" : "[");
      for (guint j = 0; j < G_N_ELEMENTS (texts); j++)
        {
          if (j > 0)
            g_string_append_c (out, ',');
          kaf_json_append_string (out, texts[j]);
        }
      g_string_append_c (out, ']');
    }
}

/* What was kept aside */

KafSettled *
kaf_settled_new (gint64 number,
                 gint64 dseq,
                 const char *entity,
                 const char *id,
                 const char *what,
                 const char *by,
                 const char *reason)
{
  KafSettled *self = g_new0 (KafSettled, 1);

  self->number = number;
  self->dseq = dseq;
  self->entity = g_strdup (entity);
  self->id = g_strdup (id);
  self->what = g_strdup (what);
  self->by = g_strdup (by);
  self->reason = g_strdup (reason);
  return self;
}

void
kaf_settled_free (KafSettled *self)
{
  if (self == NULL)
    return;
  g_free (self->entity);
  g_free (self->id);
  g_free (self->what);
  g_free (self->by);
  g_free (self->reason);
  g_free (self);
}

static void
print_settled (GPtrArray *settled, GString *out)
{
  for (guint i = 0; i < settled->len; i++)
    {
      const KafSettled *one = g_ptr_array_index (settled, i);
      const char *const texts[] = { one->entity, one->id, one->what, one->by, one->reason };

      g_string_append_printf (out, "%s[%" G_GINT64_FORMAT ",%" G_GINT64_FORMAT,
                              i == 0 ? ",\"settled\":[" : ",", one->number, one->dseq);
      for (guint j = 0; j < G_N_ELEMENTS (texts); j++)
        {
          g_string_append_c (out, ',');
          kaf_json_append_string (out, texts[j]);
        }
      g_string_append_c (out, ']');
    }
  if (settled->len > 0)
    g_string_append_c (out, ']');
}

/* [NUMBER,DSEQ,ENTITY,ID,WHAT,BY,REASON]; NULL when it is none. */
static KafSettled *
parse_settled (const KafWirePart *seven)
{
  g_autofree char *entity = kaf_wire_get_string (kaf_wire_nth (seven, 2));
  g_autofree char *id = kaf_wire_get_string (kaf_wire_nth (seven, 3));
  g_autofree char *what = kaf_wire_get_string (kaf_wire_nth (seven, 4));
  g_autofree char *by = kaf_wire_get_string (kaf_wire_nth (seven, 5));
  g_autofree char *reason = kaf_wire_get_string (kaf_wire_nth (seven, 6));
  gint64 number, dseq;

  if (entity == NULL || id == NULL || what == NULL || by == NULL || seven->n < 7 ||
      !kaf_wire_get_integer (kaf_wire_nth (seven, 0), &number) ||
      !kaf_wire_get_integer (kaf_wire_nth (seven, 1), &dseq))
    return NULL;
  return kaf_settled_new (number, dseq, entity, id, what, by, reason);
}

GPtrArray *
kaf_settled_parse (const char *line, gsize size, GError **error)
{
  g_autoptr (GArray) parts = kaf_wire_parts_new ();
  const KafWirePart *members = kaf_wire_parse_object (line, size, parts, error), *list, *one;
  g_autoptr (GPtrArray) settled =
      g_ptr_array_new_with_free_func ((GDestroyNotify) kaf_settled_free);

  if (members == NULL)
    return NULL;
  list = kaf_wire_find (members, "settled");
  one = list != NULL ? list + 1 : NULL;
  for (guint i = 0; kaf_wire_is_array (list) && i < list->n; i++, one = kaf_wire_after (one))
    {
      KafSettled *each = parse_settled (one);

      if (each == NULL)
        {
          refuse ("settled", error);
          return NULL;
        }
      g_ptr_array_add (settled, each);
    }
  return g_steal_pointer (&settled);
}

void
kaf_verdicts_print (GPtrArray *verdicts, gint64 expects, GPtrArray *settled, GString *out)
{
  g_string_append (out, "{\"verdicts\":[");
  for (guint i = 0; i < verdicts->len; i++)
    {
      const KafVerdict *one = g_ptr_array_index (verdicts, i);

      g_string_append_printf (out, "%s[%" G_GINT64_FORMAT ",\"%s\"", i > 0 ? "," : "", one->dseq,
                              one->verdict);
      if (one->refused != NULL)
        {
          g_string_append (out, ",[");
          print_refused (one->refused, out);
          g_string_append_c (out, ']');
        }
      g_string_append_c (out, ']');
    }
  g_string_append_printf (out, "],\"expects\":%" G_GINT64_FORMAT, expects);
  print_settled (settled, out);
  g_string_append (out, "}\n");
}

static gboolean
parse_refused (const KafWirePart *list, KafVerdict *verdict)
{
  const KafWirePart *one = list + 1;

  for (guint i = 0; i < list->n; i++, one = kaf_wire_after (one))
    {
      g_autofree char *entity = kaf_wire_get_string (kaf_wire_nth (one, 0));
      g_autofree char *id = kaf_wire_get_string (kaf_wire_nth (one, 1));
      g_autofree char *why = kaf_wire_get_string (kaf_wire_nth (one, 2));
      g_autofree char *field = kaf_wire_get_string (kaf_wire_nth (one, 3));

      if (entity == NULL || id == NULL || why == NULL || one->n > 4)
        return FALSE;
      kaf_verdict_refuse (verdict, entity, id, why, field);
    }
  return TRUE;
}

static gboolean
parse_verdict (const KafWirePart *part, KafVerdict *verdict)
{
  const KafWirePart *refused = kaf_wire_nth (part, 2);

  return kaf_wire_get_integer (kaf_wire_nth (part, 0), &verdict->dseq) &&
         (verdict->verdict = kaf_wire_get_string (kaf_wire_nth (part, 1))) != NULL &&
         part->n <= 3 &&
         (refused == NULL || (kaf_wire_is_array (refused) && parse_refused (refused, verdict)));
}

GPtrArray *
kaf_verdicts_parse (const char *line, gsize size, gint64 *expects, GError **error)
{
  g_autoptr (GArray) parts = kaf_wire_parts_new ();
  const KafWirePart *members = kaf_wire_parse_object (line, size, parts, error), *list, *one;
  g_autoptr (GPtrArray) verdicts =
      g_ptr_array_new_with_free_func ((GDestroyNotify) kaf_verdict_free);

  if (members == NULL)
    return NULL;
  list = kaf_wire_find (members, "verdicts");
  if (!kaf_wire_is_array (list) || !kaf_wire_find_integer (members, "expects", expects))
    {
      refuse ("verdicts", error);
      return NULL;
    }
  one = list + 1;
  for (guint i = 0; i < list->n; i++, one = kaf_wire_after (one))
    {
      KafVerdict *verdict = g_new0 (KafVerdict, 1);

      g_ptr_array_add (verdicts, verdict);
      if (!parse_verdict (one, verdict))
        {
          refuse ("verdicts", error);
          return NULL;
        }
    }
  return g_steal_pointer (&verdicts);
}

/* Erasures */

KafErased *
kaf_erased_new (gint64 number, const KafEntity *root, const char *id)
{
  KafErased *self = g_new0 (KafErased, 1);

  self->number = number;
  self->root = root;
  self->id = g_strdup (id);
  return self;
}

void
kaf_erased_free (KafErased *self)
{
  g_free (self->id);
  g_free (self);
}

void
kaf_erased_print (GPtrArray *list, GString *out)
{
  g_string_append (out, "{\"erased\":[");
  for (guint i = 0; i < list->len; i++)
    {
      const KafErased *one = g_ptr_array_index (list, i);

      g_string_append_printf (out, "%s[%" G_GINT64_FORMAT ",\"%s\",", i > 0 ? "," : "", one->number,
                              one->root->id);
      kaf_json_append_string (out, one->id);
      g_string_append_c (out, ']');
    }
  g_string_append (out, "]}\n");
}

/* [NUMBER,ENTITY,ID]; NULL when it is none. */
static KafErased *
parse_erased (const KafWirePart *three)
{
  g_autofree char *entity = kaf_wire_get_string (kaf_wire_nth (three, 1));
  g_autofree char *id = kaf_wire_get_string (kaf_wire_nth (three, 2));
  gint64 number;

  if (entity == NULL || id == NULL || three->n != 3 ||
      !kaf_wire_get_integer (kaf_wire_nth (three, 0), &number))
    return NULL;
  return kaf_erased_new (number, kaf_registry_find (entity), id);
}

GPtrArray *
kaf_erased_parse (const char *line, gsize size, GError **error)
{
  g_autoptr (GArray) parts = kaf_wire_parts_new ();
  const KafWirePart *members = kaf_wire_parse_object (line, size, parts, error);
  const KafWirePart *told = members != NULL ? kaf_wire_find (members, "erased") : NULL, *one;
  g_autoptr (GPtrArray) list = g_ptr_array_new_with_free_func ((GDestroyNotify) kaf_erased_free);

  if (members == NULL)
    return NULL;
  if (!kaf_wire_is_array (told))
    {
      refuse ("erased", error);
      return NULL;
    }
  one = told + 1;
  for (guint i = 0; i < told->n; i++, one = kaf_wire_after (one))
    {
      KafErased *erased = parse_erased (one);

      if (erased == NULL)
        {
          refuse ("erased", error);
          return NULL;
        }
      g_ptr_array_add (list, erased);
    }
  return g_steal_pointer (&list);
}

/* Rows */

static void
part_free (gpointer data)
{
  KafFeedPart *self = data;

  kaf_record_unref (self->record);
  g_clear_pointer (&self->aliases, g_ptr_array_unref);
  g_free (self->author);
  g_free (self);
}

KafFeedRow *
kaf_feed_row_new (const KafEntity *root, const char *id, gboolean whole)
{
  KafFeedRow *self = g_new0 (KafFeedRow, 1);

  self->root = root;
  self->id = g_strdup (id);
  self->whole = whole;
  self->parts = g_ptr_array_new_with_free_func (part_free);
  return self;
}

KafFeedPart *
kaf_feed_row_add (KafFeedRow *self, const KafEntity *entity)
{
  KafFeedPart *part = g_new0 (KafFeedPart, 1);

  part->record = kaf_record_new (entity, self->id);
  g_ptr_array_add (self->parts, part);
  return part;
}

void
kaf_feed_row_free (KafFeedRow *self)
{
  if (self == NULL)
    return;
  g_free (self->id);
  g_ptr_array_unref (self->parts);
  g_free (self);
}

static void
print_refs (const KafFeedPart *part, GString *out)
{
  if (kaf_record_get_ref (part->record) == NULL)
    return;
  g_string_append (out, ",\"r\":[");
  kaf_json_append_string (out, kaf_record_get_ref (part->record));
  for (guint i = 0; part->aliases != NULL && i < part->aliases->len; i++)
    {
      g_string_append_c (out, ',');
      kaf_json_append_string (out, g_ptr_array_index (part->aliases, i));
    }
  g_string_append_c (out, ']');
}

static void
print_author (const KafFeedPart *part, GString *out)
{
  if (part->author == NULL)
    return;
  g_string_append (out, ",\"b\":[");
  kaf_json_append_string (out, part->author);
  g_string_append_c (out, ',');
  kaf_json_append_integer (out, part->written_at);
  g_string_append_c (out, ']');
}

static void
print_part (const KafFeedPart *part, GString *out)
{
  const KafEntity *entity = kaf_record_get_entity (part->record);
  const KafStamp *stamp = kaf_record_get_stamp (part->record);
  gboolean first = TRUE;

  g_string_append (out, "{\"e\":");
  kaf_json_append_string (out, entity->id);
  g_string_append (out, ",\"c\":[");
  kaf_json_append_integer (out, stamp->created_at);
  g_string_append_c (out, ',');
  kaf_json_append_string (out, stamp->created_by);
  g_string_append_c (out, ',');
  kaf_json_append_integer (out, stamp->updated_at);
  g_string_append_c (out, ',');
  kaf_json_append_string (out, stamp->updated_by);
  g_string_append_c (out, ']');
  print_author (part, out);
  print_refs (part, out);
  if (part->tells_fate)
    g_string_append_printf (out, ",\"d\":%" G_GINT64_FORMAT, stamp->deleted_at);
  g_string_append (out, ",\"f\":{");
  for (guint i = 0; entity->fields[i].id != NULL; i++)
    {
      if (!kaf_record_holds_at (part->record, i))
        continue;
      kaf_json_append_name (out, first, entity->fields[i].id);
      kaf_json_append_string (out, kaf_record_get_at (part->record, i));
      first = FALSE;
    }
  g_string_append (out, "}}");
}

void
kaf_feed_row_print (const KafFeedRow *self, GString *out)
{
  g_string_append_printf (out, "{\"e\":\"%s\",\"i\":", self->root->id);
  kaf_json_append_string (out, self->id);
  g_string_append_printf (out, "%s%s,\"p\":[", self->whole ? ",\"w\":true" : "",
                          self->dropped ? ",\"x\":true" : "");
  for (guint i = 0; i < self->parts->len; i++)
    {
      if (i > 0)
        g_string_append_c (out, ',');
      print_part (g_ptr_array_index (self->parts, i), out);
    }
  g_string_append (out, "]}\n");
}

static gboolean
read_stamp (KafFeedPart *part, const KafWirePart *members, GError **error)
{
  KafStamp *stamp = kaf_record_get_stamp (part->record);
  const KafWirePart *who = kaf_wire_find (members, "c");

  if (!kaf_wire_is_array (who) || who->n != 4 ||
      !kaf_wire_get_integer (kaf_wire_nth (who, 0), &stamp->created_at) ||
      !kaf_wire_get_integer (kaf_wire_nth (who, 2), &stamp->updated_at))
    return refuse ("c", error);
  stamp->created_by = kaf_wire_get_string (kaf_wire_nth (who, 1));
  stamp->updated_by = kaf_wire_get_string (kaf_wire_nth (who, 3));
  part->tells_fate = kaf_wire_find_integer (members, "d", &stamp->deleted_at);
  return TRUE;
}

static gboolean
read_author (KafFeedPart *part, const KafWirePart *members, GError **error)
{
  const KafWirePart *by = kaf_wire_find (members, "b");

  if (by == NULL)
    return TRUE;
  if (!kaf_wire_is_array (by) || by->n != 2 ||
      !kaf_wire_get_integer (kaf_wire_nth (by, 1), &part->written_at))
    return refuse ("b", error);
  part->author = kaf_wire_get_string (kaf_wire_nth (by, 0));
  return part->author != NULL || refuse ("b", error);
}

static void
read_refs (KafFeedPart *part, const KafWirePart *members)
{
  const KafWirePart *refs = kaf_wire_find (members, "r"), *one = refs;

  for (guint i = 0; kaf_wire_is_array (refs) && i < refs->n; i++)
    {
      g_autofree char *ref = NULL;

      one = i == 0 ? refs + 1 : kaf_wire_after (one);
      ref = kaf_wire_get_string (one);
      if (i == 0)
        {
          kaf_record_set_ref (part->record, ref);
          part->aliases = g_ptr_array_new_with_free_func (g_free);
        }
      else if (ref != NULL)
        g_ptr_array_add (part->aliases, g_steal_pointer (&ref));
    }
}

static gboolean
read_values (KafFeedRow *self, KafFeedPart *part, const KafWirePart *members, GError **error)
{
  const KafEntity *entity = kaf_record_get_entity (part->record);
  const KafWirePart *values = kaf_wire_find (members, "f"), *name;

  if (!kaf_wire_is_object (values))
    return refuse ("f", error);
  name = values + 1;
  for (guint i = 0; i < values->n; i++, name = kaf_wire_after (name + 1))
    {
      int field = kaf_entity_field_index_of (entity, name->text, name->size);
      char *value = kaf_wire_get_string (name + 1);

      if (value == NULL && !kaf_wire_is_null (name + 1))
        return refuse ("f", error);
      if (field >= 0)
        kaf_record_take_at (part->record, field, value);
      else
        g_free (value);
      self->unknown |= field < 0;
    }
  return TRUE;
}

static gboolean
read_part (KafFeedRow *self, const KafWirePart *members, GError **error)
{
  g_autofree char *name = kaf_wire_find_string (members, "e");
  const KafEntity *entity;
  KafFeedPart *part;

  if (name == NULL)
    return refuse ("e", error);
  entity = kaf_registry_find (name);
  if (entity == NULL || kaf_entity_get_root (entity) != self->root)
    return self->unknown = TRUE;
  part = kaf_feed_row_add (self, entity);
  read_refs (part, members);
  return read_stamp (part, members, error) && read_author (part, members, error) &&
         read_values (self, part, members, error);
}

KafFeedRow *
kaf_feed_row_parse (const char *line, gsize size, GError **error)
{
  g_autoptr (GArray) list = kaf_wire_parts_new ();
  const KafWirePart *members = kaf_wire_parse_object (line, size, list, error), *parts, *one;
  g_autoptr (KafFeedRow) self = NULL;
  g_autofree char *name = NULL;
  g_autofree char *id = NULL;

  if (members == NULL)
    return NULL;
  name = kaf_wire_find_string (members, "e");
  id = kaf_wire_find_string (members, "i");
  parts = kaf_wire_find (members, "p");
  if (name == NULL || id == NULL || *id == '\0' || !kaf_wire_is_array (parts))
    {
      refuse ("e", error);
      return NULL;
    }
  self = kaf_feed_row_new (kaf_registry_find (name), id,
                           kaf_wire_is_true (kaf_wire_find (members, "w")));
  self->dropped = kaf_wire_is_true (kaf_wire_find (members, "x"));
  self->unknown = self->root == NULL;
  one = parts + 1;
  for (guint i = 0; self->root != NULL && i < parts->n; i++, one = kaf_wire_after (one))
    if (!read_part (self, one, error))
      return NULL;
  return g_steal_pointer (&self);
}

/* Checkpoints */

void
kaf_checkpoint_clear (KafCheckpoint *self)
{
  g_clear_pointer (&self->cursor, g_free);
}

void
kaf_checkpoint_print (const KafCheckpoint *self, GString *out)
{
  g_string_append (out, "{\"cursor\":");
  kaf_json_append_string (out, self->cursor);
  if (self->seen >= 0)
    g_string_append_printf (out, ",\"seen\":%" G_GINT64_FORMAT, self->seen);
  g_string_append_printf (out, ",\"more\":%s}\n", self->more ? "true" : "false");
}

gboolean
kaf_checkpoint_parse (const char *line, gsize size, KafCheckpoint *self, GError **error)
{
  g_autoptr (GArray) parts = NULL;
  const KafWirePart *members;

  if (size < 10 || memcmp (line, "{\"cursor\":", 10) != 0)
    return FALSE;
  parts = kaf_wire_parts_new ();
  members = kaf_wire_parse_object (line, size, parts, error);
  if (members == NULL)
    return FALSE;
  self->cursor = kaf_wire_find_string (members, "cursor");
  if (self->cursor == NULL)
    return refuse ("cursor", error);
  if (!kaf_wire_find_integer (members, "seen", &self->seen))
    self->seen = -1;
  self->more = kaf_wire_is_true (kaf_wire_find (members, "more"));
  return TRUE;
}
