/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The board of missions: counts and cards, a step alone, whose, a territory; keys; the list and the calendar. */
#include "config.h"

#include "kaf-display.h"

#include "base/kaf-date.h"
#include "schema/kaf-registry.h"
#include "ui/calendar/kaf-calendar-page.h"
#include "ui/list/kaf-filter-bar.h"
#include "ui/list/kaf-list-page.h"
#include "ui/mission/kaf-board-page.h"
#include "ui/mission/kaf-board-strip.h"
#include "ui/mission/kaf-check-panel.h"
#include "ui/mission/kaf-mission-page.h"

static char *
add (KafStore *store, const char *entity, const char *first, ...)
{
  g_autoptr (KafChangeSet) set = kaf_change_set_new ("new");
  g_autoptr (KafRecord) record = kaf_record_new (kaf_registry_find (entity), NULL);
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

static char *
day_from_now (int days)
{
  g_autofree char *today = kaf_date_from_time (g_get_real_time ());

  return kaf_date_add_days (today, days);
}

/* A mission that came to @step so many days ago; its id. */
static char *
add_mission (KafStore *store, const char *title, const char *territory, guint step, int days_ago)
{
  g_autofree char *day = day_from_now (-days_ago);
  g_autofree char *after = NULL;
  char *id = add (store, "mission", "title_fr", title, "territory", territory, NULL);

  for (guint i = 1; i < step; i++)
    {
      g_autofree char *number = g_strdup_printf ("%u", i);
      char *act = add (store, "mission_act", "mission", id, "kind", "leave", "step", number,
                       "paper_on", day, "paper_name", "Exemple", "paper_function", "Essai",
                       after != NULL ? "after" : NULL, after, NULL);

      g_free (after);
      after = act;
    }
  return id;
}

static KafBoardPage *
open_board (KafWindow *window)
{
  GtkWidget *page;

  g_action_group_activate_action (G_ACTION_GROUP (window), "section",
                                  g_variant_new_string ("mission"));
  page = kaf_window_get_page (window);
  g_assert_true (KAF_IS_BOARD_PAGE (page));
  KAF_WAIT (kaf_board_page_is_settled (KAF_BOARD_PAGE (page)));
  return KAF_BOARD_PAGE (page);
}

static void
press (GtkWidget *widget, guint key, GdkModifierType state)
{
  g_autoptr (GListModel) controllers = gtk_widget_observe_controllers (widget);

  for (guint i = 0; i < g_list_model_get_n_items (controllers); i++)
    {
      g_autoptr (GtkEventController) controller = g_list_model_get_item (controllers, i);
      gboolean handled;

      if (GTK_IS_EVENT_CONTROLLER_KEY (controller))
        g_signal_emit_by_name (controller, "key-pressed", key, 0, state, &handled);
    }
}

static const char *
get_focused (KafWindow *window)
{
  GtkWidget *focus = gtk_root_get_focus (GTK_ROOT (window));

  return KAF_IS_BOARD_ITEM (focus) ? kaf_board_item_get_id (KAF_BOARD_ITEM (focus)) : NULL;
}

static void
test_empty (void)
{
  KafWindow *window = kaf_display_open ("board-empty.db");
  KafBoardPage *page = open_board (window);

  g_assert_true (kaf_display_shows (GTK_WIDGET (page), "No Mission Yet"));
  g_assert_cmpuint (kaf_board_columns_get_n (kaf_board_page_get_columns (page)), ==, 0);
}

static void
test_cards (void)
{
  KafWindow *window = kaf_display_open ("board.db");
  KafStore *store = kaf_window_get_store (window);
  g_autofree char *soon = day_from_now (40);
  g_autofree char *fresh = add_mission (store, "Kine", "MA-TAR", 1, 0);
  g_autofree char *late = add_mission (store, "Urgence", "MA-TIZ", 5, 45);
  g_autofree char *other = add_mission (store, "Dialyse", "MA-CAS", 5, 3);
  g_autofree char *last = add_mission (store, "Apiculture", "MA-TIZ", 11, 3);
  KafBoardPage *page = open_board (window);
  KafBoardColumns *columns = kaf_board_page_get_columns (page);
  const KafBoard *board = kaf_board_page_get_board (page);

  /* What is closed is not among them. */
  g_assert_cmpuint (board->n, ==, 3);
  g_assert_cmpuint (board->n_late, ==, 1);
  g_assert_cmpuint (board->steps[1].n, ==, 1);
  g_assert_cmpuint (board->steps[5].n, ==, 2);
  g_assert_cmpuint (board->steps[5].n_late, ==, 1);
  g_assert_cmpuint (kaf_board_columns_get_n (columns), ==, 3);
  g_assert_true (kaf_display_shows (GTK_WIDGET (page), "3 missions, 1 of them late"));
  gtk_test_accessible_assert_property (
      GTK_ACCESSIBLE (kaf_board_columns_find (columns, late)), GTK_ACCESSIBLE_PROPERTY_LABEL,
      "\u2068Urgence\u2069, \u2068Tiznit\u2069, \u2068step 5, Feasibility\u2069, "
      "\u2068for 45 days\u2069, \u2068late\u2069");
  g_assert_null (kaf_board_columns_find (columns, last));

  gtk_widget_activate_action (GTK_WIDGET (page), "board.over", NULL);
  KAF_WAIT (kaf_board_page_is_settled (page) && kaf_board_columns_find (columns, last) != NULL);
  g_assert_true (kaf_display_shows (GTK_WIDGET (kaf_board_columns_find (columns, last)), "closed"));

  /* Something is written elsewhere: it shows by itself. */
  g_free (soon);
  soon = add_mission (store, "Robotique", "MA-TNG", 8, 1);
  KAF_WAIT (kaf_board_page_is_settled (page) && kaf_board_columns_find (columns, soon) != NULL);
}

static void
test_filters (void)
{
  KafWindow *window = kaf_display_open ("board-filters.db");
  KafStore *store = kaf_window_get_store (window);
  g_autofree char *first = add_mission (store, "Kine", "MA-TAR", 1, 0);
  g_autofree char *second = add_mission (store, "Urgence", "MA-TIZ", 5, 2);
  g_autofree char *third = add_mission (store, "Hemodialyse", "MA-CAS", 6, 2);
  KafBoardPage *page = open_board (window);
  KafBoardColumns *columns = kaf_board_page_get_columns (page);
  GtkWidget *bar = kaf_display_find (GTK_WIDGET (page), KAF_TYPE_FILTER_BAR);
  const char *region[] = { "MA-09", NULL };

  /* The provinces of a region are in it. */
  g_signal_emit_by_name (bar, "condition", "territory", KAF_OP_ANY_OF, region);
  KAF_WAIT (kaf_board_page_is_settled (page) && kaf_board_columns_find (columns, third) == NULL);
  g_assert_nonnull (kaf_board_columns_find (columns, first));
  g_assert_nonnull (kaf_board_columns_find (columns, second));
  g_assert_cmpuint (kaf_board_page_get_board (page)->n, ==, 2);
  /* The list shows the same. */
  gtk_widget_activate_action (GTK_WIDGET (page), "board.view", "s", "list");
  g_assert_true (KAF_IS_LIST_PAGE (kaf_window_get_page (window)));
  KAF_WAIT (g_list_model_get_n_items (G_LIST_MODEL (
                kaf_list_page_get_list (KAF_LIST_PAGE (kaf_window_get_page (window))))) == 2);
  gtk_widget_activate_action (GTK_WIDGET (page), "board.view", "s", "board");
  g_assert_true (kaf_window_get_page (window) == GTK_WIDGET (page));

  gtk_widget_activate_action (GTK_WIDGET (page), "list.clear-filters", NULL);
  KAF_WAIT (kaf_board_page_is_settled (page) && kaf_board_columns_find (columns, third) != NULL);
  /* Of a store without a hub, step 6 waits for who works here. */
  gtk_widget_activate_action (GTK_WIDGET (page), "board.whose", "s", "waiting");
  KAF_WAIT (kaf_board_page_is_settled (page) && kaf_board_columns_find (columns, first) == NULL);
  g_assert_cmpuint (kaf_board_columns_get_n (columns), ==, 1);
  gtk_widget_activate_action (GTK_WIDGET (page), "board.whose", "s", "mine");
  KAF_WAIT (kaf_board_page_is_settled (page) && kaf_display_shows (GTK_WIDGET (page), "No Result"));
}

static void
test_keys (void)
{
  KafWindow *window = kaf_display_open ("board-keys.db");
  KafStore *store = kaf_window_get_store (window);
  gboolean rtl = gtk_widget_get_default_direction () == GTK_TEXT_DIR_RTL;
  guint on = rtl ? GDK_KEY_Left : GDK_KEY_Right, back = rtl ? GDK_KEY_Right : GDK_KEY_Left;
  g_autofree char *first = add_mission (store, "Kine", "MA-TAR", 1, 9);
  g_autofree char *second = add_mission (store, "Enfance", "MA-TAR", 2, 2);
  g_autofree char *third = add_mission (store, "Urgence", "MA-TIZ", 5, 2);
  g_autofree char *last = add_mission (store, "Abeilles", "MA-TIZ", 10, 2);
  KafBoardPage *page = open_board (window);
  GtkWidget *columns = GTK_WIDGET (kaf_board_page_get_columns (page));

  kaf_board_page_focus (page);
  g_assert_cmpstr (get_focused (window), ==, first);
  press (columns, GDK_KEY_Down, 0);
  g_assert_cmpstr (get_focused (window), ==, second);
  press (columns, on, 0);
  g_assert_cmpstr (get_focused (window), ==, third);
  /* Over a column that has none. */
  press (columns, on, 0);
  g_assert_cmpstr (get_focused (window), ==, last);
  press (columns, back, 0);
  g_assert_cmpstr (get_focused (window), ==, third);

  /* To leave the step is asked on its page, where what is in the way has the focus. */
  press (columns, on, GDK_CONTROL_MASK);
  g_assert_true (KAF_IS_MISSION_PAGE (kaf_window_get_page (window)));
  g_assert_cmpstr (kaf_mission_page_get_id (KAF_MISSION_PAGE (kaf_window_get_page (window))), ==,
                   third);
  KAF_WAIT (kaf_mission_page_is_settled (KAF_MISSION_PAGE (kaf_window_get_page (window))));
  g_assert_nonnull (
      gtk_widget_get_ancestor (gtk_root_get_focus (GTK_ROOT (window)), KAF_TYPE_CHECK_PANEL));
  g_action_group_activate_action (G_ACTION_GROUP (window), "back", NULL);
  g_assert_cmpstr (get_focused (window), ==, third);

  /* A step alone, and all again. */
  press (GTK_WIDGET (page), GDK_KEY_0, 0);
  KAF_WAIT (kaf_board_page_is_settled (page) && g_strcmp0 (get_focused (window), last) == 0);
  g_assert_cmpuint (kaf_board_columns_get_n (KAF_BOARD_COLUMNS (columns)), ==, 1);
  g_assert_cmpuint (kaf_board_page_get_board (page)->n, ==, 4);
  press (GTK_WIDGET (page), GDK_KEY_Escape, 0);
  KAF_WAIT (kaf_board_page_is_settled (page) &&
            kaf_board_columns_get_n (KAF_BOARD_COLUMNS (columns)) == 4);
  g_assert_cmpstr (get_focused (window), ==, last);

  gtk_widget_activate (gtk_root_get_focus (GTK_ROOT (window)));
  KAF_WAIT (kaf_window_get_page (window) != GTK_WIDGET (page));
}

static void
test_many (void)
{
  KafWindow *window = kaf_display_open ("board-many.db");
  KafStore *store = kaf_window_get_store (window);
  KafBoardPage *page;
  KafBoardColumns *columns;

  for (guint i = 0; i < 30; i++)
    {
      g_autofree char *title = g_strdup_printf ("Mission %u", i);
      g_autofree char *id = add_mission (store, title, "MA-TIZ", 2, 3);
    }
  page = open_board (window);
  columns = kaf_board_page_get_columns (page);
  g_assert_cmpuint (kaf_board_page_get_board (page)->n, ==, 30);
  /* No more are made than show, and what is left out is said. */
  g_assert_cmpuint (kaf_board_columns_get_n (columns), <=, 12);
  g_assert_true (kaf_display_shows (GTK_WIDGET (page), " more"));
  gtk_widget_activate_action (GTK_WIDGET (page), "board.step", "u", 2);
  KAF_WAIT (kaf_board_page_is_settled (page) && kaf_board_columns_get_n (columns) == 30);
}

static void
test_calendar (void)
{
  KafWindow *window = kaf_display_open ("board-calendar.db");
  KafStore *store = kaf_window_get_store (window);
  g_autofree char *mission = add (store, "mission", "title_fr", "Urgence", "starts_on",
                                  "2027-02-08", "ends_on", "2027-02-10", NULL);
  g_autofree char *session = add (store, "programme_item", "mission", mission, "subject_fr",
                                  "Plaies", "held_on", "2027-02-09", "half", "am", NULL);
  KafBoardPage *page = open_board (window);
  KafCalendarPage *calendar;
  KafMonthDay *cell;

  gtk_widget_activate_action (GTK_WIDGET (page), "board.view", "s", "calendar");
  g_assert_true (KAF_IS_CALENDAR_PAGE (kaf_window_get_page (window)));
  calendar = KAF_CALENDAR_PAGE (kaf_window_get_page (window));
  KAF_WAIT (kaf_calendar_page_is_settled (calendar));
  gtk_widget_activate_action (GTK_WIDGET (calendar), "calendar.go", "s", "2027-02-09");
  KAF_WAIT (kaf_calendar_page_is_settled (calendar));
  cell =
      kaf_month_grid_get_cell (kaf_calendar_page_get_grid (calendar), kaf_day_parse ("2027-02-09"));
  gtk_test_accessible_assert_property (
      GTK_ACCESSIBLE (cell), GTK_ACCESSIBLE_PROPERTY_LABEL,
      "Tuesday 9 February 2027, 2 entries: Mission: \u2068Urgence\u2069, open; "
      "Session: \u2068Plaies\u2069, planned");

  /* The same missions as on the board: of nobody who works here, none. */
  gtk_widget_activate_action (GTK_WIDGET (page), "board.whose", "s", "mine");
  KAF_WAIT (kaf_calendar_page_is_settled (calendar) && kaf_board_page_is_settled (page));
  g_assert_null (gtk_list_box_get_row_at_index (kaf_calendar_page_get_list (calendar), 0));
  gtk_widget_activate_action (GTK_WIDGET (page), "board.whose", "s", "all");
  KAF_WAIT (kaf_calendar_page_is_settled (calendar) && kaf_board_page_is_settled (page));
  g_assert_nonnull (gtk_list_box_get_row_at_index (kaf_calendar_page_get_list (calendar), 1));
  gtk_widget_activate_action (GTK_WIDGET (page), "board.step", "u", 7);
  KAF_WAIT (kaf_calendar_page_is_settled (calendar) && kaf_board_page_is_settled (page));
  g_assert_null (gtk_list_box_get_row_at_index (kaf_calendar_page_get_list (calendar), 0));
}

/* Whoever follows none sees them all; and Return opens the first, in place of pressing "Mine". */
static void
test_first (void)
{
  KafWindow *before = kaf_display_open ("board-first.db");
  KafStore *store = kaf_window_get_store (before);
  g_autofree char *id = add_mission (store, "Urgence", "MA-TIZ", 5, 2);
  KafWindow *window = kaf_window_new (
      KAF_APPLICATION (gtk_window_get_application (GTK_WINDOW (before))), "mission");

  kaf_window_show_filled (window);
  kaf_window_set_store (window, store);
  KAF_WAIT (KAF_IS_BOARD_PAGE (kaf_window_get_page (window)) &&
            kaf_board_page_is_settled (KAF_BOARD_PAGE (kaf_window_get_page (window))));
  KAF_WAIT (g_strcmp0 (get_focused (window), id) == 0);
  gtk_widget_activate (gtk_root_get_focus (GTK_ROOT (window)));
  KAF_WAIT (KAF_IS_MISSION_PAGE (kaf_window_get_page (window)));
  gtk_window_destroy (GTK_WINDOW (window));
}

int
main (int argc, char **argv)
{
  kaf_display_init (&argc, &argv, "en");
  g_test_add_func ("/board/empty", test_empty);
  g_test_add_func ("/board/cards", test_cards);
  g_test_add_func ("/board/filters", test_filters);
  g_test_add_func ("/board/keys", test_keys);
  g_test_add_func ("/board/many", test_many);
  g_test_add_func ("/board/calendar", test_calendar);
  g_test_add_func ("/board/first", test_first);
  return kaf_display_finish (g_test_run ());
}
