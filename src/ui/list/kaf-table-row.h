/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

#include "ui/list/kaf-table-layout.h"

G_BEGIN_DECLS

/* One row of a KafTable, bound to one record after another. */
#define KAF_TYPE_TABLE_ROW (kaf_table_row_get_type ())
G_DECLARE_FINAL_TYPE (KafTableRow, kaf_table_row, KAF, TABLE_ROW, GtkWidget)

GtkWidget *kaf_table_row_new (const KafTableLayout *layout);

void kaf_table_row_bind (KafTableRow *self, KafRow *row, guint position, guint n_rows);
void kaf_table_row_unbind (KafTableRow *self);
void kaf_table_row_set_selected (KafTableRow *self, gboolean selected);
void kaf_table_row_relayout (KafTableRow *self);

/* G_MAXUINT while unbound. */
guint kaf_table_row_get_position (KafTableRow *self);
KafRow *kaf_table_row_get_row (KafTableRow *self);

G_END_DECLS
