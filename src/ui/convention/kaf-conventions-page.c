/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Two readings: all acts for the tree, and, once one is chosen, its commitments and who signed. */
#include "config.h"

#include "ui/convention/kaf-conventions-page.h"

#include <adwaita.h>
#include <glib/gi18n-lib.h>

#include "base/kaf-number.h"
#include "schema/kaf-registry.h"
#include "ui/app/kaf-application.h"
#include "ui/app/kaf-day-watch.h"
#include "ui/app/kaf-read-frame.h"
#include "ui/app/kaf-window.h"
#include "ui/compat/kaf-lazy-menu.h"
#include "ui/compat/kaf-tooltip.h"
#include "ui/convention/kaf-convention-panel.h"
#include "ui/convention/kaf-convention-row.h"
#include "ui/convention/kaf-convention-tree.h"
#include "ui/convention/kaf-split.h"
#include "ui/convention/kaf-time-axis.h"
#include "ui/list/kaf-list-empty.h"

#define TREE_HEIGHT 330 /* px at first: eight rows under the years */

struct _KafConventionsPage
{
  GtkBox parent_instance;

  KafStore *store;
  GCancellable *cancellable;         /* of the tree */
  GCancellable *details_cancellable; /* of what is chosen */
  KafConventionData *data;           /* nullable: not read yet */
  KafTimeScale *scale;
  GtkSingleSelection *selection;
  char *chosen;       /* id; nullable */
  GHashTable *folded; /* ids of the acts that the user folded */
  KafConventionsShown shown;
  gboolean narrowed; /* the tree is what a search or a state left */
  gboolean reading;
  gboolean again;
  gboolean reading_details;

  GtkWidget *title, *add;
  GtkWidget *empty; /* where there is none */
  GtkWidget *search_button;
  GtkWidget *search_bar;
  GtkWidget *search;
  GtkWidget *frame;
  GtkWidget *stack;
  GtkWidget *view;
  GtkWidget *details_frame;
  GtkWidget *panel;
};

G_DEFINE_FINAL_TYPE (KafConventionsPage, kaf_conventions_page, GTK_TYPE_BOX)

enum
{
  PROP_0,
  PROP_SHOWN,
  N_PROPS
};

static const char *const shown_names[] = { "all",     "in-force", "lapsing",
                                           "unknown", "over",     "prepared" };

static void refresh (KafConventionsPage *self);

static KafWindow *
get_window (KafConventionsPage *self)
{
  GtkRoot *root = gtk_widget_get_root (GTK_WIDGET (self));

  return KAF_IS_WINDOW (root) ? KAF_WINDOW (root) : NULL;
}

static KafConventionItem *
get_item (KafConventionsPage *self, guint place)
{
  g_autoptr (GtkTreeListRow) row = g_list_model_get_item (G_LIST_MODEL (self->selection), place);
  g_autoptr (KafConventionItem) item = row != NULL ? gtk_tree_list_row_get_item (row) : NULL;

  return item; /* the tree keeps it */
}

static const KafConvention *
get_chosen_act (KafConventionsPage *self)
{
  return self->data != NULL ? kaf_conventions_find (self->data->all, self->chosen) : NULL;
}

/* What is chosen */

static void
on_details (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (KafConventionsPage) self = data;
  g_autoptr (GError) error = NULL;
  g_autoptr (KafConventionDetails) details =
      kaf_store_run_finish (KAF_STORE (source), result, &error);

  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return;
  self->reading_details = FALSE;
  if (error != NULL)
    {
      g_warning ("Reading a convention failed: %s", error->message);
      kaf_read_frame_fail (KAF_READ_FRAME (self->details_frame), error, FALSE);
      return;
    }
  kaf_read_frame_clear (KAF_READ_FRAME (self->details_frame));
  if (details == NULL || g_strcmp0 (details->id, self->chosen) == 0)
    kaf_convention_panel_show (KAF_CONVENTION_PANEL (self->panel), details,
                               !kaf_store_is_read_only (self->store));
}

static void
read_details (KafConventionsPage *self)
{
  g_cancellable_cancel (self->details_cancellable);
  g_clear_object (&self->details_cancellable);
  self->reading_details = self->chosen != NULL;
  if (self->chosen == NULL)
    {
      kaf_convention_panel_show (KAF_CONVENTION_PANEL (self->panel), NULL, FALSE);
      return;
    }
  self->details_cancellable = g_cancellable_new ();
  kaf_store_run_async (self->store, KAF_LANE_READ, kaf_convention_details_read,
                       g_strdup (self->chosen), g_free,
                       (GDestroyNotify) kaf_convention_details_free, self->details_cancellable,
                       on_details, g_object_ref (self));
}

