/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Files of records: kept once by content, streamed, closed to others, gone with what is erased. */
#include "config.h"

#include <glib/gstdio.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>
#include <utime.h>

#include "kaf-fixture.h"
#include "schema/kaf-registry.h"
#include "store/kaf-attachments.h"
#include "store/kaf-check.h"
#include "store/kaf-copies.h"
#include "store/kaf-drafts.h"

#define LARGE (64 * 1024 * 1024)

static char *
make_person (KafFixture *f, const char *name)
{
  return kaf_fixture_create (f, "person", NULL, "family_name", name, NULL);
}

static GFile *
make_file (KafFixture *f, const char *name, const char *text)
{
  g_autofree char *path = g_build_filename (f->folder, name, NULL);

  g_assert_true (g_file_set_contents (path, text, -1, NULL));
  return g_file_new_for_path (path);
}

static char *
add (KafFixture *f, const char *person, GFile *file)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (KafReceipt) receipt = NULL;
  char *id = NULL;

  receipt = kaf_attachment_add (f->db, kaf_registry_find ("person"), person, NULL, file, NULL, NULL,
                                &id, NULL, &error);
  g_assert_no_error (error);
  g_assert_nonnull (receipt);
  return id;
}

/* Regular files in a folder and below. */
static guint
count_files (const char *folder)
{
  g_autoptr (GDir) dir = g_dir_open (folder, 0, NULL);
  const char *name;
  guint n = 0;

  while (dir != NULL && (name = g_dir_read_name (dir)) != NULL)
    {
      g_autofree char *path = g_build_filename (folder, name, NULL);

      n += g_file_test (path, G_FILE_TEST_IS_DIR) ? count_files (path) : 1;
    }
  return n;
}

static guint
count_contents (KafFixture *f)
{
  g_autofree char *folder = g_strconcat (f->path, ".files", NULL);

  return count_files (folder);
}

static char *
content_path (KafFixture *f, const char *id)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GFile) file = kaf_attachment_get_file (f->db, id, &error);

  g_assert_no_error (error);
  return g_file_get_path (file);
}

static void
test_add (void)
{
  g_autoptr (KafFixture) f = kaf_fixture_new ();
  g_autofree char *person = make_person (f, "Bennis");
  g_autoptr (GFile) file = make_file (f, "Lettre d’été.txt", "Bonjour\n");
  g_autofree char *id = add (f, person, file);
  g_autofree char *path = content_path (f, id);
  g_autofree char *shelf = g_path_get_dirname (path);
  g_autofree char *folder = g_path_get_dirname (shelf);
  g_autofree char *text = NULL;
  g_autofree char *name = kaf_fixture_get (f, "attachment", id, "file_name");
  g_autofree char *size = kaf_fixture_get (f, "attachment", id, "size");
  struct stat info;

  g_assert_true (g_file_get_contents (path, &text, NULL, NULL));
  g_assert_cmpstr (text, ==, "Bonjour\n");
  g_assert_cmpstr (name, ==, "Lettre d’été.txt");
  g_assert_cmpstr (size, ==, "8");
  g_assert_cmpint (g_stat (path, &info), ==, 0);
  g_assert_cmpint (info.st_mode & 0777, ==, 0600);
  g_assert_cmpint (g_stat (shelf, &info), ==, 0);
  g_assert_cmpint (info.st_mode & 0777, ==, 0700);
  g_assert_cmpint (g_stat (folder, &info), ==, 0);
  g_assert_cmpint (info.st_mode & 0777, ==, 0700);
  kaf_fixture_assert_whole (f);
}

