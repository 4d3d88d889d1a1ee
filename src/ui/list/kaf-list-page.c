/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The list of an entity.
 *
 *   header bar     new, title, search, selection
 *   search line    entry, saved searches, menu
 *   filter line    chips, count; when narrow, the way to sort
 *   table          or what to do when there is nothing to show
 *   action bar     what can be done with the rows chosen
 *
 * All of them change one KafQuery, which the paged list reads; the page owns that list, its
 * selection and the columns. What is asked of it is in kaf-list-page-actions.c, what is done with
 * chosen rows in kaf-list-bulk.c. */
#include "config.h"

#include "ui/list/kaf-list-page-private.h"

#include <glib/gi18n-lib.h>

#include "base/kaf-fold.h"
#include "base/kaf-number.h"
#include "schema/kaf-registry.h"
#include "ui/app/kaf-page-header.h"
#include "ui/list/kaf-column-chooser.h"
#include "ui/list/kaf-filter-bar.h"
#include "ui/list/kaf-list-empty.h"
#include "ui/list/kaf-list-widgets.h"
#include "ui/list/kaf-saved-filters.h"
#include "ui/list/kaf-table-layout.h"
#include "ui/list/kaf-table.h"

G_DEFINE_FINAL_TYPE (KafListPage, kaf_list_page, GTK_TYPE_BOX)

KafWindow *
kaf_list_page_get_window (KafListPage *self)
{
  GtkRoot *root = gtk_widget_get_root (GTK_WIDGET (self));

  return KAF_IS_WINDOW (root) ? KAF_WINDOW (root) : NULL;
}

GSimpleAction *
kaf_list_page_find_action (KafListPage *self, const char *name)
{
  return G_SIMPLE_ACTION (g_action_map_lookup_action (G_ACTION_MAP (self->actions), name));
}

/* By the name in the script of the interface, which is the first column. */
static const char *
usual_sort (KafListPage *self)
{
  return self->lang == KAF_LANG_AR ? "title_ar" : "title";
}

/* Hands the query to the list. A sort that nobody chose stays out of what is saved, so that a
 * search kept in one language opens in the order of another. */
static void
read_query (KafListPage *self)
{
  g_autoptr (KafQuery) query = kaf_query_copy (self->query);

  if (kaf_query_get_sort (query) == NULL && kaf_query_get_text (query) == NULL)
    kaf_query_set_sort (query, usual_sort (self), FALSE);
  kaf_paged_list_set_query (self->list, query);
}

static gboolean
is_narrowed (KafListPage *self)
{
  return kaf_query_get_text (self->query) != NULL || kaf_query_has_conditions (self->query);
}

static void
update_count (KafListPage *self)
{
  g_autofree char *text = kaf_list_count_text (self->list, is_narrowed (self), self->lang);

  if (text != NULL)
    gtk_label_set_label (GTK_LABEL (self->count), text);
}

/* These two are made when first needed: most lists hold something. */
static void
show_empty (KafListPage *self)
{
  if (self->empty == NULL)
    {
      self->empty = kaf_list_empty_new (self->entity, self->store);
      gtk_stack_add_child (self->stack, self->empty);
    }
  gtk_stack_set_visible_child (self->stack, self->empty);
}

static void
show_nothing (KafListPage *self)
{
  g_autofree char *text = kaf_filter_bar_describe (KAF_FILTER_BAR (self->filters));
  gboolean filters = kaf_query_has_conditions (kaf_paged_list_get_query (self->list));

  if (self->nothing == NULL)
    {
      self->nothing = kaf_list_nothing_new ();
      gtk_stack_add_child (self->stack, self->nothing);
    }
  kaf_list_nothing_set_filters (self->nothing, text, filters);
  gtk_stack_set_visible_child (self->stack, self->nothing);
}

static void
update_state (KafListPage *self)
{
  gboolean none = g_list_model_get_n_items (G_LIST_MODEL (self->list)) == 0;
  g_autoptr (GVariant) line =
      g_action_get_state (G_ACTION (kaf_list_page_find_action (self, "search-line")));
  gboolean empty, lines;

  update_count (self);
  /* Before the first answer there is nothing to say of the rows. */
  if (!self->ready || kaf_paged_list_is_loading (self->list))
    return;

  empty = none && !is_narrowed (self);
  lines = !empty && g_variant_get_boolean (line);
  gtk_widget_set_visible (self->search_line, lines);
  gtk_widget_set_visible (self->filter_line, !empty);
  if (!none)
    gtk_stack_set_visible_child_name (self->stack, "table");
  else if (empty)
    show_empty (self);
  else
    show_nothing (self);
}

