/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What the hub says of erasures, read: what is not whole is refused, what is not known here left out; how a device stands
 * to an erasure, and until when something is kept. */
#include "config.h"

#include <string.h>

#include "base/kaf-bidi.h"
#include "net/kaf-erasure-text.h"
#include "net/kaf-net-error.h"

static const char answer[] =
    "{\"erasure\":1000,\"by\":\"salwa\",\"name\":\"PER-2026-0001\",\"entity\":\"person\",\"id\":\"a\",\"n\":6,"
    "\"number\":6}\n"
    "{\"kept\":\"mandate\",\"id\":\"m\",\"name\":\"Tresoriere\",\"name_ar\":null,\"of\":\"ORG-2026-0001\","
    "\"ends\":\"2028-02-29\"}\n"
    "{\"kept\":\"nothing_known\",\"id\":\"x\",\"name\":null,\"name_ar\":null,\"of\":null,\"ends\":null}\n"
    "{\"erasure\":2000,\"by\":null,\"name\":\"-\",\"entity\":\"person\",\"id\":\"b\",\"n\":1,\"number\":9}\n"
    "{\"kept\":\"mission_expert\",\"id\":\"e\",\"name\":null,\"name_ar\":null,\"of\":\"MIS-2026-0001\",\"ends\":null}\n"
    "{\"device\":\"01\",\"user\":\"amina\",\"name\":\"one\",\"enrolled\":1,\"synced\":5,\"revoked\":0,\"erased\":9,"
    "\"receipts\":[[3,10],[7,20],[9,30]]}\n"
    "{\"device\":\"02\",\"user\":\"karim\",\"name\":\"two\",\"enrolled\":1,\"synced\":5,\"revoked\":0,\"erased\":6,"
    "\"receipts\":[]}\n"
    "{\"device\":\"03\",\"user\":\"nora\",\"name\":\"three\",\"enrolled\":1,\"synced\":5,\"revoked\":8,\"erased\":0,"
    "\"receipts\":[]}\n"
    "{\"device\":\"04\",\"user\":\"omar\",\"name\":\"four\",\"enrolled\":1,\"synced\":0,\"revoked\":0,\"erased\":0,"
    "\"receipts\":[]}\n"
    "{\"what\":\"comes one day\"}\n";

static KafErasures *
read_answer (void)
{
  g_autoptr (GError) error = NULL;
  KafErasures *all = kaf_erasures_parse (answer, strlen (answer), &error);

  g_assert_no_error (error);
  return all;
}

static void
test_read (void)
{
  g_autoptr (KafErasures) all = read_answer ();
  const KafErasure *last = g_ptr_array_index (all->erasures, 0);
  const KafErasure *first = g_ptr_array_index (all->erasures, 1);
  const KafErasureKept *kept;

  g_assert_cmpuint (all->erasures->len, ==, 2);
  g_assert_cmpuint (all->devices->len, ==, 4);
  g_assert_cmpint (first->at, ==, 1000000);
  g_assert_cmpstr (first->by, ==, "salwa");
  g_assert_cmpstr (first->name, ==, "PER-2026-0001");
  g_assert_cmpuint (first->n, ==, 6);
  g_assert_cmpuint (first->kept->len, ==, 1);
  kept = g_ptr_array_index (first->kept, 0);
  g_assert_cmpstr (kept->entity->id, ==, "mandate");
  g_assert_cmpstr (kept->of, ==, "ORG-2026-0001");
  /* A restored hub did it again: nobody named a number. */
  g_assert_null (last->by);
  g_assert_null (last->name);
  g_assert_cmpuint (last->kept->len, ==, 1);
}

static void
test_refused (void)
{
  static const char *const texts[] = { "[]\n", "{\"erasure\":1.5}\n",
                                       "{\"device\":\"01\",\"device\":\"02\"}\n", "no\n" };

  for (guint i = 0; i < G_N_ELEMENTS (texts); i++)
    {
      g_autoptr (GError) error = NULL;

      g_assert_null (kaf_erasures_parse (texts[i], strlen (texts[i]), &error));
      g_assert_error (error, KAF_NET_ERROR, KAF_NET_ERROR_PROTOCOL);
    }
}

