/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The same score, made ready for a hundred thousand: what kaf_fit_weigh() gives for each thing that a person can have is
 * looked up here once, and of each person the points are added. */
#pragma once

#include "match/kaf-expert-fit.h"

G_BEGIN_DECLS

typedef struct
{
  guint16 from, to;
} KafFitPair;

/* Nearness as bits, so that what several codes of hers are is found by |: 1 KAF_NEAR_WIDER, 2 KAF_NEAR_SAME; two bits a
 * domain that is asked for. */
#define KAF_FIT_MARKS (1u << (2 * KAF_FIT_MAX_DOMAINS))

/* The same of networks: 1 a member of some, 2 of the one asked for. */
#define KAF_FIT_NETWORK_ANY 1u
#define KAF_FIT_NETWORK_THIS 2u

typedef struct
{
  const KafFitAsk *ask;
  guint max; /* of all parts that are asked */
  KafFitPair domains[KAF_FIT_MARKS];
  KafFitPair occupation[4];
  KafFitPair networks[4];
  KafDay lately, once;
  KafFitPair confirmed_lately, confirmed_once, confirmed_before, never_confirmed;
  KafFitPair no_territory, no_language, no_time, not_evaluated;
  KafFitPair unknown_time, unknown_score; /* the best that they could be */
  guint language_max, n_languages;
  guint16 scaled[KAF_FIT_SCALE + 1]; /* by points, of KAF_FIT_SCALE */
} KafFitTable;

/* @ask stays with the table. */
void kaf_fit_table_init (KafFitTable *self, const KafFitAsk *ask);

/* Of a territory that she states. */
KafFitPair kaf_fit_table_territory (const KafFitTable *self, const char *territory);

/* Of the days on which she is free or not. */
KafFitPair kaf_fit_table_times (const KafFitTable *self, const KafFitTime *times, guint n);

static inline KafFitPair
kaf_fit_table_confirmed (const KafFitTable *self, KafDay day)
{
  return day >= self->lately      ? self->confirmed_lately
         : day >= self->once      ? self->confirmed_once
         : day != KAF_DAY_UNKNOWN ? self->confirmed_before
                                  : self->never_confirmed;
}

/* @from, @to: sums of kaf_fit_language() over the languages that she has, each once. */
static inline KafFitPair
kaf_fit_table_languages (const KafFitTable *self, guint from, guint to)
{
  guint all = MAX (4 * self->n_languages, 1);

  return (KafFitPair){ (guint16) (self->language_max * from / all),
                       (guint16) (self->language_max * to / all) };
}

G_END_DECLS
