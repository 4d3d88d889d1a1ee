/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Scores of project holders: each criterion at its edges, decay, intervals, tiers by threshold and by quota. */
#include "config.h"

#include <libintl.h>
#include <string.h>

#include "base/kaf-bidi.h"
#include "base/kaf-validation-error.h"
#include "rules/holder/kaf-score-facts.h"
#include "rules/holder/kaf-score-rules.h"
#include "rules/holder/kaf-tiers.h"

#define DAY 739000

/* A holder of whom nothing is known, with one project of which nothing is known. */
typedef struct
{
  KafHolder holder;
  KafHolderProject projects[3];
  KafHolderContact contacts[4];
} Case;

static void
begin (Case *self)
{
  memset (self, 0, sizeof *self);
  self->holder.id = "h1";
  self->holder.experience_years = self->holder.relay_willing = self->holder.relay_reach =
      KAF_HOLDER_UNKNOWN;
  self->holder.projects = self->projects;
  self->holder.contacts = self->contacts;
  self->holder.n_projects = 1;
  for (guint i = 0; i < G_N_ELEMENTS (self->projects); i++)
    {
      KafHolderProject *project = &self->projects[i];

      project->amount = project->secured = project->jobs = project->jobs_permanent =
          project->market_studied = KAF_HOLDER_UNKNOWN;
    }
}

static KafScoreRules *
parse_with (const char *tiers, const char *criteria)
{
  g_autofree char *json = g_strdup_printf (
      "{\"half_life\":90,\"tiers\":%s,\"relay\":6,\"criteria\":[%s]}", tiers, criteria);
  g_autoptr (GError) error = NULL;
  KafScoreRules *rules = kaf_score_rules_parse (json, &error);

  g_assert_no_error (error);
  return rules;
}

#define BY_THRESHOLD "{\"by\":\"threshold\",\"potential\":50,\"engagement\":50}"
#define BY_QUOTA "{\"by\":\"quota\",\"potential\":25,\"engagement\":50}"

static KafScoreRules *
parse (const char *criteria)
{
  return parse_with (BY_THRESHOLD, criteria);
}

static void
assert_span (
    const KafScoreRules *rules, const Case *c, KafAxis axis, int low, int expected, int high)
{
  KafScore score;

  kaf_score_compute (rules, &c->holder, DAY, &score);
  g_assert_cmpint (score.axes[axis].low, ==, low);
  g_assert_cmpint (score.axes[axis].expected, ==, expected);
  g_assert_cmpint (score.axes[axis].high, ==, high);
}

static void
assert_known (const KafScoreRules *rules, const Case *c, KafAxis axis, int points)
{
  assert_span (rules, c, axis, points, points, points);
}

static void
test_numbers (void)
{
  g_autoptr (KafScoreRules) rules =
      parse ("{\"axis\":\"potential\",\"fact\":\"jobs\",\"bands\":[[1,10],[5,20],[15,30]]}");
  static const struct
  {
    gint64 jobs;
    int points;
  } cases[] = { { 0, 0 }, { 1, 10 }, { 4, 10 }, { 5, 20 }, { 14, 20 }, { 15, 30 }, { 100000, 30 } };
  Case c;

  begin (&c);
  assert_span (rules, &c, KAF_AXIS_POTENTIAL, 0, 15, 30);
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      c.projects[0].jobs = cases[i].jobs;
      assert_known (rules, &c, KAF_AXIS_POTENTIAL, cases[i].points);
    }
}

static void
test_every_number (void)
{
  Case c;
  struct
  {
    const char *axis, *fact;
    gint64 *value;
    gint64 unit;
  } facts[] = {
    { "potential", "jobs_permanent", &c.projects[0].jobs_permanent, 1 },
    { "potential", "amount", &c.projects[0].amount, 100 },
    { "potential", "experience_years", &c.holder.experience_years, 1 },
    { "relay", "relay_reach", &c.holder.relay_reach, 1 },
  };

  for (guint i = 0; i < G_N_ELEMENTS (facts); i++)
    {
      g_autofree char *text = g_strdup_printf (
          "{\"axis\":\"%s\",\"fact\":\"%s\",\"bands\":[[10,7]]}", facts[i].axis, facts[i].fact);
      g_autoptr (KafScoreRules) rules = parse (text);
      KafAxis axis = kaf_axis_from_id (facts[i].axis);

      begin (&c);
      assert_span (rules, &c, axis, 0, 3, 7);
      *facts[i].value = 10 * facts[i].unit - 1;
      assert_known (rules, &c, axis, 0);
      *facts[i].value = 10 * facts[i].unit;
      assert_known (rules, &c, axis, 7);
    }
}

/* What is counted of her is never unknown. */
static void
test_counts (void)
{
  Case c;
  const struct
  {
    const char *fact;
    guint *value;
  } facts[] = { { "memberships", &c.holder.memberships },
                { "mandates", &c.holder.mandates },
                { "brought", &c.holder.brought } };

  for (guint i = 0; i < G_N_ELEMENTS (facts); i++)
    {
      g_autofree char *text =
          g_strdup_printf ("{\"axis\":\"relay\",\"fact\":\"%s\",\"bands\":[[2,9]]}", facts[i].fact);
      g_autoptr (KafScoreRules) rules = parse (text);

      begin (&c);
      assert_known (rules, &c, KAF_AXIS_RELAY, 0);
      *facts[i].value = 1;
      assert_known (rules, &c, KAF_AXIS_RELAY, 0);
      *facts[i].value = 2;
      assert_known (rules, &c, KAF_AXIS_RELAY, 9);
    }
}

