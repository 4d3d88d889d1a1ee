/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What a widget that draws itself asks of the style. GTK 4.10 has gtk_widget_get_color(). */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/* GTK reads its own theme at every start, a third of what an empty window takes, and libadwaita then puts an empty one in
 * its place and its own style beside it. Before any thread: that GTK begins with the empty one, unless a person named
 * another. Once the display is open, before libadwaita starts: that this is over. */
void kaf_style_skip_theme (void);
void kaf_style_end_skipping (void);

/* For the whole program; @resource: path of a style sheet. The display must be open. */
void kaf_style_add (const char *resource);

/* The same, only while high contrast is asked for. */
void kaf_style_add_for_high_contrast (const char *resource);

/* The colour of the widget's text, as its state has it. */
GdkRGBA kaf_style_get_color (GtkWidget *widget);

/* A named colour of the theme, as "accent_bg_color"; that of the text when the theme has it not. */
GdkRGBA kaf_style_look_up_color (GtkWidget *widget, const char *name);

/* How much of its colour a text of lesser weight keeps, 0 to 1: as libadwaita's class dim-label. */
float kaf_style_get_dim (void);

G_END_DECLS
