/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Chips in one line that scrolls sideways when the window is narrow. A press on a chip opens its
 * values, the cross takes it away. */
#include "config.h"

#include "ui/list/kaf-filter-bar.h"

#include <glib/gi18n-lib.h>

#include "ui/compat/kaf-tooltip.h"
#include "ui/list/kaf-filter-popover.h"

struct _KafFilterBar
{
  GtkWidget parent_instance;

  KafStore *store;
  GPtrArray *filters;
  KafLang lang;
  GCancellable *cancellable;
  KafQuery *query; /* nullable */

  GtkWidget *scroller;
  GtkWidget *box;
  GtkWidget *add;
  GtkWidget *popover; /* nullable: made when first asked for */
  guint n_chips;
};

G_DEFINE_FINAL_TYPE (KafFilterBar, kaf_filter_bar, GTK_TYPE_WIDGET)

enum
{
  CONDITION,
  REMOVED,
  N_SIGNALS,
};

static guint signals[N_SIGNALS];

static void rebuild (KafFilterBar *self);

static void
condition_cb (KafFilterBar *self, const char *path, int op, GStrv values)
{
  g_signal_emit (self, signals[CONDITION], 0, path, op, values);
}

static KafFilterPopover *
popover_at (KafFilterBar *self, GtkWidget *anchor)
{
  graphene_rect_t box;

  if (self->popover == NULL)
    {
      self->popover = kaf_filter_popover_new (self->store, self->filters, self->lang);
      gtk_widget_set_parent (self->popover, GTK_WIDGET (self));
      g_signal_connect_swapped (self->popover, "condition", G_CALLBACK (condition_cb), self);
    }
  if (gtk_widget_compute_bounds (anchor, GTK_WIDGET (self), &box))
    gtk_popover_set_pointing_to (GTK_POPOVER (self->popover),
                                 &(GdkRectangle){ (int) box.origin.x, (int) box.origin.y,
                                                  (int) box.size.width, (int) box.size.height });

  return KAF_FILTER_POPOVER (self->popover);
}

static void
chip_cb (GtkButton *button, gpointer data)
{
  KafFilterBar *self = data;
  KafFilter *filter = g_object_get_data (G_OBJECT (button), "filter");
  KafFilterPopover *popover = popover_at (self, GTK_WIDGET (button));

  kaf_filter_popover_show_filter (popover, filter, self->query);
  gtk_popover_popup (GTK_POPOVER (popover));
}

static void
remove_cb (GtkButton *button, gpointer data)
{
  KafFilterBar *self = data;
  KafFilter *filter = g_object_get_data (G_OBJECT (button), "filter");
  g_autofree char *path = g_strdup (filter != NULL ? filter->path : "");

  g_signal_emit (self, signals[REMOVED], 0, path);
}

static void
add_cb (KafFilterBar *self)
{
  kaf_filter_bar_open (self);
}

static void
add_chip (KafFilterBar *self, KafFilter *filter, const char *text)
{
  GtkWidget *chip = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 0);
  GtkWidget *label = gtk_button_new_with_label (text);
  GtkWidget *cross = gtk_button_new_from_icon_name ("window-close-symbolic");
  g_autofree char *remove = g_strdup_printf (_ ("Remove the filter “%s”"), filter->label);
  GtkWidget *last = gtk_widget_get_prev_sibling (self->add);

  gtk_widget_add_css_class (chip, "chip");
  gtk_widget_add_css_class (label, "flat");
  gtk_widget_add_css_class (cross, "flat");
  gtk_widget_add_css_class (cross, "circular");
  kaf_tooltip_set (cross, remove);
  gtk_accessible_update_property (GTK_ACCESSIBLE (cross), GTK_ACCESSIBLE_PROPERTY_LABEL, remove,
                                  -1);
  g_object_set_data (G_OBJECT (label), "filter", filter);
  g_object_set_data (G_OBJECT (cross), "filter", filter);
  g_signal_connect (label, "clicked", G_CALLBACK (chip_cb), self);
  g_signal_connect (cross, "clicked", G_CALLBACK (remove_cb), self);
  gtk_box_append (GTK_BOX (chip), label);
  gtk_box_append (GTK_BOX (chip), cross);
  gtk_box_insert_child_after (GTK_BOX (self->box), chip, last);
  self->n_chips++;
}

