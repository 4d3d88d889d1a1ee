/* SPDX-License-Identifier: GPL-3.0-or-later */
/* POST /v1/reconcile: whether a device holds what it was told (kaf-compare.h). What does not agree is told, counted, and
 * said in the log: of which device, how many records; never which. */
#include "config.h"

#include "server/kaf-service.h"

#include <microhttpd.h>

static void
note (KafService *self, guint64 device, const KafHubCompared *compared)
{
  kaf_metrics_add_compared (self->metrics, compared->n_compared, compared->n_lacking,
                            compared->n_differing, compared->n_dropped, compared->n_unknown);
  if (compared->n_lacking + compared->n_differing + compared->n_dropped + compared->n_unknown > 0)
    kaf_service_log ("event=reconcile-mismatch device=%016" G_GINT64_MODIFIER
                     "x lacking=%u differing=%u dropped=%u unknown=%u",
                     device, compared->n_lacking, compared->n_differing, compared->n_dropped,
                     compared->n_unknown);
}

void
kaf_endpoint_reconcile (KafService *self, KafRequest *request)
{
  KafHubSession session = { 0 };
  KafHubCompared compared = { 0 };
  g_autoptr (GError) error = NULL;
  GString *answer;
  gboolean done;

  if (!kaf_service_find_session (self, request, &session))
    return;
  answer = g_string_new (NULL);
  g_mutex_lock (&self->hub_mutex);
  done = kaf_hub_reconcile (self->hub, &session, request->body->str, request->body->len, answer,
                            &compared, &error);
  g_mutex_unlock (&self->hub_mutex);
  if (!done)
    {
      g_string_free (answer, TRUE);
      kaf_request_refuse_error (request, error);
      return;
    }
  note (self, session.device, &compared);
  kaf_request_answer (request, MHD_HTTP_OK, KAF_REQUEST_LINES, answer);
}
