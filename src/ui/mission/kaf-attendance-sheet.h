/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The attendance of one day, for entry in the room: participants down, sessions across, one key or one touch a mark.
 *
 * P, A and E (or 1, 2 and 3, or the first letters of the words in Arabic) mark and go down; the space bar toggles,
 * Delete takes the mark back, * marks whoever is not marked yet as present; arrows walk, Page Up and Page Down change
 * the day. */
#pragma once

#include <gtk/gtk.h>

#include "ui/mission/kaf-mission-data.h"

G_BEGIN_DECLS

#define KAF_TYPE_ATTENDANCE_SHEET (kaf_attendance_sheet_get_type ())
G_DECLARE_FINAL_TYPE (KafAttendanceSheet, kaf_attendance_sheet, KAF, ATTENDANCE_SHEET, GtkBox)

GtkWidget *kaf_attendance_sheet_new (KafStore *store);
void
kaf_attendance_sheet_set (KafAttendanceSheet *self, const KafMissionData *data, gboolean writable);

/* Shows the day of a session and gives the focus to its head; FALSE: there is no such session. */
gboolean kaf_attendance_sheet_lead (KafAttendanceSheet *self, const char *session);

/* The day that shows; unknown: sessions without one. */
KafDay kaf_attendance_sheet_get_day (KafAttendanceSheet *self);

/* The cell of a participant (by place) and a session of the day (by place); NULL: none. */
GtkWidget *kaf_attendance_sheet_get_cell (KafAttendanceSheet *self, guint row, guint column);

/* What the head of a session says of its turnout. */
const char *kaf_attendance_sheet_get_count (KafAttendanceSheet *self, guint column);

gboolean kaf_attendance_sheet_is_settled (KafAttendanceSheet *self);

G_END_DECLS
