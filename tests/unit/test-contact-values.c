/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Phones, e-mail and web addresses, direction marks, languages. */

#include "config.h"

#include "base/kaf-bidi.h"
#include "base/kaf-email.h"
#include "base/kaf-lang.h"
#include "base/kaf-phone.h"
#include "base/kaf-url.h"
#include "base/kaf-validation-error.h"

static void
assert_text (char *text, const char *expected)
{
  g_assert_cmpstr (text, ==, expected);
  g_free (text);
}

static void
assert_phone (const char *typed, const char *expected)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *suggestion = NULL;
  g_autofree char *e164 = kaf_phone_normalise (typed, "DE", &suggestion, &error);

  g_assert_no_error (error);
  g_assert_null (suggestion);
  g_assert_cmpstr (e164, ==, expected);
}

static void
assert_no_phone (const char *typed, const char *country, const char *expected, int code)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *suggestion = NULL;

  g_assert_null (kaf_phone_normalise (typed, country, &suggestion, &error));
  g_assert_error (error, KAF_VALIDATION_ERROR, code);
  g_assert_cmpstr (suggestion, ==, expected);
}

static void
test_phone (void)
{
  assert_phone ("+49 155 55 00 142", "+491555500142");
  assert_phone ("0049.155-5500/142", "+491555500142");
  assert_phone ("+49 (0) 155 5500142", "+491555500142");
  assert_phone ("tel:+49155 5500142", "+491555500142");
  assert_phone ("٠٠٤٩١٥٥٥٥٠٠١٤٢", "+491555500142");
  assert_phone ("\u2066+212 5 28 82 10 10\u2069", "+212528821010");
  assert_phone ("+212 0528 82 10 10", "+212528821010");
  assert_phone ("+39 06 1234567", "+39061234567");
  assert_phone ("+1 (514) 555-0100", "+15145550100");
  /* By satellite: no country's. */
  assert_phone ("+870 773 111 632", "+870773111632");
  assert_no_phone ("0155 5500142", "DE", "+491555500142", KAF_VALIDATION_ERROR_PHONE_COUNTRY);
  assert_no_phone ("0155 5500142", NULL, NULL, KAF_VALIDATION_ERROR_PHONE_COUNTRY);
  assert_no_phone ("0155 5500142", "??", NULL, KAF_VALIDATION_ERROR_PHONE_COUNTRY);
  assert_no_phone ("0528821010", "ma", "+212528821010", KAF_VALIDATION_ERROR_PHONE_COUNTRY);
  assert_no_phone ("(0)528821010", "MA", "+212528821010", KAF_VALIDATION_ERROR_PHONE_COUNTRY);
  assert_no_phone ("212612345678", NULL, "+212612345678", KAF_VALIDATION_ERROR_PHONE_COUNTRY);
  assert_no_phone ("06 1234567", "IT", "+39061234567", KAF_VALIDATION_ERROR_PHONE_COUNTRY);
  assert_no_phone ("1 514 555 0100", "CA", "+15145550100", KAF_VALIDATION_ERROR_PHONE_COUNTRY);
  assert_no_phone ("12", "MA", NULL, KAF_VALIDATION_ERROR_PHONE_COUNTRY);
  assert_no_phone ("+999 1234567", NULL, NULL, KAF_VALIDATION_ERROR_PHONE_COUNTRY);
  assert_no_phone ("+49 12", NULL, NULL, KAF_VALIDATION_ERROR_PHONE_LENGTH);
  assert_no_phone ("+49 1234567890123456", NULL, NULL, KAF_VALIDATION_ERROR_PHONE_LENGTH);
  assert_no_phone ("+49 155 poste 3", NULL, NULL, KAF_VALIDATION_ERROR_SYNTAX);
  assert_no_phone ("+49 +155 123456", NULL, NULL, KAF_VALIDATION_ERROR_SYNTAX);
  assert_no_phone ("()", NULL, NULL, KAF_VALIDATION_ERROR_SYNTAX);
  assert_no_phone ("00", NULL, NULL, KAF_VALIDATION_ERROR_SYNTAX);
  assert_no_phone ("  ", NULL, NULL, KAF_VALIDATION_ERROR_EMPTY);
  assert_no_phone (NULL, NULL, NULL, KAF_VALIDATION_ERROR_EMPTY);
}

