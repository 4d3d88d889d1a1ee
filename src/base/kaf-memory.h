/* SPDX-License-Identifier: GPL-3.0-or-later */
/* How a program that runs for days keeps its memory small. */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* What is larger than a MiB, the answers of a hub above all, goes back to the system as soon as it is freed. Once, before
 * any thread: the C library would keep such pieces among the small ones of each thread once it has seen some of them freed.
 * Not for the server, where many such answers come and go at once, and asking the system for each costs more than it gives. */
void kaf_memory_return_large (void);

G_END_DECLS
