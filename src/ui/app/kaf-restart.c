/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The running binary is /proc/self/exe, whatever folder or name it was called by. The environment is
 * that of the first start: the language set since then must not outlive the choice. */
#include "config.h"

#include <errno.h>
#include <unistd.h>

#include "ui/app/kaf-restart.h"

static char **arguments;
static char **environment;
static gboolean requested;

void
kaf_restart_remember (int argc, char **argv)
{
  g_autoptr (GPtrArray) copy = g_ptr_array_new ();

  for (int i = 0; i < argc; i++)
    g_ptr_array_add (copy, g_strdup (argv[i]));
  g_ptr_array_add (copy, NULL);

  g_strfreev (arguments);
  g_strfreev (environment);
  arguments = (char **) g_ptr_array_free (g_steal_pointer (&copy), FALSE);
  environment = g_get_environ ();
}

void
kaf_restart_request (void)
{
  requested = TRUE;
}

gboolean
kaf_restart_is_requested (void)
{
  return requested;
}

void
kaf_restart_run (void)
{
  if (!requested || arguments == NULL)
    return;
  execve ("/proc/self/exe", arguments, environment);
  g_warning ("The program could not be started anew: %s", g_strerror (errno));
}
