/* SPDX-License-Identifier: GPL-3.0-or-later */
/* kafaat-server status: what is there, and who came last. */
#include "config.h"

#include <glib/gi18n-lib.h>

#include "schema/kaf-role.h"
#include "server/kaf-server-cli.h"

static void
print_users (GPtrArray *users)
{
  guint n_disabled = 0, n_without = 0;

  for (guint i = 0; i < users->len; i++)
    {
      const KafAccountsUser *user = g_ptr_array_index (users, i);

      n_disabled += user->disabled;
      n_without +=
          !user->disabled && (user->role == NULL || g_str_equal (user->role, KAF_ROLE_NONE));
    }
  g_print (_ ("Users: %u, of which %u disabled, %u without a grant\n"), users->len, n_disabled,
           n_without);
}

static void
print_devices (GPtrArray *devices)
{
  g_print (_ ("Devices: %u\n"), devices->len);
  for (guint i = 0; i < devices->len; i++)
    {
      const KafAccountsDevice *device = g_ptr_array_index (devices, i);
      g_autofree char *synced = kaf_server_cli_format_time (device->last_sync);

      g_print ("  %016" G_GINT64_MODIFIER "x  %-16s  %s%s%s\n", device->id, device->user, synced,
               device->revoked != 0 ? "  " : "", device->revoked != 0 ? _ ("revoked") : "");
    }
}

static KafServerExit
run (const char *dir, GStrv args)
{
  g_auto (GStrv) words = g_strdupv (args);
  g_autoptr (KafService) service = NULL;
  g_autoptr (GPtrArray) users = NULL;
  g_autoptr (GPtrArray) devices = NULL;
  g_autoptr (GError) error = NULL;
  KafHubFigures figures;
  gint64 n_quarantined;

  if (!kaf_server_cli_parse (&kaf_server_verb_status, NULL, &words, 0, 0))
    return KAF_SERVER_EXIT_USAGE;
  service = kaf_server_cli_open (dir);
  if (service == NULL)
    return KAF_SERVER_EXIT_FINDING;
  users = kaf_accounts_list_users (service->accounts, &error);
  if (users != NULL)
    devices = kaf_accounts_list_devices (service->accounts, &error);
  if (devices == NULL || !kaf_hub_get_figures (service->hub, &figures, &error) ||
      !kaf_hub_count_quarantine (service->hub, &n_quarantined, &error))
    return kaf_server_cli_fail_error (NULL, error);

  if (kaf_hub_is_production (service->hub))
    g_print ("%s\n", _ ("A server of production: it takes no sample data."));
  g_print (_ ("Records: %ld\n"), (long) figures.n_records);
  g_print (_ ("Edits taken: %ld\n"), (long) figures.seq);
  g_print (_ ("Open conflicts: %ld\n"), (long) figures.n_conflicts);
  if (figures.n_erased > 0)
    g_print (_ ("Erased for ever: %ld; devices still to confirm: %u\n"), (long) figures.n_erased,
             figures.n_awaited);
  if (figures.unfinished)
    g_print (
        "%s\n",
        _ ("Traces of what was erased remain in the server’s file: “kafaat-server erase ID”, with the"
           " same ID again, removes them."));
  if (n_quarantined > 0)
    g_print (_ ("Edits from outside of their author's rights, kept aside: %ld\n"),
             (long) n_quarantined);
  print_users (users);
  print_devices (devices);
  return KAF_SERVER_EXIT_OK;
}

const KafServerVerb kaf_server_verb_status = {
  .name = "status",
  .arguments = "",
  .summary = N_ ("Counts records, edits and conflicts; lists devices with their last sync"),
  .run = run,
};
