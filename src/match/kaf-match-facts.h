/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What persons tell, in some hundred bytes each: enough to see that two cannot be one without having either at hand, for
 * what is told beside names is known to be one or not, and a name that several have is read once. Where many are compared
 * with many, most pairs end here. */
#pragma once

#include "match/kaf-match-memo.h"

G_BEGIN_DECLS

typedef struct _KafMatchFacts KafMatchFacts;

KafMatchFacts *kaf_match_facts_new (void);
void kaf_match_facts_free (KafMatchFacts *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (KafMatchFacts, kaf_match_facts_free)

/* Persons have numbers from 0, in the order in which they are added. */
void kaf_match_facts_add (KafMatchFacts *self, const KafMatchPerson *person);

/* Somebody who is looked for. */
typedef struct _KafMatchSought KafMatchSought;

/* @rarity nullable; all are borrowed and must outlive it. */
KafMatchSought *kaf_match_sought_new (const KafMatchModel *model,
                                      const KafMatchRarity *rarity,
                                      const KafMatchPerson *person);
void kaf_match_sought_free (KafMatchSought *self);

/* She is @number of @own: what comes of comparing her names is put into @memo, which is for the same @model and @rarity,
 * and is found there by others who have them. @memo must not outlive any facts that are looked at with it. */
void kaf_match_sought_remember (KafMatchSought *self,
                                const KafMatchFacts *own,
                                guint number,
                                KafMatchMemo *memo);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (KafMatchSought, kaf_match_sought_free)

/* Whether kaf_match_weigh() of the two, with that @prior, would surely give less than @least, and they may not join
 * (kaf_match_may_join()). */
gboolean kaf_match_sought_is_not (const KafMatchSought *self,
                                  const KafMatchFacts *facts,
                                  guint number,
                                  double prior,
                                  double least);

G_END_DECLS
