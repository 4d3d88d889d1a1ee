/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Results under a search entry: arrows move the selection while the entry keeps the focus. */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/* Selects the row @step rows further, or the nearest there is, and scrolls to it.
 * @scrolled: the scrolled window around @list. */
void kaf_list_walk (GtkListBox *list, GtkScrolledWindow *scrolled, int step);

/* What an entry above @list does with its key @keyval: TRUE when it was an arrow or Page Up or Down. */
gboolean kaf_list_walk_key (GtkListBox *list, GtkScrolledWindow *scrolled, guint keyval);

G_END_DECLS
