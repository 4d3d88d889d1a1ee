/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Steps 6 and 7: each check met and not met, at its edges. */
#include "config.h"

#include "mission-world.h"
#include "rules/network/kaf-mandate.h"

#define assert_n(world, code, n) g_assert_cmpuint (world_count (world, code), ==, n)

static void
test_agreements (void)
{
  g_autoptr (World) world = world_new ();

  world->party->answer = "reserves";
  assert_n (world, "party-without-answer", 0);
  world->party->answer = "refuses";
  assert_n (world, "party-without-answer", 0);
  assert_n (world, "party-refuses", 1);
  world->party->answer = "agrees";
  world->party->answered_on = KAF_DAY_UNKNOWN;
  assert_n (world, "party-without-answer", 1);
  world->party->answer = NULL;
  assert_n (world, "party-without-answer", 1);
  world->expert->agreed_on = KAF_DAY_UNKNOWN;
  assert_n (world, "expert-without-agreement", 1);
  g_assert_cmpstr (world_find (world, "expert-without-agreement")->id, ==, "expert");
  world->expert->answer = "reserve";
  assert_n (world, "expert-without-agreement", 0);
  g_ptr_array_set_size (world->mission->parties, 0);
  assert_n (world, "party-missing", 1);
}

/* Seven days without an answer. */
static void
test_late_answers (void)
{
  g_autoptr (World) world = world_new ();

  world->party->answer = NULL;
  world->party->asked_on = world_day ("2026-11-22");
  assert_n (world, "party-answer-late", 0);
  world->party->asked_on = world_day ("2026-11-21");
  assert_n (world, "party-answer-late", 1);
  world->party->asked_on = KAF_DAY_UNKNOWN;
  assert_n (world, "party-answer-late", 0);
  world->expert->answer = "contacted";
  world->expert->contacted_on = world_day ("2026-11-22");
  assert_n (world, "expert-answer-late", 0);
  world->expert->contacted_on = world_day ("2026-11-21");
  assert_n (world, "expert-answer-late", 1);
  world->expert->answer = "listed";
  assert_n (world, "expert-answer-late", 0);
}

static void
test_overlaps (void)
{
  g_autoptr (World) world = world_new ();
  KafEngagement *one = kaf_mission_expert_add_engagement (world->expert);

  one->from = one->to = world->mission->starts_on;
  one->afternoon = TRUE;
  one->kind = KAF_BUSY_FIRM;
  assert_n (world, "trainer-taken", 0);
  one->morning = TRUE;
  assert_n (world, "trainer-taken", 1);
  g_assert_cmpstr (world_find (world, "trainer-taken")->id, ==, "item 0");
  assert_n (world, "trainer-perhaps-taken", 0);
  one->kind = KAF_BUSY_TENTATIVE;
  assert_n (world, "trainer-taken", 0);
  assert_n (world, "trainer-perhaps-taken", 1);
  one->kind = KAF_BUSY_FREE;
  assert_n (world, "trainer-perhaps-taken", 0);
  one->kind = KAF_BUSY_FIRM;
  one->from = one->to = world->mission->starts_on - 1;
  assert_n (world, "trainer-taken", 0);
  one->to = world->mission->ends_on;
  assert_n (world, "trainer-taken", 2);
  world->items[0]->state = KAF_ITEM_CANCELLED;
  assert_n (world, "trainer-taken", 1);
  one->to = one->from;

  /* The last day of her window, and the day after. */
  world->expert->window_to = world_day (WORLD_ENDS);
  assert_n (world, "trainer-perhaps-taken", 0);
  world->expert->window_to = world_day (WORLD_STARTS);
  assert_n (world, "trainer-perhaps-taken", 1);
  world->expert->here = FALSE;
  assert_n (world, "trainer-taken", 0);
  g_assert_cmpint (world_state (world, "trainer-taken"), ==, KAF_CHECK_UNKNOWN);
}

static void
test_twice (void)
{
  g_autoptr (World) world = world_new ();

  /* Two sessions at once: hers, and in the same room. */
  world->items[1]->afternoon = FALSE;
  world->items[1]->room = "another room";
  assert_n (world, "trainer-taken", 0);
  assert_n (world, "room-taken", 0);
  world->items[1]->second_trainer = "expert";
  assert_n (world, "trainer-taken", 2);
  world->items[1]->second_trainer = NULL;
  world->items[1]->room = "room";
  assert_n (world, "trainer-taken", 0);
  /* The room is told of once, whichever two sessions share it. */
  assert_n (world, "room-taken", 1);
  world->items[1]->state = KAF_ITEM_CANCELLED;
  assert_n (world, "room-taken", 0);
}

