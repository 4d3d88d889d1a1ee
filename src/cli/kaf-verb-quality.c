/* SPDX-License-Identifier: GPL-3.0-or-later */
/* kafaatctl quality: how fresh, complete and verified what is known of experts is, by network and source; whom to ask. */
#include "config.h"

#include <glib/gi18n-lib.h>

#include "base/kaf-number.h"
#include "cli/kaf-table.h"
#include "cli/kaf-verbs.h"
#include "schema/kaf-registry.h"
#include "store/kaf-quality-figures.h"

static void
add_count (JsonBuilder *builder, const char *name, gint64 n)
{
  if (n == KAF_QUALITY_HIDDEN)
    kaf_cli_add_text (builder, name, NULL);
  else
    kaf_cli_add_int (builder, name, n);
}

static void
print_json (const KafQuality *quality)
{
  g_autoptr (JsonBuilder) builder = json_builder_new ();
  g_autofree char *day = kaf_day_to_iso (quality->day);

  json_builder_begin_object (builder);
  kaf_cli_add_text (builder, "day", day);
  kaf_cli_add_int (builder, "all", quality->all);
  for (guint i = 0; i < KAF_QUALITY_N_MEASURES; i++)
    add_count (builder, kaf_quality_id (i), quality->n[i]);
  add_count (builder, "askable", quality->askable);
  json_builder_end_object (builder);
  kaf_cli_print_object (builder);
  for (guint axis = 0; axis < KAF_QUALITY_N_AXES; axis++)
    for (guint i = 0; i < quality->rows[axis]->len; i++)
      {
        const KafQualityRow *row = g_ptr_array_index (quality->rows[axis], i);
        g_autoptr (JsonBuilder) line = json_builder_new ();

        json_builder_begin_object (line);
        kaf_cli_add_text (line, "by", kaf_quality_axis_id (axis));
        kaf_cli_add_text (line, "code", row->code);
        kaf_cli_add_text (line, "title",
                          row->title != NULL ? row->title : _ (kaf_quality_axis_none (axis)));
        kaf_cli_add_int (line, "all", row->all);
        for (guint j = 0; j < KAF_QUALITY_N_CELLS; j++)
          add_count (line, kaf_quality_id (kaf_quality_cells[j]), row->n[j]);
        json_builder_end_object (line);
        kaf_cli_print_object (line);
      }
}

static void
add_number (KafTable *table, gint64 n, KafLang lang)
{
  g_autofree char *text = n != KAF_QUALITY_HIDDEN ? kaf_number_format (n, lang) : g_strdup ("–");

  kaf_table_add (table, text);
}

/* Rounded down: not everything is done until it is. */
static void
add_share (KafTable *table, gint64 n, gint64 all)
{
  g_autofree char *text = n != KAF_QUALITY_HIDDEN && all > 0
                              ? g_strdup_printf (C_ ("percentage", "%d %%"), (int) (n * 100 / all))
                              : NULL;

  kaf_table_add (table, text);
}

static void
print_measures (const KafQuality *quality, KafLang lang)
{
  g_autoptr (KafTable) table = kaf_table_new (3);

  kaf_table_add (table, _ ("Experts"));
  add_number (table, quality->all, lang);
  kaf_table_add (table, NULL);
  for (guint i = 0; i < KAF_QUALITY_N_MEASURES; i++)
    {
      kaf_table_add (table, _ (kaf_quality_label (i)));
      add_number (table, quality->n[i], lang);
      add_share (table, quality->n[i], quality->all);
    }
  kaf_table_add (table, _ ("Can be asked"));
  add_number (table, quality->askable, lang);
  add_share (table, quality->askable, quality->all);
  kaf_table_print (table);
}

static void
print_axis (const KafQuality *quality, KafQualityAxis axis, KafLang lang)
{
  static const char *const headings[KAF_QUALITY_N_AXES] = { N_ ("Network"), N_ ("Source"),
                                                            N_ ("Source of the import") };
  g_autoptr (KafTable) table = kaf_table_new (KAF_QUALITY_N_CELLS + 2);

  kaf_table_add (table, _ (headings[axis]));
  kaf_table_add (table, _ ("Experts"));
  for (guint i = 0; i < KAF_QUALITY_N_CELLS; i++)
    kaf_table_add (table, _ (kaf_quality_label (kaf_quality_cells[i])));
  for (guint i = 0; i < quality->rows[axis]->len; i++)
    {
      const KafQualityRow *row = g_ptr_array_index (quality->rows[axis], i);

      kaf_table_add (table, row->title != NULL ? row->title : _ (kaf_quality_axis_none (axis)));
      add_number (table, row->all, lang);
      for (guint j = 0; j < KAF_QUALITY_N_CELLS; j++)
        add_number (table, row->n[j], lang);
    }
  g_print ("\n");
  kaf_table_print (table);
}

static KafExit
run (KafCli *cli, GStrv args)
{
  const GOptionEntry entries[] = { { NULL } };
  g_auto (GStrv) words = g_strdupv (args);
  g_autoptr (KafQuery) all = kaf_query_new (kaf_registry_find ("expert"));
  g_autoptr (KafQuality) quality = NULL;
  g_autoptr (GError) error = NULL;

  if (!kaf_cli_parse (cli, &kaf_verb_quality, entries, &words, 0, 0) ||
      !kaf_cli_open (cli, KAF_ACCESS_READ))
    return KAF_EXIT_USAGE;
  quality = kaf_quality_read (cli->db, all, KAF_DAY_UNKNOWN, (1u << KAF_QUALITY_N_AXES) - 1,
                              cli->lang, NULL, &error);
  if (quality == NULL)
    return kaf_cli_fail_error (NULL, NULL, error);
  if (cli->json)
    {
      print_json (quality);
      return KAF_EXIT_OK;
    }
  print_measures (quality, cli->lang);
  for (guint axis = 0; axis < KAF_QUALITY_N_AXES; axis++)
    print_axis (quality, axis, cli->lang);
  return KAF_EXIT_OK;
}

const KafVerb kaf_verb_quality = {
  .name = "quality",
  .arguments = "",
  .summary = N_ ("Tells how fresh, complete and verified what is known of experts is"),
  .run = run,
};
