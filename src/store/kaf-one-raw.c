/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A set is kept with all its rows, those too that say when an element was removed:
 *
 *   VALUE TAB "=DETAIL" TAB POSITION TAB ADDED TAB REMOVED, a line each; clocks in hex, "-" for none
 */
#include "config.h"

#include "store/kaf-one-raw.h"

#include <string.h>

#include "schema/kaf-registry.h"
#include "store/kaf-read-private.h"
#include "store/kaf-writer.h"

#define NONE "-"
#define N_CELLS 5

static void
append_blob (GString *text, KafStatement *statement, int column)
{
  const guint8 *bytes = sqlite3_column_blob (statement, column);
  int size = sqlite3_column_bytes (statement, column);

  if (bytes == NULL)
    g_string_append (text, NONE);
  for (int i = 0; bytes != NULL && i < size; i++)
    g_string_append_printf (text, "%02x", bytes[i]);
}

static char *
print_set (KafDatabase *db, gint64 rid, const KafEntity *entity, const char *field, GError **error)
{
  g_autofree char *sql =
      g_strdup_printf ("SELECT value, detail, position, added, removed FROM \"%s_set\""
                       " WHERE rid = ? AND field = ? ORDER BY value",
                       entity->id);
  g_autoptr (KafStatement) statement = kaf_database_prepare (db, sql, error);
  g_autoptr (GString) text = g_string_new (NULL);
  GError *local = NULL;

  if (statement == NULL)
    return NULL;
  sqlite3_bind_int64 (statement, 1, rid);
  kaf_statement_bind_text (statement, 2, field);
  while (kaf_database_step (db, statement, &local))
    {
      const char *detail = kaf_statement_text (statement, 1);

      g_string_append_printf (text, "%s\t%s%s\t%d\t", kaf_statement_text (statement, 0),
                              detail != NULL ? "=" : NONE, detail != NULL ? detail : "",
                              sqlite3_column_int (statement, 2));
      append_blob (text, statement, 3);
      g_string_append_c (text, '\t');
      append_blob (text, statement, 4);
      g_string_append_c (text, '\n');
    }
  if (local == NULL)
    return g_string_free (g_steal_pointer (&text), FALSE);
  g_propagate_error (error, local);
  return NULL;
}

gboolean
kaf_raw_keep (KafDatabase *db,
              gint64 rid,
              const KafEntity *entity,
              const char *field,
              const char *value,
              GError **error)
{
  const KafField *of = kaf_entity_find_field (entity, field);
  g_autofree char *set = NULL;
  KafStatement *statement;

  if (of != NULL && kaf_field_is_many (of))
    {
      set = print_set (db, rid, entity, field, error);
      if (set == NULL)
        return FALSE;
      value = set;
    }
  statement = kaf_database_prepare (
      db, "INSERT OR IGNORE INTO raw (rid, entity, field, value) VALUES (?, ?, ?, ?)", error);
  if (statement == NULL)
    return FALSE;
  sqlite3_bind_int64 (statement, 1, rid);
  kaf_statement_bind_text (statement, 2, entity->id);
  kaf_statement_bind_text (statement, 3, field);
  kaf_statement_bind_text (statement, 4, value);
  return kaf_database_run (db, statement, error);
}

gboolean
kaf_raw_any (KafDatabase *db, gint64 rid)
{
  g_autoptr (KafStatement) statement =
      kaf_database_prepare (db, "SELECT 1 FROM raw WHERE rid = ? LIMIT 1", NULL);

  if (statement == NULL)
    return FALSE;
  sqlite3_bind_int64 (statement, 1, rid);
  return kaf_database_step (db, statement, NULL);
}

static void
bind_blob (KafStatement *statement, int at, const char *hex)
{
  g_autoptr (GByteArray) bytes = g_byte_array_new ();

  if (g_str_equal (hex, NONE))
    return;
  for (; hex[0] != '\0' && hex[1] != '\0'; hex += 2)
    {
      guint8 byte = (guint8) (g_ascii_xdigit_value (hex[0]) << 4 | g_ascii_xdigit_value (hex[1]));

      g_byte_array_append (bytes, &byte, 1);
    }
  sqlite3_bind_blob (statement, at, bytes->data, (int) bytes->len, SQLITE_TRANSIENT);
}

