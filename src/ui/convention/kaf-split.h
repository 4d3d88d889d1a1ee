/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A text part and a drawn part beside it, at the same place in a heading and in all rows under it; where there is
 * no room for both, the text part alone. */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

#define KAF_TYPE_SPLIT (kaf_split_get_type ())
G_DECLARE_FINAL_TYPE (KafSplit, kaf_split, KAF, SPLIT, GtkWidget)

GtkWidget *kaf_split_new (GtkWidget *text, GtkWidget *drawing);

G_END_DECLS
