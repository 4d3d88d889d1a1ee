/* SPDX-License-Identifier: GPL-3.0-or-later */
/* How kafaatctl speaks on a terminal. What it tells was written by others, in records and by a server: a control character
 * would move the cursor, rename the window or hide a line, so none passes but line ends and tabs. */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* All that g_print() and g_printerr() say goes through here from then on, as UTF-8 whatever the locale says. *@json, looked at
 * each time: standard output is read by a program, and goes out as it is. */
void kaf_terminal_begin (const gboolean *json);

/* How far something is, on one line of standard error that is written over each time, and cleared. */
void kaf_terminal_show_progress (const char *format, ...) G_GNUC_PRINTF (1, 2);
void kaf_terminal_clear_progress (void);

G_END_DECLS
