/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A disk that fails at every point of a series of commits: what was acknowledged is there, what
 * was refused is not, nothing stands half, and the error says what it was.
 *
 * Each commit creates a person and sets the city of an anchor, so that its two halves show. */
#include "config.h"

#include <glib/gstdio.h>
#include <sqlite3.h>
#include <stdlib.h>
#include <string.h>

#include "kaf-faulty-vfs.h"
#include "kaf-fixture.h"
#include "schema/kaf-registry.h"
#include "store/kaf-check.h"
#include "store/kaf-database-private.h"

#define N_COMMITS 6

typedef struct
{
  KafFixture *fixture; /* closed: the store that each round starts from */
  char *path;
  char *anchor;
  gint64 n_base;
  KafDatabase *db;
  guint n_acked;
  int last_acked;   /* number of the last commit acknowledged, or -1 */
  int last_refused; /* of the last one refused when none came after it, or -1 */
} Rig;

static KafDatabase *
open_store (Rig *rig, const char *vfs, GError **error)
{
  KafEnvironment environment = { rig->fixture->clock, rig->fixture->random, "tester", vfs, NULL };

  return kaf_database_open (rig->path, KAF_OPEN_DEFAULT, &environment, error);
}

static Rig *
rig_new (void)
{
  Rig *rig = g_new0 (Rig, 1);

  kaf_faulty_vfs_register ();
  rig->fixture = kaf_fixture_new ();
  rig->path = g_build_filename (rig->fixture->folder, "round.db", NULL);
  rig->anchor = kaf_fixture_create (rig->fixture, "person", NULL, "family_name", "Anchor", NULL);
  rig->n_base = kaf_page_total (rig->fixture->db, kaf_registry_find ("person"));
  g_clear_pointer (&rig->fixture->db, kaf_database_close);
  return rig;
}

static void
rig_free (Rig *rig)
{
  static const KafFaultPlan none = { .room = -1 };

  kaf_faulty_vfs_arm (&none);
  g_clear_pointer (&rig->db, kaf_database_close);
  kaf_fixture_free (rig->fixture);
  g_free (rig->path);
  g_free (rig->anchor);
  g_free (rig);
}
G_DEFINE_AUTOPTR_CLEANUP_FUNC (Rig, rig_free)

/* A fresh copy of the store, opened over the faulty disk, which is armed then. */
static void
begin_round (Rig *rig, const KafFaultPlan *plan)
{
  static const char *const suffixes[] = { "", "-wal", "-shm", "-journal" };
  static const KafFaultPlan none = { .room = -1 };
  g_autoptr (GError) error = NULL;
  g_autofree char *data = NULL;
  gsize size;

  for (guint i = 0; i < G_N_ELEMENTS (suffixes); i++)
    {
      g_autofree char *path = g_strconcat (rig->path, suffixes[i], NULL);

      g_unlink (path);
    }
  g_assert_true (g_file_get_contents (rig->fixture->path, &data, &size, NULL));
  g_file_set_contents_full (rig->path, data, size, G_FILE_SET_CONTENTS_NONE, 0600, &error);
  g_assert_no_error (error);

  kaf_faulty_vfs_arm (&none);
  rig->db = open_store (rig, KAF_FAULTY_VFS, &error);
  g_assert_no_error (error);
  /* Checkpoints often: they write to the file itself. */
  g_assert_true (kaf_database_exec (rig->db, "PRAGMA wal_autocheckpoint = 30", NULL));
  rig->n_acked = 0;
  rig->last_acked = rig->last_refused = -1;
  kaf_faulty_vfs_arm (plan);
}

static gboolean
commit_one (Rig *rig, int number, GError **error)
{
  g_autoptr (KafChangeSet) set = kaf_change_set_new ("edit");
  g_autoptr (KafRecord) person = kaf_record_new (kaf_registry_find ("person"), NULL);
  g_autoptr (KafRecord) anchor = kaf_record_new (kaf_registry_find ("person"), rig->anchor);
  g_autofree char *name = g_strdup_printf ("Fault%c", 'a' + number);
  g_autofree char *city = g_strdup_printf ("City%d", number);
  g_autoptr (KafReceipt) receipt = NULL;

  kaf_record_set (person, "family_name", name);
  kaf_record_set (anchor, "city", city);
  kaf_change_set_create (set, person);
  kaf_change_set_update (set, anchor);
  receipt = kaf_commit (rig->db, set, NULL, NULL, error);
  if (receipt == NULL)
    {
      rig->last_refused = number;
      return FALSE;
    }
  rig->n_acked++;
  rig->last_acked = number;
  rig->last_refused = -1;
  return TRUE;
}

/* City of the anchor as a number; -1: none yet. */
static int
read_city (Rig *rig)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (KafRecord) anchor =
      kaf_read_record (rig->db, kaf_registry_find ("person"), rig->anchor, &error);
  const char *city;

  g_assert_no_error (error);
  city = kaf_record_get (anchor, "city");
  return city != NULL ? atoi (city + strlen ("City")) : -1;
}

