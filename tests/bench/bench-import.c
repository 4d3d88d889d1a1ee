/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Import of a CSV file of 100 000 synthetic persons, against bare insertion, by prepared
 * statements in one transaction, of the rows that it wrote: into the same tables with the same
 * secondary indexes and the same full-text index, from memory. Then of the same file as the list
 * of another office, whose rows are looked for among each other and noted with their source,
 * against the first. */
#include "config.h"

#include <string.h>

#include "exchange/kaf-cell.h"
#include "exchange/kaf-column-guess.h"
#include "exchange/kaf-csv-writer.h"
#include "exchange/kaf-import-plan.h"
#include "exchange/kaf-import.h"
#include "exchange/kaf-synthetic.h"
#include "kaf-bench.h"
#include "schema/kaf-registry.h"
#include "store/kaf-database-private.h"

#define N_PERSONS 100000
#define N_ROUNDS 2
#define SEED 5

/* Of another office's list what each row says is kept with its source, and each row is looked for. */
#define FOREIGN_SHARE 0.333

/* The file */

typedef struct
{
  const char *field;
  gsize offset;
  gboolean is_buffer; /* the text stands in the struct itself */
} Column;

#define POINTER(name, member)                                                                      \
  {                                                                                                \
    name, G_STRUCT_OFFSET (KafSyntheticPerson, member), FALSE                                      \
  }
#define BUFFER(name, member)                                                                       \
  {                                                                                                \
    name, G_STRUCT_OFFSET (KafSyntheticPerson, member), TRUE                                       \
  }

static const Column person_columns[] = {
  POINTER ("family_name", family_name),
  POINTER ("given_name", given_name),
  POINTER ("family_name_ar", family_name_ar),
  POINTER ("given_name_ar", given_name_ar),
  POINTER ("gender", gender),
  POINTER ("birth_year", birth_year),
  POINTER ("country", country),
  POINTER ("city", city),
  POINTER ("territory", territory),
  POINTER ("nationalities", nationalities),
  BUFFER ("languages", languages),
  BUFFER ("emails", email),
  BUFFER ("phones", phone),
  POINTER ("status", status),
  POINTER ("confirmed_on", confirmed_on),
  POINTER ("preferred_language", preferred_language),
};

static const Column expert_columns[] = {
  BUFFER ("domains", domains),
  POINTER ("occupations", occupation),
  POINTER ("headline_fr", headline_fr),
  POINTER ("headline_ar", headline_ar),
  POINTER ("years", years),
  POINTER ("degree", degree),
  POINTER ("employer", employer),
  POINTER ("mode", mode),
  POINTER ("interests", interests),
};

static void
add_header (KafCsvWriter *csv, const Column *columns, guint n)
{
  for (guint i = 0; i < n; i++)
    kaf_csv_writer_add (csv, columns[i].field);
}

static void
add_cells (KafCsvWriter *csv,
           const KafEntity *entity,
           const Column *columns,
           guint n,
           const KafSyntheticPerson *person)
{
  for (guint i = 0; i < n; i++)
    {
      const char *text = columns[i].is_buffer
                             ? G_STRUCT_MEMBER_P (person, columns[i].offset)
                             : G_STRUCT_MEMBER (const char *, person, columns[i].offset);
      g_autofree char *cell = NULL;

      if (text != NULL && *text != '\0')
        cell = kaf_cell_format (kaf_entity_find_field (entity, columns[i].field), text);
      kaf_csv_writer_add (csv, cell);
    }
}

static void
write_file (GFile *file, gboolean experts)
{
  const KafEntity *person = kaf_registry_find ("person");
  const KafEntity *expert = kaf_registry_find ("expert");
  g_autoptr (GError) error = NULL;
  g_autoptr (GFileOutputStream) stream =
      g_file_replace (file, NULL, FALSE, G_FILE_CREATE_PRIVATE, NULL, &error);
  g_autoptr (KafSynthetic) people = kaf_synthetic_new (SEED);
  g_autoptr (KafCsvWriter) csv = NULL;

  kaf_bench_check (error);
  csv = kaf_csv_writer_new (G_OUTPUT_STREAM (stream), ',', FALSE);
  add_header (csv, person_columns, G_N_ELEMENTS (person_columns));
  if (experts)
    add_header (csv, expert_columns, G_N_ELEMENTS (expert_columns));
  kaf_csv_writer_end_row (csv, NULL, &error);
  for (guint i = 0; i < N_PERSONS; i++)
    {
      KafSyntheticPerson drawn;

      kaf_synthetic_next (people, &drawn);
      add_cells (csv, person, person_columns, G_N_ELEMENTS (person_columns), &drawn);
      if (experts)
        add_cells (csv, expert, expert_columns, G_N_ELEMENTS (expert_columns), &drawn);
      kaf_csv_writer_end_row (csv, NULL, NULL);
    }
  kaf_csv_writer_flush (csv, NULL, &error);
  kaf_bench_check (error);
  g_output_stream_close (G_OUTPUT_STREAM (stream), NULL, &error);
  kaf_bench_check (error);
}

