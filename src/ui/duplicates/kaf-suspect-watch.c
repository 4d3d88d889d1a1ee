/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "ui/duplicates/kaf-suspect-watch.h"

#include "store/kaf-suspects.h"

#include <malloc.h>

#define FIRST_DELAY_S 5 /* the window shows its first page before */
#define LAST_DELAY_S 320
#define AT_ONCE 50 /* records a transaction: some 50 ms */

struct _KafSuspectWatch
{
  GObject parent_instance;

  KafStore *store; /* which owns this */
  GCancellable *cancellable;
  guint source;     /* of the turn that is due later; 0: none */
  guint n_failures; /* turns in a row */
  gboolean working;
  gboolean again;
  gboolean current;
  int progress; /* atomic: written by the worker */
};

G_DEFINE_FINAL_TYPE (KafSuspectWatch, kaf_suspect_watch, G_TYPE_OBJECT)

enum
{
  SIGNAL_UPDATED,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

static void work (KafSuspectWatch *self);

static void
emit_updated (KafSuspectWatch *self)
{
  g_signal_emit (self, signals[SIGNAL_UPDATED], 0);
}

static gboolean
on_timeout (gpointer data)
{
  KafSuspectWatch *self = data;

  self->source = 0;
  work (self);
  return G_SOURCE_REMOVE;
}

static void
work_in (KafSuspectWatch *self, guint seconds)
{
  g_clear_handle_id (&self->source, g_source_remove);
  self->source = g_timeout_add_seconds_full (G_PRIORITY_LOW, seconds, on_timeout, self, NULL);
}

/* Another program holds the file, or the disk is full: each time twice as long after. */
static void
try_again_later (KafSuspectWatch *self)
{
  work_in (self, MIN (FIRST_DELAY_S << MIN (self->n_failures, 8), LAST_DELAY_S));
  self->n_failures++;
}

/* The end of a turn: what came meanwhile is next. */
static void
end_turn (KafSuspectWatch *self, const GError *error)
{
  gboolean cancelled = g_cancellable_is_cancelled (self->cancellable);

  self->working = FALSE;
  g_atomic_int_set (&self->progress, -1);
  if (error != NULL && !cancelled)
    g_message ("Who may be one was not looked at: %s", error->message);
  if (cancelled)
    return;
  if (error != NULL)
    try_again_later (self);
  else
    self->n_failures = 0;
  if (error == NULL && self->again)
    work (self);
  emit_updated (self);
}

/* ---- A look at all ---- */

static gpointer
free_look (gpointer look)
{
  kaf_suspects_look_free (look);
  malloc_trim (0);
  return NULL;
}

/* Hundreds of megabytes in small pieces: not on the interface's thread, and given back. */
static void
drop_look (KafSuspectsLook *look)
{
  if (look != NULL)
    g_thread_unref (g_thread_new ("suspects", free_look, look));
}

static gboolean
note_progress (guint permille, gpointer data)
{
  KafSuspectWatch *self = data;

  g_atomic_int_set (&self->progress, (int) permille);
  return TRUE;
}

static void
look_at_all (GTask *task, gpointer source, gpointer data, GCancellable *cancellable)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (KafDatabase) db = kaf_database_open (data, KAF_OPEN_READ_ONLY, NULL, &error);
  KafSuspectsLook *look =
      db != NULL ? kaf_suspects_look (db, note_progress, source, cancellable, &error) : NULL;

  if (look != NULL)
    g_task_return_pointer (task, look, (GDestroyNotify) drop_look);
  else
    g_task_return_error (task, g_steal_pointer (&error));
}

typedef struct
{
  KafSuspectWatch *watch; /* owned */
  KafSuspectsLook *look;
  gboolean done;
} Writing;

static void
writing_free (Writing *self)
{
  g_object_unref (self->watch);
  drop_look (self->look);
  g_free (self);
}

static gpointer
write_job (KafDatabase *db, gpointer data, GCancellable *cancellable, GError **error)
{
  Writing *writing = data;

  return kaf_suspects_look_write (db, writing->look, &writing->done, error) ? writing : NULL;
}

static void write_next (Writing *writing);

static void
on_written (GObject *source, GAsyncResult *result, gpointer data)
{
  Writing *writing = data;
  g_autoptr (GError) error = NULL;
  gpointer done = kaf_store_run_finish (KAF_STORE (source), result, &error);

  if (done != NULL && !writing->done)
    {
      write_next (writing);
      return;
    }
  if (done != NULL)
    writing->watch->again = TRUE;
  end_turn (writing->watch, error);
  writing_free (writing);
}

/* A part after the other: what a person saves meanwhile comes in between. */
static void
write_next (Writing *writing)
{
  kaf_store_run_async (writing->watch->store, KAF_LANE_WRITE, write_job, writing, NULL, NULL,
                       writing->watch->cancellable, on_written, writing);
}

