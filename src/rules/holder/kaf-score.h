/* SPDX-License-Identifier: GPL-3.0-or-later */
/* How project holders are scored: rules that are data, and one pure function over what is known.
 *
 * Two axes that are never blended, potential (of the best project under way) and engagement (contacts decay by half in
 * half_life days), and a relay score apart; each 0 to 100, integers, as of a day. What is unknown gives an interval:
 * from the fewest to the most points that an answer could bring, never zero. `expected` is what is known, with unknown
 * criteria in their middle.
 *
 * A set of rules travels as JSON (rule_set.rules):
 *   { "half_life": 90,
 *     "tiers": { "by": "threshold", "potential": 50, "engagement": 50 }           or
 *              { "by": "quota", "potential": 25, "engagement": 25 },              percent of the holders of a post
 *     "relay": 6,                                                                 of ten: from there on a relay
 *     "criteria": [ { "axis": "potential", "fact": "jobs", "label": {"fr": …, "ar": …},
 *                     "question": {"fr": …, "ar": …},                             optional
 *                     "bands": [[1, 10], [5, 20], [15, 30]],                      numbers: from that on, so many points
 *                     "points": {"secured": 20, "opinion": 8},                    choices: by code
 *                     "only": ["MA-TIZ", …] } ] }                                 counts where the place is one of these
 * "fact" is one of kaf_score_facts() (kaf-score-facts.h). Of a boolean, points are for "yes" and "no"; of exchanges by
 * channel, with "answered" (what an answered one counts, in percent) and "most" (their sum at the most); of another fact
 * that decays a number. Labels and questions may be missing: those of the fact stand then. A tier: A both axes high, B potential, C engagement, D neither. */
#pragma once

#include "base/kaf-lang.h"
#include "rules/holder/kaf-holder.h"
#include "schema/kaf-value.h"

G_BEGIN_DECLS

typedef enum
{
  KAF_AXIS_POTENTIAL,
  KAF_AXIS_ENGAGEMENT,
  KAF_AXIS_RELAY,
  KAF_N_AXES,
} KafAxis;

typedef struct _KafScoreRules KafScoreRules; /* counted by reference, immutable */
typedef struct _KafTierCuts KafTierCuts;     /* kaf-tiers.h */

/* NULL and KAF_VALIDATION_ERROR with a sentence that names the criterion: @json is no set of rules. */
KafScoreRules *kaf_score_rules_parse (const char *json, GError **error);
char *kaf_score_rules_to_json (const KafScoreRules *self);
/* The rules of a store where none was published: version 0. (transfer none) */
const KafScoreRules *kaf_score_rules_default (void);
KafScoreRules *kaf_score_rules_ref (const KafScoreRules *self);
void kaf_score_rules_unref (KafScoreRules *self);

typedef struct
{
  int low, expected, high; /* 0 to 100; relay too */
} KafScoreSpan;

/* Tiers are 'a' to 'd'. */
typedef struct
{
  KafScoreSpan axes[KAF_N_AXES];
  guint32 as_of;
  char tier;        /* of the expected scores */
  char best, worst; /* what answers could make of it */
  gboolean relay;   /* score reached */
} KafScore;

/* The score alone: no allocation, for all holders at once. Where tiers go by quota they are '\0' until
 * kaf_score_place() (kaf-tiers.h) has given them, by the scores of the others. */
void kaf_score_compute (const KafScoreRules *rules,
                        const KafHolder *holder,
                        guint32 as_of,
                        KafScore *score);

/* One criterion of one holder, told. */
typedef struct
{
  KafAxis axis;
  guint criterion; /* index in the rules */
  gboolean known;
  int points, low, high;
  char *sentence; /* in the language of the user */
} KafScorePart;

/* In the order of the rules. (element-type KafScorePart) (transfer full) */
GPtrArray *kaf_score_explain (const KafScoreRules *rules, const KafHolder *holder, guint32 as_of);

/* The same in @lang; @title (nullable) gives the titles of sectors and territories. */
GPtrArray *kaf_score_explain_in (const KafScoreRules *rules,
                                 const KafHolder *holder,
                                 guint32 as_of,
                                 KafLang lang,
                                 KafTitleFunc title,
                                 gpointer data);

/* The project that counts, of holder->projects; -1: none is under way. */
int kaf_score_find_project (const KafScoreRules *rules, const KafHolder *holder, guint32 as_of);

/* The unknown criterion whose answer would move the tier most; FALSE: no answer would. @sentence: what it could make
 * of the tier; @field: the field (ENTITY.FIELD) that the answer is written to. */
gboolean kaf_score_question (const KafScoreRules *rules,
                             const KafHolder *holder,
                             guint32 as_of,
                             guint *criterion,
                             char **question,
                             char **sentence,
                             const char **field);

/* The same in @lang, and of tiers by quota. @cuts (nullable): of kaf_tiers_cut(). */
gboolean kaf_score_question_in (const KafScoreRules *rules,
                                const KafHolder *holder,
                                guint32 as_of,
                                const KafTierCuts *cuts,
                                KafLang lang,
                                guint *criterion,
                                char **question,
                                char **sentence,
                                const char **field);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (KafScoreRules, kaf_score_rules_unref)

G_END_DECLS
