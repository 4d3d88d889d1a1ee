/* SPDX-License-Identifier: GPL-3.0-or-later */
/* kafaatctl enroll: makes a store a device of a hub. The password is read from the terminal, or from
 * standard input: never from the command line, which others can see. */
#include "config.h"

#include <glib/gi18n-lib.h>
#include <stdio.h>
#include <string.h>
#include <termios.h>
#include <unistd.h>

#include "cli/kaf-verbs.h"
#include "net/kaf-syncer.h"

#define PASSWORD_MAX 1024

/* One line of standard input, unseen where that is a terminal. (transfer full) (nullable) */
static char *
read_password (void)
{
  struct termios before, unseen;
  gboolean terminal = tcgetattr (STDIN_FILENO, &before) == 0;
  char line[PASSWORD_MAX];
  char *read;

  if (terminal)
    {
      g_printerr ("%s", _ ("Password: "));
      unseen = before;
      unseen.c_lflag &= ~ECHO;
      tcsetattr (STDIN_FILENO, TCSAFLUSH, &unseen);
    }
  read = fgets (line, sizeof line, stdin);
  if (terminal)
    {
      tcsetattr (STDIN_FILENO, TCSAFLUSH, &before);
      g_printerr ("\n");
    }
  if (read == NULL)
    return NULL;
  line[strcspn (line, "\r\n")] = '\0';
  return g_strdup (line);
}

static KafExit
enroll (KafCli *cli, const char *url, const char *user, const char *ca)
{
  g_autofree char *authority = NULL;
  g_autofree char *password = NULL;
  g_autoptr (GError) error = NULL;

  if (ca != NULL && !g_file_get_contents (ca, &authority, NULL, &error))
    return kaf_cli_fail_printf (_ ("The certificate %s cannot be read."), ca);
  password = read_password ();
  if (password == NULL || *password == '\0')
    return kaf_cli_fail (_ ("Write the password when it is asked for."));
  if (kaf_syncer_enroll (cli->db, url, authority, user, password, NULL, &error))
    return KAF_EXIT_OK;
  if (error->domain != KAF_NET_ERROR)
    return kaf_cli_fail_error (NULL, NULL, error);
  g_free (password);
  password = kaf_net_explain (error);
  return kaf_cli_fail (password);
}

static KafExit
run (KafCli *cli, GStrv args)
{
  g_autofree char *user = NULL;
  g_autofree char *ca = NULL;
  const GOptionEntry entries[] = {
    { "user", 0, 0, G_OPTION_ARG_FILENAME, &user, N_ ("Your account at the server"), "USER" },
    { "ca", 0, 0, G_OPTION_ARG_FILENAME, &ca, N_ ("Certificate of the authority to trust, PEM"),
      "FILE" },
    { NULL },
  };
  g_auto (GStrv) words = g_strdupv (args);
  KafExit status;

  if (!kaf_cli_parse (cli, &kaf_verb_enroll, entries, &words, 1, 1))
    return KAF_EXIT_USAGE;
  if (user == NULL || *user == '\0')
    return kaf_cli_fail (_ ("Say with --user who you are at the server."));
  if (!kaf_cli_open (cli, KAF_ACCESS_CREATE))
    return KAF_EXIT_USAGE;
  status = enroll (cli, words[1], user, ca);
  if (status == KAF_EXIT_OK)
    g_print (_ ("This store belongs to %s now: “kafaatctl sync” exchanges what is new.\n"),
             words[1]);
  return status;
}

const KafVerb kaf_verb_enroll = {
  .name = "enroll",
  .arguments = "URL --user USER [--ca FILE]",
  .summary = N_ ("Makes this store a device of a server"),
  .run = run,
};
