/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What a hand in the file left behind of rows that are told anew, and that no transaction of this program ever leaves. */
#pragma once

#include "store/kaf-database.h"

G_BEGIN_DECLS

/* Within a transaction: rows whose head is gone go, with all that hangs on their number. */
gboolean kaf_reconcile_sweep (KafDatabase *db, GError **error);

/* Counts the records of @root and of its facets anew. */
gboolean kaf_reconcile_recount (KafDatabase *db, const KafEntity *root, GError **error);

G_END_DECLS
