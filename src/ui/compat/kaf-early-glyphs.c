/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Cairo keeps the pictures of letters for the whole program, behind a lock, by file, size and options of the font;
 * what Pango knows is each thread's own. A page is painted text by text, and each text asks first for the measures of
 * its letters in the units of the font, then for their pictures: between the two FreeType prepares the font for the
 * other size anew, a sixth of all that a start had to do. Size by size it is less work, and it is done while the
 * interface's thread still reads the style. */
#include "config.h"

#include "ui/compat/kaf-early-glyphs.h"

#include <pango/pangocairo.h>

#define FIRST_LETTER 0x621
#define LAST_LETTER 0x64a
#define TATWEEL 0x640
/* As style.css has it. */
#define ARABIC_FAMILY "Cantarell, Noto Sans Arabic, sans-serif"

/* Of the picture, px. Letters outside of it would not be drawn: a line ends before. */
#define WIDTH 1600
#define HEIGHT 64
#define LINE_WIDTH 1500

/* The texts of a first page: the desktop's font, the classes "caption", "caption-heading", "heading". One more would
 * be more work for the other processor, which opens the store meanwhile, than this one saves. */
static const struct
{
  int points; /* 0: as the desktop has it */
  PangoWeight weight;
} sizes[] = {
  { 0, PANGO_WEIGHT_NORMAL }, { 9, PANGO_WEIGHT_NORMAL }, { 0, PANGO_WEIGHT_BOLD },
  { 9, PANGO_WEIGHT_BOLD },   { 11, PANGO_WEIGHT_BOLD },
};

typedef struct
{
  PangoFontDescription *font;
  PangoLanguage *language;
  cairo_font_options_t *options;
  double resolution;
  gboolean arabic;
} Order;

static void
order_free (Order *self)
{
  pango_font_description_free (self->font);
  cairo_font_options_destroy (self->options);
  g_free (self);
}

/* The letters that are met; rarer ones are drawn when they are. Latin letters stand on Arabic pages too. */
static char *
make_text (gboolean arabic)
{
  GString *text = g_string_new ("0123456789 %,.-"
                                "abcdefghijklmnopqrstuvxyzABCDEFGHILMNOPQRSTV"
                                "’…àçéèêôÉ " /* lint: allow c-text (letters) */);

  /* Letters by how they join: before, within, after, alone. */
  for (gunichar letter = FIRST_LETTER; arabic && letter <= LAST_LETTER; letter++)
    if (g_unichar_isalpha (letter) && letter != TATWEEL)
      for (int i = 0; i < 6; i++)
        g_string_append_unichar (text, i == 3 || i == 5 ? ' ' : letter);
  return g_string_free (text, FALSE);
}

static PangoLayout *
make_layout (const Order *order)
{
  PangoFontMap *map = pango_cairo_font_map_new ();
  PangoContext *context = pango_font_map_create_context (map);
  PangoLayout *layout;

  pango_cairo_context_set_font_options (context, order->options);
  pango_cairo_context_set_resolution (context, order->resolution);
  pango_context_set_language (context, order->language);
  layout = pango_layout_new (context);
  pango_layout_set_width (layout, LINE_WIDTH * PANGO_SCALE);
  g_object_unref (context);
  g_object_unref (map);
  return layout;
}

/* The lines over each other: only what is within the picture is drawn. */
static void
draw_text (cairo_t *cr, PangoLayout *layout)
{
  pango_layout_get_extents (layout, NULL, NULL);
  for (GSList *item = pango_layout_get_lines_readonly (layout); item != NULL; item = item->next)
    {
      cairo_move_to (cr, 0, HEIGHT / 2);
      pango_cairo_show_layout_line (cr, item->data);
    }
}

static gpointer
draw (gpointer data)
{
  Order *order = data;
  cairo_surface_t *surface = cairo_image_surface_create (CAIRO_FORMAT_A8, WIDTH, HEIGHT);
  cairo_t *cr = cairo_create (surface);
  g_autoptr (PangoLayout) layout = make_layout (order);
  g_autofree char *text = make_text (order->arabic);

  pango_layout_set_text (layout, text, -1);
  for (gsize i = 0; i < G_N_ELEMENTS (sizes); i++)
    {
      g_autoptr (PangoFontDescription) font = pango_font_description_copy (order->font);

      pango_font_description_set_weight (font, sizes[i].weight);
      if (sizes[i].points > 0)
        pango_font_description_set_size (font, sizes[i].points * PANGO_SCALE);
      pango_layout_set_font_description (layout, font);
      draw_text (cr, layout);
    }
  cairo_destroy (cr);
  cairo_surface_destroy (surface);
  order_free (order);
  return NULL;
}

void
kaf_early_glyphs_start (gboolean arabic)
{
  GtkWidget *label = g_object_ref_sink (gtk_label_new (NULL));
  PangoContext *context = gtk_widget_get_pango_context (label);
  Order *order = g_new0 (Order, 1);

  order->font = pango_font_description_copy (pango_context_get_font_description (context));
  order->language = pango_context_get_language (context);
  order->options = cairo_font_options_copy (pango_cairo_context_get_font_options (context));
  order->resolution = pango_cairo_context_get_resolution (context);
  order->arabic = arabic;
  if (arabic)
    pango_font_description_set_family (order->font, ARABIC_FAMILY);
  g_object_unref (label);
  g_thread_unref (g_thread_new ("glyphs", draw, order));
}
