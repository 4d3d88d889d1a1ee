/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "ui/convention/kaf-validity-bar.h"

#include <glib/gi18n-lib.h>

#include "ui/compat/kaf-drawn-text.h"
#include "ui/compat/kaf-style.h"

#define BAR_HEIGHT 13
#define THIN_HEIGHT 9 /* of an amendment */
#define RADIUS 3
#define DIAMOND 10
#define PALE 0.45f
#define LINE_ALPHA 0.10f
#define WORD_GAP 6

struct _KafValidityBar
{
  GtkWidget parent_instance;

  KafTimeScale *scale;
  KafConventionItem *item;
  KafDrawnText word; /* at an end that nobody knows, or that there is none of */
};

G_DEFINE_FINAL_TYPE (KafValidityBar, kaf_validity_bar, GTK_TYPE_WIDGET)

/* What all pieces of one drawing share. */
typedef struct
{
  KafTimeScale *scale;
  GtkSnapshot *snapshot;
  GdkRGBA colour;
  GdkRGBA ground; /* behind the rows */
  int width, height;
  int thickness;
  gboolean rtl;
} Drawing;

static void
draw_line (const Drawing *self, double x, float width, GdkRGBA colour)
{
  gtk_snapshot_append_color (self->snapshot, &colour,
                             &GRAPHENE_RECT_INIT ((float) x - width / 2, 0, width, self->height));
}

static void
draw_years (const Drawing *self, GdkRGBA colour)
{
  guint step = kaf_time_scale_get_year_step (self->scale, self->width);
  KafDay until = kaf_time_scale_get_until (self->scale);

  colour.alpha *= LINE_ALPHA;
  for (KafDay day = kaf_time_scale_get_first_line (self->scale, step);
       day != KAF_DAY_UNKNOWN && day <= until; day = kaf_day_add_months (day, 12 * (int) step))
    draw_line (self, (int) kaf_time_scale_get_x (self->scale, day, self->width, self->rtl) + 0.5, 1,
               colour);
}

/* From the first to the last day, both within it. FALSE: nothing of it is in sight. */
static gboolean
place_bar (const Drawing *self, KafDay from, KafDay until, graphene_rect_t *place)
{
  double a = kaf_time_scale_get_x (self->scale, from, self->width, self->rtl);
  double b = kaf_time_scale_get_x (self->scale, until + 1, self->width, self->rtl);
  double left = CLAMP (MIN (a, b), -RADIUS, self->width + RADIUS);
  double right = CLAMP (MAX (a, b), -RADIUS, self->width + RADIUS);

  *place = GRAPHENE_RECT_INIT ((float) left, (self->height - self->thickness) / 2.0f,
                               (float) MAX (right - left, 2), self->thickness);
  return from <= until && right > left;
}

static void
draw_bar (const Drawing *self, KafDay from, KafDay until, float alpha)
{
  GdkRGBA colour = self->colour;
  graphene_rect_t place;
  GskRoundedRect outline;

  if (!place_bar (self, from, until, &place))
    return;
  colour.alpha *= alpha;
  gsk_rounded_rect_init_from_rect (&outline, &place, RADIUS);
  gtk_snapshot_push_rounded_clip (self->snapshot, &outline);
  gtk_snapshot_append_color (self->snapshot, &colour, &place);
  gtk_snapshot_pop (self->snapshot);
}

/* No end is known, or there is none: it fades towards the end of what is in sight, to @rest of its colour. */
static void
draw_fading (const Drawing *self, KafDay from, float rest)
{
  GskColorStop stops[2] = { { 0, self->colour }, { 1, self->colour } };
  graphene_rect_t place;
  GskRoundedRect outline;
  float y;

  if (!place_bar (self, from, kaf_time_scale_get_until (self->scale), &place))
    return;
  stops[1].color.alpha *= rest;
  y = place.origin.y;
  gsk_rounded_rect_init_from_rect (&outline, &place, RADIUS);
  gtk_snapshot_push_rounded_clip (self->snapshot, &outline);
  gtk_snapshot_append_linear_gradient (
      self->snapshot, &place,
      &GRAPHENE_POINT_INIT (self->rtl ? place.origin.x + place.size.width : place.origin.x, y),
      &GRAPHENE_POINT_INIT (self->rtl ? place.origin.x : place.origin.x + place.size.width, y),
      stops, 2);
  gtk_snapshot_pop (self->snapshot);
}

/* An indefinite term is a term: it stays in sight. */
static float
get_rest (const KafStanding *standing)
{
  return standing->term == KAF_TERM_OPEN ? PALE : 0.08f;
}

