/* SPDX-License-Identifier: GPL-3.0-or-later */
/* An SQLite file of the server: WAL, synchronous FULL, foreign keys, secure_delete, for its owner
 * alone. Used from one thread at a time. Errors: KAF_HUB_ERROR; they never quote a bound value. */
#pragma once

#include <glib.h>
#include <sqlite3.h>

G_BEGIN_DECLS

typedef struct _KafSqlite KafSqlite;

/* What a file is. */
typedef struct
{
  gint32 application_id; /* in the header of the file */
  int version;           /* PRAGMA user_version of a file made today */
  const char *ddl;       /* makes the tables of an empty one */
} KafSqliteKind;

/* @create: makes the file, all of it or nothing; there must be none yet. Otherwise there must be one of
 * @kind, of its version or an older one (kaf_sqlite_get_version(); to migrate is the caller's). */
KafSqlite *
kaf_sqlite_open (const char *path, const KafSqliteKind *kind, gboolean create, GError **error);
void kaf_sqlite_close (KafSqlite *self); /* NULL is let pass; an open transaction is rolled back */
G_DEFINE_AUTOPTR_CLEANUP_FUNC (KafSqlite, kaf_sqlite_close)

/* How long a lock is waited for: "backup" and "status" look while another process serves. */
#define KAF_SQLITE_BUSY_TIMEOUT_MS 5000

/* From here on a thread carries the log into the file, see kaf-checkpointer.h; and nothing of the log is left. */
void kaf_sqlite_checkpoint_aside (KafSqlite *self);
gboolean kaf_sqlite_empty_log (KafSqlite *self, GError **error);

sqlite3 *kaf_sqlite_get_handle (KafSqlite *self);
int kaf_sqlite_get_version (KafSqlite *self);

/* A prepared statement out of the cache, reset and unbound when it goes out of scope. */
typedef sqlite3_stmt KafSqliteRows;
void kaf_sqlite_rows_done (KafSqliteRows *rows);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (KafSqliteRows, kaf_sqlite_rows_done)

/* (transfer none) One text must not be in use twice at a time. */
KafSqliteRows *kaf_sqlite_prepare (KafSqlite *self, const char *sql, GError **error);

/* TRUE with a row at hand; FALSE at the end or, with @error set, on failure. @error must be given. */
gboolean kaf_sqlite_step (KafSqlite *self, KafSqliteRows *rows, GError **error);

/* Runs a statement whose rows, if any, do not matter, and makes it ready for the next values. */
gboolean kaf_sqlite_run (KafSqlite *self, KafSqliteRows *rows, GError **error);
gboolean kaf_sqlite_exec (KafSqlite *self, const char *sql, GError **error);

/* The same outside of a transaction, for what may be lost when the power goes: it is seen by others at once, and on
 * the disk with what is committed next. */
gboolean kaf_sqlite_run_lazily (KafSqlite *self, KafSqliteRows *rows, GError **error);

/* The first column of the first row; 0 where there is none, or with @error set. */
gint64 kaf_sqlite_get_integer (KafSqlite *self, const char *sql, GError **error);

/* NULL is bound as NULL. Indexes of parameters begin at 1, those of columns at 0. */
void kaf_sqlite_bind_text (KafSqliteRows *rows, int index, const char *text);
/* Not copied: it stays as it is until the rows are done. @size: -1 where a NUL ends it. */
void kaf_sqlite_lend_text (KafSqliteRows *rows, int index, const char *text, gssize size);
void kaf_sqlite_bind_integer (KafSqliteRows *rows, int index, gint64 value);
void kaf_sqlite_bind_blob (KafSqliteRows *rows, int index, gconstpointer data, gsize size);

/* Valid until the next step. */
const char *kaf_sqlite_text (KafSqliteRows *rows, int column);
gint64 kaf_sqlite_integer (KafSqliteRows *rows, int column);
gconstpointer kaf_sqlite_blob (KafSqliteRows *rows, int column, gsize *size);

/* From here on nothing is written by it, and its transactions wait for no writer: each sees what was committed when it
 * first read. */
gboolean kaf_sqlite_set_reads_only (KafSqlite *self, GError **error);

/* BEGIN IMMEDIATE. After a failure within a transaction everything but the rollback gives that failure
 * again, so that nothing is written piece by piece. A commit that fails has rolled back. */
gboolean kaf_sqlite_begin (KafSqlite *self, GError **error);
gboolean kaf_sqlite_commit (KafSqlite *self, GError **error);
void kaf_sqlite_rollback (KafSqlite *self); /* nothing to do outside of one */

/* Commits when @done, else rolls back: what a transaction ends with. */
gboolean kaf_sqlite_end (KafSqlite *self, gboolean done, GError **error);

/* A part of the transaction under way, that may be taken back alone; one at a time. After a failure within it the
 * whole transaction is as good as rolled back. */
gboolean kaf_sqlite_begin_part (KafSqlite *self, GError **error);
gboolean kaf_sqlite_end_part (KafSqlite *self, gboolean done, GError **error);

/* A whole, consistent copy at @path, which must not exist; on the disk when this returns. */
gboolean kaf_sqlite_copy_to (KafSqlite *self, const char *path, GError **error);

/* Sets @error from what SQLite says; always FALSE. */
gboolean kaf_sqlite_fail (KafSqlite *self, int rc, const char *doing, GError **error);

G_END_DECLS
