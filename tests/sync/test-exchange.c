/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Two stores and a hub: what one writes the other reads, edits that did not see one another, answers
 * that are lost, pages, references. */
#include "config.h"

#include <string.h>

#include "kaf-pair.h"
#include "schema/kaf-registry.h"
#include "server/kaf-hub.h"
#include "store/kaf-attachments.h"
#include "store/kaf-drafts.h"
#include "store/kaf-duplicates.h"
#include "store/kaf-inbox.h"
#include "store/kaf-outbox.h"
#include "store/kaf-refusals.h"
#include "store/kaf-sync-private.h"
#include "store/kaf-sync-state.h"
#include "sync/kaf-exchange.h"

/* Who changed the field last, as the history of the store has it. (transfer full) */
static char *
author_of (KafFixture *f, const char *id, const char *field)
{
  g_autoptr (GPtrArray) items =
      kaf_read_history (f->db, kaf_registry_find ("person"), id, 100, KAF_LANG_FR, NULL);

  for (guint i = 0; i < items->len; i++)
    {
      const KafHistoryItem *item = g_ptr_array_index (items, i);

      if (item->field != NULL && g_str_equal (item->field->id, field))
        return g_strdup (item->author);
    }
  return NULL;
}

/* Each is named by what he wrote, whoever changed the record after him. */
static void
test_who_wrote_what (void)
{
  g_autoptr (World) w = world_new ();
  g_autofree char *id = share (w);
  g_autofree char *city = NULL, *name = NULL, *notes = NULL;

  update (w->a, id, "city", "Zurich");
  update (w->b, id, "notes", "Un avis");
  sync_store (w, w->a);
  advance (w);
  update (w->b, id, "given_name", "Selma");
  sync_store (w, w->b);
  sync_store (w, w->a);
  city = author_of (w->b, id, "city");
  g_assert_cmpstr (city, ==, users[0]);
  name = author_of (w->a, id, "given_name");
  g_assert_cmpstr (name, ==, users[1]);
  notes = author_of (w->a, id, "notes");
  g_assert_cmpstr (notes, ==, users[1]);
}

static void
test_there_and_back (void)
{
  g_autoptr (World) w = world_new ();
  g_autofree char *id = share (w);
  g_autoptr (GPtrArray) found = NULL;

  kaf_fixture_assert_field (w->b, "person", id, "family_name", "Bennis");
  kaf_fixture_assert_field (w->b, "expert", id, "headline_fr", "Soins");
  found = kaf_fixture_search (w->b, "expert", "bennis");
  g_assert_cmpuint (found->len, ==, 1);

  update (w->b, id, "city", "Lausanne");
  sync_store (w, w->b);
  g_assert_cmpuint (sync_store (w, w->a).n_records, ==, 1);
  kaf_fixture_assert_field (w->a, "person", id, "city", "Lausanne");

  /* Nothing more to say. */
  g_assert_cmpuint (sync_store (w, w->a).n_records, ==, 0);
  g_assert_cmpuint (sync_store (w, w->b).n_records, ==, 0);
}

/* Once the store is a device of a hub, its author is the account, as for everybody else, whichever connection it was made
 * one by; what was written before stays. */
static void
test_account_is_author (void)
{
  g_autoptr (World) w = world_new_alone ();
  g_autoptr (KafDatabase) other = NULL;
  g_autoptr (GError) error = NULL;
  g_autofree char *id = NULL, *before = NULL, *after = NULL, *there = NULL;
  g_autoptr (KafRecord) record = NULL;

  other = kaf_database_open (w->a->path, KAF_OPEN_DEFAULT, NULL, &error);
  g_assert_no_error (error);
  id = kaf_fixture_create (w->a, "person", NULL, "family_name", "Bennis", NULL);
  update (w->a, id, "notes", "Un avis");
  kaf_sync_enroll (other, "https://hub.example", users[0], "agent", kaf_sync_get_device (other),
                   &error);
  g_assert_no_error (error);
  enroll (w->b, users[1]);
  sync_store (w, w->a);
  sync_store (w, w->b);
  update (w->a, id, "city", "Zurich");
  before = author_of (w->a, id, "notes");
  g_assert_cmpstr (before, ==, "tester");
  after = author_of (w->a, id, "city");
  g_assert_cmpstr (after, ==, users[0]);
  g_assert_cmpstr (kaf_database_get_author (other), ==, users[0]);
  g_assert_cmpstr (kaf_database_get_author (w->a->db), ==, users[0]);
  record = kaf_read_record (w->a->db, kaf_registry_find ("person"), id, NULL);
  g_assert_cmpstr (kaf_record_get_stamp (record)->created_by, ==, "tester");
  g_assert_cmpstr (kaf_record_get_stamp (record)->updated_by, ==, users[0]);
  kaf_fixture_reopen (w->a);
  g_assert_cmpstr (kaf_database_get_author (w->a->db), ==, users[0]);

  sync_store (w, w->a);
  sync_store (w, w->b);
  there = author_of (w->b, id, "city");
  g_assert_cmpstr (there, ==, users[0]);
}

