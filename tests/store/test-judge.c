/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Records that are judged to be one are shown as one, everywhere; and are again what they were when that is taken back. */
#include "config.h"

#include <string.h>

#include "exchange/kaf-import.h"
#include "kaf-judge-fixture.h"
#include "schema/kaf-registry.h"
#include "store/kaf-database-private.h"
#include "store/kaf-one.h"

#define A "00000000-0000-7000-8000-00000000000a"
#define B "00000000-0000-7000-8000-00000000000b"
#define C "00000000-0000-7000-8000-00000000000c"
#define X "00000000-0000-7000-8000-0000000000e0"
#define Y "00000000-0000-7000-8000-0000000000e1"

static void
person (KafFixture *f, const char *id, const char *family, const char *given)
{
  g_autofree char *made =
      kaf_fixture_create (f, "person", id, "family_name", family, "given_name", given, NULL);
}

static void
expert (KafFixture *f, const char *id, const char *profession)
{
  g_autofree char *made = kaf_fixture_create (f, "expert", id, "headline_fr", profession, NULL);
}

/* FIELD, VALUE pairs. */
#define make(f, entity, id, ...) g_free (kaf_fixture_create (f, entity, id, __VA_ARGS__, NULL))

static guint
n_found (KafFixture *f, const char *entity, const char *text)
{
  g_autoptr (GPtrArray) ids = kaf_fixture_search (f, entity, text);

  return ids->len;
}

static gint64
number (KafFixture *f, const char *sql)
{
  g_autoptr (GError) error = NULL;
  gint64 n = kaf_database_get_int (f->db, sql, &error);

  g_assert_no_error (error);
  return n;
}

/* Two experts who are one, with all kinds of what names them. */
static void
fill (KafFixture *f)
{
  person (f, A, "Bennis", "Salma");
  person (f, B, "Bennis", "S.");
  person (f, C, "Tazi", "Omar");
  expert (f, A, "Ingénieure");
  expert (f, B, "Chercheuse");
  kaf_receipt_unref (
      kaf_fixture_update (f, "person", A, "emails", "salma@a.ma", "city", "Lyon", NULL));
  kaf_receipt_unref (kaf_fixture_update (f, "person", B, "emails", "bennis@b.ma", "city", "Genève",
                                         "birth_year", "1980", NULL));
  make (f, "organisation", X, "name_fr", "Office X", "kind", "ngo");
  make (f, "organisation", Y, "name_fr", "Office Y", "kind", "ngo");
  make (f, "contact", "00000000-0000-7000-8000-0000000000c1", "person", B, "held_on", "2026-01-01",
        "subject", "Appel", "channel", "call");
  make (f, "consent", "00000000-0000-7000-8000-0000000000c2", "person", A, "purpose", "sharing",
        "given_on", "2026-01-01");
  make (f, "consent", "00000000-0000-7000-8000-0000000000c4", "person", B, "purpose", "mission",
        "given_on", "2026-01-01");
  make (f, "project_holder", C, "brought_by", Y);
}

static void
test_merge (void)
{
  g_autoptr (KafFixture) f = kaf_fixture_new ();
  g_autofree char *before = NULL, *after = NULL, *batch = NULL, *org = NULL;

  fill (f);
  before = dump (f);
  g_assert_cmpuint (n_found (f, "expert", "bennis"), ==, 2);
  batch = judge (f, "person", B, A, "same");
  kaf_fixture_assert_whole (f);
  g_assert_cmpuint (n_found (f, "expert", "bennis"), ==, 1);
  g_assert_cmpuint (n_found (f, "expert", "bennis@b.ma"), ==, 1);
  g_assert_cmpint (number (f, "SELECT live FROM tally WHERE entity = 'expert'"), ==, 1);
  kaf_fixture_assert_field (f, "contact", "00000000-0000-7000-8000-0000000000c1", "person", A);
  kaf_fixture_assert_field (f, "person", A, "emails", "salma@a.ma\nbennis@b.ma");
  kaf_fixture_assert_field (f, "person", A, "birth_year", "1980");
  /* Both typed on the same day: the newer record. */
  kaf_fixture_assert_field (f, "person", A, "city", "Genève");
  kaf_fixture_assert_field (f, "person", B, "city", "Genève");
  org = judge (f, "organisation", X, Y, "same");
  kaf_fixture_assert_whole (f);
  kaf_fixture_assert_field (f, "project_holder", C, "brought_by", X);
  take_back (f, "person", A, B);
  kaf_fixture_assert_whole (f);
  take_back (f, "organisation", X, Y);
  kaf_fixture_assert_whole (f);
  after = dump (f);
  assert_same_dump (before, after);
  g_assert_cmpint (number (f, "SELECT count(*) FROM raw"), ==, 0);
  g_assert_cmpint (number (f, "SELECT count(*) FROM alias"), ==, 0);
}

