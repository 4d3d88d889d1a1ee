/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "ui/import/kaf-import-rows.h"

#include <gtk/gtk.h>

struct _KafImportRows
{
  GObject parent_instance;

  GArray *places; /* guint */
};

static void kaf_import_rows_list_init (GListModelInterface *iface);

G_DEFINE_FINAL_TYPE_WITH_CODE (KafImportRows,
                               kaf_import_rows,
                               G_TYPE_OBJECT,
                               G_IMPLEMENT_INTERFACE (G_TYPE_LIST_MODEL, kaf_import_rows_list_init))

static GType
get_item_type (GListModel *model)
{
  return GTK_TYPE_STRING_OBJECT;
}

static guint
get_n_items (GListModel *model)
{
  return KAF_IMPORT_ROWS (model)->places->len;
}

/* The number of the row, as text: the page has the plan. */
static gpointer
get_item (GListModel *model, guint position)
{
  KafImportRows *self = KAF_IMPORT_ROWS (model);
  char text[16];

  if (position >= self->places->len)
    return NULL;
  g_snprintf (text, sizeof text, "%u", g_array_index (self->places, guint, position));
  return gtk_string_object_new (text);
}

static void
kaf_import_rows_list_init (GListModelInterface *iface)
{
  iface->get_item_type = get_item_type;
  iface->get_n_items = get_n_items;
  iface->get_item = get_item;
}

static void
kaf_import_rows_finalize (GObject *object)
{
  g_array_unref (KAF_IMPORT_ROWS (object)->places);
  G_OBJECT_CLASS (kaf_import_rows_parent_class)->finalize (object);
}

static void
kaf_import_rows_class_init (KafImportRowsClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = kaf_import_rows_finalize;
}

static void
kaf_import_rows_init (KafImportRows *self)
{
  self->places = g_array_new (FALSE, FALSE, sizeof (guint));
}

KafImportRows *
kaf_import_rows_new (void)
{
  return g_object_new (KAF_TYPE_IMPORT_ROWS, NULL);
}

void
kaf_import_rows_show (KafImportRows *self, KafImportPlan *plan, KafImportOutcome outcome)
{
  guint before = self->places->len;

  /* Twice: one signal for all would have every row fetched. */
  g_array_set_size (self->places, 0);
  g_list_model_items_changed (G_LIST_MODEL (self), 0, before, 0);
  for (guint i = 0; plan != NULL && i < kaf_import_plan_get_n (plan); i++)
    if (outcome == KAF_N_IMPORT_OUTCOMES || kaf_import_plan_get (plan, i)->outcome == outcome)
      g_array_append_val (self->places, i);
  g_list_model_items_changed (G_LIST_MODEL (self), 0, 0, self->places->len);
}

guint
kaf_import_rows_get_place (KafImportRows *self, guint position)
{
  g_return_val_if_fail (position < self->places->len, 0);

  return g_array_index (self->places, guint, position);
}
