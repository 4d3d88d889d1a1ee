/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What is discarded is freed, once, and not where it was discarded. */
#include "config.h"

#include "base/kaf-discard.h"

static GMutex lock;
static GCond freed;
static guint n_freed;
static GThread *where;

static void
note (gpointer number)
{
  g_mutex_lock (&lock);
  n_freed += GPOINTER_TO_UINT (number);
  where = g_thread_self ();
  g_cond_signal (&freed);
  g_mutex_unlock (&lock);
}

static void
test_freed (void)
{
  kaf_discard (NULL, note);
  for (guint i = 1; i <= 100; i++)
    kaf_discard (GUINT_TO_POINTER (i), note);
  g_mutex_lock (&lock);
  while (n_freed < 5050)
    g_cond_wait (&freed, &lock);
  g_mutex_unlock (&lock);
  g_assert_cmpuint (n_freed, ==, 5050);
  g_assert_true (where != g_thread_self ());
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/discard/freed", test_freed);
  return g_test_run ();
}
