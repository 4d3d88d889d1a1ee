/* SPDX-License-Identifier: GPL-3.0-or-later */
/* One mark of an attendance sheet: a word in its colour, as large as a finger.
 *
 * Signals: "touched" (): by a pointer or a finger. */
#pragma once

#include <gtk/gtk.h>

#include "rules/mission/kaf-attendance.h"

G_BEGIN_DECLS

#define KAF_TYPE_ATTENDANCE_CELL (kaf_attendance_cell_get_type ())
G_DECLARE_FINAL_TYPE (KafAttendanceCell, kaf_attendance_cell, KAF, ATTENDANCE_CELL, GtkWidget)

/* @label: whose mark, at what; said with its word to who listens. */
GtkWidget *kaf_attendance_cell_new (const char *label);

void kaf_attendance_cell_set (KafAttendanceCell *self, KafPresence presence);
KafPresence kaf_attendance_cell_get (KafAttendanceCell *self);

/* "Present"…; "not marked". */
const char *kaf_presence_word (KafPresence presence);

G_END_DECLS
