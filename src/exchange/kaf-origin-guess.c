/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "exchange/kaf-origin-guess.h"

#include <string.h>

#include "base/kaf-fold.h"

/* Beginnings of words, in all three languages. The first that is found decides. */
static const struct
{
  const char *beginning, *origin;
} words[] = {
  { "consul", "consulate" },  { "قنصل", "consulate" }, { "ambassad", "consulate" },
  { "embassy", "consulate" }, { "سفار", "consulate" }, { "reseau", "network" },
  { "network", "network" },   { "شبك", "network" },    { "associa", "network" },
  { "جمعي", "network" },      { "veille", "watch" },   { "رصد", "watch" },
};

const char *
kaf_origin_guess (const char *name)
{
  g_autofree char *folded = name != NULL ? kaf_fold (name) : NULL;

  for (guint i = 0; folded != NULL && i < G_N_ELEMENTS (words); i++)
    {
      g_autofree char *beginning = kaf_fold (words[i].beginning);

      if (strstr (folded, beginning) != NULL)
        return words[i].origin;
    }
  return "administration";
}
