/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 *   main context          store, behind        a thread of its own     store, writing
 *   ────────────          ─────────────        ───────────────────     ──────────────
 *   begin ──────────────▶ turn_prepare
 *   on_prepared ◀──────── turn
 *        └───────────────────────────────────▶ turn_send
 *   on_sent ◀────────────────────────────────── answer
 *        └───────────────────────────────────────────────────────────▶ turn_take, announce
 *   on_taken ◀──────────────────────────────────────────────────────── rest?
 *        └──▶ begin, or rest and schedule the next
 *
 * When both are at rest and it is due, all that is here is compared with what the hub has told (kaf-reconcile.h), by turns of
 * the same kind. What comes in between, a failure too, ends that without ado: the exchange is done.
 */
#include "config.h"

#include "net/kaf-sync-agent-private.h"

#include "net/kaf-aside-watch.h"
#include "net/kaf-keyring.h"
#include "net/kaf-sync-pace.h"
#include "store/kaf-duplicates.h"
#include "store/kaf-sync-state.h"

struct _KafSyncAgent
{
  GObject parent_instance;

  KafStore *store;
  KafBlobAgent *files;
  KafSyncStatus status;
  KafSyncPace pace;
  gboolean stopped;

  GCancellable *reading; /* of looking at the store */
  gboolean is_reading;
  gboolean again;

  GCancellable *running;   /* of the exchange; NULL: none runs */
  gboolean is_taking;      /* its answer is being written */
  KafReconcile *reconcile; /* NULL: the exchange is none that compares */
  guint timer;
  gint64 due;                 /* µs of the monotonic clock, of the timer */
  gboolean at_once;           /* sync as soon as the store was looked at */
  gboolean written_meanwhile; /* while an exchange ran */
  guint n_unsent;             /* operations, when the store was looked at last */
  GNetworkMonitor *network;
  guint lease_timer;
};

/* s between two looks at the lease. */
#define LEASE_INTERVAL 600

