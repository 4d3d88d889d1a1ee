/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What was written, by whom, with what before his eyes; in which order the hub took it; and what each
 * device must therefore show. Told apart from the core: by what a device displayed and was sent, not
 * by the numbers that it keeps. */
#include "config.h"

#include "sim-world.h"

#include <string.h>

#include "rules/kaf-hold.h"
#include "schema/kaf-set.h"
#include "store/kaf-outbox.h"
#include "store/kaf-permit.h"
#include "store/kaf-sync-state.h"

static void
op_free (gpointer data)
{
  SimOp *self = data;

  kaf_operation_free (self->op);
  g_clear_pointer (&self->shown, g_ptr_array_unref);
  g_free (self->known);
  g_free (self);
}

void
sim_group_free (SimGroup *self)
{
  kaf_op_group_free (self->group);
  g_ptr_array_unref (self->ops);
  g_free (self);
}

void
sim_typed_free (SimTyped *self)
{
  guint n_fields = kaf_entity_n_fields (self->entity);

  for (guint i = 0; i < n_fields; i++)
    g_free (self->values[i]);
  g_free (self->values);
  g_free (self->dseq);
  g_free (self->id);
  g_free (self);
}

static char *
make_key (const KafEntity *entity, const char *id)
{
  return g_strconcat (entity->id, "\t", id, NULL);
}

static char *
make_field_key (const KafEntity *entity, const char *id, guint field)
{
  return g_strconcat (entity->id, "\t", id, "\t", entity->fields[field].id, NULL);
}

/* The record and its facets, as the device shows them. */
static GPtrArray *
read_shown (SimWorld *self, SimDevice *device, const KafEntity *entity, const char *id)
{
  GPtrArray *shown = g_ptr_array_new_with_free_func ((GDestroyNotify) kaf_record_unref);
  const KafEntity *root = kaf_entity_get_root (entity);
  KafRecord *record = sim_read (self, device, root, id);

  if (record != NULL)
    g_ptr_array_add (shown, record);
  for (guint bit = 1; kaf_registry_find_facet (root, bit) != NULL; bit <<= 1)
    {
      record = sim_read (self, device, kaf_registry_find_facet (root, bit), id);
      if (record != NULL)
        g_ptr_array_add (shown, record);
    }
  return shown;
}

static gboolean
is_gone (SimWorld *self, SimDevice *device, const KafEntity *entity, const char *id)
{
  g_autoptr (KafRecord) record = sim_read (self, device, entity, id);
  g_autoptr (KafRecord) root = sim_read (self, device, kaf_entity_get_root (entity), id);

  return record == NULL || kaf_record_get_stamp (record)->deleted_at > 0 || root == NULL ||
         kaf_record_get_stamp (root)->deleted_at > 0;
}

static SimOp *
describe (SimWorld *self, SimDevice *device, KafOperation *op)
{
  const KafEntity *entity = kaf_operation_get_entity (op);
  const char *id = kaf_operation_get_id (op);
  guint n_fields = kaf_entity_n_fields (entity);
  SimOp *one = g_new0 (SimOp, 1);

  one->op = op;
  one->known = g_new0 (gint64, n_fields);
  for (guint i = 0; i < n_fields; i++)
    {
      g_autofree char *key = make_field_key (entity, id, i);
      const gint64 *stale = g_hash_table_lookup (device->stale, key);

      one->known[i] = stale != NULL ? *stale : device->told;
    }
  if (op->kind == KAF_CHANGE_DELETE)
    one->shown = read_shown (self, device, entity, id);
  if (op->kind == KAF_CHANGE_UPDATE)
    one->gone = is_gone (self, device, entity, id);
  return one;
}

