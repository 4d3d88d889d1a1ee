/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 *   caller's thread          write worker            read worker
 *   ───────────────          ────────────            ───────────
 *   commit_async ──────────▶ kaf_commit
 *   "changed" ◀───────────── receipt
 *   run_async (READ) ──────────────────────────────▶ job (db)
 *   callback ◀────────────────────────────────────── result
 *
 * Each worker is a thread with its own connection and a queue. A job that was cancelled while it
 * waited is never begun. The GTask of a job carries it across and back. */
#include "config.h"

#include "store/kaf-store.h"

#include <string.h>

#include "schema/kaf-registry.h"
#include "store/kaf-permit.h"

typedef struct
{
  KafLane lane;
  KafDatabase *db;
  GThread *thread;
  GAsyncQueue *queue; /* of GTask, or of the store itself to stop */
} Worker;

struct _KafStore
{
  GObject parent_instance;

  char *path;
  gboolean read_only;
  gboolean closed;
  Worker workers[KAF_N_LANES];
  const KafRole *role;   /* of the user, as the write worker read it last; atomic; NULL: may all */
  GFileMonitor *monitor; /* of the log: another process writes there */
  guint data_version;    /* as last seen by the read worker */
  guint look_source;
};

G_DEFINE_FINAL_TYPE (KafStore, kaf_store, G_TYPE_OBJECT)

enum
{
  SIGNAL_CHANGED,
  SIGNAL_SENT,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

/* Long enough for a burst of writes elsewhere to be told once. */
#define LOOK_DELAY_MS 250

/* How long a connection keeps its pages after the last job. */
#define REST_AFTER_US (1 * G_USEC_PER_SEC)
#define REST_BEHIND_AFTER_US (G_USEC_PER_SEC / 4)

typedef struct
{
  KafStoreJob run;
  gpointer data;
  GDestroyNotify data_free;
  GDestroyNotify result_free;
} Job;

static void
job_free (gpointer data)
{
  Job *job = data;

  if (job->data_free != NULL)
    job->data_free (job->data);
  g_free (job);
}

/* A sync may have brought the user another role, here or in another process. */
static void
look_at_role (KafStore *self, KafDatabase *db)
{
  const KafRole *role = kaf_permit_read (db);

  if (g_atomic_pointer_get (&self->role) == role)
    return;
  g_atomic_pointer_set (&self->role, role);
  kaf_store_announce (self, NULL);
}

static gpointer
run_job (Worker *worker, KafStore *store, Job *job, GCancellable *cancellable, GError **error)
{
  gpointer result = NULL;

  if (worker->lane == KAF_LANE_WRITE)
    {
      result = job->run (worker->db, job->data, cancellable, error);
      look_at_role (store, worker->db);
      return result;
    }

  if (kaf_database_begin_read (worker->db, cancellable, error))
    result = job->run (worker->db, job->data, cancellable, error);
  kaf_database_end_read (worker->db);
  return result;
}

static void
run_task (Worker *worker, GTask *task)
{
  Job *job = g_task_get_task_data (task);
  GError *error = NULL;
  gpointer result;

  if (g_task_return_error_if_cancelled (task))
    return;

  result =
      run_job (worker, g_task_get_source_object (task), job, g_task_get_cancellable (task), &error);
  if (error != NULL)
    g_task_return_error (task, error);
  else
    g_task_return_pointer (task, result, job->result_free);
}

/* NULL: nobody asks any more. Who types asks again at once, and finds what was read still there; what was
 * counted behind may have been the whole store, and is kept between two letters only. */
static gpointer
next_item (Worker *worker)
{
  return g_async_queue_timeout_pop (
      worker->queue, worker->lane == KAF_LANE_BACKGROUND ? REST_BEHIND_AFTER_US : REST_AFTER_US);
}

static gpointer
work (gpointer data)
{
  Worker *worker = data;

  for (;;)
    {
      gpointer item = next_item (worker);

      /* What was kept for the next question is given back. */
      if (item == NULL)
        {
          kaf_database_rest (worker->db);
          item = g_async_queue_pop (worker->queue);
        }
      if (item == worker) /* the sign to stop */
        break;
      run_task (worker, item);
      g_object_unref (item);
    }
  return NULL;
}

void
kaf_store_run_async (KafStore *self,
                     KafLane lane,
                     KafStoreJob job,
                     gpointer data,
                     GDestroyNotify data_free,
                     GDestroyNotify result_free,
                     GCancellable *cancellable,
                     GAsyncReadyCallback callback,
                     gpointer user_data)
{
  g_autoptr (GTask) task = g_task_new (self, cancellable, callback, user_data);
  Job *own = g_new0 (Job, 1);

  g_return_if_fail (KAF_IS_STORE (self));

  own->run = job;
  own->data = data;
  own->data_free = data_free;
  own->result_free = result_free;
  g_task_set_task_data (task, own, job_free);
  g_task_set_source_tag (task, GINT_TO_POINTER (lane));
  /* What a write did stands, though its caller lost interest. */
  g_task_set_check_cancellable (task, lane != KAF_LANE_WRITE);

  if (self->closed)
    {
      /* Nobody waits for a read of a store that was put away; a write must not pass unsaid. */
      g_task_return_new_error (task, G_IO_ERROR,
                               lane != KAF_LANE_WRITE ? G_IO_ERROR_CANCELLED : G_IO_ERROR_CLOSED,
                               "the store is closed");
      return;
    }
  g_async_queue_push (self->workers[lane].queue, g_steal_pointer (&task));
}

gpointer
kaf_store_run_finish (KafStore *self, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), NULL);

  return g_task_propagate_pointer (G_TASK (result), error);
}

