/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Which rows were written lately: what is kept of a reading of many (kaf-findings-kept) asks what it has to look at
 * again.
 *
 *   touched (seq, entity, rid)
 *
 * SQLite tells of each row that it writes, whoever had it written: a commit, an undo, what the hub told, an erasure.
 * They are put down before COMMIT, in the same transaction, so that whoever reads the rows reads that they changed.
 * The numbers only grow. rid 0: rows of the entity are gone, or too many were written to name them. */
#pragma once

#include "record/kaf-record.h"
#include "store/kaf-database.h"

G_BEGIN_DECLS

/* The table; of a fresh store, and of a migrated one. */
extern const char kaf_touched_ddl[];

/* From now on the connection notes what it writes. */
void kaf_touched_watch (KafDatabase *db);

/* What @before named and @change (of the same record) names no more is touched too: it has lost something. */
void kaf_touched_note_left (KafDatabase *db, KafRecord *before, KafRecord *change);

/* Rows of the entity, whichever: SQLite does not tell of its sets. */
void kaf_touched_note_any (KafDatabase *db, const KafEntity *entity);

/* Puts down what was noted: before COMMIT, or after a statement that was a transaction by itself. */
gboolean kaf_touched_write (KafDatabase *db, GError **error);

/* The transaction is over: it stands, or is taken back. */
void kaf_touched_end (KafDatabase *db, gboolean stands);
void kaf_touched_free (gpointer touched);

/* The number of the last entry. Where those after @since are not all there any more, *@is_whole (out) is FALSE. */
gint64 kaf_touched_last (KafDatabase *db, gint64 since, gboolean *is_whole, GError **error);

G_END_DECLS
