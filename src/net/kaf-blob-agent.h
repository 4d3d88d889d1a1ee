/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Moves the contents of files between a store and its hub, while the window is open: what is to be sent, what
 * is small or waited for and is to be fetched, each way for itself. Nobody waits for it, and it holds no
 * lane of the store while it waits for the network. It belongs to a KafSyncAgent, which wakes it when records
 * were exchanged.
 *
 * Signal "changed" (): what is under way, or its share, or the counts are other ones.
 * Signal "moved" (char *sha256): a content was sent, or has come, or could not be moved. */
#pragma once

#include "net/kaf-net-error.h"
#include "store/kaf-blobs.h"
#include "store/kaf-store.h"

G_BEGIN_DECLS

#define KAF_TYPE_BLOB_AGENT (kaf_blob_agent_get_type ())
G_DECLARE_FINAL_TYPE (KafBlobAgent, kaf_blob_agent, KAF, BLOB_AGENT, GObject)

KafBlobAgent *kaf_blob_agent_new (KafStore *store);

/* There may be something to move. */
void kaf_blob_agent_wake (KafBlobAgent *self);

/* Stops what is under way, to go on from there when it is woken next. */
void kaf_blob_agent_cancel (KafBlobAgent *self);

/* The store goes. */
void kaf_blob_agent_stop (KafBlobAgent *self);

gboolean kaf_blob_agent_is_running (KafBlobAgent *self);

/* How much of a content has been moved, 0..1; -1: it is not under way. @way (out) */
double kaf_blob_agent_get_share (KafBlobAgent *self, const char *sha256, KafBlobWay *way);

/* (transfer none) */
const KafBlobCounts *kaf_blob_agent_get_counts (KafBlobAgent *self);

/* Fetches the content of an attachment before any other. When that fails for want of a network it is fetched
 * later by itself; the caller is told all the same. Errors: KAF_NET_ERROR, KAF_STORE_ERROR, G_IO_ERROR. */
void kaf_blob_agent_fetch_async (KafBlobAgent *self,
                                 const char *attachment_id,
                                 GAsyncReadyCallback callback,
                                 gpointer user_data);
gboolean kaf_blob_agent_fetch_finish (KafBlobAgent *self, GAsyncResult *result, GError **error);

/* Nobody waits for it any more: whoever did is told G_IO_ERROR_CANCELLED. What came of it is kept. */
void kaf_blob_agent_give_up (KafBlobAgent *self, const char *attachment_id);

G_END_DECLS
