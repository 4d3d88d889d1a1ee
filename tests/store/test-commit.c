/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The one write path, seen from outside: what is committed is there, found, undone, erased. */
#include "config.h"

#include <glib.h>
#include <string.h>

#include "base/kaf-id.h"
#include "base/kaf-validation-error.h"
#include "kaf-fixture.h"
#include "schema/kaf-registry.h"
#include "store/kaf-check.h"
#include "store/kaf-database-private.h"
#include "store/kaf-transaction-private.h"

static gboolean
finds (KafFixture *f, const char *entity, const char *text, const char *id)
{
  g_autoptr (GPtrArray) ids = kaf_fixture_search (f, entity, text);

  for (guint i = 0; i < ids->len; i++)
    if (g_str_equal (g_ptr_array_index (ids, i), id))
      return TRUE;
  return FALSE;
}

static char *
create_expert (KafFixture *f)
{
  g_autofree char *id = kaf_fixture_create (
      f, "person", NULL, "family_name", "Bennis", "given_name", "Salma", "family_name_ar", "بنيس",
      "given_name_ar", "سلمى", "phones", "+4915155500142", "emails", "s.bennis@example.org",
      "country", "DE", "city", "Munich", "languages", "ar\tnative\nde\tC1", NULL);
  g_autofree char *facet =
      kaf_fixture_create (f, "expert", id, "headline_fr", "Soins d’urgence", NULL);

  return g_steal_pointer (&id);
}

static void
test_create (void)
{
  g_autoptr (KafFixture) f = kaf_fixture_new ();
  g_autofree char *id = create_expert (f);
  g_autofree char *languages = NULL;
  const KafEntity *found;
  g_autofree char *resolved = NULL;

  kaf_fixture_reopen (f);
  languages = kaf_fixture_get (f, "person", id, "languages");
  g_assert_cmpstr (languages, ==, "ar\tnative\nde\tC1");
  g_assert_true (kaf_read_resolve (f->db, "EXP-2026-0001", NULL, &found, &resolved, NULL));
  g_assert_cmpstr (resolved, ==, id);
  g_assert_cmpstr (found->id, ==, "expert");
  g_assert_cmpint (kaf_page_total (f->db, found), ==, 1);
  kaf_fixture_assert_whole (f);
}

/* As many values as are written in one go, fewer and more: each is there, in its order, with its detail. */
static void
test_sets (void)
{
  g_autoptr (KafFixture) f = kaf_fixture_new ();
  g_autoptr (GString) aliases = g_string_new (NULL);

  for (guint n = 1; n <= 20; n++)
    {
      g_autofree char *kept = NULL;
      g_autofree char *languages = NULL;
      g_autofree char *id = NULL;

      g_string_append_printf (aliases, "%sAlias %u", n > 1 ? "\n" : "", 30 - n);
      id = kaf_fixture_create (f, "person", NULL, "family_name", "Bennis", "given_name", "Salma",
                               "country", "DE", "languages", "ar\tnative\nfr\nde\tC1", "aliases",
                               aliases->str, NULL);
      kept = kaf_fixture_get (f, "person", id, "aliases");
      g_assert_cmpstr (kept, ==, aliases->str);
      languages = kaf_fixture_get (f, "person", id, "languages");
      g_assert_cmpstr (languages, ==, "ar\tnative\nfr\nde\tC1");
    }
  kaf_fixture_assert_whole (f);
}

/* What a field begins with is written when nothing is said of it, and not when it is said to be
 * unknown. */
static void
test_initial (void)
{
  g_autoptr (KafFixture) f = kaf_fixture_new ();
  g_autofree char *silent = kaf_fixture_create (f, "person", NULL, "family_name", "Bennis", NULL);
  g_autofree char *told =
      kaf_fixture_create (f, "person", NULL, "family_name", "Amzil", "status", "active", NULL);
  g_autofree char *unknown =
      kaf_fixture_create (f, "person", NULL, "family_name", "Zeroual", "status", "", NULL);
  g_autofree char *of_silent = kaf_fixture_get (f, "person", silent, "status");
  g_autofree char *of_told = kaf_fixture_get (f, "person", told, "status");
  g_autofree char *of_unknown = kaf_fixture_get (f, "person", unknown, "status");

  g_assert_cmpstr (of_silent, ==, "prospect");
  g_assert_cmpstr (of_told, ==, "active");
  g_assert_null (of_unknown);
  kaf_fixture_assert_whole (f);
}

