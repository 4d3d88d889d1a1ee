/* SPDX-License-Identifier: GPL-3.0-or-later */
/* An act as a row of the tree: how it stands today, ready to show. */
#pragma once

#include <gio/gio.h>

#include "ui/convention/kaf-convention-data.h"

G_BEGIN_DECLS

#define KAF_TYPE_CONVENTION_ITEM (kaf_convention_item_get_type ())
G_DECLARE_FINAL_TYPE (KafConventionItem, kaf_convention_item, KAF, CONVENTION_ITEM, GObject)

KafConventionItem *kaf_convention_item_new (KafConventionData *data, const KafConvention *act);

const KafConvention *kaf_convention_item_get_act (KafConventionItem *self);
const KafStanding *kaf_convention_item_get_standing (KafConventionItem *self);
KafConventionData *kaf_convention_item_get_data (KafConventionItem *self);

/* The word of the pill and its style (nullable). */
const char *kaf_convention_item_get_state (KafConventionItem *self, const char **style);

/* "Framework": translated. */
const char *kaf_convention_item_get_kind (KafConventionItem *self);

/* All that the row says, for who hears it. (transfer full) */
char *kaf_convention_item_describe (KafConventionItem *self);

G_END_DECLS
