/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "store/kaf-validated.h"

#include <glib/gi18n-lib.h>

#include "base/kaf-validation-error.h"
#include "rules/mission/kaf-mission-budget.h"
#include "schema/kaf-registry.h"
#include "store/kaf-missions.h"
#include "store/kaf-read.h"

/* The first field of what is validated that would change; NULL: none. */
static const char *
find_field (KafRecord *before, KafRecord *change)
{
  const KafField *fields = kaf_record_get_entity (before)->fields;

  for (guint i = 0; fields[i].id != NULL; i++)
    if (kaf_budget_validates (fields[i].id) &&
        (change == NULL ||
         (kaf_record_holds_at (change, i) &&
          g_strcmp0 (kaf_record_get_at (change, i), kaf_record_get_at (before, i)) != 0)))
      return fields[i].id;
  return NULL;
}

/* A line that was added since the approval is none that it validated. Those are times of two computers: the hub, which has
 * the order, has the last word. */
static gboolean
is_validated (KafDatabase *db, KafRecord *line, gboolean *validated, GError **error)
{
  const char *id = kaf_record_get (line, "mission");
  g_autoptr (KafMission) mission = NULL;
  const KafAct *act;
  GError *local = NULL;

  *validated = FALSE;
  mission = id != NULL ? kaf_mission_read_acts (db, id, &local) : NULL;
  if (local != NULL)
    {
      g_propagate_error (error, local);
      return FALSE;
    }
  act = mission != NULL ? kaf_mission_find_validation (mission) : NULL;
  *validated = act != NULL && kaf_record_get_stamp (line)->created_at <= act->at;
  return TRUE;
}

static gboolean
refuse (const char *message, GError **error)
{
  g_set_error_literal (error, KAF_VALIDATION_ERROR, KAF_VALIDATION_ERROR_RULE, message);
  return FALSE;
}

gboolean
kaf_validated_may_change (
    KafDatabase *db, KafRecord *before, KafRecord *change, const char **field, GError **error)
{
  const char *touched;
  gboolean validated;

  if (!g_str_equal (kaf_record_get_entity (before)->id, "budget_line"))
    return TRUE;
  touched = find_field (before, change);
  if (touched == NULL)
    return TRUE;
  if (!is_validated (db, before, &validated, error))
    return FALSE;
  if (!validated)
    return TRUE;
  *field = change != NULL ? touched : NULL;
  return refuse (N_ ("The line was validated at step 6 and stays as it was. Write an adjustment "
                     "with its reason, or reopen step 6 first."),
                 error);
}

gboolean
kaf_validated_may_add (KafDatabase *db, KafRecord *record, const char **field, GError **error)
{
  const char *id = g_str_equal (kaf_record_get_entity (record)->id, "budget_adjustment")
                       ? kaf_record_get (record, "line")
                       : NULL;
  g_autoptr (KafRecord) line = NULL;

  if (id == NULL)
    return TRUE;
  line = kaf_read_record (db, kaf_registry_find ("budget_line"), id, NULL);
  if (line == NULL || kaf_budget_may_adjust (kaf_record_get (line, "unit_price"),
                                             kaf_record_get (record, "amount")))
    return TRUE;
  *field = "amount";
  return refuse (N_ ("The adjustment is in another currency than the line: enter it in that of the "
                     "line."),
                 error);
}
