/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "ui/compat/kaf-chevron.h"

#include "ui/compat/kaf-style.h"

#define LINE 1.5

struct _KafChevron
{
  GtkWidget parent_instance;
};

G_DEFINE_FINAL_TYPE (KafChevron, kaf_chevron, GTK_TYPE_WIDGET)

void
kaf_chevron_draw (GtkWidget *widget, GtkSnapshot *snapshot, const GdkRectangle *place)
{
  gboolean rtl = gtk_widget_get_direction (widget) == GTK_TEXT_DIR_RTL;
  int x = place->x + (place->width - KAF_CHEVRON_SIZE) / 2;
  int y = place->y + (place->height - KAF_CHEVRON_SIZE) / 2;
  double middle = y + KAF_CHEVRON_SIZE / 2.0;
  double half = KAF_CHEVRON_SIZE * 3 / 8.0;
  double tail = x + KAF_CHEVRON_SIZE * (rtl ? 5 : 3) / 8.0;
  GdkRGBA color = kaf_style_get_color (widget);
  cairo_t *cr = gtk_snapshot_append_cairo (
      snapshot, &GRAPHENE_RECT_INIT ((float) x, (float) y, KAF_CHEVRON_SIZE, KAF_CHEVRON_SIZE));

  color.alpha *= kaf_style_get_dim ();
  gdk_cairo_set_source_rgba (cr, &color);
  cairo_set_line_width (cr, LINE);
  cairo_set_line_cap (cr, CAIRO_LINE_CAP_ROUND);
  cairo_set_line_join (cr, CAIRO_LINE_JOIN_ROUND);
  cairo_move_to (cr, tail, middle - half);
  cairo_line_to (cr, tail + (rtl ? -half : half), middle);
  cairo_line_to (cr, tail, middle + half);
  cairo_stroke (cr);
  cairo_destroy (cr);
}

static void
kaf_chevron_measure (GtkWidget *widget,
                     GtkOrientation orientation,
                     int for_size,
                     int *minimum,
                     int *natural,
                     int *minimum_baseline,
                     int *natural_baseline)
{
  *minimum = *natural = KAF_CHEVRON_SIZE;
}

static void
kaf_chevron_snapshot (GtkWidget *widget, GtkSnapshot *snapshot)
{
  GdkRectangle place = { 0, 0, gtk_widget_get_width (widget), gtk_widget_get_height (widget) };

  kaf_chevron_draw (widget, snapshot, &place);
}

static void
kaf_chevron_class_init (KafChevronClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  widget_class->measure = kaf_chevron_measure;
  widget_class->snapshot = kaf_chevron_snapshot;
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_PRESENTATION);
}

static void
kaf_chevron_init (KafChevron *self)
{
}

GtkWidget *
kaf_chevron_new (void)
{
  return g_object_new (KAF_TYPE_CHEVRON, NULL);
}