static void
edit (KafFixture *f, const char *entity, const char *id, const char *field, const char *value)
{
  g_autoptr (KafReceipt) receipt = kaf_fixture_update (f, entity, id, field, value, NULL);

  g_assert_nonnull (receipt);
}

static void
assert_raw (KafFixture *f, const char *entity, const char *id, const char *field, const char *value)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (KafRecord) record = kaf_one_read_raw (f->db, kaf_registry_find (entity), id, &error);

  g_assert_no_error (error);
  g_assert_cmpstr (kaf_record_get (record, field), ==, value);
}

/* What a person types shows, what she takes away is gone, and each goes to the record that has it. */
/* Of how many judgements the history of the record tells. */
static guint
n_told (KafFixture *f, const char *id)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) items =
      kaf_read_history (f->db, kaf_registry_find ("person"), id, 100, KAF_LANG_FR, &error);
  guint n = 0;

  g_assert_no_error (error);
  for (guint i = 0; i < items->len; i++)
    {
      const KafHistoryItem *item = g_ptr_array_index (items, i);

      n += g_str_equal (item->entity->id, "judgement") && item->field != NULL &&
           g_str_equal (item->field->id, "verdict");
    }
  return n;
}

static void
test_history (void)
{
  g_autoptr (KafFixture) f = kaf_fixture_new ();
  g_autofree char *batch = NULL;

  fill (f);
  g_assert_cmpuint (n_told (f, A), ==, 0);
  batch = judge (f, "person", B, A, "same");
  g_assert_cmpuint (n_told (f, A), ==, 1);
  g_assert_cmpuint (n_told (f, C), ==, 0);
  take_back (f, "person", A, B);
  g_assert_cmpuint (n_told (f, A), ==, 2);
  g_assert_cmpuint (n_told (f, B), ==, 2);
}

static void
test_edit (void)
{
  g_autoptr (KafFixture) f = kaf_fixture_new ();
  g_autofree char *batch = NULL;

  fill (f);
  batch = judge (f, "person", A, B, "same");
  edit (f, "person", A, "city", "Rabat");
  kaf_fixture_assert_field (f, "person", A, "city", "Rabat");
  assert_raw (f, "person", B, "city", "Genève");
  g_assert_cmpint (number (f, "SELECT count(*) FROM field_choice"), ==, 1);
  edit (f, "person", A, "birth_year", NULL);
  kaf_fixture_assert_field (f, "person", A, "birth_year", NULL);
  assert_raw (f, "person", B, "birth_year", NULL);
  edit (f, "person", A, "emails", "salma@a.ma\nnew@c.ma");
  kaf_fixture_assert_field (f, "person", A, "emails", "salma@a.ma\nnew@c.ma");
  assert_raw (f, "person", A, "emails", "salma@a.ma\nnew@c.ma");
  assert_raw (f, "person", B, "emails", NULL);
  /* What she was shown and left alone is not written. */
  edit (f, "consent", "00000000-0000-7000-8000-0000000000c4", "person", A);
  assert_raw (f, "consent", "00000000-0000-7000-8000-0000000000c4", "person", B);
  edit (f, "consent", "00000000-0000-7000-8000-0000000000c4", "person", C);
  assert_raw (f, "consent", "00000000-0000-7000-8000-0000000000c4", "person", C);
  kaf_fixture_assert_whole (f);
}

