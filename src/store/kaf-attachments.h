/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Files by the SHA-256 of their content, beside the store; streamed, never whole in memory. */
#pragma once

#include "store/kaf-commit.h"

G_BEGIN_DECLS

typedef void (*KafProgressFunc) (gint64 done, gint64 total, gpointer data);

/* Copies @file in, and commits an attachment record that belongs to the record given.
 * @field (nullable): a field of the owner of kind ATTACHMENT that will refer to it ("cv").
 * @attachment_id (out, nullable, transfer full). Durable when it returns. */
KafReceipt *kaf_attachment_add (KafDatabase *db,
                                const KafEntity *owner_entity,
                                const char *owner_id,
                                const char *field,
                                GFile *file,
                                KafProgressFunc progress,
                                gpointer progress_data,
                                char **attachment_id,
                                GCancellable *cancellable,
                                GError **error);

/* Gives the content of @file its place, without a record: within a transaction that makes the record of that hash.
 * What is there already is left. Errors: KAF_STORE_ERROR_DAMAGED (it has another hash), _IO, _FULL. */
gboolean kaf_attachment_place (KafDatabase *db, GFile *file, const char *sha256, GError **error);

/* The file that holds the content, to open or copy. Errors: NOT_FOUND. */
GFile *kaf_attachment_get_file (KafDatabase *db, const char *attachment_id, GError **error);

G_END_DECLS
