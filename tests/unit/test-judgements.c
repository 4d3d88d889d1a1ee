/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <string.h>

#include "base/kaf-random.h"
#include "match/kaf-judgements.h"

#define N_RECORDS 9
#define N_JUDGEMENTS 14
#define N_HISTORIES 10000

static gboolean
add (KafJudgements *self, const char *id, const char *a, const char *b, KafJudgementVerdict verdict)
{
  KafJudgement one = { .id = id, .a = a, .b = b, .verdict = verdict };

  return kaf_judgements_add (self, &one);
}

static gboolean
unjudge (KafJudgements *self, const char *id, const char *revokes)
{
  KafJudgement one = { .id = id, .verdict = KAF_VERDICT_REVOKE, .revokes = revokes };

  return kaf_judgements_add (self, &one);
}

static char *
join_members (KafJudgements *self, const char *id)
{
  g_autoptr (GPtrArray) members = kaf_judgements_list_members (self, id);

  g_ptr_array_add (members, NULL);
  return g_strjoinv (" ", (char **) members->pdata);
}

static void
test_components (void)
{
  g_autoptr (KafJudgements) self = kaf_judgements_new ();
  g_autofree char *alone = NULL;
  g_autofree char *three = NULL;
  g_autofree char *parted = NULL;

  alone = join_members (self, "x");
  g_assert_cmpstr (alone, ==, "x");
  g_assert_cmpstr (kaf_judgements_get_canonical (self, "x"), ==, "x");

  g_assert_true (add (self, "1", "c", "b", KAF_VERDICT_SAME));
  g_assert_true (add (self, "2", "a", "b", KAF_VERDICT_SAME));
  g_assert_true (add (self, "3", "x", "a", KAF_VERDICT_UNSURE));
  three = join_members (self, "c");
  g_assert_cmpstr (three, ==, "a b c");
  g_assert_cmpstr (kaf_judgements_get_canonical (self, "c"), ==, "a");
  g_assert_cmpstr (kaf_judgements_get_canonical (self, "x"), ==, "x");
  g_assert_cmpint (kaf_judgements_get_verdict (self, "b", "c"), ==, KAF_VERDICT_SAME);
  /* Only through another. */
  g_assert_cmpint (kaf_judgements_get_verdict (self, "a", "c"), ==, KAF_VERDICT_NONE);

  g_assert_true (unjudge (self, "4", "2"));
  parted = join_members (self, "c");
  g_assert_cmpstr (parted, ==, "b c");
  g_assert_cmpstr (kaf_judgements_get_canonical (self, "a"), ==, "a");
}

static void
test_says_nothing (void)
{
  g_autoptr (KafJudgements) self = kaf_judgements_new ();

  g_assert_false (add (self, "1", "a", "a", KAF_VERDICT_SAME));
  g_assert_false (add (self, "1", "a", NULL, KAF_VERDICT_SAME));
  g_assert_false (add (self, "1", "a", "", KAF_VERDICT_DIFFERENT));
  g_assert_false (add (self, NULL, "a", "b", KAF_VERDICT_SAME));
  g_assert_false (add (self, "1", "a", "b", KAF_VERDICT_NONE));
  g_assert_false (add (self, "1", "a", "b", 99));
  g_assert_false (unjudge (self, "1", NULL));
  g_assert_cmpstr (kaf_judgements_get_canonical (self, "b"), ==, "b");
}

/* Two judged alike: both are to be revoked before the two are apart. */
static void
test_twice (void)
{
  g_autoptr (KafJudgements) self = kaf_judgements_new ();
  g_autoptr (GPtrArray) standing = NULL;

  add (self, "2", "a", "b", KAF_VERDICT_SAME);
  add (self, "1", "b", "a", KAF_VERDICT_SAME);
  add (self, "1", "b", "a", KAF_VERDICT_SAME);
  standing = kaf_judgements_list_standing (self, "b", "a", KAF_VERDICT_SAME);
  g_assert_cmpuint (standing->len, ==, 2);
  g_assert_cmpstr (g_ptr_array_index (standing, 0), ==, "1");
  unjudge (self, "3", "1");
  g_assert_cmpstr (kaf_judgements_get_canonical (self, "b"), ==, "a");
  unjudge (self, "4", "2");
  g_assert_cmpstr (kaf_judgements_get_canonical (self, "b"), ==, "b");
}

