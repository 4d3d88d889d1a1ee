/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Which records, in which order: the one object behind a list, its count, its export, its
 * printed form and a saved filter, so that they cannot disagree. */
#pragma once

#include "schema/kaf-entity.h"

G_BEGIN_DECLS

typedef enum
{
  KAF_OP_ANY_OF, /* one of the values; for a set, an element among them */
  KAF_OP_NONE_OF,
  KAF_OP_AT_LEAST, /* first value; dates, numbers */
  KAF_OP_AT_MOST,
  KAF_OP_CONTAINS, /* text, without case */
  KAF_OP_SET,      /* known */
  KAF_OP_UNSET,    /* unknown */
} KafOp;

/* @path: a field of the entity or, for a facet, of its owner; "id", records one by one (ANY_OF
 * alone); or ENTITY.FIELD: there is a live
 * record of ENTITY that belongs to this one (KAF_FIELD_PARENT) and whose FIELD satisfies. */
typedef struct
{
  char *path;
  KafOp op;
  char **values;
} KafCondition;

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

guint kaf_query_get_n_conditions (const KafQuery *self);
const KafCondition *kaf_query_get_condition (const KafQuery *self, guint index);

/* Replaces the conditions on that path; @values NULL or empty with ANY_OF removes them. */
void
kaf_query_set_condition (KafQuery *self, const char *path, KafOp op, const char *const *values);
void kaf_query_remove_condition (KafQuery *self, const char *path);
void kaf_query_clear_conditions (KafQuery *self);
const KafCondition *kaf_query_find_condition (const KafQuery *self, const char *path);

gboolean kaf_query_equal (const KafQuery *a, const KafQuery *b);

/* The field a path leads to and, for ENTITY.FIELD, the related entity (else NULL).
 * NULL when the path leads nowhere. */
const KafField *kaf_query_resolve (const KafEntity *entity,
                                   const char *path,
                                   const KafEntity **owner,
                                   const KafEntity **related);

/* As kept in a saved filter. Errors: KAF_VALIDATION_ERROR. */
char *kaf_query_to_json (const KafQuery *self);
KafQuery *kaf_query_from_json (const char *json, GError **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (KafQuery, kaf_query_unref)

G_END_DECLS
