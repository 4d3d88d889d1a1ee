/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What stands in the rows of a list. Each table is gone through once, in the order in which its rows lie there, whatever
 * the order of the list; a value that comes back in row after row, a country or a degree, is put into words once. */
#include "config.h"

#include "base/kaf-money.h"
#include "store/kaf-page.h"
#include "store/kaf-row-reader.h"

/* Heads */

static gboolean
read_heads (KafRowReader *self, GError **error)
{
  g_autoptr (KafStatement) statement = kaf_database_prepare (
      self->db, "SELECT id, title, title_ar FROM head WHERE rid = ? AND deleted = 0", error);
  GError *local = NULL;

  if (statement == NULL)
    return FALSE;
  for (guint i = 0; i < self->n_turns && local == NULL; i++)
    {
      KafRow *row;

      sqlite3_bind_int64 (statement, 1, self->turns[i].rid);
      if (kaf_database_step (self->db, statement, &local))
        {
          row = kaf_row_lot_begin (self->lot, self->turns[i].at);
          row->rid = self->turns[i].rid;
          row->entity = self->entity;
          row->id = (char *) kaf_row_reader_keep (self, kaf_statement_text (statement, 0));
          row->title = (char *) kaf_row_reader_keep (self, kaf_statement_text (statement, 1));
          row->title_ar = (char *) kaf_row_reader_keep (self, kaf_statement_text (statement, 2));
          self->rows->pdata[self->turns[i].at] = row;
        }
      sqlite3_reset (statement);
    }
  if (local != NULL)
    g_propagate_error (error, local);
  return local == NULL;
}

/* The tables of the entity and of its root */

/* The fields of one of them that columns show. */
typedef struct
{
  const KafEntity *entity;
  gboolean any; /* columns show some */
  gboolean *wanted;
  const char **values; /* of the row that is read, by place in the table */
  GPtrArray *made;     /* those that lie in no row as they are */
} Part;

static void
part_init (Part *self, KafRowReader *reader, const KafEntity *entity)
{
  guint n = kaf_entity_n_fields (entity);

  self->entity = entity;
  self->any = FALSE;
  self->wanted = g_new0 (gboolean, n + 1);
  self->values = g_new0 (const char *, n + 1);
  self->made = g_ptr_array_new_with_free_func (g_free);
  for (guint i = 0; i < reader->n_columns; i++)
    {
      const KafRowCell *cell = &reader->cells[i];

      if (cell->kind != KAF_ROW_CELL_SCALAR || cell->holder != entity)
        continue;
      self->any = TRUE;
      self->wanted[cell->place] = TRUE;
      if (cell->twin >= 0)
        self->wanted[cell->twin] = TRUE;
    }
}

static void
part_clear (Part *self)
{
  g_free (self->wanted);
  g_free (self->values);
  g_ptr_array_unref (self->made);
}

/* Gives the column after it. */
static int
take_value (Part *self, guint field, KafStatement *statement, int at)
{
  const char *text = kaf_statement_text (statement, at);

  if (self->entity->fields[field].kind == KAF_KIND_MONEY)
    {
      const char *currency = kaf_statement_text (statement, ++at);

      text = currency != NULL ? kaf_money_make (sqlite3_column_int64 (statement, at - 1), currency)
                              : NULL;
      if (text != NULL)
        g_ptr_array_add (self->made, (gpointer) text);
    }
  self->values[field] = text != NULL && *text != '\0' ? text : NULL;
  return at + 1;
}

static void
fill_scalars (KafRowReader *self, KafRow *row, const Part *part)
{
  for (guint i = 0; i < self->n_columns; i++)
    {
      const KafRowCell *cell = &self->cells[i];
      const char *value;

      if (cell->kind != KAF_ROW_CELL_SCALAR || cell->holder != part->entity)
        continue;
      value = part->values[cell->place];
      if (value != NULL)
        row->cells[i] =
            (char *) kaf_row_reader_tell (self, cell, value, (const char **) &row->raw[i]);
      if (cell->twin >= 0 && part->values[cell->twin] != NULL)
        row->cells[i] = (char *) kaf_row_reader_keep (self, part->values[cell->twin]);
    }
}

static void
fill_stamps (KafRowReader *self, KafRow *row, KafStatement *statement)
{
  row->ref = (char *) kaf_row_reader_keep (self, kaf_statement_text (statement, 0));
  for (guint i = 0; i < self->n_columns; i++)
    if (self->cells[i].kind == KAF_ROW_CELL_CREATED)
      kaf_row_reader_stamp (self, row, i, sqlite3_column_int64 (statement, 1));
    else if (self->cells[i].kind == KAF_ROW_CELL_UPDATED)
      kaf_row_reader_stamp (self, row, i, sqlite3_column_int64 (statement, 2));
}

static gboolean
take_scalars (
    KafRowReader *self, KafRow *row, KafStatement *statement, gpointer data, GError **error)
{
  Part *part = data;
  int column = 3; /* after ref, created_at, updated_at */
  GError *local = NULL;

  if (!kaf_database_step (self->db, statement, &local))
    return local == NULL || (g_propagate_error (error, local), FALSE);
  for (guint i = 0; part->entity->fields[i].id != NULL; i++)
    if (part->wanted[i])
      column = take_value (part, i, statement, column);
  if (part->entity == self->entity)
    fill_stamps (self, row, statement);
  fill_scalars (self, row, part);
  g_ptr_array_set_size (part->made, 0);
  return TRUE;
}

static gboolean
read_scalars (KafRowReader *self, const KafEntity *entity, GError **error)
{
  Part part;
  g_autofree char *sql = NULL;
  gboolean done;

  part_init (&part, self, entity);
  sql = kaf_read_some_sql (entity, part.wanted);
  /* Of the entity itself each row has its reference. */
  done = (entity != self->entity && !part.any) ||
         kaf_row_reader_pass (self, sql, KAF_ROW_BY_RID, take_scalars, &part, error);
  part_clear (&part);
  return done;
}

/* All of it */

/* What the row has of itself. */
static void
copy_heads (KafRowReader *self)
{
  for (guint r = 0; r < self->rows->len; r++)
    for (guint i = 0; self->rows->pdata[r] != NULL && i < self->n_columns; i++)
      {
        KafRow *row = self->rows->pdata[r];
        KafRowCellKind kind = self->cells[i].kind;

        if (kind == KAF_ROW_CELL_TITLE)
          row->cells[i] = row->title;
        else if (kind == KAF_ROW_CELL_TITLE_AR)
          row->cells[i] = row->title_ar;
        else if (kind == KAF_ROW_CELL_REF)
          row->cells[i] = row->ref;
      }
}

static gboolean
read_all (KafRowReader *self, GError **error)
{
  gboolean apart = self->root != self->entity;

  if (!read_heads (self, error) || !read_scalars (self, self->entity, error) ||
      !kaf_row_reader_sets (self, self->entity, error))
    return FALSE;
  if (apart &&
      (!read_scalars (self, self->root, error) || !kaf_row_reader_sets (self, self->root, error)))
    return FALSE;
  for (guint i = 0; i < self->n_columns; i++)
    if (!kaf_row_reader_column (self, i, error))
      return FALSE;
  copy_heads (self);
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
