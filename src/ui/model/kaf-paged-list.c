/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Rows of a query, read as they are looked at.
 *
 *   set_query ─→ first page ─→ places (all row numbers, in order) ─→ pages, as get_item asks
 *                  │               │                                   │
 *            two items-changed   the rest of the size            items-changed of the page
 *
 * The first page shows at once. The places come behind: they give the exact size, and make any
 * page a read by row number, so that a jump costs the same wherever it leads. One page is read at
 * a time, the one asked for last first: pages that a fast scroll passed over are never read.
 *
 * A new query cancels all that runs; until its first page is there the rows of the one before
 * stay. When the store changes, the pages last looked at are read again in place, then the places;
 * what differs between the old places and the new is told as one items-changed.
 *
 * Owns its pages (at most MAX_PAGES), the places and the cancellable of each generation. */
#include "config.h"

#include "ui/model/kaf-paged-list.h"

#include "ui/model/kaf-page-cache.h"
#include "ui/model/kaf-paged-list-jobs.h"

#define PAGE KAF_PAGED_LIST_PAGE
#define MAX_PAGES 20
#define MAX_WANTED 4
#define HOT_PAGES 3
/* Beyond this place, rows wait for the places: an OFFSET costs what it skips. */
#define MAX_OFFSET 2000
/* Several commits in a row give one reading of the places. */
#define SETTLE_MS 150

struct _KafPagedList
{
  GObject parent_instance;

  KafStore *store;
  GStrv columns;
  KafLang lang;
  KafQuery *query;

  GCancellable *cancellable; /* of all that runs for the present query */
  guint n_items;
  GArray *places; /* guint32; NULL while unknown */
  KafPageCache *pages;
  GArray *wanted; /* guint page numbers, the last asked for at the end */
  gboolean reading_page;
  gboolean reading_places;

  gint64 total, at_least, unfiltered;
  gboolean loading;
  gboolean active;
  gboolean stale;
  guint settle_id;
};

static void kaf_paged_list_list_model_init (GListModelInterface *iface);

G_DEFINE_FINAL_TYPE_WITH_CODE (KafPagedList,
                               kaf_paged_list,
                               G_TYPE_OBJECT,
                               G_IMPLEMENT_INTERFACE (G_TYPE_LIST_MODEL,
                                                      kaf_paged_list_list_model_init))

enum
{
  PROP_0,
  PROP_TOTAL,
  PROP_AT_LEAST,
  PROP_UNFILTERED_TOTAL,
  PROP_LOADING,
  N_PROPS,
};

enum
{
  FAILED,
  N_SIGNALS,
};

static GParamSpec *props[N_PROPS];
static guint signals[N_SIGNALS];

static void read_next_page (KafPagedList *self);
static void read_places (KafPagedList *self);

static void
set_counts (KafPagedList *self, gint64 total, gint64 at_least)
{
  if (self->total != total)
    {
      self->total = total;
      g_object_notify_by_pspec (G_OBJECT (self), props[PROP_TOTAL]);
    }
  if (self->at_least != at_least)
    {
      self->at_least = at_least;
      g_object_notify_by_pspec (G_OBJECT (self), props[PROP_AT_LEAST]);
    }
}

static void
set_unfiltered (KafPagedList *self, gint64 unfiltered)
{
  if (self->unfiltered == unfiltered)
    return;

  self->unfiltered = unfiltered;
  g_object_notify_by_pspec (G_OBJECT (self), props[PROP_UNFILTERED_TOTAL]);
}

static void
set_loading (KafPagedList *self, gboolean loading)
{
  if (self->loading == loading)
    return;

  self->loading = loading;
  g_object_notify_by_pspec (G_OBJECT (self), props[PROP_LOADING]);
}

