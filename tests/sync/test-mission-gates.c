/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A step is left where its gates are open by what the hub has, whatever the device that leaves it says. */
#include "config.h"

#include <string.h>

#include "kaf-file-pair.h"
#include "kaf-mission-fixture.h"
#include "net/kaf-refusal-text.h"
#include "schema/kaf-registry.h"
#include "server/kaf-hub-gates.h"
#include "store/kaf-mission-settings.h"
#include "store/kaf-missions.h"
#include "store/kaf-refusals.h"
#include "store/kaf-settings.h"
#include "sync/kaf-exchange.h"

#define NEW(f, entity, ...) kaf_fixture_create (f, entity, NULL, __VA_ARGS__, NULL)

/* The act is not here, and the device says that these gates were shut, and where that is mended. */
static void
assert_shut (KafFixture *f, const char *mission, const char *id, const char *codes)
{
  g_autoptr (GPtrArray) list = kaf_refusals_read (f->db, 1, KAF_LANG_FR, NULL);
  const KafRefusal *one;
  g_autofree char *text = NULL;

  g_assert_nonnull (list);
  g_assert_cmpuint (list->len, ==, 1);
  one = g_ptr_array_index (list, 0);
  g_assert_cmpstr (one->id, ==, id);
  g_assert_cmpstr (one->why, ==, KAF_REFUSED_GATES);
  g_assert_cmpstr (one->about, ==, codes);
  g_assert_cmpstr (one->mission, ==, mission);
  g_assert_nonnull (one->title);
  g_assert_false (has (f, "mission_act", id));
  text = kaf_refusal_explain (one);
  {
    g_auto (GStrv) each = g_strsplit (codes, " ", -1);
    g_auto (GStrv) lines = g_strsplit (text, "\n", -1);

    g_assert_cmpuint (g_strv_length (lines), ==, 1 + g_strv_length (each));
    for (guint i = 0; each[i] != NULL; i++)
      {
        const KafMissionRule *rule = kaf_mission_rule_find (each[i]);

        g_assert_nonnull (strstr (lines[i + 1], rule->label));
        g_assert_nonnull (strstr (lines[i + 1], rule->rule.advice));
      }
  }
}

/* A device that asks nobody leaves a step of an empty file. What the step asks for goes up with the next try, before
 * it: in one exchange, and in one that has nothing else. */
static void
test_tampered (void)
{
  g_autoptr (World) w = world_new ();
  g_autofree char *mission = NEW (w->b, "mission", "title_fr", "Soins");
  g_autofree char *first = act (w->b, mission, "leave", "1", NULL);
  g_autofree char *second = act (w->b, mission, "leave", "2", first);
  g_autofree char *where = NULL;

  g_assert_cmpuint (sync_as (w, w->b, LEADER).n_rejected, ==, 2);
  g_assert_false (has (w->b, "mission_act", second));
  where = kaf_fixture_where (w->b, mission);
  g_assert_cmpstr (where, ==, "1 open");
  {
    g_autofree char *again = act (w->b, mission, "leave", "1", NULL);

    g_assert_cmpuint (sync_as (w, w->b, LEADER).n_rejected, ==, 1);
    assert_shut (w->b, mission, again, "need-missing");
  }
  prepare (w->b, mission);
  {
    g_autofree char *one = act (w->b, mission, "leave", "1", NULL);
    g_autofree char *two = act (w->b, mission, "leave", "2", one);
    g_autofree char *three = act (w->b, mission, "leave", "3", two);
    g_autofree char *four = act (w->b, mission, "leave", "4", three);

    g_assert_cmpuint (sync_as (w, w->b, LEADER).n_rejected, ==, 1);
    g_assert_true (has (w->b, "mission_act", three));
    assert_shut (w->b, mission, four,
                 "programme-without-objective programme-without-audience programme-without-place "
                 "programme-without-dates");
  }
}

/* Once the answer that says so is lost, it is said again. */
static void
test_lost_answer (void)
{
  g_autoptr (World) w = world_new ();
  g_autofree char *mission = NEW (w->b, "mission", "title_fr", "Soins");
  g_autofree char *first = act (w->b, mission, "leave", "1", NULL);
  g_autoptr (GString) answer = g_string_new (NULL);

  ask (w, w->b, LEADER, answer);
  g_assert_true (has (w->b, "mission_act", first));
  g_assert_cmpuint (sync_as (w, w->b, LEADER).n_rejected, ==, 1);
  assert_shut (w->b, mission, first, "need-missing");
}

