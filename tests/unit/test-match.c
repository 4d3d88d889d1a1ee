/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Each rule that brings a value to one form, the keys, the weights, the groups and the words of the reasons. */
#include "config.h"

#include <math.h>
#include <string.h>

#include "match/kaf-match-groups.h"
#include "match/kaf-match-keys.h"
#include "match/kaf-match-value.h"
#include "match/kaf-match-words.h"

typedef char *(*Canonical) (const char *text);

typedef struct
{
  const char *text, *expected; /* NULL: says nothing */
} Case;

static void
check_cases (Canonical canonical, const Case *cases, gsize n)
{
  for (gsize i = 0; i < n; i++)
    {
      g_autofree char *got = canonical (cases[i].text);

      g_assert_cmpstr (got, ==, cases[i].expected);
    }
}

static void
test_email (void)
{
  static const Case cases[] = {
    { "M.Boutjdir@Example.ORG", "m.boutjdir@example.org" },
    { "m.boutjdir+kafaat@example.org", "m.boutjdir@example.org" },
    { "m.+kafaat@example.org", "m@example.org" },
    { "m.bout.jdir@gmail.com", "mboutjdir@gmail.com" },
    { "mboutjdir@googlemail.com", "mboutjdir@gmail.com" },
    { "m.boutjdir", NULL },
    { "", NULL },
    { NULL, NULL },
  };
  static const Case locals[] = {
    { "m.boutjdir@example.org", "mboutjdir" },
    { "m_boutjdir@example.org", "mboutjdir" },
    { "info@example.org", NULL },
    { "mb@example.org", NULL },
    { NULL, NULL },
  };

  check_cases (kaf_match_email, cases, G_N_ELEMENTS (cases));
  check_cases (kaf_match_email_local, locals, G_N_ELEMENTS (locals));
}

static void
test_phone (void)
{
  static const Case cases[] = {
    { "+212 6 61 23 45 67", "661234567" },
    { "00212661234567", "661234567" },
    { "06 61 23 45 67", "661234567" },
    { "٠٦٦١٢٣٤٥٦٧", "661234567" },
    { "+49 89 1234567 ext. 12", "891234567" },
    { "0000000000", NULL },
    { "12345", NULL },
    { "inconnu", NULL },
    { NULL, NULL },
  };

  check_cases (kaf_match_phone, cases, G_N_ELEMENTS (cases));
}

static void
test_identifier (void)
{
  static const Case cases[] = {
    { "https://orcid.org/0000-0002-1825-0097", "orcid:0000-0002-1825-0097" },
    { "0000 0002 1825 0097", "orcid:0000-0002-1825-0097" },
    { "https://www.linkedin.com/in/Salma-Bennis/?trk=x", "linkedin:salma-bennis" },
    { "fr.linkedin.com/in/salma-bennis", "linkedin:salma-bennis" },
    { "ab 123.456", "id:AB123456" },
    { "https://www.example.org/team", NULL },
    { "néant", NULL },
    { "0000000", NULL },
    { NULL, NULL },
  };

  check_cases (kaf_match_identifier, cases, G_N_ELEMENTS (cases));
}

static void
test_birth (void)
{
  static const Case cases[] = {
    { "1975-04-12", "1975-04-12" },
    { "12/04/1975", "1975-04-12" },
    { "19750412", "1975-04-12" },
    { "1975-04", "1975-04" },
    { "1975", "1975" },
    { "01/01/1960", "1960" },
    { "12/34/5678", NULL },
    { "", NULL },
    { NULL, NULL },
  };

  check_cases (kaf_match_birth, cases, G_N_ELEMENTS (cases));
}

static KafMatchAliases *
make_aliases (void)
{
  KafMatchAliases *aliases = kaf_match_aliases_new ();

  g_assert_cmpuint (kaf_match_aliases_read (
                        aliases, "# names\n"
                                 "organisation\tDMK\tRéseau des compétences germano-marocaines"
                                 "\tشبكة الكفاءات المغربية بألمانيا\n"
                                 "city\tFès\tFez\tفاس\n"
                                 "country\tDE\tAllemagne\tألمانيا\n"
                                 "planet\tMars\tMarch\n"),
                    ==, 6);
  return aliases;
}

