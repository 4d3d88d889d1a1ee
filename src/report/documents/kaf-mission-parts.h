/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What each step of a mission prints of its data: tables of the records that were written there, and those parts that
 * are more than a table of records. */
#pragma once

#include "report/kaf-document-part.h"
#include "rules/mission/kaf-mission-checks.h"
#include "rules/mission/kaf-mission.h"

G_BEGIN_DECLS

/* Of the step @step, 1 to 10. Ends with a NULL entity. */
const KafPartTable *kaf_mission_parts_of (guint step);

/* What the cover says of the mission itself, and what step 4 does: pairs. */
void kaf_mission_parts_cover (KafDoc *doc, KafDocumentContext *context, const KafRecord *mission);
void kaf_mission_parts_texts (KafDoc *doc, KafDocumentContext *context, const KafRecord *mission);

/* Checks of a step. First a warning for each that is an overridden gate; then a table, of which each check is a row:
 * @found (never NULL) tells what was found, @act (nullable) is what settled it. */
void kaf_mission_parts_overridden (KafDoc *doc, const KafMissionRule *rule, KafCheckState state);
void kaf_mission_parts_checks (KafDoc *doc);
void kaf_mission_parts_check (KafDoc *doc,
                              const KafDocumentContext *context,
                              const KafMissionRule *rule,
                              KafCheckState state,
                              const char *found,
                              const KafAct *act);
/* Who answers for it on paper. */
const char *kaf_mission_parts_author (const KafAct *act);

/* Step 1: need by need who has to do with it, what it answers for and what it lacks. Where a need has nobody, somebody
 * has no duty, or something is lacking, the row is marked. */
gboolean kaf_mission_parts_needs (KafDoc *doc,
                                  KafDocumentContext *context,
                                  const KafMission *mission,
                                  GError **error);

/* Step 10: averages by role and question, never from under @least answers; results against what was expected; and what
 * was answered in words, in an order that tells nobody's own together. */
gboolean kaf_mission_parts_answers (KafDoc *doc,
                                    KafDocumentContext *context,
                                    const KafMission *mission,
                                    guint least,
                                    GError **error);

G_END_DECLS
