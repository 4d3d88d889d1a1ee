/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Writing over nobody's edit that no line has told of. */
#include "config.h"

#include "ui/form/kaf-follower-private.h"

typedef struct
{
  KafStore *store;
  KafChangeSet *set;
  GPtrArray *known; /* (element-type KafRecord) */
  KafFault fault;
  gboolean otherwise;
} Commit;

static void
commit_free (gpointer data)
{
  Commit *commit = data;

  g_object_unref (commit->store);
  kaf_change_set_unref (commit->set);
  g_ptr_array_unref (commit->known);
  g_free (commit);
}

static gpointer
commit_job (KafDatabase *db, gpointer data, GCancellable *cancellable, GError **error)
{
  Commit *commit = data;
  KafReceipt *receipt = kaf_known_commit (db, commit->set, commit->known, &commit->otherwise,
                                          &commit->fault, cancellable, error);

  if (receipt != NULL && receipt->batch != NULL)
    kaf_store_announce (commit->store, receipt);
  return receipt;
}

/* What is known by now, with the fields of @change as @values has them. */
static void
set_known (KafFollowed *followed, const KafRecord *change, const KafRecord *values)
{
  const KafField *fields = kaf_record_get_entity (change)->fields;
  KafRecord *known = kaf_record_copy (followed->known);

  for (guint i = 0; fields[i].id != NULL; i++)
    if (kaf_record_holds_at (change, i))
      kaf_record_set (known, fields[i].id, kaf_record_get_at (values, i));
  kaf_record_unref (followed->known);
  followed->known = known;
}

/* Calls @each for the updates of what is followed. @known: as it stood before them. */
static void
for_each_update (KafFollower *self,
                 const Commit *commit,
                 void (*each) (KafFollower *self,
                               KafFollowed *followed,
                               const KafRecord *change,
                               const KafRecord *known))
{
  for (guint i = 0; i < kaf_change_set_get_size (commit->set); i++)
    {
      const KafChange *change = kaf_change_set_get (commit->set, i);
      const char *id =
          change->kind == KAF_CHANGE_UPDATE ? kaf_record_get_id (change->record) : NULL;

      for (guint j = 0; id != NULL && j < commit->known->len; j++)
        {
          const KafRecord *known = g_ptr_array_index (commit->known, j);

          if (kaf_record_get_entity (known) == kaf_record_get_entity (change->record) &&
              g_strcmp0 (kaf_record_get_id (known), id) == 0)
            each (self, g_ptr_array_index (self->followed, j), change->record, known);
        }
    }
}

/* Who goes on typing knows what he has just written himself. */
static void
advance (KafFollower *self, KafFollowed *followed, const KafRecord *change, const KafRecord *known)
{
  set_known (followed, change, change);
}

static void
take_back (KafFollower *self,
           KafFollowed *followed,
           const KafRecord *change,
           const KafRecord *known)
{
  set_known (followed, change, known);
}

/* It was written over what the lines told. */
static void
drop_lines (KafFollower *self,
            KafFollowed *followed,
            const KafRecord *change,
            const KafRecord *known)
{
  const KafEntity *entity = kaf_record_get_entity (change);

  for (guint i = 0; entity->fields[i].id != NULL; i++)
    if (kaf_record_holds_at (change, i))
      kaf_follower_drop_line (self, entity, kaf_known_unit (entity, &entity->fields[i]));
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

  self->writing--;
  if (!stopped)
    for_each_update (self, commit, receipt != NULL ? drop_lines : take_back);
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
  commit->store = g_object_ref (self->store);
  commit->set = kaf_change_set_ref (set);
  commit->known = kaf_follower_list_known (self);
  g_task_set_task_data (task, commit, commit_free);
  self->writing++;
  for_each_update (self, commit, advance);
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