/* Negotiated until today: an outline, since it binds nobody yet. */
static void
draw_pending (const Drawing *self, KafDay from)
{
  float widths[] = { 1, 1, 1, 1 };
  GdkRGBA colours[] = { self->colour, self->colour, self->colour, self->colour };
  graphene_rect_t place;
  GskRoundedRect outline;

  if (!place_bar (self, from, kaf_time_scale_get_today (self->scale), &place))
    return;
  gsk_rounded_rect_init_from_rect (&outline, &place, RADIUS);
  gtk_snapshot_append_border (self->snapshot, &outline, widths, colours);
}

static void
draw_diamond (const Drawing *self, KafDay day, GdkRGBA colour)
{
  double x = kaf_time_scale_get_x (self->scale, day, self->width, self->rtl);
  cairo_t *cr;
  graphene_rect_t place = GRAPHENE_RECT_INIT ((float) x - DIAMOND / 2.0f,
                                              (self->height - DIAMOND) / 2.0f, DIAMOND, DIAMOND);

  if (day == KAF_DAY_UNKNOWN || x < 0 || x > self->width)
    return;
  cr = gtk_snapshot_append_cairo (self->snapshot, &place);
  gdk_cairo_set_source_rgba (cr, &colour);
  cairo_move_to (cr, x, place.origin.y);
  cairo_line_to (cr, x + DIAMOND / 2.0, self->height / 2.0);
  cairo_line_to (cr, x, place.origin.y + DIAMOND);
  cairo_line_to (cr, x - DIAMOND / 2.0, self->height / 2.0);
  cairo_close_path (cr);
  cairo_fill (cr);
  cairo_destroy (cr);
}

/* Colours say what the pill's word says too. */
static GdkRGBA
choose_colour (GtkWidget *widget, KafConventionItem *item)
{
  const char *style = NULL;
  GdkRGBA grey = kaf_style_get_color (widget);
  const KafStanding *standing = kaf_convention_item_get_standing (item);

  kaf_convention_item_get_state (item, &style);
  grey.alpha *= 0.28f;
  if (standing->state == KAF_CONVENTION_EXPIRED || standing->state == KAF_CONVENTION_TERMINATED)
    return grey;
  return kaf_style_look_up_color (widget, g_strcmp0 (style, "warning") == 0 ? "warning_bg_color"
                                                                            : "accent_bg_color");
}

/* What renewals added: each for itself, so that they can be counted. The last ends with the standing. */
static void
draw_renewals (const Drawing *self, const KafConvention *by, const KafStanding *standing)
{
  KafDay from = by->ends_on + 1;

  for (guint n = 1; n <= standing->n_renewals && from <= standing->until; n++)
    {
      KafDay until = kaf_day_add_months (by->ends_on, (int) (n * by->renewal_months));

      draw_bar (self, from, MIN (until, standing->until), PALE);
      draw_line (self, kaf_time_scale_get_x (self->scale, from, self->width, self->rtl), 2,
                 self->ground);
      from = until + 1;
    }
}

/* Until its own paper ends, then what an amendment or renewals added. */
static void
draw_convention (const Drawing *self, const KafConvention *act, const KafStanding *standing)
{
  gboolean changed = standing->term_by != act;
  KafDay own = act->ends_on != KAF_DAY_UNKNOWN ? act->ends_on : KAF_DAY_UNKNOWN;

  if (standing->until == KAF_DAY_UNKNOWN && (!changed || own == KAF_DAY_UNKNOWN))
    {
      draw_fading (self, standing->from, get_rest (standing));
      return;
    }
  if (own == KAF_DAY_UNKNOWN || (standing->until != KAF_DAY_UNKNOWN && own > standing->until))
    own = standing->until;
  draw_bar (self, standing->from, own, 1);
  if (standing->until == KAF_DAY_UNKNOWN)
    draw_fading (self, own + 1, get_rest (standing));
  else if (!changed && standing->n_renewals > 0 && act->renewal_months > 0)
    draw_renewals (self, act, standing);
  else
    draw_bar (self, own + 1, standing->until, PALE);
}

static void
draw_amendments (const Drawing *self, const KafConvention *act, GdkRGBA colour)
{
  g_autoptr (GPtrArray) amendments = kaf_convention_list_amendments (act);

  for (guint i = 0; i < amendments->len; i++)
    {
      const KafConvention *one = g_ptr_array_index (amendments, i);

      draw_diamond (self, one->effective_on != KAF_DAY_UNKNOWN ? one->effective_on : one->signed_on,
                    colour);
    }
}