/* Twelve hours before nine in the morning are nine in the evening. */
static void
test_arrival (void)
{
  g_autoptr (World) world = world_new ();

  assert_n (world, "arrival-late", 0);
  world->expert->arrives_on = world_day (WORLD_STARTS) - 1;
  world->expert->arrives_minute = 21 * 60;
  assert_n (world, "arrival-late", 0);
  world->expert->arrives_minute = 21 * 60 + 1;
  assert_n (world, "arrival-late", 1);
  world->context.limits.morning = 9 * 60 + 1;
  assert_n (world, "arrival-late", 0);
  world->context.limits.morning = 9 * 60;
  /* Any time of that day: perhaps at midnight. */
  world->expert->arrives_minute = -1;
  assert_n (world, "arrival-late", 1);
  world->expert->arrives_on--;
  assert_n (world, "arrival-late", 0);
  /* By the first session of hers. */
  world->other->arrives_on = world_day (WORLD_STARTS);
  world->other->arrives_minute = 2 * 60;
  assert_n (world, "arrival-late", 0);
  world->other->arrives_minute = 2 * 60 + 1;
  assert_n (world, "arrival-late", 1);
  world->items[1]->state = KAF_ITEM_CANCELLED;
  assert_n (world, "arrival-late", 0);
  world->other->arrives_on = world_day (WORLD_ENDS);
  world->other->answer = "declined";
  assert_n (world, "arrival-late", 0);
}

static void
test_approver (void)
{
  g_autoptr (World) world = world_new ();
  g_autoptr (GError) error = NULL;
  KafAct act = { .kind = KAF_ACT_LEAVE, .step = 6, .by = "leader", .content = "content" };

  assert_n (world, "approver-edited", 0);
  world->context.me = "leader";
  assert_n (world, "approver-edited", 1);
  /* Who does not approve anyway need not look for another. */
  world->context.approves = FALSE;
  assert_n (world, "approver-edited", 0);
  world->context.approves = TRUE;
  world->context.me = NULL;
  assert_n (world, "approver-edited", 0);
  /* Who leaves it, whoever asks. */
  world_go_to (world, 6);
  act.after = ((KafAct *) g_ptr_array_index (world->mission->acts, 4))->id;
  g_assert_false (kaf_mission_may_leave (world->mission, &act, kaf_role_find ("manager"),
                                         &world->context, &error));
  g_assert_error (error, KAF_RULE_ERROR, KAF_RULE_ERROR_EDITOR);
  g_clear_error (&error);
  act.by = "manager";
  world->context.me = "leader";
  g_assert_true (kaf_mission_may_leave (world->mission, &act, kaf_role_find ("manager"),
                                        &world->context, &error));
  g_assert_no_error (error);
  /* On paper somebody else decided. */
  act.by = "leader";
  act.paper_name = "A. B.";
  act.paper_function = "governor";
  act.paper_on = world_day (WORLD_TODAY);
  act.has_scan = TRUE;
  g_assert_true (kaf_mission_may_leave (world->mission, &act, kaf_role_find ("facilitator"),
                                        &world->context, &error));
  g_assert_no_error (error);
  /* Once left: who left it. */
  world_act (world, KAF_ACT_LEAVE, 6, WORLD_TODAY)->by = "manager";
  assert_n (world, "approver-edited", 0);
  ((KafAct *) g_ptr_array_index (world->mission->acts, 5))->by = "leader";
  assert_n (world, "approver-edited", 1);
}

/* 7 */

static void
test_convention (void)
{
  g_autoptr (World) world = world_new ();
  KafMissionConvention *link = g_ptr_array_index (world->mission->conventions, 0);
  KafAct *act;

  world->convention->ends_on = world_day (WORLD_STARTS);
  assert_n (world, "convention-in-force", 0);
  world->convention->ends_on = world_day (WORLD_STARTS) - 1;
  assert_n (world, "convention-in-force", 1);
  g_assert_cmpstr (world_find (world, "convention-in-force")->rule->code, ==,
                   "mission-convention-not-in-force");
  g_assert_cmpstr (world_find (world, "convention-in-force")->id, ==, "convention");
  world->convention->ends_on = world_day (WORLD_ENDS);
  world->convention->signed_on = world_day (WORLD_TODAY);
  assert_n (world, "convention-in-force", 0);
  world->convention->signed_on = world_day (WORLD_TODAY) + 1;
  assert_n (world, "convention-in-force", 1);
  /* Another one that carries it is enough: it may be elsewhere, where there is more than is here. */
  kaf_mission_add_convention (world->mission, "not here");
  assert_n (world, "convention-in-force", 1);
  world->mission->partial = TRUE;
  g_assert_cmpint (world_state (world, "convention-in-force"), ==, KAF_CHECK_UNKNOWN);
  world->convention->signed_on = world_day (WORLD_TODAY);
  g_assert_cmpint (world_state (world, "convention-in-force"), ==, KAF_CHECK_MET);
  link->act = NULL;
  g_assert_cmpint (world_state (world, "convention-in-force"), ==, KAF_CHECK_UNKNOWN);
  world->mission->partial = FALSE;
  assert_n (world, "convention-in-force", 1);
  g_ptr_array_set_size (world->mission->conventions, 0);
  assert_n (world, "convention-in-force", 1);
  g_assert_cmpstr (world_find (world, "convention-in-force")->id, ==, "mission");
  act = world_act (world, KAF_ACT_OVERRIDE, 7, WORLD_TODAY);
  act->code = "convention-in-force";
  g_assert_cmpint (world_state (world, "convention-in-force"), ==, KAF_CHECK_SETTLED);
}

