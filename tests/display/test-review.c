/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The review of records that may be one: what is shown, what each answer does, and taking it back. */
#include "config.h"

#include "kaf-display.h"

#include <string.h>

#include "schema/kaf-registry.h"
#include "store/kaf-database-private.h"
#include "ui/app/kaf-window-private.h"
#include "ui/duplicates/kaf-accept-row.h"
#include "ui/duplicates/kaf-accept-window.h"
#include "ui/duplicates/kaf-one-card.h"
#include "ui/duplicates/kaf-review-page.h"

/* Who has the same e-mail address and the same name, in the other script. */
static void
add_person (
    KafStore *store, const char *given, const char *family, gboolean arabic, const char *city)
{
  g_autoptr (KafChangeSet) set = kaf_change_set_new ("edit");
  g_autoptr (KafRecord) person = kaf_record_new (kaf_registry_find ("person"), NULL);
  g_autoptr (KafReceipt) receipt = NULL;

  kaf_record_set (person, arabic ? "given_name_ar" : "given_name", given);
  kaf_record_set (person, arabic ? "family_name_ar" : "family_name", family);
  kaf_record_set (person, "emails", "m.boutjdir@example.org");
  kaf_record_set (person, "country", "DE");
  kaf_record_set (person, "city", city);
  kaf_change_set_create (set, person);
  receipt = kaf_display_commit (store, set);
}

static KafReviewPage *
show (KafWindow *window)
{
  g_action_group_activate_action (G_ACTION_GROUP (window), "review-duplicates", NULL);
  g_assert_true (KAF_IS_REVIEW_PAGE (kaf_window_get_page (window)));
  return KAF_REVIEW_PAGE (kaf_window_get_page (window));
}

static KafReviewPage *
open_pair_of (const char *name, const char *city, const char *other)
{
  KafWindow *window = kaf_display_open (name);
  KafStore *store = kaf_window_get_store (window);
  KafReviewPage *page;

  add_person (store, "Mohamed", "Boutjdir", FALSE, city);
  add_person (store, "محمد", "بوجدير", TRUE, other);
  page = show (window);
  KAF_WAIT (kaf_review_page_get_n (page) == 1);
  KAF_WAIT (kaf_review_page_get_pair (page) != NULL);
  return page;
}

static KafReviewPage *
open_pair (const char *name)
{
  return open_pair_of (name, "Bonn", "Aachen");
}

static void
activate (KafReviewPage *page, const char *action)
{
  g_assert_true (gtk_widget_activate_action (GTK_WIDGET (page), action, NULL));
}

static KafWindow *
window_of (KafReviewPage *page)
{
  return KAF_WINDOW (gtk_widget_get_root (GTK_WIDGET (page)));
}

static void
test_empty (void)
{
  KafReviewPage *page = show (kaf_display_open ("review-empty.db"));

  KAF_WAIT (kaf_review_page_get_n (page) == 0);
  KAF_WAIT (kaf_display_shows (GTK_WIDGET (page), "No Duplicate to Examine"));
  g_assert_null (kaf_review_page_get_pair (page));
}

static void
test_shown (void)
{
  KafReviewPage *page = open_pair ("review-shown.db");
  GtkWidget *pair = GTK_WIDGET (kaf_review_page_get_pair (page));

  g_assert_true (kaf_display_shows (GTK_WIDGET (page), "1 of 1"));
  g_assert_true (kaf_display_shows (pair, "same e-mail address"));
  g_assert_true (kaf_display_shows (pair, "different cities"));
  g_assert_true (kaf_display_shows (pair, "very likely"));
  g_assert_true (kaf_display_shows (pair, "Bonn"));
  g_assert_true (kaf_display_shows (pair, "Aachen"));
}

static gboolean
has_label (GtkWidget *widget, const char *markup)
{
  if (GTK_IS_LABEL (widget) && g_str_equal (gtk_label_get_label (GTK_LABEL (widget)), markup))
    return TRUE;
  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    if (has_label (child, markup))
      return TRUE;
  return FALSE;
}