/* "term unknown", "indefinite": over the end of what is in sight. */
static void
write_word (KafValidityBar *self, GtkSnapshot *snapshot, const KafStanding *standing)
{
  GtkWidget *widget = GTK_WIDGET (self);
  gboolean rtl = gtk_widget_get_direction (widget) == GTK_TEXT_DIR_RTL;
  int width;

  if (standing->from == KAF_DAY_UNKNOWN || standing->until != KAF_DAY_UNKNOWN)
    return;
  kaf_drawn_text_set (&self->word, widget,
                      standing->term == KAF_TERM_OPEN ? _ ("for an indefinite term")
                                                      : C_ ("convention", "term unknown"),
                      KAF_DRAWN_TEXT_SMALL | KAF_DRAWN_TEXT_DIM, 1);
  width = kaf_drawn_text_get_width (&self->word);
  kaf_drawn_text_draw (
      &self->word, widget, snapshot,
      &(GdkRectangle){ rtl ? WORD_GAP : gtk_widget_get_width (widget) - width - WORD_GAP, 0, width,
                       gtk_widget_get_height (widget) });
}

static void
kaf_validity_bar_snapshot (GtkWidget *widget, GtkSnapshot *snapshot)
{
  KafValidityBar *self = KAF_VALIDITY_BAR (widget);
  GdkRGBA text = kaf_style_get_color (widget);
  Drawing drawing = { self->scale,
                      snapshot,
                      text,
                      kaf_style_look_up_color (widget, "view_bg_color"),
                      gtk_widget_get_width (widget),
                      gtk_widget_get_height (widget),
                      BAR_HEIGHT,
                      gtk_widget_get_direction (widget) == GTK_TEXT_DIR_RTL };
  const KafConvention *act;
  const KafStanding *standing;

  if (self->item == NULL || drawing.width <= 0)
    return;
  act = kaf_convention_item_get_act (self->item);
  standing = kaf_convention_item_get_standing (self->item);
  gtk_snapshot_push_clip (snapshot, &GRAPHENE_RECT_INIT (0, 0, drawing.width, drawing.height));
  draw_years (&drawing, text);
  drawing.colour = choose_colour (widget, self->item);
  if (standing->from != KAF_DAY_UNKNOWN && act->kind != KAF_CONVENTION_AMENDMENT)
    {
      draw_convention (&drawing, act, standing);
      draw_amendments (&drawing, act, text);
    }
  else if (standing->from != KAF_DAY_UNKNOWN)
    {
      drawing.thickness = THIN_HEIGHT;
      if (standing->until != KAF_DAY_UNKNOWN)
        draw_bar (&drawing, standing->from, standing->until, 1);
      else
        draw_fading (&drawing, standing->from, get_rest (standing));
      draw_diamond (&drawing, standing->from, text);
    }
  else if (standing->state == KAF_CONVENTION_NEGOTIATION)
    draw_pending (&drawing, act->negotiated_on);
  draw_line (&drawing,
             kaf_time_scale_get_x (self->scale, kaf_time_scale_get_today (self->scale),
                                   drawing.width, drawing.rtl),
             2, kaf_style_look_up_color (widget, "error_bg_color"));
  write_word (self, snapshot, standing);
  gtk_snapshot_pop (snapshot);
}

static void
kaf_validity_bar_dispose (GObject *object)
{
  KafValidityBar *self = KAF_VALIDITY_BAR (object);

  kaf_drawn_text_clear (&self->word);
  g_clear_object (&self->item);
  g_clear_object (&self->scale);
  G_OBJECT_CLASS (kaf_validity_bar_parent_class)->dispose (object);
}

static void
kaf_validity_bar_class_init (KafValidityBarClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = kaf_validity_bar_dispose;
  GTK_WIDGET_CLASS (klass)->snapshot = kaf_validity_bar_snapshot;
  /* Its row says in words what it shows. */
  gtk_widget_class_set_accessible_role (GTK_WIDGET_CLASS (klass), GTK_ACCESSIBLE_ROLE_PRESENTATION);
}

static void
kaf_validity_bar_init (KafValidityBar *self)
{
}

GtkWidget *
kaf_validity_bar_new (KafTimeScale *scale)
{
  KafValidityBar *self = g_object_new (KAF_TYPE_VALIDITY_BAR, NULL);

  self->scale = g_object_ref (scale);
  g_signal_connect_object (scale, "changed", G_CALLBACK (gtk_widget_queue_draw), self,
                           G_CONNECT_SWAPPED);
  return GTK_WIDGET (self);
}

void
kaf_validity_bar_set_item (KafValidityBar *self, KafConventionItem *item)
{
  g_return_if_fail (KAF_IS_VALIDITY_BAR (self));

  if (g_set_object (&self->item, item))
    gtk_widget_queue_draw (GTK_WIDGET (self));
}
