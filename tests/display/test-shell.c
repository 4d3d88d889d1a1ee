/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The window's frame: start on an empty and on a filled store, sections, undo, problems with a store,
 * search of everything, import, language and direction. */
#include "config.h"

#include <dlfcn.h>
#include <glib/gstdio.h>
#include <sqlite3.h>

#include "kaf-display.h"

#include "schema/kaf-registry.h"

#include "ui/app/kaf-home-page.h"
#include "ui/app/kaf-import-window.h"
#include "ui/app/kaf-language.h"
#include "ui/app/kaf-navigation.h"
#include "ui/app/kaf-preferences-window.h"
#include "ui/app/kaf-search-everywhere.h"
#include "ui/app/kaf-settings.h"
#include "ui/app/kaf-sidebar.h"
#include "ui/app/kaf-store-problem-page.h"
#include "ui/compat/kaf-banner.h"
#include "ui/compat/kaf-error-text.h"
#include "ui/compat/kaf-style.h"
#include "ui/form/kaf-form-page.h"
#include "ui/list/kaf-list-page.h"
#include "ui/record/kaf-record-page.h"

static void
activate (KafWindow *window, const char *action, GVariant *parameter)
{
  g_assert_true (g_action_group_get_action_enabled (G_ACTION_GROUP (window), action));
  g_action_group_activate_action (G_ACTION_GROUP (window), action, parameter);
}

static KafHomePage *
wait_for_home (KafWindow *window)
{
  GtkWidget *page;

  KAF_WAIT (KAF_IS_HOME_PAGE (kaf_window_get_page (window)));
  page = kaf_window_get_page (window);
  KAF_WAIT (kaf_home_page_is_settled (KAF_HOME_PAGE (page)));
  return KAF_HOME_PAGE (page);
}

static KafSidebar *
get_sidebar (KafWindow *window)
{
  return KAF_SIDEBAR (kaf_display_find (GTK_WIDGET (window), KAF_TYPE_SIDEBAR));
}

static void
test_empty (void)
{
  KafWindow *window = kaf_display_open ("empty.db");
  KafHomePage *home = wait_for_home (window);

  g_assert_true (kaf_home_page_is_empty (home));
  g_assert_true (kaf_display_shows (GTK_WIDGET (home), "Nobody Here Yet"));
  KAF_WAIT (kaf_sidebar_get_count (get_sidebar (window), "expert") == 0);
  g_assert_false (g_action_group_get_action_enabled (G_ACTION_GROUP (window), "export"));
}

/* The sample data are for a store of one's own: one that belongs to a server is not offered them, and takes none. */
static void
test_sample_joined (void)
{
  KafWindow *window = kaf_display_open ("joined.db");
  GtkWidget *home = GTK_WIDGET (wait_for_home (window));

  KAF_WAIT (kaf_display_shows (home, "Try With the Sample Data"));
  g_assert_true (kaf_display_shows (home, "look around with the sample data"));
  kaf_display_become (kaf_window_get_store (window), "manager");
  kaf_store_announce (kaf_window_get_store (window), NULL);
  KAF_WAIT (!g_action_group_get_action_enabled (G_ACTION_GROUP (window), "load-sample"));
  KAF_WAIT (!kaf_display_shows (home, "Try With the Sample Data"));
  g_assert_false (kaf_display_shows (home, "sample data"));
}

/* What few ask for does not weigh on the start. */
static void
test_late_libraries (void)
{
  static const char *const libraries[] = { KAF_LIBRARY_SOUP, KAF_LIBRARY_SECRET, KAF_LIBRARY_QPDF,
                                           KAF_LIBRARY_XLSXWRITER, KAF_LIBRARY_ICAL };

  wait_for_home (kaf_display_open ("light.db"));
  for (gsize i = 0; i < G_N_ELEMENTS (libraries); i++)
    g_assert_null (dlopen (libraries[i], RTLD_LAZY | RTLD_NOLOAD));
}

/* The theme that GTK was told to begin with is forgotten, for libadwaita gives no style beside one that was asked for. */
static void
test_style (void)
{
  KafWindow *window = kaf_display_open ("style.db");
  GdkRGBA accent;

  wait_for_home (window);
  g_assert_null (g_getenv ("GTK_THEME"));
  accent = kaf_style_look_up_color (GTK_WIDGET (window), "accent_bg_color");
  g_assert_cmpfloat (accent.blue, >, accent.red);
}

static void
count (guint *n)
{
  (*n)++;
}

