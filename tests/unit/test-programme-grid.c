/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The half-days of a mission: clashes at their edges, the days between, the balance. */
#include "config.h"

#include "rules/mission/kaf-programme-grid.h"

static KafItem *
add_item (
    KafMission *mission, const char *id, const char *day, gboolean afternoon, const char *trainer)
{
  KafItem *item = kaf_mission_add_item (mission, id);

  item->subject = kaf_mission_keep (mission, id);
  item->day = kaf_day_parse (day);
  item->afternoon = afternoon;
  item->trainer = kaf_mission_keep (mission, trainer);
  return item;
}

static KafMissionExpert *
add_expert (KafMission *mission, const char *id)
{
  KafMissionExpert *expert = kaf_mission_add_expert (mission, id);

  expert->answer = "retained";
  return expert;
}

static void
add_engagement (KafMissionExpert *expert,
                const char *from,
                const char *to,
                gboolean am,
                gboolean pm,
                KafBusy kind)
{
  KafEngagement *one = kaf_mission_expert_add_engagement (expert);

  one->from = kaf_day_parse (from);
  one->to = kaf_day_parse (to);
  one->morning = am;
  one->afternoon = pm;
  one->kind = kind;
}

static void
assert_clash (KafMission *mission, KafItem *item, KafClashLevel level, KafClashReason reasons)
{
  KafClash clash;

  kaf_programme_clash (mission, item, &clash);
  g_assert_cmpint (clash.level, ==, level);
  g_assert_cmpint (clash.reasons, ==, reasons);
}

static void
test_trainer (void)
{
  g_autoptr (KafMission) mission = kaf_mission_new ("m");
  KafMissionExpert *bennis = add_expert (mission, "bennis");
  KafItem *a = add_item (mission, "a", "2027-01-07", FALSE, "bennis");
  KafItem *b = add_item (mission, "b", "2027-01-07", FALSE, "bennis");
  KafClash clash;

  assert_clash (mission, a, KAF_CLASH_FIRM, KAF_CLASH_TRAINER);
  kaf_programme_clash (mission, b, &clash);
  g_assert_true (clash.with == a);
  g_assert_true (clash.expert == bennis);

  /* The other half of the day, the next day, nowhere. */
  b->afternoon = TRUE;
  assert_clash (mission, a, KAF_CLASH_NONE, 0);
  b->afternoon = FALSE;
  b->day++;
  assert_clash (mission, a, KAF_CLASH_NONE, 0);
  b->day = KAF_DAY_UNKNOWN;
  assert_clash (mission, b, KAF_CLASH_NONE, 0);
  a->day = KAF_DAY_UNKNOWN;
  assert_clash (mission, a, KAF_CLASH_NONE, 0);

  /* As second trainer too; not in a session that was cancelled. */
  a->day = b->day = kaf_day_parse ("2027-01-07");
  b->trainer = "other";
  b->second_trainer = "bennis";
  assert_clash (mission, a, KAF_CLASH_FIRM, KAF_CLASH_TRAINER);
  assert_clash (mission, b, KAF_CLASH_FIRM, KAF_CLASH_TRAINER);
  b->state = KAF_ITEM_CANCELLED;
  assert_clash (mission, a, KAF_CLASH_NONE, 0);
  assert_clash (mission, b, KAF_CLASH_NONE, 0);
}

static void
test_room (void)
{
  g_autoptr (KafMission) mission = kaf_mission_new ("m");
  KafItem *a = add_item (mission, "a", "2027-01-07", FALSE, NULL);
  KafItem *b = add_item (mission, "b", "2027-01-07", FALSE, NULL);
  KafClash clash;

  /* Neither a trainer nor a room that nobody named is the same. */
  assert_clash (mission, a, KAF_CLASH_NONE, 0);
  a->room = b->room = "room";
  assert_clash (mission, a, KAF_CLASH_FIRM, KAF_CLASH_ROOM);
  kaf_programme_clash (mission, a, &clash);
  g_assert_true (clash.with == b);
  g_assert_null (clash.expert);
  b->room = "other";
  assert_clash (mission, a, KAF_CLASH_NONE, 0);
}

