/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The journal: what was written, in groups of at most 500 operations and 256 KiB, each chained
 * to the one before it of the same device.
 *
 *   hash         = SHA-256 (device, dseq, batch, at, author, hlc, schema, n_ops, prev_hash,
 *                  payload_hash)
 *   payload_hash = SHA-256 (salt ‖ payload)
 *
 * so that a payload and its salt can go (erasure, trimming) and the chain stays whole.
 *
 * The payload is a JSON array of operations, see kaf-operation.h. */
#pragma once

#include "store/kaf-database-private.h"
#include "store/kaf-sync-private.h"
#include "sync/kaf-op-group.h"
#include "sync/kaf-operation.h"

G_BEGIN_DECLS

#define KAF_JOURNAL_MAX_BYTES (256 * 1024)

/* What stands for the device in the chain of what others wrote. */
#define KAF_JOURNAL_OTHERS "others"

typedef struct _KafJournal KafJournal;

/* Within a transaction: collects operations and writes groups as they fill. @place: how far this device has read; all of
 * a store without a hub. */
KafJournal *
kaf_journal_new (KafDatabase *db, const char *batch, const char *author, const KafSyncPlace *place);
void kaf_journal_free (KafJournal *self);

/* Makes room for one operation, before its rows are written: gives the clock of the group that
 * it will stand in, which the rows carry too. NULL with KAF_STORE_ERROR. */
const KafHlc *kaf_journal_prepare (KafJournal *self, GError **error);
/* From here on the operations are not this device's own: they go into a chain beside it, that no hub
 * is sent, so that the history of a record tells them. */
void kaf_journal_speak_for_others (KafJournal *self);

/* Who wrote the operations to come, and when (µs since 1970 UTC; 0: now). */
gboolean kaf_journal_set_author (KafJournal *self, const char *author, gint64 at, GError **error);

gint64 kaf_journal_get_first (KafJournal *self); /* seq of the batch's first group, or 0 */

/* @before: the record as it was, of an update and of a deletion; @base: the latest clock that the writer saw. */
void kaf_journal_add (KafJournal *self,
                      KafChangeKind kind,
                      KafRecord *before,
                      KafRecord *change,
                      gint64 rid,
                      const KafHlc *base);
gboolean kaf_journal_flush (KafJournal *self, GError **error);

/* Writes the hash of the group's header, as it will be read back; @hash (out). */
gboolean
kaf_journal_seal (KafDatabase *db, gint64 seq, guint8 hash[KAF_OP_GROUP_HASH_SIZE], GError **error);

/* The hash of a group's header as it stands in the row at hand (see kaf-journal.c). */
void kaf_journal_hash_header (KafStatement *row, guint8 hash[32]);

/* Columns that kaf_journal_hash_header() reads, in its order. */
#define KAF_JOURNAL_HEADER                                                                         \
  "device, dseq, batch, at, author, hlc, schema, n_ops, prev_hash, payload_hash"

G_END_DECLS
