/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "sync/kaf-compare.h"

#include <string.h>

#include "schema/kaf-registry.h"
#include "sync/kaf-json.h"
#include "sync/kaf-wire.h"

/* Digits of a sum. */
#define SUM_HEX 16

static gboolean
refuse (const char *what, GError **error)
{
  g_set_error (error, KAF_SYNC_ERROR, KAF_SYNC_ERROR_MEMBER, "“%s” is not as it should be", what);
  return FALSE;
}

/* Places */

void
kaf_compare_place_clear (KafComparePlace *self)
{
  g_clear_pointer (&self->entity, g_free);
  g_clear_pointer (&self->id, g_free);
}

void
kaf_compare_place_set (KafComparePlace *self, const char *entity, const char *id)
{
  kaf_compare_place_clear (self);
  self->entity = g_strdup (entity);
  self->id = g_strdup (id);
}

int
kaf_compare_place_order (const char *entity, const char *id, const char *of, const char *to)
{
  int order = strcmp (entity, of);

  return order != 0 ? order : strcmp (id, to);
}

static void
print_place (const KafComparePlace *self, const char *name, GString *out)
{
  g_string_append_printf (out, ",\"%s\":", name);
  if (self->entity == NULL)
    {
      g_string_append (out, "null");
      return;
    }
  g_string_append_c (out, '[');
  kaf_json_append_string (out, self->entity);
  g_string_append_c (out, ',');
  kaf_json_append_string (out, self->id);
  g_string_append_c (out, ']');
}

/* NULL or missing: there is none. */
static gboolean
read_place (const KafWirePart *members, const char *name, KafComparePlace *self, GError **error)
{
  const KafWirePart *place = kaf_wire_find (members, name);

  if (place == NULL || kaf_wire_is_null (place))
    return TRUE;
  self->entity = kaf_wire_get_string (kaf_wire_nth (place, 0));
  self->id = kaf_wire_get_string (kaf_wire_nth (place, 1));
  return (self->entity != NULL && self->id != NULL) || refuse (name, error);
}

/* Buckets and sums */

gboolean
kaf_compare_has_bucket (const guint8 *buckets, guint bucket)
{
  return (buckets[bucket / 8] & 1 << bucket % 8) != 0;
}

void
kaf_compare_add_bucket (guint8 *buckets, guint bucket)
{
  buckets[bucket / 8] |= (guint8) (1 << bucket % 8);
}

static gboolean
read_hex (const char *text, gsize digits, guint64 *number)
{
  *number = 0;
  for (gsize i = 0; i < digits; i++)
    {
      int digit = g_ascii_xdigit_value (text[i]);

      if (digit < 0)
        return FALSE;
      *number = *number << 4 | (guint64) digit;
    }
  return TRUE;
}

static gboolean
read_buckets (const KafWirePart *members, KafCompareAsk *self, GError **error)
{
  const KafWirePart *part = kaf_wire_find (members, "buckets");
  g_autofree char *text = kaf_wire_get_string (part);
  guint64 byte;

  self->tells = part != NULL;
  if (!self->tells)
    return TRUE;
  if (text == NULL || strlen (text) != sizeof self->buckets * 2)
    return refuse ("buckets", error);
  for (guint i = 0; i < sizeof self->buckets; i++)
    {
      if (!read_hex (text + 2 * i, 2, &byte))
        return refuse ("buckets", error);
      self->buckets[i] = (guint8) byte;
    }
  return TRUE;
}

/* Asking */

void
kaf_compare_ask_clear (KafCompareAsk *self)
{
  g_clear_pointer (&self->cursor, g_free);
  kaf_compare_place_clear (&self->after);
  kaf_compare_place_clear (&self->until);
}

void
kaf_compare_ask_print (const KafCompareAsk *self, GString *out)
{
  g_string_append_printf (out, "{\"compare\":%d,\"schema\":%" G_GINT64_FORMAT ",\"cursor\":",
                          KAF_COMPARE_PROTOCOL, self->schema);
  kaf_json_append_string (out, self->cursor);
  g_string_append_printf (out, ",\"erased\":%" G_GINT64_FORMAT, self->erased);
  print_place (&self->after, "after", out);
  if (self->tells)
    {
      print_place (&self->until, "until", out);
      g_string_append (out, ",\"buckets\":\"");
      for (guint i = 0; i < sizeof self->buckets; i++)
        g_string_append_printf (out, "%02x", self->buckets[i]);
      g_string_append_c (out, '"');
    }
  g_string_append (out, "}\n");
}

gboolean
kaf_compare_ask_parse (const char *line, gsize size, KafCompareAsk *self, GError **error)
{
  g_autoptr (GArray) parts = kaf_wire_parts_new ();
  const KafWirePart *members = kaf_wire_parse_object (line, size, parts, error);

  if (members == NULL)
    return FALSE;
  if (!kaf_wire_find_integer (members, "compare", &self->protocol))
    return refuse ("compare", error);
  if (!kaf_wire_find_integer (members, "schema", &self->schema) || self->schema < 1)
    return refuse ("schema", error);
  if (!kaf_wire_find_integer (members, "erased", &self->erased) || self->erased < 0)
    return refuse ("erased", error);
  self->cursor = kaf_wire_find_string (members, "cursor");
  return (self->cursor != NULL || refuse ("cursor", error)) &&
         read_place (members, "after", &self->after, error) &&
         read_place (members, "until", &self->until, error) && read_buckets (members, self, error);
}

