/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Where pages break: by lines, headings, tables, what is kept together, columns, both languages. */
#include "config.h"

#include "kaf-report-fixture.h"

#include <string.h>

#include "report/kaf-doc.h"

static const KafDocColumn columns[] = {
  { "Number", 0, KAF_DOC_END },
  { "Text", 1, KAF_DOC_START },
  { NULL },
};

static void
add_lines (KafDoc *doc, guint n)
{
  for (guint i = 1; i <= n; i++)
    {
      g_autofree char *text = g_strdup_printf ("filler %u", i);

      kaf_doc_paragraph (doc, text);
    }
}

/* So far down the page that what follows meets its end at every height: @step from 0 to STEPS - 1. */
#define STEPS 100

static void
begin_at (KafDoc *doc, guint step)
{
  add_lines (doc, 30);
  kaf_doc_space (doc, 1 + step);
}

/* A paragraph of several lines, in words of its own. */
static char *
make_paragraph (guint words)
{
  GString *text = g_string_new (NULL);

  for (guint i = 0; i < words; i++)
    g_string_append_printf (text, "%sparagraph", i > 0 ? " " : "");
  return g_string_free (text, FALSE);
}

static guint
count_lines_of (KafPages *pages, guint page, const char *prefix)
{
  g_auto (GStrv) lines = kaf_report_lines (pages, page);
  guint n = 0;

  for (guint i = 0; lines[i] != NULL; i++)
    n += g_str_has_prefix (lines[i], prefix);
  return n;
}

/* However far down the page it begins: no page has one line alone of a paragraph. */
static void
test_widows (void)
{
  g_autofree char *long_text = make_paragraph (48);
  guint n_parted = 0;

  for (guint step = 0; step < STEPS; step++)
    {
      g_autoptr (KafDoc) doc = kaf_doc_new (KAF_LANG_FR);
      g_autoptr (KafPages) pages = NULL;
      guint first, second;

      begin_at (doc, step);
      kaf_doc_paragraph (doc, long_text);
      pages = kaf_report_lay_out (doc);
      first = count_lines_of (pages, 0, "paragraph");
      second = kaf_pages_count (pages) > 1 ? count_lines_of (pages, 1, "paragraph") : 0;
      g_assert_cmpuint (first + second, >=, 5);
      g_assert_cmpuint (first, !=, 1);
      g_assert_cmpuint (second, !=, 1);
      n_parted += first > 0 && second > 0;
    }
  g_assert_cmpuint (n_parted, >=, 2);
}

static void
test_heading (void)
{
  for (guint step = 0; step < STEPS; step++)
    {
      g_autoptr (KafDoc) doc = kaf_doc_new (KAF_LANG_FR);
      g_autoptr (KafPages) pages = NULL;

      begin_at (doc, step);
      kaf_doc_heading (doc, 1, "The heading");
      kaf_doc_heading (doc, 2, "Another");
      kaf_doc_paragraph (doc, "What follows");
      pages = kaf_report_lay_out (doc);
      g_assert_cmpuint (kaf_report_find (pages, "The heading"), ==,
                        kaf_report_find (pages, "What follows"));
    }
}

static void
test_table (void)
{
  g_autoptr (KafDoc) doc = kaf_doc_new (KAF_LANG_FR);
  g_autoptr (KafPages) pages = NULL;
  guint n_rows = 0;

  kaf_doc_table (doc, columns);
  for (guint i = 1; i <= 100; i++)
    {
      g_autofree char *number = g_strdup_printf ("%u", i);

      kaf_doc_row (doc, (const char *[]){ number, "row" });
    }
  kaf_doc_row_total (doc, (const char *[]){ "100", "total" });
  pages = kaf_report_lay_out (doc);
  g_assert_cmpuint (kaf_pages_count (pages), ==, 3);
  for (guint i = 0; i < 3; i++)
    {
      g_auto (GStrv) lines = kaf_report_lines (pages, i);

      g_assert_cmpstr (lines[0], ==, "Number");
      g_assert_cmpstr (lines[1], ==, "Text");
      g_assert_cmpuint (count_lines_of (pages, i, "row"), >, 1);
      n_rows += count_lines_of (pages, i, "row");
    }
  g_assert_cmpuint (n_rows, ==, 100);
}

