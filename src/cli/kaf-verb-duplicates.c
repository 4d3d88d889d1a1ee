/* SPDX-License-Identifier: GPL-3.0-or-later */
/* kafaatctl duplicates: records that may be one (kaf-suspects-cli); and persons of a store that was enrolled with
 * records, which look like ones that the server has. */
#include "config.h"

#include <glib/gi18n-lib.h>

#include "cli/kaf-suspects-cli.h"
#include "cli/kaf-table.h"
#include "cli/kaf-verbs.h"
#include "net/kaf-syncer.h"
#include "store/kaf-duplicates.h"
#include "store/kaf-sync-state.h"

static char *
name_reasons (const KafSuspected *suspected)
{
  const KafLookalike *other = suspected->like;
  g_autoptr (GString) text = g_string_new (NULL);

  if (suspected->why != NULL)
    return g_strdup (suspected->why);
  if (other->same_email)
    g_string_append (text, _ ("same e-mail address"));
  if (other->same_phone)
    g_string_append_printf (text, "%s%s", text->len > 0 ? ", " : "", _ ("same phone"));
  if (other->like_name)
    g_string_append_printf (text, "%s%s", text->len > 0 ? ", " : "", _ ("like name"));
  return g_string_free (g_steal_pointer (&text), FALSE);
}

static void
print_json (const KafDuplicate *one)
{
  g_autoptr (JsonBuilder) builder = json_builder_new ();
  const KafLookalike *other = one->other != NULL ? one->other->like : NULL;

  json_builder_begin_object (builder);
  kaf_cli_add_text (builder, "id", one->id);
  kaf_cli_add_text (builder, "title", one->title);
  kaf_cli_add_text (builder, "other", other != NULL ? other->id : NULL);
  kaf_cli_add_text (builder, "other_ref", other != NULL ? other->ref : NULL);
  kaf_cli_add_text (builder, "other_title", other != NULL ? other->title : NULL);
  json_builder_end_object (builder);
  kaf_cli_print_object (builder);
}

static void
add_row (KafTable *table, const KafDuplicate *one)
{
  const KafLookalike *other = one->other != NULL ? one->other->like : NULL;
  g_autofree char *reasons = one->other != NULL ? name_reasons (one->other) : NULL;

  kaf_table_add (table, one->id);
  kaf_table_add (table, one->title);
  kaf_table_add (table, one->summary);
  kaf_table_add (table, other != NULL ? other->ref : NULL);
  kaf_table_add (table, other != NULL ? other->title : NULL);
  kaf_table_add (table, other != NULL ? other->summary : NULL);
  kaf_table_add (table, reasons);
}

static void
print_list (KafCli *cli, GPtrArray *found)
{
  g_autoptr (KafTable) table = kaf_table_new (7);

  for (guint i = 0; i < found->len; i++)
    {
      if (cli->json)
        print_json (g_ptr_array_index (found, i));
      else
        add_row (table, g_ptr_array_index (found, i));
    }
  kaf_table_print (table);
}

static gboolean
hold_all (KafDatabase *db, GPtrArray *found, GError **error)
{
  g_autoptr (GPtrArray) ids = g_ptr_array_new ();

  for (guint i = 0; i < found->len; i++)
    g_ptr_array_add (ids, ((KafDuplicate *) g_ptr_array_index (found, i))->id);
  return kaf_duplicates_hold (db, ids, error);
}

static KafExit
send (KafCli *cli)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *sentence = NULL;
  KafSyncReport report;

  if (kaf_syncer_run (cli->db, &report, NULL, &error))
    {
      kaf_cli_print_exchanged (cli, &report);
      return KAF_EXIT_OK;
    }
  sentence = kaf_net_explain (error);
  return kaf_cli_fail (sentence);
}

KafExit
kaf_cli_settle_duplicates (KafCli *cli, const char *choice)
{
  g_autoptr (GError) error = NULL;
  guint n_own = 0;
  g_autoptr (GPtrArray) found =
      kaf_duplicates_find (cli->db, FALSE, cli->lang, &n_own, NULL, &error);

  if (found == NULL)
    return kaf_cli_fail_error (NULL, NULL, error);
  if (!cli->json)
    g_print (ngettext ("%u of the %u persons of this store looks like one of the server.\n",
                       "%u of the %u persons of this store look like ones of the server.\n",
                       found->len),
             found->len, n_own);
  if (choice == NULL)
    {
      print_list (cli, found);
      if (!cli->json)
        g_print (
            _ ("Nothing is sent before you choose: “kafaatctl duplicates keep” sends all of them "
               "as persons of their own, “kafaatctl duplicates hold” all but these.\n"));
      return KAF_EXIT_FINDING;
    }
  if ((g_str_equal (choice, "hold") && !hold_all (cli->db, found, &error)) ||
      !kaf_duplicates_set_preview (cli->db, FALSE, &error))
    return kaf_cli_fail_error (NULL, NULL, error);
  return send (cli);
}

