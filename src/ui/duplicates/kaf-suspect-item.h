/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A pair in a list: which two rows, and what its line says, once that was read. Signal "read" (). */
#pragma once

#include <gio/gio.h>

#include "store/kaf-suspects-list.h"

G_BEGIN_DECLS

#define KAF_TYPE_SUSPECT_ITEM (kaf_suspect_item_get_type ())
G_DECLARE_FINAL_TYPE (KafSuspectItem, kaf_suspect_item, KAF, SUSPECT_ITEM, GObject)

KafSuspectItem *kaf_suspect_item_new (const KafSuspectPlace *place);

const KafSuspectPlace *kaf_suspect_item_get_place (KafSuspectItem *self);

/* NULL until it was read. */
const KafSuspectLine *kaf_suspect_item_get_line (KafSuspectItem *self);
/* @line (transfer full) (nullable): nothing is there any more. */
void kaf_suspect_item_take_line (KafSuspectItem *self, KafSuspectLine *line);

G_END_DECLS
