/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What is done with the rows chosen in a list (export, many records at once, networks), and saved
 * searches from saving to undoing their deletion. */
#include "config.h"

#include <string.h>

#include "kaf-display.h"

#include "schema/kaf-registry.h"
#include "ui/compat/kaf-tooltip.h"
#include "ui/form/kaf-field-row.h"
#include "ui/list/kaf-bulk-edit-window.h"
#include "ui/list/kaf-filter-bar.h"
#include "ui/list/kaf-list-bulk.h"
#include "ui/list/kaf-list-page-private.h"
#include "ui/list/kaf-saved-filters.h"
#include "ui/list/kaf-table.h"

#define MANY 600

typedef struct
{
  KafWindow *window;
  KafStore *store;
  KafListPage *page;
  KafPagedList *list;
  char *ids[3]; /* Bennis, Amzil, Lamrani */
} View;

static gboolean
is_settled (KafPagedList *list, gint64 n)
{
  return !kaf_paged_list_is_loading (list) && kaf_paged_list_get_total (list) == n &&
         kaf_paged_list_has_places (list);
}

static void
show_experts (View *view, gint64 n)
{
  kaf_window_show_section (view->window, "expert");
  KAF_WAIT (KAF_IS_LIST_PAGE (kaf_window_get_page (view->window)));
  view->page = KAF_LIST_PAGE (kaf_window_get_page (view->window));
  view->list = kaf_list_page_get_list (view->page);
  KAF_WAIT (is_settled (view->list, n));
}

static void
open_view (View *view, const char *name)
{
  view->window = kaf_display_open (name);
  view->store = kaf_window_get_store (view->window);
  view->ids[0] = kaf_display_add_expert (view->store, "Bennis", "Salma", "بنيس", "سلمى");
  view->ids[1] = kaf_display_add_expert (view->store, "Amzil", "Karim", "أمزيل", "كريم");
  view->ids[2] = kaf_display_add_expert (view->store, "Lamrani", "Hind", "العمراني", "هند");
  show_experts (view, 3);
}

static void
clear_view (View *view)
{
  for (guint i = 0; i < G_N_ELEMENTS (view->ids); i++)
    g_clear_pointer (&view->ids[i], g_free);
}

static void
act (View *view, const char *action, GVariant *parameter)
{
  g_assert_true (gtk_widget_activate_action_variant (GTK_WIDGET (view->page), action, parameter));
}

static GtkWidget *
find_toplevel (GType type)
{
  GListModel *all = gtk_window_get_toplevels ();

  for (guint i = 0; i < g_list_model_get_n_items (all); i++)
    {
      g_autoptr (GtkWidget) window = g_list_model_get_item (all, i);

      if (g_type_is_a (G_OBJECT_TYPE (window), type) && gtk_widget_get_visible (window))
        return window;
    }

  return NULL;
}

static GtkWidget *
find_by_tooltip (GtkWidget *widget, const char *tooltip)
{
  if (g_strcmp0 (kaf_tooltip_get (widget), tooltip) == 0)
    return widget;
  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    {
      GtkWidget *found = find_by_tooltip (child, tooltip);

      if (found != NULL)
        return found;
    }

  return NULL;
}

static void
type_name (GtkWidget *dialog, const char *name, gboolean shared)
{
  GtkWidget *child = adw_message_dialog_get_extra_child (ADW_MESSAGE_DIALOG (dialog));

  gtk_editable_set_text (GTK_EDITABLE (kaf_display_find (child, GTK_TYPE_ENTRY)), name);
  gtk_switch_set_active (GTK_SWITCH (kaf_display_find (child, GTK_TYPE_SWITCH)), shared);
  adw_message_dialog_response (ADW_MESSAGE_DIALOG (dialog), "save");
  gtk_window_destroy (GTK_WINDOW (dialog));
}

static gpointer
read_saved (KafDatabase *db, gpointer data, GCancellable *cancellable, GError **error)
{
  static const char *const columns[] = { "name", "shared", NULL };
  g_autoptr (KafQuery) query = kaf_query_new (kaf_registry_find ("saved_filter"));
  g_autoptr (GPtrArray) rows =
      kaf_page_read (db, query, columns, KAF_LANG_EN, 0, 10, NULL, NULL, error);
  GString *text = g_string_new (NULL);

  g_assert_nonnull (rows);
  for (guint i = 0; i < rows->len; i++)
    {
      const KafRow *row = g_ptr_array_index (rows, i);

      g_string_append_printf (text, "%s=%s;", row->raw[0], row->raw[1]);
    }

  return g_string_free (text, FALSE);
}

