/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Whether this store holds what the hub has told it, and what does not is mended: kaf-compare.h says how both find out.
 * What was typed here and waits to be sent, or was refused, is left alone: it is mended once it is through.
 *
 * What a stretch is compared by is only read; what the hub tells of it is written, in one transaction an answer. Nothing
 * is held between two requests but what is in memory: when the store has read on meanwhile, the comparison ends as one
 * that came too early. */
#pragma once

#include "store/kaf-commit.h"
#include "store/kaf-database.h"

G_BEGIN_DECLS

typedef struct
{
  guint n_compared; /* records here */
  guint n_fetched;  /* were missing, and are here now */
  guint n_renewed;  /* were otherwise than the hub has them, and are as it has them */
  guint n_dropped;  /* were here, were not to be, and are gone */
  guint
      n_unknown; /* the hub, restored since, does not know them: nobody else may have them, they stay */
  guint n_left;   /* still do not agree once they were mended */
  gboolean early; /* there was something to exchange first: not all was compared */
} KafReconcileResult;

/* Records that did not agree; without those that stay. */
guint kaf_reconcile_count_mended (const KafReconcileResult *result);

typedef struct _KafReconcile KafReconcile;

/* Of all records of the store. Errors: KAF_STORE_ERROR. */
KafReconcile *kaf_reconcile_new (KafDatabase *db, GError **error);
void kaf_reconcile_free (KafReconcile *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (KafReconcile, kaf_reconcile_free)

/* What the hub is to be asked next. */
void kaf_reconcile_print (KafReconcile *self, KafDatabase *db, GString *body);

/* Whether the answer is going to be written into the store. */
gboolean kaf_reconcile_writes (const KafReconcile *self);

/* @receipt (out, transfer full): what changed here; NULL where nothing is written. @done (out): nothing is to be asked any
 * more. Errors: KAF_SYNC_ERROR when it is no such answer, KAF_STORE_ERROR. */
gboolean kaf_reconcile_take (KafReconcile *self,
                             KafDatabase *db,
                             const char *answer,
                             gsize size,
                             KafReceipt **receipt,
                             gboolean *done,
                             GError **error);

const KafReconcileResult *kaf_reconcile_get_result (const KafReconcile *self);

/* When. Once a week, at another hour on each device; and once all was read again, since the hub was restored or this store
 * was taken for a copy and got another number. Every day while the hub does not know something that is here: once it does,
 * what the user may see no more is to go. Not where something else has to be done first. */
gboolean kaf_reconcile_is_due (KafDatabase *db);

/* Writes down that it was done now, and what was found, for KafSyncState. @result NULL: nothing was, since it counts from
 * now or the hub cannot compare. */
gboolean kaf_reconcile_keep (KafDatabase *db, const KafReconcileResult *result, GError **error);

/* From the first exchange on it counts. */
gboolean kaf_reconcile_begin_counting (KafDatabase *db, GError **error);

G_END_DECLS
