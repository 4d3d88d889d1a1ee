/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The quality of the data: figures against SQL that looks by itself and against the lists that they open; what a person
 * can be asked for, and the order in which persons are asked. */
#include "config.h"

#include "kaf-fixture.h"
#include "schema/kaf-registry.h"
#include "store/kaf-database-private.h"
#include "store/kaf-quality-figures.h"

#define CREATE(...) g_free (kaf_fixture_create (f, __VA_ARGS__, NULL))
#define UPDATE(...) kaf_receipt_unref (kaf_fixture_update (f, __VA_ARGS__, NULL))
#define PERSONS 24

static gint64
ask_sql (KafFixture *f, const char *where)
{
  g_autofree char *sql = g_strdup_printf (
      "SELECT count(*) FROM head h JOIN person o ON o.rid = h.rid JOIN expert e ON e.rid = h.rid"
      " WHERE h.deleted = 0 AND h.facets & %u AND (%s)",
      kaf_registry_find ("expert")->facet, where);
  g_autoptr (GError) error = NULL;
  g_autoptr (KafStatement) statement = kaf_database_prepare (f->db, sql, &error);

  g_assert_no_error (error);
  g_assert_true (kaf_database_step (f->db, statement, NULL));
  return sqlite3_column_int64 (statement, 0);
}

/* Days around each bound, to the day. */
static const char *const days[] = { NULL,         "2026-11-27", "2025-11-29", "2025-11-28",
                                    "2025-11-27", "2024-11-29", "2024-11-28", "2023-11-29",
                                    "2023-11-28", "2019-01-01" };
#define DAY "2026-11-28"

static char *
add_expert (KafFixture *f, guint i)
{
  g_autofree char *name = g_strdup_printf ("Exemple%u", i);
  g_autofree char *mail = g_strdup_printf ("exemple%u@example.org", i);
  char *id = kaf_fixture_create (f, "person", NULL, "family_name", name, NULL);

  if (days[i % G_N_ELEMENTS (days)] != NULL)
    UPDATE ("person", id, "confirmed_on", days[i % G_N_ELEMENTS (days)]);
  if (i % 3 == 0)
    UPDATE ("person", id, "emails", mail);
  if (i % 5 == 0)
    UPDATE ("person", id, "phones", "+33612345678");
  if (i % 2 == 0)
    UPDATE ("person", id, "family_name_ar", "مثال", "country", "FR");
  if (i % 4 == 0)
    UPDATE ("person", id, "verified_on", "2024-01-01", "languages", "fr");
  if (i % 7 == 0)
    UPDATE ("person", id, "status", "opposed");
  CREATE ("expert", id, "domains", i % 6 == 0 ? "health" : NULL);
  if (i % 6 == 1)
    CREATE ("consent", NULL, "person", id, "purpose", "sharing", "given_on", "2024-05-01");
  if (i % 3 == 1)
    CREATE ("source_claim", NULL, "person", id, "field", "city", "value", "Lyon", "source",
            i % 2 == 0 ? "DMK" : "Consulat");
  return id;
}

static void
fill (KafFixture *f)
{
  g_autofree char *one =
      kaf_fixture_create (f, "organisation", NULL, "name_fr", "Réseau un", "kind", "network", NULL);
  g_autofree char *two = kaf_fixture_create (f, "organisation", NULL, "name_fr", "Réseau deux",
                                             "kind", "network", NULL);

  CREATE ("network", one, "basis", "thematic");
  CREATE ("network", two, "basis", "thematic");
  for (guint i = 0; i < PERSONS; i++)
    {
      g_autofree char *id = add_expert (f, i);

      if (i % 4 < 2)
        CREATE ("membership", NULL, "person", id, "network", one);
      /* Twice in the same one: one person all the same. */
      if (i % 8 == 0)
        CREATE ("membership", NULL, "person", id, "network", one, "role", "membre");
      if (i % 8 == 3)
        CREATE ("membership", NULL, "person", id, "network", two);
    }
}

