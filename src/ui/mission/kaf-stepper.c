/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Both ways to show the steps are always there; which of them is drawn follows the width, in the measure: no second
 * layout, no flicker. */
#include "config.h"

#include "ui/mission/kaf-stepper.h"

#include <glib/gi18n-lib.h>

#include "base/kaf-bidi.h"
#include "base/kaf-number.h"
#include "rules/mission/kaf-mission-checks.h"
#include "ui/app/kaf-application.h"
#include "ui/compat/kaf-lazy-menu.h"
#include "ui/compat/kaf-style.h"
#include "ui/mission/kaf-step-button.h"
#include "ui/mission/kaf-step-segments.h"

#define WIDE_FROM 840 /* px: less is too little for ten names */
#define GAP 6         /* px between a circle and the line */

struct _KafStepper
{
  GtkWidget parent_instance;

  GtkWidget *buttons[KAF_MISSION_STEPS + 1]; /* from 1 */
  guint shown;

  GtkWidget *narrow; /* box of the following */
  GtkWidget *count;
  GtkWidget *name;
  GtkWidget *other_name;
  GtkWidget *menu;
  GtkWidget *segments;
  GtkWidget *line;
};

G_DEFINE_FINAL_TYPE (KafStepper, kaf_stepper, GTK_TYPE_WIDGET)

const char *
kaf_stepper_state_word (KafStepperState state)
{
  switch (state)
    {
    case KAF_STEPPER_DRAFTED:
      return C_ ("step", "draft");
    case KAF_STEPPER_OPEN:
      return C_ ("step", "open");
    case KAF_STEPPER_DONE:
      return C_ ("step", "left");
    case KAF_STEPPER_RECHECK:
      return C_ ("step", "to re-check");
    case KAF_STEPPER_TO_COME:
    default:
      return C_ ("step", "to come");
    }
}

static void
kaf_stepper_measure (GtkWidget *widget,
                     GtkOrientation orientation,
                     int for_size,
                     int *minimum,
                     int *natural,
                     int *minimum_baseline,
                     int *natural_baseline)
{
  KafStepper *self = KAF_STEPPER (widget);

  if (orientation == GTK_ORIENTATION_VERTICAL && for_size >= WIDE_FROM)
    {
      *minimum = *natural = KAF_STEP_BUTTON_HEIGHT + 2 * KAF_STEP_BUTTON_MARGIN;
      return;
    }
  gtk_widget_measure (self->narrow, orientation, for_size, minimum, natural, NULL, NULL);
  if (orientation == GTK_ORIENTATION_HORIZONTAL)
    *natural = MAX (*natural, WIDE_FROM);
}

static void
kaf_stepper_size_allocate (GtkWidget *widget, int width, int height, int baseline)
{
  KafStepper *self = KAF_STEPPER (widget);
  gboolean wide = width >= WIDE_FROM;
  gboolean rtl = gtk_widget_get_direction (widget) == GTK_TEXT_DIR_RTL;

  gtk_widget_set_child_visible (self->narrow, !wide);
  if (!wide)
    gtk_widget_size_allocate (self->narrow, &(GtkAllocation){ 0, 0, width, height }, -1);
  for (int step = 1; step <= KAF_MISSION_STEPS; step++)
    {
      int from = width * (step - 1) / KAF_MISSION_STEPS;
      int until = width * step / KAF_MISSION_STEPS;

      gtk_widget_set_child_visible (self->buttons[step], wide);
      if (wide)
        gtk_widget_size_allocate (
            self->buttons[step],
            &(GtkAllocation){ rtl ? width - until : from, 0, until - from, height }, -1);
    }
}

/* Through what was left, in the accent; the rest in grey. */
static void
draw_lines (KafStepper *self, GtkSnapshot *snapshot, int width)
{
  GtkWidget *widget = GTK_WIDGET (self);
  gboolean rtl = gtk_widget_get_direction (widget) == GTK_TEXT_DIR_RTL;
  GdkRGBA done = kaf_style_look_up_color (widget, "accent_bg_color");
  GdkRGBA rest = kaf_style_get_color (widget);
  float each = width / (float) KAF_MISSION_STEPS;
  float margin = KAF_STEP_BUTTON_CIRCLE / 2.0f + GAP;

  rest.alpha *= 0.2f;
  for (guint step = 1; step < KAF_MISSION_STEPS; step++)
    {
      float from = each * ((float) step - 0.5f) + margin;
      float length = each - 2 * margin;
      KafStepperState state = kaf_stepper_get_state (self, step);

      gtk_snapshot_append_color (
          snapshot, state == KAF_STEPPER_DONE ? &done : &rest,
          &GRAPHENE_RECT_INIT (rtl ? width - from - length : from,
                               KAF_STEP_BUTTON_MARGIN + KAF_STEP_BUTTON_LINE - 1, length, 2));
    }
}

