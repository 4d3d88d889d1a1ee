/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/* Begins, on other threads, what the first frame would wait for: the index of the icon theme and the
 * choice of the font files. Neither is needed for the window to be right.
 * @window: empty, the one that is about to be filled; it has its direction and style already. */
void kaf_warm_up (GtkWindow *window);

G_END_DECLS
