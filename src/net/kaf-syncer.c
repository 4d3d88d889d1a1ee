/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "net/kaf-syncer.h"

#include <glib/gstdio.h>
#include <string.h>

#include "net/kaf-remote.h"
#include "net/kaf-secrets.h"
#include "net/kaf-snapshot.h"
#include "net/kaf-sync-load.h"
#include "net/kaf-tokens.h"
#include "store/kaf-adopt.h"
#include "store/kaf-duplicates.h"
#include "store/kaf-inbox.h"
#include "store/kaf-sync-state.h"
#include "store/kaf-totals.h"
#include "sync/kaf-exchange.h"
#include "sync/kaf-skew.h"
#include "sync/kaf-sync-error.h"
#include "sync/kaf-wire.h"

/* ms before its end that a token is changed for another. */
#define TOKEN_MARGIN (60 * 1000)

struct _KafSyncTurn
{
  char *store; /* path */
  char *url;
  KafHello hello; /* how it begins, but for the cursor; now: by the store's clock */
  gint64 began;   /* by the machine's own count, when that was read; µs */
  GBytes *body;
  gboolean body_packed;
  KafSyncLoad *load;  /* in it; NULL: nothing is sent */
  KafSyncLoad *ahead; /* what waits behind it; NULL: it was not read */
  guint version;      /* of the store's data, before that was read */
  KafRemote *remote;
  KafSecrets secrets;
  GBytes *answer;  /* once sent */
  gboolean packed; /* it is as it came */
  guint n_requests;
  gboolean is_fresh;              /* the store may take a snapshot */
  char *snapshot;                 /* the file; NULL: there is none */
  gboolean asks_totals;           /* the user sees nothing else */
  GBytes *totals;                 /* what the hub counted; NULL: it did not say */
  KafReconcile *reconcile;        /* not owned; NULL: it is an exchange */
  KafRemoteProgressFunc progress; /* nullable */
  gpointer progress_data;
};

void
kaf_sync_turn_free (KafSyncTurn *self)
{
  if (self == NULL)
    return;
  g_free (self->store);
  g_free (self->url);
  if (self->snapshot != NULL)
    g_unlink (self->snapshot);
  g_free (self->snapshot);
  g_clear_pointer (&self->body, g_bytes_unref);
  g_clear_pointer (&self->load, kaf_sync_load_free);
  g_clear_pointer (&self->ahead, kaf_sync_load_free);
  g_clear_pointer (&self->answer, g_bytes_unref);
  g_clear_pointer (&self->totals, g_bytes_unref);
  g_clear_pointer (&self->remote, kaf_remote_free);
  kaf_secrets_clear (&self->secrets);
  g_free (self);
}

static gint64
now_ms (KafDatabase *db)
{
  return kaf_clock_now (kaf_database_get_clock (db)) / 1000;
}

/* The first line. */
static GString *
begin_body (const KafSyncTurn *self, char *cursor)
{
  GString *body = g_string_new (NULL);
  KafHello hello = self->hello;

  hello.cursor = cursor;
  kaf_hello_print (&hello, body);
  return body;
}

/* @ahead (nullable, transfer full): what was read for this turn; of another it goes unused. */
static gboolean
make_body (KafSyncTurn *self,
           KafDatabase *db,
           const KafSyncState *state,
           KafSyncLoad *ahead,
           GError **error)
{
  g_autoptr (KafSyncLoad) load = ahead;

  if (!state->preview && load != NULL && load->after == state->acked)
    self->load = g_steal_pointer (&load);
  else if (!state->preview)
    self->load = kaf_sync_load_new (db, state->acked, error);
  if (!state->preview && self->load == NULL)
    return FALSE;
  self->body =
      kaf_sync_load_join (self->load, begin_body (self, state->cursor), &self->body_packed);
  return TRUE;
}

static gboolean
sends (const KafSyncTurn *self)
{
  return self->load != NULL && g_bytes_get_size (self->load->bytes) > 0;
}

static gboolean
check_enrolled (const KafSyncState *state, GError **error)
{
  if (state->url != NULL)
    return TRUE;
  g_set_error (error, KAF_NET_ERROR, KAF_NET_ERROR_NOT_ENROLLED, "not enrolled");
  return FALSE;
}

