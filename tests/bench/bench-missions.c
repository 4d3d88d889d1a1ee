/* SPDX-License-Identifier: GPL-3.0-or-later */
/* 10 000 missions with 30 sessions, 40 lines and 60 participants each: the board, lists, one mission opened, its
 * checks, those of all; each against the bare queries: the same rows stepped over, and nothing made of them. Processor
 * time of the thread; by the clock, it hangs on what else the machine does. KAF_BENCH_MISSIONS gives another number. */
#include "config.h"

#include <string.h>

#include "kaf-bench-missions.h"
#include "kaf-bench.h"
#include "schema/kaf-registry.h"
#include "store/kaf-commit.h"
#include "store/kaf-database-private.h"
#include "store/kaf-findings.h"
#include "store/kaf-mission-board.h"
#include "store/kaf-mission-settings.h"
#include "store/kaf-missions.h"

#define ROUNDS 7
#define CARDS 8
#define PAGE 100

typedef struct
{
  KafDatabase *db;
  KafMissionSurroundings *around;
  char *mission; /* one at step 5 */
  char *line;    /* a budget line of it */
  guint n;       /* of what was read last */
} Bench;

typedef void (*Work) (Bench *self);

/* The rows behind a figure. */
static void
step_over (Bench *self, const char *sql)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (KafStatement) statement = kaf_database_prepare (self->db, sql, &error);

  kaf_bench_check (error);
  if (sqlite3_bind_parameter_count (statement) > 0)
    kaf_statement_bind_text (statement, 1, self->mission);
  while (kaf_database_step (self->db, statement, &error))
    for (int i = 0; i < sqlite3_column_count (statement); i++)
      sqlite3_column_text (statement, i);
  kaf_bench_check (error);
}

/* The board */

static void
read_board (Bench *self)
{
  g_autoptr (GError) error = NULL;
  const KafBoardQuery query = {
    .cards = CARDS, .who = "essai", .approves = TRUE, .day = self->around->context.day
  };
  g_autoptr (KafBoard) board = kaf_board_read (self->db, &query, NULL, &error);

  kaf_bench_check (error);
  self->n = board->n;
}

static void
filter_board (Bench *self)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (KafQuery) only = kaf_query_new (kaf_registry_find ("mission"));
  const char *const territory[] = { "MA-TIZ", NULL };
  const KafBoardQuery query = {
    .cards = CARDS, .who = "essai", .only = only, .day = self->around->context.day
  };
  g_autoptr (KafBoard) board = NULL;

  kaf_query_set_condition (only, "territory", KAF_OP_ANY_OF, territory);
  board = kaf_board_read (self->db, &query, NULL, &error);
  kaf_bench_check (error);
  self->n = board->n;
}

static void
bare_board (Bench *self)
{
  step_over (self, "SELECT k.step, k.state, k.since, k.due_on, e.starts_on, e.followed_by"
                   " FROM mission_now k CROSS JOIN mission e ON e.rid = k.rid");
}

/* Lists */

static void
read_list (Bench *self, const char *sort, const char *step)
{
  static const char *const columns[] = { "step", "state", "since", "territory", "starts_on", NULL };
  g_autoptr (GError) error = NULL;
  g_autoptr (KafQuery) query = kaf_query_new (kaf_registry_find ("mission"));
  const char *const values[] = { step, NULL };
  g_autoptr (GPtrArray) rows = NULL;
  gint64 total;

  kaf_query_set_sort (query, sort, FALSE);
  if (step != NULL)
    kaf_query_set_condition (query, "step", KAF_OP_ANY_OF, values);
  total = kaf_page_count (self->db, query, &error);
  kaf_bench_check (error);
  rows = kaf_page_read (self->db, query, columns, KAF_LANG_FR, 0, PAGE, NULL, NULL, &error);
  kaf_bench_check (error);
  self->n = (guint) total;
}

static void
list_by_title (Bench *self)
{
  read_list (self, NULL, NULL);
}

static void
list_by_step (Bench *self)
{
  read_list (self, "step", NULL);
}

static void
list_of_step (Bench *self)
{
  read_list (self, "since", "5");
}

static void
bare_list (Bench *self)
{
  step_over (self, "SELECT h.rid, k.step FROM head h JOIN mission_now k ON k.rid = h.rid"
                   " WHERE h.entity = 'mission' AND h.deleted = 0 ORDER BY k.step, h.sort");
}

