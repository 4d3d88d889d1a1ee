/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Buttons and popovers that do at once what a key asks of them. */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/* GTK shows a button pressed for a quarter of a second before it does anything; what is typed meanwhile into the row or
 * dialog that it opens would be lost. And it leaves the focus in a popover that a key closed until the next frame is
 * painted; what is typed meanwhile, Ctrl+S after the Enter that chose from a list, would reach nothing. Once, before the
 * first button is made. */
void kaf_prompt_start (void);

G_END_DECLS
