/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "ui/duplicates/kaf-suspect-item.h"

struct _KafSuspectItem
{
  GObject parent_instance;

  KafSuspectPlace place;
  KafSuspectLine *line;
};

G_DEFINE_FINAL_TYPE (KafSuspectItem, kaf_suspect_item, G_TYPE_OBJECT)

enum
{
  READ,
  N_SIGNALS,
};

static guint signals[N_SIGNALS];

static void
kaf_suspect_item_finalize (GObject *object)
{
  kaf_suspect_line_free (KAF_SUSPECT_ITEM (object)->line);
  G_OBJECT_CLASS (kaf_suspect_item_parent_class)->finalize (object);
}

static void
kaf_suspect_item_class_init (KafSuspectItemClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = kaf_suspect_item_finalize;
  signals[READ] = g_signal_new ("read", KAF_TYPE_SUSPECT_ITEM, G_SIGNAL_RUN_LAST, 0, NULL, NULL,
                                NULL, G_TYPE_NONE, 0);
}

static void
kaf_suspect_item_init (KafSuspectItem *self)
{
}

KafSuspectItem *
kaf_suspect_item_new (const KafSuspectPlace *place)
{
  KafSuspectItem *self = g_object_new (KAF_TYPE_SUSPECT_ITEM, NULL);

  self->place = *place;
  return self;
}

const KafSuspectPlace *
kaf_suspect_item_get_place (KafSuspectItem *self)
{
  g_return_val_if_fail (KAF_IS_SUSPECT_ITEM (self), NULL);

  return &self->place;
}

const KafSuspectLine *
kaf_suspect_item_get_line (KafSuspectItem *self)
{
  g_return_val_if_fail (KAF_IS_SUSPECT_ITEM (self), NULL);

  return self->line;
}

void
kaf_suspect_item_take_line (KafSuspectItem *self, KafSuspectLine *line)
{
  g_return_if_fail (KAF_IS_SUSPECT_ITEM (self));

  kaf_suspect_line_free (self->line);
  self->line = line;
  g_signal_emit (self, signals[READ], 0);
}