/* A holder by one record, an expert by the other: she is both. */
static void
test_facets (void)
{
  g_autoptr (KafFixture) f = kaf_fixture_new ();
  g_autofree char *before = NULL, *after = NULL, *batch = NULL;

  fill (f);
  before = dump (f);
  batch = judge (f, "person", A, C, "same");
  kaf_fixture_assert_whole (f);
  kaf_fixture_assert_field (f, "project_holder", A, "brought_by", Y);
  g_assert_cmpuint (n_found (f, "project_holder", "tazi"), ==, 1);
  g_assert_cmpint (number (f, "SELECT live FROM tally WHERE entity = 'project_holder'"), ==, 1);
  edit (f, "project_holder", A, "brought_by", X);
  kaf_fixture_assert_field (f, "project_holder", A, "brought_by", X);
  assert_raw (f, "project_holder", C, "brought_by", X);
  edit (f, "project_holder", A, "brought_by", Y);
  kaf_fixture_assert_whole (f);
  take_back (f, "person", A, C);
  kaf_fixture_assert_whole (f);
  after = dump (f);
  g_assert_nonnull (strstr (after, "brought_by='" Y "'"));
  g_assert_cmpint (number (f, "SELECT count(*) FROM project_holder"), ==, 1);
}

static void
test_choice (void)
{
  g_autoptr (KafFixture) f = kaf_fixture_new ();
  g_autofree char *batch = NULL;

  fill (f);
  batch = judge (f, "person", A, B, "same");
  kaf_fixture_assert_field (f, "person", A, "city", "Genève");
  choose (f, "person", "city", A);
  kaf_fixture_assert_field (f, "person", A, "city", "Lyon");
  kaf_fixture_assert_whole (f);
  choose (f, "person", "city", B);
  kaf_fixture_assert_field (f, "person", A, "city", "Genève");
  kaf_receipt_unref (kaf_undo (f->db, NULL, NULL));
  kaf_fixture_assert_field (f, "person", A, "city", "Lyon");
  kaf_receipt_unref (kaf_redo (f->db, NULL));
  kaf_fixture_assert_field (f, "person", A, "city", "Genève");
  kaf_fixture_assert_whole (f);
}

/* Of two that were typed, what was typed last; also on a device that learns of it later: it is written down. */
static void
test_latest (void)
{
  g_autoptr (KafFixture) f = kaf_fixture_new ();
  g_autofree char *batch = NULL;

  fill (f);
  kaf_clock_advance (f->clock, 1000000);
  edit (f, "person", A, "city", "Nantes");
  batch = judge (f, "person", A, B, "same");
  kaf_fixture_assert_field (f, "person", A, "city", "Nantes");
  g_assert_cmpint (
      number (f,
              "SELECT count(*) FROM field_choice WHERE field = 'city' AND other_person = '" A "'"),
      ==, 1);
  kaf_fixture_assert_whole (f);
}

/* The person herself before a watch of papers, whichever is the newer. */
static void
test_claims (void)
{
  g_autoptr (KafFixture) f = kaf_fixture_new ();
  g_autofree char *batch = NULL;

  fill (f);
  batch = judge (f, "person", A, B, "same");
  make (f, "source_claim", "00000000-0000-7000-8000-0000000000d1", "person", A, "field", "city",
        "value", "Lyon", "source", "Fiche", "origin", "declared", "claimed_on", "2020-01-01");
  kaf_fixture_assert_field (f, "person", A, "city", "Lyon");
  /* Of the other one's, before they were one: by its own id. */
  make (f, "source_claim", "00000000-0000-7000-8000-0000000000d2", "person", B, "field", "city",
        "value", "Genève", "source", "Presse", "origin", "watch", "claimed_on", "2026-01-01");
  kaf_fixture_assert_field (f, "person", A, "city", "Lyon");
  kaf_fixture_assert_whole (f);
  edit (f, "source_claim", "00000000-0000-7000-8000-0000000000d1", "origin", "watch");
  kaf_fixture_assert_field (f, "person", A, "city", "Genève");
  kaf_fixture_assert_whole (f);
}

