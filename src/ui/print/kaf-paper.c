/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Not drawn on a worker: Cairo keeps one cache of glyphs for the process, and letters of the window went missing while a
 * worker drew with the same fonts. */
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
  GdkTexture *picture; /* nullable: as it was drawn last, scaled until it is drawn anew */
  int width, height;   /* device pixels that it was drawn, or is being drawn, at */
  guint drawing;       /* source, or 0 */
};

G_DEFINE_FINAL_TYPE (KafPaper, kaf_paper, GTK_TYPE_WIDGET)

static GdkTexture *
draw (KafPages *pages, guint n, int pixels_wide, int pixels_high)
{
  cairo_surface_t *surface =
      cairo_image_surface_create (CAIRO_FORMAT_ARGB32, pixels_wide, pixels_high);
  cairo_t *cr = cairo_create (surface);
  double width, height;
  g_autoptr (GBytes) bytes = NULL;
  gsize stride;

  kaf_pages_size (pages, n, &width, &height);
  cairo_set_source_rgb (cr, 1, 1, 1);
  cairo_paint (cr);
  cairo_scale (cr, pixels_wide / width, pixels_high / height);
  kaf_pages_draw (pages, n, cr);
  cairo_destroy (cr);
  cairo_surface_flush (surface);
  stride = (gsize) cairo_image_surface_get_stride (surface);
  bytes = g_bytes_new_with_free_func (cairo_image_surface_get_data (surface),
                                      stride * (gsize) pixels_high,
                                      (GDestroyNotify) cairo_surface_destroy, surface);
  return gdk_memory_texture_new (pixels_wide, pixels_high, GDK_MEMORY_DEFAULT, bytes, stride);
}

/* One page a turn of the main loop, after input and frames. */
static gboolean
on_draw (gpointer data)
{
  KafPaper *self = data;

  self->drawing = 0;
  g_clear_object (&self->picture);
  self->picture = draw (self->pages, self->n, self->width, self->height);
  gtk_widget_queue_draw (GTK_WIDGET (self));
  return G_SOURCE_REMOVE;
}

static void
stop_drawing (KafPaper *self)
{
  g_clear_handle_id (&self->drawing, g_source_remove);
}

static void
start_drawing (KafPaper *self, int width, int height)
{
  stop_drawing (self);
  self->width = width;
  self->height = height;
  self->drawing = g_idle_add (on_draw, self);
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
  return self->picture != NULL && self->drawing == 0 &&
         self->width == gtk_widget_get_width (GTK_WIDGET (self)) * scale;
}
