/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "ui/record/kaf-file-jobs.h"

#include "schema/kaf-registry.h"
#include "store/kaf-copies.h"

struct _KafFileProgress
{
  gatomicrefcount refs;
  int permille; /* atomic; -1: unknown */
};

KafFileProgress *
kaf_file_progress_new (void)
{
  KafFileProgress *self = g_new0 (KafFileProgress, 1);

  g_atomic_ref_count_init (&self->refs);
  self->permille = -1;
  return self;
}

KafFileProgress *
kaf_file_progress_ref (KafFileProgress *self)
{
  g_atomic_ref_count_inc (&self->refs);
  return self;
}

void
kaf_file_progress_unref (KafFileProgress *self)
{
  if (g_atomic_ref_count_dec (&self->refs))
    g_free (self);
}

double
kaf_file_progress_get (KafFileProgress *self)
{
  int permille = g_atomic_int_get (&self->permille);

  return permille < 0 ? -1 : permille / 1000.0;
}

typedef struct
{
  const KafEntity *owner_entity;
  char *owner_id;
  char *attachment_id;
  GFile *file; /* nullable */
  KafFileProgress *progress;
} Job;

static void
job_free (gpointer data)
{
  Job *job = data;

  g_free (job->owner_id);
  g_free (job->attachment_id);
  g_clear_object (&job->file);
  g_clear_pointer (&job->progress, kaf_file_progress_unref);
  g_free (job);
}

static void
on_progress (gint64 done, gint64 total, gpointer data)
{
  KafFileProgress *progress = data;

  if (total > 0)
    g_atomic_int_set (&progress->permille, (int) (MIN (done, total) * 1000 / total));
}

static gpointer
add_job (KafDatabase *db, gpointer data, GCancellable *cancellable, GError **error)
{
  Job *job = data;

  return kaf_attachment_add (db, job->owner_entity, job->owner_id, NULL, job->file, on_progress,
                             job->progress, NULL, cancellable, error);
}

void
kaf_file_add_async (KafStore *store,
                    const KafEntity *owner_entity,
                    const char *owner_id,
                    GFile *file,
                    KafFileProgress *progress,
                    GCancellable *cancellable,
                    GAsyncReadyCallback callback,
                    gpointer user_data)
{
  Job *job = g_new0 (Job, 1);

  job->owner_entity = owner_entity;
  job->owner_id = g_strdup (owner_id);
  job->file = g_object_ref (file);
  job->progress = kaf_file_progress_ref (progress);
  kaf_store_run_async (store, KAF_LANE_WRITE, add_job, job, job_free,
                       (GDestroyNotify) kaf_receipt_unref, cancellable, callback, user_data);
}

KafReceipt *
kaf_file_add_finish (KafStore *store, GAsyncResult *result, GError **error)
{
  KafReceipt *receipt = kaf_store_run_finish (store, result, error);

  if (receipt != NULL)
    kaf_store_announce (store, receipt);
  return receipt;
}

static GFile *
private_target (KafDatabase *db, const char *attachment_id, GError **error)
{
  g_autoptr (KafRecord) record =
      kaf_read_record (db, kaf_registry_find ("attachment"), attachment_id, error);
  g_autofree char *path = NULL;

  if (record != NULL)
    path = kaf_copies_make_place (db, kaf_record_get (record, "sha256"),
                                  kaf_record_get (record, "file_name"), error);
  return path != NULL ? g_file_new_for_path (path) : NULL;
}

static gpointer
copy_job (KafDatabase *db, gpointer data, GCancellable *cancellable, GError **error)
{
  Job *job = data;
  g_autoptr (GFile) source = kaf_attachment_get_file (db, job->attachment_id, error);
  g_autoptr (GFile) target = NULL;

  if (source == NULL)
    return NULL;
  target =
      job->file != NULL ? g_object_ref (job->file) : private_target (db, job->attachment_id, error);
  if (target == NULL ||
      !g_file_copy (source, target, G_FILE_COPY_OVERWRITE | G_FILE_COPY_TARGET_DEFAULT_PERMS,
                    cancellable, NULL, NULL, error))
    return NULL;
  return g_steal_pointer (&target);
}

void
kaf_file_copy_async (KafStore *store,
                     const char *attachment_id,
                     GFile *target,
                     GCancellable *cancellable,
                     GAsyncReadyCallback callback,
                     gpointer user_data)
{
  Job *job = g_new0 (Job, 1);

  job->attachment_id = g_strdup (attachment_id);
  job->file = target != NULL ? g_object_ref (target) : NULL;
  kaf_store_run_async (store, KAF_LANE_READ, copy_job, job, job_free, g_object_unref, cancellable,
                       callback, user_data);
}

GFile *
kaf_file_copy_finish (KafStore *store, GAsyncResult *result, GError **error)
{
  return kaf_store_run_finish (store, result, error);
}
