/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Whatever one did: undoing all of it gives the start again, and redoing all of it the end.
 *
 * A state is the live records with their fields; who and when is not part of it. */
#include "config.h"

#include <stdlib.h>
#include <string.h>

#include "base/kaf-random.h"
#include "kaf-fixture.h"
#include "schema/kaf-registry.h"
#include "schema/kaf-set.h"
#include "store/kaf-database-private.h"

#define N_BATCHES 30

static const char *const entities[] = { "person", "expert", "organisation", "network",
                                        "membership" };

static int
compare_texts (const void *a, const void *b)
{
  return strcmp (*(char *const *) a, *(char *const *) b);
}

/* The elements of a set in one order, as text. */
static char *
sorted (const char *set)
{
  g_auto (GStrv) elements = g_strsplit (set, "\n", -1);

  qsort (elements, g_strv_length (elements), sizeof *elements, compare_texts);
  return g_strjoinv ("|", elements);
}

static void
describe (KafFixture *f, const char *name, GString *state)
{
  const KafEntity *entity = kaf_registry_find (name);
  g_autofree char *sql =
      g_strdup_printf ("SELECT h.id FROM \"%s\" e JOIN head h ON h.rid = e.rid WHERE"
                       " e.deleted_at IS NULL AND h.deleted = 0 ORDER BY h.id",
                       name);
  g_autoptr (GPtrArray) ids = g_ptr_array_new_with_free_func (g_free);
  KafStatement *statement = kaf_database_prepare (f->db, sql, NULL);

  while (kaf_database_step (f->db, statement, NULL))
    g_ptr_array_add (ids, g_strdup (kaf_statement_text (statement, 0)));
  kaf_statement_done (statement);
  for (guint i = 0; i < ids->len; i++)
    {
      g_autoptr (KafRecord) record =
          kaf_read_record (f->db, entity, g_ptr_array_index (ids, i), NULL);

      g_string_append_printf (state, "%s %s:", name, (char *) g_ptr_array_index (ids, i));
      for (const KafField *field = entity->fields; field->id != NULL; field++)
        {
          const char *value = kaf_record_get (record, field->id);
          g_autofree char *text = value == NULL               ? NULL
                                  : kaf_field_is_many (field) ? sorted (value)
                                                              : g_strdup (value);

          if (text != NULL)
            g_string_append_printf (state, " %s=%s", field->id, text);
        }
      g_string_append_c (state, '\n');
    }
}

static char *
read_state (KafFixture *f)
{
  GString *state = g_string_new (NULL);

  for (guint i = 0; i < G_N_ELEMENTS (entities); i++)
    describe (f, entities[i], state);
  return g_string_free (state, FALSE);
}

/* Making changes */

typedef struct
{
  KafFixture *f;
  KafRandom *random;
  GPtrArray *persons;       /* of char*: every id there ever was */
  GPtrArray *organisations; /* the same */
} Maker;

static const char *
pick (Maker *self, GPtrArray *ids)
{
  return g_ptr_array_index (ids, kaf_random_below (self->random, ids->len));
}

static char *
draw_set (Maker *self, const char *const *choices, guint n)
{
  GString *set = g_string_new (NULL);

  for (guint i = 0; i < n; i++)
    if (kaf_random_below (self->random, 2) == 0)
      g_string_append_printf (set, "%s%s", set->len > 0 ? "\n" : "", choices[i]);
  return g_string_free (set, FALSE);
}

static void
set_person_fields (Maker *self, KafRecord *record)
{
  static const char *const languages[] = { "ar\tnative", "fr\tC1", "de\tB1", "en\tA2" };
  static const char *const levels[] = { "fr\tB2", "de\tC2", "es\tA1", "ar\tC2" };
  static const char *const phones[] = { "+212661000001", "+33612345678", "+4915155500142" };
  static const char *const cities[] = { "Rabat", "Lyon", "Fès", "" };
  static const char *const countries[] = { "MA", "FR", "DE", "" };
  g_autofree char *spoken =
      draw_set (self, kaf_random_below (self->random, 2) == 0 ? languages : levels, 4);
  g_autofree char *called = draw_set (self, phones, G_N_ELEMENTS (phones));

  if (kaf_random_below (self->random, 2) == 0)
    kaf_record_set (record, "city", cities[kaf_random_below (self->random, 4)]);
  if (kaf_random_below (self->random, 3) == 0)
    kaf_record_set (record, "country", countries[kaf_random_below (self->random, 4)]);
  if (kaf_random_below (self->random, 2) == 0)
    kaf_record_set (record, "languages", spoken);
  if (kaf_random_below (self->random, 3) == 0)
    kaf_record_set (record, "phones", called);
}

