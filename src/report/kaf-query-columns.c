/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "report/kaf-query-columns.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "record/kaf-listing.h"
#include "store/kaf-permit.h"

/* Rows read at a time. */
#define LOT 500
/* Excel's, less the band and the sums. */
#define ROWS_MAX (1048576 - 16)

static gboolean
is_title (const char *path)
{
  return g_str_equal (path, "title") || g_str_equal (path, "title_ar");
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

static gboolean
is_time (const char *path)
{
  return g_str_equal (path, "updated_at") || g_str_equal (path, "created_at");
}

static KafSheetKind
kind_of (const char *path, const KafField *field)
{
  if (field != NULL && strchr (path, '.') == NULL)
    return kaf_sheet_kind_of (field);
  if (g_str_equal (path, "title_ar"))
    return KAF_SHEET_ARABIC;
  return is_time (path) ? KAF_SHEET_TIME : KAF_SHEET_TEXT;
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
add_column (KafQueryColumns *self, const KafEntity *entity, const KafSheetPath *path, KafLang lang)
{
  const KafField *field = kaf_query_resolve (entity, path->path, NULL, NULL);
  const KafQueryColumn column = {
    .path = path->path,
    .title = path->title != NULL ? _ (path->title) : kaf_listing_label (entity, path->path, lang),
    /* Related records' texts, joined, are for reading. */
    .field = strchr (path->path, '.') == NULL ? field : NULL,
    .kind = kind_of (path->path, field),
    .width = width_of (path, field),
    .flags = path->flags,
    .unless = path->unless,
  };

  if (column.title == NULL)
    return;
  g_array_append_val (self->columns, column);
  g_ptr_array_add (self->paths, (gpointer) path->path);
}

KafQueryColumns *
kaf_query_columns_new (KafDatabase *db,
                       const KafEntity *entity,
                       const KafSheetPath *paths,
                       KafLang lang)
{
  const KafRole *role = kaf_permit_read (db);
  KafQueryColumns *self = g_new0 (KafQueryColumns, 1);

  self->columns = g_array_new (FALSE, FALSE, sizeof (KafQueryColumn));
  self->paths = g_ptr_array_new ();
  for (; paths->path != NULL; paths++)
    if (may_read (role, entity, paths->path))
      add_column (self, entity, paths, lang);
  g_ptr_array_add (self->paths, NULL);
  return self;
}

KafQueryColumns *
kaf_query_columns_new_list (KafDatabase *db,
                            const KafEntity *entity,
                            const char *const *paths,
                            KafLang lang)
{
  g_auto (GStrv) usual = paths == NULL ? kaf_listing_paths (entity, lang) : NULL;
  const char *const *all = paths != NULL ? paths : (const char *const *) usual;
  guint n = g_strv_length ((char **) all);
  g_autofree KafSheetPath *columns = g_new0 (KafSheetPath, n + 1);

  for (guint i = 0; i < n; i++)
    columns[i].path = g_intern_string (all[i]);
  return kaf_query_columns_new (db, entity, columns, lang);
}

void
kaf_query_columns_free (KafQueryColumns *self)
{
  g_array_unref (self->columns);
  g_ptr_array_unref (self->paths);
  g_free (self);
}

gboolean
kaf_query_columns_read (const KafQueryColumns *self,
                        KafDatabase *db,
                        const KafQuery *query,
                        KafLang lang,
                        KafQueryRowFunc func,
                        gpointer data,
                        GCancellable *cancellable,
                        GError **error)
{
  g_autoptr (GArray) places = kaf_page_places (db, query, error);

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
      g_autoptr (GPtrArray) rows = kaf_page_rows (
          db, kaf_query_get_entity (query), &g_array_index (places, guint32, i),
          MIN (LOT, places->len - i), (const char *const *) self->paths->pdata, lang, error);

      if (rows == NULL || g_cancellable_set_error_if_cancelled (cancellable, error))
        return FALSE;
      for (guint r = 0; r < rows->len; r++)
        if (rows->pdata[r] != NULL && !func (rows->pdata[r], self, data, error))
          return FALSE;
    }
  return TRUE;
}
