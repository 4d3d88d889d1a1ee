/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What was erased stays erased: a backup that is put back, a file that brings the record again, a
 * ledger that was written and an erasure that was not. */
#include "config.h"

#include <glib/gstdio.h>
#include <string.h>

#include "kaf-fixture.h"
#include "base/kaf-id.h"
#include "schema/kaf-registry.h"
#include "store/kaf-database-private.h"
#include "store/kaf-drafts.h"
#include "store/kaf-mission-archive.h"
#include "store/kaf-pseudonym.h"
#include "sync/kaf-exchange.h"

static const KafEntity *
person (void)
{
  return kaf_registry_find ("person");
}

static gboolean
file_holds (const char *path, const char *needle)
{
  g_autofree char *data = NULL;
  gsize size;

  return g_file_get_contents (path, &data, &size, NULL) &&
         memmem (data, size, needle, strlen (needle)) != NULL;
}

/* The whole store in a file of its own. (transfer full) */
static char *
back_up (KafFixture *f)
{
  char *path = g_build_filename (f->folder, "backup.db", NULL);
  KafStatement *copy = kaf_database_prepare (f->db, "VACUUM INTO ?", NULL);

  kaf_statement_bind_text (copy, 1, path);
  g_assert_true (kaf_database_run (f->db, copy, NULL));
  return path;
}

static void
put_back (KafFixture *f, const char *backup)
{
  g_clear_pointer (&f->db, kaf_database_close);
  g_assert_cmpint (g_rename (backup, f->path), ==, 0);
  kaf_fixture_reopen (f);
}

static void
test_restored_backup (void)
{
  g_autoptr (KafFixture) f = kaf_fixture_new ();
  g_autofree char *id =
      kaf_fixture_create (f, "person", NULL, "family_name", "Canaryo", "city", "Munich", NULL);
  g_autofree char *facet = kaf_fixture_create (f, "expert", id, "headline_fr", "Soins", NULL);
  g_autofree char *other = kaf_fixture_create (f, "person", NULL, "family_name", "Zeroual", NULL);
  g_autofree char *network =
      kaf_fixture_create (f, "organisation", NULL, "name_fr", "Réseau", "kind", "network", NULL);
  g_autofree char *net = kaf_fixture_create (f, "network", network, "basis", "thematic", NULL);
  g_autofree char *member =
      kaf_fixture_create (f, "membership", NULL, "person", id, "network", network, NULL);
  g_autofree char *backup = back_up (f);
  g_autofree char *wal = g_strconcat (f->path, "-wal", NULL);

  g_assert_true (kaf_erase (f->db, person (), id, "asked", NULL));
  g_assert_true (file_holds (backup, "Canaryo"));
  put_back (f, backup);

  g_assert_false (kaf_read_exists (f->db, person (), id));
  g_assert_false (kaf_read_exists (f->db, kaf_registry_find ("membership"), member));
  g_assert_true (kaf_read_exists (f->db, person (), other));
  g_assert_false (file_holds (f->path, "Canaryo"));
  g_assert_false (file_holds (f->path, "canaryo"));
  g_assert_false (file_holds (wal, "Canaryo"));
  kaf_fixture_assert_whole (f);
}

/* The law keeps an office: it stays, without her, also in a backup that is put back. */
static void
test_held (void)
{
  g_autoptr (KafFixture) f = kaf_fixture_new ();
  g_autofree char *id =
      kaf_fixture_create (f, "person", NULL, "family_name", "Canaryo", "city", "Munich", NULL);
  g_autofree char *network =
      kaf_fixture_create (f, "organisation", NULL, "name_fr", "Réseau", "kind", "network", NULL);
  g_autofree char *mandate =
      kaf_fixture_create (f, "mandate", NULL, "person", id, "organisation", network, "office",
                          "Présidente", "valid_from", "2020", NULL);
  g_autofree char *backup = back_up (f);
  g_autoptr (GPtrArray) kept = kaf_pseudonym_find_kept (f->db, person (), id, NULL);

  g_assert_cmpuint (kept->len, ==, 1);
  for (guint i = 0; i < 2; i++)
    {
      g_autofree char *other = NULL;
      g_autofree char *name = NULL;
      g_autoptr (KafReceipt) undone = NULL;
      g_autoptr (GError) error = NULL;

      if (i == 0)
        g_assert_true (kaf_erase (f->db, person (), id, "asked", NULL));
      else
        put_back (f, backup);
      other = kaf_fixture_get (f, "mandate", mandate, "person");
      name = kaf_fixture_get (f, "person", other, "family_name");
      g_assert_cmpstr (other, !=, id);
      g_assert_true (g_str_has_prefix (name, "Anonyme "));
      g_assert_false (kaf_read_exists (f->db, person (), id));
      g_assert_false (file_holds (f->path, "Canaryo"));
      kaf_fixture_assert_whole (f);
      /* What is undone is what was done before it. */
      undone = kaf_undo (f->db, NULL, &error);
      g_assert_no_error (error);
      g_assert_cmpstr (undone->of, !=, "pseudonym");
      g_assert_true (kaf_read_exists (f->db, person (), other));
    }
}