/* Letters that agree are marked in two spellings of a word, not in two words. */
static void
test_letters (void)
{
  KafReviewPage *page = open_pair_of ("review-spellings.db", "Tetouan", "Tétouane");

  g_assert_true (has_label (GTK_WIDGET (kaf_review_page_get_pair (page)), "<b>Tétouan</b>e"));
  page = open_pair_of ("review-words.db", "Bonn", "Aachen");
  g_assert_true (has_label (GTK_WIDGET (kaf_review_page_get_pair (page)), "Bonn"));
  g_assert_true (has_label (GTK_WIDGET (kaf_review_page_get_pair (page)), "Aachen"));
}

static gpointer
run_sql (KafDatabase *db, gpointer data, GCancellable *cancellable, GError **error)
{
  return kaf_database_exec (db, data, error) ? data : NULL;
}

/* Pairs cannot be written for some seconds. Nothing changes after that: it is tried again by itself. */
static void
test_tried_again (void)
{
  KafWindow *window = kaf_display_open ("review-again.db");
  KafStore *store = kaf_window_get_store (window);
  g_autofree char *sql =
      g_strdup_printf ("CREATE TRIGGER stop BEFORE INSERT ON suspect"
                       " WHEN CAST (strftime ('%%s', 'now') AS INTEGER) < %" G_GINT64_FORMAT
                       " BEGIN SELECT RAISE (FAIL, 'no'); END",
                       g_get_real_time () / G_USEC_PER_SEC + 3);
  KafReviewPage *page;

  kaf_display_run (store, run_sql, sql);
  add_person (store, "Mohamed", "Boutjdir", FALSE, "Bonn");
  add_person (store, "محمد", "بوجدير", TRUE, "Aachen");
  page = show (window);
  KAF_WAIT (kaf_review_page_get_n (page) == 1);
}

/* Whatever is said, the pair is gone; undone, it is there again. */
static void
test_judged (void)
{
  static const char *const actions[] = { "review.same", "review.different", "review.later" };

  for (guint i = 0; i < G_N_ELEMENTS (actions); i++)
    {
      g_autofree char *name = g_strdup_printf ("review-%u.db", i);
      KafReviewPage *page = open_pair (name);
      KafStore *store = kaf_window_get_store (window_of (page));

      activate (page, actions[i]);
      KAF_WAIT (kaf_review_page_get_n (page) == 0);
      g_assert_cmpint (kaf_display_count (store, "person"), ==, i == 0 ? 1 : 2);
      g_action_group_activate_action (G_ACTION_GROUP (window_of (page)), "undo", NULL);
      KAF_WAIT (kaf_review_page_get_n (page) == 1);
      g_assert_cmpint (kaf_display_count (store, "person"), ==, 2);
    }
}

static char *
read_city (KafReviewPage *page)
{
  const KafReview *review = kaf_review_pair_get_review (kaf_review_page_get_pair (page));

  for (guint i = 0; i < review->fields->len; i++)
    {
      const KafReviewField *field = review->fields->pdata[i];

      if (g_str_equal (field->field->id, "city"))
        {
          kaf_review_pair_choose (kaf_review_page_get_pair (page), i, TRUE);
          return g_strdup (field->b);
        }
    }
  return NULL;
}

static gpointer
shown_city (KafDatabase *db, gpointer data, GCancellable *cancellable, GError **error)
{
  g_autoptr (KafRecord) record = kaf_read_record (db, kaf_registry_find ("person"), data, error);

  return record != NULL ? g_strdup (kaf_record_get (record, "city")) : NULL;
}

static void
on_city (GObject *source, GAsyncResult *result, gpointer data)
{
  *(char **) data = kaf_store_run_finish (KAF_STORE (source), result, NULL);
}

