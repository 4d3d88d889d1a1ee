/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "ui/mission/kaf-step-segments.h"

#include "rules/mission/kaf-mission.h"
#include "ui/compat/kaf-style.h"

#define HEIGHT 6
#define GAP 4
#define LEAST 8

struct _KafStepSegments
{
  GtkWidget parent_instance;

  KafStepperState states[KAF_MISSION_STEPS + 1];
  gboolean blocked[KAF_MISSION_STEPS + 1];
};

G_DEFINE_FINAL_TYPE (KafStepSegments, kaf_step_segments, GTK_TYPE_WIDGET)

static void
kaf_step_segments_measure (GtkWidget *widget,
                           GtkOrientation orientation,
                           int for_size,
                           int *minimum,
                           int *natural,
                           int *minimum_baseline,
                           int *natural_baseline)
{
  *minimum = *natural =
      orientation == GTK_ORIENTATION_VERTICAL ? HEIGHT : KAF_MISSION_STEPS * (LEAST + GAP) - GAP;
}

static GdkRGBA
choose_colour (KafStepSegments *self, guint step)
{
  GtkWidget *widget = GTK_WIDGET (self);
  KafStepperState state = self->states[step];
  GdkRGBA grey;

  if (self->blocked[step] && state == KAF_STEPPER_OPEN)
    return kaf_style_look_up_color (widget, "error_bg_color");
  if (state == KAF_STEPPER_RECHECK)
    return kaf_style_look_up_color (widget, "warning_bg_color");
  if (state == KAF_STEPPER_DONE || state == KAF_STEPPER_OPEN)
    return kaf_style_look_up_color (widget, "accent_bg_color");
  grey = kaf_style_get_color (widget);
  grey.alpha *= state == KAF_STEPPER_DRAFTED ? 0.3f : 0.15f;
  return grey;
}

static void
kaf_step_segments_snapshot (GtkWidget *widget, GtkSnapshot *snapshot)
{
  KafStepSegments *self = KAF_STEP_SEGMENTS (widget);
  gboolean rtl = gtk_widget_get_direction (widget) == GTK_TEXT_DIR_RTL;
  float whole = gtk_widget_get_width (widget);
  float each = (whole + GAP) / KAF_MISSION_STEPS;

  for (guint step = 1; step <= KAF_MISSION_STEPS; step++)
    {
      float from = each * (float) (step - 1);
      graphene_rect_t place =
          GRAPHENE_RECT_INIT (rtl ? whole - from - (each - GAP) : from, 0, each - GAP, HEIGHT);
      GdkRGBA colour = choose_colour (self, step);
      GskRoundedRect outline;

      gsk_rounded_rect_init_from_rect (&outline, &place, HEIGHT / 2.0f);
      gtk_snapshot_push_rounded_clip (snapshot, &outline);
      gtk_snapshot_append_color (snapshot, &colour, &place);
      gtk_snapshot_pop (snapshot);
    }
}

static void
kaf_step_segments_class_init (KafStepSegmentsClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  widget_class->measure = kaf_step_segments_measure;
  widget_class->snapshot = kaf_step_segments_snapshot;
  /* The words beside it say the same. */
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_PRESENTATION);
}

static void
kaf_step_segments_init (KafStepSegments *self)
{
}

GtkWidget *
kaf_step_segments_new (void)
{
  return g_object_new (KAF_TYPE_STEP_SEGMENTS, NULL);
}

void
kaf_step_segments_set (KafStepSegments *self, guint step, KafStepperState state, gboolean blocked)
{
  g_return_if_fail (KAF_IS_STEP_SEGMENTS (self));
  g_return_if_fail (step >= 1 && step <= KAF_MISSION_STEPS);

  self->states[step] = state;
  self->blocked[step] = blocked;
  gtk_widget_queue_draw (GTK_WIDGET (self));
}
