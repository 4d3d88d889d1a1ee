/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Steps 4 and 5: each check met and not met, at its edges. */
#include "config.h"

#include "mission-world.h"

#define assert_n(world, code, n) g_assert_cmpuint (world_count (world, code), ==, n)

static KafItem *
add_item (World *world, const char *id, const char *subject, KafDay day, gboolean afternoon)
{
  KafItem *item = kaf_mission_add_item (world->mission, id);

  item->subject = subject;
  item->in_both = TRUE;
  item->day = day;
  item->afternoon = afternoon;
  item->trainer = afternoon ? "other" : "expert";
  item->theory = 70;
  item->practice = 30;
  return item;
}

static void
test_content (void)
{
  g_autoptr (World) world = world_new ();

  world->mission->has_objective = FALSE;
  assert_n (world, "programme-without-objective", 1);
  world->mission->has_audience = FALSE;
  assert_n (world, "programme-without-audience", 1);
  world->result->text = NULL;
  assert_n (world, "programme-without-result", 1);
  world->mission->has_place = FALSE;
  assert_n (world, "programme-without-place", 1);
  world->mission->mode = "hybrid";
  assert_n (world, "programme-without-place", 1);
  world->mission->mode = "remote";
  assert_n (world, "programme-without-place", 0);
  world->mission->ends_on = KAF_DAY_UNKNOWN;
  assert_n (world, "programme-without-dates", 1);
  assert_n (world, "programme-one-language", 0);
  world->items[2]->in_both = FALSE;
  assert_n (world, "programme-one-language", 1);
  world->items[2]->state = KAF_ITEM_CANCELLED;
  assert_n (world, "programme-one-language", 0);
  world->mission->title_in_both = FALSE;
  assert_n (world, "programme-one-language", 1);
}

/* Who was erased trains nobody: told of sessions to come, at steps 4 and 8. */
static void
test_erased (void)
{
  g_autoptr (World) world = world_new ();
  guint n = 0;

  for (guint i = 0; i < world->mission->items->len; i++)
    {
      KafItem *item = g_ptr_array_index (world->mission->items, i);

      item->state = KAF_ITEM_PLANNED;
      n += g_strcmp0 (item->trainer, "other") == 0;
    }
  g_assert_cmpuint (n, >, 0);
  assert_n (world, "trainer-erased", 0);
  assert_n (world, "trainer-erased-since", 0);
  world->other->gone = TRUE;
  assert_n (world, "trainer-erased", n);
  assert_n (world, "trainer-erased-since", n);
  ((KafItem *) g_ptr_array_index (world->mission->items, 0))->second_trainer = "other";
  assert_n (world, "trainer-erased-since",
            n + (g_strcmp0 (((KafItem *) g_ptr_array_index (world->mission->items, 0))->trainer,
                            "other") != 0));
  for (guint i = 0; i < world->mission->items->len; i++)
    ((KafItem *) g_ptr_array_index (world->mission->items, i))->state =
        i % 2 == 0 ? KAF_ITEM_HELD : KAF_ITEM_CANCELLED;
  assert_n (world, "trainer-erased", 0);
  assert_n (world, "trainer-erased-since", 0);
}

static void
test_sessions (void)
{
  g_autoptr (World) world = world_new ();

  world->items[0]->trainer = NULL;
  assert_n (world, "session-without-trainer", 1);
  world->items[0]->second_trainer = "other";
  assert_n (world, "session-without-trainer", 0);
  world->items[0]->second_trainer = "somebody who was deleted";
  assert_n (world, "session-without-trainer", 1);
  world->other->answer = "declined";
  assert_n (world, "session-without-trainer", 3);
  world->items[0]->state = KAF_ITEM_CANCELLED;
  assert_n (world, "session-without-trainer", 2);

  /* The first and the last day are days of the mission. */
  assert_n (world, "session-outside-dates", 0);
  world->items[1]->day = world->mission->starts_on - 1;
  assert_n (world, "session-outside-dates", 1);
  world->items[3]->day = world->mission->ends_on + 1;
  assert_n (world, "session-outside-dates", 2);
  world->items[3]->day = KAF_DAY_UNKNOWN;
  assert_n (world, "session-outside-dates", 2);

  assert_n (world, "programme-without-session", 0);
  for (guint i = 0; i < 4; i++)
    world->items[i]->state = KAF_ITEM_CANCELLED;
  assert_n (world, "programme-without-session", 1);
  assert_n (world, "session-outside-dates", 0);
}

