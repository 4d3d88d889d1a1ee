/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Where values come from: who is believed of several sources, why a record shows what it shows, taking over what one
 * says, and that a claim is as open as its field. */
#include "config.h"

#include "base/kaf-validation-error.h"
#include "kaf-fixture.h"
#include "schema/kaf-registry.h"
#include "schema/kaf-role.h"
#include "store/kaf-claims.h"
#include "store/kaf-database-private.h"
#include "store/kaf-drafts.h"
#include "store/kaf-source-claims.h"
#include "store/kaf-sync-private.h"

static char *
claim (KafFixture *f,
       const char *person,
       const char *field,
       const char *value,
       const char *origin,
       const char *day)
{
  return kaf_fixture_create (f, "source_claim", NULL, "person", person, "field", field, "value",
                             value, "source", origin != NULL ? origin : "Liste", "origin", origin,
                             "claimed_on", day, NULL);
}

#define CLAIM(...) g_free (claim (f, __VA_ARGS__))

static char *
add_person (KafFixture *f)
{
  char *id = kaf_fixture_create (f, "person", NULL, "family_name", "Exemple", "city", "Munich",
                                 "country", "DE", "phones", "+4915155500142", NULL);

  g_free (kaf_fixture_create (f, "expert", id, "years", "12", NULL));
  return id;
}

static GPtrArray *
read_claims (KafFixture *f, const char *id)
{
  g_autoptr (GError) error = NULL;
  GPtrArray *claims =
      kaf_claims_read (f->db, kaf_registry_find ("person"), id, KAF_LANG_EN, &error);

  g_assert_no_error (error);
  return claims;
}

static const KafFieldClaims *
find (const GPtrArray *claims, const char *entity, const char *field)
{
  const KafEntity *holder = kaf_registry_find (entity);

  return kaf_claims_find (claims, holder, kaf_entity_find_field (holder, field));
}

static const char *
source_at (const KafFieldClaims *of, guint i)
{
  return ((const KafClaim *) g_ptr_array_index (of->claims, i))->source;
}

/* Rank before day, day before confidence; what is not said comes last. */
static void
test_order (void)
{
  g_autoptr (KafFixture) f = kaf_fixture_new ();
  g_autofree char *id = add_person (f);
  g_autoptr (GPtrArray) claims = NULL;
  const KafFieldClaims *of;

  CLAIM (id, "city", "A", NULL, "2026-11-01");
  CLAIM (id, "city", "B", "watch", "2026-10-01");
  CLAIM (id, "city", "C", "network", "2020-01-01");
  CLAIM (id, "city", "D", "consulate", "2021-01-01");
  CLAIM (id, "city", "E", "consulate", "2022-01-01");
  CLAIM (id, "city", "F", "consulate", NULL);
  CLAIM (id, "city", "G", "declared", "2019-01-01");
  claims = read_claims (f, id);
  of = find (claims, "person", "city");
  g_assert_cmpuint (of->claims->len, ==, 7);
  for (guint i = 0; i < 7; i++)
    g_assert_cmpstr (((KafClaim *) of->claims->pdata[i])->text, ==,
                     ((const char *[]){ "G", "E", "D", "F", "C", "B", "A" })[i]);
  g_assert_cmpuint (of->n_otherwise, ==, 7);
  g_assert_cmpint (of->why, ==, KAF_CLAIM_TYPED);
}

static void
test_why (void)
{
  g_autoptr (KafFixture) f = kaf_fixture_new ();
  g_autofree char *id = add_person (f);
  g_autoptr (GPtrArray) claims = NULL;
  const KafFieldClaims *of;

  CLAIM (id, "city", "MUNICH", "consulate", "2026-01-01");
  CLAIM (id, "city", "Augsburg", "network", "2026-02-01");
  CLAIM (id, "country", "FR", "declared", "2026-02-01");
  CLAIM (id, "country", "DE", "watch", "2026-02-01");
  CLAIM (id, "years", "douze", "declared", "2026-02-01");
  CLAIM (id, "employer", "Clinique", "network", "2026-02-01");
  CLAIM (id, "phones", "+4915155500142", "network", "2026-02-01");
  CLAIM (id, "nothing", "x", "network", "2026-02-01");
  claims = read_claims (f, id);
  g_assert_cmpuint (claims->len, ==, 5);

  of = find (claims, "person", "city");
  g_assert_cmpint (of->why, ==, KAF_CLAIM_BELIEVED);
  g_assert_cmpstr (of->best->source, ==, "consulate");
  g_assert_cmpuint (of->n_otherwise, ==, 1);
  of = find (claims, "person", "country");
  g_assert_cmpint (of->why, ==, KAF_CLAIM_CHOSEN);
  g_assert_cmpstr (of->best->source, ==, "watch");
  g_assert_cmpstr (source_at (of, 0), ==, "declared");
  g_assert_cmpstr (((KafClaim *) of->claims->pdata[0])->text, ==, "France");
  of = find (claims, "expert", "years");
  g_assert_cmpint (of->why, ==, KAF_CLAIM_TYPED);
  g_assert_null (((KafClaim *) of->claims->pdata[0])->value);
  g_assert_cmpstr (((KafClaim *) of->claims->pdata[0])->text, ==, "douze");
  of = find (claims, "expert", "employer");
  g_assert_cmpint (of->why, ==, KAF_CLAIM_NOTHING);
  of = find (claims, "person", "phones");
  g_assert_cmpint (of->why, ==, KAF_CLAIM_BELIEVED);
  g_assert_cmpuint (of->n_otherwise, ==, 0);
}