static void
test_funded_share (void)
{
  g_autoptr (KafScoreRules) rules =
      parse ("{\"axis\":\"potential\",\"fact\":\"funded_share\",\"bands\":[[40,24],[100,40]]}");
  static const struct
  {
    gint64 amount, secured;
    int points;
  } cases[] = {
    { 420000000, 168000000, 24 },
    { 420000000, 167999999, 0 },
    { 420000000, 419999999, 24 },
    { 420000000, 420000000, 40 },
    { 420000000, 900000000, 40 },
    { 420000000, 0, 0 },
    { 100, 40, 24 },
    { G_MAXINT64 - 1, G_MAXINT64 / 2, 24 },
  };
  Case c;

  begin (&c);
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      c.projects[0].amount = cases[i].amount;
      c.projects[0].secured = cases[i].secured;
      assert_known (rules, &c, KAF_AXIS_POTENTIAL, cases[i].points);
    }
  /* A share of nothing is not known. */
  c.projects[0].amount = 0;
  assert_span (rules, &c, KAF_AXIS_POTENTIAL, 0, 20, 40);
  c.projects[0].amount = KAF_HOLDER_UNKNOWN;
  assert_span (rules, &c, KAF_AXIS_POTENTIAL, 0, 20, 40);
}

static void
test_choices (void)
{
  g_autoptr (KafScoreRules) rules = parse (
      "{\"axis\":\"potential\",\"fact\":\"land\",\"points\":{\"secured\":20,\"opinion\":8}}");
  g_autoptr (KafScoreRules) all =
      parse ("{\"axis\":\"engagement\",\"fact\":\"horizon\",\"points\":{\"now\":10,\"soon\":6,"
             "\"later\":4}}");
  g_autoptr (KafScoreRules) against = parse (
      "{\"axis\":\"potential\",\"fact\":\"jobs\",\"bands\":[[1,30]]},"
      "{\"axis\":\"potential\",\"fact\":\"land\",\"points\":{\"sought\":-20,\"secured\":10}}");
  Case c;

  begin (&c);
  assert_span (rules, &c, KAF_AXIS_POTENTIAL, 0, 10, 20);
  c.projects[0].land = "secured";
  assert_known (rules, &c, KAF_AXIS_POTENTIAL, 20);
  c.projects[0].land = "opinion";
  assert_known (rules, &c, KAF_AXIS_POTENTIAL, 8);
  c.projects[0].land = "none_needed";
  assert_known (rules, &c, KAF_AXIS_POTENTIAL, 0);

  /* One of the three it will be. */
  assert_span (all, &c, KAF_AXIS_ENGAGEMENT, 4, 7, 10);
  c.holder.horizon = "soon";
  assert_known (all, &c, KAF_AXIS_ENGAGEMENT, 6);

  /* What counts against her leaves no less than nothing. */
  c.projects[0].jobs = 2;
  c.projects[0].land = NULL;
  assert_span (against, &c, KAF_AXIS_POTENTIAL, 10, 25, 40);
  c.projects[0].land = "sought";
  assert_known (against, &c, KAF_AXIS_POTENTIAL, 10);
  c.projects[0].jobs = 0;
  assert_known (against, &c, KAF_AXIS_POTENTIAL, 0);
}

static void
test_sums_end_at_a_hundred (void)
{
  g_autoptr (KafScoreRules) rules =
      parse ("{\"axis\":\"potential\",\"fact\":\"jobs\",\"bands\":[[1,80]]},"
             "{\"axis\":\"potential\",\"fact\":\"market_studied\",\"points\":{\"yes\":70}}");
  Case c;

  begin (&c);
  c.projects[0].jobs = 1;
  assert_span (rules, &c, KAF_AXIS_POTENTIAL, 80, 100, 100);
  c.projects[0].market_studied = 1;
  assert_known (rules, &c, KAF_AXIS_POTENTIAL, 100);
}

