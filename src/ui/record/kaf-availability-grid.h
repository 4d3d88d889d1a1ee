/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Six weeks of half-days, mornings above afternoons. Arrows walk, Shift and arrows or the pointer
 * choose a range, Enter asks what it shall be. Time runs from the right in Arabic.
 *
 * Signal "chosen" (const char *from, const char *to, const char *part, GtkWidget *cell): a range
 * was chosen; ISO dates, both included; "day", "am" or "pm"; the cell to point at. */
#pragma once

#include <gtk/gtk.h>

#include "base/kaf-lang.h"
#include "ui/record/kaf-availability-plan.h"

G_BEGIN_DECLS

#define KAF_TYPE_AVAILABILITY_GRID (kaf_availability_grid_get_type ())
G_DECLARE_FINAL_TYPE (KafAvailabilityGrid, kaf_availability_grid, KAF, AVAILABILITY_GRID, GtkWidget)

GtkWidget *kaf_availability_grid_new (KafLang lang);

/* @today: ISO date. */
void kaf_availability_grid_set_plan (KafAvailabilityGrid *self,
                                     const KafAvailabilityPlan *plan,
                                     const char *today);

/* No range chosen is shown any more. */
void kaf_availability_grid_unselect (KafAvailabilityGrid *self);

/* The cell of a day (0 to KAF_PLAN_DAYS - 1) and a half (0, 1). */
GtkWidget *kaf_availability_grid_get_cell (KafAvailabilityGrid *self, guint day, guint half);

G_END_DECLS
