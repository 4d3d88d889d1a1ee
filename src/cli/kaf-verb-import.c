/* SPDX-License-Identifier: GPL-3.0-or-later */
/* kafaatctl import: all of the file or nothing; what is wrong with it by line and field. */
#include "config.h"

#include <glib/gi18n-lib.h>

#include "base/kaf-validation-error.h"
#include "cli/kaf-import-foreign.h"
#include "cli/kaf-import-inspect.h"
#include "cli/kaf-verbs.h"
#include "exchange/kaf-import.h"

static void
print_fault (KafCli *cli, const char *file, const KafImportFault *fault)
{
  g_autoptr (JsonBuilder) builder = json_builder_new ();

  if (!cli->json)
    {
      g_print ("%s:%u: %s%s%s\n", file, fault->line, fault->field != NULL ? fault->field : "",
               fault->field != NULL ? ": " : "", fault->sentence);
      return;
    }
  json_builder_begin_object (builder);
  kaf_cli_add_int (builder, "line", fault->line);
  kaf_cli_add_text (builder, "field", fault->field);
  kaf_cli_add_text (builder, "error", fault->sentence);
  json_builder_end_object (builder);
  kaf_cli_print_object (builder);
}

static void
print_json (const KafImportReport *report, gboolean dry_run)
{
  g_autoptr (JsonBuilder) builder = json_builder_new ();

  json_builder_begin_object (builder);
  kaf_cli_add_int (builder, "rows", report->n_rows);
  kaf_cli_add_int (builder, "created", report->n_created);
  kaf_cli_add_int (builder, "updated", report->n_updated);
  kaf_cli_add_int (builder, "unchanged", report->n_unchanged);
  kaf_cli_add_int (builder, "errors", report->n_faults);
  kaf_cli_add_text (builder, "batch", report->receipt != NULL ? report->receipt->batch : NULL);
  json_builder_set_member_name (builder, "dry_run");
  json_builder_add_boolean_value (builder, dry_run);
  json_builder_end_object (builder);
  kaf_cli_print_object (builder);
}

static KafExit
report_all (KafCli *cli, const char *file, const KafImportReport *report, gboolean dry_run)
{
  for (guint i = 0; i < report->faults->len; i++)
    print_fault (cli, file, g_ptr_array_index (report->faults, i));
  if (cli->json)
    print_json (report, dry_run);
  else if (report->n_faults > 0)
    g_print (ngettext ("%u error: nothing was imported.\n", "%u errors: nothing was imported.\n",
                       report->n_faults),
             report->n_faults);
  else
    g_print (dry_run ? _ ("%u lines: %u would be added, %u changed, %u left as they are.\n")
                     : _ ("%u lines: %u added, %u changed, %u left as they are.\n"),
             report->n_rows, report->n_created, report->n_updated, report->n_unchanged);
  return report->n_faults > 0 ? KAF_EXIT_USAGE : KAF_EXIT_OK;
}

static KafExit
run (KafCli *cli, GStrv args)
{
  g_autofree char *key = NULL;
  g_auto (KafImportForeign) foreign = { NULL };
  gboolean dry_run = FALSE;
  gboolean inspect = FALSE;
  const GOptionEntry entries[] = {
    { "key", 0, 0, G_OPTION_ARG_FILENAME, &key, N_ ("Field that tells records apart: emails"),
      "FIELD" },
    { "dry-run", 0, 0, G_OPTION_ARG_NONE, &dry_run, N_ ("Look, and write nothing"), NULL },
    { "inspect", 0, 0, G_OPTION_ARG_NONE, &inspect,
      N_ ("Tell what a table (CSV, XLSX, ODS, vCard) holds and which fields its columns may be"),
      NULL },
    { "sheet", 0, 0, G_OPTION_ARG_FILENAME, &foreign.sheet,
      N_ ("Sheet to inspect or to import, by its name or number"), "NAME" },
    { "preview", 0, 0, G_OPTION_ARG_NONE, &foreign.preview,
      N_ ("Tell row by row what would be done, and write nothing"), NULL },
    { "map", 0, 0, G_OPTION_ARG_FILENAME_ARRAY, &foreign.maps,
      N_ ("What columns are: COLUMN=FIELD,… or a file of a mapping"), "MAP" },
    { "set", 0, 0, G_OPTION_ARG_FILENAME_ARRAY, &foreign.constants,
      N_ ("What all rows say that do not say otherwise"), "FIELD=VALUE" },
    { "source", 0, 0, G_OPTION_ARG_FILENAME, &foreign.source, N_ ("Who says it"), "NAME" },
    { "origin", 0, 0, G_OPTION_ARG_FILENAME, &foreign.origin,
      N_ ("What kind of source it is: declared, consulate, administration, network, watch"),
      "CODE" },
    { "date", 0, 0, G_OPTION_ARG_FILENAME, &foreign.date, N_ ("Of when the table is"), "DATE" },
    { "confidence", 0, 0, G_OPTION_ARG_FILENAME, &foreign.confidence,
      N_ ("How sure it is: high, medium, low"), "CODE" },
    { "encoding", 0, 0, G_OPTION_ARG_FILENAME, &foreign.encoding,
      N_ ("Encoding of a text file, where it is not found"), "NAME" },
    { "separator", 0, 0, G_OPTION_ARG_FILENAME, &foreign.separator,
      N_ ("What parts its columns: , ; | or TAB"), "CHARACTER" },
    { "month-first", 0, 0, G_OPTION_ARG_NONE, &foreign.month_first,
      N_ ("Dates are written 12/31/1980"), NULL },
    { "refused", 0, 0, G_OPTION_ARG_FILENAME, &foreign.refused,
      N_ ("Save the refused rows there, with the reasons"), "FILE.csv" },
    { NULL },
  };
  KafImportOptions options = { NULL };
  g_auto (GStrv) words = g_strdupv (args);
  g_autoptr (GFile) file = NULL;
  g_autoptr (KafImportReport) report = NULL;
  g_autoptr (GError) error = NULL;
  const KafEntity *entity;

  if (!kaf_cli_parse (cli, &kaf_verb_import, entries, &words, 2, 2))
    return KAF_EXIT_USAGE;
  entity = kaf_cli_find_entity (words[1]);
  if (entity == NULL)
    return KAF_EXIT_USAGE;
  if (inspect)
    return kaf_import_inspect (cli, entity, words[2], foreign.sheet);
  if (!kaf_cli_open (cli, KAF_ACCESS_CREATE))
    return KAF_EXIT_USAGE;
  if (kaf_import_foreign_is_asked (&foreign))
    return kaf_import_foreign (cli, entity, words[2], &foreign);

  options.key = key;
  options.dry_run = dry_run;
  file = g_file_new_for_commandline_arg (words[2]);
  if (!kaf_import_run (cli->db, entity, file, &options, NULL, &report, &error))
    {
      if (g_error_matches (error, KAF_VALIDATION_ERROR, KAF_VALIDATION_ERROR_REFERENCE))
        return kaf_cli_fail_no_field (entity, key);
      return kaf_cli_fail_error (NULL, NULL, error);
    }
  return report_all (cli, words[2], report, dry_run);
}

const KafVerb kaf_verb_import = {
  .name = "import",
  .arguments = "ENTITY FILE [--key FIELD] [--dry-run] | [--inspect] | [--preview] [--map MAP]… "
               "[--source NAME]",
  .summary = N_ ("Imports a table: Kafaat's own, all of it or nothing, or another office's"),
  .run = run,
};
