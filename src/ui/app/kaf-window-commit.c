/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "ui/app/kaf-window-commit.h"

#include "ui/app/kaf-window.h"

typedef struct
{
  GtkWidget *from; /* owned */
  char *done, *failed;
  KafCommitEnded ended;
  gpointer data;
} Job;

static Job *
job_new (GtkWidget *from, const char *done, const char *failed, KafCommitEnded ended, gpointer data)
{
  Job *job = g_new (Job, 1);

  job->from = g_object_ref (from);
  job->done = g_strdup (done);
  job->failed = g_strdup (failed);
  job->ended = ended;
  job->data = data;
  return job;
}

static void
job_end (Job *job, KafReceipt *receipt, const GError *error)
{
  if (job->ended != NULL)
    job->ended (job->from, receipt, job->data);
  if (receipt != NULL)
    kaf_window_tell_done (job->from, job->done, receipt);
  else
    kaf_window_tell_failed (job->from, job->failed, error);
  g_object_unref (job->from);
  g_free (job->done);
  g_free (job->failed);
  g_free (job);
}

static void
on_committed (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (KafReceipt) receipt =
      kaf_store_commit_finish (KAF_STORE (source), result, NULL, &error);

  job_end (data, receipt, error);
}

static void
on_made (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (KafChangeSet) set = kaf_store_run_finish (KAF_STORE (source), result, &error);

  if (set != NULL)
    kaf_store_commit_async (KAF_STORE (source), set, NULL, on_committed, data);
  else
    job_end (data, NULL, error);
}

void
kaf_window_commit (GtkWidget *from,
                   KafStore *store,
                   KafChangeSet *set,
                   const char *done,
                   const char *failed,
                   KafCommitEnded ended,
                   gpointer data)
{
  g_return_if_fail (GTK_IS_WIDGET (from));

  kaf_store_commit_async (store, set, NULL, on_committed,
                          job_new (from, done, failed, ended, data));
}

void
kaf_window_commit_made (GtkWidget *from,
                        KafStore *store,
                        KafStoreJob make,
                        gpointer make_data,
                        GDestroyNotify make_data_free,
                        const char *done,
                        const char *failed,
                        KafCommitEnded ended,
                        gpointer data)
{
  g_return_if_fail (GTK_IS_WIDGET (from));

  kaf_store_run_async (store, KAF_LANE_READ, make, make_data, make_data_free,
                       (GDestroyNotify) kaf_change_set_unref, NULL, on_made,
                       job_new (from, done, failed, ended, data));
}

void
kaf_window_tell_done (GtkWidget *from, const char *done, KafReceipt *receipt)
{
  GtkRoot *root = gtk_widget_get_root (from);

  if (KAF_IS_WINDOW (root) && done != NULL && receipt->batch != NULL)
    kaf_window_toast_undo (KAF_WINDOW (root), done, receipt);
}

/* The window of @from or, where that was left meanwhile, the one that was used last. (nullable) */
static KafWindow *
find_window (GtkWidget *from)
{
  GtkRoot *root = gtk_widget_get_root (from);
  GApplication *application = g_application_get_default ();
  GList *windows;

  if (root != NULL || application == NULL)
    return KAF_IS_WINDOW (root) ? KAF_WINDOW (root) : NULL;
  windows = gtk_application_get_windows (GTK_APPLICATION (application));
  while (windows != NULL && !KAF_IS_WINDOW (windows->data))
    windows = windows->next;
  return windows != NULL ? windows->data : NULL;
}

void
kaf_window_tell_failed (GtkWidget *from, const char *failed, const GError *error)
{
  KafWindow *window = error != NULL ? find_window (from) : NULL;

  if (window != NULL)
    kaf_window_report_error (window, failed, error);
}

void
kaf_window_tell_undone (GtkWidget *from, const char *failed, const char *text)
{
  KafWindow *window = find_window (from);

  if (window != NULL)
    kaf_window_report (window, failed, text);
}
