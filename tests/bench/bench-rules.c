/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What is wrong or due, in a store of 200 networks, 5 000 conventions and 50 000 commitments: all of it as the to-do
 * list asks for it, the first lines and counts as the home page does, and one convention's; each against the bare
 * queries: the same rows stepped over, and nothing made of them. Processor time of the thread; by the clock, it hangs
 * on what else the machine does. */
#include "config.h"

#include "base/kaf-day.h"
#include "kaf-bench-partners.h"
#include "kaf-bench.h"
#include "schema/kaf-registry.h"
#include "store/kaf-commit.h"
#include "store/kaf-database-private.h"
#include "store/kaf-findings-kept.h"
#include "store/kaf-todo.h"

#define ROUNDS 9
#define HOME_ROWS 12
#define TODO_ROWS 30

/* What the rules have to know at least, as they read it. */
static const char *const bare_all[] = {
  "SELECT h.id, m.valid_from, m.valid_to, m.organisation, m.person, m.presides FROM mandate m"
  " JOIN head h ON h.rid = m.rid WHERE m.deleted_at IS NULL",
  "SELECT c.rid, h.id, c.kind, c.parent, c.programme, c.negotiated_on, c.signed_on, c.effective_on,"
  " c.ends_on, c.terminated_on, c.open_ended, c.tacit_renewal, c.renewal_months, c.notice_days"
  " FROM convention c JOIN head h ON h.rid = c.rid WHERE c.deleted_at IS NULL",
  "SELECT rid, field, value FROM convention_set WHERE removed IS NULL",
  "SELECT owner FROM attachment WHERE owner_entity = 'convention' AND role = 'signed'"
  " AND deleted_at IS NULL",
  "SELECT rid, convention, mandate, signed_on FROM signatory WHERE deleted_at IS NULL",
  "SELECT rid, act, party, waived_on, due_on FROM commitment_now",
};

static double
time_bare (KafDatabase *db)
{
  g_autoptr (GError) error = NULL;
  gint64 start = kaf_bench_used ();
  gboolean entered = kaf_database_enter_read (db);

  for (guint i = 0; i < G_N_ELEMENTS (bare_all); i++)
    {
      g_autoptr (KafStatement) statement = kaf_database_prepare (db, bare_all[i], &error);

      kaf_bench_check (error);
      while (kaf_database_step (db, statement, &error))
        for (int j = 0; j < sqlite3_column_count (statement); j++)
          sqlite3_column_text (statement, j);
      kaf_bench_check (error);
    }
  kaf_database_leave_read (db, entered);
  return (kaf_bench_used () - start) / 1e6;
}

static double
time_ours (KafDatabase *db, const KafFindingsQuery *query, GArray *wall, guint *n, guint *n_all)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (KafFindings) findings = NULL;
  gint64 start = kaf_bench_used (), began = kaf_bench_now ();
  double time;

  findings = kaf_findings_read (db, query, NULL, &error);
  time = (kaf_bench_used () - start) / 1e6;
  if (wall != NULL)
    kaf_bench_times_add (wall, began);
  kaf_bench_check (error);
  *n = findings->list->len;
  *n_all = findings->n_all;
  return time;
}

static void
bench (
    KafDatabase *db, const char *name, const KafFindingsQuery *query, gboolean again, double limit)
{
  g_autoptr (GArray) ours = kaf_bench_times_new ();
  g_autoptr (GArray) bare = kaf_bench_times_new ();
  g_autoptr (GArray) wall = kaf_bench_times_new ();
  g_autofree char *by_the_clock = g_strconcat (name, ", by the clock", NULL);
  guint n = 0, n_all = 0;
  double first;

  first = time_ours (db, query, NULL, &n, &n_all);
  for (guint i = 0; i < ROUNDS; i++)
    {
      kaf_bench_add (bare, time_bare (db));
      if (!again)
        kaf_findings_forget (db);
      kaf_bench_add (ours, time_ours (db, query, wall, &n, &n_all));
    }
  g_print ("# %s: %u findings of %u, the first time %.1f ms\n", name, n, n_all, first);
  kaf_bench_report (name, kaf_bench_median (ours), query->id == NULL ? kaf_bench_median (bare) : 0,
                    "ms", KAF_BENCH_AT_MOST, limit);
  kaf_bench_report (by_the_clock, kaf_bench_median (wall), 0, "ms", KAF_BENCH_TOLD, 0);
}

/* All that the home page asks for: its lines, the conventions that lapse, and who of us follows something. Today, as it
 * does. */