enum
{
  CHANGED,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (KafSyncAgent, kaf_sync_agent, G_TYPE_OBJECT)

static void begin (KafSyncAgent *self);
static void look (KafSyncAgent *self);
static void look_at_lease (KafSyncAgent *self);
static gboolean on_lease_timer (gpointer data);

static gint64
now (void)
{
  return g_get_real_time ();
}

static void
tell (KafSyncAgent *self)
{
  g_signal_emit (self, signals[CHANGED], 0);
}

static void
on_files_changed (KafSyncAgent *self)
{
  self->status.files = *kaf_blob_agent_get_counts (self->files);
  self->status.moves_files = kaf_blob_agent_is_running (self->files);
  tell (self);
}

/* When */

static gboolean
on_timer (gpointer data)
{
  KafSyncAgent *self = data;

  self->timer = 0;
  begin (self);
  return G_SOURCE_REMOVE;
}

/* What is due sooner stays due. */
static void
schedule (KafSyncAgent *self, KafSyncCause cause)
{
  gint64 delay = kaf_sync_pace_delay (&self->pace, cause, g_random_double ());
  gint64 due = g_get_monotonic_time () + delay * 1000;

  if (delay == KAF_SYNC_NEVER || self->stopped || self->status.url == NULL ||
      self->running != NULL || kaf_store_is_read_only (self->store))
    return;
  if (self->timer != 0 && self->due <= due)
    return;
  g_clear_handle_id (&self->timer, g_source_remove);
  self->due = due;
  self->timer = g_timeout_add ((guint) delay, on_timer, self);
}

static void
on_network_changed (KafSyncAgent *self, gboolean available)
{
  if (available && self->pace.n_failures > 0)
    schedule (self, KAF_SYNC_CAUSE_NETWORK);
}

/* Asked for only where there is a hub: it reaches out for services of the system. */
static void
watch_network (KafSyncAgent *self)
{
  if (self->network != NULL)
    return;
  self->network = g_object_ref (g_network_monitor_get_default ());
  g_signal_connect_object (self->network, "network-changed", G_CALLBACK (on_network_changed), self,
                           G_CONNECT_SWAPPED);
}

/* Looking at the store */

static KafSyncPhase
find_phase (KafSyncAgent *self)
{
  const GError *error = self->status.error;

  if (self->status.url == NULL)
    return KAF_SYNC_PHASE_NOT_ENROLLED;
  if (self->running != NULL)
    return KAF_SYNC_PHASE_SYNCING;
  if (error == NULL)
    return KAF_SYNC_PHASE_IDLE;
  if (g_error_matches (error, KAF_NET_ERROR, KAF_NET_ERROR_OFFLINE))
    return KAF_SYNC_PHASE_OFFLINE;
  if (g_error_matches (error, KAF_NET_ERROR, KAF_NET_ERROR_SIGNED_OUT) ||
      g_error_matches (error, KAF_NET_ERROR, KAF_NET_ERROR_CREDENTIALS) ||
      g_error_matches (error, KAF_NET_ERROR, KAF_NET_ERROR_KEYRING))
    return KAF_SYNC_PHASE_NEEDS_SIGN_IN;
  return KAF_SYNC_PHASE_BLOCKED;
}

static gpointer
read_state (KafDatabase *db, gpointer data, GCancellable *cancellable, GError **error)
{
  g_autofree KafSyncState *state = g_new0 (KafSyncState, 1);

  return kaf_sync_state_read (db, state, error) ? g_steal_pointer (&state) : NULL;
}

static void
state_free (gpointer data)
{
  kaf_sync_state_clear (data);
  g_free (data);
}

static void
show_state (KafSyncAgent *self, KafSyncState *state)
{
  KafSyncStatus *status = &self->status;
  gboolean first = status->phase == KAF_SYNC_PHASE_UNKNOWN;
  gboolean written = state->n_unsent > self->n_unsent;

  g_free (status->url);
  g_free (status->user);
  g_free (status->role);
  status->url = g_steal_pointer (&state->url);
  status->user = g_steal_pointer (&state->user);
  status->role = g_steal_pointer (&state->role);
  self->n_unsent = state->n_unsent;
  status->n_waiting = state->n_waiting;
  status->n_conflicts = state->n_conflicts;
  status->n_rejected = state->n_rejected;
  status->n_settled = state->n_settled;
  status->synced_at = state->synced_at;
  status->compared_at = state->compared_at;
  status->n_mended = state->n_mended;
  status->n_unmended = state->n_unmended;
  status->n_unknown = state->n_unknown;
  status->preview = state->preview;
  status->n_held = state->n_held;
  if (!state->preview)
    status->n_alike = 0;
  status->phase = find_phase (self);
  if (status->url != NULL)
    watch_network (self);
  if (written && self->running != NULL)
    self->written_meanwhile = TRUE;
  if (status->url != NULL && self->lease_timer == 0)
    {
      self->lease_timer = g_timeout_add_seconds (LEASE_INTERVAL, on_lease_timer, self);
      look_at_lease (self);
    }
  if (first)
    schedule (self, KAF_SYNC_CAUSE_START);
  else if (written)
    schedule (self, KAF_SYNC_CAUSE_WRITTEN);
  tell (self);
  if (self->at_once)
    kaf_sync_agent_sync_now (self);
  self->at_once = FALSE;
}

static void
on_state (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (KafSyncAgent) self = data;
  g_autoptr (GError) error = NULL;
  KafSyncState *state = kaf_store_run_finish (KAF_STORE (source), result, &error);

  self->is_reading = FALSE;
  if (state != NULL && !self->stopped)
    show_state (self, state);
  else if (error != NULL && !g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    g_warning ("Reading the state of the sync failed: %s", error->message);
  g_clear_pointer (&state, state_free);
  if (self->again && !self->stopped)
    look (self);
}

static void
look (KafSyncAgent *self)
{
  self->again = self->is_reading;
  if (self->is_reading)
    return;
  self->is_reading = TRUE;
  kaf_store_run_async (self->store, KAF_LANE_BACKGROUND, read_state, NULL, NULL, state_free,
                       self->reading, on_state, g_object_ref (self));
}

/* One exchange */

typedef struct
{
  KafSyncAgent *agent; /* owned */
  KafSyncTurn *turn;
  KafSyncReport report; /* of the turn */
  gboolean rest;
  GCancellable *cancellable;
  gint64 told; /* when it was told last how much came; µs of the monotonic clock */
} Exchange;

static void
exchange_free (Exchange *self)
{
  g_object_unref (self->agent);
  g_object_unref (self->cancellable);
  g_clear_pointer (&self->turn, kaf_sync_turn_free);
  g_free (self);
}
G_DEFINE_AUTOPTR_CLEANUP_FUNC (Exchange, exchange_free)

static void
note_failure (KafSyncAgent *self, const GError *error)
{
  g_message ("The sync stopped: %s", error->message);
  kaf_sync_pace_note (&self->pace, error);
  self->pace.no_network =
      self->network != NULL && !g_network_monitor_get_network_available (self->network);
  self->status.error = g_error_copy (error);
  if (self->status.offline_since == 0)
    self->status.offline_since = now ();
}

/* The lease on what the hub has given */

typedef struct
{
  KafSyncAgent *agent; /* owned */
  KafLeaseReport report;
  gboolean revoked; /* the hub said so just now */
  gboolean before;  /* persons had gone before */
} Lease;

static gpointer
run_lease (KafDatabase *db, gpointer data, GCancellable *cancellable, GError **error)
{
  Lease *lease = data;
  char boot[KAF_LEASE_BOOT_SIZE];
  KafLeaseMoment now;
  guint n_removed = 0;

  kaf_lease_get_moment (db, &now, boot);
  if (lease->revoked && !kaf_lease_revoke (db, error))
    return NULL;
  /* Lists look again once all have gone. */
  if (kaf_lease_check (db, &now, &lease->report, &n_removed, error) && lease->report.removed &&
      !lease->before)
    kaf_store_announce (lease->agent->store, NULL);
  return NULL;
}

static void
on_lease (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autofree Lease *lease = data;
  g_autoptr (KafSyncAgent) self = lease->agent;
  g_autoptr (GError) error = NULL;

  kaf_store_run_finish (KAF_STORE (source), result, &error);
  if (error != NULL)
    g_warning ("Looking at the lease failed: %s", error->message);
  if (error != NULL || self->stopped)
    return;
  self->status.lease = lease->report;
  tell (self);
  /* One go after the other: what is typed meanwhile is written in between. */
  if (lease->report.more)
    look_at_lease (self);
}

static void
look_at_lease (KafSyncAgent *self)
{
  Lease *lease;

  if (self->stopped || self->status.url == NULL || kaf_store_is_read_only (self->store))
    return;
  lease = g_new0 (Lease, 1);
  lease->agent = g_object_ref (self);
  lease->before = self->status.lease.removed;
  lease->revoked = g_error_matches (self->status.error, KAF_NET_ERROR, KAF_NET_ERROR_REVOKED);
  kaf_store_run_async (self->store, KAF_LANE_WRITE, run_lease, lease, NULL, NULL, NULL, on_lease,
                       lease);
}

static gboolean
on_lease_timer (gpointer data)
{
  look_at_lease (data);
  return G_SOURCE_CONTINUE;
}

/* Comparing, once all that the hub has is here and nothing was sent */

static gpointer
run_send_but (KafDatabase *db, gpointer data, GCancellable *cancellable, GError **error)
{
  GPtrArray *held = data;

  if (held->len == 0 || kaf_duplicates_hold (db, held, error))
    kaf_duplicates_set_preview (db, FALSE, error);
  return NULL;
}

static void
on_may_send (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (KafSyncAgent) self = data;
  g_autoptr (GError) error = NULL;

  kaf_store_run_finish (KAF_STORE (source), result, &error);
  if (error != NULL)
    g_warning ("Beginning to send failed: %s", error->message);
  self->at_once = error == NULL;
  self->status.n_alike = 0;
  if (!self->stopped)
    look (self);
}

void
kaf_sync_agent_send_but (KafSyncAgent *self, GPtrArray *held)
{
  g_return_if_fail (KAF_IS_SYNC_AGENT (self));

  kaf_store_run_async (self->store, KAF_LANE_WRITE, run_send_but, g_ptr_array_ref (held),
                       (GDestroyNotify) g_ptr_array_unref, NULL, NULL, on_may_send,
                       g_object_ref (self));
}

static gpointer
run_compare (KafDatabase *db, gpointer data, GCancellable *cancellable, GError **error)
{
  return kaf_duplicates_find (db, FALSE, KAF_LANG_FR, NULL, cancellable, error);
}

static void
on_compared (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (KafSyncAgent) self = data;
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) found = kaf_store_run_finish (KAF_STORE (source), result, &error);

  if (self->stopped)
    return;
  if (found == NULL)
    {
      g_warning ("Comparing with the server failed: %s", error != NULL ? error->message : "");
      return;
    }
  if (found->len == 0)
    {
      kaf_sync_agent_send_but (self, found);
      return;
    }
  self->status.n_alike = found->len;
  tell (self);
}

/* @error: NULL, it went well. */
static void
end (KafSyncAgent *self, const GError *error)
{
  gboolean cancelled = g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);

