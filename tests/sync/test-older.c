/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A program that is older than its hub knows nothing of a field that came later. It leaves out what it is told there; once
 * its program is replaced all is read again. What was written or deleted before that was written without having seen it. */
#include "config.h"

#include "kaf-pair.h"
#include "schema/kaf-registry.h"
#include "store/kaf-database-private.h"
#include "store/kaf-drafts.h"
#include "store/kaf-sync-private.h"
#include "store/kaf-sync-state.h"

#define FIELD "declared_on"

/* The last version of the schema without it. */
#define OLDER 4

#define SHE "2026-03-02"
#define HE "2025-11-20"

/* Brahim's program is older from now on. */
static void
age (World *self)
{
  self->b->db->schema = OLDER;
}

static void
replace_program (World *self)
{
  self->b->db->schema = KAF_SCHEMA_VERSION;
}

/* He syncs by it. Returns how often his program leaves the field out. */
static guint
sync_older (World *self)
{
  g_autoptr (GString) answer = g_string_new (NULL);
  guint n;

  ask (self, self->b, "agent", answer);
  n = g_string_replace (answer, "\"" FIELD "\":", "\"field_of_tomorrow\":", 0);
  take (self->b, answer);
  return n;
}

/* A person of whom she has written what his program does not know. (transfer full) */
static char *
share_left_out (World *self)
{
  char *id = share (self);

  age (self);
  update (self->a, id, FIELD, SHE);
  sync_store (self, self->a);
  g_assert_cmpuint (sync_older (self), ==, 1);
  kaf_fixture_assert_field (self->b, "person", id, FIELD, NULL);
  return id;
}

static gboolean
is_noted (World *self)
{
  g_autofree char *noted = kaf_local_get (self->b->db, KAF_SYNC_UNKNOWN);

  g_assert_true (noted == NULL || g_str_equal (noted, G_STRINGIFY (OLDER)));
  return noted != NULL;
}

static void
assert_conflicts (World *self, guint n)
{
  g_autoptr (GPtrArray) at_a = find_conflicts (self->a), at_b = find_conflicts (self->b);

  g_assert_cmpuint (at_a->len, ==, n);
  g_assert_cmpuint (at_b->len, ==, n);
}

static void
meet (World *self)
{
  sync_store (self, self->b);
  sync_store (self, self->a);
  sync_store (self, self->b);
}

/* It is here once the program knows it, beside what was typed here meanwhile. */
static void
test_read_again (void)
{
  g_autoptr (World) w = world_new ();
  g_autofree char *id = share_left_out (w);
  g_auto (KafSyncState) state = { 0 };

  g_assert_true (is_noted (w));
  /* It has heard all that it knows of: nothing is asked again. */
  g_assert_cmpuint (sync_older (w), ==, 0);
  g_assert_true (is_noted (w));

  update (w->b, id, "given_name", "Selma");
  replace_program (w);
  sync_store (w, w->b);
  kaf_fixture_assert_field (w->b, "person", id, FIELD, SHE);
  kaf_fixture_assert_field (w->b, "person", id, "given_name", "Selma");
  kaf_fixture_assert_whole (w->b);
  g_assert_false (is_noted (w));
  g_assert_true (kaf_sync_state_read (w->b->db, &state, NULL));
  g_assert_false (state.whole);
  sync_store (w, w->a);
  kaf_fixture_assert_field (w->a, "person", id, "given_name", "Selma");
  kaf_fixture_assert_field (w->a, "person", id, FIELD, SHE);

  /* He has seen it now. */
  update (w->b, id, FIELD, HE);
  meet (w);
  kaf_fixture_assert_field (w->a, "person", id, FIELD, HE);
  assert_conflicts (w, 0);
}

/* Two syncs, the first of which is answered in part. */
static void
test_typed_before_told (gboolean between)
{
  g_autoptr (World) w = world_new ();
  g_autofree char *id = share_left_out (w);
  g_autoptr (GString) answer = g_string_new (NULL);

  replace_program (w);
  if (between)
    {
      ask (w, w->b, "agent", answer);
      take (w->b, answer);
      kaf_fixture_assert_field (w->b, "person", id, FIELD, NULL);
    }
  advance (w);
  update (w->b, id, FIELD, HE);
  meet (w);
  kaf_fixture_assert_field (w->a, "person", id, FIELD, HE);
  kaf_fixture_assert_field (w->b, "person", id, FIELD, HE);
  assert_conflicts (w, 1);
}

