/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Missions loaded whole, one or all alike; and the derived table of where they stand, through commits, undo, deletion
 * and erasure. */
#include "config.h"

#include <string.h>

#include "kaf-mission-fixture.h"
#include "rules/mission/kaf-mission-checks.h"
#include "schema/kaf-registry.h"
#include "store/kaf-database-private.h"
#include "store/kaf-findings.h"
#include "store/kaf-mission-now.h"
#include "store/kaf-mission-settings.h"
#include "store/kaf-missions.h"
#include "store/kaf-read.h"
#include "store/kaf-settings.h"

static KafMission *
read_mission (KafFixture *f, const char *id)
{
  g_autoptr (GError) error = NULL;
  KafMission *mission = kaf_mission_read (f->db, id, KAF_LANG_FR, NULL, &error);

  g_assert_no_error (error);
  g_assert_nonnull (mission);
  return mission;
}

static void
assert_where (KafFixture *f, const char *mission, const char *where)
{
  g_autofree char *found = kaf_fixture_where (f, mission);

  g_assert_cmpstr (found, ==, where);
}

static void
assert_says (const char *dump, const char *words)
{
  if (strstr (dump, words) == NULL)
    g_error ("“%s” is not said:\n%s", words, dump);
}

/* Each part brings what was entered for it. */
static void
test_whole (void)
{
  g_autoptr (KafFixture) f = kaf_fixture_new ();
  g_autofree char *id = kaf_fixture_create_mission (f, "Soins");
  g_autoptr (KafMission) mission = read_mission (f, id);
  g_autofree char *dump = kaf_mission_dump (mission);
  const KafNeed *need = mission->needs->pdata[0];
  const KafStakeholder *who = need->stakeholders->pdata[0];
  const KafMissionExpert *expert = mission->experts->pdata[0];
  const KafItem *session = mission->items->pdata[0];
  const KafBudgetLine *line = mission->lines->pdata[0];
  const KafEngagement *agenda = expert->engagements->pdata[0];
  const KafEngagement *rival = expert->engagements->pdata[1];

  assert_says (dump, "Soins");
  g_assert_cmpuint (mission->needs->len, ==, 1);
  g_assert_nonnull (need->same_open);
  g_assert_cmpstr (who->kind, ==, "authority"); /* of the organisation: nothing else is said */
  g_assert_cmpuint (who->n_contacts, ==, 2);
  g_assert_cmpuint (who->last_contact, ==, kaf_day_parse ("2026-11-10"));
  g_assert_cmpuint (mission->contacts->len, ==, 2);
  g_assert_true (((KafMissionParty *) mission->parties->pdata[0])->has_contact);
  g_assert_true (expert->here && expert->consents && !expert->has_cv && !expert->in_network);
  g_assert_cmpint (expert->arrives_minute, ==, 14 * 60 + 30);
  g_assert_cmpstr (expert->languages, ==, "fr\tC2\nar\tnative");
  g_assert_cmpuint (expert->engagements->len, ==, 2);
  g_assert_true (agenda->morning && !agenda->afternoon && agenda->kind == KAF_BUSY_FIRM);
  g_assert_true (!rival->morning && rival->afternoon && rival->kind == KAF_BUSY_TENTATIVE);
  g_assert_nonnull (rival->mission);
  g_assert_cmpuint (mission->items->len, ==, 2);
  g_assert_cmpuint (session->n_marked, ==, 2);
  g_assert_cmpuint (session->n_present, ==, 1);
  g_assert_true (session->in_both);
  g_assert_cmpuint (((KafItem *) mission->items->pdata[1])->day, ==, KAF_DAY_UNKNOWN);
  g_assert_cmpint (line->adjusted, ==, -5000);
  g_assert_cmpint (kaf_budget_line_total (line), ==, 130000);
  g_assert_nonnull (((KafMissionConvention *) mission->conventions->pdata[0])->act);
  g_assert_nonnull (kaf_conventions_find (mission->acts_here, line->basis));
  g_assert_cmpuint (mission->n_participants, ==, 2);
  g_assert_cmpuint (mission->n_pairs, ==, 1);
  g_assert_true (((KafAnswer *) mission->answers->pdata[0])->names_somebody);
  g_assert_true (g_strv_contains ((const char *const *) mission->editors, "tester"));
  g_assert_false (mission->partial);
}

