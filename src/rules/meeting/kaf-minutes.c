/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "rules/meeting/kaf-minutes.h"

gboolean
kaf_minutes_concern (const KafEntity *entity)
{
  static const char *const entities[] = { "meeting", "agenda_item", "meeting_attendee", "decision",
                                          NULL };

  return g_strv_contains (entities, entity->id);
}

static gboolean
holds (const KafEntity *entity, const char *field)
{
  static const char *const of_decision[] = { "state", "done_on", "result", NULL };

  return !g_str_equal (entity->id, "decision") || !g_strv_contains (of_decision, field);
}

gboolean
kaf_minutes_touch (KafRecord *before, KafRecord *after, const char **field)
{
  const KafEntity *entity = kaf_record_get_entity (before != NULL ? before : after);

  *field = NULL;
  if (before == NULL || after == NULL)
    return TRUE;
  for (guint i = 0; entity->fields[i].id != NULL; i++)
    if (holds (entity, entity->fields[i].id) && kaf_record_holds_at (after, i) &&
        g_strcmp0 (kaf_record_get_at (after, i), kaf_record_get_at (before, i)) != 0)
      {
        *field = entity->fields[i].id;
        return TRUE;
      }
  return FALSE;
}

gboolean
kaf_minutes_withdraw (KafRecord *before, KafRecord *after, const char *author)
{
  return after != NULL && kaf_record_holds (after, "approved_on") &&
         kaf_record_get (after, "approved_on") == NULL &&
         g_strcmp0 (kaf_record_get_stamp (before)->updated_by, author) == 0;
}
