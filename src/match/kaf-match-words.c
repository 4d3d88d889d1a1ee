/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "match/kaf-match-words.h"

#include <glib/gi18n-lib.h>

#include "base/kaf-bidi.h"
#include "base/kaf-words.h"

/* What is said of a field at a level; NULL: it does not come about. Names are told with what is written. */
static const char *const words[KAF_N_MATCH_FIELDS][KAF_N_MATCH_LEVELS] = {
  [KAF_MATCH_EMAIL] = { [KAF_MATCH_SAME] = N_ ("same e-mail address"),
                        [KAF_MATCH_ALIKE] = N_ ("same e-mail name at another provider"),
                        [KAF_MATCH_PARTLY] = N_ ("e-mail addresses that say little"),
                        [KAF_MATCH_DIFFERS] = N_ ("different e-mail addresses") },
  [KAF_MATCH_PHONE] = { [KAF_MATCH_SAME] = N_ ("same phone"),
                        [KAF_MATCH_DIFFERS] = N_ ("different phones") },
  [KAF_MATCH_IDENTIFIER] = { [KAF_MATCH_SAME] = N_ ("same identifier"),
                             [KAF_MATCH_LOOSE] = N_ ("identifiers that differ by one character"),
                             [KAF_MATCH_DIFFERS] = N_ ("different identifiers") },
  [KAF_MATCH_BIRTH] = { [KAF_MATCH_SAME] = N_ ("same date of birth"),
                        [KAF_MATCH_LOOSE] = N_ ("almost the same date of birth"),
                        [KAF_MATCH_PARTLY] = N_ ("same year of birth"),
                        [KAF_MATCH_DIFFERS] = N_ ("different dates of birth") },
  [KAF_MATCH_CITY] = { [KAF_MATCH_SAME] = N_ ("same city"),
                       [KAF_MATCH_LOOSE] = N_ ("almost the same city"),
                       [KAF_MATCH_DIFFERS] = N_ ("different cities") },
  [KAF_MATCH_EMPLOYER] = { [KAF_MATCH_SAME] = N_ ("same employer"),
                           [KAF_MATCH_DIFFERS] = N_ ("different employers") },
  [KAF_MATCH_COUNTRY] = { [KAF_MATCH_SAME] = N_ ("same country"),
                          [KAF_MATCH_DIFFERS] = N_ ("different countries") },
  [KAF_MATCH_DOMAIN] = { [KAF_MATCH_SAME] = N_ ("same domain"),
                         [KAF_MATCH_DIFFERS] = N_ ("different domains") },
  [KAF_MATCH_NETWORK] = { [KAF_MATCH_SAME] = N_ ("same network"),
                          [KAF_MATCH_DIFFERS] = N_ ("different networks") },
  [KAF_MATCH_BODY] = { [KAF_MATCH_SAME] = N_ ("same name of the organisation"),
                       [KAF_MATCH_CLOSE] = N_ ("names in full and short"),
                       [KAF_MATCH_ALIKE] = N_ ("names with most words in common"),
                       [KAF_MATCH_LOOSE] = N_ ("names with some words in common"),
                       [KAF_MATCH_DIFFERS] = N_ ("different names of the organisation") },
  [KAF_MATCH_GENDER] = { [KAF_MATCH_SAME] = N_ ("same gender"),
                         [KAF_MATCH_DIFFERS] = N_ ("different genders") },
};

static const char *const given_words[KAF_N_MATCH_LEVELS] = {
  [KAF_MATCH_SAME] = N_ ("same given name: %s ↔ %s"),
  [KAF_MATCH_CLOSE] = N_ ("given names that sound alike: %s ↔ %s"),
  [KAF_MATCH_ALIKE] = N_ ("given names that sound alike: %s ↔ %s"),
  [KAF_MATCH_LOOSE] = N_ ("given names that are a little alike: %s ↔ %s"),
  [KAF_MATCH_PARTLY] = N_ ("given name with an initial that fits: %s ↔ %s"),
  [KAF_MATCH_DIFFERS] = N_ ("different given names: %s ↔ %s"),
};

static const char *const family_words[KAF_N_MATCH_LEVELS] = {
  [KAF_MATCH_SAME] = N_ ("same family name: %s ↔ %s"),
  [KAF_MATCH_CLOSE] = N_ ("family names that sound alike: %s ↔ %s"),
  [KAF_MATCH_ALIKE] = N_ ("family names that sound alike: %s ↔ %s"),
  [KAF_MATCH_LOOSE] = N_ ("family names that are a little alike: %s ↔ %s"),
  [KAF_MATCH_PARTLY] = N_ ("family name with an initial that fits: %s ↔ %s"),
  [KAF_MATCH_DIFFERS] = N_ ("different family names: %s ↔ %s"),
};

static const char *const bands[] = {
  [KAF_MATCH_UNLIKELY] = N_ ("unlikely"),
  [KAF_MATCH_ON_REQUEST] = N_ ("not likely"),
  [KAF_MATCH_TO_EXAMINE] = N_ ("to examine"),
  [KAF_MATCH_VERY_LIKELY] = N_ ("very likely"),
};

