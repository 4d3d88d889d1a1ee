/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The ledger of what was erased: FILE.erased beside the store, outside of its backups. A line is
 * ENTITY, ID, when (µs since 1970, UTC) and the reason as a keyed hash, with tabs between them.
 * What stands in it never comes back: not from a restored backup, not from a file. */
#pragma once

#include "store/kaf-database-private.h"

G_BEGIN_DECLS

/* Appends @lines, whole lines, and makes them durable; all of them or none. Within the store's
 * write lock. Errors: KAF_STORE_ERROR_FULL, _IO. */
gboolean kaf_ledger_append (KafDatabase *db, const char *lines, GError **error);

/* Reads what was added since the last time, by this process or another; cheap when nothing was.
 * No ledger is an empty one. Errors: KAF_STORE_ERROR_IO. */
gboolean kaf_ledger_refresh (KafDatabase *db, GError **error);

/* Whether the record was erased, as of the last refresh. */
gboolean kaf_ledger_holds (KafDatabase *db, const KafEntity *root, const char *id);

/* When it was erased: µs since 1970, UTC; -1: it was not. */
gint64 kaf_ledger_get_time (KafDatabase *db, const KafEntity *root, const char *id);

/* Calls @func for each line read so far; the order is not that of the file. */
typedef void (*KafLedgerFunc) (const KafEntity *root, const char *id, gpointer data);
void kaf_ledger_foreach (KafDatabase *db, KafLedgerFunc func, gpointer data);

G_END_DECLS
