/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "ui/print/kaf-print-operation.h"

#include <math.h>

/* Points within which a paper is A4. */
#define SLACK 2

static void
on_draw_page (GtkPrintOperation *operation, GtkPrintContext *context, int page, gpointer data)
{
  kaf_pages_draw (data, (guint) page, gtk_print_context_get_cairo_context (context));
}

/* A4 upright or across; what is neither (an envelope, a badge) has a paper of its own. */
static GtkPageSetup *
setup_new (KafPages *pages, guint page)
{
  GtkPageSetup *setup = gtk_page_setup_new ();
  GtkPaperSize *paper = gtk_paper_size_new (GTK_PAPER_NAME_A4);
  double width, height;
  gboolean across;

  kaf_pages_size (pages, page, &width, &height);
  across = width > height;
  if (fabs (MIN (width, height) - gtk_paper_size_get_width (paper, GTK_UNIT_POINTS)) > SLACK ||
      fabs (MAX (width, height) - gtk_paper_size_get_height (paper, GTK_UNIT_POINTS)) > SLACK)
    {
      gtk_paper_size_free (paper);
      paper = gtk_paper_size_new_custom ("kafaat", "Kafaat", MIN (width, height),
                                         MAX (width, height), GTK_UNIT_POINTS);
    }
  gtk_page_setup_set_paper_size (setup, paper);
  gtk_paper_size_free (paper);
  gtk_page_setup_set_orientation (setup, across ? GTK_PAGE_ORIENTATION_LANDSCAPE
                                                : GTK_PAGE_ORIENTATION_PORTRAIT);
  /* The pages have margins of their own. */
  gtk_page_setup_set_top_margin (setup, 0, GTK_UNIT_POINTS);
  gtk_page_setup_set_bottom_margin (setup, 0, GTK_UNIT_POINTS);
  gtk_page_setup_set_left_margin (setup, 0, GTK_UNIT_POINTS);
  gtk_page_setup_set_right_margin (setup, 0, GTK_UNIT_POINTS);
  return setup;
}

/* What the dialog says of the paper is for all pages; a page that lies the other way says so itself. */
static void
on_request_page_setup (GtkPrintOperation *operation,
                       GtkPrintContext *context,
                       int page,
                       GtkPageSetup *setup,
                       gpointer data)
{
  g_autoptr (GtkPageSetup) own = setup_new (data, (guint) page);

  gtk_page_setup_set_paper_size (setup, gtk_page_setup_get_paper_size (own));
  gtk_page_setup_set_orientation (setup, gtk_page_setup_get_orientation (own));
}

static void
pages_unref (gpointer data, GClosure *closure)
{
  kaf_pages_unref (data);
}

GtkPrintOperation *
kaf_print_operation_new (KafPages *pages)
{
  GtkPrintOperation *self;
  g_autoptr (GtkPageSetup) setup = NULL;

  g_return_val_if_fail (pages != NULL && kaf_pages_count (pages) > 0, NULL);

  self = gtk_print_operation_new ();
  setup = setup_new (pages, 0);
  gtk_print_operation_set_default_page_setup (self, setup);
  gtk_print_operation_set_job_name (self, kaf_pages_get_title (pages));
  gtk_print_operation_set_n_pages (self, (int) kaf_pages_count (pages));
  gtk_print_operation_set_use_full_page (self, TRUE);
  gtk_print_operation_set_unit (self, GTK_UNIT_POINTS);
  gtk_print_operation_set_embed_page_setup (self, FALSE);
  gtk_print_operation_set_show_progress (self, TRUE);
  gtk_print_operation_set_allow_async (self, TRUE);
  g_signal_connect_data (self, "draw-page", G_CALLBACK (on_draw_page), kaf_pages_ref (pages),
                         pages_unref, 0);
  g_signal_connect_data (self, "request-page-setup", G_CALLBACK (on_request_page_setup),
                         kaf_pages_ref (pages), pages_unref, 0);
  return self;
}
