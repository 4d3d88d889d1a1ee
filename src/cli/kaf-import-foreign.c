/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "cli/kaf-import-foreign.h"

#include <glib/gi18n-lib.h>

#include "base/kaf-date.h"
#include "cli/kaf-import-inspect.h"
#include "exchange/kaf-column-guess.h"
#include "exchange/kaf-import-plan.h"
#include "schema/kaf-registry.h"

gboolean
kaf_import_foreign_is_asked (const KafImportForeign *options)
{
  return options->preview || options->maps != NULL || options->constants != NULL ||
         options->source != NULL || options->origin != NULL || options->date != NULL ||
         options->confidence != NULL || options->sheet != NULL || options->encoding != NULL ||
         options->separator != NULL || options->refused != NULL || options->month_first;
}

void
kaf_import_foreign_clear (KafImportForeign *options)
{
  g_strfreev (options->maps);
  g_strfreev (options->constants);
  g_free (options->source);
  g_free (options->origin);
  g_free (options->date);
  g_free (options->confidence);
  g_free (options->sheet);
  g_free (options->encoding);
  g_free (options->separator);
  g_free (options->refused);
}

/* ---- The mapping ---- */

static gboolean
read_map (KafImportMap *map, const char *text, GError **error)
{
  g_autofree char *json = NULL;
  g_auto (GStrv) parts = NULL;

  if (strchr (text, '=') == NULL)
    return g_file_get_contents (text, &json, NULL, error) &&
           kaf_import_map_apply_json (map, json, error);
  parts = g_strsplit (text, ",", -1);
  for (guint i = 0; parts[i] != NULL; i++)
    if (!kaf_import_map_assign (map, parts[i], error))
      return FALSE;
  return TRUE;
}

static gboolean
read_constant (KafImportMap *map, const char *text, GError **error)
{
  g_auto (GStrv) parts = g_strsplit (text, "=", 2);

  return kaf_import_map_set_constant (map, parts[0], parts[0] != NULL ? parts[1] : NULL, error);
}

/* A code of a choice of claims, or NULL with a sentence. */
static gboolean
take_choice (char **place, const char *field_id, const char *code)
{
  const KafField *field = kaf_entity_find_field (kaf_registry_find ("source_claim"), field_id);
  g_autoptr (GString) codes = g_string_new (NULL);

  if (code == NULL)
    return TRUE;
  if (kaf_field_find_choice (field, code) != NULL)
    {
      kaf_import_map_set_text (place, code);
      return TRUE;
    }
  for (const KafChoice *choice = field->choices; choice->code != NULL; choice++)
    g_string_append_printf (codes, "%s%s", codes->len > 0 ? ", " : "", choice->code);
  kaf_cli_fail_printf (_ ("There is no “%s” for --%s: it is one of %s."), code, field_id,
                       codes->str);
  return FALSE;
}

static gboolean
take_date (KafImportMap *map, const char *text)
{
  g_autofree char *day = text != NULL ? kaf_date_normalise (text, FALSE, NULL) : NULL;

  if (text != NULL && day == NULL)
    {
      kaf_cli_fail_printf (_ ("“%s” is no date: write it as 2026-11-22."), text);
      return FALSE;
    }
  if (day != NULL)
    kaf_import_map_set_text (&map->claimed_on, day);
  return TRUE;
}

/* FALSE: it was told what is wrong. */
static gboolean
fill_map (KafImportMap *map, const KafImportForeign *options, GFile *file)
{
  g_autoptr (GError) error = NULL;
  gboolean done = TRUE;

  for (guint i = 0; done && options->maps != NULL && options->maps[i] != NULL; i++)
    done = read_map (map, options->maps[i], &error);
  for (guint i = 0; done && options->constants != NULL && options->constants[i] != NULL; i++)
    done = read_constant (map, options->constants[i], &error);
  if (!done)
    {
      kaf_cli_fail_error (NULL, NULL, error);
      return FALSE;
    }
  if (options->month_first)
    map->month_first = TRUE;
  if (options->source != NULL)
    kaf_import_map_set_text (&map->source, options->source);
  if (map->source == NULL)
    map->source = g_file_get_basename (file);
  return take_choice (&map->origin, "origin", options->origin) &&
         take_choice (&map->confidence, "confidence", options->confidence) &&
         take_date (map, options->date);
}

