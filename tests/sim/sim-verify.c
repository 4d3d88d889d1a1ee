/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What must hold when all have said all: the hub against the log, the devices against the hub. */
#include "config.h"

#include "sim-world.h"

#include <string.h>

#include "schema/kaf-set.h"
#include "server/kaf-hub-storage.h"
#include "store/kaf-check.h"
#include "store/kaf-database-private.h"
#include "store/kaf-one.h"
#include "sync/kaf-wire.h"

typedef struct
{
  SimWorld *world;
  GPtrArray *records; /* of KafHubRecord */
  GHashTable *found;  /* "ENTITY\tID" → KafHubPart */
  guint n_conflicts;  /* records, settled or not */
} Verify;

static KafHubPart *
find_part (Verify *self, const KafEntity *entity, const char *id)
{
  g_autofree char *key = g_strconcat (entity->id, "\t", id, NULL);

  return g_hash_table_lookup (self->found, key);
}

static gboolean
is_deleted (KafRecord *record)
{
  return kaf_record_get_stamp (record)->deleted_at > 0;
}

static gboolean
is_visible (Verify *self, const KafHubPart *part)
{
  const KafEntity *root = kaf_entity_get_root (kaf_record_get_entity (part->record));
  KafHubPart *top = find_part (self, root, kaf_record_get_id (part->record));

  return !is_deleted (part->record) && top != NULL && !is_deleted (top->record);
}

static gboolean
in_unit (const KafField *fields, guint lead, guint i)
{
  return i == lead ||
         (fields[lead].unit != NULL && g_strcmp0 (fields[lead].unit, fields[i].unit) == 0);
}

/* Whether two records hold the same in the unit of field @lead. */
static gboolean
same_unit (const KafRecord *a, const KafRecord *b, guint lead)
{
  const KafField *fields = kaf_record_get_entity (a)->fields;

  for (guint i = 0; fields[i].id != NULL; i++)
    if (in_unit (fields, lead, i) &&
        g_strcmp0 (kaf_record_get_at (a, i), kaf_record_get_at (b, i)) != 0)
      return FALSE;
  return TRUE;
}

/* Where what was written is */

static gboolean
side_holds (KafHubPart *conflict, const char *side, const KafOperation *op, guint lead)
{
  const char *json = kaf_record_get (conflict->record, side);
  const KafEntity *entity = kaf_operation_get_entity (op);
  g_autoptr (GArray) parts = kaf_wire_parts_new ();
  const KafWirePart *members, *name;
  g_autoptr (KafRecord) told = kaf_record_new (entity, NULL);

  if (json == NULL || (members = kaf_wire_parse_object (json, strlen (json), parts, NULL)) == NULL)
    return FALSE;
  name = members + 1;
  for (guint i = 0; i < members->n; i++, name = kaf_wire_after (name + 1))
    {
      int field = kaf_entity_field_index_of (entity, name->text, name->size);

      if (field >= 0)
        kaf_record_take_at (told, field, kaf_wire_get_string (name + 1));
    }
  return kaf_record_holds_at (told, lead) && same_unit (told, op->after, lead);
}

/* What stood in a conflict is replaced by one who knows it, or is the other side of the next. */
static gboolean
is_in_conflict (Verify *self, const KafOperation *op, guint lead)
{
  for (guint i = 0; i < self->records->len; i++)
    {
      KafHubRecord *record = g_ptr_array_index (self->records, i);
      KafHubPart *part = g_ptr_array_index (record->parts, 0);

      if (g_str_equal (record->root->id, "conflict") &&
          g_strcmp0 (kaf_record_get (part->record, "owner"), kaf_operation_get_id (op)) == 0 &&
          g_strcmp0 (kaf_record_get (part->record, "owner_entity"),
                     kaf_operation_get_entity (op)->id) == 0 &&
          side_holds (part, "other", op, lead))
        return TRUE;
    }
  return FALSE;
}

static gboolean
writes (const SimOp *one, const KafOperation *op, guint lead)
{
  return one->op->kind == KAF_CHANGE_UPDATE &&
         kaf_operation_get_entity (one->op) == kaf_operation_get_entity (op) &&
         g_str_equal (kaf_operation_get_id (one->op), kaf_operation_get_id (op)) &&
         kaf_record_holds_at (one->op->after, lead);
}

/* Whether that device had it before it in an edit that the hub refused, and whose text stayed there: what it wrote
 * next was written over both. */
