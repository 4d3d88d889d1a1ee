/* SPDX-License-Identifier: GPL-3.0-or-later */
/* kafaatctl count-2030: the count of 2030 at a day, by a breakdown, month by month; closing a month; the definitions. */
#include "config.h"

#include <glib/gi18n-lib.h>

#include "base/kaf-bidi.h"
#include "base/kaf-date.h"
#include "base/kaf-number.h"
#include "cli/kaf-table.h"
#include "cli/kaf-verbs.h"
#include "schema/kaf-role.h"
#include "store/kaf-mission-settings.h"
#include "store/kaf-target.h"

typedef struct
{
  char *at, *by, *close;
  gboolean series, definitions;
} Options;

static void
add_stages (JsonBuilder *builder, const guint *n)
{
  for (guint stage = 0; stage < KAF_TARGET_N_STAGES; stage++)
    if (kaf_few_is_told (n[stage]))
      kaf_cli_add_int (builder, kaf_target_stage_id (stage), n[stage]);
    else
      kaf_cli_add_text (builder, kaf_target_stage_id (stage), NULL);
}

static void
add_numbers (KafTable *table, const guint *n, KafLang lang)
{
  for (guint stage = 0; stage < KAF_TARGET_N_STAGES; stage++)
    {
      g_autofree char *number = kaf_few_format (n[stage], lang);

      kaf_table_add (table, number);
    }
}

static void
add_heading (KafTable *table, const char *first)
{
  kaf_table_add (table, first);
  for (guint stage = 0; stage < KAF_TARGET_N_STAGES; stage++)
    kaf_table_add (table, _ (kaf_target_stage_label (stage)));
}

static void
add_day (JsonBuilder *builder, const char *name, KafDay day)
{
  g_autofree char *iso = kaf_day_to_iso (day);

  kaf_cli_add_text (builder, name, iso);
}

/* Definitions */

static KafExit
print_definitions (KafCli *cli)
{
  KafTargetSettings settings = kaf_target_settings_read (cli->db, NULL);
  g_autofree char *days = kaf_number_format (settings.days, cli->lang);
  g_autofree char *months = kaf_number_format (settings.months, cli->lang);

  for (guint stage = 0; stage < KAF_TARGET_N_STAGES; stage++)
    {
      g_autofree char *text = kaf_target_stage_define (stage, days, months, cli->lang);

      if (cli->json)
        {
          g_autoptr (JsonBuilder) builder = json_builder_new ();

          json_builder_begin_object (builder);
          kaf_cli_add_text (builder, "stage", kaf_target_stage_id (stage));
          kaf_cli_add_text (builder, "definition", text);
          json_builder_end_object (builder);
          kaf_cli_print_object (builder);
        }
      else
        g_print ("%s\n  %s\n", _ (kaf_target_stage_label (stage)), text);
    }
  return KAF_EXIT_OK;
}

/* From who sees totals alone, small numbers. */
static gboolean
hides (KafCli *cli)
{
  const KafRole *role = kaf_mission_read_role (cli->db);

  return role == NULL || role->aggregates_only;
}

/* Month by month */

static KafExit
print_series (KafCli *cli, KafDay to)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GArray) points = kaf_target_series (cli->db, KAF_DAY_UNKNOWN, to, hides (cli), &error);
  g_autoptr (KafTable) table = kaf_table_new (KAF_TARGET_N_STAGES + 2);

  if (points == NULL)
    return kaf_cli_fail_error (NULL, NULL, error);
  add_heading (table, _ ("Day"));
  kaf_table_add (table, NULL);
  for (guint i = 0; i < points->len; i++)
    {
      const KafTargetPoint *point = &g_array_index (points, KafTargetPoint, i);
      g_autofree char *iso = kaf_day_to_iso (point->day);

      if (cli->json)
        {
          g_autoptr (JsonBuilder) builder = json_builder_new ();

          json_builder_begin_object (builder);
          kaf_cli_add_text (builder, "day", iso);
          add_stages (builder, point->n);
          json_builder_set_member_name (builder, "closed");
          json_builder_add_boolean_value (builder, point->closed);
          json_builder_end_object (builder);
          kaf_cli_print_object (builder);
          continue;
        }
      kaf_table_add (table, iso);
      add_numbers (table, point->n, cli->lang);
      kaf_table_add (table, point->closed ? _ ("closed") : NULL);
    }
  if (!cli->json)
    kaf_table_print (table);
  return KAF_EXIT_OK;
}

/* A count */

static void
print_json (const KafTargetCount *count, KafTargetAxis axis, KafLang lang)
{
  const GPtrArray *cells = count->cells[axis];
  g_autoptr (JsonBuilder) builder = json_builder_new ();

  json_builder_begin_object (builder);
  add_day (builder, "day", count->day);
  add_stages (builder, count->n);
  if (count->settings.goal > 0)
    {
      kaf_cli_add_int (builder, "path", count->path);
      kaf_cli_add_int (builder, "goal", count->settings.goal);
      add_day (builder, "goal_on", count->settings.end);
    }
  json_builder_set_member_name (builder, "closed");
  json_builder_add_boolean_value (builder, count->closed);
  json_builder_set_member_name (builder, "part");
  json_builder_add_boolean_value (builder, count->part);
  json_builder_end_object (builder);
  kaf_cli_print_object (builder);
  for (guint i = 0; cells != NULL && i < cells->len; i++)
    {
      const KafTargetCell *cell = cells->pdata[i];
      g_autoptr (JsonBuilder) line = json_builder_new ();

      json_builder_begin_object (line);
      kaf_cli_add_text (line, "by", kaf_target_axis_id (axis));
      kaf_cli_add_text (line, "code", cell->code);
      kaf_cli_add_text (line, "title", kaf_target_cell_title (cell, lang));
      add_stages (line, cell->n);
      json_builder_end_object (line);
      kaf_cli_print_object (line);
    }
}

