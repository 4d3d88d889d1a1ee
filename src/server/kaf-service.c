/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "server/kaf-service.h"

#include <glib/gstdio.h>
#include <microhttpd.h>
#include <stdio.h>
#include <string.h>

#include "server/kaf-hub-blobs.h"

#include "server/kaf-snapshots.h"

#define SMALL_BODY (64 * 1024)

/* What a device holds of one stretch, some 80 bytes a record. */
#define RECONCILE_BODY (4 * 1024 * 1024)

static const KafEndpoint endpoints[] = {
  { "/v1/hello", "GET", SMALL_BODY, NULL, kaf_endpoint_hello },
  { "/v1/enroll", "POST", SMALL_BODY, NULL, kaf_endpoint_enroll, .hashes = TRUE },
  { "/v1/token", "POST", SMALL_BODY, NULL, kaf_endpoint_token },
  { "/v1/sync", "POST", KAF_HUB_MAX_BODY, kaf_endpoint_sync_admit, kaf_endpoint_sync },
  { "/v1/reconcile", "POST", RECONCILE_BODY, kaf_endpoint_sync_admit, kaf_endpoint_reconcile },
  { "/v1/snapshot/national", "GET", SMALL_BODY, kaf_endpoint_sync_admit, kaf_endpoint_snapshot },
  { "/v1/blobs/{sha}", "GET", SMALL_BODY, kaf_endpoint_sync_admit, kaf_endpoint_blob,
    .heads = TRUE },
  { "/v1/blobs/{sha}/missing", "GET", SMALL_BODY, kaf_endpoint_sync_admit,
    kaf_endpoint_blob_missing },
  { "/v1/blobs/{sha}/{n}", "PUT", KAF_BLOB_CHUNK, kaf_endpoint_blob_put_admit,
    kaf_endpoint_blob_put },
  { "/v1/aggregates", "GET", SMALL_BODY, kaf_endpoint_orders_admit, kaf_endpoint_aggregates },
  { "/v1/erase-orders", "POST", SMALL_BODY, kaf_endpoint_orders_admit, kaf_endpoint_erase_orders },
  { "/v1/erasures", "GET", SMALL_BODY, kaf_endpoint_orders_admit, kaf_endpoint_erasures },
  { "/v1/quarantine", "GET", SMALL_BODY, kaf_endpoint_orders_admit, kaf_endpoint_quarantine },
  { "/v1/settlements", "POST", SMALL_BODY, kaf_endpoint_orders_admit, kaf_endpoint_settlements },
  { "/v1/papers", "POST", SMALL_BODY, kaf_endpoint_orders_admit, kaf_endpoint_papers },
  { "/v1/reveal", "POST", SMALL_BODY, kaf_endpoint_orders_admit, kaf_endpoint_reveal },
  { "/v1/metrics", "GET", SMALL_BODY, kaf_endpoint_metrics_admit, kaf_endpoint_metrics },
};

static gboolean
is_number (const char *text)
{
  gsize n = strspn (text, "0123456789");

  return n > 0 && n <= 6 && text[n] == '\0' && (n == 1 || *text != '0');
}

static gboolean
matches (const char *pattern, const char *path)
{
  g_auto (GStrv) wanted = NULL, given = NULL;
  gboolean same;

  if (strchr (pattern, '{') == NULL)
    return g_str_equal (pattern, path);
  wanted = g_strsplit (pattern, "/", -1);
  given = g_strsplit (path, "/", 8);
  same = g_strv_length (wanted) == g_strv_length (given);
  for (guint i = 0; same && wanted[i] != NULL; i++)
    same = g_str_equal (wanted[i], "{sha}") ? kaf_blob_is_name (given[i])
           : g_str_equal (wanted[i], "{n}") ? is_number (given[i])
                                            : g_str_equal (wanted[i], given[i]);
  return same;
}

const KafEndpoint *
kaf_service_get_endpoints (guint *n)
{
  *n = G_N_ELEMENTS (endpoints);
  return endpoints;
}

const KafEndpoint *
kaf_service_find_endpoint (const char *path)
{
  for (guint i = 0; i < G_N_ELEMENTS (endpoints); i++)
    if (matches (endpoints[i].path, path))
      return &endpoints[i];
  return NULL;
}

void
kaf_service_run (KafService *self, const KafEndpoint *endpoint, KafRequest *request)
{
  if (!kaf_request_unpack (request, endpoint->max_body))
    return;
  endpoint->run (self, request);
  kaf_request_pack (request);
}

gboolean
kaf_service_run_short (KafService *self, const KafEndpoint *endpoint, KafRequest *request)
{
  gsize limit = MIN (endpoint->max_body, KAF_SERVICE_SHORT_BODY);

  if (kaf_request_unpack (request, limit))
    {
      endpoint->run (self, request);
      kaf_request_pack (request);
      return TRUE;
    }
  if (limit == endpoint->max_body || request->status != MHD_HTTP_CONTENT_TOO_LARGE)
    return TRUE;
  kaf_request_forget_answer (request);
  return FALSE;
}

/* Files looked at while nobody is answered. */
#define CLEAN_AT_ONCE 100

