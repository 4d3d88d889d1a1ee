/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "rules/convention/kaf-commitment-text.h"

#include <glib/gi18n-lib.h>

#include "base/kaf-bidi.h"
#include "base/kaf-date.h"

static char *
say (char *text, const char *style, const char **out)
{
  if (out != NULL)
    *out = style;
  return text;
}

static const char *
get_recurrence_word (KafRecurrence recurrence)
{
  switch (recurrence)
    {
    case KAF_RECURRENCE_MONTHLY:
      return C_ ("commitment", "every month");
    case KAF_RECURRENCE_QUARTERLY:
      return C_ ("commitment", "every quarter");
    case KAF_RECURRENCE_HALF_YEARLY:
      return C_ ("commitment", "every half-year");
    case KAF_RECURRENCE_YEARLY:
      return C_ ("commitment", "every year");
    case KAF_RECURRENCE_EACH_MISSION:
      return C_ ("commitment", "at each mission");
    case KAF_RECURRENCE_EACH_SESSION:
      return C_ ("commitment", "at each session");
    case KAF_RECURRENCE_NONE:
    default:
      return NULL;
    }
}

static char *
describe_progress (const KafCommitmentStanding *standing)
{
  return g_strdup_printf (C_ ("commitment", "%u of %u"), standing->done, standing->of);
}

static char *
describe_late (guint days)
{
  return g_strdup_printf (g_dngettext (GETTEXT_PACKAGE, "%u day late", "%u days late", days), days);
}

static char *
describe_soon (guint days)
{
  if (days == 0)
    return g_strdup (C_ ("commitment", "today"));
  return g_strdup_printf (g_dngettext (GETTEXT_PACKAGE, "in %u day", "in %u days", days), days);
}

char *
kaf_commitment_describe_state (const KafCommitment *self,
                               const KafCommitmentStanding *standing,
                               KafDay day,
                               const char **style)
{
  gboolean counted = self->quantity > 0 && standing->done > 0;

  switch (standing->state)
    {
    case KAF_COMMITMENT_OVERDUE:
      return say (describe_late (day - standing->due), "error", style);
    case KAF_COMMITMENT_SOON:
      return say (describe_soon (standing->due - day), "warning", style);
    case KAF_COMMITMENT_KEPT:
      return say (g_strdup (C_ ("commitment", "kept")), "success", style);
    case KAF_COMMITMENT_WAIVED:
      return say (g_strdup (C_ ("commitment", "lifted")), NULL, style);
    case KAF_COMMITMENT_REPLACED:
      return say (g_strdup (C_ ("commitment", "replaced")), NULL, style);
    case KAF_COMMITMENT_LAPSED:
      return say (g_strdup (C_ ("commitment", "without effect")), NULL, style);
    case KAF_COMMITMENT_UNDATED:
      return counted ? say (describe_progress (standing), "accent", style)
                     : say (g_strdup (C_ ("commitment", "undated")), NULL, style);
    case KAF_COMMITMENT_UPCOMING:
    default:
      return counted ? say (describe_progress (standing), "accent", style)
                     : say (g_strdup (C_ ("commitment", "upcoming")), NULL, style);
    }
}

char *
kaf_commitment_describe_due (const KafCommitment *self,
                             const KafCommitmentStanding *standing,
                             KafLang lang)
{
  KafDay due = standing->due != KAF_DAY_UNKNOWN ? standing->due : self->due_on;
  const char *again = get_recurrence_word (self->recurrence);
  g_autofree char *iso = kaf_day_to_iso (due);
  g_autofree char *plain = iso != NULL ? kaf_date_format (iso, lang, KAF_DATE_SHORT) : NULL;
  g_autofree char *date = plain != NULL ? kaf_bidi_isolate (plain) : NULL;

  if (again == NULL || date == NULL)
    return again != NULL ? g_strdup (again) : g_steal_pointer (&date);
  return g_strdup_printf (_ ("%s, %s"), date, again);
}
