/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The score of a holder is the same after any order of sync of the same facts: two stores, a hub, real files. */
#include "config.h"

#include "kaf-pair.h"

#include <string.h>

#include "base/kaf-day.h"
#include "rules/holder/kaf-score.h"
#include "schema/kaf-registry.h"
#include "store/kaf-database-private.h"
#include "store/kaf-holder-now.h"

#define N_ORDERS 8
#define N_HOLDERS 3
#define ROLE "manager"

/* A fact: a record with an id of its own, so that it is the same in every order. %d is the day, so many days ago. */
typedef struct
{
  const char *entity;
  guint holder;
  const char *field, *value, *other_field, *other_value;
  int days;
  const char *day_field;
} Fact;

static const Fact facts[] = {
  { "contact", 0, "channel", "call", "outcome", "no_answer", 3, "held_on" },
  { "contact", 0, "channel", "visit", "outcome", "interested", 3, "held_on" },
  { "contact", 0, "channel", "meeting", "outcome", "answered", 91, "held_on" },
  { "contact", 1, "channel", "call", "outcome", "declined", 0, "held_on" },
  { "contact", 1, "channel", "email", "outcome", "answered", 0, "held_on" },
  { "contact", 2, "channel", "letter", NULL, NULL, 200, "held_on" },
  { "project_stage", 0, "stage", "study", NULL, NULL, 40, "reached_on" },
  { "project_stage", 0, "stage", "file", NULL, NULL, 10, "reached_on" },
  { "project_stage", 0, "stage", "finance", NULL, NULL, 10, "reached_on" },
  { "project_stage", 1, "stage", "abandoned", NULL, NULL, 1, "reached_on" },
  { "project_stage", 1, "stage", "idea", NULL, NULL, 1, "reached_on" },
  { "tier_override", 2, "tier", "a", "reason", "x", 5, "decided_on" },
  { "tier_override", 2, "tier", "b", "reason", "x", 5, "decided_on" },
  { "project", 2, "title_fr", "Deux", "jobs", "20", 0, NULL },
  { "project", 2, "title_fr", "Trois", "jobs", "20", 0, NULL },
};

static char *
make_id (guint number)
{
  return g_strdup_printf ("01900000-0000-7000-8000-%012u", number);
}

/* Persons, facets and a project each, which both know before. */
static void
share_holders (World *world)
{
  for (guint i = 0; i < N_HOLDERS; i++)
    {
      g_autofree char *person = make_id (100 + i);
      g_autofree char *project = make_id (200 + i);

      g_free (kaf_fixture_create (world->a, "person", person, "family_name", "NOM", "country", "FR",
                                  NULL));
      g_free (kaf_fixture_create (world->a, "project_holder", person, "horizon", "now", NULL));
      g_free (kaf_fixture_create (world->a, "project", project, "person", person, "title_fr", "Un",
                                  "jobs", "6", "land", "secured", NULL));
    }
}

static void
write_fact (World *world, KafFixture *f, guint number)
{
  const Fact *fact = &facts[number];
  gboolean of_project = g_str_equal (fact->entity, "project_stage");
  g_autofree char *id = make_id (300 + number);
  g_autofree char *owner = make_id ((of_project ? 200 : 100) + fact->holder);
  KafDay today = kaf_day_from_time (kaf_clock_now (world->clock));
  g_autofree char *day = kaf_day_to_iso (today - (KafDay) fact->days);
  g_autofree char *until = kaf_day_to_iso (today + 5);
  g_autoptr (KafChangeSet) set = kaf_change_set_new ("create");
  g_autoptr (KafRecord) record = kaf_record_new (kaf_registry_find (fact->entity), id);
  g_autoptr (KafReceipt) receipt = NULL;
  g_autoptr (GError) error = NULL;

  kaf_record_set (record, of_project ? "project" : "person", owner);
  kaf_record_set (record, fact->field, fact->value);
  if (fact->other_field != NULL)
    kaf_record_set (record, fact->other_field, fact->other_value);
  if (fact->day_field != NULL)
    kaf_record_set (record, fact->day_field, day);
  if (g_str_equal (fact->entity, "contact"))
    kaf_record_set (record, "subject", "x");
  if (g_str_equal (fact->entity, "tier_override"))
    kaf_record_set (record, "until", until);
  kaf_change_set_create (set, record);
  receipt = kaf_commit (f->db, set, NULL, NULL, &error);
  g_assert_no_error (error);
}

