/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Writes go through to the real file. What a sector held before its first write after a sync is
 * remembered, so that a power cut can put it back. Shared memory and locks are the real ones. */
#include "config.h"

#include "kaf-faulty-vfs.h"

#include <fcntl.h>
#include <glib/gstdio.h>
#include <sqlite3.h>
#include <string.h>
#include <unistd.h>

#include "base/kaf-random.h"

#define SECTOR 512

/* One write or truncation that is not yet synced. */
typedef struct
{
  gint64 offset;
  gint64 length;   /* bytes written; 0: a truncation */
  gint64 old_size; /* of the file, before */
  GBytes *old;     /* what stood there, as far as the file reached */
} Undo;

typedef struct
{
  sqlite3_file base;
  char *path;         /* nullable: a temporary file */
  sqlite3_file *real; /* follows in the same block */
} File;

static struct
{
  sqlite3_vfs vfs;
  sqlite3_vfs *real;
  KafFaultPlan plan;
  guint64 count;
  gboolean struck;
  GHashTable *unsynced; /* path → GPtrArray of Undo, the oldest first */
} faulty;

static void
undo_free (gpointer data)
{
  Undo *undo = data;

  g_bytes_unref (undo->old);
  g_free (undo);
}

static gboolean
fails (KafFaultOps op)
{
  const KafFaultPlan *plan = &faulty.plan;

  if (faulty.struck && plan->power)
    return TRUE;
  if ((plan->ops & op) == 0)
    return FALSE;
  faulty.count++;
  if (plan->at == 0 || faulty.count < plan->at || (faulty.count > plan->at && !plan->lasting))
    return FALSE;
  faulty.struck = TRUE;
  return TRUE;
}

static int
code_or (int code)
{
  return faulty.plan.code != 0 && !faulty.plan.power ? faulty.plan.code : code;
}

static gint64
size_of (File *file)
{
  sqlite3_int64 size = 0;

  file->real->pMethods->xFileSize (file->real, &size);
  return size;
}

/* Remembers what stands from @offset on, before @length bytes are written there (0: before the
 * file is cut there). */
static void
remember (File *file, gint64 offset, gint64 length)
{
  GPtrArray *list;
  Undo *undo;
  gint64 size, there;
  guint8 *old;

  if (!faulty.plan.power || file->path == NULL)
    return;
  size = size_of (file);
  there = MAX (size - offset, 0);
  if (length > 0)
    there = MIN (there, length);
  old = g_malloc0 (MAX (there, 1));
  if (there > 0)
    file->real->pMethods->xRead (file->real, old, (int) there, offset);
  undo = g_new0 (Undo, 1);
  undo->offset = offset;
  undo->length = length;
  undo->old_size = size;
  undo->old = g_bytes_new_take (old, there);
  list = g_hash_table_lookup (faulty.unsynced, file->path);
  if (list == NULL)
    {
      list = g_ptr_array_new_with_free_func (undo_free);
      g_hash_table_insert (faulty.unsynced, g_strdup (file->path), list);
    }
  g_ptr_array_add (list, undo);
}

static int
file_close (sqlite3_file *base)
{
  File *file = (File *) base;
  int rc = file->real->pMethods->xClose (file->real);

  g_clear_pointer (&file->path, g_free);
  return rc;
}

static int
file_read (sqlite3_file *base, void *data, int n, sqlite3_int64 offset)
{
  File *file = (File *) base;

  if (fails (KAF_FAULT_READ))
    return code_or (SQLITE_IOERR_READ);
  return file->real->pMethods->xRead (file->real, data, n, offset);
}

