/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Five hundred devices sync at once: each connects, with a TLS handshake of its own, sends one edit and reads what is
 * new, the edits of all others among it. From one thread without a library of HTTP, so that it is the server that is
 * measured; several bursts, each of new connections. */
#include "config.h"

#include <errno.h>
#include <fcntl.h>
#include <gnutls/gnutls.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <sqlite3.h>
#include <stdlib.h>
#include <string.h>
#include <sys/epoll.h>
#include <sys/socket.h>
#include <unistd.h>

#include "kaf-bench-server.h"
#include "kaf-bench.h"
#include "net/kaf-syncer.h"
#include "server/kaf-accounts.h"
#include "store/kaf-sync-state.h"
#include "sync/kaf-exchange.h"
#include "sync/kaf-op-group.h"
#include "sync/kaf-pack.h"

#define N_DEVICES 500
#define N_BURSTS 6
#define N_PERSONS 10000

/* The server lets one address hold 64 connections. */
#define N_ADDRESSES 20

typedef enum
{
  STEP_CONNECT,
  STEP_SHAKE_HANDS,
  STEP_SEND,
  STEP_RECEIVE,
  STEP_DONE,
} Step;

typedef struct
{
  guint64 number;
  char *access;
  char *person; /* whom it edits */
  char *city;   /* of hers, as this device wrote it last; NULL: as it was */
  char *cursor;
  gint64 saw, dseq;
  guint8 hash[KAF_OP_GROUP_HASH_SIZE];

  int fd;
  gnutls_session_t session;
  Step step;
  GString *request;
  gsize sent;
  GString *answer;
  gint64 began;
  gboolean failed;
} Device;

static gnutls_certificate_credentials_t credentials;

static void
print_request (Device *self)
{
  g_autoptr (GString) body = g_string_new (NULL);
  const KafHello hello = { .protocol = KAF_EXCHANGE_PROTOCOL,
                           .now = g_get_real_time () / 1000,
                           .cursor = self->cursor };
  g_autofree char *before =
      self->city != NULL ? g_strdup_printf ("\"%s\"", self->city) : g_strdup ("null");
  g_autofree char *after = g_strdup_printf ("Ville %" G_GINT64_FORMAT, self->dseq + 1);
  g_autofree char *payload = g_strdup_printf (
      "[{\"o\":\"update\",\"e\":\"person\",\"i\":\"%s\",\"f\":{\"notes\":[%s,\"%s\"]}}]",
      self->person, before, after);
  KafOpGroup group = { .device = self->number,
                       .dseq = ++self->dseq,
                       .batch = (char *) "b",
                       .at = g_get_real_time (),
                       .schema = 1,
                       .n_ops = 1,
                       .saw = self->saw,
                       .payload = payload };

  group.clock = kaf_hlc_make (hello.now, 0, self->number);
  memcpy (group.prev_hash, self->hash, sizeof group.prev_hash);
  kaf_op_group_hash_payload (group.salt, sizeof group.salt, payload, group.payload_hash);
  kaf_op_group_hash (&group, self->hash);
  kaf_hello_print (&hello, body);
  kaf_op_group_print (&group, body);
  g_string_printf (self->request,
                   "POST /v1/sync HTTP/1.1\r\nHost: localhost\r\nAuthorization: Bearer %s\r\n"
                   "Accept-Encoding: zstd\r\nContent-Length: %" G_GSIZE_FORMAT "\r\n\r\n%s",
                   self->access, body->len, body->str);
  g_free (self->city);
  self->city = g_steal_pointer (&after);
}

static void
device_connect (Device *self, guint i, guint16 port, int epoll)
{
  struct sockaddr_in own = { .sin_family = AF_INET };
  struct sockaddr_in there = { .sin_family = AF_INET, .sin_port = htons (port) };
  struct epoll_event event = { .events = EPOLLOUT | EPOLLIN | EPOLLET, .data.ptr = self };
  int on = 1;

  own.sin_addr.s_addr = htonl (0x7f000101 + i % N_ADDRESSES);
  there.sin_addr.s_addr = htonl (INADDR_LOOPBACK);
  self->fd = socket (AF_INET, SOCK_STREAM | SOCK_NONBLOCK | SOCK_CLOEXEC, 0);
  setsockopt (self->fd, IPPROTO_TCP, TCP_NODELAY, &on, sizeof on);
  if (bind (self->fd, (struct sockaddr *) &own, sizeof own) != 0)
    g_error ("bind: %s", g_strerror (errno));
  self->step = STEP_CONNECT;
  self->sent = 0;
  self->failed = FALSE;
  g_string_truncate (self->answer, 0);
  gnutls_init (&self->session, GNUTLS_CLIENT | GNUTLS_NONBLOCK);
  gnutls_set_default_priority (self->session);
  gnutls_credentials_set (self->session, GNUTLS_CRD_CERTIFICATE, credentials);
  gnutls_session_set_verify_cert (self->session, "localhost", 0);
  gnutls_transport_set_int (self->session, self->fd);
  epoll_ctl (epoll, EPOLL_CTL_ADD, self->fd, &event);
  self->began = kaf_bench_now ();
  if (connect (self->fd, (struct sockaddr *) &there, sizeof there) != 0 && errno != EINPROGRESS)
    self->failed = TRUE;
}

