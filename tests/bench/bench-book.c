/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A workbook of 100 000 persons in 20 columns, read from the store and written, against bare libxlsxwriter, in constant
 * memory, writing the same cells. First the writing alone, of rows at hand, in processor time of the thread; then all of
 * it with the reading, in wall time: of the floor only the calls of the library count. Memory is the highest that each
 * came to above what was there before. */
#include "config.h"

#include <malloc.h>
#include <string.h>
#include <xlsxwriter.h>

#include "kaf-bench.h"
#include "report/kaf-list-file.h"
#include "report/kaf-query-columns.h"
#include "report/kaf-sheet.h"
#include "schema/kaf-registry.h"
#include "store/kaf-page.h"

#define PERSONS 100000
#define ROUNDS 3
#define LOT 500
#define MEMORY_MOST 64.0 /* MiB more than the floor */

static const char *const columns[] = {
  "title",    "title_ar",   "headline_fr",  "domains",   "city",       "country",
  "employer", "degree",     "years",        "languages", "mode",       "emails",
  "phones",   "status",     "confirmed_on", "territory", "birth_year", "preferred_language",
  "ref",      "created_at", NULL,
};

/* KiB that a line of /proc/self/status tells. */
static double
read_status (const char *name)
{
  g_autofree char *text = NULL;
  const char *line;

  if (!g_file_get_contents ("/proc/self/status", &text, NULL, NULL))
    return 0;
  line = strstr (text, name);
  return line != NULL ? g_ascii_strtod (line + strlen (name), NULL) : 0;
}

/* From here on the highest is counted anew. What was freed goes back first: it would be used again and not counted. */
static double
begin_memory (void)
{
  malloc_trim (0);
  g_file_set_contents_full ("/proc/self/clear_refs", "5", 1, G_FILE_SET_CONTENTS_NONE, 0600, NULL);
  return read_status ("VmRSS:");
}

static double
end_memory (double before)
{
  return (read_status ("VmHWM:") - before) / 1024;
}

static void
write_bare (lxw_worksheet *sheet, lxw_format *date, lxw_row_t at, const KafRow *row)
{
  for (guint i = 0; i < row->n_cells; i++)
    {
      const char *path = columns[i];

      if (row->cells[i] == NULL)
        worksheet_write_blank (sheet, at, i, date);
      else if (g_str_equal (path, "years") || g_str_equal (path, "birth_year"))
        worksheet_write_number (sheet, at, i, g_ascii_strtod (row->raw[i], NULL), NULL);
      else if (g_str_equal (path, "confirmed_on") || g_str_equal (path, "created_at"))
        worksheet_write_number (sheet, at, i, 46000 + at % 100, date);
      else
        worksheet_write_string (sheet, at, i, row->cells[i], NULL);
    }
}

/* What a run takes of the writer, in ms: of the clock, and of the processor. */
typedef struct
{
  double wall, used;
} Taken;

static void
begin_taking (Taken *self)
{
  self->wall -= (double) kaf_bench_now () / 1e6;
  self->used -= (double) kaf_bench_used () / 1e6;
}

static void
end_taking (Taken *self)
{
  self->wall += (double) kaf_bench_now () / 1e6;
  self->used += (double) kaf_bench_used () / 1e6;
}

typedef void (*LotFunc) (GPtrArray *rows, guint first, gpointer data);

/* All rows in lots; @taken: of what @func does. */
static void
read_rows (KafDatabase *db, const KafQuery *query, LotFunc func, gpointer data, Taken *taken)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GArray) places = kaf_page_places (db, query, &error);

  kaf_bench_check (error);
  for (guint i = 0; i < places->len; i += LOT)
    {
      g_autoptr (GPtrArray) rows =
          kaf_page_rows (db, kaf_query_get_entity (query), &g_array_index (places, guint32, i),
                         MIN (LOT, places->len - i), columns, KAF_LANG_FR, &error);

      kaf_bench_check (error);
      begin_taking (taken);
      if (func != NULL)
        func (rows, i, data);
      end_taking (taken);
    }
}

typedef struct
{
  lxw_worksheet *sheet;
  lxw_format *date;
} Bare;