static void
assert_empty (KafFixture *f, const char *entity, const char *id, const char *field)
{
  g_autofree char *value = kaf_fixture_get (f, entity, id, field);

  g_assert_cmpstr (value, ==, NULL);
}

/* Groups of the journal that a hub would hear of. */
static gint64
count_groups (KafFixture *f)
{
  return kaf_database_get_int (f->db, "SELECT count(*) FROM op_group", NULL);
}

/* Who answers for a commitment and who teaches are named by records that are not theirs: those stay, and name nobody;
 * deleted ones, and those of a backup that is put back, too. */
static void
test_named (void)
{
  g_autoptr (KafFixture) f = kaf_fixture_new ();
  g_autofree char *id = kaf_fixture_create (f, "person", NULL, "family_name", "Canaryo", NULL);
  g_autofree char *party =
      kaf_fixture_create (f, "organisation", NULL, "name_fr", "Office", "kind", "ministry", NULL);
  g_autofree char *convention =
      kaf_fixture_create (f, "convention", NULL, "title_fr", "Cadre", "kind", "framework", NULL);
  g_autofree char *duty =
      kaf_fixture_create (f, "commitment", NULL, "convention", convention, "party", party,
                          "text_fr", "Former", "responsible", id, NULL);
  g_autofree char *gone =
      kaf_fixture_create (f, "commitment", NULL, "convention", convention, "party", party,
                          "text_fr", "Payer", "responsible", id, NULL);
  g_autofree char *programme =
      kaf_fixture_create (f, "programme", NULL, "title_fr", "Académie", NULL);
  g_autofree char *module = kaf_fixture_create (f, "training_module", NULL, "programme", programme,
                                                "title_fr", "Soins", NULL);
  g_autofree char *session = kaf_fixture_create (f, "training_session", NULL, "module", module,
                                                 "starts_on", "2026-12-01", "trainer", id, NULL);
  g_autofree char *backup = NULL;
  gint64 n;

  kaf_fixture_delete (f, "commitment", gone);
  backup = back_up (f);
  n = count_groups (f);
  for (guint i = 0; i < 2; i++)
    {
      if (i == 0)
        g_assert_true (kaf_erase (f->db, person (), id, "asked", NULL));
      else
        put_back (f, backup);
      assert_empty (f, "commitment", duty, "responsible");
      assert_empty (f, "training_session", session, "trainer");
      g_assert_cmpint (count_groups (f), ==, n + 1);
      kaf_fixture_assert_whole (f);
    }
}

/* The same of a party among others, and of one that may not be left out: who edits it names another. */
static void
test_named_in_set (void)
{
  g_autoptr (KafFixture) f = kaf_fixture_new ();
  g_autofree char *party =
      kaf_fixture_create (f, "organisation", NULL, "name_fr", "Canaryo", "kind", "ministry", NULL);
  g_autofree char *other =
      kaf_fixture_create (f, "organisation", NULL, "name_fr", "Autre", "kind", "ministry", NULL);
  g_autofree char *both = g_strconcat (party, "\n", other, NULL);
  g_autofree char *convention = kaf_fixture_create (f, "convention", NULL, "title_fr", "Cadre",
                                                    "kind", "framework", "parties", both, NULL);
  g_autofree char *duty = kaf_fixture_create (f, "commitment", NULL, "convention", convention,
                                              "party", party, "text_fr", "Former", NULL);
  g_autofree char *left = NULL;

  g_assert_true (kaf_erase (f->db, kaf_registry_find ("organisation"), party, "asked", NULL));
  left = kaf_fixture_get (f, "convention", convention, "parties");
  g_assert_cmpstr (left, ==, other);
  assert_empty (f, "commitment", duty, "party");
  g_assert_false (file_holds (f->path, "Canaryo"));
  kaf_fixture_assert_whole (f);
}

