/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "base/kaf-day.h"

#include "base/kaf-date.h"

/* Dates have four digits for it. */
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

/* The other way round, in years that begin in March: what comes and goes with February is at their end. */
static void
split (KafDay day, guint *year, guint *month, guint *day_of_month)
{
  guint days = day + 305; /* since 1 March of the year 0 */
  guint cycle = days / 146097, left = days % 146097;
  guint years = (left - left / 1460 + left / 36524 - left / 146096) / 365;
  guint of_year = left - (365 * years + years / 4 - years / 100);
  guint from_march = (5 * of_year + 2) / 153;

  *month = from_march < 10 ? from_march + 3 : from_march - 9;
  *year = cycle * 400 + years + (*month <= 2 ? 1 : 0);
  *day_of_month = of_year - (153 * from_march + 2) / 5 + 1;
}

char *
kaf_day_to_iso (KafDay day)
{
  char iso[] = "0000-00-00";
  guint year, month, day_of_month;

  if (day == KAF_DAY_UNKNOWN)
    return NULL;
  split (day, &year, &month, &day_of_month);
  if (year > YEAR_MAX)
    return g_strdup_printf ("%u-%02u-%02u", year, month, day_of_month);
  kaf_date_write_number (iso, 4, year);
  kaf_date_write_number (iso + 5, 2, month);
  kaf_date_write_number (iso + 8, 2, day_of_month);
  return g_strdup (iso);
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
  guint year, month, day_of_month;
  int total;

  if (day == KAF_DAY_UNKNOWN)
    return KAF_DAY_UNKNOWN;
  split (day, &year, &month, &day_of_month);
  total = (int) (year * 12 + month - 1) + months;
  if (total < 12 || total / 12 > YEAR_MAX)
    return KAF_DAY_UNKNOWN;
  return count_days ((guint) total / 12, (guint) total % 12 + 1, day_of_month);
}