/* Who may not is not shown it; and a page that adds to a network is there for that alone. */
static void
show_work (KafListPage *self, const char *action, gboolean may)
{
  gboolean fits = self->network == NULL || g_str_equal (action, "join");

  for (guint i = 0; i < self->bar_buttons->len; i++)
    {
      GtkWidget *button = g_ptr_array_index (self->bar_buttons, i);
      const char *name = gtk_actionable_get_action_name (GTK_ACTIONABLE (button));

      if (g_str_has_prefix (name, "list.") && g_str_equal (name + strlen ("list."), action))
        gtk_widget_set_visible (button, may && fits);
    }
}

/* What is done with those that are selected, by whose role may. */
static void
update_work (KafListPage *self, gboolean any)
{
  const KafEntity *holder = kaf_registry_find ("project_holder");
  gboolean makes = kaf_store_may_make (self->store, self->entity);
  gboolean joins = kaf_store_may_make (self->store, kaf_registry_find ("membership"));
  gboolean founds = joins && kaf_store_may_make (self->store, kaf_registry_find ("network"));
  const struct
  {
    const char *action;
    gboolean may;
    gboolean without; /* where nobody is selected too */
  } works[] = {
    { "edit", kaf_store_may_write (self->store, self->entity) },
    { "delete", makes },
    { "add-to-network", joins },
    { "join", joins },
    { "new-network", founds },
    { "hand-over",
      kaf_store_may_write_field (self->store, holder, kaf_entity_find_field (holder, "counsellor")),
      TRUE },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (works); i++)
    {
      g_simple_action_set_enabled (kaf_list_page_find_action (self, works[i].action),
                                   works[i].may && (any || works[i].without));
      show_work (self, works[i].action, works[i].may);
    }
}

static void
update_selection (KafListPage *self)
{
  guint n = kaf_table_selection_get_size (self->selection);
  gint64 total = kaf_paged_list_get_total (self->list);
  g_autofree char *number = kaf_number_format (n, self->lang);
  g_autofree char *text =
      g_strdup_printf (g_dngettext (GETTEXT_PACKAGE, "%s selected", "%s selected", n), number);
  static const char *const needing[] = { "export-selected", "clear-selection" };

  gtk_label_set_label (self->selected, text);
  for (guint i = 0; i < G_N_ELEMENTS (needing); i++)
    g_simple_action_set_enabled (kaf_list_page_find_action (self, needing[i]), n > 0);
  update_work (self, n > 0);
  if (n > 0 && !kaf_table_get_select_mode (KAF_TABLE (self->table)))
    g_action_change_state (G_ACTION (kaf_list_page_find_action (self, "select-mode")),
                           g_variant_new_boolean (TRUE));
  if (total >= 0)
    {
      g_autofree char *all = kaf_number_format (total, self->lang);
      g_autofree char *label = g_strdup_printf (_ ("Select All (%s)"), all);

      kaf_list_name_button (self->select_all, label);
      if (kaf_table_is_compact (KAF_TABLE (self->table)))
        gtk_button_set_icon_name (GTK_BUTTON (self->select_all), "edit-select-all-symbolic");
      else
        gtk_button_set_label (GTK_BUTTON (self->select_all), label);
    }
}

static void
list_changed_cb (KafListPage *self)
{
  update_state (self);
  if (!kaf_paged_list_is_loading (self->list))
    update_selection (self);
}

static void
show_words (KafListPage *self)
{
  const char *text = kaf_query_get_text (self->query);
  g_auto (GStrv) words = text != NULL ? kaf_fold_words (text) : NULL;

  kaf_table_set_words (KAF_TABLE (self->table), (const char *const *) words);
}

