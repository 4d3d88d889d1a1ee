/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "ui/holder/kaf-tier-plot.h"

#include <glib/gi18n-lib.h>

#include "rules/holder/kaf-tiers.h"
#include "ui/compat/kaf-drawn-text.h"
#include "ui/compat/kaf-style.h"

#define WIDTH 236
#define HEIGHT 202
#define AXIS 22 /* px, for the name of an axis */
#define GAP 2
#define RADIUS 6
#define POINT 4.0f /* px, across */
#define MARK 13.0f /* the holder */
#define WHISKER 2.0f
#define CAP 9.0f
#define ALPHA 0.08f /* of a quarter's colour */
#define MARKED_ALPHA 0.2f
#define POINT_ALPHA 0.28f
#define N_TIERS 4

struct _KafTierPlot
{
  GtkWidget parent_instance;

  KafTierSpan potential, engagement;
  int cut_potential, cut_engagement;
  char tier;
  GArray *points; /* nullable */
  KafDrawnText letters[N_TIERS];
  KafDrawnText across, up;
};

G_DEFINE_FINAL_TYPE (KafTierPlot, kaf_tier_plot, GTK_TYPE_WIDGET)

static void
kaf_tier_plot_measure (GtkWidget *widget,
                       GtkOrientation orientation,
                       int for_size,
                       int *minimum,
                       int *natural,
                       int *minimum_baseline,
                       int *natural_baseline)
{
  if (orientation == GTK_ORIENTATION_HORIZONTAL)
    {
      *minimum = 200;
      *natural = WIDTH + AXIS;
    }
  else
    *minimum = *natural = HEIGHT + AXIS;
}

/* The place of the plot without its axes. */
static graphene_rect_t
get_field (GtkWidget *widget)
{
  gboolean rtl = gtk_widget_get_direction (widget) == GTK_TEXT_DIR_RTL;

  return GRAPHENE_RECT_INIT (rtl ? 0 : AXIS, 0, gtk_widget_get_width (widget) - AXIS,
                             gtk_widget_get_height (widget) - AXIS);
}

static float
across_of (GtkWidget *widget, const graphene_rect_t *field, int engagement)
{
  float share = CLAMP (engagement, 0, 100) / 100.0f;
  gboolean rtl = gtk_widget_get_direction (widget) == GTK_TEXT_DIR_RTL;

  return field->origin.x + field->size.width * (rtl ? 1 - share : share);
}

static float
up_of (const graphene_rect_t *field, int potential)
{
  return field->origin.y + field->size.height * (1 - CLAMP (potential, 0, 100) / 100.0f);
}

static void
fill (GtkSnapshot *snapshot, const graphene_rect_t *place, float radius, const GdkRGBA *colour)
{
  GskRoundedRect outline;

  gsk_rounded_rect_init_from_rect (&outline, place, radius);
  gtk_snapshot_push_rounded_clip (snapshot, &outline);
  gtk_snapshot_append_color (snapshot, colour, place);
  gtk_snapshot_pop (snapshot);
}

/* 'a' is high on both axes, 'b' on potential, 'c' on engagement, 'd' on neither. */
static graphene_rect_t
get_quarter (KafTierPlot *self, const graphene_rect_t *field, char tier)
{
  GtkWidget *widget = GTK_WIDGET (self);
  gboolean high = tier == 'a' || tier == 'b';
  gboolean far = tier == 'a' || tier == 'c';
  float x0 = across_of (widget, field, far ? self->cut_engagement : 0);
  float x1 = across_of (widget, field, far ? 100 : self->cut_engagement);
  float y0 = up_of (field, high ? 100 : self->cut_potential);
  float y1 = up_of (field, high ? self->cut_potential : 0);

  return GRAPHENE_RECT_INIT (MIN (x0, x1) + GAP / 2, y0 + GAP / 2, MAX (ABS (x1 - x0) - GAP, 0),
                             MAX (y1 - y0 - GAP, 0));
}

