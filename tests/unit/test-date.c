/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Dates as they are typed, kept and shown. */

#include "config.h"

#include "base/kaf-date.h"
#include "base/kaf-validation-error.h"

#include <string.h>

static void
assert_date (const char *typed, const char *expected)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *iso = kaf_date_normalise (typed, TRUE, &error);

  if (iso == NULL)
    g_assert_error (error, KAF_VALIDATION_ERROR, KAF_VALIDATION_ERROR_DATE);
  else
    g_assert_no_error (error);
  g_assert_cmpstr (iso, ==, expected);
}

static void
test_normalise (void)
{
  assert_date ("2026-11-22", "2026-11-22");
  assert_date (" 22/11/2026 ", "2026-11-22");
  assert_date ("2-1-2026", "2026-01-02");
  assert_date ("2.1.2026", "2026-01-02");
  assert_date ("2026/1/2", "2026-01-02");
  assert_date ("11/2026", "2026-11");
  assert_date ("2026-11", "2026-11");
  assert_date ("2026", "2026");
  assert_date ("12 novembre 2026", "2026-11-12");
  assert_date ("NOVEMBRE 2026", "2026-11");
  assert_date ("24 juin 2020", "2020-06-24");
  assert_date ("1er août 2026", "2026-08-01");
  assert_date ("Mardi 24 nov. 2026", "2026-11-24");
  assert_date ("le 3 févr. 2026", "2026-02-03");
  assert_date ("November 22, 2026", "2026-11-22");
  assert_date ("22nd of November 2026", "2026-11-22");
  assert_date ("٢٢ نونبر ٢٠٢٦", "2026-11-22");
  assert_date ("الأحد 22 نونبر 2026", "2026-11-22");
  assert_date ("غشت 2022", "2022-08");
  assert_date ("20 أغسطس 2022", "2022-08-20");
  assert_date ("٢٢/١١/٢٠٢٦", "2026-11-22");
  assert_date ("\u206822/11/2026\u2069", "2026-11-22");
  assert_date ("29/02/2024", "2024-02-29");
}

static void
test_refused (void)
{
  static const char *const wrong[] = {
    "29/02/2023",
    "31/04/2026",
    "11/22/2026",
    "00/01/2026",
    "2026-13",
    "2026-00",
    "22/11/26",
    "12",
    "20261122",
    "2026-11-22T10:00",
    "-5/1/2026",
    "bonjour",
    "1/2/3/2026",
    "999",
    "0999",
    "22 brumaire 2026",
    "2026 novembre novembre",
    "22:11:2026",
    "12345",
    "mardi",
  };

  for (guint i = 0; i < G_N_ELEMENTS (wrong); i++)
    assert_date (wrong[i], NULL);
}

static void
test_partial (void)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GError) empty = NULL;

  g_assert_null (kaf_date_normalise ("2026", FALSE, &error));
  g_assert_error (error, KAF_VALIDATION_ERROR, KAF_VALIDATION_ERROR_DATE);
  g_assert_null (kaf_date_normalise (" \u200F ", TRUE, &empty));
  g_assert_error (empty, KAF_VALIDATION_ERROR, KAF_VALIDATION_ERROR_EMPTY);
  g_assert_true (kaf_date_is_valid ("2026", TRUE));
  g_assert_false (kaf_date_is_valid ("2026", FALSE));
  g_assert_false (kaf_date_is_valid ("2026-1-2", TRUE));
  g_assert_false (kaf_date_is_valid ("2026-11-22 ", TRUE));
  g_assert_false (kaf_date_is_valid (NULL, TRUE));
}

static void
assert_format (const char *iso, KafLang lang, KafDateStyle style, const char *expected)
{
  g_autofree char *text = kaf_date_format (iso, lang, style);

  g_assert_cmpstr (text, ==, expected);
}

static void
test_format (void)
{
  assert_format ("2026-11-22", KAF_LANG_FR, KAF_DATE_SHORT, "22/11/2026");
  assert_format ("2026-11", KAF_LANG_FR, KAF_DATE_SHORT, "11/2026");
  assert_format ("2026", KAF_LANG_AR, KAF_DATE_SHORT, "2026");
  assert_format ("2026-11-22", KAF_LANG_FR, KAF_DATE_LONG, "22 novembre 2026");
  assert_format ("2026-01-01", KAF_LANG_FR, KAF_DATE_LONG, "1er janvier 2026");
  assert_format ("2026-01-01", KAF_LANG_AR, KAF_DATE_LONG, "1 يناير 2026");
  assert_format ("2026-11", KAF_LANG_FR, KAF_DATE_LONG, "novembre 2026");
  assert_format ("2026-11-22", KAF_LANG_AR, KAF_DATE_LONG, "22 نونبر 2026");
  assert_format ("2026-11-22", KAF_LANG_FR, KAF_DATE_MEDIUM, "22 nov. 2026");
  assert_format ("2026-11-22", KAF_LANG_EN, KAF_DATE_MEDIUM, "22 Nov 2026");
  assert_format ("2026-11-24", KAF_LANG_FR, KAF_DATE_WEEKDAY, "Mardi 24 novembre 2026");
  assert_format ("2026-11-24", KAF_LANG_AR, KAF_DATE_WEEKDAY, "الثلاثاء 24 نونبر 2026");
  assert_format ("2026-11", KAF_LANG_EN, KAF_DATE_WEEKDAY, "November 2026");
  assert_format ("garbage", KAF_LANG_FR, KAF_DATE_LONG, "garbage");
  assert_format (NULL, KAF_LANG_FR, KAF_DATE_LONG, "");
}