static gboolean
had_before (Verify *self, guint device, const KafOperation *op, guint lead)
{
  GPtrArray *taken = self->world->taken;

  for (guint i = 0; i < taken->len; i++)
    {
      const SimGroup *group = g_ptr_array_index (taken, i);

      for (guint j = 0; group->device == device && j < group->ops->len; j++)
        {
          const SimOp *one = g_ptr_array_index (group->ops, j);

          if (one->refused && writes (one, op, lead) &&
              same_unit (one->op->before, op->after, lead))
            return TRUE;
        }
    }
  return FALSE;
}

static gboolean
is_of_same (const SimGroup *group, const SimGroup *other)
{
  return group->device == other->device && group->life == other->life;
}

/* Somebody wrote over it who had it before him, or had written it himself. */
static gboolean
is_replaced (Verify *self, const SimGroup *group, guint at, guint lead)
{
  const KafOperation *op = ((SimOp *) g_ptr_array_index (group->ops, at))->op;
  GPtrArray *taken = self->world->taken;

  /* A hub that was restored is sent again what it had taken, and by whom it is reached first. */
  for (guint i = self->world->is_restored ? 0 : group->place; i < taken->len; i++)
    {
      const SimGroup *later = g_ptr_array_index (taken, i);

      for (guint j = later == group ? at + 1 : 0; j < later->ops->len; j++)
        {
          const SimOp *other = g_ptr_array_index (later->ops, j);

          if (!other->refused && writes (other, op, lead) &&
              ((is_of_same (later, group) && i >= group->place) ||
               same_unit (other->op->before, op->after, lead) ||
               had_before (self, later->device, op, lead)))
            return TRUE;
        }
    }
  return FALSE;
}

/* The hub has nobody there, or whom the law keeps in that place. */
static gboolean
names_erased (Verify *self, const KafField *field, const char *value)
{
  gboolean names;

  g_free (sim_erase_unname (self->world, field, value, &names));
  return names;
}

/* Of two who settled a conflict unseen by one another, what both wrote tells; where one left what stood it is open again. */
static gboolean
is_settled_otherwise (const KafHubPart *part, const KafOperation *op, guint field)
{
  const KafEntity *entity = kaf_operation_get_entity (op);

  if (!g_str_equal (entity->id, "conflict") ||
      g_strcmp0 (entity->fields[field].unit, "settlement") != 0)
    return FALSE;
  return g_strcmp0 (kaf_record_get (part->record, "state"), "open") == 0 ||
         (g_strcmp0 (kaf_record_get (part->record, "outcome"), "stands") != 0 &&
          g_strcmp0 (kaf_record_get (op->after, "outcome"), "stands") != 0);
}

static void
check_kept (Verify *self, const SimGroup *group, guint at)
{
  const SimOp *one = g_ptr_array_index (group->ops, at);
  const KafOperation *op = one->op;
  const KafEntity *entity = kaf_operation_get_entity (op);
  KafHubPart *part = find_part (self, entity, kaf_operation_get_id (op));

  if (one->refused || kaf_entity_has (entity, KAF_ENTITY_LIST) ||
      sim_erase_has (self->world, entity, kaf_operation_get_id (op)) ||
      (op->kind != KAF_CHANGE_CREATE && op->kind != KAF_CHANGE_UPDATE))
    return;
  if (part == NULL)
    {
      sim_wrong (self->world, "the hub took a %s and does not have it", entity->id);
      return;
    }
  for (guint i = 0; entity->fields[i].id != NULL; i++)
    if (!kaf_field_is_many (&entity->fields[i]) && kaf_operation_changes (op, i) &&
        !names_erased (self, &entity->fields[i], kaf_record_get_at (op->after, i)) &&
        !same_unit (part->record, op->after, i) && !is_replaced (self, group, at, i) &&
        !is_in_conflict (self, op, i) && !is_settled_otherwise (part, op, i))
      sim_wrong (self->world, "%s.%s of %s, “%s”, which device %u wrote, is nowhere", entity->id,
                 entity->fields[i].id, kaf_operation_get_id (op), kaf_record_get_at (op->after, i),
                 group->device);
}

/* Sets: an element stays if somebody added it whom no remover after had seen. */

typedef struct
{
  const KafEntity *entity;
  const char *id;
  guint field;
  const char *value;
} Element;

/* 1: added, -1: removed, 0: neither. */
static int
touches (const SimOp *one, const Element *element)
{
  const KafOperation *op = one->op;
  const char *before, *after;
  g_autoptr (GPtrArray) added = NULL;

  if (one->refused || kaf_operation_get_entity (op) != element->entity ||
      !g_str_equal (kaf_operation_get_id (op), element->id) ||
      !kaf_record_holds_at (op->after, element->field))
    return 0;
  before = kaf_record_get_at (op->before, element->field);
  after = kaf_record_get_at (op->after, element->field);
  added = kaf_set_difference (after, before);
  for (guint i = 0; i < added->len; i++)
    if (g_str_equal (((KafElement *) g_ptr_array_index (added, i))->value, element->value))
      return 1;
  return kaf_set_contains (before, element->value) && !kaf_set_contains (after, element->value) ? -1
                                                                                                : 0;
}

