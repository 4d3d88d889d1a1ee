/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "ui/erasure/kaf-erasure-window.h"

#include <glib/gi18n-lib.h>

#include "base/kaf-id.h"
#include "base/kaf-bidi.h"
#include "base/kaf-date.h"
#include "base/kaf-reason.h"
#include "net/kaf-erasure-text.h"
#include "net/kaf-net-error.h"
#include "store/kaf-erasure-notes.h"
#include "store/kaf-settings.h"
#include "ui/app/kaf-application.h"
#include "ui/compat/kaf-dialog-header.h"
#include "ui/compat/kaf-error-text.h"
#include "ui/erasure/kaf-erasure-rows.h"

#define WIDTH 480

struct _KafErasureWindow
{
  AdwWindow parent_instance;

  KafStore *store;
  char *url;
  GCancellable *cancellable;
  KafErasurePhase phase;
  KafErasure *erasure; /* what the number in the entry is; nullable */
  char *name;          /* that number, as it was looked up; nullable */

  GtkWidget *number; /* entry */
  GtkWidget *spinner;
  GtkWidget *found; /* list: what would be erased, what is kept */
  GtkWidget *asked; /* box of the reason */
  GtkWidget *reason;
  GtkWidget *error;
};

G_DEFINE_FINAL_TYPE (KafErasureWindow, kaf_erasure_window, ADW_TYPE_WINDOW)

enum
{
  SIGNAL_ORDERED,
  SIGNAL_NOTED,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

/* What was typed, without blanks around it. (transfer full) */
static char *
get_text (GtkWidget *entry)
{
  return g_strstrip (g_strdup (gtk_editable_get_text (GTK_EDITABLE (entry))));
}

static gboolean
has_reason (KafErasureWindow *self)
{
  return kaf_reason_is_enough (gtk_editable_get_text (GTK_EDITABLE (self->reason)));
}

static void
tell (KafErasureWindow *self, const char *text)
{
  gtk_label_set_text (GTK_LABEL (self->error), text != NULL ? text : "");
  gtk_widget_set_visible (self->error, text != NULL);
}

static void
update (KafErasureWindow *self)
{
  gboolean asks = self->phase == KAF_ERASURE_LOOKS || self->phase == KAF_ERASURE_ORDERS;
  g_autofree char *name = get_text (self->number);

  gtk_widget_action_set_enabled (GTK_WIDGET (self), "erasure.look",
                                 !asks && *name != '\0' && self->erasure == NULL);
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "erasure.order",
                                 self->phase == KAF_ERASURE_SHOWS && has_reason (self));
  /* An entry that is shut off while it has the focus would go on blinking. */
  if (asks)
    gtk_window_set_focus (GTK_WINDOW (self), NULL);
  gtk_widget_set_sensitive (self->number, !asks);
  gtk_widget_set_sensitive (self->asked, !asks);
  gtk_widget_set_visible (self->found, self->erasure != NULL);
  gtk_widget_set_visible (self->asked, self->erasure != NULL);
  gtk_widget_set_visible (self->spinner, asks);
  if (asks)
    gtk_spinner_start (GTK_SPINNER (self->spinner));
  else
    gtk_spinner_stop (GTK_SPINNER (self->spinner));
}

static void
set_phase (KafErasureWindow *self, KafErasurePhase phase)
{
  self->phase = phase;
  update (self);
}

/* Keeping the number */

static gpointer
note_job (KafDatabase *db, gpointer data, GCancellable *cancellable, GError **error)
{
  return GINT_TO_POINTER (kaf_erasure_notes_add (db, data, error));
}

static void
on_noted (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (KafErasureWindow) self = user_data;

  if (kaf_store_run_finish (KAF_STORE (source), result, NULL) == NULL || self->store == NULL)
    return;
  g_signal_emit (self, signals[SIGNAL_NOTED], 0);
  tell (self, _ ("The server cannot be reached: nothing was ordered. The number is kept in the "
                 "list of erasures, to be ordered from there once the server answers."));
}

static gpointer
forget_job (KafDatabase *db, gpointer data, GCancellable *cancellable, GError **error)
{
  return GINT_TO_POINTER (kaf_erasure_notes_remove (db, data, error));
}

static void
on_forgotten (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (KafErasureWindow) self = user_data;
  g_autoptr (GError) error = NULL;

  if (kaf_store_run_finish (KAF_STORE (source), result, &error) == NULL && error != NULL)
    g_warning ("A number that was noted stays: %s", error->message);
  g_signal_emit (self, signals[SIGNAL_ORDERED], 0);
  if (self->store != NULL)
    gtk_window_destroy (GTK_WINDOW (self));
}

/* A name that was typed in place of a number is not kept. */
static gboolean
is_number (const char *text)
{
  return kaf_id_is_uuid (text) ||
         g_regex_match_simple ("^[A-Z]{2,4}-[0-9]{4}-[0-9]{1,9}$", text, G_REGEX_CASELESS, 0);
}

static void
keep_number (KafErasureWindow *self)
{
  if (!is_number (self->name))
    return;
  kaf_store_run_async (self->store, KAF_LANE_WRITE, note_job, g_strdup (self->name), g_free, NULL,
                       NULL, on_noted, g_object_ref (self));
}

