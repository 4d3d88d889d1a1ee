/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The header of a window that asks: Cancel, the one thing it is for, and no buttons of the window; and what stands under
 * it. */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/* @cancel: an action of the widget that holds the header; @verb: what the one suggested button says, translated;
 * @action: (nullable): what it does, if not what its own signal is for.
 * @button: (out) (optional) (transfer none): that button.
 * Returns: (transfer floating): an AdwHeaderBar. */
GtkWidget *kaf_dialog_header_new (const char *cancel,
                                  const char *verb,
                                  const char *action,
                                  GtkWidget **button);

/* @button: that button; what it does cannot be undone. */
void kaf_dialog_header_make_drastic (GtkWidget *button);

/* A text that is broken into lines. @style: a class of libadwaita: "body", "caption", "error". (transfer floating) */
GtkWidget *kaf_dialog_paragraph_new (const char *text, const char *style);

/* A list of rows to fill in, which are not chosen. @row: the first, nullable. (transfer floating) */
GtkWidget *kaf_dialog_rows_new (GtkWidget *row);

G_END_DECLS
