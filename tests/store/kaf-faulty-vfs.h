/* SPDX-License-Identifier: GPL-3.0-or-later */
/* An SQLite VFS over the default one that fails as disks do: on demand an operation gives an
 * error, a write is torn, the disk is full, or the power goes and takes along what was written
 * but not yet synced, sector by sector. One store at a time; not for several threads. */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* Give this to KafEnvironment. */
#define KAF_FAULTY_VFS "kaf-faulty"

typedef enum
{
  KAF_FAULT_READ = 1 << 0,
  KAF_FAULT_WRITE = 1 << 1,
  KAF_FAULT_SYNC = 1 << 2,
  KAF_FAULT_TRUNCATE = 1 << 3,
  KAF_FAULT_OPEN = 1 << 4,
} KafFaultOps;

/* What goes wrong. Zeroed: nothing. */
typedef struct
{
  KafFaultOps ops;  /* operations that count, and fail */
  guint64 at;       /* the first that fails, from 1; 0: none does */
  int code;         /* SQLite's code for it; 0: the one of the operation */
  gboolean lasting; /* from then on all of them fail, not that one alone */
  gboolean torn;    /* a write that fails writes a part nevertheless */
  gboolean power;   /* the fault is a power cut: from then on every operation fails */
  gint64 room;      /* bytes that files may still grow by, then SQLITE_FULL; < 0: no limit */
} KafFaultPlan;

/* Registers the VFS, once. */
void kaf_faulty_vfs_register (void);

/* Starts anew: nothing counted, nothing unsynced. */
void kaf_faulty_vfs_arm (const KafFaultPlan *plan);

/* The plan in force, to change while it runs (room that comes back). */
KafFaultPlan *kaf_faulty_vfs_get_plan (void);

/* Operations counted since. */
guint64 kaf_faulty_vfs_get_count (void);

/* Whether the fault has come. */
gboolean kaf_faulty_vfs_has_struck (void);

/* After a power cut, with all connections closed: takes from the files what was not synced, each
 * sector of 512 bytes by the toss of a coin that repeats with @seed. */
void kaf_faulty_vfs_lose_unsynced (guint64 seed);

G_END_DECLS
