/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Scoring rules on two devices and the hub: what was published stays as it was, whoever had not heard of it; who published
 * it takes it back on the same day. */
#include "config.h"

#include "kaf-pair.h"

#include "schema/kaf-registry.h"
#include "store/kaf-refusals.h"
#include "store/kaf-tier-review.h"
#include "sync/kaf-exchange.h"

#define ROLE "manager"
#define RULES(points)                                                                              \
  "{\"half_life\":90,\"tiers\":{\"by\":\"threshold\",\"potential\":50,\"engagement\":50},"         \
  "\"relay\":6,\"criteria\":[{\"axis\":\"potential\",\"fact\":\"jobs\",\"bands\":[[1," points      \
  "]]}]}"

/* Two managers, and a draft of a's that both have. */
static World *
begin (char **rules)
{
  World *w = world_new_alone ();

  enroll_as (w->a, users[0], ROLE);
  enroll_as (w->b, users[1], ROLE);
  *rules = kaf_fixture_create (w->a, "rule_set", NULL, "title_fr", "Barème", "number", "1", "rules",
                               RULES ("40"), NULL);
  g_assert_cmpuint (sync_as (w, w->a, ROLE).n_rejected, ==, 0);
  sync_as (w, w->b, ROLE);
  return w;
}

static void
publish (World *w, KafFixture *f, const char *rules)
{
  g_autoptr (GError) error = NULL;

  advance (w);
  kaf_receipt_unref (kaf_rule_set_publish (f->db, rules, NULL, &error));
  g_assert_no_error (error);
}

static void
assert_refused (KafFixture *f, const char *id, const char *why)
{
  g_autoptr (GPtrArray) list = kaf_refusals_read (f->db, 20, KAF_LANG_FR, NULL);
  gboolean found = FALSE;

  for (guint i = 0; i < list->len; i++)
    {
      const KafRefusal *one = g_ptr_array_index (list, i);

      found |= g_str_equal (one->id, id) && g_str_equal (one->why, why);
    }
  g_assert_true (found);
}

/* Brahim edits the draft on a train while Amina publishes it. */
static void
test_edited (void)
{
  g_autofree char *rules = NULL;
  g_autoptr (World) w = begin (&rules);

  publish (w, w->a, rules);
  g_assert_cmpuint (sync_as (w, w->a, ROLE).n_rejected, ==, 0);
  advance (w);
  kaf_receipt_unref (kaf_fixture_update (w->b, "rule_set", rules, "rules", RULES ("90"), NULL));
  g_assert_cmpuint (sync_as (w, w->b, ROLE).n_rejected, ==, 1);
  assert_refused (w->b, rules, KAF_REFUSED_PUBLISHED);
  kaf_fixture_assert_field (w->b, "rule_set", rules, "rules", RULES ("40"));
  sync_as (w, w->a, ROLE);
  kaf_fixture_assert_field (w->a, "rule_set", rules, "rules", RULES ("40"));

  /* What says nothing of the score is written. */
  kaf_receipt_unref (kaf_fixture_update (w->b, "rule_set", rules, "notes", "x", NULL));
  g_assert_cmpuint (sync_as (w, w->b, ROLE).n_rejected, ==, 0);
  sync_as (w, w->a, ROLE);
  kaf_fixture_assert_field (w->a, "rule_set", rules, "notes", "x");
}

static void
test_deleted (void)
{
  g_autofree char *rules = NULL;
  g_autoptr (World) w = begin (&rules);
  g_autoptr (KafChangeSet) set = kaf_change_set_new ("delete");
  g_autoptr (KafReceipt) receipt = NULL;

  kaf_change_set_delete (set, kaf_registry_find ("rule_set"), rules);
  receipt = kaf_commit (w->b->db, set, NULL, NULL, NULL);
  g_assert_nonnull (receipt);
  publish (w, w->a, rules);
  g_assert_cmpuint (sync_as (w, w->a, ROLE).n_rejected, ==, 0);
  g_assert_cmpuint (sync_as (w, w->b, ROLE).n_rejected, ==, 1);
  assert_refused (w->b, rules, KAF_REFUSED_PUBLISHED);
  kaf_fixture_assert_field (w->b, "rule_set", rules, "rules", RULES ("40"));
}

static void
undo (World *w, KafFixture *f)
{
  g_autoptr (KafReceipt) receipt = NULL;
  g_autoptr (GError) error = NULL;

  advance (w);
  receipt = kaf_undo (f->db, NULL, &error);
  g_assert_no_error (error);
}

