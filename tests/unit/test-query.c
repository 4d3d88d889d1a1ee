/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A query as text: what older programs kept reads as it did, what is new comes back the same, and what is hostile is
 * refused with a sentence. */
#include "config.h"

#include <string.h>

#include "base/kaf-validation-error.h"
#include "record/kaf-query.h"
#include "schema/kaf-registry.h"

static KafQuery *
read_query (const char *json)
{
  g_autoptr (GError) error = NULL;
  KafQuery *query = kaf_query_from_json (json, &error);

  g_assert_no_error (error);
  return query;
}

static void
refuse (const char *json, const char *why)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (KafQuery) query = kaf_query_from_json (json, &error);

  if (query != NULL)
    g_error ("read: %.200s", json);
  g_assert_error (error, KAF_VALIDATION_ERROR, KAF_VALIDATION_ERROR_SYNTAX);
  g_assert_nonnull (strstr (error->message, why));
}

static void
test_old (void)
{
  static const char old[] =
      "{\"entity\":\"expert\",\"sort\":\"country\",\"descending\":true,\"where\":["
      "{\"path\":\"country\",\"op\":\"any-of\",\"values\":[\"DE\",\"CH\"]},"
      "{\"path\":\"confirmed_on\",\"op\":\"at-least\",\"values\":[\"2025\"]},"
      "{\"path\":\"confirmed_on\",\"op\":\"at-most\",\"values\":[\"2026\"]},"
      "{\"path\":\"membership.network\",\"op\":\"unset\",\"values\":[]}]}";
  g_autoptr (KafQuery) query = read_query (old);
  g_autofree char *again = kaf_query_to_json (query);

  g_assert_cmpuint (kaf_query_get_n_conditions (query), ==, 4);
  g_assert_cmpuint (kaf_query_get_n_nodes (query), ==, 0);
  g_assert_cmpstr (again, ==, old);
}

static KafQuery *
make_tree (void)
{
  const KafEntity *entity = kaf_registry_find ("project_holder");
  KafQuery *query = kaf_query_new (entity);
  g_autoptr (KafNode) all = kaf_node_new_group (KAF_NODE_ALL);
  KafNode *any = kaf_node_new_group (KAF_NODE_ANY);
  KafNode *project;
  KafLink link;

  kaf_node_add (
      all, kaf_node_new_condition ("country", KAF_OP_ANY_OF, (const char *const[]){ "DE", NULL }));
  /* A second condition on the same field fits no chip. */
  kaf_node_add (all, kaf_node_new_condition ("country", KAF_OP_SET, NULL));
  g_assert_true (kaf_link_find (entity, KAF_LINK_BELONGING, "project.person", &link));
  project = kaf_node_new_related (&link, KAF_HOW_AT_LEAST, 2);
  kaf_node_add (project, kaf_node_new_condition ("next_on", KAF_OP_LAST_DAYS,
                                                 (const char *const[]){ "90", NULL }));
  kaf_node_add (any, project);
  kaf_node_add (all, any);
  kaf_query_set_tree (query, all);
  return query;
}

static void
test_tree (void)
{
  g_autoptr (KafQuery) query = make_tree ();
  g_autoptr (KafQuery) copy = kaf_query_copy (query);
  g_autofree char *json = kaf_query_to_json (query);
  g_autoptr (KafQuery) again = read_query (json);
  g_autoptr (KafNode) tree = kaf_query_get_tree (query);

  g_assert_nonnull (strstr (json, "\"version\":2"));
  g_assert_cmpuint (kaf_query_get_n_conditions (query), ==, 1);
  g_assert_cmpuint (kaf_query_get_n_nodes (query), ==, 2);
  g_assert_true (kaf_query_equal (query, copy));
  g_assert_true (kaf_query_equal (query, again));
  g_assert_cmpuint (kaf_node_count (tree), ==, 6);
  g_assert_cmpuint (kaf_node_depth (tree), ==, 3);

  /* Any difference is one. */
  kaf_query_set_tree (again, g_ptr_array_index (tree->children, 2));
  g_assert_false (kaf_query_equal (query, again));
  kaf_query_set_condition (copy, "country", KAF_OP_ANY_OF, (const char *const[]){ "FR", NULL });
  g_assert_false (kaf_query_equal (query, copy));
}

/* A chip stays what it was: the tree's conditions at the top are the flat ones. */
static void
test_flat (void)
{
  g_autoptr (KafQuery) query = make_tree ();

  kaf_query_remove_condition (query, "country");
  g_assert_cmpuint (kaf_query_get_n_conditions (query), ==, 0);
  g_assert_true (kaf_query_has_conditions (query));
  kaf_query_clear_nodes (query);
  g_assert_false (kaf_query_has_conditions (query));
}

