/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "ui/sync/kaf-refusal-list.h"

#include <glib/gi18n-lib.h>

#include "base/kaf-number.h"
#include "net/kaf-refusal-text.h"
#include "ui/app/kaf-window.h"

#define SHOWN_MOST 200

struct _KafRefusalList
{
  GtkBox parent_instance;

  KafStore *store;
  GCancellable *cancellable;
  GtkWidget *list;
  GtkWidget *all; /* lets go of all, where there are several */
  gboolean read;  /* once at least */
  gboolean reading;
  gboolean again;
};

enum
{
  READ,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (KafRefusalList, kaf_refusal_list, GTK_TYPE_BOX)

static void refresh (KafRefusalList *self);

/* Reading */

static gpointer
read_refusals (KafDatabase *db, gpointer data, GCancellable *cancellable, GError **error)
{
  return kaf_refusals_read (db, SHOWN_MOST, kaf_application_get_lang (), error);
}

static GtkListBoxRow *
get_row (KafRefusalList *self, int place)
{
  return gtk_list_box_get_row_at_index (GTK_LIST_BOX (self->list), place);
}

static gboolean
shows (GtkListBoxRow *row, const KafRefusal *refusal)
{
  const KafRefusal *own = row != NULL ? kaf_refusal_row_get_refusal (KAF_REFUSAL_ROW (row)) : NULL;

  return own != NULL && own->number == refusal->number && own->exists == refusal->exists &&
         g_strcmp0 (own->why, refusal->why) == 0 && g_strcmp0 (own->about, refusal->about) == 0 &&
         g_strcmp0 (own->title, refusal->title) == 0 && own->fields->len == refusal->fields->len;
}

/* Rows that still show what is so stay, and keep the focus. */
static void
show_refusals (KafRefusalList *self, GPtrArray *refusals)
{
  GtkListBoxRow *row;

  for (int i = 0; i < (int) refusals->len; i++)
    {
      KafRefusal *refusal = g_ptr_array_index (refusals, i);

      while ((row = get_row (self, i)) != NULL && !shows (row, refusal) &&
             kaf_refusal_row_get_refusal (KAF_REFUSAL_ROW (row))->number >= refusal->number)
        gtk_list_box_remove (GTK_LIST_BOX (self->list), GTK_WIDGET (row));
      if (shows (row, refusal))
        kaf_refusal_free (refusal);
      else
        gtk_list_box_insert (GTK_LIST_BOX (self->list),
                             kaf_refusal_row_new (refusal, !kaf_store_is_read_only (self->store),
                                                  kaf_application_get_lang ()),
                             i);
    }
  while ((row = get_row (self, (int) refusals->len)) != NULL)
    gtk_list_box_remove (GTK_LIST_BOX (self->list), GTK_WIDGET (row));
  gtk_widget_set_visible (GTK_WIDGET (self), refusals->len > 0);
  gtk_widget_set_visible (self->all, refusals->len > 1 && !kaf_store_is_read_only (self->store));
  g_ptr_array_set_free_func (refusals, NULL);
}

static void
on_read (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (KafRefusalList) self = data;
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) refusals = kaf_store_run_finish (KAF_STORE (source), result, &error);

