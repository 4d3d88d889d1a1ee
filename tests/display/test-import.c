/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The list of a consulate in the window, by its actions: a file in Windows-1256, its columns, a duplicate that is judged, a
 * refused row that is mended, one batch, and taken back. */
#include "config.h"

#include "kaf-display.h"

#include "schema/kaf-registry.h"
#include "ui/import/kaf-import-assistant.h"

static const char list[] =
    "N°;Nom complet;الاسم الكامل;Courriel;Pays;Ville\n"
    "1;Zineb EL QADIRI;زينب القادري;z.elqadiri@example.org;فرنسا;Lyon\n"
    "2;Nora ALAMI;نورة العلمي;n.alami@example.org;Republique Francaise;Lyon\n"
    "3;Omar BERRADA;;;France;Oujda\n";

static GFile *
write_list (void)
{
  g_autofree char *path = kaf_display_path ("liste.csv");
  g_autofree char *bytes = NULL;
  gsize size;

  bytes = g_convert (list, -1, "WINDOWS-1256", "UTF-8", NULL, &size, NULL);
  g_assert_true (g_file_set_contents (path, bytes, (gssize) size, NULL));
  return g_file_new_for_path (path);
}

static void
add_known (KafStore *store)
{
  g_autoptr (KafChangeSet) set = kaf_change_set_new ("create");
  g_autoptr (KafRecord) person = kaf_record_new (kaf_registry_find ("person"), NULL);
  g_autoptr (KafReceipt) receipt = NULL;

  kaf_record_set (person, "given_name", "Omar");
  kaf_record_set (person, "family_name", "Berrada");
  kaf_record_set (person, "city", "Oujda");
  kaf_record_set (person, "country", "FR");
  kaf_change_set_create (set, person);
  receipt = kaf_display_commit (store, set);
}

static void
on_page (KafImportAssistant *assistant, const char *page)
{
  KAF_WAIT (g_str_equal (kaf_import_assistant_get_page (assistant), page));
}

static void
select_row (KafImportReview *review, guint position)
{
  kaf_import_review_select (review, position);
  KAF_WAIT (!kaf_import_review_is_busy (review));
}

static void
test_import (void)
{
  KafWindow *window = kaf_display_open ("assistant.db");
  KafStore *store = kaf_window_get_store (window);
  g_autoptr (GFile) file = write_list ();
  KafImportAssistant *assistant;
  KafImportReview *review;
  GtkWidget *source;

  add_known (store);
  gtk_widget_activate_action (GTK_WIDGET (window), "win.import", NULL);
  assistant = KAF_IMPORT_ASSISTANT (kaf_display_find_window (window, KAF_TYPE_IMPORT_ASSISTANT));
  kaf_import_assistant_set_file (assistant, file);
  KAF_WAIT (kaf_display_shows (GTK_WIDGET (assistant), "زينب القادري"));
  g_assert_true (kaf_display_shows (GTK_WIDGET (assistant), "WINDOWS-1256"));
  /* The kind of source is proposed, and follows its name. */
  g_assert_true (kaf_display_shows (GTK_WIDGET (assistant), "Administration"));
  source = kaf_display_find (GTK_WIDGET (assistant), ADW_TYPE_ENTRY_ROW);
  gtk_editable_set_text (GTK_EDITABLE (source), "Consulat général à Lyon");
  KAF_WAIT (kaf_display_shows (GTK_WIDGET (assistant), "Consular post"));
  gtk_widget_activate_action (GTK_WIDGET (assistant), "import.next", NULL);
  on_page (assistant, "columns");
  g_assert_true (kaf_display_shows (GTK_WIDGET (assistant), "Full name, to be split"));
  gtk_widget_activate_action (GTK_WIDGET (assistant), "import.next", NULL);
  on_page (assistant, "review");
  g_assert_cmpstr (kaf_import_assistant_get_map (assistant)->origin, ==, "consulate");

  review = kaf_import_assistant_get_review (assistant);
  g_assert_cmpuint (kaf_import_review_get_n_shown (review), ==, 3);
  kaf_import_review_filter (review, KAF_IMPORT_REFUSED);
  g_assert_cmpuint (kaf_import_review_get_n_shown (review), ==, 1);
  select_row (review, 0);
  g_assert_true (kaf_display_shows (GTK_WIDGET (review), "Republique Francaise"));
  kaf_import_review_mend (review, 4, "France");
  KAF_WAIT (!kaf_import_review_is_busy (review));
  kaf_import_review_filter (review, KAF_IMPORT_DUPLICATE);
  g_assert_cmpuint (kaf_import_review_get_n_shown (review), ==, 1);
  select_row (review, 0);
  gtk_widget_activate_action (GTK_WIDGET (assistant), "import.judge", "s", "different");
  KAF_WAIT (!kaf_import_review_is_busy (review));
  g_assert_true (kaf_display_shows (GTK_WIDGET (review), "somebody else"));
  gtk_widget_activate_action (GTK_WIDGET (assistant), "import.next", NULL);
  KAF_WAIT (kaf_display_find_window (window, KAF_TYPE_IMPORT_ASSISTANT) == NULL);
  g_assert_cmpint (kaf_display_count (store, "expert"), ==, 3);
  g_assert_cmpint (kaf_display_count (store, "judgement"), ==, 1);

  gtk_widget_activate_action (GTK_WIDGET (window), "win.undo", NULL);
  KAF_WAIT (kaf_display_count (store, "expert") == 0);
  g_assert_cmpint (kaf_display_count (store, "person"), ==, 1);
}

