/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "sync/kaf-hub-take.h"

#include "sync/kaf-json.h"

/* Fields of one unit; the largest of the schema has three. */
#define UNIT_MAX 8

typedef struct
{
  KafHubRecord *record;
  KafHubPart *part;
  const KafOperation *operation;
  const KafHubEdit *edit;
  GPtrArray *conflicts;
  guint taken; /* KafHubTaken */
} Take;

/* The fields of one unit that the operation tells. */
typedef struct
{
  guint at[UNIT_MAX]; /* in the entity's table */
  KafMergeField fields[UNIT_MAX];
  guint n;
} Unit;

void
kaf_hub_conflict_free (KafHubConflict *self)
{
  g_free (self->field);
  g_free (self->stands);
  g_free (self->other);
  g_free (self->before);
  g_free (self);
}

static KafMark
own_mark (const KafHubEdit *edit)
{
  return (KafMark){ edit->seq, edit->sight.device, edit->sight.clock };
}

static void
stamp (Take *self)
{
  KafStamp *stamp = kaf_record_get_stamp (self->part->record);

  self->taken |= KAF_HUB_TAKEN_CHANGED;
  stamp->updated_at = self->edit->at;
  g_free (stamp->updated_by);
  stamp->updated_by = g_strdup (self->edit->author);
}

/* {FIELD:VALUE} of one side of a unit. */
static char *
print_side (const Take *self, const Unit *unit, gsize side)
{
  const KafField *fields = kaf_record_get_entity (self->part->record)->fields;
  g_autoptr (GString) json = g_string_new ("{");

  for (guint i = 0; i < unit->n; i++)
    {
      g_string_append_printf (json, "%s\"%s\":", i > 0 ? "," : "", fields[unit->at[i]].id);
      kaf_json_append_string (json, G_STRUCT_MEMBER (const char *, &unit->fields[i], side));
    }
  g_string_append_c (json, '}');
  return g_string_free (g_steal_pointer (&json), FALSE);
}

static KafHubConflict *
start_conflict (Take *self, gboolean won)
{
  KafHubConflict *conflict = g_new0 (KafHubConflict, 1);

  conflict->entity = kaf_record_get_entity (self->part->record);
  conflict->won = won;
  g_ptr_array_add (self->conflicts, conflict);
  self->taken |= KAF_HUB_TAKEN_CONFLICT;
  return conflict;
}

static void
add_conflict (Take *self, const Unit *unit, gboolean won)
{
  KafHubConflict *conflict = start_conflict (self, won);
  const gsize written = G_STRUCT_OFFSET (KafMergeField, after);
  const gsize standing = G_STRUCT_OFFSET (KafMergeField, standing);

  conflict->field = g_strdup (conflict->entity->fields[unit->at[0]].id);
  conflict->stands = print_side (self, unit, won ? written : standing);
  conflict->other = print_side (self, unit, won ? standing : written);
  conflict->before = print_side (self, unit, G_STRUCT_OFFSET (KafMergeField, before));
  conflict->mark = unit->fields[0].mark;
  for (guint i = 1; i < unit->n; i++)
    if (unit->fields[i].mark.seq > conflict->mark.seq)
      conflict->mark = unit->fields[i].mark;
}

/* "FIELD":VALUE, of a facet of the conflict's record "FACET.FIELD". */
static void
print_edited (const KafHubConflict *conflict, const KafRecord *record, guint field, GString *json)
{
  const KafEntity *entity = kaf_record_get_entity (record);
  g_autofree char *name = entity == conflict->entity
                              ? NULL
                              : g_strconcat (entity->id, ".", entity->fields[field].id, NULL);

  kaf_json_append_name (json, json->len == 1, name != NULL ? name : entity->fields[field].id);
  kaf_json_append_string (json, kaf_record_get_at (record, field));
}

/* Whether the author was not told that field: it is none of his role's, or his program has no such field. */
static gboolean
is_untold (const Take *self, const KafEntity *entity, guint field)
{
  return entity->fields[field].since > self->edit->schema ||
         kaf_operation_is_unseen (self->operation, entity, field);
}

/* What the author had before his eyes of those fields. */
static KafSight
look (const Take *self, const guint *fields, guint n)
{
  KafSight sight = self->edit->sight;

  sight.made = self->operation->kind == KAF_CHANGE_CREATE;
  for (guint i = 0; i < n; i++)
    if (is_untold (self, kaf_operation_get_entity (self->operation), fields[i]))
      sight.saw = 0;
  return sight;
}

