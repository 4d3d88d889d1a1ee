/* SPDX-License-Identifier: GPL-3.0-or-later */
/* One connection to a store: an SQLite file with its journal and, beside it, FILE.files/ for
 * attachments. Blocking; used from one thread at a time. The window reaches it through
 * KafStore, which keeps connections on worker threads; kafaatctl and the tests use it as it is. */
#pragma once

#include <gio/gio.h>

#include "base/kaf-clock.h"
#include "base/kaf-lang.h"
#include "base/kaf-random.h"
#include "record/kaf-change-set.h"
#include "record/kaf-query.h"
#include "store/kaf-store-error.h"

G_BEGIN_DECLS

typedef struct _KafDatabase KafDatabase;

typedef enum
{
  KAF_OPEN_DEFAULT = 0,
  KAF_OPEN_CREATE = 1 << 0, /* make an empty store, with its reference lists, where none is */
  KAF_OPEN_READ_ONLY = 1 << 1,
  KAF_OPEN_WITHOUT_LISTS = 1 << 2, /* they come from a hub */
} KafOpenFlags;

/* What a store takes from the world around it; handed in so that tests repeat exactly. */
typedef struct
{
  KafClock *clock;    /* NULL: the system's */
  KafRandom *random;  /* NULL: the system's */
  const char *author; /* who works, where the store is no device of a hub; NULL: the login name */
  const char *vfs;    /* SQLite VFS, for the tests of faults; NULL: the default */
  const char *lists_dir; /* where the reference lists are; NULL: as installed */
} KafEnvironment;

/* Errors: KAF_STORE_ERROR, each telling which case it is. Never creates, changes or removes
 * anything of a file that it refuses. */
KafDatabase *kaf_database_open (const char *path,
                                KafOpenFlags flags,
                                const KafEnvironment *environment,
                                GError **error);
void kaf_database_close (KafDatabase *self);

const char *kaf_database_get_path (KafDatabase *self);
/* Who works, as what is written from now on says: the account, where the store is a device of a hub, as everybody else is
 * told of it; else as the environment or the preferences have it. What was written before stays. (transfer none), for ever. */
const char *kaf_database_get_author (KafDatabase *self);
/* Where it is no device. */
void kaf_database_set_author (KafDatabase *self, const char *author);
gboolean kaf_database_is_read_only (KafDatabase *self);
KafClock *kaf_database_get_clock (KafDatabase *self);

/* Between these, all that is read is of one moment, and ends with G_IO_ERROR_CANCELLED soon
 * after @cancellable is. Nothing may be written in between. */
gboolean kaf_database_begin_read (KafDatabase *self, GCancellable *cancellable, GError **error);
void kaf_database_end_read (KafDatabase *self);

/* Many small reads in a row lock the file once: begins a read unless one is under way already.
 * Returns whether it did, for kaf_database_leave_read(). */
gboolean kaf_database_enter_read (KafDatabase *self);
void kaf_database_leave_read (KafDatabase *self, gboolean entered);

/* Gives back the memory that only speeds up the next read. */
void kaf_database_rest (KafDatabase *self);

/* From here on a thread carries the log into the file, see kaf-checkpointer.h: for connections that write much. */
void kaf_database_checkpoint_aside (KafDatabase *self);

/* Makes the statement that runs stop with G_IO_ERROR_CANCELLED; callable from any thread. */
void kaf_database_interrupt (KafDatabase *self);

/* A number that changes when another connection wrote. */
guint kaf_database_get_data_version (KafDatabase *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (KafDatabase, kaf_database_close)

G_END_DECLS
