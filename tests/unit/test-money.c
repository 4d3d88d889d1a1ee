/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Whole numbers, sizes and amounts. */

#include "config.h"

#include "base/kaf-money.h"
#include "base/kaf-number.h"
#include "base/kaf-size.h"
#include "base/kaf-validation-error.h"

#include <string.h>

static void
assert_text (char *text, const char *expected)
{
  g_assert_cmpstr (text, ==, expected);
  g_free (text);
}

static void
test_number_format (void)
{
  assert_text (kaf_number_format (0, KAF_LANG_FR), "0");
  assert_text (kaf_number_format (999, KAF_LANG_FR), "999");
  assert_text (kaf_number_format (10412, KAF_LANG_FR), "10\u00A0412");
  assert_text (kaf_number_format (-1234567, KAF_LANG_AR), "-1\u00A0234\u00A0567");
  assert_text (kaf_number_format (1234567, KAF_LANG_EN), "1,234,567");
  assert_text (kaf_number_format (G_MININT64, KAF_LANG_EN), "-9,223,372,036,854,775,808");
}

static void
test_size (void)
{
  assert_text (kaf_size_format (0, KAF_LANG_FR), "0\u00A0octets");
  assert_text (kaf_size_format (1, KAF_LANG_FR), "1\u00A0octet");
  assert_text (kaf_size_format (999, KAF_LANG_AR), "999\u00A0بايت");
  assert_text (kaf_size_format (1000, KAF_LANG_FR), "1\u00A0Ko");
  assert_text (kaf_size_format (421009, KAF_LANG_FR), "421\u00A0Ko");
  assert_text (kaf_size_format (1830009, KAF_LANG_FR), "1,8\u00A0Mo");
  assert_text (kaf_size_format (1830009, KAF_LANG_AR), "1,8\u00A0ميغابايت");
  assert_text (kaf_size_format (1830009, KAF_LANG_EN), "1.8\u00A0MB");
  assert_text (kaf_size_format (9949999, KAF_LANG_FR), "9,9\u00A0Mo");
  assert_text (kaf_size_format (9950000, KAF_LANG_FR), "10\u00A0Mo");
  assert_text (kaf_size_format (999499, KAF_LANG_FR), "999\u00A0Ko");
  assert_text (kaf_size_format (999500, KAF_LANG_FR), "1\u00A0Mo");
  assert_text (kaf_size_format (G_GUINT64_CONSTANT (12500000000), KAF_LANG_FR), "13\u00A0Go");
  assert_text (kaf_size_format (G_MAXUINT64, KAF_LANG_FR), "18\u00A0446\u00A0744\u00A0To");
}

static void
assert_number (const char *text, gint64 expected)
{
  g_autoptr (GError) error = NULL;
  gint64 value = 0;

  g_assert_true (kaf_number_parse (text, &value, &error));
  g_assert_no_error (error);
  g_assert_cmpint (value, ==, expected);
}

static void
assert_no_number (const char *text, int code)
{
  g_autoptr (GError) error = NULL;
  gint64 value = 77;

  g_assert_false (kaf_number_parse (text, &value, &error));
  g_assert_error (error, KAF_VALIDATION_ERROR, code);
  g_assert_cmpint (value, ==, 77);
}

static void
test_number_parse (void)
{
  assert_number ("0", 0);
  assert_number (" 10\u00A0412 ", 10412);
  assert_number ("10\u202F412", 10412);
  assert_number ("1,234,567", 1234567);
  assert_number ("١٠٤١٢", 10412);
  assert_number ("١٬٢٣٤", 1234);
  assert_number ("-5", -5);
  assert_number ("\u22125", -5);
  assert_number ("+5", 5);
  assert_number ("007", 7);
  assert_number ("-9223372036854775808", G_MININT64);
  assert_no_number ("", KAF_VALIDATION_ERROR_EMPTY);
  assert_no_number (NULL, KAF_VALIDATION_ERROR_EMPTY);
  assert_no_number ("1.5", KAF_VALIDATION_ERROR_NUMBER);
  assert_no_number ("1,5", KAF_VALIDATION_ERROR_NUMBER);
  assert_no_number ("10 0000", KAF_VALIDATION_ERROR_NUMBER);
  assert_no_number ("1 234,567", KAF_VALIDATION_ERROR_NUMBER);
  assert_no_number ("12a", KAF_VALIDATION_ERROR_NUMBER);
  assert_no_number ("-", KAF_VALIDATION_ERROR_NUMBER);
  assert_no_number ("--5", KAF_VALIDATION_ERROR_NUMBER);
  assert_no_number ("9223372036854775808", KAF_VALIDATION_ERROR_RANGE);
}

static void
assert_money (const char *typed, const char *expected)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *canonical = kaf_money_parse (typed, &error);

  g_assert_no_error (error);
  g_assert_cmpstr (canonical, ==, expected);
}

static void
assert_no_money (const char *typed, int code)
{
  g_autoptr (GError) error = NULL;

  g_assert_null (kaf_money_parse (typed, &error));
  g_assert_error (error, KAF_VALIDATION_ERROR, code);
}

