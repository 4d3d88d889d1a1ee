/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The worker leaves two numbers behind a lock; the window looks at them ten times a second. So the
 * work is never slowed by the interface, however often it reports. */
#include "config.h"

#include <glib/gi18n-lib.h>

#include "ui/app/kaf-progress-window.h"

#define SHOW_AFTER 300 /* ms */
#define LOOK_EVERY 100 /* ms */

/* Shared with the worker, which may outlive the window. */
typedef struct
{
  gatomicrefcount refs;
  GMutex lock;
  gint64 done;
  gint64 total;
  KafProgressJob job;
  gpointer data;
  GDestroyNotify data_free;
} Work;

struct _KafProgressWindow
{
  AdwWindow parent_instance;

  GtkWidget *bar;
  GCancellable *cancellable;
  Work *work;
  guint timer;
  guint waited; /* ms */
};

G_DEFINE_FINAL_TYPE (KafProgressWindow, kaf_progress_window, ADW_TYPE_WINDOW)

static Work *
work_ref (Work *work)
{
  g_atomic_ref_count_inc (&work->refs);
  return work;
}

static void
work_unref (gpointer data)
{
  Work *work = data;

  if (!g_atomic_ref_count_dec (&work->refs))
    return;
  if (work->data_free != NULL && work->data != NULL)
    work->data_free (work->data);
  g_mutex_clear (&work->lock);
  g_free (work);
}

static void
on_worker_progress (gint64 done, gint64 total, gpointer data)
{
  Work *work = data;

  g_mutex_lock (&work->lock);
  work->done = done;
  work->total = total;
  g_mutex_unlock (&work->lock);
}

static gpointer
run (KafDatabase *db, gpointer data, GCancellable *cancellable, GError **error)
{
  Work *work = data;

  return work->job (db, on_worker_progress, work, work->data, cancellable, error);
}

static gboolean
look (gpointer data)
{
  KafProgressWindow *self = data;
  gint64 done;
  gint64 total;

  g_mutex_lock (&self->work->lock);
  done = self->work->done;
  total = self->work->total;
  g_mutex_unlock (&self->work->lock);

  self->waited += LOOK_EVERY;
  if (self->waited >= SHOW_AFTER && !gtk_widget_get_visible (GTK_WIDGET (self)))
    gtk_window_present (GTK_WINDOW (self));
  if (total > 0)
    gtk_progress_bar_set_fraction (GTK_PROGRESS_BAR (self->bar),
                                   CLAMP ((double) done / (double) total, 0, 1));
  else
    gtk_progress_bar_pulse (GTK_PROGRESS_BAR (self->bar));
  return G_SOURCE_CONTINUE;
}

static void
cancel (KafProgressWindow *self)
{
  g_cancellable_cancel (self->cancellable);
}

static gboolean
kaf_progress_window_close_request (GtkWindow *window)
{
  /* It goes when the work has stopped, which may take a moment. */
  cancel (KAF_PROGRESS_WINDOW (window));
  return TRUE;
}

static void
kaf_progress_window_dispose (GObject *object)
{
  KafProgressWindow *self = KAF_PROGRESS_WINDOW (object);

  g_clear_handle_id (&self->timer, g_source_remove);
  G_OBJECT_CLASS (kaf_progress_window_parent_class)->dispose (object);
}

static void
kaf_progress_window_finalize (GObject *object)
{
  KafProgressWindow *self = KAF_PROGRESS_WINDOW (object);

  g_clear_object (&self->cancellable);
  g_clear_pointer (&self->work, work_unref);
  G_OBJECT_CLASS (kaf_progress_window_parent_class)->finalize (object);
}

static void
kaf_progress_window_class_init (KafProgressWindowClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = kaf_progress_window_dispose;
  G_OBJECT_CLASS (klass)->finalize = kaf_progress_window_finalize;
  GTK_WINDOW_CLASS (klass)->close_request = kaf_progress_window_close_request;
  gtk_widget_class_add_binding_action (GTK_WIDGET_CLASS (klass), GDK_KEY_Escape, 0, "window.close",
                                       NULL);
}

static void
kaf_progress_window_init (KafProgressWindow *self)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 12);
  GtkWidget *header = adw_header_bar_new ();
  GtkWidget *inner = gtk_box_new (GTK_ORIENTATION_VERTICAL, 18);
  GtkWidget *button = gtk_button_new_with_label (_ ("Cancel"));

  self->cancellable = g_cancellable_new ();
  adw_header_bar_set_show_end_title_buttons (ADW_HEADER_BAR (header), FALSE);
  gtk_widget_add_css_class (header, "flat");
  self->bar = gtk_progress_bar_new ();
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->bar), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  _ ("Progress"), -1);
  gtk_widget_set_halign (button, GTK_ALIGN_CENTER);
  gtk_accessible_update_property (GTK_ACCESSIBLE (button), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  _ ("Cancel"), -1);
  g_signal_connect_swapped (button, "clicked", G_CALLBACK (cancel), self);

  gtk_widget_set_margin_start (inner, 18);
  gtk_widget_set_margin_end (inner, 18);
  gtk_widget_set_margin_bottom (inner, 18);
  gtk_box_append (GTK_BOX (inner), self->bar);
  gtk_box_append (GTK_BOX (inner), button);
  gtk_box_append (GTK_BOX (box), header);
  gtk_box_append (GTK_BOX (box), inner);
  adw_window_set_content (ADW_WINDOW (self), box);
  gtk_window_set_default_size (GTK_WINDOW (self), 340, -1);
  gtk_window_set_modal (GTK_WINDOW (self), TRUE);
  gtk_window_set_resizable (GTK_WINDOW (self), FALSE);
}

typedef struct
{
  GTask *task;
  KafProgressWindow *window;
  GDestroyNotify result_free;
} Run;

static void
on_done (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autofree Run *done = user_data;
  g_autoptr (GTask) task = done->task;
  GError *error = NULL;
  gpointer value = kaf_store_run_finish (KAF_STORE (source), result, &error);

  gtk_window_destroy (GTK_WINDOW (done->window));
  g_object_unref (done->window);
  if (error != NULL)
    g_task_return_error (task, error);
  else
    g_task_return_pointer (task, value, done->result_free);
}

void
kaf_progress_window_run (GtkWindow *parent,
                         KafStore *store,
                         const char *title,
                         KafLane lane,
                         KafProgressJob job,
                         gpointer data,
                         GDestroyNotify data_free,
                         GDestroyNotify result_free,
                         GAsyncReadyCallback callback,
                         gpointer user_data)
{
  KafProgressWindow *self =
      g_object_new (KAF_TYPE_PROGRESS_WINDOW, "title", title, "transient-for", parent, NULL);
  Run *started = g_new0 (Run, 1);

  self->work = g_new0 (Work, 1);
  g_atomic_ref_count_init (&self->work->refs);
  g_mutex_init (&self->work->lock);
  self->work->job = job;
  self->work->data = data;
  self->work->data_free = data_free;

  started->task = g_task_new (NULL, NULL, callback, user_data);
  g_task_set_source_tag (started->task, kaf_progress_window_run);
  started->window = g_object_ref (self);
  started->result_free = result_free;
  self->timer = g_timeout_add (LOOK_EVERY, look, self);
  kaf_store_run_async (store, lane, run, work_ref (self->work), work_unref, result_free,
                       self->cancellable, on_done, started);
}

gpointer
kaf_progress_window_finish (GAsyncResult *result, GError **error)
{
  return g_task_propagate_pointer (G_TASK (result), error);
}
