/* SPDX-License-Identifier: GPL-3.0-or-later */
/* When commitments are due and how they stand: the day itself, months of unlike length, what is done of several, and
 * the end of the convention. */
#include "config.h"

#include "base/kaf-random.h"
#include "rules/convention/kaf-commitment.h"

#define SOON 30

static KafDay
day (const char *iso)
{
  KafDay found = kaf_day_parse (iso);

  g_assert_cmpuint (found, !=, KAF_DAY_UNKNOWN);
  return found;
}

static KafConvention *
add_act (KafConventions *all, const char *id, KafConventionKind kind, const char *signed_on)
{
  KafConvention *act = kaf_convention_new (id);

  act->kind = kind;
  act->signed_on = kaf_day_parse (signed_on);
  kaf_conventions_take (all, act);
  return act;
}

/* One signed on 1 January 2024 for an indefinite term. */
static KafConvention *
add_open (KafConventions *all)
{
  KafConvention *act = add_act (all, "act", KAF_CONVENTION_FRAMEWORK, "2024-01-01");

  act->open_ended = TRUE;
  return act;
}

static KafCommitment *
add (KafConvention *act, const char *id, KafRecurrence recurrence, const char *due)
{
  KafCommitment *one = kaf_commitment_new (id);

  one->party = g_strdup ("party");
  one->recurrence = recurrence;
  one->due_on = kaf_day_parse (due);
  one->act = act;
  g_ptr_array_add (act->commitments, one);
  return one;
}

static void
fulfil (KafCommitment *one, const char *done_on, const char *due_on, guint quantity)
{
  KafFulfilment fulfilment = { kaf_day_parse (done_on), kaf_day_parse (due_on), quantity };

  g_array_append_val (one->fulfilments, fulfilment);
}

static void
assert_stands (const KafCommitment *one, const char *on, KafCommitmentState state, const char *due)
{
  KafCommitmentStanding standing = kaf_commitment_stand (one, day (on), SOON);
  g_autofree char *found = kaf_day_to_iso (standing.due);

  g_assert_cmpint (standing.state, ==, state);
  g_assert_cmpstr (found, ==, due);
}

static void
assert_due (const KafCommitment *one, const char *from, const char *until, const char *expected)
{
  g_autoptr (GArray) days = kaf_commitment_list_due (one, day (from), day (until));
  g_autoptr (GString) text = g_string_new (NULL);

  for (guint i = 0; i < days->len; i++)
    {
      g_autofree char *iso = kaf_day_to_iso (g_array_index (days, KafDay, i));

      g_string_append_printf (text, "%s%s", i > 0 ? " " : "", iso);
    }
  g_assert_cmpstr (text->str, ==, expected);
}

static void
test_once (void)
{
  g_autoptr (KafConventions) all = kaf_conventions_new ();
  KafCommitment *one = add (add_open (all), "c", KAF_RECURRENCE_NONE, "2024-06-30");

  assert_stands (one, "2024-05-30", KAF_COMMITMENT_UPCOMING, "2024-06-30");
  assert_stands (one, "2024-05-31", KAF_COMMITMENT_SOON, "2024-06-30");
  assert_stands (one, "2024-06-30", KAF_COMMITMENT_SOON, "2024-06-30");
  assert_stands (one, "2024-07-01", KAF_COMMITMENT_OVERDUE, "2024-06-30");
  g_assert_cmpuint (kaf_commitment_stand (one, day ("2024-06-30"), SOON).n_overdue, ==, 0);
  g_assert_cmpuint (kaf_commitment_stand (one, day ("2024-07-01"), SOON).n_overdue, ==, 1);
  assert_due (one, "2024-06-30", "2024-06-30", "2024-06-30");
  assert_due (one, "2024-07-01", "2030-01-01", "");
  fulfil (one, "2024-08-01", NULL, 0);
  assert_stands (one, "2024-07-01", KAF_COMMITMENT_KEPT, NULL);
}

