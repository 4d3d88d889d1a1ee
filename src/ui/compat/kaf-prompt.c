/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "ui/compat/kaf-prompt.h"

static void
on_activate (GtkButton *button)
{
  if (gtk_widget_get_realized (GTK_WIDGET (button)))
    g_signal_emit_by_name (button, "clicked");
}

/* GTK does the same once the next frame is painted. */
static gboolean
on_closed (GSignalInvocationHint *hint, guint n_values, const GValue *values, gpointer data)
{
  GtkWidget *popover = g_value_get_object (values);
  GtkRoot *root = gtk_widget_get_root (popover);
  GtkWidget *focus = root != NULL ? gtk_root_get_focus (root) : NULL;
  GtkWidget *above = NULL;

  if (focus != NULL && gtk_widget_is_ancestor (focus, popover))
    above = gtk_widget_get_parent (popover);
  while (above != NULL && !(gtk_widget_get_visible (above) && gtk_widget_grab_focus (above)))
    above = gtk_widget_get_parent (above);
  return TRUE;
}

/* The classes themselves, and held for ever: other kinds of buttons take it over when they are first made. */
void
kaf_prompt_start (void)
{
  static gboolean started;
  GtkButtonClass *klass = g_type_class_ref (GTK_TYPE_BUTTON);

  if (started)
    return;
  started = TRUE;
  klass->activate = on_activate;
  g_type_class_ref (GTK_TYPE_POPOVER);
  g_signal_add_emission_hook (g_signal_lookup ("closed", GTK_TYPE_POPOVER), 0, on_closed, NULL,
                              NULL);
}