/* A mapping survives the window that it was made in. */
static void
test_remembered (void)
{
  KafWindow *window = kaf_display_open ("remembered.db");
  KafStore *store = kaf_window_get_store (window);
  g_autoptr (GFile) file = write_list ();
  GtkWidget *first = kaf_import_assistant_new (window, store, kaf_registry_find ("expert"));
  GtkWidget *second = kaf_import_assistant_new (window, store, kaf_registry_find ("expert"));

  kaf_import_assistant_set_file (KAF_IMPORT_ASSISTANT (first), file);
  KAF_WAIT (kaf_import_assistant_get_map (KAF_IMPORT_ASSISTANT (first)) != NULL);
  kaf_import_map_set_target (kaf_import_assistant_get_map (KAF_IMPORT_ASSISTANT (first)), 5,
                             "notes", NULL);
  gtk_widget_activate_action (first, "import.next", NULL);
  gtk_widget_activate_action (first, "import.next", NULL);
  on_page (KAF_IMPORT_ASSISTANT (first), "review");
  gtk_window_destroy (GTK_WINDOW (first));

  kaf_import_assistant_set_file (KAF_IMPORT_ASSISTANT (second), file);
  KAF_WAIT (kaf_import_assistant_get_map (KAF_IMPORT_ASSISTANT (second)) != NULL);
  g_assert_cmpstr (
      kaf_import_map_get_target (kaf_import_assistant_get_map (KAF_IMPORT_ASSISTANT (second)), 5),
      ==, "notes");
  gtk_window_destroy (GTK_WINDOW (second));
}

static GtkWidget *
review_list (KafWindow *window, GFile *file)
{
  GtkWidget *assistant = kaf_import_assistant_new (window, kaf_window_get_store (window),
                                                   kaf_registry_find ("expert"));

  gtk_window_present (GTK_WINDOW (assistant));
  kaf_import_assistant_set_file (KAF_IMPORT_ASSISTANT (assistant), file);
  KAF_WAIT (kaf_import_assistant_get_map (KAF_IMPORT_ASSISTANT (assistant)) != NULL);
  gtk_widget_activate_action (assistant, "import.next", NULL);
  gtk_widget_activate_action (assistant, "import.next", NULL);
  on_page (KAF_IMPORT_ASSISTANT (assistant), "review");
  return assistant;
}

static void
decide_all (GtkWidget *assistant)
{
  KafImportReview *review = kaf_import_assistant_get_review (KAF_IMPORT_ASSISTANT (assistant));

  select_row (review, 0);
  gtk_widget_activate_action (assistant, "import.leave-out", NULL);
  KAF_WAIT (!kaf_import_review_is_busy (review));
  select_row (review, 1);
  kaf_import_review_mend (review, 4, "France");
  KAF_WAIT (!kaf_import_review_is_busy (review));
  select_row (review, 2);
  gtk_widget_activate_action (assistant, "import.judge", "s", "same");
  KAF_WAIT (!kaf_import_review_is_busy (review));
}

static guint
count_kept (KafStore *store)
{
  g_autoptr (GPtrArray) drafts = kaf_display_list_drafts (store);

  return drafts->len;
}

