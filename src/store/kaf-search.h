/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Finding rows for a text, best first, without ever reading all that match.
 *
 * Two ways lead to the rows of a class (see kaf-matcher.h). Where few records match, all are
 * taken from the full-text index, looked up and sorted. Where many do, the order of names is walked,
 * first where a word begins the name, and what the index gave is picked out on the way: the first
 * page fills soon. */
#pragma once

#include "store/kaf-database-private.h"

G_BEGIN_DECLS

/* The best @limit rows. @total (out): how many match, or -1 with @at_least when that is more
 * than were counted. (element-type guint32) (transfer full) */
GArray *kaf_search_first (KafDatabase *db,
                          const KafQuery *query,
                          guint limit,
                          gint64 *total,
                          gint64 *at_least,
                          GError **error);

/* All rows that match, best first or, when the query names a sort, in that order. */
GArray *kaf_search_all (KafDatabase *db, const KafQuery *query, GError **error);

/* The same by looking at every record: what kaf_search_all() is checked against. */
GArray *kaf_search_brute (KafDatabase *db, const KafQuery *query, GError **error);

G_END_DECLS