/* Whether the addition by operation @at of @group may still stand, and whether it must. */
static void
judge_addition (Verify *self,
                const SimGroup *group,
                guint at,
                const Element *element,
                gboolean *may,
                gboolean *must)
{
  GPtrArray *taken = self->world->taken;

  *may = *must = TRUE;
  for (guint i = group->place; i < taken->len; i++)
    {
      const SimGroup *later = g_ptr_array_index (taken, i);

      for (guint j = later == group ? at + 1 : 0; j < later->ops->len; j++)
        {
          const SimOp *one = g_ptr_array_index (later->ops, j);

          if (touches (one, element) >= 0)
            continue;
          if (is_of_same (later, group) || later->least > group->place)
            *may = FALSE;
          if (is_of_same (later, group) || one->known[element->field] > group->place)
            *must = FALSE;
        }
    }
}

static void
check_element (Verify *self, KafHubPart *part, const Element *element)
{
  GPtrArray *taken = self->world->taken;
  gboolean may = FALSE, must = FALSE;
  gboolean is = kaf_set_contains (kaf_record_get_at (part->record, element->field), element->value);

  for (guint i = 0; i < taken->len; i++)
    {
      const SimGroup *group = g_ptr_array_index (taken, i);

      for (guint j = 0; j < group->ops->len; j++)
        {
          gboolean this_may, this_must;

          if (touches (g_ptr_array_index (group->ops, j), element) <= 0)
            continue;
          judge_addition (self, group, j, element, &this_may, &this_must);
          may |= this_may;
          must |= this_must;
        }
    }
  if ((is ? !may : must) &&
      !names_erased (self, &element->entity->fields[element->field], element->value))
    sim_wrong (self->world, "%s.%s of %s %s “%s”", element->entity->id,
               element->entity->fields[element->field].id, element->id, is ? "kept" : "lost",
               element->value);
}

/* All elements that anybody ever wrote there. */
static void
check_sets (Verify *self, KafHubPart *part)
{
  const KafEntity *entity = kaf_record_get_entity (part->record);
  GPtrArray *taken = self->world->taken;

  for (guint f = 0; entity->fields[f].id != NULL; f++)
    {
      g_autoptr (GHashTable) seen = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);

      if (!kaf_field_is_many (&entity->fields[f]))
        continue;
      for (guint i = 0; i < taken->len; i++)
        {
          const SimGroup *group = g_ptr_array_index (taken, i);

          for (guint j = 0; j < group->ops->len; j++)
            {
              const KafOperation *op = ((SimOp *) g_ptr_array_index (group->ops, j))->op;
              g_autoptr (GPtrArray) elements = NULL;

              if (kaf_operation_get_entity (op) != entity ||
                  !g_str_equal (kaf_operation_get_id (op), kaf_record_get_id (part->record)))
                continue;
              elements = kaf_set_parse (kaf_record_get_at (op->after, f));
              for (guint k = 0; k < elements->len; k++)
                {
                  const char *value = ((KafElement *) g_ptr_array_index (elements, k))->value;

                  if (g_hash_table_add (seen, g_strdup (value)))
                    check_element (
                        self, part,
                        &(Element){ entity, kaf_record_get_id (part->record), f, value });
                }
            }
        }
    }
}

/* Deletions */

/* Whether that device had brought it back, which the hub did not take from it: who wrote into it there knew that it was
 * gone. */
static gboolean
had_brought_back (Verify *self, guint device, KafHubPart *part)
{
  const KafEntity *entity = kaf_record_get_entity (part->record);
  GPtrArray *taken = self->world->taken;

  for (guint i = 0; i < taken->len; i++)
    {
      const SimGroup *group = g_ptr_array_index (taken, i);

      for (guint j = 0; group->device == device && j < group->ops->len; j++)
        {
          const SimOp *one = g_ptr_array_index (group->ops, j);
          const KafEntity *of = kaf_operation_get_entity (one->op);

          if (one->op->kind == KAF_CHANGE_RESTORE && one->refused &&
              (of == entity || of == kaf_entity_get_root (entity)) &&
              g_str_equal (kaf_operation_get_id (one->op), kaf_record_get_id (part->record)))
            return TRUE;
        }
    }
  return FALSE;
}

/* Whether the value was written by one who knew that the record was gone; or the deleter had another
 * before him that the hub refused to take from him. */