void
kaf_list_page_show_query (KafListPage *self)
{
  const char *sort = kaf_query_get_sort (self->query);
  const char *text = kaf_query_get_text (self->query);

  if (sort == NULL && text == NULL)
    sort = usual_sort (self);
  kaf_table_set_sort (KAF_TABLE (self->table), sort, kaf_query_get_descending (self->query));
  kaf_filter_bar_set_query (KAF_FILTER_BAR (self->filters), self->query);
  kaf_saved_filters_set_query (KAF_SAVED_FILTERS (self->saved), self->query);
  show_words (self);
  if (g_strcmp0 (gtk_editable_get_text (GTK_EDITABLE (self->search)), text != NULL ? text : "") !=
          0 &&
      !self->setting_text)
    {
      self->setting_text = TRUE;
      gtk_editable_set_text (GTK_EDITABLE (self->search), text != NULL ? text : "");
      self->setting_text = FALSE;
    }
  if (self->ready)
    read_query (self);
  update_state (self);
}

static void
search_cb (KafListPage *self)
{
  if (self->setting_text)
    return;

  self->setting_text = TRUE;
  kaf_query_set_text (self->query, gtk_editable_get_text (GTK_EDITABLE (self->search)));
  kaf_list_page_show_query (self);
  self->setting_text = FALSE;
}

static void
condition_cb (KafListPage *self, const char *path, int op, GStrv values)
{
  kaf_query_set_condition (self->query, path, (KafOp) op, (const char *const *) values);
  kaf_list_page_show_query (self);
}

static void
filter_removed_cb (KafListPage *self, const char *path)
{
  if (*path == '\0')
    kaf_query_clear_nodes (self->query);
  else
    kaf_query_remove_condition (self->query, path);
  kaf_list_page_show_query (self);
}

/* A press on a title: ascending, descending, then as it was. */
static void
sort_cb (KafListPage *self, const char *id)
{
  KafColumn *column = kaf_column_list_find (self->columns, id);
  const char *sort = kaf_query_get_sort (self->query);
  gboolean same;

  if (column == NULL || column->sort == NULL)
    return;

  same = g_strcmp0 (sort, column->sort) == 0 ||
         (sort == NULL && kaf_query_get_text (self->query) == NULL &&
          g_str_equal (column->sort, usual_sort (self)));
  if (!same)
    kaf_query_set_sort (self->query, column->sort, FALSE);
  else if (!kaf_query_get_descending (self->query))
    kaf_query_set_sort (self->query, column->sort, TRUE);
  else
    kaf_query_set_sort (self->query, NULL, FALSE);
  kaf_list_page_show_query (self);
}

static void
open_id_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (KafListPage) self = data;
  g_autofree char *id = kaf_paged_list_get_id_at_finish (KAF_PAGED_LIST (source), result, NULL);
  KafWindow *window = kaf_list_page_get_window (self);
  guint position = kaf_table_get_focus_position (KAF_TABLE (self->table));

  if (id != NULL && window != NULL)
    kaf_window_open_record (window, self->entity, id, self->list, position);
}

static void
activated_cb (KafListPage *self, guint position)
{
  kaf_paged_list_get_id_at_async (self->list, position, self->cancellable, open_id_cb,
                                  g_object_ref (self));
}

static void
keep_columns (KafListPage *self)
{
  g_autofree char *text = kaf_column_list_to_text (self->columns);

  if (!self->own_columns)
    kaf_list_columns_keep (self->store, self->entity, text);
}

/* The columns changed: other texts are read, other cells made. */
void
kaf_list_page_apply_columns (KafListPage *self)
{
  g_auto (GStrv) paths = kaf_column_list_assign_cells (self->columns);

  kaf_table_set_columns (KAF_TABLE (self->table), self->columns);
  kaf_paged_list_set_columns (self->list, (const char *const *) paths);
  show_words (self);
}

void
kaf_list_page_columns_chosen (KafListPage *self)
{
  keep_columns (self);
  kaf_list_page_apply_columns (self);
}

static void
columns_read_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (KafListPage) self = data;
  g_autofree char *text = kaf_store_run_finish (KAF_STORE (source), result, NULL);

  if (g_cancellable_is_cancelled (self->cancellable))
    return;

  if (!self->own_columns)
    kaf_column_list_apply_text (self->columns, text);
  self->ready = TRUE;
  kaf_list_page_apply_columns (self);
  read_query (self);
}

