/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The journal knows records by their row numbers. One whose head is gone is told anew under another number, and without what
 * is known here nobody would find what the journal says of it: its history, what of it is still to be sent, and what
 * an erasure has to take out. */
#pragma once

#include "schema/kaf-registry.h"
#include "store/kaf-database.h"

G_BEGIN_DECLS

typedef struct _KafReconcileLinks KafReconcileLinks;

/* What the journal says of records by numbers that nothing has any more; but for what was dropped from here, which comes back
 * by its own. */
KafReconcileLinks *kaf_reconcile_links_read (KafDatabase *db, GError **error);
void kaf_reconcile_links_free (KafReconcileLinks *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (KafReconcileLinks, kaf_reconcile_links_free)

gboolean
kaf_reconcile_links_has (const KafReconcileLinks *self, const KafEntity *root, const char *id);

/* Within a transaction: from here on the journal knows the record by @rid. */
gboolean kaf_reconcile_links_write (const KafReconcileLinks *self,
                                    KafDatabase *db,
                                    const KafEntity *root,
                                    const char *id,
                                    gint64 rid,
                                    GError **error);

G_END_DECLS
