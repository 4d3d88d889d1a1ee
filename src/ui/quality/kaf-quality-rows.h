/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The lines of the page of the quality of the data: a bar that opens the list it counts, what else is told of it, and
 * the button that lists whom to ask. Each is a button with its words and figure for assistive tools. */
#pragma once

#include <gtk/gtk.h>

#include "store/kaf-quality-figures.h"

G_BEGIN_DECLS

/* A measure of all experts. @asks: whom to ask can be listed. (transfer floating) */
GtkWidget *
kaf_quality_row_new_measure (const KafQuality *quality, KafQualityMeasure measure, gboolean asks);

/* What stands over the lines of lacks. (transfer floating) */
GtkWidget *kaf_quality_row_new_headings (void);

/* A lack: the bar is of those who have it, the figure after it of those who lack it. (transfer floating) */
GtkWidget *
kaf_quality_row_new_lack (const KafQuality *quality, KafQualityMeasure measure, gboolean asks);

/* A row of an axis, and under it what is told of it, but for what is nothing. @max: of the longest bar. (transfer
 * floating) */
GtkWidget *
kaf_quality_row_new_cell (const KafQualityRow *row, KafQualityAxis axis, gint64 max, gboolean asks);

G_END_DECLS
