/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "store/kaf-new-file.h"

#include <errno.h>
#include <glib/gstdio.h>
#include <unistd.h>

#include "store/kaf-export-target.h"
#include "store/kaf-scraps.h"

struct _KafNewFile
{
  char *path, *folder, *hidden;
  int fd;
  gboolean settled;
};

static gboolean
fail (const char *doing, int number, GError **error)
{
  g_set_error (error, G_IO_ERROR, g_io_error_from_errno (number), "%s: %s", doing,
               g_strerror (number));
  return FALSE;
}

KafNewFile *
kaf_new_file_begin (KafDatabase *db, GFile *file, GError **error)
{
  g_autofree char *path = NULL;
  g_autofree char *folder = NULL;
  g_autofree char *hidden = NULL;
  KafNewFile *self;
  int fd;

  g_return_val_if_fail (db != NULL && G_IS_FILE (file), NULL);

  path = kaf_export_target_find (db, file, error);
  if (path == NULL)
    return NULL;
  folder = g_path_get_dirname (path);
  kaf_scraps_sweep (folder);
  fd = kaf_scraps_make_file (folder, &hidden, error);
  if (fd < 0)
    return NULL;

  self = g_new0 (KafNewFile, 1);
  self->path = g_steal_pointer (&path);
  self->folder = g_steal_pointer (&folder);
  self->hidden = g_steal_pointer (&hidden);
  self->fd = fd;
  return self;
}

const char *
kaf_new_file_get_path (const KafNewFile *self)
{
  return self->hidden;
}

int
kaf_new_file_get_fd (const KafNewFile *self)
{
  return self->fd;
}

const char *
kaf_new_file_get_folder (const KafNewFile *self)
{
  return self->folder;
}

gboolean
kaf_new_file_settle (KafNewFile *self, GError **error)
{
  if (fsync (self->fd) != 0)
    return fail ("syncing the file", errno, error);
  if (g_rename (self->hidden, self->path) != 0)
    return fail ("naming the file", errno, error);
  self->settled = TRUE;
  return TRUE;
}

void
kaf_new_file_free (KafNewFile *self)
{
  if (self == NULL)
    return;
  close (self->fd);
  if (!self->settled)
    g_unlink (self->hidden);
  g_free (self->path);
  g_free (self->folder);
  g_free (self->hidden);
  g_free (self);
}