static void
failed_cb (KafListPage *self, const GError *error)
{
  KafWindow *window = kaf_list_page_get_window (self);

  if (window != NULL)
    kaf_window_report_error (window, _ ("The list could not be read"), error);
}

static void
show_compact (KafListPage *self, gboolean compact)
{
  gtk_orientable_set_orientation (GTK_ORIENTABLE (self->filter_line),
                                  compact ? GTK_ORIENTATION_VERTICAL : GTK_ORIENTATION_HORIZONTAL);
  gtk_widget_set_visible (self->sort_button, compact);
  for (guint i = 0; i < self->bar_buttons->len; i++)
    kaf_list_bar_button_set_compact (g_ptr_array_index (self->bar_buttons, i), compact);
  kaf_saved_filters_set_compact (KAF_SAVED_FILTERS (self->saved), compact);
  if (compact)
    gtk_widget_add_css_class (GTK_WIDGET (self), "compact");
  else
    gtk_widget_remove_css_class (GTK_WIDGET (self), "compact");
}

static gboolean
compact_cb (gpointer data)
{
  KafListPage *self = data;

  self->compact_id = 0;
  show_compact (self, kaf_table_is_compact (KAF_TABLE (self->table)));
  update_selection (self);

  return G_SOURCE_REMOVE;
}

/* Told while sizes are being given: nothing may be changed before they are. */
static void
table_compact_cb (KafListPage *self)
{
  if (self->compact_id == 0)
    self->compact_id = g_idle_add_full (G_PRIORITY_HIGH, compact_cb, self, NULL);
}

static GtkWidget *
make_select_toggle (void)
{
  return kaf_list_toggle_new ("selection-mode-symbolic", "list.select-mode", _ ("Select several"));
}

static GtkWidget *
make_search_toggle (void)
{
  return kaf_list_toggle_new ("system-search-symbolic", "list.search-line", _ ("Search"));
}

static void
build_header (KafListPage *self)
{
  GtkWidget *header = adw_header_bar_new ();
  GtkWidget *add = gtk_button_new_from_icon_name (
      g_str_equal (kaf_entity_get_root (self->entity)->id, "person") ? "contact-new-symbolic"
                                                                     : "list-add-symbolic");

  gtk_actionable_set_action_name (GTK_ACTIONABLE (add), "list.new");
  kaf_list_name_button (add, kaf_list_text (self->entity, KAF_LIST_TEXT_ADD));
  self->add = add;
  adw_header_bar_pack_start (ADW_HEADER_BAR (header), add);
  adw_header_bar_set_title_widget (ADW_HEADER_BAR (header),
                                   adw_window_title_new (_ (self->entity->plural), ""));
  adw_header_bar_pack_end (ADW_HEADER_BAR (header), make_select_toggle ());
  adw_header_bar_pack_end (ADW_HEADER_BAR (header), make_search_toggle ());
  self->header = header;
  gtk_box_append (GTK_BOX (self), header);
}

void
kaf_list_page_set_back (KafListPage *self)
{
  g_return_if_fail (KAF_IS_LIST_PAGE (self));
  /* The way back comes first, as on every page. */
  g_object_ref (self->add);
  adw_header_bar_remove (ADW_HEADER_BAR (self->header), self->add);
  adw_header_bar_pack_start (ADW_HEADER_BAR (self->header), kaf_back_button_new ());
  adw_header_bar_pack_start (ADW_HEADER_BAR (self->header), self->add);
  g_object_unref (self->add);
}

GtkWidget *
kaf_list_page_take_toggles (KafListPage *self)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 6);

  g_return_val_if_fail (KAF_IS_LIST_PAGE (self), NULL);

  gtk_widget_set_visible (self->header, FALSE);
  gtk_widget_insert_action_group (box, "list", G_ACTION_GROUP (self->actions));
  gtk_box_append (GTK_BOX (box), make_search_toggle ());
  gtk_box_append (GTK_BOX (box), make_select_toggle ());
  return box;
}

