/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A row with the title of what is referred to at its end; pressing it opens the picker. */
#include "config.h"

#include "ui/form/kaf-reference-editor.h"

#include <glib/gi18n-lib.h>

#include "base/kaf-bidi.h"
#include "ui/compat/kaf-tooltip.h"
#include "ui/form/kaf-reference-picker.h"
#include "ui/form/kaf-title-lookup.h"

struct _KafReferenceEditor
{
  AdwActionRow parent_instance;

  const KafField *field;
  KafStore *store;
  char *id;     /* nullable */
  char *within; /* nullable: id of a convention */
  GtkWidget *value;
  GtkWidget *clear;
  GtkWidget *picker; /* once it was opened */
  GCancellable *cancellable;
};

static void kaf_reference_editor_iface_init (KafEditorInterface *iface);

G_DEFINE_FINAL_TYPE_WITH_CODE (KafReferenceEditor,
                               kaf_reference_editor,
                               ADW_TYPE_ACTION_ROW,
                               G_IMPLEMENT_INTERFACE (KAF_TYPE_EDITOR,
                                                      kaf_reference_editor_iface_init))

static void
show_title (KafReferenceEditor *self, const char *title)
{
  g_autofree char *line = title != NULL ? kaf_bidi_isolate (title) : g_strdup ("—");

  gtk_label_set_label (GTK_LABEL (self->value), line);
  kaf_tooltip_set (self->value, title);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_VALUE_TEXT,
                                  title != NULL ? title : "—", -1);
  gtk_widget_set_visible (self->clear, title != NULL &&
                                           !kaf_field_has (self->field, KAF_FIELD_REQUIRED) &&
                                           gtk_widget_is_sensitive (GTK_WIDGET (self)));
}

static void
on_title (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (KafReferenceEditor) self = data;
  g_auto (GStrv) titles = kaf_title_lookup_finish (KAF_STORE (source), result, NULL);

  /* Another value may have been set meanwhile: that cancelled this one. */
  if (titles != NULL && titles[0] != NULL && self->value != NULL)
    show_title (self, titles[0]);
}

static void
set_id (KafReferenceEditor *self, const char *id, const char *title)
{
  gboolean known = id != NULL && *id != '\0';
  g_autofree char *own = known ? g_strdup (id) : NULL;

  g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
  g_free (self->id);
  self->id = g_steal_pointer (&own);

  if (!known)
    show_title (self, NULL);
  else if (title != NULL)
    show_title (self, title);
  else
    {
      show_title (self, "…");
      self->cancellable = g_cancellable_new ();
      kaf_title_lookup_async (self->store, self->field->target, self->id, self->cancellable,
                              on_title, g_object_ref (self));
    }
}

static void
kaf_reference_editor_show (KafEditor *editor, const char *canonical, const char *text)
{
  set_id (KAF_REFERENCE_EDITOR (editor), canonical, text);
}

static char *
kaf_reference_editor_get_typed (KafEditor *editor)
{
  KafReferenceEditor *self = KAF_REFERENCE_EDITOR (editor);

  return g_strdup (self->id != NULL ? self->id : "");
}

static void
kaf_reference_editor_set_typed (KafEditor *editor, const char *typed)
{
  set_id (KAF_REFERENCE_EDITOR (editor), typed, NULL);
}

static void
kaf_reference_editor_set_title (KafEditor *editor, const char *title)
{
  /* The row is labelled by its title already: a label of its own would be read out as well. */
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (editor), title);
}

static void
kaf_reference_editor_set_within (KafEditor *editor, const char *convention)
{
  KafReferenceEditor *self = KAF_REFERENCE_EDITOR (editor);
  g_autofree char *old = self->within;

  self->within = g_strdup (convention);
}

static void
kaf_reference_editor_iface_init (KafEditorInterface *iface)
{
  iface->set_within = kaf_reference_editor_set_within;
  iface->show = kaf_reference_editor_show;
  iface->get_typed = kaf_reference_editor_get_typed;
  iface->set_typed = kaf_reference_editor_set_typed;
  iface->set_title = kaf_reference_editor_set_title;
}

static void
on_picked (KafReferenceEditor *self, const char *id, const char *title)
{
  kaf_reference_editor_pick (self, id, title);
  gtk_widget_grab_focus (GTK_WIDGET (self));
}

