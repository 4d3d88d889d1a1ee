/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The list page by its actions: search, filters, sort, selection, bulk work, saved searches. */
#include "config.h"

#include "kaf-display.h"

#include "schema/kaf-registry.h"
#include "ui/form/kaf-field-row.h"
#include "ui/list/kaf-bulk-edit-window.h"
#include "ui/list/kaf-filter-bar.h"
#include "ui/list/kaf-filter-popover.h"
#include "ui/list/kaf-list-page.h"
#include "ui/list/kaf-saved-filters.h"
#include "ui/list/kaf-table.h"
#include "ui/record/kaf-record-page.h"

typedef struct
{
  KafWindow *window;
  KafStore *store;
  KafListPage *page;
  KafPagedList *list;
} View;

static gboolean
is_settled (KafPagedList *list, gint64 n)
{
  return !kaf_paged_list_is_loading (list) && kaf_paged_list_get_total (list) == n;
}

static View
open_view (const char *name, gboolean filled)
{
  View view;

  view.window = kaf_display_open (name);
  view.store = kaf_window_get_store (view.window);
  if (filled)
    {
      g_free (kaf_display_add_expert (view.store, "Bennis", "Salma", "بنيس", "سلمى"));
      g_free (kaf_display_add_expert (view.store, "Amzil", "Karim", "أمزيل", "كريم"));
      g_free (kaf_display_add_expert (view.store, "Lamrani", "Hind", "العمراني", "هند"));
    }
  kaf_window_show_section (view.window, "expert");
  KAF_WAIT (KAF_IS_LIST_PAGE (kaf_window_get_page (view.window)));
  view.page = KAF_LIST_PAGE (kaf_window_get_page (view.window));
  view.list = kaf_list_page_get_list (view.page);
  KAF_WAIT (is_settled (view.list, filled ? 3 : 0));

  return view;
}

static void
act (View *view, const char *action, GVariant *parameter)
{
  g_assert_true (gtk_widget_activate_action_variant (GTK_WIDGET (view->page), action, parameter));
}

static const char *
first_title (View *view)
{
  return kaf_paged_list_get_row (view->list, 0)->title;
}

static void
test_empty (void)
{
  View view = open_view ("list-empty.db", FALSE);

  KAF_WAIT (kaf_display_shows (GTK_WIDGET (view.page), "No Expert Yet"));
}

static void
test_search_and_sort (void)
{
  View view = open_view ("list-search.db", TRUE);

  g_assert_cmpstr (first_title (&view), ==, "AMZIL Karim");
  kaf_list_page_set_text (view.page, "سلمى");
  KAF_WAIT (is_settled (view.list, 1));
  g_assert_cmpstr (first_title (&view), ==, "BENNIS Salma");
  KAF_WAIT (kaf_display_shows (GTK_WIDGET (view.page), "1 of 3"));

  kaf_list_page_set_text (view.page, "nobody at all");
  KAF_WAIT (is_settled (view.list, 0));
  KAF_WAIT (kaf_display_shows (GTK_WIDGET (view.page), "nobody at all"));
  act (&view, "list.remove-last-filter", NULL);
  KAF_WAIT (is_settled (view.list, 3));

  act (&view, "list.sort", g_variant_new_string ("title:desc"));
  KAF_WAIT (!kaf_paged_list_is_loading (view.list));
  g_assert_cmpstr (first_title (&view), ==, "LAMRANI Hind");
}

/* What a search hides is not chosen any more: nobody changes what he does not see. */
static void
test_hidden_is_let_go (void)
{
  View view = open_view ("list-hidden.db", TRUE);
  KafTableSelection *selection = kaf_table_get_selection (
      KAF_TABLE (kaf_display_find (GTK_WIDGET (view.page), KAF_TYPE_TABLE)));

  act (&view, "list.select-all", NULL);
  KAF_WAIT (kaf_display_shows (GTK_WIDGET (view.page), "3 selected"));
  kaf_list_page_set_text (view.page, "salma");
  KAF_WAIT (kaf_display_shows (GTK_WIDGET (view.page), "1 selected"));
  kaf_list_page_set_text (view.page, "");
  KAF_WAIT (is_settled (view.list, 3));
  g_assert_cmpuint (kaf_table_selection_get_size (selection), ==, 1);
  act (&view, "list.select-all", NULL);
  KAF_WAIT (kaf_table_selection_get_size (selection) == 3);
  kaf_list_page_set_text (view.page, "nobody at all");
  KAF_WAIT (kaf_table_selection_get_size (selection) == 0);
  KAF_WAIT (!kaf_display_shows (GTK_WIDGET (view.page), "3 selected"));
}