static void
test_agenda (void)
{
  g_autoptr (KafMission) mission = kaf_mission_new ("m");
  KafMissionExpert *expert = add_expert (mission, "bennis");
  KafItem *item = add_item (mission, "a", "2027-01-07", FALSE, "bennis");
  KafClash clash;

  add_engagement (expert, "2027-01-07", "2027-01-08", FALSE, TRUE, KAF_BUSY_FIRM);
  add_engagement (expert, "2027-01-05", "2027-01-06", TRUE, TRUE, KAF_BUSY_FIRM);
  add_engagement (expert, "2027-01-07", "2027-01-07", TRUE, TRUE, KAF_BUSY_FREE);
  assert_clash (mission, item, KAF_CLASH_NONE, 0);
  item->afternoon = TRUE;
  assert_clash (mission, item, KAF_CLASH_FIRM, KAF_CLASH_BUSY);
  item->day = kaf_day_parse ("2027-01-08");
  assert_clash (mission, item, KAF_CLASH_FIRM, KAF_CLASH_BUSY);
  item->day++;
  assert_clash (mission, item, KAF_CLASH_NONE, 0);

  add_engagement (expert, "2027-01-08", "2027-01-09", TRUE, TRUE, KAF_BUSY_TENTATIVE);
  assert_clash (mission, item, KAF_CLASH_TENTATIVE, KAF_CLASH_AGENDA);
  /* The firm one is what is told. */
  item->day--;
  assert_clash (mission, item, KAF_CLASH_FIRM, KAF_CLASH_AGENDA | KAF_CLASH_BUSY);
  kaf_programme_clash (mission, item, &clash);
  g_assert_cmpint (clash.engagement->kind, ==, KAF_BUSY_FIRM);
}

static void
test_window (void)
{
  g_autoptr (KafMission) mission = kaf_mission_new ("m");
  KafMissionExpert *expert = add_expert (mission, "idrissi");
  KafItem *item = add_item (mission, "a", "2027-01-10", FALSE, "idrissi");

  expert->window_from = kaf_day_parse ("2027-01-06");
  expert->window_to = kaf_day_parse ("2027-01-10");
  assert_clash (mission, item, KAF_CLASH_NONE, 0);
  item->day++;
  assert_clash (mission, item, KAF_CLASH_TENTATIVE, KAF_CLASH_WINDOW);
  item->day = kaf_day_parse ("2027-01-05");
  assert_clash (mission, item, KAF_CLASH_TENTATIVE, KAF_CLASH_WINDOW);
  item->day++;
  assert_clash (mission, item, KAF_CLASH_NONE, 0);
}

static void
test_free_trainer (void)
{
  g_autoptr (KafMission) mission = kaf_mission_new ("m");
  KafMissionExpert *idrissi;
  KafItem *item = add_item (mission, "b", "2027-01-07", FALSE, "bennis");

  add_expert (mission, "bennis");
  idrissi = add_expert (mission, "idrissi");
  add_item (mission, "a", "2027-01-07", FALSE, "bennis");
  g_assert_true (kaf_programme_find_free_trainer (mission, item) == idrissi);
  idrissi->answer = "listed";
  g_assert_null (kaf_programme_find_free_trainer (mission, item));
  idrissi->answer = "interested";
  add_engagement (idrissi, "2027-01-07", "2027-01-07", TRUE, FALSE, KAF_BUSY_TENTATIVE);
  g_assert_null (kaf_programme_find_free_trainer (mission, item));
}

static void
add_holiday (GPtrArray *holidays, const char *from, const char *to, gboolean ramadan)
{
  KafHoliday *one = g_new0 (KafHoliday, 1);

  one->from = kaf_day_parse (from);
  one->to = kaf_day_parse (to);
  one->ramadan = ramadan;
  g_ptr_array_add (holidays, one);
}

static const KafProgrammeDay *
day_at (GArray *days, guint i)
{
  g_assert_cmpuint (i, <, days->len);
  return &g_array_index (days, KafProgrammeDay, i);
}

