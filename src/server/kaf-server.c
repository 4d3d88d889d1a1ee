/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The connections' side of the server.
 *
 *   head ─▶ look ─▶ [admit, on a worker] ─▶ body ─▶ [run, on a worker] ─▶ answer ─▶ log
 *
 * libmicrohttpd's threads only move bytes. While a worker has an exchange, its connection is suspended and
 * no other thread touches either; the worker's last act is to resume it. An exchange is freed by
 * completed(), which the library calls however it ended. */
#include "config.h"

#include "server/kaf-server.h"

#include <microhttpd.h>
#include <netinet/in.h>
#include <string.h>
#include <unistd.h>

#include "server/kaf-connections.h"
#include "server/kaf-password.h"
#include "server/kaf-shares.h"

#define CONNECTIONS_MAX 1024u
#define CONNECTIONS_OF_ADDRESS_MAX 64u
#define SILENCE_MAX_S 30u
/* Each looks at all of its connections whenever one has something to say. */
#define IO_THREADS 4u

/* Of one connection: its head has to fit, and pieces of a body pass through. */
#define CONNECTION_MEMORY ((gsize) 32 * 1024)

/* Those who wait for the hub hold a thread, and go together in its next turn (kaf-hub-queue.h). Of each the body is
 * short, and the answer no longer than a page. */
#define WORKERS 16

/* A long body may be 16 MiB once it is unpacked, and waits for a turn of its own: as many of them as of these. */
#define CARRIERS 4

/* A hash takes 64 MiB and a processor: no more at a time, and those who wait are told when they are many. */
#define HASHERS 2
#define HASHES_WAITING_MAX 64u

/* Bytes of bodies that are being received, of all clients and of one device: it sends one at a time, and a piece of a
 * file beside it. */
#define BODIES_MAX ((gsize) 256 * 1024 * 1024)
#define BODIES_OF_DEVICE_MAX (2 * (gsize) KAF_HUB_MAX_BODY)

/* What of a body is still read, and dropped, once it proved too large: then the answer can be read. */
#define DROPPED_MAX ((gsize) 1024 * 1024)

#define STOP_PATIENCE_US (10 * G_USEC_PER_SEC)
#define STOP_LOOK_US 5000

#define TLS_PRIORITIES "NORMAL:-VERS-ALL:+VERS-TLS1.3:+VERS-TLS1.2"

struct _KafServer
{
  KafService *service;
  struct MHD_Daemon *daemon;
  KafConnections *connections;
  GMutex mutex;         /* over the pools and whether they take work */
  GThreadPool *workers; /* of Exchange; NULL once stopping */
  GThreadPool *hashers;
  GThreadPool
      *carriers;     /* of those with a long body; workers hand on to it as long as there are any */
  gint stopping;     /* atomic */
  gint n_exchanges;  /* atomic */
  KafShares *bodies; /* by device; of strangers, whose bodies are small, all together */
};

typedef enum
{
  STAGE_NEW,
  STAGE_ADMITTING,
  STAGE_READING,
  STAGE_RUNNING,
} Stage;

typedef struct
{
  KafServer *server;
  struct MHD_Connection *connection;
  KafConnection *place;
  const KafEndpoint *endpoint; /* nullable */
  const char *method;          /* for the log */
  KafRequest *request;
  Stage stage;
  gint64 began_us;
  gsize received, sent, reserved;
  char *reserved_by; /* nullable */
} Exchange;

static const char *
get_header (Exchange *self, const char *name)
{
  return MHD_lookup_connection_value (self->connection, MHD_HEADER_KIND, name);
}

static void
set_phase (Exchange *self, KafPhase phase)
{
  kaf_connections_set_phase (self->server->connections, self->place, phase);
}

/* Methods as they may stand in the log. */
static const char *
know_method (const char *method)
{
  static const char *const known[] = { "GET", "HEAD", "POST", "PUT", "DELETE", "OPTIONS", "PATCH" };

  for (guint i = 0; i < G_N_ELEMENTS (known); i++)
    if (g_str_equal (known[i], method))
      return known[i];
  return "-";
}

static gboolean
is_loopback (const char *address)
{
  g_autoptr (GInetAddress) inet = g_inet_address_new_from_string (address);

  return inet != NULL && g_inet_address_get_is_loopback (inet);
}

