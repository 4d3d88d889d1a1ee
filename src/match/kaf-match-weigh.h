/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Whether two persons are one: each field speaks for or against in bits (Fellegi and Sunter: the log2 of how much
 * likelier the agreement is between records of one person than of two), the bits are added, and what was likely before
 * looking is taken off. It advises: nothing is merged by it. */
#pragma once

#include "match/kaf-match-rarity.h"

G_BEGIN_DECLS

typedef enum
{
  KAF_MATCH_MISSING, /* on one side at least: counts nothing */
  KAF_MATCH_SAME,
  KAF_MATCH_CLOSE,  /* names: likeness ≥ .90 */
  KAF_MATCH_ALIKE,  /* names: ≥ .80; e-mail: the same local part */
  KAF_MATCH_LOOSE,  /* names: ≥ .66; birth date, identifier: one edit, or day and month swapped */
  KAF_MATCH_PARTLY, /* names: an initial that fits; birth date: the year alone; e-mail: of an
                        office, or another provider and a local part that is the name */
  KAF_MATCH_DIFFERS,
  KAF_N_MATCH_LEVELS,
} KafMatchLevel;

/* "missing"…, for JSON. */
const char *kaf_match_level_id (KafMatchLevel level);

typedef struct
{
  guint version;
  double bits[KAF_N_MATCH_FIELDS][KAF_N_MATCH_LEVELS];
  /* What names that differ come to where nothing of them is alike; between, by how alike they are. */
  double apart[KAF_MATCH_FAMILY_NAME + 1];
} KafMatchModel;

/* The weights of matching.md. */
const KafMatchModel *kaf_match_model_default (void);

typedef enum
{
  KAF_MATCH_UNLIKELY,    /* under .03: not shown */
  KAF_MATCH_ON_REQUEST,  /* .03 to .30 */
  KAF_MATCH_TO_EXAMINE,  /* .30 to .99 */
  KAF_MATCH_VERY_LIKELY, /* from .99 */
} KafMatchBand;

KafMatchBand kaf_match_band (double probability);
const char *kaf_match_band_id (KafMatchBand band);

/* What one field says. @a, @b: as they were written; they belong to the persons. */
typedef struct
{
  KafMatchField field;
  KafMatchLevel level;
  double bits;     /* rarity included */
  double rarity;   /* of which for how rare the name is */
  double likeness; /* names: 0 to 1 */
  const char *a, *b;
  gboolean across; /* the two are in different scripts */
} KafMatchReason;

typedef struct
{
  guint version; /* of the model */
  double bits;   /* sum of the reasons */
  double probability;
  double names; /* likeness of the two names, 0 to 1; -1: one has none */
  gboolean swapped;
  guint n_reasons; /* the fields that both have, in the order of KafMatchField */
  KafMatchReason reasons[KAF_N_MATCH_FIELDS];
} KafMatchScore;

/* Bits to take off where one of @n persons is looked for: log2 n, and never less than of KAF_MATCH_LEAST_PERSONS, so
 * that two rows of a short file are judged as strictly as in a base. */
#define KAF_MATCH_LEAST_PERSONS 1000
double kaf_match_prior (guint n);

/* @rarity nullable. @prior: of kaf_match_prior(). Symmetric, but for a and b of the reasons. */
void kaf_match_weigh (const KafMatchModel *model,
                      const KafMatchRarity *rarity,
                      double prior,
                      const KafMatchPerson *a,
                      const KafMatchPerson *b,
                      KafMatchScore *score);

/* The most bits that a field can win where it comes to no more than @from. */
double kaf_match_most_of (const KafMatchModel *model, KafMatchField field, KafMatchLevel from);

/* The most bits that the names of @person can win against anybody's. */
double kaf_match_most_of_names (const KafMatchModel *model,
                                const KafMatchRarity *rarity,
                                const KafMatchPerson *person);

/* What kaf-match-memo.h remembers. */
typedef struct _KafMatchMemo KafMatchMemo;

/* The bits that the spellings @a win against the spellings @b: what kaf_match_weigh() adds for the names of two persons
 * who have them. @memo nullable. */
double kaf_match_weigh_spellings (const KafMatchModel *model,
                                  const KafMatchRarity *rarity,
                                  KafMatchMemo *memo,
                                  const KafMatchName *a,
                                  guint n_a,
                                  const KafMatchName *b,
                                  guint n_b);

/* As likelihoods are kept: thousandths, rounded, from 0 to 1000. */
guint kaf_match_permille (double probability);

/* Whether a row of an import joins the person without a question: e-mail or identifier equal, the names compatible
 * (≥ .66), and nothing against (matching.md). */
gboolean kaf_match_may_join (const KafMatchScore *score);

/* What the score says of a field; NULL: missing. (transfer none) */
const KafMatchReason *kaf_match_score_find (const KafMatchScore *score, KafMatchField field);

G_END_DECLS