/* What is typed right after the key would else be lost. */
static void
test_prompt_buttons (void)
{
  KafWindow *window = kaf_display_open ("empty.db");
  GtkWidget *button = gtk_button_new ();
  guint n = 0;

  adw_header_bar_pack_end (
      ADW_HEADER_BAR (kaf_display_find (GTK_WIDGET (window), ADW_TYPE_HEADER_BAR)), button);
  g_signal_connect_swapped (button, "clicked", G_CALLBACK (count), &n);
  g_assert_true (gtk_widget_activate (button));
  g_assert_cmpuint (n, ==, 1);
}

/* Likewise what is typed right after the key that closed a popover. */
static void
test_prompt_popovers (void)
{
  KafWindow *window = kaf_display_open ("empty.db");
  GtkWidget *button = gtk_menu_button_new ();
  GtkWidget *popover = gtk_popover_new ();
  GtkWidget *inner = gtk_button_new ();
  GtkWidget *focus;

  gtk_popover_set_child (GTK_POPOVER (popover), inner);
  gtk_menu_button_set_popover (GTK_MENU_BUTTON (button), popover);
  adw_header_bar_pack_end (
      ADW_HEADER_BAR (kaf_display_find (GTK_WIDGET (window), ADW_TYPE_HEADER_BAR)), button);
  KAF_WAIT (gtk_widget_get_mapped (button));
  gtk_menu_button_popup (GTK_MENU_BUTTON (button));
  KAF_WAIT (gtk_root_get_focus (GTK_ROOT (window)) == inner);
  gtk_popover_popdown (GTK_POPOVER (popover));
  focus = gtk_root_get_focus (GTK_ROOT (window));
  g_assert_nonnull (focus);
  g_assert_true (gtk_widget_is_ancestor (focus, button));
  g_assert_false (gtk_widget_is_ancestor (focus, popover));
}

static void
test_full (void)
{
  KafWindow *window = kaf_display_open ("full.db");
  KafStore *store = kaf_window_get_store (window);
  g_autofree char *a = kaf_display_add_expert (store, "Alami", "Nora", "العلمي", "نورة");
  g_autofree char *b = kaf_display_add_expert (store, "Berrada", "Omar", NULL, NULL);
  KafHomePage *home;

  /* The counts and the page follow the commits by themselves. */
  KAF_WAIT (kaf_sidebar_get_count (get_sidebar (window), "expert") == 2);
  g_assert_true (kaf_display_shows (GTK_WIDGET (get_sidebar (window)), "Experts, 2"));
  home = wait_for_home (window);
  KAF_WAIT (kaf_display_shows (GTK_WIDGET (home), "2 experts never confirmed"));
  g_assert_false (kaf_home_page_is_empty (home));
  KAF_WAIT (kaf_display_shows (GTK_WIDGET (home), "1 name without Arabic"));
  g_assert_true (kaf_display_shows (GTK_WIDGET (home), "50 %"));
  g_assert_true (kaf_display_shows (GTK_WIDGET (home), "Nora"));
}

static void
test_sections (void)
{
  static const char *const sections[] = { "expert", "organisation", "network" };
  KafWindow *window = kaf_display_open ("sections.db");

  for (gsize i = 0; i < G_N_ELEMENTS (sections); i++)
    {
      GtkWidget *page;

      activate (window, "section", g_variant_new_string (sections[i]));
      page = kaf_window_get_page (window);
      g_assert_true (KAF_IS_LIST_PAGE (page));
      g_assert_cmpstr (kaf_list_page_get_entity (KAF_LIST_PAGE (page))->id, ==, sections[i]);
      g_assert_true (g_action_group_get_action_enabled (G_ACTION_GROUP (window), "export"));
      /* Opened again, it is the same page. */
      activate (window, "section", g_variant_new_string ("home"));
      g_assert_true (KAF_IS_HOME_PAGE (kaf_window_get_page (window)));
      activate (window, "section", g_variant_new_string (sections[i]));
      g_assert_true (page == kaf_window_get_page (window));
    }
  activate (window, "section", g_variant_new_string ("nonsense"));
  g_assert_true (KAF_IS_LIST_PAGE (kaf_window_get_page (window)));
}

