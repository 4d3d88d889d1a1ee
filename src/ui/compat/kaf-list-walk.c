/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Results under a search entry: arrows move the selection while the entry keeps the focus, so that typing goes on
 * narrowing. Rows of a popover that took the focus would also scroll the page behind it. */

#include "config.h"

#include "ui/compat/kaf-list-walk.h"

#define PAGE 8 /* rows */

void
kaf_list_walk (GtkListBox *list, GtkScrolledWindow *scrolled, int step)
{
  GtkListBoxRow *row;
  GtkAdjustment *adjustment;
  graphene_rect_t bounds;
  int place;

  g_return_if_fail (GTK_IS_LIST_BOX (list));
  g_return_if_fail (GTK_IS_SCROLLED_WINDOW (scrolled));

  row = gtk_list_box_get_selected_row (list);
  place = MAX ((row != NULL ? gtk_list_box_row_get_index (row) : -1) + step, 0);
  row = gtk_list_box_get_row_at_index (list, place);
  if (row == NULL)
    row = GTK_LIST_BOX_ROW (gtk_widget_get_last_child (GTK_WIDGET (list)));
  if (row == NULL)
    return;
  gtk_list_box_select_row (list, row);
  adjustment = gtk_scrolled_window_get_vadjustment (scrolled);
  if (gtk_widget_compute_bounds (GTK_WIDGET (row), GTK_WIDGET (list), &bounds))
    gtk_adjustment_clamp_page (adjustment, bounds.origin.y, bounds.origin.y + bounds.size.height);
}

gboolean
kaf_list_walk_key (GtkListBox *list, GtkScrolledWindow *scrolled, guint keyval)
{
  switch (keyval)
    {
    case GDK_KEY_Down:
    case GDK_KEY_KP_Down:
      kaf_list_walk (list, scrolled, 1);
      return TRUE;
    case GDK_KEY_Up:
    case GDK_KEY_KP_Up:
      kaf_list_walk (list, scrolled, -1);
      return TRUE;
    case GDK_KEY_Page_Down:
    case GDK_KEY_KP_Page_Down:
      kaf_list_walk (list, scrolled, PAGE);
      return TRUE;
    case GDK_KEY_Page_Up:
    case GDK_KEY_KP_Page_Up:
      kaf_list_walk (list, scrolled, -PAGE);
      return TRUE;
    default:
      return FALSE;
    }
}