static void
on_looked_at_all (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (KafSuspectWatch) self = KAF_SUSPECT_WATCH (g_object_ref (source));
  g_autoptr (GError) error = NULL;
  KafSuspectsLook *look = g_task_propagate_pointer (G_TASK (result), &error);
  Writing *writing;

  if (look == NULL || self->store == NULL)
    {
      drop_look (look);
      end_turn (self, error);
      return;
    }
  writing = g_new0 (Writing, 1);
  writing->watch = g_steal_pointer (&self);
  writing->look = look;
  write_next (writing);
}

static void
begin_look_at_all (KafSuspectWatch *self)
{
  g_autoptr (GTask) task = g_task_new (self, self->cancellable, on_looked_at_all, NULL);

  g_atomic_int_set (&self->progress, 0);
  g_task_set_task_data (task, g_strdup (kaf_store_get_path (self->store)), g_free);
  g_task_run_in_thread (task, look_at_all);
  emit_updated (self);
}

/* ---- After a commit ---- */

static gpointer
catch_up_job (KafDatabase *db, gpointer data, GCancellable *cancellable, GError **error)
{
  KafSuspectsState state;

  return kaf_suspects_catch_up (db, AT_ONCE, &state, error) ? GUINT_TO_POINTER (1 + state) : NULL;
}

static void
on_caught_up (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (KafSuspectWatch) self = data;
  g_autoptr (GError) error = NULL;
  gpointer state = kaf_store_run_finish (KAF_STORE (source), result, &error);

  if (state != NULL && GPOINTER_TO_UINT (state) == 1 + KAF_SUSPECTS_UNFINISHED)
    {
      begin_look_at_all (self);
      return;
    }
  self->current = state != NULL && GPOINTER_TO_UINT (state) == 1 + KAF_SUSPECTS_CURRENT;
  self->again |= state != NULL && !self->current;
  end_turn (self, error);
}

static void
work (KafSuspectWatch *self)
{
  self->again = self->working;
  if (self->working || self->store == NULL || kaf_store_is_read_only (self->store))
    return;
  self->working = TRUE;
  self->current = FALSE;
  kaf_store_run_async (self->store, KAF_LANE_WRITE, catch_up_job, NULL, NULL, NULL,
                       self->cancellable, on_caught_up, g_object_ref (self));
}

static void
on_changed (KafSuspectWatch *self)
{
  self->current = FALSE;
  if (self->source == 0 || self->n_failures > 0)
    kaf_suspect_watch_look (self);
}

static void
kaf_suspect_watch_dispose (GObject *object)
{
  KafSuspectWatch *self = KAF_SUSPECT_WATCH (object);

  g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
  g_clear_handle_id (&self->source, g_source_remove);
  G_OBJECT_CLASS (kaf_suspect_watch_parent_class)->dispose (object);
}

static void
kaf_suspect_watch_class_init (KafSuspectWatchClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = kaf_suspect_watch_dispose;
  signals[SIGNAL_UPDATED] = g_signal_new ("updated", KAF_TYPE_SUSPECT_WATCH, G_SIGNAL_RUN_LAST, 0,
                                          NULL, NULL, NULL, G_TYPE_NONE, 0);
}

static void
kaf_suspect_watch_init (KafSuspectWatch *self)
{
  self->cancellable = g_cancellable_new ();
  self->progress = -1;
}

/* The store is being closed: nothing more is begun. */
static void
let_go (gpointer data)
{
  KafSuspectWatch *self = data;

  self->store = NULL;
  g_cancellable_cancel (self->cancellable);
  g_clear_handle_id (&self->source, g_source_remove);
  g_object_unref (self);
}

KafSuspectWatch *
kaf_suspect_watch_get (KafStore *store)
{
  KafSuspectWatch *self = g_object_get_data (G_OBJECT (store), "kaf-suspect-watch");

  g_return_val_if_fail (KAF_IS_STORE (store), NULL);
  if (self != NULL)
    return self;
  self = g_object_new (KAF_TYPE_SUSPECT_WATCH, NULL);
  self->store = store;
  g_object_set_data_full (G_OBJECT (store), "kaf-suspect-watch", self, let_go);
  g_signal_connect_object (store, "changed", G_CALLBACK (on_changed), self, G_CONNECT_SWAPPED);
  work_in (self, FIRST_DELAY_S);
  return self;
}

void
kaf_suspect_watch_look (KafSuspectWatch *self)
{
  g_return_if_fail (KAF_IS_SUSPECT_WATCH (self));

  g_clear_handle_id (&self->source, g_source_remove);
  work (self);
}

int
kaf_suspect_watch_get_progress (KafSuspectWatch *self)
{
  g_return_val_if_fail (KAF_IS_SUSPECT_WATCH (self), -1);

  return g_atomic_int_get (&self->progress);
}

gboolean
kaf_suspect_watch_is_current (KafSuspectWatch *self)
{
  g_return_val_if_fail (KAF_IS_SUSPECT_WATCH (self), FALSE);

  return self->current;
}
