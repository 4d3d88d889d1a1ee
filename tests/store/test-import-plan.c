/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The table of another office: what a plan says of its rows, what is written, and that it can be taken back. */
#include "config.h"

#include <string.h>

#include "exchange/kaf-column-guess.h"
#include "exchange/kaf-explain.h"
#include "exchange/kaf-import-decisions.h"
#include "exchange/kaf-import-plan-private.h"
#include "kaf-fixture.h"
#include "kaf-judge-fixture.h"
#include "record/kaf-typed.h"
#include "schema/kaf-registry.h"
#include "store/kaf-drafts.h"
#include "store/kaf-judge.h"
#include "store/kaf-one.h"
#include "store/kaf-source-claims.h"
#include "store/kaf-suspects.h"

#define SOURCE "Consulat à Lyon"

static GFile *
write_file (KafFixture *fixture, const char *name, const char *text, const char *encoding)
{
  g_autofree char *path = g_build_filename (fixture->folder, name, NULL);
  g_autofree char *bytes = NULL;
  gsize size;
  g_autoptr (GError) error = NULL;

  bytes = g_convert (text, -1, encoding, "UTF-8", NULL, &size, &error);
  g_assert_no_error (error);
  g_file_set_contents (path, bytes, (gssize) size, &error);
  g_assert_no_error (error);
  return g_file_new_for_path (path);
}

/* @maps: "COLUMN=FIELD,…"; nullable. */
static KafImportPlan *
make (
    KafFixture *fixture, const char *entity, const char *text, const char *origin, const char *maps)
{
  g_auto (GStrv) assignments = g_strsplit (maps != NULL ? maps : "", ",", -1);
  g_autoptr (GFile) file = write_file (fixture, "list.csv", text, "WINDOWS-1256");
  g_autoptr (GError) error = NULL;
  g_autoptr (KafTableReader) reader = kaf_table_reader_open (file, NULL, NULL, &error);
  g_autoptr (GPtrArray) rows = NULL;
  g_autoptr (KafImportMap) map = NULL;
  KafImportPlan *plan;

  g_assert_no_error (error);
  rows = kaf_table_reader_peek (reader, KAF_COLUMN_GUESS_ROWS + 1, NULL, &error);
  g_assert_no_error (error);
  map = kaf_import_map_new (kaf_registry_find (entity), rows);
  kaf_import_map_recall (map, fixture->db);
  for (guint i = 0; assignments[i] != NULL; i++)
    g_assert_true (kaf_import_map_assign (map, assignments[i], NULL));
  kaf_import_map_set_text (&map->source, SOURCE);
  kaf_import_map_set_text (&map->origin, origin);
  plan = kaf_import_plan_make (fixture->db, reader, map, NULL, NULL, NULL, &error);
  g_assert_no_error (error);
  return plan;
}

static KafImportPlan *
make_plan (KafFixture *fixture, const char *entity, const char *text, const char *origin)
{
  return make (fixture, entity, text, origin, NULL);
}

static KafImportPlan *
make_mapped (KafFixture *fixture, const char *entity, const char *text, const char *maps)
{
  return make (fixture, entity, text, NULL, maps);
}

/* "new new duplicate" */
static void
assert_outcomes (KafImportPlan *plan, const char *expected)
{
  g_autoptr (GString) text = g_string_new (NULL);

  for (guint i = 0; i < kaf_import_plan_get_n (plan); i++)
    g_string_append_printf (text, "%s%s", i > 0 ? " " : "",
                            kaf_import_outcome_id (kaf_import_plan_get (plan, i)->outcome));
  g_assert_cmpstr (text->str, ==, expected);
}

static KafImportTaken *
take (KafFixture *fixture, KafImportPlan *plan)
{
  g_autoptr (GError) error = NULL;
  KafImportTaken *taken = kaf_import_plan_take (plan, fixture->db, NULL, NULL, NULL, &error);

  g_assert_no_error (error);
  return taken;
}

/* How many records of an entity live. */
static guint
count (KafFixture *fixture, const char *entity)
{
  g_autoptr (KafQuery) query = kaf_query_new (kaf_registry_find (entity));
  g_autoptr (GArray) places = kaf_page_places (fixture->db, query, NULL);

  return places->len;
}

/* All that a person can see of the persons: as it was before, or not. */
static char *
snapshot (KafFixture *fixture)
{
  static const char *const columns[] = { "family_name", "given_name", "family_name_ar",
                                         "aliases",     "emails",     "phones",
                                         "city",        "country",    NULL };
  g_autoptr (KafQuery) query = kaf_query_new (kaf_registry_find ("person"));
  g_autoptr (GPtrArray) rows =
      kaf_page_read (fixture->db, query, columns, KAF_LANG_FR, 0, 1000, NULL, NULL, NULL);
  g_autoptr (GString) text = g_string_new (NULL);

  for (guint i = 0; i < rows->len; i++)
    {
      const KafRow *row = g_ptr_array_index (rows, i);

      g_string_append (text, row->id);
      for (guint j = 0; j < row->n_cells; j++)
        g_string_append_printf (text, "\t%s", row->cells[j] != NULL ? row->cells[j] : "");
      g_string_append_c (text, '\n');
    }
  return g_string_free (g_steal_pointer (&text), FALSE);
}

static char *
id_of (KafImportPlan *plan, KafFixture *fixture, guint place)
{
  const KafImportPlanRow *row = kaf_import_plan_get (plan, place);
  g_autofree char *named = g_strdup_printf (SOURCE ":%s", row->source_number);
  char *id = NULL;

  g_assert_true (
      kaf_read_resolve (fixture->db, named, kaf_registry_find ("person"), NULL, &id, NULL));
  return id;
}

static const char list[] = "رقم;Nom complet;الاسم الكامل;Né(e) le;Courriel;Tél.;Pays;Langues\n"
                           "1;Mme Zineb EL QADIRI;زينب القادري;03/11/1980;z.elqadiri@example.org;"
                           "06 98 76 54 32;فرنسا;Français (C1) / arabe\n"
                           "2;Driss Ouardi / إدريس الوردي;;1969;-;;Belgique;\n"
                           "3;;نزهة بنيس;;;+32 470 12 34 56;Belgique;\n";