/* Three subjects a day and five in all are few; a subject that comes again is one. */
static void
test_subjects (void)
{
  g_autoptr (World) world = world_new ();
  KafDay day = world->mission->starts_on;
  KafItem *extra[3];

  extra[0] = add_item (world, "second", "wounds", day, FALSE);
  extra[1] = add_item (world, "third", "burns", day, FALSE);
  assert_n (world, "subjects-many-a-day", 0);
  extra[2] = add_item (world, "fourth", "births", day, FALSE);
  assert_n (world, "subjects-many-a-day", 1);
  g_assert_cmpstr (world_find (world, "subjects-many-a-day")->id, ==, "fourth");
  g_assert_cmpuint (world_find (world, "subjects-many-a-day")->args[1].number, ==, 4);
  extra[2]->subject = "burns";
  assert_n (world, "subjects-many-a-day", 0);
  extra[2]->subject = "births";
  extra[2]->day = day + 1;
  assert_n (world, "subjects-many-a-day", 0);
  extra[2]->day = day;
  extra[1]->state = KAF_ITEM_CANCELLED;
  assert_n (world, "subjects-many-a-day", 0);
  extra[1]->state = KAF_ITEM_PLANNED;

  assert_n (world, "subjects-many", 0);
  add_item (world, "fifth", "heart", day + 1, FALSE);
  assert_n (world, "subjects-many", 0);
  add_item (world, "sixth", "lungs", day + 1, FALSE);
  assert_n (world, "subjects-many", 1);
  g_assert_cmpuint (world_find (world, "subjects-many")->args[0].number, ==, 6);
  world->context.limits.subjects = 6;
  assert_n (world, "subjects-many", 0);
}

/* 30 % is enough, 29.9 % is not. */
static void
test_practice (void)
{
  g_autoptr (World) world = world_new ();

  assert_n (world, "practice-short", 0);
  for (guint i = 1; i < 4; i++)
    world->items[i]->state = KAF_ITEM_CANCELLED;
  world->items[0]->theory = 701;
  world->items[0]->practice = 299;
  assert_n (world, "practice-short", 1);
  g_assert_cmpuint (world_find (world, "practice-short")->args[0].number, ==, 29);
  world->items[0]->theory = 700;
  world->items[0]->practice = 300;
  assert_n (world, "practice-short", 0);
  world->items[0]->theory = world->items[0]->practice = 0;
  assert_n (world, "practice-short", 1);
  world->items[0]->state = KAF_ITEM_CANCELLED;
  assert_n (world, "practice-short", 0);
}

static void
test_trainers (void)
{
  g_autoptr (World) world = world_new ();

  assert_n (world, "trainer-many-halves", 0);
  world->items[1]->second_trainer = "expert";
  assert_n (world, "trainer-many-halves", 1);
  g_assert_cmpstr (world_find (world, "trainer-many-halves")->id, ==, "expert");
  world->items[3]->trainer = "expert";
  assert_n (world, "trainer-many-halves", 2);
  world->context.limits.trainer_halves_a_day = 2;
  assert_n (world, "trainer-many-halves", 0);
  world->context.limits.trainer_halves_a_day = 1;
  world->items[0]->state = world->items[2]->state = KAF_ITEM_CANCELLED;
  assert_n (world, "trainer-many-halves", 0);
}

static void
test_languages (void)
{
  g_autoptr (World) world = world_new ();

  world->expert->languages = "en\tC1";
  assert_n (world, "session-language", 2);
  world->items[0]->language = "en";
  assert_n (world, "session-language", 1);
  world->items[2]->language = "zgh";
  assert_n (world, "session-language", 1);
  world->expert->languages = "en\tC1\nzgh";
  assert_n (world, "session-language", 0);
  world->expert->languages = NULL;
  assert_n (world, "session-language", 2);
  world->expert->here = FALSE;
  g_assert_cmpint (world_state (world, "session-language"), ==, KAF_CHECK_UNKNOWN);
  /* Of several languages of the mission, one is enough. */
  world->expert->here = TRUE;
  world->items[0]->language = world->items[2]->language = NULL;
  world->mission->languages = "de\nar";
  assert_n (world, "session-language", 2);
  world->expert->languages = "ar\tC2";
  assert_n (world, "session-language", 0);
}

