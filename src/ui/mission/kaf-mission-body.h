/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The form of a step, the checks at its end side and what leaves the step beneath them; where there is no room for
 * both, one of them above that, with a switch. */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

#define KAF_TYPE_MISSION_BODY (kaf_mission_body_get_type ())
G_DECLARE_FINAL_TYPE (KafMissionBody, kaf_mission_body, KAF, MISSION_BODY, GtkWidget)

GtkWidget *kaf_mission_body_new (GtkWidget *form, GtkWidget *checks, GtkWidget *foot);

/* What shows where there is room for one. */
void kaf_mission_body_show_checks (KafMissionBody *self, gboolean checks);

/* Hides what the narrow page says elsewhere: @widget shows only where there is room for both. */
void kaf_mission_body_add_wide (KafMissionBody *self, GtkWidget *widget);

/* How many findings wait: on the switch. */
void kaf_mission_body_set_count (KafMissionBody *self, guint n);

gboolean kaf_mission_body_is_narrow (KafMissionBody *self);

G_END_DECLS
