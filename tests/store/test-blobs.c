/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Which contents are to be sent and to be fetched, in which order, how long after a failure; and what of them
 * goes with what is erased. */
#include "config.h"

#include <glib/gstdio.h>
#include <string.h>
#include <sys/stat.h>

#include "kaf-fixture.h"
#include "schema/kaf-registry.h"
#include "store/kaf-attachments.h"
#include "store/kaf-blobs.h"
#include "store/kaf-drafts.h"
#include "store/kaf-sync-state.h"
#include "sync/kaf-exchange.h"

#define SECOND G_USEC_PER_SEC

static char *
make_person (KafFixture *f, const char *name)
{
  return kaf_fixture_create (f, "person", NULL, "family_name", name, NULL);
}

/* A file of that many bytes, which are @fill: its attachment. */
static char *
attach (KafFixture *f, const char *person, char fill, gsize size)
{
  g_autofree char *path = g_build_filename (f->folder, "file.bin", NULL);
  g_autofree char *data = g_malloc (size + 1);
  g_autoptr (GFile) file = g_file_new_for_path (path);
  g_autoptr (GError) error = NULL;
  g_autoptr (KafReceipt) receipt = NULL;
  char *id = NULL;

  memset (data, fill, size);
  g_assert_true (g_file_set_contents (path, data, (gssize) size, NULL));
  receipt = kaf_attachment_add (f->db, kaf_registry_find ("person"), person, NULL, file, NULL, NULL,
                                &id, NULL, &error);
  g_assert_no_error (error);
  return id;
}

/* The content is on another device. */
static void
take_away (KafFixture *f, const char *id)
{
  g_autoptr (GFile) file = kaf_attachment_get_file (f->db, id, NULL);

  g_assert_true (g_file_delete (file, NULL, NULL));
}

/* Records were exchanged with a hub of that epoch. */
static void
exchange (KafFixture *f, const char *epoch)
{
  g_autofree char *cursor = g_strconcat (epoch, ".7", NULL);
  g_autoptr (GError) error = NULL;

  kaf_fixture_be (f->db, "agent");
  kaf_local_set (f->db, "sync-cursor", cursor, &error);
  g_assert_no_error (error);
}

static KafBlobTask *
next (KafFixture *f, KafBlobWay way)
{
  g_autoptr (GError) error = NULL;
  KafBlobTask *task = kaf_blob_next (f->db, way, KAF_BLOB_SMALL, &error);

  g_assert_no_error (error);
  return task;
}

static void
assert_none (KafFixture *f, KafBlobWay way)
{
  g_assert_null (next (f, way));
}

static KafBlobState
get_state (KafFixture *f, const char *id)
{
  g_autofree char *sha256 = kaf_fixture_get (f, "attachment", id, "sha256");

  return kaf_blob_get_state (f->db, sha256);
}