/* Rows in memory: a byte of kind for each value, then a number or a length and bytes. */

typedef struct
{
  char *table;
  char *insert;
  GByteArray *bytes;
  gsize n_rows;
  int n_columns;
} Table;

static void
table_free (gpointer data)
{
  Table *self = data;

  g_free (self->table);
  g_free (self->insert);
  g_byte_array_unref (self->bytes);
  g_free (self);
}

static void
pack (GByteArray *bytes, sqlite3_stmt *row, int column)
{
  guint8 kind = sqlite3_column_type (row, column);
  gint64 number = 0;
  gint32 length = 0;

  g_byte_array_append (bytes, &kind, 1);
  if (kind == SQLITE_INTEGER)
    {
      number = sqlite3_column_int64 (row, column);
      g_byte_array_append (bytes, (const guint8 *) &number, sizeof number);
    }
  else if (kind != SQLITE_NULL)
    {
      const guint8 *data = kind == SQLITE_BLOB ? sqlite3_column_blob (row, column)
                                               : sqlite3_column_text (row, column);

      length = sqlite3_column_bytes (row, column);
      g_byte_array_append (bytes, (const guint8 *) &length, sizeof length);
      if (length > 0)
        g_byte_array_append (bytes, data, length);
    }
}

static const guint8 *
bind (const guint8 *at, sqlite3_stmt *insert, int index)
{
  guint8 kind = *at++;
  gint64 number;
  gint32 length;

  if (kind == SQLITE_NULL)
    {
      sqlite3_bind_null (insert, index);
      return at;
    }
  if (kind == SQLITE_INTEGER)
    {
      memcpy (&number, at, sizeof number);
      sqlite3_bind_int64 (insert, index, number);
      return at + sizeof number;
    }
  memcpy (&length, at, sizeof length);
  at += sizeof length;
  if (kind == SQLITE_BLOB)
    sqlite3_bind_blob (insert, index, at, length, SQLITE_STATIC);
  else
    sqlite3_bind_text (insert, index, (const char *) at, length, SQLITE_STATIC);
  return at + length;
}

static Table *
read_table (KafDatabase *db, const char *table, const char *select, const char *insert_into)
{
  Table *self = g_new0 (Table, 1);
  g_autoptr (GString) sql = g_string_new (insert_into);
  sqlite3_stmt *rows = NULL;

  self->table = g_strdup (table);
  self->bytes = g_byte_array_new ();
  if (sqlite3_prepare_v2 (db->sql, select, -1, &rows, NULL) != SQLITE_OK)
    g_error ("%s: %s", select, sqlite3_errmsg (db->sql));
  self->n_columns = sqlite3_column_count (rows);
  while (sqlite3_step (rows) == SQLITE_ROW)
    {
      for (int i = 0; i < self->n_columns; i++)
        pack (self->bytes, rows, i);
      self->n_rows++;
    }
  sqlite3_finalize (rows);

  for (int i = 0; i < self->n_columns; i++)
    g_string_append (sql, i == 0 ? " VALUES (?" : ", ?");
  g_string_append_c (sql, ')');
  self->insert = g_string_free (g_steal_pointer (&sql), FALSE);
  return self;
}

/* Every table but the full-text index's own; then that index, which is written through. */
static GPtrArray *
read_tables (KafDatabase *db)
{
  GPtrArray *tables = g_ptr_array_new_with_free_func (table_free);
  sqlite3_stmt *names = NULL;

  sqlite3_prepare_v2 (db->sql,
                      "SELECT name FROM sqlite_schema WHERE type = 'table'"
                      " AND name NOT LIKE 'sqlite%' AND name <> 'search'"
                      " AND name NOT IN ('search_data', 'search_idx', 'search_content',"
                      " 'search_docsize', 'search_config')",
                      -1, &names, NULL);
  while (sqlite3_step (names) == SQLITE_ROW)
    {
      const char *name = (const char *) sqlite3_column_text (names, 0);
      g_autofree char *select = g_strdup_printf ("SELECT * FROM \"%s\"", name);
      g_autofree char *into = g_strdup_printf ("INSERT INTO \"%s\"", name);

      g_ptr_array_add (tables, read_table (db, name, select, into));
    }
  sqlite3_finalize (names);
  g_ptr_array_add (tables, read_table (db, "search", "SELECT rid, name, key, rest FROM search_doc",
                                       "INSERT INTO search (rowid, name, key, rest)"));
  return tables;
}