static void
assert_state (const KafErasures *all, guint erasure, guint device, KafErasureState state, gint64 at)
{
  gint64 when;

  g_assert_cmpint (kaf_erasure_get_state (g_ptr_array_index (all->erasures, erasure),
                                          g_ptr_array_index (all->devices, device), &when),
                   ==, state);
  g_assert_cmpint (when, ==, at);
}

static char *
plain (char *text)
{
  char *stripped = kaf_bidi_strip (text);

  g_free (text);
  return stripped;
}

static void
test_states (void)
{
  g_autoptr (KafErasures) all = read_answer ();
  KafErasureCount count;
  g_autofree char *one = NULL, *other = NULL, *seen = NULL, *receipts = NULL;

  /* By the first receipt that reaches so far. */
  assert_state (all, 1, 0, KAF_ERASURE_CONFIRMED, 20000);
  assert_state (all, 0, 0, KAF_ERASURE_CONFIRMED, 30000);
  /* Of a hub that kept no receipts then. */
  assert_state (all, 1, 1, KAF_ERASURE_CONFIRMED, 0);
  assert_state (all, 0, 1, KAF_ERASURE_AWAITED, 0);
  assert_state (all, 0, 2, KAF_ERASURE_SHUT_OUT, 0);
  assert_state (all, 0, 3, KAF_ERASURE_EMPTY, 0);
  count = kaf_erasure_count (g_ptr_array_index (all->erasures, 0), all);
  g_assert_cmpuint (count.n_confirmed, ==, 1);
  g_assert_cmpuint (count.n_awaited, ==, 1);
  /* Nobody waits for a device that was shut out; it is told of. */
  g_assert_cmpuint (count.n_shut_out, ==, 1);
  receipts = kaf_erasure_text_receipts (&count, KAF_LANG_EN);
  g_assert_cmpstr (receipts, ==, "1 device of 2 · 1 withdrawn");
  one = plain (kaf_erasure_text_device (g_ptr_array_index (all->devices, 0)));
  g_assert_cmpstr (one, ==, "amina · one · 01");
  /* Of one name, they are told apart by the ends of their numbers. */
  other = plain (kaf_erasure_text_device (&(KafErasureDevice){
      .id = (char *) "00c0ffee00abcd12", .user = (char *) "amina", .name = (char *) "one" }));
  g_assert_cmpstr (other, ==, "amina · one · cd12");
  seen = plain (kaf_erasure_text_seen (g_ptr_array_index (all->erasures, 0),
                                       g_ptr_array_index (all->devices, 3), KAF_LANG_EN));
  g_assert_true (g_str_has_prefix (seen, "Enrolled on "));
  g_assert_null (strstr (seen, "last seen"));
}

static void
assert_until (const KafErasure *erasure, guint years, const char *expected)
{
  g_autofree char *text =
      kaf_erasure_text_until (g_ptr_array_index (erasure->kept, 0), years, KAF_LANG_EN);
  g_autofree char *plain = kaf_bidi_strip (text);

  g_assert_cmpstr (plain, ==, expected);
}

static void
test_until (void)
{
  g_autoptr (KafErasures) all = read_answer ();

  assert_until (g_ptr_array_index (all->erasures, 1), 4, "Kept until 29/02/2032");
  assert_until (g_ptr_array_index (all->erasures, 1), 10, "Kept until 28/02/2038");
  assert_until (g_ptr_array_index (all->erasures, 0), 10, "Kept while it lasts, then for 10 years");
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/erasures/read", test_read);
  g_test_add_func ("/erasures/refused", test_refused);
  g_test_add_func ("/erasures/states", test_states);
  g_test_add_func ("/erasures/until", test_until);
  return g_test_run ();
}
