/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Attendance counted, evaluations summed without telling one person's, participants as they are typed. */
#include "config.h"

#include "rules/mission/kaf-attendance.h"
#include "rules/mission/kaf-evaluation.h"
#include "rules/mission/kaf-participant-lines.h"

static void
test_presence (void)
{
  KafPresence presence = KAF_PRESENCE_NONE;

  for (int i = 0; i < 4; i++)
    {
      g_assert_cmpint (kaf_presence_parse (kaf_presence_id (presence)), ==, presence);
      presence = kaf_presence_next (presence);
    }
  g_assert_cmpint (presence, ==, KAF_PRESENCE_NONE);
  g_assert_cmpint (kaf_presence_parse ("late"), ==, KAF_PRESENCE_NONE);
  g_assert_cmpint (kaf_presence_toggle (KAF_PRESENCE_NONE), ==, KAF_PRESENCE_PRESENT);
  g_assert_cmpint (kaf_presence_toggle (KAF_PRESENCE_PRESENT), ==, KAF_PRESENCE_ABSENT);
  g_assert_cmpint (kaf_presence_toggle (KAF_PRESENCE_EXCUSED), ==, KAF_PRESENCE_PRESENT);
}

static void
test_turnout (void)
{
  g_autoptr (KafAttendance) attendance = kaf_attendance_new ();
  g_autoptr (GPtrArray) list = g_ptr_array_new ();
  KafMissionThresholds limits = kaf_mission_thresholds_default ();
  KafTurnout turnout;
  const char *id;

  for (const char *name = "a\0b\0c\0d\0e\0"; *name != '\0'; name += 2)
    g_ptr_array_add (list, (gpointer) name);
  turnout = kaf_attendance_count (attendance, "s", list);
  g_assert_cmpuint (turnout.unmarked, ==, 5);
  g_assert_cmpint (kaf_turnout_judge (&turnout, 5, 30, &limits), ==, KAF_TURNOUT_NONE);
  kaf_attendance_mark (attendance, "s", "a", "1", KAF_PRESENCE_PRESENT);
  kaf_attendance_mark (attendance, "s", "b", "2", KAF_PRESENCE_ABSENT);
  kaf_attendance_mark (attendance, "s", "b", "2", KAF_PRESENCE_PRESENT);
  kaf_attendance_mark (attendance, "s", "c", NULL, KAF_PRESENCE_EXCUSED);
  kaf_attendance_mark (attendance, "s", "gone", "4", KAF_PRESENCE_PRESENT);
  kaf_attendance_mark (attendance, "other", "d", "5", KAF_PRESENCE_PRESENT);
  turnout = kaf_attendance_count (attendance, "s", list);
  g_assert_cmpuint (turnout.present, ==, 2);
  g_assert_cmpuint (turnout.absent, ==, 0);
  g_assert_cmpuint (turnout.excused, ==, 1);
  g_assert_cmpuint (turnout.unmarked, ==, 2);
  g_assert_cmpint (kaf_attendance_get (attendance, "s", "b", &id), ==, KAF_PRESENCE_PRESENT);
  g_assert_cmpstr (id, ==, "2");
  g_assert_cmpint (kaf_attendance_get (attendance, "s", "d", &id), ==, KAF_PRESENCE_NONE);
  g_assert_null (id);
  /* Sixty per cent is enough; the room holds two. */
  g_assert_cmpint (kaf_turnout_judge (&turnout, 5, 30, &limits), ==, KAF_TURNOUT_LOW);
  kaf_attendance_mark (attendance, "s", "d", NULL, KAF_PRESENCE_PRESENT);
  turnout = kaf_attendance_count (attendance, "s", list);
  g_assert_cmpint (kaf_turnout_judge (&turnout, 5, 30, &limits), ==, KAF_TURNOUT_FINE);
  g_assert_cmpint (kaf_turnout_judge (&turnout, 5, 3, &limits), ==, KAF_TURNOUT_FINE);
  g_assert_cmpint (kaf_turnout_judge (&turnout, 5, 2, &limits), ==, KAF_TURNOUT_OVERFULL);
  g_assert_cmpint (kaf_turnout_judge (&turnout, 5, -1, &limits), ==, KAF_TURNOUT_FINE);
}

static KafMission *
new_mission (void)
{
  KafMission *mission = kaf_mission_new ("m");

  return mission;
}

static void
answer (KafMission *mission, const char *role, int score)
{
  KafAnswer *one = kaf_mission_add_answer (mission, "a");

  one->role = role;
  for (guint i = 0; i < G_N_ELEMENTS (one->scores); i++)
    one->scores[i] = i == 4 ? -1 : score;
}

