/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A device that no longer hears of its hub: what the hub has confirmed goes, to the last byte, what is still
 * to be sent stays, and the next exchange brings all of it back. */
#include "config.h"

#include <glib/gstdio.h>
#include <string.h>
#include <utime.h>

#include "kaf-fixture.h"
#include "schema/kaf-registry.h"
#include "server/kaf-hub.h"
#include "store/kaf-adopt.h"
#include "store/kaf-drafts.h"
#include "store/kaf-inbox.h"
#include "store/kaf-lease-check.h"
#include "store/kaf-outbox.h"
#include "store/kaf-sync-state.h"
#include "sync/kaf-exchange.h"

#define DAY KAF_LEASE_DAY

typedef struct
{
  char *folder;
  KafClock *clock;
  KafRandom *random;
  KafHub *hub;
  KafFixture *f;
  char boot[KAF_LEASE_BOOT_SIZE];
  KafLeaseMoment now;
} World;

static World *
world_new (void)
{
  World *self = g_new0 (World, 1);
  g_autofree char *path = NULL;
  g_autoptr (GError) error = NULL;

  self->folder = g_dir_make_tmp ("kafaat-hub-XXXXXX", NULL);
  path = g_build_filename (self->folder, "hub.db", NULL);
  self->random = kaf_random_new_seeded (7);
  self->f = kaf_fixture_new_seeded (1);
  self->clock = kaf_clock_new_manual (kaf_clock_now (self->f->clock));
  self->hub = kaf_hub_open (path, TRUE, self->clock, self->random, &error);
  g_assert_no_error (error);
  kaf_sync_enroll (self->f->db, "https://hub.example", "amina", "manager",
                   kaf_sync_get_device (self->f->db), &error);
  g_assert_no_error (error);
  return self;
}

static void
world_free (World *self)
{
  kaf_hub_close (self->hub);
  kaf_fixture_free (self->f);
  kaf_clock_unref (self->clock);
  kaf_random_unref (self->random);
  kaf_fixture_remove_folder (self->folder);
  g_free (self->folder);
  g_free (self);
}
G_DEFINE_AUTOPTR_CLEANUP_FUNC (World, world_free)

static void
sync_store (World *self)
{
  KafInboxResult result;

  do
    {
      g_auto (KafSyncState) state = { 0 };
      g_autoptr (GString) body = g_string_new (NULL);
      g_autoptr (GString) answer = g_string_new (NULL);
      g_autoptr (KafReceipt) receipt = NULL;
      g_autoptr (GError) error = NULL;
      KafHello hello;
      KafHubSession session = { kaf_sync_get_device (self->f->db), "amina",
                                kaf_role_find ("manager"), "national" };

      g_assert_true (kaf_sync_state_read (self->f->db, &state, &error));
      hello = kaf_sync_state_greet (&state, kaf_clock_now (self->f->clock) / 1000);
      kaf_hello_print (&hello, body);
      g_assert_true (kaf_outbox_print (self->f->db, 1024 * 1024, body, &error));
      kaf_hub_exchange (self->hub, &session, body->str, body->len, answer, &error);
      g_assert_no_error (error);
      kaf_inbox_take (self->f->db, answer->str, answer->len, &result, &receipt, &error);
      g_assert_no_error (error);
      g_assert_cmpuint (result.n_rejected, ==, 0);
    }
  while (result.more || result.n_acked > 0);
  kaf_lease_get_moment (self->f->db, &self->now, self->boot);
}

/* The machine runs on, and its clock is right. */
static void
run (World *self, gint64 time)
{
  self->now.ran += time;
  self->now.wall += time;
  kaf_clock_advance (self->f->clock, time);
  kaf_clock_advance (self->clock, time);
}

/* How many persons went. */
static guint
check (World *self, KafLeaseState expected)
{
  KafLeaseReport report, read;
  g_autoptr (GError) error = NULL;
  guint n;

  kaf_lease_read (self->f->db, &self->now, &read);
  kaf_lease_check (self->f->db, &self->now, &report, &n, &error);
  g_assert_no_error (error);
  g_assert_cmpint (report.state, ==, expected);
  g_assert_cmpint (read.state, ==, expected);
  return n;
}

static gboolean
is_there (World *self, const char *entity, const char *id)
{
  return kaf_read_exists (self->f->db, kaf_registry_find (entity), id);
}

static char *
add_person (World *self, const char *name)
{
  return kaf_fixture_create (self->f, "person", NULL, "family_name", name, "city", "Fès", NULL);
}

