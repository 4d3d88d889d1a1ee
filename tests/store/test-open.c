/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What a store is refused for, by its code; and that nothing of a refused file has changed. */
#include "config.h"

#include <errno.h>
#include <glib/gstdio.h>
#include <signal.h>
#include <sqlite3.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include "base/kaf-random.h"
#include "kaf-fixture.h"
#include "schema/kaf-registry.h"
#include "store/kaf-check.h"

static char *
read_file (const char *path, gsize *size)
{
  char *data = NULL;
  g_autoptr (GError) error = NULL;

  g_file_get_contents (path, &data, size, &error);
  g_assert_no_error (error);
  return data;
}

static void
write_file (const char *path, const char *data, gsize size)
{
  g_autoptr (GError) error = NULL;

  g_file_set_contents_full (path, data, size, G_FILE_SET_CONTENTS_NONE, 0600, &error);
  g_assert_no_error (error);
}

static void
run_sql (const char *path, const char *sql)
{
  sqlite3 *db = NULL;

  g_assert_cmpint (sqlite3_open (path, &db), ==, SQLITE_OK);
  g_assert_cmpint (sqlite3_exec (db, sql, NULL, NULL, NULL), ==, SQLITE_OK);
  sqlite3_close (db);
}

static KafDatabase *
open_as (const char *path, KafOpenFlags flags, GError **error)
{
  return kaf_database_open (path, flags, NULL, error);
}

static void
assert_refused (const char *path, KafOpenFlags flags, KafStoreError code)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (KafDatabase) db = open_as (path, flags, &error);

  g_test_message ("%s: %s", path, error != NULL ? error->message : "opened");
  g_assert_null (db);
  g_assert_error (error, KAF_STORE_ERROR, (int) code);
}

/* Refused however it is asked for; its bytes stay, and nothing is left beside it but, at most,
 * the empty log of a connection that may not write. */
static void
assert_refused_untouched (const char *path, KafStoreError code)
{
  static const KafOpenFlags flags[] = { KAF_OPEN_DEFAULT, KAF_OPEN_CREATE, KAF_OPEN_READ_ONLY };
  g_autofree char *before = NULL;
  gsize size;

  before = read_file (path, &size);
  for (guint i = 0; i < G_N_ELEMENTS (flags); i++)
    {
      static const char *const suffixes[] = { "-wal", "-journal", ".files" };
      g_autofree char *after = NULL;
      gsize size_after;

      assert_refused (path, flags[i], code);
      after = read_file (path, &size_after);
      g_assert_cmpmem (after, size_after, before, size);
      for (guint j = 0; j < G_N_ELEMENTS (suffixes); j++)
        {
          g_autofree char *beside = g_strconcat (path, suffixes[j], NULL);
          struct stat info;

          g_assert_true (g_stat (beside, &info) != 0 || info.st_size == 0);
        }
    }
}

static void
test_not_a_store (void)
{
  g_autoptr (KafFixture) f = kaf_fixture_new ();
  g_autofree char *other = g_build_filename (f->folder, "other", NULL);
  g_autoptr (GString) long_text = g_string_new ("SQLite format 2");
  static const char png[] = "\x89PNG\r\n\x1a\n\0\0\0\rIHDR\0\0\0\1\0\0\0\1\x08\2\0\0\0";

  write_file (other, "Nom;Prenom\n", 11);
  assert_refused_untouched (other, KAF_STORE_ERROR_NOT_A_STORE);
  write_file (other, "x", 1);
  assert_refused_untouched (other, KAF_STORE_ERROR_NOT_A_STORE);
  write_file (other, png, sizeof png);
  assert_refused_untouched (other, KAF_STORE_ERROR_NOT_A_STORE);
  for (guint i = 0; i < 5000; i++)
    g_string_append (long_text, "0123456789");
  write_file (other, long_text->str, long_text->len);
  assert_refused_untouched (other, KAF_STORE_ERROR_NOT_A_STORE);

  /* The magic, then nothing like a database. */
  long_text->str[14] = '3';
  long_text->str[15] = '\0';
  write_file (other, long_text->str, long_text->len);
  assert_refused_untouched (other, KAF_STORE_ERROR_NOT_A_STORE);
  assert_refused (f->folder, KAF_OPEN_CREATE, KAF_STORE_ERROR_NOT_A_STORE);

  /* A pipe is not waited for. */
  g_unlink (other);
  g_assert_cmpint (mkfifo (other, 0600), ==, 0);
  assert_refused (other, KAF_OPEN_CREATE, KAF_STORE_ERROR_NOT_A_STORE);
}