static void
begin_turn (KafSyncTurn *self, KafDatabase *db, const KafSyncState *state)
{
  self->store = g_strdup (kaf_database_get_path (db));
  self->url = g_strdup (state->url);
  self->hello = kaf_sync_state_greet (state, now_ms (db));
  self->hello.cursor = NULL;
  self->began = g_get_monotonic_time ();
}

gboolean
kaf_sync_report_moved (const KafSyncReport *report)
{
  return report->n_sent + report->n_received + report->n_dropped + report->n_conflicts +
             report->n_rejected + report->n_settled + report->n_erased + report->regranted >
         0;
}

void
kaf_sync_report_add (KafSyncReport *sum, const KafSyncReport *report)
{
  sum->n_sent += report->n_sent;
  sum->n_received += report->n_received;
  sum->n_dropped += report->n_dropped;
  sum->n_conflicts += report->n_conflicts;
  sum->n_rejected += report->n_rejected;
  sum->n_settled += report->n_settled;
  sum->n_erased += report->n_erased;
  sum->n_gone += report->n_gone;
  if (report->regranted)
    {
      sum->n_before = sum->regranted ? sum->n_before : report->n_before;
      sum->n_after = report->n_after;
      sum->regranted = TRUE;
    }
  sum->counted |= report->counted;
  sum->skew = report->skew;
}

gboolean
kaf_sync_report_keep (KafSyncReport *last, const KafSyncReport *report, gboolean well)
{
  if (!kaf_sync_report_moved (report) && (!well || kaf_sync_report_moved (last)))
    return FALSE;
  *last = *report;
  return TRUE;
}

static KafSyncTurn *
prepare (KafDatabase *db, KafSyncLoad *ahead, GError **error)
{
  g_autoptr (KafSyncLoad) load = ahead;
  g_autoptr (KafSyncTurn) self = g_new0 (KafSyncTurn, 1);
  g_auto (KafSyncState) state = { 0 };

  if (!kaf_sync_state_read (db, &state, error) || !check_enrolled (&state, error))
    return NULL;
  begin_turn (self, db, &state);
  self->is_fresh = kaf_adopt_is_fresh (db);
  self->asks_totals = kaf_totals_are_asked (db);
  /* Of one that broke off before there was something else to keep. */
  if (!self->is_fresh)
    kaf_adopt_remove_parts (self->store);
  return make_body (self, db, &state, g_steal_pointer (&load), error) ? g_steal_pointer (&self)
                                                                      : NULL;
}

KafSyncTurn *
kaf_sync_turn_prepare (KafDatabase *db, GError **error)
{
  return prepare (db, NULL, error);
}

void
kaf_sync_turn_set_progress (KafSyncTurn *self, KafRemoteProgressFunc progress, gpointer data)
{
  self->progress = progress;
  self->progress_data = data;
}

KafSyncTurn *
kaf_sync_turn_prepare_reconcile (KafDatabase *db, KafReconcile *reconcile, GError **error)
{
  KafSyncTurn *self = g_new0 (KafSyncTurn, 1);
  g_auto (KafSyncState) state = { 0 };
  g_autoptr (GString) body = g_string_new (NULL);

  if (!kaf_sync_state_read (db, &state, error) || !check_enrolled (&state, error))
    {
      kaf_sync_turn_free (self);
      return NULL;
    }
  begin_turn (self, db, &state);
  self->reconcile = reconcile;
  kaf_reconcile_print (reconcile, db, body);
  self->body = g_string_free_to_bytes (g_steal_pointer (&body));
  return self;
}

/* Sending */

static gboolean
change_tokens (KafSyncTurn *self, GCancellable *cancellable, GError **error)
{
  return kaf_tokens_renew (self->remote, self->store, &self->secrets, cancellable, error);
}

/* A connection and tokens, where the turn before left none. */
static gboolean
connect_hub (KafSyncTurn *self, GCancellable *cancellable, GError **error)
{
  g_autofree char *authority = NULL;

  if (self->remote == NULL)
    {
      authority = kaf_secrets_find_authority (self->store);
      if (!kaf_secrets_load (self->store, &self->secrets, error))
        return FALSE;
      self->remote = kaf_remote_new (self->url, authority, error);
    }
  return self->remote != NULL && (self->secrets.access_until > self->hello.now + TOKEN_MARGIN ||
                                  change_tokens (self, cancellable, error));
}