static void
read_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  *(char **) data = kaf_store_run_finish (KAF_STORE (source), result, NULL);
}

/* On the lane that writes: after all that was asked to be written before. (Toasts are shown one
 * after the other, and tell too late.) */
static char *
run (KafStore *store, KafStoreJob job, gpointer data)
{
  char *text = NULL;

  kaf_store_run_async (store, KAF_LANE_WRITE, job, data, NULL, g_free, NULL, read_cb, &text);
  KAF_WAIT (text != NULL);

  return text;
}

static void
assert_saved (View *view, const char *expected)
{
  g_autofree char *text = run (view->store, read_saved, NULL);

  g_assert_cmpstr (text, ==, expected);
}

static GtkWidget *
open_saved (View *view, guint n)
{
  GtkWidget *saved = kaf_display_find (GTK_WIDGET (view->page), KAF_TYPE_SAVED_FILTERS);
  GtkWidget *button = gtk_widget_get_first_child (saved);

  gtk_menu_button_popup (GTK_MENU_BUTTON (button));
  KAF_WAIT (kaf_saved_filters_get_n (KAF_SAVED_FILTERS (saved)) == n);

  return GTK_WIDGET (gtk_menu_button_get_popover (GTK_MENU_BUTTON (button)));
}

/* Asks for everything a search has, keeps it under a name, shared. */
static void
save_search (View *view)
{
  g_autoptr (KafQuery) query = kaf_query_new (kaf_registry_find ("expert"));
  const char *countries[] = { "MA", NULL };

  kaf_query_set_text (query, "a");
  kaf_query_set_condition (query, "country", KAF_OP_ANY_OF, countries);
  kaf_query_set_sort (query, "title", TRUE);
  kaf_list_page_set_query (view->page, query);
  KAF_WAIT (!kaf_paged_list_is_loading (view->list));

  act (view, "list.save-search", NULL);
  KAF_WAIT (find_toplevel (ADW_TYPE_MESSAGE_DIALOG) != NULL);
  type_name (find_toplevel (ADW_TYPE_MESSAGE_DIALOG), "In Morocco", TRUE);
  assert_saved (view, "In Morocco=1;");
}

static void
test_saved_search (void)
{
  View view;
  GtkWidget *popover, *dialog;
  KafQuery *query;

  open_view (&view, "work-saved.db");
  save_search (&view);

  /* Chosen again, it brings back the text, the filter and the order. */
  act (&view, "list.clear-filters", NULL);
  act (&view, "list.sort", g_variant_new_string ("ref:asc"));
  KAF_WAIT (is_settled (view.list, 3));
  popover = open_saved (&view, 1);
  g_signal_emit_by_name (kaf_display_find (popover, GTK_TYPE_LIST_BOX), "row-activated",
                         gtk_list_box_get_row_at_index (
                             GTK_LIST_BOX (kaf_display_find (popover, GTK_TYPE_LIST_BOX)), 0));
  KAF_WAIT (!kaf_paged_list_is_loading (view.list));
  query = kaf_paged_list_get_query (view.list);
  g_assert_cmpstr (kaf_query_get_text (query), ==, "a");
  g_assert_cmpstr (kaf_query_get_sort (query), ==, "title");
  g_assert_true (kaf_query_get_descending (query));
  g_assert_cmpstr (kaf_query_find_condition (query, "country")->values[0], ==, "MA");

  popover = open_saved (&view, 1);
  g_signal_emit_by_name (find_by_tooltip (popover, "Rename “In Morocco”"), "clicked");
  dialog = find_toplevel (ADW_TYPE_MESSAGE_DIALOG);
  g_assert_nonnull (dialog);
  g_assert_true (gtk_switch_get_active (GTK_SWITCH (kaf_display_find (
      adw_message_dialog_get_extra_child (ADW_MESSAGE_DIALOG (dialog)), GTK_TYPE_SWITCH))));
  type_name (dialog, "At home", FALSE);
  KAF_WAIT (find_by_tooltip (popover, "Delete “At home”") != NULL);
  assert_saved (&view, "At home=0;");

  g_signal_emit_by_name (find_by_tooltip (popover, "Delete “At home”"), "clicked");
  open_saved (&view, 0);
  assert_saved (&view, "");
  g_action_group_activate_action (G_ACTION_GROUP (view.window), "undo", NULL);
  open_saved (&view, 1);
  assert_saved (&view, "At home=0;");
  gtk_popover_popdown (GTK_POPOVER (popover));
  clear_view (&view);
}