  g_clear_object (&self->running);
  if (self->stopped)
    return;
  self->status.n_regranted += self->status.report.regranted;
  self->status.has_last |=
      kaf_sync_report_keep (&self->status.last, &self->status.report, error == NULL);
  g_clear_error (&self->status.error);
  if (error != NULL && !cancelled)
    note_failure (self, error);
  else if (!cancelled)
    {
      kaf_sync_pace_note (&self->pace, NULL);
      self->status.offline_since = 0;
      if (self->status.preview && self->status.n_alike == 0)
        kaf_store_run_async (self->store, KAF_LANE_BACKGROUND, run_compare, NULL, NULL,
                             (GDestroyNotify) g_ptr_array_unref, self->reading, on_compared,
                             g_object_ref (self));
      kaf_blob_agent_wake (self->files);
    }
  self->status.phase = find_phase (self);
  schedule (self, KAF_SYNC_CAUSE_INTERVAL);
  if (self->written_meanwhile)
    schedule (self, KAF_SYNC_CAUSE_WRITTEN);
  self->written_meanwhile = FALSE;
  /* A person is told before anything is removed. */
  tell (self);
  look_at_lease (self);
  look (self);
}

/* Comparing */

typedef struct
{
  KafSyncAgent *agent; /* owned */
  KafReconcileResult result;
  gboolean found; /* something: else the hub cannot compare */
} Compared;