static void
update_actions (KafConventionsPage *self)
{
  gboolean writable = !kaf_store_is_read_only (self->store);
  gboolean chosen = self->chosen != NULL;
  const KafEntity *act = kaf_registry_find ("convention");

  gtk_widget_action_set_enabled (GTK_WIDGET (self), "convention.open-chosen", chosen);
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "convention.add-child",
                                 chosen && writable && kaf_store_may_make (self->store, act));
  gtk_widget_action_set_enabled (
      GTK_WIDGET (self), "convention.add-commitment",
      chosen && writable && kaf_store_may_make (self->store, kaf_registry_find ("commitment")));
  gtk_widget_action_set_enabled (
      GTK_WIDGET (self), "convention.fulfil",
      writable && kaf_store_may_make (self->store, kaf_registry_find ("fulfilment")));
  gtk_widget_set_visible (self->add, kaf_store_may_make (self->store, act));
  kaf_list_empty_update (self->empty, act, self->store);
}

static void
on_selected (KafConventionsPage *self)
{
  KafConventionItem *item = get_item (self, gtk_single_selection_get_selected (self->selection));
  const char *id = item != NULL ? kaf_convention_item_get_act (item)->id : NULL;

  if (g_strcmp0 (id, self->chosen) == 0)
    return;
  g_free (self->chosen);
  self->chosen = g_strdup (id);
  update_actions (self);
  read_details (self);
}

/* The tree */

static void
show_counts (KafConventionsPage *self, const KafConventionsCount *count)
{
  g_autofree char *n = kaf_number_format (count->n, kaf_application_get_lang ());
  g_autofree char *lapsing = NULL;
  g_autofree char *text = NULL;

  if (count->n_lapsing > 0)
    lapsing = g_strdup_printf (g_dngettext (GETTEXT_PACKAGE, "%u lapses within %u days",
                                            "%u lapse within %u days", count->n_lapsing),
                               count->n_lapsing, self->data->soon_days);
  text = lapsing != NULL ? g_strdup_printf ("%s · %s", n, lapsing) : g_strdup (n);
  /* The page of an empty section says so. */
  adw_window_title_set_subtitle (ADW_WINDOW_TITLE (self->title),
                                 self->data->all->acts->len > 0 ? text : "");
}

/* What a search or a state left comes unfolded, and tells nothing of what the user folded. */
static gboolean
is_narrowed (KafConventionsPage *self)
{
  return self->shown != KAF_CONVENTIONS_SHOW_ALL ||
         *gtk_editable_get_text (GTK_EDITABLE (self->search)) != '\0';
}

static void
keep_row (GtkTreeListRow *row, const KafConvention *act, gpointer data)
{
  GHashTable *folded = data;

  if (gtk_tree_list_row_get_expanded (row))
    g_hash_table_remove (folded, act->id);
  else
    g_hash_table_add (folded, g_strdup (act->id));
}

static void
keep_folded (KafConventionsPage *self)
{
  GListModel *tree = gtk_single_selection_get_model (self->selection);

  if (tree != NULL)
    kaf_convention_tree_foreach (tree, keep_row, self->folded);
}

static void
fold_row (GtkTreeListRow *row, const KafConvention *act, gpointer data)
{
  if (g_hash_table_contains (data, act->id))
    gtk_tree_list_row_set_expanded (row, FALSE);
}

static void
fold_again (KafConventionsPage *self)
{
  if (!is_narrowed (self) && g_hash_table_size (self->folded) > 0)
    kaf_convention_tree_foreach (gtk_single_selection_get_model (self->selection), fold_row,
                                 self->folded);
}

/* The same act as before, or the first. */
static void
choose_again (KafConventionsPage *self)
{
  GListModel *tree = gtk_single_selection_get_model (self->selection);
  guint found = kaf_convention_tree_find (tree, get_chosen_act (self));

  if (found == GTK_INVALID_LIST_POSITION && g_list_model_get_n_items (tree) > 0)
    found = 0;
  gtk_single_selection_set_selected (self->selection, found);
  on_selected (self);
}

