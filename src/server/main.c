/* SPDX-License-Identifier: GPL-3.0-or-later */
/* kafaat-server --dir DIR VERB …: the hub that the devices of an administration meet at. */
#include "config.h"

#include <glib/gi18n-lib.h>
#include <glib/gstdio.h>
#include <locale.h>
#include <pwd.h>
#include <sodium.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "server/kaf-server-cli.h"

static const KafServerVerb *const verbs[] = {
  &kaf_server_verb_init,     &kaf_server_verb_user,    &kaf_server_verb_grant,
  &kaf_server_verb_device,   &kaf_server_verb_serve,   &kaf_server_verb_status,
  &kaf_server_verb_backup,   &kaf_server_verb_restore, &kaf_server_verb_erase,
  &kaf_server_verb_snapshot,
};

/* Catalogues are chosen by LANGUAGE; the C library looks at it only in a locale that is not "C". */
static void
set_up_locale (void)
{
  const char *folder = g_getenv ("KAF_LOCALEDIR");

  setlocale (LC_ALL, "");
  if (g_str_equal (setlocale (LC_MESSAGES, NULL), "C"))
    setlocale (LC_ALL, "C.UTF-8");
  setlocale (LC_NUMERIC, "C");
  bindtextdomain (GETTEXT_PACKAGE, folder != NULL ? folder : KAF_LOCALEDIR);
  bind_textdomain_codeset (GETTEXT_PACKAGE, "UTF-8");
  textdomain (GETTEXT_PACKAGE); /* ngettext() looks in the default domain */
}

/* Texts are UTF-8 whatever the locale says. */
static void
print_utf8 (const char *text)
{
  fputs (text, stdout);
}

static void
print_error_utf8 (const char *text)
{
  fflush (stdout);
  fputs (text, stderr);
}

static char *
describe_verbs (void)
{
  g_autoptr (GString) text = g_string_new (_ ("Verbs:"));

  for (guint i = 0; i < G_N_ELEMENTS (verbs); i++)
    g_string_append_printf (text, "\n  %-7s %s\n          %s", verbs[i]->name, verbs[i]->arguments,
                            _ (verbs[i]->summary));
  g_string_append (text, "\n\n");
  g_string_append (text, _ ("The exit status is 0; 1 when something was found to be wrong; 2 for "
                            "bad usage or input."));
  return g_string_free (g_steal_pointer (&text), FALSE);
}

static gboolean
parse_globals (char **dir, gboolean *version, GStrv *args)
{
  const GOptionEntry entries[] = {
    { "dir", 0, 0, G_OPTION_ARG_FILENAME, dir, N_ ("The folder of the server's files"), "DIR" },
    { "version", 0, 0, G_OPTION_ARG_NONE, version, N_ ("Print the version"), NULL },
    { NULL },
  };
  g_autoptr (GOptionContext) context = g_option_context_new ("VERB …");
  g_autoptr (GError) error = NULL;
  g_autofree char *description = describe_verbs ();

  g_option_context_set_strict_posix (context, TRUE);
  g_option_context_set_translation_domain (context, GETTEXT_PACKAGE);
  g_option_context_add_main_entries (context, entries, GETTEXT_PACKAGE);
  g_option_context_set_description (context, description);
  if (g_option_context_parse_strv (context, args, &error))
    return TRUE;
  kaf_server_cli_fail_usage ("%s", error->message);
  return FALSE;
}

/* What root makes in the folder of a server that runs as somebody else, that one can no longer open. */
static gboolean
may_work_in (const char *dir)
{
  GStatBuf info;
  struct passwd *owner;

  if (geteuid () != 0 || g_stat (dir, &info) != 0 || info.st_uid == 0)
    return TRUE;
  owner = getpwuid (info.st_uid);
  if (owner != NULL)
    kaf_server_cli_fail_usage (
        _ ("%s is %s’s, who runs the server: what root makes there the server cannot "
           "open. Write “runuser -u %s --” in front of the command."),
        dir, owner->pw_name, owner->pw_name);
  else
    kaf_server_cli_fail_usage (_ ("%s belongs to a user without a name: run this as that one."),
                               dir);
  return FALSE;
}

static KafServerExit
run (GStrv *args)
{
  g_autofree char *dir = NULL;
  gboolean version = FALSE;

  if (!parse_globals (&dir, &version, args))
    return KAF_SERVER_EXIT_USAGE;
  if (version)
    {
      g_print ("kafaat-server %s\n", KAF_VERSION);
      return KAF_SERVER_EXIT_OK;
    }
  if ((*args)[1] == NULL || dir == NULL)
    return kaf_server_cli_fail_usage (
        _ ("Say where with --dir, and what to do: see “kafaat-server --help”."));
  if (!may_work_in (dir))
    return KAF_SERVER_EXIT_USAGE;
  for (guint i = 0; i < G_N_ELEMENTS (verbs); i++)
    if (g_str_equal (verbs[i]->name, (*args)[1]))
      return verbs[i]->run (dir, *args + 1);
  return kaf_server_cli_fail_usage (_ ("There is no verb “%s”: see “kafaat-server --help”."),
                                    (*args)[1]);
}

int
main (int argc, char **argv)
{
  g_auto (GStrv) args = g_strdupv (argv);
  KafServerExit status;

  umask (0077);
  set_up_locale ();
  g_set_prgname ("kafaat-server");
  g_set_print_handler (print_utf8);
  g_set_printerr_handler (print_error_utf8);
  if (sodium_init () < 0)
    return kaf_server_cli_fail (_ ("The machine gives no random numbers."));

  status = run (&args);
  if (fflush (stdout) != 0 && status == KAF_SERVER_EXIT_OK)
    status = KAF_SERVER_EXIT_USAGE;
  return status;
}
