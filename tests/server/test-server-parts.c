/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What the server is made of and needs no file for: lockout, tokens, bodies, the end of the feed. */
#include "config.h"

#include <sodium.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/time.h>
#include <unistd.h>
#include <zstd.h>

#include "schema/kaf-registry.h"
#include "server/kaf-body.h"
#include "server/kaf-connections.h"
#include "server/kaf-hub-cache.h"
#include "server/kaf-linger.h"
#include "server/kaf-lockout.h"
#include "server/kaf-shares.h"
#include "server/kaf-tokens.h"

#define NOW G_GINT64_CONSTANT (1795854207000)

static void
test_wait (void)
{
  KafFailures failures = { 0 };

  for (guint i = 0; i < 4; i++)
    kaf_failures_add (&failures, NOW);
  g_assert_cmpint (kaf_failures_get_wait (&failures, 5, NOW), ==, 0);
  kaf_failures_add (&failures, NOW);
  g_assert_cmpint (kaf_failures_get_wait (&failures, 5, NOW), ==, 30000);
  g_assert_cmpint (kaf_failures_get_wait (&failures, 5, NOW + 29999), ==, 1);
  g_assert_cmpint (kaf_failures_get_wait (&failures, 5, NOW + 30000), ==, 0);
  kaf_failures_add (&failures, NOW + 30000);
  g_assert_cmpint (kaf_failures_get_wait (&failures, 5, NOW + 30000), ==, 60000);
  for (guint i = 0; i < 100; i++)
    kaf_failures_add (&failures, NOW + 30000);
  g_assert_cmpint (kaf_failures_get_wait (&failures, 5, NOW + 30000), ==, KAF_LOCKOUT_MS);
}

static void
test_forget (void)
{
  KafFailures failures = { 0 };

  for (guint i = 0; i < 10; i++)
    kaf_failures_add (&failures, NOW);
  g_assert_cmpint (kaf_failures_get_wait (&failures, 5, NOW + KAF_LOCKOUT_MS), ==, 0);
  kaf_failures_add (&failures, NOW + KAF_LOCKOUT_MS);
  g_assert_cmpuint (failures.n, ==, 1);

  /* A clock that was a year ahead and came back. */
  for (guint i = 0; i < 10; i++)
    kaf_failures_add (&failures, NOW + 365 * G_GINT64_CONSTANT (86400000));
  g_assert_cmpint (kaf_failures_get_wait (&failures, 5, NOW), ==, 0);
}

static void
test_addresses (void)
{
  g_autoptr (KafLockout) lockout = kaf_lockout_new ();

  for (guint i = 0; i < KAF_LOCKOUT_ADDRESS; i++)
    {
      g_assert_cmpint (kaf_lockout_get_wait (lockout, "198.51.100.1", NOW), ==, 0);
      kaf_lockout_add (lockout, "198.51.100.1", NOW);
      kaf_lockout_add (lockout, i % 2 ? "2001:db8::1" : "2001:db8::ffff:2", NOW);
    }
  g_assert_cmpint (kaf_lockout_get_wait (lockout, "198.51.100.1", NOW), ==, 30000);
  g_assert_cmpint (kaf_lockout_get_wait (lockout, "198.51.100.2", NOW), ==, 0);
  g_assert_cmpint (kaf_lockout_get_wait (lockout, "2001:db8::99", NOW), ==, 30000);
  g_assert_cmpint (kaf_lockout_get_wait (lockout, "2001:db8:0:1::1", NOW), ==, 0);
}

/* So many addresses that the table is full: those in it still wait. */
static void
test_flood (void)
{
  g_autoptr (KafLockout) lockout = kaf_lockout_new ();

  for (guint i = 0; i < KAF_LOCKOUT_ADDRESS; i++)
    kaf_lockout_add (lockout, "198.51.100.1", NOW);
  for (guint i = 0; i < 70000; i++)
    {
      g_autofree char *address = g_strdup_printf ("10.%u.%u.%u", i >> 16, i >> 8 & 255, i & 255);

      kaf_lockout_add (lockout, address, NOW);
    }
  g_assert_cmpint (kaf_lockout_get_wait (lockout, "198.51.100.1", NOW), >, 0);
  kaf_lockout_add (lockout, "192.0.2.7", NOW + KAF_LOCKOUT_MS);
}