static void
test_hostile (void)
{
  g_autoptr (GString) deep = g_string_new ("{\"version\":2,\"entity\":\"person\",\"where\":[");
  g_autoptr (GString) wide = g_string_new (deep->str);
  g_autoptr (GString) brackets = g_string_new (NULL);
  g_autoptr (GString) many = g_string_new (deep->str);

  for (guint i = 0; i < 9; i++)
    g_string_append (deep, "{\"group\":\"all\",\"where\":[");
  for (guint i = 0; i < 9; i++)
    g_string_append (deep, "]}");
  g_string_append (deep, "]}");
  refuse (deep->str, "too deep");

  for (guint i = 0; i < 201; i++)
    g_string_append_printf (wide, "%s{\"path\":\"country\",\"op\":\"set\",\"values\":[]}",
                            i > 0 ? "," : "");
  g_string_append (wide, "]}");
  refuse (wide->str, "too many conditions");

  for (guint i = 0; i < 1000000; i++)
    g_string_append_c (brackets, '[');
  refuse (brackets->str, "too deep");

  g_string_append (many, "{\"path\":\"country\",\"op\":\"any-of\",\"values\":[\"\"");
  for (guint i = 0; i < 1000; i++)
    g_string_append (many, ",\"DE\"");
  g_string_append (many, "]}]}");
  refuse (many->str, "too many values");

#define P "{\"version\":2,\"entity\":\"person\",\"where\":["
  refuse ("{\"version\":3,\"entity\":\"person\",\"where\":[]}", "newer version");
  refuse ("{\"version\":\"2\",\"entity\":\"person\",\"where\":[]}", "newer version");
  refuse ("", "not a search");
  refuse ("[]", "not a search");
  refuse ("\xff\xfe", "not a search");
  refuse ("{\"entity\":\"spy\",\"where\":[]}", "unknown here");
  refuse ("{\"entity\":7,\"where\":[]}", "unknown here");
  refuse (P "{\"path\":\"country\",\"op\":\"any-of\",\"values\":[]}]}", "unknown here");
  refuse (P "{\"path\":\"country\",\"op\":\"any-of\",\"values\":[{}]}]}", "unknown here");
  refuse (P "{\"path\":\"country\",\"op\":\"any-of\",\"values\":[7]}]}", "unknown here");
  refuse (P "{\"path\":\"country\\\" OR 1\",\"op\":\"set\",\"values\":[]}]}", "unknown here");
  refuse (P "{\"path\":\"country\",\"op\":\"last-days\",\"values\":[\"3\"]}]}", "unknown here");
  refuse (P "{\"path\":\"confirmed_on\",\"op\":\"last-days\",\"values\":[\"-3\"]}]}",
          "unknown here");
  refuse (P "{\"path\":\"confirmed_on\",\"op\":\"last-days\",\"values\":[\"99999999999\"]}]}",
          "unknown here");
  refuse (P "{\"path\":\"languages\",\"op\":\"at-least\",\"values\":[\"a\"]}]}", "unknown here");
  refuse (P "{\"group\":\"some\",\"where\":[]}]}", "unknown here");
  refuse (P "{\"group\":\"any\"}]}", "unknown here");
  refuse (P "{\"has\":\"head.rid\",\"how\":\"some\",\"where\":[]}]}", "unknown here");
  refuse (P "{\"has\":\"contact.mission\",\"how\":\"some\",\"where\":[]}]}", "unknown here");
  refuse (P "{\"has\":\"contact.person\",\"how\":\"at-least\",\"n\":0,\"where\":[]}]}",
          "unknown here");
  refuse (P "{\"has\":\"contact.person\",\"how\":\"at-least\",\"n\":1.5,\"where\":[]}]}",
          "unknown here");
  refuse (P "{\"is\":\"network\",\"how\":\"some\",\"where\":[]}]}", "unknown here");
  refuse (P "7]}", "unknown here");
  /* Without a version nothing is read that the first did not know. */
  refuse ("{\"entity\":\"person\",\"where\":[{\"group\":\"any\",\"where\":[]}]}", "unknown here");
#undef P
}

/* What json-glib reads and JSON is not, in which brackets could hide until it runs out of stack. */
static void
test_hidden (void)
{
  static const char *const heads[] = {
    "{\"entity\":/*\"*/",
    "{\"entity\"://\"\n",
    "{'\"':",
    "{\"entity\":\"\\",
  };
  g_autofree char *brackets = g_strnfill (200000, '[');

  for (guint i = 0; i < G_N_ELEMENTS (heads); i++)
    {
      g_autofree char *json = g_strconcat (heads[i], brackets, NULL);

      refuse (json, "not a search");
    }
  refuse ("{\"entity\":\"person\",\"text\":\"a\\u0000b\"}", "not a search");
}

/* A search of which a part is passed over finds those whom nobody asked for. */
static void
test_whole (void)
{
#define C "{\"path\":\"country\",\"op\":\"any-of\",\"values\":[\"DE\"]"
  refuse ("{\"entity\":\"person\",\"where\":" C "}}", "unknown here");
  refuse ("{\"entity\":\"person\",\"Where\":[" C "}]}", "unknown here");
  refuse ("{\"entity\":\"person\",\"text\":7,\"where\":[]}", "unknown here");
  refuse ("{\"entity\":\"person\",\"where\":[" C ",\"not\":true}]}", "unknown here");
  refuse ("{\"version\":2,\"entity\":\"person\",\"where\":[{\"group\":\"any\",\"where\":[" C
          "}],\"not\":true}]}",
          "unknown here");
  refuse ("{\"version\":2,\"entity\":\"person\",\"where\":[{\"has\":\"contact.person\","
          "\"how\":\"some\",\"where\":[],\"since\":\"2026\"}]}",
          "unknown here");
#undef C
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/query/old", test_old);
  g_test_add_func ("/query/tree", test_tree);
  g_test_add_func ("/query/flat", test_flat);
  g_test_add_func ("/query/hostile", test_hostile);
  g_test_add_func ("/query/hidden", test_hidden);
  g_test_add_func ("/query/whole", test_whole);
  return g_test_run ();
}
