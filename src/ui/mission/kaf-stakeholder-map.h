/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A need and those whom it concerns: who, which duty, which gap, what they think. What is not known shows as a gap.
 *
 * A row is edited by "mission.edit", added by "mission.add", a contact noted by "mission.add" as well. */
#pragma once

#include <gtk/gtk.h>

#include "ui/mission/kaf-mission-data.h"

G_BEGIN_DECLS

#define KAF_TYPE_STAKEHOLDER_MAP (kaf_stakeholder_map_get_type ())
G_DECLARE_FINAL_TYPE (KafStakeholderMap, kaf_stakeholder_map, KAF, STAKEHOLDER_MAP, GtkBox)

/* @need: id. */
GtkWidget *kaf_stakeholder_map_new (const char *need);
const char *kaf_stakeholder_map_get_need (KafStakeholderMap *self);
void
kaf_stakeholder_map_set (KafStakeholderMap *self, const KafMissionData *data, gboolean writable);

/* @id: of a stakeholder, of the need itself; NULL: the button that adds one. FALSE: it is not here. */
gboolean kaf_stakeholder_map_lead (KafStakeholderMap *self, const char *entity, const char *id);

/* What mission.add takes to note an exchange with the stakeholder of @row. (transfer full) */
char *kaf_stakeholder_map_contact (const KafRow *row);

G_END_DECLS
