/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The actions of a list, "list.…", and their keys. */
#include "config.h"

#include "ui/list/kaf-list-page-private.h"

#include "ui/app/kaf-window.h"
#include "ui/holder/kaf-handover-window.h"
#include "ui/list/kaf-bulk-edit-window.h"
#include "ui/list/kaf-column-chooser.h"
#include "ui/list/kaf-filter-bar.h"
#include "ui/list/kaf-list-bulk.h"
#include "ui/list/kaf-list-join.h"
#include "ui/list/kaf-list-widgets.h"
#include "ui/list/kaf-saved-filters.h"
#include "ui/list/kaf-table-layout.h"
#include "ui/list/kaf-table.h"
#include "ui/segment/kaf-segment-form.h"

static void
new_action (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  KafWindow *window = kaf_list_page_get_window (data);

  if (window != NULL)
    kaf_window_open_form (window, KAF_LIST_PAGE (data)->entity, NULL);
}

static void
select_mode_changed (GSimpleAction *action, GVariant *state, gpointer data)
{
  KafListPage *self = data;
  gboolean on = g_variant_get_boolean (state);

  g_simple_action_set_state (action, state);
  kaf_table_set_select_mode (KAF_TABLE (self->table), on);
  gtk_action_bar_set_revealed (self->bar, on);
  if (!on)
    kaf_table_selection_clear (self->selection);
}

static void
search_line_changed (GSimpleAction *action, GVariant *state, gpointer data)
{
  KafListPage *self = data;

  g_simple_action_set_state (action, state);
  gtk_widget_set_visible (self->search_line, g_variant_get_boolean (state));
  if (g_variant_get_boolean (state))
    gtk_widget_grab_focus (self->search);
}

static void
select_all_action (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  kaf_table_selection_select_all (KAF_LIST_PAGE (data)->selection);
}

static void
clear_selection_action (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  kaf_table_selection_clear (KAF_LIST_PAGE (data)->selection);
}

static void
sort_action (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  KafListPage *self = data;
  g_auto (GStrv) parts = g_strsplit (g_variant_get_string (parameter, NULL), ":", 2);

  kaf_query_set_sort (self->query, parts[0], g_strcmp0 (parts[1], "desc") == 0);
  kaf_list_page_show_query (self);
}

static void
hide_column_action (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  KafListPage *self = data;
  KafColumn *column = kaf_column_list_find (self->columns, g_variant_get_string (parameter, NULL));

  if (column == NULL || kaf_column_is_fixed (column))
    return;

  column->visible = FALSE;
  kaf_list_page_columns_chosen (self);
}

static void
present_over (KafListPage *self, GtkWindow *window)
{
  gtk_window_set_transient_for (window, GTK_WINDOW (gtk_widget_get_root (GTK_WIDGET (self))));
  gtk_window_present (window);
}

static void
columns_action (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  KafListPage *self = data;
  GtkWidget *chooser = kaf_column_chooser_new (self->columns);

  g_signal_connect_object (chooser, "changed", G_CALLBACK (kaf_list_page_columns_chosen), self,
                           G_CONNECT_SWAPPED);
  present_over (self, GTK_WINDOW (chooser));
}

static void
reset_columns_action (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  KafListPage *self = data;

  g_clear_pointer (&self->columns, g_ptr_array_unref);
  self->columns = kaf_column_list_new (self->entity, self->lang);
  kaf_list_page_apply_columns (self);
  if (!self->own_columns)
    kaf_list_columns_keep (self->store, self->entity, "");
}

static void
filter_action (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  kaf_filter_bar_open (KAF_FILTER_BAR (KAF_LIST_PAGE (data)->filters));
}

static void
clear_filters_action (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  KafListPage *self = data;

  kaf_query_clear_conditions (self->query);
  kaf_query_clear_nodes (self->query);
  kaf_query_set_text (self->query, NULL);
  kaf_list_page_show_query (self);
}

static void
remove_last_filter_action (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  KafListPage *self = data;
  guint n = kaf_query_get_n_conditions (self->query);

  if (kaf_query_get_n_nodes (self->query) > 0)
    kaf_query_clear_nodes (self->query);
  else if (n > 0)
    {
      g_autofree char *path = g_strdup (kaf_query_get_condition (self->query, n - 1)->path);

      kaf_query_remove_condition (self->query, path);
    }
  else
    kaf_query_set_text (self->query, NULL);
  kaf_list_page_show_query (self);
}

static void
export_selected_action (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  KafListPage *self = data;
  g_autoptr (GArray) rids = kaf_table_selection_get_rids (self->selection);

  kaf_list_bulk_export (GTK_WIDGET (self), self->store, kaf_paged_list_get_query (self->list),
                        rids);
}

static void
delete_action (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  KafListPage *self = data;
  g_autoptr (GArray) rids = kaf_table_selection_get_rids (self->selection);

  kaf_list_bulk_delete (GTK_WIDGET (self), self->store, self->entity, rids);
  kaf_table_selection_clear (self->selection);
}

static void
add_to_network_action (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  KafListPage *self = data;
  g_autoptr (GArray) rids = kaf_table_selection_get_rids (self->selection);

  kaf_list_bulk_choose_network (GTK_WIDGET (self), self->store, self->entity, rids, self->lang);
}

static void
new_network_action (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  KafListPage *self = data;
  g_autoptr (GArray) rids = kaf_table_selection_get_rids (self->selection);

  kaf_list_join_new (GTK_WIDGET (self), self->store, self->entity, rids);
}

