/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "rules/convention/kaf-commitment-text.h"

#include "base/kaf-bidi.h"
#include "base/kaf-date.h"
#include "base/kaf-words.h"

static char *
say (char *text, const char *style, const char **out)
{
  if (out != NULL)
    *out = style;
  return text;
}

static const char *
get_recurrence_word (KafRecurrence recurrence, KafLang lang)
{
  switch (recurrence)
    {
    case KAF_RECURRENCE_MONTHLY:
      return kaf_words_context (lang, "commitment", "every month");
    case KAF_RECURRENCE_QUARTERLY:
      return kaf_words_context (lang, "commitment", "every quarter");
    case KAF_RECURRENCE_HALF_YEARLY:
      return kaf_words_context (lang, "commitment", "every half-year");
    case KAF_RECURRENCE_YEARLY:
      return kaf_words_context (lang, "commitment", "every year");
    case KAF_RECURRENCE_EACH_MISSION:
      return kaf_words_context (lang, "commitment", "at each mission");
    case KAF_RECURRENCE_EACH_SESSION:
      return kaf_words_context (lang, "commitment", "at each session");
    case KAF_RECURRENCE_NONE:
    default:
      return NULL;
    }
}

static char *
describe_progress (const KafCommitmentStanding *standing, KafLang lang)
{
  return g_strdup_printf (kaf_words_context (lang, "commitment", "%u of %u"), standing->done,
                          standing->of);
}

static char *
describe_late (guint days, KafLang lang)
{
  return g_strdup_printf (kaf_words_plural (lang, "%u day late", "%u days late", days), days);
}

static char *
describe_soon (guint days, KafLang lang)
{
  if (days == 0)
    return g_strdup (kaf_words_context (lang, "commitment", "today"));
  return g_strdup_printf (kaf_words_plural (lang, "in %u day", "in %u days", days), days);
}

char *
kaf_commitment_describe_state (const KafCommitment *self,
                               const KafCommitmentStanding *standing,
                               KafDay day,
                               KafLang lang,
                               const char **style)
{
  gboolean counted = self->quantity > 0 && standing->done > 0;

  switch (standing->state)
    {
    case KAF_COMMITMENT_OVERDUE:
      return say (describe_late (day - standing->due, lang), "error", style);
    case KAF_COMMITMENT_SOON:
      return say (describe_soon (standing->due - day, lang), "warning", style);
    case KAF_COMMITMENT_KEPT:
      return say (g_strdup (kaf_words_context (lang, "commitment", "kept")), "success", style);
    case KAF_COMMITMENT_WAIVED:
      return say (g_strdup (kaf_words_context (lang, "commitment", "lifted")), NULL, style);
    case KAF_COMMITMENT_REPLACED:
      return say (g_strdup (kaf_words_context (lang, "commitment", "replaced")), NULL, style);
    case KAF_COMMITMENT_LAPSED:
      return say (g_strdup (kaf_words_context (lang, "commitment", "without effect")), NULL, style);
    case KAF_COMMITMENT_UNDATED:
      return counted
                 ? say (describe_progress (standing, lang), "accent", style)
                 : say (g_strdup (kaf_words_context (lang, "commitment", "undated")), NULL, style);
    case KAF_COMMITMENT_UPCOMING:
    default:
      return counted
                 ? say (describe_progress (standing, lang), "accent", style)
                 : say (g_strdup (kaf_words_context (lang, "commitment", "upcoming")), NULL, style);
    }
}

char *
kaf_commitment_describe_due (const KafCommitment *self,
                             const KafCommitmentStanding *standing,
                             KafLang lang)
{
  KafDay due = standing->due != KAF_DAY_UNKNOWN ? standing->due : self->due_on;
  const char *again = get_recurrence_word (self->recurrence, lang);
  g_autofree char *iso = kaf_day_to_iso (due);
  g_autofree char *plain = iso != NULL ? kaf_date_format (iso, lang, KAF_DATE_SHORT) : NULL;
  g_autofree char *date = plain != NULL ? kaf_bidi_isolate (plain) : NULL;

  if (again == NULL || date == NULL)
    return again != NULL ? g_strdup (again) : g_steal_pointer (&date);
  return g_strdup_printf (kaf_words_get (lang, "%s, %s"), date, again);
}
