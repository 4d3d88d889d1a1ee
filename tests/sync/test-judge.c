/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What is judged on several devices, without one knowing of the other: all show the same once they have met; what
 * leaves a device is the rows as they came; and who is erased is erased with all the files on her. */
#include "config.h"

#include <string.h>

#include "kaf-judge-fixture.h"
#include "kaf-pair.h"
#include "schema/kaf-registry.h"
#include "schema/kaf-set.h"
#include "server/kaf-hub.h"
#include "store/kaf-database-private.h"
#include "store/kaf-one.h"

#define N_RUNS 6
#define N_STEPS 60
#define N_PERSONS 6

/* Live records with their fields as they are shown, and who is shown for whom. */
static char *
read_state (KafFixture *f)
{
  guint n_entities;
  const KafEntity *const *entities = kaf_registry_entities (&n_entities);
  GString *state = g_string_new (NULL);
  g_autoptr (GPtrArray) aliases = kaf_read_ids (
      f->db, "SELECT id || ' ' || canonical FROM alias WHERE ?1 IS NULL ORDER BY 1", NULL, NULL);

  for (guint i = 0; i < aliases->len; i++)
    g_string_append_printf (state, "alias %s\n", (char *) g_ptr_array_index (aliases, i));
  for (guint i = 0; i < n_entities; i++)
    {
      g_autofree char *sql = g_strdup_printf (
          "SELECT h.id FROM \"%s\" e JOIN head h ON h.rid = e.rid WHERE ?1 IS NULL AND e.deleted_at"
          " IS NULL AND h.deleted = 0 ORDER BY h.id",
          entities[i]->id);
      g_autoptr (GPtrArray) ids = NULL;

      if (kaf_entity_has (entities[i], KAF_ENTITY_LIST) ||
          g_str_equal (entities[i]->id, "conflict"))
        continue;
      ids = kaf_read_ids (f->db, sql, NULL, NULL);
      for (guint j = 0; j < ids->len; j++)
        {
          g_autoptr (KafRecord) record =
              kaf_read_record (f->db, entities[i], g_ptr_array_index (ids, j), NULL);

          g_string_append_printf (state, "%s %s:", entities[i]->id,
                                  (char *) g_ptr_array_index (ids, j));
          for (const KafField *field = entities[i]->fields; field->id != NULL; field++)
            {
              const char *value = kaf_record_get (record, field->id);

              if (value != NULL)
                g_string_append_printf (state, " %s=%s", field->id, value);
            }
          g_string_append_c (state, '\n');
        }
    }
  return g_string_free (state, FALSE);
}

static char *
pick (KafFixture *f, KafRandom *random)
{
  g_autoptr (GPtrArray) ids = kaf_read_ids (
      f->db, "SELECT id FROM head WHERE entity = 'person' AND ?1 IS NULL ORDER BY id", NULL, NULL);

  return g_strdup (g_ptr_array_index (ids, kaf_random_u64 (random) % ids->len));
}

static void
attach_contact (KafFixture *f, const char *id, const char *text)
{
  g_autofree char *shown = kaf_one_get_shown (f->db, kaf_registry_find ("person"), id);

  g_free (kaf_fixture_create (f, "contact", NULL, "person", shown, "held_on", "2026-11-20",
                              "channel", "call", "subject", text, NULL));
}

static void
think_better (KafFixture *f, KafRandom *random)
{
  const KafEntity *person = kaf_registry_find ("person");
  g_autoptr (GPtrArray) standing = kaf_judge_list (f->db, person, NULL, NULL);
  const KafJudged *one;

  if (standing->len == 0)
    return;
  one = g_ptr_array_index (standing, kaf_random_u64 (random) % standing->len);
  take_back (f, "person", one->a, one->b);
}

/* Everybody who is alive, as she is shown. */
static char *
pick_alive (KafFixture *f, KafRandom *random)
{
  g_autofree char *id = pick (f, random);

  return kaf_one_get_shown (f->db, kaf_registry_find ("person"), id);
}

