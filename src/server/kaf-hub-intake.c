/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "server/kaf-hub-intake.h"

#include <string.h>

#include "base/kaf-date.h"
#include "base/kaf-discard.h"
#include "base/kaf-id.h"
#include "rules/kaf-told.h"
#include "schema/kaf-registry.h"
#include "server/kaf-hub-acts.h"
#include "server/kaf-hub-hold.h"
#include "server/kaf-hub-orders.h"
#include "server/kaf-hub-rights.h"
#include "server/kaf-hub-unname.h"
#include "sync/kaf-exchange.h"
#include "sync/kaf-hub-take.h"
#include "sync/kaf-skew.h"

/* A reference that a device gave while it was away: replaced by a final one, and kept beside it. */
#define PROVISIONAL 'L'

/* Of one exchange: from so many on, what can be done beside its transaction is done on another thread. */
#define MANY_RECORDS 500

/* A conflict, until the group has ended. */
typedef struct
{
  KafHubConflict *conflict;
  char *owner;
} Met;

/* The group under way. */
typedef struct
{
  KafHubIntake *intake;
  const KafHubGroup *read;
  const KafOpGroup *group; /* of it */
  KafHlc clock;            /* settled */
  gint64 at;               /* settled, µs */
  gint64 first;
  GString *refused;  /* "ENTITY\tID\tWHY\tFIELD\n"…: operations that were not taken */
  gboolean in_scope; /* one of them was refused for something else than its scope */
  guint taken;       /* KafHubTaken of all its operations */
  gboolean is_gone;  /* it tells of records erased for ever */
  GHashTable *
      unkept; /* ids of those, and of records that are not here: what is told of them is not kept */
  GString *resend;
  GPtrArray *met; /* of Met */
} Group;

gboolean
kaf_hub_intake_begin (KafHubIntake *self, GError **error)
{
  g_autofree char *seq = NULL;
  g_autofree char *production = NULL;
  g_autofree char *lost = NULL;
  GError *local = NULL;

  self->records =
      g_hash_table_new_full (g_str_hash, g_str_equal, g_free, (GDestroyNotify) kaf_hub_record_free);
  self->resend = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  self->gone = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  kaf_hub_scopes_init (&self->scopes, self->storage, self->records);
  self->gates.scopes = &self->scopes;
  self->verdicts = g_ptr_array_new_with_free_func ((GDestroyNotify) kaf_verdict_free);
  seq = self->storage->klass->get_meta (self->storage, "seq", &local);
  if (local == NULL)
    production = self->storage->klass->get_meta (self->storage, KAF_HUB_PRODUCTION, &local);
  if (local == NULL)
    lost = self->storage->klass->get_meta (self->storage, KAF_HUB_LOST, &local);
  if (local != NULL)
    {
      g_propagate_error (error, local);
      return FALSE;
    }
  self->restored = lost != NULL;
  self->production = g_strcmp0 (production, "1") == 0;
  self->seq = seq != NULL ? g_ascii_strtoll (seq, NULL, 10) : 0;
  self->first = self->seq + 1;
  /* Who is no device has no journal, and what the hub itself wrote (kaf-hub-own.h) is not his. */
  return self->session->only_reads ||
         self->storage->klass->read_device (self->storage, self->session->device, &self->device,
                                            error);
}

void
kaf_hub_intake_clear (KafHubIntake *self)
{
  if (self->records != NULL && g_hash_table_size (self->records) >= MANY_RECORDS)
    kaf_discard (g_steal_pointer (&self->records), (GDestroyNotify) g_hash_table_unref);
  g_clear_pointer (&self->records, g_hash_table_unref);
  g_clear_pointer (&self->resend, g_hash_table_unref);
  g_clear_pointer (&self->gone, g_hash_table_unref);
  kaf_hub_gates_clear (&self->gates);
  kaf_hub_scopes_clear (&self->scopes);
  g_clear_pointer (&self->verdicts, g_ptr_array_unref);
}