/* The value that was chosen shows. */
static void
test_choice (void)
{
  KafReviewPage *page = open_pair ("review-choice.db");
  KafStore *store = kaf_window_get_store (window_of (page));
  g_autofree char *chosen = read_city (page);
  g_autofree char *id =
      g_strdup (kaf_review_pair_get_review (kaf_review_page_get_pair (page))->pair->a);
  char *city = NULL;

  g_assert_nonnull (chosen);
  activate (page, "review.same");
  KAF_WAIT (kaf_review_page_get_n (page) == 0);
  kaf_store_run_async (store, KAF_LANE_READ, shown_city, id, NULL, g_free, NULL, on_city, &city);
  KAF_WAIT (city != NULL);
  g_assert_cmpstr (city, ==, chosen);
  g_free (city);
}

/* The page of the one that is shown tells it, and parts them again. */
static void
test_separated (void)
{
  KafReviewPage *page = open_pair ("review-separated.db");
  KafWindow *window = window_of (page);
  KafStore *store = kaf_window_get_store (window);
  g_autofree char *id =
      g_strdup (kaf_review_pair_get_review (kaf_review_page_get_pair (page))->pair->a);
  GtkWidget *card;

  activate (page, "review.same");
  KAF_WAIT (kaf_review_page_get_n (page) == 0);
  kaf_window_open_record (window, kaf_registry_find ("person"), id, NULL,
                          GTK_INVALID_LIST_POSITION);
  KAF_WAIT (kaf_display_shows (kaf_window_get_page (window), "one with 1 other record"));
  card = kaf_display_find (kaf_window_get_page (window), KAF_TYPE_ONE_CARD);
  g_assert_cmpuint (kaf_one_card_get_n (KAF_ONE_CARD (card)), ==, 1);
  g_signal_emit_by_name (kaf_display_find (card, GTK_TYPE_BUTTON), "clicked");
  KAF_WAIT (kaf_display_count (store, "person") == 2);
  KAF_WAIT (!gtk_widget_get_visible (card));
}

static void
add_other (KafStore *store, const char *given, const char *family, const char *email)
{
  g_autoptr (KafChangeSet) set = kaf_change_set_new ("edit");
  g_autoptr (KafRecord) person = kaf_record_new (kaf_registry_find ("person"), NULL);
  g_autoptr (KafReceipt) receipt = NULL;

  kaf_record_set (person, "given_name", given);
  kaf_record_set (person, "family_name", family);
  kaf_record_set (person, "emails", email);
  kaf_change_set_create (set, person);
  receipt = kaf_display_commit (store, set);
}

/* A second pair, less likely, that is won less by. */
static KafReviewPage *
open_two_pairs (const char *name)
{
  KafWindow *window = kaf_display_open (name);
  KafStore *store = kaf_window_get_store (window);
  KafReviewPage *page;

  add_person (store, "Mohamed", "Boutjdir", FALSE, "Bonn");
  add_person (store, "محمد", "بوجدير", TRUE, "Aachen");
  add_other (store, "Salma", "Guessous", "salma@example.org");
  add_other (store, "Selma", "Guessous", "salma@example.org");
  page = show (window);
  KAF_WAIT (kaf_review_page_get_n (page) == 2);
  KAF_WAIT (kaf_review_page_get_pair (page) != NULL);
  return page;
}

static KafSuspectsView *
open_list (KafReviewPage *page)
{
  activate (page, "review.list");
  KAF_WAIT (
      kaf_suspect_list_is_settled (kaf_suspects_view_get_list (kaf_review_page_get_list (page))));
  return kaf_review_page_get_list (page);
}

static guint
count (KafSuspectsView *view)
{
  return g_list_model_get_n_items (G_LIST_MODEL (kaf_suspects_view_get_list (view)));
}

