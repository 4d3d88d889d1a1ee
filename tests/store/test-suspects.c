/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Who may be one: found, kept in step with whatever is written, and not asked again once it was judged. Persons and
 * organisations are invented. */
#include "config.h"

#include <string.h>

#include "base/kaf-random.h"
#include "base/kaf-validation-error.h"
#include "kaf-fixture.h"
#include "schema/kaf-registry.h"
#include "store/kaf-database-private.h"
#include "store/kaf-judge.h"
#include "store/kaf-drafts.h"
#include "store/kaf-match-reader.h"
#include "store/kaf-review.h"
#include "store/kaf-suspects-list.h"
#include "store/kaf-sync-private.h"

#define N_PERSONS 40
#define N_ROUNDS 20
#define ACTS_A_ROUND 12

static void
update (KafDatabase *db)
{
  g_autoptr (GError) error = NULL;
  KafSuspectsState state;

  kaf_suspects_update (db, NULL, NULL, NULL, &error);
  g_assert_no_error (error);
  g_assert_true (kaf_suspects_get_state (db, &state, &error));
  g_assert_cmpint (state, ==, KAF_SUSPECTS_CURRENT);
}

static void
assert_kept (KafDatabase *db)
{
  g_autoptr (GError) error = NULL;
  guint n = 0;

  kaf_suspects_check (db, &n, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (n, ==, 0);
}

static GPtrArray *
list (KafDatabase *db)
{
  g_autoptr (GError) error = NULL;
  GPtrArray *found = kaf_suspects_list (db, NULL, 0, 0, 1000, KAF_LANG_FR, &error);

  g_assert_no_error (error);
  return found;
}

static gboolean
is_listed (KafDatabase *db, const char *a, const char *b)
{
  g_autoptr (GPtrArray) found = list (db);

  for (guint i = 0; i < found->len; i++)
    {
      const KafSuspect *one = found->pdata[i];

      if ((g_str_equal (one->a, a) && g_str_equal (one->b, b)) ||
          (g_str_equal (one->a, b) && g_str_equal (one->b, a)))
        return TRUE;
    }
  return FALSE;
}

static char *
add_twin (KafFixture *f, const char *email)
{
  return kaf_fixture_create (f, "person", NULL, "given_name_ar", "محمد", "family_name_ar", "بوجدير",
                             "country", "DE", "emails", email, NULL);
}

static char *
add_first (KafFixture *f)
{
  return kaf_fixture_create (f, "person", NULL, "given_name", "Mohamed", "family_name", "Boutjdir",
                             "country", "DE", "emails", "m.boutjdir@example.org", NULL);
}

static char *
judge (KafFixture *f, const char *a, const char *b, const char *verdict)
{
  return kaf_fixture_create (f, "judgement", NULL, "person", a, "other_person", b, "verdict",
                             verdict, NULL);
}

static void
test_found (void)
{
  g_autoptr (KafFixture) f = kaf_fixture_new ();
  g_autofree char *a = add_first (f);
  g_autofree char *b = add_twin (f, "m.boutjdir@example.org");
  g_autofree char *c = kaf_fixture_create (f, "person", NULL, "given_name", "Salma", "family_name",
                                           "Bennis", "country", "FR", NULL);
  g_autoptr (GPtrArray) found = NULL;
  const KafSuspect *one;
  KafSuspectsState state;

  g_assert_true (kaf_suspects_get_state (f->db, &state, NULL));
  g_assert_cmpint (state, ==, KAF_SUSPECTS_UNFINISHED);
  update (f->db);
  found = list (f->db);
  g_assert_cmpuint (found->len, ==, 1);
  one = found->pdata[0];
  g_assert_cmpstr (one->a, ==, a);
  g_assert_cmpstr (one->b, ==, b);
  g_assert_cmpuint (one->likelihood, >=, 990);
  g_assert_nonnull (strstr (one->evidence, "email:same"));
  g_assert_null (strstr (one->evidence, "boutjdir"));
  g_assert_cmpuint (kaf_suspects_count_shown (f->db, KAF_SUSPECTS_VERY_LIKELY, NULL), ==, 1);
  g_assert_cmpuint (kaf_suspects_count_shown (f->db, KAF_SUSPECTS_TO_EXAMINE, NULL), ==, 0);

  /* Nothing but what was written is looked at again. */
  kaf_receipt_unref (kaf_fixture_update (f, "person", b, "emails", "autre@example.org",
                                         "family_name_ar", "القدار", NULL));
  g_assert_true (kaf_suspects_get_state (f->db, &state, NULL));
  g_assert_cmpint (state, ==, KAF_SUSPECTS_BEHIND);
  update (f->db);
  g_assert_false (is_listed (f->db, a, b));
  assert_kept (f->db);
}

/* What is written in the course of a round, after those who wait were gathered, is behind still. */
static void
test_written_meanwhile (void)
{
  g_autoptr (KafFixture) f = kaf_fixture_new ();
  g_autofree char *a = add_first (f);
  g_autofree char *b = add_twin (f, "m.boutjdir@example.org");
  g_autofree char *c = NULL;
  g_autoptr (GError) error = NULL;
  KafSuspectsState state;

  update (f->db);
  kaf_receipt_unref (kaf_fixture_update (f, "person", a, "city", "Agadir", NULL));
  kaf_receipt_unref (kaf_fixture_update (f, "person", b, "city", "Agadir", NULL));
  kaf_suspects_catch_up (f->db, 1, &state, &error);
  g_assert_no_error (error);
  g_assert_cmpint (state, ==, KAF_SUSPECTS_BEHIND);
  c = add_twin (f, "m.boutjdir@example.org");
  for (guint i = 0; i < 10 && state != KAF_SUSPECTS_CURRENT; i++)
    {
      kaf_suspects_catch_up (f->db, 1, &state, &error);
      g_assert_no_error (error);
    }
  g_assert_cmpint (state, ==, KAF_SUSPECTS_CURRENT);
  g_assert_true (is_listed (f->db, a, c));
  assert_kept (f->db);
}

/* More is won where more is at stake. */
static void
test_gain (void)
{
  g_autoptr (KafFixture) f = kaf_fixture_new ();
  g_autofree char *a = add_first (f);
  g_autofree char *b = add_twin (f, "m.boutjdir@example.org");
  g_autofree char *network = kaf_fixture_create (f, "organisation", NULL, "name_fr", "Essaim",
                                                 "kind", "association", NULL);
  g_autofree char *tie = NULL;
  g_autoptr (GPtrArray) before = NULL;
  g_autoptr (GPtrArray) after = NULL;
  KafSuspect *one, *other;

  g_free (kaf_fixture_create (f, "network", network, NULL));
  update (f->db);
  before = list (f->db);
  tie = kaf_fixture_create (f, "membership", NULL, "person", a, "network", network, NULL);
  update (f->db);
  after = list (f->db);
  one = before->pdata[0];
  other = after->pdata[0];
  g_assert_cmpuint (other->gain, >, one->gain);
  assert_kept (f->db);
}

static void
test_judged (void)
{
  static const char *const verdicts[] = { "different", "unsure", "same" };

  for (guint i = 0; i < G_N_ELEMENTS (verdicts); i++)
    {
      g_autoptr (KafFixture) f = kaf_fixture_new ();
      g_autofree char *a = add_first (f);
      g_autofree char *b = add_twin (f, "m.boutjdir@example.org");
      g_autofree char *judgement = NULL;
      g_autofree char *revoked = NULL;

      update (f->db);
      g_assert_true (is_listed (f->db, a, b));
      judgement = judge (f, b, a, verdicts[i]);
      update (f->db);
      g_assert_false (is_listed (f->db, a, b));

      /* Not by what is written of the two, nor by a look at all. */
      kaf_receipt_unref (kaf_fixture_update (f, "person", a, "city", "Aachen", NULL));
      update (f->db);
      g_assert_false (is_listed (f->db, a, b));
      g_assert_true (
          kaf_database_exec (f->db, "DELETE FROM local WHERE key = 'match-built'", NULL));
      update (f->db);
      g_assert_false (is_listed (f->db, a, b));

      revoked = kaf_fixture_create (f, "judgement", NULL, "person", b, "other_person", a, "verdict",
                                    "revoke", "revokes", judgement, NULL);
      update (f->db);
      g_assert_true (is_listed (f->db, a, b));
      assert_kept (f->db);
    }
}

/* Names in full and short, in two languages; and a namesake in another country is none. */
static void
test_organisations (void)
{
  g_autoptr (KafFixture) f = kaf_fixture_new ();
  g_autofree char *a = kaf_fixture_create (
      f, "organisation", NULL, "name_fr",
      "Office de la formation professionnelle et de la promotion du travail", "kind",
      "public_establishment", "country", "MA", "city", "Casablanca", NULL);
  g_autofree char *b =
      kaf_fixture_create (f, "organisation", NULL, "acronym", "OFPPT", "kind",
                          "public_establishment", "country", "MA", "city", "Casa", NULL);
  g_autofree char *c = kaf_fixture_create (f, "organisation", NULL, "name_fr", "Ferme des Oliviers",
                                           "kind", "public_establishment", "country", "FR", NULL);

  update (f->db);
  g_assert_true (is_listed (f->db, a, b));
  g_assert_false (is_listed (f->db, a, c));
  assert_kept (f->db);
}

/* One who is being typed is found, and not herself. */
static void
test_typed (void)
{
  g_autoptr (KafFixture) f = kaf_fixture_new ();
  const KafEntity *entity = kaf_registry_find ("person");
  g_autofree char *a = add_first (f);
  g_autoptr (KafRecord) typed = kaf_record_new (entity, a);
  g_autoptr (KafMatchPerson) person = NULL;
  g_autoptr (KafMatchPerson) herself = NULL;
  g_autoptr (GPtrArray) found = NULL;
  g_autoptr (GPtrArray) none = NULL;

  update (f->db);
  kaf_record_set (typed, "family_name", "Boutjdir");
  kaf_record_set (typed, "given_name", "Mohamed");
  kaf_record_set (typed, "emails", "m.boutjdir@example.org");
  herself = kaf_match_reader_read_typed (f->db, typed);
  none = kaf_suspects_find (f->db, entity, herself, .30, 5, NULL);
  g_assert_cmpuint (none->len, ==, 0);
  kaf_record_set_id (typed, NULL);
  person = kaf_match_reader_read_typed (f->db, typed);
  found = kaf_suspects_find (f->db, entity, person, .30, 5, NULL);
  g_assert_cmpuint (found->len, ==, 1);
  g_assert_cmpstr (((KafLikely *) found->pdata[0])->id, ==, a);
}

static gboolean
take_text (gint64 rid,
           KafMatchPerson *person,
           const char *place,
           gpointer data,
           G_GNUC_UNUSED GError **error)
{
  GString *text = data;

  g_string_append_printf (text, "%" G_GINT64_FORMAT " %s %s", rid, person->id, place);
  for (guint field = KAF_MATCH_EMAIL; field < KAF_N_MATCH_FIELDS; field++)
    for (guint i = 0; person->values[field] != NULL && i < person->values[field]->len; i++)
      g_string_append_printf (text, " %s=%s", kaf_match_field_id (field),
                              person->values[field]->at[i].value);
  g_string_append_c (text, '\n');
  kaf_match_person_free (person);
  return TRUE;
}

/* Persons read together are what each is by herself; who is not there is left out. */
static void
test_rows (void)
{
  g_autoptr (KafFixture) f = kaf_fixture_new ();
  const KafEntity *entity = kaf_registry_find ("person");
  g_autofree char *a = add_first (f);
  g_autofree char *b = add_twin (f, "a@example.org\nb@example.org");
  g_autofree char *c = kaf_fixture_create (f, "person", NULL, "given_name", "Salma", "family_name",
                                           "Bennis", "country", "FR", "gender", "f", NULL);
  const gint64 rids[] = { kaf_database_find_rid (f->db, entity, a),
                          kaf_database_find_rid (f->db, entity, b),
                          kaf_database_find_rid (f->db, entity, c), 1000000 };
  g_autoptr (GArray) all = g_array_new (FALSE, FALSE, sizeof (gint64));
  g_autoptr (GString) together = g_string_new (NULL);
  g_autoptr (GString) alone = g_string_new (NULL);

  g_array_append_vals (all, rids, G_N_ELEMENTS (rids));
  g_assert_true (kaf_match_reader_walk_rows (f->db, entity, all, take_text, together, NULL));
  for (guint i = 0; i < G_N_ELEMENTS (rids); i++)
    g_assert_true (kaf_match_reader_walk (f->db, entity, rids[i], rids[i], take_text, alone, NULL));
  g_assert_cmpstr (together->str, ==, alone->str);
  g_assert_nonnull (strstr (together->str, "email=m.boutjdir@example.org"));
  g_assert_nonnull (strstr (together->str, "FR country=fr gender=f\n"));
}

static void
test_erased (void)
{
  g_autoptr (KafFixture) f = kaf_fixture_new ();
  g_autofree char *a = add_first (f);
  g_autofree char *b = add_twin (f, "m.boutjdir@example.org");
  g_autofree char *sql = NULL;
  g_autoptr (GError) error = NULL;

  update (f->db);
  sql = g_strdup_printf ("SELECT count (*) FROM match_key WHERE rid = %" G_GINT64_FORMAT,
                         kaf_database_find_rid (f->db, kaf_registry_find ("person"), b));
  g_assert_cmpint (kaf_database_get_int (f->db, sql, NULL), >, 0);
  kaf_erase (f->db, kaf_registry_find ("person"), b, "essai", &error);
  g_assert_no_error (error);
  g_assert_cmpint (kaf_database_get_int (f->db, sql, NULL), ==, 0);
  g_assert_cmpint (kaf_database_get_int (f->db, "SELECT count (*) FROM suspect", NULL), ==, 0);
}

static gboolean
stop (G_GNUC_UNUSED guint permille, gpointer data)
{
  ++*(guint *) data;
  return FALSE;
}

static void
test_cancelled (void)
{
  g_autoptr (KafFixture) f = kaf_fixture_new ();
  g_autofree char *a = add_first (f);
  g_autoptr (GError) error = NULL;
  KafSuspectsState state;
  guint asked = 0;

  g_assert_false (kaf_suspects_update (f->db, stop, &asked, NULL, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  g_assert_cmpuint (asked, ==, 1);
  g_assert_true (kaf_suspects_get_state (f->db, &state, NULL));
  g_assert_cmpint (state, ==, KAF_SUSPECTS_UNFINISHED);
}

/* Three that are like one another in a chain, not as a whole, are not accepted together. */
static void
test_groups (void)
{
  g_autoptr (KafFixture) f = kaf_fixture_new ();
  g_autofree char *a = add_first (f);
  g_autofree char *b = add_twin (f, "m.boutjdir@example.org");
  g_autofree char *judgement = NULL;
  g_autofree char *c =
      kaf_fixture_create (f, "person", NULL, "given_name", "Mohamed", "family_name", "Boutjdir",
                          "country", "DE", "emails", "m.boutjdir@example.org", NULL);
  g_autoptr (GPtrArray) all = NULL;
  g_autoptr (GPtrArray) parted = NULL;
  const KafEntity *entity = kaf_registry_find ("person");

  update (f->db);
  all = kaf_suspects_list_groups (f->db, entity, 900, KAF_LANG_FR, NULL);
  g_assert_cmpuint (all->len, ==, 3);
  /* Said to be two: whoever stands between them goes with one. */
  judgement = judge (f, a, c, "different");
  update (f->db);
  parted = kaf_suspects_list_groups (f->db, entity, 900, KAF_LANG_FR, NULL);
  g_assert_cmpuint (parted->len, ==, 1);
}

static KafReceipt *
accept (KafFixture *f, const char *reason, GPtrArray *shown, guint *n, GError **error)
{
  return kaf_suspects_accept (f->db, kaf_registry_find ("person"), reason, shown, NULL, NULL, n,
                              NULL, error);
}

static GArray *
places (KafFixture *f, KafSuspectsShown shown, KafSuspectsOrder order)
{
  const KafSuspectsAsked asked = { shown, order };
  g_autoptr (GError) error = NULL;
  GArray *found = kaf_suspects_list_places (f->db, &asked, 0, 100, KAF_LANG_FR, &error);

  g_assert_no_error (error);
  return found;
}

/* Which pairs, in which order; what was put off is a list of its own until something else is said of it. */
static void
test_places (void)
{
  g_autoptr (KafFixture) f = kaf_fixture_new ();
  g_autofree char *z = kaf_fixture_create (f, "person", NULL, "given_name", "Salma", "family_name",
                                           "Zniber", "emails", "s@example.org", NULL);
  g_autofree char *y = kaf_fixture_create (f, "person", NULL, "given_name", "Salma", "family_name",
                                           "Zniber", "emails", "s@example.org", "city", "Lyon",
                                           "birth_year", "1980", "phones", "+33612345678", NULL);
  g_autofree char *a = add_first (f);
  g_autofree char *b = add_twin (f, "m.boutjdir@example.org");
  g_autofree char *later = NULL;
  g_autofree char *same = NULL;
  g_autoptr (GArray) by_gain = NULL;
  g_autoptr (GArray) by_name = NULL;
  g_autoptr (GArray) put_off = NULL;
  g_autoptr (GArray) none = NULL;
  g_autoptr (GPtrArray) lines = NULL;
  const KafSuspectLine *line;

  update (f->db);
  by_gain = places (f, KAF_SUSPECTS_WAITING, KAF_SUSPECTS_BY_GAIN);
  by_name = places (f, KAF_SUSPECTS_WAITING, KAF_SUSPECTS_BY_NAME);
  g_assert_cmpuint (by_gain->len, ==, 2);
  g_assert_cmpuint (by_name->len, ==, 2);
  lines = kaf_suspects_list_lines (f->db, (const KafSuspectPlace *) by_name->data, 2, KAF_LANG_FR,
                                   NULL);
  line = lines->pdata[0];
  g_assert_cmpstr (line->pair->a, ==, a);
  g_assert_true (line->waits);
  g_assert_nonnull (line->reason);
  g_assert_cmpint (g_array_index (by_gain, KafSuspectPlace, 0).a, ==,
                   g_array_index (by_name, KafSuspectPlace, 1).a);
  later = judge (f, a, b, "unsure");
  update (f->db);
  g_assert_cmpuint (kaf_suspects_count_shown (f->db, KAF_SUSPECTS_WAITING, NULL), ==, 1);
  g_assert_cmpuint (kaf_suspects_count_shown (f->db, KAF_SUSPECTS_LATER, NULL), ==, 1);
  put_off = places (f, KAF_SUSPECTS_LATER, KAF_SUSPECTS_BY_LIKELIHOOD);
  g_assert_cmpint (g_array_index (put_off, KafSuspectPlace, 0).a, ==,
                   g_array_index (by_name, KafSuspectPlace, 0).a);
  same = judge (f, a, b, "same");
  none = places (f, KAF_SUSPECTS_LATER, KAF_SUSPECTS_BY_GAIN);
  g_assert_cmpuint (none->len, ==, 0);
}

/* A manager sets from which likelihood on; without that, or without a reason, nothing is accepted. */
static void
test_accepted (void)
{
  g_autoptr (KafFixture) f = kaf_fixture_new ();
  g_autofree char *a = add_first (f);
  g_autofree char *b = add_twin (f, "m.boutjdir@example.org");
  g_autofree char *c = add_twin (f, "autre@example.org");
  g_autoptr (KafReceipt) set = NULL;
  g_autoptr (KafReceipt) receipt = NULL;
  g_autoptr (KafReceipt) undone = NULL;
  g_autoptr (GError) error = NULL;
  guint n;

  update (f->db);
  g_assert_null (accept (f, "campagne de novembre", NULL, &n, &error));
  g_assert_error (error, KAF_STORE_ERROR, KAF_STORE_ERROR_FORBIDDEN);
  g_clear_error (&error);
  g_assert_null (kaf_suspects_set_accept (f->db, KAF_SUSPECT_LEAST - 1, &error));
  g_assert_error (error, KAF_VALIDATION_ERROR, KAF_VALIDATION_ERROR_RANGE);
  g_clear_error (&error);
  set = kaf_suspects_set_accept (f->db, 990, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (kaf_suspects_get_accept (f->db), ==, 990);
  g_assert_null (accept (f, "ok", NULL, &n, &error));
  g_assert_error (error, KAF_STORE_ERROR, KAF_STORE_ERROR_REFUSED);
  g_clear_error (&error);
  receipt = accept (f, "campagne de novembre", NULL, &n, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (n, ==, 1);
  update (f->db);
  g_assert_false (is_listed (f->db, a, b));
  g_assert_cmpuint (kaf_suspects_count_shown (f->db, KAF_SUSPECTS_VERY_LIKELY, NULL), ==, 0);
  assert_kept (f->db);
  undone = kaf_undo (f->db, receipt->batch, &error);
  g_assert_no_error (error);
  update (f->db);
  g_assert_true (is_listed (f->db, a, b));
}

/* Whatever a manager has set: an agent sets nothing, and accepts nothing together. */
static void
test_accepted_by_whom (void)
{
  g_autoptr (KafFixture) f = kaf_fixture_new ();
  g_autofree char *a = add_first (f);
  g_autofree char *b = add_twin (f, "m.boutjdir@example.org");
  g_autoptr (KafReceipt) set = kaf_suspects_set_accept (f->db, 900, NULL);
  g_autoptr (KafReceipt) receipt = NULL;
  g_autoptr (GError) error = NULL;
  guint n;

  g_assert_nonnull (set);
  update (f->db);
  g_assert_true (kaf_local_set (f->db, KAF_SYNC_URL, "https://hub.example.org", NULL));
  g_assert_true (kaf_local_set (f->db, KAF_SYNC_ROLE, "agent", NULL));
  g_assert_cmpuint (kaf_suspects_get_accept (f->db), ==, 0);
  g_assert_null (kaf_suspects_set_accept (f->db, 950, &error));
  g_assert_error (error, KAF_STORE_ERROR, KAF_STORE_ERROR_FORBIDDEN);
  g_clear_error (&error);
  g_assert_null (accept (f, "campagne de novembre", NULL, &n, &error));
  g_assert_error (error, KAF_STORE_ERROR, KAF_STORE_ERROR_FORBIDDEN);
  g_clear_error (&error);
  g_assert_true (kaf_local_set (f->db, KAF_SYNC_ROLE, "manager", NULL));
  receipt = accept (f, "campagne de novembre", NULL, &n, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (n, ==, 1);
}

/* What was not shown is not accepted; and of what was stopped, nothing. */
static void
test_accepted_as_shown (void)
{
  g_autoptr (KafFixture) f = kaf_fixture_new ();
  const KafEntity *entity = kaf_registry_find ("person");
  g_autofree char *a = add_first (f);
  g_autofree char *b = add_twin (f, "m.boutjdir@example.org");
  g_autofree char *c = NULL;
  g_autoptr (KafReceipt) set = kaf_suspects_set_accept (f->db, 900, NULL);
  g_autoptr (KafReceipt) receipt = NULL;
  g_autoptr (GCancellable) cancelled = g_cancellable_new ();
  g_autoptr (GPtrArray) shown = NULL;
  g_autoptr (GPtrArray) shown_after = NULL;
  g_autoptr (GError) error = NULL;
  guint n;

  update (f->db);
  shown = kaf_suspects_list_groups (f->db, entity, 900, KAF_LANG_FR, NULL);
  g_assert_cmpuint (shown->len, ==, 1);
  c = add_first (f);
  update (f->db);
  g_assert_null (accept (f, "campagne de novembre", shown, &n, &error));
  g_assert_error (error, KAF_STORE_ERROR, KAF_STORE_ERROR_EXISTS);
  g_clear_error (&error);
  shown_after = kaf_suspects_list_groups (f->db, entity, 900, KAF_LANG_FR, NULL);
  g_assert_cmpuint (shown_after->len, ==, 3);
  g_cancellable_cancel (cancelled);
  g_assert_null (kaf_suspects_accept (f->db, entity, "campagne de novembre", shown_after, NULL,
                                      NULL, &n, cancelled, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  g_clear_error (&error);
  g_assert_true (is_listed (f->db, a, b));
  receipt = accept (f, "campagne de novembre", shown_after, &n, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (n, ==, 3);
  update (f->db);
  g_assert_false (is_listed (f->db, a, c));
}

/* ---- Asked about one ---- */

static char *
likely_text (const char *id, double probability)
{
  return g_strdup_printf ("%s %.9f", id, probability);
}

/* Who of all who share a key is @least likely: each read and weighed in full. */
static GHashTable *
expect_likely (KafDatabase *db, const KafMatchPerson *person, double least)
{
  const KafEntity *entity = kaf_registry_find ("person");
  g_autoptr (GArray) rows = kaf_suspects_find_rows (db, entity, person, NULL);
  g_autoptr (KafJudgements) judgements = kaf_judge_read_all (db, entity, NULL);
  GHashTable *expected = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);

  for (guint i = 0; i < rows->len; i++)
    {
      g_autoptr (KafMatchPerson) one = NULL;
      g_autoptr (KafMatchPerson) other =
          kaf_match_reader_read (db, entity, g_array_index (rows, gint64, i), NULL, NULL);
      g_autoptr (KafMatchPerson) again = NULL;
      KafMatchScore score;

      if (other == NULL || g_str_equal (other->id, person->id) ||
          !kaf_judgements_may_suggest (judgements, person->id, other->id))
        continue;
      g_assert_true (
          kaf_suspects_weigh (db, entity, person->id, other->id, &one, &again, &score, NULL));
      if (score.probability >= least)
        g_hash_table_add (expected, likely_text (other->id, score.probability));
    }
  return expected;
}

/* The rows that are ruled out unread are those of nobody who would have been found. Returns how many are. */
static guint
assert_asked (KafDatabase *db, const char *id, double least)
{
  const KafEntity *entity = kaf_registry_find ("person");
  g_autoptr (KafMatchPerson) person = kaf_match_reader_read_id (db, entity, id, NULL);
  g_autoptr (GPtrArray) found = NULL;
  g_autoptr (GHashTable) expected = NULL;
  g_autoptr (GError) error = NULL;

  if (person == NULL)
    return 0;
  found = kaf_suspects_find (db, entity, person, least, G_MAXINT, &error);
  g_assert_no_error (error);
  expected = expect_likely (db, person, least);
  g_assert_cmpuint (found->len, ==, g_hash_table_size (expected));
  for (guint i = 0; i < found->len; i++)
    {
      const KafLikely *one = found->pdata[i];
      g_autofree char *text = likely_text (one->id, one->score.probability);

      g_assert_true (g_hash_table_contains (expected, text));
    }
  return found->len;
}

static char *
add_bouchaib (KafFixture *f, const char *field, const char *value)
{
  return kaf_fixture_create (f, "person", NULL, "given_name", "Bouchaib", "family_name", "Boutjdir",
                             "city", "Bonn", "country", "DE", field, value, NULL);
}

/* So many that who has other names is asked of each. */
static void
add_aliased (KafFixture *f, guint n)
{
  for (guint i = 0; i < n; i++)
    {
      g_autofree char *alias = g_strdup_printf ("Autre Nom%u", i);
      g_autofree char *id =
          kaf_fixture_create (f, "person", NULL, "family_name", "Zniber", "aliases", alias, NULL);
    }
}

/* By the row alone they are somebody else; what stands elsewhere says otherwise. */
static void
test_asked (void)
{
  g_autoptr (KafFixture) f = kaf_fixture_new ();
  g_autofree char *a = kaf_fixture_create (f, "person", NULL, "given_name", "Nezha", "family_name",
                                           "Boutjdir", "city", "Bonn", "country", "DE", "emails",
                                           "qamar77@example.org", "phones", "+4915112345678", NULL);
  g_autofree char *mail = add_bouchaib (f, "emails", "qamar77@example.org");
  g_autofree char *phone = add_bouchaib (f, "phones", "+4915112345678");
  g_autofree char *alias = add_bouchaib (f, "aliases", "Nezha Boutjdir");
  g_autofree char *later = add_bouchaib (f, "status", "active");
  KafSuspectsState state;

  update (f->db);
  g_assert_cmpuint (assert_asked (f->db, a, .03), ==, 3);
  /* The keys do not tell it yet. */
  kaf_receipt_unref (kaf_fixture_update (f, "person", later, "phones", "+4915112345678", NULL));
  g_assert_true (kaf_suspects_get_state (f->db, &state, NULL));
  g_assert_cmpint (state, ==, KAF_SUSPECTS_BEHIND);
  g_assert_cmpuint (assert_asked (f->db, a, .03), ==, 4);
  update (f->db);
  g_assert_cmpuint (assert_asked (f->db, a, .03), ==, 4);
  add_aliased (f, 250);
  update (f->db);
  g_assert_cmpuint (assert_asked (f->db, a, .03), ==, 4);
}

/* Whatever is written, by whatever way */

typedef struct
{
  KafFixture *f;
  KafRandom *random;
  GPtrArray *persons;
} World;

static const char *const given[] = { "Mohamed", "Salma", "Hicham", "Nezha", "Driss" };
static const char *const family[] = { "Boutjdir", "Guessous", "El Ouafi", "Kaddar" };
static const char *const given_ar[] = { "محمد", "سلمى", "هشام", "نزهة", "إدريس" };
static const char *const family_ar[] = { "بوجدير", "كسوس", "الوافي", "القدار" };
static const char *const emails[] = { "a@example.org", "b@example.org\nc@example.org",
                                      "c@example.net", NULL };
static const char *const cities[] = { "Casablanca", "الدار البيضاء", "Bonn", NULL };
static const char *const aliases[] = { "Mohamed Boutjdir", "GUESSOUS Salma", NULL };
static const char *const phones[] = { "+33612345678", "+4915112345678", NULL };
static const char *const verdicts[] = { "different", "unsure", "same" };

static const char *
any (World *self, const char *const *of, guint n)
{
  return of[kaf_random_below (self->random, n)];
}
#define ANY(of) any (self, of, G_N_ELEMENTS (of))

static const char *
one_of (World *self)
{
  return self->persons->pdata[kaf_random_below (self->random, self->persons->len)];
}

/* What is refused is let be. */
static void
commit (World *self, KafChangeKind kind, const char *entity, const char *id, ...)
{
  const KafEntity *table = kaf_registry_find (entity);
  g_autoptr (KafRecord) record = kaf_record_new (table, id);
  g_autoptr (KafChangeSet) set = kaf_change_set_new ("edit");
  g_autoptr (KafReceipt) receipt = NULL;
  const char *field;
  va_list args;

  va_start (args, id);
  while ((field = va_arg (args, const char *)) != NULL)
    kaf_record_set (record, field, va_arg (args, const char *));
  va_end (args);
  if (kind == KAF_CHANGE_CREATE)
    kaf_change_set_create (set, record);
  else if (kind == KAF_CHANGE_UPDATE)
    kaf_change_set_update (set, record);
  else if (kind == KAF_CHANGE_DELETE)
    kaf_change_set_delete (set, table, id);
  else
    kaf_change_set_restore (set, table, id);
  receipt = kaf_commit (self->f->db, set, NULL, NULL, NULL);
}

static void
add_person (World *self)
{
  gboolean arabic = kaf_random_below (self->random, 2);

  g_ptr_array_add (self->persons,
                   kaf_fixture_create (self->f, "person", NULL,
                                       arabic ? "given_name_ar" : "given_name",
                                       arabic ? ANY (given_ar) : ANY (given),
                                       arabic ? "family_name_ar" : "family_name",
                                       arabic ? ANY (family_ar) : ANY (family), "country",
                                       kaf_random_below (self->random, 2) ? "DE" : "FR", NULL));
}

static void
act (World *self)
{
  const char *id = one_of (self);
  g_autoptr (KafReceipt) receipt = NULL;

  switch (kaf_random_below (self->random, 14))
    {
    case 0:
      receipt = kaf_undo (self->f->db, NULL, NULL);
      break;
    case 1:
      add_person (self);
      break;
    case 2:
      commit (self, KAF_CHANGE_DELETE, "person", id, NULL);
      break;
    case 3:
      commit (self, KAF_CHANGE_RESTORE, "person", id, NULL);
      break;
    case 4:
      if (kaf_random_below (self->random, 4) == 0)
        kaf_erase (self->f->db, kaf_registry_find ("person"), id, "essai", NULL);
      break;
    case 5:
    case 6:
      commit (self, KAF_CHANGE_CREATE, "judgement", NULL, "person", id, "other_person",
              one_of (self), "verdict", ANY (verdicts), NULL);
      break;
    case 7:
      commit (self, KAF_CHANGE_CREATE, "expert", id, "employer", "Clinique", NULL);
      break;
    case 8:
      commit (self, KAF_CHANGE_UPDATE, "person", id, "city", ANY (cities), NULL);
      break;
    case 9:
      commit (self, KAF_CHANGE_UPDATE, "person", id, "given_name", ANY (given), "family_name",
              ANY (family), NULL);
      break;
    case 10:
      commit (self, KAF_CHANGE_UPDATE, "person", id, "aliases", ANY (aliases), NULL);
      break;
    case 11:
      commit (self, KAF_CHANGE_UPDATE, "person", id, "phones", ANY (phones), NULL);
      break;
    default:
      commit (self, KAF_CHANGE_UPDATE, "person", id, "emails", ANY (emails), NULL);
    }
}

static void
test_random (void)
{
  g_autoptr (KafFixture) f = kaf_fixture_new ();
  g_autoptr (KafRandom) random = kaf_random_new_seeded (g_test_rand_int ());
  g_autoptr (GPtrArray) persons = g_ptr_array_new_with_free_func (g_free);
  World self = { f, random, persons };
  guint most = 0;

  for (guint i = 0; i < N_PERSONS; i++)
    add_person (&self);
  update (f->db);
  for (guint round = 0; round < N_ROUNDS; round++)
    {
      for (guint i = 0; i < ACTS_A_ROUND; i++)
        act (&self);
      if (round % 5 == 4)
        kaf_fixture_reopen (f);
      assert_asked (f->db, one_of (&self), .03);
      update (f->db);
      assert_kept (f->db);
      for (guint i = 0; i < persons->len; i++)
        assert_asked (f->db, persons->pdata[i], .03);
      most = MAX (most, kaf_suspects_count_shown (f->db, KAF_SUSPECTS_WAITING, NULL));
    }
  g_assert_cmpuint (most, >, 5);
}

static const KafReviewField *
find_field (const KafReview *review, const char *id)
{
  for (guint i = 0; i < review->fields->len; i++)
    {
      const KafReviewField *one = review->fields->pdata[i];

      if (g_str_equal (one->field->id, id))
        return one;
    }
  return NULL;
}

/* A list in capitals says nothing else, and yet one of the two spellings will show. */
static void
test_capitals (void)
{
  static const KafSuspectsAsked all;
  g_autoptr (KafFixture) f = kaf_fixture_new ();
  g_autoptr (GError) error = NULL;
  g_autoptr (KafReview) review = NULL;
  g_autofree char *a = add_first (f);
  g_autofree char *b =
      kaf_fixture_create (f, "person", NULL, "given_name", "Mohammed", "family_name", "BOUTJDIR",
                          "country", "DE", "emails", "m.boutjdir@example.org", NULL);

  update (f->db);
  review = kaf_review_read (f->db, &all, 0, KAF_LANG_EN, &error);
  g_assert_no_error (error);
  g_assert_nonnull (review->pair);
  g_assert_false (find_field (review, "family_name")->differs);
  g_assert_true (find_field (review, "family_name")->may_choose);
  g_assert_true (find_field (review, "given_name")->differs);
  g_assert_false (find_field (review, "country")->may_choose);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/suspects/found", test_found);
  g_test_add_func ("/suspects/written-meanwhile", test_written_meanwhile);
  g_test_add_func ("/suspects/gain", test_gain);
  g_test_add_func ("/suspects/judged", test_judged);
  g_test_add_func ("/suspects/organisations", test_organisations);
  g_test_add_func ("/suspects/typed", test_typed);
  g_test_add_func ("/suspects/rows", test_rows);
  g_test_add_func ("/suspects/erased", test_erased);
  g_test_add_func ("/suspects/cancelled", test_cancelled);
  g_test_add_func ("/suspects/groups", test_groups);
  g_test_add_func ("/suspects/accepted", test_accepted);
  g_test_add_func ("/suspects/places", test_places);
  g_test_add_func ("/suspects/accepted-as-shown", test_accepted_as_shown);
  g_test_add_func ("/suspects/accepted-by-whom", test_accepted_by_whom);
  g_test_add_func ("/suspects/capitals", test_capitals);
  g_test_add_func ("/suspects/asked", test_asked);
  g_test_add_func ("/suspects/random", test_random);
  return g_test_run ();
}
