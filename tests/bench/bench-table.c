/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Reading a table of 100 000 rows and 12 columns as CSV, XLSX and ODS, against the unpacking of its largest part alone
 * (of CSV: against reading its bytes). Files: those given, which other programs wrote. Seconds are of this thread; memory is the most that the
 * process had. */
#include "config.h"

#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <zip.h>

#include "exchange/kaf-table-reader.h"
#include "kaf-bench.h"

static double
read_ours (const char *path, guint *n_rows, guint64 *n_cells)
{
  g_autoptr (GFile) file = g_file_new_for_path (path);
  g_autoptr (KafTableReader) reader = NULL;
  g_autoptr (GError) error = NULL;
  gint64 start = kaf_bench_used ();

  reader = kaf_table_reader_open (file, NULL, NULL, &error);
  kaf_bench_check (error);
  while (kaf_table_reader_next (reader, NULL, &error))
    {
      (*n_rows)++;
      *n_cells += kaf_table_reader_get_n_cells (reader);
    }
  kaf_bench_check (error);
  return (double) (kaf_bench_used () - start) / 1e9;
}

/* All entries unpacked, and nothing done with them. */
static double
read_bare (const char *path)
{
  gint64 start = kaf_bench_used ();
  zip_t *zip = zip_open (path, ZIP_RDONLY, NULL);
  g_autofree char *bytes = NULL;
  char buffer[65536];

  if (zip == NULL)
    {
      g_file_get_contents (path, &bytes, NULL, NULL);
      return (double) (kaf_bench_used () - start) / 1e9;
    }
  for (zip_int64_t i = 0; i < zip_get_num_entries (zip, 0); i++)
    {
      zip_file_t *entry = zip_fopen_index (zip, (zip_uint64_t) i, 0);

      while (entry != NULL && zip_fread (entry, buffer, sizeof buffer) > 0)
        ;
      zip_fclose (entry);
    }
  zip_discard (zip);
  return (double) (kaf_bench_used () - start) / 1e9;
}

int
main (int argc, char *argv[])
{
  kaf_bench_init ("table");
  for (int i = 1; i < argc; i++)
    {
      const char *ending = strrchr (argv[i], '.');
      g_autofree char *name = NULL;
      struct rusage usage;
      guint n_rows = 0;
      guint64 n_cells = 0;
      double ours = read_ours (argv[i], &n_rows, &n_cells);

      getrusage (RUSAGE_SELF, &usage);
      name = g_strdup_printf ("%s: %u rows, %" G_GUINT64_FORMAT " cells, %ld MiB at most",
                              ending != NULL ? ending + 1 : argv[i], n_rows, n_cells,
                              usage.ru_maxrss / 1024);
      kaf_bench_report (name, ours, read_bare (argv[i]), "s", KAF_BENCH_TOLD, 0);
    }
  return kaf_bench_finish ();
}
