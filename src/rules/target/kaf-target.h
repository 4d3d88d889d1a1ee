/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The count of 2030: how many persons were identified, engaged and mobilised at the end of a day, by a written rule.
 *
 *   identified  verified, with two source claims from different sources or a declaration of her own: the later day
 *   engaged     identified, and answered an exchange or signed up
 *   mobilised   identified, and an expert of a mission that has left step 8, or contributions of her own of
 *               target.days [p: 10] days or over target.months [p: 3] months
 *
 * Each person once per stage, from dated facts: at any past date the same, but for what was erased since; so a month
 * that was closed stands as numbers (target_tally), in which a breakdown's cells under KAF_TARGET_CELL are told with the
 * rest. The path runs in a straight line from target.start [p: 2021-01-01] to target.goal [p: 10 000 on 2030-12-31]. */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

#define KAF_TARGET_CELL 5

typedef enum
{
  KAF_TARGET_IDENTIFIED,
  KAF_TARGET_ENGAGED,
  KAF_TARGET_MOBILISED,
  KAF_TARGET_N_STAGES,
} KafTargetStage;

/* Dated facts of one person; days are julian, 0: never. */
typedef struct
{
  guint32 verified_on, declared_on,
      second_claim_on; /* second: the first claim from a second source */
  guint32 answered_on, signed_up_on;
  guint32 mission_on, contribution_on; /* contribution: the day on which it reached what counts */
} KafTargetFacts;

/* On which day she reached each stage; 0: not yet. */
void kaf_target_stages (const KafTargetFacts *facts, guint32 reached[KAF_TARGET_N_STAGES]);

/* Where the path stands on that day, rounded down. */
guint kaf_target_path (guint32 day, guint32 start, guint32 end, guint goal);

G_END_DECLS
