/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Erasing in the hub's SQLite file: rows, references, and what the journal tells. */
#include "config.h"

#include <string.h>

#include "schema/kaf-registry.h"
#include "server/kaf-hub-erase.h"
#include "server/kaf-hub-quarantine.h"
#include "server/kaf-hub-sqlite-private.h"
#include "sync/kaf-json.h"
#include "sync/kaf-operation.h"

static KafSqlite *
get_db (KafHubStorage *self)
{
  return ((KafHubSqlite *) self)->db;
}

/* Above so many a payload is read at once rather than looked through for each. */
#define LOOKED_FOR_MAX 32

gboolean
kaf_hub_sqlite_may_tell (const char *payload, GHashTable *ids)
{
  GHashTableIter iter;
  gpointer id;

  if (g_hash_table_size (ids) > LOOKED_FOR_MAX || strstr (payload, "\\u") != NULL)
    return TRUE;
  g_hash_table_iter_init (&iter, ids);
  while (g_hash_table_iter_next (&iter, &id, NULL))
    if (strstr (payload, id) != NULL)
      return TRUE;
  return FALSE;
}

/* Of groups that tell of one of @ids, what they tell of others stays. */
static gboolean
strip_groups (KafHubStorage *self, GHashTable *ids, GError **error)
{
  g_autoptr (KafSqliteRows) rows =
      kaf_sqlite_prepare (get_db (self), "SELECT device, dseq, payload FROM op_group", error);
  gboolean found = TRUE;

  if (rows == NULL)
    return FALSE;
  while (found)
    {
      g_autofree char *rest = NULL;
      KafSqliteRows *write;
      const char *payload;

      if (!kaf_hub_sqlite_step_once (self, rows, &found, error))
        return FALSE;
      payload = found ? kaf_sqlite_text (rows, 2) : NULL;
      rest = payload != NULL && kaf_hub_sqlite_may_tell (payload, ids)
                 ? kaf_operation_strip (payload, ids)
                 : NULL;
      if (rest == NULL || g_str_equal (rest, payload))
        continue;
      write = kaf_sqlite_prepare (
          get_db (self), "UPDATE op_group SET payload = ? WHERE device = ? AND dseq = ?", error);
      if (write == NULL)
        return FALSE;
      kaf_sqlite_bind_text (write, 1, rest);
      kaf_sqlite_bind_integer (write, 2, kaf_sqlite_integer (rows, 0));
      kaf_sqlite_bind_integer (write, 3, kaf_sqlite_integer (rows, 1));
      if (!kaf_sqlite_run (get_db (self), write, error))
        return FALSE;
    }
  return TRUE;
}

static gboolean
find_record (KafHubStorage *self, const char *id, gboolean *found, GError **error)
{
  g_autoptr (KafSqliteRows) rows =
      kaf_sqlite_prepare (get_db (self), "SELECT 1 FROM record WHERE id = ?", error);

  if (rows == NULL)
    return FALSE;
  kaf_sqlite_bind_text (rows, 1, id);
  return kaf_hub_sqlite_step_once (self, rows, found, error);
}

/* Adds to @ids what @payload made, that belongs to one of them and was not taken. */
static gboolean
add_refused (KafHubStorage *self, const char *payload, GHashTable *ids, GError **error)
{
  g_autoptr (GPtrArray) operations = kaf_operation_parse (payload, strlen (payload), NULL);

  for (guint i = 0; operations != NULL && i < operations->len; i++)
    {
      const KafOperation *op = g_ptr_array_index (operations, i);
      gboolean kept;

      if (op->kind != KAF_CHANGE_CREATE || !kaf_hub_erase_belongs (op, ids))
        continue;
      if (!find_record (self, kaf_operation_get_id (op), &kept, error))
        return FALSE;
      if (!kept)
        g_hash_table_add (ids, g_strdup (kaf_operation_get_id (op)));
    }
  return TRUE;
}

/* What was refused of what belongs to them is no record, and is in the journal all the same. */
static gboolean
find_refused (KafHubStorage *self, GHashTable *ids, GError **error)
{
  g_autoptr (KafSqliteRows) rows =
      kaf_sqlite_prepare (get_db (self),
                          "SELECT payload FROM op_group WHERE payload IS NOT NULL AND"
                          " (verdict LIKE 'rejected%' OR verdict LIKE 'quarantined%')",
                          error);
  gboolean found = TRUE;

  if (rows == NULL)
    return FALSE;
  while (found)
    {
      if (!kaf_hub_sqlite_step_once (self, rows, &found, error))
        return FALSE;
      if (found && kaf_hub_sqlite_may_tell (kaf_sqlite_text (rows, 0), ids) &&
          !add_refused (self, kaf_sqlite_text (rows, 0), ids, error))
        return FALSE;
    }
  return TRUE;
}

/* And what belongs to that in turn. */
static gboolean
find_all_refused (KafHubStorage *self, GHashTable *ids, GError **error)
{
  guint before;

  do
    {
      before = g_hash_table_size (ids);
      if (!find_refused (self, ids, error))
        return FALSE;
    }
  while (g_hash_table_size (ids) > before);
  return TRUE;
}

