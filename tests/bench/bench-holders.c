/* SPDX-License-Identifier: GPL-3.0-or-later */
/* 50 000 project holders: all scored anew against the bare reading of the rows that it needs; one change; a simulation. */
#include "config.h"

#include <glib/gstdio.h>

#include "base/kaf-day.h"
#include "base/kaf-random.h"
#include "kaf-bench.h"
#include "schema/kaf-registry.h"
#include "store/kaf-commit.h"
#include "store/kaf-database-private.h"
#include "store/kaf-drafts.h"
#include "store/kaf-holder-now.h"
#include "store/kaf-holder-score.h"

#define HOLDERS 50000
#define CHUNK 5000
#define ROUNDS 5

/* All of 50 000 in a second. */
#define LIMIT_MS 1000

typedef struct
{
  KafDatabase *db;
  KafTransaction *transaction;
  KafRandom *random;
  KafDay today;
} Maker;

/* (transfer full) */
static char *make (Maker *self, const char *entity, const char *id, ...) G_GNUC_NULL_TERMINATED;

static char *
make (Maker *self, const char *entity, const char *id, ...)
{
  g_autoptr (KafRecord) record = kaf_record_new (kaf_registry_find (entity), id);
  g_autoptr (GError) error = NULL;
  const char *field;
  char *made = NULL;
  va_list args;

  va_start (args, id);
  while ((field = va_arg (args, const char *)) != NULL)
    kaf_record_set (record, field, va_arg (args, const char *));
  va_end (args);
  kaf_transaction_apply (self->transaction, KAF_CHANGE_CREATE, record, &made, NULL, &error);
  kaf_bench_check (error);
  return made;
}

static char *
draw_day (Maker *self)
{
  return kaf_day_to_iso (self->today - kaf_random_below (self->random, 400));
}

static void
make_project (Maker *self, const char *person)
{
  static const char *const jobs[] = { "2", "8", "18", "60" };
  static const char *const lands[] = { "secured", "opinion", "sought", NULL };
  static const char *const stages[] = { "idea", "study", "file", "finance" };
  guint kind = kaf_random_below (self->random, 4);
  g_autofree char *day = draw_day (self);
  g_autofree char *project =
      make (self, "project", NULL, "person", person, "title_fr", "Projet", "territory", "MA-TIZ",
            "jobs", jobs[kind], "land", lands[kind], "amount", "420000000 MAD", "secured",
            kind == 0 ? NULL : "168000000 MAD", NULL);

  g_free (make (self, "project_stage", NULL, "project", project, "stage", stages[kind],
                "reached_on", day, NULL));
}

static void
make_holder (Maker *self, guint n)
{
  static const char *const channels[] = { "call", "visit", "email" };
  static const char *const outcomes[] = { "answered", "no_answer", NULL };
  g_autofree char *name = g_strdup_printf ("PORTEUR %u", n);
  g_autofree char *person = make (self, "person", NULL, "family_name", name, "country", "FR", NULL);

  g_free (make (self, "project_holder", person, "horizon", n % 3 == 0 ? "now" : NULL, NULL));
  make_project (self, person);
  for (guint i = 0; i < 2; i++)
    {
      g_autofree char *day = draw_day (self);

      g_free (make (self, "contact", NULL, "person", person, "held_on", day, "channel",
                    channels[kaf_random_below (self->random, 3)], "subject", "x", "outcome",
                    outcomes[kaf_random_below (self->random, 3)], NULL));
    }
}

static void
settle (Maker *self)
{
  g_autoptr (KafReceipt) receipt = NULL;
  g_autoptr (GError) error = NULL;

  receipt = kaf_transaction_commit (g_steal_pointer (&self->transaction), &error);
  kaf_bench_check (error);
}

static void
fill (const char *path, guint n)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (KafDatabase) db = kaf_database_open (path, KAF_OPEN_CREATE, NULL, &error);
  Maker self = { db, NULL, kaf_random_new_seeded (11), 0 };

  kaf_bench_check (error);
  self.today = kaf_day_from_time (kaf_clock_now (kaf_database_get_clock (db)));
  for (guint i = 0; i < n; i++)
    {
      if (self.transaction == NULL)
        self.transaction = kaf_transaction_begin (db, "import", &error);
      kaf_bench_check (error);
      make_holder (&self, i);
      if (i % CHUNK == CHUNK - 1 || i == n - 1)
        settle (&self);
    }
  kaf_random_unref (self.random);
}

static char *
find_store (guint n)
{
  g_autofree char *name = g_strdup_printf ("holders-%u.kafaat", n);
  g_autofree char *dir = g_strdup (g_getenv ("KAF_BENCH_DIR"));
  char *path = g_build_filename (dir != NULL ? dir : g_get_tmp_dir (), name, NULL);

  if (!g_file_test (path, G_FILE_TEST_EXISTS))
    {
      g_autofree char *part = kaf_bench_scratch ("holders.part");

      fill (part, n);
      g_assert (g_rename (part, path) == 0);
    }
  return path;
}

