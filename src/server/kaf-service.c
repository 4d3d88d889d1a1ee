/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "server/kaf-service.h"

#include <glib/gstdio.h>

#include "server/kaf-snapshots.h"

#define SMALL_BODY (64 * 1024)

static const KafEndpoint endpoints[] = {
  { "/v1/hello", "GET", SMALL_BODY, NULL, kaf_endpoint_hello },
  { "/v1/enroll", "POST", SMALL_BODY, NULL, kaf_endpoint_enroll, .hashes = TRUE },
  { "/v1/token", "POST", SMALL_BODY, NULL, kaf_endpoint_token },
  { "/v1/sync", "POST", KAF_HUB_MAX_BODY, kaf_endpoint_sync_admit, kaf_endpoint_sync },
  { "/v1/snapshot/national", "GET", SMALL_BODY, kaf_endpoint_sync_admit, kaf_endpoint_snapshot },
  { "/v1/metrics", "GET", SMALL_BODY, kaf_endpoint_metrics_admit, kaf_endpoint_metrics },
};

const KafEndpoint *
kaf_service_find_endpoint (const char *path)
{
  for (guint i = 0; i < G_N_ELEMENTS (endpoints); i++)
    if (g_str_equal (endpoints[i].path, path))
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
kaf_service_erase (KafService *self, const char *id, guint *n, GError **error)
{
  gboolean done;

  g_mutex_lock (&self->hub_mutex);
  done = kaf_hub_erase (self->hub, id, n, error);
  g_mutex_unlock (&self->hub_mutex);
  return done && kaf_snapshots_forget (self->dir, error);
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
  g_mutex_init (&self->hub_mutex);
  self->clock = kaf_clock_new_system ();
  self->addresses = kaf_lockout_new ();
  self->metrics = kaf_metrics_new ();
  self->accounts = kaf_accounts_open (accounts, create, self->clock, random, error);
  if (self->accounts == NULL)
    return NULL;
  self->hub = kaf_hub_open (hub, create, self->clock, random, error);
  if (self->hub != NULL)
    return g_steal_pointer (&self);

  if (create)
    {
      g_clear_pointer (&self->accounts, kaf_accounts_close);
      g_unlink (accounts);
    }
  return NULL;
}

void
kaf_service_close (KafService *self)
{
  if (self == NULL)
    return;
  g_clear_pointer (&self->hub, kaf_hub_close);
  kaf_accounts_close (self->accounts);
  kaf_lockout_free (self->addresses);
  kaf_metrics_free (self->metrics);
  g_clear_pointer (&self->clock, kaf_clock_unref);
  g_mutex_clear (&self->hub_mutex);
  g_free (self->dir);
  g_free (self);
}
