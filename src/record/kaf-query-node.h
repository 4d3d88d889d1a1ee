/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The conditions of a query as a tree: groups within groups, conditions, and conditions on the records that belong to
 * one or that it refers to. */
#pragma once

#include "schema/kaf-entity.h"

G_BEGIN_DECLS

typedef enum
{
  KAF_OP_ANY_OF, /* one of the values, or of those below it in a list; for a set, an element among them */
  KAF_OP_NONE_OF,
  KAF_OP_AT_LEAST, /* first value; dates, numbers, amounts of the same currency */
  KAF_OP_AT_MOST,
  KAF_OP_CONTAINS,    /* text, without case */
  KAF_OP_SET,         /* known */
  KAF_OP_UNSET,       /* unknown */
  KAF_OP_LAST_DAYS,   /* a date in the last N days, the day itself with them; first value: N */
  KAF_OP_NEXT_DAYS,   /* a date from the day itself to N days after it */
  KAF_OP_BEFORE_DAYS, /* a date more than N days back */
  KAF_N_OPS,
} KafOp;

/* @path: a field of the entity or, for a facet, of its owner; "id", records one by one (ANY_OF and NONE_OF
 * alone); or ENTITY.FIELD: there is a live record of ENTITY that belongs to this one (KAF_FIELD_PARENT) and whose
 * FIELD satisfies. */
typedef struct
{
  char *path;
  KafOp op;
  char **values;
} KafCondition;

/* @values: nullable. */
KafCondition *kaf_condition_new (const char *path, KafOp op, const char *const *values);
KafCondition *kaf_condition_copy (const KafCondition *self);
void kaf_condition_free (KafCondition *self);
gboolean kaf_condition_equal (const KafCondition *a, const KafCondition *b);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (KafCondition, kaf_condition_free)

gboolean kaf_op_takes_values (KafOp op);
gboolean kaf_op_is_relative (KafOp op);
/* Whether it can be asked of that field: no bound of a set, no days of what is no date. */
gboolean kaf_op_suits (KafOp op, const KafField *field);

/* At most so many days are counted back or ahead. */
#define KAF_OP_DAYS_MAX 36500

/* What a query from elsewhere may hold at most. */
#define KAF_NODE_DEPTH_MAX 8
#define KAF_NODE_COUNT_MAX 200
#define KAF_NODE_VALUES_MAX 1000

typedef enum
{
  KAF_NODE_ALL, /* groups */
  KAF_NODE_ANY,
  KAF_NODE_NONE,
  KAF_NODE_CONDITION,
  KAF_NODE_RELATED, /* its children hold of one related record at once */
} KafNodeKind;

typedef enum
{
  KAF_HOW_SOME,
  KAF_HOW_NONE,
  KAF_HOW_AT_LEAST, /* @at_least different ones */
} KafHow;

typedef enum
{
  KAF_LINK_BELONGING, /* records of @entity whose @field names this one */
  KAF_LINK_REFERENCE, /* the record of @entity that this one's @field names, or those */
  KAF_LINK_FACET,     /* what the same person or organisation is besides: of @entity */
} KafLinkKind;

typedef struct
{
  KafLinkKind kind;
  const KafEntity *entity;
  const KafField *field; /* NULL: of a facet */
} KafLink;

typedef struct
{
  KafNodeKind kind;
  KafCondition *condition; /* CONDITION */
  KafLink link;            /* RELATED */
  KafHow how;
  guint at_least;      /* ≥ 1 */
  GPtrArray *children; /* of KafNode; groups and RELATED */
} KafNode;

KafNode *kaf_node_new_group (KafNodeKind kind);
KafNode *kaf_node_new_condition (const char *path, KafOp op, const char *const *values);
KafNode *kaf_node_new_related (const KafLink *link, KafHow how, guint at_least);
KafNode *kaf_node_copy (const KafNode *self);
void kaf_node_free (KafNode *self);
gboolean kaf_node_equal (const KafNode *a, const KafNode *b);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (KafNode, kaf_node_free)

/* @child: (transfer full) */
void kaf_node_add (KafNode *self, KafNode *child);
gboolean kaf_node_is_group (const KafNode *self);

/* The entity whose records the children of @self are asked about, within records of @entity. */
const KafEntity *kaf_node_get_inner (const KafNode *self, const KafEntity *entity);

/* How many nodes there are, itself among them, and how many groups lie within one another. */
guint kaf_node_count (const KafNode *self);
guint kaf_node_depth (const KafNode *self);

/* All ways from records of @entity to others: records that belong to it, what it refers to but the plain lists, its
 * other facets. (element-type KafLink) (transfer full) */
GPtrArray *kaf_links_of (const KafEntity *entity);

/* A link by what stands in JSON: "contact.person", a field of the entity or its owner, or a facet. FALSE when it leads
 * nowhere. */
gboolean kaf_link_find (const KafEntity *entity, KafLinkKind kind, const char *name, KafLink *link);
/* (transfer full) */
char *kaf_link_name (const KafLink *self);
gboolean kaf_link_equal (const KafLink *a, const KafLink *b);

G_END_DECLS
