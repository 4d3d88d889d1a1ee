/* SPDX-License-Identifier: GPL-3.0-or-later */
/* One edit, durable when it returns, against one bare SQLite transaction that writes the same
 * rows by prepared statements. Two copies of one store take turns: what was committed in the
 * first is read from it and written to the second. */
#include "config.h"

#include <string.h>

#include "kaf-bench.h"
#include "schema/kaf-registry.h"
#include "store/kaf-database-private.h"
#include "store/kaf-page.h"

#define N_PERSONS 100000
#define N_EDITS 300
#define N_WARM 30

typedef enum
{
  EDIT_PHONE,
  EDIT_NAME,
} Edit;

/* One statement of the bare transaction: values that are bound in order. */
typedef struct
{
  sqlite3_stmt *statement;
  GPtrArray *rows; /* of GPtrArray of sqlite3_value */
} Write;

typedef struct
{
  KafDatabase *ours, *bare;
  GHashTable *statements; /* SQL → sqlite3_stmt of bare */
  GArray *writes;
} Bench;

static void
row_free (gpointer data)
{
  g_ptr_array_unref (data);
}

static void
value_free (gpointer data)
{
  sqlite3_value_free (data);
}

static void
write_clear (gpointer data)
{
  g_ptr_array_unref (((Write *) data)->rows);
}

static sqlite3_stmt *
prepare (Bench *self, const char *sql)
{
  sqlite3_stmt *statement = g_hash_table_lookup (self->statements, sql);

  if (statement != NULL)
    return statement;
  if (sqlite3_prepare_v3 (self->bare->sql, sql, -1, SQLITE_PREPARE_PERSISTENT, &statement, NULL) !=
      SQLITE_OK)
    g_error ("%s: %s", sql, sqlite3_errmsg (self->bare->sql));
  g_hash_table_insert (self->statements, g_strdup (sql), statement);
  return statement;
}

/* Rows of @from by a row number; their number of columns. (element-type GPtrArray) */
static GPtrArray *
read_rows (KafDatabase *from, const char *sql, gint64 number)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (KafStatement) statement = kaf_database_prepare (from, sql, &error);
  GPtrArray *rows = g_ptr_array_new_with_free_func (row_free);

  kaf_bench_check (error);
  sqlite3_bind_int64 (statement, 1, number);
  while (kaf_database_step (from, statement, &error))
    {
      GPtrArray *row = g_ptr_array_new_with_free_func (value_free);

      for (int i = 0; i < sqlite3_column_count (statement); i++)
        g_ptr_array_add (row, sqlite3_value_dup (sqlite3_column_value (statement, i)));
      g_ptr_array_add (rows, row);
    }
  kaf_bench_check (error);
  return rows;
}

/* Plans: what @select gives of @from for @number is bound to @sql. */
static void
plan (Bench *self, const char *sql, KafDatabase *from, const char *select, gint64 number)
{
  Write write = { prepare (self, sql), read_rows (from, select, number) };

  g_array_append_val (self->writes, write);
}

/* The same for a table whose rows are new and whole. */
static void
plan_insert (Bench *self, const char *table, const char *where, gint64 number)
{
  g_autofree char *select = g_strdup_printf ("SELECT * FROM \"%s\" WHERE %s", table, where);
  GPtrArray *rows = read_rows (self->ours, select, number);
  g_autoptr (GString) sql = g_string_new (NULL);
  const GPtrArray *first;
  Write write = { NULL, rows };

  g_assert_cmpuint (rows->len, >, 0);
  first = g_ptr_array_index (rows, 0);
  g_string_append_printf (sql, "INSERT INTO \"%s\" VALUES (?", table);
  for (guint i = 1; i < first->len; i++)
    g_string_append (sql, ", ?");
  g_string_append_c (sql, ')');
  write.statement = prepare (self, sql->str);
  g_array_append_val (self->writes, write);
}

static void
plan_document (Bench *self, gint64 rid)
{
  plan (self, "INSERT INTO search (rowid, name, key, rest, search) VALUES (?, ?, ?, ?, 'delete')",
        self->bare, "SELECT rid, name, key, rest FROM search_doc WHERE rid = ?", rid);
  plan (self, "UPDATE search_doc SET name = ?, key = ?, rest = ? WHERE rid = ?", self->ours,
        "SELECT name, key, rest, rid FROM search_doc WHERE rid = ?", rid);
  plan (self, "INSERT INTO search (rowid, name, key, rest) VALUES (?, ?, ?, ?)", self->ours,
        "SELECT rid, name, key, rest FROM search_doc WHERE rid = ?", rid);
}

