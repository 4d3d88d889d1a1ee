/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The gates and warnings of the ten steps, as a table; and what they find on a mission.
 *
 * A check is a pure function over a loaded mission. Leaving a step needs every gate met or overridden, and every
 * warning acknowledged with a reason. The page, the command line, the printed file and the hub read the same. */
#pragma once

#include "rules/kaf-finding.h"
#include "rules/mission/kaf-mission-life.h"

G_BEGIN_DECLS

typedef enum
{
  KAF_CHECK_MET,
  KAF_CHECK_FAILS,
  KAF_CHECK_SETTLED, /* overridden, or acknowledged, with a reason */
  KAF_CHECK_UNKNOWN, /* what it needs is not on this device: the hub decides */
} KafCheckState;

/* "met", "fails", "settled", "unknown": for JSON. */
const char *kaf_check_state_id (KafCheckState state);
/* FALSE for anything else. */
gboolean kaf_check_state_parse (const char *id, KafCheckState *state);

typedef struct _KafMissionRun KafMissionRun;

/* One line of the table. The KafRule has code, kind (BLOCKS or WARNS), entity and field to mend, sentence, advice. */
typedef struct
{
  guint step;
  gboolean overridable; /* a manager may override the gate; it prints */
  const char *label;    /* N_(): what is asked, as a tick list says it: "A payer on every line" */
  const char *made;     /* an entity: one has to be made or changed; NULL: @rule says where */
  KafRule rule;
  void (*look) (KafMissionRun *run); /* see kaf-mission-run.h */
} KafMissionRule;

/* All, by step; ends with step 0. */
extern const KafMissionRule kaf_mission_rules[];

/* NULL: none of them. */
const KafMissionRule *kaf_mission_rule_find (const char *code);

/* The name of a step in the language of the interface; and in Arabic and in French, whatever that is. "": no step. */
const char *kaf_mission_step_name (guint step);
const char *kaf_mission_step_name_in (guint step, KafLang lang);
const char *kaf_mission_step_name_ar (guint step);
const char *kaf_mission_step_name_fr (guint step);

/* An act settles a check by the code of its rule, which is what findings have too, but for those that
 * rules/convention told: settle by the rule of the KafCheck. */
typedef struct
{
  const KafMissionRule *rule;
  KafCheckState state;
  GPtrArray
      *findings;     /* (element-type KafFinding), not owned: of the KafFindings; empty when met */
  guint n_open;      /* of them, those that nothing settles */
  const KafAct *act; /* the last that settled one; nullable */
} KafCheck;

/* The checks of @step, in the order of the table. What fails is added to @findings too. (element-type KafCheck)
 * (transfer full) */
GPtrArray *kaf_mission_run_checks (const KafMission *self,
                                   const KafMissionLife *life,
                                   guint step,
                                   const KafMissionContext *context,
                                   KafFindings *findings);

/* The act that settles what a check found, or NULL: for each finding of a list. */
const KafAct *kaf_check_find_settlement (const KafMissionRule *rule,
                                         const KafFinding *finding,
                                         const KafMission *self,
                                         const KafMissionLife *life);

/* Whether the step can be left: nothing fails. @n_gates, @n_warnings (out, nullable): how many do. */
gboolean kaf_checks_allow (GPtrArray *checks, guint *n_gates, guint *n_warnings);

/* kaf_mission_may_act() for leaving a step, with its checks: the whole answer. Errors: KAF_RULE_ERROR. */
gboolean kaf_mission_may_leave (const KafMission *self,
                                const KafAct *act,
                                const KafRole *role,
                                const KafMissionContext *context,
                                GError **error);

/* A booking that is still to be made, as many days before as the limits want it, or past the day set for it. */
gboolean kaf_booking_is_late (const KafMission *mission,
                              const KafBooking *booking,
                              const KafMissionContext *context);

G_END_DECLS