/* Civil ones come back on their day, from the year on in which they were made; religious ones have their dates. */
static void
test_holidays (void)
{
  g_autoptr (World) world = world_new ();
  KafHoliday *ramadan;

  for (guint i = 1; i < 4; i++)
    world->items[i]->state = KAF_ITEM_CANCELLED;
  world_add_holiday (world, "unity", "2025-10-31", NULL, TRUE);
  world_add_holiday (world, "labour", "2000-05-01", NULL, TRUE);
  world_add_holiday (world, "leap", "2000-02-29", NULL, TRUE);
  world_add_holiday (world, "new year", "2000-12-31", "2001-01-01", TRUE);
  world_add_holiday (world, "adha", "2027-05-17", "2027-05-18", FALSE);
  ramadan = world_add_holiday (world, "ramadan", "2027-02-08", "2027-03-09", FALSE);
  ramadan->ramadan = ramadan->announced = TRUE;
#define on(iso, code, n)                                                                           \
  G_STMT_START                                                                                     \
  {                                                                                                \
    g_test_message ("%s on %s", code, iso);                                                        \
    world->items[0]->day = world_day (iso);                                                        \
    assert_n (world, code, n);                                                                     \
  }                                                                                                \
  G_STMT_END
  on ("2024-10-31", "session-on-holiday", 0);
  on ("2025-10-31", "session-on-holiday", 1);
  on ("2025-11-01", "session-on-holiday", 0);
  on ("2027-10-31", "session-on-holiday", 1);
  on ("2027-05-01", "session-on-holiday", 1);
  on ("2027-04-30", "session-on-holiday", 0);
  on ("2027-05-02", "session-on-holiday", 0);
  on ("2028-02-29", "session-on-holiday", 1);
  on ("2027-02-28", "session-on-holiday", 1);
  on ("2028-02-28", "session-on-holiday", 0);
  on ("2099-05-01", "session-on-holiday", 1);
  on ("2150-05-01", "session-on-holiday", 1);
  on ("2027-12-31", "session-on-holiday", 1);
  on ("2028-01-01", "session-on-holiday", 1);
  on ("2028-01-02", "session-on-holiday", 0);
  on ("2027-05-16", "session-on-holiday", 0);
  on ("2027-05-17", "session-on-holiday", 1);
  on ("2027-05-18", "session-on-holiday", 1);
  on ("2027-05-19", "session-on-holiday", 0);
  on ("2028-05-17", "session-on-holiday", 0);
  on ("2027-02-07", "session-in-ramadan", 0);
  on ("2027-02-08", "session-in-ramadan", 1);
  on ("2027-02-08", "session-on-holiday", 0);
  on ("2027-03-09", "session-in-ramadan", 1);
  on ("2027-03-10", "session-in-ramadan", 0);
  on ("2027-05-01", "session-in-ramadan", 0);
  world->items[0]->day = world_day ("2027-05-01");
  g_assert_cmpstr (world_find (world, "session-on-holiday")->args[2].id, ==, "labour");
  world->context.holidays = NULL;
  assert_n (world, "session-on-holiday", 0);
#undef on
}

/* 5 */

