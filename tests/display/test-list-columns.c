/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Columns of a list: chosen, moved and widened, and found again when the store is opened next. */
#include "config.h"

#include "kaf-display.h"

#include "ui/compat/kaf-tooltip.h"
#include "ui/list/kaf-column-chooser.h"
#include "ui/list/kaf-list-page.h"
#include "ui/list/kaf-table-header.h"

typedef struct
{
  KafWindow *window;
  GtkWidget *page;
  GtkWidget *header;
} View;

static void
open_view (View *view, const char *name, gboolean fill)
{
  KafPagedList *list;

  view->window = kaf_display_open (name);
  gtk_window_set_default_size (GTK_WINDOW (view->window), 1366, 768);
  if (fill)
    g_free (kaf_display_add_expert (kaf_window_get_store (view->window), "Bennis", "Salma", "بنيس",
                                    "سلمى"));
  kaf_window_show_section (view->window, "expert");
  KAF_WAIT (KAF_IS_LIST_PAGE (kaf_window_get_page (view->window)));
  view->page = kaf_window_get_page (view->window);
  list = kaf_list_page_get_list (KAF_LIST_PAGE (view->page));
  KAF_WAIT (!kaf_paged_list_is_loading (list) && kaf_paged_list_get_total (list) == 1);
  view->header = kaf_display_find (view->page, KAF_TYPE_TABLE_HEADER);
  g_assert_nonnull (view->header);
}

