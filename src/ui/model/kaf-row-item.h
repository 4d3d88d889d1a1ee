/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

#include "store/kaf-page.h"

G_BEGIN_DECLS

/* A row of a list as a GObject, so that it can stand in a GListModel. */
#define KAF_TYPE_ROW_ITEM (kaf_row_item_get_type ())
G_DECLARE_FINAL_TYPE (KafRowItem, kaf_row_item, KAF, ROW_ITEM, GObject)

KafRowItem *kaf_row_item_new (KafRow *row, guint32 rid);

KafRow *kaf_row_item_get_row (KafRowItem *self);
guint32 kaf_row_item_get_rid (KafRowItem *self);

G_END_DECLS
