/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "kaf-bench-floor.h"

#include <gnutls/gnutls.h>
#include <netinet/in.h>
#include <sqlite3.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>
#include <zstd.h>

#include "kaf-bench.h"

#define PIECE 65536
#define COLUMNS 3

typedef struct
{
  const char *dir;
  int fd; /* that listens */
} Sender;

static void
check (gboolean done, const char *what)
{
  if (!done)
    g_error ("the floor: %s", what);
}

static gnutls_session_t
shake_hands (int fd, guint flags, gnutls_certificate_credentials_t credentials)
{
  gnutls_session_t session;
  int rc;

  gnutls_init (&session, flags);
  gnutls_set_default_priority (session);
  gnutls_credentials_set (session, GNUTLS_CRD_CERTIFICATE, credentials);
  gnutls_transport_set_int (session, fd);
  do
    rc = gnutls_handshake (session);
  while (rc < 0 && !gnutls_error_is_fatal (rc));
  check (rc == 0, "no handshake");
  return session;
}

static void
send_all (gnutls_session_t session, const char *data, gsize size)
{
  while (size > 0)
    {
      gssize n = gnutls_record_send (session, data, size);

      check (n > 0, "send");
      data += n, size -= n;
    }
}

static void
pack (ZSTD_CCtx *packer, gnutls_session_t session, const GString *text, ZSTD_EndDirective end)
{
  char buffer[PIECE];
  ZSTD_inBuffer in = { text->str, text->len, 0 };
  gsize left;

  do
    {
      ZSTD_outBuffer out = { buffer, sizeof buffer, 0 };

      left = ZSTD_compressStream2 (packer, &out, &in, end);
      check (!ZSTD_isError (left), "pack");
      send_all (session, buffer, out.pos);
    }
  while (end == ZSTD_e_end ? left > 0 : in.pos < in.size);
}

/* Each value with its length before it. */
static void
append (GString *text, sqlite3_stmt *rows)
{
  for (int i = 0; i < COLUMNS; i++)
    {
      guint32 size = sqlite3_column_bytes (rows, i);

      g_string_append_len (text, (const char *) &size, sizeof size);
      g_string_append_len (text, (const char *) sqlite3_column_text (rows, i), size);
    }
}

static gpointer
send_rows (gpointer data)
{
  const Sender *self = data;
  g_autofree char *path = g_build_filename (self->dir, "hub.db", NULL);
  g_autofree char *cert = g_build_filename (self->dir, "dev-cert.pem", NULL);
  g_autofree char *key = g_build_filename (self->dir, "dev-key.pem", NULL);
  g_autoptr (GString) text = g_string_new (NULL);
  int fd = accept (self->fd, NULL, NULL);
  ZSTD_CCtx *packer = ZSTD_createCCtx ();
  gnutls_certificate_credentials_t credentials;
  gnutls_session_t session;
  sqlite3 *sql;
  sqlite3_stmt *rows;

  gnutls_certificate_allocate_credentials (&credentials);
  check (gnutls_certificate_set_x509_key_file (credentials, cert, key, GNUTLS_X509_FMT_PEM) == 0,
         "no certificate");
  session = shake_hands (fd, GNUTLS_SERVER, credentials);
  ZSTD_CCtx_setParameter (packer, ZSTD_c_compressionLevel, 3);
  check (sqlite3_open (path, &sql) == SQLITE_OK &&
             sqlite3_prepare_v2 (sql, "SELECT entity, id, doc FROM record ORDER BY seq", -1, &rows,
                                 NULL) == SQLITE_OK,
         "no hub");
  while (sqlite3_step (rows) == SQLITE_ROW)
    {
      append (text, rows);
      if (text->len < PIECE)
        continue;
      pack (packer, session, text, ZSTD_e_continue);
      g_string_truncate (text, 0);
    }
  pack (packer, session, text, ZSTD_e_end);
  gnutls_bye (session, GNUTLS_SHUT_WR);
  sqlite3_finalize (rows);
  sqlite3_close (sql);
  gnutls_deinit (session);
  gnutls_certificate_free_credentials (credentials);
  ZSTD_freeCCtx (packer);
  close (fd);
  return NULL;
}

