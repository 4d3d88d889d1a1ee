/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A row with a switch. */
#include "config.h"

#include "ui/form/kaf-switch-editor.h"

#include <glib/gi18n-lib.h>

struct _KafSwitchEditor
{
  AdwActionRow parent_instance;

  GtkWidget *toggle;
  gboolean known; /* off and never touched is unknown, not "no" */
  gboolean showing;
};

static void kaf_switch_editor_iface_init (KafEditorInterface *iface);

G_DEFINE_FINAL_TYPE_WITH_CODE (KafSwitchEditor,
                               kaf_switch_editor,
                               ADW_TYPE_ACTION_ROW,
                               G_IMPLEMENT_INTERFACE (KAF_TYPE_EDITOR,
                                                      kaf_switch_editor_iface_init))

static void
kaf_switch_editor_show (KafEditor *editor, const char *canonical, const char *text)
{
  KafSwitchEditor *self = KAF_SWITCH_EDITOR (editor);

  self->known = canonical != NULL && *canonical != '\0';
  self->showing = TRUE;
  gtk_switch_set_active (GTK_SWITCH (self->toggle), self->known && g_str_equal (canonical, "1"));
  self->showing = FALSE;
}

static char *
kaf_switch_editor_get_typed (KafEditor *editor)
{
  KafSwitchEditor *self = KAF_SWITCH_EDITOR (editor);

  if (!self->known)
    return g_strdup ("");
  return g_strdup (gtk_switch_get_active (GTK_SWITCH (self->toggle)) ? "1" : "0");
}

static void
kaf_switch_editor_set_typed (KafEditor *editor, const char *typed)
{
  kaf_switch_editor_show (editor, typed, NULL);
}

static void
kaf_switch_editor_set_title (KafEditor *editor, const char *title)
{
  KafSwitchEditor *self = KAF_SWITCH_EDITOR (editor);

  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (self), title);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->toggle), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  title, -1);
}

static GtkWidget *
kaf_switch_editor_get_focus (KafEditor *editor)
{
  return KAF_SWITCH_EDITOR (editor)->toggle;
}

static void
kaf_switch_editor_iface_init (KafEditorInterface *iface)
{
  iface->show = kaf_switch_editor_show;
  iface->get_typed = kaf_switch_editor_get_typed;
  iface->set_typed = kaf_switch_editor_set_typed;
  iface->set_title = kaf_switch_editor_set_title;
  iface->get_focus = kaf_switch_editor_get_focus;
}

static void
on_active (KafSwitchEditor *self)
{
  if (self->showing)
    return;

  self->known = TRUE;
  kaf_editor_emit_edited (KAF_EDITOR (self));
}

static void
kaf_switch_editor_class_init (KafSwitchEditorClass *klass)
{
}

static void
kaf_switch_editor_init (KafSwitchEditor *self)
{
  adw_preferences_row_set_use_markup (ADW_PREFERENCES_ROW (self), FALSE);
  gtk_widget_set_focusable (GTK_WIDGET (self), FALSE);
  adw_action_row_set_title_lines (ADW_ACTION_ROW (self), 2);

  self->toggle = gtk_switch_new ();
  gtk_widget_set_valign (self->toggle, GTK_ALIGN_CENTER);
  g_signal_connect_object (self->toggle, "notify::active", G_CALLBACK (on_active), self,
                           G_CONNECT_SWAPPED);
  adw_action_row_add_suffix (ADW_ACTION_ROW (self), self->toggle);
  adw_action_row_set_activatable_widget (ADW_ACTION_ROW (self), self->toggle);
  kaf_editor_watch_focus (KAF_EDITOR (self));
}

GtkWidget *
kaf_switch_editor_new (const KafField *field)
{
  return g_object_new (KAF_TYPE_SWITCH_EDITOR, NULL);
}