/* Writing */

typedef struct
{
  KafStore *store; /* kept alive by the task */
  KafChangeSet *set;
  KafFault fault;
} CommitJob;

static void
commit_job_free (gpointer data)
{
  CommitJob *job = data;

  kaf_change_set_unref (job->set);
  g_free (job);
}

typedef struct
{
  KafStore *store;
  KafReceipt *receipt;
} Announcement;

static gboolean
announce_idle (gpointer data)
{
  Announcement *announcement = data;

  g_signal_emit (announcement->store, signals[SIGNAL_CHANGED], 0, announcement->receipt);
  return G_SOURCE_REMOVE;
}

static void
announcement_free (gpointer data)
{
  Announcement *announcement = data;

  g_object_unref (announcement->store);
  g_clear_pointer (&announcement->receipt, kaf_receipt_unref);
  g_free (announcement);
}

void
kaf_store_announce (KafStore *self, KafReceipt *receipt)
{
  Announcement *announcement = g_new0 (Announcement, 1);
  g_autoptr (GSource) source = NULL;

  announcement->store = g_object_ref (self);
  announcement->receipt = receipt != NULL ? kaf_receipt_ref (receipt) : NULL;
  /* Not g_main_context_invoke(): between two turns of the main loop it would call from here. */
  source = g_idle_source_new ();
  g_source_set_priority (source, G_PRIORITY_DEFAULT);
  g_source_set_callback (source, announce_idle, announcement, announcement_free);
  g_source_attach (source, NULL);
}

void
kaf_store_announce_sent (KafStore *self)
{
  g_return_if_fail (KAF_IS_STORE (self));
  g_signal_emit (self, signals[SIGNAL_SENT], 0);
}

static gpointer
announce_written (KafStore *self, KafReceipt *receipt)
{
  if (receipt != NULL && receipt->batch != NULL)
    kaf_store_announce (self, receipt);
  return receipt;
}

static gpointer
run_commit (KafDatabase *db, gpointer data, GCancellable *cancellable, GError **error)
{
  CommitJob *job = data;

  return announce_written (job->store, kaf_commit (db, job->set, &job->fault, cancellable, error));
}

void
kaf_store_commit_async (KafStore *self,
                        KafChangeSet *set,
                        GCancellable *cancellable,
                        GAsyncReadyCallback callback,
                        gpointer user_data)
{
  CommitJob *job = g_new0 (CommitJob, 1);

  job->store = self;
  job->set = kaf_change_set_ref (set);
  kaf_store_run_async (self, KAF_LANE_WRITE, run_commit, job, commit_job_free,
                       (GDestroyNotify) kaf_receipt_unref, cancellable, callback, user_data);
}

KafReceipt *
kaf_store_commit_finish (KafStore *self, GAsyncResult *result, KafFault *fault, GError **error)
{
  Job *job = g_task_get_task_data (G_TASK (result));

  if (fault != NULL && job != NULL && job->run == run_commit)
    *fault = ((CommitJob *) job->data)->fault;
  return kaf_store_run_finish (self, result, error);
}

typedef struct
{
  KafStore *store;
  char *batch;
} UndoJob;

static void
undo_job_free (gpointer data)
{
  UndoJob *job = data;

  g_free (job->batch);
  g_free (job);
}

static gpointer
run_undo (KafDatabase *db, gpointer data, GCancellable *cancellable, GError **error)
{
  UndoJob *job = data;

  return announce_written (job->store, kaf_undo (db, job->batch, error));
}