static KafQuality *
read_all (KafFixture *f, const KafQuery *of)
{
  g_autoptr (GError) error = NULL;
  KafQuality *quality = kaf_quality_read (
      f->db, of, kaf_day_parse (DAY), (1u << KAF_QUALITY_N_AXES) - 1, KAF_LANG_FR, NULL, &error);

  g_assert_no_error (error);
  return quality;
}

#define NO_SET(entity, field)                                                                      \
  "NOT EXISTS (SELECT 1 FROM " entity "_set s WHERE s.rid = h.rid AND s.field = '" field           \
  "' AND s.removed IS NULL)"

static const struct
{
  KafQualityMeasure measure;
  const char *where;
} by_hand[] = {
  { KAF_QUALITY_FRESH, "o.confirmed_on > '2025-11-28'" },
  { KAF_QUALITY_ONE_YEAR, "o.confirmed_on > '2024-11-28' AND o.confirmed_on <= '2025-11-28'" },
  { KAF_QUALITY_TWO_YEARS, "o.confirmed_on > '2023-11-28' AND o.confirmed_on <= '2024-11-28'" },
  { KAF_QUALITY_STALE, "o.confirmed_on <= '2023-11-28'" },
  { KAF_QUALITY_NEVER, "o.confirmed_on IS NULL" },
  { KAF_QUALITY_OLD, "o.confirmed_on <= '2025-11-28'" },
  { KAF_QUALITY_UNVERIFIED, "o.verified_on IS NULL" },
  { KAF_QUALITY_NO_CONTACT, NO_SET ("person", "phones") " AND " NO_SET ("person", "emails") },
  { KAF_QUALITY_NO_COUNTRY, "o.country IS NULL" },
  { KAF_QUALITY_NO_DOMAIN, NO_SET ("expert", "domains") },
  { KAF_QUALITY_NO_LANGUAGE, NO_SET ("person", "languages") },
  { KAF_QUALITY_NO_LATIN, "o.family_name IS NULL" },
  { KAF_QUALITY_NO_ARABIC, "o.family_name_ar IS NULL" },
  { KAF_QUALITY_NO_CONSENT,
    "NOT EXISTS (SELECT 1 FROM consent c WHERE c.person = h.id AND c.deleted_at IS NULL)" },
  { KAF_QUALITY_NO_CV, "e.cv IS NULL" },
  { KAF_QUALITY_BOTH_SCRIPTS, "o.family_name IS NOT NULL AND o.family_name_ar IS NOT NULL" },
};

static void
assert_count (KafFixture *f, const KafQuery *query, gint64 n)
{
  g_autoptr (GError) error = NULL;

  g_assert_cmpint (kaf_page_count (f->db, query, &error), ==, n);
  g_assert_no_error (error);
}

/* Each figure is what SQL finds by itself, and the list that it opens has as many. */
static void
test_measures (void)
{
  g_autoptr (KafFixture) f = kaf_fixture_new ();
  g_autoptr (KafQuery) all = kaf_query_new (kaf_registry_find ("expert"));
  g_autoptr (KafQuality) quality = NULL;
  gint64 ages = 0;

  fill (f);
  quality = read_all (f, all);
  g_assert_cmpint (quality->all, ==, PERSONS);
  g_assert_cmpuint (G_N_ELEMENTS (by_hand), ==, KAF_QUALITY_N_MEASURES);
  for (guint i = 0; i < G_N_ELEMENTS (by_hand); i++)
    {
      KafQualityMeasure measure = by_hand[i].measure;
      g_autoptr (KafQuery) list = kaf_quality_list (all, measure, quality->day);

      g_test_message ("%s", kaf_quality_id (measure));
      g_assert_cmpint (quality->n[measure], ==, ask_sql (f, by_hand[i].where));
      assert_count (f, list, quality->n[measure]);
      g_assert_cmpint (kaf_quality_parse (kaf_quality_id (measure)), ==, measure);
    }
  for (guint i = 0; i < KAF_QUALITY_N_AGES; i++)
    ages += quality->n[i];
  g_assert_cmpint (ages, ==, PERSONS);
  for (guint i = KAF_QUALITY_FIRST_LACK; i <= KAF_QUALITY_LAST_LACK; i++)
    {
      g_autoptr (KafQuery) known = kaf_quality_known (all, i);

      assert_count (f, known, PERSONS - quality->n[i]);
    }
}

