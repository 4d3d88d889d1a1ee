/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Persons in memory, found by their keys: for a file of rows (a preview, kafaatctl match). A store finds its own by the
 * same keys in a table. Fill, seal, find; from then on it may be read from any thread. */
#pragma once

#include "match/kaf-match-weigh.h"

G_BEGIN_DECLS

typedef struct _KafMatchIndex KafMatchIndex;

KafMatchIndex *kaf_match_index_new (void);
void kaf_match_index_free (KafMatchIndex *self);

/* Takes @person, and counts its names. Returns its number, from 0. */
guint kaf_match_index_add (KafMatchIndex *self, KafMatchPerson *person);
void kaf_match_index_seal (KafMatchIndex *self);

guint kaf_match_index_get_n (const KafMatchIndex *self);
const KafMatchPerson *kaf_match_index_get (const KafMatchIndex *self, guint number);
const KafMatchRarity *kaf_match_index_get_rarity (const KafMatchIndex *self);

/* Numbers of those who have a key in common with @person, rising, each once; @person itself too, if it is in here. A
 * key that a crowd shares counts with the country, and not at all where a crowd is left (matching.md). @found
 * (element-type guint32) is emptied first. */
void kaf_match_index_find (const KafMatchIndex *self, const KafMatchPerson *person, GArray *found);

/* Each key of each person, rising by the key, @i under kaf_match_index_get_n_keys(); @number (out): of the person. */
guint kaf_match_index_get_n_keys (const KafMatchIndex *self);
guint64 kaf_match_index_get_key (const KafMatchIndex *self, guint i, guint *number);

/* A pair that was judged: numbers, @a < @b inside one index. */
typedef struct
{
  guint32 a, b;
  double bits, probability;
} KafMatchPair;

/* Asked now and then whether to go on: @done of @total persons were looked at. */
typedef gboolean (*KafMatchGoOn) (guint done, guint total, gpointer data);

/* All pairs inside the index from @threshold on, the likeliest first, then by numbers. (element-type KafMatchPair)
 * (transfer full) (nullable: @go_on, which may be NULL, said no) */
GArray *kaf_match_index_dedupe (const KafMatchIndex *self,
                                const KafMatchModel *model,
                                double threshold,
                                KafMatchGoOn go_on,
                                gpointer data);

/* The same of each of @others (a) against the index (b); @others need not be sealed. */
GArray *kaf_match_index_link (const KafMatchIndex *self,
                              const KafMatchIndex *others,
                              const KafMatchModel *model,
                              double threshold,
                              KafMatchGoOn go_on,
                              gpointer data);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (KafMatchIndex, kaf_match_index_free)

G_END_DECLS
