/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Meetings on two devices and the hub: approved minutes stay, and a meeting stands where its mission does. */
#include "config.h"

#include "kaf-pair.h"
#include "schema/kaf-registry.h"
#include "store/kaf-refusals.h"
#include "sync/kaf-exchange.h"

static char *
meet (KafFixture *f, const char *mission)
{
  if (mission == NULL)
    return kaf_fixture_create (f, "meeting", NULL, "title_fr", "Comité", "kind", "steering",
                               "held_on", "2026-03-02", "minutes_fr", "Texte", NULL);
  return kaf_fixture_create (f, "meeting", NULL, "title_fr", "Réunion", "kind", "coordination",
                             "held_on", "2026-03-02", "mission", mission, NULL);
}

static char *
put_item (KafFixture *f, const char *meeting)
{
  return kaf_fixture_create (f, "agenda_item", NULL, "meeting", meeting, "title_fr", "Point", NULL);
}

static char *
decide (KafFixture *f, const char *meeting)
{
  return kaf_fixture_create (f, "decision", NULL, "meeting", meeting, "text_fr", "Réserver", NULL);
}

static gboolean
has (KafFixture *f, const char *entity, const char *id)
{
  return kaf_read_exists (f->db, kaf_registry_find (entity), id);
}

static void
set_field (KafFixture *f, const char *entity, const char *id, const char *field, const char *value)
{
  kaf_receipt_unref (kaf_fixture_update (f, entity, id, field, value, NULL));
}

static void
assert_refusal (KafFixture *f, const char *id)
{
  g_autoptr (GPtrArray) list = kaf_refusals_read (f->db, 20, KAF_LANG_FR, NULL);
  gboolean found = FALSE;

  for (guint i = 0; i < list->len; i++)
    {
      const KafRefusal *one = g_ptr_array_index (list, i);

      found |= g_str_equal (one->id, id) && g_str_equal (one->why, KAF_REFUSED_MINUTES);
    }
  g_assert_true (found);
}

static void
test_frozen (void)
{
  g_autoptr (World) w = world_new ();
  g_autofree char *meeting = meet (w->a, NULL);
  g_autofree char *item = put_item (w->a, meeting);
  g_autofree char *decision = decide (w->a, meeting);
  g_autofree char *late = NULL;

  sync_store (w, w->a);
  sync_store (w, w->b);
  set_field (w->a, "meeting", meeting, "approved_on", "2026-03-20");
  g_assert_cmpuint (sync_store (w, w->a).n_rejected, ==, 0);

  /* Brahim is away, and has not heard of it. */
  set_field (w->b, "meeting", meeting, "minutes_fr", "Autre");
  set_field (w->b, "agenda_item", item, "said_fr", "Autre");
  set_field (w->b, "decision", decision, "text_fr", "Autre");
  late = put_item (w->b, meeting);
  set_field (w->b, "decision", decision, "state", "done");
  g_assert_cmpuint (sync_store (w, w->b).n_rejected, ==, 4);
  assert_refusal (w->b, meeting);
  assert_refusal (w->b, item);
  assert_refusal (w->b, decision);
  assert_refusal (w->b, late);
  sync_store (w, w->a);
  kaf_fixture_assert_field (w->a, "meeting", meeting, "minutes_fr", "Texte");
  kaf_fixture_assert_field (w->a, "decision", decision, "text_fr", "Réserver");
  kaf_fixture_assert_field (w->a, "decision", decision, "state", "done");
  g_assert_false (has (w->a, "agenda_item", late));
}