/* It comes before what it revokes; and nothing revokes it. */
static void
test_revoked_first (void)
{
  g_autoptr (KafJudgements) self = kaf_judgements_new ();

  unjudge (self, "9", "1");
  unjudge (self, "10", "9");
  add (self, "1", "a", "b", KAF_VERDICT_SAME);
  g_assert_cmpstr (kaf_judgements_get_canonical (self, "b"), ==, "b");
}

static void
test_suggest (void)
{
  g_autoptr (KafJudgements) self = kaf_judgements_new ();

  g_assert_true (kaf_judgements_may_suggest (self, "a", "b"));
  add (self, "1", "a", "b", KAF_VERDICT_SAME);
  g_assert_false (kaf_judgements_may_suggest (self, "a", "b"));
  /* What is told apart from one is told apart from whoever is one with her. */
  add (self, "2", "b", "c", KAF_VERDICT_DIFFERENT);
  g_assert_false (kaf_judgements_may_suggest (self, "a", "c"));
  g_assert_false (kaf_judgements_may_suggest (self, "c", "a"));
  add (self, "3", "c", "d", KAF_VERDICT_SAME);
  g_assert_false (kaf_judgements_may_suggest (self, "d", "a"));
  /* What was left open was so for those two. */
  add (self, "4", "e", "b", KAF_VERDICT_UNSURE);
  g_assert_false (kaf_judgements_may_suggest (self, "b", "e"));
  g_assert_true (kaf_judgements_may_suggest (self, "d", "e"));
  unjudge (self, "5", "2");
  g_assert_true (kaf_judgements_may_suggest (self, "d", "a"));
}

/* Nothing is parted by itself: it is told. */
static void
test_contradiction (void)
{
  g_autoptr (KafJudgements) self = kaf_judgements_new ();
  g_autoptr (GArray) none = NULL;
  g_autoptr (GArray) one = NULL;

  add (self, "1", "a", "b", KAF_VERDICT_SAME);
  add (self, "2", "c", "a", KAF_VERDICT_DIFFERENT);
  none = kaf_judgements_list_contradictions (self);
  g_assert_cmpuint (none->len, ==, 0);
  add (self, "3", "b", "c", KAF_VERDICT_SAME);
  one = kaf_judgements_list_contradictions (self);
  g_assert_cmpuint (one->len, ==, 1);
  g_assert_cmpstr (g_array_index (one, KafContradiction, 0).judgement, ==, "2");
  g_assert_cmpstr (g_array_index (one, KafContradiction, 0).a, ==, "a");
  g_assert_cmpstr (g_array_index (one, KafContradiction, 0).b, ==, "c");
  g_assert_cmpstr (kaf_judgements_get_canonical (self, "c"), ==, "a");
}

/* Histories */

typedef struct
{
  char id[8], revokes[8];
  guint a, b;
  KafJudgementVerdict verdict;
} Drawn;

static const char *const names[N_RECORDS] = { "a", "b", "c", "d", "e", "f", "g", "h", "i" };

static void
draw (KafRandom *random, Drawn *drawn, guint n)
{
  for (guint i = 0; i < n; i++)
    {
      Drawn *one = &drawn[i];

      memset (one, 0, sizeof *one);
      g_snprintf (one->id, sizeof one->id, "j%u", i);
      one->a = kaf_random_below (random, N_RECORDS);
      one->b = (one->a + 1 + kaf_random_below (random, N_RECORDS - 1)) % N_RECORDS;
      one->verdict = KAF_VERDICT_SAME + kaf_random_below (random, 4);
      if (one->verdict == KAF_VERDICT_REVOKE)
        g_snprintf (one->revokes, sizeof one->revokes, "j%u", kaf_random_below (random, n));
    }
}

