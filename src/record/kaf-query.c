/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "record/kaf-query.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "schema/kaf-derived.h"
#include "schema/kaf-registry.h"

struct _KafQuery
{
  gatomicrefcount refs;
  const KafEntity *entity;
  char *text;
  char *sort;
  gboolean descending;
  KafDay day;
  GPtrArray *conditions; /* of KafCondition */
  GPtrArray *nodes;      /* of KafNode */
};

KafQuery *
kaf_query_new (const KafEntity *entity)
{
  KafQuery *self;

  g_return_val_if_fail (entity != NULL, NULL);

  self = g_new0 (KafQuery, 1);
  g_atomic_ref_count_init (&self->refs);
  self->entity = entity;
  self->conditions = g_ptr_array_new_with_free_func ((GDestroyNotify) kaf_condition_free);
  self->nodes = g_ptr_array_new_with_free_func ((GDestroyNotify) kaf_node_free);
  return self;
}

KafQuery *
kaf_query_ref (KafQuery *self)
{
  g_atomic_ref_count_inc (&self->refs);
  return self;
}

void
kaf_query_unref (KafQuery *self)
{
  if (!g_atomic_ref_count_dec (&self->refs))
    return;

  g_ptr_array_unref (self->conditions);
  g_ptr_array_unref (self->nodes);
  g_free (self->text);
  g_free (self->sort);
  g_free (self);
}

KafQuery *
kaf_query_copy (const KafQuery *self)
{
  KafQuery *copy = kaf_query_new (self->entity);

  copy->text = g_strdup (self->text);
  copy->sort = g_strdup (self->sort);
  copy->descending = self->descending;
  copy->day = self->day;
  for (guint i = 0; i < self->conditions->len; i++)
    g_ptr_array_add (copy->conditions,
                     kaf_condition_copy (g_ptr_array_index (self->conditions, i)));
  for (guint i = 0; i < self->nodes->len; i++)
    g_ptr_array_add (copy->nodes, kaf_node_copy (g_ptr_array_index (self->nodes, i)));
  return copy;
}

const KafEntity *
kaf_query_get_entity (const KafQuery *self)
{
  return self->entity;
}

const char *
kaf_query_get_text (const KafQuery *self)
{
  return self->text;
}

void
kaf_query_set_text (KafQuery *self, const char *text)
{
  gboolean blank = text == NULL || text[strspn (text, " \t\n")] == '\0';
  g_autofree char *old = g_steal_pointer (&self->text);

  self->text = blank ? NULL : g_strdup (text);
}

const char *
kaf_query_get_sort (const KafQuery *self)
{
  return self->sort;
}

gboolean
kaf_query_get_descending (const KafQuery *self)
{
  return self->descending;
}

void
kaf_query_set_sort (KafQuery *self, const char *path, gboolean descending)
{
  g_autofree char *old = g_steal_pointer (&self->sort);

  self->sort = g_strdup (path);
  self->descending = descending;
}

KafDay
kaf_query_get_day (const KafQuery *self)
{
  return self->day;
}

void
kaf_query_set_day (KafQuery *self, KafDay day)
{
  self->day = day;
}

guint
kaf_query_get_n_conditions (const KafQuery *self)
{
  return self->conditions->len;
}

const KafCondition *
kaf_query_get_condition (const KafQuery *self, guint index)
{
  g_return_val_if_fail (index < self->conditions->len, NULL);

  return g_ptr_array_index (self->conditions, index);
}

const KafCondition *
kaf_query_find_condition (const KafQuery *self, const char *path)
{
  for (guint i = 0; i < self->conditions->len; i++)
    {
      const KafCondition *condition = g_ptr_array_index (self->conditions, i);

      if (g_str_equal (condition->path, path))
        return condition;
    }
  return NULL;
}