/* To add an attachment to her, or a note, is no edit of what is approved. */
static void
test_editors (void)
{
  g_autoptr (KafFixture) f = kaf_fixture_new ();
  g_autofree char *id = kaf_fixture_create_mission (f, "Soins");
  g_autoptr (KafReceipt) note = NULL;
  g_autoptr (KafReceipt) dates = NULL;
  g_autoptr (KafReceipt) mode = NULL;

  kaf_database_set_author (f->db, "second");
  note = kaf_fixture_update (f, "mission", id, "notes", "Rien de neuf", NULL);
  {
    g_autoptr (KafMission) mission = read_mission (f, id);

    g_assert_false (g_strv_contains ((const char *const *) mission->editors, "second"));
  }
  dates = kaf_fixture_update (f, "mission", id, "ends_on", "2027-01-16", NULL);
  {
    g_autoptr (KafMission) mission = read_mission (f, id);

    g_assert_true (g_strv_contains ((const char *const *) mission->editors, "second"));
  }
  /* How it is held is content as much as where. */
  kaf_database_set_author (f->db, "third");
  mode = kaf_fixture_update (f, "mission", id, "mode", "remote", NULL);
  {
    g_autoptr (KafMission) mission = read_mission (f, id);

    g_assert_true (g_strv_contains ((const char *const *) mission->editors, "third"));
  }
}

typedef struct
{
  KafFixture *fixture;
  guint n;
} Reading;

static gboolean
compare_with_one (KafMission *mission, guint step, gpointer data)
{
  Reading *reading = data;
  g_autoptr (KafMission) alone = read_mission (reading->fixture, mission->id);
  g_autofree char *one = kaf_mission_dump (alone);
  g_autofree char *all = kaf_mission_dump (mission);

  g_assert_cmpuint (step, ==, 1);
  g_assert_cmpstr (all, ==, one);
  reading->n++;
  return TRUE;
}

static void
test_all_alike (void)
{
  g_autoptr (KafFixture) f = kaf_fixture_new ();
  g_autoptr (GError) error = NULL;
  Reading reading = { f, 0 };

  for (guint i = 0; i < 4; i++)
    {
      g_autofree char *title = g_strdup_printf ("Soins %u", i);
      g_autofree char *id = kaf_fixture_create_mission (f, title);
    }
  kaf_missions_read_all (f->db, KAF_MISSIONS_ALL, KAF_LANG_FR, compare_with_one, &reading, NULL,
                         &error);
  g_assert_no_error (error);
  g_assert_cmpuint (reading.n, ==, 8); /* with the rivals */
}

/* The findings of the open step are the same, whether a mission is read alone and whole, or with others and as far as
 * the step asks for. */
static char *
check (const KafMission *mission, guint step, const KafMissionContext *context)
{
  g_autoptr (KafFindings) findings = kaf_findings_new (context->day, NULL);
  g_autoptr (GPtrArray) checks = NULL;
  GString *text = g_string_new (NULL);
  KafMissionLife life;

  kaf_mission_live (mission, &life);
  g_assert_cmpuint (life.step, ==, step);
  checks = kaf_mission_run_checks (mission, &life, step, context, findings);
  for (guint i = 0; i < checks->len; i++)
    {
      const KafCheck *one = checks->pdata[i];

      g_string_append_printf (text, "%s %s\n", one->rule->rule.code,
                              kaf_check_state_id (one->state));
      for (guint j = 0; j < one->findings->len; j++)
        g_string_append_printf (text, "  %s\n", ((KafFinding *) one->findings->pdata[j])->id);
    }
  return g_string_free (text, FALSE);
}

typedef struct
{
  KafFixture *fixture;
  KafMissionSurroundings *around;
  guint seen; /* bits of steps */
} Steps;

