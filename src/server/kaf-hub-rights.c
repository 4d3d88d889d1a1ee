/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "server/kaf-hub-rights.h"

#include "rules/kaf-scope.h"
#include "schema/kaf-registry.h"
#include "schema/kaf-set.h"
#include "server/kaf-hub-acts.h"
#include "server/kaf-hub-budget.h"
#include "server/kaf-hub-published.h"
#include "server/kaf-hub-minutes.h"

/* What stands of the part that the operation concerns; nullable. */
static const KafRecord *
get_standing (const KafOperation *op, KafHubRecord *record)
{
  const KafHubPart *part = kaf_hub_record_find (record, kaf_operation_get_entity (op));

  return part != NULL ? part->record : NULL;
}

/* Classes */

/* To what a file belongs and, at [1], shall belong: it is added, named and deleted by who may write of both. NULL: it is
 * no file, or of nothing that is known. */
static void
find_owners (const KafOperation *op, KafHubRecord *record, const KafEntity *owners[2])
{
  const KafEntity *entity = kaf_operation_get_entity (op);
  const KafRecord *standing = get_standing (op, record);
  gboolean told = op->after != NULL && kaf_record_holds (op->after, "owner_entity");

  owners[0] = owners[1] = NULL;
  if (!g_str_equal (entity->id, "attachment"))
    return;
  if (standing != NULL)
    owners[0] = kaf_registry_find (kaf_record_get (standing, "owner_entity"));
  if (told)
    owners[1] = kaf_registry_find (kaf_record_get (op->after, "owner_entity"));
  if (owners[0] == NULL)
    owners[0] = owners[1];
  if (owners[1] == NULL)
    owners[1] = owners[0];
}

/* Whether the operation writes the field. Who may not read it does not learn by a guess what stands there. */
static gboolean
is_written (const KafRole *role, const KafOperation *op, guint field, const KafRecord *standing)
{
  return kaf_operation_writes (op, field, standing) ||
         (kaf_record_holds_at (op->after, field) &&
          !kaf_role_can_read (role, &kaf_operation_get_entity (op)->fields[field]));
}

/* The fields that it changes; with @standing, those too that it tells for their unit's sake. */
static void
judge_fields (const KafHubRights *self,
              const KafOperation *op,
              KafHubRecord *record,
              const KafRecord *standing,
              KafHubRefusal *refusal)
{
  const KafRole *role = self->session->role;
  const KafEntity *entity = kaf_operation_get_entity (op);
  const KafEntity *owners[2];

  find_owners (op, record, owners);
  for (guint i = 0; refusal->why == NULL && entity->fields[i].id != NULL; i++)
    if (is_written (role, op, i, standing) &&
        !(kaf_role_can_write_of (role, entity, owners[0], &entity->fields[i]) &&
          kaf_role_can_write_of (role, entity, owners[1], &entity->fields[i])))
      *refusal = (KafHubRefusal){ KAF_REFUSED_RIGHT, kaf_operation_name_field (op, i) };
}

static gboolean
judge_classes (const KafHubRights *self,
               const KafOperation *op,
               KafHubRecord *record,
               KafHubRefusal *refusal)
{
  const KafRole *role = self->session->role;
  const KafEntity *entity = kaf_operation_get_entity (op);
  const KafEntity *owners[2];

  find_owners (op, record, owners);
  if (!kaf_role_may_write_of (role, entity, owners[0]) ||
      !kaf_role_may_write_of (role, entity, owners[1]))
    refusal->why = KAF_REFUSED_RIGHT;
  else if (kaf_entity_has (entity, KAF_ENTITY_LIST) && record->parts->len > 0 &&
           !kaf_role_keeps_lists (role))
    refusal->why = KAF_REFUSED_RIGHT;
  judge_fields (self, op, record, NULL, refusal);
  return refusal->why == NULL;
}

static const char *
find_unwritable (const KafRole *role, const KafHubPart *part)
{
  const KafEntity *entity = kaf_record_get_entity (part->record);
  const KafField *fields = entity->fields;
  const KafEntity *owner = g_str_equal (entity->id, "attachment")
                               ? kaf_registry_find (kaf_record_get (part->record, "owner_entity"))
                               : NULL;

  for (guint i = 0; fields[i].id != NULL; i++)
    if (kaf_record_get_at (part->record, i) != NULL &&
        !kaf_role_can_write_of (role, entity, owner, &fields[i]))
      return fields[i].id;
  return NULL;
}