static void
test_budget (void)
{
  g_autoptr (World) world = world_new ();
  KafBudgetLine *second;

  world->line->payer = NULL;
  assert_n (world, "line-without-payer", 1);
  g_assert_cmpstr (world_find (world, "line-without-payer")->id, ==, "line");
  world->line->payer = "payer";

  /* To the centime. */
  second = kaf_mission_add_line (world->mission, "second");
  second->payer = "payer";
  second->unit_price = 499999;
  second->currency = "MAD";
  assert_n (world, "budget-over-ceiling", 0);
  second->unit_price = 500000;
  assert_n (world, "budget-over-ceiling", 0);
  second->unit_price = 500001;
  assert_n (world, "budget-over-ceiling", 1);
  second->adjusted = -1;
  assert_n (world, "budget-over-ceiling", 0);
  second->adjusted = 0;
  world->mission->ceiling = -1;
  assert_n (world, "budget-over-ceiling", 0);
  world->mission->ceiling = 0;
  assert_n (world, "budget-over-ceiling", 1);
  world->mission->ceiling = 1000000;
  second->unit_price = G_MAXINT64 / 2;
  second->quantity = 1000;
  assert_n (world, "budget-over-ceiling", 1);
  second->quantity = 1;

  assert_n (world, "line-without-price", 0);
  second->unit_price = -1;
  assert_n (world, "line-without-price", 1);
  second->unit_price = 500001;
  second->currency = "EUR";
  assert_n (world, "line-other-currency", 1);
  /* What two currencies come to is not known: nobody may say that it is under the ceiling. */
  assert_n (world, "budget-over-ceiling", 1);
  world->mission->ceiling = -1;
  assert_n (world, "line-other-currency", 0);
}

/* A manager's override opens the gate, until the step is reopened. */
static void
test_ceiling_override (void)
{
  g_autoptr (World) world = world_new ();
  KafAct *act;

  world_go_to (world, 5);
  world->mission->ceiling = 1;
  g_assert_cmpint (world_state (world, "budget-over-ceiling"), ==, KAF_CHECK_FAILS);
  act = world_act (world, KAF_ACT_OVERRIDE, 5, WORLD_TODAY);
  act->code = "budget-over-ceiling";
  g_assert_cmpint (world_state (world, "budget-over-ceiling"), ==, KAF_CHECK_SETTLED);
  world_act (world, KAF_ACT_LEAVE, 5, WORLD_TODAY);
  g_assert_cmpint (world_state (world, "budget-over-ceiling"), ==, KAF_CHECK_SETTLED);
  /* An earlier step does not take it away. */
  world_act (world, KAF_ACT_REOPEN, 4, WORLD_TODAY);
  world_act (world, KAF_ACT_LEAVE, 4, WORLD_TODAY);
  g_assert_cmpint (world_state (world, "budget-over-ceiling"), ==, KAF_CHECK_SETTLED);
  world_act (world, KAF_ACT_LEAVE, 5, WORLD_TODAY);
  world_act (world, KAF_ACT_REOPEN, 5, WORLD_TODAY);
  g_assert_cmpint (world_state (world, "budget-over-ceiling"), ==, KAF_CHECK_FAILS);
  /* Written by somebody who did not know of the reopening. */
  act = kaf_mission_add_act (world->mission, "late");
  act->kind = KAF_ACT_OVERRIDE;
  act->step = 5;
  act->code = "budget-over-ceiling";
  act->after = "act 4";
  g_assert_cmpint (world_state (world, "budget-over-ceiling"), ==, KAF_CHECK_FAILS);
  act->after = "act 9";
  g_assert_cmpstr (((KafAct *) g_ptr_array_index (world->mission->acts, 9))->id, ==, "act 9");
  g_assert_cmpint (world_state (world, "budget-over-ceiling"), ==, KAF_CHECK_SETTLED);
}

static void
test_means (void)
{
  g_autoptr (World) world = world_new ();
  static const char *const sure[] = { "confirmed", "bought", "dropped", NULL };
  static const char *const states[] = { "wanted", "asked", "confirmed", "bought", "dropped" };

  for (guint i = 0; i < G_N_ELEMENTS (states); i++)
    {
      world->equipment->state = states[i];
      assert_n (world, "equipment-not-sure", g_strv_contains (sure, states[i]) ? 0 : 1);
    }
  world->equipment->state = NULL;
  assert_n (world, "equipment-not-sure", 1);
  world->room->places = 39;
  assert_n (world, "room-small", 1);
  g_assert_cmpuint (world_find (world, "room-small")->args[1].number, ==, 39);
  g_assert_cmpuint (world_find (world, "room-small")->args[2].number, ==, 40);
  world->mission->participants_planned = 39;
  assert_n (world, "room-small", 0);
  world->mission->participants_planned = 40;
  world->room->places = -1;
  assert_n (world, "room-small", 0);
  world->room->places = 39;
  for (guint i = 0; i < 4; i++)
    world->items[i]->room = NULL;
  assert_n (world, "room-small", 0);
  world->mission->local_resources = FALSE;
  assert_n (world, "local-resources-missing", 1);
}