/* A copy that a kill cut short goes with the next file; one that may be under way stays. */
static void
test_stale (void)
{
  g_autoptr (KafFixture) f = kaf_fixture_new ();
  g_autofree char *person = make_person (f, "Bennis");
  g_autoptr (GFile) file = make_file (f, "one.txt", "content");
  g_autofree char *folder = g_strconcat (f->path, ".files", NULL);
  g_autofree char *old = g_build_filename (folder, "incoming-aaaaaa", NULL);
  g_autofree char *young = g_build_filename (folder, "incoming-bbbbbb", NULL);
  time_t long_ago = time (NULL) - 2 * 24 * 60 * 60;
  struct utimbuf times = { long_ago, long_ago };
  g_autofree char *id = NULL;

  g_mkdir (folder, 0700);
  g_assert_true (g_file_set_contents (old, "half", -1, NULL));
  g_assert_true (g_file_set_contents (young, "half", -1, NULL));
  g_assert_cmpint (g_utime (old, &times), ==, 0);
  id = add (f, person, file);
  g_assert_false (g_file_test (old, G_FILE_TEST_EXISTS));
  g_assert_true (g_file_test (young, G_FILE_TEST_EXISTS));
}

static void
test_same_content (void)
{
  g_autoptr (KafFixture) f = kaf_fixture_new ();
  g_autofree char *salma = make_person (f, "Bennis");
  g_autofree char *omar = make_person (f, "Alami");
  g_autoptr (GFile) one = make_file (f, "one.txt", "the same");
  g_autoptr (GFile) two = make_file (f, "two.txt", "the same");
  g_autoptr (GFile) empty = make_file (f, "empty.txt", "");
  g_autofree char *a = add (f, salma, one);
  g_autofree char *b = add (f, omar, two);
  g_autofree char *c = NULL;
  g_autofree char *path = content_path (f, a);
  g_autofree char *other = content_path (f, b);

  g_assert_cmpstr (a, !=, b);
  g_assert_cmpstr (path, ==, other);
  g_assert_cmpuint (count_contents (f), ==, 1);
  c = add (f, omar, empty);
  g_assert_cmpuint (count_contents (f), ==, 2);

  /* The content stays as long as one of them names it. */
  g_assert_true (kaf_erase (f->db, kaf_registry_find ("person"), salma, "asked", NULL));
  g_assert_true (g_file_test (path, G_FILE_TEST_EXISTS));
  kaf_fixture_assert_whole (f);
  g_assert_true (kaf_erase (f->db, kaf_registry_find ("person"), omar, "asked", NULL));
  g_assert_cmpuint (count_contents (f), ==, 0);
  kaf_fixture_assert_whole (f);
}

static void
assert_found (KafFixture *f, const char *what)
{
  g_autoptr (GPtrArray) findings = kaf_check (f->db, NULL, NULL);

  g_assert_cmpuint (findings->len, ==, 1);
  g_assert_nonnull (strstr (g_ptr_array_index (findings, 0), what));
}

static void
test_check (void)
{
  g_autoptr (KafFixture) f = kaf_fixture_new ();
  g_autofree char *person = make_person (f, "Bennis");
  g_autoptr (GFile) file = make_file (f, "a.txt", "content");
  g_autofree char *id = add (f, person, file);
  g_autofree char *path = content_path (f, id);
  g_autofree char *again = NULL;
  g_autoptr (GFile) got = NULL;
  g_autoptr (GError) error = NULL;

  g_assert_true (g_file_set_contents (path, "c0ntent", -1, NULL));
  assert_found (f, "altered");
  g_assert_true (g_file_set_contents (path, "content and more", -1, NULL));
  assert_found (f, "altered");
  g_unlink (path);
  assert_found (f, "missing");
  got = kaf_attachment_get_file (f->db, id, &error);
  g_assert_null (got);
  g_assert_error (error, KAF_STORE_ERROR, KAF_STORE_ERROR_NOT_FOUND);

  /* Brought again, the content is whole again for both. */
  again = add (f, person, file);
  kaf_fixture_assert_whole (f);
}

static gint64
memory_peak (void)
{
  g_autofree char *status = NULL;
  const char *line;

  g_assert_true (g_file_get_contents ("/proc/self/status", &status, NULL, NULL));
  line = strstr (status, "VmHWM:");
  return line != NULL ? g_ascii_strtoll (line + 6, NULL, 10) : 0;
}