static KafExit
list_held (KafCli *cli)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) held = kaf_duplicates_find (cli->db, TRUE, cli->lang, NULL, NULL, &error);

  if (held == NULL)
    return kaf_cli_fail_error (NULL, NULL, error);
  print_list (cli, held);
  return held->len > 0 ? KAF_EXIT_FINDING : KAF_EXIT_OK;
}

static KafExit
release (KafCli *cli, const char *text)
{
  const KafEntity *entity = NULL;
  g_autofree char *id = NULL;
  g_autoptr (GError) error = NULL;

  if (!kaf_cli_resolve (cli, text, &entity, &id))
    return KAF_EXIT_USAGE;
  if (!kaf_duplicates_release (cli->db, id, &error))
    return kaf_cli_fail_error (NULL, NULL, error);
  g_print ("%s\n", _ ("It is sent with the next exchange."));
  return KAF_EXIT_OK;
}

/* What was always asked of a store that belongs to a server: what waits to be sent, or was held back. */
static KafExit
run_sending (KafCli *cli, GStrv words)
{
  g_auto (KafSyncState) state = { 0 };
  g_autoptr (GError) error = NULL;

  if (!kaf_sync_state_read (cli->db, &state, &error))
    return kaf_cli_fail_error (NULL, NULL, error);
  if (words[1] == NULL)
    return state.preview ? kaf_cli_settle_duplicates (cli, NULL) : list_held (cli);
  if (words[2] == NULL && state.preview &&
      (g_str_equal (words[1], "keep") || g_str_equal (words[1], "hold")))
    return kaf_cli_settle_duplicates (cli, words[1]);
  if (words[2] != NULL && words[3] == NULL && g_str_equal (words[1], "send"))
    return release (cli, words[2]);
  return kaf_cli_fail (_ (
      "Write “duplicates” to see what is held back, “duplicates keep” or “duplicates hold” after "
      "the store was enrolled, “duplicates send PERSON” for one held back; “duplicates list” for "
      "records that may be one, “duplicates judge A B same” to say so."));
}

static KafExit
run (KafCli *cli, GStrv args)
{
  g_autofree char *entity = NULL;
  g_autofree char *reason = NULL;
  int limit = 0;
  const GOptionEntry entries[] = {
    { "entity", 0, 0, G_OPTION_ARG_FILENAME, &entity, N_ ("Of this kind alone"), "ENTITY" },
    { "limit", 0, 0, G_OPTION_ARG_INT, &limit, N_ ("At most so many"), "N" },
    { "reason", 0, 0, G_OPTION_ARG_FILENAME, &reason, N_ ("Why, for the history"), "TEXT" },
    { NULL },
  };
  g_auto (GStrv) words = g_strdupv (args);
  gboolean list, judge, accept;

  if (!kaf_cli_parse (cli, &kaf_verb_duplicates, entries, &words, 0, 4) ||
      !kaf_cli_check_reason (reason))
    return KAF_EXIT_USAGE;
  list = words[1] != NULL && words[2] == NULL && g_str_equal (words[1], "list");
  accept = words[1] != NULL && words[2] == NULL && g_str_equal (words[1], "accept");
  judge = g_strv_length (words) == 5 && g_str_equal (words[1], "judge");
  if (!kaf_cli_open (cli, words[1] != NULL && !list ? KAF_ACCESS_WRITE : KAF_ACCESS_READ))
    return KAF_EXIT_USAGE;
  if (list)
    return kaf_suspects_cli_list (cli, entity, limit);
  if (accept)
    return kaf_suspects_cli_accept (cli, entity, reason);
  if (judge)
    return kaf_suspects_cli_judge (cli, words[2], words[3], words[4], reason);
  return run_sending (cli, words);
}

const KafVerb kaf_verb_duplicates = {
  .name = "duplicates",
  .arguments = "[list | judge A B VERDICT | accept | keep | hold | send PERSON]",
  .summary = N_ ("Lists records that may be one, and says which are"),
  .run = run,
  .records = TRUE,
};