static void
kaf_stepper_snapshot (GtkWidget *widget, GtkSnapshot *snapshot)
{
  KafStepper *self = KAF_STEPPER (widget);
  int width = gtk_widget_get_width (widget);

  GTK_WIDGET_CLASS (kaf_stepper_parent_class)->snapshot (widget, snapshot);
  if (width >= WIDE_FROM)
    draw_lines (self, snapshot, width);
}

static GtkSizeRequestMode
kaf_stepper_get_request_mode (GtkWidget *widget)
{
  return GTK_SIZE_REQUEST_HEIGHT_FOR_WIDTH;
}

static void
kaf_stepper_dispose (GObject *object)
{
  KafStepper *self = KAF_STEPPER (object);

  for (guint step = 1; step <= KAF_MISSION_STEPS; step++)
    g_clear_pointer (&self->buttons[step], gtk_widget_unparent);
  g_clear_pointer (&self->narrow, gtk_widget_unparent);
  G_OBJECT_CLASS (kaf_stepper_parent_class)->dispose (object);
}

static void
kaf_stepper_class_init (KafStepperClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = kaf_stepper_dispose;
  widget_class->measure = kaf_stepper_measure;
  widget_class->size_allocate = kaf_stepper_size_allocate;
  widget_class->snapshot = kaf_stepper_snapshot;
  widget_class->get_request_mode = kaf_stepper_get_request_mode;
  gtk_widget_class_set_css_name (widget_class, "kafstepper");
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_GROUP);
}

static GtkWidget *
make_label (const char *class, const char *other)
{
  GtkWidget *label = gtk_label_new (NULL);

  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_label_set_ellipsize (GTK_LABEL (label), PANGO_ELLIPSIZE_END);
  gtk_widget_add_css_class (label, class);
  if (other != NULL)
    gtk_widget_add_css_class (label, other);
  return label;
}

static GMenu *
make_menu (void)
{
  GMenu *menu = g_menu_new ();

  for (guint step = 1; step <= KAF_MISSION_STEPS; step++)
    {
      g_autofree char *label = g_strdup_printf ("%u · %s", step, kaf_mission_step_name (step));
      g_autoptr (GMenuItem) item = g_menu_item_new (label, NULL);

      g_menu_item_set_action_and_target (item, "mission.show-step", "i", (int) step);
      g_menu_append_item (menu, item);
    }
  return menu;
}

static GtkWidget *
make_head (KafStepper *self)
{
  GtkWidget *head = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 12);
  GtkWidget *words = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);
  GtkWidget *names = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 8);
  g_autoptr (GMenu) menu = make_menu ();

  self->count = make_label ("caption", "dim-label");
  self->name = make_label ("title-2", NULL);
  self->other_name = make_label ("dim-label", NULL);
  gtk_widget_set_valign (self->other_name, GTK_ALIGN_CENTER);
  gtk_box_append (GTK_BOX (names), self->name);
  gtk_box_append (GTK_BOX (names), self->other_name);
  gtk_box_append (GTK_BOX (words), self->count);
  gtk_box_append (GTK_BOX (words), names);
  gtk_widget_set_hexpand (words, TRUE);
  self->menu = gtk_menu_button_new ();
  gtk_menu_button_set_icon_name (GTK_MENU_BUTTON (self->menu), "pan-down-symbolic");
  kaf_lazy_menu_set (GTK_MENU_BUTTON (self->menu), G_MENU_MODEL (menu));
  gtk_widget_add_css_class (self->menu, "circular");
  gtk_widget_set_valign (self->menu, GTK_ALIGN_CENTER);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->menu), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  _ ("Show Another Step"), -1);
  gtk_box_append (GTK_BOX (head), words);
  gtk_box_append (GTK_BOX (head), self->menu);
  return head;
}

