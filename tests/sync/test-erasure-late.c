/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Erasures and what is out of step with them: what the hub refused, what a device has dropped, references that come free,
 * and a hub that is what it was at its last backup. */
#include "config.h"

#include <string.h>

#include "kaf-pair.h"
#include "schema/kaf-registry.h"
#include "store/kaf-drafts.h"
#include "store/kaf-refusals.h"

static void
erase (World *w, const char *id)
{
  g_autoptr (GError) error = NULL;
  guint n;

  kaf_hub_erase (w->hub, id, &n, NULL, &error);
  g_assert_no_error (error);
}

static gboolean
has_person (KafFixture *f, const char *id)
{
  return kaf_read_exists (f->db, kaf_registry_find ("person"), id);
}

static char *
back_up (World *w)
{
  char *backup = g_build_filename (w->folder, "backup.db", NULL);
  g_autoptr (GError) error = NULL;

  kaf_hub_back_up (w->hub, backup, &error);
  g_assert_no_error (error);
  return backup;
}

static char *
add_file (KafFixture *f, const char *person)
{
  return kaf_fixture_create (
      f, "attachment", NULL, "owner", person, "owner_entity", "person", "file_name",
      "Kanarivita.pdf", "media_type", "application/pdf", "size", "1", "sha256",
      "6b86b273ff34fce19d6b804eff5a3f5747ada4eaa22f1d49c01e52ddb7875b4b", NULL);
}

/* A file that its author may not add, of somebody who is erased then: the hub's journal has it no more. */
static void
test_refused (void)
{
  g_autoptr (World) w = world_new ();
  g_autofree char *id = share (w);
  g_autofree char *file = add_file (w->b, id);

  g_assert_nonnull (file);
  g_assert_cmpuint (sync_as (w, w->b, "partner").n_rejected, ==, 1);
  g_assert_true (holds (w->folder, "Kanarivita"));
  erase (w, id);
  g_assert_false (holds (w->folder, "Kanarivita"));
  sync_as (w, w->b, "partner");
  g_assert_false (holds (w->b->folder, "Kanarivita"));
}

/* A device that may see her no more has a draft of her, and one of a call with her. */
static void
test_dropped (void)
{
  g_autoptr (World) w = world_new ();
  g_autofree char *id = share (w);
  g_autofree char *slot = g_strconcat ("new:", id, NULL);
  g_autoptr (GError) error = NULL;

  kaf_draft_save (w->b->db, kaf_registry_find ("person"), id, "{\"city\":\"Kanaribourg\"}", &error);
  g_assert_no_error (error);
  kaf_draft_save (w->b->db, kaf_registry_find ("contact"), slot, "{\"subject\":\"Kanarithema\"}",
                  &error);
  g_assert_no_error (error);
  w->grant = "country:FR";
  g_assert_cmpuint (sync_store (w, w->b).n_dropped, >=, 1);
  g_assert_true (holds (w->b->folder, "Kanari"));
  erase (w, id);
  sync_store (w, w->b);
  g_assert_false (holds (w->b->folder, "Kanari"));
}

/* It was refused a file of her, and she is dropped: that goes with her all the same. */
static void
test_left_behind (void)
{
  g_autoptr (World) w = world_new ();
  g_autofree char *id = share (w);
  g_autofree char *file = add_file (w->b, id);

  w->grant = "country:FR";
  g_assert_cmpuint (sync_store (w, w->b).n_rejected, ==, 1);
  g_assert_false (has_person (w->b, id));
  g_assert_true (holds (w->b->folder, "Kanarivita"));
  erase (w, id);
  sync_store (w, w->b);
  g_assert_false (holds (w->b->folder, "Kanarivita"));
  g_assert_false (kaf_read_exists (w->b->db, kaf_registry_find ("attachment"), file));
}

/* What the law keeps of her too: it was refused an office of hers, which waits for her to be told again, and she is erased.
 * @sees: her scope is its own again when it hears of that. */
