/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "server/kaf-hub-published.h"

#include <string.h>

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
is_refused (const char *verdict, const char *entity, const char *id)
{
  g_autofree char *line = g_strdup_printf ("\n%s\t%s\t", entity, id);

  return verdict != NULL && strstr (verdict, line) != NULL;
}

/* Whether something that the author of an edit wrote into the rules before was not taken, and he had not heard of it: he had
 * it before his eyes all the same. */
static gboolean
was_refused (const KafHubRights *self, const KafOperation *op, gboolean *refused, GError **error)
{
  KafHubStorage *storage = self->scopes->storage;
  gboolean unheard = TRUE;

  *refused = FALSE;
  for (gint64 dseq = self->dseq - 1; unheard && !*refused && dseq > 0; dseq--)
    {
      g_auto (KafHubReceipt) receipt = { 0 };

      if (!storage->klass->read_receipt (storage, self->session->device, dseq, &receipt, error))
        return FALSE;
      unheard = receipt.first > self->saw;
      *refused = unheard && is_refused (receipt.verdict, kaf_operation_get_entity (op)->id,
                                        kaf_operation_get_id (op));
    }
  return TRUE;
}

static gboolean
publishes (const KafHubPart *part, const KafOperation *op)
{
  return kaf_record_get (part->record, "published_on") == NULL &&
         kaf_record_get (op->after, "published_on") != NULL;
}

/* Nobody publishes what he has not read as it stands. */
static gboolean
judge_publication (const KafHubRights *self,
                   const KafOperation *op,
                   const KafHubPart *part,
                   KafHubRefusal *refusal,
                   GError **error)
{
  gboolean otherwise = moved_on (self, part);

  if (!otherwise && !was_refused (self, op, &otherwise, error))
    return FALSE;
  if (otherwise)
    *refusal = (KafHubRefusal){ KAF_REFUSED_STATE, "published_on" };
  return TRUE;
}

static gboolean
judge_rules (const KafHubRights *self,
             const KafOperation *op,
             KafHubRecord *record,
             KafHubRefusal *refusal,
             GError **error)
{
  const KafHubPart *part = kaf_hub_record_find (record, kaf_operation_get_entity (op));
  g_autofree char *day = NULL;
  const char *field;

  if (part == NULL || op->kind == KAF_CHANGE_RESTORE)
    return TRUE;
  if (op->kind == KAF_CHANGE_DELETE)
    {
      if (kaf_record_get (part->record, "published_on") != NULL &&
          kaf_record_get_stamp (part->record)->deleted_at == 0)
        *refusal = (KafHubRefusal){ KAF_REFUSED_PUBLISHED, NULL };
      return TRUE;
    }
  if (publishes (part, op))
    return judge_publication (self, op, part, refusal, error);
  field = kaf_rule_set_find_frozen (part->record, op->after);
  day = kaf_date_from_time (self->at);
  if (field != NULL &&
      !(is_own (self, part) && kaf_rule_set_withdraws (part->record, op->after, day)))
    *refusal = (KafHubRefusal){ KAF_REFUSED_PUBLISHED, field };
  return TRUE;
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
  return !g_str_equal (entity, "rule_set") || judge_rules (self, op, record, refusal, error);
}
