/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Which records hang on a mission and which of their fields its page reads. Data only. */
#pragma once

#include "store/kaf-page.h"

G_BEGIN_DECLS

typedef struct
{
  const char *entity;
  const char *field;          /* its reference to the mission; "need": to its needs */
  guint step;                 /* where it is written */
  const char *const *columns; /* NULL-terminated */
  const char *order;          /* nullable: field that they stand by; NULL: newest first */
} KafMissionPart;

/* Ends with a NULL entity. */
extern const KafMissionPart kaf_mission_parts[];

/* NULL: no part of a mission. */
const KafMissionPart *kaf_mission_part_find (const char *entity);

/* Index of a column of a part, or -1. */
int kaf_mission_part_column (const KafMissionPart *part, const char *column);

G_END_DECLS
