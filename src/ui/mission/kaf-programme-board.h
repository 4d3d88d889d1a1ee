/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The half-days of a mission: days across, morning above afternoon, a block a session, and under them the tray of
 * sessions that wait to be placed. Time runs from the right in Arabic; where there is little room, one day shows at a
 * time. It writes nothing: it says what is wanted.
 *
 * Arrows walk over blocks, free half-days and the tray. M takes a session along: arrows choose the half-day, Enter
 * puts it down, Esc leaves it where it was. N: a new one here. Enter, F2: edit. Delete: to the tray, and from there
 * out of the programme.
 *
 * Signals: "move-item" (const char *id, guint day, gboolean afternoon; day 0: to the tray), "edit-item" (const char
 * *id), "add-item" (guint day, gboolean afternoon; day 0: not placed), "remove-item" (const char *id). */
#pragma once

#include <gtk/gtk.h>

#include "base/kaf-lang.h"
#include "rules/mission/kaf-programme-grid.h"

G_BEGIN_DECLS

#define KAF_TYPE_PROGRAMME_BOARD (kaf_programme_board_get_type ())
G_DECLARE_FINAL_TYPE (KafProgrammeBoard, kaf_programme_board, KAF, PROGRAMME_BOARD, GtkWidget)

GtkWidget *kaf_programme_board_new (KafLang lang);

/* The focus stays on the session, or in the half-day, that had it. @names: id of a person → her name, nullable.
 * @holidays: (element-type KafHoliday), nullable. */
void kaf_programme_board_set (KafProgrammeBoard *self,
                              KafMission *mission,
                              GHashTable *names,
                              GPtrArray *holidays,
                              gboolean writable);

/* Gives the focus to a session; FALSE: it is not here. */
gboolean kaf_programme_board_focus_item (KafProgrammeBoard *self, const char *id);

/* Where the cursor is; @id nullable: a free half-day. FALSE: nowhere yet. */
gboolean kaf_programme_board_get_cursor (KafProgrammeBoard *self,
                                         const char **id,
                                         KafDay *day,
                                         gboolean *afternoon);

/* Id of the session that is being moved by keys; NULL: none. */
const char *kaf_programme_board_get_moving (KafProgrammeBoard *self);

/* One day at a time shows. */
gboolean kaf_programme_board_is_narrow (KafProgrammeBoard *self);

G_END_DECLS
