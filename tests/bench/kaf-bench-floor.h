/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What the same rows cost without us: one stream, packed by zstd, over TLS on this machine, into bare SQLite. */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* The records of the hub in the folder @dir of a server that has stopped, with its certificate, into one table with an
 * index in the new file @path, in one durable transaction. Gives ms, and in @n the rows. */
double kaf_bench_floor_run (const char *dir, const char *path, guint *n);

G_END_DECLS