static void
write_bare_lot (GPtrArray *rows, guint first, gpointer data)
{
  const Bare *bare = data;

  for (guint r = 0; r < rows->len; r++)
    write_bare (bare->sheet, bare->date, first + r, g_ptr_array_index (rows, r));
}

static Taken
run_bare (KafDatabase *db, const KafQuery *query, const char *path)
{
  lxw_workbook_options options = { .constant_memory = LXW_TRUE };
  lxw_workbook *workbook = workbook_new_opt (path, &options);
  Bare bare = { workbook_add_worksheet (workbook, NULL), workbook_add_format (workbook) };
  Taken taken = { 0 };

  format_set_num_format (bare.date, "dd/mm/yyyy");
  read_rows (db, query, write_bare_lot, &bare, &taken);
  begin_taking (&taken);
  workbook_close (workbook);
  end_taking (&taken);
  return taken;
}

/* By column; NULL: none. */
static const KafField *fields[G_N_ELEMENTS (columns)];

static void
write_sheet_lot (GPtrArray *rows, guint first, gpointer data)
{
  KafSheet *sheet = data;

  for (guint r = 0; r < rows->len; r++)
    {
      const KafRow *row = g_ptr_array_index (rows, r);

      for (guint i = 0; i < row->n_cells; i++)
        {
          const KafField *field = fields[i];

          if (field != NULL)
            kaf_sheet_add_value (sheet, field, row->raw[i], row->cells[i]);
          else if (g_str_equal (columns[i], "created_at"))
            kaf_sheet_add_time (sheet, g_ascii_strtoll (row->raw[i], NULL, 10));
          else
            kaf_sheet_add_text (sheet, row->cells[i]);
        }
      kaf_sheet_end_row (sheet);
    }
}

/* The same rows through a sheet of ours, with its band, formats, marks and names. */
static Taken
run_sheet (KafDatabase *db, const KafQuery *query, const char *path)
{
  const KafBookBasis basis = {
    .db = db, .lang = KAF_LANG_FR, .title = "Experts", .query = query, .large = TRUE
  };
  g_autoptr (GFile) file = g_file_new_for_path (path);
  g_autoptr (GError) error = NULL;
  g_autoptr (KafBook) book = kaf_book_new (&basis, file, &error);
  KafSheet *sheet;
  Taken taken = { 0 };

  kaf_bench_check (error);
  sheet = kaf_sheet_new (book, &(KafSheetSpec){ "list", "Experts" });
  for (guint i = 0; columns[i] != NULL; i++)
    {
      const KafField *field =
          kaf_query_resolve (kaf_query_get_entity (query), columns[i], NULL, NULL);

      fields[i] = field;
      kaf_sheet_add_column (sheet, &(KafSheetColumn){ columns[i], columns[i],
                                                      field != NULL ? kaf_sheet_kind_of (field)
                                                      : g_str_equal (columns[i], "created_at")
                                                          ? KAF_SHEET_TIME
                                                          : KAF_SHEET_TEXT });
    }
  read_rows (db, query, write_sheet_lot, sheet, &taken);
  begin_taking (&taken);
  kaf_book_save (book, &error);
  end_taking (&taken);
  kaf_bench_check (error);
  return taken;
}

static gboolean
take_nothing (G_GNUC_UNUSED const KafRow *row,
              G_GNUC_UNUSED const KafQueryColumns *of,
              G_GNUC_UNUSED gpointer data,
              G_GNUC_UNUSED GError **error)
{
  return TRUE;
}

/* What the reading thread takes when nobody makes it wait, in ms of the processor. */
static double
run_reading (KafDatabase *db, const KafQuery *query)
{
  g_autoptr (KafQueryColumns) all =
      kaf_query_columns_new_list (db, kaf_query_get_entity (query), columns, KAF_LANG_FR);
  g_autoptr (GError) error = NULL;
  gint64 start = kaf_bench_used ();

  kaf_query_columns_read (all, db, query, KAF_LANG_FR, take_nothing, NULL, NULL, &error);
  kaf_bench_check (error);
  return (double) (kaf_bench_used () - start) / 1e6;
}

