/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Opening a store, and talking to SQLite.
 *
 * Opening looks before it touches: a file of another kind, a damaged or newer one is left as it
 * was. Durability is synchronous=FULL under WAL: what a commit acknowledged survives a cut. */
#include "config.h"

#include "store/kaf-database-private.h"

#include <errno.h>
#include <malloc.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/statvfs.h>
#include <unistd.h>

#include "schema/kaf-registry.h"
#include "store/kaf-copies.h"
#include "store/kaf-drafts.h"
#include "store/kaf-expert-now.h"
#include "store/kaf-file-locks.h"
#include "store/kaf-findings-kept.h"
#include "store/kaf-matcher.h"
#include "store/kaf-row-filter.h"
#include "store/kaf-sync-private.h"
#include "store/kaf-touched.h"

#define WAL_PAUSE_US 5000

/* How often a statement looks whether it is still wanted: about every tenth of a millisecond. */
#define CANCEL_CHECK_OPS 10000

static KafStoreError
error_code (int rc)
{
  KafStoreError code = KAF_STORE_ERROR_IO;

  switch (rc & 0xff)
    {
    case SQLITE_NOTADB:
      code = KAF_STORE_ERROR_NOT_A_STORE;
      break;
    case SQLITE_CORRUPT:
      code = KAF_STORE_ERROR_DAMAGED;
      break;
    case SQLITE_BUSY:
    case SQLITE_LOCKED:
      code = KAF_STORE_ERROR_LOCKED;
      break;
    case SQLITE_READONLY:
    case SQLITE_PERM:
      code = KAF_STORE_ERROR_READ_ONLY;
      break;
    case SQLITE_FULL:
      code = KAF_STORE_ERROR_FULL;
      break;
    default:
      break;
    }

  return code;
}

/* Even to read, SQLite needs room beside the store, and then speaks of a fault of the disk. */
static gboolean
disk_is_full (const char *path)
{
  g_autofree char *folder = g_path_get_dirname (path);
  struct statvfs info;

  return statvfs (folder, &info) == 0 && info.f_bavail == 0;
}

/* A read that fails within a transaction may make SQLite roll it back by itself, and what follows
 * would then be written piece by piece; or, taken for an empty answer, lead to a wrong write. So
 * the first failure is the end of it, whoever looked at it or not: nothing but ROLLBACK passes. */
gboolean
kaf_database_fail (KafDatabase *self, int rc, const char *doing, GError **error)
{
  g_autoptr (GError) local = NULL;

  /* sqlite3_errmsg() may quote the SQL text but never bound values: no personal data. */
  if ((rc & 0xff) == SQLITE_INTERRUPT)
    g_set_error (&local, G_IO_ERROR, G_IO_ERROR_CANCELLED, "%s: cancelled", doing);
  else
    {
      KafStoreError code = error_code (rc);

      if (code == KAF_STORE_ERROR_IO && disk_is_full (self->path))
        code = KAF_STORE_ERROR_FULL;
      g_set_error (&local, KAF_STORE_ERROR, code, "%s: %s (%d)", doing,
                   self->sql != NULL ? sqlite3_errmsg (self->sql) : sqlite3_errstr (rc), rc);
    }
  if (self->began && self->failure == NULL)
    self->failure = g_error_copy (local);
  g_propagate_error (error, g_steal_pointer (&local));
  return FALSE;
}

static int
is_cancelled (gpointer data)
{
  KafDatabase *self = data;

  return g_cancellable_is_cancelled (self->cancellable);
}

/* Whether the transaction under way, if any, still stands. */
static gboolean
may_go_on (KafDatabase *self, GError **error)
{
  if (self->failure == NULL && is_cancelled (self))
    self->failure = g_error_new_literal (G_IO_ERROR, G_IO_ERROR_CANCELLED, "cancelled");
  if (self->failure == NULL)
    return TRUE;
  g_propagate_error (error, g_error_copy (self->failure));
  return FALSE;
}

void
kaf_statement_done (KafStatement *statement)
{
  sqlite3_reset (statement);
  sqlite3_clear_bindings (statement);
}

/* NULL: it was not prepared yet. */
static sqlite3_stmt *
find_statement (KafDatabase *self, const char *sql)
{
  gsize at = GPOINTER_TO_SIZE (sql);
  KafRecentStatement *recent = &self->recent[(at ^ (at >> 6)) % KAF_RECENT_STATEMENTS];
  gpointer text, statement;

  if (recent->sql == sql && strcmp (recent->text, sql) == 0)
    return recent->statement;
  if (!g_hash_table_lookup_extended (self->statements, sql, &text, &statement))
    return NULL;
  *recent = (KafRecentStatement){ sql, text, statement };
  return statement;
}

