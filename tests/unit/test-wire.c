/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What may come in from outside, and what may not: each rule by its borders. */
#include "config.h"

#include <json-glib/json-glib.h>
#include <string.h>

#include "base/kaf-random.h"
#include "sync/kaf-wire.h"

static const char *const good[] = {
  "{}",
  "[]",
  " \t\r\n[ ]\n",
  "null",
  "true",
  "false",
  "\"\"",
  "0",
  "-1",
  "9223372036854775807",
  "-9223372036854775808",
  "[1,2,3]",
  "{\"a\":1,\"b\":[{},[],{\"a\":null}],\"A\":\"a\"}",
  "{\"a\":{\"a\":{\"a\":1}},\"b\":{\"a\":1}}",
  "\"\\u0001\\u00e9\\ud83d\\ude00 \\\" \\\\ \\/ \\b\\f\\n\\r\\t\"",
  "\"الوافي 😀 \x7f\"",
  "[{\"o\":\"update\",\"e\":\"person\",\"i\":\"x\",\"b\":\"0f\",\"f\":{\"city\":[null,\"Fès\"]}}]",
};

static const struct
{
  const char *text;
  KafSyncError code;
} bad[] = {
  { "", KAF_SYNC_ERROR_GRAMMAR },
  { "  ", KAF_SYNC_ERROR_GRAMMAR },
  { "[", KAF_SYNC_ERROR_GRAMMAR },
  { "]", KAF_SYNC_ERROR_GRAMMAR },
  { "[}", KAF_SYNC_ERROR_GRAMMAR },
  { "{]", KAF_SYNC_ERROR_GRAMMAR },
  { "[1,]", KAF_SYNC_ERROR_GRAMMAR },
  { "[,1]", KAF_SYNC_ERROR_GRAMMAR },
  { "[1 2]", KAF_SYNC_ERROR_GRAMMAR },
  { "{\"a\":1,}", KAF_SYNC_ERROR_GRAMMAR },
  { "{\"a\" 1}", KAF_SYNC_ERROR_GRAMMAR },
  { "{\"a\":}", KAF_SYNC_ERROR_GRAMMAR },
  { "{\"a\"}", KAF_SYNC_ERROR_GRAMMAR },
  { "{a:1}", KAF_SYNC_ERROR_GRAMMAR },
  { "{1:1}", KAF_SYNC_ERROR_GRAMMAR },
  { "['a']", KAF_SYNC_ERROR_GRAMMAR },
  { "[] []", KAF_SYNC_ERROR_GRAMMAR },
  { "1 2", KAF_SYNC_ERROR_GRAMMAR },
  { "nul", KAF_SYNC_ERROR_GRAMMAR },
  { "True", KAF_SYNC_ERROR_GRAMMAR },
  { "truefalse", KAF_SYNC_ERROR_GRAMMAR },
  { "inf", KAF_SYNC_ERROR_GRAMMAR },
  { "NaN", KAF_SYNC_ERROR_GRAMMAR },
  { "// c\n1", KAF_SYNC_ERROR_GRAMMAR },
  { "/* c */1", KAF_SYNC_ERROR_GRAMMAR },
  { "var a = 1;", KAF_SYNC_ERROR_GRAMMAR },
  { "\xef\xbb\xbf{}", KAF_SYNC_ERROR_GRAMMAR },
  { "\f{}", KAF_SYNC_ERROR_GRAMMAR },
  { "\"a", KAF_SYNC_ERROR_GRAMMAR },
  { "\"a\\", KAF_SYNC_ERROR_GRAMMAR },
  { "\"a\\\"", KAF_SYNC_ERROR_GRAMMAR },
  { "\"\n\"", KAF_SYNC_ERROR_GRAMMAR },
  { "\"\\x41\"", KAF_SYNC_ERROR_GRAMMAR },
  { "\"\\u12\"", KAF_SYNC_ERROR_GRAMMAR },
  { "\"\\u12g4\"", KAF_SYNC_ERROR_GRAMMAR },
  { "+1", KAF_SYNC_ERROR_GRAMMAR },
  { "-", KAF_SYNC_ERROR_GRAMMAR },
  { "-a", KAF_SYNC_ERROR_GRAMMAR },
  { ".5", KAF_SYNC_ERROR_GRAMMAR },
  { "0x10", KAF_SYNC_ERROR_GRAMMAR },
  { "-0", KAF_SYNC_ERROR_NUMBER },
  { "01", KAF_SYNC_ERROR_NUMBER },
  { "-01", KAF_SYNC_ERROR_NUMBER },
  { "1.0", KAF_SYNC_ERROR_NUMBER },
  { "1e2", KAF_SYNC_ERROR_NUMBER },
  { "1E2", KAF_SYNC_ERROR_NUMBER },
  { "9223372036854775808", KAF_SYNC_ERROR_NUMBER },
  { "-9223372036854775809", KAF_SYNC_ERROR_NUMBER },
  { "18446744073709551617", KAF_SYNC_ERROR_NUMBER },
  { "[99999999999999999999999999999999]", KAF_SYNC_ERROR_NUMBER },
  { "\"\\u0000\"", KAF_SYNC_ERROR_STRING },
  { "{\"a\\u0000b\":1}", KAF_SYNC_ERROR_STRING },
  { "\"\\ud800\"", KAF_SYNC_ERROR_STRING },
  { "\"\\ud800\\u0041\"", KAF_SYNC_ERROR_STRING },
  { "\"\\udc00\\ud800\"", KAF_SYNC_ERROR_STRING },
  { "\"\\ud800\\ud800\"", KAF_SYNC_ERROR_STRING },
  { "\"\xff\"", KAF_SYNC_ERROR_ENCODING },
  { "\"\xc0\xaf\"", KAF_SYNC_ERROR_ENCODING },
  { "\"\xed\xa0\x80\"", KAF_SYNC_ERROR_ENCODING },
  { "\"\xf4\x90\x80\x80\"", KAF_SYNC_ERROR_ENCODING },
  { "{\"a\":1,\"a\":2}", KAF_SYNC_ERROR_DUPLICATE_KEY },
  { "{\"a\":1,\"b\":2,\"c\":{},\"\\u0061\":2}", KAF_SYNC_ERROR_DUPLICATE_KEY },
  { "{\"é\":1,\"\\u00e9\":2}", KAF_SYNC_ERROR_DUPLICATE_KEY },
  { "{\"😀\":1,\"\\ud83d\\ude00\":2}", KAF_SYNC_ERROR_DUPLICATE_KEY },
  { "[{\"x\":{\"a\":1,\"b\":{\"a\":1},\"a\":2}}]", KAF_SYNC_ERROR_DUPLICATE_KEY },
  { "{\"\":1}", KAF_SYNC_ERROR_DUPLICATE_KEY },
};

