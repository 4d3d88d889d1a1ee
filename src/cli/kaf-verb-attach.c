/* SPDX-License-Identifier: GPL-3.0-or-later */
/* kafaatctl attach: a file of a record, such as a curriculum vitae. */
#include "config.h"

#include <glib/gi18n-lib.h>

#include "cli/kaf-verbs.h"
#include "store/kaf-attachments.h"

static gboolean
is_attachment_field (const KafEntity *entity, const char *name)
{
  const KafField *field = name != NULL ? kaf_entity_find_field (entity, name) : NULL;

  if (name == NULL || (field != NULL && field->kind == KAF_KIND_ATTACHMENT))
    return TRUE;
  kaf_cli_fail_printf (_ ("“%s” is no field for a file."), name);
  return FALSE;
}

static KafExit
report (KafCli *cli, const char *attachment, const KafReceipt *receipt)
{
  g_autoptr (JsonBuilder) builder = json_builder_new ();

  if (!cli->json)
    {
      g_print ("%s\n", attachment);
      return KAF_EXIT_OK;
    }
  json_builder_begin_object (builder);
  kaf_cli_add_text (builder, "entity", "attachment");
  kaf_cli_add_text (builder, "id", attachment);
  kaf_cli_add_text (builder, "batch", receipt->batch);
  json_builder_end_object (builder);
  kaf_cli_print_object (builder);
  return KAF_EXIT_OK;
}

static KafExit
run (KafCli *cli, GStrv args)
{
  g_autofree char *field = NULL;
  const GOptionEntry entries[] = {
    { "field", 0, 0, G_OPTION_ARG_FILENAME, &field, N_ ("Field that refers to the file: cv"),
      "FIELD" },
    { NULL },
  };
  g_auto (GStrv) words = g_strdupv (args);
  g_autoptr (GFile) file = NULL;
  g_autoptr (KafReceipt) receipt = NULL;
  g_autoptr (GError) error = NULL;
  g_autofree char *attachment = NULL;
  g_autofree char *id = NULL;
  const KafEntity *entity = NULL;

  if (!kaf_cli_parse (cli, &kaf_verb_attach, entries, &words, 2, 2) ||
      !kaf_cli_open (cli, KAF_ACCESS_WRITE) || !kaf_cli_resolve (cli, words[1], &entity, &id) ||
      !is_attachment_field (entity, field))
    return KAF_EXIT_USAGE;

  file = g_file_new_for_commandline_arg (words[2]);
  receipt =
      kaf_attachment_add (cli->db, entity, id, field, file, NULL, NULL, &attachment, NULL, &error);
  if (receipt == NULL)
    return kaf_cli_fail_error (NULL, NULL, error);
  return report (cli, attachment, receipt);
}

const KafVerb kaf_verb_attach = {
  .name = "attach",
  .arguments = "REF FILE",
  .summary = N_ ("Adds a file to a record and prints the id of the attachment"),
  .run = run,
  .records = TRUE,
};
