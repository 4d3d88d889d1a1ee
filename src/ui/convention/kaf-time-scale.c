/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "ui/convention/kaf-time-scale.h"

/* A year must be that wide for its label to stand beside the next. */
#define YEAR_LABEL_WIDTH 56
#define DAYS_PER_YEAR 365.25
#define ZOOM_MOST 6
#define ZOOM_BASE 1.5

struct _KafTimeScale
{
  GObject parent_instance;

  KafDay first, last; /* of what there is */
  KafDay today;
  int zoom; /* steps: 0 shows all */
};

G_DEFINE_FINAL_TYPE (KafTimeScale, kaf_time_scale, G_TYPE_OBJECT)

enum
{
  CHANGED,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

static void
kaf_time_scale_class_init (KafTimeScaleClass *klass)
{
  signals[CHANGED] = g_signal_new ("changed", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL,
                                   NULL, NULL, G_TYPE_NONE, 0);
}

static void
kaf_time_scale_init (KafTimeScale *self)
{
  self->first = 1;
  self->last = 2;
}

KafTimeScale *
kaf_time_scale_new (void)
{
  return g_object_new (KAF_TYPE_TIME_SCALE, NULL);
}

void
kaf_time_scale_set_range (KafTimeScale *self, KafDay from, KafDay until, KafDay today)
{
  g_return_if_fail (KAF_IS_TIME_SCALE (self));

  self->today = today;
  self->first = from != KAF_DAY_UNKNOWN ? MIN (from, today) : today;
  self->last = until != KAF_DAY_UNKNOWN ? MAX (until, today) : today;
  /* Half a year before, and a year in which what has no end fades away. */
  self->first = kaf_day_add_months (self->first, -6);
  self->last = kaf_day_add_months (self->last, 12);
  g_signal_emit (self, signals[CHANGED], 0);
}

KafDay
kaf_time_scale_get_today (KafTimeScale *self)
{
  g_return_val_if_fail (KAF_IS_TIME_SCALE (self), KAF_DAY_UNKNOWN);
  return self->today;
}

static double
get_share (KafTimeScale *self)
{
  double share = 1;

  for (int i = 0; i < self->zoom; i++)
    share /= ZOOM_BASE;
  return share;
}

/* Today keeps its place while what is far from it goes out of sight. */
KafDay
kaf_time_scale_get_from (KafTimeScale *self)
{
  g_return_val_if_fail (KAF_IS_TIME_SCALE (self), KAF_DAY_UNKNOWN);
  return self->today - (KafDay) ((self->today - self->first) * get_share (self));
}

KafDay
kaf_time_scale_get_until (KafTimeScale *self)
{
  g_return_val_if_fail (KAF_IS_TIME_SCALE (self), KAF_DAY_UNKNOWN);
  return self->today + (KafDay) ((self->last - self->today) * get_share (self));
}

gboolean
kaf_time_scale_zoom (KafTimeScale *self, int steps)
{
  int zoom;

  g_return_val_if_fail (KAF_IS_TIME_SCALE (self), FALSE);

  zoom = CLAMP (self->zoom + steps, 0, ZOOM_MOST);
  if (zoom == self->zoom)
    return FALSE;
  self->zoom = zoom;
  g_signal_emit (self, signals[CHANGED], 0);
  return TRUE;
}

double
kaf_time_scale_get_x (KafTimeScale *self, KafDay day, int width, gboolean rtl)
{
  double from = kaf_time_scale_get_from (self);
  double until = kaf_time_scale_get_until (self);
  double x = (day - from) * width / MAX (until - from, 1);

  return rtl ? width - x : x;
}

guint
kaf_time_scale_get_year_step (KafTimeScale *self, int width)
{
  static const guint steps[] = { 1, 2, 5, 10, 20, 50, 100 };
  double years = (kaf_time_scale_get_until (self) - kaf_time_scale_get_from (self)) / DAYS_PER_YEAR;

  for (guint i = 0; i < G_N_ELEMENTS (steps); i++)
    if (width * steps[i] >= years * YEAR_LABEL_WIDTH)
      return steps[i];
  return steps[G_N_ELEMENTS (steps) - 1];
}

KafDay
kaf_time_scale_get_first_line (KafTimeScale *self, guint year_step)
{
  GDate date;
  guint year;

  g_date_clear (&date, 1);
  g_date_set_julian (&date, MAX (kaf_time_scale_get_from (self), 1));
  year = g_date_get_year (&date) + 1;
  year += (year_step - year % year_step) % year_step;
  g_date_set_dmy (&date, 1, G_DATE_JANUARY, (GDateYear) year);
  return g_date_get_julian (&date);
}