static void
test_months (void)
{
  g_autoptr (KafConventions) all = kaf_conventions_new ();
  KafConvention *act = add_open (all);
  KafCommitment *month = add (act, "m", KAF_RECURRENCE_MONTHLY, "2024-01-31");
  KafCommitment *quarter = add (act, "q", KAF_RECURRENCE_QUARTERLY, "2024-11-30");
  KafCommitment *half = add (act, "h", KAF_RECURRENCE_HALF_YEARLY, "2024-08-31");
  KafCommitment *leap = add (act, "y", KAF_RECURRENCE_YEARLY, "2024-02-29");

  assert_due (month, "2024-01-01", "2024-04-30", "2024-01-31 2024-02-29 2024-03-31 2024-04-30");
  assert_due (month, "2025-02-01", "2025-03-01", "2025-02-28");
  assert_due (quarter, "2024-01-01", "2025-05-31", "2024-11-30 2025-02-28 2025-05-30");
  assert_due (half, "2024-01-01", "2025-08-31", "2024-08-31 2025-02-28 2025-08-31");
  assert_due (leap, "2024-01-01", "2028-12-31",
              "2024-02-29 2025-02-28 2026-02-28 2027-02-28 2028-02-29");
  month->recurs_until = day ("2024-03-31");
  assert_due (month, "2024-03-01", "2024-12-31", "2024-03-31");
  month->recurs_until = day ("2024-03-30");
  assert_due (month, "2024-03-01", "2024-12-31", "");
}

static void
test_again (void)
{
  g_autoptr (KafConventions) all = kaf_conventions_new ();
  KafCommitment *one = add (add_open (all), "c", KAF_RECURRENCE_QUARTERLY, "2024-03-31");
  KafCommitmentStanding standing;

  assert_stands (one, "2024-04-01", KAF_COMMITMENT_OVERDUE, "2024-03-31");
  standing = kaf_commitment_stand (one, day ("2024-10-01"), SOON);
  g_assert_cmpuint (standing.n_overdue, ==, 3);
  g_assert_cmpuint (standing.of, ==, 3);
  g_assert_cmpuint (standing.done, ==, 0);

  /* The earliest open one; then the one it names, out of turn. */
  fulfil (one, "2024-04-02", NULL, 0);
  assert_stands (one, "2024-10-01", KAF_COMMITMENT_OVERDUE, "2024-06-30");
  fulfil (one, "2024-09-30", "2024-09-30", 0);
  standing = kaf_commitment_stand (one, day ("2024-10-01"), SOON);
  g_assert_cmpuint (standing.n_overdue, ==, 1);
  g_assert_cmpuint (standing.done, ==, 2);
  fulfil (one, "2024-10-01", NULL, 0);
  assert_stands (one, "2024-10-01", KAF_COMMITMENT_KEPT, "2024-12-31");
  assert_stands (one, "2024-12-01", KAF_COMMITMENT_SOON, "2024-12-31");

  /* A day on which nothing was due closes the earliest. */
  fulfil (one, "2024-12-31", "2024-12-25", 0);
  assert_stands (one, "2024-12-31", KAF_COMMITMENT_KEPT, "2025-03-31");
}

static void
test_quantity (void)
{
  g_autoptr (KafConventions) all = kaf_conventions_new ();
  KafConvention *act = add_open (all);
  KafCommitment *once = add (act, "o", KAF_RECURRENCE_NONE, "2024-06-30");
  KafCommitment *yearly = add (act, "y", KAF_RECURRENCE_YEARLY, "2024-12-31");
  KafCommitmentStanding standing;

  once->quantity = 10;
  fulfil (once, "2024-02-01", NULL, 4);
  fulfil (once, "2024-03-01", NULL, 5);
  assert_stands (once, "2024-07-01", KAF_COMMITMENT_OVERDUE, "2024-06-30");
  standing = kaf_commitment_stand (once, day ("2024-07-01"), SOON);
  g_assert_cmpuint (standing.done, ==, 9);
  g_assert_cmpuint (standing.of, ==, 10);
  fulfil (once, "2024-06-30", NULL, 1);
  assert_stands (once, "2024-07-01", KAF_COMMITMENT_KEPT, NULL);

  /* What is beyond one year's number goes to the next. */
  yearly->quantity = 10;
  fulfil (yearly, "2024-05-01", NULL, 12);
  assert_stands (yearly, "2025-01-01", KAF_COMMITMENT_KEPT, "2025-12-31");
  fulfil (yearly, "2025-05-01", NULL, 7);
  assert_stands (yearly, "2026-01-01", KAF_COMMITMENT_OVERDUE, "2025-12-31");
  standing = kaf_commitment_stand (yearly, day ("2026-01-01"), SOON);
  g_assert_cmpuint (standing.done, ==, 19);
  g_assert_cmpuint (standing.of, ==, 20);
}

