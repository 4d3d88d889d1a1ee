/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The lease at its edges: running days, nights, weekends, a drawer, a clock that was set. */
#include "config.h"

#include "sync/kaf-lease.h"

#define DAY KAF_LEASE_DAY
#define HOUR (DAY / 24)
#define START (20000 * DAY) /* µs since 1970: some day in 2024 */
#define WARN 7
#define END 10

/* A machine whose clock is right until it is said otherwise. */
typedef struct
{
  KafLeaseBook book;
  char boot[16];
  guint n_boots;
  gint64 ran, wall;
} Machine;

static void
look (Machine *self)
{
  const KafLeaseMoment now = { self->boot, self->ran, self->wall };

  kaf_lease_look (&self->book, &now);
}

static Machine
machine_new (void)
{
  Machine self = { .boot = "boot-0", .ran = HOUR, .wall = START };
  const KafLeaseMoment now = { self.boot, self.ran, self.wall };

  kaf_lease_begin (&self.book, &now);
  return self;
}

static void
run (Machine *self, gint64 time)
{
  self->ran += time;
  self->wall += time;
  look (self);
}

static void
turn_off (Machine *self, gint64 time)
{
  g_snprintf (self->boot, sizeof self->boot, "boot-%u", ++self->n_boots);
  self->ran = 0;
  self->wall += time;
  look (self);
}

static void
assert_state (const Machine *self, KafLeaseState expected, guint days)
{
  guint got;

  g_assert_cmpint (kaf_lease_judge (&self->book, START, self->wall, WARN, END, &got), ==, expected);
  g_assert_cmpuint (got, ==, days);
}

/* Asleep or awake, day after day. */
static void
test_running (void)
{
  Machine m = machine_new ();

  assert_state (&m, KAF_LEASE_RUNS, 0);
  run (&m, 7 * DAY - 1);
  assert_state (&m, KAF_LEASE_RUNS, 6);
  run (&m, 1);
  assert_state (&m, KAF_LEASE_ENDS_SOON, 7);
  run (&m, 3 * DAY - 1);
  assert_state (&m, KAF_LEASE_ENDS_SOON, 9);
  run (&m, 1);
  assert_state (&m, KAF_LEASE_ENDED, 10);
}

/* Off at night, and two days at the weekend. */
static void
test_office (void)
{
  Machine m = machine_new ();

  for (guint day = 0; day < 10; day++)
    {
      run (&m, 8 * HOUR);
      turn_off (&m, 16 * HOUR);
      if (day == 4)
        {
          turn_off (&m, 2 * DAY);
          day += 2;
        }
    }
  run (&m, 8 * HOUR);
  assert_state (&m, KAF_LEASE_ENDED, 10);
}

/* Twelve days in a drawer: nothing but the clock says so. */
static void
test_drawer (void)
{
  Machine m = machine_new ();

  run (&m, 8 * HOUR);
  turn_off (&m, 12 * DAY);
  assert_state (&m, KAF_LEASE_DOUBTFUL, 10);
  run (&m, 8 * HOUR);
  assert_state (&m, KAF_LEASE_DOUBTFUL, 10);
  /* It is used again without an exchange: in the end it is believed. */
  run (&m, 7 * DAY);
  assert_state (&m, KAF_LEASE_ENDED, 10);
}

static void
test_clock_ahead (void)
{
  Machine m = machine_new ();

  /* Set while it runs. */
  run (&m, HOUR);
  m.wall += 3650 * DAY;
  run (&m, HOUR);
  assert_state (&m, KAF_LEASE_DOUBTFUL, 10);
  /* And set right again. */
  m.wall -= 3650 * DAY;
  run (&m, HOUR);
  assert_state (&m, KAF_LEASE_RUNS, 0);

  /* Wrong after a start, again and again. */
  for (guint i = 0; i < 20; i++)
    {
      turn_off (&m, 365 * DAY);
      run (&m, HOUR);
      assert_state (&m, KAF_LEASE_DOUBTFUL, 10);
    }
}

static void
test_clock_back (void)
{
  Machine m = machine_new ();

  run (&m, HOUR);
  m.wall -= 50 * 365 * DAY;
  run (&m, HOUR);
  assert_state (&m, KAF_LEASE_DOUBTFUL, 0);
  turn_off (&m, -DAY);
  assert_state (&m, KAF_LEASE_DOUBTFUL, 0);
  /* Who sets it back does not stop the days that the machine runs. */
  run (&m, 10 * DAY);
  assert_state (&m, KAF_LEASE_ENDED, 10);
}

/* An exchange begins a new lease. */
static void
test_exchange (void)
{
  Machine m = machine_new ();
  KafLeaseMoment now;

  run (&m, 9 * DAY);
  now = (KafLeaseMoment){ m.boot, m.ran, m.wall };
  kaf_lease_begin (&m.book, &now);
  g_assert_cmpint (kaf_lease_judge (&m.book, m.wall, m.wall, WARN, END, NULL), ==, KAF_LEASE_RUNS);
  g_assert_cmpint (kaf_lease_judge (&m.book, 0, m.wall, WARN, END, NULL), ==, KAF_LEASE_RUNS);
}

static void
test_text (void)
{
  Machine m = machine_new ();
  g_autofree char *text = NULL;
  g_autofree char *again = NULL;
  KafLeaseBook book;

  run (&m, DAY);
  turn_off (&m, DAY);
  text = kaf_lease_print (&m.book);
  g_assert_true (kaf_lease_parse (&book, text));
  again = kaf_lease_print (&book);
  g_assert_cmpstr (again, ==, text);
  g_assert_cmpint (book.running, ==, DAY);
  g_assert_cmpint (book.off, ==, DAY);
  g_assert_false (kaf_lease_parse (&book, "nonsense"));
  g_assert_false (kaf_lease_parse (&book, "boot 1 2 3 x"));
  g_assert_false (kaf_lease_parse (&book, NULL));
  g_assert_cmpint (book.running, ==, 0);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/lease/running", test_running);
  g_test_add_func ("/lease/office", test_office);
  g_test_add_func ("/lease/drawer", test_drawer);
  g_test_add_func ("/lease/clock-ahead", test_clock_ahead);
  g_test_add_func ("/lease/clock-back", test_clock_back);
  g_test_add_func ("/lease/exchange", test_exchange);
  g_test_add_func ("/lease/text", test_text);
  return g_test_run ();
}