static int
find_outcome (const Take *self, const Unit *unit)
{
  const KafEntity *entity = kaf_record_get_entity (self->part->record);

  for (guint i = 0; g_str_equal (entity->id, "conflict") && i < unit->n; i++)
    if (g_str_equal (entity->fields[unit->at[i]].id, "outcome"))
      return (int) i;
  return -1;
}

/* Two settled one conflict otherwise, who had not heard of one another. Where both wrote, a conflict of what they wrote says
 * so, and the later outcome stands. Where one left what stood, which is to write nothing, only this would tell: it is open
 * again, and a third who has not heard of that does not close it. Never is it a conflict over a conflict. */
static KafMergeResult
settle_twice (Take *self, Unit *unit, guint outcome, KafMergeResult result)
{
  const char *standing = unit->fields[outcome].standing; /* NULL: it is open again */

  if (g_strcmp0 (unit->fields[outcome].after, "stands") != 0 && standing != NULL &&
      !g_str_equal (standing, "stands"))
    return result;
  for (guint i = 0; i < unit->n; i++)
    unit->fields[i].after = i == outcome ? NULL : "open";
  self->taken |= KAF_HUB_TAKEN_CONFLICT | KAF_HUB_TAKEN_DIFFERS;
  return KAF_MERGE_TAKEN;
}

/* Whether it is as open as its author saw it, for another reason: what was settled meanwhile is open again. */
static gboolean
is_open_again (const Unit *unit, guint outcome, const KafSight *sight)
{
  return unit->fields[outcome].standing == NULL &&
         !kaf_merge_saw (sight, &unit->fields[outcome].mark);
}

static void
take_unit (Take *self, KafMerge rule, Unit *unit)
{
  const KafSight sight = look (self, unit->at, unit->n);
  KafMergeResult result = kaf_merge_unit (rule, unit->fields, unit->n, &sight);
  gboolean unseen = result == KAF_MERGE_WON || result == KAF_MERGE_LOST;
  int outcome = find_outcome (self, unit);

  if (result == KAF_MERGE_REFUSED)
    self->taken |= KAF_HUB_TAKEN_REFUSED;
  if (outcome >= 0 &&
      (unseen || (result == KAF_MERGE_TAKEN && is_open_again (unit, (guint) outcome, &sight))))
    result = settle_twice (self, unit, (guint) outcome, result);
  else if (unseen)
    add_conflict (self, unit, result == KAF_MERGE_WON);
  if (result != KAF_MERGE_WON && result != KAF_MERGE_TAKEN)
    return;
  for (guint i = 0; i < unit->n; i++)
    {
      g_autofree char *after = g_strdup (unit->fields[i].after);

      /* What is told for the unit's sake, as it stands, is still by who wrote it. */
      if (g_strcmp0 (after, unit->fields[i].standing) == 0 &&
          (self->operation->kind != KAF_CHANGE_UPDATE ||
           !kaf_operation_changes (self->operation, unit->at[i])))
        continue;
      kaf_record_set_at (self->part->record, unit->at[i], after);
      self->part->marks[unit->at[i]] = own_mark (self->edit);
    }
  stamp (self);
}

static void
take_set (Take *self, guint field)
{
  const KafSight sight = look (self, &field, 1);
  KafHubPart *part = self->part;

  if (part->sets[field] == NULL)
    part->sets[field] = g_ptr_array_new_with_free_func ((GDestroyNotify) kaf_merge_element_free);
  if (!kaf_merge_set (part->sets[field], kaf_record_get_at (self->operation->before, field),
                      kaf_record_get_at (self->operation->after, field), &sight, self->edit->seq))
    return;
  part->marks[field] = own_mark (self->edit);
  kaf_hub_part_print_set (part, field);
  stamp (self);
}

static void
add_to_unit (Take *self, Unit *unit, guint field)
{
  const KafOperation *op = self->operation;

  unit->at[unit->n] = field;
  unit->fields[unit->n++] = (KafMergeField){
    .before = kaf_record_get_at (op->before, field),
    .after = kaf_record_get_at (op->after, field),
    .standing = kaf_record_get_at (self->part->record, field),
    .mark = self->part->marks[field],
  };
}