void
kaf_list_page_set_network (KafListPage *self, const char *network, const char *title)
{
  /* Translators: %s is the name of a network. */
  g_autofree char *label = g_strdup_printf (_ ("Add to %s"), title);
  GtkWidget *add = kaf_list_bar_button_new ("emblem-shared-symbolic", label, "list.join");

  g_return_if_fail (KAF_IS_LIST_PAGE (self));

  g_free (self->network);
  g_free (self->network_title);
  self->network = g_strdup (network);
  self->network_title = g_strdup (title);
  /* One suggested button, and only what the page is there for. */
  for (guint i = 0; i < self->bar_buttons->len; i++)
    gtk_widget_set_visible (g_ptr_array_index (self->bar_buttons, i), FALSE);
  gtk_widget_add_css_class (add, "suggested-action");
  gtk_action_bar_pack_end (self->bar, add);
  g_ptr_array_add (self->bar_buttons, add);
  adw_header_bar_set_title_widget (
      ADW_HEADER_BAR (self->header),
      adw_window_title_new (label, _ ("Choose persons with the space bar")));
  g_action_change_state (G_ACTION (kaf_list_page_find_action (self, "select-mode")),
                         g_variant_new_boolean (TRUE));
  update_selection (self);
}

static gboolean
search_key_cb (GtkEventControllerKey *controller,
               guint keyval,
               guint keycode,
               GdkModifierType state,
               gpointer data)
{
  if (keyval != GDK_KEY_Down && keyval != GDK_KEY_KP_Down)
    return GDK_EVENT_PROPAGATE;

  gtk_widget_grab_focus (KAF_LIST_PAGE (data)->table);

  return GDK_EVENT_STOP;
}

static void
search_activate_cb (KafListPage *self)
{
  if (g_list_model_get_n_items (G_LIST_MODEL (self->list)) > 0)
    activated_cb (self, kaf_table_get_focus_position (KAF_TABLE (self->table)));
}

static void
stop_search_cb (KafListPage *self)
{
  g_action_group_activate_action (G_ACTION_GROUP (self->actions), "escape", NULL);
}

static void
build_search_line (KafListPage *self)
{
  GtkEventController *key = gtk_event_controller_key_new ();

  self->search_line = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 6);
  gtk_widget_add_css_class (self->search_line, "search-line");
  self->search = gtk_search_entry_new ();
  g_object_set (self->search, "placeholder-text",
                kaf_entity_find_field (kaf_entity_get_root (self->entity), "title_fr") != NULL
                    ? _ ("Title, reference, in either script")
                    : _ ("Name, phone, e-mail, reference, in either script"),
                NULL);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->search), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  _ ("Search the list"), -1);
  gtk_widget_set_hexpand (self->search, TRUE);
  /* At every key: the list reads without waiting, and a new key cancels what runs. */
  g_signal_connect_swapped (self->search, "changed", G_CALLBACK (search_cb), self);
  g_signal_connect_swapped (self->search, "activate", G_CALLBACK (search_activate_cb), self);
  g_signal_connect_swapped (self->search, "stop-search", G_CALLBACK (stop_search_cb), self);
  g_signal_connect (key, "key-pressed", G_CALLBACK (search_key_cb), self);
  gtk_widget_add_controller (self->search, key);
  gtk_search_entry_set_key_capture_widget (GTK_SEARCH_ENTRY (self->search), GTK_WIDGET (self));

  self->saved = kaf_saved_filters_new (self->store, self->entity);
  g_signal_connect_swapped (self->saved, "chosen", G_CALLBACK (kaf_list_page_set_query), self);
  gtk_box_append (GTK_BOX (self->search_line), self->search);
  gtk_box_append (GTK_BOX (self->search_line), self->saved);
  gtk_box_append (GTK_BOX (self->search_line), kaf_list_menu_button_new (self->entity));
  gtk_box_append (GTK_BOX (self), self->search_line);
}