/* All that is written of holders and projects, by id. (transfer full) */
static char *
read_now (KafFixture *f)
{
  g_autoptr (GString) text = g_string_new (NULL);
  static const char *const queries[] = {
    "SELECT h.id || ' ' || potential_low || ' ' || potential || ' ' || potential_high || ' ' ||"
    " engagement_low || ' ' || engagement || ' ' || engagement_high || ' ' || relay || ' ' || tier"
    " || decided || scored || best || worst || ' ' || coalesce (stage, '-') || ' ' ||"
    " coalesce (stage_since, '-') || ' ' || coalesce (last_contact_on, '-') || ' ' || rules"
    " FROM holder_now n JOIN head h ON h.rid = n.rid ORDER BY h.id",
    "SELECT h.id || ' ' || coalesce (stage, '-') || ' ' || coalesce (since, '-')"
    " FROM project_now n JOIN head h ON h.rid = n.rid ORDER BY h.id",
  };

  for (guint i = 0; i < G_N_ELEMENTS (queries); i++)
    {
      g_autoptr (KafStatement) statement = kaf_database_prepare (f->db, queries[i], NULL);

      while (kaf_database_step (f->db, statement, NULL))
        g_string_append_printf (text, "%s\n", kaf_statement_text (statement, 0));
    }
  return g_string_free (g_steal_pointer (&text), FALSE);
}

static void
assert_follows (KafFixture *f)
{
  g_autoptr (GPtrArray) wrong = kaf_holder_now_check (f->db, NULL);

  g_assert_nonnull (wrong);
  g_assert_cmpuint (wrong->len, ==, 0);
}

#define QUOTA                                                                                        \
  "{\"half_life\":90,\"tiers\":{\"by\":\"quota\",\"potential\":40,\"engagement\":40},"               \
  "\"relay\":6,\"criteria\":[{\"axis\":\"potential\",\"fact\":\"jobs\",\"bands\":[[1,10],[10,20]]}," \
  "{\"axis\":\"potential\",\"fact\":\"stage\",\"points\":{\"study\":5,\"file\":9,\"finance\":12}},"  \
  "{\"axis\":\"engagement\",\"fact\":\"contacts\",\"points\":{\"call\":7,\"visit\":19,"              \
  "\"email\":5,\"meeting\":17}},"                                                                    \
  "{\"axis\":\"engagement\",\"fact\":\"last_outcome\",\"points\":{\"interested\":9,"                 \
  "\"answered\":4}}]}"

static void
add_rules (World *world)
{
  KafDay today = kaf_day_from_time (kaf_clock_now (world->clock));
  g_autofree char *day = kaf_day_to_iso (today - 1);
  g_autofree char *id = make_id (900);

  g_free (kaf_fixture_create (world->a, "rule_set", id, "title_fr", "Barème", "number", "1",
                              "rules", QUOTA, "published_on", day, NULL));
}

/* The facts in an order drawn by @seed, here or there, with exchanges in between. (transfer full) */
static char *
live_through (guint64 seed, gboolean quota)
{
  g_autoptr (World) world = world_new_alone ();
  g_autoptr (KafRandom) random = kaf_random_new_seeded (seed);
  guint order[G_N_ELEMENTS (facts)];
  g_autofree char *a = NULL;
  g_autofree char *b = NULL;

  enroll_as (world->a, users[0], ROLE);
  enroll_as (world->b, users[1], ROLE);
  share_holders (world);
  if (quota)
    add_rules (world);
  sync_as (world, world->a, ROLE);
  sync_as (world, world->b, ROLE);
  kaf_holder_now_refresh (world->a->db, NULL);
  kaf_holder_now_refresh (world->b->db, NULL);
  for (guint i = 0; i < G_N_ELEMENTS (facts); i++)
    {
      guint at = kaf_random_below (random, i + 1);

      order[i] = order[at];
      order[at] = i;
    }
  for (guint i = 0; i < G_N_ELEMENTS (facts); i++)
    {
      KafFixture *f = kaf_random_below (random, 2) == 0 ? world->a : world->b;

      write_fact (world, f, order[i]);
      assert_follows (f);
      if (kaf_random_below (random, 3) == 0)
        sync_as (world, kaf_random_below (random, 2) == 0 ? world->a : world->b, ROLE);
    }
  for (guint i = 0; i < 2; i++)
    {
      sync_as (world, world->b, ROLE);
      sync_as (world, world->a, ROLE);
    }
  assert_follows (world->a);
  assert_follows (world->b);
  a = read_now (world->a);
  b = read_now (world->b);
  g_assert_cmpstr (a, ==, b);
  return g_steal_pointer (&a);
}

static void
test_any_order (gconstpointer quota)
{
  g_autofree char *first = live_through (1, quota != NULL);

  g_assert_cmpuint (strlen (first), >, 100);
  for (guint64 seed = 2; seed <= N_ORDERS; seed++)
    {
      g_autofree char *other = live_through (seed, quota != NULL);

      g_assert_cmpstr (first, ==, other);
    }
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_data_func ("/holders/any-order", NULL, test_any_order);
  g_test_add_data_func ("/holders/any-order-by-quota", "", test_any_order);
  return g_test_run ();
}