/* Two devices: what shuts the gate is there before the act, or after it. */
static void
test_race (void)
{
  g_autoptr (World) w = world_new ();
  g_autofree char *last = NULL;
  g_autofree char *mission = begin (w, 5, &last);
  g_autofree char *line = line_new (w->a, mission, "50000 MAD");
  g_autofree char *lost = act (w->b, mission, "leave", "5", last);
  g_autofree char *payer = NULL;
  g_autofree char *won = NULL;
  g_autofree char *late = NULL;
  g_autofree char *where = NULL;

  sync_as (w, w->a, "manager");
  g_assert_cmpuint (sync_as (w, w->b, LEADER).n_rejected, ==, 1);
  assert_shut (w->b, mission, lost, "line-without-payer");

  payer = NEW (w->b, "organisation", "name_fr", "Conseil", "kind", "provincial_council");
  set_line (w->b, line, "payer", payer);
  won = act (w->b, mission, "leave", "5", last);
  late = line_new (w->a, mission, "70000 MAD");
  g_assert_cmpuint (sync_as (w, w->b, LEADER).n_rejected, ==, 0);
  g_assert_cmpuint (sync_as (w, w->a, "manager").n_rejected, ==, 0);
  g_assert_true (has (w->a, "mission_act", won));
  where = kaf_fixture_where (w->a, mission);
  g_assert_cmpstr (where, ==, "6 open");
}

/* A manager opens the gate that can be, with a reason; it stays open until the step is left. */
static void
test_override (void)
{
  g_autoptr (World) w = world_new ();
  g_autofree char *last = NULL;
  g_autofree char *mission = begin (w, 5, &last);
  g_autoptr (KafReceipt) ceiling =
      kaf_fixture_update (w->a, "mission", mission, "ceiling", "10000 MAD", NULL);
  g_autofree char *payer = NEW (w->a, "organisation", "name_fr", "Conseil", "kind", "ngo");
  g_autofree char *line = line_new (w->a, mission, "50000 MAD");
  g_autofree char *first = NULL;
  g_autofree char *override = NULL;
  g_autofree char *second = NULL;

  set_line (w->a, line, "payer", payer);
  first = act (w->a, mission, "leave", "5", last);
  g_assert_cmpuint (sync_as (w, w->a, "manager").n_rejected, ==, 1);
  assert_shut (w->a, mission, first, "budget-over-ceiling");
  override = note (w->a, mission, "override", "5", "budget-over-ceiling", "Urgence");
  second = act (w->a, mission, "leave", "5", last);
  g_assert_cmpuint (sync_as (w, w->a, "manager").n_rejected, ==, 0);
  g_assert_true (has (w->a, "mission_act", second));
}

/* A threshold that somebody set meanwhile makes a warning of what was none: it keeps nobody from leaving. */
static void
test_threshold (void)
{
  g_autoptr (World) w = world_new ();
  g_autofree char *mission = begin (w, 1, NULL);
  g_autofree char *setting = NEW (w->a, "setting", "key", KAF_SETTING_MISSION "need-stale-months",
                                  "valid_from", "2026-01-01", "value", "1");
  g_autofree char *first = act (w->b, mission, "leave", "1", NULL);

  g_assert_cmpuint (sync_as (w, w->a, "manager").n_rejected, ==, 0);
  g_assert_cmpuint (sync_as (w, w->b, LEADER).n_rejected, ==, 0);
  g_assert_true (has (w->b, "mission_act", first));
}