static gpointer
run_keep_compared (KafDatabase *db, gpointer data, GCancellable *cancellable, GError **error)
{
  const Compared *compared = data;

  kaf_reconcile_keep (db, compared->found ? &compared->result : NULL, error);
  return NULL;
}

static void
on_compared_kept (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autofree Compared *compared = data;
  g_autoptr (KafSyncAgent) self = compared->agent;
  g_autoptr (GError) error = NULL;

  kaf_store_run_finish (KAF_STORE (source), result, &error);
  if (error != NULL)
    g_warning ("Noting what was compared failed: %s", error->message);
  end (self, NULL);
}

/* @error: nullable. Whatever came of it, the exchange before it went well. */
static void
end_comparing (KafSyncAgent *self, const GError *error)
{
  const KafReconcileResult result = *kaf_reconcile_get_result (self->reconcile);
  gboolean too_old = g_error_matches (error, KAF_NET_ERROR, KAF_NET_ERROR_SERVER_OLD);
  Compared *compared;

  g_clear_pointer (&self->reconcile, kaf_reconcile_free);
  self->status.compares = FALSE;
  if (error != NULL)
    g_message ("Comparing with the server stopped: %s", error->message);
  else if (kaf_reconcile_count_mended (&result) + result.n_left + result.n_unknown > 0)
    g_message (
        "Compared with the server: %u records fetched, %u renewed, %u removed, %u not mended, "
        "%u not known there",
        result.n_fetched, result.n_renewed, result.n_dropped, result.n_left, result.n_unknown);
  if (self->stopped || (error != NULL && !too_old) || result.early)
    {
      end (self, NULL);
      return;
    }
  compared = g_new0 (Compared, 1);
  compared->agent = g_object_ref (self);
  compared->result = result;
  compared->found = !too_old;
  kaf_store_run_async (self->store, KAF_LANE_WRITE, run_keep_compared, compared, NULL, NULL, NULL,
                       on_compared_kept, compared);
}