static void
show_tree (KafConventionsPage *self)
{
  KafConventionsCount count;
  g_autoptr (GListModel) tree = NULL;

  if (self->data == NULL)
    return;
  if (!self->narrowed)
    keep_folded (self);
  self->narrowed = is_narrowed (self);
  tree = kaf_convention_tree_new (self->data, gtk_editable_get_text (GTK_EDITABLE (self->search)),
                                  self->shown, &count);
  g_signal_handlers_block_by_func (self->selection, on_selected, self);
  gtk_single_selection_set_model (self->selection, tree);
  fold_again (self);
  g_signal_handlers_unblock_by_func (self->selection, on_selected, self);
  choose_again (self);
  show_counts (self, &count);
  gtk_stack_set_visible_child_name (GTK_STACK (self->stack), self->data->all->acts->len == 0
                                                                 ? "empty"
                                                             : count.n == 0 ? "nothing"
                                                                            : "tree");
}

static void
on_read (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (KafConventionsPage) self = data;
  g_autoptr (GError) error = NULL;
  g_autoptr (KafConventionData) read = kaf_store_run_finish (KAF_STORE (source), result, &error);

  self->reading = FALSE;
  /* The page is gone, or its store was put away. */
  if (g_cancellable_is_cancelled (self->cancellable) ||
      g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return;
  if (read == NULL)
    {
      g_warning ("Reading the conventions failed: %s",
                 error != NULL ? error->message : "no result");
      kaf_read_frame_fail (KAF_READ_FRAME (self->frame), error, self->data != NULL);
    }
  else
    {
      kaf_read_frame_clear (KAF_READ_FRAME (self->frame));
      g_clear_pointer (&self->data, kaf_convention_data_unref);
      self->data = g_steal_pointer (&read);
      kaf_time_scale_set_range (self->scale, self->data->first, self->data->last,
                                self->data->today);
      show_tree (self);
      read_details (self);
    }
  if (self->again)
    refresh (self);
}

static void
refresh (KafConventionsPage *self)
{
  update_actions (self);
  self->again = self->reading;
  if (self->reading)
    return;
  self->reading = TRUE;
  kaf_store_run_async (self->store, KAF_LANE_READ, kaf_convention_data_read, NULL, NULL,
                       (GDestroyNotify) kaf_convention_data_unref, self->cancellable, on_read,
                       g_object_ref (self));
}

/* Actions */

static void
open_record (KafConventionsPage *self, const char *entity, const char *id)
{
  KafWindow *window = get_window (self);

  if (window != NULL && id != NULL)
    kaf_window_open_record (window, kaf_registry_find (entity), id, NULL,
                            GTK_INVALID_LIST_POSITION);
}

static void
on_open (GtkWidget *widget, const char *action, GVariant *parameter)
{
  const char *entity, *id;

  g_variant_get (parameter, "(&s&s)", &entity, &id);
  open_record (KAF_CONVENTIONS_PAGE (widget), entity, id);
}

static void
on_open_chosen (GtkWidget *widget, const char *action, GVariant *parameter)
{
  open_record (KAF_CONVENTIONS_PAGE (widget), "convention", KAF_CONVENTIONS_PAGE (widget)->chosen);
}

static void
open_form (KafConventionsPage *self, KafRecord *preset)
{
  KafWindow *window = get_window (self);

  if (window != NULL)
    kaf_window_open_form_with (window, preset);
}

/* A framework gets a specific convention, that one an amendment. */
static void
on_add_child (GtkWidget *widget, const char *action, GVariant *parameter)
{
  KafConventionsPage *self = KAF_CONVENTIONS_PAGE (widget);
  const KafConvention *act = get_chosen_act (self);
  g_autoptr (KafRecord) preset = kaf_record_new (kaf_registry_find ("convention"), NULL);

  if (act == NULL)
    return;
  kaf_record_set (preset, "parent", act->id);
  kaf_record_set (preset, "kind", act->kind == KAF_CONVENTION_FRAMEWORK ? "specific" : "amendment");
  kaf_record_set (preset, "programme", act->programme);
  open_form (self, preset);
}

static void
on_add_commitment (GtkWidget *widget, const char *action, GVariant *parameter)
{
  KafConventionsPage *self = KAF_CONVENTIONS_PAGE (widget);
  g_autoptr (KafRecord) preset = kaf_record_new (kaf_registry_find ("commitment"), NULL);

  kaf_record_set (preset, "convention", self->chosen);
  open_form (self, preset);
}

static void
on_fulfil (GtkWidget *widget, const char *action, GVariant *parameter)
{
  KafConventionsPage *self = KAF_CONVENTIONS_PAGE (widget);
  g_autoptr (KafRecord) preset = kaf_record_new (kaf_registry_find ("fulfilment"), NULL);
  g_autofree char *today = self->data != NULL ? kaf_day_to_iso (self->data->today) : NULL;

  kaf_record_set (preset, "commitment", g_variant_get_string (parameter, NULL));
  kaf_record_set (preset, "done_on", today);
  open_form (self, preset);
}

/* Of the commitment with the focus, or of the first. */
static void
on_fulfil_one (GtkWidget *widget, const char *action, GVariant *parameter)
{
  const char *id = kaf_convention_panel_get_commitment (
      KAF_CONVENTION_PANEL (KAF_CONVENTIONS_PAGE (widget)->panel));

  if (id != NULL)
    gtk_widget_activate_action (widget, "convention.fulfil", "s", id);
  else
    gtk_widget_error_bell (widget);
}

static void
on_list (GtkWidget *widget, const char *action, GVariant *parameter)
{
  KafWindow *window = get_window (KAF_CONVENTIONS_PAGE (widget));
  g_autoptr (KafQuery) query = kaf_query_new (kaf_registry_find ("convention"));

  if (window != NULL)
    kaf_window_show_query (window, query);
}

static void
on_retry (GtkWidget *widget, const char *action, GVariant *parameter)
{
  KafConventionsPage *self = KAF_CONVENTIONS_PAGE (widget);

  if (g_str_equal (action, "convention.retry"))
    refresh (self);
  else
    read_details (self);
}

/* Of the page of an empty section, which is made for lists. */
static void
on_new (GtkWidget *widget, const char *action, GVariant *parameter)
{
  gtk_widget_activate_action (widget, "win.new", NULL);
}

static void
on_fold_all (GtkWidget *widget, const char *action, GVariant *parameter)
{
  KafConventionsPage *self = KAF_CONVENTIONS_PAGE (widget);
  gboolean unfold = g_str_equal (action, "convention.unfold-all");

  /* What unfolds on the way is walked over as well. */
  for (guint i = 0; i < g_list_model_get_n_items (G_LIST_MODEL (self->selection)); i++)
    {
      g_autoptr (GtkTreeListRow) row = g_list_model_get_item (G_LIST_MODEL (self->selection), i);

      gtk_tree_list_row_set_expanded (row, unfold);
    }
}

/* The keyboard goes where the choice goes: to the row's own widget, when it has the focus. */
static void
choose_row (KafConventionsPage *self, guint place)
{
  gtk_single_selection_set_selected (self->selection, place);
  gtk_widget_activate_action (self->view, "list.scroll-to-item", "u", place);
  if (gtk_widget_get_focus_child (self->view) == NULL)
    return;
  for (GtkWidget *row = gtk_widget_get_first_child (self->view); row != NULL;
       row = gtk_widget_get_next_sibling (row))
    if (gtk_widget_get_state_flags (row) & GTK_STATE_FLAG_SELECTED)
      gtk_widget_grab_focus (row);
}

/* Folds the row, or goes to what it stands within. */
static void
on_fold (GtkWidget *widget, const char *action, GVariant *parameter)
{
  KafConventionsPage *self = KAF_CONVENTIONS_PAGE (widget);
  GtkTreeListRow *row = gtk_single_selection_get_selected_item (self->selection);
  g_autoptr (GtkTreeListRow) above = NULL;

  if (row == NULL)
    return;
  above = gtk_tree_list_row_get_parent (row);
  if (gtk_tree_list_row_get_expanded (row))
    gtk_tree_list_row_set_expanded (row, FALSE);
  else if (above != NULL)
    choose_row (self, gtk_tree_list_row_get_position (above));
}

/* Unfolds the row, or goes to the first within it. */
static void
on_unfold (GtkWidget *widget, const char *action, GVariant *parameter)
{
  KafConventionsPage *self = KAF_CONVENTIONS_PAGE (widget);
  GtkTreeListRow *row = gtk_single_selection_get_selected_item (self->selection);

  if (row == NULL || !gtk_tree_list_row_is_expandable (row))
    return;
  if (gtk_tree_list_row_get_expanded (row))
    choose_row (self, gtk_tree_list_row_get_position (row) + 1);
  else
    gtk_tree_list_row_set_expanded (row, TRUE);
}

static void
on_zoom (GtkWidget *widget, const char *action, GVariant *parameter)
{
  KafConventionsPage *self = KAF_CONVENTIONS_PAGE (widget);

  if (!kaf_time_scale_zoom (self->scale, g_str_equal (action, "convention.zoom-in") ? 1 : -1))
    gtk_widget_error_bell (widget);
}

static void
on_search (GtkWidget *widget, const char *action, GVariant *parameter)
{
  kaf_conventions_page_focus_search (KAF_CONVENTIONS_PAGE (widget));
}

static void
on_row_activated (GtkListView *view, guint place, KafConventionsPage *self)
{
  KafConventionItem *item = get_item (self, place);

  if (item != NULL)
    open_record (self, "convention", kaf_convention_item_get_act (item)->id);
}

/* The class */

static void
kaf_conventions_page_get_property (GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
  g_value_set_string (value, shown_names[KAF_CONVENTIONS_PAGE (object)->shown]);
}

static void
kaf_conventions_page_set_property (GObject *object,
                                   guint id,
                                   const GValue *value,
                                   GParamSpec *pspec)
{
  KafConventionsPage *self = KAF_CONVENTIONS_PAGE (object);

  for (guint i = 0; i < G_N_ELEMENTS (shown_names); i++)
    if (g_strcmp0 (g_value_get_string (value), shown_names[i]) == 0 && self->shown != i)
      {
        self->shown = i;
        show_tree (self);
        g_object_notify_by_pspec (object, pspec);
      }
}

static void
kaf_conventions_page_dispose (GObject *object)
{
  KafConventionsPage *self = KAF_CONVENTIONS_PAGE (object);

  g_cancellable_cancel (self->cancellable);
  g_cancellable_cancel (self->details_cancellable);
  if (self->selection != NULL)
    g_signal_handlers_disconnect_by_data (self->selection, self);
  G_OBJECT_CLASS (kaf_conventions_page_parent_class)->dispose (object);
}

static void
kaf_conventions_page_finalize (GObject *object)
{
  KafConventionsPage *self = KAF_CONVENTIONS_PAGE (object);

  g_clear_object (&self->cancellable);
  g_clear_object (&self->details_cancellable);
  g_clear_pointer (&self->data, kaf_convention_data_unref);
  g_clear_object (&self->scale);
  g_clear_object (&self->selection);
  g_clear_object (&self->store);
  g_free (self->chosen);
  g_hash_table_unref (self->folded);
  G_OBJECT_CLASS (kaf_conventions_page_parent_class)->finalize (object);
}

static void
add_actions (GtkWidgetClass *klass)
{
  const GdkModifierType control = GDK_CONTROL_MASK;

  gtk_widget_class_install_action (klass, "convention.open", "(ss)", on_open);
  gtk_widget_class_install_action (klass, "convention.open-chosen", NULL, on_open_chosen);
  gtk_widget_class_install_action (klass, "convention.add-child", NULL, on_add_child);
  gtk_widget_class_install_action (klass, "convention.add-commitment", NULL, on_add_commitment);
  gtk_widget_class_install_action (klass, "convention.fulfil", "s", on_fulfil);
  gtk_widget_class_install_action (klass, "convention.fulfil-one", NULL, on_fulfil_one);
  gtk_widget_class_install_action (klass, "convention.list", NULL, on_list);
  gtk_widget_class_install_action (klass, "convention.retry", NULL, on_retry);
  gtk_widget_class_install_action (klass, "convention.retry-chosen", NULL, on_retry);
  gtk_widget_class_install_action (klass, "list.new", NULL, on_new);
  gtk_widget_class_install_action (klass, "convention.fold", NULL, on_fold);
  gtk_widget_class_install_action (klass, "convention.unfold", NULL, on_unfold);
  gtk_widget_class_install_action (klass, "convention.fold-all", NULL, on_fold_all);
  gtk_widget_class_install_action (klass, "convention.unfold-all", NULL, on_fold_all);
  gtk_widget_class_install_action (klass, "convention.zoom-in", NULL, on_zoom);
  gtk_widget_class_install_action (klass, "convention.zoom-out", NULL, on_zoom);
  gtk_widget_class_install_action (klass, "convention.search", NULL, on_search);
  gtk_widget_class_install_property_action (klass, "convention.shown", "shown");
  gtk_widget_class_add_binding_action (klass, GDK_KEY_n, control | GDK_SHIFT_MASK,
                                       "convention.add-child", NULL);
  gtk_widget_class_add_binding_action (klass, GDK_KEY_d, control | GDK_SHIFT_MASK,
                                       "convention.add-commitment", NULL);
  gtk_widget_class_add_binding_action (klass, GDK_KEY_d, control, "convention.fulfil-one", NULL);
  gtk_widget_class_add_binding_action (klass, GDK_KEY_plus, control, "convention.zoom-in", NULL);
  gtk_widget_class_add_binding_action (klass, GDK_KEY_KP_Add, control, "convention.zoom-in", NULL);
  gtk_widget_class_add_binding_action (klass, GDK_KEY_minus, control, "convention.zoom-out", NULL);
  gtk_widget_class_add_binding_action (klass, GDK_KEY_KP_Subtract, control, "convention.zoom-out",
                                       NULL);
}

static void
kaf_conventions_page_class_init (KafConventionsPageClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->get_property = kaf_conventions_page_get_property;
  object_class->set_property = kaf_conventions_page_set_property;
  object_class->dispose = kaf_conventions_page_dispose;
  object_class->finalize = kaf_conventions_page_finalize;
  g_object_class_install_property (
      object_class, PROP_SHOWN,
      g_param_spec_string ("shown", NULL, NULL, shown_names[0],
                           G_PARAM_READWRITE | G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS));
  add_actions (GTK_WIDGET_CLASS (klass));
}

/* Its parts */

static GMenuModel *
make_menu (void)
{
  static const char *const labels[] = { N_ ("All"),
                                        N_ ("In force"),
                                        N_ ("Lapsing"),
                                        N_ ("Of unknown term"),
                                        N_ ("Expired or ended"),
                                        N_ ("In preparation") };
  g_autoptr (GMenu) menu = g_menu_new ();
  g_autoptr (GMenu) states = g_menu_new ();
  g_autoptr (GMenu) tree = g_menu_new ();
  g_autoptr (GMenu) more = g_menu_new ();

  for (guint i = 0; i < G_N_ELEMENTS (labels); i++)
    {
      g_autoptr (GMenuItem) item = g_menu_item_new (_ (labels[i]), NULL);

      g_menu_item_set_action_and_target (item, "convention.shown", "s", shown_names[i]);
      g_menu_append_item (states, item);
    }
  g_menu_append (tree, _ ("Unfold All"), "convention.unfold-all");
  g_menu_append (tree, _ ("Fold All"), "convention.fold-all");
  g_menu_append (tree, _ ("Closer Dates"), "convention.zoom-in");
  g_menu_append (tree, _ ("More Years"), "convention.zoom-out");
  g_menu_append (more, _ ("Add Within or Amend…"), "convention.add-child");
  g_menu_append (more, _ ("As a List…"), "convention.list");
  g_menu_append (more, _ ("Print or Save as PDF…"), "win.print");
  g_menu_append_section (menu, _ ("Show"), G_MENU_MODEL (states));
  g_menu_append_section (menu, NULL, G_MENU_MODEL (tree));
  g_menu_append_section (menu, NULL, G_MENU_MODEL (more));
  return G_MENU_MODEL (g_steal_pointer (&menu));
}

static void
name_button (GtkWidget *button, const char *name)
{
  kaf_tooltip_set (button, name);
  gtk_accessible_update_property (GTK_ACCESSIBLE (button), GTK_ACCESSIBLE_PROPERTY_LABEL, name, -1);
}

static GtkWidget *
make_header (KafConventionsPage *self)
{
  GtkWidget *header = adw_header_bar_new ();
  GtkWidget *add = gtk_button_new_from_icon_name ("list-add-symbolic");
  GtkWidget *menu = gtk_menu_button_new ();
  g_autoptr (GMenuModel) model = make_menu ();

  self->title = adw_window_title_new (_ ("Conventions"), NULL);
  adw_header_bar_set_title_widget (ADW_HEADER_BAR (header), self->title);
  gtk_actionable_set_action_name (GTK_ACTIONABLE (add), "win.new");
  name_button (add, _ ("Add a Convention"));
  adw_header_bar_pack_start (ADW_HEADER_BAR (header), add);
  self->add = add;
  gtk_menu_button_set_icon_name (GTK_MENU_BUTTON (menu), "view-more-symbolic");
  kaf_lazy_menu_set (GTK_MENU_BUTTON (menu), model);
  name_button (menu, _ ("View and More"));
  adw_header_bar_pack_end (ADW_HEADER_BAR (header), menu);
  self->search_button = gtk_toggle_button_new ();
  gtk_button_set_icon_name (GTK_BUTTON (self->search_button), "system-search-symbolic");
  name_button (self->search_button, _ ("Search"));
  adw_header_bar_pack_end (ADW_HEADER_BAR (header), self->search_button);
  return header;
}

static GtkWidget *
make_search (KafConventionsPage *self)
{
  self->search = gtk_search_entry_new ();
  gtk_widget_set_hexpand (self->search, TRUE);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->search), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  _ ("Title, party or reference"), -1);
  g_signal_connect_swapped (self->search, "search-changed", G_CALLBACK (show_tree), self);
  g_signal_connect_swapped (self->search, "activate", G_CALLBACK (kaf_conventions_page_focus_rows),
                            self);
  self->search_bar = gtk_search_bar_new ();
  gtk_search_bar_set_child (GTK_SEARCH_BAR (self->search_bar), self->search);
  gtk_search_bar_connect_entry (GTK_SEARCH_BAR (self->search_bar), GTK_EDITABLE (self->search));
  g_object_bind_property (self->search_button, "active", self->search_bar, "search-mode-enabled",
                          G_BINDING_BIDIRECTIONAL);
  return self->search_bar;
}

