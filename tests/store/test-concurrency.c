/* SPDX-License-Identifier: GPL-3.0-or-later */
/* One store, several users: two connections of one process, several processes, and the worker
 * lanes behind the window. Nobody is refused for another's sake, and nobody's commit is lost. */
#include "config.h"

#include <fcntl.h>
#include <glib/gstdio.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include "kaf-fixture.h"
#include "schema/kaf-registry.h"
#include "store/kaf-database-private.h"
#include "store/kaf-store.h"

/* Runs in a process of its own. */
typedef void (*ChildFunc) (const char *path, guint number);

/* A child is made before this process opens anything, since SQLite's idea of the locks held must
 * not cross a fork; it waits at its gate. */
typedef struct
{
  pid_t pid;
  int gate;
} Child;

static Child
make_child (ChildFunc run, const char *path, guint number)
{
  Child child;
  int pipes[2];
  char byte;

  g_assert_cmpint (pipe (pipes), ==, 0);
  child.pid = fork ();
  g_assert_cmpint (child.pid, >=, 0);
  child.gate = pipes[1];
  if (child.pid == 0)
    {
      close (pipes[1]);
      if (read (pipes[0], &byte, 1) == 1)
        run (path, number);
      _exit (0);
    }
  close (pipes[0]);
  return child;
}

static void
release_child (Child *child)
{
  g_assert_cmpint (write (child->gate, "x", 1), ==, 1);
}

static void
join_child (Child *child)
{
  int status;

  g_assert_cmpint (waitpid (child->pid, &status, 0), ==, child->pid);
  close (child->gate);
  g_assert_true (WIFEXITED (status));
  g_assert_cmpint (WEXITSTATUS (status), ==, 0);
}

static void
run_child (Child *child)
{
  release_child (child);
  join_child (child);
}

static gboolean
commit_person (KafDatabase *db, const char *name)
{
  g_autoptr (KafChangeSet) set = kaf_change_set_new ("create");
  g_autoptr (KafRecord) person = kaf_record_new (kaf_registry_find ("person"), NULL);
  g_autoptr (KafReceipt) receipt = NULL;
  g_autoptr (GError) error = NULL;

  kaf_record_set (person, "family_name", name);
  kaf_change_set_create (set, person);
  receipt = kaf_commit (db, set, NULL, NULL, &error);
  if (receipt == NULL)
    g_test_message ("refused: %s", error->message);
  return receipt != NULL;
}

static void
commit_some (const char *path, guint n)
{
  g_autoptr (KafDatabase) db = kaf_database_open (path, KAF_OPEN_DEFAULT, NULL, NULL);

  if (db == NULL)
    _exit (2);
  for (guint i = 0; i < n; i++)
    if (!commit_person (db, "Child"))
      _exit (3);
}

static gint64
count_persons (KafDatabase *db)
{
  return kaf_page_total (db, kaf_registry_find ("person"));
}

static guint64
log_inode (KafFixture *f)
{
  g_autofree char *wal = g_strconcat (f->path, "-wal", NULL);
  struct stat info;

  return g_stat (wal, &info) == 0 ? info.st_ino : 0;
}

static void
expect_persons (const char *path, guint n)
{
  g_autoptr (KafDatabase) db = kaf_database_open (path, KAF_OPEN_DEFAULT, NULL, NULL);

  if (db == NULL || count_persons (db) != n)
    _exit (4);
}

/* A second connection of this process must not cost the first one its locks: another process that
 * closes would take the log away, and with it what is committed here. */
static void
test_locks_survive (void)
{
  g_autoptr (KafFixture) f = kaf_fixture_new ();
  g_autoptr (KafDatabase) second = NULL;
  Child writers[2], readers[2];
  guint64 inode;

  g_clear_pointer (&f->db, kaf_database_close);
  for (guint i = 0; i < 2; i++)
    {
      writers[i] = make_child (commit_some, f->path, 1);
      readers[i] = make_child (expect_persons, f->path, i == 0 ? 3 : 5);
    }
  kaf_fixture_reopen (f);
  second = kaf_database_open (f->path, KAF_OPEN_DEFAULT, NULL, NULL);
  g_assert_nonnull (second);
  g_assert_true (commit_person (f->db, "First"));
  inode = log_inode (f);
  run_child (&writers[0]);
  g_assert_cmpuint (log_inode (f), ==, inode);

  g_assert_true (commit_person (f->db, "Second"));
  g_assert_cmpint (count_persons (f->db), ==, 3);
  g_assert_cmpint (count_persons (second), ==, 3);
  run_child (&readers[0]);

  g_clear_pointer (&second, kaf_database_close);
  run_child (&writers[1]);
  g_assert_true (commit_person (f->db, "Third"));
  run_child (&readers[1]);
  kaf_fixture_assert_whole (f);
}

