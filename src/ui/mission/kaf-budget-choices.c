/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "ui/mission/kaf-budget-choices.h"

#include "ui/form/kaf-reference-picker.h"

#define MAX_HEIGHT 320 /* px */
#define ID "kaf-choice"

struct _KafBudgetChoices
{
  GtkPopover parent_instance;

  GtkWidget *list;
  GtkWidget *search; /* the last row; nullable */
  KafStore *store;
  const char *target; /* static */
  char *title;
};

G_DEFINE_FINAL_TYPE (KafBudgetChoices, kaf_budget_choices, GTK_TYPE_POPOVER)

enum
{
  SIGNAL_CHOSEN,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

static void
take (KafBudgetChoices *self, const char *id)
{
  g_autofree char *kept = g_strdup (id);

  gtk_popover_popdown (GTK_POPOVER (self));
  g_signal_emit (self, signals[SIGNAL_CHOSEN], 0, kept);
}

static void
on_picked (KafBudgetChoices *self, const char *id, const char *title)
{
  g_autofree char *kept = g_strdup (id);

  g_signal_emit (self, signals[SIGNAL_CHOSEN], 0, kept);
}

/* Its own parent goes with it: what is written last is the cell. */
static void
on_picker_closed (GtkWidget *picker)
{
  gtk_widget_unparent (picker);
}

static void
search (KafBudgetChoices *self)
{
  GtkWidget *cell = gtk_widget_get_parent (GTK_WIDGET (self));
  GtkWidget *picker = kaf_reference_picker_new (self->store, self->target, self->title);

  g_signal_connect_object (picker, "picked", G_CALLBACK (on_picked), self, G_CONNECT_SWAPPED);
  /* This one stays while the other searches, since it says what was found. */
  g_object_set_data_full (G_OBJECT (picker), "kaf-choices", g_object_ref (self), g_object_unref);
  g_signal_connect (picker, "closed", G_CALLBACK (on_picker_closed), NULL);
  gtk_popover_popdown (GTK_POPOVER (self));
  gtk_widget_set_parent (picker, cell);
  gtk_popover_popup (GTK_POPOVER (picker));
}

static void
on_row_activated (KafBudgetChoices *self, GtkListBoxRow *row)
{
  if (GTK_WIDGET (row) == self->search)
    search (self);
  else
    take (self, g_object_get_data (G_OBJECT (row), ID));
}

static gboolean
unparent_later (gpointer data)
{
  GtkWidget *widget = data;

  if (gtk_widget_get_parent (widget) != NULL)
    gtk_widget_unparent (widget);
  g_object_unref (widget);
  return G_SOURCE_REMOVE;
}

static void
on_closed (KafBudgetChoices *self)
{
  GtkWidget *cell = gtk_widget_get_parent (GTK_WIDGET (self));

  if (cell != NULL)
    gtk_widget_grab_focus (cell);
  g_idle_add (unparent_later, g_object_ref (self));
}

static void
kaf_budget_choices_finalize (GObject *object)
{
  KafBudgetChoices *self = KAF_BUDGET_CHOICES (object);

  g_clear_object (&self->store);
  g_free (self->title);
  G_OBJECT_CLASS (kaf_budget_choices_parent_class)->finalize (object);
}

static void
kaf_budget_choices_class_init (KafBudgetChoicesClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = kaf_budget_choices_finalize;
  signals[SIGNAL_CHOSEN] = g_signal_new ("chosen", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0,
                                         NULL, NULL, NULL, G_TYPE_NONE, 1, G_TYPE_STRING);
}

static void
kaf_budget_choices_init (KafBudgetChoices *self)
{
  GtkWidget *scrolled = gtk_scrolled_window_new ();

  self->list = gtk_list_box_new ();
  gtk_list_box_set_selection_mode (GTK_LIST_BOX (self->list), GTK_SELECTION_BROWSE);
  gtk_widget_add_css_class (self->list, "kaf-results");
  g_signal_connect_swapped (self->list, "row-activated", G_CALLBACK (on_row_activated), self);
  gtk_scrolled_window_set_policy (GTK_SCROLLED_WINDOW (scrolled), GTK_POLICY_NEVER,
                                  GTK_POLICY_AUTOMATIC);
  gtk_scrolled_window_set_propagate_natural_height (GTK_SCROLLED_WINDOW (scrolled), TRUE);
  gtk_scrolled_window_set_propagate_natural_width (GTK_SCROLLED_WINDOW (scrolled), TRUE);
  gtk_scrolled_window_set_max_content_height (GTK_SCROLLED_WINDOW (scrolled), MAX_HEIGHT);
  gtk_scrolled_window_set_child (GTK_SCROLLED_WINDOW (scrolled), self->list);
  gtk_popover_set_child (GTK_POPOVER (self), scrolled);
  g_signal_connect (self, "closed", G_CALLBACK (on_closed), NULL);
}

GtkWidget *
kaf_budget_choices_new (const char *title)
{
  KafBudgetChoices *self = g_object_new (KAF_TYPE_BUDGET_CHOICES, NULL);

  self->title = g_strdup (title);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_LABEL, title, -1);
  return GTK_WIDGET (self);
}

