/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "ui/record/kaf-erase-dialog.h"

#include <glib/gi18n-lib.h>

#include "base/kaf-bidi.h"
#include "base/kaf-reason.h"
#include "rules/kaf-hold.h"
#include "store/kaf-pseudonym.h"
#include "ui/app/kaf-application.h"
#include "ui/compat/kaf-dialog-header.h"
#include "ui/compat/kaf-error-text.h"

#define WIDTH 420

struct _KafEraseDialog
{
  AdwWindow parent_instance;

  KafStore *store;
  const KafEntity *entity;
  char *id;
  GtkWidget *reason;
  GtkWidget *erase;
  GtkWidget *error;
  GtkWidget *kept; /* what the law keeps */
};

G_DEFINE_FINAL_TYPE (KafEraseDialog, kaf_erase_dialog, ADW_TYPE_WINDOW)

enum
{
  SIGNAL_ERASED,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

typedef struct
{
  const KafEntity *entity;
  char *id;
  char *reason;
} Job;

static void
job_free (gpointer data)
{
  Job *job = data;

  g_free (job->id);
  g_free (job->reason);
  g_free (job);
}

static gpointer
erase_job (KafDatabase *db, gpointer data, GCancellable *cancellable, GError **error)
{
  const Job *job = data;

  return GINT_TO_POINTER (kaf_erase (db, job->entity, job->id, job->reason, error));
}

static void
on_erased (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (KafEraseDialog) self = user_data;
  g_autoptr (GError) error = NULL;
  g_autofree char *text = NULL;

  if (kaf_store_run_finish (KAF_STORE (source), result, &error) != NULL)
    {
      g_signal_emit (self, signals[SIGNAL_ERASED], 0);
      /* Everything may have referred to it: look again at everything. */
      kaf_store_announce (KAF_STORE (source), NULL);
      gtk_window_destroy (GTK_WINDOW (self));
      return;
    }
  text = kaf_error_text (error);
  gtk_label_set_text (GTK_LABEL (self->error), text);
  gtk_widget_set_visible (self->error, TRUE);
  gtk_widget_set_sensitive (self->erase, TRUE);
}

static gboolean
has_reason (KafEraseDialog *self)
{
  return kaf_reason_is_enough (gtk_editable_get_text (GTK_EDITABLE (self->reason)));
}

gboolean
kaf_erase_dialog_erase (KafEraseDialog *self)
{
  Job *job;

  g_return_val_if_fail (KAF_IS_ERASE_DIALOG (self), FALSE);

  if (!has_reason (self))
    return FALSE;
  job = g_new0 (Job, 1);
  job->entity = self->entity;
  job->id = g_strdup (self->id);
  job->reason = g_strdup (gtk_editable_get_text (GTK_EDITABLE (self->reason)));
  gtk_widget_set_sensitive (self->erase, FALSE);
  kaf_store_run_async (self->store, KAF_LANE_WRITE, erase_job, job, job_free, NULL, NULL, on_erased,
                       g_object_ref (self));
  return TRUE;
}

static gpointer
kept_job (KafDatabase *db, gpointer data, GCancellable *cancellable, GError **error)
{
  const Job *job = data;

  return kaf_pseudonym_find_kept (db, kaf_entity_get_root (job->entity), job->id, error);
}

/* A window that is there already does not grow with what it shows: it comes once that is known. */
static void
on_kept (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (KafEraseDialog) self = user_data;
  g_autoptr (GPtrArray) kept = kaf_store_run_finish (KAF_STORE (source), result, NULL);
  g_autofree char *text =
      kept != NULL ? kaf_hold_describe (kept, kaf_application_get_lang ()) : NULL;

  gtk_label_set_text (GTK_LABEL (self->kept), text != NULL ? text : "");
  gtk_widget_set_visible (self->kept, text != NULL);
  gtk_window_present (GTK_WINDOW (self));
}

void
kaf_erase_dialog_show (KafEraseDialog *self)
{
  Job *job;

  g_return_if_fail (KAF_IS_ERASE_DIALOG (self));

  job = g_new0 (Job, 1);
  job->entity = self->entity;
  job->id = g_strdup (self->id);
  kaf_store_run_async (self->store, KAF_LANE_READ, kept_job, job, job_free,
                       (GDestroyNotify) g_ptr_array_unref, NULL, on_kept, g_object_ref (self));
}

static void
on_reason_changed (GtkEditable *editable, gpointer user_data)
{
  KafEraseDialog *self = user_data;

  gtk_widget_set_sensitive (self->erase, has_reason (self));
}

static gboolean
on_escape (GtkWidget *widget, GVariant *args, gpointer user_data)
{
  gtk_window_close (GTK_WINDOW (widget));
  return TRUE;
}

static void
kaf_erase_dialog_dispose (GObject *object)
{
  KafEraseDialog *self = KAF_ERASE_DIALOG (object);

  g_clear_object (&self->store);
  g_clear_pointer (&self->id, g_free);

  G_OBJECT_CLASS (kaf_erase_dialog_parent_class)->dispose (object);
}

static void
kaf_erase_dialog_class_init (KafEraseDialogClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = kaf_erase_dialog_dispose;
  gtk_widget_class_add_binding (GTK_WIDGET_CLASS (klass), GDK_KEY_Escape, 0, on_escape, NULL);

  signals[SIGNAL_ERASED] = g_signal_new ("erased", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0,
                                         NULL, NULL, NULL, G_TYPE_NONE, 0);
}

static void
kaf_erase_dialog_init (KafEraseDialog *self)
{
  GtkWidget *bar = kaf_dialog_header_new ("window.close", _ ("Erase"), NULL, &self->erase);
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);

