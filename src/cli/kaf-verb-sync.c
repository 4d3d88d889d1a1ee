/* SPDX-License-Identifier: GPL-3.0-or-later */
/* kafaatctl sync and sync-status: what waits, what came, and when. */
#include "config.h"

#include <glib/gi18n-lib.h>
#include <unistd.h>

#include "base/kaf-date.h"
#include "base/kaf-size.h"
#include "cli/kaf-terminal.h"
#include "cli/kaf-verbs.h"
#include "net/kaf-blob-queue.h"
#include "net/kaf-erasure-text.h"
#include "net/kaf-lease-text.h"
#include "net/kaf-quarantine.h"
#include "net/kaf-sync-report-text.h"
#include "net/kaf-syncer.h"
#include "schema/kaf-role.h"
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
  g_autoptr (GString) line = g_string_new (NULL);

  if (meter->percent[way] == percent || !isatty (STDERR_FILENO))
    return;
  meter->percent[way] = percent;
  meter->shown = TRUE;
  if (meter->percent[KAF_BLOB_UP] >= 0)
    g_string_append_printf (line, _ ("sending a file: %d %%  "), meter->percent[KAF_BLOB_UP]);
  if (meter->percent[KAF_BLOB_DOWN] >= 0)
    g_string_append_printf (line, _ ("fetching a file: %d %%  "), meter->percent[KAF_BLOB_DOWN]);
  kaf_terminal_show_progress ("%s", line->str);
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
  kaf_terminal_show_progress (_ ("receiving: %d %%  "), percent);
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

/* How often it is tried to compare once more, when others write as fast as it exchanges. */
#define VERIFY_TRIES 3

static gboolean
found_any (const KafReconcileResult *found)
{
  return kaf_reconcile_count_mended (found) + found->n_left + found->n_unknown > 0;
}

/* What does not agree with the server any more, and what was done about it. */
static void
print_found (const KafReconcileResult *found, gboolean compared)
{
  if (compared && !found_any (found))
    g_print (ngettext ("Compared with the server: %u record, nothing differs.\n",
                       "Compared with the server: %u records, nothing differs.\n",
                       found->n_compared),
             found->n_compared);
  if (!found_any (found))
    return;
  g_print (_ ("Compared with the server: %u · fetched again: %u · renewed: %u · removed: %u\n"),
           found->n_compared, found->n_fetched, found->n_renewed, found->n_dropped);
  if (found->n_left > 0)
    g_print (ngettext ("%u record still differs: report it to your administrator.\n",
                       "%u records still differ: report them to your administrator.\n",
                       found->n_left),
             found->n_left);
  if (found->n_unknown > 0)
    g_print (ngettext ("%u record is here and not on the server, which was restored: it is kept.\n",
                       "%u records are here and not on the server, which was restored: they are "
                       "kept.\n",
                       found->n_unknown),
             found->n_unknown);
}

static void
add_found (JsonBuilder *builder, const KafReconcileResult *found)
{
  kaf_cli_add_int (builder, "compared", found->n_compared);
  kaf_cli_add_int (builder, "fetched_again", found->n_fetched);
  kaf_cli_add_int (builder, "renewed", found->n_renewed);
  kaf_cli_add_int (builder, "removed", found->n_dropped);
  kaf_cli_add_int (builder, "not_mended", found->n_left);
  kaf_cli_add_int (builder, "unknown_there", found->n_unknown);
}

void
kaf_cli_print_exchanged (KafCli *cli, const KafSyncReport *report)
{
  g_autofree char *gone = kaf_erasure_text_gone (report->n_gone, cli->lang);
  g_autofree char *settled = kaf_sync_report_text_settled (report->n_settled, cli->lang);
  g_auto (KafSyncState) state = { 0 };
  g_autofree char *rights = NULL;

  kaf_sync_state_read (cli->db, &state, NULL);
  rights = kaf_sync_report_text_rights (report, state.role, cli->lang);
  g_print (_ ("Sent: %u · received: %u · conflicts: %u · not taken: %u\n"), report->n_sent,
           report->n_received, report->n_conflicts, report->n_rejected);
  if (report->n_gone > 0)
    g_print ("%s\n", gone);
  if (settled != NULL)
    g_print (_ ("%s: “kafaatctl conflicts” says what became of it.\n"), settled);
  if (rights != NULL)
    g_print ("%s\n", rights);
}

