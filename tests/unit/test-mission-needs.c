/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Steps 1 to 3: each check met and not met, at its edges; and the catalogue as a whole. */
#include "config.h"

#include "mission-world.h"
#include "schema/kaf-registry.h"

#define assert_n(world, code, n) g_assert_cmpuint (world_count (world, code), ==, n)

static void
test_whole (void)
{
  g_autoptr (World) world = world_new ();

  for (const KafMissionRule *rule = kaf_mission_rules; rule->step != 0; rule++)
    {
      g_test_message ("%s", rule->rule.code);
      g_assert_cmpstr (kaf_check_state_id (world_state (world, rule->rule.code)), ==, "met");
    }
}

/* An empty mission shuts gates and breaks nothing. */
static void
test_empty (void)
{
  g_autoptr (KafMission) mission = kaf_mission_new ("mission");
  g_autoptr (KafFindings) findings = kaf_findings_new (world_day (WORLD_TODAY), NULL);
  KafMissionContext context = { world_day (WORLD_TODAY), kaf_mission_thresholds_default () };
  KafMissionLife life;

  kaf_mission_live (mission, &life);
  for (guint step = 1; step <= KAF_MISSION_STEPS; step++)
    {
      g_autoptr (GPtrArray) checks =
          kaf_mission_run_checks (mission, &life, step, &context, findings);
      guint n_gates;

      kaf_checks_allow (checks, &n_gates, NULL);
      /* Nothing was planned: nothing is left to settle at step 8. */
      g_assert_true (n_gates > 0 || step == 5 || step == 8);
    }
  g_assert_cmpuint (findings->list->len, ==, findings->n_all);
}

static void
test_table (void)
{
  guint last = 1, n_soft = 0;

  for (const KafMissionRule *rule = kaf_mission_rules; rule->step != 0; rule++)
    {
      g_assert_true (rule->step == last || rule->step == last + 1);
      last = rule->step;
      g_assert_nonnull (rule->label);
      g_assert_nonnull (rule->look);
      g_assert_true (rule->rule.kind == KAF_FINDING_BLOCKS || rule->rule.kind == KAF_FINDING_WARNS);
      g_assert_true (kaf_mission_rule_find (rule->rule.code) == rule);
      g_assert_true (rule->made == NULL || kaf_registry_find (rule->made) != NULL);
      if (!rule->overridable)
        continue;
      g_assert_cmpint (rule->rule.kind, ==, KAF_FINDING_BLOCKS);
      n_soft++;
    }
  g_assert_cmpuint (last, ==, KAF_MISSION_STEPS);
  /* The ceiling, the convention, the answers: those with a star in the table. */
  g_assert_cmpuint (n_soft, ==, 3);
  g_assert_cmpstr (kaf_mission_step_name_ar (7), ==, "المأسسة");
  g_assert_cmpstr (kaf_mission_step_name_fr (10), ==, "Évaluation");
  g_assert_cmpstr (kaf_mission_step_name (1), ==, "Needs and stakeholders");
  g_assert_cmpstr (kaf_mission_step_name (11), ==, "");
}

static void
test_needs (void)
{
  g_autoptr (World) world = world_new ();
  KafNeed *second;

  world->need->audience = NULL;
  assert_n (world, "need-without-audience", 1);
  g_assert_cmpstr (world_find (world, "need-without-audience")->id, ==, "need");
  g_assert_cmpstr (world_find (world, "need-without-audience")->of, ==, "mission");
  g_assert_cmpstr (world_find (world, "need-without-audience")->who, ==, "leader");
  world->authority->duty = NULL;
  assert_n (world, "need-without-duty", 1);
  second = kaf_mission_add_need (world->mission, "second");
  assert_n (world, "need-without-audience", 2);
  assert_n (world, "need-without-duty", 2);
  /* One duty is enough, whoever has it. */
  kaf_need_add_stakeholder (world->mission, world->need, "hospital")->duty = "hosts";
  assert_n (world, "need-without-duty", 1);
  second->audience = "students";
  assert_n (world, "need-without-audience", 1);
  assert_n (world, "need-missing", 0);
  g_ptr_array_set_size (world->mission->needs, 0);
  assert_n (world, "need-missing", 1);
  assert_n (world, "need-without-audience", 0);
}

