/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "ui/app/kaf-totals-page.h"

#include <adwaita.h>
#include <glib/gi18n-lib.h>

#include "ui/record/kaf-record-section.h"

static const struct
{
  const char *label, *action; /* N_() */
} ways[] = {
  { N_ ("Goal 2030"), "win.section::target" },
  { N_ ("Projects by stage"), "win.section::funnel" },
};

static const char *
get_sentence (void)
{
  return _ ("Records, their lists and their documents name people and stay closed to it. The count "
            "of 2030 and the projects by stage are open.");
}

static GtkWidget *
make_button (guint way)
{
  GtkWidget *button = gtk_button_new_with_label (_ (ways[way].label));

  gtk_actionable_set_detailed_action_name (GTK_ACTIONABLE (button), ways[way].action);
  return button;
}

GtkWidget *
kaf_totals_page_new (const char *title)
{
  GtkWidget *page = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);
  GtkWidget *header = adw_header_bar_new ();
  GtkWidget *status = adw_status_page_new ();
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 10);

  for (guint i = 0; i < G_N_ELEMENTS (ways); i++)
    {
      GtkWidget *button = make_button (i);

      gtk_widget_add_css_class (button, "pill");
      gtk_box_append (GTK_BOX (box), button);
    }
  gtk_widget_set_halign (box, GTK_ALIGN_CENTER);
  adw_header_bar_set_title_widget (ADW_HEADER_BAR (header), adw_window_title_new (title, NULL));
  adw_status_page_set_icon_name (ADW_STATUS_PAGE (status), "find-location-symbolic");
  adw_status_page_set_title (ADW_STATUS_PAGE (status), _ ("Your Role Sees Totals Alone"));
  adw_status_page_set_description (ADW_STATUS_PAGE (status), get_sentence ());
  adw_status_page_set_child (ADW_STATUS_PAGE (status), box);
  gtk_widget_set_vexpand (status, TRUE);
  gtk_box_append (GTK_BOX (page), header);
  gtk_box_append (GTK_BOX (page), status);
  return page;
}

GtkWidget *
kaf_totals_section_new (void)
{
  GtkWidget *section = kaf_record_section_new (_ ("Your Role Sees Totals Alone"));

  for (guint i = 0; i < G_N_ELEMENTS (ways); i++)
    {
      GtkWidget *button = kaf_record_section_add_button (KAF_RECORD_SECTION (section),
                                                         _ (ways[i].label), _ (ways[i].label));

      gtk_actionable_set_detailed_action_name (GTK_ACTIONABLE (button), ways[i].action);
    }
  kaf_record_section_set_child (KAF_RECORD_SECTION (section),
                                kaf_record_section_sentence (get_sentence ()));
  return section;
}
