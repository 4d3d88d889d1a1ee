/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "ui/app/kaf-closed-page.h"

#include <adwaita.h>
#include <glib/gi18n-lib.h>

#include "schema/kaf-registry.h"

static const struct
{
  const char *label, *action; /* N_() */
  const char *entity;         /* whose records it shows; NULL: for who orders erasures */
} ways[] = {
  { N_ ("Erasures"), "win.show-erasures", NULL },
  { N_ ("Consents"), "win.show-entity::consent", "consent" },
  { N_ ("Disclosures"), "win.show-entity::disclosure", "disclosure" },
};

gboolean
kaf_closed_page_is_due (KafStore *store)
{
  return !kaf_store_knows (store, kaf_registry_find ("person")) &&
         !kaf_store_sees_totals_alone (store);
}

static gboolean
is_open (KafStore *store, guint way)
{
  return ways[way].entity != NULL ? kaf_store_knows (store, kaf_registry_find (ways[way].entity))
                                  : kaf_store_may_erase (store);
}

GtkWidget *
kaf_closed_page_new (KafStore *store)
{
  GtkWidget *page = adw_status_page_new ();
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 10);

  for (guint i = 0; i < G_N_ELEMENTS (ways); i++)
    {
      GtkWidget *button;

      if (!is_open (store, i))
        continue;
      button = gtk_button_new_with_label (_ (ways[i].label));
      gtk_actionable_set_detailed_action_name (GTK_ACTIONABLE (button), ways[i].action);
      gtk_widget_add_css_class (button, "pill");
      if (i == 0)
        gtk_widget_add_css_class (button, "suggested-action");
      gtk_box_append (GTK_BOX (box), button);
    }
  gtk_widget_set_halign (box, GTK_ALIGN_CENTER);
  adw_status_page_set_icon_name (ADW_STATUS_PAGE (page), "system-lock-screen-symbolic");
  adw_status_page_set_title (ADW_STATUS_PAGE (page), _ ("Your Role Sees No Records of People"));
  adw_status_page_set_description (
      ADW_STATUS_PAGE (page),
      kaf_store_may_erase (store)
          ? _ ("The server gives you the registers alone. Who is to be erased is named to you by "
               "the number of the record.")
          : _ ("The server gives this device the lists and settings alone."));
  adw_status_page_set_child (ADW_STATUS_PAGE (page), box);
  return page;
}
