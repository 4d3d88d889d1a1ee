/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Two pages: the fields, then the values of one with check marks, or two dates. A press takes
 * effect at once; the list behind follows. Letters go to the search among values wherever the focus
 * is; Down leads from it to the values, Enter takes the first that is left. */
#include "config.h"

#include "ui/list/kaf-filter-popover.h"

#include <string.h>

#include <glib/gi18n-lib.h>

#include "base/kaf-date.h"
#include "base/kaf-fold.h"
#include "ui/compat/kaf-chevron.h"
#include "ui/compat/kaf-tooltip.h"

/* Values that are seen at a glance need no search. */
#define SEARCHED_FROM 11

struct _KafFilterPopover
{
  GtkPopover parent_instance;

  KafStore *store;
  GPtrArray *filters;
  KafLang lang;
  GCancellable *cancellable;

  GtkStack *stack;
  GtkListBox *fields;
  GtkLabel *title;
  GtkSearchEntry *search;
  GtkWidget *scroller;
  GtkListBox *values;
  GtkWidget *range;
  GtkEntry *from, *to;

  KafFilter *filter; /* the one whose values show */
  KafQuery *query;   /* conditions as this popover last knew them */
  GStrv words;       /* folded words of the search among values */
  gboolean filling;  /* rows and entries are being set, not pressed */
};

G_DEFINE_FINAL_TYPE (KafFilterPopover, kaf_filter_popover, GTK_TYPE_POPOVER)

enum
{
  CONDITION,
  N_SIGNALS,
};

static guint signals[N_SIGNALS];

static void
emit_condition (KafFilterPopover *self, KafOp op, const char *const *values)
{
  kaf_query_set_condition (self->query, self->filter->path, op, values);
  g_signal_emit (self, signals[CONDITION], 0, self->filter->path, (int) op, values);
}

static gboolean
is_chosen (KafFilterPopover *self, const char *code)
{
  const KafCondition *condition = kaf_query_find_condition (self->query, self->filter->path);

  return condition != NULL && condition->op == KAF_OP_ANY_OF &&
         g_strv_contains ((const char *const *) condition->values, code);
}

static void
toggled_cb (GtkCheckButton *button, gpointer data)
{
  KafFilterPopover *self = data;
  const char *code = g_object_get_data (G_OBJECT (button), "code");
  const KafCondition *condition;
  g_autoptr (GStrvBuilder) builder = NULL;
  g_auto (GStrv) values = NULL;

  if (self->filling)
    return;

  builder = g_strv_builder_new ();
  condition = kaf_query_find_condition (self->query, self->filter->path);
  if (condition != NULL && condition->op == KAF_OP_ANY_OF)
    for (guint i = 0; condition->values[i] != NULL; i++)
      if (!g_str_equal (condition->values[i], code))
        g_strv_builder_add (builder, condition->values[i]);
  if (gtk_check_button_get_active (button))
    g_strv_builder_add (builder, code);
  values = g_strv_builder_end (builder);
  emit_condition (self, KAF_OP_ANY_OF, (const char *const *) values);
}

static void
clear_box (GtkListBox *box)
{
  GtkListBoxRow *row;

  while ((row = gtk_list_box_get_row_at_index (box, 0)) != NULL)
    gtk_list_box_remove (box, GTK_WIDGET (row));
}

static void
add_value_row (KafFilterPopover *self, const KafFilterValue *value)
{
  GtkWidget *check = gtk_check_button_new_with_label (value->title);
  GtkWidget *row = gtk_list_box_row_new ();

  g_object_set_data_full (G_OBJECT (check), "code", g_strdup (value->code), g_free);
  g_object_set_data_full (G_OBJECT (row), "folded", g_strdup (value->folded), g_free);
  gtk_check_button_set_active (GTK_CHECK_BUTTON (check), is_chosen (self, value->code));
  g_signal_connect (check, "toggled", G_CALLBACK (toggled_cb), self);
  gtk_widget_set_can_focus (check, FALSE);
  gtk_list_box_row_set_child (GTK_LIST_BOX_ROW (row), check);
  gtk_accessible_update_property (GTK_ACCESSIBLE (row), GTK_ACCESSIBLE_PROPERTY_LABEL, value->title,
                                  -1);
  gtk_list_box_append (self->values, row);
}

static GtkWidget *
first_match (KafFilterPopover *self)
{
  GtkListBoxRow *row;

  for (int i = 0; (row = gtk_list_box_get_row_at_index (self->values, i)) != NULL; i++)
    if (gtk_widget_get_child_visible (GTK_WIDGET (row)))
      break;
  return GTK_WIDGET (row);
}