static void
test_papers (void)
{
  g_autoptr (World) world = world_new ();

  world->expert->has_cv = FALSE;
  assert_n (world, "expert-without-cv", 1);
  assert_n (world, "cv-old", 0);
  world->expert->here = FALSE;
  g_assert_cmpint (world_state (world, "expert-without-cv"), ==, KAF_CHECK_UNKNOWN);
  world->expert->here = world->expert->has_cv = TRUE;
  world->expert->cv_on = world_day ("2024-11-28");
  assert_n (world, "cv-old", 0);
  world->expert->cv_on = world_day ("2024-11-27");
  assert_n (world, "cv-old", 1);
  world->party->has_contact = FALSE;
  assert_n (world, "party-without-contact", 1);

  /* Fifteen days before it begins. */
  world->expert->order_number = NULL;
  world->context.day = world_day (WORLD_STARTS) - 16;
  assert_n (world, "order-missing", 0);
  world->context.day++;
  assert_n (world, "order-missing", 1);
  world->expert->order_on = world_day (WORLD_TODAY);
  assert_n (world, "order-missing", 0);
}

static void
test_procedure (void)
{
  g_autoptr (World) world = world_new ();

  for (guint i = 1; i < 7; i++)
    world_act (world, KAF_ACT_LEAVE, i, "2026-10-29");
  assert_n (world, "procedure-overdue", 0);
  world->context.day = world_day ("2026-11-29");
  assert_n (world, "procedure-overdue", 1);
  world_act (world, KAF_ACT_HOLD, 7, "2026-11-01");
  assert_n (world, "procedure-overdue", 0);
  world_act (world, KAF_ACT_RESUME, 7, "2026-11-02");
  assert_n (world, "procedure-overdue", 0);
  world_act (world, KAF_ACT_LEAVE, 7, "2026-11-03");
  world->context.day = world_day ("2027-11-29");
  assert_n (world, "procedure-overdue", 0);
}

static void
test_signatories (void)
{
  g_autoptr (World) world = world_new ();
  KafSignatory *signatory = g_new0 (KafSignatory, 1);
  KafMandate *mandate = kaf_mandate_new ("mandate", "2020", "2026-11-28");

  mandate->person = g_strdup ("president");
  signatory->id = g_strdup ("signatory");
  signatory->mandate = g_strdup ("mandate");
  g_ptr_array_add (world->convention->signatories, signatory);
  g_assert_cmpint (world_state (world, "signatory-over"), ==, KAF_CHECK_UNKNOWN);
  world->mission->mandates =
      g_hash_table_new_full (g_str_hash, g_str_equal, NULL, (GDestroyNotify) kaf_mandate_free);
  g_hash_table_insert (world->mission->mandates, mandate->id, mandate);
  assert_n (world, "signatory-over", 0);
  world->context.day++;
  assert_n (world, "signatory-over", 1);
  g_assert_cmpstr (world_find (world, "signatory-over")->args[0].id, ==, "president");
  /* "2026": perhaps until its last day. */
  mandate->to = world_day ("2026-12-31");
  assert_n (world, "signatory-over", 0);
  mandate->to = KAF_DAY_UNKNOWN;
  world->context.day += 10000;
  assert_n (world, "signatory-over", 0);
}

static void
test_seen (void)
{
  world_assert_seen (6, 7);
}

/* Who was erased is told of as such, and of nothing else. */
static void
test_erased (void)
{
  g_autoptr (World) world = world_new ();

  assert_n (world, "expert-erased", 0);
  world->expert->gone = TRUE;
  world->expert->has_cv = world->expert->consents = FALSE;
  assert_n (world, "expert-erased", 1);
  assert_n (world, "expert-erased-since", 1);
  assert_n (world, "expert-without-cv", 0);
  assert_n (world, "expert-without-consent", 0);
  world->expert->answer = "discarded";
  assert_n (world, "expert-erased", 0);
  assert_n (world, "expert-erased-since", 0);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/mission/erased", test_erased);
  g_test_add_func ("/mission/agreements", test_agreements);
  g_test_add_func ("/mission/late-answers", test_late_answers);
  g_test_add_func ("/mission/overlaps", test_overlaps);
  g_test_add_func ("/mission/twice", test_twice);
  g_test_add_func ("/mission/arrival", test_arrival);
  g_test_add_func ("/mission/approver", test_approver);
  g_test_add_func ("/mission/convention", test_convention);
  g_test_add_func ("/mission/papers", test_papers);
  g_test_add_func ("/mission/procedure", test_procedure);
  g_test_add_func ("/mission/signatories", test_signatories);
  g_test_add_func ("/mission/seen", test_seen);
  return g_test_run ();
}
