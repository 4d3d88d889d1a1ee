/* SPDX-License-Identifier: GPL-3.0-or-later */
/* How far an expert fits what a mission asks for: who is left out and why, and a score with its reasons.
 *
 * The score advises and decides nothing (law 09-08, article 11): each part says why it gave its points, and what is not
 * known gives an interval, never a silent zero. No name, origin, gender, age or religion enters it. Integers alone, and
 * a day that is handed in: the same on every device. */
#pragma once

#include "base/kaf-day.h"

G_BEGIN_DECLS

#define KAF_FIT_SCALE 1000
#define KAF_FIT_MIN_ANSWERS 5 /* under so many, no average is used or shown (domain.md §2) */
#define KAF_FIT_MAX_DOMAINS 6 /* asked for; further ones are not looked at */

/* Since when she confirmed what is known of her: lately, once, or too long ago to count. */
#define KAF_FIT_LATELY_MONTHS 12
#define KAF_FIT_ONCE_MONTHS 24

typedef enum
{
  KAF_FIT_DOMAIN,
  KAF_FIT_OCCUPATION,
  KAF_FIT_LANGUAGE,
  KAF_FIT_AVAILABILITY,
  KAF_FIT_TERRITORY,
  KAF_FIT_NETWORK,
  KAF_FIT_EVALUATION,
  KAF_FIT_CONFIRMED,
  KAF_N_FIT_PARTS,
} KafFitPart;

/* What takes a person out, whatever her score would be. */
typedef enum
{
  KAF_FIT_IN,
  KAF_FIT_OPPOSED,
  KAF_FIT_ERASED,
  KAF_FIT_DORMANT,
  KAF_FIT_NO_CONSENT, /* to sharing, where the file is shared */
  KAF_FIT_LISTED,     /* is on the short list already */
  KAF_FIT_NO_MATCH,   /* neither a domain nor an occupation that is asked for */
  KAF_N_FIT_OUT,
} KafFitOut;

/* How near a code of hers is to one that is asked for, in a tree of codes. */
typedef enum
{
  KAF_NEAR_NOT,
  KAF_NEAR_WIDER, /* hers holds the one asked for: "health" for "nursing" */
  KAF_NEAR_SAME,  /* the same, or narrower */
} KafNearness;

/* @parents: code → parent, of a list; nullable. */
KafNearness kaf_fit_near (GHashTable *parents, const char *asked, const char *hers);

typedef struct
{
  KafDay day;
  gboolean afternoon;
} KafFitHalf;

/* What is asked. Nothing of it is owned; what is NULL or 0 is not asked, and takes no part in the score. */
typedef struct
{
  guint n_domains;              /* at most KAF_FIT_MAX_DOMAINS */
  guint n_occupations;          /* of which one is enough */
  const char *const *languages; /* "fr" or "fr\tB2" each; NULL-terminated; nullable */
  const KafFitHalf *halves;     /* in their order */
  guint n_halves;
  gboolean remote;         /* who can come by screen alone will do */
  const char *territory;   /* nullable */
  GHashTable *territories; /* code → parent; nullable */
  const char *network;     /* id; nullable: any */
  gboolean needs_consent;  /* to sharing */
  KafDay day;              /* "today" */
} KafFitAsk;

/* WIDER: in the same region as the territory asked for, or the region that holds it. */
KafNearness kaf_fit_near_territory (const KafFitAsk *ask, const char *hers);

typedef struct
{
  KafDay from, to;
  gboolean morning, afternoon;
  enum
  {
    KAF_FIT_FREE,
    KAF_FIT_TENTATIVE,
    KAF_FIT_BUSY,
  } kind;
  gboolean remote; /* free, but not to travel */
} KafFitTime;

/* Who is looked at. Nothing of it is owned. */
typedef struct
{
  const char *status; /* of the person; nullable */
  gboolean consents, listed;
  KafNearness domains[KAF_FIT_MAX_DOMAINS]; /* to each that is asked for */
  KafNearness occupation;                   /* the nearest */
  const char *const *languages;             /* "fr\tC1" or "fr" each; nullable: says none */
  const KafFitTime *times;
  guint n_times;
  const char *territory;       /* as she states it; nullable */
  const char *const *networks; /* ids that she is a member of; nullable */
  guint n_answers, sum_scores; /* of past missions: how many scored its trainers, 1…5 each */
  KafDay confirmed_on;
} KafFitExpert;

