/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Files in and out of the store, on its workers: with progress inwards, as copies outwards, since
 * a file of the store must never be edited in place. */
#pragma once

#include <gio/gio.h>

#include "store/kaf-store.h"

G_BEGIN_DECLS

/* How far a file has come in; read on the main thread while the worker copies. */
typedef struct _KafFileProgress KafFileProgress;
KafFileProgress *kaf_file_progress_new (void);
KafFileProgress *kaf_file_progress_ref (KafFileProgress *self);
void kaf_file_progress_unref (KafFileProgress *self);
/* 0..1, or -1 while unknown. */
double kaf_file_progress_get (KafFileProgress *self);

void kaf_file_add_async (KafStore *store,
                         const KafEntity *owner_entity,
                         const char *owner_id,
                         GFile *file,
                         KafFileProgress *progress,
                         GCancellable *cancellable,
                         GAsyncReadyCallback callback,
                         gpointer user_data);
KafReceipt *kaf_file_add_finish (KafStore *store, GAsyncResult *result, GError **error);

/* Copies an attachment to @target, or, when NULL, to look at (kaf-copies.h). Returns where it lies. */
void kaf_file_copy_async (KafStore *store,
                          const char *attachment_id,
                          GFile *target,
                          GCancellable *cancellable,
                          GAsyncReadyCallback callback,
                          gpointer user_data);
GFile *kaf_file_copy_finish (KafStore *store, GAsyncResult *result, GError **error);

G_END_DECLS
