/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "server/kaf-hub-published.h"

#include "base/kaf-date.h"
#include "rules/holder/kaf-rule-set.h"
#include "rules/target/kaf-target.h"
#include "sync/kaf-merge.h"

/* Names are what people are called, and may change: the hub goes by the device that published. */
static gboolean
is_own (const KafHubRights *self, const KafHubPart *part)
{
  int published = kaf_entity_field_index (kaf_record_get_entity (part->record), "published_on");

  return part->marks[published].device == self->session->device;
}

/* Whether others wrote into the rules what the author of an edit had not heard of. */
static gboolean
moved_on (const KafHubRights *self, const KafHubPart *part)
{
  static const char *const said[] = { "rules", "number" };
  const KafSight sight = { .saw = self->saw, .device = self->session->device };

  for (guint i = 0; i < G_N_ELEMENTS (said); i++)
    {
      int field = kaf_entity_field_index (kaf_record_get_entity (part->record), said[i]);

      if (!kaf_merge_saw (&sight, &part->marks[field]))
        return TRUE;
    }
  return FALSE;
}

static gboolean
publishes (const KafHubPart *part, const KafOperation *op)
{
  return kaf_record_get (part->record, "published_on") == NULL &&
         kaf_record_get (op->after, "published_on") != NULL;
}

static void
judge_rules (const KafHubRights *self,
             const KafOperation *op,
             KafHubRecord *record,
             KafHubRefusal *refusal)
{
  const KafHubPart *part = kaf_hub_record_find (record, kaf_operation_get_entity (op));
  g_autofree char *day = NULL;
  const char *field;

  if (part == NULL || op->kind == KAF_CHANGE_RESTORE)
    return;
  if (op->kind == KAF_CHANGE_DELETE)
    {
      if (kaf_record_get (part->record, "published_on") != NULL &&
          kaf_record_get_stamp (part->record)->deleted_at == 0)
        *refusal = (KafHubRefusal){ KAF_REFUSED_PUBLISHED, NULL };
      return;
    }
  if (publishes (part, op))
    {
      if (moved_on (self, part))
        *refusal = (KafHubRefusal){ KAF_REFUSED_STATE, "published_on" };
      return;
    }
  field = kaf_rule_set_find_frozen (part->record, op->after);
  day = kaf_date_from_time (self->at);
  if (field != NULL &&
      !(is_own (self, part) && kaf_rule_set_withdraws (part->record, op->after, day)))
    *refusal = (KafHubRefusal){ KAF_REFUSED_PUBLISHED, field };
}

/* The total that every closing of a month has. (transfer full) */
static char *
make_total_key (const KafOperation *op)
{
  g_autoptr (KafRecord) total = kaf_record_new (kaf_operation_get_entity (op), NULL);
  g_autofree char *id = NULL;

  kaf_record_set (total, "month", kaf_record_get (op->after, "month"));
  kaf_record_set (total, "stage", kaf_target_stage_id (KAF_TARGET_IDENTIFIED));
  kaf_record_set (total, "axis", "all");
  kaf_record_set (total, "code", "all");
  id = kaf_record_identify (total);
  return g_strconcat (kaf_operation_get_entity (op)->id, "\t", id, NULL);
}

/* A cell that is there already is merged: what came first stands. */
static gboolean
judge_tally (const KafHubRights *self,
             const KafOperation *op,
             KafHubRecord *record,
             KafHubRefusal *refusal,
             GError **error)
{
  g_autofree char *key = NULL;
  KafHubRecord *total;
  GError *local = NULL;

  if (op->kind != KAF_CHANGE_CREATE || record->parts->len > 0 ||
      kaf_record_get (op->after, "month") == NULL)
    return TRUE;
  key = make_total_key (op);
  total = kaf_hub_scopes_find (self->scopes, key, &local);
  if (local != NULL)
    {
      g_propagate_error (error, local);
      return FALSE;
    }
  if (total != NULL && total->parts->len > 0 &&
      ((KafHubPart *) g_ptr_array_index (total->parts, 0))->fate.device != self->session->device)
    *refusal = (KafHubRefusal){ KAF_REFUSED_CLOSED, NULL };
  return TRUE;
}

gboolean
kaf_hub_published_judge (const KafHubRights *self,
                         const KafOperation *op,
                         KafHubRecord *record,
                         KafHubRefusal *refusal,
                         GError **error)
{
  const char *entity = kaf_operation_get_entity (op)->id;

  if (g_str_equal (entity, "target_tally"))
    return judge_tally (self, op, record, refusal, error);
  if (g_str_equal (entity, "rule_set"))
    judge_rules (self, op, record, refusal);
  return TRUE;
}
