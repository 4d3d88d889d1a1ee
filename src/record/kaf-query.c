/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "record/kaf-query.h"

#include <glib/gi18n-lib.h>
#include <json-glib/json-glib.h>
#include <string.h>

#include "base/kaf-validation-error.h"
#include "schema/kaf-derived.h"
#include "schema/kaf-registry.h"

struct _KafQuery
{
  gatomicrefcount refs;
  const KafEntity *entity;
  char *text;
  char *sort;
  gboolean descending;
  GPtrArray *conditions; /* of KafCondition */
};

static const char *const op_names[] = { "any-of",   "none-of", "at-least", "at-most",
                                        "contains", "set",     "unset" };

static void
condition_free (gpointer data)
{
  KafCondition *condition = data;

  g_free (condition->path);
  g_strfreev (condition->values);
  g_free (condition);
}

KafQuery *
kaf_query_new (const KafEntity *entity)
{
  KafQuery *self;

  g_return_val_if_fail (entity != NULL, NULL);

  self = g_new0 (KafQuery, 1);
  g_atomic_ref_count_init (&self->refs);
  self->entity = entity;
  self->conditions = g_ptr_array_new_with_free_func (condition_free);
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
  for (guint i = 0; i < self->conditions->len; i++)
    {
      const KafCondition *condition = g_ptr_array_index (self->conditions, i);

      kaf_query_set_condition (copy, condition->path, condition->op,
                               (const char *const *) condition->values);
    }
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

static gboolean
op_takes_values (KafOp op)
{
  return op != KAF_OP_SET && op != KAF_OP_UNSET;
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
  KafCondition *condition;

  for (guint i = self->conditions->len; i-- > 0;)
    {
      const KafCondition *old = g_ptr_array_index (self->conditions, i);

      if (g_str_equal (old->path, own_path) &&
          (old->op == op || !op_is_bound (op) || !op_is_bound (old->op)))
        g_ptr_array_remove_index (self->conditions, i);
    }

  if (op_takes_values (op) && (values == NULL || values[0] == NULL))
    return;

  condition = g_new0 (KafCondition, 1);
  condition->path = g_steal_pointer (&own_path);
  condition->op = op;
  condition->values = g_strdupv ((char **) values);
  g_ptr_array_add (self->conditions, condition);
}

void
kaf_query_clear_conditions (KafQuery *self)
{
  g_ptr_array_set_size (self->conditions, 0);
}

static gboolean
condition_equal (const KafCondition *a, const KafCondition *b)
{
  guint n_a = a->values != NULL ? g_strv_length (a->values) : 0;
  guint n_b = b->values != NULL ? g_strv_length (b->values) : 0;

  if (a->op != b->op || n_a != n_b || !g_str_equal (a->path, b->path))
    return FALSE;
  for (guint i = 0; i < n_a; i++)
    if (!g_str_equal (a->values[i], b->values[i]))
      return FALSE;
  return TRUE;
}

gboolean
kaf_query_equal (const KafQuery *a, const KafQuery *b)
{
  if (a->entity != b->entity || a->descending != b->descending ||
      g_strcmp0 (a->text, b->text) != 0 || g_strcmp0 (a->sort, b->sort) != 0 ||
      a->conditions->len != b->conditions->len)
    return FALSE;

  for (guint i = 0; i < a->conditions->len; i++)
    if (!condition_equal (g_ptr_array_index (a->conditions, i),
                          g_ptr_array_index (b->conditions, i)))
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

char *
kaf_query_to_json (const KafQuery *self)
{
  g_autoptr (JsonBuilder) builder = json_builder_new ();
  g_autoptr (JsonGenerator) generator = json_generator_new ();
  g_autoptr (JsonNode) root = NULL;

  json_builder_begin_object (builder);
  json_builder_set_member_name (builder, "entity");
  json_builder_add_string_value (builder, self->entity->id);
  if (self->text != NULL)
    {
      json_builder_set_member_name (builder, "text");
      json_builder_add_string_value (builder, self->text);
    }
  if (self->sort != NULL)
    {
      json_builder_set_member_name (builder, "sort");
      json_builder_add_string_value (builder, self->sort);
      json_builder_set_member_name (builder, "descending");
      json_builder_add_boolean_value (builder, self->descending);
    }
  json_builder_set_member_name (builder, "where");
  json_builder_begin_array (builder);
  for (guint i = 0; i < self->conditions->len; i++)
    {
      const KafCondition *condition = g_ptr_array_index (self->conditions, i);

      json_builder_begin_object (builder);
      json_builder_set_member_name (builder, "path");
      json_builder_add_string_value (builder, condition->path);
      json_builder_set_member_name (builder, "op");
      json_builder_add_string_value (builder, op_names[condition->op]);
      json_builder_set_member_name (builder, "values");
      json_builder_begin_array (builder);
      for (char **value = condition->values; value != NULL && *value != NULL; value++)
        json_builder_add_string_value (builder, *value);
      json_builder_end_array (builder);
      json_builder_end_object (builder);
    }
  json_builder_end_array (builder);
  json_builder_end_object (builder);

  root = json_builder_get_root (builder);
  json_generator_set_root (generator, root);
  return json_generator_to_data (generator, NULL);
}

static const char *
member_string (JsonObject *object, const char *name)
{
  JsonNode *node = json_object_get_member (object, name);

  return node != NULL && json_node_get_value_type (node) == G_TYPE_STRING
             ? json_node_get_string (node)
             : NULL;
}

static gboolean
read_condition (KafQuery *self, JsonNode *node)
{
  JsonObject *object = JSON_NODE_HOLDS_OBJECT (node) ? json_node_get_object (node) : NULL;
  const char *path = object != NULL ? member_string (object, "path") : NULL;
  const char *op = object != NULL ? member_string (object, "op") : NULL;
  JsonNode *list = object != NULL ? json_object_get_member (object, "values") : NULL;
  g_autoptr (GStrvBuilder) builder = g_strv_builder_new ();
  g_auto (GStrv) values = NULL;

  if (path == NULL || op == NULL || kaf_query_resolve (self->entity, path, NULL, NULL) == NULL)
    return FALSE;

  for (guint i = 0; list != NULL && JSON_NODE_HOLDS_ARRAY (list) &&
                    i < json_array_get_length (json_node_get_array (list));
       i++)
    {
      JsonNode *value = json_array_get_element (json_node_get_array (list), i);

      if (json_node_get_value_type (value) == G_TYPE_STRING)
        g_strv_builder_add (builder, json_node_get_string (value));
    }
  values = g_strv_builder_end (builder);

  for (guint i = 0; i < G_N_ELEMENTS (op_names); i++)
    if (g_str_equal (op_names[i], op))
      {
        kaf_query_set_condition (self, path, i, (const char *const *) values);
        return TRUE;
      }
  return FALSE;
}

KafQuery *
kaf_query_from_json (const char *json, GError **error)
{
  g_autoptr (JsonNode) root = NULL;
  g_autoptr (KafQuery) self = NULL;
  JsonObject *object;
  JsonNode *where;
  const KafEntity *entity;

  root = json_from_string (json, error);
  if (root == NULL || !JSON_NODE_HOLDS_OBJECT (root))
    {
      if (error != NULL && *error == NULL)
        g_set_error (error, KAF_VALIDATION_ERROR, KAF_VALIDATION_ERROR_SYNTAX, "not a search");
      return NULL;
    }

  object = json_node_get_object (root);
  entity = kaf_registry_find (member_string (object, "entity"));
  if (entity == NULL)
    {
      g_set_error (error, KAF_VALIDATION_ERROR, KAF_VALIDATION_ERROR_SYNTAX,
                   "a search of an unknown list");
      return NULL;
    }

  self = kaf_query_new (entity);
  kaf_query_set_text (self, member_string (object, "text"));
  if (member_string (object, "sort") != NULL)
    kaf_query_set_sort (self, member_string (object, "sort"),
                        json_object_get_boolean_member_with_default (object, "descending", FALSE));

  where = json_object_get_member (object, "where");
  for (guint i = 0; where != NULL && JSON_NODE_HOLDS_ARRAY (where) &&
                    i < json_array_get_length (json_node_get_array (where));
       i++)
    if (!read_condition (self, json_array_get_element (json_node_get_array (where), i)))
      {
        g_set_error (error, KAF_VALIDATION_ERROR, KAF_VALIDATION_ERROR_SYNTAX,
                     "a condition of this search is unknown here");
        return NULL;
      }
  return g_steal_pointer (&self);
}
