/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The file written takes the name of the one that is there: a device, a pipe or a link would be
 * gone, and so would the store. Files and folders are told apart by device and inode, since one
 * may have several names. */
#include "config.h"

#include "store/kaf-export-target.h"

#include <errno.h>
#include <glib/gstdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

/* As many links one after the other as Linux follows. */
#define LINKS_MAX 40

static gboolean
is_same (const struct stat *a, const struct stat *b)
{
  return a->st_dev == b->st_dev && a->st_ino == b->st_ino;
}

static char *
resolve (const char *path)
{
  char *real = realpath (path, NULL);
  char *copy = g_strdup (real);

  free (real);
  return copy;
}

/* What a chain of links ends at, which realpath() does not tell where nothing is there yet. */
static char *
follow_links (const char *path, GError **error)
{
  g_autofree char *target = g_strdup (path);

  for (guint i = 0; i < LINKS_MAX; i++)
    {
      g_autofree char *link = g_file_read_link (target, NULL);
      g_autofree char *folder = g_path_get_dirname (target);

      if (link == NULL)
        return g_steal_pointer (&target);
      g_free (target);
      target = g_path_is_absolute (link) ? g_strdup (link) : g_build_filename (folder, link, NULL);
    }
  g_set_error_literal (error, G_IO_ERROR, G_IO_ERROR_TOO_MANY_LINKS, "links that never end");
  return NULL;
}

/* Whether @name is that of a file that the store called @base has, or may come to have. */
static gboolean
is_name_of_store (const char *name, const char *base)
{
  static const char *const endings[] = {
    "", "-wal", "-shm", "-journal", ".erased", ".files", NULL
  };
  gsize length = strlen (base);

  return strncmp (name, base, length) == 0 &&
         (g_strv_contains (endings, name + length) || g_str_has_prefix (name + length, ".backup-"));
}

/* Whether @folder is the one that @inner is, or one above @path. */
static gboolean
is_below (const char *path, const struct stat *inner)
{
  g_autofree char *folder = g_strdup (path);

  while (strlen (folder) > 1)
    {
      char *above = g_path_get_dirname (folder);
      struct stat info;

      g_free (folder);
      folder = above;
      if (stat (folder, &info) == 0 && is_same (&info, inner))
        return TRUE;
    }
  return FALSE;
}

/* Whether @target belongs to the store at @store; both with links followed. */
static gboolean
belongs_to (const char *target, const char *store)
{
  static const char *const beside[] = { "", "-wal", "-shm", "-journal", ".erased" };
  g_autofree char *folder = g_path_get_dirname (target);
  g_autofree char *name = g_path_get_basename (target);
  g_autofree char *store_folder = g_path_get_dirname (store);
  g_autofree char *store_name = g_path_get_basename (store);
  g_autofree char *files = g_strconcat (store, ".files", NULL);
  struct stat here, there;

  if (stat (folder, &here) == 0 && stat (store_folder, &there) == 0 && is_same (&here, &there) &&
      is_name_of_store (name, store_name))
    return TRUE;
  if (stat (files, &there) == 0 && is_below (target, &there))
    return TRUE;
  for (guint i = 0; i < G_N_ELEMENTS (beside); i++)
    {
      g_autofree char *path = g_strconcat (store, beside[i], NULL);

      if (stat (target, &here) == 0 && stat (path, &there) == 0 && is_same (&here, &there))
        return TRUE;
    }
  return FALSE;
}

/* A thing that is there has to be a file. */
static gboolean
is_writable_kind (const char *path, GError **error)
{
  struct stat info;

  if (stat (path, &info) != 0 || S_ISREG (info.st_mode))
    return TRUE;
  if (S_ISDIR (info.st_mode))
    g_set_error_literal (error, G_IO_ERROR, G_IO_ERROR_IS_DIRECTORY, "the target is a folder");
  else
    g_set_error_literal (error, G_IO_ERROR, G_IO_ERROR_NOT_REGULAR_FILE,
                         "the target is a device, a pipe or a socket");
  return FALSE;
}

/* Where to write for @path, which says nothing yet of what is there. */
static char *
find_place (KafDatabase *db, const char *path, GError **error)
{
  g_autofree char *last = follow_links (path, error);
  g_autofree char *name = NULL;
  g_autofree char *folder = NULL;
  g_autofree char *real_folder = NULL;
  g_autofree char *target = NULL;

  if (last == NULL)
    return NULL;

  folder = g_path_get_dirname (last);
  real_folder = resolve (folder);
  if (real_folder == NULL || !g_file_test (real_folder, G_FILE_TEST_IS_DIR))
    {
      int number = real_folder != NULL ? ENOTDIR : errno;

      g_set_error (error, G_IO_ERROR,
                   number == ENOENT ? G_IO_ERROR_NOT_DIRECTORY
                                    : (int) g_io_error_from_errno (number),
                   "the folder of the export: %s", g_strerror (number));
      return NULL;
    }
  name = g_path_get_basename (last);
  target = g_build_filename (real_folder, name, NULL);
  if (belongs_to (target, kaf_database_get_path (db)))
    {
      g_set_error_literal (error, KAF_STORE_ERROR, KAF_STORE_ERROR_OWN_FILE,
                           "the target belongs to the store");
      return NULL;
    }
  return g_steal_pointer (&target);
}

static char *
get_path (GFile *file, GError **error)
{
  char *path = g_file_get_path (file);

  if (path == NULL)
    g_set_error_literal (error, G_IO_ERROR, G_IO_ERROR_NOT_SUPPORTED, "not a local file");
  return path;
}

char *
kaf_export_target_find (KafDatabase *db, GFile *file, GError **error)
{
  g_autofree char *path = get_path (file, error);

  return path != NULL && is_writable_kind (path, error) ? find_place (db, path, error) : NULL;
}

/* Whether nothing is lost when a folder takes the place of what is at @path. */
static gboolean
is_free (const char *path, GError **error)
{
  g_autoptr (GDir) dir = NULL;
  struct stat info;

  if (stat (path, &info) != 0)
    return TRUE;
  dir = S_ISDIR (info.st_mode) ? g_dir_open (path, 0, NULL) : NULL;
  if (dir != NULL && g_dir_read_name (dir) == NULL)
    return TRUE;
  if (dir != NULL)
    g_set_error_literal (error, G_IO_ERROR, G_IO_ERROR_NOT_EMPTY, "the folder is not empty");
  else
    g_set_error_literal (error, G_IO_ERROR, G_IO_ERROR_EXISTS, "a file of that name is there");
  return FALSE;
}

char *
kaf_export_target_find_folder (KafDatabase *db, GFile *file, GError **error)
{
  g_autofree char *path = get_path (file, error);

  return path != NULL && is_free (path, error) ? find_place (db, path, error) : NULL;
}