/* The record as it stands now; a new one, which is not yet kept, where there is none. */
static KafHubRecord *
get_record (KafHubIntake *self, const KafEntity *root, const char *id, GError **error)
{
  g_autofree char *key = kaf_entity_make_key (root, id);
  KafHubRecord *record = g_hash_table_lookup (self->records, key);

  if (record != NULL)
    return record;
  if (!self->storage->klass->read_record (self->storage, root, id, &record, error))
    return NULL;
  if (record == NULL)
    {
      record = kaf_hub_record_new (root, id);
      record->fresh = TRUE;
    }
  g_hash_table_insert (self->records, g_steal_pointer (&key), record);
  return record;
}

/* @text: as a receipt has it: the verdict, and below it a line for each operation that was not taken. */
static void
add_verdict (KafHubIntake *self, gint64 dseq, const char *text)
{
  g_auto (GStrv) lines = g_strsplit (text, "\n", -1);
  KafVerdict *one = kaf_verdict_new (dseq, lines[0]);

  for (guint i = 1; lines[0] != NULL && lines[i] != NULL; i++)
    {
      g_auto (GStrv) cells = g_strsplit (lines[i], "\t", 4);

      if (g_strv_length (cells) >= 3)
        kaf_verdict_refuse (one, cells[0], cells[1], cells[2],
                            cells[3] != NULL && *cells[3] != '\0' ? cells[3] : NULL);
    }
  g_ptr_array_add (self->verdicts, one);
}

static void
resend (Group *self, const KafHubRecord *record)
{
  char *key = kaf_entity_make_key (record->root, record->id);

  g_string_append_printf (self->resend, "%s\n", key);
  g_hash_table_add (self->intake->resend, key);
}

/* Rights and values */

/* Every store is made with the lists of its program, and brings them: they are there already. */
static gboolean
brings_lists (const KafRole *role, const KafOperation *op, KafHubRecord *record)
{
  return op->kind == KAF_CHANGE_CREATE && record->parts->len > 0 && !kaf_role_keeps_lists (role) &&
         kaf_entity_has (kaf_operation_get_entity (op), KAF_ENTITY_LIST);
}

static gboolean
is_sample (const KafOperation *op)
{
  return op->kind == KAF_CHANGE_CREATE &&
         kaf_entity_find_field (kaf_operation_get_entity (op), "sample") != NULL &&
         g_strcmp0 (kaf_record_get (op->after, "sample"), "1") == 0;
}

static void
note_refusal (Group *self, const KafOperation *op, const KafHubRefusal *refusal)
{
  g_string_append_printf (self->refused, "%s\t%s\t%s\t%s\n", kaf_operation_get_entity (op)->id,
                          kaf_operation_get_id (op), refusal->why,
                          refusal->field != NULL ? refusal->field : "");
  self->in_scope |= !g_str_equal (refusal->why, KAF_REFUSED_SCOPE);
}

/* Why an operation that its author may write, and that names what is there, was not taken. */
static const char *
explain_refusal (const KafOperation *op, const KafHubRecord *record)
{
  if (record->parts->len == 0)
    return KAF_REFUSED_MISSING;
  if (kaf_entity_has (kaf_operation_get_entity (op), KAF_ENTITY_APPEND_ONLY) &&
      op->kind != KAF_CHANGE_CREATE)
    return KAF_REFUSED_PERMANENT;
  return KAF_REFUSED_STATE;
}

/* References that people know records by */

static gboolean
enter_ref (Group *self, const KafOperation *op, const char *ref, gboolean *taken, GError **error)
{
  KafHubStorage *storage = self->intake->storage;

  return storage->klass->enter_ref (storage, ref, kaf_operation_get_entity (op)->id,
                                    kaf_operation_get_id (op), taken, error);
}