static void
test_disjoint (void)
{
  g_autoptr (World) w = world_new ();
  g_autofree char *id = share (w);

  update (w->a, id, "aliases", "Ben");
  update (w->b, id, "emails", "s@exemple.org\nb@exemple.org");
  g_assert_cmpuint (sync_store (w, w->a).n_conflicts, ==, 0);
  g_assert_cmpuint (sync_store (w, w->b).n_conflicts, ==, 0);
  sync_store (w, w->a);
  for (guint i = 0; i < 2; i++)
    {
      kaf_fixture_assert_field (i == 0 ? w->a : w->b, "person", id, "aliases", "Ben");
      kaf_fixture_assert_field (i == 0 ? w->a : w->b, "person", id, "emails",
                                "s@exemple.org\nb@exemple.org");
    }
}

/* The first address is the first for all: who has the elements already is told of their order, and who wrote them. */
static void
test_order (void)
{
  static const char *const fields[] = { "emails", "aliases" };

  for (guint i = 0; i < G_N_ELEMENTS (fields); i++)
    {
      g_autoptr (World) w = world_new ();
      g_autofree char *id = share (w);

      update (w->a, id, fields[i], "s@exemple.org\nb@exemple.org");
      sync_store (w, w->a);
      sync_store (w, w->b);
      update (w->a, id, fields[i], "b@exemple.org");
      update (w->a, id, fields[i], "b@exemple.org\ns@exemple.org");
      sync_store (w, w->a);
      sync_store (w, w->b);
      kaf_fixture_assert_field (w->a, "person", id, fields[i], "b@exemple.org\ns@exemple.org");
      kaf_fixture_assert_field (w->b, "person", id, fields[i], "b@exemple.org\ns@exemple.org");
      update (w->b, id, fields[i], "a@exemple.org\nb@exemple.org\ns@exemple.org");
      sync_store (w, w->b);
      sync_store (w, w->a);
      kaf_fixture_assert_field (w->a, "person", id, fields[i],
                                "b@exemple.org\ns@exemple.org\na@exemple.org");
      kaf_fixture_assert_field (w->b, "person", id, fields[i],
                                "b@exemple.org\ns@exemple.org\na@exemple.org");
    }
}

static void
test_conflict (void)
{
  g_autoptr (World) w = world_new ();
  g_autofree char *id = share (w);
  g_autoptr (GPtrArray) at_a = NULL;
  g_autoptr (GPtrArray) at_b = NULL;
  const char *conflict;

  update (w->a, id, "city", "Zurich");
  advance (w);
  update (w->b, id, "city", "Berne");
  g_assert_cmpuint (sync_store (w, w->a).n_conflicts, ==, 0);
  g_assert_cmpuint (sync_store (w, w->b).n_conflicts, ==, 1);
  sync_store (w, w->a);

  /* The later stands on both, and both hear of the other. */
  kaf_fixture_assert_field (w->a, "person", id, "city", "Berne");
  kaf_fixture_assert_field (w->b, "person", id, "city", "Berne");
  at_a = find_conflicts (w->a);
  at_b = find_conflicts (w->b);
  g_assert_cmpuint (at_a->len, ==, 1);
  g_assert_cmpuint (at_b->len, ==, 1);
  conflict = g_ptr_array_index (at_a, 0);
  g_assert_cmpstr (conflict, ==, g_ptr_array_index (at_b, 0));
  kaf_fixture_assert_field (w->a, "conflict", conflict, "owner", id);
  kaf_fixture_assert_field (w->a, "conflict", conflict, "stands_by", "brahim");
  kaf_fixture_assert_field (w->a, "conflict", conflict, "other_by", "amina");
  kaf_fixture_assert_field (w->a, "conflict", conflict, "other",
                            "{\"country\":null,\"city\":\"Zurich\",\"address\":null}");
  kaf_fixture_assert_field (w->a, "conflict", conflict, "before",
                            "{\"country\":null,\"city\":\"Genève\",\"address\":null}");
}

