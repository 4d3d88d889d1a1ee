/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Which records, in which order: the one object behind a list, its count, its export, its
 * printed form and a saved filter, so that they cannot disagree. */
#pragma once

#include "base/kaf-day.h"
#include "record/kaf-query-node.h"

G_BEGIN_DECLS

typedef struct _KafQuery KafQuery;

KafQuery *kaf_query_new (const KafEntity *entity);
KafQuery *kaf_query_ref (KafQuery *self);
void kaf_query_unref (KafQuery *self);
KafQuery *kaf_query_copy (const KafQuery *self);

const KafEntity *kaf_query_get_entity (const KafQuery *self);

/* What a person searches for; NULL or blank: nothing. */
const char *kaf_query_get_text (const KafQuery *self);
void kaf_query_set_text (KafQuery *self, const char *text);

/* Sort by "title" (default), "title_ar", "ref", "updated_at", "created_at" or a field's path;
 * NULL: by title or, with a text, by how well it matches. */
const char *kaf_query_get_sort (const KafQuery *self);
gboolean kaf_query_get_descending (const KafQuery *self);
void kaf_query_set_sort (KafQuery *self, const char *path, gboolean descending);

/* The day that "the last 90 days" are counted from; KAF_DAY_UNKNOWN: today, by the store's clock. Not kept in JSON, and
 * two queries are equal whatever it is. */
KafDay kaf_query_get_day (const KafQuery *self);
void kaf_query_set_day (KafQuery *self, KafDay day);

/* Conditions all of which hold: the chips of a list. */
guint kaf_query_get_n_conditions (const KafQuery *self);
const KafCondition *kaf_query_get_condition (const KafQuery *self, guint index);

/* Replaces the conditions on that path; @values NULL or empty with ANY_OF removes them. */
void
kaf_query_set_condition (KafQuery *self, const char *path, KafOp op, const char *const *values);
void kaf_query_remove_condition (KafQuery *self, const char *path);
void kaf_query_clear_conditions (KafQuery *self);
const KafCondition *kaf_query_find_condition (const KafQuery *self, const char *path);

/* Groups, related records and what else the chips cannot say: holds beside the conditions. */
guint kaf_query_get_n_nodes (const KafQuery *self);
const KafNode *kaf_query_get_node (const KafQuery *self, guint index);
/* @node: (transfer full) */
void kaf_query_add_node (KafQuery *self, KafNode *node);
void kaf_query_clear_nodes (KafQuery *self);

/* Conditions and nodes as one group. (transfer full) */
KafNode *kaf_query_get_tree (const KafQuery *self);
/* In their place: what a chip can show becomes a condition. @tree: a group. */
void kaf_query_set_tree (KafQuery *self, const KafNode *tree);

/* Whether anything narrows it but a text. */
gboolean kaf_query_has_conditions (const KafQuery *self);

/* Calls @func for each field that the query looks at or sorts by, links too; stops at the first that it returns TRUE
 * for, and gives that. */
typedef gboolean (*KafQueryFieldFunc) (const KafField *field, gpointer data);
const KafField *kaf_query_find_field (const KafQuery *self, KafQueryFieldFunc func, gpointer data);

gboolean kaf_query_equal (const KafQuery *a, const KafQuery *b);

/* The field a path leads to and, for ENTITY.FIELD, the related entity (else NULL).
 * NULL when the path leads nowhere. */
const KafField *kaf_query_resolve (const KafEntity *entity,
                                   const char *path,
                                   const KafEntity **owner,
                                   const KafEntity **related);

/* As kept in a saved filter or a segment: FORMAT 1, as long as that says it all, else 2. What comes from elsewhere is
 * limited in size and depth (kaf-query-node.h). Errors: KAF_VALIDATION_ERROR, with a sentence in the language of the
 * interface. */
#define KAF_QUERY_FORMAT 2
#define KAF_QUERY_JSON_MAX (8 * 1024 * 1024)
char *kaf_query_to_json (const KafQuery *self);
KafQuery *kaf_query_from_json (const char *json, GError **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (KafQuery, kaf_query_unref)

G_END_DECLS
