/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The authority of --dev-tls, which devices trust, is never replaced; the certificate is renewed, also one that a clock
 * which ran ahead had made. */
#include "config.h"

#include <glib/gstdio.h>
#include <string.h>

#include "server/kaf-dev-tls.h"

#define DAY G_GINT64_CONSTANT (86400)
#define YEAR (365 * DAY)
#define NOW G_GINT64_CONSTANT (1790000000)

/* What the folder holds of that name. (transfer full) */
static char *
read_file (const char *dir, const char *name)
{
  g_autofree char *path = g_build_filename (dir, name, NULL);
  char *text = NULL;

  g_file_get_contents (path, &text, NULL, NULL);
  return text;
}

/* The certificate of that day. (transfer full) */
static char *
ensure (const char *dir, gint64 now)
{
  g_autofree char *key = NULL;
  g_autoptr (GError) error = NULL;
  char *cert = NULL;

  g_assert_true (kaf_dev_tls_ensure (dir, now, &cert, &key, &error));
  g_assert_no_error (error);
  g_assert_nonnull (strstr (key, "PRIVATE KEY"));
  return cert;
}

/* @says: what the sentence has. */
static void
assert_refused (const char *dir, gint64 now, const char *says)
{
  g_autofree char *cert = NULL, *key = NULL;
  g_autoptr (GError) error = NULL;

  g_assert_false (kaf_dev_tls_ensure (dir, now, &cert, &key, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_INVALID_DATA);
  g_assert_nonnull (strstr (error->message, says));
}

static void
clean (const char *dir)
{
  static const char *const names[] = { "dev-ca.pem", "dev-ca-key.pem", "dev-cert.pem",
                                       "dev-key.pem" };

  for (guint i = 0; i < G_N_ELEMENTS (names); i++)
    {
      g_autofree char *path = g_build_filename (dir, names[i], NULL);

      g_unlink (path);
    }
  g_rmdir (dir);
}

static void
test_clock (void)
{
  g_autofree char *dir = g_dir_make_tmp ("kafaat-tls-XXXXXX", NULL);
  g_autofree char *first = ensure (dir, NOW), *same = ensure (dir, NOW + 100 * DAY);
  g_autofree char *ca = read_file (dir, "dev-ca.pem");
  g_autofree char *renewed = NULL, *ahead = NULL, *right = NULL, *left = NULL, *kept = NULL;

  g_assert_cmpstr (first, ==, same);
  renewed = ensure (dir, NOW + 340 * DAY);
  g_assert_cmpstr (first, !=, renewed);

  /* Ahead, and right again: that one is not valid yet. */
  ahead = ensure (dir, NOW + 4 * YEAR);
  g_assert_cmpstr (renewed, !=, ahead);
  right = ensure (dir, NOW + 341 * DAY);
  g_assert_cmpstr (ahead, !=, right);

  /* Beyond the authority's time, and before it. */
  assert_refused (dir, NOW + 6 * YEAR, "2032");
  assert_refused (dir, NOW - 50 * YEAR, "1976");
  left = read_file (dir, "dev-cert.pem");
  g_assert_cmpstr (left, ==, right);
  kept = read_file (dir, "dev-ca.pem");
  g_assert_cmpstr (kept, ==, ca);
  clean (dir);
}

static void
test_damaged (void)
{
  g_autofree char *dir = g_dir_make_tmp ("kafaat-tls-XXXXXX", NULL);
  g_autofree char *cert = ensure (dir, NOW);
  g_autofree char *path = g_build_filename (dir, "dev-ca.pem", NULL);
  g_autofree char *key_path = g_build_filename (dir, "dev-ca-key.pem", NULL);
  g_autofree char *key = read_file (dir, "dev-ca-key.pem"), *other = NULL;

  g_assert_cmpint (g_unlink (key_path), ==, 0);
  assert_refused (dir, NOW, "backup");
  g_assert_true (g_file_set_contents (key_path, key, -1, NULL));
  g_assert_true (g_file_set_contents (path, "nothing", -1, NULL));
  assert_refused (dir, NOW, "backup");

  /* Both removed, as it is told to do. */
  g_unlink (path);
  other = ensure (dir, NOW);
  g_assert_cmpstr (other, !=, cert);
  clean (dir);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/dev-tls/clock", test_clock);
  g_test_add_func ("/dev-tls/damaged", test_damaged);
  return g_test_run ();
}