/* In any file of the store's folder. */
static gboolean
any_file_holds (World *self, const char *needle)
{
  g_autoptr (GDir) dir = g_dir_open (self->f->folder, 0, NULL);
  gboolean found = FALSE;
  const char *name;

  while ((name = g_dir_read_name (dir)) != NULL)
    {
      g_autofree char *path = g_build_filename (self->f->folder, name, NULL);
      g_autofree char *data = NULL;
      gsize size;

      if (g_file_get_contents (path, &data, &size, NULL))
        found |= memmem (data, size, needle, strlen (needle)) != NULL;
    }
  return found;
}

static void
assert_gone (World *self)
{
  static const char *const needles[] = {
    "Canaryo",      "CANARYO",     "canaryo", "Canaryville", "canary@example.org",
    "Infirmcanary", "infirmcanary"
  };

  for (guint i = 0; i < G_N_ELEMENTS (needles); i++)
    if (any_file_holds (self, needles[i]))
      g_error ("“%s” is still in a file", needles[i]);
}

static void
test_removed (void)
{
  g_autoptr (World) w = world_new ();
  g_autofree char *id = kaf_fixture_create (w->f, "person", NULL, "family_name", "Canaryo", "city",
                                            "Canaryville", "emails", "canary@example.org", NULL);
  g_autofree char *facet =
      kaf_fixture_create (w->f, "expert", id, "headline_fr", "Infirmcanary", NULL);
  g_autofree char *call =
      kaf_fixture_create (w->f, "contact", NULL, "person", id, "held_on", "2026-11-20", "channel",
                          "call", "subject", "Canaryo appelle", NULL);
  g_autofree char *edited = add_person (w, "Edite");
  g_autofree char *drafted = add_person (w, "Brouillon");
  g_autofree char *member = add_person (w, "Membre");
  g_autofree char *members = g_strdup_printf ("{\"-members\":\"%s\\n%s\"}", drafted, member);
  g_autofree char *called = add_person (w, "Appele");
  g_autofree char *made = NULL;
  g_autofree char *back = NULL;
  g_autofree char *own = NULL;
  g_autofree char *unsent = NULL;
  g_autoptr (KafReceipt) receipt = NULL;
  g_autoptr (KafReceipt) twice = NULL;
  g_autoptr (KafDraft) draft = NULL;

  sync_store (w);
  twice = kaf_fixture_update (w->f, "person", id, "city", "Canaryville-2", NULL);
  sync_store (w);
  receipt = kaf_fixture_update (w->f, "person", edited, "city", "Rabat", NULL);
  g_assert_true (kaf_draft_save (w->f->db, kaf_registry_find ("person"), drafted,
                                 "{\"city\":\"Salé\"}", NULL));
  g_assert_true (kaf_draft_save (w->f->db, kaf_registry_find ("network"), "new", members, NULL));
  unsent = kaf_fixture_create (w->f, "contact", NULL, "person", called, "held_on", "2026-11-21",
                               "channel", "call", "subject", "Rappel", NULL);
  made = add_person (w, "Nouveau");
  g_assert_true (any_file_holds (w, "Canaryo"));

  run (w, 7 * DAY - G_USEC_PER_SEC * 60);
  g_assert_cmpuint (check (w, KAF_LEASE_RUNS), ==, 0);
  run (w, G_USEC_PER_SEC * 60);
  g_assert_cmpuint (check (w, KAF_LEASE_ENDS_SOON), ==, 0);
  g_assert_true (is_there (w, "person", id));
  run (w, 3 * DAY);
  g_assert_cmpuint (check (w, KAF_LEASE_ENDED), ==, 1);

  g_assert_false (is_there (w, "person", id));
  g_assert_false (is_there (w, "contact", call));
  assert_gone (w);
  g_assert_true (is_there (w, "person", edited));
  g_assert_true (is_there (w, "person", drafted));
  g_assert_true (is_there (w, "person", member));
  g_assert_true (is_there (w, "person", called));
  g_assert_true (is_there (w, "contact", unsent));
  g_assert_true (is_there (w, "person", made));
  kaf_fixture_assert_whole (w->f);
  /* Once is enough. */
  g_assert_cmpuint (check (w, KAF_LEASE_ENDED), ==, 0);
  draft = kaf_draft_load (w->f->db, kaf_registry_find ("person"), drafted);
  g_assert_nonnull (draft);

  sync_store (w);
  g_assert_cmpuint (check (w, KAF_LEASE_RUNS), ==, 0);
  back = kaf_fixture_get (w->f, "person", id, "city");
  g_assert_cmpstr (back, ==, "Canaryville-2");
  own = kaf_fixture_get (w->f, "expert", id, "headline_fr");
  g_assert_cmpstr (own, ==, "Infirmcanary");
  g_assert_true (is_there (w, "contact", call));
  kaf_fixture_assert_whole (w->f);
}

