/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Each way:
 *
 *   main context          store, behind        a thread of its own     store, writing
 *   ────────────          ─────────────        ───────────────────     ──────────────
 *   begin ──────────────▶ prepare
 *   on_prepared ◀──────── transfer, or nothing is due
 *        └───────────────────────────────────▶ run
 *   on_run ◀─────────────────────────────────── moved, or why not
 *        └───────────────────────────────────────────────────────────▶ note
 *   on_noted ◀──────────────────────────────────────────────────────── begin again
 */
#include "config.h"

#include "net/kaf-blob-agent.h"

#include "net/kaf-blob-transfer.h"
#include "schema/kaf-registry.h"

#define TELL_MS 250

/* Tries that moved nothing, one after the other, before the link counts as down; ms before the second. */
#define TRIES 4
#define FIRST_WAIT_MS 500

typedef struct
{
  KafBlobAgent *agent;
  KafBlobWay way;
  gboolean busy;
  gboolean again;            /* woken meanwhile */
  KafBlobTransfer *transfer; /* under way; NULL: none */
  KafBlobTransfer *before;   /* its connection is used again */
  GCancellable *cancellable; /* of the one under way */
  GError *result;            /* of the one that is being noted */
  guint tries;
  guint timer; /* until the next try */
} Slot;

struct _KafBlobAgent
{
  GObject parent_instance;

  KafStore *store;
  Slot slots[KAF_BLOB_N_WAYS];
  KafBlobCounts counts;
  GCancellable *reading;
  gboolean is_reading, read_again;
  gboolean stopped;
  GPtrArray *waiters; /* of GTask, whose data is the hash */
  guint ticker;
};