/* Whether a field before @field leads its unit: then it was taken along. */
static gboolean
was_taken (const KafOperation *op, const KafField *fields, guint field)
{
  for (guint i = 0; i < field; i++)
    if (fields[field].unit != NULL && g_strcmp0 (fields[i].unit, fields[field].unit) == 0 &&
        kaf_record_holds_at (op->after, i))
      return TRUE;
  return FALSE;
}

/* Of a unit, what the author's program does not know: what stands there went with what he changes. */
static gboolean
is_left_empty (const Take *self, guint field)
{
  const KafRecord *stands = self->part->record;

  return kaf_record_get_entity (stands)->fields[field].since > self->edit->schema &&
         self->edit->tells (self->edit->reads, self->part->record, field);
}

static void
take_fields (Take *self)
{
  const KafOperation *op = self->operation;
  const KafField *fields = kaf_operation_get_entity (op)->fields;

  for (guint i = 0; fields[i].id != NULL; i++)
    {
      Unit unit = { .n = 0 };

      if (!kaf_record_holds_at (op->after, i) || was_taken (op, fields, i))
        continue;
      if (kaf_field_is_many (&fields[i]))
        {
          take_set (self, i);
          continue;
        }
      add_to_unit (self, &unit, i);
      for (guint j = 0; fields[j].id != NULL && fields[i].unit != NULL; j++)
        if (j != i && g_strcmp0 (fields[j].unit, fields[i].unit) == 0 && unit.n < UNIT_MAX &&
            (kaf_record_holds_at (op->after, j) || is_left_empty (self, j)))
          add_to_unit (self, &unit, j);
      take_unit (self, fields[i].merge, &unit);
    }
}

static void
set_fate (Take *self, gint64 deleted_at)
{
  kaf_record_get_stamp (self->part->record)->deleted_at = deleted_at;
  self->part->fate = own_mark (self->edit);
  stamp (self);
}

static gboolean
is_deleted (const KafHubPart *part)
{
  return kaf_record_get_stamp (part->record)->deleted_at > 0;
}

/* What the author of a deletion had before his eyes of a field that goes. What he is not told as he is now either, nobody of
 * his role ever sees: who may write it takes it away like the rest. */
static KafSight
look_at (const Take *self, const KafHubPart *part, guint field)
{
  KafSight sight = self->edit->sight;

  if (is_untold (self, kaf_record_get_entity (part->record), field) &&
      self->edit->tells (self->edit->reads, part->record, field))
    sight.saw = 0;
  return sight;
}

/* The mark of a set tells of its last change alone. */
static gboolean
saw_set (const GPtrArray *elements, const KafSight *sight)
{
  for (guint i = 0; elements != NULL && i < elements->len; i++)
    {
      const KafMergeElement *element = g_ptr_array_index (elements, i);

      if (!kaf_merge_delete (&element->mark, 1, sight) ||
          !kaf_merge_delete (element->added, element->n_added, sight))
        return FALSE;
    }
  return TRUE;
}

static gboolean
saw_field (const Take *self, const KafHubPart *part, guint field)
{
  const KafSight sight = look_at (self, part, field);

  return saw_set (part->sets[field], &sight) && kaf_merge_delete (&part->marks[field], 1, &sight);
}

static gboolean
saw_part (const Take *self, const KafHubPart *part)
{
  guint n_fields = kaf_entity_n_fields (kaf_record_get_entity (part->record));

  for (guint i = 0; i < n_fields; i++)
    if (!saw_field (self, part, i))
      return FALSE;
  return TRUE;
}

/* Whether the author had seen all that would go: with a person her facets. */
static gboolean
saw_all (const Take *self)
{
  gboolean root = kaf_record_get_entity (self->part->record) == self->record->root;

  for (guint i = 0; root && i < self->record->parts->len; i++)
    {
      const KafHubPart *facet = g_ptr_array_index (self->record->parts, i);

      if (facet != self->part && !is_deleted (facet) &&
          (!kaf_merge_saw (&self->edit->sight, &facet->fate) || !saw_part (self, facet)))
        return FALSE;
    }
  return saw_part (self, self->part);
}

