/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The count of 2030 by its actions: the card of the home page, the page at another day, figures that open lists of just
 * their length, the arrows on the plot, and months that are closed. */
#include "config.h"

#include "kaf-display.h"

#include "base/kaf-date.h"
#include "schema/kaf-registry.h"
#include "store/kaf-drafts.h"
#include "store/kaf-sync-private.h"
#include "ui/list/kaf-list-page.h"
#include "ui/target/kaf-target-card.h"
#include "ui/target/kaf-target-page.h"

#define PERSONS 7

static void
add (KafStore *store, const char *entity, const char *id, const char *first, ...)
{
  g_autoptr (KafChangeSet) set = kaf_change_set_new ("new");
  g_autoptr (KafRecord) record = kaf_record_new (kaf_registry_find (entity), id);
  g_autoptr (KafReceipt) receipt = NULL;
  va_list list;

  va_start (list, first);
  for (const char *name = first; name != NULL; name = va_arg (list, const char *))
    kaf_record_set (record, name, va_arg (list, const char *));
  va_end (list);
  kaf_change_set_create (set, record);
  receipt = kaf_display_commit (store, set);
}

static void
update (KafStore *store, const char *id, const char *declared_on, const char *country)
{
  g_autoptr (KafChangeSet) set = kaf_change_set_new ("edit");
  g_autoptr (KafRecord) record = kaf_record_new (kaf_registry_find ("person"), id);
  g_autoptr (KafReceipt) receipt = NULL;

  kaf_record_set (record, "status", "verified");
  kaf_record_set (record, "verified_on", "2024-01-10");
  kaf_record_set (record, "declared_on", declared_on);
  kaf_record_set (record, "country", country);
  kaf_change_set_update (set, record);
  receipt = kaf_display_commit (store, set);
}

/* Seven identified, of whom five live in France and two in Germany; two of them since March 2024 alone. Three gave
 * twelve days in February. */
static void
fill (KafStore *store)
{
  for (guint i = 0; i < PERSONS; i++)
    {
      g_autofree char *given = g_strdup_printf ("Nora%u", i);
      g_autofree char *id = kaf_display_add_expert (store, "Alami", given, NULL, NULL);

      update (store, id, i < 2 ? "2024-03-05" : "2024-01-05", i < 5 ? "FR" : "DE");
      if (i >= 4)
        add (store, "contribution", NULL, "person", id, "kind", "advice", "starts_on", "2024-02-01",
             "ends_on", "2024-02-20", "days", "12", NULL);
    }
}

static KafTargetPage *
open_page (KafWindow *window)
{
  GtkWidget *page;

  g_action_group_activate_action (G_ACTION_GROUP (window), "section",
                                  g_variant_new_string ("target"));
  page = kaf_window_get_page (window);
  g_assert_true (KAF_IS_TARGET_PAGE (page));
  KAF_WAIT (kaf_target_page_is_settled (KAF_TARGET_PAGE (page)));
  return KAF_TARGET_PAGE (page);
}

static void
assert_list (KafWindow *window, gint64 n)
{
  KafPagedList *list;

  KAF_WAIT (KAF_IS_LIST_PAGE (kaf_window_get_page (window)));
  list = kaf_list_page_get_list (KAF_LIST_PAGE (kaf_window_get_page (window)));
  KAF_WAIT (kaf_paged_list_get_query (list) != NULL && !kaf_paged_list_is_loading (list));
  g_assert_cmpuint (g_list_model_get_n_items (G_LIST_MODEL (list)), ==, n);
}

static KafTargetCard *
find_card (KafWindow *window)
{
  return (KafTargetCard *) kaf_display_find (GTK_WIDGET (window), KAF_TYPE_TARGET_CARD);
}

static void
test_card (void)
{
  KafWindow *window = kaf_display_open ("card.db");
  GtkWidget *figure;

  g_assert_null (find_card (window));
  fill (kaf_window_get_store (window));
  KAF_WAIT (find_card (window) != NULL &&
            kaf_target_card_get_overview (find_card (window)) != NULL &&
            kaf_target_plot_get_point (
                kaf_target_overview_get_plot (kaf_target_card_get_overview (find_card (window))))
                    ->n[KAF_TARGET_MOBILISED] == 3);
  figure = kaf_target_overview_get_figure (kaf_target_card_get_overview (find_card (window)),
                                           KAF_TARGET_MOBILISED);
  g_assert_true (gtk_widget_activate (figure));
  assert_list (window, 3);
}

static void
at (KafTargetPage *page, const char *day)
{
  gtk_widget_activate_action (GTK_WIDGET (page), "target.at", "s", day);
  KAF_WAIT (kaf_target_page_is_settled (page));
}

static void
open (KafTargetPage *page, const char *axis, const char *stage, const char *code)
{
  gtk_widget_activate_action (GTK_WIDGET (page), "target.open", "(sss)", axis, stage, code);
}

static void
test_page (void)
{
  KafWindow *window = kaf_display_open ("page.db");
  KafTargetPage *page;

  fill (kaf_window_get_store (window));
  page = open_page (window);
  g_assert_cmpuint (kaf_target_page_get_count (page)->n[KAF_TARGET_IDENTIFIED], ==, PERSONS);
  at (page, "2024-02-19");
  g_assert_cmpuint (kaf_target_page_get_count (page)->n[KAF_TARGET_IDENTIFIED], ==, PERSONS - 2);
  g_assert_cmpuint (kaf_target_page_get_count (page)->n[KAF_TARGET_MOBILISED], ==, 0);
  at (page, "2024-02-20");
  g_assert_cmpuint (kaf_target_page_get_count (page)->n[KAF_TARGET_MOBILISED], ==, 3);
  open (page, "country", "identified", "FR");
  assert_list (window, 3);
  page = open_page (window);
  open (page, "country", "mobilised", "DE");
  assert_list (window, 2);
  page = open_page (window);
  /* Nobody is in a network: the list is one of chosen persons. */
  open (page, "network", "identified", "");
  assert_list (window, PERSONS - 2);
}

