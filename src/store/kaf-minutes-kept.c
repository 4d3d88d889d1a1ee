/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "store/kaf-minutes-kept.h"

#include <glib/gi18n-lib.h>

#include "base/kaf-validation-error.h"
#include "rules/meeting/kaf-minutes.h"

/* @approved (out): whether the minutes of the meeting @id (nullable) are. */
static gboolean
find_approval (KafDatabase *db, const char *id, gboolean *approved, GError **error)
{
  g_autoptr (KafStatement) statement = NULL;
  GError *local = NULL;

  if (id == NULL || *approved)
    return TRUE;
  statement = kaf_database_prepare (db,
                                    "SELECT m.approved_on FROM head h"
                                    " CROSS JOIN meeting m ON m.rid = h.rid"
                                    " WHERE h.id = ?1 AND h.entity = 'meeting'",
                                    error);
  if (statement == NULL)
    return FALSE;
  kaf_statement_bind_text (statement, 1, id);
  if (kaf_database_step (db, statement, &local))
    *approved = kaf_statement_text (statement, 0) != NULL;
  if (local == NULL)
    return TRUE;
  g_propagate_error (error, local);
  return FALSE;
}

/* Of one that moves from one meeting to another, either may be approved. */
static gboolean
find_approvals (
    KafDatabase *db, KafRecord *before, KafRecord *change, gboolean *approved, GError **error)
{
  const KafEntity *entity = kaf_record_get_entity (before != NULL ? before : change);

  *approved = FALSE;
  if (g_str_equal (entity->id, "meeting"))
    {
      *approved = before != NULL && kaf_record_get (before, "approved_on") != NULL;
      return TRUE;
    }
  return (before == NULL ||
          find_approval (db, kaf_record_get (before, "meeting"), approved, error)) &&
         (change == NULL || !kaf_record_holds (change, "meeting") ||
          find_approval (db, kaf_record_get (change, "meeting"), approved, error));
}

gboolean
kaf_minutes_may_change (KafDatabase *db,
                        KafRecord *before,
                        KafRecord *change,
                        gboolean undoing,
                        const char **field,
                        GError **error)
{
  const KafEntity *entity = kaf_record_get_entity (before != NULL ? before : change);
  const char *touched;
  gboolean approved;

  if (!kaf_minutes_concern (entity) || !kaf_minutes_touch (before, change, &touched))
    return TRUE;
  if (!find_approvals (db, before, change, &approved, error))
    return FALSE;
  if (!approved || (undoing && kaf_minutes_withdraw (before, change, kaf_database_get_author (db))))
    return TRUE;
  *field = touched;
  g_set_error_literal (error, KAF_VALIDATION_ERROR, KAF_VALIDATION_ERROR_RULE,
                       N_ ("The minutes of this meeting are approved and stay as they are. How far "
                           "a decision is may still be noted."));
  return FALSE;
}
