/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Steps 8 to 10: each check met and not met, at its edges. */
#include "config.h"

#include "mission-world.h"

#define assert_n(world, code, n) g_assert_cmpuint (world_count (world, code), ==, n)

static void
test_delivery (void)
{
  g_autoptr (World) world = world_new ();
  static const char *const states[] = { "wanted", "booked", "settled", "cancelled" };

  world->items[0]->state = KAF_ITEM_PLANNED;
  assert_n (world, "session-not-settled", 1);
  world->items[0]->state = KAF_ITEM_CANCELLED;
  assert_n (world, "session-not-settled", 0);
  world->items[0]->n_marked = 0;
  assert_n (world, "attendance-missing", 0);
  world->items[0]->state = KAF_ITEM_HELD;
  assert_n (world, "attendance-missing", 1);
  g_assert_cmpstr (world_find (world, "attendance-missing")->id, ==, "item 0");
  for (guint i = 0; i < G_N_ELEMENTS (states); i++)
    {
      world->booking->state = states[i];
      assert_n (world, "booking-not-settled", i < 2 ? 1 : 0);
    }
  world->booking->state = NULL;
  assert_n (world, "booking-not-settled", 1);
}

/* Fifteen days before it begins; or once the day that was set for it is past. */
static void
test_bookings (void)
{
  g_autoptr (World) world = world_new ();

  world->booking->state = "wanted";
  world->context.day = world_day (WORLD_STARTS) - 16;
  assert_n (world, "booking-missing", 0);
  world->context.day++;
  assert_n (world, "booking-missing", 1);
  world->booking->from = KAF_DAY_UNKNOWN;
  assert_n (world, "booking-missing", 1);
  world->booking->state = "booked";
  assert_n (world, "booking-missing", 0);
  world->booking->state = "wanted";
  world->context.day = world->booking->book_by = world_day (WORLD_TODAY);
  assert_n (world, "booking-missing", 0);
  world->context.day++;
  assert_n (world, "booking-missing", 1);
}

/* 24 of 40 are 60 %. */
static void
test_turnout (void)
{
  g_autoptr (World) world = world_new ();

  world->items[0]->n_present = 24;
  assert_n (world, "turnout-low", 0);
  world->items[0]->n_present = 23;
  assert_n (world, "turnout-low", 1);
  g_assert_cmpuint (world_find (world, "turnout-low")->args[0].number, ==, 23);
  g_assert_cmpuint (world_find (world, "turnout-low")->args[1].number, ==, 40);
  world->mission->n_participants = 0;
  world->mission->participants_planned = 38;
  assert_n (world, "turnout-low", 0);
  world->mission->participants_planned = 39;
  assert_n (world, "turnout-low", 1);
  world->mission->participants_planned = -1;
  assert_n (world, "turnout-low", 0);
  world->items[0]->n_present = 40;
  assert_n (world, "turnout-over-room", 0);
  world->items[0]->n_present = 41;
  assert_n (world, "turnout-over-room", 1);
  world->room->places = -1;
  assert_n (world, "turnout-over-room", 0);
}

static void
test_spending (void)
{
  g_autoptr (World) world = world_new ();
  KafBudgetLine *second;

  world->line->spent = 550000;
  assert_n (world, "budget-overspent", 0);
  world->line->spent = 550001;
  assert_n (world, "budget-overspent", 1);
  /* Of the whole, not of a line. */
  second = kaf_mission_add_line (world->mission, "second");
  second->unit_price = 1;
  second->currency = "MAD";
  assert_n (world, "budget-overspent", 0);
  /* 110 % of 500 019 are 550 020.9. */
  second->unit_price = 19;
  world->line->spent = 550020;
  assert_n (world, "budget-overspent", 0);
  world->line->spent = 550021;
  assert_n (world, "budget-overspent", 1);
  /* What is spent in another currency has its own sum. */
  world->line->spent = 500000;
  second->currency = "EUR";
  second->spent = 21;
  assert_n (world, "budget-overspent", 1);
  second->spent = 20;
  assert_n (world, "budget-overspent", 0);
}

/* 9 */

