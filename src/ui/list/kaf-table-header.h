/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

#include "ui/list/kaf-table-layout.h"

G_BEGIN_DECLS

/* The titles of a KafTable's columns: a press sorts, a drag of the end edge resizes, a secondary
 * click offers the menu.
 *
 * Signals: "sort" (const char *column id), "resized" (gboolean done) while a drag goes on and once
 * at its end. */
#define KAF_TYPE_TABLE_HEADER (kaf_table_header_get_type ())
G_DECLARE_FINAL_TYPE (KafTableHeader, kaf_table_header, KAF, TABLE_HEADER, GtkWidget)

#define KAF_TABLE_HEADER_HEIGHT 33

GtkWidget *kaf_table_header_new (const KafTableLayout *layout);

void kaf_table_header_rebuild (KafTableHeader *self);
void kaf_table_header_set_sort (KafTableHeader *self, const char *path, gboolean descending);

G_END_DECLS
