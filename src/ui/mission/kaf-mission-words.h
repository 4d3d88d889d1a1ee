/* SPDX-License-Identifier: GPL-3.0-or-later */
/* How the page says where a mission stands. */
#pragma once

#include "ui/mission/kaf-mission-data.h"
#include "ui/mission/kaf-stepper.h"

G_BEGIN_DECLS

/* "open"…, with the style of its pill. */
const char *kaf_mission_state_word (KafMissionState state, const char **style);

KafStepperState kaf_mission_step_state (const KafMissionData *data, guint step);

/* Under a step: the day it was left, the days it has been open, "draft"; NULL: nothing. (transfer full) */
char *kaf_mission_step_note (const KafMissionData *data, guint step);

/* "Open for 9 days · followed by Fatima Ouakrim". (transfer full) */
char *kaf_mission_step_line (const KafMissionData *data, guint step);

/* An act in one line: "Step 4 left". (transfer full) */
char *kaf_mission_act_line (const KafAct *act);

/* "20/11/2026 · F. Ouakrim · reason". (transfer full) */
char *kaf_mission_act_detail (const KafAct *act, KafLang lang);

/* The day of a time, short and isolated. (transfer full) */
char *kaf_mission_day_of (gint64 at, KafLang lang);
char *kaf_mission_day (KafDay day, KafLang lang);

/* "asked 4 days ago", from @day to today. (transfer full) */
char *kaf_mission_ago (const KafMissionData *data, KafDay day);

/* "3 days" of the time since. */
char *kaf_mission_days (int days, KafLang lang);

G_END_DECLS