/* What is shown can be typed again. */
static void
test_round_trip (void)
{
  for (guint month = 1; month <= 12; month++)
    for (guint lang = KAF_LANG_EN; lang <= KAF_LANG_AR; lang++)
      for (guint style = KAF_DATE_SHORT; style <= KAF_DATE_WEEKDAY; style++)
        {
          g_autofree char *iso = g_strdup_printf ("2026-%02u-01", month);
          g_autofree char *shown = kaf_date_format (iso, lang, style);
          g_autofree char *again = kaf_date_normalise (shown, FALSE, NULL);

          g_assert_cmpstr (again, ==, iso);
        }
}

static void
assert_text (char *text, const char *expected)
{
  g_assert_cmpstr (text, ==, expected);
  g_free (text);
}

static void
test_reckoning (void)
{
  int days = 0;

  assert_text (kaf_date_start ("2026"), "2026-01-01");
  assert_text (kaf_date_start ("2026-02"), "2026-02-01");
  assert_text (kaf_date_end ("2026"), "2026-12-31");
  assert_text (kaf_date_end ("2024-02"), "2024-02-29");
  assert_text (kaf_date_end ("2024-02-03"), "2024-02-03");
  assert_text (kaf_date_end ("x"), NULL);
  assert_text (kaf_date_add_days ("2026-12-31", 1), "2027-01-01");
  assert_text (kaf_date_add_days ("2024-03-01", -1), "2024-02-29");
  assert_text (kaf_date_add_days ("2026", 1), NULL);
  assert_text (kaf_date_add_days ("9999-12-31", 1), NULL);
  assert_text (kaf_date_add_days ("1000-01-01", -1), NULL);
  assert_text (kaf_date_add_days ("2026-01-01", G_MAXINT), NULL);
  assert_text (kaf_date_add_days ("2026-01-01", G_MININT), NULL);
  g_assert_true (kaf_date_days_between ("2026-11-22", "2026-12-22", &days));
  g_assert_cmpint (days, ==, 30);
  g_assert_true (kaf_date_days_between ("2026-11-22", "2026-11-21", &days));
  g_assert_cmpint (days, ==, -1);
  g_assert_false (kaf_date_days_between ("2026-11", "2026-11-21", &days));
}

static void
test_time (void)
{
  /* 22 November 2025, 12:00 UTC; Morocco was one hour ahead then. What holds for days to come is decreed anew now and
   * then: since 20 September 2026 it is not. */
  const gint64 noon = G_GINT64_CONSTANT (1763812800) * G_USEC_PER_SEC;

  assert_text (kaf_date_from_time (noon), "2025-11-22");
  assert_text (kaf_time_format (noon, KAF_LANG_FR), "22/11/2025 13:00");
  assert_text (kaf_date_from_time (noon + (gint64) (11 * 3600) * G_USEC_PER_SEC), "2025-11-23");
  assert_text (kaf_date_from_time (-1), "1969-12-31");
  assert_text (kaf_date_from_time (G_MAXINT64), "");
  assert_text (kaf_time_format (G_MININT64, KAF_LANG_FR), "");
}

static void
assert_span (const char *from, const char *to, KafLang lang, const char *expected)
{
  assert_text (kaf_date_format_span (from, to, "2026-11-22", lang), expected);
}

static void
test_span (void)
{
  assert_span ("2027-01-06", "2027-01-13", KAF_LANG_FR, "6–13 janv.");
  assert_span ("2027-01-06", "2027-01-13", KAF_LANG_AR, "6–13 يناير");
  assert_span ("2027-01-06", "2027-01-13", KAF_LANG_EN, "6–13 Jan");
  assert_span ("2027-03-02", "2027-03-02", KAF_LANG_FR, "2 mars");
  assert_span ("2027-03-01", "2027-03-04", KAF_LANG_FR, "1er–4 mars");
  assert_span ("2027-01-28", "2027-02-03", KAF_LANG_AR, "28 يناير–3 فبراير");
  /* Months and years that are whole say so. */
  assert_span ("2027-02-01", "2027-02-28", KAF_LANG_FR, "février");
  assert_span ("2027-02-01", "2027-02-27", KAF_LANG_FR, "1er–27 févr.");
  assert_span ("2026-12-01", "2027-02-28", KAF_LANG_FR, "déc.–févr.");
  assert_span ("2027-01-01", "2027-12-31", KAF_LANG_AR, "2027");
  /* The year stands where the day alone would be taken for a nearer one. */
  assert_span ("2026-11-22", "2026-11-22", KAF_LANG_FR, "22 nov.");
  assert_span ("2026-11-21", "2026-11-21", KAF_LANG_FR, "21 nov. 2026");
  assert_span ("2027-10-22", "2027-10-22", KAF_LANG_FR, "22 oct.");
  assert_span ("2027-11-22", "2027-11-22", KAF_LANG_FR, "22 nov. 2027");
  assert_span ("2028-03-01", "2028-03-31", KAF_LANG_AR, "مارس 2028");
  assert_span ("2027-12-28", "2028-01-03", KAF_LANG_FR, "28 déc. 2027–3 janv. 2028");
  assert_span ("2028-01-01", "2028-02-29", KAF_LANG_FR, "janv.–févr. 2028");
  assert_span ("2027-01", "2027-01-13", KAF_LANG_FR, "");
  assert_span (NULL, NULL, KAF_LANG_FR, "");
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/date/normalise", test_normalise);
  g_test_add_func ("/date/refused", test_refused);
  g_test_add_func ("/date/partial", test_partial);
  g_test_add_func ("/date/format", test_format);
  g_test_add_func ("/date/span", test_span);
  g_test_add_func ("/date/round-trip", test_round_trip);
  g_test_add_func ("/date/reckoning", test_reckoning);
  g_test_add_func ("/date/time", test_time);
  return g_test_run ();
}
