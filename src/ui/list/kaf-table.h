/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

#include "ui/list/kaf-column.h"
#include "ui/list/kaf-table-selection.h"

G_BEGIN_DECLS

/* A table over a GListModel of KafRowItem that makes only as many row widgets as show.
 * Stands in a GtkScrolledWindow.
 *
 * Signals: "row-activated" (guint position); "sort" (const char *column id) when a title is
 * pressed; "columns-resized" () at the end of a drag; "compact" (gboolean) when the table turns
 * narrow or wide; "leave-up" () on Up in the first row. */
#define KAF_TYPE_TABLE (kaf_table_get_type ())
G_DECLARE_FINAL_TYPE (KafTable, kaf_table, KAF, TABLE, GtkWidget)

GtkWidget *kaf_table_new (KafLang lang);

void kaf_table_set_model (KafTable *self, GListModel *model);
void kaf_table_set_columns (KafTable *self, GPtrArray *columns);
void kaf_table_set_selection (KafTable *self, KafTableSelection *selection);
KafTableSelection *kaf_table_get_selection (KafTable *self);
void kaf_table_set_select_mode (KafTable *self, gboolean select_mode);
gboolean kaf_table_get_select_mode (KafTable *self);
void kaf_table_set_words (KafTable *self, const char *const *words);
void kaf_table_set_sort (KafTable *self, const char *path, gboolean descending);

gboolean kaf_table_is_compact (KafTable *self);
guint kaf_table_get_focus_position (KafTable *self);
void kaf_table_set_focus_position (KafTable *self, guint position);
void kaf_table_scroll_to (KafTable *self, guint position);
void kaf_table_scroll_to_start (KafTable *self);

/* For tests: how many row widgets there are, and the one that shows a position. */
guint kaf_table_get_n_row_widgets (KafTable *self);
GtkWidget *kaf_table_get_row_widget (KafTable *self, guint position);

G_END_DECLS