/* A store that holds nothing takes all at once, where the hub has it ready. */
static gboolean
ask (KafSyncTurn *self, GCancellable *cancellable, GError **error)
{
  if (self->is_fresh)
    {
      self->n_requests++;
      if (!kaf_snapshot_fetch (self->remote, &self->secrets, self->store, self->progress,
                               self->progress_data, cancellable, &self->snapshot, error))
        return FALSE;
    }
  if (self->snapshot != NULL)
    return TRUE;
  self->n_requests++;
  self->packed = self->body_packed;
  self->answer = (self->reconcile != NULL ? kaf_remote_reconcile : kaf_remote_exchange) (
      self->remote, &self->secrets, self->body, &self->packed, cancellable, error);
  return self->answer != NULL;
}

/* A hub that counts none, or cannot now, leaves those of before. */
static void
ask_totals (KafSyncTurn *self, GCancellable *cancellable)
{
  g_autoptr (GError) error = NULL;

  self->n_requests++;
  self->totals =
      kaf_remote_ask (self->remote, &self->secrets, "/v1/aggregates", NULL, cancellable, &error);
  if (self->totals == NULL)
    g_debug ("No totals: %s", error->message);
}

/* A token may have ended by the hub's clock alone: once more with a new one. The answer is left as it came. */
static gboolean
fetch_answer (KafSyncTurn *self, GCancellable *cancellable, GError **error)
{
  GError *local = NULL;

  if (!connect_hub (self, cancellable, error))
    return FALSE;
  if (ask (self, cancellable, &local))
    return TRUE;
  if (!g_error_matches (local, KAF_NET_ERROR, KAF_NET_ERROR_SIGNED_OUT))
    {
      g_propagate_error (error, local);
      return FALSE;
    }
  g_error_free (local);
  return change_tokens (self, cancellable, error) && ask (self, cancellable, error);
}

static gboolean
fetch (KafSyncTurn *self, GCancellable *cancellable, GError **error)
{
  if (!fetch_answer (self, cancellable, error))
    return FALSE;
  if (self->asks_totals)
    ask_totals (self, cancellable);
  return TRUE;
}

static gboolean
unpack (KafSyncTurn *self, GError **error)
{
  g_autoptr (GBytes) packed = NULL;

  if (!self->packed)
    return TRUE;
  packed = g_steal_pointer (&self->answer);
  self->packed = FALSE;
  self->answer = kaf_remote_unpack (packed, error);
  return self->answer != NULL;
}

gboolean
kaf_sync_turn_send (KafSyncTurn *self, GCancellable *cancellable, GError **error)
{
  return fetch (self, cancellable, error) && unpack (self, error);
}

/* Taking */

static void
add_up (KafSyncTurn *self, KafDatabase *db, const KafInboxResult *result, KafSyncReport *report)
{
  report->n_sent += result->n_acked > 0 && sends (self) ? self->load->n_made : 0;
  report->n_received += result->n_records - MIN (result->n_records, result->n_dropped);
  report->n_dropped += result->n_dropped;
  report->n_conflicts += result->n_conflicts;
  report->n_rejected += result->n_rejected;
  report->n_settled += result->n_settled;
  report->n_erased += result->n_erased;
  report->n_gone += result->n_gone;
  if (result->regranted)
    {
      report->n_before = report->regranted ? report->n_before : result->n_before;
      report->n_after = result->n_after;
      report->regranted = TRUE;
    }
  report->skew = kaf_skew_measure (now_ms (db), result->hub_now);
}

/* Whether what waits is as it was before: where anything but that was told, edits may have been taken out of it. */
static gboolean
leaves_outbox (const KafInboxResult *result)
{
  return !result->forked && result->n_records + result->n_rejected + result->n_erased +
                                    result->n_dropped + result->n_conflicts ==
                                0;
}

static gboolean
waits (KafDatabase *db)
{
  g_auto (KafSyncState) state = { 0 };

  return kaf_sync_state_read (db, &state, NULL) && state.n_unsent > 0;
}

/* One that cannot be taken, since it is of another version or the store has got records meanwhile, is asked
 * for no more: all comes by the feed. */
