/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Whatever the wire check lets pass, json-glib reads without a crash and as it was checked: not
 * deeper, no number that is not whole; what it writes again passes and reads the same; and the parts
 * of an array, read one by one, are its elements. */
#include "config.h"

#include <json-glib/json-glib.h>
#include <string.h>

#include "sync/kaf-wire.h"

int LLVMFuzzerTestOneInput (const guint8 *data, gsize size);

static void look (JsonNode *node, guint depth);

static void
look_at_member (JsonObject *object, const char *name, JsonNode *node, gpointer depth)
{
  g_assert_true (*name != '\0' && g_utf8_validate (name, -1, NULL));
  look (node, GPOINTER_TO_UINT (depth));
}

static void
look_at_element (JsonArray *array, guint index, JsonNode *node, gpointer depth)
{
  look (node, GPOINTER_TO_UINT (depth));
}

static void
look (JsonNode *node, guint depth)
{
  if (JSON_NODE_HOLDS_OBJECT (node))
    {
      g_assert_cmpuint (depth, <, KAF_WIRE_MAX_DEPTH);
      json_object_foreach_member (json_node_get_object (node), look_at_member,
                                  GUINT_TO_POINTER (depth + 1));
    }
  else if (JSON_NODE_HOLDS_ARRAY (node))
    {
      g_assert_cmpuint (depth, <, KAF_WIRE_MAX_DEPTH);
      json_array_foreach_element (json_node_get_array (node), look_at_element,
                                  GUINT_TO_POINTER (depth + 1));
    }
  else if (JSON_NODE_HOLDS_VALUE (node))
    {
      GType type = json_node_get_value_type (node);

      g_assert_true (type == G_TYPE_INT64 || type == G_TYPE_BOOLEAN || type == G_TYPE_STRING);
      if (type == G_TYPE_STRING)
        g_assert_true (g_utf8_validate (json_node_get_string (node), -1, NULL));
    }
}

static void
look_at_parts (const char *text, gsize size, JsonNode *root)
{
  g_autoptr (GArray) parts = kaf_wire_parts_new ();
  JsonArray *array = JSON_NODE_HOLDS_ARRAY (root) ? json_node_get_array (root) : NULL;
  const KafWirePart *list = kaf_wire_parse (text, size, parts, NULL), *part;

  g_assert_nonnull (list);
  g_assert_cmpuint (list->span, ==, parts->len);
  if (array == NULL)
    return;
  g_assert_cmpuint (list->n, ==, json_array_get_length (array));
  part = list + 1;
  for (guint i = 0; i < list->n; i++, part = kaf_wire_after (part))
    {
      g_autoptr (JsonParser) parser = json_parser_new ();
      g_autoptr (GError) error = NULL;

      json_parser_load_from_data (parser, part->text, (gssize) part->size, &error);
      g_assert_no_error (error);
      g_assert_true (
          json_node_equal (json_parser_get_root (parser), json_array_get_element (array, i)));
    }
}

int
LLVMFuzzerTestOneInput (const guint8 *data, gsize size)
{
  g_autoptr (JsonParser) parser = json_parser_new ();
  g_autoptr (JsonParser) second = json_parser_new ();
  g_autoptr (GError) error = NULL;
  g_autofree char *again = NULL;
  JsonNode *root;

  if (!kaf_wire_check ((const char *) data, size, NULL))
    return 0;

  json_parser_load_from_data (parser, (const char *) data, (gssize) size, &error);
  g_assert_no_error (error);
  root = json_parser_get_root (parser);
  look (root, 0);
  look_at_parts ((const char *) data, size, root);

  again = json_to_string (root, FALSE);
  kaf_wire_check (again, strlen (again), &error);
  g_assert_no_error (error);
  json_parser_load_from_data (second, again, -1, &error);
  g_assert_no_error (error);
  g_assert_true (json_node_equal (root, json_parser_get_root (second)));
  return 0;
}