static void
on_setup (GtkSignalListItemFactory *factory, GtkListItem *item, KafConventionsPage *self)
{
  gtk_list_item_set_child (item, kaf_convention_row_new (self->scale));
}

static void
on_bind (GtkSignalListItemFactory *factory, GtkListItem *item, KafConventionsPage *self)
{
  kaf_convention_row_bind (KAF_CONVENTION_ROW (gtk_list_item_get_child (item)),
                           gtk_list_item_get_item (item));
}

static void
on_unbind (GtkSignalListItemFactory *factory, GtkListItem *item, KafConventionsPage *self)
{
  kaf_convention_row_bind (KAF_CONVENTION_ROW (gtk_list_item_get_child (item)), NULL);
}

/* In the rows alone, and before they see them: a row's expander folds by + and − whatever they are for. */
static void
add_row_keys (KafConventionsPage *self)
{
  gboolean rtl = gtk_widget_get_default_direction () == GTK_TEXT_DIR_RTL;
  const struct
  {
    const char *keys;
    const char *action;
  } keys[] = {
    { rtl ? "Right|KP_Right" : "Left|KP_Left", "convention.fold" },
    { rtl ? "Left|KP_Left" : "Right|KP_Right", "convention.unfold" },
    { "plus|<Shift>plus|equal|KP_Add", "convention.zoom-in" },
    { "minus|KP_Subtract", "convention.zoom-out" },
  };
  GtkEventController *controller = gtk_shortcut_controller_new ();

  gtk_event_controller_set_propagation_phase (controller, GTK_PHASE_CAPTURE);
  for (guint i = 0; i < G_N_ELEMENTS (keys); i++)
    gtk_shortcut_controller_add_shortcut (
        GTK_SHORTCUT_CONTROLLER (controller),
        gtk_shortcut_new (gtk_shortcut_trigger_parse_string (keys[i].keys),
                          gtk_named_action_new (keys[i].action)));
  gtk_widget_add_controller (self->view, controller);
}

