/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "rules/convention/kaf-convention-text.h"

#include "base/kaf-bidi.h"
#include "base/kaf-date.h"
#include "base/kaf-words.h"

static char *
say (const char *word, const char *style, const char **out)
{
  if (out != NULL)
    *out = style;
  return g_strdup (word);
}

static char *
describe_in_force (
    const KafStanding *self, KafDay day, guint soon_days, KafLang lang, const char **style)
{
  guint left = 0;

  if (kaf_standing_days_left (self, day, &left) && left <= soon_days)
    {
      g_autofree char *text =
          left == 0
              ? g_strdup (kaf_words_context (lang, "convention", "lapses today"))
              : g_strdup_printf (
                    kaf_words_plural (lang, "lapses in %u day", "lapses in %u days", left), left);

      return say (text, "warning", style);
    }
  if (self->term == KAF_TERM_UNKNOWN)
    return say (kaf_words_context (lang, "convention", "term unknown"), NULL, style);
  return say (kaf_words_context (lang, "convention", "in force"), "success", style);
}

char *
kaf_standing_describe_state (
    const KafStanding *self, KafDay day, guint soon_days, KafLang lang, const char **style)
{
  switch (self->state)
    {
    case KAF_CONVENTION_DRAFT:
      return say (kaf_words_context (lang, "convention", "draft"), NULL, style);
    case KAF_CONVENTION_NEGOTIATION:
      return say (kaf_words_context (lang, "convention", "in negotiation"), "accent", style);
    case KAF_CONVENTION_ABANDONED:
      return say (kaf_words_context (lang, "convention", "abandoned"), NULL, style);
    case KAF_CONVENTION_SIGNED:
      return say (kaf_words_context (lang, "convention", "signed"), "accent", style);
    case KAF_CONVENTION_IN_FORCE:
      return describe_in_force (self, day, soon_days, lang, style);
    case KAF_CONVENTION_EXPIRED:
      return say (kaf_words_context (lang, "convention", "expired"), NULL, style);
    case KAF_CONVENTION_TERMINATED:
    default:
      return say (kaf_words_context (lang, "convention", "terminated"), NULL, style);
    }
}

static char *
describe_end (const KafStanding *self, KafLang lang)
{
  g_autofree char *iso = kaf_day_to_iso (self->until);
  g_autofree char *date = NULL;

  if (iso != NULL)
    {
      g_autofree char *plain = kaf_date_format (iso, lang, KAF_DATE_LONG);

      date = kaf_bidi_isolate (plain);
    }
  if (self->term == KAF_TERM_OPEN)
    return g_strdup (kaf_words_get (lang, "for an indefinite term"));
  if (date == NULL)
    return g_strdup (self->n_renewals > 0 ? kaf_words_get (lang, "renewed tacitly, term unknown")
                                          : kaf_words_context (lang, "convention", "term unknown"));
  return g_strdup_printf (self->n_renewals > 0 ? kaf_words_get (lang, "renewed tacitly until %s")
                                               : kaf_words_context (lang, "convention", "until %s"),
                          date);
}

char *
kaf_standing_describe_term (const KafStanding *self, const KafConvention *act, KafLang lang)
{
  g_autofree char *end = describe_end (self, lang);
  g_autofree char *by = NULL;

  if (self->term_by == act || self->term_by == NULL || self->term_by->title == NULL ||
      self->term_by->kind != KAF_CONVENTION_AMENDMENT)
    return g_steal_pointer (&end);
  by = kaf_bidi_isolate (self->term_by->title);
  return g_strdup_printf (kaf_words_get (lang, "%s, by %s"), end, by);
}
