/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "rules/target/kaf-target.h"
#include "base/kaf-words.h"

#include <glib/gi18n-lib.h>
#include <stdlib.h>
#include <string.h>

static const struct
{
  const char *id, *label;
} stages[KAF_TARGET_N_STAGES] = {
  [KAF_TARGET_IDENTIFIED] = { "identified", N_ ("Identified") },
  [KAF_TARGET_ENGAGED] = { "engaged", N_ ("Engaged") },
  [KAF_TARGET_MOBILISED] = { "mobilised", N_ ("Mobilised") },
};

const char *
kaf_target_stage_id (KafTargetStage stage)
{
  return stages[stage].id;
}

KafTargetStage
kaf_target_stage_parse (const char *id)
{
  for (guint stage = 0; stage < KAF_TARGET_N_STAGES; stage++)
    if (g_strcmp0 (stages[stage].id, id) == 0)
      return stage;
  return KAF_TARGET_N_STAGES;
}

const char *
kaf_target_stage_label (KafTargetStage stage)
{
  return stages[stage].label;
}

char *
kaf_target_stage_define (KafTargetStage stage, const char *days, const char *months, KafLang lang)
{
  switch (stage)
    {
    case KAF_TARGET_IDENTIFIED:
      return g_strdup (kaf_words_get (
          lang, "Verified by an officer, and either named by two different sources or "
                "declared by the person."));
    case KAF_TARGET_ENGAGED:
      return g_strdup (kaf_words_get (
          lang, "Identified, and answered an exchange, was interested in a mission, or "
                "signed up. A refusal does not count."));
    case KAF_TARGET_MOBILISED:
    case KAF_TARGET_N_STAGES:
    default:
      /* Translators: days, then months. */
      return g_strdup_printf (
          kaf_words_get (lang, "Identified, and retained for a mission that was delivered (step "
                               "8 left), or contributed %1$s days in all or %2$s months on end."),
          days, months);
    }
}

/* The earlier of two days of which either may be missing. */
static KafDay
earlier (KafDay a, KafDay b)
{
  if (a == KAF_DAY_UNKNOWN || b == KAF_DAY_UNKNOWN)
    return MAX (a, b);
  return MIN (a, b);
}

/* When both are there. */
static KafDay
later (KafDay a, KafDay b)
{
  return a == KAF_DAY_UNKNOWN || b == KAF_DAY_UNKNOWN ? KAF_DAY_UNKNOWN : MAX (a, b);
}

void
kaf_target_stages (const KafTargetFacts *facts, KafDay reached[KAF_TARGET_N_STAGES])
{
  KafDay identified =
      later (facts->verified_on, earlier (facts->declared_on, facts->second_claim_on));

  reached[KAF_TARGET_IDENTIFIED] = identified;
  reached[KAF_TARGET_ENGAGED] =
      later (identified, earlier (facts->answered_on, facts->signed_up_on));
  reached[KAF_TARGET_MOBILISED] =
      later (identified, earlier (facts->mission_on, facts->contribution_on));
}

KafDay
kaf_target_verified (const char *status, KafDay verified_on, KafDay confirmed_on)
{
  if (g_strcmp0 (status, "prospect") == 0 || status == NULL)
    return KAF_DAY_UNKNOWN;
  if (verified_on != KAF_DAY_UNKNOWN)
    return verified_on;
  return g_str_equal (status, "verified") || g_str_equal (status, "active") ? confirmed_on
                                                                            : KAF_DAY_UNKNOWN;
}

/* Of three, the two that spoke first stay: what a source said later moves nothing. */
void
kaf_target_add_claim (KafTargetSources *self, guint source, KafDay day)
{
  if (source == 0 || day == KAF_DAY_UNKNOWN)
    return;
  if (self->source[0] == 0 || self->source[0] == source)
    {
      self->day[0] = self->source[0] == 0 ? day : MIN (self->day[0], day);
      self->source[0] = source;
      return;
    }
  if (self->source[1] == 0 || self->source[1] == source)
    self->day[1] = self->source[1] == 0 ? day : MIN (self->day[1], day);
  else if (day < self->day[1])
    self->day[1] = day;
  else
    return;
  self->source[1] = source;
  if (self->day[1] < self->day[0])
    {
      KafTargetSources turned = { { self->source[1], self->source[0] },
                                  { self->day[1], self->day[0] } };

      *self = turned;
    }
}

/* Contributions */

static const KafTargetTerm *
find_term (const KafTargetTerm *terms, guint n, KafDay day)
{
  const KafTargetTerm *found = terms;

  for (guint i = 1; i < n && terms[i].from <= day; i++)
    found = &terms[i];
  return found;
}

/* When the days that it says were given by. */
static KafDay
given_on (const KafTargetGift *gift)
{
  return gift->ends_on != KAF_DAY_UNKNOWN ? gift->ends_on
                                          : gift->starts_on + MAX (gift->days, 1) - 1;
}

static int
compare_gifts (const void *a, const void *b)
{
  KafDay one = given_on (a), two = given_on (b);

  return one < two ? -1 : one > two;
}

static KafDay
months_on (const KafTargetGift *gift, guint months)
{
  KafDay full;

  if (months == 0)
    return KAF_DAY_UNKNOWN;
  full = kaf_day_add_months (gift->starts_on, (int) months);
  /* From 30 November three months end with February, which has no 29th to end on. */
  if (kaf_day_add_months (full, -(int) months) == gift->starts_on)
    full--;
  return gift->ends_on == KAF_DAY_UNKNOWN || gift->ends_on >= full ? full : KAF_DAY_UNKNOWN;
}

KafDay
kaf_target_contributed (KafTargetGift *gifts, guint n, const KafTargetTerm *terms, guint n_terms)
{
  KafDay reached = KAF_DAY_UNKNOWN;
  gint64 days = 0;

  if (n > 0)
    qsort (gifts, n, sizeof *gifts, compare_gifts);
  for (guint i = 0; i < n; i++)
    {
      const KafTargetTerm *term = find_term (terms, n_terms, gifts[i].starts_on);

      if (gifts[i].starts_on == KAF_DAY_UNKNOWN)
        continue;
      reached = earlier (reached, months_on (&gifts[i], term->months));
      days += MAX (gifts[i].days, 0);
      if (gifts[i].days > 0 && term->days > 0 && days >= term->days)
        reached = earlier (reached, given_on (&gifts[i]));
    }
  return reached;
}

/* The path */

guint
kaf_target_path (KafDay day, KafDay start, KafDay end, guint goal)
{
  if (day >= end)
    return goal;
  if (day <= start)
    return 0;
  return (guint) ((guint64) goal * (day - start) / (end - start));
}

KafDay
kaf_target_month_end (const char *month)
{
  return month != NULL && strlen (month) == 7 ? kaf_day_parse_end (month) : KAF_DAY_UNKNOWN;
}
