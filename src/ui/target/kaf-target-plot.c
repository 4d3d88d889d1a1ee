/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "ui/target/kaf-target-plot.h"

#include <glib/gi18n-lib.h>

#include "base/kaf-bidi.h"
#include "base/kaf-date.h"
#include "base/kaf-number.h"
#include "ui/app/kaf-application.h"
#include "ui/compat/kaf-drawn-text.h"
#include "ui/compat/kaf-style.h"
#include "ui/target/kaf-target-text.h"

#define HEIGHT 170
#define HEIGHT_LARGE 300
#define MINIMUM_WIDTH 240
#define SCALE_WIDTH 50 /* of the numbers at the start */
#define MARGIN_END 14
#define MARGIN_TOP 10
#define AXIS_HEIGHT 22
#define STEPS 4
#define DOT 4.5
#define NAME_HEIGHT 16
#define NARROW 420 /* px: every fourth year then */

struct _KafTargetPlot
{
  GtkWidget parent_instance;

  gboolean large;
  GArray *points; /* nullable */
  KafTargetSettings settings;
  guint pointed; /* place in @points */
  KafDrawnText text;
};

enum
{
  MONTH,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (KafTargetPlot, kaf_target_plot, GTK_TYPE_WIDGET)

/* Places */

static gboolean
is_rtl (KafTargetPlot *self)
{
  return gtk_widget_get_direction (GTK_WIDGET (self)) == GTK_TEXT_DIR_RTL;
}

double
kaf_target_plot_get_x (KafTargetPlot *self, KafDay day)
{
  int width = gtk_widget_get_width (GTK_WIDGET (self));
  double length = MAX (width - SCALE_WIDTH - MARGIN_END, 1);
  double span = MAX (self->settings.end - self->settings.start, 1);
  double along = SCALE_WIDTH + length * (((double) day - self->settings.start) / span);

  return is_rtl (self) ? width - along : along;
}

/* The highest number on the scale. */
static guint
get_top (KafTargetPlot *self)
{
  guint top = MAX (self->settings.goal, STEPS);

  for (guint i = 0; self->points != NULL && i < self->points->len; i++)
    {
      const KafTargetPoint *point = &g_array_index (self->points, KafTargetPoint, i);

      top = MAX (top, kaf_few_value (
                          point->n[self->large ? KAF_TARGET_IDENTIFIED : KAF_TARGET_MOBILISED]));
    }
  /* Without a goal above the lines their names need room there. */
  if (self->settings.goal == 0)
    top += top / 4;
  return (top + STEPS - 1) / STEPS * STEPS;
}

static double
get_y (KafTargetPlot *self, double n)
{
  double height = gtk_widget_get_height (GTK_WIDGET (self)) - MARGIN_TOP - AXIS_HEIGHT;

  return MARGIN_TOP + height * (1 - n / get_top (self));
}

/* Drawing */

static void
set_source (cairo_t *cr, GdkRGBA color, double alpha)
{
  cairo_set_source_rgba (cr, color.red, color.green, color.blue, color.alpha * alpha);
}

static void
draw_text (KafTargetPlot *self,
           GtkSnapshot *snapshot,
           const char *text,
           KafDrawnTextStyle style,
           double x,
           double y,
           double align)
{
  GtkWidget *widget = GTK_WIDGET (self);
  GdkRectangle place;
  int width;

  kaf_drawn_text_set (&self->text, widget, text, KAF_DRAWN_TEXT_SMALL | style, 1);
  width = kaf_drawn_text_get_width (&self->text);
  place = (GdkRectangle){ (int) (x - width * align), (int) y - 9, width, 18 };
  place.x = CLAMP (place.x, 0, MAX (gtk_widget_get_width (widget) - width, 0));
  kaf_drawn_text_draw (&self->text, widget, snapshot, &place);
}

/* Numbers and their lines. */
static void
draw_scale (KafTargetPlot *self, GtkSnapshot *snapshot, cairo_t *cr)
{
  GdkRGBA color = kaf_style_get_color (GTK_WIDGET (self));
  double from = kaf_target_plot_get_x (self, self->settings.start);
  double to = kaf_target_plot_get_x (self, self->settings.end);
  guint top = get_top (self);

  for (guint i = 0; i <= STEPS; i++)
    {
      guint n = top / STEPS * i;
      double y = get_y (self, n);
      g_autofree char *text = kaf_number_format (n, kaf_application_get_lang ());

      set_source (cr, color, 0.12);
      cairo_set_line_width (cr, 1);
      cairo_move_to (cr, from, (int) y + 0.5);
      cairo_line_to (cr, to, (int) y + 0.5);
      cairo_stroke (cr);
      draw_text (self, snapshot, text, KAF_DRAWN_TEXT_DIM | KAF_DRAWN_TEXT_FIGURE,
                 is_rtl (self) ? from + 6 : from - 6, y, is_rtl (self) ? 0 : 1);
    }
}

static void
draw_years (KafTargetPlot *self, GtkSnapshot *snapshot)
{
  int width = gtk_widget_get_width (GTK_WIDGET (self));
  double y = gtk_widget_get_height (GTK_WIDGET (self)) - AXIS_HEIGHT / 2.0;
  g_autofree char *last = kaf_day_to_iso (self->settings.end);
  guint year = (guint) g_ascii_strtoull (last, NULL, 10);

  /* The goal is at the end of its year: that is where its name stands, and those of the others. */
  for (;; year -= width < NARROW ? 4 : 2)
    {
      g_autofree char *iso = g_strdup_printf ("%04u-12-31", year);
      g_autofree char *text = g_strdup_printf ("%u", year);

      if (kaf_day_parse (iso) < self->settings.start)
        return;
      draw_text (self, snapshot, text, KAF_DRAWN_TEXT_DIM | KAF_DRAWN_TEXT_FIGURE,
                 kaf_target_plot_get_x (self, kaf_day_parse (iso)), y, 0.5);
    }
}

static void
draw_dot (cairo_t *cr, double x, double y)
{
  cairo_arc (cr, x, y, DOT, 0, 2 * G_PI);
  cairo_fill (cr);
}

static void
draw_path (KafTargetPlot *self, GtkSnapshot *snapshot, cairo_t *cr)
{
  static const double dashes[] = { 4, 4 };
  GdkRGBA color = kaf_style_get_color (GTK_WIDGET (self));
  const KafTargetSettings *settings = &self->settings;
  double x = kaf_target_plot_get_x (self, settings->end);
  KafDay middle = settings->start + (settings->end - settings->start) / 8 * 5;

  set_source (cr, color, 0.5);
  cairo_set_line_width (cr, 1.5);
  cairo_set_dash (cr, dashes, G_N_ELEMENTS (dashes), 0);
  cairo_move_to (cr, kaf_target_plot_get_x (self, settings->start), get_y (self, 0));
  cairo_line_to (cr, x, get_y (self, settings->goal));
  cairo_stroke (cr);
  cairo_set_dash (cr, NULL, 0, 0);
  draw_dot (cr, x, get_y (self, settings->goal));
  draw_text (self, snapshot, C_ ("plot", "Path"), KAF_DRAWN_TEXT_DIM,
             kaf_target_plot_get_x (self, middle), get_y (self, settings->goal * 5.0 / 8) - 14,
             is_rtl (self) ? 0 : 1);
}

static void
trace (KafTargetPlot *self, cairo_t *cr, KafTargetStage stage)
{
  for (guint i = 0; i < self->points->len; i++)
    {
      const KafTargetPoint *point = &g_array_index (self->points, KafTargetPoint, i);

      cairo_line_to (cr, kaf_target_plot_get_x (self, point->day),
                     get_y (self, kaf_few_value (point->n[stage])));
    }
}

static void
draw_stage (KafTargetPlot *self, cairo_t *cr, KafTargetStage stage, GdkRGBA color, double alpha)
{
  cairo_new_path (cr);
  trace (self, cr, stage);
  set_source (cr, color, alpha);
  cairo_set_line_width (cr, stage == KAF_TARGET_MOBILISED ? 2.5 : 1.5);
  cairo_stroke (cr);
}

static void
draw_area (KafTargetPlot *self, cairo_t *cr, GdkRGBA color)
{
  const KafTargetPoint *first = &g_array_index (self->points, KafTargetPoint, 0);
  const KafTargetPoint *last = &g_array_index (self->points, KafTargetPoint, self->points->len - 1);

  cairo_new_path (cr);
  cairo_move_to (cr, kaf_target_plot_get_x (self, first->day), get_y (self, 0));
  trace (self, cr, KAF_TARGET_MOBILISED);
  cairo_line_to (cr, kaf_target_plot_get_x (self, last->day), get_y (self, 0));
  cairo_close_path (cr);
  set_source (cr, color, 0.15);
  cairo_fill (cr);
}

/* At the end of its line, where the time to come leaves room; above it else. @lowest (inout): names of lines that lie
 * close stand one above the other. */
static void
draw_name (KafTargetPlot *self,
           GtkSnapshot *snapshot,
           KafTargetStage stage,
           KafDrawnTextStyle style,
           double *lowest)
{
  const KafTargetPoint *last = &g_array_index (self->points, KafTargetPoint, self->points->len - 1);
  g_autofree char *number = kaf_few_format (last->n[stage], kaf_application_get_lang ());
  g_autofree char *isolated = kaf_bidi_isolate (number);
  /* Translators: "Mobilised: 3 784" */
  g_autofree char *text =
      g_strdup_printf (C_ ("plot", "%s: %s"), _ (kaf_target_stage_label (stage)), isolated);
  KafDay late = self->settings.start + (self->settings.end - self->settings.start) / 3 * 2;
  gboolean early = last->day < late;
  double x = kaf_target_plot_get_x (self, last->day);
  double away = is_rtl (self) ? -10 : 10;
  double y = MIN (get_y (self, kaf_few_value (last->n[stage])) + (early ? 0 : -14), *lowest);

  draw_text (self, snapshot, text, style, early ? x + away : x, y, early == is_rtl (self) ? 1 : 0);
  *lowest = y - NAME_HEIGHT;
}

static void
draw_pointer (KafTargetPlot *self, cairo_t *cr, GdkRGBA color)
{
  const KafTargetPoint *point = kaf_target_plot_get_point (self);
  double x = kaf_target_plot_get_x (self, point->day);

  if (gtk_widget_has_focus (GTK_WIDGET (self)))
    {
      set_source (cr, color, 0.6);
      cairo_set_line_width (cr, 1);
      cairo_move_to (cr, x, MARGIN_TOP);
      cairo_line_to (cr, x, get_y (self, 0));
      cairo_stroke (cr);
    }
  set_source (cr, color, 1);
  draw_dot (cr, x, get_y (self, kaf_few_value (point->n[KAF_TARGET_MOBILISED])));
}

static void
kaf_target_plot_snapshot (GtkWidget *widget, GtkSnapshot *snapshot)
{
  KafTargetPlot *self = KAF_TARGET_PLOT (widget);
  graphene_rect_t bounds =
      GRAPHENE_RECT_INIT (0, 0, gtk_widget_get_width (widget), gtk_widget_get_height (widget));
  double lowest = get_y (self, 0) - NAME_HEIGHT / 2.0;
  GdkRGBA accent, plain;
  cairo_t *cr;

  if (self->points == NULL || self->points->len == 0)
    return;
  accent = kaf_style_look_up_color (widget, "accent_color");
  plain = kaf_style_get_color (widget);
  cr = gtk_snapshot_append_cairo (snapshot, &bounds);
  cairo_set_line_join (cr, CAIRO_LINE_JOIN_ROUND);
  draw_scale (self, snapshot, cr);
  if (self->settings.goal > 0)
    draw_path (self, snapshot, cr);
  draw_area (self, cr, accent);
  for (guint stage = 0; self->large && stage < KAF_TARGET_MOBILISED; stage++)
    draw_stage (self, cr, stage, plain, stage == KAF_TARGET_IDENTIFIED ? 0.45 : 0.7);
  draw_stage (self, cr, KAF_TARGET_MOBILISED, accent, 1);
  draw_pointer (self, cr, accent);
  cairo_destroy (cr);
  draw_years (self, snapshot);
  draw_name (self, snapshot, KAF_TARGET_MOBILISED, KAF_DRAWN_TEXT_BOLD, &lowest);
  for (guint stage = KAF_TARGET_MOBILISED; self->large && stage-- > 0;)
    draw_name (self, snapshot, stage, KAF_DRAWN_TEXT_DIM, &lowest);
}

static void
kaf_target_plot_measure (GtkWidget *widget,
                         GtkOrientation orientation,
                         int for_size,
                         int *minimum,
                         int *natural,
                         int *minimum_baseline,
                         int *natural_baseline)
{
  *minimum = *natural = orientation == GTK_ORIENTATION_HORIZONTAL ? MINIMUM_WIDTH
                        : KAF_TARGET_PLOT (widget)->large         ? HEIGHT_LARGE
                                                                  : HEIGHT;
}

/* What shows, in words */

static void
describe (KafTargetPlot *self)
{
  KafLang lang = kaf_application_get_lang ();
  const KafTargetPoint *point = kaf_target_plot_get_point (self);
  g_autofree char *iso = kaf_day_to_iso (point->day);
  g_autofree char *day = kaf_date_format (iso, lang, KAF_DATE_LONG);
  g_autofree char *mobilised = kaf_few_format (point->n[KAF_TARGET_MOBILISED], lang);
  g_autofree char *path = kaf_number_format (kaf_target_text_path (point, &self->settings), lang);
  g_autofree char *text =
      self->settings.goal > 0
          /* Translators: a day, then numbers of persons. */
          ? g_strdup_printf (_ ("Mobilised until %1$s: %2$s; the path stands at %3$s"), day,
                             mobilised, path)
          /* Translators: a day, then a number of persons. */
          : g_strdup_printf (_ ("Mobilised until %1$s: %2$s"), day, mobilised);
  g_autofree char *years = kaf_target_text_describe (self->points, &self->settings);

  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_LABEL, text,
                                  GTK_ACCESSIBLE_PROPERTY_DESCRIPTION, years, -1);
}

