/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Looks like an AdwActionRow, but draws its texts and icons itself: the home page is what every start
 * waits for, and as widgets they took a tenth of that time. Only the pill is a widget, for its colours. */
#include "config.h"

#include "ui/app/kaf-home-row.h"

#include "ui/compat/kaf-chevron.h"
#include "ui/compat/kaf-drawn-icon.h"
#include "ui/compat/kaf-drawn-text.h"
#include "ui/record/kaf-pill.h"

#define MARGIN 12
#define LINES_MARGIN 4 /* above and below the texts */
#define LINE_GAP 3
#define ICON 16
#define ICON_GAP 12 /* after the icon */
#define SPACING 6   /* between what stands at the end */
#define TITLE_LINES 2
#define MINIMUM_WIDTH 180
#define NATURAL_WIDTH 360

struct _KafHomeRow
{
  GtkListBoxRow parent_instance;

  const char *icon; /* interned, nullable */
  KafDrawnText title;
  KafDrawnText subtitle;
  KafDrawnText figure;
  GtkWidget *pill; /* NULL until wanted */
};

G_DEFINE_FINAL_TYPE (KafHomeRow, kaf_home_row, GTK_TYPE_LIST_BOX_ROW)

/* From the start side to the end; those that the row has not are empty. */
typedef struct
{
  GdkRectangle icon, lines, pill, figure, chevron;
} Places;

static int
get_pill_width (KafHomeRow *self)
{
  int width = 0;

  if (self->pill != NULL && gtk_widget_get_visible (self->pill))
    gtk_widget_measure (self->pill, GTK_ORIENTATION_HORIZONTAL, -1, NULL, &width, NULL, NULL);
  return width;
}

/* @width px before *@end, which goes back by them and the space between. */
static GdkRectangle
place_at_end (int *end, int width)
{
  GdkRectangle place = { 0 };

  if (width > 0)
    {
      place = (GdkRectangle){ *end - width, 0, width, 0 };
      *end -= width + SPACING;
    }
  return place;
}

static Places
find_places (KafHomeRow *self, int width, int height)
{
  Places places = { 0 };
  GdkRectangle *all[] = { &places.icon, &places.lines, &places.pill, &places.figure,
                          &places.chevron };
  int start = MARGIN;
  int end = width - MARGIN;

  if (self->icon != NULL)
    {
      places.icon = (GdkRectangle){ start, 0, ICON, 0 };
      start += ICON + ICON_GAP;
    }
  if (gtk_list_box_row_get_activatable (GTK_LIST_BOX_ROW (self)))
    places.chevron = place_at_end (&end, KAF_CHEVRON_SIZE);
  places.figure = place_at_end (&end, kaf_drawn_text_get_width (&self->figure));
  places.pill = place_at_end (&end, get_pill_width (self));
  places.lines = (GdkRectangle){ start, 0, MAX (end - start, 1), 0 };
  for (gsize i = 0; i < G_N_ELEMENTS (all); i++)
    {
      all[i]->height = height;
      if (gtk_widget_get_direction (GTK_WIDGET (self)) == GTK_TEXT_DIR_RTL)
        all[i]->x = width - all[i]->x - all[i]->width;
    }
  return places;
}

static GtkSizeRequestMode
kaf_home_row_get_request_mode (GtkWidget *widget)
{
  return GTK_SIZE_REQUEST_HEIGHT_FOR_WIDTH;
}

static void
kaf_home_row_measure (GtkWidget *widget,
                      GtkOrientation orientation,
                      int for_size,
                      int *minimum,
                      int *natural,
                      int *minimum_baseline,
                      int *natural_baseline)
{
  KafHomeRow *self = KAF_HOME_ROW (widget);
  int width;
  int lines;

  if (orientation == GTK_ORIENTATION_HORIZONTAL)
    {
      *minimum = MINIMUM_WIDTH;
      *natural = NATURAL_WIDTH;
      return;
    }
  width =
      find_places (self, for_size < 0 ? NATURAL_WIDTH : for_size, KAF_HOME_ROW_HEIGHT).lines.width;
  lines = kaf_drawn_text_get_height (&self->title, width) + LINE_GAP +
          kaf_drawn_text_get_height (&self->subtitle, width);
  *minimum = *natural = MAX (KAF_HOME_ROW_HEIGHT, lines + 2 * LINES_MARGIN);
}

static void
kaf_home_row_size_allocate (GtkWidget *widget, int width, int height, int baseline)
{
  KafHomeRow *self = KAF_HOME_ROW (widget);
  GdkRectangle place = find_places (self, width, height).pill;

  if (place.width == 0)
    return;
  gtk_widget_measure (self->pill, GTK_ORIENTATION_VERTICAL, place.width, NULL, &place.height, NULL,
                      NULL);
  place.y = (height - place.height) / 2;
  gtk_widget_size_allocate (self->pill, &place, -1);
}

static void
draw_lines (KafHomeRow *self, GtkSnapshot *snapshot, GdkRectangle place)
{
  int title_height = kaf_drawn_text_get_height (&self->title, place.width);
  int subtitle_height = kaf_drawn_text_get_height (&self->subtitle, place.width);
  int gap = subtitle_height > 0 ? LINE_GAP : 0;

  place.y = (place.height - title_height - gap - subtitle_height) / 2;
  place.height = title_height;
  kaf_drawn_text_draw (&self->title, GTK_WIDGET (self), snapshot, &place);
  place.y += title_height + gap;
  place.height = subtitle_height;
  kaf_drawn_text_draw (&self->subtitle, GTK_WIDGET (self), snapshot, &place);
}

