/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Copies of a store, and laptops that were restored: two go by one number, and nothing of either is lost. */
#include "config.h"

#include <glib/gstdio.h>

#include "kaf-pair.h"
#include "schema/kaf-registry.h"
#include "store/kaf-inbox.h"
#include "store/kaf-sync-state.h"

/* A copy of the store of @f, as it stands; see go_back. (transfer full) */
static char *
copy_store (KafFixture *f)
{
  char *copy = g_build_filename (f->folder, "copy.db", NULL);
  g_autofree char *text = NULL;
  gsize size;

  g_clear_pointer (&f->db, kaf_database_close);
  g_assert_true (g_file_get_contents (f->path, &text, &size, NULL));
  g_assert_true (g_file_set_contents (copy, text, size, NULL));
  kaf_fixture_reopen (f);
  return copy;
}

static void
go_back (KafFixture *f, const char *copy)
{
  g_clear_pointer (&f->db, kaf_database_close);
  g_assert_cmpint (g_rename (copy, f->path), ==, 0);
  kaf_fixture_reopen (f);
}

/* A copy of a store that went its own way, by @n_edits, is not taken for the store; nor one that has
 * nothing to say and lacks what the store wrote. */
static void
check_copy (guint n_edits)
{
  g_autoptr (World) w = world_new ();
  g_autofree char *id = share (w);
  g_autofree char *copy = copy_store (w->a);
  g_autoptr (GPtrArray) conflicts = NULL;
  g_autoptr (GError) error = NULL;

  update (w->a, id, "city", "Zurich");
  g_assert_false (sync_store (w, w->a).forked);

  go_back (w->a, copy);
  for (guint i = 0; i < n_edits; i++)
    update (w->a, id, "city", i == 0 ? "Bâle" : "Coire");
  g_assert_true (sync_store (w, w->a).forked);
  g_assert_true (kaf_sync_is_forked (w->a->db));
  sync_store (w, w->b);
  kaf_fixture_assert_field (w->b, "person", id, "city", "Zurich");

  /* What the copy wrote is still there, to be taken along when it is enrolled anew. */
  kaf_fixture_assert_field (w->a, "person", id, "city",
                            n_edits == 0   ? "Genève"
                            : n_edits == 1 ? "Bâle"
                                           : "Coire");

  /* With a number of its own it is a device like any other: nothing of either copy is lost. */
  kaf_sync_enroll (w->a->db, "https://hub.example", users[0], "agent", 0x1234567890abcdef, &error);
  g_assert_no_error (error);
  g_assert_false (kaf_sync_is_forked (w->a->db));
  kaf_fixture_assert_whole (w->a);
  g_assert_false (sync_store (w, w->a).forked);
  sync_store (w, w->b);
  kaf_fixture_assert_field (w->a, "person", id, "city",
                            n_edits == 0   ? "Zurich"
                            : n_edits == 1 ? "Bâle"
                                           : "Coire");
  conflicts = find_conflicts (w->b);
  g_assert_cmpuint (conflicts->len, ==, n_edits > 0);
}

static void
test_forked (void)
{
  for (guint n_edits = 0; n_edits < 3; n_edits++)
    check_copy (n_edits);
}

/* Typed at a copy while an answer is on its way, by a number by which the hub has something else of that store: it is known
 * for a copy at once. What others wrote there does not hide what was typed, nor does what they wrote to a record that the
 * other one made come without that. */
static void
test_forked_meanwhile (void)
{
  g_autoptr (World) w = world_new ();
  g_autofree char *id = share (w);
  g_autofree char *copy = copy_store (w->a);
  g_autoptr (GString) answer = g_string_new (NULL);
  g_autofree char *lost = kaf_fixture_create (w->a, "person", NULL, "family_name", "Alami", NULL);

  sync_store (w, w->a);
  sync_store (w, w->b);
  update (w->b, id, "city", "Zurich");
  update (w->b, lost, "city", "Zurich");
  sync_store (w, w->b);

  go_back (w->a, copy);
  ask (w, w->a, "agent", answer);
  update (w->a, id, "city", "Bâle");
  take (w->a, answer);
  g_assert_true (kaf_sync_is_forked (w->a->db));
  kaf_fixture_assert_field (w->a, "person", id, "city", "Bâle");
  g_assert_false (kaf_read_exists (w->a->db, kaf_registry_find ("person"), lost));
}

/* And where what it sends is what both have, and ends before they part. */
static void
test_forked_behind (void)
{
  g_autoptr (World) w = world_new ();
  g_autofree char *id = share (w);
  g_autofree char *copy = NULL;
  g_autofree char *lost = NULL;
  g_autoptr (GString) answer = g_string_new (NULL);

  update (w->a, id, "notes", "Rappeler");
  copy = copy_store (w->a);
  lost = kaf_fixture_create (w->a, "person", NULL, "family_name", "Alami", NULL);
  sync_store (w, w->a);
  sync_store (w, w->b);
  update (w->b, lost, "city", "Zurich");
  sync_store (w, w->b);

  go_back (w->a, copy);
  update (w->a, id, "city", "Bâle");
  ask_some (w, w->a, "agent", 1, answer);
  take (w->a, answer);
  g_assert_true (kaf_sync_is_forked (w->a->db));
  g_assert_false (kaf_read_exists (w->a->db, kaf_registry_find ("person"), lost));
}