static void
tell_error (KafErasureWindow *self, const GError *error)
{
  g_autofree char *text =
      error->domain == KAF_NET_ERROR ? kaf_net_explain (error) : kaf_error_text (error);

  tell (self, text);
  if (g_error_matches (error, KAF_NET_ERROR, KAF_NET_ERROR_ERASE_OFFLINE))
    keep_number (self);
}

/* Looking */

static gboolean
is_cancelled (const GError *error)
{
  return g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
}

static void
on_looked (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (KafErasureWindow) self = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (KafErasure) erasure = kaf_erasures_look_finish (result, &error);

  if (self->store == NULL || is_cancelled (error))
    return;
  self->erasure = g_steal_pointer (&erasure);
  set_phase (self, self->erasure != NULL ? KAF_ERASURE_SHOWS : KAF_ERASURE_ASKS);
  if (self->erasure == NULL)
    {
      tell_error (self, error);
      gtk_widget_grab_focus (self->number);
      return;
    }
  kaf_erasure_rows_show_foreseen (self->found, self->store, self->erasure);
  gtk_widget_grab_focus (self->reason);
}

static void
on_look (GtkWidget *widget, const char *action, GVariant *parameter)
{
  KafErasureWindow *self = KAF_ERASURE_WINDOW (widget);

  g_free (self->name);
  self->name = get_text (self->number);
  tell (self, NULL);
  set_phase (self, KAF_ERASURE_LOOKS);
  kaf_erasures_look_async (kaf_store_get_path (self->store), self->url, self->name,
                           self->cancellable, on_looked, g_object_ref (self));
}

/* Ordering */

static void
on_ordered (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (KafErasureWindow) self = user_data;
  g_autoptr (GError) error = NULL;
  guint n;

  if (kaf_erasures_order_finish (result, &n, &error) && self->store != NULL)
    {
      kaf_store_run_async (self->store, KAF_LANE_WRITE, forget_job, g_strdup (self->name), g_free,
                           NULL, NULL, on_forgotten, g_object_ref (self));
      return;
    }
  if (self->store == NULL || is_cancelled (error))
    return;
  set_phase (self, KAF_ERASURE_SHOWS);
  gtk_widget_grab_focus (self->reason);
  if (g_error_matches (error, KAF_NET_ERROR, KAF_NET_ERROR_ERASE_OFFLINE))
    tell (self, _ ("The server did not answer: the order may have arrived or not. Order once more; "
                   "an order that arrives twice does no harm."));
  else
    tell_error (self, error);
}

/* An order that is under way is not taken back by leaving: what came of it is told first. */
static gboolean
on_close (GtkWindow *window, gpointer user_data)
{
  return KAF_ERASURE_WINDOW (window)->phase == KAF_ERASURE_ORDERS;
}

static void
on_order (GtkWidget *widget, const char *action, GVariant *parameter)
{
  KafErasureWindow *self = KAF_ERASURE_WINDOW (widget);
  g_autofree char *reason = get_text (self->reason);

  tell (self, NULL);
  set_phase (self, KAF_ERASURE_ORDERS);
  /* That record and no other, whoever may have been given its number since. */
  kaf_erasures_order_async (kaf_store_get_path (self->store), self->url, self->name,
                            self->erasure->id, reason, NULL, on_ordered, g_object_ref (self));
}

/* What was found is of another number. */
static void
on_number_changed (GtkEditable *editable, gpointer user_data)
{
  KafErasureWindow *self = user_data;

  g_clear_pointer (&self->erasure, kaf_erasure_free);
  tell (self, NULL);
  set_phase (self, KAF_ERASURE_ASKS);
}

static void
on_number_entered (AdwEntryRow *row, gpointer user_data)
{
  gtk_widget_activate_action (user_data, "erasure.look", NULL);
}

static gboolean
on_escape (GtkWidget *widget, GVariant *args, gpointer user_data)
{
  gtk_window_close (GTK_WINDOW (widget));
  return TRUE;
}

static void
kaf_erasure_window_dispose (GObject *object)
{
  KafErasureWindow *self = KAF_ERASURE_WINDOW (object);

  g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
  g_clear_object (&self->store);
  g_clear_pointer (&self->erasure, kaf_erasure_free);
  g_clear_pointer (&self->url, g_free);
  g_clear_pointer (&self->name, g_free);
  G_OBJECT_CLASS (kaf_erasure_window_parent_class)->dispose (object);
}

static void
kaf_erasure_window_class_init (KafErasureWindowClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = kaf_erasure_window_dispose;
  gtk_widget_class_install_action (widget_class, "erasure.look", NULL, on_look);
  gtk_widget_class_install_action (widget_class, "erasure.order", NULL, on_order);
  gtk_widget_class_add_binding (widget_class, GDK_KEY_Escape, 0, on_escape, NULL);

  signals[SIGNAL_ORDERED] = g_signal_new ("ordered", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST,
                                          0, NULL, NULL, NULL, G_TYPE_NONE, 0);
  signals[SIGNAL_NOTED] = g_signal_new ("noted", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0,
                                        NULL, NULL, NULL, G_TYPE_NONE, 0);
}

