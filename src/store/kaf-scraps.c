/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "store/kaf-scraps.h"

#include <errno.h>
#include <fcntl.h>
#include <gio/gio.h>
#include <glib/gstdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#define PREFIX ".export-"
#define LETTERS "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789"
#define N_LETTERS 6
/* Seconds. */
#define OLD (24 * 60 * 60)
/* A folder that is given out holds folders, and those hold files. */
#define DEPTH_MAX 3

static void
fail (const char *doing, int number, GError **error)
{
  g_set_error (error, G_IO_ERROR, g_io_error_from_errno (number), "%s: %s", doing,
               g_strerror (number));
}

int
kaf_scraps_make_file (const char *folder, char **path, GError **error)
{
  g_autofree char *hidden = g_build_filename (folder, PREFIX "XXXXXX", NULL);
  int fd = g_mkstemp_full (hidden, O_WRONLY | O_CLOEXEC, 0600);

  if (fd < 0)
    fail ("making the file", errno, error);
  else
    *path = g_steal_pointer (&hidden);
  return fd;
}

char *
kaf_scraps_make_folder (const char *folder, GError **error)
{
  g_autofree char *hidden = g_build_filename (folder, PREFIX "XXXXXX", NULL);

  if (g_mkdtemp_full (hidden, 0700) != NULL)
    return g_steal_pointer (&hidden);
  fail ("making the folder", errno, error);
  return NULL;
}

static void
remove_below (const char *path, guint depth)
{
  g_autoptr (GDir) dir = g_dir_open (path, 0, NULL);
  const char *name;

  while (dir != NULL && (name = g_dir_read_name (dir)) != NULL)
    {
      g_autofree char *inner = g_build_filename (path, name, NULL);
      GStatBuf info;

      if (g_lstat (inner, &info) != 0)
        continue;
      if (!S_ISDIR (info.st_mode))
        g_unlink (inner);
      else if (depth < DEPTH_MAX)
        remove_below (inner, depth + 1);
    }
  g_rmdir (path);
}

void
kaf_scraps_remove_folder (const char *path)
{
  remove_below (path, 1);
}

static gboolean
is_scrap_name (const char *name)
{
  const char *letters = name + strlen (PREFIX);

  return g_str_has_prefix (name, PREFIX) && strlen (letters) == N_LETTERS &&
         strspn (letters, LETTERS) == N_LETTERS;
}

void
kaf_scraps_sweep (const char *folder)
{
  g_autoptr (GDir) dir = g_dir_open (folder, 0, NULL);
  gint64 before = g_get_real_time () / G_USEC_PER_SEC - OLD;
  const char *name;

  while (dir != NULL && (name = g_dir_read_name (dir)) != NULL)
    {
      g_autofree char *path = NULL;
      GStatBuf info;

      if (!is_scrap_name (name))
        continue;
      path = g_build_filename (folder, name, NULL);
      if (g_lstat (path, &info) != 0 || info.st_uid != geteuid () || info.st_mtime > before)
        continue;
      if (S_ISREG (info.st_mode))
        g_unlink (path);
      else if (S_ISDIR (info.st_mode))
        kaf_scraps_remove_folder (path);
    }
}
