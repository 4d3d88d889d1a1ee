/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "base/kaf-late.h"

#include <dlfcn.h>

/* From soname to handle. A library that was not there is asked for again: it may have been installed since. */
static GHashTable *loaded;
static GMutex mutex;

static gpointer
load (const char *library)
{
  g_autoptr (GMutexLocker) locker = g_mutex_locker_new (&mutex);
  gpointer handle;

  if (loaded == NULL)
    loaded = g_hash_table_new (g_str_hash, g_str_equal);
  handle = g_hash_table_lookup (loaded, library);
  if (handle == NULL)
    {
      /* Never closed: it may have registered types. */
      handle = dlopen (library, RTLD_LAZY | RTLD_LOCAL | RTLD_NODELETE);
      if (handle != NULL)
        g_hash_table_insert (loaded, g_strdup (library), handle);
    }
  return handle;
}

gboolean
kaf_late_load (const char *library, GError **error)
{
  g_return_val_if_fail (library != NULL, FALSE);

  if (load (library) != NULL)
    return TRUE;
  g_set_error (error, G_FILE_ERROR, G_FILE_ERROR_NOENT, "%s is not installed", library);
  return FALSE;
}

gpointer
kaf_late_find (const char *library, const char *name)
{
  gpointer handle = load (library);
  gpointer function = handle != NULL ? dlsym (handle, name) : NULL;

  if (function == NULL)
    g_critical ("%s has no %s", library, name);
  return function;
}
