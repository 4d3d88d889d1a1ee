/* SPDX-License-Identifier: GPL-3.0-or-later */
/* How a store is brought to a later version, by steps of our own; and that a store of each
 * version there was opens today, whole, with the tables of a fresh one. */
#include "config.h"

#include <glib/gstdio.h>
#include <sqlite3.h>
#include <string.h>
#include <sys/stat.h>

#include "kaf-fixture.h"
#include "schema/kaf-registry.h"
#include "store/kaf-check.h"
#include "store/kaf-database-private.h"
#include "store/kaf-drafts.h"

#define NOW KAF_STORE_VERSION

static const KafMigration good[] = {
  { NOW, "THIS IS LONG DONE" },
  { NOW + 1, "CREATE TABLE novelty (a TEXT); INSERT INTO novelty VALUES ('x')" },
  { NOW + 2, "ALTER TABLE novelty ADD COLUMN b TEXT" },
};

static const KafMigration bad[] = {
  { NOW + 1, "CREATE TABLE novelty (a TEXT); DELETE FROM person" },
  { NOW + 2, "ALTER TABLE nowhere ADD COLUMN b TEXT" },
};

static gint64
get_int (KafDatabase *db, const char *sql)
{
  g_autoptr (GError) error = NULL;
  gint64 value = kaf_database_get_int (db, sql, &error);

  g_assert_no_error (error);
  return value;
}

/* Paths of the backups beside the store. */
static GPtrArray *
find_backups (KafFixture *f)
{
  GPtrArray *paths = g_ptr_array_new_with_free_func (g_free);
  g_autoptr (GDir) dir = g_dir_open (f->folder, 0, NULL);
  const char *name;

  while ((name = g_dir_read_name (dir)) != NULL)
    if (strstr (name, ".backup-v") != NULL)
      g_ptr_array_add (paths, g_build_filename (f->folder, name, NULL));
  return paths;
}

