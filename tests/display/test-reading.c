/* SPDX-License-Identifier: GPL-3.0-or-later */
/* When the pages of what is due are read again: after a reading that failed, which they tell, and after midnight in
 * Morocco. The store fails for real: another program takes a table away. */
#include "config.h"

#include <sqlite3.h>
#include <string.h>

#include "kaf-display.h"

#include "schema/kaf-registry.h"
#include "ui/app/kaf-day-watch.h"
#include "ui/app/kaf-home-page.h"
#include "ui/calendar/kaf-calendar-page.h"
#include "ui/convention/kaf-conventions-page.h"
#include "ui/todo/kaf-todo-page.h"
#include "ui/todo/kaf-todo-row.h"

#define OUT_OF_DATE "What shows here may be out of date."
#define TO_DO "then try again."

static void
activate (KafWindow *window, const char *action)
{
  g_assert_true (g_action_group_get_action_enabled (G_ACTION_GROUP (window), action));
  g_action_group_activate_action (G_ACTION_GROUP (window), action, NULL);
}

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

/* A convention that ends, and a duty by it that is due. Returns the duty. */
static char *
fill (KafStore *store, const char *due, const char *end)
{
  g_autofree char *expert = kaf_display_add_expert (store, "Alami", "Nora", NULL, NULL);
  g_autofree char *party =
      add (store, "organisation", "name_fr", "Reseau", "kind", "association", NULL);
  g_autofree char *convention =
      add (store, "convention", "title_fr", "Convention Tiznit", "kind", "framework", "parties",
           party, "signed_on", "2024-01-15", "ends_on", end, NULL);

  return add (store, "commitment", "convention", convention, "party", party, "text_fr",
              "Rapport annuel", "due_on", due, NULL);
}

/* Another program changes the store. */
static void
execute (KafWindow *window, const char *sql)
{
  sqlite3 *other = NULL;

  g_assert_cmpint (sqlite3_open (kaf_store_get_path (kaf_window_get_store (window)), &other), ==,
                   SQLITE_OK);
  sqlite3_busy_timeout (other, 5000);
  g_assert_cmpint (sqlite3_exec (other, sql, NULL, NULL, NULL), ==, SQLITE_OK);
  sqlite3_close (other);
}

/* A reading that fails says so in the log as well; of that no test dies. */
#define FATAL (G_LOG_FATAL_MASK | G_LOG_LEVEL_CRITICAL)

static void
try_again (GtkWidget *page, const char *action)
{
  g_assert_true (gtk_widget_activate_action (page, action, NULL));
}

static void
test_todo_fails (void)
{
  KafWindow *window = kaf_display_open ("todo-fails.db");
  GtkWidget *page;
  GLogLevelFlags fatal = g_log_set_always_fatal (FATAL);
  g_free (fill (kaf_window_get_store (window), "2024-05-01", "2090-05-01"));
  activate (window, "show-todo");
  page = kaf_window_get_page (window);
  KAF_WAIT (kaf_todo_page_is_settled (KAF_TODO_PAGE (page)));
  g_assert_false (kaf_display_shows (page, OUT_OF_DATE));
  execute (window, "ALTER TABLE commitment RENAME TO away");
  try_again (page, "todo.retry");
  KAF_WAIT (kaf_display_shows (page, OUT_OF_DATE));
  /* What was shown stays. */
  g_assert_true (kaf_display_shows (page, "Rapport annuel"));
  activate (window, "back");

  /* Nothing was shown: a page in its place says what to do. */
  activate (window, "show-todo");
  page = kaf_window_get_page (window);
  KAF_WAIT (kaf_display_shows (page, "The To-Do Could Not Be Read"));
  g_assert_true (kaf_display_shows (page, TO_DO));
  g_assert_true (kaf_display_shows (page, "Try Again"));
  g_assert_false (kaf_display_shows (page, "Nothing Waits"));
  execute (window, "ALTER TABLE away RENAME TO commitment");
  try_again (page, "todo.retry");
  KAF_WAIT (kaf_display_shows (page, "Rapport annuel"));
  g_assert_false (kaf_display_shows (page, "The To-Do Could Not Be Read"));
  g_log_set_always_fatal (fatal);
}

