/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The indexed search against looking at every record: same rows, same order, on eight thousand
 * persons and some hundreds of texts; and nothing that was deleted or erased. */
#include "config.h"

#include <string.h>

#include "base/kaf-random.h"
#include "exchange/kaf-sample.h"
#include "kaf-fixture.h"
#include "schema/kaf-registry.h"
#include "store/kaf-check.h"
#include "store/kaf-search.h"

#define N_PERSONS 8000
#define PAGE 50

static KafFixture *fixture;

/* Fields to take texts from. */
static const char *const names[] = { "family_name", "given_name", "family_name_ar",
                                     "given_name_ar" };
static const char *const others[] = { "city", "emails", "phones" };

static void
assert_same (const char *entity, const char *text)
{
  g_autoptr (KafQuery) query = kaf_query_new (kaf_registry_find (entity));
  g_autoptr (GArray) brute = NULL;
  g_autoptr (GArray) first = NULL;
  g_autoptr (GArray) all = NULL;
  g_autoptr (GError) error = NULL;
  gint64 total, at_least;

  g_test_message ("%s: “%s”", entity, text);
  kaf_query_set_text (query, text);
  brute = kaf_search_brute (fixture->db, query, &error);
  g_assert_no_error (error);
  first = kaf_search_first (fixture->db, query, PAGE, &total, &at_least, &error);
  g_assert_no_error (error);
  all = kaf_search_all (fixture->db, query, &error);
  g_assert_no_error (error);

  g_assert_cmpuint (first->len, ==, MIN (brute->len, PAGE));
  g_assert_cmpmem (first->data, first->len * sizeof (guint32), brute->data,
                   first->len * sizeof (guint32));
  g_assert_cmpmem (all->data, all->len * sizeof (guint32), brute->data,
                   brute->len * sizeof (guint32));
  if (total >= 0)
    g_assert_cmpint (total, ==, brute->len);
  else
    g_assert_cmpint (at_least, <=, brute->len);
}

/* A person by her place in the list. (transfer full) */
static KafRecord *
pick (KafRandom *random)
{
  g_autoptr (KafQuery) query = kaf_query_new (kaf_registry_find ("expert"));
  g_autoptr (GPtrArray) rows = NULL;
  g_autoptr (GError) error = NULL;
  const KafRow *row;

  rows = kaf_page_read (fixture->db, query, NULL, KAF_LANG_FR, kaf_random_below (random, N_PERSONS),
                        1, NULL, NULL, &error);
  g_assert_no_error (error);
  row = g_ptr_array_index (rows, 0);
  return kaf_read_record (fixture->db, kaf_registry_find ("person"), row->id, NULL);
}

static const char *
first_value (KafRecord *record, const char *field)
{
  const char *value = kaf_record_get (record, field);

  return value != NULL ? value : "";
}

/* The first @n characters of a text. (transfer full) */
static char *
beginning (const char *text, guint n)
{
  n = MIN (n, (guint) g_utf8_strlen (text, -1));
  return g_utf8_substring (text, 0, n);
}

static void
test_beginnings (void)
{
  g_autoptr (KafRandom) random = kaf_random_new_seeded (1);

  for (guint i = 0; i < 90; i++)
    {
      g_autoptr (KafRecord) person = pick (random);
      const char *value = first_value (person, names[i % G_N_ELEMENTS (names)]);
      g_autofree char *text = beginning (value, 1 + i / 4 % 10);

      if (*text != '\0')
        assert_same (i % 3 == 0 ? "person" : "expert", text);
    }
}

static void
test_two_words (void)
{
  g_autoptr (KafRandom) random = kaf_random_new_seeded (2);

  for (guint i = 0; i < 40; i++)
    {
      g_autoptr (KafRecord) person = pick (random);
      const char *second = i % 2 == 0 ? names[(i / 2 + 1) % 4] : others[i / 2 % 3];
      g_autofree char *a =
          beginning (first_value (person, names[i % 4]), 1 + kaf_random_below (random, 6));
      g_autofree char *b =
          beginning (first_value (person, second), 1 + kaf_random_below (random, 6));
      g_autofree char *text = g_strconcat (i % 4 < 2 ? a : b, " ", i % 4 < 2 ? b : a, NULL);

      if (*a != '\0' && *b != '\0')
        assert_same ("expert", text);
    }
}

static guint
count_of (const char *entity, const char *text)
{
  g_autoptr (KafQuery) query = kaf_query_new (kaf_registry_find (entity));
  g_autoptr (GArray) all = NULL;

  kaf_query_set_text (query, text);
  all = kaf_search_all (fixture->db, query, NULL);
  return all->len;
}

static guint
count (const char *text)
{
  return count_of ("expert", text);
}

