/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Fields of the mission itself, written in place: what was typed goes into the store when the focus leaves the row; what
 * cannot be kept as it is stays as a draft, with what is wrong under it. */
#pragma once

#include "ui/mission/kaf-mission-data.h"
#include "ui/mission/kaf-mission-page.h"

G_BEGIN_DECLS

#define KAF_TYPE_MISSION_FIELDS (kaf_mission_fields_get_type ())
G_DECLARE_FINAL_TYPE (KafMissionFields, kaf_mission_fields, KAF, MISSION_FIELDS, GtkBox)

/* @title: nullable. @start, @end: fields of either column, NULL-terminated; @end nullable: one column. */
GtkWidget *kaf_mission_fields_new (KafMissionPage *page,
                                   const char *title,
                                   const char *const *start,
                                   const char *const *end);

void kaf_mission_fields_set (KafMissionFields *self, const KafMissionData *data, gboolean writable);

/* The focus to the row of a field. FALSE: it has none. */
gboolean kaf_mission_fields_lead (KafMissionFields *self, const char *field);

/* Writes what was typed and is not in the store yet; FALSE: some of it is wrong. */
gboolean kaf_mission_fields_write (KafMissionFields *self);

G_END_DECLS
