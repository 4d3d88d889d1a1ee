/* SPDX-License-Identifier: GPL-3.0-or-later */
/* kafaatctl drafts: forms that were not saved on this device. What was typed is shown with --json
 * alone. */
#include "config.h"

#include <glib/gi18n-lib.h>

#include "base/kaf-date.h"
#include "cli/kaf-table.h"
#include "cli/kaf-verbs.h"
#include "store/kaf-drafts.h"

static void
print_json (const KafDraft *draft)
{
  g_autoptr (JsonBuilder) builder = json_builder_new ();
  g_autoptr (JsonNode) fields = json_from_string (draft->fields, NULL);

  json_builder_begin_object (builder);
  kaf_cli_add_text (builder, "entity", draft->entity->id);
  kaf_cli_add_text (builder, "slot", draft->slot);
  kaf_cli_add_time (builder, "when", draft->when);
  json_builder_set_member_name (builder, "fields");
  if (fields != NULL)
    json_builder_add_value (builder, g_steal_pointer (&fields));
  else
    json_builder_add_null_value (builder);
  json_builder_end_object (builder);
  kaf_cli_print_object (builder);
}

static void
add_row (KafTable *table, const KafDraft *draft, KafLang lang)
{
  g_autofree char *when = kaf_time_format (draft->when, lang);

  kaf_table_add (table, when);
  kaf_table_add (table, _ (draft->entity->label));
  kaf_table_add (table, draft->slot);
}

static KafExit
run (KafCli *cli, GStrv args)
{
  g_auto (GStrv) words = g_strdupv (args);
  g_autoptr (GPtrArray) drafts = NULL;
  g_autoptr (KafTable) table = kaf_table_new (3);
  g_autoptr (GError) error = NULL;

  if (!kaf_cli_parse (cli, &kaf_verb_drafts, NULL, &words, 0, 0) ||
      !kaf_cli_open (cli, KAF_ACCESS_READ))
    return KAF_EXIT_USAGE;
  drafts = kaf_draft_list_forms (cli->db, &error);
  if (drafts == NULL)
    return kaf_cli_fail_error (NULL, NULL, error);
  for (guint i = 0; i < drafts->len; i++)
    {
      if (cli->json)
        print_json (g_ptr_array_index (drafts, i));
      else
        add_row (table, g_ptr_array_index (drafts, i), cli->lang);
    }
  kaf_table_print (table);
  return KAF_EXIT_OK;
}

const KafVerb kaf_verb_drafts = {
  .name = "drafts",
  .arguments = "",
  .summary = N_ ("Lists forms that were not saved"),
  .run = run,
  .records = TRUE,
};
