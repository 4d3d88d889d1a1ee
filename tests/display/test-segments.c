/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Segments by their actions: the editor builds a query, counts it while one edits, saves it; the list is frozen, taken
 * back, compared; what is typed is kept. */
#include "config.h"

#include "kaf-display.h"

#include "base/kaf-date.h"
#include "schema/kaf-registry.h"
#include "store/kaf-segments.h"
#include "ui/list/kaf-list-page.h"
#include "ui/segment/kaf-condition-row.h"
#include "ui/segment/kaf-segment-form.h"
#include "ui/segment/kaf-segment-page.h"
#include "ui/segment/kaf-segments-page.h"

/* An expert; NULL: unknown. */
static void
add_expert (KafStore *store,
            const char *name,
            const char *country,
            const char *territory,
            const char *domain)
{
  g_autoptr (KafChangeSet) set = kaf_change_set_new ("create");
  g_autoptr (KafRecord) person = kaf_record_new (kaf_registry_find ("person"), NULL);
  g_autoptr (KafRecord) expert = NULL;
  g_autoptr (KafReceipt) first = NULL;
  g_autoptr (KafReceipt) second = NULL;
  g_autoptr (KafChangeSet) facet = kaf_change_set_new ("create");

  kaf_record_set (person, "family_name", name);
  kaf_record_set (person, "country", country);
  kaf_record_set (person, "territory", territory);
  kaf_change_set_create (set, person);
  first = kaf_display_commit (store, set);
  expert = kaf_record_new (kaf_registry_find ("expert"), g_ptr_array_index (first->ids, 0));
  kaf_record_set (expert, "domains", domain);
  kaf_change_set_create (facet, expert);
  second = kaf_display_commit (store, facet);
}

static void
fill (KafStore *store)
{
  add_expert (store, "Alami", "DE", "MA-09", "health");
  add_expert (store, "Bennis", "DE", "MA-TIZ", "cardiology"); /* below both */
  add_expert (store, "Chraibi", "FR", "MA-09", "health");
  add_expert (store, "Daoudi", "DE", NULL, "health");
  add_expert (store, "Idrissi", "DE", "MA-09", "law");
}

static KafSegmentForm *
open_form (KafWindow *window)
{
  GtkWidget *page;

  kaf_window_show_section (window, "segment");
  page = kaf_window_get_page (window);
  g_assert_true (KAF_IS_SEGMENTS_PAGE (page));
  KAF_WAIT (kaf_segments_page_is_settled (KAF_SEGMENTS_PAGE (page)));
  g_assert_true (gtk_widget_activate_action (page, "segments.new", NULL));
  page = kaf_window_get_page (window);
  g_assert_true (KAF_IS_SEGMENT_FORM (page));
  KAF_WAIT (kaf_segment_form_is_settled (KAF_SEGMENT_FORM (page)));
  return KAF_SEGMENT_FORM (page);
}

static void
add_condition (
    KafQueryEditor *editor, KafNode *group, const char *path, KafOp op, const char *value)
{
  KafNode *node = kaf_query_editor_add_condition (editor, group);
  KafConditionRow *row = KAF_CONDITION_ROW (kaf_query_editor_find_row (editor, node));

  kaf_condition_row_set_field (row, path);
  kaf_condition_row_set_op (row, op);
  if (value != NULL)
    kaf_condition_row_set_values (row, (const char *const[]){ value, NULL });
}

/* Health professionals in Germany who declare an attachment to Souss-Massa. */
static void
ask (KafSegmentForm *form)
{
  KafQueryEditor *editor;

  kaf_segment_form_set_entity (form, "expert");
  editor = kaf_segment_form_get_editor (form);
  add_condition (editor, NULL, "domains", KAF_OP_ANY_OF, "health");
  add_condition (editor, NULL, "country", KAF_OP_ANY_OF, "DE");
  add_condition (editor, NULL, "territory", KAF_OP_ANY_OF, "MA-09");
  KAF_WAIT (kaf_segment_form_is_settled (form));
}

