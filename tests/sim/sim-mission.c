/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Missions: what is written into them, and who moves them. The order of acts is told apart from the core: by what the
 * hub took, one after the other. */
#include "config.h"

#include "sim-world.h"

#include "base/kaf-id.h"
#include "rules/mission/kaf-mission-life.h"
#include "server/kaf-hub-storage.h"
#include "store/kaf-drafts.h"
#include "store/kaf-sync-private.h"

#define APPROVAL 6
#define TIES 7
#define DELIVERY 8

/* A record of the file of a mission. */
typedef struct
{
  char mission[40];
  const char *author; /* who made it, if nobody has deleted it since; a name of a device's */
} SimPart;

static void
forget_approval (SimChain *self)
{
  g_clear_pointer (&self->approval, g_free);
  g_clear_pointer (&self->lines, g_hash_table_unref);
}

void
sim_chain_free (SimChain *self)
{
  forget_approval (self);
  g_free (self->last);
  g_free (self);
}

static SimChain *
get_chain (SimWorld *self, const char *mission)
{
  SimChain *chain = g_hash_table_lookup (self->chains, mission);

  if (chain == NULL)
    {
      chain = g_new0 (SimChain, 1);
      chain->step = 1;
      g_hash_table_insert (self->chains, g_strdup (mission), chain);
    }
  return chain;
}

static guint
get_step (KafRecord *record)
{
  const char *step = kaf_record_get (record, "step");

  return step != NULL ? g_ascii_strtoull (step, NULL, 10) : 0;
}

static gboolean
is_kind (KafRecord *act, const char *kind)
{
  return g_strcmp0 (kaf_record_get (act, "kind"), kind) == 0;
}

static gboolean
moves (KafRecord *act)
{
  return is_kind (act, "leave") || is_kind (act, "reopen") || is_kind (act, "hold") ||
         is_kind (act, "resume") || is_kind (act, "abandon");
}

static gboolean
fits (const SimChain *chain, KafRecord *act)
{
  guint step = get_step (act);

  if (is_kind (act, "leave"))
    return chain->state == SIM_OPEN && step == chain->step;
  if (is_kind (act, "reopen"))
    return (chain->state == SIM_OPEN || chain->state == SIM_CLOSED) && chain->left[step] &&
           (!chain->left[DELIVERY] || step > DELIVERY);
  if (is_kind (act, "hold"))
    return chain->state == SIM_OPEN;
  if (is_kind (act, "resume"))
    return chain->state == SIM_HELD || chain->state == SIM_ABANDONED;
  return chain->state == SIM_OPEN || chain->state == SIM_HELD;
}

static gboolean
is_decision (const SimChain *chain, KafRecord *act)
{
  guint step = get_step (act);

  return is_kind (act, "override") ||
         (is_kind (act, "leave") && (step == APPROVAL || step == TIES)) ||
         (is_kind (act, "reopen") && step == SIM_STEPS) ||
         (is_kind (act, "resume") && chain->state == SIM_ABANDONED);
}

/* Checks as they are tried here: of which step, and how they are settled. */
static const struct
{
  const char *code, *step;
  gboolean acknowledged, overridden;
} checks[] = {
  { "need-stale", "1", TRUE, FALSE },          { "arrival-late", "6", TRUE, FALSE },
  { "budget-over-ceiling", "5", FALSE, TRUE }, { "convention-in-force", "7", FALSE, TRUE },
  { "room-taken", "6", FALSE, FALSE },         { "nothing", "1", FALSE, FALSE },
};

static gboolean
settles_nothing (KafRecord *act)
{
  if (!is_kind (act, "acknowledge") && !is_kind (act, "override"))
    return FALSE;
  for (guint i = 0; i < G_N_ELEMENTS (checks); i++)
    if (g_strcmp0 (checks[i].code, kaf_record_get (act, "code")) == 0 &&
        g_strcmp0 (checks[i].step, kaf_record_get (act, "step")) == 0)
      return is_kind (act, "override") ? !checks[i].overridden : !checks[i].acknowledged;
  return TRUE;
}

static gboolean
lacks_reason (const SimChain *chain, KafRecord *act)
{
  return !is_kind (act, "leave") && !(is_kind (act, "resume") && chain->state != SIM_ABANDONED) &&
         kaf_record_get (act, "reason") == NULL;
}

