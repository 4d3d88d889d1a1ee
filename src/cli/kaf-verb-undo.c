/* SPDX-License-Identifier: GPL-3.0-or-later */
/* kafaatctl undo and redo: of whole batches; what has changed since is left alone and named. */
#include "config.h"

#include <glib/gi18n-lib.h>

#include "cli/kaf-verbs.h"
#include "store/kaf-commit.h"

static void
print_json (const KafReceipt *receipt)
{
  g_autoptr (JsonBuilder) builder = json_builder_new ();

  json_builder_begin_object (builder);
  kaf_cli_add_text (builder, "batch", receipt->batch);
  kaf_cli_add_text (builder, "label", receipt->label);
  kaf_cli_add_int (builder, "records", kaf_receipt_count_told (receipt));
  json_builder_set_member_name (builder, "skipped");
  json_builder_begin_array (builder);
  for (guint i = 0; receipt->skipped != NULL && i < receipt->skipped->len; i++)
    json_builder_add_string_value (builder, g_ptr_array_index (receipt->skipped, i));
  json_builder_end_array (builder);
  json_builder_end_object (builder);
  kaf_cli_print_object (builder);
}

static KafExit
report (KafCli *cli, KafReceipt *taken, const GError *error)
{
  g_autoptr (KafReceipt) receipt = taken;
  guint n;

  if (receipt == NULL)
    {
      kaf_cli_fail_error (NULL, NULL, error);
      return g_error_matches (error, KAF_STORE_ERROR, KAF_STORE_ERROR_NOTHING) ? KAF_EXIT_FINDING
                                                                               : KAF_EXIT_USAGE;
    }
  if (cli->json)
    {
      print_json (receipt);
      return KAF_EXIT_OK;
    }
  n = kaf_receipt_count_told (receipt);
  g_print (ngettext ("%u record was put back.\n", "%u records were put back.\n", n), n);
  if (receipt->n_permanent > 0)
    g_print ("%s\n", _ ("Some of it is written once for ever, and stays: add what corrects it."));
  for (guint i = 0; receipt->n_permanent < receipt->skipped->len && i < receipt->skipped->len; i++)
    g_print (_ ("Left alone, since it has changed: %s\n"),
             (const char *) g_ptr_array_index (receipt->skipped, i));
  return KAF_EXIT_OK;
}

static KafExit
run_undo (KafCli *cli, GStrv args)
{
  g_auto (GStrv) words = g_strdupv (args);
  g_autoptr (GError) error = NULL;
  KafReceipt *receipt;

  if (!kaf_cli_parse (cli, &kaf_verb_undo, NULL, &words, 0, 1) ||
      !kaf_cli_open (cli, KAF_ACCESS_WRITE))
    return KAF_EXIT_USAGE;
  receipt = kaf_undo (cli->db, words[1], &error);
  return report (cli, receipt, error);
}

static KafExit
run_redo (KafCli *cli, GStrv args)
{
  g_auto (GStrv) words = g_strdupv (args);
  g_autoptr (GError) error = NULL;
  KafReceipt *receipt;

  if (!kaf_cli_parse (cli, &kaf_verb_redo, NULL, &words, 0, 0) ||
      !kaf_cli_open (cli, KAF_ACCESS_WRITE))
    return KAF_EXIT_USAGE;
  receipt = kaf_redo (cli->db, &error);
  return report (cli, receipt, error);
}

const KafVerb kaf_verb_undo = {
  .name = "undo",
  .arguments = "[BATCH]",
  .summary = N_ ("Undoes the last batch of changes, or the one named"),
  .run = run_undo,
};

const KafVerb kaf_verb_redo = {
  .name = "redo",
  .arguments = "",
  .summary = N_ ("Does again what was last undone"),
  .run = run_redo,
};
