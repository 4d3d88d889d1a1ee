/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "store/kaf-row-reader.h"

#include <string.h>

#include "base/kaf-date.h"
#include "rules/quality/kaf-quality.h"
#include "schema/kaf-derived.h"
#include "schema/kaf-value.h"

#define US_A_MINUTE (60 * G_USEC_PER_SEC)

/* Cells */

const char *
kaf_row_reader_keep (KafRowReader *self, const char *text)
{
  return kaf_row_lot_keep (self->lot, text);
}

const char *
kaf_row_reader_take (KafRowReader *self, char *text)
{
  const char *kept = kaf_row_reader_keep (self, text);

  g_free (text);
  return kept;
}

static const char *
put_into_words (KafRowReader *self, const KafRowCell *cell, const char *value)
{
  return kaf_row_reader_take (self, kaf_value_format_element (cell->field, value, self->lang,
                                                              kaf_read_title_func, self->db));
}

/* Of a value that comes back; @known: out, the value as it is kept. */
static const char *
look_up (KafRowReader *self, const KafRowCell *cell, const char *value, const char **known)
{
  gpointer kept = NULL, text = NULL;

  if (!g_hash_table_lookup_extended (cell->words, value, &kept, &text))
    {
      kept = (gpointer) kaf_row_reader_keep (self, value);
      text = (gpointer) put_into_words (self, cell, value);
      g_hash_table_insert (cell->words, kept, text);
    }
  *known = kept;
  return text;
}

const char *
kaf_row_reader_tell (KafRowReader *self,
                     const KafRowCell *cell,
                     const char *value,
                     const char **raw)
{
  if (cell->words != NULL)
    return look_up (self, cell, value, raw);
  *raw = kaf_row_reader_keep (self, value);
  return cell->plain ? *raw : put_into_words (self, cell, value);
}

void
kaf_row_reader_append (KafRowReader *self, const KafRowCell *cell, const char *value, GString *text)
{
  const char *known;
  g_autofree char *words = NULL;

  if (cell->plain)
    g_string_append (text, value);
  else if (cell->words != NULL)
    g_string_append (text, look_up (self, cell, value, &known));
  else
    {
      words =
          kaf_value_format_element (cell->field, value, self->lang, kaf_read_title_func, self->db);
      g_string_append (text, words);
    }
}

void
kaf_row_reader_stamp (KafRowReader *self, KafRow *row, guint at, gint64 when)
{
  char raw[32];

  if (when == 0)
    return;
  g_snprintf (raw, sizeof raw, "%" G_GINT64_FORMAT, when);
  row->raw[at] = (char *) kaf_row_reader_keep (self, raw);
  /* What was entered together lies together. */
  if (self->told == NULL || self->minute != when / US_A_MINUTE)
    {
      self->told = kaf_row_reader_take (self, kaf_time_format (when, self->lang));
      self->minute = when / US_A_MINUTE;
    }
  row->cells[at] = (char *) self->told;
}

gboolean
kaf_row_reader_walk (
    KafRowReader *self, const char *sql, KafRowTakeFunc take, gpointer data, GError **error)
{
  g_autoptr (KafStatement) statement = kaf_database_prepare (self->db, sql, error);
  GError *local = NULL;

  if (statement == NULL)
    return FALSE;
  kaf_statement_bind_text (statement, 1, self->places->str);
  while (kaf_database_step (self->db, statement, &local))
    take (self, (guint) sqlite3_column_int (statement, 0), statement, data);
  if (local != NULL)
    g_propagate_error (error, local);
  return local == NULL;
}

gboolean
kaf_row_reader_pass (KafRowReader *self,
                     const char *sql,
                     KafRowKey key,
                     KafRowPassFunc func,
                     gpointer data,
                     GError **error)
{
  g_autoptr (KafStatement) statement = kaf_database_prepare (self->db, sql, error);
  gboolean done = statement != NULL;

  for (guint i = 0; done && i < self->n_turns; i++)
    {
      KafRow *row = g_ptr_array_index (self->rows, self->turns[i].at);

      if (row == NULL)
        continue;
      if (key == KAF_ROW_BY_ID)
        kaf_statement_bind_text (statement, 1, row->id);
      else
        sqlite3_bind_int64 (statement, 1, row->rid);
      done = func (self, row, statement, data, error);
      sqlite3_reset (statement);
    }
  return done;
}

/* What the columns ask for */

/* The Arabic twin of a text: office and office_ar, headline_fr and headline_ar. */
static const KafField *
find_twin (const KafEntity *entity, const KafField *field)
{
  gboolean french = g_str_has_suffix (field->id, "_fr");
  g_autofree char *name = g_strdup_printf (
      "%.*s_ar", (int) (strlen (field->id) - (french ? strlen ("_fr") : 0)), field->id);

  return field->kind == KAF_KIND_TEXT && !kaf_field_is_many (field)
             ? kaf_entity_find_field (entity, name)
             : NULL;
}

