/* SPDX-License-Identifier: GPL-3.0-or-later */
/* kafaat-server init, backup: the files of the server. */
#include "config.h"

#include <errno.h>
#include <glib/gi18n-lib.h>
#include <glib/gstdio.h>
#include <sys/stat.h>

#include "server/kaf-server-cli.h"

static KafServerExit
init (const char *dir, GStrv args)
{
  g_auto (GStrv) words = g_strdupv (args);
  g_autoptr (KafService) service = NULL;
  g_autoptr (GError) error = NULL;

  if (!kaf_server_cli_parse (&kaf_server_verb_init, NULL, &words, 0, 0))
    return KAF_SERVER_EXIT_USAGE;
  if (g_mkdir_with_parents (dir, 0700) != 0)
    return kaf_server_cli_fail ("%s: %s", dir, g_strerror (errno));
  /* A folder that was there may have been open to others. */
  if (g_chmod (dir, 0700) != 0)
    return kaf_server_cli_fail ("%s: %s", dir, g_strerror (errno));
  service = kaf_service_open (dir, TRUE, &error);
  if (service == NULL)
    return kaf_server_cli_fail_error (NULL, error);
  g_print (_ ("The server's files are in %s. Next: “user add”, “grant”, “serve”.\n"), dir);
  return KAF_SERVER_EXIT_OK;
}

static KafServerExit
backup (const char *dir, GStrv args)
{
  g_auto (GStrv) words = g_strdupv (args);
  g_autoptr (KafService) service = NULL;
  g_autoptr (GError) error = NULL;
  g_autofree char *accounts = NULL;

  if (!kaf_server_cli_parse (&kaf_server_verb_backup, NULL, &words, 1, 1))
    return KAF_SERVER_EXIT_USAGE;
  accounts = g_strconcat (words[1], ".accounts", NULL);
  if (g_file_test (words[1], G_FILE_TEST_IS_DIR))
    return kaf_server_cli_fail_usage (_ ("%s is a folder: name the file to write."), words[1]);
  if (g_file_test (words[1], G_FILE_TEST_EXISTS) || g_file_test (accounts, G_FILE_TEST_EXISTS))
    return kaf_server_cli_fail (_ ("%s or %s is there already: nothing was written."), words[1],
                                accounts);
  service = kaf_server_cli_open (dir);
  if (service == NULL)
    return KAF_SERVER_EXIT_FINDING;
  if (!kaf_hub_back_up (service->hub, words[1], &error))
    return kaf_server_cli_fail_error (NULL, error);
  if (!kaf_accounts_back_up (service->accounts, accounts, &error))
    {
      g_unlink (words[1]); /* half a backup is none */
      return kaf_server_cli_fail_error (NULL, error);
    }
  g_print (_ ("Written: %s and %s.\n"), words[1], accounts);
  return KAF_SERVER_EXIT_OK;
}

const KafServerVerb kaf_server_verb_init = {
  .name = "init",
  .arguments = "",
  .summary = N_ ("Makes the folder of a new server and its files"),
  .run = init,
};

const KafServerVerb kaf_server_verb_backup = {
  .name = "backup",
  .arguments = "FILE",
  .summary = N_ ("Copies the records to FILE and the accounts to FILE.accounts"),
  .run = backup,
};
