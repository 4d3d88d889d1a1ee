/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "record/kaf-query-node.h"

#include <string.h>

#include "schema/kaf-registry.h"

KafCondition *
kaf_condition_new (const char *path, KafOp op, const char *const *values)
{
  KafCondition *self = g_new0 (KafCondition, 1);

  self->path = g_strdup (path);
  self->op = op;
  self->values = g_strdupv ((char **) values);
  return self;
}

KafCondition *
kaf_condition_copy (const KafCondition *self)
{
  return kaf_condition_new (self->path, self->op, (const char *const *) self->values);
}

void
kaf_condition_free (KafCondition *self)
{
  g_free (self->path);
  g_strfreev (self->values);
  g_free (self);
}

gboolean
kaf_condition_equal (const KafCondition *a, const KafCondition *b)
{
  guint n_a = a->values != NULL ? g_strv_length (a->values) : 0;
  guint n_b = b->values != NULL ? g_strv_length (b->values) : 0;

  if (a->op != b->op || n_a != n_b || g_strcmp0 (a->path, b->path) != 0)
    return FALSE;
  for (guint i = 0; i < n_a; i++)
    if (!g_str_equal (a->values[i], b->values[i]))
      return FALSE;
  return TRUE;
}

gboolean
kaf_op_takes_values (KafOp op)
{
  return op != KAF_OP_SET && op != KAF_OP_UNSET;
}

gboolean
kaf_op_is_relative (KafOp op)
{
  return op == KAF_OP_LAST_DAYS || op == KAF_OP_NEXT_DAYS || op == KAF_OP_BEFORE_DAYS;
}

gboolean
kaf_op_suits (KafOp op, const KafField *field)
{
  gboolean bound = op == KAF_OP_AT_LEAST || op == KAF_OP_AT_MOST || kaf_op_is_relative (op);

  if (kaf_field_is_many (field) && bound)
    return FALSE;
  return !kaf_op_is_relative (op) || field->kind == KAF_KIND_DATE ||
         field->kind == KAF_KIND_PARTIAL_DATE;
}

static KafNode *
node_new (KafNodeKind kind)
{
  KafNode *self = g_new0 (KafNode, 1);

  self->kind = kind;
  self->at_least = 1;
  if (kind != KAF_NODE_CONDITION)
    self->children = g_ptr_array_new_with_free_func ((GDestroyNotify) kaf_node_free);
  return self;
}

KafNode *
kaf_node_new_group (KafNodeKind kind)
{
  return node_new (kind);
}

KafNode *
kaf_node_new_condition (const char *path, KafOp op, const char *const *values)
{
  KafNode *self = node_new (KAF_NODE_CONDITION);

  self->condition = kaf_condition_new (path, op, values);
  return self;
}

KafNode *
kaf_node_new_related (const KafLink *link, KafHow how, guint at_least)
{
  KafNode *self = node_new (KAF_NODE_RELATED);

  self->link = *link;
  self->how = how;
  self->at_least = MAX (at_least, 1);
  return self;
}

KafNode *
kaf_node_copy (const KafNode *self)
{
  KafNode *copy = node_new (self->kind);

  copy->link = self->link;
  copy->how = self->how;
  copy->at_least = self->at_least;
  if (self->condition != NULL)
    copy->condition = kaf_condition_copy (self->condition);
  for (guint i = 0; self->children != NULL && i < self->children->len; i++)
    kaf_node_add (copy, kaf_node_copy (g_ptr_array_index (self->children, i)));
  return copy;
}

void
kaf_node_free (KafNode *self)
{
  g_clear_pointer (&self->condition, kaf_condition_free);
  g_clear_pointer (&self->children, g_ptr_array_unref);
  g_free (self);
}

gboolean
kaf_link_equal (const KafLink *a, const KafLink *b)
{
  return a->kind == b->kind && a->entity == b->entity && a->field == b->field;
}

gboolean
kaf_node_equal (const KafNode *a, const KafNode *b)
{
  if (a->kind != b->kind)
    return FALSE;
  if (a->kind == KAF_NODE_CONDITION)
    return kaf_condition_equal (a->condition, b->condition);
  if (a->kind == KAF_NODE_RELATED && (!kaf_link_equal (&a->link, &b->link) || a->how != b->how ||
                                      (a->how == KAF_HOW_AT_LEAST && a->at_least != b->at_least)))
    return FALSE;
  if (a->children->len != b->children->len)
    return FALSE;
  for (guint i = 0; i < a->children->len; i++)
    if (!kaf_node_equal (g_ptr_array_index (a->children, i), g_ptr_array_index (b->children, i)))
      return FALSE;
  return TRUE;
}

void
kaf_node_add (KafNode *self, KafNode *child)
{
  g_return_if_fail (self->children != NULL);

  g_ptr_array_add (self->children, child);
}

gboolean
kaf_node_is_group (const KafNode *self)
{
  return self->kind == KAF_NODE_ALL || self->kind == KAF_NODE_ANY || self->kind == KAF_NODE_NONE;
}