enum
{
  CHANGED,
  MOVED,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (KafBlobAgent, kaf_blob_agent, G_TYPE_OBJECT)

static void begin (Slot *slot);

static void
tell (KafBlobAgent *self)
{
  if (!self->stopped)
    g_signal_emit (self, signals[CHANGED], 0);
}

/* Counting */

static gpointer
count_job (KafDatabase *db, gpointer data, GCancellable *cancellable, GError **error)
{
  g_autofree KafBlobCounts *counts = g_new0 (KafBlobCounts, 1);

  return kaf_blob_count (db, counts, error) ? g_steal_pointer (&counts) : NULL;
}

static void look (KafBlobAgent *self);

static void
on_counted (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (KafBlobAgent) self = data;
  g_autoptr (GError) error = NULL;
  g_autofree KafBlobCounts *counts = kaf_store_run_finish (KAF_STORE (source), result, &error);

  self->is_reading = FALSE;
  if (counts != NULL)
    {
      self->counts = *counts;
      tell (self);
    }
  else if (error != NULL && !g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    g_warning ("Counting files failed: %s", error->message);
  if (self->read_again && !self->stopped)
    look (self);
}

static void
look (KafBlobAgent *self)
{
  self->read_again = self->is_reading;
  if (self->is_reading || self->stopped)
    return;
  self->is_reading = TRUE;
  kaf_store_run_async (self->store, KAF_LANE_BACKGROUND, count_job, NULL, NULL, g_free,
                       self->reading, on_counted, g_object_ref (self));
}

/* Those who wait */

/* @sha256 NULL: all of them. */
static void
answer_waiters (KafBlobAgent *self, const char *sha256, const GError *error)
{
  for (guint i = self->waiters->len; i-- > 0;)
    {
      g_autoptr (GTask) task = NULL;

      if (sha256 != NULL &&
          g_strcmp0 (g_task_get_task_data (g_ptr_array_index (self->waiters, i)), sha256) != 0)
        continue;
      task = g_object_ref (g_ptr_array_index (self->waiters, i));
      g_ptr_array_remove_index (self->waiters, i);
      if (error != NULL)
        g_task_return_error (task, g_error_copy (error));
      else
        g_task_return_boolean (task, TRUE);
    }
}

/* Moving */

static gboolean
on_tick (gpointer data)
{
  tell (data);
  return G_SOURCE_CONTINUE;
}

static void
watch (KafBlobAgent *self)
{
  gboolean running = kaf_blob_agent_is_running (self);

  if (running && self->ticker == 0)
    self->ticker = g_timeout_add (TELL_MS, on_tick, self);
  else if (!running)
    g_clear_handle_id (&self->ticker, g_source_remove);
}

static void
rest (Slot *slot)
{
  KafBlobAgent *self = slot->agent;

  slot->busy = FALSE;
  watch (self);
  if (slot->again)
    begin (slot);
  else
    {
      tell (self);
      look (self);
    }
}

static gboolean
on_try (gpointer data)
{
  Slot *slot = data;

  slot->timer = 0;
  begin (slot);
  return G_SOURCE_REMOVE;
}

/* A link that was cut is tried again soon, by a new connection: the sync of records may be content meanwhile. */
static gboolean
tries_again (Slot *slot, KafBlobTransfer *transfer, const GError *error)
{
  if (!g_error_matches (error, KAF_NET_ERROR, KAF_NET_ERROR_OFFLINE) || slot->agent->stopped)
    return FALSE;
  slot->tries = kaf_blob_transfer_get_moved (transfer) > 0 ? 1 : slot->tries + 1;
  if (slot->tries > TRIES)
    return FALSE;
  g_clear_handle_id (&slot->timer, g_source_remove);
  slot->timer = g_timeout_add (FIRST_WAIT_MS << (slot->tries - 1), on_try, slot);
  return TRUE;
}

static gpointer
note_job (KafDatabase *db, gpointer data, GCancellable *cancellable, GError **error)
{
  Slot *slot = data;

  kaf_blob_transfer_note (slot->transfer, db, slot->result, error);
  return NULL;
}

static void
on_noted (GObject *source, GAsyncResult *result, gpointer data)
{
  Slot *slot = data;
  g_autoptr (KafBlobAgent) self = slot->agent;
  g_autoptr (GError) error = NULL;
  g_autoptr (GError) moved = g_steal_pointer (&slot->result);
  g_autofree char *sha256 = g_strdup (kaf_blob_transfer_get_task (slot->transfer)->sha256);

  kaf_store_run_finish (KAF_STORE (source), result, &error);
  g_clear_pointer (&slot->before, kaf_blob_transfer_free);
  slot->before = g_steal_pointer (&slot->transfer);
  slot->tries = 0;
  if (error != NULL)
    g_warning ("Noting a file failed: %s", error->message);
  if (slot->way == KAF_BLOB_DOWN)
    answer_waiters (self, sha256, moved != NULL ? moved : error);
  if (!self->stopped)
    g_signal_emit (self, signals[MOVED], 0, sha256);
  /* What could not be noted would come again at once. */
  slot->again = error == NULL;
  rest (slot);
}

/* Not moved, for what does not concern this content: nothing is noted. */
static void
leave (Slot *slot, const GError *error)
{
  KafBlobAgent *self = slot->agent;
  gboolean cancelled = g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  gboolean again = tries_again (slot, slot->transfer, error);

  if (!cancelled)
    g_message ("A file was not moved: %s", error->message);
  if (slot->way == KAF_BLOB_DOWN && !again && !cancelled)
    answer_waiters (self, NULL, error);
  g_clear_pointer (&slot->transfer, kaf_blob_transfer_free);
  rest (slot);
}

static void
on_run (GObject *source, GAsyncResult *result, gpointer data)
{
  Slot *slot = data;
  g_autoptr (KafBlobAgent) self = slot->agent;
  g_autoptr (GError) error = NULL;

  if (!g_task_propagate_boolean (G_TASK (result), &error) && !kaf_blob_transfer_is_own (error))
    {
      leave (slot, error);
      return;
    }
  /* The store goes: what came lies there, and is looked at again. */
  if (self->stopped)
    {
      g_clear_pointer (&slot->transfer, kaf_blob_transfer_free);
      slot->busy = FALSE;
      return;
    }
  slot->result = g_steal_pointer (&error);
  kaf_store_run_async (self->store, KAF_LANE_WRITE, note_job, slot, NULL, NULL, NULL, on_noted,
                       slot);
  g_object_ref (self);
}

static void
run_thread (GTask *task, gpointer source, gpointer data, GCancellable *cancellable)
{
  Slot *slot = data;
  GError *error = NULL;

  if (kaf_blob_transfer_run (slot->transfer, cancellable, &error))
    g_task_return_boolean (task, TRUE);
  else
    g_task_return_error (task, error);
}

static gpointer
prepare_job (KafDatabase *db, gpointer data, GCancellable *cancellable, GError **error)
{
  return kaf_blob_transfer_prepare (db, GPOINTER_TO_INT (data), KAF_BLOB_SMALL, error);
}

static void
on_prepared (GObject *source, GAsyncResult *result, gpointer data)
{
  Slot *slot = data;
  g_autoptr (KafBlobAgent) self = slot->agent;
  g_autoptr (GError) error = NULL;
  g_autoptr (GTask) task = NULL;

  slot->transfer = kaf_store_run_finish (KAF_STORE (source), result, &error);
  if (slot->transfer == NULL || self->stopped)
    {
      g_clear_pointer (&slot->transfer, kaf_blob_transfer_free);
      /* What was waited for is here already, or is not to be had: asking for it tells. */
      if (slot->way == KAF_BLOB_DOWN && !slot->again)
        answer_waiters (self, NULL, error);
      rest (slot);
      return;
    }
  if (slot->before != NULL)
    kaf_blob_transfer_hand_over (slot->transfer, slot->before);
  g_clear_pointer (&slot->before, kaf_blob_transfer_free);
  g_clear_object (&slot->cancellable);
  slot->cancellable = g_cancellable_new ();
  watch (self);
  task = g_task_new (NULL, slot->cancellable, on_run, slot);
  g_task_set_source_tag (task, on_prepared);
  g_task_set_task_data (task, slot, NULL);
  /* What was moved is moved, though it was cancelled meanwhile. */
  g_task_set_check_cancellable (task, FALSE);
  g_object_ref (self);
  g_task_run_in_thread (task, run_thread);
}

static void
begin (Slot *slot)
{
  KafBlobAgent *self = slot->agent;

  slot->again = slot->busy;
  if (slot->busy || self->stopped || kaf_store_is_read_only (self->store))
    return;
  slot->busy = TRUE;
  g_clear_handle_id (&slot->timer, g_source_remove);
  g_object_ref (self);
  kaf_store_run_async (self->store, KAF_LANE_BACKGROUND, prepare_job, GINT_TO_POINTER (slot->way),
                       NULL, (GDestroyNotify) kaf_blob_transfer_free, NULL, on_prepared, slot);
}

static void
kaf_blob_agent_dispose (GObject *object)
{
  KafBlobAgent *self = KAF_BLOB_AGENT (object);

  kaf_blob_agent_stop (self);
  g_clear_object (&self->store);
  G_OBJECT_CLASS (kaf_blob_agent_parent_class)->dispose (object);
}

static void
kaf_blob_agent_finalize (GObject *object)
{
  KafBlobAgent *self = KAF_BLOB_AGENT (object);

  for (guint i = 0; i < KAF_BLOB_N_WAYS; i++)
    {
      g_clear_pointer (&self->slots[i].before, kaf_blob_transfer_free);
      g_clear_object (&self->slots[i].cancellable);
    }
  g_clear_object (&self->reading);
  g_ptr_array_unref (self->waiters);
  G_OBJECT_CLASS (kaf_blob_agent_parent_class)->finalize (object);
}

static void
kaf_blob_agent_class_init (KafBlobAgentClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = kaf_blob_agent_dispose;
  G_OBJECT_CLASS (klass)->finalize = kaf_blob_agent_finalize;

  signals[CHANGED] = g_signal_new ("changed", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL,
                                   NULL, NULL, G_TYPE_NONE, 0);
  signals[MOVED] = g_signal_new ("moved", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL,
                                 NULL, NULL, G_TYPE_NONE, 1, G_TYPE_STRING);
}

static void
kaf_blob_agent_init (KafBlobAgent *self)
{
  self->reading = g_cancellable_new ();
  self->waiters = g_ptr_array_new_with_free_func (g_object_unref);
  for (guint i = 0; i < KAF_BLOB_N_WAYS; i++)
    {
      self->slots[i].agent = self;
      self->slots[i].way = i;
    }
}

KafBlobAgent *
kaf_blob_agent_new (KafStore *store)
{
  KafBlobAgent *self = g_object_new (KAF_TYPE_BLOB_AGENT, NULL);

  self->store = g_object_ref (store);
  g_signal_connect_object (store, "changed", G_CALLBACK (look), self, G_CONNECT_SWAPPED);
  look (self);
  return self;
}

void
kaf_blob_agent_wake (KafBlobAgent *self)
{
  g_return_if_fail (KAF_IS_BLOB_AGENT (self));

  for (guint i = 0; i < KAF_BLOB_N_WAYS; i++)
    begin (&self->slots[i]);
}

void
kaf_blob_agent_cancel (KafBlobAgent *self)
{
  g_return_if_fail (KAF_IS_BLOB_AGENT (self));

  for (guint i = 0; i < KAF_BLOB_N_WAYS; i++)
    {
      Slot *slot = &self->slots[i];

      slot->again = FALSE;
      g_clear_handle_id (&slot->timer, g_source_remove);
      if (slot->transfer != NULL)
        g_cancellable_cancel (slot->cancellable);
    }
}

void
kaf_blob_agent_stop (KafBlobAgent *self)
{
  g_autoptr (GError) cancelled = g_error_new_literal (G_IO_ERROR, G_IO_ERROR_CANCELLED, "stopped");

  g_return_if_fail (KAF_IS_BLOB_AGENT (self));

  self->stopped = TRUE;
  g_clear_handle_id (&self->ticker, g_source_remove);
  g_cancellable_cancel (self->reading);
  kaf_blob_agent_cancel (self);
  answer_waiters (self, NULL, cancelled);
}

gboolean
kaf_blob_agent_is_running (KafBlobAgent *self)
{
  g_return_val_if_fail (KAF_IS_BLOB_AGENT (self), FALSE);

  for (guint i = 0; i < KAF_BLOB_N_WAYS; i++)
    if (self->slots[i].transfer != NULL)
      return TRUE;
  return FALSE;
}

double
kaf_blob_agent_get_share (KafBlobAgent *self, const char *sha256, KafBlobWay *way)
{
  g_return_val_if_fail (KAF_IS_BLOB_AGENT (self), -1);

  for (guint i = 0; i < KAF_BLOB_N_WAYS; i++)
    {
      Slot *slot = &self->slots[i];
      const KafBlobTask *task =
          slot->transfer != NULL ? kaf_blob_transfer_get_task (slot->transfer) : NULL;

      if (task == NULL || g_strcmp0 (task->sha256, sha256) != 0)
        continue;
      *way = slot->way;
      return task->size > 0
                 ? (double) kaf_blob_transfer_get_done (slot->transfer) / (double) task->size
                 : 0;
    }
  return -1;
}

const KafBlobCounts *
kaf_blob_agent_get_counts (KafBlobAgent *self)
{
  g_return_val_if_fail (KAF_IS_BLOB_AGENT (self), NULL);
  return &self->counts;
}

/* On demand */

typedef struct
{
  char *id;
  gboolean wanted;
} Want;

static void
want_free (gpointer data)
{
  Want *want = data;

  g_free (want->id);
  g_free (want);
}

/* The hash of the content. */
static gpointer
want_job (KafDatabase *db, gpointer data, GCancellable *cancellable, GError **error)
{
  Want *want = data;
  g_autoptr (KafRecord) record =
      kaf_read_record (db, kaf_registry_find ("attachment"), want->id, error);

  if (record == NULL || !kaf_blob_want (db, want->id, want->wanted, error))
    return NULL;
  return g_strdup (kaf_record_get (record, "sha256"));
}

static void
want (KafBlobAgent *self,
      const char *id,
      gboolean wanted,
      GAsyncReadyCallback callback,
      gpointer data)
{
  Want *job = g_new0 (Want, 1);

  job->id = g_strdup (id);
  job->wanted = wanted;
  kaf_store_run_async (self->store, KAF_LANE_WRITE, want_job, job, want_free, g_free, NULL,
                       callback, data);
}

static void
on_wanted (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (GTask) task = data;
  KafBlobAgent *self = g_task_get_source_object (task);
  GError *error = NULL;
  char *sha256 = kaf_store_run_finish (KAF_STORE (source), result, &error);

  if (sha256 == NULL || self->stopped)
    {
      g_free (sha256);
      if (error == NULL)
        error = g_error_new_literal (G_IO_ERROR, G_IO_ERROR_CANCELLED, "stopped");
      g_task_return_error (task, error);
      return;
    }
  g_task_set_task_data (task, sha256, g_free);
  g_ptr_array_add (self->waiters, g_steal_pointer (&task));
  begin (&self->slots[KAF_BLOB_DOWN]);
  tell (self);
}

void
kaf_blob_agent_fetch_async (KafBlobAgent *self,
                            const char *attachment_id,
                            GAsyncReadyCallback callback,
                            gpointer user_data)
{
  GTask *task;

  g_return_if_fail (KAF_IS_BLOB_AGENT (self));

  task = g_task_new (self, NULL, callback, user_data);
  g_task_set_source_tag (task, kaf_blob_agent_fetch_async);
  want (self, attachment_id, TRUE, on_wanted, task);
}

gboolean
kaf_blob_agent_fetch_finish (KafBlobAgent *self, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), FALSE);
  return g_task_propagate_boolean (G_TASK (result), error);
}

static void
on_unwanted (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (KafBlobAgent) self = data;
  g_autofree char *sha256 = kaf_store_run_finish (KAF_STORE (source), result, NULL);
  g_autoptr (GError) cancelled = g_error_new_literal (G_IO_ERROR, G_IO_ERROR_CANCELLED, "given up");
  Slot *slot = &self->slots[KAF_BLOB_DOWN];

  if (sha256 == NULL || self->stopped)
    return;
  if (slot->transfer != NULL &&
      g_strcmp0 (kaf_blob_transfer_get_task (slot->transfer)->sha256, sha256) == 0)
    {
      slot->again = TRUE; /* others may follow */
      g_cancellable_cancel (slot->cancellable);
    }
  answer_waiters (self, sha256, cancelled);
  g_signal_emit (self, signals[MOVED], 0, sha256);
}

void
kaf_blob_agent_give_up (KafBlobAgent *self, const char *attachment_id)
{
  g_return_if_fail (KAF_IS_BLOB_AGENT (self));
  want (self, attachment_id, FALSE, on_unwanted, g_object_ref (self));
}
