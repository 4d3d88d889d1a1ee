/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Folding: what is stored and what is typed come to the same text. */

#include "config.h"

#include "base/kaf-fold.h"
#include "base/kaf-utf8.h"

#include <string.h>

static void
assert_fold (const char *text, const char *expected)
{
  g_autofree char *folded = kaf_fold (text);

  g_assert_cmpstr (folded, ==, expected);
}

static void
test_latin (void)
{
  assert_fold (NULL, "");
  assert_fold ("", "");
  assert_fold ("  ", "");
  assert_fold ("Lefèvre", "lefevre");
  assert_fold ("LEFE\u0300VRE", "lefevre");
  assert_fold ("  El-Ouafi,  Mehdi. ", "el ouafi mehdi");
  assert_fold ("Œuvre Æther Straße Øre Łódź Đà", "oeuvre aether strasse ore lodz da");
  assert_fold ("İstanbul ılık ẞ", "istanbul ilik ss");
  assert_fold ("M’diq-Fnideq", "m diq fnideq");
  assert_fold ("Saʿīd", "said");
  assert_fold ("ﬁn x² ½", "fin x2 1 2");
  assert_fold ("a\u200Fb\u2068c\u2069\u00ADd", "abcd");
  assert_fold ("MIS-2026-0042", "mis 2026 0042");
  assert_fold ("Ελλάς Москва́", "ελλας москва");
  assert_fold ("a@b.org", "a b org");
  assert_fold ("ＡＢ１２", "ab12");
}

static void
test_arabic (void)
{
  assert_fold ("أحمد إدريس آمال ٱلله", "احمد ادريس امال الله");
  assert_fold ("نزهة", "نزهه");
  assert_fold ("لبنى", "لبني");
  assert_fold ("لُبْنَى", "لبني");
  assert_fold ("مُحَمَّـــد", "محمد");
  assert_fold ("رحمٰن", "رحمن");
  assert_fold ("فؤاد عائشة شيماء", "فواد عايشه شيما");
  assert_fold ("گسوس ڭسوس ݣسوس ک", "كسوس كسوس كسوس ك");
  assert_fold ("علی ڤاس پاريس چاد", "علي فاس باريس جاد");
  assert_fold ("٠٦١٢ ۱۲۳", "0612 123");
  assert_fold ("ﻣﺤﻤﺪ", "محمد");
  assert_fold ("الرباط، المغرب؛", "الرباط المغرب");
}

static void
test_invalid (void)
{
  assert_fold ("ab\xff"
               "cd",
               "abcd");
  assert_fold ("\xc3", "");
  assert_fold ("x\xe2\x82", "x");
  assert_fold ("\xed\xa0\x80z", "z");
  assert_fold ("\xc0\xaf"
               "a",
               "a");
  assert_fold ("\xf4\x90\x80\x80q", "q");
}

/* Every character of Unicode: valid, folded once for all, and made of what is searched only. */
static void
test_all_characters (void)
{
  for (gunichar c = 1; c <= 0x10FFFF; c++)
    {
      char text[8] = { 0 };
      g_autofree char *once = NULL;
      g_autofree char *twice = NULL;

      if (c >= 0xD800 && c <= 0xDFFF)
        continue;
      g_unichar_to_utf8 (c, text);
      once = kaf_fold (text);
      twice = kaf_fold (once);
      if (strcmp (once, twice) != 0 || !g_utf8_validate (once, -1, NULL))
        {
          g_test_message ("U+%04X: [%s] [%s]", c, once, twice);
          g_test_fail ();
        }
    }
}

static void
test_words (void)
{
  g_auto (GStrv) none = kaf_fold_words (" - ");
  g_auto (GStrv) words = kaf_fold_words ("Mehdi  KETTANI, Fès");

  g_assert_cmpuint (g_strv_length (none), ==, 0);
  g_assert_cmpuint (g_strv_length (words), ==, 3);
  g_assert_cmpstr (words[0], ==, "mehdi");
  g_assert_cmpstr (words[2], ==, "fes");
}

static void
test_append (void)
{
  g_autoptr (GString) out = g_string_new ("a ");

  kaf_fold_append (out, " É ");
  g_assert_cmpstr (out->str, ==, "a e");
  kaf_fold_append (out, NULL);
  g_assert_cmpstr (out->str, ==, "a e");
}

