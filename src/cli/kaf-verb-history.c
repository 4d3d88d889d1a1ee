/* SPDX-License-Identifier: GPL-3.0-or-later */
/* kafaatctl history: who changed which field of a record, when, from what to what. */
#include "config.h"

#include <glib/gi18n-lib.h>

#include "base/kaf-date.h"
#include "cli/kaf-aggregate.h"
#include "cli/kaf-table.h"
#include "cli/kaf-verbs.h"
#include "store/kaf-read.h"

/* Changes shown when --limit does not say. */
#define LIMIT 1000

static const char *
describe_kind (KafChangeKind kind)
{
  switch (kind)
    {
    case KAF_CHANGE_CREATE:
      return "create";
    case KAF_CHANGE_DELETE:
      return "delete";
    case KAF_CHANGE_RESTORE:
      return "restore";
    case KAF_CHANGE_UPDATE:
    default:
      return "update";
    }
}

static const char *
translate_kind (KafChangeKind kind)
{
  switch (kind)
    {
    case KAF_CHANGE_CREATE:
      return _ ("Record created");
    case KAF_CHANGE_DELETE:
      return _ ("Record deleted");
    case KAF_CHANGE_RESTORE:
      return _ ("Record restored");
    case KAF_CHANGE_UPDATE:
    default:
      return _ ("Record changed");
    }
}

static void
add_value (JsonBuilder *builder, const char *name, const KafField *field, const char *value)
{
  json_builder_set_member_name (builder, name);
  if (field != NULL)
    kaf_value_to_json (field, value, builder);
  else
    json_builder_add_null_value (builder);
}

static void
print_json (const KafHistoryItem *item)
{
  g_autoptr (JsonBuilder) builder = json_builder_new ();

  json_builder_begin_object (builder);
  kaf_cli_add_time (builder, "when", item->when);
  kaf_cli_add_text (builder, "author", item->author);
  kaf_cli_add_text (builder, "batch", item->batch);
  kaf_cli_add_text (builder, "label", item->label);
  kaf_cli_add_text (builder, "entity", item->entity->id);
  kaf_cli_add_text (builder, "kind", describe_kind (item->kind));
  kaf_cli_add_text (builder, "field", item->field != NULL ? item->field->id : NULL);
  add_value (builder, "before", item->field, item->before);
  add_value (builder, "after", item->field, item->after);
  json_builder_end_object (builder);
  kaf_cli_print_object (builder);
}

static void
add_row (KafTable *table, const KafHistoryItem *item, KafLang lang)
{
  g_autofree char *when = kaf_time_format (item->when, lang);
  g_autofree char *change = NULL;

  if (item->field != NULL)
    change = g_strdup_printf ("%s → %s", item->before_text != NULL ? item->before_text : "–",
                              item->after_text != NULL ? item->after_text : "–");
  kaf_table_add (table, when);
  kaf_table_add (table, item->author);
  kaf_table_add (table, item->field != NULL ? _ (item->field->label) : translate_kind (item->kind));
  kaf_table_add (table, change != NULL ? change : _ (item->entity->label));
}

static KafExit
run (KafCli *cli, GStrv args)
{
  int limit = LIMIT;
  const GOptionEntry entries[] = {
    { "limit", 0, 0, G_OPTION_ARG_INT, &limit, N_ ("Changes to show at most"), "N" },
    { NULL },
  };
  g_auto (GStrv) words = g_strdupv (args);
  g_autoptr (GPtrArray) items = NULL;
  g_autoptr (KafTable) table = kaf_table_new (4);
  g_autoptr (GError) error = NULL;
  g_autofree char *id = NULL;
  const KafEntity *entity = NULL;

  if (!kaf_cli_parse (cli, &kaf_verb_history, entries, &words, 1, 1) ||
      !kaf_cli_open (cli, KAF_ACCESS_READ) || !kaf_cli_resolve (cli, words[1], &entity, &id))
    return KAF_EXIT_USAGE;

  items = kaf_read_history (cli->db, entity, id, (guint) MAX (limit, 1), cli->lang, &error);
  if (items == NULL)
    return kaf_cli_fail_error (NULL, NULL, error);
  for (guint i = 0; i < items->len; i++)
    {
      if (cli->json)
        print_json (g_ptr_array_index (items, i));
      else
        add_row (table, g_ptr_array_index (items, i), cli->lang);
    }
  kaf_table_print (table);
  return KAF_EXIT_OK;
}

const KafVerb kaf_verb_history = {
  .name = "history",
  .arguments = "REF",
  .summary = N_ ("Shows who changed what in a record, and when; the newest first"),
  .run = run,
  .records = TRUE,
};
