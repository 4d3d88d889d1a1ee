/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Rows that keep a direction of their own whatever the language of the interface. */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/* The widget and all that it holds now: GTK does not hand the direction down. */
void kaf_editor_direction_set (GtkWidget *widget, GtkTextDirection direction);

/* The text alone, which stays at the start edge of the interface: phones, dates, addresses. */
void kaf_editor_direction_set_text (GtkEditable *editable, GtkTextDirection direction);

G_END_DECLS
