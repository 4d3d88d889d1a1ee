/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The languages of the interface and of printed papers. */

#include "config.h"

#include "base/kaf-lang.h"

/**
 * kaf_lang_from_string:
 * @name: (nullable): a language or locale name such as "fr", "ar_MA.UTF-8", "en-GB"
 *
 * Returns: that language; English, the source language, for anything unknown
 */
KafLang
kaf_lang_from_string (const char *name)
{
  static const char *const codes[] = { "en", "fr", "ar" };

  for (guint i = 0; name != NULL && i < G_N_ELEMENTS (codes); i++)
    if (g_ascii_strncasecmp (name, codes[i], 2) == 0 && !g_ascii_isalnum (name[2]))
      return (KafLang) i;
  return KAF_LANG_EN;
}

/**
 * kaf_lang_code:
 * @lang: a language
 *
 * Returns: its ISO 639-1 code
 */
const char *
kaf_lang_code (KafLang lang)
{
  switch (lang)
    {
    case KAF_LANG_FR:
      return "fr";
    case KAF_LANG_AR:
      return "ar";
    case KAF_LANG_EN:
    default:
      return "en";
    }
}

/**
 * kaf_lang_is_rtl:
 * @lang: a language
 *
 * Returns: %TRUE when it is written from right to left
 */
gboolean
kaf_lang_is_rtl (KafLang lang)
{
  return lang == KAF_LANG_AR;
}
