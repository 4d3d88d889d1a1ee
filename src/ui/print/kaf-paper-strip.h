/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The pages of a document one under the other, at a size, or small and numbered beside them. There are widgets only for
 * those in sight. Stands in a GtkScrolledWindow.
 *
 * Signals: "page" () when another page is the present one, by scrolling or by choice; "chosen" (guint page) when a small
 * one was chosen; "zoomed" () when the size changed. */
#pragma once

#include <gtk/gtk.h>

#include "report/kaf-pages.h"

G_BEGIN_DECLS

#define KAF_TYPE_PAPER_STRIP (kaf_paper_strip_get_type ())
G_DECLARE_FINAL_TYPE (KafPaperStrip, kaf_paper_strip, KAF, PAPER_STRIP, GtkWidget)

GtkWidget *kaf_paper_strip_new (gboolean thumbnails);

/* Keeps its place where there is one. @pages: nullable. */
void kaf_paper_strip_set_pages (KafPaperStrip *self, KafPages *pages);

/* From 0. */
guint kaf_paper_strip_get_page (KafPaperStrip *self);
/* Scrolls there. */
void kaf_paper_strip_set_page (KafPaperStrip *self, guint page);

#define KAF_ZOOM_WHOLE 0.0  /* a page fits in */
#define KAF_ZOOM_WIDTH -1.0 /* as wide as there is room, up to its true size */

/* 1: as large as it is printed, at 96 dots an inch; or one of the above. */
void kaf_paper_strip_set_zoom (KafPaperStrip *self, double zoom);
/* As it shows: never one of the above. */
double kaf_paper_strip_get_zoom (KafPaperStrip *self);
/* One step larger (1) or smaller (-1). */
void kaf_paper_strip_step_zoom (KafPaperStrip *self, int by);

/* For tests: how many widgets there are, and whether what is in sight is drawn. */
guint kaf_paper_strip_get_n_papers (KafPaperStrip *self);
gboolean kaf_paper_strip_is_drawn (KafPaperStrip *self);

G_END_DECLS