/* The button of a title, which has it as its tooltip; NULL: no such column shows. */
static GtkWidget *
find_title (View *view, const char *label)
{
  for (GtkWidget *child = gtk_widget_get_first_child (view->header); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    if (GTK_IS_BUTTON (child) && g_strcmp0 (kaf_tooltip_get (child), label) == 0)
      return child;

  return NULL;
}

static gboolean
get_box (View *view, const char *label, graphene_rect_t *box)
{
  GtkWidget *title = find_title (view, label);

  /* Before it was given a place it is no wider than its padding. */
  return title != NULL && gtk_widget_compute_bounds (title, view->header, box) &&
         box->size.width > 20;
}

static int
width_of (View *view, const char *label)
{
  graphene_rect_t box;

  return get_box (view, label, &box) ? (int) box.size.width : -1;
}

static int
place_of (View *view, const char *label)
{
  graphene_rect_t box;

  g_assert_true (get_box (view, label, &box));

  return (int) box.origin.x;
}

static GtkWidget *
find_chooser (void)
{
  GListModel *all = gtk_window_get_toplevels ();

  for (guint i = 0; i < g_list_model_get_n_items (all); i++)
    {
      g_autoptr (GtkWidget) window = g_list_model_get_item (all, i);

      if (KAF_IS_COLUMN_CHOOSER (window))
        return window;
    }

  return NULL;
}

static GtkWidget *
find_row (GtkWidget *chooser, const char *title)
{
  GtkListBox *box = GTK_LIST_BOX (kaf_display_find (chooser, GTK_TYPE_LIST_BOX));
  GtkListBoxRow *row;

  for (int i = 0; (row = gtk_list_box_get_row_at_index (box, i)) != NULL; i++)
    if (g_str_equal (adw_preferences_row_get_title (ADW_PREFERENCES_ROW (row)), title))
      return GTK_WIDGET (row);

  g_assert_not_reached ();
}

static void
press (GtkWidget *row, guint keyval)
{
  g_autoptr (GListModel) controllers = gtk_widget_observe_controllers (row);
  gboolean handled = FALSE;

  for (guint i = 0; i < g_list_model_get_n_items (controllers) && !handled; i++)
    {
      g_autoptr (GtkEventController) controller = g_list_model_get_item (controllers, i);

      if (GTK_IS_EVENT_CONTROLLER_KEY (controller))
        g_signal_emit_by_name (controller, "key-pressed", keyval, 0, GDK_ALT_MASK, &handled);
    }
  g_assert_true (handled);
}

static void
act (View *view, const char *action)
{
  g_assert_true (gtk_widget_activate_action_variant (view->page, action, NULL));
}

static void
test_chooser (void)
{
  View view;
  GtkWidget *chooser, *toggle;
  int before;

  open_view (&view, "columns-chooser.db", TRUE);
  g_assert_null (find_title (&view, "Reference"));
  KAF_WAIT (width_of (&view, "Status") > 0);
  act (&view, "list.columns");
  chooser = find_chooser ();
  g_assert_nonnull (chooser);

  /* The first column always shows. */
  g_assert_false (gtk_widget_get_sensitive (
      kaf_display_find (find_row (chooser, "Family and given name"), GTK_TYPE_SWITCH)));
  toggle = kaf_display_find (find_row (chooser, "Reference"), GTK_TYPE_SWITCH);
  gtk_switch_set_active (GTK_SWITCH (toggle), TRUE);
  KAF_WAIT (width_of (&view, "Reference") > 0);
  toggle = kaf_display_find (find_row (chooser, "Residence"), GTK_TYPE_SWITCH);
  gtk_switch_set_active (GTK_SWITCH (toggle), FALSE);
  g_assert_null (find_title (&view, "Residence"));

  before = gtk_list_box_row_get_index (GTK_LIST_BOX_ROW (find_row (chooser, "Status")));
  press (find_row (chooser, "Status"), GDK_KEY_Up);
  g_assert_cmpint (gtk_list_box_row_get_index (GTK_LIST_BOX_ROW (find_row (chooser, "Status"))), ==,
                   before - 1);
  KAF_WAIT (width_of (&view, "Status") > 0);
  g_assert_cmpint (place_of (&view, "Status"), <, place_of (&view, "Availability"));
  gtk_window_destroy (GTK_WINDOW (chooser));

  open_view (&view, "columns-chooser.db", FALSE);
  KAF_WAIT (width_of (&view, "Reference") > 0);
  g_assert_null (find_title (&view, "Residence"));
  g_assert_cmpint (place_of (&view, "Status"), <, place_of (&view, "Availability"));

  act (&view, "list.reset-columns");
  KAF_WAIT (width_of (&view, "Residence") > 0);
  g_assert_null (find_title (&view, "Reference"));
  KAF_WAIT (place_of (&view, "Status") > place_of (&view, "Availability"));
}

static GtkGesture *
find_drag (GtkWidget *widget)
{
  g_autoptr (GListModel) controllers = gtk_widget_observe_controllers (widget);

  for (guint i = 0; i < g_list_model_get_n_items (controllers); i++)
    {
      g_autoptr (GtkEventController) controller = g_list_model_get_item (controllers, i);

      if (GTK_IS_GESTURE_DRAG (controller))
        return GTK_GESTURE (controller);
    }

  g_assert_not_reached ();
}

static void
test_widths (void)
{
  View view;
  GtkGesture *drag;
  int before, after, other, edge;

  open_view (&view, "columns-widths.db", TRUE);
  KAF_WAIT (width_of (&view, "Availability") > 0);
  before = width_of (&view, "Availability");
  edge = place_of (&view, "Availability") + before;

  drag = find_drag (view.header);
  g_signal_emit_by_name (drag, "drag-begin", (double) edge, 10.0);
  g_signal_emit_by_name (drag, "drag-update", 30.0, 0.0);
  g_signal_emit_by_name (drag, "drag-update", 200.0, 0.0);
  g_signal_emit_by_name (drag, "drag-end", 200.0, 0.0);
  KAF_WAIT (width_of (&view, "Availability") > before + 50);
  after = width_of (&view, "Availability");
  other = width_of (&view, "Arabic name");

  open_view (&view, "columns-widths.db", FALSE);
  KAF_WAIT (width_of (&view, "Availability") == after);
  g_assert_cmpint (width_of (&view, "Arabic name"), ==, other);
}

int
main (int argc, char **argv)
{
  kaf_display_init (&argc, &argv, "en");
  g_test_add_func ("/list-columns/chooser", test_chooser);
  g_test_add_func ("/list-columns/widths", test_widths);

  return kaf_display_finish (g_test_run ());
}
