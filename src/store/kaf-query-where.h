/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The conditions of a query as SQL: its tree, with related records as subqueries. */
#pragma once

#include "store/kaf-query-sql.h"

G_BEGIN_DECLS

/* Appends " AND …" to @sql for all that narrows @query but its text. Errors: KAF_VALIDATION_ERROR for what leads
 * nowhere; KAF_STORE_ERROR_FORBIDDEN when a tree asks what the user's role may not read. */
gboolean
kaf_query_where_add (KafDatabase *db, KafQuerySql *sql, const KafQuery *query, GError **error);

/* Whether a query of it finds less than all that is here, though nothing is asked: what is somebody else's alone. */
gboolean kaf_query_where_is_narrowed (const KafEntity *entity);

/* "e": the entity's table, "o": its owner's; what is derived goes by its table. */
const char *
kaf_query_where_alias (const KafEntity *entity, const KafEntity *holder, const KafField *field);

/* Sets @error; always FALSE. */
gboolean kaf_query_where_bad_path (const char *path, GError **error);

G_END_DECLS
