/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Writes only the fields that a person touched: what a colleague changed meanwhile stays, and what he changed of the same
 * is told before it is written over (kaf-follower). */
#include "config.h"

#include "ui/record/kaf-fact-editor.h"

#include <glib/gi18n-lib.h>

#include "base/kaf-validation-error.h"
#include "schema/kaf-value.h"
#include "ui/compat/kaf-error-text.h"
#include "ui/form/kaf-field-row.h"
#include "ui/form/kaf-follower.h"

#define EDITOR_WIDTH 340

struct _KafFactEditor
{
  GtkPopover parent_instance;

  const KafEntity *entity;
  char *id;
  GPtrArray *rows;
  KafFollower *follower;
  GtkWidget *error;
  GtkWidget *save;
  GCancellable *cancellable;
};

G_DEFINE_FINAL_TYPE (KafFactEditor, kaf_fact_editor, GTK_TYPE_POPOVER)

enum
{
  SIGNAL_SAVED,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

static void
show_error (KafFactEditor *self, const KafFault *fault, const GError *error)
{
  g_autofree char *text = kaf_error_text (error);

  for (guint i = 0; fault->field != NULL && i < self->rows->len; i++)
    {
      KafFieldRow *row = g_ptr_array_index (self->rows, i);
      const KafField *field = kaf_field_row_get_field (row);

      if (g_strcmp0 (field->id, fault->field) == 0)
        {
          g_autofree char *sentence = error->domain == KAF_VALIDATION_ERROR
                                          ? kaf_value_explain (field, error)
                                          : g_strdup (text);

          kaf_field_row_set_error (row, sentence, NULL);
          kaf_field_row_focus (row);
          return;
        }
    }
  gtk_label_set_text (GTK_LABEL (self->error), text);
  gtk_widget_set_visible (self->error, TRUE);
}

static void
on_committed (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (KafFactEditor) self = user_data;
  g_autoptr (GError) error = NULL;
  KafFault fault = { 0 };
  gboolean told;
  g_autoptr (KafReceipt) receipt =
      kaf_follower_commit_finish (KAF_FOLLOWER (source), result, &told, &fault, &error);

  if (self->rows == NULL)
    return;
  gtk_widget_set_sensitive (self->save, TRUE);
  if (receipt != NULL)
    {
      gtk_popover_popdown (GTK_POPOVER (self));
      g_signal_emit (self, signals[SIGNAL_SAVED], 0, receipt);
    }
  else if (told && kaf_follower_get_first_told (self->follower) != NULL)
    kaf_field_row_focus (kaf_follower_get_first_told (self->follower));
  else if (error != NULL && !g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    show_error (self, &fault, error);
}

/* What was touched, as a change; NULL with *@wrong when a row holds what cannot be kept. */
static KafRecord *
collect (KafFactEditor *self, gboolean *wrong)
{
  g_autoptr (KafRecord) change = kaf_record_new (self->entity, self->id);

  *wrong = FALSE;
  for (guint i = 0; i < self->rows->len; i++)
    {
      KafFieldRow *row = g_ptr_array_index (self->rows, i);
      g_autofree char *canonical = NULL;

      if (!kaf_field_row_is_touched (row))
        continue;
      if (!kaf_field_row_check (row, &canonical))
        {
          *wrong = TRUE;
          kaf_field_row_focus (row);
          return NULL;
        }
      kaf_record_set (change, kaf_field_row_get_field (row)->id, canonical);
    }
  return kaf_record_count_held (change) > 0 ? g_steal_pointer (&change) : NULL;
}

static void
on_row_activated (KafFieldRow *row, gpointer user_data)
{
  kaf_fact_editor_save (user_data);
}

static void
kaf_fact_editor_dispose (GObject *object)
{
  KafFactEditor *self = KAF_FACT_EDITOR (object);

  g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
  if (self->follower != NULL)
    kaf_follower_stop (self->follower);
  g_clear_object (&self->follower);
  g_clear_pointer (&self->rows, g_ptr_array_unref);
  g_clear_pointer (&self->id, g_free);

  G_OBJECT_CLASS (kaf_fact_editor_parent_class)->dispose (object);
}

static void
kaf_fact_editor_class_init (KafFactEditorClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = kaf_fact_editor_dispose;

  signals[SIGNAL_SAVED] = g_signal_new ("saved", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0,
                                        NULL, NULL, NULL, G_TYPE_NONE, 1, KAF_TYPE_RECEIPT);
}

static void
kaf_fact_editor_init (KafFactEditor *self)
{
  self->cancellable = g_cancellable_new ();
  self->rows = g_ptr_array_new ();
}

static GtkWidget *
buttons_new (KafFactEditor *self)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 6);
  GtkWidget *cancel = gtk_button_new_with_label (_ ("Cancel"));