static void
test_booleans (void)
{
  g_autoptr (KafScoreRules) rules = parse (
      "{\"axis\":\"potential\",\"fact\":\"market_studied\",\"points\":{\"yes\":12,\"no\":2}}");
  g_autoptr (KafScoreRules) attached =
      parse ("{\"axis\":\"potential\",\"fact\":\"attachment\",\"points\":{\"yes\":5}}");
  g_autoptr (KafScoreRules) next =
      parse ("{\"axis\":\"engagement\",\"fact\":\"next_action\",\"points\":{\"yes\":5}}");
  g_autoptr (KafScoreRules) relay =
      parse ("{\"axis\":\"relay\",\"fact\":\"relay_willing\",\"points\":{\"yes\":60}},"
             "{\"axis\":\"relay\",\"fact\":\"is_expert\",\"points\":{\"yes\":1}}");
  Case c;
  KafScore score;

  begin (&c);
  assert_span (rules, &c, KAF_AXIS_POTENTIAL, 2, 7, 12);
  c.projects[0].market_studied = 0;
  assert_known (rules, &c, KAF_AXIS_POTENTIAL, 2);
  c.projects[0].market_studied = 1;
  assert_known (rules, &c, KAF_AXIS_POTENTIAL, 12);

  assert_span (attached, &c, KAF_AXIS_POTENTIAL, 0, 2, 5);
  c.holder.region = "09";
  assert_span (attached, &c, KAF_AXIS_POTENTIAL, 0, 2, 5);
  c.projects[0].region = "09";
  assert_known (attached, &c, KAF_AXIS_POTENTIAL, 5);
  c.projects[0].region = "01";
  assert_known (attached, &c, KAF_AXIS_POTENTIAL, 0);

  assert_known (next, &c, KAF_AXIS_ENGAGEMENT, 0);
  c.projects[0].next_on = DAY - 1;
  assert_known (next, &c, KAF_AXIS_ENGAGEMENT, 0);
  c.projects[0].next_on = DAY;
  assert_known (next, &c, KAF_AXIS_ENGAGEMENT, 5);
  c.projects[0].stage = KAF_STAGE_LAUNCHED;
  assert_known (next, &c, KAF_AXIS_ENGAGEMENT, 0);
  c.holder.n_contacts = 2;
  c.contacts[0] = (KafHolderContact){ DAY - 1, "call", NULL, 0 };
  c.contacts[1] = (KafHolderContact){ DAY - 2, "call", NULL, DAY };
  assert_known (next, &c, KAF_AXIS_ENGAGEMENT, 0);
  c.contacts[0].next_on = DAY;
  assert_known (next, &c, KAF_AXIS_ENGAGEMENT, 5);

  assert_span (relay, &c, KAF_AXIS_RELAY, 0, 30, 60);
  kaf_score_compute (relay, &c.holder, DAY, &score);
  g_assert_false (score.relay);
  c.holder.relay_willing = 1;
  kaf_score_compute (relay, &c.holder, DAY, &score);
  g_assert_true (score.relay);
  c.holder.is_expert = TRUE;
  assert_known (relay, &c, KAF_AXIS_RELAY, 61);
}

static void
test_places (void)
{
  g_autoptr (KafScoreRules) rules =
      parse ("{\"axis\":\"potential\",\"fact\":\"jobs\",\"bands\":[[1,10],[15,30]],"
             "\"only\":[\"TIZ\",\"12\"]}");
  g_autoptr (KafScoreRules) where =
      parse ("{\"axis\":\"potential\",\"fact\":\"project_territory\",\"points\":{\"09\":8,\"TIZ\":"
             "3}}");
  Case c;

  begin (&c);
  assert_span (rules, &c, KAF_AXIS_POTENTIAL, 0, 15, 30);
  c.projects[0].jobs = 18;
  assert_span (rules, &c, KAF_AXIS_POTENTIAL, 0, 15, 30);
  c.projects[0].territory = "TIZ";
  c.projects[0].region = "09";
  assert_known (rules, &c, KAF_AXIS_POTENTIAL, 30);
  /* A province that is named counts for itself, another as its region does. */
  assert_known (where, &c, KAF_AXIS_POTENTIAL, 3);
  c.projects[0].territory = "AGD";
  assert_known (rules, &c, KAF_AXIS_POTENTIAL, 0);
  assert_known (where, &c, KAF_AXIS_POTENTIAL, 8);
  c.projects[0].region = "12";
  assert_known (rules, &c, KAF_AXIS_POTENTIAL, 30);
  assert_known (where, &c, KAF_AXIS_POTENTIAL, 0);
  /* Elsewhere, no answer would bring anything. */
  c.projects[0].jobs = KAF_HOLDER_UNKNOWN;
  c.projects[0].region = "01";
  assert_known (rules, &c, KAF_AXIS_POTENTIAL, 0);
}

static void
test_decay (void)
{
  g_autoptr (KafScoreRules) rules =
      parse ("{\"axis\":\"engagement\",\"fact\":\"file_completed\",\"points\":100}");
  static const struct
  {
    guint age;
    int points;
  } cases[] = { { 0, 100 }, { 1, 99 },  { 45, 71 },  { 89, 50 },  { 90, 50 },
                { 91, 50 }, { 92, 49 }, { 180, 25 }, { 270, 13 }, { 100000, 0 } };
  Case c;

  begin (&c);
  assert_known (rules, &c, KAF_AXIS_ENGAGEMENT, 0);
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      c.projects[0].file_completed_on = DAY - cases[i].age;
      assert_known (rules, &c, KAF_AXIS_ENGAGEMENT, cases[i].points);
    }
  /* What has not come yet does not count yet. */
  c.projects[0].file_completed_on = DAY + 1;
  assert_known (rules, &c, KAF_AXIS_ENGAGEMENT, 0);
}

