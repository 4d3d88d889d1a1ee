/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Where the values of a person or an organisation come from: by field, which source says what, and why the record shows
 * what it shows. A claim is as open as the field that it is about: who may not read that is told none. */
#pragma once

#include "record/kaf-change-set.h"
#include "rules/kaf-claim.h"
#include "store/kaf-database.h"

G_BEGIN_DECLS

typedef struct
{
  const KafEntity *entity; /* that holds the field: the root, or a facet that is there */
  const KafField *field;
  char *held; /* what the record holds, as a person reads it; NULL: nothing */
  KafClaimWhy why;
  const KafClaim *best; /* the most believed claim that agrees; nullable */
  GPtrArray *claims;    /* (element-type KafClaim), most believed first */
  guint n_otherwise;    /* of them, those that say something else */
} KafFieldClaims;
void kaf_field_claims_free (KafFieldClaims *self);

/* In the order of the fields. (element-type KafFieldClaims) (transfer full) Errors: KAF_STORE_ERROR. */
GPtrArray *kaf_claims_read (
    KafDatabase *db, const KafEntity *root, const char *id, KafLang lang, GError **error);

/* NULL: no source says anything about it. */
const KafFieldClaims *
kaf_claims_find (const GPtrArray *claims, const KafEntity *entity, const KafField *field);

/* The change by which the record holds what the claim @id says of the field @name; an element of a set is added. NULL
 * with KAF_STORE_ERROR_NOT_FOUND where there is no such claim to be read, KAF_VALIDATION_ERROR for a value that is none.
 * (transfer full) */
KafChangeSet *kaf_claim_adopt (KafDatabase *db, const char *id, const char *name, GError **error);

G_END_DECLS
