/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "report/kaf-sheet-query.h"

#include <string.h>

#include "record/kaf-listing.h"
#include "store/kaf-page.h"
#include "store/kaf-permit.h"

/* Rows read at a time. */
#define LOT 500
/* Excel's, less the band and the sums. */
#define ROWS_MAX (1048576 - 16)

/* What a row gives for a column. */
typedef struct
{
  const char *path;
  const KafField *field; /* NULL: text as it comes */
} QueryColumn;

typedef struct
{
  GArray *columns;  /* of QueryColumn */
  GPtrArray *paths; /* of const char*, NULL-terminated */
} Layout;

static void
layout_clear (Layout *self)
{
  g_clear_pointer (&self->columns, g_array_unref);
  g_clear_pointer (&self->paths, g_ptr_array_unref);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Layout, layout_clear)

static gboolean
is_title (const char *path)
{
  return g_str_has_prefix (path, "title") && (path[5] == '\0' || g_str_equal (path, "title_ar"));
}

/* A name is made of fields of the class of names: who may not read those reads no title either. */
static gboolean
may_read (const KafRole *role, const KafEntity *entity, const char *path)
{
  const KafEntity *root = kaf_entity_get_root (entity);
  const char *const *parts = root->title;
  const KafField *field;

  if (role == NULL)
    return TRUE;
  if (!is_title (path))
    {
      field = kaf_query_resolve (entity, path, NULL, NULL);
      return field == NULL || kaf_role_can_read (role, field);
    }
  for (; parts != NULL && *parts != NULL; parts++)
    {
      field = kaf_entity_find_field (root, *parts);
      if (field != NULL && !kaf_role_can_read (role, field))
        return FALSE;
    }
  return TRUE;
}

static KafSheetKind
kind_of (const char *path, const KafField *field)
{
  if (field != NULL && strchr (path, '.') == NULL)
    return kaf_sheet_kind_of (field);
  if (g_str_equal (path, "title_ar"))
    return KAF_SHEET_ARABIC;
  if (g_str_equal (path, "updated_at") || g_str_equal (path, "created_at"))
    return KAF_SHEET_TIME;
  return KAF_SHEET_TEXT;
}

static guint
width_of (const KafSheetPath *path, const KafField *field)
{
  if (path->width > 0)
    return path->width;
  if (is_title (path->path))
    return 30;
  if (g_str_equal (path->path, "ref"))
    return 16;
  return field != NULL && field->list_width > 0 ? field->list_width + 3 : 0;
}

static void
add_column (KafSheet *sheet, Layout *layout, const KafEntity *entity, const KafSheetPath *path)
{
  KafLang lang = kaf_book_get_basis (kaf_sheet_get_book (sheet))->lang;
  QueryColumn column = { path->path, kaf_query_resolve (entity, path->path, NULL, NULL) };
  const KafSheetColumn shown = {
    .id = path->path,
    .title = path->title != NULL ? path->title : kaf_listing_label (entity, path->path, lang),
    .kind = kind_of (path->path, column.field),
    .width = width_of (path, column.field),
    .flags = path->flags,
    .unless = path->unless,
  };

  if (shown.title == NULL)
    return;
  kaf_sheet_add_column (sheet, &shown);
  /* Related records' texts, joined, are for reading. */
  if (strchr (path->path, '.') != NULL)
    column.field = NULL;
  g_array_append_val (layout->columns, column);
  g_ptr_array_add (layout->paths, (gpointer) path->path);
}

static void
add_time (KafSheet *sheet, const char *raw)
{
  if (raw != NULL)
    kaf_sheet_add_time (sheet, g_ascii_strtoll (raw, NULL, 10));
  else
    kaf_sheet_add_empty (sheet);
}

static void
add_row (KafSheet *sheet, const KafRow *row, const Layout *layout)
{
  for (guint i = 0; i < layout->columns->len; i++)
    {
      const QueryColumn *column = &g_array_index (layout->columns, QueryColumn, i);

      if (column->field != NULL)
        kaf_sheet_add_value (sheet, column->field, row->raw[i], row->cells[i]);
      else if (g_str_has_suffix (column->path, "ed_at"))
        add_time (sheet, row->raw[i]);
      else
        kaf_sheet_add_text (sheet, row->cells[i]);
    }
  kaf_sheet_end_row (sheet);
}

static gboolean
fill (KafSheet *sheet, const KafQuery *query, const Layout *layout, GError **error)
{
  KafBook *book = kaf_sheet_get_book (sheet);
  const KafBookBasis *basis = kaf_book_get_basis (book);
  g_autoptr (GArray) places = kaf_page_places (basis->db, query, error);

  if (places == NULL)
    return FALSE;
  if (places->len > ROWS_MAX)
    {
      g_set_error (error, G_IO_ERROR, G_IO_ERROR_INVALID_ARGUMENT,
                   "%u rows are more than a sheet holds", places->len);
      return FALSE;
    }
  for (guint i = 0; i < places->len; i += LOT)
    {
      g_autoptr (GPtrArray) rows =
          kaf_page_rows (basis->db, kaf_query_get_entity (query),
                         &g_array_index (places, guint32, i), MIN (LOT, places->len - i),
                         (const char *const *) layout->paths->pdata, basis->lang, error);

      if (rows == NULL || kaf_book_is_cancelled (book, error))
        return FALSE;
      for (guint r = 0; r < rows->len; r++)
        if (g_ptr_array_index (rows, r) != NULL)
          add_row (sheet, g_ptr_array_index (rows, r), layout);
    }
  return TRUE;
}

KafSheet *
kaf_sheet_add_query (KafBook *book,
                     const KafSheetSpec *spec,
                     const KafQuery *query,
                     const KafSheetPath *paths,
                     GError **error)
{
  const KafRole *role = kaf_permit_read (kaf_book_get_basis (book)->db);
  const KafEntity *entity = kaf_query_get_entity (query);
  KafSheet *sheet = kaf_sheet_new (book, spec);
  g_auto (Layout) layout = { g_array_new (FALSE, FALSE, sizeof (QueryColumn)), g_ptr_array_new () };

  for (; paths->path != NULL; paths++)
    if (may_read (role, entity, paths->path))
      add_column (sheet, &layout, entity, paths);
  g_ptr_array_add (layout.paths, NULL);
  return fill (sheet, query, &layout, error) ? sheet : NULL;
}

KafSheet *
kaf_sheet_add_list (KafBook *book,
                    const KafSheetSpec *spec,
                    const KafQuery *query,
                    const char *const *paths,
                    GError **error)
{
  KafLang lang = kaf_book_get_basis (book)->lang;
  g_auto (GStrv) usual =
      paths == NULL ? kaf_listing_paths (kaf_query_get_entity (query), lang) : NULL;
  const char *const *all = paths != NULL ? paths : (const char *const *) usual;
  guint n = g_strv_length ((char **) all);
  g_autofree KafSheetPath *columns = g_new0 (KafSheetPath, n + 1);

  for (guint i = 0; i < n; i++)
    columns[i].path = all[i];
  return kaf_sheet_add_query (book, spec, query, columns, error);
}