static void
test_money_parse (void)
{
  assert_money ("12 500,00 MAD", "1250000 MAD");
  assert_money ("12\u00A0500,00\u00A0MAD", "1250000 MAD");
  assert_money ("12500.5", "1250050 MAD");
  assert_money ("12.500,00 DH", "1250000 MAD");
  assert_money ("12,500.00 dhs", "1250000 MAD");
  assert_money ("12.500", "1250000 MAD");
  assert_money ("1.250.000", "125000000 MAD");
  assert_money ("0,05", "5 MAD");
  assert_money ("0", "0 MAD");
  assert_money ("-3,5 EUR", "-350 EUR");
  assert_money ("\u2212 3,5 EUR", "-350 EUR");
  assert_money ("-0", "0 MAD");
  assert_money ("€ 20", "2000 EUR");
  assert_money ("20€", "2000 EUR");
  assert_money ("JPY 1500", "1500 JPY");
  assert_money ("1,500 TND", "1500 TND");
  assert_money ("1.5 kwd", "1500 KWD");
  assert_money ("١٢٥٠٠٫٥٠ درهم", "1250050 MAD");
  assert_money ("12 500 د.م.", "1250000 MAD");
  assert_money ("9999999999999999,99", "999999999999999999 MAD");
  assert_no_money ("", KAF_VALIDATION_ERROR_EMPTY);
  assert_no_money ("MAD", KAF_VALIDATION_ERROR_NUMBER);
  assert_no_money ("12,5555", KAF_VALIDATION_ERROR_NUMBER);
  assert_no_money ("0.500", KAF_VALIDATION_ERROR_NUMBER);
  assert_no_money ("1 25,00", KAF_VALIDATION_ERROR_NUMBER);
  assert_no_money ("1,25,00", KAF_VALIDATION_ERROR_NUMBER);
  assert_no_money ("12,", KAF_VALIDATION_ERROR_NUMBER);
  assert_no_money ("1-2", KAF_VALIDATION_ERROR_NUMBER);
  assert_no_money ("1.5 JPY", KAF_VALIDATION_ERROR_NUMBER);
  assert_no_money ("12 XYZ", KAF_VALIDATION_ERROR_CHOICE);
  assert_no_money ("MAD 12 EUR", KAF_VALIDATION_ERROR_CHOICE);
  assert_no_money ("10000000000000000,00", KAF_VALIDATION_ERROR_RANGE);
}

static void
test_money_format (void)
{
  assert_text (kaf_money_format ("1250000 MAD", KAF_LANG_FR), "12\u00A0500,00\u00A0MAD");
  assert_text (kaf_money_format ("1250000 MAD", KAF_LANG_AR), "12\u00A0500,00\u00A0MAD");
  assert_text (kaf_money_format ("1250005 MAD", KAF_LANG_EN), "12,500.05\u00A0MAD");
  assert_text (kaf_money_format ("-5 MAD", KAF_LANG_FR), "-0,05\u00A0MAD");
  assert_text (kaf_money_format ("1500 JPY", KAF_LANG_EN), "1,500\u00A0JPY");
  assert_text (kaf_money_format ("1500 TND", KAF_LANG_FR), "1,500\u00A0TND");
  assert_text (kaf_money_format ("x", KAF_LANG_FR), "x");
  assert_text (kaf_money_format (NULL, KAF_LANG_FR), "");
  assert_text (kaf_money_format ("-9223372036854775808 MAD", KAF_LANG_EN),
               "-92,233,720,368,547,758.08\u00A0MAD");
}

static void
test_money_split (void)
{
  char currency[4] = "";
  gint64 minor = 0;

  g_assert_true (kaf_money_split ("1250000 MAD", &minor, currency));
  g_assert_cmpint (minor, ==, 1250000);
  g_assert_cmpstr (currency, ==, "MAD");
  g_assert_true (kaf_money_split ("0 EUR", NULL, NULL));
  g_assert_false (kaf_money_split ("007 MAD", NULL, NULL));
  g_assert_false (kaf_money_split ("-0 MAD", NULL, NULL));
  g_assert_false (kaf_money_split ("+1 MAD", NULL, NULL));
  g_assert_false (kaf_money_split ("1  MAD", NULL, NULL));
  g_assert_false (kaf_money_split ("1 mad", NULL, NULL));
  g_assert_false (kaf_money_split ("1 MAD ", NULL, NULL));
  g_assert_false (kaf_money_split ("1 D A", NULL, NULL));
  g_assert_false (kaf_money_split (NULL, NULL, NULL));
  g_assert_cmpuint (kaf_money_digits ("KWD"), ==, 3);
  g_assert_cmpuint (kaf_money_digits ("???"), ==, 2);
}

/* What is shown can be typed again. */
static void
test_round_trip (void)
{
  static const char *const amounts[] = { "0 MAD",         "1 MAD",       "-99 EUR",
                                         "123456789 MAD", "5 JPY",       "1000 JPY",
                                         "999 KWD",       "1234567 TND", "100000 USD" };

  for (guint i = 0; i < G_N_ELEMENTS (amounts); i++)
    for (guint lang = KAF_LANG_EN; lang <= KAF_LANG_AR; lang++)
      {
        g_autofree char *shown = kaf_money_format (amounts[i], lang);

        assert_money (shown, amounts[i]);
      }
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/money/number-format", test_number_format);
  g_test_add_func ("/money/size", test_size);
  g_test_add_func ("/money/number-parse", test_number_parse);
  g_test_add_func ("/money/parse", test_money_parse);
  g_test_add_func ("/money/format", test_money_format);
  g_test_add_func ("/money/split", test_money_split);
  g_test_add_func ("/money/round-trip", test_round_trip);
  return g_test_run ();
}
