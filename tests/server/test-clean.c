/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Contents that no record names are removed after a month; what is named, or comes anew, while they are being looked
 * for is not. */
#include "config.h"

#include <glib/gstdio.h>
#include <sqlite3.h>
#include <string.h>
#include <utime.h>

#include "server/kaf-hub-blobs.h"

#define DAY G_GINT64_CONSTANT (86400)

typedef struct
{
  char *folder, *path;
  KafClock *clock;
  KafRandom *random;
  KafHub *hub;
} World;

static World *
world_new (void)
{
  World *self = g_new0 (World, 1);
  g_autoptr (GError) error = NULL;

  self->folder = g_dir_make_tmp ("kafaat-hub-XXXXXX", NULL);
  self->path = g_build_filename (self->folder, "hub.db", NULL);
  self->clock = kaf_clock_new_system ();
  self->random = kaf_random_new_seeded (7);
  self->hub = kaf_hub_open (self->path, TRUE, self->clock, self->random, &error);
  g_assert_no_error (error);
  return self;
}

static char *
place_of (World *self, const char *sha256)
{
  g_autofree char *shelf = g_strndup (sha256, 2);

  return g_strdup_printf ("%s.files/%s/%s", self->path, shelf, sha256);
}

static void
world_free (World *self)
{
  const char *argv[] = { "rm", "-r", self->folder, NULL };

  kaf_hub_close (self->hub);
  kaf_clock_unref (self->clock);
  kaf_random_unref (self->random);
  g_assert_true (g_spawn_sync (NULL, (char **) argv, NULL, G_SPAWN_SEARCH_PATH, NULL, NULL, NULL,
                               NULL, NULL, NULL));
  g_free (self->folder);
  g_free (self->path);
  g_free (self);
}
G_DEFINE_AUTOPTR_CLEANUP_FUNC (World, world_free)

/* A whole content of that age. (transfer full): its name */
static char *
put (World *self, const char *text, gint64 days)
{
  char *sha256 = g_compute_checksum_for_string (G_CHECKSUM_SHA256, text, -1);
  g_autofree char *path = place_of (self, sha256);
  g_autofree char *shelf = g_path_get_dirname (path);
  const gint64 then = g_get_real_time () / G_USEC_PER_SEC - days * DAY;
  const struct utimbuf times = { then, then };

  g_assert_cmpint (g_mkdir_with_parents (shelf, 0700), ==, 0);
  g_assert_true (g_file_set_contents (path, text, -1, NULL));
  g_assert_cmpint (g_utime (path, (struct utimbuf *) &times), ==, 0);
  return sha256;
}

static gboolean
is_there (World *self, const char *sha256)
{
  g_autofree char *path = place_of (self, sha256);

  return g_file_test (path, G_FILE_TEST_EXISTS);
}

/* As a record does that comes in. */
static void
name (World *self, const char *sha256)
{
  g_autofree char *sql =
      g_strdup_printf ("INSERT INTO blob_name (sha256, id) VALUES ('%s', 'x')", sha256);
  sqlite3 *other;

  g_assert_cmpint (sqlite3_open (self->path, &other), ==, SQLITE_OK);
  g_assert_cmpint (sqlite3_exec (other, sql, NULL, NULL, NULL), ==, SQLITE_OK);
  sqlite3_close (other);
}

static void
test_meanwhile (void)
{
  g_autoptr (World) w = world_new ();
  KafHubBlobs *blobs = kaf_hub_get_blobs (w->hub);
  gint64 now = kaf_clock_now (w->clock);
  g_autofree char *old = put (w, "old", 31);
  g_autofree char *young = put (w, "young", 29);
  g_autofree char *named = put (w, "named", 31);
  g_autofree char *anew = put (w, "anew", 31);
  g_autofree char *again = NULL;
  g_autofree char *gone = put (w, "gone", 31);
  g_autofree char *gone_path = place_of (w, gone);
  g_autoptr (GPtrArray) found = kaf_hub_blobs_find_old (blobs, now);
  g_autoptr (GError) error = NULL;

  g_assert_cmpuint (found->len, ==, 4);
  name (w, named);
  again = put (w, "anew", 0);
  g_unlink (gone_path);
  for (guint i = 0; i < found->len; i += 2)
    kaf_hub_blobs_clean_old (blobs, found, now, i, 2, &error);
  g_assert_no_error (error);
  g_assert_false (is_there (w, old));
  g_assert_true (is_there (w, young));
  g_assert_true (is_there (w, named));
  g_assert_true (is_there (w, anew));
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/clean/meanwhile", test_meanwhile);
  return g_test_run ();
}