#define N_MANY 700

static void
add_many (World *w)
{
  g_autoptr (KafChangeSet) set = kaf_change_set_new ("create");
  g_autoptr (KafReceipt) receipt = NULL;

  for (guint i = 0; i < N_MANY; i++)
    {
      g_autoptr (KafRecord) record = kaf_record_new (kaf_registry_find ("person"), NULL);

      kaf_record_set (record, "family_name", "Canaryo");
      kaf_change_set_create (set, record);
    }
  receipt = kaf_commit (w->f->db, set, NULL, NULL, NULL);
  g_assert_nonnull (receipt);
}

/* The hub shuts the device out: many go, some at a time, and what is typed in between is written. The device is let
 * in again, and all comes back. */
static void
test_revoked (void)
{
  g_autoptr (World) w = world_new ();
  g_autofree char *edited = add_person (w, "Edite");
  g_autofree char *meanwhile = NULL;
  g_autoptr (KafReceipt) receipt = NULL;
  KafLeaseReport report;
  guint n, sum = 0, calls = 0;

  add_many (w);
  sync_store (w);
  receipt = kaf_fixture_update (w->f, "person", edited, "city", "Rabat", NULL);
  g_assert_cmpuint (check (w, KAF_LEASE_RUNS), ==, 0);
  g_assert_true (kaf_lease_revoke (w->f->db, NULL));
  kaf_lease_read (w->f->db, &w->now, &report);
  g_assert_true (report.revoked && !report.removed);

  do
    {
      g_assert_true (kaf_lease_check (w->f->db, &w->now, &report, &n, NULL));
      g_assert_cmpuint (n, <, N_MANY / 2);
      sum += n;
      if (calls++ == 0)
        meanwhile = add_person (w, "Nouveau");
    }
  while (report.more);
  g_assert_cmpuint (calls, >, 2);
  g_assert_cmpuint (sum, ==, N_MANY);
  g_assert_true (report.revoked && report.removed);
  assert_gone (w);
  g_assert_true (is_there (w, "person", edited));
  g_assert_true (is_there (w, "person", meanwhile));
  kaf_fixture_assert_whole (w->f);
  g_assert_cmpuint (check (w, KAF_LEASE_ENDED), ==, 0);

  sync_store (w);
  g_assert_cmpuint (check (w, KAF_LEASE_RUNS), ==, 0);
  kaf_lease_read (w->f->db, &w->now, &report);
  g_assert_false (report.revoked || report.removed);
  g_assert_true (any_file_holds (w, "Canaryo"));
  kaf_fixture_assert_whole (w->f);
}

/* What came of a first exchange that broke off, @days ago by the device's clock. (transfer full): its path. */
static char *
leave_part (World *w, guint days)
{
  char *path = g_strconcat (w->f->path, KAF_ADOPT_PART, NULL);
  struct utimbuf times = { 0 };

  times.actime = times.modtime = w->now.wall / G_USEC_PER_SEC - (gint64) days * 86400;
  g_assert_true (g_file_set_contents (path, "Canaryo", -1, NULL));
  g_assert_cmpint (g_utime (path, &times), ==, 0);
  return path;
}

/* A store that never got all of its first exchange has no lease, and yet persons beside it. */
static void
test_broken_off (void)
{
  g_autoptr (World) w = world_new ();
  g_autofree char *part = NULL;

  kaf_lease_get_moment (w->f->db, &w->now, w->boot);
  part = leave_part (w, 9);
  check (w, KAF_LEASE_RUNS);
  g_assert_true (g_file_test (part, G_FILE_TEST_EXISTS));
  g_free (part);
  part = leave_part (w, 10);
  check (w, KAF_LEASE_RUNS);
  g_assert_false (g_file_test (part, G_FILE_TEST_EXISTS));
  g_free (part);
  part = leave_part (w, 0);
  g_assert_true (kaf_lease_revoke (w->f->db, NULL));
  check (w, KAF_LEASE_ENDED);
  g_assert_false (g_file_test (part, G_FILE_TEST_EXISTS));
}

