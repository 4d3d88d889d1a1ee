/* SPDX-License-Identifier: GPL-3.0-or-later */
/* kafaatctl show: all that is known of a record. */
#include "config.h"

#include <glib/gi18n-lib.h>

#include "cli/kaf-aggregate.h"
#include "cli/kaf-convention-tree.h"
#include "cli/kaf-verbs.h"

static gboolean
is_convention (const KafEntity *entity)
{
  return g_str_equal (entity->id, "convention");
}

static KafExit
run (KafCli *cli, GStrv args)
{
  g_auto (GStrv) words = g_strdupv (args);
  g_autoptr (KafAggregate) record = NULL;
  g_autoptr (JsonBuilder) builder = json_builder_new ();
  g_autoptr (GError) error = NULL;
  g_autofree char *id = NULL;
  const KafEntity *entity = NULL;

  if (!kaf_cli_parse (cli, &kaf_verb_show, NULL, &words, 1, 1) ||
      !kaf_cli_open (cli, KAF_ACCESS_READ) || !kaf_cli_resolve (cli, words[1], &entity, &id))
    return KAF_EXIT_USAGE;

  record = kaf_aggregate_read (cli->db, entity, id, &error);
  if (record == NULL)
    return kaf_cli_fail_error (NULL, NULL, error);
  if (!cli->json)
    {
      kaf_aggregate_print (record, cli);
      if (!is_convention (entity))
        return KAF_EXIT_OK;
      g_print ("\n");
      return kaf_convention_tree_print (cli, id, &error) ? KAF_EXIT_OK
                                                         : kaf_cli_fail_error (NULL, NULL, error);
    }
  json_builder_begin_object (builder);
  kaf_aggregate_to_json (record, cli->db, builder);
  if (is_convention (entity) && !kaf_convention_tree_to_json (cli, id, builder, &error))
    return kaf_cli_fail_error (NULL, NULL, error);
  json_builder_end_object (builder);
  kaf_cli_print_object (builder);
  return KAF_EXIT_OK;
}

const KafVerb kaf_verb_show = {
  .name = "show",
  .arguments = "REF",
  .summary = N_ ("Shows a record by its reference, id or code"),
  .run = run,
  .records = TRUE,
};
