/* SPDX-License-Identifier: GPL-3.0-or-later */
/* kafaatctl sync and sync-status: what waits, what came, and when. */
#include "config.h"

#include <glib/gi18n-lib.h>
#include <unistd.h>

#include "base/kaf-date.h"
#include "base/kaf-size.h"
#include "cli/kaf-verbs.h"
#include "net/kaf-blob-queue.h"
#include "net/kaf-lease-text.h"
#include "net/kaf-syncer.h"
#include "store/kaf-sync-state.h"

/* What stands on the terminal of the files under way: "↑ 40 %  ↓ 7 %". */
typedef struct
{
  gboolean shown;
  int percent[KAF_BLOB_N_WAYS]; /* -1: none */
} Meter;

static void
print_meter (KafBlobWay way, gint64 done, gint64 total, gpointer data)
{
  Meter *meter = data;
  int percent = total > 0 ? (int) (MIN (done, total) * 100 / total) : 100;
  g_autoptr (GString) line = g_string_new ("\r");

  if (meter->percent[way] == percent || !isatty (STDERR_FILENO))
    return;
  meter->percent[way] = percent;
  meter->shown = TRUE;
  if (meter->percent[KAF_BLOB_UP] >= 0)
    g_string_append_printf (line, _ ("sending a file: %d %%  "), meter->percent[KAF_BLOB_UP]);
  if (meter->percent[KAF_BLOB_DOWN] >= 0)
    g_string_append_printf (line, _ ("fetching a file: %d %%  "), meter->percent[KAF_BLOB_DOWN]);
  g_printerr ("%s", line->str);
}

/* Of what an empty store begins with. */
static void
print_coming (goffset done, goffset total, gpointer data)
{
  int *before = data;
  int percent = total > 0 ? (int) (MIN (done, total) * 100 / total) : 100;

  if (*before == percent || !isatty (STDERR_FILENO))
    return;
  *before = percent;
  g_printerr ("\r");
  g_printerr (_ ("receiving: %d %%  "), percent);
}

static void
print_files (KafCli *cli, const KafBlobReport *report)
{
  g_autofree char *sent = kaf_size_format (report->sent, cli->lang);
  g_autofree char *fetched = kaf_size_format (report->fetched, cli->lang);

  if (report->n_sent + report->n_fetched > 0)
    g_print (_ ("Files sent: %u (%s) · fetched: %u (%s)\n"), report->n_sent, sent,
             report->n_fetched, fetched);
  if (report->failure != NULL)
    {
      g_autofree char *sentence = kaf_net_explain (report->failure);

      g_print (ngettext ("%u file was not moved: %s\n", "%u files were not moved: %s\n",
                         report->n_failed),
               report->n_failed, sentence);
    }
}

static void
print_report (KafCli *cli, const KafSyncReport *report, const KafBlobReport *files)
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
      print_files (cli, files);
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
  kaf_cli_add_int (builder, "files_sent", files->n_sent);
  kaf_cli_add_int (builder, "files_fetched", files->n_fetched);
  kaf_cli_add_int (builder, "files_failed", files->n_failed);
  json_builder_end_object (builder);
  kaf_cli_print_object (builder);
}

static gboolean
move_files (KafCli *cli, gboolean all, KafBlobReport *report, GError **error)
{
  Meter meter = { FALSE, { -1, -1 } };
  gboolean done = kaf_blob_queue_run (cli->db, all ? G_MAXINT64 : KAF_BLOB_SMALL, report,
                                      cli->json ? NULL : print_meter, &meter, NULL, error);

  if (meter.shown)
    g_printerr ("\r\033[K");
  return done;
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
  else
    do
      if (!kaf_lease_check (cli->db, &now, &report, &n, &error))
        g_warning ("%s", error->message);
    while (report.more && error == NULL);
  sentence = kaf_lease_explain (&report);
  if (sentence != NULL)
    g_printerr ("%s\n", sentence);
}

