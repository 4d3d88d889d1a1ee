/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What is wrong with conventions, or due. The catalogues: kaf_convention_rules, kaf_commitment_rules,
 * kaf_cover_rules. */
#pragma once

#include "rules/convention/kaf-commitment.h"
#include "rules/convention/kaf-convention.h"
#include "rules/kaf-finding.h"

G_BEGIN_DECLS

/* An act, tied to the others, with its signatories. @mandates: id → KafMandate, those of the signatories; one that
 * is missing there is not judged. @standing: of the act on the day of the findings. */
void kaf_convention_check (KafFindings *findings,
                           const KafConvention *act,
                           const KafStanding *standing,
                           GHashTable *mandates);

/* The commitments of a framework or specific convention with its amendments: what is late or soon due, which party
 * has none. */
void kaf_convention_check_commitments (KafFindings *findings,
                                       const KafConvention *act,
                                       const KafStanding *standing);

/* One commitment by itself, where the caller knows that it stands: neither lifted nor replaced. @open:
 * kaf_commitment_get_open() of it; neither its days nor its fulfilments are looked at. */
void kaf_commitment_check (KafFindings *findings,
                           const KafCommitment *commitment,
                           const KafBinding *binding,
                           KafDay open,
                           const char *convention);

/* Parties of @standing that are in none of two sets of organisation ids: those that have a commitment in the act
 * (@busy), and in the framework that it stands within (@busy_above). Both nullable. */
void kaf_convention_check_idle_parties (KafFindings *findings,
                                        const KafConvention *act,
                                        const KafStanding *standing,
                                        GHashTable *busy,
                                        GHashTable *busy_above);

/* @act has commitments: as an amendment, it should say so. */
void kaf_convention_check_unticked (KafFindings *findings,
                                    const KafConvention *act,
                                    const KafStanding *standing);

/* When a mission looks at its convention. */
typedef enum
{
  KAF_COVER_START, /* it begins: what is wrong is a warning */
  KAF_COVER_STEP_7 /* leaving step 7: without a convention in force the gate stays shut */
} KafCoverMoment;

/* Whether @act carries a mission from @from to @until (unknown: open) at that moment, on the day of @findings, to
 * which what is wrong is added. NULL: the mission has no convention; @mission: its id. TRUE: nothing blocks. */
gboolean kaf_convention_covers (KafFindings *findings,
                                const KafConvention *act,
                                const char *mission,
                                KafDay from,
                                KafDay until,
                                KafCoverMoment moment);

G_END_DECLS
