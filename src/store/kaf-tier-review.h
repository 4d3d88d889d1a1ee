/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The history of tiers, and the rules that make them: a set is published on a day and frozen from then on; a publication
 * or a review records for each holder whose tier or rules differ from what was recorded last. */
#pragma once

#include "store/kaf-commit.h"
#include "store/kaf-holders.h"

G_BEGIN_DECLS

/* Refuses a change to a set of rules that is published, and rules that nobody could read. @before (nullable): the set as
 * it stands; @undoing: an undo may take back what was published today by the same person. Nothing is refused of other
 * entities. Errors: KAF_VALIDATION_ERROR; within an undo KAF_STORE_ERROR_REFUSED. */
gboolean kaf_rule_set_refuse (KafDatabase *db,
                              KafRecord *before,
                              KafRecord *change,
                              gboolean undoing,
                              const char **field,
                              GError **error);

/* The same of deleting it. */
gboolean kaf_rule_set_refuse_delete (KafRecord *before, gboolean undoing, GError **error);

/* Records tiers by the rules in force today, as one batch ("review"). An unchanged store gives a receipt without a batch.
 * Errors: as kaf_commit(). (transfer full) */
KafReceipt *kaf_tier_review (KafDatabase *db, GCancellable *cancellable, GError **error);

/* Publishes the set of rules @id today, by who works here, and records the tiers that follow, as one batch ("publish").
 * Errors: as kaf_commit(). (transfer full) */
KafReceipt *
kaf_rule_set_publish (KafDatabase *db, const char *id, GCancellable *cancellable, GError **error);

/* What was recorded of a person by rules that are published, the latest first. (element-type KafTierRecord) (transfer full) */
typedef struct
{
  char *id;
  KafDay recorded_on;
  char tier;
  char *rule_set; /* number of the rules */
  char *cause;    /* nullable */
  int potential, engagement, relay;
} KafTierRecord;
void kaf_tier_record_free (KafTierRecord *self);
GPtrArray *kaf_tier_records_read (KafDatabase *db, const char *person, GError **error);

G_END_DECLS
