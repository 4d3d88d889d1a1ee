/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "store/kaf-expert-page.h"

#include <string.h>

#include "base/kaf-id.h"

void
kaf_expert_write (GByteArray *bytes, guint32 n)
{
  do
    {
      guint8 byte = (guint8) ((n & 0x7f) | (n > 0x7f ? 0x80 : 0));

      g_byte_array_append (bytes, &byte, 1);
      n >>= 7;
    }
  while (n > 0);
}

/* Where the expert of @slot stands, or would. */
static void
find_slot (const GByteArray *page, guint slot, guint *start, guint *length)
{
  KafExpertBytes rest = kaf_expert_bytes (page->data, page->len), expert;
  guint other;

  *start = *length = 0;
  while (kaf_expert_page_next (&rest, &expert, &other))
    {
      guint end = (guint) (rest.at - page->data);

      if (other >= slot)
        {
          *length = other == slot ? end - *start : 0;
          return;
        }
      *start = end;
    }
}

gboolean
kaf_expert_page_replace (GByteArray *page, guint slot, const GByteArray *expert)
{
  g_autoptr (GByteArray) put = g_byte_array_new ();
  guint start, length, tail;

  find_slot (page, slot, &start, &length);
  if (expert != NULL)
    {
      kaf_expert_write (put, expert->len);
      g_byte_array_append (put, expert->data, expert->len);
    }
  if (put->len == length && (length == 0 || memcmp (page->data + start, put->data, length) == 0))
    return FALSE;
  tail = page->len - start - length;
  if (put->len > length)
    g_byte_array_set_size (page, page->len + put->len - length);
  if (tail > 0)
    memmove (page->data + start + put->len, page->data + start + length, tail);
  if (put->len > 0)
    memcpy (page->data + start, put->data, put->len);
  g_byte_array_set_size (page, start + put->len + tail);
  return TRUE;
}

void
kaf_expert_page_pack_id (const char *id, guint8 packed[KAF_EXPERT_ID_SIZE])
{
  memset (packed, 0, KAF_EXPERT_ID_SIZE);
  if (!kaf_id_is_uuid (id))
    {
      memcpy (packed, id, MIN (strlen (id), KAF_EXPERT_ID_SIZE));
      return;
    }
  for (guint i = 0, at = 0; i < KAF_EXPERT_ID_SIZE; i++, at += 2)
    {
      at += id[at] == '-';
      packed[i] = (guint8) (g_ascii_xdigit_value (id[at]) << 4 | g_ascii_xdigit_value (id[at + 1]));
    }
}
