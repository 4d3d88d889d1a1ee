/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What the findings of any day ask of each commitment that stands in a convention, as a table of short lines: in which
 * act, who is to do it, since when it is lifted, and what of it is open next, the first of its days that no fulfilment
 * closed. Written again in the transaction that changes the commitment or a fulfilment. It hangs on no day and on no
 * convention, so that neither all that was ever done is read, nor the texts of all that is to do; nobody else writes it.
 *
 *   commitment_now (rid, act, party, waived_on, due_on), the days whole, the last three nullable */
#pragma once

#include "record/kaf-record.h"
#include "store/kaf-database.h"

G_BEGIN_DECLS

/* Adds to @touched (a set of ids) the commitment that @record is, or is a fulfilment of. A change tells no more than it
 * changes: the row is asked for the rest. */
void kaf_commitment_now_note (KafDatabase *db, GHashTable *touched, KafRecord *record);

/* Writes the lines of @touched, within a transaction whose rows are written, and empties it. */
gboolean kaf_commitment_now_write_all (KafDatabase *db, GHashTable *touched, GError **error);

/* The commitment whose line depends on that row; NULL: none. (transfer full) */
char *kaf_commitment_now_find (KafDatabase *db, const KafEntity *root, gint64 rid);

/* The row is erased: so is its line. */
gboolean
kaf_commitment_now_forget (KafDatabase *db, const KafEntity *root, gint64 rid, GError **error);

/* All lines anew, in a transaction: a file of an earlier version. */
gboolean kaf_commitment_now_rebuild (KafDatabase *db, GError **error);

/* Commitments whose line is not what follows from them and their fulfilments, by id. (element-type utf8)
 * (transfer full) */
GPtrArray *kaf_commitment_now_check (KafDatabase *db, GError **error);

/* The table; of a fresh store. */
extern const char *const kaf_commitment_now_ddl[];

G_END_DECLS
