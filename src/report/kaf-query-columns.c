/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "report/kaf-query-columns.h"

#include <string.h>

#include "record/kaf-listing.h"
#include "store/kaf-permit.h"

/* Rows read at a time: many of them lie side by side in the tables. They take about 16 MiB. The first are fewer, that the
 * writing need not wait for so many, each twice as many as those before. */
#define LOT 16384
#define LOT_FIRST 1024
/* Lots that may wait to be written. */
#define LOTS_MOST 1
/* Excel's, less the band and the sums. */
#define ROWS_MAX (1048576 - 16)

static gboolean
is_title (const char *path)
{
  return g_str_equal (path, "title") || g_str_equal (path, "title_ar");
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
    .title = path->title != NULL ? kaf_words_get (lang, path->title)
                                 : kaf_listing_label (entity, path->path, lang),
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

/* Where one column of names stands alone, it is in the language of the rest. */
static void
settle_names (KafQueryColumns *self, KafLang lang)
{
  KafQueryColumn *names = NULL;
  guint n = 0;

  for (guint i = 0; i < self->columns->len; i++)
    if (is_title (kaf_query_column (self, i)->path))
      {
        names = kaf_query_column (self, i);
        n++;
      }
  if (n == 1)
    names->arabic = lang == KAF_LANG_AR;
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
    if (kaf_permit_reads_column (role, entity, paths->path))
      add_column (self, entity, paths, lang);
  settle_names (self, lang);
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

/* Lots on their way from the thread that reads to the one that writes, which is why a long list takes little longer than
 * the slower of the two. */
typedef struct
{
  const KafQueryColumns *columns;
  KafQueryRowFunc func;
  gpointer data;
  GMutex mutex;
  GCond changed;
  GQueue lots;     /* of GPtrArray, owned */
  gboolean closed; /* no lot comes any more */
  GError *error;   /* of @func: what comes is dropped */
} Belt;

/* What the other processor has read lies far away: it is on its way while the row before is written. */
static void
fetch_row (const KafRow *row)
{
  for (guint i = 0; row != NULL && i < row->n_cells; i++)
    {
      __builtin_prefetch (row->cells[i]);
      __builtin_prefetch (row->raw[i]);
    }
}

static gboolean
take_rows (Belt *self, GPtrArray *rows, GError **error)
{
  for (guint r = 0; r < rows->len; r++)
    {
      if (r + 1 < rows->len)
        fetch_row (rows->pdata[r + 1]);
      if (rows->pdata[r] != NULL && !self->func (rows->pdata[r], self->columns, self->data, error))
        return FALSE;
    }
  return TRUE;
}

/* (transfer full); NULL: none comes any more. */
static GPtrArray *
wait_for_lot (Belt *self)
{
  GPtrArray *rows;

  g_mutex_lock (&self->mutex);
  while (g_queue_is_empty (&self->lots) && !self->closed)
    g_cond_wait (&self->changed, &self->mutex);
  rows = g_queue_pop_head (&self->lots);
  g_cond_signal (&self->changed);
  g_mutex_unlock (&self->mutex);
  return rows;
}

static gpointer
write_lots (gpointer data)
{
  Belt *self = data;
  GPtrArray *rows;

  while ((rows = wait_for_lot (self)) != NULL)
    {
      g_autoptr (GPtrArray) lot = rows;
      g_autoptr (GError) error = NULL;

      if (take_rows (self, lot, &error))
        continue;
      g_mutex_lock (&self->mutex);
      self->error = g_steal_pointer (&error);
      self->closed = TRUE;
      g_cond_signal (&self->changed);
      g_mutex_unlock (&self->mutex);
      return NULL;
    }
  return NULL;
}

/* @rows: (transfer full). FALSE: nobody writes any more. */
static gboolean
put_lot (Belt *self, GPtrArray *rows)
{
  gboolean open;

  g_mutex_lock (&self->mutex);
  while (self->lots.length >= LOTS_MOST && !self->closed)
    g_cond_wait (&self->changed, &self->mutex);
  open = !self->closed;
  if (open)
    g_queue_push_tail (&self->lots, rows);
  else
    g_ptr_array_unref (rows);
  g_cond_signal (&self->changed);
  g_mutex_unlock (&self->mutex);
  return open;
}

static void
close_belt (Belt *self)
{
  g_mutex_lock (&self->mutex);
  self->closed = TRUE;
  g_cond_signal (&self->changed);
  g_mutex_unlock (&self->mutex);
}

/* The next rows: handed on, or taken at once. */
static gboolean
read_lot (Belt *self,
          gboolean hand_on,
          KafDatabase *db,
          const KafEntity *entity,
          const guint32 *places,
          guint n,
          KafLang lang,
          GError **error)
{
  g_autoptr (GPtrArray) rows = kaf_page_rows (
      db, entity, places, n, (const char *const *) self->columns->paths->pdata, lang, error);

  if (rows == NULL)
    return FALSE;
  return hand_on ? put_lot (self, g_steal_pointer (&rows)) : take_rows (self, rows, error);
}

static gboolean
read_all (Belt *self,
          gboolean hand_on,
          KafDatabase *db,
          const KafQuery *query,
          const GArray *places,
          KafLang lang,
          GCancellable *cancellable,
          GError **error)
{
  guint n;

  for (guint i = 0, lot = LOT_FIRST; i < places->len; i += n)
    {
      n = MIN (lot, places->len - i);
      lot = MIN (lot * 2, LOT);
      if (g_cancellable_set_error_if_cancelled (cancellable, error) ||
          !read_lot (self, hand_on, db, kaf_query_get_entity (query),
                     &g_array_index (places, guint32, i), n, lang, error))
        return FALSE;
    }
  return TRUE;
}

static gboolean
read_places (const KafQueryColumns *self,
             KafDatabase *db,
             const KafQuery *query,
             KafLang lang,
             KafQueryRowFunc func,
             gpointer data,
             GCancellable *cancellable,
             GError **error)
{
  g_autoptr (GArray) places = kaf_page_places (db, query, error);
  Belt belt = { self, func, data };
  GThread *thread;
  gboolean done;

  if (places == NULL)
    return FALSE;
  if (places->len > ROWS_MAX)
    {
      g_set_error (error, G_IO_ERROR, G_IO_ERROR_INVALID_ARGUMENT,
                   "%u rows are more than a sheet holds", places->len);
      return FALSE;
    }
  /* So few are written as they are read. */
  if (places->len <= LOT_FIRST)
    return read_all (&belt, FALSE, db, query, places, lang, cancellable, error);

  g_mutex_init (&belt.mutex);
  g_cond_init (&belt.changed);
  thread = g_thread_new ("sheet", write_lots, &belt);
  done = read_all (&belt, TRUE, db, query, places, lang, cancellable, error);
  close_belt (&belt);
  g_thread_join (thread);
  g_queue_clear_full (&belt.lots, (GDestroyNotify) g_ptr_array_unref);
  g_mutex_clear (&belt.mutex);
  g_cond_clear (&belt.changed);
  if (belt.error == NULL)
    return done;
  if (error != NULL)
    g_clear_error (error);
  g_propagate_error (error, belt.error);
  return FALSE;
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
  /* Of one moment; and the file is locked once, not for each row. */
  gboolean entered = kaf_database_enter_read (db);
  gboolean done = read_places (self, db, query, lang, func, data, cancellable, error);

  kaf_database_leave_read (db, entered);
  return done;
}