static gboolean
on_key (GtkEventControllerKey *controller,
        guint key,
        guint code,
        GdkModifierType state,
        KafTargetPlot *self)
{
  int forward = is_rtl (self) ? -1 : 1;

  switch (key)
    {
    case GDK_KEY_Left:
      return kaf_target_plot_move (self, -forward);
    case GDK_KEY_Right:
      return kaf_target_plot_move (self, forward);
    case GDK_KEY_Home:
      return kaf_target_plot_move (self, G_MININT / 2);
    case GDK_KEY_End:
      return kaf_target_plot_move (self, G_MAXINT / 2);
    default:
      return GDK_EVENT_PROPAGATE;
    }
}

static void
kaf_target_plot_dispose (GObject *object)
{
  KafTargetPlot *self = KAF_TARGET_PLOT (object);

  kaf_drawn_text_clear (&self->text);
  g_clear_pointer (&self->points, g_array_unref);
  G_OBJECT_CLASS (kaf_target_plot_parent_class)->dispose (object);
}

static void
kaf_target_plot_class_init (KafTargetPlotClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = kaf_target_plot_dispose;
  widget_class->measure = kaf_target_plot_measure;
  widget_class->snapshot = kaf_target_plot_snapshot;
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_IMG);
  gtk_widget_class_set_css_name (widget_class, "plot");
  signals[MONTH] = g_signal_new ("month", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL,
                                 NULL, NULL, G_TYPE_NONE, 0);
}

