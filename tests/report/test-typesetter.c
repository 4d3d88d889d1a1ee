/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Figures, references and Latin names keep their order inside Arabic: by where their letters stand on the line. */
#include "config.h"

#include <string.h>

#include "report/kaf-typesetter.h"

static KafTypesetter *type;

/* Where the middle of the letter at @part of the line stands, from the left. */
static double
place (const KafSetText *set, const char *part)
{
  PangoLayoutLine *line = set->lines[0].line;
  const char *text = pango_layout_get_text (line->layout);
  const char *found = strstr (text, part);
  int one = 0, other = 0;

  g_assert_nonnull (found);
  pango_layout_line_index_to_x (line, (int) (found - text), FALSE, &one);
  pango_layout_line_index_to_x (line, (int) (found - text), TRUE, &other);
  return (one + other) / 2.0;
}

static const KafSetText *
set_arabic (const char *text)
{
  const KafSetText *set = kaf_typesetter_set (type, KAF_STYLE_BODY, KAF_LANG_AR, text, -1, FALSE);

  g_assert_cmpuint (set->n_lines, ==, 1);
  return set;
}

/* @one stands to the left of @other. */
static void
assert_left_of (const KafSetText *set, const char *one, const char *other)
{
  g_test_message ("%s | %s", one, other);
  g_assert_cmpfloat (place (set, one), <, place (set, other));
}

static void
test_amount (void)
{
  const KafSetText *set = set_arabic ("الكلفة 12 500,00 MAD للمهمة");

  assert_left_of (set, "12", "500");
  assert_left_of (set, "500", ",00");
  assert_left_of (set, "00\u00a0MAD", "MAD");
  assert_left_of (set, "MAD", "الكلفة");
  assert_left_of (set, "للمهمة", "12");
}

static void
test_phone (void)
{
  const KafSetText *set = set_arabic ("الهاتف +212 5 28 60 01 02 بتيزنيت");

  assert_left_of (set, "+212", "12\u00a05");
  assert_left_of (set, "212\u00a05", "28");
  assert_left_of (set, "28", "60");
  assert_left_of (set, "60", "01");
}

static void
test_names (void)
{
  const KafSetText *set = set_arabic ("برنامج « MRE Academy » للتكوين");

  assert_left_of (set, "MRE", "Academy");
  assert_left_of (set, "Academy", "برنامج");
  assert_left_of (set, "للتكوين", "MRE");
  /* The opening mark stands on the side that the sentence comes from. */
  assert_left_of (set, "Academy", "« ");
  assert_left_of (set, "» ", "MRE");
}

static void
test_brackets (void)
{
  const KafSetText *set = set_arabic ("المهمة MIS-2026-0042 (تيزنيت)");

  assert_left_of (set, "MIS", "2026");
  assert_left_of (set, "2026", "0042");
  assert_left_of (set, "تيزنيت", "(");
  assert_left_of (set, ")", "يت)");
  set = set_arabic ("شبكة الكفاءات (DMK) بألمانيا");
  assert_left_of (set, "DMK", "(");
  assert_left_of (set, ")", "DMK");
}

/* A paragraph that begins with a Latin name is still Arabic; one without an Arabic letter is not. */
static void
test_direction (void)
{
  const KafSetText *set = set_arabic ("MRE Academy برنامج");

  assert_left_of (set, "برنامج", "MRE");
  set = set_arabic ("Tiznit (Maroc).");
  assert_left_of (set, "Maroc", ").");
  /* In a French document, the first letter decides. */
  set = kaf_typesetter_set (type, KAF_STYLE_BODY, KAF_LANG_FR, "برنامج « MRE Academy »", -1, FALSE);
  assert_left_of (set, "Academy", "برنامج");
  set = kaf_typesetter_set (type, KAF_STYLE_BODY, KAF_LANG_FR, "Réseau (شبكة)", -1, FALSE);
  assert_left_of (set, "R", "(");
}

static void
test_lines (void)
{
  const KafSetText *one = kaf_typesetter_set (type, KAF_STYLE_BODY, KAF_LANG_FR, "one", 300, FALSE);

  g_assert_true (one == kaf_typesetter_set (type, KAF_STYLE_BODY, KAF_LANG_FR, "one", 200, FALSE));
  g_assert_cmpuint (
      kaf_typesetter_set (type, KAF_STYLE_BODY, KAF_LANG_FR, "one two three", 30, FALSE)->n_lines,
      ==, 3);
  g_assert_cmpuint (
      kaf_typesetter_set (type, KAF_STYLE_BODY, KAF_LANG_FR, "one\ntwo", 300, FALSE)->n_lines, ==,
      2);
  g_assert_cmpuint (
      kaf_typesetter_set (type, KAF_STYLE_BODY, KAF_LANG_FR, NULL, 300, FALSE)->n_lines, ==, 0);
}

int
main (int argc, char **argv)
{
  int status;

  g_test_init (&argc, &argv, NULL);
  type = kaf_typesetter_new ();
  g_test_add_func ("/typesetter/amount", test_amount);
  g_test_add_func ("/typesetter/phone", test_phone);
  g_test_add_func ("/typesetter/names", test_names);
  g_test_add_func ("/typesetter/brackets", test_brackets);
  g_test_add_func ("/typesetter/direction", test_direction);
  g_test_add_func ("/typesetter/lines", test_lines);
  status = g_test_run ();
  kaf_typesetter_free (type);
  return status;
}
