/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "ui/mission/kaf-step-button.h"

#include <glib/gi18n-lib.h>

#include "base/kaf-number.h"
#include "rules/mission/kaf-mission-checks.h"
#include "ui/app/kaf-application.h"
#include "ui/compat/kaf-drawn-text.h"
#include "ui/compat/kaf-style.h"

#define MINIMUM_WIDTH 72
#define NATURAL_WIDTH 110
#define NAME_TOP 40
#define NAME_HEIGHT 18
#define NOTE_TOP 57
#define NOTE_HEIGHT 16
#define BADGE 15
#define LINE_WIDTH 2.0
#define SIDE 2  /* px left free at both ends of the words */
#define OVER 18 /* px that a long name may reach into its neighbours, whose names are short */

struct _KafStepButton
{
  GtkButton parent_instance;

  guint step;
  KafStepperState state;
  guint n_blocks;
  KafDrawnText number;
  KafDrawnText name;
  KafDrawnText note;
  KafDrawnText badge;
};

G_DEFINE_FINAL_TYPE (KafStepButton, kaf_step_button, GTK_TYPE_BUTTON)

static void
kaf_step_button_measure (GtkWidget *widget,
                         GtkOrientation orientation,
                         int for_size,
                         int *minimum,
                         int *natural,
                         int *minimum_baseline,
                         int *natural_baseline)
{
  if (orientation == GTK_ORIENTATION_HORIZONTAL)
    {
      *minimum = MINIMUM_WIDTH;
      *natural = NATURAL_WIDTH;
    }
  else
    *minimum = *natural = KAF_STEP_BUTTON_HEIGHT;
}

static GdkRGBA
ring_colour (GtkWidget *widget, KafStepperState state)
{
  GdkRGBA colour;

  if (state == KAF_STEPPER_RECHECK)
    return kaf_style_look_up_color (widget, "warning_bg_color");
  if (state == KAF_STEPPER_OPEN || state == KAF_STEPPER_DONE)
    return kaf_style_look_up_color (widget, "accent_bg_color");
  colour = kaf_style_get_color (widget);
  colour.alpha *= 0.4f;
  return colour;
}

static void
draw_tick (cairo_t *cr, double x, double y)
{
  cairo_set_line_cap (cr, CAIRO_LINE_CAP_ROUND);
  cairo_set_line_join (cr, CAIRO_LINE_JOIN_ROUND);
  cairo_move_to (cr, x - 5, y + 0.5);
  cairo_line_to (cr, x - 1.5, y + 4);
  cairo_line_to (cr, x + 5.5, y - 4);
  cairo_stroke (cr);
}

/* Full and ticked, a thick ring, dashes, a thin ring: read without colour. */
static void
draw_circle (KafStepButton *self, GtkSnapshot *snapshot, double x)
{
  static const double dashes[] = { 3.5, 2.5 };
  GtkWidget *widget = GTK_WIDGET (self);
  GdkRGBA ground = kaf_style_look_up_color (widget, "window_bg_color");
  GdkRGBA colour = ring_colour (widget, self->state);
  double radius = KAF_STEP_BUTTON_CIRCLE / 2.0;
  double y = KAF_STEP_BUTTON_LINE;
  graphene_rect_t bounds =
      GRAPHENE_RECT_INIT ((float) (x - radius - 1), (float) (y - radius - 1),
                          KAF_STEP_BUTTON_CIRCLE + 2, KAF_STEP_BUTTON_CIRCLE + 2);
  cairo_t *cr = gtk_snapshot_append_cairo (snapshot, &bounds);

  cairo_arc (cr, x, y, radius - 1, 0, 2 * G_PI);
  gdk_cairo_set_source_rgba (cr, self->state == KAF_STEPPER_DONE ? &colour : &ground);
  cairo_fill_preserve (cr);
  gdk_cairo_set_source_rgba (cr, &colour);
  cairo_set_line_width (cr, self->state == KAF_STEPPER_OPEN ? 3 : 1.5);
  if (self->state == KAF_STEPPER_DRAFTED || self->state == KAF_STEPPER_RECHECK)
    cairo_set_dash (cr, dashes, G_N_ELEMENTS (dashes), 0);
  cairo_stroke (cr);
  if (self->state == KAF_STEPPER_DONE)
    {
      GdkRGBA tick = kaf_style_look_up_color (widget, "accent_fg_color");

      cairo_set_line_width (cr, LINE_WIDTH);
      gdk_cairo_set_source_rgba (cr, &tick);
      draw_tick (cr, x, y);
    }
  cairo_destroy (cr);
}

