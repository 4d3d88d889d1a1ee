/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The to-do and the calendar, by their actions and keys: empty, full, noted as done and taken back, exported. */
#include "config.h"

#include <glib/gstdio.h>

#include "kaf-display.h"

#include "base/kaf-date.h"
#include "schema/kaf-registry.h"
#include "ui/app/kaf-home-page.h"
#include "ui/calendar/kaf-calendar-export.h"
#include "ui/calendar/kaf-calendar-page.h"
#include "ui/record/kaf-record-page.h"
#include "ui/todo/kaf-todo-page.h"
#include "ui/todo/kaf-todo-row.h"

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

static char *
day_from_now (int days)
{
  g_autofree char *today = kaf_date_from_time (g_get_real_time ());

  return kaf_date_add_days (today, days);
}

/* A convention that lapses in 20 days, a duty that is late since yesterday. Returns the duty. */
static char *
fill (KafStore *store)
{
  g_autofree char *late = day_from_now (-1);
  g_autofree char *end = day_from_now (20);
  g_autofree char *expert = kaf_display_add_expert (store, "Alami", "Nora", "العلمي", "نورة");
  g_autofree char *party =
      add (store, "organisation", "name_fr", "Reseau", "kind", "association", NULL);
  g_autofree char *convention =
      add (store, "convention", "title_fr", "Convention Tiznit", "kind", "framework", "parties",
           party, "signed_on", "2024-01-15", "ends_on", end, NULL);

  return add (store, "commitment", "convention", convention, "party", party, "text_fr",
              "Rapport annuel", "due_on", late, "followed_by", "Nadia", NULL);
}

static KafTodoPage *
open_todo (KafWindow *window)
{
  GtkWidget *page;

  activate (window, "show-todo");
  page = kaf_window_get_page (window);
  g_assert_true (KAF_IS_TODO_PAGE (page));
  KAF_WAIT (kaf_todo_page_is_settled (KAF_TODO_PAGE (page)));
  return KAF_TODO_PAGE (page);
}

static KafTodoRow *
find_row (KafTodoPage *page, const char *id)
{
  GtkListBoxRow *row;

  for (int i = 0; (row = gtk_list_box_get_row_at_index (kaf_todo_page_get_list (page), i)) != NULL;
       i++)
    if (g_strcmp0 (kaf_todo_row_get_finding (KAF_TODO_ROW (row))->id, id) == 0)
      return KAF_TODO_ROW (row);
  return NULL;
}

static void
test_todo_empty (void)
{
  KafWindow *window = kaf_display_open ("todo-empty.db");
  KafTodoPage *page = open_todo (window);

  g_assert_null (gtk_list_box_get_row_at_index (kaf_todo_page_get_list (page), 0));
  g_assert_true (kaf_display_shows (GTK_WIDGET (page), "Nothing Waits"));
}

static void
test_todo (void)
{
  KafWindow *window = kaf_display_open ("todo.db");
  g_autofree char *duty = fill (kaf_window_get_store (window));
  KafTodoPage *page = open_todo (window);
  KafTodoRow *row = find_row (page, duty);

  g_assert_nonnull (row);
  g_assert_true (kaf_display_shows (GTK_WIDGET (row), "Rapport annuel"));
  g_assert_true (kaf_display_shows (GTK_WIDGET (row), "late"));
  /* Whose it is. */
  gtk_widget_activate_action (GTK_WIDGET (page), "todo.show", "s", "who:Nadia");
  KAF_WAIT (kaf_todo_page_is_settled (page));
  g_assert_nonnull (find_row (page, duty));
  g_assert_null (gtk_list_box_get_row_at_index (kaf_todo_page_get_list (page), 1));
  gtk_widget_activate_action (GTK_WIDGET (page), "todo.show", "s", "mine");
  KAF_WAIT (kaf_todo_page_is_settled (page));
  g_assert_null (find_row (page, duty));
  gtk_widget_activate_action (GTK_WIDGET (page), "todo.show", "s", "all");
  KAF_WAIT (kaf_todo_page_is_settled (page));

  /* Noted as done, and taken back. */
  gtk_widget_activate_action (GTK_WIDGET (page), "todo.done", "s", duty);
  KAF_WAIT (kaf_todo_page_is_settled (page) && find_row (page, duty) == NULL);
  activate (window, "undo");
  KAF_WAIT (kaf_todo_page_is_settled (page) && find_row (page, duty) != NULL);

  /* Enter leads to the record. */
  gtk_widget_activate (GTK_WIDGET (find_row (page, duty)));
  g_assert_true (KAF_IS_RECORD_PAGE (kaf_window_get_page (window)));
}

