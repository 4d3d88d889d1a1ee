/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Where participants are added as they come in: one a line, or a whole list pasted. */
#pragma once

#include <gtk/gtk.h>

#include "ui/mission/kaf-mission-data.h"

G_BEGIN_DECLS

#define KAF_TYPE_PARTICIPANT_ENTRY (kaf_participant_entry_get_type ())
G_DECLARE_FINAL_TYPE (KafParticipantEntry, kaf_participant_entry, KAF, PARTICIPANT_ENTRY, GtkBox)

GtkWidget *kaf_participant_entry_new (KafStore *store);
void kaf_participant_entry_set (KafParticipantEntry *self,
                                const KafMissionData *data,
                                gboolean writable);

void kaf_participant_entry_set_typed (KafParticipantEntry *self, const char *text);
const char *kaf_participant_entry_get_typed (KafParticipantEntry *self);

/* As Enter. What was typed stays until it is in the store. */
void kaf_participant_entry_add (KafParticipantEntry *self);

/* What the line under it says. */
const char *kaf_participant_entry_get_note (KafParticipantEntry *self);

gboolean kaf_participant_entry_lead (KafParticipantEntry *self);

G_END_DECLS
