/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "store/kaf-checkpointer.h"

/* Pages of the log: as of SQLite's own checkpoints. */
#define DUE_PAGES 1000

/* A log begins anew once all of it is carried over, and nobody reads it, when somebody writes. Where it has grown to so
 * much, who commits waits until that is so, and sees to what the other could not do. */
#define MOST_PAGES 16384

/* Where readers follow one another closely, SQLite waits in vain for a moment between two of them, since each raises the
 * mark that it waits at: asked anew, it sees the new one. And for another who carries the log over it does not wait at
 * all. */
#define LOG_WAIT_MS 100
#define PAUSE_US 5000

struct _KafCheckpointer
{
  sqlite3 *writer;
  char *path;
  const char *vfs;
  GThread *thread; /* NULL until there is something to do */
  GMutex lock;
  GCond changed;
  gboolean due, busy, stopped;
};

static sqlite3 *
connect_file (KafCheckpointer *self)
{
  sqlite3 *sql = NULL;

  /* FULL: what is carried over is on the disk before the log begins anew. */
  if (sqlite3_open_v2 (self->path, &sql, SQLITE_OPEN_READWRITE | SQLITE_OPEN_NOMUTEX, self->vfs) ==
          SQLITE_OK &&
      sqlite3_exec (sql, "PRAGMA synchronous = FULL", NULL, NULL, NULL) == SQLITE_OK)
    return sql;
  sqlite3_close (sql);
  return NULL;
}

/* FALSE: it was stopped. */
static gboolean
wait_until_due (KafCheckpointer *self)
{
  g_autoptr (GMutexLocker) locker = g_mutex_locker_new (&self->lock);

  self->busy = FALSE;
  g_cond_broadcast (&self->changed);
  while (!self->due && !self->stopped)
    g_cond_wait (&self->changed, &self->lock);
  self->due = FALSE;
  self->busy = !self->stopped;
  return !self->stopped;
}

/* What fails is tried again after the next commit; the log has it all. */
static gpointer
carry_over (gpointer data)
{
  KafCheckpointer *self = data;
  sqlite3 *sql = NULL;

  while (wait_until_due (self))
    {
      if (sql == NULL)
        sql = connect_file (self);
      if (sql != NULL)
        sqlite3_wal_checkpoint_v2 (sql, NULL, SQLITE_CHECKPOINT_PASSIVE, NULL, NULL);
    }
  sqlite3_close (sql);
  return NULL;
}

static void
wake (KafCheckpointer *self, gboolean *why)
{
  g_autoptr (GMutexLocker) locker = g_mutex_locker_new (&self->lock);

  *why = TRUE;
  g_cond_broadcast (&self->changed);
}

void
kaf_checkpointer_wait (KafCheckpointer *self)
{
  g_autoptr (GMutexLocker) locker = NULL;

  if (self == NULL || self->thread == NULL)
    return;
  locker = g_mutex_locker_new (&self->lock);
  while (self->due || self->busy)
    g_cond_wait (&self->changed, &self->lock);
}

/* Somebody put another file in its place. Who opened that one would find the log of this one beside it, and carry it
 * into the wrong file. */
static gboolean
is_replaced (sqlite3 *writer)
{
  int moved = 0;

  return sqlite3_file_control (writer, "main", SQLITE_FCNTL_HAS_MOVED, &moved) == SQLITE_OK &&
         moved != 0;
}

int
kaf_checkpointer_empty (KafCheckpointer *self, sqlite3 *writer, int patience_ms)
{
  gint64 until = g_get_monotonic_time () + patience_ms * G_GINT64_CONSTANT (1000);
  int rc;

  kaf_checkpointer_wait (self);
  sqlite3_busy_timeout (writer, LOG_WAIT_MS);
  /* By the pragma it would be no error that a reader elsewhere keeps the log as it is. */
  rc = sqlite3_wal_checkpoint_v2 (writer, NULL, SQLITE_CHECKPOINT_TRUNCATE, NULL, NULL);
  while ((rc & 0xff) == SQLITE_BUSY && g_get_monotonic_time () < until)
    {
      g_usleep (PAUSE_US);
      rc = sqlite3_wal_checkpoint_v2 (writer, NULL, SQLITE_CHECKPOINT_TRUNCATE, NULL, NULL);
    }
  sqlite3_busy_timeout (writer, patience_ms);
  return rc;
}

static int
note_commit (void *data, sqlite3 *writer, const char *name, int n_pages)
{
  KafCheckpointer *self = data;

  if (n_pages < DUE_PAGES)
    return SQLITE_OK;
  if (!is_replaced (writer))
    {
      if (self->thread == NULL)
        self->thread = g_thread_try_new ("kaf-checkpoint", carry_over, self, NULL);
      wake (self, &self->due);
    }
  if (n_pages < MOST_PAGES)
    return SQLITE_OK;
  kaf_checkpointer_wait (self);
  /* Nothing is left to do, unless there is no thread, or the file did not open a second time. */
  sqlite3_wal_checkpoint_v2 (writer, name, SQLITE_CHECKPOINT_PASSIVE, NULL, NULL);
  return SQLITE_OK;
}

KafCheckpointer *
kaf_checkpointer_new (sqlite3 *writer, const char *path)
{
  KafCheckpointer *self = g_new0 (KafCheckpointer, 1);
  sqlite3_vfs *vfs = NULL;

  sqlite3_file_control (writer, "main", SQLITE_FCNTL_VFS_POINTER, &vfs);
  self->vfs = vfs != NULL ? vfs->zName : NULL;
  self->writer = writer;
  self->path = g_strdup (path);
  g_mutex_init (&self->lock);
  g_cond_init (&self->changed);
  sqlite3_wal_hook (writer, note_commit, self);
  return self;
}

void
kaf_checkpointer_free (KafCheckpointer *self)
{
  if (self == NULL)
    return;
  sqlite3_wal_autocheckpoint (self->writer, DUE_PAGES);
  if (self->thread != NULL)
    {
      wake (self, &self->stopped);
      g_thread_join (self->thread);
    }
  g_mutex_clear (&self->lock);
  g_cond_clear (&self->changed);
  g_free (self->path);
  g_free (self);
}
