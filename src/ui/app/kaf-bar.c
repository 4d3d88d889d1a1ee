/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Label, bar and figure are drawn by the button itself: every start waits for some twenty of these, and
 * as widgets of their own their parts took most of that time. */
#include "config.h"

#include "ui/app/kaf-bar.h"

#include "ui/compat/kaf-drawn-text.h"
#include "ui/compat/kaf-style.h"

#define HEIGHT 24
#define BAR_HEIGHT 12
#define BAR_RADIUS 3
#define BAR_ALPHA 0.75f
#define LABEL_PERCENT 36 /* of the width */
#define GAP 8
#define SHORTEST 2
#define MINIMUM_WIDTH 160
#define NATURAL_WIDTH 320

struct _KafBar
{
  GtkButton parent_instance;

  KafDrawnText label;
  KafDrawnText text;
  double share; /* of the longest bar, 0 to 1 */
  double part;  /* of it, what is late: the same measure */
  char *said;   /* nullable: in place of the figure */
};

G_DEFINE_FINAL_TYPE (KafBar, kaf_bar, GTK_TYPE_BUTTON)

static void
kaf_bar_measure (GtkWidget *widget,
                 GtkOrientation orientation,
                 int for_size,
                 int *minimum,
                 int *natural,
                 int *minimum_baseline,
                 int *natural_baseline)
{
  KafBar *self = KAF_BAR (widget);

  if (orientation == GTK_ORIENTATION_HORIZONTAL)
    {
      *minimum = MINIMUM_WIDTH;
      *natural = NATURAL_WIDTH;
    }
  else
    *minimum = *natural = MAX (HEIGHT, kaf_drawn_text_get_height (&self->label, -1));
}

static void
draw_fill (GtkWidget *widget, GtkSnapshot *snapshot, const GdkRectangle *place, const char *name)
{
  graphene_rect_t rectangle = GRAPHENE_RECT_INIT (place->x, place->y, place->width, place->height);
  GdkRGBA color = kaf_style_look_up_color (widget, name);
  GskRoundedRect outline;

  color.alpha *= BAR_ALPHA;
  gsk_rounded_rect_init_from_rect (&outline, &rectangle, BAR_RADIUS);
  gtk_snapshot_push_rounded_clip (snapshot, &outline);
  gtk_snapshot_append_color (snapshot, &color, &rectangle);
  gtk_snapshot_pop (snapshot);
}

/* "Italy, 9 379" */
static char *
get_name (KafBar *self)
{
  return g_strdup_printf ("%s, %s", kaf_drawn_text_get (&self->label),
                          self->said != NULL ? self->said : kaf_drawn_text_get (&self->text));
}

/* @from: px from the start side. */
static GdkRectangle
place_part (GtkWidget *widget, int from, int width, int height)
{
  int whole = gtk_widget_get_width (widget);
  gboolean rtl = gtk_widget_get_direction (widget) == GTK_TEXT_DIR_RTL;

  return (GdkRectangle){ rtl ? whole - from - width : from,
                         (gtk_widget_get_height (widget) - height) / 2, width, height };
}

static void
kaf_bar_snapshot (GtkWidget *widget, GtkSnapshot *snapshot)
{
  KafBar *self = KAF_BAR (widget);
  int width = gtk_widget_get_width (widget);
  int height = gtk_widget_get_height (widget);
  int label_width = width * LABEL_PERCENT / 100;
  int text_width = kaf_drawn_text_get_width (&self->text);
  int length = MAX ((int) ((width - label_width - 2 * GAP - text_width) * self->share), SHORTEST);
  GdkRectangle label = place_part (widget, 0, label_width, height);
  int late = self->share > 0 ? (int) (length * MIN (self->part / self->share, 1)) : 0;
  GdkRectangle fill = place_part (widget, label_width + GAP, length - late, BAR_HEIGHT);
  GdkRectangle part = place_part (widget, label_width + GAP + length - late, late, BAR_HEIGHT);
  GdkRectangle text = place_part (widget, label_width + GAP + length + GAP, text_width, height);

  kaf_drawn_text_draw (&self->label, widget, snapshot, &label);
  if (length > late)
    draw_fill (widget, snapshot, &fill, "accent_bg_color");
  if (late > 0)
    draw_fill (widget, snapshot, &part, "warning_bg_color");
  kaf_drawn_text_draw (&self->text, widget, snapshot, &text);
}

/* Made when asked for: to give a widget a tooltip is to ask the display where the pointer is. */
static gboolean
kaf_bar_query_tooltip (GtkWidget *widget, int x, int y, gboolean keyboard, GtkTooltip *tooltip)
{
  KafBar *self = KAF_BAR (widget);
  g_autofree char *name = get_name (self);

  gtk_tooltip_set_text (tooltip, name);
  return TRUE;
}

static void
kaf_bar_finalize (GObject *object)
{
  KafBar *self = KAF_BAR (object);

  kaf_drawn_text_clear (&self->label);
  kaf_drawn_text_clear (&self->text);
  g_free (self->said);
  G_OBJECT_CLASS (kaf_bar_parent_class)->finalize (object);
}

static void
kaf_bar_class_init (KafBarClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->finalize = kaf_bar_finalize;
  widget_class->measure = kaf_bar_measure;
  widget_class->snapshot = kaf_bar_snapshot;
  widget_class->query_tooltip = kaf_bar_query_tooltip;
}

static void
kaf_bar_init (KafBar *self)
{
  /* A button has a layout of children, which would be asked before kaf_bar_measure(). */
  gtk_widget_set_layout_manager (GTK_WIDGET (self), NULL);
  gtk_widget_set_has_tooltip (GTK_WIDGET (self), TRUE);
  gtk_widget_add_css_class (GTK_WIDGET (self), "flat");
  gtk_widget_add_css_class (GTK_WIDGET (self), "kaf-bar");
}

GtkWidget *
kaf_bar_new (void)
{
  return g_object_new (KAF_TYPE_BAR, NULL);
}

void
kaf_bar_set (KafBar *self,
             const char *label,
             const char *text,
             gint64 value,
             gint64 max,
             const char *action,
             GVariant *target)
{
  g_autofree char *name = NULL;

  g_return_if_fail (KAF_IS_BAR (self));

  kaf_drawn_text_set (&self->label, GTK_WIDGET (self), label, KAF_DRAWN_TEXT_PLAIN, 1);
  kaf_drawn_text_set (&self->text, GTK_WIDGET (self), text,
                      KAF_DRAWN_TEXT_SMALL | KAF_DRAWN_TEXT_BOLD | KAF_DRAWN_TEXT_FIGURE, 1);
  self->part = 0;
  g_clear_pointer (&self->said, g_free);
  self->share = max > 0 ? CLAMP ((double) value / (double) max, 0, 1) : 0;
  gtk_widget_queue_resize (GTK_WIDGET (self));
  /* In this order: an action without its target is complained of. */
  gtk_actionable_set_action_target_value (GTK_ACTIONABLE (self), target);
  gtk_actionable_set_action_name (GTK_ACTIONABLE (self), action);
  name = get_name (self);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_LABEL, name, -1);
}

void
kaf_bar_set_part (KafBar *self, gint64 part, gint64 max, const char *text)
{
  g_autofree char *name = NULL;

  g_return_if_fail (KAF_IS_BAR (self));

  self->part = max > 0 ? CLAMP ((double) part / (double) max, 0, 1) : 0;
  g_free (self->said);
  self->said = g_strdup (text);
  gtk_widget_queue_draw (GTK_WIDGET (self));
  name = get_name (self);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_LABEL, name, -1);
}
