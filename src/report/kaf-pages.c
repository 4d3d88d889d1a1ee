/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "report/kaf-pages-private.h"

#include <math.h>

#include "base/kaf-bidi.h"
#include "store/kaf-disclosure.h"

/* Of the paper. */
#define ACROSS_MOST 0.9

G_DEFINE_BOXED_TYPE (KafPages, kaf_pages, kaf_pages_ref, kaf_pages_unref)

KafPages *
kaf_pages_new (void)
{
  KafPages *self = g_new0 (KafPages, 1);

  g_atomic_ref_count_init (&self->refs);
  g_mutex_init (&self->lock);
  self->type = kaf_typesetter_new ();
  self->pages = g_array_new (FALSE, TRUE, sizeof (KafPage));
  self->marks = g_array_new (FALSE, TRUE, sizeof (KafMark));
  self->images = g_ptr_array_new_with_free_func ((GDestroyNotify) cairo_surface_destroy);
  self->headings = g_array_new (FALSE, TRUE, sizeof (KafPagesHeading));
  self->blanks = g_ptr_array_new_with_free_func ((GDestroyNotify) kaf_blank_free);
  self->texts = g_string_chunk_new (1024);
  return self;
}

KafPages *
kaf_pages_ref (KafPages *self)
{
  g_atomic_ref_count_inc (&self->refs);
  return self;
}

void
kaf_pages_unref (KafPages *self)
{
  if (!g_atomic_ref_count_dec (&self->refs))
    return;
  g_array_unref (self->pages);
  g_array_unref (self->marks);
  g_ptr_array_unref (self->images);
  g_array_unref (self->headings);
  g_ptr_array_unref (self->blanks);
  g_string_chunk_free (self->texts);
  kaf_typesetter_free (self->type);
  g_mutex_clear (&self->lock);
  g_free (self->title);
  g_free (self->reference);
  g_free (self->author);
  g_free (self->entity);
  g_free (self->filter);
  g_free (self);
}

guint
kaf_pages_count (const KafPages *self)
{
  return self->pages->len;
}

static const KafPage *
get_page (const KafPages *self, guint n)
{
  return &g_array_index (self->pages, KafPage, n);
}

void
kaf_pages_size (const KafPages *self, guint n, double *width, double *height)
{
  g_return_if_fail (n < self->pages->len);

  *width = get_page (self, n)->width;
  *height = get_page (self, n)->height;
}

KafLang
kaf_pages_get_lang (const KafPages *self, guint n)
{
  g_return_val_if_fail (n < self->pages->len, KAF_LANG_FR);

  return get_page (self, n)->lang;
}

const char *
kaf_pages_get_title (const KafPages *self)
{
  return self->title;
}

const char *
kaf_pages_get_reference (const KafPages *self)
{
  return self->reference;
}

gboolean
kaf_pages_is_sample (const KafPages *self)
{
  return self->sample;
}

gboolean
kaf_pages_is_provisional (const KafPages *self)
{
  return self->provisional;
}

gboolean
kaf_pages_is_for_nobody (const KafPages *self)
{
  return self->for_nobody;
}

guint
kaf_pages_get_n_persons (const KafPages *self)
{
  return self->n_persons;
}

const GPtrArray *
kaf_pages_get_blanks (const KafPages *self)
{
  return self->blanks;
}

const KafPagesHeading *
kaf_pages_get_headings (const KafPages *self, guint *n_headings)
{
  *n_headings = self->headings->len;
  return (const KafPagesHeading *) self->headings->data;
}

gboolean
kaf_pages_disclose (const KafPages *self,
                    KafDatabase *db,
                    const char *reason,
                    const char *recipient,
                    GCancellable *cancellable,
                    GError **error)
{
  const KafDisclosure disclosure = {
    .act = "print",
    .entity = self->entity,
    .n_persons = self->n_persons,
    .filter = self->filter,
    .reason = reason,
    .recipient = recipient,
  };

  return kaf_disclosure_justify (db, &disclosure, cancellable, error);
}

/* Drawing */

static void
draw_image (cairo_t *cr, const KafMark *mark)
{
  double width = cairo_image_surface_get_width (mark->image);

  cairo_save (cr);
  cairo_translate (cr, mark->x, mark->y);
  cairo_scale (cr, mark->width / width, mark->width / width);
  cairo_set_source_surface (cr, mark->image, 0, 0);
  cairo_paint (cr);
  cairo_restore (cr);
}

