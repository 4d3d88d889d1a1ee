/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The contents of files:
 *
 *   GET, HEAD /v1/blobs/{sha}          the content, or a range of it
 *   GET       /v1/blobs/{sha}/missing  {"size":N,"chunk":262144,"missing":[NUMBER…]}
 *   PUT       /v1/blobs/{sha}/{n}      chunk n, with "Content-Range: bytes FROM-TO/TOTAL" and
 *                                      "Content-Digest: sha-256=:BASE64:"; {"missing":COUNT}
 *
 * A file is read while no worker holds the hub. */
#include "config.h"

#include "server/kaf-service.h"

#include <microhttpd.h>
#include <string.h>

#include "server/kaf-hub-blobs.h"

#define PREFIX "/v1/blobs/"
#define HASH_LENGTH 64
#define HASH_SIZE 32

static const struct
{
  KafBlobError code;
  guint status;
  const char *name;
} refusals[] = {
  { KAF_BLOB_ERROR_MISSING, MHD_HTTP_NOT_FOUND, "not_found" },
  { KAF_BLOB_ERROR_ABSENT, MHD_HTTP_NOT_FOUND, "absent" },
  { KAF_BLOB_ERROR_READ_ONLY, MHD_HTTP_FORBIDDEN, "read_only" },
  { KAF_BLOB_ERROR_SIZE, MHD_HTTP_BAD_REQUEST, "size" },
  { KAF_BLOB_ERROR_CHUNK, MHD_HTTP_BAD_REQUEST, "chunk" },
  { KAF_BLOB_ERROR_TOO_LARGE, MHD_HTTP_CONTENT_TOO_LARGE, "file_too_large" },
  { KAF_BLOB_ERROR_QUOTA, MHD_HTTP_CONTENT_TOO_LARGE, "quota" },
  { KAF_BLOB_ERROR_HASH, MHD_HTTP_UNPROCESSABLE_CONTENT, "hash" },
};

static void
refuse (KafRequest *request, const GError *error)
{
  for (guint i = 0; i < G_N_ELEMENTS (refusals); i++)
    if (g_error_matches (error, KAF_BLOB_ERROR, refusals[i].code))
      {
        kaf_request_refuse (request, refusals[i].status, refusals[i].name);
        return;
      }
  kaf_request_refuse_error (request, error);
}

/* The hash in the path, which has proved to be one. (transfer full) */
static char *
read_name (const KafRequest *request)
{
  return g_strndup (request->path + strlen (PREFIX), HASH_LENGTH);
}

void
kaf_endpoint_blob (KafService *self, KafRequest *request)
{
  KafHubSession session;
  g_autofree char *name = read_name (request);
  g_autoptr (GError) error = NULL;
  gint64 size = 0;
  int fd;

  if (!kaf_service_find_session (self, request, &session))
    return;
  g_mutex_lock (&self->hub_mutex);
  fd = kaf_hub_blobs_open (kaf_hub_get_blobs (self->hub), &session, name, &size, &error);
  g_mutex_unlock (&self->hub_mutex);
  if (fd < 0)
    refuse (request, error);
  else
    kaf_request_answer_file (request, fd, size, g_strdup_printf ("\"%s\"", name));
}

void
kaf_endpoint_blob_missing (KafService *self, KafRequest *request)
{
  KafHubSession session;
  g_autofree char *name = read_name (request);
  g_autoptr (GArray) missing = NULL;
  g_autoptr (GError) error = NULL;
  GString *answer;
  gint64 size;
  gboolean done;

  if (!kaf_service_find_session (self, request, &session))
    return;
  g_mutex_lock (&self->hub_mutex);
  done =
      kaf_hub_blobs_look (kaf_hub_get_blobs (self->hub), &session, name, &size, &missing, &error);
  g_mutex_unlock (&self->hub_mutex);
  if (!done)
    {
      refuse (request, error);
      return;
    }
  answer = g_string_new (NULL);
  g_string_printf (answer, "{\"size\":%" G_GINT64_FORMAT ",\"chunk\":%d,\"missing\":[", size,
                   (int) KAF_BLOB_CHUNK);
  for (guint i = 0; i < missing->len; i++)
    g_string_append_printf (answer, i > 0 ? ",%u" : "%u", g_array_index (missing, guint, i));
  g_string_append (answer, "]}\n");
  kaf_request_answer (request, MHD_HTTP_OK, KAF_REQUEST_JSON, answer);
}