static KafReceipt *
adopt (KafFixture *f, const char *id, const char *field, GError **error)
{
  g_autoptr (KafChangeSet) set = kaf_claim_adopt (f->db, id, field, error);

  return set != NULL ? kaf_commit (f->db, set, NULL, NULL, error) : NULL;
}

/* An ordinary change: undone as one; a phone is added, and none goes. */
static void
test_adopt (void)
{
  g_autoptr (KafFixture) f = kaf_fixture_new ();
  g_autofree char *id = add_person (f);
  g_autofree char *city = claim (f, id, "city", "Augsburg", "consulate", "2026-01-01");
  g_autofree char *phone = claim (f, id, "phones", "+49 1515 550 0199", "network", "2026-01-01");
  g_autofree char *years = claim (f, id, "years", "douze", "network", "2026-01-01");
  g_autofree char *now = NULL, *before = NULL, *phones = NULL;
  g_autoptr (GError) error = NULL;
  g_autoptr (KafReceipt) receipt = adopt (f, city, "city", &error);
  g_autoptr (KafReceipt) undone = NULL, added = NULL, refused = NULL;

  g_assert_no_error (error);
  now = kaf_fixture_get (f, "person", id, "city");
  g_assert_cmpstr (now, ==, "Augsburg");
  undone = kaf_undo (f->db, receipt->batch, &error);
  g_assert_no_error (error);
  before = kaf_fixture_get (f, "person", id, "city");
  g_assert_cmpstr (before, ==, "Munich");

  added = adopt (f, phone, "phones", &error);
  g_assert_no_error (error);
  phones = kaf_fixture_get (f, "person", id, "phones");
  g_assert_cmpstr (phones, ==, "+4915155500142\n+4915155500199");
  refused = adopt (f, years, "years", &error);
  g_assert_null (refused);
  g_assert_nonnull (error);
  kaf_fixture_assert_whole (f);
}

/* Who may not read the field is not told what a source says of it, nor takes it over. */
static void
test_role (void)
{
  g_autoptr (KafFixture) f = kaf_fixture_new ();
  g_autofree char *id = add_person (f);
  g_autofree char *city = claim (f, id, "city", "Augsburg", "consulate", "2026-01-01");
  g_autoptr (GPtrArray) claims = NULL;
  g_autoptr (GError) error = NULL;
  g_autoptr (KafChangeSet) set = NULL;
  const KafRole *role = kaf_role_find ("partner");
  const KafField *value = kaf_entity_find_field (kaf_registry_find ("source_claim"), "value");

  g_assert_false (kaf_role_can_read (role, value));
  kaf_local_set (f->db, KAF_SYNC_URL, "https://hub.example.org", NULL);
  kaf_local_set (f->db, KAF_SYNC_ROLE, role->id, NULL);
  claims = read_claims (f, id);
  g_assert_cmpuint (claims->len, ==, 0);
  set = kaf_claim_adopt (f->db, city, "city", &error);
  g_assert_null (set);
  g_assert_nonnull (error);
}

/* What a list says of several fields, by the row of that number. */
static char *
say (KafFixture *f,
     const char *person,
     const char *number,
     const char *day,
     const char *about,
     const char *said)
{
  return kaf_fixture_create (f, "source_claim", NULL, "person", person, "about", about, "said",
                             said, "source", "Liste", "origin", "consulate", "claimed_on", day,
                             "external_source", "Liste", "external_id", number, NULL);
}