static gboolean
take_snapshot (KafSyncTurn *self, KafDatabase *db, KafSyncReport *report, GError **error)
{
  g_autoptr (GError) local = NULL;
  guint n = 0;
  gboolean done = kaf_adopt_snapshot (db, self->snapshot, &n, &local);

  kaf_adopt_remove_parts (self->store);
  report->n_received += n;
  if (done)
    return TRUE;
  if (g_error_matches (local, KAF_STORE_ERROR, KAF_STORE_ERROR_NOT_A_STORE) ||
      g_error_matches (local, KAF_STORE_ERROR, KAF_STORE_ERROR_DAMAGED) ||
      g_error_matches (local, KAF_STORE_ERROR, KAF_STORE_ERROR_NEWER) ||
      g_error_matches (local, KAF_STORE_ERROR, KAF_STORE_ERROR_EXISTS))
    return kaf_adopt_give_up (db, error);
  g_propagate_error (error, g_steal_pointer (&local));
  return FALSE;
}

/* What is not as it should be is not kept: the exchange itself went well. */
static void
take_totals (KafSyncTurn *self, KafDatabase *db, KafSyncReport *report)
{
  gsize size;
  const char *text = g_bytes_get_data (self->totals, &size);
  g_autoptr (GArray) parts = kaf_wire_parts_new ();
  g_autoptr (GError) error = NULL;
  const KafWirePart *whole = kaf_wire_parse_object (text, size, parts, &error);
  const KafWirePart *totals = kaf_wire_find (whole, "totals");
  gboolean changed = FALSE;

  if (totals != NULL && !kaf_totals_keep (db, totals->text, totals->size, &changed, &error))
    g_warning ("Totals were not kept: %s", error->message);
  report->counted |= changed;
}

/* What is no answer at all came from somebody else. */
static gboolean
fail_to_take (GError *local, GError **error)
{
  if (local->domain == KAF_SYNC_ERROR)
    {
      g_set_error_literal (error, KAF_NET_ERROR, KAF_NET_ERROR_PROTOCOL, local->message);
      g_error_free (local);
    }
  else
    g_propagate_error (error, local);
  return FALSE;
}

gboolean
kaf_sync_turn_take (KafSyncTurn *self,
                    KafDatabase *db,
                    KafSyncReport *report,
                    KafReceipt **receipt,
                    gboolean *rest,
                    GError **error)
{
  GError *local = NULL;
  KafInboxResult result;
  gsize size;
  const char *text;

  *rest = FALSE;
  if (self->snapshot != NULL)
    return take_snapshot (self, db, report, error);
  text = g_bytes_get_data (self->answer, &size);
  text = text != NULL ? text : "";
  if (self->reconcile != NULL)
    {
      if (!kaf_reconcile_take (self->reconcile, db, text, size, receipt, rest, &local))
        return fail_to_take (local, error);
      report->n_received += *receipt != NULL ? (*receipt)->n_records : 0;
      return TRUE;
    }
  if (!kaf_inbox_take (db, text, size, &result, receipt, &local))
    return fail_to_take (local, error);
  add_up (self, db, &result, report);
  if (!leaves_outbox (&result))
    g_clear_pointer (&self->ahead, kaf_sync_load_free);
  /* Of an erasure the hub waits for the receipt. What was not acknowledged now will not be by asking
   * again at once. */
  *rest = !result.more && result.n_erased == 0 && (result.n_acked == 0 || !waits (db)) &&
          (self->asks_totals || !kaf_totals_are_asked (db));
  if (self->totals != NULL)
    take_totals (self, db, report);
  if (!result.forked)
    return TRUE;
  g_set_error (error, KAF_NET_ERROR, KAF_NET_ERROR_FORKED, "the journal has another end there");
  return FALSE;
}

/* All of it */

/* The connection goes from turn to turn. */
static void
hand_over (KafSyncTurn *self, KafSyncTurn *before)
{
  self->remote = g_steal_pointer (&before->remote);
  self->secrets = before->secrets;
  before->secrets = (KafSecrets){ NULL };
}

/* Where the answer says that there is more, and nothing that is to be reported at once: the cursor to go on from. */
static char *
find_next_cursor (const KafSyncTurn *self)
{
  gsize size, length;
  const char *text = g_bytes_get_data (self->answer, &size);
  const char *end = size > 1 ? memrchr (text, '\n', size - 1) : NULL, *line = NULL;
  g_auto (KafCheckpoint) checkpoint = { 0 };
  g_autoptr (GPtrArray) erased = NULL;

  if (end == NULL || !kaf_checkpoint_parse (end + 1, text + size - end - 2, &checkpoint, NULL) ||
      !checkpoint.more)
    return NULL;
  for (guint i = 0; i < 3; i++)
    line = kaf_exchange_next (&text, &size, &length);
  erased = line != NULL ? kaf_erased_parse (line, length, NULL) : NULL;
  return erased != NULL && erased->len == 0 ? g_steal_pointer (&checkpoint.cursor) : NULL;
}

