/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "ui/mission/kaf-mission-commit.h"

#include "ui/app/kaf-window.h"

typedef struct
{
  GtkWidget *view;
  char *done, *failed;
  guint *busy;
} Job;

void
kaf_mission_tell_done (GtkWidget *view, const char *done, KafReceipt *receipt)
{
  GtkRoot *root = gtk_widget_get_root (view);

  if (KAF_IS_WINDOW (root))
    kaf_window_toast_undo (KAF_WINDOW (root), done, receipt);
}

static void
on_committed (GObject *source, GAsyncResult *result, gpointer user_data)
{
  Job *job = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (KafReceipt) receipt =
      kaf_store_commit_finish (KAF_STORE (source), result, NULL, &error);
  GtkRoot *root = gtk_widget_get_root (job->view);

  (*job->busy)--;
  if (receipt != NULL)
    kaf_mission_tell_done (job->view, job->done, receipt);
  else if (KAF_IS_WINDOW (root))
    kaf_window_report_error (KAF_WINDOW (root), job->failed, error);
  g_object_unref (job->view);
  g_free (job->done);
  g_free (job->failed);
  g_free (job);
}

void
kaf_mission_commit (GtkWidget *view,
                    KafStore *store,
                    KafChangeSet *set,
                    const char *done,
                    const char *failed,
                    guint *busy)
{
  Job *job = g_new0 (Job, 1);

  job->view = g_object_ref (view);
  job->done = g_strdup (done);
  job->failed = g_strdup (failed);
  job->busy = busy;
  (*busy)++;
  kaf_store_commit_async (store, set, NULL, on_committed, job);
}
