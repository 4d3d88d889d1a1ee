/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The names of months and days. They are data of the dates' own language and not strings of the
 * interface: a French paper is read and printed while the window speaks Arabic. Arabic names are
 * those of Morocco; those of the East are understood when typed. */

#include "config.h"

#include "base/kaf-date-words.h"
#include "base/kaf-date.h"
#include "base/kaf-fold.h"

#include <string.h>

static const char *const month_names[][12] = {
  { "January", "February", "March", "April", "May", "June", "July", "August", "September",
    "October", "November", "December" },
  { "janvier", "février", "mars", "avril", "mai", "juin", "juillet", "août", "septembre", "octobre",
    "novembre", "décembre" },
  { "يناير", "فبراير", "مارس", "أبريل", "ماي", "يونيو", "يوليوز", "غشت", "شتنبر", "أكتوبر", "نونبر",
    "دجنبر" },
};

/* Arabic abbreviates no month. */
static const char *const short_month_names[][12] = {
  { "Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec" },
  { "janv.", "févr.", "mars", "avr.", "mai", "juin", "juil.", "août", "sept.", "oct.", "nov.",
    "déc." },
};

static const char *const weekday_names[][7] = {
  { "Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday" },
  { "Lundi", "Mardi", "Mercredi", "Jeudi", "Vendredi", "Samedi", "Dimanche" },
  { "الاثنين", "الثلاثاء", "الأربعاء", "الخميس", "الجمعة", "السبت", "الأحد" },
};

/* Further spellings, after kaf_fold(). */
static const struct
{
  const char *word;
  guint8 month;
} month_words[] = {
  { "fev", 2 },   { "sept", 9 },    { "مايو", 5 },    { "مايس", 5 },   { "يوليو", 7 },
  { "يوليه", 7 }, { "يونيه", 6 },   { "اغسطس", 8 },   { "اوت", 8 },    { "سبتمبر", 9 },
  { "شتمبر", 9 }, { "نوفمبر", 11 }, { "ديسمبر", 12 }, { "دسمبر", 12 }, { "جانفي", 1 },
  { "فيفري", 2 }, { "افريل", 4 },   { "جوان", 6 },    { "جويليه", 7 }, { "ابريل", 4 },
};

static const char *const fillers[] = { "le", "du", "the", "of", "يوم", "شهر", "سنه" };

/**
 * kaf_date_month_name:
 * @month: 1 to 12
 * @lang: a language
 *
 * Returns: (transfer none): the month's name as it stands inside a sentence; "" for another number
 */
const char *
kaf_date_month_name (guint month, KafLang lang)
{
  return month >= 1 && month <= 12 ? month_names[lang][month - 1] : "";
}

/**
 * kaf_date_month_short_name:
 * @month: 1 to 12
 * @lang: a language
 *
 * Returns: (transfer none): the abbreviated name; the whole one in Arabic
 */
const char *
kaf_date_month_short_name (guint month, KafLang lang)
{
  if (month < 1 || month > 12)
    return "";
  return lang == KAF_LANG_AR ? month_names[lang][month - 1] : short_month_names[lang][month - 1];
}

/**
 * kaf_date_weekday_name:
 * @weekday: 1 (Monday) to 7
 * @lang: a language
 *
 * Returns: (transfer none): the day's name with a capital, as it opens a line
 */
const char *
kaf_date_weekday_name (guint weekday, KafLang lang)
{
  return weekday >= 1 && weekday <= 7 ? weekday_names[lang][weekday - 1] : "";
}

static GHashTable *
month_table (void)
{
  static GHashTable *table;

  if (g_once_init_enter (&table))
    {
      GHashTable *words = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);

      for (guint lang = KAF_LANG_EN; lang <= KAF_LANG_AR; lang++)
        for (guint month = 1; month <= 12; month++)
          {
            g_hash_table_insert (words, kaf_fold (kaf_date_month_name (month, lang)),
                                 GUINT_TO_POINTER (month));
            g_hash_table_insert (words, kaf_fold (kaf_date_month_short_name (month, lang)),
                                 GUINT_TO_POINTER (month));
          }
      for (guint i = 0; i < G_N_ELEMENTS (month_words); i++)
        g_hash_table_insert (words, g_strdup (month_words[i].word),
                             GUINT_TO_POINTER ((guint) month_words[i].month));
      g_once_init_leave (&table, words);
    }
  return table;
}

/**
 * kaf_date_month_from_word:
 * @folded: a word from kaf_fold_words()
 *
 * Returns: the month of that name in any of the languages, 0 for none
 */
guint
kaf_date_month_from_word (const char *folded)
{
  return GPOINTER_TO_UINT (g_hash_table_lookup (month_table (), folded));
}

/**
 * kaf_date_is_filler:
 * @folded: a word from kaf_fold_words()
 *
 * Returns: %TRUE for a weekday or an article, which add nothing to a date
 */
gboolean
kaf_date_is_filler (const char *folded)
{
  for (guint i = 0; i < G_N_ELEMENTS (fillers); i++)
    if (strcmp (folded, fillers[i]) == 0)
      return TRUE;
  for (guint lang = KAF_LANG_EN; lang <= KAF_LANG_AR; lang++)
    for (guint i = 0; i < 7; i++)
      {
        g_autofree char *name = kaf_fold (weekday_names[lang][i]);

        if (strcmp (name, folded) == 0)
          return TRUE;
      }
  return FALSE;
}
