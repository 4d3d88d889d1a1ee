/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Synthetic persons: the same ones for a seed, all different, and only codes that exist. */
#include "config.h"

#include <string.h>

#include "exchange/kaf-synthetic-names.h"
#include "exchange/kaf-synthetic.h"

#define MANY 50000

static char *
person_to_text (const KafSyntheticPerson *p)
{
  const char *parts[] = {
    p->id,
    p->family_name,
    p->given_name,
    p->family_name_ar,
    p->given_name_ar,
    p->gender,
    p->birth_year,
    p->country,
    p->city,
    p->territory,
    p->nationalities,
    p->languages,
    p->email,
    p->phone,
    p->status,
    p->confirmed_on,
    p->preferred_language,
    p->domains,
    p->occupation,
    p->headline_fr,
    p->headline_ar,
    p->years,
    p->degree,
    p->employer,
    p->mode,
    p->interests,
  };
  GString *text = g_string_new (NULL);

  for (gsize i = 0; i < G_N_ELEMENTS (parts); i++)
    g_string_append_printf (text, "%s\x1f", parts[i] != NULL ? parts[i] : "-");
  return g_string_free (text, FALSE);
}

/* The codes of a reference list, in the source tree. */
static GHashTable *
load_codes (const char *list)
{
  g_autofree char *path =
      g_test_build_filename (G_TEST_DIST, "..", "..", "data", "reference", list, NULL);
  g_autofree char *text = NULL;
  g_auto (GStrv) lines = NULL;
  g_autoptr (GError) error = NULL;
  GHashTable *codes = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);

  g_file_get_contents (path, &text, NULL, &error);
  g_assert_no_error (error);
  lines = g_strsplit (text, "\n", -1);
  g_assert_true (g_str_has_prefix (lines[0], "code\tname_en\tname_fr\tname_ar\tparent"));
  for (gsize i = 1; lines[i] != NULL && *lines[i] != '\0'; i++)
    g_assert_true (g_hash_table_add (codes, g_strndup (lines[i], strcspn (lines[i], "\t"))));
  return codes;
}

static void
assert_codes (GHashTable *codes, const char *set)
{
  g_auto (GStrv) elements = g_strsplit (set, "\n", -1);
  g_autoptr (GHashTable) seen = g_hash_table_new (g_str_hash, g_str_equal);

  g_assert_nonnull (elements[0]);
  for (gsize i = 0; elements[i] != NULL; i++)
    {
      elements[i][strcspn (elements[i], "\t")] = '\0';
      if (!g_hash_table_contains (codes, elements[i]))
        g_test_fail_printf ("no such code: %s", elements[i]);
      g_assert_true (g_hash_table_add (seen, elements[i]));
    }
}

static void
test_same_seed (void)
{
  g_autoptr (KafSynthetic) one = kaf_synthetic_new (42);
  g_autoptr (KafSynthetic) two = kaf_synthetic_new (42);
  g_autoptr (KafSynthetic) other = kaf_synthetic_new (43);
  g_autofree char *seventh = NULL;
  KafSyntheticPerson a, b, c;
  guint alike = 0;

  for (guint i = 0; i < 1000; i++)
    {
      g_autofree char *text_a = NULL;
      g_autofree char *text_b = NULL;

      kaf_synthetic_next (one, &a);
      kaf_synthetic_next (two, &b);
      kaf_synthetic_next (other, &c);
      text_a = person_to_text (&a);
      text_b = person_to_text (&b);
      g_assert_cmpstr (text_a, ==, text_b);
      g_assert_cmpstr (a.id, !=, c.id);
      alike += g_strcmp0 (a.headline_fr, c.headline_fr) == 0;
      if (i == 7)
        seventh = g_steal_pointer (&text_a);
    }
  g_assert_cmpuint (alike, <, 60);

  /* Nothing depends on who came before. */
  kaf_synthetic_seek (one, 7);
  kaf_synthetic_next (one, &a);
  {
    g_autofree char *again = person_to_text (&a);

    g_assert_cmpuint (a.index, ==, 7);
    g_assert_cmpstr (again, ==, seventh);
  }
}

