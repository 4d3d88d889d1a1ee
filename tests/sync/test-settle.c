/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What settles a conflict: by whom, and by two at once. */
#include "config.h"

#include "kaf-pair.h"
#include "store/kaf-conflicts.h"

/* Who may not see what he would choose does not choose it; who may, though he sees less than others, does. */
static void
test_settle_unseen (void)
{
  g_autoptr (World) w = world_new ();
  g_autofree char *id = share (w);
  g_autoptr (GPtrArray) conflicts = NULL;
  g_autoptr (GPtrArray) seen = NULL;
  g_autoptr (KafChangeSet) set = NULL;
  g_autoptr (KafChangeSet) other = NULL;
  g_autoptr (GError) error = NULL;

  update (w->a, id, "city", "Zurich");
  advance (w);
  update (w->b, id, "city", "Berne");
  sync_store (w, w->a);
  sync_as (w, w->b, "consular-relay");
  seen = find_conflicts (w->b);
  g_assert_cmpuint (seen->len, ==, 1);
  other =
      kaf_conflict_settle (w->b->db, g_ptr_array_index (seen, 0), KAF_OUTCOME_OTHER, NULL, &error);
  g_assert_no_error (error);
  g_assert_nonnull (other);

  update (w->a, id, "notes", "Un avis");
  advance (w);
  update (w->b, id, "notes", "Un autre");
  sync_store (w, w->b);
  sync_store (w, w->a);
  sync_as (w, w->b, "consular-relay");
  conflicts = find_conflicts (w->b);
  g_assert_cmpuint (conflicts->len, ==, 2);
  for (guint i = 0; i < conflicts->len; i++)
    {
      const char *conflict = g_ptr_array_index (conflicts, i);

      if (g_str_equal (conflict, g_ptr_array_index (seen, 0)))
        continue;
      set = kaf_conflict_settle (w->b->db, conflict, KAF_OUTCOME_OTHER, NULL, &error);
      g_assert_null (set);
      g_assert_error (error, KAF_STORE_ERROR, KAF_STORE_ERROR_REFUSED);
      g_clear_error (&error);
    }
}

static void
settle (KafFixture *f, const char *conflict, KafOutcome outcome)
{
  g_autoptr (KafChangeSet) set = kaf_conflict_settle (f->db, conflict, outcome, NULL, NULL);

  kaf_receipt_unref (kaf_commit (f->db, set, NULL, NULL, NULL));
}

/* Both write her city, unseen by one another, and know of the conflict. */
static void
write_both (World *w, const char *id)
{
  update (w->a, id, "city", "Zurich");
  advance (w);
  update (w->b, id, "city", "Berne");
  sync_store (w, w->a);
  sync_store (w, w->b);
  sync_store (w, w->a);
}

/* Two settle it who have not heard of one another. One left what stood, and wrote nothing: it is open again, once, with what
 * the record holds by now. */
static void
test_settle_twice (void)
{
  g_autoptr (World) w = world_new ();
  g_autofree char *id = share (w);
  g_autoptr (GPtrArray) conflicts = NULL;
  g_autoptr (GPtrArray) again = NULL;
  const KafConflict *open;

  write_both (w, id);
  conflicts = find_conflicts (w->a);
  g_assert_cmpuint (conflicts->len, ==, 1);
  settle (w->a, g_ptr_array_index (conflicts, 0), KAF_OUTCOME_STANDS);
  advance (w);
  settle (w->b, g_ptr_array_index (conflicts, 0), KAF_OUTCOME_BEFORE);
  sync_store (w, w->a);
  g_assert_cmpuint (sync_store (w, w->b).n_conflicts, ==, 1);
  sync_store (w, w->a);
  for (guint i = 0; i < 2; i++)
    {
      KafFixture *f = i == 0 ? w->a : w->b;

      g_clear_pointer (&again, g_ptr_array_unref);
      again = kaf_conflicts_read (f->db, 10, KAF_LANG_FR, NULL);
      g_assert_cmpuint (again->len, ==, 1);
      open = g_ptr_array_index (again, 0);
      g_assert_cmpstr (open->id, ==, g_ptr_array_index (conflicts, 0));
      g_assert_cmpstr (open->owner, ==, id);
      kaf_fixture_assert_field (f, "person", id, "city", "Genève");
      g_assert_true (open->before.in_force && !open->stands.in_force && !open->other.in_force);
    }

  /* To leave what stood is to write it by now. */
  settle (w->a, g_ptr_array_index (conflicts, 0), KAF_OUTCOME_STANDS);
  sync_store (w, w->a);
  sync_store (w, w->b);
  kaf_fixture_assert_field (w->b, "person", id, "city", "Berne");
  g_ptr_array_unref (again);
  again = kaf_conflicts_read (w->b->db, 10, KAF_LANG_FR, NULL);
  g_assert_cmpuint (again->len, ==, 0);
}

