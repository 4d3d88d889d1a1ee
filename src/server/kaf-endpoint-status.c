/* SPDX-License-Identifier: GPL-3.0-or-later */
/* GET /v1/hello, for everybody; GET /v1/metrics, for this machine. */
#include "config.h"

#include "server/kaf-service.h"

#include <microhttpd.h>

#include "sync/kaf-json.h"

void
kaf_endpoint_hello (KafService *self, KafRequest *request)
{
  GString *answer = g_string_new ("{\"kafaat\":1,\"server\":");

  kaf_json_append_string (answer, KAF_VERSION);
  g_string_append_printf (answer, ",\"protocol\":[1],\"now\":%" G_GINT64_FORMAT "}\n",
                          kaf_service_now (self));
  kaf_request_answer (request, MHD_HTTP_OK, KAF_REQUEST_JSON, answer);
}

/* Elsewhere there is no such thing. */
void
kaf_endpoint_metrics_admit (KafService *self, KafRequest *request)
{
  if (!request->is_local)
    kaf_request_refuse (request, MHD_HTTP_NOT_FOUND, "not_found");
}

void
kaf_endpoint_metrics (KafService *self, KafRequest *request)
{
  GString *answer = g_string_new (NULL);
  KafHubFigures figures = { 0 };
  guint64 n_exchanges, n_turns;
  gboolean known;

  kaf_metrics_write (self->metrics, answer);
  if (self->count_connections != NULL)
    kaf_metrics_write_value (answer, "kafaat_connections", "gauge", "Open connections.",
                             self->count_connections (self->data));
  kaf_metrics_write_value (answer, "kafaat_hub_waiting", "gauge",
                           "Exchanges that wait for the hub.",
                           kaf_hub_queue_get_figures (self->queue, &n_exchanges, &n_turns));
  kaf_metrics_write_value (answer, "kafaat_hub_exchanges_total", "counter",
                           "Exchanges that were settled.", n_exchanges);
  kaf_metrics_write_value (answer, "kafaat_hub_turns_total", "counter",
                           "Turns of the hub, each for one exchange or several.", n_turns);
  g_mutex_lock (&self->hub_mutex);
  known = kaf_hub_get_figures (self->hub, &figures, NULL);
  g_mutex_unlock (&self->hub_mutex);
  if (known)
    {
      kaf_metrics_write_value (answer, "kafaat_hub_records", "gauge", "Records of the hub.",
                               figures.n_records);
      kaf_metrics_write_value (answer, "kafaat_hub_sequence", "counter", "Edits taken.",
                               figures.seq);
      kaf_metrics_write_value (answer, "kafaat_hub_conflicts", "gauge", "Open conflicts.",
                               figures.n_conflicts);
    }
  kaf_request_answer (request, MHD_HTTP_OK, KAF_REQUEST_TEXT, answer);
}
