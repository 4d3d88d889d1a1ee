/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The contents of files, by the SHA-256 of what they hold: beside the hub's file, in HUB.files, each for
 * its owner alone. They come in chunks, in any order and as often as one likes, and are seen by nobody
 * before the whole proved to be what it is named after.
 *
 * Who may have one is who may see a record that names it; to know its hash is nothing. Used as the hub
 * is: from one thread at a time, but for kaf_hub_blobs_verify(). */
#pragma once

#include "server/kaf-hub-storage.h"

G_BEGIN_DECLS

typedef struct _KafHubBlobs KafHubBlobs;

/* Bytes of a chunk; the last of a file is what remains. */
#define KAF_BLOB_CHUNK ((gsize) 256 * 1024)

#define KAF_BLOB_ERROR (kaf_blob_error_quark ())
GQuark kaf_blob_error_quark (void);
typedef enum
{
  KAF_BLOB_ERROR_MISSING,   /* no record that the session may see names it */
  KAF_BLOB_ERROR_ABSENT,    /* the content has not come, or not all of it */
  KAF_BLOB_ERROR_READ_ONLY, /* the role may not add files */
  KAF_BLOB_ERROR_SIZE,      /* the record says another size */
  KAF_BLOB_ERROR_CHUNK,     /* no such chunk, or of another length */
  KAF_BLOB_ERROR_TOO_LARGE, /* than a file may be */
  KAF_BLOB_ERROR_QUOTA,     /* the user has sent as much as she may */
  KAF_BLOB_ERROR_HASH,      /* what came is not what it is named after: it was dropped */
} KafBlobError;

/* @path: of the hub's file. */
KafHubBlobs *kaf_hub_blobs_new (KafHubStorage *storage, const char *path, KafClock *clock);
void kaf_hub_blobs_free (KafHubBlobs *self);

/* Bytes of one file, and of all that one user has sent: 256 MiB and 16 GiB where nothing is said. */
void kaf_hub_blobs_set_limits (KafHubBlobs *self, gint64 file, gint64 user);

/* 64 of [0-9a-f]. */
gboolean kaf_blob_is_name (const char *sha256);

/* Chunks of a file of that size: an empty one has one, which is empty. */
guint kaf_blob_count_chunks (gint64 size);

/* What of a content is still to be sent, by who may send it: refused here, nobody sends bytes in vain. @missing (out, transfer full, element-type guint): numbers, in
 * ascending order; all of it came when there are none. */
gboolean kaf_hub_blobs_look (KafHubBlobs *self,
                             const KafHubSession *session,
                             const char *sha256,
                             gint64 *size,
                             GArray **missing,
                             GError **error);

/* A descriptor of the whole content, to read and to close, or -1. @size (out) */
int kaf_hub_blobs_open (KafHubBlobs *self,
                        const KafHubSession *session,
                        const char *sha256,
                        gint64 *size,
                        GError **error);

/* Whether the session might send it: before its bytes are read. */
gboolean kaf_hub_blobs_admit (KafHubBlobs *self,
                              const KafHubSession *session,
                              const char *sha256,
                              GError **error);

/* Takes chunk @n of a content of @total bytes. What came before is not written again. @n_missing (out):
 * chunks still to come; with none left, kaf_hub_blobs_verify() and kaf_hub_blobs_settle() are due,
 * unless it was whole already: @whole (out). */
gboolean kaf_hub_blobs_put (KafHubBlobs *self,
                            const KafHubSession *session,
                            const char *sha256,
                            guint n,
                            gint64 total,
                            const char *data,
                            gsize size,
                            guint *n_missing,
                            gboolean *whole,
                            GError **error);

/* Reads all that came, makes it durable and compares it with its name. From any thread, and without
 * holding the hub. @right (out) */
gboolean
kaf_hub_blobs_verify (KafHubBlobs *self, const char *sha256, gboolean *right, GError **error);

/* Gives what was verified its place, or, when it is not @right, drops it. */
gboolean
kaf_hub_blobs_settle (KafHubBlobs *self, const char *sha256, gboolean right, GError **error);

/* Within the transaction of an erasure, while the victims (element-type KafErased) are there: notes which
 * contents may have lost their last name. */
gboolean kaf_hub_blobs_note_erased (KafHubStorage *storage, GPtrArray *victims, GError **error);

/* Removes those contents that no record names any more. Done again when it was cut short. */
gboolean kaf_hub_blobs_finish_erasure (KafHubBlobs *self, GError **error);

/* Removes parts of which nothing came for a week before @due, see kaf-hub-steady.h; the same of what follows. */
gboolean kaf_hub_blobs_clean_stale (KafHubBlobs *self, gint64 due, GError **error);

/* Contents that have lain here for a month, named or not. From any thread, and without holding the hub: a folder
 * of many files takes its time. (element-type utf8) (transfer full) */
GPtrArray *kaf_hub_blobs_find_old (KafHubBlobs *self, gint64 due);

/* Of them the @n from @first on: removes those that no record names, and that did not come anew. Those of a hub
 * that was restored wait so long for the records to be sent again. */
gboolean kaf_hub_blobs_clean_old (
    KafHubBlobs *self, GPtrArray *names, gint64 due, guint first, guint n, GError **error);

/* Copies whole contents that records name into @folder, which is made; and takes those that records name
 * and that are not here from there. */
gboolean kaf_hub_blobs_back_up (KafHubBlobs *self, const char *folder, GError **error);
gboolean kaf_hub_blobs_restore (KafHubBlobs *self, const char *folder, GError **error);

G_END_DECLS
