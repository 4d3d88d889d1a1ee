/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Check buttons that flow under the title. They stand in the order of the schema; the set keeps it. */
#include "config.h"

#include "ui/form/kaf-flags-editor.h"

#include <glib/gi18n-lib.h>

#include "schema/kaf-set.h"

struct _KafFlagsEditor
{
  AdwPreferencesRow parent_instance;

  const KafField *field;
  GtkWidget *flow;
  GPtrArray *buttons; /* GtkCheckButton, in the order of the choices */
  gboolean showing;
};

static void kaf_flags_editor_iface_init (KafEditorInterface *iface);

G_DEFINE_FINAL_TYPE_WITH_CODE (KafFlagsEditor,
                               kaf_flags_editor,
                               ADW_TYPE_PREFERENCES_ROW,
                               G_IMPLEMENT_INTERFACE (KAF_TYPE_EDITOR, kaf_flags_editor_iface_init))

static void
kaf_flags_editor_show (KafEditor *editor, const char *canonical, const char *text)
{
  KafFlagsEditor *self = KAF_FLAGS_EDITOR (editor);

  self->showing = TRUE;
  for (guint i = 0; i < self->buttons->len; i++)
    gtk_check_button_set_active (g_ptr_array_index (self->buttons, i),
                                 kaf_set_contains (canonical, self->field->choices[i].code));
  self->showing = FALSE;
}

static char *
kaf_flags_editor_get_typed (KafEditor *editor)
{
  KafFlagsEditor *self = KAF_FLAGS_EDITOR (editor);
  GString *set = g_string_new (NULL);

  for (guint i = 0; i < self->buttons->len; i++)
    if (gtk_check_button_get_active (g_ptr_array_index (self->buttons, i)))
      {
        if (set->len > 0)
          g_string_append_c (set, '\n');
        g_string_append (set, self->field->choices[i].code);
      }
  return g_string_free (set, FALSE);
}

static void
kaf_flags_editor_set_typed (KafEditor *editor, const char *typed)
{
  kaf_flags_editor_show (editor, typed, NULL);
}

static void
kaf_flags_editor_set_title (KafEditor *editor, const char *title)
{
  KafFlagsEditor *self = KAF_FLAGS_EDITOR (editor);

  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (self), title);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->flow), GTK_ACCESSIBLE_PROPERTY_LABEL, title,
                                  -1);
}

static GtkWidget *
kaf_flags_editor_get_focus (KafEditor *editor)
{
  return g_ptr_array_index (KAF_FLAGS_EDITOR (editor)->buttons, 0);
}

static void
kaf_flags_editor_iface_init (KafEditorInterface *iface)
{
  iface->show = kaf_flags_editor_show;
  iface->get_typed = kaf_flags_editor_get_typed;
  iface->set_typed = kaf_flags_editor_set_typed;
  iface->set_title = kaf_flags_editor_set_title;
  iface->get_focus = kaf_flags_editor_get_focus;
}

static void
on_toggled (KafFlagsEditor *self)
{
  if (!self->showing)
    kaf_editor_emit_edited (KAF_EDITOR (self));
}

static void
kaf_flags_editor_finalize (GObject *object)
{
  g_ptr_array_unref (KAF_FLAGS_EDITOR (object)->buttons);
  G_OBJECT_CLASS (kaf_flags_editor_parent_class)->finalize (object);
}

static void
kaf_flags_editor_class_init (KafFlagsEditorClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = kaf_flags_editor_finalize;
}

static void
kaf_flags_editor_init (KafFlagsEditor *self)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 6);
  GtkWidget *title = gtk_label_new (NULL);

  adw_preferences_row_set_use_markup (ADW_PREFERENCES_ROW (self), FALSE);
  gtk_list_box_row_set_activatable (GTK_LIST_BOX_ROW (self), FALSE);
  gtk_widget_set_focusable (GTK_WIDGET (self), FALSE);

  gtk_label_set_xalign (GTK_LABEL (title), 0);
  g_object_bind_property (self, "title", title, "label", G_BINDING_SYNC_CREATE);

  self->buttons = g_ptr_array_new ();
  self->flow = g_object_new (GTK_TYPE_FLOW_BOX, "accessible-role", GTK_ACCESSIBLE_ROLE_GROUP,
                             "selection-mode", GTK_SELECTION_NONE, "column-spacing", 12,
                             "row-spacing", 2, "min-children-per-line", 1, "max-children-per-line",
                             3, "homogeneous", TRUE, NULL);
  gtk_widget_add_css_class (box, "kaf-text-editor");
  gtk_box_append (GTK_BOX (box), title);
  gtk_box_append (GTK_BOX (box), self->flow);
  gtk_list_box_row_set_child (GTK_LIST_BOX_ROW (self), box);
  kaf_editor_watch_focus (KAF_EDITOR (self));
}

GtkWidget *
kaf_flags_editor_new (const KafField *field)
{
  KafFlagsEditor *self = g_object_new (KAF_TYPE_FLAGS_EDITOR, NULL);

  self->field = field;
  for (const KafChoice *choice = field->choices; choice->code != NULL; choice++)
    {
      GtkWidget *button = gtk_check_button_new_with_label (_ (choice->label));
      GtkWidget *child = gtk_flow_box_child_new ();

      /* The button takes the focus, not the cell around it as well. */
      gtk_widget_set_focusable (child, FALSE);
      gtk_flow_box_child_set_child (GTK_FLOW_BOX_CHILD (child), button);
      gtk_flow_box_append (GTK_FLOW_BOX (self->flow), child);
      g_signal_connect_object (button, "toggled", G_CALLBACK (on_toggled), self, G_CONNECT_SWAPPED);
      g_ptr_array_add (self->buttons, button);
    }

  return GTK_WIDGET (self);
}

GtkWidget *
kaf_flags_editor_get_button (KafFlagsEditor *self, const char *code)
{
  g_return_val_if_fail (KAF_IS_FLAGS_EDITOR (self), NULL);

  for (guint i = 0; i < self->buttons->len; i++)
    if (g_strcmp0 (self->field->choices[i].code, code) == 0)
      return g_ptr_array_index (self->buttons, i);
  return NULL;
}
