/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What waits for whom, and whether a mission is late. */
#include "config.h"

#include "mission-world.h"
#include "rules/mission/kaf-mission-owed.h"

static const KafOwed *
find (GArray *owed, KafOwedKind kind)
{
  for (guint i = 0; i < owed->len; i++)
    if (g_array_index (owed, KafOwed, i).kind == kind)
      return &g_array_index (owed, KafOwed, i);
  return NULL;
}

static GArray *
list (World *world)
{
  KafMissionLife life;

  kaf_mission_live (world->mission, &life);
  return kaf_mission_list_owed (world->mission, &life, &world->context);
}

static gboolean
is_late (World *world)
{
  KafMissionLife life;

  kaf_mission_live (world->mission, &life);
  return kaf_mission_is_late (world->mission, &life, &world->context);
}

static void
test_late (void)
{
  g_autoptr (World) world = world_new ();
  KafMissionLife life;

  world->mission->created_on = world_day ("2026-10-29");
  kaf_mission_live (world->mission, &life);
  g_assert_cmpuint (kaf_mission_days_in_step (&life, world->context.day), ==, 30);
  g_assert_false (is_late (world));
  world->mission->created_on--;
  g_assert_true (is_late (world));
  world_act (world, KAF_ACT_HOLD, 1, "2026-11-20");
  g_assert_false (is_late (world));
  world_act (world, KAF_ACT_RESUME, 1, "2026-11-21");
  g_assert_false (is_late (world));
  /* It should have begun. */
  world->mission->starts_on = world->context.day;
  g_assert_false (is_late (world));
  world->mission->starts_on--;
  g_assert_true (is_late (world));
  world_go_to (world, 8);
  g_assert_false (is_late (world));
}

static void
test_owed (void)
{
  g_autoptr (World) world = world_new ();
  g_autoptr (GArray) first = list (world);
  g_autoptr (GArray) second = NULL;
  g_autoptr (GArray) third = NULL;
  const KafOwed *one;

  /* Of the whole mission: its step, and what follows it. */
  one = find (first, KAF_OWED_STEP);
  g_assert_cmpstr (one->who, ==, "leader");
  g_assert_cmpuint (one->due, ==, world->mission->created_on + 30);
  g_assert_true (one->late);
  g_assert_null (find (first, KAF_OWED_PARTY_ANSWER));
  g_assert_cmpstr (find (first, KAF_OWED_FOLLOW_UP)->who, ==, "somebody");

  world_go_to (world, 6);
  world->party->answer = NULL;
  world->party->asked_on = world->context.day - 7;
  world->expert->answer = "contacted";
  world->expert->contacted_on = world->context.day - 8;
  world->other->agreed_on = KAF_DAY_UNKNOWN;
  world->booking->state = "wanted";
  world->equipment->state = "asked";
  second = list (world);
  one = find (second, KAF_OWED_PARTY_ANSWER);
  g_assert_cmpstr (one->who_entity, ==, "organisation");
  g_assert_cmpstr (one->who, ==, "payer");
  g_assert_cmpuint (one->due, ==, world->context.day);
  g_assert_false (one->late);
  one = find (second, KAF_OWED_EXPERT_ANSWER);
  g_assert_cmpstr (one->who, ==, "person");
  g_assert_true (one->late);
  g_assert_true (one == &g_array_index (second, KafOwed, 0));
  g_assert_cmpstr (find (second, KAF_OWED_EXPERT_AGREEMENT)->id, ==, "other");
  g_assert_cmpuint (find (second, KAF_OWED_BOOKING)->due, ==, world_day (WORLD_STARTS) - 15);
  g_assert_cmpuint (find (second, KAF_OWED_EQUIPMENT)->due, ==, world_day (WORLD_STARTS));
  g_assert_nonnull (find (second, KAF_OWED_APPROVAL));
  g_assert_null (find (second, KAF_OWED_STEP));
  for (guint i = 1; i < second->len; i++)
    g_assert_cmpuint (g_array_index (second, KafOwed, i - 1).due - 1, <=,
                      g_array_index (second, KafOwed, i).due - 1);

  /* What the hub has not confirmed; sessions whose day is past. */
  world_act (world, KAF_ACT_LEAVE, 6, WORLD_TODAY)->pending = TRUE;
  world_act (world, KAF_ACT_LEAVE, 7, WORLD_TODAY);
  world->items[0]->state = KAF_ITEM_PLANNED;
  world->context.day = world_day (WORLD_STARTS) + 1;
  third = list (world);
  g_assert_nonnull (find (third, KAF_OWED_HUB));
  g_assert_cmpstr (find (third, KAF_OWED_SESSION)->id, ==, "item 0");
  g_assert_null (find (third, KAF_OWED_EXPERT_AGREEMENT));
}

static void
test_nothing (void)
{
  g_autoptr (World) world = world_new ();
  g_autoptr (GArray) owed = NULL;

  world_act (world, KAF_ACT_ABANDON, 1, WORLD_TODAY);
  owed = list (world);
  g_assert_cmpuint (owed->len, ==, 0);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/mission-owed/late", test_late);
  g_test_add_func ("/mission-owed/owed", test_owed);
  g_test_add_func ("/mission-owed/nothing", test_nothing);
  return g_test_run ();
}
