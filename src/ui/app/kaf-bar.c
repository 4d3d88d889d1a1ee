/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Label, bar and figure, laid out so that the bars of a chart share one scale whatever the length of the
 * words. The bar is a child that the style colours; it starts from the start side, wherever that is. */
#include "config.h"

#include "ui/app/kaf-bar.h"

#define HEIGHT 24
#define BAR_HEIGHT 12
#define LABEL_PERCENT 36 /* of the width */
#define GAP 8
#define SHORTEST 2

struct _KafBar
{
  GtkWidget parent_instance;

  GtkWidget *label;
  GtkWidget *fill;
  GtkWidget *text;
  double share; /* of the longest bar, 0 to 1 */
};

G_DEFINE_FINAL_TYPE (KafBar, kaf_bar, GTK_TYPE_WIDGET)

/* @from: px from the start side. */
static void
allocate_child (KafBar *self, GtkWidget *child, int from, int width, int height)
{
  int whole = gtk_widget_get_width (GTK_WIDGET (self));
  gboolean rtl = gtk_widget_get_direction (GTK_WIDGET (self)) == GTK_TEXT_DIR_RTL;
  GtkAllocation place = { rtl ? whole - from - width : from,
                          (gtk_widget_get_height (GTK_WIDGET (self)) - height) / 2, width, height };

  gtk_widget_size_allocate (child, &place, -1);
}

static void
kaf_bar_size_allocate (GtkWidget *widget, int width, int height, int baseline)
{
  KafBar *self = KAF_BAR (widget);
  int label_width = width * LABEL_PERCENT / 100;
  int text_width;
  int text_height;
  int label_height;
  int length;

  gtk_widget_measure (self->text, GTK_ORIENTATION_HORIZONTAL, -1, NULL, &text_width, NULL, NULL);
  gtk_widget_measure (self->text, GTK_ORIENTATION_VERTICAL, -1, &text_height, NULL, NULL, NULL);
  length = (int) ((width - label_width - 2 * GAP - text_width) * self->share);
  length = MAX (length, SHORTEST);
  gtk_widget_measure (self->label, GTK_ORIENTATION_VERTICAL, label_width, NULL, &label_height, NULL,
                      NULL);
  allocate_child (self, self->label, 0, label_width, MIN (label_height, height));
  allocate_child (self, self->fill, label_width + GAP, length, BAR_HEIGHT);
  allocate_child (self, self->text, label_width + GAP + length + GAP, text_width, text_height);
}

static void
kaf_bar_measure (GtkWidget *widget,
                 GtkOrientation orientation,
                 int for_size,
                 int *minimum,
                 int *natural,
                 int *minimum_baseline,
                 int *natural_baseline)
{
  KafBar *self = KAF_BAR (widget);

  /* Children are asked in any case: a widget may not be allocated before it was measured. */
  gtk_widget_measure (self->text, orientation, -1, NULL, natural, NULL, NULL);
  gtk_widget_measure (self->fill, orientation, -1, NULL, NULL, NULL, NULL);
  gtk_widget_measure (self->label, orientation, -1, NULL, NULL, NULL, NULL);
  if (orientation == GTK_ORIENTATION_HORIZONTAL)
    {
      *minimum = 160;
      *natural = 320;
    }
  else
    *minimum = *natural = MAX (HEIGHT, *natural);
}

static void
kaf_bar_dispose (GObject *object)
{
  KafBar *self = KAF_BAR (object);

  g_clear_pointer (&self->label, gtk_widget_unparent);
  g_clear_pointer (&self->fill, gtk_widget_unparent);
  g_clear_pointer (&self->text, gtk_widget_unparent);
  G_OBJECT_CLASS (kaf_bar_parent_class)->dispose (object);
}

static void
kaf_bar_class_init (KafBarClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = kaf_bar_dispose;
  widget_class->size_allocate = kaf_bar_size_allocate;
  widget_class->measure = kaf_bar_measure;
  gtk_widget_class_set_css_name (widget_class, "kafbar");
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_PRESENTATION);
}

static void
kaf_bar_init (KafBar *self)
{
  self->label = gtk_label_new (NULL);
  gtk_label_set_ellipsize (GTK_LABEL (self->label), PANGO_ELLIPSIZE_END);
  gtk_label_set_xalign (GTK_LABEL (self->label), 0);
  self->fill =
      g_object_new (GTK_TYPE_SEPARATOR, "accessible-role", GTK_ACCESSIBLE_ROLE_PRESENTATION, NULL);
  self->text = gtk_label_new (NULL);
  gtk_widget_add_css_class (self->text, "numeric");
  gtk_widget_add_css_class (self->text, "caption-heading");
  gtk_widget_set_parent (self->label, GTK_WIDGET (self));
  gtk_widget_set_parent (self->fill, GTK_WIDGET (self));
  gtk_widget_set_parent (self->text, GTK_WIDGET (self));
}

GtkWidget *
kaf_bar_new (const char *label, const char *text, gint64 value, gint64 max)
{
  KafBar *self = g_object_new (KAF_TYPE_BAR, NULL);

  kaf_bar_set (self, label, text, value, max);
  return GTK_WIDGET (self);
}

void
kaf_bar_set (KafBar *self, const char *label, const char *text, gint64 value, gint64 max)
{
  g_return_if_fail (KAF_IS_BAR (self));

  gtk_label_set_label (GTK_LABEL (self->label), label);
  gtk_label_set_label (GTK_LABEL (self->text), text);
  self->share = max > 0 ? CLAMP ((double) value / (double) max, 0, 1) : 0;
  gtk_widget_queue_allocate (GTK_WIDGET (self));
}

GtkWidget *
kaf_bar_button_new (const char *label,
                    const char *text,
                    gint64 value,
                    gint64 max,
                    const char *action,
                    GVariant *target)
{
  GtkWidget *button = gtk_button_new ();

  gtk_button_set_child (GTK_BUTTON (button), g_object_new (KAF_TYPE_BAR, NULL));
  gtk_actionable_set_action_name (GTK_ACTIONABLE (button), action);
  gtk_widget_add_css_class (button, "flat");
  gtk_widget_add_css_class (button, "kaf-bar-button");
  kaf_bar_button_set (button, label, text, value, max, target);
  return button;
}

void
kaf_bar_button_set (GtkWidget *button,
                    const char *label,
                    const char *text,
                    gint64 value,
                    gint64 max,
                    GVariant *target)
{
  g_autofree char *name = g_strdup_printf ("%s, %s", label, text);

  kaf_bar_set (KAF_BAR (gtk_button_get_child (GTK_BUTTON (button))), label, text, value, max);
  gtk_actionable_set_action_target_value (GTK_ACTIONABLE (button), target);
  gtk_widget_set_tooltip_text (button, name);
  gtk_accessible_update_property (GTK_ACCESSIBLE (button), GTK_ACCESSIBLE_PROPERTY_LABEL, name, -1);
}
