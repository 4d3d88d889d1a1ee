/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "net/kaf-syncer.h"

#include "net/kaf-remote.h"
#include "net/kaf-secrets.h"
#include "store/kaf-inbox.h"
#include "store/kaf-outbox.h"
#include "store/kaf-sync-state.h"
#include "sync/kaf-exchange.h"
#include "sync/kaf-skew.h"
#include "sync/kaf-sync-error.h"

/* Bytes of groups in one request. */
#define SEND_MAX (4 * 1024 * 1024)

/* ms before its end that a token is changed for another. */
#define TOKEN_MARGIN (60 * 1000)

typedef struct
{
  KafDatabase *db;
  KafRemote *remote;
  KafSecrets secrets;
  KafSyncReport *report;
  GCancellable *cancellable;
} Syncer;

gboolean
kaf_syncer_enroll (KafDatabase *db,
                   const char *url,
                   const char *authority,
                   const char *user,
                   const char *password,
                   GCancellable *cancellable,
                   GError **error)
{
  const char *store = kaf_database_get_path (db);
  g_autoptr (KafRemote) remote = NULL;
  g_auto (KafSecrets) secrets = { NULL };
  g_auto (KafEnrolment) enrolment = { 0 };
  g_autofree char *trusted = NULL;

  if (authority != NULL && !kaf_secrets_save_authority (store, authority, error))
    return FALSE;
  trusted = kaf_secrets_find_authority (store);
  remote = kaf_remote_new (url, trusted, error);
  return remote != NULL &&
         kaf_remote_enroll (remote, user, password, kaf_sync_get_device (db), g_get_host_name (),
                            &secrets, &enrolment, cancellable, error) &&
         kaf_secrets_save (store, &secrets, error) &&
         kaf_sync_enroll (db, url, user, enrolment.role, enrolment.device, error);
}

static gint64
now_ms (Syncer *self)
{
  return kaf_clock_now (kaf_database_get_clock (self->db)) / 1000;
}

/* The new tokens are kept before the old ones are used no more. */
static gboolean
change_tokens (Syncer *self, GError **error)
{
  return kaf_remote_refresh (self->remote, &self->secrets, self->cancellable, error) &&
         kaf_secrets_save (kaf_database_get_path (self->db), &self->secrets, error);
}

static GBytes *
make_body (Syncer *self, guint *n_ops, GError **error)
{
  g_auto (KafSyncState) state = { 0 };
  g_autoptr (GString) body = g_string_new (NULL);
  KafHello hello = { KAF_EXCHANGE_PROTOCOL, now_ms (self), NULL, NULL };

  if (!kaf_sync_state_read (self->db, &state, error))
    return NULL;
  hello.cursor = state.cursor;
  hello.erased = state.erased;
  kaf_hello_print (&hello, body);
  if (!kaf_outbox_print (self->db, SEND_MAX, body, n_ops, error))
    return NULL;
  return g_string_free_to_bytes (g_steal_pointer (&body));
}

/* A token may have ended by the hub's clock alone: once more with a new one. */
static GBytes *
send (Syncer *self, GBytes *body, GError **error)
{
  GError *local = NULL;
  GBytes *answer =
      kaf_remote_exchange (self->remote, &self->secrets, body, self->cancellable, &local);

  self->report->n_requests++;
  if (answer != NULL)
    return answer;
  if (!g_error_matches (local, KAF_NET_ERROR, KAF_NET_ERROR_SIGNED_OUT))
    {
      g_propagate_error (error, local);
      return NULL;
    }
  g_error_free (local);
  if (!change_tokens (self, error))
    return NULL;
  self->report->n_requests++;
  return kaf_remote_exchange (self->remote, &self->secrets, body, self->cancellable, error);
}

static void
add_up (Syncer *self, const KafInboxResult *result, guint n_ops)
{
  KafSyncReport *report = self->report;

  report->n_sent += result->n_acked > 0 ? n_ops : 0;
  report->n_received += result->n_records;
  report->n_conflicts += result->n_conflicts;
  report->n_rejected += result->n_rejected;
  report->skew = kaf_skew_measure (now_ms (self), result->hub_now);
}

static gboolean
waits (Syncer *self)
{
  g_auto (KafSyncState) state = { 0 };

  return kaf_sync_state_read (self->db, &state, NULL) && state.n_waiting > 0;
}

/* @rest (out): there is nothing more to say on either side. */
static gboolean
exchange (Syncer *self, gboolean *rest, GError **error)
{
  guint n_ops = 0;
  g_autoptr (GBytes) body = make_body (self, &n_ops, error);
  g_autoptr (GBytes) answer = body != NULL ? send (self, body, error) : NULL;
  g_autoptr (KafReceipt) receipt = NULL;
  g_autoptr (GError) local = NULL;
  KafInboxResult result;
  const char *text;
  gsize size;

  if (answer == NULL)
    return FALSE;
  text = g_bytes_get_data (answer, &size);
  if (!kaf_inbox_take (self->db, text != NULL ? text : "", size, &result, &receipt, &local))
    {
      if (local->domain == KAF_SYNC_ERROR)
        g_set_error_literal (error, KAF_NET_ERROR, KAF_NET_ERROR_PROTOCOL, local->message);
      else
        g_propagate_error (error, g_steal_pointer (&local));
      return FALSE;
    }
  add_up (self, &result, n_ops);
  if (result.forked)
    {
      g_set_error (error, KAF_NET_ERROR, KAF_NET_ERROR_FORKED, "the journal has another end there");
      return FALSE;
    }
  /* Of an erasure the hub waits for the receipt. What was not acknowledged now will not be by asking again at once. */
  *rest = !result.more && result.n_erased == 0 && (result.n_acked == 0 || !waits (self));
  return TRUE;
}

gboolean
kaf_syncer_run (KafDatabase *db, KafSyncReport *report, GCancellable *cancellable, GError **error)
{
  g_auto (KafSyncState) state = { 0 };
  g_autofree char *authority = kaf_secrets_find_authority (kaf_database_get_path (db));
  Syncer self = { .db = db, .report = report, .cancellable = cancellable };
  gboolean rest = FALSE, done;

  *report = (KafSyncReport){ 0 };
  if (!kaf_sync_state_read (db, &state, error))
    return FALSE;
  if (state.url == NULL)
    {
      g_set_error (error, KAF_NET_ERROR, KAF_NET_ERROR_NOT_ENROLLED, "not enrolled");
      return FALSE;
    }
  done =
      kaf_secrets_load (kaf_database_get_path (db), &self.secrets, error) &&
      (self.remote = kaf_remote_new (state.url, authority, error)) != NULL &&
      (self.secrets.access_until > now_ms (&self) + TOKEN_MARGIN || change_tokens (&self, error));
  while (done && !rest)
    done = exchange (&self, &rest, error);
  g_clear_pointer (&self.remote, kaf_remote_free);
  kaf_secrets_clear (&self.secrets);
  return done;
}