/* The turn after this one, when that only reads on: asked while the store takes this answer. If the store stands elsewhere
 * by then, it does not take the other. NULL: what comes next will be known later. */
static KafSyncTurn *
foresee (KafSyncTurn *self)
{
  g_autofree char *cursor = self->answer != NULL && !sends (self) ? find_next_cursor (self) : NULL;
  KafSyncTurn *next;

  if (cursor == NULL)
    return NULL;
  next = g_new0 (KafSyncTurn, 1);
  next->store = g_strdup (self->store);
  next->url = g_strdup (self->url);
  next->hello = self->hello;
  next->hello.now += (g_get_monotonic_time () - self->began) / 1000;
  next->began = g_get_monotonic_time ();
  next->body = g_string_free_to_bytes (begin_body (next, cursor));
  hand_over (next, self);
  return next;
}

/* Turns in a row. */
typedef struct
{
  KafDatabase *db;
  KafSyncReport *report;
  KafRemoteProgressFunc progress; /* nullable */
  gpointer data;
  GCancellable *cancellable;
  KafSyncTurn *last; /* whose connection the next goes on with */
  KafSyncTurn *next; /* that is foreseen */
  KafSyncTurn *sent; /* that is on its way, in a thread of its own; not owned */
  GThread *thread;
  GError *failure; /* of which; once the thread has ended */
} Run;

static gpointer
run_fetch (gpointer data)
{
  Run *self = data;

  fetch (self->sent, self->cancellable, &self->failure);
  return NULL;
}

static void
begin_fetch (Run *self, KafSyncTurn *turn)
{
  self->sent = turn;
  self->thread = g_thread_new ("sync", run_fetch, self);
}

static void
end_fetch (Run *self)
{
  g_thread_join (g_steal_pointer (&self->thread));
  self->sent = NULL;
}

/* What waits behind what is sent is made ready while the hub takes that. */
static gboolean
send_and_read_on (Run *self, KafSyncTurn *turn, GError **error)
{
  if (turn->load == NULL || !turn->load->full)
    return fetch (turn, self->cancellable, error);
  begin_fetch (self, turn);
  turn->version = kaf_database_get_data_version (self->db);
  /* Where that fails it is read in its turn, and the failure told. */
  turn->ahead = kaf_sync_load_new (self->db, turn->load->last, NULL);
  end_fetch (self);
  if (self->failure == NULL)
    return TRUE;
  g_propagate_error (error, g_steal_pointer (&self->failure));
  return FALSE;
}

/* NULL where nothing was read ahead, or somebody else wrote into the store since. */
static KafSyncLoad *
steal_ahead (Run *self)
{
  if (self->last == NULL || self->last->version != kaf_database_get_data_version (self->db))
    return NULL;
  return g_steal_pointer (&self->last->ahead);
}

/* The turn that comes next, sent. */
static KafSyncTurn *
send_next (Run *self, GError **error)
{
  g_autoptr (KafSyncTurn) turn = g_steal_pointer (&self->next);
  gboolean sent = turn != NULL && self->failure == NULL;

  if (self->failure != NULL)
    g_propagate_error (error, g_steal_pointer (&self->failure));
  if (turn == NULL)
    {
      turn = prepare (self->db, steal_ahead (self), error);
      if (turn == NULL)
        return NULL;
      if (self->last != NULL)
        hand_over (turn, self->last);
      kaf_sync_turn_set_progress (turn, self->progress, self->data);
      sent = send_and_read_on (self, turn, error);
    }
  self->report->n_requests += turn->n_requests;
  return sent && unpack (turn, error) ? g_steal_pointer (&turn) : NULL;
}

static gboolean
exchange (Run *self, gboolean *rest, GError **error)
{
  g_autoptr (KafSyncTurn) turn = send_next (self, error);
  g_autoptr (KafReceipt) receipt = NULL;
  gboolean taken;

  if (turn == NULL)
    return FALSE;
  self->next = foresee (turn);
  if (self->next != NULL)
    begin_fetch (self, self->next);
  taken = kaf_sync_turn_take (turn, self->db, self->report, &receipt, rest, error);
  if (self->next != NULL)
    end_fetch (self);
  g_clear_pointer (&self->last, kaf_sync_turn_free);
  self->last = g_steal_pointer (&turn);
  g_clear_pointer (&self->last->answer, g_bytes_unref);
  return taken;
}

