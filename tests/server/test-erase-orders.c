/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Orders to erase, through the request handler of the real server: what they take, what is kept, who has confirmed. */
#include "config.h"

#include <glib/gstdio.h>
#include <sodium.h>
#include <string.h>

#include "kaf-endpoint-world.h"
#include "schema/kaf-registry.h"
#include "store/kaf-sync-state.h"

#define HERE "country:CH"

/* The order of a data-protection officer reaches every device. */
static void
test_erase_order (void)
{
  g_autoptr (World) world = world_new ();
  g_autofree char *token = world_enroll (world, "salwa", "protection-officer", "national", 77);
  g_autofree char *body =
      g_strdup_printf ("{\"id\":\"%s\",\"reason\":\"demande du 20 novembre\"}", world->persons[0]);
  g_autoptr (KafRequest) request = world_ask (world, "/v1/erase-orders", token, body, -1);
  g_autoptr (KafRequest) again = world_ask (world, "/v1/erase-orders", token, body, -1);

  g_assert_cmpuint (request->status, ==, 200);
  /* Her mandate is kept, without her. */
  g_assert_cmpstr (request->answer->str, ==, "{\"erased\":7}\n");
  /* Once more is no mistake: there is nothing left to do. */
  g_assert_cmpuint (again->status, ==, 200);
  g_assert_cmpstr (again->answer->str, ==, "{\"erased\":0}\n");
  g_assert_true (
      kaf_read_exists (world->store->db, kaf_registry_find ("person"), world->persons[0]));
  world_sync (world);
  g_assert_false (
      kaf_read_exists (world->store->db, kaf_registry_find ("person"), world->persons[0]));
  g_assert_true (
      kaf_read_exists (world->store->db, kaf_registry_find ("person"), world->persons[1]));
}

static char *
read_erasures (World *world, const char *token)
{
  g_autoptr (KafRequest) request = world_ask (world, "/v1/erasures", token, "", -1);

  g_assert_cmpuint (request->status, ==, 200);
  return g_strdup (request->answer->str);
}

/* What an order took, what is kept of it, and which device has confirmed it. */
static void
test_receipts (void)
{
  g_autoptr (World) world = world_new ();
  g_autofree char *token = world_enroll (world, "salwa", "protection-officer", "national", 77);
  g_autofree char *order = g_strdup_printf (
      "{\"id\":\"%s\",\"reason\":\"sa demande du 20 novembre\"}", world->persons[0]);
  g_autofree char *looks = g_strdup_printf ("{\"id\":\"%s\",\"look\":true}", world->persons[0]);
  g_autofree char *own = g_strdup_printf ("{\"device\":\"%016" G_GINT64_MODIFIER "x\"",
                                          kaf_sync_get_device (world->store->db));
  g_autofree char *number =
      g_strdup_printf ("\"entity\":\"person\",\"id\":\"%s\",\"n\":7,", world->persons[0]);
  g_autoptr (KafRequest) foreseen = world_ask (world, "/v1/erase-orders", token, looks, -1);
  g_autofree char *none = read_erasures (world, token);
  g_autoptr (KafRequest) request = world_ask (world, "/v1/erase-orders", token, order, -1);
  g_autofree char *before = read_erasures (world, token);
  g_autofree char *after = NULL;

  g_assert_nonnull (strstr (foreseen->answer->str, "\"as\":\"expert\",\"n\":7,"));
  g_assert_nonnull (strstr (foreseen->answer->str, "{\"kept\":\"mandate\""));
  g_assert_null (strstr (none, "\"erasure\""));
  g_assert_cmpuint (request->status, ==, 200);
  g_assert_nonnull (strstr (before, "\"by\":\"salwa\""));
  g_assert_nonnull (strstr (before, number));
  g_assert_nonnull (strstr (before, "{\"kept\":\"mandate\""));
  g_assert_null (strstr (before, "sa demande"));
  g_assert_nonnull (strstr (strstr (before, own), "\"erased\":0,\"receipts\":[]}"));
  world_sync (world);
  after = read_erasures (world, token);
  g_assert_nonnull (strstr (strstr (after, own), "\"erased\":7,\"receipts\":[[7,"));
  /* A device that only enrolled has said nothing. */
  g_assert_nonnull (strstr (after, "\"user\":\"salwa\""));
  g_assert_nonnull (strstr (strstr (after, "\"user\":\"salwa\""), "\"receipts\":[]}"));
}