/* All that was acknowledged is there and, unless @maybe_more, nothing else is: of the last one
 * refused before the cut, both halves may be. */
static void
assert_state (Rig *rig, gboolean maybe_more)
{
  gint64 n = kaf_page_total (rig->db, kaf_registry_find ("person")) - rig->n_base;

  if (maybe_more && rig->last_refused >= 0 && n == rig->n_acked + 1)
    {
      g_assert_cmpint (read_city (rig), ==, rig->last_refused);
      return;
    }
  g_assert_cmpint (n, ==, rig->n_acked);
  g_assert_cmpint (read_city (rig), ==, rig->last_acked);
}

/* The store over a disk that works again. */
static void
end_round (Rig *rig)
{
  static const KafFaultPlan none = { .room = -1 };
  g_autoptr (GPtrArray) findings = NULL;
  g_autoptr (GError) error = NULL;
  gint64 n;

  g_clear_pointer (&rig->db, kaf_database_close);
  kaf_faulty_vfs_arm (&none);
  rig->db = open_store (rig, NULL, &error);
  g_assert_no_error (error);
  findings = kaf_check (rig->db, NULL, &error);
  g_assert_no_error (error);
  for (guint i = 0; i < findings->len; i++)
    g_test_message ("%s", (char *) g_ptr_array_index (findings, i));
  g_assert_cmpuint (findings->len, ==, 0);
  assert_state (rig, TRUE);

  n = kaf_page_total (rig->db, kaf_registry_find ("person"));
  g_assert_true (commit_one (rig, N_COMMITS, &error));
  g_assert_cmpint (kaf_page_total (rig->db, kaf_registry_find ("person")), ==, n + 1);
  g_clear_pointer (&rig->db, kaf_database_close);
}

/* How many operations of a kind a whole series takes. */
static guint64
count_operations (Rig *rig, KafFaultOps ops)
{
  const KafFaultPlan plan = { .ops = ops, .room = -1 };

  begin_round (rig, &plan);
  for (int i = 0; i < N_COMMITS; i++)
    g_assert_true (commit_one (rig, i, NULL));
  g_assert_cmpuint (kaf_faulty_vfs_get_count (), >, 0);
  return kaf_faulty_vfs_get_count ();
}

/* A series with the fault at each point, or at about @n_points of them. */
static void
run_points (Rig *rig, KafFaultPlan plan, guint n_points, KafStoreError expected)
{
  guint64 n = count_operations (rig, plan.ops);
  guint64 step = MAX (1, n / n_points);
  guint n_refused = 0;

  end_round (rig);
  for (plan.at = 1; plan.at <= n; plan.at += step)
    {
      g_test_message ("operation %" G_GUINT64_FORMAT " of %" G_GUINT64_FORMAT, plan.at, n);
      begin_round (rig, &plan);
      for (int i = 0; i < N_COMMITS; i++)
        {
          g_autoptr (GError) error = NULL;

          if (commit_one (rig, i, &error))
            continue;
          n_refused++;
          g_assert_error (error, KAF_STORE_ERROR, (int) expected);
          if (!plan.lasting)
            assert_state (rig, FALSE);
        }
      g_assert_true (kaf_faulty_vfs_has_struck ());
      end_round (rig);
    }
  g_assert_cmpuint (n_refused, >, 0);
}

static void
test_write_errors (void)
{
  g_autoptr (Rig) rig = rig_new ();
  KafFaultPlan plan = { .ops = KAF_FAULT_WRITE, .room = -1 };

  run_points (rig, plan, 20, KAF_STORE_ERROR_IO);
  plan.lasting = TRUE;
  run_points (rig, plan, 6, KAF_STORE_ERROR_IO);
}

static void
test_torn_writes (void)
{
  g_autoptr (Rig) rig = rig_new ();
  KafFaultPlan plan = { .ops = KAF_FAULT_WRITE, .torn = TRUE, .room = -1 };

  run_points (rig, plan, 20, KAF_STORE_ERROR_IO);
}

static void
test_sync_errors (void)
{
  g_autoptr (Rig) rig = rig_new ();
  KafFaultPlan plan = { .ops = KAF_FAULT_SYNC, .room = -1 };

  run_points (rig, plan, 20, KAF_STORE_ERROR_IO);
  plan.lasting = TRUE;
  run_points (rig, plan, 6, KAF_STORE_ERROR_IO);
}

static void
test_read_errors (void)
{
  g_autoptr (Rig) rig = rig_new ();
  KafFaultPlan plan = { .ops = KAF_FAULT_READ, .room = -1 };

  run_points (rig, plan, 30, KAF_STORE_ERROR_IO);
}

static void
test_full_at_each_write (void)
{
  g_autoptr (Rig) rig = rig_new ();
  KafFaultPlan plan = { .ops = KAF_FAULT_WRITE, .code = SQLITE_FULL, .room = -1 };

  run_points (rig, plan, 20, KAF_STORE_ERROR_FULL);
}