static gboolean
is_excused (Verify *self, KafHubPart *part, guint field, guint deleter)
{
  GPtrArray *taken = self->world->taken;

  for (guint i = 0; i < taken->len; i++)
    {
      const SimGroup *group = g_ptr_array_index (taken, i);

      for (guint j = 0; j < group->ops->len; j++)
        {
          const SimOp *one = g_ptr_array_index (group->ops, j);

          if ((one->gone || (one->refused && group->device == deleter) ||
               had_brought_back (self, group->device, part)) &&
              kaf_operation_get_entity (one->op) == kaf_record_get_entity (part->record) &&
              g_str_equal (kaf_operation_get_id (one->op), kaf_record_get_id (part->record)) &&
              kaf_record_holds_at (one->op->after, field))
            return TRUE;
        }
    }
  return FALSE;
}

/* Of a set, that somebody took something out unseen is no loss. */
static gboolean
saw_value (const KafField *field, const char *shown, const char *value)
{
  g_autoptr (GPtrArray) more = NULL;

  if (!kaf_field_is_many (field))
    return g_strcmp0 (shown, value) == 0;
  more = kaf_set_difference (value, shown);
  return more->len == 0;
}

static gboolean
wrote_into (const SimOp *one, KafHubPart *part, guint field)
{
  return !one->refused &&
         kaf_operation_get_entity (one->op) == kaf_record_get_entity (part->record) &&
         g_str_equal (kaf_operation_get_id (one->op), kaf_record_get_id (part->record)) &&
         kaf_record_holds_at (one->op->after, field);
}

/* Whether that device had put the element there itself. */
static gboolean
put_element (
    Verify *self, const SimGroup *deletion, KafHubPart *part, guint field, const char *element)
{
  for (gint64 i = 0; i < deletion->place; i++)
    {
      const SimGroup *group = g_ptr_array_index (self->world->taken, i);

      for (guint j = 0; group->device == deletion->device && group->life == deletion->life &&
                        j < group->ops->len;
           j++)
        {
          const SimOp *one = g_ptr_array_index (group->ops, j);

          if (wrote_into (one, part, field) &&
              kaf_set_contains (kaf_record_get_at (one->op->after, field), element))
            return TRUE;
        }
    }
  return FALSE;
}

/* What others put into a set beside him, and he had taken out as his own before he heard of it, tells him nothing new: what
 * he put there himself is not told to him. */
static gboolean
put_elements (
    Verify *self, const SimGroup *deletion, KafHubPart *part, guint field, const char *shown)
{
  g_autoptr (GPtrArray) more = kaf_set_difference (kaf_record_get_at (part->record, field), shown);

  for (guint i = 0; i < more->len; i++)
    if (!put_element (self, deletion, part, field,
                      ((const KafElement *) g_ptr_array_index (more, i))->value))
      return FALSE;
  return TRUE;
}

/* What the deleter himself had written there last, from that device, he knows, though it went from there with the right to
 * read it. */
static gboolean
wrote_value (Verify *self, const SimGroup *deletion, KafHubPart *part, guint field)
{
  for (gint64 i = deletion->place; i-- > 0;)
    {
      const SimGroup *group = g_ptr_array_index (self->world->taken, i);

      if (group->device != deletion->device || group->life != deletion->life)
        continue;
      for (guint j = group->ops->len; j-- > 0;)
        {
          const SimOp *one = g_ptr_array_index (group->ops, j);

          if (wrote_into (one, part, field))
            return g_strcmp0 (kaf_record_get_at (one->op->after, field),
                              kaf_record_get_at (part->record, field)) == 0;
        }
    }
  return FALSE;
}

static gboolean
saw_whole (Verify *self, const SimGroup *deletion, const SimOp *one, KafHubPart *part)
{
  const KafEntity *entity = kaf_record_get_entity (part->record);

  for (guint i = 0; i < one->shown->len; i++)
    {
      KafRecord *shown = g_ptr_array_index (one->shown, i);
      gboolean whole = TRUE;

      if (kaf_record_get_entity (shown) != entity)
        continue;
      for (guint f = 0; whole && entity->fields[f].id != NULL; f++)
        whole = !kaf_role_can_read (one->role, &entity->fields[f]) ||
                saw_value (&entity->fields[f], kaf_record_get_at (shown, f),
                           kaf_record_get_at (part->record, f)) ||
                names_erased (self, &entity->fields[f], kaf_record_get_at (shown, f)) ||
                is_excused (self, part, f, deletion->device) ||
                (kaf_field_is_many (&entity->fields[f])
                     ? put_elements (self, deletion, part, f, kaf_record_get_at (shown, f))
                     : wrote_value (self, deletion, part, f));
      return whole;
    }
  return FALSE;
}