  self->reading = FALSE;
  if (g_cancellable_is_cancelled (self->cancellable) ||
      g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return;
  if (refusals != NULL)
    {
      show_refusals (self, refusals);
      self->read = TRUE;
      g_signal_emit (self, signals[READ], 0);
    }
  else
    g_warning ("Reading the refused edits failed: %s", error != NULL ? error->message : "");
  if (self->again)
    refresh (self);
}

static void
refresh (KafRefusalList *self)
{
  self->again = self->reading;
  if (self->reading)
    return;
  self->reading = TRUE;
  kaf_store_run_async (self->store, KAF_LANE_READ, read_refusals, NULL, NULL,
                       (GDestroyNotify) g_ptr_array_unref, self->cancellable, on_read,
                       g_object_ref (self));
}

/* Actions */

static const KafRefusal *
find_refusal (KafRefusalList *self, GVariant *parameter)
{
  gint64 number = g_variant_get_int64 (parameter);
  GtkListBoxRow *row;

  for (int i = 0; (row = get_row (self, i)) != NULL; i++)
    if (kaf_refusal_row_get_refusal (KAF_REFUSAL_ROW (row))->number == number)
      return kaf_refusal_row_get_refusal (KAF_REFUSAL_ROW (row));
  return NULL;
}

static KafWindow *
get_window (KafRefusalList *self)
{
  GtkRoot *root = gtk_widget_get_root (GTK_WIDGET (self));

  return KAF_IS_WINDOW (root) ? KAF_WINDOW (root) : NULL;
}

typedef struct
{
  KafRefusalList *list; /* owned */
  gint64 number;
  const KafEntity *entity; /* what people know the record by */
  char *id;
  gboolean drafts; /* what was typed goes into the form */
} Job;

static void
job_free (gpointer data)
{
  Job *self = data;

  g_object_unref (self->list);
  g_free (self->id);
  g_free (self);
}
G_DEFINE_AUTOPTR_CLEANUP_FUNC (Job, job_free)

static Job *
job_new (KafRefusalList *self, const KafRefusal *refusal, gboolean drafts)
{
  Job *job = g_new0 (Job, 1);

  job->list = g_object_ref (self);
  job->number = refusal->number;
  job->entity = refusal->entity;
  job->id = g_strdup (refusal->id);
  job->drafts = drafts;
  return job;
}

/* A person is an expert, or whatever else it is first. */
static gpointer
run_open (KafDatabase *db, gpointer data, GCancellable *cancellable, GError **error)
{
  Job *job = data;
  const KafEntity *entity = NULL;
  g_autofree char *id = NULL;

  if (kaf_read_resolve (db, job->id, NULL, &entity, &id, NULL))
    job->entity = entity;
  if (job->drafts)
    kaf_refusal_keep_draft (db, job->number, job->entity, error);
  return NULL;
}

static void
on_opened (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (Job) job = data;
  g_autoptr (GError) error = NULL;
  KafWindow *window = get_window (job->list);

  kaf_store_run_finish (KAF_STORE (source), result, &error);
  if (window == NULL)
    return;
  if (g_error_matches (error, KAF_STORE_ERROR, KAF_STORE_ERROR_EXISTS))
    kaf_window_toast (window, _ ("A draft of this record has another text: copy yours, then open "
                                 "the draft"));
  else if (error != NULL)
    kaf_window_report_error (window, _ ("The form was not opened"), error);
  else if (job->drafts)
    {
      kaf_store_announce (KAF_STORE (source), NULL);
      kaf_window_open_draft (window, job->entity, job->id);
    }
  else
    kaf_window_open_record (window, job->entity, job->id, NULL, GTK_INVALID_LIST_POSITION);
}

static void
open_job (KafRefusalList *self, GVariant *parameter, gboolean drafts)
{
  const KafRefusal *refusal = find_refusal (self, parameter);

  if (refusal == NULL || (drafts && kaf_store_is_read_only (self->store)))
    return;
  Job *job = job_new (self, refusal, drafts);
  kaf_store_run_async (self->store, drafts ? KAF_LANE_WRITE : KAF_LANE_READ, run_open, job, NULL,
                       NULL, NULL, on_opened, job);
}

/* Of an act its mission, at the step that is open. */
static void
on_open (GtkWidget *widget, const char *action, GVariant *parameter)
{
  KafRefusalList *self = KAF_REFUSAL_LIST (widget);
  const KafRefusal *refusal = find_refusal (self, parameter);
  KafWindow *window = get_window (self);

  if (refusal == NULL || refusal->mission == NULL)
    open_job (self, parameter, FALSE);
  else if (window != NULL)
    kaf_window_open_mission (window, refusal->mission, 0);
}

static void
on_write (GtkWidget *widget, const char *action, GVariant *parameter)
{
  open_job (KAF_REFUSAL_LIST (widget), parameter, TRUE);
}

static void
on_copy (GtkWidget *widget, const char *action, GVariant *parameter)
{
  KafRefusalList *self = KAF_REFUSAL_LIST (widget);
  const KafRefusal *refusal = find_refusal (self, parameter);
  KafWindow *window = get_window (self);
  g_autofree char *text = NULL;

  if (refusal == NULL)
    return;
  text = kaf_refusal_to_text (refusal);
  gdk_clipboard_set_text (gtk_widget_get_clipboard (widget), text);
  if (window != NULL)
    kaf_window_toast (window, _ ("What you typed is in the clipboard"));
}

static gpointer
run_let_go (KafDatabase *db, gpointer data, GCancellable *cancellable, GError **error)
{
  kaf_refusal_let_go (db, ((Job *) data)->number, TRUE, error);
  return NULL;
}

static void
on_gone (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (Job) job = data;
  g_autoptr (GError) error = NULL;
  KafWindow *window = get_window (job->list);

  kaf_store_run_finish (KAF_STORE (source), result, &error);
  /* Who counts them looks again; no record changed. */
  kaf_store_announce (KAF_STORE (source), NULL);
  if (window == NULL)
    return;
  if (error != NULL)
    kaf_window_report_error (window, _ ("The edit is still in the list"), error);
  else
    kaf_window_toast_button (window, _ ("The edit left the list"), _ ("Undo"),
                             "win.restore-refused", g_variant_new_int64 (job->number));
}

static void
on_let_go (GtkWidget *widget, const char *action, GVariant *parameter)
{
  KafRefusalList *self = KAF_REFUSAL_LIST (widget);
  const KafRefusal *refusal = find_refusal (self, parameter);
  Job *job;

  if (refusal == NULL || kaf_store_is_read_only (self->store))
    return;
  job = job_new (self, refusal, FALSE);
  kaf_store_run_async (self->store, KAF_LANE_WRITE, run_let_go, job, NULL, NULL, NULL, on_gone,
                       job);
}

/* Those that wait when it is asked for, also those that the list has no room for. */
static gpointer
run_let_go_all (KafDatabase *db, gpointer data, GCancellable *cancellable, GError **error)
{
  g_autoptr (GPtrArray) refusals =
      kaf_refusals_read (db, G_MAXINT, kaf_application_get_lang (), error);
  g_autoptr (GArray) gone = g_array_new (FALSE, FALSE, sizeof (gint64));

  for (guint i = 0; refusals != NULL && i < refusals->len; i++)
    {
      const KafRefusal *one = g_ptr_array_index (refusals, i);

      if (!kaf_refusal_let_go (db, one->number, TRUE, error))
        break;
      g_array_append_val (gone, one->number);
    }
  return g_variant_ref_sink (
      g_variant_new_fixed_array (G_VARIANT_TYPE_INT64, gone->data, gone->len, sizeof (gint64)));
}

static void
on_all_gone (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (KafRefusalList) self = data;
  g_autoptr (GError) error = NULL;
  g_autoptr (GVariant) gone = kaf_store_run_finish (KAF_STORE (source), result, &error);
  KafWindow *window = get_window (self);
  guint n = gone != NULL ? (guint) g_variant_n_children (gone) : 0;
  g_autofree char *number = kaf_number_format (n, kaf_application_get_lang ());
  g_autofree char *text =
      g_strdup_printf (ngettext ("%s edit left the list", "%s edits left the list", n), number);

  kaf_store_announce (KAF_STORE (source), NULL);
  if (window == NULL)
    return;
  if (error != NULL)
    kaf_window_report_error (window, _ ("The edits are still in the list"), error);
  else
    kaf_window_toast_button (window, text, _ ("Undo"), "win.restore-all-refused", gone);
}

static void
on_let_go_all (GtkWidget *widget, const char *action, GVariant *parameter)
{
  KafRefusalList *self = KAF_REFUSAL_LIST (widget);

  if (!kaf_store_is_read_only (self->store))
    kaf_store_run_async (self->store, KAF_LANE_WRITE, run_let_go_all, NULL, NULL,
                         (GDestroyNotify) g_variant_unref, NULL, on_all_gone, g_object_ref (self));
}

static void
kaf_refusal_list_dispose (GObject *object)
{
  g_cancellable_cancel (KAF_REFUSAL_LIST (object)->cancellable);
  G_OBJECT_CLASS (kaf_refusal_list_parent_class)->dispose (object);
}

static void
kaf_refusal_list_finalize (GObject *object)
{
  KafRefusalList *self = KAF_REFUSAL_LIST (object);

  g_clear_object (&self->cancellable);
  g_clear_object (&self->store);
  G_OBJECT_CLASS (kaf_refusal_list_parent_class)->finalize (object);
}

static void
kaf_refusal_list_class_init (KafRefusalListClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = kaf_refusal_list_dispose;
  G_OBJECT_CLASS (klass)->finalize = kaf_refusal_list_finalize;
  gtk_widget_class_install_action (widget_class, "refused.open", "x", on_open);
  gtk_widget_class_install_action (widget_class, "refused.write", "x", on_write);
  gtk_widget_class_install_action (widget_class, "refused.copy", "x", on_copy);
  gtk_widget_class_install_action (widget_class, "refused.let-go", "x", on_let_go);
  gtk_widget_class_install_action (widget_class, "refused.let-go-all", NULL, on_let_go_all);
  signals[READ] = g_signal_new ("read", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL,
                                NULL, G_TYPE_NONE, 0);
}

static GtkWidget *
add_label (KafRefusalList *self, const char *text, const char *style)
{
  GtkWidget *label = gtk_label_new (text);

  gtk_label_set_wrap (GTK_LABEL (label), TRUE);
  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_widget_add_css_class (label, style);
  gtk_widget_add_css_class (label, "kaf-wraps");
  gtk_box_append (GTK_BOX (self), label);
  return label;
}

static void
kaf_refusal_list_init (KafRefusalList *self)
{
  self->cancellable = g_cancellable_new ();
  gtk_orientable_set_orientation (GTK_ORIENTABLE (self), GTK_ORIENTATION_VERTICAL);
  gtk_box_set_spacing (GTK_BOX (self), 12);
  add_label (self, _ ("Not taken by the server"), "title-4");
  gtk_widget_add_css_class (
      add_label (
          self,
          _ ("The server did not take these edits. What you typed is kept here until you let "
             "go of it. Nobody else sees it, but for what lies outside of your rights: who answers "
             "for that place sees it."),
          "caption"),
      "dim-label");
  self->all = gtk_button_new_with_label (_ ("Let Go of All"));
  gtk_actionable_set_action_name (GTK_ACTIONABLE (self->all), "refused.let-go-all");
  gtk_widget_set_halign (self->all, GTK_ALIGN_START);
  gtk_box_append (GTK_BOX (self), self->all);
  self->list = gtk_list_box_new ();
  gtk_list_box_set_selection_mode (GTK_LIST_BOX (self->list), GTK_SELECTION_NONE);
  gtk_widget_add_css_class (self->list, "boxed-list");
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->list), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  _ ("Not taken by the server"), -1);
  gtk_box_append (GTK_BOX (self), self->list);
  gtk_widget_set_visible (GTK_WIDGET (self), FALSE);
}

