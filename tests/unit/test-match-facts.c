/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Who is ruled out unread would have been ruled out by weighing. */
#include "config.h"

#include "match/kaf-match-facts.h"

#define N_PERSONS 400
#define LEAST .30
#define SEED 7

static const char *
draw (GRand *rand, const char *const *of, guint n)
{
  return of[g_rand_int_range (rand, 0, (gint32) n)];
}

#define DRAW(rand, of) draw (rand, of, G_N_ELEMENTS (of))

static void
add_values (GRand *rand, KafMatchPerson *person)
{
  static const char *const emails[] = { "a.alaoui@example.org",  "a.alaoui@example.net",
                                        "h.idrissi@example.org", "contact@example.org",
                                        "hi12@example.org",      NULL };
  static const char *const phones[] = { "+33612345678", "+33612345679", "0612345678", NULL };
  static const char *const identifiers[] = { "orcid:0000-0001-2345-6789",
                                             "orcid:0000-0001-2345-6780", "cin:AB12345", NULL };
  static const char *const births[] = { "1970",       "1971",       "1970-02-03",
                                        "1970-03-02", "1971-02-03", NULL };
  static const char *const cities[] = { "Toulouse", "Toulose", "Fès", NULL };
  static const char *const genders[] = { "female", "male", NULL };
  static const char *const countries[] = { "FR", "MA", NULL };
  static const char *const employers[] = {
    "Office de la formation professionnelle et de la promotion du travail", "OFPPT", "CNRS", NULL
  };
  static const char *const domains[] = { "health", "energy", NULL };

  kaf_match_person_add (person, KAF_MATCH_EMAIL, DRAW (rand, emails));
  kaf_match_person_add (person, KAF_MATCH_EMAIL, DRAW (rand, emails));
  kaf_match_person_add (person, KAF_MATCH_PHONE, DRAW (rand, phones));
  kaf_match_person_add (person, KAF_MATCH_IDENTIFIER, DRAW (rand, identifiers));
  kaf_match_person_add (person, KAF_MATCH_BIRTH, DRAW (rand, births));
  kaf_match_person_add (person, KAF_MATCH_CITY, DRAW (rand, cities));
  kaf_match_person_add (person, KAF_MATCH_GENDER, DRAW (rand, genders));
  kaf_match_person_add (person, KAF_MATCH_COUNTRY, DRAW (rand, countries));
  kaf_match_person_add (person, KAF_MATCH_EMPLOYER, DRAW (rand, employers));
  kaf_match_person_add (person, KAF_MATCH_DOMAIN, DRAW (rand, domains));
  kaf_match_person_add (person, KAF_MATCH_NETWORK, DRAW (rand, employers));
}

static KafMatchPerson *
draw_person (GRand *rand)
{
  static const char *const given[] = { "Mohamed",   "Med",    "محمد",   "Amina",
                                       "A.",        "Hicham", "Hisham", "Abderrahim",
                                       "Abderahim", "Said",   "Saida",  NULL };
  static const char *const family[] = { "Alaoui",     "العلوي", "El Idrissi", "Idrissi",
                                        "Zghari-Bel", "Alawi",  "Hicham",     NULL };
  KafMatchPerson *person = kaf_match_person_new ("");

  kaf_match_person_add_name (person, DRAW (rand, given), DRAW (rand, family));
  if (g_rand_boolean (rand))
    kaf_match_person_add_whole_name (person, "ALAOUI Mohamed");
  add_values (rand, person);
  return person;
}

static GPtrArray *
draw_persons (KafMatchFacts *facts, KafMatchRarity *rarity)
{
  g_autoptr (GRand) rand = g_rand_new_with_seed (SEED);
  GPtrArray *persons = g_ptr_array_new_with_free_func ((GDestroyNotify) kaf_match_person_free);

  for (guint i = 0; i < N_PERSONS; i++)
    {
      KafMatchPerson *person = draw_person (rand);

      g_ptr_array_add (persons, person);
      kaf_match_facts_add (facts, person);
      kaf_match_rarity_add (rarity, person);
    }
  return persons;
}

static void
test_never_too_soon (void)
{
  g_autoptr (KafMatchFacts) facts = kaf_match_facts_new ();
  g_autoptr (KafMatchRarity) rarity = kaf_match_rarity_new ();
  g_autoptr (GPtrArray) persons = draw_persons (facts, rarity);
  const KafMatchModel *model = kaf_match_model_default ();
  guint n_out = 0, n_likely = 0;

  for (guint i = 0; i < N_PERSONS; i++)
    {
      const KafMatchPerson *person = g_ptr_array_index (persons, i);
      g_autoptr (KafMatchSought) sought = kaf_match_sought_new (model, rarity, person);

      for (guint j = 0; j < N_PERSONS; j++)
        {
          gboolean out =
              kaf_match_sought_is_not (sought, facts, j, kaf_match_prior (N_PERSONS), LEAST);
          gboolean likely;
          KafMatchScore score;

          kaf_match_weigh (model, rarity, kaf_match_prior (N_PERSONS), person,
                           g_ptr_array_index (persons, j), &score);
          likely = score.probability >= LEAST || kaf_match_may_join (&score);
          g_assert_false (out && likely);
          n_likely += likely;
          n_out += out;
        }
    }
  /* It does rule out, though these persons are made to be alike. */
  g_assert_cmpuint (n_likely, >, 1000);
  g_assert_cmpuint (n_out, >, 10000);
}

/* What was remembered of others is what would have been found. */
static void
test_memo (void)
{
  g_autoptr (KafMatchFacts) facts = kaf_match_facts_new ();
  g_autoptr (KafMatchRarity) rarity = kaf_match_rarity_new ();
  g_autoptr (GPtrArray) persons = draw_persons (facts, rarity);
  g_autoptr (KafMatchMemo) memo = kaf_match_memo_new ();
  const KafMatchModel *model = kaf_match_model_default ();
  double prior = kaf_match_prior (N_PERSONS);

  for (guint i = 0; i < N_PERSONS; i++)
    {
      const KafMatchPerson *person = g_ptr_array_index (persons, i);
      g_autoptr (KafMatchSought) plain = kaf_match_sought_new (model, rarity, person);
      g_autoptr (KafMatchSought) sought = kaf_match_sought_new (model, rarity, person);

      kaf_match_sought_remember (sought, facts, i, memo);
      for (guint j = 0; j < N_PERSONS; j++)
        g_assert_cmpint (kaf_match_sought_is_not (plain, facts, j, prior, LEAST), ==,
                         kaf_match_sought_is_not (sought, facts, j, prior, LEAST));
    }
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/match-facts/never-too-soon", test_never_too_soon);
  g_test_add_func ("/match-facts/memo", test_memo);
  return g_test_run ();
}