/* A migration keeps the file of before beside the store: it goes with whoever is erased; that of another store stays. */
static void
test_backups_of_migrations (void)
{
  g_autoptr (KafFixture) f = kaf_fixture_new ();
  g_autofree char *id = kaf_fixture_create (f, "person", NULL, "family_name", "Canaryo", NULL);
  g_autofree char *own = g_strconcat (f->path, ".backup-v9-20260101", NULL);
  g_autofree char *other = g_build_filename (f->folder, "other.db.backup-v9-20260101", NULL);

  g_assert_true (g_file_set_contents (own, "Canaryo", -1, NULL));
  g_assert_true (g_file_set_contents (other, "Zeroual", -1, NULL));
  g_assert_true (kaf_erase (f->db, person (), id, "asked", NULL));
  g_assert_false (g_file_test (own, G_FILE_TEST_EXISTS));
  g_assert_true (g_file_test (other, G_FILE_TEST_EXISTS));
}

/* Equipment with labels that pack badly, so that the archive is long, and is packed. */
static void
fill_mission (KafFixture *f, const char *mission)
{
  g_autoptr (KafRandom) random = kaf_random_new_seeded (7);

  for (guint i = 0; i < 250; i++)
    {
      g_autofree char *label =
          g_strdup_printf ("Lot %016" G_GINT64_MODIFIER "x%016" G_GINT64_MODIFIER "x",
                           kaf_random_u64 (random), kaf_random_u64 (random));

      g_free (
          kaf_fixture_create (f, "equipment", NULL, "mission", mission, "label_fr", label, NULL));
    }
}

/* What is kept of a mission's file is packed, where no look at the bytes of a file finds anybody: nobody is named in it from
 * the first. */
static void
test_archive (void)
{
  g_autoptr (KafFixture) f = kaf_fixture_new ();
  g_autoptr (GPtrArray) checks = g_ptr_array_new ();
  g_autofree char *mission =
      kaf_fixture_create (f, "mission", NULL, "title_fr", "Soins", "notes", "Canarynote", NULL);
  g_autofree char *id =
      kaf_fixture_create (f, "person", NULL, "family_name", "Canaryo", "given_name", "Canarya",
                          "city", "Canaryville", "emails", "canary@example.org", NULL);
  g_autofree char *facet = kaf_fixture_create (f, "expert", id, "headline_fr", "Canaryline", NULL);
  g_autofree char *expert = kaf_fixture_create (f, "mission_expert", NULL, "mission", mission,
                                                "person", id, "reason", "Canaryreason", NULL);
  g_autofree char *participant =
      kaf_fixture_create (f, "participant", NULL, "mission", mission, "name", "Canarypart", NULL);
  g_autofree char *contact = kaf_fixture_create (
      f, "contact", NULL, "mission", mission, "person", id, "held_on", "2026-11-20", "channel",
      "call", "subject", "Canarysubject", "answer", "Canaryanswer", NULL);
  g_autofree char *archive = NULL;
  g_autofree char *json = NULL;
  g_autofree char *lower = NULL;
  g_autoptr (GError) error = NULL;

  fill_mission (f, mission);
  archive = kaf_mission_archive_make (f->db, mission, checks, NULL, &error);
  g_assert_no_error (error);
  g_assert_true (g_str_has_prefix (archive, "zstd:"));
  json = kaf_mission_archive_unpack (archive, &error);
  g_assert_no_error (error);
  g_assert_nonnull (strstr (json, "Lot "));
  g_assert_nonnull (strstr (json, participant));
  lower = g_ascii_strdown (json, -1);
  if (strstr (lower, "canary") != NULL)
    g_error ("an archive names somebody: …%.60s…", strstr (lower, "canary"));
}