static gboolean
put_back_element (KafDatabase *db,
                  gint64 rid,
                  const KafEntity *entity,
                  const char *field,
                  const char *line,
                  GError **error)
{
  g_auto (GStrv) cells = g_strsplit (line, "\t", N_CELLS);
  g_autofree char *sql = g_strdup_printf (
      "INSERT INTO \"%s_set\" (rid, field, value, detail, position, added, removed)"
      " VALUES (?, ?, ?, ?, ?, ?, ?)",
      entity->id);
  KafStatement *statement = kaf_database_prepare (db, sql, error);

  if (statement == NULL || g_strv_length (cells) != N_CELLS)
    return statement == NULL ? FALSE : TRUE;
  sqlite3_bind_int64 (statement, 1, rid);
  kaf_statement_bind_text (statement, 2, field);
  kaf_statement_bind_text (statement, 3, cells[0]);
  if (cells[1][0] == '=')
    kaf_statement_bind_text (statement, 4, cells[1] + 1);
  sqlite3_bind_int64 (statement, 5, g_ascii_strtoll (cells[2], NULL, 10));
  bind_blob (statement, 6, cells[3]);
  bind_blob (statement, 7, cells[4]);
  return kaf_database_run (db, statement, error);
}

static gboolean
put_back_set (KafDatabase *db,
              gint64 rid,
              const KafEntity *entity,
              const KafField *field,
              const char *kept,
              GError **error)
{
  g_auto (GStrv) lines = g_strsplit (kept != NULL ? kept : "", "\n", -1);

  if (!kaf_writer_show (db, entity, rid, field, NULL, error))
    return FALSE;
  for (guint i = 0; lines[i] != NULL; i++)
    if (*lines[i] != '\0' && !put_back_element (db, rid, entity, field->id, lines[i], error))
      return FALSE;
  return TRUE;
}

static gboolean
remove_row (KafDatabase *db, gint64 rid, const KafEntity *entity, GError **error)
{
  g_autofree char *sql = g_strdup_printf ("DELETE FROM \"%s\" WHERE rid = ?", entity->id);

  for (const KafField *field = entity->fields; field->id != NULL; field++)
    if (kaf_field_is_many (field) && !kaf_writer_show (db, entity, rid, field, NULL, error))
      return FALSE;
  return kaf_database_run_for (db, sql, rid, error);
}

static gint64
parse_time (const char *text)
{
  return text != NULL ? g_ascii_strtoll (text, NULL, 10) : 0;
}

static gboolean
put_back_one (KafDatabase *db,
              gint64 rid,
              const KafEntity *entity,
              const char *field,
              const char *value,
              GError **error)
{
  const KafField *of = kaf_entity_find_field (entity, field);

  if (g_str_equal (field, KAF_RAW_ADDED))
    return remove_row (db, rid, entity, error);
  if (g_str_equal (field, KAF_RAW_FATE))
    return kaf_writer_show_fate (db, entity, rid, parse_time (value), error);
  if (of == NULL)
    return TRUE;
  return kaf_field_is_many (of) ? put_back_set (db, rid, entity, of, value, error)
                                : kaf_writer_show (db, entity, rid, of, value, error);
}

typedef struct
{
  const KafEntity *entity;
  char *field, *value;
} Kept;

static void
kept_free (gpointer data)
{
  Kept *self = data;

  g_free (self->field);
  g_free (self->value);
  g_free (self);
}

