/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A list of 10 000 experts and a mission file of 60 pages as PDF, from the store to the bytes, against bare Pango and
 * Cairo that set and draw the same texts, which were read before. */
#include "config.h"

#include <cairo-pdf.h>
#include <pango/pangocairo.h>
#include <string.h>

#include "base/kaf-id.h"
#include "exchange/kaf-sample.h"
#include "kaf-bench.h"
#include "report/kaf-document.h"
#include "schema/kaf-registry.h"
#include "store/kaf-commit.h"
#include "store/kaf-read.h"

#define ROWS 10000
#define CONTACTS 1300
#define ROUNDS 5

#define LIST_MS 3000
#define FILE_MS 1000
/* Reading the store, measuring columns and the description of the file come on top of what the floor does. */
#define MOST_RATIO 2.5

static cairo_status_t
count (gpointer data, const unsigned char *bytes, unsigned int length)
{
  *(gsize *) data += length;
  return CAIRO_STATUS_SUCCESS;
}

/* Sets every line of @lines with a layout of its own and draws it, 100 to a page. */
static double
run_floor (char **lines)
{
  gint64 start = kaf_bench_now ();
  gsize size = 0;
  cairo_surface_t *surface = cairo_pdf_surface_create_for_stream (count, &size, 595, 842);
  cairo_t *cr = cairo_create (surface);
  PangoFontDescription *font = pango_font_description_from_string ("Cantarell, Noto Sans Arabic 9");
  double ms;

  for (guint i = 0; lines[i] != NULL; i++)
    {
      PangoLayout *layout = pango_cairo_create_layout (cr);

      pango_layout_set_font_description (layout, font);
      pango_layout_set_text (layout, lines[i], -1);
      cairo_move_to (cr, i % 2 * 300, i / 2 % 50 * 16);
      pango_cairo_show_layout (cr, layout);
      g_object_unref (layout);
      if (i % 100 == 99)
        cairo_show_page (cr);
    }
  cairo_destroy (cr);
  cairo_surface_destroy (surface);
  pango_font_description_free (font);
  ms = (double) (kaf_bench_now () - start) / 1e6;
  g_assert (size > 0);
  return ms;
}

static char **
read_lines (KafPages *pages)
{
  g_autoptr (GString) text = g_string_new (NULL);

  for (guint i = 0; i < kaf_pages_count (pages); i++)
    {
      g_autofree char *page = kaf_pages_read (pages, i);

      g_string_append (text, page);
    }
  return g_strsplit (text->str, "\n", -1);
}

static KafPages *
make (KafDatabase *db, const char *name, const KafSubject *subject)
{
  const KafDocumentOptions options = { .langs = KAF_PAPER_FR };
  g_autoptr (GError) error = NULL;
  KafPages *pages =
      kaf_document_make (db, kaf_document_find (name), subject, &options, NULL, &error);

  kaf_bench_check (error);
  return pages;
}

static void
measure (
    KafDatabase *db, const char *name, const char *label, const KafSubject *subject, double most)
{
  g_autoptr (GArray) times = kaf_bench_times_new ();
  g_autoptr (GArray) floors = kaf_bench_times_new ();
  g_autoptr (KafPages) first = make (db, name, subject);
  g_auto (GStrv) lines = read_lines (first);
  g_autofree char *ratio = g_strdup_printf ("%s against bare Pango", label);

  g_print ("%s: %u pages, %u lines\n", label, kaf_pages_count (first), g_strv_length (lines));
  for (guint round = 0; round < ROUNDS; round++)
    {
      g_autoptr (GError) error = NULL;
      gint64 start = kaf_bench_now ();
      g_autoptr (KafPages) pages = make (db, name, subject);
      g_autoptr (GBytes) bytes = kaf_pages_to_pdf (pages, NULL, NULL, NULL, &error);

      kaf_bench_check (error);
      kaf_bench_times_add (times, start);
      kaf_bench_add (floors, run_floor (lines));
    }
  kaf_bench_report (label, kaf_bench_median (times), 0, "ms", KAF_BENCH_AT_MOST, most);
  kaf_bench_report (ratio, kaf_bench_median (times), kaf_bench_median (floors), "ms",
                    KAF_BENCH_RATIO_MOST, MOST_RATIO);
}

/* Exchanges in plenty make the file as long as wanted. */
static void
lengthen (KafDatabase *db, const char *mission, const char *organisation)
{
  g_autoptr (GError) error = NULL;
  KafTransaction *transaction = kaf_transaction_begin (db, "bench", &error);
  g_autoptr (KafReceipt) receipt = NULL;

  kaf_bench_check (error);
  for (guint i = 0; i < CONTACTS; i++)
    {
      g_autoptr (KafRecord) record = kaf_record_new (kaf_registry_find ("contact"), NULL);
      g_autofree char *subject =
          g_strdup_printf ("Préparation de la séance %u, local et matériel", i);

      kaf_record_set (record, "mission", mission);
      kaf_record_set (record, "organisation", organisation);
      kaf_record_set (record, "held_on", "2026-02-03");
      kaf_record_set (record, "channel", "meeting");
      kaf_record_set (record, "subject", subject);
      kaf_transaction_apply (transaction, KAF_CHANGE_CREATE, record, NULL, NULL, &error);
      kaf_bench_check (error);
    }
  receipt = kaf_transaction_commit (transaction, &error);
  kaf_bench_check (error);
}

int
main (void)
{
  g_autofree char *path = NULL;
  g_autofree char *scratch = NULL;
  g_autofree char *mission =
      kaf_id_from_content ("sample", "mission", "mission-exemple-urgence", NULL);
  g_autoptr (KafDatabase) db = NULL;
  g_autoptr (KafQuery) query = NULL;
  g_autoptr (KafRecord) file = NULL;
  g_autoptr (GError) error = NULL;

  kaf_bench_init ("print");
  path = kaf_bench_store (ROWS);
  scratch = kaf_bench_copy_store (path, "print.db");
  db = kaf_database_open (scratch, KAF_OPEN_DEFAULT, NULL, &error);
  kaf_bench_check (error);
  file = kaf_read_record (db, kaf_registry_find ("mission"), mission, &error);
  kaf_bench_check (error);
  lengthen (db, mission, kaf_record_get (file, "lead"));

  query = kaf_query_new (kaf_registry_find ("expert"));
  measure (db, "list", "list of 10 000", &(KafSubject){ .query = query }, LIST_MS);
  measure (db, "mission-file", "mission file",
           &(KafSubject){ .entity = kaf_registry_find ("mission"), .id = mission }, FILE_MS);
  g_clear_pointer (&db, kaf_database_close);
  kaf_bench_remove_store (scratch);
  return kaf_bench_finish ();
}
