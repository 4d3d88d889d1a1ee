/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Letters go to the search wherever the focus is in it; Down leads to the items, Enter takes the first that is left. */
#include "config.h"

#include "ui/segment/kaf-pick-button.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "base/kaf-fold.h"

#define HEIGHT_MAX 360

struct _KafPickButton
{
  GtkWidget parent_instance;

  GtkWidget *button; /* menu button */
  GtkWidget *popover;
  GtkWidget *search;
  GtkListBox *items;
  char **words;
};

G_DEFINE_FINAL_TYPE (KafPickButton, kaf_pick_button, GTK_TYPE_WIDGET)

enum
{
  PICKED,
  N_SIGNALS,
};

static guint signals[N_SIGNALS];

static gboolean
row_matches (GtkListBoxRow *row, gpointer data)
{
  KafPickButton *self = data;
  const char *folded = g_object_get_data (G_OBJECT (row), "folded");

  for (guint i = 0; self->words != NULL && self->words[i] != NULL; i++)
    if (strstr (folded, self->words[i]) == NULL)
      return FALSE;
  return TRUE;
}

static void
update_header (GtkListBoxRow *row, GtkListBoxRow *before, gpointer data)
{
  const char *group = g_object_get_data (G_OBJECT (row), "group");
  GtkWidget *label;

  if (before != NULL && g_strcmp0 (g_object_get_data (G_OBJECT (before), "group"), group) == 0)
    {
      gtk_list_box_row_set_header (row, NULL);
      return;
    }
  label = gtk_label_new (group);
  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_widget_add_css_class (label, "caption-heading");
  gtk_widget_add_css_class (label, "dim-label");
  gtk_widget_set_margin_top (label, 6);
  gtk_widget_set_margin_start (label, 6);
  gtk_list_box_row_set_header (row, label);
}

static GtkListBoxRow *
first_match (KafPickButton *self)
{
  GtkListBoxRow *row;

  for (int i = 0; (row = gtk_list_box_get_row_at_index (self->items, i)) != NULL; i++)
    if (gtk_widget_get_child_visible (GTK_WIDGET (row)))
      return row;
  return NULL;
}

static void
search_cb (KafPickButton *self)
{
  const char *text = gtk_editable_get_text (GTK_EDITABLE (self->search));

  g_clear_pointer (&self->words, g_strfreev);
  if (*text != '\0')
    self->words = kaf_fold_words (text);
  gtk_list_box_invalidate_filter (self->items);
}

static void
activated_cb (GtkListBox *box, GtkListBoxRow *row, KafPickButton *self)
{
  guint index = (guint) gtk_list_box_row_get_index (row);

  gtk_popover_popdown (GTK_POPOVER (self->popover));
  g_signal_emit (self, signals[PICKED], 0, index);
}

static void
search_activated_cb (KafPickButton *self)
{
  GtkListBoxRow *row = first_match (self);

  if (row != NULL)
    activated_cb (self->items, row, self);
}

static gboolean
key_cb (GtkEventControllerKey *keys,
        guint keyval,
        guint keycode,
        GdkModifierType state,
        KafPickButton *self)
{
  GtkListBoxRow *row = first_match (self);

  if ((keyval != GDK_KEY_Down && keyval != GDK_KEY_KP_Down) || row == NULL)
    return GDK_EVENT_PROPAGATE;
  return gtk_widget_grab_focus (GTK_WIDGET (row));
}

static void
show_cb (KafPickButton *self)
{
  gtk_editable_set_text (GTK_EDITABLE (self->search), "");
  gtk_widget_grab_focus (self->search);
}

static void
kaf_pick_button_dispose (GObject *object)
{
  KafPickButton *self = KAF_PICK_BUTTON (object);

  g_clear_pointer (&self->button, gtk_widget_unparent);
  G_OBJECT_CLASS (kaf_pick_button_parent_class)->dispose (object);
}

static void
kaf_pick_button_finalize (GObject *object)
{
  g_strfreev (KAF_PICK_BUTTON (object)->words);
  G_OBJECT_CLASS (kaf_pick_button_parent_class)->finalize (object);
}

static void
kaf_pick_button_class_init (KafPickButtonClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = kaf_pick_button_dispose;
  G_OBJECT_CLASS (klass)->finalize = kaf_pick_button_finalize;
  gtk_widget_class_set_layout_manager_type (GTK_WIDGET_CLASS (klass), GTK_TYPE_BIN_LAYOUT);
  signals[PICKED] = g_signal_new ("picked", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL,
                                  NULL, NULL, G_TYPE_NONE, 1, G_TYPE_UINT);
}

