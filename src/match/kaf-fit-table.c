/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "match/kaf-fit-table.h"

#include <string.h>

static KafFitPair
weigh (const KafFitTable *self, const KafFitExpert *expert, KafFitPart part)
{
  KafFitPoints points;

  kaf_fit_part (self->ask, expert, part, &points);
  return (KafFitPair){ (guint16) points.from, (guint16) points.to };
}

/* Both bits: something of hers is wider, and something the same. */
static KafNearness
read_near (guint bits)
{
  return (bits & 2) != 0 ? KAF_NEAR_SAME : (bits & 1) != 0 ? KAF_NEAR_WIDER : KAF_NEAR_NOT;
}

static void
fill_near (KafFitTable *self)
{
  for (guint mark = 0; mark < 1u << (2 * self->ask->n_domains); mark++)
    {
      KafFitExpert expert = { 0 };

      for (guint i = 0; i < self->ask->n_domains; i++)
        expert.domains[i] = read_near (mark >> (2 * i));
      self->domains[mark] = weigh (self, &expert, KAF_FIT_DOMAIN);
    }
  for (guint bits = 0; bits < G_N_ELEMENTS (self->occupation); bits++)
    {
      KafFitExpert expert = { .occupation = read_near (bits) };

      self->occupation[bits] = weigh (self, &expert, KAF_FIT_OCCUPATION);
    }
}

static void
fill_networks (KafFitTable *self)
{
  static const char *const none[] = { NULL };
  const char *const some[] = { "", NULL };
  const char *const asked[] = { self->ask->network != NULL ? self->ask->network : "", NULL };

  for (guint bits = 0; bits < G_N_ELEMENTS (self->networks); bits++)
    {
      KafFitExpert expert = { .networks = (bits & KAF_FIT_NETWORK_THIS) != 0  ? asked
                                          : (bits & KAF_FIT_NETWORK_ANY) != 0 ? some
                                                                              : none };

      self->networks[bits] = weigh (self, &expert, KAF_FIT_NETWORK);
    }
}

static KafFitPair
weigh_confirmed (const KafFitTable *self, KafDay day)
{
  KafFitExpert expert = { .confirmed_on = day };

  return weigh (self, &expert, KAF_FIT_CONFIRMED);
}

/* Two days part those who confirmed into three. */
static void
fill_confirmed (KafFitTable *self)
{
  self->lately = kaf_day_add_months (self->ask->day, -KAF_FIT_LATELY_MONTHS);
  self->once = kaf_day_add_months (self->ask->day, -KAF_FIT_ONCE_MONTHS);
  self->confirmed_lately = weigh_confirmed (self, self->lately);
  self->confirmed_once = weigh_confirmed (self, self->once);
  self->confirmed_before = weigh_confirmed (self, self->once - 1);
  self->never_confirmed = weigh_confirmed (self, KAF_DAY_UNKNOWN);
}

/* The most that a part can give. */
static KafFitPair
most (const KafFitTable *self, KafFitPart part)
{
  static const KafFitExpert nobody = { 0 };
  KafFitPoints points;

  kaf_fit_part (self->ask, &nobody, part, &points);
  return (KafFitPair){ (guint16) points.max, (guint16) points.max };
}

void
kaf_fit_table_init (KafFitTable *self, const KafFitAsk *ask)
{
  static const KafFitExpert nobody = { 0 };

  memset (self, 0, sizeof *self);
  self->ask = ask;
  for (KafFitPart part = 0; part < KAF_N_FIT_PARTS; part++)
    self->max += most (self, part).to;
  for (guint points = 0; points <= self->max; points++)
    self->scaled[points] = (guint16) (points * KAF_FIT_SCALE / self->max);
  fill_near (self);
  fill_networks (self);
  fill_confirmed (self);
  self->no_territory = weigh (self, &nobody, KAF_FIT_TERRITORY);
  self->no_language = weigh (self, &nobody, KAF_FIT_LANGUAGE);
  self->no_time = weigh (self, &nobody, KAF_FIT_AVAILABILITY);
  self->not_evaluated = weigh (self, &nobody, KAF_FIT_EVALUATION);
  self->unknown_time = most (self, KAF_FIT_AVAILABILITY);
  self->unknown_score = most (self, KAF_FIT_EVALUATION);
  self->language_max = most (self, KAF_FIT_LANGUAGE).to;
  self->n_languages = ask->languages != NULL ? g_strv_length ((char **) ask->languages) : 0;
}

KafFitPair
kaf_fit_table_territory (const KafFitTable *self, const char *territory)
{
  KafFitExpert expert = { .territory = territory };

  return weigh (self, &expert, KAF_FIT_TERRITORY);
}

KafFitPair
kaf_fit_table_times (const KafFitTable *self, const KafFitTime *times, guint n)
{
  KafFitExpert expert = { .times = times, .n_times = n };

  return weigh (self, &expert, KAF_FIT_AVAILABILITY);
}