/* In a buffer of exactly its size, so that a read beyond the end is seen. */
static gboolean
check_exact (const char *text, gsize size, GError **error)
{
  g_autofree char *copy = g_malloc (MAX (size, 1));

  memcpy (copy, text, size);
  return kaf_wire_check (copy, size, error);
}

static void
test_good (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (good); i++)
    {
      g_autoptr (GError) error = NULL;

      g_test_message ("%s", good[i]);
      check_exact (good[i], strlen (good[i]), &error);
      g_assert_no_error (error);
    }
}

static void
test_bad (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (bad); i++)
    {
      g_autoptr (GError) error = NULL;

      g_test_message ("%s", bad[i].text);
      g_assert_false (check_exact (bad[i].text, strlen (bad[i].text), &error));
      g_assert_error (error, KAF_SYNC_ERROR, (int) bad[i].code);
    }
  g_assert_false (check_exact ("\"a\0b\"", 5, NULL));
  g_assert_false (check_exact ("1\0", 2, NULL));
}

static char *
nest (const char *open, const char *inner, const char *close, guint depth)
{
  GString *text = g_string_new (NULL);

  for (guint i = 0; i < depth; i++)
    g_string_append (text, open);
  g_string_append (text, inner);
  for (guint i = 0; i < depth; i++)
    g_string_append (text, close);
  return g_string_free (text, FALSE);
}