static gboolean
compare_step (KafMission *mission, guint step, gpointer data)
{
  Steps *steps = data;
  g_autoptr (KafMission) alone = read_mission (steps->fixture, mission->id);
  g_autofree char *one = check (alone, step, &steps->around->context);
  g_autofree char *many = check (mission, step, &steps->around->context);

  g_assert_cmpstr (many, ==, one);
  steps->seen |= 1u << step;
  return TRUE;
}

/* Leaves the steps before @step, whatever their checks say. */
static void
bring_to (KafFixture *f, const char *mission, guint step)
{
  g_autofree char *last = NULL;

  for (guint i = 1; i < step; i++)
    {
      g_autofree char *number = g_strdup_printf ("%u", i);
      g_autofree char *content = i == 6 ? kaf_mission_read_content (f->db, mission, NULL) : NULL;
      char *act = kaf_fixture_create_act (f, mission, "leave", number, last, content);

      g_free (last);
      last = act;
    }
}

static void
test_open_steps (void)
{
  g_autoptr (KafFixture) f = kaf_fixture_new ();
  g_autoptr (KafMissionSurroundings) around =
      kaf_mission_surroundings_read (f->db, KAF_DAY_UNKNOWN, KAF_LANG_FR, NULL);
  g_autoptr (GError) error = NULL;
  Steps steps = { f, around, 0 };

  for (guint step = 1; step <= 10; step++)
    {
      g_autofree char *title = g_strdup_printf ("Soins %u", step);
      g_autofree char *id = kaf_fixture_create_mission (f, title);
      g_autofree char *where = g_strdup_printf ("%u open", step);

      bring_to (f, id, step);
      assert_where (f, id, where);
    }
  kaf_missions_read_all (f->db, KAF_MISSIONS_OPEN_STEP, KAF_LANG_FR, compare_step, &steps, NULL,
                         &error);
  g_assert_no_error (error);
  g_assert_cmpuint (steps.seen, ==, 0x7fe);
  kaf_fixture_assert_whole (f);
}

/* The derived table */

static void
test_now (void)
{
  g_autoptr (KafFixture) f = kaf_fixture_new ();
  g_autofree char *id = kaf_fixture_create_mission (f, "Soins");
  g_autofree char *first = NULL;
  g_autofree char *hold = NULL;
  g_autofree char *gone = NULL;
  g_autoptr (GError) error = NULL;
  g_autoptr (KafChangeSet) delete = kaf_change_set_new ("delete");
  g_autoptr (KafReceipt) deleted = NULL;
  g_autoptr (KafReceipt) restored = NULL;

  assert_where (f, id, "1 open");
  first = kaf_fixture_create_act (f, id, "leave", "1", NULL, NULL);
  assert_where (f, id, "2 open");
  hold = kaf_fixture_create_act (f, id, "hold", "2", first, NULL);
  assert_where (f, id, "2 on_hold");
  /* What follows an act that is not the last changes nothing. */
  gone = kaf_fixture_create_act (f, id, "abandon", "2", first, NULL);
  assert_where (f, id, "2 on_hold");
  kaf_change_set_delete (delete, kaf_registry_find ("mission"), id);
  deleted = kaf_commit (f->db, delete, NULL, NULL, &error);
  g_assert_no_error (error);
  assert_where (f, id, NULL);
  restored = kaf_undo (f->db, deleted->batch, &error);
  g_assert_no_error (error);
  assert_where (f, id, "2 on_hold");
  kaf_fixture_assert_whole (f);
}

