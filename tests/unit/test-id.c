/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Clock, randomness and the identifiers made of them. */

#include "config.h"

#include "base/kaf-clock.h"
#include "base/kaf-id.h"
#include "base/kaf-random.h"

#include <string.h>

#define NOON G_GINT64_CONSTANT (1795348800000000) /* 22 November 2026 */
#define DAY (G_GINT64_CONSTANT (86400) * G_USEC_PER_SEC)

static void
test_clock (void)
{
  g_autoptr (KafClock) system = kaf_clock_new_system ();
  g_autoptr (KafClock) manual = kaf_clock_new_manual (NOON);
  g_autoptr (KafClock) same = kaf_clock_ref (manual);

  g_assert_cmpint (ABS (kaf_clock_now (system) - g_get_real_time ()), <, 60 * G_USEC_PER_SEC);
  g_assert_false (kaf_clock_is_manual (system));
  g_assert_true (kaf_clock_is_manual (manual));
  g_assert_cmpint (kaf_clock_now (same), ==, NOON);
  kaf_clock_advance (manual, 5);
  g_assert_cmpint (kaf_clock_now (same), ==, NOON + 5);
  kaf_clock_set (manual, 7);
  g_assert_cmpint (kaf_clock_now (same), ==, 7);
}

static void
test_random (void)
{
  g_autoptr (KafRandom) system = kaf_random_new_system ();
  g_autoptr (KafRandom) a = kaf_random_new_seeded (42);
  g_autoptr (KafRandom) b = kaf_random_new_seeded (42);
  g_autoptr (KafRandom) c = kaf_random_new_seeded (43);
  guint8 one[13], two[13];
  guint seen[6] = { 0 };

  g_assert_cmpuint (kaf_random_u64 (system), !=, kaf_random_u64 (system));
  g_assert_cmpuint (kaf_random_u64 (a), ==, kaf_random_u64 (b));
  g_assert_cmpuint (kaf_random_u64 (b), !=, kaf_random_u64 (c));
  kaf_random_u64 (a);
  kaf_random_bytes (a, one, sizeof one);
  kaf_random_bytes (b, two, sizeof two);
  g_assert_cmpmem (one, sizeof one, two, sizeof two);
  for (guint i = 0; i < 6000; i++)
    seen[kaf_random_below (a, 6)]++;
  for (guint i = 0; i < 6; i++)
    g_assert_cmpuint (seen[i], >, 850);
  g_assert_cmpuint (kaf_random_below (a, 1), ==, 0);
}

static void
test_new (void)
{
  g_autoptr (KafClock) clock = kaf_clock_new_manual (NOON + 123456);
  g_autoptr (KafRandom) random = kaf_random_new_seeded (1);
  g_autofree char *last = kaf_id_new (clock, random);

  g_assert_true (kaf_id_is_uuid (last));
  g_assert_cmpuint (last[14], ==, '7');
  g_assert_nonnull (strchr ("89ab", last[19]));
  g_assert_cmpint (kaf_id_get_time (last), ==, NOON + 123000);

  /* They rise although the clock stands still, and through a small step back. */
  for (guint i = 0; i < 10000; i++)
    {
      g_autofree char *id = kaf_id_new (clock, random);

      if (i == 5000)
        kaf_clock_advance (clock, -400000);
      g_assert_cmpstr (id, >, last);
      g_free (last);
      last = g_steal_pointer (&id);
    }

  /* A clock put back by a day is followed. */
  kaf_clock_set (clock, NOON - DAY);
  g_free (last);
  last = kaf_id_new (clock, random);
  g_assert_cmpint (kaf_id_get_time (last), ==, NOON - DAY);
}

static void
test_repeatable (void)
{
  g_autoptr (KafClock) clock = kaf_clock_new_manual (NOON);
  g_autoptr (KafRandom) a = kaf_random_new_seeded (9);
  g_autoptr (KafRandom) b = kaf_random_new_seeded (9);

  for (guint i = 0; i < 100; i++)
    {
      g_autofree char *one = kaf_id_new (clock, a);
      g_autofree char *two = kaf_id_new (clock, b);

      g_assert_cmpstr (one, ==, two);
    }
}

static void
test_content (void)
{
  const char *parts[] = { "ab", "c", NULL };
  g_autofree char *id = kaf_id_from_content ("sample", "ab", "c", NULL);
  g_autofree char *same = kaf_id_from_content_strv ("sample", parts);
  g_autofree char *shifted = kaf_id_from_content ("sample", "a", "bc", NULL);
  g_autofree char *elsewhere = kaf_id_from_content ("other", "ab", "c", NULL);
  g_autofree char *empty = kaf_id_from_content ("sample", NULL);

  g_assert_true (kaf_id_is_uuid (id));
  g_assert_cmpuint (id[14], ==, '8');
  g_assert_cmpstr (id, ==, same);
  g_assert_cmpstr (id, !=, shifted);
  g_assert_cmpstr (id, !=, elsewhere);
  g_assert_true (kaf_id_is_uuid (empty));
  g_assert_cmpint (kaf_id_get_time (id), ==, -1);
  /* The form is stored on every device: it must never change. */
  g_assert_cmpstr (id, ==, "463f3718-dbc1-8582-9125-4cd805a29c9f");
}

static void
test_is_uuid (void)
{
  g_assert_false (kaf_id_is_uuid (NULL));
  g_assert_false (kaf_id_is_uuid (""));
  g_assert_false (kaf_id_is_uuid ("0190163D-8694-739b-aea5-966c26f8ad91"));
  g_assert_true (kaf_id_is_uuid ("0190163d-8694-739b-aea5-966c26f8ad91"));
  g_assert_false (kaf_id_is_uuid ("0190163d-8694-739b-aea5-966c26f8ad911"));
  g_assert_false (kaf_id_is_uuid ("0190163d-8694-739b-aea5-966c26f8ad9"));
  g_assert_false (kaf_id_is_uuid ("0190163d08694-739b-aea5-966c26f8ad91"));
}

/* Ids that differ, as many as a crowd of records has, fall apart; short texts do too. */
static void
test_hash (void)
{
  g_autoptr (KafRandom) random = kaf_random_new_seeded (7);
  g_autoptr (KafClock) clock = kaf_clock_new_manual (NOON);
  g_autoptr (GHashTable) hashes = g_hash_table_new (NULL, NULL);

  for (guint i = 0; i < 2000; i++)
    {
      g_autofree char *id = kaf_id_new (clock, random);
      g_autofree char *same = g_strconcat (id, NULL);

      g_assert_cmpuint (kaf_id_hash (id), ==, kaf_id_hash (same));
      g_hash_table_add (hashes, GUINT_TO_POINTER (kaf_id_hash (id)));
    }
  g_assert_cmpuint (g_hash_table_size (hashes), >=, 1990);
  g_assert_cmpuint (kaf_id_hash ("a"), !=, kaf_id_hash ("b"));
  g_assert_cmpuint (kaf_id_hash (""), ==, kaf_id_hash (""));
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/id/clock", test_clock);
  g_test_add_func ("/id/random", test_random);
  g_test_add_func ("/id/new", test_new);
  g_test_add_func ("/id/repeatable", test_repeatable);
  g_test_add_func ("/id/content", test_content);
  g_test_add_func ("/id/is-uuid", test_is_uuid);
  g_test_add_func ("/id/hash", test_hash);
  return g_test_run ();
}
