/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Numbers of papers and erasures where the disk is full, or the ledger of what was removed cannot be written: who asks is told,
 * nothing is half kept, and what failed is not done later behind his back. */
#include "config.h"

#include <glib/gstdio.h>
#include <sodium.h>
#include <sqlite3.h>
#include <string.h>

#include "kaf-endpoint-world.h"
#include "kaf-faulty-vfs.h"
#include "schema/kaf-registry.h"
#include "store/kaf-judge.h"

#define NUMBER "KN483920"
#define OTHER "LB57391"

#define SET "\"kind\":\"cin\",\"number\":\"" OTHER "\""
#define REMOVE "\"kind\":\"cin\",\"remove\":true"
#define REVEAL "\"kind\":\"cin\",\"reason\":\"Ordre de mission\""

static void
check (World *world,
       const char *path,
       const char *token,
       guint person,
       const char *rest,
       guint status,
       const char *text)
{
  g_autofree char *body = g_strdup_printf ("{\"person\":\"%s\",%s}", world->persons[person], rest);
  g_autoptr (KafRequest) request = world_ask (world, path, token, body, -1);

  g_assert_cmpuint (request->status, ==, status);
  g_assert_nonnull (strstr (request->answer->str, text));
}

static void
reopen (World *world)
{
  g_autoptr (GError) error = NULL;

  g_clear_pointer (&world->service, kaf_service_close);
  world->service = kaf_service_open (world->dir, FALSE, &error);
  g_assert_no_error (error);
}

static void
leave_room (gint64 bytes)
{
  kaf_faulty_vfs_arm (&(KafFaultPlan){ .room = bytes });
}

static char *
read_ledger (World *world)
{
  g_autofree char *path = g_build_filename (world->dir, "hub.db.erased", NULL);
  char *text = NULL;

  return g_file_get_contents (path, &text, NULL, NULL) ? text : g_strdup ("");
}

/* Two persons who are one, the second with a number. @token (out) (transfer full): of who may enter and see them. */
static World *
world_new_papers (char **token)
{
  World *world = world_new ();
  Actor manager = { .world = world, .user = (char *) "meryem", .device = 0x901 };
  const KafJudging judging = { .entity = kaf_registry_find ("person"),
                               .a = world->persons[0],
                               .b = world->persons[1],
                               .verdict = KAF_VERDICT_SAME,
                               .likelihood = -1 };
  g_autoptr (KafChangeSet) same = kaf_judge (&judging);
  g_autoptr (KafReceipt) judged = NULL;
  g_autoptr (GError) error = NULL;

  *token = manager.token = world_enroll (world, manager.user, "manager", "national", 0x901);
  actor_authorise (&manager);
  judged = kaf_commit (world->store->db, same, NULL, NULL, &error);
  g_assert_no_error (error);
  world_sync (world);
  check (world, "/v1/papers", *token, 1, "\"kind\":\"cin\",\"number\":\"" NUMBER "\"", 200, "done");
  reopen (world);
  return world;
}

static void
test_full (void)
{
  g_autofree char *token = NULL;
  g_autoptr (World) world = world_new_papers (&token);
  g_autofree char *ledger = NULL;

  leave_room (0);
  check (world, "/v1/papers", token, 0, SET, 507, "{\"error\":\"full\"}");
  check (world, "/v1/papers", token, 0, REMOVE, 507, "{\"error\":\"full\"}");
  /* What cannot be logged is not shown. */
  check (world, "/v1/reveal", token, 0, REVEAL, 507, "{\"error\":\"full\"}\n");
  check (world, "/v1/papers", token, 0, "\"now\":1", 200, "\"kind\":\"cin\"");
  leave_room (-1);

  /* Nor when it starts anew does it do what it said it did not. */
  reopen (world);
  ledger = read_ledger (world);
  g_assert_null (strstr (ledger, "paper"));
  check (world, "/v1/reveal", token, 0, REVEAL, 200, NUMBER);
  check (world, "/v1/papers", token, 0, SET, 200, "done");
  check (world, "/v1/reveal", token, 1, REVEAL, 200, OTHER);
  check (world, "/v1/papers", token, 0, REMOVE, 200, "done");
  check (world, "/v1/reveal", token, 0, REVEAL, 404, "missing");
}