gboolean
kaf_hub_draw_ref (KafHubStorage *storage, KafRecord *record, gint64 at, GError **error)
{
  const KafEntity *entity = kaf_record_get_entity (record);
  g_autofree char *day = kaf_date_from_time (at);
  g_autofree char *counter = g_strdup_printf ("%s-%.4s", entity->prefix, day);
  gboolean taken = TRUE;

  while (taken)
    {
      gint64 number = storage->klass->next_number (storage, counter, error);
      g_autofree char *ref = NULL;

      if (number < 0)
        return FALSE;
      ref = g_strdup_printf ("%s-%04" G_GINT64_FORMAT, counter, number);
      if (!storage->klass->enter_ref (storage, ref, entity->id, kaf_record_get_id (record), &taken,
                                      error))
        return FALSE;
      if (!taken)
        kaf_record_set_ref (record, ref);
    }
  return TRUE;
}

/* Of a new part: the reference that it came with when that is final and nobody else's. */
static gboolean
give_ref (Group *self, const KafOperation *op, KafHubRecord *record, GError **error)
{
  const KafEntity *entity = kaf_operation_get_entity (op);
  KafHubPart *part = kaf_hub_record_find (record, entity);
  const char *given = kaf_record_get_ref (op->after);
  gboolean taken = TRUE;

  if (entity->prefix == NULL || part == NULL || kaf_record_get_ref (part->record) != NULL)
    return TRUE;
  if (given != NULL && !enter_ref (self, op, given, &taken, error))
    return FALSE;
  if (!taken && *given != PROVISIONAL)
    {
      kaf_record_set_ref (part->record, given);
      if (self->intake->restored)
        resend (self, record);
      return TRUE;
    }
  if (!taken)
    g_ptr_array_add (part->aliases, g_strdup (given));
  self->taken |= KAF_HUB_TAKEN_DIFFERS;
  resend (self, record);
  return kaf_hub_draw_ref (self->intake->storage, part->record, self->at, error);
}

/* Conflicts */

static void
set_integer (KafRecord *record, const char *field, gint64 value)
{
  g_autofree char *text = g_strdup_printf ("%" G_GINT64_FORMAT, value);

  kaf_record_set (record, field, text);
}

static void
fill_conflict (Group *self,
               const KafHubConflict *conflict,
               const char *owner,
               const char *there_by,
               gint64 there_at,
               KafRecord *record)
{
  const char *own = self->intake->session->user;

  kaf_record_set (record, "owner", owner);
  kaf_record_set (record, "owner_entity", conflict->entity->id);
  kaf_record_set (record, "field", conflict->field);
  kaf_record_set (record, "stands", conflict->stands);
  kaf_record_set (record, "other", conflict->other);
  kaf_record_set (record, "before", conflict->before);
  kaf_record_set (record, "stands_by", conflict->won ? own : there_by);
  kaf_record_set (record, "other_by", conflict->won ? there_by : own);
  set_integer (record, "stands_at", conflict->won ? self->at : there_at);
  set_integer (record, "other_at", conflict->won ? there_at : self->at);
  kaf_record_set (record, "state", "open");
}

static void
met_free (gpointer data)
{
  Met *self = data;

  kaf_hub_conflict_free (self->conflict);
  g_free (self->owner);
  g_free (self);
}

/* A deletion that did not come about. */
static gboolean
is_survival (const KafHubConflict *conflict)
{
  return conflict->field == NULL && !conflict->won;
}

/* @conflict (transfer full). A person is deleted behind her facets: what stands of them is told with her, and not of each too. */
static void
meet (Group *self, KafHubConflict *conflict, const char *owner)
{
  Met *met = g_new0 (Met, 1);

  for (guint i = self->met->len; i > 0 && is_survival (conflict); i--)
    {
      const Met *one = g_ptr_array_index (self->met, i - 1);

      if (is_survival (one->conflict) && g_str_equal (one->owner, owner) &&
          kaf_entity_get_root (one->conflict->entity) == conflict->entity)
        g_ptr_array_remove_index (self->met, i - 1);
    }
  *met = (Met){ conflict, g_strdup (owner) };
  g_ptr_array_add (self->met, met);
}