static void
test_navigation (void)
{
  KafWindow *window = kaf_display_open ("navigation.db");
  KafStore *store = kaf_window_get_store (window);
  g_autofree char *id = kaf_display_add_expert (store, "Alami", "Nora", NULL, NULL);

  activate (window, "section", g_variant_new_string ("expert"));
  kaf_window_open_record (window, kaf_registry_find ("expert"), id, NULL,
                          GTK_INVALID_LIST_POSITION);
  g_assert_true (KAF_IS_RECORD_PAGE (kaf_window_get_page (window)));
  activate (window, "back", NULL);
  g_assert_true (KAF_IS_LIST_PAGE (kaf_window_get_page (window)));
  activate (window, "back", NULL);
  g_assert_true (KAF_IS_LIST_PAGE (kaf_window_get_page (window)));

  activate (window, "new", NULL);
  g_assert_true (KAF_IS_FORM_PAGE (kaf_window_get_page (window)));
  activate (window, "back", NULL);
  KAF_WAIT (KAF_IS_LIST_PAGE (kaf_window_get_page (window)));
}

static void
test_undo (void)
{
  KafWindow *window = kaf_display_open ("undo.db");
  g_autofree char *id =
      kaf_display_add_expert (kaf_window_get_store (window), "Alami", "Nora", NULL, NULL);
  KafSidebar *sidebar = get_sidebar (window);

  KAF_WAIT (kaf_sidebar_get_count (sidebar, "expert") == 1);
  activate (window, "undo", NULL);
  KAF_WAIT (kaf_sidebar_get_count (sidebar, "expert") == 0);
  KAF_WAIT (kaf_display_shows (GTK_WIDGET (window), "Undone, 1 record"));
  KAF_WAIT (kaf_display_shows (GTK_WIDGET (window), "Redo"));
  activate (window, "redo", NULL);
  KAF_WAIT (kaf_sidebar_get_count (sidebar, "expert") == 1);
}

/* A key that takes back much says what it was and how much, and how to have it again. */
static void
test_undo_of_many (void)
{
  KafWindow *window = kaf_display_open ("undo-many.db");
  g_autoptr (KafChangeSet) set = kaf_change_set_new ("import");

  for (guint i = 0; i < 1200; i++)
    {
      g_autoptr (KafRecord) record = kaf_record_new (kaf_registry_find ("person"), NULL);
      g_autofree char *name = g_strdup_printf ("Alami %u", i);

      kaf_record_set (record, "family_name", name);
      kaf_change_set_create (set, record);
    }
  kaf_receipt_unref (kaf_display_commit (kaf_window_get_store (window), set));
  activate (window, "undo", NULL);
  KAF_WAIT (kaf_display_shows (GTK_WIDGET (window), "Import of 1,200 records undone"));
  KAF_WAIT (kaf_display_shows (GTK_WIDGET (window), "Redo"));
}

static gboolean
button_is_live (GtkWidget *widget, const char *label)
{
  if (GTK_IS_BUTTON (widget) && g_strcmp0 (gtk_button_get_label (GTK_BUTTON (widget)), label) == 0)
    return gtk_widget_is_sensitive (widget);
  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    if (button_is_live (child, label))
      return TRUE;

  return FALSE;
}

/* The buttons of the preferences do something: their actions are reached from a window apart. */
static void
test_preferences (void)
{
  KafWindow *window = kaf_display_open ("preferences.db");
  GtkWidget *preferences = kaf_preferences_window_new (
      KAF_APPLICATION (g_application_get_default ()), kaf_window_get_store (window));

  gtk_window_set_transient_for (GTK_WINDOW (preferences), GTK_WINDOW (window));
  gtk_window_present (GTK_WINDOW (preferences));
  g_assert_true (button_is_live (preferences, "Restart Now"));
  g_assert_true (button_is_live (preferences, "Usual Columns"));
  gtk_window_destroy (GTK_WINDOW (preferences));
}

/* @title: the row's. NULL: it is not filled yet. */
static GtkEditable *
find_author (GtkWidget *preferences, const char *title)
{
  GtkWidget *row = kaf_display_find (preferences, ADW_TYPE_ENTRY_ROW);

  if (row == NULL || *gtk_editable_get_text (GTK_EDITABLE (row)) == '\0' ||
      !g_str_equal (adw_preferences_row_get_title (ADW_PREFERENCES_ROW (row)), title))
    return NULL;
  return GTK_EDITABLE (row);
}

