/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A row with linked buttons. Pressing the one that is down lets the value be unknown again, unless
 * the field is required. */
#include "config.h"

#include "ui/form/kaf-toggle-editor.h"

#include <glib/gi18n-lib.h>

struct _KafToggleEditor
{
  AdwActionRow parent_instance;

  const KafField *field;
  GtkWidget *box;
  GPtrArray *buttons; /* GtkToggleButton, in the order of the choices */
  gboolean showing;
};

static void kaf_toggle_editor_iface_init (KafEditorInterface *iface);

G_DEFINE_FINAL_TYPE_WITH_CODE (KafToggleEditor,
                               kaf_toggle_editor,
                               ADW_TYPE_ACTION_ROW,
                               G_IMPLEMENT_INTERFACE (KAF_TYPE_EDITOR,
                                                      kaf_toggle_editor_iface_init))

static void
kaf_toggle_editor_show (KafEditor *editor, const char *canonical, const char *text)
{
  KafToggleEditor *self = KAF_TOGGLE_EDITOR (editor);

  self->showing = TRUE;
  for (guint i = 0; i < self->buttons->len; i++)
    gtk_toggle_button_set_active (g_ptr_array_index (self->buttons, i),
                                  g_strcmp0 (self->field->choices[i].code, canonical) == 0);
  self->showing = FALSE;
}

static char *
kaf_toggle_editor_get_typed (KafEditor *editor)
{
  KafToggleEditor *self = KAF_TOGGLE_EDITOR (editor);

  for (guint i = 0; i < self->buttons->len; i++)
    if (gtk_toggle_button_get_active (g_ptr_array_index (self->buttons, i)))
      return g_strdup (self->field->choices[i].code);
  return g_strdup ("");
}

static void
kaf_toggle_editor_set_typed (KafEditor *editor, const char *typed)
{
  kaf_toggle_editor_show (editor, typed, NULL);
}

static void
kaf_toggle_editor_set_title (KafEditor *editor, const char *title)
{
  KafToggleEditor *self = KAF_TOGGLE_EDITOR (editor);

  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (self), title);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->box), GTK_ACCESSIBLE_PROPERTY_LABEL, title,
                                  -1);
}

static GtkWidget *
kaf_toggle_editor_get_focus (KafEditor *editor)
{
  KafToggleEditor *self = KAF_TOGGLE_EDITOR (editor);

  for (guint i = 0; i < self->buttons->len; i++)
    if (gtk_toggle_button_get_active (g_ptr_array_index (self->buttons, i)))
      return g_ptr_array_index (self->buttons, i);
  return g_ptr_array_index (self->buttons, 0);
}

static void
kaf_toggle_editor_iface_init (KafEditorInterface *iface)
{
  iface->show = kaf_toggle_editor_show;
  iface->get_typed = kaf_toggle_editor_get_typed;
  iface->set_typed = kaf_toggle_editor_set_typed;
  iface->set_title = kaf_toggle_editor_set_title;
  iface->get_focus = kaf_toggle_editor_get_focus;
}

static void
on_toggled (KafToggleEditor *self, GtkToggleButton *button)
{
  if (self->showing)
    return;

  self->showing = TRUE;
  if (!gtk_toggle_button_get_active (button) && kaf_field_has (self->field, KAF_FIELD_REQUIRED))
    gtk_toggle_button_set_active (button, TRUE);
  if (gtk_toggle_button_get_active (button))
    for (guint i = 0; i < self->buttons->len; i++)
      if (g_ptr_array_index (self->buttons, i) != button)
        gtk_toggle_button_set_active (g_ptr_array_index (self->buttons, i), FALSE);
  self->showing = FALSE;

  kaf_editor_emit_edited (KAF_EDITOR (self));
}

static void
kaf_toggle_editor_finalize (GObject *object)
{
  g_ptr_array_unref (KAF_TOGGLE_EDITOR (object)->buttons);
  G_OBJECT_CLASS (kaf_toggle_editor_parent_class)->finalize (object);
}

static void
kaf_toggle_editor_class_init (KafToggleEditorClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = kaf_toggle_editor_finalize;
}

static void
kaf_toggle_editor_init (KafToggleEditor *self)
{
  adw_preferences_row_set_use_markup (ADW_PREFERENCES_ROW (self), FALSE);
  gtk_list_box_row_set_activatable (GTK_LIST_BOX_ROW (self), FALSE);
  gtk_widget_set_focusable (GTK_WIDGET (self), FALSE);
  adw_action_row_set_title_lines (ADW_ACTION_ROW (self), 2);

  self->buttons = g_ptr_array_new ();
  self->box = g_object_new (GTK_TYPE_BOX, "accessible-role", GTK_ACCESSIBLE_ROLE_GROUP, NULL);
  gtk_widget_add_css_class (self->box, "linked");
  gtk_widget_set_valign (self->box, GTK_ALIGN_CENTER);
  adw_action_row_add_suffix (ADW_ACTION_ROW (self), self->box);
  kaf_editor_watch_focus (KAF_EDITOR (self));
}

GtkWidget *
kaf_toggle_editor_new (const KafField *field)
{
  KafToggleEditor *self = g_object_new (KAF_TYPE_TOGGLE_EDITOR, NULL);

  self->field = field;
  for (const KafChoice *choice = field->choices; choice->code != NULL; choice++)
    {
      GtkWidget *button = gtk_toggle_button_new_with_label (_ (choice->label));

      g_signal_connect_object (button, "toggled", G_CALLBACK (on_toggled), self, G_CONNECT_SWAPPED);
      gtk_box_append (GTK_BOX (self->box), button);
      g_ptr_array_add (self->buttons, button);
    }

  return GTK_WIDGET (self);
}