static Taken
run_ours (KafDatabase *db, const KafQuery *query, const char *path, KafListFileFormat format)
{
  const KafListFileOptions options = { .columns = columns,
                                       .lang = KAF_LANG_FR,
                                       .reason = "Mesure du temps" };
  g_autoptr (GFile) file = g_file_new_for_path (path);
  g_autoptr (GError) error = NULL;
  Taken taken = { (double) kaf_bench_now () / -1e6, (double) kaf_bench_used_by_all () / -1e6 };

  kaf_list_file_write (db, query, file, format, &options, NULL, NULL, &error);
  kaf_bench_check (error);
  taken.wall += (double) kaf_bench_now () / 1e6;
  taken.used += (double) kaf_bench_used_by_all () / 1e6;
  return taken;
}

int
main (int argc, char **argv)
{
  g_autofree char *store = NULL;
  g_autofree char *copy = NULL;
  g_autofree char *bare = NULL;
  g_autofree char *xlsx = NULL;
  g_autofree char *ods = NULL;
  g_autoptr (KafDatabase) db = NULL;
  g_autoptr (KafQuery) query = kaf_query_new (kaf_registry_find ("expert"));
  g_autoptr (GError) error = NULL;
  g_autoptr (GArray) floors = kaf_bench_times_new ();
  g_autoptr (GArray) floors_used = kaf_bench_times_new ();
  g_autoptr (GArray) used = kaf_bench_times_new ();
  g_autoptr (GArray) reading = kaf_bench_times_new ();
  g_autoptr (GArray) times = kaf_bench_times_new ();
  g_autoptr (GArray) times_used = kaf_bench_times_new ();
  g_autoptr (GArray) ods_times = kaf_bench_times_new ();
  double before, memory = 0, floor_memory = 0;

  kaf_bench_init ("bench-book");
  store = kaf_bench_store (PERSONS);
  copy = kaf_bench_copy_store (store, "book.db");
  bare = kaf_bench_scratch ("bare.xlsx");
  xlsx = kaf_bench_scratch ("list.xlsx");
  ods = kaf_bench_scratch ("list.ods");
  db = kaf_database_open (copy, KAF_OPEN_DEFAULT, NULL, &error);
  kaf_bench_check (error);
  /* The pages that SQLite keeps belong to none of the two: the first to read would count them as its own. */
  run_reading (db, query);
  for (guint i = 0; i < ROUNDS; i++)
    {
      Taken taken;

      before = begin_memory ();
      taken = run_bare (db, query, bare);
      floor_memory = MAX (floor_memory, end_memory (before));
      kaf_bench_add (floors, taken.wall);
      kaf_bench_add (floors_used, taken.used);
      kaf_bench_add (used, run_sheet (db, query, xlsx).used);
      kaf_bench_add (reading, run_reading (db, query));
      before = begin_memory ();
      taken = run_ours (db, query, xlsx, KAF_LIST_FILE_XLSX);
      kaf_bench_add (times, taken.wall);
      kaf_bench_add (times_used, taken.used);
      memory = MAX (memory, end_memory (before));
      kaf_bench_add (ods_times, run_ours (db, query, ods, KAF_LIST_FILE_ODS).wall);
    }
  kaf_bench_report ("workbook of 100 000 × 20, written", kaf_bench_median (used),
                    kaf_bench_median (floors_used), "ms", KAF_BENCH_RATIO_MOST, 1.3);
  kaf_bench_report ("the same, read, processor time of the thread", kaf_bench_median (reading), 0,
                    "ms", KAF_BENCH_TOLD, 0);
  kaf_bench_report ("the same, read and written", kaf_bench_median (times),
                    kaf_bench_median (floors), "ms", KAF_BENCH_RATIO_MOST, 1.3);
  kaf_bench_report ("the same, processor time of both threads", kaf_bench_median (times_used),
                    kaf_bench_median (floors_used), "ms", KAF_BENCH_TOLD, 0);
  kaf_bench_report ("its memory above that of the floor", memory - floor_memory, 0, "MiB",
                    KAF_BENCH_AT_MOST, MEMORY_MOST);
  kaf_bench_report ("read and written as OpenDocument", kaf_bench_median (ods_times), 0, "ms",
                    KAF_BENCH_TOLD, 0);
  kaf_database_close (g_steal_pointer (&db));
  kaf_bench_remove_store (copy);
  return kaf_bench_finish ();
}
