/* SPDX-License-Identifier: GPL-3.0-or-later */
/* kafaatctl report: the workbooks, and the dossier of a mission; above 100 persons it asks why. */
#include "config.h"

#include <glib/gi18n-lib.h>

#include "cli/kaf-cli-query.h"
#include "cli/kaf-table.h"
#include "cli/kaf-verbs.h"
#include "report/kaf-dossier.h"
#include "report/kaf-workbook.h"
#include "schema/kaf-registry.h"
#include "store/kaf-disclosure.h"

typedef struct
{
  char *reason, *recipient, *at, *mission;
  GStrv where;
  gboolean list;
} Options;

static void
options_clear (Options *self)
{
  g_free (self->reason);
  g_free (self->recipient);
  g_free (self->at);
  g_free (self->mission);
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
    { "mission", 0, 0, G_OPTION_ARG_FILENAME, &options->mission,
      N_ ("Of that mission: what mission-dossier gives out"), "REF" },
    { "reason", 0, 0, G_OPTION_ARG_FILENAME, &options->reason, N_ ("Why, for the register"),
      "TEXT" },
    { "recipient", 0, 0, G_OPTION_ARG_FILENAME, &options->recipient,
      N_ ("For whom, for the register"), "TEXT" },
    { NULL },
  };

  return kaf_cli_parse (cli, &kaf_verb_report, entries, words, 0, 2) &&
         kaf_cli_check_reason (options->reason);
}

static void
list_one (KafCli *cli, KafTable *table, const char *name, const char *label, const char *entity)
{
  g_autoptr (JsonBuilder) builder = json_builder_new ();

  kaf_table_add (table, name);
  kaf_table_add (table, _ (label));
  kaf_table_add (table, entity);
  if (!cli->json)
    return;
  json_builder_begin_object (builder);
  kaf_cli_add_text (builder, "name", name);
  kaf_cli_add_text (builder, "label", _ (label));
  kaf_cli_add_text (builder, "entity", entity);
  json_builder_end_object (builder);
  kaf_cli_print_object (builder);
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
    list_one (cli, table, all[i]->name, all[i]->label, all[i]->entity);
  list_one (cli, table, KAF_REPORT_DOSSIER, N_ ("Dossier of a mission"), "mission");
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

/* The dossier */

static KafExit
tell_dossier (KafCli *cli, const KafDossier *made, const char *path)
{
  g_autoptr (JsonBuilder) builder = json_builder_new ();

  if (!cli->json)
    {
      g_print (ngettext ("%1$u file was put together in %2$s.\n",
                         "%1$u files were put together in %2$s.\n", made->n_files),
               made->n_files, path);
      for (guint i = 0; i < made->missing->len; i++)
        g_print (_ ("Missing, its content is not here: %s\n"),
                 (const char *) g_ptr_array_index (made->missing, i));
      return KAF_EXIT_OK;
    }
  json_builder_begin_object (builder);
  kaf_cli_add_text (builder, "report", KAF_REPORT_DOSSIER);
  kaf_cli_add_text (builder, "file", path);
  kaf_cli_add_int (builder, "files", made->n_files);
  kaf_cli_add_int (builder, "annexes", made->n_annexes);
  kaf_cli_add_int (builder, "persons", made->n_persons);
  json_builder_set_member_name (builder, "missing");
  json_builder_begin_array (builder);
  for (guint i = 0; i < made->missing->len; i++)
    json_builder_add_string_value (builder, g_ptr_array_index (made->missing, i));
  json_builder_end_array (builder);
  json_builder_end_object (builder);
  kaf_cli_print_object (builder);
  return KAF_EXIT_OK;
}

static KafExit
make_dossier (KafCli *cli, const Options *options, const char *path)
{
  const KafEntity *entity = kaf_registry_find ("mission");
  g_auto (KafDossier) made = { 0 };
  g_autoptr (GFile) target = g_file_new_for_commandline_arg (path);
  g_autoptr (GError) error = NULL;
  g_autofree char *id = NULL;
  KafDossierOptions asked = { .langs = kaf_paper_langs_parse (cli->lang_name),
                              .lang = cli->lang,
                              .reason = options->reason,
                              .recipient = options->recipient };

  if (options->mission == NULL)
    return kaf_cli_fail (_ ("Say of which mission: --mission REF."));
  if (!kaf_cli_resolve (cli, options->mission, &entity, &id))
    return KAF_EXIT_USAGE;
  if (!g_str_equal (entity->id, "mission"))
    return kaf_cli_fail_printf (_ ("“%s” is no mission."), options->mission);
  /* Papers are in both, what else lies there is in one of them. */
  if (asked.langs == KAF_PAPER_BOTH && asked.lang == KAF_LANG_EN)
    asked.lang = KAF_LANG_FR;
  if (asked.langs == 0)
    asked.langs = cli->lang == KAF_LANG_AR ? KAF_PAPER_AR : KAF_PAPER_FR;
  if (kaf_dossier_write (cli->db, id, target, &asked, &made, NULL, &error))
    return tell_dossier (cli, &made, path);
  if (g_error_matches (error, KAF_STORE_ERROR, KAF_STORE_ERROR_REFUSED))
    return kaf_cli_fail_printf (_ ("The dossier names %1$u persons, and more than %2$u need a "
                                   "reason: say it with --reason."),
                                made.n_persons, kaf_disclosure_limit (cli->db));
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
  if (g_str_equal (words[1], KAF_REPORT_DOSSIER))
    return kaf_cli_open (cli, KAF_ACCESS_WRITE) ? make_dossier (cli, &options, words[2])
                                                : KAF_EXIT_USAGE;
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
  .summary = N_ ("Makes a workbook, or the dossier of a mission"),
  .run = run,
};