static gpointer
run_begin_comparing (KafDatabase *db, gpointer data, GCancellable *cancellable, GError **error)
{
  return kaf_reconcile_is_due (db) ? kaf_reconcile_new (db, error) : NULL;
}

static void
on_may_compare (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (KafSyncAgent) self = data;
  g_autoptr (GError) error = NULL;

  self->reconcile = kaf_store_run_finish (KAF_STORE (source), result, &error);
  if (error != NULL)
    g_warning ("Comparing with the server did not begin: %s", error->message);
  if (self->reconcile == NULL || self->stopped)
    {
      g_clear_pointer (&self->reconcile, kaf_reconcile_free);
      end (self, NULL);
      return;
    }
  self->status.compares = TRUE;
  tell (self);
  begin (self);
}

/* The exchange came to its end; before it is over, it may be time to compare. */
static void
rest (KafSyncAgent *self)
{
  kaf_store_run_async (self->store, KAF_LANE_BACKGROUND, run_begin_comparing, NULL, NULL,
                       (GDestroyNotify) kaf_reconcile_free, self->reading, on_may_compare,
                       g_object_ref (self));
}

static gpointer
run_take (KafDatabase *db, gpointer data, GCancellable *cancellable, GError **error)
{
  Exchange *exchange = data;
  g_autoptr (KafReceipt) receipt = NULL;
  KafSyncReport *report = &exchange->report;

  if (g_cancellable_set_error_if_cancelled (exchange->cancellable, error))
    return NULL;
  kaf_sync_turn_take (exchange->turn, db, report, &receipt, &exchange->rest, error);
  /* Neither an erasure, nor a snapshot, nor what the hub counted is a change that a receipt could tell: all is looked at again. */
  if (report->n_erased > 0 || report->counted || (receipt == NULL && report->n_received > 0))
    kaf_store_announce (exchange->agent->store, NULL);
  else if (receipt != NULL && report->n_received + report->n_dropped + report->n_conflicts +
                                      report->n_rejected + report->n_settled >
                                  0)
    kaf_store_announce (exchange->agent->store, receipt);
  return NULL;
}

static void
on_taken (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (Exchange) exchange = data;
  KafSyncAgent *self = exchange->agent;
  g_autoptr (GError) error = NULL;

  kaf_store_run_finish (KAF_STORE (source), result, &error);
  self->is_taking = FALSE;
  kaf_sync_report_add (&self->status.report, &exchange->report);
  self->status.report.n_requests++;
  self->status.n_gone += exchange->report.n_gone;
  self->status.has_report = TRUE;
  if (exchange->report.n_sent > 0)
    kaf_store_announce_sent (self->store);
  if (self->reconcile != NULL && (error != NULL || exchange->rest || self->stopped))
    end_comparing (self, error);
  else if (error != NULL || self->stopped)
    end (self, error);
  else if (exchange->rest)
    rest (self);
  else
    {
      tell (self);
      begin (self);
    }
}

/* µs between two times that it is told how much came. */
#define TELL_INTERVAL (100 * 1000)

typedef struct
{
  KafSyncAgent *agent;       /* owned */
  GCancellable *cancellable; /* owned: of the exchange that it is about */
  gint64 came, coming;
} Progress;

static void
progress_free (gpointer data)
{
  Progress *progress = data;

  g_object_unref (progress->agent);
  g_object_unref (progress->cancellable);
  g_free (progress);
}

static gboolean
on_progress (gpointer data)
{
  const Progress *progress = data;
  KafSyncAgent *self = progress->agent;

  if (self->running != progress->cancellable || self->is_taking || self->stopped)
    return G_SOURCE_REMOVE;
  self->status.came = progress->came;
  self->status.coming = progress->coming;
  tell (self);
  return G_SOURCE_REMOVE;
}