/* What a restored backup did not know to be erased is erased again, and listed so; and what was ordered at the server. */
static void
test_restored (void)
{
  g_autoptr (World) world = world_new ();
  g_autofree char *token = world_enroll (world, "salwa", "protection-officer", "national", 77);
  g_autofree char *hub = g_build_filename (world->dir, "hub.db", NULL);
  g_autofree char *backup = g_build_filename (world->dir, "backup.db", NULL);
  g_autofree char *before = NULL, *after = NULL;
  g_autoptr (GError) error = NULL;
  guint n;

  g_assert_true (kaf_hub_back_up (world->service->hub, backup, &error));
  g_assert_true (kaf_service_erase (world->service, world->persons[0], &n, NULL, &error));
  before = read_erasures (world, token);
  g_assert_nonnull (strstr (before, "\"by\":null,\"name\":\""));
  g_assert_nonnull (strstr (before, "\"n\":7,"));

  kaf_service_close (world->service);
  g_assert_cmpint (g_rename (backup, hub), ==, 0);
  world->service = kaf_service_open (world->dir, FALSE, &error);
  g_assert_no_error (error);
  after = read_erasures (world, token);
  g_assert_nonnull (strstr (after, "\"by\":null,\"name\":\"-\",\"entity\":\"person\""));
  g_assert_nonnull (strstr (after, "\"n\":7,"));
  g_assert_nonnull (strstr (after, "{\"kept\":\"mandate\""));
}

/* A ledger that was lost, or is as old as a backup, is written anew from what the hub knows; and once. */
static void
test_ledger_lost (void)
{
  g_autoptr (World) world = world_new ();
  g_autofree char *hub = g_build_filename (world->dir, "hub.db", NULL);
  g_autofree char *ledger = g_strconcat (hub, ".erased", NULL);
  g_autofree char *before = NULL, *after = NULL;
  g_autoptr (GError) error = NULL;
  char **lines;
  guint n;

  g_assert_true (kaf_service_erase (world->service, world->persons[0], &n, NULL, &error));
  g_assert_true (g_file_get_contents (ledger, &before, NULL, &error));
  g_assert_nonnull (strstr (before, world->persons[0]));
  kaf_service_close (world->service);
  g_assert_cmpint (g_unlink (ledger), ==, 0);
  world->service = kaf_service_open (world->dir, FALSE, &error);
  g_assert_no_error (error);
  g_assert_true (g_file_get_contents (ledger, &after, NULL, &error));
  g_assert_nonnull (strstr (after, world->persons[0]));
  g_assert_cmpuint (strlen (after), ==, strlen (before));
  g_clear_pointer (&after, g_free);

  /* Of seven one is left in it. */
  kaf_service_close (world->service);
  *(strchr (before, '\n') + 1) = '\0';
  g_assert_true (g_file_set_contents (ledger, before, -1, &error));
  for (guint i = 0; i < 2; i++)
    {
      world->service = kaf_service_open (world->dir, FALSE, &error);
      g_assert_no_error (error);
      g_clear_pointer (&after, g_free);
      g_assert_true (g_file_get_contents (ledger, &after, NULL, &error));
      lines = g_strsplit (after, "\n", -1);
      g_assert_cmpuint (g_strv_length (lines), ==, n + 1);
      g_strfreev (lines);
      if (i == 0)
        kaf_service_close (world->service);
    }
}

typedef struct
{
  World *world;
  const char *token;
  char *lines;
  gint done; /* atomic */
} Reading;

static gpointer
read_aside (gpointer data)
{
  Reading *self = data;

  self->lines = read_erasures (self->world, self->token);
  g_atomic_int_set (&self->done, TRUE);
  return NULL;
}

/* Who looks at erasures waits for nobody who writes, nor they for him. */
static void
test_erasures_aside (void)
{
  g_autoptr (World) world = world_new ();
  g_autofree char *token = world_enroll (world, "salwa", "protection-officer", "national", 77);
  Reading reading = { world, token, NULL, FALSE };
  g_autoptr (GError) error = NULL;
  gint64 until;
  GThread *thread;
  gboolean done;

  world_order_one (world);
  kaf_service_open_reader (world->service, &error);
  g_assert_no_error (error);
  g_mutex_lock (&world->service->hub_mutex);
  thread = g_thread_new ("reading", read_aside, &reading);
  until = g_get_monotonic_time () + 20 * G_USEC_PER_SEC;
  while (!g_atomic_int_get (&reading.done) && g_get_monotonic_time () < until)
    g_usleep (1000);
  done = g_atomic_int_get (&reading.done);
  g_mutex_unlock (&world->service->hub_mutex);
  g_thread_join (thread);
  g_assert_true (done);
  g_assert_nonnull (strstr (reading.lines, world->ordered));
  g_free (reading.lines);
}

static char *
find_receipts (World *world, const char *token)
{
  g_autofree char *lines = read_erasures (world, token);
  g_autofree char *own = g_strdup_printf ("{\"device\":\"%016" G_GINT64_MODIFIER "x\"",
                                          kaf_sync_get_device (world->store->db));
  const char *receipts = strstr (strstr (lines, own), "\"receipts\":");

  return g_strndup (receipts, strchr (receipts, '}') - receipts);
}

