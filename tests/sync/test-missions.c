/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Two who prepare one mission without seeing each other: after they have met at the hub, in whatever order, its
 * content has the same fingerprint on both devices, and both say that it stands at the same place. */
#include "config.h"

#include "kaf-pair.h"

#include <string.h>

#include "store/kaf-database-private.h"
#include "store/kaf-missions.h"

/* (transfer full) */
static char *
where (KafFixture *f, const char *mission)
{
  g_autoptr (KafStatement) statement = kaf_database_prepare (
      f->db,
      "SELECT n.step || ' ' || n.state || ' ' || n.content || ' ' || coalesce (n.due_on, '-')"
      " FROM mission_now n JOIN head h ON h.rid = n.rid WHERE h.id = ?",
      NULL);

  kaf_statement_bind_text (statement, 1, mission);
  return kaf_database_step (f->db, statement, NULL) ? g_strdup (kaf_statement_text (statement, 0))
                                                    : NULL;
}

static void
assert_alike (World *world, const char *mission)
{
  g_autofree char *a = where (world->a, mission);
  g_autofree char *b = where (world->b, mission);
  g_autofree char *content = kaf_mission_read_content (world->a->db, mission, NULL);

  g_assert_nonnull (a);
  g_assert_cmpstr (a, ==, b);
  g_assert_nonnull (strstr (a, content));
}

static char *
add_session (KafFixture *f, const char *mission, const char *subject, const char *half)
{
  return kaf_fixture_create (f, "programme_item", NULL, "mission", mission, "subject_fr", subject,
                             "held_on", "2027-01-11", "half", half, NULL);
}

static char *
share_mission (World *world)
{
  char *mission = kaf_fixture_create (world->a, "mission", NULL, "title_fr", "Soins", "starts_on",
                                      "2027-01-11", "ends_on", "2027-01-12", NULL);

  advance (world);
  sync_store (world, world->a);
  sync_store (world, world->b);
  assert_alike (world, mission);
  return mission;
}

static void
meet (World *world, gboolean turned)
{
  for (guint i = 0; i < 2; i++)
    {
      advance (world);
      sync_store (world, turned ? world->b : world->a);
      sync_store (world, turned ? world->a : world->b);
    }
}

static void
test_content (gconstpointer turned)
{
  g_autoptr (World) world = world_new ();
  g_autofree char *mission = share_mission (world);
  g_autofree char *before = kaf_mission_read_content (world->a->db, mission, NULL);
  g_autofree char *one = add_session (world->a, mission, "Pansements", "am");
  g_autofree char *two = add_session (world->b, mission, "Hygiène", "pm");
  g_autoptr (KafReceipt) place = NULL;
  g_autofree char *booking =
      kaf_fixture_create (world->b, "booking", NULL, "mission", mission, "kind", "travel", "state",
                          "wanted", "book_by", "2026-12-20", NULL);
  g_autofree char *after = NULL;

  place = kaf_fixture_update (world->a, "mission", mission, "place_fr", "Tiznit", NULL);
  meet (world, turned != NULL);
  assert_alike (world, mission);
  after = kaf_mission_read_content (world->b->db, mission, NULL);
  g_assert_cmpstr (after, !=, before);
}

/* A deletion that comes from elsewhere is in the table too. */
static void
test_deletion (void)
{
  g_autoptr (World) world = world_new ();
  g_autofree char *mission = share_mission (world);
  g_autofree char *one = add_session (world->a, mission, "Pansements", "am");
  g_autofree char *before = NULL;
  g_autofree char *after = NULL;
  g_autoptr (KafReceipt) undone = NULL;

  meet (world, FALSE);
  before = kaf_mission_read_content (world->b->db, mission, NULL);
  undone = kaf_undo (world->a->db, NULL, NULL);
  meet (world, FALSE);
  assert_alike (world, mission);
  after = kaf_mission_read_content (world->b->db, mission, NULL);
  g_assert_cmpstr (after, !=, before);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_data_func ("/missions/content", NULL, test_content);
  g_test_add_data_func ("/missions/content-turned", "", test_content);
  g_test_add_func ("/missions/deletion", test_deletion);
  return g_test_run ();
}