/* A proxy speaks through the Unix socket and says whom it speaks for; nobody else is believed. */
static void
find_address (Exchange *self)
{
  const union MHD_ConnectionInfo *info =
      MHD_get_connection_info (self->connection, MHD_CONNECTION_INFO_CLIENT_ADDRESS);
  const struct sockaddr *name = info != NULL ? info->client_addr : NULL;
  const char *real = get_header (self, "X-Real-IP");
  gboolean proxied = real != NULL || get_header (self, "X-Forwarded-For") != NULL ||
                     get_header (self, "Forwarded") != NULL;
  g_autoptr (GSocketAddress) address = NULL;

  if (name != NULL && (name->sa_family == AF_INET || name->sa_family == AF_INET6))
    {
      address = g_socket_address_new_from_native (
          (gpointer) name,
          name->sa_family == AF_INET ? sizeof (struct sockaddr_in) : sizeof (struct sockaddr_in6));
      self->request->address = g_inet_address_to_string (
          g_inet_socket_address_get_address (G_INET_SOCKET_ADDRESS (address)));
      self->request->is_local = !proxied && is_loopback (self->request->address);
    }
  else
    {
      self->request->address =
          g_strdup (real != NULL && g_hostname_is_ip_address (real) ? real : "local");
      self->request->is_local = !proxied;
    }
}

static enum MHD_Result
count_framing (void *cls, enum MHD_ValueKind kind, const char *name, const char *value)
{
  guint *n = cls;

  *n += g_ascii_strcasecmp (name, MHD_HTTP_HEADER_CONTENT_LENGTH) == 0 ||
        g_ascii_strcasecmp (name, MHD_HTTP_HEADER_TRANSFER_ENCODING) == 0;
  return MHD_YES;
}

/* Two ideas of where a body ends let one request hide within another, behind a proxy. */
static gboolean
is_framed_once (Exchange *self)
{
  guint n = 0;

  MHD_get_connection_values (self->connection, MHD_HEADER_KIND, count_framing, &n);
  return n <= 1;
}

/* What its head says of the body's size: as much as may be when it says nothing. */
static gsize
get_announced (Exchange *self)
{
  const char *length = get_header (self, MHD_HTTP_HEADER_CONTENT_LENGTH);
  guint64 size = 0;

  if (length != NULL)
    return g_ascii_string_to_unsigned (length, 10, 0, G_MAXINT64, &size, NULL) ? size : G_MAXSIZE;
  return get_header (self, MHD_HTTP_HEADER_TRANSFER_ENCODING) != NULL ? self->endpoint->max_body
                                                                      : 0;
}

/* Everything that can be said about a request by its head alone. */
static void
look_at_head (Exchange *self, const char *url, const char *method)
{
  KafRequest *request = self->request;

  find_address (self);
  self->endpoint = kaf_service_find_endpoint (url);
  request->path = g_strdup (url);
  request->content_range = g_strdup (get_header (self, MHD_HTTP_HEADER_CONTENT_RANGE));
  request->digest = g_strdup (get_header (self, "Content-Digest"));
  request->authorization = g_strdup (get_header (self, MHD_HTTP_HEADER_AUTHORIZATION));
  request->range = g_strdup (get_header (self, MHD_HTTP_HEADER_RANGE));
  request->if_range = g_strdup (get_header (self, MHD_HTTP_HEADER_IF_RANGE));
  request->encoding =
      kaf_encoding_from_header (get_header (self, MHD_HTTP_HEADER_CONTENT_ENCODING));
  request->accepts = kaf_encoding_choose (get_header (self, MHD_HTTP_HEADER_ACCEPT_ENCODING));

  if (g_atomic_int_get (&self->server->stopping))
    kaf_request_refuse (request, MHD_HTTP_SERVICE_UNAVAILABLE, "unavailable");
  else if (!is_framed_once (self))
    kaf_request_refuse (request, MHD_HTTP_BAD_REQUEST, "request");
  else if (self->endpoint == NULL)
    kaf_request_refuse (request, MHD_HTTP_NOT_FOUND, "not_found");
  else if (!g_str_equal (method, self->endpoint->method) &&
           !(self->endpoint->heads && g_str_equal (method, "HEAD")))
    kaf_request_refuse (request, MHD_HTTP_METHOD_NOT_ALLOWED, "method");
  else if (get_announced (self) > self->endpoint->max_body)
    kaf_request_refuse (request, MHD_HTTP_CONTENT_TOO_LARGE, "too_large");
  else if (request->encoding == KAF_ENCODING_OTHER)
    kaf_request_refuse (request, MHD_HTTP_UNSUPPORTED_MEDIA_TYPE, "encoding");
}

