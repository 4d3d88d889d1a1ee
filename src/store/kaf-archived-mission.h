/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The file of a mission as it was frozen when a step was reopened (kaf-mission-archive), as records to print. */
#pragma once

#include "base/kaf-lang.h"
#include "record/kaf-record.h"
#include "rules/mission/kaf-mission-checks.h"
#include "store/kaf-database.h"

G_BEGIN_DECLS

typedef struct
{
  const KafMissionRule *rule;
  KafCheckState state;
  char *act; /* id of the act that settled it; nullable */
} KafArchivedCheck;

typedef struct
{
  gint64 at; /* µs since 1970, UTC: when it was frozen */
  KafRecord *mission;
  GHashTable *parts;  /* entity → GPtrArray of KafRecord, owned */
  GHashTable *titles; /* "ENTITY\nID" → what it was called, in one language, owned */
  GPtrArray
      *checks; /* (element-type KafArchivedCheck): of the step; NULL: it was frozen without them */
  GPtrArray *cut; /* (element-type KafEntity): kinds of parts that did not fit into it */
} KafArchivedMission;
void kaf_archived_mission_free (KafArchivedMission *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (KafArchivedMission, kaf_archived_mission_free)

/* Of the act @act, which reopened a step. Persons are named as today: see there. Errors: KAF_STORE_ERROR_NOT_FOUND, of
 * an act without one; _DAMAGED. (transfer full) */
KafArchivedMission *
kaf_archived_mission_read (KafDatabase *db, const char *act, KafLang lang, GError **error);

/* Its records of @entity, by @order (nullable: a field). (element-type KafRecord) (transfer full) */
GPtrArray *
kaf_archived_mission_list (const KafArchivedMission *self, const char *entity, const char *order);

G_END_DECLS
