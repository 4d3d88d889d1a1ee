/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Acts as a list model of KafConventionItem: an item is made when it is first asked for, which is when its row comes
 * into sight. Thousands are listed at the cost of an array. */
#pragma once

#include "ui/convention/kaf-convention-item.h"

G_BEGIN_DECLS

#define KAF_TYPE_CONVENTION_ITEMS (kaf_convention_items_get_type ())
G_DECLARE_FINAL_TYPE (KafConventionItems, kaf_convention_items, KAF, CONVENTION_ITEMS, GObject)

/* @shown: (element-type KafConvention) those of @acts that it holds; NULL: all. */
KafConventionItems *
kaf_convention_items_new (KafConventionData *data, GPtrArray *acts, GHashTable *shown);

/* Makes no item. NULL past the end. */
const KafConvention *kaf_convention_items_get_act (KafConventionItems *self, guint place);

G_END_DECLS