/* What nobody sees any more was seen by who deleted it, or its root. */
static void
check_deletion (Verify *self, KafHubPart *part)
{
  const KafEntity *entity = kaf_record_get_entity (part->record);
  const char *id = kaf_record_get_id (part->record);
  GPtrArray *taken = self->world->taken;

  if (is_visible (self, part))
    return;
  for (guint i = 0; i < taken->len; i++)
    {
      const SimGroup *group = g_ptr_array_index (taken, i);

      for (guint j = 0; j < group->ops->len; j++)
        {
          const SimOp *one = g_ptr_array_index (group->ops, j);
          const KafEntity *deleted = kaf_operation_get_entity (one->op);

          if (one->op->kind == KAF_CHANGE_DELETE &&
              g_str_equal (kaf_operation_get_id (one->op), id) &&
              (deleted == entity || deleted == kaf_entity_get_root (entity)) &&
              saw_whole (self, group, one, part))
            return;
        }
    }
  sim_wrong (self->world, "%s %s is gone, and nobody who deleted it had seen all of it", entity->id,
             id);
}

/* The devices */

static void
check_ref (Verify *self, SimDevice *device, const KafHubPart *part)
{
  const KafEntity *entity = kaf_record_get_entity (part->record);
  const char *ref = kaf_record_get_ref (part->record);

  for (guint i = 0; ref != NULL && i <= part->aliases->len; i++)
    {
      const char *name = i == 0 ? ref : g_ptr_array_index (part->aliases, i - 1);
      g_autofree char *id = NULL;

      if (!kaf_one_resolve_raw (device->db, name, NULL, NULL, &id, NULL) ||
          !g_str_equal (id, kaf_record_get_id (part->record)))
        sim_wrong (self->world, "device %u finds %s by %s, which is %s %s", device->number, id,
                   name, entity->id, kaf_record_get_id (part->record));
    }
}

/* Of a record that one deleted and another edited, a side names all fields of the edit, "FACET.FIELD" those of facets. */
static gboolean
may_read_all (const SimDevice *device, const KafEntity *owner, const char *side)
{
  g_autoptr (GArray) parts = kaf_wire_parts_new ();
  const KafWirePart *members = kaf_wire_parse_object (side, strlen (side), parts, NULL);
  const KafWirePart *name = members != NULL ? members + 1 : NULL;

  for (guint i = 0; members != NULL && i < members->n; i++, name = kaf_wire_after (name + 1))
    {
      g_autofree char *text = g_strndup (name->text, name->size);
      g_auto (GStrv) words = g_strsplit (text, ".", 2);
      const KafEntity *entity = words[1] != NULL ? kaf_registry_find (words[0]) : owner;
      const KafField *field =
          entity != NULL ? kaf_entity_find_field (entity, words[words[1] != NULL]) : NULL;

      if (field == NULL || !kaf_role_can_read (device->role, field))
        return FALSE;
    }
  return TRUE;
}

/* The sides of a conflict are told to who may read every field of the unit that it is about. */
static gboolean
may_read (const SimDevice *device, KafRecord *record, guint i)
{
  static const char *const sides[] = { "stands", "other", "before", NULL };
  const KafEntity *entity = kaf_record_get_entity (record);
  gboolean is_side =
      g_str_equal (entity->id, "conflict") && g_strv_contains (sides, entity->fields[i].id);
  const KafEntity *of =
      is_side ? kaf_registry_find (kaf_record_get (record, "owner_entity")) : NULL;
  const char *name = is_side ? kaf_record_get (record, "field") : NULL;
  const KafField *first = of != NULL && name != NULL ? kaf_entity_find_field (of, name) : NULL;

  if (of != NULL && name == NULL && kaf_record_get_at (record, i) != NULL &&
      !g_str_equal (kaf_record_get_at (record, i), "{}"))
    return may_read_all (device, of, kaf_record_get_at (record, i));
  if (first == NULL)
    return kaf_role_can_read (device->role, &entity->fields[i]);
  for (guint j = 0; of->fields[j].id != NULL; j++)
    if ((&of->fields[j] == first ||
         (first->unit != NULL && g_strcmp0 (first->unit, of->fields[j].unit) == 0)) &&
        !kaf_role_can_read (device->role, &of->fields[j]))
      return FALSE;
  return TRUE;
}

