/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Records that are judged to be one are shown as one, everywhere; and are again what they were when that is taken back. */
#include "config.h"

#include <string.h>

#include "base/kaf-random.h"
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

static void
assert_value (
    KafFixture *f, const char *entity, const char *id, const char *field, const char *value)
{
  g_autofree char *is = kaf_fixture_get (f, entity, id, field);

  g_assert_cmpstr (is, ==, value);
}

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
  assert_value (f, "contact", "00000000-0000-7000-8000-0000000000c1", "person", A);
  assert_value (f, "person", A, "emails", "salma@a.ma\nbennis@b.ma");
  assert_value (f, "person", A, "birth_year", "1980");
  /* Both typed on the same day: the newer record. */
  assert_value (f, "person", A, "city", "Genève");
  assert_value (f, "person", B, "city", "Genève");
  org = judge (f, "organisation", X, Y, "same");
  kaf_fixture_assert_whole (f);
  assert_value (f, "project_holder", C, "brought_by", X);
  take_back (f, "person", A, B);
  kaf_fixture_assert_whole (f);
  take_back (f, "organisation", X, Y);
  kaf_fixture_assert_whole (f);
  after = dump (f);
  assert_same_dump (before, after);
  g_assert_cmpint (number (f, "SELECT count(*) FROM raw"), ==, 0);
  g_assert_cmpint (number (f, "SELECT count(*) FROM alias"), ==, 0);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/judge/merge", test_merge);
  return g_test_run ();
}
