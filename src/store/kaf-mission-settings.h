/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What the rules of missions need beside the mission, out of the store: thresholds, holidays, countries. */
#pragma once

#include "rules/mission/kaf-mission-checks.h"
#include "store/kaf-database.h"

G_BEGIN_DECLS

/* The thresholds as the settings have them on @day (ISO; NULL: today). */
KafMissionThresholds kaf_mission_thresholds_read (KafDatabase *db, const char *day);

/* A context with all that it points to. */
typedef struct
{
  KafMissionContext context;
  GPtrArray *holidays; /* (element-type KafHoliday), owned */
  char **countries;
  char *me;
} KafMissionSurroundings;

/* Of @day (unknown: today), for who works in this store. Names of holidays are in @lang. Errors: KAF_STORE_ERROR. */
KafMissionSurroundings *
kaf_mission_surroundings_read (KafDatabase *db, KafDay day, KafLang lang, GError **error);
void kaf_mission_surroundings_free (KafMissionSurroundings *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (KafMissionSurroundings, kaf_mission_surroundings_free)

/* The role of who works here: at a hub, the one that it gave; in a store without one, that of its local officer,
 * who is its own authority. NULL: a role that this program does not know. (transfer none) */
const KafRole *kaf_mission_read_role (KafDatabase *db);

G_END_DECLS
