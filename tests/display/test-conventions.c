/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The page of conventions: the tree, what is folded, searched and filtered, the act that is chosen, the ways from
 * there; and where a day lies on the line of time. */
#include "config.h"

#include "kaf-display.h"

#include "base/kaf-date.h"
#include "schema/kaf-registry.h"
#include "schema/kaf-set.h"
#include "ui/app/kaf-sidebar.h"
#include "ui/convention/kaf-convention-panel.h"
#include "ui/convention/kaf-convention-row.h"
#include "ui/convention/kaf-conventions-page.h"
#include "ui/convention/kaf-time-scale.h"
#include "ui/form/kaf-form-page.h"
#include "ui/list/kaf-list-page.h"
#include "ui/record/kaf-record-page.h"

#define MANY 5000

/* Records */

/* @...: field, value, … NULL. The id. (transfer full) */
static char *add (KafStore *store, const char *entity, ...) G_GNUC_NULL_TERMINATED;

static char *
add (KafStore *store, const char *entity, ...)
{
  g_autoptr (KafChangeSet) set = kaf_change_set_new ("create");
  g_autoptr (KafRecord) record = kaf_record_new (kaf_registry_find (entity), NULL);
  g_autoptr (KafReceipt) receipt = NULL;
  const char *field;
  va_list list;

  va_start (list, entity);
  while ((field = va_arg (list, const char *)) != NULL)
    kaf_record_set (record, field, va_arg (list, const char *));
  va_end (list);
  kaf_change_set_create (set, record);
  receipt = kaf_display_commit (store, set);
  return g_strdup (g_ptr_array_index (receipt->ids, 0));
}

typedef struct
{
  char *ofppt, *dmk;
  char *framework, *specific, *amendment, *other;
  char *commitment;
} Acts;

static char *
in_days (int days)
{
  g_autofree char *today = kaf_date_from_time (g_get_real_time ());

  return kaf_date_add_days (today, days);
}

/* A framework of unknown term with one that lapses, which an amendment made longer, and one that expired. */
static void
add_acts (KafStore *store, Acts *acts)
{
  g_autofree char *end = in_days (40);
  g_autofree char *late = in_days (-9);
  g_autofree char *ofppt = NULL;
  g_autofree char *both = NULL;

  acts->ofppt =
      add (store, "organisation", "name_fr", "OFPPT", "kind", "public_establishment", NULL);
  acts->dmk = add (store, "organisation", "name_fr", "DMK", "kind", "association", NULL);
  ofppt = kaf_set_add (NULL, acts->ofppt, NULL);
  both = kaf_set_add (ofppt, acts->dmk, NULL);
  acts->framework = add (store, "convention", "title_fr", "MRE Academy", "kind", "framework",
                         "parties", ofppt, "signed_on", "2020-06-24", NULL);
  acts->specific =
      add (store, "convention", "title_fr", "Santé", "kind", "specific", "parent", acts->framework,
           "parties", both, "signed_on", "2020-06-24", "ends_on", "2023-06-30", NULL);
  acts->amendment = add (store, "convention", "title_fr", "Avenant 1", "kind", "amendment",
                         "parent", acts->specific, "changes", "end\nduties", "signed_on",
                         "2023-06-01", "ends_on", end, NULL);
  acts->other = add (store, "convention", "title_fr", "Automobile", "kind", "specific", "parent",
                     acts->framework, "parties", ofppt, "signed_on", "2020-06-24", "ends_on",
                     "2021-06-30", NULL);
  acts->commitment = add (store, "commitment", "convention", acts->amendment, "party", acts->dmk,
                          "text_fr", "Former 120 stagiaires", "due_on", late, NULL);
}

static void
acts_clear (Acts *acts)
{
  g_free (acts->ofppt);
  g_free (acts->dmk);
  g_free (acts->framework);
  g_free (acts->specific);
  g_free (acts->amendment);
  g_free (acts->other);
  g_free (acts->commitment);
}

/* The page */

