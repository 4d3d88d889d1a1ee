/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Writing a session: its subject in both languages, who trains, where, when, how long. It says at once when the
 * half-day is taken, and who would be free. */
#pragma once

#include "rules/mission/kaf-programme-grid.h"
#include "ui/mission/kaf-field-dialog.h"

G_BEGIN_DECLS

/* @record: the session as it stands, or without id a new one with what is known of it (its mission). @names: id of a
 * person → her name, nullable. (transfer floating) */
GtkWidget *kaf_programme_editor_new (KafStore *store,
                                     KafMission *mission,
                                     GHashTable *names,
                                     KafRecord *record);

/* As if a person had chosen them. @trainer: id of an expert of the mission, nullable. FALSE: not among the choices. */
gboolean kaf_programme_editor_choose_trainer (GtkWidget *editor, const char *trainer);

/* A room of the mission by its id, or one that is not there yet by its name; both NULL: none. */
gboolean
kaf_programme_editor_choose_room (GtkWidget *editor, const char *room, const char *new_name);

G_END_DECLS