static gboolean
was_typed (Verify *self, SimDevice *device, KafRecord *record, guint field, const char *value)
{
  for (guint i = 0; i < self->world->groups->len; i++)
    {
      const SimGroup *group = g_ptr_array_index (self->world->groups, i);

      for (guint j = 0; group->device == device->number && j < group->ops->len; j++)
        {
          const KafOperation *op = ((SimOp *) g_ptr_array_index (group->ops, j))->op;

          if (kaf_operation_get_entity (op) == kaf_record_get_entity (record) &&
              g_str_equal (kaf_operation_get_id (op), kaf_record_get_id (record)) &&
              g_strcmp0 (kaf_record_get_at (op->after, field), value) == 0)
            return TRUE;
        }
    }
  return FALSE;
}

/* An edit of what its author has not sent again yet, a restored hub refuses: it stays where it was typed. */
static gboolean
is_left (Verify *self, SimDevice *device, KafRecord *shown, guint i)
{
  return self->world->is_restored &&
         was_typed (self, device, shown, i, kaf_record_get_at (shown, i));
}

static void
check_part (Verify *self, SimDevice *device, const KafHubPart *part)
{
  const KafEntity *entity = kaf_record_get_entity (part->record);
  const char *id = kaf_record_get_id (part->record);
  g_autoptr (KafRecord) shown = sim_read (self->world, device, entity, id);

  if (shown == NULL)
    {
      sim_wrong (self->world, "device %u lacks %s %s", device->number, entity->id, id);
      return;
    }
  if (is_deleted (shown) != is_deleted (part->record))
    sim_wrong (self->world, "device %u shows %s %s %s", device->number, entity->id, id,
               is_deleted (shown) ? "deleted" : "living");
  if (g_strcmp0 (kaf_record_get_ref (shown), kaf_record_get_ref (part->record)) != 0)
    sim_wrong (self->world, "device %u calls %s %s", device->number,
               kaf_record_get_ref (part->record), kaf_record_get_ref (shown));
  for (guint i = 0; entity->fields[i].id != NULL; i++)
    if (may_read (device, part->record, i) &&
        g_strcmp0 (kaf_record_get_at (shown, i), kaf_record_get_at (part->record, i)) != 0 &&
        !is_left (self, device, shown, i))
      sim_wrong (self->world, "device %u (%s) shows “%s” in %s.%s of %s, the hub has “%s”",
                 device->number, device->role->id, kaf_record_get_at (shown, i), entity->id,
                 entity->fields[i].id, id, kaf_record_get_at (part->record, i));
  check_ref (self, device, part);
}

/* Whether the hub refused to take that record from this device. */
static gboolean
was_refused (Verify *self, SimDevice *device, const char *entity, const char *id)
{
  GPtrArray *taken = self->world->taken;

  for (guint i = 0; i < taken->len; i++)
    {
      const SimGroup *group = g_ptr_array_index (taken, i);

      for (guint j = 0; group->device == device->number && j < group->ops->len; j++)
        {
          const SimOp *one = g_ptr_array_index (group->ops, j);

          if (one->refused && one->op->kind == KAF_CHANGE_CREATE &&
              g_str_equal (kaf_operation_get_entity (one->op)->id, entity) &&
              g_str_equal (kaf_operation_get_id (one->op), id))
            return TRUE;
        }
    }
  return FALSE;
}

/* What was made here too, by the id of its content, and refused, is its author's. */
static void
check_absent (Verify *self, SimDevice *device, const KafHubRecord *record)
{
  g_autoptr (KafRecord) shown = sim_read (self->world, device, record->root, record->id);

  if (shown != NULL && !was_refused (self, device, record->root->id, record->id))
    sim_wrong (self->world, "device %u, of “%s”, still has %s %s", device->number, device->grant,
               record->root->id, record->id);
}

/* What the role may not read, or no longer, is here only if it was typed here. */
static void
check_unread (Verify *self, SimDevice *device, KafRecord *record)
{
  const KafEntity *entity = kaf_record_get_entity (record);
  g_autoptr (KafRecord) shown = sim_read (self->world, device, entity, kaf_record_get_id (record));

  for (guint i = 0; shown != NULL && entity->fields[i].id != NULL; i++)
    if (!may_read (device, record, i) && kaf_record_get_at (shown, i) != NULL &&
        !was_typed (self, device, shown, i, kaf_record_get_at (shown, i)))
      sim_wrong (self->world, "device %u (%s) still has %s.%s of %s", device->number,
                 device->role->id, entity->id, entity->fields[i].id, kaf_record_get_id (shown));
}

static const SimOp *
find_creation (const SimGroup *group, const KafEntity *entity, const char *id)
{
  for (guint i = 0; i < group->ops->len; i++)
    {
      const SimOp *one = g_ptr_array_index (group->ops, i);
      const KafOperation *op = one->op;

      if (op->kind == KAF_CHANGE_CREATE && kaf_operation_get_entity (op) == entity &&
          g_str_equal (kaf_operation_get_id (op), id))
        return one;
    }
  return NULL;
}

