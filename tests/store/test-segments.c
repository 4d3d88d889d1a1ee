/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A segment finds who meets it today, a frozen list keeps who did; both are told apart, and freezing is undone as one. */
#include "config.h"

#include <string.h>

#include "base/kaf-validation-error.h"
#include "kaf-fixture.h"
#include "schema/kaf-registry.h"
#include "store/kaf-database-private.h"
#include "store/kaf-page.h"
#include "store/kaf-query-text.h"
#include "store/kaf-segments.h"

static char *
add_person (KafFixture *f, const char *name, const char *country)
{
  return kaf_fixture_create (f, "person", NULL, "family_name", name, "country", country, NULL);
}

static char *
add_segment (KafFixture *f, gboolean shared)
{
  g_autoptr (KafQuery) query = kaf_query_new (kaf_registry_find ("person"));
  g_autoptr (KafRecord) record = NULL;
  g_autoptr (KafChangeSet) set = kaf_change_set_new ("create");
  g_autoptr (KafReceipt) receipt = NULL;
  g_autoptr (GError) error = NULL;

  kaf_query_set_condition (query, "country", KAF_OP_ANY_OF, (const char *const[]){ "DE", NULL });
  record = kaf_segment_make (query, "Allemagne", KAF_LANG_FR, "Appel", shared);
  kaf_change_set_create (set, record);
  receipt = kaf_commit (f->db, set, NULL, NULL, &error);
  g_assert_no_error (error);
  return g_strdup (g_ptr_array_index (receipt->ids, 0));
}

static gint64
count (KafFixture *f, const char *id)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (KafSegment) segment = kaf_segment_read (f->db, id, &error);

  g_assert_no_error (error);
  return segment->count;
}

