/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Ten short bars that tell where a mission stands, where there is no room for more. Drawn. */
#pragma once

#include "ui/mission/kaf-stepper.h"

G_BEGIN_DECLS

#define KAF_TYPE_STEP_SEGMENTS (kaf_step_segments_get_type ())
G_DECLARE_FINAL_TYPE (KafStepSegments, kaf_step_segments, KAF, STEP_SEGMENTS, GtkWidget)

GtkWidget *kaf_step_segments_new (void);

/* @blocked: in red. */
void
kaf_step_segments_set (KafStepSegments *self, guint step, KafStepperState state, gboolean blocked);

G_END_DECLS