/* A stored sample names people by seed: they must not change from one release to the next. */
static void
test_known_person (void)
{
  g_autoptr (KafSynthetic) stream = kaf_synthetic_new (1);
  KafSyntheticPerson p;

  kaf_synthetic_next (stream, &p);
  g_assert_cmpstr (p.id, ==, "016f5e66-e800-8c0c-acf6-3afcc21a470a");
  g_assert_cmpstr (p.email, ==, "moussa.bouayad.1@example.com");
  g_assert_cmpstr (p.headline_fr, ==, "Responsable qualité, industrie automobile");
}

static void
test_unique (void)
{
  g_autoptr (KafSynthetic) stream = kaf_synthetic_new (7);
  g_autoptr (GHashTable) seen = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  char last[37] = "";
  KafSyntheticPerson p;

  for (guint i = 0; i < MANY; i++)
    {
      kaf_synthetic_next (stream, &p);
      g_assert_cmpuint (strlen (p.id), ==, 36);
      g_assert_true (g_uuid_string_is_valid (p.id));
      g_assert_cmpint (p.id[14], ==, '8');
      g_assert_nonnull (strchr ("89ab", p.id[19]));
      g_assert_cmpstr (last, <, p.id);
      strcpy (last, p.id);
      g_assert_true (g_hash_table_add (seen, g_strdup (p.id)));
      g_assert_true (g_hash_table_add (seen, g_strdup (p.email)));
    }
}

static void
assert_contact (const KafSyntheticPerson *p)
{
  const char *at = strchr (p->email, '@');

  g_assert_true (g_str_is_ascii (p->email));
  g_assert_cmpuint (strlen (p->email), <, sizeof p->email);
  g_assert_true (at != NULL && g_str_has_prefix (at, "@example."));
  for (const char *c = p->email; c < at; c++)
    g_assert_true (g_ascii_islower (*c) || g_ascii_isdigit (*c) || *c == '.');

  if (*p->phone == '\0')
    return;
  g_assert_cmpint (p->phone[0], ==, '+');
  g_assert_cmpuint (strlen (p->phone), >=, 9);
  g_assert_cmpuint (strlen (p->phone), <=, 16);
  g_assert_cmpuint (strspn (p->phone + 1, "0123456789"), ==, strlen (p->phone) - 1);
}

static void
test_values (void)
{
  g_autoptr (GHashTable) countries = load_codes ("countries.tsv");
  g_autoptr (GHashTable) languages = load_codes ("languages.tsv");
  g_autoptr (GHashTable) territories = load_codes ("territories.tsv");
  g_autoptr (GHashTable) occupations = load_codes ("occupations.tsv");
  g_autoptr (GHashTable) domains = load_codes ("domains.tsv");
  g_autoptr (KafSynthetic) stream = kaf_synthetic_new (3);
  KafSyntheticPerson p;

  for (guint i = 0; i < MANY; i++)
    {
      g_autofree char *text = NULL;

      kaf_synthetic_next (stream, &p);
      text = person_to_text (&p);
      g_assert_true (g_utf8_validate (text, -1, NULL));
      g_assert_true (p.family_name != NULL || p.family_name_ar != NULL);
      g_assert_true ((p.family_name == NULL) == (p.given_name == NULL));
      g_assert_true ((p.family_name_ar == NULL) == (p.given_name_ar == NULL));
      assert_codes (countries, p.country);
      assert_codes (countries, p.nationalities);
      assert_codes (languages, p.languages);
      assert_codes (languages, p.preferred_language);
      assert_codes (domains, p.domains);
      assert_codes (occupations, p.occupation);
      if (p.territory != NULL)
        assert_codes (territories, p.territory);
      assert_contact (&p);
      g_assert_cmpstr (p.country, !=, "MA");
      g_assert_nonnull (strstr (p.employer, "(exemple)"));
      g_assert_true (p.confirmed_on == NULL ||
                     (strlen (p.confirmed_on) == 10 && strcmp (p.confirmed_on, "2023-01-01") > 0 &&
                      strcmp (p.confirmed_on, "2026-11-22") < 0));
      g_assert_cmpuint (strlen (p.interests), >, 0);
    }
}

