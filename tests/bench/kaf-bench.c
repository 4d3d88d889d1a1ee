/* SPDX-License-Identifier: GPL-3.0-or-later */
/* See kaf-bench.h. */
#include "config.h"

#include "kaf-bench.h"

#include <errno.h>
#include <fcntl.h>
#include <gio/gio.h>
#include <glib/gstdio.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

#include "base/kaf-memory.h"
#include "exchange/kaf-sample.h"
#include "schema/kaf-registry.h"
#include "store/kaf-database-private.h"

static char *folder;
static FILE *json;
static guint n_figures, n_missed;

void
kaf_bench_init (const char *name)
{
  const char *dir = g_getenv ("KAF_BENCH_DIR");
  g_autofree char *file = g_strconcat (name, ".jsonl", NULL);
  g_autofree char *path = NULL;

  kaf_memory_return_large (); /* as the programs do */
  folder = g_strdup (dir != NULL ? dir : "bench-data");
  g_mkdir_with_parents (folder, 0700);
  path = g_build_filename (folder, file, NULL);
  json = g_fopen (path, "w");
}

int
kaf_bench_finish (void)
{
  g_print ("# %u figures, %u missed\n", n_figures, n_missed);
  if (json != NULL)
    fclose (json);
  g_clear_pointer (&folder, g_free);
  return 0;
}

static void
append_member (GString *line, const char *name, double value)
{
  char text[G_ASCII_DTOSTR_BUF_SIZE];

  g_string_append_printf (line, ",\"%s\":%s", name,
                          g_ascii_formatd (text, sizeof text, "%.6g", value));
}

static void
write_json (const char *name,
            double value,
            double floor,
            const char *unit,
            KafBenchTarget kind,
            double target,
            gboolean met)
{
  static const char *const kinds[] = { "told", "at-most", "ratio-at-most", "ratio-at-least" };
  g_autofree char *escaped = g_strescape (name, NULL);
  g_autoptr (GString) line = g_string_new (NULL);

  if (json == NULL)
    return;
  g_string_append_printf (line, "{\"name\":\"%s\",\"unit\":\"%s\"", escaped, unit);
  append_member (line, "value", value);
  if (floor > 0)
    {
      append_member (line, "floor", floor);
      append_member (line, "ratio", value / floor);
    }
  g_string_append_printf (line, ",\"kind\":\"%s\"", kinds[kind]);
  if (kind != KAF_BENCH_TOLD)
    {
      append_member (line, "target", target);
      g_string_append_printf (line, ",\"met\":%s", met ? "true" : "false");
    }
  g_string_append (line, "}\n");
  fputs (line->str, json);
  fflush (json);
}

gboolean
kaf_bench_report (const char *name,
                  double value,
                  double floor,
                  const char *unit,
                  KafBenchTarget kind,
                  double target)
{
  double ratio = floor > 0 ? value / floor : 0;
  gboolean met = kind == KAF_BENCH_TOLD || (kind == KAF_BENCH_AT_MOST && value <= target) ||
                 (kind == KAF_BENCH_RATIO_MOST && ratio <= target) ||
                 (kind == KAF_BENCH_RATIO_LEAST && ratio >= target);
  g_autoptr (GString) line = g_string_new (NULL);

  g_string_append_printf (line, "%-52s %10.3f %-6s", name, value, unit);
  if (floor > 0)
    g_string_append_printf (line, " floor %10.3f  ratio %7.2f", floor, ratio);
  else
    g_string_append_printf (line, " %33s", "");
  if (kind == KAF_BENCH_AT_MOST)
    g_string_append_printf (line, "  target <= %g %s", target, unit);
  else if (kind != KAF_BENCH_TOLD)
    g_string_append_printf (line, "  target ratio %s %.3g",
                            kind == KAF_BENCH_RATIO_MOST ? "<=" : ">=", target);
  if (kind != KAF_BENCH_TOLD)
    g_string_append (line, met ? "  pass" : "  MISS");
  g_print ("%s\n", line->str);
  write_json (name, value, floor, unit, kind, target, met);
  n_figures++;
  n_missed += !met;
  return met;
}

gboolean
kaf_bench_is_large (void)
{
  return g_strcmp0 (g_getenv ("KAF_BENCH_LARGE"), "1") == 0;
}

void
kaf_bench_check (const GError *error)
{
  if (error == NULL)
    return;
  g_printerr ("%s\n", error->message);
  exit (1);
}

/* What a store's tables are made of: one of another make is not used. */
static char *
fingerprint (void)
{
  g_autoptr (GChecksum) checksum = g_checksum_new (G_CHECKSUM_SHA256);
  g_autoptr (GPtrArray) fixed = kaf_ddl_fixed ();
  guint n_entities;
  const KafEntity *const *entities = kaf_registry_entities (&n_entities);

  for (guint i = 0; i < fixed->len; i++)
    g_checksum_update (checksum, g_ptr_array_index (fixed, i), -1);
  for (guint i = 0; i < n_entities; i++)
    {
      g_autoptr (GPtrArray) own = kaf_ddl_entity (entities[i]);

      for (guint j = 0; j < own->len; j++)
        g_checksum_update (checksum, g_ptr_array_index (own, j), -1);
    }
  return g_strndup (g_checksum_get_string (checksum), 8);
}