static void
test_phone_shown (void)
{
  assert_text (kaf_phone_format ("+212528821010"), "+212\u00A05\u00A028\u00A082\u00A010\u00A010");
  assert_text (kaf_phone_format ("+33142000000"), "+33\u00A01\u00A042\u00A000\u00A000\u00A000");
  assert_text (kaf_phone_format ("+15145550100"), "+1\u00A0514\u00A0555\u00A00100");
  assert_text (kaf_phone_format ("+212612345678"), "+212\u00A06\u00A012\u00A034\u00A056\u00A078");
  /* Germany: two digits in four towns, three on mobiles, else what is left stays whole. */
  assert_text (kaf_phone_format ("+493023125142"), "+49\u00A030\u00A023125142");
  assert_text (kaf_phone_format ("+498912345678"), "+49\u00A089\u00A012345678");
  assert_text (kaf_phone_format ("+4915155500142"), "+49\u00A0151\u00A055500142");
  assert_text (kaf_phone_format ("+4922123456"), "+49\u00A022123456");
  assert_text (kaf_phone_format ("+41446681800"), "+41\u00A044\u00A0668\u00A018\u00A000");
  assert_text (kaf_phone_format ("+32475123456"), "+32\u00A0475\u00A012\u00A034\u00A056");
  assert_text (kaf_phone_format ("+442079460958"), "+44\u00A020\u00A07946\u00A00958");
  assert_text (kaf_phone_format ("+447400123456"), "+44\u00A07400\u00A0123456");
  /* Elsewhere in threes. */
  assert_text (kaf_phone_format ("+34612345678"), "+34\u00A0612\u00A0345\u00A0678");
  assert_text (kaf_phone_format ("+21671234567"), "+216\u00A0712\u00A0345\u00A067");
  assert_text (kaf_phone_format ("0612"), "0612");
  assert_text (kaf_phone_format (NULL), "");
  assert_text (kaf_phone_search_tokens ("+212528821010"), "212528821010 0528821010 528821010");
  assert_text (kaf_phone_search_tokens ("+39061234567"), "39061234567 061234567 61234567");
  assert_text (kaf_phone_search_tokens ("0612"), "");
}

/* What is shown can be typed again. */
static void
test_phone_round_trip (void)
{
  static const char *const numbers[] = { "+212528821010", "+4915155500142", "+15145550100",
                                         "+3906123456",   "+97150123456",   "+35226123456" };

  for (guint i = 0; i < G_N_ELEMENTS (numbers); i++)
    {
      g_autofree char *shown = kaf_phone_format (numbers[i]);

      assert_phone (shown, numbers[i]);
    }
}

static void
assert_no_email (const char *typed, int code)
{
  g_autoptr (GError) error = NULL;

  g_assert_null (kaf_email_normalise (typed, &error));
  g_assert_error (error, KAF_VALIDATION_ERROR, code);
}

static void
test_email (void)
{
  static const char *const wrong[] = {
    "a",        "a@",       "@b.org",   "a@b",   "a b@c.org", "a..b@c.org", ".a@c.org",
    "a.@c.org", "a@-c.org", "a@c..org", "a@c.1", "a@b@c.org", "é@c.org",    "a@c.org, d@e.org",
    "a@c_d.org"
  };

  assert_text (kaf_email_normalise ("  A.Nom+x@Exemple.ORG ", NULL), "A.Nom+x@exemple.org");
  assert_text (kaf_email_normalise ("mailto:a@exemple.org?subject=x", NULL), "a@exemple.org");
  assert_text (kaf_email_normalise ("Nom <a@exemple.org>", NULL), "a@exemple.org");
  assert_text (kaf_email_normalise ("\u200Fa@exemple.org", NULL), "a@exemple.org");
  assert_text (kaf_email_normalise ("a@bücher.example", NULL), "a@xn--bcher-kva.example");
  for (guint i = 0; i < G_N_ELEMENTS (wrong); i++)
    assert_no_email (wrong[i], KAF_VALIDATION_ERROR_EMAIL);
  assert_no_email ("", KAF_VALIDATION_ERROR_EMPTY);
  assert_no_email (NULL, KAF_VALIDATION_ERROR_EMPTY);
}

