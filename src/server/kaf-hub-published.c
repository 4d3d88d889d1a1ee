/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "server/kaf-hub-published.h"

#include "base/kaf-date.h"
#include "rules/holder/kaf-rule-set.h"

/* Names are what people are called, and may change: the hub goes by the device that published. */
static gboolean
is_own (const KafHubRights *self, const KafHubPart *part)
{
  int published = kaf_entity_field_index (kaf_record_get_entity (part->record), "published_on");

  return part->marks[published].device == self->session->device;
}

void
kaf_hub_published_judge (const KafHubRights *self,
                         const KafOperation *op,
                         KafHubRecord *record,
                         KafHubRefusal *refusal)
{
  const KafEntity *entity = kaf_operation_get_entity (op);
  const KafHubPart *part = kaf_hub_record_find (record, entity);
  g_autofree char *day = NULL;
  const char *field;

  if (!g_str_equal (entity->id, "rule_set") || part == NULL || op->kind == KAF_CHANGE_RESTORE)
    return;
  if (op->kind == KAF_CHANGE_DELETE)
    {
      if (kaf_record_get (part->record, "published_on") != NULL &&
          kaf_record_get_stamp (part->record)->deleted_at == 0)
        *refusal = (KafHubRefusal){ KAF_REFUSED_PUBLISHED, NULL };
      return;
    }
  field = kaf_rule_set_find_frozen (part->record, op->after);
  day = kaf_date_from_time (self->at);
  if (field != NULL &&
      !(is_own (self, part) && kaf_rule_set_withdraws (part->record, op->after, day)))
    *refusal = (KafHubRefusal){ KAF_REFUSED_PUBLISHED, field };
}