static Exchange *
exchange_new (KafServer *server, struct MHD_Connection *connection, const char *method)
{
  const union MHD_ConnectionInfo *info =
      MHD_get_connection_info (connection, MHD_CONNECTION_INFO_SOCKET_CONTEXT);
  Exchange *self = g_new0 (Exchange, 1);

  self->server = server;
  self->connection = connection;
  self->place = info->socket_context;
  self->method = know_method (method);
  self->request = kaf_request_new ();
  self->began_us = g_get_monotonic_time ();
  g_atomic_int_inc (&server->n_exchanges);
  return self;
}

static void
add_header (struct MHD_Response *response, const char *name, const char *value)
{
  MHD_add_response_header (response, name, value);
}

static void
add_headers (Exchange *self, struct MHD_Response *response)
{
  const KafRequest *request = self->request;
  const char *packed = kaf_encoding_get_name (request->packed);

  add_header (response, MHD_HTTP_HEADER_CONTENT_TYPE, request->type);
  add_header (response, MHD_HTTP_HEADER_CACHE_CONTROL, "no-store");
  add_header (response, "X-Content-Type-Options", "nosniff");
  add_header (response, MHD_HTTP_HEADER_VARY, MHD_HTTP_HEADER_ACCEPT_ENCODING);
  if (packed != NULL)
    add_header (response, MHD_HTTP_HEADER_CONTENT_ENCODING, packed);
  if (request->status == MHD_HTTP_METHOD_NOT_ALLOWED)
    add_header (response, MHD_HTTP_HEADER_ALLOW,
                self->endpoint->heads ? "GET, HEAD" : self->endpoint->method);
  if (request->status == MHD_HTTP_UNAUTHORIZED)
    add_header (response, MHD_HTTP_HEADER_WWW_AUTHENTICATE, "Bearer");
  if (request->wait > 0)
    {
      g_autofree char *seconds = g_strdup_printf ("%" G_GINT64_FORMAT, request->wait);

      add_header (response, MHD_HTTP_HEADER_RETRY_AFTER, seconds);
    }
}

/* Of a file: what it is, and which part of it. */
static void
add_file_headers (KafRequest *request, struct MHD_Response *response)
{
  g_autofree char *part =
      g_strdup_printf ("bytes %" G_GOFFSET_FORMAT "-%" G_GOFFSET_FORMAT "/%" G_GOFFSET_FORMAT,
                       request->file_at, request->file_end - 1, request->file_size);

  add_header (response, MHD_HTTP_HEADER_ETAG, request->tag);
  add_header (response, MHD_HTTP_HEADER_ACCEPT_RANGES, "bytes");
  if (request->status == MHD_HTTP_PARTIAL_CONTENT)
    add_header (response, MHD_HTTP_HEADER_CONTENT_RANGE, part);
}

/* The file is the library's from then on. */
static struct MHD_Response *
make_file_response (Exchange *self)
{
  KafRequest *request = self->request;
  struct MHD_Response *response =
      MHD_create_response_from_fd_at_offset64 (self->sent, request->file, request->file_at);

  if (response != NULL)
    {
      request->file = -1;
      add_file_headers (request, response);
    }
  return response;
}

static void
free_answer (void *answer)
{
  kaf_request_free_text (answer);
}

static struct MHD_Response *
make_text_response (Exchange *self)
{
  GString *answer = g_steal_pointer (&self->request->answer);
  struct MHD_Response *response = MHD_create_response_from_buffer_with_free_callback_cls (
      self->sent, answer->str, free_answer, answer);

  if (response == NULL)
    kaf_request_free_text (answer);
  return response;
}

static enum MHD_Result
send_answer (Exchange *self)
{
  KafRequest *request = self->request;
  struct MHD_Response *response =
      request->file >= 0 ? make_file_response (self) : make_text_response (self);
  enum MHD_Result result;

  if (response == NULL)
    return MHD_NO;
  add_headers (self, response);
  set_phase (self, KAF_PHASE_SENDING);
  result = MHD_queue_response (self->connection, request->status, response);
  MHD_destroy_response (response);
  return result;
}