/* Tells a failure, unless we caused it. Returns whether the answer is still wanted. */
static gboolean
check_answer (KafPagedList *self, gconstpointer result, const GError *error)
{
  if (error != NULL && g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return FALSE;

  if (error != NULL)
    g_signal_emit (self, signals[FAILED], 0, error);

  return result != NULL;
}

/* Asks for a page; the last one asked for is read first. */
static void
want_page (KafPagedList *self, guint number)
{
  for (guint i = 0; i < self->wanted->len; i++)
    if (g_array_index (self->wanted, guint, i) == number)
      {
        g_array_remove_index (self->wanted, i);
        break;
      }
  if (self->wanted->len >= MAX_WANTED)
    g_array_remove_index (self->wanted, 0);
  g_array_append_val (self->wanted, number);

  read_next_page (self);
}

typedef struct
{
  KafPagedList *list;
  GCancellable *cancellable; /* of the query that was asked: tells a late answer */
  guint page;
} Call;

static Call *
call_new (KafPagedList *list, guint page)
{
  Call *call = g_new0 (Call, 1);

  call->list = g_object_ref (list);
  call->cancellable = g_object_ref (list->cancellable);
  call->page = page;

  return call;
}

static void
call_free (Call *call)
{
  g_object_unref (call->list);
  g_object_unref (call->cancellable);
  g_free (call);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (Call, call_free)

static gboolean
call_is_late (Call *call)
{
  return call->cancellable != call->list->cancellable ||
         g_cancellable_is_cancelled (call->cancellable);
}

static void
tell_page (KafPagedList *self, guint number)
{
  guint first = number * PAGE;
  guint n;

  if (first >= self->n_items)
    return;

  n = MIN (PAGE, self->n_items - first);
  g_list_model_items_changed (G_LIST_MODEL (self), first, n, n);
}

static void
page_read (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (Call) call = data;
  KafPagedList *self = call->list;
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) rows = kaf_store_run_finish (KAF_STORE (source), result, &error);

  if (call_is_late (call))
    return;

  self->reading_page = FALSE;
  if (check_answer (self, rows, error) &&
      (self->places == NULL || kaf_page_agrees (rows, call->page * PAGE, self->places)))
    {
      kaf_page_cache_put (self->pages, call->page, g_steal_pointer (&rows));
      tell_page (self, call->page);
    }

  read_next_page (self);
}

static KafListJob *
new_job (KafPagedList *self, guint offset, guint limit)
{
  return kaf_list_job_new (self->query, (const char *const *) self->columns, self->lang, offset,
                           limit);
}

static void
run_job (KafPagedList *self,
         KafStoreJob job,
         KafListJob *data,
         GDestroyNotify result_free,
         guint page,
         GAsyncReadyCallback callback)
{
  /* All places may take a while: the page in sight must not wait behind them. */
  kaf_store_run_async (self->store,
                       job == kaf_list_job_places ? KAF_LANE_BACKGROUND : KAF_LANE_READ, job, data,
                       (GDestroyNotify) kaf_list_job_free, result_free, self->cancellable, callback,
                       call_new (self, page));
}

static void
read_next_page (KafPagedList *self)
{
  guint number;
  KafListJob *job;

  if (self->reading_page || self->loading || self->wanted->len == 0)
    return;

  number = g_array_index (self->wanted, guint, self->wanted->len - 1);
  if (self->places == NULL && number * PAGE > MAX_OFFSET)
    return;

  g_array_set_size (self->wanted, self->wanted->len - 1);
  if (number * PAGE >= self->n_items)
    {
      read_next_page (self);
      return;
    }

  job = new_job (self, number * PAGE, PAGE);
  if (self->places != NULL)
    kaf_list_job_set_rids (job, &g_array_index (self->places, guint32, number * PAGE),
                           MIN (PAGE, self->places->len - number * PAGE));
  self->reading_page = TRUE;
  run_job (self, kaf_list_job_rows, job, (GDestroyNotify) g_ptr_array_unref, number, page_read);
}

/* Takes the new places and tells what lies between the beginning and the end that both share. */
static void
take_places (KafPagedList *self, GArray *places)
{
  g_autoptr (GArray) old = g_steal_pointer (&self->places);
  guint old_n = self->n_items;
  guint known = old != NULL ? old->len : 0;
  guint start = 0, end = 0;

  if (old == NULL)
    /* The pages read so far stand for the places that were not known. */
    start = MIN (old_n, places->len);
  else
    {
      while (start < MIN (known, places->len) &&
             g_array_index (old, guint32, start) == g_array_index (places, guint32, start))
        start++;
      while (end < MIN (known, places->len) - start &&
             g_array_index (old, guint32, known - 1 - end) ==
                 g_array_index (places, guint32, places->len - 1 - end))
        end++;
    }

  self->places = g_array_ref (places);
  self->n_items = places->len;

  if (old_n - start - end > 0 || places->len - start - end > 0)
    g_list_model_items_changed (G_LIST_MODEL (self), start, old_n - start - end,
                                places->len - start - end);
  set_counts (self, places->len, places->len);
}

static void
places_read (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (Call) call = data;
  KafPagedList *self = call->list;
  g_autoptr (GError) error = NULL;
  g_autoptr (GArray) places = kaf_store_run_finish (KAF_STORE (source), result, &error);
  g_autoptr (GArray) dropped = NULL;

  if (call_is_late (call))
    return;

  self->reading_places = FALSE;
  if (!check_answer (self, places, error))
    return;

  dropped = kaf_page_cache_drop_wrong (self->pages, places);
  take_places (self, places);
  for (guint i = 0; i < dropped->len; i++)
    tell_page (self, g_array_index (dropped, guint, i));

  read_next_page (self);
}

static void
read_places (KafPagedList *self)
{
  if (self->reading_places)
    return;

  self->reading_places = TRUE;
  run_job (self, kaf_list_job_places, new_job (self, 0, 0), (GDestroyNotify) g_array_unref, 0,
           places_read);
}

/* The places of a query whose rows are all there. */
static GArray *
places_of_rows (GPtrArray *rows)
{
  GArray *places = g_array_sized_new (FALSE, FALSE, sizeof (guint32), rows->len);

  for (guint i = 0; i < rows->len; i++)
    {
      KafRow *row = g_ptr_array_index (rows, i);

      g_array_append_val (places, row->rid);
    }

  return places;
}

static void
first_read (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (Call) call = data;
  KafPagedList *self = call->list;
  g_autoptr (GError) error = NULL;
  g_autoptr (KafListAnswer) answer = kaf_store_run_finish (KAF_STORE (source), result, &error);
  guint old_n = self->n_items;
  gboolean whole;

  if (call_is_late (call))
    return;
  if (!check_answer (self, answer, error))
    {
      set_loading (self, FALSE);
      return;
    }

  /* Empty, then filled: told as one change, GTK's own lists would fetch every row. */
  self->n_items = 0;
  kaf_page_cache_clear (self->pages);
  g_clear_pointer (&self->places, g_array_unref);
  g_array_set_size (self->wanted, 0);
  if (old_n > 0)
    g_list_model_items_changed (G_LIST_MODEL (self), 0, old_n, 0);

  whole = answer->rows->len < PAGE;
  self->n_items = whole ? answer->rows->len : MAX (answer->total, (gint64) answer->rows->len);
  if (whole)
    self->places = places_of_rows (answer->rows);
  kaf_page_cache_put (self->pages, 0, g_steal_pointer (&answer->rows));
  if (self->n_items > 0)
    g_list_model_items_changed (G_LIST_MODEL (self), 0, 0, self->n_items);

  set_unfiltered (self, answer->unfiltered);
  set_counts (self, whole ? self->n_items : answer->total,
              MAX (answer->at_least, (gint64) self->n_items));
  set_loading (self, FALSE);
  if (!whole)
    read_places (self);
}

static void
begin_generation (KafPagedList *self)
{
  g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
  self->cancellable = g_cancellable_new ();
  self->reading_page = FALSE;
  self->reading_places = FALSE;
  self->stale = FALSE;
  g_clear_handle_id (&self->settle_id, g_source_remove);
}

static void
start_query (KafPagedList *self)
{
  begin_generation (self);
  g_array_set_size (self->wanted, 0);
  set_loading (self, TRUE);
  run_job (self, kaf_list_job_first, new_job (self, 0, PAGE), (GDestroyNotify) kaf_list_answer_free,
           0, first_read);
}

static gboolean
settle_cb (gpointer data)
{
  KafPagedList *self = data;

  self->settle_id = 0;
  read_places (self);

  return G_SOURCE_REMOVE;
}

/* The rows on screen were read again: shows them where they stand. */
static void
hot_read (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (Call) call = data;
  KafPagedList *self = call->list;
  g_autoptr (GError) error = NULL;
  g_autoptr (KafListAnswer) answer = kaf_store_run_finish (KAF_STORE (source), result, &error);
  g_autoptr (GArray) touched = NULL;

  if (call_is_late (call) || !check_answer (self, answer, error))
    return;

  set_unfiltered (self, answer->unfiltered);
  touched = kaf_page_cache_replace (self->pages, answer->rows);
  for (guint i = 0; i < touched->len; i++)
    tell_page (self, g_array_index (touched, guint, i));

  if (self->settle_id == 0)
    self->settle_id = g_timeout_add (SETTLE_MS, settle_cb, self);
}

static gpointer
hot_job (KafDatabase *db, gpointer data, GCancellable *cancellable, GError **error)
{
  KafListJob *job = data;
  g_autoptr (KafListAnswer) answer = g_new0 (KafListAnswer, 1);

  answer->rows = kaf_list_job_rows (db, job, cancellable, error);
  if (answer->rows == NULL)
    return NULL;
  answer->unfiltered = kaf_page_total (db, kaf_query_get_entity (job->query));

  return g_steal_pointer (&answer);
}

/* Reads again what shows, then the places. A query that has not answered yet will see the
 * change by itself. A list that nobody sees waits until it is active again. */
void
kaf_paged_list_refresh (KafPagedList *self)
{
  g_autoptr (GArray) rids = NULL;
  KafListJob *job;

  g_return_if_fail (KAF_IS_PAGED_LIST (self));

  if (self->query == NULL)
    return;
  if (!self->active)
    {
      self->stale = TRUE;
      return;
    }
  if (self->loading || self->n_items == 0)
    {
      start_query (self);
      return;
    }

  begin_generation (self);
  rids = kaf_page_cache_keep_hot (self->pages, HOT_PAGES);
  job = new_job (self, 0, 0);
  kaf_list_job_set_rids (job, (guint32 *) rids->data, rids->len);
  run_job (self, hot_job, job, (GDestroyNotify) kaf_list_answer_free, 0, hot_read);
}

static GType
kaf_paged_list_get_item_type (GListModel *model)
{
  return KAF_TYPE_ROW_ITEM;
}

static guint
kaf_paged_list_get_n_items (GListModel *model)
{
  return KAF_PAGED_LIST (model)->n_items;
}

static gpointer
kaf_paged_list_get_item (GListModel *model, guint position)
{
  KafPagedList *self = KAF_PAGED_LIST (model);

  if (position >= self->n_items)
    return NULL;

  return kaf_row_item_new (kaf_paged_list_get_row (self, position),
                           kaf_paged_list_get_rid (self, position));
}

static void
kaf_paged_list_list_model_init (GListModelInterface *iface)
{
  iface->get_item_type = kaf_paged_list_get_item_type;
  iface->get_n_items = kaf_paged_list_get_n_items;
  iface->get_item = kaf_paged_list_get_item;
}

static void
kaf_paged_list_get_property (GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
  KafPagedList *self = KAF_PAGED_LIST (object);

  switch (id)
    {
    case PROP_TOTAL:
      g_value_set_int64 (value, self->total);
      break;
    case PROP_AT_LEAST:
      g_value_set_int64 (value, self->at_least);
      break;
    case PROP_UNFILTERED_TOTAL:
      g_value_set_int64 (value, self->unfiltered);
      break;
    case PROP_LOADING:
      g_value_set_boolean (value, self->loading);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
    }
}

static void
kaf_paged_list_dispose (GObject *object)
{
  KafPagedList *self = KAF_PAGED_LIST (object);

  if (self->cancellable != NULL)
    g_cancellable_cancel (self->cancellable);
  g_clear_handle_id (&self->settle_id, g_source_remove);
  g_clear_object (&self->store);

  G_OBJECT_CLASS (kaf_paged_list_parent_class)->dispose (object);
}

static void
kaf_paged_list_finalize (GObject *object)
{
  KafPagedList *self = KAF_PAGED_LIST (object);

  g_clear_object (&self->cancellable);
  g_clear_pointer (&self->columns, g_strfreev);
  g_clear_pointer (&self->query, kaf_query_unref);
  g_clear_pointer (&self->places, g_array_unref);
  g_clear_pointer (&self->pages, kaf_page_cache_free);
  g_clear_pointer (&self->wanted, g_array_unref);

  G_OBJECT_CLASS (kaf_paged_list_parent_class)->finalize (object);
}

static void
kaf_paged_list_class_init (KafPagedListClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GParamFlags flags = G_PARAM_READABLE | G_PARAM_STATIC_STRINGS | G_PARAM_EXPLICIT_NOTIFY;

  object_class->get_property = kaf_paged_list_get_property;
  object_class->dispose = kaf_paged_list_dispose;
  object_class->finalize = kaf_paged_list_finalize;

  props[PROP_TOTAL] = g_param_spec_int64 ("total", NULL, NULL, -1, G_MAXINT64, -1, flags);
  props[PROP_AT_LEAST] = g_param_spec_int64 ("at-least", NULL, NULL, -1, G_MAXINT64, -1, flags);
  props[PROP_UNFILTERED_TOTAL] =
      g_param_spec_int64 ("unfiltered-total", NULL, NULL, -1, G_MAXINT64, -1, flags);
  props[PROP_LOADING] = g_param_spec_boolean ("loading", NULL, NULL, FALSE, flags);
  g_object_class_install_properties (object_class, N_PROPS, props);

  signals[FAILED] = g_signal_new ("failed", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL,
                                  NULL, NULL, G_TYPE_NONE, 1, G_TYPE_ERROR);
}

static void
kaf_paged_list_init (KafPagedList *self)
{
  self->pages = kaf_page_cache_new (PAGE, MAX_PAGES);
  self->wanted = g_array_new (FALSE, FALSE, sizeof (guint));
  self->cancellable = g_cancellable_new ();
  self->total = self->at_least = self->unfiltered = -1;
  self->active = TRUE;
}

/* @columns: as for kaf_page_read(), NULL-terminated. Empty until it has a query. */
KafPagedList *
kaf_paged_list_new (KafStore *store, const char *const *columns, KafLang lang)
{
  KafPagedList *self = g_object_new (KAF_TYPE_PAGED_LIST, NULL);

  self->store = g_object_ref (store);
  self->columns = g_strdupv ((GStrv) columns);
  self->lang = lang;
  g_signal_connect_object (store, "changed", G_CALLBACK (kaf_paged_list_refresh), self,
                           G_CONNECT_SWAPPED);

  return self;
}

/* The query asked for last, whose rows may still be on their way; NULL at first. Not to be
 * changed: copy it, change the copy and set that. (transfer none) (nullable) */
KafQuery *
kaf_paged_list_get_query (KafPagedList *self)
{
  g_return_val_if_fail (KAF_IS_PAGED_LIST (self), NULL);

  return self->query;
}

/* Takes a copy of @query and reads it, unless it equals the present one. */
void
kaf_paged_list_set_query (KafPagedList *self, KafQuery *query)
{
  g_return_if_fail (KAF_IS_PAGED_LIST (self));
  g_return_if_fail (query != NULL);

  if (self->query != NULL && kaf_query_equal (self->query, query))
    return;

  g_clear_pointer (&self->query, kaf_query_unref);
  self->query = kaf_query_copy (query);
  start_query (self);
}

const char *const *
kaf_paged_list_get_columns (KafPagedList *self)
{
  g_return_val_if_fail (KAF_IS_PAGED_LIST (self), NULL);

  return (const char *const *) self->columns;
}

/* Other texts for the same rows. */
void
kaf_paged_list_set_columns (KafPagedList *self, const char *const *columns)
{
  g_return_if_fail (KAF_IS_PAGED_LIST (self));

  if (g_strv_equal ((const char *const *) self->columns, columns))
    return;

  g_strfreev (self->columns);
  self->columns = g_strdupv ((GStrv) columns);
  if (self->query != NULL)
    start_query (self);
}

/* Whether somebody looks at the list: one that is not looked at reads nothing when the store
 * changes, and catches up when it is again. */
void
kaf_paged_list_set_active (KafPagedList *self, gboolean active)
{
  g_return_if_fail (KAF_IS_PAGED_LIST (self));

  self->active = active;
  if (active && self->stale)
    kaf_paged_list_refresh (self);
}

gint64
kaf_paged_list_get_total (KafPagedList *self)
{
  g_return_val_if_fail (KAF_IS_PAGED_LIST (self), -1);

  return self->total;
}

gint64
kaf_paged_list_get_at_least (KafPagedList *self)
{
  g_return_val_if_fail (KAF_IS_PAGED_LIST (self), -1);

  return self->at_least;
}

gint64
kaf_paged_list_get_unfiltered_total (KafPagedList *self)
{
  g_return_val_if_fail (KAF_IS_PAGED_LIST (self), -1);

  return self->unfiltered;
}

gboolean
kaf_paged_list_is_loading (KafPagedList *self)
{
  g_return_val_if_fail (KAF_IS_PAGED_LIST (self), FALSE);

  return self->loading;
}

/* The row at @position; NULL when there is none, or when it is not read yet: then it is asked
 * for, and items-changed tells when it is there. (transfer none) (nullable) */
KafRow *
kaf_paged_list_get_row (KafPagedList *self, guint position)
{
  g_return_val_if_fail (KAF_IS_PAGED_LIST (self), NULL);

  if (position >= self->n_items)
    return NULL;
  if (kaf_page_cache_has (self->pages, position / PAGE))
    return kaf_page_cache_get (self->pages, position, TRUE);

  want_page (self, position / PAGE);

  return NULL;
}

/* The number of the row at @position, 0 while unknown. Reads nothing. */
guint32
kaf_paged_list_get_rid (KafPagedList *self, guint position)
{
  KafRow *row;

  g_return_val_if_fail (KAF_IS_PAGED_LIST (self), 0);

  if (self->places != NULL)
    return position < self->places->len ? g_array_index (self->places, guint32, position) : 0;

  row = kaf_page_cache_get (self->pages, position, FALSE);

  return row != NULL ? row->rid : 0;
}

/* Whether the number of every row is known, so that all can be selected. */
gboolean
kaf_paged_list_has_places (KafPagedList *self)
{
  g_return_val_if_fail (KAF_IS_PAGED_LIST (self), FALSE);

  return self->places != NULL && !self->loading;
}

/* The position of a record among the rows that are read, or GTK_INVALID_LIST_POSITION. */
guint
kaf_paged_list_find (KafPagedList *self, const char *id)
{
  g_return_val_if_fail (KAF_IS_PAGED_LIST (self), G_MAXUINT);

  return kaf_page_cache_find_id (self->pages, id);
}

/* The position of a row by its number, or GTK_INVALID_LIST_POSITION. */
guint
kaf_paged_list_find_rid (KafPagedList *self, guint32 rid)
{
  guint n;

  g_return_val_if_fail (KAF_IS_PAGED_LIST (self), G_MAXUINT);

  if (rid == 0)
    return G_MAXUINT;

  n = self->places != NULL ? self->places->len : MIN (self->n_items, (guint) PAGE);
  for (guint i = 0; i < n; i++)
    if (kaf_paged_list_get_rid (self, i) == rid)
      return i;

  return G_MAXUINT;
}

static void
id_read (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (GTask) task = data;
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) rows = kaf_store_run_finish (KAF_STORE (source), result, &error);
  KafRow *row = rows != NULL && rows->len > 0 ? g_ptr_array_index (rows, 0) : NULL;

  if (row != NULL)
    g_task_return_pointer (task, g_strdup (row->id), g_free);
  else if (error != NULL)
    g_task_return_error (task, g_steal_pointer (&error));
  else
    g_task_return_new_error (task, KAF_STORE_ERROR, KAF_STORE_ERROR_NOT_FOUND,
                             "no record at this place");
}

