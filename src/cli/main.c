/* SPDX-License-Identifier: GPL-3.0-or-later */
/* kafaatctl [--store FILE] [--lang L] [--json] VERB …: the work of Kafaat without its window. */
#include "config.h"

#include <glib/gi18n-lib.h>
#include <locale.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>

#include "base/kaf-memory.h"
#include "cli/kaf-terminal.h"
#include "cli/kaf-verbs.h"

static const KafVerb *const verbs[] = {
  &kaf_verb_sample,     &kaf_verb_new,         &kaf_verb_set,         &kaf_verb_delete,
  &kaf_verb_show,       &kaf_verb_find,        &kaf_verb_list,        &kaf_verb_import,
  &kaf_verb_export,     &kaf_verb_attach,      &kaf_verb_history,     &kaf_verb_undo,
  &kaf_verb_redo,       &kaf_verb_erase,       &kaf_verb_drafts,      &kaf_verb_duplicates,
  &kaf_verb_check,      &kaf_verb_check_rules, &kaf_verb_schema,      &kaf_verb_bench,
  &kaf_verb_enroll,     &kaf_verb_sync,        &kaf_verb_sync_status, &kaf_verb_conflicts,
  &kaf_verb_calendar,   &kaf_verb_mission,     &kaf_verb_segment,     &kaf_verb_score,
  &kaf_verb_count_2030, &kaf_verb_quality,     &kaf_verb_report,      &kaf_verb_print,
  &kaf_verb_match,      &kaf_verb_erasures,    &kaf_verb_quarantine,  &kaf_verb_papers,
};

/* Catalogues are chosen by LANGUAGE; the C library looks at it only in a locale that is not "C". A paper in two
 * languages, "fr+ar", leaves messages in the user's. */
static void
set_language (KafCli *cli, const char *name)
{
  if (name != NULL && strchr (name, '+') == NULL)
    {
      cli->lang = kaf_lang_from_string (name);
      g_setenv ("LANGUAGE", kaf_lang_code (cli->lang), TRUE);
    }
  else
    {
      const char *const *names = g_get_language_names ();

      cli->lang = kaf_lang_from_string (names[0]);
    }
  if (g_str_equal (setlocale (LC_MESSAGES, NULL), "C"))
    setlocale (LC_ALL, "C.UTF-8");
  setlocale (LC_NUMERIC, "C");
}

static void
set_up_locale (void)
{
  const char *folder = g_getenv ("KAF_LOCALEDIR");

  setlocale (LC_ALL, "");
  bindtextdomain (GETTEXT_PACKAGE, folder != NULL ? folder : KAF_LOCALEDIR);
  bind_textdomain_codeset (GETTEXT_PACKAGE, "UTF-8");
  textdomain (GETTEXT_PACKAGE); /* ngettext() looks in the default domain */
}

static char *
describe_verbs (void)
{
  g_autoptr (GString) text = g_string_new (_ ("Verbs:"));

  for (guint i = 0; i < G_N_ELEMENTS (verbs); i++)
    g_string_append_printf (text, "\n  %-11s %s\n              %s", verbs[i]->name,
                            verbs[i]->arguments, _ (verbs[i]->summary));
  g_string_append (text, "\n\n");
  g_string_append (text, _ ("The exit status is 0; 1 when something was found to be wrong; 2 for "
                            "bad usage or input."));
  return g_string_free (g_steal_pointer (&text), FALSE);
}

/* --lang counts wherever it stands, for the help and the messages of the parsing too. */
static const char *
peek_language (GStrv args)
{
  for (; *args != NULL; args++)
    {
      if (g_str_has_prefix (*args, "--lang="))
        return *args + strlen ("--lang=");
      if (g_str_equal (*args, "--lang"))
        return args[1];
    }
  return NULL;
}

static gboolean
parse_globals (KafCli *cli, gboolean *version, GStrv *args)
{
  const GOptionEntry entries[] = {
    { "store", 0, 0, G_OPTION_ARG_FILENAME, &cli->store, N_ ("The store to work on"), "FILE" },
    { "lang", 0, 0, G_OPTION_ARG_FILENAME, &cli->lang_name, N_ ("Language: fr, ar or en"), "LANG" },
    { "json", 0, 0, G_OPTION_ARG_NONE, &cli->json, N_ ("One JSON object a line"), NULL },
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
  kaf_cli_fail (error->message);
  return FALSE;
}

static KafExit
run_verb (KafCli *cli, GStrv args)
{
  for (guint i = 0; i < G_N_ELEMENTS (verbs); i++)
    if (g_str_equal (verbs[i]->name, args[1]))
      return verbs[i]->run (cli, args + 1);
  return kaf_cli_fail_printf (_ ("There is no verb “%s”: see “kafaatctl --help”."), args[1]);
}

/* Of papers, two at once too: the first one is that of messages. */
static gboolean
is_known (const char *lang, GStrv args)
{
  static const char *const known[] = { "fr", "ar", "en", NULL };
  static const char *const both[] = { "fr+ar", "ar+fr", NULL };

  return g_strv_contains (known, lang) ||
         (g_strv_contains (both, lang) &&
          (g_strv_contains ((const char *const *) args, kaf_verb_print.name) ||
           g_strv_contains ((const char *const *) args, KAF_REPORT_DOSSIER)));
}

static KafExit
run (KafCli *cli, GStrv *args)
{
  const char *lang = peek_language (*args);
  gboolean version = FALSE;

  set_language (cli, lang);
  if (lang != NULL && !is_known (lang, *args))
    return kaf_cli_fail_printf (_ ("Kafaat does not speak “%s”: choose fr, ar or en."), lang);
  if (!parse_globals (cli, &version, args))
    return KAF_EXIT_USAGE;
  if (version)
    {
      g_print ("kafaatctl %s\n", KAF_VERSION);
      return KAF_EXIT_OK;
    }
  if ((*args)[1] == NULL)
    return kaf_cli_fail (_ ("Say what to do: see “kafaatctl --help”."));
  return run_verb (cli, *args);
}

int
main (int argc, char **argv)
{
  KafCli cli = { NULL };
  g_auto (GStrv) args = g_strdupv (argv);
  KafExit exit_status;

  umask (0077);
  kaf_memory_return_large ();
  set_up_locale ();
  g_set_prgname ("kafaatctl");
  kaf_terminal_begin (&cli.json);

  exit_status = run (&cli, &args);
  g_clear_pointer (&cli.db, kaf_database_close);
  g_free (cli.store);
  g_free (cli.lang_name);
  if (fflush (stdout) != 0 && exit_status == KAF_EXIT_OK)
    exit_status = KAF_EXIT_USAGE;
  return exit_status;
}