static void
test_payers (void)
{
  g_autoptr (World) world = world_new ();
  KafConvention *framework = kaf_convention_new ("framework");
  KafBudgetLine *second = kaf_mission_add_line (world->mission, "second");

  second->payer = world->line->payer = "council";
  assert_n (world, "payer-without-convention", 1);
  /* The framework that the convention stands within. */
  framework->kind = KAF_CONVENTION_FRAMEWORK;
  framework->open_ended = TRUE;
  framework->signed_on = world_day ("2020-01-01");
  g_strfreev (framework->parties);
  framework->parties = g_strsplit ("ministry|council", "|", -1);
  kaf_conventions_take (world->mission->acts_here, framework);
  world->convention->kind = KAF_CONVENTION_SPECIFIC;
  world->convention->parent = framework;
  assert_n (world, "payer-without-convention", 0);
  world->convention->parent = NULL;
  assert_n (world, "payer-without-convention", 1);
  /* The basis of a line alone. */
  world->line->basis = "framework";
  assert_n (world, "payer-without-convention", 1);
  second->basis = "framework";
  assert_n (world, "payer-without-convention", 0);
  framework->open_ended = FALSE;
  framework->ends_on = world_day ("2026-12-31");
  assert_n (world, "payer-without-convention", 1);
  second->basis = world->line->basis = "not here";
  g_assert_cmpint (world_state (world, "payer-without-convention"), ==, KAF_CHECK_UNKNOWN);
  /* A draft is enough at this step. */
  second->basis = world->line->basis = NULL;
  second->payer = world->line->payer = "payer";
  world->convention->signed_on = KAF_DAY_UNKNOWN;
  assert_n (world, "payer-without-convention", 0);
  ((KafMissionConvention *) g_ptr_array_index (world->mission->conventions, 0))->act = NULL;
  g_assert_cmpint (world_state (world, "payer-without-convention"), ==, KAF_CHECK_UNKNOWN);
}

static void
test_convention_end (void)
{
  g_autoptr (World) world = world_new ();

  world->convention->ends_on = world_day (WORLD_ENDS);
  assert_n (world, "convention-shorter", 0);
  world->convention->ends_on = world_day (WORLD_ENDS) - 1;
  assert_n (world, "convention-shorter", 1);
  g_assert_cmpstr (world_find (world, "convention-shorter")->rule->code, ==,
                   "mission-convention-ends-before");
  g_assert_cmpstr (world_find (world, "convention-shorter")->who, ==, "leader");
  world->convention->ends_on = world_day (WORLD_STARTS) - 1;
  g_assert_cmpstr (world_find (world, "convention-shorter")->rule->code, ==,
                   "mission-convention-over");
  world->convention->ends_on = KAF_DAY_UNKNOWN;
  g_assert_cmpstr (world_find (world, "convention-shorter")->rule->code, ==,
                   "mission-convention-term-unknown");
  /* That it is not signed is for step 7. */
  world->convention->signed_on = KAF_DAY_UNKNOWN;
  assert_n (world, "convention-shorter", 0);
  ((KafMissionConvention *) g_ptr_array_index (world->mission->conventions, 0))->act = NULL;
  g_assert_cmpint (world_state (world, "convention-shorter"), ==, KAF_CHECK_UNKNOWN);
}

static void
test_seen (void)
{
  world_assert_seen (4, 5);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/mission/content", test_content);
  g_test_add_func ("/mission/erased", test_erased);
  g_test_add_func ("/mission/sessions", test_sessions);
  g_test_add_func ("/mission/subjects", test_subjects);
  g_test_add_func ("/mission/practice", test_practice);
  g_test_add_func ("/mission/trainers", test_trainers);
  g_test_add_func ("/mission/languages", test_languages);
  g_test_add_func ("/mission/holidays", test_holidays);
  g_test_add_func ("/mission/budget", test_budget);
  g_test_add_func ("/mission/ceiling-override", test_ceiling_override);
  g_test_add_func ("/mission/means", test_means);
  g_test_add_func ("/mission/payers", test_payers);
  g_test_add_func ("/mission/convention-end", test_convention_end);
  g_test_add_func ("/mission/seen", test_seen);
  return g_test_run ();
}