static void
test_organisation (void)
{
  static const struct
  {
    const char *a, *b;
    double least, most;
  } pairs[] = {
    { "DMK", "Deutsch-Marokkanisches Kompetenznetzwerk e. V.", .9, 1 },
    { "D.M.K. e.V. (2009)", "Réseau des compétences germano-marocaines", 1, 1 },
    { "شبكة الكفاءات المغربية بألمانيا", "Réseau des Competences Germano-Marocaines", 1, 1 },
    { "OFPPT", "Office de la formation professionnelle et de la promotion du travail", .9, .9 },
    { "Atlas Ingénierie S.A.R.L.", "ATLAS INGENIERIE", 1, 1 },
    { "Centre hospitalier de Rabat", "Centre hospitalier de Rouen", 0, .85 },
    { "DMK", "AMCN", 0, 0 },
    { "SARL", "SARL", 0, 0 },
  };
  g_autoptr (KafMatchAliases) aliases = make_aliases ();

  for (gsize i = 0; i < G_N_ELEMENTS (pairs); i++)
    {
      double there = kaf_match_organisation_likeness (pairs[i].a, pairs[i].b, aliases);
      double back = kaf_match_organisation_likeness (pairs[i].b, pairs[i].a, aliases);

      g_assert_cmpfloat (there, ==, back);
      g_assert_cmpfloat (there, >=, pairs[i].least);
      g_assert_cmpfloat (there, <=, pairs[i].most);
    }
}

/* "field=value;…" with the names of kaf_match_field_id(), and "name" in one piece. */
static KafMatchPerson *
make (const char *text)
{
  KafMatchPerson *person = kaf_match_person_new ("x");
  g_autoptr (KafMatchAliases) aliases = make_aliases ();
  g_auto (GStrv) parts = g_strsplit (text, ";", -1);
  g_autofree char *given = NULL;
  g_autofree char *family = NULL;

  for (guint i = 0; parts[i] != NULL; i++)
    {
      const char *value = strchr (parts[i], '=') + 1;
      g_autofree char *name = g_strndup (parts[i], (gsize) (value - 1 - parts[i]));

      if (g_str_equal (name, "name"))
        kaf_match_person_add_whole_name (person, value);
      else if (g_str_equal (name, "given_name"))
        given = g_strdup (value);
      else if (g_str_equal (name, "family_name"))
        family = g_strdup (value);
      for (guint field = KAF_MATCH_EMAIL; field < KAF_N_MATCH_FIELDS; field++)
        if (g_str_equal (kaf_match_field_id (field), name))
          kaf_match_person_add_known (person, field, value, aliases);
    }
  kaf_match_person_add_name (person, given, family);
  return person;
}

static void
weigh (const char *a, const char *b, KafMatchScore *score)
{
  g_autoptr (KafMatchPerson) first = make (a);
  g_autoptr (KafMatchPerson) second = make (b);
  KafMatchScore back;

  kaf_match_weigh (kaf_match_model_default (), NULL, kaf_match_prior (100000), first, second,
                   score);
  kaf_match_weigh (kaf_match_model_default (), NULL, kaf_match_prior (100000), second, first,
                   &back);
  g_assert_cmpfloat_with_epsilon (score->bits, back.bits, 1e-9);
  /* What it points to goes with the persons. */
  for (guint i = 0; i < score->n_reasons; i++)
    score->reasons[i].a = score->reasons[i].b = NULL;
}

static KafMatchLevel
level (const char *a, const char *b, KafMatchField field)
{
  KafMatchScore score;
  const KafMatchReason *reason;

  weigh (a, b, &score);
  reason = kaf_match_score_find (&score, field);
  return reason != NULL ? reason->level : KAF_MATCH_MISSING;
}

