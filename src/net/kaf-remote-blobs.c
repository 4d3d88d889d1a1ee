/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "net/kaf-remote-blobs.h"

#include <errno.h>
#include <string.h>
#include <unistd.h>

#include "net/kaf-net-error.h"
#include "net/kaf-remote-private.h"
#include "sync/kaf-wire.h"

#define PIECE 65536
#define HASH_SIZE 32

/* What the hub says of one file. */
static const struct
{
  const char *code;
  KafNetError error;
} refusals[] = {
  { "not_found", KAF_NET_ERROR_FILE_UNKNOWN },
  { "absent", KAF_NET_ERROR_FILE_ABSENT },
  { "read_only", KAF_NET_ERROR_FILE_READ_ONLY },
  { "size", KAF_NET_ERROR_FILE_SPOILED },
  { "chunk", KAF_NET_ERROR_FILE_SPOILED },
  { "digest", KAF_NET_ERROR_FILE_SPOILED },
  { "file_too_large", KAF_NET_ERROR_FILE_TOO_LARGE },
  { "quota", KAF_NET_ERROR_FILE_QUOTA },
  { "hash", KAF_NET_ERROR_FILE_SPOILED },
  { "range", KAF_NET_ERROR_FILE_SPOILED },
};

static void
refuse (guint status, GBytes *answer, GError **error)
{
  g_autoptr (GArray) parts = kaf_wire_parts_new ();
  const KafWirePart *members;
  g_autofree char *code = NULL;
  gsize size;
  const char *text = g_bytes_get_data (answer, &size);

  if (text != NULL && (members = kaf_wire_parse_object (text, size, parts, NULL)) != NULL)
    code = kaf_wire_find_string (members, "error");
  for (guint i = 0; code != NULL && i < G_N_ELEMENTS (refusals); i++)
    if (g_str_equal (refusals[i].code, code))
      {
        g_set_error (error, KAF_NET_ERROR, refusals[i].error, "%s", code);
        return;
      }
  kaf_remote_refuse (status, answer, error);
}

static gboolean
protocol_error (GError **error)
{
  g_set_error (error, KAF_NET_ERROR, KAF_NET_ERROR_PROTOCOL, "no such answer was expected");
  return FALSE;
}

/* The whole of an answer that is no file; NULL when it refuses. */
static GBytes *
ask (KafRemote *self, SoupMessage *message, GCancellable *cancellable, GError **error)
{
  g_autoptr (GInputStream) stream = kaf_remote_send (self, message, cancellable, error);
  g_autoptr (GBytes) answer =
      stream != NULL ? kaf_remote_read_answer (stream, cancellable, error) : NULL;

  if (answer == NULL || soup_message_get_status (message) == SOUP_STATUS_OK)
    return g_steal_pointer (&answer);
  refuse (soup_message_get_status (message), answer, error);
  return NULL;
}

/* NULL when it is no list of them. */
static GArray *
read_numbers (const KafWirePart *list)
{
  g_autoptr (GArray) numbers = g_array_new (FALSE, FALSE, sizeof (guint));
  const KafWirePart *one = list;

  for (guint i = 0; kaf_wire_is_array (list) && i < list->n; i++)
    {
      gint64 number;
      guint n;

      one = i == 0 ? list + 1 : kaf_wire_after (one);
      if (!kaf_wire_get_integer (one, &number) || number < 0 || number > G_MAXINT)
        return NULL;
      n = (guint) number;
      g_array_append_val (numbers, n);
    }
  return kaf_wire_is_array (list) ? g_steal_pointer (&numbers) : NULL;
}

GArray *
kaf_remote_find_missing (KafRemote *self,
                         const KafSecrets *secrets,
                         const char *sha256,
                         GCancellable *cancellable,
                         GError **error)
{
  g_autofree char *path = g_strconcat ("/v1/blobs/", sha256, "/missing", NULL);
  g_autoptr (SoupMessage) message =
      kaf_remote_make_message (self, "GET", path, secrets->access, error);
  g_autoptr (GBytes) answer = NULL;
  g_autoptr (GArray) parts = kaf_wire_parts_new ();
  const KafWirePart *members;
  GArray *numbers = NULL;
  const char *text;
  gsize size;
  gint64 chunk = 0;

  if (message != NULL)
    answer = ask (self, message, cancellable, error);
  if (answer == NULL)
    return NULL;
  text = g_bytes_get_data (answer, &size);
  if (text != NULL && (members = kaf_wire_parse_object (text, size, parts, NULL)) != NULL &&
      kaf_wire_find_integer (members, "chunk", &chunk) && chunk == (gint64) KAF_REMOTE_CHUNK)
    numbers = read_numbers (kaf_wire_find (members, "missing"));
  if (numbers == NULL)
    protocol_error (error);
  return numbers;
}

