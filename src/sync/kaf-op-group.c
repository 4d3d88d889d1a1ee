/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "sync/kaf-op-group.h"

#include <string.h>

#include "sync/kaf-json.h"
#include "sync/kaf-wire.h"

#define BATCH_MAX 64   /* bytes */
#define AUTHOR_MAX 400 /* bytes */

void
kaf_op_group_hash_payload (const guint8 *salt,
                           gsize salt_size,
                           const char *payload,
                           guint8 hash[KAF_OP_GROUP_HASH_SIZE])
{
  g_autoptr (GChecksum) checksum = g_checksum_new (G_CHECKSUM_SHA256);
  gsize size = KAF_OP_GROUP_HASH_SIZE;

  g_checksum_update (checksum, salt, salt_size);
  g_checksum_update (checksum, (const guchar *) payload, strlen (payload));
  g_checksum_get_digest (checksum, hash, &size);
}

/* Each is preceded by its length, so that no two headers read alike. */
static void
digest_bytes (GChecksum *checksum, gconstpointer data, gsize size)
{
  guint32 length = GUINT32_TO_BE (size);

  g_checksum_update (checksum, (const guchar *) &length, sizeof length);
  if (data != NULL)
    g_checksum_update (checksum, data, size);
}

static void
digest_text (GChecksum *checksum, const char *text)
{
  digest_bytes (checksum, text, text != NULL ? strlen (text) : 0);
}

static void
digest_number (GChecksum *checksum, gint64 number)
{
  char text[24];

  g_snprintf (text, sizeof text, "%" G_GINT64_FORMAT, number);
  digest_text (checksum, text);
}

void
kaf_op_group_hash (const KafOpGroup *self, guint8 hash[KAF_OP_GROUP_HASH_SIZE])
{
  g_autoptr (GChecksum) checksum = g_checksum_new (G_CHECKSUM_SHA256);
  gsize size = KAF_OP_GROUP_HASH_SIZE;
  char device[17];

  g_snprintf (device, sizeof device, "%016" G_GINT64_MODIFIER "x", self->device);
  digest_text (checksum, device);
  digest_number (checksum, self->dseq);
  digest_text (checksum, self->batch);
  digest_number (checksum, self->at);
  digest_text (checksum, self->author);
  digest_bytes (checksum, self->clock.bytes, KAF_HLC_SIZE);
  digest_number (checksum, self->schema);
  digest_number (checksum, self->n_ops);
  digest_bytes (checksum, self->prev_hash, KAF_OP_GROUP_HASH_SIZE);
  digest_bytes (checksum, self->payload_hash, KAF_OP_GROUP_HASH_SIZE);
  g_checksum_get_digest (checksum, hash, &size);
}

void
kaf_op_group_free (KafOpGroup *self)
{
  if (self == NULL)
    return;
  g_free (self->batch);
  g_free (self->author);
  g_free (self->payload);
  g_free (self);
}

static void
append_digits (GString *out, const guint8 *bytes, gsize size)
{
  for (gsize i = 0; i < size; i++)
    g_string_append_printf (out, "%02x", bytes[i]);
}

char *
kaf_op_group_print_hash (const guint8 hash[KAF_OP_GROUP_HASH_SIZE])
{
  GString *out = g_string_sized_new (2 * KAF_OP_GROUP_HASH_SIZE + 1);

  append_digits (out, hash, KAF_OP_GROUP_HASH_SIZE);
  return g_string_free (out, FALSE);
}

static void
append_hex (GString *out, const char *name, const guint8 *bytes, gsize size)
{
  g_string_append_printf (out, ",\"%s\":\"", name);
  append_digits (out, bytes, size);
  g_string_append_c (out, '"');
}

static void
append_number (GString *out, const char *name, gint64 number)
{
  g_string_append_printf (out, ",\"%s\":%" G_GINT64_FORMAT, name, number);
}

static void
append_text (GString *out, const char *name, const char *text)
{
  g_string_append_printf (out, ",\"%s\":", name);
  kaf_json_append_string (out, text);
}

void
kaf_op_group_print (const KafOpGroup *self, GString *out)
{
  g_return_if_fail (self != NULL);

  g_string_append_printf (out, "{\"device\":\"%016" G_GINT64_MODIFIER "x\"", self->device);
  append_number (out, "dseq", self->dseq);
  append_text (out, "batch", self->batch);
  append_number (out, "at", self->at);
  append_text (out, "author", self->author);
  append_hex (out, "clock", self->clock.bytes, KAF_HLC_SIZE);
  append_number (out, "schema", self->schema);
  append_number (out, "n", self->n_ops);
  append_hex (out, "prev", self->prev_hash, KAF_OP_GROUP_HASH_SIZE);
  append_hex (out, "hash", self->payload_hash, KAF_OP_GROUP_HASH_SIZE);
  append_hex (out, "salt", self->salt, KAF_OP_GROUP_SALT_SIZE);
  append_number (out, "saw", self->saw);
  if (self->partial)
    g_string_append (out, ",\"partial\":true");
  g_string_append_printf (out, ",\"ops\":%s}\n", self->payload != NULL ? self->payload : "[]");
}