static void
test_calendar_fails (void)
{
  KafWindow *window = kaf_display_open ("calendar-fails.db");
  GtkWidget *page;
  GLogLevelFlags fatal = g_log_set_always_fatal (FATAL);
  g_free (fill (kaf_window_get_store (window), "2024-05-01", "2090-05-01"));
  execute (window, "ALTER TABLE training_session RENAME TO away");
  activate (window, "show-calendar");
  page = kaf_window_get_page (window);
  KAF_WAIT (kaf_display_shows (page, "The Calendar Could Not Be Read"));
  g_assert_true (kaf_display_shows (page, TO_DO));
  execute (window, "ALTER TABLE away RENAME TO training_session");
  try_again (page, "calendar.retry");
  KAF_WAIT (kaf_display_shows (page, "Nothing on this day."));
  g_assert_false (kaf_display_shows (page, "The Calendar Could Not Be Read"));
  execute (window, "ALTER TABLE training_session RENAME TO away");
  try_again (page, "calendar.retry");
  KAF_WAIT (kaf_display_shows (page, OUT_OF_DATE));
  g_assert_true (kaf_display_shows (page, "Nothing on this day."));
  execute (window, "ALTER TABLE away RENAME TO training_session");
  try_again (page, "calendar.retry");
  KAF_WAIT (!kaf_display_shows (page, OUT_OF_DATE));
  g_log_set_always_fatal (fatal);
}

static void
test_conventions_fail (void)
{
  KafWindow *window = kaf_display_open ("conventions-fail.db");
  GtkWidget *page;
  GLogLevelFlags fatal = g_log_set_always_fatal (FATAL);
  g_free (fill (kaf_window_get_store (window), "2024-05-01", "2090-05-01"));
  execute (window, "ALTER TABLE convention RENAME TO away");
  kaf_window_show_section (window, "convention");
  page = kaf_window_get_page (window);
  KAF_WAIT (kaf_display_shows (page, "The Conventions Could Not Be Read"));
  g_assert_true (kaf_display_shows (page, TO_DO));
  execute (window, "ALTER TABLE away RENAME TO convention");
  try_again (page, "convention.retry");
  KAF_WAIT (kaf_conventions_page_get_n_rows (KAF_CONVENTIONS_PAGE (page)) == 1);
  KAF_WAIT (kaf_conventions_page_is_settled (KAF_CONVENTIONS_PAGE (page)));
  g_assert_false (kaf_display_shows (page, "The Conventions Could Not Be Read"));
  execute (window, "ALTER TABLE convention RENAME TO away");
  try_again (page, "convention.retry");
  KAF_WAIT (kaf_display_shows (page, OUT_OF_DATE));
  g_assert_cmpuint (kaf_conventions_page_get_n_rows (KAF_CONVENTIONS_PAGE (page)), ==, 1);
  execute (window, "ALTER TABLE away RENAME TO convention");
  try_again (page, "convention.retry");
  KAF_WAIT (!kaf_display_shows (page, OUT_OF_DATE));
  g_log_set_always_fatal (fatal);
}

/* The day */

static void
on_opened (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (GError) error = NULL;

  *(KafStore **) data = kaf_store_open_finish (result, &error);
  g_assert_no_error (error);
}

/* A window and the watch by @clock, which is that of the store. */
static KafWindow *
open_at (const char *name, KafClock *clock)
{
  KafWindow *window = kaf_display_open ("day-before.db");
  g_autofree char *path = kaf_display_path (name);
  g_autoptr (KafStore) store = NULL;
  const KafEnvironment environment = { .clock = clock };

  kaf_day_watch_set_clock (kaf_day_watch_get_default (), clock);
  kaf_store_open_async (path, KAF_OPEN_CREATE, &environment, NULL, on_opened, &store);
  KAF_WAIT (store != NULL);
  kaf_window_set_store (window, store);
  return window;
}

/* 23:59:50 of 9 June in Casablanca. */
static KafClock *
make_clock (int year)
{
  g_autoptr (GTimeZone) zone = g_time_zone_new_identifier ("Africa/Casablanca");
  g_autoptr (GDateTime) time = g_date_time_new (zone, year, 6, 9, 23, 59, 50);

  return kaf_clock_new_manual (g_date_time_to_unix (time) * G_USEC_PER_SEC);
}

static gboolean
pass (KafClock *clock, gint64 seconds)
{
  kaf_clock_advance (clock, seconds * G_USEC_PER_SEC);
  return kaf_day_watch_check (kaf_day_watch_get_default ());
}

static void
test_watch (void)
{
  /* Morocco was an hour ahead of UTC then. */
  g_autoptr (KafClock) clock = make_clock (2025);

  kaf_day_watch_set_clock (kaf_day_watch_get_default (), clock);
  g_assert_false (pass (clock, 9));
  g_assert_true (pass (clock, 1));
  /* Midnight elsewhere is no midnight here. */
  g_assert_false (pass (clock, 3600));
  g_assert_false (pass (clock, 22 * 3600));
  /* Over a sleep of days it is told once, and so is a clock that is put back. */
  g_assert_true (pass (clock, 5 * 86400));
  g_assert_false (pass (clock, 1));
  g_assert_true (pass (clock, -86400));
}

