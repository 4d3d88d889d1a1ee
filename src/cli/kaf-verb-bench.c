/* SPDX-License-Identifier: GPL-3.0-or-later */
/* kafaatctl bench: how long the store takes, as JSON lines. Searching and opening measure the
 * store at hand; commits and imports go to a store of their own beside it, removed afterwards. */
#include "config.h"

#include <glib/gi18n-lib.h>
#include <glib/gstdio.h>

#include "cli/kaf-verbs.h"
#include "exchange/kaf-export.h"
#include "exchange/kaf-import.h"
#include "exchange/kaf-sample.h"
#include "schema/kaf-registry.h"
#include "store/kaf-commit.h"
#include "store/kaf-page.h"

/* Letters typed at most, rows of a page, names typed when --n does not say. */
#define LETTERS_MAX 10
#define PAGE_ROWS 50
#define N_DEFAULT 200

typedef GArray Timings; /* of gint64, µs */

static Timings *
timings_new (void)
{
  return g_array_new (FALSE, FALSE, sizeof (gint64));
}

static void
timings_add (Timings *self, gint64 start)
{
  gint64 time = g_get_monotonic_time () - start;

  g_array_append_val (self, time);
}

static int
compare (gconstpointer a, gconstpointer b)
{
  gint64 x = *(const gint64 *) a, y = *(const gint64 *) b;

  return x < y ? -1 : x > y;
}

static void
add_ms (JsonBuilder *builder, const char *name, double us)
{
  json_builder_set_member_name (builder, name);
  json_builder_add_double_value (builder, us / 1000);
}

static void
print_timings (const char *what, const char *key, gint64 value, Timings *timings)
{
  static const struct
  {
    const char *name;
    double share;
  } quantiles[] = { { "p50_ms", 0.50 }, { "p95_ms", 0.95 }, { "p99_ms", 0.99 }, { "max_ms", 1 } };
  g_autoptr (JsonBuilder) builder = json_builder_new ();

  if (timings->len == 0)
    return;
  g_array_sort (timings, compare);
  json_builder_begin_object (builder);
  kaf_cli_add_text (builder, "bench", what);
  if (key != NULL)
    kaf_cli_add_int (builder, key, value);
  kaf_cli_add_int (builder, "n", timings->len);
  for (guint i = 0; i < G_N_ELEMENTS (quantiles); i++)
    add_ms (builder, quantiles[i].name,
            g_array_index (timings, gint64, (guint) ((timings->len - 1) * quantiles[i].share)));
  json_builder_end_object (builder);
  kaf_cli_print_object (builder);
}

static void
print_rate (const char *what, gint64 n, gint64 us)
{
  g_autoptr (JsonBuilder) builder = json_builder_new ();

  json_builder_begin_object (builder);
  kaf_cli_add_text (builder, "bench", what);
  kaf_cli_add_int (builder, "n", n);
  add_ms (builder, "ms", us);
  json_builder_set_member_name (builder, "per_second");
  json_builder_add_double_value (builder, n * 1e6 / MAX (us, 1));
  json_builder_end_object (builder);
  kaf_cli_print_object (builder);
}

/* Searching */

/* Titles to type, spread evenly over the store. (element-type utf8) */
static GPtrArray *
sample_titles (KafDatabase *db, const KafEntity *entity, guint n, GError **error)
{
  static const char *const no_columns[] = { NULL };
  g_autoptr (KafQuery) query = kaf_query_new (entity);
  g_autoptr (GArray) places = kaf_page_places (db, query, error);
  g_autoptr (GArray) chosen = g_array_new (FALSE, FALSE, sizeof (guint32));
  g_autoptr (GPtrArray) rows = NULL;
  GPtrArray *titles;

  if (places == NULL)
    return NULL;
  for (guint i = 0; i < MIN (n, places->len); i++)
    g_array_append_val (
        chosen, g_array_index (places, guint32, (guint64) i * places->len / MIN (n, places->len)));
  rows = kaf_page_rows (db, entity, (const guint32 *) chosen->data, chosen->len, no_columns,
                        KAF_LANG_FR, error);
  if (rows == NULL)
    return NULL;

  titles = g_ptr_array_new_with_free_func (g_free);
  for (guint i = 0; i < rows->len; i++)
    {
      const KafRow *row = g_ptr_array_index (rows, i);
      const char *title = row == NULL ? NULL
                          : i % 4 == 3 && row->title_ar != NULL && *row->title_ar != '\0'
                              ? row->title_ar
                              : row->title;

      if (title != NULL && *title != '\0')
        g_ptr_array_add (titles, g_strdup (title));
    }
  return titles;
}