/* In the middle, unless it is too long. */
static void
draw_words (
    KafDrawnText *text, GtkWidget *widget, GtkSnapshot *snapshot, double x, int top, int height)
{
  int room = gtk_widget_get_width (widget) + 2 * (OVER - SIDE);
  int width = MIN (kaf_drawn_text_get_width (text), room);
  GdkRectangle place = { (int) (x - width / 2.0), top, width, height };

  if (width > 0)
    kaf_drawn_text_draw (text, widget, snapshot, &place);
}

/* In the colour that is read on red, whatever that of the button is. */
static void
draw_badge_number (KafStepButton *self, GtkSnapshot *snapshot, double middle, float top)
{
  GdkRGBA colour = kaf_style_look_up_color (GTK_WIDGET (self), "error_fg_color");
  int width = kaf_drawn_text_get_width (&self->badge);
  int height = kaf_drawn_text_get_height (&self->badge, -1);

  gtk_snapshot_save (snapshot);
  gtk_snapshot_translate (snapshot, &GRAPHENE_POINT_INIT ((float) (middle - width / 2.0),
                                                          top + (float) (BADGE - height) / 2));
  gtk_snapshot_append_layout (snapshot, self->badge.layout, &colour);
  gtk_snapshot_restore (snapshot);
}

static void
draw_badge (KafStepButton *self, GtkSnapshot *snapshot, double x)
{
  GtkWidget *widget = GTK_WIDGET (self);
  gboolean rtl = gtk_widget_get_direction (widget) == GTK_TEXT_DIR_RTL;
  double middle = x + (rtl ? -11 : 11);
  int width = MAX (BADGE, kaf_drawn_text_get_width (&self->badge) + 8);
  graphene_rect_t place =
      GRAPHENE_RECT_INIT ((float) (middle - width / 2.0),
                          KAF_STEP_BUTTON_LINE - KAF_STEP_BUTTON_CIRCLE / 2.0f - 3, width, BADGE);
  GskRoundedRect outline;
  GdkRGBA colour = kaf_style_look_up_color (widget, "error_bg_color");

  gsk_rounded_rect_init_from_rect (&outline, &place, BADGE / 2.0f);
  gtk_snapshot_push_rounded_clip (snapshot, &outline);
  gtk_snapshot_append_color (snapshot, &colour, &place);
  gtk_snapshot_pop (snapshot);
  draw_badge_number (self, snapshot, middle, place.origin.y);
}

static void
kaf_step_button_snapshot (GtkWidget *widget, GtkSnapshot *snapshot)
{
  KafStepButton *self = KAF_STEP_BUTTON (widget);
  double x = gtk_widget_get_width (widget) / 2.0;

  draw_circle (self, snapshot, x);
  if (self->state != KAF_STEPPER_DONE)
    draw_words (&self->number, widget, snapshot, x, KAF_STEP_BUTTON_LINE - 9, 18);
  draw_words (&self->name, widget, snapshot, x, NAME_TOP, NAME_HEIGHT);
  draw_words (&self->note, widget, snapshot, x, NOTE_TOP, NOTE_HEIGHT);
  if (self->n_blocks > 0)
    draw_badge (self, snapshot, x);
}

static void
kaf_step_button_finalize (GObject *object)
{
  KafStepButton *self = KAF_STEP_BUTTON (object);

  kaf_drawn_text_clear (&self->number);
  kaf_drawn_text_clear (&self->name);
  kaf_drawn_text_clear (&self->note);
  kaf_drawn_text_clear (&self->badge);
  G_OBJECT_CLASS (kaf_step_button_parent_class)->finalize (object);
}