/* Who edited a person had her facet before him: it comes back with her. */
static void
test_deleted_facet_of_edited (void)
{
  g_autoptr (World) w = world_new ();
  g_autofree char *id = share (w);
  g_autoptr (KafChangeSet) set = kaf_change_set_new ("delete");
  g_autoptr (KafReceipt) receipt = NULL;

  kaf_change_set_delete (set, kaf_registry_find ("expert"), id);
  receipt = kaf_commit (w->a->db, set, NULL, NULL, NULL);
  sync_store (w, w->a);
  update (w->b, id, "city", "Berne");
  sync_store (w, w->b);
  sync_store (w, w->a);
  g_assert_true (kaf_read_exists (w->a->db, kaf_registry_find ("expert"), id));
  g_assert_true (kaf_read_exists (w->b->db, kaf_registry_find ("expert"), id));
}

/* The earlier edit, sent later, loses: its author sees what stands. */
static void
test_lost (void)
{
  g_autoptr (World) w = world_new ();
  g_autofree char *id = share (w);

  update (w->a, id, "city", "Zurich");
  advance (w);
  update (w->b, id, "city", "Berne");
  sync_store (w, w->b);
  g_assert_cmpuint (sync_store (w, w->a).n_conflicts, ==, 1);
  kaf_fixture_assert_field (w->a, "person", id, "city", "Berne");
  sync_store (w, w->b);
  kaf_fixture_assert_field (w->b, "person", id, "city", "Berne");
}

/* The answer is lost after the hub has taken all: nothing is taken twice. */
static void
test_answer_lost (void)
{
  g_autoptr (World) w = world_new ();
  g_autofree char *id = share (w);
  g_autoptr (GString) lost = g_string_new (NULL);
  KafHubFigures before, after;

  update (w->a, id, "city", "Zurich");
  ask (w, w->a, "agent", lost);
  kaf_hub_get_figures (w->hub, &before, NULL);
  g_assert_cmpuint (sync_store (w, w->a).n_acked, ==, 1);
  kaf_hub_get_figures (w->hub, &after, NULL);
  g_assert_cmpint (before.seq, ==, after.seq);
  sync_store (w, w->b);
  kaf_fixture_assert_field (w->b, "person", id, "city", "Zurich");
}

/* A cut answer changes nothing, wherever it is cut. */
static void
test_cut (void)
{
  g_autoptr (World) w = world_new ();
  g_autofree char *id = share (w);
  g_autoptr (GString) answer = g_string_new (NULL);

  update (w->b, id, "city", "Berne");
  sync_store (w, w->b);
  ask (w, w->a, "agent", answer);
  for (gsize size = 0; size < answer->len; size++)
    {
      KafInboxResult result;
      g_autoptr (KafReceipt) receipt = NULL;

      g_assert_false (kaf_inbox_take (w->a->db, answer->str, size, &result, &receipt, NULL));
      kaf_fixture_assert_field (w->a, "person", id, "city", "Genève");
    }
  sync_store (w, w->a);
  kaf_fixture_assert_field (w->a, "person", id, "city", "Berne");
}

static void
test_references (void)
{
  g_autoptr (World) w = world_new ();
  g_autofree char *a = kaf_fixture_create (w->a, "person", NULL, "family_name", "Alami", NULL);
  g_autofree char *b = kaf_fixture_create (w->b, "person", NULL, "family_name", "Bennis", NULL);
  g_autoptr (KafRecord) before = kaf_read_record (w->b->db, kaf_registry_find ("person"), b, NULL);
  g_autoptr (KafRecord) at_a = NULL;
  g_autoptr (KafRecord) at_b = NULL;
  g_autofree char *id = NULL;

  g_assert_true (g_str_has_prefix (kaf_record_get_ref (before), "L"));
  sync_store (w, w->a);
  sync_store (w, w->b);
  sync_store (w, w->a);
  at_a = kaf_read_record (w->a->db, kaf_registry_find ("person"), b, NULL);
  at_b = kaf_read_record (w->b->db, kaf_registry_find ("person"), b, NULL);
  g_assert_cmpstr (kaf_record_get_ref (at_a), ==, "PER-2026-0002");
  g_assert_cmpstr (kaf_record_get_ref (at_b), ==, "PER-2026-0002");

  /* What was written on paper meanwhile still finds it, on every device. */
  g_assert_true (kaf_read_resolve (w->a->db, kaf_record_get_ref (before), NULL, NULL, &id, NULL));
  g_assert_cmpstr (id, ==, b);
}