/* In the thread that sends. */
static void
note_progress (goffset done, goffset all, gpointer data)
{
  Exchange *exchange = data;
  gint64 moment = g_get_monotonic_time ();
  Progress *progress;

  if (exchange->told > 0 && moment - exchange->told < TELL_INTERVAL && done < all)
    return;
  exchange->told = moment;
  progress = g_new0 (Progress, 1);
  progress->agent = g_object_ref (exchange->agent);
  progress->cancellable = g_object_ref (exchange->cancellable);
  progress->came = done;
  progress->coming = all;
  g_idle_add_full (G_PRIORITY_DEFAULT, on_progress, progress, progress_free);
}

/* @error: nullable, the store goes. */
static void
fail (KafSyncAgent *self, const GError *error)
{
  if (self->reconcile != NULL)
    end_comparing (self, error);
  else
    end (self, error);
}

static void
send_thread (GTask *task, gpointer source, gpointer data, GCancellable *cancellable)
{
  Exchange *exchange = data;
  GError *error = NULL;

  if (kaf_sync_turn_send (exchange->turn, cancellable, &error))
    g_task_return_boolean (task, TRUE);
  else
    g_task_return_error (task, error);
}

static void
on_sent (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (Exchange) exchange = data;
  KafSyncAgent *self = exchange->agent;
  g_autoptr (GError) error = NULL;

  self->status.came = self->status.coming = 0;
  if (!g_task_propagate_boolean (G_TASK (result), &error) || self->stopped)
    {
      fail (self, error);
      return;
    }
  self->is_taking = TRUE;
  /* What is only summed up holds up nobody who writes. */
  kaf_store_run_async (self->store,
                       self->reconcile != NULL && !kaf_reconcile_writes (self->reconcile)
                           ? KAF_LANE_BACKGROUND
                           : KAF_LANE_WRITE,
                       run_take, exchange, NULL, NULL, NULL, on_taken, exchange);
  exchange = NULL;
}

static gpointer
run_prepare (KafDatabase *db, gpointer data, GCancellable *cancellable, GError **error)
{
  Exchange *exchange = data;

  return exchange->agent->reconcile != NULL
             ? kaf_sync_turn_prepare_reconcile (db, exchange->agent->reconcile, error)
             : kaf_sync_turn_prepare (db, error);
}

static void
on_prepared (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (Exchange) exchange = data;
  KafSyncAgent *self = exchange->agent;
  g_autoptr (GError) error = NULL;
  g_autoptr (GTask) task = NULL;

  exchange->turn = kaf_store_run_finish (KAF_STORE (source), result, &error);
  if (exchange->turn == NULL || self->stopped)
    {
      fail (self, error);
      return;
    }
  kaf_sync_turn_set_progress (exchange->turn, note_progress, exchange);
  task = g_task_new (self, exchange->cancellable, on_sent, exchange);
  g_task_set_source_tag (task, on_prepared);
  g_task_set_task_data (task, exchange, NULL);
  exchange = NULL;
  g_task_run_in_thread (task, send_thread);
}

/* The first turn of an exchange, or one more. */
static void
begin (KafSyncAgent *self)
{
  Exchange *exchange;

  if (self->stopped || self->status.url == NULL || kaf_store_is_read_only (self->store))
    return;
  g_clear_handle_id (&self->timer, g_source_remove);
  if (self->running == NULL)
    {
      self->running = g_cancellable_new ();
      self->status.report = (KafSyncReport){ 0 };
      self->status.phase = KAF_SYNC_PHASE_SYNCING;
      tell (self);
    }
  exchange = g_new0 (Exchange, 1);
  exchange->agent = g_object_ref (self);
  exchange->cancellable = g_object_ref (self->running);
  kaf_store_run_async (self->store, KAF_LANE_BACKGROUND, run_prepare, exchange, NULL,
                       (GDestroyNotify) kaf_sync_turn_free, exchange->cancellable, on_prepared,
                       exchange);
}

