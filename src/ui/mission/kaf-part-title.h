/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What parts of a mission are called where others refer to them: an expert and a participant by name, a pair by both. */
#pragma once

#include "ui/mission/kaf-mission-data.h"

G_BEGIN_DECLS

/* NULL: there is no such part. (transfer full) */
char *kaf_part_title (const KafMissionData *data, const char *entity, const char *id);

/* The title of what @row refers to by @field; nullable. (transfer full) */
char *kaf_part_title_of (const KafMissionData *data, const KafRow *row, const char *field);

/* In the script of the interface where it is written in it; nullable. */
const char *kaf_part_participant_name (const KafMissionData *data, const KafRow *row);

G_END_DECLS
