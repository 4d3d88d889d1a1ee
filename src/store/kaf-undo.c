/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Undoing one's own batch by committing its inverse.
 *
 * An operation is turned back only where the record still is as the operation left it: what
 * somebody changed since stays, and is named. Redo is the undo of an undo. */
#include "config.h"

#include <string.h>

#include "schema/kaf-set.h"
#include "store/kaf-journal.h"
#include "store/kaf-judge.h"
#include "store/kaf-one.h"
#include "store/kaf-read-private.h"
#include "store/kaf-transaction-private.h"

/* Operations of the batch, the latest first. */
static GPtrArray *
read_operations (KafDatabase *db, const char *batch, GError **error)
{
  g_autoptr (GPtrArray) all = g_ptr_array_new_with_free_func ((GDestroyNotify) kaf_operation_free);
  g_autoptr (KafStatement) statement = kaf_database_prepare (
      db, "SELECT coalesce (payload, remainder) FROM op_group WHERE batch = ? ORDER BY seq DESC",
      error);

  if (statement == NULL)
    return NULL;
  kaf_statement_bind_text (statement, 1, batch);
  while (kaf_database_step (db, statement, NULL))
    {
      const char *payload = kaf_statement_text (statement, 0);
      g_autoptr (GPtrArray) group =
          payload != NULL ? kaf_operation_parse (payload, strlen (payload), error) : NULL;

      if (payload == NULL)
        continue;
      if (group == NULL)
        return NULL;
      g_ptr_array_set_free_func (group, NULL);
      for (guint i = group->len; i-- > 0;)
        g_ptr_array_add (all, g_ptr_array_index (group, i));
    }
  return g_steal_pointer (&all);
}

/* @current without what @before → @after added, and with what it removed. */
static char *
invert_set (const char *current, const char *before, const char *after)
{
  g_autoptr (GPtrArray) added = kaf_set_difference (after, before);
  g_autoptr (GPtrArray) removed = kaf_set_difference (before, after);
  char *set = g_strdup (current);

  for (guint i = 0; i < added->len; i++)
    {
      KafElement *element = g_ptr_array_index (added, i);
      g_autofree char *old = g_steal_pointer (&set);

      set = kaf_set_remove (old, element->value);
    }
  for (guint i = 0; i < removed->len; i++)
    {
      KafElement *element = g_ptr_array_index (removed, i);
      g_autofree char *old = g_steal_pointer (&set);

      set = kaf_set_add (old, element->value, element->detail);
    }
  return set;
}

static void
invert_field (KafTransaction *tx, KafOperation *op, guint i, KafRecord *now, KafRecord *change)
{
  const KafField *field = &kaf_operation_get_entity (op)->fields[i];
  const char *before = kaf_record_get_at (op->before, i);
  const char *after = kaf_record_get_at (op->after, i);
  const char *current = kaf_record_get_at (now, i);

  if (kaf_field_is_many (field))
    {
      char *set =
          kaf_set_equal (current, after) ? g_strdup (before) : invert_set (current, before, after);

      kaf_record_take_at (change, i, set);
    }
  else if (g_strcmp0 (current, after) == 0)
    kaf_record_set_at (change, i, before);
  else if (g_strcmp0 (current, before) != 0)
    kaf_transaction_skip (tx, kaf_record_get_ref (now), field->label);
}

static gboolean
invert_update (KafDatabase *db, KafTransaction *tx, KafOperation *op, GError **error)
{
  const KafEntity *entity = kaf_operation_get_entity (op);
  g_autoptr (KafRecord) now = kaf_one_read_raw (db, entity, kaf_operation_get_id (op), error);
  g_autoptr (KafRecord) change = NULL;

  if (now == NULL)
    return FALSE;
  change = kaf_record_new (entity, kaf_operation_get_id (op));
  for (guint i = 0; entity->fields[i].id != NULL; i++)
    if (kaf_operation_changes (op, i))
      invert_field (tx, op, i, now, change);
  return kaf_record_count_held (change) == 0 ||
         kaf_transaction_apply (tx, KAF_CHANGE_UPDATE, change, NULL, NULL, error);
}

