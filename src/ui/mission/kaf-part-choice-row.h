/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A row that chooses one part of the mission for a field of another: the expert of a pair, the line of a booking. */
#pragma once

#include <adwaita.h>

#include "ui/mission/kaf-mission-data.h"

G_BEGIN_DECLS

/* Whether a field refers to a part of a mission that is chosen so. */
gboolean kaf_part_choice_row_fits (const KafField *field);

/* @chosen: id, nullable. (transfer floating) */
GtkWidget *
kaf_part_choice_row_new (const KafMissionData *data, const KafField *field, const char *chosen);

/* Id of what is chosen; NULL: none. */
const char *kaf_part_choice_row_get (GtkWidget *row);
const KafField *kaf_part_choice_row_get_field (GtkWidget *row);

/* FALSE: there is no such part. */
gboolean kaf_part_choice_row_choose (GtkWidget *row, const char *id);

G_END_DECLS
