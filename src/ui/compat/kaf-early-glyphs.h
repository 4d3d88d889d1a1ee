/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Letters that are drawn before they are asked for. */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/* On a thread of its own, which ends by itself: draws the letters of @arabic or Latin script, figures and signs in the
 * fonts and sizes of the desktop that a first page has, so that they are at hand when it is painted. Once, when the
 * display is open; nothing looks different without. */
void kaf_early_glyphs_start (gboolean arabic);

G_END_DECLS