/* Why a part has its points. */
typedef enum
{
  KAF_FIT_NOT_ASKED,
  KAF_FIT_DOMAIN_SAME,
  KAF_FIT_DOMAIN_SOME, /* a of b that are asked for */
  KAF_FIT_DOMAIN_WIDER,
  KAF_FIT_DOMAIN_NONE,
  KAF_FIT_OCCUPATION_SAME,
  KAF_FIT_OCCUPATION_WIDER,
  KAF_FIT_OCCUPATION_NONE,
  KAF_FIT_LANGUAGES_ALL, /* a of b, as all that follow with numbers */
  KAF_FIT_LANGUAGES_SOME,
  KAF_FIT_LANGUAGES_UNKNOWN, /* a of b without a known level, or no language at all */
  KAF_FIT_FREE_ALL,
  KAF_FIT_FREE_SOME,
  KAF_FIT_FREE_NONE,
  KAF_FIT_FREE_UNKNOWN,
  KAF_FIT_TERRITORY_SAME,
  KAF_FIT_TERRITORY_NEAR,
  KAF_FIT_TERRITORY_OTHER,
  KAF_FIT_TERRITORY_UNSTATED,
  KAF_FIT_NETWORK_ASKED,
  KAF_FIT_NETWORK_SOME,
  KAF_FIT_NETWORK_OTHER,
  KAF_FIT_NETWORK_NONE,
  KAF_FIT_EVALUATED, /* a tenths, by b answers */
  KAF_FIT_NOT_EVALUATED,
  KAF_FIT_CONFIRMED_LATELY, /* a months ago */
  KAF_FIT_CONFIRMED_ONCE,
  KAF_FIT_NEVER_CONFIRMED,
  KAF_N_FIT_REASONS,
} KafFitReason;

typedef struct
{
  guint max;      /* points there are; 0: not asked */
  guint from, to; /* points that she has for certain, and could have */
  KafFitReason reason;
  guint a, b; /* its numbers */
} KafFitPoints;

typedef struct
{
  KafFitOut out;
  KafFitPoints parts[KAF_N_FIT_PARTS];
  guint from, to; /* of KAF_FIT_SCALE, over the parts that are asked */
} KafFit;

/* Whether something takes her out; status and consent come before matching. */
KafFitOut kaf_fit_filter (const KafFitAsk *ask, const KafFitExpert *expert);

/* The whole: filter, parts, interval. A person left out is scored nevertheless, so that it can be told. */
void kaf_fit_weigh (const KafFitAsk *ask, const KafFitExpert *expert, KafFit *fit);

/* One part of it; FALSE: it is not asked. */
gboolean kaf_fit_part (const KafFitAsk *ask,
                       const KafFitExpert *expert,
                       KafFitPart part,
                       KafFitPoints *points);

/* What one language of hers adds to the part, for certain and at most: in quarters of each language asked. */
void kaf_fit_language (const KafFitAsk *ask, const char *hers, guint *from, guint *to);

/* What is said of a half-day, of KAF_FIT_FREE, TENTATIVE and BUSY: the worse goes before; -1: nothing. */
int kaf_fit_find_time (const KafFitAsk *ask, const KafFitExpert *expert, const KafFitHalf *half);

/* The order of the list: by the middle of the interval, then by what is certain, then by id. As strcmp(). */
int kaf_fit_compare (const KafFit *a, const char *a_id, const KafFit *b, const char *b_id);

/* "domain"…, "opposed"…: for JSON. */
const char *kaf_fit_part_id (KafFitPart part);
const char *kaf_fit_out_id (KafFitOut out);

/* In the language of the program. (transfer none) */
const char *kaf_fit_part_name (KafFitPart part);
const char *kaf_fit_tell_out (KafFitOut out);

/* Why a part has its points, in words. (transfer full) */
char *kaf_fit_tell (const KafFitPoints *points);

/* What to ask so that the interval of a part closes; NULL: nothing is unknown. (transfer none) */
const char *kaf_fit_question (KafFitPart part, const KafFitPoints *points);

G_END_DECLS
