/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The history of a record is its journal, read back. */
#include "config.h"

#include "schema/kaf-registry.h"
#include "schema/kaf-value.h"
#include "store/kaf-journal.h"
#include "store/kaf-one-private.h"
#include "store/kaf-read-private.h"

void
kaf_history_item_free (KafHistoryItem *self)
{
  g_free (self->batch);
  g_free (self->label);
  g_free (self->author);
  g_free (self->before);
  g_free (self->after);
  g_free (self->before_text);
  g_free (self->after_text);
  g_free (self);
}

typedef struct
{
  KafDatabase *db;
  KafLang lang;
  const char *batch, *label, *author;
  gint64 when;
  GPtrArray *items;
} Reader;

/* @i: of the field, or -1: the record as a whole. */
static void
add_item (Reader *self, KafOperation *op, int i)
{
  KafHistoryItem *item = g_new0 (KafHistoryItem, 1);
  const KafEntity *entity = kaf_operation_get_entity (op);

  item->batch = g_strdup (self->batch);
  item->label = g_strdup (self->label);
  item->author = g_strdup (self->author);
  item->when = self->when;
  item->entity = entity;
  item->kind = op->kind;
  if (i >= 0)
    {
      item->field = &entity->fields[i];
      item->before = g_strdup (kaf_record_get_at (op->before, i));
      item->after = g_strdup (kaf_record_get_at (op->after, i));
      item->before_text =
          kaf_value_format (item->field, item->before, self->lang, kaf_read_title_func, self->db);
      item->after_text =
          kaf_value_format (item->field, item->after, self->lang, kaf_read_title_func, self->db);
    }
  g_ptr_array_add (self->items, item);
}

/* What was judged of the record is told as what it changed of it. */
static void
add_judgement (Reader *self, KafOperation *op)
{
  static const char *const told[] = { "reason", "verdict", NULL };
  const KafField *fields = kaf_operation_get_entity (op)->fields;

  for (guint i = 0; fields[i].id != NULL; i++)
    if (g_strv_contains (told, fields[i].id) && kaf_record_get_at (op->after, i) != NULL)
      {
        add_item (self, op, (int) i);
        ((KafHistoryItem *) g_ptr_array_index (self->items, self->items->len - 1))->kind =
            KAF_CHANGE_UPDATE;
      }
}

/* A person and what she is, an expert, are two rows and one record, which is created or deleted once. */
static gboolean
is_told (const Reader *self, guint first, const KafOperation *op)
{
  for (guint i = first; i < self->items->len; i++)
    {
      const KafHistoryItem *item = g_ptr_array_index (self->items, i);

      if (item->field == NULL && item->kind == op->kind)
        return TRUE;
    }
  return FALSE;
}

/* @first: place of the first item of the group. */
static void
add_operation (Reader *self, guint first, KafOperation *op)
{
  const KafField *fields = kaf_operation_get_entity (op)->fields;

  if (g_str_equal (kaf_operation_get_entity (op)->id, "judgement"))
    {
      add_judgement (self, op);
      return;
    }
  if (op->kind != KAF_CHANGE_UPDATE)
    {
      if (!is_told (self, first, op))
        add_item (self, op, -1);
      return;
    }
  for (guint i = 0; fields[i].id != NULL; i++)
    if (kaf_operation_changes (op, i))
      add_item (self, op, i);
}

static gboolean
add_group (Reader *self, const KafEntity *root, const char *id, const char *payload, GError **error)
{
  g_autoptr (GPtrArray) operations = kaf_operation_parse_record (payload, id, error);
  guint first = self->items->len;

  for (guint i = operations != NULL ? operations->len : 0; i-- > 0;)
    {
      KafOperation *op = g_ptr_array_index (operations, i);

      if (kaf_entity_get_root (kaf_operation_get_entity (op)) == root &&
          g_str_equal (kaf_operation_get_id (op), id))
        add_operation (self, first, op);
    }
  return operations != NULL;
}

/* A group of the journal that touches one of the records. */
typedef struct
{
  gint64 seq;
  const KafEntity *root;
  const char *id;
} Entry;

/* Of one record, the latest first. */
static gboolean
read_entries (KafDatabase *db,
              const KafEntity *root,
              const char *id,
              guint limit,
              GArray *entries,
              GError **error)
{
  g_autoptr (KafStatement) statement = kaf_database_prepare (
      db, "SELECT seq FROM op WHERE rid = ? ORDER BY seq DESC LIMIT ?", error);
  GError *local = NULL;

  if (statement == NULL)
    return FALSE;
  sqlite3_bind_int64 (statement, 1, kaf_database_find_rid (db, root, id));
  sqlite3_bind_int64 (statement, 2, limit);
  while (kaf_database_step (db, statement, &local))
    {
      const Entry entry = { sqlite3_column_int64 (statement, 0), root, id };

      g_array_append_val (entries, entry);
    }
  if (local == NULL)
    return TRUE;
  g_propagate_error (error, local);
  return FALSE;
}