GtkWidget *
kaf_refusal_list_new (KafStore *store)
{
  KafRefusalList *self = g_object_new (KAF_TYPE_REFUSAL_LIST, NULL);

  self->store = g_object_ref (store);
  g_signal_connect_object (store, "changed", G_CALLBACK (refresh), self, G_CONNECT_SWAPPED);
  refresh (self);
  return GTK_WIDGET (self);
}

int
kaf_refusal_list_get_n (KafRefusalList *self)
{
  int n = 0;

  g_return_val_if_fail (KAF_IS_REFUSAL_LIST (self), -1);
  if (!self->read || self->reading)
    return -1;
  while (get_row (self, n) != NULL)
    n++;
  return n;
}

int
kaf_refusal_list_get_n_settled (KafRefusalList *self)
{
  GtkListBoxRow *row;
  int n = 0;

  g_return_val_if_fail (KAF_IS_REFUSAL_LIST (self), 0);
  for (int i = 0; (row = get_row (self, i)) != NULL; i++)
    n += kaf_refusal_is_settled (kaf_refusal_row_get_refusal (KAF_REFUSAL_ROW (row)));
  return n;
}

KafRefusalRow *
kaf_refusal_list_get_row (KafRefusalList *self, int place)
{
  g_return_val_if_fail (KAF_IS_REFUSAL_LIST (self), NULL);
  return KAF_REFUSAL_ROW (get_row (self, place));
}
