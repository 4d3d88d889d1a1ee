/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What a GListModel hands out for a place in a list: the row there, or the promise of one. */
#include "config.h"

#include "ui/model/kaf-row-item.h"

struct _KafRowItem
{
  GObject parent_instance;

  KafRow *row;
  guint32 rid;
};

G_DEFINE_FINAL_TYPE (KafRowItem, kaf_row_item, G_TYPE_OBJECT)

static void
kaf_row_item_finalize (GObject *object)
{
  KafRowItem *self = KAF_ROW_ITEM (object);

  g_clear_pointer (&self->row, kaf_row_unref);

  G_OBJECT_CLASS (kaf_row_item_parent_class)->finalize (object);
}

static void
kaf_row_item_class_init (KafRowItemClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = kaf_row_item_finalize;
}

static void
kaf_row_item_init (KafRowItem *self)
{
}

/* @row: nullable, when it is not read yet. @rid: the row's number on this device, 0 while
 * unknown; that of @row when there is one. (transfer full) */
KafRowItem *
kaf_row_item_new (KafRow *row, guint32 rid)
{
  KafRowItem *self = g_object_new (KAF_TYPE_ROW_ITEM, NULL);

  self->row = row != NULL ? kaf_row_ref (row) : NULL;
  self->rid = row != NULL ? row->rid : rid;

  return self;
}

/* NULL while the row is being read. (transfer none) */
KafRow *
kaf_row_item_get_row (KafRowItem *self)
{
  g_return_val_if_fail (KAF_IS_ROW_ITEM (self), NULL);

  return self->row;
}

guint32
kaf_row_item_get_rid (KafRowItem *self)
{
  g_return_val_if_fail (KAF_IS_ROW_ITEM (self), 0);

  return self->rid;
}