/* Where one goes on: the search, the values or the dates. */
static void
enter_values (KafFilterPopover *self)
{
  GtkWidget *first = NULL;

  if (gtk_widget_get_visible (GTK_WIDGET (self->search)))
    first = GTK_WIDGET (self->search);
  else if (gtk_widget_get_visible (self->range))
    first = GTK_WIDGET (self->from);
  else
    first = first_match (self);
  if (first != NULL)
    gtk_widget_grab_focus (first);
}

/* Hidden, it takes no letters: they would narrow the values, and nobody could see why. */
static void
show_search (KafFilterPopover *self, gboolean shown)
{
  gtk_widget_set_visible (GTK_WIDGET (self->search), shown);
  gtk_search_entry_set_key_capture_widget (
      self->search, shown ? gtk_widget_get_parent (GTK_WIDGET (self->search)) : NULL);
}

static void
fill_values (KafFilterPopover *self)
{
  const GPtrArray *values = self->filter->values;

  self->filling = TRUE;
  clear_box (self->values);
  /* What is chosen stands first, where it is seen. */
  for (guint pass = 0; pass < 2; pass++)
    for (guint i = 0; i < values->len; i++)
      {
        const KafFilterValue *value = g_ptr_array_index (values, i);

        if (is_chosen (self, value->code) == (pass == 0))
          add_value_row (self, value);
      }
  self->filling = FALSE;
  show_search (self, values->len >= SEARCHED_FROM);
}

static void
loaded_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (KafFilterPopover) self = data;
  g_autoptr (GError) error = NULL;
  KafFilter *filter = self->filter;

  if (filter == NULL || g_cancellable_is_cancelled (self->cancellable))
    return;
  if (kaf_filter_load_finish (filter, self->store, result, &error))
    {
      fill_values (self);
      enter_values (self);
    }
  else if (!g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    g_warning ("values of a filter: %s", error->message);
}

static gboolean
row_matches (GtkListBoxRow *row, gpointer data)
{
  KafFilterPopover *self = data;
  const char *folded = g_object_get_data (G_OBJECT (row), "folded");

  for (guint i = 0; self->words != NULL && self->words[i] != NULL; i++)
    if (strstr (folded, self->words[i]) == NULL)
      return FALSE;

  return TRUE;
}

static void
search_cb (GtkSearchEntry *entry, gpointer data)
{
  KafFilterPopover *self = data;
  const char *text = gtk_editable_get_text (GTK_EDITABLE (entry));

  g_clear_pointer (&self->words, g_strfreev);
  if (text != NULL && text[0] != '\0')
    self->words = kaf_fold_words (text);
  /* Letters typed on a value: it may go from the list, and the focus with it. */
  if (self->words != NULL && gtk_widget_get_focus_child (GTK_WIDGET (entry)) == NULL)
    {
      gtk_widget_grab_focus (GTK_WIDGET (entry));
      gtk_editable_set_position (GTK_EDITABLE (entry), -1);
    }
  gtk_list_box_invalidate_filter (self->values);
}

/* The value that is called just so, wherever it stands; else the first that is left. */
static GtkWidget *
best_match (KafFilterPopover *self, const char *text)
{
  g_autofree char *typed = kaf_fold (text);
  GtkListBoxRow *row;

  for (int i = 0; (row = gtk_list_box_get_row_at_index (self->values, i)) != NULL; i++)
    {
      GtkWidget *check = gtk_list_box_row_get_child (row);
      g_autofree char *title = kaf_fold (gtk_check_button_get_label (GTK_CHECK_BUTTON (check)));

      if (g_str_equal (title, typed))
        return GTK_WIDGET (row);
    }
  return first_match (self);
}

/* What is left of the words typed is meant. */
static void
search_activated_cb (GtkSearchEntry *entry, gpointer data)
{
  KafFilterPopover *self = data;
  GtkWidget *row =
      self->words != NULL ? best_match (self, gtk_editable_get_text (GTK_EDITABLE (entry))) : NULL;

  if (row == NULL)
    return;
  g_signal_emit_by_name (self->values, "row-activated", row);
}

/* Escape takes the words away, then closes. */
static void
search_stopped_cb (GtkSearchEntry *entry, gpointer data)
{
  if (*gtk_editable_get_text (GTK_EDITABLE (entry)) != '\0')
    gtk_editable_set_text (GTK_EDITABLE (entry), "");
  else
    gtk_popover_popdown (GTK_POPOVER (data));
}