static void
test_day_todo (void)
{
  g_autoptr (KafClock) clock = make_clock (2027);
  KafWindow *window = open_at ("day-todo.db", clock);
  g_autofree char *duty = fill (kaf_window_get_store (window), "2027-06-09", "2027-12-31");
  GtkWidget *home = kaf_window_get_page (window);
  KafTodoPage *page;

  g_assert_true (KAF_IS_HOME_PAGE (home));
  KAF_WAIT (kaf_display_shows (home, "9 June 2027"));
  g_assert_true (pass (clock, 20));
  KAF_WAIT (kaf_display_shows (home, "10 June 2027"));
  kaf_clock_advance (clock, -20 * G_USEC_PER_SEC);
  g_assert_true (kaf_day_watch_check (kaf_day_watch_get_default ()));
  KAF_WAIT (kaf_display_shows (home, "9 June 2027"));

  activate (window, "show-todo");
  page = KAF_TODO_PAGE (kaf_window_get_page (window));
  KAF_WAIT (kaf_todo_page_is_settled (page));
  g_assert_true (kaf_display_shows (GTK_WIDGET (page), "Rapport annuel"));
  g_assert_false (kaf_display_shows (GTK_WIDGET (page), "late"));
  g_assert_true (pass (clock, 20));
  KAF_WAIT (kaf_display_shows (GTK_WIDGET (page), "late"));
  /* Home, which did not show, has it when it does. */
  activate (window, "back");
  KAF_WAIT (kaf_window_get_page (window) == home);
  KAF_WAIT (kaf_display_shows (home, "10 June 2027"));
}

static void
test_day_calendar (void)
{
  g_autoptr (KafClock) clock = make_clock (2027);
  KafWindow *window = open_at ("day-calendar.db", clock);
  KafCalendarPage *page;

  g_free (fill (kaf_window_get_store (window), "2027-06-09", "2027-06-09"));
  activate (window, "show-calendar");
  page = KAF_CALENDAR_PAGE (kaf_window_get_page (window));
  KAF_WAIT (kaf_calendar_page_is_settled (page));
  g_assert_cmpuint (kaf_calendar_page_get_day (page), ==, kaf_day_parse ("2027-06-09"));
  /* Who stood on today goes on with it. */
  g_assert_true (pass (clock, 20));
  KAF_WAIT (kaf_calendar_page_is_settled (page));
  g_assert_cmpuint (kaf_calendar_page_get_day (page), ==, kaf_day_parse ("2027-06-10"));
  /* Who looks at another day stays there; "Today" is the new one. */
  gtk_widget_activate_action (GTK_WIDGET (page), "calendar.go", "s", "2027-09-01");
  KAF_WAIT (kaf_calendar_page_is_settled (page));
  g_assert_true (pass (clock, 86400));
  KAF_WAIT (kaf_calendar_page_is_settled (page));
  g_assert_cmpuint (kaf_calendar_page_get_day (page), ==, kaf_day_parse ("2027-09-01"));
  gtk_widget_activate_action (GTK_WIDGET (page), "calendar.today", NULL);
  KAF_WAIT (kaf_calendar_page_is_settled (page));
  g_assert_cmpuint (kaf_calendar_page_get_day (page), ==, kaf_day_parse ("2027-06-11"));
}

static void
test_day_conventions (void)
{
  g_autoptr (KafClock) clock = make_clock (2027);
  KafWindow *window = open_at ("day-conventions.db", clock);
  GtkWidget *page;

  g_free (fill (kaf_window_get_store (window), "2027-06-09", "2027-06-09"));
  kaf_window_show_section (window, "convention");
  page = kaf_window_get_page (window);
  KAF_WAIT (kaf_conventions_page_get_n_rows (KAF_CONVENTIONS_PAGE (page)) == 1);
  KAF_WAIT (kaf_display_shows (page, "lapses"));
  g_assert_false (kaf_display_shows (page, "expired"));
  g_assert_true (pass (clock, 20));
  KAF_WAIT (kaf_display_shows (page, "expired"));
}

int
main (int argc, char **argv)
{
  kaf_display_init (&argc, &argv, "en");
  g_test_add_func ("/reading/todo-fails", test_todo_fails);
  g_test_add_func ("/reading/calendar-fails", test_calendar_fails);
  g_test_add_func ("/reading/conventions-fail", test_conventions_fail);
  g_test_add_func ("/reading/watch", test_watch);
  g_test_add_func ("/reading/day-todo", test_day_todo);
  g_test_add_func ("/reading/day-calendar", test_day_calendar);
  g_test_add_func ("/reading/day-conventions", test_day_conventions);
  return kaf_display_finish (g_test_run ());
}