/* Edited by this operation, and deleted by one who had not seen it. */
static void
add_revival (Take *self)
{
  KafHubConflict *conflict = start_conflict (self, TRUE);
  const KafOperation *op = self->operation;
  guint n_fields = kaf_entity_n_fields (kaf_operation_get_entity (op));
  g_autoptr (GString) stands = g_string_new ("{");
  g_autoptr (GString) before = g_string_new ("{");

  for (guint i = 0; i < n_fields; i++)
    {
      if (!kaf_operation_changes (op, i) ||
          (op->kind == KAF_CHANGE_CREATE && kaf_record_get_at (op->after, i) == NULL))
        continue;
      print_edited (conflict, op->after, i, stands);
      if (op->kind == KAF_CHANGE_UPDATE)
        print_edited (conflict, op->before, i, before);
    }
  conflict->stands = g_strconcat (stands->str, "}", NULL);
  conflict->other = g_strdup ("{}");
  conflict->before = g_strconcat (before->str, "}", NULL);
  conflict->mark = self->part->fate;
}

/* What the author of this deletion had not seen of the part; the latest of it is who the other one is. */
static void
print_unseen (const Take *self, const KafHubPart *part, KafHubConflict *conflict, GString *stands)
{
  guint n_fields = kaf_entity_n_fields (kaf_record_get_entity (part->record));

  for (guint i = 0; i < n_fields; i++)
    if (!saw_field (self, part, i))
      {
        print_edited (conflict, part->record, i, stands);
        if (part->marks[i].seq > conflict->mark.seq)
          conflict->mark = part->marks[i];
      }
}

/* Edited unseen by who deletes by this operation. */
static void
add_survival (Take *self)
{
  KafHubConflict *conflict = start_conflict (self, FALSE);
  gboolean whole = conflict->entity == self->record->root;
  g_autoptr (GString) stands = g_string_new ("{");

  conflict->mark = self->part->fate;
  print_unseen (self, self->part, conflict, stands);
  for (guint i = 0; whole && i < self->record->parts->len; i++)
    {
      const KafHubPart *facet = g_ptr_array_index (self->record->parts, i);

      if (facet != self->part && !is_deleted (facet))
        print_unseen (self, facet, conflict, stands);
    }
  conflict->stands = g_strconcat (stands->str, "}", NULL);
  conflict->other = g_strdup ("{}");
  conflict->before = g_strdup ("{}");
}

/* Deleted by one who had not seen this edit: it comes back. Its author may have heard of the deletion
 * since, and is told. */
static void
revive (Take *self, KafHubPart *part)
{
  KafHubPart *own = self->part;

  if (part == NULL || !is_deleted (part) || kaf_merge_saw (&self->edit->sight, &part->fate))
    return;
  self->part = part;
  add_revival (self);
  set_fate (self, 0);
  self->taken |= KAF_HUB_TAKEN_DIFFERS;
  self->part = own;
}

/* Who edited a person, or a facet of hers, had all of her before him: what went with her comes back with her, and one
 * conflict tells of it. */
static void
revive_whole (Take *self)
{
  KafHubPart *own = self->part;
  KafHubPart *root = kaf_hub_record_find (self->record, self->record->root);
  gboolean was_deleted =
      root != NULL && is_deleted (root) && !kaf_merge_saw (&self->edit->sight, &root->fate);

  for (guint i = 0; was_deleted && i < self->record->parts->len; i++)
    {
      self->part = g_ptr_array_index (self->record->parts, i);
      if (self->part != root && is_deleted (self->part) &&
          !kaf_merge_saw (&self->edit->sight, &self->part->fate))
        set_fate (self, 0);
    }
  self->part = own;
  revive (self, root);
}

/* A person is deleted by an operation of its own behind those of her facets: what the same group took from her before comes
 * back with her. */
static void
return_facets (Take *self)
{
  KafHubPart *own = self->part;

  for (guint i = 0; i < self->record->parts->len; i++)
    {
      const KafMark *fate;

      self->part = g_ptr_array_index (self->record->parts, i);
      fate = &self->part->fate;
      if (self->part != own && is_deleted (self->part) &&
          fate->device == self->edit->sight.device &&
          kaf_hlc_compare (&fate->clock, &self->edit->sight.clock) == 0)
        set_fate (self, 0);
    }
  self->part = own;
}