/* Who deletes a record, or brings it back, could have written all of it. */
static gboolean
judge_fate (const KafHubRights *self,
            const KafOperation *op,
            KafHubRecord *record,
            KafHubRefusal *refusal)
{
  const KafEntity *entity = kaf_operation_get_entity (op);

  if (op->kind != KAF_CHANGE_DELETE && op->kind != KAF_CHANGE_RESTORE)
    return TRUE;
  for (guint i = 0; i < record->parts->len; i++)
    {
      const KafHubPart *part = g_ptr_array_index (record->parts, i);
      const char *field = NULL;

      if (entity == record->root || kaf_record_get_entity (part->record) == entity)
        field = find_unwritable (self->session->role, part);
      if (field != NULL)
        {
          *refusal = (KafHubRefusal){ KAF_REFUSED_DELETE, field };
          return FALSE;
        }
    }
  return TRUE;
}

/* Scopes */

/* Whether its author may see the record, as it stood before this exchange: who moves a person out of his
 * scope, and then corrects her city, could still see her when he did. What has no standing yet is his
 * own, and was let in. */
static gboolean
stands (const KafHubRights *self, const KafHubRecord *record)
{
  KafHubStanding standing;

  kaf_hub_grants_look (self->grants, record->root, record->scopes, &standing);
  return standing.now || record->scopes == NULL;
}

/* The new record as this group makes it, with its facets: the place of an expert is her domains'. */
static KafHubRecord *
draft (const KafHubRights *self, const KafOperation *op)
{
  const KafEntity *root = kaf_entity_get_root (kaf_operation_get_entity (op));
  KafHubRecord *record = kaf_hub_record_new (root, kaf_operation_get_id (op));

  for (guint i = 0; self->operations != NULL && i < self->operations->len; i++)
    {
      const KafOperation *other = g_ptr_array_index (self->operations, i);
      const KafEntity *entity = kaf_operation_get_entity (other);
      KafHubPart *part;

      if (other->kind != KAF_CHANGE_CREATE || kaf_entity_get_root (entity) != root ||
          g_strcmp0 (kaf_operation_get_id (other), record->id) != 0 ||
          kaf_hub_record_find (record, entity) != NULL)
        continue;
      part = kaf_hub_record_add (record, entity);
      for (guint j = 0; entity->fields[j].id != NULL; j++)
        kaf_record_set_at (part->record, j, kaf_record_get_at (other->after, j));
      kaf_record_get_stamp (part->record)->created_by = g_strdup (self->session->user);
    }
  return record;
}

gboolean
kaf_hub_rights_find_place (const KafHubRights *self,
                           const KafOperation *op,
                           gboolean *place,
                           GError **error)
{
  g_autoptr (KafHubRecord) made = draft (self, op);
  g_auto (GStrv) scopes = NULL;

  *place = FALSE;
  if (made->parts->len == 0)
    return TRUE;
  self->scopes->draft = made;
  scopes = kaf_hub_scopes_of (self->scopes, made, error);
  self->scopes->draft = NULL;
  if (scopes == NULL)
    return FALSE;
  *place = kaf_hub_grants_cover (self->grants, made->root, (const char *const *) scopes);
  return TRUE;
}

static gboolean
judge_place (const KafHubRights *self,
             const KafOperation *op,
             KafHubRecord *record,
             KafHubRefusal *refusal,
             GError **error)
{
  gboolean place = FALSE;

  if (record->parts->len > 0)
    place = stands (self, record);
  else if (op->kind == KAF_CHANGE_CREATE && kaf_operation_get_entity (op) == record->root &&
           !kaf_hub_rights_find_place (self, op, &place, error))
    return FALSE;
  if (!place)
    refusal->why = KAF_REFUSED_SCOPE;
  return TRUE;
}

/* Whether a record that the operation newly names is one that its author may see: who may not see a
 * person cannot bring her into his own scope. @there (out), @may (out). */
static gboolean
may_name (const KafHubRights *self,
          const KafEntity *target,
          const char *id,
          gboolean *there,
          gboolean *may,
          GError **error)
{
  const KafEntity *root = kaf_entity_get_root (target);
  g_autofree char *key = kaf_entity_make_key (root, id);
  GError *local = NULL;
  KafHubRecord *record = kaf_hub_scopes_find (self->scopes, key, &local);

  *there = record != NULL;
  *may = TRUE;
  if (local != NULL)
    {
      g_propagate_error (error, local);
      return FALSE;
    }
  if (record != NULL)
    *may = self->grants->all || stands (self, record);
  return TRUE;
}

static gboolean
judge_named (const KafHubRights *self,
             const KafEntity *target,
             const char *id,
             const char *field,
             KafHubRefusal *refusal,
             GError **error)
{
  gboolean there, may;

  if (!may_name (self, target, id, &there, &may, error))
    return FALSE;
  if (!there || !may)
    *refusal = (KafHubRefusal){ !there && self->grants->all ? KAF_REFUSED_NAMES : KAF_REFUSED_SCOPE,
                                field };
  return TRUE;
}