/* Amina publishes what Brahim has changed meanwhile: nobody has read what she would publish. */
static void
test_moved_on (void)
{
  g_autofree char *rules = NULL;
  g_autoptr (World) w = begin (&rules);

  advance (w);
  kaf_receipt_unref (kaf_fixture_update (w->b, "rule_set", rules, "rules", RULES ("90"), NULL));
  g_assert_cmpuint (sync_as (w, w->b, ROLE).n_rejected, ==, 0);
  publish (w, w->a, rules);
  g_assert_cmpuint (sync_as (w, w->a, ROLE).n_rejected, ==, 1);
  assert_refused (w->a, rules, KAF_REFUSED_STATE);
  kaf_fixture_assert_field (w->a, "rule_set", rules, "rules", RULES ("90"));
  kaf_fixture_assert_field (w->a, "rule_set", rules, "published_on", NULL);
  sync_as (w, w->b, ROLE);
  kaf_fixture_assert_field (w->b, "rule_set", rules, "published_on", NULL);

  /* Having read it, she does. */
  publish (w, w->a, rules);
  g_assert_cmpuint (sync_as (w, w->a, ROLE).n_rejected, ==, 0);
}

/* Brahim's edit was refused, as Amina had published; the answer is lost, and she takes that back. What he publishes then is
 * not what stands. */
static void
test_refused_unheard (void)
{
  g_autofree char *rules = NULL;
  g_autoptr (World) w = begin (&rules);
  g_autoptr (GString) lost = g_string_new (NULL);

  publish (w, w->a, rules);
  g_assert_cmpuint (sync_as (w, w->a, ROLE).n_rejected, ==, 0);
  advance (w);
  kaf_receipt_unref (kaf_fixture_update (w->b, "rule_set", rules, "rules", RULES ("90"), NULL));
  ask (w, w->b, ROLE, lost);
  undo (w, w->a);
  g_assert_cmpuint (sync_as (w, w->a, ROLE).n_rejected, ==, 0);
  publish (w, w->b, rules);
  g_assert_cmpuint (sync_as (w, w->b, ROLE).n_rejected, ==, 2);
  assert_refused (w->b, rules, KAF_REFUSED_STATE);
  kaf_fixture_assert_field (w->b, "rule_set", rules, "published_on", NULL);
  kaf_fixture_assert_field (w->b, "rule_set", rules, "rules", RULES ("40"));

  /* Having heard of it, he does. */
  publish (w, w->b, rules);
  g_assert_cmpuint (sync_as (w, w->b, ROLE).n_rejected, ==, 0);
  sync_as (w, w->a, ROLE);
  kaf_fixture_assert_field (w->a, "rule_set", rules, "rules", RULES ("40"));
}

/* On the same day the one who published it takes it back, everywhere. */
static void
test_taken_back (void)
{
  g_autofree char *rules = NULL;
  g_autoptr (World) w = begin (&rules);

  publish (w, w->a, rules);
  g_assert_cmpuint (sync_as (w, w->a, ROLE).n_rejected, ==, 0);
  undo (w, w->a);
  kaf_fixture_assert_field (w->a, "rule_set", rules, "published_on", NULL);
  g_assert_cmpuint (sync_as (w, w->a, ROLE).n_rejected, ==, 0);
  sync_as (w, w->b, ROLE);
  kaf_fixture_assert_field (w->b, "rule_set", rules, "published_on", NULL);
  kaf_receipt_unref (kaf_fixture_update (w->b, "rule_set", rules, "rules", RULES ("90"), NULL));
  g_assert_cmpuint (sync_as (w, w->b, ROLE).n_rejected, ==, 0);
}

/* The day after, it is too late: the undo leaves it as it is. */
static void
test_too_late (void)
{
  g_autofree char *rules = NULL;
  g_autoptr (World) w = begin (&rules);
  g_autofree char *day = NULL;

  publish (w, w->a, rules);
  day = kaf_fixture_get (w->a, "rule_set", rules, "published_on");
  kaf_clock_advance (w->a->clock, (gint64) 24 * 60 * 60 * G_USEC_PER_SEC);
  undo (w, w->a);
  kaf_fixture_assert_field (w->a, "rule_set", rules, "published_on", day);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/published/edited", test_edited);
  g_test_add_func ("/published/moved-on", test_moved_on);
  g_test_add_func ("/published/refused-unheard", test_refused_unheard);
  g_test_add_func ("/published/deleted", test_deleted);
  g_test_add_func ("/published/taken-back", test_taken_back);
  g_test_add_func ("/published/too-late", test_too_late);
  return g_test_run ();
}
