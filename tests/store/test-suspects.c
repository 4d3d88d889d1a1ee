/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Who may be one: found, kept in step with whatever is written, and not asked again once it was judged. Persons and
 * organisations are invented. */
#include "config.h"

#include <string.h>

#include "base/kaf-random.h"
#include "kaf-fixture.h"
#include "schema/kaf-registry.h"
#include "store/kaf-database-private.h"
#include "store/kaf-judge.h"
#include "store/kaf-match-reader.h"
#include "store/kaf-suspects.h"

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
  g_assert_cmpuint (kaf_suspects_count (f->db, kaf_registry_find ("organisation"), 0, NULL), ==, 0);
  g_assert_cmpuint (kaf_suspects_count (f->db, kaf_registry_find ("person"), 990, NULL), ==, 1);

  /* Nothing but what was written is looked at again. */
  kaf_fixture_update (f, "person", b, "emails", "autre@example.org", "family_name_ar", "القدار",
                      NULL);
  g_assert_true (kaf_suspects_get_state (f->db, &state, NULL));
  g_assert_cmpint (state, ==, KAF_SUSPECTS_BEHIND);
  update (f->db);
  g_assert_false (is_listed (f->db, a, b));
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

  kaf_fixture_create (f, "network", network, NULL);
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
      kaf_fixture_update (f, "person", a, "city", "Aachen", NULL);
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

/* A manager sets from which likelihood on; without that, or without a reason, nothing is accepted. */
static void
test_accepted (void)
{
  g_autoptr (KafFixture) f = kaf_fixture_new ();
  const KafEntity *entity = kaf_registry_find ("person");
  g_autofree char *a = add_first (f);
  g_autofree char *b = add_twin (f, "m.boutjdir@example.org");
  g_autofree char *c = add_twin (f, "autre@example.org");
  g_autofree char *setting = NULL;
  g_autoptr (KafChangeSet) none = NULL;
  g_autoptr (KafChangeSet) set = NULL;
  g_autoptr (KafReceipt) receipt = NULL;
  g_autoptr (GError) error = NULL;
  guint n;

  update (f->db);
  none = kaf_suspects_accept (f->db, entity, "campagne", &n, &error);
  g_assert_error (error, KAF_STORE_ERROR, KAF_STORE_ERROR_AUTHORITY);
  g_clear_error (&error);
  setting = kaf_fixture_create (f, "setting", NULL, "key", "duplicates.accept-from", "value", "990",
                                "valid_from", "2020-01-01", NULL);
  g_assert_null (kaf_suspects_accept (f->db, entity, "", &n, &error));
  g_assert_error (error, KAF_STORE_ERROR, KAF_STORE_ERROR_REFUSED);
  g_clear_error (&error);
  set = kaf_suspects_accept (f->db, entity, "campagne", &n, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (n, ==, 1);
  receipt = kaf_commit (f->db, set, NULL, NULL, &error);
  g_assert_no_error (error);
  update (f->db);
  g_assert_false (is_listed (f->db, a, b));
  g_assert_cmpuint (kaf_suspects_count (f->db, entity, 990, NULL), ==, 0);
  assert_kept (f->db);
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

  switch (kaf_random_below (self->random, 12))
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
      update (f->db);
      assert_kept (f->db);
      most = MAX (most, kaf_suspects_count (f->db, NULL, 0, NULL));
    }
  g_assert_cmpuint (most, >, 5);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/suspects/found", test_found);
  g_test_add_func ("/suspects/gain", test_gain);
  g_test_add_func ("/suspects/judged", test_judged);
  g_test_add_func ("/suspects/organisations", test_organisations);
  g_test_add_func ("/suspects/typed", test_typed);
  g_test_add_func ("/suspects/erased", test_erased);
  g_test_add_func ("/suspects/cancelled", test_cancelled);
  g_test_add_func ("/suspects/groups", test_groups);
  g_test_add_func ("/suspects/accepted", test_accepted);
  g_test_add_func ("/suspects/random", test_random);
  return g_test_run ();
}
