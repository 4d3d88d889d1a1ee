/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "ui/mission/kaf-field-dialog.h"

#include <glib/gi18n-lib.h>

#include "base/kaf-validation-error.h"
#include "schema/kaf-value.h"
#include "ui/compat/kaf-dialog-header.h"
#include "ui/compat/kaf-error-text.h"
#include "ui/form/kaf-follower.h"

#define WIDTH 460
#define HEIGHT 560 /* px, at most: the rest scrolls */

struct _KafFieldDialog
{
  AdwWindow parent_instance;

  KafStore *store;
  KafRecord *record;
  KafFollower *follower; /* of the record, unless it is new */
  GPtrArray *rows;       /* (element-type KafFieldRow) */
  GtkWidget *box;
  GtkWidget *note;
  GtkWidget *error;
  GtkWidget *save;
  gboolean touched;
  gboolean leaves; /* it was said that what was typed may go, or it is saved */
};

G_DEFINE_FINAL_TYPE (KafFieldDialog, kaf_field_dialog, ADW_TYPE_WINDOW)

enum
{
  SIGNAL_COLLECT,
  SIGNAL_EDITED,
  SIGNAL_SAVED,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

/* Saving */

static void
show_error (KafFieldDialog *self, const KafFault *fault, const GError *error)
{
  g_autofree char *text = kaf_error_text (error);
  KafFieldRow *row = fault->field != NULL ? kaf_field_dialog_find_row (self, fault->field) : NULL;

  if (row != NULL && error->domain == KAF_VALIDATION_ERROR)
    {
      g_autofree char *sentence = kaf_value_explain (kaf_field_row_get_field (row), error);

      kaf_field_row_set_error (row, sentence, NULL);
      kaf_field_row_focus (row);
      return;
    }
  gtk_label_set_text (GTK_LABEL (self->error), text);
  gtk_widget_set_visible (self->error, TRUE);
}

static void
lead_to_news (KafFieldDialog *self)
{
  KafFieldRow *row = kaf_follower_get_first_told (self->follower);

  if (row != NULL)
    {
      kaf_field_row_focus (row);
      return;
    }
  /* Of what is no row. */
  gtk_label_set_text (GTK_LABEL (self->error),
                      _ ("It was changed meanwhile: saving again keeps what you entered."));
  gtk_widget_set_visible (self->error, TRUE);
}

static void
on_committed (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (KafFieldDialog) self = user_data;
  g_autoptr (GError) error = NULL;
  KafFault fault = { 0 };
  gboolean told;
  g_autoptr (KafReceipt) receipt =
      kaf_follower_commit_finish (KAF_FOLLOWER (source), result, &told, &fault, &error);

  gtk_widget_set_sensitive (self->save, TRUE);
  if (receipt == NULL)
    {
      if (told)
        lead_to_news (self);
      else
        show_error (self, &fault, error);
      return;
    }
  self->leaves = TRUE;
  g_signal_emit (self, signals[SIGNAL_SAVED], 0, receipt);
  gtk_window_close (GTK_WINDOW (self));
}

/* FALSE: a row holds what cannot be kept. */
static gboolean
collect (KafFieldDialog *self, KafRecord *change)
{
  gboolean creates = kaf_record_get_id (self->record) == NULL;

  for (guint i = 0; i < self->rows->len; i++)
    {
      KafFieldRow *row = g_ptr_array_index (self->rows, i);
      g_autofree char *canonical = NULL;

      if (!creates && !kaf_field_row_is_touched (row))
        continue;
      if (!kaf_field_row_check (row, &canonical))
        {
          kaf_field_row_focus (row);
          return FALSE;
        }
      kaf_record_set (change, kaf_field_row_get_field (row)->id, canonical);
    }
  return TRUE;
}

gboolean
kaf_field_dialog_save (KafFieldDialog *self)
{
  gboolean creates;
  g_autoptr (KafRecord) change = NULL;
  g_autoptr (KafChangeSet) set = NULL;

  g_return_val_if_fail (KAF_IS_FIELD_DIALOG (self), FALSE);

  if (!gtk_widget_get_sensitive (self->save))
    return FALSE;
  creates = kaf_record_get_id (self->record) == NULL;
  change = creates ? kaf_record_copy (self->record)
                   : kaf_record_new (kaf_record_get_entity (self->record),
                                     kaf_record_get_id (self->record));
  set = kaf_change_set_new (creates ? "create" : "edit");
  if (!collect (self, change))
    return FALSE;
  g_signal_emit (self, signals[SIGNAL_COLLECT], 0, change, set);
  /* Who gave it an id has put it into the set, before what hangs on it. */
  if (creates && kaf_record_get_id (change) == NULL)
    kaf_change_set_create (set, change);
  else if (kaf_record_count_held (change) > 0)
    kaf_change_set_update (set, change);
  if (kaf_change_set_get_size (set) == 0)
    {
      self->leaves = TRUE;
      gtk_window_close (GTK_WINDOW (self));
      return TRUE;
    }
  gtk_widget_set_visible (self->error, FALSE);
  gtk_widget_set_sensitive (self->save, FALSE);
  kaf_follower_commit_async (self->follower, set, NULL, on_committed, g_object_ref (self));
  return TRUE;
}

/* Leaving */

static void
on_answered (KafFieldDialog *self, const char *response)
{
  if (g_strcmp0 (response, "discard") != 0)
    return;
  self->leaves = TRUE;
  gtk_window_close (GTK_WINDOW (self));
}

static gboolean
kaf_field_dialog_close_request (GtkWindow *window)
{
  KafFieldDialog *self = KAF_FIELD_DIALOG (window);
  GtkWidget *question;

  if (self->leaves || !self->touched)
    return GTK_WINDOW_CLASS (kaf_field_dialog_parent_class)->close_request (window);
  question = adw_message_dialog_new (window, _ ("Discard what was typed?"),
                                     _ ("It was not saved, and is lost when this window closes."));
  adw_message_dialog_add_responses (ADW_MESSAGE_DIALOG (question), "stay", _ ("_Go on writing"),
                                    "discard", _ ("_Discard"), NULL);
  adw_message_dialog_set_response_appearance (ADW_MESSAGE_DIALOG (question), "discard",
                                              ADW_RESPONSE_DESTRUCTIVE);
  adw_message_dialog_set_default_response (ADW_MESSAGE_DIALOG (question), "stay");
  adw_message_dialog_set_close_response (ADW_MESSAGE_DIALOG (question), "stay");
  g_signal_connect_object (question, "response", G_CALLBACK (on_answered), self, G_CONNECT_SWAPPED);
  gtk_window_present (GTK_WINDOW (question));
  return TRUE;
}

static gboolean
on_escape (GtkWidget *widget, GVariant *args, gpointer user_data)
{
  gtk_window_close (GTK_WINDOW (widget));
  return TRUE;
}

static gboolean
on_save_key (GtkWidget *widget, GVariant *args, gpointer user_data)
{
  kaf_field_dialog_save (KAF_FIELD_DIALOG (widget));
  return TRUE;
}

/* The window */

static void
kaf_field_dialog_dispose (GObject *object)
{
  kaf_follower_stop (KAF_FIELD_DIALOG (object)->follower);
  G_OBJECT_CLASS (kaf_field_dialog_parent_class)->dispose (object);
}

static void
kaf_field_dialog_finalize (GObject *object)
{
  KafFieldDialog *self = KAF_FIELD_DIALOG (object);

  g_clear_object (&self->store);
  g_clear_object (&self->follower);
  g_clear_pointer (&self->record, kaf_record_unref);
  g_ptr_array_unref (self->rows);
  G_OBJECT_CLASS (kaf_field_dialog_parent_class)->finalize (object);
}

static void
kaf_field_dialog_class_init (KafFieldDialogClass *klass)
{
  GType type = G_TYPE_FROM_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = kaf_field_dialog_dispose;
  G_OBJECT_CLASS (klass)->finalize = kaf_field_dialog_finalize;
  GTK_WINDOW_CLASS (klass)->close_request = kaf_field_dialog_close_request;
  gtk_widget_class_add_binding (GTK_WIDGET_CLASS (klass), GDK_KEY_Escape, 0, on_escape, NULL);
  gtk_widget_class_add_binding (GTK_WIDGET_CLASS (klass), GDK_KEY_s, GDK_CONTROL_MASK, on_save_key,
                                NULL);
  signals[SIGNAL_COLLECT] = g_signal_new ("collect", type, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                          G_TYPE_NONE, 2, G_TYPE_POINTER, G_TYPE_POINTER);
  signals[SIGNAL_EDITED] =
      g_signal_new ("edited", type, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
  signals[SIGNAL_SAVED] = g_signal_new ("saved", type, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                        G_TYPE_NONE, 1, KAF_TYPE_RECEIPT);
}

static GtkWidget *
line_new (void)
{
  GtkWidget *label = gtk_label_new (NULL);

  gtk_label_set_wrap (GTK_LABEL (label), TRUE);
  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_widget_add_css_class (label, "kaf-wraps");
  gtk_widget_set_visible (label, FALSE);
  return label;
}

static void
kaf_field_dialog_init (KafFieldDialog *self)
{
  GtkWidget *content = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);
  GtkWidget *bar = kaf_dialog_header_new ("window.close", _ ("Save"), NULL, &self->save);
  GtkWidget *scrolled = gtk_scrolled_window_new ();
  GtkWidget *inner = gtk_box_new (GTK_ORIENTATION_VERTICAL, 12);

  self->rows = g_ptr_array_new ();
  self->box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 12);
  self->note = line_new ();
  self->error = line_new ();
  gtk_widget_add_css_class (self->error, "error");
  g_signal_connect_swapped (self->save, "clicked", G_CALLBACK (kaf_field_dialog_save), self);
  gtk_box_append (GTK_BOX (inner), self->box);
  gtk_box_append (GTK_BOX (inner), self->note);
  gtk_widget_add_css_class (inner, "kaf-record-padded");
  gtk_scrolled_window_set_policy (GTK_SCROLLED_WINDOW (scrolled), GTK_POLICY_NEVER,
                                  GTK_POLICY_AUTOMATIC);
  gtk_scrolled_window_set_propagate_natural_height (GTK_SCROLLED_WINDOW (scrolled), TRUE);
  gtk_scrolled_window_set_max_content_height (GTK_SCROLLED_WINDOW (scrolled), HEIGHT);
  gtk_scrolled_window_set_child (GTK_SCROLLED_WINDOW (scrolled), inner);
  gtk_widget_set_vexpand (scrolled, TRUE);
  /* Under the button that was pressed, and not behind rows that may fill more than the window. */
  gtk_widget_set_margin_top (self->error, 12);
  gtk_widget_set_margin_start (self->error, 18);
  gtk_widget_set_margin_end (self->error, 18);
  gtk_box_append (GTK_BOX (content), bar);
  gtk_box_append (GTK_BOX (content), self->error);
  gtk_box_append (GTK_BOX (content), scrolled);
  adw_window_set_content (ADW_WINDOW (self), content);
  gtk_window_set_modal (GTK_WINDOW (self), TRUE);
  gtk_window_set_default_size (GTK_WINDOW (self), WIDTH, -1);
}