static void
print_text (const KafTargetCount *count, KafTargetAxis axis, KafLang lang)
{
  const GPtrArray *cells = count->cells[axis];
  g_autoptr (KafTable) table = kaf_table_new (KAF_TARGET_N_STAGES + 1);
  g_autofree char *iso = kaf_day_to_iso (count->day);
  g_autofree char *day = kaf_date_format (iso, lang, KAF_DATE_LONG);
  g_autofree char *path = kaf_number_format (count->path, lang);
  g_autofree char *goal = kaf_number_format (count->settings.goal, lang);

  add_heading (table, day);
  kaf_table_add (table, count->closed ? _ ("All (closed)") : _ ("All"));
  add_numbers (table, count->n, lang);
  for (guint i = 0; cells != NULL && i < cells->len; i++)
    {
      kaf_table_add (table, kaf_target_cell_title (cells->pdata[i], lang));
      add_numbers (table, ((const KafTargetCell *) cells->pdata[i])->n, lang);
    }
  kaf_table_print (table);
  if (count->part)
    g_print ("%s\n",
             _ ("Counted in your scope on the server alone: the goal is one of all records."));
  else if (count->settings.goal > 0)
    /* Translators: two numbers of persons. */
    g_print (_ ("Path: %s of %s\n"), path, goal);
}

static KafExit
print_count (KafCli *cli, KafDay day, KafTargetAxis axis)
{
  const KafTargetQuery query = { .day = day,
                                 .axes = axis != KAF_TARGET_ALL ? 1u << axis : 0,
                                 .hide = hides (cli),
                                 .lang = cli->lang };
  g_autoptr (GError) error = NULL;
  g_autoptr (KafTargetCount) count = kaf_target_count (cli->db, &query, NULL, &error);

  if (count == NULL)
    return kaf_cli_fail_error (NULL, NULL, error);
  if (cli->json)
    print_json (count, axis, cli->lang);
  else
    print_text (count, axis, cli->lang);
  return KAF_EXIT_OK;
}

static KafExit
close_month (KafCli *cli, const char *month)
{
  const char *months[] = { month, NULL };
  g_autoptr (GError) error = NULL;
  g_autoptr (KafReceipt) receipt = kaf_target_close (cli->db, months, NULL, &error);

  if (receipt == NULL && g_error_matches (error, KAF_STORE_ERROR, KAF_STORE_ERROR_REFUSED))
    return kaf_cli_fail (_ (error->message));
  if (receipt == NULL)
    return kaf_cli_fail_error (NULL, NULL, error);
  if (!cli->json)
    g_print (_ ("%s is closed: its figures stand whatever is erased.\n"), month);
  return KAF_EXIT_OK;
}

static KafExit
run_asked (KafCli *cli, const Options *options)
{
  KafTargetAxis axis = options->by != NULL ? kaf_target_axis_parse (options->by) : KAF_TARGET_ALL;
  KafDay day = kaf_day_parse (options->at);

  if (axis == KAF_TARGET_N_AXES)
    return kaf_cli_fail (_ ("A breakdown is country, sector, network or region."));
  if (options->at != NULL && !kaf_date_is_valid (options->at, FALSE))
    return kaf_cli_fail_printf (_ ("Write the day “%s” as 2026-11-28."), options->at);
  if (!kaf_cli_open (cli, options->close != NULL ? KAF_ACCESS_WRITE : KAF_ACCESS_READ))
    return KAF_EXIT_USAGE;
  if (options->close != NULL)
    return close_month (cli, options->close);
  if (options->definitions)
    return print_definitions (cli);
  if (options->series)
    return print_series (cli, day);
  return print_count (cli, day, axis);
}

static void
options_clear (Options *self)
{
  g_free (self->at);
  g_free (self->by);
  g_free (self->close);
}

static KafExit
run (KafCli *cli, GStrv args)
{
  Options options = { 0 };
  const GOptionEntry entries[] = {
    { "at", 0, 0, G_OPTION_ARG_FILENAME, &options.at,
      N_ ("At the end of that day instead of today"), N_ ("DAY") },
    { "by", 0, 0, G_OPTION_ARG_FILENAME, &options.by, N_ ("By country, sector, network or region"),
      N_ ("BREAKDOWN") },
    { "series", 0, 0, G_OPTION_ARG_NONE, &options.series, N_ ("Month by month"), NULL },
    { "close", 0, 0, G_OPTION_ARG_FILENAME, &options.close,
      N_ ("Close a month that is over: its figures stand from then on"), N_ ("MONTH") },
    { "definitions", 0, 0, G_OPTION_ARG_NONE, &options.definitions, N_ ("Say what is counted"),
      NULL },
    { NULL },
  };
  g_auto (GStrv) words = g_strdupv (args);
  KafExit result = KAF_EXIT_USAGE;

  if (kaf_cli_parse (cli, &kaf_verb_count_2030, entries, &words, 0, 0))
    result = run_asked (cli, &options);
  options_clear (&options);
  return result;
}

const KafVerb kaf_verb_count_2030 = {
  .name = "count-2030",
  .arguments = "",
  .summary = N_ ("Counts who is identified, engaged and mobilised towards 2030"),
  .run = run,
};