static void
assert_no_url (const char *typed, int code)
{
  g_autoptr (GError) error = NULL;

  g_assert_null (kaf_url_normalise (typed, &error));
  g_assert_error (error, KAF_VALIDATION_ERROR, code);
}

static void
test_url (void)
{
  static const char *const wrong[] = {
    "javascript:alert(1)", "ftp://a.org", "https://",  "http://a",           "a b.org",
    "https://u:p@a.org",   "a.org:99999", "a.org/x y", "file:///etc/passwd", "https://a.org/\"x",
    "mailto:a@b.org"
  };

  assert_text (kaf_url_normalise (" Exemple.ORG ", NULL), "https://exemple.org");
  assert_text (kaf_url_normalise ("HTTP://Exemple.org/Chemin?q=A#b", NULL),
               "http://exemple.org/Chemin?q=A#b");
  assert_text (kaf_url_normalise ("exemple.org:8080/x", NULL), "https://exemple.org:8080/x");
  assert_text (kaf_url_normalise ("exemple.org?x=http://b", NULL),
               "https://exemple.org/?x=http://b");
  assert_text (kaf_url_normalise ("https://exemple.org/é%20", NULL),
               "https://exemple.org/%C3%A9%20");
  for (guint i = 0; i < G_N_ELEMENTS (wrong); i++)
    assert_no_url (wrong[i], KAF_VALIDATION_ERROR_URL);
  assert_no_url ("", KAF_VALIDATION_ERROR_EMPTY);
}

static void
test_bidi (void)
{
  assert_text (kaf_bidi_isolate ("x"), "\u2068x\u2069");
  assert_text (kaf_bidi_ltr ("+212"), "\u2066+212\u2069");
  assert_text (kaf_bidi_isolate (""), "");
  assert_text (kaf_bidi_ltr (NULL), "");
  assert_text (kaf_bidi_line ("12 خبيرا"), "\u200F12 خبيرا");
  assert_text (kaf_bidi_line ("C3M شبكة"), "\u200FC3M شبكة");
  assert_text (kaf_bidi_line ("شبكة C3M"), "شبكة C3M");
  assert_text (kaf_bidi_line ("Réseau"), "Réseau");
  assert_text (kaf_bidi_line (NULL), "");
  assert_text (kaf_bidi_strip ("\u2068x\u2069\u200Fy\u061C"), "xy");
}

static void
test_lang (void)
{
  g_assert_cmpint (kaf_lang_from_string ("fr_FR.UTF-8"), ==, KAF_LANG_FR);
  g_assert_cmpint (kaf_lang_from_string ("ar"), ==, KAF_LANG_AR);
  g_assert_cmpint (kaf_lang_from_string ("AR_MA"), ==, KAF_LANG_AR);
  g_assert_cmpint (kaf_lang_from_string ("arn"), ==, KAF_LANG_EN);
  g_assert_cmpint (kaf_lang_from_string ("C"), ==, KAF_LANG_EN);
  g_assert_cmpint (kaf_lang_from_string (NULL), ==, KAF_LANG_EN);
  g_assert_cmpstr (kaf_lang_code (KAF_LANG_AR), ==, "ar");
  g_assert_true (kaf_lang_is_rtl (KAF_LANG_AR));
  g_assert_false (kaf_lang_is_rtl (KAF_LANG_FR));
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/contact-values/phone", test_phone);
  g_test_add_func ("/contact-values/phone-shown", test_phone_shown);
  g_test_add_func ("/contact-values/phone-round-trip", test_phone_round_trip);
  g_test_add_func ("/contact-values/email", test_email);
  g_test_add_func ("/contact-values/url", test_url);
  g_test_add_func ("/contact-values/bidi", test_bidi);
  g_test_add_func ("/contact-values/lang", test_lang);
  return g_test_run ();
}
