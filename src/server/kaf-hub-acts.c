/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "server/kaf-hub-acts.h"

#include "rules/mission/kaf-mission-life.h"
#include "schema/kaf-registry.h"

/* The steps that who leads the file does not leave alone, and the one that he does not reopen. */
#define APPROVAL 6
#define TIES 7
#define EVALUATION 10

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
  act->content = kaf_mission_keep (mission, kaf_record_get (record, "content"));
  act->paper_name = kaf_mission_keep (mission, kaf_record_get (record, "paper_name"));
  act->paper_function = kaf_mission_keep (mission, kaf_record_get (record, "paper_function"));
  act->paper_on = kaf_day_parse (kaf_record_get (record, "paper_on"));
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

/* Domain §3: a decision that is not who leads the file's. */
static gboolean
decides (const KafMission *mission, const KafAct *act)
{
  KafMissionLife life;

  if (act->kind == KAF_ACT_OVERRIDE)
    return TRUE;
  if (act->kind == KAF_ACT_LEAVE)
    return act->step == APPROVAL || act->step == TIES;
  if (act->kind == KAF_ACT_REOPEN)
    return act->step == EVALUATION;
  if (act->kind != KAF_ACT_RESUME)
    return FALSE;
  kaf_mission_live (mission, &life);
  return life.state == KAF_MISSION_ABANDONED;
}

gboolean
kaf_hub_acts_judge (KafHubScopes *scopes,
                    const KafRole *role,
                    const KafOperation *op,
                    KafHubRefusal *refusal,
                    GError **error)
{
  const char *id = kaf_record_get (op->after, "mission");
  g_autoptr (KafMission) mission = id != NULL ? load (scopes, id, error) : NULL;
  g_autoptr (GError) why = NULL;
  KafAct act = { .id = kaf_operation_get_id (op) };

  if (id == NULL)
    {
      *refusal = (KafHubRefusal){ KAF_REFUSED_VALUE, "mission" };
      return TRUE;
    }
  if (mission == NULL)
    return FALSE;
  fill_act (mission, &act, op->after);
  if (act.kind == KAF_N_ACTS || act.step < 1 || act.step > KAF_MISSION_STEPS)
    *refusal = (KafHubRefusal){ KAF_REFUSED_VALUE, "kind" };
  else if (!kaf_mission_may_follow (mission, &act, &why))
    *refusal = (KafHubRefusal){ g_error_matches (why, KAF_RULE_ERROR, KAF_RULE_ERROR_STALE)
                                    ? KAF_REFUSED_STALE
                                    : KAF_REFUSED_STATE,
                                "kind" };
  else if (!role->leads && !role->approves)
    *refusal = (KafHubRefusal){ KAF_REFUSED_RIGHT, NULL };
  else if (decides (mission, &act) && !role->approves && !kaf_act_is_on_paper (&act))
    *refusal = (KafHubRefusal){ KAF_REFUSED_APPROVAL, "kind" };
  return TRUE;
}