static void
build_filter_line (KafListPage *self)
{
  GtkWidget *status = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 6);

  self->filter_line = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 12);
  gtk_widget_add_css_class (self->filter_line, "filter-line");
  self->filters = kaf_filter_bar_new (self->store, self->entity, self->lang);
  gtk_widget_set_hexpand (self->filters, TRUE);
  g_signal_connect_swapped (self->filters, "condition", G_CALLBACK (condition_cb), self);
  g_signal_connect_swapped (self->filters, "removed", G_CALLBACK (filter_removed_cb), self);

  self->count = gtk_label_new (NULL);
  gtk_widget_add_css_class (self->count, "dim-label");
  gtk_widget_add_css_class (self->count, "caption");
  gtk_widget_add_css_class (self->count, "numeric");
  gtk_widget_set_hexpand (self->count, TRUE);
  gtk_label_set_xalign (GTK_LABEL (self->count), 0);
  self->sort_button = kaf_list_sort_button_new (self->columns);
  gtk_box_append (GTK_BOX (status), self->count);
  gtk_box_append (GTK_BOX (status), self->sort_button);
  gtk_widget_set_hexpand (status, FALSE);
  gtk_box_append (GTK_BOX (self->filter_line), self->filters);
  gtk_box_append (GTK_BOX (self->filter_line), status);
  gtk_box_append (GTK_BOX (self), self->filter_line);
}

static void
leave_up_cb (KafListPage *self)
{
  gtk_widget_grab_focus (self->search);
}

static void
build_table (KafListPage *self)
{
  GtkWidget *scroller = gtk_scrolled_window_new ();

  self->table = kaf_table_new (self->lang);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->table), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  _ (self->entity->plural), -1);
  kaf_table_set_columns (KAF_TABLE (self->table), self->columns);
  kaf_table_set_model (KAF_TABLE (self->table), G_LIST_MODEL (self->list));
  kaf_table_set_selection (KAF_TABLE (self->table), self->selection);
  g_signal_connect_swapped (self->table, "row-activated", G_CALLBACK (activated_cb), self);
  g_signal_connect_swapped (self->table, "sort", G_CALLBACK (sort_cb), self);
  g_signal_connect_swapped (self->table, "columns-resized", G_CALLBACK (keep_columns), self);
  g_signal_connect_swapped (self->table, "compact", G_CALLBACK (table_compact_cb), self);
  g_signal_connect_swapped (self->table, "leave-up", G_CALLBACK (leave_up_cb), self);

  gtk_scrolled_window_set_child (GTK_SCROLLED_WINDOW (scroller), self->table);
  self->stack = GTK_STACK (gtk_stack_new ());
  gtk_widget_set_vexpand (GTK_WIDGET (self->stack), TRUE);
  gtk_stack_add_named (self->stack, scroller, "table");
  gtk_box_append (GTK_BOX (self), GTK_WIDGET (self->stack));
}

static void
add_bar_button (KafListPage *self, GtkWidget *button)
{
  gtk_action_bar_pack_end (self->bar, button);
  g_ptr_array_add (self->bar_buttons, button);
}

static void
build_bar (KafListPage *self)
{
  GtkWidget *edit = kaf_list_bar_button_new ("document-edit-symbolic", _ ("Edit…"), "list.edit");

  self->bar = GTK_ACTION_BAR (gtk_action_bar_new ());
  gtk_action_bar_set_revealed (self->bar, FALSE);
  self->selected = GTK_LABEL (gtk_label_new (NULL));
  gtk_widget_add_css_class (GTK_WIDGET (self->selected), "heading");
  gtk_widget_add_css_class (GTK_WIDGET (self->selected), "numeric");
  self->select_all = gtk_button_new_with_label (_ ("Select All"));
  gtk_actionable_set_action_name (GTK_ACTIONABLE (self->select_all), "list.select-all");
  gtk_widget_add_css_class (self->select_all, "flat");
  gtk_action_bar_pack_start (self->bar, GTK_WIDGET (self->selected));
  gtk_action_bar_pack_start (self->bar, self->select_all);

  gtk_widget_add_css_class (edit, "suggested-action");
  add_bar_button (self, edit);
  add_bar_button (self,
                  kaf_list_bar_button_new ("user-trash-symbolic", _ ("Delete"), "list.delete"));
  add_bar_button (self, kaf_list_bar_button_new ("x-office-spreadsheet-symbolic", _ ("Export…"),
                                                 "list.export-selected"));
  if (g_str_equal (kaf_entity_get_root (self->entity)->id, "person"))
    add_bar_button (self, kaf_list_bar_button_new ("emblem-shared-symbolic",
                                                   _ ("Add to a Network…"), "list.add-to-network"));
  if (g_str_equal (self->entity->id, "project_holder"))
    add_bar_button (
        self, kaf_list_bar_button_new ("send-to-symbolic", _ ("Hand Over…"), "list.hand-over"));
  if (g_str_equal (self->entity->id, "expert"))
    add_bar_button (self, kaf_list_bar_button_new ("list-add-symbolic", _ ("New Network…"),
                                                   "list.new-network"));
  gtk_box_append (GTK_BOX (self), kaf_list_yielding_new (GTK_WIDGET (self->bar)));
}

