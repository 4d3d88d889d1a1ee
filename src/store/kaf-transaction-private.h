/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A transaction under way, for the files that make it, the undo and the reads. */
#pragma once

#include "schema/kaf-role.h"
#include "store/kaf-commit.h"
#include "store/kaf-database-private.h"
#include "store/kaf-drop.h"
#include "store/kaf-beside.h"
#include "store/kaf-journal.h"
#include "store/kaf-one-private.h"
#include "store/kaf-outbox.h"
#include "store/kaf-writer.h"
#include "sync/kaf-exchange.h"

G_BEGIN_DECLS

struct _KafTransaction
{
  KafDatabase *db;
  KafJournal *journal;
  KafReceipt *receipt;
  char *undoes;
  char *told; /* id of the record that was counted last, for people */
  gint64 now;
  gint64 next_rid;
  char year[5];         /* in Morocco, of the references given; "" until one is */
  GHashTable *tallies;  /* entity id → delta */
  GHashTable *counters; /* "EXP-2026" → last number */
  KafIdentity held;
  gboolean dirty;                                /* held is not yet written */
  KafIdentity waiting[KAF_WRITER_HEADS_AT_ONCE]; /* plain ones held before */
  guint n_waiting;
  KafBeside *beside;  /* what is kept beside the records and may be otherwise now */
  KafOne *one;        /* who is one with whom */
  GPtrArray *renamed; /* of KafRecord: items of reference lists whose names changed */
  GError *failure;    /* a write failed: nothing more may be done but abort */
  GHashTable
      *checked; /* const KafField → the value of it that was found right last, as it is written */
  gboolean lists_touched;
  const KafRole *role; /* of who writes, where a hub judges it; NULL: all is allowed */
  gboolean enrolled;   /* at a hub, which gives the final references */
  gboolean hid;        /* something told was left out for what is typed here and still to be sent */
  KafOutbox *outbox;   /* not owned, nullable: what is typed here and still to be sent */
  gboolean drops;      /* records were dropped here before, and may come back by their row number */
  gint64 renewed;      /* row number of a record that is about to be told anew; 0: none */
  gboolean other_cache; /* than the usual one: see kaf_transaction_use_cache() */
  gboolean remote;      /* takes in what others wrote: nothing of it is this device's own */
};

KafReceipt *kaf_receipt_new (const char *label);

/* KAF_CACHE_…, until it ends. */
void kaf_transaction_use_cache (KafTransaction *self, guint kib);

/* Tells the receipt of a record that was touched. */
void kaf_transaction_note (KafTransaction *self, KafRecord *record, gboolean created);

/* A transaction that takes in what a hub tells: see kaf_transaction_take(). It is committed even where
 * no record changed, and is no batch that could be undone. */
KafTransaction *kaf_transaction_begin_remote (KafDatabase *db, GError **error);

/* Writes what @part tells, but for the fields that @is_own says are still to be sent from here; with
 * field -1 it is asked of the record as a whole. */
typedef gboolean (*KafOwnFunc) (const KafEntity *entity, const char *id, int field, gpointer data);
gboolean kaf_transaction_take (KafTransaction *self,
                               const KafFeedPart *part,
                               KafOwnFunc is_own,
                               gpointer data,
                               GError **error);

/* The rows of the record go, for they are not as a hub may tell them; what is told of it next has their number, by which the
 * journal knows it. */
gboolean
kaf_transaction_renew (KafTransaction *self, const KafEntity *root, const char *id, GError **error);

/* The record is no longer this device's to see. */
gboolean
kaf_transaction_drop (KafTransaction *self, KafDrop *drop, const KafFeedRow *row, GError **error);

/* Holds the identity of @rid: reads its parts unless it is held already. FALSE: see failure. */
gboolean
kaf_transaction_hold (KafTransaction *self, const KafEntity *root, gint64 rid, const char *id);
void kaf_transaction_hold_new (KafTransaction *self, gint64 rid, KafRecord *root);

/* Claims come by the hundred thousand: their rows are written with their heads. Who reads one by its number calls
 * kaf_transaction_write_row() before; who asks for several settles the transaction, as for their heads. */
gboolean kaf_transaction_rows_wait (const KafEntity *entity);
void kaf_transaction_hold_rowless (KafTransaction *self,
                                   gint64 rid,
                                   KafRecord *root,
                                   const KafHlc *clock);
void kaf_transaction_write_row (KafTransaction *self, gint64 rid);

void kaf_transaction_hold_facet (KafTransaction *self, KafRecord *facet);
void kaf_transaction_clear_held (KafTransaction *self);
void kaf_transaction_clear_waiting (KafTransaction *self); /* they are not written */

/* Reads a part that was written again, and has head and search document follow. */
void kaf_transaction_replace_held (KafTransaction *self,
                                   const KafEntity *entity,
                                   gint64 rid,
                                   const char *id);

/* Adds @delta to the number of live records; a root takes its facets along. */
void kaf_transaction_count (KafTransaction *self, const KafEntity *entity, int delta);

/* Whether head or search document are made of a field that @change holds. */
gboolean kaf_transaction_touches_identity (KafRecord *change);

/* Enters a reference; @taken (out): it is another record's already. FALSE: see failure. */
gboolean kaf_transaction_enter_ref (
    KafTransaction *self, const char *ref, const KafEntity *entity, gint64 rid, gboolean *taken);
gboolean kaf_transaction_ref_is_free (KafTransaction *self, const char *ref);

/* Enters the reference that a new record brings, or gives it one. */
gboolean kaf_transaction_give_ref (KafTransaction *self, KafRecord *record, gint64 rid);

/* The row number of the identity held back, if it is that one; else 0. */
gint64 kaf_transaction_find_held (KafTransaction *self, const KafEntity *root, const char *id);

/* This batch undoes @batch. */
void kaf_transaction_set_undoes (KafTransaction *self, const char *batch);
const char *kaf_transaction_get_batch (KafTransaction *self);

/* What a person does to somebody who is shown for several, as what is done to each of them; to a row that names one,
 * as what is done to it. NULL: it is done as it is. (element-type KafRecord) (transfer full) */
GPtrArray *
kaf_transaction_spread (KafTransaction *self, KafChangeKind kind, KafRecord *given, GError **error);

/* Names a field that an undo left alone. */
void kaf_transaction_skip (KafTransaction *self, const char *ref, const char *field);

/* The same of a record that is written once for ever. */
void kaf_transaction_skip_permanent (KafTransaction *self, const char *entity);

G_END_DECLS