static SimTyped *
get_typed (SimDevice *device, const KafOperation *op)
{
  const KafEntity *entity = kaf_operation_get_entity (op);
  g_autofree char *key = make_key (entity, kaf_operation_get_id (op));
  SimTyped *typed = g_hash_table_lookup (device->typed, key);
  guint n_fields = kaf_entity_n_fields (entity);

  if (typed != NULL)
    return typed;
  typed = g_new0 (SimTyped, 1);
  typed->entity = entity;
  typed->id = g_strdup (kaf_operation_get_id (op));
  typed->values = g_new0 (char *, n_fields);
  typed->dseq = g_new0 (gint64, n_fields);
  g_hash_table_insert (device->typed, g_steal_pointer (&key), typed);
  return typed;
}

static void
note_typed (SimDevice *device, const KafOperation *op, gint64 dseq)
{
  SimTyped *typed = get_typed (device, op);

  if (op->kind != KAF_CHANGE_UPDATE)
    {
      typed->fate_dseq = dseq;
      typed->is_deleted = op->kind == KAF_CHANGE_DELETE;
    }
  for (guint i = 0; typed->entity->fields[i].id != NULL; i++)
    if (kaf_operation_changes (op, i))
      {
        g_free (typed->values[i]);
        typed->values[i] = g_strdup (kaf_record_get_at (op->after, i));
        typed->dseq[i] = dseq;
      }
}

static void
note_id (SimWorld *self, const KafOperation *op)
{
  const KafEntity *entity = kaf_operation_get_entity (op);
  GPtrArray *ids = g_hash_table_lookup (self->ids, entity->id);

  if (op->kind != KAF_CHANGE_CREATE)
    return;
  if (ids == NULL)
    {
      ids = g_ptr_array_new_with_free_func (g_free);
      g_hash_table_insert (self->ids, (gpointer) entity->id, ids);
    }
  g_ptr_array_add (ids, g_strdup (kaf_operation_get_id (op)));
}

/* As it was written by the number that the device had before, and never sent by it. NULL: it is new. */
static const SimGroup *
find_before (SimWorld *self, const SimDevice *device, const KafOpGroup *group)
{
  for (guint i = self->groups->len; i-- > 0;)
    {
      const SimGroup *other = g_ptr_array_index (self->groups, i);

      if (other->device == device->number && other->life < device->life &&
          g_str_equal (other->group->batch, group->batch) &&
          g_str_equal (other->group->payload, group->payload))
        return other;
    }
  return NULL;
}

/* What its author knew when he wrote it he knew, by whatever number it is sent. */
static void
inherit (SimGroup *self, const SimGroup *before)
{
  for (guint i = 0; i < self->ops->len; i++)
    {
      SimOp *op = g_ptr_array_index (self->ops, i);
      const SimOp *first = g_ptr_array_index (before->ops, i);

      memcpy (op->known, first->known,
              kaf_entity_n_fields (kaf_operation_get_entity (op->op)) * sizeof *op->known);
    }
}

static void
add_group (SimWorld *self, SimDevice *device, KafOpGroup *group)
{
  const SimGroup *before = find_before (self, device, group);
  SimGroup *one = g_new0 (SimGroup, 1);
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) ops = kaf_operation_parse (group->payload, strlen (group->payload), &error);

  g_assert_no_error (error);
  one->device = device->number;
  one->life = device->life;
  one->group = group;
  one->place = -1;
  one->least = device->quiet;
  one->ops = g_ptr_array_new_with_free_func (op_free);
  g_ptr_array_set_free_func (ops, NULL);
  for (guint i = 0; i < ops->len; i++)
    {
      KafOperation *op = g_ptr_array_index (ops, i);

      g_ptr_array_add (one->ops, describe (self, device, op));
      if (!kaf_entity_has (kaf_operation_get_entity (op), KAF_ENTITY_LIST))
        note_typed (device, op, group->dseq);
      note_id (self, op);
    }
  if (before != NULL)
    inherit (one, before);
  device->logged = group->dseq;
  g_ptr_array_add (self->groups, one);
}

/* Since it was enrolled last: as another it does not know what it wrote after it was copied. */
gboolean
sim_log_is_of (const SimGroup *group, const SimDevice *device)
{
  return group->device == device->number && group->life == device->life;
}

