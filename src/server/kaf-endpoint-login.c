/* SPDX-License-Identifier: GPL-3.0-or-later */
/* POST /v1/enroll and POST /v1/token.
 *
 * Whoever guesses learns nothing but that it was wrong: an unknown name, a disabled one and a wrong
 * password take the same time, count the same and get the same answer. */
#include "config.h"

#include "server/kaf-service.h"

#include <microhttpd.h>
#include <string.h>

#include "server/kaf-password.h"
#include "server/kaf-tokens.h"
#include "sync/kaf-json.h"
#include "sync/kaf-wire.h"

#define DEVICE_DIGITS 16
#define NAME_MAX_BYTES 512

/* The one JSON object that a body is; NULL when it was refused. */
static const KafWirePart *
read_body (KafRequest *request, GArray *parts)
{
  const KafWirePart *members =
      kaf_wire_parse_object (request->body->str, request->body->len, parts, NULL);

  if (members == NULL)
    kaf_request_refuse (request, MHD_HTTP_BAD_REQUEST, "request");
  return members;
}

/* NULL when there is none, or one that is too long. (transfer full) */
static char *
get_text (const KafWirePart *members, const char *name, gsize max)
{
  char *text = kaf_wire_find_string (members, name);

  if (text != NULL && strlen (text) > max)
    g_clear_pointer (&text, kaf_secret_free);
  return text;
}

static gboolean
parse_device (const char *text, guint64 *device)
{
  if (text == NULL || strlen (text) != DEVICE_DIGITS ||
      strspn (text, "0123456789abcdef") != DEVICE_DIGITS)
    return FALSE;
  *device = g_ascii_strtoull (text, NULL, 16);
  return TRUE;
}

static void
add_member (GString *json, const char *name, const char *text)
{
  g_string_append_printf (json, ",\"%s\":", name);
  kaf_json_append_string (json, text);
}

static void
answer_session (KafService *self, KafRequest *request)
{
  const KafAccountsSession *session = request->session;
  GString *answer = g_string_new (NULL);

  request->device = session->device;
  g_string_printf (answer, "{\"device\":\"%016" G_GINT64_MODIFIER "x\"", session->device);
  add_member (answer, "access", session->access);
  g_string_append_printf (answer, ",\"access_until\":%" G_GINT64_FORMAT, session->access_until);
  add_member (answer, "refresh", session->refresh);
  add_member (answer, "role", session->role);
  add_member (answer, "scope", session->scope);
  g_string_append_printf (answer, ",\"now\":%" G_GINT64_FORMAT "}\n", kaf_service_now (self));
  kaf_request_answer (request, MHD_HTTP_OK, KAF_REQUEST_JSON, answer);
}

/* FALSE when whoever asks has to wait. */
static gboolean
may_try (KafService *self, KafRequest *request, const char *user)
{
  gint64 address_wait =
      kaf_lockout_get_wait (self->addresses, request->address, kaf_service_now (self));
  gint64 user_wait = 0;
  g_autoptr (GError) error = NULL;

  if (!kaf_accounts_get_wait (self->accounts, user, &user_wait, &error))
    {
      kaf_request_refuse_error (request, error);
      return FALSE;
    }
  if (MAX (address_wait, user_wait) == 0)
    return TRUE;
  kaf_request_refuse_for (request, MAX (address_wait, user_wait));
  return FALSE;
}

/* A device that holds sample data says so; where there are real persons, none is let in. */
static gboolean
brings_samples (const KafWirePart *members)
{
  return kaf_wire_is_true (kaf_wire_find (members, "sample"));
}

static gboolean
is_production (KafService *self)
{
  gboolean production;

  g_mutex_lock (&self->hub_mutex);
  production = kaf_hub_is_production (self->hub);
  g_mutex_unlock (&self->hub_mutex);
  return production;
}

static gboolean
check_password (KafService *self, KafRequest *request, const char *user, const char *password)
{
  g_autoptr (KafSecret) hash = NULL;
  g_autoptr (GError) error = NULL;

  if (!kaf_accounts_get_password (self->accounts, user, &hash, &error))
    {
      kaf_request_refuse_error (request, error);
      return FALSE;
    }
  kaf_metrics_add_password (self->metrics);
  if (kaf_password_verify (hash, password))
    return TRUE;

  kaf_lockout_add (self->addresses, request->address, kaf_service_now (self));
  if (kaf_accounts_add_failure (self->accounts, user, &error))
    kaf_request_refuse (request, MHD_HTTP_UNAUTHORIZED, "credentials");
  else
    kaf_request_refuse_error (request, error);
  return FALSE;
}

void
kaf_endpoint_enroll (KafService *self, KafRequest *request)
{
  g_autoptr (GArray) parts = kaf_wire_parts_new ();
  const KafWirePart *members = read_body (request, parts);
  g_autofree char *user = NULL;
  g_autofree char *device_text = NULL;
  g_autofree char *name = NULL;
  g_autoptr (KafSecret) password = NULL;
  g_autoptr (GError) error = NULL;
  guint64 device = 0;

  if (members == NULL)
    return;
  user = get_text (members, "user", NAME_MAX_BYTES);
  password = get_text (members, "password", KAF_PASSWORD_MAX_BYTES);
  device_text = get_text (members, "device", DEVICE_DIGITS);
  name = get_text (members, "name", NAME_MAX_BYTES);
  if (user == NULL || password == NULL || name == NULL || !parse_device (device_text, &device))
    {
      kaf_request_refuse (request, MHD_HTTP_BAD_REQUEST, "request");
      return;
    }
  if (!may_try (self, request, user) || !check_password (self, request, user, password))
    return;
  if (brings_samples (members) && is_production (self))
    {
      kaf_request_refuse (request, MHD_HTTP_FORBIDDEN, "sample");
      return;
    }
  request->session = kaf_accounts_enroll (self->accounts, user, device, name, &error);
  if (request->session != NULL)
    answer_session (self, request);
  else
    kaf_request_refuse_error (request, error);
}

void
kaf_endpoint_token (KafService *self, KafRequest *request)
{
  g_autoptr (GArray) parts = kaf_wire_parts_new ();
  const KafWirePart *members = read_body (request, parts);
  g_autoptr (KafSecret) refresh = NULL;
  g_autoptr (GError) error = NULL;

  if (members == NULL)
    return;
  refresh = get_text (members, "refresh", NAME_MAX_BYTES);
  if (refresh == NULL)
    {
      kaf_request_refuse (request, MHD_HTTP_BAD_REQUEST, "request");
      return;
    }
  request->session = kaf_accounts_refresh (self->accounts, refresh, &error);
  if (request->session != NULL)
    answer_session (self, request);
  else
    kaf_request_refuse_error (request, error);
}
