/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What an erasure shares with a drop (kaf-drop.h): within a transaction of either. */
#pragma once

#include "store/kaf-database-private.h"

G_BEGIN_DECLS

/* The row with its facets, sets, references, search document and head. */
gboolean kaf_erase_rows (KafDatabase *db, const KafEntity *root, gint64 rid, GError **error);

/* Of journal group @seq, what it tells of the records @ids (a set of char*); what it tells of others stays,
 * unchained. */
gboolean kaf_erase_group (KafDatabase *db, gint64 seq, GHashTable *ids, GError **error);

G_END_DECLS