static void
kaf_step_button_class_init (KafStepButtonClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->finalize = kaf_step_button_finalize;
  widget_class->measure = kaf_step_button_measure;
  widget_class->snapshot = kaf_step_button_snapshot;
}

static void
kaf_step_button_init (KafStepButton *self)
{
  /* A button has a layout of children, which would be asked before kaf_step_button_measure(). */
  gtk_widget_set_layout_manager (GTK_WIDGET (self), NULL);
  gtk_widget_add_css_class (GTK_WIDGET (self), "flat");
  gtk_widget_add_css_class (GTK_WIDGET (self), "kaf-step");
}

GtkWidget *
kaf_step_button_new (guint step)
{
  KafStepButton *self = g_object_new (KAF_TYPE_STEP_BUTTON, NULL);

  self->step = step;
  gtk_actionable_set_action_target (GTK_ACTIONABLE (self), "i", (int) step);
  gtk_actionable_set_action_name (GTK_ACTIONABLE (self), "mission.show-step");
  kaf_step_button_set (self, KAF_STEPPER_TO_COME, 0, NULL, FALSE);
  return GTK_WIDGET (self);
}

/* "5, Feasibility, open, 9 days, 1 blocks" */
static void
set_name (KafStepButton *self, const char *note)
{
  g_autoptr (GString) name = g_string_new (NULL);

  g_string_printf (name, "%u, %s, %s", self->step, kaf_mission_step_name (self->step),
                   kaf_stepper_state_word (self->state));
  if (note != NULL)
    g_string_append_printf (name, ", %s", note);
  if (self->n_blocks > 0)
    {
      g_string_append (name, ", ");
      g_string_append_printf (
          name, g_dngettext (GETTEXT_PACKAGE, "%u gate shut", "%u gates shut", self->n_blocks),
          self->n_blocks);
    }
  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_LABEL, name->str,
                                  -1);
}

void
kaf_step_button_set (
    KafStepButton *self, KafStepperState state, guint n_blocks, const char *note, gboolean shown)
{
  GtkWidget *widget = GTK_WIDGET (self);
  KafLang lang = kaf_application_get_lang ();
  g_autofree char *number = NULL;
  g_autofree char *badge = NULL;
  KafDrawnTextStyle weight = shown ? KAF_DRAWN_TEXT_BOLD : KAF_DRAWN_TEXT_PLAIN;
  gboolean present = state == KAF_STEPPER_OPEN || state == KAF_STEPPER_DONE;

  g_return_if_fail (KAF_IS_STEP_BUTTON (self));

  number = kaf_number_format (self->step, lang);
  badge = kaf_number_format (n_blocks, lang);
  self->state = state;
  self->n_blocks = n_blocks;
  kaf_drawn_text_set (&self->number, widget, number,
                      KAF_DRAWN_TEXT_SMALL | KAF_DRAWN_TEXT_FIGURE |
                          (present ? KAF_DRAWN_TEXT_BOLD : KAF_DRAWN_TEXT_DIM),
                      1);
  kaf_drawn_text_set (&self->name, widget, kaf_mission_step_name (self->step),
                      KAF_DRAWN_TEXT_SMALL | weight, 1);
  kaf_drawn_text_set (&self->note, widget, note, KAF_DRAWN_TEXT_SMALL | KAF_DRAWN_TEXT_DIM, 1);
  kaf_drawn_text_set (&self->badge, widget, badge,
                      KAF_DRAWN_TEXT_SMALL | KAF_DRAWN_TEXT_FIGURE | KAF_DRAWN_TEXT_BOLD, 1);
  if (shown)
    gtk_widget_add_css_class (widget, "shown");
  else
    gtk_widget_remove_css_class (widget, "shown");
  gtk_accessible_update_state (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_STATE_SELECTED, shown, -1);
  set_name (self, note);
  gtk_widget_queue_draw (widget);
}

KafStepperState
kaf_step_button_get_state (KafStepButton *self)
{
  return self->state;
}

guint
kaf_step_button_get_blocks (KafStepButton *self)
{
  return self->n_blocks;
}

const char *
kaf_step_button_get_note (KafStepButton *self)
{
  return kaf_drawn_text_get (&self->note);
}
