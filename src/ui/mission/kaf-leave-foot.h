/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Under the checks: the button that leaves the step, why it cannot be left, and what else can be done to the file. */
#pragma once

#include <gtk/gtk.h>

#include "ui/mission/kaf-mission-data.h"

G_BEGIN_DECLS

#define KAF_TYPE_LEAVE_FOOT (kaf_leave_foot_get_type ())
G_DECLARE_FINAL_TYPE (KafLeaveFoot, kaf_leave_foot, KAF, LEAVE_FOOT, GtkBox)

GtkWidget *kaf_leave_foot_new (void);

/* Its button activates "mission.leave", its menu "mission.act" (s). @writable: acts may be written. */
void
kaf_leave_foot_set (KafLeaveFoot *self, const KafMissionData *data, guint step, gboolean writable);

/* The sentence under the button; empty when the step can be left. */
const char *kaf_leave_foot_get_sentence (KafLeaveFoot *self);

/* Whether the step can be left by who works here, or on paper; @error says why not. */
gboolean
kaf_leave_allowed (const KafMissionData *data, guint step, gboolean *on_paper, GError **error);

/* Who works here, as the rules have it. Never NULL. */
const KafRole *kaf_leave_role (const KafMissionData *data);

G_END_DECLS