static guint
count_of (GHashTable *counts, const char *key)
{
  return GPOINTER_TO_UINT (g_hash_table_lookup (counts, key));
}

static void
add_one (GHashTable *counts, const char *key)
{
  g_hash_table_insert (counts, g_strdup (key), GUINT_TO_POINTER (count_of (counts, key) + 1));
}

/* Usual names are usual, rare ones come too, and a family name says nothing of the given name. */
static void
test_spread (void)
{
  g_autoptr (KafSynthetic) stream = kaf_synthetic_new (11);
  g_autoptr (GHashTable) family = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  g_autoptr (GHashTable) given = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  g_autoptr (GHashTable) whole = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  g_autoptr (GHashTable) other = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  const guint n = 4 * MANY;
  guint latin_only = 0, arabic_only = 0, expected;
  KafSyntheticPerson p;

  for (guint i = 0; i < n; i++)
    {
      kaf_synthetic_next (stream, &p);
      latin_only += p.family_name_ar == NULL;
      arabic_only += p.family_name == NULL;
      if (p.family_name != NULL)
        {
          g_autofree char *both = g_strdup_printf ("%s %s", p.given_name, p.family_name);

          add_one (family, p.family_name);
          add_one (given, p.given_name);
          add_one (whole, both);
        }
      add_one (other, p.country);
      add_one (other, p.status);
      add_one (other, p.gender);
    }

  g_assert_cmpuint (kaf_synthetic_families_length, >=, 300);
  g_assert_cmpuint (kaf_synthetic_men_length + kaf_synthetic_women_length, >=, 200);
  g_assert_cmpuint (g_hash_table_size (family), >, kaf_synthetic_families_length);
  g_assert_cmpuint (g_hash_table_size (given), >, 250);
  g_assert_cmpuint (g_hash_table_size (whole), >, 40000);
  g_assert_cmpuint (latin_only + arabic_only, >, n / 25);
  g_assert_cmpuint (latin_only + arabic_only, <, n / 16);
  g_assert_cmpuint (count_of (family, kaf_synthetic_families[0].latin), >,
                    5 * count_of (family, kaf_synthetic_families[200].latin));

  expected = (guint) ((guint64) count_of (given, "Mohamed") * count_of (family, "Alaoui") / n);
  g_assert_cmpuint (expected, >, 50);
  g_assert_cmpuint (count_of (whole, "Mohamed Alaoui"), >, expected / 2);
  g_assert_cmpuint (count_of (whole, "Mohamed Alaoui"), <, expected * 2);

  g_assert_cmpuint (count_of (other, "FR"), >, count_of (other, "ES"));
  g_assert_cmpuint (count_of (other, "SG"), >, 0);
  g_assert_cmpuint (count_of (other, "verified"), >, count_of (other, "opposed"));
  g_assert_cmpuint (count_of (other, "opposed"), >, n / 100);
  g_assert_cmpuint (count_of (other, "f"), >, n / 3);
}

static void
test_speed (void)
{
  g_autoptr (KafSynthetic) stream = kaf_synthetic_new (5);
  const guint n = 1000000;
  KafSyntheticPerson p;
  double seconds;

  if (!g_test_perf ())
    {
      g_test_skip ("runs with -m perf");
      return;
    }

  g_test_timer_start ();
  for (guint i = 0; i < n; i++)
    kaf_synthetic_next (stream, &p);
  seconds = g_test_timer_elapsed ();
  g_test_maximized_result (n / seconds, "%.0f persons a second", n / seconds);
  g_assert_cmpfloat (seconds, <, 1.0);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/synthetic/same-seed", test_same_seed);
  g_test_add_func ("/synthetic/known-person", test_known_person);
  g_test_add_func ("/synthetic/unique", test_unique);
  g_test_add_func ("/synthetic/values", test_values);
  g_test_add_func ("/synthetic/spread", test_spread);
  g_test_add_func ("/synthetic/speed", test_speed);

  return g_test_run ();
}
