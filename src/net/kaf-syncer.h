/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A store and its hub. Blocking: for a worker thread or the command line. Errors: KAF_NET_ERROR,
 * KAF_STORE_ERROR, G_IO_ERROR_CANCELLED. */
#pragma once

#include "net/kaf-net-error.h"
#include "store/kaf-commit.h"

G_BEGIN_DECLS

/* Makes the store a device of the hub at @url, and keeps the tokens beside it. @authority: PEM of
 * the only authority to trust, or NULL for those of the system. */
gboolean kaf_syncer_enroll (KafDatabase *db,
                            const char *url,
                            const char *authority,
                            const char *user,
                            const char *password,
                            GCancellable *cancellable,
                            GError **error);

typedef struct
{
  guint n_sent;      /* operations */
  guint n_received;  /* records that changed here */
  guint n_conflicts; /* that what was sent met */
  guint n_rejected;  /* groups that were not taken */
  guint n_requests;
  gint64 skew; /* ms that this device's clock is ahead of the hub's; 0 when that is borne */
} KafSyncReport;

/* Sends what waits and takes in what is new, until both are at rest. What was exchanged before a
 * failure stays exchanged. @report is filled in either case. */
gboolean
kaf_syncer_run (KafDatabase *db, KafSyncReport *report, GCancellable *cancellable, GError **error);

G_END_DECLS