static char *
make_digest (GBytes *chunk)
{
  g_autoptr (GChecksum) checksum = g_checksum_new (G_CHECKSUM_SHA256);
  g_autofree char *base64 = NULL;
  guint8 hash[HASH_SIZE];
  gsize size, hash_size = sizeof hash;
  gconstpointer data = g_bytes_get_data (chunk, &size);

  if (size > 0)
    g_checksum_update (checksum, data, (gssize) size);
  g_checksum_get_digest (checksum, hash, &hash_size);
  base64 = g_base64_encode (hash, hash_size);
  return g_strdup_printf ("sha-256=:%s:", base64);
}

/* The library sends a request again when a connection that was used before proves dead, and has lost its body
 * by then. */
static void
on_restarted (SoupMessage *message, GBytes *chunk)
{
  soup_message_set_request_body_from_bytes (message, "application/octet-stream", chunk);
}

gboolean
kaf_remote_put_chunk (KafRemote *self,
                      const KafSecrets *secrets,
                      const char *sha256,
                      guint n,
                      gint64 total,
                      GBytes *chunk,
                      GCancellable *cancellable,
                      GError **error)
{
  g_autofree char *path = g_strdup_printf ("/v1/blobs/%s/%u", sha256, n);
  g_autoptr (SoupMessage) message =
      kaf_remote_make_message (self, "PUT", path, secrets->access, error);
  gint64 from = (gint64) n * (gint64) KAF_REMOTE_CHUNK, size = (gint64) g_bytes_get_size (chunk);
  g_autofree char *digest = make_digest (chunk);
  g_autofree char *range = NULL;
  g_autoptr (GBytes) answer = NULL;
  SoupMessageHeaders *headers;

  if (message == NULL)
    return FALSE;
  range = size > 0 ? g_strdup_printf ("bytes %" G_GINT64_FORMAT "-%" G_GINT64_FORMAT
                                      "/%" G_GINT64_FORMAT,
                                      from, from + size - 1, total)
                   : g_strdup ("bytes */0");
  headers = soup_message_get_request_headers (message);
  soup_message_headers_replace (headers, "Content-Range", range);
  soup_message_headers_replace (headers, "Content-Digest", digest);
  soup_message_set_request_body_from_bytes (message, "application/octet-stream", chunk);
  g_signal_connect (message, "restarted", G_CALLBACK (on_restarted), chunk);
  answer = ask (self, message, cancellable, error);
  return answer != NULL;
}

static gboolean
append (int fd, const guint8 *data, gssize size, GError **error)
{
  while (size > 0)
    {
      gssize n = write (fd, data, size);

      if (n < 0 && errno == EINTR)
        continue;
      if (n < 0)
        {
          g_set_error (error, G_IO_ERROR, g_io_error_from_errno (errno), "%s", g_strerror (errno));
          return FALSE;
        }
      data += n;
      size -= n;
    }
  return TRUE;
}

/* Whether what comes is what was asked for. */
static gboolean
is_range (SoupMessage *message, gint64 offset)
{
  goffset start, end, total;

  return soup_message_get_status (message) == SOUP_STATUS_PARTIAL_CONTENT &&
         soup_message_headers_get_content_range (soup_message_get_response_headers (message),
                                                 &start, &end, &total) &&
         start == offset;
}

static gboolean
read_pieces (GInputStream *stream,
             gint64 length,
             int fd,
             KafRemoteProgress progress,
             gpointer data,
             GCancellable *cancellable,
             GError **error)
{
  guint8 buffer[PIECE];
  GError *local = NULL;
  gssize n;

  while ((n = g_input_stream_read (stream, buffer, sizeof buffer, cancellable, &local)) > 0)
    {
      length -= n;
      if (length < 0)
        return protocol_error (error);
      if (!append (fd, buffer, n, error))
        return FALSE;
      progress (n, data);
    }
  if (n == 0)
    return TRUE;
  kaf_remote_translate (NULL, local, error);
  return FALSE;
}

gboolean
kaf_remote_fetch_content (KafRemote *self,
                          const KafSecrets *secrets,
                          const char *sha256,
                          gint64 offset,
                          gint64 length,
                          int fd,
                          KafRemoteProgress progress,
                          gpointer data,
                          GCancellable *cancellable,
                          GError **error)
{
  g_autofree char *path = g_strconcat ("/v1/blobs/", sha256, NULL);
  g_autoptr (SoupMessage) message =
      kaf_remote_make_message (self, "GET", path, secrets->access, error);
  g_autoptr (GInputStream) stream = NULL;
  g_autoptr (GBytes) answer = NULL;

  if (message == NULL)
    return FALSE;
  soup_message_headers_set_range (soup_message_get_request_headers (message), offset,
                                  offset + length - 1);
  stream = kaf_remote_send (self, message, cancellable, error);
  if (stream == NULL)
    return FALSE;
  if (is_range (message, offset))
    return read_pieces (stream, length, fd, progress, data, cancellable, error);
  if (SOUP_STATUS_IS_SUCCESSFUL (soup_message_get_status (message)))
    return protocol_error (error);
  answer = kaf_remote_read_answer (stream, cancellable, error);
  if (answer != NULL)
    refuse (soup_message_get_status (message), answer, error);
  return FALSE;
}