/* A trainer whom another mission has taken, which this device does not see. */
static void
test_taken_elsewhere (void)
{
  g_autoptr (World) w = world_new ();
  g_autofree char *last = NULL;
  g_autofree char *mission = begin (w, 6, &last);
  g_autofree char *other = prepared (w->a, "Eau");
  g_autofree char *person = NULL;
  g_autofree char *listed = NULL;
  g_autofree char *session = NULL;
  g_autofree char *lost = NULL;
  g_autofree char *grant = g_strconcat ("mission:", mission, NULL);
  g_autoptr (KafMission) file = kaf_mission_read (w->a->db, mission, KAF_LANG_FR, NULL, NULL);

  person = g_strdup (((KafMissionExpert *) g_ptr_array_index (file->experts, 0))->person);
  listed = NEW (w->a, "mission_expert", "mission", other, "person", person, "answer", "retained");
  session = NEW (w->a, "programme_item", "mission", other, "subject_fr", "Puits", "held_on",
                 "2027-01-11", "half", "am", "trainer", listed);
  w->grant = grant;
  g_assert_cmpuint (sync_as (w, w->a, "manager").n_rejected, ==, 0);
  sync_as (w, w->b, LEADER);
  g_assert_false (has (w->b, "mission", other));
  lost = decide_on_paper (w->b, mission, last, "content", NULL);
  g_assert_cmpuint (sync_as (w, w->b, LEADER).n_rejected, ==, 1);
  assert_shut (w->b, mission, lost, "trainer-taken");
}

/* Who had read what the hub lost left a step by it: that is not judged by what is missing. Who has read nothing of it
 * is. */
static void
test_restored (void)
{
  g_autoptr (World) w = world_new ();
  g_autofree char *mission = NEW (w->a, "mission", "title_fr", "Soins");
  g_autofree char *backup = g_build_filename (w->folder, "backup.db", NULL);
  g_autofree char *left = NULL;
  g_autofree char *bare = NULL;
  g_autofree char *lost = NULL;
  g_autoptr (GError) error = NULL;

  sync_as (w, w->a, "manager");
  sync_as (w, w->b, LEADER);
  g_assert_true (kaf_hub_back_up (w->hub, backup, &error));
  prepare (w->a, mission);
  sync_as (w, w->a, "manager");
  sync_as (w, w->b, LEADER);
  left = act (w->b, mission, "leave", "1", NULL);
  restore_hub (w, backup);
  g_assert_cmpuint (sync_as (w, w->b, LEADER).n_rejected, ==, 0);
  g_assert_true (has (w->b, "mission_act", left));
  g_assert_cmpuint (sync_as (w, w->a, "manager").n_rejected, ==, 0);
  sync_as (w, w->b, LEADER);

  bare = NEW (w->b, "mission", "title_fr", "Eau");
  lost = act (w->b, bare, "leave", "1", NULL);
  g_assert_cmpuint (sync_as (w, w->b, LEADER).n_rejected, ==, 1);
  assert_shut (w->b, bare, lost, "need-missing");
}

/* Somebody deletes the mission, and has it back: no way around its gates. */
static void
test_deleted (void)
{
  g_autoptr (World) w = world_new ();
  g_autofree char *mission = begin (w, 1, NULL);
  g_autofree char *bare = NEW (w->a, "mission", "title_fr", "Eau");
  g_autofree char *good = NULL;
  g_autofree char *lost = NULL;

  sync_as (w, w->a, "manager");
  sync_as (w, w->b, LEADER);
  good = act (w->b, mission, "leave", "1", NULL);
  lost = act (w->b, bare, "leave", "1", NULL);
  kaf_fixture_delete (w->a, "mission", mission);
  kaf_fixture_delete (w->a, "mission", bare);
  g_assert_cmpuint (sync_as (w, w->a, "manager").n_rejected, ==, 0);
  g_assert_cmpuint (sync_as (w, w->b, LEADER).n_rejected, ==, 1);
  g_assert_true (has (w->b, "mission_act", good));
  g_assert_false (has (w->b, "mission_act", lost));
}

/* The codes of the gates that are shut, as a device that sees everything says. (transfer full) */
static char *
find_shut_here (KafFixture *f, const char *mission, guint step)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (KafMission) file = kaf_mission_read (f->db, mission, KAF_LANG_FR, NULL, &error);
  g_autoptr (KafMissionSurroundings) around =
      kaf_mission_surroundings_read (f->db, KAF_DAY_UNKNOWN, KAF_LANG_FR, &error);
  g_autoptr (KafFindings) findings = kaf_findings_new (around->context.day, NULL);
  g_autoptr (GString) codes = g_string_new (NULL);
  g_autoptr (GPtrArray) checks = NULL;
  KafMissionLife life;

  around->context.approves = FALSE;
  kaf_mission_live (file, &life);
  checks = kaf_mission_run_checks (file, &life, step, &around->context, findings);
  for (guint i = 0; i < checks->len; i++)
    {
      const KafCheck *one = g_ptr_array_index (checks, i);

      if (one->state == KAF_CHECK_FAILS && one->rule->rule.kind == KAF_FINDING_BLOCKS)
        g_string_append_printf (codes, "%s%s", codes->len > 0 ? " " : "", one->rule->rule.code);
    }
  return g_string_free (g_steal_pointer (&codes), FALSE);
}

