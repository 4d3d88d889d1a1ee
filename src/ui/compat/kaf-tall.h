/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Around what scrolls: nobody asks how high it would like to be. */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

#define KAF_TYPE_TALL (kaf_tall_get_type ())
G_DECLARE_FINAL_TYPE (KafTall, kaf_tall, KAF, TALL, GtkWidget)

/* @child: (transfer floating): a scrolled window. It has whatever height is left, and no height of its own. */
GtkWidget *kaf_tall_new (GtkWidget *child);

G_END_DECLS
