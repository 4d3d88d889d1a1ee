/* SPDX-License-Identifier: GPL-3.0-or-later */
/*   RUNTIME/kafaat-copies/PROCESS/STORE-SHA256/NAME
 *
 * STORE: the beginning of a hash of its path, so that two stores with the same content do not take it from one another. */
#include "config.h"

#include "store/kaf-copies.h"

#include <errno.h>
#include <glib/gstdio.h>
#include <signal.h>
#include <string.h>
#include <sys/types.h>
#include <unistd.h>

#include "store/kaf-attachments-private.h"
#include "store/kaf-scraps.h"

#define STORE_DIGITS 16

static char *
get_root (void)
{
  return g_build_filename (g_get_user_runtime_dir (), "kafaat-copies", NULL);
}

static char *
get_own (void)
{
  g_autofree char *root = get_root ();
  g_autofree char *process = g_strdup_printf ("%d", (int) getpid ());

  return g_build_filename (root, process, NULL);
}

/* "STORE-": how the names of the store's folders begin. */
static char *
make_prefix (KafDatabase *db)
{
  g_autofree char *hash = g_compute_checksum_for_string (G_CHECKSUM_SHA256, db->path, -1);

  hash[STORE_DIGITS] = '\0';
  return g_strconcat (hash, "-", NULL);
}

/* A name is data from elsewhere: it must not lead out of the folder. */
static char *
make_safe (const char *name)
{
  g_autofree char *base = name != NULL ? g_path_get_basename (name) : NULL;

  if (base == NULL || *base == '.' || *base == G_DIR_SEPARATOR || *base == '\0')
    return g_strdup_printf ("file%s", base != NULL && *base == '.' ? base : "");
  return g_steal_pointer (&base);
}

char *
kaf_copies_make_place (KafDatabase *db, const char *sha256, const char *name, GError **error)
{
  g_autofree char *own = get_own ();
  g_autofree char *prefix = make_prefix (db);
  g_autofree char *content = g_strconcat (prefix, sha256, NULL);
  g_autofree char *folder = g_build_filename (own, content, NULL);
  g_autofree char *safe = make_safe (name);

  kaf_copies_sweep (db);
  if (g_mkdir_with_parents (folder, 0700) == 0)
    return g_build_filename (folder, safe, NULL);
  g_set_error (error, G_IO_ERROR, g_io_error_from_errno (errno),
               "Cannot create a folder for the copy: %s", g_strerror (errno));
  return NULL;
}

void
kaf_copies_forget_own (void)
{
  g_autofree char *own = get_own ();

  kaf_scraps_remove_folder (own);
}

static gboolean
is_gone (const char *process)
{
  gint64 pid = g_ascii_strtoll (process, NULL, 10);

  return pid <= 0 || (kill ((pid_t) pid, 0) != 0 && errno == ESRCH);
}

static void
sweep_process (KafDatabase *db, const char *folder, const char *prefix)
{
  g_autoptr (GDir) dir = g_dir_open (folder, 0, NULL);
  const char *name;

  while (dir != NULL && (name = g_dir_read_name (dir)) != NULL)
    if (g_str_has_prefix (name, prefix) && !kaf_attachments_is_named (db, name + strlen (prefix)))
      {
        g_autofree char *path = g_build_filename (folder, name, NULL);

        kaf_scraps_remove_folder (path);
      }
}

void
kaf_copies_sweep (KafDatabase *db)
{
  g_autofree char *root = get_root ();
  g_autofree char *prefix = make_prefix (db);
  g_autoptr (GDir) dir = g_dir_open (root, 0, NULL);
  const char *name;

  while (dir != NULL && (name = g_dir_read_name (dir)) != NULL)
    {
      g_autofree char *path = g_build_filename (root, name, NULL);

      if (is_gone (name))
        kaf_scraps_remove_folder (path);
      else
        sweep_process (db, path, prefix);
    }
}