/* Takes the whole rows at the beginning of @text into the table. */
static guint
insert (sqlite3_stmt *statement, GString *text)
{
  gsize at = 0;
  guint n = 0;

  for (;;)
    {
      gsize place = at;
      int column = 0;

      for (; column < COLUMNS && place + sizeof (guint32) <= text->len; column++)
        {
          guint32 size;

          memcpy (&size, text->str + place, sizeof size);
          place += sizeof size;
          if (place + size > text->len)
            break;
          sqlite3_bind_text (statement, column + 1, text->str + place, size, SQLITE_STATIC);
          place += size;
        }
      if (column < COLUMNS)
        break;
      check (sqlite3_step (statement) == SQLITE_DONE, "insert");
      sqlite3_reset (statement);
      at = place, n++;
    }
  g_string_erase (text, 0, at);
  return n;
}

static guint
receive_rows (gnutls_session_t session, sqlite3_stmt *statement)
{
  g_autoptr (GString) text = g_string_new (NULL);
  ZSTD_DCtx *unpacker = ZSTD_createDCtx ();
  char packed[PIECE], plain[2 * PIECE];
  gssize size;
  guint n = 0;

  while ((size = gnutls_record_recv (session, packed, sizeof packed)) > 0)
    {
      ZSTD_inBuffer in = { packed, size, 0 };

      while (in.pos < in.size)
        {
          ZSTD_outBuffer out = { plain, sizeof plain, 0 };

          check (!ZSTD_isError (ZSTD_decompressStream (unpacker, &out, &in)), "unpack");
          g_string_append_len (text, plain, out.pos);
          n += insert (statement, text);
        }
    }
  check (size == 0 && text->len == 0, "the stream was cut");
  ZSTD_freeDCtx (unpacker);
  return n;
}

static int
listen_somewhere (struct sockaddr_in *name)
{
  socklen_t size = sizeof *name;
  int fd = socket (AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);

  *name = (struct sockaddr_in){ .sin_family = AF_INET };
  name->sin_addr.s_addr = htonl (INADDR_LOOPBACK);
  check (bind (fd, (struct sockaddr *) name, size) == 0 && listen (fd, 1) == 0 &&
             getsockname (fd, (struct sockaddr *) name, &size) == 0,
         "no port");
  return fd;
}

double
kaf_bench_floor_run (const char *dir, const char *path, guint *n)
{
  struct sockaddr_in name;
  Sender sender = { dir, listen_somewhere (&name) };
  int fd = socket (AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
  gint64 start = kaf_bench_now ();
  GThread *thread = g_thread_new ("floor", send_rows, &sender);
  gnutls_certificate_credentials_t credentials;
  gnutls_session_t session;
  sqlite3 *sql;
  sqlite3_stmt *statement;
  double ms;

  gnutls_certificate_allocate_credentials (&credentials);
  check (connect (fd, (struct sockaddr *) &name, sizeof name) == 0, "connect");
  session = shake_hands (fd, GNUTLS_CLIENT, credentials);
  check (sqlite3_open (path, &sql) == SQLITE_OK &&
             sqlite3_exec (sql,
                           "PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; BEGIN;"
                           "CREATE TABLE record (entity TEXT, id TEXT, doc TEXT);"
                           "CREATE UNIQUE INDEX record_id ON record (entity, id);",
                           NULL, NULL, NULL) == SQLITE_OK &&
             sqlite3_prepare_v2 (sql, "INSERT INTO record VALUES (?, ?, ?)", -1, &statement,
                                 NULL) == SQLITE_OK,
         "no table");
  *n = receive_rows (session, statement);
  check (sqlite3_exec (sql, "COMMIT", NULL, NULL, NULL) == SQLITE_OK, "commit");
  ms = (kaf_bench_now () - start) / 1e6;
  g_thread_join (thread);
  sqlite3_finalize (statement);
  sqlite3_close (sql);
  gnutls_deinit (session);
  gnutls_certificate_free_credentials (credentials);
  close (fd);
  close (sender.fd);
  return ms;
}
