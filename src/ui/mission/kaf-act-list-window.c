/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "ui/mission/kaf-act-list-window.h"

#include <glib/gi18n-lib.h>

#include "ui/compat/kaf-tooltip.h"
#include "ui/mission/kaf-mission-words.h"
#include "ui/record/kaf-record-section.h"

#define WIDTH 520
#define HEIGHT 560

static void
on_print (GtkWidget *page, GtkWidget *button)
{
  GtkRoot *root = gtk_widget_get_root (button);

  gtk_widget_activate_action (page, "mission.print-version", "s",
                              (const char *) g_object_get_data (G_OBJECT (button), "act"));
  gtk_window_close (GTK_WINDOW (root));
}

/* The file as it stood before it was reopened. */
static GtkWidget *
print_button_new (const KafAct *act, GtkWidget *page)
{
  GtkWidget *button = gtk_button_new_from_icon_name ("document-print-symbolic");

  kaf_tooltip_set (button, _ ("Print the archived version"));
  gtk_accessible_update_property (GTK_ACCESSIBLE (button), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  _ ("Print the archived version"), -1);
  gtk_widget_add_css_class (button, "flat");
  gtk_widget_set_valign (button, GTK_ALIGN_CENTER);
  g_object_set_data_full (G_OBJECT (button), "act", g_strdup (act->id), g_free);
  g_signal_connect_object (button, "clicked", G_CALLBACK (on_print), page, G_CONNECT_SWAPPED);
  return button;
}

static GtkWidget *
row_new (const KafMissionData *data, const KafAct *act, GtkWidget *page)
{
  GtkWidget *row = adw_action_row_new ();
  g_autofree char *line = kaf_mission_act_line (act);
  g_autofree char *detail = kaf_mission_act_detail (act, data->lang);

  adw_preferences_row_set_use_markup (ADW_PREFERENCES_ROW (row), FALSE);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), line);
  adw_action_row_set_subtitle (ADW_ACTION_ROW (row), detail);
  adw_action_row_set_subtitle_lines (ADW_ACTION_ROW (row), 6);
  if (act->has_scan)
    adw_action_row_add_suffix (ADW_ACTION_ROW (row),
                               gtk_image_new_from_icon_name ("mail-attachment-symbolic"));
  if (act->kind == KAF_ACT_REOPEN)
    adw_action_row_add_suffix (ADW_ACTION_ROW (row), print_button_new (act, page));
  return row;
}

static gboolean
on_escape (GtkWidget *widget, GVariant *args, gpointer user_data)
{
  gtk_window_close (GTK_WINDOW (widget));
  return TRUE;
}

static GtkWidget *
make_list (const KafMissionData *data, GtkWidget *page)
{
  GPtrArray *acts = data->mission->acts;
  GtkWidget *list = kaf_record_section_list (_ ("History of the File"));

  for (guint i = acts->len; i > 0; i--)
    gtk_list_box_append (GTK_LIST_BOX (list),
                         row_new (data, g_ptr_array_index (acts, i - 1), page));
  if (acts->len == 0)
    kaf_record_section_say (list, _ ("Nothing was done to the file yet: step 1 is open since it "
                                     "was made."));
  return list;
}

GtkWidget *
kaf_act_list_window_new (const KafMissionData *data, GtkWidget *page)
{
  GtkWidget *window = adw_window_new ();
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);
  GtkWidget *inner = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);
  GtkWidget *scrolled = gtk_scrolled_window_new ();
  GtkEventController *keys = gtk_shortcut_controller_new ();

  gtk_window_set_title (GTK_WINDOW (window), _ ("History of the File"));
  gtk_window_set_default_size (GTK_WINDOW (window), WIDTH, HEIGHT);
  gtk_window_set_modal (GTK_WINDOW (window), TRUE);
  gtk_shortcut_controller_add_shortcut (
      GTK_SHORTCUT_CONTROLLER (keys),
      gtk_shortcut_new (gtk_keyval_trigger_new (GDK_KEY_Escape, 0),
                        gtk_callback_action_new (on_escape, NULL, NULL)));
  gtk_widget_add_controller (window, keys);
  gtk_box_append (GTK_BOX (box), adw_header_bar_new ());
  gtk_widget_add_css_class (inner, "kaf-page");
  gtk_box_append (GTK_BOX (inner), make_list (data, page));
  gtk_scrolled_window_set_child (GTK_SCROLLED_WINDOW (scrolled), inner);
  gtk_widget_set_vexpand (scrolled, TRUE);
  gtk_box_append (GTK_BOX (box), scrolled);
  adw_window_set_content (ADW_WINDOW (window), box);
  return window;
}
