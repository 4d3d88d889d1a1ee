/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The places of all rows are asked for once, so that the order stands; rows are then read and
 * written in small lots. The text goes to a hidden file beside the target that takes its name at
 * the end. */
#include "config.h"

#include "exchange/kaf-export.h"

#include <gio/gunixoutputstream.h>
#include <glib/gi18n-lib.h>
#include <string.h>

#include "base/kaf-validation-error.h"
#include "exchange/kaf-cell.h"
#include "exchange/kaf-csv-writer.h"
#include "store/kaf-disclosure.h"
#include "store/kaf-new-file.h"
#include "store/kaf-page.h"
#include "store/kaf-permit.h"

/* Rows read at a time. */
#define LOT 500

gboolean
kaf_export_needs_reason (KafDatabase *db, const KafQuery *query, gint64 *n_rows, GError **error)
{
  gint64 count;

  g_return_val_if_fail (db != NULL && query != NULL, FALSE);

  count = kaf_permit_check_query (db, query, error) ? kaf_page_count (db, query, error) : -1;
  if (n_rows != NULL)
    *n_rows = count;
  return count > kaf_disclosure_limit (db) &&
         kaf_disclosure_is_about_persons (kaf_query_get_entity (query));
}

static char **
list_columns (const KafEntity *entity)
{
  g_autoptr (GStrvBuilder) columns = g_strv_builder_new ();
  const KafEntity *root = kaf_entity_get_root (entity);

  g_strv_builder_add_many (columns, "id", "ref", NULL);
  for (const KafField *field = root->fields; field->id != NULL; field++)
    g_strv_builder_add (columns, field->id);
  for (const KafField *field = entity->fields; root != entity && field->id != NULL; field++)
    g_strv_builder_add (columns, field->id);
  return g_strv_builder_end (columns);
}

gboolean
kaf_export_has_column (const KafEntity *entity, const char *name)
{
  static const char *const others[] = { "id",         "ref",        "title",      "title_ar",
                                        "updated_at", "created_at", "created_by", NULL };

  return g_strv_contains (others, name) || kaf_query_resolve (entity, name, NULL, NULL) != NULL;
}

/* What a row gives for a column: its id, or the cell of a path that the store reads. */
typedef struct
{
  const char *name;
  const KafField *field; /* NULL: text as it comes */
  int cell;              /* in the store's rows; -1: the id */
} ExportColumn;

typedef struct
{
  GArray *columns;  /* of ExportColumn */
  GPtrArray *paths; /* of const char*, NULL-terminated: what the store is asked for */
} Layout;

static void
layout_clear (Layout *self)
{
  g_clear_pointer (&self->columns, g_array_unref);
  g_clear_pointer (&self->paths, g_ptr_array_unref);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Layout, layout_clear)

/* Columns that the role may not read are left out, as in a workbook. */
static gboolean
layout_fill (Layout *self,
             KafDatabase *db,
             const KafEntity *entity,
             const char *const *names,
             GError **error)
{
  const KafRole *role = kaf_permit_read (db);
  gboolean any = FALSE, dropped = FALSE;

  self->columns = g_array_new (FALSE, FALSE, sizeof (ExportColumn));
  self->paths = g_ptr_array_new ();
  for (; *names != NULL; names++)
    {
      ExportColumn column = { *names, NULL, -1 };

      if (!g_str_equal (*names, "id"))
        {
          column.field = kaf_query_resolve (entity, *names, NULL, NULL);
          if (!kaf_export_has_column (entity, *names))
            {
              g_set_error (error, KAF_VALIDATION_ERROR, KAF_VALIDATION_ERROR_REFERENCE,
                           "%s has no column %s", entity->id, *names);
              return FALSE;
            }
          if (!kaf_permit_reads_column (role, entity, *names))
            {
              dropped = TRUE;
              continue;
            }
          any |= column.field != NULL || g_str_has_prefix (*names, "title");
          column.cell = (int) self->paths->len;
          g_ptr_array_add (self->paths, (gpointer) *names);
        }
      g_array_append_val (self->columns, column);
    }
  g_ptr_array_add (self->paths, NULL);
  if (any || !dropped)
    return TRUE;
  g_set_error_literal (error, KAF_STORE_ERROR, KAF_STORE_ERROR_FORBIDDEN,
                       _ ("Your role may read no column of this list."));
  return FALSE;
}

/* Related records' texts, joined, are for reading; fields of the row itself are canonical. */
static char *
make_cell (const KafRow *row, const ExportColumn *column)
{
  const char *raw;

  if (column->cell < 0)
    return g_strdup (row->id);
  raw = row->raw[column->cell];
  if (column->field == NULL || strchr (column->name, '.') != NULL)
    return g_strdup (row->cells[column->cell] != NULL ? row->cells[column->cell] : raw);
  return kaf_cell_format (column->field, raw);
}

