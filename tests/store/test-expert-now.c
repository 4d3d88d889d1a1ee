/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Whatever was written, by whatever way: what is kept of the experts is what their rows say, and the best of a mission
 * are those that reading everybody's rows finds. Persons are invented. */
#include "config.h"

#include <string.h>

#include "base/kaf-random.h"
#include "kaf-fixture.h"
#include "schema/kaf-registry.h"
#include "store/kaf-candidates.h"
#include "store/kaf-database-private.h"
#include "store/kaf-expert-now.h"

#define DAY "2026-11-28"
#define N_PERSONS 24
#define N_ROUNDS 12
#define ACTS_A_ROUND 30

typedef struct
{
  KafFixture *f;
  KafRandom *random;
  GPtrArray *persons, *networks, *missions; /* ids, of the dead too */
} World;

static const char *
any (World *self, const char *const *of, guint n)
{
  return of[kaf_random_below (self->random, n)];
}
#define ANY(of) any (self, of, G_N_ELEMENTS (of))

static const char *
one_of (World *self, GPtrArray *ids)
{
  return ids->pdata[kaf_random_below (self->random, ids->len)];
}

static const char *const domains[] = {
  "nursing",      "health", "nursing\nsurgery", "law", "engineering\nwater", "water",
  "surgery\nlaw", NULL
};
static const char *const occupations[] = { "222", "2", "22\n214", "214", NULL };
static const char *const languages[] = { "fr\tC1",         "fr\tB1\nar\tC1", "de\tC2",
                                         "fr\nar\tnative", "ar\tB2\nen\tA2", NULL };
static const char *const territories[] = { "MA-TIZ", "MA-09", "MA-AGD", "MA-FES", NULL };
static const char *const statuses[] = { "verified", "active", "verified", "opposed", "dormant" };
static const char *const days[] = { "2026-10-01", "2025-11-28", "2025-11-27",
                                    "2024-11-28", "2020-01-01", NULL };
static const char *const answers[] = { "listed", "interested", "retained", "declined" };
static const char *const kinds[] = { "free", "busy", "tentative" };
static const char *const parts[] = { "day", "am", "pm" };
static const char *const from[] = { "2027-01-10", "2027-01-11", "2027-01-12", "2027-02-01" };

/* FIELD, VALUE pairs; what is refused is let be. */
static void
commit (World *self, KafChangeKind kind, const char *entity, const char *id, ...)
{
  const KafEntity *table = kaf_registry_find (entity);
  g_autoptr (KafRecord) record = kaf_record_new (table, id);
  g_autoptr (KafChangeSet) set = kaf_change_set_new ("edit");
  g_autoptr (KafReceipt) receipt = NULL;
  const char *field;
  va_list args;

  va_start (args, id);
  while ((field = va_arg (args, const char *)) != NULL)
    kaf_record_set (record, field, va_arg (args, const char *));
  va_end (args);
  if (kind == KAF_CHANGE_CREATE)
    kaf_change_set_create (set, record);
  else if (kind == KAF_CHANGE_UPDATE)
    kaf_change_set_update (set, record);
  else if (kind == KAF_CHANGE_DELETE)
    kaf_change_set_delete (set, table, id);
  else
    kaf_change_set_restore (set, table, id);
  receipt = kaf_commit (self->f->db, set, NULL, NULL, NULL);
}

#define CREATE(entity, ...) commit (self, KAF_CHANGE_CREATE, entity, NULL, __VA_ARGS__, NULL)
#define UPDATE(entity, id, ...) commit (self, KAF_CHANGE_UPDATE, entity, id, __VA_ARGS__, NULL)

static void
add_person (World *self)
{
  char *id = kaf_fixture_create (self->f, "person", NULL, "family_name", "Essai", "given_name",
                                 "Une", "status", ANY (statuses), "languages", ANY (languages),
                                 "territory", ANY (territories), "confirmed_on", ANY (days), NULL);

  g_ptr_array_add (self->persons, id);
  /* What is known of one may come later. */
  if (kaf_random_below (self->random, 5) == 0)
    commit (self, KAF_CHANGE_CREATE, "expert", id, "headline_fr", "Essai", NULL);
  else if (kaf_random_below (self->random, 8) > 0)
    commit (self, KAF_CHANGE_CREATE, "expert", id, "domains", ANY (domains), "occupations",
            ANY (occupations), NULL);
}