static const char *
text_of (const GPtrArray *claims, const char *entity, const char *field, guint i)
{
  const KafFieldClaims *of = find (claims, entity, field);

  return of != NULL && i < of->claims->len ? ((KafClaim *) of->claims->pdata[i])->text : NULL;
}

/* Each line is a claim of its own; a set is one, and is added whole. */
static void
test_said (void)
{
  g_autoptr (KafFixture) f = kaf_fixture_new ();
  g_autofree char *id = add_person (f);
  g_autofree char *said = say (f, id, "7", NULL, "city country years languages",
                               "Augsburg\nDE\ndouze\nar\\tnative\\nde");
  g_autoptr (GPtrArray) claims = read_claims (f, id);
  g_autoptr (GError) error = NULL;
  g_autoptr (KafReceipt) adopted = NULL, refused = NULL, none = NULL;
  g_autofree char *languages = NULL;

  g_assert_cmpuint (claims->len, ==, 4);
  g_assert_cmpstr (text_of (claims, "person", "city", 0), ==, "Augsburg");
  g_assert_cmpstr (text_of (claims, "person", "languages", 0), ==,
                   "Arabic (mother tongue), German");
  g_assert_true (((KafClaim *) find (claims, "person", "country")->claims->pdata[0])->agrees);
  g_assert_null (((KafClaim *) find (claims, "expert", "years")->claims->pdata[0])->value);

  adopted = adopt (f, said, "languages", &error);
  g_assert_no_error (error);
  languages = kaf_fixture_get (f, "person", id, "languages");
  g_assert_cmpstr (languages, ==, "ar\tnative\nde");
  refused = adopt (f, said, "years", &error);
  g_assert_null (refused);
  g_assert_nonnull (error);
  g_clear_error (&error);
  none = adopt (f, said, "given_name", &error);
  g_assert_null (none);
  g_assert_error (error, KAF_STORE_ERROR, KAF_STORE_ERROR_NOT_FOUND);
  kaf_fixture_assert_whole (f);
}

/* What a list says later takes the place of what it said of that field by the same row; what another row of it says, or
 * what somebody typed, stands beside it. */
static void
test_said_later (void)
{
  g_autoptr (KafFixture) f = kaf_fixture_new ();
  g_autofree char *id = add_person (f);
  g_autofree char *first = say (f, id, "7", NULL, "city years", "Augsburg\n11");
  g_autofree char *other = say (f, id, "8", NULL, "city", "Ulm");
  g_autofree char *later = say (f, id, "7", NULL, "city", "Munich");
  g_autofree char *unnumbered = say (f, id, "row:1", "2026-01-01", "years", "9");
  g_autofree char *beside = say (f, id, "row:2", "2026-02-01", "years", "10");
  g_autofree char *also = say (f, id, "row:3", "2026-02-01", "years", "8");
  g_autoptr (GPtrArray) claims = NULL;
  g_autoptr (GError) error = NULL;
  g_autoptr (KafReceipt) before = NULL;
  g_autofree char *city = NULL;

  CLAIM (id, "city", "Passau", NULL, "2026-11-01");
  CLAIM (id, "city", "Passau", NULL, "2026-11-02");
  claims = read_claims (f, id);
  g_assert_cmpuint (find (claims, "person", "city")->claims->len, ==, 4);
  g_assert_cmpstr (text_of (claims, "person", "city", 0), ==, "Ulm");
  g_assert_cmpstr (text_of (claims, "person", "city", 1), ==, "Munich");
  g_assert_cmpuint (find (claims, "expert", "years")->claims->len, ==, 3);
  g_assert_cmpstr (text_of (claims, "expert", "years", 0), ==, "10");
  g_assert_cmpstr (text_of (claims, "expert", "years", 1), ==, "8");
  g_assert_cmpstr (text_of (claims, "expert", "years", 2), ==, "11");

  /* Who wants what it said before can have it. */
  before = adopt (f, first, "city", &error);
  g_assert_no_error (error);
  city = kaf_fixture_get (f, "person", id, "city");
  g_assert_cmpstr (city, ==, "Augsburg");
}

