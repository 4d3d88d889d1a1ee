/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "store/kaf-drafts.h"

#include <string.h>

#include "record/kaf-typed.h"
#include "schema/kaf-registry.h"
#include "store/kaf-ledger.h"

void
kaf_draft_free (KafDraft *self)
{
  g_free (self->slot);
  g_free (self->fields);
  g_free (self);
}

/* The field that a key of a draft stands for: FIELD, or ENTITY.FIELD of the owner. */
static const KafField *
find_field (const KafEntity *entity, const char *key)
{
  const char *dot = strchr (key, '.');
  g_autofree char *owner = dot != NULL ? g_strndup (key, (gsize) (dot - key)) : NULL;

  if (dot == NULL)
    return kaf_entity_find_field (entity, key);
  entity = kaf_registry_find (owner);
  return entity != NULL ? kaf_entity_find_field (entity, dot + 1) : NULL;
}

/* The lines of a set that do not name @id. (transfer full) */
static char *
leave_out_lines (const char *text, const char *id)
{
  g_auto (GStrv) lines = g_strsplit (text, "\n", -1);
  GString *rest = g_string_new (NULL);

  for (guint i = 0; lines[i] != NULL; i++)
    if (strstr (lines[i], id) == NULL)
      g_string_append_printf (rest, "%s%s", rest->len > 0 ? "\n" : "", lines[i]);
  return g_string_free (rest, FALSE);
}

KafDraftFate
kaf_draft_judge_one (
    const KafEntity *entity, const char *slot, const char *fields_json, const char *id, char **rest)
{
  g_autoptr (GHashTable) typed = NULL;
  GHashTableIter iter;
  gpointer key, text;

  *rest = NULL;
  if (strstr (slot, id) != NULL)
    return KAF_DRAFT_ERASED;
  if (strstr (fields_json, id) == NULL)
    return KAF_DRAFT_WHOLE;
  typed = kaf_typed_from_json (fields_json);
  if (typed == NULL)
    return KAF_DRAFT_ERASED;
  g_hash_table_iter_init (&iter, typed);
  while (g_hash_table_iter_next (&iter, &key, &text))
    {
      const KafField *field = find_field (entity, key);

      if (strstr (text, id) == NULL)
        continue;
      if (g_str_equal (key, KAF_DRAFT_MEMBERS) || g_str_equal (key, KAF_DRAFT_DECISIONS))
        {
          g_hash_table_iter_replace (&iter, leave_out_lines (text, id));
          continue;
        }
      if (field == NULL || kaf_field_has (field, KAF_FIELD_PARENT))
        return KAF_DRAFT_ERASED;
      if (kaf_field_is_many (field))
        g_hash_table_iter_replace (&iter, leave_out_lines (text, id));
      else
        g_hash_table_iter_remove (&iter);
    }
  g_hash_table_insert (typed, g_strdup (KAF_DRAFT_MARK), g_strdup ("1"));
  *rest = kaf_typed_to_json (typed);
  return KAF_DRAFT_LEFT_OUT;
}

typedef struct
{
  KafDatabase *db;
  const KafEntity *entity;
  const char *slot;
  char *fields;
  KafDraftFate fate;
} Judgement;

/* An id made anew since is not erased any more. */
static void
judge (const KafEntity *root, const char *id, gpointer data)
{
  Judgement *self = data;
  KafDraftFate fate;
  char *rest;

  if (self->fate == KAF_DRAFT_ERASED ||
      (strstr (self->slot, id) == NULL && strstr (self->fields, id) == NULL) ||
      kaf_database_find_rid (self->db, root, id) != 0)
    return;
  fate = kaf_draft_judge_one (self->entity, self->slot, self->fields, id, &rest);
  self->fate = MAX (self->fate, fate);
  if (rest == NULL)
    return;
  g_free (self->fields);
  self->fields = rest;
}

KafDraftFate
kaf_draft_judge (KafDatabase *db,
                 const KafEntity *entity,
                 const char *slot,
                 const char *fields_json,
                 char **rest)
{
  Judgement self = { db, entity, slot, g_strdup (fields_json), KAF_DRAFT_WHOLE };

  kaf_ledger_refresh (db, NULL);
  kaf_ledger_foreach (db, judge, &self);
  *rest = self.fate == KAF_DRAFT_LEFT_OUT ? g_steal_pointer (&self.fields) : NULL;
  g_free (self.fields);
  return self.fate;
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
  g_autofree char *rest = NULL;
  KafDraftFate fate = KAF_DRAFT_WHOLE;
  gboolean done;

  /* Within the lock: an erasure elsewhere is over by now, or finds what is written here. */
  if (!kaf_database_exec (db, "BEGIN IMMEDIATE", error))
    return FALSE;
  done = kaf_ledger_refresh (db, error);
  if (done)
    fate = kaf_draft_judge (db, entity, slot, fields_json, &rest);
  if (done)
    done = fate == KAF_DRAFT_ERASED
               ? kaf_draft_drop (db, entity, slot, error)
               : write_draft (db, entity, slot, rest != NULL ? rest : fields_json, error);
  if (!done || !kaf_database_exec (db, "COMMIT", error))
    {
      kaf_database_exec (db, "ROLLBACK", NULL);
      return FALSE;
    }
  if (fate == KAF_DRAFT_ERASED)
    g_set_error (error, KAF_STORE_ERROR, KAF_STORE_ERROR_NOT_FOUND, "this %s was erased for ever",
                 entity->id);
  return fate != KAF_DRAFT_ERASED;
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

GPtrArray *
kaf_draft_list_forms (KafDatabase *db, GError **error)
{
  GPtrArray *drafts = kaf_draft_list (db, error);

  for (guint i = drafts != NULL ? drafts->len : 0; i-- > 0;)
    if (g_str_has_prefix (((const KafDraft *) g_ptr_array_index (drafts, i))->slot,
                          KAF_DRAFT_IMPORT))
      g_ptr_array_remove_index (drafts, i);
  return drafts;
}

gboolean
kaf_draft_drop_imports (KafDatabase *db, gint64 before, GError **error)
{
  KafStatement *statement = kaf_database_prepare (
      db, "DELETE FROM draft WHERE slot GLOB '" KAF_DRAFT_IMPORT "*' AND at < ?", error);

  if (statement == NULL)
    return FALSE;
  sqlite3_bind_int64 (statement, 1, before);
  return kaf_database_run (db, statement, error);
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