/* A record like any other, by the hub's own hand: everybody concerned hears of it. */
static gboolean
keep_conflict (Group *self, const KafHubConflict *conflict, const char *owner, GError **error)
{
  KafHubIntake *intake = self->intake;
  const KafEntity *entity = kaf_registry_find ("conflict");
  g_autofree char *number = g_strdup_printf ("%" G_GINT64_FORMAT, intake->seq);
  g_autofree char *id =
      kaf_id_from_content ("conflict", conflict->entity->id, owner,
                           conflict->field != NULL ? conflict->field : "", number, NULL);
  g_autofree char *there_by = NULL;
  gint64 there_at;
  KafHubRecord *record = get_record (intake, entity, id, error);
  KafHubPart *part;
  KafStamp *stamp;

  if (record == NULL || !intake->storage->klass->read_author (intake->storage, conflict->mark.seq,
                                                              &there_by, &there_at, error))
    return FALSE;
  part = kaf_hub_record_add (record, entity);
  fill_conflict (self, conflict, owner, there_by, there_at, part->record);
  record->seq = ++intake->seq;
  part->fate = (KafMark){ record->seq, 0, kaf_hlc_make (intake->now, 0, 0) };
  for (guint i = 0; entity->fields[i].id != NULL; i++)
    if (kaf_record_get_at (part->record, i) != NULL)
      part->marks[i] = part->fate;
  stamp = kaf_record_get_stamp (part->record);
  stamp->created_at = stamp->updated_at = intake->now * 1000;
  return kaf_hub_scopes_note (&intake->scopes, record, error);
}

/* Erasures */

static gboolean
is_erased (Group *self, const KafEntity *entity, const char *id, gboolean *erased, GError **error)
{
  KafHubStorage *storage = self->intake->storage;

  *erased = g_hash_table_contains (self->intake->gone, id);
  return *erased ||
         storage->klass->is_erased (storage, kaf_entity_get_root (entity)->id, id, erased, error);
}

/* A file names its owner by kind and id. */
static gboolean
is_owner_gone (Group *self, const KafOperation *op, gboolean *gone, GError **error)
{
  const KafEntity *entity = kaf_operation_get_entity (op);
  const char *kind, *id;

  if (kaf_entity_find_field (entity, "owner_entity") == NULL)
    return TRUE;
  kind = kaf_record_get (op->after, "owner_entity");
  id = kaf_record_get (op->after, "owner");
  return kind == NULL || id == NULL || kaf_registry_find (kind) == NULL ||
         is_erased (self, kaf_registry_find (kind), id, gone, error);
}

/* Whether the record, or one that it belongs to, was erased for ever: a laptop that was away does not
 * bring a person back, nor anything of hers. */
static gboolean
is_gone (Group *self, const KafOperation *op, gboolean *gone, GError **error)
{
  const KafEntity *entity = kaf_operation_get_entity (op);

  if (!is_erased (self, entity, kaf_operation_get_id (op), gone, error))
    return FALSE;
  for (guint i = 0; !*gone && entity->fields[i].id != NULL; i++)
    {
      const char *id = kaf_record_get_at (op->after, i);
      const KafEntity *target = id != NULL && kaf_field_has (&entity->fields[i], KAF_FIELD_PARENT)
                                    ? kaf_registry_find (entity->fields[i].target)
                                    : NULL;

      if (target != NULL && !is_erased (self, target, id, gone, error))
        return FALSE;
    }
  return *gone || is_owner_gone (self, op, gone, error);
}

/* What the law keeps of somebody who was erased while its author was away: who stands in her place for the
 * others stands there in this one too. @who (out): the record of that somebody; @is_new (out): made by this. NULL:
 * nothing is to be done. */