/* Whether the user surely has a hand in what is approved: by a session, or a line, that nobody has deleted. */
static gboolean
has_written (SimWorld *self, const char *mission, const char *user)
{
  GHashTableIter iter;
  gpointer value;

  g_hash_table_iter_init (&iter, self->files);
  while (g_hash_table_iter_next (&iter, NULL, &value))
    {
      const SimPart *part = value;

      if (g_str_equal (part->mission, mission) && g_strcmp0 (part->author, user) == 0)
        return TRUE;
    }
  return FALSE;
}

/* A device that was enrolled anew sends again what it did not hear that the hub had taken. */
static gboolean
is_there (SimWorld *self, const KafOperation *op)
{
  g_autofree char *key =
      g_strconcat (kaf_operation_get_entity (op)->id, "\t", kaf_operation_get_id (op), NULL);

  return g_hash_table_contains (self->exists, key);
}

/* Whether the hub must refuse the act, since it does not follow, is for others to decide, or lacks something. No paper
 * here has a scan. */
gboolean
sim_mission_refuses (SimWorld *self, const SimDevice *device, const KafOperation *op)
{
  KafRecord *act = op->after;
  const char *mission;
  SimChain *chain;

  if (op->kind != KAF_CHANGE_CREATE ||
      !g_str_equal (kaf_operation_get_entity (op)->id, "mission_act") || is_there (self, op))
    return FALSE;
  mission = kaf_record_get (act, "mission");
  chain = get_chain (self, mission);
  return (moves (act) &&
          (g_strcmp0 (kaf_record_get (act, "after"), chain->last) != 0 || !fits (chain, act))) ||
         (is_decision (chain, act) && !device->role->approves) || settles_nothing (act) ||
         lacks_reason (chain, act) || kaf_record_get (act, "paper_name") != NULL ||
         (is_kind (act, "leave") && sim_file_is_shut (self, mission, get_step (act))) ||
         (is_kind (act, "leave") && get_step (act) == APPROVAL &&
          has_written (self, mission, device->user));
}

/* Of an operation that the hub refused for @why, though it follows. */
void
sim_mission_judge (SimWorld *self, const SimDevice *device, const KafOperation *op, const char *why)
{
  static const char *const never[] = { KAF_REFUSED_REASON, KAF_REFUSED_CHECK, KAF_REFUSED_PAPER,
                                       KAF_REFUSED_AMOUNT, NULL };
  const char *id = kaf_operation_get_id (op);
  const SimPart *part = g_hash_table_lookup (self->files, id);

  if (g_strv_contains (never, why))
    sim_wrong (self, "%s of device %u was refused, and lacks nothing: %s", id, device->number, why);
  if (g_str_equal (why, KAF_REFUSED_GATES) &&
      sim_file_is_open (self, kaf_record_get (op->after, "mission"), get_step (op->after)))
    sim_wrong (self, "%s of device %u was refused, and the gates of step %u are open", id,
               device->number, get_step (op->after));
  if (g_str_equal (why, KAF_REFUSED_VALIDATED) &&
      (part == NULL || get_chain (self, part->mission)->approval == NULL))
    sim_wrong (self, "%s of device %u was validated by nobody", id, device->number);
}

static void
note_part (SimWorld *self, const SimDevice *device, const KafOperation *op)
{
  const char *entity = kaf_operation_get_entity (op)->id;
  const char *id = kaf_operation_get_id (op);
  SimPart *part = g_hash_table_lookup (self->files, id);

  if (part != NULL && op->kind == KAF_CHANGE_DELETE)
    part->author = NULL;
  if (op->kind != KAF_CHANGE_CREATE ||
      (!g_str_equal (entity, "programme_item") && !g_str_equal (entity, "budget_line")))
    return;
  part = g_new0 (SimPart, 1);
  g_strlcpy (part->mission, kaf_record_get (op->after, "mission"), sizeof part->mission);
  part->author = device->user;
  g_hash_table_replace (self->files, g_strdup (id), part);
}

static void
note_leaving (SimChain *chain, guint step)
{
  chain->left[step] = TRUE;
  chain->state = step == SIM_STEPS ? SIM_CLOSED : SIM_OPEN;
  chain->step = MIN (step + 1, SIM_STEPS);
  if (step != APPROVAL)
    return;
  forget_approval (chain);
  chain->approval = g_strdup (chain->last);
}

