/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A store of 100 000 persons goes up to a real server over TLS on this machine, and comes down to an
 * empty store, by the feed and as what the server has ready: what a thousand persons cost, and what the
 * client needs beyond its usual memory. */
#include "config.h"

#include "kaf-bench-exchange.h"
#include "kaf-bench-floor.h"
#include "kaf-bench-server.h"
#include "kaf-bench.h"
#include "net/kaf-syncer.h"

/* @most: ms of a thousand records, of which a person and what belongs to her are several. Gives the ms of all. */
static double
exchange (KafDatabase *db, const char *what, double most)
{
  g_autofree char *time_name =
      g_strdup_printf ("sync 100 000 persons %s, a thousand records", what);
  g_autofree char *record_name =
      g_strdup_printf ("sync 100 000 persons %s, records a second", what);
  g_autofree char *memory_name = g_strdup_printf ("sync 100 000 persons %s, memory", what);
  KafBenchExchange one;

  kaf_bench_exchange (db, &one);
  kaf_bench_report (time_name, one.ms / one.n * 1000, 0, "ms", KAF_BENCH_AT_MOST, most);
  kaf_bench_report (record_name, one.n / one.ms * 1000, 0, "", KAF_BENCH_TOLD, 0);
  kaf_bench_report (memory_name, one.mib, 0, "MiB", KAF_BENCH_AT_MOST, 64);
  return one.ms;
}

static void
nothing_to_tell (KafDatabase *db)
{
  g_autoptr (GError) error = NULL;
  KafSyncReport report;
  gint64 start = kaf_bench_now ();

  kaf_syncer_run (db, &report, NULL, &error);
  kaf_bench_check (error);
  kaf_bench_report ("sync, nothing to tell", (kaf_bench_now () - start) / 1e6, 0, "ms",
                    KAF_BENCH_TOLD, 0);
  kaf_bench_report ("sync, nothing to tell, requests", report.n_requests, 0, "", KAF_BENCH_AT_MOST,
                    1);
}

/* The same rows as bare as can be, once the server has stopped. */
static void
compare_with_floor (const char *dir, const double *ms)
{
  static const char *const ways[] = { "up", "down by the feed", "down at first" };
  g_autofree char *path = kaf_bench_scratch ("sync-floor.db");
  guint n;
  double floor_ms = kaf_bench_floor_run (dir, path, &n);

  for (guint i = 0; i < G_N_ELEMENTS (ways); i++)
    {
      g_autofree char *name =
          g_strdup_printf ("sync 100 000 persons %s, beside a raw stream", ways[i]);

      kaf_bench_report (name, ms[i], floor_ms, "ms", KAF_BENCH_RATIO_MOST, 3);
    }
  kaf_bench_remove_store (path);
}

/* Up; down by the feed; down by what the server has ready. @ms: of each. */
static void
measure (KafBenchServer *server, const char *store, double *ms)
{
  static const char *const names[] = { "sync-up.db", "sync-feed.db", "sync-first.db" };
  char *paths[G_N_ELEMENTS (names)];
  KafDatabase *db;

  paths[0] = kaf_bench_copy_store (store, names[0]);
  paths[1] = kaf_bench_scratch (names[1]);
  paths[2] = kaf_bench_scratch (names[2]);

  db = kaf_bench_enroll (paths[0], server->url, server->authority, "amina");
  /* 40 000 records a second. */
  ms[0] = exchange (db, "up", 25);
  kaf_database_close (db);
  db = kaf_bench_enroll (paths[1], server->url, server->authority, "amina");
  ms[1] = exchange (db, "down by the feed", 25);
  nothing_to_tell (db);
  kaf_database_close (db);
  kaf_bench_server_call (server, "snapshot");
  db = kaf_bench_enroll (paths[2], server->url, server->authority, "amina");
  ms[2] = exchange (db, "down at first", 25);
  kaf_bench_report ("sync 100 000 persons down at first, all of them", ms[2] / 1000, 0, "s",
                    KAF_BENCH_AT_MOST, 4);
  kaf_database_close (db);
  for (guint i = 0; i < G_N_ELEMENTS (paths); i++)
    {
      kaf_bench_remove_store (paths[i]);
      g_free (paths[i]);
    }
}

int
main (int argc, char **argv)
{
  KafBenchServer *server;
  g_autofree char *store = NULL;
  double ms[3];

  kaf_bench_init ("sync");
  store = kaf_bench_store (100000);
  server = kaf_bench_server_new (argc > 1 ? argv[1] : NULL, "sync-server");
  kaf_bench_server_call (server, "user add amina --password-stdin");
  kaf_bench_server_call (server, "grant amina manager national");
  kaf_bench_server_start (server);
  measure (server, store, ms);
  kaf_bench_server_stop (server);
  compare_with_floor (server->dir, ms);
  kaf_bench_server_free (server);
  return kaf_bench_finish ();
}
