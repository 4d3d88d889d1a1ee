/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A document as pages, laid out once: the preview, the printer and the PDF draw the same. Reference counted and never
 * changed; made on any thread, and any of its functions may be called from any thread, of several at a time: fonts are
 * its own, and one page is drawn at a time. */
#pragma once

#include <cairo.h>

#include "base/kaf-lang.h"
#include "report/kaf-blank.h"
#include "store/kaf-attachments.h"

G_BEGIN_DECLS

typedef struct _KafPages KafPages;
KafPages *kaf_pages_ref (KafPages *self);
void kaf_pages_unref (KafPages *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (KafPages, kaf_pages_unref)
#define KAF_TYPE_PAGES (kaf_pages_get_type ())
GType kaf_pages_get_type (void);

guint kaf_pages_count (const KafPages *self);

/* Of page @n (from 0), in points, 72 to an inch: A4 is 595.28 × 841.89. */
void kaf_pages_size (const KafPages *self, guint n, double *width, double *height);

/* Draws page @n in points from the origin on, black on nothing: the paper's white is the caller's. */
void kaf_pages_draw (KafPages *self, guint n, cairo_t *cr);

/* What page @n says, in logical order, lines parted by '\n': for who does not see it. (transfer full) */
char *kaf_pages_read (KafPages *self, guint n);

/* The language of page @n: of both, the one that its head is written in. */
KafLang kaf_pages_get_lang (const KafPages *self, guint n);

const char *kaf_pages_get_title (const KafPages *self);
const char *kaf_pages_get_reference (const KafPages *self); /* nullable */
gboolean kaf_pages_is_sample (const KafPages *self);        /* SPECIMEN stands across */
gboolean kaf_pages_is_provisional (const KafPages *self);
gboolean kaf_pages_is_for_nobody (const KafPages *self); /* there is nobody to be given it */
guint kaf_pages_get_n_persons (const KafPages *self);    /* that are named in it */

/* What it leaves to be filled in by hand, in the order of the paper. (element-type KafBlank) (transfer none) */
const GPtrArray *kaf_pages_get_blanks (const KafPages *self);

/* Its headings: where they stand. */
typedef struct
{
  const char *text;
  guint level; /* 1, 2 */
  guint page;  /* from 0 */
  double y;    /* in points from the top */
} KafPagesHeading;
const KafPagesHeading *kaf_pages_get_headings (const KafPages *self, guint *n_headings);

/* Refuses one that names more persons than may leave without a reason, and logs one that has a reason: before it is
 * printed or saved (act "print"). A commit. Errors: those of kaf_disclosure_justify(). */
gboolean kaf_pages_disclose (const KafPages *self,
                             KafDatabase *db,
                             const char *reason,
                             const char *recipient,
                             GCancellable *cancellable,
                             GError **error);

/* The file as bytes, with title, language and direction. @progress (nullable): in pages.
 * Errors: G_IO_ERROR (CANCELLED too). (transfer full) */
GBytes *kaf_pages_to_pdf (KafPages *self,
                          KafProgressFunc progress,
                          gpointer progress_data,
                          GCancellable *cancellable,
                          GError **error);

/* Writes it, readable by its owner only, whole or not at all. Discloses nothing by itself.
 * Errors: those of kaf_new_file_begin() and kaf_pages_to_pdf(). */
gboolean kaf_pages_write_pdf (KafPages *self,
                              KafDatabase *db,
                              GFile *file,
                              KafProgressFunc progress,
                              gpointer progress_data,
                              GCancellable *cancellable,
                              GError **error);

G_END_DECLS