static void
draw_quarters (KafTierPlot *self, GtkSnapshot *snapshot, const graphene_rect_t *field)
{
  GtkWidget *widget = GTK_WIDGET (self);
  gboolean rtl = gtk_widget_get_direction (widget) == GTK_TEXT_DIR_RTL;

  for (int i = 0; i < N_TIERS; i++)
    {
      char tier = (char) ('a' + i);
      GdkRGBA colour = kaf_style_look_up_color (widget, "accent_bg_color");
      graphene_rect_t place = get_quarter (self, field, tier);
      int width = kaf_drawn_text_get_width (&self->letters[i]);
      int height = kaf_drawn_text_get_height (&self->letters[i], -1);
      GdkRectangle letter = { (int) (rtl ? place.origin.x + 8
                                         : place.origin.x + place.size.width - (float) width - 8),
                              (int) place.origin.y + 4, width, height };

      colour.alpha *= tier == self->tier ? MARKED_ALPHA : ALPHA;
      fill (snapshot, &place, RADIUS, &colour);
      if (place.size.height > (float) height && place.size.width > (float) width + 8)
        kaf_drawn_text_draw (&self->letters[i], widget, snapshot, &letter);
    }
}

static void
draw_points (KafTierPlot *self, GtkSnapshot *snapshot, const graphene_rect_t *field)
{
  GtkWidget *widget = GTK_WIDGET (self);
  GdkRGBA colour = kaf_style_get_color (widget);

  colour.alpha *= POINT_ALPHA;
  for (guint i = 0; self->points != NULL && i < self->points->len; i++)
    {
      const KafTierPoint *point = &g_array_index (self->points, KafTierPoint, i);
      graphene_rect_t place =
          GRAPHENE_RECT_INIT (across_of (widget, field, point->engagement) - POINT / 2,
                              up_of (field, point->potential) - POINT / 2, POINT, POINT);

      fill (snapshot, &place, POINT / 2, &colour);
    }
}

/* The interval of each axis with a cap at its ends, the expected place on it. */
static void
draw_cross (KafTierPlot *self, GtkSnapshot *snapshot, const graphene_rect_t *field)
{
  GtkWidget *widget = GTK_WIDGET (self);
  GdkRGBA colour = kaf_style_look_up_color (widget, "accent_bg_color");
  float x = across_of (widget, field, self->engagement.expected);
  float y = up_of (field, self->potential.expected);
  float x0 = across_of (widget, field, self->engagement.low);
  float x1 = across_of (widget, field, self->engagement.high);
  float y0 = up_of (field, self->potential.high);
  float y1 = up_of (field, self->potential.low);
  const float ends[] = { x0, x1 }, sides[] = { y0, y1 };

  gtk_snapshot_append_color (
      snapshot, &colour,
      &GRAPHENE_RECT_INIT (MIN (x0, x1), y - WHISKER / 2, ABS (x1 - x0), WHISKER));
  gtk_snapshot_append_color (snapshot, &colour,
                             &GRAPHENE_RECT_INIT (x - WHISKER / 2, y0, WHISKER, y1 - y0));
  for (guint i = 0; i < 2; i++)
    {
      if (x0 != x1)
        gtk_snapshot_append_color (
            snapshot, &colour,
            &GRAPHENE_RECT_INIT (ends[i] - WHISKER / 2, y - CAP / 2, WHISKER, CAP));
      if (y0 != y1)
        gtk_snapshot_append_color (
            snapshot, &colour,
            &GRAPHENE_RECT_INIT (x - CAP / 2, sides[i] - WHISKER / 2, CAP, WHISKER));
    }
  fill (snapshot, &GRAPHENE_RECT_INIT (x - MARK / 2, y - MARK / 2, MARK, MARK), MARK / 2, &colour);
}