static void
test_levels (void)
{
  static const struct
  {
    const char *a, *b;
    KafMatchField field;
    KafMatchLevel level;
  } cases[] = {
    { "email=a.bennis@x.ma", "email=a.bennis@y.ma", KAF_MATCH_EMAIL, KAF_MATCH_ALIKE },
    { "email=info@x.ma", "email=info@x.ma", KAF_MATCH_EMAIL, KAF_MATCH_PARTLY },
    { "email=a.bennis@x.ma", "email=salma@x.ma", KAF_MATCH_EMAIL, KAF_MATCH_DIFFERS },
    { "email=a.bennis@x.ma", "phone=0661234567", KAF_MATCH_EMAIL, KAF_MATCH_MISSING },
    { "phone=0661234567", "phone=+212661234567", KAF_MATCH_PHONE, KAF_MATCH_SAME },
    { "identifier=AB123456", "identifier=AB123465", KAF_MATCH_IDENTIFIER, KAF_MATCH_LOOSE },
    { "identifier=AB123456", "identifier=AB993456", KAF_MATCH_IDENTIFIER, KAF_MATCH_DIFFERS },
    { "identifier=AB123456", "identifier=linkedin.com/in/a", KAF_MATCH_IDENTIFIER,
      KAF_MATCH_MISSING },
    { "birth_date=1975-04-12", "birth_date=1975-12-04", KAF_MATCH_BIRTH, KAF_MATCH_LOOSE },
    { "birth_date=1975-04-12", "birth_date=1975-04-13", KAF_MATCH_BIRTH, KAF_MATCH_LOOSE },
    { "birth_date=1975-04-12", "birth_date=1975", KAF_MATCH_BIRTH, KAF_MATCH_PARTLY },
    { "birth_date=1975-04-12", "birth_date=01/01/1975", KAF_MATCH_BIRTH, KAF_MATCH_PARTLY },
    { "birth_date=1975", "birth_date=1976-02", KAF_MATCH_BIRTH, KAF_MATCH_DIFFERS },
    { "city=Fès", "city=فاس", KAF_MATCH_CITY, KAF_MATCH_SAME },
    { "city=Agadir", "city=Rabat", KAF_MATCH_CITY, KAF_MATCH_DIFFERS },
    { "country=ألمانيا", "country=de", KAF_MATCH_COUNTRY, KAF_MATCH_SAME },
    { "employer=Réseau des compétences germano-marocaines", "employer=DMK", KAF_MATCH_EMPLOYER,
      KAF_MATCH_SAME },
    { "given_name=Houcine", "given_name=Hussein", KAF_MATCH_GIVEN_NAME, KAF_MATCH_CLOSE },
    { "given_name=M.;family_name=Boutjdir", "given_name=Mohamed;family_name=بوجدير",
      KAF_MATCH_GIVEN_NAME, KAF_MATCH_PARTLY },
    { "given_name=محمد;family_name=بناني", "given_name=Ahmed;family_name=Bennani",
      KAF_MATCH_GIVEN_NAME, KAF_MATCH_DIFFERS },
    { "given_name=Amina", "given_name=Amine", KAF_MATCH_GIVEN_NAME, KAF_MATCH_DIFFERS },
    { "given_name=Saida", "given_name=سعيد", KAF_MATCH_GIVEN_NAME, KAF_MATCH_DIFFERS },
    { "given_name=سامية", "given_name=Sami", KAF_MATCH_GIVEN_NAME, KAF_MATCH_DIFFERS },
    { "given_name=Moustapha", "given_name=مصطفى", KAF_MATCH_GIVEN_NAME, KAF_MATCH_CLOSE },
    { "family_name=Saida", "family_name=Said", KAF_MATCH_FAMILY_NAME, KAF_MATCH_CLOSE },
    { "given_name=Med", "given_name=محمد", KAF_MATCH_GIVEN_NAME, KAF_MATCH_CLOSE },
    { "given_name=Amine", "given_name=Med Amine", KAF_MATCH_GIVEN_NAME, KAF_MATCH_LOOSE },
    { "given_name=Spencer", "given_name=Spencxr", KAF_MATCH_GIVEN_NAME, KAF_MATCH_LOOSE },
    { "given_name=Salma", "given_name=Salwa", KAF_MATCH_GIVEN_NAME, KAF_MATCH_DIFFERS },
    { "given_name=K.;family_name=Rifai", "given_name=خديجة;family_name=الرفاعي",
      KAF_MATCH_GIVEN_NAME, KAF_MATCH_PARTLY },
    { "city=Toulouse", "city=Toulousse", KAF_MATCH_CITY, KAF_MATCH_SAME },
    { "city=Strasbourg", "city=Strasboug", KAF_MATCH_CITY, KAF_MATCH_LOOSE },
    { "gender=F", "gender=Homme", KAF_MATCH_GENDER, KAF_MATCH_DIFFERS },
    { "gender=Mme", "gender=أنثى", KAF_MATCH_GENDER, KAF_MATCH_SAME },
    { "gender=?", "gender=M", KAF_MATCH_GENDER, KAF_MATCH_MISSING },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      KafMatchLevel got = level (cases[i].a, cases[i].b, cases[i].field);

      if (got != cases[i].level && !(cases[i].level == KAF_MATCH_CLOSE && got < KAF_MATCH_LOOSE))
        g_test_fail_printf ("%s, %s: %s", cases[i].a, cases[i].b, kaf_match_level_id (got));
    }
}