static gboolean
is_as_created (KafOperation *op, KafRecord *now)
{
  const KafField *fields = kaf_operation_get_entity (op)->fields;

  for (guint i = 0; fields[i].id != NULL; i++)
    {
      const char *created = kaf_record_get_at (op->after, i);
      const char *current = kaf_record_get_at (now, i);

      if (kaf_field_is_many (&fields[i]) ? !kaf_set_equal (created, current)
                                         : g_strcmp0 (created, current) != 0)
        return FALSE;
    }
  return TRUE;
}

/* It stays for ever, and another says that it does not stand. */
static gboolean
turn_back_judgement (KafDatabase *db, KafTransaction *tx, KafRecord *now, GError **error)
{
  g_autoptr (KafRecord) back =
      kaf_judge_turn_back (db, kaf_record_get_entity (now), kaf_record_get_id (now));

  return back == NULL || kaf_transaction_apply (tx, KAF_CHANGE_CREATE, back, NULL, NULL, error);
}

static gboolean
invert_create (KafDatabase *db, KafTransaction *tx, KafOperation *op, GError **error)
{
  const KafEntity *entity = kaf_operation_get_entity (op);
  g_autoptr (KafRecord) now = kaf_one_read_raw (db, entity, kaf_operation_get_id (op), error);

  if (now == NULL)
    return FALSE;
  if (g_str_equal (entity->id, "judgement") || g_str_equal (entity->id, "field_choice"))
    return turn_back_judgement (db, tx, now, error);
  if (!is_as_created (op, now))
    {
      kaf_transaction_skip (tx, kaf_record_get_ref (now), entity->label);
      return TRUE;
    }
  return kaf_transaction_apply (tx, KAF_CHANGE_DELETE, now, NULL, NULL, error);
}

static gboolean
invert (KafDatabase *db, KafTransaction *tx, KafOperation *op, GError **error)
{
  const KafEntity *entity = kaf_operation_get_entity (op);
  g_autoptr (GError) local = NULL;
  g_autoptr (KafRecord) record = NULL;
  gboolean done;

  switch (op->kind)
    {
    case KAF_CHANGE_CREATE:
      done = invert_create (db, tx, op, &local);
      break;
    case KAF_CHANGE_UPDATE:
      done = invert_update (db, tx, op, &local);
      break;
    case KAF_CHANGE_DELETE:
    case KAF_CHANGE_RESTORE:
    default:
      record = kaf_record_new (entity, kaf_operation_get_id (op));
      done = kaf_transaction_apply (
          tx, op->kind == KAF_CHANGE_DELETE ? KAF_CHANGE_RESTORE : KAF_CHANGE_DELETE, record, NULL,
          NULL, &local);
      break;
    }

  /* Erased since, or written once for ever: left alone, and named. */
  if (!done && (g_error_matches (local, KAF_STORE_ERROR, KAF_STORE_ERROR_NOT_FOUND) ||
                g_error_matches (local, KAF_STORE_ERROR, KAF_STORE_ERROR_REFUSED)))
    {
      if (kaf_entity_has (entity, KAF_ENTITY_APPEND_ONLY))
        kaf_transaction_skip_permanent (tx, entity->label);
      else
        kaf_transaction_skip (tx, NULL, entity->label);
      return TRUE;
    }
  if (!done)
    g_propagate_error (error, g_steal_pointer (&local));
  return done;
}

static gboolean
mark_batches (
    KafDatabase *db, const char *batch, const char *undone_by, const char *original, GError **error)
{
  KafStatement *statement =
      kaf_database_prepare (db, "UPDATE batch SET undone_by = ? WHERE id = ?", error);

  if (statement == NULL)
    return FALSE;
  kaf_statement_bind_text (statement, 1, undone_by);
  kaf_statement_bind_text (statement, 2, batch);
  if (!kaf_database_run (db, statement, error) || original == NULL)
    return original == NULL;

  /* A redo makes the batch that had been undone count as done again. */
  kaf_statement_bind_text (statement, 2, original);
  return kaf_database_run (db, statement, error);
}