/* Who may not write a field is told so, and sees again what stands. */
static void
test_role (void)
{
  g_autoptr (World) w = world_new ();
  g_autofree char *id = share (w);

  update (w->b, id, "family_name", "Alami");
  g_assert_cmpuint (sync_as (w, w->b, "partner").n_rejected, ==, 1);
  kaf_fixture_assert_field (w->b, "person", id, "family_name", "Bennis");
  sync_store (w, w->a);
  kaf_fixture_assert_field (w->a, "person", id, "family_name", "Bennis");
}

/* A value of a class that the role may not see leaves the hub in no answer. */
static void
test_canary (void)
{
  g_autoptr (World) w = world_new ();
  g_autofree char *id = share (w);
  g_autoptr (GString) answer = g_string_new (NULL);

  update (w->a, id, "notes", "KANARI");
  sync_store (w, w->a);
  ask (w, w->b, "consular-relay", answer);
  g_assert_null (strstr (answer->str, "KANARI"));
  g_string_truncate (answer, 0);
  ask (w, w->b, "agent", answer);
  g_assert_nonnull (strstr (answer->str, "KANARI"));
}

/* Of two answers on their way to one store, the one that was asked for first comes last: it would bring
 * back what was. */
static void
test_overtaken (void)
{
  g_autoptr (World) w = world_new ();
  g_autofree char *id = share (w);
  g_autoptr (GString) late = g_string_new (NULL);
  g_autoptr (KafReceipt) receipt = NULL;
  g_autoptr (GError) error = NULL;
  KafInboxResult result;

  update (w->b, id, "city", "Berne");
  sync_store (w, w->b);
  ask (w, w->a, "agent", late);
  update (w->b, id, "city", "Zurich");
  sync_store (w, w->b);
  sync_store (w, w->a);
  g_assert_false (kaf_inbox_take (w->a->db, late->str, late->len, &result, &receipt, &error));
  g_assert_error (error, KAF_STORE_ERROR, KAF_STORE_ERROR_LOCKED);
  kaf_fixture_assert_field (w->a, "person", id, "city", "Zurich");
}

/* What is typed while the answer is on its way is not written over by it. */
static void
test_typed_meanwhile (void)
{
  g_autoptr (World) w = world_new ();
  g_autofree char *id = share (w);
  g_autoptr (GString) answer = g_string_new (NULL);
  g_autoptr (KafReceipt) receipt = NULL;
  g_autoptr (GError) error = NULL;
  KafInboxResult result;

  update (w->b, id, "city", "Berne");
  sync_store (w, w->b);
  ask (w, w->a, "agent", answer);
  update (w->a, id, "city", "Zurich");
  kaf_inbox_take (w->a->db, answer->str, answer->len, &result, &receipt, &error);
  g_assert_no_error (error);
  kaf_fixture_assert_field (w->a, "person", id, "city", "Zurich");
}

/* The content of a file stays where it was added: the other device says so, and is whole. */
static void
test_attachment (void)
{
  g_autoptr (World) w = world_new ();
  g_autofree char *id = share (w);
  g_autofree char *path = g_build_filename (w->a->folder, "cv.txt", NULL);
  g_autoptr (GFile) source = g_file_new_for_path (path);
  g_autofree char *attachment = NULL;
  g_autoptr (KafReceipt) receipt = NULL;
  g_autoptr (GFile) here = NULL;
  g_autoptr (GFile) there = NULL;
  g_autoptr (GError) error = NULL;

  g_assert_true (g_file_set_contents (path, "CV", -1, NULL));
  receipt = kaf_attachment_add (w->a->db, kaf_registry_find ("person"), id, NULL, source, NULL,
                                NULL, &attachment, NULL, &error);
  g_assert_no_error (error);
  sync_store (w, w->a);
  sync_store (w, w->b);
  here = kaf_attachment_get_file (w->a->db, attachment, NULL);
  g_assert_nonnull (here);
  there = kaf_attachment_get_file (w->b->db, attachment, &error);
  g_assert_error (error, KAF_STORE_ERROR, KAF_STORE_ERROR_ELSEWHERE);
}

/* The author of "Coire" never saw "Berne", though his device was told of it: it is in no conflict that
 * says that somebody wrote over it knowing it. */
