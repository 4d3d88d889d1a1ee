/* SPDX-License-Identifier: GPL-3.0-or-later */
/* An erasure reaches every device, and leaves nothing of the person in any file; what the law keeps names somebody
 * else; and what was cut short is finished. */
#include "config.h"

#include <glib/gstdio.h>
#include <sqlite3.h>

#include "kaf-pair.h"
#include "schema/kaf-registry.h"
#include "server/kaf-hub.h"
#include "store/kaf-database-private.h"
#include "store/kaf-attachments.h"
#include "store/kaf-refusals.h"

/* An erasure reaches every device, and nobody brings the person back. */
static void
test_erasure (void)
{
  g_autoptr (World) w = world_new ();
  g_autofree char *id = share (w);
  g_autoptr (KafReceipt) late = NULL;
  g_autoptr (GPtrArray) kept = g_ptr_array_new_with_free_func ((GDestroyNotify) kaf_record_unref);
  g_autoptr (GError) error = NULL;
  g_autofree char *contact = NULL;
  KafHubFigures figures;
  guint n;

  update (w->a, id, "city", "Kanaribourg");
  contact = kaf_fixture_create (w->a, "contact", NULL, "person", id, "held_on", "2026-11-20",
                                "channel", "call", "subject", "Kanarithema", NULL);
  sync_store (w, w->a);
  sync_store (w, w->b);
  g_assert_true (holds (w->b->folder, "Kanaribourg"));

  /* The device's own is not the authority any more. */
  g_assert_false (kaf_erase (w->a->db, kaf_registry_find ("person"), id, "asked", &error));
  g_assert_error (error, KAF_STORE_ERROR, KAF_STORE_ERROR_AUTHORITY);
  g_clear_error (&error);

  kaf_hub_erase (w->hub, id, &n, kept, &error);
  g_assert_cmpuint (kept->len, ==, 0);
  g_assert_no_error (error);
  g_assert_cmpuint (n, ==, 2);
  g_assert_false (holds (w->folder, "Kanaribourg"));
  g_assert_false (holds (w->folder, "Kanarithema"));
  kaf_hub_get_figures (w->hub, &figures, NULL);
  g_assert_cmpuint (figures.n_awaited, ==, 2);

  /* One device was away, and wrote meanwhile. */
  update (w->b, id, "city", "Kanaristadt");
  sync_store (w, w->a);
  sync_store (w, w->b);
  g_assert_false (kaf_read_exists (w->a->db, kaf_registry_find ("person"), id));
  g_assert_false (kaf_read_exists (w->b->db, kaf_registry_find ("person"), id));
  g_assert_false (kaf_read_exists (w->b->db, kaf_registry_find ("contact"), contact));
  g_assert_false (holds (w->a->folder, "Kanari"));
  g_assert_false (holds (w->b->folder, "Kanari"));
  g_assert_false (holds (w->folder, "Kanari"));
  kaf_hub_get_figures (w->hub, &figures, NULL);
  g_assert_cmpuint (figures.n_erased, ==, 2);
  g_assert_cmpuint (figures.n_awaited, ==, 0);
}

static void
attach (KafFixture *f, const char *entity, const char *id, const char *name)
{
  g_autofree char *path = g_build_filename (f->folder, name, NULL);
  g_autoptr (GFile) source = g_file_new_for_path (path);
  g_autofree char *attachment = NULL;
  g_autoptr (KafReceipt) receipt = NULL;
  g_autoptr (GError) error = NULL;

  g_assert_true (g_file_set_contents (path, name, -1, NULL));
  receipt = kaf_attachment_add (f->db, kaf_registry_find (entity), id, NULL, source, NULL, NULL,
                                &attachment, NULL, &error);
  g_assert_no_error (error);
  g_unlink (path);
}