KafStatement *
kaf_database_prepare (KafDatabase *self, const char *sql, GError **error)
{
  sqlite3_stmt *statement = find_statement (self, sql);
  int rc;

  if (!may_go_on (self, error))
    return NULL;
  if (statement != NULL)
    return statement;

  rc = sqlite3_prepare_v3 (self->sql, sql, -1, SQLITE_PREPARE_PERSISTENT, &statement, NULL);
  if (rc != SQLITE_OK)
    {
      kaf_database_fail (self, rc, "prepare", error);
      return NULL;
    }
  g_hash_table_insert (self->statements, g_strdup (sql), statement);
  return statement;
}

gboolean
kaf_database_step (KafDatabase *self, KafStatement *statement, GError **error)
{
  int rc;

  if (!may_go_on (self, error))
    return FALSE;
  rc = sqlite3_step (statement);
  if (rc == SQLITE_ROW)
    return TRUE;
  if (rc != SQLITE_DONE)
    kaf_database_fail (self, rc, "step", error);
  return FALSE;
}

gboolean
kaf_database_run (KafDatabase *self, KafStatement *statement, GError **error)
{
  gboolean done = may_go_on (self, error);

  if (done)
    {
      int rc = sqlite3_step (statement);

      done = rc == SQLITE_DONE || rc == SQLITE_ROW || kaf_database_fail (self, rc, "write", error);
    }
  kaf_statement_done (statement);
  return done && (!sqlite3_get_autocommit (self->sql) || kaf_touched_write (self, error));
}

gboolean
kaf_database_run_for (KafDatabase *self, const char *sql, gint64 rid, GError **error)
{
  KafStatement *statement = kaf_database_prepare (self, sql, error);

  if (statement == NULL)
    return FALSE;
  sqlite3_bind_int64 (statement, 1, rid);
  return kaf_database_run (self, statement, error);
}

gboolean
kaf_database_exec (KafDatabase *self, const char *sql, GError **error)
{
  gboolean back = g_str_equal (sql, "ROLLBACK");
  int rc;

  if (!back && !may_go_on (self, error))
    return FALSE;
  if (back)
    {
      self->began = FALSE;
      kaf_touched_end (self, FALSE);
      g_clear_error (&self->failure);
      if (sqlite3_get_autocommit (self->sql))
        return TRUE;
    }
  if (g_str_equal (sql, "COMMIT") && !kaf_touched_write (self, error))
    return FALSE;
  rc = sqlite3_exec (self->sql, sql, NULL, NULL, NULL);
  if (rc != SQLITE_OK)
    return kaf_database_fail (self, rc, "execute", error);
  if (!back)
    self->began = !sqlite3_get_autocommit (self->sql);
  if (back || self->began)
    return TRUE;
  if (!kaf_touched_write (self, error))
    return FALSE;
  kaf_touched_end (self, TRUE);
  return TRUE;
}

void
kaf_statement_bind_text (KafStatement *statement, int index, const char *text)
{
  if (text != NULL)
    sqlite3_bind_text (statement, index, text, -1, SQLITE_TRANSIENT);
  else
    sqlite3_bind_null (statement, index);
}

void
kaf_statement_bind_id (KafStatement *statement, int index, gint64 value)
{
  sqlite3_bind_int64 (statement, index, value);
}

const char *
kaf_statement_text (KafStatement *statement, int column)
{
  return (const char *) sqlite3_column_text (statement, column);
}

void
kaf_rows_add (GString *rows, gint64 rid)
{
  char digits[] = "-9223372036854775808";
  char *first = digits + strlen (digits);
  guint64 left = rid < 0 ? -(guint64) rid : (guint64) rid;

  /* By hand: there may be ten thousands of them. */
  do
    *--first = (char) ('0' + left % 10);
  while ((left /= 10) > 0);
  if (rid < 0)
    *--first = '-';
  g_string_truncate (rows, rows->len - strlen ("]"));
  if (rows->len > strlen ("["))
    g_string_append_c (rows, ',');
  g_string_append (rows, first);
  g_string_append_c (rows, ']');
}

