/* SPDX-License-Identifier: GPL-3.0-or-later */
/* kafaatctl mission take: what a mission needs, on this device, before one leaves for where there is no network. */
#include "config.h"

#include <glib/gi18n-lib.h>
#include <unistd.h>

#include "base/kaf-size.h"
#include "cli/kaf-terminal.h"
#include "cli/kaf-verbs.h"
#include "net/kaf-mission-take.h"
#include "store/kaf-read.h"

static void
print_meter (gint64 done, gint64 total, gpointer data)
{
  int *before = data;
  int percent = total > 0 ? (int) (done * 100 / total) : 100;

  if (*before == percent || !isatty (STDERR_FILENO))
    return;
  *before = percent;
  kaf_terminal_show_progress (_ ("fetching the files: %d %%  "), percent);
}

static void
print_gap (KafCli *cli, const KafKitGap *gap)
{
  g_autofree char *by = kaf_read_title (cli->db, gap->by->id, gap->by_id, cli->lang);

  g_print ("• ");
  g_print (_ ("%s (%s), named by: %s"), _ (gap->field->label), _ (gap->entity->label),
           by != NULL ? by : _ (gap->by->label));
  g_print ("\n");
}

static void
print_kit (KafCli *cli, const KafMissionKit *kit)
{
  g_autofree char *size = kaf_size_format (kit->absent, cli->lang);

  g_print (_ ("Records here: %u · files here: %u\n"), kit->n_records,
           kit->files->len - kit->n_absent);
  if (kaf_mission_kit_is_whole (kit))
    {
      g_print ("%s\n", _ ("All that the mission needs is here: it can be taken to the field."));
      return;
    }
  if (kit->gaps->len > 0)
    g_print ("%s\n", _ ("Named in the file, and not here; ask your administrator whether it is "
                        "within what your account was given:"));
  for (guint i = 0; i < kit->gaps->len; i++)
    print_gap (cli, g_ptr_array_index (kit->gaps, i));
  if (kit->n_absent > 0)
    g_print (_ ("Files that are not here: %u (%s)\n"), kit->n_absent, size);
  for (guint i = 0; i < kit->files->len; i++)
    {
      const KafKitFile *file = g_ptr_array_index (kit->files, i);

      if (!file->here)
        g_print ("• %s\n", file->name != NULL ? file->name : file->attachment);
    }
}

static void
print_kit_json (const KafMissionKit *kit)
{
  g_autoptr (JsonBuilder) builder = json_builder_new ();

  json_builder_begin_object (builder);
  kaf_cli_add_text (builder, "mission", kit->mission);
  kaf_cli_add_int (builder, "records", kit->n_records);
  kaf_cli_add_int (builder, "files", kit->files->len);
  kaf_cli_add_int (builder, "files_absent", kit->n_absent);
  kaf_cli_add_int (builder, "bytes_absent", kit->absent);
  kaf_cli_add_time (builder, "synced", kit->synced_at);
  json_builder_set_member_name (builder, "missing");
  json_builder_begin_array (builder);
  for (guint i = 0; i < kit->gaps->len; i++)
    {
      const KafKitGap *gap = g_ptr_array_index (kit->gaps, i);

      json_builder_begin_object (builder);
      kaf_cli_add_text (builder, "entity", gap->entity->id);
      kaf_cli_add_text (builder, "id", gap->id);
      kaf_cli_add_text (builder, "by", gap->by->id);
      kaf_cli_add_text (builder, "field", gap->field->id);
      json_builder_end_object (builder);
    }
  json_builder_end_array (builder);
  json_builder_end_object (builder);
  kaf_cli_print_object (builder);
}

static KafExit
run (KafCli *cli, const char *mission, gboolean check)
{
  g_autoptr (KafMissionKit) kit = NULL;
  g_autoptr (GError) error = NULL;
  int percent = -1;
  gboolean done = TRUE;

  if (check)
    kit = kaf_mission_kit_read (cli->db, mission, &error);
  else
    done = kaf_mission_take (cli->db, mission, &kit, cli->json ? NULL : print_meter, &percent, NULL,
                             &error);
  if (percent >= 0)
    kaf_terminal_clear_progress ();
  if (kit != NULL && cli->json)
    print_kit_json (kit);
  else if (kit != NULL)
    print_kit (cli, kit);
  if (error != NULL && error->domain == KAF_NET_ERROR)
    {
      g_autofree char *sentence = kaf_net_explain (error);

      return kaf_cli_fail (sentence);
    }
  if (error != NULL)
    return kaf_cli_fail_error (NULL, NULL, error);
  return done && kit != NULL && kaf_mission_kit_is_whole (kit) ? KAF_EXIT_OK : KAF_EXIT_FINDING;
}

KafExit
kaf_cli_take_mission (KafCli *cli, const KafVerb *verb, GStrv args)
{
  gboolean check = FALSE;
  const GOptionEntry entries[] = {
    { "check", 0, 0, G_OPTION_ARG_NONE, &check, N_ ("Only say what is here, without the network"),
      NULL },
    { NULL },
  };
  g_auto (GStrv) words = g_strdupv (args);
  const KafEntity *entity = NULL;
  g_autofree char *id = NULL;

  if (!kaf_cli_parse (cli, verb, entries, &words, 2, 2) ||
      !kaf_cli_open (cli, check ? KAF_ACCESS_READ : KAF_ACCESS_WRITE) ||
      !kaf_cli_resolve (cli, words[2], &entity, &id))
    return KAF_EXIT_USAGE;
  if (!g_str_equal (entity->id, "mission"))
    return kaf_cli_fail_printf (_ ("“%s” is no mission."), words[2]);
  return run (cli, id, check);
}