static void
on_activated (KafReferenceEditor *self)
{
  if (self->picker == NULL)
    {
      self->picker =
          kaf_reference_picker_new (self->store, self->field->target,
                                    adw_preferences_row_get_title (ADW_PREFERENCES_ROW (self)));
      gtk_widget_set_parent (self->picker, GTK_WIDGET (self));
      g_signal_connect_object (self->picker, "picked", G_CALLBACK (on_picked), self,
                               G_CONNECT_SWAPPED);
    }

  kaf_reference_picker_set_within (KAF_REFERENCE_PICKER (self->picker), self->within);
  kaf_reference_picker_set_chosen (KAF_REFERENCE_PICKER (self->picker), self->id);
  gtk_popover_popup (GTK_POPOVER (self->picker));
}

static void
on_choose_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  on_activated (KAF_REFERENCE_EDITOR (widget));
}

static void
on_clear_clicked (KafReferenceEditor *self)
{
  kaf_reference_editor_pick (self, NULL, NULL);
  gtk_widget_grab_focus (GTK_WIDGET (self));
}

static void
kaf_reference_editor_dispose (GObject *object)
{
  KafReferenceEditor *self = KAF_REFERENCE_EDITOR (object);

  g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
  g_clear_pointer (&self->picker, gtk_widget_unparent);
  self->value = NULL;
  g_clear_object (&self->store);
  G_OBJECT_CLASS (kaf_reference_editor_parent_class)->dispose (object);
}

static void
kaf_reference_editor_finalize (GObject *object)
{
  g_free (KAF_REFERENCE_EDITOR (object)->id);
  g_free (KAF_REFERENCE_EDITOR (object)->within);
  G_OBJECT_CLASS (kaf_reference_editor_parent_class)->finalize (object);
}

static void
kaf_reference_editor_class_init (KafReferenceEditorClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->dispose = kaf_reference_editor_dispose;
  object_class->finalize = kaf_reference_editor_finalize;

  /* A row offers assistive tools nothing to press: this is what they press. */
  gtk_widget_class_install_action (GTK_WIDGET_CLASS (klass), "reference.choose", NULL,
                                   on_choose_action);
}

static void
kaf_reference_editor_init (KafReferenceEditor *self)
{
  GtkWidget *arrow = gtk_image_new_from_icon_name ("pan-down-symbolic");

  adw_preferences_row_set_use_markup (ADW_PREFERENCES_ROW (self), FALSE);
  adw_action_row_set_title_lines (ADW_ACTION_ROW (self), 2);
  gtk_list_box_row_set_activatable (GTK_LIST_BOX_ROW (self), TRUE);

  self->value = gtk_label_new (NULL);
  gtk_label_set_ellipsize (GTK_LABEL (self->value), PANGO_ELLIPSIZE_END);
  gtk_label_set_max_width_chars (GTK_LABEL (self->value), 26);
  gtk_label_set_xalign (GTK_LABEL (self->value), 1);

  self->clear = gtk_button_new_from_icon_name ("edit-clear-symbolic");
  gtk_widget_set_valign (self->clear, GTK_ALIGN_CENTER);
  gtk_widget_add_css_class (self->clear, "flat");
  kaf_tooltip_set (self->clear, _ ("Remove"));
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->clear), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  _ ("Remove"), -1);
  g_signal_connect_object (self->clear, "clicked", G_CALLBACK (on_clear_clicked), self,
                           G_CONNECT_SWAPPED);

  adw_action_row_add_suffix (ADW_ACTION_ROW (self), self->value);
  adw_action_row_add_suffix (ADW_ACTION_ROW (self), self->clear);
  adw_action_row_add_suffix (ADW_ACTION_ROW (self), arrow);
  g_signal_connect (self, "activated", G_CALLBACK (on_activated), NULL);
  kaf_editor_watch_focus (KAF_EDITOR (self));
}

GtkWidget *
kaf_reference_editor_new (const KafField *field, KafStore *store)
{
  KafReferenceEditor *self = g_object_new (KAF_TYPE_REFERENCE_EDITOR, NULL);

  self->field = field;
  self->store = store != NULL ? g_object_ref (store) : NULL;
  show_title (self, NULL);
  return GTK_WIDGET (self);
}

void
kaf_reference_editor_pick (KafReferenceEditor *self, const char *id, const char *title)
{
  g_return_if_fail (KAF_IS_REFERENCE_EDITOR (self));

  set_id (self, id, title);
  kaf_editor_emit_edited (KAF_EDITOR (self));
}
