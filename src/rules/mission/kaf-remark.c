/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "rules/mission/kaf-remark.h"

#include <string.h>

#include "base/kaf-fold.h"

/* As kaf_fold() leaves them. Before a Latin name, a title counts where a capital follows: "le dr Alaoui", and not
 * "m. 2". */
static const char *const titles[] = { "m", "mr", "mme", "mlle", "dr", "pr", "mrs", "ms" };

static const char *const arabic_titles[] = { "السيد",   "السيدة",   "الدكتور", "الدكتورة",
                                             "الاستاذ", "الاستاذة", "الحاج",   "الاخت" };

/* Said of a person; what a lesson on care is about ("diabète") is none of them. */
static const char *const health[] = {
  "malade",     "malades",   "enceinte", "handicapee",  "handicape",
  "depressive", "depressif", "pregnant", "hospitalise", "hospitalisee",
  "مريضة",      "حامل",      "معاقة",    "معاق",        "حاملا",
};

static gboolean
stands_in (const char *const *words, guint n, const char *word)
{
  for (guint i = 0; i < n; i++)
    {
      g_autofree char *folded = kaf_fold (words[i]);

      if (g_strcmp0 (folded, word) == 0)
        return TRUE;
    }
  return FALSE;
}

static gboolean
begins_with_capital (const char *word)
{
  return word != NULL && g_unichar_isupper (g_utf8_get_char (word));
}

static gboolean
is_telling (const char *word, const char *next)
{
  g_autofree char *folded = kaf_fold (word);

  if (stands_in (arabic_titles, G_N_ELEMENTS (arabic_titles), folded) ||
      stands_in (health, G_N_ELEMENTS (health), folded))
    return TRUE;
  return stands_in (titles, G_N_ELEMENTS (titles), folded) && begins_with_capital (next);
}

/* As they are written: capitals matter. By characters, since bytes of Arabic letters are those of its comma. */
static GPtrArray *
split (const char *text)
{
  GPtrArray *words = g_ptr_array_new_with_free_func (g_free);
  const char *start = NULL;

  for (const char *p = text;; p = g_utf8_next_char (p))
    {
      gunichar c = g_utf8_get_char (p);
      gboolean within = g_unichar_isalnum (c) || g_unichar_ismark (c);

      if (within && start == NULL)
        start = p;
      if (!within && start != NULL)
        {
          g_ptr_array_add (words, g_strndup (start, (gsize) (p - start)));
          start = NULL;
        }
      if (c == 0)
        return words;
    }
}

static gboolean
holds_address (const char *text)
{
  const char *at = strchr (text, '@');

  return at != NULL && at > text && g_ascii_isalnum (at[-1]) && g_ascii_isalnum (at[1]);
}

/* Nine digits in a row, however they are spaced. */
static gboolean
holds_number (const char *text)
{
  guint digits = 0;

  for (const char *p = text; *p != '\0'; p++)
    {
      if (g_ascii_isdigit (*p))
        digits++;
      else if (strchr (" .-", *p) == NULL)
        digits = 0;
      if (digits >= 9)
        return TRUE;
    }
  return FALSE;
}

gboolean
kaf_remark_names_somebody (const char *text)
{
  g_autoptr (GPtrArray) words = NULL;

  if (text == NULL || !g_utf8_validate (text, -1, NULL))
    return FALSE;
  if (holds_number (text) || holds_address (text))
    return TRUE;
  words = split (text);
  for (guint i = 0; i < words->len; i++)
    if (is_telling (words->pdata[i], i + 1 < words->len ? words->pdata[i + 1] : NULL))
      return TRUE;
  return FALSE;
}

/* Names */

/* Parts of names that say nothing of who it is, as kaf_fold() leaves them; and those that are words too. */
static const char *const particles[] = {
  "ben", "bent", "bint", "ibn", "ait", "ould", "abd",  "abou", "sidi",  "lalla", "moulay", "oulad",
  "bni", "بنت",  "ابن",  "ايت", "عبد", "ابو",  "سيدي", "لاله", "مولاي", "اولاد", "بني",    "ولد",
};

#define SHORTEST 3 /* letters of a part that is looked for */

static const char *
skip_article (const char *word)
{
  return g_str_has_prefix (word, "ال") ? word + strlen ("ال") : word;
}

static gboolean
is_sought (const char *part)
{
  if (g_utf8_strlen (skip_article (part), -1) < SHORTEST)
    return FALSE;
  for (guint i = 0; i < G_N_ELEMENTS (particles); i++)
    if (g_str_equal (particles[i], part))
      return FALSE;
  return TRUE;
}

/* The word without the letter that Arabic writes together with it; the word itself else. */
static const char *
skip_letter (const char *word)
{
  static const char *const letters[] = { "و", "ف", "ب", "ل", "ك" };

  for (guint i = 0; i < G_N_ELEMENTS (letters); i++)
    if (g_str_has_prefix (word, letters[i]))
      return word + strlen (letters[i]);
  return word;
}

static gboolean
is_said (char *const *words, const char *part)
{
  const char *bare = skip_article (part);

  for (; *words != NULL; words++)
    if (g_str_equal (skip_article (*words), bare) ||
        g_str_equal (skip_article (skip_letter (*words)), bare))
      return TRUE;
  return FALSE;
}

gboolean
kaf_remark_is_delicate (const char *text, const char *const *names)
{
  g_auto (GStrv) words = NULL;

  if (text == NULL || names == NULL || kaf_remark_names_somebody (text))
    return kaf_remark_names_somebody (text);
  words = kaf_fold_words (text);
  for (; *names != NULL; names++)
    {
      g_auto (GStrv) parts = kaf_fold_words (*names);

      for (guint i = 0; parts[i] != NULL; i++)
        if (is_sought (parts[i]) && is_said (words, parts[i]))
          return TRUE;
    }
  return FALSE;
}
