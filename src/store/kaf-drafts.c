/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "store/kaf-drafts.h"

#include <string.h>

#include "schema/kaf-registry.h"
#include "store/kaf-ledger.h"

void
kaf_draft_free (KafDraft *self)
{
  g_free (self->slot);
  g_free (self->fields);
  g_free (self);
}

typedef struct
{
  KafDatabase *db;
  const char *slot;
  const char *fields;
  gboolean found;
} Erased;

/* As an erasure finds the drafts that go with it; an id made anew since is not erased any more. */
static void
look_for_erased (const KafEntity *root, const char *id, gpointer data)
{
  Erased *erased = data;

  if (strstr (erased->slot, id) != NULL || strstr (erased->fields, id) != NULL)
    erased->found |= kaf_database_find_rid (erased->db, root, id) == 0;
}

static gboolean
write_draft (
    KafDatabase *db, const KafEntity *entity, const char *slot, const char *fields, GError **error)
{
  KafStatement *statement = kaf_database_prepare (
      db, "INSERT OR REPLACE INTO draft (entity, slot, at, fields) VALUES (?, ?, ?, ?)", error);

  if (statement == NULL)
    return FALSE;
  kaf_statement_bind_text (statement, 1, entity->id);
  kaf_statement_bind_text (statement, 2, slot);
  sqlite3_bind_int64 (statement, 3, kaf_clock_now (db->clock));
  kaf_statement_bind_text (statement, 4, fields);
  return kaf_database_run (db, statement, error);
}

gboolean
kaf_draft_save (KafDatabase *db,
                const KafEntity *entity,
                const char *slot,
                const char *fields_json,
                GError **error)
{
  Erased erased = { db, slot, fields_json, FALSE };
  gboolean done;

  /* Within the lock: an erasure elsewhere is over by now, or finds what is written here. */
  if (!kaf_database_exec (db, "BEGIN IMMEDIATE", error))
    return FALSE;
  done = kaf_ledger_refresh (db, error);
  if (done)
    kaf_ledger_foreach (db, look_for_erased, &erased);
  if (done)
    done = erased.found ? kaf_draft_drop (db, entity, slot, error)
                        : write_draft (db, entity, slot, fields_json, error);
  if (!done || !kaf_database_exec (db, "COMMIT", error))
    {
      kaf_database_exec (db, "ROLLBACK", NULL);
      return FALSE;
    }
  if (erased.found)
    g_set_error (error, KAF_STORE_ERROR, KAF_STORE_ERROR_NOT_FOUND, "this %s was erased for ever",
                 entity->id);
  return !erased.found;
}

static KafDraft *
read_draft (KafStatement *row)
{
  const KafEntity *entity = kaf_registry_find (kaf_statement_text (row, 0));
  KafDraft *draft;

  if (entity == NULL)
    return NULL;
  draft = g_new0 (KafDraft, 1);
  draft->entity = entity;
  draft->slot = g_strdup (kaf_statement_text (row, 1));
  draft->when = sqlite3_column_int64 (row, 2);
  draft->fields = g_strdup (kaf_statement_text (row, 3));
  return draft;
}

KafDraft *
kaf_draft_load (KafDatabase *db, const KafEntity *entity, const char *slot)
{
  g_autoptr (KafStatement) statement = kaf_database_prepare (
      db, "SELECT entity, slot, at, fields FROM draft WHERE entity = ? AND slot = ?", NULL);

  if (statement == NULL)
    return NULL;
  kaf_statement_bind_text (statement, 1, entity->id);
  kaf_statement_bind_text (statement, 2, slot);
  return kaf_database_step (db, statement, NULL) ? read_draft (statement) : NULL;
}

gboolean
kaf_draft_drop (KafDatabase *db, const KafEntity *entity, const char *slot, GError **error)
{
  KafStatement *statement =
      kaf_database_prepare (db, "DELETE FROM draft WHERE entity = ? AND slot = ?", error);

  if (statement == NULL)
    return FALSE;
  kaf_statement_bind_text (statement, 1, entity->id);
  kaf_statement_bind_text (statement, 2, slot);
  return kaf_database_run (db, statement, error);
}

GPtrArray *
kaf_draft_list (KafDatabase *db, GError **error)
{
  g_autoptr (KafStatement) statement = kaf_database_prepare (
      db, "SELECT entity, slot, at, fields FROM draft ORDER BY at DESC", error);
  g_autoptr (GPtrArray) drafts = g_ptr_array_new_with_free_func ((GDestroyNotify) kaf_draft_free);
  g_autoptr (GError) local = NULL;

  if (statement == NULL)
    return NULL;
  while (kaf_database_step (db, statement, &local))
    {
      KafDraft *draft = read_draft (statement);

      if (draft != NULL)
        g_ptr_array_add (drafts, draft);
    }
  if (local == NULL)
    return g_steal_pointer (&drafts);
  g_propagate_error (error, g_steal_pointer (&local));
  return NULL;
}

char *
kaf_local_get (KafDatabase *db, const char *key)
{
  g_autoptr (KafStatement) statement =
      kaf_database_prepare (db, "SELECT value FROM local WHERE key = ?", NULL);

  if (statement == NULL)
    return NULL;
  kaf_statement_bind_text (statement, 1, key);
  return kaf_database_step (db, statement, NULL) ? g_strdup (kaf_statement_text (statement, 0))
                                                 : NULL;
}

gboolean
kaf_local_set (KafDatabase *db, const char *key, const char *value, GError **error)
{
  KafStatement *statement =
      kaf_database_prepare (db, "INSERT OR REPLACE INTO local (key, value) VALUES (?, ?)", error);

  if (statement == NULL)
    return FALSE;
  kaf_statement_bind_text (statement, 1, key);
  kaf_statement_bind_text (statement, 2, value);
  return kaf_database_run (db, statement, error);
}