static GtkWidget *
number_new (KafErasureWindow *self)
{
  GtkWidget *look = gtk_button_new_with_label (_ ("Look Up"));

  self->number = adw_entry_row_new ();
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (self->number), _ ("Number of the record"));
  gtk_actionable_set_action_name (GTK_ACTIONABLE (look), "erasure.look");
  gtk_widget_set_valign (look, GTK_ALIGN_CENTER);
  self->spinner = gtk_spinner_new ();
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->spinner), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  _ ("The server is asked"), -1);
  adw_entry_row_add_suffix (ADW_ENTRY_ROW (self->number), self->spinner);
  adw_entry_row_add_suffix (ADW_ENTRY_ROW (self->number), look);
  g_signal_connect (self->number, "changed", G_CALLBACK (on_number_changed), self);
  g_signal_connect (self->number, "entry-activated", G_CALLBACK (on_number_entered), self);
  return kaf_dialog_rows_new (self->number);
}

static GtkWidget *
asked_new (KafErasureWindow *self)
{
  self->asked = gtk_box_new (GTK_ORIENTATION_VERTICAL, 12);
  self->reason = adw_entry_row_new ();
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (self->reason), _ ("Reason"));
  g_signal_connect_swapped (self->reason, "changed", G_CALLBACK (update), self);
  gtk_box_append (GTK_BOX (self->asked), kaf_dialog_rows_new (self->reason));
  gtk_box_append (GTK_BOX (self->asked),
                  kaf_dialog_paragraph_new (_ (kaf_reason_get_rule ()), "caption"));
  gtk_box_append (GTK_BOX (self->asked),
                  kaf_dialog_paragraph_new (
                      _ ("This cannot be undone. A fingerprint of the reason is kept as a proof of "
                         "the erasure, not its text."),
                      "caption"));
  return self->asked;
}

static void
kaf_erasure_window_init (KafErasureWindow *self)
{
  GtkWidget *outer = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 12);
  GtkWidget *erase;

  self->cancellable = g_cancellable_new ();
  gtk_window_set_modal (GTK_WINDOW (self), TRUE);
  g_signal_connect (self, "close-request", G_CALLBACK (on_close), NULL);
  gtk_window_set_default_size (GTK_WINDOW (self), WIDTH, -1);
  gtk_window_set_title (GTK_WINDOW (self), _ ("Order an Erasure"));
  gtk_box_append (GTK_BOX (outer),
                  kaf_dialog_header_new ("window.close", _ ("Erase"), "erasure.order", &erase));
  kaf_dialog_header_make_drastic (erase);
  gtk_widget_add_css_class (box, "kaf-record-padded");
  gtk_box_append (
      GTK_BOX (box),
      kaf_dialog_paragraph_new (
          _ ("Write the number of the record that the request is about, PER-2026-0001 "
             "for example. The server then shows what would be erased; nothing is erased "
             "before you order it."),
          "body"));
  gtk_box_append (GTK_BOX (box), number_new (self));
  self->found = kaf_dialog_rows_new (NULL);
  gtk_box_append (GTK_BOX (box), self->found);
  gtk_box_append (GTK_BOX (box), asked_new (self));
  self->error = kaf_dialog_paragraph_new ("", "error");
  gtk_widget_set_visible (self->error, FALSE);
  gtk_box_append (GTK_BOX (box), self->error);
  gtk_box_append (GTK_BOX (outer), box);
  adw_window_set_content (ADW_WINDOW (self), outer);
  update (self);
}

GtkWidget *
kaf_erasure_window_new (KafStore *store, const char *url, const char *name)
{
  KafErasureWindow *self = g_object_new (KAF_TYPE_ERASURE_WINDOW, NULL);

  self->store = g_object_ref (store);
  self->url = g_strdup (url);
  gtk_widget_grab_focus (self->number);
  if (name != NULL && *name != '\0')
    {
      kaf_erasure_window_set_name (self, name);
      gtk_widget_activate_action (GTK_WIDGET (self), "erasure.look", NULL);
    }
  return GTK_WIDGET (self);
}

KafErasurePhase
kaf_erasure_window_get_phase (KafErasureWindow *self)
{
  g_return_val_if_fail (KAF_IS_ERASURE_WINDOW (self), KAF_ERASURE_ASKS);

  return self->phase;
}

void
kaf_erasure_window_set_name (KafErasureWindow *self, const char *name)
{
  g_return_if_fail (KAF_IS_ERASURE_WINDOW (self));

  gtk_editable_set_text (GTK_EDITABLE (self->number), name);
}

void
kaf_erasure_window_set_reason (KafErasureWindow *self, const char *reason)
{
  g_return_if_fail (KAF_IS_ERASURE_WINDOW (self));

  gtk_editable_set_text (GTK_EDITABLE (self->reason), reason);
}

const char *
kaf_erasure_window_get_error (KafErasureWindow *self)
{
  g_return_val_if_fail (KAF_IS_ERASURE_WINDOW (self), "");

  return gtk_label_get_text (GTK_LABEL (self->error));
}