static gboolean
choose_sheet (KafTableReader *reader, const char *sheet, GError **error)
{
  guint64 number = sheet != NULL ? g_ascii_strtoull (sheet, NULL, 10) : 0;

  if (sheet == NULL)
    return TRUE;
  for (guint i = 0; i < kaf_table_reader_get_n_sheets (reader); i++)
    if (g_str_equal (kaf_table_reader_get_sheet (reader, i)->name, sheet))
      return kaf_table_reader_choose (reader, i, NULL, error);
  if (number >= 1 && number <= kaf_table_reader_get_n_sheets (reader))
    return kaf_table_reader_choose (reader, (guint) number - 1, NULL, error);
  g_set_error_literal (error, KAF_TABLE_ERROR, KAF_TABLE_ERROR_NO_SHEET, "no such sheet");
  return FALSE;
}

static KafTableReader *
open_table (GFile *file, const KafImportForeign *options, GError **error)
{
  const KafTableOptions table = {
    .encoding = options->encoding,
    .separator = options->separator == NULL                ? 0
                 : g_str_equal (options->separator, "TAB") ? '\t'
                                                           : options->separator[0],
  };
  g_autoptr (KafTableReader) reader = kaf_table_reader_open (file, &table, NULL, error);

  if (reader == NULL || !choose_sheet (reader, options->sheet, error))
    return NULL;
  return g_steal_pointer (&reader);
}

/* ---- Telling ---- */

static const char *
says_id (const KafImportSaid *said)
{
  return said->says == KAF_IMPORT_SAYS_NEW    ? "new"
         : said->says == KAF_IMPORT_SAYS_SAME ? "same"
                                              : "kept";
}

static void
add_said (JsonBuilder *builder, const GPtrArray *list)
{
  json_builder_set_member_name (builder, "values");
  json_builder_begin_array (builder);
  for (guint i = 0; i < list->len; i++)
    {
      const KafImportSaid *said = g_ptr_array_index (list, i);

      json_builder_begin_object (builder);
      kaf_cli_add_text (builder, "field", said->field->id);
      kaf_cli_add_text (builder, "before", said->before);
      kaf_cli_add_text (builder, "after", said->after);
      kaf_cli_add_text (builder, "says", says_id (said));
      json_builder_end_object (builder);
    }
  json_builder_end_array (builder);
}

static void
print_row_json (const KafImportPlanRow *row,
                const char *ref,
                const char *reasons,
                const GPtrArray *said)
{
  g_autoptr (JsonBuilder) builder = json_builder_new ();

  json_builder_begin_object (builder);
  kaf_cli_add_int (builder, "row", row->number);
  kaf_cli_add_text (builder, "outcome", kaf_import_outcome_id (row->outcome));
  kaf_cli_add_text (builder, "title", row->title);
  kaf_cli_add_text (builder, "id", row->id);
  kaf_cli_add_text (builder, "ref", ref);
  if (row->likelihood > 0)
    {
      json_builder_set_member_name (builder, "likelihood");
      json_builder_add_double_value (builder, row->likelihood);
    }
  kaf_cli_add_text (builder, "reasons", reasons);
  kaf_cli_add_text (builder, "error", row->sentence);
  if (said != NULL)
    add_said (builder, said);
  json_builder_end_object (builder);
  kaf_cli_print_object (builder);
}

