/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "ui/sync/kaf-card.h"

#include <adwaita.h>

#include "base/kaf-bidi.h"
#include "ui/record/kaf-wrap.h"

#define PAGE_WIDTH 900

GtkWidget *
kaf_card_add_label (GtkWidget *box, const char *text, const char *style)
{
  GtkWidget *label = gtk_label_new (text);

  gtk_label_set_wrap (GTK_LABEL (label), TRUE);
  gtk_label_set_wrap_mode (GTK_LABEL (label), PANGO_WRAP_WORD_CHAR);
  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_label_set_width_chars (GTK_LABEL (label), 8);
  gtk_widget_add_css_class (label, "kaf-wraps");
  if (style != NULL)
    gtk_widget_add_css_class (label, style);
  gtk_box_append (GTK_BOX (box), label);
  return label;
}

GtkWidget *
kaf_card_add_button (
    GtkWidget *box, const char *label, const char *title, const char *action, GVariant *target)
{
  GtkWidget *button = gtk_button_new_with_label (label);
  g_autofree char *spoken =
      title != NULL ? g_strdup_printf ("%s: %s", label, title) : g_strdup (label);

  gtk_actionable_set_action_target_value (GTK_ACTIONABLE (button), target);
  gtk_actionable_set_action_name (GTK_ACTIONABLE (button), action);
  gtk_accessible_update_property (GTK_ACCESSIBLE (button), GTK_ACCESSIBLE_PROPERTY_LABEL, spoken,
                                  -1);
  kaf_wrap_append (KAF_WRAP (box), button);
  return button;
}

char *
kaf_card_print_author (const char *who, const char *when, KafLang lang)
{
  g_autofree char *name = who != NULL ? kaf_bidi_isolate (who) : NULL;
  g_autofree char *moment = when != NULL ? kaf_bidi_ltr (when) : NULL;
  g_autofree char *line = NULL;

  if (name != NULL && moment != NULL)
    line = g_strdup_printf ("%s · %s", name, moment);
  else
    line = g_strdup (name != NULL ? name : moment != NULL ? moment : "—");
  /* Whatever the name begins with. */
  return lang == KAF_LANG_AR ? g_strconcat ("\u200f", line, NULL) : g_steal_pointer (&line);
}

GtkWidget *
kaf_card_list_new (const char *name)
{
  GtkWidget *list = gtk_list_box_new ();

  gtk_list_box_set_selection_mode (GTK_LIST_BOX (list), GTK_SELECTION_NONE);
  gtk_widget_add_css_class (list, "boxed-list");
  gtk_accessible_update_property (GTK_ACCESSIBLE (list), GTK_ACCESSIBLE_PROPERTY_LABEL, name, -1);
  return list;
}

GtkWidget *
kaf_card_page_new (GtkWidget *box)
{
  GtkWidget *scrolled = gtk_scrolled_window_new ();
  GtkWidget *clamp = adw_clamp_new ();

  gtk_widget_add_css_class (box, "kaf-page");
  adw_clamp_set_maximum_size (ADW_CLAMP (clamp), PAGE_WIDTH);
  adw_clamp_set_child (ADW_CLAMP (clamp), box);
  gtk_scrolled_window_set_policy (GTK_SCROLLED_WINDOW (scrolled), GTK_POLICY_NEVER,
                                  GTK_POLICY_AUTOMATIC);
  gtk_scrolled_window_set_child (GTK_SCROLLED_WINDOW (scrolled), clamp);
  return scrolled;
}