/* The rows that the edit had to change, and no other. */
static void
plan_edit (Bench *self, Edit edit, gint64 rid)
{
  g_array_set_size (self->writes, 0);
  if (edit == EDIT_NAME)
    {
      plan (self,
            "UPDATE person SET updated_at = ?, updated_by = ?, clock = ?, family_name = ?"
            " WHERE rid = ?",
            self->ours,
            "SELECT updated_at, updated_by, clock, family_name, rid FROM person WHERE rid = ?",
            rid);
      plan (self, "UPDATE head SET sort = ?, sort_ar = ?, title = ?, title_ar = ? WHERE rid = ?",
            self->ours, "SELECT sort, sort_ar, title, title_ar, rid FROM head WHERE rid = ?", rid);
    }
  else
    {
      plan (self, "UPDATE person SET updated_at = ?, updated_by = ?, clock = ? WHERE rid = ?",
            self->ours, "SELECT updated_at, updated_by, clock, rid FROM person WHERE rid = ?", rid);
      plan (self, "UPDATE person_set SET removed = ? WHERE rid = ? AND field = ? AND value = ?",
            self->ours,
            "SELECT removed, rid, field, value FROM person_set WHERE rid = ?"
            " AND field = 'phones' AND removed IS NOT NULL",
            rid);
      plan (self,
            "INSERT INTO person_set (rid, field, value, detail, position, added)"
            " VALUES (?, ?, ?, ?, ?, ?)",
            self->ours,
            "SELECT rid, field, value, detail, position, added FROM person_set WHERE rid = ?"
            " AND field = 'phones' AND removed IS NULL",
            rid);
    }
  plan_document (self, rid);
  plan_insert (self, "op_group", "seq = (SELECT max (seq) FROM op_group) AND ? > 0", rid);
  plan_insert (self, "op", "rid = ? ORDER BY seq DESC LIMIT 1", rid);
  plan_insert (self, "batch", "first = (SELECT max (seq) FROM op_group) AND ? > 0", rid);
}

static void
run (sqlite3_stmt *statement)
{
  int rc = sqlite3_step (statement);

  if (rc != SQLITE_DONE)
    g_error ("bare write: %s", sqlite3_errmsg (sqlite3_db_handle (statement)));
  sqlite3_reset (statement);
}

static void
write_bare (Bench *self)
{
  run (prepare (self, "BEGIN IMMEDIATE"));
  for (guint i = 0; i < self->writes->len; i++)
    {
      Write *write = &g_array_index (self->writes, Write, i);

      for (guint j = 0; j < write->rows->len; j++)
        {
          GPtrArray *row = g_ptr_array_index (write->rows, j);

          for (guint k = 0; k < row->len; k++)
            sqlite3_bind_value (write->statement, k + 1, g_ptr_array_index (row, k));
          run (write->statement);
        }
    }
  run (prepare (self, "COMMIT"));
}

static void
commit_ours (Bench *self, Edit edit, const char *id, guint n)
{
  g_autoptr (KafChangeSet) set = kaf_change_set_new ("edit");
  g_autoptr (KafRecord) record = kaf_record_new (kaf_registry_find ("person"), id);
  g_autoptr (KafReceipt) receipt = NULL;
  g_autoptr (GError) error = NULL;
  g_autofree char *value = g_strdup_printf (edit == EDIT_NAME ? "Benmesure%u" : "+212660%06u", n);

  kaf_record_set (record, edit == EDIT_NAME ? "family_name" : "phones", value);
  kaf_change_set_update (set, record);
  receipt = kaf_commit (self->ours, set, NULL, NULL, &error);
  kaf_bench_check (error);
}