/* What a device that was away added to her: a call, files of hers and of the call. */
static void
test_erased_meanwhile (void)
{
  g_autoptr (World) w = world_new ();
  g_autofree char *id = share (w);
  g_autofree char *contact = NULL;
  KafHubFigures before, after;
  KafInboxResult result;
  guint n;

  sync_store (w, w->b);
  kaf_hub_get_figures (w->hub, &before, NULL);
  contact = kaf_fixture_create (w->b, "contact", NULL, "person", id, "held_on", "2026-11-20",
                                "channel", "call", "subject", "Kanarithema", NULL);
  attach (w->b, "person", id, "Kanarivita.txt");
  attach (w->b, "contact", contact, "Kanarinote.txt");
  g_assert_true (kaf_hub_erase (w->hub, id, &n, NULL, NULL));
  result = sync_store (w, w->b);
  g_assert_cmpuint (result.n_rejected, ==, 0);
  g_assert_cmpuint (result.n_gone, ==, 3);
  g_assert_cmpuint (sync_store (w, w->a).n_gone, ==, 0);
  kaf_hub_get_figures (w->hub, &after, NULL);
  g_assert_cmpint (after.n_records, ==, before.n_records - 1);
  g_assert_false (holds (w->folder, "Kanari"));
  g_assert_false (holds (w->a->folder, "Kanari"));
  g_assert_false (holds (w->b->folder, "Kanari"));
  g_assert_cmpuint (kaf_refusals_count (w->b->db, NULL), ==, 0);
}

/* What was typed of her goes, and how much that was is told, whether the erasure is heard before it is @sent or with the
 * verdict on it, and where that answer is @cut at first; what else was typed stays, and what was sent before is told of by
 * nobody. */
static void
try_gone (gboolean sent, gboolean cut)
{
  g_autoptr (World) w = world_new ();
  g_autofree char *id = share (w);
  g_autofree char *other =
      kaf_fixture_create (w->b, "person", NULL, "family_name", "Idrissi", NULL);
  g_autoptr (GString) answer = g_string_new (NULL);
  g_autoptr (KafReceipt) receipt = NULL;
  g_autoptr (GError) error = NULL;
  KafInboxResult result;
  guint n;

  update (w->b, id, "city", "Zurich");
  sync_store (w, w->b);
  update (w->b, id, "city", "Bâle");
  update (w->b, other, "city", "Coire");
  update (w->b, id, "notes", "Kanarithema");
  g_assert_true (kaf_hub_erase (w->hub, id, &n, NULL, NULL));
  ask_some (w, w->b, "agent", sent ? 1024 * 1024 : 0, answer);
  g_assert_true (
      kaf_inbox_take (w->b->db, answer->str, answer->len - cut, &result, &receipt, &error) != cut);
  if (cut)
    g_assert_error (error, KAF_SYNC_ERROR, KAF_SYNC_ERROR_GRAMMAR);
  else
    g_assert_cmpuint (result.n_gone, ==, 2);
  result = sync_store (w, w->b);
  g_assert_cmpuint (result.n_gone, ==, cut ? 2 : 0);
  g_assert_cmpuint (result.n_rejected, ==, 0);
  sync_store (w, w->a);
  kaf_fixture_assert_field (w->a, "person", other, "city", "Coire");
}

static void
test_gone (void)
{
  try_gone (TRUE, FALSE);
  try_gone (FALSE, FALSE);
  try_gone (TRUE, TRUE);
}

