/* SPDX-License-Identifier: GPL-3.0-or-later */
/* kafaatctl delete: a deletion can be undone; of a facet, the owner stays. */
#include "config.h"

#include <glib/gi18n-lib.h>

#include "cli/kaf-verbs.h"
#include "store/kaf-commit.h"

static KafExit
run (KafCli *cli, GStrv args)
{
  g_auto (GStrv) words = g_strdupv (args);
  g_autoptr (KafChangeSet) set = kaf_change_set_new ("delete");
  g_autoptr (KafReceipt) receipt = NULL;
  g_autoptr (JsonBuilder) builder = json_builder_new ();
  g_autoptr (GError) error = NULL;
  g_autofree char *id = NULL;
  const KafEntity *entity = NULL;

  if (!kaf_cli_parse (cli, &kaf_verb_delete, NULL, &words, 1, 1) ||
      !kaf_cli_open (cli, KAF_ACCESS_WRITE) || !kaf_cli_resolve (cli, words[1], &entity, &id))
    return KAF_EXIT_USAGE;

  kaf_change_set_delete (set, entity, id);
  receipt = kaf_commit (cli->db, set, NULL, NULL, &error);
  if (receipt == NULL)
    return kaf_cli_fail_error (NULL, NULL, error);
  if (!cli->json && receipt->batch == NULL)
    g_print ("%s: %s\n", words[1], _ ("unchanged"));
  if (!cli->json && receipt->batch == NULL)
    return KAF_EXIT_OK;
  if (!cli->json)
    {
      g_print (_ ("%s was deleted; “kafaatctl undo” brings it back.\n"), words[1]);
      return KAF_EXIT_OK;
    }
  json_builder_begin_object (builder);
  kaf_cli_add_text (builder, "entity", entity->id);
  kaf_cli_add_text (builder, "id", id);
  kaf_cli_add_text (builder, "batch", receipt->batch);
  json_builder_end_object (builder);
  kaf_cli_print_object (builder);
  return KAF_EXIT_OK;
}

const KafVerb kaf_verb_delete = {
  .name = "delete",
  .arguments = "REF",
  .summary = N_ ("Deletes a record; this can be undone"),
  .run = run,
};
