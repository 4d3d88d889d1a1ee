/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What the endpoints work on, and the endpoints. An endpoint runs on a worker thread, several at a time;
 * each leaves an answer in its request. */
#pragma once

#include "server/kaf-hub-queue.h"
#include "server/kaf-lockout.h"
#include "server/kaf-metrics.h"
#include "server/kaf-request.h"

G_BEGIN_DECLS

typedef struct
{
  char *dir;
  KafHub *hub;
  GMutex hub_mutex; /* the hub is used by one thread at a time */
  KafHubQueue *queue;
  KafAccounts *accounts;
  KafLockout *addresses;
  KafMetrics *metrics;
  KafClock *clock;
  GMutex totals_mutex;
  char *totals,
      *totals_of; /* what was last counted for who sees totals alone, and of what state; nullable */
  guint (*count_connections) (gpointer data); /* nullable */
  gpointer data;
} KafService;

/* @dir: holds hub.db and accounts.db; @create: makes them, all or nothing. */
KafService *kaf_service_open (const char *dir, gboolean create, GError **error);
void kaf_service_close (KafService *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (KafService, kaf_service_close)

/* For a service that serves: from then on who has nothing to bring does not wait for what others write. */
gboolean kaf_service_open_reader (KafService *self, GError **error);

/* What is due now and then: contents of files that were begun and given up, or that nothing names. */
void kaf_service_clean (KafService *self);
/* kaf_hub_erase(), and nothing made of the hub before is kept. */
gboolean
kaf_service_erase (KafService *self, const char *id, guint *n, GPtrArray *kept, GError **error);

/* A line of the log: "time=…", then what @format says, NAME=VALUE each. Never what a person typed: no name, no body, no token,
 * no query. */
void kaf_service_log (const char *format, ...) G_GNUC_PRINTF (1, 2);

/* ms since 1970, UTC. */
gint64 kaf_service_now (KafService *self);

typedef void (*KafEndpointFunc) (KafService *self, KafRequest *request);

typedef struct
{
  const char *path;
  const char *method;
  gsize max_body; /* bytes, unpacked too */

  /* Runs before the body is read, so that no stranger fills the memory; nullable. An answer left in the
   * request is the end of it. */
  KafEndpointFunc admit;
  KafEndpointFunc run;
  gboolean hashes; /* a password: among few others only */
  gboolean heads;  /* HEAD too: what @method would say, without its body */
} KafEndpoint;

/* NULL when there is no such path, which is compared as it is; "{sha}" stands for the hash of a content,
 * "{n}" for a number. */
const KafEndpoint *kaf_service_find_endpoint (const char *path);

/* All of them, so that none goes untested. */
const KafEndpoint *kaf_service_get_endpoints (guint *n);

/* Runs what stands for the endpoint on a request whose body is whole. */
void kaf_service_run (KafService *self, const KafEndpoint *endpoint, KafRequest *request);

/* The same, unless a body that came as one of KAF_SERVICE_SHORT_BODY bytes at most proves longer when it is unpacked:
 * FALSE, and the request is as it was. What is longer waits for a turn of its own at the hub, and whoever is short is not
 * to wait for a thread meanwhile. */
#define KAF_SERVICE_SHORT_BODY KAF_HUB_QUEUE_SHORT
gboolean kaf_service_run_short (KafService *self, const KafEndpoint *endpoint, KafRequest *request);

/* Who asks: from the token into the request's session, looked up each time anew, since between the head and
 * the end of a body a device may be revoked. FALSE when that was refused. @session (out, nullable): as the hub wants it; valid as long as the request. */
gboolean kaf_service_find_session (KafService *self, KafRequest *request, KafHubSession *session);

void kaf_endpoint_hello (KafService *self, KafRequest *request);
void kaf_endpoint_enroll (KafService *self, KafRequest *request);
void kaf_endpoint_token (KafService *self, KafRequest *request);
void kaf_endpoint_sync_admit (KafService *self, KafRequest *request);
void kaf_endpoint_sync (KafService *self, KafRequest *request);
void kaf_endpoint_reconcile (KafService *self, KafRequest *request);
void kaf_endpoint_snapshot (KafService *self, KafRequest *request);
void kaf_endpoint_blob (KafService *self, KafRequest *request);
void kaf_endpoint_blob_missing (KafService *self, KafRequest *request);
void kaf_endpoint_blob_put_admit (KafService *self, KafRequest *request);
void kaf_endpoint_blob_put (KafService *self, KafRequest *request);
void kaf_endpoint_orders_admit (KafService *self, KafRequest *request);
void kaf_endpoint_aggregates (KafService *self, KafRequest *request);
void kaf_endpoint_erase_orders (KafService *self, KafRequest *request);
void kaf_endpoint_erasures (KafService *self, KafRequest *request);
void kaf_endpoint_quarantine (KafService *self, KafRequest *request);
void kaf_endpoint_settlements (KafService *self, KafRequest *request);
void kaf_endpoint_papers (KafService *self, KafRequest *request);
void kaf_endpoint_reveal (KafService *self, KafRequest *request);
void kaf_endpoint_metrics_admit (KafService *self, KafRequest *request);
void kaf_endpoint_metrics (KafService *self, KafRequest *request);

G_END_DECLS