static void
test_names (void)
{
  static const char *const same[][2] = {
    { "name=Mohamed Boutjdir", "name=BOUTJDIR Mohamed" },
    { "name=Mohamed Boutjdir", "given_name=محمد;family_name=بوجدير" },
    { "given_name=El Ouafi;family_name=Nezha", "given_name=نزهة;family_name=الوافي" },
    { "name=Boutjdir, Mohamed", "name=محمد بوجدير" },
    { "name=Hassan Ben Ali", "given_name=Hassan;family_name=Benali" },
    { "name=Mohamed Amine El Fassi", "given_name=Mohamed Amine;family_name=Fassi" },
  };
  KafMatchScore score;

  for (gsize i = 0; i < G_N_ELEMENTS (same); i++)
    {
      weigh (same[i][0], same[i][1], &score);
      g_assert_cmpfloat (score.names, >=, .8);
      g_assert_cmpfloat (score.bits, >, 9);
    }
  weigh ("name=Mohamed Boutjdir", "name=Samir Kaddar", &score);
  g_assert_cmpfloat (score.bits, <, 0);
  weigh ("email=a@x.ma", "name=Samir Kaddar", &score);
  g_assert_cmpfloat (score.names, ==, -1);
  g_assert_cmpuint (score.n_reasons, ==, 0);
}

static void
test_bands (void)
{
  KafMatchScore score;

  /* Three people called so stay three: the name alone is never enough. */
  weigh ("name=Mohamed Alaoui", "name=Mohamed Alaoui", &score);
  g_assert_cmpuint (kaf_match_band (score.probability), <=, KAF_MATCH_ON_REQUEST);
  weigh ("name=Mohamed Alaoui;email=m.alaoui@x.ma", "name=محمد العلوي;email=M.Alaoui@x.ma", &score);
  g_assert_cmpuint (kaf_match_band (score.probability), ==, KAF_MATCH_VERY_LIKELY);
  g_assert_true (kaf_match_may_join (&score));
  weigh ("name=Mohamed Alaoui;email=m.alaoui@x.ma;birth_date=1970-05-05",
         "name=Mohamed Alaoui;email=m.alaoui@x.ma;birth_date=1991-07-06", &score);
  g_assert_false (kaf_match_may_join (&score));
  weigh ("name=Mohamed Alaoui;email=m.alaoui@x.ma", "name=Salma Bennis;email=m.alaoui@x.ma",
         &score);
  g_assert_false (kaf_match_may_join (&score));
  weigh ("name=Mohamed Alaoui;phone=0661234567", "name=Mohamed Alaoui;phone=0661234567", &score);
  g_assert_false (kaf_match_may_join (&score));
}

