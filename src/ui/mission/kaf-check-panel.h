/* SPDX-License-Identifier: GPL-3.0-or-later */
/* "Can I leave this step?": what blocks, what is to be verified, what others owe.
 *
 * Uses the actions "mission.mend" (sss): entity, id, field; "mission.justify" (iss): step, code, about;
 * "mission.remind" (ss): entity and id of what is waited for. */
#pragma once

#include <gtk/gtk.h>

#include "ui/mission/kaf-mission-data.h"

G_BEGIN_DECLS

#define KAF_TYPE_CHECK_PANEL (kaf_check_panel_get_type ())
G_DECLARE_FINAL_TYPE (KafCheckPanel, kaf_check_panel, KAF, CHECK_PANEL, GtkBox)

GtkWidget *kaf_check_panel_new (void);

/* @data must outlive what is shown of it. @writable: reasons may be given. */
void kaf_check_panel_set (KafCheckPanel *self,
                          const KafMissionData *data,
                          guint step,
                          gboolean writable);

/* Gives the focus to the next finding, from the one that has it, and from the last to the first. FALSE: there is
 * none. */
gboolean kaf_check_panel_next (KafCheckPanel *self);

/* Rows that wait for something: gates shut, warnings without a reason. (element-type GtkWidget) (transfer none) */
GPtrArray *kaf_check_panel_get_open_rows (KafCheckPanel *self);

G_END_DECLS