/* A name beside the first letter of another: the letter counts, in either script. */
static void
test_narrowing (void)
{
  g_assert_cmpuint (count ("Skalli M"), >, 0);
  g_assert_cmpuint (count ("Skalli M") * 2, <, count ("Skalli"));
  g_assert_cmpuint (count ("Skalli Mo"), <=, count ("Skalli M"));
  g_assert_cmpuint (count ("السقلي م"), >, 0);
  g_assert_cmpuint (count ("السقلي م"), <, count ("السقلي"));
}

static void
test_other_texts (void)
{
  static const char *const texts[] = {
    "exp",
    "EXP-2026",
    "EXP-2026-0042",
    "2026",
    "org",
    "+33",
    "06",
    "0",
    "@",
    "example",
    "example.org",
    "ingénieur",
    "médecin",
    "zzzz",
    "محمد",
    "م",
    "ال",
    "el",
    "ben",
    "b",
    "a a",
    "mohamed",
    "محمد mo",
    "el el el",
    "a b c d",
    "%",
    "_",
    "'",
    "\"",
    "*",
    "a*",
    "NEAR (a b)",
    "-a",
    "name:a",
    "a OR b",
    "(a",
    "ـــ",
    "  ",
    "\xd9\x8b",
    "…",
    "paris",
    "par mohamed",
    "casablanca 6",
    "x y z",
    "é",
    "œ",
    "ß",
    "İ",
  };
  g_autoptr (KafRandom) random = kaf_random_new_seeded (3);

  for (guint i = 0; i < G_N_ELEMENTS (texts); i++)
    {
      assert_same ("expert", texts[i]);
      assert_same ("organisation", texts[i]);
    }
  for (guint i = 0; i < 40; i++)
    {
      g_autoptr (KafRecord) person = pick (random);
      const char *value = first_value (person, others[i % 3]);
      g_autofree char *whole = g_strdup (value);
      g_autofree char *part = beginning (value, 4 + i / 3 % 8);

      assert_same ("expert", g_strdelimit (whole, "\n\t", ' '));
      assert_same ("person", part);
    }
}

/* Names that one word writes and two words read: Ben, Abd, Eddine. */
static void
test_compounds (void)
{
  static const char *const texts[] = { "Benjelloun",   "Benjelloun Berlin", "Noureddine",
                                       "Noureddine A", "Salaheddine M",     "نورالدين",
                                       "عبدالله" };
  static const char *const families[] = { "Skalli", "Benjelloun", "Abderrahim" };

  g_free (kaf_fixture_create (fixture, "person", NULL, "family_name", "Ben Jelloun", "given_name",
                              "Amal", "city", "Berlin", NULL));
  g_free (kaf_fixture_create (fixture, "person", NULL, "family_name", "بنجلون", "given_name",
                              "كريم", "city", "Berlin", NULL));
  g_free (kaf_fixture_create (fixture, "person", NULL, "family_name", "Zaki", "given_name",
                              "Nour Eddine", NULL));
  for (guint i = 0; i < G_N_ELEMENTS (texts); i++)
    assert_same ("person", texts[i]);
  g_assert_cmpuint (count_of ("person", "Benjelloun Berlin"), >=, 2);

  for (guint i = 0; i < G_N_ELEMENTS (families); i++)
    {
      g_autoptr (KafRecord) typed = kaf_record_new (kaf_registry_find ("person"), NULL);
      g_autoptr (GPtrArray) alike = NULL;

      g_free (kaf_fixture_create (fixture, "person", NULL, "family_name", families[i], "given_name",
                                  "Zineb", NULL));
      kaf_record_set (typed, "family_name", families[i]);
      kaf_record_set (typed, "given_name", "Zineb M");
      alike = kaf_read_lookalikes (fixture->db, typed, 50, KAF_LANG_FR, NULL);
      g_assert_cmpuint (alike->len, >, 0);
    }
}

/* Several counts in one reading are what each alone gives; in sequence, and where rows are few. */
static void
test_counts (void)
{
  static const char *const entities[] = { "expert", "organisation" };
  static const char *const countries[] = { "FR", "MA", NULL };

  for (guint i = 0; i < G_N_ELEMENTS (entities); i++)
    {
      const KafEntity *entity = kaf_registry_find (entities[i]);
      KafQuery *queries[] = { kaf_query_new (entity), kaf_query_new (entity),
                              kaf_query_new (entity) };
      gint64 counts[G_N_ELEMENTS (queries)];
      g_autoptr (GError) error = NULL;

      kaf_query_set_condition (queries[0], "country", KAF_OP_ANY_OF, countries);
      kaf_query_set_condition (queries[1], "country", KAF_OP_UNSET, NULL);
      kaf_page_counts (fixture->db, (const KafQuery *const *) queries, G_N_ELEMENTS (queries),
                       counts, &error);
      g_assert_no_error (error);
      for (guint j = 0; j < G_N_ELEMENTS (queries); j++)
        {
          g_assert_cmpint (counts[j], ==, kaf_page_count (fixture->db, queries[j], NULL));
          kaf_query_unref (queries[j]);
        }
      g_assert_cmpint (counts[0], >, 0);
    }
}

