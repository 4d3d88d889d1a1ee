/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A symbolic icon that a widget draws itself in its own colour; see kaf-drawn-text.h for why. */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/* Begins to read the file, on another thread, so that drawing need not. @size: px. */
void kaf_drawn_icon_read (GtkWidget *widget, const char *name, int size);

/* In the middle of @place; @opacity: 0 to 1. */
void kaf_drawn_icon_draw (GtkWidget *widget,
                          GtkSnapshot *snapshot,
                          const char *name,
                          int size,
                          double opacity,
                          const GdkRectangle *place);

G_END_DECLS