  gtk_window_set_modal (GTK_WINDOW (self), TRUE);
  gtk_window_set_default_size (GTK_WINDOW (self), WIDTH, -1);
  gtk_window_set_title (GTK_WINDOW (self), _ ("Erase for good?"));
  kaf_dialog_header_make_drastic (self->erase);
  gtk_widget_set_sensitive (self->erase, FALSE);
  g_signal_connect_swapped (self->erase, "clicked", G_CALLBACK (kaf_erase_dialog_erase), self);
  gtk_box_append (GTK_BOX (box), bar);
  adw_window_set_content (ADW_WINDOW (self), box);
}

GtkWidget *
kaf_erase_dialog_new (KafStore *store, const KafEntity *entity, const char *id, const char *title)
{
  KafEraseDialog *self = g_object_new (KAF_TYPE_ERASE_DIALOG, NULL);
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 12);
  g_autofree char *isolated = kaf_bidi_isolate (title);
  g_autofree char *text = g_strdup_printf (
      _ ("%s goes from the list, the search, the history and the files. This cannot be undone."),
      isolated);
  g_autofree char *line = kaf_bidi_line (text);

  self->store = g_object_ref (store);
  self->entity = entity;
  self->id = g_strdup (id);
  gtk_widget_add_css_class (box, "kaf-record-padded");
  gtk_box_append (GTK_BOX (box), kaf_dialog_paragraph_new (line, "body"));
  self->kept = kaf_dialog_paragraph_new ("", "body");
  gtk_widget_set_visible (self->kept, FALSE);
  gtk_box_append (GTK_BOX (box), self->kept);
  self->reason = adw_entry_row_new ();
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (self->reason), _ ("Reason"));
  g_signal_connect (self->reason, "changed", G_CALLBACK (on_reason_changed), self);
  gtk_box_append (GTK_BOX (box), kaf_dialog_rows_new (self->reason));
  gtk_box_append (GTK_BOX (box), kaf_dialog_paragraph_new (_ (kaf_reason_get_rule ()), "caption"));
  gtk_box_append (
      GTK_BOX (box),
      kaf_dialog_paragraph_new (_ ("A fingerprint of the reason is kept as a proof of the erasure, "
                                   "not its text."),
                                "caption"));
  self->error = kaf_dialog_paragraph_new ("", "error");
  gtk_widget_set_visible (self->error, FALSE);
  gtk_box_append (GTK_BOX (box), self->error);
  gtk_box_append (GTK_BOX (adw_window_get_content (ADW_WINDOW (self))), box);
  /* Nothing is erased before it is filled. */
  gtk_widget_grab_focus (self->reason);
  return GTK_WIDGET (self);
}

void
kaf_erase_dialog_set_reason (KafEraseDialog *self, const char *reason)
{
  g_return_if_fail (KAF_IS_ERASE_DIALOG (self));

  gtk_editable_set_text (GTK_EDITABLE (self->reason), reason);
}
