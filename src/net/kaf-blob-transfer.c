/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "net/kaf-blob-transfer.h"

#include <errno.h>
#include <fcntl.h>
#include <glib/gstdio.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

#include "net/kaf-remote-blobs.h"
#include "net/kaf-tokens.h"
#include "store/kaf-sync-state.h"

/* Bytes of one answer: at 0.5 Mbit/s it takes a minute, and the hub cuts nobody so soon. */
#define FETCH_MAX (G_GINT64_CONSTANT (4) * 1024 * 1024)

struct _KafBlobTransfer
{
  KafBlobTask *task;
  char *store; /* path */
  char *url;
  KafRemote *remote;
  KafSecrets secrets;
  gint64 done, moved; /* atomic, by way of pointers of their size */
};

KafBlobTransfer *
kaf_blob_transfer_prepare (KafDatabase *db, KafBlobWay way, gint64 most, GError **error)
{
  g_autoptr (KafBlobTask) task = kaf_blob_next (db, way, most, error);
  g_auto (KafSyncState) state = { 0 };
  KafBlobTransfer *self;

  if (task == NULL || !kaf_sync_state_read (db, &state, error))
    return NULL;
  self = g_new0 (KafBlobTransfer, 1);
  self->task = g_steal_pointer (&task);
  self->store = g_strdup (kaf_database_get_path (db));
  self->url = g_steal_pointer (&state.url);
  return self;
}

void
kaf_blob_transfer_free (KafBlobTransfer *self)
{
  if (self == NULL)
    return;
  kaf_blob_task_free (self->task);
  g_free (self->store);
  g_free (self->url);
  g_clear_pointer (&self->remote, kaf_remote_free);
  kaf_secrets_clear (&self->secrets);
  g_free (self);
}

const KafBlobTask *
kaf_blob_transfer_get_task (KafBlobTransfer *self)
{
  return self->task;
}

void
kaf_blob_transfer_hand_over (KafBlobTransfer *self, KafBlobTransfer *before)
{
  if (self->remote != NULL)
    return;
  self->remote = g_steal_pointer (&before->remote);
  self->secrets = before->secrets;
  before->secrets = (KafSecrets){ NULL };
}

gint64
kaf_blob_transfer_get_done (KafBlobTransfer *self)
{
  return __atomic_load_n (&self->done, __ATOMIC_RELAXED);
}

gint64
kaf_blob_transfer_get_moved (KafBlobTransfer *self)
{
  return __atomic_load_n (&self->moved, __ATOMIC_RELAXED);
}

static void
set_done (KafBlobTransfer *self, gint64 done)
{
  __atomic_store_n (&self->done, done, __ATOMIC_RELAXED);
}

static void
add_moved (gint64 n_bytes, gpointer data)
{
  KafBlobTransfer *self = data;

  __atomic_add_fetch (&self->done, n_bytes, __ATOMIC_RELAXED);
  __atomic_add_fetch (&self->moved, n_bytes, __ATOMIC_RELAXED);
}

static gboolean
fail (GError **error, const char *doing)
{
  int code = errno;

  g_set_error (error, G_IO_ERROR, g_io_error_from_errno (code), "%s: %s", doing, g_strerror (code));
  return FALSE;
}

static gboolean
spoiled (const char *what, GError **error)
{
  g_set_error (error, KAF_NET_ERROR, KAF_NET_ERROR_FILE_SPOILED, "%s", what);
  return FALSE;
}

/* Asking the hub */

static gboolean
connect_hub (KafBlobTransfer *self, GError **error)
{
  g_autofree char *authority = NULL;

  if (self->remote != NULL)
    return TRUE;
  authority = kaf_secrets_find_authority (self->store);
  if (!kaf_secrets_load (self->store, &self->secrets, error))
    return FALSE;
  self->remote = kaf_remote_new (self->url, authority, error);
  return self->remote != NULL;
}

/* Of the failures of a request, the one that new tokens mend. */
static gboolean
has_ended (KafBlobTransfer *self, GError **local, GCancellable *cancellable, GError **error)
{
  if (!g_error_matches (*local, KAF_NET_ERROR, KAF_NET_ERROR_SIGNED_OUT))
    {
      g_propagate_error (error, g_steal_pointer (local));
      return FALSE;
    }
  g_clear_error (local);
  return kaf_tokens_renew (self->remote, self->store, &self->secrets, cancellable, error);
}

/* Upwards */

