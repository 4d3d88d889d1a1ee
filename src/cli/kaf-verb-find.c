/* SPDX-License-Identifier: GPL-3.0-or-later */
/* kafaatctl find: the general search, across scripts. */
#include "config.h"

#include <glib/gi18n-lib.h>

#include "cli/kaf-aggregate.h"
#include "cli/kaf-table.h"
#include "cli/kaf-verbs.h"
#include "store/kaf-page.h"

#define LIMIT 20

static void
add_fields (const KafRecord *record, JsonBuilder *builder)
{
  const KafField *fields = kaf_record_get_entity (record)->fields;

  for (guint i = 0; fields[i].id != NULL; i++)
    {
      const char *canonical = kaf_record_get_at (record, i);

      if (canonical == NULL || fields[i].list_width == 0)
        continue;
      json_builder_set_member_name (builder, fields[i].id);
      kaf_value_to_json (&fields[i], canonical, builder);
    }
}

/* The text that was found: a title when nothing else is told. */
static const char *
get_match (const KafRow *row)
{
  if (row->match != NULL)
    return row->match;
  return row->title != NULL && *row->title != '\0' ? row->title : row->title_ar;
}

/* The fields are those that stand in lists. */
static void
print_json (KafCli *cli, const KafRow *row)
{
  g_autoptr (KafAggregate) record = kaf_aggregate_read (cli->db, row->entity, row->id, NULL);
  g_autoptr (JsonBuilder) builder = json_builder_new ();

  json_builder_begin_object (builder);
  kaf_cli_add_text (builder, "entity", row->entity->id);
  kaf_cli_add_text (builder, "id", row->id);
  kaf_cli_add_text (builder, "ref", row->ref);
  kaf_cli_add_text (builder, "title", row->title);
  kaf_cli_add_text (builder, "title_ar", row->title_ar);
  json_builder_set_member_name (builder, "fields");
  json_builder_begin_object (builder);
  for (guint i = 0; record != NULL && i < record->n_parts; i++)
    add_fields (record->parts[i], builder);
  json_builder_end_object (builder);
  kaf_cli_add_text (builder, "match", get_match (row));
  json_builder_end_object (builder);
  kaf_cli_print_object (builder);
}

static void
add_row (KafTable *table, const KafRow *row)
{
  kaf_table_add (table, row->ref != NULL ? row->ref : row->id);
  kaf_table_add (table, _ (row->entity->label));
  kaf_table_add (table, row->title);
  kaf_table_add (table, row->title_ar);
  kaf_table_add (table, row->match != NULL ? row->match : row->n_cells > 0 ? row->cells[0] : NULL);
}

static KafExit
run (KafCli *cli, GStrv args)
{
  g_autofree char *entity_name = NULL;
  int limit = LIMIT;
  const GOptionEntry entries[] = {
    { "entity", 0, 0, G_OPTION_ARG_FILENAME, &entity_name, N_ ("Only this kind of record"),
      "ENTITY" },
    { "limit", 0, 0, G_OPTION_ARG_INT, &limit, N_ ("Records to show at most"), "N" },
    { NULL },
  };
  g_auto (GStrv) words = g_strdupv (args);
  g_autoptr (GPtrArray) rows = NULL;
  g_autoptr (KafTable) table = kaf_table_new (5);
  g_autoptr (GError) error = NULL;
  g_autofree char *text = NULL;
  const KafEntity *entity = NULL;

  if (!kaf_cli_parse (cli, &kaf_verb_find, entries, &words, 1, G_MAXUINT))
    return KAF_EXIT_USAGE;
  if (entity_name != NULL && (entity = kaf_cli_find_entity (entity_name)) == NULL)
    return KAF_EXIT_USAGE;
  if (!kaf_cli_open (cli, KAF_ACCESS_READ))
    return KAF_EXIT_USAGE;

  text = g_strjoinv (" ", words + 1);
  rows = kaf_search_everywhere (cli->db, text, entity, cli->lang, (guint) MAX (limit, 1), &error);
  if (rows == NULL)
    return kaf_cli_fail_error (NULL, NULL, error);
  for (guint i = 0; i < rows->len; i++)
    {
      if (cli->json)
        print_json (cli, g_ptr_array_index (rows, i));
      else
        add_row (table, g_ptr_array_index (rows, i));
    }
  kaf_table_print (table);
  return KAF_EXIT_OK;
}

const KafVerb kaf_verb_find = {
  .name = "find",
  .arguments = "TEXT [--entity ENTITY] [--limit N]",
  .summary = N_ ("Finds records by name, in either script, by phone, e-mail or reference"),
  .run = run,
  .records = TRUE,
};