/* By who gave it, and by nobody else. */
static void
test_withdrawn (void)
{
  g_autoptr (World) w = world_new ();
  g_autofree char *meeting = meet (w->a, NULL);
  g_autoptr (KafReceipt) approved = NULL;
  g_autoptr (KafReceipt) undone = NULL;
  g_autoptr (GError) error = NULL;

  sync_store (w, w->a);
  sync_store (w, w->b);
  approved = kaf_fixture_update (w->a, "meeting", meeting, "approved_on", "2026-03-20", NULL);
  sync_store (w, w->a);
  sync_store (w, w->b);
  kaf_fixture_assert_field (w->b, "meeting", meeting, "approved_on", "2026-03-20");
  undone = kaf_undo (w->a->db, approved->batch, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (sync_store (w, w->a).n_rejected, ==, 0);
  sync_store (w, w->b);
  kaf_fixture_assert_field (w->b, "meeting", meeting, "approved_on", NULL);
  set_field (w->b, "meeting", meeting, "minutes_fr", "Autre");
  g_assert_cmpuint (sync_store (w, w->b).n_rejected, ==, 0);
}

static char *
plan (KafFixture *f, const char *territory)
{
  return kaf_fixture_create (f, "mission", NULL, "title_fr", "Mission", "territory", territory,
                             NULL);
}

static void
test_scopes (void)
{
  g_autoptr (World) w = world_new ();
  g_autofree char *here = plan (w->a, "MA-TIZ");
  g_autofree char *there = plan (w->a, "MA-FES");
  g_autofree char *near = meet (w->a, here);
  g_autofree char *far = meet (w->a, there);
  g_autofree char *alone = meet (w->a, NULL);
  g_autofree char *item = put_item (w->a, near);
  g_autofree char *decision = decide (w->a, near);
  g_autofree char *hidden = decide (w->a, far);
  g_autofree char *own = NULL;

  sync_store (w, w->a);
  w->grant = "territory:MA-TIZ user:brahim";
  own = meet (w->b, NULL);
  g_assert_cmpuint (sync_store (w, w->b).n_rejected, ==, 0);
  g_assert_true (has (w->b, "meeting", near));
  g_assert_true (has (w->b, "agenda_item", item));
  g_assert_true (has (w->b, "decision", decision));
  g_assert_true (has (w->b, "meeting", own));
  g_assert_false (has (w->b, "meeting", far));
  g_assert_false (has (w->b, "decision", hidden));
  g_assert_false (has (w->b, "meeting", alone));

  /* The meeting goes with its mission, and its parts with it. */
  set_field (w->a, "mission", here, "territory", "MA-FES");
  sync_store (w, w->a);
  sync_store (w, w->b);
  g_assert_false (has (w->b, "meeting", near));
  g_assert_false (has (w->b, "decision", decision));
}

/* What is told for its unit's sake goes into the unit: it is judged as if it were changed. */
static void
test_told_with_unit (void)
{
  g_autoptr (World) w = world_new ();
  g_autofree char *meeting = kaf_fixture_create (w->a, "meeting", NULL, "title_fr", "Comité",
                                                 "kind", "steering", "held_on", "2026-03-02", NULL);
  g_autoptr (KafReceipt) by = NULL;
  g_autoptr (KafReceipt) on = NULL;
  g_autoptr (GPtrArray) refusals = NULL;

  sync_store (w, w->a);
  sync_store (w, w->b);

  /* What its author may not write any more when it is sent. */
  by = kaf_fixture_update (w->b, "meeting", meeting, "approved_by", "Salma", NULL);
  on = kaf_fixture_update (w->b, "meeting", meeting, "approved_on", "2026-03-09", NULL);
  g_assert_true (by != NULL && on != NULL);
  g_assert_cmpuint (sync_as (w, w->b, "regional-officer").n_rejected, ==, 2);
  refusals = kaf_refusals_read (w->b->db, 10, KAF_LANG_FR, NULL);
  g_assert_cmpstr (((const KafRefusal *) refusals->pdata[0])->why, ==, KAF_REFUSED_RIGHT);
  sync_store (w, w->a);
  kaf_fixture_assert_field (w->a, "meeting", meeting, "approved_by", NULL);
  kaf_fixture_assert_field (w->a, "meeting", meeting, "approved_on", NULL);

  /* They were approved, and he had not heard of it: that is why. */
  kaf_receipt_unref (kaf_fixture_update (w->a, "meeting", meeting, "approved_by", "Amina",
                                         "approved_on", "2026-03-10", NULL));
  sync_store (w, w->a);
  kaf_fixture_be (w->b->db, "agent");
  kaf_receipt_unref (
      kaf_fixture_update (w->b, "meeting", meeting, "approved_on", "2026-03-11", NULL));
  g_assert_cmpuint (sync_as (w, w->b, "agent").n_rejected, ==, 1);
  g_ptr_array_unref (refusals);
  refusals = kaf_refusals_read (w->b->db, 10, KAF_LANG_FR, NULL);
  g_assert_cmpstr (((const KafRefusal *) refusals->pdata[0])->why, ==, KAF_REFUSED_MINUTES);
  kaf_fixture_assert_field (w->b, "meeting", meeting, "approved_by", "Amina");
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/sync/meetings/frozen", test_frozen);
  g_test_add_func ("/sync/meetings/withdrawn", test_withdrawn);
  g_test_add_func ("/sync/meetings/scopes", test_scopes);
  g_test_add_func ("/sync/meetings/told-with-unit", test_told_with_unit);
  return g_test_run ();
}
