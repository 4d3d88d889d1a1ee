/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "ui/compat/kaf-text.h"

struct _KafText
{
  GtkWidget parent_instance;

  KafDrawnText text;
  KafDrawnTextStyle style;
  int width;
  int lines;
};

G_DEFINE_FINAL_TYPE (KafText, kaf_text, GTK_TYPE_WIDGET)

static GtkSizeRequestMode
kaf_text_get_request_mode (GtkWidget *widget)
{
  return GTK_SIZE_REQUEST_HEIGHT_FOR_WIDTH;
}

static void
kaf_text_measure (GtkWidget *widget,
                  GtkOrientation orientation,
                  int for_size,
                  int *minimum,
                  int *natural,
                  int *minimum_baseline,
                  int *natural_baseline)
{
  KafText *self = KAF_TEXT (widget);

  if (orientation == GTK_ORIENTATION_HORIZONTAL)
    {
      *natural = kaf_drawn_text_get_width (&self->text);
      *minimum = MIN (*natural, self->width);
      return;
    }
  *minimum = *natural = kaf_drawn_text_get_height (&self->text, for_size);
  *minimum_baseline = *natural_baseline = kaf_drawn_text_get_baseline (&self->text);
}

static void
kaf_text_snapshot (GtkWidget *widget, GtkSnapshot *snapshot)
{
  GdkRectangle place = { 0, 0, gtk_widget_get_width (widget), gtk_widget_get_height (widget) };

  kaf_drawn_text_draw (&KAF_TEXT (widget)->text, widget, snapshot, &place);
}

static void
kaf_text_finalize (GObject *object)
{
  kaf_drawn_text_clear (&KAF_TEXT (object)->text);
  G_OBJECT_CLASS (kaf_text_parent_class)->finalize (object);
}

static void
kaf_text_class_init (KafTextClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->finalize = kaf_text_finalize;
  widget_class->get_request_mode = kaf_text_get_request_mode;
  widget_class->measure = kaf_text_measure;
  widget_class->snapshot = kaf_text_snapshot;
  gtk_widget_class_set_css_name (widget_class, "kaftext");
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_LABEL);
}

static void
kaf_text_init (KafText *self)
{
}

GtkWidget *
kaf_text_new (const char *text, KafDrawnTextStyle style, int width, int lines)
{
  KafText *self = g_object_new (KAF_TYPE_TEXT, NULL);

  self->style = style;
  self->width = width;
  self->lines = lines;
  kaf_text_set (self, text);
  return GTK_WIDGET (self);
}

void
kaf_text_set (KafText *self, const char *text)
{
  g_return_if_fail (KAF_IS_TEXT (self));

  kaf_drawn_text_set (&self->text, GTK_WIDGET (self), text, self->style, self->lines);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  text != NULL ? text : "", -1);
  gtk_widget_queue_resize (GTK_WIDGET (self));
}

const char *
kaf_text_get (KafText *self)
{
  g_return_val_if_fail (KAF_IS_TEXT (self), NULL);

  return kaf_drawn_text_get (&self->text);
}
