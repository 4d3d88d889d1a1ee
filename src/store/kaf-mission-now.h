/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Where each mission stands, as a table: what follows from its acts and from what step 6 approved, written again in
 * the transaction that changes either. Lists, filters and the board ask it; nobody else writes it.
 *
 *   mission_now (rid, step, state, since, last, content, lapsed, recheck, due_on, due) */
#pragma once

#include "record/kaf-record.h"
#include "store/kaf-database.h"

G_BEGIN_DECLS

/* Adds to @touched (a set of ids) the mission that @record is, or is a part of, where that says where it stands. A
 * change tells no more than it changes: the row is asked for the rest. */
void kaf_mission_now_note (KafDatabase *db, GHashTable *touched, KafRecord *record);

/* Writes the lines of @touched, within a transaction whose rows are written. */
gboolean kaf_mission_now_write_all (KafDatabase *db, GHashTable *touched, GError **error);

/* The mission whose line depends on that row; NULL: none. (transfer full) */
char *kaf_mission_now_find (KafDatabase *db, const KafEntity *root, gint64 rid);

/* The row is erased: so is its line. */
gboolean
kaf_mission_now_forget (KafDatabase *db, const KafEntity *root, gint64 rid, GError **error);

/* An act that the hub did not take moves nothing. */
gboolean kaf_mission_now_refuse (KafDatabase *db, const char *act, GError **error);

/* Missions whose line is not what follows from their acts, by id. (element-type utf8) (transfer full) */
GPtrArray *kaf_mission_now_check (KafDatabase *db, GError **error);

/* The table and its index; of a fresh store. */
extern const char *const kaf_mission_now_ddl[];

G_END_DECLS
