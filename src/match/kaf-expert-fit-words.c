/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The fit of an expert in words, made only when somebody reads them. */
#include "config.h"

#include "match/kaf-expert-fit.h"

#include <glib/gi18n-lib.h>

static const char *const part_ids[KAF_N_FIT_PARTS] = { "domain",       "occupation", "language",
                                                       "availability", "territory",  "network",
                                                       "evaluation",   "confirmed" };

static const char *const part_names[KAF_N_FIT_PARTS] = {
  N_ ("Domain"),    N_ ("Occupation"), N_ ("Languages"),  N_ ("Availability"),
  N_ ("Territory"), N_ ("Network"),    N_ ("Evaluation"), N_ ("Profile"),
};

static const struct
{
  const char *id, *words;
} outs[KAF_N_FIT_OUT] = {
  { "in", N_ ("Nothing takes this person out.") },
  { "opposed", N_ ("Opposed to the use of personal data") },
  { "erased", N_ ("Erased") },
  { "dormant", N_ ("Dormant: no answer for long, to be asked first") },
  { "no-consent", N_ ("No consent to sharing, and this file is shared") },
  { "listed", N_ ("On the short list already") },
  { "no-match", N_ ("Neither a domain nor an occupation that is asked for") },
};

/* Two numbers at the most, in this order; a sentence may leave them out. */
static const char *const reasons[KAF_N_FIT_REASONS] = {
  [KAF_FIT_NOT_ASKED] = N_ ("Not asked for"),
  [KAF_FIT_DOMAIN_SAME] = N_ ("Has the domain that is asked for"),
  /* Translators: %1$u of the %2$u domains of the mission are domains of the expert. */
  [KAF_FIT_DOMAIN_SOME] = N_ ("Has %1$u of the %2$u domains that are asked for"),
  [KAF_FIT_DOMAIN_WIDER] = N_ ("Has a wider domain than the one asked for"),
  [KAF_FIT_DOMAIN_NONE] = N_ ("Has no domain that is asked for"),
  [KAF_FIT_OCCUPATION_SAME] = N_ ("Has the occupation that is asked for"),
  [KAF_FIT_OCCUPATION_WIDER] = N_ ("Has a near occupation"),
  [KAF_FIT_OCCUPATION_NONE] = N_ ("Has another occupation"),
  [KAF_FIT_LANGUAGES_ALL] = N_ ("Speaks the languages of the sessions well enough"),
  /* Translators: %1$u of the %2$u languages of the sessions. */
  [KAF_FIT_LANGUAGES_SOME] = N_ ("Speaks %1$u of the %2$u languages of the sessions well enough"),
  [KAF_FIT_LANGUAGES_UNKNOWN] =
      N_ ("Speaks %1$u of the %2$u languages for certain; the rest is not known"),
  [KAF_FIT_FREE_ALL] = N_ ("Is free on all half-days"),
  /* Translators: %1$u of the %2$u half-days of the programme. */
  [KAF_FIT_FREE_SOME] = N_ ("Is free on %1$u of %2$u half-days, taken on the others"),
  [KAF_FIT_FREE_NONE] = N_ ("Is taken on all half-days"),
  [KAF_FIT_FREE_UNKNOWN] =
      N_ ("Is free on %1$u of %2$u half-days; of others nothing firm is known"),
  [KAF_FIT_TERRITORY_SAME] = N_ ("States an attachment to the territory"),
  [KAF_FIT_TERRITORY_NEAR] = N_ ("States an attachment to the same region"),
  [KAF_FIT_TERRITORY_OTHER] = N_ ("States an attachment to another territory"),
  [KAF_FIT_TERRITORY_UNSTATED] = N_ ("States no attachment to a territory"),
  [KAF_FIT_NETWORK_ASKED] = N_ ("Is a member of the network of the mission"),
  [KAF_FIT_NETWORK_SOME] = N_ ("Is a member of a network"),
  [KAF_FIT_NETWORK_OTHER] = N_ ("Is a member of another network"),
  [KAF_FIT_NETWORK_NONE] = N_ ("No membership of a network is recorded"),
  /* Translators: the mean of the scores, then the number of answers; %s is "4.2". */
  [KAF_FIT_EVALUATED] = N_ ("Trainers of past missions: %1$s of 5, by %2$u answers"),
  [KAF_FIT_NOT_EVALUATED] = N_ ("No past mission with 5 answers or more"),
  [KAF_FIT_CONFIRMED_LATELY] = N_ ("Profile confirmed within 12 months"),
  [KAF_FIT_CONFIRMED_ONCE] = N_ ("Profile confirmed more than 12 months ago"),
  [KAF_FIT_NEVER_CONFIRMED] = N_ ("Profile never confirmed"),
};

static const char *const questions[KAF_N_FIT_PARTS] = {
  [KAF_FIT_LANGUAGE] = N_ ("Which languages do you teach in, and at which level?"),
  [KAF_FIT_AVAILABILITY] = N_ ("Are you free on these half-days?"),
  [KAF_FIT_TERRITORY] = N_ ("Do you wish to state an attachment to a territory? You need not."),
  [KAF_FIT_EVALUATION] = N_ ("Which trainings have you given, and who can tell of them?"),
  [KAF_FIT_CONFIRMED] = N_ ("Is your profile still right?"),
};

const char *
kaf_fit_part_id (KafFitPart part)
{
  return part_ids[part];
}

const char *
kaf_fit_out_id (KafFitOut out)
{
  return outs[out].id;
}

const char *
kaf_fit_part_name (KafFitPart part)
{
  return _ (part_names[part]);
}

const char *
kaf_fit_tell_out (KafFitOut out)
{
  return _ (outs[out].words);
}

char *
kaf_fit_tell (const KafFitPoints *points)
{
  const char *format = _ (reasons[points->reason]);
  g_autofree char *mean = NULL;

  if (points->reason != KAF_FIT_EVALUATED)
    return g_strdup_printf (format, points->a, points->b);
  /* Translators: a mean, with the decimal mark of your language. */
  mean = g_strdup_printf (_ ("%1$u.%2$u"), points->a / 10, points->a % 10);
  return g_strdup_printf (format, mean, points->b);
}

const char *
kaf_fit_question (KafFitPart part, const KafFitPoints *points)
{
  return points->from < points->to && questions[part] != NULL ? _ (questions[part]) : NULL;
}
