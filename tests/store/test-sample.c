/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The missions of the sample data: what the rules find of them is what their story says, and nothing else. */
#include "config.h"

#include "kaf-fixture.h"

#include "base/kaf-id.h"
#include "exchange/kaf-sample.h"
#include "rules/mission/kaf-mission-checks.h"
#include "schema/kaf-registry.h"
#include "store/kaf-attachments.h"
#include "store/kaf-mission-board.h"
#include "store/kaf-mission-settings.h"
#include "store/kaf-missions.h"

static KafFixture *fixture;

static KafMission *
read_mission (const char *number)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *id = kaf_id_from_content ("sample", "mission", number, NULL);
  KafMission *mission = kaf_mission_read (fixture->db, id, KAF_LANG_FR, NULL, &error);

  g_assert_no_error (error);
  return mission;
}

/* The codes of the gates that are shut and of the warnings that nobody acknowledged, one a line with the step.
 * (transfer full) */
static char *
list_failing (const KafMission *mission, guint until)
{
  const KafThresholds thresholds = kaf_thresholds_default ();
  g_autoptr (GError) error = NULL;
  g_autoptr (KafMissionSurroundings) around = kaf_mission_surroundings_read (
      fixture->db, kaf_day_parse ("2026-11-28"), KAF_LANG_FR, &error);
  g_autoptr (KafFindings) findings = kaf_findings_new (kaf_day_parse ("2026-11-28"), &thresholds);
  GString *text = g_string_new (NULL);
  KafMissionLife life;

  g_assert_no_error (error);
  kaf_mission_live (mission, &life);
  for (guint step = 1; step <= until; step++)
    {
      g_autoptr (GPtrArray) checks =
          kaf_mission_run_checks (mission, &life, step, &around->context, findings);

      for (guint i = 0; i < checks->len; i++)
        {
          const KafCheck *check = g_ptr_array_index (checks, i);

          if (check->state == KAF_CHECK_FAILS)
            g_string_append_printf (text, "%u %s\n", step, check->rule->rule.code);
          g_test_message ("%u %s: %s", step, check->rule->rule.code,
                          kaf_check_state_id (check->state));
        }
    }
  return g_string_free (text, FALSE);
}

static void
test_closed (void)
{
  g_autoptr (KafMission) mission = read_mission ("mission-exemple-urgence");
  g_autofree char *failing = list_failing (mission, KAF_MISSION_STEPS);
  g_autofree char *left = NULL;
  KafMissionLife life;

  kaf_mission_live (mission, &life);
  g_assert_cmpint (life.state, ==, KAF_MISSION_CLOSED);
  left = kaf_day_to_iso (life.left_on[6]);
  g_assert_cmpstr (left, ==, "2025-06-27");
  /* In the order of the steps. */
  for (guint step = 2; step <= KAF_MISSION_STEPS; step++)
    g_assert_cmpuint (life.left_on[step - 1], <, life.left_on[step]);
  g_assert_cmpstr (failing, ==, "");
  g_assert_false (mission->partial);
}

static void
test_open (void)
{
  g_autoptr (KafMission) mission = read_mission ("mission-exemple-maternite");
  g_autofree char *failing = list_failing (mission, 5);
  g_autoptr (GHashTable) gates = NULL;
  g_autoptr (GError) error = NULL;
  const char *ids[] = { mission->id, NULL };
  KafMissionLife life;

  kaf_mission_live (mission, &life);
  g_assert_cmpint (life.state, ==, KAF_MISSION_OPEN);
  g_assert_cmpuint (life.step, ==, 5);
  g_assert_cmpstr (failing, ==, "5 line-without-payer\n");
  gates = kaf_board_read_gates (fixture->db, ids, KAF_LANG_FR, NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (GPOINTER_TO_UINT (g_hash_table_lookup (gates, mission->id)), ==, 1);
}

/* Every content that a record names is there, and once more loaded nothing comes. */
static void
test_again (void)
{
  static const char *const none[] = { NULL };
  g_autoptr (KafQuery) query = kaf_query_new (kaf_registry_find ("attachment"));
  g_autoptr (KafReceipt) receipt = NULL;
  g_autoptr (GPtrArray) rows = NULL;
  g_autoptr (GError) error = NULL;

  rows = kaf_page_read (fixture->db, query, none, KAF_LANG_FR, 0, 100, NULL, NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (rows->len, ==, 6);
  for (guint i = 0; i < rows->len; i++)
    {
      g_autoptr (GFile) file = kaf_attachment_get_file (
          fixture->db, ((const KafRow *) g_ptr_array_index (rows, i))->id, &error);

      g_assert_no_error (error);
    }
  kaf_sample_load (fixture->db, 0, 7, NULL, NULL, NULL, &receipt, &error);
  g_assert_no_error (error);
  g_assert_null (receipt->batch);
  kaf_fixture_assert_whole (fixture);
}

int
main (int argc, char **argv)
{
  g_autoptr (GError) error = NULL;
  int status;

  g_test_init (&argc, &argv, NULL);
  fixture = kaf_fixture_new ();
  kaf_sample_load (fixture->db, 0, 7, NULL, NULL, NULL, NULL, &error);
  g_assert_no_error (error);
  g_test_add_func ("/sample/closed", test_closed);
  g_test_add_func ("/sample/open", test_open);
  g_test_add_func ("/sample/again", test_again);
  status = g_test_run ();
  kaf_fixture_free (fixture);
  return status;
}