static void
test_undated (void)
{
  g_autoptr (KafConventions) all = kaf_conventions_new ();
  KafConvention *act = add_open (all);
  KafCommitment *once = add (act, "o", KAF_RECURRENCE_NONE, NULL);
  KafCommitment *each = add (act, "e", KAF_RECURRENCE_EACH_MISSION, NULL);

  assert_stands (once, "2024-06-30", KAF_COMMITMENT_UNDATED, NULL);
  assert_stands (each, "2024-06-30", KAF_COMMITMENT_UNDATED, NULL);
  assert_due (each, "2024-01-01", "2034-01-01", "");
  fulfil (once, "2024-02-01", NULL, 0);
  fulfil (each, "2024-02-01", NULL, 0);
  assert_stands (once, "2024-06-30", KAF_COMMITMENT_KEPT, NULL);
  assert_stands (each, "2024-06-30", KAF_COMMITMENT_UNDATED, NULL);
}

static void
test_end (void)
{
  g_autoptr (KafConventions) all = kaf_conventions_new ();
  KafConvention *act = add_act (all, "act", KAF_CONVENTION_SPECIFIC, "2024-01-01");
  KafCommitment *one = add (act, "c", KAF_RECURRENCE_QUARTERLY, "2024-03-31");
  KafConvention *amendment;

  act->ends_on = day ("2024-12-31");
  kaf_conventions_tie (all);
  /* The last day counts. */
  assert_due (one, "2024-01-01", "2026-01-01", "2024-03-31 2024-06-30 2024-09-30 2024-12-31");
  assert_stands (one, "2024-12-31", KAF_COMMITMENT_OVERDUE, "2024-03-31");
  assert_stands (one, "2025-01-01", KAF_COMMITMENT_LAPSED, NULL);
  for (guint i = 0; i < 4; i++)
    fulfil (one, "2024-12-31", NULL, 0);
  assert_stands (one, "2025-01-01", KAF_COMMITMENT_KEPT, NULL);

  /* An end that is amended; before that was signed nobody knew. */
  amendment = kaf_convention_new ("amendment");
  amendment->kind = KAF_CONVENTION_AMENDMENT;
  amendment->parent_id = g_strdup ("act");
  amendment->signed_on = day ("2024-11-01");
  amendment->changes = KAF_CHANGES_END;
  amendment->ends_on = day ("2025-06-30");
  kaf_conventions_take (all, amendment);
  amendment->parent = act;
  g_ptr_array_add (act->children, amendment);
  assert_due (one, "2024-12-01", "2026-01-01", "2024-12-31 2025-03-31 2025-06-30");
  assert_stands (one, "2025-01-01", KAF_COMMITMENT_KEPT, "2025-03-31");
  assert_stands (one, "2025-07-01", KAF_COMMITMENT_LAPSED, NULL);

  /* Ended before its term, on a day to come. */
  act->terminated_on = day ("2025-05-31");
  assert_due (one, "2024-12-01", "2026-01-01", "2024-12-31 2025-03-31");
}

static void
test_tacit_and_open (void)
{
  g_autoptr (KafConventions) all = kaf_conventions_new ();
  KafConvention *act = add_act (all, "act", KAF_CONVENTION_SPECIFIC, "2024-01-01");
  KafCommitment *one = add (act, "c", KAF_RECURRENCE_YEARLY, "2024-06-30");

  act->ends_on = day ("2024-12-31");
  act->tacit_renewal = TRUE;
  act->renewal_months = 12;
  kaf_conventions_tie (all);
  fulfil (one, "2024-06-30", NULL, 0);
  /* It renews itself: what comes after its end is in sight. */
  assert_stands (one, "2024-12-31", KAF_COMMITMENT_KEPT, "2025-06-30");
  assert_due (one, "2024-07-01", "2026-12-31", "2025-06-30 2026-06-30");
  act->terminated_on = day ("2025-12-31");
  assert_due (one, "2024-07-01", "2026-12-31", "2025-06-30");
}

static void
test_unsigned (void)
{
  g_autoptr (KafConventions) all = kaf_conventions_new ();
  KafConvention *act = add_act (all, "act", KAF_CONVENTION_FRAMEWORK, NULL);
  KafCommitment *one = add (act, "c", KAF_RECURRENCE_NONE, "2024-06-30");

  kaf_conventions_tie (all);
  assert_stands (one, "2024-07-01", KAF_COMMITMENT_LAPSED, NULL);
  assert_due (one, "2024-01-01", "2026-01-01", "");
  /* Signed, and in force only later: it binds. */
  act->signed_on = day ("2024-01-15");
  act->effective_on = day ("2025-01-01");
  assert_stands (one, "2024-07-01", KAF_COMMITMENT_OVERDUE, "2024-06-30");
}

