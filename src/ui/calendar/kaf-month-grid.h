/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A month as six weeks from Monday to Sunday. One day has the cursor: the arrows move it, Page Up and Page Down go by
 * a month, Home to today. In Arabic the week runs from the right.
 *
 * Signal "moved" (guint day): the cursor is on another day, perhaps of another month.
 * Signal "opened" (guint day): Enter, or a double click. */
#pragma once

#include <gtk/gtk.h>

#include "store/kaf-agenda.h"
#include "ui/calendar/kaf-month-day.h"

G_BEGIN_DECLS

#define KAF_TYPE_MONTH_GRID (kaf_month_grid_get_type ())
G_DECLARE_FINAL_TYPE (KafMonthGrid, kaf_month_grid, KAF, MONTH_GRID, GtkWidget)

#define KAF_MONTH_DAYS 42

GtkWidget *kaf_month_grid_new (KafLang lang);

/* The Monday with which the grid of @day's month begins; its last day is KAF_MONTH_DAYS - 1 later. */
KafDay kaf_month_first_shown (KafDay day);

/* Shows the month of @day, with the cursor on it. @items (element-type KafAgendaItem, nullable) of the days shown. */
void kaf_month_grid_set (KafMonthGrid *self, KafDay day, KafDay today, const GPtrArray *items);

/* Of the days that show already. */
void kaf_month_grid_set_cursor (KafMonthGrid *self, KafDay day);

/* The cell with the cursor gets the focus. */
void kaf_month_grid_focus (KafMonthGrid *self);

/* NULL: it does not show. (transfer none) */
KafMonthDay *kaf_month_grid_get_cell (KafMonthGrid *self, KafDay day);

G_END_DECLS