static gboolean
find_batch (KafDatabase *db,
            const char *sql,
            const char *batch,
            char **id,
            char **undoes,
            char **of,
            GError **error)
{
  g_autoptr (KafStatement) statement = kaf_database_prepare (db, sql, error);
  g_autoptr (GError) local = NULL;

  if (statement == NULL)
    return FALSE;
  kaf_statement_bind_text (statement, 1, kaf_database_get_author (db));
  kaf_statement_bind_text (statement, 2, batch);
  if (!kaf_database_step (db, statement, &local))
    {
      if (local == NULL)
        g_set_error (&local, KAF_STORE_ERROR, KAF_STORE_ERROR_NOTHING, "nothing to turn back");
      g_propagate_error (error, g_steal_pointer (&local));
      return FALSE;
    }
  *id = g_strdup (kaf_statement_text (statement, 0));
  *undoes = g_strdup (kaf_statement_text (statement, 1));
  *of = g_strdup (kaf_statement_text (statement, 2));
  return TRUE;
}

/* When all of it was left alone, the batch is done with: else the next undo would find it again
 * and never come to the one before. */
static void
set_aside (KafDatabase *db, const char *batch)
{
  KafStatement *statement =
      kaf_database_prepare (db, "UPDATE batch SET undone_by = id WHERE id = ?", NULL);

  if (statement == NULL)
    return;
  kaf_statement_bind_text (statement, 1, batch);
  kaf_database_run (db, statement, NULL);
}

static gboolean
invert_all (
    KafDatabase *db, KafTransaction *tx, const char *batch, const char *original, GError **error)
{
  g_autoptr (GPtrArray) operations = read_operations (db, batch, error);

  if (operations == NULL)
    return FALSE;
  kaf_transaction_set_undoes (tx, batch);
  for (guint i = 0; i < operations->len; i++)
    if (!invert (db, tx, g_ptr_array_index (operations, i), error))
      return FALSE;
  return mark_batches (db, batch, kaf_transaction_get_batch (tx), original, error);
}

/* Turns back the batch that @sql names. Found within the transaction: another process may be at
 * the same. */
static KafReceipt *
turn_back (KafDatabase *db, const char *sql, const char *named, const char *label, GError **error)
{
  KafTransaction *tx = kaf_transaction_begin (db, label, error);
  g_autofree char *batch = NULL;
  g_autofree char *original = NULL;
  g_autofree char *of = NULL;
  KafReceipt *receipt;

  if (tx == NULL)
    return NULL;
  if (!find_batch (db, sql, named, &batch, &original, &of, error) ||
      !invert_all (db, tx, batch, original, error))
    {
      kaf_transaction_abort (tx);
      return NULL;
    }
  receipt = kaf_transaction_commit (tx, error);
  if (receipt != NULL && receipt->batch == NULL)
    set_aside (db, batch);
  if (receipt != NULL)
    receipt->of = g_steal_pointer (&of);
  return receipt;
}

KafReceipt *
kaf_undo (KafDatabase *db, const char *batch, GError **error)
{
  /* Reference lists, what left the office, what an erasure left and what was itself an undo are not on the
   * stack; a batch named outright may be anybody's on this device. */
  return turn_back (
      db,
      batch != NULL
          ? "SELECT id, undoes, label FROM batch WHERE id = ?2 AND undone_by IS NULL"
            " AND ?1 IS NOT NULL AND label NOT IN ('lists', 'pseudonym')"
          : "SELECT id, undoes, label FROM batch WHERE author = ?1 AND undone_by IS NULL"
            " AND ?2 IS NULL AND undoes IS NULL AND label NOT IN ('lists', 'export', 'pseudonym')"
            " ORDER BY first DESC LIMIT 1",
      batch, "undo", error);
}

KafReceipt *
kaf_redo (KafDatabase *db, GError **error)
{
  /* Only straight after an undo: new work since then closes the way, as in any editor. */
  return turn_back (db,
                    "SELECT id, undoes, (SELECT label FROM batch o WHERE o.id = b.undoes)"
                    " FROM batch b WHERE author = ?1 AND ?2 IS NULL"
                    " AND label = 'undo' AND undone_by IS NULL AND NOT EXISTS (SELECT 1 FROM batch"
                    " n WHERE n.first > b.first AND n.author = b.author AND n.undoes IS NULL)"
                    " ORDER BY first DESC LIMIT 1",
                    NULL, "redo", error);
}
