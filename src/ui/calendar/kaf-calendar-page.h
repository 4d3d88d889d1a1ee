/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Sessions, due dates and ends of conventions by month, and the list of the day with the cursor. Read anew for each
 * month on a worker, and when the store changes.
 *
 * Actions: "calendar.previous", "calendar.next", "calendar.today", "calendar.go" (day as ISO text),
 * "calendar.export" ("month" or "year"). */
#pragma once

#include <gtk/gtk.h>

#include "store/kaf-store.h"
#include "ui/calendar/kaf-month-grid.h"

G_BEGIN_DECLS

#define KAF_TYPE_CALENDAR_PAGE (kaf_calendar_page_get_type ())
G_DECLARE_FINAL_TYPE (KafCalendarPage, kaf_calendar_page, KAF, CALENDAR_PAGE, GtkBox)

GtkWidget *kaf_calendar_page_new (KafStore *store);

/* Missions and their sessions alone, without a header bar: it stands within another page. */
GtkWidget *kaf_calendar_page_new_missions (KafStore *store);

/* Of such a page: those of @only (nullable: all), and of whom works here if @mine. */
void kaf_calendar_page_set_only (KafCalendarPage *self, const KafQuery *only, gboolean mine);

/* What shows is what the store holds. */
gboolean kaf_calendar_page_is_settled (KafCalendarPage *self);

/* The day with the cursor; unknown before the first reading. */
KafDay kaf_calendar_page_get_day (KafCalendarPage *self);

KafMonthGrid *kaf_calendar_page_get_grid (KafCalendarPage *self);

/* The rows of the day. (transfer none) */
GtkListBox *kaf_calendar_page_get_list (KafCalendarPage *self);

G_END_DECLS
