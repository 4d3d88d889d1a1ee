/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The one way to write: validation, rows, search index and journal in one transaction. */
#pragma once

#include "store/kaf-database.h"
#include "sync/kaf-exchange.h"

G_BEGIN_DECLS

/* Which change of the set was refused, and which field of it (static; NULL: the record). */
typedef struct
{
  guint change;
  const char *field;
} KafFault;

/* What was written. */
typedef struct
{
  gatomicrefcount refs;
  char *batch;          /* id, to undo it */
  char *label;          /* as in the change set */
  GPtrArray *ids;       /* of char*: ids of the records touched, in order; at most 1 000 */
  GPtrArray *refs_made; /* of char*, refs given to created records, in order; at most 1 000 */
  guint n_records;      /* all of them */
  guint n_told; /* what people call records: one with its facets, without what is noted of it */
  GPtrArray *skipped; /* of char*: "REF: field" that an undo left alone since it changed */
  guint n_permanent;  /* of the skipped: written once for ever */
  char *of;           /* label of the batch that an undo or redo turned back; nullable */
} KafReceipt;
/* How many records a person is told of: n_told, or all where it was only notes. */
guint kaf_receipt_count_told (const KafReceipt *self);
KafReceipt *kaf_receipt_ref (KafReceipt *self);
void kaf_receipt_unref (KafReceipt *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (KafReceipt, kaf_receipt_unref)
#define KAF_TYPE_RECEIPT (kaf_receipt_get_type ())
GType kaf_receipt_get_type (void);

/* Durable when it returns. @fault (out, nullable) is filled with a validation error.
 * An empty set gives a receipt with a NULL batch. Errors: KAF_VALIDATION_ERROR,
 * KAF_STORE_ERROR, G_IO_ERROR_CANCELLED. */
KafReceipt *kaf_commit (
    KafDatabase *db, KafChangeSet *set, KafFault *fault, GCancellable *cancellable, GError **error);

/* The same a change at a time, for imports that should not stand in memory. */
typedef struct _KafTransaction KafTransaction;
KafTransaction *kaf_transaction_begin (KafDatabase *db, const char *label, GError **error);
/* @id_out (nullable, transfer full): the record's id. A failure leaves the transaction usable:
 * the change is as if never tried. */
gboolean kaf_transaction_apply (KafTransaction *self,
                                KafChangeKind kind,
                                KafRecord *record,
                                char **id_out,
                                KafFault *fault,
                                GError **error);
/* Writes what is held back of the record last touched, so that lists show it too. NULL is nothing.
 * FALSE: the transaction has failed, which the next change to it tells. */
gboolean kaf_transaction_settle (KafTransaction *self);
KafReceipt *kaf_transaction_commit (KafTransaction *self, GError **error); /* frees self */
void kaf_transaction_abort (KafTransaction *self);                         /* frees self */

/* The inverse of a batch of one's own, as a batch. @batch NULL: the last one not undone.
 * A field changed since is left alone and named in the receipt. */
KafReceipt *kaf_undo (KafDatabase *db, const char *batch, GError **error);
KafReceipt *kaf_redo (KafDatabase *db, GError **error);

/* Removes a record and what belongs to it for ever, from rows, index, journal, drafts and
 * attachments; the authority's alone. @reason: kept as a keyed hash in the ledger. One that was erased before, and of
 * which traces remain, is finished. Errors: KAF_STORE_ERROR_TRACES: it is erased, and is to be again. */
gboolean kaf_erase (
    KafDatabase *db, const KafEntity *entity, const char *id, const char *reason, GError **error);

/* Whether @id was: here, or by what the hub told. What remained of an erasure is removed, where anything did; TRUE when
 * there is nothing (left). Errors: KAF_STORE_ERROR_TRACES. */
gboolean kaf_erase_was_done (KafDatabase *db, const char *id);
/* When: µs since 1970, UTC; -1: it was not. */
gint64 kaf_erase_get_time (KafDatabase *db, const char *id);

/* On which days how many records were, the last first. (element-type KafErasedDay) (transfer full) */
typedef struct
{
  char *day; /* ISO */
  guint n;
} KafErasedDay;
GPtrArray *kaf_erase_list_days (KafDatabase *db);
gboolean kaf_erase_finish_left (KafDatabase *db, GError **error);

/* What the hub of this store has erased (element-type KafErased), up to its number @number: here too, and
 * for good. FALSE also where the rows are gone and files or log could not be cleaned yet: it is to be
 * told again. */
gboolean kaf_erase_told (KafDatabase *db, GPtrArray *told, gint64 number, GError **error);

G_END_DECLS
