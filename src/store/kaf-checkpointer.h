/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Carries the log of an SQLite file into the file, on a thread and a connection of its own: who commits does not wait
 * for it, as he does for SQLite's own checkpoints, which copy all that a large commit wrote a second time. */
#pragma once

#include <sqlite3.h>

#include <glib.h>

G_BEGIN_DECLS

typedef struct _KafCheckpointer KafCheckpointer;

/* @writer: commits to the file at @path in WAL mode, on one thread at a time; its own checkpoints end, but for those of a
 * log that has grown out of measure. To be freed before @writer is closed, on no other thread than where it is used. */
KafCheckpointer *kaf_checkpointer_new (sqlite3 *writer, const char *path);

/* Until nothing is to be carried over. NULL is let pass. */
void kaf_checkpointer_wait (KafCheckpointer *self);

/* Carries all of the log over, and leaves nothing of it. @self: @writer's; nullable. @patience_ms: how long it waits for
 * those who read, or who carry it over too; and @writer for locks from here on. Returns a code of SQLite. */
int kaf_checkpointer_empty (KafCheckpointer *self, sqlite3 *writer, int patience_ms);

/* Waits for a checkpoint under way. @writer makes its own again. NULL is let pass. */
void kaf_checkpointer_free (KafCheckpointer *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (KafCheckpointer, kaf_checkpointer_free)

G_END_DECLS
