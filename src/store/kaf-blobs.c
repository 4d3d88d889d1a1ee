/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "store/kaf-blobs.h"

#include <glib/gstdio.h>
#include <string.h>
#include <unistd.h>

#include "store/kaf-attachments-private.h"
#include "store/kaf-sync-private.h"
#include "store/kaf-sync-state.h"

/* µs after the first failure; twice as long after each further one. */
#define FIRST_WAIT (30 * (gint64) G_USEC_PER_SEC)
#define LONGEST_WAIT (6 * 3600 * (gint64) G_USEC_PER_SEC)

/* Contents that living attachments name, and that are not known to be with the hub of the epoch ?1, or are waited for.
 * Where it is NULL, since all is to be told again, that the hub had them is believed until it says otherwise. */
#define OPEN_CONTENTS                                                                              \
  "SELECT a.sha256, max (a.size), coalesce (b.wanted, 0),"                                         \
  " b.hub IS NOT NULL AND b.hub = coalesce (?1, b.hub), coalesce (b.due, 0),"                      \
  " b.problem FROM attachment a CROSS JOIN head h ON h.rid = a.rid"                                \
  " LEFT JOIN blob b ON b.sha256 = a.sha256"                                                       \
  " WHERE a.deleted_at IS NULL AND h.deleted = 0 AND a.sha256 IS NOT NULL"                         \
  " AND (b.hub IS NULL OR b.hub <> ?1 OR b.wanted) GROUP BY a.sha256"                              \
  " ORDER BY coalesce (b.wanted, 0) DESC, max (a.size)"

enum
{
  COLUMN_SHA256,
  COLUMN_SIZE,
  COLUMN_WANTED,
  COLUMN_CONFIRMED,
  COLUMN_DUE,
  COLUMN_PROBLEM,
};

void
kaf_blob_task_free (KafBlobTask *self)
{
  g_free (self->sha256);
  g_free (self->path);
  g_free (self->part);
  g_free (self->epoch);
  g_free (self);
}

/* A hash from elsewhere is a name of a file here. */
static gboolean
is_hash (const char *text)
{
  return text != NULL && strlen (text) == 64 && strspn (text, "0123456789abcdef") == 64;
}

static gboolean
is_here (KafDatabase *db, const char *sha256)
{
  g_autofree char *path = kaf_attachments_path (db, sha256);

  return access (path, R_OK) == 0;
}

static KafStatement *
prepare_open (KafDatabase *db, const char *epoch, GError **error)
{
  KafStatement *rows = kaf_database_prepare (db, OPEN_CONTENTS, error);

  if (rows != NULL)
    kaf_statement_bind_text (rows, 1, epoch);
  return rows;
}

static gboolean
is_due (KafDatabase *db, KafStatement *row, KafBlobWay way, gint64 most)
{
  gboolean wanted = sqlite3_column_int (row, COLUMN_WANTED) != 0;
  const char *sha256 = kaf_statement_text (row, COLUMN_SHA256);

  if (!is_hash (sha256) ||
      sqlite3_column_int64 (row, COLUMN_DUE) > kaf_clock_now (kaf_database_get_clock (db)))
    return FALSE;
  if (way == KAF_BLOB_UP)
    return sqlite3_column_int (row, COLUMN_CONFIRMED) == 0 && is_here (db, sha256);
  return (wanted || sqlite3_column_int64 (row, COLUMN_SIZE) <= most) && !is_here (db, sha256);
}

KafBlobTask *
kaf_blob_next (KafDatabase *db, KafBlobWay way, gint64 most, GError **error)
{
  g_autofree char *epoch = kaf_sync_is_enrolled (db) ? kaf_sync_get_epoch (db) : NULL;
  g_autoptr (KafStatement) rows = epoch != NULL ? prepare_open (db, epoch, error) : NULL;
  KafBlobTask *task;

  if (rows == NULL)
    return NULL;
  while (kaf_database_step (db, rows, error))
    {
      if (!is_due (db, rows, way, most))
        continue;
      task = g_new0 (KafBlobTask, 1);
      task->way = way;
      task->sha256 = g_strdup (kaf_statement_text (rows, COLUMN_SHA256));
      task->size = sqlite3_column_int64 (rows, COLUMN_SIZE);
      task->path = kaf_attachments_path (db, task->sha256);
      task->part = kaf_attachments_part_path (db, task->sha256);
      task->epoch = g_steal_pointer (&epoch);
      return task;
    }
  return NULL;
}

