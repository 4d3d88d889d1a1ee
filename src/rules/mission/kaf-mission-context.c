/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "rules/mission/kaf-mission-context.h"

KafMissionThresholds
kaf_mission_thresholds_default (void)
{
  return (KafMissionThresholds){ .need_stale_months = 6,
                                 .profile_months = 12,
                                 .subjects_a_day = 3,
                                 .subjects = 5,
                                 .practice_percent = 30,
                                 .trainer_halves_a_day = 1,
                                 .arrival_hours = 12,
                                 .answer_days = 7,
                                 .cv_months = 24,
                                 .booking_days = 15,
                                 .turnout_percent = 60,
                                 .overspend_percent = 10,
                                 .follow_up_days = 90,
                                 .answers_percent = 50,
                                 .answers_shown = 5,
                                 .reopen_days = 90,
                                 .step_days = 30,
                                 .morning = 9 * 60,
                                 .afternoon = 14 * 60 };
}
