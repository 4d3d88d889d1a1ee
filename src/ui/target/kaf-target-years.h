/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The plot of 2030 as a table, a line a year: for a screen reader, and for whoever wants the figures. The arrows walk
 * through its lines. */
#pragma once

#include <gtk/gtk.h>

#include "store/kaf-target.h"

G_BEGIN_DECLS

#define KAF_TYPE_TARGET_YEARS (kaf_target_years_get_type ())
G_DECLARE_FINAL_TYPE (KafTargetYears, kaf_target_years, KAF, TARGET_YEARS, GtkBox)

GtkWidget *kaf_target_years_new (void);

/* @points: as kaf_target_series() has them. */
void kaf_target_years_set (KafTargetYears *self, GArray *points, const KafTargetSettings *settings);

G_END_DECLS