static gboolean
confirm (KafDatabase *db, const KafBlobTask *task, GError **error)
{
  /* Nothing is kept of what was erased meanwhile. */
  KafStatement *statement =
      kaf_database_prepare (db,
                            "INSERT OR REPLACE INTO blob (sha256, hub) SELECT ?1, ?2"
                            " WHERE EXISTS (SELECT 1 FROM attachment WHERE sha256 = ?1)",
                            error);

  if (statement == NULL)
    return FALSE;
  kaf_statement_bind_text (statement, 1, task->sha256);
  kaf_statement_bind_text (statement, 2, task->epoch);
  return kaf_database_run (db, statement, error);
}

gboolean
kaf_blob_sent (KafDatabase *db, const KafBlobTask *task, GError **error)
{
  return confirm (db, task, error);
}

static gboolean
is_named (KafDatabase *db, const char *sha256, gboolean *named, GError **error)
{
  g_autoptr (KafStatement) statement =
      kaf_database_prepare (db, "SELECT 1 FROM attachment WHERE sha256 = ?", error);

  if (statement == NULL)
    return FALSE;
  kaf_statement_bind_text (statement, 1, sha256);
  *named = kaf_database_step (db, statement, NULL);
  return db->failure == NULL;
}

/* Within a transaction: an erasure comes before or after. */
static gboolean
take_in (KafDatabase *db, const KafBlobTask *task, GError **error)
{
  gboolean named;

  if (!is_named (db, task->sha256, &named, error))
    return FALSE;
  if (named)
    return kaf_attachments_settle (db, task->part, task->sha256, error) &&
           confirm (db, task, error);
  g_unlink (task->part);
  return TRUE;
}

gboolean
kaf_blob_fetched (KafDatabase *db, const KafBlobTask *task, GError **error)
{
  if (!kaf_database_exec (db, "BEGIN IMMEDIATE", error))
    return FALSE;
  if (take_in (db, task, error) && kaf_database_exec (db, "COMMIT", error))
    return TRUE;
  kaf_database_exec (db, "ROLLBACK", NULL);
  return FALSE;
}

static gint64
read_failures (KafDatabase *db, const char *sha256)
{
  g_autoptr (KafStatement) statement =
      kaf_database_prepare (db, "SELECT failures FROM blob WHERE sha256 = ?", NULL);

  if (statement == NULL)
    return 0;
  kaf_statement_bind_text (statement, 1, sha256);
  return kaf_database_step (db, statement, NULL) ? sqlite3_column_int64 (statement, 0) : 0;
}

/* Whoever waited for it is told, and waits no more. */
gboolean
kaf_blob_failed (KafDatabase *db, const KafBlobTask *task, const char *problem, GError **error)
{
  gint64 failures = read_failures (db, task->sha256) + 1;
  gint64 wait = failures > 16 ? LONGEST_WAIT : MIN (LONGEST_WAIT, FIRST_WAIT << (failures - 1));
  KafStatement *statement = kaf_database_prepare (
      db,
      "INSERT INTO blob (sha256, failures, due, problem) SELECT ?1, ?2, ?3, ?4"
      " WHERE EXISTS (SELECT 1 FROM attachment WHERE sha256 = ?1)"
      " ON CONFLICT (sha256) DO UPDATE SET failures = excluded.failures, due = excluded.due,"
      " problem = excluded.problem, wanted = 0",
      error);

  if (statement == NULL)
    return FALSE;
  kaf_statement_bind_text (statement, 1, task->sha256);
  sqlite3_bind_int64 (statement, 2, failures);
  sqlite3_bind_int64 (statement, 3, kaf_clock_now (kaf_database_get_clock (db)) + wait);
  kaf_statement_bind_text (statement, 4, problem);
  return kaf_database_run (db, statement, error);
}