static gboolean
run_turns (Run *self, GError **error)
{
  gboolean rest = FALSE, done = TRUE;

  while (done && !rest)
    done = exchange (self, &rest, error);
  g_clear_pointer (&self->last, kaf_sync_turn_free);
  g_clear_pointer (&self->next, kaf_sync_turn_free);
  g_clear_error (&self->failure);
  return done;
}

gboolean
kaf_syncer_compare (KafDatabase *db, guint *n_alike, GCancellable *cancellable, GError **error)
{
  g_auto (KafSyncState) state = { 0 };
  g_autoptr (GPtrArray) found = NULL;
  gboolean may;

  *n_alike = 0;
  if (!kaf_sync_state_read (db, &state, error))
    return FALSE;
  if (!state.preview)
    return TRUE;
  if (!kaf_duplicates_may_be (db, &may, error))
    return FALSE;
  if (!may)
    return kaf_duplicates_set_preview (db, FALSE, error);
  if (!kaf_suspects_update (db, NULL, NULL, cancellable, error))
    return FALSE;
  found = kaf_duplicates_find (db, FALSE, KAF_LANG_FR, NULL, cancellable, error);
  if (found == NULL)
    return FALSE;
  *n_alike = found->len;
  return found->len > 0 || kaf_duplicates_set_preview (db, FALSE, error);
}

gboolean
kaf_syncer_run_telling (KafDatabase *db,
                        KafSyncReport *report,
                        KafRemoteProgressFunc progress,
                        gpointer data,
                        GCancellable *cancellable,
                        GError **error)
{
  g_auto (KafSyncState) before = { 0 };
  Run run = {
    .db = db, .report = report, .progress = progress, .data = data, .cancellable = cancellable
  };

  *report = (KafSyncReport){ 0 };
  kaf_database_checkpoint_aside (db);
  if (!kaf_sync_state_read (db, &before, error) || !run_turns (&run, error))
    return FALSE;
  if (!before.preview)
    return TRUE;
  /* What the hub has is here; now it can be told whether it has what is to be sent. */
  return kaf_syncer_compare (db, &report->n_alike, cancellable, error) &&
         (report->n_alike > 0 || run_turns (&run, error));
}

gboolean
kaf_syncer_run (KafDatabase *db, KafSyncReport *report, GCancellable *cancellable, GError **error)
{
  return kaf_syncer_run_telling (db, report, NULL, NULL, cancellable, error);
}

/* Comparing */

static gboolean
compare (KafDatabase *db,
         KafReconcile *reconcile,
         guint *n_requests,
         GCancellable *cancellable,
         GError **error)
{
  g_autoptr (KafSyncTurn) last = NULL;
  KafSyncReport report = { 0 };
  gboolean rest = FALSE;

  while (!rest)
    {
      g_autoptr (KafSyncTurn) turn = kaf_sync_turn_prepare_reconcile (db, reconcile, error);
      g_autoptr (KafReceipt) receipt = NULL;

      if (turn == NULL)
        return FALSE;
      if (last != NULL)
        hand_over (turn, last);
      if (!kaf_sync_turn_send (turn, cancellable, error) ||
          !kaf_sync_turn_take (turn, db, &report, &receipt, &rest, error))
        return FALSE;
      if (n_requests != NULL)
        *n_requests += turn->n_requests;
      g_clear_pointer (&last, kaf_sync_turn_free);
      last = g_steal_pointer (&turn);
    }
  return TRUE;
}

gboolean
kaf_syncer_reconcile (KafDatabase *db,
                      KafReconcileResult *result,
                      guint *n_requests,
                      GCancellable *cancellable,
                      GError **error)
{
  g_autoptr (KafReconcile) reconcile = kaf_reconcile_new (db, error);
  gboolean done;

  *result = (KafReconcileResult){ 0 };
  if (reconcile == NULL)
    return FALSE;
  done = compare (db, reconcile, n_requests, cancellable, error);
  *result = *kaf_reconcile_get_result (reconcile);
  return done && (result->early || kaf_reconcile_keep (db, result, error));
}
