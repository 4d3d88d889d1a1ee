/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The places stand in memory, sixteen bytes a pair; an item is made when the list asks for it and lives as long as it
 * shows. Its line is read then, with those of the others that show: what a fast scroll passed over is never read. */
#include "config.h"

#include "ui/duplicates/kaf-suspect-list.h"

#define AT_ONCE 40 /* lines a read */

struct _KafSuspectList
{
  GObject parent_instance;

  KafStore *store;
  KafLang lang;
  KafSuspectsAsked asked;
  GCancellable *cancellable; /* of the places under way */
  GArray *places;            /* KafSuspectPlace */
  GHashTable *shown;         /* set of KafSuspectItem: those that show */
  GPtrArray *wanted;         /* of those, whose lines are to be read */
  gboolean reading;          /* lines */
  gboolean settled;
};

static void list_model_init (GListModelInterface *iface);

G_DEFINE_FINAL_TYPE_WITH_CODE (KafSuspectList,
                               kaf_suspect_list,
                               G_TYPE_OBJECT,
                               G_IMPLEMENT_INTERFACE (G_TYPE_LIST_MODEL, list_model_init))

enum
{
  SETTLED,
  N_SIGNALS,
};

static guint signals[N_SIGNALS];

/* ---- The model ---- */

static GType
get_item_type (GListModel *model)
{
  return KAF_TYPE_SUSPECT_ITEM;
}

static guint
get_n_items (GListModel *model)
{
  return KAF_SUSPECT_LIST (model)->places->len;
}

static gpointer
get_item (GListModel *model, guint position)
{
  KafSuspectList *self = KAF_SUSPECT_LIST (model);

  return position < self->places->len
             ? kaf_suspect_item_new (&g_array_index (self->places, KafSuspectPlace, position))
             : NULL;
}

static void
list_model_init (GListModelInterface *iface)
{
  iface->get_item_type = get_item_type;
  iface->get_n_items = get_n_items;
  iface->get_item = get_item;
}

/* ---- Places ---- */

typedef struct
{
  KafSuspectsAsked asked;
  KafLang lang;
} Asking;

static gpointer
places_job (KafDatabase *db, gpointer data, GCancellable *cancellable, GError **error)
{
  const Asking *asking = data;

  return kaf_suspects_list_places (db, &asking->asked, 0, G_MAXINT, asking->lang, error);
}

static gboolean
is_same (const GArray *a, guint i, const GArray *b, guint j)
{
  const KafSuspectPlace *x = &g_array_index (a, KafSuspectPlace, i);
  const KafSuspectPlace *y = &g_array_index (b, KafSuspectPlace, j);

  return x->a == y->a && x->b == y->b;
}

/* Tells what lies between the beginning and the end that both share; emptied, then filled: told as one change, GTK's own
 * lists would fetch every row. */
static void
take_places (KafSuspectList *self, GArray *places)
{
  g_autoptr (GArray) old = g_steal_pointer (&self->places);
  guint least = MIN (old->len, places->len), start = 0, end = 0;

  while (start < least && is_same (old, start, places, start))
    start++;
  while (end < least - start && is_same (old, old->len - 1 - end, places, places->len - 1 - end))
    end++;
  self->places = g_array_sized_new (FALSE, FALSE, sizeof (KafSuspectPlace), places->len);
  g_array_append_vals (self->places, places->data, start);
  if (end > 0)
    g_array_append_vals (self->places, &g_array_index (places, KafSuspectPlace, places->len - end),
                         end);
  if (old->len > start + end)
    g_list_model_items_changed (G_LIST_MODEL (self), start, old->len - start - end, 0);
  g_array_unref (self->places);
  self->places = g_array_ref (places);
  if (places->len > start + end)
    g_list_model_items_changed (G_LIST_MODEL (self), start, 0, places->len - start - end);
}

static void read_lines (KafSuspectList *self);

