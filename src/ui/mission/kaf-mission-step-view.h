/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What a step shows in the page of a mission: a table of functions by step, so that each form stands in a file of its
 * own and the page knows none of them.
 *
 * A view is made when its step is first shown and kept; it is told what was read each time that something changed, and
 * keeps the focus and what is being typed. It writes by the actions of the page, found by name from any widget in it:
 *
 *   mission.add (s)        "ENTITY" or "ENTITY field=value…": the form of a new part of this mission
 *   mission.edit (ss)      entity, id: the form of a part
 *   mission.remove (ss)    entity, id: takes it out, with a way to undo
 *   mission.open (ss)      entity, id: the page of a record
 *   mission.set (ssss)     entity, id, field, canonical text: one field, at once
 *   mission.show-step (i)  1…10
 *   mission.find-experts, mission.request-candidates
 *
 * or commits a KafChangeSet by kaf_mission_page_commit(). */
#pragma once

#include "ui/mission/kaf-mission-data.h"
#include "ui/mission/kaf-mission-page.h"

G_BEGIN_DECLS

typedef struct
{
  /* (transfer floating). The page owns it and lives longer. */
  GtkWidget *(*make) (KafMissionPage *page);

  /* @writable: parts may be changed. @data is kept by the page until the next call. */
  void (*show) (GtkWidget *view, const KafMissionData *data, gboolean writable);

  /* Brings the row of a record in sight and gives it the focus, where a finding says that it is to be mended there.
   * @id and @field nullable. FALSE: it has no such row, and the form of the record opens. NULL: none. */
  gboolean (*lead) (GtkWidget *view, const char *entity, const char *id, const char *field);

  gboolean wide; /* takes the whole width and scrolls by itself: the grid of step 4 */
} KafMissionStepView;

/* By step; NULL: nothing was made for it yet. */
const KafMissionStepView *kaf_mission_step_view_find (guint step);

/* Each in a file of its own. */
extern const KafMissionStepView kaf_step_needs_view;
extern const KafMissionStepView kaf_step_awareness_view;
extern const KafMissionStepView kaf_step_experts_view;
extern const KafMissionStepView kaf_step_programme_view;
extern const KafMissionStepView kaf_step_means_view;
extern const KafMissionStepView kaf_step_agreements_view;
extern const KafMissionStepView kaf_step_ties_view;
extern const KafMissionStepView kaf_step_delivery_view;
extern const KafMissionStepView kaf_step_appropriation_view;
extern const KafMissionStepView kaf_step_evaluation_view;

G_END_DECLS