static void
test_search (void)
{
  static const char *const texts[] = {
    "benn",          "Salma bennis",      "bennis sal",    "بنيس",
    "سلمي",          "+49 151 5550 0142", "0151 5550",     "s.bennis@example",
    "EXP-2026-0001", "exp 2026",          "munich bennis", "urgence"
  };
  g_autoptr (KafFixture) f = kaf_fixture_new ();
  g_autofree char *id = create_expert (f);
  g_autofree char *arabic = kaf_fixture_create (f, "person", NULL, "family_name_ar", "الوافي",
                                                "given_name_ar", "نزهة", NULL);

  for (guint i = 0; i < G_N_ELEMENTS (texts); i++)
    {
      g_test_message ("%s", texts[i]);
      g_assert_true (finds (f, "expert", texts[i], id));
    }
  g_assert_true (finds (f, "person", "El Ouafi", arabic));
  g_assert_true (finds (f, "person", "nezha", arabic));
  g_assert_false (finds (f, "person", "bennani", id));
  g_assert_false (finds (f, "expert", "nezha", arabic));
}

static void
test_refused (void)
{
  g_autoptr (KafFixture) f = kaf_fixture_new ();
  static const struct
  {
    const char *entity, *field, *value, *fault;
    int code;
  } cases[] = {
    { "person", "city", "Munich", "family_name", KAF_VALIDATION_ERROR_REQUIRED },
    { "person", "country", "XX", "country", KAF_VALIDATION_ERROR_REFERENCE },
    { "organisation", "name_fr", "OFPPT", "kind", KAF_VALIDATION_ERROR_REQUIRED },
    { "person", "phones", "0661", "phones", KAF_VALIDATION_ERROR_PHONE_COUNTRY },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (KafChangeSet) set = kaf_change_set_new ("create");
      g_autoptr (KafRecord) record = kaf_record_new (kaf_registry_find (cases[i].entity), NULL);
      g_autoptr (GError) error = NULL;
      KafFault fault = { 0 };

      kaf_record_set (record, cases[i].field, cases[i].value);
      kaf_change_set_create (set, record);
      g_assert_null (kaf_commit (f->db, set, &fault, NULL, &error));
      g_assert_error (error, KAF_VALIDATION_ERROR, cases[i].code);
      g_assert_cmpstr (fault.field, ==, cases[i].fault);
    }
  g_assert_cmpint (kaf_page_total (f->db, kaf_registry_find ("person")), ==, 0);
  kaf_fixture_assert_whole (f);
}

/* Tries to make @id part of @parent; the code of the error, or -1. */
static int
make_part (KafFixture *f, const char *id, const char *parent)
{
  g_autoptr (KafChangeSet) set = kaf_change_set_new ("edit");
  g_autoptr (KafRecord) record = kaf_record_new (kaf_registry_find ("organisation"), id);
  g_autoptr (KafReceipt) receipt = NULL;
  g_autoptr (GError) error = NULL;
  KafFault fault = { 0 };

  kaf_record_set (record, "parent", parent);
  kaf_change_set_update (set, record);
  receipt = kaf_commit (f->db, set, &fault, NULL, &error);
  g_assert_cmpstr (fault.field, ==, receipt == NULL ? "parent" : NULL);
  return receipt == NULL ? error->code : -1;
}

static void
test_circle (void)
{
  g_autoptr (KafFixture) f = kaf_fixture_new ();
  g_autofree char *top = kaf_fixture_create (f, "organisation", NULL, "name_fr", "Région", "kind",
                                             "local_authority", NULL);
  g_autofree char *middle = kaf_fixture_create (f, "organisation", NULL, "name_fr", "Province",
                                                "kind", "local_authority", "parent", top, NULL);
  g_autofree char *low = kaf_fixture_create (f, "organisation", NULL, "name_fr", "Commune", "kind",
                                             "local_authority", "parent", middle, NULL);

  g_assert_cmpint (make_part (f, top, top), ==, KAF_VALIDATION_ERROR_RULE);
  g_assert_cmpint (make_part (f, top, low), ==, KAF_VALIDATION_ERROR_RULE);
  g_assert_cmpint (make_part (f, low, top), ==, -1);
  g_assert_cmpint (make_part (f, middle, NULL), ==, -1);
  g_assert_cmpint (make_part (f, top, middle), ==, -1);
  kaf_fixture_assert_whole (f);
}