static int
file_write (sqlite3_file *base, const void *data, int n, sqlite3_int64 offset)
{
  File *file = (File *) base;
  gint64 growth = offset + n - size_of (file);

  if (fails (KAF_FAULT_WRITE))
    {
      if (faulty.plan.torn && faulty.count == faulty.plan.at)
        {
          remember (file, offset, n);
          file->real->pMethods->xWrite (file->real, data, n / 3, offset);
        }
      return code_or (SQLITE_IOERR_WRITE);
    }
  if (faulty.plan.room >= 0 && growth > 0)
    {
      if (growth > faulty.plan.room)
        {
          faulty.struck = TRUE;
          return SQLITE_FULL;
        }
      faulty.plan.room -= growth;
    }
  remember (file, offset, n);
  return file->real->pMethods->xWrite (file->real, data, n, offset);
}

static int
file_truncate (sqlite3_file *base, sqlite3_int64 size)
{
  File *file = (File *) base;

  if (fails (KAF_FAULT_TRUNCATE))
    return code_or (SQLITE_IOERR_TRUNCATE);
  remember (file, size, 0);
  return file->real->pMethods->xTruncate (file->real, size);
}

static int
file_sync (sqlite3_file *base, int flags)
{
  File *file = (File *) base;

  if (fails (KAF_FAULT_SYNC))
    return code_or (SQLITE_IOERR_FSYNC);
  if (file->path != NULL)
    g_hash_table_remove (faulty.unsynced, file->path);
  return SQLITE_OK;
}

static int
file_size (sqlite3_file *base, sqlite3_int64 *size)
{
  File *file = (File *) base;

  return file->real->pMethods->xFileSize (file->real, size);
}

static int
file_lock (sqlite3_file *base, int level)
{
  File *file = (File *) base;

  return file->real->pMethods->xLock (file->real, level);
}

static int
file_unlock (sqlite3_file *base, int level)
{
  File *file = (File *) base;

  return file->real->pMethods->xUnlock (file->real, level);
}

static int
file_check_lock (sqlite3_file *base, int *out)
{
  File *file = (File *) base;

  return file->real->pMethods->xCheckReservedLock (file->real, out);
}

static int
file_control (sqlite3_file *base, int op, void *data)
{
  File *file = (File *) base;

  /* A hint that would write behind our back. */
  if (op == SQLITE_FCNTL_SIZE_HINT)
    return SQLITE_OK;
  return file->real->pMethods->xFileControl (file->real, op, data);
}

static int
file_sector_size (sqlite3_file *base)
{
  return SECTOR;
}

static int
file_characteristics (sqlite3_file *base)
{
  /* What every disk can do: a write of several sectors may be torn between them. */
  return SQLITE_IOCAP_POWERSAFE_OVERWRITE;
}

static int
file_shm_map (sqlite3_file *base, int page, int size, int extend, void volatile **out)
{
  File *file = (File *) base;

  return file->real->pMethods->xShmMap (file->real, page, size, extend, out);
}

static int
file_shm_lock (sqlite3_file *base, int offset, int n, int flags)
{
  File *file = (File *) base;

  return file->real->pMethods->xShmLock (file->real, offset, n, flags);
}

static void
file_shm_barrier (sqlite3_file *base)
{
  File *file = (File *) base;

  file->real->pMethods->xShmBarrier (file->real);
}

static int
file_shm_unmap (sqlite3_file *base, int remove)
{
  File *file = (File *) base;

  return file->real->pMethods->xShmUnmap (file->real, remove);
}

static const sqlite3_io_methods methods = {
  2,
  file_close,
  file_read,
  file_write,
  file_truncate,
  file_sync,
  file_size,
  file_lock,
  file_unlock,
  file_check_lock,
  file_control,
  file_sector_size,
  file_characteristics,
  file_shm_map,
  file_shm_lock,
  file_shm_barrier,
  file_shm_unmap,
};

static int
vfs_open (sqlite3_vfs *vfs, const char *path, sqlite3_file *base, int flags, int *out)
{
  File *file = (File *) base;
  int rc;

  memset (file, 0, sizeof *file);
  if (fails (KAF_FAULT_OPEN))
    return code_or (SQLITE_CANTOPEN);
  file->real = (sqlite3_file *) (file + 1);
  rc = faulty.real->xOpen (faulty.real, path, file->real, flags, out);
  if (rc != SQLITE_OK)
    return rc;
  file->path = g_strdup (path);
  file->base.pMethods = &methods;
  return SQLITE_OK;
}