static KafConventionsPage *
open_page (KafWindow *window)
{
  GtkWidget *page;

  kaf_window_show_section (window, "convention");
  page = kaf_window_get_page (window);
  g_assert_true (KAF_IS_CONVENTIONS_PAGE (page));
  KAF_WAIT (kaf_conventions_page_is_settled (KAF_CONVENTIONS_PAGE (page)));
  return KAF_CONVENTIONS_PAGE (page);
}

static void
activate (KafConventionsPage *page, const char *action)
{
  g_assert_true (gtk_widget_activate_action (GTK_WIDGET (page), action, NULL));
}

static void
show (KafConventionsPage *page, const char *shown)
{
  g_object_set (page, "shown", shown, NULL);
}

static void
choose (KafConventionsPage *page, const char *id)
{
  for (guint i = 0; i < kaf_conventions_page_get_n_rows (page) &&
                    g_strcmp0 (kaf_conventions_page_get_chosen (page), id) != 0;
       i++)
    kaf_conventions_page_choose (page, i);
  g_assert_cmpstr (kaf_conventions_page_get_chosen (page), ==, id);
  KAF_WAIT (kaf_conventions_page_is_settled (page));
}

/* Back on the page, which has read what changed meanwhile. */
static void
go_back (KafWindow *window, KafConventionsPage *page)
{
  kaf_window_back (window);
  KAF_WAIT (kaf_window_get_page (window) == GTK_WIDGET (page));
  KAF_WAIT (kaf_conventions_page_is_settled (page));
}

static KafFormPage *
wait_for_form (KafWindow *window, const char *entity)
{
  KafFormPage *form;

  KAF_WAIT (KAF_IS_FORM_PAGE (kaf_window_get_page (window)));
  form = KAF_FORM_PAGE (kaf_window_get_page (window));
  g_assert_cmpstr (kaf_form_page_get_entity (form)->id, ==, entity);
  KAF_WAIT (kaf_form_page_is_ready (form));
  return form;
}

static void
test_empty (void)
{
  KafWindow *window = kaf_display_open ("conventions-empty.db");
  KafConventionsPage *page = open_page (window);

  g_assert_cmpuint (kaf_conventions_page_get_n_rows (page), ==, 0);
  g_assert_true (kaf_display_shows (GTK_WIDGET (page), "Try With the Sample Data"));
  activate (page, "list.new");
  wait_for_form (window, "convention");
  go_back (window, page);
}

static void
test_tree (void)
{
  KafWindow *window = kaf_display_open ("conventions-tree.db");
  KafStore *store = kaf_window_get_store (window);
  Acts acts;
  KafConventionsPage *page;
  GtkWidget *found = NULL;
  KafSidebar *sidebar;

  add_acts (store, &acts);
  page = open_page (window);
  /* The window folds for as long as it has no width yet. */
  KAF_WAIT ((found = kaf_display_find (GTK_WIDGET (window), KAF_TYPE_SIDEBAR)) != NULL);
  sidebar = KAF_SIDEBAR (found);
  KAF_WAIT (kaf_sidebar_get_count (sidebar, "convention") == 4);
  KAF_WAIT (kaf_conventions_page_get_n_rows (page) == 4);
  KAF_WAIT (kaf_display_shows (GTK_WIDGET (page), "lapses in 40 days"));
  g_assert_true (kaf_display_shows (GTK_WIDGET (page), "term unknown"));
  g_assert_true (kaf_display_shows (GTK_WIDGET (page), "expired"));

  /* From the amendment up, fold, unfold, down again. */
  choose (page, acts.amendment);
  activate (page, "convention.fold");
  g_assert_cmpstr (kaf_conventions_page_get_chosen (page), ==, acts.specific);
  activate (page, "convention.fold");
  g_assert_cmpuint (kaf_conventions_page_get_n_rows (page), ==, 3);
  activate (page, "convention.unfold");
  g_assert_cmpuint (kaf_conventions_page_get_n_rows (page), ==, 4);
  activate (page, "convention.unfold");
  g_assert_cmpstr (kaf_conventions_page_get_chosen (page), ==, acts.amendment);
  acts_clear (&acts);
}