static void
test_foreign (void)
{
  g_autoptr (KafFixture) f = kaf_fixture_new ();
  g_autofree char *other = g_build_filename (f->folder, "other", NULL);

  run_sql (other, "CREATE TABLE meta (key, value); INSERT INTO meta VALUES ('device', '1')");
  assert_refused_untouched (other, KAF_STORE_ERROR_NOT_A_STORE);
  run_sql (other, "PRAGMA application_id = 1196444487");
  assert_refused_untouched (other, KAF_STORE_ERROR_NOT_A_STORE);
  g_unlink (other);
  run_sql (other, "PRAGMA application_id = 1196444487");
  assert_refused_untouched (other, KAF_STORE_ERROR_NOT_A_STORE);
}

static void
test_nothing_there (void)
{
  g_autoptr (KafFixture) f = kaf_fixture_new ();
  g_autofree char *other = g_build_filename (f->folder, "other", NULL);
  g_autofree char *far = g_build_filename (f->folder, "no", "such", "folder.db", NULL);
  g_autoptr (KafDatabase) db = NULL;
  g_autoptr (GError) error = NULL;
  struct stat info;

  assert_refused (other, KAF_OPEN_DEFAULT, KAF_STORE_ERROR_NOT_FOUND);
  assert_refused (other, KAF_OPEN_READ_ONLY, KAF_STORE_ERROR_NOT_FOUND);
  assert_refused (far, KAF_OPEN_CREATE, KAF_STORE_ERROR_NOT_FOUND);
  g_assert_false (g_file_test (other, G_FILE_TEST_EXISTS));

  write_file (other, "", 0);
  assert_refused (other, KAF_OPEN_DEFAULT, KAF_STORE_ERROR_NOT_A_STORE);
  assert_refused (other, KAF_OPEN_READ_ONLY, KAF_STORE_ERROR_NOT_A_STORE);
  g_assert_cmpint (g_stat (other, &info), ==, 0);
  g_assert_cmpint (info.st_size, ==, 0);

  db = open_as (other, KAF_OPEN_CREATE, &error);
  g_assert_no_error (error);
  g_clear_pointer (&db, kaf_database_close);
  g_unlink (other);
  db = open_as (other, KAF_OPEN_CREATE, &error);
  g_assert_no_error (error);
  g_assert_cmpint (g_stat (other, &info), ==, 0);
  g_assert_cmpint (info.st_mode & 0777, ==, 0600);
}

static void
test_newer (void)
{
  g_autoptr (KafFixture) f = kaf_fixture_new ();

  g_clear_pointer (&f->db, kaf_database_close);
  run_sql (f->path, "PRAGMA user_version = 4711");
  assert_refused_untouched (f->path, KAF_STORE_ERROR_NEWER);
  /* No version is below the first: such a number comes from a damaged file. */
  run_sql (f->path, "PRAGMA user_version = -2147483647");
  assert_refused_untouched (f->path, KAF_STORE_ERROR_DAMAGED);
  run_sql (f->path, "PRAGMA user_version = 0");
  assert_refused_untouched (f->path, KAF_STORE_ERROR_DAMAGED);
}

/* Opens, or says that it is damaged; and when it opens, a check finds it or all is well. */
static gboolean
is_found (const char *path)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (KafDatabase) db = open_as (path, KAF_OPEN_DEFAULT, &error);
  g_autoptr (GPtrArray) findings = NULL;
  g_autoptr (GPtrArray) rows = NULL;
  g_autoptr (KafQuery) query = kaf_query_new (kaf_registry_find ("person"));

  if (db == NULL)
    {
      g_assert_true (error->domain == KAF_STORE_ERROR);
      g_assert_true (error->code == KAF_STORE_ERROR_DAMAGED ||
                     error->code == KAF_STORE_ERROR_NOT_A_STORE ||
                     error->code == KAF_STORE_ERROR_NEWER || error->code == KAF_STORE_ERROR_IO ||
                     error->code == KAF_STORE_ERROR_MIGRATION);
      return TRUE;
    }
  kaf_query_set_text (query, "alam");
  rows = kaf_page_read (db, query, NULL, KAF_LANG_FR, 0, 50, NULL, NULL, NULL);
  findings = kaf_check (db, NULL, &error);
  return findings == NULL || findings->len > 0;
}

static void
remove_log (const char *path)
{
  g_autofree char *wal = g_strconcat (path, "-wal", NULL);
  g_autofree char *shm = g_strconcat (path, "-shm", NULL);

  g_unlink (wal);
  g_unlink (shm);
}