static void
test_freeze (void)
{
  g_autoptr (KafFixture) f = kaf_fixture_new ();
  g_autofree char *stays = add_person (f, "Alami", "DE");
  g_autofree char *leaves = add_person (f, "Bennis", "DE");
  g_autofree char *goes = add_person (f, "Chraibi", "DE");
  g_autofree char *segment = add_segment (f, TRUE);
  g_autofree char *list = NULL;
  g_autofree char *comes = NULL;
  g_autoptr (KafReceipt) receipt = NULL;
  g_autoptr (KafReceipt) moved = NULL;
  g_autoptr (KafReceipt) undone = NULL;
  g_autoptr (KafSegmentChange) change = NULL;
  g_autoptr (KafQuery) members = NULL;
  g_autoptr (GPtrArray) lists = NULL;
  g_autoptr (GError) error = NULL;

  g_assert_cmpint (count (f, segment), ==, 3);
  receipt = kaf_segment_freeze (f->db, segment, "Novembre", &list, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (receipt->n_records, ==, 4);

  comes = add_person (f, "Daoudi", "DE");
  moved = kaf_fixture_update (f, "person", leaves, "country", "FR", NULL);
  kaf_fixture_delete (f, "person", goes);
  g_assert_cmpint (count (f, segment), ==, 2);
  change = kaf_segment_compare (f->db, list, &error);
  g_assert_no_error (error);
  g_assert_cmpint (change->then, ==, 3);
  g_assert_cmpint (change->now, ==, 2);
  g_assert_cmpint (change->stayed, ==, 1);
  g_assert_cmpint (change->gone, ==, 1);
  g_assert_cmpint (change->n_came, ==, 1);
  g_assert_cmpint (change->n_left, ==, 1);
  g_assert_cmpstr (kaf_query_find_condition (change->came, "id")->values[0], ==, comes);
  g_assert_cmpstr (kaf_query_find_condition (change->left, "id")->values[0], ==, leaves);

  /* The list opens as any other. */
  members = kaf_segment_list_query (kaf_registry_find ("person"), list);
  g_assert_cmpint (kaf_page_count (f->db, members, &error), ==, 2);

  undone = kaf_undo (f->db, receipt->batch, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (undone->skipped->len, ==, 0);
  lists = kaf_segment_lists_read (f->db, segment, &error);
  g_assert_cmpuint (lists->len, ==, 0);
  g_assert_cmpint (kaf_page_count (f->db, members, &error), ==, 0);
  kaf_fixture_assert_whole (f);
}

/* What cannot be read is told, and does not hide the others. */
static void
test_broken (void)
{
  g_autoptr (KafFixture) f = kaf_fixture_new ();
  g_autofree char *good = add_segment (f, TRUE);
  g_autofree char *bad = add_segment (f, TRUE);
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) segments = NULL;
  g_autofree char *list = NULL;
  const KafSegment *second;

  /* As it comes from a device that is newer. */
  g_assert_true (kaf_database_exec (f->db,
                                    "UPDATE segment SET query = '{\"version\":9}'"
                                    " WHERE rid = (SELECT max (rid) FROM segment)",
                                    NULL));
  segments = kaf_segments_read (f->db, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (segments->len, ==, 2);
  second = g_ptr_array_index (segments, 1);
  g_assert_cmpstr (second->id, ==, bad);
  g_assert_null (second->query);
  g_assert_cmpint (second->count, ==, -1);
  g_assert_nonnull (strstr (second->problem, "newer version"));
  g_assert_null (kaf_segment_freeze (f->db, bad, NULL, &list, &error));
  g_assert_nonnull (error);
}

/* What could not be read again is not kept, whoever writes it; a change beside it passes. */
static void
test_unreadable (void)
{
  static const char *const texts[] = { "country=DE", "{\"version\":2}",
                                       "{\"version\":2,\"entity\":\"person\",\"where\":[{\"path\":"
                                       "\"nowhere\",\"op\":\"set\",\"values\":[]}]}" };
  g_autoptr (KafFixture) f = kaf_fixture_new ();
  g_autofree char *segment = add_segment (f, TRUE);

  for (guint i = 0; i < G_N_ELEMENTS (texts); i++)
    {
      g_autoptr (KafChangeSet) set = kaf_change_set_new ("edit");
      g_autoptr (KafRecord) change = kaf_record_new (kaf_registry_find ("segment"), segment);
      g_autoptr (GError) error = NULL;
      KafFault fault = { 0, NULL };

      kaf_record_set (change, "query", texts[i]);
      kaf_change_set_update (set, change);
      g_assert_null (kaf_commit (f->db, set, &fault, NULL, &error));
      g_assert_error (error, KAF_VALIDATION_ERROR, KAF_VALIDATION_ERROR_RULE);
      g_assert_cmpstr (fault.field, ==, "query");
    }
  kaf_receipt_unref (kaf_fixture_update (f, "segment", segment, "title_fr", "Autre", NULL));
}

static void
test_sentence (void)
{
  g_autoptr (KafFixture) f = kaf_fixture_new ();
  g_autoptr (GError) error = NULL;
  g_autoptr (KafQuery) query = kaf_query_from_json (
      "{\"version\":2,\"entity\":\"expert\",\"where\":["
      "{\"path\":\"country\",\"op\":\"any-of\",\"values\":[\"DE\",\"FR\"]},"
      "{\"group\":\"none\",\"where\":[{\"path\":\"years\",\"op\":\"unset\",\"values\":[]}]},"
      "{\"has\":\"contact.person\",\"how\":\"none\",\"where\":"
      "[{\"path\":\"held_on\",\"op\":\"last-days\",\"values\":[\"90\"]}]}]}",
      &error);
  g_autofree char *told = NULL;

  g_assert_no_error (error);
  told = kaf_query_describe (f->db, query, KAF_LANG_EN);
  g_assert_cmpstr (
      told, ==,
      "Experts: Country of residence is ⁨Germany⁩ or ⁨France⁩; none of: (Years of "
      "experience is unknown); Exchanges – none (On in the last 90 days)");
}

static guint
find (KafFixture *f, const char *text)
{
  g_autoptr (GPtrArray) rows = kaf_search_everywhere (f->db, text, NULL, KAF_LANG_FR, 10, NULL);

  return rows->len;
}

/* What is not shared nobody else finds: by the general search, in a list, in its count. */
static void
test_private (void)
{
  g_autoptr (KafFixture) f = kaf_fixture_new ();
  g_autofree char *segment = add_segment (f, FALSE);
  g_autoptr (KafQuery) all = kaf_query_new (kaf_registry_find ("segment"));
  g_autoptr (KafQuery) some = kaf_query_new (kaf_registry_find ("segment"));

  kaf_query_set_text (some, "Allemagne");
  g_assert_cmpuint (find (f, "Allemagne"), ==, 1);
  g_assert_cmpint (kaf_page_count (f->db, some, NULL), ==, 1);
  kaf_database_set_author (f->db, "brahim");
  g_assert_cmpuint (find (f, "Allemagne"), ==, 0);
  g_assert_cmpint (kaf_page_count (f->db, some, NULL), ==, 0);
  g_assert_cmpint (kaf_page_count (f->db, all, NULL), ==, 0);
  kaf_receipt_unref (kaf_fixture_update (f, "segment", segment, "shared", "1", NULL));
  g_assert_cmpuint (find (f, "Allemagne"), ==, 1);
  g_assert_cmpint (kaf_page_count (f->db, all, NULL), ==, 1);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/segments/freeze", test_freeze);
  g_test_add_func ("/segments/private", test_private);
  g_test_add_func ("/segments/broken", test_broken);
  g_test_add_func ("/segments/unreadable", test_unreadable);
  g_test_add_func ("/segments/sentence", test_sentence);
  return g_test_run ();
}
