/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Who of us may do what to a mission. */
#include "config.h"

#include <glib/gi18n-lib.h>

#include "rules/mission/kaf-mission-checks.h"
#include "schema/kaf-registry.h"

#define APPROVAL 6
#define TIES 7
#define EVALUATION 10

/* By step, from 1: the kinds of records that it is about. */
static const char *const kinds[KAF_MISSION_STEPS + 1][4] = {
  [1] = { "need", "mission_need", "stakeholder" },
  [2] = { "contact", "stakeholder" },
  [3] = { "mission_expert" },
  [4] = { "programme_item", "mission_result" },
  [5] = { "budget_line", "equipment" },
  [6] = { "mission_party" },
  [7] = { "mission_convention", "mission_party" },
  [8] = { "programme_item", "participant", "attendance" },
  [9] = { "material", "pair", "follow_up" },
  [10] = { "evaluation" },
};

gboolean
kaf_mission_step_is_told (const KafRole *role, guint step)
{
  g_return_val_if_fail (step >= 1 && step <= KAF_MISSION_STEPS, FALSE);

  for (guint i = 0; role != NULL && kinds[step][i] != NULL; i++)
    if (!kaf_role_knows (role, kaf_registry_find (kinds[step][i])))
      return FALSE;
  return TRUE;
}

static gboolean
refuse (GError **error, KafRuleError code, const char *message)
{
  g_set_error_literal (error, KAF_RULE_ERROR, (int) code, message);
  return FALSE;
}

gboolean
kaf_act_is_decision (const KafAct *act, const KafMissionLife *life)
{
  switch (act->kind)
    {
    case KAF_ACT_LEAVE:
      return act->step == APPROVAL || act->step == TIES;
    case KAF_ACT_REOPEN:
      return act->step == EVALUATION;
    case KAF_ACT_RESUME:
      return life->state == KAF_MISSION_ABANDONED;
    case KAF_ACT_OVERRIDE:
      return TRUE;
    case KAF_ACT_HOLD:
    case KAF_ACT_ABANDON:
    case KAF_ACT_ACKNOWLEDGE:
    case KAF_ACT_DEVIATION:
    case KAF_ACT_INCIDENT:
    case KAF_N_ACTS:
    default:
      return FALSE;
    }
}

static gboolean
check_role (
    const KafAct *act, const KafMissionLife *life, const KafRole *role, KafDay day, GError **error)
{
  gboolean says_paper = act->paper_name != NULL || act->paper_function != NULL ||
                        act->paper_on != KAF_DAY_UNKNOWN || act->has_scan;

  if (says_paper && (!kaf_act_is_on_paper (act) || act->paper_on > day))
    return refuse (error, KAF_RULE_ERROR_PAPER,
                   N_ ("A decision on paper needs the name and function of who took it, its day "
                       "and a scan."));
  if (!role->leads && !role->approves)
    return refuse (error, KAF_RULE_ERROR_ROLE, N_ ("Your role does not lead missions."));
  if (kaf_act_is_decision (act, life) && !role->approves && !says_paper)
    return refuse (error, KAF_RULE_ERROR_ROLE,
                   N_ ("A manager decides this: ask for it, or record the decision on paper."));
  return TRUE;
}

static gboolean
check_reason (const KafAct *act, const KafMissionLife *life, GError **error)
{
  gboolean free = act->kind == KAF_ACT_LEAVE ||
                  (act->kind == KAF_ACT_RESUME && life->state != KAF_MISSION_ABANDONED);
  const char *reason = act->reason;

  while (reason != NULL && g_unichar_isspace (g_utf8_get_char (reason)))
    reason = g_utf8_next_char (reason);
  if (free || (reason != NULL && *reason != '\0'))
    return TRUE;
  return refuse (error, KAF_RULE_ERROR_REASON, N_ ("Give the reason: it stays in the file."));
}