/* Takes into the log what the device has written since. */
void
sim_log_written (SimWorld *self, SimDevice *device)
{
  g_autoptr (GString) text = g_string_new (NULL);
  g_autoptr (GError) error = NULL;
  const char *rest, *line;
  gsize size, length;

  kaf_outbox_print (device->db, G_MAXINT32, text, &error);
  g_assert_no_error (error);
  rest = text->str;
  size = text->len;
  while ((line = kaf_exchange_next (&rest, &size, &length)) != NULL)
    {
      KafOpGroup *group = kaf_op_group_parse (line, length, &error);

      g_assert_no_error (error);
      if (group->dseq > device->logged)
        add_group (self, device, group);
      else
        kaf_op_group_free (group);
    }
}

/* The latest of that number: a copy may have written another. */
SimGroup *
sim_log_find (SimWorld *self, guint device, gint64 dseq)
{
  for (guint i = self->groups->len; i-- > 0;)
    {
      SimGroup *group = g_ptr_array_index (self->groups, i);

      if (group->device == device && group->group->dseq == dseq)
        return group;
    }
  return NULL;
}

/* Whether it newly names what the hub refused before. */
static gboolean
names_nothing (SimWorld *self, const KafOperation *op)
{
  const KafEntity *entity = kaf_operation_get_entity (op);

  for (guint i = 0; entity->fields[i].id != NULL; i++)
    {
      const char *target = entity->fields[i].target;
      g_autoptr (GPtrArray) named = NULL;

      if (target == NULL || !kaf_operation_changes (op, i))
        continue;
      named =
          kaf_set_difference (kaf_record_get_at (op->after, i), kaf_record_get_at (op->before, i));
      for (guint j = 0; j < named->len; j++)
        {
          const char *id = ((KafElement *) g_ptr_array_index (named, j))->value;
          g_autofree char *key = make_key (kaf_entity_get_root (kaf_registry_find (target)), id);

          if (!g_hash_table_contains (self->exists, key) &&
              !sim_erase_has (self, kaf_registry_find (target), id))
            return TRUE;
        }
    }
  return FALSE;
}

/* Whether the role may write what the operation changes, and there is what it concerns. */
static gboolean
is_refused (SimWorld *self, const SimDevice *device, const KafOperation *op)
{
  const KafRole *role = device->role;
  const KafEntity *entity = kaf_operation_get_entity (op);
  const char *id = kaf_operation_get_id (op);
  g_autofree char *key = make_key (entity, id);
  g_autofree char *root = make_key (kaf_entity_get_root (entity), id);
  gboolean exists = g_hash_table_contains (self->exists, key);

  if (!kaf_role_may_write (role, entity))
    return TRUE;
  for (guint i = 0; entity->fields[i].id != NULL; i++)
    if (kaf_operation_changes (op, i) && !kaf_role_can_write_in (role, entity, &entity->fields[i]))
      return TRUE;
  if (names_nothing (self, op) || sim_mission_refuses (self, device, op))
    return TRUE;
  if (kaf_entity_has (entity, KAF_ENTITY_LIST) && exists && !role->approves)
    return TRUE;
  if (op->kind != KAF_CHANGE_CREATE)
    return !exists && !g_str_equal (entity->id, "conflict") && !sim_erase_stands (self, entity, id);
  return entity->owner != NULL && !g_hash_table_contains (self->exists, root);
}

static const char *
get_written (gconstpointer data, guint field)
{
  const KafOperation *op = data;

  return kaf_record_get_at (op->after, field);
}

/* Of what was erased, or removed where the hub had confirmed it, the device sends no more. */
static gboolean
is_sent (const SimOp *one, GPtrArray *sent)
{
  for (guint i = 0; i < sent->len; i++)
    {
      const KafOperation *op = g_ptr_array_index (sent, i);

      if (op->kind == one->op->kind &&
          kaf_operation_get_entity (op) == kaf_operation_get_entity (one->op) &&
          g_str_equal (kaf_operation_get_id (op), kaf_operation_get_id (one->op)))
        return TRUE;
    }
  return FALSE;
}

