/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "ui/app/kaf-page-header.h"

#include <glib/gi18n-lib.h>

#include "ui/compat/kaf-tooltip.h"

GtkWidget *
kaf_back_button_new (void)
{
  GtkWidget *back = gtk_button_new_from_icon_name ("go-previous-symbolic");

  gtk_actionable_set_action_name (GTK_ACTIONABLE (back), "win.back");
  kaf_tooltip_set (back, _ ("Back"));
  gtk_accessible_update_property (GTK_ACCESSIBLE (back), GTK_ACCESSIBLE_PROPERTY_LABEL, _ ("Back"),
                                  -1);
  return back;
}

GtkWidget *
kaf_page_header_new (const char *text, GtkWidget **title)
{
  GtkWidget *header = adw_header_bar_new ();
  GtkWidget *words = adw_window_title_new (text, NULL);

  adw_header_bar_set_title_widget (ADW_HEADER_BAR (header), words);
  adw_header_bar_pack_start (ADW_HEADER_BAR (header), kaf_back_button_new ());
  if (title != NULL)
    *title = words;
  return header;
}