/* Before the page is measured, or it would widen a narrow window. */
static void
fit_window (KafListPage *self)
{
  if (kaf_list_is_narrow (GTK_WIDGET (self)))
    show_compact (self, TRUE);
}

static void
kaf_list_page_root (GtkWidget *widget)
{
  GTK_WIDGET_CLASS (kaf_list_page_parent_class)->root (widget);
  fit_window (KAF_LIST_PAGE (widget));
}

static void
kaf_list_page_map (GtkWidget *widget)
{
  fit_window (KAF_LIST_PAGE (widget));
  GTK_WIDGET_CLASS (kaf_list_page_parent_class)->map (widget);
  kaf_paged_list_set_active (KAF_LIST_PAGE (widget)->list, TRUE);
}

static void
kaf_list_page_unmap (GtkWidget *widget)
{
  kaf_paged_list_set_active (KAF_LIST_PAGE (widget)->list, FALSE);
  GTK_WIDGET_CLASS (kaf_list_page_parent_class)->unmap (widget);
}

static gboolean
kaf_list_page_grab_focus (GtkWidget *widget)
{
  return gtk_widget_grab_focus (KAF_LIST_PAGE (widget)->search);
}

static void
kaf_list_page_dispose (GObject *object)
{
  KafListPage *self = KAF_LIST_PAGE (object);

  if (self->cancellable != NULL)
    g_cancellable_cancel (self->cancellable);
  g_clear_handle_id (&self->compact_id, g_source_remove);
  if (self->search != NULL)
    gtk_search_entry_set_key_capture_widget (GTK_SEARCH_ENTRY (self->search), NULL);
  self->search = NULL;

  G_OBJECT_CLASS (kaf_list_page_parent_class)->dispose (object);
}

static void
kaf_list_page_finalize (GObject *object)
{
  KafListPage *self = KAF_LIST_PAGE (object);

  g_clear_object (&self->cancellable);
  g_free (self->network);
  g_free (self->network_title);
  g_clear_pointer (&self->bar_buttons, g_ptr_array_unref);
  g_clear_object (&self->list);
  g_clear_object (&self->selection);
  g_clear_object (&self->actions);
  g_clear_object (&self->store);
  g_clear_pointer (&self->columns, g_ptr_array_unref);
  g_clear_pointer (&self->query, kaf_query_unref);

  G_OBJECT_CLASS (kaf_list_page_parent_class)->finalize (object);
}

static void
kaf_list_page_class_init (KafListPageClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->dispose = kaf_list_page_dispose;
  object_class->finalize = kaf_list_page_finalize;
  widget_class->root = kaf_list_page_root;
  widget_class->map = kaf_list_page_map;
  widget_class->unmap = kaf_list_page_unmap;
  widget_class->grab_focus = kaf_list_page_grab_focus;
}

static void
kaf_list_page_init (KafListPage *self)
{
  self->cancellable = g_cancellable_new ();
  self->bar_buttons = g_ptr_array_new ();
  kaf_list_page_add_actions (self);
  gtk_orientable_set_orientation (GTK_ORIENTABLE (self), GTK_ORIENTATION_VERTICAL);
  gtk_widget_add_css_class (GTK_WIDGET (self), "list-page");
}

