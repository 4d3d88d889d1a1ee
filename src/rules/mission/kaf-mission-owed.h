/* SPDX-License-Identifier: GPL-3.0-or-later */
/* How long a mission has been where it stands, whether that is too long, and what waits for whom. */
#pragma once

#include "rules/mission/kaf-mission-life.h"

G_BEGIN_DECLS

typedef enum
{
  KAF_OWED_HUB,              /* the hub has not confirmed yet that a step was left */
  KAF_OWED_EXPERT_ANSWER,    /* an expert who was contacted */
  KAF_OWED_PARTY_ANSWER,     /* a party whose agreement was asked */
  KAF_OWED_EXPERT_AGREEMENT, /* step 6: an expert who comes */
  KAF_OWED_EQUIPMENT,        /* neither confirmed nor bought */
  KAF_OWED_BOOKING,          /* not booked */
  KAF_OWED_SESSION,          /* its day is past: held or cancelled? */
  KAF_OWED_FOLLOW_UP,        /* not done */
  KAF_OWED_APPROVAL,         /* steps 6 and 7: a manager's decision */
  KAF_OWED_STEP,             /* the step itself, by who of us follows the mission */
  KAF_N_OWED,
} KafOwedKind;

/* "hub", "expert_answer"…: for JSON. */
const char *kaf_owed_kind_id (KafOwedKind kind);

/* Strings are the mission's. */
typedef struct
{
  KafOwedKind kind;
  const char *entity, *id; /* of the record to open */
  const char *who_entity,
      *who;      /* id of the organisation or person; entity NULL: a name of ours, or of nobody's */
  KafDay since;  /* asked, opened… on; unknown */
  KafDay due;    /* unknown: no day */
  gboolean late; /* due is past */
} KafOwed;

/* Days since the open step was opened, or the state began; 0 on the first. */
guint kaf_mission_days_in_step (const KafMissionLife *life, KafDay day);

/* Open, and for longer than limits.step_days, or to begin on a day that is past while step 8 is not open. */
gboolean kaf_mission_is_late (const KafMission *self,
                              const KafMissionLife *life,
                              const KafMissionContext *context);

/* What waits, the soonest due first, what has no day last. Empty unless the mission is open. (element-type KafOwed)
 * (transfer full) */
GArray *kaf_mission_list_owed (const KafMission *self,
                               const KafMissionLife *life,
                               const KafMissionContext *context);

G_END_DECLS