static void
print_row_text (const KafImportPlan *plan,
                const KafImportPlanRow *row,
                const char *name,
                const char *ref,
                const char *reasons,
                const GPtrArray *said)
{
  static const char *const outcomes[] = { N_ ("new"), N_ ("changed"), N_ ("same"),
                                          N_ ("likely duplicate"), N_ ("refused") };

  g_print ("%u  %s  %s", row->number, _ (outcomes[row->outcome]), row->title);
  if (ref != NULL)
    g_print ("  %s %s", ref, name != NULL ? name : "");
  else if (row->of_row >= 0)
    {
      g_print ("  ");
      /* Translators: a row of a table, by its number */
      g_print (_ ("row %u"), kaf_import_plan_get (plan, (guint) row->of_row)->number);
    }
  g_print ("\n");
  if (row->sentence != NULL)
    g_print ("    %s\n", row->sentence);
  if (reasons != NULL)
    g_print ("    %s\n", reasons);
  for (guint i = 0; said != NULL && row->outcome == KAF_IMPORT_CHANGED && i < said->len; i++)
    {
      const KafImportSaid *one = g_ptr_array_index (said, i);
      const char *label = g_dgettext (GETTEXT_PACKAGE, one->field->label);

      if (one->says == KAF_IMPORT_SAYS_NEW)
        g_print ("    %s: %s → %s\n", label, one->before != NULL ? one->before : "–", one->after);
      else if (one->says == KAF_IMPORT_SAYS_OTHER)
        {
          g_print ("    ");
          /* Translators: the name of a field, a value that stays, and one that the source gives */
          g_print (_ ("%s: stays %s (the source says %s)"), label,
                   one->before != NULL ? one->before : "–", one->after);
          g_print ("\n");
        }
      else if (one->says == KAF_IMPORT_SAYS_FORBIDDEN)
        {
          g_print ("    %s: ", label);
          g_print (_ ("not taken in: %s; your role on the server does not allow writing it"),
                   one->after);
          g_print ("\n");
        }
    }
}

static void
print_row (KafCli *cli, KafImportPlan *plan, guint place)
{
  const KafImportPlanRow *row = kaf_import_plan_get (plan, place);
  g_autofree char *ref = NULL;
  g_autofree char *name = NULL;
  g_autofree char *reasons = NULL;
  g_autoptr (GPtrArray) said = NULL;

  if (row->outcome == KAF_IMPORT_SAME && !cli->json)
    return;
  name = kaf_import_plan_name_record (plan, cli->db, place, cli->lang, &ref);
  reasons = kaf_import_plan_tell (plan, cli->db, place, cli->lang);
  if (row->outcome != KAF_IMPORT_REFUSED)
    said = kaf_import_plan_list_said (plan, cli->db, place, cli->lang, NULL);
  if (cli->json)
    print_row_json (row, ref, reasons, said);
  else
    print_row_text (plan, row, name, ref, reasons, said);
}

static void
print_unknown (KafCli *cli, const KafImportPlan *plan)
{
  const GPtrArray *words = kaf_import_plan_get_unknown (plan);

  if (cli->json || words->len == 0)
    return;
  g_print (_ ("Words that are in no list; say in a mapping what they stand for:\n"));
  for (guint i = 0; i < words->len; i++)
    {
      const KafImportWord *word = g_ptr_array_index (words, i);

      g_print ("    %s: %s (%u)\n", kaf_import_plan_get_header (plan, word->column), word->text,
               word->n);
    }
}

