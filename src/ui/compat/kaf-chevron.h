/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Points to the end side, wherever that is: "this leads somewhere", "became". A line drawn: the theme has
 * it as SVG alone, and the first SVG loads a library of 11 MB. */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

#define KAF_CHEVRON_SIZE 12 /* px */

#define KAF_TYPE_CHEVRON (kaf_chevron_get_type ())
G_DECLARE_FINAL_TYPE (KafChevron, kaf_chevron, KAF, CHEVRON, GtkWidget)

GtkWidget *kaf_chevron_new (void);

/* The same drawn by another widget in its own colour, in the middle of @place; paler than text. */
void kaf_chevron_draw (GtkWidget *widget, GtkSnapshot *snapshot, const GdkRectangle *place);

G_END_DECLS