/* An id drawn by a clock that was ahead is not the later word. */
static void
test_said_ahead (void)
{
  g_autoptr (KafFixture) f = kaf_fixture_new ();
  g_autofree char *id = add_person (f);
  g_autofree char *ahead = kaf_fixture_create (
      f, "source_claim", "ffffffff-ffff-7fff-8fff-ffffffffffff", "person", id, "about", "city",
      "said", "Augsburg", "source", "Liste", "external_source", "Liste", "external_id", "7", NULL);
  g_autofree char *later = say (f, id, "7", NULL, "city", "Ulm");
  g_autoptr (GPtrArray) claims = read_claims (f, id);

  g_assert_cmpuint (find (claims, "person", "city")->claims->len, ==, 1);
  g_assert_cmpstr (text_of (claims, "person", "city", 0), ==, "Ulm");
}

/* Who may not read what is said, as it comes from the hub then, knows of what it is, and edits the rest. */
static void
test_said_untold (void)
{
  g_autoptr (KafFixture) f = kaf_fixture_new ();
  g_autofree char *id = add_person (f);
  g_autofree char *claim = say (f, id, "7", NULL, "city years", "Ulm\n12");
  g_autoptr (GPtrArray) said = NULL;
  g_autoptr (GPtrArray) claims = NULL;
  g_autoptr (KafReceipt) edited = NULL;

  g_assert_true (kaf_database_exec (f->db, "UPDATE source_claim SET said = NULL", NULL));
  said = kaf_source_claims_read (f->db, kaf_registry_find ("person"), id, NULL);
  g_assert_cmpuint (said->len, ==, 2);
  g_assert_cmpstr (((KafSourceClaim *) said->pdata[1])->field, ==, "years");
  g_assert_null (((KafSourceClaim *) said->pdata[1])->text);
  claims = read_claims (f, id);
  g_assert_cmpuint (claims->len, ==, 0);
  edited = kaf_fixture_update (f, "source_claim", claim, "confidence", "high", NULL);
  g_assert_nonnull (edited);
}

/* A claim is about one field or says something of several. */
static void
test_said_whole (void)
{
  g_autoptr (KafFixture) f = kaf_fixture_new ();
  g_autofree char *id = add_person (f);

  for (guint i = 0; i < 2; i++)
    {
      g_autoptr (KafRecord) record = kaf_record_new (kaf_registry_find ("source_claim"), NULL);
      g_autoptr (KafChangeSet) set = kaf_change_set_new ("create");
      g_autoptr (GError) error = NULL;

      kaf_record_set (record, "person", id);
      kaf_record_set (record, "source", "Liste");
      kaf_record_set (record, "field", i == 0 ? "city" : NULL);
      kaf_record_set (record, "about", i == 0 ? "city" : NULL);
      kaf_change_set_create (set, record);
      g_assert_null (kaf_commit (f->db, set, NULL, NULL, &error));
      g_assert_error (error, KAF_VALIDATION_ERROR, KAF_VALIDATION_ERROR_REQUIRED);
    }
}

static void
test_organisation (void)
{
  g_autoptr (KafFixture) f = kaf_fixture_new ();
  g_autofree char *id = kaf_fixture_create (f, "organisation", NULL, "name_fr", "Institut", "kind",
                                            "network", "city", "Tiznit", NULL);
  g_autoptr (GPtrArray) claims = NULL;
  const KafFieldClaims *of;

  g_free (kaf_fixture_create (f, "network", id, "basis", "thematic", NULL));
  g_free (kaf_fixture_create (f, "source_claim", NULL, "organisation", id, "field", "city", "value",
                              "Agadir", "source", "Liste", NULL));
  g_free (kaf_fixture_create (f, "source_claim", NULL, "organisation", id, "field", "basis",
                              "value", "thematic", "source", "Liste", NULL));
  claims = kaf_claims_read (f->db, kaf_registry_find ("organisation"), id, KAF_LANG_FR, NULL);
  g_assert_cmpuint (claims->len, ==, 2);
  of = find (claims, "organisation", "city");
  g_assert_cmpuint (of->n_otherwise, ==, 1);
  of = find (claims, "network", "basis");
  g_assert_cmpint (of->why, ==, KAF_CLAIM_BELIEVED);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/claims/order", test_order);
  g_test_add_func ("/claims/why", test_why);
  g_test_add_func ("/claims/adopt", test_adopt);
  g_test_add_func ("/claims/role", test_role);
  g_test_add_func ("/claims/said", test_said);
  g_test_add_func ("/claims/said-later", test_said_later);
  g_test_add_func ("/claims/said-ahead", test_said_ahead);
  g_test_add_func ("/claims/said-untold", test_said_untold);
  g_test_add_func ("/claims/said-whole", test_said_whole);
  g_test_add_func ("/claims/organisation", test_organisation);
  return g_test_run ();
}