/* Nobody keeps what there is for all from the others. */
static void
test_shares (void)
{
  g_autoptr (KafShares) shares = kaf_shares_new (10, 4);

  g_assert_true (kaf_shares_take (shares, "a", 3));
  g_assert_false (kaf_shares_take (shares, "a", 2));
  g_assert_true (kaf_shares_take (shares, "a", 1));
  g_assert_false (kaf_shares_take (shares, "a", 1));
  g_assert_true (kaf_shares_take (shares, "a", 0));
  g_assert_true (kaf_shares_take (shares, "b", 4));
  g_assert_false (kaf_shares_take (shares, "c", 3));
  g_assert_true (kaf_shares_take (shares, NULL, 1));
  g_assert_true (kaf_shares_take (shares, NULL, 1));
  g_assert_false (kaf_shares_take (shares, NULL, 1));
  kaf_shares_give_back (shares, "a", 4);
  g_assert_false (kaf_shares_take (shares, "b", 1));
  g_assert_true (kaf_shares_take (shares, "a", 4));
  g_assert_false (kaf_shares_take (shares, "a", G_MAXSIZE));
  kaf_shares_give_back (shares, NULL, 2);
  g_assert_true (kaf_shares_take (shares, "c", 2));
}

/* Whether what the client sends is still heard. */
static gboolean
lingers (KafLinger *linger, const char *address, int *client)
{
  int fds[2];
  gssize sent;

  g_assert_cmpint (socketpair (AF_UNIX, SOCK_STREAM, 0, fds), ==, 0);
  kaf_linger_take (linger, fds[0], address);
  close (fds[0]);
  sent = send (fds[1], "x", 1, MSG_NOSIGNAL);
  *client = fds[1];
  return sent == 1;
}

/* One address does not take all places. */
static void
test_linger (void)
{
  g_autoptr (GMainContext) context = g_main_context_new ();
  KafLinger *linger = kaf_linger_new (context);
  int clients[12];

  for (guint i = 0; i < 8; i++)
    g_assert_true (lingers (linger, i % 2 ? "2001:db8::1" : "2001:db8::ffff:2", &clients[i]));
  g_assert_false (lingers (linger, "2001:db8::3", &clients[8]));
  g_assert_true (lingers (linger, "198.51.100.1", &clients[9]));
  /* Who is done, or silent, gives his place back. */
  close (clients[0]);
  while (g_main_context_iteration (context, FALSE))
    ;
  g_assert_true (lingers (linger, "2001:db8::3", &clients[10]));
  kaf_linger_tick (linger, g_get_monotonic_time () + 6 * G_USEC_PER_SEC);
  g_assert_cmpint (send (clients[1], "x", 1, MSG_NOSIGNAL), <, 0);
  g_assert_true (lingers (linger, "2001:db8::3", &clients[11]));
  kaf_linger_free (linger);
  for (guint i = 1; i < G_N_ELEMENTS (clients); i++)
    close (clients[i]);
}

/* What is still sent is heard, though nobody runs the loop of the program. */
static void
test_connections (void)
{
  g_autoptr (KafConnections) connections = kaf_connections_new ();
  const struct timeval patience = { .tv_sec = 20 };
  g_autofree char *body = g_malloc0 (4 * 1024 * 1024);
  KafConnection *connection;
  gsize sent = 0;
  int fds[2];

  g_assert_cmpint (socketpair (AF_UNIX, SOCK_STREAM, 0, fds), ==, 0);
  setsockopt (fds[1], SOL_SOCKET, SO_SNDTIMEO, &patience, sizeof patience);
  connection = kaf_connections_add (connections, fds[0]);
  kaf_connections_set_lingers (connections, connection, "198.51.100.1");
  kaf_connections_remove (connections, connection);
  close (fds[0]);
  while (sent < 4 * 1024 * 1024)
    {
      gssize n = send (fds[1], body + sent, 4 * 1024 * 1024 - sent, MSG_NOSIGNAL);

      g_assert_cmpint (n, >, 0);
      sent += n;
    }
  close (fds[1]);
}