/* The ledger is written first: a kill in between leaves a line without its erasure. */
static void
test_cut_short (void)
{
  g_autoptr (KafFixture) f = kaf_fixture_new ();
  g_autofree char *id = kaf_fixture_create (f, "person", NULL, "family_name", "Canaryo", NULL);
  g_autofree char *other = kaf_fixture_create (f, "person", NULL, "family_name", "Zeroual", NULL);
  g_autofree char *ledger = g_strconcat (f->path, ".erased", NULL);
  g_autofree char *lines =
      g_strdup_printf ("nonsense\nperson\t%s\t1\tproof\nperson\t%s\t1", id, other);
  g_autofree char *after = NULL;
  g_autofree char *whole = NULL;

  g_assert_true (g_file_set_contents (ledger, lines, -1, NULL));
  kaf_fixture_reopen (f);
  g_assert_false (kaf_read_exists (f->db, person (), id));
  g_assert_true (kaf_read_exists (f->db, person (), other));

  /* The next line is not glued to what is left of that one. */
  g_assert_true (kaf_erase (f->db, person (), other, "asked for", NULL));
  g_assert_true (g_file_get_contents (ledger, &after, NULL, NULL));
  whole = g_strdup_printf ("\nperson\t%s\t1\nperson\t%s\t", other, other);
  g_assert_nonnull (strstr (after, whole));
  kaf_fixture_assert_whole (f);
}

/* Somebody reads the store from elsewhere, as long as the statement is not done. */
static KafStatement *
begin_reading (KafDatabase *reader)
{
  KafStatement *statement = kaf_database_prepare (reader, "SELECT id FROM head", NULL);

  g_assert_true (kaf_database_step (reader, statement, NULL));
  return statement;
}

/* A reader elsewhere keeps the log: it is said, and the same erasure again finishes it. */
static void
test_reader (void)
{
  g_autoptr (KafFixture) f = kaf_fixture_new ();
  g_autofree char *id = kaf_fixture_create (f, "person", NULL, "family_name", "Canaryo", NULL);
  g_autofree char *wal = g_strconcat (f->path, "-wal", NULL);
  g_autoptr (KafDatabase) reader = kaf_database_open (f->path, KAF_OPEN_READ_ONLY, NULL, NULL);
  KafStatement *reading = begin_reading (reader);
  g_autoptr (GError) error = NULL;

  g_assert_false (kaf_erase (f->db, person (), id, "asked", &error));
  g_assert_error (error, KAF_STORE_ERROR, KAF_STORE_ERROR_TRACES);
  g_assert_false (kaf_read_exists (f->db, person (), id));
  g_assert_true (file_holds (f->path, "Canaryo") || file_holds (wal, "Canaryo"));

  kaf_statement_done (reading);
  g_assert_true (kaf_erase (f->db, person (), id, "asked", NULL));
  g_assert_false (file_holds (f->path, "Canaryo"));
  g_assert_false (file_holds (wal, "Canaryo"));
  g_clear_error (&error);
  g_assert_false (kaf_erase (f->db, person (), "nobody", "asked", &error));
  g_assert_error (error, KAF_STORE_ERROR, KAF_STORE_ERROR_NOT_FOUND);
}

#define N_TRACED 2000

/* Sets the notes of @n persons from the one at @first on, new ones or not, as one commit. */
static void
write_notes (KafFixture *f, KafRandom *random, char **ids, guint first, guint n)
{
  g_autoptr (KafChangeSet) set = kaf_change_set_new ("edit");
  g_autoptr (KafReceipt) receipt = NULL;
  g_autoptr (GError) error = NULL;

  for (guint i = 0; i < n; i++)
    {
      guint at = (first + i * 7) % N_TRACED;
      gboolean is_new = ids[at] == NULL;
      g_autofree char *fill = g_strnfill (20 + kaf_random_below (random, 1400), 'x');
      g_autofree char *notes = g_strdup_printf ("Kanari%04u%s", at, fill);
      g_autoptr (KafRecord) record = NULL;

      if (is_new)
        ids[at] = kaf_id_new (f->clock, random);
      record = kaf_record_new (person (), ids[at]);
      kaf_record_set (record, "notes", notes);
      if (is_new)
        kaf_record_set (record, "family_name", "Alami");
      if (is_new)
        kaf_change_set_create (set, record);
      else
        kaf_change_set_update (set, record);
    }
  receipt = kaf_commit (f->db, set, NULL, NULL, &error);
  g_assert_no_error (error);
}

