/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Draws all of it itself (kaf-drawn-text.h says why): each start waits for fourteen of them, and as widgets each was
 * five, with their styles, layouts and fonts. */
#include "config.h"

#include "ui/app/kaf-sidebar-row.h"

#include "ui/compat/kaf-drawn-icon.h"
#include "ui/compat/kaf-drawn-text.h"

#define ICON 16
#define SPACING 10
#define LABEL_WIDTH 40 /* of its first letters at least */

struct _KafSidebarRow
{
  GtkListBoxRow parent_instance;

  const char *icon;
  KafDrawnText label;
  KafDrawnText count;
};

G_DEFINE_FINAL_TYPE (KafSidebarRow, kaf_sidebar_row, GTK_TYPE_LIST_BOX_ROW)

static GtkSizeRequestMode
kaf_sidebar_row_get_request_mode (GtkWidget *widget)
{
  return GTK_SIZE_REQUEST_CONSTANT_SIZE;
}

/* px, with the space before it. */
static int
get_count_width (KafSidebarRow *self)
{
  int width = kaf_drawn_text_get_width (&self->count);

  return width > 0 ? width + SPACING : 0;
}

static void
kaf_sidebar_row_measure (GtkWidget *widget,
                         GtkOrientation orientation,
                         int for_size,
                         int *minimum,
                         int *natural,
                         int *minimum_baseline,
                         int *natural_baseline)
{
  KafSidebarRow *self = KAF_SIDEBAR_ROW (widget);
  int width = kaf_drawn_text_get_width (&self->label);
  int others = ICON + SPACING + get_count_width (self);

  if (orientation == GTK_ORIENTATION_HORIZONTAL)
    {
      *minimum = MIN (width, LABEL_WIDTH) + others;
      *natural = width + others;
    }
  else
    *minimum = *natural = MAX (ICON, kaf_drawn_text_get_height (&self->label, -1));
}

static void
kaf_sidebar_row_snapshot (GtkWidget *widget, GtkSnapshot *snapshot)
{
  KafSidebarRow *self = KAF_SIDEBAR_ROW (widget);
  int width = gtk_widget_get_width (widget);
  int height = gtk_widget_get_height (widget);
  int count = kaf_drawn_text_get_width (&self->count);
  int start = ICON + SPACING;
  GdkRectangle icon = { 0, 0, ICON, height };
  GdkRectangle label = { start, 0, MAX (width - start - get_count_width (self), 1), height };
  GdkRectangle figure = { width - count, 0, count, height };
  GdkRectangle *places[] = { &icon, &label, &figure };

  if (gtk_widget_get_direction (widget) == GTK_TEXT_DIR_RTL)
    for (gsize i = 0; i < G_N_ELEMENTS (places); i++)
      places[i]->x = width - places[i]->x - places[i]->width;
  kaf_drawn_icon_draw (widget, snapshot, self->icon, ICON, 1, &icon);
  kaf_drawn_text_draw (&self->label, widget, snapshot, &label);
  kaf_drawn_text_draw (&self->count, widget, snapshot, &figure);
  GTK_WIDGET_CLASS (kaf_sidebar_row_parent_class)->snapshot (widget, snapshot);
}

static void
kaf_sidebar_row_finalize (GObject *object)
{
  KafSidebarRow *self = KAF_SIDEBAR_ROW (object);

  kaf_drawn_text_clear (&self->label);
  kaf_drawn_text_clear (&self->count);
  G_OBJECT_CLASS (kaf_sidebar_row_parent_class)->finalize (object);
}

static void
kaf_sidebar_row_class_init (KafSidebarRowClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->finalize = kaf_sidebar_row_finalize;
  widget_class->get_request_mode = kaf_sidebar_row_get_request_mode;
  widget_class->measure = kaf_sidebar_row_measure;
  widget_class->snapshot = kaf_sidebar_row_snapshot;
}

static void
kaf_sidebar_row_init (KafSidebarRow *self)
{
  /* A row has a layout of its child, which would be asked before kaf_sidebar_row_measure(). */
  gtk_widget_set_layout_manager (GTK_WIDGET (self), NULL);
}

/* Says to a screen reader what is drawn. */
static void
tell (KafSidebarRow *self)
{
  const char *label = kaf_drawn_text_get (&self->label);
  const char *count = kaf_drawn_text_get (&self->count);
  g_autofree char *name =
      *count != '\0' ? g_strdup_printf ("%s, %s", label, count) : g_strdup (label);

  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_LABEL, name, -1);
}

GtkWidget *
kaf_sidebar_row_new (const char *icon, const char *label)
{
  KafSidebarRow *self = g_object_new (KAF_TYPE_SIDEBAR_ROW, NULL);

  self->icon = icon;
  kaf_drawn_icon_read (GTK_WIDGET (self), icon, ICON);
  kaf_drawn_text_set (&self->label, GTK_WIDGET (self), label, KAF_DRAWN_TEXT_PLAIN, 1);
  tell (self);
  return GTK_WIDGET (self);
}

void
kaf_sidebar_row_set_count (KafSidebarRow *self, const char *text)
{
  g_return_if_fail (KAF_IS_SIDEBAR_ROW (self));

  if (g_strcmp0 (kaf_drawn_text_get (&self->count), text != NULL ? text : "") == 0)
    return;
  kaf_drawn_text_set (&self->count, GTK_WIDGET (self), text,
                      KAF_DRAWN_TEXT_SMALL | KAF_DRAWN_TEXT_FIGURE | KAF_DRAWN_TEXT_DIM, 1);
  gtk_widget_queue_resize (GTK_WIDGET (self));
  tell (self);
}