static void
test_home (void)
{
  KafWindow *window = kaf_display_open ("todo-home.db");
  g_autofree char *duty = fill (kaf_window_get_store (window));
  GtkWidget *home = kaf_window_get_page (window);

  g_assert_true (KAF_IS_HOME_PAGE (home));
  KAF_WAIT (kaf_display_shows (home, "Conventions lapsing"));
  KAF_WAIT (kaf_display_shows (home, "20 days"));
  /* What a colleague follows waits for the colleague. */
  g_assert_false (kaf_display_shows (home, "Rapport annuel"));
}

static KafCalendarPage *
open_calendar (KafWindow *window)
{
  GtkWidget *page;

  activate (window, "show-calendar");
  page = kaf_window_get_page (window);
  g_assert_true (KAF_IS_CALENDAR_PAGE (page));
  KAF_WAIT (kaf_calendar_page_is_settled (KAF_CALENDAR_PAGE (page)));
  return KAF_CALENDAR_PAGE (page);
}

static void
go (KafCalendarPage *page, const char *day)
{
  gtk_widget_activate_action (GTK_WIDGET (page), "calendar.go", "s", day);
  KAF_WAIT (kaf_calendar_page_is_settled (page));
  g_assert_cmpuint (kaf_calendar_page_get_day (page), ==, kaf_day_parse (day));
}

static void
press (KafCalendarPage *page, guint key)
{
  g_autoptr (GListModel) controllers =
      gtk_widget_observe_controllers (GTK_WIDGET (kaf_calendar_page_get_grid (page)));

  for (guint i = 0; i < g_list_model_get_n_items (controllers); i++)
    {
      g_autoptr (GtkEventController) controller = g_list_model_get_item (controllers, i);
      gboolean handled;

      if (GTK_IS_EVENT_CONTROLLER_KEY (controller))
        g_signal_emit_by_name (controller, "key-pressed", key, 0, 0, &handled);
    }
  KAF_WAIT (kaf_calendar_page_is_settled (page));
}

static void
assert_day (KafCalendarPage *page, const char *expected)
{
  g_autofree char *day = kaf_day_to_iso (kaf_calendar_page_get_day (page));

  g_assert_cmpstr (day, ==, expected);
}

static void
test_calendar_keys (void)
{
  KafWindow *window = kaf_display_open ("calendar-keys.db");
  KafCalendarPage *page = open_calendar (window);
  g_autofree char *today = day_from_now (0);
  gboolean rtl = gtk_widget_get_default_direction () == GTK_TEXT_DIR_RTL;

  assert_day (page, today);
  g_assert_true (kaf_display_shows (GTK_WIDGET (page), "Nothing on this day."));
  go (page, "2027-01-31");
  press (page, rtl ? GDK_KEY_Left : GDK_KEY_Right);
  assert_day (page, "2027-02-01");
  press (page, GDK_KEY_Up);
  assert_day (page, "2027-01-25");
  press (page, rtl ? GDK_KEY_Right : GDK_KEY_Left);
  assert_day (page, "2027-01-24");
  go (page, "2027-01-31");
  press (page, GDK_KEY_Page_Down);
  assert_day (page, "2027-02-28");
  press (page, GDK_KEY_Page_Up);
  assert_day (page, "2027-01-28");
  press (page, GDK_KEY_Down);
  assert_day (page, "2027-02-04");
  press (page, GDK_KEY_Home);
  assert_day (page, today);
  /* The week begins on Monday: February 2027 does, and fills the first row. */
  g_assert_cmpuint (kaf_month_first_shown (kaf_day_parse ("2027-02-10")), ==,
                    kaf_day_parse ("2027-02-01"));
  g_assert_cmpuint (kaf_month_first_shown (kaf_day_parse ("2026-11-28")), ==,
                    kaf_day_parse ("2026-10-26"));
}

