/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "kaf-bench-exchange.h"

#include <malloc.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "kaf-bench-server.h"
#include "kaf-bench.h"
#include "net/kaf-syncer.h"

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

KafDatabase *
kaf_bench_enroll (const char *path, const char *url, const char *authority, const char *user)
{
  g_autoptr (GError) error = NULL;
  KafDatabase *db = kaf_database_open (path, KAF_OPEN_CREATE, NULL, &error);

  kaf_bench_check (error);
  kaf_syncer_enroll (db, url, authority, user, KAF_BENCH_PASSWORD, NULL, NULL, &error);
  kaf_bench_check (error);
  return db;
}

void
kaf_bench_exchange (KafDatabase *db, KafBenchExchange *exchange)
{
  g_autoptr (GError) error = NULL;
  KafSyncReport report;
  glong before;
  gint64 start;

  /* What was freed before would hide what is needed now. */
  malloc_trim (0);
  peak_memory ();
  before = peak_memory ();
  start = kaf_bench_now ();
  kaf_syncer_run (db, &report, NULL, &error);
  kaf_bench_check (error);
  exchange->ms = (kaf_bench_now () - start) / 1e6;
  exchange->mib = (peak_memory () - before) / 1024.0;
  exchange->n = report.n_sent + report.n_received;
}
