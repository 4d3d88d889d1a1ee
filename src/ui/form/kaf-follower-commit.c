/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Writing over nobody's edit that no line has told of. */
#include "config.h"

#include "ui/form/kaf-follower-private.h"

/* Another may be asked for while one is on its way: whether what that writes is known by then shows when it was written. */
typedef struct
{
  gatomicrefcount refs;
  KafStore *store;
  KafChangeSet *set;
  GPtrArray *stood; /* (element-type KafRecord): of all that is followed, when it was asked for */
  GPtrArray *
      before; /* (element-type Commit): those on their way then, in their order; NULL once it has ended */
  KafFault fault;
  gboolean otherwise;
  gboolean written; /* set on the lane that writes, where one comes after the other */
} Commit;

static void
commit_unref (gpointer data)
{
  Commit *commit = data;

  if (!g_atomic_ref_count_dec (&commit->refs))
    return;
  g_object_unref (commit->store);
  kaf_change_set_unref (commit->set);
  g_ptr_array_unref (commit->stood);
  g_clear_pointer (&commit->before, g_ptr_array_unref);
  g_free (commit);
}

static gpointer
commit_ref (gconstpointer data, G_GNUC_UNUSED gpointer unused)
{
  Commit *commit = (Commit *) data;

  g_atomic_ref_count_inc (&commit->refs);
  return commit;
}

static gboolean
is_update_of (const KafChange *change, const KafRecord *record)
{
  return change->kind == KAF_CHANGE_UPDATE &&
         kaf_record_get_entity (change->record) == kaf_record_get_entity (record) &&
         g_strcmp0 (kaf_record_get_id (change->record), kaf_record_get_id (record)) == 0;
}

/* The record with what @set makes of it. (transfer full) */
static KafRecord *
make_written (KafRecord *record, KafChangeSet *set)
{
  const KafEntity *entity = kaf_record_get_entity (record);
  g_autoptr (KafRecord) after = NULL;

  for (guint i = 0; i < kaf_change_set_get_size (set); i++)
    {
      const KafChange *change = kaf_change_set_get (set, i);

      if (!is_update_of (change, record))
        continue;
      if (after == NULL)
        after = kaf_record_copy (record);
      for (guint j = 0; entity->fields[j].id != NULL; j++)
        if (kaf_record_holds_at (change->record, j))
          kaf_record_set (after, entity->fields[j].id, kaf_record_get_at (change->record, j));
    }
  return after != NULL ? g_steal_pointer (&after) : kaf_record_ref (record);
}

/* What who asked knows: what stood, and what he wrote himself since. */
static GPtrArray *
list_known (const Commit *commit)
{
  GPtrArray *known = g_ptr_array_new_with_free_func ((GDestroyNotify) kaf_record_unref);

  for (guint i = 0; i < commit->stood->len; i++)
    {
      KafRecord *record = kaf_record_ref (g_ptr_array_index (commit->stood, i));

      for (guint j = 0; j < commit->before->len; j++)
        {
          const Commit *earlier = g_ptr_array_index (commit->before, j);
          g_autoptr (KafRecord) stood = record;

          record = earlier->written ? make_written (stood, earlier->set) : kaf_record_ref (stood);
        }
      g_ptr_array_add (known, record);
    }
  return known;
}

static gpointer
commit_job (KafDatabase *db, gpointer data, GCancellable *cancellable, GError **error)
{
  Commit *commit = data;
  g_autoptr (GPtrArray) known = list_known (commit);
  KafReceipt *receipt = kaf_known_commit (db, commit->set, known, &commit->otherwise,
                                          &commit->fault, cancellable, error);

  commit->written = receipt != NULL;
  if (receipt != NULL && receipt->batch != NULL)
    kaf_store_announce (commit->store, receipt);
  return receipt;
}

/* Who goes on typing knows what he is writing himself. */
static void
look_ahead (KafFollower *self)
{
  for (guint i = 0; i < self->followed->len; i++)
    {
      KafFollowed *followed = g_ptr_array_index (self->followed, i);

      kaf_record_unref (followed->known);
      followed->known = kaf_record_ref (followed->stood);
      for (guint j = 0; j < self->writing->len; j++)
        {
          g_autoptr (KafRecord) known = followed->known;

          followed->known =
              make_written (known, ((Commit *) g_ptr_array_index (self->writing, j))->set);
        }
    }
}