void
kaf_query_remove_condition (KafQuery *self, const char *path)
{
  for (guint i = self->conditions->len; i-- > 0;)
    {
      const KafCondition *condition = g_ptr_array_index (self->conditions, i);

      if (g_str_equal (condition->path, path))
        g_ptr_array_remove_index (self->conditions, i);
    }
}

/* Between two bounds takes two conditions on one path: those replace only their own kind. */
static gboolean
op_is_bound (KafOp op)
{
  return op == KAF_OP_AT_LEAST || op == KAF_OP_AT_MOST;
}

void
kaf_query_set_condition (KafQuery *self, const char *path, KafOp op, const char *const *values)
{
  g_autofree char *own_path = g_strdup (path);

  for (guint i = self->conditions->len; i-- > 0;)
    {
      const KafCondition *old = g_ptr_array_index (self->conditions, i);

      if (g_str_equal (old->path, own_path) &&
          (old->op == op || !op_is_bound (op) || !op_is_bound (old->op)))
        g_ptr_array_remove_index (self->conditions, i);
    }

  if (kaf_op_takes_values (op) && (values == NULL || values[0] == NULL))
    return;

  g_ptr_array_add (self->conditions, kaf_condition_new (own_path, op, values));
}

void
kaf_query_clear_conditions (KafQuery *self)
{
  g_ptr_array_set_size (self->conditions, 0);
}

guint
kaf_query_get_n_nodes (const KafQuery *self)
{
  return self->nodes->len;
}

const KafNode *
kaf_query_get_node (const KafQuery *self, guint index)
{
  g_return_val_if_fail (index < self->nodes->len, NULL);

  return g_ptr_array_index (self->nodes, index);
}

void
kaf_query_add_node (KafQuery *self, KafNode *node)
{
  g_ptr_array_add (self->nodes, node);
}

void
kaf_query_clear_nodes (KafQuery *self)
{
  g_ptr_array_set_size (self->nodes, 0);
}

gboolean
kaf_query_has_conditions (const KafQuery *self)
{
  return self->conditions->len > 0 || self->nodes->len > 0;
}

KafNode *
kaf_query_get_tree (const KafQuery *self)
{
  g_autoptr (KafNode) all = kaf_node_new_group (KAF_NODE_ALL);

  for (guint i = 0; i < self->conditions->len; i++)
    {
      const KafCondition *condition = g_ptr_array_index (self->conditions, i);

      kaf_node_add (all, kaf_node_new_condition (condition->path, condition->op,
                                                 (const char *const *) condition->values));
    }
  for (guint i = 0; i < self->nodes->len; i++)
    kaf_node_add (all, kaf_node_copy (g_ptr_array_index (self->nodes, i)));

  /* A query that is one group is that group. */
  if (all->children->len == 1 && kaf_node_is_group (g_ptr_array_index (all->children, 0)))
    return g_ptr_array_steal_index (all->children, 0);
  return g_steal_pointer (&all);
}

/* Whether a chip holds it beside those that there are. */
static gboolean
fits_chip (KafQuery *self, const KafNode *node)
{
  if (node->kind != KAF_NODE_CONDITION || node->condition->path == NULL)
    return FALSE;
  for (guint i = 0; i < self->conditions->len; i++)
    {
      const KafCondition *other = g_ptr_array_index (self->conditions, i);

      if (g_str_equal (other->path, node->condition->path) &&
          (other->op == node->condition->op || !op_is_bound (other->op) ||
           !op_is_bound (node->condition->op)))
        return FALSE;
    }
  return TRUE;
}

void
kaf_query_set_tree (KafQuery *self, const KafNode *tree)
{
  g_return_if_fail (kaf_node_is_group (tree));

  kaf_query_clear_conditions (self);
  kaf_query_clear_nodes (self);
  if (tree->kind != KAF_NODE_ALL)
    {
      kaf_query_add_node (self, kaf_node_copy (tree));
      return;
    }
  for (guint i = 0; i < tree->children->len; i++)
    {
      const KafNode *node = g_ptr_array_index (tree->children, i);

      if (fits_chip (self, node))
        g_ptr_array_add (self->conditions, kaf_condition_copy (node->condition));
      else
        kaf_query_add_node (self, kaf_node_copy (node));
    }
}

