/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Where a project holder is told: a national agent, and a regional officer or a consular relay. */
#include "config.h"

#include <string.h>

#include "kaf-pair.h"
#include "schema/kaf-registry.h"

#define RULES                                                                                      \
  "{\"half_life\":90,\"tiers\":{\"by\":\"threshold\",\"potential\":50,\"engagement\":50},"         \
  "\"relay\":6,\"criteria\":[{\"axis\":\"potential\",\"fact\":\"jobs\","                           \
  "\"label\":{\"fr\":\"Emplois\",\"ar\":\"الشغل\"},\"bands\":[[1,10]]}]}"

static gboolean
has (KafFixture *f, const char *entity, const char *id)
{
  return kaf_read_exists (f->db, kaf_registry_find (entity), id);
}

static void
sync_both (World *self, const char *role)
{
  sync_as (self, self->a, "manager");
  g_assert_cmpuint (sync_as (self, self->b, role).n_rejected, ==, 0);
  sync_as (self, self->a, "manager");
}

static char *
add_holder (World *self)
{
  char *person = kaf_fixture_create (self->a, "person", NULL, "family_name", "Kanariholder",
                                     "country", "FR", NULL);
  g_autofree char *facet =
      kaf_fixture_create (self->a, "project_holder", person, "headline_fr", "Agro-industrie", NULL);

  return person;
}

/* A project in the region brings its holder there, with the log; one that moves away takes her along. */
static void
test_region (void)
{
  g_autoptr (World) w = world_new ();
  g_autofree char *person = add_holder (w);
  g_autofree char *project = NULL;
  g_autofree char *stage = NULL;
  g_autofree char *contact = NULL;

  enroll_as (w->b, users[1], "regional-officer");
  w->grant = "territory:MA-09";
  sync_both (w, "regional-officer");
  g_assert_null (strstr (w->heard->str, "Kanariholder"));

  project = kaf_fixture_create (w->a, "project", NULL, "person", person, "title_fr", "Argan",
                                "territory", "MA-TIZ", NULL);
  stage = kaf_fixture_create (w->a, "project_stage", NULL, "project", project, "stage", "idea",
                              "reached_on", "2026-11-02", NULL);
  contact =
      kaf_fixture_create (w->a, "contact", NULL, "person", person, "project", project, "held_on",
                          "2026-11-03", "channel", "call", "subject", "Terrain", NULL);
  sync_both (w, "regional-officer");
  g_assert_true (has (w->b, "person", person));
  g_assert_true (has (w->b, "project_holder", person));
  g_assert_true (has (w->b, "project", project));
  g_assert_true (has (w->b, "project_stage", stage));
  g_assert_true (has (w->b, "contact", contact));

  {
    g_autoptr (KafReceipt) moved =
        kaf_fixture_update (w->a, "project", project, "territory", "MA-FES", NULL);
  }
  sync_both (w, "regional-officer");
  g_assert_false (has (w->b, "project", project));
  g_assert_false (has (w->b, "person", person));
  g_assert_false (has (w->b, "contact", contact));
}

/* Who accompanies a holder has her file, wherever it is. */
static void
test_counsellor (void)
{
  g_autoptr (World) w = world_new ();
  g_autofree char *person = add_holder (w);
  g_autofree char *grant = g_strconcat ("user:", users[1], NULL);
  g_autoptr (KafReceipt) given = NULL;

  enroll_as (w->b, users[1], "agent");
  w->grant = grant;
  sync_both (w, "agent");
  g_assert_false (has (w->b, "person", person));
  given = kaf_fixture_update (w->a, "project_holder", person, "counsellor", users[1], NULL);
  sync_both (w, "agent");
  g_assert_true (has (w->b, "project_holder", person));
}

/* A relay of one person is told where she is, not to the organisation; rules and months are everybody's. */
static void
test_relay (void)
{
  g_autoptr (World) w = world_new ();
  g_autofree char *person = add_holder (w);
  g_autofree char *network =
      kaf_fixture_create (w->a, "organisation", NULL, "name_fr", "DMK", "kind", "network", NULL);
  g_autofree char *grant = g_strconcat ("organisation:", network, NULL);
  g_autofree char *of_one =
      kaf_fixture_create (w->a, "relay", NULL, "organisation", network, "person", person,
                          "subject_fr", "Suivi", "sent_on", "2026-11-03", NULL);
  g_autofree char *of_all =
      kaf_fixture_create (w->a, "relay", NULL, "organisation", network, "subject_fr", "Appel",
                          "sent_on", "2026-11-03", NULL);
  g_autofree char *rules = NULL;

  enroll_as (w->a, users[0], "manager");
  rules = kaf_fixture_create (w->a, "rule_set", NULL, "title_fr", "Barème", "number", "1", "rules",
                              RULES, NULL);
  enroll_as (w->b, users[1], "agent");
  w->grant = grant;
  sync_both (w, "agent");
  g_assert_true (has (w->b, "organisation", network));
  g_assert_true (has (w->b, "relay", of_all));
  g_assert_false (has (w->b, "relay", of_one));
  g_assert_false (has (w->b, "person", person));
  g_assert_null (strstr (w->heard->str, "Kanariholder"));
  g_assert_true (has (w->b, "rule_set", rules));
}

/* A consular relay of the country of the post. */
static void
test_post (void)
{
  g_autoptr (World) w = world_new ();
  g_autofree char *post =
      kaf_fixture_create (w->a, "post", "CG-LILLE", "code", "CG-LILLE", "name_fr", "Lille", "kind",
                          "consulate_general", "country", "FR", NULL);
  g_autofree char *relay =
      kaf_fixture_create (w->a, "relay", NULL, "post", "CG-LILLE", "subject_fr", "Appel", "sent_on",
                          "2026-11-03", NULL);

  enroll_as (w->b, users[1], "consular-relay");
  w->grant = "country:FR";
  sync_both (w, "consular-relay");
  g_assert_true (has (w->b, "post", "CG-LILLE"));
  g_assert_true (has (w->b, "relay", relay));

  w->grant = "country:DE";
  sync_both (w, "consular-relay");
  g_assert_false (has (w->b, "relay", relay));
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/holder-scopes/region", test_region);
  g_test_add_func ("/holder-scopes/counsellor", test_counsellor);
  g_test_add_func ("/holder-scopes/relay", test_relay);
  g_test_add_func ("/holder-scopes/post", test_post);
  return g_test_run ();
}
