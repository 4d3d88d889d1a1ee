/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "server/kaf-hub-acts.h"

#include "rules/mission/kaf-mission-life.h"
#include "schema/kaf-registry.h"
#include "server/kaf-hub-editors.h"

#define APPROVAL 6

/* An act as the hub has it. */
typedef struct
{
  gint64 seq; /* since when */
  KafRecord *record;
} Kept;

gboolean
kaf_hub_acts_concern (const KafOperation *op)
{
  return op->kind == KAF_CHANGE_CREATE &&
         g_str_equal (kaf_operation_get_entity (op)->id, "mission_act");
}

static void
fill_act (KafMission *mission, KafAct *act, KafRecord *record)
{
  const char *step = kaf_record_get (record, "step");

  act->kind = kaf_act_kind_parse (kaf_record_get (record, "kind"));
  act->step = step != NULL ? g_ascii_strtoull (step, NULL, 10) : 0;
  act->after = kaf_mission_keep (mission, kaf_record_get (record, "after"));
  act->code = kaf_mission_keep (mission, kaf_record_get (record, "code"));
  act->reason = kaf_mission_keep (mission, kaf_record_get (record, "reason"));
  act->content = kaf_mission_keep (mission, kaf_record_get (record, "content"));
  act->paper_name = kaf_mission_keep (mission, kaf_record_get (record, "paper_name"));
  act->paper_function = kaf_mission_keep (mission, kaf_record_get (record, "paper_function"));
  act->paper_on = kaf_day_parse (kaf_record_get (record, "paper_on"));
  act->at = kaf_record_get_stamp (record)->created_at;
  act->has_scan = kaf_record_get (record, "scan") != NULL;
}

static int
compare_kept (gconstpointer a, gconstpointer b)
{
  gint64 one = ((const Kept *) a)->seq, other = ((const Kept *) b)->seq;

  return one < other ? -1 : one > other;
}

/* Of the mission, in the order in which they were taken; the records are the scopes'. */
static gboolean
find_kept (KafHubScopes *scopes, const char *mission, GArray *kept, GError **error)
{
  g_autoptr (GPtrArray) keys = scopes->storage->klass->read_children (
      scopes->storage, kaf_registry_find ("mission"), mission, error);
  GError *local = NULL;

  for (guint i = 0; keys != NULL && local == NULL && i < keys->len; i++)
    {
      const char *key = g_ptr_array_index (keys, i);
      KafHubRecord *record = g_str_has_prefix (key, "mission_act\t")
                                 ? kaf_hub_scopes_find (scopes, key, &local)
                                 : NULL;
      const KafHubPart *part = record != NULL ? g_ptr_array_index (record->parts, 0) : NULL;

      if (part != NULL)
        g_array_append_val (kept, ((Kept){ part->fate.seq, part->record }));
    }
  g_array_sort (kept, compare_kept);
  if (local != NULL)
    g_propagate_error (error, local);
  return keys != NULL && local == NULL;
}

static KafMission *
load (KafHubScopes *scopes, const char *id, GError **error)
{
  g_autoptr (GArray) kept = g_array_new (FALSE, FALSE, sizeof (Kept));
  KafMission *mission;

  if (!find_kept (scopes, id, kept, error))
    return NULL;
  mission = kaf_mission_new (id);
  for (guint i = 0; i < kept->len; i++)
    {
      KafRecord *record = g_array_index (kept, Kept, i).record;

      fill_act (mission, kaf_mission_add_act (mission, kaf_record_get_id (record)), record);
    }
  return mission;
}

gboolean
kaf_hub_acts_find_validation (KafHubScopes *scopes, const char *id, gint64 *seq, GError **error)
{
  g_autoptr (KafMission) mission = load (scopes, id, error);
  const KafAct *act = mission != NULL ? kaf_mission_find_validation (mission) : NULL;
  g_autofree char *key = act != NULL ? g_strconcat ("mission_act\t", act->id, NULL) : NULL;
  KafHubRecord *record;

  *seq = 0;
  if (mission == NULL)
    return FALSE;
  if (act == NULL)
    return TRUE;
  record = kaf_hub_scopes_find (scopes, key, error);
  if (record == NULL)
    return FALSE;
  *seq = ((const KafHubPart *) g_ptr_array_index (record->parts, 0))->fate.seq;
  return TRUE;
}

/* Judging */

/* Whether the hub has what the act says that it follows; one that follows nothing begins. */
static gboolean
has_before (const KafMission *mission, const KafAct *act)
{
  for (guint i = 0; act->after != NULL && i < mission->acts->len; i++)
    if (g_str_equal (((const KafAct *) g_ptr_array_index (mission->acts, i))->id, act->after))
      return TRUE;
  return act->after == NULL;
}

