/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Buttons and menus of a list page; each runs an action of the page or the window. */
#include "config.h"

#include "ui/list/kaf-list-widgets.h"

#include <glib/gi18n-lib.h>

#include "base/kaf-number.h"
#include "ui/compat/kaf-lazy-menu.h"
#include "ui/compat/kaf-tooltip.h"
#include "ui/list/kaf-column.h"
#include "ui/list/kaf-table-layout.h"
#include "ui/segment/kaf-segment-words.h"

void
kaf_list_name_button (GtkWidget *button, const char *name)
{
  kaf_tooltip_set (button, name);
  gtk_accessible_update_property (GTK_ACCESSIBLE (button), GTK_ACCESSIBLE_PROPERTY_LABEL, name, -1);
}

GtkWidget *
kaf_list_toggle_new (const char *icon, const char *action, const char *name)
{
  GtkWidget *button = gtk_toggle_button_new ();

  gtk_button_set_icon_name (GTK_BUTTON (button), icon);
  gtk_actionable_set_action_name (GTK_ACTIONABLE (button), action);
  kaf_list_name_button (button, name);

  return button;
}

GtkWidget *
kaf_list_menu_button_new (const KafEntity *entity)
{
  GtkWidget *button = gtk_menu_button_new ();
  g_autoptr (GMenu) menu = g_menu_new ();
  g_autoptr (GMenu) work = g_menu_new ();
  g_autoptr (GMenu) data = g_menu_new ();
  g_autoptr (GMenu) look = g_menu_new ();

  g_menu_append (data, _ ("Print or Save as PDF…"), "win.print");
  g_menu_append (data, _ ("Export This List…"), "win.export");
  g_menu_append (data, _ ("Save This Search…"), "list.save-search");
  if (kaf_segment_may_be_of (entity))
    g_menu_append (data, _ ("Save as a Segment…"), "list.save-segment");
  g_menu_append (data, _ ("Clear Search and Filters"), "list.clear-filters");
  g_menu_append (look, _ ("Columns…"), "list.columns");
  g_menu_append (look, _ ("Usual Columns"), "list.reset-columns");
  if (g_str_equal (entity->id, "project_holder"))
    {
      kaf_menu_append_if_allowed (work, _ ("Hand Over a Portfolio…"), "list.hand-over");
      g_menu_append (work, _ ("Projects"), "win.show-entity::project");
      g_menu_append (work, _ ("Relays"), "win.show-relays");
      g_menu_append (work, _ ("Scoring Rules…"), "win.show-rules");
    }
  g_menu_append_section (menu, NULL, G_MENU_MODEL (work));
  g_menu_append_section (menu, NULL, G_MENU_MODEL (data));
  g_menu_append_section (menu, NULL, G_MENU_MODEL (look));

  gtk_menu_button_set_icon_name (GTK_MENU_BUTTON (button), "view-more-symbolic");
  kaf_lazy_menu_set (GTK_MENU_BUTTON (button), G_MENU_MODEL (menu));
  gtk_widget_add_css_class (button, "flat");
  kaf_list_name_button (button, _ ("More about this list"));

  return button;
}

GtkWidget *
kaf_list_sort_button_new (GPtrArray *columns)
{
  GtkWidget *button = gtk_menu_button_new ();
  g_autoptr (GMenu) menu = g_menu_new ();

  for (guint i = 0; i < columns->len; i++)
    {
      const KafColumn *column = g_ptr_array_index (columns, i);
      g_autofree char *target = NULL;
      g_autoptr (GMenuItem) item = NULL;

      if (column->sort == NULL || !column->visible)
        continue;
      target =
          g_strconcat (column->sort, column->kind == KAF_COLUMN_FIGURE ? ":desc" : ":asc", NULL);
      item = g_menu_item_new (column->label, NULL);
      g_menu_item_set_action_and_target (item, "list.sort", "s", target);
      g_menu_append_item (menu, item);
    }
  gtk_menu_button_set_icon_name (GTK_MENU_BUTTON (button), "view-sort-descending-symbolic");
  kaf_lazy_menu_set (GTK_MENU_BUTTON (button), G_MENU_MODEL (menu));
  gtk_widget_add_css_class (button, "flat");
  gtk_widget_set_visible (button, FALSE);
  kaf_list_name_button (button, _ ("Sort"));

  return button;
}

/* The label can be taken away with kaf_list_bar_button_set_compact(). */
GtkWidget *
kaf_list_bar_button_new (const char *icon, const char *label, const char *action)
{
  GtkWidget *button = gtk_button_new ();
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 6);
  GtkWidget *text = gtk_label_new (label);

  gtk_box_append (GTK_BOX (box), gtk_image_new_from_icon_name (icon));
  gtk_box_append (GTK_BOX (box), text);
  gtk_button_set_child (GTK_BUTTON (button), box);
  gtk_actionable_set_action_name (GTK_ACTIONABLE (button), action);
  kaf_list_name_button (button, label);

  return button;
}

void
kaf_list_bar_button_set_compact (GtkWidget *button, gboolean compact)
{
  GtkWidget *box = gtk_button_get_child (GTK_BUTTON (button));

  gtk_widget_set_visible (gtk_widget_get_last_child (box), !compact);
}

/* @child, which may be given less than its least width: it then scrolls sideways. What does not
 * show yet (a bar in its revealer) would otherwise keep the window from getting narrow. */
GtkWidget *
kaf_list_yielding_new (GtkWidget *child)
{
  GtkWidget *scroller = gtk_scrolled_window_new ();

  gtk_scrolled_window_set_policy (GTK_SCROLLED_WINDOW (scroller), GTK_POLICY_EXTERNAL,
                                  GTK_POLICY_NEVER);
  gtk_scrolled_window_set_propagate_natural_height (GTK_SCROLLED_WINDOW (scroller), TRUE);
  gtk_scrolled_window_set_child (GTK_SCROLLED_WINDOW (scroller), child);

  return scroller;
}

char *
kaf_list_count_text (KafPagedList *list, gboolean narrowed, KafLang lang)
{
  gint64 total = kaf_paged_list_get_total (list);
  gint64 least = kaf_paged_list_get_at_least (list);
  gint64 whole = kaf_paged_list_get_unfiltered_total (list);
  g_autofree char *all = NULL;
  g_autofree char *some = NULL;

  if (whole < 0)
    return NULL;

  all = kaf_number_format (whole, lang);
  some = kaf_number_format (total >= 0 ? total : MAX (least, 0), lang);
  if (total < 0)
    /* Translators: a count that is still being made exact, "1 000+ of 10 412" */
    return g_strdup_printf (_ ("%s+ of %s"), some, all);
  if (narrowed)
    return g_strdup_printf (C_ ("count", "%s of %s"), some, all);
  return g_steal_pointer (&all);
}

gboolean
kaf_list_is_narrow (GtkWidget *widget)
{
  GtkRoot *root = gtk_widget_get_root (widget);
  int width = gtk_widget_get_width (GTK_WIDGET (root));
  int height;

  if (width == 0)
    gtk_window_get_default_size (GTK_WINDOW (root), &width, &height);
  return width > 0 && width <= KAF_TABLE_NARROW;
}

void
kaf_list_add_shortcut (GtkShortcutController *controller, const char *keys, const char *action)
{
  gtk_shortcut_controller_add_shortcut (
      controller,
      gtk_shortcut_new (gtk_shortcut_trigger_parse_string (keys), gtk_named_action_new (action)));
}