static gboolean
write_lot (KafDatabase *db,
           const KafQuery *query,
           const Layout *layout,
           const guint32 *rids,
           guint n_rids,
           KafCsvWriter *csv,
           gint64 *n_rows,
           GError **error)
{
  g_autoptr (GPtrArray) rows =
      kaf_page_rows (db, kaf_query_get_entity (query), rids, n_rids,
                     (const char *const *) layout->paths->pdata, KAF_LANG_EN, error);

  if (rows == NULL)
    return FALSE;
  for (guint i = 0; i < rows->len; i++)
    {
      const KafRow *row = g_ptr_array_index (rows, i);

      if (row == NULL)
        continue;
      for (guint c = 0; c < layout->columns->len; c++)
        {
          g_autofree char *text =
              make_cell (row, &g_array_index (layout->columns, ExportColumn, c));

          kaf_csv_writer_add (csv, text);
        }
      if (!kaf_csv_writer_end_row (csv, NULL, error))
        return FALSE;
      (*n_rows)++;
    }
  return TRUE;
}

static gboolean
write_rows (KafDatabase *db,
            const KafQuery *query,
            const Layout *layout,
            GArray *places,
            GOutputStream *stream,
            const KafExportOptions *options,
            GCancellable *cancellable,
            gint64 *n_rows,
            GError **error)
{
  g_autoptr (KafCsvWriter) csv = kaf_csv_writer_new (stream, ',', options->mark);

  for (guint c = 0; c < layout->columns->len; c++)
    kaf_csv_writer_add (csv, g_array_index (layout->columns, ExportColumn, c).name);
  if (!kaf_csv_writer_end_row (csv, cancellable, error))
    return FALSE;

  for (guint i = 0; i < places->len; i += LOT)
    {
      if (g_cancellable_set_error_if_cancelled (cancellable, error) ||
          !write_lot (db, query, layout, &g_array_index (places, guint32, i),
                      MIN (LOT, places->len - i), csv, n_rows, error))
        return FALSE;
      if (options->progress != NULL)
        options->progress (MIN (i + LOT, places->len), places->len, options->progress_data);
    }
  return kaf_csv_writer_flush (csv, cancellable, error) &&
         !g_cancellable_set_error_if_cancelled (cancellable, error);
}

/* Asks for a reason where one is due, and logs the disclosure before anything leaves. */
static gboolean
justify (KafDatabase *db,
         const KafQuery *query,
         guint n_rows,
         const KafExportOptions *options,
         GCancellable *cancellable,
         GError **error)
{
  const KafEntity *entity = kaf_query_get_entity (query);
  g_autofree char *filter = kaf_query_to_json (query);
  const KafDisclosure disclosure = {
    .act = "export",
    .entity = entity->id,
    .n_persons = n_rows,
    .filter = filter,
    .reason = options->reason,
    .recipient = options->recipient,
  };

  return !kaf_disclosure_is_about_persons (entity) ||
         kaf_disclosure_justify (db, &disclosure, cancellable, error);
}

gboolean
kaf_export_run (KafDatabase *db,
                const KafQuery *query,
                GFile *file,
                const KafExportOptions *options,
                GCancellable *cancellable,
                gint64 *n_rows,
                GError **error)
{
  const KafExportOptions none = { NULL };
  g_auto (GStrv) all = list_columns (kaf_query_get_entity (query));
  g_auto (Layout) layout = { NULL };
  g_autoptr (KafNewFile) made = NULL;
  g_autoptr (GArray) places = NULL;
  g_autoptr (GOutputStream) stream = NULL;
  gint64 count = 0;

  options = options != NULL ? options : &none;
  if (!kaf_permit_check_query (db, query, error) ||
      !layout_fill (&layout, db, kaf_query_get_entity (query),
                    options->columns != NULL ? options->columns : (const char *const *) all, error))
    return FALSE;
  places = kaf_page_places (db, query, error);
  if (places == NULL)
    return FALSE;

  /* A folder that cannot be written to is told before a disclosure is logged. */
  made = kaf_new_file_begin (db, file, error);
  if (made == NULL)
    return FALSE;
  stream = g_unix_output_stream_new (kaf_new_file_get_fd (made), FALSE);
  if (!justify (db, query, places->len, options, cancellable, error) ||
      !write_rows (db, query, &layout, places, stream, options, cancellable, &count, error) ||
      !kaf_new_file_settle (made, error))
    return FALSE;
  if (n_rows != NULL)
    *n_rows = count;
  return TRUE;
}
