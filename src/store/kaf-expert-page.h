/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What decides how an expert fits, of KAF_EXPERTS_A_PAGE row numbers in one blob. Small, since a first question reads all
 * of it: forty bytes an expert. A number takes seven bits a byte, the lower ones first; codes stand as numbers of the
 * table expert_word; a list has its length before it. Of one expert, in this order:
 *
 *   bytes that follow, slot, domains, occupations, KafExpertFlags, status, territory (0: none), confirmed on,
 *   languages, networks (each with the last day, 0: for good), times (from, to, KafTimeBits), id (16 bytes) */
#pragma once

#include "base/kaf-day.h"

G_BEGIN_DECLS

#define KAF_EXPERTS_A_PAGE 128
#define KAF_EXPERT_ID_SIZE 16

typedef enum
{
  KAF_EXPERT_CONSENTS = 1 << 0, /* to sharing */
  KAF_EXPERT_IN_MISSIONS =
      1 << 1 /* is or was on a short list: her sessions and marks are to be read */
} KafExpertFlags;

typedef enum
{
  KAF_TIME_MORNING = 1 << 0,
  KAF_TIME_AFTERNOON = 1 << 1,
  KAF_TIME_REMOTE = 1 << 2,
} KafTimeBits;
#define KAF_TIME_KIND_SHIFT 3 /* then KafFitTime's kind */

/* Bytes still to be read. */
typedef struct
{
  const guint8 *at, *end;
} KafExpertBytes;

/* All of them. @data: nullable where there are none, which has no end to point at. */
static inline KafExpertBytes
kaf_expert_bytes (const guint8 *data, gsize size)
{
  return (KafExpertBytes){ data, size > 0 ? data + size : data };
}

/* The next number; 0 where the bytes end. */
static inline guint32
kaf_expert_read (KafExpertBytes *bytes)
{
  guint32 n = 0;

  for (guint shift = 0; bytes->at < bytes->end && shift < 32; shift += 7)
    {
      guint8 byte = *bytes->at++;

      n |= (guint32) (byte & 0x7f) << shift;
      if (byte < 0x80)
        break;
    }
  return n;
}

/* How many items of @size numbers follow: never more than there is room for. */
static inline guint
kaf_expert_read_count (KafExpertBytes *bytes, guint size)
{
  guint32 n = kaf_expert_read (bytes);

  return MIN (n, (guint) (bytes->end - bytes->at) / size);
}

/* The next expert of @page, as far as her slot was read; FALSE: no more, or the page is damaged, and not at its end. */
static inline gboolean
kaf_expert_page_next (KafExpertBytes *page, KafExpertBytes *expert, guint *slot)
{
  KafExpertBytes rest = *page;
  guint32 length = kaf_expert_read (&rest);

  if (length == 0 || length > (gsize) (rest.end - rest.at))
    return FALSE;
  *expert = (KafExpertBytes){ rest.at, rest.at + length };
  page->at = expert->end;
  *slot = kaf_expert_read (expert);
  return TRUE;
}

/* Adds a number. */
void kaf_expert_write (GByteArray *bytes, guint32 n);

/* Puts @expert (what follows the length), or nothing where it is NULL, in the place of that slot; whether that changed
 * the page. */
gboolean kaf_expert_page_replace (GByteArray *page, guint slot, const GByteArray *expert);

/* The bytes of an id: they compare as the text does. Of one that is no UUID its first letters. */
void kaf_expert_page_pack_id (const char *id, guint8 packed[KAF_EXPERT_ID_SIZE]);

G_END_DECLS