gboolean
kaf_blob_want (KafDatabase *db, const char *attachment_id, gboolean wanted, GError **error)
{
  KafStatement *statement = kaf_database_prepare (
      db,
      "INSERT INTO blob (sha256, wanted) SELECT a.sha256, ?2 FROM attachment a"
      " JOIN head h ON h.rid = a.rid WHERE h.id = ?1 AND a.sha256 IS NOT NULL"
      " ON CONFLICT (sha256) DO UPDATE SET wanted = excluded.wanted, due = 0",
      error);

  if (statement == NULL)
    return FALSE;
  kaf_statement_bind_text (statement, 1, attachment_id);
  sqlite3_bind_int (statement, 2, wanted);
  return kaf_database_run (db, statement, error);
}

static KafBlobState
tell_state (gboolean here, gboolean confirmed, gboolean wanted, const char *problem)
{
  if (here)
    return confirmed ? KAF_BLOB_HERE : problem != NULL ? KAF_BLOB_REFUSED : KAF_BLOB_TO_SEND;
  return wanted                               ? KAF_BLOB_WANTED
         : g_strcmp0 (problem, "absent") == 0 ? KAF_BLOB_UNSENT
                                              : KAF_BLOB_ELSEWHERE;
}

/* As OPEN_CONTENTS has it; both nullable. */
static gboolean
is_confirmed (const char *hub, const char *epoch)
{
  return hub != NULL && (epoch == NULL || g_str_equal (hub, epoch));
}

KafBlobState
kaf_blob_get_state (KafDatabase *db, const char *sha256)
{
  g_autofree char *epoch = kaf_sync_is_enrolled (db) ? kaf_sync_get_epoch (db) : NULL;
  g_autoptr (KafStatement) statement = NULL;
  gboolean here;

  if (!is_hash (sha256))
    return KAF_BLOB_HERE;
  here = is_here (db, sha256);
  if (here && !kaf_sync_is_enrolled (db))
    return KAF_BLOB_HERE;
  statement =
      kaf_database_prepare (db, "SELECT hub, wanted, problem FROM blob WHERE sha256 = ?", NULL);
  if (statement == NULL)
    return here ? KAF_BLOB_HERE : KAF_BLOB_ELSEWHERE;
  kaf_statement_bind_text (statement, 1, sha256);
  if (!kaf_database_step (db, statement, NULL))
    return tell_state (here, FALSE, FALSE, NULL);
  return tell_state (here, is_confirmed (kaf_statement_text (statement, 0), epoch),
                     sqlite3_column_int (statement, 1) != 0, kaf_statement_text (statement, 2));
}

gboolean
kaf_blob_count (KafDatabase *db, KafBlobCounts *counts, GError **error)
{
  g_autofree char *epoch = kaf_sync_get_epoch (db);
  g_autoptr (KafStatement) rows = NULL;
  GError *local = NULL;

  *counts = (KafBlobCounts){ 0 };
  if (!kaf_sync_is_enrolled (db))
    return TRUE;
  rows = prepare_open (db, epoch, error);
  if (rows == NULL)
    return FALSE;
  while (kaf_database_step (db, rows, &local))
    {
      const char *sha256 = kaf_statement_text (rows, COLUMN_SHA256);
      gint64 size = sqlite3_column_int64 (rows, COLUMN_SIZE);

      if (!is_hash (sha256))
        continue;
      if (is_here (db, sha256))
        {
          if (sqlite3_column_int (rows, COLUMN_CONFIRMED) != 0)
            continue;
          counts->n_send++;
          counts->send += size;
          continue;
        }
      counts->n_elsewhere++;
      if (size > KAF_BLOB_SMALL && sqlite3_column_int (rows, COLUMN_WANTED) == 0)
        continue;
      counts->n_fetch++;
      counts->fetch += size;
    }
  if (local == NULL)
    return TRUE;
  g_propagate_error (error, local);
  return FALSE;
}