/* The hub took the group, for the first time. */
void
sim_log_taken (SimWorld *self,
               SimDevice *device,
               const KafOpGroup *group,
               const KafVerdict *verdict)
{
  SimGroup *one = NULL;
  g_autoptr (GPtrArray) sent = NULL;

  for (guint i = self->groups->len; one == NULL && i-- > 0;)
    {
      SimGroup *each = g_ptr_array_index (self->groups, i);

      if (sim_log_is_of (each, device) && each->place < 0 &&
          memcmp (each->group->payload_hash, group->payload_hash, KAF_OP_GROUP_HASH_SIZE) == 0)
        one = each;
    }
  if (one == NULL)
    {
      sim_wrong (self, "the hub took a group that nobody wrote");
      return;
    }
  one->place = self->taken->len;
  g_ptr_array_add (self->taken, one);
  sent = kaf_operation_parse (group->payload, strlen (group->payload), NULL);
  g_assert_nonnull (sent);
  for (guint i = 0; i < one->ops->len; i++)
    {
      SimOp *op = g_ptr_array_index (one->ops, i);
      gboolean goes = sim_erase_goes (self, kaf_operation_get_entity (op->op),
                                      kaf_operation_get_id (op->op), get_written, op->op);
      gboolean is_there = is_sent (op, sent);

      /* A conflict goes with what it is about. */
      if (!is_there && !goes && !one->was_taken &&
          !(self->of_erasures && g_str_equal (kaf_operation_get_entity (op->op)->id, "conflict")))
        sim_wrong (self, "device %u did not send all that was written there", device->number);
      op->role = device->role;
      op->unsent = !is_there;
      op->refused =
          goes || !is_there ||
          sim_scope_judge (self, device, op->op, verdict, is_refused (self, device, op->op));
      if (op->refused)
        continue;
      sim_mission_note (self, device, op->op);
      sim_figures_note (self, device, group, op->op);
      if (op->op->kind == KAF_CHANGE_CREATE)
        g_hash_table_add (self->exists, make_key (kaf_operation_get_entity (op->op),
                                                  kaf_operation_get_id (op->op)));
    }
}

/* The store was restored from a copy: what it wrote after and never sent is gone, which is nobody's
 * fault here. */
void
sim_log_forget (SimWorld *self, SimDevice *device, gint64 after)
{
  g_hash_table_remove_all (device->typed);
  g_hash_table_remove_all (device->stale);
  device->logged = after;
}

/* What a device shows */

/* What is told of a field that was typed here, and is still to be sent or without a verdict, is not shown. What is not
 * told is as it stands here, or as it will. */
static void
note_hidden (SimDevice *device, const KafFeedPart *part, gint64 acked)
{
  const KafEntity *entity = kaf_record_get_entity (part->record);
  const char *id = kaf_record_get_id (part->record);
  g_autofree char *key = make_key (entity, id);
  const SimTyped *typed = g_hash_table_lookup (device->typed, key);

  for (guint i = 0; typed != NULL && entity->fields[i].id != NULL; i++)
    {
      g_autofree char *field = make_field_key (entity, id, i);

      if (kaf_record_holds_at (part->record, i) && typed->dseq[i] > acked &&
          !g_hash_table_contains (device->stale, field))
        g_hash_table_insert (device->stale, g_steal_pointer (&field),
                             g_memdup2 (&device->told, sizeof device->told));
    }
}

static void
note_row (SimDevice *device, const KafFeedPart *part, gint64 taken)
{
  const KafEntity *entity = kaf_record_get_entity (part->record);
  g_autofree char *key = make_key (entity, kaf_record_get_id (part->record));
  SimTyped *typed = g_hash_table_lookup (device->typed, key);

  if (typed == NULL)
    return;
  if (part->tells_fate && typed->fate_dseq <= taken)
    typed->fate_dseq = 0;
  for (guint i = 0; entity->fields[i].id != NULL; i++)
    if (kaf_record_holds_at (part->record, i) && typed->dseq[i] <= taken)
      typed->dseq[i] = 0;
}

