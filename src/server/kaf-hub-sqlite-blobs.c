/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What came of the contents of files, and which attachments name them, in the hub's SQLite file. */
#include "config.h"

#include "server/kaf-hub-sqlite-private.h"

void
kaf_hub_blob_clear (KafHubBlob *self)
{
  g_clear_pointer (&self->user, g_free);
  g_clear_pointer (&self->came, g_bytes_unref);
}

static KafSqlite *
get_db (KafHubStorage *self)
{
  return ((KafHubSqlite *) self)->db;
}

/* Runs @sql with one or two texts. */
static gboolean
run (KafHubStorage *self, const char *sql, const char *one, const char *two, GError **error)
{
  KafSqliteRows *rows = kaf_sqlite_prepare (get_db (self), sql, error);

  if (rows == NULL)
    return FALSE;
  kaf_sqlite_bind_text (rows, 1, one);
  if (two != NULL)
    kaf_sqlite_bind_text (rows, 2, two);
  return kaf_sqlite_run (get_db (self), rows, error);
}

gboolean
kaf_hub_sqlite_name_blob (KafHubStorage *self, const KafHubRecord *record, GError **error)
{
  const KafHubPart *part = record->parts->len > 0 ? g_ptr_array_index (record->parts, 0) : NULL;
  const char *sha256;

  if (part == NULL || !g_str_equal (record->root->id, "attachment"))
    return TRUE;
  sha256 = kaf_record_get (part->record, "sha256");
  return run (self, "DELETE FROM blob_name WHERE id = ?", record->id, NULL, error) &&
         (sha256 == NULL || run (self, "INSERT OR IGNORE INTO blob_name (sha256, id) VALUES (?, ?)",
                                 sha256, record->id, error));
}

/* The texts of the first column, to the end. */
static GPtrArray *
collect (KafHubStorage *self, KafSqliteRows *rows, GError **error)
{
  g_autoptr (GPtrArray) texts = g_ptr_array_new_with_free_func (g_free);
  GError *local = NULL;

  while (kaf_sqlite_step (get_db (self), rows, &local))
    g_ptr_array_add (texts, g_strdup (kaf_sqlite_text (rows, 0)));
  if (local == NULL)
    return g_steal_pointer (&texts);
  g_propagate_error (error, local);
  return NULL;
}

GPtrArray *
kaf_hub_sqlite_find_blob_names (KafHubStorage *self, const char *sha256, GError **error)
{
  g_autoptr (KafSqliteRows) rows =
      kaf_sqlite_prepare (get_db (self), "SELECT id FROM blob_name WHERE sha256 = ?", error);

  if (rows == NULL)
    return NULL;
  kaf_sqlite_bind_text (rows, 1, sha256);
  return collect (self, rows, error);
}

gboolean
kaf_hub_sqlite_read_blob (KafHubStorage *self, const char *sha256, KafHubBlob *blob, GError **error)
{
  g_autoptr (KafSqliteRows) rows = kaf_sqlite_prepare (
      get_db (self), "SELECT size, user, at, came FROM blob WHERE sha256 = ?", error);
  GError *local = NULL;
  gconstpointer came;
  gsize size;

  *blob = (KafHubBlob){ .size = -1 };
  if (rows == NULL)
    return FALSE;
  kaf_sqlite_bind_text (rows, 1, sha256);
  if (!kaf_sqlite_step (get_db (self), rows, &local))
    {
      if (local != NULL)
        g_propagate_error (error, local);
      return local == NULL;
    }
  came = kaf_sqlite_blob (rows, 3, &size);
  *blob =
      (KafHubBlob){ kaf_sqlite_integer (rows, 0), g_strdup (kaf_sqlite_text (rows, 1)),
                    kaf_sqlite_integer (rows, 2), came != NULL ? g_bytes_new (came, size) : NULL };
  return TRUE;
}

gboolean
kaf_hub_sqlite_write_blob (KafHubStorage *self,
                           const char *sha256,
                           const KafHubBlob *blob,
                           GError **error)
{
  KafSqliteRows *rows = kaf_sqlite_prepare (
      get_db (self),
      "INSERT OR REPLACE INTO blob (sha256, size, user, at, came) VALUES (?, ?, ?, ?, ?)", error);
  gconstpointer came;
  gsize size;

  if (rows == NULL)
    return FALSE;
  kaf_sqlite_bind_text (rows, 1, sha256);
  kaf_sqlite_bind_integer (rows, 2, blob->size);
  kaf_sqlite_bind_text (rows, 3, blob->user);
  kaf_sqlite_bind_integer (rows, 4, blob->at);
  came = blob->came != NULL ? g_bytes_get_data (blob->came, &size) : NULL;
  if (came != NULL)
    kaf_sqlite_bind_blob (rows, 5, came, size);
  return kaf_sqlite_run (get_db (self), rows, error);
}

gboolean
kaf_hub_sqlite_drop_blob (KafHubStorage *self, const char *sha256, GError **error)
{
  return run (self, "DELETE FROM blob WHERE sha256 = ?", sha256, NULL, error);
}

gboolean
kaf_hub_sqlite_sum_blobs (KafHubStorage *self, const char *user, gint64 *size, GError **error)
{
  g_autoptr (KafSqliteRows) rows =
      kaf_sqlite_prepare (get_db (self), "SELECT sum (size) FROM blob WHERE user = ?", error);
  GError *local = NULL;

  *size = 0;
  if (rows == NULL)
    return FALSE;
  kaf_sqlite_bind_text (rows, 1, user);
  if (kaf_sqlite_step (get_db (self), rows, &local))
    *size = kaf_sqlite_integer (rows, 0);
  if (local == NULL)
    return TRUE;
  g_propagate_error (error, local);
  return FALSE;
}

GPtrArray *
kaf_hub_sqlite_list_stale_blobs (KafHubStorage *self, gint64 since, GError **error)
{
  g_autoptr (KafSqliteRows) rows = kaf_sqlite_prepare (
      get_db (self), "SELECT sha256 FROM blob WHERE at < ? AND came IS NOT NULL", error);

  if (rows == NULL)
    return NULL;
  kaf_sqlite_bind_integer (rows, 1, since);
  return collect (self, rows, error);
}