/* All pairs with both names in both scripts; which and in which order is the review's as well. */
static void
test_list (void)
{
  KafReviewPage *page = open_two_pairs ("review-list.db");
  KafSuspectsView *view = open_list (page);
  KafSuspectsAsked asked = { KAF_SUSPECTS_WAITING, KAF_SUSPECTS_BY_NAME };
  const KafReview *review;

  g_assert_cmpuint (count (view), ==, 2);
  KAF_WAIT (kaf_display_shows (GTK_WIDGET (view), "same e-mail address"));
  kaf_suspects_view_ask (view, &asked);
  KAF_WAIT (kaf_suspect_list_is_settled (kaf_suspects_view_get_list (view)));
  KAF_WAIT (kaf_review_page_get_n (page) == 2);
  g_signal_emit_by_name (kaf_display_find (GTK_WIDGET (view), GTK_TYPE_LIST_VIEW), "activate", 1u);
  g_assert_null (kaf_review_page_get_list (page));
  KAF_WAIT (kaf_review_page_get_pair (page) != NULL);
  KAF_WAIT (kaf_display_shows (GTK_WIDGET (page), "2 of 2"));
  review = kaf_review_pair_get_review (kaf_review_page_get_pair (page));
  g_assert_nonnull (strstr (review->pair->title_a, "GUESSOUS"));
}

/* What was put off is listed by itself, and opens in the review again. */
static void
test_list_later (void)
{
  KafReviewPage *page = open_two_pairs ("review-list-later.db");
  KafSuspectsView *view = open_list (page);
  KafSuspectsAsked asked = { KAF_SUSPECTS_LATER, KAF_SUSPECTS_BY_GAIN };

  gtk_selection_model_select_item (kaf_suspects_view_get_selection (view), 0, TRUE);
  g_assert_true (gtk_widget_activate_action (GTK_WIDGET (view), "suspects.later", NULL));
  KAF_WAIT (kaf_review_page_get_n (page) == 1);
  KAF_WAIT (count (view) == 1);
  kaf_suspects_view_ask (view, &asked);
  KAF_WAIT (kaf_review_page_get_n (page) == 1);
  KAF_WAIT (kaf_suspect_list_is_settled (kaf_suspects_view_get_list (view)));
  g_assert_cmpuint (count (view), ==, 1);
  g_signal_emit_by_name (kaf_display_find (GTK_WIDGET (view), GTK_TYPE_LIST_VIEW), "activate", 0u);
  KAF_WAIT (kaf_review_page_get_pair (page) != NULL);
  activate (page, "review.different");
  /* None of those is left: the others follow. */
  KAF_WAIT (kaf_display_shows (GTK_WIDGET (page), "1 of 1"));
}

/* Several at once, and one undo. */
static void
test_list_many (void)
{
  KafReviewPage *page = open_two_pairs ("review-list-many.db");
  KafSuspectsView *view = open_list (page);

  gtk_selection_model_select_all (kaf_suspects_view_get_selection (view));
  g_assert_true (gtk_widget_activate_action (GTK_WIDGET (view), "suspects.different", NULL));
  KAF_WAIT (kaf_review_page_get_n (page) == 0);
  KAF_WAIT (count (view) == 0);
  g_action_group_activate_action (G_ACTION_GROUP (window_of (page)), "undo", NULL);
  KAF_WAIT (kaf_review_page_get_n (page) == 2);
  KAF_WAIT (count (view) == 2);
}

/* The first page tells how many there are, and leads there; it says nothing where there are none. */
static void
test_home (void)
{
  KafReviewPage *page = open_two_pairs ("review-home.db");
  KafWindow *window = window_of (page);
  g_autofree char *expert =
      kaf_display_add_expert (kaf_window_get_store (window), "Alami", "Nora", "العلمي", "نورة");
  GtkWidget *home;

  activate (page, "review.different");
  KAF_WAIT (kaf_review_page_get_n (page) == 1);
  kaf_window_show_section (window, "home");
  home = kaf_window_get_page (window);
  if (home == GTK_WIDGET (page))
    {
      kaf_window_back (window);
      home = kaf_window_get_page (window);
    }
  KAF_WAIT (kaf_display_shows (home, "Possible Duplicates"));
  g_action_group_activate_action (G_ACTION_GROUP (window), "review-duplicates", NULL);
  page = KAF_REVIEW_PAGE (kaf_window_get_page (window));
  KAF_WAIT (kaf_review_page_get_pair (page) != NULL);
  activate (page, "review.different");
  KAF_WAIT (kaf_review_page_get_n (page) == 0);
  kaf_window_back (window);
  KAF_WAIT (!kaf_display_shows (home, "Possible Duplicates"));
}