static void
test_appropriation (void)
{
  g_autoptr (World) world = world_new ();
  KafFollowUp *second;

  world->material->handed_on = KAF_DAY_UNKNOWN;
  assert_n (world, "material-not-handed", 1);
  world->material->refused_reason = "rights of a third party";
  assert_n (world, "material-not-handed", 0);
  g_ptr_array_set_size (world->mission->materials, 0);
  assert_n (world, "material-missing", 1);
  world->mission->n_pairs = 0;
  assert_n (world, "pair-missing", 1);

  /* Ninety days after the last day; of several the first. */
  world->follow_up->due_on++;
  assert_n (world, "follow-up-late", 1);
  second = kaf_mission_add_follow_up (world->mission, "second");
  second->due_on = world->mission->ends_on + 30;
  assert_n (world, "follow-up-late", 0);
  second->due_on = KAF_DAY_UNKNOWN;
  assert_n (world, "follow-up-late", 1);

  world->follow_up->owner = NULL;
  assert_n (world, "follow-up-missing", 1);
  second->owner = "somebody";
  assert_n (world, "follow-up-missing", 1);
  second->due_on = world->mission->ends_on;
  assert_n (world, "follow-up-missing", 0);
}

/* 10 */

static guint
count_trainees (const World *world)
{
  guint n = 0;

  for (guint i = 0; i < world->mission->answers->len; i++)
    n += g_str_equal (((KafAnswer *) g_ptr_array_index (world->mission->answers, i))->role,
                      "trainee")
             ? 1
             : 0;
  return n;
}

static void
test_roles (void)
{
  g_autoptr (World) world = world_new ();
  g_autofree char *told = NULL;
  KafMissionParty *party = kaf_mission_add_party (world->mission, "second");

  party->role = "beneficiary";
  assert_n (world, "answer-missing", 0);
  party->role = "funder";
  assert_n (world, "answer-missing", 1);
  told = kaf_finding_tell (world_find (world, "answer-missing"), KAF_LANG_FR, NULL, NULL);
  g_assert_cmpstr (told, ==, "Nobody of this role has answered: Funder.");
  world->mission->facilitator = "ngo";
  assert_n (world, "answer-missing", 2);
  world->mission->facilitator = NULL;
  party->role = "facilitator";
  assert_n (world, "answer-missing", 1);
  party->role = NULL;
  assert_n (world, "answer-missing", 0);
  g_ptr_array_set_size (world->mission->answers, 0);
  assert_n (world, "answer-missing", 3);
  world->mission->n_participants = 0;
  assert_n (world, "answer-missing", 2);
  world->expert->answer = world->other->answer = "declined";
  assert_n (world, "answer-missing", 1);
}

static void
test_evaluation (void)
{
  g_autoptr (World) world = world_new ();

  world->result->reached = -1;
  world->result->commented = TRUE;
  assert_n (world, "result-not-filled", 1);
  world->result->target = -1;
  assert_n (world, "result-not-filled", 0);
  world->result->commented = FALSE;
  assert_n (world, "result-not-filled", 1);
  world->result->reached = 0;
  assert_n (world, "result-not-filled", 0);
  world->mission->budget_closed_on = KAF_DAY_UNKNOWN;
  assert_n (world, "budget-open", 1);

  /* 20 of 40 are half; 20 of 41 are not. */
  g_assert_cmpuint (count_trainees (world), ==, 20);
  assert_n (world, "answers-few", 0);
  world->mission->n_participants = 41;
  assert_n (world, "answers-few", 1);

  world->trainee->suggests = TRUE;
  assert_n (world, "suggestion-open", 1);
  world->trainee->suggestion_use = "open";
  assert_n (world, "suggestion-open", 1);
  g_assert_cmpstr (world_find (world, "suggestion-open")->id, ==, "b9");
  world->trainee->suggestion_use = "declined";
  assert_n (world, "suggestion-open", 0);
  world->trainee->names_somebody = TRUE;
  assert_n (world, "remark-delicate", 1);
}

