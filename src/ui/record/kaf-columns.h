/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Two children side by side, or one above the other when there is no room for both. */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

#define KAF_TYPE_COLUMNS (kaf_columns_get_type ())
G_DECLARE_FINAL_TYPE (KafColumns, kaf_columns, KAF, COLUMNS, GtkWidget)

/* @threshold: px, the width from which they stand side by side. @percent: share of the first in
 * the width; 0: the second takes its natural width, and stands in the middle of the height.
 * @spacing: px. */
GtkWidget *
kaf_columns_new (GtkWidget *start, GtkWidget *end, int threshold, int percent, int spacing);

G_END_DECLS
