/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The count of 2030 as a plot: who is mobilised, month by month, under the path to the goal; where there is room, who is
 * identified and engaged as well. Time runs with the writing: from right to left in Arabic. With the focus on it the
 * arrows walk from month to month. */
#pragma once

#include <gtk/gtk.h>

#include "store/kaf-target.h"

G_BEGIN_DECLS

#define KAF_TYPE_TARGET_PLOT (kaf_target_plot_get_type ())
G_DECLARE_FINAL_TYPE (KafTargetPlot, kaf_target_plot, KAF, TARGET_PLOT, GtkWidget)

/* @large: of a page of its own. Signal "month": another month is pointed at. */
GtkWidget *kaf_target_plot_new (gboolean large);

/* @points: as kaf_target_series() has them; kept. Without a goal there is no path, and the scale ends where they do. */
void kaf_target_plot_set (KafTargetPlot *self, GArray *points, const KafTargetSettings *settings);

/* The month that is pointed at: the last one at first. NULL: nothing shows yet. (transfer none) */
const KafTargetPoint *kaf_target_plot_get_point (KafTargetPlot *self);

/* Points @by months further on; FALSE: there is no further. */
gboolean kaf_target_plot_move (KafTargetPlot *self, int by);

/* Where a day lies in a plot of that width, px from its left: for tests too. */
double kaf_target_plot_get_x (KafTargetPlot *self, KafDay day);

G_END_DECLS