gint64
kaf_database_get_int (KafDatabase *self, const char *sql, GError **error)
{
  g_autoptr (KafStatement) statement = kaf_database_prepare (self, sql, error);

  if (statement == NULL || !kaf_database_step (self, statement, error))
    return 0;
  return sqlite3_column_int64 (statement, 0);
}

char *
kaf_database_get_meta (KafDatabase *self, const char *key)
{
  g_autoptr (KafStatement) statement =
      kaf_database_prepare (self, "SELECT value FROM meta WHERE key = ?", NULL);

  if (statement == NULL)
    return NULL;
  kaf_statement_bind_text (statement, 1, key);
  if (!kaf_database_step (self, statement, NULL))
    return NULL;
  return g_strdup (kaf_statement_text (statement, 0));
}

gboolean
kaf_database_set_meta (KafDatabase *self, const char *key, const char *value, GError **error)
{
  KafStatement *statement =
      kaf_database_prepare (self, "INSERT OR REPLACE INTO meta (key, value) VALUES (?, ?)", error);

  if (statement == NULL)
    return FALSE;
  kaf_statement_bind_text (statement, 1, key);
  kaf_statement_bind_text (statement, 2, value);
  return kaf_database_run (self, statement, error);
}

static void
finalize_statement (gpointer data)
{
  sqlite3_finalize (data);
}

/* Where a store lies that is reached by a link: what is kept beside it is beside the file itself. */
static char *
resolve_path (const char *path)
{
  char *resolved = realpath (path, NULL);
  char *copy = g_strdup (resolved != NULL ? resolved : path);

  free (resolved);
  return copy;
}

/* Nobody asks SQLite how much memory it has, and to count it takes a lock at each piece. Too late where somebody else has
 * used SQLite before: then it counts. */
static gpointer
set_up (G_GNUC_UNUSED gpointer data)
{
  sqlite3_config (SQLITE_CONFIG_MEMSTATUS, 0);
  kaf_file_locks_hold ();
  return NULL;
}

static KafDatabase *
database_new (const char *path, const KafEnvironment *environment)
{
  static GOnce once = G_ONCE_INIT;
  KafDatabase *self = g_new0 (KafDatabase, 1);

  g_once (&once, set_up, NULL);
  self->path = resolve_path (path);
  self->schema = KAF_SCHEMA_VERSION;
  self->clock = environment != NULL && environment->clock != NULL
                    ? kaf_clock_ref (environment->clock)
                    : kaf_clock_new_system ();
  self->random = environment != NULL && environment->random != NULL
                     ? kaf_random_ref (environment->random)
                     : kaf_random_new_system ();
  self->author = g_intern_string (environment != NULL ? environment->author : NULL);
  self->lists_dir = g_strdup (environment != NULL ? environment->lists_dir : NULL);
  self->statements = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, finalize_statement);
  self->titles =
      g_hash_table_new_full (g_str_hash, g_str_equal, g_free, (GDestroyNotify) g_strfreev);
  self->erased = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  return self;
}

void
kaf_database_close (KafDatabase *self)
{
  if (self == NULL)
    return;

  if (self->transaction != NULL)
    kaf_transaction_abort (self->transaction);
  g_hash_table_unref (self->statements);
  g_hash_table_unref (self->titles);
  g_hash_table_unref (self->erased);
  kaf_checkpointer_free (self->checkpointer);
  sqlite3_close (self->sql);
  g_clear_error (&self->failure);
  kaf_findings_forget (self);
  kaf_touched_free (self->touched);
  kaf_match_kept_free (self->match);
  kaf_clock_unref (self->clock);
  kaf_random_unref (self->random);
  g_free (self->path);
  g_free (self->lists_dir);
  g_free (self);
}

void
kaf_database_checkpoint_aside (KafDatabase *self)
{
  if (self->checkpointer == NULL && !self->read_only)
    self->checkpointer = kaf_checkpointer_new (self->sql, self->path);
}

/* The first bytes of a file, read through SQLite's own layer. */
static int
read_header (const char *path, const char *vfs_name, char *header, int size)
{
  sqlite3_vfs *vfs = sqlite3_vfs_find (vfs_name);
  g_autofree char *absolute = g_canonicalize_filename (path, NULL);
  g_autofree sqlite3_file *file = NULL;
  sqlite3_filename name;
  int rc, out;

  if (vfs == NULL)
    return SQLITE_ERROR;
  file = g_malloc0 (vfs->szOsFile);
  name = sqlite3_create_filename (absolute, "", "", 0, NULL);
  rc = vfs->xOpen (vfs, name, file, SQLITE_OPEN_MAIN_DB | SQLITE_OPEN_READONLY, &out);
  if (rc == SQLITE_OK)
    rc = file->pMethods->xRead (file, header, size, 0);
  if (file->pMethods != NULL)
    file->pMethods->xClose (file);
  sqlite3_free_filename (name);
  return rc;
}