static GtkWidget *
make_view (KafConventionsPage *self)
{
  GtkListItemFactory *factory = gtk_signal_list_item_factory_new ();
  GtkWidget *scrolled = gtk_scrolled_window_new ();

  g_signal_connect_object (factory, "setup", G_CALLBACK (on_setup), self, 0);
  g_signal_connect_object (factory, "bind", G_CALLBACK (on_bind), self, 0);
  g_signal_connect_object (factory, "unbind", G_CALLBACK (on_unbind), self, 0);
  self->selection = gtk_single_selection_new (NULL);
  g_signal_connect_swapped (self->selection, "notify::selected", G_CALLBACK (on_selected), self);
  self->view = gtk_list_view_new (GTK_SELECTION_MODEL (g_object_ref (self->selection)), factory);
  g_signal_connect (self->view, "activate", G_CALLBACK (on_row_activated), self);
  add_row_keys (self);
  gtk_widget_add_css_class (self->view, "kaf-conventions");
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->view), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  _ ("Conventions"), -1);
  gtk_scrolled_window_set_policy (GTK_SCROLLED_WINDOW (scrolled), GTK_POLICY_NEVER,
                                  GTK_POLICY_AUTOMATIC);
  gtk_scrolled_window_set_child (GTK_SCROLLED_WINDOW (scrolled), self->view);
  gtk_widget_set_vexpand (scrolled, TRUE);
  return scrolled;
}

