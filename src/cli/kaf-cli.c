/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Options, opening and messages. A message to a person is a whole sentence in her language; with
 * --json, standard output holds nothing but JSON. */
#include "config.h"

#include "cli/kaf-cli.h"

#include <errno.h>
#include <glib/gi18n-lib.h>
#include <glib/gstdio.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>
#include <termios.h>
#include <unistd.h>

#include "base/kaf-reason.h"
#include "base/kaf-utf8.h"
#include "exchange/kaf-explain.h"
#include "schema/kaf-registry.h"
#include "store/kaf-holder-now.h"
#include "store/kaf-permit.h"
#include "store/kaf-read.h"

static gboolean
check_words (GStrv args, const KafVerb *verb, guint least, guint most)
{
  guint n = g_strv_length (args);

  for (guint i = 0; i < n; i++)
    if (!g_utf8_validate (args[i], -1, NULL))
      {
        kaf_cli_fail (_ ("The command line is not in UTF-8."));
        return FALSE;
      }
  if (n - 1 >= least && n - 1 <= most)
    return TRUE;
  kaf_cli_fail_printf (_ ("Usage: kafaatctl %s %s"), verb->name, verb->arguments);
  return FALSE;
}

/* What is said again with the verb counts. */
static void
prefer (char **kept, char **given)
{
  if (*given == NULL)
    return;
  g_free (*kept);
  *kept = g_steal_pointer (given);
}

gboolean
kaf_cli_parse (KafCli *cli,
               const KafVerb *verb,
               const GOptionEntry *entries,
               GStrv *args,
               guint least,
               guint most)
{
  g_autofree char *store = NULL;
  g_autofree char *lang = NULL;
  const GOptionEntry common[] = {
    { "store", 0, 0, G_OPTION_ARG_FILENAME, &store, N_ ("The store to work on"), "FILE" },
    { "lang", 0, 0, G_OPTION_ARG_FILENAME, &lang, N_ ("Language: fr, ar or en"), "LANG" },
    { "json", 0, 0, G_OPTION_ARG_NONE, &cli->json, N_ ("One JSON object a line"), NULL },
    { NULL },
  };
  g_autoptr (GOptionContext) context = g_option_context_new (verb->arguments);
  g_autoptr (GError) error = NULL;

  cli->records = verb->records;
  g_option_context_set_summary (context, _ (verb->summary));
  g_option_context_set_translation_domain (context, GETTEXT_PACKAGE);
  if (entries != NULL)
    g_option_context_add_main_entries (context, entries, GETTEXT_PACKAGE);
  g_option_context_add_main_entries (context, common, GETTEXT_PACKAGE);
  if (!g_option_context_parse_strv (context, args, &error))
    {
      kaf_cli_fail (error->message);
      return FALSE;
    }
  prefer (&cli->store, &store);
  prefer (&cli->lang_name, &lang);
  return check_words (*args, verb, least, most);
}

char *
kaf_cli_get_store_path (const KafCli *cli)
{
  if (cli->store != NULL)
    return g_strdup (cli->store);
  return g_build_filename (g_get_user_data_dir (), "kafaat", "kafaat.db", NULL);
}

gboolean
kaf_cli_open (KafCli *cli, KafAccess access)
{
  const char *lists = g_getenv ("KAF_PKGDATADIR");
  g_autofree char *lists_dir = lists != NULL ? g_build_filename (lists, "reference", NULL) : NULL;
  const KafEnvironment environment = { .lists_dir = lists_dir };
  g_autofree char *path = kaf_cli_get_store_path (cli);
  g_autofree char *folder = g_path_get_dirname (path);
  g_autoptr (GError) error = NULL;

  if (access != KAF_ACCESS_CREATE && !g_file_test (path, G_FILE_TEST_EXISTS))
    {
      kaf_cli_fail_printf (_ ("There is no store at %s: “kafaatctl new”, “import” or “sample” "
                              "makes one."),
                           path);
      return FALSE;
    }
  if (access == KAF_ACCESS_CREATE && g_mkdir_with_parents (folder, 0700) != 0)
    {
      kaf_cli_fail_printf ("%s: %s", folder, g_strerror (errno));
      return FALSE;
    }

  cli->db = kaf_database_open (
      path, access == KAF_ACCESS_CREATE ? KAF_OPEN_CREATE : KAF_OPEN_DEFAULT, &environment, &error);
  if (cli->db == NULL && access == KAF_ACCESS_READ &&
      g_error_matches (error, KAF_STORE_ERROR, KAF_STORE_ERROR_READ_ONLY))
    {
      g_clear_error (&error);
      cli->db = kaf_database_open (path, KAF_OPEN_READ_ONLY, &environment, &error);
    }
  if (cli->db == NULL)
    kaf_cli_fail_error (NULL, NULL, error);
  else if (cli->records && !kaf_permit_check_records (cli->db, &error))
    {
      kaf_cli_fail_error (NULL, NULL, error);
      return FALSE;
    }
  /* Lists show scores of today. Where another program writes just now, those of yesterday will do. */
  if (cli->db != NULL)
    kaf_holder_now_refresh (cli->db, NULL);
  return cli->db != NULL;
}