void
kaf_compare_held_clear (KafCompareHeld *self)
{
  g_clear_pointer (&self->entity, g_free);
  g_clear_pointer (&self->id, g_free);
}

void
kaf_compare_held_print (const KafCompareHeld *self, GString *out)
{
  g_string_append_c (out, '[');
  kaf_json_append_string (out, self->entity);
  g_string_append_c (out, ',');
  kaf_json_append_string (out, self->id);
  if (self->waits)
    g_string_append (out, ",null");
  else
    g_string_append_printf (out, ",\"%016" G_GINT64_MODIFIER "x\"", self->digest);
  g_string_append (out, self->own ? ",1]\n" : ",0]\n");
}

gboolean
kaf_compare_held_parse (const char *line, gsize size, KafCompareHeld *self, GError **error)
{
  g_autoptr (GArray) parts = kaf_wire_parts_new ();
  const KafWirePart *list = kaf_wire_parse (line, size, parts, error);
  g_autofree char *digest = NULL;
  gint64 own = 0;

  if (list == NULL)
    return FALSE;
  self->entity = kaf_wire_get_string (kaf_wire_nth (list, 0));
  self->id = kaf_wire_get_string (kaf_wire_nth (list, 1));
  self->waits = kaf_wire_is_null (kaf_wire_nth (list, 2));
  digest = kaf_wire_get_string (kaf_wire_nth (list, 2));
  if (self->entity == NULL || self->id == NULL || *self->id == '\0' ||
      !kaf_wire_get_integer (kaf_wire_nth (list, 3), &own))
    return refuse ("record", error);
  self->own = own != 0;
  return self->waits ||
         (digest != NULL && strlen (digest) == SUM_HEX &&
          read_hex (digest, SUM_HEX, &self->digest)) ||
         refuse ("digest", error);
}

/* Answering */

void
kaf_compare_answer_clear (KafCompareAnswer *self)
{
  g_clear_pointer (&self->cursor, g_free);
  kaf_compare_place_clear (&self->until);
}

static void
print_sums (const KafCompareAnswer *self, GString *out)
{
  g_string_append_printf (out, ",\"schema\":%" G_GINT64_FORMAT ",\"reads\":%" G_GINT64_FORMAT,
                          self->schema, self->reads);
  print_place (&self->until, "until", out);
  g_string_append (out, ",\"sums\":\"");
  for (guint i = 0; i < KAF_COMPARE_BUCKETS; i++)
    g_string_append_printf (out, "%016" G_GINT64_MODIFIER "x", self->sums[i]);
  g_string_append_c (out, '"');
}

void
kaf_compare_answer_print (const KafCompareAnswer *self, GString *out)
{
  g_string_append_printf (out, "{\"compare\":%d,\"cursor\":", KAF_COMPARE_PROTOCOL);
  kaf_json_append_string (out, self->cursor);
  if (self->behind)
    g_string_append (out, ",\"behind\":true");
  else if (self->has_sums)
    print_sums (self, out);
  g_string_append (out, "}\n");
}

static gboolean
read_sums (const KafWirePart *members, KafCompareAnswer *self, GError **error)
{
  const KafWirePart *part = kaf_wire_find (members, "sums");
  g_autofree char *text = kaf_wire_get_string (part);

  self->has_sums = part != NULL;
  if (!self->has_sums)
    return TRUE;
  if (text == NULL || strlen (text) != KAF_COMPARE_BUCKETS * SUM_HEX)
    return refuse ("sums", error);
  for (guint i = 0; i < KAF_COMPARE_BUCKETS; i++)
    if (!read_hex (text + i * SUM_HEX, SUM_HEX, &self->sums[i]))
      return refuse ("sums", error);
  return (kaf_wire_find_integer (members, "schema", &self->schema) && self->schema > 0 &&
          kaf_wire_find_integer (members, "reads", &self->reads) && self->reads >= 0) ||
         refuse ("reads", error);
}

gboolean
kaf_compare_answer_parse (const char *line, gsize size, KafCompareAnswer *self, GError **error)
{
  g_autoptr (GArray) parts = kaf_wire_parts_new ();
  const KafWirePart *members = kaf_wire_parse_object (line, size, parts, error);
  gint64 protocol;

  if (members == NULL)
    return FALSE;
  if (!kaf_wire_find_integer (members, "compare", &protocol) || protocol != KAF_COMPARE_PROTOCOL)
    return refuse ("compare", error);
  self->cursor = kaf_wire_find_string (members, "cursor");
  self->behind = kaf_wire_is_true (kaf_wire_find (members, "behind"));
  return (self->cursor != NULL || refuse ("cursor", error)) &&
         read_place (members, "until", &self->until, error) && read_sums (members, self, error);
}

