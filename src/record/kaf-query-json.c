/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A query as text. It may come by sync from elsewhere: nothing in it is trusted, and what is not understood is refused
 * whole, since a query without one of its conditions finds those whom nobody asked for.
 *
 *   {"entity":"expert","where":[{"path":"country","op":"any-of","values":["DE"]}]}
 *
 * and, in format 2, among the conditions,
 *
 *   {"group":"any","where":[…]}                           also "all", "none"
 *   {"has":"contact.person","how":"none","where":[…]}     records that belong to it
 *   {"field":"network","how":"some","where":[…]}          what it refers to
 *   {"is":"project_holder","how":"at-least","n":2,"where":[…]} */
#include "config.h"

#include "record/kaf-query.h"

#include <glib/gi18n-lib.h>
#include <json-glib/json-glib.h>
#include <string.h>

#include "base/kaf-validation-error.h"
#include "record/kaf-json-in.h"
#include "schema/kaf-registry.h"

/* Objects and lists within one another: two for each group, and some to spare. */
#define JSON_DEPTH_MAX (2 * KAF_NODE_DEPTH_MAX + 8)

static const char *const op_names[] = { "any-of",    "none-of",     "at-least", "at-most",
                                        "contains",  "set",         "unset",    "last-days",
                                        "next-days", "before-days", NULL };
static const char *const group_names[] = { "all", "any", "none", NULL };
static const char *const how_names[] = { "some", "none", "at-least", NULL };
static const char *const link_names[] = { "has", "field", "is", NULL };
static const char *const query_members[] = { "version",    "entity", "text", "sort",
                                             "descending", "where",  NULL };
static const char *const condition_members[] = { "path", "op", "values", NULL };
static const char *const group_members[] = { "group", "where", NULL };
static const char *const related_members[] = { "has", "field", "is", "how", "n", "where", NULL };

G_STATIC_ASSERT (G_N_ELEMENTS (op_names) == KAF_N_OPS + 1);

/* Writing */