/* Any record of @entity, be it deleted; nullable. (transfer full) */
static char *
find_any (World *self, const char *entity)
{
  g_autofree char *sql = g_strdup_printf ("SELECT h.id FROM \"%s\" e JOIN head h ON h.rid = e.rid"
                                          " ORDER BY h.id",
                                          entity);
  g_autoptr (GPtrArray) ids = g_ptr_array_new_with_free_func (g_free);
  g_autoptr (KafStatement) row = kaf_database_prepare (self->f->db, sql, NULL);

  while (kaf_database_step (self->f->db, row, NULL))
    g_ptr_array_add (ids, g_strdup (kaf_statement_text (row, 0)));
  return ids->len > 0 ? g_strdup (one_of (self, ids)) : NULL;
}

static void
add_part (World *self)
{
  const char *person = one_of (self, self->persons);
  const char *mission = one_of (self, self->missions);
  const char *day = ANY (from);

  switch (kaf_random_below (self->random, 6))
    {
    case 0:
      CREATE ("membership", "person", person, "network", one_of (self, self->networks), "valid_to",
              kaf_random_below (self->random, 3) > 0 ? NULL : ANY (days));
      break;
    case 1:
    case 2:
      CREATE ("availability", "person", person, "valid_from", day, "valid_to", day, "part",
              ANY (parts), "kind", ANY (kinds), "remote",
              kaf_random_below (self->random, 3) > 0 ? NULL : "1");
      break;
    case 3:
      CREATE ("consent", "person", person, "purpose",
              kaf_random_below (self->random, 3) > 0 ? "sharing" : "mailing", "given_on",
              "2026-01-05");
      break;
    case 4:
      CREATE ("mission_expert", "mission", mission, "person", person, "answer", ANY (answers));
      break;
    default:
      {
        g_autofree char *expert = find_any (self, "mission_expert");

        if (expert != NULL)
          CREATE ("programme_item", "mission", mission, "subject_fr", "Cours", "held_on", day,
                  "half", "am", "trainer", expert);
        CREATE ("evaluation", "mission", mission, "role", "trainee", "trainer_score", "4");
      }
    }
}

static const char *const part_entities[] = { "membership", "availability", "consent",
                                             "mission_expert", "evaluation" };

static void
change_part (World *self)
{
  const char *entity = ANY (part_entities);
  g_autofree char *id = find_any (self, entity);
  const char *person = one_of (self, self->persons);

  if (id == NULL)
    return;
  switch (kaf_random_below (self->random, 4))
    {
    case 0:
      commit (self, KAF_CHANGE_DELETE, entity, id, NULL);
      break;
    case 1:
      commit (self, KAF_CHANGE_RESTORE, entity, id, NULL);
      break;
    default:
      if (g_str_equal (entity, "membership"))
        UPDATE (entity, id, "person", person);
      else if (g_str_equal (entity, "availability"))
        UPDATE (entity, id, "person", person, "kind", ANY (kinds));
      else if (g_str_equal (entity, "consent"))
        UPDATE (entity, id, "withdrawn_on", ANY (days));
      else if (g_str_equal (entity, "mission_expert"))
        UPDATE (entity, id, "answer", ANY (answers));
    }
}

static void
change_person (World *self)
{
  const char *id = one_of (self, self->persons);

  switch (kaf_random_below (self->random, 8))
    {
    case 0:
      UPDATE ("person", id, "status", ANY (statuses));
      break;
    case 1:
      UPDATE ("person", id, "languages", ANY (languages), "territory", ANY (territories));
      break;
    case 2:
      UPDATE ("person", id, "confirmed_on", ANY (days));
      break;
    case 3:
      UPDATE ("person", id, "given_name", "Autre");
      break;
    case 4:
      commit (self, KAF_CHANGE_DELETE, kaf_random_below (self->random, 2) ? "person" : "expert", id,
              NULL);
      break;
    case 5:
      commit (self, KAF_CHANGE_RESTORE, kaf_random_below (self->random, 2) ? "person" : "expert",
              id, NULL);
      break;
    default:
      UPDATE ("expert", id, "domains", ANY (domains), "occupations", ANY (occupations));
    }
}

