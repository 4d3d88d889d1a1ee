/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Clocks that are wrong by seconds, by years, and by what a hostile device makes up. */
#include "config.h"

#include "sync/kaf-skew.h"

#define HUB G_GINT64_CONSTANT (1790000000000)
#define DEVICE 7
#define YEAR (G_GINT64_CONSTANT (365) * 24 * 3600 * 1000)

static void
assert_settled (gint64 proposed, gint64 device_now, gint64 expected)
{
  KafHlc stamp = kaf_hlc_make (proposed, 3, DEVICE);
  KafHlc settled = kaf_skew_settle (&stamp, kaf_skew_measure (device_now, HUB), HUB, NULL);

  g_assert_cmpint (kaf_hlc_get_ms (&settled), ==, expected);
  g_assert_cmpuint (kaf_hlc_get_device (&settled), ==, DEVICE);
}

static void
test_measure (void)
{
  g_assert_cmpint (kaf_skew_measure (HUB + 119000, HUB), ==, 0);
  g_assert_cmpint (kaf_skew_measure (HUB - 120000, HUB), ==, 0);
  g_assert_cmpint (kaf_skew_measure (HUB + 120001, HUB), ==, 120001);
  g_assert_cmpint (kaf_skew_measure (HUB - 50 * YEAR, HUB), ==, -50 * YEAR);
  g_assert_cmpint (kaf_skew_measure (G_MININT64, HUB), ==, G_MININT64);
  g_assert_cmpint (kaf_skew_measure (G_MAXINT64, -1), ==, G_MAXINT64);
}

static void
test_settle (void)
{
  /* An hour ago by a clock that is right, or nearly. */
  assert_settled (HUB - 3600000, HUB + 60000, HUB - 3600000);
  /* An hour ago by one ten years ahead, fifty behind. */
  assert_settled (HUB + 10 * YEAR - 3600000, HUB + 10 * YEAR, HUB - 3600000);
  assert_settled (HUB - 50 * YEAR - 3600000, HUB - 50 * YEAR, HUB - 3600000);
  /* Put right since: the stamp is of the future still. */
  assert_settled (HUB + YEAR, HUB, HUB + KAF_SKEW_AHEAD);
  assert_settled (5, HUB + 10 * YEAR, 0);
  assert_settled (HUB, G_MININT64, HUB + KAF_SKEW_AHEAD);
  assert_settled (HUB, G_MAXINT64, 0);
}

/* Whatever a hostile device says of the time. */
static void
test_settle_time (void)
{
  const gint64 most = (HUB + KAF_SKEW_AHEAD) * 1000;

  g_assert_cmpint (kaf_skew_settle_time (HUB * 1000 - 5, 0, HUB), ==, HUB * 1000 - 5);
  g_assert_cmpint (kaf_skew_settle_time ((HUB + YEAR) * 1000, YEAR, HUB), ==, HUB * 1000);
  g_assert_cmpint (kaf_skew_settle_time (G_MAXINT64, 0, HUB), ==, most);
  g_assert_cmpint (kaf_skew_settle_time (G_MAXINT64, G_MININT64, HUB), ==, most);
  g_assert_cmpint (kaf_skew_settle_time (0, G_MAXINT64, HUB), ==, 1);
  g_assert_cmpint (kaf_skew_settle_time (0, 0, HUB), ==, 1);
}

/* Edits of a device keep their order whatever is done to their stamps. */
static void
test_order (void)
{
  KafHlc last = kaf_hlc_make (HUB, 9, DEVICE);
  KafHlc before = kaf_hlc_make (HUB - 1000, 0, DEVICE);
  KafHlc after = kaf_hlc_make (HUB, 10, DEVICE);
  KafHlc settled = kaf_skew_settle (&before, 0, HUB, &last);

  g_assert_cmpint (kaf_hlc_compare (&settled, &last), >, 0);
  g_assert_cmpint (kaf_hlc_get_ms (&settled), ==, HUB);
  settled = kaf_skew_settle (&after, 0, HUB, &last);
  g_assert_cmpint (kaf_hlc_compare (&settled, &after), ==, 0);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/skew/measure", test_measure);
  g_test_add_func ("/skew/settle", test_settle);
  g_test_add_func ("/skew/settle-time", test_settle_time);
  g_test_add_func ("/skew/order", test_order);
  return g_test_run ();
}
