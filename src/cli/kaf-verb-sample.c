/* SPDX-License-Identifier: GPL-3.0-or-later */
/* kafaatctl sample: the sample data, and as many synthetic experts as are asked for. */
#include "config.h"

#include <glib/gi18n-lib.h>
#include <unistd.h>

#include "cli/kaf-terminal.h"
#include "cli/kaf-verbs.h"
#include "exchange/kaf-sample.h"
#include "store/kaf-samples.h"

static void
show_progress (gint64 done, gint64 total, gpointer data)
{
  kaf_terminal_show_progress ("%" G_GINT64_FORMAT, done);
}

static KafExit
report (KafCli *cli, const KafReceipt *receipt)
{
  g_autoptr (JsonBuilder) builder = json_builder_new ();

  if (!cli->json)
    {
      g_print (ngettext ("%u record was added.\n", "%u records were added.\n", receipt->n_records),
               receipt->n_records);
      return KAF_EXIT_OK;
    }
  json_builder_begin_object (builder);
  kaf_cli_add_int (builder, "created", receipt->n_records);
  kaf_cli_add_text (builder, "batch", receipt->batch);
  json_builder_end_object (builder);
  kaf_cli_print_object (builder);
  return KAF_EXIT_OK;
}

static KafExit
remove_all (KafCli *cli)
{
  g_autoptr (GError) error = NULL;
  guint n;

  if (!kaf_samples_remove (cli->db, &n, &error))
    return kaf_cli_fail_error (NULL, NULL, error);
  g_print (ngettext ("%u sample record was removed.\n", "%u sample records were removed.\n", n), n);
  return KAF_EXIT_OK;
}

static KafExit
run (KafCli *cli, GStrv args)
{
  gint64 experts = 0, seed = 1;
  gboolean remove = FALSE;
  const GOptionEntry entries[] = {
    { "experts", 0, 0, G_OPTION_ARG_INT64, &experts, N_ ("Synthetic experts to add"), "N" },
    { "seed", 0, 0, G_OPTION_ARG_INT64, &seed, N_ ("Which people: the same seed, the same ones"),
      "S" },
    { "remove", 0, 0, G_OPTION_ARG_NONE, &remove, N_ ("Remove the sample data for good"), NULL },
    { NULL },
  };
  g_auto (GStrv) words = g_strdupv (args);
  g_autoptr (KafReceipt) receipt = NULL;
  g_autoptr (GError) error = NULL;
  gboolean terminal = isatty (STDERR_FILENO);

  if (!kaf_cli_parse (cli, &kaf_verb_sample, entries, &words, 0, 0))
    return KAF_EXIT_USAGE;
  if (experts < 0 || experts > G_MAXINT32)
    return kaf_cli_fail (_ ("Give the number of experts with digits only."));
  if (!kaf_cli_open (cli, remove ? KAF_ACCESS_WRITE : KAF_ACCESS_CREATE))
    return KAF_EXIT_USAGE;
  if (remove)
    return remove_all (cli);

  if (!kaf_sample_load (cli->db, (guint) experts, (guint64) seed, NULL,
                        terminal ? show_progress : NULL, NULL, &receipt, &error))
    return kaf_cli_fail_error (NULL, NULL, error);
  if (terminal)
    kaf_terminal_clear_progress ();
  return report (cli, receipt);
}

const KafVerb kaf_verb_sample = {
  .name = "sample",
  .arguments = "[--experts N] [--seed S] | --remove",
  .summary = N_ ("Loads the sample data, once, and synthetic experts, or removes them"),
  .run = run,
};