static void
bench_home (KafDatabase *db, const char *name, gboolean again, double limit)
{
  const KafTodoQuery query = { .limit = HOME_ROWS, .lapsing = TRUE, .lang = KAF_LANG_FR };
  g_autoptr (GArray) ours = kaf_bench_times_new ();
  g_autoptr (GArray) bare = kaf_bench_times_new ();

  for (guint i = 0; i <= ROUNDS; i++)
    {
      g_autoptr (GError) error = NULL;
      g_autoptr (KafTodo) todo = NULL;
      gint64 start;

      if (!again)
        kaf_findings_forget (db);
      start = kaf_bench_used ();
      todo = kaf_todo_read (db, &query, NULL, &error);
      if (i > 0)
        kaf_bench_add (ours, (kaf_bench_used () - start) / 1e6);
      kaf_bench_check (error);
      kaf_bench_add (bare, time_bare (db));
    }
  kaf_bench_report (name, kaf_bench_median (ours), kaf_bench_median (bare), "ms", KAF_BENCH_AT_MOST,
                    limit);
}

/* Changes a field of the first record of @entity, to and fro. */
static void
change (KafDatabase *db, const char *entity, const char *field, guint round)
{
  g_autofree char *sql = g_strdup_printf (
      "SELECT h.id FROM \"%s\" e JOIN head h ON h.rid = e.rid WHERE h.deleted = 0 LIMIT 1", entity);
  g_autoptr (KafStatement) statement = kaf_database_prepare (db, sql, NULL);
  g_autoptr (KafChangeSet) set = kaf_change_set_new ("edit");
  g_autoptr (KafRecord) record = NULL;
  g_autoptr (KafReceipt) receipt = NULL;
  g_autoptr (GError) error = NULL;

  kaf_database_step (db, statement, NULL);
  record = kaf_record_new (kaf_registry_find (entity), kaf_statement_text (statement, 0));
  kaf_statement_done (g_steal_pointer (&statement));
  kaf_record_set (record, field, round % 2 == 0 ? "Un" : "Deux");
  kaf_change_set_update (set, record);
  receipt = kaf_commit (db, set, NULL, NULL, &error);
  kaf_bench_check (error);
}

/* What the home page waits for when somebody has written one record. */
static void
bench_written (KafDatabase *db,
               const char *name,
               const KafFindingsQuery *query,
               const char *entity,
               const char *field,
               double limit)
{
  g_autoptr (GArray) ours = kaf_bench_times_new ();
  g_autoptr (GArray) bare = kaf_bench_times_new ();
  guint n, n_all;

  time_ours (db, query, NULL, &n, &n_all);
  for (guint i = 0; i < ROUNDS; i++)
    {
      change (db, entity, field, i);
      kaf_bench_add (bare, time_bare (db));
      kaf_bench_add (ours, time_ours (db, query, NULL, &n, &n_all));
    }
  kaf_bench_report (name, kaf_bench_median (ours), kaf_bench_median (bare), "ms", KAF_BENCH_AT_MOST,
                    limit);
}

static char *
find_convention (KafDatabase *db)
{
  g_autoptr (KafStatement) statement = kaf_database_prepare (
      db,
      "SELECT h.id FROM convention c JOIN head h ON h.rid = c.rid WHERE c.kind = 'specific'"
      " LIMIT 1",
      NULL);

  kaf_database_step (db, statement, NULL);
  return g_strdup (kaf_statement_text (statement, 0));
}

int
main (void)
{
  g_autofree char *path = NULL;
  g_autofree char *convention = NULL;
  g_autoptr (KafDatabase) db = NULL;
  g_autoptr (GError) error = NULL;
  KafFindingsQuery all = { .lang = KAF_LANG_FR, .day = kaf_day_parse (KAF_BENCH_DAY) };
  KafFindingsQuery home = all, one = all, network = all, todo = all;

  kaf_bench_init ("rules");
  path = kaf_bench_partners_store ();
  db = kaf_database_open (path, KAF_OPEN_DEFAULT, NULL, &error);
  kaf_bench_check (error);
  convention = find_convention (db);
  home.limit = HOME_ROWS;
  todo.limit = TODO_ROWS;
  one.entity = "convention";
  one.id = convention;
  network.entity = "network";
  bench (db, "rules, home page the first time: 12 lines", &home, FALSE, 100);
  bench (db, "rules, home page again", &home, TRUE, 100);
  bench_home (db, "rules, home page the first time: with what lapses and who follows", FALSE, 100);
  bench_home (db, "rules, home page again: with what lapses and who follows", TRUE, 100);
  bench_written (db, "rules, home page after a person was changed", &home, "person", "city", 100);
  bench_written (db, "rules, home page after a network was changed", &home, "organisation", "city",
                 100);
  bench_written (db, "rules, home page after a commitment was changed", &home, "commitment",
                 "text_fr", 100);
  bench_written (db, "rules, home page after a convention was changed", &home, "convention",
                 "title_fr", 100);
  bench (db, "rules, to-do list the first time: as the page asks", &todo, FALSE, 100);
  bench (db, "rules, to-do list again: as the page asks", &todo, TRUE, 100);
  bench (db, "rules, to-do list the first time: all lines", &all, FALSE, 100);
  bench (db, "rules, to-do list again: all lines", &all, TRUE, 100);
  bench (db, "rules, networks alone", &network, FALSE, 100);
  bench (db, "rules, one convention's tree", &one, FALSE, 50);
  return kaf_bench_finish ();
}