static gboolean
search_key_cb (
    GtkEventControllerKey *keys, guint keyval, guint keycode, GdkModifierType state, gpointer data)
{
  KafFilterPopover *self = data;
  GtkWidget *row = first_match (self);

  if ((keyval != GDK_KEY_Down && keyval != GDK_KEY_KP_Down) || row == NULL)
    return FALSE;
  return gtk_widget_grab_focus (row);
}

static void
value_activated_cb (GtkListBox *box, GtkListBoxRow *row, gpointer data)
{
  KafFilterPopover *self = data;
  GtkCheckButton *check = GTK_CHECK_BUTTON (gtk_list_box_row_get_child (row));

  gtk_check_button_set_active (check, !gtk_check_button_get_active (check));
  /* The next words are typed over these. */
  gtk_editable_select_region (GTK_EDITABLE (self->search), 0, -1);
}

/* As a check mark does; by itself a row takes Enter alone. */
static gboolean
value_key_cb (
    GtkEventControllerKey *keys, guint keyval, guint keycode, GdkModifierType state, gpointer data)
{
  KafFilterPopover *self = data;
  GtkWidget *row = gtk_widget_get_focus_child (GTK_WIDGET (self->values));

  if ((keyval != GDK_KEY_space && keyval != GDK_KEY_KP_Space) || row == NULL)
    return FALSE;
  g_signal_emit_by_name (self->values, "row-activated", row);
  return TRUE;
}

static void
field_activated_cb (GtkListBox *box, GtkListBoxRow *row, gpointer data)
{
  KafFilterPopover *self = data;
  KafFilter *filter = g_ptr_array_index (self->filters, (guint) gtk_list_box_row_get_index (row));

  kaf_filter_popover_show_filter (self, filter, self->query);
}

/* A bound that does not read as a date stays, marked, and changes nothing. */
static void
bound_changed_cb (GtkEditable *editable, gpointer data)
{
  KafFilterPopover *self = data;
  KafOp op = GTK_ENTRY (editable) == self->from ? KAF_OP_AT_LEAST : KAF_OP_AT_MOST;
  const char *text = gtk_editable_get_text (editable);
  g_autofree char *canonical = NULL;
  const char *values[] = { NULL, NULL };

  if (self->filling)
    return;
  if (text[0] != '\0')
    {
      if (self->filter->field != NULL && self->filter->field->kind == KAF_KIND_INTEGER)
        canonical = g_strdup (text);
      else
        canonical = kaf_date_normalise (text, TRUE, NULL);
      if (canonical == NULL)
        {
          gtk_widget_add_css_class (GTK_WIDGET (editable), "error");
          return;
        }
    }
  gtk_widget_remove_css_class (GTK_WIDGET (editable), "error");
  values[0] = canonical;
  emit_condition (self, op, canonical != NULL ? values : NULL);
}

static void
fill_range (KafFilterPopover *self)
{
  self->filling = TRUE;
  gtk_editable_set_text (GTK_EDITABLE (self->from), "");
  gtk_editable_set_text (GTK_EDITABLE (self->to), "");
  for (guint i = 0; i < kaf_query_get_n_conditions (self->query); i++)
    {
      const KafCondition *condition = kaf_query_get_condition (self->query, i);
      g_autofree char *text = NULL;

      if (!g_str_equal (condition->path, self->filter->path) || condition->values == NULL ||
          condition->values[0] == NULL)
        continue;
      text = kaf_date_format (condition->values[0], self->lang, KAF_DATE_SHORT);
      gtk_editable_set_text (
          GTK_EDITABLE (condition->op == KAF_OP_AT_LEAST ? self->from : self->to),
          text != NULL ? text : condition->values[0]);
    }
  self->filling = FALSE;
}

static void
take_query (KafFilterPopover *self, const KafQuery *query)
{
  KafQuery *copy = kaf_query_copy (query);

  g_clear_pointer (&self->query, kaf_query_unref);
  self->query = copy;
}

static void
back_cb (KafFilterPopover *self)
{
  guint index = 0;
  GtkListBoxRow *row;

  gtk_stack_set_visible_child_name (self->stack, "fields");
  g_ptr_array_find (self->filters, self->filter, &index);
  row = gtk_list_box_get_row_at_index (self->fields, (int) index);
  if (row != NULL)
    gtk_widget_grab_focus (GTK_WIDGET (row));
}