/* What was folded and chosen outlives a change of the store, and a search. */
static void
test_folded (void)
{
  KafWindow *window = kaf_display_open ("conventions-folded.db");
  KafStore *store = kaf_window_get_store (window);
  Acts acts;
  KafConventionsPage *page;

  add_acts (store, &acts);
  page = open_page (window);
  KAF_WAIT (kaf_conventions_page_get_n_rows (page) == 4);
  choose (page, acts.specific);
  activate (page, "convention.fold");
  g_free (add (store, "convention", "title_fr", "Tiznit", "kind", "framework", NULL));
  KAF_WAIT (kaf_conventions_page_is_settled (page) && kaf_conventions_page_get_n_rows (page) == 4);
  g_assert_cmpstr (kaf_conventions_page_get_chosen (page), ==, acts.specific);
  show (page, "lapsing");
  g_assert_cmpuint (kaf_conventions_page_get_n_rows (page), ==, 3);
  show (page, "all");
  g_assert_cmpuint (kaf_conventions_page_get_n_rows (page), ==, 4);
  g_assert_cmpstr (kaf_conventions_page_get_chosen (page), ==, acts.specific);
  acts_clear (&acts);
}

static void
test_search (void)
{
  KafWindow *window = kaf_display_open ("conventions-search.db");
  Acts acts;
  KafConventionsPage *page;
  GtkWidget *entry;

  add_acts (kaf_window_get_store (window), &acts);
  page = open_page (window);
  KAF_WAIT (kaf_conventions_page_get_n_rows (page) == 4);
  g_action_group_activate_action (G_ACTION_GROUP (window), "search", NULL);
  KAF_WAIT ((entry = kaf_display_find (GTK_WIDGET (page), GTK_TYPE_SEARCH_ENTRY)) != NULL);

  /* By party and title, without accents; with what it stands within and what stands within it. */
  gtk_editable_set_text (GTK_EDITABLE (entry), "dmk sante");
  KAF_WAIT (kaf_conventions_page_get_n_rows (page) == 3);
  gtk_editable_set_text (GTK_EDITABLE (entry), "nowhere");
  KAF_WAIT (kaf_conventions_page_get_n_rows (page) == 0);
  g_assert_true (kaf_display_shows (GTK_WIDGET (page), "No Convention Found"));
  gtk_editable_set_text (GTK_EDITABLE (entry), "");
  KAF_WAIT (kaf_conventions_page_get_n_rows (page) == 4);

  show (page, "over");
  g_assert_cmpuint (kaf_conventions_page_get_n_rows (page), ==, 2);
  g_assert_cmpstr (kaf_conventions_page_get_title (page, 1), ==, "Automobile");
  show (page, "unknown");
  g_assert_cmpuint (kaf_conventions_page_get_n_rows (page), ==, 1);
  g_assert_cmpstr (kaf_conventions_page_get_chosen (page), ==, acts.framework);
  acts_clear (&acts);
}

static void
test_panel (void)
{
  KafWindow *window = kaf_display_open ("conventions-panel.db");
  Acts acts;
  KafConventionsPage *page;
  GtkWidget *panel;

  add_acts (kaf_window_get_store (window), &acts);
  page = open_page (window);
  KAF_WAIT (kaf_conventions_page_get_n_rows (page) == 4);
  panel = kaf_display_find (GTK_WIDGET (page), KAF_TYPE_CONVENTION_PANEL);
  choose (page, acts.amendment);
  g_assert_cmpuint (kaf_convention_panel_get_n_commitments (KAF_CONVENTION_PANEL (panel)), ==, 1);
  g_assert_true (kaf_display_shows (panel, "of which 1 late"));
  g_assert_true (kaf_display_shows (panel, "9 days late"));
  /* What it changes, from what. */
  g_assert_true (kaf_display_shows (panel, "30/06/2023") ||
                 kaf_display_shows (panel, "30 June 2023"));
  /* The convention shows the result. */
  choose (page, acts.specific);
  g_assert_cmpuint (kaf_convention_panel_get_n_commitments (KAF_CONVENTION_PANEL (panel)), ==, 1);
  choose (page, acts.other);
  g_assert_cmpuint (kaf_convention_panel_get_n_commitments (KAF_CONVENTION_PANEL (panel)), ==, 0);
  acts_clear (&acts);
}

