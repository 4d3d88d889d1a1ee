/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Which figures of a line that reads from right to left are kept together. */
#include "config.h"

#include "base/kaf-bidi.h"

/* '<' and '>' stand for the isolate and its end, '_' for a blank that no line ends at. */
static void
assert_guarded (const char *text, const char *expected)
{
  g_autofree char *guarded = kaf_bidi_guard (text);
  g_autoptr (GString) shown = g_string_new (guarded);

  g_string_replace (shown, "\u2066", "<", 0);
  g_string_replace (shown, "\u2069", ">", 0);
  g_string_replace (shown, "\u00a0", "_", 0);
  g_assert_cmpstr (shown->str, ==, expected);
}

static void
test_guard (void)
{
  assert_guarded ("الكلفة 12 500,00 MAD (تقديرية)", "الكلفة <12_500,00_MAD> (تقديرية)");
  assert_guarded ("الهاتف +212 5 28 00 11 22 بتيزنيت", "الهاتف <+212_5_28_00_11_22> بتيزنيت");
  assert_guarded ("الهاتف 05 28 00 11 22", "الهاتف <05_28_00_11_22>");
  assert_guarded ("في 2026-11-22 بالرباط", "في <2026-11-22> بالرباط");
  assert_guarded ("نسبة 30 % من", "نسبة <30_%> من");
  assert_guarded ("1 500 000 درهم", "<1_500_000> درهم");
  /* Two numbers, not one. */
  assert_guarded ("المرحلة 5 6 خبراء", "المرحلة 5 6 خبراء");
  assert_guarded ("سنة 2026 100 خبير", "سنة 2026 100 خبير");
  /* What is a word, or isolated, stays. */
  assert_guarded ("المهمة MIS-2026-0042 (تيزنيت)", "المهمة MIS-2026-0042 (تيزنيت)");
  assert_guarded ("\u206612 500,00\u2069 درهم", "<12 500,00> درهم");
  assert_guarded ("", "");
}

static void
assert_stripped (const char *text, const char *expected)
{
  g_autofree char *stripped = kaf_bidi_strip (text);

  g_assert_cmpstr (stripped, ==, expected);
}

/* Marks of direction, and what no file takes. */
static void
test_strip (void)
{
  assert_stripped ("\u2066EXEMPLE\u2069 Amal\u200f", "EXEMPLE Amal");
  assert_stripped ("\xef\xbf\xbe"
                   "EX"
                   "\xef\xbf\xbf"
                   "EMPLE\xef\xb7\x90",
                   "EXEMPLE");
  assert_stripped ("\xf0\x9f\xbf\xbf\xf0\x9f\x98\x80", "\xf0\x9f\x98\x80");
  assert_stripped ("\xef\xbf\xbd \xef\xb7\xb2", "\xef\xbf\xbd \xef\xb7\xb2");
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/bidi/guard", test_guard);
  g_test_add_func ("/bidi/strip", test_strip);
  return g_test_run ();
}
