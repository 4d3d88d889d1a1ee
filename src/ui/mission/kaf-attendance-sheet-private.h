/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What the files of KafAttendanceSheet share: kaf-attendance-sheet.c makes and shows, -keys.c walks and marks. */
#pragma once

#include "ui/mission/kaf-attendance-marks.h"
#include "ui/mission/kaf-attendance-sheet.h"

G_BEGIN_DECLS

struct _KafAttendanceSheet
{
  GtkBox parent_instance;

  KafAttendanceMarks *marks;
  const KafMissionData *data; /* of the last kaf_attendance_sheet_set(); nullable */
  gboolean writable;
  GArray *days;            /* (element-type KafDay), those without one last */
  guint day;               /* place in @days */
  gboolean chosen;         /* a person chose the day */
  GPtrArray *sessions;     /* (element-type utf8) ids of the day */
  GPtrArray *participants; /* (element-type utf8) ids */
  GPtrArray *heads;        /* (element-type GtkWidget) */
  GPtrArray *cells;        /* (element-type GtkWidget), by row */
  guint row, column;       /* where the focus is, or was */
  char *shape;             /* what the grid was made for */

  GtkWidget *bar, *title, *before, *after;
  GtkWidget *grid;
  GtkWidget *empty;
  GtkWidget *help;
};

void kaf_attendance_sheet_add_keys (KafAttendanceSheet *self);

/* Shows another day, @by days further; FALSE: there is none. */
gboolean kaf_attendance_sheet_turn (KafAttendanceSheet *self, int by);

/* The focus to a cell of the grid. FALSE: there is none. */
gboolean kaf_attendance_sheet_go (KafAttendanceSheet *self, guint row, guint column);

void
kaf_attendance_sheet_mark (KafAttendanceSheet *self, guint row, guint column, KafPresence presence);

/* Whoever is not marked yet was present. */
void kaf_attendance_sheet_mark_all (KafAttendanceSheet *self, guint column);

G_END_DECLS
