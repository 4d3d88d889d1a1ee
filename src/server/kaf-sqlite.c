/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "server/kaf-sqlite.h"

#include <errno.h>
#include <fcntl.h>
#include <gio/gio.h>
#include <glib/gstdio.h>
#include <sys/stat.h>
#include <sys/statvfs.h>
#include <unistd.h>

#include "server/kaf-hub.h"
#include "store/kaf-checkpointer.h"
#include "store/kaf-file-locks.h"

/* "backup" and "status" look while another process serves. */

struct _KafSqlite
{
  sqlite3 *sql;
  char *path;
  GHashTable *statements; /* SQL text → sqlite3_stmt */
  gboolean began;
  gboolean reads_only;
  GError *failure;               /* what broke the transaction under way */
  KafCheckpointer *checkpointer; /* nullable */
};

/* Even to read, SQLite needs room beside the file, and then speaks of a fault of the disk. */
static gboolean
disk_is_full (const char *path)
{
  g_autofree char *folder = g_path_get_dirname (path);
  struct statvfs info;

  return statvfs (folder, &info) == 0 && info.f_bavail == 0;
}

static KafHubError
error_code (KafSqlite *self, int rc)
{
  switch (rc & 0xff)
    {
    case SQLITE_NOTADB:
      return KAF_HUB_ERROR_FOREIGN;
    case SQLITE_FULL:
      return KAF_HUB_ERROR_FULL;
    case SQLITE_IOERR:
    case SQLITE_CANTOPEN:
      return disk_is_full (self->path) ? KAF_HUB_ERROR_FULL : KAF_HUB_ERROR_IO;
    default:
      return KAF_HUB_ERROR_IO;
    }
}

gboolean
kaf_sqlite_fail (KafSqlite *self, int rc, const char *doing, GError **error)
{
  g_autoptr (GError) local = NULL;

  /* sqlite3_errmsg() may quote the SQL text but never bound values: no personal data. */
  g_set_error (&local, KAF_HUB_ERROR, error_code (self, rc), "%s: %s (%d)", doing,
               self->sql != NULL ? sqlite3_errmsg (self->sql) : sqlite3_errstr (rc), rc);
  if (self->began && self->failure == NULL)
    self->failure = g_error_copy (local);
  g_propagate_error (error, g_steal_pointer (&local));
  return FALSE;
}

static gboolean
may_go_on (KafSqlite *self, GError **error)
{
  if (self->failure == NULL)
    return TRUE;
  g_propagate_error (error, g_error_copy (self->failure));
  return FALSE;
}

void
kaf_sqlite_rows_done (KafSqliteRows *rows)
{
  sqlite3_reset (rows);
  sqlite3_clear_bindings (rows);
}

KafSqliteRows *
kaf_sqlite_prepare (KafSqlite *self, const char *sql, GError **error)
{
  sqlite3_stmt *statement = g_hash_table_lookup (self->statements, sql);
  int rc;

  if (!may_go_on (self, error))
    return NULL;
  if (statement != NULL)
    return statement;

  rc = sqlite3_prepare_v3 (self->sql, sql, -1, SQLITE_PREPARE_PERSISTENT, &statement, NULL);
  if (rc != SQLITE_OK)
    {
      kaf_sqlite_fail (self, rc, "prepare", error);
      return NULL;
    }
  g_hash_table_insert (self->statements, g_strdup (sql), statement);
  return statement;
}

gboolean
kaf_sqlite_step (KafSqlite *self, KafSqliteRows *rows, GError **error)
{
  int rc;

  if (!may_go_on (self, error))
    return FALSE;
  rc = sqlite3_step (rows);
  if (rc == SQLITE_ROW)
    return TRUE;
  if (rc != SQLITE_DONE)
    kaf_sqlite_fail (self, rc, "step", error);
  return FALSE;
}

gboolean
kaf_sqlite_run (KafSqlite *self, KafSqliteRows *rows, GError **error)
{
  gboolean done = may_go_on (self, error);

  if (done)
    {
      int rc = sqlite3_step (rows);

      done = rc == SQLITE_DONE || rc == SQLITE_ROW || kaf_sqlite_fail (self, rc, "write", error);
    }
  kaf_sqlite_rows_done (rows);
  return done;
}

gboolean
kaf_sqlite_exec (KafSqlite *self, const char *sql, GError **error)
{
  int rc;

  if (!may_go_on (self, error))
    return FALSE;
  rc = sqlite3_exec (self->sql, sql, NULL, NULL, NULL);
  return rc == SQLITE_OK || kaf_sqlite_fail (self, rc, "execute", error);
}

gboolean
kaf_sqlite_run_lazily (KafSqlite *self, KafSqliteRows *rows, GError **error)
{
  gboolean done = kaf_sqlite_exec (self, "PRAGMA synchronous = NORMAL", error) &&
                  kaf_sqlite_run (self, rows, error);

  return kaf_sqlite_exec (self, "PRAGMA synchronous = FULL", done ? error : NULL) && done;
}

