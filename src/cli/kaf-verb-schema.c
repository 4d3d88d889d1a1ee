/* SPDX-License-Identifier: GPL-3.0-or-later */
/* kafaatctl schema: the kinds of records and their fields, with who may see them: the register of
 * personal data that law 09-08 asks for. */
#include "config.h"

#include <glib/gi18n-lib.h>

#include "cli/kaf-table.h"
#include "cli/kaf-verbs.h"
#include "schema/kaf-registry.h"

static const char *const kind_names[] = {
  [KAF_KIND_TEXT] = "text",           [KAF_KIND_LONG_TEXT] = "long_text",
  [KAF_KIND_INTEGER] = "integer",     [KAF_KIND_MONEY] = "money",
  [KAF_KIND_DATE] = "date",           [KAF_KIND_PARTIAL_DATE] = "partial_date",
  [KAF_KIND_BOOLEAN] = "boolean",     [KAF_KIND_CHOICE] = "choice",
  [KAF_KIND_REFERENCE] = "reference", [KAF_KIND_EMAIL] = "email",
  [KAF_KIND_PHONE] = "phone",         [KAF_KIND_URL] = "url",
  [KAF_KIND_LANGUAGE] = "language",   [KAF_KIND_ATTACHMENT] = "attachment",
};

static const struct
{
  KafClass klass;
  const char *name;
  const char *label;
} classes[] = {
  { KAF_CLASS_PUBLIC, "public", N_ ("Public") },
  { KAF_CLASS_CONTACT, "contact", N_ ("Contact details") },
  { KAF_CLASS_IDENTITY, "identity", N_ ("Identity") },
  { KAF_CLASS_IDENTIFIER, "identifier", N_ ("Identifier") },
  { KAF_CLASS_PRIVATE, "private", N_ ("Private") },
};

static guint
find_class (const KafField *field)
{
  for (guint i = 0; i < G_N_ELEMENTS (classes); i++)
    if (classes[i].klass == kaf_field_get_class (field))
      return i;
  return 0;
}

/* The codes of a choice, "a|b|c"; for a reference its target. */
static char *
describe_values (const KafField *field)
{
  g_autoptr (GString) text = g_string_new (field->target);

  for (const KafChoice *choice = field->choices; choice != NULL && choice->code != NULL; choice++)
    g_string_append_printf (text, "%s%s", text->len > 0 ? "|" : "", choice->code);
  return text->len > 0 ? g_string_free (g_steal_pointer (&text), FALSE) : NULL;
}

static void
add_flag (JsonBuilder *builder, const char *name, gboolean value)
{
  json_builder_set_member_name (builder, name);
  json_builder_add_boolean_value (builder, value);
}

static void
print_json (const KafEntity *entity, const KafField *field)
{
  g_autoptr (JsonBuilder) builder = json_builder_new ();
  g_autofree char *values = describe_values (field);

  json_builder_begin_object (builder);
  kaf_cli_add_text (builder, "entity", entity->id);
  kaf_cli_add_text (builder, "owner", entity->owner);
  kaf_cli_add_text (builder, "field", field->id);
  kaf_cli_add_text (builder, "kind", kind_names[field->kind]);
  kaf_cli_add_text (builder, "label", _ (field->label));
  kaf_cli_add_text (builder, "class", classes[find_class (field)].name);
  kaf_cli_add_text (builder, "values", values);
  add_flag (builder, "many", kaf_field_is_many (field));
  add_flag (builder, "required", kaf_field_has (field, KAF_FIELD_REQUIRED));
  add_flag (builder, "hidden", kaf_field_has (field, KAF_FIELD_HIDDEN));
  kaf_cli_add_int (builder, "since", field->since);
  json_builder_end_object (builder);
  kaf_cli_print_object (builder);
}

static void
add_row (KafTable *table, const KafField *field)
{
  g_autofree char *values = describe_values (field);
  g_autofree char *id = g_strconcat ("  ", field->id, NULL);
  g_autofree char *kind =
      g_strconcat (kind_names[field->kind], kaf_field_is_many (field) ? "*" : "",
                   kaf_field_has (field, KAF_FIELD_REQUIRED) ? "!" : "", NULL);

  kaf_table_add (table, id);
  kaf_table_add (table, _ (field->label));
  kaf_table_add (table, kind);
  kaf_table_add (table, _ (classes[find_class (field)].label));
  kaf_table_add (table, values);
}

static void
print_entity (KafCli *cli, const KafEntity *entity)
{
  g_autoptr (KafTable) table = kaf_table_new (5);

  if (!cli->json)
    g_print ("%s: %s%s%s\n", entity->id, _ (entity->label), entity->owner != NULL ? ", " : "",
             entity->owner != NULL ? entity->owner : "");
  for (const KafField *field = entity->fields; field->id != NULL; field++)
    {
      if (cli->json)
        print_json (entity, field);
      else
        add_row (table, field);
    }
  kaf_table_print (table);
}

static KafExit
run (KafCli *cli, GStrv args)
{
  g_auto (GStrv) words = g_strdupv (args);
  const KafEntity *const *entities;
  const KafEntity *entity;
  guint n_entities;

  if (!kaf_cli_parse (cli, &kaf_verb_schema, NULL, &words, 0, 1))
    return KAF_EXIT_USAGE;
  if (words[1] != NULL)
    {
      entity = kaf_cli_find_entity (words[1]);
      if (entity == NULL)
        return KAF_EXIT_USAGE;
      print_entity (cli, entity);
      return KAF_EXIT_OK;
    }
  entities = kaf_registry_entities (&n_entities);
  for (guint i = 0; i < n_entities; i++)
    print_entity (cli, entities[i]);
  if (!cli->json)
    g_print ("%s\n", _ ("* several values, ! required"));
  return KAF_EXIT_OK;
}

const KafVerb kaf_verb_schema = {
  .name = "schema",
  .arguments = "[ENTITY]",
  .summary = N_ ("Lists kinds of records, their fields, and who may see them"),
  .run = run,
};
