/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The texts that documents begin with: what is refused, which one is taken, how it is filled, and those shipped. */
#include "config.h"

#include <string.h>

#include "kaf-fixture.h"

#include "base/kaf-validation-error.h"
#include "report/kaf-texts.h"
#include "schema/kaf-registry.h"
#include "schema/kaf-set.h"

static gboolean
save (KafFixture *f, const char *kind, const char *body, const char *body_ar, KafFault *fault)
{
  g_autoptr (KafRecord) record = kaf_record_new (kaf_registry_find ("text_template"), NULL);
  g_autoptr (KafChangeSet) set = kaf_change_set_new ("create");
  g_autoptr (KafReceipt) receipt = NULL;
  g_autoptr (GError) error = NULL;

  kaf_record_set (record, "kind", kind);
  kaf_record_set (record, "title_fr", "Titre");
  kaf_record_set (record, "body_fr", body);
  kaf_record_set (record, "body_ar", body_ar);
  kaf_change_set_create (set, record);
  receipt = kaf_commit (f->db, set, fault, NULL, &error);
  if (receipt == NULL)
    g_assert_error (error, KAF_VALIDATION_ERROR, KAF_VALIDATION_ERROR_RULE);
  return receipt != NULL;
}

static void
test_refused (void)
{
  g_autoptr (KafFixture) f = kaf_fixture_new ();
  KafFault fault = { 0 };

  g_assert_false (save (f, "attestation", "{mission.titel}", NULL, &fault));
  g_assert_cmpstr (fault.field, ==, "body_fr");
  g_assert_false (save (f, "attestation", "{mission.title}", "{mission.title", &fault));
  g_assert_cmpstr (fault.field, ==, "body_ar");
  g_assert_false (save (f, "article_framework", "{expert.name}", NULL, &fault));
  g_assert_true (save (f, "attestation", "{mission.title}", "{{ {day}", &fault));
}

static char *
get_body (KafFixture *f, const char *kind, KafLang lang)
{
  g_autofree char *title = NULL;
  g_autoptr (GError) error = NULL;
  char *body = NULL;

  kaf_texts_get (f->db, kind, lang, &title, &body, &error);
  g_assert_no_error (error);
  return body;
}

/* The manager's newest in the language; else what was shipped. */
static void
test_taken (void)
{
  g_autoptr (KafFixture) f = kaf_fixture_new ();
  g_autofree char *shipped = get_body (f, "attestation", KAF_LANG_FR);
  g_autofree char *first = kaf_fixture_create (f, "text_template", NULL, "kind", "attestation",
                                               "title_fr", "A", "body_fr", "Un", NULL);
  g_autofree char *second = kaf_fixture_create (f, "text_template", NULL, "kind", "attestation",
                                                "title_fr", "B", "body_fr", "Deux", NULL);
  g_autofree char *newest = get_body (f, "attestation", KAF_LANG_FR);
  g_autofree char *arabic = get_body (f, "attestation", KAF_LANG_AR);
  g_autofree char *older = NULL;
  g_autoptr (KafReceipt) receipt = NULL;

  g_assert_nonnull (strstr (shipped, "{person.name}"));
  g_assert_cmpstr (newest, ==, "Deux");
  g_assert_nonnull (strstr (arabic, "{person.name}"));
  receipt = kaf_fixture_update (f, "text_template", second, "retired", "1", NULL);
  older = get_body (f, "attestation", KAF_LANG_FR);
  g_assert_cmpstr (older, ==, "Un");
}

/* Both languages of every kind, with right placeholders. */
static void
test_shipped (void)
{
  g_autoptr (KafFixture) f = kaf_fixture_new ();
  const KafField *kind = kaf_entity_find_field (kaf_registry_find ("text_template"), "kind");
  static const KafLang langs[] = { KAF_LANG_FR, KAF_LANG_AR };

  for (const KafChoice *choice = kind->choices; choice->code != NULL; choice++)
    for (guint i = 0; i < G_N_ELEMENTS (langs); i++)
      {
        g_autoptr (GPtrArray) all = kaf_texts_articles (f->db, choice->code, langs[i], NULL);

        g_assert_nonnull (all);
        g_assert_cmpuint (all->len, >=, g_str_has_prefix (choice->code, "article_") ? 6 : 1);
        for (guint j = 0; j < all->len; j++)
          {
            const KafTextsArticle *text = g_ptr_array_index (all, j);
            g_autoptr (GError) error = NULL;

            g_assert_cmpuint (text->number, ==, j + 1);
            g_assert_cmpstr (text->title, !=, "");
            g_assert_cmpstr (text->body, !=, "");
            g_assert_null (strstr (text->body, "\\n"));
            kaf_template_check (choice->code, text->body, &error);
            g_assert_no_error (error);
          }
      }
}

