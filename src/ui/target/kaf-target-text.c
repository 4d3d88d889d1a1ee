/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "ui/target/kaf-target-text.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "base/kaf-date.h"
#include "base/kaf-number.h"
#include "ui/app/kaf-application.h"

guint
kaf_target_text_path (const KafTargetPoint *point, const KafTargetSettings *settings)
{
  return kaf_target_path (point->day, settings->start, settings->end, settings->goal);
}

char *
kaf_target_text_point (const KafTargetPoint *point, const KafTargetSettings *settings)
{
  KafLang lang = kaf_application_get_lang ();
  g_autofree char *iso = kaf_day_to_iso (point->day);
  g_autofree char *day = kaf_date_format (iso, lang, KAF_DATE_LONG);
  g_autofree char *identified = kaf_few_format (point->n[KAF_TARGET_IDENTIFIED], lang);
  g_autofree char *engaged = kaf_few_format (point->n[KAF_TARGET_ENGAGED], lang);
  g_autofree char *mobilised = kaf_few_format (point->n[KAF_TARGET_MOBILISED], lang);
  g_autofree char *path = kaf_number_format (kaf_target_text_path (point, settings), lang);

  if (settings->goal == 0)
    /* Translators: a day, then numbers of persons. */
    return g_strdup_printf (_ ("%1$s: %2$s identified, %3$s engaged, %4$s mobilised"), day,
                            identified, engaged, mobilised);
  /* Translators: a day, then numbers of persons. */
  return g_strdup_printf (_ ("%1$s: %2$s identified, %3$s engaged, %4$s mobilised; path %5$s"), day,
                          identified, engaged, mobilised, path);
}

static gboolean
is_same_year (const KafTargetPoint *a, const KafTargetPoint *b)
{
  g_autofree char *first = kaf_day_to_iso (a->day);
  g_autofree char *second = kaf_day_to_iso (b->day);

  return strncmp (first, second, strlen ("2026")) == 0;
}

GPtrArray *
kaf_target_text_years (GArray *points)
{
  GPtrArray *years = g_ptr_array_new ();

  for (guint i = 0; i < points->len; i++)
    {
      KafTargetPoint *point = &g_array_index (points, KafTargetPoint, i);

      if (i + 1 == points->len || !is_same_year (point, point + 1))
        g_ptr_array_add (years, point);
    }
  return years;
}

char *
kaf_target_text_describe (GArray *points, const KafTargetSettings *settings)
{
  g_autoptr (GPtrArray) years = kaf_target_text_years (points);
  GString *text = g_string_new (NULL);

  for (guint i = 0; i < years->len; i++)
    {
      g_autofree char *line = kaf_target_text_point (years->pdata[i], settings);

      g_string_append_printf (text, "%s%s", i > 0 ? "\n" : "", line);
    }
  return g_string_free (text, FALSE);
}
