/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "report/kaf-sheet-query.h"

static void
add_time (KafSheet *sheet, const char *raw)
{
  if (raw != NULL)
    kaf_sheet_add_time (sheet, g_ascii_strtoll (raw, NULL, 10));
  else
    kaf_sheet_add_empty (sheet);
}

static gboolean
add_row (const KafRow *row, const KafQueryColumns *columns, gpointer data, GError **error)
{
  KafSheet *sheet = data;

  for (guint i = 0; i < columns->columns->len; i++)
    {
      const KafQueryColumn *column = kaf_query_column (columns, i);

      if (column->field != NULL)
        kaf_sheet_add_value (sheet, column->field, row->raw[i], row->cells[i]);
      else if (column->kind == KAF_SHEET_TIME)
        add_time (sheet, row->raw[i]);
      else if (column->arabic && row->title_ar != NULL && *row->title_ar != '\0')
        kaf_sheet_add_text (sheet, row->title_ar);
      else
        kaf_sheet_add_text (sheet, row->cells[i]);
    }
  kaf_sheet_end_row (sheet);
  return TRUE;
}

/* The words that a choice is told by. (transfer container) (nullable) */
static GPtrArray *
list_words (KafSheet *sheet, const KafQueryColumn *column)
{
  GPtrArray *words;

  if ((column->flags & KAF_SHEET_ASKED) == 0 || column->field == NULL ||
      column->field->choices == NULL)
    return NULL;
  words = g_ptr_array_new ();
  for (const KafChoice *choice = column->field->choices; choice->code != NULL; choice++)
    g_ptr_array_add (words, (gpointer) kaf_sheet_word (sheet, choice->label));
  g_ptr_array_add (words, NULL);
  return words;
}

static void
add_column (KafSheet *sheet, const KafQueryColumn *column)
{
  g_autoptr (GPtrArray) words = list_words (sheet, column);

  kaf_sheet_add_column (
      sheet,
      &(KafSheetColumn){ .id = column->path,
                         .title = column->title,
                         .kind = column->kind,
                         .width = column->width,
                         .flags = column->flags,
                         .choices = words != NULL ? (const char *const *) words->pdata : NULL,
                         .unless = column->unless });
}

KafSheet *
kaf_sheet_add_rows (KafBook *book,
                    const KafSheetSpec *spec,
                    const KafQuery *query,
                    const KafQueryColumns *columns,
                    GError **error)
{
  const KafBookBasis *basis = kaf_book_get_basis (book);
  KafSheet *sheet = kaf_sheet_new (book, spec);

  for (guint i = 0; i < columns->columns->len; i++)
    add_column (sheet, kaf_query_column (columns, i));
  return kaf_query_columns_read (columns, basis->db, query, basis->lang, add_row, sheet,
                                 basis->cancellable, error)
             ? sheet
             : NULL;
}

KafSheet *
kaf_sheet_add_query (KafBook *book,
                     const KafSheetSpec *spec,
                     const KafQuery *query,
                     const KafSheetPath *paths,
                     GError **error)
{
  const KafBookBasis *basis = kaf_book_get_basis (book);
  g_autoptr (KafQueryColumns) columns =
      kaf_query_columns_new (basis->db, kaf_query_get_entity (query), paths, basis->lang);

  return kaf_sheet_add_rows (book, spec, query, columns, error);
}