static void
add_search (KafPickButton *self, GtkWidget *page)
{
  GtkEventController *keys = gtk_event_controller_key_new ();

  self->search = gtk_search_entry_new ();
  g_object_set (self->search, "placeholder-text", _ ("Search"), "search-delay", 0, NULL);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->search), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  _ ("Search"), -1);
  gtk_search_entry_set_key_capture_widget (GTK_SEARCH_ENTRY (self->search), page);
  g_signal_connect_swapped (self->search, "search-changed", G_CALLBACK (search_cb), self);
  g_signal_connect_swapped (self->search, "activate", G_CALLBACK (search_activated_cb), self);
  g_signal_connect_swapped (self->search, "stop-search", G_CALLBACK (gtk_popover_popdown),
                            self->popover);
  gtk_event_controller_set_propagation_phase (keys, GTK_PHASE_CAPTURE);
  g_signal_connect (keys, "key-pressed", G_CALLBACK (key_cb), self);
  gtk_widget_add_controller (self->search, keys);
  gtk_box_append (GTK_BOX (page), self->search);
}

static void
kaf_pick_button_init (KafPickButton *self)
{
  GtkWidget *page = gtk_box_new (GTK_ORIENTATION_VERTICAL, 6);
  GtkWidget *scroller = gtk_scrolled_window_new ();

  self->popover = gtk_popover_new ();
  add_search (self, page);
  self->items = GTK_LIST_BOX (gtk_list_box_new ());
  gtk_list_box_set_selection_mode (self->items, GTK_SELECTION_NONE);
  gtk_list_box_set_filter_func (self->items, row_matches, self, NULL);
  gtk_list_box_set_header_func (self->items, update_header, NULL, NULL);
  g_signal_connect (self->items, "row-activated", G_CALLBACK (activated_cb), self);
  gtk_scrolled_window_set_policy (GTK_SCROLLED_WINDOW (scroller), GTK_POLICY_NEVER,
                                  GTK_POLICY_AUTOMATIC);
  gtk_scrolled_window_set_propagate_natural_height (GTK_SCROLLED_WINDOW (scroller), TRUE);
  gtk_scrolled_window_set_max_content_height (GTK_SCROLLED_WINDOW (scroller), HEIGHT_MAX);
  gtk_scrolled_window_set_child (GTK_SCROLLED_WINDOW (scroller), GTK_WIDGET (self->items));
  gtk_box_append (GTK_BOX (page), scroller);
  gtk_popover_set_child (GTK_POPOVER (self->popover), page);
  g_signal_connect_swapped (self->popover, "show", G_CALLBACK (show_cb), self);
  self->button = gtk_menu_button_new ();
  gtk_menu_button_set_popover (GTK_MENU_BUTTON (self->button), self->popover);
  gtk_widget_set_parent (self->button, GTK_WIDGET (self));
}

GtkWidget *
kaf_pick_button_new (const char *label, const char *icon)
{
  KafPickButton *self = g_object_new (KAF_TYPE_PICK_BUTTON, NULL);

  if (icon != NULL)
    {
      GtkWidget *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 6);
      GtkWidget *text = gtk_label_new (label);

      gtk_label_set_ellipsize (GTK_LABEL (text), PANGO_ELLIPSIZE_END);
      gtk_box_append (GTK_BOX (box), gtk_image_new_from_icon_name (icon));
      gtk_box_append (GTK_BOX (box), text);
      gtk_menu_button_set_child (GTK_MENU_BUTTON (self->button), box);
      gtk_widget_add_css_class (self->button, "flat");
    }
  kaf_pick_button_set_label (self, label);
  return GTK_WIDGET (self);
}

void
kaf_pick_button_set_label (KafPickButton *self, const char *label)
{
  g_return_if_fail (KAF_IS_PICK_BUTTON (self));

  if (gtk_menu_button_get_child (GTK_MENU_BUTTON (self->button)) == NULL)
    gtk_menu_button_set_label (GTK_MENU_BUTTON (self->button), label);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->button), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  label, -1);
}

void
kaf_pick_button_add (KafPickButton *self, const char *group, const char *label)
{
  GtkWidget *row = gtk_list_box_row_new ();
  GtkWidget *text = gtk_label_new (label);

  g_return_if_fail (KAF_IS_PICK_BUTTON (self));

  gtk_label_set_xalign (GTK_LABEL (text), 0);
  gtk_label_set_ellipsize (GTK_LABEL (text), PANGO_ELLIPSIZE_END);
  gtk_list_box_row_set_child (GTK_LIST_BOX_ROW (row), text);
  gtk_accessible_update_property (GTK_ACCESSIBLE (row), GTK_ACCESSIBLE_PROPERTY_LABEL, label, -1);
  g_object_set_data_full (G_OBJECT (row), "folded", kaf_fold (label), g_free);
  g_object_set_data_full (G_OBJECT (row), "group", g_strdup (group), g_free);
  gtk_list_box_append (self->items, row);
}

void
kaf_pick_button_pick (KafPickButton *self, guint index)
{
  GtkListBoxRow *row;

  g_return_if_fail (KAF_IS_PICK_BUTTON (self));

  row = gtk_list_box_get_row_at_index (self->items, (int) index);
  g_return_if_fail (row != NULL);
  activated_cb (self->items, row, self);
}

void
kaf_pick_button_open (KafPickButton *self)
{
  g_return_if_fail (KAF_IS_PICK_BUTTON (self));

  gtk_menu_button_popup (GTK_MENU_BUTTON (self->button));
}