static void
test_need_warnings (void)
{
  g_autoptr (World) world = world_new ();

  /* Six months to the day still hold, a day more does not; a later confirmation does again. */
  world->need->stated_on = world_day ("2026-05-28");
  assert_n (world, "need-stale", 0);
  world->need->stated_on = world_day ("2026-05-27");
  assert_n (world, "need-stale", 1);
  world->context.limits.need_stale_months = 7;
  assert_n (world, "need-stale", 0);
  world->context.limits.need_stale_months = 6;
  world->need->confirmed_on = world_day ("2026-06-30");
  assert_n (world, "need-stale", 0);
  assert_n (world, "need-undated", 0);
  world->need->stated_on = world->need->confirmed_on = KAF_DAY_UNKNOWN;
  assert_n (world, "need-stale", 0);
  assert_n (world, "need-undated", 1);
  for (int daily = -1; daily <= 1; daily++)
    {
      world->need->daily_practice = daily;
      assert_n (world, "need-not-daily", daily == 1 ? 0 : 1);
    }
  world->authority->kind = "elected";
  assert_n (world, "need-without-authority", 1);
  world->authority->kind = "local_authority";
  assert_n (world, "need-without-authority", 0);
  world->need->same_open = "another";
  assert_n (world, "need-open-elsewhere", 1);
  world->mission->partial = TRUE;
  g_assert_cmpint (world_state (world, "need-open-elsewhere"), ==, KAF_CHECK_FAILS);
  world->need->same_open = NULL;
  g_assert_cmpint (world_state (world, "need-open-elsewhere"), ==, KAF_CHECK_UNKNOWN);
}

static void
test_awareness (void)
{
  g_autoptr (World) world = world_new ();
  KafStakeholder *second = kaf_need_add_stakeholder (world->mission, world->need, "nurses");

  second->name = "the nurses";
  assert_n (world, "stakeholder-not-contacted", 1);
  g_assert_cmpstr (world_find (world, "stakeholder-not-contacted")->id, ==, "nurses");
  assert_n (world, "need-nobody-reached", 0);
  world->authority->n_contacts = 0;
  world->authority->last_contact = KAF_DAY_UNKNOWN;
  assert_n (world, "need-nobody-reached", 1);
  assert_n (world, "authority-not-informed", 1);
  /* Somebody who is no authority is an actor reached, and informs no authority. */
  second->n_contacts = 1;
  second->last_contact = world_day ("2026-10-02");
  assert_n (world, "need-nobody-reached", 0);
  assert_n (world, "authority-not-informed", 1);
  /* With its day. */
  world->authority->n_contacts = 1;
  assert_n (world, "authority-not-informed", 1);
  /* A party that is one, whom the exchange was held with; with its date. */
  world->party->organisation = "province";
  world->party->kind = "local_authority";
  assert_n (world, "authority-not-informed", 0);
  ((KafMissionContact *) g_ptr_array_index (world->mission->contacts, 0))->held_on =
      KAF_DAY_UNKNOWN;
  assert_n (world, "authority-not-informed", 1);
  world->mission->has_message_ar = FALSE;
  assert_n (world, "message-without-arabic", 1);
}

static void
test_linking (void)
{
  g_autoptr (World) world = world_new ();

  world->other->answer = "declined";
  assert_n (world, "expert-none-interested", 0);
  world->expert->window_to = KAF_DAY_UNKNOWN;
  assert_n (world, "expert-none-interested", 1);
  world->expert->window_to = world->expert->window_from;
  assert_n (world, "expert-none-interested", 0);
  world->expert->answer = "contacted";
  assert_n (world, "expert-none-interested", 1);
  /* Consent is asked of those who come. */
  world->expert->consents = FALSE;
  assert_n (world, "expert-without-consent", 0);
  world->expert->answer = "interested";
  assert_n (world, "expert-without-consent", 1);
  g_assert_cmpstr (world_find (world, "expert-without-consent")->id, ==, "person");
  world->expert->here = FALSE;
  g_assert_cmpint (world_state (world, "expert-without-consent"), ==, KAF_CHECK_UNKNOWN);
  /* What one lacks shows, though another is not here. */
  world->other->answer = "retained";
  world->other->consents = FALSE;
  g_assert_cmpint (world_state (world, "expert-without-consent"), ==, KAF_CHECK_FAILS);
}

