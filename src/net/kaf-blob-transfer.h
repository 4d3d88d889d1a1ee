/* SPDX-License-Identifier: GPL-3.0-or-later */
/* One content on its way to the hub or from it, in three steps, which may run on three threads: prepared from
 * the store, moved without holding the store, noted in the store. What was moved before a failure is not
 * moved again: upwards the hub says what it lacks, downwards the part that came is the start. */
#pragma once

#include "net/kaf-net-error.h"
#include "store/kaf-blobs.h"

G_BEGIN_DECLS

typedef struct _KafBlobTransfer KafBlobTransfer;

/* NULL without error: nothing is due that way. @most: see kaf_blob_next(). */
KafBlobTransfer *
kaf_blob_transfer_prepare (KafDatabase *db, KafBlobWay way, gint64 most, GError **error);
void kaf_blob_transfer_free (KafBlobTransfer *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (KafBlobTransfer, kaf_blob_transfer_free)

/* (transfer none) */
const KafBlobTask *kaf_blob_transfer_get_task (KafBlobTransfer *self);

/* Goes on by the connection of one that is over. */
void kaf_blob_transfer_hand_over (KafBlobTransfer *self, KafBlobTransfer *before);

/* Moves what remains. Blocking. Errors: KAF_NET_ERROR, G_IO_ERROR. */
gboolean kaf_blob_transfer_run (KafBlobTransfer *self, GCancellable *cancellable, GError **error);

/* From any thread, while it runs: bytes of the content that are where they should be. */
gint64 kaf_blob_transfer_get_done (KafBlobTransfer *self);

/* Bytes that were moved by this very run, for whoever wants to know whether there was any progress. */
gint64 kaf_blob_transfer_get_moved (KafBlobTransfer *self);

/* @result: what the run ended with; NULL: well. */
gboolean kaf_blob_transfer_note (KafBlobTransfer *self,
                                 KafDatabase *db,
                                 const GError *result,
                                 GError **error);

/* Whether the failure concerns this content alone, so that others can go on. */
gboolean kaf_blob_transfer_is_own (const GError *error);

G_END_DECLS
