/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Each pair has one place, which the last that came there keeps: a look costs one line of memory or two. */
#include "config.h"

#include "match/kaf-match-memo.h"

#define PLACES_LOG2 14 /* × 48 bytes */

typedef struct
{
  const KafSpokenName *a, *b;
  KafMatchSide side;
} Place;

struct _KafMatchMemo
{
  Place places[1 << PLACES_LOG2];
};

KafMatchMemo *
kaf_match_memo_new (void)
{
  return g_new0 (KafMatchMemo, 1);
}

void
kaf_match_memo_free (KafMatchMemo *self)
{
  g_free (self);
}

/* Fibonacci hashing, of both. */
static guint
find_place (const KafSpokenName *a, const KafSpokenName *b)
{
  guint64 mixed = (guint64) (gsize) a * G_GUINT64_CONSTANT (0x9e3779b97f4a7c15);

  mixed = (mixed ^ (guint64) (gsize) b) * G_GUINT64_CONSTANT (0xc2b2ae3d27d4eb4f);
  return (guint) (mixed >> (64 - PLACES_LOG2));
}

KafMatchSide *
kaf_match_memo_get (KafMatchMemo *self,
                    const KafSpokenName *a,
                    const KafSpokenName *b,
                    gboolean *known)
{
  Place *place = &self->places[find_place (a, b)];

  *known = place->a == a && place->b == b;
  place->a = a;
  place->b = b;
  return &place->side;
}
