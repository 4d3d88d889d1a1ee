/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Two managers close the same month, each on a device that has not heard of the other, and of whom the other has counted:
 * afterwards there is one result, the same on both. */
#include "config.h"

#include "kaf-pair.h"

#include "base/kaf-day.h"
#include "store/kaf-database-private.h"
#include "store/kaf-target.h"

#define ROLE "manager"

/* The month before that of the clock. (transfer full) */
static char *
last_month (KafFixture *f)
{
  KafDay today = kaf_day_from_time (kaf_clock_now (f->clock));
  g_autofree char *iso = kaf_day_to_iso (today);
  g_autofree char *first = NULL;
  g_autofree char *before = NULL;

  iso[8] = '0';
  iso[9] = '1';
  before = kaf_day_to_iso (kaf_day_parse (iso) - 1);
  before[7] = '\0';
  return g_steal_pointer (&before);
}

static void
add_identified (KafFixture *f, const char *month, const char *country)
{
  g_autofree char *day = g_strconcat (month, "-01", NULL);
  g_autofree char *id =
      kaf_fixture_create (f, "person", NULL, "family_name", "NOM", "status", "verified",
                          "verified_on", day, "declared_on", day, "country", country, NULL);

  g_free (kaf_fixture_create (f, "expert", id, "years", "3", NULL));
}

static void
close_month (KafFixture *f, const char *month)
{
  const char *const months[] = { month, NULL };
  g_autoptr (GError) error = NULL;
  g_autoptr (KafReceipt) receipt = kaf_target_close (f->db, months, NULL, &error);

  g_assert_no_error (error);
  g_assert_nonnull (receipt->batch);
}

/* The tallies as they stand. (transfer full) */
static char *
read_tallies (KafFixture *f)
{
  g_autoptr (GString) text = g_string_new (NULL);
  g_autoptr (KafStatement) statement = kaf_database_prepare (
      f->db,
      "SELECT month || ' ' || stage || ' ' || axis || ' ' || code || ' ' || count FROM target_tally"
      " WHERE deleted_at IS NULL ORDER BY 1",
      NULL);

  while (kaf_database_step (f->db, statement, NULL))
    g_string_append_printf (text, "%s\n", kaf_statement_text (statement, 0));
  return g_string_free (g_steal_pointer (&text), FALSE);
}

static guint
read_identified (KafFixture *f, const char *month)
{
  const KafTargetQuery query = { .day = kaf_target_month_end (month) };
  g_autoptr (KafTargetCount) count = kaf_target_count (f->db, &query, NULL, NULL);

  g_assert_true (count->closed);
  return count->n[KAF_TARGET_IDENTIFIED];
}

/* Both are managers, and one has six persons identified last month, which is given. (transfer full) */
static char *
begin (World *w, KafFixture *who)
{
  char *month = NULL;

  enroll_as (w->a, users[0], ROLE);
  enroll_as (w->b, users[1], ROLE);
  month = last_month (w->a);
  for (guint i = 0; i < 6; i++)
    add_identified (who, month, "FR");
  return month;
}

static void
test_two_managers (void)
{
  g_autoptr (World) w = world_new_alone ();
  g_autofree char *month = NULL;
  g_autofree char *a = NULL;
  g_autofree char *b = NULL;
  g_autofree char *rows = NULL;

  month = begin (w, w->a);
  sync_as (w, w->a, ROLE);
  sync_as (w, w->b, ROLE);
  /* Brahim knows of more people, in another country, when he closes it. */
  for (guint i = 0; i < 7; i++)
    add_identified (w->b, month, "BE");
  advance (w);
  close_month (w->a, month);
  advance (w);
  close_month (w->b, month);
  g_assert_cmpuint (read_identified (w->a, month), ==, 6);
  g_assert_cmpuint (read_identified (w->b, month), ==, 13);
  for (guint i = 0; i < 2; i++)
    {
      sync_as (w, w->a, ROLE);
      sync_as (w, w->b, ROLE);
    }
  a = read_tallies (w->a);
  b = read_tallies (w->b);
  g_assert_cmpstr (a, ==, b);
  g_assert_cmpuint (read_identified (w->a, month), ==, read_identified (w->b, month));
  /* Of one of the two, whole: no country of the other stands beside its sum. */
  rows = g_strdup_printf (
      "SELECT (SELECT count FROM target_tally WHERE month = '%s' AND axis = 'all' AND"
      " stage = 'identified' AND deleted_at IS NULL) - (SELECT sum (count) FROM"
      " target_tally WHERE month = '%s' AND axis = 'country' AND stage ="
      " 'identified' AND deleted_at IS NULL)",
      month, month);
  g_assert_cmpint (kaf_database_get_int (w->b->db, rows, NULL), ==, 0);
  kaf_fixture_assert_whole (w->a);
  kaf_fixture_assert_whole (w->b);
}

/* A month that its closer might not close, as the hub has his role now, is open on his device too. */
static void
test_refused (void)
{
  g_autoptr (World) w = world_new_alone ();
  g_autofree char *month = NULL;
  g_autofree char *left = NULL;

  month = begin (w, w->b);
  sync_as (w, w->b, ROLE);
  advance (w);
  close_month (w->b, month);
  g_assert_cmpuint (read_identified (w->b, month), ==, 6);
  g_assert_cmpuint (sync_as (w, w->b, "agent").n_rejected, >=, 1);
  left = read_tallies (w->b);
  g_assert_cmpstr (left, ==, "");
  kaf_fixture_assert_whole (w->b);
}

/* The answer that a month was not taken is lost; by the time that it is heard somebody who may has closed it, and the
 * device has been told of that: her figures stand, and not the hole that those of the other leave. */
static void
test_refused_later (void)
{
  g_autoptr (World) w = world_new_alone ();
  g_autoptr (GString) lost = g_string_new (NULL);
  g_autoptr (GString) first = g_string_new (NULL);
  g_autofree char *month = NULL;
  g_autofree char *a = NULL;
  g_autofree char *b = NULL;

  month = begin (w, w->b);
  sync_as (w, w->b, ROLE);
  sync_as (w, w->a, ROLE);
  advance (w);
  add_identified (w->b, month, "BE");
  close_month (w->b, month);
  ask (w, w->b, "agent", lost);
  close_month (w->a, month);
  sync_as (w, w->a, ROLE);
  a = read_tallies (w->a);

  /* Of what it sends again, the person comes first. */
  ask_some (w, w->b, "agent", 1, first);
  take (w->b, first);
  g_assert_cmpuint (sync_as (w, w->b, "agent").n_rejected, >=, 1);
  b = read_tallies (w->b);
  g_assert_cmpstr (a, !=, "");
  g_assert_cmpstr (a, ==, b);
  kaf_fixture_assert_whole (w->b);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/target-months/two-managers", test_two_managers);
  g_test_add_func ("/target-months/refused", test_refused);
  g_test_add_func ("/target-months/refused-later", test_refused_later);
  return g_test_run ();
}
