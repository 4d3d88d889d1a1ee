/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "net/kaf-blob-queue.h"

#define TELL_US (G_USEC_PER_SEC / 5)

/* Tries that moved nothing, one after the other, before a link counts as down; µs before the second. */
#define TRIES 4
#define FIRST_WAIT_US (G_USEC_PER_SEC / 2)

typedef struct
{
  KafBlobWay way;
  KafBlobTransfer *transfer; /* the one that runs or is to be tried again; NULL: none */
  KafBlobTransfer *before;   /* the last one: its connection is used again */
  GThread *thread;           /* NULL: none runs */
  GError *result;
  gint64 not_before; /* monotonic */
  guint tries;
  gboolean over; /* nothing is due, or the link is down */
} Slot;

typedef struct
{
  KafDatabase *db;
  gint64 most;
  KafBlobReport *report;
  GCancellable *cancellable;
  GAsyncQueue *ended; /* of Slot */
  Slot slots[KAF_BLOB_N_WAYS];
} Queue;

void
kaf_blob_report_clear (KafBlobReport *self)
{
  g_clear_error (&self->failure);
}

typedef struct
{
  Queue *queue;
  Slot *slot;
} Run;

static gpointer
run_thread (gpointer data)
{
  g_autofree Run *run = data;

  kaf_blob_transfer_run (run->slot->transfer, run->queue->cancellable, &run->slot->result);
  g_async_queue_push (run->queue->ended, run->slot);
  return NULL;
}

static gboolean
prepare (Queue *self, Slot *slot, GError **error)
{
  GError *local = NULL;

  slot->transfer = kaf_blob_transfer_prepare (self->db, slot->way, self->most, &local);
  if (local != NULL)
    {
      g_propagate_error (error, local);
      return FALSE;
    }
  slot->over = slot->transfer == NULL;
  if (slot->transfer != NULL && slot->before != NULL)
    kaf_blob_transfer_hand_over (slot->transfer, slot->before);
  g_clear_pointer (&slot->before, kaf_blob_transfer_free);
  return TRUE;
}

static gboolean
begin (Queue *self, Slot *slot, GError **error)
{
  Run *run;

  if (slot->over || slot->thread != NULL || slot->not_before > g_get_monotonic_time ())
    return TRUE;
  if (slot->transfer == NULL && !prepare (self, slot, error))
    return FALSE;
  if (slot->transfer == NULL)
    return TRUE;
  run = g_new (Run, 1);
  *run = (Run){ self, slot };
  slot->thread = g_thread_new ("files", run_thread, run);
  return TRUE;
}

static void
count (Queue *self, Slot *slot, const GError *result)
{
  const KafBlobTask *task = kaf_blob_transfer_get_task (slot->transfer);

  /* That another device has not sent it yet is no fault. */
  if (g_error_matches (result, KAF_NET_ERROR, KAF_NET_ERROR_FILE_ABSENT))
    return;
  if (result != NULL)
    {
      self->report->n_failed++;
      if (self->report->failure == NULL)
        self->report->failure = g_error_copy (result);
    }
  else if (slot->way == KAF_BLOB_UP)
    {
      self->report->n_sent++;
      self->report->sent += task->size;
    }
  else
    {
      self->report->n_fetched++;
      self->report->fetched += task->size;
    }
}

/* A link that was cut is tried again, by a new connection. */
static gboolean
tries_again (Slot *slot)
{
  if (!g_error_matches (slot->result, KAF_NET_ERROR, KAF_NET_ERROR_OFFLINE))
    return FALSE;
  slot->tries = kaf_blob_transfer_get_moved (slot->transfer) > 0 ? 1 : slot->tries + 1;
  if (slot->tries > TRIES)
    return FALSE;
  slot->not_before = g_get_monotonic_time () + (FIRST_WAIT_US << (slot->tries - 1));
  g_clear_error (&slot->result);
  return TRUE;
}

static gboolean
finish (Queue *self, Slot *slot, GError **error)
{
  g_autoptr (GError) result = NULL;
  gboolean goes_on;

  g_thread_join (g_steal_pointer (&slot->thread));
  if (tries_again (slot))
    return TRUE;
  result = g_steal_pointer (&slot->result);
  goes_on = result == NULL || kaf_blob_transfer_is_own (result);
  if (!kaf_blob_transfer_note (slot->transfer, self->db, result, error))
    return FALSE;
  if (goes_on)
    count (self, slot, result);
  slot->before = g_steal_pointer (&slot->transfer);
  slot->tries = 0;
  if (!goes_on)
    g_propagate_error (error, g_steal_pointer (&result));
  return goes_on;
}

static void
tell (Queue *self, KafBlobProgressFunc progress, gpointer data)
{
  for (guint i = 0; progress != NULL && i < KAF_BLOB_N_WAYS; i++)
    {
      Slot *slot = &self->slots[i];

      if (slot->thread != NULL)
        progress (slot->way, kaf_blob_transfer_get_done (slot->transfer),
                  kaf_blob_transfer_get_task (slot->transfer)->size, data);
    }
}

static gboolean
is_over (Queue *self)
{
  for (guint i = 0; i < KAF_BLOB_N_WAYS; i++)
    if (!self->slots[i].over || self->slots[i].thread != NULL)
      return FALSE;
  return TRUE;
}

/* Waits for those that run; what they brought is kept where it lies. */
static void
clear (Queue *self)
{
  for (guint i = 0; i < KAF_BLOB_N_WAYS; i++)
    {
      Slot *slot = &self->slots[i];

      g_clear_pointer (&slot->thread, g_thread_join);
      g_clear_pointer (&slot->transfer, kaf_blob_transfer_free);
      g_clear_pointer (&slot->before, kaf_blob_transfer_free);
      g_clear_error (&slot->result);
    }
  g_async_queue_unref (self->ended);
}

/* @first: what the run ends with, once the other way has come to its end as well. */
static void
keep_first (GError **first, GError *error)
{
  if (*first == NULL)
    *first = error;
  else
    g_error_free (error);
}

gboolean
kaf_blob_queue_run (KafDatabase *db,
                    gint64 most,
                    KafBlobReport *report,
                    KafBlobProgressFunc progress,
                    gpointer progress_data,
                    GCancellable *cancellable,
                    GError **error)
{
  Queue self = { db, most, report, cancellable, g_async_queue_new () };
  GError *first = NULL;

  *report = (KafBlobReport){ 0 };
  for (guint i = 0; i < KAF_BLOB_N_WAYS; i++)
    self.slots[i].way = i;
  while (!is_over (&self))
    {
      GError *local = NULL;
      Slot *ended;

      for (guint i = 0; i < KAF_BLOB_N_WAYS; i++)
        if (!begin (&self, &self.slots[i], &local))
          {
            self.slots[i].over = TRUE;
            keep_first (&first, g_steal_pointer (&local));
          }
      if (is_over (&self))
        break;
      ended = g_async_queue_timeout_pop (self.ended, TELL_US);
      tell (&self, progress, progress_data);
      if (ended != NULL && !finish (&self, ended, &local))
        {
          ended->over = TRUE;
          keep_first (&first, g_steal_pointer (&local));
        }
    }
  clear (&self);
  if (first == NULL)
    return TRUE;
  g_propagate_error (error, first);
  return FALSE;
}