static void
kaf_stepper_init (KafStepper *self)
{
  self->narrow = gtk_box_new (GTK_ORIENTATION_VERTICAL, 6);
  gtk_widget_add_css_class (self->narrow, "kaf-stepper-narrow");
  self->segments = kaf_step_segments_new ();
  self->line = make_label ("caption", "dim-label");
  gtk_box_append (GTK_BOX (self->narrow), make_head (self));
  gtk_box_append (GTK_BOX (self->narrow), self->segments);
  gtk_box_append (GTK_BOX (self->narrow), self->line);
  for (guint step = 1; step <= KAF_MISSION_STEPS; step++)
    {
      self->buttons[step] = kaf_step_button_new (step);
      gtk_widget_set_parent (self->buttons[step], GTK_WIDGET (self));
    }
  gtk_widget_set_parent (self->narrow, GTK_WIDGET (self));
  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  _ ("Steps of the Mission"), -1);
}

GtkWidget *
kaf_stepper_new (void)
{
  return g_object_new (KAF_TYPE_STEPPER, NULL);
}

void
kaf_stepper_set_step (
    KafStepper *self, guint step, KafStepperState state, guint n_blocks, const char *note)
{
  g_return_if_fail (KAF_IS_STEPPER (self));
  g_return_if_fail (step >= 1 && step <= KAF_MISSION_STEPS);

  kaf_step_button_set (KAF_STEP_BUTTON (self->buttons[step]), state, n_blocks, note,
                       step == self->shown);
  kaf_step_segments_set (KAF_STEP_SEGMENTS (self->segments), step, state, n_blocks > 0);
  gtk_widget_queue_draw (GTK_WIDGET (self));
}

KafStepperState
kaf_stepper_get_state (KafStepper *self, guint step)
{
  g_return_val_if_fail (step >= 1 && step <= KAF_MISSION_STEPS, KAF_STEPPER_TO_COME);
  return kaf_step_button_get_state (KAF_STEP_BUTTON (self->buttons[step]));
}

guint
kaf_stepper_get_blocks (KafStepper *self, guint step)
{
  g_return_val_if_fail (step >= 1 && step <= KAF_MISSION_STEPS, 0);
  return kaf_step_button_get_blocks (KAF_STEP_BUTTON (self->buttons[step]));
}

/* The name in the other script of the country. */
static const char *
get_other_name (guint step)
{
  return kaf_application_get_lang () == KAF_LANG_AR ? kaf_mission_step_name_fr (step)
                                                    : kaf_mission_step_name_ar (step);
}

void
kaf_stepper_set_shown (KafStepper *self, guint step, const char *line)
{
  KafLang lang = kaf_application_get_lang ();
  g_autofree char *number = NULL;
  g_autofree char *all = NULL;
  g_autofree char *count = NULL;
  guint before;

  g_return_if_fail (KAF_IS_STEPPER (self));
  g_return_if_fail (step >= 1 && step <= KAF_MISSION_STEPS);

  before = self->shown;
  self->shown = step;
  for (guint i = 1; i <= KAF_MISSION_STEPS; i++)
    if (i == before || i == step)
      {
        KafStepButton *button = KAF_STEP_BUTTON (self->buttons[i]);
        g_autofree char *note = g_strdup (kaf_step_button_get_note (button));

        kaf_step_button_set (button, kaf_step_button_get_state (button),
                             kaf_step_button_get_blocks (button), *note != '\0' ? note : NULL,
                             i == step);
      }
  number = kaf_number_format (step, lang);
  all = kaf_number_format (KAF_MISSION_STEPS, lang);
  /* Translators: the place of a step among all, "Step 5 of 10". */
  count = g_strdup_printf (_ ("Step %s of %s"), number, all);
  gtk_label_set_text (GTK_LABEL (self->count), count);
  gtk_label_set_text (GTK_LABEL (self->name), kaf_mission_step_name (step));
  gtk_label_set_text (GTK_LABEL (self->other_name), get_other_name (step));
  gtk_label_set_text (GTK_LABEL (self->line), line != NULL ? line : "");
  gtk_widget_set_visible (self->line, line != NULL);
}

GtkWidget *
kaf_stepper_get_button (KafStepper *self, guint step)
{
  g_return_val_if_fail (step >= 1 && step <= KAF_MISSION_STEPS, NULL);
  return self->buttons[step];
}
