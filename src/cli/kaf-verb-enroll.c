/* SPDX-License-Identifier: GPL-3.0-or-later */
/* kafaatctl enroll: makes a store a device of a hub. The password is read from the terminal, or from
 * standard input: never from the command line, which others can see. */
#include "config.h"

#include <glib/gi18n-lib.h>

#include "cli/kaf-verbs.h"
#include "net/kaf-syncer.h"
#include "store/kaf-sync-state.h"

static KafExit
enroll (KafCli *cli, const char *url, const char *user, const char *ca, gint64 *skew)
{
  g_autofree char *authority = NULL;
  g_autofree char *password = NULL;
  g_autoptr (GError) error = NULL;

  if (ca != NULL && !g_file_get_contents (ca, &authority, NULL, &error))
    return kaf_cli_fail_printf (_ ("The certificate %s cannot be read."), ca);
  password = kaf_cli_read_unseen (_ ("Password: "));
  if (password == NULL || *password == '\0')
    return kaf_cli_fail (_ ("Write the password when it is asked for."));
  if (kaf_syncer_enroll (cli->db, url, authority, user, password, skew, NULL, &error))
    return KAF_EXIT_OK;
  if (error->domain != KAF_NET_ERROR)
    return kaf_cli_fail_error (NULL, NULL, error);
  g_free (password);
  password = kaf_net_explain (error);
  return kaf_cli_fail (password);
}

/* What the hub has is fetched, and what is here compared with it, before anything is sent. */
static KafExit
compare (KafCli *cli, const char *choice)
{
  g_auto (KafSyncState) state = { 0 };
  g_autofree char *sentence = NULL;
  g_autoptr (GError) error = NULL;
  KafSyncReport report;

  if (!kaf_sync_state_read (cli->db, &state, &error))
    return kaf_cli_fail_error (NULL, NULL, error);
  if (!state.preview)
    return KAF_EXIT_OK;
  if (kaf_syncer_run (cli->db, &report, NULL, &error))
    return report.n_alike > 0 ? kaf_cli_settle_duplicates (cli, choice) : KAF_EXIT_OK;
  if (error->domain != KAF_NET_ERROR)
    return kaf_cli_fail_error (NULL, NULL, error);
  sentence = kaf_net_explain (error);
  return kaf_cli_fail (sentence);
}

static KafExit
run (KafCli *cli, GStrv args)
{
  g_autofree char *user = NULL;
  g_autofree char *ca = NULL;
  g_autofree char *duplicates = NULL;
  const GOptionEntry entries[] = {
    { "user", 0, 0, G_OPTION_ARG_FILENAME, &user, N_ ("Your account at the server"), "USER" },
    { "ca", 0, 0, G_OPTION_ARG_FILENAME, &ca, N_ ("Certificate of the authority to trust, PEM"),
      "FILE" },
    { "duplicates", 0, 0, G_OPTION_ARG_FILENAME, &duplicates,
      N_ ("Persons here that look like ones of the server: send them (keep), or not yet (hold)"),
      "keep|hold" },
    { NULL },
  };
  g_auto (GStrv) words = g_strdupv (args);
  gint64 skew = 0;
  KafExit status;

  if (!kaf_cli_parse (cli, &kaf_verb_enroll, entries, &words, 1, 1))
    return KAF_EXIT_USAGE;
  if (user == NULL || *user == '\0')
    return kaf_cli_fail (_ ("Say with --user who you are at the server."));
  if (duplicates != NULL && !g_str_equal (duplicates, "keep") && !g_str_equal (duplicates, "hold"))
    return kaf_cli_fail (_ ("Write --duplicates keep, or --duplicates hold."));
  if (!kaf_cli_open (cli, KAF_ACCESS_CREATE))
    return KAF_EXIT_USAGE;
  status = enroll (cli, words[1], user, ca, &skew);
  if (status != KAF_EXIT_OK)
    return status;
  g_print (_ ("This store belongs to %s now: “kafaatctl sync” exchanges what is new.\n"), words[1]);
  if (skew != 0)
    g_print (_ ("The clock of this device is not that of the server: set it.\n"));
  return compare (cli, duplicates);
}

const KafVerb kaf_verb_enroll = {
  .name = "enroll",
  .arguments = "URL --user USER [--ca FILE] [--duplicates keep|hold]",
  .summary = N_ ("Makes this store a device of a server"),
  .run = run,
};
