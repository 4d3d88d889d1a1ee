/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The attendance sheet of one mission: a mark a session and participant. */
#pragma once

#include "rules/mission/kaf-attendance.h"
#include "store/kaf-database.h"

G_BEGIN_DECLS

/* Of its sessions. A mark that was taken back is there as "not marked", with the id of its record: its identity is
 * its content, so that it is not made anew but brought back. (transfer full) Errors: KAF_STORE_ERROR. */
KafAttendance *kaf_mission_read_attendance (KafDatabase *db, const char *mission, GError **error);

G_END_DECLS
