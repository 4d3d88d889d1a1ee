/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Who is looked for among the many who have a key in common with her: most of them are somebody else by the name, the
 * year of birth and the city alone, and are ruled out by these few columns before any of them is read in full. Nobody is
 * ruled out who could come to what is asked for (kaf-match-weigh.h). */
#pragma once

#include "match/kaf-match-readings.h"
#include "match/kaf-match-weigh.h"

G_BEGIN_DECLS

typedef struct _KafMatchSift KafMatchSift;

/* @readings: of what is compared; @memo: of the names in them, by this @rarity. All of them, and @person, are not its own
 * and outlive it. @least: of the probability. (transfer full) */
KafMatchSift *kaf_match_sift_new (const KafMatchModel *model,
                                  const KafMatchRarity *rarity,
                                  KafMatchReadings *readings,
                                  KafMatchMemo *memo,
                                  const KafMatchPerson *person,
                                  double prior,
                                  double least);
void kaf_match_sift_free (KafMatchSift *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (KafMatchSift, kaf_match_sift_free)

/* The columns of a person that stand in one row, as they are written; nullable, each. The employer stands in another. */
typedef struct
{
  const char *given, *family;
  const char *given_ar, *family_ar;
  const char *country, *city, *birth, *gender;
  gboolean asked;       /* whether it was looked for */
  const char *employer; /* nullable; counts nothing where it was not */
} KafMatchColumns;

/* Whether somebody of @columns, who has no name beside these and no anchor (kaf_match_key_is_anchor()) in common with the
 * person, cannot be her. */
gboolean kaf_match_sift_is_not (const KafMatchSift *self, const KafMatchColumns *columns);

G_END_DECLS
