/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A set of row numbers (a compressed bit set: a million rows take little), told of as a whole. It is of rows that the list
 * has: those that a search or a filter hides are in it no more once it is known which they are. */
#include "config.h"

#include "ui/list/kaf-table-selection.h"

#include "ui/model/kaf-paged-list.h"

struct _KafTableSelection
{
  GObject parent_instance;

  GListModel *model;
  GtkBitset *rids;
  gboolean all_pending; /* everything was asked for before the places were known */
};

G_DEFINE_FINAL_TYPE (KafTableSelection, kaf_table_selection, G_TYPE_OBJECT)

enum
{
  CHANGED,
  N_SIGNALS,
};

static guint signals[N_SIGNALS];

static guint32
rid_at (KafTableSelection *self, guint position)
{
  g_autoptr (KafRowItem) item = NULL;

  if (KAF_IS_PAGED_LIST (self->model))
    return kaf_paged_list_get_rid (KAF_PAGED_LIST (self->model), position);

  item = g_list_model_get_item (self->model, position);

  return item != NULL ? kaf_row_item_get_rid (item) : 0;
}

static gboolean
knows_all (KafTableSelection *self)
{
  return !KAF_IS_PAGED_LIST (self->model) ||
         kaf_paged_list_has_places (KAF_PAGED_LIST (self->model));
}

static void
tell (KafTableSelection *self)
{
  g_signal_emit (self, signals[CHANGED], 0);
}

static void
add_all (KafTableSelection *self)
{
  guint n = g_list_model_get_n_items (self->model);

  for (guint i = 0; i < n; i++)
    {
      guint32 rid = rid_at (self, i);

      if (rid != 0)
        gtk_bitset_add (self->rids, rid);
    }
  tell (self);
}

/* What nobody sees is not to be changed or deleted with what is seen. */
static void
drop_hidden (KafTableSelection *self)
{
  g_autoptr (GtkBitset) shown = NULL;
  guint n = g_list_model_get_n_items (self->model);
  guint64 before = gtk_bitset_get_size (self->rids);

  if (before == 0)
    return;
  shown = gtk_bitset_new_empty ();
  for (guint i = 0; i < n; i++)
    gtk_bitset_add (shown, rid_at (self, i));
  gtk_bitset_intersect (self->rids, shown);
  if (gtk_bitset_get_size (self->rids) != before)
    tell (self);
}

static void
model_changed (KafTableSelection *self)
{
  if (!knows_all (self))
    return;
  drop_hidden (self);
  if (!self->all_pending)
    return;

  self->all_pending = FALSE;
  add_all (self);
}

static void
kaf_table_selection_finalize (GObject *object)
{
  KafTableSelection *self = KAF_TABLE_SELECTION (object);

  g_clear_object (&self->model);
  g_clear_pointer (&self->rids, gtk_bitset_unref);

  G_OBJECT_CLASS (kaf_table_selection_parent_class)->finalize (object);
}

static void
kaf_table_selection_class_init (KafTableSelectionClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = kaf_table_selection_finalize;

  signals[CHANGED] = g_signal_new ("changed", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL,
                                   NULL, NULL, G_TYPE_NONE, 0);
}

static void
kaf_table_selection_init (KafTableSelection *self)
{
  self->rids = gtk_bitset_new_empty ();
}

/* @model: of KafRowItem. */
KafTableSelection *
kaf_table_selection_new (GListModel *model)
{
  KafTableSelection *self = g_object_new (KAF_TYPE_TABLE_SELECTION, NULL);

  self->model = g_object_ref (model);
  g_signal_connect_object (model, "items-changed", G_CALLBACK (model_changed), self,
                           G_CONNECT_SWAPPED);
  if (KAF_IS_PAGED_LIST (model))
    g_signal_connect_object (model, "notify", G_CALLBACK (model_changed), self, G_CONNECT_SWAPPED);

  return self;
}

guint
kaf_table_selection_get_size (KafTableSelection *self)
{
  g_return_val_if_fail (KAF_IS_TABLE_SELECTION (self), 0);

  return (guint) gtk_bitset_get_size (self->rids);
}

gboolean
kaf_table_selection_contains (KafTableSelection *self, guint position)
{
  guint32 rid;

  g_return_val_if_fail (KAF_IS_TABLE_SELECTION (self), FALSE);

  if (gtk_bitset_is_empty (self->rids))
    return FALSE;
  rid = rid_at (self, position);

  return rid != 0 && gtk_bitset_contains (self->rids, rid);
}

/* The chosen rows' numbers. (element-type guint32) (transfer full) */
GArray *
kaf_table_selection_get_rids (KafTableSelection *self)
{
  GArray *rids = g_array_new (FALSE, FALSE, sizeof (guint32));
  GtkBitsetIter iter;
  guint value;

  g_return_val_if_fail (KAF_IS_TABLE_SELECTION (self), rids);

  if (gtk_bitset_iter_init_first (&iter, self->rids, &value))
    do
      g_array_append_val (rids, value);
    while (gtk_bitset_iter_next (&iter, &value));

  return rids;
}

void
kaf_table_selection_set (KafTableSelection *self, guint position, gboolean selected)
{
  guint32 rid;
  gboolean changed;

  g_return_if_fail (KAF_IS_TABLE_SELECTION (self));

  rid = rid_at (self, position);
  if (rid == 0)
    return;

  changed = selected ? gtk_bitset_add (self->rids, rid) : gtk_bitset_remove (self->rids, rid);
  if (changed)
    tell (self);
}

void
kaf_table_selection_toggle (KafTableSelection *self, guint position)
{
  kaf_table_selection_set (self, position, !kaf_table_selection_contains (self, position));
}

/* Adds the rows from one place to another, in either order, both included. */
void
kaf_table_selection_set_range (KafTableSelection *self, guint from, guint to)
{
  g_return_if_fail (KAF_IS_TABLE_SELECTION (self));

  for (guint i = MIN (from, to); i <= MAX (from, to); i++)
    {
      guint32 rid = rid_at (self, i);

      if (rid != 0)
        gtk_bitset_add (self->rids, rid);
    }
  tell (self);
}

/* Adds every row of the list; at once, or as soon as it is known which they are. */
void
kaf_table_selection_select_all (KafTableSelection *self)
{
  g_return_if_fail (KAF_IS_TABLE_SELECTION (self));

  self->all_pending = !knows_all (self);
  if (!self->all_pending)
    add_all (self);
}

void
kaf_table_selection_clear (KafTableSelection *self)
{
  g_return_if_fail (KAF_IS_TABLE_SELECTION (self));

  self->all_pending = FALSE;
  if (gtk_bitset_is_empty (self->rids))
    return;
  gtk_bitset_remove_all (self->rids);
  tell (self);
}