static void
print_counts (KafCli *cli, const KafImportPlan *plan, const KafImportTaken *taken)
{
  g_autoptr (JsonBuilder) builder = NULL;
  guint n[KAF_N_IMPORT_OUTCOMES];

  for (guint i = 0; i < KAF_N_IMPORT_OUTCOMES; i++)
    n[i] = kaf_import_plan_count (plan, i);
  if (!cli->json)
    {
      g_print (_ ("%u rows: %u new, %u changed, %u the same, %u likely duplicates, %u refused.\n"),
               kaf_import_plan_get_n (plan), n[KAF_IMPORT_NEW], n[KAF_IMPORT_CHANGED],
               n[KAF_IMPORT_SAME], n[KAF_IMPORT_DUPLICATE], n[KAF_IMPORT_REFUSED]);
      if (taken != NULL)
        g_print (_ ("Imported: %u records made, %u changed; %u values noted with their source.\n"),
                 taken->n_created, taken->n_updated, taken->n_claims);
      return;
    }
  builder = json_builder_new ();
  json_builder_begin_object (builder);
  kaf_cli_add_int (builder, "rows", kaf_import_plan_get_n (plan));
  for (guint i = 0; i < KAF_N_IMPORT_OUTCOMES; i++)
    kaf_cli_add_int (builder, kaf_import_outcome_id (i), n[i]);
  if (taken != NULL)
    {
      kaf_cli_add_int (builder, "created", taken->n_created);
      kaf_cli_add_int (builder, "updated", taken->n_updated);
      kaf_cli_add_int (builder, "claims", taken->n_claims);
      kaf_cli_add_text (builder, "batch", taken->receipt != NULL ? taken->receipt->batch : NULL);
    }
  json_builder_end_object (builder);
  kaf_cli_print_object (builder);
}

/* ---- The work ---- */

static KafExit
save_refused (KafCli *cli, const KafImportPlan *plan, const char *path)
{
  g_autoptr (GFile) file = NULL;
  g_autoptr (GError) error = NULL;

  if (path == NULL || kaf_import_plan_count (plan, KAF_IMPORT_REFUSED) == 0)
    return KAF_EXIT_OK;
  file = g_file_new_for_commandline_arg (path);
  if (!kaf_import_plan_save_refused (plan, cli->db, file, NULL, &error))
    return kaf_cli_fail_error (NULL, NULL, error);
  return KAF_EXIT_OK;
}

static KafExit
finish (KafCli *cli, KafImportPlan *plan, const KafImportForeign *options)
{
  g_autoptr (KafImportTaken) taken = NULL;
  g_autoptr (GError) error = NULL;

  if (options->preview)
    {
      for (guint i = 0; i < kaf_import_plan_get_n (plan); i++)
        print_row (cli, plan, i);
      print_unknown (cli, plan);
    }
  else
    {
      taken = kaf_import_plan_take (plan, cli->db, NULL, NULL, NULL, &error);
      if (taken == NULL ||
          !kaf_import_map_remember (kaf_import_plan_get_map (plan), cli->db, &error))
        return kaf_cli_fail_error (NULL, NULL, error);
      for (guint i = 0; i < kaf_import_plan_get_n (plan); i++)
        if (kaf_import_plan_get (plan, i)->outcome == KAF_IMPORT_REFUSED)
          print_row (cli, plan, i);
    }
  print_counts (cli, plan, taken);
  if (save_refused (cli, plan, options->refused) != KAF_EXIT_OK)
    return KAF_EXIT_USAGE;
  return kaf_import_plan_count (plan, KAF_IMPORT_REFUSED) > 0 ? KAF_EXIT_FINDING : KAF_EXIT_OK;
}

KafExit
kaf_import_foreign (KafCli *cli,
                    const KafEntity *entity,
                    const char *path,
                    const KafImportForeign *options)
{
  g_autoptr (GFile) file = g_file_new_for_commandline_arg (path);
  g_autoptr (GError) error = NULL;
  g_autoptr (KafTableReader) reader = open_table (file, options, &error);
  g_autoptr (GPtrArray) rows = NULL;
  g_autoptr (KafImportMap) map = NULL;
  g_autoptr (KafImportPlan) plan = NULL;

  if (reader != NULL)
    rows = kaf_table_reader_peek (reader, KAF_COLUMN_GUESS_ROWS + 1, NULL, &error);
  if (rows == NULL)
    return kaf_cli_fail_error (NULL, NULL, error);
  map = kaf_import_map_new (entity, rows);
  kaf_import_map_recall (map, cli->db);
  if (!fill_map (map, options, file))
    return KAF_EXIT_USAGE;
  plan = kaf_import_plan_make (cli->db, reader, map, NULL, NULL, NULL, &error);
  if (plan == NULL)
    return kaf_cli_fail_error (NULL, NULL, error);
  return finish (cli, plan, options);
}