/* How much of others waits at the server for this user to decide; 0 too where he may not, or it did not say. Where nothing
 * came or went it is not asked: that is one request, and no more. */
static guint
count_aside (KafCli *cli, const KafSyncReport *report)
{
  g_auto (KafSyncState) state = { 0 };
  const KafRole *role;
  g_autoptr (KafQuarantine) found = NULL;

  if (!kaf_sync_report_moved (report) || !kaf_sync_state_read (cli->db, &state, NULL) ||
      state.role == NULL)
    return 0;
  role = kaf_role_find (state.role);
  if (role != NULL && role->settles)
    found = kaf_quarantine_fetch (kaf_database_get_path (cli->db), state.url, NULL, NULL);
  return found != NULL ? found->edits->len : 0;
}

/* @found: nullable, nothing was compared. @asked: by who calls. */
static void
print_report (KafCli *cli,
              const KafSyncReport *report,
              const KafBlobReport *files,
              const KafReconcileResult *found,
              gboolean asked)
{
  guint n_aside = count_aside (cli, report);
  g_autoptr (JsonBuilder) builder = json_builder_new ();

  if (!cli->json)
    {
      kaf_cli_print_exchanged (cli, report);
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
      if (n_aside > 0)
        g_print (ngettext ("%u change of others waits for you to decide: “kafaatctl quarantine” "
                           "shows it.\n",
                           "%u changes of others wait for you to decide: “kafaatctl quarantine” "
                           "shows them.\n",
                           n_aside),
                 n_aside);
      if (found != NULL)
        print_found (found, asked);
      return;
    }
  json_builder_begin_object (builder);
  kaf_cli_add_int (builder, "sent", report->n_sent);
  kaf_cli_add_int (builder, "received", report->n_received);
  kaf_cli_add_int (builder, "conflicts", report->n_conflicts);
  kaf_cli_add_int (builder, "rejected", report->n_rejected);
  kaf_cli_add_int (builder, "settled", report->n_settled);
  kaf_cli_add_int (builder, "gone", report->n_gone);
  json_builder_set_member_name (builder, "rights_changed");
  json_builder_add_boolean_value (builder, report->regranted);
  kaf_cli_add_int (builder, "records_before", report->n_before);
  kaf_cli_add_int (builder, "records_now", report->n_after);
  kaf_cli_add_int (builder, "alike", report->n_alike);
  kaf_cli_add_int (builder, "aside", n_aside);
  kaf_cli_add_int (builder, "requests", report->n_requests);
  kaf_cli_add_int (builder, "skew_ms", report->skew);
  kaf_cli_add_int (builder, "files_sent", files->n_sent);
  kaf_cli_add_int (builder, "files_fetched", files->n_fetched);
  kaf_cli_add_int (builder, "files_failed", files->n_failed);
  if (found != NULL)
    add_found (builder, found);
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
    kaf_terminal_clear_progress ();
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

/* What was mended before it had to begin again counts too. */
static void
add_up (KafReconcileResult *sum, const KafReconcileResult *one)
{
  sum->n_compared = one->n_compared;
  sum->n_unknown = one->n_unknown;
  sum->n_left = one->n_left;
  sum->n_fetched += one->n_fetched;
  sum->n_renewed += one->n_renewed;
  sum->n_dropped += one->n_dropped;
}

/* Once all is exchanged. @found: is added to, as far as it came. */
static gboolean
verify (KafCli *cli, KafSyncReport *report, KafReconcileResult *found, GError **error)
{
  for (guint i = 0; i < VERIFY_TRIES; i++)
    {
      KafReconcileResult one;
      KafSyncReport more;
      gboolean done = kaf_syncer_reconcile (cli->db, &one, &report->n_requests, NULL, error);

      add_up (found, &one);
      if (!done || !one.early)
        return done;
      if (!kaf_syncer_run (cli->db, &more, NULL, error))
        return FALSE;
      report->n_received += more.n_received;
      report->n_gone += more.n_gone;
      report->n_requests += more.n_requests;
    }
  g_set_error (error, KAF_NET_ERROR, KAF_NET_ERROR_SERVER, "others write meanwhile");
  return FALSE;
}

/* Nobody who did not ask for it is kept by a comparison that fails: it is tried again with the next exchange. */
static gboolean
verify_or_wait (
    KafCli *cli, gboolean asked, KafSyncReport *report, KafReconcileResult *found, GError **error)
{
  GError *local = NULL;

  if (verify (cli, report, found, &local))
    return TRUE;
  if (!asked)
    {
      if (g_error_matches (local, KAF_NET_ERROR, KAF_NET_ERROR_SERVER_OLD))
        kaf_reconcile_keep (cli->db, NULL, NULL);
      g_error_free (local);
      return TRUE;
    }
  g_propagate_error (error, local);
  return FALSE;
}

static KafExit
run_sync (KafCli *cli, GStrv args)
{
  gboolean all = FALSE, asked = FALSE, due;
  const GOptionEntry entries[] = {
    { "all-files", 0, 0, G_OPTION_ARG_NONE, &all,
      N_ ("Fetch large files too, and not only when they are opened"), NULL },
    { "verify", 0, 0, G_OPTION_ARG_NONE, &asked,
      N_ ("Compare all records with the server, and mend those that differ"), NULL },
    { NULL },
  };
  g_auto (GStrv) words = g_strdupv (args);
  g_auto (KafBlobReport) files = { 0 };
  g_autoptr (GError) error = NULL;
  g_autofree char *sentence = NULL;
  KafSyncReport report;
  KafReconcileResult found = { 0 };
  gboolean done;
  int percent = -1;

  if (!kaf_cli_parse (cli, &kaf_verb_sync, entries, &words, 0, 0) ||
      !kaf_cli_open (cli, KAF_ACCESS_WRITE))
    return KAF_EXIT_USAGE;
  done = kaf_syncer_run_telling (cli->db, &report, cli->json ? NULL : print_coming, &percent, NULL,
                                 &error);
  if (percent >= 0)
    kaf_terminal_clear_progress ();
  /* It is told before anything is removed. */
  if (g_error_matches (error, KAF_NET_ERROR, KAF_NET_ERROR_REVOKED) &&
      kaf_lease_revoke (cli->db, NULL))
    tell_lease (cli, FALSE);
  if (!done)
    tell_lease (cli, TRUE);
  due = done && (asked || kaf_reconcile_is_due (cli->db));
  done = done && (!due || verify_or_wait (cli, asked, &report, &found, &error)) &&
         move_files (cli, all, &files, &error);
  if (done || report.n_requests > 1)
    print_report (cli, &report, &files, due ? &found : NULL, asked);
  if (done)
    return report.n_conflicts + report.n_rejected + report.n_alike + files.n_failed > 0 ||
                   found_any (&found)
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
  kaf_cli_add_int (builder, "settled", state->n_settled);
  kaf_cli_add_int (builder, "conflicts", state->n_conflicts);
  kaf_cli_add_int (builder, "files_to_send", files->n_send);
  kaf_cli_add_int (builder, "bytes_to_send", files->send);
  kaf_cli_add_int (builder, "files_to_fetch", files->n_fetch);
  kaf_cli_add_int (builder, "files_elsewhere", files->n_elsewhere);
  kaf_cli_add_int (builder, "held", state->n_held);
  kaf_cli_add_time (builder, "compared", state->compared_at);
  kaf_cli_add_int (builder, "mended", state->n_mended);
  kaf_cli_add_int (builder, "not_mended", state->n_unmended);
  kaf_cli_add_int (builder, "unknown_there", state->n_unknown);
  json_builder_end_object (builder);
  kaf_cli_print_object (builder);
}

static void
print_state (KafCli *cli, const KafSyncState *state, const KafBlobCounts *files)
{
  g_autofree char *when =
      state->synced_at > 0 ? kaf_time_format (state->synced_at, cli->lang) : NULL;
  g_autofree char *size = kaf_size_format (files->send, cli->lang);
  g_autofree char *settled = kaf_sync_report_text_settled (state->n_settled, cli->lang);

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
  if (settled != NULL)
    g_print (_ ("%s: “kafaatctl conflicts” says what became of it.\n"), settled);
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
  .arguments = "[--all-files] [--verify]",
  .summary = N_ ("Exchanges what is new with the server, then files"),
  .run = run_sync,
};

const KafVerb kaf_verb_sync_status = {
  .name = "sync-status",
  .arguments = "[--refused]",
  .summary = N_ ("Tells what waits to be sent, and when the last exchange was"),
  .run = run_status,
};
