/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The list of sections beside the form where there is room; the form alone where there is not. */
#include "config.h"

#include "ui/form/kaf-form-frame.h"

#define SIDE_WIDTH 226
#define SIDE_FROM 860

struct _KafFormFrame
{
  GtkWidget parent_instance;

  GtkWidget *side; /* nullable */
  GtkWidget *content;
};

G_DEFINE_FINAL_TYPE (KafFormFrame, kaf_form_frame, GTK_TYPE_WIDGET)

static void
kaf_form_frame_measure (GtkWidget *widget,
                        GtkOrientation orientation,
                        int for_size,
                        int *minimum,
                        int *natural,
                        int *minimum_baseline,
                        int *natural_baseline)
{
  KafFormFrame *self = KAF_FORM_FRAME (widget);
  int width = for_size;

  /* The content scrolls: its height hangs on no width that matters here. */
  if (orientation == GTK_ORIENTATION_VERTICAL && self->side != NULL && for_size >= SIDE_FROM)
    width -= SIDE_WIDTH;
  gtk_widget_measure (self->content, orientation, width, minimum, natural, NULL, NULL);
  if (orientation == GTK_ORIENTATION_HORIZONTAL)
    *natural = MAX (*natural, *minimum);
}

static void
kaf_form_frame_size_allocate (GtkWidget *widget, int width, int height, int baseline)
{
  KafFormFrame *self = KAF_FORM_FRAME (widget);
  gboolean beside = self->side != NULL && width >= SIDE_FROM;
  gboolean rtl = gtk_widget_get_direction (widget) == GTK_TEXT_DIR_RTL;
  int side = beside ? SIDE_WIDTH : 0;
  GtkAllocation content = { rtl ? 0 : side, 0, width - side, height };

  if (self->side != NULL)
    gtk_widget_set_child_visible (self->side, beside);
  if (beside)
    {
      GtkAllocation allocation = { rtl ? width - side : 0, 0, side, height };

      /* GTK wants a widget measured before it is placed. */
      gtk_widget_measure (self->side, GTK_ORIENTATION_HORIZONTAL, -1, NULL, NULL, NULL, NULL);
      gtk_widget_size_allocate (self->side, &allocation, -1);
    }
  gtk_widget_size_allocate (self->content, &content, -1);
}

static void
kaf_form_frame_dispose (GObject *object)
{
  KafFormFrame *self = KAF_FORM_FRAME (object);

  g_clear_pointer (&self->side, gtk_widget_unparent);
  g_clear_pointer (&self->content, gtk_widget_unparent);
  G_OBJECT_CLASS (kaf_form_frame_parent_class)->dispose (object);
}

static void
kaf_form_frame_class_init (KafFormFrameClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = kaf_form_frame_dispose;
  widget_class->measure = kaf_form_frame_measure;
  widget_class->size_allocate = kaf_form_frame_size_allocate;
}

static void
kaf_form_frame_init (KafFormFrame *self)
{
  gtk_widget_set_vexpand (GTK_WIDGET (self), TRUE);
  gtk_widget_set_hexpand (GTK_WIDGET (self), TRUE);
}

GtkWidget *
kaf_form_frame_new (GtkWidget *side, GtkWidget *content)
{
  KafFormFrame *self = g_object_new (KAF_TYPE_FORM_FRAME, NULL);

  self->side = side;
  self->content = content;
  if (side != NULL)
    gtk_widget_set_parent (side, GTK_WIDGET (self));
  gtk_widget_set_parent (content, GTK_WIDGET (self));
  return GTK_WIDGET (self);
}
