/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/* Which rows of a list are chosen, by the rows' numbers: rows that were never read can be
 * chosen too, and a choice survives sorting, filtering and refreshing.
 * Signal "changed" (): look again. */
#define KAF_TYPE_TABLE_SELECTION (kaf_table_selection_get_type ())
G_DECLARE_FINAL_TYPE (KafTableSelection, kaf_table_selection, KAF, TABLE_SELECTION, GObject)

KafTableSelection *kaf_table_selection_new (GListModel *model);

guint kaf_table_selection_get_size (KafTableSelection *self);
gboolean kaf_table_selection_contains (KafTableSelection *self, guint position);
GArray *kaf_table_selection_get_rids (KafTableSelection *self);

void kaf_table_selection_set (KafTableSelection *self, guint position, gboolean selected);
void kaf_table_selection_toggle (KafTableSelection *self, guint position);
void kaf_table_selection_set_range (KafTableSelection *self, guint from, guint to);
void kaf_table_selection_select_all (KafTableSelection *self);
void kaf_table_selection_clear (KafTableSelection *self);

G_END_DECLS