static void
test_days (void)
{
  g_autoptr (KafMission) mission = kaf_mission_new ("m");
  g_autoptr (GPtrArray) holidays = g_ptr_array_new_with_free_func (g_free);
  g_autoptr (GArray) none = kaf_programme_list_days (mission, NULL);
  g_autoptr (GArray) days = NULL;
  g_autoptr (GArray) more = NULL;

  g_assert_cmpuint (none->len, ==, 0);
  mission->starts_on = kaf_day_parse ("2027-01-06"); /* a Wednesday */
  mission->ends_on = kaf_day_parse ("2027-01-13");
  add_holiday (holidays, "2027-01-11", NULL, FALSE);
  add_holiday (holidays, "2027-01-12", "2027-02-10", TRUE);
  days = kaf_programme_list_days (mission, holidays);
  g_assert_cmpuint (days->len, ==, 8);
  g_assert_false (day_at (days, 2)->weekend); /* Friday 8 */
  g_assert_true (day_at (days, 3)->weekend);
  g_assert_true (day_at (days, 4)->weekend);
  g_assert_false (day_at (days, 5)->weekend);
  g_assert_true (day_at (days, 5)->holiday == g_ptr_array_index (holidays, 0));
  g_assert_false (day_at (days, 5)->ramadan);
  g_assert_null (day_at (days, 6)->holiday);
  g_assert_true (day_at (days, 6)->ramadan);

  /* What stands outside shows; what is years away does not make years of columns. */
  add_item (mission, "a", "2027-01-15", FALSE, NULL);
  more = kaf_programme_list_days (mission, holidays);
  g_assert_cmpuint (more->len, ==, 10);
  g_assert_true (day_at (more, 9)->outside);
  g_assert_cmpuint (day_at (more, 9)->n_items, ==, 1);
  g_assert_false (day_at (more, 7)->outside);
  add_item (mission, "b", "2037-01-15", FALSE, NULL);
  g_array_unref (g_steal_pointer (&more));
  more = kaf_programme_list_days (mission, holidays);
  g_assert_cmpuint (more->len, ==, KAF_PROGRAMME_DAYS);
}

static void
test_balance (void)
{
  g_autoptr (KafMission) mission = kaf_mission_new ("m");
  KafMissionExpert *expert = add_expert (mission, "bennis");
  KafItem *a, *b;

  g_assert_cmpint (kaf_programme_weigh (mission).practice_percent, ==, -1);
  a = add_item (mission, "a", "2027-01-07", FALSE, "bennis");
  b = add_item (mission, "b", "2027-01-07", FALSE, "bennis");
  a->theory = 71;
  b->practice = 29;
  g_assert_cmpint (kaf_programme_weigh (mission).practice_percent, ==, 29);
  b->practice = 200 - 71;
  g_assert_cmpint (kaf_programme_weigh (mission).practice_percent, ==, 65); /* 64.5 */
  b->state = KAF_ITEM_CANCELLED;
  g_assert_cmpint (kaf_programme_weigh (mission).practice_percent, ==, 0);
  b->state = KAF_ITEM_PLANNED;

  /* Two sessions at once are one half-day. */
  g_assert_cmpuint (kaf_programme_count_halves (mission, expert), ==, 1);
  b->afternoon = TRUE;
  g_assert_cmpuint (kaf_programme_count_halves (mission, expert), ==, 2);
  g_assert_cmpuint (kaf_programme_count_halves_on (mission, expert, a->day), ==, 2);
  b->day++;
  g_assert_cmpuint (kaf_programme_count_halves_on (mission, expert, a->day), ==, 1);
  b->day = KAF_DAY_UNKNOWN;
  g_assert_cmpuint (kaf_programme_count_halves (mission, expert), ==, 1);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/programme-grid/trainer", test_trainer);
  g_test_add_func ("/programme-grid/room", test_room);
  g_test_add_func ("/programme-grid/agenda", test_agenda);
  g_test_add_func ("/programme-grid/window", test_window);
  g_test_add_func ("/programme-grid/free-trainer", test_free_trainer);
  g_test_add_func ("/programme-grid/days", test_days);
  g_test_add_func ("/programme-grid/balance", test_balance);
  return g_test_run ();
}
