/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "base/kaf-late.h"

#include <gmodule.h>

/* From soname to GModule. A library that was not there is asked for again: it may have been installed since. */
static GHashTable *loaded;
static GMutex mutex;

static GModule *
load (const char *library)
{
  g_autoptr (GMutexLocker) locker = g_mutex_locker_new (&mutex);
  GModule *handle;

  if (loaded == NULL)
    loaded = g_hash_table_new (g_str_hash, g_str_equal);
  handle = g_hash_table_lookup (loaded, library);
  if (handle == NULL)
    {
      /* By GModule, and not by dlopen() alone: libsoup asks for modules as it is loaded, and would wait with the lock of
       * the loader for that of GModule, while GTK, which loads what draws its icons, waits with that for the loader's. */
      handle = g_module_open (library, G_MODULE_BIND_LAZY | G_MODULE_BIND_LOCAL);
      if (handle != NULL)
        {
          /* It may have registered types. */
          g_module_make_resident (handle);
          g_hash_table_insert (loaded, g_strdup (library), handle);
        }
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
  GModule *handle = load (library);
  gpointer function = NULL;

  if (handle == NULL || !g_module_symbol (handle, name, &function))
    g_critical ("%s has no %s", library, name);
  return function;
}