/* It is gone from here with all that was typed of it; what is still to be sent is in the journal. */
static void
note_drop (SimDevice *device, const KafFeedRow *row)
{
  GHashTableIter iter;
  gpointer key;

  g_hash_table_iter_init (&iter, device->typed);
  while (g_hash_table_iter_next (&iter, &key, NULL))
    if (g_str_has_suffix (key, row->id))
      g_hash_table_iter_remove (&iter);
  g_hash_table_iter_init (&iter, device->stale);
  while (g_hash_table_iter_next (&iter, &key, NULL))
    if (strstr (key, row->id) != NULL)
      g_hash_table_iter_remove (&iter);
}

/* With an act go those that go on from it. */
static void
note_act_gone (SimWorld *self, SimDevice *device, const char *id)
{
  const KafEntity *entity = kaf_registry_find ("mission_act");
  const KafFeedRow row = { .root = entity, .id = (char *) id };

  note_drop (device, &row);
  for (guint i = 0; i < self->groups->len; i++)
    {
      const SimGroup *group = g_ptr_array_index (self->groups, i);

      for (guint j = 0; group->device == device->number && j < group->ops->len; j++)
        {
          const KafOperation *op = ((SimOp *) g_ptr_array_index (group->ops, j))->op;

          if (kaf_operation_get_entity (op) == entity && op->kind == KAF_CHANGE_CREATE &&
              g_strcmp0 (kaf_record_get (op->after, "after"), id) == 0)
            note_act_gone (self, device, kaf_operation_get_id (op));
        }
    }
}

/* An act of a mission that the hub did not take is none any more, and of a month the figures of one closing stand. */
static void
note_taken_back (SimWorld *self, SimDevice *device, const char *line, gsize size)
{
  gint64 expects;
  g_autoptr (GPtrArray) verdicts = kaf_verdicts_parse (line, size, &expects, NULL);

  for (guint i = 0; verdicts != NULL && i < verdicts->len; i++)
    {
      const KafVerdict *verdict = g_ptr_array_index (verdicts, i);

      for (guint j = 0; verdict->refused != NULL && j < verdict->refused->len; j++)
        {
          const KafRefused *one = g_ptr_array_index (verdict->refused, j);
          const KafEntity *entity = kaf_registry_find (one->entity);
          const KafFeedRow row = { .root = entity, .id = one->id };

          if (g_str_equal (one->entity, "mission_act"))
            note_act_gone (self, device, one->id);
          else if (g_str_equal (one->entity, "target_tally") &&
                   !g_str_equal (one->why, KAF_REFUSED_STATE))
            note_drop (device, &row);
        }
    }
}

static void
note_rows (SimWorld *self,
           SimDevice *device,
           const char *answer,
           gsize size,
           gint64 taken,
           gint64 acked,
           gboolean *whole)
{
  const char *line;
  gsize length;

  for (guint n = 0; (line = kaf_exchange_next (&answer, &size, &length)) != NULL; n++)
    {
      g_auto (KafCheckpoint) point = { 0 };
      g_autoptr (KafFeedRow) row = NULL;

      if (n == 1)
        note_taken_back (self, device, line, length);
      if (n < 2)
        continue;
      if (kaf_checkpoint_parse (line, length, &point, NULL))
        {
          *whole = point.seen >= 0;
          return;
        }
      row = kaf_feed_row_parse (line, length, NULL);
      if (row != NULL && row->dropped)
        note_drop (device, row);
      for (guint i = 0; row != NULL && i < row->parts->len; i++)
        {
          note_hidden (device, g_ptr_array_index (row->parts, i), acked);
          note_row (device, g_ptr_array_index (row->parts, i), taken);
        }
    }
}

