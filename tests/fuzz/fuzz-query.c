/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Whatever the bytes: a query is refused with a sentence, or it is within the limits and comes back the same. */
#include "config.h"

#include "record/kaf-query.h"

int LLVMFuzzerTestOneInput (const guint8 *data, gsize size);

int
LLVMFuzzerTestOneInput (const guint8 *data, gsize size)
{
  g_autofree char *text = g_strndup ((const char *) data, size);
  g_autoptr (GError) error = NULL;
  g_autoptr (KafQuery) query = kaf_query_from_json (text, &error);
  g_autoptr (KafQuery) again = NULL;
  g_autoptr (KafNode) tree = NULL;
  g_autofree char *json = NULL;

  g_assert_true ((query != NULL) == (error == NULL));
  if (query == NULL)
    return 0;
  tree = kaf_query_get_tree (query);
  g_assert_cmpuint (kaf_node_depth (tree), <=, KAF_NODE_DEPTH_MAX);
  g_assert_cmpuint (kaf_node_count (tree), <=, KAF_NODE_COUNT_MAX + 1);
  json = kaf_query_to_json (query);
  again = kaf_query_from_json (json, &error);
  g_assert_no_error (error);
  g_assert_true (kaf_query_equal (query, again));
  return 0;
}
