/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "ui/mission/kaf-mission-step-view.h"

/* By step, from 1. */
static const KafMissionStepView *const views[KAF_MISSION_STEPS + 1] = {
  [1] = &kaf_step_needs_view,         [2] = &kaf_step_awareness_view,
  [3] = &kaf_step_experts_view,       [4] = &kaf_step_programme_view,
  [5] = &kaf_step_means_view,         [6] = &kaf_step_agreements_view,
  [7] = &kaf_step_ties_view,          [8] = &kaf_step_delivery_view,
  [9] = &kaf_step_appropriation_view, [10] = &kaf_step_evaluation_view,
};

const KafMissionStepView *
kaf_mission_step_view_find (guint step)
{
  g_return_val_if_fail (step >= 1 && step <= KAF_MISSION_STEPS, NULL);

  return views[step];
}
