/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Two columns where there is room, one where there is not. */
#include "config.h"

#include "ui/form/kaf-form-columns.h"

/* Narrower than this, an entry with its buttons no longer shows a whole address. */
#define TWO_COLUMNS_WIDTH 700
#define COLUMN_SPACING 18
#define ROW_SPACING 18

struct _KafFormColumns
{
  GtkWidget parent_instance;
};

G_DEFINE_FINAL_TYPE (KafFormColumns, kaf_form_columns, GTK_TYPE_WIDGET)

static KafFormPlace
place_of (GtkWidget *child)
{
  return GPOINTER_TO_UINT (g_object_get_data (G_OBJECT (child), "kaf-place"));
}

static void
place_child (GtkWidget *self, GtkWidget *child, int x, int y, int width, int height, int total)
{
  GtkAllocation allocation = { x, y, width, height };

  if (gtk_widget_get_direction (self) == GTK_TEXT_DIR_RTL)
    allocation.x = total - x - width;
  gtk_widget_size_allocate (child, &allocation, -1);
}

/* Goes through the children at that width, placing them when asked to; returns the height. */
static int
lay_out (GtkWidget *self, int width, gboolean allocate)
{
  gboolean two = width >= TWO_COLUMNS_WIDTH;
  int column = two ? (width - COLUMN_SPACING) / 2 : width;
  int bottom[2] = { 0, 0 };

  for (GtkWidget *child = gtk_widget_get_first_child (self); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    {
      KafFormPlace place = two ? place_of (child) : KAF_FORM_SPAN;
      int at = place == KAF_FORM_END ? 1 : 0;
      int own = place == KAF_FORM_SPAN ? width : column;
      int height;

      /* Even hidden, it keeps what follows in line. */
      if (place == KAF_FORM_SPAN)
        bottom[0] = bottom[1] = MAX (bottom[0], bottom[1]);
      if (!gtk_widget_should_layout (child))
        continue;

      gtk_widget_measure (child, GTK_ORIENTATION_VERTICAL, own, NULL, &height, NULL, NULL);
      if (allocate)
        place_child (self, child, at == 1 ? column + COLUMN_SPACING : 0, bottom[at], own, height,
                     width);
      bottom[at] += height + ROW_SPACING;
      if (place == KAF_FORM_SPAN)
        bottom[1] = bottom[0];
    }

  return MAX (0, MAX (bottom[0], bottom[1]) - ROW_SPACING);
}

static GtkSizeRequestMode
kaf_form_columns_get_request_mode (GtkWidget *widget)
{
  return GTK_SIZE_REQUEST_HEIGHT_FOR_WIDTH;
}

static void
kaf_form_columns_measure (GtkWidget *widget,
                          GtkOrientation orientation,
                          int for_size,
                          int *minimum,
                          int *natural,
                          int *minimum_baseline,
                          int *natural_baseline)
{
  int min = 0;
  int nat = 0;

  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    {
      int child_min, child_nat;

      if (!gtk_widget_should_layout (child))
        continue;
      gtk_widget_measure (child, GTK_ORIENTATION_HORIZONTAL, -1, &child_min, &child_nat, NULL,
                          NULL);
      min = MAX (min, child_min);
      nat = MAX (nat, child_nat);
    }

  if (orientation == GTK_ORIENTATION_HORIZONTAL)
    {
      *minimum = min;
      *natural = MAX (nat, TWO_COLUMNS_WIDTH);
    }
  else
    *minimum = *natural =
        lay_out (widget, for_size >= 0 ? MAX (for_size, min) : MAX (nat, TWO_COLUMNS_WIDTH), FALSE);
}

static void
kaf_form_columns_size_allocate (GtkWidget *widget, int width, int height, int baseline)
{
  lay_out (widget, width, TRUE);
}

static void
kaf_form_columns_dispose (GObject *object)
{
  GtkWidget *child;

  while ((child = gtk_widget_get_first_child (GTK_WIDGET (object))) != NULL)
    gtk_widget_unparent (child);
  G_OBJECT_CLASS (kaf_form_columns_parent_class)->dispose (object);
}

static void
kaf_form_columns_class_init (KafFormColumnsClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = kaf_form_columns_dispose;
  widget_class->get_request_mode = kaf_form_columns_get_request_mode;
  widget_class->measure = kaf_form_columns_measure;
  widget_class->size_allocate = kaf_form_columns_size_allocate;
}

static void
kaf_form_columns_init (KafFormColumns *self)
{
}

GtkWidget *
kaf_form_columns_new (void)
{
  return g_object_new (KAF_TYPE_FORM_COLUMNS, NULL);
}

void
kaf_form_columns_append (KafFormColumns *self, GtkWidget *child, KafFormPlace place)
{
  g_return_if_fail (KAF_IS_FORM_COLUMNS (self));

  g_object_set_data (G_OBJECT (child), "kaf-place", GUINT_TO_POINTER (place));
  gtk_widget_set_parent (child, GTK_WIDGET (self));
}
