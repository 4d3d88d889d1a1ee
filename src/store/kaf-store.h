/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A store without waiting: connections on worker threads, results on the caller's main context.
 *
 * Writes run one after the other on one connection, reads on another, so that a list answers
 * while an import runs. Cancelling a read stops the SQL statement that runs.
 *
 * Signal "changed" (KafReceipt *receipt): after each commit made here, on the main context;
 * NULL when another process wrote: look again at everything.
 * Signal "sent" (): a hub has what waited here to be sent; no record changed by it. */
#pragma once

#include "store/kaf-attachments.h"
#include "store/kaf-commit.h"
#include "store/kaf-drafts.h"
#include "store/kaf-page.h"
#include "store/kaf-read.h"

G_BEGIN_DECLS

#define KAF_TYPE_STORE (kaf_store_get_type ())
G_DECLARE_FINAL_TYPE (KafStore, kaf_store, KAF, STORE, GObject)

void kaf_store_open_async (const char *path,
                           KafOpenFlags flags,
                           const KafEnvironment *environment,
                           GCancellable *cancellable,
                           GAsyncReadyCallback callback,
                           gpointer user_data);
KafStore *kaf_store_open_finish (GAsyncResult *result, GError **error);

/* Finishes what runs, then closes. Blocks until durable: for the program's end only. */
void kaf_store_close (KafStore *self);

const char *kaf_store_get_path (KafStore *self);

/* The store was opened, but may not be written (read-only medium or rights). */
gboolean kaf_store_is_read_only (KafStore *self);

/* Whether the user's role at the hub, as it was told last, may write records of @entity, or of whom it is a facet of,
 * where there is a hub; and the sentence for when not, or NULL (transfer full). Neither waits for anything; "changed" (NULL) tells that the role has
 * changed. */
gboolean kaf_store_may_write (KafStore *self, const KafEntity *entity);
char *kaf_store_explain_forbidden (KafStore *self, const KafEntity *entity);

/* The same of new records: see kaf_permit_allows_new(). */
gboolean kaf_store_may_make (KafStore *self, const KafEntity *entity);
char *kaf_store_explain_unmade (KafStore *self, const KafEntity *entity);

/* The same of records that the role is told nothing of: see kaf_store_knows(). */
char *kaf_store_explain_untold (KafStore *self, const KafEntity *entity);
/* Whether files are attached to records of @owner, and taken from them. */
gboolean kaf_store_may_attach (KafStore *self, const KafEntity *owner);

/* The same: whether it may write that field, and whether it is told it. */
gboolean kaf_store_may_write_field (KafStore *self, const KafEntity *entity, const KafField *field);
gboolean kaf_store_reads_field (KafStore *self, const KafField *field);

/* The same: whether the role sees totals alone, and no record. */
gboolean kaf_store_sees_totals_alone (KafStore *self);

/* The same: whether records of @entity are told to it at all. */
gboolean kaf_store_knows (KafStore *self, const KafEntity *entity);

/* The same: whether it orders erasures, or there is no hub to order them from. */
gboolean kaf_store_may_erase (KafStore *self);

/* The same: whether it settles what others wrote where they may not, at a hub. */
gboolean kaf_store_may_settle (KafStore *self);

/* The same: whether it sees numbers of papers at a hub, or there is none. */
gboolean kaf_store_may_reveal (KafStore *self);

/* Any function of the store's other headers, on a worker: runs with the connection, returns a
 * result (or NULL with error, or NULL without: no result). */
typedef gpointer (*KafStoreJob) (KafDatabase *db,
                                 gpointer data,
                                 GCancellable *cancellable,
                                 GError **error);
typedef enum
{
  KAF_LANE_READ,       /* what somebody waits for: the page in sight, a record, a suggestion */
  KAF_LANE_BACKGROUND, /* what is read behind it: all places of a list, sums, an export */
  KAF_LANE_WRITE,
  KAF_N_LANES,
} KafLane;
void kaf_store_run_async (KafStore *self,
                          KafLane lane,
                          KafStoreJob job,
                          gpointer data,
                          GDestroyNotify data_free,
                          GDestroyNotify result_free,
                          GCancellable *cancellable,
                          GAsyncReadyCallback callback,
                          gpointer user_data);
gpointer kaf_store_run_finish (KafStore *self, GAsyncResult *result, GError **error);

void kaf_store_commit_async (KafStore *self,
                             KafChangeSet *set,
                             GCancellable *cancellable,
                             GAsyncReadyCallback callback,
                             gpointer user_data);
/* @fault (out, nullable): as kaf_commit(). */
KafReceipt *
kaf_store_commit_finish (KafStore *self, GAsyncResult *result, KafFault *fault, GError **error);

/* @batch NULL: the last. */
void kaf_store_undo_async (KafStore *self,
                           const char *batch,
                           GCancellable *cancellable,
                           GAsyncReadyCallback callback,
                           gpointer user_data);
void kaf_store_redo_async (KafStore *self,
                           GCancellable *cancellable,
                           GAsyncReadyCallback callback,
                           gpointer user_data);
KafReceipt *kaf_store_undo_finish (KafStore *self, GAsyncResult *result, GError **error);

void kaf_store_load_async (KafStore *self,
                           const KafEntity *entity,
                           const char *id,
                           GCancellable *cancellable,
                           GAsyncReadyCallback callback,
                           gpointer user_data);
KafRecord *kaf_store_load_finish (KafStore *self, GAsyncResult *result, GError **error);

/* Told by a job that wrote by itself (import, attachment), on any thread: emits "changed". */
void kaf_store_announce (KafStore *self, KafReceipt *receipt);

/* The same for "sent". On the main context. */
void kaf_store_announce_sent (KafStore *self);

G_END_DECLS