gint64
sim_log_read_taken (const char *answer, gsize size)
{
  g_autoptr (GPtrArray) verdicts = NULL;
  gint64 expects = 0;
  gsize length;
  const char *line;

  kaf_exchange_next (&answer, &size, &length);
  line = kaf_exchange_next (&answer, &size, &length);
  verdicts = kaf_verdicts_parse (line, length, &expects, NULL);
  g_assert_nonnull (verdicts);
  return expects - 1;
}

/* Sets typed here hide nothing any more once their verdict is known. */
static void
note_shown (SimDevice *device, gint64 acked)
{
  GHashTableIter iter;
  gpointer value;

  g_hash_table_iter_init (&iter, device->typed);
  while (g_hash_table_iter_next (&iter, NULL, &value))
    {
      SimTyped *typed = value;

      for (guint i = 0; typed->entity->fields[i].id != NULL; i++)
        {
          g_autofree char *key = make_field_key (typed->entity, typed->id, i);

          if (typed->dseq[i] <= acked)
            g_hash_table_remove (device->stale, key);
        }
    }
}

/* The device has taken in an answer that the hub gave when it had taken @place groups. */
void
sim_log_told (SimWorld *self, SimDevice *device, const char *answer, gsize size, gint64 place)
{
  gint64 acked = sim_get_acked (self, device);
  gint64 taken = sim_log_read_taken (answer, size);
  gboolean whole = FALSE;

  note_shown (device, acked);
  note_rows (self, device, answer, size, taken, acked, &whole);
  device->told = MAX (device->told, place);
  if (whole && acked >= device->logged)
    device->quiet = MAX (device->quiet, place);
}

static gboolean
is_unsent (const SimTyped *typed, gint64 acked)
{
  for (guint i = 0; typed->entity->fields[i].id != NULL; i++)
    if (typed->dseq[i] > acked)
      return TRUE;
  return typed->fate_dseq > acked;
}

/* Of a record that is gone from here, nothing is to be shown. @sent: the hub must have it. */
void
sim_log_forget_absent (SimWorld *self, SimDevice *device, gboolean sent)
{
  GHashTableIter iter;
  gpointer value;

  g_hash_table_iter_init (&iter, device->typed);
  while (g_hash_table_iter_next (&iter, NULL, &value))
    {
      const SimTyped *typed = value;
      g_autoptr (KafRecord) record = sim_read (self, device, typed->entity, typed->id);

      if (record != NULL)
        continue;
      if (sent && is_unsent (typed, sim_get_acked (self, device)))
        sim_wrong (self, "device %u removed a %s that was not sent", device->number,
                   typed->entity->id);
      g_hash_table_iter_remove (&iter);
    }
}

/* Enrolled anew, it sends under another number what it had not sent, and has read nothing. */
void
sim_log_begin_anew (SimWorld *self, SimDevice *device)
{
  device->life++;
  device->is_copy = FALSE;
  device->quiet = 0;
  self->hub_dseq[device->number] = 0;
  sim_log_forget (self, device, 0);
  sim_log_written (self, device);
  /* What had left it before is in its journal still. */
  sim_log_forget_absent (self, device, FALSE);
  device->told = 0;
}

/* Who was erased is named by nothing. */
static gboolean
shows (const SimWorld *self, const SimTyped *typed, KafRecord *record, guint i)
{
  const KafField *field = &typed->entity->fields[i];
  const char *shown = kaf_record_get_at (record, i);
  gboolean names, still;
  g_autofree char *left = sim_erase_unname (self, field, typed->values[i], &names);
  g_autofree char *now = sim_erase_unname (self, field, shown, &still);

  return kaf_field_is_many (field) ? kaf_set_equal (now, left)
                                   : names || g_strcmp0 (shown, typed->values[i]) == 0;
}

/* What the law keeps, and the hub did not take: it names nobody; a conflict went with what it is about. */
static gboolean
is_left (SimWorld *self, const SimTyped *typed)
{
  const KafEntity *person = kaf_registry_find ("person");
  gboolean goes_along = g_str_equal (typed->entity->id, "conflict") && self->of_erasures;
  const KafField *field = kaf_hold_find_field (typed->entity, person);
  g_autofree char *key = make_key (typed->entity, typed->id);

  return goes_along || (field != NULL && !g_hash_table_contains (self->exists, key) &&
                        sim_erase_has (self, person, typed->values[field - typed->entity->fields]));
}