/* Brothers and sisters live in one city and work in one field: what is told of them must not outweigh that they are
 * called otherwise. */
static void
test_given (void)
{
#define REST ";family_name=Exemple;city=Paris;country=fr;domain=health"
  static const struct
  {
    const char *a, *b;
    double least, most; /* likely */
  } cases[] = {
    { "given_name=Amina" REST, "given_name=Rachid" REST, 0, .10 },
    { "given_name=Amina" REST, "given_name=Amine" REST, 0, .20 },
    { "given_name=Said" REST, "given_name=سعيدة" REST, 0, .20 },
    { "given_name=Salma" REST, "given_name=Nawal" REST, 0, .10 },
    /* Not so where something else settles it. */
    { "given_name=Amina" REST ";email=a.exemple9@x.ma;birth_date=1980-03-04",
      "given_name=Rachida" REST ";email=a.exemple9@x.ma;birth_date=1980-03-04", .99, 1 },
    { "given_name=Amina" REST, "given_name=أمينة" REST, .99, 1 },
    { "given_name=Amina" REST, "given_name=A." REST, .90, 1 },
    { "given_name=Amina" REST ";gender=f", "given_name=A." REST ";gender=m", 0, .60 },
  };
#undef REST

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (KafMatchPerson) a = make (cases[i].a);
      g_autoptr (KafMatchPerson) b = make (cases[i].b);
      KafMatchScore score;

      kaf_match_weigh (kaf_match_model_default (), NULL, kaf_match_prior (1000), a, b, &score);
      if (score.probability < cases[i].least || score.probability > cases[i].most)
        g_test_fail_printf ("%s, %s: %.3f", cases[i].a, cases[i].b, score.probability);
    }
}

/* The less alike two given names are, the more it says; at the edges nothing jumps. */
static void
test_apart (void)
{
  static const char *const others[] = { "Mohssine", "Mourad", "Samir", "Zineb" };
  double before = G_MAXDOUBLE;
  KafMatchScore score;

  for (gsize i = 0; i < G_N_ELEMENTS (others); i++)
    {
      g_autofree char *other = g_strdup_printf ("given_name=%s", others[i]);
      const KafMatchReason *reason;

      weigh ("given_name=Mohcine", other, &score);
      reason = kaf_match_score_find (&score, KAF_MATCH_GIVEN_NAME);
      g_assert_cmpfloat (reason->bits, <=, before);
      if (reason->level == KAF_MATCH_DIFFERS)
        {
          g_assert_cmpfloat (reason->likeness, <, .66);
          g_assert_cmpfloat (reason->bits, <=, -2);
          g_assert_cmpfloat (reason->bits, >=, -7);
        }
      before = reason->bits;
    }
  g_assert_cmpfloat (before, ==, -7);
}

static void
test_rarity (void)
{
  g_autoptr (KafMatchRarity) rarity = kaf_match_rarity_new ();

  g_assert_cmpfloat (fabs (kaf_match_rarity_bits (rarity, KAF_MATCH_FAMILY_NAME, "lwi", "lwi")), <,
                     .01);
  kaf_match_rarity_count (rarity, KAF_MATCH_FAMILY_NAME, "lwi", 4000);
  kaf_match_rarity_count (rarity, KAF_MATCH_FAMILY_NAME, "zgtn", 1);
  kaf_match_rarity_count_persons (rarity, 100000);
  g_assert_cmpfloat (kaf_match_rarity_bits (rarity, KAF_MATCH_FAMILY_NAME, "lwi", "lwi"), <, -1);
  g_assert_cmpfloat (kaf_match_rarity_bits (rarity, KAF_MATCH_FAMILY_NAME, "zgtn", "zgtn"), ==,
                     KAF_MATCH_RARITY_MAX);
  /* A misspelling of a usual name is no rare name. */
  g_assert_cmpfloat (kaf_match_rarity_bits (rarity, KAF_MATCH_FAMILY_NAME, "lwii", "lwi"), <, -1);
}