static const char *
name_refusal (const KafMission *mission, const KafAct *act, const GError *why, const KafRole *role)
{
  switch ((KafRuleError) why->code)
    {
    case KAF_RULE_ERROR_STALE:
      return has_before (mission, act) ? KAF_REFUSED_STALE : KAF_REFUSED_BEFORE;
    case KAF_RULE_ERROR_ROLE:
      return role->leads || role->approves ? KAF_REFUSED_APPROVAL : KAF_REFUSED_RIGHT;
    case KAF_RULE_ERROR_REASON:
      return KAF_REFUSED_REASON;
    case KAF_RULE_ERROR_PAPER:
      return KAF_REFUSED_PAPER;
    case KAF_RULE_ERROR_CHECK:
      return KAF_REFUSED_CHECK;
    case KAF_RULE_ERROR_EDITOR:
      return KAF_REFUSED_EDITOR;
    case KAF_RULE_ERROR_STATE:
    case KAF_RULE_ERROR_GATES:
    case KAF_RULE_ERROR_WARNINGS:
    case KAF_RULE_ERROR_LATE:
    default:
      return KAF_REFUSED_STATE;
    }
}

/* How long after step 10 may be reopened is a dated setting of the store that wrote it: it was asked there. */
#define NEVER_LATE 36600

/* By the rules, of which those that look at the content are the stores'. */
static const char *
ask_rules (const KafMission *mission, KafAct *act, const KafRole *role, gint64 at)
{
  const KafMissionContext context = { .day = kaf_day_from_time (at),
                                      .limits = { .reopen_days = NEVER_LATE } };
  g_autoptr (GError) why = NULL;

  /* On a computer whose clock is ahead, today is tomorrow. */
  if (act->paper_on == context.day + 1)
    act->paper_on = context.day;
  return kaf_mission_may_take (mission, act, role, &context, &why)
             ? NULL
             : name_refusal (mission, act, why, role);
}

/* @sound (out): the scan is a file of this mission, that is there; or there is none. */
static gboolean
check_scan (
    KafHubScopes *scopes, const char *mission, const char *scan, gboolean *sound, GError **error)
{
  g_autofree char *key = scan != NULL ? g_strconcat ("attachment\t", scan, NULL) : NULL;
  GError *local = NULL;
  KafHubRecord *record = key != NULL ? kaf_hub_scopes_find (scopes, key, &local) : NULL;
  const KafHubPart *part =
      record != NULL && record->parts->len > 0 ? g_ptr_array_index (record->parts, 0) : NULL;

  if (local != NULL)
    {
      g_propagate_error (error, local);
      return FALSE;
    }
  *sound =
      scan == NULL || (part != NULL && kaf_record_get_stamp (part->record)->deleted_at == 0 &&
                       g_strcmp0 (kaf_record_get (part->record, "owner_entity"), "mission") == 0 &&
                       g_strcmp0 (kaf_record_get (part->record, "owner"), mission) == 0);
  return TRUE;
}

/* Here; on paper it was somebody else who approved. */
static gboolean
approves_content (const KafAct *act)
{
  return act->kind == KAF_ACT_LEAVE && act->step == APPROVAL && !kaf_act_is_on_paper (act);
}

/* By whom who is asked does not approve what he has written. */
static gboolean
judge_editor (const KafHubRights *self, const char *id, KafHubRefusal *refusal, GError **error)
{
  gboolean edited;

  if (!kaf_hub_editors_have (self->scopes, self->session->user, self->since, id, &edited, error))
    return FALSE;
  if (edited)
    *refusal = (KafHubRefusal){ KAF_REFUSED_EDITOR, "kind" };
  return TRUE;
}

static gboolean
judge_gates (const KafHubRights *self,
             const char *id,
             const KafAct *act,
             KafHubRefusal *refusal,
             GError **error)
{
  const char *shut;
  gboolean can;

  if (!kaf_hub_gates_can_judge (self->gates, self->saw, &can, error))
    return FALSE;
  if (!can)
    return TRUE;
  if (!kaf_hub_gates_find_shut (self->gates, id, act->step, self->at, &shut, error))
    return FALSE;
  if (shut != NULL)
    *refusal = (KafHubRefusal){ KAF_REFUSED_GATES, shut };
  return TRUE;
}

gboolean
kaf_hub_acts_judge (const KafHubRights *self,
                    const KafOperation *op,
                    KafHubRefusal *refusal,
                    GError **error)
{
  const char *id = kaf_record_get (op->after, "mission");
  g_autoptr (KafMission) mission = id != NULL ? load (self->scopes, id, error) : NULL;
  KafAct act = { .id = kaf_operation_get_id (op) };
  gboolean sound;

  if (id == NULL)
    {
      *refusal = (KafHubRefusal){ KAF_REFUSED_VALUE, "mission" };
      return TRUE;
    }
  if (mission == NULL ||
      !check_scan (self->scopes, id, kaf_record_get (op->after, "scan"), &sound, error))
    return FALSE;
  fill_act (mission, &act, op->after);
  if (act.kind == KAF_N_ACTS || act.step < 1 || act.step > KAF_MISSION_STEPS)
    *refusal = (KafHubRefusal){ KAF_REFUSED_VALUE, "kind" };
  else if ((refusal->why = ask_rules (mission, &act, self->session->role, self->at)) != NULL)
    refusal->field = g_str_equal (refusal->why, KAF_REFUSED_RIGHT) ? NULL : "kind";
  else if (!sound)
    *refusal = (KafHubRefusal){ KAF_REFUSED_PAPER, "scan" };
  else if (approves_content (&act) && !judge_editor (self, id, refusal, error))
    return FALSE;
  return refusal->why != NULL || act.kind != KAF_ACT_LEAVE ||
         judge_gates (self, id, &act, refusal, error);
}