/* Of all that was judged of one record, taken back or not. @seen: set of char*, which owns the ids of entries. */
static gboolean
read_judgements (KafDatabase *db,
                 const KafEntity *root,
                 const char *id,
                 guint limit,
                 GHashTable *seen,
                 GArray *entries,
                 GError **error)
{
  const KafEntity *judgement = kaf_registry_find ("judgement");
  g_autofree char *sql =
      g_strdup_printf ("SELECT h.id FROM judgement j CROSS JOIN head h ON h.rid = j.rid"
                       " WHERE j.\"%1$s\" = ?1 OR j.\"other_%1$s\" = ?1",
                       root->id);
  g_autoptr (KafStatement) statement = kaf_database_prepare (db, sql, error);
  GError *local = NULL;

  if (statement == NULL)
    return FALSE;
  kaf_statement_bind_text (statement, 1, id);
  while (kaf_database_step (db, statement, &local))
    {
      const char *one = kaf_statement_text (statement, 0);
      char *kept;

      if (g_hash_table_contains (seen, one))
        continue;
      kept = g_strdup (one);
      g_hash_table_add (seen, kept);
      if (!read_entries (db, judgement, kept, limit, entries, error))
        return FALSE;
    }
  if (local == NULL)
    return TRUE;
  g_propagate_error (error, local);
  return FALSE;
}

static int
compare_entries (gconstpointer a, gconstpointer b)
{
  const Entry *x = a, *y = b;

  return x->seq != y->seq ? (x->seq < y->seq ? 1 : -1) : g_strcmp0 (x->id, y->id);
}

static gboolean
add_entry (Reader *self, const Entry *entry, GError **error)
{
  g_autoptr (KafStatement) statement = kaf_database_prepare (
      self->db,
      "SELECT g.batch, b.label, g.author, g.at, coalesce (g.payload, g.remainder) FROM op_group g"
      " LEFT JOIN batch b ON b.id = g.batch WHERE g.seq = ?",
      error);
  GError *local = NULL;

  if (statement == NULL)
    return FALSE;
  sqlite3_bind_int64 (statement, 1, entry->seq);
  if (!kaf_database_step (self->db, statement, &local))
    {
      if (local == NULL)
        return TRUE;
      g_propagate_error (error, local);
      return FALSE;
    }
  self->batch = kaf_statement_text (statement, 0);
  self->label = kaf_statement_text (statement, 1);
  self->author = kaf_statement_text (statement, 2);
  self->when = sqlite3_column_int64 (statement, 3);
  return kaf_statement_text (statement, 4) == NULL ||
         add_group (self, entry->root, entry->id, kaf_statement_text (statement, 4), error);
}

/* Of all the records that are shown as one, and what was judged of them. */
GPtrArray *
kaf_read_history (KafDatabase *db,
                  const KafEntity *entity,
                  const char *id,
                  guint limit,
                  KafLang lang,
                  GError **error)
{
  const KafEntity *root = kaf_entity_get_root (entity);
  g_autoptr (GPtrArray) members = kaf_one_list_members (db, root, id, error);
  g_autoptr (GHashTable) seen = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  g_autoptr (GArray) entries = g_array_new (FALSE, FALSE, sizeof (Entry));
  g_autoptr (GPtrArray) items =
      g_ptr_array_new_with_free_func ((GDestroyNotify) kaf_history_item_free);
  Reader reader = { .db = db, .lang = lang, .items = items };

  for (guint i = 0; members != NULL && i < members->len; i++)
    {
      const char *member = g_ptr_array_index (members, i);

      if (!read_entries (db, root, member, limit, entries, error) ||
          (kaf_one_concerns (root) &&
           !read_judgements (db, root, member, limit, seen, entries, error)))
        return NULL;
    }
  if (members == NULL)
    return NULL;
  g_array_sort (entries, compare_entries);
  for (guint i = 0; i < entries->len && items->len < limit; i++)
    if (!add_entry (&reader, &g_array_index (entries, Entry, i), error))
      return NULL;
  if (items->len > limit)
    g_ptr_array_set_size (items, limit);
  return g_steal_pointer (&items);
}

void
kaf_batch_info_free (KafBatchInfo *self)
{
  g_free (self->batch);
  g_free (self->label);
  g_free (self->author);
  g_free (self);
}

GPtrArray *
kaf_read_batches (KafDatabase *db, guint limit, GError **error)
{
  g_autoptr (KafStatement) statement = kaf_database_prepare (
      db,
      "SELECT id, label, author, at, n_records, undone_by IS NOT NULL FROM batch"
      " WHERE label <> 'lists' ORDER BY first DESC LIMIT ?",
      error);
  g_autoptr (GPtrArray) batches =
      g_ptr_array_new_with_free_func ((GDestroyNotify) kaf_batch_info_free);
  g_autoptr (GError) local = NULL;

  if (statement == NULL)
    return NULL;
  sqlite3_bind_int64 (statement, 1, limit);
  while (kaf_database_step (db, statement, &local))
    {
      KafBatchInfo *info = g_new0 (KafBatchInfo, 1);

      info->batch = g_strdup (kaf_statement_text (statement, 0));
      info->label = g_strdup (kaf_statement_text (statement, 1));
      info->author = g_strdup (kaf_statement_text (statement, 2));
      info->when = sqlite3_column_int64 (statement, 3);
      info->n_records = sqlite3_column_int (statement, 4);
      info->undone = sqlite3_column_int (statement, 5) != 0;
      g_ptr_array_add (batches, info);
    }
  if (local == NULL)
    return g_steal_pointer (&batches);
  g_propagate_error (error, g_steal_pointer (&local));
  return NULL;
}
