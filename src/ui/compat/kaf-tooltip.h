/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A tooltip that is handed over when it is asked for. GTK's own asks the display where the pointer is,
 * twice, each time that a widget is given one: a page of thirty buttons waits for sixty answers. */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/* @text: nullable, there is none then. */
void kaf_tooltip_set (GtkWidget *widget, const char *text);

/* NULL: none. */
const char *kaf_tooltip_get (GtkWidget *widget);

G_END_DECLS
