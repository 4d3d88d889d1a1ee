/* SPDX-License-Identifier: GPL-3.0-or-later */
/* kafaatctl report: the workbooks; above 100 persons it asks why. */
#include "config.h"

#include <glib/gi18n-lib.h>

#include "cli/kaf-cli-query.h"
#include "cli/kaf-table.h"
#include "cli/kaf-verbs.h"
#include "report/kaf-workbook.h"
#include "schema/kaf-registry.h"
#include "store/kaf-disclosure.h"

typedef struct
{
  char *reason, *recipient, *at;
  GStrv where;
  gboolean list;
} Options;

static void
options_clear (Options *self)
{
  g_free (self->reason);
  g_free (self->recipient);
  g_free (self->at);
  g_strfreev (self->where);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Options, options_clear)

static gboolean
parse (KafCli *cli, Options *options, GStrv *words)
{
  const GOptionEntry entries[] = {
    { "list", 0, 0, G_OPTION_ARG_NONE, &options->list, N_ ("Say which there are"), NULL },
    { "where", 0, 0, G_OPTION_ARG_FILENAME_ARRAY, &options->where, N_ ("Only records where"),
      "FIELD=VALUE" },
    { "at", 0, 0, G_OPTION_ARG_FILENAME, &options->at,
      N_ ("At the end of that day instead of today"), N_ ("DAY") },
    { "reason", 0, 0, G_OPTION_ARG_FILENAME, &options->reason, N_ ("Why, for the register"),
      "TEXT" },
    { "recipient", 0, 0, G_OPTION_ARG_FILENAME, &options->recipient,
      N_ ("For whom, for the register"), "TEXT" },
    { NULL },
  };

  return kaf_cli_parse (cli, &kaf_verb_report, entries, words, 0, 2);
}

static KafExit
print_list (KafCli *cli)
{
  g_autoptr (KafTable) table = kaf_table_new (3);
  guint n;
  const KafWorkbook *const *all = kaf_workbooks (&n);

  kaf_table_add (table, _ ("Name"));
  kaf_table_add (table, _ ("Workbook"));
  kaf_table_add (table, _ ("Records"));
  for (guint i = 0; i < n; i++)
    {
      g_autoptr (JsonBuilder) builder = json_builder_new ();

      kaf_table_add (table, all[i]->name);
      kaf_table_add (table, _ (all[i]->label));
      kaf_table_add (table, all[i]->entity);
      if (!cli->json)
        continue;
      json_builder_begin_object (builder);
      kaf_cli_add_text (builder, "name", all[i]->name);
      kaf_cli_add_text (builder, "label", _ (all[i]->label));
      kaf_cli_add_text (builder, "entity", all[i]->entity);
      json_builder_end_object (builder);
      kaf_cli_print_object (builder);
    }
  if (!cli->json)
    kaf_table_print (table);
  return KAF_EXIT_OK;
}

static KafExit
tell (KafCli *cli, const KafWorkbook *workbook, const char *path)
{
  g_autoptr (JsonBuilder) builder = json_builder_new ();

  if (!cli->json)
    {
      g_print (_ ("%s was written.\n"), path);
      return KAF_EXIT_OK;
    }
  json_builder_begin_object (builder);
  kaf_cli_add_text (builder, "report", workbook->name);
  kaf_cli_add_text (builder, "file", path);
  json_builder_end_object (builder);
  kaf_cli_print_object (builder);
  return KAF_EXIT_OK;
}

static KafExit
make (KafCli *cli, const KafWorkbook *workbook, const Options *options, const char *path)
{
  g_autoptr (KafQuery) query = NULL;
  g_autoptr (GFile) file = g_file_new_for_commandline_arg (path);
  g_autoptr (GError) error = NULL;
  KafWorkbookOptions asked = { .lang = cli->lang,
                               .day = kaf_day_parse (options->at),
                               .reason = options->reason,
                               .recipient = options->recipient };

  if (options->where != NULL)
    {
      asked.query = query =
          kaf_cli_make_query (cli, kaf_registry_find (workbook->entity), options->where, NULL);
      if (query == NULL)
        return KAF_EXIT_USAGE;
    }
  if (kaf_workbook_make (cli->db, workbook, file, &asked, NULL, &error))
    return tell (cli, workbook, path);
  if (g_error_matches (error, KAF_STORE_ERROR, KAF_STORE_ERROR_REFUSED))
    return kaf_cli_fail_printf (_ ("A workbook that names more than %u persons needs a reason: say "
                                   "it with --reason."),
                                kaf_disclosure_limit (cli->db));
  return kaf_cli_fail_error (NULL, NULL, error);
}

static KafExit
run (KafCli *cli, GStrv args)
{
  g_auto (Options) options = { NULL };
  g_auto (GStrv) words = g_strdupv (args);
  const KafWorkbook *workbook;

  if (!parse (cli, &options, &words))
    return KAF_EXIT_USAGE;
  if (options.list)
    return print_list (cli);
  if (words[1] == NULL || words[2] == NULL)
    return kaf_cli_fail (_ ("Say which workbook, and the file: “kafaatctl report --list” names "
                            "them."));
  workbook = kaf_workbook_find (words[1]);
  if (workbook == NULL)
    return kaf_cli_fail_printf (_ ("There is no workbook “%s”: see “kafaatctl report --list”."),
                                words[1]);
  if (options.where != NULL && workbook->entity == NULL)
    return kaf_cli_fail_printf (_ ("The workbook “%s” tells of everything: --where narrows nothing "
                                   "in it."),
                                words[1]);
  if (options.at != NULL && kaf_day_parse (options.at) == KAF_DAY_UNKNOWN)
    return kaf_cli_fail_printf (_ ("Write the day “%s” as 2026-11-28."), options.at);
  if (!kaf_cli_open (cli, KAF_ACCESS_WRITE))
    return KAF_EXIT_USAGE;
  return make (cli, workbook, &options, words[2]);
}

const KafVerb kaf_verb_report = {
  .name = "report",
  .arguments = "NAME FILE.xlsx [--where FIELD=VALUE]…",
  .summary = N_ ("Makes a workbook: the target, experts, missions, budget…"),
  .run = run,
};
