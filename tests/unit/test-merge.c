/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What the histories of tests/sim do not come by: one rule each, by hand. */
#include "config.h"

#include "schema/kaf-set.h"
#include "sync/kaf-merge.h"

#define HERE 1
#define THERE 2

static KafMark
mark (gint64 seq, guint64 device, gint64 ms)
{
  return (KafMark){ seq, device, kaf_hlc_make (ms, 0, device) };
}

static KafSight
sight (gint64 saw, guint64 device, gint64 ms)
{
  return (KafSight){ saw, device, kaf_hlc_make (ms, 0, device) };
}

/* One field, edited from @before to @after where @standing stands by another's hand at number 5. */
static KafMergeResult
merge (KafMerge rule, const char *before, const char *after, const char *standing, KafSight by)
{
  KafMergeField field = { before, after, standing, mark (5, THERE, 500) };

  return kaf_merge_unit (rule, &field, 1, &by);
}

static void
test_unit (void)
{
  const KafMerge rule = KAF_MERGE_LAST_WRITER;

  g_assert_cmpint (merge (rule, "a", "b", "a", sight (5, HERE, 600)), ==, KAF_MERGE_TAKEN);
  g_assert_cmpint (merge (rule, "x", "b", "a", sight (5, HERE, 1)), ==, KAF_MERGE_TAKEN);
  g_assert_cmpint (merge (rule, "x", "b", "a", sight (4, THERE, 1)), ==, KAF_MERGE_TAKEN);
  g_assert_cmpint (merge (rule, "x", "a", "a", sight (4, HERE, 1)), ==, KAF_MERGE_STANDS);
  g_assert_cmpint (merge (rule, "x", "b", "a", sight (4, HERE, 600)), ==, KAF_MERGE_WON);
  g_assert_cmpint (merge (rule, "x", "b", "a", sight (4, HERE, 400)), ==, KAF_MERGE_LOST);
  /* Unknown is a value too. */
  g_assert_cmpint (merge (rule, "x", NULL, "a", sight (4, HERE, 600)), ==, KAF_MERGE_WON);
  g_assert_cmpint (merge (rule, "x", NULL, NULL, sight (4, HERE, 600)), ==, KAF_MERGE_STANDS);
  /* Changed and changed back. */
  g_assert_cmpint (merge (rule, "a", "b", "a", sight (4, HERE, 400)), ==, KAF_MERGE_TAKEN);
}

/* Made again by one who did not know that it had been made, and emptied since. */
static void
test_made (void)
{
  const KafMerge rule = KAF_MERGE_LAST_WRITER;
  KafMergeField never = { NULL, "b", NULL, { 0 } };
  KafSight unseen = sight (4, HERE, 600), earlier = sight (4, HERE, 400),
           seen = sight (5, HERE, 400);

  unseen.made = earlier.made = seen.made = TRUE;
  g_assert_cmpint (merge (rule, NULL, "b", NULL, unseen), ==, KAF_MERGE_WON);
  g_assert_cmpint (merge (rule, NULL, "b", NULL, earlier), ==, KAF_MERGE_LOST);
  g_assert_cmpint (merge (rule, NULL, "b", NULL, seen), ==, KAF_MERGE_TAKEN);
  g_assert_cmpint (merge (rule, NULL, "b", "b", earlier), ==, KAF_MERGE_STANDS);
  /* Nobody ever wrote there. */
  g_assert_cmpint (kaf_merge_unit (rule, &never, 1, &earlier), ==, KAF_MERGE_TAKEN);
}

static void
test_append_only (void)
{
  const KafMerge rule = KAF_MERGE_APPEND_ONLY;

  g_assert_cmpint (merge (rule, NULL, "b", NULL, sight (4, HERE, 600)), ==, KAF_MERGE_TAKEN);
  g_assert_cmpint (merge (rule, NULL, "a", "a", sight (4, HERE, 600)), ==, KAF_MERGE_STANDS);
  g_assert_cmpint (merge (rule, "a", "b", "a", sight (5, HERE, 600)), ==, KAF_MERGE_REFUSED);
  g_assert_cmpint (merge (rule, "a", NULL, "a", sight (5, THERE, 600)), ==, KAF_MERGE_REFUSED);
}