static void
add_drawn (KafJudgements *self, const Drawn *one)
{
  KafJudgement judgement = { one->id, names[one->a], names[one->b], one->verdict,
                             *one->revokes != '\0' ? one->revokes : NULL };

  g_assert_true (kaf_judgements_add (self, &judgement));
}

static void
shuffle (KafRandom *random, Drawn *drawn, guint n)
{
  for (guint i = n; i > 1; i--)
    {
      guint j = kaf_random_below (random, i);
      Drawn kept = drawn[i - 1];

      drawn[i - 1] = drawn[j];
      drawn[j] = kept;
    }
}

static gboolean
is_revoked (const Drawn *drawn, guint n, const Drawn *one)
{
  for (guint i = 0; i < n; i++)
    if (drawn[i].verdict == KAF_VERDICT_REVOKE && g_str_equal (drawn[i].revokes, one->id))
      return TRUE;
  return FALSE;
}

/* By the plainest way: the smallest that can be reached. */
static guint
reach (const Drawn *drawn, guint n, guint from)
{
  gboolean reached[N_RECORDS] = { FALSE };
  gboolean more = TRUE;
  guint least = 0;

  reached[from] = TRUE;
  while (more)
    {
      more = FALSE;
      for (guint i = 0; i < n; i++)
        if (drawn[i].verdict == KAF_VERDICT_SAME && !is_revoked (drawn, n, &drawn[i]) &&
            reached[drawn[i].a] != reached[drawn[i].b])
          more = reached[drawn[i].a] = reached[drawn[i].b] = TRUE;
    }
  while (!reached[least])
    least++;
  return least;
}

static char *
describe (KafJudgements *self)
{
  g_autoptr (GString) text = g_string_new (NULL);
  g_autoptr (GArray) contradictions = kaf_judgements_list_contradictions (self);

  for (guint i = 0; i < N_RECORDS; i++)
    {
      g_autofree char *members = join_members (self, names[i]);

      g_string_append_printf (text, "%s: %s (%s)", names[i],
                              kaf_judgements_get_canonical (self, names[i]), members);
      for (guint j = 0; j < N_RECORDS; j++)
        if (i != j)
          g_string_append_printf (text, " %d%d",
                                  kaf_judgements_get_verdict (self, names[i], names[j]),
                                  kaf_judgements_may_suggest (self, names[i], names[j]));
      g_string_append_c (text, '\n');
    }
  for (guint i = 0; i < contradictions->len; i++)
    g_string_append_printf (text, "%s\n",
                            g_array_index (contradictions, KafContradiction, i).judgement);
  return g_string_free (g_steal_pointer (&text), FALSE);
}

/* Whatever the order in which they come, and however often, all see the same; asked between them or not. */
static void
test_any_order (void)
{
  g_autoptr (KafRandom) random = kaf_random_new_seeded (8);

  for (guint round = 0; round < N_HISTORIES; round++)
    {
      g_autoptr (KafJudgements) here = kaf_judgements_new ();
      g_autoptr (KafJudgements) there = kaf_judgements_new ();
      Drawn drawn[N_JUDGEMENTS];
      g_autofree char *one = NULL;
      g_autofree char *other = NULL;

      draw (random, drawn, N_JUDGEMENTS);
      for (guint i = 0; i < N_JUDGEMENTS; i++)
        add_drawn (here, &drawn[i]);
      shuffle (random, drawn, N_JUDGEMENTS);
      for (guint i = 0; i < N_JUDGEMENTS; i++)
        {
          add_drawn (there, &drawn[i]);
          kaf_judgements_get_canonical (there, names[drawn[i].b]);
          add_drawn (there, &drawn[kaf_random_below (random, i + 1)]);
        }
      one = describe (here);
      other = describe (there);
      g_assert_cmpstr (one, ==, other);
      for (guint i = 0; i < N_RECORDS; i++)
        g_assert_cmpstr (kaf_judgements_get_canonical (here, names[i]), ==,
                         names[reach (drawn, N_JUDGEMENTS, i)]);
    }
}