static void
note_reopening (SimChain *chain, guint step)
{
  for (guint i = step; i <= SIM_STEPS; i++)
    chain->left[i] = FALSE;
  chain->step = step;
  chain->state = SIM_OPEN;
  if (step <= APPROVAL)
    forget_approval (chain);
}

/* The hub took it. */
void
sim_mission_note (SimWorld *self, const SimDevice *device, const KafOperation *op)
{
  SimChain *chain;
  guint step;

  note_part (self, device, op);
  sim_file_note (self, op);
  if (op->kind != KAF_CHANGE_CREATE ||
      !g_str_equal (kaf_operation_get_entity (op)->id, "mission_act") || !moves (op->after) ||
      is_there (self, op))
    return;
  chain = get_chain (self, kaf_record_get (op->after, "mission"));
  step = get_step (op->after);
  g_free (chain->last);
  chain->last = g_strdup (kaf_operation_get_id (op));
  sim_note (self, "  the hub took: %s %u of %s", kaf_record_get (op->after, "kind"), step,
            kaf_record_get (op->after, "mission"));
  if (is_kind (op->after, "leave"))
    note_leaving (chain, step);
  else if (is_kind (op->after, "reopen"))
    note_reopening (chain, step);
  else
    chain->state = is_kind (op->after, "hold")     ? SIM_HELD
                   : is_kind (op->after, "resume") ? SIM_OPEN
                                                   : SIM_ABANDONED;
}

/* What must hold */

/* No two acts follow the same one, and all are in one chain. */
void
sim_mission_verify (SimWorld *self, GPtrArray *records)
{
  g_autoptr (GHashTable) followed = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);

  for (guint i = 0; i < records->len; i++)
    {
      KafHubRecord *record = g_ptr_array_index (records, i);
      KafRecord *act = ((KafHubPart *) g_ptr_array_index (record->parts, 0))->record;
      const char *after;

      if (!g_str_equal (record->root->id, "mission_act") || !moves (act))
        continue;
      after = kaf_record_get (act, "after");
      if (!g_hash_table_add (followed, g_strconcat (kaf_record_get (act, "mission"), " ",
                                                    after != NULL ? after : "", NULL)))
        sim_wrong (self, "two acts of a mission follow %s", after);
    }
}

/* Acts as a device has them */

static KafMission *
load (SimWorld *self, SimDevice *device, const char *id)
{
  GPtrArray *ids = g_hash_table_lookup (self->ids, "mission_act");
  const KafEntity *entity = kaf_registry_find ("mission_act");
  KafMission *mission = kaf_mission_new (id);

  for (guint i = 0; ids != NULL && i < ids->len; i++)
    {
      g_autoptr (KafRecord) record =
          kaf_read_record (device->db, entity, g_ptr_array_index (ids, i), NULL);
      KafAct *act;

      if (record == NULL || g_strcmp0 (kaf_record_get (record, "mission"), id) != 0)
        continue;
      act = kaf_mission_add_act (mission, kaf_record_get_id (record));
      act->kind = kaf_act_kind_parse (kaf_record_get (record, "kind"));
      act->step = get_step (record);
      act->after = kaf_mission_keep (mission, kaf_record_get (record, "after"));
    }
  return mission;
}

/* One in eight forgets something. */
static void
add_reason (KafRecord *record, guint32 any)
{
  if (any % 8 != 0)
    kaf_record_set (record, "reason", "sim");
  else if (any / 8 % 4 == 0)
    kaf_record_set (record, "paper_name", "sim");
}

static KafRecord *
make_act (SimDevice *device, const char *mission, const char *kind, guint step, const char *after)
{
  g_autofree char *number = g_strdup_printf ("%u", step);
  g_autofree char *id = kaf_id_new (device->clock, device->random);
  KafRecord *record = kaf_record_new (kaf_registry_find ("mission_act"), id);

  kaf_record_set (record, "mission", mission);
  kaf_record_set (record, "kind", kind);
  kaf_record_set (record, "step", number);
  if (moves (record))
    kaf_record_set (record, "after", after);
  return record;
}