static void
test_tokens (void)
{
  KafTokenHash first, second, again;
  g_autofree char *one = kaf_token_new (&first);
  g_autofree char *two = kaf_token_new (&second);
  g_autofree char *more = g_strconcat (one, "A", NULL);

  g_assert_cmpuint (strlen (one), ==, 43);
  g_assert_cmpstr (one, !=, two);
  g_assert_true (kaf_token_hash (one, &again));
  g_assert_cmpmem (&first, sizeof first, &again, sizeof again);
  g_assert_true (memcmp (&first, &second, sizeof first) != 0);
  g_assert_false (kaf_token_hash (NULL, &again));
  g_assert_false (kaf_token_hash ("", &again));
  g_assert_false (kaf_token_hash (more, &again));
  one[42] = '\0';
  g_assert_false (kaf_token_hash (one, &again));
  g_assert_false (kaf_token_hash ("+/+/+/+/+/+/+/+/+/+/+/+/+/+/+/+/+/+/+/+/+/A", &again));
}

static void
test_round_trip (void)
{
  static const KafEncoding encodings[] = { KAF_ENCODING_ZSTD, KAF_ENCODING_GZIP };
  static const gsize sizes[] = { 0, 1, 65535, 65536, 65537, 131072, 3000000 };

  for (guint i = 0; i < G_N_ELEMENTS (encodings); i++)
    for (guint j = 0; j < G_N_ELEMENTS (sizes); j++)
      {
        g_autofree char *data = g_malloc (sizes[j] + 1);
        g_autoptr (GError) error = NULL;
        GString *packed, *plain;

        for (gsize k = 0; k < sizes[j]; k++)
          data[k] = (char) (k * k >> 7);
        packed = kaf_body_pack (encodings[i], data, sizes[j]);
        plain = kaf_body_unpack (encodings[i], packed->str, packed->len, sizes[j], &error);
        g_assert_no_error (error);
        g_assert_cmpmem (plain->str, plain->len, data, sizes[j]);
        g_string_free (plain, TRUE);
        if (sizes[j] > 0)
          {
            g_assert_null (
                kaf_body_unpack (encodings[i], packed->str, packed->len, sizes[j] - 1, &error));
            g_assert_error (error, G_IO_ERROR, G_IO_ERROR_NO_SPACE);
            g_clear_error (&error);
          }
        g_assert_null (
            kaf_body_unpack (encodings[i], packed->str, packed->len - 1, G_MAXSIZE, &error));
        g_assert_error (error, G_IO_ERROR, G_IO_ERROR_INVALID_DATA);
        g_clear_error (&error);
        g_string_append (packed, "tail");
        g_assert_null (kaf_body_unpack (encodings[i], packed->str, packed->len, G_MAXSIZE, &error));
        g_assert_error (error, G_IO_ERROR, G_IO_ERROR_INVALID_DATA);
        g_string_free (packed, TRUE);
      }
}