/* The name that the history shows is one's own to choose, until there is an account. */
static void
test_author (void)
{
  KafWindow *window = kaf_display_open ("author.db");
  KafApplication *application = KAF_APPLICATION (g_application_get_default ());
  GtkWidget *preferences = kaf_preferences_window_new (application, kaf_window_get_store (window));

  gtk_window_present (GTK_WINDOW (preferences));
  KAF_WAIT (find_author (preferences, "Your name, as the history shows it") != NULL);
  g_assert_true (
      gtk_editable_get_editable (find_author (preferences, "Your name, as the history shows it")));
  gtk_window_destroy (GTK_WINDOW (preferences));

  kaf_display_become (kaf_window_get_store (window), "manager");
  preferences = kaf_preferences_window_new (application, kaf_window_get_store (window));
  gtk_window_present (GTK_WINDOW (preferences));
  KAF_WAIT (find_author (preferences, "Your account, as the history shows it") != NULL);
  g_assert_cmpstr (
      gtk_editable_get_text (find_author (preferences, "Your account, as the history shows it")),
      ==, "amina");
  g_assert_false (gtk_editable_get_editable (
      find_author (preferences, "Your account, as the history shows it")));
  gtk_window_destroy (GTK_WINDOW (preferences));
}

static gboolean
has_settled (gpointer since)
{
  return g_get_monotonic_time () - *(gint64 *) since > G_USEC_PER_SEC * 3 / 2;
}

/* Faster than toasts slide: the last one is seen, and none is touched after it went. */
static void
test_toasts (void)
{
  KafWindow *window = kaf_display_open ("toasts.db");
  gint64 since;

  kaf_window_toast (window, "First");
  kaf_window_toast (window, "Second");
  kaf_window_toast (window, "Third");
  KAF_WAIT (kaf_display_shows (GTK_WIDGET (window), "Third"));
  g_assert_false (kaf_display_shows (GTK_WIDGET (window), "Second"));
  kaf_window_toast (window, "Fourth");
  KAF_WAIT (kaf_display_shows (GTK_WIDGET (window), "Fourth"));
  since = g_get_monotonic_time ();
  KAF_WAIT (has_settled (&since));
  g_assert_false (kaf_display_shows (GTK_WIDGET (window), "Third"));
}

/* Its button is pressed while it still takes the place of another: it arrives, goes, and is not touched again. */
static void
test_toast_in_haste (void)
{
  KafWindow *window = kaf_display_open ("toasts.db");
  AdwToast *last;

  KAF_WAIT (gtk_widget_get_mapped (GTK_WIDGET (window)));
  kaf_window_toast (window, "First");
  kaf_window_toast_button (window, "Second", "Undo", "win.undo", NULL);
  KAF_WAIT (kaf_display_shows (GTK_WIDGET (window), "Second"));
  last = kaf_display_get_toast (window);
  adw_toast_dismiss (last);
  g_assert_true (kaf_display_get_toast (window) == last);
  KAF_WAIT (kaf_display_get_toast (window) == NULL);
  kaf_window_toast (window, "Third");
  KAF_WAIT (kaf_display_shows (GTK_WIDGET (window), "Third"));
  KAF_WAIT (!kaf_display_shows (GTK_WIDGET (window), "Second"));
}

/* The label below @widget that says @text; NULL: none does. */
static GtkLabel *
find_label (GtkWidget *widget, const char *text)
{
  GtkLabel *found = NULL;

  if (GTK_IS_LABEL (widget) && g_str_equal (gtk_label_get_label (GTK_LABEL (widget)), text))
    return GTK_LABEL (widget);
  for (GtkWidget *child = gtk_widget_get_first_child (widget); found == NULL && child != NULL;
       child = gtk_widget_get_next_sibling (child))
    found = find_label (child, text);
  return found;
}

/* What does not fit on a line goes on in the next, and is not cut. */
static void
test_long_toast (void)
{
  KafWindow *window = kaf_display_open ("toasts.db");
  static const char text[] =
      "Your rights have changed (Regional officer): gone from this device: 1 204 · received: 37 "
      "and a sentence that goes on, as some do in French, beyond what one line of a window holds";
  GtkLabel *label;

  KAF_WAIT (gtk_widget_get_mapped (GTK_WIDGET (window)));
  kaf_window_toast (window, text);
  KAF_WAIT ((label = find_label (GTK_WIDGET (window), text)) != NULL &&
            gtk_widget_get_width (GTK_WIDGET (label)) > 0);
  g_assert_false (pango_layout_is_ellipsized (gtk_label_get_layout (label)));
  g_assert_cmpint (pango_layout_get_line_count (gtk_label_get_layout (label)), >, 1);
}

