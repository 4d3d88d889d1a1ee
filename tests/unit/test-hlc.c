/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The order of changes: it rises whatever the wall clocks do. */

#include "config.h"

#include "base/kaf-hlc.h"
#include "base/kaf-random.h"

#define MS 1000

static void
assert_hlc (KafHlc hlc, gint64 ms, guint counter, guint64 device)
{
  g_assert_cmpint (kaf_hlc_get_ms (&hlc), ==, ms);
  g_assert_cmpuint (kaf_hlc_get_counter (&hlc), ==, counter);
  g_assert_cmpuint (kaf_hlc_get_device (&hlc), ==, device);
}

static void
test_tick (void)
{
  KafHlc a = kaf_hlc_tick (NULL, 5 * MS, 1);
  KafHlc b = kaf_hlc_tick (&a, 5 * MS + 999, 1);
  KafHlc c = kaf_hlc_tick (&b, 2 * MS, 1);
  KafHlc d = kaf_hlc_tick (&c, 6 * MS, 1);
  KafHlc full = kaf_hlc_make (9, G_MAXUINT16, 1);

  assert_hlc (a, 5, 0, 1);
  assert_hlc (b, 5, 1, 1);
  assert_hlc (c, 5, 2, 1);
  assert_hlc (d, 6, 0, 1);
  assert_hlc (kaf_hlc_tick (&full, 3 * MS, 2), 10, 0, 2);
  assert_hlc (kaf_hlc_tick (NULL, -5, 2), 0, 1, 2);
}

static void
test_receive (void)
{
  KafHlc last = kaf_hlc_make (5, 7, 1);
  KafHlc ahead = kaf_hlc_make (8, 3, 2);
  KafHlc same = kaf_hlc_make (5, 9, 2);
  KafHlc behind = kaf_hlc_make (4, 100, 2);

  assert_hlc (kaf_hlc_receive (&last, &ahead, 6 * MS, 1), 8, 4, 1);
  assert_hlc (kaf_hlc_receive (&last, &same, 5 * MS, 1), 5, 10, 1);
  assert_hlc (kaf_hlc_receive (&last, &behind, 5 * MS, 1), 5, 8, 1);
  assert_hlc (kaf_hlc_receive (&last, &ahead, 20 * MS, 1), 20, 0, 1);
}

/* Two devices with wild clocks send each other stamps. */
static void
test_rises (void)
{
  g_autoptr (KafRandom) random = kaf_random_new_seeded (3);
  KafHlc last[2] = { kaf_hlc_make (0, 0, 0), kaf_hlc_make (0, 0, 0) };

  for (guint i = 0; i < 200000; i++)
    {
      guint me = kaf_random_below (random, 2);
      gint64 now = (gint64) kaf_random_below (random, 50) * MS;
      KafHlc next = kaf_random_below (random, 2) == 0
                        ? kaf_hlc_tick (&last[me], now, me)
                        : kaf_hlc_receive (&last[me], &last[1 - me], now, me);

      g_assert_cmpint (kaf_hlc_compare (&next, &last[me]), >, 0);
      last[me] = next;
    }
}

static void
test_order (void)
{
  KafHlc a = kaf_hlc_make (255, 1, G_MAXUINT64);
  KafHlc b = kaf_hlc_make (256, 0, 0);
  KafHlc c = kaf_hlc_make (256, 0, 1);
  KafHlc d = kaf_hlc_make (256, 256, 0);

  g_assert_cmpint (kaf_hlc_compare (&a, &b), <, 0);
  g_assert_cmpint (kaf_hlc_compare (&b, &c), <, 0);
  g_assert_cmpint (kaf_hlc_compare (&c, &d), <, 0);
  g_assert_cmpint (kaf_hlc_compare (&d, &d), ==, 0);
}

static void
test_hex (void)
{
  KafHlc a = kaf_hlc_make (G_GINT64_CONSTANT (0x0123456789AB), 0xCDEF,
                           G_GUINT64_CONSTANT (0xFEDCBA9876543210));
  KafHlc b = kaf_hlc_make (0, 0, 0);
  char hex[KAF_HLC_HEX_SIZE];

  g_assert_true (kaf_hlc_is_zero (&b));
  kaf_hlc_to_hex (&a, hex);
  g_assert_cmpstr (hex, ==, "0123456789abcdeffedcba9876543210");
  g_assert_true (kaf_hlc_from_hex (hex, &b));
  g_assert_cmpint (kaf_hlc_compare (&a, &b), ==, 0);
  g_assert_false (kaf_hlc_is_zero (&b));
  g_assert_false (kaf_hlc_from_hex (NULL, &b));
  g_assert_false (kaf_hlc_from_hex ("", &b));
  g_assert_false (kaf_hlc_from_hex ("0123456789ABCDEFFEDCBA9876543210", &b));
  g_assert_false (kaf_hlc_from_hex ("0123456789abcdeffedcba98765432100", &b));
  g_assert_false (kaf_hlc_from_hex ("0123456789abcdeffedcba987654321g", &b));
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/hlc/tick", test_tick);
  g_test_add_func ("/hlc/receive", test_receive);
  g_test_add_func ("/hlc/rises", test_rises);
  g_test_add_func ("/hlc/order", test_order);
  g_test_add_func ("/hlc/hex", test_hex);
  return g_test_run ();
}
