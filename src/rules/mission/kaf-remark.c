/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "rules/mission/kaf-remark.h"

#include <string.h>

#include "base/kaf-fold.h"

/* As kaf_fold() leaves them. Before a Latin name, a title counts where a capital follows: "le dr Alaoui", and not
 * "m. 2". */
static const char *const titles[] = { "m", "mr", "mme", "mlle", "dr", "pr", "mrs", "ms" };

static const char *const arabic_titles[] = { "السيد",   "السيدة",  "الدكتور", "الدكتورة",
                                             "الاستاذ", "الاستاذة", "الحاج",   "الاخت" };

/* Said of a person; what a lesson on care is about ("diabète") is none of them. */
static const char *const health[] = {
  "malade", "malades", "enceinte",  "handicapee", "handicape", "depressive", "depressif",
  "pregnant", "hospitalise", "hospitalisee", "مريضة", "حامل", "معاقة", "معاق", "حاملا",
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

  if (strchr (word, '@') != NULL ||
      stands_in (arabic_titles, G_N_ELEMENTS (arabic_titles), folded) ||
      stands_in (health, G_N_ELEMENTS (health), folded))
    return TRUE;
  return stands_in (titles, G_N_ELEMENTS (titles), folded) && begins_with_capital (next);
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
  g_auto (GStrv) words = NULL;

  if (text == NULL)
    return FALSE;
  if (holds_number (text))
    return TRUE;
  words = g_strsplit_set (text, " \t\n,;:!?()«»\"’'،؛؟", -1);
  for (guint i = 0; words[i] != NULL; i++)
    if (*words[i] != '\0' && g_utf8_validate (words[i], -1, NULL) &&
        is_telling (words[i], words[i + 1]))
      return TRUE;
  return FALSE;
}