static void
draw_axes (KafTierPlot *self, GtkSnapshot *snapshot, const graphene_rect_t *field)
{
  GtkWidget *widget = GTK_WIDGET (self);
  gboolean rtl = gtk_widget_get_direction (widget) == GTK_TEXT_DIR_RTL;
  int across = kaf_drawn_text_get_width (&self->across);
  int up = kaf_drawn_text_get_width (&self->up);

  kaf_drawn_text_draw (
      &self->across, widget, snapshot,
      &(GdkRectangle){ (int) (field->origin.x + (field->size.width - (float) across) / 2),
                       (int) field->size.height, across, AXIS });
  /* Read from below. */
  gtk_snapshot_save (snapshot);
  gtk_snapshot_translate (
      snapshot, &GRAPHENE_POINT_INIT (rtl ? (float) gtk_widget_get_width (widget) - AXIS : 0,
                                      (field->size.height + (float) up) / 2));
  gtk_snapshot_rotate (snapshot, -90);
  kaf_drawn_text_draw (&self->up, widget, snapshot, &(GdkRectangle){ 0, 0, up, AXIS });
  gtk_snapshot_restore (snapshot);
}

static void
kaf_tier_plot_snapshot (GtkWidget *widget, GtkSnapshot *snapshot)
{
  KafTierPlot *self = KAF_TIER_PLOT (widget);
  graphene_rect_t field = get_field (widget);

  draw_quarters (self, snapshot, &field);
  draw_points (self, snapshot, &field);
  draw_cross (self, snapshot, &field);
  draw_axes (self, snapshot, &field);
}

static void
kaf_tier_plot_finalize (GObject *object)
{
  KafTierPlot *self = KAF_TIER_PLOT (object);

  g_clear_pointer (&self->points, g_array_unref);
  for (guint i = 0; i < N_TIERS; i++)
    kaf_drawn_text_clear (&self->letters[i]);
  kaf_drawn_text_clear (&self->across);
  kaf_drawn_text_clear (&self->up);
  G_OBJECT_CLASS (kaf_tier_plot_parent_class)->finalize (object);
}

static void
kaf_tier_plot_class_init (KafTierPlotClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->finalize = kaf_tier_plot_finalize;
  widget_class->measure = kaf_tier_plot_measure;
  widget_class->snapshot = kaf_tier_plot_snapshot;
  gtk_widget_class_set_css_name (widget_class, "kaftierplot");
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_IMG);
}

static void
kaf_tier_plot_init (KafTierPlot *self)
{
  GtkWidget *widget = GTK_WIDGET (self);
  KafDrawnTextStyle name = KAF_DRAWN_TEXT_SMALL | KAF_DRAWN_TEXT_DIM;

  for (guint i = 0; i < N_TIERS; i++)
    kaf_drawn_text_set (&self->letters[i], widget, kaf_tier_letter ((char) ('a' + i)),
                        KAF_DRAWN_TEXT_BOLD | KAF_DRAWN_TEXT_DIM, 1);
  kaf_drawn_text_set (&self->across, widget, _ ("Engagement"), name, 1);
  kaf_drawn_text_set (&self->up, widget, _ ("Potential"), name, 1);
}

GtkWidget *
kaf_tier_plot_new (void)
{
  return g_object_new (KAF_TYPE_TIER_PLOT, NULL);
}

void
kaf_tier_plot_set (KafTierPlot *self,
                   const KafTierSpan *potential,
                   const KafTierSpan *engagement,
                   int cut_potential,
                   int cut_engagement,
                   char tier,
                   GArray *points,
                   const char *description)
{
  g_return_if_fail (KAF_IS_TIER_PLOT (self));

  self->potential = *potential;
  self->engagement = *engagement;
  self->cut_potential = cut_potential;
  self->cut_engagement = cut_engagement;
  self->tier = tier;
  g_clear_pointer (&self->points, g_array_unref);
  self->points = points != NULL ? g_array_ref (points) : NULL;
  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_LABEL, description,
                                  -1);
  gtk_widget_queue_draw (GTK_WIDGET (self));
}