static GArray *
find_missing (KafBlobTransfer *self, GCancellable *cancellable, GError **error)
{
  GError *local = NULL;
  GArray *missing = kaf_remote_find_missing (self->remote, &self->secrets, self->task->sha256,
                                             cancellable, &local);

  if (missing != NULL || !has_ended (self, &local, cancellable, error))
    return missing;
  return kaf_remote_find_missing (self->remote, &self->secrets, self->task->sha256, cancellable,
                                  error);
}

static gboolean
put_chunk (KafBlobTransfer *self, guint n, GBytes *chunk, GCancellable *cancellable, GError **error)
{
  const KafBlobTask *task = self->task;
  GError *local = NULL;

  if (kaf_remote_put_chunk (self->remote, &self->secrets, task->sha256, n, task->size, chunk,
                            cancellable, &local))
    return TRUE;
  return has_ended (self, &local, cancellable, error) &&
         kaf_remote_put_chunk (self->remote, &self->secrets, task->sha256, n, task->size, chunk,
                               cancellable, error);
}

/* Less than asked for at the end of the file. */
static GBytes *
read_chunk (int fd, guint n, GError **error)
{
  g_autofree guint8 *data = g_malloc (KAF_REMOTE_CHUNK);
  gsize size = 0;

  while (size < KAF_REMOTE_CHUNK)
    {
      gssize some = pread (fd, data + size, KAF_REMOTE_CHUNK - size,
                           (off_t) n * (off_t) KAF_REMOTE_CHUNK + (off_t) size);

      if (some < 0 && errno == EINTR)
        continue;
      if (some < 0)
        {
          fail (error, "read content");
          return NULL;
        }
      if (some == 0)
        break;
      size += some;
    }
  return g_bytes_new_take (g_steal_pointer (&data), size);
}

static gboolean
send_missing (
    KafBlobTransfer *self, int fd, GArray *missing, GCancellable *cancellable, GError **error)
{
  set_done (self, MAX (0, self->task->size - (gint64) (missing->len * KAF_REMOTE_CHUNK)));
  for (guint i = 0; i < missing->len; i++)
    {
      guint n = g_array_index (missing, guint, i);
      g_autoptr (GBytes) chunk = read_chunk (fd, n, error);

      if (chunk == NULL || !put_chunk (self, n, chunk, cancellable, error))
        return FALSE;
      add_moved ((gint64) g_bytes_get_size (chunk), self);
    }
  return TRUE;
}

static gboolean
send (KafBlobTransfer *self, GCancellable *cancellable, GError **error)
{
  g_autoptr (GArray) missing = find_missing (self, cancellable, error);
  struct stat info;
  gboolean done;
  int fd;

  if (missing == NULL)
    return FALSE;
  fd = open (self->task->path, O_RDONLY | O_CLOEXEC);
  if (fd < 0)
    return fail (error, "open content");
  done = (fstat (fd, &info) == 0 || fail (error, "look at content")) &&
         (info.st_size == self->task->size || spoiled ("another size", error)) &&
         send_missing (self, fd, missing, cancellable, error);
  close (fd);
  return done;
}

/* Downwards */

static gboolean
fetch_piece (
    KafBlobTransfer *self, int fd, gint64 offset, GCancellable *cancellable, GError **error)
{
  const KafBlobTask *task = self->task;

  return kaf_remote_fetch_content (self->remote, &self->secrets, task->sha256, offset,
                                   MIN (FETCH_MAX, task->size - offset), fd, add_moved, self,
                                   cancellable, error);
}

/* A refusal has left nothing behind: it can be asked for again with new tokens. */
static gboolean
fetch_rest (KafBlobTransfer *self, int fd, GCancellable *cancellable, GError **error)
{
  gint64 offset;

  while ((offset = kaf_blob_transfer_get_done (self)) < self->task->size)
    {
      GError *local = NULL;

      if (!fetch_piece (self, fd, offset, cancellable, &local) &&
          (!has_ended (self, &local, cancellable, error) ||
           !fetch_piece (self, fd, offset, cancellable, error)))
        return FALSE;
      if (kaf_blob_transfer_get_done (self) == offset)
        {
          g_set_error (error, KAF_NET_ERROR, KAF_NET_ERROR_OFFLINE, "the answer was cut");
          return FALSE;
        }
    }
  return TRUE;
}