/* What a record merely begins with, of a list that says nothing of it, does not take the place of what was said. */
static void
test_initial (void)
{
  g_autoptr (KafFixture) f = kaf_fixture_new ();
  g_autofree char *batch = NULL;

  fill (f);
  edit (f, "person", A, "status", "active");
  edit (f, "person", B, "status", "verified");
  edit (f, "person", B, "status", "prospect");
  batch = judge (f, "person", A, B, "same");
  kaf_fixture_assert_field (f, "person", A, "status", "active");
  kaf_fixture_assert_whole (f);
}

/* A source of which nobody told the kind is believed least; what was typed, like an administration. */
static void
test_unknown_source (void)
{
  g_autoptr (KafFixture) f = kaf_fixture_new ();
  g_autofree char *batch = NULL;

  fill (f);
  batch = judge (f, "person", A, B, "same");
  kaf_fixture_assert_field (f, "person", A, "city", "Genève");
  make (f, "source_claim", "00000000-0000-7000-8000-0000000000d3", "person", B, "field", "city",
        "value", "Genève", "source", "Liste", "claimed_on", "2026-01-01");
  kaf_fixture_assert_field (f, "person", A, "city", "Lyon");
  kaf_fixture_assert_whole (f);
  edit (f, "source_claim", "00000000-0000-7000-8000-0000000000d3", "origin", "network");
  kaf_fixture_assert_field (f, "person", A, "city", "Lyon");
  edit (f, "source_claim", "00000000-0000-7000-8000-0000000000d3", "origin", "consulate");
  kaf_fixture_assert_field (f, "person", A, "city", "Genève");
  kaf_fixture_assert_whole (f);
}

static void
test_strictest (void)
{
  g_autoptr (KafFixture) f = kaf_fixture_new ();
  g_autofree char *before = NULL, *after = NULL, *batch = NULL;

  fill (f);
  make (f, "consent", "00000000-0000-7000-8000-0000000000c3", "person", B, "purpose", "sharing",
        "given_on", "2025-01-01", "withdrawn_on", "2026-02-01");
  edit (f, "person", A, "status", "opposed");
  before = dump (f);
  batch = judge (f, "person", A, B, "same");
  kaf_fixture_assert_field (f, "person", A, "status", "opposed");
  kaf_fixture_assert_field (f, "consent", "00000000-0000-7000-8000-0000000000c2", "withdrawn_on",
                            "2026-02-01");
  kaf_fixture_assert_whole (f);
  take_back (f, "person", A, B);
  kaf_fixture_assert_whole (f);
  after = dump (f);
  assert_same_dump (before, after);
}

static gboolean
is_deleted (KafFixture *f, const char *id)
{
  return !kaf_read_exists (f->db, kaf_registry_find ("person"), id);
}

static void
test_fate (void)
{
  g_autoptr (KafFixture) f = kaf_fixture_new ();
  g_autoptr (KafChangeSet) set = kaf_change_set_new ("delete");
  g_autoptr (GError) error = NULL;
  g_autofree char *batch = NULL, *before = NULL, *after = NULL;

  fill (f);
  batch = judge (f, "person", A, B, "same");
  before = dump (f);
  kaf_change_set_delete (set, kaf_registry_find ("person"), A);
  kaf_receipt_unref (kaf_commit (f->db, set, NULL, NULL, &error));
  g_assert_no_error (error);
  g_assert_true (is_deleted (f, A) && is_deleted (f, B));
  g_assert_cmpuint (n_found (f, "expert", "bennis"), ==, 0);
  kaf_fixture_assert_whole (f);
  kaf_receipt_unref (kaf_undo (f->db, NULL, &error));
  g_assert_no_error (error);
  g_assert_cmpuint (n_found (f, "expert", "bennis"), ==, 1);
  kaf_fixture_assert_whole (f);
  (void) before;
  (void) after;
}

