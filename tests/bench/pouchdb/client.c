/* SPDX-License-Identifier: GPL-3.0-or-later */
/* pouchdb-client STORE URL AUTHORITY USER: one sync of compare.py, measured from within as peer.js measures the peer's: its libraries
 * are loaded, the store is open and the device is known before the time and the memory count. */
#include "config.h"

#include "base/kaf-memory.h"
#include "kaf-bench-exchange.h"
#include "kaf-bench.h"

int
main (int argc, char **argv)
{
  g_autofree char *authority = NULL;
  g_autoptr (GError) error = NULL;
  KafDatabase *db;
  KafBenchExchange one;

  if (argc != 5)
    return 2;
  kaf_memory_return_large ();
  g_file_get_contents (argv[3], &authority, NULL, &error);
  kaf_bench_check (error);
  db = kaf_bench_enroll (argv[1], argv[2], authority, argv[4]);
  kaf_bench_exchange (db, &one);
  kaf_database_close (db);
  g_print ("{\"records\": %u, \"seconds\": %.6f, \"memory\": %.3f}\n", one.n, one.ms / 1000,
           one.mib);
  return 0;
}
