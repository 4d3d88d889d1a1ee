/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The sums of a budget: by payer and category, against the ceiling; two currencies, unknown prices, amounts that
 * no number holds. */
#include "config.h"

#include "rules/mission/kaf-mission-budget.h"

static KafBudgetLine *
add_line (KafMission *mission, const char *id, const char *payer, gint64 quantity, gint64 price)
{
  KafBudgetLine *line = kaf_mission_add_line (mission, id);

  line->category = "travel";
  line->payer = payer;
  line->quantity = quantity;
  line->unit_price = price;
  line->currency = price >= 0 ? "MAD" : NULL;
  line->committed = line->spent = -1;
  return line;
}

static const KafBudgetShare *
share_at (GArray *shares, guint i)
{
  g_assert_cmpuint (i, <, shares->len);
  return &g_array_index (shares, KafBudgetShare, i);
}

static void
test_sums (void)
{
  g_autoptr (KafMission) mission = kaf_mission_new ("m");
  g_autoptr (KafBudget) budget = NULL;
  g_autoptr (GArray) parts = NULL;
  const KafBudgetSum *sum;

  mission->ceiling = 12000000;
  mission->currency = "MAD";
  add_line (mission, "a", NULL, 6, 140000)->category = "lodging";
  add_line (mission, "b", "dmk", 2, 480000);
  add_line (mission, "c", "council", 16, 65000);
  add_line (mission, "d", "dmk", 1, 2160000)->adjusted = -160000;
  budget = kaf_budget_new (mission);
  g_assert_cmpuint (budget->n_without_payer, ==, 1);
  g_assert_cmpuint (budget->sums->len, ==, 1);
  g_assert_cmpuint (budget->payers->len, ==, 2);
  sum = g_ptr_array_index (budget->sums, 0);
  g_assert_cmpint (sum->total, ==, 840000 + 960000 + 1040000 + 2000000);
  g_assert_cmpint (sum->adjusted, ==, -160000);
  g_assert_cmpint (budget->remainder, ==, 12000000 - 4840000);
  g_assert_true (budget->has_remainder);
  g_assert_cmpstr (share_at (sum->payers, 0)->of, ==, "dmk");
  g_assert_cmpint (share_at (sum->payers, 0)->total, ==, 2960000);
  g_assert_null (share_at (sum->payers, 2)->of);
  g_assert_cmpint (kaf_budget_sum_of_payer (sum, NULL), ==, 840000);
  g_assert_cmpint (kaf_budget_sum_of_payer (sum, "council"), ==, 1040000);
  g_assert_cmpint (kaf_budget_sum_of_payer (sum, "nobody"), ==, 0);
  g_assert_cmpuint (sum->categories->len, ==, 2);
  g_assert_cmpint (share_at (sum->categories, 1)->total, ==, 4000000);

  /* 61.16, 21.49, 17.36: what is left goes to the largest remainder. */
  parts = kaf_budget_percentages (sum->payers);
  g_assert_cmpint (g_array_index (parts, int, 0), ==, 61);
  g_assert_cmpint (g_array_index (parts, int, 1), ==, 22);
  g_assert_cmpint (g_array_index (parts, int, 2), ==, 17);
}

static void
test_ceiling (void)
{
  g_autoptr (KafMission) mission = kaf_mission_new ("m");
  g_autoptr (KafBudget) none = NULL;
  g_autoptr (KafBudget) met = NULL;
  g_autoptr (KafBudget) passed = NULL;
  g_autoptr (KafBudget) empty = kaf_budget_new (mission);
  KafBudgetLine *line = add_line (mission, "a", "dmk", 1, 100);

  g_assert_cmpuint (empty->sums->len, ==, 0);
  none = kaf_budget_new (mission);
  g_assert_false (none->has_remainder);
  mission->ceiling = 100;
  mission->currency = "MAD";
  met = kaf_budget_new (mission);
  g_assert_true (met->has_remainder);
  g_assert_cmpint (met->remainder, ==, 0);
  line->adjusted = 1;
  passed = kaf_budget_new (mission);
  g_assert_cmpint (passed->remainder, ==, -1);
}

static void
test_currencies (void)
{
  g_autoptr (KafMission) mission = kaf_mission_new ("m");
  g_autoptr (KafBudget) budget = NULL;
  const KafBudgetSum *sum;

  mission->ceiling = 5000;
  mission->currency = "MAD";
  add_line (mission, "a", "dmk", 1, 100)->currency = "EUR";
  add_line (mission, "b", "dmk", 1, 200)->currency = "EUR";
  add_line (mission, "c", "council", 1, 400);
  budget = kaf_budget_new (mission);
  g_assert_true (budget->mixed);
  g_assert_cmpuint (budget->sums->len, ==, 2);
  sum = g_ptr_array_index (budget->sums, 0); /* of the ceiling, though fewer lines are in it */
  g_assert_cmpstr (sum->currency, ==, "MAD");
  g_assert_cmpint (sum->total, ==, 400);
  g_assert_cmpint (budget->remainder, ==, 4600);
  g_assert_cmpint (kaf_budget_find_sum (budget, "EUR")->total, ==, 300);
  g_assert_null (kaf_budget_find_sum (budget, "USD"));

  mission->ceiling = -1;
  kaf_budget_free (g_steal_pointer (&budget));
  budget = kaf_budget_new (mission);
  sum = g_ptr_array_index (budget->sums, 0);
  g_assert_cmpstr (sum->currency, ==, "EUR");
}