static void
test_reading (void)
{
  g_autoptr (KafFixture) fixture = kaf_fixture_new ();
  g_autoptr (KafImportPlan) plan = make_plan (fixture, "expert", list, "consulate");
  g_autoptr (KafImportTaken) taken = NULL;
  g_autofree char *first = NULL;
  g_autofree char *second = NULL;
  g_autofree char *third = NULL;
  static const struct
  {
    guint place;
    const char *field, *value;
  } expected[] = {
    { 0, "given_name", "Zineb" },    { 0, "family_name", "EL QADIRI" },
    { 0, "given_name_ar", "زينب" },  { 0, "family_name_ar", "القادري" },
    { 0, "birth_year", "1980" },     { 0, "phones", "+33698765432" },
    { 0, "country", "FR" },          { 0, "languages", "fr\tC1\nar" },
    { 1, "given_name_ar", "إدريس" }, { 1, "family_name", "Ouardi" },
    { 1, "emails", NULL },           { 2, "family_name_ar", "بنيس" },
    { 2, "family_name", NULL },
  };
  const char *ids[3];

  assert_outcomes (plan, "new new new");
  taken = take (fixture, plan);
  g_assert_cmpuint (taken->n_created, ==, 3);
  ids[0] = first = id_of (plan, fixture, 0);
  ids[1] = second = id_of (plan, fixture, 1);
  ids[2] = third = id_of (plan, fixture, 2);
  for (guint i = 0; i < G_N_ELEMENTS (expected); i++)
    {
      g_autofree char *value =
          kaf_fixture_get (fixture, "person", ids[expected[i].place], expected[i].field);

      g_assert_cmpstr (value, ==, expected[i].value);
    }
  g_assert_cmpuint (count (fixture, "expert"), ==, 3);
  kaf_fixture_assert_whole (fixture);
}

static void
test_again (void)
{
  g_autoptr (KafFixture) fixture = kaf_fixture_new ();
  g_autoptr (KafImportPlan) plan = make_plan (fixture, "expert", list, "consulate");
  g_autoptr (KafImportTaken) taken = take (fixture, plan);
  g_autoptr (KafImportPlan) again = make_plan (fixture, "expert", list, "consulate");
  g_autoptr (KafImportTaken) nothing = take (fixture, again);

  assert_outcomes (again, "same same same");
  g_assert_null (nothing->receipt);
  g_assert_cmpuint (kaf_import_plan_count_written (again), ==, 0);
}

/* One claim a row, and another of what it says otherwise later; undone, the first stands again. */
static void
test_again_changed (void)
{
  static const char header[] = "N°;Nom;Prénom;Ville;Pays;Années d’expérience\n";
  g_autoptr (KafFixture) f = kaf_fixture_new ();
  g_autofree char *text = g_strconcat (header, "5;Sefrioui;Ali;Oujda;Maroc;9\n", NULL);
  g_autofree char *later = g_strconcat (header, "5;Sefrioui;Ali;Nador;Maroc;9\n", NULL);
  g_autoptr (KafImportPlan) plan = make_plan (f, "expert", text, "consulate");
  g_autoptr (KafImportTaken) taken = take (f, plan);
  g_autofree char *id = id_of (plan, f, 0);
  g_autoptr (KafImportPlan) changed = make_plan (f, "expert", later, "consulate");
  g_autoptr (KafImportTaken) more = take (f, changed);
  g_autoptr (KafReceipt) undone = NULL;

  g_assert_cmpuint (taken->n_claims, ==, 5);
  assert_outcomes (changed, "changed");
  g_assert_cmpuint (more->n_claims, ==, 1);
  g_assert_cmpuint (count (f, "source_claim"), ==, 2);
  for (guint i = 0; i < 2; i++)
    {
      g_autoptr (GPtrArray) claims =
          kaf_source_claims_read (f->db, kaf_registry_find ("person"), id, NULL);
      g_autofree char *city = kaf_fixture_get (f, "person", id, "city");
      guint n_cities = 0;

      g_assert_cmpuint (claims->len, ==, 5);
      for (guint j = 0; j < claims->len; j++)
        {
          const KafSourceClaim *claim = g_ptr_array_index (claims, j);

          if (!g_str_equal (claim->field, "city"))
            continue;
          g_assert_cmpstr (claim->value, ==, i == 0 ? "Nador" : "Oujda");
          n_cities++;
        }
      g_assert_cmpuint (n_cities, ==, 1);
      g_assert_cmpstr (city, ==, i == 0 ? "Nador" : "Oujda");
      if (i == 0)
        undone = kaf_undo (f->db, more->receipt->batch, NULL);
    }
  kaf_fixture_assert_whole (f);
}

/* Two rows without a number about somebody who is known: each says what it said before. */
static void
test_again_two_rows (void)
{
  static const char text[] = "Nom complet;Courriel;Ville\nAli Sefrioui;a.s@example.org;Oujda\n"
                             "Ali Sefrioui;a.s@example.org;Nador\n";
  g_autoptr (KafFixture) f = kaf_fixture_new ();
  g_autofree char *known =
      kaf_fixture_create (f, "person", NULL, "family_name", "Sefrioui", "given_name", "Ali",
                          "emails", "a.s@example.org", NULL);
  g_autoptr (KafImportPlan) plan = make_plan (f, "person", text, "consulate");
  g_autoptr (KafImportTaken) taken = take (f, plan);
  g_autoptr (KafImportPlan) again = make_plan (f, "person", text, "consulate");

  g_assert_cmpuint (taken->n_created, ==, 0);
  g_assert_cmpuint (count (f, "source_claim"), ==, 2);
  assert_outcomes (again, "same same");
  g_assert_true (kaf_import_plan_get (again, 0)->idle && kaf_import_plan_get (again, 1)->idle);
}

/* Without a number of the source too. */
static void
test_again_without_number (void)
{
  static const char text[] = "Nom complet;Ville\nAli Sefrioui;Oujda\nAli Sefrioui;Nador\n"
                             "Ali Sefrioui;Oujda\n";
  g_autoptr (KafFixture) fixture = kaf_fixture_new ();
  g_autoptr (KafImportPlan) plan = make_plan (fixture, "person", text, NULL);
  g_autoptr (KafImportTaken) taken = take (fixture, plan);
  g_autoptr (KafImportPlan) again = make_plan (fixture, "person", text, NULL);

  g_assert_cmpint (kaf_import_plan_get (plan, 2)->outcome, ==, KAF_IMPORT_SAME);
  g_assert_cmpuint (count (fixture, "person"), ==, 2);
  assert_outcomes (again, "same same same");
}