static void
fill (KafFixture *f)
{
  for (guint i = 0; i < 40; i++)
    {
      char name[] = "Alamia";
      g_autofree char *id = NULL;

      name[5] = 'a' + i % 26;
      id = kaf_fixture_create (f, "person", NULL, "family_name", name, "city", "Rabat", NULL);
    }
}

static void
test_truncated (void)
{
  g_autoptr (KafFixture) f = kaf_fixture_new ();
  g_autofree char *other = g_build_filename (f->folder, "other", NULL);
  g_autofree char *data = NULL;
  gsize size;

  fill (f);
  g_clear_pointer (&f->db, kaf_database_close);
  data = read_file (f->path, &size);
  for (gsize cut = 16; cut < size; cut = cut * 2 + 100)
    {
      g_test_message ("cut to %" G_GSIZE_FORMAT, cut);
      remove_log (other);
      write_file (other, data, cut);
      g_assert_true (is_found (other));
    }
  remove_log (other);
  write_file (other, data, size - 4096);
  g_assert_true (is_found (other));
}

/* A page of noise is found; a flipped bit never crashes. */
static void
test_damaged (void)
{
  g_autoptr (KafFixture) f = kaf_fixture_new ();
  g_autofree char *other = g_build_filename (f->folder, "other", NULL);
  g_autoptr (KafRandom) random = kaf_random_new_seeded (5);
  g_autofree char *data = NULL;
  guint found = 0;
  gsize size;

  fill (f);
  g_clear_pointer (&f->db, kaf_database_close);
  /* Noise in a page that is free damages nothing. */
  run_sql (f->path, "VACUUM");
  data = read_file (f->path, &size);
  for (guint round = 0; round < 60; round++)
    {
      g_autofree char *copy = g_memdup2 (data, size);
      gboolean noise = round % 2 == 0;
      gsize page = kaf_random_below (random, size / 4096);

      if (noise)
        kaf_random_bytes (random, (guint8 *) copy + page * 4096 + (page == 0 ? 100 : 0), 2000);
      else
        copy[kaf_random_below (random, size)] ^= 1 << kaf_random_below (random, 8);
      remove_log (other);
      write_file (other, copy, size);
      found += is_found (other) && noise;
    }
  g_assert_cmpuint (found, >=, 28);
}

static void
hold_exclusively (const char *path, int told)
{
  sqlite3 *db = NULL;

  if (sqlite3_open (path, &db) != SQLITE_OK ||
      sqlite3_exec (db, "PRAGMA locking_mode = EXCLUSIVE; BEGIN EXCLUSIVE", NULL, NULL, NULL) !=
          SQLITE_OK)
    _exit (1);
  if (write (told, "x", 1) == 1)
    pause ();
  _exit (0);
}

static void
test_locked (void)
{
  g_autoptr (KafFixture) f = kaf_fixture_new ();
  int pipes[2];
  char byte;
  pid_t pid;

  g_clear_pointer (&f->db, kaf_database_close);
  g_assert_cmpint (pipe (pipes), ==, 0);
  pid = fork ();
  g_assert_cmpint (pid, >=, 0);
  if (pid == 0)
    hold_exclusively (f->path, pipes[1]);
  close (pipes[1]);
  g_assert_cmpint (read (pipes[0], &byte, 1), ==, 1);
  close (pipes[0]);

  assert_refused (f->path, KAF_OPEN_DEFAULT, KAF_STORE_ERROR_LOCKED);
  kill (pid, SIGKILL);
  waitpid (pid, NULL, 0);
  kaf_fixture_reopen (f);
  kaf_fixture_assert_whole (f);
}

