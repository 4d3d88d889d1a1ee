/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Where a mission stands, read from its acts; and which act may come next.
 *
 * One step is open at a time. To leave step n opens n + 1; to leave 10 closes the mission. To reopen n makes it the
 * open one, and those after it that were left are to be re-checked. Step 6 reopens by itself when what was approved
 * is no longer what stands there (dates, experts, programme), until step 8 is open; from then on a change is a
 * deviation. Source: domain §3. */
#pragma once

#include "rules/mission/kaf-mission-context.h"
#include "schema/kaf-role.h"

G_BEGIN_DECLS

typedef enum
{
  KAF_MISSION_OPEN,
  KAF_MISSION_ON_HOLD,
  KAF_MISSION_CLOSED,
  KAF_MISSION_ABANDONED,
} KafMissionState;

/* "open", "on_hold", "closed", "abandoned". */
const char *kaf_mission_state_id (KafMissionState state);

typedef struct
{
  KafMissionState state;
  guint step;                            /* the open one; 10 once closed */
  KafDay since;                          /* the day on which it was opened, or the state began */
  gboolean left[KAF_MISSION_STEPS + 1];  /* by step, from 1: those before the open one */
  KafDay left_on[KAF_MISSION_STEPS + 1]; /* the last time */
  gboolean
      recheck[KAF_MISSION_STEPS + 1]; /* left once, and something before it was reopened since */
  gboolean pending[KAF_MISSION_STEPS + 1]; /* its leaving waits for the hub */
  gboolean approval_lapsed;                /* step 6 is open again by itself */
  gboolean deviates;      /* it changed after step 8 was opened, and no deviation says so */
  const KafAct *last;     /* the last that moved it: what comes next is after it; NULL: none yet */
  const KafAct *approved; /* the last leaving of step 6, while that step is left or lapsed */
  guint settles_from[KAF_MISSION_STEPS + 1]; /* acts from this place in the list on still settle
                                                the checks of the step: it was not reopened since */
} KafMissionLife;

/* From the acts alone, and the fingerprint of the content. Those that move form a chain by @after: of two that
 * follow the same act the first in the order given counts, and what follows the other does not. Nor does an act that
 * does not fit the state. Without acts it is open at step 1 since its creation. */
void kaf_mission_live (const KafMission *self, KafMissionLife *life);

/* The leaving of step 6 that stands by the acts alone: the content may have changed since, and the approval lapsed.
 * The hub, which has the acts and no fingerprint, says the same. NULL: step 6 is open, or was not reached. */
const KafAct *kaf_mission_find_validation (const KafMission *self);

/* The act of @self that acknowledges or overrides the check @code of @step for the record @about (nullable), made
 * since the step was last reopened; NULL: none. An act without @about is for all that the check finds. */
const KafAct *kaf_mission_find_settlement (const KafMission *self,
                                           const KafMissionLife *life,
                                           guint step,
                                           KafActKind kind,
                                           const char *code,
                                           const char *about);

/* When it was done: what was decided on paper, on the day that the paper says, however late it is entered here. */
KafDay kaf_act_get_day (const KafAct *act);

/* Decided on paper: name, function, day and scan are there. */
gboolean kaf_act_is_on_paper (const KafAct *act);

/* A decision that somebody else than whoever leads the file takes: @life, before it. */
gboolean kaf_act_is_decision (const KafAct *act, const KafMissionLife *life);

#define KAF_RULE_ERROR (kaf_rule_error_quark ())
GQuark kaf_rule_error_quark (void);

typedef enum
{
  KAF_RULE_ERROR_STALE,    /* it does not follow the last act: another device was faster */
  KAF_RULE_ERROR_STATE,    /* closed, abandoned, on hold; not the open step */
  KAF_RULE_ERROR_GATES,    /* a gate is shut */
  KAF_RULE_ERROR_WARNINGS, /* a warning is not acknowledged */
  KAF_RULE_ERROR_REASON,   /* none is given */
  KAF_RULE_ERROR_ROLE,     /* somebody else decides this */
  KAF_RULE_ERROR_EDITOR,   /* who approves has edited what is approved */
  KAF_RULE_ERROR_LATE,     /* step 10 was left more than so many days ago */
  KAF_RULE_ERROR_PAPER,    /* a decision on paper that lacks its name, function, day or scan */
  KAF_RULE_ERROR_CHECK,    /* settles no check of that step, or one that cannot be settled so */
} KafRuleError;

/* Whether an act may follow, by the chain and the states alone: what the hub asks too, of the acts that it has.
 * @act: kind, step, after and content are read. What moves nothing follows anything. Step 8 once left takes
 * corrections only: then nothing before 9 is reopened. Errors: KAF_RULE_ERROR_STALE, _STATE. */
gboolean kaf_mission_may_follow (const KafMission *self, const KafAct *act, GError **error);

/* What may be said without the content, as where all acts meet: it follows, the check that it settles is one that can be,
 * who does it may, and gives a reason where one is asked. Of @context: day, how long after step 10 is reopened. What
 * moves nothing is taken whatever happened since. Errors: KAF_RULE_ERROR; the message is an N_() sentence. */
gboolean kaf_mission_may_take (const KafMission *self,
                               const KafAct *act,
                               const KafRole *role,
                               const KafMissionContext *context,
                               GError **error);

/* Whether that one of us may do it: who leads files leaves, reopens, puts on hold, abandons; leaving steps 6 and 7,
 * overrides, reopening 10 and resuming what was abandoned are of a role that approves, or on paper; who edited the
 * content does not approve it; an approval and a deviation have the fingerprint of the content; reasons are given where one is asked. Of @context: day, limits.
 * Errors: KAF_RULE_ERROR; the message is an N_() sentence. */
gboolean kaf_mission_may_act (const KafMission *self,
                              const KafAct *act,
                              const KafRole *role,
                              const KafMissionContext *context,
                              GError **error);

G_END_DECLS