static enum MHD_Result
answer (Exchange *self)
{
  KafRequest *request = self->request;

  self->sent =
      request->file >= 0 ? (gsize) (request->file_end - request->file_at) : request->answer->len;
  return send_answer (self);
}

/* On a worker's thread. */
static void
work (gpointer data, gpointer user_data)
{
  Exchange *self = data;
  KafService *service = self->server->service;

  if (self->stage == STAGE_ADMITTING)
    self->endpoint->admit (service, self->request);
  else if (!kaf_service_run_short (service, self->endpoint, self->request))
    {
      g_thread_pool_push (self->server->carriers, self, NULL);
      return;
    }
  MHD_resume_connection (self->connection);
}

static void
carry (gpointer data, gpointer user_data)
{
  Exchange *self = data;

  kaf_service_run (self->server->service, self->endpoint, self->request);
  MHD_resume_connection (self->connection);
}

static GThreadPool *
choose_pool (Exchange *self)
{
  KafServer *server = self->server;

  if (self->stage == STAGE_ADMITTING || server->workers == NULL)
    return server->workers;
  if (self->request->body->len > KAF_SERVICE_SHORT_BODY)
    return server->carriers;
  if (!self->endpoint->hashes)
    return server->workers;
  if (server->hashers != NULL && g_thread_pool_unprocessed (server->hashers) >= HASHES_WAITING_MAX)
    return NULL;
  return server->hashers;
}

static enum MHD_Result
hand_over (Exchange *self, Stage stage)
{
  g_autoptr (GMutexLocker) locker = g_mutex_locker_new (&self->server->mutex);
  GThreadPool *pool;

  self->stage = stage;
  pool = choose_pool (self);
  if (pool == NULL)
    {
      kaf_request_refuse (self->request, MHD_HTTP_SERVICE_UNAVAILABLE, "unavailable");
      return answer (self);
    }
  set_phase (self, KAF_PHASE_WORKING);
  MHD_suspend_connection (self->connection);
  g_thread_pool_push (pool, self, NULL); /* and from here on it is the worker's */
  return MHD_YES;
}

/* Before its body came, if it has one: the library closes the connection after that. */
static enum MHD_Result
answer_early (Exchange *self)
{
  if (get_header (self, MHD_HTTP_HEADER_CONTENT_LENGTH) != NULL ||
      get_header (self, MHD_HTTP_HEADER_TRANSFER_ENCODING) != NULL)
    kaf_connections_set_lingers (self->server->connections, self->place, self->request->address);
  return answer (self);
}

static char *
name_device (guint64 device)
{
  return g_strdup_printf ("%016" G_GINT64_MODIFIER "x", device);
}

static enum MHD_Result
begin_reading (Exchange *self)
{
  gsize size = get_announced (self);

  self->stage = STAGE_READING;
  set_phase (self, self->endpoint->admit != NULL ? KAF_PHASE_READING : KAF_PHASE_READING_STRANGER);
  if (self->request->device != 0)
    self->reserved_by = name_device (self->request->device);
  if (!kaf_shares_take (self->server->bodies, self->reserved_by, size))
    {
      kaf_request_refuse (self->request, MHD_HTTP_SERVICE_UNAVAILABLE, "unavailable");
      return answer_early (self);
    }
  self->reserved = size;
  kaf_request_reserve (self->request, size);
  return MHD_YES;
}

static enum MHD_Result
read_piece (Exchange *self, const char *data, gsize *size)
{
  gsize max = self->endpoint->max_body;

  self->received += *size;
  if (self->received > max + DROPPED_MAX)
    return MHD_NO;
  if (self->received <= max)
    g_string_append_len (self->request->body, data, *size);
  *size = 0;
  return MHD_YES;
}

static enum MHD_Result
begin (Exchange *self, const char *url, const char *method)
{
  look_at_head (self, url, method);
  if (self->request->status != 0)
    return answer_early (self);
  if (self->endpoint->admit != NULL)
    return hand_over (self, STAGE_ADMITTING);
  return begin_reading (self);
}

