/* SPDX-License-Identifier: GPL-3.0-or-later */
/* kaf_listed (?1, text): whether a set of texts that stands in memory holds one. Asked for within a walk through a table,
 * it spares the rest of each row that is none of them; a list in SQL would be a tree that is searched for each row. */
#pragma once

#include "store/kaf-database-private.h"

G_BEGIN_DECLS

gboolean kaf_listed_register (KafDatabase *db, GError **error);

/* Hands @set over as the parameter @index; it stays the caller's, who keeps it until the statement is done. */
void kaf_listed_bind (KafStatement *statement, int index, GHashTable *set);

G_END_DECLS