static gboolean
look_at_nothing (const char *path, KafOpenFlags flags, int code, GError **error)
{
  g_autofree char *folder = g_path_get_dirname (path);
  gboolean missing = code == ENOENT;

  if (missing && (flags & KAF_OPEN_CREATE) != 0 && g_file_test (folder, G_FILE_TEST_IS_DIR))
    return TRUE;
  g_set_error (error, KAF_STORE_ERROR, missing ? KAF_STORE_ERROR_NOT_FOUND : KAF_STORE_ERROR_IO,
               "open: %s", g_strerror (code));
  return FALSE;
}

/* What lies there, before SQLite takes it for a database. */
static gboolean
look_at_file (
    const char *path, KafOpenFlags flags, const char *vfs, gboolean *empty, GError **error)
{
  static const char magic[16] = "SQLite format 3";
  char header[16] = "";
  struct stat info;
  int rc = SQLITE_IOERR_SHORT_READ;

  *empty = TRUE;
  if (stat (path, &info) != 0)
    return look_at_nothing (path, flags, errno, error);

  *empty = S_ISREG (info.st_mode) && info.st_size == 0;
  if (*empty && (flags & KAF_OPEN_CREATE) != 0)
    return TRUE;
  if (S_ISREG (info.st_mode) && info.st_size >= (goffset) sizeof header)
    {
      if (access (path, R_OK) != 0)
        return look_at_nothing (path, KAF_OPEN_DEFAULT, errno, error);
      rc = read_header (path, vfs, header, sizeof header);
      if (rc == SQLITE_OK && memcmp (header, magic, sizeof magic) == 0)
        return TRUE;
    }
  g_set_error (error, KAF_STORE_ERROR,
               rc == SQLITE_OK || rc == SQLITE_IOERR_SHORT_READ ? KAF_STORE_ERROR_NOT_A_STORE
                                                                : KAF_STORE_ERROR_IO,
               "not an SQLite file (%d)", rc);
  return FALSE;
}

/* Without the right to write beside the file, SQLite cannot share it: then it is read as a
 * thing that does not change. */
static char *
make_uri (const char *path, gboolean read_only, gboolean frozen)
{
  g_autofree char *uri = g_filename_to_uri (path, NULL, NULL);

  return g_strconcat (uri, !read_only ? "?mode=rwc" : frozen ? "?immutable=1" : "?mode=ro", NULL);
}

static gboolean
connect_file (
    KafDatabase *self, KafOpenFlags flags, const char *vfs, gboolean empty, GError **error)
{
  g_autofree char *folder = g_path_get_dirname (self->path);
  g_autofree char *absolute = g_canonicalize_filename (self->path, NULL);
  g_autofree char *wal = g_strconcat (self->path, "-wal", NULL);
  g_autofree char *uri = NULL;
  gboolean frozen = access (folder, W_OK) != 0 && access (wal, F_OK) != 0;
  int rc;

  self->read_only = (flags & KAF_OPEN_READ_ONLY) != 0 ||
                    (!empty && (access (self->path, W_OK) != 0 || access (folder, W_OK) != 0));
  uri = make_uri (absolute, self->read_only, frozen);
  rc = sqlite3_open_v2 (
      uri, &self->sql,
      SQLITE_OPEN_URI | SQLITE_OPEN_NOMUTEX | SQLITE_OPEN_EXRESCODE |
          (self->read_only ? SQLITE_OPEN_READONLY : SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE),
      vfs);
  if (rc != SQLITE_OK)
    return kaf_database_fail (self, rc, "open", error);

  sqlite3_busy_timeout (self->sql, KAF_DATABASE_BUSY_TIMEOUT_MS);
  sqlite3_db_config (self->sql, SQLITE_DBCONFIG_DEFENSIVE, 1, NULL);
  sqlite3_db_config (self->sql, SQLITE_DBCONFIG_DQS_DDL, 0, NULL);
  sqlite3_db_config (self->sql, SQLITE_DBCONFIG_DQS_DML, 0, NULL);
  return TRUE;
}

/* To change the kind of log SQLite wants the file for itself, and does not wait while another
 * connection has it: two programs that make the same store at the same moment wait here. */
