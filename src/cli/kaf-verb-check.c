/* SPDX-License-Identifier: GPL-3.0-or-later */
/* kafaatctl check: one line a finding; exit status 1 when there is any. */
#include "config.h"

#include <glib/gi18n-lib.h>

#include "cli/kaf-verbs.h"
#include "store/kaf-check.h"

static void
print_finding (KafCli *cli, const char *finding)
{
  g_autoptr (JsonBuilder) builder = json_builder_new ();

  if (!cli->json)
    {
      g_print ("%s\n", finding);
      return;
    }
  json_builder_begin_object (builder);
  kaf_cli_add_text (builder, "finding", finding);
  json_builder_end_object (builder);
  kaf_cli_print_object (builder);
}

static KafExit
run (KafCli *cli, GStrv args)
{
  g_auto (GStrv) words = g_strdupv (args);
  g_autoptr (GPtrArray) findings = NULL;
  g_autoptr (GError) error = NULL;

  if (!kaf_cli_parse (cli, &kaf_verb_check, NULL, &words, 0, 0) ||
      !kaf_cli_open (cli, KAF_ACCESS_READ))
    return KAF_EXIT_USAGE;

  findings = kaf_check (cli->db, NULL, &error);
  if (findings == NULL)
    return kaf_cli_fail_error (NULL, NULL, error);
  for (guint i = 0; i < findings->len; i++)
    print_finding (cli, g_ptr_array_index (findings, i));
  if (findings->len > 0)
    return KAF_EXIT_FINDING;
  if (!cli->json)
    g_print ("%s\n", _ ("The store is whole."));
  return KAF_EXIT_OK;
}

const KafVerb kaf_verb_check = {
  .name = "check",
  .arguments = "",
  .summary = N_ ("Checks schema, references, journal, search index and attachments"),
  .run = run,
};