static gboolean
is_whole (const GString *answer)
{
  const char *end = g_strstr_len (answer->str, answer->len, "\r\n\r\n");
  const char *length = g_strstr_len (answer->str, answer->len, "Content-Length: ");

  return end != NULL && length != NULL && length < end &&
         answer->len >= (gsize) (end + 4 - answer->str) +
                            g_ascii_strtoull (length + strlen ("Content-Length: "), NULL, 10);
}

/* One step further; FALSE when there is nothing to do until more comes. */
static gboolean
device_step (Device *self)
{
  char buffer[16384];
  gssize n;

  switch (self->step)
    {
    case STEP_CONNECT:
      self->step = STEP_SHAKE_HANDS;
      return TRUE;
    case STEP_SHAKE_HANDS:
      n = gnutls_handshake (self->session);
      if (n == 0)
        self->step = STEP_SEND;
      break;
    case STEP_SEND:
      n = gnutls_record_send (self->session, self->request->str + self->sent,
                              self->request->len - self->sent);
      self->sent += n > 0 ? n : 0;
      if (self->sent == self->request->len)
        self->step = STEP_RECEIVE;
      break;
    case STEP_RECEIVE:
      n = gnutls_record_recv (self->session, buffer, sizeof buffer);
      if (n > 0)
        g_string_append_len (self->answer, buffer, n);
      if (n > 0 && is_whole (self->answer))
        self->step = STEP_DONE;
      self->failed |= n == 0;
      break;
    case STEP_DONE:
    default:
      return FALSE;
    }
  self->failed |= n < 0 && gnutls_error_is_fatal (n);
  return n >= 0 && !self->failed && self->step != STEP_DONE;
}

static void
device_close (Device *self)
{
  gnutls_deinit (self->session);
  close (self->fd);
}

/* What the answer says: FALSE when it is not what a device hopes for. */
static gboolean
device_read_answer (Device *self)
{
  const char *end = g_strstr_len (self->answer->str, self->answer->len, "\r\n\r\n");
  gboolean packed =
      g_strstr_len (self->answer->str, end - self->answer->str, "Content-Encoding: zstd") != NULL;
  gsize size = self->answer->len - (end + 4 - self->answer->str), length;
  g_autoptr (GString) plain = packed ? kaf_unpack (end + 4, size, 64 * 1024 * 1024, NULL)
                                     : g_string_new_len (end + 4, size);
  const char *text = plain->str, *line, *last = NULL;
  g_auto (KafCheckpoint) checkpoint = { 0 };
  gsize last_length = 0;

  if (!g_str_has_prefix (self->answer->str, "HTTP/1.1 200 ") ||
      strstr (plain->str, "\"ok\"") == NULL)
    return FALSE;
  size = plain->len;
  while ((line = kaf_exchange_next (&text, &size, &length)) != NULL)
    last = line, last_length = length;
  if (last == NULL || !kaf_checkpoint_parse (last, last_length, &checkpoint, NULL))
    return FALSE;
  g_free (self->cursor);
  self->cursor = g_steal_pointer (&checkpoint.cursor);
  self->saw = checkpoint.seen;
  return TRUE;
}

/* All at once. Returns how many failed. */
static guint
burst (Device *devices, guint16 port, GArray *times)
{
  int epoll = epoll_create1 (EPOLL_CLOEXEC);
  struct epoll_event events[64];
  guint n_open = N_DEVICES, n_failed = 0;
  gint64 until = kaf_bench_now () + 60 * G_GINT64_CONSTANT (1000000000);

  for (guint i = 0; i < N_DEVICES; i++)
    print_request (&devices[i]);
  for (guint i = 0; i < N_DEVICES; i++)
    device_connect (&devices[i], i, port, epoll);
  while (n_open > 0 && kaf_bench_now () < until)
    {
      int n = epoll_wait (epoll, events, G_N_ELEMENTS (events), 1000);

      for (int i = 0; i < n; i++)
        {
          Device *device = events[i].data.ptr;

          if (device->step == STEP_DONE || device->failed)
            continue;
          while (device_step (device))
            ;
          if (device->step != STEP_DONE && !device->failed)
            continue;
          n_open--;
          kaf_bench_times_add (times, device->began);
        }
    }
  for (guint i = 0; i < N_DEVICES; i++)
    {
      n_failed += devices[i].step != STEP_DONE || !device_read_answer (&devices[i]);
      device_close (&devices[i]);
    }
  close (epoll);
  return n_failed;
}