/* The body of an exchange is a head, and what was packed before it. */
static void
test_frames (void)
{
  g_autofree char *zeros = g_malloc0 (300000);
  GString *packed = kaf_body_pack (KAF_ENCODING_ZSTD, "head", 4);
  GString *behind = kaf_body_pack (KAF_ENCODING_ZSTD, zeros, 300000);
  g_autoptr (GError) error = NULL;
  GString *plain;

  g_string_append_len (packed, behind->str, behind->len);
  plain = kaf_body_unpack (KAF_ENCODING_ZSTD, packed->str, packed->len, 300004, &error);
  g_assert_no_error (error);
  g_assert_cmpmem (plain->str, 4, "head", 4);
  g_assert_cmpmem (plain->str + 4, plain->len - 4, zeros, 300000);
  g_assert_null (kaf_body_unpack (KAF_ENCODING_ZSTD, packed->str, packed->len, 300003, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_NO_SPACE);
  g_string_free (plain, TRUE);
  g_string_free (behind, TRUE);
  g_string_free (packed, TRUE);
}

static void
test_bomb (void)
{
  g_autofree char *zeros = g_malloc0 (64 << 20);
  GString *packed = kaf_body_pack (KAF_ENCODING_ZSTD, zeros, 64 << 20);
  g_autoptr (GError) error = NULL;

  g_assert_cmpuint (packed->len, <, 8192);
  g_assert_null (kaf_body_unpack (KAF_ENCODING_ZSTD, packed->str, packed->len, 1 << 20, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_NO_SPACE);
  g_string_free (packed, TRUE);
}

static void
test_encodings (void)
{
  g_assert_cmpint (kaf_encoding_choose (NULL), ==, KAF_ENCODING_NONE);
  g_assert_cmpint (kaf_encoding_choose ("gzip, deflate, zstd"), ==, KAF_ENCODING_ZSTD);
  g_assert_cmpint (kaf_encoding_choose ("ZSTD;q=0, GZip ; q=0.1"), ==, KAF_ENCODING_GZIP);
  g_assert_cmpint (kaf_encoding_choose ("gzipped,zstd2;;,,;"), ==, KAF_ENCODING_NONE);
  g_assert_cmpint (kaf_encoding_from_header (NULL), ==, KAF_ENCODING_NONE);
  g_assert_cmpint (kaf_encoding_from_header ("Zstd"), ==, KAF_ENCODING_ZSTD);
  g_assert_cmpint (kaf_encoding_from_header ("gzip, gzip"), ==, KAF_ENCODING_OTHER);
  g_assert_cmpstr (kaf_encoding_get_name (KAF_ENCODING_GZIP), ==, "gzip");
  g_assert_null (kaf_encoding_get_name (KAF_ENCODING_NONE));
}

static gboolean
note_id (KafHubCached *place, gpointer data)
{
  g_string_append (data, place->id);
  return !g_str_has_suffix (place->id, "!");
}

static void
assert_feed (KafHubCache *cache, gint64 after, const char *expected)
{
  g_autoptr (GString) ids = g_string_new (NULL);

  g_assert_true (kaf_hub_cache_covers (cache, after));
  kaf_hub_cache_walk (cache, after, note_id, ids);
  g_assert_cmpstr (ids->str, ==, expected);
}

static void
test_cache (void)
{
  const KafEntity *person = kaf_registry_find ("person");
  KafHubCache *cache = kaf_hub_cache_new (4);

  kaf_hub_cache_note (cache, person, "a", 1);
  kaf_hub_cache_note (cache, person, "b", 2);
  kaf_hub_cache_note (cache, person, "c", 3);
  g_assert_false (kaf_hub_cache_covers (cache, 1)); /* there may be others */
  kaf_hub_cache_set_read (cache, 1);
  g_assert_false (kaf_hub_cache_covers (cache, 0));
  assert_feed (cache, 1, "bc");
  kaf_hub_cache_set_read (cache, 0);
  assert_feed (cache, 0, "abc");

  /* What changes goes to the end; the oldest makes room. */
  kaf_hub_cache_note (cache, person, "a", 4);
  assert_feed (cache, 0, "bca");
  kaf_hub_cache_note (cache, kaf_registry_find ("organisation"), "a", 5);
  assert_feed (cache, 0, "bcaa");
  kaf_hub_cache_note (cache, person, "d!", 6);
  g_assert_false (kaf_hub_cache_covers (cache, 1));
  assert_feed (cache, 2, "caad!");
  kaf_hub_cache_note (cache, person, "d!", 7);
  kaf_hub_cache_note (cache, person, "c", 8);
  assert_feed (cache, 2, "aad!");

  /* There is no room for what is older than all. */
  g_assert_null (kaf_hub_cache_note (cache, person, "x", 3));
  g_assert_false (kaf_hub_cache_covers (cache, 2));
  assert_feed (cache, 3, "aad!");
  kaf_hub_cache_clear (cache);
  g_assert_false (kaf_hub_cache_covers (cache, 100));
  kaf_hub_cache_free (cache);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  if (sodium_init () < 0)
    return 1;
  g_test_add_func ("/lockout/wait", test_wait);
  g_test_add_func ("/lockout/forget", test_forget);
  g_test_add_func ("/lockout/addresses", test_addresses);
  g_test_add_func ("/lockout/flood", test_flood);
  g_test_add_func ("/shares", test_shares);
  g_test_add_func ("/linger", test_linger);
  g_test_add_func ("/connections", test_connections);
  g_test_add_func ("/tokens", test_tokens);
  g_test_add_func ("/body/round-trip", test_round_trip);
  g_test_add_func ("/body/frames", test_frames);
  g_test_add_func ("/body/bomb", test_bomb);
  g_test_add_func ("/body/encodings", test_encodings);
  g_test_add_func ("/hub-cache", test_cache);
  return g_test_run ();
}