/* An approval lapses when the content changes, and holds again when the change is undone. */
static void
test_lapse (void)
{
  g_autoptr (KafFixture) f = kaf_fixture_new ();
  g_autofree char *id = kaf_fixture_create_mission (f, "Soins");
  g_autofree char *session = NULL;
  g_autofree char *room = NULL;
  g_autoptr (KafReceipt) undone = NULL;
  g_autoptr (GError) error = NULL;

  bring_to (f, id, 7);
  assert_where (f, id, "7 open");
  /* What is no part of what was approved: a room. */
  room = kaf_fixture_create (f, "mission_room", NULL, "mission", id, "name", "Salle 2", NULL);
  assert_where (f, id, "7 open");
  session = kaf_fixture_create (f, "programme_item", NULL, "mission", id, "subject_fr", "En plus",
                                "held_on", "2027-01-13", "half", "am", NULL);
  assert_where (f, id, "6 open lapsed");
  undone = kaf_undo (f->db, NULL, &error);
  g_assert_no_error (error);
  assert_where (f, id, "7 open");
  kaf_fixture_assert_whole (f);
}

static void
test_erase (void)
{
  g_autoptr (KafFixture) f = kaf_fixture_new ();
  g_autofree char *id = kaf_fixture_create_mission (f, "Soins");
  g_autofree char *session = NULL;
  g_autoptr (GError) error = NULL;

  session = kaf_fixture_create (f, "programme_item", NULL, "mission", id, "subject_fr", "En plus",
                                "held_on", "2027-01-13", "half", "am", NULL);
  bring_to (f, id, 7);
  kaf_erase (f->db, kaf_registry_find ("programme_item"), session, "essai", &error);
  g_assert_no_error (error);
  assert_where (f, id, "6 open lapsed");
  kaf_fixture_assert_whole (f);
  kaf_erase (f->db, kaf_registry_find ("mission"), id, "essai", &error);
  g_assert_no_error (error);
  g_assert_cmpint (kaf_database_get_int (f->db, "SELECT count(*) FROM mission_now", NULL), ==, 1);
  kaf_fixture_assert_whole (f);
}

/* A person who is erased leaves the approval as it is: a pseudonym stands in her place. */
static void
test_pseudonym (void)
{
  g_autoptr (KafFixture) f = kaf_fixture_new ();
  g_autofree char *id = kaf_fixture_create_mission (f, "Soins");
  g_autoptr (KafMission) before = read_mission (f, id);
  const KafMissionExpert *expert = before->experts->pdata[0];
  g_autoptr (GError) error = NULL;

  bring_to (f, id, 7);
  kaf_erase (f->db, kaf_registry_find ("person"), expert->person, "essai", &error);
  g_assert_no_error (error);
  assert_where (f, id, "7 open");
  {
    g_autoptr (KafMission) after = read_mission (f, id);

    g_assert_cmpstr (after->content, ==, before->content);
    g_assert_cmpuint (after->experts->len, ==, 1);
    g_assert_cmpstr (((KafMissionExpert *) after->experts->pdata[0])->person, !=, expert->person);
  }
  kaf_fixture_assert_whole (f);
}

/* A store whose table says something else is told of. */
static void
test_check (void)
{
  g_autoptr (KafFixture) f = kaf_fixture_new ();
  g_autofree char *id = kaf_fixture_create_mission (f, "Soins");
  g_autoptr (GPtrArray) findings = NULL;

  kaf_database_exec (f->db, "UPDATE mission_now SET step = 9", NULL);
  findings = kaf_mission_now_check (f->db, NULL);
  g_assert_cmpuint (findings->len, ==, 2);
}

/* The same content in another order of rows has the same fingerprint; any part of it that changes has another. */
static char *
make_content (gboolean turned, const char *subject)
{
  g_autoptr (KafFixture) f = kaf_fixture_new_seeded (turned ? 7 : 8);
  g_autofree char *id = kaf_fixture_create (f, "mission", "01934567-89ab-7cde-8f01-23456789abcd",
                                            "title_fr", "Soins", "starts_on", "2027-01-11", NULL);
  const char *const ids[] = { "01934567-89ab-7cde-8f01-000000000001",
                              "01934567-89ab-7cde-8f01-000000000002" };

  for (guint i = 0; i < 2; i++)
    {
      guint which = turned ? 1 - i : i;
      g_autofree char *session = kaf_fixture_create (
          f, "programme_item", ids[which], "mission", id, "subject_fr", which == 0 ? "Un" : subject,
          "held_on", "2027-01-11", "half", which == 0 ? "am" : "pm", NULL);
    }
  return kaf_mission_read_content (f->db, id, NULL);
}