static KafRecord *
make_change (Maker *self, KafChangeKind *kind)
{
  static const char *const family[] = { "Bennis", "Alami", "Zeroual", "Kettani" };
  static const char *const headlines[] = { "Soins", "Eau", "Droit", "" };
  guint draw = kaf_random_below (self->random, 12);
  gboolean person = draw % 2 == 0;
  GPtrArray *ids = person ? self->persons : self->organisations;
  const char *facet = person ? "expert" : "network";
  KafRecord *record;

  *kind = draw < 3 ? KAF_CHANGE_CREATE : KAF_CHANGE_UPDATE;
  if (draw >= 10)
    *kind = kaf_random_below (self->random, 2) == 0 ? KAF_CHANGE_DELETE : KAF_CHANGE_RESTORE;
  if (draw == 3 || draw == 9)
    {
      *kind = KAF_CHANGE_CREATE;
      record = kaf_record_new (kaf_registry_find ("membership"), NULL);
      kaf_record_set (record, "person", pick (self, self->persons));
      kaf_record_set (record, "network", pick (self, self->organisations));
      return record;
    }
  if (draw == 4 || draw == 5)
    {
      *kind = KAF_CHANGE_CREATE;
      record = kaf_record_new (kaf_registry_find (facet), pick (self, ids));
      if (person)
        kaf_record_set (record, "headline_fr", headlines[kaf_random_below (self->random, 4)]);
      return record;
    }
  record = kaf_record_new (kaf_registry_find (person ? "person" : "organisation"),
                           *kind == KAF_CHANGE_CREATE ? NULL : pick (self, ids));
  if (*kind != KAF_CHANGE_CREATE && kaf_random_below (self->random, 4) == 0)
    {
      const char *id = kaf_record_get_id (record);
      KafRecord *other = kaf_record_new (kaf_registry_find (facet), id);

      if (person && *kind == KAF_CHANGE_UPDATE)
        kaf_record_set (other, "headline_fr", headlines[kaf_random_below (self->random, 4)]);
      kaf_record_unref (record);
      return other;
    }
  if (*kind > KAF_CHANGE_UPDATE)
    return record;
  if (person)
    {
      kaf_record_set (record, "family_name", family[kaf_random_below (self->random, 4)]);
      set_person_fields (self, record);
      return record;
    }
  kaf_record_set (record, "name_fr", family[kaf_random_below (self->random, 4)]);
  kaf_record_set (record, "kind", "network");
  return record;
}

/* One batch of some changes; those that the store refuses are left out. Returns whether it made
 * one. */
static gboolean
run_batch (Maker *self)
{
  KafTransaction *tx = kaf_transaction_begin (self->f->db, "edit", NULL);
  g_autoptr (KafReceipt) receipt = NULL;
  g_autoptr (GError) error = NULL;

  for (guint n = 1 + kaf_random_below (self->random, 5); n > 0; n--)
    {
      KafChangeKind kind;
      g_autoptr (KafRecord) record = make_change (self, &kind);
      const KafEntity *entity = kaf_record_get_entity (record);
      g_autofree char *id = NULL;

      if (kaf_transaction_apply (tx, kind, record, &id, NULL, NULL) && kind == KAF_CHANGE_CREATE &&
          entity->owner == NULL && !g_str_equal (entity->id, "membership"))
        g_ptr_array_add (g_str_equal (entity->id, "person") ? self->persons : self->organisations,
                         g_steal_pointer (&id));
    }
  receipt = kaf_transaction_commit (tx, &error);
  g_assert_no_error (error);
  return receipt->batch != NULL;
}

static void
assert_state (KafFixture *f, const char *expected)
{
  g_autofree char *state = read_state (f);

  g_assert_cmpstr (state, ==, expected);
}

static void
turn (KafFixture *f, gboolean redo)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (KafReceipt) receipt = NULL;

  kaf_clock_advance (f->clock, 1000000);
  receipt = redo ? kaf_redo (f->db, &error) : kaf_undo (f->db, NULL, &error);
  g_assert_no_error (error);
  for (guint i = 0; i < receipt->skipped->len; i++)
    g_test_message ("left alone: %s", (char *) g_ptr_array_index (receipt->skipped, i));
  g_assert_cmpuint (receipt->skipped->len, ==, 0);
}

