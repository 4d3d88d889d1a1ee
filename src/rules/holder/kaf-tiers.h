/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Tiers: A both axes high, B potential alone, C engagement alone, D neither. By threshold from the score itself; by quota
 * from the scores of all holders of the same post, so that each post has as many as the rules say. And who decided
 * otherwise, until when. */
#pragma once

#include "rules/holder/kaf-score.h"

G_BEGIN_DECLS

/* Who stands last among the high of a post. Of the same score, the lesser id comes first. */
typedef struct
{
  int score; /* 0: nobody is high */
  char id[40];
} KafTierCut;

/* Of one post: potential, engagement. */
struct _KafTierCuts
{
  KafTierCut axes[2];
};

typedef struct _KafTiers KafTiers;

/* By threshold nothing needs to be added. @rules is held. */
KafTiers *kaf_tiers_new (const KafScoreRules *rules);
void kaf_tiers_free (KafTiers *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (KafTiers, kaf_tiers_free)

/* @id lives as long as @self; @post (nullable): those of none are a group of their own. */
void kaf_tiers_add (KafTiers *self, const char *id, const char *post, const KafScore *score);

/* Once all are in. NULL: tiers go by threshold. */
const KafTierCuts *kaf_tiers_cut (KafTiers *self, const char *post);

/* Gives @score its tier, its best and its worst; @cuts as of kaf_tiers_cut(). By quota without cuts nobody has one. */
void kaf_score_place (const KafScoreRules *rules,
                      const KafTierCuts *cuts,
                      const char *id,
                      KafScore *score);

/* The tier of two scores. */
char kaf_tier_of (const KafScoreRules *rules,
                  const KafTierCuts *cuts,
                  const char *id,
                  int potential,
                  int engagement);

/* Its letter in the script of the interface, or of a language; "—" for '\0'. */
const char *kaf_tier_letter (char tier);
const char *kaf_tier_letter_in (char tier, KafLang lang);

/* A tier that somebody decided; '\0': the score counts again. */
typedef struct
{
  const char *id;
  char tier;
  guint32 decided_on, until; /* the last day on which it holds */
} KafTierOverride;

/* Which of them holds on the day: the latest decided; NULL: none. */
const KafTierOverride *kaf_tier_override_find (const KafTierOverride *list, guint n, guint32 as_of);

G_END_DECLS