static void
test_search_everywhere (void)
{
  KafWindow *window = kaf_display_open ("search.db");
  g_autofree char *id =
      kaf_display_add_expert (kaf_window_get_store (window), "El Ouafi", "Nezha", "الوافي", "نزهة");
  GtkWidget *search;

  activate (window, "search-everywhere", NULL);
  search = kaf_display_find (GTK_WIDGET (window), KAF_TYPE_SEARCH_EVERYWHERE);
  g_assert_nonnull (search);
  kaf_search_everywhere_set_text (KAF_SEARCH_EVERYWHERE (search), "الوافي");
  KAF_WAIT (kaf_search_everywhere_get_n_results (KAF_SEARCH_EVERYWHERE (search)) > 0);
  g_assert_true (kaf_display_shows (search, "Nezha"));
  kaf_search_everywhere_set_text (KAF_SEARCH_EVERYWHERE (search), "xyzzy");
  KAF_WAIT (kaf_search_everywhere_get_n_results (KAF_SEARCH_EVERYWHERE (search)) == 0);
  KAF_WAIT (kaf_display_shows (search, "Nothing found"));
  kaf_search_everywhere_set_text (KAF_SEARCH_EVERYWHERE (search), "ouaf");
  KAF_WAIT (kaf_search_everywhere_get_n_results (KAF_SEARCH_EVERYWHERE (search)) > 0);
  g_signal_emit_by_name (kaf_display_find (search, GTK_TYPE_ENTRY), "activate");
  KAF_WAIT (KAF_IS_RECORD_PAGE (kaf_window_get_page (window)));
  g_assert_cmpstr (kaf_record_page_get_id (KAF_RECORD_PAGE (kaf_window_get_page (window))), ==, id);
}

static void
test_import (void)
{
  static const char good[] = "family_name,given_name,country\nAlami,Nora,MA\nBerrada,Omar,FR\n";
  static const char bad[] = "family_name,given_name,country\nAlami,Nora,Nowhere\n";
  KafWindow *window = kaf_display_open ("import.db");
  g_autofree char *path = kaf_display_path ("people.csv");
  g_autoptr (GFile) file = g_file_new_for_path (path);
  GtkWidget *import =
      kaf_import_window_new (window, kaf_window_get_store (window), kaf_registry_find ("expert"));

  gtk_window_present (GTK_WINDOW (import));
  g_assert_true (g_file_set_contents (path, bad, -1, NULL));
  kaf_import_window_set_file (KAF_IMPORT_WINDOW (import), file);
  KAF_WAIT (kaf_display_shows (import, "1 error to correct"));
  g_assert_false (kaf_import_window_is_ready (KAF_IMPORT_WINDOW (import)));
  g_assert_true (kaf_display_shows (import, "Line 2"));

  g_assert_true (g_file_set_contents (path, good, -1, NULL));
  kaf_import_window_set_file (KAF_IMPORT_WINDOW (import), file);
  KAF_WAIT (kaf_import_window_is_ready (KAF_IMPORT_WINDOW (import)));
  g_assert_cmpint (kaf_sidebar_get_count (get_sidebar (window), "expert"), <=, 0);
  gtk_widget_activate_action (import, "import.run", NULL);
  KAF_WAIT (kaf_sidebar_get_count (get_sidebar (window), "expert") == 2);
}

static void
test_problems (void)
{
  KafWindow *window = kaf_display_open ("problems.db");

  for (int code = KAF_STORE_ERROR_NOT_A_STORE; code <= KAF_STORE_ERROR_NOTHING; code++)
    {
      g_autoptr (GError) error = g_error_new (KAF_STORE_ERROR, code, "technical text");
      g_autofree char *heading = kaf_error_heading (error);
      g_autofree char *text = kaf_error_text (error);
      GtkWidget *page;

      kaf_window_show_problem (window, "/some/where/store.db", error);
      page = kaf_display_find (GTK_WIDGET (window), KAF_TYPE_STORE_PROBLEM_PAGE);
      g_assert_nonnull (page);
      g_assert_true (kaf_display_shows (page, heading));
      g_assert_true (kaf_display_shows (page, text));
      g_assert_true (kaf_display_shows (page, "/some/where/store.db"));
      g_assert_false (kaf_display_shows (page, "technical text"));
      g_assert_false (g_action_group_get_action_enabled (G_ACTION_GROUP (window), "new"));
    }
}

