/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A store and its hub. Signing in and each turn of a sync are three steps, which may run on three threads:
 * reading from the store, asking the hub without holding the store, writing into the store. Errors:
 * KAF_NET_ERROR, KAF_STORE_ERROR, G_IO_ERROR_CANCELLED. */
#pragma once

#include "net/kaf-net-error.h"
#include "net/kaf-remote.h"
#include "store/kaf-commit.h"
#include "store/kaf-reconcile.h"

G_BEGIN_DECLS

/* Signing in */

typedef struct _KafSignIn KafSignIn;

/* @authority: PEM of the only authority to trust, or NULL for the one that the store has kept, else those
 * of the system. */
KafSignIn *
kaf_sign_in_new (const char *url, const char *user, const char *password, const char *authority);
void kaf_sign_in_free (KafSignIn *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (KafSignIn, kaf_sign_in_free)

/* Refused here already when the store belongs to another hub. */
gboolean kaf_sign_in_prepare (KafSignIn *self, KafDatabase *db, GError **error);
/* Blocking. Once the hub has agreed, the tokens and the authority are kept. */
gboolean kaf_sign_in_ask (KafSignIn *self, GCancellable *cancellable, GError **error);
/* The store is a device of the hub from now on. */
gboolean kaf_sign_in_keep (KafSignIn *self, KafDatabase *db, GError **error);

/* The three of them in a row. Blocking. @skew (out, nullable): how far the clock here is ahead of the hub's, as the hub told
 * when it agreed: ms, 0 within what is borne. The one is not compared with the other again before the first exchange. */
gboolean kaf_syncer_enroll (KafDatabase *db,
                            const char *url,
                            const char *authority,
                            const char *user,
                            const char *password,
                            gint64 *skew,
                            GCancellable *cancellable,
                            GError **error);

/* Syncing */

typedef struct
{
  guint n_sent;            /* operations */
  guint n_received;        /* records that changed here */
  guint n_dropped;         /* records that this device may see no more, and that are gone here */
  guint n_conflicts;       /* that what was sent met */
  guint n_rejected;        /* operations that were not taken */
  guint n_settled;         /* of those that were kept aside before: what became of them is told */
  gboolean regranted;      /* the user's rights are others than before */
  guint n_before, n_after; /* then: records here before that and now, but for what everybody has */
  guint n_erased;          /* records that the hub has erased, and that are gone here too */
  guint n_gone; /* operations on them that were not sent, or not answered, and went with them */
  guint
      n_alike; /* persons here that look like ones there: nothing was sent, see kaf-duplicates.h */
  gboolean
      counted; /* the totals that the hub counts for who sees nothing else are others than before */
  guint n_requests;
  gint64 skew; /* ms that this device's clock is ahead of the hub's; 0 when that is borne */
} KafSyncReport;

/* Adds what @report moved to @sum. */
/* Whether anything came or went. */
gboolean kaf_sync_report_moved (const KafSyncReport *report);

void kaf_sync_report_add (KafSyncReport *sum, const KafSyncReport *report);

/* What a person is told of the last exchange: @report takes the place of @last when it moved something, or when @last did
 * not either and it came to its end @well. What looked once more and found nothing, or failed, does not hide what was
 * moved before. Returns whether it did. */
gboolean kaf_sync_report_keep (KafSyncReport *last, const KafSyncReport *report, gboolean well);

/* One turn: what is said to the hub, and what it answers. */
typedef struct _KafSyncTurn KafSyncTurn;

KafSyncTurn *kaf_sync_turn_prepare (KafDatabase *db, GError **error);
void kaf_sync_turn_free (KafSyncTurn *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (KafSyncTurn, kaf_sync_turn_free)

/* Who is told, while it is sent, how much came of what the hub has ready for a store that holds nothing: bytes so far,
 * and of all. Called where it is sent. */
void kaf_sync_turn_set_progress (KafSyncTurn *self, KafRemoteProgressFunc progress, gpointer data);

/* Blocking. New tokens are kept beside the store. */
gboolean kaf_sync_turn_send (KafSyncTurn *self, GCancellable *cancellable, GError **error);

/* All of the answer or nothing. @report: is added to. @receipt (out, transfer full): what changed here; NULL
 * after a snapshot: everything did.
 * @rest (out): there is nothing more to say on either side. */
gboolean kaf_sync_turn_take (KafSyncTurn *self,
                             KafDatabase *db,
                             KafSyncReport *report,
                             KafReceipt **receipt,
                             gboolean *rest,
                             GError **error);

/* Turns until both are at rest. Blocking. What was exchanged before a failure stays exchanged. @report
 * is filled in either case. */
gboolean
kaf_syncer_run (KafDatabase *db, KafSyncReport *report, GCancellable *cancellable, GError **error);

/* The same; @progress: of each turn, as above. */
gboolean kaf_syncer_run_telling (KafDatabase *db,
                                 KafSyncReport *report,
                                 KafRemoteProgressFunc progress,
                                 gpointer data,
                                 GCancellable *cancellable,
                                 GError **error);

/* Comparing what is here with what the hub has told */

/* A turn of it. @reconcile: stays; what comes of the turn is in it. Such a turn is sent and taken as others are; @rest of
 * that: nothing is left to compare. */
KafSyncTurn *
kaf_sync_turn_prepare_reconcile (KafDatabase *db, KafReconcile *reconcile, GError **error);

/* All of it, and what came of it is kept. Blocking. @result (out): early where something has to be exchanged first.
 * @n_requests (out, nullable). Errors also: KAF_NET_ERROR_SERVER_OLD: it cannot compare. */
gboolean kaf_syncer_reconcile (KafDatabase *db,
                               KafReconcileResult *result,
                               guint *n_requests,
                               GCancellable *cancellable,
                               GError **error);

/* Where nothing is sent yet (KafSyncState.preview) and all that the hub has was received: whether persons
 * here look like ones that came. When none does, what is here may be sent from now on. @n_alike (out). */
gboolean
kaf_syncer_compare (KafDatabase *db, guint *n_alike, GCancellable *cancellable, GError **error);

G_END_DECLS