static void
test_build (void)
{
  KafWindow *window = kaf_display_open ("segments.db");
  KafStore *store = kaf_window_get_store (window);
  KafSegmentForm *form;
  KafSegmentPage *page;
  GtkWidget *list;

  fill (store);
  form = open_form (window);
  ask (form);
  g_assert_cmpint (kaf_segment_form_get_count (form), ==, 2);

  /* Without a title nothing is saved, and nothing is lost. */
  gtk_widget_activate_action (GTK_WIDGET (form), "segment-form.save", NULL);
  g_assert_true (kaf_window_get_page (window) == GTK_WIDGET (form));
  kaf_segment_form_set_title (form, "Santé");
  gtk_widget_activate_action (GTK_WIDGET (form), "segment-form.save", NULL);
  KAF_WAIT (KAF_IS_SEGMENT_PAGE (kaf_window_get_page (window)));
  page = KAF_SEGMENT_PAGE (kaf_window_get_page (window));
  KAF_WAIT (kaf_segment_page_is_settled (page));
  g_assert_cmpint (kaf_segment_page_get_count (page), ==, 2);
  g_assert_true (kaf_display_shows (GTK_WIDGET (page), "Country of residence is"));
  g_assert_true (kaf_display_shows (GTK_WIDGET (page), "ALAMI"));
  g_assert_false (kaf_display_shows (GTK_WIDGET (page), "DAOUDI"));

  /* Frozen; then somebody comes, and the count follows. */
  kaf_segment_page_freeze (page, "Campagne");
  KAF_WAIT (kaf_segment_page_is_settled (page) && kaf_segment_page_get_n_lists (page) == 1);
  add_expert (store, "Fassi", "DE", "MA-AGD", "health");
  KAF_WAIT (kaf_segment_page_is_settled (page) && kaf_segment_page_get_count (page) == 3);
  g_assert_true (kaf_display_shows (GTK_WIDGET (page), "Campagne"));

  /* As a list. */
  gtk_widget_activate_action (GTK_WIDGET (page), "segment.open", NULL);
  list = kaf_window_get_page (window);
  g_assert_true (KAF_IS_LIST_PAGE (list));
  KAF_WAIT (
      g_list_model_get_n_items (G_LIST_MODEL (kaf_list_page_get_list (KAF_LIST_PAGE (list)))) == 3);
  kaf_window_back (window);
  kaf_window_back (window);
  g_assert_true (KAF_IS_SEGMENTS_PAGE (kaf_window_get_page (window)));
  KAF_WAIT (kaf_segments_page_is_settled (KAF_SEGMENTS_PAGE (kaf_window_get_page (window))));
  g_assert_true (kaf_display_shows (kaf_window_get_page (window), "Santé"));
}

/* A step back is the tree of then; what asks nothing yet is not asked. */
static void
test_undo (void)
{
  KafWindow *window = kaf_display_open ("segments-undo.db");
  KafSegmentForm *form;
  KafQueryEditor *editor;
  g_autoptr (KafQuery) before = NULL;
  g_autoptr (KafQuery) after = NULL;
  guint left_out = 0;
  KafNode *contacts;
  KafLink link;

  fill (kaf_window_get_store (window));
  form = open_form (window);
  ask (form);
  editor = kaf_segment_form_get_editor (form);
  before = kaf_query_editor_get_query (editor, NULL);
  g_assert_true (
      kaf_link_find (kaf_registry_find ("expert"), KAF_LINK_BELONGING, "contact.person", &link));
  contacts = kaf_query_editor_add_related (editor, NULL, &link);
  add_condition (editor, contacts, "held_on", KAF_OP_LAST_DAYS, "30");
  KAF_WAIT (kaf_segment_form_is_settled (form));
  g_assert_cmpint (kaf_segment_form_get_count (form), ==, 0);

  for (guint i = 0; i < 4; i++)
    gtk_widget_activate_action (GTK_WIDGET (editor), "query.undo", NULL);
  after = kaf_query_editor_get_query (editor, &left_out);
  g_assert_true (kaf_query_equal (before, after));
  KAF_WAIT (kaf_segment_form_is_settled (form));
  g_assert_cmpint (kaf_segment_form_get_count (form), ==, 2);
  gtk_widget_activate_action (GTK_WIDGET (editor), "query.redo", NULL);
  kaf_query_editor_add_condition (editor, NULL);
  g_clear_pointer (&after, kaf_query_unref);
  after = kaf_query_editor_get_query (editor, &left_out);
  g_assert_cmpuint (left_out, ==, 1);
  g_assert_cmpuint (kaf_query_get_n_nodes (after), ==, 1);
}

/* Who leaves the page without a word, as by a crash, finds it again. */
static void
test_draft (void)
{
  KafWindow *window = kaf_display_open ("segments-draft.db");
  KafSegmentForm *form;
  g_autoptr (KafQuery) query = NULL;

  fill (kaf_window_get_store (window));
  form = open_form (window);
  ask (form);
  kaf_window_back (window);
  form = open_form (window);
  query = kaf_query_editor_get_query (kaf_segment_form_get_editor (form), NULL);
  g_assert_cmpuint (kaf_query_get_n_conditions (query), ==, 3);
  KAF_WAIT (kaf_segment_form_get_count (form) == 2);
}

int
main (int argc, char **argv)
{
  kaf_display_init (&argc, &argv, "en");
  g_test_add_func ("/segments/build", test_build);
  g_test_add_func ("/segments/undo", test_undo);
  g_test_add_func ("/segments/draft", test_draft);
  return kaf_display_finish (g_test_run ());
}
