/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What holds of a convention on a day: its state, its term with renewals and amendments, its parties. */
#include "config.h"

#include <glib.h>

#include "rules/convention/kaf-convention-text.h"
#include "rules/convention/kaf-convention.h"

static KafConvention *
add (KafConventions *all, const char *id, KafConventionKind kind, const char *parent)
{
  KafConvention *act = kaf_convention_new (id);

  act->kind = kind;
  act->title = g_strdup (id);
  act->parent_id = g_strdup (parent);
  kaf_conventions_take (all, act);
  return act;
}

static void
set_parties (char ***parties, const char *list)
{
  g_strfreev (*parties);
  *parties = g_strsplit (list, " ", -1);
}

static KafStanding *
stand (const KafConvention *act, const char *day)
{
  return kaf_convention_stand (act, kaf_day_parse (day));
}

static void
assert_stands (const KafConvention *act,
               const char *day,
               KafConventionState state,
               KafTerm term,
               const char *until)
{
  g_autoptr (KafStanding) standing = stand (act, day);
  g_autofree char *end = kaf_day_to_iso (standing->until);

  g_test_message ("%s on %s", act->id, day);
  g_assert_cmpint (standing->state, ==, state);
  g_assert_cmpint (standing->term, ==, term);
  g_assert_cmpstr (end, ==, until);
}

