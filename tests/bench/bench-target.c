/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The count of 2030 over 100 000 experts with two claims each: the facts of all in one pass against the bare reading of
 * the same rows; then the figures with all breakdowns, month by month, and the line of one person written again.
 * Processor time of the thread. */
#include "config.h"

#include "kaf-bench.h"
#include "store/kaf-database-private.h"
#include "store/kaf-target-facts.h"
#include "store/kaf-target-now.h"
#include "store/kaf-target.h"

#define PERSONS 100000
#define ROUNDS 5

typedef void (*Work) (KafDatabase *db);

/* Facts by the row number: no transaction of the program would write so many in a breath. */
static const char facts[] =
    "UPDATE person SET status = 'verified', verified_on = date ('2021-01-01', '+' || (rid * 7919 %"
    " 2100) || ' days');"
    "INSERT INTO source_claim (rid, person, field, source, claimed_on, created_at) SELECT 900000000"
    " + rid, id, 'city', 'Source ' || (rid % 40), date ('2021-01-01', '+' || (rid % 2000) || ' days'),"
    " 0 FROM head WHERE entity = 'person' UNION ALL SELECT 910000000 + rid, id, 'city', 'Annuaire ' ||"
    " (rid % 3), date ('2021-03-01', '+' || (rid % 1900) || ' days'), 0 FROM head WHERE entity ="
    " 'person';"
    "INSERT INTO contact (rid, person, held_on, channel, subject, outcome) SELECT 920000000 + rid, id,"
    " date ('2022-01-01', '+' || (rid % 1700) || ' days'), 'call', 'Essai', 'answered' FROM head WHERE"
    " entity = 'person' AND rid % 2 = 0;"
    "INSERT INTO contribution (rid, person, kind, starts_on, ends_on, days) SELECT 930000000 + rid, id,"
    " 'advice', date ('2022-01-01', '+' || (rid % 1500) || ' days'), date ('2022-04-10', '+' || (rid %"
    " 1500) || ' days'), rid % 20 FROM head WHERE entity = 'person' AND rid % 3 = 0";

static void
read_all (KafDatabase *db)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GArray) lines = kaf_target_facts_read_all (db, NULL, &error);

  kaf_bench_check (error);
}

static void
step_over (KafDatabase *db, const char *sql)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (KafStatement) statement = kaf_database_prepare (db, sql, &error);

  kaf_bench_check (error);
  while (kaf_database_step (db, statement, &error))
    for (int i = 0; i < sqlite3_column_count (statement); i++)
      sqlite3_column_text (statement, i);
  kaf_bench_check (error);
}

/* The same rows, and nothing made of them. */
static void
bare_all (KafDatabase *db)
{
  step_over (db, "SELECT h.rid, h.id, p.status, p.verified_on, p.confirmed_on, p.declared_on FROM"
                 " person p CROSS JOIN head h ON h.rid = p.rid WHERE h.deleted = 0");
  step_over (db,
             "SELECT person, source, claimed_on, created_at FROM source_claim WHERE deleted_at IS"
             " NULL");
  step_over (db, "SELECT person, held_on FROM contact WHERE outcome = 'answered'");
  step_over (db, "SELECT person, starts_on, ends_on, days FROM contribution");
}

static void
count_all (KafDatabase *db)
{
  const KafTargetQuery query = { .day = kaf_day_parse ("2026-11-28"), .axes = ~0u };
  g_autoptr (GError) error = NULL;
  g_autoptr (KafTargetCount) count = kaf_target_count (db, &query, NULL, &error);

  kaf_bench_check (error);
}

static void
read_series (KafDatabase *db)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GArray) points =
      kaf_target_series (db, 0, kaf_day_parse ("2026-11-28"), FALSE, &error);

  kaf_bench_check (error);
}

static void
bare_lines (KafDatabase *db)
{
  step_over (db, "SELECT * FROM target_now");
}

static void
write_some (KafDatabase *db)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (KafStatement) statement =
      kaf_database_prepare (db, "SELECT id FROM head WHERE entity = 'person' LIMIT 1000", &error);

  kaf_bench_check (error);
  kaf_database_exec (db, "BEGIN", &error);
  while (kaf_database_step (db, statement, &error))
    kaf_target_now_write (db, kaf_statement_text (statement, 0), &error);
  kaf_bench_check (error);
  kaf_statement_done (g_steal_pointer (&statement));
  kaf_database_exec (db, "ROLLBACK", &error);
  kaf_bench_check (error);
}

static void
bench (KafDatabase *db, const char *name, Work work, Work bare, double target)
{
  g_autoptr (GArray) times = kaf_bench_times_new ();
  g_autoptr (GArray) floors = kaf_bench_times_new ();

  for (guint i = 0; i < ROUNDS; i++)
    {
      gint64 start = kaf_bench_used ();

      work (db);
      kaf_bench_add (times, (double) (kaf_bench_used () - start) / 1e6);
      if (bare == NULL)
        continue;
      start = kaf_bench_used ();
      bare (db);
      kaf_bench_add (floors, (double) (kaf_bench_used () - start) / 1e6);
    }
  kaf_bench_report (name, kaf_bench_median (times), bare != NULL ? kaf_bench_median (floors) : 0,
                    "ms", KAF_BENCH_AT_MOST, target);
}

int
main (void)
{
  g_autofree char *store = NULL;
  g_autofree char *path = NULL;
  g_autoptr (KafDatabase) db = NULL;
  g_autoptr (GError) error = NULL;

  kaf_bench_init ("target");
  store = kaf_bench_store (PERSONS);
  path = kaf_bench_copy_store (store, "target.db");
  db = kaf_database_open (path, KAF_OPEN_DEFAULT, NULL, &error);
  kaf_bench_check (error);
  kaf_database_exec (db, "BEGIN", &error);
  kaf_database_exec (db, facts, &error);
  kaf_bench_check (error);
  kaf_target_now_rebuild (db, &error);
  kaf_bench_check (error);
  kaf_database_exec (db, "COMMIT; ANALYZE", &error);
  kaf_bench_check (error);
  bench (db, "2030, the facts of 100 000 experts", read_all, bare_all, 1000);
  bench (db, "2030, the figures with four breakdowns", count_all, bare_lines, 1000);
  bench (db, "2030, month by month", read_series, bare_lines, 200);
  bench (db, "2030, 1 000 lines written again", write_some, NULL, 200);
  return kaf_bench_finish ();
}