static void
step (KafFixture *f, KafRandom *random, guint n)
{
  g_autofree char *a = pick (f, random);
  g_autofree char *b = pick (f, random);
  g_autofree char *shown = pick_alive (f, random);
  g_autofree char *text = g_strdup_printf ("Ville %u", n);

  switch (kaf_random_u64 (random) % 8)
    {
    case 0:
    case 1:
      if (!g_str_equal (a, b))
        g_free (judge (f, "person", a, b, "same"));
      break;
    case 2:
      think_better (f, random);
      break;
    case 3:
      choose (f, "person", "city", a);
      break;
    case 4:
      attach_contact (f, shown, text);
      break;
    case 5:
      update (f, shown, "notes", text);
      break;
    default:
      update (f, shown, "city", text);
      break;
    }
}

/* A third device, which is no part of the world. */
static KafFixture *
open_third (void)
{
  KafFixture *f = kaf_fixture_new_seeded (3);

  enroll (f, users[0]);
  return f;
}

static void
sync_all (World *w, KafFixture *const *all)
{
  for (guint round = 0; round < 2; round++)
    for (guint i = 0; i < 3; i++)
      {
        kaf_clock_set (all[2]->clock, kaf_clock_now (w->a->clock));
        sync_store (w, all[i]);
      }
}

static void
run (guint64 seed)
{
  g_autoptr (World) w = world_new ();
  g_autoptr (KafFixture) third = open_third ();
  KafFixture *const all[] = { w->a, w->b, third };
  KafRandom *random = kaf_random_new_seeded (seed);
  g_autofree char *first = NULL;

  for (guint i = 0; i < N_PERSONS; i++)
    {
      g_autofree char *name = g_strdup_printf ("Nom %u", i);
      g_autofree char *id =
          kaf_fixture_create (all[i % 2], "person", NULL, "family_name", name, "city", name, NULL);
      g_autofree char *facet = kaf_fixture_create (
          all[i % 2], i % 3 == 0 ? "project_holder" : "expert", id, "headline_fr", name, NULL);
    }
  sync_all (w, all);
  for (guint i = 0; i < N_STEPS; i++)
    {
      KafFixture *f = all[kaf_random_u64 (random) % 3];

      advance (w);
      kaf_clock_set (third->clock, kaf_clock_now (w->a->clock));
      if (kaf_random_u64 (random) % 5 == 0)
        sync_store (w, f);
      else
        step (f, random, i);
    }
  sync_all (w, all);
  sync_all (w, all);
  first = read_state (all[0]);
  for (guint i = 0; i < 3; i++)
    {
      g_autofree char *state = read_state (all[i]);

      kaf_fixture_assert_whole (all[i]);
      assert_same_dump (first, state);
    }
  kaf_random_unref (random);
}

static void
test_converges (void)
{
  for (guint i = 1; i <= N_RUNS && !g_test_failed (); i++)
    {
      g_test_message ("seed %u", i);
      run (i);
    }
}

static char *
make_person (KafFixture *f, const char *name, const char *city)
{
  return kaf_fixture_create (f, "person", NULL, "family_name", name, "city", city, NULL);
}

/* What she shows of another record does not travel as her own. */
static void
test_leaves_raw (void)
{
  g_autoptr (World) w = world_new ();
  g_autofree char *a = make_person (w->a, "Bennis", "Lyon");
  g_autofree char *b = make_person (w->a, "Benis", "Rabat");
  g_autofree char *batch = judge (w->a, "person", a, b, "same");

  update (w->a, a, "notes", "Vue au salon");
  sync_store (w, w->a);
  sync_store (w, w->b);
  kaf_fixture_assert_field (w->b, "person", a, "city", "Rabat");
  take_back (w->b, "person", a, b);
  kaf_fixture_assert_field (w->b, "person", a, "city", "Lyon");
  kaf_fixture_assert_field (w->b, "person", b, "notes", NULL);
  sync_store (w, w->b);
  sync_store (w, w->a);
  kaf_fixture_assert_field (w->a, "person", a, "city", "Lyon");
  kaf_fixture_assert_field (w->a, "person", a, "notes", "Vue au salon");
  kaf_fixture_assert_field (w->a, "person", b, "city", "Rabat");
}