static void
assert_backup (KafFixture *f, const char *path, gint64 n_persons)
{
  g_autoptr (KafDatabase) db = NULL;
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) findings = NULL;
  struct stat info;

  g_assert_cmpint (g_stat (path, &info), ==, 0);
  g_assert_cmpint (info.st_mode & 0777, ==, 0600);
  db = kaf_database_open (path, KAF_OPEN_DEFAULT, NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpint (get_int (db, "PRAGMA user_version"), ==, NOW);
  g_assert_cmpint (kaf_page_total (db, kaf_registry_find ("person")), ==, n_persons);
  findings = kaf_check (db, NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (findings->len, ==, 0);
}

static void
test_success (void)
{
  g_autoptr (KafFixture) f = kaf_fixture_new ();
  g_autofree char *id = kaf_fixture_create (f, "person", NULL, "family_name", "Bennis", NULL);
  g_autoptr (GPtrArray) backups = NULL;
  g_autoptr (GError) error = NULL;

  kaf_migrate_steps (f->db, NOW, NOW + 2, good, G_N_ELEMENTS (good), &error);
  g_assert_no_error (error);
  g_assert_cmpint (get_int (f->db, "PRAGMA user_version"), ==, NOW + 2);
  g_assert_cmpint (get_int (f->db, "SELECT count(*) FROM novelty WHERE b IS NULL"), ==, 1);
  backups = find_backups (f);
  g_assert_cmpuint (backups->len, ==, 1);
  assert_backup (f, g_ptr_array_index (backups, 0), 1);

  /* Another program had done it meanwhile. */
  g_assert_true (kaf_migrate_steps (f->db, NOW, NOW + 2, good, G_N_ELEMENTS (good), &error));
  g_assert_cmpint (get_int (f->db, "SELECT count(*) FROM novelty"), ==, 1);
}

static void
test_failure (void)
{
  g_autoptr (KafFixture) f = kaf_fixture_new ();
  g_autofree char *id = kaf_fixture_create (f, "person", NULL, "family_name", "Bennis", NULL);
  g_autoptr (GPtrArray) backups = NULL;

  /* Tried again, it leaves no second backup: nothing has changed since the first. */
  for (guint i = 0; i < 2; i++)
    {
      g_autoptr (GError) error = NULL;

      g_assert_false (kaf_migrate_steps (f->db, NOW, NOW + 2, bad, G_N_ELEMENTS (bad), &error));
      g_assert_error (error, KAF_STORE_ERROR, KAF_STORE_ERROR_MIGRATION);
      g_assert_nonnull (strstr (error->message, "nowhere"));
      g_assert_cmpint (get_int (f->db, "PRAGMA user_version"), ==, NOW);
      g_assert_cmpint (get_int (f->db, "SELECT count(*) FROM person"), ==, 1);
      g_assert_cmpint (get_int (f->db, "SELECT count(*) FROM sqlite_schema WHERE name = 'novelty'"),
                       ==, 0);
    }
  backups = find_backups (f);
  g_assert_cmpuint (backups->len, ==, 1);
  assert_backup (f, g_ptr_array_index (backups, 0), 1);
  kaf_fixture_reopen (f);
  kaf_fixture_assert_whole (f);
}

/* As version 7 left a store: without what came later, and without the key of a name in اة. */
static void
test_keys_again (void)
{
  g_autoptr (KafFixture) f = kaf_fixture_new ();
  g_autofree char *id =
      kaf_fixture_create (f, "person", NULL, "given_name_ar", "\u0646\u062c\u0627\u0629", NULL);
  g_autoptr (GError) error = NULL;

  g_assert_true (kaf_database_exec (
      f->db,
      "INSERT INTO search (search, rowid, name, key, rest)"
      " SELECT 'delete', rid, name, key, rest FROM search_doc WHERE key = 'nj njt';"
      "UPDATE search_doc SET key = 'nj' WHERE key = 'nj njt';"
      "INSERT INTO search (rowid, name, key, rest) SELECT rid, name, key, rest FROM search_doc"
      " WHERE key = 'nj';"
      "ALTER TABLE refusal DROP COLUMN about;"
      "DROP INDEX source_claim__organisation;"
      "ALTER TABLE source_claim DROP COLUMN organisation;"
      "ALTER TABLE source_claim DROP COLUMN origin;"
      "ALTER TABLE source_claim DROP COLUMN about;"
      "ALTER TABLE source_claim DROP COLUMN said;"
      "DROP TABLE judgement; DROP TABLE field_choice; DROP TABLE alias; DROP TABLE raw;"
      "DROP TABLE match_key; DROP TABLE match_count; DROP TABLE suspect;"
      "DROP TABLE commitment_now;"
      "PRAGMA user_version = 7",
      &error));
  g_assert_no_error (error);
  kaf_fixture_reopen (f);
  g_assert_cmpint (get_int (f->db, "PRAGMA user_version"), ==, NOW);
  kaf_fixture_assert_whole (f);
}

static void
test_no_way (void)
{
  g_autoptr (KafFixture) f = kaf_fixture_new ();
  g_autoptr (GError) error = NULL;

  g_assert_false (kaf_migrate_steps (f->db, NOW, NOW + 3, good, G_N_ELEMENTS (good), &error));
  g_assert_error (error, KAF_STORE_ERROR, KAF_STORE_ERROR_MIGRATION);
  g_assert_cmpint (get_int (f->db, "PRAGMA user_version"), ==, NOW);
}

static void
test_read_only (void)
{
  g_autoptr (KafFixture) f = kaf_fixture_new ();
  g_autoptr (KafDatabase) db = kaf_database_open (f->path, KAF_OPEN_READ_ONLY, NULL, NULL);
  g_autoptr (GPtrArray) backups = NULL;
  g_autoptr (GError) error = NULL;

  g_assert_false (kaf_migrate_steps (db, NOW, NOW + 2, good, G_N_ELEMENTS (good), &error));
  g_assert_error (error, KAF_STORE_ERROR, KAF_STORE_ERROR_READ_ONLY);
  backups = find_backups (f);
  g_assert_cmpuint (backups->len, ==, 0);
}

/* A backup holds personal data: an erasure takes it along. */
static void
test_erasure_reaches_backups (void)
{
  g_autoptr (KafFixture) f = kaf_fixture_new ();
  g_autofree char *id = kaf_fixture_create (f, "person", NULL, "family_name", "Bennis", NULL);
  g_autoptr (GPtrArray) backups = NULL;

  g_assert_false (kaf_migrate_steps (f->db, NOW, NOW + 2, bad, G_N_ELEMENTS (bad), NULL));
  g_assert_true (kaf_erase (f->db, kaf_registry_find ("person"), id, "asked", NULL));
  backups = find_backups (f);
  g_assert_cmpuint (backups->len, ==, 0);
}

/* The text of a schema without what says nothing: blanks between words. */
static char *
read_schema (KafDatabase *db)
{
  g_autoptr (KafStatement) statement = kaf_database_prepare (
      db,
      "SELECT type || ' ' || name || ': ' || coalesce (sql, '') FROM sqlite_schema"
      " WHERE name NOT LIKE 'sqlite_stat%' ORDER BY type, name",
      NULL);
  GString *text = g_string_new (NULL);

  while (kaf_database_step (db, statement, NULL))
    {
      g_auto (GStrv) words = g_strsplit_set (kaf_statement_text (statement, 0), " \t\r\n", -1);

      for (guint i = 0; words[i] != NULL; i++)
        if (*words[i] != '\0')
          g_string_append_printf (text, " %s", words[i]);
      g_string_append_c (text, '\n');
    }
  return g_string_free (text, FALSE);
}

/* The dump of an old store, made into a file again. */
static void
restore (const char *dump, const char *path)
{
  g_autofree char *source = g_test_build_filename (G_TEST_DIST, "..", "fixtures", dump, NULL);
  g_autofree char *sql = NULL;
  sqlite3 *db = NULL;

  g_assert_true (g_file_get_contents (source, &sql, NULL, NULL));
  g_assert_cmpint (sqlite3_open (path, &db), ==, SQLITE_OK);
  sqlite3_exec (db, sql, NULL, NULL, NULL);
  g_assert_cmpstr (sqlite3_errmsg (db), ==, "not an error");
  sqlite3_close (db);
}

static void
test_fixtures (void)
{
  static const char *const dumps[] = { "store-v1.sql",  "store-v3.sql", "store-v4.sql",
                                       "store-v5.sql",  "store-v6.sql", "store-v7.sql",
                                       "store-v8.sql",  "store-v9.sql", "store-v10.sql",
                                       "store-v11.sql", "store-v12.sql" };

  for (guint i = 0; i < G_N_ELEMENTS (dumps); i++)
    {
      g_autoptr (KafFixture) f = kaf_fixture_new ();
      g_autofree char *fresh = read_schema (f->db);
      g_autofree char *path = g_build_filename (f->folder, "old.db", NULL);
      g_autofree char *schema = NULL;
      g_autofree char *id = NULL;
      g_autoptr (GPtrArray) found = NULL;
      g_autoptr (GError) error = NULL;

      restore (dumps[i], path);
      g_clear_pointer (&f->db, kaf_database_close);
      g_free (f->path);
      f->path = g_steal_pointer (&path);
      kaf_fixture_reopen (f);
      schema = read_schema (f->db);
      g_assert_cmpstr (schema, ==, fresh);
      kaf_fixture_assert_whole (f);

      /* It is found in both scripts, and works on. */
      found = kaf_fixture_search (f, "expert", "El Ouafi");
      g_assert_cmpuint (found->len, >=, 1);
      id = kaf_fixture_create (f, "person", NULL, "family_name", "Bennis", NULL);
      kaf_fixture_assert_whole (f);
    }
}

/* What the fixture of a version is made of: run the test as `test-migrate --make PATH` with
 * KAF_PKGDATADIR naming short lists, then
 *   (sqlite3 PATH .dump; sqlite3 PATH 'SELECT "PRAGMA application_id = " || application_id || ";"
 *    FROM pragma_application_id' …the same for user_version) > tests/fixtures/store-vN.sql */
static int
make_fixture (const char *path)
{
  g_autoptr (KafFixture) f = kaf_fixture_new ();
  g_autofree char *nezha = kaf_fixture_create (
      f, "person", NULL, "family_name", "El Ouafi", "given_name", "Nezha", "family_name_ar",
      "الوافي", "given_name_ar", "نزهة", "phones", "+4915155500142", "emails",
      "n.elouafi@example.org", "country", "DE", "languages", "ar\tnative\nde\tC1", NULL);
  g_autofree char *expert = kaf_fixture_create (f, "expert", nezha, "headline_fr", "Soins", NULL);
  g_autofree char *network = kaf_fixture_create (f, "organisation", NULL, "name_fr", "Réseau",
                                                 "acronym", "DMK", "kind", "network", NULL);
  g_autofree char *facet = kaf_fixture_create (f, "network", network, "basis", "geographic", NULL);
  g_autofree char *member =
      kaf_fixture_create (f, "membership", NULL, "person", nezha, "network", network, NULL);
  g_autofree char *convention =
      kaf_fixture_create (f, "convention", NULL, "title_fr", "Soins à domicile", "kind",
                          "framework", "signed_on", "2024-12-01", "parties", network, NULL);
  g_autofree char *commitment = kaf_fixture_create (
      f, "commitment", NULL, "convention", convention, "party", network, "text_fr",
      "Former des soignants", "due_on", "2025-03-01", "recurrence", "yearly", NULL);
  g_autofree char *fulfilment = kaf_fixture_create (f, "fulfilment", NULL, "commitment", commitment,
                                                    "done_on", "2025-02-20", NULL);
  g_autofree char *gone = kaf_fixture_create (f, "person", NULL, "family_name", "Parti", NULL);
  g_autofree char *erased = kaf_fixture_create (f, "person", NULL, "family_name", "Oublie", NULL);
  g_autoptr (KafReceipt) edit =
      kaf_fixture_update (f, "person", nezha, "city", "Munich", "languages", "de\tC2", NULL);
  g_autoptr (KafReceipt) second = kaf_fixture_update (f, "person", nezha, "city", "Berlin", NULL);
  g_autoptr (KafReceipt) undo = kaf_undo (f->db, NULL, NULL);
  g_autoptr (KafReceipt) deleted = NULL;
  g_autoptr (KafChangeSet) set = kaf_change_set_new ("delete");
  KafStatement *copy;

  kaf_change_set_delete (set, kaf_registry_find ("person"), gone);
  deleted = kaf_commit (f->db, set, NULL, NULL, NULL);
  g_assert_nonnull (deleted);
  g_assert_true (kaf_erase (f->db, kaf_registry_find ("person"), erased, "asked", NULL));
  g_assert_true (kaf_draft_save (f->db, kaf_registry_find ("person"), "new", "{}", NULL));
  kaf_fixture_assert_whole (f);
  copy = kaf_database_prepare (f->db, "VACUUM INTO ?", NULL);
  kaf_statement_bind_text (copy, 1, path);
  return kaf_database_run (f->db, copy, NULL) ? 0 : 1;
}

int
main (int argc, char **argv)
{
  if (argc == 3 && g_str_equal (argv[1], "--make"))
    return make_fixture (argv[2]);

  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/migrate/success", test_success);
  g_test_add_func ("/migrate/failure", test_failure);
  g_test_add_func ("/migrate/no-way", test_no_way);
  g_test_add_func ("/migrate/keys-again", test_keys_again);
  g_test_add_func ("/migrate/read-only", test_read_only);
  g_test_add_func ("/migrate/erasure-reaches-backups", test_erasure_reaches_backups);
  g_test_add_func ("/migrate/fixtures", test_fixtures);
  return g_test_run ();
}