/* The whole unit is as new as its newest field. */
static void
test_units (void)
{
  KafMergeField fields[] = { { "1", "2", "1", mark (3, THERE, 300) },
                             { "EUR", "EUR", "MAD", mark (7, THERE, 700) } };
  KafSight before = sight (5, HERE, 600);
  KafSight after = sight (5, HERE, 800);
  KafSight seen = sight (7, HERE, 600);

  g_assert_cmpint (kaf_merge_unit (KAF_MERGE_LAST_WRITER, fields, 2, &before), ==, KAF_MERGE_LOST);
  g_assert_cmpint (kaf_merge_unit (KAF_MERGE_LAST_WRITER, fields, 2, &after), ==, KAF_MERGE_WON);
  g_assert_cmpint (kaf_merge_unit (KAF_MERGE_LAST_WRITER, fields, 2, &seen), ==, KAF_MERGE_TAKEN);
}

/* Takes an edit into @elements and tells what they are then. */
static char *
take (GPtrArray *elements, const char *before, const char *after, KafSight by, gint64 seq)
{
  char *set = NULL;

  kaf_merge_set (elements, before, after, &by, seq);
  for (guint i = 0; i < elements->len; i++)
    {
      const KafMergeElement *element = g_ptr_array_index (elements, i);
      g_autofree char *shorter = set;

      set = kaf_set_add (shorter, element->value, element->detail);
    }
  return set;
}

static void
assert_take (GPtrArray *elements,
             const char *before,
             const char *after,
             KafSight by,
             gint64 seq,
             const char *expected)
{
  g_autofree char *set = take (elements, before, after, by, seq);

  g_assert_cmpstr (set, ==, expected);
}

static void
test_sets (void)
{
  g_autoptr (GPtrArray) elements =
      g_ptr_array_new_with_free_func ((GDestroyNotify) kaf_merge_element_free);

  assert_take (elements, NULL, "fr\tB2\nar\tC2", sight (0, HERE, 100), 1, "fr\tB2\nar\tC2");
  /* Another detail, by one who saw the first, then by one who did not and wrote earlier. */
  assert_take (elements, "fr\tB2", "fr\tC1", sight (1, THERE, 300), 2, "fr\tC1\nar\tC2");
  assert_take (elements, "fr\tB2", "fr\tA2", sight (1, HERE, 200), 3, "fr\tC1\nar\tC2");
  /* Who had not seen the second detail wanted the element gone: somebody wants it still. */
  assert_take (elements, "fr\tB2\nar\tC2", NULL, sight (1, HERE, 400), 4, "fr\tC1");
  assert_take (elements, "fr\tC1", NULL, sight (4, HERE, 500), 5, NULL);
  /* What is gone already cannot go. */
  g_assert_false (kaf_merge_set (elements, "de", NULL, &(KafSight){ .saw = 5 }, 6));
}

static void
test_delete (void)
{
  KafMark marks[] = { mark (3, HERE, 300), mark (6, THERE, 600) };
  KafSight unseen = sight (5, HERE, 900);
  KafSight seen = sight (6, HERE, 900);

  g_assert_true (kaf_merge_delete (marks, 1, &unseen));
  g_assert_false (kaf_merge_delete (marks, 2, &unseen));
  g_assert_true (kaf_merge_delete (marks, 2, &seen));
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/merge/unit", test_unit);
  g_test_add_func ("/merge/made", test_made);
  g_test_add_func ("/merge/append-only", test_append_only);
  g_test_add_func ("/merge/units", test_units);
  g_test_add_func ("/merge/sets", test_sets);
  g_test_add_func ("/merge/delete", test_delete);
  return g_test_run ();
}