static void
test_waived_and_replaced (void)
{
  g_autoptr (KafConventions) all = kaf_conventions_new ();
  KafConvention *act = add_open (all);
  KafConvention *amendment = add_act (all, "amendment", KAF_CONVENTION_AMENDMENT, "2024-05-01");
  KafCommitment *waived = add (act, "w", KAF_RECURRENCE_MONTHLY, "2024-01-15");
  KafCommitment *old = add (act, "old", KAF_RECURRENCE_NONE, "2024-06-30");
  KafCommitment *new = add (amendment, "new", KAF_RECURRENCE_NONE, "2024-09-30");
  g_autoptr (GPtrArray) before = NULL;
  g_autoptr (GPtrArray) after = NULL;
  g_autoptr (GPtrArray) own = NULL;

  waived->waived_on = day ("2024-03-15");
  amendment->parent_id = g_strdup ("act");
  amendment->effective_on = day ("2024-07-01");
  amendment->changes = KAF_CHANGES_DUTIES;
  new->replaces = g_strdup ("old");
  kaf_conventions_tie (all);

  assert_stands (waived, "2024-03-14", KAF_COMMITMENT_OVERDUE, "2024-01-15");
  assert_stands (waived, "2024-03-15", KAF_COMMITMENT_WAIVED, NULL);
  assert_due (waived, "2024-01-01", "2024-12-31", "2024-01-15 2024-02-15");

  assert_stands (old, "2024-06-30", KAF_COMMITMENT_SOON, "2024-06-30");
  assert_stands (old, "2024-07-01", KAF_COMMITMENT_REPLACED, NULL);
  before = kaf_convention_list_commitments (act, day ("2024-06-30"));
  g_assert_cmpuint (before->len, ==, 1);
  g_assert_true (g_ptr_array_index (before, 0) == old);
  after = kaf_convention_list_commitments (act, day ("2024-07-01"));
  g_assert_cmpuint (after->len, ==, 1);
  g_assert_true (g_ptr_array_index (after, 0) == new);
  own = kaf_convention_list_commitments (amendment, day ("2024-06-30"));
  g_assert_cmpuint (own->len, ==, 1);

  /* Only what is ticked changes. */
  amendment->changes = KAF_CHANGES_END;
  assert_stands (old, "2024-07-01", KAF_COMMITMENT_OVERDUE, "2024-06-30");
}

/* Of a bound commitment the first open day is the one that it is told of, whatever was done of it, on any day. */
static void
test_open (void)
{
  g_autoptr (KafRandom) random = kaf_random_new_seeded (7);

  for (guint i = 0; i < 2000; i++)
    {
      g_autoptr (KafConventions) all = kaf_conventions_new ();
      KafCommitment *one =
          add (add_open (all), "c", kaf_random_below (random, KAF_RECURRENCE_EACH_SESSION + 1),
               kaf_random_below (random, 8) > 0 ? "2024-01-31" : NULL);
      KafDay today = day ("2024-01-01") + kaf_random_below (random, 900), open;
      KafCommitmentStanding standing;

      one->quantity = kaf_random_below (random, 4);
      if (kaf_random_below (random, 2) == 0)
        one->recurs_until = day ("2024-01-31") + kaf_random_below (random, 400);
      for (guint n = kaf_random_below (random, 5); n > 0; n--)
        {
          KafFulfilment done = { 0, 0, kaf_random_below (random, 4) };

          if (kaf_random_below (random, 2) == 0)
            done.due_on =
                kaf_day_add_months (day ("2024-01-31"), (int) kaf_random_below (random, 5));
          g_array_append_val (one->fulfilments, done);
        }
      standing = kaf_commitment_stand (one, today, SOON);
      open = kaf_commitment_get_open (one);
      g_assert_cmpuint (open, ==, standing.due);
    }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/commitment/once", test_once);
  g_test_add_func ("/commitment/months", test_months);
  g_test_add_func ("/commitment/again", test_again);
  g_test_add_func ("/commitment/quantity", test_quantity);
  g_test_add_func ("/commitment/undated", test_undated);
  g_test_add_func ("/commitment/end", test_end);
  g_test_add_func ("/commitment/tacit-and-open", test_tacit_and_open);
  g_test_add_func ("/commitment/unsigned", test_unsigned);
  g_test_add_func ("/commitment/open", test_open);
  g_test_add_func ("/commitment/waived-and-replaced", test_waived_and_replaced);
  return g_test_run ();
}