static gboolean
share_key (const char *a, const char *b)
{
  g_autoptr (KafMatchPerson) first = make (a);
  g_autoptr (KafMatchPerson) second = make (b);
  g_autoptr (GPtrArray) keys_a = kaf_match_keys (first);
  g_autoptr (GPtrArray) keys_b = kaf_match_keys (second);

  for (guint i = 0; i < keys_a->len; i++)
    {
      g_assert_true (i == 0 || strcmp (keys_a->pdata[i - 1], keys_a->pdata[i]) < 0);
      for (guint j = 0; j < keys_b->len; j++)
        if (g_str_equal (keys_a->pdata[i], keys_b->pdata[j]))
          return TRUE;
    }
  return FALSE;
}

static void
test_keys (void)
{
  static const char *const meet[][2] = {
    { "email=m.b@x.ma", "email=M.B@x.ma" },
    { "email=m.boutjdir@x.ma", "email=mboutjdir@y.ma" },
    { "phone=0661234567", "phone=+212 661 23 45 67" },
    { "identifier=orcid.org/0000-0002-1825-0097", "identifier=0000-0002-1825-0097" },
    { "name=Mohamed Boutjdir", "name=بوجدير محمد" },
    { "given_name=Nezha;family_name=El Ouafi", "given_name=نزهة;family_name=الوافي" },
    { "name=BOUTJDIR M.;birth_date=1962-03-04", "given_name=Mohamed;family_name=Boutjdir;"
                                                "birth_date=1962" },
    { "name=BOUTJDIR M.;employer=DMK", "name=بوجدير;employer=Deutsch-Marokkanisches "
                                       "Kompetenznetzwerk e.V." },
    { "name=BOUTJDIR M.;city=Fez", "name=بوجدير محمد;city=فاس" },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (meet); i++)
    if (!share_key (meet[i][0], meet[i][1]))
      g_test_fail_printf ("no key in common: %s, %s", meet[i][0], meet[i][1]);
  g_assert_false (share_key ("name=Mohamed Alaoui", "name=Ahmed Alaoui"));
  g_assert_false (share_key ("given_name=Salma;family_name=Bennis;city=Rabat",
                             "given_name=Salma;family_name=Kettani;city=Rabat"));
  g_assert_true (share_key ("given_name=Said;family_name=Belyoussef", "name=BELYOUSSEF S."));
  g_assert_true (share_key ("given_name=Chaimae;family_name=Rifai", "name=RIFAI C."));
  g_assert_true (share_key ("given_name=Med;family_name=Bennis", "name=محمد بنيس"));
  g_assert_true (share_key ("given_name=Fatima;family_name=Aït Mokhtar", "name=Fatima Aït Moktar"));
  g_assert_true (share_key ("given_name=Moamed;family_name=Tazi", "name=Mohamed Tazi"));
  g_assert_false (share_key ("given_name=Ali;family_name=Tazi", "name=Hali Taza"));
  g_assert_true (share_key ("given_name=أمينة;family_name=العلوي", "name=ALAOUI A."));
  g_assert_true (share_key ("given_name=Salma;family_name=Bennis;birth_date=1980-03-04",
                            "given_name=سلمى;family_name=Kettani;birth_date=4/3/1980"));
}

/* Bits between numbers: those of the table, else -20. */
static double
table_judge (guint a, guint b, gpointer data)
{
  const double (*table)[4] = data;

  return table[a][b];
}

