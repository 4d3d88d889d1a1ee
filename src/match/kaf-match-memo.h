/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What came of comparing two sides of names: where many are compared with many, the same few names meet again and again.
 * A side is known by what is heard of it, which must neither change nor go while the memo is in use, and of which each
 * name and column has its own. It is as large as it is, and forgets what it has no room for; of one thread. */
#pragma once

#include "match/kaf-match-weigh.h"

G_BEGIN_DECLS

/* One side of a name against one side of another. */
typedef struct
{
  KafMatchLevel level;
  double likeness, bits, rarity;
} KafMatchSide;

KafMatchMemo *kaf_match_memo_new (void);
void kaf_match_memo_free (KafMatchMemo *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (KafMatchMemo, kaf_match_memo_free)

/* Where what came of @a against @b stands, or is to be put; @known (out): whether it is there. (transfer none) */
KafMatchSide *kaf_match_memo_get (KafMatchMemo *self,
                                  const KafSpokenName *a,
                                  const KafSpokenName *b,
                                  gboolean *known);

G_END_DECLS
