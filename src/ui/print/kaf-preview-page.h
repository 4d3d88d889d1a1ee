/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A record or a list as it will be printed: which document, in which language, page by page; then to the printer or to
 * a PDF. Made on a worker, and anew when what it tells of changes.
 *
 * Actions: "preview.language" ("fr", "ar", "fr+ar") and "preview.document" (its name) with state, "preview.next-page",
 * "preview.previous-page", "preview.first-page", "preview.last-page", "preview.zoom-in", "preview.zoom-out",
 * "preview.whole-page", "preview.page-width", "preview.options" (narrow), "preview.print", "preview.save",
 * "preview.save-as" (path), "preview.save-each" and "preview.save-each-to" (path): a file for each of whom it is,
 * "preview.cancel", "preview.retry". */
#pragma once

#include <gtk/gtk.h>

#include "ui/print/kaf-print-job.h"

G_BEGIN_DECLS

#define KAF_TYPE_PREVIEW_PAGE (kaf_preview_page_get_type ())
G_DECLARE_FINAL_TYPE (KafPreviewPage, kaf_preview_page, KAF, PREVIEW_PAGE, GtkBox)

/* @job: (transfer full). Making begins at once. */
GtkWidget *kaf_preview_page_new (KafStore *store, KafPrintJob *job);

/* What shows is what was asked for, of what the store holds. */
gboolean kaf_preview_page_is_settled (KafPreviewPage *self);

/* As they show; NULL while there are none. (transfer none) */
KafPages *kaf_preview_page_get_pages (KafPreviewPage *self);

/* The page that shows, from 0; and how large, 1 being its true size. */
guint kaf_preview_page_get_page (KafPreviewPage *self);
double kaf_preview_page_get_zoom (KafPreviewPage *self);

G_END_DECLS