static void
try_office_left_behind (gboolean sees)
{
  g_autoptr (World) w = world_new ();
  const KafEntity *mandate = kaf_registry_find ("mandate");
  g_autofree char *id = share (w);
  g_autofree char *network =
      kaf_fixture_create (w->a, "organisation", NULL, "name_fr", "Réseau", "kind", "network", NULL);
  g_autofree char *office = NULL;

  sync_store (w, w->a);
  sync_store (w, w->b);
  office = kaf_fixture_create (w->b, "mandate", NULL, "person", id, "organisation", network,
                               "office", "Trésorière", "valid_from", "2021", NULL);
  w->grant = "country:FR";
  g_assert_cmpuint (sync_store (w, w->b).n_rejected, ==, 1);
  g_assert_false (has_person (w->b, id));
  g_assert_true (kaf_read_exists (w->b->db, mandate, office));
  erase (w, id);
  if (sees)
    w->grant = NULL;
  sync_store (w, w->b);
  g_assert_false (kaf_read_exists (w->b->db, mandate, office));
  g_assert_cmpuint (kaf_refusals_count (w->b->db, NULL), ==, 1);
  w->grant = NULL;
  sync_store (w, w->b);
}

static void
test_office_left_behind (void)
{
  try_office_left_behind (TRUE);
}

static void
test_office_left_outside (void)
{
  try_office_left_behind (FALSE);
}

/* The line in the device's ledger is all that a power cut left of her erasure there: what names her, and the hub did not
 * take, names nobody once it is told again. */
static void
test_cut_short (void)
{
  g_autoptr (World) w = world_new ();
  g_autofree char *id = share (w);
  g_autofree char *programme =
      kaf_fixture_create (w->a, "programme", NULL, "title_fr", "Académie", NULL);
  g_autofree char *module = kaf_fixture_create (w->a, "training_module", NULL, "programme",
                                                programme, "title_fr", "Soins", NULL);
  g_autofree char *ledger = g_strconcat (w->b->path, ".erased", NULL);
  g_autofree char *line = g_strdup_printf ("person\t%s\t1\t0\n", id);
  g_autofree char *session = NULL;

  sync_store (w, w->a);
  sync_store (w, w->b);
  session = kaf_fixture_create (w->b, "training_session", NULL, "module", module, "starts_on",
                                "2026-12-01", "trainer", id, NULL);
  w->grant = "country:FR";
  g_assert_cmpuint (sync_store (w, w->b).n_rejected, ==, 1);
  kaf_fixture_assert_field (w->b, "training_session", session, "trainer", id);
  g_assert_true (g_file_set_contents (ledger, line, -1, NULL));
  erase (w, id);
  sync_store (w, w->b);
  kaf_fixture_assert_field (w->b, "training_session", session, "trainer", NULL);
  w->grant = NULL;
  sync_store (w, w->b);
}

/* Both made one before they knew of a hub, by the same reference; b hears of a's before it sends its own. */
static World *
begin_with_two (char **a, char **b)
{
  World *w = world_new_alone ();

  *a = kaf_fixture_create (w->a, "person", NULL, "family_name", "Bennis", NULL);
  g_free (kaf_fixture_create (w->b, "organisation", NULL, "name_fr", "Réseau", "kind", "network",
                              NULL));
  *b = kaf_fixture_create (w->b, "person", NULL, "family_name", "Alami", NULL);
  enroll (w->a, users[0]);
  enroll (w->b, users[1]);
  sync_store (w, w->a);
  return w;
}

static void
hear_first (World *w)
{
  g_autoptr (GString) answer = g_string_new (NULL);

  ask_some (w, w->b, "agent", 1, answer);
  take (w->b, answer);
}

static void
assert_found (KafFixture *f, const char *ref, const char *id)
{
  g_autofree char *found = NULL;

  g_assert_true (kaf_read_resolve (f->db, ref, NULL, NULL, &found, NULL));
  g_assert_cmpstr (found, ==, id);
}

/* The one by whom it was found here is erased: it is the other's again, as it is at the hub. */
static void
test_reference (void)
{
  g_autofree char *a = NULL;
  g_autofree char *b = NULL;
  g_autoptr (World) w = begin_with_two (&a, &b);

  hear_first (w);
  assert_found (w->b, "PER-2026-0001", a);
  erase (w, a);
  sync_store (w, w->b);
  sync_store (w, w->a);
  assert_found (w->b, "PER-2026-0001", b);
  assert_found (w->a, "PER-2026-0001", b);
}

/* The hub forgot that it was a's, and gives it to b, who sends first. */
static void
test_reference_restored (void)
{
  g_autofree char *a = NULL;
  g_autofree char *b = NULL;
  g_autofree char *backup = NULL;
  g_autoptr (World) w = NULL;

  w = begin_with_two (&a, &b);
  hear_first (w);
  backup = g_build_filename (w->folder, "empty.db", NULL);
  {
    g_autoptr (GError) error = NULL;
    g_autoptr (KafHub) empty = kaf_hub_open (backup, TRUE, w->clock, w->random, &error);

    g_assert_no_error (error);
  }
  restore_hub (w, backup);
  sync_store (w, w->b);
  sync_store (w, w->a);
  sync_store (w, w->b);
  assert_found (w->b, "PER-2026-0001", b);
  assert_found (w->a, "PER-2026-0001", b);
  assert_found (w->b, "PER-2026-0002", a);
}