static void
test_depth (void)
{
  static const struct
  {
    const char *open, *inner, *close;
  } kinds[] = { { "[", "", "]" }, { "{\"a\":", "0", "}" }, { "[0,", "0", ",0]" } };

  for (guint i = 0; i < G_N_ELEMENTS (kinds); i++)
    {
      g_autofree char *most =
          nest (kinds[i].open, kinds[i].inner, kinds[i].close, KAF_WIRE_MAX_DEPTH);
      g_autofree char *more =
          nest (kinds[i].open, kinds[i].inner, kinds[i].close, KAF_WIRE_MAX_DEPTH + 1);
      g_autofree char *million = nest (kinds[i].open, kinds[i].inner, kinds[i].close, 1000000);
      g_autoptr (GError) error = NULL;

      g_assert_true (kaf_wire_check (most, strlen (most), NULL));
      g_assert_false (kaf_wire_check (more, strlen (more), &error));
      g_assert_error (error, KAF_SYNC_ERROR, KAF_SYNC_ERROR_TOO_DEEP);
      g_assert_false (kaf_wire_check (million, strlen (million), NULL));
    }
}

static void
test_size (void)
{
  g_autofree char *text = g_malloc (KAF_WIRE_MAX_SIZE + 1);
  g_autoptr (GError) error = NULL;

  memset (text, ' ', KAF_WIRE_MAX_SIZE + 1);
  text[0] = '1';
  g_assert_true (kaf_wire_check (text, KAF_WIRE_MAX_SIZE, NULL));
  g_assert_false (kaf_wire_check (text, KAF_WIRE_MAX_SIZE + 1, &error));
  g_assert_error (error, KAF_SYNC_ERROR, KAF_SYNC_ERROR_TOO_LARGE);
}

/* An object of very many names stays cheap, and a twin among them is found. */
static void
test_many_names (void)
{
  g_autoptr (GString) text = g_string_new ("{");
  g_autoptr (GError) error = NULL;
  gint64 start;

  for (guint i = 0; i < 300000; i++)
    g_string_append_printf (text, "\"n%u\":%u,", i, i);
  g_string_append (text, "\"last\":0}");
  start = g_get_monotonic_time ();
  g_assert_true (kaf_wire_check (text->str, text->len, NULL));
  g_assert_cmpint (g_get_monotonic_time () - start, <, 10 * G_USEC_PER_SEC);

  g_string_truncate (text, text->len - 1);
  g_string_append (text, ",\"n77777\":0}");
  g_assert_false (kaf_wire_check (text->str, text->len, &error));
  g_assert_error (error, KAF_SYNC_ERROR, KAF_SYNC_ERROR_DUPLICATE_KEY);
}

/* Good texts with a byte changed, lost or doubled: what passes, json-glib reads too. */
static void
test_mutations (void)
{
  g_autoptr (KafRandom) random = kaf_random_new_seeded (11);
  guint passed = 0;

  for (guint round = 0; round < 60000; round++)
    {
      g_autoptr (GString) text = g_string_new (good[round % G_N_ELEMENTS (good)]);
      g_autoptr (JsonParser) parser = json_parser_new ();
      g_autoptr (GError) error = NULL;

      for (guint i = kaf_random_below (random, 3) + 1; i > 0; i--)
        {
          guint at = kaf_random_below (random, text->len + 1);

          if (at == text->len || kaf_random_below (random, 3) == 0)
            g_string_insert_c (text, at, "[]{}\",:\\u0019-ea \x80"[kaf_random_below (random, 18)]);
          else if (kaf_random_below (random, 2) == 0)
            g_string_erase (text, at, 1);
          else
            text->str[at] = (char) kaf_random_below (random, 128);
        }
      if (!check_exact (text->str, text->len, NULL))
        continue;
      passed++;
      json_parser_load_from_data (parser, text->str, text->len, &error);
      g_assert_no_error (error);
    }
  g_assert_cmpuint (passed, >, 1000);
}

static void
assert_parts (const char *text, const char *expected)
{
  g_autoptr (GArray) parts = kaf_wire_parts_new ();
  g_autoptr (GString) found = g_string_new (NULL);
  g_autoptr (GError) error = NULL;
  const KafWirePart *root = kaf_wire_parse (text, strlen (text), parts, &error), *one;

  g_assert_no_error (error);
  g_assert_true (root == &g_array_index (parts, KafWirePart, 0));
  g_assert_cmpuint (root->span, ==, parts->len);
  one = root + 1;
  for (guint i = 0; i < root->n; i++, one = kaf_wire_after (one))
    {
      g_string_append_printf (found, "<%.*s", (int) one->size, one->text);
      if (kaf_wire_is_object (root))
        {
          one++;
          g_string_append_printf (found, "=%.*s", (int) one->size, one->text);
        }
      else
        g_assert_true (kaf_wire_nth (root, i) == one);
      g_string_append_c (found, '>');
    }
  g_assert_true (one == root + root->span);
  g_assert_cmpstr (found->str, ==, expected);
}

