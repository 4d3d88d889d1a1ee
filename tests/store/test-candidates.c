/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Experts for a mission: who is found and in which order, who is taken out and why, one person explained. That
 * the best are those whom reading everybody finds is test-expert-now's to show. Persons are invented. */
#include "config.h"

#include <string.h>

#include "kaf-fixture.h"
#include "schema/kaf-registry.h"
#include "store/kaf-candidates.h"

#define DAY "2026-11-28"
#define NEW(entity, ...) kaf_fixture_create (f, entity, NULL, __VA_ARGS__, NULL)

static char *
add_expert (KafFixture *f,
            const char *name,
            const char *status,
            const char *domains,
            const char *languages,
            const char *confirmed)
{
  char *id = NEW ("person", "family_name", name, "given_name", "Essai", "status", status,
                  "languages", languages, "confirmed_on", confirmed);
  g_autofree char *expert = kaf_fixture_create (f, "expert", id, "domains", domains, NULL);

  return id;
}

static char *
add_mission (KafFixture *f)
{
  return NEW ("mission", "title_fr", "Soins", "domains", "nursing", "languages", "fr\tB2",
              "territory", "MA-TIZ", "starts_on", "2027-01-11", "ends_on", "2027-01-12");
}

static KafCandidates *
find (KafFixture *f, const char *mission, guint limit, const char *why)
{
  KafCandidatesQuery query = {
    .mission = mission, .limit = limit, .why = why, .day = kaf_day_parse (DAY), .lang = KAF_LANG_FR
  };
  g_autoptr (GError) error = NULL;
  KafCandidates *found = kaf_candidates_find (f->db, &query, NULL, &error);

  g_assert_no_error (error);
  return found;
}

static const KafCandidate *
nth (const KafCandidates *found, guint i)
{
  g_assert_cmpuint (i, <, found->best->len);
  return found->best->pdata[i];
}

static void
test_order (void)
{
  g_autoptr (KafFixture) f = kaf_fixture_new ();
  g_autofree char *mission = add_mission (f);
  g_autofree char *wide = add_expert (f, "Large", "verified", "health", "fr\tC1", DAY);
  g_autofree char *good = add_expert (f, "Bon", "verified", "nursing", "fr\tC1", DAY);
  g_autofree char *mute = add_expert (f, "Muet", "verified", "nursing", "de\tC1", DAY);
  g_autofree char *law = add_expert (f, "Droit", "verified", "law", "fr\tC1", DAY);
  g_autofree char *busy = NEW ("availability", "person", good, "valid_from", "2027-01-11",
                               "valid_to", "2027-01-11", "part", "am", "kind", "busy");
  g_autoptr (KafCandidates) found = find (f, mission, 0, law);

  g_assert_cmpuint (found->n_considered, ==, 3);
  g_assert_cmpuint (found->n_in, ==, 3);
  g_assert_cmpint (found->n_experts, ==, 4);
  g_assert_cmpuint (found->n_halves, ==, 4);
  g_assert_cmpstr (nth (found, 0)->id, ==, good);
  g_assert_cmpstr (nth (found, 1)->id, ==, mute);
  g_assert_cmpstr (nth (found, 2)->id, ==, wide);
  g_assert_cmpuint (nth (found, 0)->fit.parts[KAF_FIT_AVAILABILITY].to, ==, 112);
  g_assert_cmpuint (nth (found, 0)->lines->len, ==, 7); /* all but the occupation */
  g_assert_cmpint (found->why->fit.out, ==, KAF_FIT_NO_MATCH);
  g_assert_cmpuint (found->why_rank, ==, 0);
}

static void
assert_why (KafFixture *f, const char *mission, const char *person, KafFitOut out)
{
  g_autoptr (KafCandidates) found = find (f, mission, 0, person);

  g_assert_nonnull (found->why);
  g_assert_cmpint (found->why->fit.out, ==, out);
  g_assert_true ((found->why_rank > 0) == (out == KAF_FIT_IN));
}

