/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Locks of SQLite's that outlive a stranger's look at the file. */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* To be called before this process opens the first file by SQLite; after that it does nothing. From then on SQLite's locks
 * are held by a descriptor of their own. A process loses its locks of a file by fcntl() as soon as it closes any
 * descriptor of that file: a chooser of files, which looks into what it lists to tell its kind, had other programs take a store
 * that was open for one that nobody uses, and carry its log away. */
void kaf_file_locks_hold (void);

G_END_DECLS