static void
chosen_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  *(KafQuery **) data = kaf_list_bulk_query_finish (KAF_STORE (source), result, NULL);
}

static gpointer
read_titles (KafDatabase *db, gpointer data, GCancellable *cancellable, GError **error)
{
  static const char *const none[] = { NULL };
  g_autoptr (GPtrArray) rows =
      kaf_page_read (db, data, none, KAF_LANG_EN, 0, 10, NULL, NULL, error);
  GString *text = g_string_new (NULL);

  g_assert_nonnull (rows);
  for (guint i = 0; i < rows->len; i++)
    g_string_append_printf (text, "%s;", ((KafRow *) g_ptr_array_index (rows, i))->title);

  return g_string_free (text, FALSE);
}

static void
test_export_chosen (void)
{
  View view;
  GtkWidget *table;
  g_autoptr (GArray) rids = NULL;
  g_autoptr (KafQuery) query = NULL;
  g_autofree char *titles = NULL;

  open_view (&view, "work-export.db");
  act (&view, "list.sort", g_variant_new_string ("title:desc"));
  KAF_WAIT (is_settled (view.list, 3));
  table = kaf_display_find (GTK_WIDGET (view.page), KAF_TYPE_TABLE);
  g_assert_nonnull (table);
  act (&view, "list.select-all", NULL);
  KAF_WAIT (kaf_display_shows (GTK_WIDGET (view.page), "3 selected"));
  /* Lamrani, Bennis, Amzil: the middle one is let go. */
  kaf_table_selection_toggle (kaf_table_get_selection (KAF_TABLE (table)), 1);
  KAF_WAIT (kaf_display_shows (GTK_WIDGET (view.page), "2 selected"));
  rids = kaf_table_selection_get_rids (kaf_table_get_selection (KAF_TABLE (table)));
  kaf_list_bulk_query_async (view.store, kaf_paged_list_get_query (view.list), rids, chosen_cb,
                             &query);
  KAF_WAIT (query != NULL);
  titles = run (view.store, read_titles, query);
  g_assert_cmpstr (titles, ==, "LAMRANI Hind;AMZIL Karim;");
  clear_view (&view);
}

static void
fill_many (KafStore *store)
{
  g_autoptr (KafChangeSet) set = kaf_change_set_new ("create");

  for (guint i = 0; i < MANY; i++)
    {
      g_autofree char *id = g_strdup_printf ("11111111-1111-7111-8111-%012u", i);
      g_autofree char *name = g_strdup_printf ("Family %u", i);
      g_autoptr (KafRecord) person = kaf_record_new (kaf_registry_find ("person"), id);
      g_autoptr (KafRecord) expert = kaf_record_new (kaf_registry_find ("expert"), id);

      kaf_record_set (person, "family_name", name);
      kaf_change_set_create (set, person);
      kaf_change_set_create (set, expert);
    }
  kaf_receipt_unref (kaf_display_commit (store, set));
}

static gpointer
count_active (KafDatabase *db, gpointer data, GCancellable *cancellable, GError **error)
{
  g_autoptr (KafQuery) query = kaf_query_new (kaf_registry_find ("expert"));
  const char *values[] = { "active", NULL };

  kaf_query_set_condition (query, "status", KAF_OP_ANY_OF, values);

  return g_strdup_printf ("%" G_GINT64_FORMAT, kaf_page_count (db, query, error));
}

static void
assert_active (View *view, const char *expected)
{
  g_autofree char *n = run (view->store, count_active, NULL);

  g_assert_cmpstr (n, ==, expected);
}

/* Opens the bulk edit of all, sets the status, starts to write. */
static KafBulkEditWindow *
start_edit (View *view)
{
  KafBulkEditWindow *bulk;

  act (view, "list.select-all", NULL);
  act (view, "list.edit", NULL);
  bulk = KAF_BULK_EDIT_WINDOW (find_toplevel (KAF_TYPE_BULK_EDIT_WINDOW));
  kaf_field_row_set_typed (KAF_FIELD_ROW (kaf_bulk_edit_window_get_row (bulk, "status")), "active");
  g_assert_false (kaf_display_shows (GTK_WIDGET (bulk), "of 600"));
  kaf_bulk_edit_window_apply (bulk);
  g_assert_true (kaf_display_shows (GTK_WIDGET (bulk), "0 of 600"));

  return bulk;
}

