/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Days along a line: the one scale of the axis above and of the bars in all rows. Time runs from the start side,
 * which is the right in Arabic.
 *
 * Signal "changed": what shows of it is to be drawn again. */
#pragma once

#include <gtk/gtk.h>

#include "base/kaf-day.h"

G_BEGIN_DECLS

#define KAF_TYPE_TIME_SCALE (kaf_time_scale_get_type ())
G_DECLARE_FINAL_TYPE (KafTimeScale, kaf_time_scale, KAF, TIME_SCALE, GObject)

KafTimeScale *kaf_time_scale_new (void);

/* What there is to show, with some room around it and @today in it; unknown days count for nothing. */
void kaf_time_scale_set_range (KafTimeScale *self, KafDay from, KafDay until, KafDay today);

KafDay kaf_time_scale_get_today (KafTimeScale *self);
KafDay kaf_time_scale_get_from (KafTimeScale *self);
KafDay kaf_time_scale_get_until (KafTimeScale *self);

/* Closer or farther around today: by half a step each. FALSE: as close or as far as it goes. */
gboolean kaf_time_scale_zoom (KafTimeScale *self, int steps);

/* px from the left of a widget @width wide; may lie outside of it. */
double kaf_time_scale_get_x (KafTimeScale *self, KafDay day, int width, gboolean rtl);

/* Years between two lines, so that their labels have room: 1, 2, 5, 10… */
guint kaf_time_scale_get_year_step (KafTimeScale *self, int width);

/* 1 January of the first year that a line is drawn for; the next ones are steps of 12 × that many months. */
KafDay kaf_time_scale_get_first_line (KafTimeScale *self, guint year_step);

G_END_DECLS