/* Of some, what holds of all holds; a text narrows as a condition does. */
static void
test_narrowed (void)
{
  g_autoptr (KafFixture) f = kaf_fixture_new ();
  g_autoptr (KafQuery) some = kaf_query_new (kaf_registry_find ("expert"));
  g_autoptr (KafQuality) quality = NULL;

  fill (f);
  kaf_query_set_condition (some, "confirmed_on", KAF_OP_AT_LEAST,
                           (const char *const[]){ "2024-01-01", NULL });
  quality = read_all (f, some);
  g_assert_cmpint (quality->all, ==, ask_sql (f, "o.confirmed_on >= '2024-01-01'"));
  g_assert_cmpint (quality->n[KAF_QUALITY_ONE_YEAR], ==,
                   ask_sql (f, by_hand[KAF_QUALITY_ONE_YEAR].where));
  g_assert_cmpint (quality->n[KAF_QUALITY_STALE], ==, 0);
  g_assert_cmpint (quality->n[KAF_QUALITY_NEVER], ==, 0);
  g_clear_pointer (&quality, kaf_quality_free);

  kaf_query_clear_conditions (some);
  kaf_query_set_text (some, "exemple12@example.org");
  quality = read_all (f, some);
  assert_count (f, some, quality->all);
  g_assert_cmpint (quality->all, >, 0);
}

static void
assert_row (KafFixture *f, const KafQuery *all, KafQualityAxis axis, const KafQualityRow *row)
{
  g_autoptr (KafQuery) of = kaf_quality_row_list (all, axis, row->code);

  g_test_message ("%s: %s", kaf_quality_axis_id (axis), row->code != NULL ? row->title : "-");
  assert_count (f, of, row->all);
  for (guint i = 0; i < KAF_QUALITY_N_CELLS; i++)
    {
      g_autoptr (KafQuery) list = kaf_quality_list (of, kaf_quality_cells[i], kaf_day_parse (DAY));

      assert_count (f, list, row->n[i]);
    }
}

static void
test_axes (void)
{
  g_autoptr (KafFixture) f = kaf_fixture_new ();
  g_autoptr (KafQuery) all = kaf_query_new (kaf_registry_find ("expert"));
  g_autoptr (KafQuality) quality = NULL;
  const KafQualityRow *row;

  fill (f);
  quality = read_all (f, all);
  for (guint axis = 0; axis < KAF_QUALITY_N_AXES; axis++)
    for (guint i = 0; i < quality->rows[axis]->len; i++)
      assert_row (f, all, axis, g_ptr_array_index (quality->rows[axis], i));

  g_assert_cmpuint (quality->rows[KAF_QUALITY_BY_NETWORK]->len, ==, 3);
  row = g_ptr_array_index (quality->rows[KAF_QUALITY_BY_NETWORK], 0);
  g_assert_cmpstr (row->title, ==, "Réseau un");
  g_assert_cmpint (row->all, ==, PERSONS / 2);
  row = g_ptr_array_index (quality->rows[KAF_QUALITY_BY_NETWORK], 2);
  g_assert_null (row->code);
  g_assert_cmpint (row->all, ==, PERSONS / 2 - 3);
  g_assert_cmpuint (quality->rows[KAF_QUALITY_BY_SOURCE]->len, ==, 3);
  g_assert_cmpuint (quality->rows[KAF_QUALITY_BY_IMPORT]->len, ==, 1);
}

/* Points of a row as its codes have them. */
static guint
points (const char *codes)
{
  g_auto (GStrv) parts = g_strsplit (codes != NULL ? codes : "", " ", -1);
  guint n = 0;

  for (char **one = parts; *one != NULL; one++)
    if (**one != '\0')
      n += kaf_quality_gain (kaf_quality_parse (*one));
  return n;
}

