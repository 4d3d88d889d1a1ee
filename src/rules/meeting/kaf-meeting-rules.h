/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Meetings that nobody closed, minutes that nobody approved, decisions that are due. The catalogue: kaf_meeting_rules. */
#pragma once

#include "rules/kaf-finding.h"

G_BEGIN_DECLS

/* @id: of a meeting that is not cancelled and whose minutes are not approved; @held: it is said to have taken place. Told for
 * as long as what expired is: nobody approves the minutes of years ago. */
void kaf_meeting_check (KafFindings *findings, const char *id, KafDay held_on, gboolean held);

/* A decision of @meeting that is to do. */
void kaf_decision_check (KafFindings *findings, const char *id, const char *meeting, KafDay due_on);

G_END_DECLS