/* Many records of all lengths, edited over and over: pages are shared out anew, and copies of what moved stay in
 * their free parts. Of those erased none is left. */
static void
test_traces (void)
{
  g_autoptr (KafFixture) f = kaf_fixture_new ();
  g_autoptr (KafRandom) random = kaf_random_new_seeded (5);
  g_autoptr (GPtrArray) told = g_ptr_array_new_with_free_func ((GDestroyNotify) kaf_erased_free);
  char *ids[N_TRACED] = { NULL };
  g_autofree char *data = NULL;
  gsize size;

  for (guint i = 0; i < N_TRACED; i += 100)
    write_notes (f, random, ids, i * 7, 100);
  for (guint i = 0; i < 20; i++)
    write_notes (f, random, ids, kaf_random_below (random, N_TRACED), 100);
  for (guint i = 0; i < N_TRACED; i += 4)
    g_ptr_array_add (told, kaf_erased_new (0, person (), ids[i]));
  g_assert_true (kaf_erase_told (f->db, told, 1, NULL));
  g_assert_true (g_file_get_contents (f->path, &data, &size, NULL));
  for (guint i = 0; i < N_TRACED; i++)
    {
      g_autofree char *needle = g_strdup_printf ("Kanari%04u", i);

      g_assert_true ((memmem (data, size, needle, strlen (needle)) != NULL) == (i % 4 != 0));
      g_free (ids[i]);
    }
}

static void
test_never_again (void)
{
  g_autoptr (KafFixture) f = kaf_fixture_new ();
  g_autofree char *id = kaf_fixture_create (f, "person", NULL, "family_name", "Canaryo", NULL);
  g_autoptr (KafRecord) record = kaf_record_new (person (), id);
  g_autoptr (KafChangeSet) set = kaf_change_set_new ("create");
  g_autoptr (KafReceipt) receipt = NULL;

  kaf_record_set (record, "family_name", "Canaryo");
  kaf_change_set_create (set, record);
  g_assert_true (kaf_erase (f->db, person (), id, "asked", NULL));
  for (guint i = 0; i < 2; i++)
    {
      g_autoptr (GError) error = NULL;

      receipt = kaf_commit (f->db, set, NULL, NULL, &error);
      g_assert_error (error, KAF_STORE_ERROR, KAF_STORE_ERROR_REFUSED);
      g_assert_null (receipt);
      kaf_fixture_reopen (f);
    }
  kaf_fixture_assert_whole (f);
}

static void
test_drafts (void)
{
  g_autoptr (KafFixture) f = kaf_fixture_new ();
  g_autofree char *id = kaf_fixture_create (f, "person", NULL, "family_name", "Canaryo", NULL);
  g_autofree char *named = g_strdup_printf ("{\"person\":\"%s\"}", id);
  g_autofree char *slot = g_strdup_printf ("new:%s", id);
  g_autoptr (GPtrArray) drafts = NULL;

  kaf_draft_save (f->db, person (), id, "{\"family_name\":\"Canarya\"}", NULL);
  kaf_draft_save (f->db, kaf_registry_find ("expert"), "new", "{\"family_name\":\"CANARYO\"}",
                  NULL);
  kaf_draft_save (f->db, kaf_registry_find ("contact"), "new", named, NULL);
  kaf_draft_save (f->db, kaf_registry_find ("expert"), slot, "{\"mode\":\"x\"}", NULL);
  kaf_draft_save (f->db, kaf_registry_find ("organisation"), "new", "{}", NULL);
  g_assert_true (kaf_erase (f->db, person (), id, "asked", NULL));
  drafts = kaf_draft_list (f->db, NULL);
  g_assert_cmpuint (drafts->len, ==, 1);
  g_assert_cmpstr (((KafDraft *) g_ptr_array_index (drafts, 0))->entity->id, ==, "organisation");
  g_assert_false (file_holds (f->path, "CANARYO"));
}

