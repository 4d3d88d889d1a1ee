/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Rows that keep a direction of their own whatever the language of the interface. */
#include "config.h"

#include "ui/form/kaf-editor-direction.h"

void
kaf_editor_direction_set (GtkWidget *widget, GtkTextDirection direction)
{
  gtk_widget_set_direction (widget, direction);
  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    kaf_editor_direction_set (child, direction);
}

void
kaf_editor_direction_set_text (GtkEditable *editable, GtkTextDirection direction)
{
  GtkEditable *delegate = gtk_editable_get_delegate (editable);
  gboolean turned = gtk_widget_get_default_direction () != direction;

  gtk_widget_set_direction (GTK_WIDGET (delegate != NULL ? delegate : editable), direction);
  gtk_editable_set_alignment (editable, turned ? 1.0 : 0.0);
}