/* Reads go on while the disk is full; once there is room again the same session commits. */
static void
test_full_and_room_again (void)
{
  g_autoptr (Rig) rig = rig_new ();

  for (gint64 room = 0; room < 400000; room += 40000)
    {
      const KafFaultPlan plan = { .room = room };
      int number = 0;
      g_autoptr (GError) error = NULL;

      begin_round (rig, &plan);
      while (number < 200 && commit_one (rig, number, &error))
        number++;
      g_assert_error (error, KAF_STORE_ERROR, KAF_STORE_ERROR_FULL);
      assert_state (rig, FALSE);
      g_clear_error (&error);
      g_assert_false (commit_one (rig, number, &error));
      g_assert_error (error, KAF_STORE_ERROR, KAF_STORE_ERROR_FULL);
      assert_state (rig, FALSE);

      kaf_faulty_vfs_get_plan ()->room = -1;
      g_clear_error (&error);
      commit_one (rig, number, &error);
      g_assert_no_error (error);
      assert_state (rig, FALSE);
      end_round (rig);
    }
}

static void
test_power_cuts (void)
{
  g_autoptr (Rig) rig = rig_new ();
  KafFaultPlan plan = { .ops = KAF_FAULT_WRITE | KAF_FAULT_SYNC | KAF_FAULT_TRUNCATE,
                        .torn = TRUE,
                        .power = TRUE,
                        .room = -1 };
  guint64 n = count_operations (rig, plan.ops);
  guint64 step = MAX (1, n / 50);

  end_round (rig);
  for (plan.at = 1; plan.at <= n; plan.at += step)
    {
      int number = 0;

      g_test_message ("operation %" G_GUINT64_FORMAT " of %" G_GUINT64_FORMAT, plan.at, n);
      begin_round (rig, &plan);
      while (number < N_COMMITS && !kaf_faulty_vfs_has_struck ())
        commit_one (rig, number++, NULL);
      g_clear_pointer (&rig->db, kaf_database_close);
      kaf_faulty_vfs_lose_unsynced (plan.at);
      end_round (rig);
    }
}

/* A fault while a store is opened, or made, says so and leaves what opens well later. */
static void
run_openings (Rig *rig, gboolean create)
{
  KafEnvironment environment = { rig->fixture->clock, rig->fixture->random, "tester",
                                 KAF_FAULTY_VFS, NULL };
  KafOpenFlags flags = create ? KAF_OPEN_CREATE : KAF_OPEN_DEFAULT;
  KafFaultPlan plan = { .ops = KAF_FAULT_OPEN | KAF_FAULT_READ | KAF_FAULT_WRITE | KAF_FAULT_SYNC,
                        .room = -1 };
  guint64 n = 1;

  for (plan.at = 1; plan.at <= n; plan.at += MAX (1, n / 20))
    {
      g_autoptr (KafDatabase) db = NULL;
      g_autoptr (GPtrArray) findings = NULL;
      g_autoptr (GError) error = NULL;

      begin_round (rig, &(KafFaultPlan){ .room = -1 });
      g_clear_pointer (&rig->db, kaf_database_close);
      if (create)
        g_unlink (rig->path);
      if (n == 1)
        {
          kaf_faulty_vfs_arm (&(KafFaultPlan){ .ops = plan.ops, .room = -1 });
          db = kaf_database_open (rig->path, flags, &environment, &error);
          g_assert_no_error (error);
          n = kaf_faulty_vfs_get_count ();
          continue;
        }
      kaf_faulty_vfs_arm (&plan);
      db = kaf_database_open (rig->path, flags, &environment, &error);
      if (db == NULL)
        g_assert_error (error, KAF_STORE_ERROR, KAF_STORE_ERROR_IO);
      g_clear_error (&error);
      g_clear_pointer (&db, kaf_database_close);

      environment.vfs = NULL;
      db = kaf_database_open (rig->path, flags, &environment, &error);
      environment.vfs = KAF_FAULTY_VFS;
      g_assert_no_error (error);
      findings = kaf_check (db, NULL, &error);
      g_assert_no_error (error);
      g_assert_cmpuint (findings->len, ==, 0);
    }
  g_assert_cmpuint (n, >, 5);
}

static void
test_open (void)
{
  g_autoptr (Rig) rig = rig_new ();

  run_openings (rig, FALSE);
}

static void
test_create (void)
{
  g_autoptr (Rig) rig = rig_new ();

  run_openings (rig, TRUE);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/faults/write", test_write_errors);
  g_test_add_func ("/faults/torn-write", test_torn_writes);
  g_test_add_func ("/faults/sync", test_sync_errors);
  g_test_add_func ("/faults/read", test_read_errors);
  g_test_add_func ("/faults/full", test_full_at_each_write);
  g_test_add_func ("/faults/room-again", test_full_and_room_again);
  g_test_add_func ("/faults/power", test_power_cuts);
  g_test_add_func ("/faults/open", test_open);
  g_test_add_func ("/faults/create", test_create);
  return g_test_run ();
}
