/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Two kinds of locks of a range of a file: a process's (F_SETLK), and an open file description's (F_OFD_SETLK). They keep each
 * other out, so that programs with either may share a file. SQLite asks for the first and counts, for all connections
 * of the process to a file, what it holds. Here each file that it locks is opened once more, and that description takes what
 * the process would: nothing but the end of the last connection closes it. */
#include "config.h"

#include "store/kaf-file-locks.h"

#include <errno.h>
#include <fcntl.h>
#include <sqlite3.h>
#include <stdarg.h>
#include <sys/stat.h>
#include <unistd.h>

typedef struct
{
  dev_t device;
  ino_t inode;
  int holder; /* the descriptor that has the locks */
  guint n;    /* of SQLite's descriptors */
} File;

typedef int (*CloseFunc) (int);
typedef int (*FcntlFunc) (int, int, ...);

static GMutex mutex;              /* over the two tables */
static GHashTable *files;         /* set of File */
static GHashTable *by_descriptor; /* SQLite's → File */
static CloseFunc close_file;
static FcntlFunc control_file;

static guint
file_hash (gconstpointer data)
{
  const File *self = data;

  return (guint) (self->inode ^ (self->inode >> 32) ^ self->device);
}

static gboolean
file_equal (gconstpointer a, gconstpointer b)
{
  const File *one = a, *other = b;

  return one->inode == other->inode && one->device == other->device;
}

static void
file_free (gpointer data)
{
  File *self = data;

  close_file (self->holder);
  g_free (self);
}

/* A description of its own, whatever the file is called by now; where the system does not show it, or it may only be read, one
 * as good as SQLite's. -1: errno tells. */
static int
open_again (int descriptor)
{
  g_autofree char *path = g_strdup_printf ("/proc/self/fd/%d", descriptor);
  int again = open (path, O_RDWR | O_CLOEXEC);

  if (again >= 0 || errno == EMFILE || errno == ENFILE)
    return again;
  again = open (path, O_RDONLY | O_CLOEXEC);
  return again >= 0 ? again : control_file (descriptor, F_DUPFD_CLOEXEC, 0);
}

/* NULL: errno tells. */
static File *
find_file (int descriptor)
{
  File *file = g_hash_table_lookup (by_descriptor, GINT_TO_POINTER (descriptor));
  struct stat info;
  int holder;

  if (file != NULL)
    return file;
  if (fstat (descriptor, &info) != 0)
    return NULL;
  file = g_hash_table_lookup (files, &(File){ .device = info.st_dev, .inode = info.st_ino });
  if (file == NULL)
    {
      holder = open_again (descriptor);
      if (holder < 0)
        return NULL;
      file = g_new0 (File, 1);
      *file = (File){ info.st_dev, info.st_ino, holder, 0 };
      g_hash_table_add (files, file);
    }
  file->n++;
  g_hash_table_insert (by_descriptor, GINT_TO_POINTER (descriptor), file);
  return file;
}

static int
lock (int descriptor, int command, struct flock *what)
{
  g_autoptr (GMutexLocker) locker = g_mutex_locker_new (&mutex);
  File *file = find_file (descriptor);

  if (file == NULL)
    return -1;
  what->l_pid = 0;
  return control_file (file->holder, command, what);
}

static int
control (int descriptor, int command, ...)
{
  va_list rest;
  void *argument;

  va_start (rest, command);
  argument = va_arg (rest, void *);
  va_end (rest);
  if (command == F_SETLK)
    return lock (descriptor, F_OFD_SETLK, argument);
  if (command == F_GETLK)
    return lock (descriptor, F_OFD_GETLK, argument);
  return control_file (descriptor, command, argument);
}

/* The number may be another file's as soon as it is closed. */
static void
forget (int descriptor)
{
  g_autoptr (GMutexLocker) locker = g_mutex_locker_new (&mutex);
  File *file = g_hash_table_lookup (by_descriptor, GINT_TO_POINTER (descriptor));

  if (file == NULL)
    return;
  g_hash_table_remove (by_descriptor, GINT_TO_POINTER (descriptor));
  if (--file->n == 0)
    g_hash_table_remove (files, file);
}

static int
close_known (int descriptor)
{
  forget (descriptor);
  return close_file (descriptor);
}

static gpointer
hold (G_GNUC_UNUSED gpointer data)
{
  sqlite3_vfs *vfs = sqlite3_vfs_find ("unix");

  g_assert (vfs != NULL && vfs->iVersion >= 3);
  files = g_hash_table_new_full (file_hash, file_equal, file_free, NULL);
  by_descriptor = g_hash_table_new (NULL, NULL);
  close_file = (CloseFunc) vfs->xGetSystemCall (vfs, "close");
  control_file = (FcntlFunc) vfs->xGetSystemCall (vfs, "fcntl");
  vfs->xSetSystemCall (vfs, "close", (sqlite3_syscall_ptr) close_known);
  vfs->xSetSystemCall (vfs, "fcntl", (sqlite3_syscall_ptr) control);
  return NULL;
}

void
kaf_file_locks_hold (void)
{
  static GOnce once = G_ONCE_INIT;

  g_once (&once, hold, NULL);
}