static void
test_undo (void)
{
  g_autoptr (KafFixture) f = kaf_fixture_new ();
  g_autofree char *id = create_expert (f);
  g_autoptr (KafReceipt) edit =
      kaf_fixture_update (f, "person", id, "city", "Berlin", "languages", "de\tC2\nfr\tB1", NULL);
  g_autoptr (KafReceipt) undo = NULL;
  g_autoptr (KafReceipt) redo = NULL;
  g_autoptr (KafReceipt) again = NULL;
  g_autoptr (GError) error = NULL;
  g_autofree char *city = NULL;
  g_autofree char *languages = NULL;

  undo = kaf_undo (f->db, NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpstr (undo->of, ==, edit->label);
  city = kaf_fixture_get (f, "person", id, "city");
  languages = kaf_fixture_get (f, "person", id, "languages");
  g_assert_cmpstr (city, ==, "Munich");
  g_assert_true (g_str_has_prefix (languages, "ar\tnative"));
  g_assert_nonnull (strstr (languages, "de\tC1"));

  redo = kaf_redo (f->db, &error);
  g_assert_no_error (error);
  g_assert_cmpstr (redo->of, ==, edit->label);
  g_free (city);
  city = kaf_fixture_get (f, "person", id, "city");
  g_assert_cmpstr (city, ==, "Berlin");

  /* Back again, then past it: the expert's creation, then the person's. */
  again = kaf_undo (f->db, NULL, &error);
  g_assert_no_error (error);
  g_clear_pointer (&again, kaf_receipt_unref);
  again = kaf_undo (f->db, NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpint (kaf_page_total (f->db, kaf_registry_find ("expert")), ==, 0);
  g_assert_false (finds (f, "expert", "bennis", id));
  kaf_fixture_assert_whole (f);
}

static void
test_undo_leaves_later_edits (void)
{
  g_autoptr (KafFixture) f = kaf_fixture_new ();
  g_autofree char *id = create_expert (f);
  g_autoptr (KafReceipt) first =
      kaf_fixture_update (f, "person", id, "city", "Berlin", "country", "FR", NULL);
  g_autoptr (KafReceipt) second = kaf_fixture_update (f, "person", id, "city", "Lyon", NULL);
  g_autoptr (KafReceipt) undo = NULL;
  g_autoptr (GError) error = NULL;
  g_autofree char *city = NULL;
  g_autofree char *country = NULL;

  undo = kaf_undo (f->db, first->batch, &error);
  g_assert_no_error (error);
  city = kaf_fixture_get (f, "person", id, "city");
  country = kaf_fixture_get (f, "person", id, "country");
  g_assert_cmpstr (city, ==, "Lyon");
  g_assert_cmpstr (country, ==, "DE");
  g_assert_cmpuint (undo->skipped->len, ==, 1);
}

/* An exchange is written for good: undoing it leaves it, says so, and goes on to what was before. */
static void
test_undo_of_the_permanent (void)
{
  g_autoptr (KafFixture) f = kaf_fixture_new ();
  g_autofree char *id = create_expert (f);
  g_autoptr (KafReceipt) edit = kaf_fixture_update (f, "person", id, "city", "Berlin", NULL);
  g_autofree char *contact =
      kaf_fixture_create (f, "contact", NULL, "person", id, "held_on", "2026-11-20", "channel",
                          "call", "subject", "Session", NULL);
  g_autoptr (KafReceipt) undo = kaf_undo (f->db, NULL, NULL);
  g_autofree char *city = NULL;

  g_assert_cmpuint (undo->n_records, ==, 0);
  g_assert_cmpuint (undo->n_permanent, ==, 1);
  g_clear_pointer (&undo, kaf_receipt_unref);
  undo = kaf_undo (f->db, NULL, NULL);
  g_assert_cmpuint (undo->n_permanent, ==, 0);
  city = kaf_fixture_get (f, "person", id, "city");
  g_assert_cmpstr (city, ==, "Munich");
}

static void
test_delete_and_restore (void)
{
  g_autoptr (KafFixture) f = kaf_fixture_new ();
  g_autofree char *id = create_expert (f);
  const KafEntity *person = kaf_registry_find ("person");
  g_autoptr (KafChangeSet) set = kaf_change_set_new ("delete");
  g_autoptr (KafReceipt) receipt = NULL;
  g_autoptr (KafReceipt) undo = NULL;

  kaf_change_set_delete (set, person, id);
  receipt = kaf_commit (f->db, set, NULL, NULL, NULL);
  g_assert_nonnull (receipt);
  g_assert_false (finds (f, "expert", "bennis", id));
  g_assert_cmpint (kaf_page_total (f->db, kaf_registry_find ("expert")), ==, 0);
  kaf_fixture_assert_whole (f);

  undo = kaf_undo (f->db, NULL, NULL);
  g_assert_nonnull (undo);
  g_assert_true (finds (f, "expert", "bennis", id));
  g_assert_cmpint (kaf_page_total (f->db, kaf_registry_find ("expert")), ==, 1);
  kaf_fixture_assert_whole (f);
}

/* An expert who is nothing else goes whole; an office-holder stays a person. */
static void
test_delete_last_facet (void)
{
  g_autoptr (KafFixture) f = kaf_fixture_new ();
  g_autofree char *salma = create_expert (f);
  g_autofree char *president =
      kaf_fixture_create (f, "person", NULL, "family_name", "Bartout", NULL);
  g_autofree char *facet = kaf_fixture_create (f, "expert", president, NULL);
  g_autofree char *network =
      kaf_fixture_create (f, "organisation", NULL, "acronym", "DMK", "kind", "network", NULL);
  g_autofree char *mandate =
      kaf_fixture_create (f, "mandate", NULL, "person", president, "organisation", network,
                          "office", "Président", NULL);
  const KafEntity *person = kaf_registry_find ("person");
  g_autoptr (KafChangeSet) set = kaf_change_set_new ("delete");
  g_autoptr (KafReceipt) receipt = NULL;
  g_autoptr (KafReceipt) undo = NULL;

  kaf_change_set_delete (set, kaf_registry_find ("expert"), salma);
  kaf_change_set_delete (set, kaf_registry_find ("expert"), president);
  receipt = kaf_commit (f->db, set, NULL, NULL, NULL);
  g_assert_nonnull (receipt);
  g_assert_false (kaf_read_exists (f->db, person, salma));
  g_assert_true (kaf_read_exists (f->db, person, president));
  kaf_fixture_assert_whole (f);

  undo = kaf_undo (f->db, NULL, NULL);
  g_assert_nonnull (undo);
  g_assert_true (finds (f, "expert", "bennis", salma));
  g_assert_true (finds (f, "expert", "bartout", president));
  kaf_fixture_assert_whole (f);
}

static void
test_history (void)
{
  g_autoptr (KafFixture) f = kaf_fixture_new ();
  g_autofree char *id = create_expert (f);
  g_autoptr (KafReceipt) edit = kaf_fixture_update (f, "person", id, "country", "CH", NULL);
  g_autoptr (GPtrArray) items =
      kaf_read_history (f->db, kaf_registry_find ("expert"), id, 10, KAF_LANG_FR, NULL);
  KafHistoryItem *item = g_ptr_array_index (items, 0);

  g_assert_cmpuint (items->len, ==, 3);
  g_assert_cmpstr (item->field->id, ==, "country");
  g_assert_cmpstr (item->before_text, ==, "Allemagne");
  g_assert_cmpstr (item->after_text, ==, "Suisse");
  g_assert_cmpstr (item->author, ==, "tester");
}

/* Person and expert that are entered together are one record, which was created once. */
static void
test_history_of_creation (void)
{
  g_autoptr (KafFixture) f = kaf_fixture_new ();
  g_autoptr (KafChangeSet) set = kaf_change_set_new ("create");
  g_autofree char *id = kaf_id_from_content ("test", "person", "bennis", NULL);
  g_autoptr (KafRecord) person = kaf_record_new (kaf_registry_find ("person"), id);
  g_autoptr (KafRecord) expert = kaf_record_new (kaf_registry_find ("expert"), id);
  g_autoptr (KafReceipt) receipt = NULL;
  g_autoptr (GPtrArray) items = NULL;
  g_autoptr (GError) error = NULL;
  const KafHistoryItem *item;

  kaf_record_set (person, "family_name", "Bennis");
  kaf_change_set_create (set, person);
  kaf_change_set_create (set, expert);
  receipt = kaf_commit (f->db, set, NULL, NULL, &error);
  g_assert_no_error (error);
  items = kaf_read_history (f->db, kaf_registry_find ("expert"), id, 10, KAF_LANG_FR, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (items->len, ==, 1);
  item = g_ptr_array_index (items, 0);
  g_assert_null (item->field);
  g_assert_cmpint (item->kind, ==, KAF_CHANGE_CREATE);
  g_assert_cmpstr (item->entity->id, ==, "expert");
}

/* A value that stands nowhere in the files of the store any more. */
static gboolean
file_holds (const char *path, const char *needle)
{
  g_autofree char *data = NULL;
  gsize size;

  return g_file_get_contents (path, &data, &size, NULL) &&
         memmem (data, size, needle, strlen (needle)) != NULL;
}

static void
test_erase (void)
{
  g_autoptr (KafFixture) f = kaf_fixture_new ();
  g_autofree char *id = create_expert (f);
  g_autofree char *other = kaf_fixture_create (f, "person", NULL, "family_name", "Zeroual", NULL);
  g_autoptr (KafReceipt) edit =
      kaf_fixture_update (f, "person", id, "family_name", "Benjelloun", NULL);
  static const char *const canaries[] = { "Bennis", "bennis", "Benjelloun", "بنيس", "15155500142" };
  g_autofree char *wal = g_strconcat (f->path, "-wal", NULL);
  g_autoptr (GError) error = NULL;

  kaf_erase (f->db, kaf_registry_find ("expert"), id, "asked by letter", &error);
  g_assert_no_error (error);
  kaf_fixture_assert_whole (f);
  for (guint i = 0; i < G_N_ELEMENTS (canaries); i++)
    {
      g_test_message ("%s", canaries[i]);
      g_assert_false (file_holds (f->path, canaries[i]));
      g_assert_false (file_holds (wal, canaries[i]));
    }
  g_assert_true (finds (f, "person", "zeroual", other));
}

static void
test_lookalikes (void)
{
  g_autoptr (KafFixture) f = kaf_fixture_new ();
  g_autofree char *id = create_expert (f);
  g_autoptr (KafRecord) typed = kaf_record_new (kaf_registry_find ("person"), NULL);
  g_autoptr (GPtrArray) list = NULL;
  KafLookalike *first;

  kaf_record_set (typed, "family_name_ar", "بنيس");
  kaf_record_set (typed, "given_name_ar", "سلمى");
  kaf_record_set (typed, "phones", "+4915155500142");
  list = kaf_read_lookalikes (f->db, typed, 5, KAF_LANG_FR, NULL);
  g_assert_cmpuint (list->len, ==, 1);
  first = g_ptr_array_index (list, 0);
  g_assert_cmpstr (first->id, ==, id);
  g_assert_true (first->same_phone);
  g_assert_true (first->like_name);
}

static void
test_query (void)
{
  g_autoptr (KafFixture) f = kaf_fixture_new ();
  g_autofree char *salma = create_expert (f);
  g_autofree char *omar = kaf_fixture_create (f, "person", NULL, "family_name", "Alami", "country",
                                              "FR", "languages", "fr\tC1", NULL);
  g_autofree char *facet = kaf_fixture_create (f, "expert", omar, "domains", "cardiology", NULL);
  g_autofree char *network = kaf_fixture_create (f, "organisation", NULL, "name_fr", "Réseau",
                                                 "acronym", "DMK", "kind", "network", NULL);
  g_autofree char *net = kaf_fixture_create (f, "network", network, "basis", "geographic", NULL);
  g_autofree char *member =
      kaf_fixture_create (f, "membership", NULL, "person", salma, "network", network, NULL);
  g_autoptr (KafQuery) query = kaf_query_new (kaf_registry_find ("expert"));
  const char *const columns[] = { "title", "country", "membership.network", "languages", NULL };
  const char *health[] = { "health", NULL };
  const char *dmk[] = { network, NULL };
  g_autoptr (GPtrArray) rows = NULL;
  g_autoptr (GError) error = NULL;
  gint64 total;
  KafRow *row;

  rows = kaf_page_read (f->db, query, columns, KAF_LANG_FR, 0, 10, &total, NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpint (total, ==, 2);
  row = g_ptr_array_index (rows, 1);
  g_assert_cmpstr (row->cells[0], ==, "BENNIS Salma");
  g_assert_cmpstr (row->cells[1], ==, "Allemagne");
  g_assert_cmpstr (row->cells[2], ==, "DMK");

  kaf_query_set_condition (query, "domains", KAF_OP_ANY_OF, health);
  g_assert_cmpint (kaf_page_count (f->db, query, &error), ==, 1);
  g_assert_no_error (error);
  kaf_query_clear_conditions (query);
  kaf_query_set_condition (query, "membership.network", KAF_OP_ANY_OF, dmk);
  kaf_query_set_sort (query, "country", TRUE);
  g_assert_cmpint (kaf_page_count (f->db, query, &error), ==, 1);
  g_assert_no_error (error);
  kaf_fixture_assert_whole (f);
}

/* A facet made in a commit of its own stands in the document once. */
static void
test_facet_made_later (void)
{
  g_autoptr (KafFixture) f = kaf_fixture_new ();
  g_autofree char *id = kaf_fixture_create (f, "person", NULL, "family_name", "Alami", NULL);
  g_autofree char *other = kaf_fixture_create (f, "person", NULL, "family_name", "Zeroual", NULL);
  g_autofree char *facet = kaf_fixture_create (f, "expert", id, "headline_fr", "Soudure", NULL);

  kaf_fixture_assert_whole (f);
  g_assert_true (finds (f, "expert", "soudure", id));
}

/* An expert is found by what her domain is called today. */
static void
test_renamed_domain (void)
{
  g_autoptr (KafFixture) f = kaf_fixture_new ();
  g_autofree char *id = kaf_fixture_create (f, "person", NULL, "family_name", "Alami", NULL);
  g_autofree char *facet = kaf_fixture_create (f, "expert", id, "domains", "ai\nhealth", NULL);
  g_autoptr (KafReceipt) rename =
      kaf_fixture_update (f, "domain", "health", "name_fr", "Médecine", NULL);
  g_autoptr (KafReceipt) undo = NULL;

  g_assert_true (finds (f, "expert", "medecine", id));
  g_assert_false (finds (f, "expert", "sante", id));
  kaf_fixture_assert_whole (f);

  undo = kaf_undo (f->db, rename->batch, NULL);
  g_assert_true (finds (f, "expert", "sante", id));
  kaf_fixture_assert_whole (f);
}

static guint
count_findings (KafFixture *f, const char *sql)
{
  g_autoptr (GPtrArray) findings = NULL;
  g_autoptr (GError) error = NULL;

  g_assert_true (kaf_database_exec (f->db, "BEGIN", NULL));
  g_assert_true (kaf_database_exec (f->db, sql, NULL));
  findings = kaf_check (f->db, NULL, &error);
  g_assert_no_error (error);
  g_assert_true (kaf_database_exec (f->db, "ROLLBACK", NULL));
  return findings->len;
}

static void
test_check_compares (void)
{
  g_autoptr (KafFixture) f = kaf_fixture_new ();
  g_autofree char *id = create_expert (f);

  g_assert_cmpuint (count_findings (f, "SELECT 1"), ==, 0);
  g_assert_cmpuint (count_findings (f, "UPDATE head SET title = 'X' WHERE entity = 'person'"), ==,
                    1);
  g_assert_cmpuint (count_findings (f, "UPDATE head SET facets = 0 WHERE entity = 'person'"), ==,
                    1);
  g_assert_cmpuint (count_findings (f, "UPDATE head SET sort = 'x' WHERE entity = 'person'"), ==,
                    1);
  g_assert_cmpuint (count_findings (f, "UPDATE person SET city = 'Lyon'"), ==, 1);
  g_assert_cmpuint (count_findings (f, "UPDATE person SET family_name = 'Kaddar'"), ==, 2);
  g_assert_cmpuint (
      count_findings (f, "UPDATE person_set SET removed = x'00' WHERE field = 'phones'"), ==, 1);
  /* Whatever the size of what a hash should be. */
  g_assert_cmpuint (count_findings (f, "UPDATE op_group SET salt = NULL WHERE dseq = 2"), ==, 1);
  g_assert_cmpuint (count_findings (f, "UPDATE op_group SET payload_hash = x'00' WHERE dseq = 2"),
                    >=, 1);
}

static KafRecord *
make_note (const char *person, const char *value)
{
  KafRecord *note = kaf_record_new (kaf_registry_find ("source_claim"), NULL);

  kaf_record_set (note, "person", person);
  kaf_record_set (note, "field", "city");
  kaf_record_set (note, "value", value);
  kaf_record_set (note, "source", "Consulat");
  kaf_record_set (note, "claimed_on", "2026-11-20");
  kaf_record_set (note, "confidence", "high");
  return note;
}

static gboolean
add_note (KafTransaction *transaction, const char *person, const char *value, char **id)
{
  g_autoptr (KafRecord) note = make_note (person, value);
  g_autoptr (GError) error = NULL;
  gboolean done = kaf_transaction_apply (transaction, KAF_CHANGE_CREATE, note, id, NULL, &error);

  g_assert_true (done == (error == NULL));
  return done;
}

static void
rename_note (KafTransaction *transaction, const char *id)
{
  g_autoptr (KafRecord) change = kaf_record_new (kaf_registry_find ("source_claim"), id);
  g_autoptr (GError) error = NULL;

  kaf_record_set (change, "value", "Lyon");
  kaf_transaction_apply (transaction, KAF_CHANGE_UPDATE, change, NULL, NULL, &error);
  g_assert_no_error (error);
}

/* Their heads wait for one another: each is found all the same, and none is forgotten. What was looked at for one is
 * looked at again where it is another value. */
static void
test_many_notes (void)
{
  g_autoptr (KafFixture) f = kaf_fixture_new ();
  g_autofree char *person = create_expert (f);
  g_autoptr (KafReceipt) receipt = NULL;
  g_autoptr (KafReceipt) undone = NULL;
  g_autoptr (GError) error = NULL;
  KafTransaction *transaction = kaf_transaction_begin (f->db, "import", &error);

  for (guint i = 0; i < 50; i++)
    {
      g_autofree char *value = g_strdup_printf ("Ville %u", i);
      g_autofree char *id = NULL;
      g_autofree char *none = NULL;

      g_assert_true (add_note (transaction, person, value, &id));
      if (i % 20 == 18)
        {
          g_assert_true (add_note (transaction, person, "Nador", &none));
          rename_note (transaction, id);
          g_assert_false (
              add_note (transaction, "01a227e3-a653-7235-b544-91ca23c9b9db", "X", NULL));
        }
    }
  receipt = kaf_transaction_commit (transaction, &error);
  g_assert_no_error (error);
  g_assert_cmpint (kaf_database_get_int (
                       f->db, "SELECT count (*) FROM head WHERE entity = 'source_claim'", NULL),
                   ==, 52);
  g_assert_cmpint (
      kaf_database_get_int (f->db, "SELECT count (*) FROM source_claim WHERE value = 'Lyon'", NULL),
      ==, 2);
  kaf_fixture_assert_whole (f);
  undone = kaf_undo (f->db, NULL, &error);
  g_assert_no_error (error);
  kaf_fixture_assert_whole (f);
}

#define MANY_PERSONS 70
#define MANY_NOTES 9

/* Notes of one wait also while the next person is written; and a group of the journal is hashed while another fills. Each
 * row is in the journal once, the groups are full, and an undo finds them all. */
static void
test_notes_of_many (void)
{
  g_autoptr (KafFixture) f = kaf_fixture_new ();
  g_autoptr (KafReceipt) receipt = NULL;
  g_autoptr (KafReceipt) undone = NULL;
  g_autoptr (GError) error = NULL;
  KafTransaction *transaction = kaf_transaction_begin (f->db, "import", &error);
  gint64 n_ops = kaf_database_get_int (f->db, "SELECT count (*) FROM op", NULL);

  for (guint i = 0; i < MANY_PERSONS; i++)
    {
      g_autoptr (KafRecord) person = kaf_record_new (kaf_registry_find ("person"), NULL);
      g_autofree char *id = NULL;

      kaf_record_set (person, "family_name", "Exemple");
      kaf_transaction_apply (transaction, KAF_CHANGE_CREATE, person, &id, NULL, &error);
      g_assert_no_error (error);
      for (guint j = 0; j < MANY_NOTES; j++)
        g_assert_true (add_note (transaction, id, "Nador", NULL));
    }
  receipt = kaf_transaction_commit (transaction, &error);
  g_assert_no_error (error);
  kaf_fixture_assert_whole (f);
  g_assert_cmpint (kaf_database_get_int (f->db, "SELECT count (*) FROM op", NULL) - n_ops, ==,
                   MANY_PERSONS * (1 + MANY_NOTES));
  g_assert_cmpint (kaf_database_get_int (f->db,
                                         "SELECT n_ops FROM op_group WHERE batch ="
                                         " (SELECT id FROM batch ORDER BY first DESC LIMIT 1)"
                                         " ORDER BY seq LIMIT 1",
                                         NULL),
                   ==, KAF_OP_GROUP_MAX_OPS);
  g_assert_cmpint (kaf_database_get_int (f->db,
                                         "SELECT count (*) FROM source_claim c JOIN head h ON"
                                         " h.rid = c.rid AND h.entity = 'source_claim' JOIN op o ON"
                                         " o.rid = c.rid JOIN op_group g ON g.seq = o.seq AND"
                                         " substr (c.clock, 1, 16) = g.hlc",
                                         NULL),
                   ==, MANY_PERSONS * MANY_NOTES);
  undone = kaf_undo (f->db, NULL, &error);
  g_assert_no_error (error);
  kaf_fixture_assert_whole (f);
  g_assert_cmpint (kaf_database_get_int (
                       f->db, "SELECT count (*) FROM source_claim WHERE deleted_at IS NULL", NULL),
                   ==, 0);
}

/* What was right of a record is asked again once a record was deleted, and found as in a transaction that never asked:
 * one that is deleted may be named, be it in a change that is undone. */
static void
test_note_of_deleted (void)
{
  g_autoptr (KafFixture) f = kaf_fixture_new ();
  g_autofree char *person = create_expert (f);
  g_autoptr (KafRecord) gone = kaf_record_new (kaf_registry_find ("person"), person);
  g_autoptr (KafReceipt) receipt = NULL;
  g_autoptr (GError) error = NULL;
  KafTransaction *transaction = kaf_transaction_begin (f->db, "import", &error);
  guint before, after;

  g_assert_true (add_note (transaction, person, "Nador", NULL));
  before = g_hash_table_size (transaction->checked);
  kaf_transaction_apply (transaction, KAF_CHANGE_DELETE, gone, NULL, NULL, &error);
  g_assert_no_error (error);
  after = g_hash_table_size (transaction->checked);
  g_assert_cmpuint (before, >, 0);
  g_assert_cmpuint (after, ==, 0);
  g_assert_true (add_note (transaction, person, "Oujda", NULL));
  receipt = kaf_transaction_commit (transaction, &error);
  g_assert_no_error (error);
  kaf_fixture_assert_whole (f);

  transaction = kaf_transaction_begin (f->db, "import", &error);
  g_assert_true (add_note (transaction, person, "Fès", NULL));
  kaf_transaction_abort (transaction);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/commit/create", test_create);
  g_test_add_func ("/commit/sets", test_sets);
  g_test_add_func ("/commit/initial", test_initial);
  g_test_add_func ("/commit/search", test_search);
  g_test_add_func ("/commit/refused", test_refused);
  g_test_add_func ("/commit/circle", test_circle);
  g_test_add_func ("/commit/undo", test_undo);
  g_test_add_func ("/commit/undo-leaves-later-edits", test_undo_leaves_later_edits);
  g_test_add_func ("/commit/undo-of-the-permanent", test_undo_of_the_permanent);
  g_test_add_func ("/commit/delete-and-restore", test_delete_and_restore);
  g_test_add_func ("/commit/delete-last-facet", test_delete_last_facet);
  g_test_add_func ("/commit/history", test_history);
  g_test_add_func ("/commit/history-of-creation", test_history_of_creation);
  g_test_add_func ("/commit/erase", test_erase);
  g_test_add_func ("/commit/lookalikes", test_lookalikes);
  g_test_add_func ("/commit/query", test_query);
  g_test_add_func ("/commit/facet-made-later", test_facet_made_later);
  g_test_add_func ("/commit/renamed-domain", test_renamed_domain);
  g_test_add_func ("/commit/check-compares", test_check_compares);
  g_test_add_func ("/commit/many-notes", test_many_notes);
  g_test_add_func ("/commit/notes-of-many", test_notes_of_many);
  g_test_add_func ("/commit/note-of-deleted", test_note_of_deleted);
  return g_test_run ();
}
