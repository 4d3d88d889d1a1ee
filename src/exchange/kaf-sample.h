/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The sample data: institutions and office-holders from public documents, and people who do not
 * exist. Ids come from content, so that it is loaded once however often it is asked for; what a
 * person has since changed, deleted or erased is left as it is. */
#pragma once

#include "store/kaf-attachments.h"
#include "store/kaf-commit.h"

G_BEGIN_DECLS

/* Loads the facts and, of the stream of @seed, the first @n_synthetic persons: each an expert,
 * some with memberships of the sample's networks and with availabilities. Facts are one batch
 * with the first 100 000 persons; each further 100 000 are a batch of their own.
 * @progress (nullable): in records. @receipt (out, nullable, transfer full): of the last batch
 * that changed something, its `n_records` counting those of all; its batch is NULL when nothing
 * was to do. Errors: KAF_STORE_ERROR (JOINED: it belongs to a server), G_IO_ERROR (CANCELLED: batches done stay),
 * KAF_VALIDATION_ERROR (the files are not as they were installed). */
gboolean kaf_sample_load (KafDatabase *db,
                          guint n_synthetic,
                          guint64 seed,
                          GCancellable *cancellable,
                          KafProgressFunc progress,
                          gpointer progress_data,
                          KafReceipt **receipt,
                          GError **error);

G_END_DECLS
