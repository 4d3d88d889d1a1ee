/* SPDX-License-Identifier: GPL-3.0-or-later */
/* For tests of the window with a real server, which the environment names (KAFAAT_SERVER), and other devices (KAFAATCTL). */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/* Runs a program with its words, up to NULL, to its end, which must be a good one; what it printed. @input: nullable.
 * (transfer full) */
char *kaf_display_call (const char *input, const char *program, ...) G_GNUC_NULL_TERMINATED;

/* Lets go of it. */
void kaf_display_ignore (char *printed);

/* A server over the folder @dir that listens at @listen ("127.0.0.1:0"); @url: gets its own in place of what it was. (transfer full) */
GSubprocess *kaf_display_serve (const char *dir, const char *listen, char **url);

G_END_DECLS
