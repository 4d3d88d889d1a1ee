/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "ui/print/kaf-print-operation.h"

#include <math.h>

/* Points within which a paper is A4. */
#define SLACK 2
#define KEY "kafaat-leaving"

/* What the register is asked, and what it answered. Belongs to the operation, and to the worker while it writes. */
typedef struct
{
  KafPages *pages;
  KafStore *store;
  char *reason; /* nullable */
  gboolean answered;
  GError *error; /* nullable */
} Leaving;

static void
leaving_clear (gpointer data)
{
  Leaving *self = data;

  kaf_pages_unref (self->pages);
  g_clear_object (&self->store);
  g_free (self->reason);
  g_clear_error (&self->error);
}

static void
leaving_unref (gpointer self)
{
  g_rc_box_release_full (self, leaving_clear);
}

static gpointer
run_disclose (KafDatabase *db, gpointer data, GCancellable *cancellable, GError **error)
{
  const Leaving *self = data;

  return kaf_pages_disclose (self->pages, db, self->reason, NULL, cancellable, error) ? data : NULL;
}

static void
on_disclosed (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (GtkPrintOperation) operation = data;
  Leaving *self = g_object_get_data (G_OBJECT (operation), KEY);

  self->answered = TRUE;
  if (kaf_store_run_finish (KAF_STORE (source), result, &self->error) == NULL)
    gtk_print_operation_cancel (operation);
}

/* Whoever printed said so in the dialog: one that was closed comes nowhere near here. */
static void
on_begin_print (GtkPrintOperation *operation, GtkPrintContext *context, Leaving *self)
{
  kaf_store_run_async (self->store, self->reason != NULL ? KAF_LANE_WRITE : KAF_LANE_READ,
                       run_disclose, g_rc_box_acquire (self), leaving_unref, NULL, NULL,
                       on_disclosed, g_object_ref (operation));
}

/* Asked when nothing else is to do, until it says that the pages are ready. */
static gboolean
on_paginate (GtkPrintOperation *operation, GtkPrintContext *context, Leaving *self)
{
  return self->answered && self->error == NULL;
}

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
kaf_print_operation_new (KafPages *pages, KafStore *store, const char *reason)
{
  GtkPrintOperation *self;
  Leaving *leaving;
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
  leaving = g_rc_box_new0 (Leaving);
  leaving->pages = kaf_pages_ref (pages);
  leaving->store = g_object_ref (store);
  leaving->reason = g_strdup (reason);
  g_object_set_data_full (G_OBJECT (self), KEY, leaving, leaving_unref);
  g_signal_connect (self, "begin-print", G_CALLBACK (on_begin_print), leaving);
  g_signal_connect (self, "paginate", G_CALLBACK (on_paginate), leaving);
  return self;
}

GError *
kaf_print_operation_dup_error (GtkPrintOperation *operation)
{
  const Leaving *self = g_object_get_data (G_OBJECT (operation), KEY);

  return self != NULL && self->error != NULL ? g_error_copy (self->error) : NULL;
}