/* So does what was decided of the rows, until they are in, or are to be decided afresh. */
static void
test_decided (void)
{
  KafWindow *window = kaf_display_open ("decided.db");
  KafStore *store = kaf_window_get_store (window);
  g_autoptr (GFile) file = write_list ();
  GtkWidget *assistant;

  add_known (store);
  assistant = review_list (window, file);
  g_assert_false (kaf_display_shows (assistant, "taken up again"));
  decide_all (assistant);
  gtk_window_destroy (GTK_WINDOW (assistant));
  KAF_WAIT (count_kept (store) == 1);

  assistant = review_list (window, file);
  KAF_WAIT (kaf_display_shows (assistant, "3 decisions about this file taken up again"));
  KAF_WAIT (kaf_display_shows (assistant, "left out"));
  g_assert_true (kaf_display_shows (assistant, "the same person"));
  g_assert_false (kaf_display_shows (assistant, "refused"));
  gtk_widget_activate_action (assistant, "import.afresh", NULL);
  KAF_WAIT (kaf_display_shows (assistant, "refused"));
  g_assert_false (kaf_display_shows (assistant, "left out"));
  KAF_WAIT (!kaf_display_shows (assistant, "taken up again"));
  KAF_WAIT (count_kept (store) == 0);

  decide_all (assistant);
  KAF_WAIT (count_kept (store) == 1);
  gtk_widget_activate_action (assistant, "import.next", NULL);
  KAF_WAIT (kaf_display_count (store, "expert") == 2);
  KAF_WAIT (count_kept (store) == 0);
}

static GtkWidget *
find_cell (GtkWidget *widget, const char *text)
{
  GtkWidget *found = NULL;

  if (ADW_IS_ENTRY_ROW (widget))
    return g_str_equal (gtk_editable_get_text (GTK_EDITABLE (widget)), text) ? widget : NULL;
  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL && found == NULL;
       child = gtk_widget_get_next_sibling (child))
    found = find_cell (child, text);
  return found;
}

/* Keys that come before the answer to those before them, and a cell that was typed into when the window is closed. */
static void
test_quick (void)
{
  KafWindow *window = kaf_display_open ("quick.db");
  KafStore *store = kaf_window_get_store (window);
  g_autoptr (GFile) file = write_list ();
  GtkWidget *assistant;
  KafImportReview *review;
  GtkWidget *cell;

  add_known (store);
  assistant = review_list (window, file);
  review = kaf_import_assistant_get_review (KAF_IMPORT_ASSISTANT (assistant));
  kaf_import_review_select (review, 2);
  kaf_import_review_select (review, 0);
  gtk_widget_activate_action (assistant, "import.leave-out", NULL);
  kaf_import_review_select (review, 2);
  gtk_widget_activate_action (assistant, "import.judge", "s", "same");
  kaf_import_review_select (review, 1);
  KAF_WAIT (!kaf_import_review_is_busy (review));
  g_assert_true (kaf_display_shows (assistant, "left out"));
  g_assert_true (kaf_display_shows (assistant, "the same person"));
  /* The row that is chosen is the one that is told. */
  cell = find_cell (GTK_WIDGET (review), "Republique Francaise");
  g_assert_nonnull (cell);
  gtk_widget_grab_focus (cell);
  gtk_editable_set_text (GTK_EDITABLE (cell), "France");
  gtk_window_close (GTK_WINDOW (assistant));
  KAF_WAIT (kaf_display_find_window (window, KAF_TYPE_IMPORT_ASSISTANT) == NULL);
  KAF_WAIT (count_kept (store) == 1);

  assistant = review_list (window, file);
  KAF_WAIT (kaf_display_shows (assistant, "left out"));
  g_assert_true (kaf_display_shows (assistant, "the same person"));
  review = kaf_import_assistant_get_review (KAF_IMPORT_ASSISTANT (assistant));
  select_row (review, 1);
  g_assert_nonnull (find_cell (GTK_WIDGET (review), "France"));
  gtk_window_destroy (GTK_WINDOW (assistant));
}

/* What is no table is told in a sentence, and there is no going on. */
static void
test_hostile (void)
{
  KafWindow *window = kaf_display_open ("hostile.db");
  g_autofree char *path = kaf_display_path ("page.xls");
  g_autoptr (GFile) file = g_file_new_for_path (path);
  GtkWidget *assistant = kaf_import_assistant_new (window, kaf_window_get_store (window), NULL);

  g_assert_true (
      g_file_set_contents (path, "<html><table><tr><td>1</td></tr></table></html>", -1, NULL));
  gtk_window_present (GTK_WINDOW (assistant));
  kaf_import_assistant_set_file (KAF_IMPORT_ASSISTANT (assistant), file);
  KAF_WAIT (kaf_display_shows (assistant, "web page"));
  gtk_widget_activate_action (assistant, "import.next", NULL);
  g_assert_cmpstr (kaf_import_assistant_get_page (KAF_IMPORT_ASSISTANT (assistant)), ==, "file");
  gtk_window_destroy (GTK_WINDOW (assistant));
}

int
main (int argc, char *argv[])
{
  kaf_display_init (&argc, &argv, "en");
  g_test_add_func ("/import/import", test_import);
  g_test_add_func ("/import/remembered", test_remembered);
  g_test_add_func ("/import/decided", test_decided);
  g_test_add_func ("/import/quick", test_quick);
  g_test_add_func ("/import/hostile", test_hostile);
  return kaf_display_finish (g_test_run ());
}