/* Whether few values fill many rows. */
static gboolean
comes_back (const KafField *field)
{
  switch (field->kind)
    {
    case KAF_KIND_INTEGER:
    case KAF_KIND_DATE:
    case KAF_KIND_PARTIAL_DATE:
    case KAF_KIND_BOOLEAN:
    case KAF_KIND_CHOICE:
    case KAF_KIND_REFERENCE:
    case KAF_KIND_LANGUAGE:
      return TRUE;
    default:
      return FALSE;
    }
}

static void
resolve_field (KafRowReader *self, KafRowCell *cell, const char *path)
{
  cell->field = kaf_query_resolve (self->entity, path, &cell->holder, &cell->related);
  if (cell->field == NULL)
    return;
  if (comes_back (cell->field))
    cell->words = g_hash_table_new (g_str_hash, g_str_equal);
  cell->plain = kaf_value_is_plain (cell->field, self->lang);
  if (cell->related != NULL)
    cell->kind = KAF_ROW_CELL_RELATED;
  else if (kaf_field_is_derived (cell->field))
    cell->kind = KAF_ROW_CELL_DERIVED;
  else if (kaf_field_is_many (cell->field))
    cell->kind = KAF_ROW_CELL_SET;
  else
    cell->kind = KAF_ROW_CELL_SCALAR;
  if (cell->kind == KAF_ROW_CELL_SCALAR && self->lang == KAF_LANG_AR)
    cell->twin = find_twin (cell->holder, cell->field);
}

static void
resolve_cell (KafRowReader *self, KafRowCell *cell, const char *path)
{
  if (g_str_equal (path, "title"))
    cell->kind = KAF_ROW_CELL_TITLE;
  else if (g_str_equal (path, "title_ar") && kaf_entity_find_field (self->entity, path) == NULL)
    cell->kind = KAF_ROW_CELL_TITLE_AR;
  else if (g_str_equal (path, "availability"))
    cell->kind = KAF_ROW_CELL_AVAILABILITY;
  else if (g_str_equal (path, KAF_QUALITY_MISSING))
    cell->kind = KAF_ROW_CELL_MISSING;
  else if (g_str_equal (path, "ref"))
    cell->kind = KAF_ROW_CELL_REF;
  else if (g_str_equal (path, "updated_at"))
    cell->kind = KAF_ROW_CELL_UPDATED;
  else if (g_str_equal (path, "created_at"))
    cell->kind = KAF_ROW_CELL_CREATED;
  else if (g_str_equal (path, "created_by"))
    cell->kind = KAF_ROW_CELL_AUTHOR;
  else
    resolve_field (self, cell, path);
}

/* Its life */

static void
row_unref0 (gpointer data)
{
  if (data != NULL)
    kaf_row_unref (data);
}

static int
compare_turns (gconstpointer a, gconstpointer b)
{
  const KafRowTurn *x = a, *y = b;

  return x->rid < y->rid ? -1 : x->rid > y->rid ? 1 : 0;
}

void
kaf_row_reader_init (KafRowReader *self,
                     const guint32 *rids,
                     guint n_rids,
                     const char *const *columns)
{
  self->rows = g_ptr_array_new_full (n_rids, row_unref0);
  g_ptr_array_set_size (self->rows, (int) n_rids);
  self->lot = kaf_row_lot_new (n_rids, self->n_columns);
  self->turns = g_new (KafRowTurn, n_rids);
  self->n_turns = n_rids;
  for (guint i = 0; i < n_rids; i++)
    self->turns[i] = (KafRowTurn){ rids[i], i };
  if (n_rids > 0)
    qsort (self->turns, n_rids, sizeof *self->turns, compare_turns);
  self->places = g_string_new ("[]");
  for (guint i = 0; i < n_rids; i++)
    kaf_rows_add (self->places, self->turns[i].rid);
  self->cells = g_new0 (KafRowCell, self->n_columns + 1);
  for (guint i = 0; i < self->n_columns; i++)
    resolve_cell (self, &self->cells[i], columns[i]);
}

void
kaf_row_reader_clear (KafRowReader *self)
{
  for (guint i = 0; i < self->n_columns; i++)
    g_clear_pointer (&self->cells[i].words, g_hash_table_unref);
  g_free (self->cells);
  g_free (self->turns);
  g_string_free (self->places, TRUE);
  g_clear_pointer (&self->rows, g_ptr_array_unref);
  kaf_row_lot_unref (self->lot);
}
