/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "store/kaf-adopt.h"

#include <errno.h>
#include <fcntl.h>
#include <glib/gstdio.h>
#include <unistd.h>

#include "store/kaf-drafts.h"
#include "store/kaf-read-private.h"
#include "store/kaf-sync-private.h"
#include "store/kaf-sync-state.h"

/* Local keys of the snapshot that tell how far it has read; all others are this device's. */
#define OF_SNAPSHOT "('" KAF_SYNC_CURSOR "', '" KAF_SYNC_SEEN "', '" KAF_SYNC_ERASED "')"

typedef struct
{
  KafDatabase *db;
  sqlite3 *snapshot;
} Adoption;

void
kaf_adopt_remove_parts (const char *store)
{
  static const char *const ends[] = { KAF_ADOPT_PART, KAF_ADOPT_TAG, KAF_ADOPT_PLAIN };

  for (guint i = 0; i < G_N_ELEMENTS (ends); i++)
    {
      g_autofree char *path = g_strconcat (store, ends[i], NULL);

      g_unlink (path);
    }
}

gboolean
kaf_adopt_is_fresh (KafDatabase *db)
{
  g_auto (KafSyncState) state = { 0 };
  g_autofree char *given_up = kaf_local_get (db, KAF_SYNC_NO_SNAPSHOT);

  return given_up == NULL && kaf_sync_state_read (db, &state, NULL) && state.url != NULL &&
         state.cursor == NULL && state.acked == 0 &&
         kaf_database_get_int (
             db, "SELECT NOT EXISTS (SELECT 1 FROM batch WHERE label <> 'lists' OR first > 1)",
             NULL);
}

gboolean
kaf_adopt_give_up (KafDatabase *db, GError **error)
{
  return kaf_local_set (db, KAF_SYNC_NO_SNAPSHOT, "1", error);
}

/* The snapshot's file */

static gboolean
fail (Adoption *self, const char *doing, GError **error)
{
  int rc = sqlite3_extended_errcode (self->snapshot);

  if (error != NULL && *error != NULL)
    return FALSE;
  g_set_error (error, KAF_STORE_ERROR,
               rc == SQLITE_FULL     ? KAF_STORE_ERROR_FULL
               : rc == SQLITE_NOTADB ? KAF_STORE_ERROR_NOT_A_STORE
               : rc == SQLITE_BUSY   ? KAF_STORE_ERROR_LOCKED
                                     : KAF_STORE_ERROR_DAMAGED,
               "%s: %s", doing, sqlite3_errstr (rc));
  return FALSE;
}

static gboolean
run (Adoption *self, const char *sql, GError **error)
{
  return sqlite3_exec (self->snapshot, sql, NULL, NULL, NULL) == SQLITE_OK ||
         fail (self, "snapshot", error);
}

/* The first value that @sql gives; -1 on failure. */
static gint64
get_int (Adoption *self, const char *sql, GError **error)
{
  sqlite3_stmt *statement = NULL;
  gint64 value = -1;

  if (sqlite3_prepare_v2 (self->snapshot, sql, -1, &statement, NULL) == SQLITE_OK &&
      sqlite3_step (statement) == SQLITE_ROW)
    value = sqlite3_column_int64 (statement, 0);
  else
    fail (self, "snapshot", error);
  sqlite3_finalize (statement);
  return value;
}

static int
note_text (void *data, int n, char **values, char **names)
{
  g_string_append_printf (data, "%s\n", values[0] != NULL ? values[0] : "");
  return 0;
}

static char *
read_text (sqlite3 *sql, const char *query)
{
  g_autoptr (GString) text = g_string_new (NULL);

  if (sqlite3_exec (sql, query, note_text, text, NULL) != SQLITE_OK)
    return NULL;
  return g_string_free (g_steal_pointer (&text), FALSE);
}

/* A file from elsewhere: nothing of it runs, and no page of it is believed. */
static gboolean
open_snapshot (Adoption *self, const char *path, GError **error)
{
  if (sqlite3_open_v2 (path, &self->snapshot,
                       SQLITE_OPEN_READWRITE | SQLITE_OPEN_NOMUTEX | SQLITE_OPEN_EXRESCODE,
                       NULL) != SQLITE_OK)
    return fail (self, "open", error);
  sqlite3_db_config (self->snapshot, SQLITE_DBCONFIG_DEFENSIVE, 1, NULL);
  sqlite3_db_config (self->snapshot, SQLITE_DBCONFIG_TRUSTED_SCHEMA, 0, NULL);
  return run (self,
              "PRAGMA cell_size_check = ON; PRAGMA journal_mode = OFF; PRAGMA synchronous = OFF",
              error);
}

/* Tables, indexes and no more: word by word those that this program makes. */
static gboolean
check_shape (Adoption *self, GError **error)
{
  static const char shape[] =
      "SELECT type || ' ' || name || ' ' || tbl_name || ' ' || coalesce (sql, '')"
      " FROM sqlite_schema WHERE name NOT LIKE 'sqlite_stat%' ORDER BY 1";
  gint64 kind = get_int (self, "PRAGMA application_id", error);
  gint64 version = get_int (self, "PRAGMA user_version", error);
  g_autofree char *theirs = NULL;
  g_autofree char *own = NULL;

  if (kind < 0 || version < 0)
    return FALSE;
  if (kind != KAF_STORE_APPLICATION_ID)
    {
      g_set_error (error, KAF_STORE_ERROR, KAF_STORE_ERROR_NOT_A_STORE, "no snapshot");
      return FALSE;
    }
  theirs = read_text (self->snapshot, shape);
  own = read_text (self->db->sql, shape);
  if (version == KAF_STORE_VERSION && own != NULL && g_strcmp0 (theirs, own) == 0)
    return TRUE;
  g_set_error (error, KAF_STORE_ERROR, KAF_STORE_ERROR_NEWER, "a snapshot of another version");
  return FALSE;
}