/* Of a thousand points one sees each day. */
static void
test_decay_by_day (void)
{
  g_autoptr (KafScoreRules) rules =
      parse ("{\"axis\":\"engagement\",\"fact\":\"contacts\",\"points\":{\"call\":1000},"
             "\"answered\":100,\"most\":1000}");
  static const struct
  {
    guint age;
    int low, high; /* kept below a hundred: a part of what the sum is */
  } cases[] = { { 360, 62, 63 }, { 361, 61, 62 }, { 450, 31, 32 }, { 540, 15, 16 } };
  int last = 101;
  Case c;

  begin (&c);
  c.holder.n_contacts = 1;
  c.contacts[0] = (KafHolderContact){ DAY, "call", NULL, 0 };
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      KafScore score;

      c.contacts[0].held_on = DAY - cases[i].age;
      kaf_score_compute (rules, &c.holder, DAY, &score);
      g_assert_cmpint (score.axes[KAF_AXIS_ENGAGEMENT].expected, >=, cases[i].low);
      g_assert_cmpint (score.axes[KAF_AXIS_ENGAGEMENT].expected, <=, cases[i].high);
    }
  for (guint age = 0; age < 2000; age++)
    {
      KafScore score;

      c.contacts[0].held_on = DAY - age;
      kaf_score_compute (rules, &c.holder, DAY, &score);
      g_assert_cmpint (score.axes[KAF_AXIS_ENGAGEMENT].expected, <=, last);
      last = score.axes[KAF_AXIS_ENGAGEMENT].expected;
    }
  g_assert_cmpint (last, ==, 0);
}

static void
test_exchanges (void)
{
  g_autoptr (KafScoreRules) rules =
      parse ("{\"axis\":\"engagement\",\"fact\":\"contacts\",\"points\":{\"call\":12,\"visit\":20},"
             "\"answered\":150,\"most\":41}");
  Case c;

  begin (&c);
  assert_known (rules, &c, KAF_AXIS_ENGAGEMENT, 0);
  c.holder.n_contacts = 1;
  c.contacts[0] = (KafHolderContact){ DAY, "call", NULL, 0 };
  assert_known (rules, &c, KAF_AXIS_ENGAGEMENT, 12);
  c.contacts[0].outcome = "no_answer";
  assert_known (rules, &c, KAF_AXIS_ENGAGEMENT, 12);
  c.contacts[0].outcome = "answered";
  assert_known (rules, &c, KAF_AXIS_ENGAGEMENT, 18);
  c.contacts[0].channel = "letter";
  assert_known (rules, &c, KAF_AXIS_ENGAGEMENT, 0);
  c.contacts[0] = (KafHolderContact){ DAY + 1, "call", NULL, 0 };
  assert_known (rules, &c, KAF_AXIS_ENGAGEMENT, 0);

  c.holder.n_contacts = 3;
  c.contacts[0] = (KafHolderContact){ DAY, "visit", NULL, 0 };
  c.contacts[1] = (KafHolderContact){ DAY - 90, "call", NULL, 0 };
  c.contacts[2] = (KafHolderContact){ DAY - 180, "call", NULL, 0 };
  assert_known (rules, &c, KAF_AXIS_ENGAGEMENT, 20 + 6 + 3);
  c.contacts[1].held_on = DAY;
  c.contacts[2].held_on = DAY;
  assert_known (rules, &c, KAF_AXIS_ENGAGEMENT, 41);
}

static void
test_last_outcome (void)
{
  g_autoptr (KafScoreRules) rules =
      parse ("{\"axis\":\"engagement\",\"fact\":\"last_outcome\",\"points\":{\"interested\":10}}");
  Case c;

  begin (&c);
  assert_known (rules, &c, KAF_AXIS_ENGAGEMENT, 0);
  c.holder.n_contacts = 2;
  c.contacts[0] = (KafHolderContact){ DAY, "call", NULL, 0 };
  c.contacts[1] = (KafHolderContact){ DAY - 1, "call", "interested", 0 };
  assert_span (rules, &c, KAF_AXIS_ENGAGEMENT, 0, 5, 10);
  c.contacts[0].outcome = "declined";
  assert_known (rules, &c, KAF_AXIS_ENGAGEMENT, 0);
  c.contacts[0].held_on = DAY + 1;
  assert_known (rules, &c, KAF_AXIS_ENGAGEMENT, 10);
}

static void
test_projects (void)
{
  g_autoptr (KafScoreRules) rules =
      parse ("{\"axis\":\"potential\",\"fact\":\"jobs\",\"bands\":[[1,10],[5,20]]},"
             "{\"axis\":\"potential\",\"fact\":\"stage\",\"points\":{\"idea\":1,\"study\":2,"
             "\"file\":3,\"finance\":4,\"licence\":5,\"launched\":6}}");
  Case c;

  begin (&c);
  c.holder.n_projects = 0;
  assert_span (rules, &c, KAF_AXIS_POTENTIAL, 0, 13, 26);
  g_assert_cmpint (kaf_score_find_project (rules, &c.holder, DAY), ==, -1);

  /* Given up: nothing is under way, and that is known. */
  c.holder.n_projects = 1;
  c.projects[0].stage = KAF_STAGE_ABANDONED;
  c.projects[0].jobs = 5;
  assert_known (rules, &c, KAF_AXIS_POTENTIAL, 0);

  c.holder.n_projects = 3;
  c.projects[1].stage = KAF_STAGE_IDEA;
  c.projects[1].jobs = 1;
  c.projects[2].stage = KAF_STAGE_FINANCE;
  c.projects[2].jobs = 5;
  assert_known (rules, &c, KAF_AXIS_POTENTIAL, 24);
  g_assert_cmpint (kaf_score_find_project (rules, &c.holder, DAY), ==, 2);
  for (KafStage stage = KAF_STAGE_IDEA; stage <= KAF_STAGE_LAUNCHED; stage++)
    {
      c.projects[2].stage = stage;
      assert_known (rules, &c, KAF_AXIS_POTENTIAL, 20 + (int) stage);
    }
}

