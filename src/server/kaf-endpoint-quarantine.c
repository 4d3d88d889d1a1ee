/* SPDX-License-Identifier: GPL-3.0-or-later */
/* For who answers for a place (KafRole.settles):
 *
 *   GET  /v1/quarantine    what waits there: kaf-hub-quarantine.h
 *   POST /v1/settlements   {"edit":NAME,"take":true,"seen":N} or {"edit":NAME,"reason":TEXT}: {"settled":true}
 *
 * 404 "missing": it does not wait any more, or not there; 409 {"error":"refused","why":WHY,"field":FIELD}: it cannot be
 * taken, and waits still. */
#include "config.h"

#include "server/kaf-service.h"

#include <microhttpd.h>

#include "server/kaf-hub-quarantine.h"
#include "sync/kaf-json.h"
#include "sync/kaf-wire.h"

#define NAME_MAX_BYTES 64

/* Edits of one answer. */
#define LISTED_MAX 200

/* FALSE when that was refused. */
static gboolean
find_settler (KafService *self, KafRequest *request, KafHubSession *session)
{
  if (!kaf_service_find_session (self, request, session))
    return FALSE;
  if (!session->role->settles)
    kaf_request_refuse (request, MHD_HTTP_FORBIDDEN, "no_grant");
  return session->role->settles;
}

void
kaf_endpoint_quarantine (KafService *self, KafRequest *request)
{
  KafHubSession session = { 0 };
  g_autoptr (GError) error = NULL;
  gboolean waits, done;
  GString *answer;

  if (!find_settler (self, request, &session))
    return;
  answer = g_string_new (NULL);
  waits = !kaf_hub_has_reader (self->hub);
  if (waits)
    g_mutex_lock (&self->hub_mutex);
  done = kaf_hub_print_quarantine (self->hub, &session, LISTED_MAX, answer, &error);
  if (waits)
    g_mutex_unlock (&self->hub_mutex);
  if (done)
    {
      kaf_request_answer (request, MHD_HTTP_OK, KAF_REQUEST_LINES, answer);
      return;
    }
  g_string_free (answer, TRUE);
  kaf_request_refuse_error (request, error);
}

static void
refuse_taking (KafRequest *request, const char *why, const char *field)
{
  GString *answer = g_string_new ("{\"error\":\"refused\",\"why\":");

  kaf_json_append_string (answer, why);
  g_string_append (answer, ",\"field\":");
  kaf_json_append_string (answer, field);
  g_string_append (answer, "}\n");
  kaf_request_answer (request, MHD_HTTP_CONFLICT, KAF_REQUEST_JSON, answer);
}

static void
settle (KafService *self,
        KafRequest *request,
        const KafHubSession *session,
        const KafHubSettlement *settlement)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *why = NULL;
  g_autofree char *field = NULL;
  gboolean done;

  g_mutex_lock (&self->hub_mutex);
  done = kaf_hub_settle (self->hub, session, settlement, &why, &field, &error);
  g_mutex_unlock (&self->hub_mutex);
  if (done)
    kaf_request_answer (request, MHD_HTTP_OK, KAF_REQUEST_JSON,
                        g_string_new ("{\"settled\":true}\n"));
  else if (why != NULL && error == NULL)
    refuse_taking (request, why, field);
  else if (g_error_matches (error, KAF_HUB_ERROR, KAF_HUB_ERROR_MISSING))
    kaf_request_refuse (request, MHD_HTTP_NOT_FOUND, "missing");
  else
    kaf_request_refuse_error (request, error);
}

void
kaf_endpoint_settlements (KafService *self, KafRequest *request)
{
  KafHubSession session = { 0 };
  g_autoptr (GArray) parts = kaf_wire_parts_new ();
  const KafWirePart *members;
  g_autofree char *edit = NULL;
  g_autofree char *reason = NULL;
  gint64 seen = -1;
  gboolean take;

  if (!find_settler (self, request, &session))
    return;
  members = kaf_wire_parse_object (request->body->str, request->body->len, parts, NULL);
  if (members == NULL)
    {
      kaf_request_refuse (request, MHD_HTTP_BAD_REQUEST, "request");
      return;
    }
  edit = kaf_request_find_line (members, "edit", NAME_MAX_BYTES);
  reason = kaf_request_find_reason (members);
  take = kaf_wire_is_true (kaf_wire_find (members, "take"));
  kaf_wire_find_integer (members, "seen", &seen);
  /* Who takes says what he looked at; who sets aside, why. */
  if (edit == NULL || (take ? seen < 0 : reason == NULL))
    kaf_request_refuse (request, MHD_HTTP_BAD_REQUEST, "request");
  else
    settle (self, request, &session, &(KafHubSettlement){ edit, seen, take, reason });
}
