/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A step in the stepper: a circle with its number, its name and a note, drawn by the button itself. */
#pragma once

#include "ui/mission/kaf-stepper.h"

G_BEGIN_DECLS

#define KAF_STEP_BUTTON_HEIGHT 78
/* px from the upper edge to the middle of the circle, where the line between two runs. */
#define KAF_STEP_BUTTON_LINE 24
#define KAF_STEP_BUTTON_CIRCLE 26
#define KAF_STEP_BUTTON_MARGIN 4 /* above and below it, as style.css has it */

#define KAF_TYPE_STEP_BUTTON (kaf_step_button_get_type ())
G_DECLARE_FINAL_TYPE (KafStepButton, kaf_step_button, KAF, STEP_BUTTON, GtkButton)

GtkWidget *kaf_step_button_new (guint step);
void kaf_step_button_set (
    KafStepButton *self, KafStepperState state, guint n_blocks, const char *note, gboolean shown);
KafStepperState kaf_step_button_get_state (KafStepButton *self);
guint kaf_step_button_get_blocks (KafStepButton *self);
const char *kaf_step_button_get_note (KafStepButton *self);

G_END_DECLS