/* Once it is open again since two settled it otherwise, a third who has heard of neither does not close it. */
static void
test_settle_thrice (void)
{
  g_autoptr (World) w = world_new ();
  g_autoptr (KafFixture) c = kaf_fixture_new_seeded (3);
  g_autofree char *id = share (w);
  g_autoptr (GPtrArray) conflicts = NULL;
  KafFixture *all[] = { w->a, w->b, c };
  static const KafOutcome outcomes[] = { KAF_OUTCOME_STANDS, KAF_OUTCOME_OTHER,
                                         KAF_OUTCOME_BEFORE };

  enroll (c, users[0]);
  write_both (w, id);
  sync_store (w, c);
  conflicts = find_conflicts (c);
  g_assert_cmpuint (conflicts->len, ==, 1);
  for (guint i = 0; i < G_N_ELEMENTS (all); i++)
    {
      advance (w);
      kaf_clock_advance (c->clock, G_USEC_PER_SEC);
      settle (all[i], g_ptr_array_index (conflicts, 0), outcomes[i]);
    }
  for (guint i = 0; i < 2 * G_N_ELEMENTS (all); i++)
    sync_store (w, all[i % G_N_ELEMENTS (all)]);
  for (guint i = 0; i < G_N_ELEMENTS (all); i++)
    kaf_fixture_assert_field (all[i], "conflict", g_ptr_array_index (conflicts, 0), "state",
                              "open");
}

/* Both wrote: of that there is a conflict, and none over the conflict. */
static void
test_settle_both (void)
{
  g_autoptr (World) w = world_new ();
  g_autofree char *id = share (w);
  g_autoptr (GPtrArray) conflicts = NULL;
  g_autoptr (GPtrArray) again = NULL;
  const KafConflict *open;

  write_both (w, id);
  conflicts = find_conflicts (w->a);
  settle (w->a, g_ptr_array_index (conflicts, 0), KAF_OUTCOME_OTHER);
  advance (w);
  settle (w->b, g_ptr_array_index (conflicts, 0), KAF_OUTCOME_BEFORE);
  sync_store (w, w->a);
  sync_store (w, w->b);
  sync_store (w, w->a);
  again = kaf_conflicts_read (w->a->db, 10, KAF_LANG_FR, NULL);
  g_assert_cmpuint (again->len, ==, 1);
  open = g_ptr_array_index (again, 0);
  g_assert_cmpstr (open->owner, ==, id);
  g_assert_cmpstr (open->stands.text, ==, "Genève");
  g_assert_true (open->stands.in_force);
  g_assert_null (open->now);
  g_assert_cmpstr (open->other.text, ==, "Zurich");

  /* Written since by one who knows it. */
  update (w->a, id, "city", "Lausanne");
  g_ptr_array_unref (again);
  again = kaf_conflicts_read (w->a->db, 10, KAF_LANG_FR, NULL);
  open = g_ptr_array_index (again, 0);
  g_assert_cmpstr (open->now, ==, "Lausanne");
  g_assert_false (open->stands.in_force);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/settle/unseen", test_settle_unseen);
  g_test_add_func ("/settle/twice", test_settle_twice);
  g_test_add_func ("/settle/thrice", test_settle_thrice);
  g_test_add_func ("/settle/both", test_settle_both);
  return g_test_run ();
}