static void
test_groups (void)
{
  /* 0–1 and 1–2 are alike, 0–2 are not at all: no chain. 3 is judged different from 1. */
  static double table[4][4] = { { 0, 10, -30, 5 }, { 0, 0, 9, -INFINITY }, { 0, 0, 0, 4 } };
  KafMatchPair pairs[] = {
    { 1, 2, 9, 1 }, { 0, 1, 10, 1 }, { 0, 3, 5, 1 }, { 2, 3, 4, 1 }, { 1, 3, 8, 1 }
  };
  g_autoptr (GArray) array = g_array_new (FALSE, FALSE, sizeof (KafMatchPair));

  g_array_append_vals (array, pairs, G_N_ELEMENTS (pairs));
  for (guint turn = 0; turn < G_N_ELEMENTS (pairs); turn++)
    {
      KafMatchPair first = g_array_index (array, KafMatchPair, 0);
      g_autofree guint32 *groups = kaf_match_groups (4, array, 0, table_judge, table);

      g_assert_cmpuint (groups[0], ==, 0);
      g_assert_cmpuint (groups[1], ==, 0);
      g_assert_cmpuint (groups[2], ==, 2);
      g_assert_cmpuint (groups[3], ==, 2);
      /* In any order. */
      g_array_remove_index (array, 0);
      g_array_append_val (array, first);
    }
}

static void
test_index (void)
{
  g_autoptr (KafMatchIndex) index = kaf_match_index_new ();
  g_autoptr (GArray) found = g_array_new (FALSE, FALSE, sizeof (guint32));
  g_autoptr (KafMatchPerson) one = make ("name=Salma Bennis;country=fr");
  g_autoptr (KafMatchPerson) abroad = make ("name=Salma Bennis;country=de");

  for (guint i = 0; i < 2 * KAF_MATCH_KEY_CROWD; i++)
    kaf_match_index_add (
        index, make (i < 5 ? "name=Salma Bennis;country=de" : "name=Salma Bennis;country=fr"));
  kaf_match_index_seal (index);
  /* A crowd is left out, the few of a country are not. */
  kaf_match_index_find (index, one, found);
  g_assert_cmpuint (found->len, ==, 0);
  kaf_match_index_find (index, abroad, found);
  g_assert_cmpuint (found->len, ==, 5);
}

/* In an index texts are had once, and say what they said; what is written alike on two sides is heard by its side. */
static void
test_pool (void)
{
  g_autoptr (KafMatchIndex) index = kaf_match_index_new ();
  g_autoptr (KafMatchPerson) alone = make ("given_name=Med;family_name=Tazi;city=Fez;country=fr");
  const KafMatchPerson *a, *b;
  KafMatchScore score, expected;

  for (guint i = 0; i < 2; i++)
    kaf_match_index_add (index, make ("given_name=Med;family_name=Tazi;city=Fez;country=fr"));
  kaf_match_index_add (index, make ("given_name=Tazi;family_name=Med;city=Fes"));
  kaf_match_index_seal (index);
  a = kaf_match_index_get (index, 0);
  b = kaf_match_index_get (index, 1);
  g_assert_true (a->names->pdata[0]->given_spoken == b->names->pdata[0]->given_spoken);
  g_assert_true (a->values[KAF_MATCH_CITY]->at[0].value == b->values[KAF_MATCH_CITY]->at[0].value);
  g_assert_cmpstr (a->names->pdata[0]->given, ==, "Med");
  b = kaf_match_index_get (index, 2);
  kaf_match_weigh (kaf_match_model_default (), NULL, 17, a, b, &score);
  kaf_match_weigh (kaf_match_model_default (), NULL, 17, alone, b, &expected);
  g_assert_cmpfloat (score.bits, ==, expected.bits);
  g_assert_cmpstr (b->names->pdata[0]->given_key, ==, "tz");
  g_assert_cmpstr (b->names->pdata[0]->family_key, !=, a->names->pdata[0]->given_key);
}