/* What settles most, first. */
static const struct
{
  KafMatchField field;
  const char *question;
} questions[] = {
  { KAF_MATCH_IDENTIFIER, N_ ("An identifier of both (ORCID, identity card) would settle it.") },
  { KAF_MATCH_BIRTH, N_ ("The date of birth of both would settle it.") },
  { KAF_MATCH_EMAIL, N_ ("An e-mail address of both would settle it.") },
  { KAF_MATCH_PHONE, N_ ("A phone of both would settle it.") },
};

gboolean
kaf_match_speaks_for (const KafMatchReason *reason)
{
  return reason->level != KAF_MATCH_DIFFERS;
}

/* In a line of Arabic, what is written in Latin letters must not turn the two round. */
static char *
format_two (KafLang lang, const char *msgid, const char *first, const char *second)
{
  const char *format = kaf_words_get (lang, msgid);
  gboolean isolate = lang == KAF_LANG_AR;
  g_autofree char *a = isolate ? kaf_bidi_isolate (first) : g_strdup (first);
  g_autofree char *b = isolate ? kaf_bidi_isolate (second) : g_strdup (second);

#pragma GCC diagnostic push
#pragma GCC diagnostic ignored "-Wformat-nonliteral"
  return g_strdup_printf (format, a, b);
#pragma GCC diagnostic pop
}

char *
kaf_match_tell_reason (const KafMatchReason *reason, KafLang lang)
{
  const char *const *names = reason->field == KAF_MATCH_GIVEN_NAME    ? given_words
                             : reason->field == KAF_MATCH_FAMILY_NAME ? family_words
                                                                      : NULL;

  if (names != NULL)
    return format_two (lang, names[reason->level], reason->a, reason->b);
  return g_strdup (kaf_words_get (lang, words[reason->field][reason->level]));
}

const char *
kaf_match_tell_band (KafMatchBand band, KafLang lang)
{
  return kaf_words_get (lang, bands[band]);
}

/* Two sides that agree are one name: "محمد بوجدير ↔ Mohamed Boutjdir". NULL: they are to be told by themselves. */
static char *
tell_whole_name (const KafMatchScore *score, KafLang lang)
{
  const KafMatchReason *given = kaf_match_score_find (score, KAF_MATCH_GIVEN_NAME);
  const KafMatchReason *family = kaf_match_score_find (score, KAF_MATCH_FAMILY_NAME);
  g_autofree char *a = NULL;
  g_autofree char *b = NULL;
  const char *format;

  if (given == NULL || family == NULL || given->level > KAF_MATCH_ALIKE ||
      family->level > KAF_MATCH_ALIKE)
    return NULL;
  a = g_strdup_printf ("%s %s", given->a, family->a);
  b = score->swapped ? g_strdup_printf ("%s %s", family->b, given->b)
                     : g_strdup_printf ("%s %s", given->b, family->b);
  if (given->across)
    format = N_ ("names that agree in two scripts: %s ↔ %s");
  else if (given->level == KAF_MATCH_SAME && family->level == KAF_MATCH_SAME)
    format = N_ ("same names: %s ↔ %s");
  else
    format = N_ ("names that sound alike: %s ↔ %s");
  return format_two (lang, format, a, b);
}

char *
kaf_match_tell_likelihood (guint permille, KafLang lang)
{
  g_autofree char *text = permille % 10 == 0
                              ? g_strdup_printf ("%u\u00a0%%", permille / 10)
                              : g_strdup_printf ("%u%s%u\u00a0%%", permille / 10,
                                                 lang == KAF_LANG_EN ? "." : ",", permille % 10);

  return kaf_bidi_ltr (text);
}

char *
kaf_match_tell (const KafMatchScore *score, KafLang lang)
{
  g_autoptr (GString) text = g_string_new (NULL);
  g_autofree char *whole = tell_whole_name (score, lang);

  if (whole != NULL)
    g_string_append_printf (text, "✔ %s", whole);
  for (guint i = 0; i < score->n_reasons; i++)
    {
      const KafMatchReason *reason = &score->reasons[i];
      gboolean name =
          reason->field == KAF_MATCH_GIVEN_NAME || reason->field == KAF_MATCH_FAMILY_NAME;
      g_autofree char *one = NULL;

      if (name && whole != NULL)
        continue;
      one = kaf_match_tell_reason (reason, lang);
      g_string_append_printf (text, "%s%s %s", text->len > 0 ? " · " : "",
                              kaf_match_speaks_for (reason) ? "✔" : "✘", one);
    }
  g_string_append_printf (text, " %s %s", lang == KAF_LANG_AR ? "←" : "→",
                          kaf_match_tell_band (kaf_match_band (score->probability), lang));
  return g_string_free (g_steal_pointer (&text), FALSE);
}

const char *
kaf_match_question (const KafMatchScore *score, KafLang lang)
{
  KafMatchBand band = kaf_match_band (score->probability);

  if (band != KAF_MATCH_TO_EXAMINE && band != KAF_MATCH_ON_REQUEST)
    return NULL;
  if (kaf_match_score_find (score, KAF_MATCH_BODY) != NULL)
    return kaf_match_score_find (score, KAF_MATCH_IDENTIFIER) == NULL
               ? kaf_words_get (lang, N_ ("A registration number of both would settle it."))
               : NULL;
  for (guint i = 0; i < G_N_ELEMENTS (questions); i++)
    if (kaf_match_score_find (score, questions[i].field) == NULL)
      return kaf_words_get (lang, questions[i].question);
  return NULL;
}