/* What is revoked, together with what was judged meanwhile, leaves what was there before. */
static void
test_merge_and_unmerge (void)
{
  g_autoptr (KafRandom) random = kaf_random_new_seeded (80);

  for (guint round = 0; round < N_HISTORIES; round++)
    {
      g_autoptr (KafJudgements) never = kaf_judgements_new ();
      g_autoptr (KafJudgements) merged = kaf_judgements_new ();
      Drawn drawn[N_JUDGEMENTS];
      guint a = kaf_random_below (random, N_RECORDS);
      guint at = kaf_random_below (random, N_JUDGEMENTS);
      guint until = at + kaf_random_below (random, N_JUDGEMENTS - at);
      g_autofree char *before = NULL;
      g_autofree char *after = NULL;

      draw (random, drawn, N_JUDGEMENTS);
      for (guint i = 0; i < N_JUDGEMENTS; i++)
        {
          add_drawn (never, &drawn[i]);
          if (i == at)
            add (merged, "merge", names[a], names[(a + 1) % N_RECORDS], KAF_VERDICT_SAME);
          add_drawn (merged, &drawn[i]);
          if (i == until)
            unjudge (merged, "unmerge", "merge");
        }
      before = describe (never);
      after = describe (merged);
      g_assert_cmpstr (before, ==, after);
    }
}

static const KafJudgement kept[] = {
  { .id = "j1", .a = "a", .b = "b", .verdict = KAF_VERDICT_SAME },
  { .id = "j2", .a = "c", .b = "b", .verdict = KAF_VERDICT_DIFFERENT },
  { .id = "j3", .a = "c", .b = "d", .verdict = KAF_VERDICT_SAME },
  { .id = "j4", .a = "a", .b = "b", .verdict = KAF_VERDICT_REVOKE, .revokes = "j1" },
  { .id = "j5", .a = "x", .b = "y", .verdict = KAF_VERDICT_SAME },
};

static gboolean
read_kept (KafJudgementsWalk *walk, const char *id, gpointer data, GError **error)
{
  guint *n = data;

  if ((*n)++ == 3)
    {
      g_set_error_literal (error, G_FILE_ERROR, G_FILE_ERROR_IO, "the fourth is not read");
      return FALSE;
    }
  for (guint i = 0; i < G_N_ELEMENTS (kept); i++)
    if (g_str_equal (kept[i].a, id) || g_str_equal (kept[i].b, id))
      kaf_judgements_walk_meet (walk, &kept[i]);
  return TRUE;
}

/* From record to record, whatever was judged of them, and no further. */
static void
test_gather (void)
{
  g_autoptr (GHashTable) ids = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  g_autoptr (KafJudgements) whole = NULL;
  g_autoptr (KafJudgements) part = NULL;
  g_autoptr (GError) error = NULL;
  guint n = 100;

  g_hash_table_add (ids, g_strdup ("a"));
  whole = kaf_judgements_gather (ids, read_kept, &n, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (n, ==, 104);
  g_assert_cmpuint (g_hash_table_size (ids), ==, 4);
  g_assert_cmpstr (kaf_judgements_get_canonical (whole, "b"), ==, "b");
  g_assert_cmpstr (kaf_judgements_get_canonical (whole, "d"), ==, "c");
  g_assert_cmpstr (kaf_judgements_get_canonical (whole, "y"), ==, "y");

  g_hash_table_remove_all (ids);
  g_hash_table_add (ids, g_strdup ("a"));
  n = 0;
  part = kaf_judgements_gather (ids, read_kept, &n, &error);
  g_assert_null (part);
  g_assert_error (error, G_FILE_ERROR, G_FILE_ERROR_IO);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/judgements/components", test_components);
  g_test_add_func ("/judgements/says-nothing", test_says_nothing);
  g_test_add_func ("/judgements/twice", test_twice);
  g_test_add_func ("/judgements/revoked-first", test_revoked_first);
  g_test_add_func ("/judgements/suggest", test_suggest);
  g_test_add_func ("/judgements/contradiction", test_contradiction);
  g_test_add_func ("/judgements/any-order", test_any_order);
  g_test_add_func ("/judgements/merge-and-unmerge", test_merge_and_unmerge);
  g_test_add_func ("/judgements/gather", test_gather);
  return g_test_run ();
}