static void
assert_counts (KafFixture *f, guint n_send, gint64 send, guint n_fetch, guint n_elsewhere)
{
  KafBlobCounts counts;
  g_autoptr (GError) error = NULL;

  kaf_blob_count (f->db, &counts, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (counts.n_send, ==, n_send);
  g_assert_cmpint (counts.send, ==, send);
  g_assert_cmpuint (counts.n_fetch, ==, n_fetch);
  g_assert_cmpuint (counts.n_elsewhere, ==, n_elsewhere);
}

static void
test_send (void)
{
  g_autoptr (KafFixture) f = kaf_fixture_new ();
  g_autofree char *person = make_person (f, "Bennis");
  g_autofree char *large = attach (f, person, 'l', 2000);
  g_autofree char *small = attach (f, person, 's', 1000);
  g_autofree char *again = attach (f, person, 's', 1000);
  g_autoptr (KafBlobTask) first = NULL;
  g_autoptr (KafBlobTask) second = NULL;
  g_autoptr (KafBlobTask) after = NULL;
  g_autoptr (GError) error = NULL;

  /* A store on its own sends nothing; one that has not exchanged its records sends them first. */
  assert_none (f, KAF_BLOB_UP);
  g_assert_cmpint (get_state (f, large), ==, KAF_BLOB_HERE);
  exchange (f, "one");
  assert_counts (f, 2, 3000, 0, 0);
  g_assert_cmpint (get_state (f, small), ==, KAF_BLOB_TO_SEND);

  first = next (f, KAF_BLOB_UP);
  g_assert_cmpint (first->size, ==, 1000);
  g_assert_true (kaf_blob_sent (f->db, first, &error));
  g_assert_cmpint (get_state (f, again), ==, KAF_BLOB_HERE);
  second = next (f, KAF_BLOB_UP);
  g_assert_cmpint (second->size, ==, 2000);
  g_assert_true (kaf_blob_sent (f->db, second, &error));
  assert_none (f, KAF_BLOB_UP);
  assert_none (f, KAF_BLOB_DOWN);
  assert_counts (f, 0, 0, 0, 0);

  /* All is to be told again: what the hub has it still has, so far as is known; nothing goes before it has told. */
  kaf_local_set (f->db, "sync-cursor", NULL, &error);
  g_assert_no_error (error);
  assert_counts (f, 0, 0, 0, 0);
  g_assert_cmpint (get_state (f, large), ==, KAF_BLOB_HERE);
  assert_none (f, KAF_BLOB_UP);

  /* The hub was restored: what it confirmed before may be gone. */
  exchange (f, "two");
  after = next (f, KAF_BLOB_UP);
  g_assert_cmpstr (after->sha256, ==, first->sha256);
  assert_counts (f, 2, 3000, 0, 0);
  kaf_fixture_assert_whole (f);
}

static void
test_fetch (void)
{
  g_autoptr (KafFixture) f = kaf_fixture_new ();
  g_autofree char *person = make_person (f, "Bennis");
  g_autofree char *small = attach (f, person, 's', 1000);
  g_autofree char *large = attach (f, person, 'l', KAF_BLOB_SMALL + 1);
  g_autoptr (KafBlobTask) task = NULL;
  g_autoptr (KafBlobTask) asked = NULL;
  g_autoptr (GFile) file = NULL;
  g_autofree char *text = NULL;
  g_autofree char *content = g_strnfill (1000, 's');
  g_autoptr (GError) error = NULL;
  struct stat info;

  take_away (f, small);
  take_away (f, large);
  exchange (f, "one");
  assert_counts (f, 0, 0, 1, 2);
  g_assert_cmpint (get_state (f, large), ==, KAF_BLOB_ELSEWHERE);

  /* What is waited for comes first, however large. */
  g_assert_true (kaf_blob_want (f->db, large, TRUE, &error));
  g_assert_cmpint (get_state (f, large), ==, KAF_BLOB_WANTED);
  asked = next (f, KAF_BLOB_DOWN);
  g_assert_cmpint (asked->size, ==, KAF_BLOB_SMALL + 1);
  g_assert_true (kaf_blob_want (f->db, large, FALSE, &error));

  task = next (f, KAF_BLOB_DOWN);
  g_assert_cmpint (task->size, ==, 1000);
  g_assert_true (
      g_file_set_contents_full (task->part, content, 1000, G_FILE_SET_CONTENTS_NONE, 0600, NULL));
  g_assert_true (kaf_blob_fetched (f->db, task, &error));
  g_assert_false (g_file_test (task->part, G_FILE_TEST_EXISTS));
  file = kaf_attachment_get_file (f->db, small, &error);
  g_assert_no_error (error);
  g_assert_true (g_file_load_contents (file, NULL, &text, NULL, NULL, NULL));
  g_assert_cmpstr (text, ==, content);
  g_assert_cmpint (g_stat (task->path, &info), ==, 0);
  g_assert_cmpint (info.st_mode & 0777, ==, 0600);
  assert_none (f, KAF_BLOB_DOWN);
  /* What came from the hub need not be sent there. */
  assert_none (f, KAF_BLOB_UP);
}

static void
test_back_off (void)
{
  g_autoptr (KafFixture) f = kaf_fixture_new ();
  g_autofree char *person = make_person (f, "Bennis");
  g_autofree char *id = attach (f, person, 'x', 10);
  gint64 wait = 30;

  take_away (f, id);
  exchange (f, "one");
  for (guint i = 0; i < 40; i++)
    {
      g_autoptr (KafBlobTask) task = next (f, KAF_BLOB_DOWN);
      g_autoptr (GError) error = NULL;

      g_assert_nonnull (task);
      g_assert_true (kaf_blob_failed (f->db, task, "absent", &error));
      g_assert_cmpint (get_state (f, id), ==, KAF_BLOB_UNSENT);
      kaf_clock_advance (f->clock, (wait - 1) * SECOND);
      assert_none (f, KAF_BLOB_DOWN);
      kaf_clock_advance (f->clock, 2 * SECOND);
      wait = MIN (2 * wait, 6 * 3600);
    }

  /* A person who asks does not wait for that. */
  {
    g_autoptr (KafBlobTask) task = next (f, KAF_BLOB_DOWN);
    g_autoptr (KafBlobTask) again = NULL;
    g_autoptr (GError) error = NULL;

    g_assert_true (kaf_blob_failed (f->db, task, "absent", &error));
    g_assert_true (kaf_blob_want (f->db, id, TRUE, &error));
    again = next (f, KAF_BLOB_DOWN);
    g_assert_nonnull (again);
  }
}

/* Deleted, it is neither sent nor fetched; brought back, it is. */
static void
test_deleted (void)
{
  g_autoptr (KafFixture) f = kaf_fixture_new ();
  g_autofree char *person = make_person (f, "Bennis");
  g_autofree char *id = attach (f, person, 'x', 10);
  g_autoptr (KafBlobTask) task = NULL;
  g_autoptr (KafChangeSet) set = kaf_change_set_new ("delete");
  g_autoptr (KafReceipt) receipt = NULL;
  g_autoptr (KafReceipt) undone = NULL;
  g_autoptr (GError) error = NULL;

  exchange (f, "one");
  kaf_change_set_delete (set, kaf_registry_find ("attachment"), id);
  receipt = kaf_commit (f->db, set, NULL, NULL, &error);
  g_assert_no_error (error);
  assert_none (f, KAF_BLOB_UP);
  assert_counts (f, 0, 0, 0, 0);
  undone = kaf_undo (f->db, NULL, &error);
  g_assert_no_error (error);
  task = next (f, KAF_BLOB_UP);
  g_assert_nonnull (task);
}

/* Whether the store or its log has that text. */
static void
assert_holds (KafFixture *f, const char *text, gboolean held)
{
  static const char *const ends[] = { "", "-wal" };
  gboolean found = FALSE;

  for (guint i = 0; i < G_N_ELEMENTS (ends); i++)
    {
      g_autofree char *path = g_strconcat (f->path, ends[i], NULL);
      g_autofree char *data = NULL;
      gsize size;

      found |= g_file_get_contents (path, &data, &size, NULL) &&
               memmem (data, size, text, strlen (text)) != NULL;
    }
  g_assert_cmpint (found, ==, held);
}

/* Neither a part of a content nor its hash is left of who was erased; a part that has come to its end behind
 * the erasure is not taken in. */
static void
test_erased (void)
{
  g_autoptr (KafFixture) f = kaf_fixture_new ();
  g_autofree char *person = make_person (f, "Bennis");
  g_autofree char *other = make_person (f, "Alami");
  g_autofree char *id = attach (f, person, 'x', 1000);
  g_autofree char *kept = attach (f, other, 'k', 2000);
  g_autofree char *sha256 = kaf_fixture_get (f, "attachment", id, "sha256");
  g_autoptr (KafBlobTask) task = NULL;
  g_autoptr (KafBlobTask) rest = NULL;
  g_autoptr (GPtrArray) told = g_ptr_array_new_with_free_func ((GDestroyNotify) kaf_erased_free);
  g_autoptr (GError) error = NULL;

  take_away (f, id);
  take_away (f, kept);
  exchange (f, "one");
  task = next (f, KAF_BLOB_DOWN);
  g_assert_cmpstr (task->sha256, ==, sha256);
  g_assert_true (kaf_blob_failed (f->db, task, "absent", &error));
  rest = next (f, KAF_BLOB_DOWN);
  g_assert_true (g_file_set_contents (task->part, "half of her", -1, NULL));
  g_assert_true (g_file_set_contents (rest->part, "half of his", -1, NULL));

  g_ptr_array_add (told, kaf_erased_new (1, kaf_registry_find ("person"), person));
  kaf_erase_told (f->db, told, 1, &error);
  g_assert_no_error (error);
  g_assert_false (g_file_test (task->part, G_FILE_TEST_EXISTS));
  g_assert_true (g_file_test (rest->part, G_FILE_TEST_EXISTS));
  assert_holds (f, sha256, FALSE);
  assert_holds (f, rest->sha256, TRUE);

  g_assert_true (g_file_set_contents (task->part, "what came meanwhile", -1, NULL));
  g_assert_true (kaf_blob_fetched (f->db, task, &error));
  g_assert_false (g_file_test (task->part, G_FILE_TEST_EXISTS));
  g_assert_false (g_file_test (task->path, G_FILE_TEST_EXISTS));
  g_assert_true (kaf_blob_sent (f->db, task, &error));
  g_assert_true (kaf_blob_failed (f->db, task, "absent", &error));
  assert_holds (f, sha256, FALSE);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/blobs/send", test_send);
  g_test_add_func ("/blobs/fetch", test_fetch);
  g_test_add_func ("/blobs/back-off", test_back_off);
  g_test_add_func ("/blobs/deleted", test_deleted);
  g_test_add_func ("/blobs/erased", test_erased);
  return g_test_run ();
}
