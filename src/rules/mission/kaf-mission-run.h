/* SPDX-License-Identifier: GPL-3.0-or-later */
/* One check at work: what it looks at, and where it puts what it finds. For the files of checks only. */
#pragma once

#include "rules/mission/kaf-mission-checks.h"

G_BEGIN_DECLS

struct _KafMissionRun
{
  const KafMission *self;
  const KafMissionLife *life;
  const KafMissionContext *context;
  const KafMissionRule *rule;
  const KafAct *act; /* that would leave the step; nullable */
  KafFindings *findings;
  GPtrArray *found; /* (element-type KafFinding), of this check */
  gboolean unknown; /* it could not look at all that it should */
};

/* A finding about the record @id, an entity of the rule's; NULL: about the mission. */
KafFinding *kaf_mission_run_add (KafMissionRun *run, const char *id);
/* The same with one record as the argument of its sentence. */
KafFinding *kaf_mission_run_add_record (KafMissionRun *run,
                                        const char *id,
                                        const char *entity,
                                        const char *record);

/* What another catalogue added to the findings from that place on becomes this check's; or goes. */
void kaf_mission_run_take (KafMissionRun *run, guint from);
void kaf_mission_run_drop (KafMissionRun *run, guint from);

/* Whether who asks is told records of the kind. */
gboolean kaf_mission_run_knows (const KafMissionRun *run, const char *entity);

/* A local authority, by kind of stakeholder or of organisation; nullable. */
gboolean kaf_mission_is_authority (const char *kind);

/* 1 */
void kaf_check_need_missing (KafMissionRun *run);
void kaf_check_need_audience (KafMissionRun *run);
void kaf_check_need_duty (KafMissionRun *run);
void kaf_check_need_stale (KafMissionRun *run);
void kaf_check_need_undated (KafMissionRun *run);
void kaf_check_need_daily (KafMissionRun *run);
void kaf_check_need_authority (KafMissionRun *run);
void kaf_check_need_elsewhere (KafMissionRun *run);
/* 2 */
void kaf_check_authority_informed (KafMissionRun *run);
void kaf_check_need_reached (KafMissionRun *run);
void kaf_check_stakeholder_contacted (KafMissionRun *run);
void kaf_check_message_arabic (KafMissionRun *run);
/* 3 */
void kaf_check_expert_interested (KafMissionRun *run);
void kaf_check_expert_consent (KafMissionRun *run);
void kaf_check_expert_alone (KafMissionRun *run);
void kaf_check_expert_profile (KafMissionRun *run);
void kaf_check_expert_opposed (KafMissionRun *run);
void kaf_check_expert_country (KafMissionRun *run);
/* 4 */
void kaf_check_objective (KafMissionRun *run);
void kaf_check_result (KafMissionRun *run);
void kaf_check_audience (KafMissionRun *run);
void kaf_check_place (KafMissionRun *run);
void kaf_check_dates (KafMissionRun *run);
void kaf_check_session_missing (KafMissionRun *run);
void kaf_check_session_trainer (KafMissionRun *run);
void kaf_check_trainer_erased (KafMissionRun *run); /* and 8 */
void kaf_check_session_dates (KafMissionRun *run);
void kaf_check_subjects_a_day (KafMissionRun *run);
void kaf_check_subjects (KafMissionRun *run);
void kaf_check_practice (KafMissionRun *run);
void kaf_check_trainer_halves (KafMissionRun *run);
void kaf_check_holiday (KafMissionRun *run);
void kaf_check_ramadan (KafMissionRun *run);
void kaf_check_language (KafMissionRun *run);
void kaf_check_both_languages (KafMissionRun *run);
/* 5 */
void kaf_check_payer (KafMissionRun *run);
void kaf_check_equipment (KafMissionRun *run);
void kaf_check_ceiling (KafMissionRun *run);
void kaf_check_payer_covered (KafMissionRun *run);
void kaf_check_convention_end (KafMissionRun *run);
void kaf_check_room_places (KafMissionRun *run);
void kaf_check_local_resources (KafMissionRun *run);
void kaf_check_price (KafMissionRun *run);
void kaf_check_currency (KafMissionRun *run);
/* 6 */
void kaf_check_party_missing (KafMissionRun *run);
void kaf_check_party_answer (KafMissionRun *run);
void kaf_check_party_refuses (KafMissionRun *run);
void kaf_check_expert_agreement (KafMissionRun *run);
void kaf_check_expert_erased (KafMissionRun *run); /* and 7 */
void kaf_check_trainer_taken (KafMissionRun *run);
void kaf_check_room_taken (KafMissionRun *run);
void kaf_check_approver (KafMissionRun *run);
void kaf_check_trainer_perhaps (KafMissionRun *run);
void kaf_check_arrival (KafMissionRun *run);
void kaf_check_party_late (KafMissionRun *run);
void kaf_check_expert_late (KafMissionRun *run);
/* 7 */
void kaf_check_convention (KafMissionRun *run);
void kaf_check_expert_cv (KafMissionRun *run);
void kaf_check_party_contact (KafMissionRun *run);
void kaf_check_signatory (KafMissionRun *run);
void kaf_check_procedure (KafMissionRun *run);
void kaf_check_order (KafMissionRun *run);
void kaf_check_cv_age (KafMissionRun *run);
/* 8 */
void kaf_check_session_settled (KafMissionRun *run);
void kaf_check_attendance (KafMissionRun *run);
void kaf_check_booking_settled (KafMissionRun *run);
void kaf_check_booking_missing (KafMissionRun *run);
void kaf_check_turnout (KafMissionRun *run);
void kaf_check_overfull (KafMissionRun *run);
void kaf_check_overspent (KafMissionRun *run);
/* 9 */
void kaf_check_material_missing (KafMissionRun *run);
void kaf_check_material_handed (KafMissionRun *run);
void kaf_check_follow_up_missing (KafMissionRun *run);
void kaf_check_pair_missing (KafMissionRun *run);
void kaf_check_follow_up_late (KafMissionRun *run);
/* 10 */
void kaf_check_roles_answered (KafMissionRun *run);
void kaf_check_results_filled (KafMissionRun *run);
void kaf_check_budget_closed (KafMissionRun *run);
void kaf_check_answers_few (KafMissionRun *run);
void kaf_check_suggestion (KafMissionRun *run);
void kaf_check_remark (KafMissionRun *run);

G_END_DECLS
