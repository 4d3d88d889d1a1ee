/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The history of a record is its journal, read back. */
#include "config.h"

#include "schema/kaf-value.h"
#include "store/kaf-journal.h"
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

static void
add_item (
    Reader *self, KafOperation *op, const KafField *field, const char *before, const char *after)
{
  KafHistoryItem *item = g_new0 (KafHistoryItem, 1);

  item->batch = g_strdup (self->batch);
  item->label = g_strdup (self->label);
  item->author = g_strdup (self->author);
  item->when = self->when;
  item->entity = op->entity;
  item->kind = op->kind;
  item->field = field;
  if (field != NULL)
    {
      item->before = g_strdup (before);
      item->after = g_strdup (after);
      item->before_text =
          kaf_value_format (field, before, self->lang, kaf_read_title_func, self->db);
      item->after_text = kaf_value_format (field, after, self->lang, kaf_read_title_func, self->db);
    }
  g_ptr_array_add (self->items, item);
}

static void
add_operation (Reader *self, KafOperation *op)
{
  if (op->kind != KAF_CHANGE_UPDATE)
    {
      add_item (self, op, NULL, NULL, NULL);
      return;
    }
  for (const KafField *field = op->entity->fields; field->id != NULL; field++)
    if (g_hash_table_contains (op->after, field->id))
      add_item (self, op, field, g_hash_table_lookup (op->before, field->id),
                g_hash_table_lookup (op->after, field->id));
}

static gboolean
add_group (Reader *self, const KafEntity *root, const char *id, const char *payload, GError **error)
{
  g_autoptr (GPtrArray) operations = kaf_journal_parse_record (payload, id, error);

  for (guint i = operations != NULL ? operations->len : 0; i-- > 0;)
    {
      KafOperation *op = g_ptr_array_index (operations, i);

      if (kaf_entity_get_root (op->entity) == root && g_str_equal (op->id, id))
        add_operation (self, op);
    }
  return operations != NULL;
}

GPtrArray *
kaf_read_history (KafDatabase *db,
                  const KafEntity *entity,
                  const char *id,
                  guint limit,
                  KafLang lang,
                  GError **error)
{
  const KafEntity *root = kaf_entity_get_root (entity);
  g_autoptr (KafStatement) statement = kaf_database_prepare (
      db,
      "SELECT g.batch, b.label, g.author, g.at, coalesce (g.payload, g.remainder) FROM op o"
      " JOIN op_group g ON g.seq = o.seq LEFT JOIN batch b ON b.id = g.batch WHERE o.rid = ?"
      " ORDER BY o.seq DESC",
      error);
  g_autoptr (GPtrArray) items =
      g_ptr_array_new_with_free_func ((GDestroyNotify) kaf_history_item_free);
  Reader reader = { .db = db, .lang = lang, .items = items };
  g_autoptr (GError) local = NULL;

  if (statement == NULL)
    return NULL;
  sqlite3_bind_int64 (statement, 1, kaf_database_find_rid (db, root, id));
  while (items->len < limit && kaf_database_step (db, statement, &local))
    {
      reader.batch = kaf_statement_text (statement, 0);
      reader.label = kaf_statement_text (statement, 1);
      reader.author = kaf_statement_text (statement, 2);
      reader.when = sqlite3_column_int64 (statement, 3);
      if (kaf_statement_text (statement, 4) != NULL &&
          !add_group (&reader, root, id, kaf_statement_text (statement, 4), &local))
        break;
    }
  if (local != NULL)
    {
      g_propagate_error (error, g_steal_pointer (&local));
      return NULL;
    }
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
