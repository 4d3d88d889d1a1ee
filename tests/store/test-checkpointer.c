/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The log is carried into the file beside who writes: all of it, within bounds, and out of the way of who empties it. */
#include "config.h"

#include <glib/gstdio.h>
#include <sqlite3.h>

#include "store/kaf-checkpointer.h"

/* Small pages, so that little is written. */
#define PAGE 512
#define ROWS 2000

typedef struct
{
  char *folder, *path;
  sqlite3 *sql;
} Fixture;

static void
run (sqlite3 *sql, const char *text)
{
  g_assert_cmpint (sqlite3_exec (sql, text, NULL, NULL, NULL), ==, SQLITE_OK);
}

static void
set_up (Fixture *f, gconstpointer data)
{
  f->folder = g_dir_make_tmp ("kafaat-checkpointer-XXXXXX", NULL);
  f->path = g_build_filename (f->folder, "some.db", NULL);
  g_assert_cmpint (sqlite3_open (f->path, &f->sql), ==, SQLITE_OK);
  run (f->sql, "PRAGMA page_size = " G_STRINGIFY (PAGE) "; PRAGMA journal_mode = WAL;"
                                                        "CREATE TABLE t (x)");
}

static void
tear_down (Fixture *f, gconstpointer data)
{
  sqlite3_close (f->sql);
  g_unlink (f->path);
  g_assert_cmpint (g_rmdir (f->folder), ==, 0);
  g_free (f->path);
  g_free (f->folder);
}

/* A page a row. */
static void
commit (Fixture *f)
{
  run (f->sql, "INSERT INTO t WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n"
               " WHERE i < " G_STRINGIFY (ROWS) ") SELECT randomblob (400) FROM n");
}

static gsize
get_size (const char *path, const char *end)
{
  g_autofree char *name = g_strconcat (path, end, NULL);
  GStatBuf info;

  return g_stat (name, &info) == 0 ? info.st_size : 0;
}

static void
test_carries (Fixture *f, gconstpointer data)
{
  KafCheckpointer *aside = kaf_checkpointer_new (f->sql, f->path);

  commit (f);
  kaf_checkpointer_wait (aside);
  g_assert_cmpuint (get_size (f->path, ""), >=, ROWS * PAGE);
  commit (f);
  kaf_checkpointer_wait (aside);
  g_assert_cmpuint (get_size (f->path, ""), >=, 2 * ROWS * PAGE);
  kaf_checkpointer_free (aside);
}

/* Somebody who writes without a pause leaves the other no moment to finish. */
static void
test_bounds (Fixture *f, gconstpointer data)
{
  KafCheckpointer *aside = kaf_checkpointer_new (f->sql, f->path);
  gsize most = 0;

  for (guint i = 0; i < 60; i++)
    {
      commit (f);
      most = MAX (most, get_size (f->path, "-wal"));
    }
  g_assert_cmpuint (most, <, 60 * ROWS * PAGE / 2);
  kaf_checkpointer_free (aside);
}

/* An erasure leaves no log, whatever was carried over just then. */
static void
test_emptied (Fixture *f, gconstpointer data)
{
  KafCheckpointer *aside = kaf_checkpointer_new (f->sql, f->path);

  for (guint i = 0; i < 20; i++)
    {
      commit (f);
      g_assert_cmpint (kaf_checkpointer_empty (aside, f->sql, 1000), ==, SQLITE_OK);
      g_assert_cmpuint (get_size (f->path, "-wal"), ==, 0);
    }
  kaf_checkpointer_free (aside);
}

static gpointer
carry_over_elsewhere (gpointer other)
{
  sqlite3_wal_checkpoint_v2 (other, NULL, SQLITE_CHECKPOINT_FULL, NULL, NULL);
  return NULL;
}

static gpointer
end_soon (gpointer reader)
{
  g_usleep (G_USEC_PER_SEC / 2);
  run (reader, "COMMIT");
  return NULL;
}