/* One of her files is named: all of them go, and what was judged of them. */
static void
test_erased (void)
{
  g_autoptr (World) w = world_new ();
  g_autofree char *a = make_person (w->a, "Kanarinom", "Kanarilyon");
  g_autofree char *b = make_person (w->a, "Kanarinomm", "Kanarirabat");
  g_autofree char *other = make_person (w->a, "Tazi", "Oujda");
  g_autofree char *one = judge (w->a, "person", a, b, "same");
  g_autofree char *two = judge (w->a, "person", b, other, "different");
  g_autoptr (GPtrArray) kept = g_ptr_array_new_with_free_func ((GDestroyNotify) kaf_record_unref);
  g_autoptr (GError) error = NULL;
  guint n;

  sync_store (w, w->a);
  sync_store (w, w->b);
  g_assert_true (holds (w->b->folder, "Kanarirabat"));
  kaf_hub_erase (w->hub, b, &n, kept, &error);
  g_assert_no_error (error);
  /* Two persons, two judgements. */
  g_assert_cmpuint (n, ==, 4);
  sync_store (w, w->a);
  sync_store (w, w->b);
  g_assert_false (holds (w->folder, "Kanari"));
  g_assert_false (holds (w->a->folder, "Kanari"));
  g_assert_false (holds (w->b->folder, "Kanari"));
  g_assert_true (kaf_read_exists (w->b->db, kaf_registry_find ("person"), other));
  g_assert_cmpint (kaf_database_get_int (w->b->db, "SELECT count(*) FROM judgement", NULL), ==, 0);
}

/* A device that may see some of them alone shows as one those that it has, tied by one that it has not; and goes on
 * when one is taken from it. */
static void
test_parts (void)
{
  g_autoptr (World) w = world_new_alone ();
  const KafEntity *person = kaf_registry_find ("person");
  g_autofree char *a = NULL, *b = NULL, *c = NULL, *shown = NULL, *then = NULL;
  g_autofree char *one = NULL, *two = NULL;

  enroll (w->a, users[0]);
  enroll_as (w->b, users[1], "consular-relay");
  w->grant = "country:CH";
  a = make_person (w->a, "Bennis", "Lausanne");
  b = make_person (w->a, "Kanarihi", "Kanarilyon");
  c = make_person (w->a, "Benis", "Zurich");
  update (w->a, a, "country", "CH");
  update (w->a, b, "country", "FR");
  update (w->a, c, "country", "CH");
  one = judge (w->a, "person", a, b, "same");
  two = judge (w->a, "person", b, c, "same");
  sync_store (w, w->a);
  sync_as (w, w->b, "consular-relay");
  g_assert_false (kaf_read_exists (w->b->db, person, b));
  g_assert_false (holds (w->b->folder, "Kanarilyon"));
  shown = kaf_one_get_shown (w->b->db, person, c);
  g_assert_cmpstr (shown, ==, a);
  kaf_fixture_assert_whole (w->b);
  /* The other device shows all three, by the same. */
  kaf_receipt_unref (kaf_fixture_update (w->a, "person", a, "country", "FR", NULL));
  sync_store (w, w->a);
  sync_as (w, w->b, "consular-relay");
  g_assert_cmpint (kaf_database_get_int (w->b->db, "SELECT count(*) FROM person", NULL), ==, 1);
  /* What was judged of the one that left has left too. */
  then = kaf_one_get_shown (w->b->db, person, a);
  g_assert_cmpstr (then, ==, a);
  g_assert_true (kaf_read_exists (w->b->db, person, c));
  kaf_fixture_assert_field (w->b, "person", c, "city", "Zurich");
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/judge/converges", test_converges);
  g_test_add_func ("/judge/leaves-raw", test_leaves_raw);
  g_test_add_func ("/judge/erased", test_erased);
  g_test_add_func ("/judge/parts", test_parts);
  return g_test_run ();
}