static GFile *
make_large (KafFixture *f)
{
  g_autoptr (GFile) file = make_file (f, "large.bin", "large");
  g_autofree char *path = g_file_get_path (file);

  g_assert_cmpint (truncate (path, LARGE), ==, 0);
  return g_steal_pointer (&file);
}

static void
count_progress (gint64 done, gint64 total, gpointer data)
{
  g_assert_cmpint (total, ==, LARGE);
  g_assert_cmpint (done, <=, total);
  ++*(guint *) data;
}

static void
test_large (void)
{
  g_autoptr (KafFixture) f = kaf_fixture_new ();
  g_autofree char *person = make_person (f, "Bennis");
  g_autoptr (GFile) file = make_large (f);
  g_autoptr (KafReceipt) receipt = NULL;
  g_autofree char *id = NULL;
  g_autofree char *size = NULL;
  g_autoptr (GError) error = NULL;
  gint64 before = memory_peak ();
  guint n = 0;

  receipt = kaf_attachment_add (f->db, kaf_registry_find ("person"), person, NULL, file,
                                count_progress, &n, &id, NULL, &error);
  g_assert_no_error (error);
  size = kaf_fixture_get (f, "attachment", id, "size");
  g_assert_cmpint (g_ascii_strtoll (size, NULL, 10), ==, LARGE);
  g_assert_cmpuint (n, >=, 64);
  /* KiB; half of the file would betray that it was held (a quarter is what ASan alone costs). */
  g_assert_cmpint (memory_peak () - before, <, LARGE / 1024 / 2);
  kaf_fixture_assert_whole (f);
}

static void
cancel_half_way (gint64 done, gint64 total, gpointer data)
{
  if (done > total / 2)
    g_cancellable_cancel (data);
}

