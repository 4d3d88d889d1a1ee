/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A record that this device may see no more, since it or the rights of its user have changed: its rows,
 * search document, history and files go, as in an erasure. Unlike one it is no secret that the record
 * lives on elsewhere: nothing is entered in the ledger, and the record may come back. What was typed here
 * and the hub did not take stays in the journal, to be sent or to be named. */
#pragma once

#include "store/kaf-database-private.h"

G_BEGIN_DECLS

/* Those of one answer of the hub: groups of the journal that tell of many are written once. @acked: the
 * last group of this device whose verdict is known. */
typedef struct _KafDrop KafDrop;
KafDrop *kaf_drop_new (KafDatabase *db, gint64 acked);
void kaf_drop_free (KafDrop *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (KafDrop, kaf_drop_free)

/* Within a transaction: the record goes from lists and search. A record that is not here is let pass. */
gboolean kaf_drop_record (KafDrop *self, const KafEntity *root, const char *id, GError **error);

guint kaf_drop_count (const KafDrop *self);

/* At the end of that transaction: the journal follows; once it is committed, kaf_erase_finish() has to
 * see to files, log and free pages. */
gboolean kaf_drop_finish (KafDrop *self, GError **error);

/* In SQL, of rows of "local": each the row number of a dropped record of which something was kept. */
#define KAF_DROP_KEYS "key > 'sync-dropped' AND key < 'sync-droppee'"

/* Whether there is a dropped record of which something was kept. */
gboolean kaf_drop_any (KafDatabase *db);

/* The row number that a dropped record had, which the groups that were kept know it by; it is its own
 * again. 0: it was not dropped, or nothing was kept. */
gint64 kaf_drop_take_back (KafDatabase *db, const KafEntity *root, const char *id, GError **error);

/* Erased for ever: what was kept of it goes too. */
gboolean kaf_drop_forget (KafDatabase *db, const KafEntity *root, const char *id, GError **error);

G_END_DECLS