static void
act (World *self)
{
  g_autoptr (KafReceipt) receipt = NULL;

  switch (kaf_random_below (self->random, 24))
    {
    case 0:
      receipt = kaf_undo (self->f->db, NULL, NULL);
      break;
    case 1:
      receipt = kaf_redo (self->f->db, NULL);
      break;
    case 2:
      if (kaf_random_below (self->random, 4) == 0)
        kaf_erase (self->f->db, kaf_registry_find ("person"), one_of (self, self->persons), "essai",
                   NULL);
      break;
    case 3:
      add_person (self);
      break;
    case 4:
    case 5:
    case 6:
    case 7:
    case 8:
    case 9:
      change_person (self);
      break;
    case 10:
    case 11:
    case 12:
    case 13:
      change_part (self);
      break;
    default:
      add_part (self);
    }
}

/* What reading everybody says */

typedef struct
{
  char *id;
  KafFit fit;
} Read;

static void
clear_read (gpointer data)
{
  g_free (((Read *) data)->id);
}

static int
compare_reads (gconstpointer a, gconstpointer b)
{
  const Read *one = a, *other = b;

  return kaf_fit_compare (&one->fit, one->id, &other->fit, other->id);
}

static KafCandidates *
find (World *self, const char *mission, guint limit, const char *why)
{
  KafCandidatesQuery query = {
    .mission = mission, .limit = limit, .why = why, .day = kaf_day_parse (DAY), .lang = KAF_LANG_FR
  };
  g_autoptr (GError) error = NULL;
  KafCandidates *found = kaf_candidates_find (self->f->db, &query, NULL, &error);

  g_assert_no_error (error);
  return found;
}

static void
assert_best (World *self, const char *mission)
{
  guint limit = 1 + kaf_random_below (self->random, N_PERSONS);
  g_autoptr (KafCandidates) found = find (self, mission, limit, NULL);
  g_autoptr (GArray) reads = g_array_new (FALSE, FALSE, sizeof (Read));
  guint n_out[KAF_N_FIT_OUT] = { 0 };

  g_array_set_clear_func (reads, clear_read);
  for (guint i = 0; i < self->persons->len; i++)
    {
      g_autoptr (KafCandidates) one = find (self, mission, 1, self->persons->pdata[i]);

      /* Who matches nothing is not counted, whatever else takes her out. */
      if (one->why == NULL || !one->why->is_expert ||
          (one->why->fit.parts[KAF_FIT_DOMAIN].from == 0 &&
           one->why->fit.parts[KAF_FIT_OCCUPATION].from == 0))
        continue;
      n_out[one->why->fit.out]++;
      if (one->why->fit.out == KAF_FIT_IN)
        {
          Read read = { g_strdup (one->why->id), one->why->fit };

          g_array_append_val (reads, read);
        }
    }
  g_array_sort (reads, compare_reads);
  for (KafFitOut out = KAF_FIT_IN; out < KAF_FIT_NO_MATCH; out++)
    g_assert_cmpuint (found->n_out[out], ==, n_out[out]);
  g_assert_cmpuint (found->best->len, ==, MIN (limit, reads->len));
  for (guint i = 0; i < found->best->len; i++)
    g_assert_cmpstr (((KafCandidate *) found->best->pdata[i])->id, ==,
                     g_array_index (reads, Read, i).id);
}

static void
assert_kept (World *self)
{
  g_autoptr (GPtrArray) wrong = kaf_expert_now_check (self->f->db, NULL);

  g_assert_nonnull (wrong);
  g_assert_cmpuint (wrong->len, ==, 0);
}

/* Lives */

static World *
world_new (guint64 seed)
{
  World *self = g_new0 (World, 1);

  self->f = kaf_fixture_new_seeded (seed);
  self->random = kaf_random_new_seeded (seed);
  self->persons = g_ptr_array_new_with_free_func (g_free);
  self->networks = g_ptr_array_new_with_free_func (g_free);
  self->missions = g_ptr_array_new_with_free_func (g_free);
  return self;
}