GtkWidget *
kaf_field_dialog_new (KafStore *store, const char *title, KafRecord *record)
{
  KafFieldDialog *self = g_object_new (KAF_TYPE_FIELD_DIALOG, "title", title, NULL);

  self->store = g_object_ref (store);
  self->record = kaf_record_ref (record);
  self->follower = kaf_follower_new (store);
  if (kaf_record_get_id (record) != NULL)
    kaf_follower_add (self->follower, record);
  return GTK_WIDGET (self);
}

void
kaf_field_dialog_touch (KafFieldDialog *self)
{
  g_return_if_fail (KAF_IS_FIELD_DIALOG (self));

  self->touched = TRUE;
  g_signal_emit (self, signals[SIGNAL_EDITED], 0);
}

void
kaf_field_dialog_add_fields (KafFieldDialog *self, const char *const *fields)
{
  const KafEntity *entity;

  g_return_if_fail (KAF_IS_FIELD_DIALOG (self));

  entity = kaf_record_get_entity (self->record);
  for (guint i = 0; fields[i] != NULL; i++)
    {
      GtkWidget *row = kaf_field_row_new (kaf_entity_find_field (entity, fields[i]), self->store);

      kaf_field_row_set_value (KAF_FIELD_ROW (row), kaf_record_get (self->record, fields[i]), NULL);
      g_signal_connect_swapped (row, "changed", G_CALLBACK (kaf_field_dialog_touch), self);
      g_signal_connect_swapped (row, "activated", G_CALLBACK (kaf_field_dialog_save), self);
      g_ptr_array_add (self->rows, row);
      kaf_follower_add_row (self->follower, entity, KAF_FIELD_ROW (row));
      gtk_box_append (GTK_BOX (self->box), row);
    }
}

