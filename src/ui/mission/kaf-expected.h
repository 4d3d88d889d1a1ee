/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What a step waits for from somebody else: answers of parties and experts, equipment, the confirmation of the hub. */
#pragma once

#include "ui/mission/kaf-mission-data.h"

G_BEGIN_DECLS

typedef struct
{
  char *title, *subtitle;
  const char *entity; /* of the record that waits; NULL: nobody can be reminded of it */
  char *id;
} KafExpected;

/* (element-type KafExpected) (transfer full) */
GPtrArray *kaf_expected_list (const KafMissionData *data, guint step);

G_END_DECLS