static void
test_fill (void)
{
  g_autoptr (KafFixture) f = kaf_fixture_new ();
  g_autofree char *programme =
      kaf_fixture_create (f, "programme", NULL, "title_fr", "Programme", NULL);
  g_autofree char *mission = kaf_fixture_create (
      f, "mission", NULL, "title_fr", "Formation", "title_ar", "تكوين", "programme", programme,
      "objective_fr", "Former.", "starts_on", "2026-12-07", NULL);
  g_autofree char *meeting =
      kaf_fixture_create (f, "meeting", NULL, "title_fr", "Suivi", "kind", "coordination",
                          "held_on", "2026-11-20", "mission", mission, NULL);
  const KafTextsAbout about = { .meeting = meeting };
  g_autoptr (KafDocumentContext) context =
      kaf_document_context_new (f->db, KAF_LANG_FR, "2026-11-24");
  g_autoptr (GPtrArray) unknown = g_ptr_array_new_with_free_func (g_free);
  g_autofree char *filled = kaf_texts_fill (
      context, "{day}: {mission.title}, {mission.objective}. {mission.starts_on} {person.name}",
      &about, unknown);

  g_assert_cmpstr (filled, ==,
                   "24 novembre 2026: Formation, Former. 7 décembre 2026 " KAF_TEMPLATE_BLANK);
  g_assert_cmpuint (unknown->len, ==, 1);
  g_assert_cmpstr (g_ptr_array_index (unknown, 0), ==, "person.name");
}

/* Of records that say everything, no placeholder of the catalogue is without a value, but for what the store's settings
 * say. */
static void
test_all_read (void)
{
  g_autoptr (KafFixture) f = kaf_fixture_new ();
  g_autofree char *organisation =
      kaf_fixture_create (f, "organisation", NULL, "kind", "university", "name_fr", "O", "city",
                          "C", "address", "A", NULL);
  g_autofree char *programme = kaf_fixture_create (f, "programme", NULL, "title_fr", "P", NULL);
  g_autofree char *person =
      kaf_fixture_create (f, "person", NULL, "family_name", "Kaddar", "given_name", "Nadia",
                          "country", "FR", "address", "A", NULL);
  g_autofree char *expert =
      kaf_fixture_create (f, "expert", person, "headline_fr", "H", "employer", "E", NULL);
  g_autofree char *mission =
      kaf_fixture_create (f, "mission", NULL, "title_fr", "M", "programme", programme,
                          "objective_fr", "O", "lead", organisation, "place_fr", "P", "territory",
                          "MA-TIZ", "starts_on", "2026-12-07", "ends_on", "2026-12-11", NULL);
  g_autofree char *going = kaf_fixture_create (
      f, "mission_expert", NULL, "mission", mission, "person", person, "arrives_on", "2026-12-06",
      "leaves_on", "2026-12-12", "order_number", "1", "order_on", "2026-11-24", NULL);
  g_autofree char *parent = kaf_fixture_create (f, "convention", NULL, "title_fr", "F", "kind",
                                                "framework", "signed_on", "2020-01-01", NULL);
  g_autofree char *parties = kaf_set_add (NULL, organisation, NULL);
  g_autofree char *convention = kaf_fixture_create (
      f, "convention", NULL, "title_fr", "S", "kind", "specific", "parent", parent, "number", "1",
      "parties", parties, "object_fr", "O", "place", "P", "signed_on", "2026-01-01", "effective_on",
      "2026-02-01", "ends_on", "2027-01-01", "renewal_months", "12", "notice_days", "90", NULL);
  g_autofree char *meeting = kaf_fixture_create (
      f, "meeting", NULL, "title_fr", "R", "kind", "coordination", "held_on", "2026-11-20",
      "purpose_fr", "P", "starts_at", "10:00", "ends_at", "12:00", "place_fr", "P", "convened_by",
      organisation, "chair", "C", "secretary", "S", NULL);
  const KafTextsAbout about = {
    .expert = going, .organisation = organisation, .convention = convention, .meeting = meeting
  };
  g_autoptr (KafDocumentContext) context =
      kaf_document_context_new (f->db, KAF_LANG_FR, "2026-11-24");
  g_autoptr (GPtrArray) names = kaf_template_names (NULL);

  for (guint i = 0; i < names->len; i++)
    {
      const char *name = ((const KafTemplateName *) g_ptr_array_index (names, i))->name;
      g_autofree char *text = g_strdup_printf ("{%s}", name);
      g_autofree char *filled = kaf_texts_fill (context, text, &about, NULL);

      if (g_str_equal (filled, KAF_TEMPLATE_BLANK) && !g_str_equal (name, "place") &&
          !g_str_equal (name, "service"))
        {
          g_test_message ("%s has no value", name);
          g_test_fail ();
        }
    }
}

