/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The list in Arabic: the Arabic name stands first and orders the rows; texts of both scripts stand
 * on one line and keep their beginnings. */
#include "config.h"

#include "kaf-display.h"

#include <string.h>

#include "ui/list/kaf-list-page.h"
#include "ui/list/kaf-table-header.h"
#include "ui/list/kaf-table-row.h"

static GtkWidget *
nth_title (GtkWidget *header, guint n)
{
  for (GtkWidget *child = gtk_widget_get_first_child (header); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    if (GTK_IS_BUTTON (child) && n-- == 0)
      return child;

  g_assert_not_reached ();
}

static gboolean
has_arrow (GtkWidget *header, guint n)
{
  return kaf_display_find (nth_title (header, n), GTK_TYPE_IMAGE) != NULL;
}

static void
test_sort (void)
{
  KafWindow *window = kaf_display_open ("arabic-sort.db");
  KafStore *store = kaf_window_get_store (window);
  KafPagedList *list;
  GtkWidget *page, *header;
  KafQuery *query;

  /* In Latin script Amzil is first; in Arabic ا comes before ب, and ب before ي. */
  g_free (kaf_display_add_expert (store, "Amzil", "Karim", "يمزيل", "كريم"));
  g_free (kaf_display_add_expert (store, "Zeroual", "Anas", "ازروال", "أنس"));
  g_free (kaf_display_add_expert (store, "Bennis", "Salma", "بنيس", "سلمى"));
  kaf_window_show_section (window, "expert");
  KAF_WAIT (KAF_IS_LIST_PAGE (kaf_window_get_page (window)));
  page = kaf_window_get_page (window);
  list = kaf_list_page_get_list (KAF_LIST_PAGE (page));
  KAF_WAIT (!kaf_paged_list_is_loading (list) && kaf_paged_list_get_total (list) == 3);

  g_assert_cmpstr (kaf_paged_list_get_row (list, 0)->title, ==, "ZEROUAL Anas");
  g_assert_cmpstr (kaf_paged_list_get_row (list, 2)->title, ==, "AMZIL Karim");
  header = kaf_display_find (page, KAF_TYPE_TABLE_HEADER);
  g_assert_true (has_arrow (header, 0));
  g_assert_false (has_arrow (header, 1));

  /* The first title turns the order round at the first press; the sort of nobody is not kept. */
  g_signal_emit_by_name (nth_title (header, 0), "clicked");
  KAF_WAIT (!kaf_paged_list_is_loading (list));
  query = kaf_paged_list_get_query (list);
  g_assert_cmpstr (kaf_query_get_sort (query), ==, "title_ar");
  g_assert_true (kaf_query_get_descending (query));
  g_assert_cmpstr (kaf_paged_list_get_row (list, 0)->title, ==, "AMZIL Karim");

  g_signal_emit_by_name (nth_title (header, 1), "clicked");
  KAF_WAIT (!kaf_paged_list_is_loading (list));
  g_assert_false (has_arrow (header, 0));
  g_assert_true (has_arrow (header, 1));
}

/* Where the line of @text runs, in px from the top of its row. */
static int
find_line (GtkWidget *text)
{
  GtkAllocation box;

  gtk_widget_get_allocation (text, &box);
  g_assert_cmpint (gtk_widget_get_allocated_baseline (text), >, 0);

  return box.y + gtk_widget_get_allocated_baseline (text);
}

static void
test_row (void)
{
  KafWindow *window = kaf_display_open ("arabic-row.db");
  GtkWidget *row, *latin = NULL;
  int line = 0;

  g_free (
      kaf_display_add_expert (kaf_window_get_store (window), "Amzil", "Karim", "أمزيل", "كريم"));
  gtk_window_set_default_size (GTK_WINDOW (window), 1366, 768);
  kaf_window_show_section (window, "expert");
  KAF_WAIT (KAF_IS_LIST_PAGE (kaf_window_get_page (window)));
  KAF_WAIT ((row = kaf_display_find (kaf_window_get_page (window), KAF_TYPE_TABLE_ROW)) != NULL &&
            kaf_display_shows (row, "AMZIL") && gtk_widget_get_height (row) > 0);

  for (GtkWidget *cell = gtk_widget_get_first_child (row); cell != NULL;
       cell = gtk_widget_get_next_sibling (cell))
    {
      /* The initials are one too, in their circle. */
      if (!GTK_IS_INSCRIPTION (cell) || g_str_equal (gtk_widget_get_css_name (cell), "avatar"))
        continue;
      if (line == 0)
        line = find_line (cell);
      g_assert_cmpint (find_line (cell), ==, line);
      if (strstr (gtk_inscription_get_text (GTK_INSCRIPTION (cell)), "AMZIL") != NULL)
        latin = cell;
    }

  /* A line from left to right, at the right edge: cut, it would lose its end. */
  g_assert_nonnull (latin);
  g_assert_cmpstr (gtk_inscription_get_text (GTK_INSCRIPTION (latin)), ==, "\u200EAMZIL Karim");
  g_assert_cmpfloat (gtk_inscription_get_xalign (GTK_INSCRIPTION (latin)), ==, 1);
}

/* Calls @func for each text of the row but its initials. */
static guint
each_text (GtkWidget *row, void (*func) (GtkWidget *text))
{
  guint n = 0;

  for (GtkWidget *cell = gtk_widget_get_first_child (row); cell != NULL;
       cell = gtk_widget_get_next_sibling (cell))
    if (GTK_IS_INSCRIPTION (cell) && !g_str_equal (gtk_widget_get_css_name (cell), "avatar"))
      {
        func (cell);
        n++;
      }
  return n;
}

static void
ask_for_tall_letters (GtkWidget *text)
{
  g_autoptr (PangoFontDescription) font = pango_font_description_from_string ("Sans 30");

  pango_context_set_font_description (gtk_widget_get_pango_context (text), font);
  gtk_widget_queue_resize (text);
}

static void
assert_room_for_one_line (GtkWidget *text)
{
  int natural;

  gtk_widget_measure (text, GTK_ORIENTATION_VERTICAL, -1, NULL, &natural, NULL, NULL);
  g_assert_cmpint (natural, >, 2 * 16);
  /* px: what Pango makes of a line of style.css */
  g_assert_cmpint (gtk_widget_get_height (text), <, 2 * 16);
}

/* In an Arabic locale the font asks for room in which two lines of style.css find place: the text
 * would be put in both, and the second be cut. */
static void
test_one_line (void)
{
  KafWindow *window = kaf_display_open ("arabic-line.db");
  GtkWidget *row;

  g_free (
      kaf_display_add_expert (kaf_window_get_store (window), "Amzil", "Karim", "أمزيل", "كريم"));
  gtk_window_set_default_size (GTK_WINDOW (window), 1366, 768);
  kaf_window_show_section (window, "expert");
  KAF_WAIT (KAF_IS_LIST_PAGE (kaf_window_get_page (window)));
  KAF_WAIT ((row = kaf_display_find (kaf_window_get_page (window), KAF_TYPE_TABLE_ROW)) != NULL &&
            kaf_display_shows (row, "AMZIL") && gtk_widget_get_height (row) > 0);

  g_assert_cmpuint (each_text (row, ask_for_tall_letters), >, 0);
  gtk_widget_allocate (row, gtk_widget_get_width (row) - 1, gtk_widget_get_height (row), -1, NULL);
  each_text (row, assert_room_for_one_line);
}

int
main (int argc, char **argv)
{
  kaf_display_init (&argc, &argv, "ar");
  g_test_add_func ("/list-arabic/sort", test_sort);
  g_test_add_func ("/list-arabic/row", test_row);
  g_test_add_func ("/list-arabic/one-line", test_one_line);

  return kaf_display_finish (g_test_run ());
}