/* Along the diagonal, in the middle of the page. */
/* Along the diagonal; on a small paper, a badge, so much smaller that the whole word stands. */
static void
draw_across (cairo_t *cr, const KafMark *mark)
{
  double length = hypot (mark->width, mark->height);
  double c = mark->width / length, s = mark->height / length;
  double word = mark->line->width, high = mark->line->height;
  double scale =
      ACROSS_MOST * MIN (mark->width / (word * c + high * s), mark->height / (word * s + high * c));

  cairo_save (cr);
  cairo_translate (cr, mark->x, mark->y);
  cairo_rotate (cr, -atan2 (mark->height, mark->width));
  cairo_scale (cr, MIN (scale, 1), MIN (scale, 1));
  cairo_move_to (cr, -mark->line->width / 2, mark->line->baseline - mark->line->height / 2);
  pango_cairo_show_layout_line (cr, mark->line->line);
  cairo_restore (cr);
}

static void
draw_tick (cairo_t *cr, const KafMark *mark)
{
  cairo_set_line_width (cr, 1.4);
  cairo_move_to (cr, mark->x + mark->width * 0.18, mark->y + mark->height * 0.5);
  cairo_line_to (cr, mark->x + mark->width * 0.42, mark->y + mark->height * 0.76);
  cairo_line_to (cr, mark->x + mark->width * 0.85, mark->y + mark->height * 0.2);
  cairo_stroke (cr);
}

static void
draw_circle (cairo_t *cr, const KafMark *mark)
{
  double radius = mark->width / 2;

  cairo_new_sub_path (cr);
  cairo_arc (cr, mark->x + radius, mark->y + radius, radius - 0.4, 0, 2 * G_PI);
  cairo_set_line_width (cr, 0.8);
  if (mark->height > 0)
    cairo_fill_preserve (cr);
  cairo_stroke (cr);
}

static void
draw_mark (cairo_t *cr, const KafMark *mark)
{
  cairo_set_source_rgb (cr, mark->grey, mark->grey, mark->grey);
  switch (mark->kind)
    {
    case KAF_MARK_LINE:
      cairo_move_to (cr, mark->x, mark->y);
      pango_cairo_show_layout_line (cr, mark->line->line);
      break;
    case KAF_MARK_FILL:
      cairo_rectangle (cr, mark->x, mark->y, mark->width, mark->height);
      cairo_fill (cr);
      break;
    case KAF_MARK_FRAME:
      cairo_rectangle (cr, mark->x, mark->y, mark->width, mark->height);
      cairo_set_line_width (cr, 0.7);
      cairo_stroke (cr);
      break;
    case KAF_MARK_RULE:
      cairo_move_to (cr, mark->x, mark->y);
      cairo_rel_line_to (cr, mark->width, 0);
      cairo_set_line_width (cr, mark->height);
      cairo_stroke (cr);
      break;
    case KAF_MARK_CIRCLE:
      draw_circle (cr, mark);
      break;
    case KAF_MARK_TICK:
      draw_tick (cr, mark);
      break;
    case KAF_MARK_IMAGE:
      draw_image (cr, mark);
      break;
    case KAF_MARK_ACROSS:
    default:
      draw_across (cr, mark);
      break;
    }
}

static void
draw_marks (const KafPages *self, cairo_t *cr, guint first, guint n)
{
  for (guint i = 0; i < n; i++)
    draw_mark (cr, &g_array_index (self->marks, KafMark, first + i));
}

void
kaf_pages_draw (KafPages *self, guint n, cairo_t *cr)
{
  g_autoptr (GMutexLocker) locker = g_mutex_locker_new (&self->lock);
  const KafPage *page;

  g_return_if_fail (n < self->pages->len);

  page = get_page (self, n);
  cairo_save (cr);
  draw_marks (self, cr, page->first_frame, page->n_frames);
  draw_marks (self, cr, page->first_mark, page->n_marks);
  cairo_restore (cr);
}

static void
read_line (const PangoLayoutLine *line, GString *text)
{
  g_autofree char *part =
      g_strndup (pango_layout_get_text (line->layout) + line->start_index, (gsize) line->length);
  g_autofree char *plain = kaf_bidi_strip (part);

  g_string_append (text, plain);
  g_string_append_c (text, '\n');
}

char *
kaf_pages_read (KafPages *self, guint n)
{
  g_autoptr (GMutexLocker) locker = g_mutex_locker_new (&self->lock);
  GString *text = g_string_new (NULL);
  const KafPage *page;

  g_return_val_if_fail (n < self->pages->len, g_string_free (text, FALSE));

  page = get_page (self, n);
  for (guint i = 0; i < page->n_marks; i++)
    {
      const KafMark *mark = &g_array_index (self->marks, KafMark, page->first_mark + i);

      if (mark->kind == KAF_MARK_LINE)
        read_line (mark->line->line, text);
    }
  return g_string_free (text, FALSE);
}