/* Numbered, filled in both languages, and once. */
static void
test_articles (void)
{
  g_autoptr (KafFixture) f = kaf_fixture_new ();
  g_autofree char *id = kaf_fixture_create (f, "convention", NULL, "title_fr", "Cadre", "kind",
                                            "framework", "object_fr", "la mobilité", NULL);
  g_autoptr (KafChangeSet) set = kaf_change_set_new ("create");
  g_autoptr (KafChangeSet) again = kaf_change_set_new ("create");
  g_autoptr (KafReceipt) receipt = NULL;
  g_autoptr (GError) error = NULL;
  const KafRecord *first;
  guint n, n_blanks;

  g_assert_true (kaf_texts_add_articles (f->db, id, set, &n, &n_blanks, &error));
  g_assert_no_error (error);
  g_assert_cmpuint (n, ==, kaf_change_set_get_size (set));
  g_assert_cmpuint (n_blanks, >, 0);
  first = kaf_change_set_get (set, 0)->record;
  g_assert_cmpstr (kaf_record_get (first, "number"), ==, "1");
  g_assert_nonnull (strstr (kaf_record_get (first, "text_fr"), "la mobilité"));
  g_assert_nonnull (kaf_record_get (first, "text_ar"));
  g_assert_null (strchr (kaf_record_get (first, "text_ar"), '{'));
  receipt = kaf_commit (f->db, set, NULL, NULL, &error);
  g_assert_no_error (error);
  g_assert_true (kaf_texts_add_articles (f->db, id, again, &n, &n_blanks, &error));
  g_assert_cmpuint (n, ==, 0);
}

/* The parties that an article of an amendment names are those of what it amends, with those that it adds. */
static void
test_amendment (void)
{
  g_autoptr (KafFixture) f = kaf_fixture_new ();
  g_autofree char *one =
      kaf_fixture_create (f, "organisation", NULL, "kind", "university", "name_fr", "Une", NULL);
  g_autofree char *two =
      kaf_fixture_create (f, "organisation", NULL, "kind", "university", "name_fr", "Deux", NULL);
  g_autofree char *party = kaf_set_add (NULL, one, NULL);
  g_autofree char *more = kaf_set_add (NULL, two, NULL);
  g_autofree char *parent =
      kaf_fixture_create (f, "convention", NULL, "title_fr", "F", "kind", "framework", "signed_on",
                          "2020-01-01", "parties", party, NULL);
  g_autofree char *amendment =
      kaf_fixture_create (f, "convention", NULL, "title_fr", "A", "kind", "amendment", "parent",
                          parent, "changes", "parties", "parties", more, NULL);
  const KafTextsAbout about = { .convention = amendment };
  g_autoptr (KafDocumentContext) context =
      kaf_document_context_new (f->db, KAF_LANG_FR, "2026-11-24");
  g_autofree char *filled = kaf_texts_fill (context, "{convention.parties}", &about, NULL);

  g_assert_cmpstr (filled, ==, "Une, Deux");
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/texts/refused", test_refused);
  g_test_add_func ("/texts/taken", test_taken);
  g_test_add_func ("/texts/shipped", test_shipped);
  g_test_add_func ("/texts/fill", test_fill);
  g_test_add_func ("/texts/all-read", test_all_read);
  g_test_add_func ("/texts/articles", test_articles);
  g_test_add_func ("/texts/amendment", test_amendment);
  return g_test_run ();
}
