/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "base/kaf-day.h"

#include <stdio.h>

#include "base/kaf-date.h"

/* GDate knows no later one. */
#define YEAR_MAX 9999

static KafDay
from_whole (const char *iso)
{
  guint year = 0, month = 0, day = 0;

  if (iso == NULL || sscanf (iso, "%4u-%2u-%2u", &year, &month, &day) != 3 || year == 0 ||
      !g_date_valid_dmy ((GDateDay) day, (GDateMonth) month, (GDateYear) year))
    return KAF_DAY_UNKNOWN;
  else
    {
      GDate date;

      g_date_clear (&date, 1);
      g_date_set_dmy (&date, (GDateDay) day, (GDateMonth) month, (GDateYear) year);
      return g_date_get_julian (&date);
    }
}

KafDay
kaf_day_parse (const char *iso)
{
  g_autofree char *start = NULL;
  KafDay day = from_whole (iso);

  if (day != KAF_DAY_UNKNOWN || iso == NULL || !kaf_date_is_valid (iso, TRUE))
    return day;
  start = kaf_date_start (iso);
  return from_whole (start);
}

KafDay
kaf_day_parse_end (const char *iso)
{
  g_autofree char *end = NULL;
  KafDay day = from_whole (iso);

  if (day != KAF_DAY_UNKNOWN || iso == NULL || !kaf_date_is_valid (iso, TRUE))
    return day;
  end = kaf_date_end (iso);
  return from_whole (end);
}

char *
kaf_day_to_iso (KafDay day)
{
  GDate date;

  if (day == KAF_DAY_UNKNOWN)
    return NULL;
  g_date_clear (&date, 1);
  g_date_set_julian (&date, day);
  return g_strdup_printf ("%04u-%02u-%02u", (guint) g_date_get_year (&date),
                          (guint) g_date_get_month (&date), (guint) g_date_get_day (&date));
}

KafDay
kaf_day_add_months (KafDay day, int months)
{
  GDate date;
  int total, year, month, last;

  if (day == KAF_DAY_UNKNOWN)
    return KAF_DAY_UNKNOWN;
  g_date_clear (&date, 1);
  g_date_set_julian (&date, day);
  total = g_date_get_year (&date) * 12 + ((int) g_date_get_month (&date) - 1) + months;
  year = total / 12;
  month = total % 12 + 1;
  if (total < 12 || year > YEAR_MAX)
    return KAF_DAY_UNKNOWN;
  last = g_date_get_days_in_month ((GDateMonth) month, (GDateYear) year);
  g_date_set_dmy (&date, (GDateDay) MIN (g_date_get_day (&date), last), (GDateMonth) month,
                  (GDateYear) year);
  return g_date_get_julian (&date);
}
