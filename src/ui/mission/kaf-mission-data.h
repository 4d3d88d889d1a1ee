/* SPDX-License-Identifier: GPL-3.0-or-later */
/* All that the page of a mission shows, read in one job on a worker and never changed after: the mission as the
 * rules see it, what they find, and the rows of its parts as texts in the language of the interface. */
#pragma once

#include "base/kaf-lang.h"
#include "rules/mission/kaf-attendance.h"
#include "rules/mission/kaf-mission-checks.h"
#include "schema/kaf-role.h"
#include "store/kaf-mission-settings.h"
#include "store/kaf-store.h"

G_BEGIN_DECLS

typedef struct
{
  gatomicrefcount refs;
  char *id;
  KafLang lang;
  KafRecord *record; /* of the mission itself, whole */
  gboolean deleted;
  KafMission *mission;
  KafMissionLife life;
  KafMissionContext context;
  KafMissionSurroundings *surroundings; /* what the context points to; nullable */
  const KafRole *role;   /* of who works here; NULL: one that this program does not know */
  KafFindings *findings; /* told */
  GPtrArray *checks[KAF_MISSION_STEPS + 1]; /* (element-type KafCheck), by step, from 1 */
  guint n_gates[KAF_MISSION_STEPS + 1];     /* that are shut, whatever each of them found */
  guint n_warnings[KAF_MISSION_STEPS + 1];  /* findings that are not acknowledged, one by one */
  gboolean begun[KAF_MISSION_STEPS + 1];    /* something is written in it already */

  char *title;               /* in the language of the interface, or what there is */
  char *subtitle;            /* "MIS-2026-0042 · 6–13 January 2027 · DMK", isolated */
  GHashTable *rows;          /* entity id → GPtrArray of KafRow; see kaf-mission-parts.h */
  GHashTable *names;         /* id → title, of persons and organisations that parts refer to */
  KafAttendance *attendance; /* of its sessions */
  GPtrArray *none;           /* empty */
} KafMissionData;

KafMissionData *kaf_mission_data_ref (KafMissionData *self);
void kaf_mission_data_unref (KafMissionData *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (KafMissionData, kaf_mission_data_unref)

void kaf_mission_data_read_async (KafStore *store,
                                  const char *id,
                                  KafLang lang,
                                  GCancellable *cancellable,
                                  GAsyncReadyCallback callback,
                                  gpointer user_data);
/* Errors: KAF_STORE_ERROR, NOT_FOUND among them; G_IO_ERROR_CANCELLED. */
KafMissionData *
kaf_mission_data_read_finish (KafStore *store, GAsyncResult *result, GError **error);

/* Around a mission that is loaded already (taken): runs the rules, tells nothing. For tests of widgets. @record:
 * of the mission, nullable. (transfer full) */
KafMissionData *kaf_mission_data_new (KafMission *mission, KafRecord *record, KafDay day);

/* Its records of @entity, in their order; never NULL. (transfer none) */
GPtrArray *kaf_mission_data_rows (const KafMissionData *self, const char *entity);

/* NULL: no such row. */
const KafRow *
kaf_mission_data_find_row (const KafMissionData *self, const char *entity, const char *id);

/* The text, and the canonical text, of a column of a part; NULL: unknown. */
const char *kaf_mission_data_text (const KafRow *row, const char *column);
const char *kaf_mission_data_raw (const KafRow *row, const char *column);

/* The text of STEM_fr or STEM_ar, in the language of the interface where it is written in it; NULL: in neither. */
const char *
kaf_mission_data_words (const KafMissionData *self, const KafRow *row, const char *stem);

/* Whether the role of who works here is told records of that entity: else "none" would be untrue. */
gboolean kaf_mission_data_knows (const KafMissionData *self, const char *entity);

/* What the role of who works here may do in the file of a mission that may be written at all, as the store and the hub
 * ask (see kaf-permit.h): change records of that entity, one field of them, make or take out one; act on the file. Each
 * view asks here before it offers anything. */
gboolean kaf_mission_data_may_write (const KafMissionData *self, const char *entity);
gboolean kaf_mission_data_may_write_field (const KafMissionData *self,
                                           const char *entity,
                                           const char *field);
gboolean kaf_mission_data_may_make (const KafMissionData *self, const char *entity);
gboolean kaf_mission_data_may_act (const KafMissionData *self);
/* Whether the role writes what puts right what the rule found. */
gboolean kaf_mission_data_may_mend (const KafMissionData *self, const KafMissionRule *rule);

/* The title of a person, an organisation or a convention that a part names; "—" where it is not here. */
const char *kaf_mission_data_name (const KafMissionData *self, const char *id);

G_END_DECLS