/* The entries of an index stand by their hash, whatever their first byte is. */
static void
test_order (void)
{
  g_autoptr (KafMatchIndex) index = kaf_match_index_new ();
  guint64 before = 0;
  guint number;

  for (guint i = 0; i < 2000; i++)
    {
      g_autofree char *text = g_strdup_printf ("email=someone%u@example.org;phone=0661%06u", i, i);

      kaf_match_index_add (index, make (text));
    }
  kaf_match_index_seal (index);
  g_assert_cmpuint (kaf_match_index_get_n_keys (index), ==, 6000);
  for (guint i = 0; i < kaf_match_index_get_n_keys (index); i++)
    {
      guint64 key = kaf_match_index_get_key (index, i, &number);

      g_assert_cmpuint (key, >=, before);
      g_assert_cmpuint (number, <, 2000);
      before = key;
    }
}

static void
test_words (void)
{
  g_autoptr (KafMatchPerson) a = make ("name=محمد بوجدير;email=m.b@x.ma;employer=DMK");
  g_autoptr (KafMatchPerson) b = make ("name=Mohamed Boutjdir;email=m.b@x.ma;employer=OFPPT");
  g_autofree char *told = NULL;
  KafMatchScore score;

  kaf_match_weigh (kaf_match_model_default (), NULL, kaf_match_prior (1000), a, b, &score);
  told = kaf_match_tell (&score, KAF_LANG_EN);
  g_assert_cmpstr (told, ==,
                   "✔ names that agree in two scripts: محمد بوجدير ↔ Mohamed Boutjdir · ✔ same "
                   "e-mail address · ✘ different employers → very likely");
  g_assert_null (kaf_match_question (&score, KAF_LANG_EN));
}

/* One name is enough to ask, initials for it nearly so; with the same country it is as good as sure. */
static void
test_bodies (void)
{
  static const struct
  {
    const char *a, *b;
    double least, most;
  } pairs[] = {
    { "organisation=DMK", "organisation=Réseau des compétences germano-marocaines", .78, .85 },
    { "organisation=DMK;country=DE",
      "organisation=Réseau des compétences germano-marocaines;country=DE", .93, 1 },
    { "organisation=Office du travail rural marocain", "organisation=OTRM", .3, .4 },
    { "organisation=Office du travail rural marocain;country=MA", "organisation=OTRM;country=MA",
      .6, .7 },
    { "organisation=Université Mohammed V", "organisation=Université Mohammed VI", 0, .2 },
    { "organisation=Atlas;country=MA;city=Fès", "organisation=Atlas;country=FR;city=Lyon", 0, .4 },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (pairs); i++)
    {
      g_autoptr (KafMatchPerson) a = make (pairs[i].a);
      g_autoptr (KafMatchPerson) b = make (pairs[i].b);
      KafMatchScore score;

      kaf_match_weigh (kaf_match_model_default (), NULL, kaf_match_prior (200), a, b, &score);
      if (score.probability < pairs[i].least || score.probability > pairs[i].most)
        g_error ("%s, %s: %f", pairs[i].a, pairs[i].b, score.probability);
    }
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/match/email", test_email);
  g_test_add_func ("/match/phone", test_phone);
  g_test_add_func ("/match/identifier", test_identifier);
  g_test_add_func ("/match/birth", test_birth);
  g_test_add_func ("/match/organisation", test_organisation);
  g_test_add_func ("/match/bodies", test_bodies);
  g_test_add_func ("/match/levels", test_levels);
  g_test_add_func ("/match/names", test_names);
  g_test_add_func ("/match/bands", test_bands);
  g_test_add_func ("/match/given", test_given);
  g_test_add_func ("/match/apart", test_apart);
  g_test_add_func ("/match/rarity", test_rarity);
  g_test_add_func ("/match/keys", test_keys);
  g_test_add_func ("/match/groups", test_groups);
  g_test_add_func ("/match/index", test_index);
  g_test_add_func ("/match/pool", test_pool);
  g_test_add_func ("/match/order", test_order);
  g_test_add_func ("/match/words", test_words);
  return g_test_run ();
}