static gboolean
name_pseudonym (
    Group *self, const KafOperation *op, KafHubRecord **who, gboolean *is_new, GError **error)
{
  KafHubIntake *intake = self->intake;
  const KafEntity *entity = kaf_operation_get_entity (op);
  GError *local = NULL;
  g_autofree char *id = NULL;
  const KafField *field = kaf_hub_hold_find_late (intake->storage, entity, op->after, &id, &local);

  *who = NULL;
  *is_new = FALSE;
  if (local != NULL)
    {
      g_propagate_error (error, local);
      return FALSE;
    }
  if (field == NULL)
    return TRUE;
  kaf_record_set (op->after, field->id, id);
  *who = get_record (intake, kaf_entity_get_root (kaf_registry_find (field->target)), id, error);
  *is_new = *who != NULL && (*who)->parts->len == 0;
  if (*is_new)
    kaf_hub_hold_begin (*who, ++intake->seq, self->at);
  return *who != NULL;
}

/* Made for a record that was not taken, she is nobody. */
static gboolean
keep_pseudonym (Group *self, KafHubRecord *who, gboolean is_new, guint taken, GError **error)
{
  gboolean named = (taken & KAF_HUB_TAKEN_CHANGED) != 0;

  if (is_new && !named)
    g_ptr_array_set_size (who->parts, 0);
  if (who == NULL || !named)
    return TRUE;
  resend (self, who);
  return !is_new || kaf_hub_hold_draw_ref (self->intake->storage, who, self->at, error);
}

/* Operations */

/* As it was read, but for what was not known then: that it names another now, or tells for a unit's sake what does not
 * stand here. */
static void
judge_values (KafHubValues *values, const KafOperation *op, KafHubRecord *record, gboolean renamed)
{
  const KafHubPart *part = kaf_hub_record_find (record, kaf_operation_get_entity (op));

  if (renamed || (part != NULL && kaf_operation_carries (op, part->record)))
    kaf_hub_values_judge (values, op, part != NULL ? part->record : NULL);
}

static guint
take_permitted (Group *self, const KafOperation *op, KafHubRecord *record)
{
  g_autoptr (GPtrArray) conflicts = g_ptr_array_new ();
  const KafHubEdit edit = { self->intake->seq,
                            { self->group->saw, self->group->device, self->clock },
                            self->intake->session->user,
                            self->at,
                            self->intake->session->role->reads,
                            kaf_told_can_read,
                            (guint) self->group->schema };

  guint taken = kaf_hub_take (record, op, &edit, conflicts);

  for (guint i = 0; i < conflicts->len; i++)
    meet (self, g_ptr_array_index (conflicts, i), kaf_operation_get_id (op));
  return taken;
}

