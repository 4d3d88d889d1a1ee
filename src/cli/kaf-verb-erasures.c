/* SPDX-License-Identifier: GPL-3.0-or-later */
/* kafaatctl erasures: what was erased by order, which devices have confirmed it, and what the law keeps; of a store
 * without a server, on which days something was erased. */
#include "config.h"

#include <glib/gi18n-lib.h>

#include "base/kaf-date.h"
#include "cli/kaf-table.h"
#include "cli/kaf-verbs.h"
#include "net/kaf-erasure-text.h"
#include "net/kaf-net-error.h"
#include "store/kaf-commit.h"
#include "store/kaf-read.h"
#include "store/kaf-settings.h"
#include "store/kaf-sync-state.h"

static guint
read_years (KafCli *cli)
{
  g_autofree char *today = kaf_date_from_time (kaf_clock_now (kaf_database_get_clock (cli->db)));
  g_autofree char *value = kaf_read_setting (cli->db, KAF_SETTING_FILE_YEARS, today);

  return value != NULL ? (guint) g_ascii_strtoull (value, NULL, 10) : 0;
}

void
kaf_cli_print_kept (KafCli *cli, const GPtrArray *kept)
{
  guint years = read_years (cli);

  if (kept->len > 0)
    g_print ("%s\n", _ ("Kept by law, with a pseudonym in the place of the person:"));
  for (guint i = 0; i < kept->len; i++)
    {
      g_autofree char *what = kaf_erasure_text_kept (g_ptr_array_index (kept, i), cli->lang);
      g_autofree char *until =
          kaf_erasure_text_until (g_ptr_array_index (kept, i), years, cli->lang);

      g_print ("• %s — %s\n", what, until);
    }
}

void
kaf_cli_add_kept (JsonBuilder *builder, const GPtrArray *kept)
{
  json_builder_set_member_name (builder, "kept");
  json_builder_begin_array (builder);
  for (guint i = 0; i < kept->len; i++)
    {
      const KafErasureKept *one = g_ptr_array_index (kept, i);

      json_builder_begin_object (builder);
      kaf_cli_add_text (builder, "entity", one->entity->id);
      kaf_cli_add_text (builder, "id", one->id);
      kaf_cli_add_text (builder, "of", one->of);
      kaf_cli_add_text (builder, "ends", one->ends);
      json_builder_end_object (builder);
    }
  json_builder_end_array (builder);
}

KafExit
kaf_cli_fail_hub (const GError *error)
{
  g_autofree char *sentence = kaf_net_explain (error);

  return kaf_cli_fail (sentence);
}

/* At the server */

static void
print_json (const KafErasure *erasure, const KafErasures *all)
{
  static const char *const states[] = { [KAF_ERASURE_CONFIRMED] = "confirmed",
                                        [KAF_ERASURE_AWAITED] = "awaited",
                                        [KAF_ERASURE_SHUT_OUT] = "withdrawn",
                                        [KAF_ERASURE_EMPTY] = "empty" };
  g_autoptr (JsonBuilder) builder = json_builder_new ();

  json_builder_begin_object (builder);
  kaf_cli_add_time (builder, "when", erasure->at);
  kaf_cli_add_text (builder, "by", erasure->by);
  kaf_cli_add_text (builder, "ordered", erasure->name);
  kaf_cli_add_text (builder, "entity", erasure->entity != NULL ? erasure->entity->id : NULL);
  kaf_cli_add_text (builder, "id", erasure->id);
  kaf_cli_add_int (builder, "records", erasure->n);
  kaf_cli_add_kept (builder, erasure->kept);
  json_builder_set_member_name (builder, "devices");
  json_builder_begin_array (builder);
  for (guint i = 0; i < all->devices->len; i++)
    {
      const KafErasureDevice *device = g_ptr_array_index (all->devices, i);
      gint64 when;
      KafErasureState state = kaf_erasure_get_state (erasure, device, &when);

      json_builder_begin_object (builder);
      kaf_cli_add_text (builder, "device", device->id);
      kaf_cli_add_text (builder, "user", device->user);
      kaf_cli_add_text (builder, "state", states[state]);
      kaf_cli_add_time (builder, "confirmed", when);
      kaf_cli_add_time (builder, "enrolled", device->enrolled);
      kaf_cli_add_time (builder, "synced", device->synced);
      json_builder_end_object (builder);
    }
  json_builder_end_array (builder);
  json_builder_end_object (builder);
  kaf_cli_print_object (builder);
}