static void
test_ways (void)
{
  KafWindow *window = kaf_display_open ("conventions-ways.db");
  Acts acts;
  KafConventionsPage *page;
  KafFormPage *form;

  add_acts (kaf_window_get_store (window), &acts);
  page = open_page (window);
  KAF_WAIT (kaf_conventions_page_get_n_rows (page) == 4);

  choose (page, acts.framework);
  activate (page, "convention.add-child");
  wait_for_form (window, "convention");
  go_back (window, page);

  choose (page, acts.amendment);
  activate (page, "convention.fulfil-one");
  form = wait_for_form (window, "fulfilment");
  g_assert_null (kaf_form_page_get_id (form));
  go_back (window, page);

  activate (page, "convention.open-chosen");
  KAF_WAIT (KAF_IS_RECORD_PAGE (kaf_window_get_page (window)));
  g_assert_cmpstr (kaf_record_page_get_id (KAF_RECORD_PAGE (kaf_window_get_page (window))), ==,
                   acts.amendment);
  go_back (window, page);

  /* The plain list, for an export, and back from it. */
  activate (page, "convention.list");
  KAF_WAIT (KAF_IS_LIST_PAGE (kaf_window_get_page (window)));
  g_assert_true (g_action_group_get_action_enabled (G_ACTION_GROUP (window), "export"));
  go_back (window, page);
  acts_clear (&acts);
}

/* A window of 360 px holds the page: the bars give way, and nothing is cut off. */
static void
test_narrow (void)
{
  KafWindow *window = kaf_display_open ("conventions-narrow.db");
  Acts acts;
  KafConventionsPage *page;
  int least;

  add_acts (kaf_window_get_store (window), &acts);
  page = open_page (window);
  KAF_WAIT (kaf_conventions_page_get_n_rows (page) == 4);
  choose (page, acts.specific);
  gtk_widget_measure (GTK_WIDGET (page), GTK_ORIENTATION_HORIZONTAL, -1, &least, NULL, NULL, NULL);
  g_assert_cmpint (least, <=, 360);
  acts_clear (&acts);
}

static guint
count (GtkWidget *widget, GType type)
{
  guint n = g_type_is_a (G_OBJECT_TYPE (widget), type) ? 1 : 0;

  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    n += count (child, type);
  return n;
}

/* However many there are, widgets are made for those in sight and some around them. */
static void
test_many (void)
{
  KafWindow *window = kaf_display_open ("conventions-many.db");
  g_autoptr (KafChangeSet) set = kaf_change_set_new ("create");
  g_autoptr (KafReceipt) receipt = NULL;
  KafConventionsPage *page;
  gint64 start;

  for (guint i = 0; i < MANY; i++)
    {
      g_autoptr (KafRecord) record = kaf_record_new (kaf_registry_find ("convention"), NULL);
      g_autofree char *title = g_strdup_printf ("Convention %u", i);

      kaf_record_set (record, "title_fr", title);
      kaf_record_set (record, "kind", "framework");
      kaf_record_set (record, "signed_on", "2020-06-24");
      kaf_record_set (record, "ends_on", i % 2 == 0 ? "2030-06-30" : "2022-06-30");
      kaf_change_set_create (set, record);
    }
  receipt = kaf_display_commit (kaf_window_get_store (window), set);
  start = g_get_monotonic_time ();
  page = open_page (window);
  KAF_WAIT (kaf_conventions_page_get_n_rows (page) == MANY);
  g_test_message ("%d conventions in %" G_GINT64_FORMAT " ms", MANY,
                  (g_get_monotonic_time () - start) / 1000);
  start = g_get_monotonic_time ();
  show (page, "over");
  g_assert_cmpuint (kaf_conventions_page_get_n_rows (page), ==, MANY / 2);
  g_test_message ("half of them in %" G_GINT64_FORMAT " ms",
                  (g_get_monotonic_time () - start) / 1000);
  KAF_WAIT (kaf_display_find (GTK_WIDGET (page), KAF_TYPE_CONVENTION_ROW) != NULL);
  g_assert_cmpuint (count (GTK_WIDGET (page), KAF_TYPE_CONVENTION_ROW), <, 300);
}