const KafEntity *
kaf_node_get_inner (const KafNode *self, const KafEntity *entity)
{
  return self->kind == KAF_NODE_RELATED ? self->link.entity : entity;
}

guint
kaf_node_count (const KafNode *self)
{
  guint n = 1;

  for (guint i = 0; self->children != NULL && i < self->children->len; i++)
    n += kaf_node_count (g_ptr_array_index (self->children, i));
  return n;
}

guint
kaf_node_depth (const KafNode *self)
{
  guint below = 0;

  for (guint i = 0; self->children != NULL && i < self->children->len; i++)
    below = MAX (below, kaf_node_depth (g_ptr_array_index (self->children, i)));
  return below + (self->children != NULL);
}

/* Links */

/* Two entities whose records may be the same identity. */
static gboolean
is_same_root (const KafEntity *a, const KafEntity *b)
{
  return a != NULL && b != NULL && kaf_entity_get_root (a) == kaf_entity_get_root (b);
}

static gboolean
is_reference (const KafField *field)
{
  return field->kind == KAF_KIND_REFERENCE && kaf_registry_find (field->target) != NULL;
}

char *
kaf_link_name (const KafLink *self)
{
  switch (self->kind)
    {
    case KAF_LINK_BELONGING:
      return g_strdup_printf ("%s.%s", self->entity->id, self->field->id);
    case KAF_LINK_REFERENCE:
      return g_strdup (self->field->id);
    case KAF_LINK_FACET:
    default:
      return g_strdup (self->entity->id);
    }
}

static gboolean
find_belonging (const KafEntity *entity, const char *name, KafLink *link)
{
  const char *dot = strchr (name, '.');
  g_autofree char *other = dot != NULL ? g_strndup (name, dot - name) : NULL;

  link->entity = other != NULL ? kaf_registry_find (other) : NULL;
  link->field = link->entity != NULL ? kaf_entity_find_field (link->entity, dot + 1) : NULL;
  return link->field != NULL && is_reference (link->field) &&
         is_same_root (kaf_registry_find (link->field->target), entity);
}

static gboolean
find_reference (const KafEntity *entity, const char *name, KafLink *link)
{
  link->field = kaf_entity_find_field (entity, name);
  if (link->field == NULL && entity->owner != NULL)
    link->field = kaf_entity_find_field (kaf_entity_get_root (entity), name);
  if (link->field == NULL || !is_reference (link->field))
    return FALSE;
  link->entity = kaf_registry_find (link->field->target);
  return TRUE;
}

gboolean
kaf_link_find (const KafEntity *entity, KafLinkKind kind, const char *name, KafLink *link)
{
  *link = (KafLink){ .kind = kind };
  switch (kind)
    {
    case KAF_LINK_BELONGING:
      return find_belonging (entity, name, link);
    case KAF_LINK_REFERENCE:
      return find_reference (entity, name, link);
    case KAF_LINK_FACET:
    default:
      link->entity = kaf_registry_find (name);
      return link->entity != NULL && link->entity->facet != 0 && link->entity != entity &&
             is_same_root (link->entity, entity);
    }
}

static void
add_link (GPtrArray *links, KafLinkKind kind, const KafEntity *entity, const KafField *field)
{
  KafLink *link = g_new0 (KafLink, 1);

  *link = (KafLink){ .kind = kind, .entity = entity, .field = field };
  g_ptr_array_add (links, link);
}

/* What a list says of its items is little, and they are chosen by value; but for one that says where they are. */
static gboolean
tells_more (const KafEntity *target)
{
  if (!kaf_entity_has (target, KAF_ENTITY_LIST))
    return TRUE;
  for (const KafField *field = target->fields; field->id != NULL; field++)
    if (is_reference (field) && !g_str_equal (field->id, "parent"))
      return TRUE;
  return FALSE;
}

static void
add_references (GPtrArray *links, const KafEntity *entity)
{
  for (const KafField *field = entity->fields; field->id != NULL; field++)
    {
      const KafEntity *target = is_reference (field) ? kaf_registry_find (field->target) : NULL;

      if (target != NULL && tells_more (target))
        add_link (links, KAF_LINK_REFERENCE, target, field);
    }
}

GPtrArray *
kaf_links_of (const KafEntity *entity)
{
  GPtrArray *links = g_ptr_array_new_with_free_func (g_free);
  const KafEntity *root = kaf_entity_get_root (entity);
  guint n_entities;
  const KafEntity *const *entities = kaf_registry_entities (&n_entities);

  for (guint i = 0; i < n_entities; i++)
    for (const KafField *field = entities[i]->fields; field->id != NULL; field++)
      if (kaf_field_has (field, KAF_FIELD_PARENT) && is_reference (field) &&
          is_same_root (kaf_registry_find (field->target), entity))
        add_link (links, KAF_LINK_BELONGING, entities[i], field);
  add_references (links, entity);
  if (root != entity)
    add_references (links, root);
  for (guint i = 0; i < n_entities; i++)
    if (entities[i]->facet != 0 && entities[i] != entity && is_same_root (entities[i], entity))
      add_link (links, KAF_LINK_FACET, entities[i], NULL);
  return links;
}