static GtkWidget *
make_tree (KafConventionsPage *self)
{
  GtkWidget *paned = gtk_paned_new (GTK_ORIENTATION_VERTICAL);
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);
  GtkWidget *heading = gtk_label_new (_ ("Convention"));
  GtkWidget *split;

  gtk_label_set_xalign (GTK_LABEL (heading), 0);
  gtk_widget_add_css_class (heading, "caption");
  gtk_widget_add_css_class (heading, "dim-label");
  split = kaf_split_new (heading, kaf_time_axis_new (self->scale));
  gtk_widget_add_css_class (split, "kaf-conventions-heading");
  gtk_box_append (GTK_BOX (box), split);
  gtk_box_append (GTK_BOX (box), make_view (self));
  gtk_widget_add_css_class (box, "view");

  self->panel = kaf_convention_panel_new ();
  gtk_paned_set_start_child (GTK_PANED (paned), box);
  self->details_frame = kaf_read_frame_new (self->panel, _ ("The Convention Could Not Be Read"),
                                            "convention.retry-chosen");
  gtk_paned_set_end_child (GTK_PANED (paned), self->details_frame);
  gtk_paned_set_shrink_start_child (GTK_PANED (paned), FALSE);
  gtk_paned_set_position (GTK_PANED (paned), TREE_HEIGHT);
  return paned;
}

