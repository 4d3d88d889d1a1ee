/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The counting rule of 2030 at its edges. */
#include "config.h"

#include "rules/target/kaf-target.h"

static const KafTargetTerm usual[] = { { 0, 10, 3 } };

#define DAY(iso) kaf_day_parse (iso)

static void
assert_day (KafDay found, const char *iso)
{
  g_autofree char *text = kaf_day_to_iso (found);

  g_assert_cmpstr (text, ==, iso);
}

static void
test_identified (void)
{
  KafDay reached[KAF_TARGET_N_STAGES];
  KafTargetFacts facts = { .verified_on = DAY ("2026-03-02") };

  /* Verified alone is not enough, nor is one source. */
  kaf_target_stages (&facts, reached);
  assert_day (reached[KAF_TARGET_IDENTIFIED], NULL);

  facts.second_claim_on = DAY ("2026-03-02");
  kaf_target_stages (&facts, reached);
  assert_day (reached[KAF_TARGET_IDENTIFIED], "2026-03-02");

  facts.second_claim_on = DAY ("2026-03-03");
  kaf_target_stages (&facts, reached);
  assert_day (reached[KAF_TARGET_IDENTIFIED], "2026-03-03");

  /* Her own word does as well, and the earlier of the two counts. */
  facts.declared_on = DAY ("2024-02-29");
  kaf_target_stages (&facts, reached);
  assert_day (reached[KAF_TARGET_IDENTIFIED], "2026-03-02");

  facts.verified_on = 0;
  kaf_target_stages (&facts, reached);
  assert_day (reached[KAF_TARGET_IDENTIFIED], NULL);
}

static void
test_next_stages (void)
{
  KafDay reached[KAF_TARGET_N_STAGES];
  KafTargetFacts facts = { .answered_on = DAY ("2025-01-01"), .mission_on = DAY ("2025-06-30") };

  /* Nobody is engaged or mobilised before she is identified. */
  kaf_target_stages (&facts, reached);
  assert_day (reached[KAF_TARGET_ENGAGED], NULL);
  assert_day (reached[KAF_TARGET_MOBILISED], NULL);

  facts.verified_on = facts.declared_on = DAY ("2025-03-01");
  facts.signed_up_on = DAY ("2025-02-01");
  facts.contribution_on = DAY ("2025-06-29");
  kaf_target_stages (&facts, reached);
  assert_day (reached[KAF_TARGET_ENGAGED], "2025-03-01");
  assert_day (reached[KAF_TARGET_MOBILISED], "2025-06-29");
  facts.contribution_on = DAY ("2025-07-01");
  kaf_target_stages (&facts, reached);
  assert_day (reached[KAF_TARGET_MOBILISED], "2025-06-30");
  /* She need not have answered to be mobilised. */
  facts.answered_on = facts.signed_up_on = 0;
  kaf_target_stages (&facts, reached);
  assert_day (reached[KAF_TARGET_ENGAGED], NULL);
  assert_day (reached[KAF_TARGET_MOBILISED], "2025-06-30");
}

static void
test_verified (void)
{
  KafDay said = DAY ("2025-05-05"), confirmed = DAY ("2026-01-01");

  assert_day (kaf_target_verified ("verified", said, confirmed), "2025-05-05");
  assert_day (kaf_target_verified ("verified", 0, confirmed), "2026-01-01");
  assert_day (kaf_target_verified ("active", 0, confirmed), "2026-01-01");
  assert_day (kaf_target_verified ("dormant", 0, confirmed), NULL);
  assert_day (kaf_target_verified ("dormant", said, confirmed), "2025-05-05");
  assert_day (kaf_target_verified ("prospect", said, confirmed), NULL);
  assert_day (kaf_target_verified (NULL, said, confirmed), NULL);
}

static void
assert_second (const guint *sources, const char *const *days, guint n, const char *second)
{
  KafTargetSources self = { 0 };

  for (guint i = 0; i < n; i++)
    kaf_target_add_claim (&self, sources[i], DAY (days[i]));
  assert_day (self.day[1], second);
}

static void
test_sources (void)
{
  static const char *const days[] = { "2026-01-05", "2026-01-03", "2026-01-04", "2026-01-01" };

  /* Two claims of one source are one source. */
  assert_second ((guint[]){ 1, 1 }, days, 2, NULL);
  assert_second ((guint[]){ 1, 2 }, days, 2, "2026-01-05");
  assert_second ((guint[]){ 1, 2, 3 }, days, 3, "2026-01-04");
  assert_second ((guint[]){ 1, 2, 1 }, days, 3, "2026-01-04");
  /* The one that was pushed aside speaks again, earlier. */
  assert_second ((guint[]){ 1, 2, 3, 1 }, days, 4, "2026-01-03");
  assert_second ((guint[]){ 0, 2 }, days, 2, NULL);
  /* On the same day. */
  {
    KafTargetSources self = { 0 };

    kaf_target_add_claim (&self, 1, DAY ("2024-02-29"));
    kaf_target_add_claim (&self, 2, DAY ("2024-02-29"));
    kaf_target_add_claim (&self, 3, 0);
    assert_day (self.day[1], "2024-02-29");
  }
}