static gboolean
time_search (KafDatabase *db, KafQuery *query, const char *text, Timings *timings, GError **error)
{
  static const char *const columns[] = { "domains", "country", "city", "status", NULL };
  gint64 total, at_least, start = g_get_monotonic_time ();
  g_autoptr (GPtrArray) rows = NULL;

  kaf_query_set_text (query, text);
  rows = kaf_page_read (db, query, columns, KAF_LANG_FR, 0, PAGE_ROWS, &total, &at_least, error);
  timings_add (timings, start);
  return rows != NULL;
}

static gboolean
bench_search (KafCli *cli, guint n, GError **error)
{
  const KafEntity *entity = kaf_registry_find ("expert");
  g_autoptr (KafQuery) query = kaf_query_new (entity);
  g_autoptr (GPtrArray) titles = sample_titles (cli->db, entity, n, error);
  g_autoptr (GArray) all = timings_new ();

  if (titles == NULL)
    return FALSE;
  for (glong letters = 1; letters <= LETTERS_MAX; letters++)
    {
      g_autoptr (GArray) timings = timings_new ();

      for (guint i = 0; i < titles->len; i++)
        {
          const char *title = g_ptr_array_index (titles, i);
          g_autofree char *text =
              g_utf8_substring (title, 0, MIN (letters, g_utf8_strlen (title, -1)));

          if (!time_search (cli->db, query, text, timings, error))
            return FALSE;
        }
      g_array_append_vals (all, timings->data, timings->len);
      print_timings ("search", "letters", letters, timings);
    }
  print_timings ("search", NULL, 0, all);
  return TRUE;
}

static gboolean
bench_open (KafCli *cli, guint n, GError **error)
{
  g_autofree char *path = kaf_cli_get_store_path (cli);
  g_autoptr (GArray) timings = timings_new ();

  g_clear_pointer (&cli->db, kaf_database_close);
  for (guint i = 0; i < n; i++)
    {
      gint64 start = g_get_monotonic_time ();
      KafDatabase *db = kaf_database_open (path, KAF_OPEN_DEFAULT, NULL, error);

      if (db == NULL)
        return FALSE;
      timings_add (timings, start);
      kaf_database_close (db);
    }
  print_timings ("open", NULL, 0, timings);
  return TRUE;
}

/* Writing, in a store of its own */

typedef struct
{
  char *folder;
  KafDatabase *db;
} Scratch;

static void
remove_all (const char *folder)
{
  g_autoptr (GDir) dir = g_dir_open (folder, 0, NULL);
  const char *name;

  while (dir != NULL && (name = g_dir_read_name (dir)) != NULL)
    {
      g_autofree char *path = g_build_filename (folder, name, NULL);

      if (g_file_test (path, G_FILE_TEST_IS_DIR) && !g_file_test (path, G_FILE_TEST_IS_SYMLINK))
        remove_all (path);
      else
        g_unlink (path);
    }
  g_rmdir (folder);
}

static void
scratch_clear (Scratch *self)
{
  g_clear_pointer (&self->db, kaf_database_close);
  if (self->folder != NULL)
    remove_all (self->folder);
  g_clear_pointer (&self->folder, g_free);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Scratch, scratch_clear)

/* On the disk of the store at hand, whose speed is what counts. */
static gboolean
scratch_open (Scratch *self, const KafCli *cli, GError **error)
{
  const char *data = g_getenv ("KAF_PKGDATADIR");
  g_autofree char *lists = data != NULL ? g_build_filename (data, "reference", NULL) : NULL;
  const KafEnvironment environment = { .lists_dir = lists };
  g_autofree char *store = kaf_cli_get_store_path (cli);
  g_autofree char *beside = g_path_get_dirname (store);
  g_autofree char *pattern = g_build_filename (beside, ".bench-XXXXXX", NULL);
  g_autofree char *path = NULL;

  if (g_mkdtemp (pattern) == NULL)
    {
      g_set_error (error, G_IO_ERROR, G_IO_ERROR_FAILED, "no folder can be made in %s", beside);
      return FALSE;
    }
  self->folder = g_steal_pointer (&pattern);
  path = g_build_filename (self->folder, "bench.db", NULL);
  self->db = kaf_database_open (path, KAF_OPEN_CREATE, &environment, error);
  return self->db != NULL;
}