static gpointer
run_redo (KafDatabase *db, gpointer data, GCancellable *cancellable, GError **error)
{
  UndoJob *job = data;

  return announce_written (job->store, kaf_redo (db, error));
}

void
kaf_store_undo_async (KafStore *self,
                      const char *batch,
                      GCancellable *cancellable,
                      GAsyncReadyCallback callback,
                      gpointer user_data)
{
  UndoJob *job = g_new0 (UndoJob, 1);

  job->store = self;
  job->batch = g_strdup (batch);
  kaf_store_run_async (self, KAF_LANE_WRITE, run_undo, job, undo_job_free,
                       (GDestroyNotify) kaf_receipt_unref, cancellable, callback, user_data);
}

void
kaf_store_redo_async (KafStore *self,
                      GCancellable *cancellable,
                      GAsyncReadyCallback callback,
                      gpointer user_data)
{
  UndoJob *job = g_new0 (UndoJob, 1);

  job->store = self;
  kaf_store_run_async (self, KAF_LANE_WRITE, run_redo, job, undo_job_free,
                       (GDestroyNotify) kaf_receipt_unref, cancellable, callback, user_data);
}

KafReceipt *
kaf_store_undo_finish (KafStore *self, GAsyncResult *result, GError **error)
{
  return kaf_store_run_finish (self, result, error);
}

/* Reading one record */

typedef struct
{
  const KafEntity *entity;
  char *id;
} LoadJob;

static void
load_job_free (gpointer data)
{
  LoadJob *job = data;

  g_free (job->id);
  g_free (job);
}

static gpointer
run_load (KafDatabase *db, gpointer data, GCancellable *cancellable, GError **error)
{
  LoadJob *job = data;

  return kaf_read_record (db, job->entity, job->id, error);
}

void
kaf_store_load_async (KafStore *self,
                      const KafEntity *entity,
                      const char *id,
                      GCancellable *cancellable,
                      GAsyncReadyCallback callback,
                      gpointer user_data)
{
  LoadJob *job = g_new0 (LoadJob, 1);

  job->entity = entity;
  job->id = g_strdup (id);
  kaf_store_run_async (self, KAF_LANE_READ, run_load, job, load_job_free,
                       (GDestroyNotify) kaf_record_unref, cancellable, callback, user_data);
}

KafRecord *
kaf_store_load_finish (KafStore *self, GAsyncResult *result, GError **error)
{
  return kaf_store_run_finish (self, result, error);
}

/* Noticing what another process wrote: its commits move the log; ours are told apart by the
 * write connection's own total, so that no list is read twice. */

static gpointer
run_look (KafDatabase *db, gpointer data, GCancellable *cancellable, GError **error)
{
  return GUINT_TO_POINTER (kaf_database_get_data_version (db));
}

static void
on_looked (GObject *source, GAsyncResult *result, gpointer user_data)
{
  KafStore *self = KAF_STORE (source);
  guint version = GPOINTER_TO_UINT (kaf_store_run_finish (self, result, NULL));

  /* The data version of the write connection moves only when somebody else wrote. */
  if (version != 0 && self->data_version != 0 && version != self->data_version)
    g_signal_emit (self, signals[SIGNAL_CHANGED], 0, NULL);
  if (version != 0)
    self->data_version = version;
}

static gboolean
look (gpointer data)
{
  KafStore *self = data;

  self->look_source = 0;
  kaf_store_run_async (self, KAF_LANE_WRITE, run_look, NULL, NULL, NULL, NULL, on_looked, NULL);
  return G_SOURCE_REMOVE;
}

static void
on_log_changed (KafStore *self)
{
  if (self->look_source == 0 && !self->closed)
    self->look_source = g_timeout_add (LOOK_DELAY_MS, look, self);
}

static void
watch (KafStore *self)
{
  g_autofree char *log = g_strconcat (self->path, "-wal", NULL);
  g_autoptr (GFile) file = g_file_new_for_path (log);

  self->monitor = g_file_monitor_file (file, G_FILE_MONITOR_NONE, NULL, NULL);
  if (self->monitor != NULL)
    g_signal_connect_object (self->monitor, "changed", G_CALLBACK (on_log_changed), self,
                             G_CONNECT_SWAPPED);
  look (self);
}

/* Rights */

/* The page and the form of a facet show whose it is too. */
static gboolean
allows_part (const KafRole *role, const KafEntity *entity)
{
  return kaf_permit_allows (role, entity) || kaf_permit_allows (role, kaf_entity_get_root (entity));
}

gboolean
kaf_store_may_write (KafStore *self, const KafEntity *entity)
{
  g_return_val_if_fail (KAF_IS_STORE (self), FALSE);

  return allows_part (g_atomic_pointer_get (&self->role), entity);
}