/* Reachable ones alone, most worth asking first, each with what is missing. */
static void
test_askable (void)
{
  static const char *const columns[] = { KAF_QUALITY_MISSING, NULL };
  g_autoptr (KafFixture) f = kaf_fixture_new ();
  g_autoptr (KafQuery) all = kaf_query_new (kaf_registry_find ("expert"));
  g_autoptr (KafQuery) askable = kaf_quality_askable (all);
  g_autoptr (KafQuality) quality = NULL;
  g_autoptr (GPtrArray) rows = NULL;
  g_autoptr (GError) error = NULL;
  g_autofree char *json = NULL;
  g_autoptr (KafQuery) kept = NULL;
  guint before = G_MAXUINT;

  fill (f);
  quality = read_all (f, all);
  rows = kaf_page_read (f->db, askable, columns, KAF_LANG_EN, 0, 100, NULL, NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpint (quality->askable, ==, rows->len);
  assert_count (f, askable, rows->len);
  g_assert_cmpint (rows->len, ==,
                   ask_sql (f, "o.status <> 'opposed' AND NOT (" NO_SET (
                                   "person", "phones") " AND " NO_SET ("person", "emails") ")"));
  for (guint i = 0; i < rows->len; i++)
    {
      const KafRow *row = g_ptr_array_index (rows, i);
      guint now = points (row->raw[0]);

      g_assert_cmpuint (now, <=, before);
      before = now;
      g_assert_null (strstr (row->raw[0] != NULL ? row->raw[0] : "", "no_contact"));
    }
  g_assert_cmpuint (before, <, points (((KafRow *) rows->pdata[0])->raw[0]));

  /* Kept in a segment, it is asked the same. */
  json = kaf_query_to_json (askable);
  kept = kaf_query_from_json (json, &error);
  g_assert_no_error (error);
  g_assert_true (kaf_query_equal (kept, askable));
}

static void
test_words (void)
{
  static const char *const columns[] = { KAF_QUALITY_MISSING, NULL };
  g_autoptr (KafFixture) f = kaf_fixture_new ();
  g_autofree char *id =
      kaf_fixture_create (f, "person", NULL, "family_name", "Exemple", "family_name_ar", "مثال",
                          "country", "FR", "languages", "fr", "verified_on", "2024-01-01",
                          "confirmed_on", "2020-01-01", "emails", "a@example.org", NULL);
  g_autoptr (KafQuery) all = kaf_query_new (kaf_registry_find ("expert"));
  g_autoptr (GPtrArray) rows = NULL;
  g_autoptr (GPtrArray) persons = NULL;

  CREATE ("expert", id, "domains", "health");
  rows = kaf_page_read (f->db, all, columns, KAF_LANG_EN, 0, 10, NULL, NULL, NULL);
  g_assert_cmpstr (((KafRow *) rows->pdata[0])->cells[0], ==,
                   "Confirmation, consent, curriculum vitae");
  g_assert_cmpstr (((KafRow *) rows->pdata[0])->raw[0], ==, "stale no_consent no_cv");

  /* Of a person as such, what an expert alone has is not asked. */
  g_clear_pointer (&all, kaf_query_unref);
  all = kaf_query_new (kaf_registry_find ("person"));
  kaf_query_set_sort (all, KAF_QUALITY_MISSING, TRUE);
  persons = kaf_page_read (f->db, all, columns, KAF_LANG_EN, 0, 10, NULL, NULL, NULL);
  g_assert_cmpstr (((KafRow *) persons->pdata[0])->raw[0], ==, "stale no_consent");
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/quality/measures", test_measures);
  g_test_add_func ("/quality/narrowed", test_narrowed);
  g_test_add_func ("/quality/axes", test_axes);
  g_test_add_func ("/quality/askable", test_askable);
  g_test_add_func ("/quality/words", test_words);
  return g_test_run ();
}