/* Several steps at once, as one who was away for days does. */
static void
leave_steps (KafChangeSet *set, SimDevice *device, const char *mission, KafRecord *first, guint n)
{
  KafRecord *before = first;

  for (guint step = get_step (first) + 1; n > 1 && step <= SIM_STEPS; n--, step++)
    {
      KafRecord *next = make_act (device, mission, "leave", step, kaf_record_get_id (before));

      kaf_change_set_create (set, next);
      if (before != first)
        kaf_record_unref (before);
      before = next;
    }
  if (before != first)
    kaf_record_unref (before);
}

static void
settle_check (KafRecord *record, guint32 any)
{
  kaf_record_set (record, "code", checks[any % G_N_ELEMENTS (checks)].code);
  kaf_record_set (record, "step", checks[(any + (any / 64 % 8 == 0)) % G_N_ELEMENTS (checks)].step);
}

static void
add_act (SimWorld *self, SimDevice *device, const SimStep *step)
{
  static const char *const kinds[] = { "leave",    "leave",       "leave",    "leave",
                                       "leave",    "leave",       "reopen",   "hold",
                                       "override", "acknowledge", "incident", "resume" };
  const char *id = sim_user_pick (self, device, "mission", step->b, FALSE);
  const char *kind = kinds[step->a / 64 % G_N_ELEMENTS (kinds)];
  g_autoptr (KafMission) mission = id != NULL ? load (self, device, id) : NULL;
  g_autoptr (KafRecord) record = NULL;
  g_autoptr (KafChangeSet) set = kaf_change_set_new ("act");
  KafMissionLife life;
  guint open;

  if (mission == NULL)
    return;
  kaf_mission_live (mission, &life);
  open = life.step;
  if (sim_world_is_approver (self, device) && (open == APPROVAL || open == TIES))
    kind = "leave";
  if (life.state == KAF_MISSION_ON_HOLD || life.state == KAF_MISSION_ABANDONED)
    kind = "resume";
  else if (g_str_equal (kind, "resume"))
    kind = step->c / 64 % 4 == 0 ? "abandon" : "leave";
  if (life.state == KAF_MISSION_CLOSED || g_str_equal (kind, "reopen"))
    {
      kind = life.left[SIM_STEPS] || open > 1 ? "reopen" : "leave";
      open = life.left[SIM_STEPS]           ? SIM_STEPS
             : g_str_equal (kind, "reopen") ? 1 + step->c / 64 % (open - 1)
                                            : open;
    }
  record = make_act (device, id, kind, open, life.last != NULL ? life.last->id : NULL);
  if (is_kind (record, "override") || is_kind (record, "acknowledge"))
    settle_check (record, step->b / 16);
  add_reason (record, step->b / 64);
  kaf_change_set_create (set, record);
  if (is_kind (record, "leave"))
    leave_steps (set, device, id, record, 1 + step->c / 64 % 7);
  sim_note (self, "  device %u: %s %u of %s", device->number, kind, open, id);
  sim_user_commit (self, device, set, step);
}

/* What is written into them */

static KafRecord *
new_part (const char *entity, const char *field, const char *value)
{
  KafRecord *record = kaf_record_new (kaf_registry_find (entity), NULL);

  kaf_record_set (record, field, value);
  return record;
}

/* As one brings a mission that was prepared on paper: it stands at the step after @last. */
static void
leave_first (KafChangeSet *set, SimDevice *device, const char *mission, guint last)
{
  g_autoptr (KafRecord) first = make_act (device, mission, "leave", 1, NULL);

  kaf_change_set_create (set, first);
  leave_steps (set, device, mission, first, last);
}

/* Where histories are of missions, and not of their ties, most have all that their gates ask for, some but for one thing; a few are empty. Where
 * they are to be approved, most are at step 6 already. */
static void
begin_mission (SimWorld *self, SimDevice *device, const SimStep *step)
{
  g_autofree char *title = g_strdup_printf ("m%u", step->number);
  g_autofree char *id = kaf_id_new (device->clock, device->random);
  g_autoptr (KafRecord) record = kaf_record_new (kaf_registry_find ("mission"), id);
  g_autoptr (KafChangeSet) set = kaf_change_set_new ("create");

  kaf_record_set (record, "title_fr", title);
  if (step->b % 2 == 0)
    kaf_record_set (record, "territory", "MA-01");
  if (step->b / 2 % 2 == 0)
    kaf_record_set (record, "domains", "health");
  if (step->b / 4 % 2 == 0)
    kaf_record_set (record, "lead", sim_user_pick (self, device, "organisation", step->c, FALSE));
  if (!self->of_missions || self->of_ties || step->b / 8 % 8 == 0)
    kaf_change_set_create (set, record);
  else
    sim_file_add (self, set, record, step->b / 64 % 32);
  if (self->of_approvals && step->b / 8 % 8 != 0)
    leave_first (set, device, id, APPROVAL - 1);
  sim_user_commit (self, device, set, step);
}

