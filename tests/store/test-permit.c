/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What the hub would refuse of the user's role is refused before it is typed and where it is written; a store without a
 * hub, and what the hub itself tells, is written as ever. */
#include "config.h"

#include <glib/gstdio.h>
#include <string.h>

#include "exchange/kaf-import.h"
#include "kaf-fixture.h"
#include "schema/kaf-registry.h"
#include "store/kaf-attachments.h"
#include "store/kaf-permit.h"
#include "store/kaf-store.h"

static KafReceipt *
create (KafFixture *f, const char *entity, const char *field, const char *value, GError **error)
{
  g_autoptr (KafRecord) record = kaf_record_new (kaf_registry_find (entity), NULL);
  g_autoptr (KafChangeSet) set = kaf_change_set_new ("create");

  kaf_record_set (record, field, value);
  if (g_str_equal (entity, "convention"))
    kaf_record_set (record, "kind", "framework");
  kaf_change_set_create (set, record);
  return kaf_commit (f->db, set, NULL, NULL, error);
}

static void
assert_refused (KafReceipt *receipt, GError **error, const char *role)
{
  g_assert_null (receipt);
  g_assert_error (*error, KAF_STORE_ERROR, KAF_STORE_ERROR_FORBIDDEN);
  g_assert_nonnull (g_strstr_len ((*error)->message, -1, role));
  g_clear_error (error);
}

/* One whom the hub does not let write conventions. */
static void
test_role (void)
{
  g_autoptr (KafFixture) f = kaf_fixture_new ();
  g_autofree char *before =
      kaf_fixture_create (f, "convention", NULL, "title_fr", "Cadre", "kind", "framework", NULL);
  g_autoptr (KafReceipt) receipt = NULL;
  GError *error = NULL;

  kaf_fixture_be (f->db, "agent");
  assert_refused (create (f, "convention", "title_fr", "Autre", &error), &error, "Agent");
  {
    g_autoptr (KafRecord) change = kaf_record_new (kaf_registry_find ("convention"), before);
    g_autoptr (KafChangeSet) set = kaf_change_set_new ("edit");
    g_autoptr (KafChangeSet) delete = kaf_change_set_new ("delete");

    kaf_record_set (change, "number", "7");
    kaf_change_set_update (set, change);
    assert_refused (kaf_commit (f->db, set, NULL, NULL, &error), &error, "Agent");
    kaf_change_set_delete (delete, kaf_registry_find ("convention"), before);
    assert_refused (kaf_commit (f->db, delete, NULL, NULL, &error), &error, "Agent");
  }
  receipt = create (f, "person", "family_name", "Alami", &error);
  g_assert_no_error (error);
  g_clear_pointer (&receipt, kaf_receipt_unref);

  kaf_fixture_be (f->db, "manager");
  receipt = create (f, "convention", "title_fr", "Autre", &error);
  g_assert_no_error (error);
  g_clear_pointer (&receipt, kaf_receipt_unref);

  /* Of one that a later program brings, the hub judges. */
  kaf_fixture_be (f->db, "inspector");
  receipt = create (f, "convention", "title_fr", "Encore", &error);
  g_assert_no_error (error);
  kaf_fixture_assert_whole (f);
}

static KafReceipt *
attach (KafFixture *f, const char *entity, const char *id, char **attachment, GError **error)
{
  g_autofree char *path = g_build_filename (f->folder, "file.txt", NULL);
  g_autoptr (GFile) source = g_file_new_for_path (path);
  KafReceipt *receipt;

  g_assert_true (g_file_set_contents (path, id, -1, NULL));
  receipt = kaf_attachment_add (f->db, kaf_registry_find (entity), id, NULL, source, NULL, NULL,
                                attachment, NULL, error);
  g_unlink (path);
  return receipt;
}