static void
take_deletion (Take *self)
{
  if (is_deleted (self->part))
    return;
  if (saw_all (self))
    {
      set_fate (self, self->edit->at);
      return;
    }
  /* Somebody edited it unseen: it stays, and both are told. */
  add_survival (self);
  if (kaf_record_get_entity (self->part->record) == self->record->root)
    return_facets (self);
  self->taken |= KAF_HUB_TAKEN_DIFFERS;
}

static void
take_update (Take *self)
{
  revive_whole (self);
  revive (self, self->part);
  take_fields (self);
}

static void
create (Take *self)
{
  const KafRecord *given = self->operation->after;
  const KafField *fields = kaf_record_get_entity (given)->fields;
  KafStamp *stamp_of;

  revive_whole (self);
  self->part = kaf_hub_record_add (self->record, kaf_record_get_entity (given));
  self->part->fate = own_mark (self->edit);
  for (guint i = 0; fields[i].id != NULL; i++)
    {
      if (kaf_record_get_at (given, i) == NULL)
        continue;
      if (kaf_field_is_many (&fields[i]))
        {
          take_set (self, i);
          continue;
        }
      kaf_record_set_at (self->part->record, i, kaf_record_get_at (given, i));
      self->part->marks[i] = self->part->fate;
    }
  stamp_of = kaf_record_get_stamp (self->part->record);
  stamp_of->created_at = self->edit->at;
  stamp_of->created_by = g_strdup (self->edit->author);
  stamp (self);
}

/* What makes its id from its content may be made twice, unseen by one another; a facet of a person by two, one of whom
 * has deleted her since; and what a store had sent it sends anew when it is restored to what it was before. */
static void
create_again (Take *self)
{
  if (kaf_record_get_entity (self->part->record) != self->record->root)
    revive_whole (self);
  if (is_deleted (self->part))
    set_fate (self, 0);
  take_fields (self);
}

/* Whether the values that the author told are those that stand, elements of a set in the same order. */
static gboolean
is_as_told (const Take *self)
{
  const KafRecord *told = self->operation->after;
  const KafField *fields = kaf_record_get_entity (told)->fields;

  for (guint i = 0; fields[i].id != NULL; i++)
    {
      const char *stands = kaf_record_get_at (self->part->record, i);

      if (kaf_record_holds_at (told, i) && g_strcmp0 (stands, kaf_record_get_at (told, i)) != 0)
        return FALSE;
    }
  return TRUE;
}

/* A facet is of somebody. */
static gboolean
has_place (KafHubRecord *record, const KafOperation *operation)
{
  const KafEntity *entity = kaf_operation_get_entity (operation);

  if (operation->kind == KAF_CHANGE_CREATE)
    return entity->owner == NULL || kaf_hub_record_find (record, record->root) != NULL;
  return kaf_hub_record_find (record, entity) != NULL;
}

guint
kaf_hub_take_nothing (KafHubRecord *record, const KafOperation *operation)
{
  KafHubPart *part = kaf_hub_record_find (record, kaf_operation_get_entity (operation));
  const Take self = { .record = record, .part = part, .operation = operation };

  return part != NULL && is_as_told (&self) ? 0 : KAF_HUB_TAKEN_DIFFERS;
}

guint
kaf_hub_take (KafHubRecord *record,
              const KafOperation *operation,
              const KafHubEdit *edit,
              GPtrArray *conflicts)
{
  const KafEntity *entity = kaf_operation_get_entity (operation);
  Take self = { record, kaf_hub_record_find (record, entity), operation, edit, conflicts, 0 };

  if (!has_place (record, operation))
    return KAF_HUB_TAKEN_REFUSED;
  if (kaf_entity_has (entity, KAF_ENTITY_APPEND_ONLY) && operation->kind != KAF_CHANGE_CREATE)
    return KAF_HUB_TAKEN_REFUSED | KAF_HUB_TAKEN_DIFFERS;

  switch (operation->kind)
    {
    case KAF_CHANGE_CREATE:
      if (self.part == NULL)
        create (&self);
      else
        create_again (&self);
      break;
    case KAF_CHANGE_UPDATE:
      take_update (&self);
      break;
    case KAF_CHANGE_DELETE:
      take_deletion (&self);
      break;
    case KAF_CHANGE_RESTORE:
    default:
      if (is_deleted (self.part))
        set_fate (&self, 0);
      revive_whole (&self);
      break;
    }
  if (!is_as_told (&self))
    self.taken |= KAF_HUB_TAKEN_DIFFERS;
  return self.taken;
}
