/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A window asks for its least and natural heights at several widths, and a scrolled window hands the question on to
 * what it holds, though it does not use the answer: each text of a page would be laid out for each of them. */
#include "config.h"

#include "ui/compat/kaf-tall.h"

struct _KafTall
{
  GtkWidget parent_instance;

  GtkWidget *child;
};

G_DEFINE_FINAL_TYPE (KafTall, kaf_tall, GTK_TYPE_WIDGET)

static void
kaf_tall_measure (GtkWidget *widget,
                  GtkOrientation orientation,
                  int for_size,
                  int *minimum,
                  int *natural,
                  int *minimum_baseline,
                  int *natural_baseline)
{
  KafTall *self = KAF_TALL (widget);

  if (orientation == GTK_ORIENTATION_HORIZONTAL)
    gtk_widget_measure (self->child, orientation, -1, minimum, natural, NULL, NULL);
  else
    *minimum = *natural = 0;
}

static GtkSizeRequestMode
kaf_tall_get_request_mode (GtkWidget *widget)
{
  return GTK_SIZE_REQUEST_CONSTANT_SIZE;
}

static void
kaf_tall_size_allocate (GtkWidget *widget, int width, int height, int baseline)
{
  gtk_widget_allocate (KAF_TALL (widget)->child, width, height, baseline, NULL);
}

static void
kaf_tall_dispose (GObject *object)
{
  g_clear_pointer (&KAF_TALL (object)->child, gtk_widget_unparent);
  G_OBJECT_CLASS (kaf_tall_parent_class)->dispose (object);
}

static void
kaf_tall_class_init (KafTallClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = kaf_tall_dispose;
  widget_class->measure = kaf_tall_measure;
  widget_class->get_request_mode = kaf_tall_get_request_mode;
  widget_class->size_allocate = kaf_tall_size_allocate;
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_GROUP);
}

static void
kaf_tall_init (KafTall *self)
{
}

GtkWidget *
kaf_tall_new (GtkWidget *child)
{
  KafTall *self = g_object_new (KAF_TYPE_TALL, NULL);

  self->child = child;
  gtk_widget_set_parent (child, GTK_WIDGET (self));
  gtk_widget_set_vexpand (GTK_WIDGET (self), TRUE);
  return GTK_WIDGET (self);
}
