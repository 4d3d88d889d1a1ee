/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "net/kaf-remote-private.h"

#include <glib/gstdio.h>
#include <string.h>

#include "net/kaf-net-error.h"
#include "sync/kaf-json.h"
#include "sync/kaf-pack.h"
#include "sync/kaf-wire.h"

/* Seconds without a byte before a connection counts as dead. */
#define TIMEOUT 30

/* Bytes; a page of the hub has some 4 MiB. */
#define ANSWER_MAX (64 * 1024 * 1024)

/* Bytes of a file that are written at a time. */
#define FETCH_PIECE (256 * 1024)

/* Which servers did not always have. */
#define RECONCILE "/v1/reconcile"
#define ERASURES "/v1/erasures"
#define QUARANTINE "/v1/quarantine"
#define PAPERS "/v1/papers"
#define REVEAL "/v1/reveal"

struct _KafRemote
{
  SoupSession *session;
  GUri *base;
};

/* Codes of the server's own refusals. */
static const struct
{
  const char *code;
  KafNetError error;
} refusals[] = {
  { "credentials", KAF_NET_ERROR_CREDENTIALS },
  { "token", KAF_NET_ERROR_SIGNED_OUT },
  { "revoked", KAF_NET_ERROR_REVOKED },
  { "no_grant", KAF_NET_ERROR_NO_GRANT },
  { "wait", KAF_NET_ERROR_WAIT },
  { "version", KAF_NET_ERROR_SERVER_OLD },
  { "obsolete", KAF_NET_ERROR_SERVER_NEW },
  { "unavailable", KAF_NET_ERROR_SERVER },
  { "sample", KAF_NET_ERROR_SAMPLE },
  { "missing", KAF_NET_ERROR_NOT_THERE },
  { "unfinished", KAF_NET_ERROR_ERASE_UNFINISHED },
  { "refused", KAF_NET_ERROR_ASIDE_REFUSED },
  { "papers", KAF_NET_ERROR_PAPERS_REFUSED },
};

KafRemote *
kaf_remote_new (const char *url, const char *authority, GError **error)
{
  g_autoptr (KafRemote) self = g_new0 (KafRemote, 1);

  self->base = g_uri_parse (url, SOUP_HTTP_URI_FLAGS, NULL);
  if (self->base == NULL || g_strcmp0 (g_uri_get_scheme (self->base), "https") != 0 ||
      g_uri_get_host (self->base) == NULL || *g_uri_get_host (self->base) == '\0')
    {
      g_set_error (error, KAF_NET_ERROR, KAF_NET_ERROR_ADDRESS, "no https address");
      return NULL;
    }
  if (!kaf_late_load (KAF_LIBRARY_SOUP, error))
    return NULL;
  self->session =
      soup_session_new_with_options ("timeout", TIMEOUT, "user-agent", "Kafaat/" KAF_VERSION, NULL);
  /* It knows neither zstd nor a limit. */
  soup_session_remove_feature_by_type (self->session, SOUP_TYPE_CONTENT_DECODER);
  if (authority != NULL)
    {
      g_autoptr (GTlsDatabase) trust = g_tls_file_database_new (authority, error);

      if (trust == NULL)
        return NULL;
      soup_session_set_tls_database (self->session, trust);
    }
  return g_steal_pointer (&self);
}

void
kaf_remote_free (KafRemote *self)
{
  if (self == NULL)
    return;
  g_clear_object (&self->session);
  g_clear_pointer (&self->base, g_uri_unref);
  g_free (self);
}

void
kaf_enrolment_clear (KafEnrolment *self)
{
  g_clear_pointer (&self->role, g_free);
  g_clear_pointer (&self->scope, g_free);
}

/* What is wrong with the certificate; nobody's word for it comes first. */
static KafNetError
judge_certificate (SoupMessage *message)
{
  GTlsCertificateFlags wrong =
      message != NULL ? soup_message_get_tls_peer_certificate_errors (message) : 0;

  if (wrong & (G_TLS_CERTIFICATE_UNKNOWN_CA | G_TLS_CERTIFICATE_REVOKED |
               G_TLS_CERTIFICATE_INSECURE | G_TLS_CERTIFICATE_GENERIC_ERROR))
    return KAF_NET_ERROR_CERTIFICATE;
  if (wrong & G_TLS_CERTIFICATE_NOT_ACTIVATED)
    return KAF_NET_ERROR_CLOCK;
  if (wrong & G_TLS_CERTIFICATE_EXPIRED)
    return KAF_NET_ERROR_EXPIRED;
  return wrong & G_TLS_CERTIFICATE_BAD_IDENTITY ? KAF_NET_ERROR_OTHER_HOST
                                                : KAF_NET_ERROR_CERTIFICATE;
}