static gboolean
bench_commit (KafCli *cli, guint n, GError **error)
{
  g_auto (Scratch) scratch = { NULL };
  g_autoptr (GArray) timings = timings_new ();
  g_autoptr (KafQuery) query = kaf_query_new (kaf_registry_find ("person"));
  static const char *const no_columns[] = { NULL };
  g_autoptr (GPtrArray) rows = NULL;

  if (!scratch_open (&scratch, cli, error) ||
      !kaf_sample_load (scratch.db, 1000, 1, NULL, NULL, NULL, NULL, error))
    return FALSE;
  rows = kaf_page_read (scratch.db, query, no_columns, KAF_LANG_FR, 0, 1, NULL, NULL, error);
  if (rows == NULL)
    return FALSE;
  for (guint i = 0; i < n && rows->len > 0; i++)
    {
      g_autoptr (KafChangeSet) set = kaf_change_set_new ("edit");
      g_autoptr (KafRecord) record = kaf_record_new (
          kaf_registry_find ("person"), ((const KafRow *) g_ptr_array_index (rows, 0))->id);
      g_autofree char *city = g_strdup_printf ("Ville %u", i);
      g_autoptr (KafReceipt) receipt = NULL;
      gint64 start = g_get_monotonic_time ();

      kaf_record_set (record, "city", city);
      kaf_change_set_update (set, record);
      receipt = kaf_commit (scratch.db, set, NULL, NULL, error);
      if (receipt == NULL)
        return FALSE;
      timings_add (timings, start);
    }
  print_timings ("commit", NULL, 0, timings);
  return TRUE;
}

/* A file of n synthetic experts: what a store of them exports. */
static gboolean
make_file (Scratch *scratch, GFile *file, guint n, GError **error)
{
  g_autoptr (KafQuery) query = kaf_query_new (kaf_registry_find ("expert"));
  const KafExportOptions options = { .reason = "measure of time" };
  gint64 start = g_get_monotonic_time ();
  gint64 n_rows;

  if (!kaf_sample_load (scratch->db, n, 1, NULL, NULL, NULL, NULL, error))
    return FALSE;
  print_rate ("sample", n, g_get_monotonic_time () - start);
  start = g_get_monotonic_time ();
  if (!kaf_export_run (scratch->db, query, file, &options, NULL, &n_rows, error))
    return FALSE;
  print_rate ("export", n_rows, g_get_monotonic_time () - start);
  return TRUE;
}

static gboolean
bench_import (KafCli *cli, guint n, GError **error)
{
  g_auto (Scratch) from = { NULL };
  g_auto (Scratch) to = { NULL };
  g_autofree char *path = NULL;
  g_autoptr (GFile) file = NULL;

  if (!scratch_open (&from, cli, error) || !scratch_open (&to, cli, error))
    return FALSE;
  path = g_build_filename (from.folder, "experts.csv", NULL);
  file = g_file_new_for_path (path);
  if (!make_file (&from, file, n, error))
    return FALSE;
  for (guint i = 0; i < 2; i++)
    {
      g_autoptr (KafImportReport) report = NULL;
      gint64 start = g_get_monotonic_time ();

      if (!kaf_import_run (to.db, kaf_registry_find ("expert"), file, NULL, NULL, &report, error))
        return FALSE;
      print_rate (i == 0 ? "import" : "import-again", report->n_rows,
                  g_get_monotonic_time () - start);
    }
  return TRUE;
}

static const struct
{
  const char *name;
  gboolean (*run) (KafCli *cli, guint n, GError **error);
} benches[] = {
  { "search", bench_search },
  { "open", bench_open },
  { "commit", bench_commit },
  { "import", bench_import },
};

static KafExit
run (KafCli *cli, GStrv args)
{
  int n = N_DEFAULT;
  const GOptionEntry entries[] = {
    { "n", 0, 0, G_OPTION_ARG_INT, &n, N_ ("How often, or how many records"), "N" },
    { NULL },
  };
  g_auto (GStrv) words = g_strdupv (args);
  g_autoptr (GError) error = NULL;

  if (!kaf_cli_parse (cli, &kaf_verb_bench, entries, &words, 1, 1))
    return KAF_EXIT_USAGE;
  for (guint i = 0; i < G_N_ELEMENTS (benches); i++)
    {
      if (!g_str_equal (benches[i].name, words[1]))
        continue;
      if (!kaf_cli_open (cli, KAF_ACCESS_CREATE))
        return KAF_EXIT_USAGE;
      return benches[i].run (cli, (guint) MAX (n, 1), &error)
                 ? KAF_EXIT_OK
                 : kaf_cli_fail_error (NULL, NULL, error);
    }
  return kaf_cli_fail_printf (_ ("Usage: kafaatctl %s %s"), kaf_verb_bench.name,
                              kaf_verb_bench.arguments);
}

const KafVerb kaf_verb_bench = {
  .name = "bench",
  .arguments = "search|open|commit|import [--n N]",
  .summary = N_ ("Measures the speed of the store"),
  .run = run,
};
