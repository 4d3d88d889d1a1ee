/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "base/kaf-day.h"

#include "base/kaf-date.h"

/* GDate knows no later one. */
#define YEAR_MAX 9999

#define SECONDS_A_DAY 86400
#define EPOCH 719163 /* 1 January 1970 */

static gboolean
read_number (const char *text, guint n_digits, guint *number)
{
  *number = 0;
  for (guint i = 0; i < n_digits; i++)
    {
      if (!g_ascii_isdigit (text[i]))
        return FALSE;
      *number = *number * 10 + (guint) (text[i] - '0');
    }
  return TRUE;
}

static guint
is_leap (guint year)
{
  return (year % 4 == 0 && (year % 100 != 0 || year % 400 == 0)) ? 1 : 0;
}

/* Days before a month, and before the one after it. */
static const guint16 before[] = { 0, 31, 59, 90, 120, 151, 181, 212, 243, 273, 304, 334, 365 };

static guint
length_of (guint year, guint month)
{
  return (guint) before[month] - before[month - 1] + (month == 2 ? is_leap (year) : 0);
}

/* @day beyond the month: its last. By hand, like the reading: the rules do it some hundred thousand times at once. */
static KafDay
count_days (guint year, guint month, guint day)
{
  guint years = year - 1;

  return years * 365 + years / 4 - years / 100 + years / 400 + before[month - 1] +
         (month > 2 ? is_leap (year) : 0) + MIN (day, length_of (year, month));
}

static KafDay
from_whole (const char *iso)
{
  guint year, month, day;

  if (iso == NULL || !read_number (iso, 4, &year) || iso[4] != '-' ||
      !read_number (iso + 5, 2, &month) || iso[7] != '-' || !read_number (iso + 8, 2, &day) ||
      iso[10] != '\0' || year == 0 || month < 1 || month > 12 || day < 1 ||
      day > length_of (year, month))
    return KAF_DAY_UNKNOWN;
  return count_days (year, month, day);
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
kaf_day_from_time (gint64 us)
{
  gint64 seconds =
      us / G_USEC_PER_SEC - (us % G_USEC_PER_SEC < 0 ? 1 : 0) + kaf_time_get_offset (us);
  gint64 days = seconds / SECONDS_A_DAY - (seconds % SECONDS_A_DAY < 0 ? 1 : 0);

  return days > -EPOCH && days < G_MAXINT32 ? (KafDay) (days + EPOCH) : KAF_DAY_UNKNOWN;
}

KafDay
kaf_day_add_months (KafDay day, int months)
{
  GDate date;
  int total;

  if (day == KAF_DAY_UNKNOWN)
    return KAF_DAY_UNKNOWN;
  g_date_clear (&date, 1);
  g_date_set_julian (&date, day);
  total = g_date_get_year (&date) * 12 + ((int) g_date_get_month (&date) - 1) + months;
  if (total < 12 || total / 12 > YEAR_MAX)
    return KAF_DAY_UNKNOWN;
  return count_days ((guint) total / 12, (guint) total % 12 + 1, g_date_get_day (&date));
}
