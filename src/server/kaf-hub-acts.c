/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "server/kaf-hub-acts.h"

#include "rules/mission/kaf-mission-life.h"
#include "schema/kaf-registry.h"

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

static gboolean
is_decision (const KafMission *mission, const KafAct *act)
{
  KafMissionLife life;

  kaf_mission_live (mission, &life);
  return kaf_act_is_decision (act, &life);
}

/* Who edited what is approved */

#define APPROVAL 6

static gboolean
approves_content (const KafAct *act)
{
  return act->kind == KAF_ACT_LEAVE && act->step == APPROVAL && !kaf_act_is_on_paper (act);
}

typedef struct
{
  KafHubScopes *scopes;
  const KafHubSession *session;
  gboolean edited;
  GError *error; /* the first failure */
} Approval;

/* Whether the edit is the approver's; what this exchange wrote is not kept yet, and is of his device. */
static void
look_at_mark (Approval *self, const KafMark *mark)
{
  g_autofree char *author = NULL;
  gint64 at;

  if (self->edited || self->error != NULL || mark->seq == 0)
    return;
  self->edited = mark->device == self->session->device ||
                 (self->scopes->storage->klass->read_author (self->scopes->storage, mark->seq,
                                                             &author, &at, &self->error) &&
                  g_strcmp0 (author, self->session->user) == 0);
}

static void
look_at_fields (Approval *self, const KafHubPart *part, const char *const *fields)
{
  const KafField *all = kaf_record_get_entity (part->record)->fields;

  for (guint i = 0; all[i].id != NULL; i++)
    if (fields == NULL || g_strv_contains (fields, all[i].id))
      look_at_mark (self, &part->marks[i]);
}

/* As kaf_mission_read_editors() has it, which knows less: a device hears of what others wrote, not of all who did. */
static void
look_at_part (Approval *self, const KafHubPart *part)
{
  static const char *const dates_and_place[] = { "starts_on", "ends_on", "place_fr", "place_ar",
                                                 "territory", "mode",    NULL };
  static const char *const answer[] = { "answer", NULL };
  const char *entity = kaf_record_get_entity (part->record)->id;
  const char *comes;

  if (kaf_record_get_stamp (part->record)->deleted_at != 0)
    return;
  if (g_str_equal (entity, "mission"))
    look_at_fields (self, part, dates_and_place);
  else if (g_str_equal (entity, "programme_item"))
    look_at_fields (self, part, NULL);
  else if (g_str_equal (entity, "mission_expert"))
    {
      comes = kaf_record_get (part->record, "answer");
      if (g_strcmp0 (comes, "interested") == 0 || g_strcmp0 (comes, "retained") == 0)
        look_at_fields (self, part, answer);
    }
}

static void
look_at_key (Approval *self, const char *key)
{
  KafHubRecord *record =
      self->error == NULL ? kaf_hub_scopes_find (self->scopes, key, &self->error) : NULL;

  if (record != NULL)
    look_at_part (self, g_ptr_array_index (record->parts, 0));
}

static gboolean
find_edits (KafHubScopes *scopes,
            const KafHubSession *session,
            const char *id,
            gboolean *edited,
            GError **error)
{
  Approval self = { scopes, session, FALSE, NULL };
  g_autofree char *own = g_strconcat ("mission\t", id, NULL);
  g_autoptr (GPtrArray) keys = scopes->storage->klass->read_children (
      scopes->storage, kaf_registry_find ("mission"), id, error);

  if (keys == NULL)
    return FALSE;
  look_at_key (&self, own);
  for (guint i = 0; i < keys->len; i++)
    look_at_key (&self, g_ptr_array_index (keys, i));
  *edited = self.edited;
  if (self.error == NULL)
    return TRUE;
  g_propagate_error (error, self.error);
  return FALSE;
}

/* Judging */

gboolean
kaf_hub_acts_judge (KafHubScopes *scopes,
                    const KafHubSession *session,
                    const KafOperation *op,
                    KafHubRefusal *refusal,
                    GError **error)
{
  const KafRole *role = session->role;
  gboolean edited = FALSE;
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
  else if (is_decision (mission, &act) && !role->approves && !kaf_act_is_on_paper (&act))
    *refusal = (KafHubRefusal){ KAF_REFUSED_APPROVAL, "kind" };
  else if (approves_content (&act))
    {
      if (!find_edits (scopes, session, id, &edited, error))
        return FALSE;
      if (edited)
        *refusal = (KafHubRefusal){ KAF_REFUSED_EDITOR, "kind" };
    }
  return TRUE;
}
