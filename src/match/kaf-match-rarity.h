/* SPDX-License-Identifier: GPL-3.0-or-later */
/* How usual names, cities, employers and countries are: two people who share a rare name are likelier one than two called
 * Mohamed Alaoui. Counted over the persons at hand; names by their key, so that all spellings count together. Of keys
 * and values 64 bits are kept (kaf_match_key_hash()): what was counted names nobody. */
#pragma once

#include "match/kaf-match-person.h"

G_BEGIN_DECLS

typedef struct _KafMatchRarity KafMatchRarity;

KafMatchRarity *kaf_match_rarity_new (void);
void kaf_match_rarity_free (KafMatchRarity *self);

/* Counts what one more person has, each once. */
void kaf_match_rarity_add (KafMatchRarity *self, const KafMatchPerson *person);

/* The same, for a table that is kept: @n more persons have @key; of a field that is not counted, nothing. */
void kaf_match_rarity_count (KafMatchRarity *self, KafMatchField field, const char *key, guint n);
void kaf_match_rarity_count_persons (KafMatchRarity *self, guint n);
guint kaf_match_rarity_get_persons (const KafMatchRarity *self);

/* Bits that agreeing on this counts more (rare) or less (usual), at most KAF_MATCH_RARITY_MAX either way; 0 where
 * little is known. @a, @b: both keys or values, nullable; the more usual counts, since a misspelling is rare. */
#define KAF_MATCH_RARITY_MAX 5.0
double kaf_match_rarity_bits (const KafMatchRarity *self,
                              KafMatchField field,
                              const char *a,
                              const char *b);

/* Calls @func for each thing that was counted, in no order; to be given back by kaf_match_rarity_put(). */
typedef void (*KafMatchCounted) (KafMatchField field, gint64 key, guint n, gpointer data);
void kaf_match_rarity_foreach (const KafMatchRarity *self, KafMatchCounted func, gpointer data);
void kaf_match_rarity_put (KafMatchRarity *self, KafMatchField field, gint64 key, guint n);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (KafMatchRarity, kaf_match_rarity_free)

G_END_DECLS
