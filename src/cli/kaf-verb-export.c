/* SPDX-License-Identifier: GPL-3.0-or-later */
/* kafaatctl export: to a file that import takes back, to a spreadsheet to be read, or to an address book; above 100
 * persons it asks why. */
#include "config.h"

#include <glib/gi18n-lib.h>

#include "cli/kaf-cli-query.h"
#include "cli/kaf-verbs.h"
#include "exchange/kaf-export.h"
#include "exchange/kaf-vcard.h"
#include "report/kaf-list-file.h"
#include "store/kaf-disclosure.h"

typedef struct
{
  char *reason, *recipient, *columns, *sort;
  GStrv where;
  gboolean mark, old;
} Options;

static void
options_clear (Options *self)
{
  g_free (self->reason);
  g_free (self->recipient);
  g_free (self->columns);
  g_free (self->sort);
  g_strfreev (self->where);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Options, options_clear)

static gboolean
parse (KafCli *cli, Options *options, GStrv *words)
{
  const GOptionEntry entries[] = {
    { "reason", 0, 0, G_OPTION_ARG_FILENAME, &options->reason, N_ ("Why, for the register"),
      "TEXT" },
    { "recipient", 0, 0, G_OPTION_ARG_FILENAME, &options->recipient,
      N_ ("For whom, for the register"), "TEXT" },
    { "where", 0, 0, G_OPTION_ARG_FILENAME_ARRAY, &options->where, N_ ("Only records where"),
      "FIELD=VALUE" },
    { "sort", 0, 0, G_OPTION_ARG_FILENAME, &options->sort, N_ ("Order; -FIELD turns it round"),
      "FIELD" },
    { "columns", 0, 0, G_OPTION_ARG_FILENAME, &options->columns, N_ ("Columns, with commas"),
      "FIELDS" },
    { "mark", 0, 0, G_OPTION_ARG_NONE, &options->mark,
      N_ ("Begin with the UTF-8 mark, for spreadsheets"), NULL },
    { "vcard3", 0, 0, G_OPTION_ARG_NONE, &options->old,
      N_ ("Version 3.0 of vCard, for programs that do not know 4.0"), NULL },
    { NULL },
  };

  return kaf_cli_parse (cli, &kaf_verb_export, entries, words, 2, 2) &&
         kaf_cli_check_reason (options->reason);
}

static KafExit
report (KafCli *cli, const char *file, gint64 n_rows)
{
  g_autoptr (JsonBuilder) builder = json_builder_new ();

  if (!cli->json)
    {
      g_print (ngettext ("%u line was written.\n", "%u lines were written.\n", (guint) n_rows),
               (guint) n_rows);
      return KAF_EXIT_OK;
    }
  json_builder_begin_object (builder);
  kaf_cli_add_text (builder, "file", file);
  kaf_cli_add_int (builder, "rows", n_rows);
  json_builder_end_object (builder);
  kaf_cli_print_object (builder);
  return KAF_EXIT_OK;
}

static gboolean
write_file (KafCli *cli,
            const KafQuery *query,
            const Options *options,
            GStrv columns,
            GFile *file,
            gint64 *n_rows,
            GError **error)
{
  g_autofree char *name = g_file_get_basename (file);
  KafListFileFormat format = kaf_list_file_format (name);
  const KafExportOptions csv = {
    .columns = (const char *const *) columns,
    .reason = options->reason,
    .recipient = options->recipient,
    .mark = options->mark,
  };
  const KafListFileOptions sheet = { .columns = (const char *const *) columns,
                                     .lang = cli->lang,
                                     .reason = options->reason,
                                     .recipient = options->recipient };

  const KafVcardOptions card = { .lang = cli->lang,
                                 .old = options->old,
                                 .reason = options->reason,
                                 .recipient = options->recipient };

  if (kaf_vcard_is_file (name))
    return kaf_vcard_export (cli->db, query, file, &card, NULL, n_rows, error);
  return format == KAF_LIST_FILE_NONE
             ? kaf_export_run (cli->db, query, file, &csv, NULL, n_rows, error)
             : kaf_list_file_write (cli->db, query, file, format, &sheet, NULL, n_rows, error);
}

static KafExit
export_query (KafCli *cli, const KafQuery *query, const Options *options, const char *path)
{
  g_auto (GStrv) columns = options->columns != NULL ? g_strsplit (options->columns, ",", -1) : NULL;
  g_autoptr (GFile) file = g_file_new_for_commandline_arg (path);
  g_autoptr (GError) error = NULL;
  gint64 n_rows = 0;

  for (guint i = 0; columns != NULL && columns[i] != NULL; i++)
    if (!kaf_export_has_column (kaf_query_get_entity (query), columns[i]))
      return kaf_cli_fail_no_field (kaf_query_get_entity (query), columns[i]);
  if (kaf_vcard_is_file (path) && !kaf_vcard_suits (kaf_query_get_entity (query)))
    return kaf_cli_fail (_ ("Only persons go into an address book: export another format."));
  if (kaf_vcard_is_file (path) && columns != NULL)
    return kaf_cli_fail (_ ("An address book has columns of its own: leave --columns out."));
  if (write_file (cli, query, options, columns, file, &n_rows, &error))
    return report (cli, path, n_rows);
  if (g_error_matches (error, KAF_STORE_ERROR, KAF_STORE_ERROR_REFUSED))
    return kaf_cli_fail_printf (_ ("An export of more than %d persons needs a reason: say it with "
                                   "--reason."),
                                (int) kaf_disclosure_limit (cli->db));
  return kaf_cli_fail_error (NULL, NULL, error);
}

static KafExit
run (KafCli *cli, GStrv args)
{
  g_auto (Options) options = { NULL };
  g_auto (GStrv) words = g_strdupv (args);
  g_autoptr (KafQuery) query = NULL;
  const KafEntity *entity;

  if (!parse (cli, &options, &words))
    return KAF_EXIT_USAGE;
  entity = kaf_cli_find_entity (words[1]);
  if (entity == NULL || !kaf_cli_open (cli, KAF_ACCESS_WRITE))
    return KAF_EXIT_USAGE;
  query = kaf_cli_make_query (cli, entity, options.where, options.sort);
  return query != NULL ? export_query (cli, query, &options, words[2]) : KAF_EXIT_USAGE;
}

const KafVerb kaf_verb_export = {
  .name = "export",
  .arguments = "ENTITY FILE.csv|.xlsx|.ods|.vcf [--reason TEXT]",
  .summary = N_ ("Exports records to a CSV file that import takes back, a spreadsheet or vCards"),
  .run = run,
  .records = TRUE,
};
