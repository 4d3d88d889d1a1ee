/* SPDX-License-Identifier: GPL-3.0-or-later */
/* kafaat-server snapshot: what a new device begins with, now and not when the server finds the time. */
#include "config.h"

#include <glib/gi18n-lib.h>

#include "server/kaf-server-cli.h"
#include "server/kaf-snapshot-keeper.h"
#include "server/kaf-snapshots.h"

static KafServerExit
run (const char *dir, GStrv args)
{
  g_auto (GStrv) words = g_strdupv (args);
  g_autoptr (KafService) service = NULL;
  g_autoptr (GPtrArray) roles = NULL;
  g_autoptr (GError) error = NULL;

  if (!kaf_server_cli_parse (&kaf_server_verb_snapshot, NULL, &words, 0, 0))
    return KAF_SERVER_EXIT_USAGE;
  service = kaf_server_cli_open (dir);
  if (service == NULL)
    return KAF_SERVER_EXIT_FINDING;
  roles = kaf_snapshot_keeper_find_roles (service, &error);
  for (guint i = 0; roles != NULL && i < roles->len; i++)
    {
      const KafRole *role = g_ptr_array_index (roles, i);

      if (!kaf_snapshots_prepare (dir, service->hub, &service->hub_mutex, role, TRUE, NULL, &error))
        return kaf_server_cli_fail_error (NULL, error);
      g_print (_ ("Ready for new devices: %s\n"), _ (role->label));
    }
  return error == NULL ? KAF_SERVER_EXIT_OK : kaf_server_cli_fail_error (NULL, error);
}

const KafServerVerb kaf_server_verb_snapshot = {
  .name = "snapshot",
  .arguments = "",
  .summary = N_ ("Makes what new devices begin with; a server that serves does so by itself"),
  .run = run,
};