/* An undo of a judgement takes it back, a redo says it again. */
static void
test_undo (void)
{
  g_autoptr (KafFixture) f = kaf_fixture_new ();
  g_autoptr (GError) error = NULL;
  g_autofree char *before = NULL, *merged = NULL, *after = NULL, *again = NULL, *batch = NULL;

  fill (f);
  before = dump (f);
  batch = judge (f, "person", A, B, "same");
  merged = dump (f);
  kaf_receipt_unref (kaf_undo (f->db, NULL, &error));
  g_assert_no_error (error);
  after = dump (f);
  assert_same_dump (before, after);
  kaf_receipt_unref (kaf_redo (f->db, &error));
  g_assert_no_error (error);
  again = dump (f);
  assert_same_dump (merged, again);
  kaf_receipt_unref (kaf_undo (f->db, NULL, &error));
  g_assert_no_error (error);
  g_free (after);
  after = dump (f);
  assert_same_dump (before, after);
  kaf_fixture_assert_whole (f);
}

/* By whatever it is called, the record that is shown answers; but where the very record is asked for. */
static void
test_names (void)
{
  g_autoptr (KafFixture) f = kaf_fixture_new ();
  g_autofree char *batch = NULL, *ref = NULL, *id = NULL, *own = NULL;
  g_autoptr (KafRecord) b = NULL, a = NULL;
  const KafEntity *found;

  fill (f);
  b = kaf_read_record (f->db, kaf_registry_find ("expert"), B, NULL);
  ref = g_strdup (kaf_record_get_ref (b));
  batch = judge (f, "person", A, B, "same");
  g_assert_true (kaf_read_resolve (f->db, ref, NULL, &found, &id, NULL));
  g_assert_cmpstr (id, ==, A);
  g_assert_true (kaf_one_resolve_raw (f->db, ref, NULL, &found, &own, NULL));
  g_assert_cmpstr (own, ==, B);
  a = kaf_read_record (f->db, kaf_registry_find ("person"), B, NULL);
  g_assert_cmpstr (kaf_record_get_id (a), ==, A);
}

/* Three that are one, and one of them is said to be another. */
static void
test_contradiction (void)
{
  g_autoptr (KafFixture) f = kaf_fixture_new ();
  const KafEntity *entity = kaf_registry_find ("person");
  g_autofree char *one = NULL, *two = NULL, *three = NULL;
  g_autoptr (GPtrArray) wrong = NULL, standing = NULL, members = NULL;

  fill (f);
  one = judge (f, "person", A, B, "same");
  two = judge (f, "person", C, B, "same");
  three = judge (f, "person", A, C, "different");
  kaf_fixture_assert_whole (f);
  wrong = kaf_judge_list_contradictions (f->db, entity, NULL);
  g_assert_cmpuint (wrong->len, ==, 1);
  standing = kaf_judge_list (f->db, entity, B, NULL);
  g_assert_cmpuint (standing->len, ==, 3);
  members = kaf_one_list_members (f->db, entity, C, NULL);
  g_assert_cmpuint (members->len, ==, 3);
  g_assert_cmpstr (g_ptr_array_index (members, 0), ==, A);
}

/* What came to be since they are one, and names her. */
static void
test_attached (void)
{
  g_autoptr (KafFixture) f = kaf_fixture_new ();
  g_autofree char *batch = NULL;
  g_autoptr (GPtrArray) standing = NULL, attached = NULL;

  fill (f);
  kaf_clock_advance (f->clock, 1000000);
  batch = judge (f, "person", A, B, "same");
  kaf_clock_advance (f->clock, 1000000);
  make (f, "contact", "00000000-0000-7000-8000-0000000000c9", "person", A, "held_on", "2026-11-01",
        "subject", "Appel", "channel", "call");
  standing = kaf_judge_list (f->db, kaf_registry_find ("person"), A, NULL);
  attached =
      kaf_judge_list_attached (f->db, ((KafJudged *) g_ptr_array_index (standing, 0))->id, NULL);
  g_assert_cmpuint (attached->len, ==, 1);
  g_assert_cmpstr (((KafAttached *) g_ptr_array_index (attached, 0))->id, ==,
                   "00000000-0000-7000-8000-0000000000c9");
}

