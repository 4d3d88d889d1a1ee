/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Potential up, engagement across: the four tiers as quarters, the other holders as grey points, this one as a point in
 * the cross that unknown answers leave. In Arabic, across begins at the right. */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

#define KAF_TYPE_TIER_PLOT (kaf_tier_plot_get_type ())
G_DECLARE_FINAL_TYPE (KafTierPlot, kaf_tier_plot, KAF, TIER_PLOT, GtkWidget)

/* Scores of 0 to 100. */
typedef struct
{
  guint8 potential, engagement;
} KafTierPoint;

typedef struct
{
  int low, expected, high;
} KafTierSpan;

GtkWidget *kaf_tier_plot_new (void);

/* @cut_…: from which score on a holder stands in the upper, the further half. @tier: 'a' to 'd', that is marked; 0: none.
 * @points: (element-type KafTierPoint), kept by reference; nullable. @description: the same in words, for a screen
 * reader. */
void kaf_tier_plot_set (KafTierPlot *self,
                        const KafTierSpan *potential,
                        const KafTierSpan *engagement,
                        int cut_potential,
                        int cut_engagement,
                        char tier,
                        GArray *points,
                        const char *description);

G_END_DECLS
