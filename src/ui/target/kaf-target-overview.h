/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The three figures of the count of 2030 over their plot; each figure opens the list that it counts. A button shows the
 * figures of the plot as a table. */
#pragma once

#include <gtk/gtk.h>

#include "ui/target/kaf-target-plot.h"

G_BEGIN_DECLS

#define KAF_TYPE_TARGET_OVERVIEW (kaf_target_overview_get_type ())
G_DECLARE_FINAL_TYPE (KafTargetOverview, kaf_target_overview, KAF, TARGET_OVERVIEW, GtkBox)

GtkWidget *kaf_target_overview_new (gboolean large);

/* @opens: whoever looks may see persons. */
void kaf_target_overview_set (KafTargetOverview *self,
                              const KafTargetCount *count,
                              GArray *points,
                              gboolean opens);

KafTargetPlot *kaf_target_overview_get_plot (KafTargetOverview *self);

/* The button with a figure. (transfer none) */
GtkWidget *kaf_target_overview_get_figure (KafTargetOverview *self, KafTargetStage stage);

G_END_DECLS