/* As a chooser of files does with all that lies in a folder, to tell of what kind each is. */
static void
look_into (KafFixture *f, const char *suffix)
{
  g_autofree char *path = g_strconcat (f->path, suffix, NULL);
  int descriptor = g_open (path, O_RDONLY | O_CLOEXEC);
  char start[16];

  g_assert_cmpint (descriptor, >=, 0);
  g_assert_cmpint (read (descriptor, start, sizeof start), >, 0);
  close (descriptor);
}

/* Nor must a look into its files: a commit made after it would be in a log that no name leads to. */
static void
test_locks_outlive_a_look (void)
{
  static const char *const suffixes[] = { "", "-shm", "-wal" };
  g_autoptr (KafFixture) f = kaf_fixture_new ();
  Child writer, reader;
  guint64 inode;

  g_clear_pointer (&f->db, kaf_database_close);
  writer = make_child (commit_some, f->path, 1);
  reader = make_child (expect_persons, f->path, 3);
  kaf_fixture_reopen (f);
  g_assert_true (commit_person (f->db, "First"));
  inode = log_inode (f);
  for (guint i = 0; i < G_N_ELEMENTS (suffixes); i++)
    look_into (f, suffixes[i]);
  run_child (&writer);
  g_assert_cmpuint (log_inode (f), ==, inode);
  g_assert_true (commit_person (f->db, "Second"));
  g_assert_cmpint (count_persons (f->db), ==, 3);
  run_child (&reader);
  kaf_fixture_assert_whole (f);
}

static void
test_several_processes (void)
{
  g_autoptr (KafFixture) f = kaf_fixture_new ();
  Child children[3];

  g_clear_pointer (&f->db, kaf_database_close);
  for (guint i = 0; i < G_N_ELEMENTS (children); i++)
    children[i] = make_child (commit_some, f->path, 60);
  kaf_fixture_reopen (f);
  for (guint i = 0; i < G_N_ELEMENTS (children); i++)
    release_child (&children[i]);
  for (guint i = 0; i < 60; i++)
    g_assert_true (commit_person (f->db, "Parent"));
  for (guint i = 0; i < G_N_ELEMENTS (children); i++)
    join_child (&children[i]);
  g_assert_cmpint (count_persons (f->db), ==, 240);
  kaf_fixture_assert_whole (f);
}

/* The lanes behind the window */

typedef struct
{
  KafStore *store;
  GThread *main;
  guint n_own, n_foreign; /* "changed" with and without a receipt */
  GPtrArray *order;       /* of char*: ids as the commits came back */
  GAsyncResult *result;
  guint n_pending;
} Desk;

static void
on_changed (KafStore *store, KafReceipt *receipt, Desk *desk)
{
  g_assert_true (g_thread_self () == desk->main);
  if (receipt != NULL)
    desk->n_own++;
  else
    desk->n_foreign++;
}

static void
on_result (GObject *source, GAsyncResult *result, gpointer data)
{
  Desk *desk = data;

  g_set_object (&desk->result, result);
}

static void
on_committed (GObject *source, GAsyncResult *result, gpointer data)
{
  Desk *desk = data;
  g_autoptr (GError) error = NULL;
  g_autoptr (KafReceipt) receipt =
      kaf_store_commit_finish (KAF_STORE (source), result, NULL, &error);

  g_assert_no_error (error);
  g_ptr_array_add (desk->order, g_strdup (g_ptr_array_index (receipt->ids, 0)));
  desk->n_pending--;
}

static gboolean
wake (gpointer data)
{
  return G_SOURCE_CONTINUE;
}

/* Turns the main loop until @done says so, or @ms are over. */
#define turn_until(done, ms)                                                                       \
  G_STMT_START                                                                                     \
  {                                                                                                \
    gint64 turn_end = g_get_monotonic_time () + (gint64) (ms) *1000;                               \
    guint turn_source = g_timeout_add (20, wake, NULL);                                            \
    while (!(done) && g_get_monotonic_time () < turn_end)                                          \
      g_main_context_iteration (NULL, TRUE);                                                       \
    g_source_remove (turn_source);                                                                 \
  }                                                                                                \
  G_STMT_END