static gboolean
take_operation (Group *self, const KafOperation *op, const KafHubValues *values, GError **error)
{
  KafHubIntake *intake = self->intake;
  const KafEntity *root = kaf_entity_get_root (kaf_operation_get_entity (op));
  KafHubRecord *who, *record = get_record (intake, root, kaf_operation_get_id (op), error);
  const KafHubRights rights = { intake->session,        intake->grants,    &intake->scopes,
                                self->read->operations, self->first,       self->at,
                                self->group->saw,       self->group->dseq, &intake->gates };
  guint taken = KAF_HUB_TAKEN_REFUSED | KAF_HUB_TAKEN_DIFFERS;
  KafHubRefusal refusal = { NULL, NULL };
  gboolean is_absent = record != NULL && record->parts->len == 0 && op->kind != KAF_CHANGE_CREATE;
  gboolean gone, is_new, unnamed = FALSE;

  if (!values->measured)
    refusal.why = KAF_REFUSED_VALUE;
  else if (intake->production && is_sample (op))
    refusal.why = KAF_REFUSED_SAMPLE;
  if (record == NULL || !name_pseudonym (self, op, &who, &is_new, error) ||
      !is_gone (self, op, &gone, error) ||
      (values->measured && !kaf_hub_unname_late (intake->storage, op, &unnamed, error)) ||
      (refusal.why == NULL && !kaf_hub_rights_judge (&rights, op, record, &refusal, error)))
    return FALSE;
  intake->seq++;
  if (gone)
    {
      self->is_gone = TRUE;
      g_hash_table_add (self->unkept, g_strdup (kaf_operation_get_id (op)));
      g_hash_table_add (intake->gone, g_strdup (kaf_operation_get_id (op)));
      return keep_pseudonym (self, who, is_new, 0, error);
    }
  if (values->measured && brings_lists (intake->session->role, op, record))
    taken = kaf_hub_take_nothing (record, op);
  else
    {
      KafHubValues now = *values;

      if (values->measured)
        judge_values (&now, op, record, who != NULL || unnamed);
      if (refusal.why == NULL && now.wrong != NULL)
        refusal = (KafHubRefusal){ KAF_REFUSED_VALUE, now.wrong };
      if (refusal.why == NULL)
        taken = take_permitted (self, op, record);
      if (refusal.why == NULL && taken & KAF_HUB_TAKEN_REFUSED)
        refusal.why = explain_refusal (op, record);
      if (refusal.why != NULL)
        note_refusal (self, op, &refusal);
      if (refusal.why != NULL && is_absent)
        g_hash_table_add (self->unkept, g_strdup (kaf_operation_get_id (op)));
    }
  /* Its author hears that the mission has moved; a device that had taken it back, since another was first, has it
   * again after a restore. */
  if (who != NULL || unnamed || kaf_hub_acts_concern (op))
    taken |= KAF_HUB_TAKEN_DIFFERS;
  self->taken |= taken;
  if (!keep_pseudonym (self, who, is_new, taken, error))
    return FALSE;
  if (taken & KAF_HUB_TAKEN_CHANGED)
    {
      record->seq = intake->seq;
      if (!kaf_hub_scopes_note (&intake->scopes, record, error))
        return FALSE;
    }
  if (taken & KAF_HUB_TAKEN_DIFFERS && record->parts->len > 0)
    resend (self, record);
  if (taken & KAF_HUB_TAKEN_CHANGED && op->kind == KAF_CHANGE_CREATE &&
      !give_ref (self, op, record, error))
    return FALSE;
  return TRUE;
}

static const char *
name_verdict (const Group *self)
{
  if (self->taken & KAF_HUB_TAKEN_REFUSED)
    return self->refused->len > 0 && !self->in_scope ? "quarantined" : "rejected";
  if (self->is_gone)
    return "gone";
  return self->taken & KAF_HUB_TAKEN_CONFLICT ? "conflict" : "ok";
}

static gboolean
take_operations (Group *self, GError **error)
{
  GPtrArray *operations = self->read->operations;

  /* What nobody can read stays with its author; what follows is none the worse for it. */
  if (operations == NULL)
    self->taken |= KAF_HUB_TAKEN_REFUSED;
  for (guint i = 0; operations != NULL && i < operations->len; i++)
    if (!take_operation (self, g_ptr_array_index (operations, i), &self->read->values[i], error))
      return FALSE;
  for (guint i = 0; i < self->met->len; i++)
    {
      const Met *met = g_ptr_array_index (self->met, i);

      if (!keep_conflict (self, met->conflict, met->owner, error))
        return FALSE;
    }
  return TRUE;
}

/* Without what it tells of the erased, and of what is not here: it may have come in an exchange before, and gone with
 * somebody who was erased. */
static gboolean
keep_group (Group *self, GError **error)
{
  KafHubIntake *intake = self->intake;
  g_autofree char *verdict = g_strconcat (name_verdict (self), "\n", self->refused->str, NULL);
  const KafHubReceipt receipt = { self->first, verdict, self->resend->str };
  KafOpGroup kept = *self->group;
  g_autofree char *rest = NULL;

  g_strchomp (verdict);
  add_verdict (intake, self->group->dseq, verdict);
  if (g_hash_table_size (self->unkept) > 0)
    kept.payload = rest = kaf_operation_strip (kept.payload, self->unkept);
  return intake->storage->klass->write_group (intake->storage, &kept, intake->session->user,
                                              self->at, &receipt, error);
}