static void
test_scores (void)
{
  g_autoptr (KafMission) mission = new_mission ();
  KafEvaluation sums;

  kaf_evaluation_sum (mission, 5, &sums);
  g_assert_cmpint (kaf_score_tenths (&sums.all[0]), ==, -1);
  for (int i = 0; i < 4; i++)
    answer (mission, "trainee", 4);
  kaf_evaluation_sum (mission, 5, &sums);
  g_assert_cmpuint (sums.n[0], ==, 4);
  g_assert_cmpint (kaf_score_tenths (&sums.scores[0][0]), ==, -1);
  g_assert_cmpint (kaf_score_tenths (&sums.all[0]), ==, -1);
  answer (mission, "trainee", 5);
  kaf_evaluation_sum (mission, 5, &sums);
  g_assert_cmpint (kaf_score_tenths (&sums.scores[0][0]), ==, 42);
  g_assert_cmpint (kaf_score_tenths (&sums.all[0]), ==, 42);
  g_assert_cmpint (kaf_score_tenths (&sums.scores[0][4]), ==, -1);
  g_assert_cmpuint (sums.scores[0][4].n, ==, 0);
}

/* Six answers, five of them of trainees: the sixth would be the difference. */
static void
test_difference (void)
{
  g_autoptr (KafMission) mission = new_mission ();
  static const char *const others[] = { "host", "authority", "funder", "facilitator", "expert" };
  KafEvaluation sums;

  for (int i = 0; i < 5; i++)
    answer (mission, "trainee", 3);
  for (guint i = 0; i < G_N_ELEMENTS (others); i++)
    {
      kaf_evaluation_sum (mission, 5, &sums);
      g_assert_true (sums.scores[0][0].shown);
      g_assert_cmpint (sums.all[0].shown, ==, i == 0);
      answer (mission, others[i], 5);
    }
  kaf_evaluation_sum (mission, 5, &sums);
  g_assert_true (sums.all[0].shown);
  g_assert_cmpint (kaf_score_tenths (&sums.all[0]), ==, 40);
  g_assert_false (sums.scores[1][0].shown);
  answer (mission, "somebody", 1);
  kaf_evaluation_sum (mission, 5, &sums);
  g_assert_cmpuint (sums.n_all, ==, 10);
}

static void
test_percent (void)
{
  KafResult result = { .target = 3, .reached = 2 };

  g_assert_cmpint (kaf_result_percent (&result), ==, 66);
  result.reached = 3;
  g_assert_cmpint (kaf_result_percent (&result), ==, 100);
  result.reached = -1;
  g_assert_cmpint (kaf_result_percent (&result), ==, -1);
  result.target = 0;
  result.reached = 1;
  g_assert_cmpint (kaf_result_percent (&result), ==, -1);
}

static const KafParticipantLine *
at (GPtrArray *lines, guint i)
{
  return g_ptr_array_index (lines, i);
}

static void
test_lines (void)
{
  g_autoptr (GPtrArray) none = kaf_participant_lines_parse (" \n , infirmier\n\n");
  g_autoptr (GPtrArray) lines =
      kaf_participant_lines_parse ("Aïcha B., infirmière, CHP de Tiznit\r\n"
                                   "Ali\tmédecin, chef\tCSU; Tiznit\n"
                                   "AICHA B. ; infirmiere; chp de tiznit\n"
                                   "سعيد، ممرض، مستشفى\n"
                                   "Seul\n"
                                   "Aïcha B., infirmière, Autre, lieu");

  g_assert_cmpuint (none->len, ==, 0);
  g_assert_cmpuint (lines->len, ==, 5);
  g_assert_cmpstr (at (lines, 0)->name, ==, "Aïcha B.");
  g_assert_cmpstr (at (lines, 0)->establishment, ==, "CHP de Tiznit");
  g_assert_cmpstr (at (lines, 1)->function, ==, "médecin, chef");
  g_assert_cmpstr (at (lines, 1)->establishment, ==, "CSU; Tiznit");
  g_assert_cmpstr (at (lines, 2)->function, ==, "ممرض");
  g_assert_cmpstr (at (lines, 3)->name, ==, "Seul");
  g_assert_null (at (lines, 3)->function);
  g_assert_cmpstr (at (lines, 4)->establishment, ==, "Autre, lieu");
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/mission-field/presence", test_presence);
  g_test_add_func ("/mission-field/turnout", test_turnout);
  g_test_add_func ("/mission-field/scores", test_scores);
  g_test_add_func ("/mission-field/difference", test_difference);
  g_test_add_func ("/mission-field/percent", test_percent);
  g_test_add_func ("/mission-field/lines", test_lines);
  return g_test_run ();
}