/* A file of another kind is told apart, left as it is, and another store opens after it. */
static void
test_not_a_store (void)
{
  static const char text[] = "This is a letter and no database, however long it may go on.";
  KafWindow *window = kaf_display_open ("before.db");
  KafApplication *application = KAF_APPLICATION (gtk_window_get_application (GTK_WINDOW (window)));
  g_autofree char *path = kaf_display_path ("letter.db");
  g_autofree char *after = NULL;
  GtkWidget *page;

  g_assert_true (g_file_set_contents (path, text, -1, NULL));
  kaf_application_open_store (application, path);
  KAF_WAIT (kaf_display_find (GTK_WIDGET (window), KAF_TYPE_STORE_PROBLEM_PAGE) != NULL);
  page = kaf_display_find (GTK_WIDGET (window), KAF_TYPE_STORE_PROBLEM_PAGE);
  g_assert_true (kaf_display_shows (page, "not a Kafaat store"));
  g_assert_true (g_file_get_contents (path, &after, NULL, NULL));
  g_assert_cmpstr (after, ==, text);

  g_assert_cmpint (g_remove (path), ==, 0);
  gtk_widget_activate_action (page, "problem.retry", NULL);
  KAF_WAIT (kaf_window_get_store (window) != NULL);
  g_assert_null (kaf_display_find (GTK_WIDGET (window), KAF_TYPE_STORE_PROBLEM_PAGE));
}

static void
test_draft_told (void)
{
  KafWindow *window = kaf_display_open ("draft.db");
  GtkWidget *page;

  activate (window, "new-record", g_variant_new_string ("expert"));
  page = kaf_window_get_page (window);
  g_assert_true (KAF_IS_FORM_PAGE (page));
  KAF_WAIT (kaf_form_page_is_ready (KAF_FORM_PAGE (page)));
  kaf_field_row_set_typed (kaf_form_page_get_row (KAF_FORM_PAGE (page), "family_name"), "Alami");
  kaf_form_page_keep_draft (KAF_FORM_PAGE (page));
  window = kaf_display_open ("draft.db");
  KAF_WAIT (kaf_display_shows (GTK_WIDGET (window), "A draft was kept"));
  KAF_WAIT (kaf_display_shows (GTK_WIDGET (wait_for_home (window)), "Draft: new record, Expert"));
}

static void
test_banner (void)
{
  GtkWidget *banner = g_object_ref_sink (kaf_banner_new ());

  g_assert_false (kaf_banner_get_revealed (KAF_BANNER (banner)));
  g_assert_false (kaf_display_shows (banner, "Something"));
  kaf_banner_set_title (KAF_BANNER (banner), "Something");
  kaf_banner_add_button (KAF_BANNER (banner), "Do", "win.undo");
  g_assert_false (kaf_display_shows (banner, "Something"));
  kaf_banner_set_revealed (KAF_BANNER (banner), TRUE);
  g_assert_true (kaf_display_shows (banner, "Something"));
  g_assert_true (kaf_display_shows (banner, "Do"));
  kaf_banner_remove_buttons (KAF_BANNER (banner));
  g_assert_false (kaf_display_shows (banner, "Do"));
  g_object_unref (banner);
}

static void
test_every_window (void)
{
  KafWindow *window = kaf_display_open ("windows.db");
  GActionGroup *actions = G_ACTION_GROUP (gtk_window_get_application (GTK_WINDOW (window)));
  static const char *const names[] = { "about", "preferences", "shortcuts" };
  guint before;

  {
    g_autoptr (GList) windows = gtk_window_list_toplevels ();

    before = g_list_length (windows);
  }
  for (gsize i = 0; i < G_N_ELEMENTS (names); i++)
    {
      g_autoptr (GList) windows = NULL;

      g_action_group_activate_action (actions, names[i], NULL);
      for (int turn = 0; turn < 10; turn++)
        kaf_display_turn ();
      windows = gtk_window_list_toplevels ();
      g_assert_cmpuint (g_list_length (windows), ==, before + 1);
      for (GList *item = windows; item != NULL; item = item->next)
        if (gtk_window_get_transient_for (item->data) == GTK_WINDOW (window))
          gtk_window_destroy (item->data);
      for (int turn = 0; turn < 10; turn++)
        kaf_display_turn ();
    }
}

static void
test_arabic (void)
{
  if (g_test_subprocess ())
    {
      kaf_language_apply ("ar");
      gtk_init ();
      kaf_language_apply_to_toolkit ();
      g_assert_cmpint (kaf_application_get_lang (), ==, KAF_LANG_AR);
      g_assert_cmpint (gtk_widget_get_default_direction (), ==, GTK_TEXT_DIR_RTL);
      g_assert_cmpstr (g_getenv ("LANGUAGE"), ==, "ar");
      return;
    }
  g_test_trap_subprocess (NULL, 0, 0);
  g_test_trap_assert_passed ();
}

