/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What the files of kaf-suspects share. */
#pragma once

#include "match/kaf-judgements.h"
#include "match/kaf-match-memo.h"
#include "match/kaf-match-readings.h"
#include "store/kaf-database-private.h"
#include "store/kaf-suspects.h"

G_BEGIN_DECLS

/* Persons, organisations. */
#define KAF_N_MATCHED 2
const KafEntity *kaf_matched_entity (guint which);

/* Local keys: with which keys, weights and counts the tables were made; how far they have come since. */
#define KAF_MATCH_BUILT "match-built"
#define KAF_MATCH_SEEN "match-seen"

/* Kept by a connection, see KafDatabase. */
struct _KafMatchKept
{
  KafMatchAliases *aliases;
  char *built; /* with which the counts are read; nullable */
  KafMatchRarity *rarity[KAF_N_MATCHED];
  /* Rows that are to be looked at again, so far as they were gathered: set of gint64. */
  GHashTable *pending[KAF_N_MATCHED];
  char *next_seen; /* what is put down when all of them are done; NULL: none were gathered */
  KafMatchReadings *readings; /* nullable */
  KafMatchMemo *memo; /* of the names in @readings, by the counts of persons; NULL with it */
};
KafMatchKept *kaf_match_kept (KafDatabase *db);
void kaf_match_kept_forget_readings (KafMatchKept *self);

/* The counts of the last look at all; NULL with @error, or without where there was none. (transfer none) */
const KafMatchRarity *kaf_match_kept_rarity (KafDatabase *db, guint which, GError **error);

/* What stands in local; NULL: nothing. (transfer full) */
char *kaf_match_get_local (KafDatabase *db, const char *key, GError **error);
gboolean kaf_match_set_local (KafDatabase *db, const char *key, const char *value, GError **error);

/* What is shown of a person beside her name: city, country, status. (transfer full) */
char *kaf_lookalike_summarise (KafDatabase *db, KafRecord *person, KafLang lang);

/* A key as it stands in the table: of organisations apart from those of persons. */
gint64 kaf_match_key_number (guint which, const char *key);

/* Writes a pair; @a, @b in any order. */
gboolean kaf_suspect_write (KafDatabase *db,
                            guint which,
                            gint64 rid_a,
                            const KafMatchPerson *a,
                            gint64 rid_b,
                            const KafMatchPerson *b,
                            const KafMatchScore *score,
                            GError **error);

/* Row numbers of those who have a key in common with @person, by the table: rising, each once; @which: of what kind.
 * @anchored (out) (optional): of those among them who have an anchor in common with her (kaf_match_key_is_anchor()); NULL
 * where one is had by too many to tell. (element-type gint64) (transfer full) */
GArray *kaf_suspect_candidates (KafDatabase *db,
                                guint which,
                                const KafMatchPerson *person,
                                const char *place,
                                GArray **anchored,
                                GError **error);

/* Takes out of @found, row numbers of persons, those who come to less than @least with @person, whatever else is known of
 * them than stands in their row. The keys of @found are to be those of now: of one who is not in @anchored it is taken
 * that she has no anchor in common. @rarity: kaf_match_kept_rarity(). */
gboolean kaf_suspects_sift (KafDatabase *db,
                            const KafMatchPerson *person,
                            const KafMatchRarity *rarity,
                            double prior,
                            double least,
                            const GArray *anchored,
                            GArray *found,
                            GError **error);

G_END_DECLS
