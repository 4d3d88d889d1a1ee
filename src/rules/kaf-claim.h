/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Who is believed of several sources that vouch for a value: what the person states goes before a consular post, that
 * before an administration, a network and a watch; within a rank the newest, then the surer (matching: provenance). A
 * source of which nobody told the kind is believed least; what was typed here, like an administration. */
#pragma once

#include "schema/kaf-entity.h"

G_BEGIN_DECLS

/* What a source says of a field. */
typedef struct
{
  char *id;
  char *source;
  char *origin, *claimed_on, *confidence; /* canonical; nullable */
  char *value;                            /* canonical; NULL: nobody can read it as one */
  char *text;                             /* as a person reads it */
  gboolean agrees;                        /* with what the record holds */
} KafClaim;
void kaf_claim_free (KafClaim *self);

/* The place of a kind of source among those that are believed, 0 the most. @origin: a code of source_claim.origin; NULL,
 * or one that is not known here: the last. */
guint kaf_claim_rank (const char *origin);

/* The place of what no source says: an official typed it. */
guint kaf_claim_rank_typed (void);

/* Most believed first; what is not said comes after what is. Below 0: @a is believed before @b. */
int kaf_claim_compare (const KafClaim *a, const KafClaim *b);

/* Why a record shows what it shows. */
typedef enum
{
  KAF_CLAIM_NOTHING,  /* it holds nothing */
  KAF_CLAIM_TYPED,    /* no source says that: it was typed here */
  KAF_CLAIM_BELIEVED, /* the most believed source says so */
  KAF_CLAIM_CHOSEN,   /* a source says so, and a more believed one does not: somebody chose */
} KafClaimWhy;

/* @claims: (element-type KafClaim), most believed first. @held: whether the record holds a value. @best (out, nullable):
 * the most believed claim that agrees, or NULL. */
KafClaimWhy kaf_claim_explain (const GPtrArray *claims, gboolean held, const KafClaim **best);

/* Whether a value that a source gave says what the record holds; of a set: whether all of it is there. @held: nullable. */
gboolean kaf_claim_agrees (const KafField *field, const char *value, const char *held);

/* What the field would hold by the claim: of a set, it is added to what is there. (transfer full) */
char *kaf_claim_apply (const KafField *field, const char *value, const char *held);

G_END_DECLS