static int
vfs_delete (sqlite3_vfs *vfs, const char *path, int sync)
{
  if (faulty.struck && faulty.plan.power)
    return SQLITE_IOERR_DELETE;
  g_hash_table_remove (faulty.unsynced, path);
  return faulty.real->xDelete (faulty.real, path, sync);
}

void
kaf_faulty_vfs_register (void)
{
  if (faulty.real != NULL)
    return;

  faulty.real = sqlite3_vfs_find (NULL);
  faulty.vfs = *faulty.real;
  faulty.vfs.zName = KAF_FAULTY_VFS;
  faulty.vfs.szOsFile = sizeof (File) + faulty.real->szOsFile;
  faulty.vfs.pNext = NULL;
  faulty.vfs.xOpen = vfs_open;
  faulty.vfs.xDelete = vfs_delete;
  faulty.plan.room = -1;
  faulty.unsynced =
      g_hash_table_new_full (g_str_hash, g_str_equal, g_free, (GDestroyNotify) g_ptr_array_unref);
  sqlite3_vfs_register (&faulty.vfs, FALSE);
}

void
kaf_faulty_vfs_arm (const KafFaultPlan *plan)
{
  faulty.plan = *plan;
  faulty.count = 0;
  faulty.struck = FALSE;
  g_hash_table_remove_all (faulty.unsynced);
}

KafFaultPlan *
kaf_faulty_vfs_get_plan (void)
{
  return &faulty.plan;
}

guint64
kaf_faulty_vfs_get_count (void)
{
  return faulty.count;
}

gboolean
kaf_faulty_vfs_has_struck (void)
{
  return faulty.struck;
}

static gboolean
toss (KafRandom *random)
{
  return kaf_random_below (random, 2) == 0;
}

/* What a write had replaced comes back, but for the sectors that reached the disk in time; where
 * the file had grown, a sector that did not reads as zeros. */
static void
undo_write (int fd, const Undo *undo, KafRandom *random)
{
  g_autofree guint8 *old = g_malloc0 (undo->length);
  gint64 size = lseek (fd, 0, SEEK_END);
  gint64 length = MIN (undo->length, size - undo->offset);
  gsize n_old;
  gconstpointer data = g_bytes_get_data (undo->old, &n_old);

  if (n_old > 0)
    memcpy (old, data, n_old);
  for (gint64 at = 0; at < length;)
    {
      gint64 n = MIN (SECTOR - (undo->offset + at) % SECTOR, length - at);

      if (toss (random))
        g_assert_cmpint (pwrite (fd, old + at, n, undo->offset + at), ==, n);
      at += n;
    }
  if (undo->old_size < size && toss (random))
    g_assert_cmpint (ftruncate (fd, undo->old_size), ==, 0);
}

static void
undo_truncation (int fd, const Undo *undo, KafRandom *random)
{
  gsize n;
  gconstpointer data = g_bytes_get_data (undo->old, &n);

  if (n > 0 && toss (random))
    g_assert_cmpint (pwrite (fd, data, n, undo->offset), ==, (gssize) n);
}

void
kaf_faulty_vfs_lose_unsynced (guint64 seed)
{
  g_autoptr (KafRandom) random = kaf_random_new_seeded (seed);
  GHashTableIter iter;
  gpointer path, list;

  g_hash_table_iter_init (&iter, faulty.unsynced);
  while (g_hash_table_iter_next (&iter, &path, &list))
    {
      GPtrArray *undos = list;
      int fd = open (path, O_RDWR | O_CLOEXEC);

      for (guint i = undos->len; fd >= 0 && i-- > 0;)
        {
          const Undo *undo = g_ptr_array_index (undos, i);

          (undo->length > 0 ? undo_write : undo_truncation) (fd, undo, random);
        }
      if (fd >= 0)
        close (fd);
    }
  g_hash_table_remove_all (faulty.unsynced);
}
