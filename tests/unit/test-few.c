/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "base/kaf-few.h"

#include <string.h>

#define SMALL KAF_FEW_SMALL
#define TOGETHER KAF_FEW_TOGETHER

static void
check (guint n, const guint *counts, gboolean summed, guint rest, const guint *expected)
{
  guint told[8];

  g_assert_cmpuint (kaf_few_hide (counts, n, summed, told), ==, rest);
  for (guint i = 0; i < n; i++)
    g_assert_cmpuint (told[i], ==, expected[i]);
}

static void
test_hide (void)
{
  check (2, (guint[]){ 5, 7 }, TRUE, 0, (guint[]){ 5, 7 });
  check (4, (guint[]){ 40, 5, 4, 3 }, TRUE, 7, (guint[]){ 40, 5, SMALL, SMALL });
  /* A rest of three would be told by a subtraction: the smallest other joins it. */
  check (4, (guint[]){ 40, 5, 3, 0 }, TRUE, 8, (guint[]){ 40, TOGETHER, SMALL, SMALL });
  check (3, (guint[]){ 1, 2, 9 }, TRUE, 12, (guint[]){ SMALL, SMALL, TOGETHER });
  /* Eight of two small ones are four each. */
  check (3, (guint[]){ 4, 9, 4 }, TRUE, 17, (guint[]){ SMALL, TOGETHER, SMALL });
  check (3, (guint[]){ 4, 9, 3 }, TRUE, 7, (guint[]){ SMALL, 9, SMALL });
  /* Nothing is left that could join. */
  check (2, (guint[]){ 2, 1 }, TRUE, SMALL, (guint[]){ SMALL, SMALL });
  check (1, (guint[]){ 4 }, TRUE, SMALL, (guint[]){ SMALL });
  check (0, NULL, TRUE, 0, NULL);
  /* Nobody. */
  check (2, (guint[]){ 0, 9 }, TRUE, 0, (guint[]){ SMALL, 9 });
  /* Who is counted in several cells: nothing follows from the total. */
  check (3, (guint[]){ 1, 7, 9 }, FALSE, SMALL, (guint[]){ SMALL, 7, 9 });
}

static void
test_place (void)
{
  guint counts[] = { 3, 12, 7 };

  kaf_few_hide (counts, G_N_ELEMENTS (counts), TRUE, counts);
  g_assert_cmpuint (counts[0], ==, SMALL);
  g_assert_cmpuint (counts[1], ==, 12);
  g_assert_cmpuint (counts[2], ==, TOGETHER);
}

static void
test_told (void)
{
  g_assert_cmpuint (kaf_few_tell (4), ==, SMALL);
  g_assert_cmpuint (kaf_few_tell (5), ==, 5);
  g_assert_cmpuint (kaf_few_tell (TOGETHER), ==, TOGETHER);
  g_assert_cmpuint (kaf_few_tell (SMALL), ==, SMALL);
  g_assert_cmpuint (kaf_few_value (SMALL), ==, 0);
  g_assert_cmpuint (kaf_few_value (TOGETHER), ==, 0);
  g_assert_cmpuint (kaf_few_value (6), ==, 6);
}

static void
test_format (void)
{
  g_autofree char *number = kaf_few_format (1200, KAF_LANG_EN);
  g_autofree char *small = kaf_few_format (SMALL, KAF_LANG_EN);
  g_autofree char *together = kaf_few_format (TOGETHER, KAF_LANG_EN);

  g_assert_nonnull (strchr (number, '1'));
  g_assert_cmpstr (small, ==, "< 5");
  g_assert_cmpstr (together, ==, "–");
}

static void
test_allows (void)
{
  g_assert_true (kaf_few_allows (5, 0, 5));
  g_assert_false (kaf_few_allows (4, 0, 5));
  g_assert_false (kaf_few_allows (0, 0, 0));
  /* Of nine, of whom three are told nowhere: the others would be taken from it. */
  g_assert_false (kaf_few_allows (9, 3, 5));
  g_assert_true (kaf_few_allows (12, 6, 5));
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/few/hide", test_hide);
  g_test_add_func ("/few/place", test_place);
  g_test_add_func ("/few/told", test_told);
  g_test_add_func ("/few/format", test_format);
  g_test_add_func ("/few/allows", test_allows);
  return g_test_run ();
}