static void
test_content (void)
{
  g_autofree char *one = make_content (FALSE, "Deux");
  g_autofree char *turned = make_content (TRUE, "Deux");
  g_autofree char *other = make_content (FALSE, "Trois");

  g_assert_cmpuint (strlen (one), ==, 64);
  g_assert_cmpstr (one, ==, turned);
  g_assert_cmpstr (one, !=, other);
}

/* Lists and findings */

static guint
count (KafFixture *f, const char *path, const char *value)
{
  g_autoptr (KafQuery) query = kaf_query_new (kaf_registry_find ("mission"));
  const char *values[] = { value, NULL };
  g_autoptr (GError) error = NULL;
  gint64 n;

  kaf_query_set_condition (query, path, KAF_OP_ANY_OF, values);
  n = kaf_page_count (f->db, query, &error);
  g_assert_no_error (error);
  return (guint) n;
}

static void
test_lists (void)
{
  g_autoptr (KafFixture) f = kaf_fixture_new ();
  g_autofree char *id = kaf_fixture_create_mission (f, "Soins");
  g_autoptr (KafQuery) query = kaf_query_new (kaf_registry_find ("mission"));
  const char *const columns[] = { "step", "state", "due_on", NULL };
  g_autoptr (GPtrArray) rows = NULL;
  const KafRow *row;

  bring_to (f, id, 4);
  g_assert_cmpuint (count (f, "step", "4"), ==, 1);
  g_assert_cmpuint (count (f, "step", "5"), ==, 0);
  g_assert_cmpuint (count (f, "state", "open"), ==, 2);
  kaf_query_set_sort (query, "step", TRUE);
  rows = kaf_page_read (f->db, query, columns, KAF_LANG_EN, 0, 10, NULL, NULL, NULL);
  g_assert_cmpuint (rows->len, ==, 2);
  row = rows->pdata[0];
  g_assert_cmpstr (row->id, ==, id);
  g_assert_cmpstr (row->raw[0], ==, "4");
  g_assert_cmpstr (row->cells[1], ==, "Under way");
  g_assert_cmpstr (row->raw[2], ==, "2026-12-20");
}

static const KafFinding *
find (const KafFindings *findings, const char *code)
{
  for (guint i = 0; i < findings->list->len; i++)
    if (g_str_equal (((KafFinding *) findings->list->pdata[i])->rule->code, code))
      return findings->list->pdata[i];
  return NULL;
}

/* What the open step lacks is in the to-do list until it is acknowledged. */
static void
test_findings (void)
{
  g_autoptr (KafFixture) f = kaf_fixture_new ();
  g_autofree char *id = kaf_fixture_create (f, "mission", NULL, "title_fr", "Vide", NULL);
  const KafFindingsQuery one = { .entity = "mission", .id = id };
  const KafFindingsQuery all = { .limit = 1000 };
  g_autoptr (KafFindings) before = kaf_findings_read (f->db, &one, NULL, NULL);
  g_autoptr (KafFindings) whole = kaf_findings_read (f->db, &all, NULL, NULL);
  const KafFinding *gate = NULL;

  g_assert_cmpuint (before->list->len, >, 0);
  g_assert_cmpuint (whole->list->len, ==, before->list->len);
  gate = before->list->pdata[0];
  g_assert_nonnull (gate->sentence);
  g_assert_cmpstr (gate->of, ==, id);
  g_assert_nonnull (find (whole, gate->rule->code));
}

/* Settings */