KafExit
kaf_cli_fail (const char *text)
{
  g_printerr ("kafaatctl: %s\n", text);
  return KAF_EXIT_USAGE;
}

gboolean
kaf_cli_check_reason (const char *reason)
{
  if (kaf_text_is_blank (reason) || kaf_reason_is_enough (reason))
    return TRUE;
  kaf_cli_fail (_ (kaf_reason_get_rule ()));
  return FALSE;
}

KafExit
kaf_cli_fail_printf (const char *format, ...)
{
  g_autofree char *text = NULL;
  va_list values;

  va_start (values, format);
  text = g_strdup_vprintf (format, values);
  va_end (values);
  return kaf_cli_fail (text);
}

KafExit
kaf_cli_fail_error (const KafField *field, const char *suggestion, const GError *error)
{
  g_autofree char *sentence = kaf_explain (field, suggestion, error);

  if (field == NULL)
    return kaf_cli_fail (sentence);
  return kaf_cli_fail_printf ("%s: %s", field->id, sentence);
}

const KafEntity *
kaf_cli_find_entity (const char *name)
{
  const KafEntity *entity = kaf_registry_find (name);

  if (entity == NULL)
    kaf_cli_fail_printf (_ ("There is no kind of record “%s”: “kafaatctl schema” lists them."),
                         name);
  return entity;
}

KafExit
kaf_cli_fail_no_field (const KafEntity *entity, const char *name)
{
  return kaf_cli_fail_printf (_ ("There is no field “%s”: “kafaatctl schema %s” lists them."), name,
                              entity->id);
}

gboolean
kaf_cli_may_write (KafCli *cli, KafRecord *record, gboolean creates)
{
  g_autofree char *sentence = kaf_permit_explain (kaf_permit_read (cli->db), record, creates);

  if (sentence != NULL)
    kaf_cli_fail (sentence);
  return sentence == NULL;
}

gboolean
kaf_cli_resolve (KafCli *cli, const char *text, const KafEntity **entity, char **id)
{
  g_autoptr (GError) error = NULL;

  if (kaf_read_resolve (cli->db, text, NULL, entity, id, &error))
    return TRUE;
  if (g_error_matches (error, KAF_STORE_ERROR, KAF_STORE_ERROR_NOT_FOUND))
    kaf_cli_fail_printf (_ ("There is no record “%s”."), text);
  else
    kaf_cli_fail_error (NULL, NULL, error);
  return FALSE;
}

/* Bytes of what is typed unseen. */
#define UNSEEN_MAX 1024

char *
kaf_cli_read_unseen (const char *prompt)
{
  struct termios before, unseen;
  gboolean terminal = tcgetattr (STDIN_FILENO, &before) == 0;
  char line[UNSEEN_MAX];
  char *read;

  if (terminal)
    {
      g_printerr ("%s", prompt);
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
  if (read != NULL)
    {
      line[strcspn (line, "\r\n")] = '\0';
      read = g_strdup (line);
    }
  explicit_bzero (line, sizeof line);
  return read;
}

void
kaf_cli_print_object (JsonBuilder *builder)
{
  g_autoptr (JsonNode) root = json_builder_get_root (builder);
  g_autofree char *text = json_to_string (root, FALSE);

  g_print ("%s\n", text);
}

void
kaf_cli_add_text (JsonBuilder *builder, const char *name, const char *text)
{
  json_builder_set_member_name (builder, name);
  if (text != NULL && *text != '\0')
    json_builder_add_string_value (builder, text);
  else
    json_builder_add_null_value (builder);
}

void
kaf_cli_add_int (JsonBuilder *builder, const char *name, gint64 value)
{
  json_builder_set_member_name (builder, name);
  json_builder_add_int_value (builder, value);
}

void
kaf_cli_add_time (JsonBuilder *builder, const char *name, gint64 us)
{
  g_autoptr (GDateTime) when = g_date_time_new_from_unix_utc (us / G_USEC_PER_SEC);
  g_autofree char *text = us != 0 ? g_date_time_format (when, "%Y-%m-%dT%H:%M:%SZ") : NULL;

  kaf_cli_add_text (builder, name, text);
}