static void
test_bulk_progress (void)
{
  View view = { .window = kaf_display_open ("work-many.db") };
  KafBulkEditWindow *bulk;

  view.store = kaf_window_get_store (view.window);
  fill_many (view.store);
  show_experts (&view, MANY);

  /* What is given out is what was chosen: that many persons want a reason. */
  act (&view, "list.select-all", NULL);
  act (&view, "list.export-selected", NULL);
  KAF_WAIT (find_toplevel (ADW_TYPE_MESSAGE_DIALOG) != NULL);
  g_assert_nonnull (strstr (
      adw_message_dialog_get_body (ADW_MESSAGE_DIALOG (find_toplevel (ADW_TYPE_MESSAGE_DIALOG))),
      "600"));
  gtk_window_close (GTK_WINDOW (find_toplevel (ADW_TYPE_MESSAGE_DIALOG)));
  KAF_WAIT (find_toplevel (ADW_TYPE_MESSAGE_DIALOG) == NULL);

  /* Cancelled: the window stays until the work has stopped, and nothing was written. */
  bulk = start_edit (&view);
  gtk_window_close (GTK_WINDOW (bulk));
  g_assert_true (find_toplevel (KAF_TYPE_BULK_EDIT_WINDOW) == GTK_WIDGET (bulk));
  KAF_WAIT (find_toplevel (KAF_TYPE_BULK_EDIT_WINDOW) == NULL);
  assert_active (&view, "0");

  start_edit (&view);
  KAF_WAIT (find_toplevel (KAF_TYPE_BULK_EDIT_WINDOW) == NULL);
  assert_active (&view, "600");
  g_action_group_activate_action (G_ACTION_GROUP (view.window), "undo", NULL);
  assert_active (&view, "0");
}

static gboolean
is_offered (View *view, const char *action)
{
  for (guint i = 0; i < view->page->bar_buttons->len; i++)
    {
      GtkWidget *button = g_ptr_array_index (view->page->bar_buttons, i);

      if (g_str_equal (gtk_actionable_get_action_name (GTK_ACTIONABLE (button)), action))
        return gtk_widget_get_visible (button);
    }
  return FALSE;
}

/* Of many no more is offered than of one: what the role may not write is not asked for. */
static void
test_bulk_role (void)
{
  View view;
  KafBulkEditWindow *bulk;

  open_view (&view, "work-role.db");
  g_assert_true (is_offered (&view, "list.delete"));
  g_assert_true (is_offered (&view, "list.add-to-network"));
  kaf_display_become (view.store, "regional-officer");
  KAF_WAIT (!kaf_store_may_make (view.store, kaf_registry_find ("person")));
  act (&view, "list.select-all", NULL);
  KAF_WAIT (!is_offered (&view, "list.delete"));
  g_assert_false (is_offered (&view, "list.add-to-network"));
  g_assert_true (is_offered (&view, "list.edit"));
  g_assert_true (is_offered (&view, "list.export-selected"));
  act (&view, "list.edit", NULL);
  bulk = KAF_BULK_EDIT_WINDOW (find_toplevel (KAF_TYPE_BULK_EDIT_WINDOW));
  g_assert_nonnull (kaf_bulk_edit_window_get_row (bulk, "status"));
  g_assert_null (kaf_bulk_edit_window_get_row (bulk, "gender"));
  gtk_window_destroy (GTK_WINDOW (bulk));
  clear_view (&view);
}

static void
add_network (KafStore *store)
{
  g_autoptr (KafChangeSet) set = kaf_change_set_new ("create");
  const char *id = "22222222-2222-7222-8222-222222222222";
  g_autoptr (KafRecord) organisation = kaf_record_new (kaf_registry_find ("organisation"), id);
  g_autoptr (KafRecord) network = kaf_record_new (kaf_registry_find ("network"), id);

  kaf_record_set (organisation, "name_fr", "Réseau");
  kaf_record_set (organisation, "acronym", "DMK");
  kaf_record_set (organisation, "kind", "network");
  kaf_change_set_create (set, organisation);
  kaf_change_set_create (set, network);
  kaf_receipt_unref (kaf_display_commit (store, set));
}

