/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A store of 100 000 persons goes up to a real server over TLS on this machine, and comes down to an
 * empty store, by the feed and as what the server has ready: what a thousand persons cost, and what the
 * client needs beyond its usual memory. */
#include "config.h"

#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <sys/wait.h>

#include "kaf-bench.h"
#include "net/kaf-syncer.h"

#define PASSWORD "a long password"

typedef struct
{
  char *program;
  char *dir;
  GPid pid;
  int out;
  char *url;
  char *authority; /* PEM */
} Server;

static void
call (Server *self, const char *arguments)
{
  g_autofree char *command = g_strdup_printf ("printf '%s\\n' | '%s' --dir '%s' %s", PASSWORD,
                                              self->program, self->dir, arguments);
  const char *argv[] = { "/bin/sh", "-c", command, NULL };
  g_autoptr (GError) error = NULL;
  int status;

  g_spawn_sync (NULL, (char **) argv, NULL, G_SPAWN_STDOUT_TO_DEV_NULL, NULL, NULL, NULL, NULL,
                &status, &error);
  kaf_bench_check (error);
  g_spawn_check_wait_status (status, &error);
  kaf_bench_check (error);
}

static void
remove_dir (Server *self)
{
  const char *argv[] = { "rm", "-rf", self->dir, NULL };

  g_spawn_sync (NULL, (char **) argv, NULL, G_SPAWN_SEARCH_PATH, NULL, NULL, NULL, NULL, NULL,
                NULL);
}

/* Waits for the line that tells the port. */
static void
serve (Server *self)
{
  const char *argv[] = { self->program, "--dir",       self->dir,   "serve",
                         "--listen",    "127.0.0.1:0", "--dev-tls", NULL };
  g_autofree char *pem = g_build_filename (self->dir, "dev-ca.pem", NULL);
  g_autoptr (GError) error = NULL;
  char line[200];
  gssize n = 0;

  g_spawn_async_with_pipes (NULL, (char **) argv, NULL,
                            G_SPAWN_DO_NOT_REAP_CHILD | G_SPAWN_STDERR_TO_DEV_NULL, NULL, NULL,
                            &self->pid, NULL, &self->out, NULL, &error);
  kaf_bench_check (error);
  while (n < (gssize) sizeof line - 1 && read (self->out, line + n, 1) == 1 && line[n] != '\n')
    n++;
  line[n] = '\0';
  self->url = g_strconcat ("https://", strrchr (line, ' ') + 1, NULL);
  g_file_get_contents (pem, &self->authority, NULL, &error);
  kaf_bench_check (error);
}

static void
stop (Server *self)
{
  kill (self->pid, SIGTERM);
  waitpid (self->pid, NULL, 0);
  close (self->out);
  g_free (self->url);
  g_free (self->authority);
}

/* KiB of this process's memory at its highest since the last call. */
static glong
peak_memory (void)
{
  g_autofree char *status = NULL;
  const char *line;
  glong peak = 0;
  FILE *clear;

  if (g_file_get_contents ("/proc/self/status", &status, NULL, NULL) &&
      (line = strstr (status, "VmHWM:")) != NULL)
    peak = strtol (line + strlen ("VmHWM:"), NULL, 10);
  /* Written in place: no file may be made there. */
  if ((clear = fopen ("/proc/self/clear_refs", "w")) != NULL)
    {
      fputs ("5", clear);
      fclose (clear);
    }
  return peak;
}

static KafDatabase *
enroll (Server *server, const char *path)
{
  g_autoptr (GError) error = NULL;
  KafDatabase *db = kaf_database_open (path, KAF_OPEN_CREATE, NULL, &error);

  kaf_bench_check (error);
  kaf_syncer_enroll (db, server->url, server->authority, "amina", PASSWORD, NULL, &error);
  kaf_bench_check (error);
  return db;
}

/* A thousand persons, with what belongs to them; @most: ms, 0 for what is only told. */
static void
exchange (KafDatabase *db, const char *what, double most)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *time_name =
      g_strdup_printf ("sync 100 000 persons %s, a thousand persons", what);
  g_autofree char *record_name =
      g_strdup_printf ("sync 100 000 persons %s, records a second", what);
  g_autofree char *memory_name = g_strdup_printf ("sync 100 000 persons %s, memory", what);
  KafSyncReport report;
  glong before, after;
  gint64 start;
  double ms;

  peak_memory ();
  before = peak_memory ();
  start = kaf_bench_now ();
  kaf_syncer_run (db, &report, NULL, &error);
  kaf_bench_check (error);
  ms = (kaf_bench_now () - start) / 1e6;
  after = peak_memory ();
  kaf_bench_report (time_name, ms / 100, 0, "ms", most > 0 ? KAF_BENCH_AT_MOST : KAF_BENCH_TOLD,
                    most);
  kaf_bench_report (record_name, (report.n_sent + report.n_received) / ms * 1000, 0, "",
                    KAF_BENCH_TOLD, 0);
  kaf_bench_report (memory_name, (after - before) / 1024.0, 0, "MiB", KAF_BENCH_AT_MOST, 64);
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

/* Up; down by the feed; down by what the server has ready. */
static void
measure (Server *server, const char *store)
{
  static const char *const names[] = { "sync-up.db", "sync-feed.db", "sync-first.db" };
  char *paths[G_N_ELEMENTS (names)];
  KafDatabase *db;

  paths[0] = kaf_bench_copy_store (store, names[0]);
  paths[1] = kaf_bench_scratch (names[1]);
  paths[2] = kaf_bench_scratch (names[2]);

  db = enroll (server, paths[0]);
  /* 40 000 persons a second. */
  exchange (db, "up", 25);
  kaf_database_close (db);
  db = enroll (server, paths[1]);
  exchange (db, "down by the feed", 25);
  nothing_to_tell (db);
  kaf_database_close (db);
  call (server, "snapshot");
  db = enroll (server, paths[2]);
  /* 4 s for all of it. */
  exchange (db, "down at first", 40);
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
  Server server = { argc > 1 ? argv[1] : NULL, NULL, 0, -1, NULL, NULL };
  g_autofree char *store = NULL;

  kaf_bench_init ("sync");
  server.dir = kaf_bench_scratch ("sync-server");
  store = kaf_bench_store (100000);
  remove_dir (&server);
  call (&server, "init");
  call (&server, "user add amina --password-stdin");
  call (&server, "grant amina manager national");
  serve (&server);
  measure (&server, store);
  stop (&server);
  remove_dir (&server);
  g_free (server.dir);
  return kaf_bench_finish ();
}