/* Reading */

static gboolean
refuse (const char *member, GError **error)
{
  g_set_error (error, KAF_SYNC_ERROR, KAF_SYNC_ERROR_MEMBER,
               "“%s” is missing or not as it should be", member);
  return FALSE;
}

static gboolean
read_number (
    const KafWirePart *members, const char *name, gint64 least, gint64 *number, GError **error)
{
  const KafWirePart *part = kaf_wire_find (members, name);

  return (part != NULL && kaf_wire_get_integer (part, number) && *number >= least) ||
         refuse (name, error);
}

static gboolean
read_hex (const KafWirePart *members, const char *name, guint8 *bytes, gsize size, GError **error)
{
  const KafWirePart *part = kaf_wire_find (members, name);

  /* Lower case alone: one spelling for each. */
  if (part == NULL || part->size != 2 * size + 2 || *part->text != '"')
    return refuse (name, error);
  for (gsize i = 0; i < size; i++)
    {
      const char *digits = part->text + 1 + 2 * i;

      if (!g_ascii_isxdigit (digits[0]) || !g_ascii_isxdigit (digits[1]) ||
          g_ascii_isupper (digits[0]) || g_ascii_isupper (digits[1]))
        return refuse (name, error);
      bytes[i] = g_ascii_xdigit_value (digits[0]) << 4 | g_ascii_xdigit_value (digits[1]);
    }
  return TRUE;
}

static gboolean
read_device (const KafWirePart *members, guint64 *device, GError **error)
{
  guint64 bytes;

  if (!read_hex (members, "device", (guint8 *) &bytes, sizeof bytes, error))
    return FALSE;
  *device = GUINT64_FROM_BE (bytes);
  return TRUE;
}

/* @nullable: whether null stands for none. */
static gboolean
read_text (const KafWirePart *members,
           const char *name,
           gsize most,
           gboolean nullable,
           char **text,
           GError **error)
{
  const KafWirePart *part = kaf_wire_find (members, name);

  if (nullable && part != NULL && *part->text == 'n')
    return TRUE;
  *text = part != NULL ? kaf_wire_get_string (part) : NULL;
  return (*text != NULL && **text != '\0' && strlen (*text) <= most) || refuse (name, error);
}

static gboolean
read_header (KafOpGroup *self, const KafWirePart *members, gint64 *n_ops, GError **error)
{
  return read_device (members, &self->device, error) &&
         read_number (members, "dseq", 1, &self->dseq, error) &&
         read_text (members, "batch", BATCH_MAX, FALSE, &self->batch, error) &&
         read_number (members, "at", 0, &self->at, error) &&
         read_text (members, "author", AUTHOR_MAX, TRUE, &self->author, error) &&
         read_hex (members, "clock", self->clock.bytes, KAF_HLC_SIZE, error) &&
         read_number (members, "schema", 1, &self->schema, error) &&
         read_number (members, "n", 1, n_ops, error) &&
         read_hex (members, "prev", self->prev_hash, KAF_OP_GROUP_HASH_SIZE, error) &&
         read_hex (members, "hash", self->payload_hash, KAF_OP_GROUP_HASH_SIZE, error) &&
         read_hex (members, "salt", self->salt, KAF_OP_GROUP_SALT_SIZE, error) &&
         read_number (members, "saw", 0, &self->saw, error);
}

static gboolean
hash_is_right (KafOpGroup *self)
{
  guint8 hash[KAF_OP_GROUP_HASH_SIZE];

  kaf_op_group_hash_payload (self->salt, sizeof self->salt, self->payload, hash);
  return memcmp (hash, self->payload_hash, sizeof hash) == 0;
}

static gboolean
read_payload (KafOpGroup *self, const KafWirePart *members, gint64 n_ops, GError **error)
{
  const KafWirePart *part = kaf_wire_find (members, "ops");

  if (!kaf_wire_is_array (part) || part->size > KAF_OP_GROUP_MAX_BYTES)
    return refuse ("ops", error);
  self->partial = kaf_wire_is_true (kaf_wire_find (members, "partial"));
  if (n_ops > KAF_OP_GROUP_MAX_OPS || (self->partial ? part->n > n_ops : part->n != n_ops))
    return refuse ("n", error);
  self->n_ops = n_ops;
  self->payload = g_strndup (part->text, part->size);
  return self->partial || hash_is_right (self) || refuse ("hash", error);
}

KafOpGroup *
kaf_op_group_parse (const char *line, gsize size, GError **error)
{
  g_autoptr (GArray) parts = kaf_wire_parts_new ();
  g_autoptr (KafOpGroup) self = g_new0 (KafOpGroup, 1);
  const KafWirePart *members;
  gint64 n_ops = 0;

  g_return_val_if_fail (line != NULL, NULL);

  members = kaf_wire_parse_object (line, size, parts, error);
  if (members == NULL || !read_header (self, members, &n_ops, error) ||
      !read_payload (self, members, n_ops, error))
    return NULL;
  return g_steal_pointer (&self);
}
