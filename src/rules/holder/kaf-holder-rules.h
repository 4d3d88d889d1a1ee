/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What is wrong or due with the files of project holders and with relays. The catalogue: kaf_holder_rules. */
#pragma once

#include "rules/holder/kaf-holder.h"
#include "rules/kaf-finding.h"

G_BEGIN_DECLS

/* Settings "holder.…", all in days. */
typedef struct
{
  guint stale_a, stale_b, stale; /* without an exchange, by tier: 60, 90, 180 */
  guint override_soon;           /* before a tier that was decided ends: 14 */
  guint unmoved;                 /* of a project at one stage: 180 */
} KafHolderThresholds;

/* A file as these rules look at it. Rows are those of this device. */
typedef struct
{
  guint32 rid;
  const char *counsellor; /* nullable */
  char tier;
  gboolean launched; /* the project that counts is */
  KafDay registered_on, last_contact_on, next_on;
} KafHolderFile;

void kaf_holder_check (KafFindings *findings,
                       const KafHolderThresholds *limits,
                       const KafHolderFile *file);

/* A project at @stage since @since, followed by @who (nullable). */
void kaf_holder_check_project (KafFindings *findings,
                               const KafHolderThresholds *limits,
                               guint32 rid,
                               const char *person,
                               const char *stage,
                               KafDay since,
                               const char *who);

/* A tier that was decided of the holder in row @rid, until @until. */
void kaf_holder_check_override (KafFindings *findings,
                                const KafHolderThresholds *limits,
                                guint32 rid,
                                KafDay until,
                                const char *who);

/* A relay that was asked and has not answered. */
void kaf_holder_check_relay (KafFindings *findings, guint32 rid, KafDay answer_by, const char *who);

/* The holder in row @rid, who was passed on to a relay and has given no consent to sharing that stands. */
void kaf_holder_check_sharing (KafFindings *findings, guint32 rid, KafDay sent_on, const char *who);

G_END_DECLS