static void
warn (const char *what, const GError *error)
{
  if (error != NULL && !g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    g_warning ("%s were not read: %s", what, error->message);
}

static void
on_places (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (KafSuspectList) self = data;
  g_autoptr (GError) error = NULL;
  g_autoptr (GArray) places = kaf_store_run_finish (KAF_STORE (source), result, &error);
  GHashTableIter iter;
  gpointer item;

  warn ("Pairs", error);
  if (places == NULL || self->store == NULL)
    return;
  take_places (self, places);
  self->settled = TRUE;
  g_ptr_array_set_size (self->wanted, 0);
  g_hash_table_iter_init (&iter, self->shown);
  while (g_hash_table_iter_next (&iter, &item, NULL))
    g_ptr_array_add (self->wanted, g_object_ref (item));
  read_lines (self);
  g_signal_emit (self, signals[SETTLED], 0);
}

void
kaf_suspect_list_ask (KafSuspectList *self, const KafSuspectsAsked *asked)
{
  Asking *asking = g_new (Asking, 1);

  g_return_if_fail (KAF_IS_SUSPECT_LIST (self));

  self->asked = asking->asked = *asked;
  asking->lang = self->lang;
  self->settled = FALSE;
  g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
  self->cancellable = g_cancellable_new ();
  kaf_store_run_async (self->store, KAF_LANE_BACKGROUND, places_job, asking, g_free,
                       (GDestroyNotify) g_array_unref, self->cancellable, on_places,
                       g_object_ref (self));
}

gboolean
kaf_suspect_list_is_settled (KafSuspectList *self)
{
  g_return_val_if_fail (KAF_IS_SUSPECT_LIST (self), FALSE);

  return self->settled && !self->reading && self->wanted->len == 0;
}

/* ---- Lines ---- */

typedef struct
{
  KafLang lang;
  GArray *places;
} Lines;

static void
lines_free (gpointer data)
{
  Lines *self = data;

  g_array_unref (self->places);
  g_free (self);
}

static gpointer
lines_job (KafDatabase *db, gpointer data, GCancellable *cancellable, GError **error)
{
  const Lines *lines = data;

  return kaf_suspects_list_lines (db, (const KafSuspectPlace *) lines->places->data,
                                  lines->places->len, lines->lang, error);
}

typedef struct
{
  KafSuspectList *list; /* owned */
  GPtrArray *items;
} Reading;

static void
on_lines (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autofree Reading *reading = data;
  g_autoptr (KafSuspectList) self = reading->list;
  g_autoptr (GPtrArray) items = reading->items;
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) lines = kaf_store_run_finish (KAF_STORE (source), result, &error);

  self->reading = FALSE;
  for (guint i = 0; lines != NULL && i < lines->len; i++)
    kaf_suspect_item_take_line (items->pdata[i], g_steal_pointer (&lines->pdata[i]));
  warn ("Lines of pairs", error);
  if (self->store != NULL)
    read_lines (self);
}

static void
read_lines (KafSuspectList *self)
{
  Reading *reading;
  Lines *lines;

  if (self->reading || self->wanted->len == 0)
    return;
  reading = g_new (Reading, 1);
  reading->list = g_object_ref (self);
  reading->items = g_ptr_array_new_with_free_func (g_object_unref);
  lines = g_new (Lines, 1);
  lines->lang = self->lang;
  lines->places = g_array_new (FALSE, FALSE, sizeof (KafSuspectPlace));
  while (self->wanted->len > 0 && lines->places->len < AT_ONCE)
    {
      KafSuspectItem *item = g_ptr_array_steal_index (self->wanted, 0);

      g_array_append_vals (lines->places, kaf_suspect_item_get_place (item), 1);
      g_ptr_array_add (reading->items, item);
    }
  self->reading = TRUE;
  kaf_store_run_async (self->store, KAF_LANE_READ, lines_job, lines, lines_free,
                       (GDestroyNotify) g_ptr_array_unref, NULL, on_lines, reading);
}

void
kaf_suspect_list_want (KafSuspectList *self, KafSuspectItem *item)
{
  g_return_if_fail (KAF_IS_SUSPECT_LIST (self));

  g_hash_table_add (self->shown, item);
  if (kaf_suspect_item_get_line (item) != NULL)
    return;
  g_ptr_array_add (self->wanted, g_object_ref (item));
  read_lines (self);
}

void
kaf_suspect_list_forget (KafSuspectList *self, KafSuspectItem *item)
{
  g_return_if_fail (KAF_IS_SUSPECT_LIST (self));

  g_hash_table_remove (self->shown, item);
  g_ptr_array_remove (self->wanted, item);
}

/* ---- Making ---- */

static void
kaf_suspect_list_dispose (GObject *object)
{
  KafSuspectList *self = KAF_SUSPECT_LIST (object);

  g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
  g_clear_object (&self->store);
  G_OBJECT_CLASS (kaf_suspect_list_parent_class)->dispose (object);
}

static void
kaf_suspect_list_finalize (GObject *object)
{
  KafSuspectList *self = KAF_SUSPECT_LIST (object);

  g_array_unref (self->places);
  g_hash_table_unref (self->shown);
  g_ptr_array_unref (self->wanted);
  G_OBJECT_CLASS (kaf_suspect_list_parent_class)->finalize (object);
}

static void
kaf_suspect_list_class_init (KafSuspectListClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = kaf_suspect_list_dispose;
  G_OBJECT_CLASS (klass)->finalize = kaf_suspect_list_finalize;
  signals[SETTLED] = g_signal_new ("settled", KAF_TYPE_SUSPECT_LIST, G_SIGNAL_RUN_LAST, 0, NULL,
                                   NULL, NULL, G_TYPE_NONE, 0);
}

static void
kaf_suspect_list_init (KafSuspectList *self)
{
  self->places = g_array_new (FALSE, FALSE, sizeof (KafSuspectPlace));
  self->shown = g_hash_table_new (NULL, NULL);
  self->wanted = g_ptr_array_new_with_free_func (g_object_unref);
}

KafSuspectList *
kaf_suspect_list_new (KafStore *store, KafLang lang)
{
  KafSuspectList *self = g_object_new (KAF_TYPE_SUSPECT_LIST, NULL);

  self->store = g_object_ref (store);
  self->lang = lang;
  return self;
}