static void
test_cancel (void)
{
  g_autoptr (KafFixture) f = kaf_fixture_new ();
  g_autofree char *person = make_person (f, "Bennis");
  g_autoptr (GFile) file = make_large (f);
  g_autoptr (GFile) nowhere = g_file_new_build_filename (f->folder, "none.pdf", NULL);
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  const KafEntity *entity = kaf_registry_find ("person");
  g_autoptr (GError) error = NULL;

  g_assert_null (kaf_attachment_add (f->db, entity, person, NULL, file, cancel_half_way,
                                     cancellable, NULL, cancellable, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  g_clear_error (&error);
  g_assert_null (
      kaf_attachment_add (f->db, entity, person, NULL, nowhere, NULL, NULL, NULL, NULL, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_NOT_FOUND);
  g_clear_error (&error);
  g_assert_null (kaf_attachment_add (f->db, entity, "00000000-0000-7000-8000-000000000000", NULL,
                                     file, NULL, NULL, NULL, NULL, &error));
  g_assert_error (error, KAF_STORE_ERROR, KAF_STORE_ERROR_NOT_FOUND);
  g_assert_cmpuint (count_contents (f), ==, 0);
  g_assert_cmpint (kaf_page_total (f->db, kaf_registry_find ("attachment")), ==, 0);
  kaf_fixture_assert_whole (f);
}

/* A field that will not have it: the batch falls, and the content goes with it. */
static void
test_refused (void)
{
  g_autoptr (KafFixture) f = kaf_fixture_new ();
  g_autofree char *person = make_person (f, "Bennis");
  g_autoptr (GFile) file = make_file (f, "a.txt", "content");
  g_autoptr (GError) error = NULL;

  g_assert_null (kaf_attachment_add (f->db, kaf_registry_find ("person"), person, "country", file,
                                     NULL, NULL, NULL, NULL, &error));
  g_assert_nonnull (error);
  g_assert_cmpuint (count_contents (f), ==, 0);
  kaf_fixture_assert_whole (f);
}

/* Killed between the erasure and its tidying: the next opening tidies. */
static void
test_erase_is_finished_later (void)
{
  g_autoptr (KafFixture) f = kaf_fixture_new ();
  g_autofree char *person = make_person (f, "Bennis");
  g_autoptr (GFile) file = make_file (f, "a.txt", "content");
  g_autofree char *id = add (f, person, file);
  g_autofree char *path = content_path (f, id);
  g_autofree char *kept = g_strconcat (f->path, ".kept", NULL);

  g_assert_cmpint (g_rename (path, kept), ==, 0);
  g_assert_true (kaf_erase (f->db, kaf_registry_find ("person"), person, "asked", NULL));
  g_assert_cmpint (g_rename (kept, path), ==, 0);
  kaf_fixture_reopen (f);
  g_assert_true (g_file_test (path, G_FILE_TEST_EXISTS));
  g_assert_true (kaf_local_set (f->db, "erase-unfinished", "1", NULL));
  kaf_fixture_reopen (f);
  g_assert_false (g_file_test (path, G_FILE_TEST_EXISTS));
}

/* As the window makes one to look at. (transfer full) */
static char *
copy_of (KafFixture *f, const char *id, const char *name)
{
  g_autofree char *sha256 = kaf_fixture_get (f, "attachment", id, "sha256");
  char *path = kaf_copies_make_place (f->db, sha256, name, NULL);

  g_assert_true (g_file_set_contents (path, "looked at", -1, NULL));
  return path;
}

/* What was opened to be looked at goes with who is erased, and with the program that made it, be it killed. */
static void
test_copies (void)
{
  g_autoptr (KafFixture) f = kaf_fixture_new ();
  g_autofree char *person = make_person (f, "Bennis");
  g_autofree char *other = make_person (f, "Amzil");
  g_autoptr (GFile) file = make_file (f, "a.txt", "content");
  g_autoptr (GFile) second = make_file (f, "b.txt", "another");
  g_autofree char *id = add (f, person, file);
  g_autofree char *kept = add (f, other, second);
  g_autofree char *path = copy_of (f, id, "../Diplôme.pdf");
  g_autofree char *stays = copy_of (f, kept, "b.txt");
  g_autofree char *left = g_build_filename (f->folder, "left", NULL);
  g_autofree char *killed = NULL;
  pid_t child = fork ();

  if (child == 0)
    {
      g_autofree char *own = copy_of (f, kept, "b.txt");

      _exit (g_file_set_contents (left, own, -1, NULL) ? 0 : 1);
    }
  g_assert_cmpint (waitpid (child, NULL, 0), ==, child);
  g_assert_true (g_file_get_contents (left, &killed, NULL, NULL));
  g_assert_true (g_str_has_suffix (path, G_DIR_SEPARATOR_S "Diplôme.pdf"));
  g_assert_true (g_file_test (killed, G_FILE_TEST_EXISTS));

  g_assert_true (kaf_erase (f->db, kaf_registry_find ("person"), person, "asked", NULL));
  g_assert_false (g_file_test (path, G_FILE_TEST_EXISTS));
  g_assert_false (g_file_test (killed, G_FILE_TEST_EXISTS));
  g_assert_true (g_file_test (stays, G_FILE_TEST_EXISTS));
  kaf_copies_forget_own ();
  g_assert_false (g_file_test (stays, G_FILE_TEST_EXISTS));
}

int
main (int argc, char **argv)
{
  g_autofree char *runtime = g_dir_make_tmp ("kafaat-runtime-XXXXXX", NULL);
  int status;

  g_setenv ("XDG_RUNTIME_DIR", runtime, TRUE);
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/attachments/large", test_large);
  g_test_add_func ("/attachments/add", test_add);
  g_test_add_func ("/attachments/stale", test_stale);
  g_test_add_func ("/attachments/same-content", test_same_content);
  g_test_add_func ("/attachments/check", test_check);
  g_test_add_func ("/attachments/cancel", test_cancel);
  g_test_add_func ("/attachments/refused", test_refused);
  g_test_add_func ("/attachments/erase-is-finished-later", test_erase_is_finished_later);
  g_test_add_func ("/attachments/copies", test_copies);
  status = g_test_run ();
  kaf_fixture_remove_folder (runtime);
  return status;
}