void
kaf_field_dialog_begin (KafFieldDialog *self)
{
  g_return_if_fail (KAF_IS_FIELD_DIALOG (self));
  gtk_widget_child_focus (self->box, GTK_DIR_TAB_FORWARD);
}

void
kaf_field_dialog_add (KafFieldDialog *self, GtkWidget *widget)
{
  g_return_if_fail (KAF_IS_FIELD_DIALOG (self));

  gtk_box_append (GTK_BOX (self->box), widget);
}

KafFieldRow *
kaf_field_dialog_find_row (KafFieldDialog *self, const char *field)
{
  g_return_val_if_fail (KAF_IS_FIELD_DIALOG (self), NULL);

  for (guint i = 0; i < self->rows->len; i++)
    {
      KafFieldRow *row = g_ptr_array_index (self->rows, i);

      if (g_strcmp0 (kaf_field_row_get_field (row)->id, field) == 0)
        return row;
    }
  return NULL;
}

char *
kaf_field_dialog_get_value (KafFieldDialog *self, const char *field)
{
  KafFieldRow *row = kaf_field_dialog_find_row (self, field);
  char *canonical = NULL;

  return row != NULL && kaf_field_row_get_value (row, &canonical, NULL) ? canonical : NULL;
}

void
kaf_field_dialog_say (KafFieldDialog *self, const char *sentence, const char *style)
{
  static const char *const styles[] = { "error", "warning", NULL };

  g_return_if_fail (KAF_IS_FIELD_DIALOG (self));

  for (guint i = 0; styles[i] != NULL; i++)
    gtk_widget_remove_css_class (self->note, styles[i]);
  if (style != NULL)
    gtk_widget_add_css_class (self->note, style);
  gtk_label_set_text (GTK_LABEL (self->note), sentence != NULL ? sentence : "");
  gtk_widget_set_visible (self->note, sentence != NULL);
}