/* @other: of what is tied to a mission, or NULL. */
static void
add_part (SimWorld *self,
          SimDevice *device,
          const SimStep *step,
          const char *entity,
          const char *field,
          const char *other)
{
  const char *mission = sim_user_pick (self, device, "mission", step->b, FALSE);
  const char *id = other != NULL ? sim_user_pick (self, device, other, step->c, FALSE) : NULL;
  g_autoptr (KafRecord) record = NULL;

  if (mission == NULL || (other != NULL && id == NULL))
    return;
  record = new_part (entity, "mission", mission);
  kaf_record_set (record, field, id != NULL ? id : "s");
  if (g_str_equal (entity, "budget_line"))
    {
      kaf_record_set (record, "label_fr", "l");
      kaf_record_set (record, "category", "travel");
      kaf_record_set (record, "quantity", "1");
    }
  else if (g_str_equal (entity, "programme_item"))
    {
      g_autofree char *expert = sim_file_name (mission, "expert");

      if (kaf_read_exists (device->db, kaf_registry_find ("mission_expert"), expert))
        kaf_record_set (record, "trainer", expert);
    }
  else if (g_str_equal (entity, "mission_party"))
    {
      kaf_record_set (record, "answer", "agrees");
      kaf_record_set (record, "answered_on", "2026-01-06");
      kaf_record_set (record, "contact_name", "c");
    }
  sim_user_create (self, device, record, step);
}

static void
add_need (SimWorld *self, SimDevice *device, const SimStep *step)
{
  const char *need = sim_user_pick (self, device, "need", step->b, FALSE);
  const char *office = sim_user_pick (self, device, "organisation", step->c, FALSE);
  g_autoptr (KafRecord) record = NULL;

  if (need == NULL || office == NULL || step->a / 64 % 2 == 0)
    {
      g_autofree char *title = g_strdup_printf ("n%u", step->number);

      record = new_part ("need", "title_fr", title);
      kaf_record_set (record, "stated_by", office);
    }
  else
    {
      record = new_part ("stakeholder", "need", need);
      kaf_record_set (record, "organisation", office);
    }
  sim_user_create (self, device, record, step);
}

/* An answer, a title, a payer… */
static void
edit_part (SimWorld *self, SimDevice *device, const SimStep *step)
{
  static const struct
  {
    const char *entity, *field, *value;
  } edits[] = {
    { "mission_expert", "answer", "discarded" },
    { "mission_expert", "answer", "retained" },
    { "mission_expert", "answer", "discarded" },
    { "mission_expert", "window_part", NULL },
    { "mission", "title_fr", NULL },
    { "mission", "territory", "MA-01" },
    { "mission", "territory", "" },
    { "mission", "followed_by", "chama" },
    { "mission", "lead", "" },
    { "need", "audience_fr", NULL },
    { "budget_line", "label_fr", NULL },
    { "budget_line", "payer", "" },
    { "budget_line", "unit_price", "7000 MAD" },
    { "budget_line", "spent", "6500 MAD" },
    { "programme_item", "subject_fr", NULL },
  };
  guint at = step->a / 64 % G_N_ELEMENTS (edits);
  const char *id = sim_user_pick (self, device, edits[at].entity, step->b, FALSE);
  const KafEntity *entity = kaf_registry_find (edits[at].entity);
  g_autofree char *text = g_strdup_printf ("v%u", step->number);
  g_autoptr (KafRecord) change = id != NULL ? kaf_record_new (entity, id) : NULL;
  g_autoptr (KafChangeSet) set = kaf_change_set_new ("edit");
  const char *value = edits[at].value;

  if (id == NULL)
    return;
  if (g_strcmp0 (value, "") == 0)
    value = NULL;
  else if (value == NULL)
    value = text;
  kaf_record_set (change, edits[at].field, value);
  kaf_change_set_update (set, change);
  sim_note (self, "  device %u: %s.%s of %s: %s", device->number, entity->id, edits[at].field, id,
            value);
  sim_user_commit (self, device, set, step);
}