static void
test_undo (void)
{
  g_autoptr (KafFixture) fixture = kaf_fixture_new ();
  g_autofree char *known =
      kaf_fixture_create (fixture, "person", NULL, "family_name", "El Kadiri", "given_name",
                          "Zineb", "emails", "z.elqadiri@example.org", "city", "Lyon", NULL);
  g_autofree char *before = snapshot (fixture);
  g_autofree char *after = NULL;
  g_autoptr (KafImportPlan) plan = make_plan (fixture, "expert", list, "consulate");
  g_autoptr (KafImportTaken) taken = take (fixture, plan);
  g_autoptr (KafReceipt) undone = NULL;
  g_autoptr (GError) error = NULL;

  g_assert_cmpstr (before, !=, (after = snapshot (fixture)));
  undone = kaf_undo (fixture->db, taken->receipt->batch, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (undone->skipped->len, ==, 0);
  g_free (after);
  after = snapshot (fixture);
  g_assert_cmpstr (before, ==, after);
  g_assert_cmpuint (count (fixture, "expert"), ==, 0);
  g_assert_cmpuint (count (fixture, "source_claim"), ==, 0);
  kaf_fixture_assert_whole (fixture);
}

/* An equal address and names that agree join; the spelling is kept beside the other. */
static void
test_join (void)
{
  g_autoptr (KafFixture) fixture = kaf_fixture_new ();
  g_autofree char *known =
      kaf_fixture_create (fixture, "person", NULL, "family_name", "El Kadiri", "given_name",
                          "Zineb", "emails", "z.elqadiri@example.org", NULL);
  g_autoptr (KafImportPlan) plan = make_plan (fixture, "expert", list, "consulate");
  g_autoptr (KafImportTaken) taken = NULL;
  g_autofree char *family = NULL;
  g_autofree char *aliases = NULL;
  g_autofree char *country = NULL;
  g_autoptr (GPtrArray) claims = NULL;

  assert_outcomes (plan, "changed new new");
  g_assert_true (kaf_import_plan_get (plan, 0)->joined);
  taken = take (fixture, plan);
  g_assert_cmpuint (taken->n_created, ==, 2);
  g_assert_cmpuint (taken->n_updated, ==, 1);
  family = kaf_fixture_get (fixture, "person", known, "family_name");
  aliases = kaf_fixture_get (fixture, "person", known, "aliases");
  country = kaf_fixture_get (fixture, "person", known, "country");
  g_assert_cmpstr (family, ==, "El Kadiri");
  g_assert_cmpstr (aliases, ==, "EL QADIRI Zineb");
  g_assert_cmpstr (country, ==, "FR");
  claims = kaf_source_claims_read (fixture->db, kaf_registry_find ("person"), known, NULL);
  g_assert_cmpuint (claims->len, ==, 9);
  for (guint i = 0; i < claims->len; i++)
    {
      const KafSourceClaim *claim = g_ptr_array_index (claims, i);

      g_assert_cmpstr (claim->source, ==, SOURCE);
      g_assert_cmpstr (claim->origin, ==, "consulate");
      g_assert_cmpstr (claim->external_id, ==, "1");
      g_assert_nonnull (claim->claimed_on);
    }
}

/* What speaks against leaves it to a person; it comes in, and nothing of the other changes. */
static void
test_duplicate (void)
{
  static const char text[] = "Nom complet;Courriel;Ville;Pays\n"
                             "Salma BENALI;salma.benali@example.org;Nantes;France\n";
  g_autoptr (KafFixture) fixture = kaf_fixture_new ();
  g_autofree char *known = kaf_fixture_create (
      fixture, "person", NULL, "family_name", "Benali", "given_name", "Salma", "emails",
      "salma.benali@example.org", "city", "Lyon", "country", "FR", NULL);
  g_autoptr (KafImportPlan) plan = make_plan (fixture, "person", text, NULL);
  g_autoptr (KafImportPlan) same = make_plan (fixture, "person", text, "administration");
  g_autofree char *reasons = kaf_import_plan_tell (plan, fixture->db, 0, KAF_LANG_EN);
  g_autofree char *city = NULL;
  g_autoptr (KafImportTaken) taken = NULL;
  g_autoptr (KafImportTaken) joined = NULL;

  assert_outcomes (plan, "duplicate");
  g_assert_cmpstr (kaf_import_plan_get (plan, 0)->id, ==, known);
  g_assert_nonnull (strstr (reasons, "same e-mail address"));
  g_assert_nonnull (strstr (reasons, "different cities"));
  kaf_import_plan_decide (same, 0, KAF_IMPORT_THE_SAME);
  joined = take (fixture, same);
  g_assert_cmpuint (count (fixture, "person"), ==, 1);
  city = kaf_fixture_get (fixture, "person", known, "city");
  g_assert_cmpstr (city, ==, "Nantes");
  kaf_receipt_unref (kaf_undo (fixture->db, NULL, NULL));

  kaf_import_plan_decide (plan, 0, KAF_IMPORT_DIFFERENT);
  taken = take (fixture, plan);
  g_assert_cmpuint (taken->n_created, ==, 1);
  g_assert_cmpuint (count (fixture, "person"), ==, 2);
  /* Those that they are one, and that it was taken back, stand beside that they are not. */
  g_assert_cmpuint (count (fixture, "judgement"), ==, 3);
  kaf_fixture_assert_whole (fixture);
}

static char *
get_raw (KafFixture *fixture, const char *id, const char *field)
{
  g_autoptr (KafRecord) record =
      kaf_one_read_raw (fixture->db, kaf_registry_find ("person"), id, NULL);

  g_assert_nonnull (record);
  return g_strdup (kaf_record_get (record, field));
}

/* What a person says to be the same is a record of its own, shown as one with the other: nothing of either is lost, the
 * same table again changes nothing, and taking the judgement back parts them as they came. */
static void
test_judged_same (void)
{
  static const char text[] = "N°;Nom complet;Courriel;Ville;Pays\n"
                             "12;Salma BENALI;salma.benali@example.org;Nantes;France\n";
  static const char later[] = "N°;Nom complet;Courriel;Ville;Pays\n"
                              "12;Salma BENALI;salma.benali@example.org;Rennes;France\n";
  g_autoptr (KafFixture) fixture = kaf_fixture_new ();
  g_autofree char *known = kaf_fixture_create (
      fixture, "person", NULL, "family_name", "Benali", "given_name", "Salma", "emails",
      "salma.benali@example.org", "city", "Lyon", "country", "FR", NULL);
  g_autoptr (KafImportPlan) plan = make_plan (fixture, "person", text, "consulate");
  g_autoptr (KafImportPlan) again = NULL;
  g_autoptr (KafImportPlan) changed = NULL;
  g_autoptr (KafImportTaken) taken = NULL;
  g_autoptr (KafImportTaken) more = NULL;
  g_autoptr (GPtrArray) members = NULL;
  g_autoptr (GPtrArray) judged = NULL;
  g_autofree char *city = NULL, *own = NULL, *after = NULL;
  const char *row;

  kaf_import_plan_decide (plan, 0, KAF_IMPORT_THE_SAME);
  taken = take (fixture, plan);
  g_assert_cmpuint (count (fixture, "person"), ==, 1);
  members = kaf_one_list_members (fixture->db, kaf_registry_find ("person"), known, NULL);
  g_assert_cmpuint (members->len, ==, 2);
  row = g_ptr_array_index (members, g_str_equal (members->pdata[0], known) ? 1 : 0);
  city = get_raw (fixture, known, "city");
  own = get_raw (fixture, row, "city");
  g_assert_cmpstr (city, ==, "Lyon");
  g_assert_cmpstr (own, ==, "Nantes");
  judged = kaf_judge_list (fixture->db, kaf_registry_find ("person"), known, NULL);
  g_assert_cmpuint (judged->len, ==, 1);
  g_assert_nonnull (strstr (((KafJudged *) judged->pdata[0])->evidence, "email:same"));
  kaf_fixture_assert_whole (fixture);

  again = make_plan (fixture, "person", text, "consulate");
  assert_outcomes (again, "same");
  g_assert_true (kaf_import_plan_get (again, 0)->idle);

  /* What its source says later goes to what came of it. */
  changed = make_plan (fixture, "person", later, "consulate");
  assert_outcomes (changed, "changed");
  more = take (fixture, changed);
  g_assert_cmpuint (more->n_created, ==, 0);
  g_clear_pointer (&city, g_free);
  city = get_raw (fixture, known, "city");
  after = get_raw (fixture, row, "city");
  g_assert_cmpstr (city, ==, "Lyon");
  g_assert_cmpstr (after, ==, "Rennes");

  take_back (fixture, "person", known, row);
  g_assert_cmpuint (count (fixture, "person"), ==, 2);
  g_clear_pointer (&city, g_free);
  city = kaf_fixture_get (fixture, "person", known, "city");
  g_assert_cmpstr (city, ==, "Lyon");
  kaf_fixture_assert_whole (fixture);
}

/* A source that is believed less changes nothing that stands; least of all one of which the kind is not told. */
static void
test_rank (void)
{
  static const char header[] = "N°;Nom complet;Courriel;Pays\n";
  g_autoptr (KafFixture) fixture = kaf_fixture_new ();
  g_autofree char *known =
      kaf_fixture_create (fixture, "person", NULL, "family_name", "Alaoui", "given_name", "Hind",
                          "emails", "h@example.org", "birth_year", "1970", NULL);
  g_autofree char *text = g_strconcat (header, "7;Hind Alaoui;h@example.org;Espagne\n", NULL);
  g_autofree char *changed = g_strconcat (header, "7;Hind Alaoui;h@example.org;Italie\n", NULL);
  g_autoptr (KafImportPlan) watch = make_plan (fixture, "person", text, "watch");
  g_autoptr (KafImportTaken) taken = take (fixture, watch);
  g_autofree char *country = kaf_fixture_get (fixture, "person", known, "country");
  g_autoptr (KafReceipt) typed = NULL;
  g_autoptr (KafImportPlan) unknown = NULL;
  g_autoptr (KafImportPlan) again = NULL;
  g_autoptr (GPtrArray) said = NULL;

  /* What nobody said is taken from whoever says it. */
  g_assert_cmpstr (country, ==, "ES");
  typed = kaf_fixture_update (fixture, "person", known, "country", "FR", NULL);
  unknown = make_plan (fixture, "person", changed, NULL);
  assert_outcomes (unknown, "same");
  again = make_plan (fixture, "person", changed, "watch");
  assert_outcomes (again, "same");
  g_assert_false (kaf_import_plan_get (again, 0)->idle);
  said = kaf_import_plan_list_said (again, fixture->db, 0, KAF_LANG_EN, NULL);
  for (guint i = 0; i < said->len; i++)
    {
      const KafImportSaid *one = g_ptr_array_index (said, i);

      if (g_str_equal (one->field->id, "country"))
        g_assert_cmpint (one->says, ==, KAF_IMPORT_SAYS_OTHER);
    }
}

static void
test_refused (void)
{
  static const char text[] = "Nom complet;Pays;Né(e) le\nAli Bennis;Republique Francaise;1970\n"
                             ";France;1980\nRim Fassi;France;31/02/1980\n=2+3;France;1970\n";
  g_autoptr (KafFixture) fixture = kaf_fixture_new ();
  g_autoptr (KafImportPlan) plan = make_plan (fixture, "person", text, NULL);
  g_autofree char *path = g_build_filename (fixture->folder, "refused.csv", NULL);
  g_autoptr (GFile) file = g_file_new_for_path (path);
  g_autofree char *saved = NULL;
  const GPtrArray *unknown = kaf_import_plan_get_unknown (plan);
  g_autoptr (GError) error = NULL;

  assert_outcomes (plan, "refused refused refused new");
  g_assert_cmpuint (unknown->len, ==, 1);
  g_assert_cmpstr (((KafImportWord *) g_ptr_array_index (unknown, 0))->text, ==,
                   "Republique Francaise");
  g_assert_true (kaf_import_plan_save_refused (plan, fixture->db, file, NULL, &error));
  g_assert_no_error (error);
  g_assert_true (g_file_get_contents (path, &saved, NULL, NULL));
  g_assert_true (g_str_has_prefix (saved, "\xef\xbb\xbfWhy it was refused;Row;Nom complet;"));
  g_assert_nonnull (strstr (saved, ";2;Ali Bennis;Republique Francaise;1970"));
  g_assert_null (strstr (saved, "2+3"));

  /* It is mended where it stands. */
  g_assert_true (kaf_import_plan_set_cell (plan, fixture->db, 0, 1, "France", &error));
  g_assert_no_error (error);
  assert_outcomes (plan, "new refused refused new");
  kaf_import_plan_leave_out (plan, 3, TRUE);
  {
    g_autoptr (KafImportTaken) taken = take (fixture, plan);

    g_assert_cmpuint (taken->n_created, ==, 1);
    g_assert_cmpuint (count (fixture, "person"), ==, 1);
  }
}

static void
test_memory (void)
{
  static const char text[] = "Nom complet;Pays;Choses\nAli Bennis;Republique Francaise;x1\n";
  g_autoptr (KafFixture) fixture = kaf_fixture_new ();
  g_autoptr (KafImportPlan) plan = make_plan (fixture, "person", text, "network");
  g_autoptr (KafImportMap) map = kaf_import_map_copy (kaf_import_plan_get_map (plan));
  g_autoptr (KafImportPlan) again = NULL;
  g_autoptr (GError) error = NULL;

  assert_outcomes (plan, "refused");
  kaf_import_map_translate (map, 1, "République  française", "FR");
  kaf_import_map_translate (map, 1, "Republique Francaise", "FR");
  g_assert_true (kaf_import_map_set_target (map, 2, "notes", &error));
  g_assert_true (kaf_import_map_remember (map, fixture->db, &error));
  g_assert_no_error (error);
  again = make_plan (fixture, "person", text, NULL);
  assert_outcomes (again, "new");
  g_assert_cmpstr (kaf_import_map_get_target (kaf_import_plan_get_map (again), 2), ==, "notes");
  g_assert_false (kaf_import_map_set_target (map, 2, "sample", &error));
  g_assert_error (error, KAF_IMPORT_MAP_ERROR, KAF_IMPORT_MAP_ERROR_FIELD);
}

static void
test_dates (void)
{
  static const char text[] = "Nom;Confirmé le\nUn;12/05/2020\n";
  g_autoptr (KafFixture) fixture = kaf_fixture_new ();
  g_autoptr (KafImportPlan) plan = make_plan (fixture, "person", text, NULL);
  g_autoptr (KafImportMap) map = kaf_import_map_copy (kaf_import_plan_get_map (plan));
  g_autoptr (KafImportCells) cells = NULL;
  g_auto (KafImportRow) row = { .fault_column = -1 };
  const KafTableCell values[] = { { KAF_TABLE_CELL_TEXT, "Un" },
                                  { KAF_TABLE_CELL_TEXT, "12/05/2020" } };
  g_autoptr (KafImportTaken) taken = take (fixture, plan);
  g_autofree char *id = id_of (plan, fixture, 0);
  g_autofree char *day = kaf_fixture_get (fixture, "person", id, "confirmed_on");

  g_assert_cmpstr (day, ==, "2020-05-12");
  map->month_first = TRUE;
  cells = kaf_import_cells_new (fixture->db, map);
  g_assert_true (kaf_import_cells_read (cells, values, 2, &row, NULL));
  g_assert_cmpstr (kaf_record_get (row.parts[0], "confirmed_on"), ==, "2020-12-05");
}

static KafImportDates
read_dates (KafFixture *fixture, const char *text, gboolean *month_first)
{
  g_autoptr (GFile) file = write_file (fixture, "dates.csv", text, "UTF-8");
  g_autoptr (KafTableReader) reader = kaf_table_reader_open (file, NULL, NULL, NULL);
  g_autoptr (GPtrArray) rows =
      kaf_table_reader_peek (reader, KAF_COLUMN_GUESS_ROWS + 1, NULL, NULL);
  g_autoptr (KafImportMap) map = kaf_import_map_new (kaf_registry_find ("person"), rows);

  *month_first = map->month_first;
  return kaf_import_map_read_dates (map, rows);
}

/* What the table tells of the order is taken; what it does not is asked. */
static void
test_order_of_dates (void)
{
  g_autoptr (KafFixture) fixture = kaf_fixture_new ();
  gboolean month_first;

  g_assert_cmpint (read_dates (fixture, "Nom;Confirmé le\nUn;3/4/2024\n", &month_first), ==,
                   KAF_IMPORT_EITHER_FIRST);
  g_assert_false (month_first);
  g_assert_cmpint (
      read_dates (fixture, "Nom;Confirmé le\nUn;3/4/2024\nDeux;12/31/2024\n", &month_first), ==,
      KAF_IMPORT_MONTH_FIRST);
  g_assert_true (month_first);
  g_assert_cmpint (
      read_dates (fixture, "Nom;Confirmé le\nUn;3/4/2024\nDeux;31.12.2024\n", &month_first), ==,
      KAF_IMPORT_DAY_FIRST);
  g_assert_false (month_first);
  g_assert_cmpint (read_dates (fixture, "Nom;Confirmé le\nUn;2024-04-03\n", &month_first), ==,
                   KAF_IMPORT_NO_DATES);
}

static void
test_organisations (void)
{
  static const char text[] = "Dénomination;Sigle;Pays\nOffice de la formation;OFPPT;Maroc\n"
                             "Association neuve;;France\n";
  g_autoptr (KafFixture) fixture = kaf_fixture_new ();
  g_autofree char *known = kaf_fixture_create (fixture, "organisation", NULL, "name_fr", "OFPPT",
                                               "kind", "public_establishment", NULL);
  g_autoptr (KafImportPlan) plan = make_plan (fixture, "organisation", text, NULL);
  g_autoptr (KafImportPlan) network = make_plan (fixture, "network", text, NULL);

  /* What kind of body it is has to be told. */
  assert_outcomes (plan, "refused refused");
  assert_outcomes (network, "duplicate new");
}

/* In full and short, in another language, by a name of before, known to be one. */
static void
test_spellings_of_organisations (void)
{
  static const char text[] =
      "Dénomination;Pays\nOffice de la formation professionnelle et de la promotion du travail;"
      "Maroc\nDeutsch-Marokkanisches Kompetenznetzwerk;Allemagne\n"
      "Réseau des compétences germano-marocaines;Allemagne\nInstitut d'avant;Maroc\nAutre chose;"
      "Maroc\n";
  g_autoptr (KafFixture) fixture = kaf_fixture_new ();
  g_autofree char *office = kaf_fixture_create (fixture, "organisation", NULL, "name_fr", "OFPPT",
                                                "kind", "public_establishment", NULL);
  g_autofree char *network =
      kaf_fixture_create (fixture, "organisation", NULL, "name_fr", "DMK", "kind", "network", NULL);
  g_autofree char *renamed = kaf_fixture_create (fixture, "organisation", NULL, "name_fr",
                                                 "Agence nouvelle", "kind", "association", NULL);
  g_autofree char *name =
      kaf_fixture_create (fixture, "organisation_name", NULL, "organisation", renamed, "name",
                          "Institut d’avant", "language", "fr", NULL);
  g_autoptr (KafImportPlan) plan = make_plan (fixture, "network", text, NULL);
  const char *const expected[] = { office, network, network, renamed };

  for (guint i = 0; i < G_N_ELEMENTS (expected); i++)
    {
      g_test_message ("row %u: %s", i, kaf_import_plan_get (plan, i)->title);
      g_assert_cmpstr (kaf_import_plan_get (plan, i)->id, ==, expected[i]);
      g_assert_cmpint (kaf_import_plan_get (plan, i)->outcome, ==, KAF_IMPORT_DUPLICATE);
    }
  g_assert_cmpint (kaf_import_plan_get (plan, 4)->outcome, ==, KAF_IMPORT_NEW);
}

/* A row names a network as people call it. */
static void
test_named_organisation (void)
{
  static const char text[] = "Personne;Réseau\n%s;Deutsch-Marokkanisches Kompetenznetzwerk\n"
                             "%s;Réseau inconnu\n%s;AMJ\n";
  g_autoptr (KafFixture) fixture = kaf_fixture_new ();
  g_autofree char *person = kaf_fixture_create (fixture, "person", NULL, "family_name", "Alaoui",
                                                "given_name", "Hind", NULL);
  g_autofree char *known =
      kaf_fixture_create (fixture, "organisation", NULL, "name_fr", "DMK", "kind", "network", NULL);
  g_autofree char *one =
      kaf_fixture_create (fixture, "organisation", NULL, "name_fr",
                          "Association marocaine des juristes", "kind", "network", NULL);
  g_autofree char *two =
      kaf_fixture_create (fixture, "organisation", NULL, "name_fr", "Assemblée mondiale des jeunes",
                          "kind", "network", NULL);
  g_autofree char *rows = g_strdup_printf (text, person, person, person);
  g_autoptr (KafImportPlan) plan = NULL;
  g_auto (KafImportRow) row = { .fault_column = -1 };

  g_free (kaf_fixture_create (fixture, "network", known, NULL));
  g_free (kaf_fixture_create (fixture, "network", one, NULL));
  g_free (kaf_fixture_create (fixture, "network", two, NULL));
  plan = make_mapped (fixture, "membership", rows, "1=person,2=network");
  assert_outcomes (plan, "new refused refused");
  g_assert_true (kaf_import_plan_read (plan, fixture->db, 0, &row, NULL));
  g_assert_cmpstr (kaf_record_get (row.parts[0], "network"), ==, known);
  g_assert_nonnull (strstr (kaf_import_plan_get (plan, 2)->sentence, "Several"));
}

static void
test_hostile (void)
{
  g_autoptr (KafFixture) fixture = kaf_fixture_new ();
  g_autoptr (GFile) file =
      write_file (fixture, "list.xlsx", "<html><table></table></html>", "UTF-8");
  g_autoptr (GError) error = NULL;
  g_autoptr (KafTableReader) reader = kaf_table_reader_open (file, NULL, NULL, &error);
  g_autofree char *sentence = NULL;

  g_assert_null (reader);
  g_assert_error (error, KAF_TABLE_ERROR, KAF_TABLE_ERROR_HTML);
  sentence = kaf_explain (NULL, NULL, error);
  g_assert_cmpuint (strlen (sentence), >, 20);
}

static void
add_namesakes (KafFixture *fixture, guint n)
{
  g_autoptr (KafChangeSet) set = kaf_change_set_new ("import");
  g_autoptr (KafReceipt) receipt = NULL;
  g_autoptr (GError) error = NULL;

  for (guint i = 0; i < n; i++)
    {
      g_autoptr (KafRecord) record = kaf_record_new (kaf_registry_find ("person"), NULL);
      g_autofree char *year = g_strdup_printf ("%u", 1950 + i % 50);

      kaf_record_set (record, "family_name", i % 3 == 0 ? "Alaoui" : "Bennani");
      kaf_record_set (record, "given_name", i % 2 == 0 ? "Hind" : "Driss");
      kaf_record_set (record, "birth_year", year);
      kaf_record_set (record, "country", i % 5 == 0 ? "FR" : "BE");
      kaf_change_set_create (set, record);
    }
  receipt = kaf_commit (fixture->db, set, NULL, NULL, &error);
  g_assert_no_error (error);
}

/* Whether the table of keys is there or all are read into memory: the same is found. */
static void
test_ways_of_finding (void)
{
  static const char text[] = "Nom;Prénom;Né(e) le;Pays;Courriel\n"
                             "Benali;Salma;1980;France;salma.benali@example.org\n";
  g_autoptr (KafFixture) fixture = kaf_fixture_new ();
  g_autofree char *known = kaf_fixture_create (
      fixture, "person", NULL, "family_name", "بنعلي", "given_name", "سلمى", "emails",
      "salma.benali@example.org", "birth_year", "1981", "country", "FR", NULL);
  g_autoptr (KafImportPlan) in_memory = NULL;
  g_autoptr (KafImportPlan) by_table = NULL;
  g_autofree char *why_in_memory = NULL, *why_by_table = NULL;
  KafSuspectsState state;

  add_namesakes (fixture, 600);
  in_memory = make_plan (fixture, "person", text, NULL);
  g_assert_true (kaf_suspects_get_state (fixture->db, &state, NULL));
  g_assert_cmpint (state, ==, KAF_SUSPECTS_UNFINISHED);
  g_assert_true (kaf_suspects_update (fixture->db, NULL, NULL, NULL, NULL));
  by_table = make_plan (fixture, "person", text, NULL);
  assert_outcomes (in_memory, "duplicate");
  assert_outcomes (by_table, "duplicate");
  g_assert_cmpstr (kaf_import_plan_get (in_memory, 0)->id, ==, known);
  g_assert_cmpstr (kaf_import_plan_get (by_table, 0)->id, ==, known);
  g_assert_cmpfloat (kaf_import_plan_get (in_memory, 0)->likelihood, ==,
                     kaf_import_plan_get (by_table, 0)->likelihood);
  why_in_memory = kaf_import_plan_tell (in_memory, fixture->db, 0, KAF_LANG_FR);
  why_by_table = kaf_import_plan_tell (by_table, fixture->db, 0, KAF_LANG_FR);
  g_assert_cmpstr (why_in_memory, ==, why_by_table);
}

/* What was decided of a plan, kept as the window keeps it, holds in another plan of the same file. */
static void
keep (KafFixture *fixture, const char *decided)
{
  g_autoptr (GHashTable) typed = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  g_autofree char *json = NULL;

  g_hash_table_insert (typed, g_strdup (KAF_DRAFT_DECISIONS), g_strdup (decided));
  json = kaf_typed_to_json (typed);
  g_assert_true (
      kaf_draft_save (fixture->db, kaf_registry_find ("person"), KAF_DRAFT_IMPORT "1", json, NULL));
}

static char *
load (KafFixture *fixture)
{
  return kaf_import_decisions_load (fixture->db, kaf_registry_find ("person"),
                                    KAF_DRAFT_IMPORT "1");
}

static const char judged[] = "Nom complet;Courriel;Ville;Pays\n"
                             "Salma BENALI;salma.benali@example.org;Nantes;France\n"
                             "Nora ALAMI;;Lyon;Republique Francaise\n"
                             "Omar BERRADA;o.berrada@example.org;Lyon;France\n";

static char *
create_salma (KafFixture *fixture)
{
  return kaf_fixture_create (fixture, "person", NULL, "family_name", "Benali", "given_name",
                             "Salma", "emails", "salma.benali@example.org", "city", "Lyon",
                             "country", "FR", NULL);
}

static void
test_decisions (void)
{
  g_autoptr (KafFixture) fixture = kaf_fixture_new ();
  g_autofree char *known = create_salma (fixture);
  g_autoptr (KafImportPlan) plan = make_plan (fixture, "person", judged, NULL);
  g_autoptr (KafImportPlan) again = make_plan (fixture, "person", judged, NULL);
  g_autoptr (GPtrArray) forms = NULL;
  g_autofree char *decided = NULL;
  g_autofree char *loaded = NULL;
  g_autofree char *same = NULL;
  g_autofree char *old = NULL;
  guint n;

  g_assert_null (kaf_import_decisions_write (plan));
  assert_outcomes (plan, "duplicate refused new");
  kaf_import_plan_decide (plan, 0, KAF_IMPORT_DIFFERENT);
  g_assert_true (
      kaf_import_plan_set_cell (plan, fixture->db, 1, 3, "France\tmétropolitaine", NULL));
  g_assert_true (kaf_import_plan_set_cell (plan, fixture->db, 1, 3, "France", NULL));
  g_assert_true (kaf_import_plan_set_cell (plan, fixture->db, 1, 0, "نورة  العلمي", NULL));
  kaf_import_plan_leave_out (plan, 2, TRUE);
  decided = kaf_import_decisions_write (plan);
  keep (fixture, decided);

  loaded = load (fixture);
  g_assert_cmpstr (loaded, ==, decided);
  g_assert_true (kaf_import_decisions_apply (again, fixture->db, loaded, &n, NULL));
  g_assert_cmpuint (n, ==, 4);
  assert_outcomes (again, "duplicate new new");
  g_assert_cmpint (kaf_import_plan_get (again, 0)->decision, ==, KAF_IMPORT_DIFFERENT);
  g_assert_cmpstr (kaf_import_plan_get (again, 1)->title, ==, kaf_import_plan_get (plan, 1)->title);
  g_assert_true (kaf_import_plan_get (again, 2)->left_out);
  same = kaf_import_decisions_write (again);
  g_assert_cmpstr (same, ==, decided);

  /* It is of no form, and not kept for ever. */
  forms = kaf_draft_list_forms (fixture->db, NULL);
  g_assert_cmpuint (forms->len, ==, 0);
  kaf_clock_advance (fixture->clock, (KAF_IMPORT_DECISIONS_DAYS + 1) * 24 * G_TIME_SPAN_HOUR);
  old = load (fixture);
  g_assert_null (old);
}

/* What is no decision about this file, and one about a record that is erased. */
static void
test_decisions_not_held (void)
{
  g_autoptr (KafFixture) fixture = kaf_fixture_new ();
  g_autofree char *known = create_salma (fixture);
  g_autoptr (KafImportPlan) plan = make_plan (fixture, "person", judged, NULL);
  g_autofree char *decided = g_strdup_printf ("2 same %s\n4 out -\n", known);
  g_autofree char *left = NULL;
  guint n;

  g_assert_true (kaf_import_decisions_apply (
      plan, fixture->db,
      "2 same -\n3 same -\n99 out -\nx out -\n2 cell - 77 x\n2 cell - 1\n2 cell - 1 \\377\n2\n\n",
      &n, NULL));
  g_assert_cmpuint (n, ==, 0);
  g_assert_null (kaf_import_decisions_write (plan));

  keep (fixture, decided);
  g_assert_true (kaf_erase (fixture->db, kaf_registry_find ("person"), known, "asked", NULL));
  left = load (fixture);
  g_assert_nonnull (strstr (left, "4 out -"));
  g_assert_null (strstr (left, known));
}

/* Taken back, it is as many records as came in, and not all that is noted of them. */
static void
test_undo_tells_records (void)
{
  g_autoptr (KafFixture) fixture = kaf_fixture_new ();
  g_autofree char *known = create_salma (fixture);
  g_autoptr (KafImportPlan) plan = make_plan (fixture, "expert", list, "consulate");
  g_autoptr (KafImportTaken) taken = take (fixture, plan);
  g_autoptr (KafReceipt) undone = kaf_undo (fixture->db, NULL, NULL);
  g_autoptr (KafReceipt) redone = kaf_redo (fixture->db, NULL);
  g_autoptr (GPtrArray) batches = kaf_read_batches (fixture->db, 1, NULL);
  guint n = taken->n_created + taken->n_updated;

  g_assert_cmpuint (n, >, 1);
  g_assert_cmpuint (taken->receipt->n_records, >, 2 * n);
  g_assert_cmpuint (kaf_receipt_count_told (taken->receipt), ==, n);
  g_assert_cmpuint (kaf_receipt_count_told (undone), ==, n);
  g_assert_cmpuint (kaf_receipt_count_told (redone), ==, n);
  g_assert_cmpuint (((const KafBatchInfo *) g_ptr_array_index (batches, 0))->n_records, ==, n);
}

static void
test_cancel (void)
{
  g_autoptr (KafFixture) fixture = kaf_fixture_new ();
  g_autoptr (KafImportPlan) plan = make_plan (fixture, "expert", list, "consulate");
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  g_autoptr (GError) error = NULL;

  g_cancellable_cancel (cancellable);
  g_assert_null (kaf_import_plan_take (plan, fixture->db, NULL, NULL, cancellable, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  g_assert_cmpuint (count (fixture, "person"), ==, 0);
}

/* Whether a row says that of the field. */
static gboolean
is_told (KafFixture *fixture, KafImportPlan *plan, guint place, const char *field, guint says)
{
  g_autoptr (GPtrArray) said =
      kaf_import_plan_list_said (plan, fixture->db, place, KAF_LANG_FR, NULL);

  for (guint i = 0; i < said->len; i++)
    {
      const KafImportSaid *one = said->pdata[i];

      if (g_str_equal (one->field->id, field) && one->says == says)
        return TRUE;
    }
  return FALSE;
}

/* What the server would refuse of the user's role is not written: it helps to find whom a row is about, and stays as it
 * is; who may not make anybody is told so of each row that would. */
static void
test_role (void)
{
  static const char text[] = "ref;Nom;Prénom;Sexe;Ville\nPER-2026-0001;Alami;Salma;M;Agadir\n"
                             ";Neuf;Nadia;F;Rabat\n";
  g_autoptr (KafFixture) fixture = kaf_fixture_new ();
  g_autofree char *id = kaf_fixture_create (fixture, "person", NULL, "family_name", "Alami",
                                            "given_name", "Salma", NULL);
  g_autoptr (KafImportPlan) plan = NULL;
  g_autoptr (KafImportTaken) taken = NULL;

  kaf_fixture_be (fixture->db, "regional-officer");
  plan = make_plan (fixture, "person", text, NULL);
  assert_outcomes (plan, "changed refused");
  g_assert_nonnull (strstr (kaf_import_plan_get (plan, 1)->sentence, "Regional officer"));
  g_assert_true (is_told (fixture, plan, 0, "city", KAF_IMPORT_SAYS_NEW));
  g_assert_true (is_told (fixture, plan, 0, "gender", KAF_IMPORT_SAYS_FORBIDDEN));
  taken = take (fixture, plan);
  g_assert_cmpuint (taken->n_updated, ==, 1);
  g_assert_cmpuint (taken->n_claims, ==, 0);
  kaf_fixture_assert_field (fixture, "person", id, "city", "Agadir");
  kaf_fixture_assert_field (fixture, "person", id, "gender", NULL);
  /* Nor a part of a record that is there. */
  g_clear_pointer (&plan, kaf_import_plan_free);
  plan = make_plan (fixture, "expert", text, NULL);
  assert_outcomes (plan, "refused refused");
}

/* And of whom one may make, what one may not note is not written. */
static void
test_role_of_new (void)
{
  static const char text[] = "Nom;Prénom;Ville;Remarques\nNeuf;Nadia;Rabat;Rappeler\n";
  g_autoptr (KafFixture) fixture = kaf_fixture_new ();
  g_autoptr (KafImportPlan) plan = NULL;
  g_autoptr (KafImportTaken) taken = NULL;
  g_autofree char *id = NULL;

  kaf_fixture_be (fixture->db, "consular-relay");
  plan = make_mapped (fixture, "person", text, "Remarques=notes");
  assert_outcomes (plan, "new");
  g_assert_true (is_told (fixture, plan, 0, "city", KAF_IMPORT_SAYS_NEW));
  g_assert_true (is_told (fixture, plan, 0, "notes", KAF_IMPORT_SAYS_FORBIDDEN));
  taken = take (fixture, plan);
  g_assert_cmpuint (taken->n_created, ==, 1);
  g_assert_cmpuint (taken->n_claims, ==, 0);
  id = g_strdup (g_ptr_array_index (taken->receipt->ids, 0));
  kaf_fixture_assert_field (fixture, "person", id, "city", "Rabat");
  kaf_fixture_assert_field (fixture, "person", id, "notes", NULL);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/import-plan/reading", test_reading);
  g_test_add_func ("/import-plan/again", test_again);
  g_test_add_func ("/import-plan/again-changed", test_again_changed);
  g_test_add_func ("/import-plan/again-two-rows", test_again_two_rows);
  g_test_add_func ("/import-plan/again-without-number", test_again_without_number);
  g_test_add_func ("/import-plan/undo", test_undo);
  g_test_add_func ("/import-plan/join", test_join);
  g_test_add_func ("/import-plan/duplicate", test_duplicate);
  g_test_add_func ("/import-plan/judged-same", test_judged_same);
  g_test_add_func ("/import-plan/rank", test_rank);
  g_test_add_func ("/import-plan/refused", test_refused);
  g_test_add_func ("/import-plan/memory", test_memory);
  g_test_add_func ("/import-plan/dates", test_dates);
  g_test_add_func ("/import-plan/order-of-dates", test_order_of_dates);
  g_test_add_func ("/import-plan/organisations", test_organisations);
  g_test_add_func ("/import-plan/spellings-of-organisations", test_spellings_of_organisations);
  g_test_add_func ("/import-plan/named-organisation", test_named_organisation);
  g_test_add_func ("/import-plan/ways-of-finding", test_ways_of_finding);
  g_test_add_func ("/import-plan/hostile", test_hostile);
  g_test_add_func ("/import-plan/decisions", test_decisions);
  g_test_add_func ("/import-plan/decisions-not-held", test_decisions_not_held);
  g_test_add_func ("/import-plan/undo-tells-records", test_undo_tells_records);
  g_test_add_func ("/import-plan/role", test_role);
  g_test_add_func ("/import-plan/role-of-new", test_role_of_new);
  g_test_add_func ("/import-plan/cancel", test_cancel);
  return g_test_run ();
}
