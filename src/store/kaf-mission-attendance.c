/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "store/kaf-mission-attendance.h"

#include "store/kaf-database-private.h"

KafAttendance *
kaf_mission_read_attendance (KafDatabase *db, const char *mission, GError **error)
{
  g_autoptr (KafStatement) statement = kaf_database_prepare (
      db,
      "SELECT h.id, a.participant, k.id,"
      " CASE WHEN a.deleted_at IS NULL THEN a.presence END FROM programme_item x"
      " INDEXED BY programme_item__mission CROSS JOIN head h ON h.rid = x.rid"
      " CROSS JOIN attendance a INDEXED BY attendance__session ON a.session = h.id"
      " CROSS JOIN head k ON k.rid = a.rid"
      " WHERE x.mission = ?1 AND x.deleted_at IS NULL AND a.participant IS NOT NULL",
      error);
  g_autoptr (KafAttendance) attendance = kaf_attendance_new ();
  GError *local = NULL;

  if (statement == NULL)
    return NULL;
  kaf_statement_bind_text (statement, 1, mission);
  while (kaf_database_step (db, statement, &local))
    kaf_attendance_mark (attendance, kaf_statement_text (statement, 0),
                         kaf_statement_text (statement, 1), kaf_statement_text (statement, 2),
                         kaf_presence_parse (kaf_statement_text (statement, 3)));
  if (local == NULL)
    return g_steal_pointer (&attendance);
  g_propagate_error (error, local);
  return NULL;
}
