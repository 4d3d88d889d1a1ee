/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Rows that are read together, their texts side by side: many small pieces of memory would cost more than reading them.
 * A lot goes with the last of its rows. */
#pragma once

#include "store/kaf-page.h"

G_BEGIN_DECLS

typedef struct _KafRowLot KafRowLot;

/* With room for so many rows; whoever makes it holds it too. */
KafRowLot *kaf_row_lot_new (guint n_rows, guint n_columns);
void kaf_row_lot_unref (KafRowLot *self);

/* The row at that place, from 0, empty; begun once. Best one after the other: they lie side by side. (transfer full) */
KafRow *kaf_row_lot_begin (KafRowLot *self, guint at);

/* @text as long as the rows stay; NULL gives NULL. (transfer none) */
const char *kaf_row_lot_keep (KafRowLot *self, const char *text);

G_END_DECLS
