/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "ui/convention/kaf-split.h"

#define BOTH_FROM 640 /* px: less is left to the text */
#define TEXT_PERCENT 44
#define TEXT_LEAST 330
#define TEXT_MOST 520
#define GAP 6

struct _KafSplit
{
  GtkWidget parent_instance;

  GtkWidget *text;
  GtkWidget *drawing;
};

G_DEFINE_FINAL_TYPE (KafSplit, kaf_split, GTK_TYPE_WIDGET)

static int
get_text_width (int width)
{
  return width < BOTH_FROM ? width : CLAMP (width * TEXT_PERCENT / 100, TEXT_LEAST, TEXT_MOST);
}

static void
kaf_split_measure (GtkWidget *widget,
                   GtkOrientation orientation,
                   int for_size,
                   int *minimum,
                   int *natural,
                   int *minimum_baseline,
                   int *natural_baseline)
{
  KafSplit *self = KAF_SPLIT (widget);
  int drawing_minimum, drawing_natural;

  gtk_widget_measure (self->text, orientation, -1, minimum, natural, NULL, NULL);
  if (orientation == GTK_ORIENTATION_HORIZONTAL)
    return;
  gtk_widget_measure (self->drawing, orientation, -1, &drawing_minimum, &drawing_natural, NULL,
                      NULL);
  *minimum = MAX (*minimum, drawing_minimum);
  *natural = MAX (*natural, drawing_natural);
}

static void
kaf_split_size_allocate (GtkWidget *widget, int width, int height, int baseline)
{
  KafSplit *self = KAF_SPLIT (widget);
  gboolean rtl = gtk_widget_get_direction (widget) == GTK_TEXT_DIR_RTL;
  int text = get_text_width (width);
  int rest = MAX (width - text - GAP, 0);

  gtk_widget_size_allocate (self->text, &(GtkAllocation){ rtl ? width - text : 0, 0, text, height },
                            -1);
  gtk_widget_set_child_visible (self->drawing, rest > 0);
  if (rest > 0)
    gtk_widget_size_allocate (self->drawing,
                              &(GtkAllocation){ rtl ? 0 : text + GAP, 0, rest, height }, -1);
}

static void
kaf_split_dispose (GObject *object)
{
  KafSplit *self = KAF_SPLIT (object);

  g_clear_pointer (&self->text, gtk_widget_unparent);
  g_clear_pointer (&self->drawing, gtk_widget_unparent);
  G_OBJECT_CLASS (kaf_split_parent_class)->dispose (object);
}

static void
kaf_split_class_init (KafSplitClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = kaf_split_dispose;
  widget_class->measure = kaf_split_measure;
  widget_class->size_allocate = kaf_split_size_allocate;
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_PRESENTATION);
}

static void
kaf_split_init (KafSplit *self)
{
}

GtkWidget *
kaf_split_new (GtkWidget *text, GtkWidget *drawing)
{
  KafSplit *self = g_object_new (KAF_TYPE_SPLIT, NULL);

  self->text = text;
  self->drawing = drawing;
  gtk_widget_set_parent (text, GTK_WIDGET (self));
  gtk_widget_set_parent (drawing, GTK_WIDGET (self));
  return GTK_WIDGET (self);
}