static gboolean
use_wal (KafDatabase *self, GError **error)
{
  gint64 deadline =
      g_get_monotonic_time () + KAF_DATABASE_BUSY_TIMEOUT_MS * G_GINT64_CONSTANT (1000);

  for (;;)
    {
      g_autoptr (GError) local = NULL;

      if (kaf_database_exec (self, "PRAGMA journal_mode = WAL", &local))
        return TRUE;
      if (!g_error_matches (local, KAF_STORE_ERROR, KAF_STORE_ERROR_LOCKED) ||
          g_get_monotonic_time () >= deadline)
        {
          g_propagate_error (error, g_steal_pointer (&local));
          return FALSE;
        }
      g_usleep (WAL_PAUSE_US);
    }
}

static gboolean
configure (KafDatabase *self, GError **error)
{
  if (!self->read_only && !use_wal (self, error))
    return FALSE;
  kaf_database_set_cache (self, KAF_CACHE_KIB);
  return kaf_database_exec (self,
                            "PRAGMA synchronous = FULL;"
                            "PRAGMA secure_delete = ON;"
                            "PRAGMA temp_store = MEMORY",
                            error);
}

static gboolean
check_kind (KafDatabase *self, gboolean *fresh, int *version, GError **error)
{
  g_autoptr (GError) local = NULL;
  gint64 kind = kaf_database_get_int (self, "PRAGMA application_id", &local);
  gint64 n_tables = 0;

  if (local == NULL)
    n_tables = kaf_database_get_int (self, "SELECT count(*) FROM sqlite_schema", &local);
  /* Made by another process between those two looks. */
  if (local == NULL && kind == 0 && n_tables > 0)
    kind = kaf_database_get_int (self, "PRAGMA application_id", &local);
  if (local == NULL)
    *version = kaf_database_get_int (self, "PRAGMA user_version", &local);
  if (local != NULL)
    {
      g_propagate_error (error, g_steal_pointer (&local));
      return FALSE;
    }

  *fresh = n_tables == 0 && kind == 0;
  if (*fresh || kind == KAF_STORE_APPLICATION_ID)
    return TRUE;
  g_set_error (error, KAF_STORE_ERROR, KAF_STORE_ERROR_NOT_A_STORE, "another program's file");
  return FALSE;
}

static gboolean
bring_to_version (KafDatabase *self, KafOpenFlags flags, gboolean empty, GError **error)
{
  gboolean fresh;
  int version;

  if (!check_kind (self, &fresh, &version, error))
    return FALSE;

  if (fresh && (self->read_only || (flags & KAF_OPEN_CREATE) == 0))
    {
      g_set_error (error, KAF_STORE_ERROR, KAF_STORE_ERROR_NOT_A_STORE, "an empty file");
      return FALSE;
    }
  if (!fresh && version > KAF_STORE_VERSION)
    {
      g_set_error (error, KAF_STORE_ERROR, KAF_STORE_ERROR_NEWER, "version %d, here %d", version,
                   KAF_STORE_VERSION);
      return FALSE;
    }
  if (!fresh && version < 1)
    {
      g_set_error (error, KAF_STORE_ERROR, KAF_STORE_ERROR_DAMAGED, "version %d", version);
      return FALSE;
    }
  if (!configure (self, error))
    return FALSE;
  if (fresh)
    return kaf_ddl_create (self, error);
  if (version < KAF_STORE_VERSION)
    return kaf_migrate (self, version, error);
  return TRUE;
}

static void
read_identity (KafDatabase *self)
{
  g_autofree char *device = kaf_database_get_meta (self, "device");
  g_autofree char *author = kaf_local_get (self, "author");

  self->device = device != NULL ? g_ascii_strtoull (device, NULL, 16) : 0;
  if (self->author == NULL)
    self->author = g_intern_string (author != NULL ? author : g_get_user_name ());
}