/* The id of the record at @position, read when it is not at hand.
 * Errors: KAF_STORE_ERROR_NOT_FOUND when there is none, and those of the store. */
void
kaf_paged_list_get_id_at_async (KafPagedList *self,
                                guint position,
                                GCancellable *cancellable,
                                GAsyncReadyCallback callback,
                                gpointer user_data)
{
  g_autoptr (GTask) task = NULL;
  static const char *const none[] = { NULL };
  KafListJob *job;
  KafRow *row;
  guint32 rid;

  g_return_if_fail (KAF_IS_PAGED_LIST (self));

  task = g_task_new (self, cancellable, callback, user_data);
  g_task_set_source_tag (task, kaf_paged_list_get_id_at_async);

  if (position >= self->n_items)
    {
      g_task_return_new_error (task, KAF_STORE_ERROR, KAF_STORE_ERROR_NOT_FOUND, "place %u of %u",
                               position, self->n_items);
      return;
    }

  row = kaf_page_cache_get (self->pages, position, FALSE);
  if (row != NULL)
    {
      g_task_return_pointer (task, g_strdup (row->id), g_free);
      return;
    }

  job = kaf_list_job_new (self->query, none, self->lang, position, 1);
  rid = kaf_paged_list_get_rid (self, position);
  if (rid != 0)
    kaf_list_job_set_rids (job, &rid, 1);
  kaf_store_run_async (self->store, KAF_LANE_READ, kaf_list_job_rows, job,
                       (GDestroyNotify) kaf_list_job_free, (GDestroyNotify) g_ptr_array_unref,
                       cancellable, id_read, g_steal_pointer (&task));
}

/* (transfer full) */
char *
kaf_paged_list_get_id_at_finish (KafPagedList *self, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), NULL);

  return g_task_propagate_pointer (G_TASK (result), error);
}