static void
test_linking_warnings (void)
{
  g_autoptr (World) world = world_new ();
  static const char *const nowhere[] = { NULL };

  world->expert->network = NULL;
  assert_n (world, "expert-alone", 0);
  world->expert->in_network = FALSE;
  assert_n (world, "expert-alone", 1);
  world->expert->network = "network";
  assert_n (world, "expert-alone", 0);

  world->expert->confirmed_on = world_day ("2025-11-28");
  assert_n (world, "expert-profile-old", 0);
  world->expert->confirmed_on = world_day ("2025-11-27");
  assert_n (world, "expert-profile-old", 1);
  world->expert->confirmed_on = KAF_DAY_UNKNOWN;
  assert_n (world, "expert-profile-old", 1);

  world->expert->opposed = TRUE;
  assert_n (world, "expert-opposed", 1);
  world->expert->answer = "listed";
  assert_n (world, "expert-opposed", 1);
  world->expert->answer = "discarded";
  assert_n (world, "expert-opposed", 0);

  world->expert->answer = "retained";
  world->expert->country = "US";
  assert_n (world, "expert-country-unlisted", 1);
  world->expert->country = "MA";
  assert_n (world, "expert-country-unlisted", 0);
  world->expert->country = NULL;
  assert_n (world, "expert-country-unlisted", 0);
  world->context.listed_countries = nowhere;
  assert_n (world, "expert-country-unlisted", 1);
  world->context.listed_countries = NULL;
  assert_n (world, "expert-country-unlisted", 0);
}

/* Settling */

static void
test_settling (void)
{
  g_autoptr (World) world = world_new ();
  KafNeed *second = kaf_mission_add_need (world->mission, "second");
  KafAct *act;

  second->audience = "students";
  world->need->daily_practice = 0;
  assert_n (world, "need-not-daily", 2);
  act = world_act (world, KAF_ACT_ACKNOWLEDGE, 1, WORLD_TODAY);
  act->code = "need-not-daily";
  act->about = "need";
  g_assert_cmpint (world_state (world, "need-not-daily"), ==, KAF_CHECK_FAILS);
  act->about = NULL;
  g_assert_cmpint (world_state (world, "need-not-daily"), ==, KAF_CHECK_SETTLED);
  act->about = "second";
  world->need->daily_practice = 1;
  g_assert_cmpint (world_state (world, "need-not-daily"), ==, KAF_CHECK_SETTLED);
  /* Of another step or code, or of another kind, it settles nothing. */
  act->step = 2;
  g_assert_cmpint (world_state (world, "need-not-daily"), ==, KAF_CHECK_FAILS);
  act->step = 1;
  act->kind = KAF_ACT_OVERRIDE;
  g_assert_cmpint (world_state (world, "need-not-daily"), ==, KAF_CHECK_FAILS);
  act->kind = KAF_ACT_ACKNOWLEDGE;
  act->code = "need-undated";
  g_assert_cmpint (world_state (world, "need-not-daily"), ==, KAF_CHECK_FAILS);
  g_assert_cmpint (world_state (world, "need-undated"), ==, KAF_CHECK_SETTLED);
}

/* A gate without a star is settled by nothing, whatever acts say. */
static void
test_gate (void)
{
  g_autoptr (World) world = world_new ();
  KafAct *act = world_act (world, KAF_ACT_OVERRIDE, 1, WORLD_TODAY);

  act->code = "need-without-audience";
  world->need->audience = NULL;
  g_assert_cmpint (world_state (world, "need-without-audience"), ==, KAF_CHECK_FAILS);
  act->kind = KAF_ACT_ACKNOWLEDGE;
  g_assert_cmpint (world_state (world, "need-without-audience"), ==, KAF_CHECK_FAILS);
}

static void
test_seen (void)
{
  world_assert_seen (1, 3);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/mission/table", test_table);
  g_test_add_func ("/mission/whole", test_whole);
  g_test_add_func ("/mission/empty", test_empty);
  g_test_add_func ("/mission/needs", test_needs);
  g_test_add_func ("/mission/need-warnings", test_need_warnings);
  g_test_add_func ("/mission/awareness", test_awareness);
  g_test_add_func ("/mission/linking", test_linking);
  g_test_add_func ("/mission/linking-warnings", test_linking_warnings);
  g_test_add_func ("/mission/settling", test_settling);
  g_test_add_func ("/mission/gate", test_gate);
  g_test_add_func ("/mission/seen", test_seen);
  return g_test_run ();
}
