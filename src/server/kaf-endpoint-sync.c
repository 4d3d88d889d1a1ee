/* SPDX-License-Identifier: GPL-3.0-or-later */
/* POST /v1/sync: from the holder of an access token to the hub, and back. */
#include "config.h"

#include "server/kaf-service.h"

#include <microhttpd.h>
#include <string.h>

#define SCHEME "Bearer "

/* Looks who asks, each time anew: between the head and the end of a body a device may be revoked. */
gboolean
kaf_service_find_session (KafService *self, KafRequest *request, KafHubSession *session)
{
  const char *header = request->authorization != NULL ? request->authorization : "";
  const char *token =
      g_ascii_strncasecmp (header, SCHEME, strlen (SCHEME)) == 0 ? header + strlen (SCHEME) : "";
  g_autoptr (GError) error = NULL;

  g_clear_pointer (&request->session, kaf_accounts_session_free);
  request->session = kaf_accounts_get_session (self->accounts, token, &error);
  if (request->session == NULL)
    {
      kaf_request_refuse_error (request, error);
      return FALSE;
    }
  request->device = request->session->device;
  if (session == NULL)
    return TRUE;
  *session = (KafHubSession){ .device = request->device,
                              .user = request->session->user,
                              .role = kaf_role_find (request->session->role),
                              .grant = request->session->scope };
  if (session->role != NULL)
    return TRUE;
  /* Granted by another version of this program. */
  kaf_request_refuse (request, MHD_HTTP_FORBIDDEN, "no_grant");
  return FALSE;
}

void
kaf_endpoint_sync_admit (KafService *self, KafRequest *request)
{
  kaf_service_find_session (self, request, NULL);
}

void
kaf_endpoint_sync (KafService *self, KafRequest *request)
{
  KafHubSession session = { 0 };
  KafHubExchange exchange = { .session = &session,
                              .body = request->body->str,
                              .size = request->body->len };
  g_autoptr (GError) error = NULL;

  if (!kaf_service_find_session (self, request, &session))
    return;
  exchange.answer = g_string_new (NULL);
  if (!kaf_hub_read (self->hub, &exchange))
    kaf_hub_queue_exchange (self->queue, &exchange);
  if (!exchange.done)
    {
      error = exchange.error;
      g_string_free (exchange.answer, TRUE);
      kaf_request_refuse_error (request, error);
      return;
    }
  kaf_request_answer (request, MHD_HTTP_OK, KAF_REQUEST_LINES, exchange.answer);
  if (!kaf_accounts_set_synced (self->accounts, session.device, &error))
    g_warning ("%s", error->message);
}