/* The rows that a score looks at, read and nothing more. */
static void
read_bare (KafDatabase *db)
{
  static const char *const queries[] = {
    "SELECT h.id, e.horizon, e.experience_years, e.post, e.relay_willing, e.relay_reach,"
    " p.territory FROM project_holder e CROSS JOIN head h ON h.rid = e.rid"
    " CROSS JOIN person p ON p.rid = e.rid WHERE e.deleted_at IS NULL AND h.deleted = 0",
    "SELECT h.id, x.person, x.sector, x.territory, x.amount, x.secured, x.jobs, x.land"
    " FROM project x CROSS JOIN head h ON h.rid = x.rid WHERE x.deleted_at IS NULL",
    "SELECT project, stage, reached_on FROM project_stage WHERE deleted_at IS NULL",
    "SELECT person, held_on, channel, outcome, next_on FROM contact WHERE deleted_at IS NULL",
  };

  for (guint i = 0; i < G_N_ELEMENTS (queries); i++)
    {
      g_autoptr (KafStatement) statement = kaf_database_prepare (db, queries[i], NULL);
      g_autoptr (GError) error = NULL;

      while (kaf_database_step (db, statement, &error))
        for (int column = 0; column < sqlite3_column_count (statement); column++)
          sqlite3_column_text (statement, column);
      kaf_bench_check (error);
    }
}

static void
score_all (KafDatabase *db)
{
  g_autoptr (GError) error = NULL;
  KafDay today = kaf_day_from_time (kaf_clock_now (kaf_database_get_clock (db)));
  g_autoptr (KafHolders) all = kaf_holders_read (db, NULL, today, NULL, &error);
  g_autoptr (GArray) standings = NULL;

  kaf_bench_check (error);
  standings = kaf_holders_stand (all, kaf_score_rules_default ());
  g_assert (standings->len > 0);
}

/* And written: what a new day does. */
static void
refresh (KafDatabase *db)
{
  g_autoptr (GError) error = NULL;
  KafDay today = kaf_day_from_time (kaf_clock_now (kaf_database_get_clock (db)));
  g_autofree char *yesterday = kaf_day_to_iso (today - 1);
  g_autofree char *stand = g_strconcat (yesterday, " ", NULL);

  kaf_local_set (db, "holders-stand", stand, &error);
  kaf_bench_check (error);
  kaf_holder_now_refresh (db, &error);
  kaf_bench_check (error);
}

static void
simulate (KafDatabase *db)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (KafSimulation) simulation = NULL;
  g_autoptr (KafScoreRules) rules = kaf_score_rules_parse (
      "{\"tiers\":{\"by\":\"threshold\",\"potential\":50,\"engagement\":50},\"criteria\":["
      "{\"axis\":\"potential\",\"fact\":\"jobs\",\"bands\":[[10,60]]}]}",
      NULL);

  simulation = kaf_simulation_run (db, rules, KAF_DAY_UNKNOWN, NULL, &error);
  kaf_bench_check (error);
}

/* A call is noted: the line follows in its transaction. */
static void
note_call (KafDatabase *db)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (KafReceipt) receipt = NULL;
  g_autoptr (KafRecord) record = kaf_record_new (kaf_registry_find ("contact"), NULL);
  g_autoptr (KafChangeSet) set = kaf_change_set_new ("create");
  g_autoptr (KafStatement) statement = kaf_database_prepare (
      db, "SELECT h.id FROM holder_now n JOIN head h ON h.rid = n.rid LIMIT 1 OFFSET 777", NULL);
  KafDay today = kaf_day_from_time (kaf_clock_now (kaf_database_get_clock (db)));
  g_autofree char *day = kaf_day_to_iso (today);

  g_assert (kaf_database_step (db, statement, NULL));
  kaf_record_set (record, "person", kaf_statement_text (statement, 0));
  kaf_statement_done (g_steal_pointer (&statement));
  kaf_record_set (record, "held_on", day);
  kaf_record_set (record, "channel", "call");
  kaf_record_set (record, "subject", "x");
  kaf_change_set_create (set, record);
  receipt = kaf_commit (db, set, NULL, NULL, &error);
  kaf_bench_check (error);
}

static void
bench (KafDatabase *db, const char *name, void (*ours) (KafDatabase *), guint rounds, double limit)
{
  g_autoptr (GArray) own = kaf_bench_times_new ();
  g_autoptr (GArray) floor = kaf_bench_times_new ();

  for (guint i = 0; i < rounds; i++)
    {
      gint64 start = kaf_bench_used ();

      read_bare (db);
      kaf_bench_add (floor, (kaf_bench_used () - start) / 1e6);
      start = kaf_bench_used ();
      ours (db);
      kaf_bench_add (own, (kaf_bench_used () - start) / 1e6);
    }
  kaf_bench_report (name, kaf_bench_median (own), kaf_bench_median (floor), "ms", KAF_BENCH_AT_MOST,
                    limit);
}

int
main (void)
{
  const char *number = g_getenv ("KAF_BENCH_HOLDERS");
  g_autofree char *path = NULL;
  g_autoptr (KafDatabase) db = NULL;
  g_autoptr (GError) error = NULL;

  kaf_bench_init ("holders");
  path = find_store (number != NULL ? (guint) g_ascii_strtoull (number, NULL, 10) : HOLDERS);
  db = kaf_database_open (path, KAF_OPEN_DEFAULT, NULL, &error);
  kaf_bench_check (error);
  refresh (db);
  bench (db, "holders, all scored", score_all, ROUNDS, LIMIT_MS);
  bench (db, "holders, all scored and written", refresh, ROUNDS, LIMIT_MS);
  bench (db, "holders, a simulation", simulate, ROUNDS, 2 * LIMIT_MS);
  bench (db, "holders, a call noted", note_call, ROUNDS, 50);
  return kaf_bench_finish ();
}
