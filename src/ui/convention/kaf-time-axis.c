/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "ui/convention/kaf-time-axis.h"

#include "base/kaf-date.h"
#include "ui/app/kaf-application.h"
#include "ui/compat/kaf-drawn-text.h"
#include "ui/compat/kaf-style.h"

#define HEIGHT 28
#define PADDING 7 /* of today's pill */
#define LINE_HEIGHT 20

struct _KafTimeAxis
{
  GtkWidget parent_instance;

  KafTimeScale *scale;
  KafDrawnText year, today;
};

G_DEFINE_FINAL_TYPE (KafTimeAxis, kaf_time_axis, GTK_TYPE_WIDGET)

static void
kaf_time_axis_measure (GtkWidget *widget,
                       GtkOrientation orientation,
                       int for_size,
                       int *minimum,
                       int *natural,
                       int *minimum_baseline,
                       int *natural_baseline)
{
  *minimum = *natural = orientation == GTK_ORIENTATION_VERTICAL ? HEIGHT : 0;
}

/* Where today's pill lies, wholly within the axis. */
static graphene_rect_t
place_today (KafTimeAxis *self, int width, gboolean rtl)
{
  double x = kaf_time_scale_get_x (self->scale, kaf_time_scale_get_today (self->scale), width, rtl);
  int pill = kaf_drawn_text_get_width (&self->today) + 2 * PADDING;

  return GRAPHENE_RECT_INIT ((float) CLAMP (x - pill / 2.0, 0, MAX (width - pill, 0)),
                             (HEIGHT - LINE_HEIGHT) / 2.0f, pill, LINE_HEIGHT);
}

static void
draw_years (
    KafTimeAxis *self, GtkSnapshot *snapshot, const graphene_rect_t *today, int width, gboolean rtl)
{
  GtkWidget *widget = GTK_WIDGET (self);
  guint step = kaf_time_scale_get_year_step (self->scale, width);
  KafDay until = kaf_time_scale_get_until (self->scale);

  for (KafDay day = kaf_time_scale_get_first_line (self->scale, step);
       day != KAF_DAY_UNKNOWN && day <= until; day = kaf_day_add_months (day, 12 * (int) step))
    {
      g_autofree char *iso = kaf_day_to_iso (day);
      double x = kaf_time_scale_get_x (self->scale, day, width, rtl);
      GdkRectangle place;
      int wide;

      iso[4] = '\0';
      kaf_drawn_text_set (&self->year, widget, iso,
                          KAF_DRAWN_TEXT_SMALL | KAF_DRAWN_TEXT_DIM | KAF_DRAWN_TEXT_FIGURE, 1);
      wide = kaf_drawn_text_get_width (&self->year);
      place = (GdkRectangle){ (int) x - wide / 2, 0, wide, HEIGHT };
      /* Today says more than the year it would cover. */
      if (place.x < 0 || place.x + wide > width ||
          (place.x < today->origin.x + today->size.width + 4 &&
           place.x + wide > today->origin.x - 4))
        continue;
      kaf_drawn_text_draw (&self->year, widget, snapshot, &place);
    }
}

static void
draw_today (KafTimeAxis *self, GtkSnapshot *snapshot, const graphene_rect_t *place)
{
  GtkWidget *widget = GTK_WIDGET (self);
  GdkRGBA fill = kaf_style_look_up_color (widget, "error_bg_color");
  GdkRectangle text = { (int) place->origin.x + PADDING, (int) place->origin.y,
                        (int) place->size.width - 2 * PADDING, LINE_HEIGHT };
  GskRoundedRect outline;

  fill.alpha = 0.22f;
  gsk_rounded_rect_init_from_rect (&outline, place, LINE_HEIGHT / 2.0f);
  gtk_snapshot_push_rounded_clip (snapshot, &outline);
  gtk_snapshot_append_color (snapshot, &fill, place);
  gtk_snapshot_pop (snapshot);
  kaf_drawn_text_draw (&self->today, widget, snapshot, &text);
}

static void
kaf_time_axis_snapshot (GtkWidget *widget, GtkSnapshot *snapshot)
{
  KafTimeAxis *self = KAF_TIME_AXIS (widget);
  gboolean rtl = gtk_widget_get_direction (widget) == GTK_TEXT_DIR_RTL;
  int width = gtk_widget_get_width (widget);
  g_autofree char *iso = kaf_day_to_iso (kaf_time_scale_get_today (self->scale));
  g_autofree char *text =
      iso != NULL ? kaf_date_format (iso, kaf_application_get_lang (), KAF_DATE_MEDIUM) : NULL;
  graphene_rect_t today;

  if (text == NULL || width <= 0)
    return;
  kaf_drawn_text_set (&self->today, widget, text, KAF_DRAWN_TEXT_SMALL | KAF_DRAWN_TEXT_BOLD, 1);
  today = place_today (self, width, rtl);
  draw_years (self, snapshot, &today, width, rtl);
  draw_today (self, snapshot, &today);
}

static void
kaf_time_axis_dispose (GObject *object)
{
  KafTimeAxis *self = KAF_TIME_AXIS (object);

  kaf_drawn_text_clear (&self->year);
  kaf_drawn_text_clear (&self->today);
  g_clear_object (&self->scale);
  G_OBJECT_CLASS (kaf_time_axis_parent_class)->dispose (object);
}

static void
kaf_time_axis_class_init (KafTimeAxisClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = kaf_time_axis_dispose;
  widget_class->measure = kaf_time_axis_measure;
  widget_class->snapshot = kaf_time_axis_snapshot;
  /* What it shows, each row says in words. */
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_PRESENTATION);
}

static void
kaf_time_axis_init (KafTimeAxis *self)
{
}

GtkWidget *
kaf_time_axis_new (KafTimeScale *scale)
{
  KafTimeAxis *self = g_object_new (KAF_TYPE_TIME_AXIS, NULL);

  self->scale = g_object_ref (scale);
  g_signal_connect_object (scale, "changed", G_CALLBACK (gtk_widget_queue_draw), self,
                           G_CONNECT_SWAPPED);
  return GTK_WIDGET (self);
}
