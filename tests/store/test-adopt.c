/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A snapshot of a hub into a store that holds nothing yet: all of it, with what is the device's own; or
 * nothing, where the store or the snapshot is not what it has to be. */
#include "config.h"

#include <glib/gstdio.h>
#include <sqlite3.h>
#include <string.h>

#include "kaf-fixture.h"
#include "store/kaf-adopt.h"
#include "store/kaf-drafts.h"
#include "store/kaf-pack-file.h"
#include "store/kaf-sync-state.h"

#define URL "https://hub.example.org"

typedef struct
{
  KafFixture *maker; /* the store that the snapshot is of */
  KafFixture *taker;
  char *snapshot; /* path */
  char *person;   /* id, in the snapshot */
} Case;

static void
enroll (KafFixture *self)
{
  g_autoptr (GError) error = NULL;

  kaf_sync_enroll (self->db, URL, "amina", "agent", kaf_sync_get_device (self->db), &error);
  g_assert_no_error (error);
}

static void
print_snapshot (Case *self)
{
  g_autoptr (GError) error = NULL;

  kaf_adopt_print (self->maker->db, self->snapshot, &error);
  g_assert_no_error (error);
}

static void
set_up (Case *self, gconstpointer data)
{
  g_autoptr (GError) error = NULL;

  self->maker = kaf_fixture_new_seeded (7);
  self->taker = kaf_fixture_new ();
  self->snapshot = g_build_filename (self->taker->folder, "snapshot", NULL);
  self->person = kaf_fixture_create (self->maker, "person", NULL, "family_name", "Bennis",
                                     "given_name", "Salma", "city", "Rabat", NULL);
  kaf_local_set (self->maker->db, "sync-cursor", "epoch.12", &error);
  g_assert_no_error (error);
  kaf_local_set (self->maker->db, "of-the-server", "1", &error);
  g_assert_no_error (error);
  print_snapshot (self);
  enroll (self->taker);
}

static void
tear_down (Case *self, gconstpointer data)
{
  kaf_fixture_free (self->maker);
  kaf_fixture_free (self->taker);
  g_free (self->snapshot);
  g_free (self->person);
}

static void
run_sql (const char *path, const char *sql)
{
  sqlite3 *db = NULL;

  g_assert_cmpint (sqlite3_open (path, &db), ==, SQLITE_OK);
  g_assert_cmpint (sqlite3_exec (db, sql, NULL, NULL, NULL), ==, SQLITE_OK);
  sqlite3_close (db);
}

static void
assert_refused (Case *self, KafStoreError code)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) found = NULL;
  guint n;

  g_assert_false (kaf_adopt_snapshot (self->taker->db, self->snapshot, &n, &error));
  g_assert_error (error, KAF_STORE_ERROR, (int) code);
  kaf_fixture_reopen (self->taker);
  found = kaf_fixture_search (self->taker, "person", "bennis");
  g_assert_cmpint (found->len, ==, 0);
  kaf_fixture_assert_whole (self->taker);
}

static void
test_takes (Case *self, gconstpointer data)
{
  KafFixture *taker = self->taker;
  guint64 device = kaf_sync_get_device (taker->db);
  g_auto (KafSyncState) state = { 0 };
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) found = NULL;
  g_autofree char *foreign = NULL;
  g_autofree char *own = NULL;
  g_autofree char *created = NULL;
  guint n = 0;

  kaf_local_set (taker->db, "columns", "a b", &error);
  g_assert_no_error (error);
  g_assert_true (kaf_adopt_is_fresh (taker->db));
  kaf_adopt_snapshot (taker->db, self->snapshot, &n, &error);
  g_assert_no_error (error);
  g_assert_cmpint (n, >, 800); /* the lists as well */
  g_assert_false (kaf_adopt_is_fresh (taker->db));

  found = kaf_fixture_search (taker, "person", "bennis");
  g_assert_cmpint (found->len, ==, 1);
  g_assert_cmpstr (g_ptr_array_index (found, 0), ==, self->person);
  kaf_sync_state_read (taker->db, &state, &error);
  g_assert_no_error (error);
  g_assert_cmpstr (state.url, ==, URL);
  g_assert_cmpstr (state.cursor, ==, "epoch.12");
  g_assert_cmpint (state.n_waiting, ==, 0);
  g_assert_true (kaf_sync_get_device (taker->db) == device);
  own = kaf_local_get (taker->db, "columns");
  g_assert_cmpstr (own, ==, "a b");
  foreign = kaf_local_get (taker->db, "of-the-server");
  g_assert_null (foreign);

  /* It is a store as any other, and the lists are not made again. */
  kaf_fixture_reopen (taker);
  created = kaf_fixture_create (taker, "person", NULL, "family_name", "Alaoui", NULL);
  kaf_fixture_assert_whole (taker);
  kaf_sync_state_clear (&state);
  kaf_sync_state_read (taker->db, &state, &error);
  g_assert_no_error (error);
  g_assert_cmpint (state.n_waiting, ==, 1);
}

/* What another connection has open goes on, and sees it. */
static void
test_is_seen (Case *self, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (KafDatabase) other =
      kaf_database_open (self->taker->path, KAF_OPEN_DEFAULT, NULL, &error);
  guint before, n;

  g_assert_no_error (error);
  before = kaf_database_get_data_version (other);
  kaf_adopt_snapshot (self->taker->db, self->snapshot, &n, &error);
  g_assert_no_error (error);
  g_assert_cmpint (kaf_database_get_data_version (other), !=, before);
  g_assert_nonnull (kaf_database_get_path (other));
  self->taker->db = (kaf_database_close (self->taker->db), g_steal_pointer (&other));
  kaf_fixture_assert_whole (self->taker);
}

