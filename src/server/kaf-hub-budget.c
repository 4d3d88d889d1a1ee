/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "server/kaf-hub-budget.h"

#include "rules/mission/kaf-mission-budget.h"
#include "server/kaf-hub-acts.h"

/* A record as the operation would leave it. */
typedef struct
{
  const KafOperation *op;
  const KafHubPart *part; /* nullable: new */
} Result;

static const char *
get (const char *field, gpointer data)
{
  const Result *self = data;

  if (kaf_record_holds (self->op->after, field) || self->part == NULL)
    return kaf_record_get (self->op->after, field);
  return kaf_record_get (self->part->record, field);
}

/* By the entity's own rule, which its author's store has asked as well. */
static void
judge_amounts (const KafOperation *op, const KafHubPart *part, KafHubRefusal *refusal)
{
  const KafEntity *entity = kaf_operation_get_entity (op);
  Result result = { op, part };
  const char *field = NULL;
  int index;

  if (op->kind == KAF_CHANGE_DELETE || op->kind == KAF_CHANGE_RESTORE ||
      entity->validate (get, &result, &field, NULL))
    return;
  index = kaf_entity_field_index (entity, field);
  /* What stood there before is not its fault. */
  if (index >= 0 && !kaf_record_holds_at (op->after, index) && op->kind == KAF_CHANGE_UPDATE)
    return;
  refusal->why = index >= 0 && entity->fields[index].kind == KAF_KIND_MONEY ? KAF_REFUSED_AMOUNT
                                                                            : KAF_REFUSED_VALUE;
  if (index >= 0 && kaf_record_holds_at (op->after, index))
    refusal->field = field;
}

/* The first field of what is validated that the operation would change, be it told for its unit's sake alone: its author
 * may not have heard yet that what he wrote there before was refused. A deletion changes them all, and is told without
 * one. */
static gboolean
touches (const KafOperation *op, const KafHubPart *part, const char **field)
{
  const KafField *fields = kaf_operation_get_entity (op)->fields;

  *field = NULL;
  if (op->kind == KAF_CHANGE_DELETE)
    return kaf_record_get_stamp (part->record)->deleted_at == 0;
  if (op->kind == KAF_CHANGE_RESTORE)
    return FALSE;
  for (guint i = 0; fields[i].id != NULL; i++)
    if (kaf_budget_validates (fields[i].id) && kaf_record_holds_at (op->after, i) &&
        g_strcmp0 (kaf_record_get_at (op->after, i), kaf_record_get_at (part->record, i)) != 0)
      {
        *field = kaf_operation_name_field (op, i);
        return TRUE;
      }
  return FALSE;
}

static gboolean
judge_line (KafHubScopes *scopes,
            const KafOperation *op,
            const KafHubPart *part,
            KafHubRefusal *refusal,
            GError **error)
{
  gint64 validated = 0;
  const char *mission, *field;

  if (part == NULL || !touches (op, part, &field))
    return TRUE;
  mission = kaf_record_get (part->record, "mission");
  if (mission != NULL && !kaf_hub_acts_find_validation (scopes, mission, &validated, error))
    return FALSE;
  /* One that was added, or brought back, since is none that was validated. */
  if (validated > part->fate.seq)
    *refusal = (KafHubRefusal){ KAF_REFUSED_VALIDATED, field };
  return TRUE;
}

static gboolean
judge_adjustment (KafHubScopes *scopes,
                  const KafOperation *op,
                  KafHubRefusal *refusal,
                  GError **error)
{
  const char *line = kaf_record_get (op->after, "line");
  g_autofree char *key = line != NULL ? g_strconcat ("budget_line\t", line, NULL) : NULL;
  GError *local = NULL;
  KafHubRecord *record = key != NULL ? kaf_hub_scopes_find (scopes, key, &local) : NULL;
  const KafHubPart *part =
      record != NULL && record->parts->len > 0 ? g_ptr_array_index (record->parts, 0) : NULL;

  if (local != NULL)
    {
      g_propagate_error (error, local);
      return FALSE;
    }
  if (part != NULL && !kaf_budget_may_adjust (kaf_record_get (part->record, "unit_price"),
                                              kaf_record_get (op->after, "amount")))
    *refusal = (KafHubRefusal){ KAF_REFUSED_AMOUNT, "amount" };
  return TRUE;
}

gboolean
kaf_hub_budget_judge (KafHubScopes *scopes,
                      const KafOperation *op,
                      KafHubRecord *record,
                      KafHubRefusal *refusal,
                      GError **error)
{
  const KafEntity *entity = kaf_operation_get_entity (op);
  const KafHubPart *part = kaf_hub_record_find (record, entity);
  gboolean line = g_str_equal (entity->id, "budget_line");

  if (!line && !g_str_equal (entity->id, "budget_adjustment"))
    return TRUE;
  if (line ? !judge_line (scopes, op, part, refusal, error)
           : !judge_adjustment (scopes, op, refusal, error))
    return FALSE;
  if (refusal->why == NULL)
    judge_amounts (op, part, refusal);
  return TRUE;
}
