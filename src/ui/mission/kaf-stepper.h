/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Where a mission stands: ten steps in a line, each a button that shows the step; what is done, the open one, what is
 * drafted, what is to come. Where there is no room for ten names: ten segments and the name of the step that shows.
 *
 * Its buttons activate "mission.show-step" (i). */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

typedef enum
{
  KAF_STEPPER_TO_COME,
  KAF_STEPPER_DRAFTED, /* something is written in it, and it is not open yet */
  KAF_STEPPER_OPEN,
  KAF_STEPPER_DONE,
  KAF_STEPPER_RECHECK, /* was left, and something before it was reopened */
} KafStepperState;

#define KAF_TYPE_STEPPER (kaf_stepper_get_type ())
G_DECLARE_FINAL_TYPE (KafStepper, kaf_stepper, KAF, STEPPER, GtkWidget)

GtkWidget *kaf_stepper_new (void);

/* @step: 1…10. @n_blocks: in its badge; 0: none. @note: nullable, a date or a few words under its name. */
void kaf_stepper_set_step (
    KafStepper *self, guint step, KafStepperState state, guint n_blocks, const char *note);
KafStepperState kaf_stepper_get_state (KafStepper *self, guint step);
guint kaf_stepper_get_blocks (KafStepper *self, guint step);

/* The step that the page shows. @line: nullable, stands under the segments: dates, days in the step. */
void kaf_stepper_set_shown (KafStepper *self, guint step, const char *line);

/* The button of a step, for the focus. (transfer none) */
GtkWidget *kaf_stepper_get_button (KafStepper *self, guint step);

/* How the state is said: "open", "left"… */
const char *kaf_stepper_state_word (KafStepperState state);

G_END_DECLS
