/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Cairo writes the pages; its version in Debian 12 says neither which language they are in nor how they are read, so
 * that qpdf adds both to the catalogue of the file (ISO 32000-1, 7.7.2 and 12.2), in memory. */
#include "config.h"

#include <cairo-pdf.h>
#include <gio/gunixoutputstream.h>

#include "report/kaf-pages-private.h"
#include "report/kaf-qpdf.h"
#include "store/kaf-new-file.h"

static cairo_status_t
append (gpointer data, const unsigned char *bytes, unsigned int length)
{
  g_byte_array_append (data, bytes, length);
  return CAIRO_STATUS_SUCCESS;
}

static void
add_outline (KafPages *self, cairo_surface_t *surface)
{
  int chapter = CAIRO_PDF_OUTLINE_ROOT;

  for (guint i = 0; i < self->headings->len; i++)
    {
      const KafPagesHeading *heading = &g_array_index (self->headings, KafPagesHeading, i);
      char y[G_ASCII_DTOSTR_BUF_SIZE];
      g_autofree char *place = NULL;
      int id;

      g_ascii_formatd (y, sizeof y, "%.1f", heading->y);
      place = g_strdup_printf ("page=%u pos=[0 %s]", heading->page + 1, y);
      id = cairo_pdf_surface_add_outline (
          surface, heading->level == 1 ? CAIRO_PDF_OUTLINE_ROOT : chapter, heading->text, place,
          heading->level == 1 ? CAIRO_PDF_OUTLINE_FLAG_OPEN : 0);
      if (heading->level == 1)
        chapter = id;
    }
}

static gboolean
draw_all (KafPages *self,
          cairo_surface_t *surface,
          KafProgressFunc progress,
          gpointer progress_data,
          GCancellable *cancellable,
          GError **error)
{
  cairo_t *cr = cairo_create (surface);
  guint n = 0;

  for (; n < self->pages->len && !g_cancellable_is_cancelled (cancellable); n++)
    {
      const KafPage *page = &g_array_index (self->pages, KafPage, n);

      cairo_pdf_surface_set_size (surface, page->width, page->height);
      kaf_pages_draw (self, n, cr);
      cairo_show_page (cr);
      if (progress != NULL)
        progress (n + 1, self->pages->len, progress_data);
    }
  add_outline (self, surface);
  cairo_destroy (cr);
  return !g_cancellable_set_error_if_cancelled (cancellable, error);
}

static GByteArray *
write_pages (KafPages *self,
             KafProgressFunc progress,
             gpointer progress_data,
             GCancellable *cancellable,
             GError **error)
{
  g_autoptr (GByteArray) bytes = g_byte_array_new ();
  cairo_surface_t *surface = cairo_pdf_surface_create_for_stream (append, bytes, 1, 1);
  gboolean done;

  cairo_pdf_surface_set_metadata (surface, CAIRO_PDF_METADATA_TITLE, self->title);
  if (self->reference != NULL)
    cairo_pdf_surface_set_metadata (surface, CAIRO_PDF_METADATA_SUBJECT, self->reference);
  if (self->author != NULL)
    cairo_pdf_surface_set_metadata (surface, CAIRO_PDF_METADATA_AUTHOR, self->author);
  cairo_pdf_surface_set_metadata (surface, CAIRO_PDF_METADATA_CREATOR, "Kafaat " KAF_VERSION);
  done = draw_all (self, surface, progress, progress_data, cancellable, error);
  cairo_surface_finish (surface);
  if (done && cairo_surface_status (surface) != CAIRO_STATUS_SUCCESS)
    {
      g_set_error (error, G_IO_ERROR, G_IO_ERROR_FAILED, "drawing the document: %s",
                   cairo_status_to_string (cairo_surface_status (surface)));
      done = FALSE;
    }
  cairo_surface_destroy (surface);
  return done ? g_steal_pointer (&bytes) : NULL;
}

static void
describe (const KafPages *self, qpdf_data pdf)
{
  gboolean rtl = (self->langs & (1u << KAF_LANG_FR)) == 0 && kaf_lang_is_rtl (KAF_LANG_AR) &&
                 (self->langs & (1u << KAF_LANG_AR)) != 0;
  qpdf_oh root = qpdf_get_root (pdf);
  qpdf_oh preferences = qpdf_oh_new_dictionary (pdf);

  qpdf_oh_replace_key (pdf, root, "/Lang",
                       qpdf_oh_new_unicode_string (pdf, rtl ? "ar-MA" : "fr-MA"));
  qpdf_oh_replace_key (pdf, preferences, "/DisplayDocTitle", qpdf_oh_new_bool (pdf, QPDF_TRUE));
  if (rtl)
    qpdf_oh_replace_key (pdf, preferences, "/Direction", qpdf_oh_new_name (pdf, "/R2L"));
  qpdf_oh_replace_key (pdf, root, "/ViewerPreferences", preferences);
}

static GBytes *
fail (qpdf_data pdf, GError **error)
{
  g_set_error (error, G_IO_ERROR, G_IO_ERROR_FAILED, "describing the document: %s",
               qpdf_has_error (pdf) ? qpdf_get_error_full_text (pdf, qpdf_get_error (pdf))
                                    : "no reason given");
  return NULL;
}

static GBytes *
add_description (const KafPages *self, const GByteArray *written, GError **error)
{
  qpdf_data pdf = qpdf_init ();
  GBytes *bytes = NULL;

  qpdf_silence_errors (pdf);
  qpdf_set_suppress_warnings (pdf, QPDF_TRUE);
  if (qpdf_read_memory (pdf, "document", (const char *) written->data, written->len, NULL) >=
      QPDF_ERRORS)
    bytes = fail (pdf, error);
  else
    {
      describe (self, pdf);
      if (qpdf_init_write_memory (pdf) >= QPDF_ERRORS || qpdf_write (pdf) >= QPDF_ERRORS)
        bytes = fail (pdf, error);
      else
        bytes = g_bytes_new (qpdf_get_buffer (pdf), qpdf_get_buffer_length (pdf));
    }
  qpdf_cleanup (&pdf);
  return bytes;
}

GBytes *
kaf_pages_to_pdf (KafPages *self,
                  KafProgressFunc progress,
                  gpointer progress_data,
                  GCancellable *cancellable,
                  GError **error)
{
  g_autoptr (GByteArray) written = NULL;

  if (!kaf_late_load (KAF_LIBRARY_QPDF, error))
    return NULL;
  written = write_pages (self, progress, progress_data, cancellable, error);
  return written != NULL ? add_description (self, written, error) : NULL;
}

gboolean
kaf_pages_write_pdf (KafPages *self,
                     KafDatabase *db,
                     GFile *file,
                     KafProgressFunc progress,
                     gpointer progress_data,
                     GCancellable *cancellable,
                     GError **error)
{
  g_autoptr (KafNewFile) target = kaf_new_file_begin (db, file, error);
  g_autoptr (GBytes) bytes = NULL;
  g_autoptr (GOutputStream) stream = NULL;
  gsize size;
  gconstpointer data;

  if (target == NULL)
    return FALSE;
  bytes = kaf_pages_to_pdf (self, progress, progress_data, cancellable, error);
  if (bytes == NULL)
    return FALSE;
  stream = g_unix_output_stream_new (kaf_new_file_get_fd (target), FALSE);
  data = g_bytes_get_data (bytes, &size);
  return g_output_stream_write_all (stream, data, size, NULL, cancellable, error) &&
         kaf_new_file_settle (target, error);
}