static void
test_typed_meanwhile_twice (void)
{
  g_autoptr (World) w = world_new ();
  g_autofree char *id = share (w);
  g_autoptr (GString) answer = g_string_new (NULL);

  kaf_clock_advance (w->b->clock, 60 * G_USEC_PER_SEC);
  update (w->b, id, "city", "Berne");
  sync_store (w, w->b);
  ask (w, w->a, "agent", answer);
  update (w->a, id, "city", "Zurich");
  take (w->a, answer);
  update (w->a, id, "city", "Coire");
  g_assert_cmpuint (sync_store (w, w->a).n_conflicts, ==, 2);
  kaf_fixture_assert_field (w->a, "person", id, "city", "Berne");
}

/* A long answer comes in pages: a record that was edited late is told whole, its oldest fields too. */
static void
test_pages (void)
{
  g_autoptr (World) w = world_new ();
  g_autofree char *id = share (w);
  g_autofree char *other = kaf_fixture_create (w->a, "person", NULL, "family_name", "Alami", NULL);
  g_autoptr (KafFixture) c = kaf_fixture_new_seeded (3);

  update (w->a, id, "city", "Zurich");
  sync_store (w, w->a);
  enroll (c, "chama");
  kaf_clock_set (c->clock, kaf_clock_now (w->clock));
  kaf_hub_set_page_size (w->hub, 1);
  sync_store (w, c);
  kaf_fixture_assert_field (c, "person", other, "family_name", "Alami");
  kaf_fixture_assert_field (c, "person", id, "family_name", "Bennis");
  kaf_fixture_assert_field (c, "person", id, "city", "Zurich");
  kaf_fixture_assert_field (c, "expert", id, "headline_fr", "Soins");
  kaf_fixture_assert_whole (c);
}

/* Both gave the same reference before they knew of the hub: each finds by it whose it is now. */
/* Who has received nobody need not compare before what is here is sent. */
static void
test_nobody_to_compare (void)
{
  g_autoptr (World) w = world_new ();
  g_autofree char *own = kaf_fixture_create (w->a, "person", NULL, "family_name", "Alami", NULL);
  g_autofree char *other = NULL;
  g_autoptr (GString) answer = g_string_new (NULL);
  gboolean may;

  g_assert_true (kaf_duplicates_may_be (w->a->db, &may, NULL));
  g_assert_false (may);
  other = kaf_fixture_create (w->b, "person", NULL, "family_name", "Alami", NULL);
  sync_store (w, w->b);
  ask_some (w, w->a, "agent", 0, answer);
  take (w->a, answer);
  g_assert_true (kaf_duplicates_may_be (w->a->db, &may, NULL));
  g_assert_true (may);
  sync_store (w, w->a);
  g_assert_true (kaf_duplicates_may_be (w->a->db, &may, NULL));
  g_assert_false (may);
}

#define MANY 400

/* What is long is read ahead on a thread, by the hub and by the device: nothing of it is lost, and nothing of what is
 * cut is taken. */
static void
test_long (void)
{
  g_autoptr (World) w = world_new ();
  g_autofree char *notes = g_strnfill (400, 'n');
  g_autoptr (GPtrArray) ids = g_ptr_array_new_with_free_func (g_free);
  g_autoptr (GString) answer = g_string_new (NULL);
  g_autoptr (KafReceipt) receipt = NULL;
  g_autoptr (GError) error = NULL;
  KafInboxResult result;

  for (guint i = 0; i < MANY; i++)
    {
      g_autofree char *city = g_strdup_printf ("Ville %u", i);

      g_ptr_array_add (ids, kaf_fixture_create (w->a, "person", NULL, "family_name", "Bennis",
                                                "city", city, "notes", notes, NULL));
    }
  sync_store (w, w->a);
  ask (w, w->b, "agent", answer);
  g_assert_cmpuint (answer->len, >, MANY * strlen (notes));
  g_assert_false (
      kaf_inbox_take (w->b->db, answer->str, answer->len - 1, &result, &receipt, &error));
  g_assert_error (error, KAF_SYNC_ERROR, KAF_SYNC_ERROR_GRAMMAR);
  g_assert_cmpuint (sync_store (w, w->b).n_records, >=, MANY);
  for (guint i = 0; i < MANY; i++)
    {
      g_autofree char *city = g_strdup_printf ("Ville %u", i);

      kaf_fixture_assert_field (w->b, "person", g_ptr_array_index (ids, i), "city", city);
    }
}