/* An office that she held is kept, everywhere, by somebody of whom nothing is known. */
static void
test_held (void)
{
  g_autoptr (World) w = world_new ();
  g_autoptr (GPtrArray) kept = g_ptr_array_new_with_free_func ((GDestroyNotify) kaf_record_unref);
  g_autofree char *id = share (w);
  g_autofree char *network =
      kaf_fixture_create (w->a, "organisation", NULL, "name_fr", "Réseau", "kind", "network", NULL);
  g_autofree char *mandate =
      kaf_fixture_create (w->a, "mandate", NULL, "person", id, "organisation", network, "office",
                          "Présidente", "valid_from", "2020", NULL);
  g_autoptr (GError) error = NULL;
  KafFixture *both[] = { w->a, w->b };
  guint n;

  update (w->a, id, "city", "Kanaribourg");
  sync_store (w, w->a);
  sync_store (w, w->b);
  kaf_hub_erase (w->hub, id, &n, kept, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (n, ==, 1);
  g_assert_cmpuint (kept->len, ==, 1);
  g_assert_cmpstr (kaf_record_get (g_ptr_array_index (kept, 0), "office"), ==, "Présidente");

  sync_store (w, w->a);
  sync_store (w, w->b);
  for (guint i = 0; i < G_N_ELEMENTS (both); i++)
    {
      g_autofree char *other = kaf_fixture_get (both[i], "mandate", mandate, "person");
      g_autofree char *name = kaf_fixture_get (both[i], "person", other, "family_name");

      g_assert_cmpstr (other, !=, id);
      g_assert_true (g_str_has_prefix (name, "Anonyme "));
      kaf_fixture_assert_field (both[i], "mandate", mandate, "office", "Présidente");
      g_assert_false (kaf_read_exists (both[i]->db, kaf_registry_find ("person"), id));
      g_assert_false (holds (both[i]->folder, "Kanaribourg"));
      g_assert_false (holds (both[i]->folder, "Salma"));
      kaf_fixture_assert_whole (both[i]);
    }
  g_assert_false (holds (w->folder, "Salma"));
}

static void
assert_in_place (
    World *w, KafFixture *f, const char *mandate, const char *place, const char *office)
{
  kaf_fixture_assert_field (f, "mandate", mandate, "person", place);
  kaf_fixture_assert_field (f, "mandate", mandate, "office", office);
  g_assert_true (kaf_read_exists (f->db, kaf_registry_find ("person"), place));
}

/* Of an office that somebody entered while she was being erased, too: the same somebody stands in it. @first: the
 * hub knew another before; else this is the one from which it learns that something is kept. */
static void
try_held_late (gboolean first)
{
  g_autoptr (World) w = world_new ();
  g_autofree char *id = share (w);
  g_autofree char *network =
      kaf_fixture_create (w->a, "organisation", NULL, "name_fr", "Réseau", "kind", "network", NULL);
  g_autofree char *early = NULL;
  g_autofree char *late = NULL;
  g_autofree char *later = NULL;
  g_autofree char *place = NULL;
  g_autofree char *name = NULL;
  g_autoptr (GError) error = NULL;
  KafFixture *both[] = { w->a, w->b };
  KafInboxResult result;
  guint n;

  if (first)
    early = kaf_fixture_create (w->a, "mandate", NULL, "person", id, "organisation", network,
                                "office", "Présidente", "valid_from", "2020", NULL);
  sync_store (w, w->a);
  sync_store (w, w->b);
  late = kaf_fixture_create (w->b, "mandate", NULL, "person", id, "organisation", network, "office",
                             "Trésorière", "valid_from", "2021", NULL);
  later = kaf_fixture_create (w->a, "mandate", NULL, "person", id, "organisation", network,
                              "office", "Secrétaire", "valid_from", "2022", NULL);
  kaf_hub_erase (w->hub, id, &n, NULL, &error);
  g_assert_no_error (error);

  result = sync_store (w, w->b);
  g_assert_cmpuint (result.n_rejected, ==, 0);
  g_assert_cmpuint (result.n_gone, ==, 0);
  sync_store (w, w->a);
  sync_store (w, w->b);
  place = kaf_fixture_get (w->a, "mandate", late, "person");
  g_assert_cmpstr (place, !=, id);
  name = kaf_fixture_get (w->a, "person", place, "family_name");
  g_assert_true (g_str_has_prefix (name, "Anonyme "));
  for (guint i = 0; i < G_N_ELEMENTS (both); i++)
    {
      if (first)
        assert_in_place (w, both[i], early, place, "Présidente");
      assert_in_place (w, both[i], late, place, "Trésorière");
      assert_in_place (w, both[i], later, place, "Secrétaire");
      g_assert_false (kaf_read_exists (both[i]->db, kaf_registry_find ("person"), id));
      g_assert_false (holds (both[i]->folder, "Salma"));
      kaf_fixture_assert_whole (both[i]);
    }
  g_assert_false (holds (w->folder, "Salma"));

  /* Nobody writes over it: it is edited like any other. */
  {
    g_autoptr (KafReceipt) receipt =
        kaf_fixture_update (w->b, "mandate", late, "office", "Présidente d’honneur", NULL);

    g_assert_nonnull (receipt);
  }
  g_assert_cmpuint (sync_store (w, w->b).n_rejected, ==, 0);
  sync_store (w, w->a);
  assert_in_place (w, w->a, late, place, "Présidente d’honneur");
}

static void
test_held_late (void)
{
  try_held_late (TRUE);
}

static void
test_held_late_first (void)
{
  try_held_late (FALSE);
}

/* Who stands there is erased in turn, and one more office comes in. */
static void
test_held_twice (void)
{
  g_autoptr (World) w = world_new ();
  g_autofree char *id = share (w);
  g_autofree char *network =
      kaf_fixture_create (w->a, "organisation", NULL, "name_fr", "Réseau", "kind", "network", NULL);
  g_autofree char *early =
      kaf_fixture_create (w->a, "mandate", NULL, "person", id, "organisation", network, "office",
                          "Présidente", "valid_from", "2020", NULL);
  g_autofree char *late = NULL;
  g_autofree char *place = NULL;
  g_autofree char *other = NULL;
  guint n;

  sync_store (w, w->a);
  sync_store (w, w->b);
  late = kaf_fixture_create (w->b, "mandate", NULL, "person", id, "organisation", network, "office",
                             "Trésorière", "valid_from", "2021", NULL);
  g_assert_true (kaf_hub_erase (w->hub, id, &n, NULL, NULL));
  sync_store (w, w->a);
  place = kaf_fixture_get (w->a, "mandate", early, "person");
  g_assert_true (kaf_hub_erase (w->hub, place, &n, NULL, NULL));
  g_assert_cmpuint (n, ==, 1);
  sync_store (w, w->b);
  sync_store (w, w->a);
  other = kaf_fixture_get (w->a, "mandate", early, "person");
  g_assert_cmpstr (other, !=, place);
  assert_in_place (w, w->a, late, other, "Trésorière");
  assert_in_place (w, w->b, early, other, "Présidente");
  assert_in_place (w, w->b, late, other, "Trésorière");
}

/* Who may enter no offices is told that this one was not taken; it names nobody who is not there. */
static void
test_held_refused (void)
{
  g_autoptr (World) w = world_new ();
  g_autofree char *id = share (w);
  g_autofree char *network =
      kaf_fixture_create (w->a, "organisation", NULL, "name_fr", "Réseau", "kind", "network", NULL);
  g_autofree char *late = NULL;
  KafInboxResult result;
  guint n;

  sync_store (w, w->a);
  sync_store (w, w->b);
  late = kaf_fixture_create (w->b, "mandate", NULL, "person", id, "organisation", network, "office",
                             "Trésorière", "valid_from", "2021", NULL);
  g_assert_true (kaf_hub_erase (w->hub, id, &n, NULL, NULL));
  result = sync_as (w, w->b, "protection-officer");
  sync_store (w, w->a);
  g_assert_cmpuint (result.n_rejected, ==, 1);
  g_assert_cmpuint (kaf_refusals_count (w->b->db, NULL), ==, 1);
  g_assert_false (kaf_read_exists (w->b->db, kaf_registry_find ("mandate"), late));
  g_assert_false (kaf_read_exists (w->a->db, kaf_registry_find ("mandate"), late));
  g_assert_false (holds (w->b->folder, "Salma"));
  kaf_fixture_assert_whole (w->b);
}

/* Conventions are managers' to write. */
static void
become_managers (World *w)
{
  enroll_as (w->a, users[0], "manager");
  enroll_as (w->b, users[1], "manager");
}

static World *
world_of_managers (void)
{
  World *w = world_new_alone ();

  become_managers (w);
  return w;
}

static char *
share_with_managers (World *w)
{
  char *id = share (w);

  become_managers (w);
  return id;
}

static char *
make_duty (KafFixture *f, const char *convention, const char *party, const char *who)
{
  return kaf_fixture_create (f, "commitment", NULL, "convention", convention, "party", party,
                             "text_fr", "Former", "responsible", who, NULL);
}

static void
assert_unnamed (KafFixture *f, const char *duty, const char *id)
{
  kaf_fixture_assert_field (f, "commitment", duty, "responsible", NULL);
  kaf_fixture_assert_field (f, "commitment", duty, "text_fr", "Former");
  g_assert_false (kaf_read_exists (f->db, kaf_registry_find ("person"), id));
}

/* Who answered for a commitment is named by it no more, on the hub and on all devices; nor by one of a device that was
 * away and named her meanwhile. */
static void
test_named (void)
{
  g_autoptr (World) w = world_new ();
  g_autofree char *id = share_with_managers (w);
  g_autofree char *party = kaf_fixture_create (w->a, "organisation", NULL, "name_fr", "Office",
                                               "kind", "ministry", NULL);
  g_autofree char *convention =
      kaf_fixture_create (w->a, "convention", NULL, "title_fr", "Cadre", "kind", "framework", NULL);
  g_autofree char *duty = make_duty (w->a, convention, party, id);
  g_autofree char *late = NULL;
  KafFixture *all[3] = { w->a, w->b, NULL };
  g_autoptr (KafFixture) fresh = kaf_fixture_new_seeded (77);
  g_autoptr (GError) error = NULL;
  guint n;

  all[2] = fresh;
  sync_as (w, w->a, "manager");
  sync_as (w, w->b, "manager");
  late = make_duty (w->b, convention, party, id);
  g_assert_true (kaf_hub_erase (w->hub, id, &n, NULL, &error));
  g_assert_no_error (error);
  g_assert_cmpuint (n, ==, 1);
  sync_as (w, w->a, "manager");
  assert_unnamed (w->a, duty, id);
  kaf_fixture_assert_whole (w->a);

  g_assert_cmpuint (sync_as (w, w->b, "manager").n_rejected, ==, 0);
  sync_as (w, w->a, "manager");
  enroll_as (fresh, users[0], "manager");
  sync_as (w, fresh, "manager");
  for (guint i = 0; i < G_N_ELEMENTS (all); i++)
    {
      assert_unnamed (all[i], duty, id);
      assert_unnamed (all[i], late, id);
      kaf_fixture_assert_whole (all[i]);
    }
}

/* A party among others of a convention, and the same party that a device that was away adds to another. */
static void
test_named_in_set (void)
{
  g_autoptr (World) w = world_of_managers ();
  g_autofree char *party = kaf_fixture_create (w->a, "organisation", NULL, "name_fr", "Kanari",
                                               "kind", "ministry", NULL);
  g_autofree char *other =
      kaf_fixture_create (w->a, "organisation", NULL, "name_fr", "Autre", "kind", "ministry", NULL);
  g_autofree char *parties = g_strconcat (party, "\n", other, NULL);
  g_autofree char *first = kaf_fixture_create (w->a, "convention", NULL, "title_fr", "Cadre",
                                               "kind", "framework", "parties", parties, NULL);
  g_autofree char *second = kaf_fixture_create (w->a, "convention", NULL, "title_fr", "Autre",
                                                "kind", "framework", "parties", other, NULL);
  g_autoptr (KafReceipt) late = NULL;
  KafFixture *both[] = { w->a, w->b };
  guint n;

  sync_as (w, w->a, "manager");
  sync_as (w, w->b, "manager");
  late = kaf_fixture_update (w->b, "convention", second, "parties", parties, NULL);
  g_assert_nonnull (late);
  g_assert_true (kaf_hub_erase (w->hub, party, &n, NULL, NULL));
  sync_as (w, w->a, "manager");
  sync_as (w, w->b, "manager");
  sync_as (w, w->a, "manager");
  for (guint i = 0; i < G_N_ELEMENTS (both); i++)
    {
      kaf_fixture_assert_field (both[i], "convention", first, "parties", other);
      kaf_fixture_assert_field (both[i], "convention", second, "parties", other);
      g_assert_false (holds (both[i]->folder, "Kanari"));
      kaf_fixture_assert_whole (both[i]);
    }
}

/* Somebody reads the hub's file from elsewhere, as long as the statement is not finalized. */
static sqlite3_stmt *
begin_reading (World *w, sqlite3 **sql)
{
  g_autofree char *path = g_build_filename (w->folder, "hub.db", NULL);
  sqlite3_stmt *statement;

  g_assert_cmpint (sqlite3_open (path, sql), ==, SQLITE_OK);
  g_assert_cmpint (sqlite3_prepare_v2 (*sql, "SELECT id FROM record", -1, &statement, NULL), ==,
                   SQLITE_OK);
  g_assert_cmpint (sqlite3_step (statement), ==, SQLITE_ROW);
  return statement;
}

static void
end_reading (sqlite3_stmt *statement, sqlite3 *sql)
{
  sqlite3_finalize (statement);
  sqlite3_close (sql);
}

static void
reopen_hub (World *w)
{
  g_autofree char *path = g_build_filename (w->folder, "hub.db", NULL);
  g_autoptr (GError) error = NULL;

  g_clear_pointer (&w->hub, kaf_hub_close);
  w->hub = kaf_hub_open (path, FALSE, w->clock, w->random, &error);
  g_assert_no_error (error);
}

static void
assert_unfinished (World *w, gboolean unfinished)
{
  KafHubFigures figures;

  g_assert_true (kaf_hub_get_figures (w->hub, &figures, NULL));
  g_assert_true (figures.unfinished == unfinished);
  g_assert_true (holds (w->folder, "Salma") == unfinished);
}

/* A reader keeps the log: that is said, and the same erasure once more, by id or by reference, finishes it; so does
 * whoever opens the hub. */
static void
test_unfinished (void)
{
  for (guint i = 0; i < 3; i++)
    {
      g_autoptr (World) w = world_new ();
      g_autofree char *id = share (w);
      const char *name = i == 0 ? id : "PER-2026-0001";
      g_autoptr (GError) error = NULL;
      sqlite3 *sql;
      sqlite3_stmt *reading;
      guint n;

      reading = begin_reading (w, &sql);
      g_assert_false (kaf_hub_erase (w->hub, name, &n, NULL, &error));
      g_assert_error (error, KAF_HUB_ERROR, KAF_HUB_ERROR_UNFINISHED);
      g_assert_cmpuint (n, ==, 1);
      assert_unfinished (w, TRUE);
      end_reading (reading, sql);

      if (i == 2)
        {
          reopen_hub (w);
          assert_unfinished (w, FALSE);
        }
      g_clear_error (&error);
      kaf_hub_erase (w->hub, name, &n, NULL, &error);
      g_assert_no_error (error);
      g_assert_cmpuint (n, ==, 0);
      assert_unfinished (w, FALSE);
      g_assert_false (kaf_hub_erase (w->hub, "nobody", &n, NULL, &error));
      g_assert_error (error, KAF_HUB_ERROR, KAF_HUB_ERROR_MISSING);
    }
}

/* A device whose file cannot be cleaned yet sends no receipt. */
static void
test_receipt (void)
{
  g_autoptr (World) w = world_new ();
  g_autofree char *id = share (w);
  g_autoptr (KafDatabase) reader = kaf_database_open (w->a->path, KAF_OPEN_READ_ONLY, NULL, NULL);
  KafStatement *reading = kaf_database_prepare (reader, "SELECT id FROM head", NULL);
  g_autoptr (GString) answer = g_string_new (NULL);
  g_autoptr (KafReceipt) receipt = NULL;
  g_autoptr (GError) error = NULL;
  KafInboxResult result;
  KafHubFigures figures;
  guint n;

  sync_store (w, w->b);
  g_assert_true (kaf_hub_erase (w->hub, id, &n, NULL, NULL));
  sync_store (w, w->b);
  g_assert_true (kaf_database_step (reader, reading, NULL));
  ask (w, w->a, "agent", answer);
  g_assert_false (kaf_inbox_take (w->a->db, answer->str, answer->len, &result, &receipt, &error));
  g_assert_false (kaf_read_exists (w->a->db, kaf_registry_find ("person"), id));
  g_string_set_size (answer, 0);
  ask (w, w->a, "agent", answer);
  g_assert_true (kaf_hub_get_figures (w->hub, &figures, NULL));
  g_assert_cmpuint (figures.n_awaited, ==, 1);
  g_assert_true (holds (w->a->folder, "Salma"));

  kaf_statement_done (reading);
  sync_store (w, w->a);
  g_assert_true (kaf_hub_get_figures (w->hub, &figures, NULL));
  g_assert_cmpuint (figures.n_awaited, ==, 0);
  g_assert_false (holds (w->a->folder, "Salma"));
}

/* Why it was ordered may name her: of that no word is kept, but the proof. */
static void
test_reason (void)
{
  g_autoptr (World) w = world_new ();
  g_autofree char *id = share (w);
  KafHubSession session = { 1, "salwa", kaf_role_find ("protection-officer"), "national" };
  g_autoptr (GError) error = NULL;
  guint n;

  kaf_hub_order_erasure (w->hub, &session, id, NULL, "Mme Kanarizahra le demande", &n, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (n, ==, 1);
  g_assert_false (holds (w->folder, "Kanarizahra"));
  g_assert_true (holds (w->folder, "salwa\thmac-sha256:"));
  /* Twice is once. */
  kaf_hub_order_erasure (w->hub, &session, id, NULL, "Mme Kanarizahra le demande", &n, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (n, ==, 0);
}

/* The number that was looked at may be another's when the order comes: he stays. */
static void
test_seen (void)
{
  g_autoptr (World) w = world_new ();
  g_autofree char *id = share (w);
  KafHubSession session = { 1, "salwa", kaf_role_find ("protection-officer"), "national" };
  g_autoptr (GError) error = NULL;
  guint n;

  g_assert_false (kaf_hub_order_erasure (
      w->hub, &session, id, "00000000-0000-7000-8000-0000000000ff", "asked", &n, &error));
  g_assert_error (error, KAF_HUB_ERROR, KAF_HUB_ERROR_MISSING);
  g_clear_error (&error);
  kaf_hub_order_erasure (w->hub, &session, id, id, "asked", &n, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (n, ==, 1);
}

/* Of an older version, which kept reasons as they were typed. */
static void
test_old_reason (void)
{
  g_autoptr (World) w = world_new ();
  g_autofree char *path = g_build_filename (w->folder, "hub.db", NULL);
  sqlite3 *sql;

  g_clear_pointer (&w->hub, kaf_hub_close);
  g_assert_cmpint (sqlite3_open (path, &sql), ==, SQLITE_OK);
  g_assert_cmpint (
      sqlite3_exec (sql,
                    "DELETE FROM meta WHERE key = 'orders-hidden'; INSERT INTO meta VALUES"
                    " ('order.1790000000.x', 'salwa' || char (9) || 'Mme Kanarizahra')",
                    NULL, NULL, NULL),
      ==, SQLITE_OK);
  sqlite3_close (sql);
  g_assert_true (holds (w->folder, "Kanarizahra"));
  reopen_hub (w);
  g_assert_false (holds (w->folder, "Kanarizahra"));
  g_assert_true (holds (w->folder, "salwa\thmac-sha256:"));
  reopen_hub (w);
  g_assert_true (holds (w->folder, "salwa\thmac-sha256:"));
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/erasure/erasure", test_erasure);
  g_test_add_func ("/erasure/erased-meanwhile", test_erased_meanwhile);
  g_test_add_func ("/erasure/gone", test_gone);
  g_test_add_func ("/erasure/held", test_held);
  g_test_add_func ("/erasure/held-late", test_held_late);
  g_test_add_func ("/erasure/held-late-first", test_held_late_first);
  g_test_add_func ("/erasure/held-twice", test_held_twice);
  g_test_add_func ("/erasure/held-refused", test_held_refused);
  g_test_add_func ("/erasure/named", test_named);
  g_test_add_func ("/erasure/named-in-set", test_named_in_set);
  g_test_add_func ("/erasure/unfinished", test_unfinished);
  g_test_add_func ("/erasure/receipt", test_receipt);
  g_test_add_func ("/erasure/reason", test_reason);
  g_test_add_func ("/erasure/seen", test_seen);
  g_test_add_func ("/erasure/old-reason", test_old_reason);
  return g_test_run ();
}