static const char *
get_typed_value (gconstpointer data, guint field)
{
  const SimTyped *typed = data;

  return typed->values[field];
}

static gboolean
was_refused (SimWorld *self, SimDevice *device, const SimTyped *typed, guint i)
{
  const SimGroup *group = sim_log_find (self, device->number, typed->dseq[i]);

  for (guint j = 0; group != NULL && j < group->ops->len; j++)
    {
      const SimOp *one = g_ptr_array_index (group->ops, j);

      if (one->refused && kaf_operation_get_entity (one->op) == typed->entity &&
          g_str_equal (kaf_operation_get_id (one->op), typed->id) &&
          kaf_record_holds_at (one->op->after, i))
        return TRUE;
    }
  return FALSE;
}

/* Whether the hub has taken all that was typed of it, as he has heard, and his role is told nothing of its kind any more. */
static gboolean
is_closed (SimWorld *self, SimDevice *device, const SimTyped *typed)
{
  const KafRole *role = kaf_permit_read (device->db);

  if (role == NULL || kaf_role_knows (role, kaf_entity_get_root (typed->entity)) ||
      typed->fate_dseq > sim_get_acked (self, device))
    return FALSE;
  for (guint i = 0; typed->entity->fields[i].id != NULL; i++)
    if (typed->dseq[i] > sim_get_acked (self, device) || was_refused (self, device, typed, i))
      return FALSE;
  return TRUE;
}

/* What the hub has taken of him, as he has heard, goes where his role reads it no more. */
static gboolean
is_withdrawn (SimWorld *self, SimDevice *device, const SimTyped *typed, KafRecord *record, guint i)
{
  const KafRole *role = kaf_permit_read (device->db);

  return typed->dseq[i] <= sim_get_acked (self, device) && kaf_record_get_at (record, i) == NULL &&
         role != NULL && !kaf_role_can_read (role, &typed->entity->fields[i]) &&
         !was_refused (self, device, typed, i);
}

/* A person sees what he typed, until he is told of something else. */
void
sim_log_check_shown (SimWorld *self, SimDevice *device)
{
  GHashTableIter iter;
  gpointer value;

  g_hash_table_iter_init (&iter, device->typed);
  while (g_hash_table_iter_next (&iter, NULL, &value))
    {
      SimTyped *typed = value;
      g_autoptr (KafRecord) record = sim_read (self, device, typed->entity, typed->id);
      if (record == NULL &&
          (sim_erase_goes (self, typed->entity, typed->id, get_typed_value, typed) ||
           is_left (self, typed) || is_closed (self, device, typed)))
        {
          g_hash_table_iter_remove (&iter);
          continue;
        }
      if (record == NULL)
        {
          sim_wrong (self, "device %u lost a %s that was typed there", device->number,
                     typed->entity->id);
          return;
        }
      if (typed->fate_dseq > 0 &&
          typed->is_deleted != (kaf_record_get_stamp (record)->deleted_at > 0))
        sim_wrong (self, "device %u shows a %s %s that was not so left there", device->number,
                   typed->is_deleted ? "living" : "deleted", typed->entity->id);
      for (guint i = 0; typed->entity->fields[i].id != NULL; i++)
        if (typed->dseq[i] > 0 && !shows (self, typed, record, i) &&
            is_withdrawn (self, device, typed, record, i))
          typed->dseq[i] = 0;
        else if (typed->dseq[i] > 0 && !shows (self, typed, record, i))
          sim_wrong (self, "device %u shows “%s” in %s.%s, where “%s” was typed", device->number,
                     kaf_record_get_at (record, i), typed->entity->id, typed->entity->fields[i].id,
                     typed->values[i]);
    }
}