static GtkWidget *
make_nothing (void)
{
  GtkWidget *page = adw_status_page_new ();

  adw_status_page_set_icon_name (ADW_STATUS_PAGE (page), "system-search-symbolic");
  adw_status_page_set_title (ADW_STATUS_PAGE (page), _ ("No Convention Found"));
  adw_status_page_set_description (ADW_STATUS_PAGE (page),
                                   _ ("Search for fewer words, or show all states from the menu."));
  return page;
}

static void
kaf_conventions_page_init (KafConventionsPage *self)
{
  self->cancellable = g_cancellable_new ();
  self->scale = kaf_time_scale_new ();
  self->folded = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  gtk_orientable_set_orientation (GTK_ORIENTABLE (self), GTK_ORIENTATION_VERTICAL);
  gtk_box_append (GTK_BOX (self), make_header (self));
  gtk_box_append (GTK_BOX (self), make_search (self));
  self->stack = gtk_stack_new ();
  gtk_stack_add_named (GTK_STACK (self->stack), gtk_label_new (NULL), "reading");
  gtk_stack_add_named (GTK_STACK (self->stack), make_tree (self), "tree");
  gtk_stack_add_named (GTK_STACK (self->stack), make_nothing (), "nothing");
  self->frame =
      kaf_read_frame_new (self->stack, _ ("The Conventions Could Not Be Read"), "convention.retry");
  gtk_widget_set_vexpand (self->frame, TRUE);
  gtk_box_append (GTK_BOX (self), self->frame);
}