/* A signed copy engages the State as the convention does. */
static void
test_file (void)
{
  g_autoptr (KafFixture) f = kaf_fixture_new ();
  g_autofree char *convention =
      kaf_fixture_create (f, "convention", NULL, "title_fr", "Cadre", "kind", "framework", NULL);
  g_autofree char *person = kaf_fixture_create (f, "person", NULL, "family_name", "Alami", NULL);
  g_autofree char *first = NULL;
  g_autofree char *second = NULL;
  g_autoptr (KafReceipt) before = attach (f, "convention", convention, &first, NULL);
  g_autoptr (KafReceipt) receipt = NULL;
  g_autoptr (KafChangeSet) set = kaf_change_set_new ("delete");
  GError *error = NULL;

  g_assert_nonnull (before);
  kaf_fixture_be (f->db, "agent");
  assert_refused (attach (f, "convention", convention, NULL, &error), &error, "Agent");
  kaf_change_set_delete (set, kaf_registry_find ("attachment"), first);
  assert_refused (kaf_commit (f->db, set, NULL, NULL, &error), &error, "Agent");
  receipt = attach (f, "person", person, &second, &error);
  g_assert_no_error (error);
}

/* To what each role attaches files: to what it keeps of a mission's file, whatever class their names are of; the signed
 * copy of a convention is a manager's. */
static void
test_files_of_roles (void)
{
  static const struct
  {
    const char *role;
    gboolean mission, need, item, person, convention;
  } cases[] = {
    { "agent", TRUE, TRUE, TRUE, TRUE, FALSE },
    { "manager", TRUE, TRUE, TRUE, TRUE, TRUE },
    { "consular-relay", FALSE, FALSE, FALSE, TRUE, FALSE },
    { "regional-officer", TRUE, TRUE, FALSE, FALSE, FALSE },
    { "facilitator", TRUE, TRUE, TRUE, TRUE, FALSE },
    { "partner", FALSE, FALSE, FALSE, FALSE, FALSE },
    { "protection-officer", FALSE, FALSE, FALSE, FALSE, FALSE },
    { "direction", FALSE, FALSE, FALSE, FALSE, FALSE },
    { "administrator", FALSE, FALSE, FALSE, FALSE, FALSE },
  };
  g_autoptr (KafFixture) f = kaf_fixture_new ();
  g_autofree char *mission =
      kaf_fixture_create (f, "mission", NULL, "title_fr", "Soins", "starts_on", "2027-01-04", NULL);
  g_autofree char *need = kaf_fixture_create (f, "need", NULL, "title_fr", "Soins", NULL);
  g_autofree char *item = kaf_fixture_create (f, "programme_item", NULL, "mission", mission,
                                              "subject_fr", "Triage", NULL);
  g_autofree char *person = kaf_fixture_create (f, "person", NULL, "family_name", "Alami", NULL);
  g_autofree char *convention =
      kaf_fixture_create (f, "convention", NULL, "title_fr", "Cadre", "kind", "framework", NULL);

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      const struct
      {
        const char *entity, *id;
        gboolean may;
      } owners[] = { { "mission", mission, cases[i].mission },
                     { "need", need, cases[i].need },
                     { "programme_item", item, cases[i].item },
                     { "person", person, cases[i].person },
                     { "convention", convention, cases[i].convention } };

      kaf_fixture_be (f->db, cases[i].role);
      for (gsize j = 0; j < G_N_ELEMENTS (owners); j++)
        {
          g_autofree char *file = NULL;
          g_autoptr (GError) error = NULL;
          g_autoptr (KafReceipt) receipt =
              attach (f, owners[j].entity, owners[j].id, &file, &error);

          g_test_message ("%s, %s", cases[i].role, owners[j].entity);
          g_assert_true ((receipt != NULL) == owners[j].may);
          if (receipt != NULL)
            kaf_fixture_delete (f, "attachment", file);
          else
            g_assert_error (error, KAF_STORE_ERROR, KAF_STORE_ERROR_FORBIDDEN);
        }
    }
}

