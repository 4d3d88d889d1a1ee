/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Sample records, which a server of production does not take. */
#pragma once

#include "store/kaf-database.h"

G_BEGIN_DECLS

/* Those that are not deleted; of a person and her facets, one. */
guint kaf_samples_count (KafDatabase *db, GError **error);

/* Whether the record, or of a facet its owner, is one; FALSE for what is not here. */
gboolean kaf_samples_has (KafDatabase *db, const KafEntity *entity, const char *id);

/* Removes all of them for good, and what belongs to them, from the rows and from what was still to be sent;
 * the batch that brought them can be undone no more. @n (out): how many. */
gboolean kaf_samples_remove (KafDatabase *db, guint *n, GError **error);

G_END_DECLS