static void
import (KafFixture *f, const char *lines, guint created, guint updated)
{
  g_autofree char *path = g_build_filename (f->folder, "list.csv", NULL);
  g_autofree char *text =
      g_strconcat ("external_source,external_id,family_name,city\n", lines, NULL);
  g_autoptr (GFile) file = g_file_new_for_path (path);
  g_autoptr (KafImportReport) report = NULL;
  g_autoptr (GError) error = NULL;

  g_assert_true (g_file_set_contents (path, text, -1, NULL));
  kaf_import_run (f->db, kaf_registry_find ("person"), file, NULL, NULL, &report, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (report->n_faults, ==, 0);
  g_assert_cmpuint (report->n_created, ==, created);
  g_assert_cmpuint (report->n_updated, ==, updated);
}

static char *
find_source (KafFixture *f, const char *name)
{
  char *id = NULL;

  g_assert_true (kaf_one_resolve_raw (f->db, name, kaf_registry_find ("person"), NULL, &id, NULL));
  return id;
}

/* A list that comes again goes into the records that it made, whoever is shown for them. */
static void
test_import (void)
{
  g_autoptr (KafFixture) f = kaf_fixture_new ();
  g_autofree char *a = NULL, *b = NULL, *batch = NULL;

  import (f, "geneve,1,Bennis,Lyon\nparis,7,Benis,Nantes\n", 2, 0);
  a = find_source (f, "geneve:1");
  b = find_source (f, "paris:7");
  batch = judge (f, "person", a, b, "same");
  import (f, "geneve,1,Bennis,Lyon\nparis,7,Benis,Nantes\n", 0, 0);
  import (f, "geneve,1,Bennis,Lyon\nparis,7,Benis,Brest\n", 0, 1);
  assert_raw (f, "person", b, "city", "Brest");
  assert_raw (f, "person", a, "city", "Lyon");
  g_assert_cmpint (number (f, "SELECT live FROM tally WHERE entity = 'person'"), ==, 1);
  kaf_fixture_assert_whole (f);
}

static gboolean
holds (const char *folder, const char *text)
{
  g_autoptr (GDir) dir = g_dir_open (folder, 0, NULL);
  const char *name;

  while ((name = g_dir_read_name (dir)) != NULL)
    {
      g_autofree char *path = g_build_filename (folder, name, NULL);
      g_autofree char *content = NULL;
      gsize size;

      if (g_file_get_contents (path, &content, &size, NULL) &&
          memmem (content, size, text, strlen (text)) != NULL)
        return TRUE;
    }
  return FALSE;
}

/* She is erased, and not one of the files on her. */
static void
test_erase (void)
{
  g_autoptr (KafFixture) f = kaf_fixture_new ();
  g_autoptr (GError) error = NULL;
  g_autofree char *batch = NULL;

  fill (f);
  edit (f, "person", B, "given_name", "Zorayaqux");
  batch = judge (f, "person", A, B, "same");
  edit (f, "person", A, "city", "Vernoquil");
  g_assert_true (holds (f->folder, "Zorayaqux"));
  kaf_erase (f->db, kaf_registry_find ("person"), A, "demande", &error);
  g_assert_no_error (error);
  kaf_fixture_assert_whole (f);
  g_assert_cmpint (number (f, "SELECT count(*) FROM person"), ==, 1);
  g_assert_cmpint (number (f, "SELECT count(*) FROM judgement"), ==, 0);
  g_assert_cmpint (number (f, "SELECT count(*) FROM field_choice"), ==, 0);
  g_assert_cmpint (number (f, "SELECT count(*) FROM raw"), ==, 0);
  g_assert_cmpint (number (f, "SELECT count(*) FROM alias"), ==, 0);
  g_assert_false (holds (f->folder, "Zorayaqux"));
  g_assert_false (holds (f->folder, "Vernoquil"));
  g_assert_false (holds (f->folder, "salma@a.ma"));
  g_assert_false (holds (f->folder, "bennis@b.ma"));
}

#define N_PAIRS 12

/* An erasure that was cut short once its lines stood in the ledger is carried out at the next opening, in whatever order
 * the ledger is read: where a judgement goes before her of whom it is, those who were one with her by it are themselves
 * again all the same. */
static void
test_erase_cut_short (void)
{
  g_autoptr (KafFixture) f = kaf_fixture_new ();
  const KafEntity *entity = kaf_registry_find ("person");
  g_autofree char *ledger = g_strconcat (f->path, ".erased", NULL);
  g_autoptr (GString) lines = g_string_new (NULL);
  g_autoptr (GPtrArray) others = g_ptr_array_new_with_free_func (g_free);
  g_autoptr (GPtrArray) judgements = NULL;

  for (guint i = 0; i < N_PAIRS; i++)
    {
      g_autofree char *a = kaf_fixture_create (f, "person", NULL, "family_name", "Zorayaqux", NULL);
      char *b = kaf_fixture_create (f, "person", NULL, "family_name", "Bennis", NULL);
      g_autofree char *contact =
          kaf_fixture_create (f, "contact", NULL, "person", b, "held_on", "2026-11-20", "channel",
                              "call", "subject", "Sa propre affaire", NULL);
      g_autofree char *batch = judge (f, "person", a, b, "same");
      g_autofree char *shown = kaf_one_get_shown (f->db, entity, b);

      g_assert_cmpstr (shown, ==, a);
      g_ptr_array_add (others, b);
      g_string_append_printf (lines, "person\t%s\t1\tproof\n", a);
    }
  judgements = kaf_read_ids (f->db,
                             "SELECT h.id FROM judgement j JOIN head h ON h.rid = j.rid"
                             " WHERE ?1 IS NULL",
                             NULL, NULL);
  g_assert_cmpuint (judgements->len, ==, N_PAIRS);
  for (guint i = 0; i < judgements->len; i++)
    g_string_append_printf (lines, "judgement\t%s\t1\tproof\n",
                            (char *) g_ptr_array_index (judgements, i));
  g_assert_true (g_file_set_contents (ledger, lines->str, -1, NULL));
  kaf_fixture_reopen (f);
  kaf_fixture_assert_whole (f);
  g_assert_cmpint (number (f, "SELECT count(*) FROM alias"), ==, 0);
  g_assert_cmpint (number (f, "SELECT count(*) FROM raw"), ==, 0);
  g_assert_cmpint (number (f, "SELECT count(*) FROM contact"), ==, N_PAIRS);
  g_assert_false (holds (f->folder, "Zorayaqux"));
  for (guint i = 0; i < others->len; i++)
    {
      const char *id = g_ptr_array_index (others, i);

      g_assert_true (kaf_read_exists (f->db, entity, id));
      kaf_fixture_assert_field (f, "person", id, "family_name", "Bennis");
    }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/judge/merge", test_merge);
  g_test_add_func ("/judge/history", test_history);
  g_test_add_func ("/judge/edit", test_edit);
  g_test_add_func ("/judge/facets", test_facets);
  g_test_add_func ("/judge/choice", test_choice);
  g_test_add_func ("/judge/latest", test_latest);
  g_test_add_func ("/judge/claims", test_claims);
  g_test_add_func ("/judge/initial", test_initial);
  g_test_add_func ("/judge/unknown-source", test_unknown_source);
  g_test_add_func ("/judge/strictest", test_strictest);
  g_test_add_func ("/judge/fate", test_fate);
  g_test_add_func ("/judge/undo", test_undo);
  g_test_add_func ("/judge/names", test_names);
  g_test_add_func ("/judge/contradiction", test_contradiction);
  g_test_add_func ("/judge/attached", test_attached);
  g_test_add_func ("/judge/import", test_import);
  g_test_add_func ("/judge/erase", test_erase);
  g_test_add_func ("/judge/erase-cut-short", test_erase_cut_short);
  return g_test_run ();
}
