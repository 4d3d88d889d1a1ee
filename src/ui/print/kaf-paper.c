/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "ui/print/kaf-paper.h"

#include <glib/gi18n-lib.h>
#include <math.h>

#include "base/kaf-number.h"
#include "ui/app/kaf-application.h"

struct _KafPaper
{
  GtkWidget parent_instance;

  KafPages *pages;
  guint n;
  GdkTexture *picture;   /* nullable: as it was drawn last, scaled until it is drawn anew */
  int width, height;     /* device pixels that it was drawn, or is being drawn, at */
  GCancellable *drawing; /* nullable */
};

G_DEFINE_FINAL_TYPE (KafPaper, kaf_paper, GTK_TYPE_WIDGET)

/* What a worker draws. */
typedef struct
{
  KafPages *pages;
  guint n;
  int width, height;
} Drawing;

static void
drawing_free (gpointer data)
{
  Drawing *self = data;

  kaf_pages_unref (self->pages);
  g_free (self);
}

static void
draw (GTask *task, gpointer source, gpointer data, GCancellable *cancellable)
{
  const Drawing *self = data;
  cairo_surface_t *surface;
  cairo_t *cr;
  double width, height;
  g_autoptr (GBytes) bytes = NULL;
  gsize stride;

  /* Who scrolls on does not wait for what was passed. */
  if (g_task_return_error_if_cancelled (task))
    return;
  surface = cairo_image_surface_create (CAIRO_FORMAT_ARGB32, self->width, self->height);
  cr = cairo_create (surface);
  kaf_pages_size (self->pages, self->n, &width, &height);
  cairo_set_source_rgb (cr, 1, 1, 1);
  cairo_paint (cr);
  cairo_scale (cr, self->width / width, self->height / height);
  kaf_pages_draw (self->pages, self->n, cr);
  cairo_destroy (cr);
  cairo_surface_flush (surface);
  stride = (gsize) cairo_image_surface_get_stride (surface);
  bytes = g_bytes_new_with_free_func (cairo_image_surface_get_data (surface),
                                      stride * (gsize) self->height,
                                      (GDestroyNotify) cairo_surface_destroy, surface);
  g_task_return_pointer (
      task, gdk_memory_texture_new (self->width, self->height, GDK_MEMORY_DEFAULT, bytes, stride),
      g_object_unref);
}

static void
on_drawn (GObject *source, GAsyncResult *result, gpointer data)
{
  KafPaper *self = KAF_PAPER (source);
  GdkTexture *picture = g_task_propagate_pointer (G_TASK (result), NULL);

  if (picture == NULL)
    return;
  g_clear_object (&self->picture);
  self->picture = picture;
  g_clear_object (&self->drawing);
  gtk_widget_queue_draw (GTK_WIDGET (self));
}

static void
stop_drawing (KafPaper *self)
{
  g_cancellable_cancel (self->drawing);
  g_clear_object (&self->drawing);
}

static void
start_drawing (KafPaper *self, int width, int height)
{
  Drawing *drawing = g_new0 (Drawing, 1);
  g_autoptr (GTask) task = NULL;

  stop_drawing (self);
  self->drawing = g_cancellable_new ();
  self->width = drawing->width = width;
  self->height = drawing->height = height;
  drawing->pages = kaf_pages_ref (self->pages);
  drawing->n = self->n;
  task = g_task_new (self, self->drawing, on_drawn, NULL);
  g_task_set_source_tag (task, start_drawing);
  g_task_set_task_data (task, drawing, drawing_free);
  g_task_run_in_thread (task, draw);
}

static void
kaf_paper_snapshot (GtkWidget *widget, GtkSnapshot *snapshot)
{
  KafPaper *self = KAF_PAPER (widget);
  int width = gtk_widget_get_width (widget), height = gtk_widget_get_height (widget);
  int scale = gtk_widget_get_scale_factor (widget);
  graphene_rect_t bounds = GRAPHENE_RECT_INIT (0, 0, (float) width, (float) height);

  gtk_snapshot_append_color (snapshot, &(GdkRGBA){ 1, 1, 1, 1 }, &bounds);
  if (width <= 0 || height <= 0)
    return;
  if (self->width != width * scale || self->height != height * scale)
    start_drawing (self, width * scale, height * scale);
  if (self->picture != NULL)
    gtk_snapshot_append_texture (snapshot, self->picture, &bounds);
}

static void
kaf_paper_dispose (GObject *object)
{
  KafPaper *self = KAF_PAPER (object);

  stop_drawing (self);
  g_clear_object (&self->picture);
  g_clear_pointer (&self->pages, kaf_pages_unref);
  G_OBJECT_CLASS (kaf_paper_parent_class)->dispose (object);
}

static void
kaf_paper_class_init (KafPaperClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = kaf_paper_dispose;
  widget_class->snapshot = kaf_paper_snapshot;
  gtk_widget_class_set_css_name (widget_class, "paper");
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_IMG);
}

static void
kaf_paper_init (KafPaper *self)
{
}

/* Who does not see the page is told which one it is, and what it says. */
static void
tell (KafPaper *self)
{
  KafLang lang = kaf_application_get_lang ();
  g_autofree char *place = kaf_number_format (self->n + 1, lang);
  g_autofree char *count = kaf_number_format (kaf_pages_count (self->pages), lang);
  /* Translators: the number of a page, and how many there are. */
  g_autofree char *name = g_strdup_printf (_ ("Page %s of %s"), place, count);
  g_autofree char *text = kaf_pages_read (self->pages, self->n);

  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_LABEL, name,
                                  GTK_ACCESSIBLE_PROPERTY_DESCRIPTION, text, -1);
}

GtkWidget *
kaf_paper_new (KafPages *pages, guint n)
{
  KafPaper *self = g_object_new (KAF_TYPE_PAPER, NULL);

  self->n = n;
  kaf_paper_set_pages (self, pages);
  return GTK_WIDGET (self);
}

void
kaf_paper_set_pages (KafPaper *self, KafPages *pages)
{
  g_return_if_fail (KAF_IS_PAPER (self));
  g_return_if_fail (self->n < kaf_pages_count (pages));

  stop_drawing (self);
  kaf_pages_ref (pages);
  g_clear_pointer (&self->pages, kaf_pages_unref);
  self->pages = pages;
  self->width = self->height = 0;
  tell (self);
  gtk_widget_queue_draw (GTK_WIDGET (self));
}

guint
kaf_paper_get_page (KafPaper *self)
{
  g_return_val_if_fail (KAF_IS_PAPER (self), 0);
  return self->n;
}

gboolean
kaf_paper_is_drawn (KafPaper *self)
{
  int scale;

  g_return_val_if_fail (KAF_IS_PAPER (self), FALSE);
  scale = gtk_widget_get_scale_factor (GTK_WIDGET (self));
  return self->picture != NULL && self->drawing == NULL &&
         self->width == gtk_widget_get_width (GTK_WIDGET (self)) * scale;
}