/* What came, made durable and compared with its name: nobody sees it before. */
static gboolean
verify (KafBlobTransfer *self, int fd, GError **error)
{
  g_autoptr (GChecksum) checksum = g_checksum_new (G_CHECKSUM_SHA256);
  g_autofree guint8 *data = g_malloc (KAF_REMOTE_CHUNK);
  gint64 offset = 0;
  gssize n;

  while ((n = pread (fd, data, KAF_REMOTE_CHUNK, offset)) != 0)
    {
      if (n < 0 && errno == EINTR)
        continue;
      if (n < 0)
        return fail (error, "read content");
      g_checksum_update (checksum, data, n);
      offset += n;
    }
  if (g_strcmp0 (g_checksum_get_string (checksum), self->task->sha256) != 0)
    {
      g_unlink (self->task->part);
      return spoiled ("another hash", error);
    }
  return fsync (fd) == 0 || fail (error, "make durable");
}

static int
open_part (KafBlobTransfer *self, GError **error)
{
  g_autofree char *folder = g_path_get_dirname (self->task->part);
  struct stat info;
  int fd;

  if (g_mkdir_with_parents (folder, 0700) != 0)
    {
      fail (error, "make folder");
      return -1;
    }
  fd = open (self->task->part, O_RDWR | O_CREAT | O_APPEND | O_CLOEXEC | O_NOFOLLOW, 0600);
  if (fd < 0)
    {
      fail (error, "make part");
      return -1;
    }
  /* Another process may be at it. */
  if (flock (fd, LOCK_EX | LOCK_NB) != 0)
    {
      g_set_error (error, G_IO_ERROR, G_IO_ERROR_BUSY, "another program fetches it");
      close (fd);
      return -1;
    }
  if (fstat (fd, &info) != 0 || (info.st_size > self->task->size && ftruncate (fd, 0) != 0))
    {
      fail (error, "look at part");
      close (fd);
      return -1;
    }
  set_done (self, info.st_size > self->task->size ? 0 : info.st_size);
  return fd;
}

static gboolean
fetch (KafBlobTransfer *self, GCancellable *cancellable, GError **error)
{
  int fd = open_part (self, error);
  gboolean done;

  if (fd < 0)
    return FALSE;
  done = fetch_rest (self, fd, cancellable, error) && verify (self, fd, error);
  /* Of what is not to be had nothing is left. */
  if (!done && kaf_blob_transfer_get_done (self) == 0)
    g_unlink (self->task->part);
  close (fd);
  return done;
}

gboolean
kaf_blob_transfer_run (KafBlobTransfer *self, GCancellable *cancellable, GError **error)
{
  __atomic_store_n (&self->moved, 0, __ATOMIC_RELAXED);
  if (!connect_hub (self, error))
    return FALSE;
  return self->task->way == KAF_BLOB_UP ? send (self, cancellable, error)
                                        : fetch (self, cancellable, error);
}

/* Afterwards */

static const char *
name_problem (const GError *error)
{
  return g_error_matches (error, KAF_NET_ERROR, KAF_NET_ERROR_FILE_ABSENT)      ? "absent"
         : g_error_matches (error, KAF_NET_ERROR, KAF_NET_ERROR_FILE_UNKNOWN)   ? "unknown"
         : g_error_matches (error, KAF_NET_ERROR, KAF_NET_ERROR_FILE_READ_ONLY) ? "read_only"
         : g_error_matches (error, KAF_NET_ERROR, KAF_NET_ERROR_FILE_TOO_LARGE) ? "too_large"
         : g_error_matches (error, KAF_NET_ERROR, KAF_NET_ERROR_FILE_QUOTA)     ? "quota"
         : g_error_matches (error, KAF_NET_ERROR, KAF_NET_ERROR_FILE_SPOILED)   ? "spoiled"
                                                                                : "disk";
}

gboolean
kaf_blob_transfer_is_own (const GError *error)
{
  if (error->domain == KAF_NET_ERROR)
    return error->code >= KAF_NET_ERROR_FILE_UNKNOWN;
  return error->domain == G_IO_ERROR && error->code != G_IO_ERROR_CANCELLED;
}

gboolean
kaf_blob_transfer_note (KafBlobTransfer *self,
                        KafDatabase *db,
                        const GError *result,
                        GError **error)
{
  if (result == NULL)
    return self->task->way == KAF_BLOB_UP ? kaf_blob_sent (db, self->task, error)
                                          : kaf_blob_fetched (db, self->task, error);
  return !kaf_blob_transfer_is_own (result) ||
         kaf_blob_failed (db, self->task, name_problem (result), error);
}
