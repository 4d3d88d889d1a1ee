/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "ui/compat/kaf-dialog-header.h"

#include <adwaita.h>
#include <glib/gi18n-lib.h>

static GtkWidget *
button_new (const char *label, const char *action)
{
  GtkWidget *button = gtk_button_new_with_label (label);

  gtk_actionable_set_action_name (GTK_ACTIONABLE (button), action);
  gtk_accessible_update_property (GTK_ACCESSIBLE (button), GTK_ACCESSIBLE_PROPERTY_LABEL, label,
                                  -1);
  return button;
}

GtkWidget *
kaf_dialog_header_new (const char *cancel, const char *verb, const char *action, GtkWidget **button)
{
  GtkWidget *header = adw_header_bar_new ();
  GtkWidget *run = button_new (verb, action);

  gtk_widget_add_css_class (run, "suggested-action");
  adw_header_bar_set_show_start_title_buttons (ADW_HEADER_BAR (header), FALSE);
  adw_header_bar_set_show_end_title_buttons (ADW_HEADER_BAR (header), FALSE);
  adw_header_bar_pack_start (ADW_HEADER_BAR (header), button_new (_ ("Cancel"), cancel));
  adw_header_bar_pack_end (ADW_HEADER_BAR (header), run);
  if (button != NULL)
    *button = run;
  return header;
}

void
kaf_dialog_header_make_drastic (GtkWidget *button)
{
  gtk_widget_remove_css_class (button, "suggested-action");
  gtk_widget_add_css_class (button, "destructive-action");
}

GtkWidget *
kaf_dialog_paragraph_new (const char *text, const char *style)
{
  GtkWidget *label = gtk_label_new (text);

  gtk_label_set_wrap (GTK_LABEL (label), TRUE);
  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_widget_add_css_class (label, style);
  return label;
}

GtkWidget *
kaf_dialog_rows_new (GtkWidget *row)
{
  GtkWidget *list = gtk_list_box_new ();

  gtk_list_box_set_selection_mode (GTK_LIST_BOX (list), GTK_SELECTION_NONE);
  gtk_widget_add_css_class (list, "boxed-list");
  if (row != NULL)
    gtk_list_box_append (GTK_LIST_BOX (list), row);
  return list;
}
