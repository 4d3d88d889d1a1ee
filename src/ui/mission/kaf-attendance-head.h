/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The head of a column of an attendance sheet: the session, whether it was held, how many came, and against which room. */
#pragma once

#include <gtk/gtk.h>

#include "ui/mission/kaf-mission-data.h"

G_BEGIN_DECLS

/* Its button "all present" activates "attendance.all" (s) with the session. (transfer floating) */
GtkWidget *
kaf_attendance_head_new (const KafMissionData *data, const KafItem *item, gboolean writable);

/* Says the turnout. @data, @item: as they are now. */
void kaf_attendance_head_count (GtkWidget *head,
                                const KafMissionData *data,
                                const KafItem *item,
                                const KafTurnout *turnout,
                                guint expected);

/* What it says of the turnout. */
const char *kaf_attendance_head_get_count (GtkWidget *head);

/* The focus to the menu by which it is held or cancelled. */
gboolean kaf_attendance_head_lead (GtkWidget *head);

G_END_DECLS