KafDatabase *
kaf_database_open (const char *path,
                   KafOpenFlags flags,
                   const KafEnvironment *environment,
                   GError **error)
{
  g_autoptr (KafDatabase) self = database_new (path, environment);
  const char *vfs = environment != NULL ? environment->vfs : NULL;
  gboolean empty;
  mode_t mask;
  gboolean connected;

  if (!look_at_file (self->path, flags, vfs, &empty, error))
    return NULL;

  /* Personal data: the file and what SQLite puts beside it are their owner's alone. */
  mask = umask (077);
  connected = connect_file (self, flags, vfs, empty, error);
  umask (mask);
  if (!connected || !bring_to_version (self, flags, empty, error) ||
      !kaf_matcher_register (self, error) || !kaf_row_filter_register (self, error))
    return NULL;

  /* Before anything is written: a store that has some of it is taken to have all. */
  if (!self->read_only && !kaf_expert_now_complete (self, error))
    return NULL;
  read_identity (self);
  if (!self->read_only)
    kaf_touched_watch (self);
  if (!self->read_only && (flags & KAF_OPEN_WITHOUT_LISTS) == 0 &&
      kaf_database_get_int (self, "SELECT EXISTS (SELECT 1 FROM head)", NULL) == 0 &&
      !kaf_lists_load (self, error))
    return NULL;
  if (!self->read_only && !kaf_erase_replay (self, error))
    return NULL;
  if (!self->read_only && !kaf_lists_complete (self, error))
    return NULL;
  /* What a kill or a busy reader cut short: it is tried again the next time. */
  kaf_erase_finish_left (self, NULL);
  if (!self->read_only)
    kaf_copies_sweep (self);
  return g_steal_pointer (&self);
}

static gboolean
connect_memory (KafDatabase *self, GError **error)
{
  int rc = sqlite3_open_v2 (":memory:", &self->sql,
                            SQLITE_OPEN_NOMUTEX | SQLITE_OPEN_EXRESCODE | SQLITE_OPEN_READWRITE |
                                SQLITE_OPEN_CREATE,
                            NULL);

  return rc == SQLITE_OK || kaf_database_fail (self, rc, "open", error);
}

KafDatabase *
kaf_database_open_in_memory (GError **error)
{
  g_autoptr (KafDatabase) self = database_new (":memory:", NULL);

  if (!connect_memory (self, error) ||
      !kaf_database_exec (self, "PRAGMA temp_store = MEMORY", error) ||
      !kaf_ddl_create (self, error) || !kaf_matcher_register (self, error) ||
      !kaf_row_filter_register (self, error))
    return NULL;
  read_identity (self);
  return g_steal_pointer (&self);
}

const char *
kaf_database_get_path (KafDatabase *self)
{
  return self->path;
}

const char *
kaf_database_get_author (KafDatabase *self)
{
  /* Looked up each time: another connection may have made the store a device since. */
  g_autofree char *account = kaf_local_get (self, KAF_SYNC_USER);

  if (account != NULL && *account != '\0')
    self->author = g_intern_string (account);
  return self->author;
}

void
kaf_database_set_author (KafDatabase *self, const char *author)
{
  self->author = g_intern_string (author);
}

KafClock *
kaf_database_get_clock (KafDatabase *self)
{
  return self->clock;
}

gboolean
kaf_database_is_read_only (KafDatabase *self)
{
  return self->read_only;
}

/* A job reads in one transaction: what it sees is of one moment, and the file is locked once. */
gboolean
kaf_database_begin_read (KafDatabase *self, GCancellable *cancellable, GError **error)
{
  self->cancellable = cancellable;
  sqlite3_progress_handler (self->sql, CANCEL_CHECK_OPS, cancellable != NULL ? is_cancelled : NULL,
                            self);
  return kaf_database_exec (self, "BEGIN", error);
}

void
kaf_database_end_read (KafDatabase *self)
{
  sqlite3_progress_handler (self->sql, 0, NULL, NULL);
  self->cancellable = NULL;
  kaf_database_exec (self, "ROLLBACK", NULL);
}

gboolean
kaf_database_enter_read (KafDatabase *self)
{
  return sqlite3_get_autocommit (self->sql) && kaf_database_exec (self, "BEGIN", NULL);
}

void
kaf_database_leave_read (KafDatabase *self, gboolean entered)
{
  if (entered)
    kaf_database_exec (self, "ROLLBACK", NULL);
}

void
kaf_database_set_cache (KafDatabase *self, guint kib)
{
  g_autofree char *sql = g_strdup_printf ("PRAGMA cache_size = -%u", kib);

  kaf_database_exec (self, sql, NULL);
}

void
kaf_database_rest (KafDatabase *self)
{
  sqlite3_db_release_memory (self->sql);
  malloc_trim (0);
}

void
kaf_database_interrupt (KafDatabase *self)
{
  sqlite3_interrupt (self->sql);
}

guint
kaf_database_get_data_version (KafDatabase *self)
{
  return kaf_database_get_int (self, "PRAGMA data_version", NULL);
}
