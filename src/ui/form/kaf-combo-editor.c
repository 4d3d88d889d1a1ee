/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A row whose list drops down; its first line is "unknown". */
#include "config.h"

#include "ui/form/kaf-combo-editor.h"

#include <glib/gi18n-lib.h>

struct _KafComboEditor
{
  AdwComboRow parent_instance;

  const KafField *field;
  gboolean showing;
};

static void kaf_combo_editor_iface_init (KafEditorInterface *iface);

G_DEFINE_FINAL_TYPE_WITH_CODE (KafComboEditor,
                               kaf_combo_editor,
                               ADW_TYPE_COMBO_ROW,
                               G_IMPLEMENT_INTERFACE (KAF_TYPE_EDITOR, kaf_combo_editor_iface_init))

static void
kaf_combo_editor_show (KafEditor *editor, const char *canonical, const char *text)
{
  KafComboEditor *self = KAF_COMBO_EDITOR (editor);
  guint selected = 0;

  for (guint i = 0; self->field->choices[i].code != NULL; i++)
    if (g_strcmp0 (self->field->choices[i].code, canonical) == 0)
      selected = i + 1;

  self->showing = TRUE;
  adw_combo_row_set_selected (ADW_COMBO_ROW (self), selected);
  self->showing = FALSE;
}

static char *
kaf_combo_editor_get_typed (KafEditor *editor)
{
  KafComboEditor *self = KAF_COMBO_EDITOR (editor);
  guint selected = adw_combo_row_get_selected (ADW_COMBO_ROW (self));

  if (selected == 0 || selected == GTK_INVALID_LIST_POSITION)
    return g_strdup ("");
  return g_strdup (self->field->choices[selected - 1].code);
}

static void
kaf_combo_editor_set_typed (KafEditor *editor, const char *typed)
{
  kaf_combo_editor_show (editor, typed, NULL);
}

static void
kaf_combo_editor_set_title (KafEditor *editor, const char *title)
{
  /* The row is labelled by its title already: a label of its own would be read out as well. */
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (editor), title);
}

static void
kaf_combo_editor_iface_init (KafEditorInterface *iface)
{
  iface->show = kaf_combo_editor_show;
  iface->get_typed = kaf_combo_editor_get_typed;
  iface->set_typed = kaf_combo_editor_set_typed;
  iface->set_title = kaf_combo_editor_set_title;
}

static void
on_selected (KafComboEditor *self)
{
  if (!self->showing)
    kaf_editor_emit_edited (KAF_EDITOR (self));
}

static void
kaf_combo_editor_class_init (KafComboEditorClass *klass)
{
}

static void
kaf_combo_editor_init (KafComboEditor *self)
{
  adw_preferences_row_set_use_markup (ADW_PREFERENCES_ROW (self), FALSE);
  adw_action_row_set_title_lines (ADW_ACTION_ROW (self), 2);
  kaf_editor_watch_focus (KAF_EDITOR (self));
}

GtkWidget *
kaf_combo_editor_new (const KafField *field)
{
  KafComboEditor *self = g_object_new (KAF_TYPE_COMBO_EDITOR, NULL);
  g_autoptr (GtkStringList) labels = gtk_string_list_new (NULL);

  self->field = field;
  gtk_string_list_append (labels, "—");
  for (const KafChoice *choice = field->choices; choice->code != NULL; choice++)
    gtk_string_list_append (labels, _ (choice->label));

  self->showing = TRUE;
  adw_combo_row_set_model (ADW_COMBO_ROW (self), G_LIST_MODEL (labels));
  self->showing = FALSE;
  g_signal_connect (self, "notify::selected", G_CALLBACK (on_selected), NULL);

  return GTK_WIDGET (self);
}
