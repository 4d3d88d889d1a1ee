/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What the hub says of numbers of papers, read: nothing of it is shown that is no number and no day. */
#include "config.h"

#include <string.h>

#include "net/kaf-net-error.h"
#include "net/kaf-papers.h"

static KafPapers *
read_list (const char *text, GError **error)
{
  return kaf_papers_parse (text, strlen (text), error);
}

static void
test_list (void)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (KafPapers) all =
      read_list ("{\"authorised\":true,\"papers\":["
                 "{\"kind\":\"cin\",\"until\":\"2031-12-24\",\"by\":\"rachid\",\"at\":7},"
                 "{\"kind\":\"licence\",\"until\":null,\"by\":null,\"at\":8},"
                 "{\"kind\":\"passport\",\"until\":null,\"by\":null,\"at\":-1}]}",
                 &error);

  g_assert_no_error (error);
  g_assert_true (all->authorised);
  g_assert_cmpuint (all->papers->len, ==, 2);
  g_assert_cmpstr (kaf_papers_find (all, KAF_IDENTITY_PAPER_CIN)->until, ==, "2031-12-24");
  g_assert_cmpint (kaf_papers_find (all, KAF_IDENTITY_PAPER_CIN)->at, ==, 7000);
  g_assert_cmpint (kaf_papers_find (all, KAF_IDENTITY_PAPER_PASSPORT)->at, ==, 0);
  g_assert_null (kaf_papers_find (all, KAF_IDENTITY_PAPER_RESIDENCE));
}

static void
test_list_refused (void)
{
  static const char *const texts[] = {
    "",
    "[]",
    "{\"authorised\":true}",
    "{\"papers\":{}}",
    "{\"papers\":[7]}",
    "{\"papers\":[{\"kind\":\"cin\"}]}",
    "{\"papers\":[{\"kind\":7,\"at\":7}]}",
    "{\"papers\":[{\"kind\":\"cin\",\"at\":\"7\"}]}",
    "{\"papers\":[{\"kind\":\"cin\",\"until\":\"demain\\u001b[2J\",\"at\":7}]}",
  };

  for (guint i = 0; i < G_N_ELEMENTS (texts); i++)
    {
      g_autoptr (GError) error = NULL;

      g_assert_null (read_list (texts[i], &error));
      g_assert_error (error, KAF_NET_ERROR, KAF_NET_ERROR_PROTOCOL);
    }
}

static void
test_number (void)
{
  static const struct
  {
    const char *told, *shown;
  } cases[] = {
    { "{\"kind\":\"cin\",\"number\":\"KN483920\",\"until\":null}", "KN483920" },
    { "{\"number\":\"ABCDEFGHIJ0123456789\"}", "ABCDEFGHIJ0123456789" },
    { "{\"number\":\"\"}", NULL },
    { "{\"number\":483920}", NULL },
    { "{\"number\":\"KN483920\\n\"}", NULL },
    { "{\"number\":\"KN\\u001b[2J483920\"}", NULL },
    { "{\"number\":\"KN\\u202e483920\"}", NULL },
    { "{\"number\":\"ABCDEFGHIJABCDEFGHIJABCDEFGHIJ012\"}", NULL },
    { "{\"kind\":\"cin\"}", NULL },
    { "[\"KN483920\"]", NULL },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (GError) error = NULL;
      char *number = kaf_papers_parse_number (cases[i].told, strlen (cases[i].told), &error);

      g_assert_cmpstr (number, ==, cases[i].shown);
      g_assert_true (number != NULL ||
                     g_error_matches (error, KAF_NET_ERROR, KAF_NET_ERROR_PROTOCOL));
      kaf_papers_free_number (number);
    }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/held-papers/list", test_list);
  g_test_add_func ("/held-papers/list-refused", test_list_refused);
  g_test_add_func ("/held-papers/number", test_number);
  return g_test_run ();
}