static void
desk_open (Desk *desk, KafFixture *f)
{
  g_autoptr (GError) error = NULL;

  g_clear_pointer (&f->db, kaf_database_close);
  desk->main = g_thread_self ();
  desk->order = g_ptr_array_new_with_free_func (g_free);
  kaf_store_open_async (f->path, KAF_OPEN_DEFAULT, NULL, NULL, on_result, desk);
  turn_until (desk->result != NULL, 10000);
  desk->store = kaf_store_open_finish (desk->result, &error);
  g_assert_no_error (error);
  g_clear_object (&desk->result);
  g_signal_connect (desk->store, "changed", G_CALLBACK (on_changed), desk);
}

static void
desk_close (Desk *desk)
{
  kaf_store_close (desk->store);
  turn_until (FALSE, 50);
  g_clear_object (&desk->result);
  g_assert_finalize_object (desk->store);
  g_clear_pointer (&desk->order, g_ptr_array_unref);
}
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Desk, desk_close)

static void
desk_commit (Desk *desk, const char *id)
{
  g_autoptr (KafChangeSet) set = kaf_change_set_new ("create");
  g_autoptr (KafRecord) person = kaf_record_new (kaf_registry_find ("person"), id);

  kaf_record_set (person, "family_name", "Desk");
  kaf_change_set_create (set, person);
  desk->n_pending++;
  kaf_store_commit_async (desk->store, set, NULL, on_committed, desk);
}

static void
test_commit_order (void)
{
  g_autoptr (KafFixture) f = kaf_fixture_new ();
  g_auto (Desk) desk = { 0 };

  desk_open (&desk, f);
  for (guint i = 0; i < 20; i++)
    {
      g_autofree char *id = g_strdup_printf ("00000000-0000-7000-8000-0000000000%02u", i);

      desk_commit (&desk, id);
    }
  turn_until (desk.n_pending == 0 && desk.n_own == 20, 20000);
  g_assert_cmpuint (desk.order->len, ==, 20);
  for (guint i = 0; i < 20; i++)
    {
      g_autofree char *id = g_strdup_printf ("00000000-0000-7000-8000-0000000000%02u", i);

      g_assert_cmpstr (g_ptr_array_index (desk.order, i), ==, id);
    }

  /* Its own commits are never told as another's. */
  turn_until (FALSE, 700);
  g_assert_cmpuint (desk.n_own, ==, 20);
  g_assert_cmpuint (desk.n_foreign, ==, 0);
}

static void
test_told_of_others (void)
{
  g_autoptr (KafFixture) f = kaf_fixture_new ();
  g_auto (Desk) desk = { 0 };
  Child child;

  g_clear_pointer (&f->db, kaf_database_close);
  child = make_child (commit_some, f->path, 2);
  desk_open (&desk, f);
  turn_until (FALSE, 400);
  run_child (&child);
  turn_until (desk.n_foreign > 0, 10000);
  g_assert_cmpuint (desk.n_foreign, >=, 1);
  g_assert_cmpuint (desk.n_own, ==, 0);
}

static gpointer
count_for_ever (KafDatabase *db, gpointer data, GCancellable *cancellable, GError **error)
{
  g_autoptr (KafStatement) statement = kaf_database_prepare (
      db,
      "WITH RECURSIVE c (x) AS (SELECT 1 UNION ALL SELECT x + 1 FROM c WHERE x < 100000000000)"
      " SELECT count (*) FROM c",
      error);

  if (statement != NULL)
    kaf_database_step (db, statement, error);
  return NULL;
}

static gpointer
count_now (KafDatabase *db, gpointer data, GCancellable *cancellable, GError **error)
{
  return GINT_TO_POINTER ((int) count_persons (db) + 1);
}

static gboolean
cancel (gpointer data)
{
  g_cancellable_cancel (data);
  return G_SOURCE_REMOVE;
}