/* What stopped the request before there was an answer. @message: nullable. */
void
kaf_remote_translate (SoupMessage *message, GError *local, GError **error)
{
  gboolean refused;

  if (g_error_matches (local, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    {
      g_propagate_error (error, local);
      return;
    }
  /* A link that is cut ends TLS early too, within the handshake (NOT_TLS) or after: which tells nothing of a
   * certificate. */
  refused = g_error_matches (local, G_TLS_ERROR, G_TLS_ERROR_BAD_CERTIFICATE);
  g_set_error_literal (error, KAF_NET_ERROR,
                       refused ? judge_certificate (message) : KAF_NET_ERROR_OFFLINE,
                       local->message);
  g_error_free (local);
}

/* {"error":CODE} of an answer that refuses. */
void
kaf_remote_refuse (guint status, GBytes *answer, GError **error)
{
  g_autoptr (GArray) parts = kaf_wire_parts_new ();
  const KafWirePart *members;
  g_autofree char *code = NULL;
  g_autofree char *why = NULL;
  gsize size;
  const char *text = g_bytes_get_data (answer, &size);

  if (text != NULL && (members = kaf_wire_parse_object (text, size, parts, NULL)) != NULL)
    {
      code = kaf_wire_find_string (members, "error");
      why = kaf_wire_find_string (members, "why");
    }
  if (g_strcmp0 (why, "disabled") == 0)
    {
      g_set_error (error, KAF_NET_ERROR, KAF_NET_ERROR_DISABLED, "%s", why);
      return;
    }
  for (guint i = 0; code != NULL && i < G_N_ELEMENTS (refusals); i++)
    if (g_str_equal (refusals[i].code, code))
      {
        g_set_error (error, KAF_NET_ERROR, refusals[i].error, "%s", why != NULL ? why : code);
        return;
      }
  g_set_error (error, KAF_NET_ERROR, status >= 500 ? KAF_NET_ERROR_SERVER : KAF_NET_ERROR_PROTOCOL,
               "status %u", status);
}

GBytes *
kaf_remote_read_answer (GInputStream *stream, GCancellable *cancellable, GError **error)
{
  g_autoptr (GByteArray) bytes = g_byte_array_new ();
  guint8 buffer[65536];
  GError *local = NULL;
  gssize n;

  while ((n = g_input_stream_read (stream, buffer, sizeof buffer, cancellable, &local)) > 0)
    {
      if (bytes->len + n > ANSWER_MAX)
        {
          g_set_error (error, KAF_NET_ERROR, KAF_NET_ERROR_PROTOCOL, "the answer is too long");
          return NULL;
        }
      g_byte_array_append (bytes, buffer, n);
    }
  if (n == 0)
    return g_byte_array_free_to_bytes (g_steal_pointer (&bytes));
  kaf_remote_translate (NULL, local, error);
  return NULL;
}

static gboolean
protocol_error (GError **error)
{
  g_set_error (error, KAF_NET_ERROR, KAF_NET_ERROR_PROTOCOL, "no such answer was expected");
  return FALSE;
}

/* Small for the way, where that is worth it. @is_packed: it is already. */
static void
set_body (SoupMessage *message, const char *type, GBytes *body, gboolean is_packed)
{
  SoupMessageHeaders *headers = soup_message_get_request_headers (message);
  gsize size;
  const char *data = g_bytes_get_data (body, &size);
  g_autoptr (GString) packed =
      size > KAF_REMOTE_PACK_MIN && !is_packed ? kaf_pack (data, size) : NULL;
  g_autoptr (GBytes) small =
      packed != NULL ? g_string_free_to_bytes (g_steal_pointer (&packed)) : NULL;

  soup_message_headers_replace (headers, "Accept-Encoding", "zstd");
  if (is_packed || small != NULL)
    soup_message_headers_replace (headers, "Content-Encoding", "zstd");
  soup_message_set_request_body_from_bytes (message, type, small != NULL ? small : body);
}

GBytes *
kaf_remote_unpack (GBytes *packed, GError **error)
{
  gsize size;
  const char *data = g_bytes_get_data (packed, &size);
  GString *text = kaf_unpack (data, size, ANSWER_MAX, NULL);

  if (text != NULL)
    return g_string_free_to_bytes (text);
  protocol_error (error);
  return NULL;
}

/* Whether it was made small for the way. FALSE with @error, too: in no way that is known here. */
static gboolean
is_packed (SoupMessage *message, GError **error)
{
  const char *encoding = soup_message_headers_get_one (soup_message_get_response_headers (message),
                                                       "Content-Encoding");

  return encoding != NULL && (g_str_equal (encoding, "zstd") || protocol_error (error));
}

SoupMessage *
kaf_remote_make_message (
    KafRemote *self, const char *method, const char *path, const char *access, GError **error)
{
  g_autoptr (GUri) uri = g_uri_parse_relative (self->base, path, SOUP_HTTP_URI_FLAGS, error);
  SoupMessage *message = uri != NULL ? soup_message_new_from_uri (method, uri) : NULL;

  if (message == NULL)
    return NULL;
  soup_message_add_flags (message, SOUP_MESSAGE_NO_REDIRECT);
  if (access != NULL)
    {
      g_autofree char *bearer = g_strconcat ("Bearer ", access, NULL);

      soup_message_headers_replace (soup_message_get_request_headers (message), "Authorization",
                                    bearer);
    }
  return message;
}

GInputStream *
kaf_remote_send (KafRemote *self, SoupMessage *message, GCancellable *cancellable, GError **error)
{
  GError *local = NULL;
  GInputStream *stream = soup_session_send (self->session, message, cancellable, &local);

  if (stream == NULL)
    kaf_remote_translate (message, local, error);
  return stream;
}

/* What servers have not had from the beginning. */
static gboolean
is_newer_place (const char *path)
{
  return g_str_equal (path, RECONCILE) || g_str_equal (path, ERASURES) ||
         g_str_equal (path, QUARANTINE) || g_str_equal (path, PAPERS) || g_str_equal (path, REVEAL);
}

/* @packed: nullable: it is unpacked then. */
static GBytes *
send_message (KafRemote *self,
              const char *path,
              SoupMessage *message,
              gboolean *packed,
              GCancellable *cancellable,
              GError **error)
{
  g_autoptr (GInputStream) stream = kaf_remote_send (self, message, cancellable, error);
  g_autoptr (GBytes) came = NULL;
  g_autoptr (GBytes) answer = NULL;
  gboolean done, small;
  GError *local = NULL;

  if (stream == NULL)
    return NULL;
  came = kaf_remote_read_answer (stream, cancellable, error);
  if (came == NULL)
    return NULL;
  done = soup_message_get_status (message) == SOUP_STATUS_OK;
  small = is_packed (message, &local);
  if (local != NULL)
    {
      g_propagate_error (error, local);
      return NULL;
    }
  if (packed != NULL)
    *packed = small;
  if (done && packed != NULL)
    return g_steal_pointer (&came);
  answer = small ? kaf_remote_unpack (came, error) : g_bytes_ref (came);
  if (answer == NULL || done)
    return g_steal_pointer (&answer);
  kaf_remote_refuse (soup_message_get_status (message), answer, &local);
  /* An older server does not know the place, or a proxy before it does not: neither says what is missing. */
  if (soup_message_get_status (message) == SOUP_STATUS_NOT_FOUND && is_newer_place (path) &&
      !g_error_matches (local, KAF_NET_ERROR, KAF_NET_ERROR_NOT_THERE))
    {
      g_set_error (error, KAF_NET_ERROR, KAF_NET_ERROR_SERVER_OLD, "no such place");
      g_error_free (local);
    }
  else
    g_propagate_error (error, local);
  return NULL;
}

static GBytes *
post (KafRemote *self,
      const char *path,
      const char *type,
      GBytes *body,
      const char *access,
      gboolean *packed,
      GCancellable *cancellable,
      GError **error)
{
  g_autoptr (SoupMessage) message = kaf_remote_make_message (self, "POST", path, access, error);

  if (message == NULL)
    return NULL;
  set_body (message, type, body, packed != NULL && *packed);
  return send_message (self, path, message, packed, cancellable, error);
}

GBytes *
kaf_remote_ask (KafRemote *self,
                const KafSecrets *secrets,
                const char *path,
                const char *json,
                GCancellable *cancellable,
                GError **error)
{
  g_autoptr (GBytes) body = json != NULL ? g_bytes_new (json, strlen (json)) : NULL;
  g_autoptr (SoupMessage) message = NULL;

  if (body != NULL)
    return post (self, path, "application/json", body, secrets->access, NULL, cancellable, error);
  message = kaf_remote_make_message (self, "GET", path, secrets->access, error);
  if (message != NULL)
    soup_message_headers_replace (soup_message_get_request_headers (message), "Accept-Encoding",
                                  "zstd");
  return message != NULL ? send_message (self, path, message, NULL, cancellable, error) : NULL;
}

/* Posts @json and reads the tokens, and what else the answer says. */
static gboolean
ask_tokens (KafRemote *self,
            const char *path,
            GString *json,
            KafSecrets *secrets,
            KafEnrolment *enrolment,
            GCancellable *cancellable,
            GError **error)
{
  g_autoptr (GBytes) body = g_bytes_new (json->str, json->len);
  g_autoptr (GBytes) answer =
      post (self, path, "application/json", body, NULL, NULL, cancellable, error);
  g_autoptr (GArray) parts = kaf_wire_parts_new ();
  const KafWirePart *members;
  g_autofree char *device = NULL;
  const char *text;
  gsize size;

  if (answer == NULL)
    return FALSE;
  text = g_bytes_get_data (answer, &size);
  if (text == NULL || (members = kaf_wire_parse_object (text, size, parts, NULL)) == NULL)
    return protocol_error (error);
  g_free (secrets->access);
  g_free (secrets->refresh);
  secrets->access = kaf_wire_find_string (members, "access");
  secrets->refresh = kaf_wire_find_string (members, "refresh");
  kaf_wire_find_integer (members, "access_until", &secrets->access_until);
  device = kaf_wire_find_string (members, "device");
  if (enrolment != NULL)
    *enrolment = (KafEnrolment){ device != NULL ? g_ascii_strtoull (device, NULL, 16) : 0,
                                 kaf_wire_find_string (members, "role"),
                                 kaf_wire_find_string (members, "scope"), 0 };
  if (enrolment != NULL)
    kaf_wire_find_integer (members, "now", &enrolment->now);
  return (secrets->access != NULL && secrets->refresh != NULL &&
          (enrolment == NULL || device != NULL)) ||
         protocol_error (error);
}

static void
append_member (GString *json, const char *name, const char *value)
{
  g_string_append_printf (json, "\"%s\":", name);
  kaf_json_append_string (json, value);
  g_string_append_c (json, ',');
}

static void
append_now (GString *json)
{
  g_string_append_printf (json, "\"now\":%" G_GINT64_FORMAT "}", g_get_real_time () / 1000);
}

gboolean
kaf_remote_enroll (KafRemote *self,
                   const char *user,
                   const char *password,
                   guint64 device,
                   const char *name,
                   gboolean sample,
                   KafSecrets *secrets,
                   KafEnrolment *enrolment,
                   GCancellable *cancellable,
                   GError **error)
{
  g_autoptr (GString) json = g_string_new ("{");
  g_autofree char *number = g_strdup_printf ("%016" G_GINT64_MODIFIER "x", device);
  gboolean done;

  append_member (json, "user", user);
  append_member (json, "password", password);
  append_member (json, "device", number);
  append_member (json, "name", name);
  if (sample)
    g_string_append (json, "\"sample\":true,");
  append_now (json);
  done = ask_tokens (self, "/v1/enroll", json, secrets, enrolment, cancellable, error);
  explicit_bzero (json->str, json->allocated_len);
  return done;
}

gboolean
kaf_remote_refresh (KafRemote *self, KafSecrets *secrets, GCancellable *cancellable, GError **error)
{
  g_autoptr (GString) json = g_string_new ("{");

  append_member (json, "refresh", secrets->refresh);
  append_now (json);
  return ask_tokens (self, "/v1/token", json, secrets, NULL, cancellable, error);
}

GBytes *
kaf_remote_exchange (KafRemote *self,
                     const KafSecrets *secrets,
                     GBytes *body,
                     gboolean *packed,
                     GCancellable *cancellable,
                     GError **error)
{
  return post (self, "/v1/sync", "application/x-ndjson", body, secrets->access, packed, cancellable,
               error);
}

GBytes *
kaf_remote_reconcile (KafRemote *self,
                      const KafSecrets *secrets,
                      GBytes *body,
                      gboolean *packed,
                      GCancellable *cancellable,
                      GError **error)
{
  return post (self, RECONCILE, "application/x-ndjson", body, secrets->access, packed, cancellable,
               error);
}

/* A file, that may be large */

/* What is known of the part that came before. */
static void
set_range (SoupMessage *message, const char *tag, goffset size)
{
  SoupMessageHeaders *headers = soup_message_get_request_headers (message);
  g_autofree char *range = NULL;

  if (tag == NULL || size == 0)
    return;
  range = g_strdup_printf ("bytes=%" G_GOFFSET_FORMAT "-", size);
  soup_message_headers_replace (headers, "Range", range);
  soup_message_headers_replace (headers, "If-Range", tag);
}

static gboolean
save (GInputStream *stream,
      GOutputStream *out,
      goffset *done,
      goffset all,
      KafRemoteProgressFunc progress,
      gpointer data,
      GCancellable *cancellable,
      GError **error)
{
  g_autofree char *buffer = g_malloc (FETCH_PIECE);
  GError *local = NULL;
  gssize n;

  while ((n = g_input_stream_read (stream, buffer, FETCH_PIECE, cancellable, &local)) > 0)
    {
      if (!g_output_stream_write_all (out, buffer, n, NULL, cancellable, error))
        return FALSE;
      *done += n;
      if (progress != NULL)
        progress (*done, all, data);
    }
  if (n < 0)
    kaf_remote_translate (NULL, local, error);
  else if (*done < all)
    g_set_error (error, KAF_NET_ERROR, KAF_NET_ERROR_OFFLINE,
                 "cut after %" G_GOFFSET_FORMAT " bytes", *done);
  else
    return TRUE;
  return FALSE;
}

/* At the end of what there is, or anew. */
static GFileOutputStream *
open_part (GFile *file, gboolean goes_on, GError **error)
{
  if (goes_on)
    return g_file_append_to (file, G_FILE_CREATE_PRIVATE, NULL, error);
  g_file_delete (file, NULL, NULL);
  return g_file_create (file, G_FILE_CREATE_PRIVATE, NULL, error);
}

static goffset
get_size (const char *path)
{
  GStatBuf info;

  return g_stat (path, &info) == 0 ? info.st_size : 0;
}

/* FALSE: the answer refuses, and is told. */
static gboolean
is_accepted (SoupMessage *message, GInputStream *stream, GCancellable *cancellable, GError **error)
{
  guint status = soup_message_get_status (message);
  g_autoptr (GBytes) answer = NULL;

  if (status == SOUP_STATUS_OK || status == SOUP_STATUS_PARTIAL_CONTENT)
    return TRUE;
  answer = kaf_remote_read_answer (stream, cancellable, error);
  if (answer != NULL && status == SOUP_STATUS_NOT_FOUND)
    g_set_error (error, KAF_NET_ERROR, KAF_NET_ERROR_NOT_THERE, "not there");
  else if (answer != NULL)
    kaf_remote_refuse (status, answer, error);
  return FALSE;
}

gboolean
kaf_remote_fetch (KafRemote *self,
                  const KafSecrets *secrets,
                  const char *path,
                  const char *part,
                  char **tag,
                  KafRemoteProgressFunc progress,
                  gpointer data,
                  GCancellable *cancellable,
                  GError **error)
{
  g_autoptr (SoupMessage) message =
      kaf_remote_make_message (self, "GET", path, secrets->access, error);
  g_autoptr (GFile) file = g_file_new_for_path (part);
  g_autoptr (GInputStream) stream = NULL;
  g_autoptr (GFileOutputStream) out = NULL;
  goffset done = *tag != NULL ? get_size (part) : 0;
  SoupMessageHeaders *headers;
  GError *local = NULL;

  if (message == NULL)
    return FALSE;
  set_range (message, *tag, done);
  stream = soup_session_send (self->session, message, cancellable, &local);
  if (stream == NULL)
    {
      kaf_remote_translate (message, local, error);
      return FALSE;
    }
  if (!is_accepted (message, stream, cancellable, error))
    return FALSE;
  headers = soup_message_get_response_headers (message);
  if (soup_message_get_status (message) == SOUP_STATUS_OK)
    done = 0;
  g_free (*tag);
  *tag = g_strdup (soup_message_headers_get_one (headers, "ETag"));
  out = open_part (file, done > 0, error);
  return out != NULL &&
         save (stream, G_OUTPUT_STREAM (out), &done,
               done + soup_message_headers_get_content_length (headers), progress, data,
               cancellable, error) &&
         g_output_stream_close (G_OUTPUT_STREAM (out), cancellable, error);
}