static void
assert_expanded (GtkWidget *row, gboolean expanded)
{
  g_autofree char *other = gtk_test_accessible_check_state (
      GTK_ACCESSIBLE (row), GTK_ACCESSIBLE_STATE_EXPANDED, expanded);

  g_assert_cmpstr (other, ==, NULL);
}

/* Each row says its state and term in words, as does what has the focus around it; and whether it is unfolded. */
static void
test_accessible (void)
{
  KafWindow *window = kaf_display_open ("conventions-accessible.db");
  Acts acts;
  KafConventionsPage *page;
  GtkWidget *row;

  add_acts (kaf_window_get_store (window), &acts);
  page = open_page (window);
  KAF_WAIT (kaf_display_find (GTK_WIDGET (page), KAF_TYPE_CONVENTION_ROW) != NULL);
  row = kaf_display_find (GTK_WIDGET (page), KAF_TYPE_CONVENTION_ROW);
  for (GtkWidget *one = row; one != gtk_widget_get_parent (gtk_widget_get_parent (row));
       one = gtk_widget_get_parent (one))
    {
      g_autofree char *other = gtk_test_accessible_check_property (
          GTK_ACCESSIBLE (one), GTK_ACCESSIBLE_PROPERTY_LABEL,
          "\u2068MRE Academy\u2069, Framework, term unknown, \u2068OFPPT\u2069");

      g_assert_cmpstr (other, ==, NULL);
    }
  assert_expanded (gtk_widget_get_parent (row), TRUE);
  gtk_widget_activate_action (kaf_display_find (row, GTK_TYPE_TREE_EXPANDER), "listitem.collapse",
                              NULL);
  assert_expanded (gtk_widget_get_parent (row), FALSE);
  acts_clear (&acts);
}

static void
test_scale (void)
{
  g_autoptr (KafTimeScale) scale = kaf_time_scale_new ();
  KafDay today = kaf_day_parse ("2024-07-01");
  KafDay first;
  KafDay until;

  kaf_time_scale_set_range (scale, kaf_day_parse ("2020-06-24"), kaf_day_parse ("2028-02-01"),
                            today);
  first = kaf_time_scale_get_from (scale);
  until = kaf_time_scale_get_until (scale);
  g_assert_cmpuint (first, <=, kaf_day_parse ("2020-06-24"));
  g_assert_cmpuint (until, >=, kaf_day_parse ("2028-02-01"));
  /* Time runs from the left, and mirrored from the right. */
  g_assert_cmpfloat (kaf_time_scale_get_x (scale, today, 900, FALSE), >,
                     kaf_time_scale_get_x (scale, first, 900, FALSE));
  g_assert_cmpfloat_with_epsilon (kaf_time_scale_get_x (scale, today, 900, FALSE) +
                                      kaf_time_scale_get_x (scale, today, 900, TRUE),
                                  900, 0.01);
  g_assert_true (kaf_time_scale_zoom (scale, 1));
  g_assert_cmpuint (kaf_time_scale_get_from (scale), >, first);
  g_assert_cmpuint (kaf_time_scale_get_until (scale), <, until);
  g_assert_cmpuint (kaf_time_scale_get_from (scale), <, today);
  g_assert_cmpuint (kaf_time_scale_get_until (scale), >, today);
}

int
main (int argc, char **argv)
{
  kaf_display_init (&argc, &argv, "en");

  g_test_add_func ("/conventions/scale", test_scale);
  g_test_add_func ("/conventions/empty", test_empty);
  g_test_add_func ("/conventions/tree", test_tree);
  g_test_add_func ("/conventions/folded", test_folded);
  g_test_add_func ("/conventions/search", test_search);
  g_test_add_func ("/conventions/panel", test_panel);
  g_test_add_func ("/conventions/ways", test_ways);
  g_test_add_func ("/conventions/narrow", test_narrow);
  g_test_add_func ("/conventions/many", test_many);
  g_test_add_func ("/conventions/accessible", test_accessible);
  return kaf_display_finish (g_test_run ());
}