/* Another program is carrying over what a reader holds up. */
static void
test_awaited (Fixture *f, gconstpointer data)
{
  sqlite3 *other, *reader;
  GThread *threads[2];

  g_assert_cmpint (sqlite3_open (f->path, &other), ==, SQLITE_OK);
  g_assert_cmpint (sqlite3_open (f->path, &reader), ==, SQLITE_OK);
  sqlite3_busy_timeout (other, 10000);
  run (other, "SELECT count(*) FROM t");
  run (reader, "BEGIN; SELECT count(*) FROM t");
  commit (f);
  threads[0] = g_thread_new ("other", carry_over_elsewhere, other);
  threads[1] = g_thread_new ("reader", end_soon, reader);
  g_usleep (G_USEC_PER_SEC / 10);
  g_assert_cmpint (kaf_checkpointer_empty (NULL, f->sql, 10000), ==, SQLITE_OK);
  g_assert_cmpuint (get_size (f->path, "-wal"), ==, 0);
  for (guint i = 0; i < G_N_ELEMENTS (threads); i++)
    g_thread_join (threads[i]);
  sqlite3_close (reader);
  sqlite3_close (other);
}

/* Without a second connection the log is none the longer. */
static void
test_alone (Fixture *f, gconstpointer data)
{
  KafCheckpointer *aside = kaf_checkpointer_new (f->sql, f->path);
  g_autofree char *away = g_build_filename (f->folder, "away.db", NULL);
  gsize most = 0;

  g_assert_cmpint (g_rename (f->path, away), ==, 0);
  for (guint i = 0; i < 30; i++)
    {
      commit (f);
      most = MAX (most, get_size (f->path, "-wal"));
    }
  g_assert_cmpuint (most, <, 30 * ROWS * PAGE / 2);
  g_assert_cmpint (g_rename (away, f->path), ==, 0);
  kaf_checkpointer_free (aside);
}

/* A backup that somebody puts in the place of a file that is open stays what it is. */
static void
test_replaced (Fixture *f, gconstpointer data)
{
  KafCheckpointer *aside = kaf_checkpointer_new (f->sql, f->path);
  g_autofree char *away = g_build_filename (f->folder, "away.db", NULL);
  g_autofree char *was = NULL;
  g_autofree char *is = NULL;
  gsize was_size, is_size;

  run (f->sql, "INSERT INTO t VALUES ('one')");
  g_assert_cmpint (sqlite3_wal_checkpoint_v2 (f->sql, NULL, SQLITE_CHECKPOINT_TRUNCATE, NULL, NULL),
                   ==, SQLITE_OK);
  g_assert_true (g_file_get_contents (f->path, &was, &was_size, NULL));
  g_assert_cmpint (g_rename (f->path, away), ==, 0);
  g_assert_true (g_file_set_contents (f->path, was, was_size, NULL));
  commit (f);
  kaf_checkpointer_wait (aside);
  g_assert_true (g_file_get_contents (f->path, &is, &is_size, NULL));
  g_assert_cmpmem (is, is_size, was, was_size);
  g_assert_cmpint (g_rename (away, f->path), ==, 0);
  kaf_checkpointer_free (aside);
}

static void
test_ends (Fixture *f, gconstpointer data)
{
  KafCheckpointer *aside = kaf_checkpointer_new (f->sql, f->path);

  kaf_checkpointer_wait (aside);
  kaf_checkpointer_free (aside);
  kaf_checkpointer_free (NULL);
  kaf_checkpointer_wait (NULL);
  /* As before there was one. */
  commit (f);
  g_assert_cmpuint (get_size (f->path, ""), >=, ROWS * PAGE);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
#define ADD(path, test) g_test_add (path, Fixture, NULL, set_up, test, tear_down)
  ADD ("/checkpointer/carries", test_carries);
  ADD ("/checkpointer/bounds", test_bounds);
  ADD ("/checkpointer/emptied", test_emptied);
  ADD ("/checkpointer/awaited", test_awaited);
  ADD ("/checkpointer/alone", test_alone);
  ADD ("/checkpointer/replaced", test_replaced);
  ADD ("/checkpointer/ends", test_ends);
#undef ADD
  return g_test_run ();
}
