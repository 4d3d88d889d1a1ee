/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Starting the program anew in place of itself, after its windows and its store are closed. */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* Keeps the arguments and the environment as they are now, before anything changes them. */
void kaf_restart_remember (int argc, char **argv);

/* Asks for it; main() looks with kaf_restart_run() once the program has ended properly. */
void kaf_restart_request (void);
gboolean kaf_restart_is_requested (void);

/* Replaces the process when asked for; returns when not, or when it could not. */
void kaf_restart_run (void);

G_END_DECLS
