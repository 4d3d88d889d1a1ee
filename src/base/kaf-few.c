/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "base/kaf-few.h"

#include "base/kaf-number.h"
#include "base/kaf-words.h"

gboolean
kaf_few_is_told (guint told)
{
  return told < KAF_FEW_SMALL;
}

guint
kaf_few_tell (guint n)
{
  return n < KAF_FEW_LEAST ? KAF_FEW_SMALL : n;
}

guint
kaf_few_value (guint told)
{
  return kaf_few_is_told (told) ? told : 0;
}

/* The index of the smallest that is told, @n where none is. */
static guint
find_smallest (const guint *told, guint n)
{
  guint found = n;

  for (guint i = 0; i < n; i++)
    if (kaf_few_is_told (told[i]) && (found == n || told[i] < told[found]))
      found = i;
  return found;
}

guint
kaf_few_hide (const guint *counts, guint n, gboolean summed, guint *told)
{
  guint together = 0, n_small = 0, next;
  gboolean joined = FALSE;

  for (guint i = 0; i < n; i++)
    {
      guint count = counts[i];

      told[i] = kaf_few_tell (count);
      if (told[i] == KAF_FEW_SMALL)
        {
          together += count;
          n_small++;
        }
    }
  while (summed && together > 0 &&
         (together < KAF_FEW_LEAST || (!joined && together == n_small * (KAF_FEW_LEAST - 1))) &&
         (next = find_smallest (told, n)) < n)
    {
      together += told[next];
      told[next] = KAF_FEW_TOGETHER;
      joined = TRUE;
    }
  return together > 0 ? kaf_few_tell (together) : 0;
}

char *
kaf_few_format (guint told, KafLang lang)
{
  if (told == KAF_FEW_TOGETHER)
    return g_strdup ("–");
  if (told == KAF_FEW_SMALL)
    /* Translators: a number that is not told, in a cell of a table; the number is the least that is. */
    return g_strdup_printf (kaf_words_get (lang, "< %u"), KAF_FEW_LEAST);
  return kaf_number_format (told, lang);
}

gboolean
kaf_few_allows (guint n, guint hidden, guint least)
{
  return n > 0 && n >= least && (hidden == 0 || hidden >= least);
}
