/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The count of 2030: how many persons were identified, engaged and mobilised at the end of a day, by a written rule.
 * Who counts is an expert or a project holder of the reference; each once per stage, from dated facts:
 *
 *   identified  verified, and either claims from two different sources or a declaration of her own: the later day.
 *               Verified on the day that says so; where none does, on that of the last confirmation, while she is
 *               verified or active. Who is to be verified again is not.
 *   engaged     identified, and answered an exchange (answered, interested, documents sent; a refusal is no
 *               engagement), was interested in a mission, or signed up
 *   mobilised   identified, and retained for a mission that has left step 8, or interested in it and agreed to its
 *               programme (nothing reopens what was delivered; who was discarded did not come), or
 *               contributions of her own of target.days [p: 10] days in all or one of target.months [p: 3] months
 *
 * At any past date the same, but for what was erased since; so a month that was closed stands as numbers
 * (target_tally), in which a breakdown's cells under KAF_FEW_LEAST are told with the rest. The path runs in a
 * straight line from 0 on target.start [p: 2021-01-01] to target.goal [p: 10 000] on target.end [p: 2030-12-31].
 * Source: domain §5. */
#pragma once

#include "base/kaf-day.h"
#include "base/kaf-lang.h"

G_BEGIN_DECLS

typedef enum
{
  KAF_TARGET_IDENTIFIED,
  KAF_TARGET_ENGAGED,
  KAF_TARGET_MOBILISED,
  KAF_TARGET_N_STAGES,
} KafTargetStage;

/* "identified"…: as a tally has it. */
const char *kaf_target_stage_id (KafTargetStage stage);
/* KAF_TARGET_N_STAGES: none of them. */
KafTargetStage kaf_target_stage_parse (const char *id);
/* N_(): "Identified"… */
const char *kaf_target_stage_label (KafTargetStage stage);
/* What makes it, in the language of the interface; @days and @months: of mobilisation, as written. (transfer full) */
char *
kaf_target_stage_define (KafTargetStage stage, const char *days, const char *months, KafLang lang);

/* Dated facts of one person; days are julian, 0: never. */
typedef struct
{
  KafDay verified_on, declared_on,
      second_claim_on; /* second: the first claim from a second source */
  KafDay answered_on, signed_up_on;
  KafDay mission_on, contribution_on; /* contribution: the day on which it reached what counts */
} KafTargetFacts;

/* On which day she reached each stage; 0: not yet. A day to come is one on which she will have, if what goes on
 * goes on. */
void kaf_target_stages (const KafTargetFacts *facts, KafDay reached[KAF_TARGET_N_STAGES]);

/* @status: of the person; days are 0 where unknown. */
KafDay kaf_target_verified (const char *status, KafDay verified_on, KafDay confirmed_on);

/* The two sources that spoke of a person first; begins as zeros. Sources are numbers above 0, told in any order. */
typedef struct
{
  guint source[2];
  KafDay day[2]; /* of the second: what KafTargetFacts asks for */
} KafTargetSources;

void kaf_target_add_claim (KafTargetSources *self, guint source, KafDay day);

/* What a contribution must reach; from that day on. */
typedef struct
{
  KafDay from;
  guint days, months;
} KafTargetTerm;

/* @ends_on 0: it goes on. @days -1: nobody said. */
typedef struct
{
  KafDay starts_on, ends_on;
  int days;
} KafTargetGift;

/* The day on which contributions reached what counts, 0: they have not. The days given count on the last day; while
 * it goes on, from when so many days can have passed; days of several add up. Months are whole ones of one
 * contribution: from 1 January three end on 31 March. Each is judged by the term in force on its first day, so that a
 * new term rewrites nothing. @terms: by day, the first from 0. Changes the order of @gifts. */
KafDay
kaf_target_contributed (KafTargetGift *gifts, guint n, const KafTargetTerm *terms, guint n_terms);

/* Where the path stands on that day, rounded down. */
guint kaf_target_path (KafDay day, KafDay start, KafDay end, guint goal);

/* A month that is closed: "2026-10". Its last day; unknown for what is no month. */
KafDay kaf_target_month_end (const char *month);

G_END_DECLS
