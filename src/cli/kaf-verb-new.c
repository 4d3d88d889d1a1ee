/* SPDX-License-Identifier: GPL-3.0-or-later */
/* kafaatctl new: one record; of a facet, its owner too, unless id=REF names one that is there. */
#include "config.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "cli/kaf-aggregate.h"
#include "cli/kaf-verbs.h"
#include "store/kaf-commit.h"
#include "store/kaf-read.h"

/* The id that id=… asks for: of a record that is there, or one to come. NULL without such a word;
 * *known tells which. */
static char *
take_id (KafCli *cli, const KafEntity *entity, GStrv words, gboolean *known)
{
  for (; *words != NULL; words++)
    {
      const KafEntity *found;
      char *id = NULL;

      if (!g_str_has_prefix (*words, "id="))
        continue;
      *known = kaf_read_resolve (cli->db, *words + strlen ("id="), kaf_entity_get_root (entity),
                                 &found, &id, NULL);
      return *known ? id : g_strdup (*words + strlen ("id="));
    }
  return NULL;
}

static gboolean
create (KafCli *cli, KafTransaction *transaction, KafAggregate *record, gboolean owner_known)
{
  g_autofree char *id = g_strdup (kaf_record_get_id (record->parts[0]));

  for (guint i = owner_known && record->n_parts > 1 ? 1 : 0; i < record->n_parts; i++)
    {
      g_autofree char *made = NULL;
      g_autoptr (GError) error = NULL;
      KafFault fault = { 0, NULL };

      if (!kaf_cli_may_write (cli, record->parts[i], TRUE))
        return FALSE;
      if (id != NULL)
        kaf_record_set_id (record->parts[i], id);
      if (!kaf_transaction_apply (transaction, KAF_CHANGE_CREATE, record->parts[i], &made, &fault,
                                  &error))
        {
          kaf_cli_fail_error (
              fault.field != NULL
                  ? kaf_entity_find_field (kaf_record_get_entity (record->parts[i]), fault.field)
                  : NULL,
              NULL, error);
          return FALSE;
        }
      if (id == NULL)
        id = g_steal_pointer (&made);
    }
  kaf_record_set_id (record->parts[0], id);
  return TRUE;
}

static KafExit
print_made (KafCli *cli, const KafEntity *entity, const char *id)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (KafAggregate) made = kaf_aggregate_read (cli->db, entity, id, &error);
  g_autoptr (JsonBuilder) builder = json_builder_new ();
  const char *ref;

  if (made == NULL)
    return kaf_cli_fail_error (NULL, NULL, error);
  if (cli->json)
    {
      json_builder_begin_object (builder);
      kaf_aggregate_to_json (made, cli->db, builder);
      json_builder_end_object (builder);
      kaf_cli_print_object (builder);
      return KAF_EXIT_OK;
    }
  ref = kaf_record_get_ref (kaf_aggregate_get_record (made));
  g_print ("%s\n", ref != NULL ? ref : id);
  return KAF_EXIT_OK;
}

static KafExit
run (KafCli *cli, GStrv args)
{
  g_auto (GStrv) words = g_strdupv (args);
  g_autoptr (KafAggregate) record = NULL;
  g_autoptr (KafCellReader) cells = NULL;
  g_autoptr (KafReceipt) receipt = NULL;
  g_autoptr (GError) error = NULL;
  g_autofree char *id = NULL;
  const KafEntity *entity;
  KafTransaction *transaction;
  gboolean known = FALSE;

  if (!kaf_cli_parse (cli, &kaf_verb_new, NULL, &words, 2, G_MAXUINT))
    return KAF_EXIT_USAGE;
  entity = kaf_cli_find_entity (words[1]);
  if (entity == NULL || !kaf_cli_open (cli, KAF_ACCESS_CREATE))
    return KAF_EXIT_USAGE;

  id = take_id (cli, entity, words + 2, &known);
  record = kaf_aggregate_new (entity, id);
  cells = kaf_cell_reader_new (cli->db);
  for (guint i = 2; words[i] != NULL; i++)
    if (!g_str_has_prefix (words[i], "id=") && !kaf_aggregate_assign (record, cells, words[i]))
      return KAF_EXIT_USAGE;

  transaction = kaf_transaction_begin (cli->db, "create", &error);
  if (transaction == NULL)
    return kaf_cli_fail_error (NULL, NULL, error);
  if (!create (cli, transaction, record, known))
    {
      kaf_transaction_abort (transaction);
      return KAF_EXIT_USAGE;
    }
  receipt = kaf_transaction_commit (transaction, &error);
  if (receipt == NULL)
    return kaf_cli_fail_error (NULL, NULL, error);
  return print_made (cli, entity, kaf_record_get_id (record->parts[0]));
}

const KafVerb kaf_verb_new = {
  .name = "new",
  .arguments = "ENTITY FIELD=VALUE…",
  .summary = N_ ("Adds a record and prints its reference"),
  .run = run,
};