static char *
find_shut_there (World *w, const char *mission, guint step)
{
  g_autofree char *path = g_build_filename (w->folder, "hub.db", NULL);
  g_autoptr (GHashTable) records =
      g_hash_table_new_full (g_str_hash, g_str_equal, g_free, (GDestroyNotify) kaf_hub_record_free);
  g_autoptr (GError) error = NULL;
  KafHubStorage *storage = kaf_hub_sqlite_open (path, FALSE, w->random, &error);
  KafHubScopes scopes;
  g_auto (KafHubGates) gates = { &scopes, NULL };
  const char *shut;

  g_assert_no_error (error);
  kaf_hub_scopes_init (&scopes, storage, records);
  kaf_hub_gates_find_shut (&gates, mission, step, kaf_clock_now (w->clock), &shut, &error);
  g_assert_no_error (error);
  kaf_hub_scopes_clear (&scopes);
  storage->klass->close (storage);
  return g_strdup (shut != NULL ? shut : "");
}

static guint
compare_all (World *w, const char *mission)
{
  guint n = 0;

  g_assert_cmpuint (sync_as (w, w->a, "manager").n_rejected, ==, 0);
  for (guint step = 1; step <= KAF_MISSION_STEPS; step++)
    {
      g_autofree char *here = find_shut_here (w->a, mission, step);
      g_autofree char *there = find_shut_there (w, mission, step);

      g_assert_cmpstr (there, ==, here);
      n += *here != '\0';
    }
  return n;
}

/* By one reading: of a file of every part the hub says of each step what a device says, and so it does when a part of it
 * went. */
static void
test_same (void)
{
  static const char *const kinds[] = {
    "mission_need",   "stakeholder",        "mission_party", "consent",
    "mission_expert", "attendance",         "booking",       "material",
    "follow_up",      "mission_result",     "evaluation",    "equipment",
    "budget_line",    "mission_convention", "convention",    "signatory",
    "person",         "programme_item",
  };
  g_autoptr (World) w = world_new ();
  g_autofree char *mission = NULL;
  g_autofree char *whole = NULL;
  g_autoptr (GError) error = NULL;

  enroll_as (w->a, users[0], "manager");
  mission = kaf_fixture_create_mission (w->a, "Pansements");
  whole = prepared (w->a, "Soins");

  g_assert_cmpuint (compare_all (w, mission), >=, 6);
  g_assert_cmpuint (compare_all (w, whole), ==, 4);
  for (guint i = 0; i < G_N_ELEMENTS (kinds); i++)
    {
      g_autofree char *sql =
          g_strdup_printf ("SELECT id FROM head WHERE entity = ? AND deleted = 0");
      g_autoptr (GPtrArray) ids = kaf_read_ids (w->a->db, sql, kinds[i], &error);

      g_assert_no_error (error);
      for (guint j = 0; j < ids->len; j++)
        kaf_fixture_delete (w->a, kinds[i], g_ptr_array_index (ids, j));
      compare_all (w, mission);
      compare_all (w, whole);
    }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/mission-gates/tampered", test_tampered);
  g_test_add_func ("/mission-gates/lost-answer", test_lost_answer);
  g_test_add_func ("/mission-gates/race", test_race);
  g_test_add_func ("/mission-gates/override", test_override);
  g_test_add_func ("/mission-gates/threshold", test_threshold);
  g_test_add_func ("/mission-gates/taken-elsewhere", test_taken_elsewhere);
  g_test_add_func ("/mission-gates/restored", test_restored);
  g_test_add_func ("/mission-gates/deleted", test_deleted);
  g_test_add_func ("/mission-gates/same", test_same);
  return g_test_run ();
}