/* 30 sessions, 40 lines and 60 participants, all ten steps: told with "-m perf". */
static void
test_speed (void)
{
  enum
  {
    TIMES = 500
  };
  g_autoptr (World) world = world_new ();
  double us;

  if (!g_test_perf ())
    {
      g_test_skip ("only with -m perf");
      return;
    }
  world->mission->n_participants = 60;
  for (guint i = 4; i < 30; i++)
    {
      g_autofree char *id = g_strdup_printf ("item %u", i);
      KafItem *item = kaf_mission_add_item (world->mission, id);
      const char *own = item->id;

      *item = *world->items[i % 2];
      item->id = own;
      item->day += i / 2;
    }
  for (guint i = 1; i < 40; i++)
    {
      g_autofree char *id = g_strdup_printf ("line %u", i);
      KafBudgetLine *line = kaf_mission_add_line (world->mission, id);
      const char *own = line->id;

      *line = *world->line;
      line->id = own;
      line->payer = i % 2 == 0 ? "payer" : NULL;
    }
  for (guint i = 0; i < 26; i++)
    world_add_holiday (world, "holiday", "2000-01-01", NULL, i % 2 == 0)->from += i * 14;
  g_test_timer_start ();
  for (guint i = 0; i < TIMES; i++)
    {
      g_autoptr (KafFindings) findings = kaf_findings_new (world->context.day, NULL);
      KafMissionLife life;

      kaf_mission_live (world->mission, &life);
      for (guint step = 1; step <= KAF_MISSION_STEPS; step++)
        g_ptr_array_unref (
            kaf_mission_run_checks (world->mission, &life, step, &world->context, findings));
    }
  us = g_test_timer_elapsed () * 1e6 / TIMES;
  g_test_minimized_result (us, "all checks of a mission: %.0f µs", us);
}

static void
test_seen (void)
{
  world_assert_seen (8, 10);
}

/* A session that is still to be held, by somebody who was erased since. */
static void
test_erased (void)
{
  g_autoptr (World) world = world_new ();

  world->items[0]->trainer = "expert";
  world->expert->gone = TRUE;
  world->items[0]->state = KAF_ITEM_HELD;
  assert_n (world, "trainer-erased-since", 0);
  for (guint i = 0; i < world->mission->items->len; i++)
    ((KafItem *) g_ptr_array_index (world->mission->items, i))->state = KAF_ITEM_HELD;
  world->items[0]->state = KAF_ITEM_PLANNED;
  assert_n (world, "trainer-erased-since", 1);
}

/* Who is not told the budget, the bookings and the answers hears of no lack in them, and of what he sees as everybody. */
static void
test_untold (void)
{
  static const char *const untold[] = { "need-missing",     "line-without-payer",
                                        "party-missing",    "booking-not-settled",
                                        "budget-overspent", "answer-missing" };
  g_autoptr (World) world = world_new ();

  world->items[0]->state = KAF_ITEM_HELD;
  world->items[0]->n_marked = 0;
  world->booking->state = "wanted";
  world->line->payer = NULL;
  world->context.reader = kaf_role_find ("partner");
  for (guint i = 0; i < G_N_ELEMENTS (untold); i++)
    {
      g_assert_cmpint (world_state (world, untold[i]), ==, KAF_CHECK_UNKNOWN);
      assert_n (world, untold[i], 0);
    }
  assert_n (world, "attendance-missing", 1);
  g_assert_cmpint (world_state (world, "session-without-trainer"), ==, KAF_CHECK_MET);
  world->context.reader = kaf_role_find ("regional-officer");
  assert_n (world, "booking-not-settled", 1);
  assert_n (world, "line-without-payer", 1);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/mission/erased", test_erased);
  g_test_add_func ("/mission/delivery", test_delivery);
  g_test_add_func ("/mission/bookings", test_bookings);
  g_test_add_func ("/mission/turnout", test_turnout);
  g_test_add_func ("/mission/spending", test_spending);
  g_test_add_func ("/mission/appropriation", test_appropriation);
  g_test_add_func ("/mission/roles", test_roles);
  g_test_add_func ("/mission/evaluation", test_evaluation);
  g_test_add_func ("/mission/speed", test_speed);
  g_test_add_func ("/mission/untold", test_untold);
  g_test_add_func ("/mission/seen", test_seen);
  return g_test_run ();
}
