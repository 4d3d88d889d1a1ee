/* SPDX-License-Identifier: GPL-3.0-or-later */
/* One page of a document on the screen: white whatever the style, drawn by the function that prints it, on a worker, at
 * the screen's own resolution. */
#pragma once

#include <gtk/gtk.h>

#include "report/kaf-pages.h"

G_BEGIN_DECLS

#define KAF_TYPE_PAPER (kaf_paper_get_type ())
G_DECLARE_FINAL_TYPE (KafPaper, kaf_paper, KAF, PAPER, GtkWidget)

/* Page @n (from 0). It takes the shape of the page in what it is allocated. */
GtkWidget *kaf_paper_new (KafPages *pages, guint n);

void kaf_paper_set_pages (KafPaper *self, KafPages *pages);
guint kaf_paper_get_page (KafPaper *self);

/* What shows is the page at the present size. */
gboolean kaf_paper_is_drawn (KafPaper *self);

G_END_DECLS