static void
test_unknown (void)
{
  g_autoptr (KafMission) mission = kaf_mission_new ("m");
  g_autoptr (KafBudget) budget = NULL;
  KafBudgetLine *line = add_line (mission, "a", NULL, 3, -1);
  gint64 cost;

  line->adjusted = 500;
  budget = kaf_budget_new (mission);
  g_assert_cmpuint (budget->n_unpriced, ==, 1);
  g_assert_cmpuint (budget->n_without_payer, ==, 1);
  g_assert_cmpuint (budget->sums->len, ==, 0);
  g_assert_false (budget->overflowed);
  g_assert_false (kaf_budget_line_cost (line, &cost));
  line->unit_price = 0;
  line->adjusted = 0;
  g_assert_true (kaf_budget_line_cost (line, &cost));
  g_assert_cmpint (cost, ==, 0);
}

static void
test_overflow (void)
{
  g_autoptr (KafMission) mission = kaf_mission_new ("m");
  g_autoptr (KafBudget) line_only = NULL;
  g_autoptr (KafBudget) sum_only = NULL;
  KafBudgetLine *line =
      add_line (mission, "a", "dmk", 1000000, G_GINT64_CONSTANT (999999999999999999));
  gint64 cost;

  mission->ceiling = 100;
  mission->currency = "MAD";
  g_assert_false (kaf_budget_line_cost (line, &cost));
  line_only = kaf_budget_new (mission);
  g_assert_true (line_only->overflowed);
  g_assert_cmpuint (line_only->n_unpriced, ==, 0);
  g_assert_false (line_only->has_remainder);

  line->quantity = 1;
  line->unit_price = G_MAXINT64;
  g_assert_true (kaf_budget_line_cost (line, &cost));
  add_line (mission, "b", "dmk", 1, 1);
  sum_only = kaf_budget_new (mission);
  g_assert_true (sum_only->overflowed);
}

static void
test_guess (void)
{
  g_autoptr (KafMission) mission = kaf_mission_new ("m");
  KafBudgetLine *line = add_line (mission, "a", NULL, 6, 100);
  KafBudgetGuess guess = kaf_budget_guess_payer (mission, line);

  g_assert_null (guess.payer);
  g_assert_true (kaf_budget_find_unpaid (mission) == line);
  add_line (mission, "b", "dmk", 1, 1)->category = "meals";
  add_line (mission, "c", "council", 1, 1);
  guess = kaf_budget_guess_payer (mission, line);
  g_assert_cmpstr (guess.payer, ==, "council"); /* as many lines, but of this category */
  g_assert_null (guess.basis);
  add_line (mission, "d", "dmk", 1, 1)->basis = "con-1";
  add_line (mission, "e", "dmk", 1, 1)->basis = "con-2";
  add_line (mission, "f", "dmk", 1, 1)->basis = "con-2";
  guess = kaf_budget_guess_payer (mission, line);
  g_assert_cmpstr (guess.payer, ==, "dmk");
  g_assert_cmpstr (guess.basis, ==, "con-2");
  g_assert_cmpuint (guess.n_lines, ==, 4);
  g_assert_cmpuint (guess.n_on_basis, ==, 2);
  line->payer = "dmk";
  g_assert_null (kaf_budget_find_unpaid (mission));
}

static void
test_phase (void)
{
  KafMissionLife life = { .step = 5 };

  g_assert_cmpint (kaf_budget_phase (&life), ==, KAF_BUDGET_PLANNED);
  life.step = 6;
  g_assert_cmpint (kaf_budget_phase (&life), ==, KAF_BUDGET_PLANNED);
  life.left[6] = TRUE;
  life.step = 7;
  g_assert_cmpint (kaf_budget_phase (&life), ==, KAF_BUDGET_FROZEN);
  life.step = 6; /* opened again: what was validated stays comparable */
  g_assert_cmpint (kaf_budget_phase (&life), ==, KAF_BUDGET_FROZEN);
  life.step = 8;
  g_assert_cmpint (kaf_budget_phase (&life), ==, KAF_BUDGET_SPENT);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/mission-budget/sums", test_sums);
  g_test_add_func ("/mission-budget/ceiling", test_ceiling);
  g_test_add_func ("/mission-budget/currencies", test_currencies);
  g_test_add_func ("/mission-budget/unknown", test_unknown);
  g_test_add_func ("/mission-budget/overflow", test_overflow);
  g_test_add_func ("/mission-budget/guess", test_guess);
  g_test_add_func ("/mission-budget/phase", test_phase);
  return g_test_run ();
}