static void
test_days (void)
{
  static const struct
  {
    const char *from;
    int months;
    const char *to;
  } cases[] = {
    { "2024-01-31", 1, "2024-02-29" },  { "2023-01-31", 1, "2023-02-28" },
    { "2024-02-29", 12, "2025-02-28" }, { "2024-02-29", 48, "2028-02-29" },
    { "2020-12-15", 1, "2021-01-15" },  { "2021-01-15", -1, "2020-12-15" },
    { "2020-06-24", 0, "2020-06-24" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *to =
          kaf_day_to_iso (kaf_day_add_months (kaf_day_parse (cases[i].from), cases[i].months));

      g_assert_cmpstr (to, ==, cases[i].to);
    }
  g_assert_cmpuint (kaf_day_parse ("2024-02"), ==, kaf_day_parse ("2024-02-01"));
  g_assert_cmpuint (kaf_day_parse_end ("2024-02"), ==, kaf_day_parse ("2024-02-29"));
  g_assert_cmpuint (kaf_day_parse_end ("2024"), ==, kaf_day_parse ("2024-12-31"));
  g_assert_cmpuint (kaf_day_parse ("2023-02-29"), ==, KAF_DAY_UNKNOWN);
  g_assert_cmpuint (kaf_day_parse (NULL), ==, KAF_DAY_UNKNOWN);
  g_assert_cmpuint (kaf_day_add_months (kaf_day_parse ("9999-12-01"), 1), ==, KAF_DAY_UNKNOWN);
  g_assert_cmpuint (kaf_day_add_months (KAF_DAY_UNKNOWN, 3), ==, KAF_DAY_UNKNOWN);
  g_assert_null (kaf_day_to_iso (KAF_DAY_UNKNOWN));
}

static void
test_life (void)
{
  g_autoptr (KafConventions) all = kaf_conventions_new ();
  KafConvention *act = add (all, "a", KAF_CONVENTION_FRAMEWORK, NULL);

  kaf_conventions_tie (all);
  assert_stands (act, "2020-06-24", KAF_CONVENTION_DRAFT, KAF_TERM_UNKNOWN, NULL);
  act->negotiated_on = kaf_day_parse ("2020-05-01");
  assert_stands (act, "2020-04-30", KAF_CONVENTION_DRAFT, KAF_TERM_UNKNOWN, NULL);
  assert_stands (act, "2020-05-01", KAF_CONVENTION_NEGOTIATION, KAF_TERM_UNKNOWN, NULL);

  act->terminated_on = kaf_day_parse ("2020-05-20");
  assert_stands (act, "2020-05-20", KAF_CONVENTION_ABANDONED, KAF_TERM_STATED, "2020-05-20");
  act->terminated_on = KAF_DAY_UNKNOWN;

  act->signed_on = kaf_day_parse ("2020-06-24");
  assert_stands (act, "2020-06-23", KAF_CONVENTION_NEGOTIATION, KAF_TERM_UNKNOWN, NULL);
  assert_stands (act, "2020-06-24", KAF_CONVENTION_IN_FORCE, KAF_TERM_UNKNOWN, NULL);
  assert_stands (act, "2060-01-01", KAF_CONVENTION_IN_FORCE, KAF_TERM_UNKNOWN, NULL);

  act->effective_on = kaf_day_parse ("2020-09-01");
  assert_stands (act, "2020-08-31", KAF_CONVENTION_SIGNED, KAF_TERM_UNKNOWN, NULL);
  assert_stands (act, "2020-09-01", KAF_CONVENTION_IN_FORCE, KAF_TERM_UNKNOWN, NULL);

  act->open_ended = TRUE;
  assert_stands (act, "2060-01-01", KAF_CONVENTION_IN_FORCE, KAF_TERM_OPEN, NULL);

  act->open_ended = FALSE;
  act->ends_on = kaf_day_parse ("2024-02-29");
  assert_stands (act, "2024-02-29", KAF_CONVENTION_IN_FORCE, KAF_TERM_STATED, "2024-02-29");
  assert_stands (act, "2024-03-01", KAF_CONVENTION_EXPIRED, KAF_TERM_STATED, "2024-02-29");

  act->terminated_on = kaf_day_parse ("2022-03-15");
  assert_stands (act, "2022-03-14", KAF_CONVENTION_IN_FORCE, KAF_TERM_STATED, "2024-02-29");
  assert_stands (act, "2022-03-15", KAF_CONVENTION_TERMINATED, KAF_TERM_STATED, "2022-03-15");
  assert_stands (act, "2030-01-01", KAF_CONVENTION_TERMINATED, KAF_TERM_STATED, "2022-03-15");

  /* It had run out by itself before. */
  act->terminated_on = kaf_day_parse ("2025-01-01");
  assert_stands (act, "2026-01-01", KAF_CONVENTION_EXPIRED, KAF_TERM_STATED, "2024-02-29");
}

static void
test_renewal (void)
{
  g_autoptr (KafConventions) all = kaf_conventions_new ();
  KafConvention *act = add (all, "a", KAF_CONVENTION_FRAMEWORK, NULL);
  g_autoptr (KafStanding) standing = NULL;

  act->signed_on = kaf_day_parse ("2021-01-31");
  act->ends_on = kaf_day_parse ("2022-01-31");
  act->tacit_renewal = TRUE;
  act->renewal_months = 1;
  kaf_conventions_tie (all);
  assert_stands (act, "2022-01-31", KAF_CONVENTION_IN_FORCE, KAF_TERM_STATED, "2022-01-31");
  assert_stands (act, "2022-02-01", KAF_CONVENTION_IN_FORCE, KAF_TERM_STATED, "2022-02-28");
  /* Counted from the end that the paper gives: no day is lost to February. */
  assert_stands (act, "2022-03-01", KAF_CONVENTION_IN_FORCE, KAF_TERM_STATED, "2022-03-31");
  standing = stand (act, "2022-03-01");
  g_assert_cmpuint (standing->n_renewals, ==, 2);

  /* Ended within a renewal: none after. */
  act->terminated_on = kaf_day_parse ("2022-03-10");
  assert_stands (act, "2023-01-01", KAF_CONVENTION_TERMINATED, KAF_TERM_STATED, "2022-03-10");
  act->terminated_on = KAF_DAY_UNKNOWN;

  act->renewal_months = 0;
  assert_stands (act, "2022-02-01", KAF_CONVENTION_IN_FORCE, KAF_TERM_UNKNOWN, NULL);
}

static void
test_amended_end (void)
{
  g_autoptr (KafConventions) all = kaf_conventions_new ();
  KafConvention *first = add (all, "first", KAF_CONVENTION_AMENDMENT, "dmk");
  KafConvention *act = add (all, "dmk", KAF_CONVENTION_SPECIFIC, "frame");
  KafConvention *second = add (all, "second", KAF_CONVENTION_AMENDMENT, "first");
  KafConvention *frame = add (all, "frame", KAF_CONVENTION_FRAMEWORK, NULL);
  g_autoptr (KafStanding) standing = NULL;
  g_autofree char *text = NULL;
  g_autofree char *state = NULL;
  const char *style = NULL;

  act->signed_on = kaf_day_parse ("2020-06-24");
  act->ends_on = kaf_day_parse ("2024-06-30");
  first->signed_on = kaf_day_parse ("2024-06-18");
  first->effective_on = kaf_day_parse ("2024-07-01");
  first->ends_on = kaf_day_parse ("2028-06-30");
  kaf_conventions_tie (all);

  /* It says that it changes something else: what it says of the end counts for nothing. */
  first->changes = KAF_CHANGES_DUTIES;
  assert_stands (act, "2024-07-01", KAF_CONVENTION_EXPIRED, KAF_TERM_STATED, "2024-06-30");

  first->changes = KAF_CHANGES_END;
  assert_stands (act, "2024-06-17", KAF_CONVENTION_IN_FORCE, KAF_TERM_STATED, "2024-06-30");
  assert_stands (act, "2024-06-18", KAF_CONVENTION_IN_FORCE, KAF_TERM_STATED, "2028-06-30");
  assert_stands (act, "2024-07-01", KAF_CONVENTION_IN_FORCE, KAF_TERM_STATED, "2028-06-30");
  assert_stands (first, "2024-06-18", KAF_CONVENTION_SIGNED, KAF_TERM_STATED, "2028-06-30");
  assert_stands (first, "2024-07-01", KAF_CONVENTION_IN_FORCE, KAF_TERM_STATED, "2028-06-30");
  assert_stands (first, "2028-07-01", KAF_CONVENTION_EXPIRED, KAF_TERM_STATED, "2028-06-30");
  standing = stand (act, "2026-11-28");
  g_assert_true (standing->term_by == first);
  text = kaf_standing_describe_term (standing, act, KAF_LANG_EN);
  g_assert_cmpstr (text, ==, "until \u206830 June 2028\u2069, by \u2068first\u2069");
  state =
      kaf_standing_describe_state (standing, kaf_day_parse ("2028-06-20"), 90, KAF_LANG_EN, &style);
  g_assert_cmpstr (state, ==, "lapses in 10 days");
  g_assert_cmpstr (style, ==, "warning");

  /* An amendment of the amendment changes the convention; one that is not signed changes nothing. */
  second->changes = KAF_CHANGES_END;
  second->open_ended = TRUE;
  assert_stands (act, "2026-11-28", KAF_CONVENTION_IN_FORCE, KAF_TERM_STATED, "2028-06-30");
  second->signed_on = kaf_day_parse ("2026-01-01");
  assert_stands (act, "2026-11-28", KAF_CONVENTION_IN_FORCE, KAF_TERM_OPEN, NULL);
  assert_stands (act, "2030-11-28", KAF_CONVENTION_IN_FORCE, KAF_TERM_OPEN, NULL);

  /* It says that it changes the end, and gives none. */
  second->open_ended = FALSE;
  assert_stands (act, "2030-11-28", KAF_CONVENTION_IN_FORCE, KAF_TERM_UNKNOWN, NULL);

  /* What was signed last holds, be its effect the earlier; what was rescinded does not. */
  second->ends_on = kaf_day_parse ("2031-01-01");
  second->effective_on = kaf_day_parse ("2023-01-01");
  assert_stands (act, "2026-11-28", KAF_CONVENTION_IN_FORCE, KAF_TERM_STATED, "2031-01-01");
  second->terminated_on = kaf_day_parse ("2026-02-01");
  assert_stands (act, "2026-11-28", KAF_CONVENTION_IN_FORCE, KAF_TERM_STATED, "2028-06-30");

  g_assert_true (kaf_convention_get_amended (second) == act);
  g_assert_true (kaf_convention_get_framework (second) == frame);
  g_assert_true (g_ptr_array_index (all->roots, 0) == frame);
  g_assert_cmpuint (all->roots->len, ==, 1);
}

static void
test_parties (void)
{
  g_autoptr (KafConventions) all = kaf_conventions_new ();
  KafConvention *act = add (all, "a", KAF_CONVENTION_SPECIFIC, NULL);
  KafConvention *amendment = add (all, "b", KAF_CONVENTION_AMENDMENT, "a");
  g_autoptr (KafStanding) before = NULL;
  g_autoptr (KafStanding) after = NULL;
  const KafParty *party;

  act->signed_on = kaf_day_parse ("2020-06-24");
  set_parties (&act->parties, "mre dmk");
  amendment->signed_on = kaf_day_parse ("2021-01-01");
  amendment->effective_on = kaf_day_parse ("2021-02-01");
  amendment->changes = KAF_CHANGES_PARTIES;
  set_parties (&amendment->parties, "ofppt mre");
  set_parties (&amendment->parties_left, "dmk nobody");
  kaf_conventions_tie (all);

  before = stand (act, "2021-01-31");
  g_assert_cmpuint (before->parties->len, ==, 2);
  after = stand (act, "2021-02-01");
  g_assert_cmpuint (after->parties->len, ==, 2);
  party = &g_array_index (after->parties, KafParty, 0);
  g_assert_cmpstr (party->organisation, ==, "mre");
  g_assert_true (party->by == act);
  party = &g_array_index (after->parties, KafParty, 1);
  g_assert_cmpstr (party->organisation, ==, "ofppt");
  g_assert_true (party->by == amendment);
}

/* Two devices that did not know of one another can close a circle. */
static void
assert_signing (const KafConvention *act, const char *day, const char *ids)
{
  g_autoptr (GPtrArray) signing = kaf_convention_list_signing (act, kaf_day_parse (day));
  g_autofree char *told = NULL;

  g_ptr_array_add (signing, NULL);
  told = g_strjoinv (" ", (char **) signing->pdata);
  g_assert_cmpstr (told, ==, ids);
}

/* An amendment is signed by whoever is bound by what it amends that day, by those that join, and by those that leave. */
static void
test_signing (void)
{
  g_autoptr (KafConventions) all = kaf_conventions_new ();
  KafConvention *act = add (all, "a", KAF_CONVENTION_FRAMEWORK, NULL);
  KafConvention *first = add (all, "b", KAF_CONVENTION_AMENDMENT, "a");
  KafConvention *second = add (all, "c", KAF_CONVENTION_AMENDMENT, "b");
  KafConvention *alone = add (all, "d", KAF_CONVENTION_AMENDMENT, "elsewhere");

  act->signed_on = kaf_day_parse ("2020-06-24");
  set_parties (&act->parties, "mre dmk");
  first->signed_on = kaf_day_parse ("2021-01-01");
  first->changes = KAF_CHANGES_PARTIES;
  set_parties (&first->parties, "ofppt");
  set_parties (&first->parties_left, "dmk");
  kaf_conventions_tie (all);

  /* Its own effect does not take a party away from it. */
  assert_signing (first, "2021-01-01", "mre ofppt dmk");
  assert_signing (act, "2022-01-01", "mre dmk");
  /* A draft that says nothing, of the amendment. */
  assert_signing (second, "2020-12-31", "mre dmk");
  assert_signing (second, "2022-01-01", "mre ofppt");
  assert_signing (alone, "2022-01-01", "");
}

static void
test_circle (void)
{
  g_autoptr (KafConventions) all = kaf_conventions_new ();
  KafConvention *one = add (all, "one", KAF_CONVENTION_AMENDMENT, "two");
  KafConvention *two = add (all, "two", KAF_CONVENTION_AMENDMENT, "one");
  KafConvention *self = add (all, "self", KAF_CONVENTION_FRAMEWORK, "self");
  KafConvention *lost = add (all, "lost", KAF_CONVENTION_AMENDMENT, "elsewhere");

  one->signed_on = two->signed_on = lost->signed_on = kaf_day_parse ("2020-01-01");
  kaf_conventions_tie (all);
  g_assert_cmpuint (all->roots->len, ==, 3);
  g_assert_null (self->parent);
  assert_stands (one, "2021-01-01", KAF_CONVENTION_IN_FORCE, KAF_TERM_UNKNOWN, NULL);
  assert_stands (two, "2021-01-01", KAF_CONVENTION_IN_FORCE, KAF_TERM_UNKNOWN, NULL);
  assert_stands (lost, "2021-01-01", KAF_CONVENTION_IN_FORCE, KAF_TERM_UNKNOWN, NULL);
}

static void
test_days_left (void)
{
  g_autoptr (KafConventions) all = kaf_conventions_new ();
  KafConvention *act = add (all, "a", KAF_CONVENTION_FRAMEWORK, NULL);
  g_autoptr (KafStanding) last = NULL;
  g_autoptr (KafStanding) over = NULL;
  guint days = 99;

  act->signed_on = kaf_day_parse ("2020-01-01");
  act->ends_on = kaf_day_parse ("2020-12-31");
  kaf_conventions_tie (all);
  last = stand (act, "2020-12-31");
  g_assert_true (kaf_standing_days_left (last, kaf_day_parse ("2020-12-31"), &days));
  g_assert_cmpuint (days, ==, 0);
  over = stand (act, "2021-01-01");
  g_assert_false (kaf_standing_days_left (over, kaf_day_parse ("2021-01-01"), &days));
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/convention/days", test_days);
  g_test_add_func ("/convention/life", test_life);
  g_test_add_func ("/convention/renewal", test_renewal);
  g_test_add_func ("/convention/amended-end", test_amended_end);
  g_test_add_func ("/convention/parties", test_parties);
  g_test_add_func ("/convention/signing", test_signing);
  g_test_add_func ("/convention/circle", test_circle);
  g_test_add_func ("/convention/days-left", test_days_left);
  return g_test_run ();
}