static void
test_stage_moved (void)
{
  g_autoptr (KafScoreRules) rules =
      parse ("{\"axis\":\"engagement\",\"fact\":\"stage_moved\",\"points\":40}");
  Case c;

  begin (&c);
  assert_known (rules, &c, KAF_AXIS_ENGAGEMENT, 0);
  c.projects[0].stage_since = DAY - 90;
  assert_known (rules, &c, KAF_AXIS_ENGAGEMENT, 20);
}

/* Tiers */

static KafScore
make_score (int potential, int engagement)
{
  KafScore score = { 0 };

  score.axes[KAF_AXIS_POTENTIAL] = (KafScoreSpan){ potential, potential, potential };
  score.axes[KAF_AXIS_ENGAGEMENT] = (KafScoreSpan){ engagement, engagement, engagement };
  return score;
}

static void
test_thresholds (void)
{
  const KafScoreRules *rules = kaf_score_rules_default ();
  static const struct
  {
    int potential, engagement;
    char tier;
  } cases[] = { { 55, 50, 'a' }, { 55, 49, 'b' }, { 54, 50, 'c' }, { 54, 49, 'd' } };
  KafScore wide = { .axes = { { 54, 54, 55 }, { 49, 50, 50 } } };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      KafScore score = make_score (cases[i].potential, cases[i].engagement);

      kaf_score_place (rules, NULL, "x", &score);
      g_assert_cmpint (score.tier, ==, cases[i].tier);
    }
  kaf_score_place (rules, NULL, "x", &wide);
  g_assert_cmpint (wide.tier, ==, 'c');
  g_assert_cmpint (wide.best, ==, 'a');
  g_assert_cmpint (wide.worst, ==, 'd');
}

/* Of whom nothing is known, nobody says that she is likely. */
static void
test_nothing_known (void)
{
  KafScore score;
  Case c;

  begin (&c);
  c.holder.n_projects = 0;
  kaf_score_compute (kaf_score_rules_default (), &c.holder, DAY, &score);
  g_assert_cmpint (score.axes[KAF_AXIS_POTENTIAL].low, ==, 3);
  g_assert_cmpint (score.axes[KAF_AXIS_POTENTIAL].high, ==, 100);
  g_assert_cmpint (score.tier, ==, 'd');
  g_assert_cmpint (score.best, ==, 'b');
}

/* The lesser id comes first among equals, in whichever order they were added; each post for itself. */
static void
test_quota (void)
{
  g_autoptr (KafScoreRules) rules =
      parse_with (BY_QUOTA, "{\"axis\":\"potential\",\"fact\":\"jobs\",\"bands\":[[1,10]]}");
  static const char *const ids[] = { "c", "a", "e", "b", "d" };

  for (guint turn = 0; turn < G_N_ELEMENTS (ids); turn++)
    {
      g_autoptr (KafTiers) tiers = kaf_tiers_new (rules);
      KafScore one = make_score (30, 10), low = make_score (29, 90), none = make_score (0, 0);

      for (guint i = 0; i < G_N_ELEMENTS (ids); i++)
        kaf_tiers_add (tiers, ids[(i + turn) % G_N_ELEMENTS (ids)], "paris", &one);
      kaf_tiers_add (tiers, "z", "lille", &low);
      kaf_tiers_add (tiers, "y", NULL, &none);

      /* Of five, a quarter is two, half is three. */
      for (guint i = 0; i < G_N_ELEMENTS (ids); i++)
        {
          kaf_score_place (rules, kaf_tiers_cut (tiers, "paris"), ids[i], &one);
          g_assert_cmpint (one.tier, ==, *ids[i] <= 'b' ? 'a' : *ids[i] == 'c' ? 'c' : 'd');
        }
      kaf_score_place (rules, kaf_tiers_cut (tiers, "lille"), "z", &low);
      g_assert_cmpint (low.tier, ==, 'a');
      kaf_score_place (rules, kaf_tiers_cut (tiers, NULL), "y", &none);
      g_assert_cmpint (none.tier, ==, 'd');
      kaf_score_place (rules, kaf_tiers_cut (tiers, "nowhere"), "y", &low);
      g_assert_cmpint (low.tier, ==, 'd');
    }
}

static void
test_overrides (void)
{
  const KafTierOverride list[] = {
    { "o1", 'a', 100, 200 },
    { "o2", 'b', 150, 180 },
    { "o3", '\0', 170, 400 },
    { "o4", 'c', 150, 300 },
  };

  g_assert_null (kaf_tier_override_find (list, 4, 99));
  g_assert_cmpstr (kaf_tier_override_find (list, 4, 100)->id, ==, "o1");
  /* Of the same day, the greater id: the same on all devices. */
  g_assert_cmpstr (kaf_tier_override_find (list, 4, 150)->id, ==, "o4");
  g_assert_cmpstr (kaf_tier_override_find (list, 2, 180)->id, ==, "o2");
  g_assert_null (kaf_tier_override_find (list, 2, 181));
  /* Taken back. */
  g_assert_null (kaf_tier_override_find (list, 4, 170));
}

/* Words */