/* Why something of theirs was set aside is told to nobody any more. */
static gboolean
empty_settled (KafHubStorage *self, GHashTable *ids, GError **error)
{
  g_autoptr (GPtrArray) list = self->klass->list_meta (self, KAF_HUB_SETTLED, error);

  for (guint i = 0; list != NULL && i < list->len; i++)
    {
      const KafHubMeta *one = g_ptr_array_index (list, i);
      g_autofree char *id = kaf_hub_quarantine_name_settled (one->value);

      if (id != NULL && g_hash_table_contains (ids, id) &&
          !self->klass->set_meta (self, one->key, "", error))
        return FALSE;
    }
  return list != NULL;
}

static gboolean
run_for (KafHubStorage *self, const char *sql, const KafErased *victim, gint64 at, GError **error)
{
  KafSqliteRows *rows = kaf_sqlite_prepare (get_db (self), sql, error);

  if (rows == NULL)
    return FALSE;
  kaf_sqlite_bind_text (rows, 1, victim->root->id);
  kaf_sqlite_bind_text (rows, 2, victim->id);
  if (at > 0)
    kaf_sqlite_bind_integer (rows, 3, at);
  return kaf_sqlite_run (get_db (self), rows, error);
}

/* They are found by no index: of all victims on one walk. */
static gboolean
drop_refs (KafHubStorage *self, GPtrArray *victims, GError **error)
{
  g_autoptr (GString) ids = g_string_new ("[");
  KafSqliteRows *rows = kaf_sqlite_prepare (
      get_db (self), "DELETE FROM ref WHERE id IN (SELECT value FROM json_each (?))", error);

  if (rows == NULL)
    return FALSE;
  for (guint i = 0; i < victims->len; i++)
    {
      const KafErased *victim = g_ptr_array_index (victims, i);

      g_string_append (ids, i > 0 ? "," : "");
      kaf_json_append_string (ids, victim->id);
    }
  g_string_append_c (ids, ']');
  kaf_sqlite_bind_text (rows, 1, ids->str);
  return kaf_sqlite_run (get_db (self), rows, error);
}

gboolean
kaf_hub_sqlite_erase (KafHubStorage *self, GPtrArray *victims, gint64 at, GError **error)
{
  g_autoptr (GHashTable) ids = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);

  kaf_hub_cache_clear (((KafHubSqlite *) self)->cache);
  for (guint i = 0; i < victims->len; i++)
    {
      KafErased *victim = g_ptr_array_index (victims, i);

      g_hash_table_add (ids, g_strdup (victim->id));
      if (!run_for (self, "DELETE FROM record WHERE entity = ? AND id = ?", victim, 0, error) ||
          !run_for (self, "DELETE FROM parent WHERE entity = ? AND id = ?", victim, 0, error) ||
          !run_for (self, "DELETE FROM blob_name WHERE ?1 = 'attachment' AND id = ?2", victim, 0,
                    error) ||
          !run_for (self, "DELETE FROM paper WHERE ?1 = 'person' AND person = ?2", victim, 0,
                    error) ||
          !run_for (self, "INSERT OR IGNORE INTO erased (entity, id, at) VALUES (?, ?, ?)", victim,
                    at, error))
        return FALSE;
      victim->number = sqlite3_last_insert_rowid (kaf_sqlite_get_handle (get_db (self)));
    }
  return drop_refs (self, victims, error) && find_all_refused (self, ids, error) &&
         strip_groups (self, ids, error) && empty_settled (self, ids, error);
}

gboolean
kaf_hub_sqlite_is_erased (
    KafHubStorage *self, const char *entity, const char *id, gboolean *erased, GError **error)
{
  g_autoptr (KafSqliteRows) rows =
      kaf_sqlite_prepare (get_db (self), "SELECT 1 FROM erased WHERE id = ? AND entity = ?", error);

  if (rows == NULL)
    return FALSE;
  kaf_sqlite_lend_text (rows, 1, id, -1);
  kaf_sqlite_lend_text (rows, 2, entity, -1);
  return kaf_hub_sqlite_step_once (self, rows, erased, error);
}

GPtrArray *
kaf_hub_sqlite_read_erased (KafHubStorage *self, gint64 after, GError **error)
{
  g_autoptr (KafSqliteRows) rows = kaf_sqlite_prepare (
      get_db (self), "SELECT number, entity, id FROM erased WHERE number > ? ORDER BY number",
      error);
  g_autoptr (GPtrArray) list = g_ptr_array_new_with_free_func ((GDestroyNotify) kaf_erased_free);
  gboolean found = rows != NULL;

  if (rows == NULL)
    return NULL;
  kaf_sqlite_bind_integer (rows, 1, after);
  while (found)
    {
      const KafEntity *root;

      if (!kaf_hub_sqlite_step_once (self, rows, &found, error))
        return NULL;
      root = found ? kaf_registry_find (kaf_sqlite_text (rows, 1)) : NULL;
      if (root != NULL)
        g_ptr_array_add (
            list, kaf_erased_new (kaf_sqlite_integer (rows, 0), root, kaf_sqlite_text (rows, 2)));
    }
  return g_steal_pointer (&list);
}

/* What was removed is overwritten as it goes, and yet leaves copies where pages were shared out anew: the file
 * is written once more as a whole. */
gboolean
kaf_hub_sqlite_scrub (KafHubStorage *self, GError **error)
{
  KafSqlite *db = get_db (self);

  return kaf_sqlite_exec (db, "VACUUM", error) && kaf_sqlite_empty_log (db, error);
}