static gboolean
take_group (KafHubIntake *intake, const KafHubGroup *read, GError **error)
{
  const KafOpGroup *group = read->group;
  g_autoptr (GString) again = g_string_new (NULL);
  g_autoptr (GHashTable) unkept = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  g_autoptr (GString) refused = g_string_new (NULL);
  g_autoptr (GPtrArray) met = g_ptr_array_new_with_free_func (met_free);
  Group self = { .intake = intake,
                 .read = read,
                 .group = group,
                 .unkept = unkept,
                 .resend = again,
                 .met = met,
                 .refused = refused };

  self.clock = kaf_skew_settle (&group->clock, intake->skew, intake->now, &intake->device.clock);
  self.at = kaf_skew_settle_time (group->at, intake->skew, intake->now);
  self.first = intake->seq + 1;
  if (!take_operations (&self, error))
    return FALSE;

  /* Numbers of groups never meet, even where nothing of one was read. */
  intake->seq = MAX (intake->seq, self.first);
  intake->device.dseq = group->dseq;
  intake->device.clock = self.clock;
  kaf_op_group_hash (group, intake->device.hash);
  return keep_group (&self, error);
}

/* What was not taken, and is here by now since another made it too, was told before this verdict is heard: who takes his
 * own back for it takes that with it, and is told again. */
static void
resend_refused (KafHubIntake *self, const KafVerdict *verdict)
{
  for (guint i = 0; verdict->refused != NULL && i < verdict->refused->len; i++)
    {
      const KafRefused *one = g_ptr_array_index (verdict->refused, i);
      const KafEntity *entity = kaf_registry_find (one->entity);

      if (entity != NULL)
        g_hash_table_add (self->resend,
                          kaf_entity_make_key (kaf_entity_get_root (entity), one->id));
    }
}

/* It came before, and the answer was lost: the same verdict again. */
static void
repeat (KafHubIntake *self, gint64 dseq, const KafHubReceipt *receipt)
{
  g_auto (GStrv) again = g_strsplit (receipt->resend != NULL ? receipt->resend : "", "\n", -1);

  add_verdict (self, dseq, receipt->verdict != NULL ? receipt->verdict : "ok");
  resend_refused (self, g_ptr_array_index (self->verdicts, self->verdicts->len - 1));
  for (guint i = 0; again[i] != NULL; i++)
    if (*again[i] != '\0')
      g_hash_table_add (self->resend, g_strdup (again[i]));
}

/* A group by the number of one that was taken. Of another content, it is of a copy of the store. */
static gboolean
take_again (KafHubIntake *self, const KafOpGroup *group, gboolean *next, GError **error)
{
  g_auto (KafHubReceipt) receipt = { 0 };

  if (!self->storage->klass->read_receipt (self->storage, group->device, group->dseq, &receipt,
                                           error))
    return FALSE;
  *next = receipt.verdict == NULL ||
          memcmp (receipt.payload_hash, group->payload_hash, KAF_OP_GROUP_HASH_SIZE) == 0;
  self->forked |= !*next;
  if (*next)
    repeat (self, group->dseq, &receipt);
  return TRUE;
}

gboolean
kaf_hub_intake_group (KafHubIntake *self, const KafHubGroup *read, gboolean *next, GError **error)
{
  const KafOpGroup *group = read->group;

  *next = FALSE;
  if (self->session->only_reads || group->device != self->session->device)
    {
      g_set_error (error, KAF_HUB_ERROR, KAF_HUB_ERROR_REQUEST, "a group of another device");
      return FALSE;
    }
  if (group->dseq > self->device.dseq + 1)
    return TRUE;
  if (group->dseq == self->device.dseq + 1 && self->device.dseq > 0 &&
      memcmp (group->prev_hash, self->device.hash, sizeof self->device.hash) != 0)
    {
      self->forked = TRUE;
      return TRUE;
    }
  if (group->dseq <= self->device.dseq)
    return take_again (self, group, next, error);
  *next = TRUE;
  return take_group (self, read, error);
}