static GtkWidget *
new_bound (KafFilterPopover *self, const char *label, GtkEntry **entry)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 4);
  GtkWidget *caption = gtk_label_new (label);

  *entry = GTK_ENTRY (gtk_entry_new ());
  gtk_entry_set_placeholder_text (*entry, _ ("Day, month or year"));
  gtk_accessible_update_property (GTK_ACCESSIBLE (*entry), GTK_ACCESSIBLE_PROPERTY_LABEL, label,
                                  -1);
  g_signal_connect (*entry, "changed", G_CALLBACK (bound_changed_cb), self);
  gtk_widget_set_halign (caption, GTK_ALIGN_START);
  gtk_widget_add_css_class (caption, "caption");
  gtk_box_append (GTK_BOX (box), caption);
  gtk_box_append (GTK_BOX (box), GTK_WIDGET (*entry));

  return box;
}

static GtkWidget *
new_scroller (GtkWidget *child)
{
  GtkWidget *scroller = gtk_scrolled_window_new ();

  gtk_scrolled_window_set_policy (GTK_SCROLLED_WINDOW (scroller), GTK_POLICY_NEVER,
                                  GTK_POLICY_AUTOMATIC);
  gtk_scrolled_window_set_propagate_natural_height (GTK_SCROLLED_WINDOW (scroller), TRUE);
  gtk_scrolled_window_set_max_content_height (GTK_SCROLLED_WINDOW (scroller), 360);
  gtk_scrolled_window_set_child (GTK_SCROLLED_WINDOW (scroller), child);

  return scroller;
}

static void
add_search (KafFilterPopover *self, GtkWidget *page)
{
  GtkEventController *keys = gtk_event_controller_key_new ();

  self->search = GTK_SEARCH_ENTRY (gtk_search_entry_new ());
  g_object_set (self->search, "placeholder-text", _ ("Search the values"), "search-delay", 0, NULL);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->search), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  _ ("Search the values"), -1);
  g_signal_connect (self->search, "search-changed", G_CALLBACK (search_cb), self);
  g_signal_connect (self->search, "activate", G_CALLBACK (search_activated_cb), self);
  g_signal_connect (self->search, "stop-search", G_CALLBACK (search_stopped_cb), self);
  gtk_event_controller_set_propagation_phase (keys, GTK_PHASE_CAPTURE);
  g_signal_connect (keys, "key-pressed", G_CALLBACK (search_key_cb), self);
  gtk_widget_add_controller (GTK_WIDGET (self->search), keys);
}

static GtkWidget *
new_placeholder (void)
{
  GtkWidget *label = gtk_label_new (_ ("No such value"));

  gtk_widget_add_css_class (label, "dim-label");
  gtk_widget_set_margin_top (label, 12);
  gtk_widget_set_margin_bottom (label, 12);

  return label;
}

static void
add_values (KafFilterPopover *self, GtkWidget *page)
{
  GtkEventController *keys = gtk_event_controller_key_new ();

  self->values = GTK_LIST_BOX (gtk_list_box_new ());
  gtk_list_box_set_selection_mode (self->values, GTK_SELECTION_NONE);
  gtk_list_box_set_filter_func (self->values, row_matches, self, NULL);
  gtk_list_box_set_placeholder (self->values, new_placeholder ());
  g_signal_connect (self->values, "row-activated", G_CALLBACK (value_activated_cb), self);
  g_signal_connect (keys, "key-pressed", G_CALLBACK (value_key_cb), self);
  gtk_widget_add_controller (GTK_WIDGET (self->values), keys);
  self->scroller = new_scroller (GTK_WIDGET (self->values));
  gtk_box_append (GTK_BOX (page), self->scroller);
}

static GtkWidget *
new_value_page (KafFilterPopover *self)
{
  GtkWidget *page = gtk_box_new (GTK_ORIENTATION_VERTICAL, 6);
  GtkWidget *top = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 6);
  GtkWidget *back = gtk_button_new_from_icon_name ("go-previous-symbolic");

  gtk_widget_add_css_class (back, "flat");
  kaf_tooltip_set (back, _ ("All filters"));
  gtk_accessible_update_property (GTK_ACCESSIBLE (back), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  _ ("All filters"), -1);
  g_signal_connect_swapped (back, "clicked", G_CALLBACK (back_cb), self);
  self->title = GTK_LABEL (gtk_label_new (NULL));
  gtk_widget_add_css_class (GTK_WIDGET (self->title), "heading");
  gtk_box_append (GTK_BOX (top), back);
  gtk_box_append (GTK_BOX (top), GTK_WIDGET (self->title));
  gtk_box_append (GTK_BOX (page), top);

  add_search (self, page);
  gtk_box_append (GTK_BOX (page), GTK_WIDGET (self->search));

  add_values (self, page);
  self->range = gtk_box_new (GTK_ORIENTATION_VERTICAL, 12);
  gtk_box_append (GTK_BOX (self->range), new_bound (self, C_ ("range", "From"), &self->from));
  gtk_box_append (GTK_BOX (self->range), new_bound (self, C_ ("range", "To"), &self->to));
  gtk_box_append (GTK_BOX (page), self->range);

  return page;
}

