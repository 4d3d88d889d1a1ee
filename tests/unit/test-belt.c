/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What one thread puts on a belt another takes, in that order, and neither waits for ever. */
#include "config.h"

#include "base/kaf-belt.h"

#define MOST 8

static int n_freed;

static void
free_number (gpointer number)
{
  g_atomic_int_inc (&n_freed);
  g_free (number);
}

static gpointer
make_number (guint value)
{
  return g_memdup2 (&value, sizeof value);
}

static gpointer
put_thousand (gpointer belt)
{
  for (guint i = 0; i < 1000; i++)
    g_assert_true (kaf_belt_put (belt, make_number (i)));
  kaf_belt_end (belt);
  return NULL;
}

static void
test_order (void)
{
  g_autoptr (KafBelt) belt = kaf_belt_new (MOST, free_number);
  GThread *thread = g_thread_new ("maker", put_thousand, belt);
  guint *number;
  guint n = 0;

  while ((number = kaf_belt_take (belt)) != NULL)
    {
      g_assert_cmpuint (*number, ==, n++);
      g_free (number);
    }
  g_assert_cmpuint (n, ==, 1000);
  g_assert_null (kaf_belt_take (belt));
  g_thread_join (thread);
}

static gpointer
put_until_stopped (gpointer belt)
{
  guint n = 0;

  while (kaf_belt_put (belt, make_number (n)))
    n++;
  return GUINT_TO_POINTER (n);
}

/* Who makes them never gets further ahead than there is room, and what nobody took is freed. */
static void
test_stop (void)
{
  KafBelt *belt = kaf_belt_new (MOST, free_number);
  GThread *thread = g_thread_new ("maker", put_until_stopped, belt);
  guint n;

  n_freed = 0;
  g_free (kaf_belt_take (belt));
  kaf_belt_stop (belt);
  n = GPOINTER_TO_UINT (g_thread_join (thread));
  g_assert_cmpuint (n, <=, MOST + 1);
  g_assert_null (kaf_belt_take (belt));
  kaf_belt_free (belt);
  g_assert_cmpint (n_freed, ==, (int) n);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/belt/order", test_order);
  g_test_add_func ("/belt/stop", test_stop);
  return g_test_run ();
}