static void
assert_contributed (const char *starts, const char *ends, int days, const char *reached)
{
  KafTargetGift gift = { DAY (starts), DAY (ends), days };

  assert_day (kaf_target_contributed (&gift, 1, usual, 1), reached);
}

static void
test_contributed (void)
{
  /* Months: to the day. */
  assert_contributed ("2026-01-01", "2026-03-31", -1, "2026-03-31");
  assert_contributed ("2026-01-01", "2026-03-30", -1, NULL);
  assert_contributed ("2023-11-30", "2024-02-29", -1, "2024-02-29");
  assert_contributed ("2023-11-30", "2024-02-28", -1, NULL);
  assert_contributed ("2022-11-30", "2023-02-28", -1, "2023-02-28");
  assert_contributed ("2023-11-29", "2024-02-28", -1, "2024-02-28");
  /* It goes on: some day it will have. */
  assert_contributed ("2026-11-15", NULL, -1, "2027-02-14");
  /* Days: on the last day; while it goes on, when so many can have passed. */
  assert_contributed ("2026-04-01", "2026-04-20", 10, "2026-04-20");
  assert_contributed ("2026-04-01", "2026-04-20", 9, NULL);
  assert_contributed ("2026-04-01", NULL, 10, "2026-04-10");
  assert_contributed (NULL, "2026-04-20", 30, NULL);
}

/* Days add up in the order in which they were given, and a new term leaves what began before it. */
static void
test_contributions (void)
{
  const KafTargetTerm terms[] = { { 0, 10, 3 }, { DAY ("2026-06-01"), 6, 1 } };
  KafTargetGift gifts[] = {
    { DAY ("2026-05-01"), DAY ("2026-05-10"), 4 },
    { DAY ("2025-01-01"), DAY ("2025-01-03"), 3 },
    { DAY ("2026-06-01"), DAY ("2026-06-05"), 1 },
  };

  assert_day (kaf_target_contributed (gifts, 2, terms, 2), NULL);
  assert_day (kaf_target_contributed (gifts, 3, usual, 1), NULL);
  assert_day (kaf_target_contributed (gifts, 3, terms, 2), "2026-06-05");
  {
    KafTargetGift before = { DAY ("2026-05-31"), DAY ("2026-07-15"), -1 };
    KafTargetGift after = { DAY ("2026-06-01"), DAY ("2026-07-15"), -1 };

    assert_day (kaf_target_contributed (&before, 1, terms, 2), NULL);
    assert_day (kaf_target_contributed (&after, 1, terms, 2), "2026-06-30");
  }
  assert_day (kaf_target_contributed (NULL, 0, usual, 1), NULL);
}

static void
test_path (void)
{
  KafDay start = DAY ("2021-01-01"), end = DAY ("2030-12-31");

  g_assert_cmpuint (kaf_target_path (start - 1, start, end, 10000), ==, 0);
  g_assert_cmpuint (kaf_target_path (start, start, end, 10000), ==, 0);
  g_assert_cmpuint (kaf_target_path (start + 1, start, end, 10000), ==, 2);
  g_assert_cmpuint (kaf_target_path (end - 1, start, end, 10000), ==, 9997);
  g_assert_cmpuint (kaf_target_path (end, start, end, 10000), ==, 10000);
  g_assert_cmpuint (kaf_target_path (end + 400, start, end, 10000), ==, 10000);
  /* A path of no length is walked at once. */
  g_assert_cmpuint (kaf_target_path (start, start, start, 10000), ==, 10000);
  assert_day (kaf_target_month_end ("2024-02"), "2024-02-29");
  assert_day (kaf_target_month_end ("2024-02-01"), NULL);
  assert_day (kaf_target_month_end ("2024-13"), NULL);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/target/identified", test_identified);
  g_test_add_func ("/target/next-stages", test_next_stages);
  g_test_add_func ("/target/verified", test_verified);
  g_test_add_func ("/target/sources", test_sources);
  g_test_add_func ("/target/contributed", test_contributed);
  g_test_add_func ("/target/contributions", test_contributions);
  g_test_add_func ("/target/path", test_path);
  return g_test_run ();
}