static void
drop_lines (KafFollower *self, const KafRecord *change)
{
  const KafEntity *entity = kaf_record_get_entity (change);

  for (guint i = 0; entity->fields[i].id != NULL; i++)
    if (kaf_record_holds_at (change, i))
      kaf_follower_drop_line (self, entity, kaf_known_unit (entity, &entity->fields[i]));
}

/* What it says stands, and was written over what the lines told. */
static void
settle (KafFollower *self, const Commit *commit)
{
  for (guint i = 0; i < self->followed->len; i++)
    {
      KafFollowed *followed = g_ptr_array_index (self->followed, i);
      g_autoptr (KafRecord) stood = followed->stood;

      followed->stood = make_written (stood, commit->set);
      for (guint j = 0; j < kaf_change_set_get_size (commit->set); j++)
        if (is_update_of (kaf_change_set_get (commit->set, j), stood))
          drop_lines (self, kaf_change_set_get (commit->set, j)->record);
    }
}

static void
on_committed (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (GTask) task = data;
  KafFollower *self = g_task_get_source_object (task);
  Commit *commit = g_task_get_task_data (task);
  gboolean stopped = g_cancellable_is_cancelled (self->cancellable);
  GError *error = NULL;
  KafReceipt *receipt = kaf_store_run_finish (KAF_STORE (source), result, &error);

  g_ptr_array_remove (self->writing, commit);
  g_clear_pointer (&commit->before, g_ptr_array_unref);
  if (!stopped && receipt != NULL)
    settle (self, commit);
  if (!stopped)
    look_ahead (self);
  if (error != NULL)
    g_task_return_error (task, error);
  else if (!commit->otherwise || stopped)
    g_task_return_pointer (task, receipt, (GDestroyNotify) kaf_receipt_unref);
  else
    {
      g_ptr_array_add (self->waiting, g_steal_pointer (&task));
      self->again = TRUE;
    }
  if (self->again && !stopped)
    kaf_follower_read_again (self);
}

void
kaf_follower_commit_async (KafFollower *self,
                           KafChangeSet *set,
                           GCancellable *cancellable,
                           GAsyncReadyCallback callback,
                           gpointer user_data)
{
  GTask *task;
  Commit *commit;

  g_return_if_fail (KAF_IS_FOLLOWER (self));

  task = g_task_new (self, NULL, callback, user_data);
  commit = g_new0 (Commit, 1);
  g_atomic_ref_count_init (&commit->refs);
  commit->store = g_object_ref (self->store);
  commit->set = kaf_change_set_ref (set);
  commit->stood = g_ptr_array_new_with_free_func ((GDestroyNotify) kaf_record_unref);
  for (guint i = 0; i < self->followed->len; i++)
    g_ptr_array_add (
        commit->stood,
        kaf_record_ref (((KafFollowed *) g_ptr_array_index (self->followed, i))->stood));
  commit->before = g_ptr_array_copy (self->writing, commit_ref, NULL);
  g_ptr_array_set_free_func (commit->before, commit_unref);
  g_task_set_task_data (task, commit, commit_unref);
  g_ptr_array_add (self->writing, commit);
  look_ahead (self);
  kaf_store_run_async (self->store, KAF_LANE_WRITE, commit_job, commit, NULL,
                       (GDestroyNotify) kaf_receipt_unref, cancellable, on_committed, task);
}

KafReceipt *
kaf_follower_commit_finish (
    KafFollower *self, GAsyncResult *result, gboolean *told, KafFault *fault, GError **error)
{
  const Commit *commit;

  g_return_val_if_fail (g_task_is_valid (result, self), NULL);

  commit = g_task_get_task_data (G_TASK (result));
  *told = commit->otherwise;
  *fault = commit->fault;
  return g_task_propagate_pointer (G_TASK (result), error);
}