/* The marked parts of @text between brackets. */
static char *
mark (const char *text, const char *typed)
{
  g_auto (GStrv) words = kaf_fold_words (typed);
  g_autoptr (GArray) ranges = g_array_new (FALSE, FALSE, sizeof (KafTextRange));
  GString *out = g_string_new (NULL);
  gsize at = 0;

  g_assert_cmpint (kaf_fold_highlight (text, (const char *const *) words, ranges), ==,
                   ranges->len > 0);
  for (guint i = 0; i < ranges->len; i++)
    {
      KafTextRange *range = &g_array_index (ranges, KafTextRange, i);

      g_assert_cmpuint (range->start, >=, at);
      g_assert_cmpuint (range->end, >, range->start);
      g_string_append_len (out, text + at, range->start - at);
      g_string_append_printf (out, "[%.*s]", (int) (range->end - range->start),
                              text + range->start);
      at = range->end;
    }
  g_string_append (out, text + at);
  return g_string_free (out, FALSE);
}

static void
assert_mark (const char *text, const char *typed, const char *expected)
{
  g_autofree char *marked = mark (text, typed);

  g_assert_cmpstr (marked, ==, expected);
}

static void
test_highlight (void)
{
  assert_mark ("Mehdi Kettani", "kett", "Mehdi [Kettani]");
  assert_mark ("Lefèvre, Noé", "noe LEF", "[Lefèvre], [Noé]");
  assert_mark ("Noe\u0301!", "noe", "[Noe\u0301]!");
  assert_mark ("لُبْنَى طريشة", "لبني", "[لُبْنَى] طريشة");
  assert_mark ("Œuvre", "oe", "[Œuvre]");
  assert_mark ("Kettani", "etta", "Kettani");
  assert_mark ("Kettani", "", "Kettani");
  assert_mark ("x ½ y", "1 2", "x [½] y");
  assert_mark ("a\xff"
               "bc d",
               "ab",
               "[a\xff"
               "bc] d");
}

static void
test_script (void)
{
  g_assert_true (kaf_text_is_arabic ("12 هشام"));
  g_assert_true (kaf_text_is_arabic ("هشام Hicham"));
  g_assert_false (kaf_text_is_arabic ("Hicham هشام"));
  g_assert_false (kaf_text_is_arabic ("١٢"));
  g_assert_false (kaf_text_is_arabic (""));
  g_assert_false (kaf_text_is_arabic (NULL));
}

static void
test_tidy (void)
{
  g_autofree char *tidy = kaf_text_tidy ("\xC2\xA0 a \t\n b\u200F ٣ \xff");

  g_assert_cmpstr (tidy, ==, "a b 3");
}

static void
test_line (void)
{
  g_autofree char *line = kaf_text_make_line ("\ta\r\nb\x1b[2J\x7f");

  g_assert_cmpstr (line, ==, "a  b [2J");
  g_assert_true (kaf_text_has_controls ("a\x1b"));
  g_assert_true (kaf_text_has_controls ("é\xc2\x9b"
                                        "2J"));
  g_assert_false (kaf_text_has_controls ("\xc2\xa0\xc2\xab\xc3\x9b"));
  g_assert_cmpuint (kaf_text_measure_control ("\xc2\x9b"), ==, 2);
  g_assert_cmpuint (kaf_text_measure_control ("\n"), ==, 1);
  g_assert_cmpuint (kaf_text_measure_control (""), ==, 0);
  g_assert_false (kaf_text_has_controls ("é٣ 9"));
  g_assert_true (kaf_text_is_blank (NULL));
  g_assert_true (kaf_text_is_blank (" \xC2\xA0\u200F"));
  g_assert_false (kaf_text_is_blank (" .\xC2\xA0"));
  g_assert_false (kaf_text_is_blank ("\xff"));
}

static void
test_speed (void)
{
  static const char *const names[] = { "Mehdi Kettani", "Loubna Tricha", "لبنى طريشة",
                                       "Érik Lefèvre", "عبد الرحيم الوافي" };
  const guint rounds = 1000000;
  g_autoptr (GString) out = g_string_sized_new (256);

  for (guint k = 0; k < G_N_ELEMENTS (names); k++)
    {
      gint64 start = g_get_monotonic_time ();

      for (guint i = 0; i < rounds; i++)
        {
          g_string_truncate (out, 0);
          kaf_fold_append (out, names[k]);
        }
      g_test_message ("%s: %.3f us", names[k], (g_get_monotonic_time () - start) / (double) rounds);
    }
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/fold/latin", test_latin);
  g_test_add_func ("/fold/arabic", test_arabic);
  g_test_add_func ("/fold/invalid", test_invalid);
  g_test_add_func ("/fold/all-characters", test_all_characters);
  g_test_add_func ("/fold/words", test_words);
  g_test_add_func ("/fold/append", test_append);
  g_test_add_func ("/fold/highlight", test_highlight);
  g_test_add_func ("/fold/script", test_script);
  g_test_add_func ("/fold/tidy", test_tidy);
  g_test_add_func ("/fold/line", test_line);
  if (g_test_perf ())
    g_test_add_func ("/fold/speed", test_speed);
  return g_test_run ();
}
