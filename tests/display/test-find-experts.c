/* SPDX-License-Identifier: GPL-3.0-or-later */
/* From step 3 to the short list: experts are found, one is ticked and added. */
#include "config.h"

#include "kaf-display.h"

#include "match/kaf-expert-fit.h"
#include "schema/kaf-registry.h"
#include "ui/form/kaf-reference-picker.h"
#include "ui/mission/kaf-mission-page.h"

static char *
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
  return g_strdup (g_ptr_array_index (receipt->ids, 0));
}

static GtkWidget *
find_window (void)
{
  GListModel *windows = gtk_window_get_toplevels ();

  for (guint i = 0; i < g_list_model_get_n_items (windows); i++)
    {
      g_autoptr (GtkWidget) window = g_list_model_get_item (windows, i);

      if (g_strcmp0 (gtk_window_get_title (GTK_WINDOW (window)), "Experts for the Mission") == 0)
        return window;
    }
  return NULL;
}

static void
test_add (void)
{
  KafWindow *window = kaf_display_open ("find-experts.db");
  KafStore *store = kaf_window_get_store (window);
  g_autofree char *mission =
      add (store, "mission", NULL, "title_fr", "Soins", "domains", "nursing", NULL);
  g_autofree char *person =
      add (store, "person", NULL, "family_name", "Essai", "status", "active", NULL);
  g_autofree char *expert = add (store, "expert", person, "domains", "nursing", NULL);
  GtkWidget *page, *add_button, *check;

  g_action_group_activate_action (G_ACTION_GROUP (window), "open-mission",
                                  g_variant_new ("(su)", mission, 3));
  page = kaf_window_get_page (window);
  KAF_WAIT (kaf_mission_page_is_settled (KAF_MISSION_PAGE (page)));
  gtk_widget_activate_action (page, "mission.find-experts", NULL);
  g_assert_nonnull (find_window ());
  g_assert_false (kaf_display_shows (page, "ESSAI"));
  KAF_WAIT (kaf_display_find (find_window (), GTK_TYPE_CHECK_BUTTON) != NULL);
  check = kaf_display_find (find_window (), GTK_TYPE_CHECK_BUTTON);
  add_button = kaf_display_find_button (find_window (), "_Add to the Short List");
  g_assert_nonnull (add_button);
  g_assert_false (gtk_widget_get_sensitive (add_button));
  gtk_check_button_set_active (GTK_CHECK_BUTTON (check), TRUE);
  g_assert_true (gtk_widget_get_sensitive (add_button));
  gtk_check_button_set_active (GTK_CHECK_BUTTON (check), FALSE);
  g_assert_false (gtk_widget_get_sensitive (add_button));
  gtk_check_button_set_active (GTK_CHECK_BUTTON (check), TRUE);
  g_signal_emit_by_name (add_button, "clicked");
  KAF_WAIT (find_window () == NULL);
  KAF_WAIT (kaf_mission_page_is_settled (KAF_MISSION_PAGE (page)));
  KAF_WAIT (kaf_display_shows (page, "ESSAI"));
}

/* Where nothing says whom to look for, the way leads to what does. */
static void
test_asks_nothing (void)
{
  KafWindow *window = kaf_display_open ("find-nothing.db");
  g_autofree char *mission =
      add (kaf_window_get_store (window), "mission", NULL, "title_fr", "Soins", NULL);
  GtkWidget *page;

  g_action_group_activate_action (G_ACTION_GROUP (window), "open-mission",
                                  g_variant_new ("(su)", mission, 3));
  page = kaf_window_get_page (window);
  KAF_WAIT (kaf_mission_page_is_settled (KAF_MISSION_PAGE (page)));
  gtk_widget_activate_action (page, "mission.find-experts", NULL);
  KAF_WAIT (kaf_display_find_button (find_window (), "Show the Needs") != NULL);
  g_signal_emit_by_name (kaf_display_find_button (find_window (), "Show the Needs"), "clicked");
  KAF_WAIT (find_window () == NULL);
  g_assert_cmpuint (kaf_mission_page_get_step (KAF_MISSION_PAGE (page)), ==, 1);
}

/* Who is named is told why she is not in the list, and what is known of each half-day. */
static void
test_why (void)
{
  KafWindow *window = kaf_display_open ("find-why.db");
  KafStore *store = kaf_window_get_store (window);
  g_autofree char *mission = add (store, "mission", NULL, "title_fr", "Soins", "domains", "nursing",
                                  "starts_on", "2026-12-07", "ends_on", "2026-12-08", NULL);
  g_autofree char *person =
      add (store, "person", NULL, "family_name", "Essai", "status", "dormant", NULL);
  g_autofree char *expert = add (store, "expert", person, "domains", "nursing", NULL);
  g_autofree char *agenda =
      add (store, "availability", NULL, "person", person, "valid_from", "2026-12-07", "valid_to",
           "2026-12-07", "part", "am", "kind", "busy", NULL);
  GtkWidget *page, *button;
  GtkPopover *picker;

  g_action_group_activate_action (G_ACTION_GROUP (window), "open-mission",
                                  g_variant_new ("(su)", mission, 3));
  page = kaf_window_get_page (window);
  KAF_WAIT (kaf_mission_page_is_settled (KAF_MISSION_PAGE (page)));
  gtk_widget_activate_action (page, "mission.find-experts", NULL);
  KAF_WAIT (kaf_display_shows (find_window (), "Considered"));
  button = kaf_display_find (find_window (), GTK_TYPE_MENU_BUTTON);
  g_assert_nonnull (button);
  picker = gtk_menu_button_get_popover (GTK_MENU_BUTTON (button));
  g_assert_true (KAF_IS_REFERENCE_PICKER (picker));
  gtk_popover_popup (picker);
  kaf_reference_picker_set_text (KAF_REFERENCE_PICKER (picker), "essai");
  KAF_WAIT (!kaf_reference_picker_is_busy (KAF_REFERENCE_PICKER (picker)) &&
            kaf_reference_picker_get_n_results (KAF_REFERENCE_PICKER (picker)) == 1);
  kaf_reference_picker_activate (KAF_REFERENCE_PICKER (picker), 0);
  KAF_WAIT (kaf_display_shows (find_window (), "ESSAI"));
  g_assert_true (kaf_display_shows (find_window (), kaf_fit_tell_out (KAF_FIT_DORMANT)));
  KAF_WAIT (kaf_display_shows (find_window (), "morning: not free · afternoon: unknown"));
  gtk_window_close (GTK_WINDOW (find_window ()));
}

int
main (int argc, char **argv)
{
  kaf_display_init (&argc, &argv, "en");
  g_test_add_func ("/find-experts/add", test_add);
  g_test_add_func ("/find-experts/asks-nothing", test_asks_nothing);
  g_test_add_func ("/find-experts/why", test_why);
  return kaf_display_finish (g_test_run ());
}