static void
fill_fields (KafFilterPopover *self)
{
  for (guint i = 0; i < self->filters->len; i++)
    {
      const KafFilter *filter = g_ptr_array_index (self->filters, i);
      GtkWidget *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 12);
      GtkWidget *label = gtk_label_new (filter->label);
      GtkWidget *row = gtk_list_box_row_new ();

      gtk_widget_set_hexpand (label, TRUE);
      gtk_label_set_xalign (GTK_LABEL (label), 0);
      gtk_box_append (GTK_BOX (box), label);
      gtk_box_append (GTK_BOX (box), kaf_chevron_new ());
      gtk_list_box_row_set_child (GTK_LIST_BOX_ROW (row), box);
      gtk_accessible_update_property (GTK_ACCESSIBLE (row), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                      filter->label, -1);
      gtk_list_box_append (self->fields, row);
    }
}

static void
kaf_filter_popover_dispose (GObject *object)
{
  KafFilterPopover *self = KAF_FILTER_POPOVER (object);

  if (self->cancellable != NULL)
    g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
  self->filter = NULL;
  g_clear_object (&self->store);
  g_clear_pointer (&self->filters, g_ptr_array_unref);
  g_clear_pointer (&self->query, kaf_query_unref);
  g_clear_pointer (&self->words, g_strfreev);

  G_OBJECT_CLASS (kaf_filter_popover_parent_class)->dispose (object);
}

static void
kaf_filter_popover_class_init (KafFilterPopoverClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = kaf_filter_popover_dispose;

  signals[CONDITION] =
      g_signal_new ("condition", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                    G_TYPE_NONE, 3, G_TYPE_STRING, G_TYPE_INT, G_TYPE_STRV);
}

static void
kaf_filter_popover_init (KafFilterPopover *self)
{
  self->cancellable = g_cancellable_new ();
  self->stack = GTK_STACK (gtk_stack_new ());
  gtk_stack_set_vhomogeneous (self->stack, FALSE);
  gtk_widget_set_size_request (GTK_WIDGET (self->stack), 260, -1);

  self->fields = GTK_LIST_BOX (gtk_list_box_new ());
  gtk_list_box_set_selection_mode (self->fields, GTK_SELECTION_NONE);
  g_signal_connect (self->fields, "row-activated", G_CALLBACK (field_activated_cb), self);
  gtk_stack_add_named (self->stack, new_scroller (GTK_WIDGET (self->fields)), "fields");
  gtk_stack_add_named (self->stack, new_value_page (self), "values");
  gtk_popover_set_child (GTK_POPOVER (self), GTK_WIDGET (self->stack));
  gtk_widget_add_css_class (GTK_WIDGET (self), "filter-popover");
}

/* @filters: as from kaf_filters_new(), shared. */
GtkWidget *
kaf_filter_popover_new (KafStore *store, GPtrArray *filters, KafLang lang)
{
  KafFilterPopover *self = g_object_new (KAF_TYPE_FILTER_POPOVER, NULL);

  self->store = g_object_ref (store);
  self->filters = g_ptr_array_ref (filters);
  self->lang = lang;
  fill_fields (self);

  return GTK_WIDGET (self);
}

void
kaf_filter_popover_show_fields (KafFilterPopover *self, const KafQuery *query)
{
  g_return_if_fail (KAF_IS_FILTER_POPOVER (self));

  take_query (self, query);
  gtk_stack_set_visible_child_name (self->stack, "fields");
}

void
kaf_filter_popover_show_filter (KafFilterPopover *self, KafFilter *filter, const KafQuery *query)
{
  gboolean chooses;

  g_return_if_fail (KAF_IS_FILTER_POPOVER (self));

  take_query (self, query);
  chooses = kaf_filter_has_values (filter);
  self->filter = filter;
  gtk_label_set_label (self->title, filter->label);
  gtk_editable_set_text (GTK_EDITABLE (self->search), "");
  show_search (self, FALSE);
  gtk_widget_set_visible (self->scroller, chooses);
  gtk_widget_set_visible (self->range, !chooses);
  gtk_stack_set_visible_child_name (self->stack, "values");

  if (chooses && filter->values == NULL)
    {
      clear_box (self->values);
      kaf_filter_load_async (filter, self->store, self->lang, self->cancellable, loaded_cb,
                             g_object_ref (self));
      return;
    }
  if (chooses)
    fill_values (self);
  else
    fill_range (self);
  enter_values (self);
}
