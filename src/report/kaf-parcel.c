/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "report/kaf-parcel.h"

#include <errno.h>
#include <fcntl.h>
#include <glib/gstdio.h>
#include <string.h>
#include <unistd.h>

#include "base/kaf-file-name.h"
#include "report/kaf-zip.h"
#include "store/kaf-export-target.h"
#include "store/kaf-new-file.h"
#include "store/kaf-scraps.h"

#define BUFFER_SIZE (256 * 1024)

struct _KafParcel
{
  char *target; /* of a folder */
  char *
      hidden; /* a folder: it becomes the target, or what is written on the way to a ZIP lies in it */
  KafNewFile *file; /* of a ZIP */
  KafZip *zip;      /* NULL: a folder */
  GHashTable *taken;
};

static gboolean
fail (const char *doing, int number, GError **error)
{
  g_set_error (error, G_IO_ERROR, g_io_error_from_errno (number), "%s: %s", doing,
               g_strerror (number));
  return FALSE;
}

static gboolean
is_zip (GFile *target)
{
  g_autofree char *name = g_file_get_basename (target);
  gsize length = name != NULL ? strlen (name) : 0;

  return length > 4 && g_ascii_strcasecmp (name + length - 4, ".zip") == 0;
}

static gboolean
begin_zip (KafParcel *self, KafDatabase *db, GFile *target, GError **error)
{
  self->file = kaf_new_file_begin (db, target, error);
  if (self->file == NULL)
    return FALSE;
  self->hidden = kaf_scraps_make_folder (kaf_new_file_get_folder (self->file), error);
  self->zip =
      kaf_zip_new (kaf_new_file_get_fd (self->file), kaf_clock_now (kaf_database_get_clock (db)));
  return self->hidden != NULL;
}

static gboolean
begin_folder (KafParcel *self, KafDatabase *db, GFile *target, GError **error)
{
  g_autofree char *above = NULL;

  self->target = kaf_export_target_find_folder (db, target, error);
  if (self->target == NULL)
    return FALSE;
  above = g_path_get_dirname (self->target);
  kaf_scraps_sweep (above);
  self->hidden = kaf_scraps_make_folder (above, error);
  return self->hidden != NULL;
}

KafParcel *
kaf_parcel_begin (KafDatabase *db, GFile *target, GError **error)
{
  g_autoptr (KafParcel) self = g_new0 (KafParcel, 1);

  g_return_val_if_fail (db != NULL && G_IS_FILE (target), NULL);

  self->taken = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  return (is_zip (target) ? begin_zip : begin_folder) (self, db, target, error)
             ? g_steal_pointer (&self)
             : NULL;
}

char *
kaf_parcel_name (KafParcel *self, const char *folder, const char *name)
{
  g_autofree char *safe = kaf_file_name_make (name);
  g_autofree char *outer = folder != NULL ? kaf_file_name_make (folder) : NULL;
  g_autofree char *path = outer != NULL ? g_strconcat (outer, "/", safe, NULL) : g_strdup (safe);

  return kaf_file_name_take (self->taken, path);
}

/* The file of that name in the hidden folder, whose folder is made. */
static char *
make_place (KafParcel *self, const char *name, GError **error)
{
  g_autofree char *path = g_build_filename (self->hidden, name, NULL);
  g_autofree char *folder = g_path_get_dirname (path);

  if (g_mkdir_with_parents (folder, 0700) == 0)
    return g_steal_pointer (&path);
  fail ("making the folder", errno, error);
  return NULL;
}

GFile *
kaf_parcel_place (KafParcel *self, const char *name, GError **error)
{
  g_autofree char *path = make_place (self, name, error);

  return path != NULL ? g_file_new_for_path (path) : NULL;
}

/* Where a copy goes: into the ZIP, or into a file. */
static gboolean
write_some (KafParcel *self, int fd, const guint8 *data, gsize size, GError **error)
{
  if (self->zip != NULL)
    return kaf_zip_write (self->zip, data, size, error);
  while (size > 0)
    {
      gssize n = write (fd, data, size);

      if (n < 0 && errno == EINTR)
        continue;
      if (n <= 0)
        return fail ("writing the file", n < 0 ? errno : EIO, error);
      data += n;
      size -= (gsize) n;
    }
  return TRUE;
}

static gboolean
pour (KafParcel *self,
      const char *path,
      int fd,
      KafProgressFunc progress,
      gpointer progress_data,
      GCancellable *cancellable,
      GError **error)
{
  g_autoptr (GFile) file = g_file_new_for_path (path);
  g_autoptr (GFileInputStream) stream = g_file_read (file, cancellable, error);
  g_autofree guint8 *buffer = g_malloc (BUFFER_SIZE);
  gint64 done = 0;
  gssize n;

  if (stream == NULL)
    return FALSE;
  while ((n = g_input_stream_read (G_INPUT_STREAM (stream), buffer, BUFFER_SIZE, cancellable,
                                   error)) > 0)
    {
      if (!write_some (self, fd, buffer, (gsize) n, error))
        return FALSE;
      done += n;
      if (progress != NULL)
        progress (done, -1, progress_data);
    }
  return n == 0;
}

static gboolean
copy_to_folder (KafParcel *self,
                const char *name,
                const char *path,
                KafProgressFunc progress,
                gpointer progress_data,
                GCancellable *cancellable,
                GError **error)
{
  g_autofree char *place = make_place (self, name, error);
  gboolean done;
  int fd;

  if (place == NULL)
    return FALSE;
  fd = g_open (place, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0600);
  if (fd < 0)
    return fail ("making the file", errno, error);
  done = pour (self, path, fd, progress, progress_data, cancellable, error) &&
         (fsync (fd) == 0 || fail ("syncing the file", errno, error));
  close (fd);
  return done;
}

gboolean
kaf_parcel_copy (KafParcel *self,
                 const char *name,
                 const char *path,
                 KafProgressFunc progress,
                 gpointer progress_data,
                 GCancellable *cancellable,
                 GError **error)
{
  if (self->zip == NULL)
    return copy_to_folder (self, name, path, progress, progress_data, cancellable, error);
  return kaf_zip_begin (self->zip, name, TRUE, error) &&
         pour (self, path, -1, progress, progress_data, cancellable, error);
}

gboolean
kaf_parcel_add (KafParcel *self, const char *name, GCancellable *cancellable, GError **error)
{
  g_autofree char *path = g_build_filename (self->hidden, name, NULL);

  /* In a folder it is where it belongs. */
  if (self->zip == NULL)
    return TRUE;
  if (!kaf_parcel_copy (self, name, path, NULL, NULL, cancellable, error))
    return FALSE;
  g_unlink (path);
  return TRUE;
}

gboolean
kaf_parcel_settle (KafParcel *self, GError **error)
{
  if (self->zip != NULL)
    return kaf_zip_finish (self->zip, error) && kaf_new_file_settle (self->file, error);
  if (g_rename (self->hidden, self->target) != 0)
    return fail ("naming the folder", errno, error);
  g_clear_pointer (&self->hidden, g_free);
  return TRUE;
}

void
kaf_parcel_free (KafParcel *self)
{
  if (self == NULL)
    return;
  if (self->hidden != NULL)
    kaf_scraps_remove_folder (self->hidden);
  g_clear_pointer (&self->zip, kaf_zip_free);
  g_clear_pointer (&self->file, kaf_new_file_free);
  g_hash_table_unref (self->taken);
  g_free (self->target);
  g_free (self->hidden);
  g_free (self);
}
