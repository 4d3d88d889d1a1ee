/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Who was at which session of a mission, and how full it was. */
#pragma once

#include "rules/mission/kaf-mission-context.h"

G_BEGIN_DECLS

typedef enum
{
  KAF_PRESENCE_NONE, /* not marked */
  KAF_PRESENCE_PRESENT,
  KAF_PRESENCE_ABSENT,
  KAF_PRESENCE_EXCUSED,
} KafPresence;

/* "present"…, as the record has it; NULL, or another: not marked. */
KafPresence kaf_presence_parse (const char *id);
const char *kaf_presence_id (KafPresence presence); /* NULL: not marked */

/* What the space bar makes of it: present, and absent of who was present. */
KafPresence kaf_presence_toggle (KafPresence presence);

/* What one touch makes of it: present, absent, excused, not marked, and round again. */
KafPresence kaf_presence_next (KafPresence presence);

/* Marks, each once for a session and a participant. */
typedef struct _KafAttendance KafAttendance;

KafAttendance *kaf_attendance_new (void);
void kaf_attendance_free (KafAttendance *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (KafAttendance, kaf_attendance_free)

/* @id: of the record; nullable: it is not in the store yet. A later mark replaces an earlier one. */
void kaf_attendance_mark (KafAttendance *self,
                          const char *session,
                          const char *participant,
                          const char *id,
                          KafPresence presence);

/* @id: nullable; set to the record's, NULL where there is none. */
KafPresence kaf_attendance_get (const KafAttendance *self,
                                const char *session,
                                const char *participant,
                                const char **id);

typedef struct
{
  guint present, absent, excused, unmarked;
} KafTurnout;

/* Of those on the list: @participants, ids (element-type utf8). Marks of who was taken off it do not count. */
KafTurnout
kaf_attendance_count (const KafAttendance *self, const char *session, GPtrArray *participants);

typedef enum
{
  KAF_TURNOUT_NONE, /* nobody is marked */
  KAF_TURNOUT_FINE,
  KAF_TURNOUT_LOW,      /* under the share of @limits: as check "turnout" sees it */
  KAF_TURNOUT_OVERFULL, /* more than the room has places */
} KafTurnoutState;

/* @expected: on the list. @places: of the room, -1 unknown. */
KafTurnoutState kaf_turnout_judge (const KafTurnout *self,
                                   guint expected,
                                   int places,
                                   const KafMissionThresholds *limits);

G_END_DECLS