/* Of receipts those that confirm an erasure first which is told: neither of what others ordered, nor twice. */
static void
test_receipts_told (void)
{
  g_autoptr (World) world = world_new ();
  g_autofree char *national = world_enroll (world, "nadia", "protection-officer", "national", 77);
  g_autofree char *local = world_enroll (world, "zineb", "protection-officer", HERE, 78);
  g_autofree char *order =
      g_strdup_printf ("{\"id\":\"%s\",\"reason\":\"demande de la personne\"}", world->persons[0]);
  g_autoptr (KafRequest) request = NULL;
  g_autofree char *all = NULL, *own = NULL;

  world_order_one (world);
  request = world_ask (world, "/v1/erase-orders", local, order, -1);
  g_assert_cmpuint (request->status, ==, 200);
  world_sync (world);
  all = find_receipts (world, national);
  own = find_receipts (world, local);
  g_assert_true (
      g_regex_match_simple ("^\"receipts\":\\[\\[1,\\d+\\],\\[8,\\d+\\]\\]$", all, 0, 0));
  g_assert_true (g_regex_match_simple ("^\"receipts\":\\[\\[8,\\d+\\]\\]$", own, 0, 0));
}

static guint
count (const char *text, const char *what)
{
  guint n = 0;

  for (; (text = strstr (text, what)) != NULL; text += strlen (what))
    n++;
  return n;
}

/* @lines: of an officer to whom France is entrusted, or is not. */
static void
check_abroad (const char *lines, const char *organisation, gboolean reached)
{
  g_assert_cmpuint (count (lines, "{\"kept\":\"mandate\",\"id\":"), ==, 2);
  g_assert_cmpuint (count (lines, "{\"kept\":\"mandate\",\"id\":null,\"name\":null,"
                                  "\"name_ar\":null,\"of\":null,\"ends\":null}"),
                    ==, reached ? 0 : 1);
  g_assert_nonnull (strstr (lines, "kanari-in-public-mandate"));
  g_assert_true ((strstr (lines, "kanari-abroad") != NULL) == reached);
  g_assert_true ((strstr (lines, organisation) != NULL) == reached);
  g_assert_true ((strstr (lines, "2031-05-06") != NULL) == reached);
}

/* She held an office in France as well: that something of it is kept is told to the officer who has her erased, and no more
 * where he is not heard. */
static void
test_kept_abroad (void)
{
  g_autoptr (World) world = world_new ();
  g_autofree char *local = world_enroll (world, "salwa", "protection-officer", HERE, 77);
  g_autofree char *national = world_enroll (world, "nadia", "protection-officer", "national", 78);
  const char *const officers[] = { local, national };
  g_autofree char *mandate = kaf_fixture_create (
      world->store, "mandate", NULL, "person", world->persons[0], "organisation",
      world->organisations[1], "office", "kanari-abroad", "valid_to", "2031-05-06", NULL);
  g_autoptr (KafRecord) organisation = NULL;
  const char *ref;
  g_autofree char *order =
      g_strdup_printf ("{\"id\":\"%s\",\"reason\":\"demande de la personne\"}", world->persons[0]);
  g_autofree char *looks = g_strdup_printf ("{\"id\":\"%s\",\"look\":true}", world->persons[0]);
  g_autoptr (KafRequest) ordered = NULL;

  world_sync (world);
  organisation = kaf_read_record (world->store->db, kaf_registry_find ("organisation"),
                                  world->organisations[1], NULL);
  ref = kaf_record_get_ref (organisation);
  g_assert_nonnull (ref);
  for (guint i = 0; i < G_N_ELEMENTS (officers); i++)
    {
      g_autoptr (KafRequest) request =
          world_ask (world, "/v1/erase-orders", officers[i], looks, -1);

      g_assert_cmpuint (request->status, ==, 200);
      check_abroad (request->answer->str, ref, i == 1);
    }
  ordered = world_ask (world, "/v1/erase-orders", officers[0], order, -1);
  g_assert_cmpuint (ordered->status, ==, 200);
  for (guint i = 0; i < G_N_ELEMENTS (officers); i++)
    {
      g_autofree char *lines = read_erasures (world, officers[i]);

      check_abroad (lines, ref, i == 1);
    }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  if (sodium_init () < 0)
    return 1;
  g_test_add_func ("/erase-orders/order", test_erase_order);
  g_test_add_func ("/erase-orders/receipts", test_receipts);
  g_test_add_func ("/erase-orders/receipts-told", test_receipts_told);
  g_test_add_func ("/erase-orders/erasures-aside", test_erasures_aside);
  g_test_add_func ("/erase-orders/restored", test_restored);
  g_test_add_func ("/erase-orders/ledger-lost", test_ledger_lost);
  g_test_add_func ("/erase-orders/kept-abroad", test_kept_abroad);
  return g_test_run ();
}