/* The total has its last row with it, be it the only one. */
static void
test_total (void)
{
  for (guint step = 0; step < STEPS; step++)
    {
      g_autoptr (KafDoc) doc = kaf_doc_new (KAF_LANG_FR);
      g_autoptr (KafPages) pages = NULL;

      begin_at (doc, step);
      kaf_doc_table (doc, columns);
      kaf_doc_row (doc, (const char *[]){ "1", "the last" });
      kaf_doc_row_total (doc, (const char *[]){ "1", "the total" });
      pages = kaf_report_lay_out (doc);
      g_assert_cmpuint (kaf_report_find (pages, "the last"), ==,
                        kaf_report_find (pages, "the total"));
    }
}

static void
test_tall_row (void)
{
  g_autoptr (KafDoc) doc = kaf_doc_new (KAF_LANG_FR);
  g_autofree char *text = make_paragraph (1500);
  g_autoptr (KafPages) pages = NULL;
  guint n = 0;

  kaf_doc_table (doc, columns);
  kaf_doc_row (doc, (const char *[]){ "1", "before" });
  kaf_doc_row (doc, (const char *[]){ "2", text });
  kaf_doc_row (doc, (const char *[]){ "3", "after" });
  pages = kaf_report_lay_out (doc);
  g_assert_cmpuint (kaf_pages_count (pages), >=, 3);
  for (guint i = 0; i < kaf_pages_count (pages); i++)
    {
      g_autofree char *read = kaf_pages_read (pages, i);

      for (const char *p = read; (p = strstr (p, "paragraph")) != NULL; p++)
        n++;
    }
  g_assert_cmpuint (n, ==, 1500);
  g_assert_cmpuint (kaf_report_find (pages, "after"), ==, kaf_pages_count (pages) - 1);
}

static void
test_kept (void)
{
  for (guint step = 0; step < STEPS; step++)
    {
      const KafDocSigner signers[] = {
        { "For the one", "A", NULL, TRUE },   { "For the other", "B", NULL, TRUE },
        { "For the third", "C", NULL, TRUE }, { "For the fourth", "D", NULL, TRUE },
        { "For the fifth", "E", NULL, TRUE }, { NULL }
      };
      g_autoptr (KafDoc) doc = kaf_doc_new (KAF_LANG_FR);
      g_autoptr (KafPages) pages = NULL;

      begin_at (doc, step);
      kaf_doc_keep_begin (doc);
      kaf_doc_paragraph (doc, "Kept one");
      kaf_doc_item (doc, "Kept two");
      kaf_doc_keep_end (doc);
      kaf_doc_signatures (doc, signers);
      pages = kaf_report_lay_out (doc);
      g_assert_cmpuint (kaf_report_find (pages, "Kept one"), ==,
                        kaf_report_find (pages, "Kept two"));
      g_assert_cmpuint (kaf_report_find (pages, "For the one"), ==,
                        kaf_report_find (pages, "For the fifth"));
      /* Nor are the boxes parted from what they sign. */
      g_assert_cmpuint (kaf_report_find (pages, "Kept two"), ==,
                        kaf_report_find (pages, "For the one"));
    }
}

static void
test_columns (void)
{
  g_autoptr (KafDoc) doc = kaf_doc_new (KAF_LANG_AR);
  g_autoptr (KafPages) pages = NULL;

  kaf_doc_columns (doc, 2);
  add_lines (doc, 60);
  kaf_doc_columns (doc, 1);
  kaf_doc_paragraph (doc, "under both");
  kaf_doc_page_break (doc);
  kaf_doc_paragraph (doc, "on a page of its own");
  pages = kaf_report_lay_out (doc);
  g_assert_cmpuint (kaf_pages_count (pages), ==, 2);
  g_assert_cmpuint (kaf_report_find (pages, "filler 60"), ==, 0);
  g_assert_cmpuint (kaf_report_find (pages, "under both"), ==, 0);
  g_assert_cmpuint (kaf_report_find (pages, "on a page of its own"), ==, 1);
}

