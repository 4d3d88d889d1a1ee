/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "ui/print/kaf-preview-body.h"

#define ALL_FROM 860 /* px; below, there is one column */
#define START_WIDTH 132
#define END_WIDTH 300

struct _KafPreviewBody
{
  GtkWidget parent_instance;

  GtkWidget *thumbnails, *pages, *options;
  gboolean narrow, shows_options;
  guint telling; /* source, or 0 */
};

enum
{
  PROP_0,
  PROP_NARROW,
};

G_DEFINE_FINAL_TYPE (KafPreviewBody, kaf_preview_body, GTK_TYPE_WIDGET)

static void
kaf_preview_body_measure (GtkWidget *widget,
                          GtkOrientation orientation,
                          int for_size,
                          int *minimum,
                          int *natural,
                          int *minimum_baseline,
                          int *natural_baseline)
{
  KafPreviewBody *self = KAF_PREVIEW_BODY (widget);
  GtkWidget *children[] = { self->thumbnails, self->pages, self->options };

  *minimum = *natural = 0;
  for (gsize i = 0; i < G_N_ELEMENTS (children); i++)
    {
      int least, most;

      gtk_widget_measure (children[i], orientation, -1, &least, &most, NULL, NULL);
      *minimum = MAX (*minimum, least);
      *natural = MAX (*natural, most);
    }
  if (orientation == GTK_ORIENTATION_HORIZONTAL)
    *natural = MAX (*natural, ALL_FROM);
}

static gboolean
on_tell (gpointer data)
{
  KAF_PREVIEW_BODY (data)->telling = 0;
  g_object_notify (data, "narrow");
  return G_SOURCE_REMOVE;
}

static void
allocate (GtkWidget *child, int x, int width, int height)
{
  gtk_widget_size_allocate (child, &(GtkAllocation){ x, 0, width, height }, -1);
}

static void
kaf_preview_body_size_allocate (GtkWidget *widget, int width, int height, int baseline)
{
  KafPreviewBody *self = KAF_PREVIEW_BODY (widget);
  gboolean rtl = gtk_widget_get_direction (widget) == GTK_TEXT_DIR_RTL;
  gboolean narrow = width < ALL_FROM;

  /* Not within a layout. */
  if (self->narrow != narrow && self->telling == 0)
    self->telling = g_idle_add_full (G_PRIORITY_HIGH, on_tell, self, NULL);
  self->narrow = narrow;
  gtk_widget_set_child_visible (self->thumbnails, !narrow);
  gtk_widget_set_child_visible (self->pages, !narrow || !self->shows_options);
  gtk_widget_set_child_visible (self->options, !narrow || self->shows_options);
  if (narrow)
    {
      allocate (self->shows_options ? self->options : self->pages, 0, width, height);
      return;
    }
  allocate (self->thumbnails, rtl ? width - START_WIDTH : 0, START_WIDTH, height);
  allocate (self->pages, rtl ? END_WIDTH : START_WIDTH, width - START_WIDTH - END_WIDTH, height);
  allocate (self->options, rtl ? 0 : width - END_WIDTH, END_WIDTH, height);
}

static void
kaf_preview_body_get_property (GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
  g_value_set_boolean (value, KAF_PREVIEW_BODY (object)->narrow);
}

static void
kaf_preview_body_dispose (GObject *object)
{
  KafPreviewBody *self = KAF_PREVIEW_BODY (object);

  g_clear_handle_id (&self->telling, g_source_remove);
  g_clear_pointer (&self->thumbnails, gtk_widget_unparent);
  g_clear_pointer (&self->pages, gtk_widget_unparent);
  g_clear_pointer (&self->options, gtk_widget_unparent);
  G_OBJECT_CLASS (kaf_preview_body_parent_class)->dispose (object);
}

static void
kaf_preview_body_class_init (KafPreviewBodyClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = kaf_preview_body_dispose;
  G_OBJECT_CLASS (klass)->get_property = kaf_preview_body_get_property;
  widget_class->measure = kaf_preview_body_measure;
  widget_class->size_allocate = kaf_preview_body_size_allocate;
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_GROUP);
  g_object_class_install_property (
      G_OBJECT_CLASS (klass), PROP_NARROW,
      g_param_spec_boolean ("narrow", NULL, NULL, FALSE,
                            G_PARAM_READABLE | G_PARAM_STATIC_STRINGS));
}

static void
kaf_preview_body_init (KafPreviewBody *self)
{
  /* Until its width is known: what is made for a wide window would widen a narrow one. */
  self->narrow = TRUE;
  gtk_widget_set_overflow (GTK_WIDGET (self), GTK_OVERFLOW_HIDDEN);
  gtk_widget_set_vexpand (GTK_WIDGET (self), TRUE);
}

GtkWidget *
kaf_preview_body_new (GtkWidget *thumbnails, GtkWidget *pages, GtkWidget *options)
{
  KafPreviewBody *self = g_object_new (KAF_TYPE_PREVIEW_BODY, NULL);

  self->thumbnails = thumbnails;
  self->pages = pages;
  self->options = options;
  gtk_widget_set_parent (thumbnails, GTK_WIDGET (self));
  gtk_widget_set_parent (pages, GTK_WIDGET (self));
  gtk_widget_set_parent (options, GTK_WIDGET (self));
  return GTK_WIDGET (self);
}

void
kaf_preview_body_show_options (KafPreviewBody *self, gboolean options)
{
  g_return_if_fail (KAF_IS_PREVIEW_BODY (self));

  self->shows_options = options;
  gtk_widget_queue_allocate (GTK_WIDGET (self));
}