/* Who writes a part of a record, and could not make it, does not delete it. */
static void
test_deletion (void)
{
  static const char *const roles[] = { "partner", "regional-officer" };
  g_autoptr (KafFixture) f = kaf_fixture_new ();
  g_autofree char *person = kaf_fixture_create (f, "person", NULL, "family_name", "Alami", NULL);
  g_autofree char *expert = kaf_fixture_create (f, "expert", person, "headline_fr", "Soins", NULL);
  GError *error = NULL;

  for (guint i = 0; i < G_N_ELEMENTS (roles); i++)
    {
      g_autoptr (KafChangeSet) set = kaf_change_set_new ("delete");

      kaf_fixture_be (f->db, roles[i]);
      kaf_change_set_delete (set, kaf_registry_find (i == 0 ? "expert" : "person"), person);
      assert_refused (kaf_commit (f->db, set, NULL, NULL, &error), &error,
                      i == 0 ? "Partner" : "Regional officer");
    }
  kaf_fixture_be (f->db, "consular-relay");
  kaf_fixture_delete (f, "person", person);
}

/* Who does not keep the lists adds to them. */
static void
test_list (void)
{
  g_autoptr (KafFixture) f = kaf_fixture_new ();
  const KafEntity *domain = kaf_registry_find ("domain");
  g_autoptr (KafRecord) item = kaf_record_new (domain, NULL);
  g_autoptr (KafRecord) change = kaf_record_new (domain, "kanari");
  g_autoptr (KafChangeSet) add = kaf_change_set_new ("create");
  g_autoptr (KafChangeSet) edit = kaf_change_set_new ("edit");
  g_autoptr (KafReceipt) receipt = NULL;
  g_autoptr (KafReceipt) later = NULL;
  GError *error = NULL;

  kaf_fixture_be (f->db, "agent");
  kaf_record_set (item, "code", "kanari");
  kaf_record_set (item, "name_fr", "Élevage");
  kaf_change_set_create (add, item);
  receipt = kaf_commit (f->db, add, NULL, NULL, &error);
  g_assert_no_error (error);
  kaf_record_set (change, "name_fr", "Élevage d’oiseaux");
  kaf_change_set_update (edit, change);
  assert_refused (kaf_commit (f->db, edit, NULL, NULL, &error), &error, "Agent");
  kaf_fixture_be (f->db, "administrator");
  later = kaf_commit (f->db, edit, NULL, NULL, &error);
  g_assert_no_error (error);
}

/* On the interface's side */

static void
keep_result (GObject *source, GAsyncResult *result, gpointer data)
{
  (void) source;
  *(GAsyncResult **) data = g_object_ref (result);
}

static GAsyncResult *
wait_for (GAsyncResult **result)
{
  while (*result == NULL)
    g_main_context_iteration (NULL, TRUE);
  return *result;
}

static gpointer
become (KafDatabase *db, gpointer data, GCancellable *cancellable, GError **error)
{
  (void) cancellable;
  (void) error;
  kaf_fixture_be (db, data);
  return NULL;
}

static void
become_in (KafStore *store, const char *role)
{
  g_autoptr (GAsyncResult) result = NULL;

  kaf_store_run_async (store, KAF_LANE_WRITE, become, (gpointer) role, NULL, NULL, NULL,
                       keep_result, &result);
  kaf_store_run_finish (store, wait_for (&result), NULL);
}

static void
count (guint *n)
{
  ++*n;
}

/* The window is told when the role has changed, and asks without waiting. */
static void
test_store (void)
{
  g_autoptr (KafFixture) f = kaf_fixture_new ();
  const KafEntity *convention = kaf_registry_find ("convention");
  g_autoptr (GAsyncResult) opened = NULL;
  g_autoptr (KafStore) store = NULL;
  g_autofree char *sentence = NULL;
  g_autofree char *unmade = NULL;
  guint n_changes = 0;

  kaf_store_open_async (f->path, KAF_OPEN_DEFAULT, NULL, NULL, keep_result, &opened);
  store = kaf_store_open_finish (wait_for (&opened), NULL);
  g_assert_true (kaf_store_may_write (store, convention));
  g_assert_null (kaf_store_explain_forbidden (store, convention));
  g_signal_connect_swapped (store, "changed", G_CALLBACK (count), &n_changes);

  become_in (store, "agent");
  g_assert_false (kaf_store_may_write (store, convention));
  g_assert_true (kaf_store_may_write (store, kaf_registry_find ("person")));
  sentence = kaf_store_explain_forbidden (store, convention);
  g_assert_nonnull (g_strstr_len (sentence, -1, "Conventions"));
  while (n_changes == 0)
    g_main_context_iteration (NULL, TRUE);

  become_in (store, "manager");
  g_assert_true (kaf_store_may_write (store, convention));
  g_assert_null (kaf_store_explain_unmade (store, convention));

  /* She changes how to reach a person; names, which each has, she does not write. */
  become_in (store, "regional-officer");
  g_assert_null (kaf_store_explain_forbidden (store, kaf_registry_find ("person")));
  g_assert_false (kaf_store_may_make (store, kaf_registry_find ("person")));
  unmade = kaf_store_explain_unmade (store, kaf_registry_find ("person"));
  g_assert_nonnull (g_strstr_len (unmade, -1, "not adding"));
  kaf_store_close (store);
}

