/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Who is ruled out by her row would have been ruled out by weighing all that is known of her. */
#include "config.h"

#include "match/kaf-match-keys.h"
#include "match/kaf-match-memo.h"
#include "match/kaf-match-sift.h"

#define N_PERSONS 400
#define LEAST .30
#define SEED 11

/* A person, and what of her stands in her row. */
typedef struct
{
  KafMatchPerson *person;
  KafMatchColumns columns;
  GPtrArray *keys;
} Drawn;

static void
drawn_free (gpointer data)
{
  Drawn *self = data;

  kaf_match_person_free (self->person);
  g_ptr_array_unref (self->keys);
  g_free (self);
}

static const char *
draw (GRand *rand, const char *const *of, guint n)
{
  return of[g_rand_int_range (rand, 0, (gint32) n)];
}

#define DRAW(rand, of) draw (rand, of, G_N_ELEMENTS (of))

static void
draw_row (GRand *rand, KafMatchColumns *columns)
{
  static const char *const given[] = { "Mohamed", "Med",   "Amina", "A.", " Hicham ", "Hisham",
                                       "Saida",   "Nezha", "Driss", "",   "Said",     NULL };
  static const char *const family[] = { "Alaoui", "El Idrissi", "Idrissi", "Alawi",
                                        "Hicham", "Kaddar",     "...",     NULL };
  static const char *const given_ar[] = { "محمد", "نزهة", NULL };
  static const char *const family_ar[] = { "العلوي", "الإدريسي", NULL };
  static const char *const countries[] = { "FR", "MA", NULL };
  static const char *const cities[] = { "Toulouse", "Toulose", "Fès", NULL };
  static const char *const births[] = { "1970", "1971", "1984", NULL };
  static const char *const genders[] = { "female", "male", NULL };

  *columns = (KafMatchColumns){
    .given = DRAW (rand, given),
    .family = DRAW (rand, family),
    .given_ar = DRAW (rand, given_ar),
    .family_ar = DRAW (rand, family_ar),
    .country = DRAW (rand, countries),
    .city = DRAW (rand, cities),
    .birth = DRAW (rand, births),
    .gender = DRAW (rand, genders),
  };
}

static void
draw_rest (GRand *rand, Drawn *self)
{
  static const char *const emails[] = { "a.alaoui@example.org", "a_alaoui@example.net",
                                        "contact@example.org", "hi12@example.org", NULL };
  static const char *const phones[] = { "+33612345678", "+33612345679", NULL };
  static const char *const identifiers[] = { "orcid:0000-0001-2345-6789",
                                             "orcid:0000-0001-2345-6780", "cin:AB12345", NULL };
  static const char *const bodies[] = {
    "Office de la formation professionnelle et de la promotion du travail", "OFPPT", "CNRS", NULL
  };
  static const char *const domains[] = { "health", "energy", NULL };
  KafMatchPerson *person = self->person;

  self->columns.employer = DRAW (rand, bodies);
  kaf_match_person_add (person, KAF_MATCH_EMPLOYER, self->columns.employer);
  kaf_match_person_add (person, KAF_MATCH_EMAIL, DRAW (rand, emails));
  kaf_match_person_add (person, KAF_MATCH_PHONE, DRAW (rand, phones));
  kaf_match_person_add (person, KAF_MATCH_IDENTIFIER, DRAW (rand, identifiers));
  kaf_match_person_add (person, KAF_MATCH_DOMAIN, DRAW (rand, domains));
  kaf_match_person_add (person, KAF_MATCH_NETWORK, DRAW (rand, bodies));
}

static Drawn *
draw_person (GRand *rand)
{
  Drawn *self = g_new0 (Drawn, 1);
  const KafMatchColumns *columns = &self->columns;
  KafMatchPerson *person = self->person = kaf_match_person_new ("");

  draw_row (rand, &self->columns);
  kaf_match_person_add_name (person, columns->given, columns->family);
  kaf_match_person_add_name (person, columns->given_ar, columns->family_ar);
  kaf_match_person_add (person, KAF_MATCH_COUNTRY, columns->country);
  kaf_match_person_add (person, KAF_MATCH_CITY, columns->city);
  kaf_match_person_add (person, KAF_MATCH_BIRTH, columns->birth);
  kaf_match_person_add (person, KAF_MATCH_GENDER, columns->gender);
  draw_rest (rand, self);
  self->keys = kaf_match_keys (person);
  return self;
}

static GPtrArray *
draw_persons (KafMatchRarity *rarity)
{
  g_autoptr (GRand) rand = g_rand_new_with_seed (SEED);
  GPtrArray *persons = g_ptr_array_new_with_free_func (drawn_free);

  for (guint i = 0; i < N_PERSONS; i++)
    {
      Drawn *drawn = draw_person (rand);

      g_ptr_array_add (persons, drawn);
      kaf_match_rarity_add (rarity, drawn->person);
    }
  return persons;
}