static void
enroll (KafBenchServer *server, Device *devices)
{
  g_autofree char *path = g_build_filename (server->dir, "accounts.db", NULL);
  g_autoptr (KafClock) clock = kaf_clock_new_system ();
  g_autoptr (KafRandom) random = kaf_random_new_system ();
  g_autoptr (GError) error = NULL;
  KafAccounts *accounts = kaf_accounts_open (path, FALSE, clock, random, &error);

  kaf_bench_check (error);
  for (guint i = 0; i < N_DEVICES; i++)
    {
      g_autoptr (KafAccountsSession) session =
          kaf_accounts_enroll (accounts, "amina", i + 1, "bench", &error);

      kaf_bench_check (error);
      devices[i].number = session->device;
      devices[i].access = g_strdup (session->access);
      devices[i].request = g_string_new (NULL);
      devices[i].answer = g_string_new (NULL);
    }
  kaf_accounts_close (accounts);
}

/* The hub's records, and where each device stands: it has read all of them. */
static void
fill (KafBenchServer *server, Device *devices)
{
  g_autofree char *source = kaf_bench_store (N_PERSONS);
  g_autofree char *path = kaf_bench_copy_store (source, "devices.db");
  g_autoptr (GError) error = NULL;
  KafDatabase *db = kaf_database_open (path, KAF_OPEN_DEFAULT, NULL, &error);
  g_auto (KafSyncState) state = { 0 };
  KafSyncReport report;
  sqlite3 *sql;
  sqlite3_stmt *statement;

  kaf_bench_check (error);
  kaf_syncer_enroll (db, server->url, server->authority, "amina", KAF_BENCH_PASSWORD, NULL, NULL,
                     &error);
  kaf_bench_check (error);
  kaf_syncer_run (db, &report, NULL, &error);
  kaf_bench_check (error);
  kaf_sync_state_read (db, &state, &error);
  kaf_bench_check (error);
  sqlite3_open (path, &sql);
  sqlite3_prepare_v2 (sql,
                      "SELECT h.id, p.notes FROM person p JOIN head h USING (rid)"
                      " WHERE p.notes IS NULL LIMIT ?",
                      -1, &statement, NULL);
  sqlite3_bind_int (statement, 1, N_DEVICES);
  for (guint i = 0; i < N_DEVICES && sqlite3_step (statement) == SQLITE_ROW; i++)
    {
      devices[i].person = g_strdup ((const char *) sqlite3_column_text (statement, 0));
      devices[i].cursor = g_strdup (state.cursor);
      devices[i].saw = kaf_sync_get_seen (db);
    }
  sqlite3_finalize (statement);
  sqlite3_close (sql);
  kaf_database_close (db);
  kaf_bench_remove_store (path);
}

static void
device_clear (Device *self)
{
  g_free (self->access);
  g_free (self->person);
  g_free (self->city);
  g_free (self->cursor);
  g_string_free (self->request, TRUE);
  g_string_free (self->answer, TRUE);
}

int
main (int argc, char **argv)
{
  g_autoptr (GArray) times = kaf_bench_times_new ();
  g_autofree Device *devices = g_new0 (Device, N_DEVICES);
  KafBenchServer *server;
  guint n_failed = 0;
  guint16 port;
  double used;
  gint64 own;

  kaf_bench_init ("devices");
  server = kaf_bench_server_new (argv[1], "devices-server");
  kaf_bench_server_call (server, "user add amina --password-stdin");
  kaf_bench_server_call (server, "grant amina manager national");
  enroll (server, devices);
  kaf_bench_server_start (server);
  port = g_ascii_strtoull (strrchr (server->url, ':') + 1, NULL, 10);
  fill (server, devices);
  gnutls_certificate_allocate_credentials (&credentials);
  gnutls_certificate_set_x509_trust_mem (
      credentials, &(gnutls_datum_t){ (guchar *) server->authority, strlen (server->authority) },
      GNUTLS_X509_FMT_PEM);
  used = kaf_bench_server_used (server);
  own = kaf_bench_used ();
  for (guint i = 0; i < N_BURSTS; i++)
    n_failed += burst (devices, port, times);
  used = kaf_bench_server_used (server) - used;
  own = kaf_bench_used () - own;

  kaf_bench_report ("500 devices at once, median", kaf_bench_median (times), 0, "ms",
                    KAF_BENCH_TOLD, 0);
  kaf_bench_report ("500 devices at once, p99", kaf_bench_quantile (times, 0.99), 0, "ms",
                    KAF_BENCH_AT_MOST, 1000);
  kaf_bench_report ("500 devices at once, that failed", n_failed, 0, "", KAF_BENCH_AT_MOST, 0);
  kaf_bench_report ("500 devices at once, memory of the server",
                    kaf_bench_server_memory (server, "VmHWM"), 0, "MiB", KAF_BENCH_AT_MOST, 256);
  kaf_bench_report ("500 devices at once, processor time of the server", used / N_BURSTS,
                    own / 1e6 / N_BURSTS, "ms", KAF_BENCH_TOLD, 0);
  kaf_bench_server_stop (server);
  for (guint i = 0; i < N_DEVICES; i++)
    device_clear (&devices[i]);
  gnutls_certificate_free_credentials (credentials);
  kaf_bench_server_free (server);
  return kaf_bench_finish ();
}