static void
test_typed_before (void)
{
  test_typed_before_told (FALSE);
}

/* That all is to be told again he knows by then. */
static void
test_typed_between (void)
{
  test_typed_before_told (TRUE);
}

static void
test_deleted_before (void)
{
  g_autoptr (World) w = world_new ();
  g_autofree char *id = share_left_out (w);

  replace_program (w);
  kaf_fixture_delete (w->b, "person", id);
  meet (w);
  assert_both_show (w, "person", id, TRUE);
  kaf_fixture_assert_field (w->b, "person", id, FIELD, SHE);
  assert_conflicts (w, 1);

  /* He has read it now. */
  kaf_fixture_delete (w->b, "person", id);
  meet (w);
  assert_both_show (w, "person", id, FALSE);
}

/* By the older program; and one of whom nothing was left out. */
static void
test_deleted_by_older (void)
{
  g_autoptr (World) w = world_new ();
  g_autofree char *id = share_left_out (w);
  g_autofree char *other = kaf_fixture_create (w->a, "person", NULL, "family_name", "Tazi", NULL);

  sync_store (w, w->a);
  sync_older (w);
  kaf_fixture_delete (w->b, "person", id);
  kaf_fixture_delete (w->b, "person", other);
  sync_older (w);
  sync_store (w, w->a);
  sync_older (w);
  assert_both_show (w, "person", id, TRUE);
  assert_both_show (w, "person", other, FALSE);
  kaf_fixture_assert_field (w->a, "person", id, FIELD, SHE);
  assert_conflicts (w, 1);
}

/* By an answer behind which all is asked for anew he was told of her; before that he may see her no more. */
static void
test_narrowed_before_told (void)
{
  g_autoptr (World) w = world_new ();
  g_autofree char *id = share_left_out (w);
  g_autoptr (GString) answer = g_string_new (NULL);
  const KafEntity *person = kaf_registry_find ("person");

  w->grant = "organisation:01a221c7-c6ba-7000-8000-000000000000";
  sync_older (w);
  g_assert_false (kaf_read_exists (w->b->db, person, id));
  replace_program (w);
  w->grant = NULL;
  ask (w, w->b, "agent", answer);
  take (w->b, answer);
  g_assert_true (kaf_read_exists (w->b->db, person, id));
  w->grant = "organisation:01a221c7-c6ba-7000-8000-000000000000";
  sync_store (w, w->b);
  g_assert_false (kaf_read_exists (w->b->db, person, id));
  kaf_fixture_assert_whole (w->b);
}

/* What it does not know is no difference; what it has still to read is not compared. */
static void
test_compared (void)
{
  g_autoptr (World) w = world_new ();
  g_autofree char *id = share_left_out (w);
  KafHubCompared compared = { 0 };
  KafReconcileResult result = reconcile_as (w, w->b, "agent", &compared);

  g_assert_cmpuint (kaf_reconcile_count_mended (&result), ==, 0);
  g_assert_cmpuint (compared.n_differing, ==, 0);
  kaf_fixture_assert_field (w->b, "person", id, FIELD, NULL);

  g_assert_true (kaf_reconcile_keep (w->b->db, &result, NULL));
  kaf_clock_advance (w->b->clock, 20 * G_TIME_SPAN_DAY);
  g_assert_true (kaf_reconcile_is_due (w->b->db));
  replace_program (w);
  g_assert_false (kaf_reconcile_is_due (w->b->db));
  sync_store (w, w->b);
  kaf_fixture_assert_field (w->b, "person", id, FIELD, SHE);
  g_assert_true (kaf_reconcile_is_due (w->b->db));
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/older/read-again", test_read_again);
  g_test_add_func ("/older/typed-before", test_typed_before);
  g_test_add_func ("/older/typed-between", test_typed_between);
  g_test_add_func ("/older/deleted-before", test_deleted_before);
  g_test_add_func ("/older/deleted-by-older", test_deleted_by_older);
  g_test_add_func ("/older/narrowed-before-told", test_narrowed_before_told);
  g_test_add_func ("/older/compared", test_compared);
  return g_test_run ();
}