static void
test_cancel (void)
{
  g_autoptr (KafFixture) f = kaf_fixture_new ();
  g_auto (Desk) desk = { 0 };
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  g_autoptr (GError) error = NULL;
  gpointer n;

  desk_open (&desk, f);
  kaf_store_run_async (desk.store, KAF_LANE_READ, count_for_ever, NULL, NULL, NULL, cancellable,
                       on_result, &desk);
  g_timeout_add (100, cancel, cancellable);
  turn_until (desk.result != NULL, 10000);
  g_assert_nonnull (desk.result);
  g_assert_null (kaf_store_run_finish (desk.store, desk.result, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);

  /* The lane goes on. */
  g_clear_error (&error);
  g_clear_object (&desk.result);
  kaf_store_run_async (desk.store, KAF_LANE_READ, count_now, NULL, NULL, NULL, NULL, on_result,
                       &desk);
  turn_until (desk.result != NULL, 10000);
  n = kaf_store_run_finish (desk.store, desk.result, &error);
  g_assert_no_error (error);
  g_assert_cmpint (GPOINTER_TO_INT (n), ==, 1);
}

static gpointer
import_slowly (KafDatabase *db, gpointer data, GCancellable *cancellable, GError **error)
{
  KafTransaction *tx = kaf_transaction_begin (db, "import", error);

  for (guint i = 0; tx != NULL && i < 50; i++)
    {
      g_autoptr (KafRecord) person = kaf_record_new (kaf_registry_find ("person"), NULL);

      kaf_record_set (person, "family_name", "Import");
      kaf_transaction_apply (tx, KAF_CHANGE_CREATE, person, NULL, NULL, NULL);
      g_usleep (20000);
    }
  g_atomic_int_set ((int *) data, 1);
  return tx != NULL ? kaf_transaction_commit (tx, error) : NULL;
}

/* A list answers while an import runs, and sees none of it. */
static void
test_read_beside_import (void)
{
  g_autoptr (KafFixture) f = kaf_fixture_new ();
  g_auto (Desk) desk = { 0 };
  Desk importer = { 0 };
  int ended = 0;
  g_autoptr (KafReceipt) receipt = NULL;

  desk_open (&desk, f);
  kaf_store_run_async (desk.store, KAF_LANE_WRITE, import_slowly, &ended, NULL,
                       (GDestroyNotify) kaf_receipt_unref, NULL, on_result, &importer);
  turn_until (FALSE, 200);
  kaf_store_run_async (desk.store, KAF_LANE_READ, count_now, NULL, NULL, NULL, NULL, on_result,
                       &desk);
  turn_until (desk.result != NULL, 10000);
  g_assert_cmpint (g_atomic_int_get (&ended), ==, 0);
  g_assert_cmpint (GPOINTER_TO_INT (kaf_store_run_finish (desk.store, desk.result, NULL)), ==, 1);
  turn_until (importer.result != NULL, 20000);
  receipt = kaf_store_run_finish (desk.store, importer.result, NULL);
  g_assert_nonnull (receipt);
  g_assert_cmpuint (receipt->n_records, ==, 50);
  g_clear_object (&importer.result);
}

/* The window's lanes and kafaatctl at work together. */
static void
test_desk_and_others (void)
{
  g_autoptr (KafFixture) f = kaf_fixture_new ();
  g_auto (Desk) desk = { 0 };
  Child children[2];

  g_clear_pointer (&f->db, kaf_database_close);
  for (guint i = 0; i < G_N_ELEMENTS (children); i++)
    children[i] = make_child (commit_some, f->path, 40);
  desk_open (&desk, f);
  for (guint i = 0; i < G_N_ELEMENTS (children); i++)
    release_child (&children[i]);
  for (guint i = 0; i < 40; i++)
    desk_commit (&desk, NULL);
  turn_until (desk.n_pending == 0, 60000);
  for (guint i = 0; i < G_N_ELEMENTS (children); i++)
    join_child (&children[i]);
  g_assert_cmpuint (desk.order->len, ==, 40);
  kaf_store_close (desk.store);
  kaf_fixture_reopen (f);
  g_assert_cmpint (count_persons (f->db), ==, 120);
  kaf_fixture_assert_whole (f);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/concurrency/locks-survive", test_locks_survive);
  g_test_add_func ("/concurrency/locks-outlive-a-look", test_locks_outlive_a_look);
  g_test_add_func ("/concurrency/several-processes", test_several_processes);
  g_test_add_func ("/concurrency/commit-order", test_commit_order);
  g_test_add_func ("/concurrency/told-of-others", test_told_of_others);
  g_test_add_func ("/concurrency/cancel", test_cancel);
  g_test_add_func ("/concurrency/read-beside-import", test_read_beside_import);
  g_test_add_func ("/concurrency/desk-and-others", test_desk_and_others);
  return g_test_run ();
}
