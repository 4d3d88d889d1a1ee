/* SPDX-License-Identifier: GPL-3.0-or-later */
/* kafaatctl sync and sync-status: what waits, what came, and when. */
#include "config.h"

#include <glib/gi18n-lib.h>

#include "base/kaf-date.h"
#include "cli/kaf-verbs.h"
#include "net/kaf-lease-text.h"
#include "net/kaf-syncer.h"
#include "store/kaf-sync-state.h"

static void
print_report (KafCli *cli, const KafSyncReport *report)
{
  g_autoptr (JsonBuilder) builder = json_builder_new ();

  if (!cli->json)
    {
      g_print (_ ("Sent: %u · received: %u · conflicts: %u · not taken: %u\n"), report->n_sent,
               report->n_received, report->n_conflicts, report->n_rejected);
      if (report->n_alike > 0)
        g_print (
            ngettext ("%u person here looks like one of the server: nothing was sent. “kafaatctl "
                      "duplicates” shows her.\n",
                      "%u persons here look like ones of the server: nothing was sent. “kafaatctl "
                      "duplicates” shows them.\n",
                      report->n_alike),
            report->n_alike);
      if (report->skew != 0)
        g_print (_ ("The clock of this device is not that of the server: set it.\n"));
      return;
    }
  json_builder_begin_object (builder);
  kaf_cli_add_int (builder, "sent", report->n_sent);
  kaf_cli_add_int (builder, "received", report->n_received);
  kaf_cli_add_int (builder, "conflicts", report->n_conflicts);
  kaf_cli_add_int (builder, "rejected", report->n_rejected);
  kaf_cli_add_int (builder, "alike", report->n_alike);
  kaf_cli_add_int (builder, "requests", report->n_requests);
  kaf_cli_add_int (builder, "skew_ms", report->skew);
  json_builder_end_object (builder);
  kaf_cli_print_object (builder);
}

/* What may be kept without the server; @check: what may not is removed. */
static void
tell_lease (KafCli *cli, gboolean check)
{
  char boot[KAF_LEASE_BOOT_SIZE];
  KafLeaseMoment now;
  KafLeaseReport report = { 0 };
  g_autofree char *sentence = NULL;
  g_autoptr (GError) error = NULL;
  guint n;

  kaf_lease_get_moment (cli->db, &now, boot);
  if (!check)
    kaf_lease_read (cli->db, &now, &report);
  else if (!kaf_lease_check (cli->db, &now, &report, &n, &error))
    g_warning ("%s", error->message);
  sentence = kaf_lease_explain (&report);
  if (sentence != NULL)
    g_printerr ("%s\n", sentence);
}

static KafExit
run_sync (KafCli *cli, GStrv args)
{
  g_auto (GStrv) words = g_strdupv (args);
  g_autoptr (GError) error = NULL;
  g_autofree char *sentence = NULL;
  KafSyncReport report;
  gboolean done;

  if (!kaf_cli_parse (cli, &kaf_verb_sync, NULL, &words, 0, 0) ||
      !kaf_cli_open (cli, KAF_ACCESS_WRITE))
    return KAF_EXIT_USAGE;
  done = kaf_syncer_run (cli->db, &report, NULL, &error);
  if (!done)
    tell_lease (cli, TRUE);
  if (done || report.n_requests > 1)
    print_report (cli, &report);
  if (done)
    return report.n_conflicts + report.n_rejected + report.n_alike > 0 ? KAF_EXIT_FINDING
                                                                       : KAF_EXIT_OK;
  if (error->domain != KAF_NET_ERROR)
    return kaf_cli_fail_error (NULL, NULL, error);
  sentence = kaf_net_explain (error);
  return kaf_cli_fail (sentence);
}

static void
print_state_json (const KafSyncState *state)
{
  g_autoptr (JsonBuilder) builder = json_builder_new ();

  json_builder_begin_object (builder);
  kaf_cli_add_text (builder, "url", state->url);
  kaf_cli_add_text (builder, "user", state->user);
  kaf_cli_add_text (builder, "role", state->role);
  kaf_cli_add_time (builder, "synced", state->synced_at);
  kaf_cli_add_int (builder, "waiting", state->n_waiting);
  kaf_cli_add_int (builder, "rejected", state->n_rejected);
  kaf_cli_add_int (builder, "conflicts", state->n_conflicts);
  kaf_cli_add_int (builder, "held", state->n_held);
  json_builder_end_object (builder);
  kaf_cli_print_object (builder);
}

static void
print_state (KafCli *cli, const KafSyncState *state)
{
  g_autofree char *when =
      state->synced_at > 0 ? kaf_time_format (state->synced_at, cli->lang) : NULL;

  if (cli->json)
    {
      print_state_json (state);
      return;
    }
  if (state->url == NULL)
    {
      g_print ("%s\n", _ ("This store belongs to no server."));
      return;
    }
  g_print (_ ("Server: %s · user: %s\n"), state->url, state->user);
  g_print (_ ("Last exchange: %s\n"), when != NULL ? when : _ ("never"));
  g_print (_ ("To send: %u · conflicts to settle: %u · not taken: %u\n"), state->n_waiting,
           state->n_conflicts, state->n_rejected);
  if (state->n_held > 0)
    g_print (ngettext ("%u person is held back until you look at her.\n",
                       "%u persons are held back until you look at them.\n", state->n_held),
             state->n_held);
}

static KafExit
run_status (KafCli *cli, GStrv args)
{
  gboolean refused = FALSE;
  const GOptionEntry entries[] = {
    { "refused", 0, 0, G_OPTION_ARG_NONE, &refused, N_ ("List the edits that were not taken"),
      NULL },
    { NULL },
  };
  g_auto (GStrv) words = g_strdupv (args);
  g_auto (KafSyncState) state = { 0 };
  g_autoptr (GError) error = NULL;

  if (!kaf_cli_parse (cli, &kaf_verb_sync_status, entries, &words, 0, 0) ||
      !kaf_cli_open (cli, KAF_ACCESS_READ))
    return KAF_EXIT_USAGE;
  if (!kaf_sync_state_read (cli->db, &state, &error))
    return kaf_cli_fail_error (NULL, NULL, error);
  print_state (cli, &state);
  tell_lease (cli, FALSE);
  if (refused && !kaf_cli_list_refused (cli, &error))
    return kaf_cli_fail_error (NULL, NULL, error);
  return state.n_conflicts + state.n_rejected > 0 ? KAF_EXIT_FINDING : KAF_EXIT_OK;
}

const KafVerb kaf_verb_sync = {
  .name = "sync",
  .arguments = "",
  .summary = N_ ("Exchanges what is new with the server"),
  .run = run_sync,
};

const KafVerb kaf_verb_sync_status = {
  .name = "sync-status",
  .arguments = "[--refused]",
  .summary = N_ ("Tells what waits to be sent, and when the last exchange was"),
  .run = run_status,
};
