/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A day as a number is the one that GDate counts, from the first to the last. */
#include "config.h"

#include "base/kaf-date.h"
#include "base/kaf-day.h"

static void
test_counts (void)
{
  GDate date;
  KafDay day = 1;

  g_date_clear (&date, 1);
  for (g_date_set_dmy (&date, 1, 1, 1); g_date_get_year (&date) < 9999; g_date_add_days (&date, 1))
    {
      char iso[16];

      g_snprintf (iso, sizeof iso, "%04u-%02u-%02u", (guint) g_date_get_year (&date),
                  (guint) g_date_get_month (&date), (guint) g_date_get_day (&date));
      g_assert_cmpuint (kaf_day_parse (iso), ==, day);
      day++;
    }
  g_assert_cmpuint (day, ==, g_date_get_julian (&date));
}

static void
test_parse (void)
{
  static const char *const no_days[] = { "",           "x",          "2026-02-29",
                                         "2026-13-01", "2026-00-10", "2026-04-31",
                                         "2026-1-2",   "0000-01-01", "2026-11-22 ",
                                         "1900-02-29" };
  static const struct
  {
    const char *text, *first, *last;
  } days[] = {
    { "2024-02-29", "2024-02-29", "2024-02-29" }, { "2024-02", "2024-02-01", "2024-02-29" },
    { "2023-02", "2023-02-01", "2023-02-28" },    { "2000", "2000-01-01", "2000-12-31" },
    { "2000-02-29", "2000-02-29", "2000-02-29" },
  };

  g_assert_cmpuint (kaf_day_parse (NULL), ==, KAF_DAY_UNKNOWN);
  g_assert_null (kaf_day_to_iso (KAF_DAY_UNKNOWN));
  for (guint i = 0; i < G_N_ELEMENTS (no_days); i++)
    g_assert_cmpuint (kaf_day_parse (no_days[i]), ==, KAF_DAY_UNKNOWN);
  for (guint i = 0; i < G_N_ELEMENTS (days); i++)
    {
      g_autofree char *first = kaf_day_to_iso (kaf_day_parse (days[i].text));
      g_autofree char *last = kaf_day_to_iso (kaf_day_parse_end (days[i].text));

      g_assert_cmpstr (first, ==, days[i].first);
      g_assert_cmpstr (last, ==, days[i].last);
    }
}

static void
test_months (void)
{
  static const struct
  {
    const char *from;
    int months;
    const char *to;
  } cases[] = {
    { "2024-01-31", 1, "2024-02-29" },  { "2023-01-31", 1, "2023-02-28" },
    { "2024-02-29", 12, "2025-02-28" }, { "2024-02-29", 48, "2028-02-29" },
    { "2024-12-31", 2, "2025-02-28" },  { "2024-03-31", -1, "2024-02-29" },
    { "2024-01-15", -1, "2023-12-15" }, { "9999-12-01", 1, NULL },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *found =
          kaf_day_to_iso (kaf_day_add_months (kaf_day_parse (cases[i].from), cases[i].months));

      g_assert_cmpstr (found, ==, cases[i].to);
    }
}

/* A day told is the day that is read; each of four hundred years, and some of all others. */
static void
test_told (void)
{
  for (KafDay day = 1; day < kaf_day_parse ("9999-12-31"); day += day < 146097 ? 1 : 97)
    {
      g_autofree char *iso = kaf_day_to_iso (day);

      g_assert_cmpuint (kaf_day_parse (iso), ==, day);
      g_assert_cmpuint (kaf_day_add_months (day, 0), ==, day);
    }
}

/* As the text of the same day says it: around midnight, in summer, in Ramadan, before 1970. */
static void
test_times (void)
{
  const gint64 hour = G_GINT64_CONSTANT (3600) * G_USEC_PER_SEC;

  for (gint64 at = -hour * 24 * 365 * 2 - 1; at < hour * 24 * 365 * 80; at += hour * 97 - 7)
    {
      g_autofree char *iso = kaf_date_from_time (at);

      if (kaf_day_from_time (at) != kaf_day_parse (iso))
        g_test_message ("%s, %" G_GINT64_FORMAT, iso, at);
      g_assert_cmpuint (kaf_day_from_time (at), ==, kaf_day_parse (iso));
    }
  g_assert_cmpuint (kaf_day_from_time (G_MAXINT64), >, kaf_day_parse ("9999-12-31"));
  g_assert_cmpuint (kaf_day_from_time (G_MININT64), ==, KAF_DAY_UNKNOWN);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/day/counts", test_counts);
  g_test_add_func ("/day/parse", test_parse);
  g_test_add_func ("/day/months", test_months);
  g_test_add_func ("/day/told", test_told);
  g_test_add_func ("/day/times", test_times);
  return g_test_run ();
}