/* The ledger names first who was erased last, as when the disk failed under her erasure and the hub finished it at its
 * next opening: restored, it numbers them in that order, and tells both to a device that knew of one. */
static void
test_numbered_anew (void)
{
  g_autoptr (World) w = world_new ();
  g_autofree char *one = share (w);
  g_autofree char *other = share (w);
  g_autofree char *backup = back_up (w);
  g_autofree char *ledger = g_build_filename (w->folder, "hub.db.erased", NULL);
  g_autofree char *text = NULL;
  g_autofree char *swapped = NULL;
  g_auto (GStrv) lines = NULL;

  erase (w, one);
  sync_store (w, w->b);
  erase (w, other);
  g_assert_true (g_file_get_contents (ledger, &text, NULL, NULL));
  lines = g_strsplit (text, "\n", -1);
  swapped = g_strconcat (lines[1], "\n", lines[0], "\n", NULL);
  g_assert_true (g_file_set_contents (ledger, swapped, -1, NULL));
  restore_hub (w, backup);
  sync_store (w, w->b);
  sync_store (w, w->a);
  g_assert_false (has_person (w->b, one));
  g_assert_false (has_person (w->b, other));
  g_assert_false (has_person (w->a, other));
}

/* What came in for somebody between an erasure that the disk cut short and the next opening is in the ledger too. */
static void
test_ledger (void)
{
  g_autoptr (World) w = world_new ();
  g_autofree char *id = share (w);
  g_autofree char *call =
      kaf_fixture_create (w->a, "contact", NULL, "person", id, "held_on", "2026-11-20", "channel",
                          "call", "subject", "s", NULL);
  g_autofree char *path = g_build_filename (w->folder, "hub.db", NULL);
  g_autofree char *ledger = g_strconcat (path, ".erased", NULL);
  g_autofree char *line = g_strdup_printf ("person\t%s\t1\n", id);
  g_autofree char *text = NULL;
  g_autoptr (GError) error = NULL;

  sync_store (w, w->a);
  g_clear_pointer (&w->hub, kaf_hub_close);
  g_assert_true (g_file_set_contents (ledger, line, -1, NULL));
  w->hub = kaf_hub_open (path, FALSE, w->clock, w->random, &error);
  g_assert_no_error (error);
  g_assert_true (g_file_get_contents (ledger, &text, NULL, NULL));
  g_assert_nonnull (strstr (text, call));
  sync_store (w, w->a);
  sync_store (w, w->b);
  g_assert_false (has_person (w->a, id));
  g_assert_false (has_person (w->b, id));
}

/* A field that was written after the backup alone is empty until its author sends it again. */
static void
test_lost_field (void)
{
  g_autoptr (World) w = world_new ();
  g_autofree char *id = share (w);
  g_autofree char *backup = back_up (w);

  update (w->a, id, "birth_year", "1980");
  sync_store (w, w->a);
  sync_store (w, w->b);
  kaf_fixture_assert_field (w->b, "person", id, "birth_year", "1980");
  restore_hub (w, backup);
  sync_store (w, w->b);
  kaf_fixture_assert_field (w->b, "person", id, "birth_year", NULL);
  sync_store (w, w->a);
  sync_store (w, w->b);
  kaf_fixture_assert_field (w->a, "person", id, "birth_year", "1980");
  kaf_fixture_assert_field (w->b, "person", id, "birth_year", "1980");
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/erasure-late/refused", test_refused);
  g_test_add_func ("/erasure-late/dropped", test_dropped);
  g_test_add_func ("/erasure-late/left-behind", test_left_behind);
  g_test_add_func ("/erasure-late/office-left-behind", test_office_left_behind);
  g_test_add_func ("/erasure-late/office-left-outside", test_office_left_outside);
  g_test_add_func ("/erasure-late/cut-short", test_cut_short);
  g_test_add_func ("/erasure-late/reference", test_reference);
  g_test_add_func ("/erasure-late/reference-restored", test_reference_restored);
  g_test_add_func ("/erasure-late/numbered-anew", test_numbered_anew);
  g_test_add_func ("/erasure-late/ledger", test_ledger);
  g_test_add_func ("/erasure-late/lost-field", test_lost_field);
  return g_test_run ();
}
