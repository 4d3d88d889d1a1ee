/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A text view under its title, as high as its text. Ctrl+Tab is not needed to leave it: Tab moves
 * on, since a tab is no use in a note. */
#include "config.h"

#include "ui/form/kaf-text-editor.h"

#include "ui/form/kaf-editor-direction.h"

struct _KafTextEditor
{
  AdwPreferencesRow parent_instance;

  GtkWidget *view;
  gboolean showing;
};

static void kaf_text_editor_iface_init (KafEditorInterface *iface);

G_DEFINE_FINAL_TYPE_WITH_CODE (KafTextEditor,
                               kaf_text_editor,
                               ADW_TYPE_PREFERENCES_ROW,
                               G_IMPLEMENT_INTERFACE (KAF_TYPE_EDITOR, kaf_text_editor_iface_init))

static GtkTextBuffer *
get_buffer (KafTextEditor *self)
{
  return gtk_text_view_get_buffer (GTK_TEXT_VIEW (self->view));
}

static void
kaf_text_editor_set_typed (KafEditor *editor, const char *typed)
{
  KafTextEditor *self = KAF_TEXT_EDITOR (editor);

  self->showing = TRUE;
  gtk_text_buffer_set_text (get_buffer (self), typed, -1);
  self->showing = FALSE;
}

static void
kaf_text_editor_show (KafEditor *editor, const char *canonical, const char *text)
{
  kaf_text_editor_set_typed (editor, canonical != NULL ? canonical : "");
}

static char *
kaf_text_editor_get_typed (KafEditor *editor)
{
  GtkTextBuffer *buffer = get_buffer (KAF_TEXT_EDITOR (editor));
  GtkTextIter start, end;

  gtk_text_buffer_get_bounds (buffer, &start, &end);
  return gtk_text_buffer_get_text (buffer, &start, &end, FALSE);
}

static void
kaf_text_editor_set_title (KafEditor *editor, const char *title)
{
  KafTextEditor *self = KAF_TEXT_EDITOR (editor);

  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (self), title);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->view), GTK_ACCESSIBLE_PROPERTY_LABEL, title,
                                  -1);
}

static GtkWidget *
kaf_text_editor_get_focus (KafEditor *editor)
{
  return KAF_TEXT_EDITOR (editor)->view;
}

static void
kaf_text_editor_iface_init (KafEditorInterface *iface)
{
  iface->show = kaf_text_editor_show;
  iface->get_typed = kaf_text_editor_get_typed;
  iface->set_typed = kaf_text_editor_set_typed;
  iface->set_title = kaf_text_editor_set_title;
  iface->get_focus = kaf_text_editor_get_focus;
}

static void
on_changed (KafTextEditor *self)
{
  if (!self->showing)
    kaf_editor_emit_edited (KAF_EDITOR (self));
}

static void
kaf_text_editor_class_init (KafTextEditorClass *klass)
{
}

static void
kaf_text_editor_init (KafTextEditor *self)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 3);
  GtkWidget *title = gtk_label_new (NULL);

  adw_preferences_row_set_use_markup (ADW_PREFERENCES_ROW (self), FALSE);
  gtk_list_box_row_set_activatable (GTK_LIST_BOX_ROW (self), FALSE);
  gtk_widget_set_focusable (GTK_WIDGET (self), FALSE);

  gtk_label_set_xalign (GTK_LABEL (title), 0);
  gtk_label_set_wrap (GTK_LABEL (title), TRUE);
  gtk_widget_add_css_class (title, "caption");
  gtk_widget_add_css_class (title, "dim-label");
  g_object_bind_property (self, "title", title, "label", G_BINDING_SYNC_CREATE);

  self->view = gtk_text_view_new ();
  gtk_text_view_set_wrap_mode (GTK_TEXT_VIEW (self->view), GTK_WRAP_WORD_CHAR);
  gtk_text_view_set_accepts_tab (GTK_TEXT_VIEW (self->view), FALSE);
  gtk_widget_set_size_request (self->view, -1, 60);
  gtk_widget_set_hexpand (self->view, TRUE);

  gtk_widget_add_css_class (box, "kaf-text-editor");
  gtk_box_append (GTK_BOX (box), title);
  gtk_box_append (GTK_BOX (box), self->view);
  gtk_list_box_row_set_child (GTK_LIST_BOX_ROW (self), box);

  g_signal_connect_object (get_buffer (self), "changed", G_CALLBACK (on_changed), self,
                           G_CONNECT_SWAPPED);
  kaf_editor_watch_focus (KAF_EDITOR (self));
}

GtkWidget *
kaf_text_editor_new (const KafField *field)
{
  GtkWidget *self = g_object_new (KAF_TYPE_TEXT_EDITOR, NULL);

  if (kaf_field_has (field, KAF_FIELD_ARABIC))
    kaf_editor_direction_set (self, GTK_TEXT_DIR_RTL);
  return self;
}