/* Whether the hub was restored, and its author has it no more either, or may not write it any more: nobody can send it
 * again to the one from whom others have it. */
static gboolean
was_forgotten (Verify *self, const KafEntity *entity, const char *id)
{
  GPtrArray *groups = self->world->groups;
  gboolean made = FALSE;

  for (guint i = 0; self->world->is_restored && i < groups->len; i++)
    {
      const SimGroup *group = g_ptr_array_index (groups, i);

      const SimOp *one = find_creation (group, entity, id);

      if (one != NULL && group->place >= 0 && !one->unsent && !one->refused)
        return FALSE;
      made |= one != NULL;
    }
  return made;
}

/* What the hub itself had made, and restored does not make again: who stands in the place of somebody erased, a
 * conflict. */
static gboolean
is_needless (Verify *self, KafRecord *row)
{
  const char *entity = kaf_record_get_entity (row)->id;

  return self->world->is_restored && (g_str_equal (entity, "conflict") ||
                                      (g_str_equal (entity, "person") &&
                                       g_strcmp0 (kaf_record_get (row, "status"), "erased") == 0));
}

/* Nobody else may have it, and its user may still hold such a record. */
static gboolean
may_stay (Verify *self, SimDevice *device, KafRecord *row)
{
  const KafEntity *entity = kaf_record_get_entity (row);

  return kaf_role_knows (device->role, kaf_entity_get_root (entity)) &&
         (was_forgotten (self, entity, kaf_record_get_id (row)) || is_needless (self, row));
}

static void
check_extra (Verify *self, SimDevice *device, const KafEntity *entity)
{
  g_autofree char *sql = g_strdup_printf (
      "SELECT h.id FROM \"%s\" e JOIN head h ON h.rid = e.rid ORDER BY h.id", entity->id);
  g_autoptr (KafStatement) rows = kaf_database_prepare (device->db, sql, NULL);

  while (rows != NULL && kaf_database_step (device->db, rows, NULL))
    {
      const char *id = kaf_statement_text (rows, 0);
      g_autoptr (KafRecord) row = sim_read (self->world, device, entity, id);

      /* Without a row of its own it is a facet that is shown for another record. */
      if (row != NULL && find_part (self, entity, id) == NULL &&
          (g_str_equal (entity->id, "mission_act") || g_str_equal (entity->id, "target_tally") ||
           (!was_refused (self, device, entity->id, id) && !may_stay (self, device, row)) ||
           sim_erase_has (self->world, entity, id)))
        sim_wrong (self->world, "device %u has %s %s, which the hub does not know", device->number,
                   entity->id, id);
      if (row != NULL && find_part (self, entity, id) == NULL)
        check_unread (self, device, row);
    }
}

/* Files are records here: their contents go another way. */
static gboolean
is_about_content (const char *finding)
{
  return g_str_has_prefix (finding, "attachment: the content of");
}

static void
check_device (Verify *self, SimDevice *device)
{
  guint n_entities;
  const KafEntity *const *entities = kaf_registry_entities (&n_entities);
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) findings = kaf_check (device->db, NULL, &error);

  g_assert_no_error (error);
  for (guint i = 0; i < findings->len; i++)
    if (!is_about_content (g_ptr_array_index (findings, i)))
      sim_wrong (self->world, "device %u: %s", device->number,
                 (char *) g_ptr_array_index (findings, i));
  if (device->forked)
    return;
  for (guint i = 0; i < self->records->len; i++)
    {
      KafHubRecord *record = g_ptr_array_index (self->records, i);

      if (!sim_scope_sees (device, self->records, record->root, record->id))
        {
          check_absent (self, device, record);
          continue;
        }
      for (guint j = 0; j < record->parts->len; j++)
        {
          check_part (self, device, g_ptr_array_index (record->parts, j));
          check_unread (self, device,
                        ((KafHubPart *) g_ptr_array_index (record->parts, j))->record);
        }
    }
  for (guint i = 0; i < n_entities; i++)
    check_extra (self, device, entities[i]);
}

/* The hub */

static gboolean
note_record (KafHubRecord *record, gpointer data, GError **error)
{
  Verify *self = data;
  g_autoptr (GString) json = g_string_new (NULL);
  KafHubRecord *copy;

  kaf_hub_record_print (record, json);
  copy = kaf_hub_record_parse (record->root, record->id, record->seq, json->str, json->len, error);
  if (copy == NULL)
    return FALSE;
  g_ptr_array_add (self->records, copy);
  self->n_conflicts += g_str_equal (record->root->id, "conflict");
  for (guint i = 0; i < copy->parts->len; i++)
    {
      KafHubPart *part = g_ptr_array_index (copy->parts, i);

      g_hash_table_insert (
          self->found,
          g_strconcat (kaf_record_get_entity (part->record)->id, "\t", record->id, NULL), part);
    }
  return TRUE;
}

