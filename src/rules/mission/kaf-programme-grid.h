/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The half-days of a mission: which days there are, who or what stands twice in one half-day, and how much of it
 * is practice. What the grid draws and what the checks of steps 4 and 6 say rests on the same answers.
 *
 * Cancelled sessions take nobody's time: they clash with nothing and count nowhere. */
#pragma once

#include "rules/mission/kaf-mission.h"

G_BEGIN_DECLS

typedef enum
{
  KAF_CLASH_NONE,
  KAF_CLASH_TENTATIVE, /* it may have to move */
  KAF_CLASH_FIRM,      /* it cannot take place as it stands */
} KafClashLevel;

typedef enum
{
  KAF_CLASH_TRAINER = 1 << 0, /* firm: the trainer holds another session in that half-day */
  KAF_CLASH_ROOM = 1 << 1,    /* firm: so does the room */
  KAF_CLASH_BUSY =
      1 << 2, /* firm: her agenda says that she is not free, or another mission has her */
  KAF_CLASH_AGENDA = 1 << 3, /* tentative: the same, to be confirmed */
  KAF_CLASH_WINDOW = 1 << 4, /* tentative: outside the window that she gave */
} KafClashReason;

typedef struct
{
  KafClashLevel level;
  KafClashReason reasons;
  const KafItem *with;             /* the first session that it clashes with; nullable */
  const KafMissionExpert *expert;  /* whose time it is; NULL: the room's alone */
  const KafEngagement *engagement; /* of that expert, for BUSY and AGENDA; nullable */
} KafClash;

/* What speaks against @item where it stands; nothing against a session without a day. An item that is not of the
 * mission, but has the id of one that is, stands in its place: what is being written. */
void kaf_programme_clash (const KafMission *self, const KafItem *item, KafClash *clash);

/* The same as if @item were held then, with that trainer (nullable: with those it has). */
void kaf_programme_clash_at (const KafMission *self,
                             const KafItem *item,
                             KafDay day,
                             gboolean afternoon,
                             const KafMissionExpert *trainer,
                             KafClash *clash);

/* An expert who comes and is free to hold @item where it stands, other than its trainers; who has the fewest
 * half-days first. Of those without a clash only. NULL: there is none. */
const KafMissionExpert *
kaf_programme_find_free_trainer (const KafMission *self, const KafItem *item);

typedef struct
{
  KafDay day;
  gboolean weekend; /* Saturday or Sunday */
  gboolean ramadan;
  const KafHoliday *holiday; /* nullable; a feast, not Ramadan; of @holidays */
  gboolean outside; /* before the mission begins or after it ends, though a session stands there */
  guint n_items;    /* cancelled ones too: they are drawn */
} KafProgrammeDay;

/* From the first to the last day of the mission, and to its sessions where those lie outside; at most
 * KAF_PROGRAMME_DAYS from the first. Empty while neither is known. @holidays: (element-type KafHoliday), nullable.
 * (element-type KafProgrammeDay) (transfer full) */
#define KAF_PROGRAMME_DAYS 92
GArray *kaf_programme_list_days (const KafMission *self, GPtrArray *holidays);

/* A feast on that day (not Ramadan); nullable. @ramadan (out, nullable). */
const KafHoliday *kaf_holiday_find (GPtrArray *holidays, KafDay day, gboolean *ramadan);

gboolean kaf_day_is_weekend (KafDay day);

/* The sessions of a half-day, in the order of the mission; those that wait to be placed with @day unknown.
 * (element-type KafItem) (transfer container) */
GPtrArray *kaf_programme_list_items (const KafMission *self, KafDay day, gboolean afternoon);

typedef struct
{
  guint theory, practice; /* minutes, of all sessions that are not cancelled */
  int practice_percent;   /* rounded to the nearest; -1: no minute is known */
} KafProgrammeBalance;

KafProgrammeBalance kaf_programme_weigh (const KafMission *self);

/* Different half-days in which she trains, first or second. */
guint kaf_programme_count_halves (const KafMission *self, const KafMissionExpert *trainer);

/* The same on one day: 0, 1 or 2. */
guint
kaf_programme_count_halves_on (const KafMission *self, const KafMissionExpert *trainer, KafDay day);

G_END_DECLS