static gboolean
share_anchor (const Drawn *a, const Drawn *b)
{
  for (guint i = 0; i < a->keys->len; i++)
    if (kaf_match_key_is_anchor (a->keys->pdata[i]) &&
        g_ptr_array_find_with_equal_func (b->keys, a->keys->pdata[i], g_str_equal, NULL))
      return TRUE;
  return FALSE;
}

/* @full: a person is also known by a name in one piece, which stands in no row of hers. @asked: for the employer too.
 * Returns how many are ruled out. */
static guint
check_all (gboolean full, gboolean asked)
{
  g_autoptr (KafMatchRarity) rarity = kaf_match_rarity_new ();
  g_autoptr (KafMatchReadings) readings = kaf_match_readings_new (NULL);
  g_autoptr (KafMatchMemo) memo = kaf_match_memo_new ();
  g_autoptr (GPtrArray) persons = draw_persons (rarity);
  const KafMatchModel *model = kaf_match_model_default ();
  double prior = kaf_match_prior (N_PERSONS);
  guint n_out = 0, n_likely = 0;

  for (guint i = 0; i < N_PERSONS; i++)
    {
      const Drawn *one = persons->pdata[i];
      g_autoptr (KafMatchSift) sift = NULL;

      if (full)
        kaf_match_person_add_whole_name (one->person, "ALAOUI Mohamed");
      sift = kaf_match_sift_new (model, rarity, readings, memo, one->person, prior, LEAST);
      for (guint j = i + 1; j < N_PERSONS; j++)
        {
          Drawn *other = persons->pdata[j];
          KafMatchScore score;
          gboolean out;

          other->columns.asked = asked;
          out = !share_anchor (one, other) && kaf_match_sift_is_not (sift, &other->columns);
          kaf_match_weigh (model, rarity, prior, one->person, other->person, &score);
          g_assert_false (out && score.probability >= LEAST);
          n_likely += score.probability >= LEAST;
          n_out += out;
        }
    }
  /* It does rule out, though these persons are made to be alike. */
  g_assert_cmpuint (n_likely, >, 500);
  g_assert_cmpuint (n_out, >, 10000);
  return n_out;
}

static void
test_never_too_soon (void)
{
  g_assert_cmpuint (check_all (FALSE, FALSE), <, check_all (FALSE, TRUE));
}

static void
test_other_names (void)
{
  check_all (TRUE, FALSE);
}

/* What is kept is what is read, and is kept once. */
static void
test_readings (void)
{
  g_autoptr (KafMatchReadings) readings = kaf_match_readings_new (NULL);
  g_autoptr (KafMatchPerson) person = kaf_match_person_new (NULL);
  const KafMatchName *own;
  KafMatchName name, again;

  kaf_match_person_add_name (person, " Med ", "بوجدير");
  own = g_ptr_array_index (person->names, 0);
  g_assert_true (kaf_match_readings_name (readings, " Med ", "بوجدير", &name));
  g_assert_cmpstr (name.given, ==, own->given);
  g_assert_cmpstr (name.family, ==, own->family);
  g_assert_cmpstr (name.given_key, ==, own->given_key);
  g_assert_cmpstr (name.family_key, ==, own->family_key);
  g_assert_cmpint (name.arabic, ==, own->arabic);
  g_assert_cmpfloat (kaf_spoken_name_likeness (name.given_spoken, own->given_spoken), ==, 1);
  g_assert_true (kaf_match_readings_name (readings, " Med ", NULL, &again));
  g_assert_true (again.given_spoken == name.given_spoken);
  g_assert_null (again.family);
  g_assert_false (again.arabic);
  g_assert_false (kaf_match_readings_name (readings, "", "...", &again));
  g_assert_false (kaf_match_readings_name (readings, NULL, NULL, &again));
  g_assert_cmpstr (kaf_match_readings_values (readings, KAF_MATCH_COUNTRY, "FR")->at[0].value, ==,
                   "fr");
  g_assert_null (kaf_match_readings_values (readings, KAF_MATCH_GENDER, "?"));
  g_assert_null (kaf_match_readings_values (readings, KAF_MATCH_CITY, NULL));
  g_assert_cmpuint (kaf_match_readings_get_n (readings), ==, 6);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/match-sift/never-too-soon", test_never_too_soon);
  g_test_add_func ("/match-sift/other-names", test_other_names);
  g_test_add_func ("/match-sift/readings", test_readings);
  return g_test_run ();
}