char *
kaf_store_explain_forbidden (KafStore *self, const KafEntity *entity)
{
  const KafRole *role;

  g_return_val_if_fail (KAF_IS_STORE (self), NULL);

  role = g_atomic_pointer_get (&self->role);
  return allows_part (role, entity) ? NULL : kaf_permit_describe (role, entity);
}

gboolean
kaf_store_may_make (KafStore *self, const KafEntity *entity)
{
  g_return_val_if_fail (KAF_IS_STORE (self), FALSE);

  return kaf_permit_allows_new (g_atomic_pointer_get (&self->role), entity);
}

gboolean
kaf_store_may_attach (KafStore *self, const KafEntity *owner)
{
  g_return_val_if_fail (KAF_IS_STORE (self), FALSE);

  return kaf_permit_allows_new_for (g_atomic_pointer_get (&self->role),
                                    kaf_registry_find ("attachment"), owner);
}

char *
kaf_store_explain_unmade (KafStore *self, const KafEntity *entity)
{
  const KafRole *role;

  g_return_val_if_fail (KAF_IS_STORE (self), NULL);

  role = g_atomic_pointer_get (&self->role);
  return kaf_permit_allows_new (role, entity) ? NULL : kaf_permit_describe_new (role, entity);
}

char *
kaf_store_explain_untold (KafStore *self, const KafEntity *entity)
{
  const KafRole *role;

  g_return_val_if_fail (KAF_IS_STORE (self), NULL);

  role = g_atomic_pointer_get (&self->role);
  return role == NULL || kaf_role_knows (role, kaf_entity_get_root (entity))
             ? NULL
             : kaf_permit_describe_untold (role, entity);
}

gboolean
kaf_store_may_write_field (KafStore *self, const KafEntity *entity, const KafField *field)
{
  g_return_val_if_fail (KAF_IS_STORE (self), FALSE);

  return kaf_permit_allows_field (g_atomic_pointer_get (&self->role), entity, field);
}

gboolean
kaf_store_reads_field (KafStore *self, const KafField *field)
{
  const KafRole *role;

  g_return_val_if_fail (KAF_IS_STORE (self), FALSE);

  role = g_atomic_pointer_get (&self->role);
  return role == NULL || kaf_role_can_read (role, field);
}

gboolean
kaf_store_knows (KafStore *self, const KafEntity *entity)
{
  const KafRole *role;

  g_return_val_if_fail (KAF_IS_STORE (self), FALSE);

  role = g_atomic_pointer_get (&self->role);
  return role == NULL || kaf_role_knows (role, entity);
}

gboolean
kaf_store_may_erase (KafStore *self)
{
  g_return_val_if_fail (KAF_IS_STORE (self), FALSE);

  return kaf_permit_erases (g_atomic_pointer_get (&self->role));
}

gboolean
kaf_store_may_settle (KafStore *self)
{
  g_return_val_if_fail (KAF_IS_STORE (self), FALSE);

  return kaf_permit_settles (g_atomic_pointer_get (&self->role));
}

gboolean
kaf_store_may_reveal (KafStore *self)
{
  g_return_val_if_fail (KAF_IS_STORE (self), FALSE);

  return kaf_permit_reveals (g_atomic_pointer_get (&self->role));
}

gboolean
kaf_store_sees_totals_alone (KafStore *self)
{
  g_return_val_if_fail (KAF_IS_STORE (self), FALSE);

  return kaf_permit_totals_alone (g_atomic_pointer_get (&self->role));
}

/* Opening and closing */

typedef struct
{
  char *path;
  KafOpenFlags flags;
  KafEnvironment environment;
  char *author, *vfs, *lists_dir;
} OpenJob;

static void
open_job_free (gpointer data)
{
  OpenJob *job = data;

  g_clear_pointer (&job->environment.clock, kaf_clock_unref);
  g_clear_pointer (&job->environment.random, kaf_random_unref);
  g_free (job->path);
  g_free (job->author);
  g_free (job->vfs);
  g_free (job->lists_dir);
  g_free (job);
}

static void
start_worker (Worker *worker, KafLane lane, KafDatabase *db)
{
  static const char *const names[] = { "store-read", "store-behind", "store-write" };

  worker->lane = lane;
  worker->db = db;
  worker->queue = g_async_queue_new ();
  worker->thread = g_thread_new (names[lane], work, worker);
}