static void
test_session_language (void)
{
  static const struct
  {
    const char *lang;
    KafLang expected;
  } cases[] = {
    { "fr_MA.UTF-8", KAF_LANG_FR }, { "ar_MA.UTF-8", KAF_LANG_AR }, { "en_GB.UTF-8", KAF_LANG_EN },
    { "C", KAF_LANG_EN },           { "de_DE.UTF-8", KAF_LANG_EN },
  };

  if (g_test_subprocess ())
    {
      for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
        {
          g_setenv ("LANGUAGE", "", TRUE);
          g_unsetenv ("LC_ALL");
          g_unsetenv ("LC_MESSAGES");
          g_setenv ("LANG", cases[i].lang, TRUE);
          kaf_language_apply ("auto");
          g_assert_cmpint (kaf_language_get (), ==, cases[i].expected);
          /* Numbers for machines keep their dot in every language. */
          g_assert_cmpfloat (g_strtod ("1.5", NULL), ==, 1.5);
        }
      return;
    }
  g_test_trap_subprocess (NULL, 0, 0);
  g_test_trap_assert_passed ();
}

static GtkWindow *
find_question (KafWindow *window)
{
  g_autoptr (GList) windows = gtk_window_list_toplevels ();

  for (GList *item = windows; item != NULL; item = item->next)
    if (ADW_IS_MESSAGE_DIALOG (item->data) &&
        gtk_window_get_transient_for (item->data) == GTK_WINDOW (window))
      return item->data;
  return NULL;
}

/* A store that another program is writing to. */
static sqlite3 *
hold (const char *name)
{
  g_autofree char *path = kaf_display_path (name);
  sqlite3 *other = NULL;

  g_assert_cmpint (sqlite3_open (path, &other), ==, SQLITE_OK);
  g_assert_cmpint (sqlite3_exec (other, "BEGIN IMMEDIATE", NULL, NULL, NULL), ==, SQLITE_OK);
  return other;
}

static void
let_go (sqlite3 *other)
{
  g_assert_cmpint (sqlite3_exec (other, "ROLLBACK", NULL, NULL, NULL), ==, SQLITE_OK);
  sqlite3_close (other);
}

static KafFormPage *
begin_expert (KafWindow *window)
{
  KafFormPage *form;

  activate (window, "section", g_variant_new_string ("expert"));
  activate (window, "new-record", g_variant_new_string ("expert"));
  form = KAF_FORM_PAGE (kaf_window_get_page (window));
  KAF_WAIT (kaf_form_page_is_ready (form));
  return form;
}

/* What leads to a list from elsewhere does not take away a form whose text is not kept yet. */
static void
test_unkept_form_stays (void)
{
  KafWindow *window = kaf_display_open ("unkept.db");
  g_autoptr (KafQuery) query = kaf_query_new (kaf_registry_find ("expert"));
  g_autofree char *json = kaf_query_to_json (query);
  KafFormPage *form = begin_expert (window);
  sqlite3 *other = hold ("unkept.db");

  kaf_field_row_set_typed (kaf_form_page_get_row (form, "family_name"), "Alami");
  activate (window, "section", g_variant_new_string ("home"));
  activate (window, "show-query", g_variant_new_string (json));
  g_assert_true (kaf_window_get_page (window) == GTK_WIDGET (form));
  let_go (other);
  KAF_WAIT (!kaf_form_page_is_unkept (form));
  activate (window, "show-query", g_variant_new_string (json));
  g_assert_true (KAF_IS_LIST_PAGE (kaf_window_get_page (window)));
}

static void
on_left (GObject *source, GAsyncResult *result, gpointer data)
{
  g_assert_true (kaf_form_page_leave_finish (KAF_FORM_PAGE (source), result));
  *(gboolean *) data = TRUE;
}

/* Who leaves while the form saves waits for that: else the record is there, and its draft too. */
static void
test_leave_while_saving (void)
{
  KafWindow *window = kaf_display_open ("saving.db");
  g_autoptr (GPtrArray) drafts = NULL;
  KafFormPage *form = begin_expert (window);
  gboolean left = FALSE;
  sqlite3 *other;

  kaf_field_row_set_typed (kaf_form_page_get_row (form, "family_name"), "Alami");
  KAF_WAIT (!kaf_form_page_is_unkept (form));
  other = hold ("saving.db");
  gtk_widget_activate_action (GTK_WIDGET (form), "form.save", NULL);
  g_assert_true (kaf_form_page_is_saving (form));
  kaf_form_page_leave_async (form, on_left, &left);
  for (int turn = 0; turn < 10; turn++)
    kaf_display_turn ();
  g_assert_false (left);
  let_go (other);
  KAF_WAIT (left);
  KAF_WAIT (kaf_sidebar_get_count (get_sidebar (window), "expert") == 1);
  drafts = kaf_display_list_drafts (kaf_window_get_store (window));
  g_assert_cmpuint (drafts->len, ==, 0);
}