gint64
kaf_sqlite_get_integer (KafSqlite *self, const char *sql, GError **error)
{
  g_autoptr (KafSqliteRows) rows = kaf_sqlite_prepare (self, sql, error);

  return rows != NULL && kaf_sqlite_step (self, rows, error) ? kaf_sqlite_integer (rows, 0) : 0;
}

void
kaf_sqlite_bind_text (KafSqliteRows *rows, int index, const char *text)
{
  sqlite3_bind_text (rows, index, text, -1, SQLITE_TRANSIENT); /* NULL binds NULL */
}

void
kaf_sqlite_lend_text (KafSqliteRows *rows, int index, const char *text, gssize size)
{
  sqlite3_bind_text (rows, index, text, size, SQLITE_STATIC);
}

void
kaf_sqlite_bind_integer (KafSqliteRows *rows, int index, gint64 value)
{
  sqlite3_bind_int64 (rows, index, value);
}

void
kaf_sqlite_bind_blob (KafSqliteRows *rows, int index, gconstpointer data, gsize size)
{
  sqlite3_bind_blob64 (rows, index, data, size, SQLITE_TRANSIENT);
}

const char *
kaf_sqlite_text (KafSqliteRows *rows, int column)
{
  return (const char *) sqlite3_column_text (rows, column);
}

gint64
kaf_sqlite_integer (KafSqliteRows *rows, int column)
{
  return sqlite3_column_int64 (rows, column);
}

gconstpointer
kaf_sqlite_blob (KafSqliteRows *rows, int column, gsize *size)
{
  gconstpointer data = sqlite3_column_blob (rows, column);

  *size = sqlite3_column_bytes (rows, column);
  return data;
}

gboolean
kaf_sqlite_set_reads_only (KafSqlite *self, GError **error)
{
  self->reads_only = kaf_sqlite_exec (self, "PRAGMA query_only = ON", error);
  return self->reads_only;
}

gboolean
kaf_sqlite_begin (KafSqlite *self, GError **error)
{
  g_return_val_if_fail (!self->began, FALSE);

  self->began = kaf_sqlite_exec (self, self->reads_only ? "BEGIN" : "BEGIN IMMEDIATE", error);
  return self->began;
}

gboolean
kaf_sqlite_commit (KafSqlite *self, GError **error)
{
  gboolean done = kaf_sqlite_exec (self, "COMMIT", error);

  kaf_sqlite_rollback (self);
  return done;
}

void
kaf_sqlite_rollback (KafSqlite *self)
{
  self->began = FALSE;
  g_clear_error (&self->failure);
  if (!sqlite3_get_autocommit (self->sql))
    sqlite3_exec (self->sql, "ROLLBACK", NULL, NULL, NULL);
}

gboolean
kaf_sqlite_end (KafSqlite *self, gboolean done, GError **error)
{
  if (done)
    return kaf_sqlite_commit (self, error);
  kaf_sqlite_rollback (self);
  return FALSE;
}

gboolean
kaf_sqlite_begin_part (KafSqlite *self, GError **error)
{
  return kaf_sqlite_exec (self, "SAVEPOINT part", error);
}

gboolean
kaf_sqlite_end_part (KafSqlite *self, gboolean done, GError **error)
{
  if (done)
    return kaf_sqlite_exec (self, "RELEASE part", error);
  kaf_sqlite_exec (self, "ROLLBACK TO part; RELEASE part", NULL);
  return FALSE;
}

sqlite3 *
kaf_sqlite_get_handle (KafSqlite *self)
{
  return self->sql;
}

void
kaf_sqlite_checkpoint_aside (KafSqlite *self)
{
  if (self->checkpointer == NULL)
    self->checkpointer = kaf_checkpointer_new (self->sql, self->path);
}

gboolean
kaf_sqlite_empty_log (KafSqlite *self, GError **error)
{
  int rc = kaf_checkpointer_empty (self->checkpointer, self->sql, KAF_SQLITE_BUSY_TIMEOUT_MS);

  return rc == SQLITE_OK || kaf_sqlite_fail (self, rc, "checkpoint", error);
}

int
kaf_sqlite_get_version (KafSqlite *self)
{
  return kaf_sqlite_get_integer (self, "PRAGMA user_version", NULL);
}

static void
finalize_statement (gpointer data)
{
  sqlite3_finalize (data);
}

void
kaf_sqlite_close (KafSqlite *self)
{
  if (self == NULL)
    return;

  g_hash_table_unref (self->statements);
  kaf_checkpointer_free (self->checkpointer);
  sqlite3_close (self->sql);
  g_clear_error (&self->failure);
  g_free (self->path);
  g_free (self);
}

/* An empty file that is its owner's alone, whatever the umask; never one that is there already. */
static gboolean
make_file (const char *path, GError **error)
{
  int fd = g_open (path, O_CREAT | O_EXCL | O_WRONLY | O_CLOEXEC, 0600);

  if (fd >= 0)
    return g_close (fd, error);
  g_set_error (error, KAF_HUB_ERROR, errno == EEXIST ? KAF_HUB_ERROR_EXISTS : KAF_HUB_ERROR_IO,
               "%s: %s", path, g_strerror (errno));
  return FALSE;
}