static KafExit
run_sync (KafCli *cli, GStrv args)
{
  gboolean all = FALSE;
  const GOptionEntry entries[] = {
    { "all-files", 0, 0, G_OPTION_ARG_NONE, &all,
      N_ ("Fetch large files too, and not only when they are opened"), NULL },
    { NULL },
  };
  g_auto (GStrv) words = g_strdupv (args);
  g_auto (KafBlobReport) files = { 0 };
  g_autoptr (GError) error = NULL;
  g_autofree char *sentence = NULL;
  KafSyncReport report;
  gboolean done;
  int percent = -1;

  if (!kaf_cli_parse (cli, &kaf_verb_sync, entries, &words, 0, 0) ||
      !kaf_cli_open (cli, KAF_ACCESS_WRITE))
    return KAF_EXIT_USAGE;
  done = kaf_syncer_run_telling (cli->db, &report, cli->json ? NULL : print_coming, &percent, NULL,
                                 &error);
  if (percent >= 0)
    g_printerr ("\r\033[K");
  /* It is told before anything is removed. */
  if (g_error_matches (error, KAF_NET_ERROR, KAF_NET_ERROR_REVOKED) &&
      kaf_lease_revoke (cli->db, NULL))
    tell_lease (cli, FALSE);
  if (!done)
    tell_lease (cli, TRUE);
  done = done && move_files (cli, all, &files, &error);
  if (done || report.n_requests > 1)
    print_report (cli, &report, &files);
  if (done)
    return report.n_conflicts + report.n_rejected + report.n_alike + files.n_failed > 0
               ? KAF_EXIT_FINDING
               : KAF_EXIT_OK;
  if (error->domain != KAF_NET_ERROR)
    return kaf_cli_fail_error (NULL, NULL, error);
  sentence = kaf_net_explain (error);
  return kaf_cli_fail (sentence);
}

static void
print_state_json (const KafSyncState *state, const KafBlobCounts *files)
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
  kaf_cli_add_int (builder, "files_to_send", files->n_send);
  kaf_cli_add_int (builder, "bytes_to_send", files->send);
  kaf_cli_add_int (builder, "files_to_fetch", files->n_fetch);
  kaf_cli_add_int (builder, "files_elsewhere", files->n_elsewhere);
  kaf_cli_add_int (builder, "held", state->n_held);
  json_builder_end_object (builder);
  kaf_cli_print_object (builder);
}

static void
print_state (KafCli *cli, const KafSyncState *state, const KafBlobCounts *files)
{
  g_autofree char *when =
      state->synced_at > 0 ? kaf_time_format (state->synced_at, cli->lang) : NULL;
  g_autofree char *size = kaf_size_format (files->send, cli->lang);

  if (cli->json)
    {
      print_state_json (state, files);
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
  if (files->n_send + files->n_elsewhere > 0)
    g_print (_ ("Files to send: %u (%s) · not here: %u\n"), files->n_send, size,
             files->n_elsewhere);
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
  KafBlobCounts files;

  if (!kaf_cli_parse (cli, &kaf_verb_sync_status, entries, &words, 0, 0) ||
      !kaf_cli_open (cli, KAF_ACCESS_READ))
    return KAF_EXIT_USAGE;
  if (!kaf_sync_state_read (cli->db, &state, &error) || !kaf_blob_count (cli->db, &files, &error))
    return kaf_cli_fail_error (NULL, NULL, error);
  print_state (cli, &state, &files);
  tell_lease (cli, FALSE);
  if (refused && !kaf_cli_list_refused (cli, &error))
    return kaf_cli_fail_error (NULL, NULL, error);
  return state.n_conflicts + state.n_rejected > 0 ? KAF_EXIT_FINDING : KAF_EXIT_OK;
}

const KafVerb kaf_verb_sync = {
  .name = "sync",
  .arguments = "[--all-files]",
  .summary = N_ ("Exchanges what is new with the server, then files"),
  .run = run_sync,
};

const KafVerb kaf_verb_sync_status = {
  .name = "sync-status",
  .arguments = "[--refused]",
  .summary = N_ ("Tells what waits to be sent, and when the last exchange was"),
  .run = run_status,
};