/* The values of the filter of this label, read and shown. */
static GtkListBox *
show_values (View *view, const char *label)
{
  GtkWidget *popover, *stack, *list, *row;

  act (view, "list.filter", NULL);
  popover = kaf_display_find (GTK_WIDGET (view->page), KAF_TYPE_FILTER_POPOVER);
  stack = kaf_display_find (popover, GTK_TYPE_STACK);
  list = kaf_display_find (gtk_stack_get_visible_child (GTK_STACK (stack)), GTK_TYPE_LIST_BOX);
  for (row = gtk_widget_get_first_child (list); row != NULL;
       row = gtk_widget_get_next_sibling (row))
    if (kaf_display_shows (row, label))
      break;
  g_assert_nonnull (row);
  g_signal_emit_by_name (list, "row-activated", row);
  list = kaf_display_find (gtk_stack_get_visible_child (GTK_STACK (stack)), GTK_TYPE_LIST_BOX);
  KAF_WAIT (gtk_list_box_get_row_at_index (GTK_LIST_BOX (list), 0) != NULL);

  return GTK_LIST_BOX (list);
}

static guint
count_left (GtkListBox *list)
{
  GtkListBoxRow *row;
  guint n = 0;

  for (int i = 0; (row = gtk_list_box_get_row_at_index (list, i)) != NULL; i++)
    n += gtk_widget_get_child_visible (GTK_WIDGET (row)) ? 1 : 0;

  return n;
}

/* Long lists of values are searched in both scripts, whatever the case; short ones are just shown. */
static void
test_filter_values (void)
{
  View view = open_view ("list-values.db", TRUE);
  GtkListBox *values = show_values (&view, "Country of residence");
  GtkWidget *popover = gtk_widget_get_ancestor (GTK_WIDGET (values), KAF_TYPE_FILTER_POPOVER);
  GtkWidget *search = kaf_display_find (popover, GTK_TYPE_SEARCH_ENTRY);
  GtkWidget *bar = kaf_display_find (GTK_WIDGET (view.page), KAF_TYPE_FILTER_BAR);

  g_assert_nonnull (search);
  g_assert_nonnull (gtk_widget_get_focus_child (search));
  g_assert_cmpuint (count_left (values), >, 200);
  gtk_editable_set_text (GTK_EDITABLE (search), "ألمان");
  KAF_WAIT (count_left (values) == 1);
  gtk_editable_set_text (GTK_EDITABLE (search), "xyzxyz");
  KAF_WAIT (count_left (values) == 0);
  gtk_editable_set_text (GTK_EDITABLE (search), "GERMAN");
  KAF_WAIT (count_left (values) == 1);
  g_signal_emit_by_name (search, "activate");
  KAF_WAIT (kaf_filter_bar_get_n_chips (KAF_FILTER_BAR (bar)) == 1);
  g_assert_true (kaf_display_shows (bar, "Germany"));

  values = show_values (&view, "Status");
  g_assert_cmpuint (count_left (values), >, 3);
  g_assert_null (kaf_display_find (popover, GTK_TYPE_SEARCH_ENTRY));
}

static void
test_filter_chip (void)
{
  View view = open_view ("list-filter.db", TRUE);
  g_autoptr (KafQuery) query = kaf_query_new (kaf_registry_find ("expert"));
  const char *statuses[] = { "active", NULL };
  GtkWidget *bar = kaf_display_find (GTK_WIDGET (view.page), KAF_TYPE_FILTER_BAR);

  kaf_query_set_condition (query, "status", KAF_OP_ANY_OF, statuses);
  kaf_list_page_set_query (view.page, query);
  KAF_WAIT (is_settled (view.list, 0));
  g_assert_cmpuint (kaf_filter_bar_get_n_chips (KAF_FILTER_BAR (bar)), ==, 1);
  g_assert_true (kaf_display_shows (bar, "Status: Active"));
  act (&view, "list.clear-filters", NULL);
  KAF_WAIT (is_settled (view.list, 3));
  g_assert_cmpuint (kaf_filter_bar_get_n_chips (KAF_FILTER_BAR (bar)), ==, 0);
}