static void
print_devices (KafCli *cli, const KafErasure *erasure, const KafErasures *all)
{
  g_autoptr (KafTable) table = kaf_table_new (4);
  gint64 now = kaf_clock_now (kaf_database_get_clock (cli->db));

  for (guint i = 0; i < all->devices->len; i++)
    {
      const KafErasureDevice *device = g_ptr_array_index (all->devices, i);
      g_autofree char *name = kaf_erasure_text_device (device);
      g_autofree char *state = kaf_erasure_text_state (erasure, device, now, cli->lang);
      g_autofree char *seen = kaf_erasure_text_seen (erasure, device, cli->lang);

      kaf_table_add (table, " ");
      kaf_table_add (table, name);
      kaf_table_add (table, state);
      kaf_table_add (table, seen);
    }
  kaf_table_print (table);
}

static void
print_text (KafCli *cli, const KafErasure *erasure, const KafErasures *all)
{
  g_autofree char *when = kaf_time_format (erasure->at, cli->lang);
  g_autofree char *subject = kaf_erasure_text_subject (erasure);
  g_autofree char *records = kaf_erasure_text_records (erasure->n, cli->lang);
  g_autofree char *name = kaf_erasure_text_name (erasure);
  g_autofree char *receipts = NULL;
  const KafErasureCount count = kaf_erasure_count (erasure, all);

  receipts = kaf_erasure_text_receipts (&count, cli->lang);
  g_print ("%s  %s  %s  %s  %s  %s\n", when, name, subject, records,
           erasure->by != NULL ? erasure->by : _ ("at the server"), receipts);
  print_devices (cli, erasure, all);
  kaf_cli_print_kept (cli, erasure->kept);
}

static KafExit
list_of_hub (KafCli *cli, const char *url)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (KafErasures) all =
      kaf_erasures_fetch (kaf_database_get_path (cli->db), url, NULL, &error);
  guint n_open = 0;

  if (all == NULL)
    return kaf_cli_fail_hub (error);
  for (guint i = 0; i < all->erasures->len; i++)
    {
      const KafErasure *erasure = g_ptr_array_index (all->erasures, i);

      n_open += kaf_erasure_count (erasure, all).n_awaited > 0;
      if (cli->json)
        print_json (erasure, all);
      else
        print_text (cli, erasure, all);
    }
  return n_open > 0 ? KAF_EXIT_FINDING : KAF_EXIT_OK;
}

/* Of this store alone */

static KafExit
list_own (KafCli *cli)
{
  g_autoptr (GPtrArray) days = kaf_erase_list_days (cli->db);

  for (guint i = 0; i < days->len; i++)
    {
      const KafErasedDay *day = g_ptr_array_index (days, i);
      g_autofree char *text = kaf_date_format (day->day, cli->lang, KAF_DATE_SHORT);
      g_autofree char *records = kaf_erasure_text_records (day->n, cli->lang);

      if (cli->json)
        {
          g_autoptr (JsonBuilder) builder = json_builder_new ();

          json_builder_begin_object (builder);
          kaf_cli_add_text (builder, "day", day->day);
          kaf_cli_add_int (builder, "records", day->n);
          json_builder_end_object (builder);
          kaf_cli_print_object (builder);
        }
      else
        g_print ("%s  %s\n", text, records);
    }
  return KAF_EXIT_OK;
}

static KafExit
run (KafCli *cli, GStrv args)
{
  g_auto (GStrv) words = g_strdupv (args);
  g_auto (KafSyncState) state = { 0 };
  g_autoptr (GError) error = NULL;

  if (!kaf_cli_parse (cli, &kaf_verb_erasures, NULL, &words, 0, 0) ||
      !kaf_cli_open (cli, KAF_ACCESS_READ))
    return KAF_EXIT_USAGE;
  if (!kaf_sync_state_read (cli->db, &state, &error))
    return kaf_cli_fail_error (NULL, NULL, error);
  return state.url != NULL ? list_of_hub (cli, state.url) : list_own (cli);
}

const KafVerb kaf_verb_erasures = {
  .name = "erasures",
  .arguments = "",
  .summary = N_ (
      "Lists what was erased by order, which devices have confirmed it, and what the law keeps"),
  .run = run,
};
