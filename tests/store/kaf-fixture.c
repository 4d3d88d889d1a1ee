/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "kaf-fixture.h"

#include <glib/gstdio.h>
#include <stdarg.h>

#include "schema/kaf-registry.h"
#include "store/kaf-check.h"
#include "store/kaf-sync-state.h"

/* 22 November 2026, 10:00 UTC. */
#define NOW G_GINT64_CONSTANT (1795341600000000)

static void
open_store (KafFixture *self)
{
  KafEnvironment environment = { self->clock, self->random, "tester", NULL, NULL };
  g_autoptr (GError) error = NULL;

  self->db = kaf_database_open (self->path, KAF_OPEN_CREATE, &environment, &error);
  g_assert_no_error (error);
  g_assert_nonnull (self->db);
}

KafFixture *
kaf_fixture_new (void)
{
  return kaf_fixture_new_seeded (42);
}

KafFixture *
kaf_fixture_new_seeded (guint64 seed)
{
  KafFixture *self = g_new0 (KafFixture, 1);

  self->folder = g_dir_make_tmp ("kafaat-test-XXXXXX", NULL);
  self->path = g_build_filename (self->folder, "store.db", NULL);
  self->clock = kaf_clock_new_manual (NOW);
  self->random = kaf_random_new_seeded (seed);
  open_store (self);
  return self;
}

void
kaf_fixture_remove_folder (const char *folder)
{
  g_autoptr (GDir) dir = g_dir_open (folder, 0, NULL);
  const char *name;

  while (dir != NULL && (name = g_dir_read_name (dir)) != NULL)
    {
      g_autofree char *path = g_build_filename (folder, name, NULL);

      if (g_file_test (path, G_FILE_TEST_IS_DIR) && !g_file_test (path, G_FILE_TEST_IS_SYMLINK))
        kaf_fixture_remove_folder (path);
      else
        g_unlink (path);
    }
  g_rmdir (folder);
}

void
kaf_fixture_free (KafFixture *self)
{
  kaf_database_close (self->db);
  kaf_fixture_remove_folder (self->folder);
  kaf_clock_unref (self->clock);
  kaf_random_unref (self->random);
  g_free (self->folder);
  g_free (self->path);
  g_free (self);
}

void
kaf_fixture_reopen (KafFixture *self)
{
  kaf_database_close (self->db);
  open_store (self);
}

static KafRecord *
read_pairs (const char *entity, const char *id, va_list args)
{
  KafRecord *record = kaf_record_new (kaf_registry_find (entity), id);
  const char *field;

  while ((field = va_arg (args, const char *)) != NULL)
    kaf_record_set (record, field, va_arg (args, const char *));
  return record;
}

char *
kaf_fixture_create (KafFixture *self, const char *entity, const char *id, ...)
{
  g_autoptr (KafChangeSet) set = kaf_change_set_new ("create");
  g_autoptr (KafReceipt) receipt = NULL;
  g_autoptr (KafRecord) record = NULL;
  g_autoptr (GError) error = NULL;
  va_list args;

  va_start (args, id);
  record = read_pairs (entity, id, args);
  va_end (args);
  kaf_change_set_create (set, record);
  receipt = kaf_commit (self->db, set, NULL, NULL, &error);
  g_assert_no_error (error);
  return g_strdup (g_ptr_array_index (receipt->ids, 0));
}

KafReceipt *
kaf_fixture_update (KafFixture *self, const char *entity, const char *id, ...)
{
  g_autoptr (KafChangeSet) set = kaf_change_set_new ("edit");
  g_autoptr (KafRecord) record = NULL;
  g_autoptr (GError) error = NULL;
  KafReceipt *receipt;
  va_list args;

  va_start (args, id);
  record = read_pairs (entity, id, args);
  va_end (args);
  kaf_change_set_update (set, record);
  receipt = kaf_commit (self->db, set, NULL, NULL, &error);
  g_assert_no_error (error);
  return receipt;
}

void
kaf_fixture_delete (KafFixture *self, const char *entity, const char *id)
{
  g_autoptr (KafChangeSet) set = kaf_change_set_new ("delete");
  g_autoptr (KafReceipt) receipt = NULL;
  g_autoptr (GError) error = NULL;

  kaf_change_set_delete (set, kaf_registry_find (entity), id);
  receipt = kaf_commit (self->db, set, NULL, NULL, &error);
  g_assert_no_error (error);
}

char *
kaf_fixture_get (KafFixture *self, const char *entity, const char *id, const char *field)
{
  g_autoptr (KafRecord) record = kaf_read_record (self->db, kaf_registry_find (entity), id, NULL);

  g_assert_nonnull (record);
  return g_strdup (kaf_record_get (record, field));
}

void
kaf_fixture_be (KafDatabase *db, const char *role)
{
  g_autoptr (GError) error = NULL;

  kaf_sync_enroll (db, "https://hub.example", "amina", role, kaf_sync_get_device (db), &error);
  g_assert_no_error (error);
}

void
kaf_fixture_assert_field (
    KafFixture *self, const char *entity, const char *id, const char *field, const char *value)
{
  g_autofree char *stands = kaf_fixture_get (self, entity, id, field);

  g_assert_cmpstr (stands, ==, value);
}

void
kaf_fixture_assert_whole (KafFixture *self)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) findings = kaf_check (self->db, NULL, &error);

  g_assert_no_error (error);
  for (guint i = 0; i < findings->len; i++)
    g_test_message ("%s", (char *) g_ptr_array_index (findings, i));
  g_assert_cmpuint (findings->len, ==, 0);
}

GPtrArray *
kaf_fixture_search (KafFixture *self, const char *entity, const char *text)
{
  g_autoptr (KafQuery) query = kaf_query_new (kaf_registry_find (entity));
  g_autoptr (GPtrArray) rows = NULL;
  g_autoptr (GError) error = NULL;
  GPtrArray *ids = g_ptr_array_new_with_free_func (g_free);

  kaf_query_set_text (query, text);
  rows = kaf_page_read (self->db, query, NULL, KAF_LANG_FR, 0, 50, NULL, NULL, &error);
  g_assert_no_error (error);
  for (guint i = 0; i < rows->len; i++)
    g_ptr_array_add (ids, g_strdup (((KafRow *) g_ptr_array_index (rows, i))->id));
  return ids;
}