static void
build (KafListPage *self)
{
  g_auto (GStrv) paths = kaf_column_list_assign_cells (self->columns);

  self->list = kaf_paged_list_new (self->store, (const char *const *) paths, self->lang);
  self->selection = kaf_table_selection_new (G_LIST_MODEL (self->list));
  g_signal_connect_object (self->list, "notify", G_CALLBACK (list_changed_cb), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (self->list, "failed", G_CALLBACK (failed_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->selection, "changed", G_CALLBACK (update_selection), self,
                           G_CONNECT_SWAPPED);

  build_header (self);
  build_search_line (self);
  build_filter_line (self);
  build_table (self);
  build_bar (self);
  kaf_list_page_add_shortcuts (self);
  update_selection (self);
  kaf_filter_bar_set_query (KAF_FILTER_BAR (self->filters), self->query);
  kaf_table_set_sort (KAF_TABLE (self->table), usual_sort (self), FALSE);
}

/* @entity: "expert", "organisation", "network" or any other that has a list. */
/* The user's role may change with a sync. */
static void
update_new (KafListPage *self)
{
  gboolean may = kaf_store_may_make (self->store, self->entity);

  g_simple_action_set_enabled (kaf_list_page_find_action (self, "new"),
                               !kaf_store_is_read_only (self->store) && may);
  gtk_widget_set_visible (self->add, may);
  if (self->empty != NULL)
    kaf_list_empty_update (self->empty, self->entity, self->store);
  update_selection (self);
}

GtkWidget *
kaf_list_page_new (KafStore *store, const KafEntity *entity)
{
  KafListPage *self = g_object_new (KAF_TYPE_LIST_PAGE, NULL);

  self->store = g_object_ref (store);
  self->entity = entity;
  self->lang = kaf_application_get_lang ();
  self->columns = kaf_column_list_new (entity, self->lang);
  self->query = kaf_query_new (entity);
  build (self);
  update_new (self);
  g_signal_connect_object (store, "changed", G_CALLBACK (update_new), self, G_CONNECT_SWAPPED);
  kaf_list_columns_read (store, entity, self->cancellable, columns_read_cb, g_object_ref (self));

  return GTK_WIDGET (self);
}

const KafEntity *
kaf_list_page_get_entity (KafListPage *self)
{
  g_return_val_if_fail (KAF_IS_LIST_PAGE (self), NULL);

  return self->entity;
}

KafPagedList *
kaf_list_page_get_list (KafListPage *self)
{
  g_return_val_if_fail (KAF_IS_LIST_PAGE (self), NULL);

  return self->list;
}

GStrv
kaf_list_page_get_columns (KafListPage *self)
{
  g_return_val_if_fail (KAF_IS_LIST_PAGE (self), NULL);

  return kaf_column_list_get_paths (self->columns);
}

void
kaf_list_page_focus_search (KafListPage *self)
{
  g_return_if_fail (KAF_IS_LIST_PAGE (self));

  g_action_change_state (G_ACTION (kaf_list_page_find_action (self, "search-line")),
                         g_variant_new_boolean (TRUE));
  gtk_widget_grab_focus (self->search);
}

void
kaf_list_page_focus_rows (KafListPage *self)
{
  g_return_if_fail (KAF_IS_LIST_PAGE (self));

  gtk_widget_grab_focus (self->table);
}

/* @text: nullable, what to search for. */
void
kaf_list_page_set_text (KafListPage *self, const char *text)
{
  g_return_if_fail (KAF_IS_LIST_PAGE (self));

  gtk_editable_set_text (GTK_EDITABLE (self->search), text != NULL ? text : "");
}

void
kaf_list_page_set_query (KafListPage *self, KafQuery *query)
{
  KafQuery *copy;

  g_return_if_fail (KAF_IS_LIST_PAGE (self));
  g_return_if_fail (query != NULL && kaf_query_get_entity (query) == self->entity);

  copy = kaf_query_copy (query);
  g_clear_pointer (&self->query, kaf_query_unref);
  self->query = copy;
  kaf_list_page_show_query (self);
}

void
kaf_list_page_show_columns (KafListPage *self, const char *const *ids)
{
  g_return_if_fail (KAF_IS_LIST_PAGE (self));

  self->own_columns = TRUE;
  kaf_column_list_show (self->columns, ids);
  kaf_list_page_apply_columns (self);
}

void
kaf_list_page_select_position (KafListPage *self, guint position)
{
  g_return_if_fail (KAF_IS_LIST_PAGE (self));

  kaf_table_set_focus_position (KAF_TABLE (self->table), position);
  gtk_widget_grab_focus (self->table);
}
