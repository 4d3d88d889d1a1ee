/* SPDX-License-Identifier: GPL-3.0-or-later */
/* kafaatctl list: records of one kind, filtered and sorted by the store. */
#include "config.h"

#include <glib/gi18n-lib.h>

#include "cli/kaf-aggregate.h"
#include "cli/kaf-cli-query.h"
#include "cli/kaf-table.h"
#include "cli/kaf-verbs.h"
#include "record/kaf-listing.h"
#include "store/kaf-page.h"

/* Rows read at a time, and columns shown when --columns does not say. */
#define LOT 500
#define COLUMNS_SHOWN 4

typedef struct
{
  GStrv where;
  char *sort, *columns;
  gint64 limit;
} Options;

static void
options_clear (Options *self)
{
  g_strfreev (self->where);
  g_free (self->sort);
  g_free (self->columns);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Options, options_clear)

static gboolean
is_in_title (const KafEntity *entity, const char *field)
{
  return (entity->title != NULL && g_strv_contains (entity->title, field)) ||
         (entity->title_ar != NULL && g_strv_contains (entity->title_ar, field));
}

/* Fields that have a width in lists, a facet's own first; with JSON all of them. */
static char **
choose_columns (const KafEntity *entity, gboolean all)
{
  const KafEntity *root = kaf_entity_get_root (entity);
  const KafEntity *const order[] = { entity, root != entity ? root : NULL };
  const char *const *layout = kaf_listing_layout (entity);
  g_autoptr (GStrvBuilder) columns = g_strv_builder_new ();
  guint n = 0;

  for (guint part = 0; part < G_N_ELEMENTS (order) && order[part] != NULL; part++)
    for (const KafField *field = order[part]->fields; field->id != NULL; field++)
      if (all ||
          (field->list_width > 0 && n < COLUMNS_SHOWN && !is_in_title (order[part], field->id)))
        {
          g_strv_builder_add (columns, field->id);
          n++;
        }
  /* A register says who. */
  if (layout != NULL && g_strv_contains (layout, "created_by"))
    g_strv_builder_add (columns, "created_by");
  return g_strv_builder_end (columns);
}

static void
print_json (const KafRow *row, const KafEntity *entity, GStrv columns)
{
  g_autoptr (JsonBuilder) builder = json_builder_new ();

  json_builder_begin_object (builder);
  kaf_cli_add_text (builder, "entity", entity->id);
  kaf_cli_add_text (builder, "id", row->id);
  kaf_cli_add_text (builder, "ref", row->ref);
  kaf_cli_add_text (builder, "title", row->title);
  kaf_cli_add_text (builder, "title_ar", row->title_ar);
  json_builder_set_member_name (builder, "fields");
  json_builder_begin_object (builder);
  for (guint i = 0; columns[i] != NULL; i++)
    {
      const KafEntity *related = NULL;
      const KafField *field = kaf_query_resolve (entity, columns[i], NULL, &related);

      if (row->raw[i] == NULL && row->cells[i] == NULL)
        continue;
      json_builder_set_member_name (builder, columns[i]);
      if (field != NULL && related == NULL && row->raw[i] != NULL)
        kaf_value_to_json (field, row->raw[i], builder);
      else
        json_builder_add_string_value (builder,
                                       row->cells[i] != NULL ? row->cells[i] : row->raw[i]);
    }
  json_builder_end_object (builder);
  json_builder_end_object (builder);
  kaf_cli_print_object (builder);
}

static void
add_row (KafTable *table, const KafRow *row, GStrv columns)
{
  kaf_table_add (table, row->ref != NULL ? row->ref : row->id);
  kaf_table_add (table, row->title);
  kaf_table_add (table, row->title_ar);
  for (guint i = 0; columns[i] != NULL; i++)
    kaf_table_add (table, row->cells[i]);
}

static void
add_header (KafTable *table, const KafEntity *entity, GStrv columns, KafLang lang)
{
  kaf_table_add (table, _ ("Reference"));
  kaf_table_add (table, _ ("Title"));
  kaf_table_add (table, _ ("Title in Arabic"));
  for (guint i = 0; columns[i] != NULL; i++)
    {
      const KafField *field = kaf_query_resolve (entity, columns[i], NULL, NULL);
      const char *label =
          field != NULL ? _ (field->label) : kaf_listing_label (entity, columns[i], lang);

      kaf_table_add (table, label != NULL ? label : columns[i]);
    }
}