static void
run_seed (guint64 seed)
{
  g_autoptr (KafFixture) f = kaf_fixture_new ();
  g_autoptr (KafRandom) random = kaf_random_new_seeded (seed);
  g_autoptr (GPtrArray) persons = g_ptr_array_new_with_free_func (g_free);
  g_autoptr (GPtrArray) organisations = g_ptr_array_new_with_free_func (g_free);
  g_autoptr (GPtrArray) states = g_ptr_array_new_with_free_func (g_free);
  Maker maker = { f, random, persons, organisations };

  g_test_message ("seed %" G_GUINT64_FORMAT, seed);
  g_ptr_array_add (persons, kaf_fixture_create (f, "person", NULL, "family_name", "Bennis", NULL));
  g_ptr_array_add (organisations, kaf_fixture_create (f, "organisation", NULL, "name_fr", "Réseau",
                                                      "kind", "network", NULL));
  g_ptr_array_add (states, read_state (f));
  while (states->len <= N_BATCHES)
    {
      kaf_clock_advance (f->clock, 1000000);
      if (run_batch (&maker))
        g_ptr_array_add (states, read_state (f));
    }

  for (guint i = N_BATCHES; i-- > 0;)
    {
      turn (f, FALSE);
      assert_state (f, g_ptr_array_index (states, i));
    }
  kaf_fixture_assert_whole (f);
  for (guint i = 1; i <= N_BATCHES; i++)
    {
      turn (f, TRUE);
      assert_state (f, g_ptr_array_index (states, i));
    }
  kaf_fixture_reopen (f);
  assert_state (f, g_ptr_array_index (states, N_BATCHES));
  kaf_fixture_assert_whole (f);
}

static void
test_all_and_back (void)
{
  for (guint64 seed = 1; seed <= 8; seed++)
    run_seed (seed);
}

/* A batch of which nothing can be turned back does not stand before the ones under it. */
static void
test_nothing_left_to_undo (void)
{
  g_autoptr (KafFixture) f = kaf_fixture_new ();
  g_autofree char *person =
      kaf_fixture_create (f, "person", NULL, "family_name", "Bennis", "city", "Rabat", NULL);
  g_autoptr (KafReceipt) first = kaf_fixture_update (f, "person", person, "city", "Lyon", NULL);
  g_autofree char *other = kaf_fixture_create (f, "person", NULL, "family_name", "Alami", NULL);
  g_autoptr (KafReceipt) nothing = NULL;
  g_autoptr (KafReceipt) undo = NULL;
  g_autofree char *city = NULL;
  g_autoptr (GError) error = NULL;

  g_assert_true (kaf_erase (f->db, kaf_registry_find ("person"), other, "asked", NULL));
  undo = kaf_undo (f->db, NULL, &error);
  g_assert_no_error (error);
  if (undo->batch == NULL)
    {
      nothing = g_steal_pointer (&undo);
      undo = kaf_undo (f->db, NULL, &error);
      g_assert_no_error (error);
    }
  city = kaf_fixture_get (f, "person", person, "city");
  g_assert_cmpstr (city, ==, "Rabat");
  kaf_fixture_assert_whole (f);
}

static gboolean
mark (KafFixture *f, const char *entity, const char *id, gboolean restore)
{
  g_autoptr (KafChangeSet) set = kaf_change_set_new ("edit");
  g_autoptr (KafReceipt) receipt = NULL;

  (restore ? kaf_change_set_restore : kaf_change_set_delete) (set, kaf_registry_find (entity), id);
  receipt = kaf_commit (f->db, set, NULL, NULL, NULL);
  return receipt != NULL;
}

/* A facet that goes and comes back while its person is deleted is not counted. */
static void
test_facets_of_the_deleted (void)
{
  for (guint order = 0; order < 2; order++)
    {
      g_autoptr (KafFixture) f = kaf_fixture_new ();
      g_autofree char *id = kaf_fixture_create (f, "person", NULL, "family_name", "Bennis", NULL);
      g_autofree char *facet = kaf_fixture_create (f, "expert", id, "headline_fr", "Soins", NULL);

      if (order == 1)
        mark (f, "expert", id, FALSE);
      mark (f, "person", id, FALSE);
      kaf_fixture_assert_whole (f);
      mark (f, "expert", id, order == 1);
      kaf_fixture_assert_whole (f);
      mark (f, "person", id, TRUE);
      kaf_fixture_assert_whole (f);
      mark (f, "expert", id, TRUE);
      kaf_fixture_assert_whole (f);
      g_assert_cmpint (kaf_page_total (f->db, kaf_registry_find ("expert")), ==, 1);
    }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/undo-property/all-and-back", test_all_and_back);
  g_test_add_func ("/undo-property/facets-of-the-deleted", test_facets_of_the_deleted);
  g_test_add_func ("/undo-property/nothing-left-to-undo", test_nothing_left_to_undo);
  return g_test_run ();
}
