/* SPDX-License-Identifier: GPL-3.0-or-later */
/* How a commitment stands, in the few words of a pill. */
#pragma once

#include "base/kaf-lang.h"
#include "rules/convention/kaf-commitment.h"

G_BEGIN_DECLS

/* "9 days late", "in 12 days", "72 of 120", "at each mission", "kept"… @style (out, nullable): of the pill, as
 * kaf_standing_describe_state(). (transfer full) */
char *kaf_commitment_describe_state (const KafCommitment *self,
                                     const KafCommitmentStanding *standing,
                                     KafDay day,
                                     KafLang lang,
                                     const char **style);

/* When it is due, for a column: "30/06/2027", "each month, 30/06/2027", "at each mission"; NULL: no date. A
 * date stands isolated. (transfer full) */
char *kaf_commitment_describe_due (const KafCommitment *self,
                                   const KafCommitmentStanding *standing,
                                   KafLang lang);

G_END_DECLS
