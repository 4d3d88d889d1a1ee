/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What stands in the rows of a list. Each table is gone through once, in the order in which its rows lie there, whatever
 * the order of the list; a value that comes back in row after row, a country or a degree, is put into words once. */
#include "config.h"

#include "base/kaf-money.h"
#include "store/kaf-page.h"
#include "store/kaf-row-reader.h"

/* Heads, and the tables of the entity and of its root */

/* Columns of the statement, before those of fields. */
enum
{
  AT_TURN,
  AT_ID,
  AT_TITLE,
  AT_TITLE_AR,
  AT_REF,
  AT_CREATED,
  AT_UPDATED,
  AT_FIELDS,
};

/* Each cell is told where it finds its own. */
static void
add_columns (KafRowReader *self, GString *sql)
{
  int next = AT_FIELDS;

  for (guint i = 0; i < self->n_columns; i++)
    {
      KafRowCell *cell = &self->cells[i];
      const char *table = cell->holder == self->entity ? "e" : "r";

      if (cell->kind == KAF_ROW_CELL_AUTHOR)
        {
          cell->at = next++;
          g_string_append (sql, ", e.created_by");
        }
      if (cell->kind != KAF_ROW_CELL_SCALAR)
        continue;
      cell->at = next++;
      g_string_append_printf (sql, ", %s.\"%s\"", table, cell->field->id);
      if (cell->field->kind == KAF_KIND_MONEY)
        {
          next++;
          g_string_append_printf (sql, ", %s.\"%s_currency\"", table, cell->field->id);
        }
      if (cell->twin == NULL)
        continue;
      cell->twin_at = next++;
      g_string_append_printf (sql, ", %s.\"%s\"", table, cell->twin->id);
    }
}

/* One statement for all: to begin one for each row and each table would cost more than to read them. */
static char *
print_rows_sql (KafRowReader *self)
{
  GString *sql = g_string_new ("SELECT t.key, h.id, h.title, h.title_ar, e.ref, e.created_at,"
                               " e.updated_at");

  add_columns (self, sql);
  g_string_append_printf (sql,
                          " FROM " KAF_ROW_TURNS " t CROSS JOIN head h ON h.rid = t.value"
                          " LEFT JOIN \"%s\" e ON e.rid = h.rid",
                          self->entity->id);
  if (self->root != self->entity)
    g_string_append_printf (sql, " LEFT JOIN \"%s\" r ON r.rid = h.rid", self->root->id);
  g_string_append (sql, " WHERE h.deleted = 0");
  return g_string_free (sql, FALSE);
}

static const char *
get_known (KafStatement *statement, int at)
{
  const char *text = kaf_statement_text (statement, at);

  return text != NULL && *text != '\0' ? text : NULL;
}

/* (transfer full) (nullable) */
static char *
make_money (KafStatement *statement, int at)
{
  const char *currency = kaf_statement_text (statement, at + 1);

  return currency != NULL ? kaf_money_make (sqlite3_column_int64 (statement, at), currency) : NULL;
}

static void
fill_scalar (KafRowReader *self, KafRow *row, guint i, KafStatement *statement)
{
  const KafRowCell *cell = &self->cells[i];
  gboolean is_money = cell->field->kind == KAF_KIND_MONEY;
  g_autofree char *money = is_money ? make_money (statement, cell->at) : NULL;
  const char *value = is_money ? money : get_known (statement, cell->at);
  const char *twin = cell->twin != NULL ? get_known (statement, cell->twin_at) : NULL;

  if (value != NULL)
    row->cells[i] = (char *) kaf_row_reader_tell (self, cell, value, (const char **) &row->raw[i]);
  if (twin != NULL)
    row->cells[i] = (char *) kaf_row_reader_keep (self, twin);
}

static void
fill_cell (KafRowReader *self, KafRow *row, guint i, KafStatement *statement)
{
  switch (self->cells[i].kind)
    {
    case KAF_ROW_CELL_TITLE:
      row->cells[i] = row->title;
      return;
    case KAF_ROW_CELL_TITLE_AR:
      row->cells[i] = row->title_ar;
      return;
    case KAF_ROW_CELL_REF:
      row->cells[i] = row->ref;
      return;
    case KAF_ROW_CELL_CREATED:
      kaf_row_reader_stamp (self, row, i, sqlite3_column_int64 (statement, AT_CREATED));
      return;
    case KAF_ROW_CELL_UPDATED:
      kaf_row_reader_stamp (self, row, i, sqlite3_column_int64 (statement, AT_UPDATED));
      return;
    case KAF_ROW_CELL_AUTHOR:
      row->cells[i] = (char *) kaf_row_reader_keep (self, get_known (statement, self->cells[i].at));
      return;
    case KAF_ROW_CELL_SCALAR:
      fill_scalar (self, row, i, statement);
      return;
    default:
      return;
    }
}

static char *
keep_text (KafRowReader *self, KafStatement *statement, int at)
{
  return (char *) kaf_row_reader_keep (self, kaf_statement_text (statement, at));
}

static void
take_row (KafRowReader *self, guint turn, KafStatement *statement, G_GNUC_UNUSED gpointer data)
{
  guint at = self->turns[turn].at;
  KafRow *row = kaf_row_lot_begin (self->lot, turn);

  row->rid = self->turns[turn].rid;
  row->entity = self->entity;
  row->id = keep_text (self, statement, AT_ID);
  row->title = keep_text (self, statement, AT_TITLE);
  row->title_ar = keep_text (self, statement, AT_TITLE_AR);
  row->ref = keep_text (self, statement, AT_REF);
  self->rows->pdata[at] = row;
  for (guint i = 0; i < self->n_columns; i++)
    fill_cell (self, row, i, statement);
}

static gboolean
read_rows (KafRowReader *self, GError **error)
{
  g_autofree char *sql = print_rows_sql (self);

  return kaf_row_reader_walk (self, sql, take_row, NULL, error);
}

/* All of it */

static gboolean
read_all (KafRowReader *self, GError **error)
{
  if (!read_rows (self, error) || !kaf_row_reader_sets (self, self->entity, error))
    return FALSE;
  if (self->root != self->entity && !kaf_row_reader_sets (self, self->root, error))
    return FALSE;
  for (guint i = 0; i < self->n_columns; i++)
    if (!kaf_row_reader_column (self, i, error))
      return FALSE;
  return TRUE;
}

GPtrArray *
kaf_page_rows (KafDatabase *db,
               const KafEntity *entity,
               const guint32 *rids,
               guint n_rids,
               const char *const *columns,
               KafLang lang,
               GError **error)
{
  KafRowReader reader = { db, entity, kaf_entity_get_root (entity), lang,
                          columns != NULL ? g_strv_length ((char **) columns) : 0 };
  GPtrArray *rows = NULL;

  kaf_row_reader_init (&reader, rids, n_rids, columns);
  if (read_all (&reader, error))
    rows = g_steal_pointer (&reader.rows);
  kaf_row_reader_clear (&reader);
  return rows;
}