static void
assert_sentences (const KafScoreRules *rules, const Case *c, ...)
{
  g_autoptr (GPtrArray) parts = kaf_score_explain (rules, &c->holder, DAY);
  va_list args;

  va_start (args, c);
  for (guint i = 0; i < parts->len; i++)
    g_assert_cmpstr (((KafScorePart *) parts->pdata[i])->sentence, ==, va_arg (args, const char *));
  va_end (args);
}

static void
test_sentences (void)
{
  g_autoptr (KafScoreRules) rules =
      parse ("{\"axis\":\"potential\",\"fact\":\"jobs\",\"bands\":[[1,30]],\"only\":[\"TIZ\"]},"
             "{\"axis\":\"potential\",\"fact\":\"funded_share\",\"bands\":[[40,24]]},"
             "{\"axis\":\"potential\",\"fact\":\"land\",\"points\":{\"secured\":20}},"
             "{\"axis\":\"engagement\",\"fact\":\"contacts\",\"points\":{\"call\":12}}");
  Case c;

  begin (&c);
  c.projects[0].jobs = 18;
  c.projects[0].territory = "TIZ";
  c.projects[0].amount = 420000000;
  c.projects[0].secured = 168000000;
  c.holder.n_contacts = 3;
  for (guint i = 0; i < 3; i++)
    c.contacts[i] = (KafHolderContact){ DAY - i, "call", NULL, 0 };
  assert_sentences (rules, &c, "18 jobs planned in a priority territory",
                    "40 % of the funding secured", "Land: not known, from 54 to 74 by the answer",
                    "3 exchanges within 180 days");
  c.projects[0].territory = "AGD";
  c.projects[0].jobs = 1;
  c.projects[0].land = "secured";
  c.holder.n_contacts = 0;
  assert_sentences (rules, &c, "1 job planned outside the priority territories",
                    "40 % of the funding secured", "Land: \u2068Secured\u2069",
                    "No exchange is noted");
}

/* "Of 0 networks" is no sentence. */
static void
test_none_sentences (void)
{
  g_autoptr (KafScoreRules) rules =
      parse ("{\"axis\":\"potential\",\"fact\":\"jobs\",\"bands\":[[1,30]]},"
             "{\"axis\":\"engagement\",\"fact\":\"contacts\",\"points\":{\"call\":12}},"
             "{\"axis\":\"engagement\",\"fact\":\"last_outcome\",\"points\":{\"answered\":6}},"
             "{\"axis\":\"relay\",\"fact\":\"memberships\",\"bands\":[[1,10]]},"
             "{\"axis\":\"relay\",\"fact\":\"mandates\",\"bands\":[[1,15]]},"
             "{\"axis\":\"relay\",\"fact\":\"brought\",\"bands\":[[1,5]]}");
  Case c;

  begin (&c);
  c.projects[0].jobs = 0;
  c.holder.n_contacts = 0;
  c.holder.memberships = c.holder.mandates = c.holder.brought = 0;
  assert_sentences (rules, &c, "No job planned", "No exchange is noted", "No outcome is noted",
                    "A member of no network", "Holds no office", "Has passed on no project holder");
}

/* A sentence is in the language that is asked for, whatever the interface's is. */
static void
test_language (void)
{
  g_autofree char *folder = g_test_build_filename (G_TEST_BUILT, "..", "..", "po", NULL);
  g_autofree char *before = g_strdup (bindtextdomain (GETTEXT_PACKAGE, NULL));
  g_autoptr (KafScoreRules) rules =
      parse ("{\"axis\":\"potential\",\"fact\":\"jobs\",\"bands\":[[1,30]]},"
             "{\"axis\":\"potential\",\"fact\":\"land\",\"points\":{\"secured\":20}},"
             "{\"axis\":\"engagement\",\"fact\":\"contacts\",\"points\":{\"call\":12}}");
  static const struct
  {
    KafLang lang;
    const char *sentences[3], *tier;
  } cases[] = {
    { KAF_LANG_FR,
      { "18 emplois prévus", "Foncier : \u2068Acquis ou réservé\u2069",
        "Aucun échange enregistré" },
      "A" },
    { KAF_LANG_AR,
      { "\u206618\u2069 منصب شغل مرتقبا", "العقار: \u2068مؤمن أو محجوز\u2069", "لا اتصال مسجل" },
      "أ" },
  };
  Case c;

  begin (&c);
  c.projects[0].jobs = 18;
  c.projects[0].land = "secured";
  bindtextdomain (GETTEXT_PACKAGE, folder);
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (GPtrArray) parts =
          kaf_score_explain_in (rules, &c.holder, DAY, cases[i].lang, NULL, NULL);

      for (guint k = 0; k < parts->len; k++)
        g_assert_cmpstr (((KafScorePart *) parts->pdata[k])->sentence, ==, cases[i].sentences[k]);
      g_assert_cmpstr (kaf_tier_letter_in ('a', cases[i].lang), ==, cases[i].tier);
    }
  g_assert_cmpstr (kaf_tier_letter ('a'), ==, "A");
  bindtextdomain (GETTEXT_PACKAGE, before);
}