void
kaf_endpoint_blob_put_admit (KafService *self, KafRequest *request)
{
  KafHubSession session;
  g_autofree char *name = read_name (request);
  g_autoptr (GError) error = NULL;
  gboolean may;

  if (!kaf_service_find_session (self, request, &session))
    return;
  g_mutex_lock (&self->hub_mutex);
  may = kaf_hub_blobs_admit (kaf_hub_get_blobs (self->hub), &session, name, &error);
  g_mutex_unlock (&self->hub_mutex);
  if (!may)
    refuse (request, error);
}

/* "bytes FROM-TO/TOTAL", or of an empty file, which has no first byte, "bytes * /0" without the space. */
static gboolean
read_place (const char *text, guint n, gsize size, gint64 *total)
{
  g_autofree char *expected = NULL;
  const char *slash = text != NULL ? strchr (text, '/') : NULL;
  guint64 announced;

  if (slash == NULL || !g_ascii_string_to_unsigned (slash + 1, 10, 0, G_MAXINT64, &announced, NULL))
    return FALSE;
  *total = (gint64) announced;
  if (size == 0)
    return g_str_equal (text, "bytes */0");
  expected = g_strdup_printf (
      "bytes %" G_GUINT64_FORMAT "-%" G_GUINT64_FORMAT "/%" G_GUINT64_FORMAT,
      (guint64) n * KAF_BLOB_CHUNK, (guint64) n * KAF_BLOB_CHUNK + size - 1, announced);
  return g_str_equal (text, expected);
}

/* Whether the body is what its digest says: what the sender's disk or memory spoiled is found at once. */
static gboolean
is_as_digested (const char *digest, const GString *body)
{
  g_autoptr (GChecksum) checksum = g_checksum_new (G_CHECKSUM_SHA256);
  g_autofree char *base64 = NULL;
  g_autofree char *expected = NULL;
  guint8 hash[HASH_SIZE];
  gsize size = sizeof hash;

  g_checksum_update (checksum, (const guchar *) body->str, (gssize) body->len);
  g_checksum_get_digest (checksum, hash, &size);
  base64 = g_base64_encode (hash, size);
  expected = g_strdup_printf ("sha-256=:%s:", base64);
  return g_strcmp0 (digest, expected) == 0;
}

/* The last chunk came. */
static gboolean
finish (KafService *self, const char *name, GError **error)
{
  KafHubBlobs *blobs = kaf_hub_get_blobs (self->hub);
  gboolean right, done;

  if (!kaf_hub_blobs_verify (blobs, name, &right, error))
    return FALSE;
  g_mutex_lock (&self->hub_mutex);
  done = kaf_hub_blobs_settle (blobs, name, right, error);
  g_mutex_unlock (&self->hub_mutex);
  return done;
}

void
kaf_endpoint_blob_put (KafService *self, KafRequest *request)
{
  KafHubSession session;
  g_autofree char *name = read_name (request);
  g_autoptr (GError) error = NULL;
  const char *number = strrchr (request->path, '/') + 1;
  guint n = (guint) g_ascii_strtoull (number, NULL, 10), n_missing = 0;
  gint64 total;
  gboolean done, whole = FALSE;
  GString *answer;

  if (!kaf_service_find_session (self, request, &session))
    return;
  if (!read_place (request->content_range, n, request->body->len, &total))
    {
      kaf_request_refuse (request, MHD_HTTP_BAD_REQUEST, "chunk");
      return;
    }
  if (!is_as_digested (request->digest, request->body))
    {
      kaf_request_refuse (request, MHD_HTTP_BAD_REQUEST, "digest");
      return;
    }
  g_mutex_lock (&self->hub_mutex);
  done = kaf_hub_blobs_put (kaf_hub_get_blobs (self->hub), &session, name, n, total,
                            request->body->str, request->body->len, &n_missing, &whole, &error);
  g_mutex_unlock (&self->hub_mutex);
  if (done && n_missing == 0 && !whole)
    done = finish (self, name, &error);
  if (!done)
    {
      refuse (request, error);
      return;
    }
  answer = g_string_new (NULL);
  g_string_printf (answer, "{\"missing\":%u}\n", n_missing);
  kaf_request_answer (request, MHD_HTTP_OK, KAF_REQUEST_JSON, answer);
}
