/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The best experts for a need among 100 000, for a narrow domain and for the broadest, against the bare query: who has
 * the domain, by its index, and nothing else. Processor time of the thread. And the first question after a start, which
 * has all to read and no statement ready, against the same bare query asked first. */
#include "config.h"

#include "kaf-bench.h"
#include "schema/kaf-registry.h"
#include "store/kaf-candidates.h"
#include "store/kaf-database-private.h"

#define DAY "2026-11-28"
#define ROUNDS 15
#define FIRST_ROUNDS 5
#define LIMIT_MS 20

static char *
make_mission (KafDatabase *db, const char *domains, const char *occupations)
{
  g_autoptr (KafChangeSet) set = kaf_change_set_new ("edit");
  g_autoptr (KafRecord) record = kaf_record_new (kaf_registry_find ("mission"), NULL);
  g_autoptr (KafReceipt) receipt = NULL;
  g_autoptr (GError) error = NULL;

  kaf_record_set (record, "title_fr", "Mesure");
  kaf_record_set (record, "territory", "MA-TIZ");
  kaf_record_set (record, "domains", domains);
  kaf_record_set (record, "occupations", occupations);
  kaf_record_set (record, "languages", "fr\tB2\nar\tC1");
  kaf_record_set (record, "starts_on", "2027-01-11");
  kaf_record_set (record, "ends_on", "2027-01-15");
  kaf_change_set_create (set, record);
  receipt = kaf_commit (db, set, NULL, NULL, &error);
  kaf_bench_check (error);
  return g_strdup (receipt->ids->pdata[0]);
}

static double
time_bare (KafDatabase *db, const char *sql)
{
  g_autoptr (GError) error = NULL;
  gint64 start = kaf_bench_used ();
  gboolean entered = kaf_database_enter_read (db);
  g_autoptr (KafStatement) statement = kaf_database_prepare (db, sql, &error);

  kaf_bench_check (error);
  while (kaf_database_step (db, statement, &error))
    sqlite3_column_int64 (statement, 0);
  kaf_bench_check (error);
  kaf_database_leave_read (db, entered);
  return (kaf_bench_used () - start) / 1e6;
}

static void
bench (KafDatabase *db,
       const char *name,
       const char *domains,
       const char *occupations,
       const char *bare_sql)
{
  g_autofree char *mission = make_mission (db, domains, occupations);
  KafCandidatesQuery query = { .mission = mission,
                               .day = kaf_day_parse (DAY),
                               .lang = KAF_LANG_FR };
  g_autoptr (GArray) ours = kaf_bench_times_new ();
  g_autoptr (GArray) bare = kaf_bench_times_new ();

  for (guint i = 0; i < ROUNDS; i++)
    {
      g_autoptr (GError) error = NULL;
      g_autoptr (KafCandidates) found = NULL;
      gint64 start;

      kaf_bench_add (bare, time_bare (db, bare_sql));
      start = kaf_bench_used ();
      found = kaf_candidates_find (db, &query, NULL, &error);
      kaf_bench_add (ours, (kaf_bench_used () - start) / 1e6);
      kaf_bench_check (error);
      if (i == 0)
        g_print ("# %s: %u found of %u considered, %u looked at, the first time %.1f ms\n", name,
                 found->best->len, found->n_considered, found->n_looked, kaf_bench_median (ours));
    }
  kaf_bench_report (name, kaf_bench_median (ours), kaf_bench_median (bare), "ms", KAF_BENCH_AT_MOST,
                    LIMIT_MS);
}

static double
time_first (const char *path, const char *mission, const char *bare_sql)
{
  KafCandidatesQuery query = { .mission = mission,
                               .day = kaf_day_parse (DAY),
                               .lang = KAF_LANG_FR };
  g_autoptr (GError) error = NULL;
  g_autoptr (KafDatabase) db = kaf_database_open (path, KAF_OPEN_DEFAULT, NULL, &error);
  g_autoptr (KafCandidates) found = NULL;
  gint64 start;

  kaf_bench_check (error);
  if (bare_sql != NULL)
    return time_bare (db, bare_sql);
  start = kaf_bench_used ();
  found = kaf_candidates_find (db, &query, NULL, &error);
  kaf_bench_check (error);
  return (kaf_bench_used () - start) / 1e6;
}

static void
bench_first (const char *path, const char *mission, const char *bare_sql)
{
  g_autoptr (GArray) ours = kaf_bench_times_new ();
  g_autoptr (GArray) bare = kaf_bench_times_new ();

  for (guint i = 0; i < FIRST_ROUNDS; i++)
    {
      kaf_bench_add (bare, time_first (path, mission, bare_sql));
      kaf_bench_add (ours, time_first (path, mission, NULL));
    }
  kaf_bench_report ("candidates, the first after a start", kaf_bench_median (ours),
                    kaf_bench_median (bare), "ms", KAF_BENCH_AT_MOST, LIMIT_MS);
}

#define NARROW                                                                                     \
  "SELECT rid FROM expert_set WHERE field = 'domains' AND removed IS NULL"                         \
  " AND value IN ('nursing', 'health')"

#define WITHIN(parent)                                                                             \
  "SELECT rid FROM expert_set WHERE field = 'domains' AND removed IS NULL AND value IN (SELECT"    \
  " code FROM domain WHERE parent = '" parent "' UNION SELECT '" parent "')"

int
main (int argc, char *argv[])
{
  g_autofree char *built = argc > 1 ? g_strdup (argv[1]) : NULL;
  g_autofree char *path = NULL;
  g_autofree char *mission = NULL;
  g_autoptr (KafDatabase) db = NULL;
  g_autoptr (GError) error = NULL;

  kaf_bench_init ("candidates");
  if (built == NULL)
    built = kaf_bench_store (100000);
  path = kaf_bench_copy_store (built, "candidates.db");
  db = kaf_database_open (path, KAF_OPEN_DEFAULT, NULL, &error);
  kaf_bench_check (error);
  bench (db, "candidates, one narrow domain", "nursing", NULL, NARROW);
  bench (db, "candidates, two narrow domains and an occupation", "nursing\nnursing-education",
         "222",
         "SELECT rid FROM expert_set WHERE removed IS NULL AND ((field = 'domains'"
         " AND value IN ('nursing', 'nursing-education', 'health')) OR (field = 'occupations'"
         " AND value IN ('222', '22', '2')))");
  bench (db, "candidates, the broadest domain", "health", NULL, WITHIN ("health"));
  bench (db, "candidates, a broad domain and a narrow", "engineering\nwater", NULL,
         WITHIN ("engineering"));
  mission = make_mission (db, "nursing", NULL);
  g_clear_pointer (&db, kaf_database_close);
  bench_first (path, mission, NARROW);
  kaf_bench_remove_store (path);
  return kaf_bench_finish ();
}
