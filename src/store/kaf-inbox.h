/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The answer of a hub, taken into the store in one transaction. */
#pragma once

#include "store/kaf-database.h"
#include "store/kaf-commit.h"

G_BEGIN_DECLS

typedef struct
{
  guint n_records;    /* that changed here */
  guint n_acked;      /* groups that the hub has now */
  guint n_conflicts;  /* of them, met an edit that their author had not seen */
  guint n_rejected;   /* operations that were not taken */
  guint n_settled;    /* of those kept aside before, whose author is told what became of them */
  gint64 hub_now;     /* ms since 1970 UTC, when the hub answered */
  guint n_erased;     /* records that the hub has erased, and that are gone here too */
  guint n_gone;       /* operations not sent, or not answered, that went with them */
  guint n_dropped;    /* records that this device may see no more, and that are gone here */
  gboolean regranted; /* the user's rights are others than before, and all is told by them now */
  guint n_before, n_after; /* then: records that are not everybody's, here before that and now */
  gboolean more;           /* another page waits at the hub */
  gboolean
      forked; /* this store is a copy of one that has gone on, and must be enrolled anew: nothing
                        * was taken */
} KafInboxResult;

/* @answer: @size bytes, see kaf-exchange.h. All of it or nothing, but for erasures, which are carried out in either case.
 * @receipt (out, transfer full): what changed. Errors: KAF_SYNC_ERROR when it is no answer, or was cut; KAF_STORE_ERROR,
 * _LOCKED when another was taken since this one was asked for. */
gboolean kaf_inbox_take (KafDatabase *db,
                         const char *answer,
                         gsize size,
                         KafInboxResult *result,
                         KafReceipt **receipt,
                         GError **error);

G_END_DECLS
