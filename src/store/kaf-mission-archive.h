/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The file of a mission, frozen: what stood in it when a step was reopened, so that it can be printed again.
 *
 *   { "v": 1, "at": µs, "mission": {fields}, "parts": {"need": [{"id", fields…}…]…},
 *     "checks": [["budget-payer", "settled", "ID of the act"], ["budget-lines", "met"]…],
 *     "titles": {"organisation": {"ID": ["français", "العربية"]}…}, "cut": ["participant"…] }
 *
 * Fields are canonical text, those of the class `public` alone: an archive is written once for ever, and who erases a
 * person must not find her in it. Persons are told by their ids; their names are those of the day of printing, or of
 * the pseudonym. Attendance is told by its counts. Checks are those of the step that is reopened: the code of each, how it
 * stood, and the act that settled it, which has the reason; what was found names records, and is left out. */
#pragma once

#include "rules/mission/kaf-mission-checks.h"
#include "store/kaf-database.h"

G_BEGIN_DECLS

/* As an act holds it: JSON, compressed where it is long (see kaf_mission_archive_read()); kinds of parts that would
 * make it too long are left out, and named in "cut" and in @cut (out, nullable: element-type utf8, static). Within a
 * reading or a transaction. @checks: (element-type KafCheck). (transfer full) */
char *kaf_mission_archive_make (
    KafDatabase *db, const char *mission, const GPtrArray *checks, GPtrArray **cut, GError **error);

/* The JSON that the act @id holds. Errors: KAF_STORE_ERROR_NOT_FOUND, _DAMAGED. (transfer full) */
char *kaf_mission_archive_read (KafDatabase *db, const char *act, GError **error);

/* The same of the text of the field. */
char *kaf_mission_archive_unpack (const char *text, GError **error);

G_END_DECLS