static KafAcceptWindow *
find_accept_window (void)
{
  g_autoptr (GListModel) windows = g_object_ref (gtk_window_get_toplevels ());

  for (guint i = 0; i < g_list_model_get_n_items (windows); i++)
    {
      g_autoptr (GObject) window = g_list_model_get_item (windows, i);

      if (KAF_IS_ACCEPT_WINDOW (window))
        return KAF_ACCEPT_WINDOW (window);
    }
  return NULL;
}

/* A manager says from where on and why; without either nothing is accepted; one undo takes all of it back. */
static void
test_accept (void)
{
  KafReviewPage *page = open_two_pairs ("review-accept.db");
  KafStore *store = kaf_window_get_store (window_of (page));
  KafAcceptWindow *window;
  KafAcceptRow *row;

  activate (page, "review.accept");
  window = find_accept_window ();
  KAF_WAIT (kaf_accept_window_get_n (window) == 0);
  KAF_WAIT (kaf_display_shows (GTK_WIDGET (window), "No likelihood is set yet"));
  kaf_accept_window_set_reason (window, "campagne de novembre");
  gtk_widget_activate_action (GTK_WIDGET (window), "accept.run", NULL);
  g_assert_cmpint (kaf_display_count (store, "person"), ==, 4);
  row = KAF_ACCEPT_ROW (kaf_display_find (GTK_WIDGET (window), KAF_TYPE_ACCEPT_ROW));
  KAF_WAIT (kaf_accept_row_get_least (row) == 0);
  g_assert_true (kaf_accept_row_choose (row, 900));
  KAF_WAIT (kaf_accept_window_get_n (window) == 2);
  KAF_WAIT (kaf_display_shows (GTK_WIDGET (window), "2 pairs become one record each"));
  kaf_accept_window_set_reason (window, "ok");
  g_assert_true (kaf_display_shows (GTK_WIDGET (window), "as a sentence"));
  gtk_widget_activate_action (GTK_WIDGET (window), "accept.run", NULL);
  g_assert_cmpint (kaf_accept_window_get_n (window), ==, 2);
  kaf_accept_window_set_reason (window, "campagne de novembre");
  gtk_widget_activate_action (GTK_WIDGET (window), "accept.run", NULL);
  KAF_WAIT (find_accept_window () == NULL);
  KAF_WAIT (kaf_review_page_get_n (page) == 0);
  g_assert_cmpint (kaf_display_count (store, "person"), ==, 2);
  g_action_group_activate_action (G_ACTION_GROUP (window_of (page)), "undo", NULL);
  KAF_WAIT (kaf_review_page_get_n (page) == 2);
  g_assert_cmpint (kaf_display_count (store, "person"), ==, 4);
}

int
main (int argc, char *argv[])
{
  kaf_display_init (&argc, &argv, "en");
  g_test_add_func ("/review/empty", test_empty);
  g_test_add_func ("/review/shown", test_shown);
  g_test_add_func ("/review/letters", test_letters);
  g_test_add_func ("/review/tried-again", test_tried_again);
  g_test_add_func ("/review/judged", test_judged);
  g_test_add_func ("/review/choice", test_choice);
  g_test_add_func ("/review/separated", test_separated);
  g_test_add_func ("/review/list", test_list);
  g_test_add_func ("/review/list-later", test_list_later);
  g_test_add_func ("/review/list-many", test_list_many);
  g_test_add_func ("/review/accept", test_accept);
  g_test_add_func ("/review/home", test_home);
  return kaf_display_finish (g_test_run ());
}