/* For whom records moved without an edit of their own: what numbers were given for. */
static gboolean
count_moves (KafHubIntake *self, GError **error)
{
  g_autofree char *before = NULL;
  g_autofree char *after = NULL;

  if (self->scopes.n_moves == 0)
    return TRUE;
  before = self->storage->klass->get_meta (self->storage, "moves", NULL);
  after = g_strdup_printf ("%" G_GINT64_FORMAT,
                           (before != NULL ? g_ascii_strtoll (before, NULL, 10) : 0) +
                               self->scopes.n_moves);
  return self->storage->klass->set_meta (self->storage, "moves", after, error);
}

/* Those that are there. (element-type KafHubRecord) (transfer container) */
static GPtrArray *
list_records (KafHubIntake *self)
{
  GPtrArray *records = g_ptr_array_sized_new (g_hash_table_size (self->records));
  GHashTableIter iter;
  gpointer record;

  g_hash_table_iter_init (&iter, self->records);
  while (g_hash_table_iter_next (&iter, NULL, &record))
    if (((KafHubRecord *) record)->parts->len > 0)
      g_ptr_array_add (records, record);
  return records;
}

static gpointer
print_all (gpointer records)
{
  for (guint i = 0; i < ((GPtrArray *) records)->len; i++)
    {
      KafHubRecord *record = g_ptr_array_index ((GPtrArray *) records, i);

      record->printed = g_string_new (NULL);
      kaf_hub_record_print (record, record->printed);
    }
  return NULL;
}

/* Where they stand follows from what they say, and changes nothing of it: of many, the texts are printed meanwhile. */
static gboolean
settle_scopes (KafHubIntake *self, GError **error)
{
  g_autoptr (GPtrArray) records = list_records (self);
  GThread *printer = records->len >= MANY_RECORDS
                         ? g_thread_try_new ("kaf-printer", print_all, records, NULL)
                         : NULL;
  gboolean done = kaf_hub_scopes_settle (&self->scopes, self->first, &self->seq, error);

  if (printer != NULL)
    g_thread_join (printer);
  return done && count_moves (self, error);
}

static int
compare_places (gconstpointer a, gconstpointer b)
{
  const KafHubRecord *const *one = a, *const *other = b;

  return ((*one)->seq > (*other)->seq) - ((*one)->seq < (*other)->seq);
}

/* In the order in which the feed reads them, they lie side by side in the file. */
static gboolean
write_records (KafHubIntake *self, GError **error)
{
  g_autoptr (GPtrArray) records = list_records (self);

  g_ptr_array_sort (records, compare_places);
  for (guint i = 0; i < records->len; i++)
    if (!self->storage->klass->write_record (self->storage, g_ptr_array_index (records, i), error))
      return FALSE;
  return TRUE;
}

gboolean
kaf_hub_intake_finish (KafHubIntake *self, GError **error)
{
  g_autofree char *seq = NULL;
  KafHubStorage *storage = self->storage;
  gboolean receipt;

  if (!settle_scopes (self, error) || !write_records (self, error))
    return FALSE;
  seq = g_strdup_printf ("%" G_GINT64_FORMAT, self->seq);
  /* Its receipt for what was erased. */
  receipt = self->erased > self->device.erased;
  self->device.erased = MAX (self->device.erased, self->erased);
  if (receipt && !self->session->only_reads &&
      !kaf_hub_orders_note_receipt (storage, self->session->device, self->erased, self->now * 1000,
                                    error))
    return FALSE;
  return self->session->only_reads || (self->verdicts->len == 0 && !receipt) ||
         (storage->klass->set_meta (storage, "seq", seq, error) &&
          storage->klass->write_device (storage, self->session->device, &self->device, error));
}
