/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A KafQuery as SQL over head (h), the entity's table and its owner's. */
#pragma once

#include "store/kaf-database-private.h"
#include "store/kaf-matcher.h"

G_BEGIN_DECLS

typedef struct
{
  GString *from;     /* tables and joins */
  GString *where;    /* conditions; never empty */
  GString *order;    /* ORDER BY terms */
  GString *columns;  /* what is selected, where the caller does not know it by itself */
  GPtrArray *values; /* of char*, bound in order */
  gboolean few;      /* a condition finds its rows, not many, by an index of its own */
} KafQuerySql;

/* NULL with KAF_VALIDATION_ERROR for a path that leads nowhere. */
KafQuerySql *kaf_query_sql_new (KafDatabase *db, const KafQuery *query, GError **error);

/* Counts the rows of each of @queries, which are of one entity, in one reading. */
KafQuerySql *kaf_query_sql_new_counts (KafDatabase *db,
                                       const KafQuery *const *queries,
                                       guint n_queries,
                                       GError **error);

/* To read rows as they lie and not in the order of names: right for what looks at most of them
 * anyway, and then many times as fast. */
void kaf_query_sql_read_in_sequence (KafQuerySql *self);

void kaf_query_sql_free (KafQuerySql *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (KafQuerySql, kaf_query_sql_free)

/* The field of @entity that says to whom its records belong, when that is @root or a facet of
 * it; NULL when there is none. */
const KafField *kaf_query_sql_parent_field (const KafEntity *entity, const KafEntity *root);

/* "?N" of a value to bind. (transfer full) */
char *kaf_query_sql_bind (KafQuerySql *self, const char *value);

/* A statement of that text with the values bound. */
KafStatement *
kaf_query_sql_prepare (KafDatabase *db, KafQuerySql *self, const char *sql, GError **error);

G_END_DECLS