/* Many others have the name: what is said of the number stays true. */
static void
test_others (void)
{
  for (guint i = 0; i < 1100; i++)
    {
      g_autofree char *name = g_strdup_printf ("Zyzyx %u", i);

      g_free (kaf_fixture_create (fixture, "person", NULL, "family_name", name, NULL));
    }
  assert_same ("expert", "Zyzyx");
  assert_same ("person", "Zyzyx");
}

/* With conditions, too: the page holds what satisfies both. */
static void
test_conditions (void)
{
  const char *values[] = { "FR", "DE", NULL };
  static const char *const texts[] = { "m", "mo", "ben", "el a", "م", "6" };

  for (guint i = 0; i < G_N_ELEMENTS (texts); i++)
    {
      g_autoptr (KafQuery) query = kaf_query_new (kaf_registry_find ("expert"));
      g_autoptr (GArray) brute = NULL;
      g_autoptr (GArray) first = NULL;
      gint64 total, at_least;

      kaf_query_set_text (query, texts[i]);
      kaf_query_set_condition (query, "country", KAF_OP_ANY_OF, values);
      brute = kaf_search_brute (fixture->db, query, NULL);
      first = kaf_search_first (fixture->db, query, PAGE, &total, &at_least, NULL);
      g_assert_nonnull (brute);
      g_assert_nonnull (first);
      g_assert_cmpuint (first->len, ==, MIN (brute->len, PAGE));
      g_assert_cmpmem (first->data, first->len * sizeof (guint32), brute->data,
                       first->len * sizeof (guint32));
    }
}

static gboolean
finds (const char *text, const char *id)
{
  g_autoptr (GPtrArray) ids = kaf_fixture_search (fixture, "person", text);

  for (guint i = 0; i < ids->len; i++)
    if (g_str_equal (g_ptr_array_index (ids, i), id))
      return TRUE;
  return FALSE;
}

/* Deleted or erased, a record is found by none of its texts; last, since it changes the store. */
static void
test_gone (void)
{
  g_autoptr (KafRandom) random = kaf_random_new_seeded (4);
  const KafEntity *person = kaf_registry_find ("person");

  for (guint i = 0; i < 12; i++)
    {
      g_autoptr (KafRecord) record = pick (random);
      const char *id = kaf_record_get_id (record);
      g_autofree char *email = g_strdup (first_value (record, "emails"));
      g_autoptr (KafChangeSet) set = kaf_change_set_new ("delete");
      g_autoptr (KafReceipt) receipt = NULL;

      g_assert_true (*email == '\0' || finds (email, id));
      kaf_change_set_delete (set, person, id);
      if (i % 2 == 0)
        receipt = kaf_commit (fixture->db, set, NULL, NULL, NULL);
      else
        g_assert_true (kaf_erase (fixture->db, person, id, "asked", NULL));
      g_assert_false (*email != '\0' && finds (email, id));
      for (guint j = 0; j < G_N_ELEMENTS (names); j++)
        {
          const char *text = first_value (record, names[j]);

          g_assert_false (*text != '\0' && finds (text, id));
          if (*text != '\0')
            assert_same ("person", text);
        }
    }
  kaf_fixture_assert_whole (fixture);
}

int
main (int argc, char **argv)
{
  g_autoptr (GError) error = NULL;
  int status;

  g_test_init (&argc, &argv, NULL);
  fixture = kaf_fixture_new ();
  kaf_sample_load (fixture->db, N_PERSONS, 7, NULL, NULL, NULL, NULL, &error);
  g_assert_no_error (error);
  g_test_add_func ("/search/beginnings", test_beginnings);
  g_test_add_func ("/search/two-words", test_two_words);
  g_test_add_func ("/search/narrowing", test_narrowing);
  g_test_add_func ("/search/other-texts", test_other_texts);
  g_test_add_func ("/search/compounds", test_compounds);
  g_test_add_func ("/search/others", test_others);
  g_test_add_func ("/search/counts", test_counts);
  g_test_add_func ("/search/conditions", test_conditions);
  g_test_add_func ("/search/gone", test_gone);
  status = g_test_run ();
  kaf_fixture_free (fixture);
  return status;
}