/* Whoever is cut short goes on where it was. */
static void
test_cut_short (void)
{
  g_autoptr (World) w = world_new ();
  KafLeaseReport report;
  guint n;

  add_many (w);
  sync_store (w);
  g_assert_true (kaf_lease_revoke (w->f->db, NULL));
  g_assert_true (kaf_lease_check (w->f->db, &w->now, &report, &n, NULL));
  g_assert_true (report.more);
  kaf_fixture_reopen (w->f);
  while (report.more)
    g_assert_true (kaf_lease_check (w->f->db, &w->now, &report, &n, NULL));
  assert_gone (w);
  kaf_fixture_assert_whole (w->f);
}

/* The clock jumps and nothing explains it: told, and nothing goes. */
static void
test_doubtful (void)
{
  g_autoptr (World) w = world_new ();
  g_autofree char *id = add_person (w, "Alami");

  sync_store (w);
  w->now.wall += 3650 * DAY;
  g_assert_cmpuint (check (w, KAF_LEASE_DOUBTFUL), ==, 0);
  w->now.boot = "another start";
  w->now.ran = DAY / 24;
  g_assert_cmpuint (check (w, KAF_LEASE_DOUBTFUL), ==, 0);
  w->now.wall -= 7300 * DAY;
  g_assert_cmpuint (check (w, KAF_LEASE_DOUBTFUL), ==, 0);
  g_assert_true (is_there (w, "person", id));
  kaf_fixture_assert_whole (w->f);
}

/* µs since 1970 UTC of the last exchange, as the store has it. */
static gint64
get_synced (World *w)
{
  g_auto (KafSyncState) state = { 0 };

  g_assert_true (kaf_sync_state_read (w->f->db, &state, NULL));
  return state.synced_at;
}

/* An exchange under a clock that is ahead, which is then put right: the next one stands, though it lies before. */
static void
test_put_right (void)
{
  g_autoptr (World) w = world_new ();
  g_autofree char *id = add_person (w, "Alami");
  gint64 right = kaf_clock_now (w->f->clock);

  kaf_clock_set (w->f->clock, right + 20 * DAY);
  sync_store (w);
  g_assert_cmpint (get_synced (w), ==, right + 20 * DAY);
  kaf_clock_set (w->f->clock, right);
  w->now.wall = right;
  g_assert_cmpuint (check (w, KAF_LEASE_DOUBTFUL), ==, 0);

  sync_store (w);
  kaf_fixture_reopen (w->f);
  g_assert_cmpint (get_synced (w), ==, right);
  g_assert_cmpuint (check (w, KAF_LEASE_RUNS), ==, 0);
  g_assert_true (is_there (w, "person", id));
}

static void
test_settings (void)
{
  g_autoptr (World) w = world_new ();
  g_autofree char *id = add_person (w, "Alami");
  g_autofree char *warn = kaf_fixture_create (w->f, "setting", NULL, "key", "lease.warn-days",
                                              "valid_from", "2020-01-01", "value", "2", NULL);
  g_autofree char *end = kaf_fixture_create (w->f, "setting", NULL, "key", "lease.days",
                                             "valid_from", "2020-01-01", "value", "3", NULL);

  sync_store (w);
  run (w, 2 * DAY);
  g_assert_cmpuint (check (w, KAF_LEASE_ENDS_SOON), ==, 0);
  run (w, DAY);
  g_assert_cmpuint (check (w, KAF_LEASE_ENDED), ==, 1);
}

/* A store that belongs to no hub answers for itself. */
static void
test_alone (void)
{
  g_autoptr (World) w = world_new ();
  g_autoptr (KafFixture) alone = kaf_fixture_new_seeded (3);
  g_autofree char *id = kaf_fixture_create (alone, "person", NULL, "family_name", "Alami", NULL);
  char boot[KAF_LEASE_BOOT_SIZE];
  KafLeaseMoment now;
  KafLeaseReport report;
  guint n;

  kaf_lease_get_moment (alone->db, &now, boot);
  now.ran += 400 * DAY;
  now.wall += 400 * DAY;
  g_assert_true (kaf_lease_check (alone->db, &now, &report, &n, NULL));
  g_assert_cmpint (report.state, ==, KAF_LEASE_RUNS);
  g_assert_cmpuint (n, ==, 0);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/lease/removed", test_removed);
  g_test_add_func ("/lease/revoked", test_revoked);
  g_test_add_func ("/lease/broken-off", test_broken_off);
  g_test_add_func ("/lease/cut-short", test_cut_short);
  g_test_add_func ("/lease/doubtful", test_doubtful);
  g_test_add_func ("/lease/put-right", test_put_right);
  g_test_add_func ("/lease/settings", test_settings);
  g_test_add_func ("/lease/alone", test_alone);
  return g_test_run ();
}