/* The write connection first: it is the one that may have to make or migrate the store. */
static gboolean
open_lanes (OpenJob *job, KafDatabase *lanes[KAF_N_LANES], GError **error)
{
  lanes[KAF_LANE_WRITE] = kaf_database_open (job->path, job->flags, &job->environment, error);
  for (guint lane = 0; lane < KAF_LANE_WRITE && lanes[KAF_LANE_WRITE] != NULL; lane++)
    {
      lanes[lane] =
          kaf_database_open (job->path, job->flags & ~KAF_OPEN_CREATE, &job->environment, error);
      if (lanes[lane] == NULL)
        return FALSE;
    }
  if (lanes[KAF_LANE_WRITE] == NULL)
    return FALSE;
  kaf_database_checkpoint_aside (lanes[KAF_LANE_WRITE]);
  return TRUE;
}

static void
open_thread (GTask *task, gpointer source, gpointer data, GCancellable *cancellable)
{
  OpenJob *job = data;
  GError *error = NULL;
  KafDatabase *lanes[KAF_N_LANES] = { NULL };
  KafStore *self;

  if (!open_lanes (job, lanes, &error))
    {
      for (guint lane = 0; lane < KAF_N_LANES; lane++)
        kaf_database_close (lanes[lane]);
      g_task_return_error (task, error);
      return;
    }

  self = g_object_new (KAF_TYPE_STORE, NULL);
  self->path = g_strdup (kaf_database_get_path (lanes[KAF_LANE_WRITE]));
  self->read_only = kaf_database_is_read_only (lanes[KAF_LANE_WRITE]);
  self->role = kaf_permit_read (lanes[KAF_LANE_WRITE]);
  for (guint lane = 0; lane < KAF_N_LANES; lane++)
    start_worker (&self->workers[lane], lane, lanes[lane]);
  g_task_return_pointer (task, self, g_object_unref);
}

void
kaf_store_open_async (const char *path,
                      KafOpenFlags flags,
                      const KafEnvironment *environment,
                      GCancellable *cancellable,
                      GAsyncReadyCallback callback,
                      gpointer user_data)
{
  g_autoptr (GTask) task = g_task_new (NULL, cancellable, callback, user_data);
  OpenJob *job = g_new0 (OpenJob, 1);

  job->path = g_strdup (path);
  job->flags = flags;
  if (environment != NULL)
    {
      if (environment->clock != NULL)
        job->environment.clock = kaf_clock_ref (environment->clock);
      if (environment->random != NULL)
        job->environment.random = kaf_random_ref (environment->random);
      job->environment.author = job->author = g_strdup (environment->author);
      job->environment.vfs = job->vfs = g_strdup (environment->vfs);
      job->environment.lists_dir = job->lists_dir = g_strdup (environment->lists_dir);
    }
  g_task_set_task_data (task, job, open_job_free);
  g_task_set_source_tag (task, kaf_store_open_async);
  g_task_run_in_thread (task, open_thread);
}

KafStore *
kaf_store_open_finish (GAsyncResult *result, GError **error)
{
  KafStore *self = g_task_propagate_pointer (G_TASK (result), error);

  if (self != NULL && !self->read_only)
    watch (self);
  return self;
}

void
kaf_store_close (KafStore *self)
{
  g_return_if_fail (KAF_IS_STORE (self));

  if (self->closed)
    return;
  self->closed = TRUE;
  g_clear_handle_id (&self->look_source, g_source_remove);
  g_clear_object (&self->monitor);
  for (guint i = 0; i < G_N_ELEMENTS (self->workers); i++)
    {
      Worker *worker = &self->workers[i];

      if (worker->thread == NULL)
        continue;
      g_async_queue_push (worker->queue, worker);
      g_thread_join (worker->thread);
      g_async_queue_unref (worker->queue);
      kaf_database_close (worker->db);
    }
}

const char *
kaf_store_get_path (KafStore *self)
{
  return self->path;
}

gboolean
kaf_store_is_read_only (KafStore *self)
{
  g_return_val_if_fail (KAF_IS_STORE (self), TRUE);

  return self->read_only;
}

static void
kaf_store_finalize (GObject *object)
{
  KafStore *self = KAF_STORE (object);

  kaf_store_close (self);
  g_free (self->path);

  G_OBJECT_CLASS (kaf_store_parent_class)->finalize (object);
}

static void
kaf_store_class_init (KafStoreClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = kaf_store_finalize;

  signals[SIGNAL_CHANGED] = g_signal_new ("changed", KAF_TYPE_STORE, G_SIGNAL_RUN_LAST, 0, NULL,
                                          NULL, NULL, G_TYPE_NONE, 1, KAF_TYPE_RECEIPT);
  signals[SIGNAL_SENT] =
      g_signal_new ("sent", KAF_TYPE_STORE, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
}

static void
kaf_store_init (KafStore *self)
{
}
