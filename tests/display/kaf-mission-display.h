/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What tests of a mission's forms share: records in a real store, the mission read back from it, and keys. */
#pragma once

#include "kaf-display.h"

#include "rules/mission/kaf-mission.h"

G_BEGIN_DECLS

/* @...: field, value, … NULL; a NULL value leaves its field out. The id. (transfer full) */
char *kaf_display_add (KafStore *store, const char *entity, ...) G_GNUC_NULL_TERMINATED;

/* As kaf_mission_read(), waited for. (transfer full) */
KafMission *kaf_display_read_mission (KafStore *store, const char *id, KafLang lang);

/* The record as it stands now. (transfer full) */
KafRecord *kaf_display_load (KafStore *store, const char *entity, const char *id);

/* Takes back the last batch. */
void kaf_display_undo (KafStore *store);

/* What the key does at @widget: its own controllers of keys, the last added first. */
gboolean kaf_display_press (GtkWidget *widget, guint keyval, GdkModifierType state);

/* Shows @widget in a window of its own. (transfer none) */
GtkWidget *kaf_display_show (GtkWidget *widget, int width, int height);

G_END_DECLS
