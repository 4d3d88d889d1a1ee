/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The review of records that may be one: what is shown, what each answer does, and taking it back. */
#include "config.h"

#include "kaf-display.h"

#include "schema/kaf-registry.h"
#include "ui/app/kaf-window-private.h"
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
open_pair (const char *name)
{
  KafWindow *window = kaf_display_open (name);
  KafStore *store = kaf_window_get_store (window);
  KafReviewPage *page;

  add_person (store, "Mohamed", "Boutjdir", FALSE, "Bonn");
  add_person (store, "محمد", "بوجدير", TRUE, "Aachen");
  page = show (window);
  KAF_WAIT (kaf_review_page_get_n (page) == 1);
  KAF_WAIT (kaf_review_page_get_pair (page) != NULL);
  return page;
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

int
main (int argc, char *argv[])
{
  kaf_display_init (&argc, &argv, "en");
  g_test_add_func ("/review/empty", test_empty);
  g_test_add_func ("/review/shown", test_shown);
  g_test_add_func ("/review/judged", test_judged);
  g_test_add_func ("/review/choice", test_choice);
  g_test_add_func ("/review/separated", test_separated);
  return kaf_display_finish (g_test_run ());
}