static void
test_calendar (void)
{
  KafWindow *window = kaf_display_open ("calendar.db");
  KafStore *store = kaf_window_get_store (window);
  g_autofree char *programme = add (store, "programme", "title_fr", "MRE Academy", NULL);
  g_autofree char *module =
      add (store, "training_module", "programme", programme, "title_fr", "Soudage", NULL);
  g_autofree char *session = add (store, "training_session", "module", module, "starts_on",
                                  "2027-02-09", "ends_on", "2027-02-10", NULL);
  KafCalendarPage *page = open_calendar (window);
  KafMonthDay *cell;
  g_autofree char *other = NULL;

  go (page, "2027-02-10");
  cell = kaf_month_grid_get_cell (kaf_calendar_page_get_grid (page), kaf_day_parse ("2027-02-09"));
  g_assert_cmpuint (kaf_month_day_get_n (cell), ==, 1);
  gtk_test_accessible_assert_property (
      GTK_ACCESSIBLE (cell), GTK_ACCESSIBLE_PROPERTY_LABEL,
      "Tuesday 9 February 2027, 1 entry: Session: \u2068Soudage\u2069, planned");
  /* Another one comes in by itself; the day then holds two. */
  other = add (store, "training_session", "module", module, "starts_on", "2027-02-10", NULL);
  KAF_WAIT (kaf_calendar_page_is_settled (page) &&
            gtk_list_box_get_row_at_index (kaf_calendar_page_get_list (page), 1) != NULL);
  go (page, "2027-02-09");
  g_assert_null (gtk_list_box_get_row_at_index (kaf_calendar_page_get_list (page), 1));
  /* One entry: Enter opens it. */
  press (page, GDK_KEY_Return);
  g_assert_true (KAF_IS_RECORD_PAGE (kaf_window_get_page (window)));
}

static void
test_calendar_export (void)
{
  KafWindow *window = kaf_display_open ("calendar-export.db");
  g_autofree char *duty = fill (kaf_window_get_store (window));
  g_autofree char *path = kaf_display_path ("out.ics");
  g_autoptr (GFile) file = g_file_new_for_path (path);
  g_autofree char *late = day_from_now (-1);
  g_autofree char *text = NULL;
  KafDay first = kaf_day_parse (late);

  kaf_calendar_export_to (window, file, first, first + 30);
  KAF_WAIT (kaf_display_shows (GTK_WIDGET (window), "2 entries written"));
  g_assert_true (g_file_get_contents (path, &text, NULL, NULL));
  g_assert_nonnull (strstr (text, "BEGIN:VCALENDAR"));
  g_assert_nonnull (strstr (text, duty));
}

int
main (int argc, char **argv)
{
  kaf_display_init (&argc, &argv, "en");
  g_test_add_func ("/todo/empty", test_todo_empty);
  g_test_add_func ("/todo/full", test_todo);
  g_test_add_func ("/todo/home", test_home);
  g_test_add_func ("/calendar/keys", test_calendar_keys);
  g_test_add_func ("/calendar/full", test_calendar);
  g_test_add_func ("/calendar/export", test_calendar_export);
  return kaf_display_finish (g_test_run ());
}