static void
write_both (KafDoc *doc, const char *title, const char *value)
{
  kaf_doc_title (doc, title);
  kaf_doc_pair (doc, title, value);
  kaf_doc_table (doc, columns);
  kaf_doc_row (doc, (const char *[]){ "7", value });
}

static void
test_sides (void)
{
  g_autoptr (KafDoc) french = kaf_doc_new (KAF_LANG_FR);
  g_autoptr (KafDoc) arabic = kaf_doc_new (KAF_LANG_AR);
  const KafDoc *docs[] = { french, arabic };
  const KafLayoutInfo info = { .day = "2026-11-22" };
  g_autoptr (GError) error = NULL;
  g_autoptr (KafPages) pages = NULL;
  g_autoptr (KafPages) apart = NULL;
  g_auto (GStrv) lines = NULL;
  gboolean sided = FALSE;
  guint sevens = 0;

  write_both (french, "Convention", "Rabat");
  write_both (arabic, "اتفاقية", "الرباط");
  pages = kaf_layout_run (docs, 2, TRUE, &info, &sided, &error);
  g_assert_no_error (error);
  g_assert_true (sided);
  g_assert_cmpuint (kaf_pages_count (pages), ==, 1);
  kaf_report_find (pages, "Convention");
  kaf_report_find (pages, "اتفاقية");
  lines = kaf_report_lines (pages, 0);
  for (guint i = 0; lines[i] != NULL; i++)
    sevens += g_str_equal (lines[i], "7");
  /* What both say alike stands once. */
  g_assert_cmpuint (sevens, ==, 1);

  /* Of other blocks: one after the other. */
  kaf_doc_paragraph (arabic, "فقرة");
  apart = kaf_layout_run (docs, 2, TRUE, &info, &sided, &error);
  g_assert_no_error (error);
  g_assert_false (sided);
  g_assert_cmpuint (kaf_pages_count (apart), ==, 2);
  g_assert_cmpint (kaf_pages_get_lang (apart, 1), ==, KAF_LANG_AR);
}

static void
test_nothing (void)
{
  g_autoptr (KafDoc) doc = kaf_doc_new (KAF_LANG_FR);
  g_autoptr (KafPages) pages = NULL;
  static const char rubbish[] = "no picture";
  g_autoptr (GBytes) bytes = g_bytes_new_static (rubbish, sizeof rubbish);

  kaf_doc_title (doc, NULL);
  kaf_doc_paragraph (doc, "");
  kaf_doc_item (doc, NULL);
  kaf_doc_pair (doc, "Label", NULL);
  kaf_doc_image (doc, bytes, 20, KAF_DOC_CENTRE);
  kaf_doc_table (doc, columns);
  kaf_doc_signatures (doc, (const KafDocSigner[]){ { NULL } });
  kaf_doc_scale (doc, NULL, 0);
  kaf_doc_check (doc, NULL, TRUE);
  kaf_doc_keep_begin (doc);
  kaf_doc_paragraph (doc, "bad \xff byte");
  pages = kaf_report_lay_out (doc);
  g_assert_cmpuint (kaf_pages_count (pages), ==, 1);
  kaf_report_find (pages, "—");
}

static cairo_status_t
append (gpointer data, const unsigned char *bytes, unsigned int length)
{
  g_byte_array_append (data, bytes, length);
  return CAIRO_STATUS_SUCCESS;
}