static gboolean
clean_old (KafService *self, gint64 due, GError **error)
{
  KafHubBlobs *blobs = kaf_hub_get_blobs (self->hub);
  g_autoptr (GPtrArray) names = kaf_hub_blobs_find_old (blobs, due);
  gboolean done = TRUE;

  for (guint i = 0; done && i < names->len; i += CLEAN_AT_ONCE)
    {
      g_mutex_lock (&self->hub_mutex);
      done = kaf_hub_blobs_clean_old (blobs, names, due, i, CLEAN_AT_ONCE, error);
      g_mutex_unlock (&self->hub_mutex);
    }
  return done;
}

static gboolean
clean_papers (KafService *self, gint64 due, GError **error)
{
  g_autofree char *after = g_strdup ("");
  gboolean done = TRUE;

  while (done && after != NULL)
    {
      g_mutex_lock (&self->hub_mutex);
      done = kaf_hub_clean_papers (self->hub, due, &after, error);
      g_mutex_unlock (&self->hub_mutex);
    }
  return done;
}

/* What is kept for a term, and was due. */
static gboolean
clean_due (KafService *self, gint64 due, GError **error)
{
  gboolean done = clean_papers (self, due, error);
  guint n_pruned = 0;

  g_mutex_lock (&self->hub_mutex);
  done = done && kaf_hub_prune_settled (self->hub, due, &n_pruned, error) &&
         kaf_hub_blobs_clean_stale (kaf_hub_get_blobs (self->hub), due, error);
  g_mutex_unlock (&self->hub_mutex);
  return done && clean_old (self, due, error);
}

void
kaf_service_clean (KafService *self)
{
  g_autoptr (GError) error = NULL;
  gint64 due = 0;
  gboolean done;

  g_mutex_lock (&self->hub_mutex);
  done = kaf_hub_find_due (self->hub, &due, &error);
  g_mutex_unlock (&self->hub_mutex);
  done = done && (due == 0 || clean_due (self, due, &error));
  if (!done)
    g_warning ("%s", error->message);
  g_clear_error (&error);

  /* Behind it: traces of numbers that went are among them. */
  g_mutex_lock (&self->hub_mutex);
  if (!kaf_hub_finish_erasures (self->hub, &error))
    g_warning ("%s", error->message);
  g_mutex_unlock (&self->hub_mutex);
}

gboolean
kaf_service_erase (KafService *self, const char *id, guint *n, GPtrArray *kept, GError **error)
{
  gboolean done;

  g_mutex_lock (&self->hub_mutex);
  done = kaf_hub_erase (self->hub, id, n, kept, error);
  g_mutex_unlock (&self->hub_mutex);
  /* It may be erased, and something after it have failed. */
  return kaf_snapshots_forget (self->dir, done ? error : NULL) && done;
}

void
kaf_service_log (const char *format, ...)
{
  g_autoptr (GDateTime) now = g_date_time_new_now_utc ();
  g_autofree char *time = g_date_time_format (now, "%Y-%m-%dT%H:%M:%S");
  g_autofree char *text = NULL;
  va_list args;

  va_start (args, format);
  text = g_strdup_vprintf (format, args);
  va_end (args);
  fprintf (stderr, "time=%s.%03dZ %s\n", time, g_date_time_get_microsecond (now) / 1000, text);
}

gint64
kaf_service_now (KafService *self)
{
  return kaf_clock_now (self->clock) / 1000;
}

KafService *
kaf_service_open (const char *dir, gboolean create, GError **error)
{
  g_autoptr (KafService) self = g_new0 (KafService, 1);
  g_autoptr (KafRandom) random = kaf_random_new_system ();
  g_autofree char *hub = g_build_filename (dir, "hub.db", NULL);
  g_autofree char *accounts = g_build_filename (dir, "accounts.db", NULL);

  self->dir = g_strdup (dir);
  g_mutex_init (&self->totals_mutex);
  g_mutex_init (&self->hub_mutex);
  self->clock = kaf_clock_new_system ();
  self->addresses = kaf_lockout_new ();
  self->metrics = kaf_metrics_new ();
  self->accounts = kaf_accounts_open (accounts, create, self->clock, random, error);
  if (self->accounts == NULL)
    return NULL;
  self->hub = kaf_hub_open (hub, create, self->clock, random, error);
  if (self->hub != NULL)
    {
      self->queue = kaf_hub_queue_new (self->hub, &self->hub_mutex);
      return g_steal_pointer (&self);
    }

  if (create)
    {
      g_clear_pointer (&self->accounts, kaf_accounts_close);
      g_unlink (accounts);
    }
  return NULL;
}

gboolean
kaf_service_open_reader (KafService *self, GError **error)
{
  g_autofree char *hub = g_build_filename (self->dir, "hub.db", NULL);

  return kaf_hub_open_reader (self->hub, hub, error);
}

void
kaf_service_close (KafService *self)
{
  if (self == NULL)
    return;
  g_clear_pointer (&self->queue, kaf_hub_queue_free);
  g_clear_pointer (&self->hub, kaf_hub_close);
  kaf_accounts_close (self->accounts);
  kaf_lockout_free (self->addresses);
  kaf_metrics_free (self->metrics);
  g_clear_pointer (&self->clock, kaf_clock_unref);
  g_mutex_clear (&self->hub_mutex);
  g_mutex_clear (&self->totals_mutex);
  g_free (self->totals);
  g_free (self->totals_of);
  g_free (self->dir);
  g_free (self);
}