/* A file that comes back from a spreadsheet: what it leaves as it is may stand in it, and what the role may not write is
 * told by line and column before anything is written. */
static void
test_import (void)
{
  g_autoptr (KafFixture) f = kaf_fixture_new ();
  const KafEntity *person = kaf_registry_find ("person");
  g_autofree char *id =
      kaf_fixture_create (f, "person", NULL, "family_name", "Alami", "gender", "f", NULL);
  g_autofree char *path = g_build_filename (f->folder, "list.csv", NULL);
  g_autoptr (GFile) file = g_file_new_for_path (path);
  static const char *const genders[] = { "f", "m" };

  kaf_fixture_be (f->db, "regional-officer");
  for (guint i = 0; i < G_N_ELEMENTS (genders); i++)
    {
      g_autofree char *text =
          g_strdup_printf ("id,family_name,gender,city\n%s,Alami,%s,Agadir\n", id, genders[i]);
      g_autoptr (KafImportReport) report = NULL;
      g_autoptr (GError) error = NULL;

      g_file_set_contents (path, text, -1, &error);
      g_assert_no_error (error);
      kaf_import_run (f->db, person, file, NULL, NULL, &report, &error);
      g_assert_no_error (error);
      g_assert_cmpuint (report->n_faults, ==, i);
      if (i > 0)
        g_assert_nonnull (
            strstr (((KafImportFault *) report->faults->pdata[0])->sentence, "Gender"));
    }
  kaf_fixture_assert_field (f, "person", id, "city", "Agadir");
  kaf_fixture_assert_field (f, "person", id, "gender", "f");
}

/* The direction has figures, of nobody in particular; those who work on files have the files. */
static void
test_totals (void)
{
  static const char *const others[] = { "agent", "manager", "protection-officer",
                                        "consular-relay" };
  g_autoptr (KafFixture) f = kaf_fixture_new ();
  g_autoptr (KafQuery) query = kaf_query_new (kaf_registry_find ("expert"));
  GError *error = NULL;

  g_assert_true (kaf_permit_check_records (f->db, &error));
  g_assert_no_error (error);
  kaf_fixture_be (f->db, "direction");
  g_assert_false (kaf_permit_check_records (f->db, &error));
  g_assert_error (error, KAF_STORE_ERROR, KAF_STORE_ERROR_FORBIDDEN);
  g_assert_nonnull (strstr (error->message, "Direction"));
  g_clear_error (&error);
  g_assert_false (kaf_permit_check_query (f->db, query, &error));
  g_assert_error (error, KAF_STORE_ERROR, KAF_STORE_ERROR_FORBIDDEN);
  g_clear_error (&error);
  for (guint i = 0; i < G_N_ELEMENTS (others); i++)
    {
      kaf_fixture_be (f->db, others[i]);
      g_assert_true (kaf_permit_check_records (f->db, &error));
      g_assert_true (kaf_permit_check_query (f->db, query, &error));
      g_assert_no_error (error);
    }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/permit/role", test_role);
  g_test_add_func ("/permit/import", test_import);
  g_test_add_func ("/permit/totals", test_totals);
  g_test_add_func ("/permit/file", test_file);
  g_test_add_func ("/permit/files-of-roles", test_files_of_roles);
  g_test_add_func ("/permit/deletion", test_deletion);
  g_test_add_func ("/permit/list", test_list);
  g_test_add_func ("/permit/store", test_store);
  return g_test_run ();
}