/* What no chip can say, of a segment: told as one, and taken away as one. */
static void
add_nodes_chip (KafFilterBar *self, guint n)
{
  g_autofree char *text =
      g_strdup_printf (ngettext ("%u more condition", "%u more conditions", n), n);
  GtkWidget *cross = gtk_button_new_from_icon_name ("window-close-symbolic");
  GtkWidget *chip = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 0);
  GtkWidget *label = gtk_label_new (text);

  gtk_widget_add_css_class (chip, "chip");
  gtk_widget_set_margin_start (label, 8);
  gtk_widget_add_css_class (cross, "flat");
  gtk_widget_add_css_class (cross, "circular");
  kaf_tooltip_set (cross, _ ("Remove these conditions"));
  gtk_accessible_update_property (GTK_ACCESSIBLE (cross), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  _ ("Remove these conditions"), -1);
  g_signal_connect (cross, "clicked", G_CALLBACK (remove_cb), self);
  gtk_box_append (GTK_BOX (chip), label);
  gtk_box_append (GTK_BOX (chip), cross);
  gtk_box_insert_child_after (GTK_BOX (self->box), chip, gtk_widget_get_prev_sibling (self->add));
  self->n_chips++;
}

typedef struct
{
  KafFilterBar *bar;
  KafFilter *filter;
  GPtrArray *filters;
} Load;

static void
loaded_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autofree Load *load = data;
  g_autoptr (KafFilterBar) self = load->bar;
  g_autoptr (GPtrArray) filters = load->filters;
  g_autoptr (GError) error = NULL;

  if (kaf_filter_load_finish (load->filter, KAF_STORE (source), result, &error))
    {
      if (self->query != NULL)
        rebuild (self);
    }
  else if (!g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    g_warning ("values of a filter: %s", error->message);
}

/* The titles of the values in a chip, when they are not known yet. */
static void
load_titles (KafFilterBar *self, KafFilter *filter)
{
  Load *load;

  if (filter->values != NULL || !kaf_filter_has_values (filter))
    return;

  load = g_new0 (Load, 1);
  load->bar = g_object_ref (self);
  load->filter = filter;
  load->filters = g_ptr_array_ref (self->filters);
  kaf_filter_load_async (filter, self->store, self->lang, self->cancellable, loaded_cb, load);
}

static void
rebuild (KafFilterBar *self)
{
  GtkWidget *child;

  while ((child = gtk_widget_get_first_child (self->box)) != self->add)
    gtk_box_remove (GTK_BOX (self->box), child);
  self->n_chips = 0;

  for (guint i = 0; i < self->filters->len; i++)
    {
      KafFilter *filter = g_ptr_array_index (self->filters, i);
      g_autofree char *text = kaf_filter_describe (filter, self->query, self->lang);

      if (text != NULL)
        add_chip (self, filter, text);
    }
  if (kaf_query_get_n_nodes (self->query) > 0)
    add_nodes_chip (self, kaf_query_get_n_nodes (self->query));
}

static void
kaf_filter_bar_size_allocate (GtkWidget *widget, int width, int height, int baseline)
{
  KafFilterBar *self = KAF_FILTER_BAR (widget);

  gtk_widget_size_allocate (self->scroller, &(GtkAllocation){ 0, 0, width, height }, baseline);
  if (self->popover != NULL)
    gtk_popover_present (GTK_POPOVER (self->popover));
}

static void
kaf_filter_bar_measure (GtkWidget *widget,
                        GtkOrientation orientation,
                        int for_size,
                        int *minimum,
                        int *natural,
                        int *minimum_baseline,
                        int *natural_baseline)
{
  gtk_widget_measure (KAF_FILTER_BAR (widget)->scroller, orientation, for_size, minimum, natural,
                      minimum_baseline, natural_baseline);
}

