/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What the rules of missions need beside the mission: the day, the thresholds, the holidays, who asks. */
#pragma once

#include "rules/mission/kaf-mission.h"
#include "schema/kaf-role.h"

G_BEGIN_DECLS

/* Whether the role is told what that step is about: else its page and its checks are not for him. */
gboolean kaf_mission_step_is_told (const KafRole *role, guint step);

/* Thresholds marked [p] in the domain: settings of the same names. */
typedef struct
{
  guint need_stale_months;    /* 6 */
  guint profile_months;       /* 12 */
  guint subjects_a_day;       /* 3 */
  guint subjects;             /* 5 */
  guint practice_percent;     /* 30 */
  guint trainer_halves_a_day; /* 1 */
  guint arrival_hours;        /* 12 */
  guint answer_days;          /* 7 */
  guint cv_months;            /* 24 */
  guint booking_days;         /* 15 */
  guint turnout_percent;      /* 60 */
  guint overspend_percent;    /* 10 */
  guint follow_up_days;       /* 90 */
  guint answers_percent;      /* 50 */
  guint answers_shown;        /* 5: no average under so many */
  guint reopen_days;          /* 90: step 10, by a manager */
  guint step_days;            /* 30: a step open for longer is late on the board */
  guint morning, afternoon;   /* minutes of the day at which half-days begin: 540, 840 */
} KafMissionThresholds;

KafMissionThresholds kaf_mission_thresholds_default (void);

typedef struct
{
  KafDay day; /* today */
  KafMissionThresholds limits;
  GPtrArray *holidays; /* (element-type KafHoliday), nullable: none known */
  const char *const
      *listed_countries; /* where a transfer of data needs no more; NULL: not judged */
  const char *me;        /* who of us asks; NULL: nobody in particular */
  const KafRole *reader; /* who asks, by what she is told of the file; NULL: all of it */
  gboolean
      approves; /* who asks, by the role: only then is it said that @me has edited the content */
} KafMissionContext;

G_END_DECLS