static void
kaf_home_row_snapshot (GtkWidget *widget, GtkSnapshot *snapshot)
{
  KafHomeRow *self = KAF_HOME_ROW (widget);
  Places places = find_places (self, gtk_widget_get_width (widget), gtk_widget_get_height (widget));

  if (self->icon != NULL)
    kaf_drawn_icon_draw (widget, snapshot, self->icon, ICON, 1, &places.icon);
  draw_lines (self, snapshot, places.lines);
  kaf_drawn_text_draw (&self->figure, widget, snapshot, &places.figure);
  if (places.chevron.width > 0)
    kaf_chevron_draw (widget, snapshot, &places.chevron);
  GTK_WIDGET_CLASS (kaf_home_row_parent_class)->snapshot (widget, snapshot);
}

static void
kaf_home_row_dispose (GObject *object)
{
  KafHomeRow *self = KAF_HOME_ROW (object);

  g_clear_pointer (&self->pill, gtk_widget_unparent);
  G_OBJECT_CLASS (kaf_home_row_parent_class)->dispose (object);
}

static void
kaf_home_row_finalize (GObject *object)
{
  KafHomeRow *self = KAF_HOME_ROW (object);

  kaf_drawn_text_clear (&self->title);
  kaf_drawn_text_clear (&self->subtitle);
  kaf_drawn_text_clear (&self->figure);
  G_OBJECT_CLASS (kaf_home_row_parent_class)->finalize (object);
}

static void
kaf_home_row_class_init (KafHomeRowClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->dispose = kaf_home_row_dispose;
  object_class->finalize = kaf_home_row_finalize;
  widget_class->get_request_mode = kaf_home_row_get_request_mode;
  widget_class->measure = kaf_home_row_measure;
  widget_class->size_allocate = kaf_home_row_size_allocate;
  widget_class->snapshot = kaf_home_row_snapshot;
}

static void
kaf_home_row_init (KafHomeRow *self)
{
  /* A row has a layout of its child, which would be asked before kaf_home_row_measure(). */
  gtk_widget_set_layout_manager (GTK_WIDGET (self), NULL);
  gtk_list_box_row_set_activatable (GTK_LIST_BOX_ROW (self), FALSE);
  gtk_widget_add_css_class (GTK_WIDGET (self), "kaf-home-row");
}

/* Says to a screen reader what is drawn: the title, then all that stands beside it. */
static void
tell (KafHomeRow *self)
{
  g_autoptr (GString) others = g_string_new (kaf_drawn_text_get (&self->subtitle));
  const char *more[] = { self->pill != NULL ? kaf_pill_get_text (KAF_PILL (self->pill)) : "",
                         kaf_drawn_text_get (&self->figure) };

  for (gsize i = 0; i < G_N_ELEMENTS (more); i++)
    if (*more[i] != '\0')
      g_string_append_printf (others, "%s%s", others->len > 0 ? ", " : "", more[i]);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  kaf_drawn_text_get (&self->title),
                                  GTK_ACCESSIBLE_PROPERTY_DESCRIPTION, others->str, -1);
}

GtkWidget *
kaf_home_row_new (void)
{
  return g_object_new (KAF_TYPE_HOME_ROW, NULL);
}

void
kaf_home_row_set_text (KafHomeRow *self, const char *icon, const char *title, const char *subtitle)
{
  g_return_if_fail (KAF_IS_HOME_ROW (self));
  g_return_if_fail (title != NULL);

  self->icon = g_intern_string (icon);
  if (icon != NULL)
    kaf_drawn_icon_read (GTK_WIDGET (self), icon, ICON);
  kaf_drawn_text_set (&self->title, GTK_WIDGET (self), title, KAF_DRAWN_TEXT_PLAIN, TITLE_LINES);
  kaf_drawn_text_set (&self->subtitle, GTK_WIDGET (self), subtitle,
                      KAF_DRAWN_TEXT_SMALL | KAF_DRAWN_TEXT_DIM, 1);
  gtk_widget_queue_resize (GTK_WIDGET (self));
  tell (self);
}

void
kaf_home_row_set_pill (KafHomeRow *self, const char *text, const char *style)
{
  g_return_if_fail (KAF_IS_HOME_ROW (self));

  if (self->pill != NULL)
    kaf_pill_set (KAF_PILL (self->pill), text, style);
  else if (text != NULL)
    {
      self->pill = kaf_pill_new (text, style);
      gtk_widget_set_parent (self->pill, GTK_WIDGET (self));
    }
  tell (self);
}

void
kaf_home_row_set_figure (KafHomeRow *self, const char *text, gboolean dim)
{
  KafDrawnTextStyle style = KAF_DRAWN_TEXT_FIGURE;

  g_return_if_fail (KAF_IS_HOME_ROW (self));

  if (dim)
    style |= KAF_DRAWN_TEXT_SMALL | KAF_DRAWN_TEXT_DIM;
  kaf_drawn_text_set (&self->figure, GTK_WIDGET (self), text, style, 1);
  gtk_widget_queue_resize (GTK_WIDGET (self));
  tell (self);
}

void
kaf_home_row_set_target (KafHomeRow *self, const char *action, GVariant *target)
{
  g_return_if_fail (KAF_IS_HOME_ROW (self));

  gtk_list_box_row_set_activatable (GTK_LIST_BOX_ROW (self), TRUE);
  /* No action is ever seen with the target of another. */
  if (g_strcmp0 (gtk_actionable_get_action_name (GTK_ACTIONABLE (self)), action) != 0)
    gtk_actionable_set_action_name (GTK_ACTIONABLE (self), NULL);
  gtk_actionable_set_action_target_value (GTK_ACTIONABLE (self), target);
  gtk_actionable_set_action_name (GTK_ACTIONABLE (self), action);
}
