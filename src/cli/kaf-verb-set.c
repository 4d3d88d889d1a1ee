/* SPDX-License-Identifier: GPL-3.0-or-later */
/* kafaatctl set: writes the fields that differ from what the store holds, as one batch. */
#include "config.h"

#include <glib/gi18n-lib.h>

#include "cli/kaf-aggregate.h"
#include "cli/kaf-verbs.h"
#include "store/kaf-commit.h"

static KafExit
commit (KafCli *cli, const KafAggregate *before, const KafAggregate *after, const char *ref)
{
  g_autoptr (KafChangeSet) set = kaf_change_set_new ("edit");
  g_autoptr (KafReceipt) receipt = NULL;
  g_autoptr (GError) error = NULL;
  KafFault fault = { 0, NULL };
  const KafField *field = NULL;

  for (guint i = 0; i < after->n_parts; i++)
    {
      g_autoptr (KafRecord) change = kaf_record_diff (before->parts[i], after->parts[i]);

      if (change == NULL)
        continue;
      if (!kaf_cli_may_write (cli, change, FALSE))
        return KAF_EXIT_USAGE;
      kaf_change_set_update (set, change);
    }
  receipt = kaf_commit (cli->db, set, &fault, NULL, &error);
  if (receipt != NULL)
    {
      if (!cli->json)
        g_print ("%s: %s\n", ref, receipt->batch != NULL ? _ ("changed") : _ ("unchanged"));
      return KAF_EXIT_OK;
    }
  if (fault.field != NULL && fault.change < kaf_change_set_get_size (set))
    field = kaf_entity_find_field (
        kaf_record_get_entity (kaf_change_set_get (set, fault.change)->record), fault.field);
  return kaf_cli_fail_error (field, NULL, error);
}

static KafExit
print_json (KafCli *cli, const KafEntity *entity, const char *id)
{
  g_autoptr (KafAggregate) now = kaf_aggregate_read (cli->db, entity, id, NULL);
  g_autoptr (JsonBuilder) builder = json_builder_new ();

  if (now == NULL)
    return KAF_EXIT_OK;
  json_builder_begin_object (builder);
  kaf_aggregate_to_json (now, cli->db, builder);
  json_builder_end_object (builder);
  kaf_cli_print_object (builder);
  return KAF_EXIT_OK;
}

static KafExit
run (KafCli *cli, GStrv args)
{
  g_auto (GStrv) words = g_strdupv (args);
  g_autoptr (KafAggregate) before = NULL;
  g_autoptr (KafAggregate) after = NULL;
  g_autoptr (KafCellReader) cells = NULL;
  g_autoptr (GError) error = NULL;
  g_autofree char *id = NULL;
  const KafEntity *entity = NULL;
  KafExit status;

  if (!kaf_cli_parse (cli, &kaf_verb_set, NULL, &words, 2, G_MAXUINT) ||
      !kaf_cli_open (cli, KAF_ACCESS_WRITE) || !kaf_cli_resolve (cli, words[1], &entity, &id))
    return KAF_EXIT_USAGE;

  before = kaf_aggregate_read (cli->db, entity, id, &error);
  if (before == NULL)
    return kaf_cli_fail_error (NULL, NULL, error);
  if (kaf_record_get_stamp (before->parts[0])->deleted_at > 0)
    return kaf_cli_fail (_ ("This record was deleted: restore it first."));
  after = kaf_aggregate_new (entity, id);
  cells = kaf_cell_reader_new (cli->db);
  for (guint i = 2; words[i] != NULL; i++)
    if (!kaf_aggregate_assign (after, cells, words[i]))
      return KAF_EXIT_USAGE;
  status = commit (cli, before, after, words[1]);
  return status == KAF_EXIT_OK && cli->json ? print_json (cli, entity, id) : status;
}

const KafVerb kaf_verb_set = {
  .name = "set",
  .arguments = "REF FIELD=VALUE…",
  .summary = N_ ("Changes fields of a record; an empty value makes a field unknown"),
  .run = run,
};