/* However much of it the disk takes. */
static void
test_nearly_full (void)
{
  g_autofree char *token = NULL;
  g_autoptr (World) world = world_new_papers (&token);
  guint n_failed = 0;
  gboolean done = FALSE;

  for (gint64 room = 0; !done; room += 2048)
    {
      g_autofree char *body = g_strdup_printf ("{\"person\":\"%s\"," SET "}", world->persons[0]);
      g_autoptr (KafRequest) request = NULL;

      leave_room (room);
      request = world_ask (world, "/v1/papers", token, body, -1);
      leave_room (-1);
      reopen (world);
      done = request->status == 200;
      g_assert_true (done || request->status == 507);
      n_failed += !done;
      check (world, "/v1/reveal", token, 1, REVEAL, 200, done ? OTHER : NUMBER);
    }
  g_assert_cmpuint (n_failed, >, 1);
}

/* 404: she is not there. What is revealed is counted, and would be refused before long. */
static guint
look (World *world, const char *token)
{
  g_autofree char *body = g_strdup_printf ("{\"person\":\"%s\",\"now\":1}", world->persons[0]);
  g_autoptr (KafRequest) request = world_ask (world, "/v1/papers", token, body, -1);

  return request->status;
}

/* However much of an erasure the disk takes: who was not erased is not in the ledger, and the next start leaves her alone;
 * who was is there. */
static void
test_erasure (void)
{
  g_autofree char *token = NULL;
  g_autoptr (World) world = world_new_papers (&token);
  guint n_failed = 0;
  gboolean gone = FALSE;

  for (gint64 room = 0; !gone; room += 2048)
    {
      g_autofree char *ledger = NULL;
      gboolean done;
      guint n;

      leave_room (room);
      done = kaf_hub_erase (world->service->hub, world->persons[0], &n, NULL, NULL);
      leave_room (-1);
      gone = look (world, token) == 404;
      g_assert_true (gone || !done);
      n_failed += !gone;
      ledger = read_ledger (world);
      g_assert_cmpint (strstr (ledger, world->persons[0]) != NULL, ==, gone);
      reopen (world);
      g_assert_cmpuint (look (world, token), ==, gone ? 404 : 200);
    }
  g_assert_cmpuint (n_failed, >, 1);
}

/* What was removed is entered there as soon as it can be, so that no backup brings it back. */
static void
test_ledger_later (void)
{
  g_autofree char *token = NULL;
  g_autoptr (World) world = world_new_papers (&token);
  g_autofree char *path = g_build_filename (world->dir, "hub.db.erased", NULL);
  g_autofree char *backup = g_build_filename (world->dir, "backup.db", NULL);
  g_autofree char *hub = g_build_filename (world->dir, "hub.db", NULL);
  g_autofree char *ledger = NULL;
  g_autoptr (GError) error = NULL;

  kaf_hub_back_up (world->service->hub, backup, &error);
  g_assert_no_error (error);
  g_assert_cmpint (g_mkdir (path, 0700), ==, 0);
  check (world, "/v1/papers", token, 0, REMOVE, 200, "done");
  check (world, "/v1/reveal", token, 0, REVEAL, 404, "missing");
  g_assert_cmpint (g_rmdir (path), ==, 0);
  kaf_service_clean (world->service);
  ledger = read_ledger (world);
  g_assert_nonnull (strstr (ledger, world->persons[1]));

  g_clear_pointer (&world->service, kaf_service_close);
  g_assert_cmpint (g_rename (backup, hub), ==, 0);
  reopen (world);
  check (world, "/v1/reveal", token, 0, REVEAL, 404, "missing");
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  if (sodium_init () < 0)
    return 1;
  /* The server says in its log what failed. */
  g_log_set_always_fatal (G_LOG_FATAL_MASK | G_LOG_LEVEL_CRITICAL);
  kaf_faulty_vfs_register ();
  leave_room (-1);
  sqlite3_vfs_register (sqlite3_vfs_find (KAF_FAULTY_VFS), TRUE);
  g_test_add_func ("/papers-disk/full", test_full);
  g_test_add_func ("/papers-disk/nearly-full", test_nearly_full);
  g_test_add_func ("/papers-disk/erasure", test_erasure);
  g_test_add_func ("/papers-disk/ledger-later", test_ledger_later);
  return g_test_run ();
}