static enum MHD_Result
handle (void *cls,
        struct MHD_Connection *connection,
        const char *url,
        const char *method,
        const char *version,
        const char *data,
        size_t *size,
        void **con_cls)
{
  Exchange *self = *con_cls;

  if (self == NULL)
    {
      *con_cls = self = exchange_new (cls, connection, method);
      return begin (self, url, method);
    }
  if (*size > 0)
    return read_piece (self, data, size);
  if (self->request->status != 0) /* a worker left it */
    return self->stage == STAGE_ADMITTING ? answer_early (self) : answer (self);
  if (self->stage == STAGE_ADMITTING)
    return begin_reading (self);
  if (self->received > self->endpoint->max_body)
    {
      kaf_request_refuse (self->request, MHD_HTTP_CONTENT_TOO_LARGE, "too_large");
      return answer (self);
    }
  return hand_over (self, STAGE_RUNNING);
}

static void
log_exchange (Exchange *self, const char *endpoint, guint status, gint64 duration_us)
{
  g_autofree char *device =
      self->request->device != 0 ? name_device (self->request->device) : g_strdup ("-");

  kaf_service_log ("method=%s endpoint=%s status=%u bytes=%" G_GSIZE_FORMAT " ms=%" G_GINT64_FORMAT
                   " device=%s",
                   self->method, endpoint, status, self->sent, duration_us / 1000, device);
}

static void
completed (void *cls,
           struct MHD_Connection *connection,
           void **con_cls,
           enum MHD_RequestTerminationCode code)
{
  KafServer *server = cls;
  Exchange *self = *con_cls;
  const char *endpoint;
  gint64 duration_us;
  guint status;

  if (self == NULL)
    return;
  *con_cls = NULL;
  duration_us = g_get_monotonic_time () - self->began_us;
  endpoint = self->endpoint != NULL ? self->endpoint->path : "-";
  status = code == MHD_REQUEST_TERMINATED_COMPLETED_OK ? self->request->status : 0;
  log_exchange (self, endpoint, status, duration_us);
  kaf_metrics_add_request (server->service->metrics, endpoint, status, self->received, self->sent,
                           duration_us);
  set_phase (self, KAF_PHASE_WAITING);
  kaf_shares_give_back (server->bodies, self->reserved_by, self->reserved);
  kaf_request_free (self->request);
  g_free (self->reserved_by);
  g_free (self);
  g_atomic_int_dec_and_test (&server->n_exchanges);
}

static void
connection_changed (void *cls,
                    struct MHD_Connection *connection,
                    void **context,
                    enum MHD_ConnectionNotificationCode code)
{
  KafServer *self = cls;

  if (code == MHD_CONNECTION_NOTIFY_STARTED)
    {
      const union MHD_ConnectionInfo *info =
          MHD_get_connection_info (connection, MHD_CONNECTION_INFO_CONNECTION_FD);

      *context = kaf_connections_add (self->connections, info->connect_fd);
    }
  else
    kaf_connections_remove (self->connections, g_steal_pointer (context));
}

/* What the library has to say quotes clients: for whoever looks closer only. */
static void
log_library (void *cls, const char *format, va_list values)
{
  g_logv (G_LOG_DOMAIN, G_LOG_LEVEL_DEBUG, format, values);
}

/* A path is what it is: "/v1/%68ello" is no other name of one of ours, and "%00" ends none. */
static size_t
keep_escapes (void *cls, struct MHD_Connection *connection, char *text)
{
  return strlen (text);
}

static guint
count_connections (gpointer data)
{
  KafServer *self = data;

  return kaf_connections_count (self->connections);
}