static void
exec (KafDatabase *db, const char *sql)
{
  g_autoptr (GError) error = NULL;

  kaf_database_exec (db, sql, &error);
  kaf_bench_check (error);
}

static void
insert_rows (KafDatabase *db, const Table *table)
{
  const guint8 *at = table->bytes->data;
  sqlite3_stmt *insert = NULL;

  if (table->n_rows == 0)
    return;
  if (sqlite3_prepare_v2 (db->sql, table->insert, -1, &insert, NULL) != SQLITE_OK)
    g_error ("%s: %s", table->insert, sqlite3_errmsg (db->sql));
  for (gsize i = 0; i < table->n_rows; i++)
    {
      for (int j = 0; j < table->n_columns; j++)
        at = bind (at, insert, j + 1);
      if (sqlite3_step (insert) != SQLITE_DONE)
        g_error ("%s: %s", table->insert, sqlite3_errmsg (db->sql));
      sqlite3_reset (insert);
    }
  sqlite3_finalize (insert);
}

/* Rounds */

static KafDatabase *
open_new (const char *path)
{
  const char *data = g_getenv ("KAF_PKGDATADIR");
  g_autofree char *lists = data != NULL ? g_build_filename (data, "reference", NULL) : NULL;
  KafEnvironment environment = { .lists_dir = lists };
  g_autoptr (GError) error = NULL;
  KafDatabase *db = kaf_database_open (path, KAF_OPEN_CREATE, &environment, &error);

  kaf_bench_check (error);
  return db;
}

static double
import_ours (GFile *file, const KafEntity *entity, const char *path)
{
  g_autoptr (KafDatabase) db = open_new (path);
  g_autoptr (KafImportReport) report = NULL;
  g_autoptr (GError) error = NULL;
  gint64 start = kaf_bench_now ();
  double seconds;

  kaf_import_run (db, entity, file, NULL, NULL, &report, &error);
  seconds = (kaf_bench_now () - start) / 1e9;
  kaf_bench_check (error);
  if (report->n_created != N_PERSONS)
    {
      const KafImportFault *fault =
          report->faults->len > 0 ? g_ptr_array_index (report->faults, 0) : NULL;

      g_printerr ("import: %u made, %u faults, %s: %s\n", report->n_created, report->n_faults,
                  fault != NULL ? fault->field : "", fault != NULL ? fault->sentence : "");
      exit (1);
    }
  return seconds;
}

/* Every column as the field of its name. */
static KafImportMap *
make_map (KafTableReader *reader, const KafEntity *entity)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) rows =
      kaf_table_reader_peek (reader, KAF_COLUMN_GUESS_ROWS + 1, NULL, &error);
  KafImportMap *map = NULL;

  kaf_bench_check (error);
  map = kaf_import_map_new (entity, rows);
  for (guint i = 0; i < map->columns->len && error == NULL; i++)
    kaf_import_map_set_target (map, i, kaf_import_map_get (map, i)->header, &error);
  kaf_bench_check (error);
  kaf_import_map_set_text (&map->source, "bench");
  return map;
}

/* Seconds of processor. */
static double
import_foreign (GFile *file, const KafEntity *entity, const char *path)
{
  g_autoptr (KafDatabase) db = open_new (path);
  g_autoptr (GError) error = NULL;
  gint64 start = kaf_bench_used_by_all ();
  g_autoptr (KafTableReader) reader = kaf_table_reader_open (file, NULL, NULL, &error);
  g_autoptr (KafImportMap) map = reader != NULL ? make_map (reader, entity) : NULL;
  g_autoptr (KafImportPlan) plan = NULL;
  g_autoptr (KafImportTaken) taken = NULL;

  kaf_bench_check (error);
  plan = kaf_import_plan_make (db, reader, map, NULL, NULL, NULL, &error);
  kaf_bench_check (error);
  taken = kaf_import_plan_take (plan, db, NULL, NULL, NULL, &error);
  kaf_bench_check (error);
  if (kaf_import_plan_count (plan, KAF_IMPORT_REFUSED) > 0)
    {
      g_printerr ("import: rows were refused\n");
      exit (1);
    }
  return (kaf_bench_used_by_all () - start) / 1e9;
}

