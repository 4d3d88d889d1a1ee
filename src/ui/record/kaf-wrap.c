/* SPDX-License-Identifier: GPL-3.0-or-later */
/* GtkFlowBox makes columns of one width; words and pills want each their own. */
#include "config.h"

#include "ui/record/kaf-wrap.h"

struct _KafWrap
{
  GtkWidget parent_instance;

  int spacing;
  int line_spacing;
};

G_DEFINE_FINAL_TYPE (KafWrap, kaf_wrap, GTK_TYPE_WIDGET)

/* One line: its children up to @end (NULL: the last), its height, where its baseline lies. */
typedef struct
{
  GtkWidget *end;
  int above;
  int below;
} Line;

static int
child_width (GtkWidget *child, int width)
{
  int minimum, natural;

  gtk_widget_measure (child, GTK_ORIENTATION_HORIZONTAL, -1, &minimum, &natural, NULL, NULL);
  return MAX (minimum, MIN (natural, width));
}

/* How far a child stands above the line's baseline; one without a baseline is centred on text. */
static void
child_height (GtkWidget *child, int width, int *above, int *below)
{
  int natural, baseline;

  gtk_widget_measure (child, GTK_ORIENTATION_VERTICAL, width, NULL, &natural, NULL, &baseline);
  *above = baseline >= 0 ? baseline : (natural * 7 + 5) / 10;
  *below = natural - *above;
}

static void
measure_line (KafWrap *self, GtkWidget *first, int width, Line *line)
{
  int x = 0;

  line->above = line->below = 0;
  for (line->end = first; line->end != NULL; line->end = gtk_widget_get_next_sibling (line->end))
    {
      int w, above, below;

      if (!gtk_widget_should_layout (line->end))
        continue;
      w = child_width (line->end, width);
      if (x > 0 && x + self->spacing + w > width)
        return;
      x += (x > 0 ? self->spacing : 0) + w;
      child_height (line->end, w, &above, &below);
      line->above = MAX (line->above, above);
      line->below = MAX (line->below, below);
    }
}

static int
height_for (KafWrap *self, int width)
{
  GtkWidget *child = gtk_widget_get_first_child (GTK_WIDGET (self));
  int height = 0;

  while (child != NULL)
    {
      Line line;

      measure_line (self, child, width, &line);
      height += (height > 0 ? self->line_spacing : 0) + line.above + line.below;
      child = line.end;
    }
  return height;
}

static void
kaf_wrap_measure (GtkWidget *widget,
                  GtkOrientation orientation,
                  int for_size,
                  int *minimum,
                  int *natural,
                  int *minimum_baseline,
                  int *natural_baseline)
{
  KafWrap *self = KAF_WRAP (widget);

  *minimum = *natural = 0;
  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    {
      int child_minimum, child_natural;

      if (!gtk_widget_should_layout (child))
        continue;
      gtk_widget_measure (child, GTK_ORIENTATION_HORIZONTAL, -1, &child_minimum, &child_natural,
                          NULL, NULL);
      *minimum = MAX (*minimum, child_minimum);
      *natural += child_natural + (*natural > 0 ? self->spacing : 0);
    }
  if (orientation == GTK_ORIENTATION_VERTICAL)
    *minimum = *natural = height_for (self, for_size >= 0 ? for_size : *natural);
}

static void
allocate_child (GtkWidget *widget, GtkWidget *child, int x, int y, int child_w, int width)
{
  int natural;
  GtkAllocation place;

  gtk_widget_measure (child, GTK_ORIENTATION_VERTICAL, child_w, NULL, &natural, NULL, NULL);
  place.x = gtk_widget_get_direction (widget) == GTK_TEXT_DIR_RTL ? width - x - child_w : x;
  place.y = y;
  place.width = child_w;
  place.height = natural;
  gtk_widget_size_allocate (child, &place, -1);
}

static void
kaf_wrap_size_allocate (GtkWidget *widget, int width, int height, int baseline)
{
  KafWrap *self = KAF_WRAP (widget);
  GtkWidget *child = gtk_widget_get_first_child (widget);
  int y = 0;

  while (child != NULL)
    {
      Line line;
      int x = 0;

      measure_line (self, child, width, &line);
      for (; child != line.end; child = gtk_widget_get_next_sibling (child))
        {
          int w, above, below;

          if (!gtk_widget_should_layout (child))
            continue;
          w = child_width (child, width);
          child_height (child, w, &above, &below);
          allocate_child (widget, child, x, y + line.above - above, w, width);
          x += w + self->spacing;
        }
      y += line.above + line.below + self->line_spacing;
    }
}

static GtkSizeRequestMode
kaf_wrap_get_request_mode (GtkWidget *widget)
{
  return GTK_SIZE_REQUEST_HEIGHT_FOR_WIDTH;
}

static void
kaf_wrap_dispose (GObject *object)
{
  kaf_wrap_clear (KAF_WRAP (object));

  G_OBJECT_CLASS (kaf_wrap_parent_class)->dispose (object);
}

static void
kaf_wrap_class_init (KafWrapClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = kaf_wrap_dispose;
  widget_class->measure = kaf_wrap_measure;
  widget_class->size_allocate = kaf_wrap_size_allocate;
  widget_class->get_request_mode = kaf_wrap_get_request_mode;
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_GROUP);
}

static void
kaf_wrap_init (KafWrap *self)
{
}

GtkWidget *
kaf_wrap_new (int spacing, int line_spacing)
{
  KafWrap *self = g_object_new (KAF_TYPE_WRAP, NULL);

  self->spacing = spacing;
  self->line_spacing = line_spacing;
  return GTK_WIDGET (self);
}

void
kaf_wrap_append (KafWrap *self, GtkWidget *child)
{
  g_return_if_fail (KAF_IS_WRAP (self));

  gtk_widget_insert_before (child, GTK_WIDGET (self), NULL);
}

void
kaf_wrap_clear (KafWrap *self)
{
  GtkWidget *child;

  g_return_if_fail (KAF_IS_WRAP (self));

  while ((child = gtk_widget_get_first_child (GTK_WIDGET (self))) != NULL)
    gtk_widget_unparent (child);
}