  self->save = gtk_button_new_with_label (_ ("Save"));
  gtk_widget_add_css_class (self->save, "suggested-action");
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->save), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  _ ("Save"), -1);
  gtk_accessible_update_property (GTK_ACCESSIBLE (cancel), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  _ ("Cancel"), -1);
  g_signal_connect_swapped (cancel, "clicked", G_CALLBACK (gtk_popover_popdown), self);
  g_signal_connect_swapped (self->save, "clicked", G_CALLBACK (kaf_fact_editor_save), self);
  gtk_widget_set_halign (box, GTK_ALIGN_END);
  gtk_box_append (GTK_BOX (box), cancel);
  gtk_box_append (GTK_BOX (box), self->save);
  return box;
}

GtkWidget *
kaf_fact_editor_new (KafStore *store, const KafRecordData *data, const KafFact *fact)
{
  KafFactEditor *self = g_object_new (KAF_TYPE_FACT_EDITOR, NULL);
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 12);
  const char *country = kaf_record_data_get (data, "country");

  self->entity = fact->entity;
  self->id = g_strdup (data->id);
  self->follower = kaf_follower_new (store);
  kaf_follower_add (self->follower, kaf_record_get_entity (data->record) == fact->entity
                                        ? data->record
                                        : data->owner);
  gtk_widget_set_size_request (box, EDITOR_WIDTH, -1);
  for (guint i = 0; i < fact->fields->len; i++)
    {
      const KafField *field = g_ptr_array_index (fact->fields, i);
      GtkWidget *row = kaf_field_row_new (field, store);

      kaf_field_row_set_value (KAF_FIELD_ROW (row), kaf_record_data_get (data, field->id), NULL);
      kaf_field_row_set_country (KAF_FIELD_ROW (row), country);
      g_signal_connect (row, "activated", G_CALLBACK (on_row_activated), self);
      gtk_box_append (GTK_BOX (box), row);
      g_ptr_array_add (self->rows, row);
      kaf_follower_add_row (self->follower, fact->entity, KAF_FIELD_ROW (row));
    }

  self->error = gtk_label_new (NULL);
  gtk_label_set_wrap (GTK_LABEL (self->error), TRUE);
  gtk_label_set_xalign (GTK_LABEL (self->error), 0);
  gtk_widget_add_css_class (self->error, "error");
  gtk_widget_set_visible (self->error, FALSE);
  gtk_box_append (GTK_BOX (box), self->error);
  gtk_box_append (GTK_BOX (box), buttons_new (self));
  gtk_widget_add_css_class (GTK_WIDGET (self), "kaf-fact-editor");
  gtk_popover_set_child (GTK_POPOVER (self), box);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  _ (fact->field->label), -1);
  return GTK_WIDGET (self);
}

void
kaf_fact_editor_save (KafFactEditor *self)
{
  gboolean wrong;
  g_autoptr (KafRecord) change = NULL;
  g_autoptr (KafChangeSet) set = NULL;

  g_return_if_fail (KAF_IS_FACT_EDITOR (self));

  change = collect (self, &wrong);
  if (change == NULL)
    {
      if (!wrong)
        gtk_popover_popdown (GTK_POPOVER (self));
      return;
    }
  set = kaf_change_set_new ("edit");
  kaf_change_set_update (set, change);
  gtk_widget_set_visible (self->error, FALSE);
  gtk_widget_set_sensitive (self->save, FALSE);
  kaf_follower_commit_async (self->follower, set, self->cancellable, on_committed,
                             g_object_ref (self));
}

GPtrArray *
kaf_fact_editor_get_rows (KafFactEditor *self)
{
  g_return_val_if_fail (KAF_IS_FACT_EDITOR (self), NULL);

  return self->rows;
}