GtkWidget *
kaf_conventions_page_new (KafStore *store)
{
  KafConventionsPage *self = g_object_new (KAF_TYPE_CONVENTIONS_PAGE, NULL);

  self->store = g_object_ref (store);
  self->empty = kaf_list_empty_new (kaf_registry_find ("convention"), store);
  gtk_stack_add_named (GTK_STACK (self->stack), self->empty, "empty");
  update_actions (self);
  g_signal_connect_object (store, "changed", G_CALLBACK (refresh), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (kaf_day_watch_get_default (), "changed", G_CALLBACK (refresh), self,
                           G_CONNECT_SWAPPED);
  refresh (self);
  return GTK_WIDGET (self);
}

gboolean
kaf_conventions_page_is_settled (KafConventionsPage *self)
{
  g_return_val_if_fail (KAF_IS_CONVENTIONS_PAGE (self), FALSE);
  return (self->data != NULL || kaf_read_frame_has_failed (KAF_READ_FRAME (self->frame))) &&
         !self->reading && !self->reading_details;
}

void
kaf_conventions_page_focus_search (KafConventionsPage *self)
{
  g_return_if_fail (KAF_IS_CONVENTIONS_PAGE (self));

  gtk_search_bar_set_search_mode (GTK_SEARCH_BAR (self->search_bar), TRUE);
  gtk_widget_grab_focus (self->search);
}

void
kaf_conventions_page_focus_rows (KafConventionsPage *self)
{
  g_return_if_fail (KAF_IS_CONVENTIONS_PAGE (self));
  gtk_widget_grab_focus (self->view);
}

guint
kaf_conventions_page_get_n_rows (KafConventionsPage *self)
{
  g_return_val_if_fail (KAF_IS_CONVENTIONS_PAGE (self), 0);
  return g_list_model_get_n_items (G_LIST_MODEL (self->selection));
}

const char *
kaf_conventions_page_get_title (KafConventionsPage *self, guint row)
{
  KafConventionItem *item;

  g_return_val_if_fail (KAF_IS_CONVENTIONS_PAGE (self), NULL);

  item = get_item (self, row);
  return item != NULL ? kaf_convention_item_get_act (item)->title : NULL;
}

const char *
kaf_conventions_page_get_chosen (KafConventionsPage *self)
{
  g_return_val_if_fail (KAF_IS_CONVENTIONS_PAGE (self), NULL);
  return self->chosen;
}

void
kaf_conventions_page_choose (KafConventionsPage *self, guint row)
{
  g_return_if_fail (KAF_IS_CONVENTIONS_PAGE (self));
  gtk_single_selection_set_selected (self->selection, row);
}