/* To the network that the page was opened for. */
static void
join_action (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  KafListPage *self = data;
  g_autoptr (GArray) rids = kaf_table_selection_get_rids (self->selection);

  if (self->network != NULL)
    kaf_list_join_ask (GTK_WIDGET (self), self->store, self->entity, rids, self->network,
                       self->network_title);
}

static void
edit_action (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  KafListPage *self = data;
  g_autoptr (GArray) rids = kaf_table_selection_get_rids (self->selection);
  GtkWidget *window = kaf_bulk_edit_window_new (self->store, self->entity, rids, self->lang);

  present_over (self, GTK_WINDOW (window));
}

static void
hand_over_action (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  KafListPage *self = data;
  g_autoptr (GArray) rids = kaf_table_selection_get_rids (self->selection);

  present_over (self, GTK_WINDOW (kaf_handover_window_new (self->store, rids->len > 0 ? rids : NULL,
                                                           self->lang)));
}

static void
save_search_action (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  kaf_saved_filters_save_as (KAF_SAVED_FILTERS (KAF_LIST_PAGE (data)->saved));
}

static void
save_segment_action (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  KafListPage *self = data;
  GtkRoot *root = gtk_widget_get_root (GTK_WIDGET (self));

  if (KAF_IS_WINDOW (root))
    kaf_window_push (KAF_WINDOW (root), kaf_segment_form_new (self->store, NULL, self->query));
}

static void
escape_action (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  KafListPage *self = data;

  if (kaf_table_get_select_mode (KAF_TABLE (self->table)))
    g_action_change_state (G_ACTION (kaf_list_page_find_action (self, "select-mode")),
                           g_variant_new_boolean (FALSE));
  else if (kaf_query_get_text (self->query) != NULL)
    {
      kaf_query_set_text (self->query, NULL);
      kaf_list_page_show_query (self);
    }
}

static void
refresh_action (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  kaf_paged_list_refresh (KAF_LIST_PAGE (data)->list);
}

static const GActionEntry actions[] = {
  { .name = "new", .activate = new_action },
  { .name = "select-mode", .state = "false", .change_state = select_mode_changed },
  { .name = "search-line", .state = "true", .change_state = search_line_changed },
  { .name = "select-all", .activate = select_all_action },
  { .name = "clear-selection", .activate = clear_selection_action },
  { .name = "sort", .parameter_type = "s", .activate = sort_action },
  { .name = "hide-column", .parameter_type = "s", .activate = hide_column_action },
  { .name = "columns", .activate = columns_action },
  { .name = "reset-columns", .activate = reset_columns_action },
  { .name = "filter", .activate = filter_action },
  { .name = "clear-filters", .activate = clear_filters_action },
  { .name = "remove-last-filter", .activate = remove_last_filter_action },
  { .name = "export-selected", .activate = export_selected_action },
  { .name = "delete", .activate = delete_action },
  { .name = "add-to-network", .activate = add_to_network_action },
  { .name = "new-network", .activate = new_network_action },
  { .name = "join", .activate = join_action },
  { .name = "edit", .activate = edit_action },
  { .name = "hand-over", .activate = hand_over_action },
  { .name = "save-search", .activate = save_search_action },
  { .name = "save-segment", .activate = save_segment_action },
  { .name = "escape", .activate = escape_action },
  { .name = "refresh", .activate = refresh_action },
};

void
kaf_list_page_add_actions (KafListPage *self)
{
  self->actions = g_simple_action_group_new ();
  g_action_map_add_action_entries (G_ACTION_MAP (self->actions), actions, G_N_ELEMENTS (actions),
                                   self);
  gtk_widget_insert_action_group (GTK_WIDGET (self), "list", G_ACTION_GROUP (self->actions));
}

void
kaf_list_page_add_shortcuts (KafListPage *self)
{
  GtkEventController *window = gtk_shortcut_controller_new ();
  GtkEventController *page = gtk_shortcut_controller_new ();
  GtkEventController *rows = gtk_shortcut_controller_new ();

  /* While the page shows, wherever the focus is: in the sidebar too. */
  gtk_shortcut_controller_set_scope (GTK_SHORTCUT_CONTROLLER (window), GTK_SHORTCUT_SCOPE_GLOBAL);
  kaf_list_add_shortcut (GTK_SHORTCUT_CONTROLLER (window), "<Control>e", "list.edit");
  kaf_list_add_shortcut (GTK_SHORTCUT_CONTROLLER (window), "<Control>space", "list.select-mode");
  kaf_list_add_shortcut (GTK_SHORTCUT_CONTROLLER (window), "<Control><Shift>f", "list.filter");
  kaf_list_add_shortcut (GTK_SHORTCUT_CONTROLLER (window), "<Control><Shift>s",
                         "list.save-segment");
  kaf_list_add_shortcut (GTK_SHORTCUT_CONTROLLER (window), "F5", "list.refresh");
  kaf_list_add_shortcut (GTK_SHORTCUT_CONTROLLER (page), "Escape", "list.escape");
  gtk_widget_add_controller (GTK_WIDGET (self), window);
  gtk_widget_add_controller (GTK_WIDGET (self), page);
  /* Only there: in an entry these keys are the entry's. */
  kaf_list_add_shortcut (GTK_SHORTCUT_CONTROLLER (rows), "Delete", "list.delete");
  gtk_widget_add_controller (self->table, rows);
}