static gboolean
check_pages (Adoption *self, GError **error)
{
  g_autofree char *findings = read_text (self->snapshot, "PRAGMA quick_check (1)");

  if (g_strcmp0 (findings, "ok\n") == 0)
    return TRUE;
  g_set_error (error, KAF_STORE_ERROR, KAF_STORE_ERROR_DAMAGED, "a damaged snapshot");
  return FALSE;
}

static gboolean
attach_own (Adoption *self, GError **error)
{
  sqlite3_stmt *statement = NULL;
  gboolean done =
      sqlite3_prepare_v2 (self->snapshot, "ATTACH ? AS mine", -1, &statement, NULL) == SQLITE_OK;

  if (done)
    kaf_statement_bind_text (statement, 1, self->db->path);
  done = done && sqlite3_step (statement) == SQLITE_DONE;
  sqlite3_finalize (statement);
  return done || fail (self, "attach", error);
}

/* What is this device's own goes into the snapshot, which then takes the store's place. */
static gboolean
make_own (Adoption *self, GError **error)
{
  return run (
      self,
      "BEGIN;"
      "DELETE FROM main.local WHERE key NOT IN " OF_SNAPSHOT ";"
      "INSERT INTO main.local SELECT * FROM mine.local WHERE key NOT IN " OF_SNAPSHOT ";"
      "DELETE FROM main.draft; INSERT INTO main.draft SELECT * FROM mine.draft;"
      "DELETE FROM main.meta WHERE key IN ('device', 'erasure_key');"
      "INSERT INTO main.meta SELECT * FROM mine.meta WHERE key IN ('device', 'erasure_key');"
      /* What this device had read of its rows says nothing of these: the numbers leave a gap. */
      "DELETE FROM main.touched; INSERT INTO main.touched (seq, entity, rid)"
      " SELECT coalesce (max (seq), 0) + 2, '', 0 FROM mine.touched;"
      "COMMIT",
      error);
}

/* In one transaction. Once it holds the store's lock, what was read of the store before must still be so. */
static gboolean
copy_pages (Adoption *self, gint64 version, GError **error)
{
  sqlite3_backup *backup = sqlite3_backup_init (self->db->sql, "main", self->snapshot, "main");
  int rc = backup != NULL ? sqlite3_backup_step (backup, 1) : sqlite3_errcode (self->db->sql);
  gboolean changed = FALSE;

  if (rc == SQLITE_OK)
    {
      changed = get_int (self, "PRAGMA mine.data_version", NULL) != version;
      rc = changed ? SQLITE_BUSY : sqlite3_backup_step (backup, -1);
    }
  if (backup != NULL)
    {
      int end = sqlite3_backup_finish (backup);

      rc = rc == SQLITE_DONE && end != SQLITE_OK ? end : rc;
    }
  if (rc == SQLITE_DONE)
    return TRUE;
  return kaf_database_fail (self->db, rc, "snapshot", error);
}

static gboolean
adopt (Adoption *self, const char *path, GError **error)
{
  gint64 version;
  gboolean done;

  if (!open_snapshot (self, path, error) || !check_shape (self, error) ||
      !check_pages (self, error) || !attach_own (self, error))
    return FALSE;
  version = get_int (self, "PRAGMA mine.data_version", error);
  if (version < 0)
    return FALSE;
  if (!kaf_adopt_is_fresh (self->db))
    {
      g_set_error (error, KAF_STORE_ERROR, KAF_STORE_ERROR_EXISTS, "the store holds records");
      return FALSE;
    }
  kaf_database_set_cache (self->db, KAF_CACHE_TOLD_KIB);
  done = make_own (self, error) && copy_pages (self, version, error);
  kaf_database_set_cache (self->db, KAF_CACHE_KIB);
  return done;
}

gboolean
kaf_adopt_snapshot (KafDatabase *db, const char *path, guint *n, GError **error)
{
  Adoption self = { db, NULL };
  gboolean done = adopt (&self, path, error);

  sqlite3_close (self.snapshot);
  if (!done)
    return FALSE;
  kaf_read_forget_titles (db);
  *n = kaf_database_get_int (db, "SELECT sum (live) FROM tally", NULL);
  /* What was erased here before it knew of the hub stays so. */
  return kaf_erase_replay (db, error);
}

gboolean
kaf_adopt_print (KafDatabase *db, const char *path, GError **error)
{
  KafStatement *statement;
  int fd;

  /* VACUUM INTO takes an empty file that is there: this one is closed to others. */
  g_unlink (path);
  fd = g_open (path, O_CREAT | O_EXCL | O_WRONLY | O_CLOEXEC, 0600);
  if (fd < 0)
    {
      g_set_error (error, KAF_STORE_ERROR, KAF_STORE_ERROR_IO, "snapshot: %s", g_strerror (errno));
      return FALSE;
    }
  close (fd);
  statement = kaf_database_prepare (db, "VACUUM INTO ?", error);
  if (statement == NULL)
    return FALSE;
  kaf_statement_bind_text (statement, 1, path);
  return kaf_database_run (db, statement, error);
}