static double
insert_bare (GPtrArray *tables, const char *path)
{
  g_autoptr (KafDatabase) db = open_new (path);
  gint64 start;

  /* The reference lists are among the rows: they are written anew. */
  for (guint i = 0; i + 1 < tables->len; i++)
    {
      g_autofree char *empty =
          g_strdup_printf ("DELETE FROM \"%s\"", ((Table *) g_ptr_array_index (tables, i))->table);

      exec (db, empty);
    }
  exec (db, "INSERT INTO search (search) VALUES ('delete-all')");
  exec (db, "PRAGMA cache_size = -131072");

  start = kaf_bench_now ();
  exec (db, "BEGIN IMMEDIATE");
  for (guint i = 0; i < tables->len; i++)
    insert_rows (db, g_ptr_array_index (tables, i));
  exec (db, "COMMIT");
  return (kaf_bench_now () - start) / 1e9;
}

static void
bench_foreign (void)
{
  const KafEntity *entity = kaf_registry_find ("expert");
  g_autofree char *csv = kaf_bench_scratch ("import-foreign.csv");
  g_autoptr (GFile) file = g_file_new_for_path (csv);
  g_autofree char *ours = kaf_bench_scratch ("import-ours.tmp");
  g_autofree char *foreign = kaf_bench_scratch ("import-foreign.tmp");
  g_autoptr (GPtrArray) tables = NULL;
  gint64 start;
  double plain;

  write_file (file, TRUE);
  start = kaf_bench_used_by_all ();
  import_ours (file, entity, ours);
  plain = (kaf_bench_used_by_all () - start) / 1e9;
  kaf_bench_report ("the same lines as another office's list",
                    N_PERSONS / import_foreign (file, entity, foreign), N_PERSONS / plain, "row/s",
                    KAF_BENCH_RATIO_LEAST, FOREIGN_SHARE);
  {
    g_autoptr (KafDatabase) db = open_new (foreign);
    g_autofree char *bare = kaf_bench_scratch ("import-bare.tmp");

    tables = read_tables (db);
    kaf_bench_report ("its rows into the bare tables", N_PERSONS / insert_bare (tables, bare), 0,
                      "row/s", KAF_BENCH_TOLD, 0);
    kaf_bench_remove_store (bare);
  }
  kaf_bench_remove_store (csv);
  kaf_bench_remove_store (ours);
  kaf_bench_remove_store (foreign);
}

static void
bench (const char *entity_id)
{
  const KafEntity *entity = kaf_registry_find (entity_id);
  g_autofree char *csv = kaf_bench_scratch ("import.csv");
  g_autofree char *ours = NULL;
  g_autofree char *bare = NULL;
  g_autofree char *name = g_strdup_printf ("import of 100 000 lines of %ss", entity_id);
  g_autoptr (GFile) file = g_file_new_for_path (csv);
  g_autoptr (GArray) our_rates = kaf_bench_times_new ();
  g_autoptr (GArray) bare_rates = kaf_bench_times_new ();

  write_file (file, g_str_equal (entity_id, "expert"));
  for (guint i = 0; i < N_ROUNDS; i++)
    {
      g_autoptr (GPtrArray) tables = NULL;
      double rate;

      g_free (ours);
      ours = kaf_bench_scratch ("import-ours.tmp");
      rate = N_PERSONS / import_ours (file, entity, ours);
      g_array_append_val (our_rates, rate);
      {
        g_autoptr (KafDatabase) db = open_new (ours);

        tables = read_tables (db);
      }
      g_free (bare);
      bare = kaf_bench_scratch ("import-bare.tmp");
      rate = N_PERSONS / insert_bare (tables, bare);
      g_array_append_val (bare_rates, rate);
    }
  kaf_bench_report (name, kaf_bench_median (our_rates), kaf_bench_median (bare_rates), "row/s",
                    KAF_BENCH_RATIO_LEAST, 1.0 / 3);
  kaf_bench_remove_store (csv);
  kaf_bench_remove_store (ours);
  kaf_bench_remove_store (bare);
}

int
main (void)
{
  kaf_bench_init ("import");
  bench ("person");
  bench ("expert");
  bench_foreign ();
  return kaf_bench_finish ();
}