/* Two processes of one store: what one has sent is not taken for a copy's by the other, whose request was made before. */
static void
test_sent_beside (void)
{
  g_autoptr (World) w = world_new ();
  g_autofree char *id = share (w);
  g_autoptr (GString) lost = g_string_new (NULL);
  g_autoptr (GString) answer = g_string_new (NULL);

  update (w->a, id, "city", "Bâle");
  ask (w, w->a, "agent", lost);
  update (w->a, id, "notes", "Rappeler");
  ask_some (w, w->a, "agent", 0, answer);
  take (w->a, answer);
  g_assert_false (kaf_sync_is_forked (w->a->db));
  g_assert_false (sync_store (w, w->a).forked);
  sync_store (w, w->b);
  kaf_fixture_assert_field (w->b, "person", id, "city", "Bâle");
  kaf_fixture_assert_field (w->b, "person", id, "notes", "Rappeler");
}

/* In France. (transfer full) */
static char *
add_person (KafFixture *f, const char *name)
{
  return kaf_fixture_create (f, "person", NULL, "family_name", name, "country", "FR", NULL);
}

/* What the store wrote and is not to see it had not been told to drop when it was copied: by its new number, too, it is. */
static void
test_own_outside (void)
{
  g_autoptr (World) w = world_new ();
  g_autofree char *first = add_person (w->a, "Bennis");
  g_autofree char *id = NULL;
  g_autofree char *later = NULL;
  g_autofree char *copy = NULL;
  g_autoptr (GString) answer = g_string_new (NULL);
  g_autoptr (GError) error = NULL;
  const KafEntity *person = kaf_registry_find ("person");

  sync_store (w, w->a);
  w->grant = "country:FR";
  kaf_hub_set_page_size (w->hub, 1);
  id = add_person (w->b, "Alami");
  update (w->b, id, "country", "MA");
  ask (w, w->b, "agent", answer);
  take (w->b, answer);
  g_assert_true (kaf_read_exists (w->b->db, person, id));
  copy = copy_store (w->b);
  later = add_person (w->b, "Idrissi");
  sync_store (w, w->b);
  g_assert_false (kaf_read_exists (w->b->db, person, id));

  go_back (w->b, copy);
  g_assert_true (kaf_read_exists (w->b->db, person, id));
  g_assert_true (sync_store (w, w->b).forked);
  kaf_sync_enroll (w->b->db, "https://hub.example", users[1], "agent", 0x1234567890abcdef, &error);
  g_assert_no_error (error);
  sync_store (w, w->b);
  g_assert_false (kaf_read_exists (w->b->db, person, id));
  kaf_fixture_assert_whole (w->b);
}

/* What the hub had taken of the store, and refused to it once it was restored, since the record was not there yet, the
 * copy from before still has: by its new number it is told that there is nothing. */
static void
test_restored_hub (void)
{
  g_autoptr (World) w = world_new ();
  g_autofree char *backup = g_build_filename (w->folder, "backup.db", NULL);
  g_autofree char *id = NULL;
  g_autofree char *later = NULL;
  g_autofree char *copy = NULL;
  g_autoptr (GError) error = NULL;
  KafReconcileResult found;

  kaf_hub_back_up (w->hub, backup, &error);
  g_assert_no_error (error);
  id = share (w);
  update (w->b, id, "notes", "Rappeler");
  g_assert_cmpuint (sync_store (w, w->b).n_rejected, ==, 0);
  copy = copy_store (w->b);
  restore_hub (w, backup);
  later = add_person (w->b, "Idrissi");
  g_assert_cmpuint (sync_store (w, w->b).n_rejected, ==, 1);
  sync_store (w, w->a);

  go_back (w->b, copy);
  kaf_fixture_assert_field (w->b, "person", id, "notes", "Rappeler");
  g_assert_true (sync_store (w, w->b).forked);
  kaf_sync_enroll (w->b->db, "https://hub.example", users[1], "agent", 0x1234567890abcdef, &error);
  g_assert_no_error (error);
  sync_store (w, w->b);
  kaf_fixture_assert_field (w->b, "person", id, "family_name", "Bennis");
  kaf_fixture_assert_field (w->b, "person", id, "notes", NULL);
  found = reconcile_as (w, w->b, "agent", NULL);
  g_assert_cmpuint (kaf_reconcile_count_mended (&found), ==, 0);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/copies/own-way", test_forked);
  g_test_add_func ("/copies/meanwhile", test_forked_meanwhile);
  g_test_add_func ("/copies/behind", test_forked_behind);
  g_test_add_func ("/copies/sent-beside", test_sent_beside);
  g_test_add_func ("/copies/own-outside", test_own_outside);
  g_test_add_func ("/copies/restored-hub", test_restored_hub);
  return g_test_run ();
}
