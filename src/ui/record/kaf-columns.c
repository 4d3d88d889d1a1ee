/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What AdwBreakpoint does in later versions, done in the measure: no second layout, no flicker. */
#include "config.h"

#include "ui/record/kaf-columns.h"

struct _KafColumns
{
  GtkWidget parent_instance;

  GtkWidget *start;
  GtkWidget *end;
  int threshold;
  int percent;
  int spacing;
};

G_DEFINE_FINAL_TYPE (KafColumns, kaf_columns, GTK_TYPE_WIDGET)

static int
measure_child (GtkWidget *child, GtkOrientation orientation, int for_size, gboolean natural)
{
  int minimum_size, natural_size;

  if (!gtk_widget_should_layout (child))
    return 0;
  gtk_widget_measure (child, orientation, for_size, &minimum_size, &natural_size, NULL, NULL);
  return natural ? natural_size : minimum_size;
}

static void
split (KafColumns *self, int width, int *start, int *end)
{
  if (self->percent > 0)
    {
      *start = (width - self->spacing) * self->percent / 100;
      *end = width - self->spacing - *start;
      return;
    }
  *end = measure_child (self->end, GTK_ORIENTATION_HORIZONTAL, -1, TRUE);
  *start = width - *end - (*end > 0 ? self->spacing : 0);
}

static void
kaf_columns_measure (GtkWidget *widget,
                     GtkOrientation orientation,
                     int for_size,
                     int *minimum,
                     int *natural,
                     int *minimum_baseline,
                     int *natural_baseline)
{
  KafColumns *self = KAF_COLUMNS (widget);
  int start, end;

  if (orientation == GTK_ORIENTATION_HORIZONTAL)
    {
      *minimum = MAX (measure_child (self->start, orientation, -1, FALSE),
                      measure_child (self->end, orientation, -1, FALSE));
      *natural = measure_child (self->start, orientation, -1, TRUE) + self->spacing +
                 measure_child (self->end, orientation, -1, TRUE);
      *natural = MAX (*natural, self->threshold);
      return;
    }
  /* A scrolled window asks for the height at no width, and does not use it: it would take a layout
   * of every text of the page. */
  if (for_size < 0)
    *natural = 0;
  else if (for_size >= self->threshold)
    {
      split (self, for_size, &start, &end);
      *natural = MAX (measure_child (self->start, orientation, start, TRUE),
                      measure_child (self->end, orientation, end, TRUE));
    }
  else
    {
      end = measure_child (self->end, orientation, for_size, TRUE);
      *natural = measure_child (self->start, orientation, for_size, TRUE) +
                 (end > 0 ? self->spacing : 0) + end;
    }
  *minimum = *natural;
}

static void
place (KafColumns *self, GtkWidget *child, int total, int x, int y, int width, int height)
{
  GtkAllocation allocation = { x, y, width, height };

  if (!gtk_widget_should_layout (child))
    return;
  if (gtk_widget_get_direction (GTK_WIDGET (self)) == GTK_TEXT_DIR_RTL)
    allocation.x = total - x - width;
  gtk_widget_size_allocate (child, &allocation, -1);
}

static void
kaf_columns_size_allocate (GtkWidget *widget, int width, int height, int baseline)
{
  KafColumns *self = KAF_COLUMNS (widget);
  int start, end, start_height;

  if (width >= self->threshold)
    {
      split (self, width, &start, &end);
      place (self, self->start, width, 0, 0, start, height);
      place (self, self->end, width, width - end, 0, end, height);
      return;
    }
  start_height = measure_child (self->start, GTK_ORIENTATION_VERTICAL, width, TRUE);
  end = measure_child (self->end, GTK_ORIENTATION_VERTICAL, width, TRUE);
  place (self, self->start, width, 0, 0, width, start_height);
  place (self, self->end, width, 0, start_height + self->spacing, width, end);
}

static GtkSizeRequestMode
kaf_columns_get_request_mode (GtkWidget *widget)
{
  return GTK_SIZE_REQUEST_HEIGHT_FOR_WIDTH;
}

static void
kaf_columns_dispose (GObject *object)
{
  KafColumns *self = KAF_COLUMNS (object);

  g_clear_pointer (&self->start, gtk_widget_unparent);
  g_clear_pointer (&self->end, gtk_widget_unparent);

  G_OBJECT_CLASS (kaf_columns_parent_class)->dispose (object);
}

static void
kaf_columns_class_init (KafColumnsClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = kaf_columns_dispose;
  widget_class->measure = kaf_columns_measure;
  widget_class->size_allocate = kaf_columns_size_allocate;
  widget_class->get_request_mode = kaf_columns_get_request_mode;
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_GROUP);
}

static void
kaf_columns_init (KafColumns *self)
{
}

GtkWidget *
kaf_columns_new (GtkWidget *start, GtkWidget *end, int threshold, int percent, int spacing)
{
  KafColumns *self = g_object_new (KAF_TYPE_COLUMNS, NULL);

  self->start = start;
  self->end = end;
  self->threshold = threshold;
  self->percent = percent;
  self->spacing = spacing;
  gtk_widget_set_parent (start, GTK_WIDGET (self));
  gtk_widget_set_parent (end, GTK_WIDGET (self));
  return GTK_WIDGET (self);
}
