/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What stands in a form, as it was typed, wrong or not: the content of a draft. */
#include "config.h"

#include "record/kaf-typed.h"

#include <string.h>

#include <json-glib/json-glib.h>

char *
kaf_typed_to_json (GHashTable *typed)
{
  g_autoptr (JsonBuilder) builder = json_builder_new ();
  g_autoptr (JsonNode) root = NULL;
  g_autoptr (GList) keys = NULL;

  g_return_val_if_fail (typed != NULL, NULL);

  keys = g_list_sort (g_hash_table_get_keys (typed), (GCompareFunc) strcmp);
  json_builder_begin_object (builder);
  for (GList *key = keys; key != NULL; key = key->next)
    {
      json_builder_set_member_name (builder, key->data);
      json_builder_add_string_value (builder, g_hash_table_lookup (typed, key->data));
    }
  json_builder_end_object (builder);

  root = json_builder_get_root (builder);
  return json_to_string (root, FALSE);
}

GHashTable *
kaf_typed_from_json (const char *json)
{
  g_autoptr (JsonNode) root = json != NULL ? json_from_string (json, NULL) : NULL;
  GHashTable *typed;
  JsonObjectIter iter;
  const char *name;
  JsonNode *node;

  if (root == NULL || !JSON_NODE_HOLDS_OBJECT (root))
    return NULL;

  typed = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  json_object_iter_init (&iter, json_node_get_object (root));
  while (json_object_iter_next (&iter, &name, &node))
    if (JSON_NODE_HOLDS_VALUE (node) && json_node_get_value_type (node) == G_TYPE_STRING)
      g_hash_table_insert (typed, g_strdup (name), json_node_dup_string (node));
  return typed;
}