static void
test_same_reference (void)
{
  g_autoptr (World) w = world_new_alone ();
  g_autofree char *a = kaf_fixture_create (w->a, "person", NULL, "family_name", "Alami", NULL);
  g_autofree char *b = kaf_fixture_create (w->b, "person", NULL, "family_name", "Bennis", NULL);

  enroll (w->a, users[0]);
  enroll (w->b, users[1]);
  sync_store (w, w->a);
  sync_store (w, w->b);
  sync_store (w, w->a);
  for (guint i = 0; i < 4; i++)
    {
      g_autofree char *id = NULL;

      g_assert_true (kaf_read_resolve (i < 2 ? w->a->db : w->b->db,
                                       i % 2 == 0 ? "PER-2026-0001" : "PER-2026-0002", NULL, NULL,
                                       &id, NULL));
      g_assert_cmpstr (id, ==, i % 2 == 0 ? a : b);
    }
}

/* Whose doing it was is told too. */
static void
test_deleted_by (void)
{
  g_autoptr (World) w = world_new ();
  g_autofree char *id = share (w);
  g_autoptr (KafRecord) record = NULL;

  kaf_fixture_delete (w->a, "expert", id);
  sync_store (w, w->a);
  sync_store (w, w->b);
  record = kaf_read_record (w->b->db, kaf_registry_find ("expert"), id, NULL);
  g_assert_cmpint (kaf_record_get_stamp (record)->deleted_at, >, 0);
  g_assert_cmpstr (kaf_record_get_stamp (record)->updated_by, ==, users[0]);
}

/* Of two processes that ask for one store the one that asked before something was typed is answered by the hub once it has
 * taken that from the other, and is heard first: what the hub made of it is not known here yet, and what is written now is
 * not written in its knowledge. */
static void
test_overtaken_by_own (void)
{
  g_autoptr (World) w = world_new ();
  g_autofree char *id = share (w);
  g_autoptr (GString) body = g_string_new (NULL);
  g_autoptr (GString) late = g_string_new (NULL);
  g_autoptr (GString) unheard = g_string_new (NULL);
  g_autoptr (GError) error = NULL;
  g_auto (KafSyncState) state = { 0 };
  const KafHubSession session = { kaf_sync_get_device (w->a->db), users[0], kaf_role_find ("agent"),
                                  "national" };
  KafHello hello;

  g_assert_true (kaf_sync_state_read (w->a->db, &state, NULL));
  hello = kaf_sync_state_greet (&state, kaf_clock_now (w->a->clock) / 1000);
  kaf_hello_print (&hello, body);
  update (w->b, id, "emails", "s@exemple.org\nb@exemple.org");
  sync_store (w, w->b);
  update (w->a, id, "emails", "s@exemple.org\na@exemple.org");
  ask (w, w->a, "agent", unheard);
  kaf_hub_exchange (w->hub, &session, body->str, body->len, late, &error);
  g_assert_no_error (error);
  take (w->a, late);
  kaf_fixture_delete (w->a, "person", id);
  sync_store (w, w->a);
  g_assert_true (kaf_read_exists (w->a->db, kaf_registry_find ("person"), id));
  kaf_fixture_assert_field (w->a, "person", id, "emails",
                            "s@exemple.org\nb@exemple.org\na@exemple.org");
}

/* Of a record that a restored hub does not know, what its user may read no more goes all the same where something of it
 * waits to be sent, which stays. */
static void
test_withdrawn_and_waiting (void)
{
  g_autoptr (World) w = world_new ();
  g_autofree char *shared = share (w);
  g_autofree char *backup = g_build_filename (w->folder, "backup.db", NULL);
  g_autoptr (GString) first = g_string_new (NULL);
  g_autoptr (GString) last = g_string_new (NULL);
  g_autofree char *id = NULL;

  g_assert_true (kaf_hub_back_up (w->hub, backup, NULL));
  id = kaf_fixture_create (w->a, "person", NULL, "family_name", "Idrissi", "notes", "Kanarizu",
                           NULL);
  sync_store (w, w->a);
  sync_store (w, w->b);
  restore_hub (w, backup);
  ask (w, w->b, "consular-relay", first);
  take (w->b, first);
  ask (w, w->b, "consular-relay", last);
  update (w->b, id, "city", "Lyon");
  take (w->b, last);
  kaf_fixture_assert_field (w->b, "person", id, "notes", NULL);
  kaf_fixture_assert_field (w->b, "person", id, "city", "Lyon");
  sync_store (w, w->a);
  sync_as (w, w->b, "consular-relay");
  kaf_fixture_assert_field (w->b, "person", id, "city", "Lyon");
  g_assert_false (holds (w->b->folder, "Kanarizu"));
  sync_store (w, w->a);
  kaf_fixture_assert_field (w->a, "person", id, "city", "Lyon");
}