static void
read_hub (Verify *self)
{
  g_autoptr (GError) error = NULL;
  KafHubStorage *storage =
      kaf_hub_sqlite_open (self->world->hub_path, FALSE, self->world->random, &error);

  g_assert_no_error (error);
  storage->klass->read_feed (storage, 0, NULL, NULL, note_record, self, &error);
  g_assert_no_error (error);
  storage->klass->close (storage);
}

/* Each operation has a number of the hub, each conflict, and each record that moved; none has two. */
static void
check_once (Verify *self)
{
  KafHubFigures figures = { 0 };
  gint64 n = self->n_conflicts;

  for (guint i = 0; i < self->world->taken->len; i++)
    n += ((SimGroup *) g_ptr_array_index (self->world->taken, i))->ops->len;
  kaf_hub_get_figures (self->world->hub, &figures, NULL);
  n += figures.n_moves;
  if (figures.seq != n)
    sim_wrong (self->world, "the hub counted %" G_GINT64_FORMAT " of %" G_GINT64_FORMAT " edits",
               figures.seq, n);
}

static void
check_hub (Verify *self)
{
  GPtrArray *taken = self->world->taken;

  if (!self->world->of_erasures)
    check_once (self);
  for (guint i = 0; i < taken->len; i++)
    {
      const SimGroup *group = g_ptr_array_index (taken, i);

      for (guint j = 0; j < group->ops->len; j++)
        check_kept (self, group, j);
    }
  for (guint i = 0; i < self->records->len; i++)
    {
      KafHubRecord *record = g_ptr_array_index (self->records, i);

      if (kaf_entity_has (record->root, KAF_ENTITY_LIST) ||
          g_str_equal (record->root->id, "conflict"))
        continue;
      /* Who has seen what, a restored hub does not know. */
      for (guint j = 0; !self->world->is_restored && j < record->parts->len; j++)
        {
          check_sets (self, g_ptr_array_index (record->parts, j));
          check_deletion (self, g_ptr_array_index (record->parts, j));
        }
    }
}

void
sim_verify (SimWorld *self)
{
  g_autoptr (GPtrArray) records =
      g_ptr_array_new_with_free_func ((GDestroyNotify) kaf_hub_record_free);
  g_autoptr (GHashTable) found = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  Verify verify = { self, records, found, 0 };

  read_hub (&verify);
  check_hub (&verify);
  sim_mission_verify (self, records);
  for (guint i = 0; i < SIM_DEVICES; i++)
    check_device (&verify, &self->devices[i]);
}

/* The record that is shown for one that has a row. NULL: nothing is, which is right of a facet alone, that who is shown for
 * it need not have. */
KafRecord *
sim_read_shown (SimWorld *self, SimDevice *device, const KafEntity *entity, const char *id)
{
  g_autoptr (GError) error = NULL;
  KafRecord *record = kaf_read_record (device->db, entity, id, &error);

  if (record == NULL && (entity->owner == NULL ||
                         !g_error_matches (error, KAF_STORE_ERROR, KAF_STORE_ERROR_NOT_FOUND)))
    sim_wrong (self, "device %u has %s %s, and shows nothing of it: %s", device->number, entity->id,
               id, error->message);
  return record;
}

/* All that the device shows, as text. */
char *
sim_dump (SimWorld *self, SimDevice *device)
{
  guint n_entities;
  const KafEntity *const *entities = kaf_registry_entities (&n_entities);
  GString *text = g_string_new (NULL);

  for (guint i = 0; i < n_entities; i++)
    {
      g_autofree char *sql = g_strdup_printf (
          "SELECT h.id FROM \"%s\" e JOIN head h ON h.rid = e.rid ORDER BY e.rid", entities[i]->id);
      g_autoptr (KafStatement) rows = kaf_database_prepare (device->db, sql, NULL);

      while (rows != NULL && kaf_database_step (device->db, rows, NULL))
        {
          g_autoptr (KafRecord) record =
              sim_read_shown (self, device, entities[i], kaf_statement_text (rows, 0));

          if (record == NULL)
            continue;
          g_string_append_printf (text, "%s %s %d", kaf_record_get_id (record),
                                  kaf_record_get_ref (record), is_deleted (record));
          for (guint f = 0; entities[i]->fields[f].id != NULL; f++)
            g_string_append_printf (text, "|%s", kaf_record_get_at (record, f));
          g_string_append_c (text, '\n');
        }
    }
  return g_string_free (text, FALSE);
}