static GtkWindow *
wait_for_bulk_window (void)
{
  GListModel *all = gtk_window_get_toplevels ();

  for (guint i = 0; i < g_list_model_get_n_items (all); i++)
    {
      g_autoptr (GtkWindow) window = g_list_model_get_item (all, i);

      if (KAF_IS_BULK_EDIT_WINDOW (window))
        return window;
    }

  return NULL;
}

static void
count_cb (gpointer object, guint *n)
{
  (*n)++;
}

static guint
count_status (View *view, const char *status)
{
  guint n = 0;

  for (guint i = 0; i < g_list_model_get_n_items (G_LIST_MODEL (view->list)); i++)
    {
      KafRow *row = kaf_paged_list_get_row (view->list, i);

      for (guint j = 0; row != NULL && j < row->n_cells; j++)
        if (g_strcmp0 (row->raw[j], status) == 0)
          n++;
    }

  return n;
}

static void
test_bulk_edit (void)
{
  View view = open_view ("list-bulk.db", TRUE);
  KafBulkEditWindow *bulk;
  GtkWidget *row;
  guint loaded = 0;

  act (&view, "list.select-all", NULL);
  act (&view, "list.edit", NULL);
  KAF_WAIT (wait_for_bulk_window () != NULL);
  bulk = KAF_BULK_EDIT_WINDOW (wait_for_bulk_window ());
  g_signal_connect (bulk, "loaded", G_CALLBACK (count_cb), &loaded);
  KAF_WAIT (loaded > 0);
  row = kaf_bulk_edit_window_get_row (bulk, "status");
  g_assert_nonnull (row);
  g_assert_null (kaf_bulk_edit_window_get_row (bulk, "family_name"));
  kaf_field_row_set_typed (KAF_FIELD_ROW (row), "active");
  kaf_bulk_edit_window_apply (bulk);
  KAF_WAIT (count_status (&view, "active") == 3);
  KAF_WAIT (wait_for_bulk_window () == NULL);

  /* One step to undo. */
  g_action_group_activate_action (G_ACTION_GROUP (view.window), "undo", NULL);
  KAF_WAIT (count_status (&view, "active") == 0);
}

static void
test_delete_and_undo (void)
{
  View view = open_view ("list-delete.db", TRUE);

  act (&view, "list.select-all", NULL);
  act (&view, "list.delete", NULL);
  KAF_WAIT (is_settled (view.list, 0));
  g_action_group_activate_action (G_ACTION_GROUP (view.window), "undo", NULL);
  KAF_WAIT (is_settled (view.list, 3));
}

static void
test_saved_search (void)
{
  View view = open_view ("list-saved.db", TRUE);
  KafSavedFilters *saved =
      KAF_SAVED_FILTERS (kaf_display_find (GTK_WIDGET (view.page), KAF_TYPE_SAVED_FILTERS));
  GtkWidget *button = gtk_widget_get_first_child (GTK_WIDGET (saved));

  kaf_list_page_set_text (view.page, "hind");
  KAF_WAIT (is_settled (view.list, 1));
  kaf_saved_filters_save (saved, "Hind only", FALSE);
  gtk_menu_button_popup (GTK_MENU_BUTTON (button));
  KAF_WAIT (kaf_saved_filters_get_n (saved) == 1);
  gtk_menu_button_popdown (GTK_MENU_BUTTON (button));
}

static void
test_open (void)
{
  View view = open_view ("list-open.db", TRUE);
  GtkWidget *table = kaf_display_find (GTK_WIDGET (view.page), KAF_TYPE_TABLE);

  g_signal_emit_by_name (table, "row-activated", 1);
  KAF_WAIT (KAF_IS_RECORD_PAGE (kaf_window_get_page (view.window)));
}

int
main (int argc, char **argv)
{
  kaf_display_init (&argc, &argv, "en");
  g_test_add_func ("/list-page/empty", test_empty);
  g_test_add_func ("/list-page/search-and-sort", test_search_and_sort);
  g_test_add_func ("/list-page/hidden-is-let-go", test_hidden_is_let_go);
  g_test_add_func ("/list-page/filter-chip", test_filter_chip);
  g_test_add_func ("/list-page/filter-values", test_filter_values);
  g_test_add_func ("/list-page/bulk-edit", test_bulk_edit);
  g_test_add_func ("/list-page/delete-and-undo", test_delete_and_undo);
  g_test_add_func ("/list-page/saved-search", test_saved_search);
  g_test_add_func ("/list-page/open", test_open);

  return kaf_display_finish (g_test_run ());
}