void
kaf_bench_remove_store (const char *path)
{
  static const char *const ends[] = { "", "-wal", "-shm", "-journal" };

  for (guint i = 0; i < G_N_ELEMENTS (ends); i++)
    {
      g_autofree char *file = g_strconcat (path, ends[i], NULL);

      g_unlink (file);
    }
}

char *
kaf_bench_scratch (const char *name)
{
  char *path = g_build_filename (folder, name, NULL);

  kaf_bench_remove_store (path);
  return path;
}

/* Stores of as many persons that an older program made. */
static void
remove_outdated (const char *prefix)
{
  g_autoptr (GDir) dir = g_dir_open (folder, 0, NULL);
  const char *name;

  while (dir != NULL && (name = g_dir_read_name (dir)) != NULL)
    if (g_str_has_prefix (name, prefix) && g_str_has_suffix (name, ".db"))
      {
        g_autofree char *path = g_build_filename (folder, name, NULL);

        kaf_bench_remove_store (path);
      }
}

static void
tell_progress (gint64 done, gint64 total, gpointer data)
{
  gint64 *last = data;

  if (done / 50000 > *last / 50000)
    g_printerr ("# %" G_GINT64_FORMAT " of %" G_GINT64_FORMAT " persons\n", done, total);
  *last = done;
}

char *
kaf_bench_store (guint n_persons)
{
  g_autofree char *print = fingerprint ();
  g_autofree char *prefix = g_strdup_printf ("sample-%u-", n_persons);
  g_autofree char *name = g_strconcat (prefix, print, ".db", NULL);
  g_autofree char *path = g_build_filename (folder, name, NULL);
  g_autofree char *building = NULL;
  g_autoptr (KafDatabase) db = NULL;
  g_autoptr (GError) error = NULL;
  const char *data = g_getenv ("KAF_PKGDATADIR");
  g_autofree char *lists = data != NULL ? g_build_filename (data, "reference", NULL) : NULL;
  KafEnvironment environment = { .lists_dir = lists };
  gint64 last = 0;

  if (g_file_test (path, G_FILE_TEST_EXISTS))
    return g_steal_pointer (&path);

  remove_outdated (prefix);
  building = kaf_bench_scratch ("building.tmp");
  g_printerr ("# building a store of %u persons\n", n_persons);
  db = kaf_database_open (building, KAF_OPEN_CREATE, &environment, &error);
  kaf_bench_check (error);
  kaf_sample_load (db, n_persons, 1, NULL, tell_progress, &last, NULL, &error);
  kaf_bench_check (error);
  g_clear_pointer (&db, kaf_database_close);
  if (g_rename (building, path) != 0)
    g_printerr ("%s: %s\n", path, g_strerror (errno));
  return g_steal_pointer (&path);
}

char *
kaf_bench_copy_store (const char *path, const char *name)
{
  char *copy = kaf_bench_scratch (name);
  g_autoptr (GFile) from = g_file_new_for_path (path);
  g_autoptr (GFile) to = g_file_new_for_path (copy);
  g_autoptr (GError) error = NULL;
  int fd;

  g_file_copy (from, to, G_FILE_COPY_NONE, NULL, NULL, NULL, &error);
  kaf_bench_check (error);
  fd = g_open (copy, O_RDONLY | O_CLOEXEC, 0);
  if (fd >= 0)
    {
      fsync (fd);
      close (fd);
    }
  return copy;
}

char *
kaf_bench_number (guint n)
{
  return n >= 1000000 ? g_strdup_printf ("%u %03u %03u", n / 1000000, n / 1000 % 1000, n % 1000)
                      : g_strdup_printf ("%u %03u", n / 1000, n % 1000);
}

static gint64
read_clock (clockid_t clock)
{
  struct timespec now;

  clock_gettime (clock, &now);
  return (gint64) now.tv_sec * 1000000000 + now.tv_nsec;
}

gint64
kaf_bench_now (void)
{
  return read_clock (CLOCK_MONOTONIC);
}

gint64
kaf_bench_used (void)
{
  return read_clock (CLOCK_THREAD_CPUTIME_ID);
}

gint64
kaf_bench_used_by_all (void)
{
  return read_clock (CLOCK_PROCESS_CPUTIME_ID);
}

GArray *
kaf_bench_times_new (void)
{
  return g_array_new (FALSE, FALSE, sizeof (double));
}

void
kaf_bench_add (GArray *times, double ms)
{
  g_array_append_val (times, ms);
}

void
kaf_bench_times_add (GArray *times, gint64 start)
{
  kaf_bench_add (times, (kaf_bench_now () - start) / 1e6);
}

static int
compare (gconstpointer a, gconstpointer b)
{
  double x = *(const double *) a, y = *(const double *) b;

  return x < y ? -1 : x > y;
}

double
kaf_bench_quantile (GArray *times, double share)
{
  g_autoptr (GArray) sorted = NULL;

  if (times->len == 0)
    return 0;
  sorted = g_array_copy (times);
  g_array_sort (sorted, compare);
  return g_array_index (sorted, double, (guint) lround ((sorted->len - 1) * share));
}

double
kaf_bench_median (GArray *times)
{
  return kaf_bench_quantile (times, 0.5);
}