/* One */

static void
open_one (Bench *self)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (KafMission) mission =
      kaf_mission_read (self->db, self->mission, KAF_LANG_FR, NULL, &error);

  kaf_bench_check (error);
  self->n = mission->items->len + mission->lines->len;
}

static void
bare_one (Bench *self)
{
  static const char *const tables[] = { "programme_item", "budget_line", "participant",
                                        "mission_expert", "mission_act" };

  for (guint i = 0; i < G_N_ELEMENTS (tables); i++)
    {
      g_autofree char *sql =
          g_strdup_printf ("SELECT x.*, h.id FROM \"%s\" x CROSS JOIN head h ON h.rid = x.rid"
                           " WHERE x.mission = ?1",
                           tables[i]);

      step_over (self, sql);
    }
}

static guint
run_all_steps (Bench *self, const KafMission *mission)
{
  g_autoptr (KafFindings) findings = kaf_findings_new (self->around->context.day, NULL);
  KafMissionLife life;

  kaf_mission_live (mission, &life);
  for (guint step = 1; step <= KAF_MISSION_STEPS; step++)
    g_ptr_array_unref (
        kaf_mission_run_checks (mission, &life, step, &self->around->context, findings));
  return findings->list->len;
}

static KafMission *loaded;

static void
check_one (Bench *self)
{
  self->n = run_all_steps (self, loaded);
}

/* All */

static gboolean
take_mission (KafMission *mission, guint step, gpointer data)
{
  Bench *self = data;

  self->n += run_all_steps (self, mission);
  return TRUE;
}

static void
check_all (Bench *self)
{
  g_autoptr (GError) error = NULL;

  self->n = 0;
  kaf_missions_read_all (self->db, KAF_MISSIONS_ALL, KAF_LANG_FR, take_mission, self, NULL, &error);
  kaf_bench_check (error);
}

static void
list_findings (Bench *self)
{
  g_autoptr (GError) error = NULL;
  const KafFindingsQuery query = {
    .entity = "mission", .limit = 50, .day = self->around->context.day, .lang = KAF_LANG_FR
  };
  g_autoptr (KafFindings) findings = kaf_findings_read (self->db, &query, NULL, &error);

  kaf_bench_check (error);
  self->n = findings->n_all;
}

/* The to-do after somebody has written one budget line: to and fro. */
static void
write_line (Bench *self)
{
  static gboolean other;
  g_autoptr (KafChangeSet) set = kaf_change_set_new ("edit");
  g_autoptr (KafRecord) record = kaf_record_new (kaf_registry_find ("budget_line"), self->line);
  g_autoptr (KafReceipt) receipt = NULL;
  g_autoptr (GError) error = NULL;

  other = !other;
  kaf_record_set (record, "label_fr", other ? "Bus" : "Car");
  kaf_change_set_update (set, record);
  receipt = kaf_commit (self->db, set, NULL, NULL, &error);
  kaf_bench_check (error);
}

static void
read_todo (Bench *self)
{
  const KafFindingsQuery query = { .limit = 30,
                                   .day = self->around->context.day,
                                   .lang = KAF_LANG_FR };
  g_autoptr (GError) error = NULL;
  g_autoptr (KafFindings) findings = kaf_findings_read (self->db, &query, NULL, &error);

  kaf_bench_check (error);
  self->n = findings->n_all;
}

static void
write_and_read_bare (Bench *self)
{
  write_line (self);
  bare_one (self);
}

static void
bare_all (Bench *self)
{
  static const char *const tables[] = { "programme_item", "budget_line", "mission_expert",
                                        "mission_act" };

  for (guint i = 0; i < G_N_ELEMENTS (tables); i++)
    {
      g_autofree char *sql = g_strdup_printf (
          "SELECT x.*, h.id FROM \"%s\" x CROSS JOIN head h ON h.rid = x.rid", tables[i]);

      step_over (self, sql);
    }
}

/* With an argument: those alone whose name holds it. */
static const char *only;