/* Whether a picture of @side by @side pixels is in the document that it was given to. */
static gboolean
takes_image (int side)
{
  g_autoptr (KafDoc) doc = kaf_doc_new (KAF_LANG_FR);
  cairo_surface_t *surface = cairo_image_surface_create (CAIRO_FORMAT_A1, side, side);
  g_autoptr (GByteArray) written = g_byte_array_new ();
  g_autoptr (GBytes) png = NULL;
  g_autoptr (KafPages) pages = NULL;
  g_autoptr (GBytes) pdf = NULL;
  gsize size;
  const char *data;

  cairo_surface_write_to_png_stream (surface, append, written);
  cairo_surface_destroy (surface);
  png = g_byte_array_free_to_bytes (g_steal_pointer (&written));
  kaf_doc_image (doc, png, 20, KAF_DOC_CENTRE);
  kaf_doc_paragraph (doc, "after");
  pages = kaf_report_lay_out (doc);
  kaf_report_find (pages, "after");
  pdf = kaf_pages_to_pdf (pages, NULL, NULL, NULL, NULL);
  data = g_bytes_get_data (pdf, &size);
  return memmem (data, size, "/Image", strlen ("/Image")) != NULL;
}

/* A small file may be a picture that takes gigabytes to read: it is none for paper. */
static void
test_huge_image (void)
{
  g_assert_true (takes_image (100));
  g_assert_false (takes_image (5000));
}

static gpointer
draw_all (gpointer data)
{
  KafPages *pages = data;
  cairo_surface_t *surface = cairo_image_surface_create (CAIRO_FORMAT_RGB24, 300, 420);
  cairo_t *cr = cairo_create (surface);

  cairo_scale (cr, 0.5, 0.5);
  for (guint round = 0; round < 5; round++)
    for (guint i = 0; i < kaf_pages_count (pages); i++)
      kaf_pages_draw (pages, i, cr);
  cairo_destroy (cr);
  cairo_surface_destroy (surface);
  return NULL;
}

/* Drawn by several threads at a time while others are laid out. */
static void
test_threads (void)
{
  g_autoptr (KafDoc) doc = kaf_doc_new (KAF_LANG_AR);
  g_autoptr (KafPages) pages = NULL;
  GThread *threads[4];

  add_lines (doc, 100);
  kaf_doc_paragraph (doc, "برنامج « MRE Academy » بكلفة 12 500,00 MAD");
  pages = kaf_report_lay_out (doc);
  for (guint i = 0; i < G_N_ELEMENTS (threads); i++)
    threads[i] = g_thread_new ("draw", draw_all, pages);
  for (guint i = 0; i < 5; i++)
    {
      g_autoptr (KafPages) others = kaf_report_lay_out (doc);
      g_autoptr (GBytes) bytes = kaf_pages_to_pdf (others, NULL, NULL, NULL, NULL);

      g_assert_nonnull (bytes);
    }
  for (guint i = 0; i < G_N_ELEMENTS (threads); i++)
    g_thread_join (threads[i]);
}

/* Blank rows count on from those that are filled; a group is none. */
static void
test_blank_rows (void)
{
  g_autoptr (KafDoc) doc = kaf_doc_new (KAF_LANG_FR);
  g_autoptr (KafPages) pages = NULL;
  g_auto (GStrv) lines = NULL;

  kaf_doc_table (doc, columns);
  kaf_doc_row (doc, (const char *[]){ "1", "filled" });
  kaf_doc_row_group (doc, "group");
  kaf_doc_rows_blank (doc, 2, 0, TRUE);
  pages = kaf_report_lay_out (doc);
  kaf_report_find (pages, "2");
  kaf_report_find (pages, "3");
  lines = kaf_report_lines (pages, 0);
  g_assert_false (g_strv_contains ((const char *const *) lines, "4"));
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/layout/widows", test_widows);
  g_test_add_func ("/layout/heading", test_heading);
  g_test_add_func ("/layout/table", test_table);
  g_test_add_func ("/layout/total", test_total);
  g_test_add_func ("/layout/tall-row", test_tall_row);
  g_test_add_func ("/layout/kept", test_kept);
  g_test_add_func ("/layout/columns", test_columns);
  g_test_add_func ("/layout/sides", test_sides);
  g_test_add_func ("/layout/blank-rows", test_blank_rows);
  g_test_add_func ("/layout/nothing", test_nothing);
  g_test_add_func ("/layout/huge-image", test_huge_image);
  g_test_add_func ("/layout/threads", test_threads);
  return g_test_run ();
}