/* From right to left time does, too; the month that is pointed at is told. */
static void
test_plot (void)
{
  KafWindow *window = kaf_display_open ("plot.db");
  KafTargetPage *page;
  KafTargetPlot *plot;
  KafDay last;
  double early, late;

  fill (kaf_window_get_store (window));
  page = open_page (window);
  at (page, "2024-04-30");
  plot = kaf_target_overview_get_plot (kaf_target_page_get_overview (page));
  last = kaf_target_plot_get_point (plot)->day;
  g_assert_cmpuint (last, ==, kaf_day_parse ("2024-04-30"));
  g_assert_false (kaf_target_plot_move (plot, 1));
  g_assert_true (kaf_target_plot_move (plot, -2));
  g_assert_cmpuint (kaf_target_plot_get_point (plot)->day, ==, kaf_day_parse ("2024-02-29"));
  g_assert_true (kaf_display_shows (GTK_WIDGET (page), "5 identified"));
  g_assert_true (kaf_display_shows (GTK_WIDGET (page), "3 mobilised"));
  KAF_WAIT (gtk_widget_get_width (GTK_WIDGET (plot)) > 0);
  early = kaf_target_plot_get_x (plot, kaf_day_parse ("2022-01-01"));
  late = kaf_target_plot_get_x (plot, kaf_day_parse ("2029-01-01"));
  g_assert_true (early < late);
  gtk_widget_set_direction (GTK_WIDGET (plot), GTK_TEXT_DIR_RTL);
  g_assert_true (kaf_target_plot_get_x (plot, kaf_day_parse ("2022-01-01")) >
                 kaf_target_plot_get_x (plot, kaf_day_parse ("2029-01-01")));
}

static void
test_close (void)
{
  KafWindow *window = kaf_display_open ("close.db");
  KafTargetPage *page;

  fill (kaf_window_get_store (window));
  page = open_page (window);
  at (page, "2024-03-31");
  g_assert_false (kaf_target_page_get_count (page)->closed);
  g_assert_true (kaf_display_shows (GTK_WIDGET (page), "over and not closed"));
  gtk_widget_activate_action (GTK_WIDGET (page), "target.close-now", NULL);
  KAF_WAIT (kaf_target_page_is_settled (page) && kaf_target_page_get_count (page)->closed);
  g_assert_true (kaf_display_shows (GTK_WIDGET (page), "All months that are over are closed"));
  g_assert_cmpuint (kaf_target_page_get_count (page)->n[KAF_TARGET_IDENTIFIED], ==, PERSONS);
  /* Two in Germany are told with the rest, and figures lead nowhere. */
  g_assert_true (kaf_display_shows (GTK_WIDGET (page), "Others, fewer than five each") ||
                 kaf_target_page_get_count (page)->cells[KAF_TARGET_BY_COUNTRY]->len == 1);
  open (page, "country", "identified", "FR");
  g_assert_true (kaf_window_get_page (window) == GTK_WIDGET (page));
  g_assert_false (gtk_widget_get_sensitive (
      kaf_target_overview_get_figure (kaf_target_page_get_overview (page), KAF_TARGET_IDENTIFIED)));
}

static gpointer
bind_to_region (KafDatabase *db, gpointer data, GCancellable *cancellable, GError **error)
{
  kaf_local_set (db, KAF_SYNC_SCOPE, "territory:MA-09", error);
  return NULL;
}

/* Who sees a part reads nothing of the goal of all, neither on the page nor at home. */
static void
test_part (void)
{
  KafWindow *window = kaf_display_open ("part.db");
  KafStore *store = kaf_window_get_store (window);
  KafTargetPage *page;

  fill (store);
  KAF_WAIT (kaf_display_shows (GTK_WIDGET (window), "skills by 2030"));
  KAF_WAIT (kaf_display_shows (GTK_WIDGET (window), "below the path"));
  kaf_display_become (store, "regional-officer");
  kaf_display_run (store, bind_to_region, NULL);
  kaf_store_announce (store, NULL);
  KAF_WAIT (kaf_display_shows (GTK_WIDGET (window), "Skills by 2030: your scope"));
  KAF_WAIT (kaf_display_shows (GTK_WIDGET (window), "in your scope"));
  g_assert_false (kaf_display_shows (GTK_WIDGET (window), "the path"));
  page = open_page (window);
  g_assert_true (kaf_display_shows (GTK_WIDGET (page), "nothing here is measured against it"));
  g_assert_true (kaf_display_shows (GTK_WIDGET (page), "an erasure changes them"));
  g_assert_false (kaf_display_shows (GTK_WIDGET (page), "the path"));
}

int
main (int argc, char *argv[])
{
  kaf_display_init (&argc, &argv, "en");
  g_test_add_func ("/target/card", test_card);
  g_test_add_func ("/target/page", test_page);
  g_test_add_func ("/target/plot", test_plot);
  g_test_add_func ("/target/close", test_close);
  g_test_add_func ("/target/part", test_part);
  return kaf_display_finish (g_test_run ());
}