static gboolean
all_belong (View *view)
{
  guint n = 0;

  for (guint i = 0; i < g_list_model_get_n_items (G_LIST_MODEL (view->list)); i++)
    {
      KafRow *row = kaf_paged_list_get_row (view->list, i);

      for (guint j = 0; row != NULL && j < row->n_cells; j++)
        if (g_strcmp0 (row->cells[j], "DMK") == 0)
          n++;
    }

  return n == 3;
}

static gpointer
count_memberships (KafDatabase *db, gpointer data, GCancellable *cancellable, GError **error)
{
  g_autoptr (KafQuery) query = kaf_query_new (kaf_registry_find ("membership"));

  return g_strdup_printf ("%" G_GINT64_FORMAT, kaf_page_count (db, query, error));
}

static void
assert_memberships (View *view, const char *expected)
{
  g_autofree char *n = run (view->store, count_memberships, NULL);

  g_assert_cmpstr (n, ==, expected);
}

/* The window that asks since when. */
static GtkWidget *
find_joining (void)
{
  GtkWidget *window = find_toplevel (ADW_TYPE_WINDOW);

  return window != NULL && kaf_display_find (window, KAF_TYPE_FIELD_ROW) != NULL ? window : NULL;
}

static void
choose_network (View *view)
{
  GtkWidget *dialog, *box;

  act (view, "list.select-all", NULL);
  act (view, "list.add-to-network", NULL);
  KAF_WAIT (find_toplevel (ADW_TYPE_WINDOW) != NULL);
  dialog = find_toplevel (ADW_TYPE_WINDOW);
  g_assert_cmpstr (gtk_window_get_title (GTK_WINDOW (dialog)), ==, "Add to a Network");
  box = kaf_display_find (dialog, GTK_TYPE_LIST_BOX);
  g_signal_emit_by_name (box, "row-activated",
                         gtk_list_box_get_row_at_index (GTK_LIST_BOX (box), 0));
  KAF_WAIT (find_joining () != NULL);
  g_signal_emit_by_name (kaf_display_find (find_joining (), KAF_TYPE_FIELD_ROW), "activated");
}

static void
test_add_to_network (void)
{
  View view;

  open_view (&view, "work-network.db");
  add_network (view.store);
  choose_network (&view);
  KAF_WAIT (all_belong (&view));
  assert_memberships (&view, "3");

  /* Nobody belongs twice. */
  choose_network (&view);
  assert_memberships (&view, "3");
  clear_view (&view);
}

/* The store looks below the chosen value; the chip says only what was chosen. */
static void
test_parent_filter (void)
{
  View view;
  g_autoptr (KafQuery) query = kaf_query_new (kaf_registry_find ("expert"));
  g_autoptr (KafChangeSet) set = kaf_change_set_new ("edit");
  g_autoptr (KafRecord) record = NULL;
  const char *parent[] = { "aeronautics-space", NULL };
  GtkWidget *bar;

  open_view (&view, "work-parent.db");
  record = kaf_record_new (kaf_registry_find ("expert"), view.ids[1]);
  kaf_record_set (record, "domains", "avionics");
  kaf_change_set_update (set, record);
  kaf_receipt_unref (kaf_display_commit (view.store, set));

  kaf_query_set_condition (query, "domains", KAF_OP_ANY_OF, parent);
  kaf_list_page_set_query (view.page, query);
  KAF_WAIT (is_settled (view.list, 1));
  bar = kaf_display_find (GTK_WIDGET (view.page), KAF_TYPE_FILTER_BAR);
  KAF_WAIT (kaf_display_shows (bar, "Aeronautics and space"));
  g_assert_cmpuint (kaf_filter_bar_get_n_chips (KAF_FILTER_BAR (bar)), ==, 1);
  g_assert_false (kaf_display_shows (bar, "Avionics"));
  g_assert_false (kaf_display_shows (bar, "+"));
  clear_view (&view);
}

int
main (int argc, char **argv)
{
  kaf_display_init (&argc, &argv, "en");
  g_test_add_func ("/list-work/saved-search", test_saved_search);
  g_test_add_func ("/list-work/export-chosen", test_export_chosen);
  g_test_add_func ("/list-work/bulk-progress", test_bulk_progress);
  g_test_add_func ("/list-work/bulk-role", test_bulk_role);
  g_test_add_func ("/list-work/add-to-network", test_add_to_network);
  g_test_add_func ("/list-work/parent-filter", test_parent_filter);

  return kaf_display_finish (g_test_run ());
}