static void
kaf_filter_bar_dispose (GObject *object)
{
  KafFilterBar *self = KAF_FILTER_BAR (object);

  if (self->cancellable != NULL)
    g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
  g_clear_pointer (&self->popover, gtk_widget_unparent);
  g_clear_pointer (&self->scroller, gtk_widget_unparent);
  g_clear_object (&self->store);
  g_clear_pointer (&self->query, kaf_query_unref);
  g_clear_pointer (&self->filters, g_ptr_array_unref);

  G_OBJECT_CLASS (kaf_filter_bar_parent_class)->dispose (object);
}

static void
kaf_filter_bar_class_init (KafFilterBarClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = kaf_filter_bar_dispose;
  widget_class->size_allocate = kaf_filter_bar_size_allocate;
  widget_class->measure = kaf_filter_bar_measure;

  signals[CONDITION] =
      g_signal_new ("condition", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                    G_TYPE_NONE, 3, G_TYPE_STRING, G_TYPE_INT, G_TYPE_STRV);
  signals[REMOVED] = g_signal_new ("removed", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL,
                                   NULL, NULL, G_TYPE_NONE, 1, G_TYPE_STRING);
}

static void
kaf_filter_bar_init (KafFilterBar *self)
{
  GtkWidget *content = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 6);

  self->cancellable = g_cancellable_new ();
  self->add = gtk_button_new ();
  gtk_box_append (GTK_BOX (content), gtk_image_new_from_icon_name ("list-add-symbolic"));
  gtk_box_append (GTK_BOX (content), gtk_label_new (C_ ("list", "Filter")));
  gtk_button_set_child (GTK_BUTTON (self->add), content);
  gtk_widget_add_css_class (self->add, "add-chip");
  kaf_tooltip_set (self->add, _ ("Add a filter"));
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->add), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  _ ("Add a filter"), -1);
  g_signal_connect_swapped (self->add, "clicked", G_CALLBACK (add_cb), self);

  self->box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 6);
  gtk_box_append (GTK_BOX (self->box), self->add);
  self->scroller = gtk_scrolled_window_new ();
  gtk_scrolled_window_set_policy (GTK_SCROLLED_WINDOW (self->scroller), GTK_POLICY_EXTERNAL,
                                  GTK_POLICY_NEVER);
  gtk_scrolled_window_set_child (GTK_SCROLLED_WINDOW (self->scroller), self->box);
  gtk_widget_set_parent (self->scroller, GTK_WIDGET (self));
}

GtkWidget *
kaf_filter_bar_new (KafStore *store, const KafEntity *entity, KafLang lang)
{
  KafFilterBar *self = g_object_new (KAF_TYPE_FILTER_BAR, NULL);

  self->store = g_object_ref (store);
  self->filters = kaf_filters_new (entity);
  self->lang = lang;

  return GTK_WIDGET (self);
}

/* Shows the conditions of @query. */
void
kaf_filter_bar_set_query (KafFilterBar *self, const KafQuery *query)
{
  KafQuery *copy;

  g_return_if_fail (KAF_IS_FILTER_BAR (self));

  copy = kaf_query_copy (query);
  g_clear_pointer (&self->query, kaf_query_unref);
  self->query = copy;
  for (guint i = 0; i < kaf_query_get_n_conditions (copy); i++)
    load_titles (self, kaf_filters_ensure (self->filters, kaf_query_get_entity (copy),
                                           kaf_query_get_condition (copy, i)->path));
  rebuild (self);
}

guint
kaf_filter_bar_get_n_chips (KafFilterBar *self)
{
  g_return_val_if_fail (KAF_IS_FILTER_BAR (self), 0);

  return self->n_chips;
}

/* The text and the filters in one line. (transfer full) */
char *
kaf_filter_bar_describe (KafFilterBar *self)
{
  g_return_val_if_fail (KAF_IS_FILTER_BAR (self), NULL);

  return self->query != NULL ? kaf_filters_describe (self->filters, self->query, self->lang)
                             : g_strdup ("");
}

/* Offers the fields to filter by. */
void
kaf_filter_bar_open (KafFilterBar *self)
{
  KafFilterPopover *popover;

  g_return_if_fail (KAF_IS_FILTER_BAR (self));

  popover = popover_at (self, self->add);
  kaf_filter_popover_show_fields (popover, self->query);
  gtk_popover_popup (GTK_POPOVER (popover));
}