/* A draft that merely names an erased record is kept without that name. */
static void
test_drafts_that_name (void)
{
  g_autoptr (KafFixture) f = kaf_fixture_new ();
  const KafEntity *mandate = kaf_registry_find ("organisation");
  g_autofree char *id =
      kaf_fixture_create (f, "organisation", NULL, "name_fr", "Canaryo", "kind", "network", NULL);
  g_autofree char *other =
      kaf_fixture_create (f, "organisation", NULL, "name_fr", "Autre", "kind", "network", NULL);
  g_autofree char *named = g_strdup_printf ("{\"name_fr\":\"Essai\",\"parent\":\"%s\"}", id);
  g_autoptr (KafDraft) draft = NULL;
  g_autoptr (KafDraft) later = NULL;
  g_autofree char *rest = NULL;

  kaf_draft_save (f->db, mandate, other, named, NULL);
  g_assert_true (kaf_erase (f->db, mandate, id, "asked", NULL));
  draft = kaf_draft_load (f->db, mandate, other);
  g_assert_nonnull (draft);
  g_assert_null (strstr (draft->fields, id));
  g_assert_nonnull (strstr (draft->fields, "Essai"));
  g_assert_nonnull (strstr (draft->fields, KAF_DRAFT_MARK));

  /* A form that is open still holds it. */
  g_assert_cmpint (kaf_draft_judge (f->db, mandate, other, named, &rest), ==, KAF_DRAFT_LEFT_OUT);
  g_assert_null (strstr (rest, id));
  g_assert_true (kaf_draft_save (f->db, mandate, other, named, NULL));
  later = kaf_draft_load (f->db, mandate, other);
  g_assert_null (strstr (later->fields, id));
  g_assert_nonnull (strstr (later->fields, "Essai"));
}

/* What a form goes on keeping of a record that another process erased meanwhile. */
static void
test_draft_after (void)
{
  g_autoptr (KafFixture) f = kaf_fixture_new ();
  g_autofree char *id = kaf_fixture_create (f, "person", NULL, "family_name", "Canaryo", NULL);
  g_autofree char *other = kaf_fixture_create (f, "person", NULL, "family_name", "Alami", NULL);
  g_autofree char *named = g_strdup_printf ("{\"person\":\"%s\"}", id);
  g_autofree char *slot = g_strdup_printf ("new:%s", id);
  const struct
  {
    const char *entity, *slot, *fields;
  } drafts[] = {
    { "person", id, "{\"city\":\"Fes\"}" },
    { "expert", slot, "{\"mode\":\"x\"}" },
    { "contact", "new", named },
  };
  g_autoptr (KafDatabase) second = kaf_database_open (f->path, KAF_OPEN_DEFAULT, NULL, NULL);
  g_autoptr (GPtrArray) left = NULL;

  g_assert_true (kaf_erase (second, person (), id, "asked", NULL));
  for (guint i = 0; i < G_N_ELEMENTS (drafts); i++)
    {
      g_autoptr (GError) error = NULL;

      g_assert_false (kaf_draft_save (f->db, kaf_registry_find (drafts[i].entity), drafts[i].slot,
                                      drafts[i].fields, &error));
      g_assert_error (error, KAF_STORE_ERROR, KAF_STORE_ERROR_NOT_FOUND);
    }
  g_assert_true (kaf_draft_save (f->db, person (), other, "{}", NULL));
  left = kaf_draft_list (f->db, NULL);
  g_assert_cmpuint (left->len, ==, 1);
  kaf_fixture_assert_whole (f);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/erase/restored-backup", test_restored_backup);
  g_test_add_func ("/erase/backups-of-migrations", test_backups_of_migrations);
  g_test_add_func ("/erase/archive", test_archive);
  g_test_add_func ("/erase/held", test_held);
  g_test_add_func ("/erase/named", test_named);
  g_test_add_func ("/erase/named-in-set", test_named_in_set);
  g_test_add_func ("/erase/cut-short", test_cut_short);
  g_test_add_func ("/erase/reader", test_reader);
  g_test_add_func ("/erase/traces", test_traces);
  g_test_add_func ("/erase/never-again", test_never_again);
  g_test_add_func ("/erase/drafts", test_drafts);
  g_test_add_func ("/erase/drafts-that-name", test_drafts_that_name);
  g_test_add_func ("/erase/draft-after", test_draft_after);
  return g_test_run ();
}
