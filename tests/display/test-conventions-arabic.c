/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The page of conventions in Arabic: titles and states in Arabic, time from the right. */
#include "config.h"

#include "kaf-display.h"

#include "schema/kaf-registry.h"
#include "ui/convention/kaf-convention-row.h"
#include "ui/convention/kaf-conventions-page.h"
#include "ui/convention/kaf-validity-bar.h"

static void
test_page (void)
{
  KafWindow *window = kaf_display_open ("conventions-arabic.db");
  KafStore *store = kaf_window_get_store (window);
  g_autoptr (KafChangeSet) set = kaf_change_set_new ("create");
  g_autoptr (KafRecord) record = kaf_record_new (kaf_registry_find ("convention"), NULL);
  g_autoptr (KafReceipt) receipt = NULL;
  graphene_rect_t time;
  GtkWidget *page;
  GtkWidget *bar;

  kaf_record_set (record, "title_fr", "MRE Academy");
  kaf_record_set (record, "title_ar", "أكاديمية مغاربة العالم");
  kaf_record_set (record, "kind", "framework");
  kaf_record_set (record, "signed_on", "2020-06-24");
  kaf_change_set_create (set, record);
  receipt = kaf_display_commit (store, set);

  kaf_window_show_section (window, "convention");
  page = kaf_window_get_page (window);
  KAF_WAIT (kaf_conventions_page_is_settled (KAF_CONVENTIONS_PAGE (page)));
  KAF_WAIT (kaf_conventions_page_get_n_rows (KAF_CONVENTIONS_PAGE (page)) == 1);
  KAF_WAIT (kaf_display_shows (page, "أكاديمية مغاربة العالم"));
  g_assert_false (kaf_display_shows (page, "term unknown"));
  g_assert_true (kaf_display_shows (page, "يونيو 2020"));

  /* The line of time stands at the end side, which is the left. */
  KAF_WAIT (kaf_display_find (page, KAF_TYPE_VALIDITY_BAR) != NULL &&
            gtk_widget_get_width (kaf_display_find (page, KAF_TYPE_VALIDITY_BAR)) > 0);
  bar = kaf_display_find (page, KAF_TYPE_VALIDITY_BAR);
  g_assert_true (
      gtk_widget_compute_bounds (bar, kaf_display_find (page, KAF_TYPE_CONVENTION_ROW), &time));
  g_assert_cmpfloat (time.origin.x, <, 1);
}

int
main (int argc, char **argv)
{
  kaf_display_init (&argc, &argv, "ar");

  g_test_add_func ("/conventions-arabic/page", test_page);
  return kaf_display_finish (g_test_run ());
}