/* Those of a set that are new in it. */
static gboolean
judge_set (const KafHubRights *self,
           const KafOperation *op,
           guint field,
           const KafEntity *target,
           KafHubRefusal *refusal,
           GError **error)
{
  g_autoptr (GPtrArray) named = kaf_set_difference (kaf_record_get_at (op->after, field),
                                                    kaf_record_get_at (op->before, field));

  for (guint i = 0; refusal->why == NULL && i < named->len; i++)
    if (!judge_named (self, target, ((KafElement *) g_ptr_array_index (named, i))->value,
                      kaf_operation_get_entity (op)->fields[field].id, refusal, error))
      return FALSE;
  return TRUE;
}

/* What was refused before is not there, and nobody else could follow. */
static gboolean
judge_references (const KafHubRights *self,
                  const KafOperation *op,
                  KafHubRecord *record,
                  KafHubRefusal *refusal,
                  GError **error)
{
  const KafField *fields = kaf_operation_get_entity (op)->fields;
  const KafRecord *standing = get_standing (op, record);

  for (guint i = 0; refusal->why == NULL && fields[i].id != NULL; i++)
    {
      const char *value = kaf_record_get_at (op->after, i);
      const KafEntity *target = value != NULL && kaf_operation_writes (op, i, standing)
                                    ? kaf_registry_find (fields[i].target)
                                    : NULL;

      if (target == NULL)
        continue;
      if (!(kaf_field_is_many (&fields[i])
                ? judge_set (self, op, i, target, refusal, error)
                : judge_named (self, target, value, kaf_operation_name_field (op, i), refusal,
                               error)))
        return FALSE;
    }
  return TRUE;
}

/* A file, or anything else that names its owner by kind and id, goes to no owner that its author may not
 * see. */
static gboolean
judge_owner (const KafHubRights *self,
             const KafOperation *op,
             KafHubRecord *record,
             KafHubRefusal *refusal,
             GError **error)
{
  const KafEntity *entity = kaf_operation_get_entity (op);
  KafHubPart *part = kaf_hub_record_find (record, entity);
  const char *kind, *id;

  if (kaf_entity_find_field (entity, "owner_entity") == NULL || self->grants->all ||
      (!kaf_record_holds (op->after, "owner") && !kaf_record_holds (op->after, "owner_entity")))
    return TRUE;
  kind = kaf_record_get (
      kaf_record_holds (op->after, "owner_entity") || part == NULL ? op->after : part->record,
      "owner_entity");
  id = kaf_record_get (
      kaf_record_holds (op->after, "owner") || part == NULL ? op->after : part->record, "owner");
  if (kind == NULL || id == NULL || kaf_registry_find (kind) == NULL)
    {
      *refusal = (KafHubRefusal){ KAF_REFUSED_SCOPE, "owner" };
      return TRUE;
    }
  return judge_named (self, kaf_registry_find (kind), id, "owner", refusal, error);
}

gboolean
kaf_hub_rights_judge (const KafHubRights *self,
                      const KafOperation *op,
                      KafHubRecord *record,
                      KafHubRefusal *refusal,
                      GError **error)
{
  *refusal = (KafHubRefusal){ NULL, NULL };
  /* Place first: of what lies outside nobody learns more than that. */
  if (!self->grants->all && !judge_place (self, op, record, refusal, error))
    return FALSE;
  if (refusal->why != NULL)
    return TRUE;
  if (!judge_classes (self, op, record, refusal) || !judge_fate (self, op, record, refusal))
    return TRUE;
  if (kaf_hub_acts_concern (op) && record->parts->len == 0 &&
      !kaf_hub_acts_judge (self, op, refusal, error))
    return FALSE;
  if (refusal->why == NULL && !kaf_hub_budget_judge (self->scopes, op, record, refusal, error))
    return FALSE;
  if (refusal->why == NULL && !kaf_hub_published_judge (self, op, record, refusal, error))
    return FALSE;
  if (refusal->why == NULL &&
      !kaf_hub_minutes_judge (self->scopes, self->session->user, op, record, refusal, error))
    return FALSE;
  /* Last: where what stands may not be changed by anybody, that is what its author is to hear. */
  judge_fields (self, op, record, get_standing (op, record), refusal);
  if (!judge_references (self, op, record, refusal, error))
    return FALSE;
  return refusal->why != NULL || judge_owner (self, op, record, refusal, error);
}
