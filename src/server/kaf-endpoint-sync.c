/* SPDX-License-Identifier: GPL-3.0-or-later */
/* POST /v1/sync: from the holder of an access token to the hub, and back. */
#include "config.h"

#include "server/kaf-service.h"

#include <microhttpd.h>
#include <string.h>

#define SCHEME "Bearer "

gboolean
kaf_service_find_session (KafService *self, KafRequest *request)
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
  return TRUE;
}

void
kaf_endpoint_sync_admit (KafService *self, KafRequest *request)
{
  kaf_service_find_session (self, request);
}

void
kaf_endpoint_sync (KafService *self, KafRequest *request)
{
  KafHubSession session = { 0 };
  g_autoptr (GError) error = NULL;
  GString *answer;
  gboolean done;

  if (!kaf_service_find_session (self, request))
    return;
  session.device = request->session->device;
  session.user = request->session->user;
  session.role = kaf_role_find (request->session->role);
  session.grant = request->session->scope;
  if (session.role == NULL) /* granted by another version of this program */
    {
      kaf_request_refuse (request, MHD_HTTP_FORBIDDEN, "no_grant");
      return;
    }

  answer = g_string_new (NULL);
  g_mutex_lock (&self->hub_mutex);
  done = kaf_hub_exchange (self->hub, &session, request->body->str, request->body->len, answer,
                           &error);
  g_mutex_unlock (&self->hub_mutex);
  if (!done)
    {
      g_string_free (answer, TRUE);
      kaf_request_refuse_error (request, error);
      return;
    }
  kaf_request_answer (request, MHD_HTTP_OK, KAF_REQUEST_LINES, answer);
  if (!kaf_accounts_set_synced (self->accounts, session.device, &error))
    g_warning ("%s", error->message);
}
