/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Small pages at the start, the pages in the middle, what can be chosen at the end; where there is no room for all
 * three, the pages, or what can be chosen in their place. */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

#define KAF_TYPE_PREVIEW_BODY (kaf_preview_body_get_type ())
G_DECLARE_FINAL_TYPE (KafPreviewBody, kaf_preview_body, KAF, PREVIEW_BODY, GtkWidget)

/* Property "narrow" (gboolean, read only). */
GtkWidget *kaf_preview_body_new (GtkWidget *thumbnails, GtkWidget *pages, GtkWidget *options);

/* What shows where there is no room for all. */
void kaf_preview_body_show_options (KafPreviewBody *self, gboolean options);

G_END_DECLS