static void
test_question (void)
{
  g_autoptr (KafScoreRules) rules =
      parse ("{\"axis\":\"potential\",\"fact\":\"jobs\",\"bands\":[[1,40]]},"
             "{\"axis\":\"potential\",\"fact\":\"land\",\"points\":{\"secured\":30},"
             "\"question\":{\"fr\":\"Le terrain est-il réservé ?\"}},"
             "{\"axis\":\"potential\",\"fact\":\"market_studied\",\"points\":{\"yes\":4}},"
             "{\"axis\":\"relay\",\"fact\":\"relay_reach\",\"bands\":[[1,90]]}");
  g_autofree char *question = NULL;
  g_autofree char *sentence = NULL;
  g_autofree char *other = NULL;
  const char *field;
  guint criterion;
  Case c;

  /* 40 + 15 + 2 = 57: without the land 42. The market changes nothing by itself, reach is of another axis. */
  begin (&c);
  c.projects[0].jobs = 1;
  g_assert_true (
      kaf_score_question (rules, &c.holder, DAY, &criterion, &question, &sentence, &field));
  g_assert_cmpuint (criterion, ==, 1);
  g_assert_cmpstr (field, ==, "project.land");
  g_assert_cmpstr (question, ==, "Le terrain est-il réservé ?");
  g_assert_cmpstr (sentence, ==, "The answer may lead to tier D.");

  c.projects[0].land = "secured";
  g_assert_false (
      kaf_score_question (rules, &c.holder, DAY, &criterion, &other, &sentence, &field));

  /* By quota, only those who know the others can tell. */
  rules->quota = TRUE;
  c.projects[0].land = NULL;
  g_assert_false (
      kaf_score_question (rules, &c.holder, DAY, &criterion, &other, &sentence, &field));
}

/* Of two answers that would each move the tier, the one that may move the score more; wherever it stands. */
static void
test_question_of_two (void)
{
#define LAND "{\"axis\":\"potential\",\"fact\":\"land\",\"points\":{\"secured\":30}}"
#define MARKET "{\"axis\":\"potential\",\"fact\":\"market_studied\",\"points\":{\"yes\":20}}"
#define JOBS "{\"axis\":\"potential\",\"fact\":\"jobs\",\"bands\":[[1,30]]}"
  static const char *const orders[] = { JOBS "," LAND "," MARKET, JOBS "," MARKET "," LAND };

  for (guint i = 0; i < G_N_ELEMENTS (orders); i++)
    {
      g_autoptr (KafScoreRules) rules = parse (orders[i]);
      g_autofree char *question = NULL;
      g_autofree char *sentence = NULL;
      const char *field;
      guint criterion;
      Case c;

      begin (&c);
      c.projects[0].jobs = 1;
      g_assert_true (
          kaf_score_question (rules, &c.holder, DAY, &criterion, &question, &sentence, &field));
      g_assert_cmpstr (field, ==, "project.land");
    }
}

/* What rules are made of */

static void
test_json (void)
{
  g_autofree char *json = kaf_score_rules_to_json (kaf_score_rules_default ());
  g_autoptr (KafScoreRules) again = kaf_score_rules_parse (json, NULL);
  g_autoptr (KafScoreRules) copy = NULL;
  g_autofree char *twice = NULL;

  g_assert_nonnull (again);
  copy = kaf_score_rules_copy (again);
  twice = kaf_score_rules_to_json (copy);
  g_assert_cmpstr (json, ==, twice);
}

static void
test_default_sums (void)
{
  const KafScoreRules *rules = kaf_score_rules_default ();
  int sums[KAF_N_AXES] = { 0 };

  for (guint i = 0; i < rules->criteria->len; i++)
    {
      const KafScoreCriterion *one = rules->criteria->pdata[i];
      int low, high;

      kaf_score_criterion_range (one, &low, &high);
      sums[one->axis] += high;
    }
  for (guint axis = 0; axis < KAF_N_AXES; axis++)
    g_assert_cmpint (sums[axis], ==, 100);
}