/* Of the rows of that number; @entity NULL: of all of them. */
static GPtrArray *
read_kept (KafDatabase *db, gint64 rid, const KafEntity *entity, GError **error)
{
  g_autoptr (GPtrArray) all = g_ptr_array_new_with_free_func (kept_free);
  g_autoptr (KafStatement) statement =
      kaf_database_prepare (db, "SELECT entity, field, value FROM raw WHERE rid = ?", error);
  GError *local = NULL;

  if (statement == NULL)
    return NULL;
  sqlite3_bind_int64 (statement, 1, rid);
  while (kaf_database_step (db, statement, &local))
    {
      const KafEntity *of = kaf_registry_find (kaf_statement_text (statement, 0));
      Kept *kept;

      if (of == NULL || (entity != NULL && of != entity))
        continue;
      kept = g_new0 (Kept, 1);
      kept->entity = of;
      kept->field = g_strdup (kaf_statement_text (statement, 1));
      kept->value = g_strdup (kaf_statement_text (statement, 2));
      g_ptr_array_add (all, kept);
    }
  if (local == NULL)
    return g_steal_pointer (&all);
  g_propagate_error (error, local);
  return NULL;
}

gboolean
kaf_raw_put_back (KafDatabase *db, gint64 rid, GError **error)
{
  g_autoptr (GPtrArray) all = read_kept (db, rid, NULL, error);

  for (guint i = 0; all != NULL && i < all->len; i++)
    {
      const Kept *kept = g_ptr_array_index (all, i);

      if (!put_back_one (db, rid, kept->entity, kept->field, kept->value, error))
        return FALSE;
    }
  if (all == NULL || all->len == 0)
    return all != NULL;
  return kaf_database_run_for (db, "DELETE FROM raw WHERE rid = ?", rid, error);
}

/* Reading */

static int
compare_positions (gconstpointer a, gconstpointer b)
{
  const char *const *x = *(const char *const *const *) a, *const *y =
                                                              *(const char *const *const *) b;

  return (int) (g_ascii_strtoll (x[2], NULL, 10) - g_ascii_strtoll (y[2], NULL, 10));
}

char *
kaf_raw_read_set (const char *kept)
{
  g_auto (GStrv) lines = g_strsplit (kept != NULL ? kept : "", "\n", -1);
  g_autoptr (GPtrArray) live = g_ptr_array_new_with_free_func ((GDestroyNotify) g_strfreev);
  g_autoptr (GString) set = g_string_new (NULL);

  for (guint i = 0; lines[i] != NULL; i++)
    {
      g_auto (GStrv) cells = g_strsplit (lines[i], "\t", N_CELLS);

      if (g_strv_length (cells) == N_CELLS && g_str_equal (cells[4], NONE))
        g_ptr_array_add (live, g_steal_pointer (&cells));
    }
  g_ptr_array_sort (live, compare_positions);
  for (guint i = 0; i < live->len; i++)
    {
      char **cells = g_ptr_array_index (live, i);

      g_string_append_printf (set, "%s%s", i > 0 ? "\n" : "", cells[0]);
      if (cells[1][0] == '=')
        g_string_append_printf (set, "\t%s", cells[1] + 1);
    }
  return live->len > 0 ? g_string_free (g_steal_pointer (&set), FALSE) : NULL;
}

gboolean
kaf_raw_overlay (KafDatabase *db, KafRecord *record, gint64 rid, gboolean *absent, GError **error)
{
  const KafEntity *entity = kaf_record_get_entity (record);
  g_autoptr (GPtrArray) all = read_kept (db, rid, entity, error);

  *absent = FALSE;
  for (guint i = 0; all != NULL && i < all->len; i++)
    {
      const Kept *kept = g_ptr_array_index (all, i);
      int field = kaf_entity_field_index (entity, kept->field);

      if (g_str_equal (kept->field, KAF_RAW_ADDED))
        *absent = TRUE;
      else if (g_str_equal (kept->field, KAF_RAW_FATE))
        kaf_record_get_stamp (record)->deleted_at = parse_time (kept->value);
      else if (field >= 0 && kaf_field_is_many (&entity->fields[field]))
        kaf_record_take_at (record, field, kaf_raw_read_set (kept->value));
      else if (field >= 0)
        kaf_record_set_at (record, field, kept->value);
    }
  return all != NULL;
}