static gboolean
connect_file (KafSqlite *self, GError **error)
{
  int rc;

  kaf_file_locks_hold ();
  rc = sqlite3_open_v2 (self->path, &self->sql, SQLITE_OPEN_READWRITE | SQLITE_OPEN_NOMUTEX, NULL);
  if (rc != SQLITE_OK)
    return kaf_sqlite_fail (self, rc, "open", error);
  sqlite3_extended_result_codes (self->sql, 1);
  sqlite3_busy_timeout (self->sql, KAF_SQLITE_BUSY_TIMEOUT_MS);
  sqlite3_db_config (self->sql, SQLITE_DBCONFIG_DEFENSIVE, 1, NULL);
  sqlite3_db_config (self->sql, SQLITE_DBCONFIG_TRUSTED_SCHEMA, 0, NULL);
  return TRUE;
}

static gboolean
configure (KafSqlite *self, GError **error)
{
  return kaf_sqlite_exec (self,
                          "PRAGMA journal_mode = WAL;"
                          "PRAGMA synchronous = FULL;"
                          "PRAGMA foreign_keys = ON;"
                          "PRAGMA secure_delete = ON;"
                          "PRAGMA temp_store = MEMORY;",
                          error);
}

static gboolean
check_kind (KafSqlite *self, const KafSqliteKind *kind, GError **error)
{
  g_autoptr (GError) local = NULL;
  gint64 application = kaf_sqlite_get_integer (self, "PRAGMA application_id", &local);
  int version = kaf_sqlite_get_version (self);

  if (local != NULL)
    {
      g_propagate_error (error, g_steal_pointer (&local));
      return FALSE;
    }
  if (application == kind->application_id && version >= 1 && version <= kind->version)
    return TRUE;
  g_set_error (error, KAF_HUB_ERROR, KAF_HUB_ERROR_FOREIGN, "%s: another program's file, or newer",
               self->path);
  return FALSE;
}

static gboolean
make_tables (KafSqlite *self, const KafSqliteKind *kind, GError **error)
{
  g_autofree char *header = g_strdup_printf (
      "PRAGMA application_id = %d; PRAGMA user_version = %d;", kind->application_id, kind->version);

  return kaf_sqlite_begin (self, error) &&
         kaf_sqlite_end (self,
                         kaf_sqlite_exec (self, header, error) &&
                             kaf_sqlite_exec (self, kind->ddl, error),
                         error);
}

static KafSqlite *
sqlite_new (const char *path)
{
  KafSqlite *self = g_new0 (KafSqlite, 1);

  self->path = g_strdup (path);
  self->statements = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, finalize_statement);
  return self;
}

static void
remove_files (const char *path)
{
  g_autofree char *wal = g_strconcat (path, "-wal", NULL);
  g_autofree char *shm = g_strconcat (path, "-shm", NULL);

  g_unlink (path);
  g_unlink (wal);
  g_unlink (shm);
}

KafSqlite *
kaf_sqlite_open (const char *path, const KafSqliteKind *kind, gboolean create, GError **error)
{
  g_autoptr (KafSqlite) self = sqlite_new (path);

  if (create)
    {
      if (!make_file (path, error))
        return NULL;
      if (connect_file (self, error) && configure (self, error) && make_tables (self, kind, error))
        return g_steal_pointer (&self);
      g_clear_pointer (&self, kaf_sqlite_close);
      remove_files (path);
      return NULL;
    }

  if (!g_file_test (path, G_FILE_TEST_EXISTS))
    {
      g_set_error (error, KAF_HUB_ERROR, KAF_HUB_ERROR_MISSING, "%s: no such file", path);
      return NULL;
    }
  /* A file of another kind is looked at before anything in it is changed. */
  if (connect_file (self, error) && check_kind (self, kind, error) && configure (self, error))
    return g_steal_pointer (&self);
  return NULL;
}

static gboolean
sync_path (const char *path, GError **error)
{
  int fd = g_open (path, O_RDONLY | O_CLOEXEC, 0);
  gboolean done = fd >= 0 && fsync (fd) == 0;

  if (!done)
    g_set_error (error, KAF_HUB_ERROR, KAF_HUB_ERROR_IO, "%s: %s", path, g_strerror (errno));
  if (fd >= 0)
    close (fd);
  return done;
}

gboolean
kaf_sqlite_copy_to (KafSqlite *self, const char *path, GError **error)
{
  g_autofree char *folder = g_path_get_dirname (path);
  KafSqliteRows *rows;

  /* VACUUM INTO takes an empty file that is there: this one is ours, and closed to others. */
  if (!make_file (path, error))
    return FALSE;
  rows = kaf_sqlite_prepare (self, "VACUUM INTO ?", error);
  if (rows != NULL)
    kaf_sqlite_bind_text (rows, 1, path);
  if (rows != NULL && kaf_sqlite_run (self, rows, error) && sync_path (path, error) &&
      sync_path (folder, error))
    return TRUE;
  g_unlink (path);
  return FALSE;
}