static void
assert_reads_only (KafFixture *f, KafOpenFlags flags)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (KafDatabase) db = open_as (f->path, flags, &error);
  g_autoptr (KafQuery) query = kaf_query_new (kaf_registry_find ("person"));
  g_autoptr (GPtrArray) rows = NULL;
  g_autoptr (GPtrArray) findings = NULL;
  g_autoptr (KafChangeSet) set = kaf_change_set_new ("create");
  g_autoptr (KafRecord) record = kaf_record_new (kaf_registry_find ("person"), NULL);

  g_assert_no_error (error);
  g_assert_true (kaf_database_is_read_only (db));
  kaf_query_set_text (query, "alamib");
  rows = kaf_page_read (db, query, NULL, KAF_LANG_FR, 0, 50, NULL, NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (rows->len, >=, 2);
  findings = kaf_check (db, NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (findings->len, ==, 0);
  kaf_record_set (record, "family_name", "Never");
  kaf_change_set_create (set, record);
  g_assert_null (kaf_commit (db, set, NULL, NULL, &error));
  g_assert_error (error, KAF_STORE_ERROR, KAF_STORE_ERROR_READ_ONLY);
}

static void
test_read_only (void)
{
  g_autoptr (KafFixture) f = kaf_fixture_new ();
  g_autofree char *before = NULL;
  g_autofree char *after = NULL;
  gsize size, size_after;

  fill (f);
  /* Beside a connection that writes, then alone. */
  assert_reads_only (f, KAF_OPEN_READ_ONLY);
  g_clear_pointer (&f->db, kaf_database_close);
  before = read_file (f->path, &size);
  assert_reads_only (f, KAF_OPEN_READ_ONLY);
  after = read_file (f->path, &size_after);
  g_assert_cmpmem (after, size_after, before, size);
}

/* A store on another disk, reached by a link: log and attachments lie beside the store. */
static void
test_link (void)
{
  g_autoptr (KafFixture) f = kaf_fixture_new ();
  g_autofree char *folder = g_dir_make_tmp ("kafaat-test-XXXXXX", NULL);
  g_autofree char *path = g_build_filename (folder, "link.db", NULL);
  g_autoptr (KafDatabase) db = NULL;
  g_autoptr (GPtrArray) findings = NULL;
  g_autoptr (GError) error = NULL;

  fill (f);
  g_assert_cmpint (symlink (f->path, path), ==, 0);
  db = open_as (path, KAF_OPEN_DEFAULT, &error);
  g_assert_no_error (error);
  g_assert_cmpstr (kaf_database_get_path (db), ==, f->path);
  findings = kaf_check (db, NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (findings->len, ==, 0);
  g_clear_pointer (&db, kaf_database_close);
  kaf_fixture_remove_folder (folder);
}

/* Rights that forbid: root is not held by them. */
static void
test_no_rights (void)
{
  g_autoptr (KafFixture) f = kaf_fixture_new ();

  fill (f);
  g_clear_pointer (&f->db, kaf_database_close);
  if (geteuid () == 0)
    {
      g_test_skip ("root may write everywhere");
      return;
    }
  g_chmod (f->path, 0400);
  assert_reads_only (f, KAF_OPEN_DEFAULT);
  g_chmod (f->folder, 0500);
  assert_reads_only (f, KAF_OPEN_DEFAULT);
  g_chmod (f->path, 0000);
  assert_refused (f->path, KAF_OPEN_DEFAULT, KAF_STORE_ERROR_IO);
  g_chmod (f->folder, 0700);
  g_chmod (f->path, 0600);
}

/* Two programs that make the same store at the same moment. */
static void
test_made_twice (void)
{
  for (guint round = 0; round < 5; round++)
    {
      g_autofree char *folder = g_dir_make_tmp ("kafaat-test-XXXXXX", NULL);
      g_autofree char *path = g_build_filename (folder, "store.db", NULL);
      g_autoptr (KafDatabase) db = NULL;
      g_autoptr (GPtrArray) findings = NULL;
      g_autoptr (GError) error = NULL;
      pid_t children[3];
      int status;

      for (guint i = 0; i < G_N_ELEMENTS (children); i++)
        {
          children[i] = fork ();
          g_assert_cmpint (children[i], >=, 0);
          if (children[i] == 0)
            {
              db = open_as (path, KAF_OPEN_CREATE, &error);
              if (db == NULL)
                fprintf (stderr, "# %s\n", error->message);
              _exit (db != NULL ? 0 : 1);
            }
        }
      for (guint i = 0; i < G_N_ELEMENTS (children); i++)
        {
          g_assert_cmpint (waitpid (children[i], &status, 0), ==, children[i]);
          g_assert_true (WIFEXITED (status) && WEXITSTATUS (status) == 0);
        }
      db = open_as (path, KAF_OPEN_DEFAULT, &error);
      g_assert_no_error (error);
      findings = kaf_check (db, NULL, &error);
      g_assert_no_error (error);
      g_assert_cmpuint (findings->len, ==, 0);
      g_clear_pointer (&db, kaf_database_close);
      kaf_fixture_remove_folder (folder);
    }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/open/not-a-store", test_not_a_store);
  g_test_add_func ("/open/foreign", test_foreign);
  g_test_add_func ("/open/nothing-there", test_nothing_there);
  g_test_add_func ("/open/newer", test_newer);
  g_test_add_func ("/open/truncated", test_truncated);
  g_test_add_func ("/open/damaged", test_damaged);
  g_test_add_func ("/open/locked", test_locked);
  g_test_add_func ("/open/read-only", test_read_only);
  g_test_add_func ("/open/link", test_link);
  g_test_add_func ("/open/no-rights", test_no_rights);
  g_test_add_func ("/open/made-twice", test_made_twice);
  return g_test_run ();
}