/* Listed, and not retained after all: who saw her by that mission alone no longer does. */
static void
discard_expert (SimWorld *self, SimDevice *device, const SimStep *step)
{
  const KafEntity *entity = kaf_registry_find ("mission_expert");
  const char *id = sim_user_pick (self, device, entity->id, step->b, FALSE);
  g_autoptr (KafRecord) change = kaf_record_new (entity, id);
  g_autoptr (KafChangeSet) set = kaf_change_set_new ("edit");

  if (id == NULL)
    return;
  kaf_record_set (change, "answer", "discarded");
  kaf_change_set_update (set, change);
  sim_note (self, "  device %u: discards %s", device->number, id);
  sim_user_commit (self, device, set, step);
}

static void
delete_part (SimWorld *self, SimDevice *device, const SimStep *step)
{
  static const char *const kinds[] = { "mission_expert", "mission_need",       "budget_line",
                                       "mission_party",  "mission_convention", "mission",
                                       "programme_item" };
  const char *entity = kinds[step->a / 64 % G_N_ELEMENTS (kinds)];
  gboolean back = step->b % 4 == 0;
  const char *id = sim_user_pick (self, device, entity, step->b / 4, back);
  g_autoptr (KafChangeSet) set = kaf_change_set_new (back ? "restore" : "delete");

  if (id == NULL)
    return;
  if (back)
    kaf_change_set_restore (set, kaf_registry_find (entity), id);
  else
    kaf_change_set_delete (set, kaf_registry_find (entity), id);
  sim_user_commit (self, device, set, step);
}

/* Of what a device has heard to its end, no act goes on from one that is not here. */
void
sim_mission_check_shown (SimWorld *self, SimDevice *device)
{
  g_autofree char *reading = kaf_local_get (device->db, KAF_SYNC_READING);
  g_autoptr (GPtrArray) ids = NULL;

  if (g_strcmp0 (reading, "1") == 0 || sim_scope_is_part (device))
    return;
  ids = kaf_read_ids (
      device->db,
      "SELECT h.id FROM mission_act a JOIN head h ON h.rid = a.rid WHERE ?1 IS NULL AND"
      " a.\"after\" IS NOT NULL AND NOT EXISTS (SELECT 1 FROM head x WHERE x.id ="
      " a.\"after\")",
      NULL, NULL);
  if (ids->len > 0)
    sim_wrong (self, "device %u has act %s, and not the one before it", device->number,
               (char *) g_ptr_array_index (ids, 0));
}

void
sim_mission_act (SimWorld *self, SimDevice *device, const SimStep *step)
{
  GPtrArray *missions = g_hash_table_lookup (self->ids, "mission");
  guint what = step->a % 16;

  /* Who wrote a line or a session does not approve; now and then he tries. */
  if (sim_world_is_approver (self, device) && step->c / 64 % 8 != 0 &&
      (missions == NULL || what == 0 || (what > 4 && what < 12)))
    {
      add_act (self, device, step);
      return;
    }
  if (self->of_approvals && what > 8 && sim_budget_act (self, device, step))
    return;
  if (missions == NULL || (what == 0 && missions->len < (self->of_missions ? 2 : 4)))
    {
      begin_mission (self, device, step);
      return;
    }
  if (self->of_ties && what > 3)
    {
      sim_tie_act (self, device, step);
      return;
    }
  if (self->of_ties && what > 0)
    what = 1;
  switch (what)
    {
    case 1:
      add_need (self, device, step);
      break;
    case 2:
    case 3:
      add_part (self, device, step, "mission_expert", "person", "person");
      break;
    case 4:
      add_part (self, device, step, "mission_need", "need", "need");
      break;
    case 5:
      add_part (self, device, step, "budget_line", "payer", "organisation");
      break;
    case 6:
      add_part (self, device, step, "programme_item", "subject_fr", NULL);
      break;
    case 7:
      add_part (self, device, step, "mission_party", "organisation", "organisation");
      break;
    case 8:
      add_part (self, device, step, "mission_convention", "convention", "convention");
      break;
    case 9:
    case 10:
      edit_part (self, device, step);
      break;
    case 12:
      discard_expert (self, device, step);
      break;
    case 11:
      delete_part (self, device, step);
      break;
    default:
      add_act (self, device, step);
      break;
    }
}
