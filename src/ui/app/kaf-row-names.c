/* SPDX-License-Identifier: GPL-3.0-or-later */
/* See kaf-row-names.h. */
#include "config.h"

#include "ui/app/kaf-row-names.h"

static const char *
known (const char *text)
{
  return text != NULL && *text != '\0' ? text : NULL;
}

void
kaf_row_names (const KafRow *row, KafLang lang, const char **first, const char **second)
{
  const char *latin = known (row->title);
  const char *arabic = known (row->title_ar);
  gboolean arabic_first = latin == NULL || (lang == KAF_LANG_AR && arabic != NULL);

  *first = arabic_first ? arabic : latin;
  *second = arabic_first ? latin : arabic;
  if (*first == NULL)
    *first = row->ref != NULL ? row->ref : "—";
}
