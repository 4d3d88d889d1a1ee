/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "ui/mission/kaf-share-bar.h"

#include "ui/compat/kaf-style.h"

#define GAP 2 /* px between parts */
#define MARK_WIDTH 2
#define PALEST 0.3f

struct _KafShareBar
{
  GtkWidget parent_instance;

  int height;
  int mark; /* per cent from the end; -1: none */
  GArray *parts;
};

G_DEFINE_FINAL_TYPE (KafShareBar, kaf_share_bar, GTK_TYPE_WIDGET)

static void
kaf_share_bar_measure (GtkWidget *widget,
                       GtkOrientation orientation,
                       int for_size,
                       int *minimum,
                       int *natural,
                       int *minimum_baseline,
                       int *natural_baseline)
{
  KafShareBar *self = KAF_SHARE_BAR (widget);

  *minimum = *natural = orientation == GTK_ORIENTATION_VERTICAL ? self->height : 0;
}

/* One place where a drawn x is mirrored. */
static float
mirror (GtkWidget *widget, float x, float width)
{
  return gtk_widget_get_direction (widget) == GTK_TEXT_DIR_RTL
             ? gtk_widget_get_width (widget) - x - width
             : x;
}

static void
draw_part (KafShareBar *self, GtkSnapshot *snapshot, const KafSharePart *part, float x, float width)
{
  GtkWidget *widget = GTK_WIDGET (self);
  GdkRGBA colour = part->colour != NULL ? kaf_style_look_up_color (widget, part->colour)
                                        : kaf_style_get_color (widget);
  graphene_rect_t place = GRAPHENE_RECT_INIT (mirror (widget, x, width), 0, width, self->height);
  GskRoundedRect outline;

  colour.alpha *= part->alpha;
  gsk_rounded_rect_init_from_rect (&outline, &place, MIN (self->height / 2.0f, 4));
  gtk_snapshot_push_rounded_clip (snapshot, &outline);
  gtk_snapshot_append_color (snapshot, &colour, &place);
  gtk_snapshot_pop (snapshot);
}

static void
kaf_share_bar_snapshot (GtkWidget *widget, GtkSnapshot *snapshot)
{
  KafShareBar *self = KAF_SHARE_BAR (widget);
  int width = gtk_widget_get_width (widget);
  double whole = 0, before = 0;
  GdkRGBA text = kaf_style_get_color (widget);
  float at;

  for (guint i = 0; i < self->parts->len; i++)
    whole += (double) g_array_index (self->parts, KafSharePart, i).value;
  for (guint i = 0; i < self->parts->len && whole > 0; i++)
    {
      const KafSharePart *part = &g_array_index (self->parts, KafSharePart, i);
      float from = (float) (before / whole * width);
      float to = (float) ((before + (double) part->value) / whole * width);

      before += (double) part->value;
      if (part->value > 0)
        draw_part (self, snapshot, part, from, MAX (to - from - (to < width ? GAP : 0), 1));
    }
  if (self->mark < 0)
    return;
  at = (float) width * (float) (100 - self->mark) / 100;
  gtk_snapshot_append_color (
      snapshot, &text,
      &GRAPHENE_RECT_INIT (mirror (widget, at - MARK_WIDTH / 2.0f, MARK_WIDTH), -2, MARK_WIDTH,
                           self->height + 4));
}

static void
kaf_share_bar_finalize (GObject *object)
{
  g_array_unref (KAF_SHARE_BAR (object)->parts);
  G_OBJECT_CLASS (kaf_share_bar_parent_class)->finalize (object);
}

static void
kaf_share_bar_class_init (KafShareBarClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->finalize = kaf_share_bar_finalize;
  widget_class->measure = kaf_share_bar_measure;
  widget_class->snapshot = kaf_share_bar_snapshot;
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_PRESENTATION);
}

static void
kaf_share_bar_init (KafShareBar *self)
{
  self->mark = -1;
  self->parts = g_array_new (FALSE, TRUE, sizeof (KafSharePart));
  gtk_widget_set_valign (GTK_WIDGET (self), GTK_ALIGN_CENTER);
}

GtkWidget *
kaf_share_bar_new (int height)
{
  KafShareBar *self = g_object_new (KAF_TYPE_SHARE_BAR, NULL);

  self->height = height;
  return GTK_WIDGET (self);
}

void
kaf_share_bar_set (KafShareBar *self, const KafSharePart *parts, guint n_parts)
{
  g_return_if_fail (KAF_IS_SHARE_BAR (self));

  g_array_set_size (self->parts, 0);
  if (n_parts > 0)
    g_array_append_vals (self->parts, parts, n_parts);
  gtk_widget_queue_draw (GTK_WIDGET (self));
}

void
kaf_share_bar_set_mark (KafShareBar *self, int percent)
{
  g_return_if_fail (KAF_IS_SHARE_BAR (self));

  self->mark = percent;
  gtk_widget_queue_draw (GTK_WIDGET (self));
}

KafSharePart
kaf_share_part_shade (gint64 value, guint index, guint n)
{
  float step = n > 1 ? (1 - PALEST) / (float) (n - 1) : 0;

  return (KafSharePart){ value, "accent_bg_color", 1 - step * (float) index };
}