/* Who may not make a person makes no facet of her either, nor anything that names her; and a partner no organisation. */
static void
test_refused_person (void)
{
  g_autoptr (World) w = world_new ();
  g_autofree char *shared = share (w);
  g_autofree char *id = kaf_fixture_create (w->b, "person", NULL, "family_name", "Alami", NULL);
  g_autofree char *facet = kaf_fixture_create (w->b, "expert", id, "headline_fr", "Arts", NULL);
  g_autofree char *body =
      kaf_fixture_create (w->b, "organisation", NULL, "name_fr", "Réseau", "kind", "network", NULL);
  g_autofree char *network = kaf_fixture_create (w->b, "network", body, "label", "R", NULL);
  g_autofree char *tie =
      kaf_fixture_create (w->b, "membership", NULL, "person", id, "network", body, NULL);
  KafHubFigures before, after;

  kaf_hub_get_figures (w->hub, &before, NULL);
  g_assert_cmpuint (sync_as (w, w->b, "partner").n_rejected, ==, 5);
  kaf_hub_get_figures (w->hub, &after, NULL);
  g_assert_cmpint (after.n_records, ==, before.n_records);
  sync_store (w, w->a);
}

/* Where nothing ever stood, what was refused goes as well. */
static void
test_refused_where_nothing_stood (void)
{
  g_autoptr (World) w = world_new ();
  g_autofree char *id = share (w);

  update (w->b, id, "birth_year", "1970");
  g_assert_cmpuint (sync_as (w, w->b, "partner").n_rejected, ==, 1);
  kaf_fixture_assert_field (w->b, "person", id, "birth_year", NULL);
}

/* The answer on two groups is lost; then one is sent again: the verdict on the other is still to be
 * heard. */
static void
test_verdict_later (void)
{
  g_autoptr (World) w = world_new ();
  g_autofree char *id = share (w);
  g_autoptr (GString) lost = g_string_new (NULL);
  g_autoptr (GString) answer = g_string_new (NULL);

  update (w->b, id, "city", "Berne");
  update (w->b, id, "family_name", "Alami");
  ask (w, w->b, "regional-officer", lost);
  ask_some (w, w->b, "regional-officer", 1, answer);
  take (w->b, answer);
  g_assert_cmpuint (sync_as (w, w->b, "regional-officer").n_rejected, ==, 1);
  kaf_fixture_assert_field (w->b, "person", id, "family_name", "Bennis");
}

/* Each store brings the lists of its program: nobody is told that they were refused. */
static void
test_lists (void)
{
  g_autoptr (World) w = world_new ();
  g_autoptr (KafReceipt) receipt = NULL;
  g_autofree char *id = NULL;
  g_autofree char *facet = NULL;
  g_autofree char *item =
      kaf_fixture_create (w->a, "domain", NULL, "code", "dates", "name_fr", "Palmier", NULL);

  id = kaf_fixture_create (w->a, "person", NULL, "family_name", "Bennis", NULL);
  facet = kaf_fixture_create (w->a, "expert", id, "domains", "dates", NULL);
  g_assert_cmpuint (sync_as (w, w->a, "manager").n_rejected, ==, 0);

  /* The name that an expert is found by comes after her. */
  receipt = kaf_fixture_update (w->a, "domain", "dates", "name_fr", "Phénicicole", NULL);
  sync_as (w, w->a, "manager");
  g_assert_cmpuint (sync_store (w, w->b).n_rejected, ==, 0);
  kaf_fixture_assert_whole (w->b);
}

/* Told all anew as a partner, he sees the notes that wait here still, and an agent, when they are sent, too. */
static void
test_typed_and_narrowed (void)
{
  g_autoptr (World) w = world_new ();
  g_autofree char *id = share (w);
  g_autoptr (GString) answer = g_string_new (NULL);

  update (w->b, id, "city", "Agadir");
  update (w->b, id, "notes", "Kanari");
  ask_some (w, w->b, "partner", 1, answer);
  take (w->b, answer);
  kaf_fixture_assert_field (w->b, "person", id, "notes", "Kanari");
  sync_store (w, w->b);
  sync_store (w, w->a);
  kaf_fixture_assert_field (w->a, "person", id, "notes", "Kanari");
  kaf_fixture_assert_field (w->b, "person", id, "notes", "Kanari");
}