static void
test_split (void)
{
  g_autoptr (GArray) parts = kaf_wire_parts_new ();

  assert_parts ("[]", "");
  assert_parts (" [ ] ", "");
  assert_parts ("[1]", "<1>");
  assert_parts ("[1, \"a,]\" ,null,[2,[3]],{\"a\":[4],\"b\":{}}]",
                "<1><\"a,]\"><null><[2,[3]]><{\"a\":[4],\"b\":{}}>");
  assert_parts ("{\"a\":[1,2]}", "<a=[1,2]>");
  assert_parts ("{\"a\":{\"b\":[],\"c\":2},\"d\\n\" : \"x\"}",
                "<a={\"b\":[],\"c\":2}><d\\n=\"x\">");
  assert_parts ("[[],{}]", "<[]><{}>");
  assert_parts ("7", "");
  g_assert_null (kaf_wire_parse ("[1,2", 4, parts, NULL));
  g_assert_null (kaf_wire_parse ("[1,{\"a\":1,\"a\":2}]", 19, parts, NULL));
}

static void
test_look (void)
{
  const char *text = "{\"n\":-7,\"s\":\"a\\u00e9\",\"l\":[null,{\"n\":8}],\"t\":true}";
  g_autoptr (GArray) parts = kaf_wire_parts_new ();
  g_autoptr (GError) error = NULL;
  const KafWirePart *root = kaf_wire_parse_object (text, strlen (text), parts, &error), *list;
  g_autofree char *string = NULL;
  gint64 number;

  g_assert_no_error (error);
  string = kaf_wire_find_string (root, "s");
  g_assert_cmpstr (string, ==, "aé");
  g_assert_true (kaf_wire_find_integer (root, "n", &number) && number == -7);
  g_assert_false (kaf_wire_find_integer (root, "s", &number));
  list = kaf_wire_find (root, "l");
  g_assert_true (kaf_wire_is_null (kaf_wire_nth (list, 0)));
  g_assert_true (kaf_wire_find_integer (kaf_wire_nth (list, 1), "n", &number) && number == 8);
  g_assert_null (kaf_wire_nth (list, 2));
  g_assert_null (kaf_wire_nth (root, 0));
  g_assert_true (kaf_wire_is_true (kaf_wire_find (root, "t")));
  g_assert_null (kaf_wire_find (list, "n"));
  g_assert_null (kaf_wire_find (root, "nothing"));
  g_assert_null (kaf_wire_find (NULL, "n"));
  g_assert_null (kaf_wire_parse_object ("[1]", 3, parts, &error));
  g_assert_error (error, KAF_SYNC_ERROR, KAF_SYNC_ERROR_GRAMMAR);
}

static void
test_many_parts (void)
{
  g_autoptr (GArray) parts = kaf_wire_parts_new ();
  g_autoptr (GString) text = g_string_new ("[1");
  g_autoptr (GError) error = NULL;

  while (text->len < 2 * KAF_WIRE_MAX_PARTS)
    g_string_append (text, ",1");
  g_string_append_c (text, ']');
  g_assert_true (kaf_wire_check (text->str, text->len, NULL));
  g_assert_null (kaf_wire_parse (text->str, text->len, parts, &error));
  g_assert_error (error, KAF_SYNC_ERROR, KAF_SYNC_ERROR_TOO_LARGE);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/wire/good", test_good);
  g_test_add_func ("/wire/bad", test_bad);
  g_test_add_func ("/wire/depth", test_depth);
  g_test_add_func ("/wire/size", test_size);
  g_test_add_func ("/wire/many-names", test_many_names);
  g_test_add_func ("/wire/look", test_look);
  g_test_add_func ("/wire/many-parts", test_many_parts);
  g_test_add_func ("/wire/mutations", test_mutations);
  g_test_add_func ("/wire/split", test_split);
  return g_test_run ();
}
