/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "ui/mission/kaf-mission-step-view.h"

/* By step, from 1. */
static const KafMissionStepView *const views[KAF_MISSION_STEPS + 1] = {
  NULL,
};

const KafMissionStepView *
kaf_mission_step_view_find (guint step)
{
  g_return_val_if_fail (step >= 1 && step <= KAF_MISSION_STEPS, NULL);

  return views[step];
}
