/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Who may be one among 100 000: the first look at all of them, one record against them, and what a commit leaves to do.
 * Processor time of the thread; memory as the system counts it. */
#include "config.h"

#include <malloc.h>
#include <string.h>

#include "base/kaf-random.h"
#include "kaf-bench.h"
#include "schema/kaf-registry.h"
#include "store/kaf-database-private.h"
#include "store/kaf-match-reader.h"
#include "store/kaf-suspects-list.h"

#define ROUNDS 2000
#define EDITS 100
#define LIMIT_FIND_MS 5
#define LIMIT_LOOK_MS 60000

/* MiB of the line NAME of /proc/self/status. */
static double
memory (const char *name)
{
  g_autofree char *text = NULL;
  const char *line;

  if (!g_file_get_contents ("/proc/self/status", &text, NULL, NULL))
    return 0;
  line = strstr (text, name);
  return line != NULL ? g_ascii_strtod (line + strlen (name), NULL) / 1024 : 0;
}

static void
bench_look (KafDatabase *db)
{
  g_autoptr (GError) error = NULL;
  gint64 start = kaf_bench_used (), written;
  double before = memory ("VmRSS:");
  g_autoptr (KafSuspectsLook) look = kaf_suspects_look (db, NULL, NULL, NULL, &error);
  g_autoptr (GArray) parts = kaf_bench_times_new ();
  gboolean done = FALSE;

  kaf_bench_check (error);
  kaf_bench_report ("a look at all", (kaf_bench_used () - start) / 1e6, 0, "ms", KAF_BENCH_AT_MOST,
                    LIMIT_LOOK_MS);
  kaf_bench_report ("a look at all, memory", memory ("VmHWM:") - before, 0, "MiB", KAF_BENCH_TOLD,
                    0);
  start = kaf_bench_used ();
  while (!done)
    {
      written = kaf_bench_used ();
      kaf_suspects_look_write (db, look, &done, &error);
      kaf_bench_check (error);
      kaf_bench_add (parts, (kaf_bench_used () - written) / 1e6);
    }
  kaf_bench_report ("writing it", (kaf_bench_used () - start) / 1e6, 0, "ms", KAF_BENCH_TOLD, 0);
  kaf_bench_report ("writing it, the longest part", kaf_bench_quantile (parts, 1), 0, "ms",
                    KAF_BENCH_TOLD, 0);
  g_print ("# %u pairs\n", kaf_suspects_count_shown (db, KAF_SUSPECTS_WAITING, NULL));
  g_clear_pointer (&look, kaf_suspects_look_free);
  malloc_trim (0);
  kaf_bench_report ("a look at all, memory that stays", memory ("VmRSS:") - before, 0, "MiB",
                    KAF_BENCH_TOLD, 0);
}

static gint64
any_person (KafDatabase *db, KafRandom *random, gint64 first, gint64 last)
{
  g_autoptr (KafStatement) row =
      kaf_database_prepare (db, "SELECT rid FROM person WHERE rid >= ? ORDER BY rid LIMIT 1", NULL);

  sqlite3_bind_int64 (row, 1, first + kaf_random_below (random, (guint32) (last - first)));
  return kaf_database_step (db, row, NULL) ? sqlite3_column_int64 (row, 0) : first;
}

static void
bench_find (KafDatabase *db, KafRandom *random)
{
  const KafEntity *entity = kaf_registry_find ("person");
  gint64 first = kaf_database_get_int (db, "SELECT min (rid) FROM person", NULL);
  gint64 last = kaf_database_get_int (db, "SELECT max (rid) FROM person", NULL);
  g_autoptr (GArray) times = kaf_bench_times_new ();

  for (guint i = 0; i < ROUNDS; i++)
    {
      g_autoptr (GError) error = NULL;
      g_autoptr (KafMatchPerson) person =
          kaf_match_reader_read (db, entity, any_person (db, random, first, last), NULL, &error);
      g_autoptr (GPtrArray) found = NULL;
      gint64 start;

      kaf_bench_check (error);
      if (person == NULL)
        continue;
      start = kaf_bench_used ();
      found = kaf_suspects_find (db, entity, person, .30, 3, &error);
      kaf_bench_check (error);
      kaf_bench_add (times, (kaf_bench_used () - start) / 1e6);
    }
  kaf_bench_report ("one against all, half", kaf_bench_median (times), 0, "ms", KAF_BENCH_TOLD, 0);
  kaf_bench_report ("one against all, 99 of 100", kaf_bench_quantile (times, .99), 0, "ms",
                    KAF_BENCH_AT_MOST, LIMIT_FIND_MS);
}

static void
bench_edits (KafDatabase *db, KafRandom *random)
{
  gint64 first = kaf_database_get_int (db, "SELECT min (rid) FROM person", NULL);
  gint64 last = kaf_database_get_int (db, "SELECT max (rid) FROM person", NULL);
  g_autoptr (GArray) times = kaf_bench_times_new ();

  for (guint i = 0; i < EDITS; i++)
    {
      g_autoptr (GError) error = NULL;
      gint64 rid = any_person (db, random, first, last);
      g_autofree char *sql =
          g_strdup_printf ("SELECT id FROM head WHERE rid = %" G_GINT64_FORMAT, rid);
      g_autoptr (KafStatement) row = kaf_database_prepare (db, sql, NULL);
      g_autoptr (KafChangeSet) set = kaf_change_set_new ("edit");
      g_autoptr (KafRecord) change = NULL;
      g_autoptr (KafReceipt) receipt = NULL;
      KafSuspectsState state;
      gint64 start;

      kaf_database_step (db, row, NULL);
      change = kaf_record_new (kaf_registry_find ("person"), kaf_statement_text (row, 0));
      kaf_statement_done (row);
      kaf_record_set (change, "city", "Tiznit");
      kaf_change_set_update (set, change);
      receipt = kaf_commit (db, set, NULL, NULL, &error);
      kaf_bench_check (error);
      start = kaf_bench_used ();
      kaf_suspects_catch_up (db, 200, &state, &error);
      kaf_bench_check (error);
      kaf_bench_add (times, (kaf_bench_used () - start) / 1e6);
    }
  kaf_bench_report ("after a commit, half", kaf_bench_median (times), 0, "ms", KAF_BENCH_TOLD, 0);
  kaf_bench_report ("after a commit, the worst of a hundred", kaf_bench_quantile (times, 1), 0,
                    "ms", KAF_BENCH_TOLD, 0);
}

int
main (int argc, char *argv[])
{
  g_autofree char *built = argc > 1 ? g_strdup (argv[1]) : NULL;
  g_autofree char *path = NULL;
  g_autoptr (KafRandom) random = kaf_random_new_seeded (8);
  g_autoptr (KafDatabase) db = NULL;
  g_autoptr (GError) error = NULL;

  kaf_bench_init ("suspects");
  if (built == NULL)
    built = kaf_bench_store (100000);
  path = kaf_bench_copy_store (built, "suspects.db");
  db = kaf_database_open (path, KAF_OPEN_DEFAULT, NULL, &error);
  kaf_bench_check (error);
  bench_look (db);
  bench_find (db, random);
  bench_edits (db, random);
  kaf_bench_remove_store (path);
  return kaf_bench_finish ();
}