/* Last of all, since the window goes: not before what was typed is kept. */
static void
test_close (void)
{
  KafWindow *window = kaf_display_open ("close.db");
  g_autoptr (GtkApplication) application =
      g_object_ref (gtk_window_get_application (GTK_WINDOW (window)));
  g_autofree char *path = kaf_display_path ("close.db");
  g_autoptr (KafDatabase) db = NULL;
  g_autoptr (GPtrArray) drafts = NULL;
  KafFormPage *form;
  GtkWindow *question;
  sqlite3 *other = NULL;

  activate (window, "new-record", g_variant_new_string ("expert"));
  form = KAF_FORM_PAGE (kaf_window_get_page (window));
  KAF_WAIT (kaf_form_page_is_ready (form));
  g_assert_cmpint (sqlite3_open (path, &other), ==, SQLITE_OK);
  g_assert_cmpint (sqlite3_exec (other, "BEGIN IMMEDIATE", NULL, NULL, NULL), ==, SQLITE_OK);
  kaf_field_row_set_typed (kaf_form_page_get_row (form, "family_name"), "Alami");

  /* Twice, as an impatient hand does: one question. */
  gtk_window_close (GTK_WINDOW (window));
  gtk_window_close (GTK_WINDOW (window));
  KAF_WAIT (find_question (window) != NULL);
  question = find_question (window);
  adw_message_dialog_response (ADW_MESSAGE_DIALOG (question), "stay");
  gtk_window_destroy (question);
  for (int turn = 0; turn < 10; turn++)
    kaf_display_turn ();
  g_assert_nonnull (gtk_application_get_windows (application));
  g_assert_null (find_question (window));

  gtk_window_close (GTK_WINDOW (window));
  g_assert_nonnull (gtk_application_get_windows (application));
  g_assert_cmpint (sqlite3_exec (other, "ROLLBACK", NULL, NULL, NULL), ==, SQLITE_OK);
  sqlite3_close (other);
  KAF_WAIT (gtk_application_get_windows (application) == NULL);
  db = kaf_database_open (path, KAF_OPEN_DEFAULT, NULL, NULL);
  drafts = kaf_draft_list (db, NULL);
  g_assert_cmpuint (drafts->len, ==, 1);
}

int
main (int argc, char **argv)
{
  /* As the program does. */
  kaf_style_skip_theme ();
  kaf_display_init (&argc, &argv, "en");

  g_test_add_func ("/shell/language/arabic", test_arabic);
  g_test_add_func ("/shell/language/session", test_session_language);
  g_test_add_func ("/shell/empty", test_empty);
  g_test_add_func ("/shell/sample-joined", test_sample_joined);
  g_test_add_func ("/shell/late-libraries", test_late_libraries);
  g_test_add_func ("/shell/style", test_style);
  g_test_add_func ("/shell/prompt-buttons", test_prompt_buttons);
  g_test_add_func ("/shell/prompt-popovers", test_prompt_popovers);
  g_test_add_func ("/shell/full", test_full);
  g_test_add_func ("/shell/sections", test_sections);
  g_test_add_func ("/shell/navigation", test_navigation);
  g_test_add_func ("/shell/preferences", test_preferences);
  g_test_add_func ("/shell/author", test_author);
  g_test_add_func ("/shell/undo", test_undo);
  g_test_add_func ("/shell/undo-of-many", test_undo_of_many);
  g_test_add_func ("/shell/toasts", test_toasts);
  g_test_add_func ("/shell/toast-in-haste", test_toast_in_haste);
  g_test_add_func ("/shell/long-toast", test_long_toast);
  g_test_add_func ("/shell/search-everywhere", test_search_everywhere);
  g_test_add_func ("/shell/import", test_import);
  g_test_add_func ("/shell/problems", test_problems);
  g_test_add_func ("/shell/not-a-store", test_not_a_store);
  g_test_add_func ("/shell/draft", test_draft_told);
  g_test_add_func ("/shell/banner", test_banner);
  g_test_add_func ("/shell/windows", test_every_window);
  g_test_add_func ("/shell/unkept-form-stays", test_unkept_form_stays);
  g_test_add_func ("/shell/leave-while-saving", test_leave_while_saving);
  g_test_add_func ("/shell/close", test_close);
  return kaf_display_finish (g_test_run ());
}