static void
bench (Bench *self, const char *name, Work ours, Work bare, guint rounds, double limit)
{
  g_autoptr (GArray) own = kaf_bench_times_new ();
  g_autoptr (GArray) floor = kaf_bench_times_new ();
  g_autoptr (GArray) wall = kaf_bench_times_new ();
  g_autofree char *by_the_clock = g_strconcat (name, ", by the clock", NULL);

  if (only != NULL && strstr (name, only) == NULL)
    return;
  ours (self);
  for (guint i = 0; i < rounds; i++)
    {
      gint64 start = kaf_bench_used (), began;

      bare (self);
      kaf_bench_add (floor, (kaf_bench_used () - start) / 1e6);
      start = kaf_bench_used ();
      began = kaf_bench_now ();
      ours (self);
      kaf_bench_add (own, (kaf_bench_used () - start) / 1e6);
      kaf_bench_times_add (wall, began);
    }
  g_print ("# %s: %u\n", name, self->n);
  kaf_bench_report (name, kaf_bench_median (own), kaf_bench_median (floor), "ms", KAF_BENCH_AT_MOST,
                    limit);
  kaf_bench_report (by_the_clock, kaf_bench_median (wall), 0, "ms", KAF_BENCH_TOLD, 0);
}

static char *
find_mission (KafDatabase *db)
{
  g_autoptr (KafStatement) statement = kaf_database_prepare (
      db,
      "SELECT h.id FROM mission_now n CROSS JOIN head h ON h.rid = n.rid WHERE n.step = 5"
      " ORDER BY h.id LIMIT 1",
      NULL);

  kaf_database_step (db, statement, NULL);
  return g_strdup (kaf_statement_text (statement, 0));
}

static char *
find_line (KafDatabase *db, const char *mission)
{
  g_autoptr (KafStatement) statement = kaf_database_prepare (
      db,
      "SELECT h.id FROM budget_line l CROSS JOIN head h ON h.rid = l.rid WHERE l.mission = ? LIMIT 1",
      NULL);

  kaf_statement_bind_text (statement, 1, mission);
  kaf_database_step (db, statement, NULL);
  return g_strdup (kaf_statement_text (statement, 0));
}

int
main (int argc, char **argv)
{
  const char *number = g_getenv ("KAF_BENCH_MISSIONS");
  g_autofree char *path = NULL;
  g_autofree char *mission = NULL;
  g_autofree char *line = NULL;
  g_autoptr (KafDatabase) db = NULL;
  g_autoptr (KafMissionSurroundings) around = NULL;
  g_autoptr (GError) error = NULL;
  Bench self = { 0 };

  only = argc > 1 ? argv[1] : NULL;
  kaf_bench_init ("missions");
  path = kaf_bench_missions_store (number != NULL ? (guint) g_ascii_strtoull (number, NULL, 10)
                                                  : KAF_BENCH_MISSIONS);
  db = kaf_database_open (path, KAF_OPEN_DEFAULT, NULL, &error);
  kaf_bench_check (error);
  around = kaf_mission_surroundings_read (db, kaf_day_parse ("2026-11-22"), KAF_LANG_FR, &error);
  kaf_bench_check (error);
  mission = find_mission (db);
  line = find_line (db, mission);
  self = (Bench){ db, around, mission, line, 0 };
  bench (&self, "missions, the board", read_board, bare_board, ROUNDS, 100);
  bench (&self, "missions, the board of a province", filter_board, bare_board, ROUNDS, 100);
  bench (&self, "missions, a page by title", list_by_title, bare_list, ROUNDS, 100);
  bench (&self, "missions, a page by step", list_by_step, bare_list, ROUNDS, 100);
  bench (&self, "missions, a page of one step", list_of_step, bare_list, ROUNDS, 100);
  bench (&self, "missions, one opened", open_one, bare_one, 5 * ROUNDS, 50);
  loaded = kaf_mission_read (db, mission, KAF_LANG_FR, NULL, &error);
  kaf_bench_check (error);
  bench (&self, "missions, all checks of one", check_one, bare_one, 5 * ROUNDS, 5);
  g_clear_pointer (&loaded, kaf_mission_unref);
  /* The line is written where the floor is taken. */
  bench (&self, "missions, the to-do after a line was written", read_todo, write_and_read_bare,
         ROUNDS, 100);
  bench (&self, "missions, the open steps of all", list_findings, bare_all, 3, 5000);
  bench (&self, "missions, all checks of all", check_all, bare_all, 3, 5000);
  return kaf_bench_finish ();
}