static void
bench (Bench *self, Edit edit, GPtrArray *persons, guint first)
{
  g_autoptr (GArray) ours = kaf_bench_times_new ();
  g_autoptr (GArray) bare = kaf_bench_times_new ();
  const char *what = edit == EDIT_NAME ? "a name" : "a phone";
  g_autofree char *p50 = g_strdup_printf ("commit of %s, durable, p50", what);
  g_autofree char *p95 = g_strdup_printf ("commit of %s, durable, p95", what);

  for (guint i = 0; i < N_WARM + N_EDITS; i++)
    {
      const KafRow *person = g_ptr_array_index (persons, first + i);
      gint64 start = kaf_bench_now ();

      commit_ours (self, edit, person->id, first + i);
      if (i >= N_WARM)
        kaf_bench_times_add (ours, start);
      plan_edit (self, edit, person->rid);
      start = kaf_bench_now ();
      write_bare (self);
      if (i >= N_WARM)
        kaf_bench_times_add (bare, start);
    }
  kaf_bench_report (p50, kaf_bench_median (ours), kaf_bench_median (bare), "ms",
                    KAF_BENCH_RATIO_MOST, 1.5);
  kaf_bench_report (p95, kaf_bench_quantile (ours, 0.95), kaf_bench_quantile (bare, 0.95), "ms",
                    KAF_BENCH_TOLD, 0);
}

/* Persons spread over the store, each for one edit. (element-type KafRow) */
static GPtrArray *
choose_persons (KafDatabase *db, guint n)
{
  static const char *const no_columns[] = { NULL };
  const KafEntity *entity = kaf_registry_find ("person");
  g_autoptr (KafQuery) query = kaf_query_new (entity);
  g_autoptr (GError) error = NULL;
  g_autoptr (GArray) places = kaf_page_places (db, query, &error);
  g_autoptr (KafRandom) random = kaf_random_new_seeded (11);
  GPtrArray *rows;

  kaf_bench_check (error);
  for (guint i = 0; i < n; i++)
    {
      guint other = i + kaf_random_below (random, places->len - i);
      guint32 kept = g_array_index (places, guint32, i);

      g_array_index (places, guint32, i) = g_array_index (places, guint32, other);
      g_array_index (places, guint32, other) = kept;
    }
  rows = kaf_page_rows (db, entity, (const guint32 *) places->data, n, no_columns, KAF_LANG_FR,
                        &error);
  kaf_bench_check (error);
  return rows;
}

static void
finalize (gpointer statement)
{
  sqlite3_finalize (statement);
}

/* That the bare transactions left what ours did: else the comparison would mean nothing. */
static void
compare_stores (Bench *self)
{
  static const char *const sums[] = {
    "SELECT sum (length (clock) + updated_at % 1000000) FROM person",
    "SELECT count(*) FROM person_set WHERE removed IS NOT NULL",
    "SELECT count(*) FROM person_set",
    "SELECT sum (length (name) + length (key) + length (rest)) FROM search_doc",
    "SELECT sum (length (sort) + length (title)) FROM head",
    "SELECT sum (length (payload)) + count(*) FROM op_group",
    "SELECT count(*) FROM op",
    "SELECT count(*) FROM batch",
    "SELECT count(*) FROM search WHERE search MATCH 'benmesure*'",
  };

  for (guint i = 0; i < G_N_ELEMENTS (sums); i++)
    if (kaf_database_get_int (self->ours, sums[i], NULL) !=
        kaf_database_get_int (self->bare, sums[i], NULL))
      g_print ("# the bare transactions wrote other rows: %s\n", sums[i]);
}

int
main (void)
{
  g_autofree char *store = NULL;
  g_autofree char *ours = NULL;
  g_autofree char *bare = NULL;
  g_autoptr (GPtrArray) persons = NULL;
  g_autoptr (GError) error = NULL;
  Bench self = { NULL };

  kaf_bench_init ("commit");
  store = kaf_bench_store (N_PERSONS);
  ours = kaf_bench_copy_store (store, "commit-ours.tmp");
  bare = kaf_bench_copy_store (store, "commit-bare.tmp");
  self.ours = kaf_database_open (ours, KAF_OPEN_DEFAULT, NULL, &error);
  kaf_bench_check (error);
  self.bare = kaf_database_open (bare, KAF_OPEN_DEFAULT, NULL, &error);
  kaf_bench_check (error);
  self.statements = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, finalize);
  self.writes = g_array_new (FALSE, FALSE, sizeof (Write));
  g_array_set_clear_func (self.writes, write_clear);

  persons = choose_persons (self.ours, 2 * (N_WARM + N_EDITS));
  bench (&self, EDIT_PHONE, persons, 0);
  bench (&self, EDIT_NAME, persons, N_WARM + N_EDITS);
  compare_stores (&self);

  g_array_unref (self.writes);
  g_hash_table_unref (self.statements);
  kaf_database_close (self.ours);
  kaf_database_close (self.bare);
  kaf_bench_remove_store (ours);
  kaf_bench_remove_store (bare);
  return kaf_bench_finish ();
}