static KafExit
print_rows (KafCli *cli, const KafQuery *query, GStrv columns, gint64 limit)
{
  const KafEntity *entity = kaf_query_get_entity (query);
  g_autoptr (KafTable) table = kaf_table_new (3 + g_strv_length (columns));
  g_autoptr (GError) error = NULL;
  g_autoptr (GArray) places = kaf_page_places (cli->db, query, &error);

  if (places == NULL)
    return kaf_cli_fail_error (NULL, NULL, error);
  if (limit >= 0 && limit < places->len)
    g_array_set_size (places, (guint) limit);
  if (!cli->json)
    add_header (table, entity, columns, cli->lang);
  for (guint start = 0; start < places->len; start += LOT)
    {
      g_autoptr (GPtrArray) rows = kaf_page_rows (
          cli->db, entity, &g_array_index (places, guint32, start), MIN (LOT, places->len - start),
          (const char *const *) columns, cli->lang, &error);

      if (rows == NULL)
        return kaf_cli_fail_error (NULL, NULL, error);
      for (guint i = 0; i < rows->len; i++)
        {
          const KafRow *row = g_ptr_array_index (rows, i);

          if (row != NULL && cli->json)
            print_json (row, entity, columns);
          else if (row != NULL)
            add_row (table, row, columns);
        }
      kaf_table_print (table);
    }
  kaf_table_print (table);
  return KAF_EXIT_OK;
}

static gboolean
check_columns (const KafEntity *entity, GStrv columns)
{
  static const char *const others[] = { "ref",        "title",      "title_ar",     "updated_at",
                                        "created_at", "created_by", "availability", NULL };

  for (; *columns != NULL; columns++)
    if (!g_strv_contains (others, *columns) &&
        kaf_query_resolve (entity, *columns, NULL, NULL) == NULL)
      {
        kaf_cli_fail_no_field (entity, *columns);
        return FALSE;
      }
  return TRUE;
}

static KafExit
run (KafCli *cli, GStrv args)
{
  g_auto (Options) options = { .limit = -1 };
  const GOptionEntry entries[] = {
    { "where", 0, 0, G_OPTION_ARG_FILENAME_ARRAY, &options.where, N_ ("Only records where"),
      "FIELD=VALUE" },
    { "sort", 0, 0, G_OPTION_ARG_FILENAME, &options.sort, N_ ("Order; -FIELD turns it round"),
      "FIELD" },
    { "limit", 0, 0, G_OPTION_ARG_INT64, &options.limit, N_ ("Records to show at most"), "N" },
    { "columns", 0, 0, G_OPTION_ARG_FILENAME, &options.columns, N_ ("Columns, with commas"),
      "FIELDS" },
    { NULL },
  };
  g_auto (GStrv) words = g_strdupv (args);
  g_auto (GStrv) columns = NULL;
  g_autoptr (KafQuery) query = NULL;
  const KafEntity *entity;

  if (!kaf_cli_parse (cli, &kaf_verb_list, entries, &words, 1, 1))
    return KAF_EXIT_USAGE;
  entity = kaf_cli_find_entity (words[1]);
  if (entity == NULL || !kaf_cli_open (cli, KAF_ACCESS_READ))
    return KAF_EXIT_USAGE;
  columns = options.columns != NULL ? g_strsplit (options.columns, ",", -1)
                                    : choose_columns (entity, cli->json);
  query = kaf_cli_make_query (cli, entity, options.where, options.sort);
  if (query == NULL || !check_columns (entity, columns))
    return KAF_EXIT_USAGE;
  return print_rows (cli, query, columns, options.limit);
}

const KafVerb kaf_verb_list = {
  .name = "list",
  .arguments = "ENTITY [--where FIELD=VALUE]… [--sort FIELD] [--limit N]",
  .summary = N_ ("Lists records of one kind"),
  .run = run,
  .records = TRUE,
};
