/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Step 4: the programme of a mission by half-days, and the writing of it. What is done on the board becomes one batch
 * of the store, told with a way to undo it where the window is Kafaat's; the mission is read again by whoever gave it.
 *
 * Actions: "programme.add" (), at the cursor; "programme.edit" (s: id); "programme.move" (sss: id, day as ISO text,
 * "am" or "pm"; "" and "": to the tray); "programme.remove" (s: id). */
#pragma once

#include <gtk/gtk.h>

#include "store/kaf-store.h"
#include "ui/mission/kaf-programme-board.h"

G_BEGIN_DECLS

#define KAF_TYPE_PROGRAMME_VIEW (kaf_programme_view_get_type ())
G_DECLARE_FINAL_TYPE (KafProgrammeView, kaf_programme_view, KAF, PROGRAMME_VIEW, GtkBox)

GtkWidget *kaf_programme_view_new (KafStore *store, KafLang lang);

/* @names: id of a person → her name, nullable. @holidays: (element-type KafHoliday), nullable. @practice_percent: the
 * least that is asked. */
void kaf_programme_view_set (KafProgrammeView *self,
                             KafMission *mission,
                             GHashTable *names,
                             GPtrArray *holidays,
                             guint practice_percent,
                             gboolean writable);

/* As kaf_programme_board_focus_item(). */
gboolean kaf_programme_view_lead (KafProgrammeView *self, const char *id);

KafProgrammeBoard *kaf_programme_view_get_board (KafProgrammeView *self);

/* The window in which a session is being written; NULL: none. */
GtkWidget *kaf_programme_view_get_editor (KafProgrammeView *self);

/* Nothing is being read or written. */
gboolean kaf_programme_view_is_settled (KafProgrammeView *self);

G_END_DECLS
