/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Which records are one person (or one organisation), as people judged it.
 *
 * A judgement says of two records that they are the same, that they are different, or that it cannot be said yet. It
 * destroys nothing, and is never changed: to think better of it is a further judgement, which revokes the first. A
 * person is what judgements that stand tie together; she goes by the smallest of her ids, and the others stay names of
 * hers for ever. All of it follows from the set of judgements alone, whatever the order in which they came: two devices
 * that know the same ones agree. */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

typedef enum
{
  KAF_VERDICT_NONE, /* nobody judged, or all of it is revoked */
  KAF_VERDICT_SAME,
  KAF_VERDICT_DIFFERENT,
  KAF_VERDICT_UNSURE, /* not to be asked again for the moment */
  KAF_VERDICT_REVOKE, /* of another judgement */
} KafJudgementVerdict;

/* Nothing of it is owned. */
typedef struct
{
  const char *id;
  const char *a, *b; /* the two records, in any order; nullable when it revokes */
  KafJudgementVerdict verdict;
  const char *revokes; /* id of a judgement, which may be unknown here; nullable */
} KafJudgement;

/* Two records that are said to be different, and that other judgements tie together. */
typedef struct
{
  const char *judgement; /* id */
  const char *a, *b;     /* a < b */
} KafContradiction;

typedef struct _KafJudgements KafJudgements;

KafJudgements *kaf_judgements_new (void);
void kaf_judgements_free (KafJudgements *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (KafJudgements, kaf_judgements_free)

/* Added once, however often it comes. FALSE, and nothing is added, for one that says nothing: without an id, about one
 * record alone, or that revokes nothing. A revocation cannot be revoked: to judge anew is a judgement. */
gboolean kaf_judgements_add (KafJudgements *self, const KafJudgement *judgement);

/* The id that the record goes by: its own, or a smaller one. Until the next one is added. (not nullable) */
const char *kaf_judgements_get_canonical (KafJudgements *self, const char *id);

/* All records that are one with @id, itself too, smallest first. (element-type utf8) (transfer container) */
GPtrArray *kaf_judgements_list_members (KafJudgements *self, const char *id);

/* What stands of the two records themselves: different before same before unsure, where there are several. */
KafJudgementVerdict kaf_judgements_get_verdict (KafJudgements *self, const char *a, const char *b);

/* Whether it may be suggested that the two are one: they are not already, nothing says that somebody in the one is
 * different from somebody in the other, and nobody left it open for these two. */
gboolean kaf_judgements_may_suggest (KafJudgements *self, const char *a, const char *b);

/* In the order of @a, then @b. (element-type KafContradiction) (transfer container) */
GArray *kaf_judgements_list_contradictions (KafJudgements *self);

/* The judgements that stand of two records and say @verdict, by id: those to revoke for that to be no more.
 * (element-type utf8) (transfer container) */
GPtrArray *kaf_judgements_list_standing (KafJudgements *self,
                                         const char *a,
                                         const char *b,
                                         KafJudgementVerdict verdict);

/* The judgements around some records, when all of them would be too many: from each record to those that a judgement
 * names with it, and on, whatever it says. */
typedef struct _KafJudgementsWalk KafJudgementsWalk;

/* Tells @walk each judgement that names @id, those that take back too, by kaf_judgements_walk_meet(). */
typedef gboolean (*KafJudgementsRead) (KafJudgementsWalk *walk,
                                       const char *id,
                                       gpointer data,
                                       GError **error);
/* Copies what it needs. */
void kaf_judgements_walk_meet (KafJudgementsWalk *walk, const KafJudgement *judgement);

/* @ids: a set of owned texts, from which it begins; gets all that were met. NULL: @read has set @error. (transfer full) */
KafJudgements *
kaf_judgements_gather (GHashTable *ids, KafJudgementsRead read, gpointer data, GError **error);

G_END_DECLS