static void
write_condition (JsonBuilder *builder, const KafCondition *condition)
{
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

static void
write_node (JsonBuilder *builder, const KafNode *node)
{
  if (node->kind == KAF_NODE_CONDITION)
    {
      write_condition (builder, node->condition);
      return;
    }

  json_builder_begin_object (builder);
  if (node->kind == KAF_NODE_RELATED)
    {
      g_autofree char *name = kaf_link_name (&node->link);

      json_builder_set_member_name (builder, link_names[node->link.kind]);
      json_builder_add_string_value (builder, name);
      json_builder_set_member_name (builder, "how");
      json_builder_add_string_value (builder, how_names[node->how]);
      if (node->how == KAF_HOW_AT_LEAST)
        {
          json_builder_set_member_name (builder, "n");
          json_builder_add_int_value (builder, node->at_least);
        }
    }
  else
    {
      json_builder_set_member_name (builder, "group");
      json_builder_add_string_value (builder, group_names[node->kind]);
    }
  json_builder_set_member_name (builder, "where");
  json_builder_begin_array (builder);
  for (guint i = 0; i < node->children->len; i++)
    write_node (builder, g_ptr_array_index (node->children, i));
  json_builder_end_array (builder);
  json_builder_end_object (builder);
}

/* What an older program reads as it always did stays in the format that it knows. */
static gboolean
needs_format_2 (const KafQuery *self)
{
  for (guint i = 0; i < kaf_query_get_n_conditions (self); i++)
    if (kaf_op_is_relative (kaf_query_get_condition (self, i)->op))
      return TRUE;
  return kaf_query_get_n_nodes (self) > 0;
}

char *
kaf_query_to_json (const KafQuery *self)
{
  g_autoptr (JsonBuilder) builder = json_builder_new ();
  g_autoptr (JsonGenerator) generator = json_generator_new ();
  g_autoptr (JsonNode) root = NULL;

  json_builder_begin_object (builder);
  if (needs_format_2 (self))
    {
      json_builder_set_member_name (builder, "version");
      json_builder_add_int_value (builder, KAF_QUERY_FORMAT);
    }
  json_builder_set_member_name (builder, "entity");
  json_builder_add_string_value (builder, kaf_query_get_entity (self)->id);
  if (kaf_query_get_text (self) != NULL)
    {
      json_builder_set_member_name (builder, "text");
      json_builder_add_string_value (builder, kaf_query_get_text (self));
    }
  if (kaf_query_get_sort (self) != NULL)
    {
      json_builder_set_member_name (builder, "sort");
      json_builder_add_string_value (builder, kaf_query_get_sort (self));
      json_builder_set_member_name (builder, "descending");
      json_builder_add_boolean_value (builder, kaf_query_get_descending (self));
    }
  json_builder_set_member_name (builder, "where");
  json_builder_begin_array (builder);
  for (guint i = 0; i < kaf_query_get_n_conditions (self); i++)
    write_condition (builder, kaf_query_get_condition (self, i));
  for (guint i = 0; i < kaf_query_get_n_nodes (self); i++)
    write_node (builder, kaf_query_get_node (self, i));
  json_builder_end_array (builder);
  json_builder_end_object (builder);

  root = json_builder_get_root (builder);
  json_generator_set_root (generator, root);
  return json_generator_to_data (generator, NULL);
}

/* Reading */

static gpointer
fail (GError **error, const char *sentence)
{
  g_set_error_literal (error, KAF_VALIDATION_ERROR, KAF_VALIDATION_ERROR_SYNTAX, sentence);
  return NULL;
}

static gpointer
fail_unknown (GError **error)
{
  return fail (
      error, _ ("A condition of this search is unknown here. It was made by another version of the "
                "program: make it again, or update."));
}

static const char *
member_string (JsonObject *object, const char *name)
{
  JsonNode *node = json_object_get_member (object, name);

  return node != NULL && JSON_NODE_HOLDS_VALUE (node) &&
                 json_node_get_value_type (node) == G_TYPE_STRING
             ? json_node_get_string (node)
             : NULL;
}

/* Of a member that is a whole number; @otherwise when it is missing, -1 when it is something else. */
static gint64
member_number (JsonObject *object, const char *name, gint64 otherwise)
{
  JsonNode *node = json_object_get_member (object, name);

  if (node == NULL)
    return otherwise;
  return JSON_NODE_HOLDS_VALUE (node) && json_node_get_value_type (node) == G_TYPE_INT64
             ? json_node_get_int (node)
             : -1;
}

static JsonArray *
member_array (JsonObject *object, const char *name)
{
  JsonNode *node = json_object_get_member (object, name);

  return node != NULL && JSON_NODE_HOLDS_ARRAY (node) ? json_node_get_array (node) : NULL;
}

/* Place of @name in a table that ends with NULL, or -1. */
static int
find_name (const char *const *table, const char *name)
{
  for (int i = 0; name != NULL && table[i] != NULL; i++)
    if (g_str_equal (table[i], name))
      return i;
  return -1;
}

/* NULL for what is no text. (transfer full) */
static GStrv
read_values (JsonArray *list)
{
  g_autoptr (GStrvBuilder) builder = g_strv_builder_new ();

  for (guint i = 0; list != NULL && i < json_array_get_length (list); i++)
    {
      JsonNode *value = json_array_get_element (list, i);

      if (!JSON_NODE_HOLDS_VALUE (value) || json_node_get_value_type (value) != G_TYPE_STRING)
        return NULL;
      g_strv_builder_add (builder, json_node_get_string (value));
    }
  return g_strv_builder_end (builder);
}

static gboolean
are_days (const char *text)
{
  guint64 days;

  return g_ascii_string_to_unsigned (text, 10, 0, KAF_OP_DAYS_MAX, &days, NULL);
}

/* A condition as the store may run it. NULL with error. (transfer full) */
static KafNode *
read_condition (const KafEntity *entity, JsonObject *object, GError **error)
{
  const char *path = member_string (object, "path");
  int op = find_name (op_names, member_string (object, "op"));
  g_auto (GStrv) values = read_values (member_array (object, "values"));
  guint n = values != NULL ? g_strv_length (values) : 0;
  gboolean chosen = path != NULL && g_str_equal (path, "id");
  const KafField *field = path != NULL ? kaf_query_resolve (entity, path, NULL, NULL) : NULL;

  if (field == NULL || op < 0 || values == NULL || !kaf_op_suits (op, field) ||
      !kaf_json_in_has_only (object, condition_members))
    return fail_unknown (error);
  if (n > KAF_NODE_VALUES_MAX && !chosen)
    return fail (error, _ ("This search has too many values to be read."));
  if ((kaf_op_takes_values (op) && n == 0) || (kaf_op_is_relative (op) && !are_days (values[0])) ||
      (chosen && op != KAF_OP_ANY_OF && op != KAF_OP_NONE_OF))
    return fail_unknown (error);
  return kaf_node_new_condition (path, op, (const char *const *) values);
}

static gboolean read_children (KafNode *self,
                               const KafEntity *entity,
                               JsonArray *list,
                               guint depth,
                               guint *left,
                               GError **error);

static KafNode *
read_related (const KafEntity *entity,
              JsonObject *object,
              KafLinkKind kind,
              guint depth,
              guint *left,
              GError **error)
{
  const char *name = member_string (object, link_names[kind]);
  int how = find_name (how_names, member_string (object, "how"));
  gint64 n = member_number (object, "n", 1);
  g_autoptr (KafNode) node = NULL;
  KafLink link;

  if (name == NULL || how < 0 || n < 1 || n > G_MAXINT32 ||
      !kaf_json_in_has_only (object, related_members) || !kaf_link_find (entity, kind, name, &link))
    return fail_unknown (error);
  node = kaf_node_new_related (&link, how, (guint) n);
  if (!read_children (node, link.entity, member_array (object, "where"), depth, left, error))
    return NULL;
  return g_steal_pointer (&node);
}

/* @depth: groups that may still lie within; @left: nodes that may still come. */
static KafNode *
read_node (const KafEntity *entity, JsonNode *json, guint depth, guint *left, GError **error)
{
  JsonObject *object = JSON_NODE_HOLDS_OBJECT (json) ? json_node_get_object (json) : NULL;
  g_autoptr (KafNode) node = NULL;
  int kind;

  if (object == NULL)
    return fail_unknown (error);
  if (*left == 0 || depth == 0)
    return fail (error,
                 _ ("This search has too many conditions, or they lie too deep, to be read."));
  (*left)--;
  for (guint i = 0; link_names[i] != NULL; i++)
    if (json_object_has_member (object, link_names[i]))
      return read_related (entity, object, i, depth - 1, left, error);
  if (!json_object_has_member (object, "group"))
    return read_condition (entity, object, error);

  kind = find_name (group_names, member_string (object, "group"));
  if (kind < 0 || !kaf_json_in_has_only (object, group_members))
    return fail_unknown (error);
  node = kaf_node_new_group (kind);
  if (!read_children (node, entity, member_array (object, "where"), depth - 1, left, error))
    return NULL;
  return g_steal_pointer (&node);
}

static gboolean
read_children (KafNode *self,
               const KafEntity *entity,
               JsonArray *list,
               guint depth,
               guint *left,
               GError **error)
{
  for (guint i = 0; list != NULL && i < json_array_get_length (list); i++)
    {
      KafNode *child = read_node (entity, json_array_get_element (list, i), depth, left, error);

      if (child == NULL)
        return FALSE;
      kaf_node_add (self, child);
    }
  return list != NULL || fail_unknown (error) != NULL;
}

/* Filters kept by older programs may say a thing twice: the later said it. */
static gboolean
read_where (KafQuery *self, JsonArray *list, gint64 version, GError **error)
{
  g_autoptr (KafNode) all = kaf_node_new_group (KAF_NODE_ALL);
  guint left = KAF_NODE_COUNT_MAX;

  if (list == NULL)
    return TRUE;
  if (!read_children (all, kaf_query_get_entity (self), list, KAF_NODE_DEPTH_MAX, &left, error))
    return FALSE;
  if (version > 1)
    {
      kaf_query_set_tree (self, all);
      return TRUE;
    }
  for (guint i = 0; i < all->children->len; i++)
    {
      const KafNode *node = g_ptr_array_index (all->children, i);

      if (node->kind != KAF_NODE_CONDITION || kaf_op_is_relative (node->condition->op))
        return fail_unknown (error) != NULL;
      kaf_query_set_condition (self, node->condition->path, node->condition->op,
                               (const char *const *) node->condition->values);
    }
  return TRUE;
}

/* Whether all that the search says will be read: a list of conditions that is no list would find everybody. */
static gboolean
is_whole (JsonObject *object)
{
  return kaf_json_in_has_only (object, query_members) &&
         (!json_object_has_member (object, "text") || member_string (object, "text") != NULL) &&
         (!json_object_has_member (object, "sort") || member_string (object, "sort") != NULL) &&
         (!json_object_has_member (object, "where") || member_array (object, "where") != NULL);
}

KafQuery *
kaf_query_from_json (const char *json, GError **error)
{
  g_autoptr (JsonNode) root = NULL;
  g_autoptr (KafQuery) self = NULL;
  JsonObject *object;
  const KafEntity *entity;
  gint64 version;
  gboolean too_much;

  if (!kaf_json_in_is_harmless (json, KAF_QUERY_JSON_MAX, JSON_DEPTH_MAX, &too_much))
    return too_much
               ? fail (error,
                       _ ("This search has too many conditions, or they lie too deep, to be read."))
               : fail (error, _ ("This is not a search."));
  root = json_from_string (json, NULL);
  if (root == NULL || !JSON_NODE_HOLDS_OBJECT (root))
    return fail (error, _ ("This is not a search."));

  object = json_node_get_object (root);
  version = member_number (object, "version", 1);
  if (version < 1 || version > KAF_QUERY_FORMAT)
    return fail (error,
                 _ ("This search was made by a newer version of the program: update to read it."));
  if (!is_whole (object))
    return fail_unknown (error);
  entity = kaf_registry_find (member_string (object, "entity"));
  if (entity == NULL)
    return fail (error, _ ("This search is of a list that is unknown here."));

  self = kaf_query_new (entity);
  kaf_query_set_text (self, member_string (object, "text"));
  if (member_string (object, "sort") != NULL)
    {
      JsonNode *descending = json_object_get_member (object, "descending");

      kaf_query_set_sort (self, member_string (object, "sort"),
                          descending != NULL && JSON_NODE_HOLDS_VALUE (descending) &&
                              json_node_get_value_type (descending) == G_TYPE_BOOLEAN &&
                              json_node_get_boolean (descending));
    }
  if (!read_where (self, member_array (object, "where"), version, error))
    return NULL;
  return g_steal_pointer (&self);
}