static void
test_refused (void)
{
  static const struct
  {
    const char *criteria, *words;
  } cases[] = {
    { "{\"axis\":\"potential\",\"fact\":\"gender\",\"points\":{\"f\":1}}", "“gender”" },
    { "{\"axis\":\"potential\",\"fact\":\"contacts\",\"points\":{\"call\":1}}", "axis" },
    { "{\"axis\":\"potential\",\"fact\":\"jobs\",\"bands\":[[5,1],[5,2]]}", "ascend" },
    { "{\"axis\":\"potential\",\"fact\":\"jobs\",\"bands\":[[-5,1]]}", "negative" },
    { "{\"axis\":\"potential\",\"fact\":\"jobs\",\"bands\":[[1,2000]]}", "Points lie" },
    { "{\"axis\":\"potential\",\"fact\":\"jobs\",\"bands\":[]}", "from which value" },
    { "{\"axis\":\"potential\",\"fact\":\"jobs\",\"bands\":[[1,1.5]]}", "not written" },
    { "{\"axis\":\"potential\",\"fact\":\"land\",\"points\":{\"lost\":1}}", "“lost”" },
    { "{\"axis\":\"engagement\",\"fact\":\"file_completed\",\"points\":-1}", "Points lie" },
    { "{\"axis\":\"potential\",\"fact\":\"jobs\",\"bands\":[[1,1]],\"onIy\":[\"TIZ\"]}",
      "not written" },
    { "", "1 to 60" },
  };
  static const char *const bad[] = {
    "",
    "[]",
    "{",
    "{\"tiers\":{\"by\":\"luck\"}}",
    "{\"a\":99999999999999999999}",
    "\xff",
    "{\"tiers\":" BY_THRESHOLD
    ",\"formula\":2,\"criteria\":[{\"axis\":\"potential\",\"fact\":\"jobs\","
    "\"bands\":[[1,1]]}]}",
    "{\"tiers\":{\"by\":\"threshold\",\"relay\":7},\"criteria\":[{\"axis\":\"potential\","
    "\"fact\":\"jobs\",\"bands\":[[1,1]]}]}",
    "{\"half_life\":0,\"tiers\":{\"by\":\"threshold\"},\"criteria\":[]}",
  };
  static const char *const heads[] = { "", "{\"half_life\":/*\"*/", "{\"half_life\"://\"\n",
                                       "{'\"':" };
  g_autofree char *deep = g_strnfill (100000, '[');

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *json =
          g_strdup_printf ("{\"tiers\":" BY_THRESHOLD ",\"criteria\":[%s]}", cases[i].criteria);
      g_autoptr (GError) error = NULL;

      g_assert_null (kaf_score_rules_parse (json, &error));
      g_assert_error (error, KAF_VALIDATION_ERROR, KAF_VALIDATION_ERROR_RULE);
      g_assert_nonnull (strstr (error->message, cases[i].words));
    }
  for (guint i = 0; i < G_N_ELEMENTS (bad); i++)
    g_assert_null (kaf_score_rules_parse (bad[i], NULL));
  for (guint i = 0; i < G_N_ELEMENTS (heads); i++)
    {
      g_autofree char *json = g_strconcat (heads[i], deep, NULL);

      g_assert_null (kaf_score_rules_parse (json, NULL));
    }
  g_assert_null (kaf_score_rules_parse (NULL, NULL));
}

/* Neither what the rules see nor what they may ask holds a name, an origin, a gender, an age or a religion. */
static void
test_nothing_personal (void)
{
  static const char *const never[] = { "name",   "gender",     "birth", "age",      "religion",
                                       "origin", "nationalit", "photo", "language", "ethnic" };
  g_autofree char *path = g_build_filename (g_getenv ("G_TEST_SRCDIR"), "..", "..", "src", "rules",
                                            "holder", "kaf-holder.h", NULL);
  g_autoptr (GRegex) comments = g_regex_new ("/\\*.*?\\*/", G_REGEX_DOTALL, 0, NULL);
  g_autofree char *text = NULL;
  g_autofree char *code = NULL;
  guint n;
  const KafScoreFact *facts = kaf_score_facts (&n);

  g_assert_true (g_file_get_contents (path, &text, NULL, NULL));
  code = g_regex_replace_literal (comments, text, -1, 0, "", 0, NULL);
  g_assert_nonnull (strstr (code, "experience_years"));
  for (guint i = 0; i < G_N_ELEMENTS (never); i++)
    {
      g_autofree char *pattern = g_strdup_printf ("(^|[^a-z])%s", never[i]);

      g_assert_false (g_regex_match_simple (pattern, code, G_REGEX_CASELESS, 0));
      for (guint j = 0; j < n; j++)
        {
          g_assert_false (g_regex_match_simple (pattern, facts[j].code, G_REGEX_CASELESS, 0));
          g_assert_false (g_regex_match_simple (pattern, facts[j].field, G_REGEX_CASELESS, 0));
        }
    }
  for (guint j = 0; j < n; j++)
    {
      /* Of a person, the attachment that she declares alone. */
      g_assert_true (!g_str_has_prefix (facts[j].field, "person.") ||
                     g_str_equal (facts[j].field, "person.territory"));
      g_assert_null (strstr (facts[j].field, "country"));
      g_assert_null (strstr (facts[j].field, "post"));
    }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/score/numbers", test_numbers);
  g_test_add_func ("/score/every-number", test_every_number);
  g_test_add_func ("/score/counts", test_counts);
  g_test_add_func ("/score/funded-share", test_funded_share);
  g_test_add_func ("/score/choices", test_choices);
  g_test_add_func ("/score/sums", test_sums_end_at_a_hundred);
  g_test_add_func ("/score/booleans", test_booleans);
  g_test_add_func ("/score/places", test_places);
  g_test_add_func ("/score/decay", test_decay);
  g_test_add_func ("/score/decay-by-day", test_decay_by_day);
  g_test_add_func ("/score/exchanges", test_exchanges);
  g_test_add_func ("/score/last-outcome", test_last_outcome);
  g_test_add_func ("/score/projects", test_projects);
  g_test_add_func ("/score/stage-moved", test_stage_moved);
  g_test_add_func ("/score/thresholds", test_thresholds);
  g_test_add_func ("/score/nothing-known", test_nothing_known);
  g_test_add_func ("/score/quota", test_quota);
  g_test_add_func ("/score/overrides", test_overrides);
  g_test_add_func ("/score/sentences", test_sentences);
  g_test_add_func ("/score/none-sentences", test_none_sentences);
  g_test_add_func ("/score/language", test_language);
  g_test_add_func ("/score/question", test_question);
  g_test_add_func ("/score/question-of-two", test_question_of_two);
  g_test_add_func ("/score/json", test_json);
  g_test_add_func ("/score/default", test_default_sums);
  g_test_add_func ("/score/refused", test_refused);
  g_test_add_func ("/score/nothing-personal", test_nothing_personal);
  return g_test_run ();
}