typedef struct
{
  KafQueryFieldFunc func;
  gpointer data;
} FieldSearch;

static const KafField *
find_in_path (const FieldSearch *search, const KafEntity *entity, const char *path)
{
  const KafField *field = path != NULL ? kaf_query_resolve (entity, path, NULL, NULL) : NULL;

  return field != NULL && search->func (field, search->data) ? field : NULL;
}

static const KafField *
find_in_node (const FieldSearch *search, const KafEntity *entity, const KafNode *node)
{
  const KafField *found = NULL;

  if (node->kind == KAF_NODE_CONDITION)
    return find_in_path (search, entity, node->condition->path);
  if (node->kind == KAF_NODE_RELATED && node->link.field != NULL &&
      search->func (node->link.field, search->data))
    return node->link.field;
  for (guint i = 0; found == NULL && i < node->children->len; i++)
    found = find_in_node (search, kaf_node_get_inner (node, entity),
                          g_ptr_array_index (node->children, i));
  return found;
}

const KafField *
kaf_query_find_field (const KafQuery *self, KafQueryFieldFunc func, gpointer data)
{
  const FieldSearch search = { func, data };
  const KafField *found = find_in_path (&search, self->entity, self->sort);

  for (guint i = 0; found == NULL && i < self->conditions->len; i++)
    found = find_in_path (&search, self->entity,
                          ((KafCondition *) g_ptr_array_index (self->conditions, i))->path);
  for (guint i = 0; found == NULL && i < self->nodes->len; i++)
    found = find_in_node (&search, self->entity, g_ptr_array_index (self->nodes, i));
  return found;
}

gboolean
kaf_query_equal (const KafQuery *a, const KafQuery *b)
{
  if (a->entity != b->entity || a->descending != b->descending ||
      g_strcmp0 (a->text, b->text) != 0 || g_strcmp0 (a->sort, b->sort) != 0 ||
      a->conditions->len != b->conditions->len || a->nodes->len != b->nodes->len)
    return FALSE;

  for (guint i = 0; i < a->conditions->len; i++)
    if (!kaf_condition_equal (g_ptr_array_index (a->conditions, i),
                              g_ptr_array_index (b->conditions, i)))
      return FALSE;
  for (guint i = 0; i < a->nodes->len; i++)
    if (!kaf_node_equal (g_ptr_array_index (a->nodes, i), g_ptr_array_index (b->nodes, i)))
      return FALSE;
  return TRUE;
}

/* Records chosen by hand: what a selection is filtered by. */
static const KafField id_field = {
  .id = "id",
  .kind = KAF_KIND_TEXT,
  .label = N_ ("Selection"),
  .since = 1,
};

const KafField *
kaf_query_resolve (const KafEntity *entity,
                   const char *path,
                   const KafEntity **owner,
                   const KafEntity **related)
{
  const char *dot = strchr (path, '.');
  const KafEntity *holder = entity;
  const KafField *field;

  if (dot != NULL)
    {
      g_autofree char *name = g_strndup (path, dot - path);

      holder = kaf_registry_find (name);
      field = holder != NULL ? kaf_entity_find_field (holder, dot + 1) : NULL;
    }
  else if (g_str_equal (path, id_field.id))
    field = &id_field;
  else
    {
      field = kaf_entity_find_field (entity, path);
      if (field == NULL && entity->owner != NULL)
        {
          holder = kaf_registry_find (entity->owner);
          field = kaf_entity_find_field (holder, path);
        }
      if (field == NULL)
        {
          holder = entity;
          field = kaf_derived_find (entity, path);
        }
    }

  if (owner != NULL)
    *owner = holder;
  if (related != NULL)
    *related = dot != NULL ? holder : NULL;
  return field;
}