static void
test_out (void)
{
  g_autoptr (KafFixture) f = kaf_fixture_new ();
  g_autofree char *mission = add_mission (f);
  g_autofree char *here = add_expert (f, "Ici", "active", "nursing", "fr\tC1", DAY);
  g_autofree char *opposed = add_expert (f, "Contre", "opposed", "nursing", "fr\tC1", DAY);
  g_autofree char *asleep = add_expert (f, "Dort", "dormant", "nursing", "fr\tC1", DAY);
  g_autofree char *listed = add_expert (f, "Liste", "active", "nursing", "fr\tC1", DAY);
  g_autofree char *gone = add_expert (f, "Parti", "active", "nursing", "fr\tC1", DAY);
  g_autofree char *line =
      NEW ("mission_expert", "mission", mission, "person", listed, "answer", "listed");
  g_autofree char *partner = NEW ("organisation", "name_fr", "Association d'essai", "kind", "ngo");
  g_autofree char *consent = NULL;
  g_autoptr (KafChangeSet) set = kaf_change_set_new ("delete");
  g_autoptr (KafReceipt) receipt = NULL;
  g_autoptr (KafCandidates) before = NULL;
  g_autoptr (KafCandidates) after = NULL;

  kaf_change_set_delete (set, kaf_registry_find ("person"), gone);
  receipt = kaf_commit (f->db, set, NULL, NULL, NULL);
  g_assert_nonnull (receipt);
  before = find (f, mission, 0, NULL);
  g_assert_cmpuint (before->n_considered, ==, 4);
  g_assert_cmpuint (before->n_out[KAF_FIT_OPPOSED], ==, 1);
  g_assert_cmpuint (before->n_out[KAF_FIT_DORMANT], ==, 1);
  g_assert_cmpuint (before->n_out[KAF_FIT_LISTED], ==, 1);
  g_assert_cmpuint (before->best->len, ==, 1);
  g_assert_false (before->shares);
  assert_why (f, mission, opposed, KAF_FIT_OPPOSED);
  assert_why (f, mission, asleep, KAF_FIT_DORMANT);
  assert_why (f, mission, listed, KAF_FIT_LISTED);
  assert_why (f, mission, here, KAF_FIT_IN);

  /* A facilitator from outside: what is told her is shared. */
  g_clear_pointer (&receipt, kaf_receipt_unref);
  receipt = kaf_fixture_update (f, "mission", mission, "facilitator", partner, NULL);
  after = find (f, mission, 0, NULL);
  g_assert_true (after->shares);
  g_assert_cmpuint (after->best->len, ==, 0);
  g_assert_cmpuint (after->n_out[KAF_FIT_NO_CONSENT], ==, 2);
  assert_why (f, mission, here, KAF_FIT_NO_CONSENT);
  consent = NEW ("consent", "person", here, "purpose", "sharing", "given_on", "2026-01-05");
  assert_why (f, mission, here, KAF_FIT_IN);
  assert_why (f, mission, listed, KAF_FIT_NO_CONSENT);
}

/* The first few of two hundred are the same, whether a few or all are asked for. */
static void
test_exact (void)
{
  static const char *const domains[] = { "nursing", "health", "nursing\nsurgery", "law" };
  static const char *const languages[] = { "fr\tC1", "fr\tB1", "de\tC2", "fr", NULL };
  static const char *const days[] = { "2026-10-01", "2025-10-01", "2024-10-01", NULL };
  g_autoptr (KafFixture) f = kaf_fixture_new ();
  g_autofree char *mission = add_mission (f);
  static const guint limits[] = { 1, 3, 10, 25, 60, 120 };
  g_autoptr (KafCandidates) all = NULL;

  for (guint i = 0; i < 200; i++)
    {
      g_autofree char *name = g_strdup_printf ("Essai %u", i);
      g_autofree char *person =
          add_expert (f, name, "verified", domains[i % 4], languages[i % 5], days[(i / 3) % 4]);
      g_autofree char *time = NULL;

      if (i % 7 == 0)
        time = NEW ("availability", "person", person, "valid_from", "2027-01-11", "valid_to",
                    "2027-01-12", "part", "day", "kind", i % 2 == 0 ? "free" : "busy");
    }
  all = find (f, mission, 500, NULL);
  g_assert_cmpuint (all->best->len, ==, all->n_in);
  g_assert_cmpuint (all->n_in, ==, 150);
  for (guint l = 0; l < G_N_ELEMENTS (limits); l++)
    {
      g_autoptr (KafCandidates) few = find (f, mission, limits[l], NULL);

      g_assert_cmpuint (few->best->len, ==, limits[l]);
      for (guint i = 0; i < limits[l]; i++)
        g_assert_cmpstr (nth (few, i)->id, ==, nth (all, i)->id);
    }
}

static void
test_nothing (void)
{
  g_autoptr (KafFixture) f = kaf_fixture_new ();
  g_autofree char *mission = NEW ("mission", "title_fr", "Vide");
  g_autofree char *person = add_expert (f, "Ici", "active", "nursing", "fr\tC1", DAY);
  g_autoptr (KafCandidates) found = find (f, mission, 0, NULL);
  KafCandidatesQuery query = { .mission = "nobody" };
  g_autoptr (GError) error = NULL;

  g_assert_true (found->asks_nothing);
  g_assert_cmpuint (found->best->len, ==, 0);
  g_assert_null (kaf_candidates_find (f->db, &query, NULL, &error));
  g_assert_error (error, KAF_STORE_ERROR, KAF_STORE_ERROR_NOT_FOUND);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/candidates/order", test_order);
  g_test_add_func ("/candidates/out", test_out);
  g_test_add_func ("/candidates/exact", test_exact);
  g_test_add_func ("/candidates/nothing", test_nothing);
  return g_test_run ();
}