static void
kaf_sync_agent_dispose (GObject *object)
{
  KafSyncAgent *self = KAF_SYNC_AGENT (object);

  kaf_sync_agent_stop (self);
  g_clear_object (&self->network);
  g_clear_object (&self->files);
  g_clear_object (&self->store);
  G_OBJECT_CLASS (kaf_sync_agent_parent_class)->dispose (object);
}

static void
kaf_sync_agent_finalize (GObject *object)
{
  KafSyncAgent *self = KAF_SYNC_AGENT (object);

  g_clear_object (&self->reading);
  g_clear_object (&self->running);
  g_clear_pointer (&self->reconcile, kaf_reconcile_free);
  g_free (self->status.url);
  g_free (self->status.user);
  g_free (self->status.role);
  g_clear_error (&self->status.error);
  G_OBJECT_CLASS (kaf_sync_agent_parent_class)->finalize (object);
}

static void
kaf_sync_agent_class_init (KafSyncAgentClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = kaf_sync_agent_dispose;
  G_OBJECT_CLASS (klass)->finalize = kaf_sync_agent_finalize;

  signals[CHANGED] = g_signal_new ("changed", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL,
                                   NULL, NULL, G_TYPE_NONE, 0);
}

static void
kaf_sync_agent_init (KafSyncAgent *self)
{
  self->reading = g_cancellable_new ();
}

KafSyncAgent *
kaf_sync_agent_new (KafStore *store)
{
  KafSyncAgent *self = g_object_new (KAF_TYPE_SYNC_AGENT, NULL);

  self->store = g_object_ref (store);
  self->files = kaf_blob_agent_new (store);
  g_signal_connect_object (self->files, "changed", G_CALLBACK (on_files_changed), self,
                           G_CONNECT_SWAPPED);
  kaf_keyring_allow_asking ();
  kaf_aside_watch (self);
  g_signal_connect_object (store, "changed", G_CALLBACK (look), self, G_CONNECT_SWAPPED);
  look (self);
  return self;
}

const KafSyncStatus *
kaf_sync_agent_get_status (KafSyncAgent *self)
{
  g_return_val_if_fail (KAF_IS_SYNC_AGENT (self), NULL);
  return &self->status;
}

KafBlobAgent *
kaf_sync_agent_get_files (KafSyncAgent *self)
{
  g_return_val_if_fail (KAF_IS_SYNC_AGENT (self), NULL);
  return self->files;
}

KafStore *
kaf_sync_agent_get_store (KafSyncAgent *self)
{
  g_return_val_if_fail (KAF_IS_SYNC_AGENT (self), NULL);
  return self->store;
}

void
kaf_sync_agent_note_aside (KafSyncAgent *self, guint n)
{
  g_return_if_fail (KAF_IS_SYNC_AGENT (self));

  if (self->status.n_aside == n)
    return;
  self->status.n_aside = n;
  tell (self);
}

void
kaf_sync_agent_begin_anew (KafSyncAgent *self)
{
  g_return_if_fail (KAF_IS_SYNC_AGENT (self));

  self->pace = (KafSyncPace){ 0 };
  g_clear_error (&self->status.error);
  self->status.offline_since = 0;
  self->at_once = TRUE;
  look (self);
}

void
kaf_sync_agent_sync_now (KafSyncAgent *self)
{
  g_return_if_fail (KAF_IS_SYNC_AGENT (self));

  kaf_keyring_allow_asking ();
  if (self->running == NULL)
    begin (self);
}

void
kaf_sync_agent_cancel (KafSyncAgent *self)
{
  g_return_if_fail (KAF_IS_SYNC_AGENT (self));
  g_cancellable_cancel (self->running);
  kaf_blob_agent_cancel (self->files);
}

void
kaf_sync_agent_stop (KafSyncAgent *self)
{
  g_return_if_fail (KAF_IS_SYNC_AGENT (self));

  self->stopped = TRUE;
  g_clear_handle_id (&self->timer, g_source_remove);
  g_clear_handle_id (&self->lease_timer, g_source_remove);
  g_cancellable_cancel (self->reading);
  g_cancellable_cancel (self->running);
  if (self->files != NULL)
    kaf_blob_agent_stop (self->files);
}