static gboolean
check_settles (const KafAct *act, GError **error)
{
  const KafMissionRule *rule = act->code != NULL ? kaf_mission_rule_find (act->code) : NULL;
  gboolean gate = rule != NULL && rule->rule.kind == KAF_FINDING_BLOCKS;

  if (rule == NULL || rule->step != act->step)
    return refuse (error, KAF_RULE_ERROR_CHECK, N_ ("That step has no such check."));
  if (act->kind == KAF_ACT_ACKNOWLEDGE && gate)
    return refuse (error, KAF_RULE_ERROR_CHECK,
                   N_ ("What blocks is not settled by a reason: put it right."));
  if (act->kind == KAF_ACT_OVERRIDE && (!gate || !rule->overridable))
    return refuse (error, KAF_RULE_ERROR_CHECK, N_ ("This check cannot be overridden."));
  return TRUE;
}

/* What moves nothing is written into an open file, or one on hold. */
static gboolean
check_notes (const KafAct *act, const KafMissionLife *life, GError **error)
{
  if (kaf_act_moves (act->kind) ||
      (life->state != KAF_MISSION_CLOSED && life->state != KAF_MISSION_ABANDONED))
    return TRUE;
  return refuse (error, KAF_RULE_ERROR_STATE,
                 N_ ("The mission is closed or abandoned: its file takes nothing more."));
}

static gboolean
has_edited (const KafMission *self, const KafAct *act)
{
  return act->kind == KAF_ACT_LEAVE && act->step == APPROVAL && !kaf_act_is_on_paper (act) &&
         act->by != NULL && g_strv_contains ((const char *const *) self->editors, act->by);
}

/* An approval and a deviation are of what stands there, by its fingerprint: one without would never lapse. */
static gboolean
names_content (const KafMission *self, const KafAct *act)
{
  gboolean asked =
      act->kind == KAF_ACT_DEVIATION || (act->kind == KAF_ACT_LEAVE && act->step == APPROVAL);

  return !asked || self->content == NULL || g_strcmp0 (act->content, self->content) == 0;
}

static gboolean
check_late (const KafAct *act,
            const KafMissionLife *life,
            const KafMissionContext *context,
            GError **error)
{
  if (act->kind != KAF_ACT_REOPEN || act->step != EVALUATION ||
      context->day <= life->left_on[EVALUATION] + context->limits.reopen_days)
    return TRUE;
  return refuse (error, KAF_RULE_ERROR_LATE,
                 N_ ("The evaluation was closed too long ago to be reopened."));
}

gboolean
kaf_mission_may_take (const KafMission *self,
                      const KafAct *act,
                      const KafRole *role,
                      const KafMissionContext *context,
                      GError **error)
{
  gboolean settles = act->kind == KAF_ACT_ACKNOWLEDGE || act->kind == KAF_ACT_OVERRIDE;
  KafMissionLife life;

  kaf_mission_live (self, &life);
  return kaf_mission_may_follow (self, act, error) && (!settles || check_settles (act, error)) &&
         check_role (act, &life, role, context->day, error) && check_reason (act, &life, error) &&
         check_late (act, &life, context, error);
}

gboolean
kaf_mission_may_act (const KafMission *self,
                     const KafAct *act,
                     const KafRole *role,
                     const KafMissionContext *context,
                     GError **error)
{
  KafMissionLife life;

  kaf_mission_live (self, &life);
  if (!check_notes (act, &life, error) || !kaf_mission_may_take (self, act, role, context, error))
    return FALSE;
  if (!names_content (self, act))
    return refuse (error, KAF_RULE_ERROR_STALE,
                   N_ ("The content was changed in the meantime: look at it, then do it again."));
  if (has_edited (self, act))
    return refuse (error, KAF_RULE_ERROR_EDITOR,
                   N_ ("You have edited what is to be approved: somebody else approves it, or "
                       "the decision is recorded on paper."));
  return TRUE;
}