static void
test_only_fresh (Case *self, gconstpointer data)
{
  g_autofree char *id =
      kaf_fixture_create (self->taker, "person", NULL, "family_name", "Alaoui", NULL);

  g_assert_false (kaf_adopt_is_fresh (self->taker->db));
  assert_refused (self, KAF_STORE_ERROR_EXISTS);
}

static void
test_given_up (Case *self, gconstpointer data)
{
  g_autoptr (GError) error = NULL;

  kaf_adopt_give_up (self->taker->db, &error);
  g_assert_no_error (error);
  g_assert_false (kaf_adopt_is_fresh (self->taker->db));
}

static void
test_other_shape (Case *self, gconstpointer data)
{
  run_sql (self->snapshot, "CREATE TRIGGER t AFTER INSERT ON local BEGIN DELETE FROM head; END");
  assert_refused (self, KAF_STORE_ERROR_NEWER);
}

static void
test_other_file (Case *self, gconstpointer data)
{
  g_autoptr (GError) error = NULL;

  g_unlink (self->snapshot);
  run_sql (self->snapshot, "CREATE TABLE local (key TEXT)");
  assert_refused (self, KAF_STORE_ERROR_NOT_A_STORE);
  g_file_set_contents (self->snapshot,
                       "no database at all, but long enough to have a header of one"
                       " hundred bytes, which is what it takes to be read",
                       -1, &error);
  g_assert_no_error (error);
  assert_refused (self, KAF_STORE_ERROR_NOT_A_STORE);
}

/* Pages overwritten in the middle. */
static void
test_damaged (Case *self, gconstpointer data)
{
  g_autofree char *bytes = NULL;
  g_autoptr (GError) error = NULL;
  gsize size;

  g_file_get_contents (self->snapshot, &bytes, &size, &error);
  g_assert_no_error (error);
  memset (bytes + size / 2, 0x5a, 16384);
  g_file_set_contents (self->snapshot, bytes, size, &error);
  g_assert_no_error (error);
  assert_refused (self, KAF_STORE_ERROR_DAMAGED);
}

static void
test_packed (Case *self, gconstpointer data)
{
  g_autofree char *packed = g_strconcat (self->snapshot, ".zst", NULL);
  g_autofree char *back = g_strconcat (self->snapshot, ".back", NULL);
  g_autofree char *before = NULL;
  g_autofree char *after = NULL;
  g_autofree char *small = NULL;
  g_autoptr (GError) error = NULL;
  gsize size, size_after, size_small;
  GStatBuf info;

  kaf_pack_file (self->snapshot, packed, NULL, &error);
  g_assert_no_error (error);
  kaf_unpack_file (packed, back, NULL, &error);
  g_assert_no_error (error);
  g_file_get_contents (self->snapshot, &before, &size, NULL);
  g_file_get_contents (back, &after, &size_after, NULL);
  g_assert_cmpmem (before, size, after, size_after);
  g_assert_cmpint (g_stat (back, &info), ==, 0);
  g_assert_cmpint (info.st_mode & 0777, ==, 0600);

  /* Cut at any place, it is found out and nothing is left. */
  g_file_get_contents (packed, &small, &size_small, NULL);
  for (gsize cut = 0; cut < size_small; cut += size_small / 50 + 1)
    {
      g_file_set_contents (packed, small, cut, NULL);
      g_assert_false (kaf_unpack_file (packed, back, NULL, &error));
      g_assert_error (error, KAF_STORE_ERROR, KAF_STORE_ERROR_DAMAGED);
      g_clear_error (&error);
      g_assert_false (g_file_test (back, G_FILE_TEST_EXISTS));
    }
}

/* Its end may lie where a piece ends that was read, or written. */
static void
test_packed_whole_pieces (Case *self, gconstpointer data)
{
  g_autofree char *packed = g_strconcat (self->snapshot, ".zst", NULL);
  g_autofree char *back = g_strconcat (self->snapshot, ".back", NULL);
  g_autoptr (GError) error = NULL;

  for (gsize size = 0; size <= 512 * 1024; size += 64 * 1024)
    {
      g_autofree char *before = g_malloc (size + 1);
      g_autofree char *after = NULL;
      gsize size_after;

      memset (before, 'x', size);
      g_file_set_contents (self->snapshot, before, size, &error);
      g_assert_no_error (error);
      kaf_pack_file (self->snapshot, packed, NULL, &error);
      g_assert_no_error (error);
      kaf_unpack_file (packed, back, NULL, &error);
      g_assert_no_error (error);
      g_file_get_contents (back, &after, &size_after, NULL);
      g_assert_cmpmem (before, size, after, size_after);
    }
}

int
main (int argc, char **argv)
{
  static const struct
  {
    const char *path;
    void (*run) (Case *self, gconstpointer data);
  } cases[] = {
    { "/adopt/takes", test_takes },
    { "/adopt/is-seen", test_is_seen },
    { "/adopt/only-fresh", test_only_fresh },
    { "/adopt/given-up", test_given_up },
    { "/adopt/other-shape", test_other_shape },
    { "/adopt/other-file", test_other_file },
    { "/adopt/damaged", test_damaged },
    { "/adopt/packed", test_packed },
    { "/adopt/packed-whole-pieces", test_packed_whole_pieces },
  };

  g_test_init (&argc, &argv, NULL);
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    g_test_add (cases[i].path, Case, NULL, set_up, cases[i].run, tear_down);
  return g_test_run ();
}