static void
test_settings (void)
{
  g_autoptr (KafFixture) f = kaf_fixture_new ();
  const KafMissionThresholds usual = kaf_mission_thresholds_default ();
  KafMissionThresholds read = kaf_mission_thresholds_read (f->db, NULL);
  g_autofree char *setting = NULL;
  g_autoptr (KafMissionSurroundings) around = NULL;

  g_assert_cmpmem (&read, sizeof read, &usual, sizeof usual);
  setting = kaf_fixture_create (f, "setting", NULL, "key", KAF_SETTING_MISSION "subjects-a-day",
                                "value", "4", "valid_from", "2026-01-01", NULL);
  read = kaf_mission_thresholds_read (f->db, "2026-11-22");
  g_assert_cmpuint (read.subjects_a_day, ==, 4);
  read = kaf_mission_thresholds_read (f->db, "2025-11-22");
  g_assert_cmpuint (read.subjects_a_day, ==, 3);
  around = kaf_mission_surroundings_read (f->db, KAF_DAY_UNKNOWN, KAF_LANG_AR, NULL);
  g_assert_cmpuint (around->holidays->len, >, 10);
  g_assert_true (g_strv_contains (around->context.listed_countries, "FR"));
}

/* A store that was made before there were holidays gets them when it is opened. */
static void
test_lists_complete (void)
{
  g_autoptr (KafFixture) f = kaf_fixture_new ();

  g_assert_true (kaf_database_exec (
      f->db,
      "DELETE FROM holiday; DELETE FROM search_doc WHERE rid IN (SELECT rid FROM head WHERE entity"
      " = 'holiday'); DELETE FROM head WHERE entity = 'holiday';"
      "DELETE FROM tally WHERE entity = 'holiday';"
      "INSERT INTO search (search) VALUES ('rebuild')",
      NULL));
  kaf_fixture_reopen (f);
  g_assert_cmpint (kaf_database_get_int (f->db, "SELECT count(*) FROM holiday", NULL), >, 10);
  kaf_fixture_assert_whole (f);
}

/* What has no title is called by whom it names, in lists as well: nobody reads ids. */
static void
test_untitled (void)
{
  g_autoptr (KafFixture) f = kaf_fixture_new ();
  g_autofree char *mission = kaf_fixture_create (f, "mission", NULL, "title_fr", "Soins", NULL);
  g_autofree char *person =
      kaf_fixture_create (f, "person", NULL, "family_name", "Exemple", "given_name", "Amina", NULL);
  g_autofree char *expert =
      kaf_fixture_create (f, "mission_expert", NULL, "mission", mission, "person", person, NULL);
  g_autofree char *here = kaf_fixture_create (f, "participant", NULL, "mission", mission, "name",
                                              "Exemple Karim", NULL);
  g_autofree char *pair = kaf_fixture_create (f, "pair", NULL, "mission", mission, "expert", expert,
                                              "participant", here, NULL);
  g_autofree char *who = kaf_read_title (f->db, "person", person, KAF_LANG_FR);
  g_autofree char *trainer = kaf_read_title (f->db, "mission_expert", expert, KAF_LANG_FR);
  g_autofree char *both = kaf_read_title (f->db, "pair", pair, KAF_LANG_FR);
  g_autofree char *isolated = g_strdup_printf ("⁨%s⁩ · ⁨Exemple Karim⁩", who);
  g_autofree char *nobody = kaf_read_title (f->db, "mission_expert", person, KAF_LANG_FR);

  g_assert_cmpstr (trainer, ==, who);
  g_assert_cmpstr (both, ==, isolated);
  g_assert_null (nobody);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/missions/whole", test_whole);
  g_test_add_func ("/missions/editors", test_editors);
  g_test_add_func ("/missions/all-alike", test_all_alike);
  g_test_add_func ("/missions/open-steps", test_open_steps);
  g_test_add_func ("/missions/now", test_now);
  g_test_add_func ("/missions/lapse", test_lapse);
  g_test_add_func ("/missions/erase", test_erase);
  g_test_add_func ("/missions/pseudonym", test_pseudonym);
  g_test_add_func ("/missions/check", test_check);
  g_test_add_func ("/missions/content", test_content);
  g_test_add_func ("/missions/lists", test_lists);
  g_test_add_func ("/missions/findings", test_findings);
  g_test_add_func ("/missions/settings", test_settings);
  g_test_add_func ("/missions/untitled", test_untitled);
  g_test_add_func ("/missions/lists-complete", test_lists_complete);
  return g_test_run ();
}