static struct MHD_Daemon *
start_daemon (KafServer *self, int fd, const char *cert, const char *key)
{
  guint flags = MHD_ALLOW_SUSPEND_RESUME | MHD_USE_ERROR_LOG;
  struct MHD_OptionItem tls[] = {
    { MHD_OPTION_HTTPS_MEM_CERT, 0, (void *) cert },
    { MHD_OPTION_HTTPS_MEM_KEY, 0, (void *) key },
    { MHD_OPTION_HTTPS_PRIORITIES, 0, (void *) TLS_PRIORITIES },
    { MHD_OPTION_END, 0, NULL },
  };
  struct MHD_OptionItem plain[] = { { MHD_OPTION_END, 0, NULL } };

  /* With epoll the library (0.9.75) tries a handshake again and again, without a pause, until the client's next word:
   * one that stops halfway takes a whole processor, and many that begin at once most of it. */
  flags |=
      cert != NULL ? MHD_USE_TLS | MHD_USE_POLL_INTERNAL_THREAD : MHD_USE_EPOLL_INTERNAL_THREAD;
  return MHD_start_daemon (flags, 0, NULL, NULL, handle, self,                             /**/
                           MHD_OPTION_EXTERNAL_LOGGER, log_library, NULL,                  /**/
                           MHD_OPTION_LISTEN_SOCKET, fd,                                   /**/
                           MHD_OPTION_THREAD_POOL_SIZE, IO_THREADS,                        /**/
                           MHD_OPTION_CONNECTION_LIMIT, CONNECTIONS_MAX,                   /**/
                           MHD_OPTION_PER_IP_CONNECTION_LIMIT, CONNECTIONS_OF_ADDRESS_MAX, /**/
                           MHD_OPTION_CONNECTION_TIMEOUT, SILENCE_MAX_S,                   /**/
                           MHD_OPTION_CONNECTION_MEMORY_LIMIT, CONNECTION_MEMORY,          /**/
                           MHD_OPTION_STRICT_FOR_CLIENT, 1,                                /**/
                           MHD_OPTION_UNESCAPE_CALLBACK, keep_escapes, NULL,               /**/
                           MHD_OPTION_NOTIFY_COMPLETED, completed, self,                   /**/
                           MHD_OPTION_NOTIFY_CONNECTION, connection_changed, self,         /**/
                           MHD_OPTION_ARRAY, cert != NULL ? tls : plain, MHD_OPTION_END);
}

static void
server_free (KafServer *self)
{
  g_clear_pointer (&self->connections, kaf_connections_free);
  g_clear_pointer (&self->bodies, kaf_shares_free);
  g_mutex_clear (&self->mutex);
  g_free (self);
}

KafServer *
kaf_server_start (
    KafService *service, KafListener *listener, const char *cert, const char *key, GError **error)
{
  KafServer *self = g_new0 (KafServer, 1);

  kaf_password_prepare ();
  self->service = service;
  self->connections = kaf_connections_new ();
  self->bodies = kaf_shares_new (BODIES_MAX, BODIES_OF_DEVICE_MAX);
  g_mutex_init (&self->mutex);
  self->workers = g_thread_pool_new (work, NULL, WORKERS, FALSE, NULL);
  self->hashers = g_thread_pool_new (work, NULL, HASHERS, FALSE, NULL);
  self->carriers = g_thread_pool_new (carry, NULL, CARRIERS, FALSE, NULL);
  service->count_connections = count_connections;
  service->data = self;
  self->daemon = start_daemon (self, listener->fd, cert, key);
  if (self->daemon != NULL)
    {
      listener->fd = -1; /* the daemon's */
      return self;
    }

  service->count_connections = NULL;
  g_thread_pool_free (self->workers, TRUE, TRUE);
  g_thread_pool_free (self->hashers, TRUE, TRUE);
  g_thread_pool_free (self->carriers, TRUE, TRUE);
  server_free (self);
  g_set_error_literal (error, G_IO_ERROR, G_IO_ERROR_FAILED,
                       cert != NULL ? "the HTTP server does not start: is the certificate good?"
                                    : "the HTTP server does not start");
  return NULL;
}

static void
wait_for_exchanges (KafServer *self)
{
  gint64 until = g_get_monotonic_time () + STOP_PATIENCE_US;

  while (g_atomic_int_get (&self->n_exchanges) > 0 && g_get_monotonic_time () < until)
    g_usleep (STOP_LOOK_US);
}

void
kaf_server_stop (KafServer *self)
{
  int fd = MHD_quiesce_daemon (self->daemon);
  GThreadPool *workers, *hashers;

  g_atomic_int_set (&self->stopping, TRUE);
  wait_for_exchanges (self);
  g_mutex_lock (&self->mutex);
  workers = g_steal_pointer (&self->workers);
  hashers = g_steal_pointer (&self->hashers);
  g_mutex_unlock (&self->mutex);

  /* The library must not stop while a connection is suspended: this returns when all were resumed. */
  g_thread_pool_free (workers, FALSE, TRUE);
  g_thread_pool_free (hashers, FALSE, TRUE);
  g_thread_pool_free (self->carriers, FALSE, TRUE);
  wait_for_exchanges (self);
  MHD_stop_daemon (self->daemon);
  if (fd != MHD_INVALID_SOCKET)
    close (fd);
  self->service->count_connections = NULL;
  server_free (self);
}
