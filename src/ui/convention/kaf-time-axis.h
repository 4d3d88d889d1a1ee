/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The years above the bars, with today in words. */
#pragma once

#include "ui/convention/kaf-time-scale.h"

G_BEGIN_DECLS

#define KAF_TYPE_TIME_AXIS (kaf_time_axis_get_type ())
G_DECLARE_FINAL_TYPE (KafTimeAxis, kaf_time_axis, KAF, TIME_AXIS, GtkWidget)

GtkWidget *kaf_time_axis_new (KafTimeScale *scale);

G_END_DECLS