static void
kaf_target_plot_init (KafTargetPlot *self)
{
  GtkEventController *keys = gtk_event_controller_key_new ();

  g_signal_connect (keys, "key-pressed", G_CALLBACK (on_key), self);
  gtk_widget_add_controller (GTK_WIDGET (self), keys);
  g_signal_connect (self, "notify::has-focus", G_CALLBACK (gtk_widget_queue_draw), NULL);
}

GtkWidget *
kaf_target_plot_new (gboolean large)
{
  KafTargetPlot *self = g_object_new (KAF_TYPE_TARGET_PLOT, NULL);

  self->large = large;
  gtk_widget_set_focusable (GTK_WIDGET (self), TRUE);
  return GTK_WIDGET (self);
}

void
kaf_target_plot_set (KafTargetPlot *self, GArray *points, const KafTargetSettings *settings)
{
  g_return_if_fail (KAF_IS_TARGET_PLOT (self));

  g_array_ref (points);
  g_clear_pointer (&self->points, g_array_unref);
  self->points = points;
  self->settings = *settings;
  self->pointed = points->len > 0 ? points->len - 1 : 0;
  if (points->len > 0)
    describe (self);
  gtk_widget_queue_draw (GTK_WIDGET (self));
}

const KafTargetPoint *
kaf_target_plot_get_point (KafTargetPlot *self)
{
  g_return_val_if_fail (KAF_IS_TARGET_PLOT (self), NULL);

  return self->points != NULL && self->points->len > 0
             ? &g_array_index (self->points, KafTargetPoint, self->pointed)
             : NULL;
}

gboolean
kaf_target_plot_move (KafTargetPlot *self, int by)
{
  int to;

  g_return_val_if_fail (KAF_IS_TARGET_PLOT (self), FALSE);

  if (self->points == NULL || self->points->len == 0)
    return FALSE;
  to = CLAMP ((int) self->pointed + by, 0, (int) self->points->len - 1);
  if ((guint) to == self->pointed)
    return FALSE;
  self->pointed = (guint) to;
  describe (self);
  gtk_widget_queue_draw (GTK_WIDGET (self));
  g_signal_emit (self, signals[MONTH], 0);
  return TRUE;
}
