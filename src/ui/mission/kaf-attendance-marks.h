/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What is being marked on an attendance sheet: each mark shows at once and is written by the store behind it, so that a
 * second one can follow before the first is written.
 *
 * Signals: "changed" (): what shows is another than before: a mark could not be written. */
#pragma once

#include <gtk/gtk.h>

#include "ui/mission/kaf-mission-data.h"

G_BEGIN_DECLS

#define KAF_TYPE_ATTENDANCE_MARKS (kaf_attendance_marks_get_type ())
G_DECLARE_FINAL_TYPE (KafAttendanceMarks, kaf_attendance_marks, KAF, ATTENDANCE_MARKS, GObject)

/* @view: in whose window is said what was done. Not owned; it owns the marks. */
KafAttendanceMarks *kaf_attendance_marks_new (KafStore *store, GtkWidget *view);

/* What the store had when it was read. */
void kaf_attendance_marks_set (KafAttendanceMarks *self, const KafMissionData *data);

KafPresence
kaf_attendance_marks_get (KafAttendanceMarks *self, const char *session, const char *participant);

/* Of those on the list, with what is being written. */
KafTurnout
kaf_attendance_marks_count (KafAttendanceMarks *self, const char *session, GPtrArray *participants);

/* One commit, undone as one. A session that was planned is held once somebody was present at it, where
 * the role of who marks him writes that. @participants: ids.
 * @done: said with a way to undo; nullable. */
void kaf_attendance_marks_put (KafAttendanceMarks *self,
                               const char *session,
                               GPtrArray *participants,
                               KafPresence presence,
                               const char *done);

gboolean kaf_attendance_marks_is_settled (KafAttendanceMarks *self);

G_END_DECLS