/* Nor does a device that keeps to no rule write by it. */
static void
test_told_as_if_there (void)
{
  g_autoptr (World) w = world_new ();
  g_autofree char *id = share (w);
  const struct
  {
    const char *field, *value, *role, *why;
  } cases[] = {
    { "family_name", "Alami", "regional-officer", KAF_REFUSED_RIGHT },
    { "family_name", "Bennis", "regional-officer", NULL }, /* as it is */
    { "notes", "Kanari", "regional-officer",
      KAF_REFUSED_RIGHT }, /* whether it is or not: he may not read it */
    { "notes", "Autre", "regional-officer", KAF_REFUSED_RIGHT },
    { "birth_year", "soon", "agent", KAF_REFUSED_VALUE },
    { "city", "Agadir\\u001b[2J", "agent", KAF_REFUSED_VALUE },
    { "city", "Agadir\\u009b2J", "agent", KAF_REFUSED_VALUE },
    { "notes", "Une ligne\\nune autre", "agent", NULL },
    { "notes", "Une ligne\\u0085une autre", "agent", KAF_REFUSED_VALUE },
    { "country", "ZZ", "agent", KAF_REFUSED_NAMES },
    { "country", "FR", "agent", NULL },
  };

  update (w->a, id, "notes", "Kanari");
  sync_store (w, w->a);
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *payload =
          g_strdup_printf ("[{\"o\":\"update\",\"e\":\"person\",\"i\":\"%s\",\"f\":{\"%s\":["
                           "\"%s\",\"%s\"]}}]",
                           id, cases[i].field, cases[i].value, cases[i].value);
      g_autofree char *why = say (w, 0x1000 + i, cases[i].role, payload);

      g_assert_cmpstr (why, ==, cases[i].why);
    }
  sync_store (w, w->a);
  kaf_fixture_assert_field (w->a, "person", id, "family_name", "Bennis");
  kaf_fixture_assert_field (w->a, "person", id, "birth_year", NULL);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/sync/there-and-back", test_there_and_back);
  g_test_add_func ("/sync/who-wrote-what", test_who_wrote_what);
  g_test_add_func ("/sync/account-is-author", test_account_is_author);
  g_test_add_func ("/sync/disjoint", test_disjoint);
  g_test_add_func ("/sync/order", test_order);
  g_test_add_func ("/sync/conflict", test_conflict);
  g_test_add_func ("/sync/lost", test_lost);
  g_test_add_func ("/sync/answer-lost", test_answer_lost);
  g_test_add_func ("/sync/cut", test_cut);
  g_test_add_func ("/sync/deleted-facet-of-edited", test_deleted_facet_of_edited);
  g_test_add_func ("/sync/references", test_references);
  g_test_add_func ("/sync/role", test_role);
  g_test_add_func ("/sync/canary", test_canary);
  g_test_add_func ("/sync/attachment", test_attachment);
  g_test_add_func ("/sync/overtaken", test_overtaken);
  g_test_add_func ("/sync/overtaken-by-own", test_overtaken_by_own);
  g_test_add_func ("/sync/typed-meanwhile", test_typed_meanwhile);
  g_test_add_func ("/sync/typed-meanwhile-twice", test_typed_meanwhile_twice);
  g_test_add_func ("/sync/pages", test_pages);
  g_test_add_func ("/sync/long", test_long);
  g_test_add_func ("/sync/nobody-to-compare", test_nobody_to_compare);
  g_test_add_func ("/sync/same-reference", test_same_reference);
  g_test_add_func ("/sync/deleted-by", test_deleted_by);
  g_test_add_func ("/sync/withdrawn-and-waiting", test_withdrawn_and_waiting);
  g_test_add_func ("/sync/refused-person", test_refused_person);
  g_test_add_func ("/sync/refused-where-nothing-stood", test_refused_where_nothing_stood);
  g_test_add_func ("/sync/verdict-later", test_verdict_later);
  g_test_add_func ("/sync/lists", test_lists);
  g_test_add_func ("/sync/typed-and-narrowed", test_typed_and_narrowed);
  g_test_add_func ("/sync/told-as-if-there", test_told_as_if_there);
  return g_test_run ();
}
