/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Identifiers of records: UUIDs of RFC 9562 in lower-case text. New records take version 7, whose
 * order is that of creation; what must be the same on every device that enters it (an element of a
 * set, a sample record) takes version 8, a hash of its content. */

#include "config.h"

#include "base/kaf-id.h"

#include <stdarg.h>
#include <string.h>

/* 1/4096 ms, the precision that the twelve bits after the milliseconds carry. */
#define STAMP_PER_MS 4096
#define MAX_MS ((G_GINT64_CONSTANT (1) << 48) - 1)

static char *
id_to_text (const guint8 bytes[16])
{
  static const char hex[] = "0123456789abcdef";
  char *text = g_malloc (KAF_ID_LENGTH + 1);
  char *p = text;

  for (guint i = 0; i < 16; i++)
    {
      if (i == 4 || i == 6 || i == 8 || i == 10)
        *p++ = '-';
      *p++ = hex[bytes[i] >> 4];
      *p++ = hex[bytes[i] & 15];
    }
  *p = 0;
  return text;
}

/**
 * kaf_id_new:
 * @clock: the time
 * @random: the randomness
 *
 * Makes a UUIDv7. Two identifiers made with the same @random rise, even within one microsecond.
 *
 * Returns: (transfer full): lower-case text
 */
char *
kaf_id_new (KafClock *clock, KafRandom *random)
{
  guint8 bytes[16];
  gint64 now;
  guint64 stamp, ms;

  g_return_val_if_fail (clock != NULL && random != NULL, NULL);

  now = CLAMP (kaf_clock_now (clock), 0, MAX_MS * 1000);
  stamp = kaf_random_stamp (random, (guint64) (now / 1000) * STAMP_PER_MS +
                                        (guint64) (now % 1000) * STAMP_PER_MS / 1000);
  ms = MIN (stamp / STAMP_PER_MS, (guint64) MAX_MS);
  for (guint i = 0; i < 6; i++)
    bytes[i] = (guint8) (ms >> (40 - 8 * i));
  bytes[6] = (guint8) (0x70 | ((stamp % STAMP_PER_MS) >> 8));
  bytes[7] = (guint8) stamp;
  kaf_random_bytes (random, bytes + 8, 8);
  bytes[8] = (bytes[8] & 0x3F) | 0x80;
  return id_to_text (bytes);
}

/* Each part goes in behind its length, so that ("ab", "c") and ("a", "bc") differ. */
static void
update_part (GChecksum *sum, const char *part)
{
  gsize length = strlen (part);
  guint64 prefix = GUINT64_TO_BE ((guint64) length);

  g_checksum_update (sum, (const guchar *) &prefix, sizeof prefix);
  g_checksum_update (sum, (const guchar *) part, length);
}

static char *
id_from_sum (GChecksum *sum)
{
  guint8 digest[32];
  gsize length = sizeof digest;

  g_checksum_get_digest (sum, digest, &length);
  digest[6] = (digest[6] & 0x0F) | 0x80;
  digest[8] = (digest[8] & 0x3F) | 0x80;
  return id_to_text (digest);
}

/**
 * kaf_id_from_content:
 * @space: what the parts describe, such as "sample.person"
 * @...: the parts, then %NULL
 *
 * Makes a UUIDv8 from SHA-256: the same content gives the same identifier everywhere.
 *
 * Returns: (transfer full): lower-case text
 */
char *
kaf_id_from_content (const char *space, ...)
{
  g_autoptr (GChecksum) sum = g_checksum_new (G_CHECKSUM_SHA256);
  va_list parts;
  const char *part;

  g_return_val_if_fail (space != NULL, NULL);

  update_part (sum, space);
  va_start (parts, space);
  while ((part = va_arg (parts, const char *)) != NULL)
    update_part (sum, part);
  va_end (parts);
  return id_from_sum (sum);
}

/**
 * kaf_id_from_content_strv:
 * @space: what the parts describe
 * @parts: (array zero-terminated=1): the parts
 *
 * The same as kaf_id_from_content() for parts that come in an array.
 *
 * Returns: (transfer full): lower-case text
 */
char *
kaf_id_from_content_strv (const char *space, const char *const *parts)
{
  g_autoptr (GChecksum) sum = g_checksum_new (G_CHECKSUM_SHA256);

  g_return_val_if_fail (space != NULL && parts != NULL, NULL);

  update_part (sum, space);
  for (; *parts != NULL; parts++)
    update_part (sum, *parts);
  return id_from_sum (sum);
}

/**
 * kaf_id_is_uuid:
 * @id: (nullable): a text
 *
 * Returns: %TRUE for a UUID as this program writes it: lower case, with its four hyphens
 */
gboolean
kaf_id_is_uuid (const char *id)
{
  guint i;

  if (id == NULL)
    return FALSE;
  for (i = 0; i < KAF_ID_LENGTH && id[i] != 0; i++)
    {
      if (i == 8 || i == 13 || i == 18 || i == 23)
        {
          if (id[i] != '-')
            return FALSE;
        }
      else if (!g_ascii_isdigit (id[i]) && !(id[i] >= 'a' && id[i] <= 'f'))
        return FALSE;
    }
  return i == KAF_ID_LENGTH && id[i] == 0;
}

/**
 * kaf_id_get_time:
 * @id: (nullable): an identifier
 *
 * Returns: when a version 7 identifier was made, µs since 1970 UTC with the precision of a
 *   millisecond; -1 for anything else
 */
gint64
kaf_id_get_time (const char *id)
{
  gint64 ms = 0;

  if (!kaf_id_is_uuid (id) || id[14] != '7')
    return -1;
  for (guint i = 0; i < 13; i++)
    if (id[i] != '-')
      ms = ms << 4 | g_ascii_xdigit_value (id[i]);
  return ms * 1000;
}

/**
 * kaf_id_hash:
 * @id: a text, mostly an identifier
 *
 * A #GHashFunc to go with g_str_equal(): the end of an identifier is as good as drawn at random, and read at once where
 * g_str_hash() reads letter by letter.
 */
guint
kaf_id_hash (gconstpointer id)
{
  gsize length = strlen (id);
  guint64 end;

  if (length < KAF_ID_LENGTH)
    return g_str_hash (id);
  memcpy (&end, (const char *) id + length - sizeof end, sizeof end);
  return (guint) ((end * G_GUINT64_CONSTANT (0x9e3779b97f4a7c15)) >> 32);
}
