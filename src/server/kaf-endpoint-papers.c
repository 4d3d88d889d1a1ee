/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Numbers of papers (kaf-hub-papers.h), for who may reveal them (KafRole.reveals):
 *
 *   POST /v1/papers  {"person":ID}: which are held, without a number
 *                    {"person":ID,"kind":KIND,"number":TEXT[,"until":DAY]}: {"done":true}
 *                    {"person":ID,"kind":KIND,"remove":true}: the same
 *   POST /v1/reveal  {"person":ID,"kind":KIND,"reason":TEXT}: {"kind":…,"number":…,"until":…}, and it is logged
 *
 * 404 "missing": no such person or number, or not in the session's scopes; 409 {"error":"papers","why":WHY}, see
 * KafHubPapersRefusal; 429 "wait": as many were revealed as may be in an hour. Nothing of it is ever logged but what the
 * register of disclosures says. */
#include "config.h"

#include "server/kaf-service.h"

#include <microhttpd.h>

#include "base/kaf-date.h"
#include "server/kaf-hub-papers.h"
#include "server/kaf-tokens.h"

#define ID_MAX_BYTES 128
#define KIND_MAX_BYTES 16
#define NUMBER_MAX_BYTES 64 /* with blanks in it */
#define DAY_MAX_BYTES 10

/* What tells a number has room from the beginning: it leaves no copy behind. */
#define ANSWER_BYTES 1024

/* What was sent. */
typedef struct
{
  KafHubPapersAsk ask;
  char *person, *number, *until, *reason;
  gboolean has_kind;
} Sent;

static void
sent_clear (Sent *self)
{
  g_free (self->person);
  kaf_secret_free (self->number);
  g_free (self->until);
  g_free (self->reason);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Sent, sent_clear)

/* FALSE: a member is there, and not what it is to be. */
static gboolean
read_sent (Sent *self, const KafWirePart *members)
{
  g_autofree char *kind = kaf_request_find_line (members, "kind", KIND_MAX_BYTES);

  self->person = kaf_request_find_line (members, "person", ID_MAX_BYTES);
  self->number = kaf_request_find_line (members, "number", NUMBER_MAX_BYTES);
  self->until = kaf_request_find_line (members, "until", DAY_MAX_BYTES);
  self->reason = kaf_request_find_reason (members);
  self->has_kind = kind != NULL && kaf_identity_paper_find (kind, &self->ask.kind);
  self->ask.person = self->person;
  self->ask.number = self->number;
  self->ask.until = self->until;
  self->ask.reason = self->reason;
  return self->person != NULL && self->has_kind == (kaf_wire_find (members, "kind") != NULL) &&
         (self->until != NULL ? kaf_date_is_valid (self->until, FALSE)
                              : kaf_wire_find (members, "until") == NULL);
}

static void
refuse (KafRequest *request, const KafHubPapersRefusal *refusal)
{
  GString *answer;

  if (refusal->wait > 0)
    {
      kaf_request_refuse_for (request, refusal->wait);
      return;
    }
  answer = g_string_new (NULL);
  g_string_printf (answer, "{\"error\":\"papers\",\"why\":\"%s\"}\n", refusal->why);
  kaf_request_answer (request, MHD_HTTP_CONFLICT, KAF_REQUEST_JSON, answer);
}

static void
carry_out (KafService *self,
           KafRequest *request,
           const KafHubSession *session,
           const KafHubPapersAsk *ask)
{
  g_autoptr (GError) error = NULL;
  KafHubPapersRefusal refusal = { NULL, 0 };
  GString *answer = g_string_sized_new (ANSWER_BYTES);
  gboolean done;

  g_mutex_lock (&self->hub_mutex);
  done = kaf_hub_ask_papers (self->hub, session, ask, answer, &refusal, &error);
  g_mutex_unlock (&self->hub_mutex);
  if (done)
    {
      kaf_request_answer (request, MHD_HTTP_OK, KAF_REQUEST_JSON, answer);
      return;
    }
  kaf_request_free_text (answer);
  if (error == NULL)
    refuse (request, &refusal);
  else if (g_error_matches (error, KAF_HUB_ERROR, KAF_HUB_ERROR_MISSING))
    kaf_request_refuse (request, MHD_HTTP_NOT_FOUND, "missing");
  else
    kaf_request_refuse_error (request, error);
}

/* NULL: that was refused. @parts holds what is returned. */
static const KafWirePart *
find_members (KafService *self, KafRequest *request, KafHubSession *session, GArray *parts)
{
  const KafWirePart *members;

  if (!kaf_service_find_session (self, request, session))
    return NULL;
  if (!session->role->reveals)
    {
      kaf_request_refuse (request, MHD_HTTP_FORBIDDEN, "no_grant");
      return NULL;
    }
  members = kaf_wire_parse_object (request->body->str, request->body->len, parts, NULL);
  if (members == NULL)
    kaf_request_refuse (request, MHD_HTTP_BAD_REQUEST, "request");
  return members;
}

void
kaf_endpoint_papers (KafService *self, KafRequest *request)
{
  KafHubSession session = { 0 };
  g_autoptr (GArray) parts = kaf_wire_parts_new ();
  const KafWirePart *members = find_members (self, request, &session, parts);
  g_auto (Sent) sent = { .person = NULL };
  gboolean removes, valid;

  if (members == NULL)
    return;
  valid = read_sent (&sent, members);
  removes = kaf_wire_is_true (kaf_wire_find (members, "remove"));
  if (!sent.has_kind)
    {
      sent.ask.act = KAF_HUB_PAPERS_LIST;
      valid = valid && sent.number == NULL && !removes;
    }
  else
    {
      sent.ask.act = removes ? KAF_HUB_PAPERS_REMOVE : KAF_HUB_PAPERS_SET;
      valid = valid && removes == (sent.number == NULL);
    }
  if (valid)
    carry_out (self, request, &session, &sent.ask);
  else
    kaf_request_refuse (request, MHD_HTTP_BAD_REQUEST, "request");
}

void
kaf_endpoint_reveal (KafService *self, KafRequest *request)
{
  KafHubSession session = { 0 };
  g_autoptr (GArray) parts = kaf_wire_parts_new ();
  const KafWirePart *members = find_members (self, request, &session, parts);
  g_auto (Sent) sent = { .person = NULL };

  if (members == NULL)
    return;
  if (read_sent (&sent, members) && sent.has_kind && sent.reason != NULL)
    {
      sent.ask.act = KAF_HUB_PAPERS_REVEAL;
      carry_out (self, request, &session, &sent.ask);
    }
  else
    kaf_request_refuse (request, MHD_HTTP_BAD_REQUEST, "request");
}
