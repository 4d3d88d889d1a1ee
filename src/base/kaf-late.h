/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Libraries that few ask for, and never at the start, are found when they are first used: read with the program, they
 * and what they need took a fifteenth of its time to the first frame. One header each (net/kaf-soup.h and its like)
 * includes that of the library and has each function of it that we call go through KAF_LATE; nothing else names the
 * library. Who calls them first asks kaf_late_load(), and says so when the library is not there. */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* @library: its soname, of those in config.h. Once there, it stays until the end. Any thread.
 * FALSE with G_FILE_ERROR_NOENT. */
gboolean kaf_late_load (const char *library, GError **error);

/* The function of that name, of a library that was loaded. */
gpointer kaf_late_find (const char *library, const char *name);

/* The function @name, declared in the header of @library; looked for once at each place that calls it. */
#define KAF_LATE(library, name)                                                                    \
  (*({                                                                                             \
    static gpointer kaf_late_function;                                                             \
    if (g_atomic_pointer_get (&kaf_late_function) == NULL)                                         \
      g_atomic_pointer_set (&kaf_late_function, kaf_late_find (library, #name));                   \
    (__typeof__ (&name)) g_atomic_pointer_get (&kaf_late_function);                                \
  }))

G_END_DECLS