static GtkWidget *
row_new (const char *text, const char *aside)
{
  GtkWidget *row = gtk_list_box_row_new ();
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 12);
  GtkWidget *label = gtk_label_new (text);

  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_label_set_ellipsize (GTK_LABEL (label), PANGO_ELLIPSIZE_END);
  gtk_label_set_width_chars (GTK_LABEL (label), 12);
  gtk_label_set_max_width_chars (GTK_LABEL (label), 40);
  gtk_widget_set_hexpand (label, TRUE);
  gtk_box_append (GTK_BOX (box), label);
  if (aside != NULL)
    {
      GtkWidget *more = gtk_label_new (aside);

      gtk_widget_add_css_class (more, "dim-label");
      gtk_widget_add_css_class (more, "caption");
      gtk_box_append (GTK_BOX (box), more);
    }
  gtk_widget_add_css_class (box, "kaf-popover");
  gtk_list_box_row_set_child (GTK_LIST_BOX_ROW (row), box);
  return row;
}

static GtkWidget *
find_row (KafBudgetChoices *self, const char *id)
{
  for (GtkWidget *row = gtk_widget_get_first_child (self->list); row != NULL;
       row = gtk_widget_get_next_sibling (row))
    if (row != self->search && g_strcmp0 (g_object_get_data (G_OBJECT (row), ID), id) == 0)
      return row;
  return NULL;
}

void
kaf_budget_choices_add (
    KafBudgetChoices *self, const char *id, const char *text, const char *aside, gboolean chosen)
{
  GtkWidget *row;

  g_return_if_fail (KAF_IS_BUDGET_CHOICES (self));

  if (find_row (self, id) != NULL)
    return;
  row = row_new (text, aside);
  g_object_set_data_full (G_OBJECT (row), ID, g_strdup (id), g_free);
  gtk_list_box_append (GTK_LIST_BOX (self->list), row);
  if (chosen || gtk_list_box_get_selected_row (GTK_LIST_BOX (self->list)) == NULL)
    gtk_list_box_select_row (GTK_LIST_BOX (self->list), GTK_LIST_BOX_ROW (row));
}

void
kaf_budget_choices_add_search (KafBudgetChoices *self,
                               KafStore *store,
                               const char *target,
                               const char *text)
{
  g_return_if_fail (KAF_IS_BUDGET_CHOICES (self));

  g_set_object (&self->store, store);
  self->target = g_intern_string (target);
  self->search = row_new (text, NULL);
  gtk_list_box_append (GTK_LIST_BOX (self->list), self->search);
}

void
kaf_budget_choices_open (KafBudgetChoices *self, GtkWidget *cell)
{
  GtkListBoxRow *row;

  g_return_if_fail (KAF_IS_BUDGET_CHOICES (self));

  gtk_widget_set_parent (GTK_WIDGET (self), cell);
  gtk_popover_popup (GTK_POPOVER (self));
  row = gtk_list_box_get_selected_row (GTK_LIST_BOX (self->list));
  if (row != NULL)
    gtk_widget_grab_focus (GTK_WIDGET (row));
}

gboolean
kaf_budget_choices_choose (KafBudgetChoices *self, const char *id)
{
  g_return_val_if_fail (KAF_IS_BUDGET_CHOICES (self), FALSE);

  if (find_row (self, id) == NULL)
    return FALSE;
  take (self, id);
  return TRUE;
}