void
kaf_compare_end_clear (KafCompareEnd *self)
{
  kaf_compare_place_clear (&self->until);
}

#define END "{\"unknown\":"

void
kaf_compare_end_print (const KafCompareEnd *self, GString *out)
{
  g_string_append_printf (out, END "%" G_GINT64_FORMAT, self->n_unknown);
  print_place (&self->until, "until", out);
  g_string_append (out, "}\n");
}

gboolean
kaf_compare_end_parse (const char *line, gsize size, KafCompareEnd *self, GError **error)
{
  g_autoptr (GArray) parts = NULL;
  const KafWirePart *members;

  if (size < strlen (END) || memcmp (line, END, strlen (END)) != 0)
    return FALSE;
  parts = kaf_wire_parts_new ();
  members = kaf_wire_parse_object (line, size, parts, error);
  if (members == NULL)
    return FALSE;
  if (!kaf_wire_find_integer (members, "unknown", &self->n_unknown) || self->n_unknown < 0)
    return refuse ("unknown", error);
  return read_place (members, "until", &self->until, error);
}

/* Digests */

#define FNV_OFFSET 2166136261u
#define FNV_PRIME 16777619u

guint
kaf_compare_find_bucket (const char *id)
{
  guint32 hash = FNV_OFFSET;

  for (; *id != '\0'; id++)
    hash = (hash ^ (guint8) *id) * FNV_PRIME;
  return (hash ^ hash >> 8 ^ hash >> 16 ^ hash >> 24) % KAF_COMPARE_BUCKETS;
}

static int
compare_lines (gconstpointer a, gconstpointer b)
{
  return strcmp (*(const char *const *) a, *(const char *const *) b);
}

/* A set is the same in whatever order it is kept. */
static void
append_set (GString *text, const char *set)
{
  g_auto (GStrv) lines = g_strsplit (set, "\n", -1);
  guint n = g_strv_length (lines);

  qsort (lines, n, sizeof *lines, compare_lines);
  for (guint i = 0; i < n; i++)
    g_string_append_printf (text, "%s\n", lines[i]);
}

/* No value has a NUL in it: where one ends and the next begins is plain. */
static void
append_part (GString *text, KafRecord *part, guint schema, guint classes, KafRecordTells tells)
{
  const KafEntity *entity = kaf_record_get_entity (part);
  const char *ref = kaf_record_get_ref (part);

  g_string_append_printf (text, "%s%c%d%s", entity->id, '\0',
                          kaf_record_get_stamp (part)->deleted_at > 0, ref != NULL ? ref : "");
  g_string_append_c (text, '\0');
  for (guint i = 0; entity->fields[i].id != NULL; i++)
    {
      const KafField *field = &entity->fields[i];
      const char *value = kaf_record_get_at (part, i);

      if (value == NULL || *value == '\0' || field->since > schema || !tells (classes, part, i))
        continue;
      g_string_append (text, field->id);
      g_string_append_c (text, '\0');
      if (kaf_field_is_many (field))
        append_set (text, value);
      else
        g_string_append (text, value);
      g_string_append_c (text, '\0');
    }
}

static KafRecord *
find_part (GPtrArray *parts, const KafEntity *entity)
{
  for (guint i = 0; i < parts->len; i++)
    if (kaf_record_get_entity (g_ptr_array_index (parts, i)) == entity)
      return g_ptr_array_index (parts, i);
  return NULL;
}

static guint64
hash_text (const GString *text)
{
  g_autoptr (GChecksum) checksum = g_checksum_new (G_CHECKSUM_SHA256);
  guint8 bytes[32];
  gsize size = sizeof bytes;
  guint64 hash = 0;

  g_checksum_update (checksum, (const guchar *) text->str, (gssize) text->len);
  g_checksum_get_digest (checksum, bytes, &size);
  for (guint i = 0; i < sizeof hash; i++)
    hash = hash << 8 | bytes[i];
  /* 0 says that there is nothing. */
  return MAX (hash, 1);
}

guint64
kaf_compare_digest (GPtrArray *parts, guint schema, guint classes, KafRecordTells tells)
{
  const KafEntity *any =
      parts->len > 0 ? kaf_record_get_entity (g_ptr_array_index (parts, 0)) : NULL;
  const KafEntity *root = any != NULL ? kaf_entity_get_root (any) : NULL;
  KafRecord *top = root != NULL ? find_part (parts, root) : NULL;
  g_autoptr (GString) text = g_string_sized_new (1024);

  if (top == NULL || root->since > schema)
    return 0;
  append_part (text, top, schema, classes, tells);
  for (guint bit = 1; kaf_registry_find_facet (root, bit) != NULL; bit <<= 1)
    {
      const KafEntity *facet = kaf_registry_find_facet (root, bit);
      KafRecord *part = find_part (parts, facet);

      if (part != NULL && facet->since <= schema)
        append_part (text, part, schema, classes, tells);
    }
  return hash_text (text);
}