static void
world_free (World *self)
{
  g_ptr_array_unref (self->persons);
  g_ptr_array_unref (self->networks);
  g_ptr_array_unref (self->missions);
  kaf_random_unref (self->random);
  kaf_fixture_free (self->f);
  g_free (self);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (World, world_free)

static void
add_missions (World *self)
{
  KafFixture *f = self->f;
  g_autofree char *partner =
      kaf_fixture_create (f, "organisation", NULL, "name_fr", "Partenaire", "kind", "ngo", NULL);
  g_autofree char *party = NULL;

  for (guint i = 0; i < 3; i++)
    {
      char *id = kaf_fixture_create (f, "organisation", NULL, "name_fr", "Réseau", "kind",
                                     "network", NULL);
      g_autofree char *facet = kaf_fixture_create (f, "network", id, "basis", "geographic", NULL);

      g_ptr_array_add (self->networks, id);
    }
  g_ptr_array_add (self->missions,
                   kaf_fixture_create (f, "mission", NULL, "title_fr", "Soins", "domains",
                                       "nursing", "languages", "fr\tB2\nar", "territory", "MA-TIZ",
                                       "starts_on", "2027-01-11", "ends_on", "2027-01-12", NULL));
  g_ptr_array_add (self->missions,
                   kaf_fixture_create (f, "mission", NULL, "title_fr", "Eau", "domains",
                                       "water\nhealth", "occupations", "214\n222", "mode", "remote",
                                       "starts_on", "2027-01-12", "ends_on", "2027-01-12",
                                       "facilitator", partner, NULL));
  g_ptr_array_add (self->missions, kaf_fixture_create (f, "mission", NULL, "title_fr", "Droit",
                                                       "domains", "law", NULL));
  party = kaf_fixture_create (f, "mission_party", NULL, "mission", self->missions->pdata[0],
                              "organisation", self->networks->pdata[0], "role", "network", NULL);
}

static void
live (guint64 seed)
{
  g_autoptr (World) self = world_new (seed);

  add_missions (self);
  for (guint i = 0; i < N_PERSONS; i++)
    add_person (self);
  for (guint round = 0; round < N_ROUNDS; round++)
    {
      for (guint i = 0; i < ACTS_A_ROUND; i++)
        act (self);
      assert_kept (self);
      for (guint i = 0; i < self->missions->len; i++)
        assert_best (self, self->missions->pdata[i]);
    }
  kaf_erase (self->f->db, kaf_registry_find ("organisation"), self->networks->pdata[0], "essai",
             NULL);
  assert_kept (self);
  kaf_fixture_reopen (self->f);
  kaf_fixture_assert_whole (self->f);
  assert_best (self, self->missions->pdata[0]);
}

static void
test_lives (void)
{
  for (guint64 seed = 1; seed <= 3; seed++)
    live (seed);
}

/* A store of before there was this is filled when it opens; what is wrong in it is found. */
static void
test_complete (void)
{
  g_autoptr (World) self = world_new (9);
  g_autoptr (GPtrArray) wrong = NULL;

  add_missions (self);
  for (guint i = 0; i < N_PERSONS; i++)
    add_person (self);
  g_assert_true (
      kaf_database_exec (self->f->db, "DELETE FROM expert_page; DELETE FROM expert_word", NULL));
  wrong = kaf_expert_now_check (self->f->db, NULL);
  g_assert_cmpuint (wrong->len, >, N_PERSONS / 2);
  kaf_fixture_reopen (self->f);
  kaf_fixture_assert_whole (self->f);
  assert_best (self, self->missions->pdata[0]);

  /* A page that is cut short, or tells of another, is no crash and no silence. */
  g_assert_true (kaf_database_exec (
      self->f->db, "UPDATE expert_page SET experts = substr (experts, 1, length (experts) - 10)",
      NULL));
  g_clear_pointer (&wrong, g_ptr_array_unref);
  wrong = kaf_expert_now_check (self->f->db, NULL);
  g_assert_cmpuint (wrong->len, >, 0);
  kaf_candidates_free (find (self, self->missions->pdata[0], 0, NULL));
  g_assert_true (
      kaf_database_exec (self->f->db, "UPDATE expert_page SET experts = zeroblob (400)", NULL));
  kaf_candidates_free (find (self, self->missions->pdata[0], 0, NULL));
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/expert-now/lives", test_lives);
  g_test_add_func ("/expert-now/complete", test_complete);
  return g_test_run ();
}
