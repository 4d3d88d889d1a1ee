/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "ui/convention/kaf-convention-items.h"

struct _KafConventionItems
{
  GObject parent_instance;

  KafConventionData *data;
  GPtrArray *acts;           /* of the data */
  KafConventionItem **items; /* NULL until asked for: the same one each time */
};

static GType
get_item_type (GListModel *model)
{
  return KAF_TYPE_CONVENTION_ITEM;
}

static guint
get_n_items (GListModel *model)
{
  return KAF_CONVENTION_ITEMS (model)->acts->len;
}

static gpointer
get_item (GListModel *model, guint place)
{
  KafConventionItems *self = KAF_CONVENTION_ITEMS (model);

  if (place >= self->acts->len)
    return NULL;
  if (self->items[place] == NULL)
    self->items[place] =
        kaf_convention_item_new (self->data, g_ptr_array_index (self->acts, place));
  return g_object_ref (self->items[place]);
}

static void
list_model_init (GListModelInterface *interface)
{
  interface->get_item_type = get_item_type;
  interface->get_n_items = get_n_items;
  interface->get_item = get_item;
}

G_DEFINE_FINAL_TYPE_WITH_CODE (KafConventionItems,
                               kaf_convention_items,
                               G_TYPE_OBJECT,
                               G_IMPLEMENT_INTERFACE (G_TYPE_LIST_MODEL, list_model_init))

static void
kaf_convention_items_finalize (GObject *object)
{
  KafConventionItems *self = KAF_CONVENTION_ITEMS (object);

  for (guint i = 0; i < self->acts->len; i++)
    g_clear_object (&self->items[i]);
  g_free (self->items);
  g_ptr_array_unref (self->acts);
  kaf_convention_data_unref (self->data);
  G_OBJECT_CLASS (kaf_convention_items_parent_class)->finalize (object);
}

static void
kaf_convention_items_class_init (KafConventionItemsClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = kaf_convention_items_finalize;
}

static void
kaf_convention_items_init (KafConventionItems *self)
{
  self->acts = g_ptr_array_new ();
}

KafConventionItems *
kaf_convention_items_new (KafConventionData *data, GPtrArray *acts, GHashTable *shown)
{
  KafConventionItems *self = g_object_new (KAF_TYPE_CONVENTION_ITEMS, NULL);

  self->data = kaf_convention_data_ref (data);
  for (guint i = 0; i < acts->len; i++)
    if (shown == NULL || g_hash_table_contains (shown, g_ptr_array_index (acts, i)))
      g_ptr_array_add (self->acts, g_ptr_array_index (acts, i));
  self->items = g_new0 (KafConventionItem *, self->acts->len);
  return self;
}

const KafConvention *
kaf_convention_items_get_act (KafConventionItems *self, guint place)
{
  g_return_val_if_fail (KAF_IS_CONVENTION_ITEMS (self), NULL);
  return place < self->acts->len ? g_ptr_array_index (self->acts, place) : NULL;
}
