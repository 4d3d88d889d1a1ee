/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "server/kaf-hub-minutes.h"

#include "rules/meeting/kaf-minutes.h"

/* @approved (out): whether the minutes of the meeting @id (nullable) are. */
static gboolean
find_approval (KafHubScopes *scopes, const char *id, gboolean *approved, GError **error)
{
  g_autofree char *key = id != NULL ? g_strconcat ("meeting\t", id, NULL) : NULL;
  GError *local = NULL;
  KafHubRecord *record =
      key != NULL && !*approved ? kaf_hub_scopes_find (scopes, key, &local) : NULL;

  if (record != NULL && record->parts->len > 0)
    *approved = kaf_record_get (((const KafHubPart *) record->parts->pdata[0])->record,
                                "approved_on") != NULL;
  if (local == NULL)
    return TRUE;
  g_propagate_error (error, local);
  return FALSE;
}

static gboolean
touches (const KafOperation *op, const KafHubPart *part, const char **field)
{
  gboolean deleted = part != NULL && kaf_record_get_stamp (part->record)->deleted_at > 0;

  *field = NULL;
  if (op->kind == KAF_CHANGE_DELETE || op->kind == KAF_CHANGE_RESTORE)
    return part != NULL && deleted == (op->kind == KAF_CHANGE_RESTORE);
  return kaf_minutes_touch (part != NULL ? part->record : NULL, op->after, field);
}

gboolean
kaf_hub_minutes_judge (KafHubScopes *scopes,
                       const char *who,
                       const KafOperation *op,
                       KafHubRecord *record,
                       KafHubRefusal *refusal,
                       GError **error)
{
  const KafEntity *entity = kaf_operation_get_entity (op);
  const KafHubPart *part = kaf_hub_record_find (record, entity);
  gboolean approved = FALSE;
  const char *field;

  if (!kaf_minutes_concern (entity) || !touches (op, part, &field))
    return TRUE;
  if (g_str_equal (entity->id, "meeting"))
    approved = part != NULL && kaf_record_get (part->record, "approved_on") != NULL &&
               !kaf_minutes_withdraw (part->record, op->after, who);
  else if ((part != NULL &&
            !find_approval (scopes, kaf_record_get (part->record, "meeting"), &approved, error)) ||
           (op->after != NULL && kaf_record_holds (op->after, "meeting") &&
            !find_approval (scopes, kaf_record_get (op->after, "meeting"), &approved, error)))
    return FALSE;
  if (approved)
    *refusal = (KafHubRefusal){ KAF_REFUSED_MINUTES, field };
  return TRUE;
}
